//! Fevers of ordinary illness. No virus of the story is needed for a home to
//! turn red, and most reds are these.
//!
//! Floor 1. Reads bodies; writes bodies and the agenda. Emits nothing: a fever
//! is hidden until somebody tells. Source: science 1.9.

use crate::base::ids::PersonId;
use crate::base::time::{DAY_MINUTES, Day, Minute};
use crate::sim::agenda::Due;
use crate::sim::draw::{Purpose, draw};
use crate::sim::state::{Setup, SimState};

use super::Whereabouts;

/// Draws the fevers that begin on a day. One draw per person and day.
pub(crate) fn plan_day(setup: &Setup, state: &mut SimState, day: Day) {
    let daily = setup.params.fever.daily;
    for index in 0..state.truth.bodies.len() {
        let person = PersonId::from_index(index);
        let d = draw(setup.seed, Purpose::Fever, person.0, day.0, 0);
        if d.chance(daily) {
            let at = Minute::at(day, d.below(1, DAY_MINUTES));
            state.agenda.push(at, Due::FeverBegins(person));
        }
    }
}

/// A fever begins, unless the person is away or has one. Returns whether it did.
pub(crate) fn begin(setup: &Setup, state: &mut SimState, person: PersonId, now: Minute) -> bool {
    let body = &mut state.truth.bodies[person.index()];
    if body.place == Whereabouts::Away || body.has_fever(now) {
        return false;
    }
    let rules = &setup.params.fever;
    let d = draw(setup.seed, Purpose::Fever, person.0, now.day().0, 1);
    let days = d.between(0, rules.shortest, rules.longest.max(rules.shortest));
    body.fever_until = now.plus(days * DAY_MINUTES);
    true
}
