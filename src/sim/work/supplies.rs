//! Deliveries to homes in observation and to elders; rubbish is taken along.
//!
//! Floor 1. Reads the board for whom; writes the queue and trust. Emits
//! `Delivered`, `DeliveryMissed`. Source: Beijing's measures of 14 February and
//! 31 March 2020.

use super::dispatch::{self, Plan};
use super::{Measure, Site, Task, TaskKind};
use crate::base::ids::HouseholdId;
use crate::base::time::{Day, Minute};
use crate::sim::agenda::Due;
use crate::sim::event::Happening;
use crate::sim::state::{Setup, SimState, Step};

/// Plans the start of the day's deliveries.
pub(crate) fn plan_day(setup: &Setup, state: &mut SimState, day: Day) {
    state.agenda.push(Minute::at(day, setup.params.supplies.start), Due::DeliveriesBegin);
}

/// Lists the homes that get something today.
pub(crate) fn begin(setup: &Setup, state: &mut SimState, now: Minute) {
    if !state.work.is_on(Measure::Deliveries) {
        return;
    }
    let rules = &setup.params.supplies;
    let fresh = setup.params.observation.fresh;
    let on_turn =
        |home: HouseholdId, every: u32| (home.0 + now.day().0).is_multiple_of(every.max(1));
    let homes = state.board.open_or_called(setup.core_homes);
    let listed = homes.filter(|&home| {
        let known = &state.board[home.index()];
        let observed = known.is_watched(now, fresh) && on_turn(home, rules.observed_every);
        let elder =
            known.marks.is_called_daily() && !known.whole_away && on_turn(home, rules.elder_every);
        (observed || elder) && dispatch::includes(setup, state, Measure::Deliveries, home)
    });
    for home in listed.collect::<Vec<HouseholdId>>() {
        state.work.push(Task {
            kind: TaskKind::Deliveries,
            site: Site::Home(home),
            since: now,
            attempt: 1,
        });
    }
}

/// How long a delivery takes.
pub(crate) fn plan(setup: &Setup, home: HouseholdId) -> Plan {
    Plan { minutes: setup.params.supplies.minutes, answered: true, at: setup.door(home) }
}

/// Something was brought.
pub(crate) fn done(
    setup: &Setup,
    state: &mut SimState,
    home: HouseholdId,
    now: Minute,
    step: &mut Step,
) {
    let fresh = setup.params.observation.fresh;
    let watched = state.board[home.index()].is_watched(now, fresh);
    let rubbish = watched && dispatch::includes(setup, state, Measure::Rubbish, home);
    step.emit(Happening::Delivered { household: home, rubbish });
    state.truth.add_trust(home, setup.params.trust.delivery as i32);
}

/// Closes the day: what was not brought is missed, and is not carried over.
pub(crate) fn close_day(setup: &Setup, state: &mut SimState, step: &mut Step) {
    let left = std::mem::take(&mut state.work.queues[TaskKind::Deliveries as usize]);
    for task in left {
        if let Site::Home(home) = task.site {
            step.emit(Happening::DeliveryMissed { household: home });
            state.truth.add_trust(home, -(setup.params.trust.missed as i32));
        }
    }
}
