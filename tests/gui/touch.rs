//! Many fingers: one is enough for everything, and none can spoil what another does.

use std::collections::BTreeMap;
use std::time::Duration;

use bevy::input::touch::TouchPhase;
use bevy::prelude::*;
use zhanyitu::app::view::{Level, Sheet};
use zhanyitu::app::{CompoundId, Lang, Look, SimCommand, Steer, TimeCommand, View, ViewCommand};
use zhanyitu::base::view::View as LookOf;
use zhanyitu::headless::opened;
use zhanyitu::input::gestures::Hands;
use zhanyitu::map::eye::Eye;
use zhanyitu::panels::words::SAID;
use zhanyitu::scenario::compile::Overrides;
use zhanyitu::session::pacer::Speed;
use zhanyitu::theme::controls::{Does, Held};

use super::stage::{Dice, FULL, Visitor, at, at_home, scene};
use super::visitor::compound_at;

fn eye(visitor: &Visitor) -> Eye {
    *visitor.app.world().resource::<Eye>()
}

fn hands(visitor: &Visitor) -> usize {
    visitor.app.world().resource::<Hands>().count()
}

fn pressed(visitor: &mut Visitor) -> Vec<Entity> {
    let mut held = visitor.app.world_mut().query::<(Entity, &Held)>();
    held.iter(visitor.app.world()).filter(|(_, h)| h.fingers > 0).map(|(e, _)| e).collect()
}

#[test]
fn one_finger_that_only_taps_can_do_everything() {
    at_home("touch::one_finger_that_only_taps_can_do_everything", || {
        let story = opened::open_scene(scene("five_legends.ron"), Overrides::default()).unwrap();
        let mut v = Visitor::to(story, View::new(Lang::Zh), FULL);
        // Time.
        v.tap_on("走");
        assert!(v.live().playing());
        v.frames(30);
        v.tap_on("停");
        assert!(!v.live().playing() && v.live().now() > at(1, 8, 0));
        for speed in Speed::ALL {
            v.tap_on(&speed.label().zh);
            assert_eq!(v.live().speed(), speed);
        }
        for (button, minutes) in
            [("进一天", 1440), ("进十分钟", 10), ("退十分钟", -10), ("退一天", -1440)]
        {
            let before = i64::from(v.live().now().0);
            v.tap_on(button);
            assert_eq!(i64::from(v.live().now().0) - before, minutes, "{button}");
        }
        let (_, days) = v.find("日子").unwrap();
        v.tap(days.center());
        assert!(v.live().now().day().0 > 10);
        // The eye: every pinch and every drag has a tap that does as much.
        let far = eye(&v);
        v.tap_on("放大");
        assert!(eye(&v).per_px < far.per_px);
        v.tap_on("缩小");
        for (button, level) in [
            ("胡同", Level::Lane),
            ("院子", Level::Compound),
            ("一户", Level::Home),
            ("全社区", Level::Community),
        ] {
            v.tap_on(button);
            assert_eq!(eye(&v).level, level, "{button}");
        }
        let place = compound_at(&v, CompoundId(40));
        v.tap(place);
        v.tap_on("靠近看");
        assert_eq!(eye(&v).level, Level::Compound);
        v.tap_on("全社区");
        v.tap_on("关上");
        for (button, look) in [("街巷", LookOf::Plan), ("图板", LookOf::Board)] {
            v.tap_on(button);
            assert_eq!(v.view().look, look);
        }
        for _ in 0..2 {
            v.tap_on("中文 / English");
            v.tap_on("大字");
            v.tap_on("换颜色");
        }
        // A home: every action of its card.
        v.tap(place);
        let home = v.live().setup().place.compounds[40].households().next().unwrap();
        v.tap_on(&zhanyitu::app::known::place(v.live(), home).zh.clone());
        v.tap_on(&SAID.note.zh);
        v.tap_on(&SAID.notes[0].zh);
        let noted = SimCommand::Note(home, SAID.notes[0].zh.to_string());
        assert_eq!(v.live().session().log().last().unwrap().command, noted);
        v.tap_on("撤销");
        v.tap_on("重做");
        v.tap_on("从这里另开一条线");
        assert_eq!(v.live().session().branches().len(), 2);
        // The story: kept, taken up, switched, begun again, as another world.
        v.tap_on("故事");
        v.tap_on("主线");
        v.tap_on("存档");
        assert!(v.reads("已存档"));
        v.tap_on("读档");
        assert_eq!(v.view().sheet, Some(Sheet::Story));
        assert_eq!(v.live().session().log().len(), 1);
        let legend = v.live().story().legends[2].name.zh.to_string();
        v.tap_on(&legend);
        assert_eq!(v.live().frame().legend(), 2);
        v.tap_on("换一颗种子");
        assert_eq!(v.live().setup().seed, 20_200_125);
        v.tap_on("从头再来");
        assert_eq!(v.live().now(), at(1, 8, 0));
        v.tap_on("关上");
        v.tap_on("帮助");
        v.tap_on("少动画");
        assert!(v.view().still);
        v.tap_on("关上");
        assert_eq!(v.view().sheet, None);
    });
}

#[test]
fn ten_fingers_in_a_storm_leave_nothing_pressed() {
    at_home("touch::ten_fingers_in_a_storm_leave_nothing_pressed", || {
        let mut visitor = Visitor::new(FULL);
        let mut dice = Dice::new(7);
        let window = Rect::from_corners(Vec2::ZERO, FULL);
        let mut down = [false; 10];
        for _ in 0..30 * 60 {
            for (id, down) in (0..).zip(&mut down) {
                let mut place = dice.place(window);
                if dice.chance(0.01) {
                    place = if dice.chance(0.5) { Vec2::NAN } else { Vec2::splat(f32::INFINITY) };
                }
                let phase = match (*down, dice.share()) {
                    (false, p) if p < 0.06 => TouchPhase::Started,
                    (true, p) if p < 0.12 => TouchPhase::Ended,
                    (true, p) if p < 0.13 => TouchPhase::Canceled,
                    (true, p) if p < 0.40 => TouchPhase::Moved,
                    _ => continue,
                };
                match phase {
                    TouchPhase::Started => *down = true,
                    TouchPhase::Moved => {}
                    TouchPhase::Ended | TouchPhase::Canceled => *down = false,
                }
                // One end in a hundred never arrives.
                let lost = phase == TouchPhase::Ended && dice.chance(0.01);
                if !lost {
                    visitor.finger(id, phase, place);
                }
            }
            visitor.frames(1);
            assert!(hands(&visitor) <= 10);
            let eye = eye(&visitor);
            assert!(eye.at.is_finite() && eye.per_px.is_finite() && eye.per_px > 0.0, "{eye:?}");
        }
        // Nobody touches anything any more.
        for _ in 0..21 {
            visitor.late_frame(Duration::from_secs(1));
        }
        assert_eq!(hands(&visitor), 0);
        assert_eq!(pressed(&mut visitor), []);
        visitor.ask(Look(ViewCommand::Sheet(None)));
        visitor.ask(Steer(TimeCommand::Restart));
        visitor.ask(Steer(TimeCommand::Pause));
        visitor.tap_on("走");
        assert!(visitor.live().playing());
    });
}

#[test]
fn a_finger_that_lifts_releases_only_what_it_pressed() {
    let mut visitor = Visitor::new(FULL);
    let (on, forth) = visitor.find("进十分钟").unwrap();
    let (day_on, day) = visitor.find("进一天").unwrap();
    let start = visitor.live().now();
    visitor.finger(1, TouchPhase::Started, forth.center());
    visitor.finger(2, TouchPhase::Started, day.center());
    visitor.frames(2);
    assert_eq!(pressed(&mut visitor).len(), 2);
    visitor.finger(1, TouchPhase::Ended, forth.center());
    visitor.frames(2);
    assert_eq!(visitor.live().now(), start.plus(10));
    assert_eq!(pressed(&mut visitor), [day_on]);
    // Two fingers on one button: it is pressed until the last one lifts.
    visitor.finger(3, TouchPhase::Started, day.center() + Vec2::X * 8.0);
    visitor.frames(2);
    visitor.finger(3, TouchPhase::Canceled, day.center());
    visitor.frames(2);
    assert_eq!(pressed(&mut visitor), [day_on]);
    visitor.finger(2, TouchPhase::Ended, day.center());
    visitor.frames(2);
    assert_eq!(visitor.live().now(), start.plus(10 + 1440));
    assert_eq!(pressed(&mut visitor), []);
    assert!(visitor.app.world().get_entity(on).is_ok());
}

#[test]
fn two_fingers_move_the_map_and_a_third_one_chooses() {
    let mut visitor = Visitor::new(FULL);
    visitor.tap_on("胡同");
    let middle = visitor.stage().map.center();
    visitor.finger(1, TouchPhase::Started, middle - Vec2::X * 150.0);
    visitor.finger(2, TouchPhase::Started, middle + Vec2::X * 150.0);
    visitor.frames(1);
    let before = eye(&visitor);
    visitor.finger(2, TouchPhase::Moved, middle + Vec2::X * 300.0);
    visitor.frames(1);
    let spread = eye(&visitor);
    assert!((before.per_px / spread.per_px - 1.5).abs() < 0.01, "{before:?} {spread:?}");
    // The third finger wanders a little and lifts: a tap, no pan.
    let third = visitor.stage().map.min + Vec2::new(60.0, 260.0);
    visitor.finger(3, TouchPhase::Started, third);
    visitor.frames(1);
    visitor.finger(3, TouchPhase::Moved, third + Vec2::splat(5.0));
    visitor.frames(1);
    assert_eq!(eye(&visitor), spread);
    visitor.finger(3, TouchPhase::Ended, third);
    visitor.frames(2);
    assert_eq!(eye(&visitor), spread);
    for id in [1, 2] {
        visitor.finger(id, TouchPhase::Ended, middle);
    }
    visitor.settle();
    assert_eq!(hands(&visitor), 0);
    // A drag of a lone finger goes as far as the finger.
    let from = eye(&visitor);
    visitor.drag(middle, middle + Vec2::new(-120.0, 40.0));
    let moved = (eye(&visitor).at - from.at) / from.per_px;
    assert!(moved.distance(Vec2::new(120.0, 40.0)) < 1.0, "{moved}");
    visitor.pinch(middle, 200.0, 400.0);
    assert!((from.per_px / eye(&visitor).per_px - 2.0).abs() < 0.01);
    visitor.wheel(middle, -1.0);
    assert!(eye(&visitor).per_px > from.per_px / 2.0);
}

/// One visitor holds a button of a card, another one taps anything else: the button
/// stays, and does what it says when its own finger lifts.
#[test]
fn what_one_holds_another_ones_tap_leaves_alone() {
    let mut visitor = Visitor::new(FULL);
    visitor.ask(Steer(TimeCommand::Seek(at(5, 18, 0))));
    let compound = CompoundId(40);
    let home = visitor.live().setup().place.compound(compound).households().next().unwrap();
    let wanted = SimCommand::Deliver(home);
    let mut dice = Dice::new(11);
    let mut gone: BTreeMap<String, u32> = BTreeMap::new();
    for _ in 0..250 {
        let fresh = View { still: true, ..View::new(Lang::Zh) };
        *visitor.app.world_mut().resource_mut::<View>() = fresh;
        visitor.app.world_mut().write_message(Look(ViewCommand::Compound(Some(compound))));
        visitor.ask(Look(ViewCommand::Home(Some(home))));
        let (on, area) = visitor.find(&SAID.deliver.zh).unwrap();
        let controls = visitor.controls();
        let (other, name, other_area) = controls[dice.below(controls.len())].clone();
        // A story that is elsewhere in time is elsewhere for everybody.
        if other == on || !matches!(visitor.control(other).does, Does::Look(_) | Does::Submit(_)) {
            continue;
        }
        let (hold, tap) = (area.center(), other_area.center());
        visitor.finger(1, TouchPhase::Started, hold);
        visitor.frames(1 + dice.below(3) as u32);
        visitor.finger(2, TouchPhase::Started, tap);
        visitor.frames(1 + dice.below(3) as u32);
        visitor.finger(2, TouchPhase::Ended, tap);
        visitor.frames(1 + dice.below(3) as u32);
        let there = visitor.app.world().get_entity(on).is_ok();
        if !there {
            *gone.entry(name.clone()).or_default() += 1;
        }
        visitor.finger(1, TouchPhase::Ended, hold);
        visitor.settle();
        let log = visitor.live().session().log();
        let done = log.iter().filter(|e| e.command == wanted).count();
        assert_eq!(done, usize::from(there), "after a tap on {name}");
        assert_eq!(pressed(&mut visitor), [], "after a tap on {name}");
        assert_eq!(hands(&visitor), 0);
        while !visitor.live().session().log().is_empty() {
            visitor.ask(Steer(TimeCommand::Undo));
        }
    }
    assert!(gone.is_empty(), "a held button went away after a tap on {gone:?}");
}
