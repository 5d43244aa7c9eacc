//! Arithmetic that anybody can do again on paper: the survey (T16) and the wait
//! for help after a fall (T17).

use std::sync::Arc;

use zhanyitu::base::time::{Day, Minute};
use zhanyitu::scenario::script::Scenario;

use crate::tools::{at, small, small_seeded};

/// Doors always open, nobody walks, rests, falls or is away: a worker's day is
/// its minutes divided by the minutes of one home.
fn even_survey(homes_a_day: u32, minutes: u32) -> Arc<Scenario> {
    small(
        "2020-01-24 08:00",
        "2020-01-29 08:00",
        r#"quiet: true,
           measures: [(measure: Survey, from: "2020-01-24 08:00", origin: assumption)],
           script: [],"#,
        &[
            ("shifts.worked", homes_a_day * minutes),
            ("shifts.present", 1200.min(homes_a_day * minutes + 60)),
            ("shifts.break_length", 0),
            ("shifts.duty_workers", 0),
            ("shifts.walk_cap", 0),
            ("survey.minutes", minutes),
            ("survey.opens_courtyard", 1_000_000),
            ("survey.opens_building", 1_000_000),
            ("survey.trust_effect", 0),
            ("trips.travellers", 0),
            ("trips.late", 0),
            ("senses.guest", 0),
        ],
    )
}

fn known(story: &Scenario, minute: Minute) -> u64 {
    let homes = u64::from(story.setup.core_homes);
    homes - at(story, minute).sim().today(&story.setup).unknown
}

/// 19 workers × 5 days × 20, 21, 22 homes.
#[test]
fn t16_the_survey_ends_on_day_five_only_from_twenty_two_homes_a_worker_day() {
    let fifth = Minute(Day(5).end().0 - 1);
    for minutes in [10, 18, 20] {
        for (homes_a_day, done) in [(20, 1900), (21, 1995), (22, 2000)] {
            let story = even_survey(homes_a_day, minutes);
            assert_eq!(known(&story, fifth), done, "{homes_a_day} a day of {minutes} min");
        }
    }
}

/// Every day of it: 19 × 20 = 380 homes, until the last.
#[test]
fn t16_the_survey_goes_on_evenly() {
    let story = even_survey(20, 20);
    for day in 1..=5 {
        assert_eq!(known(&story, Minute(Day(day).end().0 - 1)), u64::from(380 * day), "D{day}");
    }
    // After two of the twenty minutes nobody is done; after twenty, nineteen are.
    assert_eq!(known(&story, Minute(8 * 60 + 19)), 0);
    assert_eq!(known(&story, Minute(8 * 60 + 20)), 19);
}

/// Round length = calls × minutes ÷ callers.
#[test]
fn a_round_of_calls_takes_calls_times_minutes_by_callers() {
    for (callers, minutes) in [(1, 3), (4, 3), (5, 2)] {
        let story = small(
            "2020-01-24 08:00",
            "2020-01-25 23:00",
            r#"quiet: true, surveyed: true,
               measures: [(measure: DailyCalls, from: "2020-01-24 08:00", origin: assumption)],
               script: [],"#,
            &[
                ("calls.callers", callers),
                ("calls.minutes", minutes),
                ("calls.answered", 1_000_000),
                ("shifts.worked", 600),
                ("shifts.present", 1000),
                ("shifts.break_length", 0),
                ("trips.travellers", 0),
                ("trips.late", 0),
            ],
        );
        let played = zhanyitu::headless::play(&story, story.setup.ends, |_| {});
        let rounds: Vec<(u32, u32)> = played
            .events
            .iter()
            .filter_map(|event| match event {
                zhanyitu::session::StoryEvent::Sim(e) => match e.what {
                    zhanyitu::sim::event::Happening::RoundDone { calls, minutes } => {
                        Some((calls, minutes))
                    }
                    _ => None,
                },
                _ => None,
            })
            .collect();
        // 100 elders alone and 150 empty nests, all at home.
        assert_eq!(rounds, vec![(250, (250_u32).div_ceil(callers) * minutes); 2]);
    }
}

/// One answered call a day at a fixed minute, falls at any: how long somebody
/// lies is even over a day. Every person who lives alone is an elder here and
/// falls once on day 1; whoever fell after nine is found on day 2.
fn waits(seed: u64) -> Vec<u32> {
    let certain = 365_000;
    let story = small_seeded(
        "2020-01-24 00:00",
        "2020-01-25 12:00",
        r#"surveyed: true,
           ladder: (rungs: [Door(after: 0)], origin: assumption),
           measures: [(measure: DailyCalls, from: "2020-01-24 00:00", origin: assumption)],
           script: [],"#,
        &[
            ("population.lives_alone", 594),
            ("population.empty_nest", 0),
            ("population.tenant_elder", 1000),
            ("falls.yearly_60", certain),
            ("falls.yearly_80", certain),
            ("falls.yearly_90", certain),
            ("falls.stuck", 1_000_000),
            ("falls.stuck_90", 1_000_000),
            ("falls.neighbour_notices", 0),
            ("falls.noticed_by_then", 400),
            ("fever.daily", 0),
            ("shifts.workers", 2000),
            ("shifts.start", 0),
            ("shifts.present", 1200),
            ("shifts.worked", 1200),
            ("shifts.break_length", 0),
            ("shifts.walk_cap", 0),
            ("calls.callers", 2000),
            ("calls.answered", 1_000_000),
            ("calls.unanswered_minutes", 0),
            ("calls.door_minutes", 1),
            ("trips.travellers", 0),
            ("trips.late", 0),
            ("senses.guest", 0),
        ],
        seed,
    );
    let end = at(&story, story.setup.ends);
    let alone = |f: &&zhanyitu::sim::truth::Fall| {
        let marks = story.setup.population.home(f.household).marks;
        marks.has(zhanyitu::sim::people::Marks::LIVES_ALONE) && f.at.day() == Day(1)
    };
    end.sim()
        .truth()
        .falls
        .iter()
        .filter(alone)
        .map(|f| f.found.expect("everybody is found by noon of day 2").since(f.at))
        .collect()
}

#[test]
fn t17_with_one_call_a_day_the_wait_for_help_is_even_over_the_day() {
    let mut all: Vec<u32> = (0..86).flat_map(waits).collect();
    all.sort_unstable();
    let n = all.len();
    assert!(n >= 50_000, "{n} falls");
    // One minute is the look behind the door.
    let hours: Vec<f64> = all.iter().map(|&w| f64::from(w - 1) / 60.0).collect();
    let mean = hours.iter().sum::<f64>() / n as f64;
    assert!((mean - 12.0).abs() < 0.13, "mean {mean} h");
    // Kolmogorov and Smirnov against a wait that is even over 24 hours; minutes
    // are whole, so the even law steps too.
    let d = all
        .iter()
        .enumerate()
        .map(|(i, &w)| {
            let even = f64::from(w) / 1440.0;
            let below = even - 1.0 / 1440.0;
            ((i + 1) as f64 / n as f64 - even).max(below - i as f64 / n as f64)
        })
        .fold(0.0, f64::max);
    let lambda = ((n as f64).sqrt() + 0.12 + 0.11 / (n as f64).sqrt()) * d;
    let p: f64 = 2.0
        * (1..=100)
            .map(|k| {
                let k = f64::from(k);
                let sign = if k as u32 % 2 == 1 { 1.0 } else { -1.0 };
                sign * (-2.0 * k * k * lambda * lambda).exp()
            })
            .sum::<f64>();
    assert!(p > 1e-4, "Kolmogorov–Smirnov D {d}, p {p}");
    // P(more than an hour) = 23/24, P(more than twelve) = 1/2; four standard errors.
    let share = |h: f64| hours.iter().filter(|&&w| w >= h).count() as f64 / n as f64;
    assert!((share(1.0) - 23.0 / 24.0).abs() < 4.0 * 0.0009, "{}", share(1.0));
    assert!((share(12.0) - 0.5).abs() < 4.0 * 0.0023, "{}", share(12.0));
}

/// Homes whose first knock went unanswered, by their trust and nothing else.
fn shut_doors(trust: u32) -> std::collections::BTreeSet<zhanyitu::base::ids::HouseholdId> {
    let story = small(
        "2020-01-24 08:00",
        "2020-01-30 08:00",
        r#"quiet: true,
           measures: [(measure: Survey, from: "2020-01-24 08:00", origin: assumption)],
           script: [],"#,
        &[("population.trust_mean", trust), ("trips.travellers", 0), ("trips.late", 0)],
    );
    let played = zhanyitu::headless::play(&story, story.setup.ends, |_| {});
    played
        .events
        .iter()
        .filter_map(|event| match event {
            zhanyitu::session::StoryEvent::Sim(e) => match e.what {
                zhanyitu::sim::event::Happening::DoorClosed { household, attempt: 1 } => {
                    Some(household)
                }
                _ => None,
            },
            _ => None,
        })
        .collect()
}

/// Trust only opens doors: whoever opens to a stranger opens to an acquaintance.
#[test]
fn the_more_a_home_trusts_the_less_its_door_stays_shut() {
    let (wary, usual, close) = (shut_doors(300), shut_doors(575), shut_doors(850));
    assert!(usual.is_subset(&wary) && close.is_subset(&usual));
    assert!(close.len() + 50 < usual.len() && usual.len() + 50 < wary.len());
}

/// Press portraits of spring 2020: resistance was mostly in the buildings.
#[test]
fn doors_stay_shut_more_often_in_the_buildings() {
    let story = even_survey(20, 20);
    let in_building = |home: &zhanyitu::base::ids::HouseholdId| {
        let place = &story.setup.place;
        let kind = place.compound(place.compound_of(*home)).kind;
        kind == zhanyitu::sim::place::CompoundKind::Building
    };
    let shut = shut_doors(575);
    let of_buildings = shut.iter().filter(|h| in_building(h)).count() as f64;
    let of_courtyards = shut.len() as f64 - of_buildings;
    let rate = |shut: f64, homes: f64| shut / homes;
    assert!(rate(of_buildings, 264.0) > 1.5 * rate(of_courtyards, 1736.0));
}

/// Knowledge grows old, and a further round of the survey makes it new.
#[test]
fn a_further_round_of_the_survey_asks_every_home_again() {
    let story = small(
        "2020-01-24 08:00",
        "2020-02-20 08:00",
        r#"quiet: true,
           measures: [
               (measure: Survey, from: "2020-01-24 08:00", until: "2020-02-03 00:00", origin: assumption),
               (measure: Survey, from: "2020-02-10 08:00", origin: assumption),
           ],
           script: [],"#,
        &[("trips.travellers", 0), ("trips.late", 0), ("senses.guest", 0)],
    );
    let stale = |day: u32| {
        let late = Minute(Day(day).end().0 - 1);
        at(&story, late).sim().today(&story.setup).stale
    };
    assert_eq!((stale(5), stale(16)), (0, 2000));
    assert_eq!(stale(21), 0, "the second round is done");
    let again = at(&story, Day(18).end()).sim().days()[17].clone();
    assert!(again.survey_doors > 600, "a door takes less time: {}", again.survey_doors);
}

/// How long elders who live alone and cannot get up lie until somebody stands in
/// the room, by person and minute of the fall, with and without the daily call.
fn waits_for_help(calls: bool, seed: u64) -> std::collections::BTreeMap<(u32, u32), u32> {
    let call = r#"(measure: DailyCalls, from: "2020-01-24 08:00", origin: assumption)"#;
    let lines =
        format!(r"surveyed: true, measures: [{}], script: [],", if calls { call } else { "" });
    let set = [("trips.travellers", 0), ("trips.late", 0)];
    let story = small_seeded("2020-01-24 08:00", "2020-03-30 08:00", &lines, &set, seed);
    let end = at(&story, story.setup.ends);
    let alone = |f: &&zhanyitu::sim::truth::Fall| {
        let marks = story.setup.population.home(f.household).marks;
        f.stuck && marks.has(zhanyitu::sim::people::Marks::LIVES_ALONE)
    };
    let falls = end.sim().truth().falls.iter().filter(alone);
    falls.map(|f| ((f.person.0, f.at.0), f.found.unwrap_or(story.setup.ends).since(f.at))).collect()
}

/// The point of the daily call, in pairs that differ by nothing else: the same
/// elder falls in the same minute of the same world.
#[test]
fn the_daily_call_shortens_the_wait_for_help() {
    let (mut pairs, mut later) = (0, 0);
    let (mut called, mut silent) = (Vec::new(), Vec::new());
    for seed in 0..60 {
        let with = waits_for_help(true, seed);
        let without = waits_for_help(false, seed);
        // Somebody who still lies there cannot fall again, so pair the falls of both.
        for (fall, wait) in &with {
            let Some(alone) = without.get(fall) else { continue };
            pairs += 1;
            later += u32::from(wait > alone);
            called.push(*wait);
            silent.push(*alone);
        }
    }
    called.sort_unstable();
    silent.sort_unstable();
    let middle = |waits: &[u32]| f64::from(waits[waits.len() / 2]) / 60.0;
    println!(
        "{pairs} falls in pairs: median wait {:.1} h with the call, {:.1} h without; {later} waited longer with it",
        middle(&called),
        middle(&silent)
    );
    assert!(pairs > 40, "{pairs}");
    assert_eq!(later, 0, "a call never makes anybody wait longer");
    assert!(middle(&called) < 24.0 && middle(&silent) > 2.0 * middle(&called));
}

/// Sealing a mouth lengthens the walks that led through it and no others; the
/// nearest way out of the remaining ones is taken.
#[test]
fn a_sealed_mouth_costs_metres_to_the_homes_behind_it() {
    use zhanyitu::base::ids::MouthId;
    use zhanyitu::sim::command::SimCommand;
    use zhanyitu::sim::work::MouthState;
    let lines = "quiet: true, measures: [], script: [],";
    let story = small("2020-01-24 08:00", "2020-01-26 08:00", lines, &[]);
    let (setup, place) = (&story.setup, &story.setup.place);
    let mut moment = at(&story, Minute(500));
    assert!(setup.core().all(|h| moment.sim().detour_m(setup, h) == Some(0)));
    let sealed = [MouthId(4), MouthId(5)];
    for mouth in sealed {
        moment.apply(&story, &SimCommand::SetMouth(mouth, MouthState::Sealed), &mut Vec::new());
    }
    let mut longer = 0;
    for home in setup.core() {
        let exits = &place.exits[place.compound_of(home).index()];
        let open = exits.iter().filter(|e| !sealed.contains(&e.mouth)).map(|e| e.metres).min();
        let more = 2 * (open.unwrap() - exits[0].metres);
        assert_eq!(moment.sim().detour_m(setup, home), Some(more), "{home}");
        longer += u32::from(more > 0);
    }
    assert!((100..1000).contains(&longer), "{longer} homes walk farther");
    for mouth in 0..8 {
        let seal = SimCommand::SetMouth(MouthId(mouth), MouthState::Sealed);
        moment.apply(&story, &seal, &mut Vec::new());
    }
    assert_eq!(moment.sim().detour_m(setup, setup.core().next().unwrap()), None);
}
