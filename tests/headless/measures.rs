//! Measures and senses in a story with an outbreak: what a measure may do and what not,
//! and that every row of the table that needs an infection happens.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use zhanyitu::base::ids::HouseholdId;
use zhanyitu::base::time::{DAY_MINUTES, Day, Minute};
use zhanyitu::headless::play;
use zhanyitu::scenario::compile::{Overrides, Stock, compile_from};
use zhanyitu::scenario::script::Scenario;
use zhanyitu::session::StoryEvent;
use zhanyitu::sim::board::{RiskColour, Told};
use zhanyitu::sim::command::SimCommand;
use zhanyitu::sim::event::Happening;
use zhanyitu::sim::state::{Setup, SimState};
use zhanyitu::sim::truth::illness::Infection;
use zhanyitu::sim::work::Measure;

use crate::outbreak::{ENDS, FORCED, STARTS};
use crate::tools::small_seeded;

/// The full strength of a measure, permille.
const FULL: u16 = 1000;

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

/// A few weeks on the lane; what no seed changes is made once.
fn on_the_lane(set: &[(&str, u32)], seed: u64, isolated: u32) -> Arc<Setup> {
    static STOCK: OnceLock<Stock> = OnceLock::new();
    let text = format!(
        r#"(format: 1, title: (zh: "试验", en: "A trial"), about: (zh: "只为检验", en: "A test"),
        kind: WhatIf, starts: "{STARTS}", ends: "2020-03-04 23:59", seed: 1,
        map: "maps/fuxiang.ron", illness: (kind: WhatIf, origin: invented), script: [])"#
    );
    let find = |name: &str| Some((name.to_owned(), lane().as_bytes().to_vec()));
    let params = set.iter().map(|&(path, value)| (path.to_owned(), value)).collect();
    let overrides = Overrides { params, isolated, seed: Some(seed), ..Overrides::default() };
    let stock = STOCK.get().cloned().unwrap_or_default();
    let compiled = compile_from(&stock, "trial.ron", text.as_bytes(), &find, &overrides);
    let compiled = compiled.unwrap_or_else(|e| panic!("{e:?}"));
    STOCK.get_or_init(|| compiled.stock);
    compiled.scenario.setup
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

/// The log of a world with these measures on from the first minute to the last; three
/// people bring it in on the second morning. `told`: every other home is told to stay in
/// for longer than the story lasts.
fn log_of(setup: &Setup, measures: &[(Measure, u16)], told: bool) -> Vec<Infection> {
    let mut events = Vec::new();
    let mut state = SimState::start(setup, &mut events);
    let mut apply = |state: &mut SimState, command: SimCommand| {
        state.check(setup, &command).unwrap_or_else(|e| panic!("{command:?}: {e}"));
        state.apply(setup, &command, &mut events);
    };
    for &(measure, strength) in measures {
        apply(&mut state, SimCommand::SetMeasure(measure, strength));
    }
    if told {
        let until = setup.ends.plus(DAY_MINUTES);
        for home in setup.core().filter(|home| home.0 % 2 == 0) {
            apply(&mut state, SimCommand::Tell(home, Told::NamedContact { until }));
        }
    }
    state.advance(setup, Minute::at(Day(2), 9 * 60), &mut Vec::new());
    apply(&mut state, SimCommand::ImportCases(3));
    state.advance(setup, setup.ends, &mut Vec::new());
    state.truth().cases().unwrap().outbreak().log().to_vec()
}

/// What a measure can do to contacts. A new measure has to be put here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Acts {
    /// It only takes contacts away.
    Takes,
    /// It takes contacts away outside and adds some at home, so that it is pure only with
    /// the card that says how many set to none.
    AddsAtHome(&'static str),
    /// It changes what the office knows, or its work, and no contact.
    Tells,
    /// It takes away people of whom the office has heard and brings them back. Who that is
    /// follows from who was found, so it is not pure, and where nobody is found it does
    /// nothing.
    FollowsCases,
}

const fn acts(measure: Measure) -> Acts {
    match measure {
        Measure::GateDuty
        | Measure::PassCheck
        | Measure::Masks
        | Measure::NoGatherings
        | Measure::YardRules
        | Measure::ToiletCleaning
        | Measure::ShopCap
        | Measure::WasteDisinfection
        | Measure::SpontaneousCaution => Acts::Takes,
        Measure::Closure => Acts::AddsAtHome("control.closed_home"),
        Measure::HomeObservation => Acts::AddsAtHome("control.observed_home"),
        Measure::Survey
        | Measure::DailyCalls
        | Measure::Temperature
        | Measure::ObserveAll
        | Measure::ExemptJinJi
        | Measure::Deliveries
        | Measure::Rubbish
        | Measure::OnlineGroup
        | Measure::Notices
        | Measure::VolunteerDrive
        | Measure::Tracing => Acts::Tells,
        Measure::CentralObservation => Acts::FollowsCases,
    }
}

/// Those that only take contacts away, or do with their card for the home set to none.
fn reductions() -> Vec<Measure> {
    let pure = |m: &Measure| matches!(acts(*m), Acts::Takes | Acts::AddsAtHome(_));
    Measure::ALL.iter().copied().filter(pure).collect()
}

/// A deaf world in which this measure is pure.
fn pure_world(measure: Measure, seed: u64) -> Arc<Setup> {
    let mut set = UNHEARD.to_vec();
    if let Acts::AddsAtHome(card) = acts(measure) {
        set.push((card, 1000));
    }
    on_the_lane(&set, seed, 0)
}

/// In a deaf world the measures that only tell prevent no contact: of a thousand worlds
/// none differs.
#[test]
fn a_measure_that_only_tells_changes_nothing() {
    let still = |m: &Measure| matches!(acts(*m), Acts::Tells | Acts::FollowsCases);
    let measures: Vec<Measure> = Measure::ALL.iter().copied().filter(still).collect();
    let mut infections = 0;
    for seed in 0..1000 {
        let setup = on_the_lane(&UNHEARD, seed, 0);
        let plain = log_of(&setup, &[], false);
        let measure = measures[seed as usize % measures.len()];
        let told = log_of(&setup, &[(measure, FULL)], false);
        assert_eq!(plain, told, "seed {seed}: {measure:?}");
        infections += plain.len();
    }
    assert!(infections > 5000, "{infections}");
}

/// How many people are infected earlier in the second run than in the first.
fn earlier(first: &[Infection], second: &[Infection]) -> usize {
    let when: BTreeMap<_, _> = first.iter().map(|i| (i.person, i.at)).collect();
    second.iter().filter(|i| when.get(&i.person).is_none_or(|&at| i.at < at)).count()
}

/// Measures that only take contacts away infect nobody earlier, in any of a thousand
/// worlds, and each of them takes some.
#[test]
fn pure_reductions_never_infect_anybody_earlier() {
    let mut differ: BTreeMap<Measure, usize> = BTreeMap::new();
    let measures = reductions();
    for seed in 0..1000 {
        let measure = measures[seed as usize % measures.len()];
        let (setup, told) = (pure_world(measure, seed), measure == Measure::HomeObservation);
        let plain = log_of(&setup, &[], told);
        let treated = log_of(&setup, &[(measure, FULL)], told);
        assert_eq!(earlier(&plain, &treated), 0, "seed {seed}: {measure:?}");
        *differ.entry(measure).or_default() += usize::from(plain != treated);
    }
    // One contact in ten thousand is hardly ever the one.
    differ.remove(&Measure::WasteDisinfection);
    assert!(differ.len() + 1 == measures.len() && differ.values().all(|&n| n > 0), "{differ:?}");
}

/// The mutants of the test above: what is no pure reduction is noticed. Closure and home
/// observation with nothing but more contacts at home, and as they are shipped.
#[test]
fn more_contacts_at_home_infect_some_earlier() {
    for (measure, only_home) in [
        (Measure::Closure, true),
        (Measure::HomeObservation, true),
        (Measure::Closure, false),
        (Measure::HomeObservation, false),
    ] {
        let Acts::AddsAtHome(card) = acts(measure) else { panic!("{measure:?}") };
        let places = ["street", "shop", "work", "other", "yard", "toilet"];
        let paths: Vec<String> = places.iter().map(|p| format!("control.closed_{p}")).collect();
        let mut set = UNHEARD.to_vec();
        if only_home {
            set.extend(paths.iter().map(|path| (path.as_str(), 1000)));
            set.extend([("control.observed_outside", 1000), (card, 2000)]);
        }
        let told = measure == Measure::HomeObservation;
        let sooner: usize = (0..100)
            .map(|seed| {
                let setup = on_the_lane(&set, seed, 0);
                let plain = log_of(&setup, &[], told);
                earlier(&plain, &log_of(&setup, &[(measure, FULL)], told))
            })
            .sum();
        eprintln!("{measure:?}, only at home: {only_home}: {sooner} sooner");
        assert!(sooner > 0, "{measure:?}, only at home: {only_home}");
    }
}

/// Homes that meet nobody change nobody's infection, nor the order of the log; homes that
/// are among the others do.
#[test]
fn added_isolated_homes_change_nobody() {
    let mut differ = 0;
    for seed in 0..60 {
        let alone = log_of(&on_the_lane(&[], seed, 0), &[], false);
        let setup = on_the_lane(&[], seed, 3);
        assert_eq!(alone, log_of(&setup, &[], false), "seed {seed}");
        // The mutant: the office counts them among its own.
        let mut among = Arc::unwrap_or_clone(setup);
        among.isolate_from(among.core_homes + 3);
        differ += u32::from(log_of(&among.with_illness(None), &[], false) != alone);
    }
    assert!(differ > 10, "{differ} of 60");
}

/// A stronger measure only adds people, places or hours, so nobody is infected earlier;
/// and the other way round somebody is.
#[test]
fn a_stronger_measure_is_never_worse() {
    let measures = reductions();
    let (mut differ, mut back): (BTreeMap<Measure, usize>, usize) = Default::default();
    for seed in 0..400 {
        let measure = measures[seed as usize % measures.len()];
        let (setup, told) = (pure_world(measure, seed), measure == Measure::HomeObservation);
        let weak = log_of(&setup, &[(measure, 400)], told);
        let strong = log_of(&setup, &[(measure, 800)], told);
        assert_eq!(earlier(&weak, &strong), 0, "seed {seed}: {measure:?}");
        *differ.entry(measure).or_default() += usize::from(weak != strong);
        back += earlier(&strong, &weak);
    }
    for measure in [Measure::Masks, Measure::HomeObservation, Measure::Closure] {
        assert!(differ[&measure] > 0, "{differ:?}");
    }
    assert!(back > 50, "{back}");
}

/// All of them together, at a third and at two thirds.
#[test]
fn all_measures_together_are_nested_too() {
    let cards = ["control.closed_home", "control.observed_home"].map(|card| (card, 1000));
    let set = [&UNHEARD[..], &cards].concat();
    let all = |strength: u16| reductions().into_iter().map(move |m| (m, strength));
    let (mut fewer, mut fewest) = (0, 0);
    for seed in 0..200 {
        let setup = on_the_lane(&set, seed, 0);
        let plain = log_of(&setup, &[], true);
        let weak = log_of(&setup, &all(333).collect::<Vec<_>>(), true);
        let strong = log_of(&setup, &all(667).collect::<Vec<_>>(), true);
        assert_eq!((earlier(&plain, &weak), earlier(&weak, &strong)), (0, 0), "seed {seed}");
        fewer += plain.len() - weak.len();
        fewest += weak.len() - strong.len();
    }
    assert!(fewer > 100 && fewest > 50, "{fewer}, {fewest}");
}

/// What a measure leaves of all infections, permille, over many worlds.
fn left_by(measure: Measure, strength_of_effect: &[(&str, u32)]) -> u64 {
    let (mut plain, mut treated) = (0, 0);
    for seed in 0..40 {
        let setup = on_the_lane(&[&UNHEARD[..], strength_of_effect].concat(), seed, 0);
        plain += log_of(&setup, &[], false).len();
        treated += log_of(&setup, &[(measure, FULL)], false).len();
    }
    (treated * 1000 / plain) as u64
}

/// Hygiene is hygiene: disinfected waste shows as good as no effect; the mutant, for
/// which it would take half of the contacts, shows one.
#[test]
fn disinfected_waste_shows_no_effect_on_the_outbreak() {
    let shown = left_by(Measure::WasteDisinfection, &[]);
    assert!(shown > 990, "{shown} ‰ left");
    let mutant = left_by(Measure::WasteDisinfection, &[("control.disinfection", 500_000)]);
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
