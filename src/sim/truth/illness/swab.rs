//! What a swab finds, by days since infection.
//!
//! Floor 1. Reads [`SwabParams`] and one draw per test. Source: Kucirka, Ann Intern Med
//! 2020; between the tabled days a straight line, beyond the last one its value.

use crate::base::ids::PersonId;
use crate::sim::draw::{PPM, Purpose, draw};

use super::params::SwabParams;

/// The chance that a swab misses an infection of so many days, parts per million.
pub fn missed(swabs: &SwabParams, days: u32) -> u32 {
    let table = [
        (1, swabs.missed_1),
        (4, swabs.missed_4),
        (5, swabs.missed_5),
        (8, swabs.missed_8),
        (9, swabs.missed_9),
        (21, swabs.missed_21),
    ];
    let after = table.partition_point(|&(day, _)| day <= days);
    let Some(&(from, low)) = after.checked_sub(1).and_then(|i| table.get(i)) else {
        return PPM;
    };
    let Some(&(to, high)) = table.get(after) else {
        return low;
    };
    let (low, high) = (i64::from(low), i64::from(high));
    (low + (high - low) * i64::from(days - from) / i64::from(to - from)) as u32
}

/// Whether a swab is positive. `infected_days`: days since infection, if infected.
/// `ordinal`: the person's first, second, … swab.
pub fn is_positive(
    seed: u64,
    swabs: &SwabParams,
    person: PersonId,
    ordinal: u32,
    infected_days: Option<u32>,
) -> bool {
    let chance = infected_days.map_or(swabs.false_alarm, |days| PPM - missed(swabs, days).min(PPM));
    draw(seed, Purpose::Swab, person.0, ordinal, 0).chance(chance)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Science page 1.5: the table and its linear interpolation.
    #[test]
    fn a_swab_finds_what_the_table_says() {
        let swabs = SwabParams::default();
        for (day, found) in
            [(0, 0), (1, 0), (4, 330), (5, 620), (6, 680), (7, 740), (8, 800), (11, 715), (17, 490)]
        {
            assert_eq!((PPM - missed(&swabs, day)) / 1000, found, "day {day}");
        }
        assert_eq!(missed(&swabs, 40), swabs.missed_21);
    }
}
