//! A scene that is edited while it runs: broken, mended, and never a story lost.

use std::fs;
use std::time::{Duration, Instant};

use bevy::prelude::*;
use bevy::time::TimeUpdateStrategy;
use zhanyitu::app::{Lang, Live, Steer, TimeCommand, View};
use zhanyitu::headless::opened;
use zhanyitu::scenario::compile::Overrides;

use super::stage::{FULL, Visitor, at, scene};

/// Longest time from an edit to what is said of it. Files are looked at four times
/// a second and must have stood still for one look.
const SOON: Duration = Duration::from_secs(1);

/// Frames in real time until something is so; returns how long that took.
fn until(visitor: &mut Visitor, what: impl Fn(&mut Visitor) -> bool) -> Duration {
    let began = Instant::now();
    while !what(visitor) {
        assert!(began.elapsed() < Duration::from_secs(20), "nothing is said of the edit");
        std::thread::sleep(Duration::from_millis(5));
        visitor.frames(1);
    }
    began.elapsed()
}

#[test]
fn an_edited_scene_is_taken_up_and_a_broken_one_is_told_of_with_its_place() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("maps")).unwrap();
    fs::copy(scene("../assets/maps/fuxiang.ron"), folder.path().join("maps/fuxiang.ron")).unwrap();
    let path = folder.path().join("story.ron");
    let whole = fs::read_to_string(scene("five_legends.ron")).unwrap();
    fs::write(&path, &whole).unwrap();
    let opened = opened::open_scene(path.clone(), Overrides::default()).unwrap();
    let mut visitor = Visitor::to(opened, View::new(Lang::Zh), FULL);
    visitor.app.insert_resource(TimeUpdateStrategy::Automatic);
    visitor.ask(Steer(TimeCommand::Seek(at(9, 10, 0))));
    // The watcher has to have seen the whole file once.
    std::thread::sleep(Duration::from_millis(600));
    visitor.frames(2);

    let broken = whole.replacen("marker: Red", "marker: Rot", 1);
    fs::write(&path, &broken).unwrap();
    let took = until(&mut visitor, |v| v.reads("先按原来的演"));
    assert!(took <= SOON, "{took:?}");
    let banner =
        visitor.texts().into_iter().find(|t| t.text.contains("先按原来的演")).unwrap().text;
    let row = 1 + broken[..broken.find("Rot").unwrap()].matches('\n').count();
    let line = broken.lines().nth(row - 1).unwrap();
    let column = 1 + line[..line.find("Rot").unwrap()].chars().count();
    assert!(banner.contains(&format!("{row}:{column}")), "{banner}");
    assert!(banner.contains("Red"), "no hint: {banner}");
    // The old story goes on, and the banner stays.
    visitor.tap_on("走");
    until(&mut visitor, |v| v.live().now() > at(9, 10, 0));
    visitor.tap_on("停");
    std::thread::sleep(Duration::from_millis(300));
    visitor.frames(2);
    assert!(visitor.reads("先按原来的演"));

    let now = visitor.live().now();
    let generation = visitor.live().generation();
    fs::write(&path, whole.replacen("邵武向南", "邵武以南", 1)).unwrap();
    let took = until(&mut visitor, |v| v.live().generation() > generation);
    assert!(took <= SOON, "{took:?}");
    until(&mut visitor, |v| !v.reads("先按原来的演"));
    assert_eq!(visitor.live().now(), now);
    let live = visitor.app.world().resource::<Live>();
    assert_eq!(live.story().legends[1].name.zh, "邵武以南");
}
