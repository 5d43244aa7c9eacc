//! Structural tests of the engine: no statistics, no tolerance.

use super::params::{IllnessParams, SeverityParams};
use super::*;
use crate::base::time::DAY_MINUTES;
use crate::sim::hash::canonical;

const SEASON: Minute = Minute(100 * DAY_MINUTES);

fn rules(change: impl FnOnce(&mut IllnessParams)) -> Rules {
    let mut illness = IllnessParams::default();
    change(&mut illness);
    Rules::new(&illness, &SeverityParams::default())
}

/// Three hundred homes with children, couples and grandparents, courtyards of five homes
/// and a community; a risk from outside if asked for.
fn town(inflow: u64) -> Mixing {
    let sizes: Vec<u32> = (0..300).map(|i| 1 + i % 5).collect();
    let people: u32 = sizes.iter().sum();
    let resident = |i: u32| Resident { age: (i * 37 % 90) as u8, partner: i.is_multiple_of(3) };
    let mut mixing = Mixing::of_homes((0..people).map(resident).collect(), sizes);
    let yards = mixing.blocks(std::iter::repeat_n(5, 60));
    let layer = |route, mean, per_member, reach| Layer {
        route,
        mean: [mean; BANDS],
        per_member,
        reach,
        spares_home: true,
        ceiling: 1_500_000,
    };
    mixing.layers.push(layer(Route::Yard, 10_000, true, Reach::Blocks(yards)));
    mixing.layers.push(layer(Route::Street, 1_200_000, false, Reach::Below(people)));
    mixing.inflows.push(Inflow {
        route: Route::Work,
        daily: inflow,
        people: 0..people,
        ceiling: FREELY,
    });
    mixing
}

fn run(rules: &Rules, mixing: &Mixing, seed: u64, imports: u32) -> Outbreak {
    let world = World { seed, rules, mixing };
    let (mut outbreak, mut new) = (Outbreak::new(mixing.people()), Vec::new());
    for i in 0..imports {
        outbreak.arrive(&world, PersonId(i * 17), Minute(0), 0, &mut new);
    }
    outbreak.step(&world, SEASON, |_| FREELY, &mut new);
    assert_eq!(new.len(), outbreak.log().len());
    outbreak
}

#[test]
fn without_an_import_nobody_is_ever_infected() {
    let rules = rules(|_| {});
    for seed in 0..50 {
        let outbreak = run(&rules, &town(0), seed, 0);
        assert!(outbreak.log().is_empty() && outbreak.waiting() == 0);
    }
}

#[test]
fn every_infection_has_one_line_and_a_source_that_came_before() {
    let rules = rules(|_| {});
    for seed in 0..20 {
        let mixing = town(200_000_000);
        let outbreak = run(&rules, &mixing, seed, 3);
        let infected = (0..mixing.people()).filter(|&p| outbreak.was_infected(p)).count();
        assert_eq!(infected, outbreak.log().len());
        assert!(outbreak.fits(mixing.people()) && infected > 3);
        for infection in outbreak.log() {
            assert_eq!(outbreak.infection(infection.person), Some(infection));
            let Some(source) = infection.source.map(|s| outbreak.log()[s as usize]) else {
                assert_eq!(infection.generation, 0);
                continue;
            };
            assert!(source.at < infection.at);
            assert_eq!(infection.generation, source.generation + 1);
            let homes = [source, *infection].map(|i| mixing.home_number(i.person.0));
            assert_eq!(infection.route == Route::Home, homes[0] == homes[1]);
            // What the log keeps is what the person's course says.
            let course =
                rules.course(seed, infection.person.0, mixing.resident(infection.person.0));
            assert_eq!(infection.onset, infection.at.plus(course.incubation));
            assert_eq!(infection.symptomatic, course.symptomatic);
        }
    }
}

#[test]
fn one_step_or_a_hundred_or_any_order_of_storage_is_the_same() {
    for tick in [1, 60, 1440] {
        let rules = rules(|p| p.tick = tick);
        let mixing = town(200_000_000);
        let at_once = run(&rules, &mixing, 5, 4);
        let world = World { seed: 5, rules: &rules, mixing: &mixing };
        let (mut outbreak, mut new) = (Outbreak::new(mixing.people()), Vec::new());
        for i in [3, 1, 0, 2] {
            outbreak.arrive(&world, PersonId(i * 17), Minute(0), 0, &mut new);
        }
        for minute in (0..=SEASON.0).step_by(480) {
            outbreak.shuffle_storage();
            let copy = outbreak.clone();
            outbreak.shuffle_storage();
            assert_eq!(canonical(&copy), canonical(&outbreak));
            outbreak = copy;
            outbreak.step(&world, Minute(minute), |_| FREELY, &mut new);
        }
        // Arrivals of one minute are told in another order; all else is equal.
        let told = |o: &Outbreak| {
            let mut all: Vec<_> = o.log().iter().map(|i| (i.at, i.person, i.route)).collect();
            all.sort_unstable();
            all
        };
        assert_eq!(told(&outbreak), told(&at_once), "tick {tick}");
        assert_eq!(outbreak.waiting(), at_once.waiting());
    }
}

#[test]
fn a_state_is_read_back_as_it_was_written() {
    let rules = rules(|_| {});
    let mixing = town(100_000_000);
    let world = World { seed: 9, rules: &rules, mixing: &mixing };
    let (mut outbreak, mut new) = (Outbreak::new(mixing.people()), Vec::new());
    outbreak.arrive(&world, PersonId(4), Minute(77), 3000, &mut new);
    outbreak.step(&world, Minute(20 * DAY_MINUTES), |_| FREELY, &mut new);
    let bytes = postcard::to_allocvec(&outbreak).unwrap();
    let mut read: Outbreak = postcard::from_bytes(&bytes).unwrap();
    assert_eq!(read, outbreak);
    outbreak.step(&world, SEASON, |_| FREELY, &mut new);
    read.step(&world, SEASON, |_| FREELY, &mut new);
    assert_eq!(read, outbreak);
}

#[test]
fn a_home_that_meets_nobody_changes_nothing_for_the_others() {
    let rules = rules(|_| {});
    let near = town(200_000_000);
    let mut far = Mixing::of_homes(
        (0..near.people() + 6).map(|p| near.resident(p)).collect(),
        near.homes().map(|h| h.len() as u32).chain([6]),
    );
    far.layers.clone_from(&near.layers);
    far.inflows.clone_from(&near.inflows);
    for seed in 0..20 {
        let alone = run(&rules, &near, seed, 3);
        let world = World { seed, rules: &rules, mixing: &far };
        let (mut outbreak, mut new) = (Outbreak::new(far.people()), Vec::new());
        for person in [near.people(), 0, 17, 34] {
            outbreak.arrive(&world, PersonId(person), Minute(0), 0, &mut new);
        }
        outbreak.step(&world, SEASON, |_| FREELY, &mut new);
        for person in (0..near.people()).map(PersonId) {
            let when = |o: &Outbreak| o.infection(person).map(|i| (i.at, i.route, i.generation));
            assert_eq!(when(&alone), when(&outbreak));
        }
    }
}

#[test]
fn what_a_measure_does_not_touch_stays_and_what_it_forbids_does_not_happen() {
    let rules = rules(|_| {});
    let mixing = town(0);
    for seed in 0..20 {
        let world = World { seed, rules: &rules, mixing: &mixing };
        let (mut outbreak, mut new) = (Outbreak::new(mixing.people()), Vec::new());
        outbreak.protect(PersonId(1));
        outbreak.arrive(&world, PersonId(0), Minute(0), 0, &mut new);
        outbreak.arrive(&world, PersonId(17), Minute(0), 0, &mut new);
        let at_home = |c: &Contact<'_>| if c.route == Route::Home { FREELY } else { 0 };
        outbreak.step(&world, SEASON, at_home, &mut new);
        let homes = [0, 17].map(|p| mixing.home_number(p));
        assert!(outbreak.log().iter().all(|i| homes.contains(&mixing.home_number(i.person.0))));
        assert!(outbreak.was_infected(1) && outbreak.infection(PersonId(1)).is_none());
        assert!(outbreak.fits(mixing.people()));
    }
}

#[test]
fn an_infection_that_is_old_on_arrival_has_only_its_rest_to_give() {
    let rules = rules(|p| *p = IllnessParams { pair: 900_000, ..p.clone().alike() });
    let mixing = town(0);
    let world = World { seed: 3, rules: &rules, mixing: &mixing };
    for person in 0..200 {
        let spread = |aged: u32| {
            let (mut outbreak, mut new) = (Outbreak::new(mixing.people()), Vec::new());
            outbreak.arrive(&world, PersonId(person), Minute(0), aged, &mut new);
            outbreak.waiting()
        };
        let (fresh, older, old) = (spread(0), spread(6 * DAY_MINUTES), spread(60 * DAY_MINUTES));
        assert!(fresh >= older && older >= old && old == 0);
    }
}

#[test]
fn worse_outcomes_are_nested_and_ages_differ() {
    let rules = rules(|_| {});
    let mut died = [0_u32; 3];
    for person in 0..40_000 {
        let who = Resident { age: 85, partner: false };
        let worst = |column, care| rules.outcome(1, person, who, column, care).worst;
        let all = Column::ALL.map(|c| worst(c, FREELY));
        assert!(all[0] <= all[1] && all[1] <= all[2]);
        assert!(worst(Column::Middle, 850_000) <= all[1]);
        for (count, worst) in died.iter_mut().zip(all) {
            *count += u32::from(worst == Worst::Death);
        }
        let outcome = rules.outcome(1, person, who, Column::Middle, FREELY);
        assert!(outcome.hospital.is_none_or(|at| at <= outcome.ends));
        assert!(outcome.intensive.is_none_or(|(from, to)| from <= to && to <= outcome.ends));
    }
    // Four standard errors of 7.39, 7.80 and 9.32 % among 40,000: at most 233.
    for (count, wanted) in died.iter().zip([2956, 3120, 3728]) {
        assert!(count.abs_diff(wanted) < 233, "{died:?}");
    }
}

#[test]
fn keeping_to_a_measure_is_nested() {
    for person in (0..5000).map(PersonId) {
        let keeps = |share| compliance::complies(3, person, 7, share);
        assert!(!keeps(600_000) || keeps(700_000));
        assert!(!keeps(0) && keeps(FREELY));
    }
}

#[test]
fn a_meeting_every_day_passes_on_what_a_layer_would() {
    let rules = rules(|p| *p = p.clone().alike());
    let mixing = Mixing::alone(vec![Resident::default(); 40_000]);
    let world = World { seed: 8, rules: &rules, mixing: &mixing };
    let (mut outbreak, mut new) = (Outbreak::new(mixing.people()), Vec::new());
    let pairs = mixing.people() / 2;
    for source in 0..pairs {
        outbreak.arrive(&world, PersonId(source), Minute(0), 0, &mut new);
    }
    for day in 0..60 {
        let at = Minute(day * DAY_MINUTES + 600);
        for source in 0..pairs {
            let (source, target) = (PersonId(source), PersonId(source + pairs));
            let (route, strength, ceiling) = (Route::Care, 200_000, FREELY);
            outbreak.meet(&world, &Meeting { source, target, at, route, strength, ceiling });
        }
        outbreak.step(&world, Minute((day + 1) * DAY_MINUTES), |_| FREELY, &mut new);
    }
    // 1 − exp(−0.2) of 20,000 is 3,625; four standard errors are 218.
    let passed = outbreak.log().iter().filter(|i| i.route == Route::Care).count();
    assert!(passed.abs_diff(3625) < 218, "{passed}");
    assert_eq!(outbreak.log().len(), passed + pairs as usize);
}

#[test]
fn the_days_of_a_profile_make_a_whole() {
    let rules = rules(|_| {});
    for person in 0..50 {
        let course = rules.course(4, person, Resident::default());
        let first = course.incubation % DAY_MINUTES;
        let ages = (0..60).map(|day| i64::from(first) + (day - 20) * 1440);
        let shares = ages.filter_map(|age| u32::try_from(age).ok());
        let sum: u32 = shares.map(|age| rules.profile().share_of_day(&course, age)).sum();
        // Early onset: what would lie before the first day falls on it instead.
        assert!(sum <= FREELY && (sum > FREELY - 30 || course.incubation < 4 * DAY_MINUTES));
    }
}
