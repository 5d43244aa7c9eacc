//! What the targets share: a small sound map, and a story played for some days.

use zhanyitu::base::time::Day;
use zhanyitu::scenario::compile::{Overrides, compile};
use zhanyitu::scenario::problem::Problem;
use zhanyitu::scenario::script::Scenario;
use zhanyitu::session::Moment;

/// A scene to start from.
pub const STARTER: &str = include_str!("../../scenes/sandbox.ron");
/// Three lanes and a hundred and twenty homes: the fuzzer should not spend its time
/// on two thousand.
pub const SMALL_MAP: &[u8] = include_bytes!("seeds/map/small.ron");

/// Reads a scene in a place.
pub fn read_scene(bytes: &[u8], map: &[u8]) -> Result<Scenario, Vec<Problem>> {
    let find = |name: &str| Some((name.to_owned(), map.to_vec()));
    let read = compile("x.ron", bytes, &find, &Overrides::default());
    if let Err(problems) = &read {
        check(problems);
    }
    read.map(|compiled| compiled.scenario)
}

/// A refusal has reasons, each with a place and two languages, and can be shown.
pub fn check(problems: &[Problem]) {
    assert!(!problems.is_empty());
    for problem in problems {
        assert!(problem.line > 0 && problem.column > 0, "{problem:?}");
        assert!(!problem.message.zh.is_empty() && !problem.message.en.is_empty());
        let _ = problem.render(zhanyitu::base::text::Lang::Zh);
    }
}

/// Some days of a story.
pub fn play(story: &Scenario, days: u32) {
    let mut out = Vec::new();
    let mut moment = Moment::start(story, &mut out);
    for day in 1..=days {
        moment.advance(story, Day(day).end(), &mut out);
        out.clear();
    }
}
