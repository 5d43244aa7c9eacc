//! Where everything stands: the board's blocks and squares, the plan's homes.
//!
//! Floor 4. Reads a [`Place`]; writes nothing; owns the
//! geometry of both looks. Pure arithmetic without fonts, colours or a screen: the
//! widths of words are told to it, and the same place gives the same layout.
//!
//! Rooms: `fit` searches the largest squares (paper and screen use it), `shelves`
//! sets compounds in one section, `board` gives the board of a place, `plan` the
//! homes seen from above, `pick` tells what lies under a point.

pub mod board;
pub mod fit;
pub mod pick;
pub mod plan;
mod shelves;

use crate::base::ids::HouseholdId;
use crate::sim::place::{Compound, CompoundKind, Place};

/// Homes on a floor, where a building's flats are numbered by floor and door and
/// every floor but the last is complete.
pub fn floors(place: &Place, compound: &Compound) -> Option<usize> {
    let unit = |h: HouseholdId| place.dwellings[h.index()].unit;
    let doors = compound.households().map(|h| unit(h) % 100).max().filter(|n| *n > 0)?;
    let regular = compound
        .households()
        .enumerate()
        .all(|(i, h)| unit(h) == (i as u32 / doors + 1) * 100 + i as u32 % doors + 1);
    (compound.kind == CompoundKind::Building && regular).then_some(doors as usize)
}

/// A real place, for the tests of several rooms.
#[cfg(test)]
mod samples {
    use crate::scenario::{copies, maps};
    use crate::sim::place::Place;

    /// The community of the map that is shipped, so many times.
    pub(super) fn fuxiang(copies: u32) -> Place {
        let bytes = include_bytes!("../../assets/maps/fuxiang.ron");
        copies::place(&maps::read("fuxiang.ron", bytes).unwrap(), copies)
    }
}
