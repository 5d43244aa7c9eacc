//! What the office did today: its calls, the cases that are open, who is where.
//!
//! Floor 3. Reads a [`Session`] and what it tells; owns [`Today`]. Like a frame it
//! follows what is told and can be made anew at any minute; nothing here is part of
//! the story. It knows what the office knows and never reads the truth.

use std::collections::{BTreeMap, BTreeSet};

use super::moment::StoryEvent;
use super::story::Session;
use crate::base::ids::{HouseholdId, MouthId, WorkerId};
use crate::base::time::{Day, Minute};
use crate::sim::event::Happening;
use crate::sim::state::SimState;
use crate::sim::work::{Job, Rung, Site, TaskKind, Worker, WorkerKind, dispatch};

/// Where somebody was before an errand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Whence {
    /// At the office.
    Office,
    /// At the door of a home.
    Home(HouseholdId),
    /// At a lane mouth.
    Mouth(MouthId),
}

/// Somebody of the office who is busy with a home now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Errand {
    /// Who.
    pub worker: WorkerId,
    /// With what.
    pub kind: TaskKind,
    /// With which home.
    pub home: HouseholdId,
    /// Where the worker was before; none once that is not known any more.
    pub whence: Option<Whence>,
    /// When it began.
    pub from: Minute,
    /// Minutes of the walk; none of them for a call.
    pub walk: u32,
    /// When it will be done.
    pub until: Minute,
}

impl Errand {
    /// Whether it is done on the phone.
    pub const fn is_by_phone(&self) -> bool {
        is_by_phone(self.kind)
    }
}

const fn is_by_phone(kind: TaskKind) -> bool {
    matches!(kind, TaskKind::Calls | TaskKind::Checks)
}

/// A call of today that is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Called {
    /// When it ended.
    pub at: Minute,
    /// Whether somebody answered.
    pub answered: bool,
}

/// How the call to an elder stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CallState {
    /// Still to be made.
    Waiting,
    /// Somebody is on the phone.
    UnderWay,
    /// Answered.
    Answered,
    /// Not answered, and nobody has heard of them since.
    NotAnswered,
    /// Not answered, but somebody has looked in since.
    SeenTo,
}

impl CallState {
    /// Every state, in the order in which they are counted.
    pub const ALL: [Self; 5] =
        [Self::Answered, Self::UnderWay, Self::NotAnswered, Self::SeenTo, Self::Waiting];
}

/// Today's round of calls.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CallRound {
    /// Every elder of it, by id, and how the call stands.
    pub elders: Vec<(HouseholdId, CallState)>,
    /// Elders who have been called at least once.
    pub made: u64,
    /// Minutes from its beginning to now, or to its last first call once all are
    /// made; none before it begins.
    pub minutes: Option<u32>,
}

impl CallRound {
    /// How many elders stand so.
    pub fn count(&self, state: CallState) -> u64 {
        self.elders.iter().filter(|(_, s)| *s == state).count() as u64
    }
}

/// What is done on a rung.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepKind {
    /// The phone is rung again.
    CallAgain,
    /// A neighbour is asked to look.
    Neighbour,
    /// Somebody goes to the door.
    Door,
    /// Help comes and stays until all is well.
    Help,
}

/// How far a rung is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepState {
    /// It lies behind.
    Done,
    /// It is being done, or waited for.
    Now,
    /// It may follow.
    ToCome,
    /// It was not needed.
    Spared,
}

/// A rung of an open case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CaseStep {
    /// What is done.
    pub kind: StepKind,
    /// How far it is.
    pub state: StepState,
    /// When it was, is due, or may come at the earliest; none where nobody wrote it
    /// down.
    pub at: Option<Minute>,
}

/// A phone that nobody answered, and what is done about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// Which home.
    pub home: HouseholdId,
    /// When the phone was first not answered; or when somebody was found at a door
    /// that nobody had called.
    pub since: Minute,
    /// From the first rung on; the last one is help.
    pub steps: Vec<CaseStep>,
    /// Help has come and all is well.
    pub closed: bool,
}

/// What the office did today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Today {
    day: Day,
    calls: BTreeMap<HouseholdId, Vec<Called>>,
    /// Where each worker was last busy today.
    last: BTreeMap<WorkerId, Whence>,
    /// When somebody stood in the room, and when help was done.
    found: BTreeMap<HouseholdId, (Option<Minute>, Option<Minute>)>,
    /// Minutes of duty that ended: of staff and of neighbours, by mouth.
    duty: BTreeMap<MouthId, [u64; 2]>,
}

impl Today {
    /// As a story stands now.
    pub fn new(session: &Session) -> Self {
        let mut today = Self::of(session.now().day());
        today.retake(session);
        today
    }

    const fn of(day: Day) -> Self {
        Self {
            day,
            calls: BTreeMap::new(),
            last: BTreeMap::new(),
            found: BTreeMap::new(),
            duty: BTreeMap::new(),
        }
    }

    /// Looks at the day anew: after a seek, undo, redo or a change of branch.
    pub fn retake(&mut self, session: &Session) {
        *self = Self::of(session.now().day());
        let told = session.told_since_midnight();
        self.follow(session, &told);
    }

    /// Goes along with what the story told since it was last brought up to date.
    pub fn follow(&mut self, session: &Session, told: &[StoryEvent]) {
        let day = session.now().day();
        if day != self.day {
            *self = Self::of(day);
        }
        for event in told {
            // At midnight itself the day is being turned: nothing of it counts, so
            // that a day followed is the same as one looked at anew.
            if let StoryEvent::Sim(event) = event
                && event.at.day() == day
                && !event.at.is_midnight()
            {
                self.hear(session.moment().sim(), event.at, event.what);
            }
        }
    }

    fn hear(&mut self, sim: &SimState, at: Minute, what: Happening) {
        match what {
            Happening::CallMade { household, answered } => {
                self.calls.entry(household).or_default().push(Called { at, answered });
            }
            Happening::Found { household, .. } => {
                self.found.entry(household).or_default().0 = Some(at);
            }
            // A fall that the office never heard of is none of its cases.
            Happening::Helped { household, .. } => {
                if let Some(found) = self.found.get_mut(&household) {
                    found.1 = Some(at);
                }
            }
            Happening::Worked { worker, household, mouth, task, minutes } => {
                let whence = match (household, mouth) {
                    (Some(_), _) if is_by_phone(task) => Whence::Office,
                    (Some(home), _) => Whence::Home(home),
                    (None, Some(mouth)) => {
                        let staff = sim.worker(worker).is_some_and(|w| w.kind == WorkerKind::Staff);
                        let duty = self.duty.entry(mouth).or_default();
                        duty[usize::from(!staff)] += u64::from(minutes);
                        Whence::Mouth(mouth)
                    }
                    (None, None) => return,
                };
                self.last.insert(worker, whence);
            }
            _ => {}
        }
    }

    /// The calls to a home today that are over, in order.
    pub fn calls(&self, home: HouseholdId) -> &[Called] {
        self.calls.get(&home).map_or(&[], Vec::as_slice)
    }

    /// Minutes of duty at a mouth today, of staff and of neighbours; a spell counts
    /// when it ends.
    pub fn duty(&self, mouth: MouthId) -> [u64; 2] {
        self.duty.get(&mouth).copied().unwrap_or_default()
    }

    /// Who is busy with a home now, by worker: at most as many as there are workers.
    pub fn errands(&self, session: &Session) -> Vec<Errand> {
        let sim = session.moment().sim();
        let workers = sim.work().workers.iter().enumerate();
        let busy = workers.filter_map(|(i, w)| Some((WorkerId::from_index(i), w, w.job?)));
        busy.filter_map(|(id, worker, job)| self.errand(session, id, worker, job)).collect()
    }

    fn errand(&self, session: &Session, id: WorkerId, who: &Worker, job: Job) -> Option<Errand> {
        let Site::Home(home) = job.task.site else { return None };
        let setup = &session.world().0.setup;
        // What began yesterday began somewhere that today does not know.
        let whence = (job.from.day() == self.day).then(|| match (self.last.get(&id), who.kind) {
            (Some(last), _) => *last,
            (None, WorkerKind::Staff) => Whence::Office,
            (None, WorkerKind::Volunteer(person)) => {
                Whence::Home(setup.population.person(person).household)
            }
        });
        let from = whence.map(|whence| match whence {
            Whence::Office => setup.place.office.at,
            Whence::Home(home) => setup.door(home),
            Whence::Mouth(mouth) => setup.place.mouths[mouth.index()].at,
        });
        let kind = job.task.kind;
        let walk = match from {
            Some(from) if !is_by_phone(kind) => {
                dispatch::walk_minutes(setup, from, setup.door(home))
            }
            _ => 0,
        };
        let walk = walk.min(job.until.since(job.from));
        Some(Errand { worker: id, kind, home, whence, from: job.from, walk, until: job.until })
    }

    /// Homes at whose door a slip was left: it stayed shut, and nothing is known of
    /// them yet. By id; at most as many as doors that wait to be tried again.
    pub fn slips(session: &Session) -> Vec<HouseholdId> {
        let mut homes: Vec<HouseholdId> = Self::slips_unsorted(session).collect();
        homes.sort_unstable();
        homes
    }

    /// How many slips hang now.
    pub fn slip_count(session: &Session) -> usize {
        Self::slips_unsorted(session).count()
    }

    /// A home waits to be tried again or is tried just now, never both.
    fn slips_unsorted(session: &Session) -> impl Iterator<Item = HouseholdId> {
        let sim = session.moment().sim();
        let work = sim.work();
        let tried = |job: &Job| job.task.kind == TaskKind::Survey && job.task.attempt > 1;
        let again = work.workers.iter().filter_map(move |w| w.job.filter(tried));
        let again = again.filter_map(|job| match job.task.site {
            Site::Home(home) => Some(home),
            Site::Mouth(..) => None,
        });
        let waits = work.survey.again.iter().map(|(_, home)| *home);
        let is_unknown = move |home: &HouseholdId| sim.board()[home.index()].known.is_none();
        let all = waits.chain(again).filter(is_unknown);
        all.take(if sim.unknown == 0 { 0 } else { usize::MAX })
    }

    /// Today's round of calls.
    pub fn round(&self, session: &Session) -> CallRound {
        let sim = session.moment().sim();
        let work = sim.work();
        let elder = |home: &HouseholdId| sim.board()[home.index()].marks.is_called_daily();
        let site = |site: Site| match site {
            Site::Home(home) => Some(home),
            Site::Mouth(..) => None,
        };
        let queue = work.queue(TaskKind::Calls);
        let waiting: BTreeSet<HouseholdId> =
            queue.iter().filter(|t| t.attempt == 1).filter_map(|t| site(t.site)).collect();
        let phones = work.workers.iter().filter_map(|w| w.job);
        let phones: BTreeSet<HouseholdId> = phones
            .filter(|job| job.task.kind == TaskKind::Calls)
            .filter_map(|job| site(job.task.site))
            .collect();
        let homes: BTreeSet<HouseholdId> =
            self.calls.keys().chain(&waiting).chain(&phones).copied().filter(elder).collect();
        let state = |home: HouseholdId| {
            if phones.contains(&home) {
                return CallState::UnderWay;
            }
            match self.calls(home).last() {
                _ if waiting.contains(&home) => CallState::Waiting,
                None => CallState::Waiting,
                Some(last) if last.answered => CallState::Answered,
                Some(_) if sim.board()[home.index()].silent.is_some() => CallState::NotAnswered,
                Some(_) => CallState::SeenTo,
            }
        };
        let elders: Vec<_> = homes.into_iter().map(|home| (home, state(home))).collect();
        let first = |home: HouseholdId| self.calls(home).first().map(|call| call.at);
        let made = elders.iter().filter(|(home, _)| first(*home).is_some()).count() as u64;
        let minutes = work.round.begun.map(|begun| {
            let all = made == elders.len() as u64;
            let last = elders.iter().filter_map(|(home, _)| first(*home)).max();
            last.filter(|_| all).unwrap_or(sim.now()).since(begun)
        });
        CallRound { elders, made, minutes }
    }

    /// Phones that were not answered and are not resolved, and doors behind which
    /// somebody was found today; the oldest first.
    pub fn cases(&self, session: &Session) -> Vec<Case> {
        let sim = session.moment().sim();
        let open = sim.work().ladders.keys();
        let emergencies = self.found.keys();
        let homes: BTreeSet<HouseholdId> = open.chain(emergencies).copied().collect();
        let mut cases: Vec<Case> = homes.into_iter().map(|home| self.case(session, home)).collect();
        cases.sort_by_key(|case| (case.closed, case.since, case.home));
        cases
    }

    fn case(&self, session: &Session, home: HouseholdId) -> Case {
        let sim = session.moment().sim();
        let setup = &session.world().0.setup;
        let (found, helped) = self.found.get(&home).copied().unwrap_or_default();
        let silent: Vec<Minute> =
            self.calls(home).iter().filter(|c| !c.answered).map(|c| c.at).collect();
        let ladder = sim.work().ladders.get(&home).copied().filter(|_| found.is_none());
        let first = ladder.map(|l| l.since).or_else(|| silent.first().copied()).or(found);
        let since = first.unwrap_or(sim.now());
        let mut again = silent.iter().copied().filter(|at| *at > since);
        let mut due = ladder.map(|ladder| ladder.due);
        let mut steps = Vec::with_capacity(setup.ladder.len() + 1);
        for (i, rung) in setup.ladder.iter().enumerate() {
            let kind = match rung {
                Rung::CallAgain { .. } => StepKind::CallAgain,
                Rung::AskNeighbour { .. } => StepKind::Neighbour,
                Rung::Door { .. } => StepKind::Door,
            };
            let place = ladder.map(|ladder| i.cmp(&usize::from(ladder.rung)));
            let (state, at) = match place {
                Some(core::cmp::Ordering::Equal) => (StepState::Now, due),
                Some(core::cmp::Ordering::Greater) => {
                    due = due.map(|due| due.plus(rung.after()));
                    (StepState::ToCome, due)
                }
                _ => match kind {
                    StepKind::CallAgain => {
                        let at = again.next();
                        let spared = ladder.is_none() && at.is_none();
                        (if spared { StepState::Spared } else { StepState::Done }, at)
                    }
                    StepKind::Neighbour if ladder.is_none() && silent.is_empty() => {
                        (StepState::Spared, None)
                    }
                    StepKind::Door => (StepState::Done, found),
                    StepKind::Neighbour | StepKind::Help => (StepState::Done, None),
                },
            };
            steps.push(CaseStep { kind, state, at });
        }
        let help = match (found, helped) {
            (_, Some(at)) => (StepState::Done, Some(at)),
            (Some(_), None) => (StepState::Now, None),
            (None, None) => (StepState::ToCome, None),
        };
        steps.push(CaseStep { kind: StepKind::Help, state: help.0, at: help.1 });
        Case { home, since, steps, closed: helped.is_some() }
    }
}

/// Minutes of work that ended today, by kind, in the order of [`TaskKind::ALL`].
pub fn spent(session: &Session) -> [u64; TaskKind::ALL.len()] {
    let today = &session.moment().sim().today;
    [
        today.minutes_help,
        today.minutes_fever,
        today.minutes_gates,
        today.minutes_calls,
        today.minutes_checks,
        today.minutes_survey,
        today.minutes_deliveries,
    ]
}

/// Deliveries made today.
pub fn deliveries(session: &Session) -> u64 {
    session.moment().sim().today.deliveries
}
