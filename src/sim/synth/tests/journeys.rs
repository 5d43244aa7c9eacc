//! What must hold of journeys, whatever the seed.

use std::collections::BTreeSet;

use super::{of_every_seed, travels};
use crate::base::ids::HouseholdId;
use crate::base::time::DAY_MINUTES;
use crate::sim::people::{Region, Trip};

#[test]
fn trips_are_sorted_and_everybody_comes_back_by_day_after_leaving() {
    of_every_seed(|seed, p| {
        assert!(p.trips.is_sorted_by(|a, b| a.person < b.person), "seed {seed}");
        for trip in &p.trips {
            let Some(back) = trip.back else { continue };
            assert!((360..=1320).contains(&back.clock()), "seed {seed}: {trip:?}");
            assert!(i64::from(back.0 / DAY_MINUTES) > i64::from(trip.left_day), "{trip:?}");
        }
    });
}

#[test]
fn people_leave_before_the_festival_and_return_in_waves() {
    of_every_seed(|seed, p| {
        let count = |f: &dyn Fn(&Trip) -> bool| p.trips.iter().filter(|t| f(t)).count();
        let late = count(&|t| t.left_day > 0);
        assert!((4..=30).contains(&late), "seed {seed}: {late}");
        let back = |low: u32, high: u32| {
            count(&|t| t.back.is_some_and(|b| (low..=high).contains(&b.day().0)))
        };
        // 30 January to 10 February: the end of the holiday, then of working from home.
        assert!((120..=260).contains(&back(7, 18)), "seed {seed}: {}", back(7, 18));
        assert!((25..=120).contains(&back(38, 68)), "seed {seed}: {}", back(38, 68));
        assert!(count(&|t| t.back.is_none()) > 0, "seed {seed}");
        let homes: BTreeSet<HouseholdId> =
            p.trips.iter().map(|t| p.person(t.person).household).collect();
        // From Qianyongkang, our estimate: 10 to 20 % of homes were orange at some time.
        assert!((200..=400).contains(&homes.len()), "seed {seed}: {}", homes.len());
    });
}

#[test]
fn nobody_left_hubei_before_it_was_opened_or_went_there_after_it_was_closed() {
    of_every_seed(|seed, p| {
        for trip in p.trips.iter().filter(|t| t.from.is_epidemic_area()) {
            assert!(trip.left_day < -1, "seed {seed}: {trip:?}");
            let opens = if trip.from == Region::Wuhan { 76 } else { 62 };
            assert!(trip.back.is_none_or(|b| b.day().0 >= opens), "seed {seed}: {trip:?}");
        }
    });
}

#[test]
fn no_child_travels_or_stays_without_an_adult_of_its_home() {
    of_every_seed(|seed, p| {
        for home in &p.homes {
            let people = home.members().map(|m| (travels(p, m.index()), p.person(m).age >= 18));
            let people: Vec<(bool, bool)> = people.collect();
            for side in [true, false] {
                let mut there = people.iter().filter(|m| m.0 == side).peekable();
                assert!(there.peek().is_none() || there.any(|m| m.1), "seed {seed}: {home:?}");
            }
        }
    });
}
