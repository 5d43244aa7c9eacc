//! The daily check by phone of every home in observation, and of every home
//! whose fever has not been closed.
//!
//! Floor 1. Reads the board for whom to ask; writes the queue. Emits nothing of
//! its own. Source: Beijing's rule of 14 February 2020; when a record may be
//! closed is our reconstruction.

use super::dispatch::Plan;
use super::{Job, Site, Task, TaskKind};
use crate::base::ids::HouseholdId;
use crate::base::time::{Day, Minute};
use crate::sim::agenda::Due;
use crate::sim::board::{Badge, Told};
use crate::sim::senses;
use crate::sim::state::{Setup, SimState, Step};

/// Attempts on one day to reach a home.
const ATTEMPTS: u8 = 2;

/// Plans the start of the checks of a day, with the round of calls.
pub(crate) fn plan_day(setup: &Setup, state: &mut SimState, day: Day) {
    state.work.queues[TaskKind::Checks as usize].clear();
    state.agenda.push(Minute::at(day, setup.params.shifts.start), Due::ChecksBegin);
}

/// Lists the homes to ask today.
pub(crate) fn begin(setup: &Setup, state: &mut SimState, now: Minute) {
    let fresh = setup.params.observation.fresh;
    let open = state.board.open(setup.core_homes);
    let listed = open.filter(|home| {
        let known = &state.board[home.index()];
        let feverish = known.fever.is_some() && known.badge == Badge::OtherIllness;
        feverish || known.is_watched(now, fresh)
    });
    for home in listed.collect::<Vec<HouseholdId>>() {
        state.work.push(Task {
            kind: TaskKind::Checks,
            site: Site::Home(home),
            since: now,
            attempt: 1,
        });
    }
}

/// How long a check takes, and whether somebody is reached.
pub(crate) fn plan(setup: &Setup, state: &SimState, home: HouseholdId, now: Minute) -> Plan {
    let answered = senses::check_answered(setup, &state.truth, home, now);
    let minutes = if answered {
        setup.params.observation.minutes
    } else {
        setup.params.calls.unanswered_minutes
    };
    Plan { minutes, answered, at: setup.place.office.at }
}

/// A check ends.
pub(crate) fn done(
    setup: &Setup,
    state: &mut SimState,
    home: HouseholdId,
    job: Job,
    now: Minute,
    step: &mut Step,
) {
    if !job.answered {
        if job.task.attempt < ATTEMPTS {
            let attempt = job.task.attempt + 1;
            state.work.push(Task { since: now, attempt, ..job.task });
        }
        return;
    }
    state.observe(setup, home, Told::Checked, now, step);
    let known = &state.board[home.index()];
    if known.fever.is_some() && known.badge == Badge::OtherIllness {
        if senses::fever_long_gone(setup, &state.truth, home, now) {
            state.observe(setup, home, Told::FeverOver, now, step);
        }
        return;
    }
    senses::ask(setup, state, home, now, step);
}
