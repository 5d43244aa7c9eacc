//! Infections from outside: somebody who comes back, or whom a story has infected.
//!
//! Floor 1. Reads bodies; writes the outbreak. Homes beyond the office's own bring
//! nothing: they live apart.

use super::Whereabouts;
use crate::base::ids::PersonId;
use crate::base::time::Minute;
use crate::sim::draw::{Purpose, draw};
use crate::sim::state::{Setup, SimState, Step};
use crate::sim::truth::illness::inflow::infected_on_arrival;

/// Somebody stands at a lane mouth again, perhaps infected on the way or before.
pub(crate) fn come_back(
    setup: &Setup,
    state: &mut SimState,
    person: PersonId,
    now: Minute,
    step: &mut Step,
) {
    if setup.illness.is_none() || person.0 >= setup.core_people() {
        return;
    }
    let Some(from) = state.truth.bodies[person.index()].from else { return };
    if let Some(aged) = infected_on_arrival(setup.seed, &setup.params.illness, person, from) {
        arrive(setup, state, person, aged, now, step);
    }
}

/// A story has somebody infected from outside now. Returns whether it is new.
pub(crate) fn import(
    setup: &Setup,
    state: &mut SimState,
    person: PersonId,
    now: Minute,
    step: &mut Step,
) {
    arrive(setup, state, person, 0, now, step);
}

/// A story has so many people infected from outside now: the first of a keyed order
/// among those who are here and never were.
pub(crate) fn import_some(
    setup: &Setup,
    state: &mut SimState,
    count: u16,
    now: Minute,
    step: &mut Step,
) {
    let Some(cases) = state.truth.cases() else { return };
    let bodies = &state.truth.bodies;
    let mut all: Vec<(u32, PersonId)> = (0..setup.core_people())
        .map(PersonId)
        .filter(|p| bodies[p.index()].place == Whereabouts::Home)
        .filter(|p| !cases.outbreak().was_infected(p.0))
        .map(|p| (draw(setup.seed, Purpose::Import, now.0, p.0, 0).0[0], p))
        .collect();
    let most = usize::from(count);
    if (1..all.len()).contains(&most) {
        all.select_nth_unstable(most - 1);
    }
    all.truncate(most);
    all.sort_unstable();
    for &(_, person) in &all {
        arrive(setup, state, person, 0, now, step);
    }
}

fn arrive(
    setup: &Setup,
    state: &mut SimState,
    person: PersonId,
    aged: u32,
    now: Minute,
    step: &mut Step,
) {
    let (Some(illness), Some(cases)) = (&setup.illness, &mut state.truth.cases) else { return };
    let mut lines = Vec::new();
    cases.outbreak.arrive(&illness.world(setup.seed), person, now, aged, &mut lines);
    for line in lines {
        super::begin(setup, state, line, now, step);
    }
}
