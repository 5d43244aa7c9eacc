//! The daily round of calls to elders, and the ladder when nobody answers.
//!
//! Floor 1. Reads the board for whom to call; writes queue, ladders and agenda.
//! Emits `CallMade`, `RoundDone`. Source: the article, section 3 (a call to each
//! of them every day); the rungs are an assumption, labelled so.

use serde::{Deserialize, Serialize};

use super::dispatch::{self, Plan};
use super::{Job, Measure, Round, Site, Task, TaskKind};
use crate::base::ids::HouseholdId;
use crate::base::time::{Day, Minute};
use crate::sim::agenda::Due;
use crate::sim::board::Told;
use crate::sim::draw::{Purpose, draw};
use crate::sim::event::Happening;
use crate::sim::senses;
use crate::sim::state::{Setup, SimState, Step};

/// One rung: what is done when nobody answers, and how many minutes after the
/// rung before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Rung {
    /// Call again.
    CallAgain {
        /// Minutes to wait.
        after: u32,
    },
    /// Ask a neighbour to look.
    AskNeighbour {
        /// Minutes to wait.
        after: u32,
    },
    /// Send somebody to the door, who helps and fetches help.
    Door {
        /// Minutes to wait.
        after: u32,
    },
}

impl Rung {
    /// Minutes between the rung before and this one.
    pub const fn after(self) -> u32 {
        match self {
            Self::CallAgain { after } | Self::AskNeighbour { after } | Self::Door { after } => {
                after
            }
        }
    }

    /// The ladder when a scene gives none.
    pub const DEFAULT: [Self; 3] =
        [Self::CallAgain { after: 30 }, Self::AskNeighbour { after: 0 }, Self::Door { after: 0 }];
}

/// A call nobody answered, and how far up the ladder it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Ladder {
    /// When it was first not answered.
    pub since: Minute,
    /// When the rung it waits for is due; a plan for any other minute is stale.
    pub due: Minute,
    /// The rung being done or waited for.
    pub rung: u8,
    /// Calls made so far.
    pub calls: u8,
}

/// The homes on today's list: marked, known, not wholly away, not removed.
pub(crate) fn plan_day(setup: &Setup, state: &mut SimState, day: Day) {
    state.work.round = Round::default();
    // Calls left over from yesterday are covered by today's round.
    state.work.queues[TaskKind::Calls as usize].clear();
    if state.work.is_on(Measure::DailyCalls) {
        state.agenda.push(Minute::at(day, setup.params.calls.start), Due::RoundBegins);
    }
}

/// The round begins.
pub(crate) fn begin_round(setup: &Setup, state: &mut SimState, now: Minute) {
    if !state.work.is_on(Measure::DailyCalls) || state.work.round.begun.is_some() {
        return;
    }
    let marked = state.board.called(setup.core_homes);
    let listed: Vec<HouseholdId> = marked
        .filter(|home| {
            let known = &state.board[home.index()];
            !known.whole_away && known.removed.is_none()
        })
        .filter(|&home| dispatch::includes(setup, state, Measure::DailyCalls, home))
        .collect();
    state.work.round = Round { begun: Some(now), planned: listed.len() as u32, made: 0 };
    for home in listed {
        state.work.push(Task {
            kind: TaskKind::Calls,
            site: Site::Home(home),
            since: now,
            attempt: 1,
        });
    }
}

/// How long a call takes, and whether it is answered.
pub(crate) fn plan(
    setup: &Setup,
    state: &SimState,
    home: HouseholdId,
    attempt: u8,
    now: Minute,
) -> Plan {
    let rules = &setup.params.calls;
    let answered = senses::phone_answered(setup, &state.truth, home, attempt, now);
    let minutes = if answered { rules.minutes } else { rules.unanswered_minutes };
    Plan { minutes, answered, at: setup.place.office.at }
}

/// A call ends.
pub(crate) fn done(
    setup: &Setup,
    state: &mut SimState,
    home: HouseholdId,
    job: Job,
    now: Minute,
    step: &mut Step,
) {
    state.work.on_the_phone = state.work.on_the_phone.saturating_sub(1);
    step.emit(Happening::CallMade { household: home, answered: job.answered });
    let in_round = job.task.attempt == 1 && state.work.round.begun.is_some();
    if in_round {
        let round = &mut state.work.round;
        round.made += 1;
        if let Some(begun) = round.begun
            && round.made == round.planned
        {
            step.emit(Happening::RoundDone { calls: round.made, minutes: now.since(begun) });
        }
    }
    if job.answered {
        state.work.ladders.remove(&home);
        state.observe(setup, home, Told::Reached, now, step);
        senses::ask(setup, state, home, now, step);
        state.truth.add_trust(home, setup.params.trust.call as i32);
        return;
    }
    state.observe(setup, home, Told::CallUnanswered, now, step);
    state
        .work
        .ladders
        .entry(home)
        .and_modify(|ladder| {
            ladder.calls = ladder.calls.saturating_add(1);
            ladder.rung += 1;
        })
        .or_insert(Ladder { since: now, due: now, rung: 0, calls: 1 });
    wait_for_rung(setup, state, home, now);
}

/// Plans the rung at which a ladder stands; past the last one the case is open
/// until the next round.
fn wait_for_rung(setup: &Setup, state: &mut SimState, home: HouseholdId, now: Minute) {
    let Some(ladder) = state.work.ladders.get_mut(&home) else { return };
    match setup.ladder.get(ladder.rung as usize) {
        Some(rung) => {
            ladder.due = now.plus(rung.after());
            state.agenda.push(ladder.due, Due::LadderRung(home));
        }
        None => {
            state.work.ladders.remove(&home);
        }
    }
}

/// A rung is due.
pub(crate) fn climb(setup: &Setup, state: &mut SimState, home: HouseholdId, now: Minute) {
    let Some(ladder) = state.work.ladders.get_mut(&home).filter(|l| l.due == now) else { return };
    match setup.ladder.get(ladder.rung as usize) {
        Some(Rung::CallAgain { .. }) => {
            let attempt = ladder.calls.saturating_add(1);
            state.work.push_front(Task {
                kind: TaskKind::Calls,
                site: Site::Home(home),
                since: now,
                attempt,
            });
        }
        Some(Rung::AskNeighbour { .. }) => {
            let d =
                draw(setup.seed, Purpose::Neighbour, home.0, now.day().0, u32::from(ladder.calls));
            let rules = &setup.params.calls;
            if d.lane_chance(1, rules.neighbour_in) {
                ladder.due = now.plus(rules.neighbour_minutes);
                state.agenda.push(ladder.due, Due::NeighbourLooks(home));
            } else {
                next_rung(setup, state, home, now);
            }
        }
        Some(Rung::Door { .. }) if !state.work.is_asked(TaskKind::Help, home) => {
            state.work.push(Task {
                kind: TaskKind::Help,
                site: Site::Home(home),
                since: now,
                attempt: 1,
            });
        }
        Some(Rung::Door { .. }) | None => {}
    }
}

pub(crate) fn next_rung(setup: &Setup, state: &mut SimState, home: HouseholdId, now: Minute) {
    if let Some(ladder) = state.work.ladders.get_mut(&home) {
        ladder.rung += 1;
        wait_for_rung(setup, state, home, now);
    }
}

/// A neighbour who was asked has looked and rings back: somebody who lies on the
/// floor is heard through the door, and the office sends somebody at once.
pub(crate) fn neighbour_looks(
    setup: &Setup,
    state: &mut SimState,
    home: HouseholdId,
    now: Minute,
    step: &mut Step,
) {
    if state.work.ladders.get(&home).is_none_or(|l| l.due != now) {
        return;
    }
    if state.truth.anybody_answers(&setup.population, home) {
        state.work.ladders.remove(&home);
        state.observe(setup, home, Told::Reached, now, step);
        return;
    }
    let (away, whole) = state.truth.away(&setup.population, home);
    if whole {
        state.work.ladders.remove(&home);
        state.observe(setup, home, Told::ReportedAway { away }, now, step);
        return;
    }
    next_rung(setup, state, home, now);
}
