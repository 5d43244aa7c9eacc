//! What several tests need: the shipped stories, small ones, and asking daily.

use std::path::PathBuf;
use std::sync::Arc;

use zhanyitu::base::time::{Day, Minute};
use zhanyitu::headless::{compile_at, load, play};
use zhanyitu::scenario::compile::Overrides;
use zhanyitu::scenario::script::Scenario;
use zhanyitu::session::Moment;
use zhanyitu::sim::hash;

pub const FUXIANG: &str = "scenes/fuxiang_2020.ron";

/// Every shipped scene, by name.
pub fn shipped() -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = std::fs::read_dir("scenes")
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|x| x == "ron"))
        .collect();
    found.sort();
    assert!(found.len() >= 4, "{found:?}");
    found
}

pub fn story_with(path: &str, overrides: &Overrides) -> Arc<Scenario> {
    let compiled = load(path, overrides).unwrap_or_else(|e| panic!("{}", e.text.en));
    Arc::new(compiled.scenario)
}

pub fn story(path: &str) -> Arc<Scenario> {
    story_with(path, &Overrides::default())
}

pub fn seeded(path: &str, seed: u64) -> Arc<Scenario> {
    story_with(path, &Overrides { seed: Some(seed), ..Overrides::default() })
}

/// A story on the Fuxiang map, from the lines between header and footer.
pub fn small(starts: &str, ends: &str, lines: &str, set: &[(&str, u32)]) -> Arc<Scenario> {
    small_seeded(starts, ends, lines, set, 7)
}

pub fn small_seeded(
    starts: &str,
    ends: &str,
    lines: &str,
    set: &[(&str, u32)],
    seed: u64,
) -> Arc<Scenario> {
    let text = format!(
        r#"(
            format: 1,
            title: (zh: "试验", en: "A trial"),
            about: (zh: "只为检验", en: "For a test only"),
            kind: WhatIf,
            starts: "{starts}",
            ends: "{ends}",
            seed: {seed},
            map: "maps/fuxiang.ron",
            {lines}
        )"#
    );
    let overrides = Overrides {
        params: set.iter().map(|&(path, value)| (path.to_owned(), value)).collect(),
        ..Overrides::default()
    };
    let path = PathBuf::from("scenes/trial.ron");
    let compiled =
        compile_at(&path, text.as_bytes(), &overrides).unwrap_or_else(|e| panic!("{}", e.text.en));
    Arc::new(compiled.scenario)
}

/// The hash of everything at each midnight and at the end.
pub fn daily_hashes(story: &Scenario, to: Minute) -> Vec<(Minute, u64)> {
    let mut hashes = Vec::new();
    play(story, to, |m| hashes.push((m.sim().now(), hash::canonical(m))));
    hashes
}

/// A story at a minute.
pub fn at(story: &Scenario, minute: Minute) -> Moment {
    play(story, minute, |_| {}).moment
}

pub fn noon(day: u32) -> Minute {
    Minute::at(Day(day), 12 * 60)
}
