//! Measures and senses in a story with an outbreak: what a measure may do and what not,
//! and that every row of the table that needs an infection happens.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use zhanyitu::base::ids::HouseholdId;
use zhanyitu::base::time::{DAY_MINUTES, Minute};
use zhanyitu::headless::play;
use zhanyitu::scenario::compile::{Overrides, compile};
use zhanyitu::scenario::script::Scenario;
use zhanyitu::session::{Moment, StoryEvent};
use zhanyitu::sim::board::{RiskColour, Told};
use zhanyitu::sim::event::Happening;
use zhanyitu::sim::truth::illness::Infection;

use crate::outbreak::{ENDS, FORCED, STARTS};
use crate::tools::small_seeded;

/// One lane of the ten with its courtyards: a small community, quickly run.
fn lane() -> &'static str {
    static MAP: OnceLock<String> = OnceLock::new();
    MAP.get_or_init(|| {
        let map = std::fs::read_to_string(Path::new("assets/maps/fuxiang.ron")).unwrap();
        let other = |line: &str| {
            let way = line.trim().strip_prefix("(way: \"").and_then(|r| r.split('"').next());
            way.is_some_and(|way| way != "suoyi")
        };
        map.lines().filter(|line| !other(line)).collect::<Vec<_>>().join("\n")
    })
}

fn on_the_lane(lines: &str, set: &[(&str, u32)], seed: u64, isolated: u32) -> Scenario {
    let text = format!(
        r#"(format: 1, title: (zh: "试验", en: "A trial"), about: (zh: "只为检验", en: "A test"),
        kind: WhatIf, starts: "{STARTS}", ends: "2020-03-04 23:59", seed: {seed},
        map: "maps/fuxiang.ron", {lines})"#
    );
    let find = |name: &str| Some((name.to_owned(), lane().as_bytes().to_vec()));
    let params = set.iter().map(|&(path, value)| (path.to_owned(), value)).collect();
    let overrides = Overrides { params, isolated, ..Overrides::default() };
    let compiled = compile("trial.ron", text.as_bytes(), &find, &overrides);
    compiled.unwrap_or_else(|e| panic!("{e:?}")).scenario
}

/// Nobody tells and no swab finds anything, so that no answer of the office comes in
/// between: what follows from knowledge may come later when there are fewer cases, and
/// then somebody is met who would have been fetched. And nobody travels: who comes home
/// on a fixed day is a contact that opens again.
const UNHEARD: [(&str, u32); 19] = [
    ("trips.travellers", 0),
    ("trips.abroad", 0),
    ("trips.wuhan", 0),
    ("trips.hubei", 0),
    ("trips.jin_ji", 0),
    ("trips.late", 0),
    ("swabs.missed_1", 1_000_000),
    ("swabs.missed_4", 1_000_000),
    ("swabs.missed_5", 1_000_000),
    ("swabs.missed_8", 1_000_000),
    ("swabs.missed_9", 1_000_000),
    ("swabs.missed_21", 1_000_000),
    ("swabs.false_alarm", 0),
    ("senses.fever_asked", 0),
    ("senses.fever_unasked", 0),
    ("senses.fever_goes_out", 0),
    ("cases.seeks_care", 0),
    ("cases.beds", 100_000),
    ("shifts.workers", 1),
];

fn with(measure: &str) -> String {
    let imports = r#"illness: (kind: WhatIf, imports: [(at: "D2 09:00", count: 3, origin: invented)], origin: invented),"#;
    if measure.is_empty() {
        return imports.to_owned();
    }
    format!(r#"{imports} measures: [(measure: {measure}, from: "D1 08:00", origin: invented)],"#)
}

fn log_of(story: &Scenario) -> Vec<Infection> {
    let mut told = Vec::new();
    let mut moment = Moment::start(story, &mut told);
    moment.advance(story, story.setup.ends, &mut told);
    moment.sim().truth().cases().unwrap().outbreak().log().to_vec()
}

/// A letter to the residents prevents no contact: of a thousand worlds none differs.
#[test]
fn a_measure_that_does_nothing_changes_nothing() {
    let mut infections = 0;
    for seed in 0..1000 {
        let plain = log_of(&on_the_lane(&with(""), &UNHEARD, seed, 0));
        let letters = log_of(&on_the_lane(&with("Notices"), &UNHEARD, seed, 0));
        assert_eq!(plain, letters, "seed {seed}");
        infections += plain.len();
    }
    assert!(infections > 5000, "{infections}");
}

/// How many people are infected earlier in the second run than in the first.
fn earlier(first: &[Infection], second: &[Infection]) -> usize {
    let when: BTreeMap<_, _> = first.iter().map(|i| (i.person, i.at)).collect();
    second.iter().filter(|i| when.get(&i.person).is_none_or(|&at| i.at < at)).count()
}

const REDUCTIONS: [&str; 8] = [
    "Masks",
    "NoGatherings",
    "YardRules",
    "ToiletCleaning",
    "ShopCap",
    "SpontaneousCaution",
    "PassCheck",
    "WasteDisinfection",
];

/// Measures that only take contacts away infect nobody earlier, in any world; crowding
/// at home, the mutant, does.
#[test]
fn pure_reductions_never_infect_anybody_earlier() {
    let (mut fewer, mut crowded) = (0, 0);
    for seed in 0..200 {
        let plain = log_of(&on_the_lane(&with(""), &UNHEARD, seed, 0));
        let measure = REDUCTIONS[seed as usize % REDUCTIONS.len()];
        let treated = log_of(&on_the_lane(&with(measure), &UNHEARD, seed, 0));
        assert_eq!(earlier(&plain, &treated), 0, "seed {seed}: {measure}");
        fewer += plain.len() - treated.len();
        if seed % 10 == 0 {
            let only_home = ["street", "shop", "work", "other", "yard", "toilet"];
            let paths: Vec<String> =
                only_home.iter().map(|place| format!("control.closed_{place}")).collect();
            let mut set = UNHEARD.to_vec();
            set.extend(paths.iter().map(|path| (path.as_str(), 1000)));
            set.push(("control.closed_home", 2000));
            let plain = log_of(&on_the_lane(&with(""), &set, seed, 0));
            crowded += earlier(&plain, &log_of(&on_the_lane(&with("Closure"), &set, seed, 0)));
        }
    }
    assert!(fewer > 100 && crowded > 10, "{fewer} fewer, {crowded} earlier by crowding");
}

/// Homes that meet nobody change nobody's infection, nor the order of the log.
#[test]
fn added_isolated_homes_change_nobody() {
    for seed in 0..10 {
        let alone = log_of(&on_the_lane(&with(""), &[], seed, 0));
        let more = log_of(&on_the_lane(&with(""), &[], seed, 3));
        assert_eq!(alone, more, "seed {seed}");
    }
}

/// A stronger measure only adds people who keep to it, so nobody is infected earlier.
#[test]
fn a_stronger_measure_is_never_worse() {
    for seed in 0..40 {
        let masks = |strength: u16| {
            let line = format!(
                r#"{} measures: [(measure: Masks, from: "D1 08:00", strength: {strength}, origin: invented)],"#,
                with("")
            );
            log_of(&on_the_lane(&line, &UNHEARD, seed, 0))
        };
        assert_eq!(earlier(&masks(400), &masks(800)), 0, "seed {seed}");
    }
}

/// What a measure leaves of all infections, permille, over many worlds.
fn left_by(measure: &str, strength_of_effect: &[(&str, u32)]) -> u64 {
    let (mut plain, mut treated) = (0, 0);
    for seed in 0..40 {
        let mut set = UNHEARD.to_vec();
        set.extend(strength_of_effect);
        plain += log_of(&on_the_lane(&with(""), &set, seed, 0)).len();
        treated += log_of(&on_the_lane(&with(measure), &set, seed, 0)).len();
    }
    (treated * 1000 / plain) as u64
}

/// Hygiene is hygiene: disinfected waste shows as good as no effect; the mutant, for
/// which it would take half of the contacts, shows one.
#[test]
fn disinfected_waste_shows_no_effect_on_the_outbreak() {
    let shown = left_by("WasteDisinfection", &[]);
    assert!(shown > 990, "{shown} ‰ left");
    let mutant = left_by("WasteDisinfection", &[("control.disinfection", 500_000)]);
    assert!(mutant < 980, "{mutant} ‰ left");
}

fn everything(seed: u64) -> Arc<Scenario> {
    let lines = FORCED.replace(
        "measures: [",
        r#"measures: [
            (measure: Tracing, from: "D1 08:00", origin: invented),
            (measure: ObserveAll, from: "D1 08:00", origin: invented),
            (measure: HomeObservation, from: "D1 08:00", origin: invented),"#,
    );
    small_seeded(STARTS, ENDS, &lines, &[("cases.notices", 60)], seed)
}

type Heard = (Minute, Told, RiskColour, RiskColour);

fn by_home(story: &Scenario) -> BTreeMap<HouseholdId, Vec<Heard>> {
    let mut homes: BTreeMap<HouseholdId, Vec<Heard>> = BTreeMap::new();
    for event in play(story, story.setup.ends, |_| {}).events {
        if let StoryEvent::Sim(event) = event
            && let Happening::Learnt { household, told, from, to } = event.what
        {
            homes.entry(household).or_default().push((event.at, told, from, to));
        }
    }
    homes
}

/// Rows 9 to 18 of the table happen in stories with an outbreak, and as the table says.
#[test]
fn every_row_that_needs_an_infection_happens_and_keeps_its_place() {
    use RiskColour::{Green, Orange, Red};
    let mut seen: BTreeMap<u8, u32> = BTreeMap::new();
    let mut saw = |row: u8| *seen.entry(row).or_default() += 1;
    for seed in 0..3 {
        let story = everything(seed);
        for (home, heard) in by_home(&story) {
            let mut confirmed: Option<Minute> = None;
            let (mut first_negative, mut had_case): (Option<Minute>, bool) = (None, false);
            for &(at, told, from, to) in &heard {
                match told {
                    Told::Fever => {
                        assert_eq!(to, Red);
                        saw(9);
                    }
                    Told::Referred => {
                        assert_eq!(to, Red);
                        saw(10);
                    }
                    Told::FeverOver if from == Red && to != Red => saw(11),
                    Told::FirstNegative => {
                        assert_eq!(to, Red);
                        first_negative = Some(at);
                        saw(12);
                    }
                    Told::SecondNegative { until } => {
                        // The first is not told of while another of the home is a case.
                        assert!(first_negative.is_some() || had_case, "{home} at {at}");
                        let first = first_negative.unwrap_or_default();
                        assert!(at.since(first) >= DAY_MINUTES, "{home}: {first} and {at}");
                        assert!(until.is_none() || to >= Orange, "{home}: {until:?}, {to:?}");
                        saw(13);
                    }
                    Told::Confirmed => {
                        assert_eq!(to, Red);
                        (confirmed, had_case) = (Some(at), true);
                        saw(14);
                    }
                    Told::HouseholdContacts { until } => {
                        assert_eq!((to, confirmed), (Red, Some(at)));
                        assert_eq!(until.day().0, at.day().0 + 15);
                        saw(15);
                    }
                    Told::Discharged { .. } => {
                        assert!(to == Orange && confirmed.is_some());
                        confirmed = None;
                        saw(16);
                    }
                    Told::CaseClosed => confirmed = None,
                    Told::ContactsDone if to == Green => saw(17),
                    Told::NamedContact { .. } if (from, to) == (Green, Orange) => saw(18),
                    _ => {}
                }
                // No lesser word takes the red of a case that is open.
                assert!(confirmed.is_none() || to == Red, "{home}: {told:?} at {at}");
            }
        }
    }
    for row in 9..=18 {
        assert!(seen.contains_key(&row), "row {row} never happened: {seen:?}");
    }
}
