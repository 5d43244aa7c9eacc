//! Work: finite hours of real people, and what they are spent on.
//!
//! Floor 1. Reads knowledge and the place; owns workers, queues and measures.
//! Nothing is done for nothing: a task needs a worker on duty with minutes left,
//! takes its time with the walk to it, and has its effect when it ends. What
//! could not be done stays in its queue and shows as overdue.

pub mod calls;
pub mod checks;
pub mod dispatch;
pub mod gates;
pub mod idle;
pub mod measure_cards;
pub mod roster;
pub mod supplies;
pub mod survey;
pub mod visits;
pub mod volunteers;

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use serde::{Deserialize, Serialize};

use crate::base::geo::PointCm;
use crate::base::ids::{HouseholdId, MouthId, PersonId, WorkerId};
use crate::base::time::Minute;
use crate::sim::named;

pub use calls::{Ladder, Rung};
pub use idle::Idle;
pub use survey::Survey;

named! {
    /// What a worker can be doing.
    TaskKind {
        /// door visit and help
        Help, "上门查看与救助";
        /// fever visit
        Fever, "发热处置";
        /// duty at a lane mouth
        Gate, "卡口值守";
        /// call to an elder
        Calls, "电话问候";
        /// check of a home in observation
        Checks, "观察户询问";
        /// survey at the door
        Survey, "入户登记";
        /// delivery
        Deliveries, "送物上门";
    }
}

impl TaskKind {
    /// Whether residents who joined may do it; the rest is for staff.
    pub const fn is_for_volunteers(self) -> bool {
        matches!(self, Self::Gate | Self::Deliveries)
    }
}

named! {
    /// What the community may do, each with a strength from 0 to 1000 permille.
    Measure {
        /// survey of every household
        Survey, "入户摸排";
        /// a call a day to every marked elder
        DailyCalls, "每日电话问候";
        /// duty at the lane mouths
        GateDuty, "胡同口值守";
        /// passes at the mouths, guests written down
        PassCheck, "凭证出入";
        /// temperature at the mouths
        Temperature, "卡口测温";
        /// fourteen days for everyone who comes back
        ObserveAll, "返京人员一律观察14天";
        /// no observation for Tianjin and Hebei
        ExemptJinJi, "津冀返京免观察";
        /// deliveries to homes
        Deliveries, "送物上门";
        /// rubbish taken from homes in observation
        Rubbish, "代收垃圾";
        /// online group of the residents
        OnlineGroup, "居民线上群";
        /// letters and notices
        Notices, "公告与一封信";
        /// calls for volunteers
        VolunteerDrive, "招募志愿者";
        /// whoever is in observation stays at home
        HomeObservation, "居家隔离";
        /// contacts of cases at a central site
        CentralObservation, "集中观察";
        /// masks
        Masks, "戴口罩";
        /// no gatherings
        NoGatherings, "不聚集";
        /// rules for the courtyards
        YardRules, "院内公约";
        /// toilets aired and cleaned
        ToiletCleaning, "厕所通风消毒";
        /// few customers at a time
        ShopCap, "商店限流";
        /// contacts of cases are looked for
        Tracing, "追查密接";
        /// waste and surfaces disinfected
        WasteDisinfection, "垃圾和表面消毒";
        /// everybody stays within the lanes
        Closure, "封闭管理";
        /// caution that nobody ordered
        SpontaneousCaution, "自发小心";
    }
}

/// Strength of every measure, permille, by [`Measure`].
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Strengths([u16; Measure::ALL.len()]);

/// How many measures there were before those that act on an outbreak. Those that came
/// later take part in the hash only while they are on, so that stories without them
/// keep theirs, and their saves can still be proved.
const FIRST_MEASURES: usize = 12;

impl std::hash::Hash for Strengths {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        let (first, later) = self.0.split_at(FIRST_MEASURES);
        first.hash(state);
        for on in later.iter().enumerate().filter(|(_, strength)| **strength > 0) {
            on.hash(state);
        }
    }
}

impl std::ops::Index<usize> for Strengths {
    type Output = u16;

    fn index(&self, measure: usize) -> &u16 {
        &self.0[measure]
    }
}

impl std::ops::IndexMut<usize> for Strengths {
    fn index_mut(&mut self, measure: usize) -> &mut u16 {
        &mut self.0[measure]
    }
}

named! {
    /// How a lane mouth stands.
    MouthState {
        /// open, nobody there
        Open, "敞开";
        /// open and staffed
        Staffed, "值守";
        /// closed
        Sealed, "封闭";
    }
}

/// Staff or resident.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum WorkerKind {
    /// A community worker; invented, nobody of the population.
    Staff,
    /// A resident who joined.
    Volunteer(PersonId),
}

/// One thing to be done, at a home or at a mouth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Task {
    /// What.
    pub kind: TaskKind,
    /// Where.
    pub site: Site,
    /// Since when it waits.
    pub since: Minute,
    /// Which attempt, from 1.
    pub attempt: u8,
}

/// Where a task is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Site {
    /// At the door of a home, or on the phone with it.
    Home(HouseholdId),
    /// At a lane mouth, until the end of the spell.
    Mouth(MouthId, Minute),
}

/// What a worker is busy with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Job {
    /// The task.
    pub task: Task,
    /// Since when.
    pub from: Minute,
    /// When it will be done.
    pub until: Minute,
    /// Whether somebody opened or answered; settled when it began.
    pub answered: bool,
}

/// Somebody who works.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Worker {
    /// Who.
    pub kind: WorkerKind,
    /// Still part of the force.
    pub active: bool,
    /// First minute on duty today.
    pub from: Minute,
    /// End of duty today.
    pub until: Minute,
    /// Minutes offered today.
    pub offered: u32,
    /// Minutes used today, walking included.
    pub used: u32,
    /// Minutes kept free for emergencies today.
    pub reserve: u32,
    /// Where the worker stands, or will stand when the job is done.
    pub at: PointCm,
    /// Tiredness, permille; only volunteers tire.
    pub fatigue: u16,
    /// The job at hand.
    pub job: Option<Job>,
}

impl Worker {
    /// Minutes used plus the reserve: who has least goes first.
    const fn load(&self) -> u32 {
        self.used + self.reserve
    }
}

/// One lane mouth's state.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct MouthDuty {
    /// Open, staffed or sealed.
    pub state: MouthState,
    /// Somebody stands there until this minute.
    pub covered_until: Minute,
}

/// Something written beside a home by a person.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Note {
    /// Which home.
    pub household: HouseholdId,
    /// When.
    pub at: Minute,
    /// At most 80 characters.
    pub text: String,
}

/// All work of the community at one minute.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Work {
    /// Staff first, then volunteers in the order of joining. By [`WorkerId`].
    pub workers: Vec<Worker>,
    /// How many of them are staff.
    pub staff: u32,
    /// Strength of every measure, permille, by [`Measure`].
    pub measures: Strengths,
    /// By [`MouthId`].
    pub mouths: Vec<MouthDuty>,
    /// Which kind of task goes first.
    pub priority: [TaskKind; TaskKind::ALL.len()],
    /// Workers who may be on the phone in the round at the same time.
    pub callers: u32,
    /// The survey.
    pub survey: Survey,
    /// What waits, by [`TaskKind`]; the survey keeps its own lists.
    pub queues: [VecDeque<Task>; TaskKind::ALL.len()],
    /// Calls not answered and not yet resolved.
    pub ladders: BTreeMap<HouseholdId, Ladder>,
    /// Calls under way.
    pub on_the_phone: u32,
    /// The round of the day: when it began and how many calls were made.
    pub round: Round,
    /// Idle staff on the roster, least loaded first.
    pub idle_staff: Idle,
    /// Idle volunteers on duty, least loaded first.
    pub idle_volunteers: Idle,
    /// Who has joined, in order of person.
    pub joined: BTreeSet<PersonId>,
    /// Notes beside homes, in order of time.
    pub notes: Vec<Note>,
}

/// The day's round of calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct Round {
    /// Whether it has begun today.
    pub begun: Option<Minute>,
    /// Calls that belong to it.
    pub planned: u32,
    /// Calls of it that were made.
    pub made: u32,
}

impl Work {
    /// Whether everything is about somebody of so many people, core homes and mouths.
    pub(crate) fn fits(&self, people: usize, homes: u32, mouths: usize) -> bool {
        let site = |site: &Site| match site {
            Site::Home(home) => home.0 < homes,
            Site::Mouth(mouth, _) => mouth.index() < mouths,
        };
        let worker = |w: &Worker| {
            w.job.is_none_or(|job| site(&job.task.site))
                && match w.kind {
                    WorkerKind::Staff => true,
                    WorkerKind::Volunteer(person) => person.index() < people,
                }
        };
        let idle = self.idle_staff.iter().chain(self.idle_volunteers.iter());
        self.staff as usize <= self.workers.len()
            && self.mouths.len() == mouths
            && self.workers.iter().all(worker)
            && self.queues.iter().flatten().all(|task| site(&task.site))
            && self.ladders.keys().all(|home| home.0 < homes)
            && self.joined.iter().all(|person| person.index() < people)
            && self.survey.fits(homes)
            && { idle }.all(|(_, id)| id.index() < self.workers.len())
    }

    /// Strength of a measure, permille.
    pub const fn strength(&self, measure: Measure) -> u32 {
        self.measures.0[measure as usize] as u32
    }

    /// Whether a measure is on at all.
    pub const fn is_on(&self, measure: Measure) -> bool {
        self.strength(measure) > 0
    }

    /// What waits of a kind, the survey apart.
    pub fn queue(&self, kind: TaskKind) -> &VecDeque<Task> {
        &self.queues[kind as usize]
    }

    pub(crate) fn push(&mut self, task: Task) {
        self.queues[task.kind as usize].push_back(task);
    }

    pub(crate) fn push_front(&mut self, task: Task) {
        self.queues[task.kind as usize].push_front(task);
    }

    /// Whether a task of a kind at a home waits or is being done.
    pub(crate) fn is_asked(&self, kind: TaskKind, household: HouseholdId) -> bool {
        let here = |t: &Task| t.kind == kind && t.site == Site::Home(household);
        let staff = self.workers.len().min(self.staff as usize);
        let who = if kind.is_for_volunteers() { &self.workers } else { &self.workers[..staff] };
        self.queue(kind).iter().any(here)
            || who.iter().any(|w| w.job.is_some_and(|j| here(&j.task)))
    }

    /// A worker is idle from now on.
    pub(crate) fn rest(&mut self, id: WorkerId) {
        let worker = &self.workers[id.index()];
        let entry = (worker.load(), id);
        match worker.kind {
            WorkerKind::Staff => self.idle_staff.insert(entry),
            WorkerKind::Volunteer(_) => self.idle_volunteers.insert(entry),
        }
    }
}
