//! A story as one run of a study: what it gives is what playing it gives.

use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicBool, Ordering};

use zhanyitu::base::time::DAY_MINUTES;
use zhanyitu::ensemble::file::{FORMAT, Header, Reader, write};
use zhanyitu::ensemble::merge::merge;
use zhanyitu::ensemble::shard::Shard;
use zhanyitu::ensemble::{Outcome, Pairs, Plan, Seeds, Shape, pair};
use zhanyitu::headless::{material, play};
use zhanyitu::session::study::{Cause, Study, StudyError, cause};
use zhanyitu::sim::event::EventKind;

use crate::tools::seeded;

const SANDBOX: &str = "scenes/sandbox.ron";
const CALLS: &str = "scenes/one_day_of_calls.ron";
const WHAT_IF: &str = "scenes/what_if.ron";
const SEEDS: Seeds = Seeds { first: 11, count: 6 };

fn study(scene: &str, of: &[&str]) -> Study {
    let of: Vec<String> = of.iter().map(|&name| name.to_owned()).collect();
    Study::new(material(scene, &[]).unwrap().0, &[], &of).unwrap()
}

fn causes(names: &[&str]) -> Vec<Cause> {
    names.iter().map(|name| Cause::named(name).unwrap()).collect()
}

fn pairs_of(study: &Study, names: &[&str], threads: usize, cancel: &AtomicBool) -> Pairs {
    let causes = causes(names);
    let causes: Vec<&Cause> = causes.iter().collect();
    let threads = NonZeroUsize::new(threads).unwrap();
    let plan = Plan { threads, ..Plan::new(SEEDS, cancel) };
    let run = |seed| study.pair(&study.world(seed, &[]).unwrap(), &causes);
    pair(study.shape().clone(), &plan, run, |_| {}).unwrap()
}

fn go() -> AtomicBool {
    AtomicBool::new(false)
}

/// The figures of a run are those of `run`, day by day, sum and peak.
#[test]
fn a_run_of_a_study_is_the_story_that_is_played() {
    for scene in [SANDBOX, CALLS] {
        let study = study(scene, &["calls", "peak_overdue", "trust"]);
        for seed in [1, 2] {
            let world = study.world(seed, &[]).unwrap();
            let outcome = study.run(&world);
            let story = seeded(scene, seed);
            let played = play(&story, story.setup.ends, |_| {});
            let sim = played.moment.sim();
            let mut days = sim.days().to_vec();
            if !sim.now().is_midnight() {
                days.push(sim.today(&story.setup));
            }
            let of = |name: &str| -> Vec<u32> {
                days.iter().map(|d| d.get(name).unwrap() as u32).collect()
            };
            assert_eq!(outcome.series, [of("calls"), of("overdue"), of("trust")], "{scene}");
            let calls: u64 = of("calls").iter().map(|&x| u64::from(x)).sum();
            let peak = u64::from(of("overdue").into_iter().max().unwrap());
            assert_eq!(outcome.totals[..2], [calls, peak]);
            assert!(study.shape().fits(&outcome) && calls > 0);
        }
    }
}

/// One run as far as the cause, two from there: the same bytes as two runs.
#[test]
fn a_pair_is_two_runs() {
    let study = study(SANDBOX, &["volunteers", "deliveries", "calls"]);
    for names in [&["volunteer-drive"][..], &["daily-calls"], &["deliveries", "observe-all"]] {
        let causes = causes(names);
        let causes: Vec<&Cause> = causes.iter().collect();
        let world = study.world(5, &[]).unwrap();
        let pair = study.pair(&world, &causes);
        assert_eq!(pair.with, study.run(&world), "{names:?}");
        assert_eq!(pair.without, study.run_without(&world, &causes), "{names:?}");
        assert_ne!(pair.with, pair.without, "{names:?}");
        // Before the cause nothing differs.
        let acts = cause::first_minute(&world, &causes).unwrap();
        let days = (acts.0 / DAY_MINUTES) as usize;
        for (a, b) in pair.with.series.iter().zip(&pair.without.series) {
            assert_eq!(a[..days.saturating_sub(1)], b[..days.saturating_sub(1)], "{names:?}");
        }
    }
}

#[test]
fn without_the_calls_nobody_is_called_by_the_office() {
    let pairs = pairs_of(&study(CALLS, &["calls"]), &["每日电话问候"], 2, &go());
    let summary = pairs.summary(0).unwrap();
    assert_eq!(summary.without.most, 0);
    assert!(summary.with.least > 100);
    // There are fewer calls without: the measure counts as `more` every time.
    assert_eq!((summary.seeds.worse, summary.seeds.same), (SEEDS.count, 0));
}

#[test]
fn a_measure_that_the_scene_never_takes_changes_nothing_in_any_pair() {
    let study = study(CALLS, &["calls", "overdue"]);
    let pairs = pairs_of(&study, &["gates"], 2, &go());
    for at in 0..2 {
        let seeds = pairs.summary(at).unwrap().seeds;
        assert_eq!((seeds.same, seeds.seeds()), (SEEDS.count, SEEDS.count));
    }
    assert_eq!(pairs.with, pairs.without);
}

#[test]
fn threads_change_no_byte() {
    let study = study(CALLS, &["calls", "overdue"]);
    let one = pairs_of(&study, &["daily-calls"], 1, &go());
    for threads in [2, 8] {
        assert_eq!(pairs_of(&study, &["daily-calls"], threads, &go()), one, "{threads} threads");
    }
}

#[test]
fn a_study_that_is_stopped_gives_its_first_pairs() {
    let study = study(CALLS, &["calls"]);
    let whole = pairs_of(&study, &["daily-calls"], 2, &go());
    let cancel = go();
    let plan = Plan { threads: NonZeroUsize::MIN, ..Plan::new(SEEDS, &cancel) };
    let cause = Cause::named("daily-calls").unwrap();
    let run = |seed| study.pair(&study.world(seed, &[]).unwrap(), &[&cause]);
    let some = pair(study.shape().clone(), &plan, run, |p| {
        cancel.store(p.done == 3, Ordering::Relaxed);
    })
    .unwrap();
    assert_eq!(some.count(), 3);
    for run in 0..3 {
        assert_eq!(some.with.rows.curve(0, run), whole.with.rows.curve(0, run));
    }
}

/// The file of some runs, to the last byte. `run` gives the outcome of each arm.
fn file_of(
    shape: Shape,
    arms: &[&str],
    (seeds, part): (Seeds, Shard),
    threads: usize,
    run: impl Fn(u64) -> Vec<Outcome> + Sync,
) -> Vec<u8> {
    let runs = part.runs(seeds.count);
    let header = Header {
        zhanyitu_runs: FORMAT,
        program: "0".to_owned(),
        model: 1,
        asked: "ensemble".to_owned(),
        scene: String::new(),
        params: String::new(),
        seeds,
        arms: arms.iter().map(|&arm| arm.to_owned()).collect(),
        from: runs.start,
        to: runs.end,
        shape,
    };
    let mut bytes = Vec::new();
    assert!(
        write(&mut bytes, &header, NonZeroUsize::new(threads).unwrap(), &go(), run, |_, _| {})
            .unwrap()
    );
    bytes
}

fn runs(study: &Study, (seeds, part): (Seeds, Shard), threads: usize) -> Vec<u8> {
    let run = |seed| -> Vec<Outcome> { vec![study.run(&study.world(seed, &[]).unwrap())] };
    file_of(study.shape().clone(), &["as_written"], (seeds, part), threads, run)
}

/// With an outbreak: who is infected, confirmed, observed hangs on no thread. Runs alone
/// and pairs of runs, to the last byte of their files.
#[test]
fn threads_change_no_byte_of_an_outbreak() {
    let study = study(WHAT_IF, &["infections", "infectious", "confirmed", "red", "observed"]);
    let masks = Cause::named("masks").unwrap();
    let of_pairs = |seeds: Seeds, threads| {
        let run = |seed| {
            let pair = study.pair(&study.world(seed, &[]).unwrap(), &[&masks]);
            vec![pair.without, pair.with]
        };
        let arms = ["without", "with"];
        file_of(study.shape().clone(), &arms, (seeds, Shard::WHOLE), threads, run)
    };
    let of_runs = |seeds, threads| runs(&study, (seeds, Shard::WHOLE), threads);
    let (alone, paired) = (of_runs(SEEDS, 1), of_pairs(SEEDS, 1));
    for threads in [2, 3] {
        assert!(of_runs(SEEDS, threads) == alone, "runs on {threads} threads");
        assert!(of_pairs(SEEDS, threads) == paired, "pairs on {threads} threads");
    }
    // There is an outbreak, masks change it, and another world is another file.
    let pairs = Reader::open("pairs", paired.as_slice()).unwrap().pairs().unwrap();
    let summary = pairs.summary(0).unwrap();
    assert!(summary.with.least >= 5 && summary.seeds.same < SEEDS.count, "{summary:?}");
    assert_ne!(pairs.with.homes_reached, pairs.without.homes_reached);
    let others = Seeds { first: SEEDS.first + 1, ..SEEDS };
    assert!(of_runs(others, 2) != alone && of_pairs(others, 2) != paired);
}

#[test]
fn shards_of_a_story_merge_to_the_bytes_of_the_whole() {
    let study = study(CALLS, &["calls"]).reached_by(EventKind::CallUnanswered);
    let whole = runs(&study, (SEEDS, Shard::WHOLE), 2);
    let parts: Vec<(String, Vec<u8>)> = ["3/3", "1/3", "2/3"]
        .map(|part| (part.to_owned(), runs(&study, (SEEDS, part.parse().unwrap()), 1)))
        .into();
    let parts = parts.iter().map(|(name, bytes)| (name.clone(), bytes.as_slice()));
    let mut merged = Vec::new();
    merge(parts, &mut merged).unwrap();
    assert_eq!(merged, whole);
    let ensemble = Reader::open("whole", whole.as_slice()).unwrap().ensemble(0).unwrap();
    assert_eq!(ensemble.runs(), SEEDS.count);
    assert!(ensemble.homes_reached.iter().any(|&n| n > 0));
}

/// Homes are told apart by any event that happens at a home; infections will be one.
#[test]
fn homes_are_told_apart_by_the_day_of_their_first_event() {
    let study = study(SANDBOX, &["doors_closed"]).reached_by(EventKind::DoorClosed);
    let world = study.world(3, &[]).unwrap();
    let outcome = study.run(&world);
    assert_eq!(outcome.homes.len() as u32, world.setup.core_homes);
    let first_day = outcome.homes.iter().flatten().filter(|&&day| day == 1).count() as u32;
    assert!(first_day > 0 && first_day <= outcome.series[0][0], "{first_day}");
    let survey = Cause::named("survey").unwrap();
    let pair = study.pair(&world, &[&survey]);
    assert!(pair.without.homes.iter().all(Option::is_none), "nobody knocked");
    assert_eq!(pair.with.homes, outcome.homes);
}

#[test]
fn a_scene_without_an_outbreak_asks_for_a_figure() {
    let material = material(CALLS, &[]).unwrap().0;
    let error = Study::new(material.clone(), &[], &[]).unwrap_err();
    assert_eq!(error, StudyError::NothingNamed);
    assert!(error.sentence().unwrap().en.contains("--of overdue"));
    let error = Study::new(material, &[], &["clals".to_owned()]).unwrap_err();
    assert!(error.sentence().unwrap().en.contains("`calls`"));
}

#[test]
fn parameters_that_are_set_act() {
    let set = [("calls.callers".to_owned(), 1)];
    let (material, _) = material(CALLS, &set).unwrap();
    let study = Study::new(material, &set, &["minutes_calls".to_owned()]).unwrap();
    let slow = study.run(&study.world(4, &[]).unwrap());
    let quick = study.run(&study.world(4, &[("calls.callers".to_owned(), 19)]).unwrap());
    assert_ne!(slow, quick);
}

#[test]
fn a_world_that_is_made_from_stock_is_the_world_made_anew() {
    let scene = "scenes/one_silent_returnee.ron";
    let (material, _) = material(scene, &[]).unwrap();
    let study = Study::new(material.clone(), &[], &[]).unwrap();
    let other = [("illness.shape".to_owned(), 250), ("cases.seeks_until".to_owned(), 7)];
    for (seed, more) in [(3, &other[..0]), (4, &other[..]), (20_200_124, &other[..1])] {
        let stocked = study.world(seed, more).unwrap();
        let anew = material.compile(Some(seed), more).unwrap().scenario;
        assert_eq!(stocked.setup.illness, anew.setup.illness, "{seed}");
        assert_eq!(stocked.setup.place, anew.setup.place);
        assert_eq!(stocked.setup.population, anew.setup.population);
        assert_eq!(stocked.content_hash, anew.content_hash);
        assert_eq!(study.run(&stocked), study.run(&anew));
    }
    // What is in stock is used: the map is the very same.
    let maps = [1, 2].map(|seed| study.world(seed, &[]).unwrap().setup.place.clone());
    assert!(std::sync::Arc::ptr_eq(&maps[0], &maps[1]));
}
