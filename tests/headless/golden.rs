//! What each shipped story amounted to, day by day, as it was when somebody last
//! looked and agreed.
//!
//! A golden notices change; it proves nothing. `UPDATE_GOLDEN=1 cargo test golden`
//! writes them anew and fails, so that nobody accepts a change by accident.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use zhanyitu::headless::play;
use zhanyitu::scenario::script::Scenario;
use zhanyitu::sim::counts::DayCounts;
use zhanyitu::sim::hash;

use crate::tools::{shipped, story};

const FOLDER: &str = "tests/golden";

/// The days as a table, and the hash of everything at the end of each.
fn written(story: &Scenario) -> (String, String) {
    let mut hashes = String::new();
    let played = play(story, story.setup.ends, |moment| {
        let _ = writeln!(hashes, "{} {:016x}", moment.sim().now(), hash::canonical(moment));
    });
    let sim = played.moment.sim();
    let names = DayCounts::CARDS.iter().map(|card| card.0);
    let mut table = ["day", "date"].into_iter().chain(names).collect::<Vec<_>>().join(",") + "\n";
    let mut days = sim.days().to_vec();
    if !sim.now().is_midnight() {
        days.push(sim.today(&story.setup));
    }
    for day in &days {
        let figures = day.values().iter().map(u64::to_string).collect::<Vec<_>>().join(",");
        let _ = writeln!(table, "{},{},{figures}", day.day, story.calendar.date(day.day));
    }
    (table, hashes)
}

/// The first line that differs, told so that one can see what changed.
fn first_difference(name: &str, golden: &str, found: &str) -> Option<String> {
    if golden == found {
        return None;
    }
    let heads: Vec<&str> = found.lines().next().unwrap_or_default().split(',').collect();
    let lines = golden.lines().map(Some).chain(std::iter::repeat(None));
    let (expected, got) = lines
        .zip(found.lines().map(Some).chain(std::iter::repeat(None)))
        .take(golden.lines().count().max(found.lines().count()))
        .find(|(a, b)| a != b)?;
    let (expected, got) = (expected.unwrap_or("(nothing)"), got.unwrap_or("(nothing)"));
    let columns: Vec<String> = expected
        .split(',')
        .zip(got.split(','))
        .zip(&heads)
        .filter(|((a, b), _)| a != b)
        .map(|((a, b), head)| format!("{head}: {a} → {b}"))
        .collect();
    Some(format!(
        "{name}: first difference\n  golden: {expected}\n  now:    {got}\n  {}\n\
         If this is meant: UPDATE_GOLDEN=1 cargo test --no-default-features golden, look at the\n\
         changes with git diff, and say why in the commit.",
        columns.join("; ")
    ))
}

#[test]
fn every_story_is_as_it_was() {
    let update = std::env::var_os("UPDATE_GOLDEN").is_some();
    let mut different = Vec::new();
    let mut expected: Vec<PathBuf> = Vec::new();
    for path in shipped() {
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let (table, hashes) = written(&story(&path.display().to_string()));
        for (ending, found) in [("csv", table), ("hash", hashes)] {
            let file = Path::new(FOLDER).join(format!("{name}.{ending}"));
            let golden = fs::read_to_string(&file).unwrap_or_default().replace("\r\n", "\n");
            different.extend(first_difference(&file.display().to_string(), &golden, &found));
            if update {
                fs::create_dir_all(FOLDER).unwrap();
                fs::write(&file, found).unwrap();
            }
            expected.push(file);
        }
    }
    let kept = fs::read_dir(FOLDER).unwrap().map(|entry| entry.unwrap().path());
    let orphans: Vec<PathBuf> = kept.filter(|path| !expected.contains(path)).collect();
    assert!(orphans.is_empty(), "goldens of no scene: {orphans:?}");
    assert!(!update, "the goldens were written anew; run again without UPDATE_GOLDEN");
    assert!(different.is_empty(), "{}", different.join("\n"));
}
