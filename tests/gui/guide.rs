//! The story told on the stage: untouched, by taps only, by keys only; that a
//! visitor's own hand goes first; and that everything has room while it is told.

use std::collections::BTreeSet;
use std::time::Duration;

use bevy::input::keyboard::{Key, KeyCode};
use bevy::prelude::*;
use bevy::time::TimeUpdateStrategy;
use zhanyitu::app::view::Aim;
use zhanyitu::app::{GuideCommand, Lang, Level, Look, Steer, TimeCommand, View, ViewCommand};
use zhanyitu::map::eye::{Eye, Morph};
use zhanyitu::session::guide::Cut;

use super::layout::faults;
use super::stage::{FULL, Visitor, fuxiang};

/// A frame at ten a second: the story is told in the same time whatever the frames.
const SLOW: Duration = Duration::from_millis(100);

fn begin(cut: Cut, view: View, size: Vec2) -> Visitor {
    let mut visitor = Visitor::to(fuxiang(), view, size);
    let command = TimeCommand::Guide(GuideCommand::Begin(cut));
    visitor.app.world_mut().write_message(Steer(command));
    visitor.app.insert_resource(TimeUpdateStrategy::ManualDuration(SLOW));
    visitor.frames(1);
    visitor
}

/// The beats of a cut, by the names of their cues.
fn beats(visitor: &Visitor, cut: Cut) -> Vec<String> {
    let script = &visitor.live().story().script;
    let told = script.beats.iter().filter(|beat| cut == Cut::Full || beat.express);
    told.map(|beat| script.cues[beat.cue as usize].id.clone().unwrap()).collect()
}

/// What is being said now, if it stands on the screen.
fn said(visitor: &mut Visitor) -> Option<String> {
    let cue = visitor.live().saying()?.clone();
    let lang = visitor.view().lang;
    let text = cue.say?.get(lang).to_owned();
    visitor.reads(&text).then(|| cue.id.unwrap())
}

/// Looks on without a touch until the end; what was read, and how long it took.
fn untouched(cut: Cut) -> (Vec<String>, Duration) {
    let mut visitor = begin(cut, View::new(Lang::Zh), FULL);
    let (mut read, mut frames) = (Vec::new(), 0_u32);
    while visitor.live().guide().is_some_and(|guide| !guide.is_ended()) {
        visitor.frames(1);
        frames += 1;
        assert!(frames < 7_000, "never told to its end");
        let Some(id) = said(&mut visitor) else { continue };
        if read.last() != Some(&id) {
            read.push(id);
        }
    }
    assert_eq!(read, beats(&visitor, cut));
    visitor.frames(3);
    assert!(visitor.find("再讲一遍").is_some() && visitor.find("自己看看").is_some());
    (read, SLOW * frames)
}

#[test]
fn the_short_way_tells_itself() {
    let (read, took) = untouched(Cut::Express);
    eprintln!("express: {} beats in {took:?}", read.len());
    assert!(took <= Duration::from_mins(3), "{took:?}");
}

#[test]
fn the_whole_story_tells_itself() {
    let (read, took) = untouched(Cut::Full);
    eprintln!("full: {} beats in {took:?}", read.len());
    assert!(took <= Duration::from_mins(10), "{took:?}");
}

#[test]
fn the_whole_story_by_taps_only() {
    let mut visitor = begin(Cut::Full, View::new(Lang::Zh), FULL);
    let all = beats(&visitor, Cut::Full);
    for id in &all {
        visitor.frames(3);
        assert_eq!(said(&mut visitor).as_ref(), Some(id));
        let Some((_, area)) = visitor.find("下一步") else { panic!("no way on from {id}") };
        tap(&mut visitor, area.center());
    }
    visitor.frames(3);
    assert!(visitor.live().guide().unwrap().is_ended());
    visitor.app.insert_resource(TimeUpdateStrategy::ManualDuration(super::stage::FRAME));
    visitor.tap_on("自己看看");
    assert!(visitor.live().guide().is_none());
    visitor.tap_on("故事");
}

fn tap(visitor: &mut Visitor, place: Vec2) {
    use bevy::input::touch::TouchPhase;
    visitor.finger(1, TouchPhase::Started, place);
    visitor.frames(1);
    visitor.finger(1, TouchPhase::Ended, place);
    visitor.frames(2);
}

fn press(visitor: &mut Visitor, code: KeyCode, key: &Key) {
    use bevy::input::ButtonState;
    use bevy::input::keyboard::KeyboardInput;
    let window = visitor.window();
    for state in [ButtonState::Pressed, ButtonState::Released] {
        let logical_key = key.clone();
        let event =
            KeyboardInput { key_code: code, logical_key, state, text: None, repeat: false, window };
        visitor.app.world_mut().write_message(event);
        visitor.frames(1);
    }
}

#[test]
fn the_whole_story_by_keys_only_on_and_back() {
    let mut visitor = Visitor::to(fuxiang(), View::new(Lang::En), FULL);
    visitor.app.insert_resource(TimeUpdateStrategy::ManualDuration(SLOW));
    let all = beats(&visitor, Cut::Full);
    for id in &all {
        press(&mut visitor, KeyCode::PageDown, &Key::PageDown);
        visitor.frames(2);
        assert_eq!(said(&mut visitor).as_ref(), Some(id));
    }
    press(&mut visitor, KeyCode::PageUp, &Key::PageUp);
    visitor.frames(2);
    assert_eq!(said(&mut visitor), all.iter().rev().nth(1).cloned());
    // A pause holds everything.
    press(&mut visitor, KeyCode::KeyB, &Key::Character("b".into()));
    let before = (visitor.live().guide().unwrap().progress(), visitor.live().now());
    visitor.frames(150);
    assert_eq!(before, (visitor.live().guide().unwrap().progress(), visitor.live().now()));
    press(&mut visitor, KeyCode::Space, &Key::Space);
    visitor.frames(100);
    assert_ne!(before.0, visitor.live().guide().unwrap().progress());
}

#[test]
fn the_camera_yields_to_the_hand_and_the_story_is_joined_again() {
    let mut visitor = begin(Cut::Express, View::new(Lang::Zh), FULL);
    while visitor.live().guide().unwrap().cue(visitor.live().story()).unwrap().id.as_deref()
        != Some("silent")
    {
        visitor.frames(1);
    }
    visitor.app.insert_resource(TimeUpdateStrategy::ManualDuration(super::stage::FRAME));
    visitor.frames(6);
    assert!(visitor.app.world().resource::<Eye>().flies(), "the story flies there");
    assert!(matches!(visitor.view().aim, Some(Aim::Home(_))));
    let minute = visitor.live().now();
    visitor.app.world_mut().write_message(Look(ViewCommand::Pan(Vec2::new(5.0, 0.0))));
    visitor.frames(2);
    assert!(!visitor.app.world().resource::<Eye>().flies(), "the hand ends the flight");
    assert!(visitor.live().guide().unwrap().is_left());
    visitor.ask(Look(ViewCommand::Zoom(Level::Community)));
    visitor.ask(Steer(TimeCommand::Seek(zhanyitu::base::time::Minute(600))));
    assert!(visitor.reads("您随便看"));
    visitor.tap_on("接着讲");
    visitor.frames(4);
    let guide = visitor.live().guide().unwrap();
    assert!(guide.leads());
    assert_eq!(visitor.live().now(), minute, "back where she left");
    // How one reads is nobody's own way.
    visitor.ask(Look(ViewCommand::Speak(Lang::En)));
    visitor.ask(Look(ViewCommand::LargeText(true)));
    assert!(!visitor.live().guide().unwrap().is_left());
}

#[test]
fn where_a_caption_comes_from_is_one_tap_away() {
    let mut visitor = begin(Cut::Express, View::new(Lang::Zh), FULL);
    visitor.frames(3);
    let (_, area) = visitor.find("出处").unwrap();
    tap(&mut visitor, area.center());
    visitor.frames(3);
    assert!(visitor.reads("出处：记录。《北广人物》2020年3月25日"));
    assert!(!visitor.live().guide().unwrap().is_left());
}

#[test]
fn every_beat_has_room_in_both_languages_and_sizes() {
    let mut told = BTreeSet::new();
    for size in [FULL, Vec2::new(1366.0, 768.0), Vec2::new(1080.0, 1920.0)] {
        for (lang, large) in
            [(Lang::Zh, false), (Lang::Zh, true), (Lang::En, false), (Lang::En, true)]
        {
            let view = View { large, still: true, ..View::new(lang) };
            let mut visitor = begin(Cut::Full, view, size);
            visitor.app.world_mut().write_message(Steer(TimeCommand::Guide(GuideCommand::Hold)));
            let all = beats(&visitor, Cut::Full).len();
            for _ in 0..all {
                // Panels leave away what they can in a few steps.
                visitor.frames(28);
                for fault in faults(&mut visitor) {
                    told.insert(format!("{size} {lang:?} large {large}: {fault}"));
                }
                let next = GuideCommand::Next;
                visitor.app.world_mut().write_message(Steer(TimeCommand::Guide(next)));
            }
        }
    }
    for fault in &told {
        eprintln!("{fault}");
    }
    assert!(told.is_empty(), "{} faults", told.len());
}

#[test]
fn a_hand_points_and_steps_back() {
    let mut visitor = begin(Cut::Express, View::new(Lang::Zh), FULL);
    let mut seen = 0;
    for _ in 0..1_400 {
        visitor.frames(1);
        let guide = visitor.live().guide().unwrap();
        if visitor.view().point.is_some() && guide.holds_forth() {
            assert!(guide.beat(visitor.live().story()).unwrap().point.is_some());
            seen += 1;
        }
    }
    assert!(seen > 0, "nothing was pointed at");
}

/// The longest time for which the camera or the way between the looks moved without
/// a rest while the short way was told.
fn longest_motion(still: bool) -> Duration {
    const FRAME: Duration = Duration::from_millis(50);
    let view = View { still, ..View::new(Lang::Zh) };
    let mut visitor = begin(Cut::Express, view, FULL);
    visitor.app.insert_resource(TimeUpdateStrategy::ManualDuration(FRAME));
    let seen = |visitor: &Visitor| {
        let world = visitor.app.world();
        (*world.resource::<Eye>(), world.resource::<Morph>().share)
    };
    let (mut before, mut moving, mut longest) = (seen(&visitor), 0, 0);
    while visitor.live().guide().is_some_and(|guide| !guide.is_ended()) {
        visitor.frames(1);
        let now = seen(&visitor);
        moving = if now == before { 0 } else { moving + 1 };
        longest = longest.max(moving);
        before = now;
    }
    FRAME * longest
}

#[test]
fn with_reduced_motion_no_flight_is_longer_than_a_blink() {
    assert!(longest_motion(false) > Duration::from_millis(500), "the measure sees a flight");
    let longest = longest_motion(true);
    assert!(longest <= Duration::from_millis(300), "{longest:?}");
}
