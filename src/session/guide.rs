//! The guide: leads through the beats of a story, in the visitor's own time.
//!
//! Floor 3. Reads the script and when its cues happen; owns [`Guide`]. It has no
//! clock and moves nothing itself: whoever draws tells it how long a frame took, and
//! is told to which minute the story should go.

use core::time::Duration;

use super::moment::StoryEvent;
use super::pacer::LONGEST_FRAME;
use super::story::Session;
use crate::base::time::Minute;
use crate::scenario::script::{Beat, Cue, CueId, Scenario};

/// Which of the tellings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Cut {
    /// The short one.
    Express,
    /// All beats of all chapters.
    Full,
    /// What runs round while nobody is there.
    Attract,
}

/// When each cue first happens, if nobody meddles any further.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Itinerary(Vec<Option<Minute>>);

impl Itinerary {
    /// Plays the story as its log has it from beginning to end and listens.
    pub fn of(session: &Session) -> Self {
        let story = &session.world().0;
        let mut found = vec![None; story.script.cues.len()];
        let mut told = Vec::new();
        // A fresh line tells its first minute too, which a wound back one does not.
        let mut line = Session::new(session.world().clone(), &mut told);
        let mut note = |told: &mut Vec<StoryEvent>| {
            for event in told.drain(..) {
                if let StoryEvent::Cue { at, cue } = event {
                    found[cue as usize].get_or_insert(at);
                }
            }
        };
        note(&mut told);
        for entry in session.log() {
            line.advance(entry.at, &mut told);
            // What was accepted once is accepted again: the moment is the same.
            let _ = line.submit(entry.command.clone(), &mut told);
            note(&mut told);
        }
        line.advance(story.setup.ends, &mut told);
        note(&mut told);
        Self(found)
    }

    /// When a cue first happens; `None` if it never does.
    pub fn minute(&self, cue: CueId) -> Option<Minute> {
        self.0.get(cue as usize).copied().flatten()
    }
}

/// Where a guide is within a beat.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    /// On the way, from a minute.
    Going(Minute),
    /// There: the caption is read.
    Holding,
    /// The last beat has been told.
    Ended,
}

/// What happened in a step of the guide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Step {
    /// The minute to which the story should go.
    pub to: Option<Minute>,
    /// Another beat began: where it looks is due.
    pub begun: bool,
    /// A beat was reached: what it says is due.
    pub arrived: bool,
}

/// Leads through the beats of one cut.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guide {
    cut: Cut,
    /// Beats of the cut whose cue happens, by position in the script, with its minute.
    beats: Vec<(u32, Minute)>,
    at: usize,
    phase: Phase,
    /// Time spent in the phase.
    spent: Duration,
    held: bool,
    left: bool,
    /// The position whose caption is being read.
    said: Option<usize>,
    /// The first beat has not begun yet, or another one was asked for.
    fresh: bool,
}

impl Guide {
    /// A guide before its first beat; none if the story has no beats for this cut.
    pub fn new(cut: Cut, story: &Scenario, itinerary: &Itinerary) -> Option<Self> {
        let of = |beats: &[Beat], fits: &dyn Fn(&Beat) -> bool| -> Vec<(u32, Minute)> {
            let listed = beats.iter().enumerate().filter(|(_, beat)| fits(beat));
            listed.filter_map(|(i, b)| Some((i as u32, itinerary.minute(b.cue)?))).collect()
        };
        let beats = match cut {
            Cut::Express => of(&story.script.beats, &|beat| beat.express),
            Cut::Full => of(&story.script.beats, &|_| true),
            Cut::Attract => of(&story.script.attract, &|_| true),
        };
        (!beats.is_empty()).then_some(Self {
            cut,
            beats,
            at: 0,
            phase: Phase::Holding,
            spent: Duration::ZERO,
            held: false,
            left: false,
            said: None,
            fresh: true,
        })
    }

    /// Takes up other minutes for its beats; one that does not come any more keeps its own.
    pub fn replan(&mut self, story: &Scenario, itinerary: &Itinerary) {
        for at in 0..self.beats.len() {
            if let Some(minute) = self.beat_at(at, story).and_then(|b| itinerary.minute(b.cue)) {
                self.beats[at].1 = minute;
            }
        }
    }

    /// Which telling it is.
    pub fn cut(&self) -> Cut {
        self.cut
    }

    /// The beat one is at, or on the way to.
    pub fn beat<'a>(&self, story: &'a Scenario) -> Option<&'a Beat> {
        self.beat_at(self.at, story)
    }

    fn beat_at<'a>(&self, at: usize, story: &'a Scenario) -> Option<&'a Beat> {
        let list = match self.cut {
            Cut::Attract => &story.script.attract,
            Cut::Express | Cut::Full => &story.script.beats,
        };
        list.get(self.beats.get(at)?.0 as usize)
    }

    /// What is being said.
    pub fn cue<'a>(&self, story: &'a Scenario) -> Option<&'a Cue> {
        let beat = self.beat_at(self.said?, story)?;
        story.script.cues.get(beat.cue as usize)
    }

    /// The position among the beats, from 0, and how many there are.
    pub fn progress(&self) -> (usize, usize) {
        (self.at, self.beats.len())
    }

    /// Position of the beat, within its cut, at which each chapter begins.
    pub fn chapters(&self, story: &Scenario) -> Vec<(u32, usize)> {
        let mut found: Vec<(u32, usize)> = Vec::new();
        for at in 0..self.beats.len() {
            if let Some(chapter) = self.beat_at(at, story).and_then(|beat| beat.chapter)
                && found.last().is_none_or(|last| last.0 != chapter)
            {
                found.push((chapter, at));
            }
        }
        found
    }

    /// Whether it leads: neither held, nor left, nor at its end.
    pub fn leads(&self) -> bool {
        !self.held && !self.left && self.phase != Phase::Ended
    }

    /// Whether a beat was asked for that has not been shown yet.
    pub fn is_due(&self) -> bool {
        self.fresh
    }

    /// Whether the beat is reached, led or held.
    pub fn is_there(&self) -> bool {
        self.phase == Phase::Holding && self.said == Some(self.at)
    }

    /// Whether it is on the way to a beat.
    pub fn goes(&self) -> bool {
        self.leads() && (self.fresh || matches!(self.phase, Phase::Going(_)))
    }

    /// Whether the beat's caption is being read.
    pub fn holds_forth(&self) -> bool {
        self.leads() && self.is_there()
    }

    /// How long the caption has been read.
    pub fn read_for(&self) -> Duration {
        if self.holds_forth() { self.spent } else { Duration::ZERO }
    }

    /// Whether the visitor has gone her own way.
    pub fn is_left(&self) -> bool {
        self.left
    }

    /// Whether everything is held.
    pub fn is_held(&self) -> bool {
        self.held
    }

    /// Whether the last beat has been told.
    pub fn is_ended(&self) -> bool {
        self.phase == Phase::Ended
    }

    /// Holds everything, or goes on.
    pub fn hold(&mut self, held: bool) {
        self.held = held;
    }

    /// Lets the visitor go her own way.
    pub fn leave(&mut self) {
        self.left = true;
        self.held = false;
    }

    /// Takes the visitor along again, at the beat where she left.
    pub fn join(&mut self) {
        self.left = false;
        self.go_to(self.at);
    }

    /// One beat on, or back; at either end it stays.
    pub fn turn(&mut self, on: bool) {
        let last = self.beats.len() - 1;
        let to = if on { self.at + 1 } else { self.at.saturating_sub(1) };
        self.left = false;
        if to > last {
            self.phase = Phase::Ended;
        } else {
            self.go_to(to);
        }
    }

    /// To a beat by its position in the cut; a larger one is the last.
    pub fn go_to(&mut self, at: usize) {
        self.at = at.min(self.beats.len() - 1);
        self.phase = Phase::Holding;
        self.spent = Duration::ZERO;
        self.fresh = true;
    }

    /// Lets so much real time go by. `waits` while a visitor does what a beat asks her
    /// to do: then only she moves on.
    pub fn tick(&mut self, real: Duration, now: Minute, story: &Scenario, waits: bool) -> Step {
        let mut step = Step::default();
        if self.fresh && !self.left {
            // Asked for, or the first: there at once.
            self.fresh = false;
            step = Step { begun: true, ..self.arrive() };
        }
        if !self.leads() || waits {
            return step;
        }
        self.spent += real.min(LONGEST_FRAME);
        while self.leads() {
            let Some(beat) = self.beat(story) else { break };
            match self.phase {
                Phase::Going(from) => {
                    let (goal, over) =
                        (self.beats[self.at].1, Duration::from_secs(beat.over.into()));
                    if self.spent < over {
                        step.to = Some(between(from, goal, self.spent, over));
                        break;
                    }
                    self.spent = self.spent.saturating_sub(over);
                    let reached = self.arrive();
                    step = Step { begun: step.begun, ..reached };
                }
                Phase::Holding => {
                    let stay = Duration::from_secs(beat.hold.into());
                    if self.spent < stay {
                        break;
                    }
                    self.spent -= stay;
                    self.move_on(step.to.unwrap_or(now), story);
                    step.begun |= !self.is_ended();
                }
                Phase::Ended => break,
            }
        }
        step
    }

    /// The beat is reached.
    fn arrive(&mut self) -> Step {
        self.phase = Phase::Holding;
        self.said = Some(self.at);
        Step { to: Some(self.beats[self.at].1), begun: false, arrived: true }
    }

    /// The beat has been told: on to the next.
    fn move_on(&mut self, now: Minute, story: &Scenario) {
        if self.at + 1 < self.beats.len() {
            self.at += 1;
        } else if self.cut == Cut::Attract {
            self.at = 0;
        } else {
            self.phase = Phase::Ended;
            return;
        }
        self.phase = Phase::Going(now);
        // Back in time there is no way, only a jump.
        if self.beats[self.at].1 < now && self.beat(story).is_some_and(|beat| beat.over > 0) {
            self.spent += Duration::from_secs(self.beat(story).map_or(0, |beat| beat.over.into()));
        }
    }
}

/// The minute at a share of the way.
fn between(from: Minute, to: Minute, spent: Duration, over: Duration) -> Minute {
    let way = u128::from(to.since(from));
    let gone = way * spent.as_micros() / over.as_micros().max(1);
    from.plus(u32::try_from(gone).unwrap_or(u32::MAX))
}
