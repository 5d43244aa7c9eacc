//! What must hold among the people of every place, whatever the seed.

mod journeys;
mod street;

use super::*;
use crate::sim::people::{Kin, Region};
use street::street;

/// Two dozen populations: enough to meet every kind of home many times.
const SEEDS: std::ops::Range<u64> = 0..24;

fn population(homes: u32, seed: u64) -> Population {
    populate(&street(homes), seed, &PopulationParams::default(), &TripParams::default())
}

fn of_every_seed(check: impl Fn(u64, &Population)) {
    let place = street(2000);
    for seed in SEEDS {
        let (people, trips) = (PopulationParams::default(), TripParams::default());
        check(seed, &populate(&place, seed, &people, &trips));
    }
}

fn sizes(population: &Population) -> [usize; 7] {
    let mut sizes = [0; 7];
    for home in &population.homes {
        sizes[usize::from(home.size) - 1] += 1;
    }
    sizes
}

fn members<'a>(population: &'a Population, home: &Home) -> &'a [Person] {
    let first = home.first.index();
    &population.people[first..first + usize::from(home.size)]
}

fn marked(population: &Population, mark: Marks) -> usize {
    population.homes.iter().filter(|h| h.marks.has(mark)).count()
}

#[test]
fn sizes_and_people_are_those_of_the_science_page_for_every_seed() {
    of_every_seed(|seed, p| {
        assert_eq!(sizes(p), [594, 586, 566, 159, 65, 19, 11], "seed {seed}");
        assert_eq!(p.people.len(), 4616, "seed {seed}");
    });
    for homes in [1, 7, 10, 333, 1999] {
        assert_eq!(sizes(&population(homes, 1)).iter().sum::<usize>(), homes as usize);
    }
    assert!(population(0, 1).people.is_empty());
}

#[test]
fn marks_tenants_and_travellers_are_exact_for_every_seed() {
    of_every_seed(|seed, p| {
        let marks = Marks::EACH.map(|mark| marked(p, mark));
        assert_eq!(marks, [100, 150, 110, 40, 400], "seed {seed}");
        let tenants = p.homes.iter().filter(|h| h.tenure == Tenure::Tenant).count();
        assert_eq!(tenants, 480, "seed {seed}");
        let from = Region::ALL.map(|r| p.trips.iter().filter(|t| t.from == r).count());
        assert_eq!(from, [5, 12, 110, 267, 31], "seed {seed}");
        let adults = p.people.iter().filter(|p| (18..=65).contains(&p.age)).count();
        let willing = p.people.iter().filter(|p| p.willing).count();
        assert_eq!(willing, adults * 110 / 1000, "seed {seed}");
    });
}

#[test]
fn members_are_grouped_by_home_and_the_head_comes_first() {
    of_every_seed(|seed, p| {
        let mut next = 0;
        for (i, home) in p.homes.iter().enumerate() {
            assert_eq!(home.first.0, next, "seed {seed} home {i}");
            assert!((1..=16).contains(&home.size));
            assert!(home.trust_permille <= 1000);
            next += u32::from(home.size);
            let members = members(p, home);
            assert!(members.iter().all(|m| m.household.index() == i));
            assert_eq!(members[0].kin, Kin::Head);
            assert_eq!(members.iter().filter(|m| m.kin == Kin::Head).count(), 1);
        }
        assert_eq!(next as usize, p.people.len());
    });
}

#[test]
fn ages_fit_the_kinship_of_every_home() {
    of_every_seed(|seed, p| {
        for home in &p.homes {
            let members = members(p, home);
            let head = &members[0];
            assert!(head.age >= 18, "seed {seed}: {members:?}");
            for m in members {
                let years = i32::from(head.age) - i32::from(m.age);
                let plausible = match m.kin {
                    Kin::Head => true,
                    Kin::Spouse => m.age >= 18 && m.sex != head.sex && years.abs() <= 20,
                    Kin::Child => (18..=45).contains(&years),
                    Kin::Parent => (18..=45).contains(&-years),
                    Kin::Grandchild => (36..=90).contains(&years),
                    Kin::Other => m.age >= 18,
                };
                assert!(plausible && m.age <= 105, "seed {seed}: {members:?}");
            }
            let child_of = |kin: Kin| members.iter().filter(move |m| m.kin == kin);
            for spouse in child_of(Kin::Spouse) {
                for child in child_of(Kin::Child) {
                    let years = spouse.age.saturating_sub(child.age);
                    assert!((18..=45).contains(&years), "seed {seed}: {members:?}");
                }
            }
            assert!(child_of(Kin::Spouse).count() <= 1 && child_of(Kin::Parent).count() <= 2);
        }
    });
}

#[test]
fn couples_are_mostly_of_one_age() {
    of_every_seed(|seed, p| {
        let couples = p.homes.iter().map(|h| members(p, h)).filter_map(|m| {
            let spouse = m.iter().find(|m| m.kin == Kin::Spouse)?;
            Some(spouse.age.abs_diff(m[0].age))
        });
        let (close, far): (Vec<u8>, Vec<u8>) = couples.partition(|&years| years <= 6);
        assert!(close.len() > 9 * far.len(), "seed {seed}: {} {}", close.len(), far.len());
    });
}

#[test]
fn the_marks_of_elders_say_who_lives_there() {
    of_every_seed(|seed, p| {
        for home in &p.homes {
            let elders_only = members(p, home).iter().all(|m| m.age >= 60);
            let alone = elders_only && home.size == 1;
            let nest = elders_only && home.size > 1;
            assert_eq!(home.marks.has(Marks::LIVES_ALONE), alone, "seed {seed}");
            assert_eq!(home.marks.has(Marks::EMPTY_NEST), nest, "seed {seed}");
            let party = members(p, home).iter().any(|m| m.party);
            assert_eq!(home.marks.has(Marks::PARTY_MEMBER), party, "seed {seed}");
        }
    });
}

#[test]
fn the_shares_of_ages_are_near_the_science_page() {
    of_every_seed(|seed, p| {
        let share = |from: u8, below: u8| {
            let n = p.people.iter().filter(|p| (from..below).contains(&p.age)).count();
            n * 1000 / p.people.len()
        };
        assert!((220..=300).contains(&share(60, 110)), "seed {seed}: 60+ {}", share(60, 110));
        assert!((150..=210).contains(&share(65, 110)), "seed {seed}: 65+ {}", share(65, 110));
        assert!((38..=60).contains(&share(80, 110)), "seed {seed}: 80+ {}", share(80, 110));
        assert!((90..=140).contains(&share(0, 15)), "seed {seed}: 0-14 {}", share(0, 15));
    });
}

fn travels(p: &Population, person: usize) -> bool {
    p.trips.binary_search_by_key(&person, |t| t.person.index()).is_ok()
}

#[test]
fn one_surgeon_lives_here_and_never_travels() {
    of_every_seed(|seed, p| {
        let surgeons: Vec<usize> = (0..p.people.len()).filter(|&i| p.people[i].surgeon).collect();
        assert_eq!(surgeons.len(), 1, "seed {seed}");
        let surgeon = &p.people[surgeons[0]];
        assert!((30..=60).contains(&surgeon.age) && surgeon.in_service && surgeon.party);
        assert!(!travels(p, surgeons[0]), "seed {seed}");
    });
    let party = |p: &Person| !p.in_service || (p.party && p.age <= 60);
    assert!(population(2000, 1).people.iter().all(party));
}

#[test]
fn two_of_ninety_or_older_live_alone_and_stay() {
    of_every_seed(|seed, p| {
        let homes = p.homes.iter().filter(|h| h.marks.has(Marks::LIVES_ALONE));
        let oldest = homes.filter(|h| p.person(h.first).age >= 90 && !travels(p, h.first.index()));
        assert!(oldest.count() >= 2, "seed {seed}");
    });
    assert!(marked(&population(20, 1), Marks::LIVES_ALONE) >= 2);
}

#[test]
fn trust_is_lower_among_tenants() {
    of_every_seed(|seed, p| {
        let mean = |tenure: Option<Tenure>| {
            let homes = p.homes.iter().filter(|h| tenure.is_none_or(|t| h.tenure == t));
            let trust: Vec<u32> = homes.map(|h| u32::from(h.trust_permille)).collect();
            trust.iter().sum::<u32>() / trust.len() as u32
        };
        assert!(mean(None).abs_diff(550) < 15, "seed {seed}: {}", mean(None));
        assert!(mean(Some(Tenure::Tenant)) + 60 < mean(Some(Tenure::Settled)), "seed {seed}");
    });
}

#[test]
fn the_same_seed_gives_the_same_people_and_another_gives_others() {
    assert_eq!(population(500, 7), population(500, 7));
    let (a, b) = (population(500, 7), population(500, 8));
    assert!(a.homes != b.homes && a.people != b.people && a.trips != b.trips);
}

#[test]
fn more_homes_change_nothing_in_the_core() {
    let (people, trips) = (PopulationParams::default(), TripParams::default());
    for (core, total) in [(500, 501), (500, 900), (2000, 2400), (3, 40), (0, 30)] {
        let before = populate(&street(core), 5, &people, &trips);
        let after = populate_extended(&street(total), core as usize, 5, &people, &trips);
        assert_eq!(after.homes.len(), total as usize);
        assert_eq!(after.homes[..before.homes.len()], before.homes);
        assert_eq!(after.people[..before.people.len()], before.people);
        assert_eq!(after.trips[..before.trips.len()], before.trips);
        let first_extra = before.people.len();
        assert!(after.trips[before.trips.len()..].iter().all(|t| t.person.index() >= first_extra));
        assert!(after.people[first_extra..].iter().all(|p| !p.surgeon));
    }
}

#[test]
fn a_card_moves_its_total_and_no_other() {
    let place = street(2000);
    let rules = PopulationParams { low_income: 60, ..PopulationParams::default() };
    let p = populate(&place, 2, &rules, &TripParams::default());
    let marks = Marks::EACH.map(|mark| marked(&p, mark));
    assert_eq!(marks, [100, 150, 110, 60, 400]);
    assert_eq!(p.trips, population(2000, 2).trips);
}
