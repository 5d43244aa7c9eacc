//! What must hold whatever happens: people, hours and colours are kept account
//! of, and no colour is without a cause.

use std::collections::BTreeMap;

use proptest::prelude::*;
use zhanyitu::base::ids::{HouseholdId, MouthId, PersonId, WorkerId};
use zhanyitu::base::time::Minute;
use zhanyitu::headless::{load, play};
use zhanyitu::scenario::compile::Overrides;
use zhanyitu::scenario::script::Scenario;
use zhanyitu::session::{Moment, StoryEvent};
use zhanyitu::sim::board::colour::is_stale;
use zhanyitu::sim::board::transitions::{TABLE, is_listed, is_listed_for_time};
use zhanyitu::sim::board::{Fact, RiskColour, Told, colour, reason};
use zhanyitu::sim::command::SimCommand;
use zhanyitu::sim::counts::DayCounts;
use zhanyitu::sim::event::{Happening, SimEvent};
use zhanyitu::sim::hash;
use zhanyitu::sim::people::Marks;
use zhanyitu::sim::state::Setup;
use zhanyitu::sim::truth::{Body, Whereabouts};
use zhanyitu::sim::work::{Measure, MouthState, TaskKind};

use crate::tools::{FUXIANG, at, noon, seeded, shipped, story, story_with};

fn sim_events(told: &[StoryEvent]) -> impl Iterator<Item = &SimEvent> {
    told.iter().filter_map(|event| match event {
        StoryEvent::Sim(event) => Some(event),
        _ => None,
    })
}

/// Everything that must hold of one moment.
fn audit(story: &Scenario, moment: &Moment) {
    let (setup, sim) = (&story.setup, moment.sim());
    let counts = sim.today(setup);
    let homes = u64::from(setup.core_homes);
    assert_eq!(counts.unknown + counts.green + counts.orange + counts.red, homes, "{}", sim.now());
    // It is kept and not counted anew, so it is counted anew here.
    let unknown = setup.core().filter(|h| sim.board()[h.index()].known.is_none()).count() as u64;
    assert_eq!((sim.figure(setup, "unknown"), counts.unknown), (unknown, unknown));
    assert_eq!(sim.truth().bodies.len(), setup.population.people.len());
    audit_stock(story, moment, &counts);
    for worker in &sim.work().workers {
        assert!(worker.used <= worker.offered, "{}: {worker:?}", sim.now());
        assert!(worker.fatigue <= 1000);
    }
    let (used, available) = sim.minutes_today();
    assert!(used <= available, "{}: {used} of {available}", sim.now());
    for (home, known) in setup.core().zip(sim.board()) {
        let why = reason(known, sim.now(), &setup.params.observation);
        assert_eq!(why.colour(), sim.colour(setup, home));
        assert_eq!(why.fact().is_none(), why.colour() == RiskColour::NotYetKnown, "{home}");
    }
    for person in setup.population.trips.iter().map(|t| t.person) {
        let body = &sim.truth().bodies[person.index()];
        assert!(body.place != Whereabouts::Away || body.from.is_some(), "{person}");
    }
}

/// The stock of a day is kept along lists and columns; here every page of the ledger is
/// opened, and everybody looked for.
fn audit_stock(story: &Scenario, moment: &Moment, counts: &DayCounts) {
    let (setup, sim) = (&story.setup, moment.sim());
    let (rules, now) = (&setup.params.observation, sim.now());
    let mut found = DayCounts::new(counts.day);
    let mut colours = [0; RiskColour::ALL.len()];
    let (mut kept_in, mut free, mut present, mut metres) = (0, 0, 0, 0);
    for (home, known) in setup.core().zip(sim.board()) {
        let facts = setup.population.home(home);
        let bodies: Vec<_> = facts.members().map(|p| sim.truth().bodies[p.index()]).collect();
        let at = |place| bodies.iter().filter(|body| body.place == place).count() as u64;
        let way = sim.detour_m(setup, home);
        let watched = known.is_watched(now, rules.fresh);
        colours[colour(known, now, rules) as usize] += 1;
        found.stale += u64::from(is_stale(known, now, rules));
        found.observed += u64::from(watched);
        found.fevers_known += u64::from(known.fever.is_some());
        let feverish = |b: &&Body| b.has_fever(now) && b.place != Whereabouts::Away;
        found.fevers_true += bodies.iter().filter(feverish).count() as u64;
        found.unregistered += bodies.iter().filter(|body| body.unreported).count() as u64;
        found.in_hospital += at(Whereabouts::Hospital);
        kept_in += at(Whereabouts::Central);
        let kept = watched || way.is_none() && has_mouths(setup, home);
        *(if kept { &mut kept_in } else { &mut free }) += at(Whereabouts::Home);
        if at(Whereabouts::Away) < u64::from(facts.size) {
            present += u64::from(way.is_some());
            metres += u64::from(way.unwrap_or(0));
        }
        if facts.marks.has(Marks::LIVES_ALONE) && bodies[0].place == Whereabouts::Home {
            let days = u64::from(now.since(known.last_contact.unwrap_or(setup.starts)) / 1440);
            let today = known.last_contact.is_some_and(|contact| contact.day() == now.day());
            found.lonely += u64::from(days > 0 || !today);
            found.longest_silence = found.longest_silence.max(days);
        }
    }
    [found.unknown, found.green, found.orange, found.red] = colours;
    found.errands = present * u64::from(setup.params.gates.errands) / 1000;
    found.extra_walking = metres * u64::from(setup.params.gates.errands) / 1000;
    let closure = u64::from(sim.work().strength(Measure::Closure));
    found.confined_days = kept_in + free * closure / 1000;
    for name in STOCK {
        assert_eq!(counts.get(name), found.get(name), "{name} at {now}");
    }
}

const STOCK: [&str; 15] = [
    "unknown",
    "green",
    "orange",
    "red",
    "stale",
    "observed",
    "fevers_known",
    "fevers_true",
    "unregistered",
    "in_hospital",
    "lonely",
    "longest_silence",
    "errands",
    "extra_walking",
    "confined_days",
];

/// Whether a home had a way to the world before any mouth was sealed.
fn has_mouths(setup: &Setup, home: HouseholdId) -> bool {
    !setup.place.exits[setup.place.compound_of(home).index()].is_empty()
}

/// The days of a story, each with its sums.
fn audit_days(moment: &Moment, story: &Scenario) {
    let homes = u64::from(story.setup.core_homes);
    for day in moment.sim().days() {
        assert_eq!(day.unknown + day.green + day.orange + day.red, homes, "{}", day.day);
        assert!(day.minutes_used <= day.minutes_available, "{day:?}");
        let spent = day.minutes_help
            + day.minutes_fever
            + day.minutes_gates
            + day.minutes_calls
            + day.minutes_checks
            + day.minutes_survey
            + day.minutes_deliveries;
        assert_eq!(spent, day.minutes_used, "{}", day.day);
        assert!(day.calls_unanswered <= day.calls && day.found <= day.falls + 5, "{day:?}");
    }
}

/// Colours change by listed transitions only, one after the other without a gap,
/// and the fact behind every colour is one that the office was told then.
fn audit_colours(story: &Scenario, told: &[StoryEvent], moment: &Moment) {
    let rules = &story.setup.params.observation;
    let mut shown = vec![RiskColour::NotYetKnown; story.setup.core_homes as usize];
    let mut learnt: BTreeMap<(HouseholdId, Minute), Vec<Told>> = BTreeMap::new();
    for event in sim_events(told) {
        match event.what {
            Happening::Learnt { household, told, from, to } => {
                assert_eq!(from, shown[household.index()], "{household} at {}: {told:?}", event.at);
                assert!(is_listed(told, from, to), "{household} {from:?} → {to:?} by {told:?}");
                shown[household.index()] = to;
                learnt.entry((household, event.at)).or_default().push(told);
            }
            Happening::Faded { household, from, to } => {
                assert_eq!(from, shown[household.index()], "{household} at {}", event.at);
                assert!(is_listed_for_time(from, to), "{household} {from:?} → {to:?} by time");
                shown[household.index()] = to;
            }
            _ => {}
        }
    }
    for (home, known) in story.setup.core().zip(moment.sim().board()) {
        assert_eq!(shown[home.index()], colour(known, moment.sim().now(), rules), "{home}");
        if let Some(Fact { at, .. }) = reason(known, moment.sim().now(), rules).fact() {
            assert!(learnt.contains_key(&(home, at)), "{home}: nothing was told at {at}");
        }
    }
}

/// Nobody works at two places at once, and nobody is found before falling.
fn audit_people(told: &[StoryEvent]) {
    let mut free: BTreeMap<WorkerId, Minute> = BTreeMap::new();
    let mut lying: BTreeMap<PersonId, Minute> = BTreeMap::new();
    let mut joined = std::collections::BTreeSet::new();
    for event in sim_events(told) {
        match event.what {
            Happening::Worked { worker, minutes, .. } => {
                let began = event.at.0 - minutes;
                let before = free.insert(worker, event.at).unwrap_or(Minute(0));
                assert!(before.0 <= began, "{worker} was busy until {before}, began {began}");
            }
            Happening::Fell { person, stuck: true, .. } => {
                assert!(lying.insert(person, event.at).is_none(), "{person} fell while lying");
            }
            Happening::Found { person, waited, .. } => {
                assert_eq!(lying.get(&person), Some(&Minute(event.at.0 - waited)));
            }
            Happening::Helped { person, waited, .. } => {
                assert_eq!(lying.remove(&person), Some(Minute(event.at.0 - waited)));
            }
            Happening::Joined { person, .. } => assert!(joined.insert(person), "{person} twice"),
            _ => {}
        }
    }
}

#[test]
fn every_law_holds_on_every_day_of_every_shipped_story() {
    for path in shipped() {
        let story = story(&path.display().to_string());
        let played = play(&story, story.setup.ends, |moment| audit(&story, moment));
        audit_days(&played.moment, &story);
        audit_colours(&story, &played.events, &played.moment);
        audit_people(&played.events);
    }
}

#[test]
fn every_law_holds_for_other_seeds() {
    for seed in 0..12 {
        let story = seeded(FUXIANG, seed);
        let played = play(&story, noon(45), |moment| audit(&story, moment));
        audit_days(&played.moment, &story);
        audit_colours(&story, &played.events, &played.moment);
        audit_people(&played.events);
    }
}

/// Every row of the table that needs no infection and changes a colour is seen.
#[test]
fn the_story_goes_through_the_rows_of_the_table() {
    let story = story(FUXIANG);
    let played = play(&story, story.setup.ends, |_| {});
    let mut seen = std::collections::BTreeSet::new();
    for event in sim_events(&played.events) {
        match event.what {
            Happening::Learnt { told, from, to, .. } => {
                for &row in zhanyitu::sim::board::transitions::rows_of(told) {
                    if from == to || TABLE[row as usize - 1].changes.contains(&(from, to)) {
                        seen.insert(row);
                    }
                }
            }
            Happening::Faded { .. } => {
                seen.insert(6);
            }
            _ => {}
        }
    }
    let stale = played.moment.sim().days().iter().any(|d| d.stale > 0);
    assert!(stale, "row 22: old knowledge shows");
    for row in [1, 2, 3, 5, 6, 7, 8, 9, 10, 11, 19, 20, 22] {
        assert!(seen.contains(&row), "row {row} never happened: {seen:?}");
    }
}

/// Something a person might ask for, often out of place.
pub fn any_command() -> impl Strategy<Value = SimCommand> {
    let home = (0_u32..2100).prop_map(HouseholdId);
    let person = (0_u32..4700).prop_map(PersonId);
    let mouth = (0_u32..9).prop_map(MouthId);
    let state =
        prop_oneof![Just(MouthState::Open), Just(MouthState::Staffed), Just(MouthState::Sealed)];
    let told = prop_oneof![
        Just(Told::Fever),
        Just(Told::Referred),
        Just(Told::OtherIllness),
        Just(Told::FeverOver),
        Just(Told::FirstNegative),
        Just(Told::SecondNegative { until: None }),
        Just(Told::Confirmed),
        (1_u32..100_000).prop_map(|m| Told::HouseholdContacts { until: Minute(m - m % 1440) }),
        (1_u32..100_000).prop_map(|m| Told::NamedContact { until: Minute(m - m % 1440) }),
        (1_u32..100_000).prop_map(|m| Told::Discharged { until: Minute(m - m % 1440) }),
        Just(Told::ContactsDone),
        Just(Told::Reached),
        Just(Told::MovedOut),
    ];
    prop_oneof![
        home.clone().prop_map(SimCommand::Call),
        home.clone().prop_map(SimCommand::Visit),
        home.clone().prop_map(SimCommand::Deliver),
        (home.clone(), ".{0,90}").prop_map(|(h, t)| SimCommand::Note(h, t)),
        home.clone().prop_map(SimCommand::RegisterReturn),
        (home, told).prop_map(|(h, t)| SimCommand::Tell(h, t)),
        (mouth, state).prop_map(|(m, s)| SimCommand::SetMouth(m, s)),
        (0..Measure::ALL.len(), 0_u16..1100)
            .prop_map(|(m, s)| SimCommand::SetMeasure(Measure::ALL[m], s)),
        (0_u32..30).prop_map(SimCommand::SetCallers),
        Just(TaskKind::ALL.to_vec()).prop_shuffle().prop_map(|order| {
            SimCommand::SetPriority(order.try_into().expect("every kind once"))
        }),
        (0_u32..25).prop_map(SimCommand::SetStaff),
        person.clone().prop_map(SimCommand::Join),
        person.clone().prop_map(SimCommand::Fall),
        person.clone().prop_map(SimCommand::Fever),
        person.clone().prop_map(SimCommand::Leave),
        person.prop_map(SimCommand::ComeBack),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever is asked for in whatever order: a refusal changes nothing, and
    /// what is done keeps every law.
    #[test]
    fn whatever_people_ask_for_every_law_holds(
        seed in any::<u64>(),
        asked in proptest::collection::vec((10_u32..900, any_command()), 1..120),
    ) {
        let story = seeded(FUXIANG, seed);
        let mut told = Vec::new();
        let mut moment = Moment::start(&story, &mut told);
        for (minutes, command) in asked {
            moment.advance(&story, moment.sim().now().plus(minutes), &mut told);
            let before = hash::canonical(&moment);
            let answer = moment.sim().check(&story.setup, &command);
            prop_assert_eq!(before, hash::canonical(&moment), "asking changed something");
            if answer.is_ok() {
                moment.apply(&story, &command, &mut told);
            } else {
                let mut refused = moment.clone();
                refused.apply(&story, &command, &mut Vec::new());
                prop_assert_eq!(refused.sim(), moment.sim(), "{:?} was refused and done", command);
            }
            audit(&story, &moment);
        }
        audit_days(&moment, &story);
        audit_colours(&story, &told, &moment);
        audit_people(&told);
    }

    /// Whatever the numbers are within the ranges of their cards, nothing breaks.
    #[test]
    fn whatever_the_cards_say_every_law_holds(
        seed in any::<u64>(),
        picks in proptest::collection::vec((any::<proptest::sample::Index>(), 0_u32..=1000), 1..25),
    ) {
        let cards = zhanyitu::sim::params::Params::cards();
        let params = picks.into_iter().map(|(which, permille)| {
            let card = &cards[which.index(cards.len())];
            let span = u64::from(card.max.min(5_000) .max(card.min)) - u64::from(card.min);
            (card.path(), card.min + (span * u64::from(permille) / 1000) as u32)
        });
        let overrides = Overrides { seed: Some(seed), params: params.collect(), ..Overrides::default() };
        // Some numbers leave nobody to play a part, which the file check says.
        let Ok(compiled) = load(FUXIANG, &overrides) else { return Ok(()) };
        let story = compiled.scenario;
        let played = play(&story, noon(9), |moment| audit(&story, moment));
        audit_days(&played.moment, &story);
        audit_colours(&story, &played.events, &played.moment);
        audit_people(&played.events);
    }
}

/// The costs of measures are counted beside their effect.
#[test]
fn what_is_left_undone_shows() {
    let few = Overrides { params: vec![("shifts.workers".to_owned(), 4)], ..Overrides::default() };
    let story = story_with(FUXIANG, &few);
    let day = at(&story, noon(30)).sim().days().last().unwrap().clone();
    assert!(day.overdue > 0 || day.duty_uncovered > 0, "{day:?}");
    let whole = at(&crate::tools::story(FUXIANG), noon(30));
    let usual = whole.sim().days().last().unwrap();
    assert!(day.lonely > usual.lonely && day.longest_silence >= usual.longest_silence);
    assert!(usual.extra_walking > 0 && usual.errands > 0, "sealed mouths cost metres");
}

/// A figure asked for by itself is the one of the whole table.
#[test]
fn every_figure_by_itself_is_that_of_the_day() {
    let story = story(FUXIANG);
    for day in [1, 3, 22, 60] {
        let moment = at(&story, noon(day));
        let whole = moment.sim().today(&story.setup);
        for (name, ..) in zhanyitu::sim::counts::DayCounts::CARDS {
            let alone = moment.sim().figure(&story.setup, name);
            assert_eq!(Some(alone), whole.get(name), "{name} on D{day}");
        }
    }
}
