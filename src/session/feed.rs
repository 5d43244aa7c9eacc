//! The log of a story as people read it: what happened, line by line.
//!
//! Floor 3. Hears what a story tells; owns [`Feed`]. It holds what the office knows
//! and what the story says, never what is hidden. A survey morning tells hundreds
//! of equal things; of more than a few in one hour one line is made, so that a day
//! can be read. Nothing here is part of the story: after going back, an undo or a
//! change of branch it is made anew from [`Timeline::retell`].
//!
//! [`Timeline::retell`]: crate::history::Timeline::retell

use std::mem::{Discriminant, discriminant};

use super::moment::StoryEvent;
use super::story::Session;
use crate::base::ids::{CompoundId, HouseholdId, MouthId, WayId};
use crate::base::text::{Bilingual, plural};
use crate::base::time::{HOUR_MINUTES, Minute};
use crate::scenario::script::{Cue, CueId, Look, Scenario};
use crate::sim::board::Told;
use crate::sim::event::{EventKind, Happening, SimEvent};
use crate::sim::named;
use crate::sim::work::{Measure, TaskKind};

/// Equal events of one hour up to which each has a line of its own.
const FEW: usize = 3;
/// Most lines that are kept; a year of the largest community has fewer than this
/// of what it tells in an hour, so only a story that listens to itself gets here.
pub const LINES: usize = 60_000;

named! {
    /// What a line is about: what readers choose by.
    FeedKind {
        /// survey
        Survey, "摸排";
        /// calls
        Calls, "电话";
        /// returns
        Returns, "返京";
        /// fever
        Fever, "发热";
        /// help
        Help, "救助";
        /// neighbours
        Neighbours, "街坊";
        /// lane mouths
        Mouths, "胡同口";
        /// story
        Story, "故事";
    }
}

/// What a line tells of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum What {
    /// Something that the office knows; of a run, its last event.
    Happened(Happening),
    /// The caption of a cue.
    Said(CueId),
    /// A chapter began, by position.
    Chapter(u32),
}

/// Where a line leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Place {
    /// To a home.
    Home(HouseholdId),
    /// To a courtyard or building.
    Compound(CompoundId),
    /// To a lane.
    Way(WayId),
    /// To a lane mouth.
    Mouth(MouthId),
    /// It concerns everybody.
    Everywhere,
}

/// One line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Line {
    /// When it happened, or the first of its run.
    pub from: Minute,
    /// The same as `from`, or the last of its run.
    pub until: Minute,
    /// What it is about.
    pub kind: FeedKind,
    /// What.
    pub what: What,
    /// How many equal events it stands for, from 1.
    pub count: u32,
}

/// By what events are equal: the kind, and what of it was told or done.
type Sort = (EventKind, Option<Discriminant<Told>>, Option<TaskKind>);

/// Equal events of the hour that is not over yet.
#[derive(Debug, Clone)]
struct Run {
    /// `None` for what always stands alone.
    sort: Option<Sort>,
    /// The first few.
    few: Vec<Line>,
    /// All together; its `what` is the last.
    all: Line,
}

/// The log, oldest line first.
#[derive(Debug, Clone, Default)]
pub struct Feed {
    /// Lines of hours that are over.
    past: Vec<Line>,
    /// Lines that were dropped because there were too many.
    dropped: usize,
    open: Vec<Run>,
    hour: u32,
    /// Lines of the hour that is not over.
    recent: Vec<Line>,
    told: u64,
}

impl Feed {
    /// The log of a session up to now.
    pub fn of(session: &Session) -> Self {
        let mut feed = Self::default();
        let story = &session.world().0;
        session.retell(|event| feed.take(story, &event));
        feed.recent = feed.recent_lines();
        feed
    }

    /// Goes along with what was told since.
    pub fn hear(&mut self, story: &Scenario, told: &[StoryEvent]) {
        let before = self.told;
        for event in told {
            self.take(story, event);
        }
        if self.told != before {
            self.recent = self.recent_lines();
        }
    }

    /// How many things were told, those included that another line already tells.
    pub fn told(&self) -> u64 {
        self.told
    }

    /// How many lines there are, dropped ones included.
    pub fn len(&self) -> usize {
        self.dropped + self.past.len() + self.recent.len()
    }

    /// Whether nothing was told yet.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// A line by position, the oldest first; `None` beyond the last and for one
    /// that was dropped.
    pub fn line(&self, position: usize) -> Option<&Line> {
        let at = position.checked_sub(self.dropped)?;
        self.past.get(at).or_else(|| self.recent.get(at - self.past.len()))
    }

    /// Every line that is kept, the oldest first.
    pub fn lines(&self) -> impl Iterator<Item = &Line> {
        self.past.iter().chain(&self.recent)
    }

    /// Positions of the lines of a kind, or of all, the oldest first.
    pub fn positions(&self, kind: Option<FeedKind>) -> Vec<usize> {
        let lines = self.past.iter().chain(&self.recent).enumerate();
        lines
            .filter(|(_, line)| kind.is_none_or(|kind| line.kind == kind))
            .map(|(i, _)| self.dropped + i)
            .collect()
    }

    fn take(&mut self, story: &Scenario, event: &StoryEvent) {
        let (at, kind, what, sort) = match event {
            StoryEvent::Sim(SimEvent { at, what }) if what.is_known() => {
                let sort = (!stands_alone(what)).then(|| sort_of(what));
                (*at, kind_of(what), What::Happened(*what), sort)
            }
            // A cue that only looks somewhere has said nothing.
            StoryEvent::Cue { at, cue } if cue_of(story, *cue).is_some_and(|c| c.say.is_some()) => {
                (*at, FeedKind::Story, What::Said(*cue), None)
            }
            StoryEvent::Chapter { at, chapter } => {
                (*at, FeedKind::Story, What::Chapter(*chapter), None)
            }
            _ => return,
        };
        let hour = at.0 / HOUR_MINUTES;
        if hour > self.hour {
            self.close();
            self.hour = hour;
        }
        self.told += 1;
        if is_echo(&what) {
            return;
        }
        let line = Line { from: at, until: at, kind, what, count: 1 };
        let run = sort.and_then(|sort| self.open.iter_mut().find(|run| run.sort == Some(sort)));
        match run {
            Some(run) => {
                run.all = Line { from: run.all.from, count: run.all.count + 1, ..line };
                if run.few.len() < FEW {
                    run.few.push(line);
                }
            }
            None => self.open.push(Run { sort, few: vec![line], all: line }),
        }
    }

    /// The hour is over: its lines are as they will stay.
    fn close(&mut self) {
        let lines = self.recent_lines();
        self.open.clear();
        self.recent.clear();
        self.past.extend(lines);
        if self.past.len() > LINES {
            let most = LINES - LINES / 4;
            let excess = self.past.len() - most;
            self.past.drain(..excess);
            self.dropped += excess;
        }
    }

    fn recent_lines(&self) -> Vec<Line> {
        let mut lines: Vec<Line> = Vec::new();
        for run in &self.open {
            if run.all.count as usize > FEW {
                lines.push(run.all);
            } else {
                lines.extend(&run.few);
            }
        }
        // What came first stays first among those of one minute.
        lines.sort_by_key(|line| line.until);
        lines
    }
}

/// Work that is done is told by what came of it: an answer, a closed door, a thing
/// brought. Only whoever stood at a lane mouth leaves nothing else behind.
const fn is_echo(what: &What) -> bool {
    matches!(what, What::Happened(Happening::Worked { task, .. }) if !matches!(task, TaskKind::Gate))
}

/// What differs from one to the next, and is rare enough to be read one by one.
const fn stands_alone(what: &Happening) -> bool {
    matches!(
        what,
        Happening::DayBegan(_)
            | Happening::MouthChanged { .. }
            | Happening::MeasureChanged { .. }
            | Happening::Noted { .. }
    )
}

fn sort_of(what: &Happening) -> Sort {
    let told = match what {
        Happening::Learnt { told, .. } => Some(discriminant(told)),
        _ => None,
    };
    let task = match what {
        Happening::Worked { task, .. } => Some(*task),
        _ => None,
    };
    (what.kind(), told, task)
}

/// What an event is about.
pub const fn kind_of(what: &Happening) -> FeedKind {
    match what {
        Happening::DayBegan(_) => FeedKind::Story,
        Happening::Learnt { told, .. } => kind_of_told(*told),
        Happening::DoorClosed { .. } => FeedKind::Survey,
        Happening::CallMade { .. } | Happening::RoundDone { .. } => FeedKind::Calls,
        Happening::CameBack { .. } | Happening::Faded { .. } => FeedKind::Returns,
        Happening::Fell { .. } | Happening::Found { .. } | Happening::Helped { .. } => {
            FeedKind::Help
        }
        Happening::Joined { .. }
        | Happening::Delivered { .. }
        | Happening::DeliveryMissed { .. }
        | Happening::Noted { .. } => FeedKind::Neighbours,
        Happening::DutyUncovered { .. } | Happening::MouthChanged { .. } => FeedKind::Mouths,
        Happening::Infected { .. } => FeedKind::Fever,
        Happening::Worked { task, .. } => match task {
            TaskKind::Help => FeedKind::Help,
            TaskKind::Fever => FeedKind::Fever,
            TaskKind::Gate => FeedKind::Mouths,
            TaskKind::Calls | TaskKind::Checks => FeedKind::Calls,
            TaskKind::Survey => FeedKind::Survey,
            TaskKind::Deliveries => FeedKind::Neighbours,
        },
        Happening::MeasureChanged { measure, .. } => match measure {
            Measure::Survey => FeedKind::Survey,
            Measure::DailyCalls => FeedKind::Calls,
            Measure::GateDuty | Measure::PassCheck | Measure::Temperature | Measure::Closure => {
                FeedKind::Mouths
            }
            Measure::ObserveAll | Measure::ExemptJinJi | Measure::HomeObservation => {
                FeedKind::Returns
            }
            Measure::CentralObservation | Measure::Tracing => FeedKind::Fever,
            Measure::Deliveries
            | Measure::Rubbish
            | Measure::OnlineGroup
            | Measure::Notices
            | Measure::VolunteerDrive
            | Measure::Masks
            | Measure::NoGatherings
            | Measure::YardRules
            | Measure::ToiletCleaning
            | Measure::ShopCap
            | Measure::WasteDisinfection
            | Measure::SpontaneousCaution => FeedKind::Neighbours,
        },
    }
}

const fn kind_of_told(told: Told) -> FeedKind {
    match told {
        Told::Surveyed { .. } | Told::ReportedAway { .. } => FeedKind::Survey,
        Told::Returned { .. } | Told::GuestRecorded { .. } | Told::MovedOut => FeedKind::Returns,
        Told::Reached | Told::Checked | Told::CallUnanswered => FeedKind::Calls,
        Told::Emergency | Told::Helped => FeedKind::Help,
        Told::Fever
        | Told::Referred
        | Told::OtherIllness
        | Told::FeverOver
        | Told::FirstNegative
        | Told::SecondNegative { .. }
        | Told::Confirmed
        | Told::HouseholdContacts { .. }
        | Told::Discharged { .. }
        | Told::ContactsDone
        | Told::CaseClosed
        | Told::NamedContact { .. } => FeedKind::Fever,
    }
}

impl Line {
    /// Whether it stands for several events.
    pub const fn is_run(&self) -> bool {
        self.count > 1
    }

    /// Where it leads; a run leads to its last event.
    pub fn place(&self, story: &Scenario) -> Place {
        match self.what {
            What::Happened(Happening::MouthChanged { mouth, .. }) => Place::Mouth(mouth),
            What::Happened(Happening::Joined { person, .. }) => {
                Place::Home(story.setup.population.person(person).household)
            }
            What::Happened(what) => what.household().map_or(Place::Everywhere, Place::Home),
            What::Said(cue) => match cue_of(story, cue).and_then(|cue| cue.look.as_ref()) {
                Some(Look::Home(home)) => Place::Home(*home),
                Some(Look::Compound(compound)) => Place::Compound(*compound),
                Some(Look::Lane(way)) => Place::Way(*way),
                _ => Place::Everywhere,
            },
            What::Chapter(_) => Place::Everywhere,
        }
    }

    /// What happened, in a few words; how many of them there were is not in it.
    pub fn words(&self, story: &Scenario) -> Bilingual {
        match self.what {
            What::Happened(what) if self.is_run() => run_words(&what),
            What::Happened(what) => event_words(story, &what),
            What::Said(cue) => {
                cue_of(story, cue).and_then(|cue| cue.say.clone()).unwrap_or_default()
            }
            What::Chapter(chapter) => {
                let chapter = story.script.chapters.get(chapter as usize);
                chapter.map(|chapter| chapter.title.clone()).unwrap_or_default()
            }
        }
    }
}

fn cue_of(story: &Scenario, cue: CueId) -> Option<&Cue> {
    story.script.cues.get(cue as usize)
}

/// Equal events together.
fn run_words(what: &Happening) -> Bilingual {
    match what {
        Happening::Learnt { told: Told::Surveyed { .. }, .. } => {
            Bilingual::fixed("入户登记", "survey at the door")
        }
        Happening::Learnt { told: Told::ReportedAway { .. }, .. } => {
            Bilingual::fixed("得知全家离京", "word that everybody is away")
        }
        Happening::Learnt { told: Told::Returned { .. }, .. } => {
            Bilingual::fixed("返京登记", "a return written down")
        }
        Happening::Worked { task, .. } => worked_words(*task, None),
        _ => what.words(),
    }
}

/// Work that was done, with its minutes if it is told of once.
fn worked_words(task: TaskKind, minutes: Option<u32>) -> Bilingual {
    let task = task.label();
    let Some(minutes) = minutes else {
        return Bilingual::new(format!("{}，做完", task.zh), format!("{}, done", task.en));
    };
    let unit = plural(minutes.into(), "minute", "minutes");
    Bilingual::new(
        format!("{}，用时{minutes}分钟", task.zh),
        format!("{}, {minutes} {unit}", task.en),
    )
}

/// One event. People have no numbers here: those are for tables.
fn event_words(story: &Scenario, what: &Happening) -> Bilingual {
    let beside = |details: Bilingual| {
        let words = what.words();
        if details == Bilingual::default() {
            return words;
        }
        Bilingual::new(
            format!("{}，{}", words.zh, details.zh),
            format!("{}, {}", words.en, details.en),
        )
    };
    match *what {
        Happening::DayBegan(day) => story.calendar.dated(day),
        Happening::Worked { task, minutes, .. } => worked_words(task, Some(minutes)),
        Happening::Found { waited, .. } | Happening::Helped { waited, .. } => {
            let unit = plural(waited.into(), "minute", "minutes");
            beside(Bilingual::new(
                format!("跌倒后{waited}分钟"),
                format!("{waited} {unit} after the fall"),
            ))
        }
        Happening::Joined { .. } => what.words(),
        Happening::MouthChanged { mouth, to } => {
            let (to, mouths) = (to.label(), &story.setup.place.mouths);
            let Some(mouth) = mouths.get(mouth.index()) else { return beside(to) };
            Bilingual::new(
                format!("{}：{}", mouth.name.zh, to.zh),
                format!("{}: {}", mouth.name.en, to.en),
            )
        }
        Happening::MeasureChanged { measure, permille } => {
            let (label, percent, rest) = (measure.label(), permille / 10, permille % 10);
            let percent = if rest == 0 { percent.to_string() } else { format!("{percent}.{rest}") };
            match permille {
                0 => Bilingual::new(format!("{}：停", label.zh), format!("{}: ended", label.en)),
                1000 => {
                    Bilingual::new(format!("{}：开始", label.zh), format!("{}: begun", label.en))
                }
                _ => Bilingual::new(
                    format!("{}：力度{percent}%", label.zh),
                    format!("{}: strength {percent} %", label.en),
                ),
            }
        }
        _ => beside(what.details()),
    }
}
