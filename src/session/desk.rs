//! What lies on the office's desk at one minute: everything a layer or a filter may
//! ask about a home.
//!
//! Floor 3. Reads a [`Session`]: the board, the work and the diary, never the truth;
//! owns [`Desk`]. Made anew when it is needed; it costs one look at all that waits.

use super::story::Session;
use crate::base::ids::HouseholdId;
use crate::base::time::Minute;
use crate::sim::board::{Knowledge, Sign};
use crate::sim::diary::{Diary, Line};
use crate::sim::params::ObservationParams;
use crate::sim::place::{CompoundKind, Place};
use crate::sim::work::{Measure, Site, TaskKind, Work};

/// Kinds of task as bits, by [`TaskKind`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Kinds(u8);

impl Kinds {
    const fn has(self, kind: TaskKind) -> bool {
        self.0 & 1 << kind as u8 != 0
    }

    const fn add(&mut self, kind: TaskKind) {
        self.0 |= 1 << kind as u8;
    }
}

/// What waits for one home, and what is being done for it.
#[derive(Debug, Clone, Copy, Default)]
struct Tasks {
    waiting: Kinds,
    under_way: Kinds,
}

/// What the office has in hand at one minute, by home.
#[derive(Debug)]
pub struct Desk<'a> {
    now: Minute,
    rules: &'a ObservationParams,
    /// Core homes only.
    board: &'a [Knowledge],
    place: &'a Place,
    diary: &'a Diary,
    tasks: Vec<Tasks>,
}

impl<'a> Desk<'a> {
    /// The desk of a story as it stands.
    pub fn of(session: &'a Session) -> Self {
        let setup = &session.world().0.setup;
        let sim = session.moment().sim();
        let mut tasks = vec![Tasks::default(); setup.core_homes as usize];
        let mut wait = |kind: TaskKind, home: HouseholdId| {
            if let Some(tasks) = tasks.get_mut(home.index()) {
                tasks.waiting.add(kind);
            }
        };
        waiting(sim.work(), &mut wait);
        for worker in &sim.work().workers {
            if let Some(job) = worker.job
                && let Site::Home(home) = job.task.site
                && let Some(tasks) = tasks.get_mut(home.index())
            {
                tasks.under_way.add(job.task.kind);
            }
        }
        Self {
            now: sim.now(),
            rules: &setup.params.observation,
            board: &sim.board()[..setup.core_homes as usize],
            place: &setup.place,
            diary: sim.diary(),
            tasks,
        }
    }

    /// The minute.
    pub fn now(&self) -> Minute {
        self.now
    }

    /// The homes of the office, in board order.
    pub fn homes(&self) -> impl ExactSizeIterator<Item = HouseholdId> + use<> {
        (0..self.board.len()).map(HouseholdId::from_index)
    }

    /// What is known of a home; `None` for one that is not the office's.
    pub fn known(&self, home: HouseholdId) -> Option<&'a Knowledge> {
        self.board.get(home.index())
    }

    /// Whether a home shows a sign that a legend may ask for.
    pub fn shows(&self, sign: Sign, home: HouseholdId) -> bool {
        self.known(home).is_some_and(|known| sign.holds(known, self.now, self.rules))
    }

    /// What was last done for a home.
    pub fn line(&self, home: HouseholdId) -> Line {
        self.diary.line(home)
    }

    /// Whether a task of a kind waits for a home. A call that was not answered waits
    /// until it is settled; the survey waits only while it is on.
    pub fn waits(&self, kind: TaskKind, home: HouseholdId) -> bool {
        self.tasks.get(home.index()).is_some_and(|tasks| tasks.waiting.has(kind))
    }

    /// Whether a task of a kind is being done for a home.
    pub fn is_under_way(&self, kind: TaskKind, home: HouseholdId) -> bool {
        self.tasks.get(home.index()).is_some_and(|tasks| tasks.under_way.has(kind))
    }

    /// Whether a home lies in a building.
    pub fn is_in_a_building(&self, home: HouseholdId) -> bool {
        let dwelling = self.place.dwellings.get(home.index());
        dwelling.is_some_and(|d| self.place.compound(d.compound).kind == CompoundKind::Building)
    }
}

/// Everything that waits for a home.
fn waiting(work: &Work, wait: &mut impl FnMut(TaskKind, HouseholdId)) {
    for task in work.queues.iter().flatten() {
        if let Site::Home(home) = task.site {
            wait(task.kind, home);
        }
    }
    for &home in work.ladders.keys() {
        wait(TaskKind::Calls, home);
    }
    if work.is_on(Measure::Survey) {
        for home in work.survey.beats.iter().flat_map(|beat| beat.next..beat.end) {
            wait(TaskKind::Survey, HouseholdId(home));
        }
        for &(_, home) in &work.survey.again {
            wait(TaskKind::Survey, home);
        }
    }
}
