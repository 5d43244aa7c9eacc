//! What can be asked of the community, whether it may be, and doing it.
//!
//! Floor 1. The door: only [`SimState::apply`] and `advance` change a state.
//! `check` takes `&self` and cannot change anything; `apply` does not fail after
//! a check, and does nothing for a command that the check would refuse.

use serde::{Deserialize, Serialize};

use crate::base::ids::{HouseholdId, MouthId, PersonId};
use crate::base::text::Bilingual;
use crate::base::time::Minute;
use crate::sim::agenda::Due;
use crate::sim::board::Told;
use crate::sim::event::{Happening, SimEvent};
use crate::sim::senses;
use crate::sim::state::{Setup, SimState, Step};
use crate::sim::truth::{Whereabouts, cases, falls};
use crate::sim::work::{
    Measure, MouthState, Note, Site, Task, TaskKind, WorkerKind, gates, roster, survey, volunteers,
};

/// What can be asked. Every command is data: logged, saved, replayed.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum SimCommand {
    /// Ring a home now, before the rest of the round. Anybody may ask. Needs a
    /// worker with time; nothing is undone by a second call.
    Call(HouseholdId),
    /// Send somebody to a door as soon as a worker has time.
    Visit(HouseholdId),
    /// Bring something to a home today.
    Deliver(HouseholdId),
    /// Write a few words beside a home, at most 80 characters.
    Note(HouseholdId, String),
    /// Write down everyone of a home who came back.
    RegisterReturn(HouseholdId),
    /// The office is told something about a home, as a story has it.
    Tell(HouseholdId, Told),
    /// Open, staff or seal a lane mouth.
    SetMouth(MouthId, MouthState),
    /// Set a measure's strength, 0–1000 permille; 0 ends it.
    SetMeasure(Measure, u16),
    /// How many may be on the phone at the same time, at least 1.
    SetCallers(u32),
    /// The order in which waiting work is taken up; each kind once.
    SetPriority([TaskKind; TaskKind::ALL.len()]),
    /// How many of the staff are at work, at most as many as the story began with.
    SetStaff(u32),
    /// A willing resident joins now.
    Join(PersonId),
    /// A person falls now and cannot get up. Stories only: hidden from the office.
    Fall(PersonId),
    /// A fever of ordinary illness begins. Stories only: hidden from the office.
    Fever(PersonId),
    /// Somebody leaves Beijing now.
    Leave(PersonId),
    /// Somebody who is away stands at a lane mouth now.
    ComeBack(PersonId),
    /// Somebody at home is infected from outside now. Stories with an illness only:
    /// hidden from the office.
    ImportCase(PersonId),
    /// So many people at home, at least 1, whom a keyed draw picks, are infected from
    /// outside now; fewer where fewer are left. Stories with an illness only: hidden.
    ImportCases(u16),
}

/// Why something cannot be done now. Shown to whoever asked, in both languages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Rejected {
    /// No such home.
    #[error("there is no such home")]
    NoSuchHome,
    /// No such person.
    #[error("there is no such person")]
    NoSuchPerson,
    /// No such lane mouth.
    #[error("there is no such lane mouth")]
    NoSuchMouth,
    /// The same is already waiting or being done.
    #[error("this is already under way")]
    AlreadyAsked,
    /// The household has moved out.
    #[error("the household has moved out")]
    MovedOut,
    /// The office has never been there, so it has no number to call.
    #[error("the office does not know this home yet")]
    NotKnown,
    /// Nobody came back whom the office does not know of.
    #[error("nobody of this home has come back unregistered")]
    NobodyBack,
    /// A note is empty or too long.
    #[error("a note has 1 to 80 characters")]
    NoteLength,
    /// A strength above 1000.
    #[error("a strength lies from 0 to 1000 permille")]
    Strength,
    /// Nobody could make calls.
    #[error("at least one caller is needed")]
    NoCallers,
    /// Not every kind once.
    #[error("the order must name each kind of work once")]
    Priority,
    /// More than the story began with.
    #[error("there are not that many workers")]
    TooManyWorkers,
    /// Has joined already, or is not willing.
    #[error("this person cannot join")]
    CannotJoin,
    /// A period that is told of has ended before now.
    #[error("that period is over already")]
    PeriodOver,
    /// Not at home.
    #[error("this person is not at home")]
    NotAtHome,
    /// Not away.
    #[error("this person is not away")]
    NotAway,
    /// No illness in this story.
    #[error("this story has no illness")]
    NoIllness,
    /// Was infected before.
    #[error("this person has had the illness before")]
    InfectedBefore,
    /// Nobody to infect.
    #[error("at least one import is needed")]
    NoImports,
    /// The story is over.
    #[error("the story is over")]
    Over,
}

impl Rejected {
    /// The sentence for the person who asked.
    pub const fn sentence(self) -> Bilingual {
        match self {
            Self::NoSuchHome => Bilingual::fixed("没有这一户", "There is no such home"),
            Self::NoSuchPerson => Bilingual::fixed("没有这个人", "There is no such person"),
            Self::NoSuchMouth => Bilingual::fixed("没有这个胡同口", "There is no such lane mouth"),
            Self::AlreadyAsked => Bilingual::fixed("已经在办了", "This is already under way"),
            Self::MovedOut => Bilingual::fixed("这一户已经搬走", "The household has moved out"),
            Self::NotKnown => Bilingual::fixed(
                "还没有登记过这一户，没有联系电话",
                "The office has not been there yet and has no number to call",
            ),
            Self::NobodyBack => Bilingual::fixed(
                "这一户没有未登记的返京人员",
                "Nobody of this home has come back unregistered",
            ),
            Self::NoteLength => {
                Bilingual::fixed("备注须为1至80个字", "A note has 1 to 80 characters")
            }
            Self::Strength => {
                Bilingual::fixed("力度须在0到1000之间", "A strength lies from 0 to 1000 permille")
            }
            Self::NoCallers => {
                Bilingual::fixed("至少要有一人打电话", "At least one caller is needed")
            }
            Self::Priority => {
                Bilingual::fixed("每类工作须各列一次", "The order must name each kind of work once")
            }
            Self::TooManyWorkers => {
                Bilingual::fixed("没有这么多社工", "There are not that many workers")
            }
            Self::CannotJoin => Bilingual::fixed("这位居民不能加入", "This resident cannot join"),
            Self::PeriodOver => Bilingual::fixed("这段期限已经过去", "That period is over already"),
            Self::NotAtHome => Bilingual::fixed("这个人不在家", "This person is not at home"),
            Self::NotAway => Bilingual::fixed("这个人没有离京", "This person is not away"),
            Self::NoIllness => {
                Bilingual::fixed("这个故事里没有传染病", "This story has no illness")
            }
            Self::InfectedBefore => {
                Bilingual::fixed("这个人已经感染过", "This person has had the illness before")
            }
            Self::NoImports => {
                Bilingual::fixed("至少要有一例输入", "At least one import is needed")
            }
            Self::Over => Bilingual::fixed("故事已经结束", "The story is over"),
        }
    }
}

/// Longest note, in characters.
pub const NOTE_CHARS: usize = 80;
const PERMILLE: u16 = 1000;

impl SimState {
    /// Whether a command can be done now.
    ///
    /// # Errors
    /// [`Rejected`], with a sentence for whoever asked.
    pub fn check(&self, setup: &Setup, command: &SimCommand) -> Result<(), Rejected> {
        if self.now >= setup.ends {
            return Err(Rejected::Over);
        }
        match command {
            SimCommand::Call(home) => {
                self.check_home(setup, *home).and_then(|()| self.check_call(*home))
            }
            SimCommand::Visit(home) => self.check_task(setup, *home, TaskKind::Help),
            SimCommand::Deliver(home) => self.check_task(setup, *home, TaskKind::Deliveries),
            SimCommand::Note(home, text) => {
                self.check_home(setup, *home)?;
                let long = text.trim().is_empty() || text.chars().count() > NOTE_CHARS;
                if long { Err(Rejected::NoteLength) } else { Ok(()) }
            }
            SimCommand::RegisterReturn(home) => {
                self.check_home(setup, *home)?;
                let back = setup
                    .population
                    .home(*home)
                    .members()
                    .any(|p| self.truth.bodies[p.index()].unreported);
                if back { Ok(()) } else { Err(Rejected::NobodyBack) }
            }
            SimCommand::Tell(home, told) => {
                self.check_home(setup, *home)?;
                let over = told.until().is_some_and(|until| until <= self.now);
                if over { Err(Rejected::PeriodOver) } else { Ok(()) }
            }
            SimCommand::SetMouth(mouth, _) if mouth.index() >= self.work.mouths.len() => {
                Err(Rejected::NoSuchMouth)
            }
            SimCommand::SetMeasure(_, strength) if *strength > PERMILLE => Err(Rejected::Strength),
            SimCommand::SetCallers(0) => Err(Rejected::NoCallers),
            SimCommand::SetPriority(order) => {
                let complete = TaskKind::ALL.iter().all(|k| order.contains(k));
                if complete { Ok(()) } else { Err(Rejected::Priority) }
            }
            SimCommand::SetStaff(count) if *count > self.work.staff => {
                Err(Rejected::TooManyWorkers)
            }
            SimCommand::SetMouth(..)
            | SimCommand::SetMeasure(..)
            | SimCommand::SetCallers(_)
            | SimCommand::SetStaff(_) => Ok(()),
            SimCommand::Join(person) => {
                let willing = setup.willing.binary_search(person).is_ok()
                    && !self.work.joined.contains(person);
                if willing { Ok(()) } else { Err(Rejected::CannotJoin) }
            }
            SimCommand::Fall(person) | SimCommand::Fever(person) | SimCommand::Leave(person) => {
                self.check_person(setup, *person, Whereabouts::Home)
                    .map_err(|e| e.unwrap_or(Rejected::NotAtHome))
            }
            SimCommand::ComeBack(person) => self
                .check_person(setup, *person, Whereabouts::Away)
                .map_err(|e| e.unwrap_or(Rejected::NotAway)),
            SimCommand::ImportCase(person) => self.check_import(setup, *person),
            SimCommand::ImportCases(count) => self.check_imports(*count),
        }
    }

    fn check_imports(&self, count: u16) -> Result<(), Rejected> {
        match (self.truth.cases(), count) {
            (None, _) => Err(Rejected::NoIllness),
            (Some(_), 0) => Err(Rejected::NoImports),
            (Some(_), _) => Ok(()),
        }
    }

    fn check_import(&self, setup: &Setup, person: PersonId) -> Result<(), Rejected> {
        let cases = self.truth.cases().ok_or(Rejected::NoIllness)?;
        self.check_person(setup, person, Whereabouts::Home)
            .map_err(|e| e.unwrap_or(Rejected::NotAtHome))?;
        let before = cases.outbreak().was_infected(person.0);
        if before { Err(Rejected::InfectedBefore) } else { Ok(()) }
    }

    fn check_home(&self, setup: &Setup, home: HouseholdId) -> Result<(), Rejected> {
        if home.0 >= setup.core_homes {
            return Err(Rejected::NoSuchHome);
        }
        if self.board[home.index()].removed.is_some() { Err(Rejected::MovedOut) } else { Ok(()) }
    }

    fn check_call(&self, home: HouseholdId) -> Result<(), Rejected> {
        if self.board[home.index()].known.is_none() {
            return Err(Rejected::NotKnown);
        }
        // A home of the round that waits is moved to the front instead.
        let ringing = self.work.workers.iter().any(|w| {
            w.job.is_some_and(|j| j.task.kind == TaskKind::Calls && j.task.site == Site::Home(home))
        });
        if ringing { Err(Rejected::AlreadyAsked) } else { Ok(()) }
    }

    fn check_task(&self, setup: &Setup, home: HouseholdId, kind: TaskKind) -> Result<(), Rejected> {
        self.check_home(setup, home)?;
        if self.work.is_asked(kind, home) { Err(Rejected::AlreadyAsked) } else { Ok(()) }
    }

    /// `Err(None)` when the person is elsewhere than needed.
    fn check_person(
        &self,
        setup: &Setup,
        person: PersonId,
        place: Whereabouts,
    ) -> Result<(), Option<Rejected>> {
        let Some(body) = self.truth.bodies.get(person.index()) else {
            return Err(Some(Rejected::NoSuchPerson));
        };
        if setup.population.person(person).household.0 >= setup.core_homes {
            return Err(Some(Rejected::NoSuchPerson));
        }
        if body.place == place && !body.stuck { Ok(()) } else { Err(None) }
    }

    /// Does a command now, between two minutes' events. Does nothing if `check`
    /// would refuse it.
    pub fn apply(&mut self, setup: &Setup, command: &SimCommand, events: &mut Vec<SimEvent>) {
        if self.check(setup, command).is_err() {
            return;
        }
        let heard = events.len();
        let now = self.now;
        let mut step = Step::new(now, events);
        self.carry_out(setup, command, now, &mut step);
        self.hear(&events[heard..]);
        self.settle(setup, events);
    }

    fn carry_out(&mut self, setup: &Setup, command: &SimCommand, now: Minute, step: &mut Step) {
        match command {
            SimCommand::Call(home) => self.call_first(*home, now),
            SimCommand::Visit(home) => self.ask_for(TaskKind::Help, *home, now),
            SimCommand::Deliver(home) => self.ask_for(TaskKind::Deliveries, *home, now),
            SimCommand::Note(household, text) => {
                let note = Note { household: *household, at: now, text: text.trim().to_owned() };
                self.work.notes.push(note);
                step.emit(Happening::Noted { household: *household });
            }
            SimCommand::RegisterReturn(home) => {
                senses::register_return(setup, self, *home, now, step);
            }
            SimCommand::Tell(home, told) => self.observe(setup, *home, *told, now, step),
            SimCommand::SetMouth(mouth, to) => gates::set(setup, self, *mouth, *to, now, step),
            SimCommand::SetMeasure(measure, strength) => {
                self.set_measure(setup, *measure, *strength, now, step);
            }
            SimCommand::SetCallers(count) => self.work.callers = *count,
            SimCommand::SetPriority(order) => self.work.priority = *order,
            SimCommand::SetStaff(count) => roster::set_staff(setup, self, *count),
            SimCommand::Join(person) => volunteers::join(setup, self, *person, step),
            SimCommand::Fall(person) => falls::fall(setup, self, *person, now, true, step),
            SimCommand::Fever(person) => self.agenda.push(now, Due::FeverBegins(*person)),
            SimCommand::Leave(person) => {
                let body = self.truth.bodies.touch(*person);
                body.place = Whereabouts::Away;
                body.from = Some(crate::sim::people::Region::Elsewhere);
                body.unreported = false;
            }
            SimCommand::ComeBack(person) => self.agenda.push(now, Due::ComesBack(*person)),
            SimCommand::ImportCase(person) => cases::import(setup, self, *person, now, step),
            SimCommand::ImportCases(count) => cases::import_some(setup, self, *count, now, step),
        }
    }

    fn call_first(&mut self, home: HouseholdId, now: Minute) {
        let queue = &mut self.work.queues[TaskKind::Calls as usize];
        let waiting = queue.iter().position(|t| t.site == Site::Home(home));
        let task = waiting.and_then(|i| queue.remove(i)).unwrap_or(Task {
            kind: TaskKind::Calls,
            site: Site::Home(home),
            since: now,
            // Not the round's call: it counts as a further one.
            attempt: 2,
        });
        queue.push_front(task);
    }

    fn ask_for(&mut self, kind: TaskKind, home: HouseholdId, now: Minute) {
        self.work.push_front(Task { kind, site: Site::Home(home), since: now, attempt: 1 });
    }

    fn set_measure(
        &mut self,
        setup: &Setup,
        measure: Measure,
        permille: u16,
        now: Minute,
        step: &mut Step,
    ) {
        let before = self.work.measures[measure as usize];
        if before == permille {
            return;
        }
        self.work.measures[measure as usize] = permille;
        if let Some(cases) = &mut self.truth.cases {
            cases.measure_changes(measure, now, before);
        }
        step.emit(Happening::MeasureChanged { measure, permille });
        match measure {
            Measure::Survey if before == 0 => survey::start(setup, self),
            Measure::DailyCalls if before == 0 && now.clock() <= setup.params.calls.start => {
                self.agenda.push(Minute::at(now.day(), setup.params.calls.start), Due::RoundBegins);
            }
            _ => {}
        }
    }

    /// How many of the force are staff at work.
    pub fn staff_at_work(&self) -> usize {
        self.work.workers.iter().filter(|w| w.active && w.kind == WorkerKind::Staff).count()
    }
}
