//! Any bytes as a save: as a file, and, because a checksum keeps a fuzzer out, as
//! the payload of a sound frame of each format.
#![no_main]

use std::sync::{Arc, LazyLock};

use zhanyitu::history::Timeline;
use zhanyitu::history::save::{Save, frame};
use zhanyitu::scenario::script::Scenario;
use zhanyitu::session::{Moment, Story};
use zhanyitu::sim::command::SimCommand;

/// Three days: a save is taken up again within milliseconds.
const SHORT: &str = r#"(
    format: 1, title: (zh: "三天", en: "Three days"), about: (zh: "三天", en: "Three days"),
    kind: WhatIf, starts: "2020-01-24 08:00", ends: "2020-01-26 20:00", seed: 1,
    map: "maps/fuxiang.ron",
    measures: [(measure: DailyCalls, from: "D1 08:00", origin: invented)],
)"#;

static STORY: LazyLock<Arc<Scenario>> = LazyLock::new(|| {
    let story = zhanyitu_fuzz::read_scene(SHORT.as_bytes(), zhanyitu_fuzz::SMALL_MAP);
    Arc::new(story.expect("the short scene is sound"))
});

fn restore(bytes: &[u8]) {
    let Ok(save) = Save::<SimCommand>::from_bytes(bytes) else { return };
    let again = Save::<SimCommand>::from_bytes(&save.to_bytes());
    assert_eq!(again.as_ref().ok(), Some(&save));
    let _ = postcard::from_bytes::<Moment>(&save.keyframe);
    let story = Story(Arc::clone(&STORY));
    let (restored, _) = Timeline::restore(story, save.branches, save.current as usize, save.at);
    let _ = restored.daily_hashes();
}

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    restore(bytes);
    for format in 0..4 {
        restore(&frame(format, bytes));
    }
    let _ = postcard::from_bytes::<Moment>(bytes);
});
