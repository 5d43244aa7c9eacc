//! Where people are: journeys away from Beijing and back, ways to the clinic.
//!
//! Floor 1. Reads trips; writes bodies. Emits `CameBack`.
//! Source: press reports and notices of spring 2020; return dates are drawn with
//! the population.

use serde::{Deserialize, Serialize};

use crate::base::ids::PersonId;
use crate::base::time::{Day, Minute};
use crate::sim::agenda::Due;
use crate::sim::event::Happening;
use crate::sim::people::Trip;
use crate::sim::state::{Setup, SimState, Step};

/// Where somebody is.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[repr(u8)]
pub enum Whereabouts {
    /// At home or on an errand near by.
    #[default]
    Home,
    /// Away from Beijing.
    Away,
    /// At the fever clinic.
    Clinic,
    /// In hospital.
    Hospital,
    /// At the central site for contacts.
    Central,
    /// Died.
    Died,
}

/// Bodies and returns as they stand at midnight of day 1.
pub(crate) fn start(setup: &Setup, state: &mut SimState) {
    for trip in &setup.population.trips {
        if trip.left_day <= 0 {
            leave(state, trip);
        }
        if let Some(back) = trip.back {
            state.agenda.push(back, Due::ComesBack(trip.person));
        }
    }
}

/// People who leave on a day of the story.
pub(crate) fn leave_today(setup: &Setup, state: &mut SimState, day: Day) {
    for trip in &setup.population.trips {
        let today = trip.left_day > 0 && trip.left_day as u32 == day.index();
        if today && state.truth.bodies[trip.person.index()].can_answer() {
            leave(state, trip);
        }
    }
}

fn leave(state: &mut SimState, trip: &Trip) {
    let body = state.truth.bodies.touch(trip.person);
    body.place = Whereabouts::Away;
    body.from = Some(trip.from);
}

/// Somebody stands at a lane mouth again. Returns whether the person was away.
pub(crate) fn come_back(
    setup: &Setup,
    state: &mut SimState,
    person: PersonId,
    now: Minute,
    step: &mut Step,
) -> bool {
    let body = state.truth.bodies.touch(person);
    if body.place != Whereabouts::Away {
        return false;
    }
    body.place = Whereabouts::Home;
    body.came_back = now;
    body.unreported = true;
    let household = setup.population.person(person).household;
    step.emit(Happening::CameBack { household, person });
    true
}
