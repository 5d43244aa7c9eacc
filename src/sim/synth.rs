//! Stub.
use crate::sim::people::{Home, Kin, Marks, Person, Population, Sex, Tenure};
crate::parameters! {
    /// Population.
    PopulationParams, group "population" {
        /// x
        elders: 10, "person", 0..=100, Assumption, "x", "x";
    }
}
crate::parameters! {
    /// Trips.
    TripParams, group "trips" {
        /// x
        travellers: 10, "person", 0..=100, Assumption, "x", "x";
    }
}
/// Stub.
pub fn populate(
    place: &crate::sim::place::Place,
    _seed: u64,
    _p: &PopulationParams,
    _t: &TripParams,
) -> Population {
    let homes = place.household_count();
    Population {
        homes: (0..homes)
            .map(|i| Home {
                first: crate::base::ids::PersonId(i as u32),
                size: 1,
                tenure: Tenure::Settled,
                marks: Marks::LIVES_ALONE,
                trust_permille: 500,
            })
            .collect(),
        people: (0..homes)
            .map(|i| Person {
                household: crate::base::ids::HouseholdId(i as u32),
                age: 80,
                sex: Sex::Female,
                kin: Kin::Head,
                party: false,
                in_service: false,
                surgeon: false,
                willing: false,
            })
            .collect(),
        trips: vec![],
    }
}
