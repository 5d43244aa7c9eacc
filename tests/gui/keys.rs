//! The whole story by keys alone.

use std::collections::BTreeSet;

use bevy::input::keyboard::{Key, KeyCode};
use bevy::prelude::*;
use zhanyitu::app::view::Sheet;
use zhanyitu::app::{
    Ask, Cut, GuideCommand, Lang, Look, PaletteChoice, Steer, TimeCommand, ViewCommand,
};
use zhanyitu::base::view::View as LookOf;
use zhanyitu::input::Focus;
use zhanyitu::map::choose::Cursor;
use zhanyitu::map::eye::Eye;
use zhanyitu::panels::words::SAID;
use zhanyitu::session::pacer::Speed;
use zhanyitu::theme::controls::Held;

use super::stage::{FULL, Visitor, at};

fn focus(visitor: &Visitor) -> Focus {
    *visitor.app.world().resource::<Focus>()
}

/// Goes by Tab to the control of a Chinese name.
fn tab_to(visitor: &mut Visitor, name: &str) {
    let (wanted, _) = visitor.find(name).unwrap();
    for _ in 0..200 {
        visitor.key(KeyCode::Tab, &Key::Tab);
        if focus(visitor) == Focus::On(wanted) {
            return;
        }
    }
    panic!("{name} is not reached");
}

#[test]
fn tab_reaches_every_control_and_comes_back_to_the_map() {
    let mut visitor = Visitor::new(FULL);
    visitor.ask(Look(ViewCommand::Compound(Some(zhanyitu::app::CompoundId(40)))));
    visitor.ask(Look(ViewCommand::Home(Some(zhanyitu::app::HouseholdId(3)))));
    let all: BTreeSet<Entity> = visitor
        .controls()
        .into_iter()
        .map(|c| c.0)
        .filter(|e| visitor.control(*e).enabled)
        .collect();
    assert!(all.len() > 40);
    let mut forth = Vec::new();
    loop {
        visitor.key(KeyCode::Tab, &Key::Tab);
        let Focus::On(control) = focus(&visitor) else { break };
        assert!(visitor.app.world().get::<Held>(control).unwrap().focused);
        forth.push(control);
        assert!(forth.len() <= all.len(), "Tab goes round without the map");
    }
    assert_eq!(forth.iter().copied().collect::<BTreeSet<_>>(), all);
    let mut back = Vec::new();
    loop {
        visitor.chord(KeyCode::ShiftLeft, KeyCode::Tab, &Key::Tab);
        let Focus::On(control) = focus(&visitor) else { break };
        back.push(control);
    }
    back.reverse();
    assert_eq!(back, forth);
}

#[test]
fn arrows_go_from_home_to_home_and_enter_opens_one() {
    let mut visitor = Visitor::new(FULL);
    let cursor = |v: &Visitor| v.app.world().resource::<Cursor>().shown();
    assert_eq!(cursor(&visitor), None);
    visitor.key(KeyCode::ArrowRight, &Key::ArrowRight);
    let first = cursor(&visitor).unwrap();
    visitor.key(KeyCode::ArrowRight, &Key::ArrowRight);
    let second = cursor(&visitor).unwrap();
    assert_ne!(first, second);
    visitor.key(KeyCode::ArrowLeft, &Key::ArrowLeft);
    assert_eq!(cursor(&visitor), Some(first));
    visitor.chord(KeyCode::ControlLeft, KeyCode::ArrowDown, &Key::ArrowDown);
    let far = cursor(&visitor).unwrap();
    let place = visitor.live().setup().place.clone();
    assert_ne!(place.compound_of(far), place.compound_of(first));
    visitor.key(KeyCode::Enter, &Key::Enter);
    assert_eq!(visitor.view().chosen.home, Some(far));
    assert_eq!(visitor.view().chosen.compound, Some(place.compound_of(far)));
    let why = zhanyitu::app::known::why(visitor.live(), far);
    assert!(visitor.reads(&why.zh));
    for _ in 0..2 {
        visitor.key(KeyCode::Escape, &Key::Escape);
    }
    assert_eq!(visitor.view().chosen, zhanyitu::app::Chosen::default());
}

#[test]
fn keys_play_the_whole_story() {
    let mut visitor = Visitor::new(FULL);
    let v = &mut visitor;
    v.key(KeyCode::Space, &Key::Space);
    assert!(v.live().playing());
    v.frames(20);
    v.key(KeyCode::Space, &Key::Space);
    assert!(!v.live().playing() && v.live().now() > at(1, 8, 0));
    for (sign, minutes) in [(".", 10), (",", -10), (">", 1440), ("<", -1440)] {
        let before = i64::from(v.live().now().0);
        v.letter(sign);
        assert_eq!(i64::from(v.live().now().0) - before, minutes, "{sign}");
    }
    for (digit, speed) in ["1", "2", "3", "4", "5"].into_iter().zip(Speed::ALL) {
        v.letter(digit);
        assert_eq!(v.live().speed(), speed);
    }
    v.letter("[");
    assert_eq!(v.live().speed(), Speed::OneDay);
    v.letter("]");
    // Tracks by arrows.
    let day = v.live().now().day().0;
    tab_to(v, "日子");
    v.key(KeyCode::ArrowRight, &Key::ArrowRight);
    v.key(KeyCode::ArrowRight, &Key::ArrowRight);
    v.key(KeyCode::ArrowLeft, &Key::ArrowLeft);
    assert_eq!(v.live().now().day().0, day + 1);
    let clock = v.live().now().clock();
    tab_to(v, "钟点");
    v.chord(KeyCode::ControlLeft, KeyCode::ArrowRight, &Key::ArrowRight);
    v.key(KeyCode::ArrowRight, &Key::ArrowRight);
    assert_eq!(v.live().now().clock(), clock + 70);
    v.key(KeyCode::Escape, &Key::Escape);
    assert_eq!(focus(v), Focus::Map);
    // The eye.
    v.letter("v");
    assert_eq!(v.view().look, LookOf::Plan);
    v.letter("V");
    assert_eq!(v.view().look, LookOf::Board);
    for lang in [Lang::En, Lang::Zh] {
        v.letter("l");
        assert_eq!(v.view().lang, lang);
    }
    v.letter("t");
    assert!(v.view().large);
    v.letter("t");
    v.letter("c");
    assert_eq!(v.view().palette, PaletteChoice::Friendly);
    v.letter("m");
    assert!(v.view().still);
    let eye = |v: &Visitor| v.app.world().resource::<Eye>().per_px;
    let far = eye(v);
    v.letter("+");
    v.letter("+");
    assert!(eye(v) < far / 1.5);
    v.letter("-");
    v.letter("-");
    v.letter("0");
    assert!((eye(v) - far).abs() < 1e-4);
    // Sheets.
    for (letter, sheet) in [("h", Sheet::Help), ("?", Sheet::Help), ("g", Sheet::Story)] {
        v.letter(letter);
        assert_eq!(v.view().sheet, Some(sheet));
        v.key(KeyCode::Escape, &Key::Escape);
        assert_eq!(v.view().sheet, None);
    }
    v.key(KeyCode::F1, &Key::F1);
    assert_eq!(v.view().sheet, Some(Sheet::Help));
    v.key(KeyCode::F1, &Key::F1);
    // What is asked for, taken back, done again, and a line of its own.
    v.key(KeyCode::ArrowRight, &Key::ArrowRight);
    v.key(KeyCode::Enter, &Key::Enter);
    for name in [&SAID.note.zh, &SAID.notes[0].zh] {
        tab_to(v, name);
        v.key(KeyCode::Enter, &Key::Enter);
    }
    assert_eq!(v.live().session().log().len(), 1);
    let steps = [("z", 0), ("y", 1), ("z", 0)];
    for (letter, left) in steps {
        v.chord(KeyCode::ControlLeft, KeyCode::F24, &Key::Character(letter.into()));
        assert_eq!(v.live().session().log().len(), left, "{letter}");
    }
    v.chord(KeyCode::ControlLeft, KeyCode::F24, &Key::Character("b".into()));
    assert_eq!(v.live().session().branches().len(), 2);
    assert!(v.app.world().resource::<Messages<Ask>>().is_empty());
}

#[test]
fn what_is_typed_within_one_frame_is_done_in_its_order() {
    let mut v = Visitor::new(FULL);
    v.ask(Steer(TimeCommand::Guide(GuideCommand::Begin(Cut::Express))));
    v.frames(30);
    assert!(v.live().guide().is_some_and(zhanyitu::session::guide::Guide::leads));
    // The pause is the guide's; a step leaves him; his strip is closed; time stands.
    let less = Key::Character("<".into());
    for (code, key) in [
        (KeyCode::Space, Key::Space),
        (KeyCode::F24, less.clone()),
        (KeyCode::F24, less),
        (KeyCode::Escape, Key::Escape),
    ] {
        v.strike(code, &key);
    }
    v.settle();
    assert!(v.live().guide().is_none());
    assert!(!v.live().playing());
    assert_eq!(v.live().now(), v.live().setup().starts);
}

#[test]
fn the_mouse_does_what_a_finger_does() {
    let mut visitor = Visitor::new(FULL);
    let (_, area) = visitor.find("进一天").unwrap();
    visitor.click(area.center());
    assert_eq!(visitor.live().now(), at(2, 8, 0));
    let place = super::visitor::compound_at(&visitor, zhanyitu::app::CompoundId(12));
    visitor.click(place);
    assert_eq!(visitor.view().chosen.compound, Some(zhanyitu::app::CompoundId(12)));
}
