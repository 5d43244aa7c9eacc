//! Who keeps to a measure: one latent word per person and measure, so that a larger
//! share only adds people.
//!
//! Floor 1. Reads one draw. Source: the design of common random numbers; the shares are
//! the measure's.

use crate::base::ids::PersonId;
use crate::sim::draw::{Purpose, draw};

/// Whether a person keeps to a measure that a share of people keeps to, parts per
/// million. `measure`: any number that stands for it, the same in every run.
pub fn complies(seed: u64, person: PersonId, measure: u32, share: u32) -> bool {
    draw(seed, Purpose::Compliance, person.0, measure, 0).chance(share)
}
