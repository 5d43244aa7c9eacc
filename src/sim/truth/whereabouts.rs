//! Where people are: journeys away from Beijing and back, ways to the clinic.
//!
//! Floor 1. Reads trips; writes bodies. Emits `CameBack`.
//! Source: history §3 and §4; return dates are drawn with the population.

use serde::{Deserialize, Serialize};

use crate::base::ids::PersonId;
use crate::base::time::{Day, Minute};
use crate::sim::event::Happening;
use crate::sim::people::{Population, Trip};
use crate::sim::state::{Setup, SimState, Step};

/// Where somebody is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[repr(u8)]
pub enum Whereabouts {
    /// At home or on an errand near by.
    #[default]
    Home,
    /// Away from Beijing.
    Away,
    /// At the fever clinic.
    Clinic,
}

/// Whether a trip has begun by midnight of day 1.
pub(crate) fn is_away_at_start(trip: &Trip) -> bool {
    trip.left_day <= 0
}

/// People who leave on a day of the story.
pub(crate) fn leave_today(setup: &Setup, state: &mut SimState, day: Day) {
    for trip in &setup.population.trips {
        let leaves = trip.left_day > 0 && trip.left_day as u32 == day.index();
        if leaves && state.truth.bodies[trip.person.index()].place == Whereabouts::Home {
            state.truth.bodies[trip.person.index()].place = Whereabouts::Away;
        }
    }
}

/// Somebody stands at a lane mouth again.
pub(crate) fn come_back(setup: &Setup, state: &mut SimState, person: PersonId, step: &mut Step) {
    let body = &mut state.truth.bodies[person.index()];
    if body.place != Whereabouts::Away {
        return;
    }
    body.place = Whereabouts::Home;
    let household = setup.population.person(person).household;
    step.emit(Happening::CameBack { household, person });
}

/// When and whence the members of a household came back who are at home now.
pub(crate) fn arrival(population: &Population, truth: &super::Truth, person: PersonId, now: Minute) -> Option<Trip> {
    let found = population.trips.binary_search_by_key(&person, |t| t.person).ok()?;
    let trip = population.trips[found];
    let here = truth.bodies[person.index()].place != Whereabouts::Away;
    (here && trip.back.is_some_and(|b| b <= now)).then_some(trip)
}
