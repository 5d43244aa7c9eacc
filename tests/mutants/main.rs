//! Ten thousand damaged scenes and maps, and the worst files that can be made.
//!
//! A test binary of its own, because it watches the memory of its process: the
//! kernel's own account of the largest resident size (`VmHWM`). A counting
//! allocator would need `unsafe`, which this crate forbids, and would not see
//! stacks; a limit set from outside would kill the test instead of failing it.
//! The account is of everything together: code, shipped files, two threads at
//! work. The bar for one file is so kept with room to spare.

#![allow(clippy::print_stdout, reason = "the figures of a run are what it is for")]

#[path = "../headless/helpful.rs"]
mod helpful;
mod mutate;
mod worst;

use std::fmt::Write as _;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use helpful::unhelpful;
use zhanyitu::base::time::Day;
use zhanyitu::scenario::compile::{Overrides, compile};
use zhanyitu::scenario::maps;
use zhanyitu::scenario::problem::Problem;
use zhanyitu::scenario::script::Scenario;
use zhanyitu::session::Moment;

/// Scenes and maps: what the issue asks of one test run.
const SCENES: u32 = 7_000;
const MAPS: u32 = 3_000;
/// The design's bars for one file (kiosk, section 4.3).
const MOST_TIME: Duration = Duration::from_secs(1);
const MOST_MEMORY_KIB: u64 = 64 * 1024;
const RUN_TO: Day = Day(31);

const FUXIANG: &str = include_str!("../../assets/maps/fuxiang.ron");
const STORIES: [&str; 5] = [
    include_str!("../../scenes/fuxiang_2020.ron"),
    include_str!("../../scenes/five_legends.ron"),
    include_str!("../../scenes/one_day_of_calls.ron"),
    include_str!("../../scenes/sandbox.ron"),
    include_str!("../../src/headless/starter/zh.ron"),
];

/// Three of the ten ways with their courtyards: a place for most of the mutants,
/// five times as fast as the whole community.
fn small_map() -> String {
    let kept = ["dianmenwai", "fuxiang", "suoyi"];
    let mut map = String::new();
    for line in FUXIANG.lines() {
        let way = line.trim().strip_prefix("(way: \"").and_then(|rest| rest.split('"').next());
        if way.is_none_or(|way| kept.contains(&way)) {
            let _ = writeln!(map, "{line}");
        }
    }
    map
}

/// The largest resident size of this process so far, where the system tells it.
fn peak_kib() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse().ok()
}

fn assert_little_memory(what: &str) {
    if let Some(peak) = peak_kib() {
        println!("{what}: at most {} MiB in this process", peak / 1024);
        assert!(peak <= MOST_MEMORY_KIB, "{what}: {peak} KiB");
    }
}

fn read_scene(bytes: &[u8], map: &str) -> Result<Scenario, Vec<Problem>> {
    let find = |name: &str| Some((name.to_owned(), map.as_bytes().to_vec()));
    compile("mutant.ron", bytes, &find, &Overrides::default()).map(|compiled| {
        let unhelped: Vec<String> = compiled.warnings.iter().filter_map(unhelpful).collect();
        assert!(unhelped.is_empty(), "{unhelped:?}");
        compiled.scenario
    })
}

/// Thirty days of a story, as a museum would play it.
fn run(story: &Scenario) {
    let mut out = Vec::new();
    let mut moment = Moment::start(story, &mut out);
    for day in story.setup.starts.day().0..RUN_TO.0 {
        moment.advance(story, Day(day).end(), &mut out);
        out.clear();
    }
}

/// What became of all mutants.
#[derive(Default)]
struct Tally {
    accepted: AtomicU32,
    problems: AtomicU32,
    slowest_us: AtomicU32,
}

impl Tally {
    /// One file: nothing but a result with helpful problems, and in time.
    fn note<T>(&self, number: u32, started: Instant, read: &Result<T, Vec<Problem>>) {
        let took = started.elapsed();
        assert!(took < MOST_TIME, "mutant {number} took {took:?}");
        self.slowest_us.fetch_max(took.as_micros() as u32, Ordering::Relaxed);
        let Err(problems) = read else {
            self.accepted.fetch_add(1, Ordering::Relaxed);
            return;
        };
        assert!(!problems.is_empty(), "mutant {number} is refused without a reason");
        let unhelped: Vec<String> = problems.iter().filter_map(unhelpful).collect();
        assert!(unhelped.is_empty(), "mutant {number}: {unhelped:?}");
        self.problems.fetch_add(problems.len() as u32, Ordering::Relaxed);
    }

    fn print(&self, what: &str, of: u32) {
        println!(
            "{of} {what}: {} accepted, {} problems told, slowest {:.1} ms",
            self.accepted.load(Ordering::Relaxed),
            self.problems.load(Ordering::Relaxed),
            f64::from(self.slowest_us.load(Ordering::Relaxed)) / 1000.0,
        );
    }
}

/// Does something with every number, on two threads: the machine has at least two.
fn each(numbers: u32, work: impl Fn(u32) + Sync) {
    let next = AtomicU32::new(0);
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while let Some(number) =
                    Some(next.fetch_add(1, Ordering::Relaxed)).filter(|&n| n < numbers)
                {
                    work(number);
                }
            });
        }
    });
}

#[test]
fn ten_thousand_mutants_are_read_and_run_without_a_panic() {
    let begun = Instant::now();
    let small = small_map();
    let (scenes, places) = (Tally::default(), Tally::default());
    each(SCENES, |number| {
        let (_, bytes) = mutate::mutant(&STORIES, number);
        // Every twentieth plays in the whole community.
        let map = if number % 20 == 0 { FUXIANG } else { &small };
        let started = Instant::now();
        let read = read_scene(&bytes, map);
        scenes.note(number, started, &read);
        if let Ok(story) = read {
            run(&story);
        }
    });
    let sound = [small.as_str(), small.as_str(), small.as_str(), FUXIANG];
    each(MAPS, |number| {
        let (_, bytes) = mutate::mutant(&sound, SCENES + number);
        let started = Instant::now();
        let read = maps::read("mutant.ron", &bytes);
        places.note(SCENES + number, started, &read);
        // A map that is accepted must be fit to live in.
        if let (Ok(_), Ok(text)) = (&read, std::str::from_utf8(&bytes))
            && let Ok(story) = read_scene(STORIES[4].as_bytes(), text)
        {
            run(&story);
        }
    });
    scenes.print("scenes", SCENES);
    places.print("maps", MAPS);
    println!("in {:.1} s", begun.elapsed().as_secs_f64());
    assert_little_memory("mutants");
    for tally in [&scenes, &places] {
        assert!(tally.accepted.load(Ordering::Relaxed) > 100, "too few are accepted to be run");
    }
}

#[test]
fn a_scene_cut_off_at_any_byte_is_told_so() {
    let (whole, small) = (STORIES[4].as_bytes(), small_map());
    let told = Tally::default();
    each(whole.len() as u32, |length| {
        let begun = Instant::now();
        told.note(length, begun, &read_scene(&whole[..length as usize], &small));
    });
    told.print("beginnings of a scene", whole.len() as u32);
    // Only the line break after the last bracket can be spared.
    assert_eq!(told.accepted.load(Ordering::Relaxed), 1);
}

#[test]
fn the_sound_files_are_accepted_before_they_are_damaged() {
    for story in STORIES {
        for map in [FUXIANG, &small_map()] {
            let read = read_scene(story.as_bytes(), map);
            assert!(read.is_ok(), "{:?}", read.err());
        }
    }
}
