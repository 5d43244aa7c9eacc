//! A screen in a hall: who comes is let in, who goes is asked, and whoever comes next
//! finds everything as the first visitor did.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::time::{Duration, Instant};

use bevy::input::keyboard::{Key, KeyCode};
use bevy::input::touch::TouchPhase;
use bevy::prelude::*;
use bevy::text::FontAtlasSet;
use bevy::time::TimeUpdateStrategy;
use bevy::window::WindowCloseRequested;
use zhanyitu::app::view::{Level, Sheet, Stage, Tab};
use zhanyitu::app::{
    Chosen, CompoundId, HouseholdId, Lang, Look, PaletteChoice, SimCommand, Start, Steer, Submit,
    TimeCommand, View, ViewCommand,
};
use zhanyitu::base::view::View as LookOf;
use zhanyitu::input::Focus;
use zhanyitu::input::gestures::Hands;
use zhanyitu::kiosk::words::SAID;
use zhanyitu::kiosk::{Phase, first_view};
use zhanyitu::map::choose::Cursor;
use zhanyitu::map::eye::{Eye, Morph};
use zhanyitu::map::homes::{Homes, HomesMaterial};
use zhanyitu::map::ink::InkMaterial;
use zhanyitu::panels::words::SAID as PANELS;
use zhanyitu::session::filter::{Condition, Filter};
use zhanyitu::session::guide::Guide;
use zhanyitu::session::layers::Layer;
use zhanyitu::session::pacer::Speed;
use zhanyitu::settings::{Profile, Settings};
use zhanyitu::sim::hash;

use super::stage::{Dice, FULL, Visitor, at, at_home, fuxiang};
use super::visitor::compound_at;

const SECOND: Duration = Duration::from_secs(1);

fn hall(size: Vec2) -> Visitor {
    Visitor::in_hall(Settings::default(), size)
}

fn phase(visitor: &Visitor) -> Phase {
    *visitor.app.world().resource::<Phase>()
}

/// The story as it stands, in one number.
fn digest(visitor: &Visitor) -> u64 {
    hash::canonical(visitor.live().session().moment())
}

/// Seconds without a touch, a frame each.
fn quiet(visitor: &mut Visitor, seconds: u32) {
    for _ in 0..seconds {
        visitor.late_frame(SECOND);
    }
}

/// Comes with a finger.
fn come(visitor: &mut Visitor) {
    come_to(visitor, FULL / 2.0);
}

fn come_to(visitor: &mut Visitor, place: Vec2) {
    assert_eq!(phase(visitor), Phase::Attract);
    visitor.tap(place);
    assert_eq!(phase(visitor), Phase::Visit);
}

/// Waits for the frame in which all begins anew.
fn until_anew(visitor: &mut Visitor) {
    for _ in 0..200 {
        visitor.late_frame(SECOND);
        if phase(visitor) == Phase::Attract {
            return;
        }
    }
    panic!("nothing begins anew");
}

#[test]
fn a_visit_goes_by_from_the_first_touch_to_an_untouched_beginning() {
    let mut visitor = hall(FULL);
    // Both languages call, the story plays, and nothing but the map is seen.
    assert!(visitor.live().guide().is_some_and(Guide::leads));
    assert!(visitor.live().now() > at(1, 8, 0));
    for words in ["战疫图", "The Fuxiang Map", "请触摸", "Touch"] {
        assert!(visitor.reads(words), "{words}");
    }
    assert_eq!(visitor.controls(), []);
    assert_eq!(visitor.stage().map.size(), FULL);
    // A finger that only comes down is let in, to the courtyard that it touches.
    let compound = CompoundId(40);
    let place = compound_at(&visitor, compound);
    visitor.finger(1, TouchPhase::Started, place);
    visitor.frames(2);
    assert_eq!((phase(&visitor), visitor.view().chosen.compound), (Phase::Visit, Some(compound)));
    visitor.finger(1, TouchPhase::Ended, place);
    visitor.settle();
    assert!(!visitor.live().playing());
    assert!(!visitor.reads(&SAID.touch.zh) && visitor.find("走").is_some());
    assert_eq!(visitor.view().chosen, Chosen { compound: Some(compound), home: None });
    let name = visitor.live().setup().place.compound(compound).name.zh.to_string();
    assert!(visitor.reads(&name), "{name} has no tiles");
    // It is used, then left.
    visitor.tap_on("中文 / English");
    visitor.tap_on("大字");
    visitor.tap_on("进一天");
    visitor.tap_on("街巷");
    quiet(&mut visitor, 42);
    assert_eq!(phase(&visitor), Phase::Visit);
    for _ in 0..4 {
        if phase(&visitor) == Phase::Visit {
            quiet(&mut visitor, 1);
        }
    }
    assert_eq!(phase(&visitor), Phase::Ask);
    for words in ["还在看吗", "Still here?"] {
        assert!(visitor.reads(words), "{words}");
    }
    let number = |v: &mut Visitor| {
        let large = v.texts().into_iter().filter(|t| t.area.height() > 120.0);
        let numbers: Vec<u32> = large.filter_map(|t| t.text.parse().ok()).collect();
        assert_eq!(numbers.len(), 1);
        numbers[0]
    };
    let first = number(&mut visitor);
    assert!((14..=15).contains(&first), "{first}");
    quiet(&mut visitor, 5);
    assert_eq!(number(&mut visitor), first - 5);
    until_anew(&mut visitor);
    let fresh = first_view(&Settings::default());
    assert_eq!(*visitor.view(), fresh);
    assert_eq!(visitor.live().now(), at(1, 8, 0));
    visitor.frames(2);
    assert!(visitor.live().guide().is_some_and(Guide::leads) && visitor.reads(&SAID.touch.zh));
}

#[test]
fn a_touch_during_the_countdown_goes_on_and_does_nothing_else() {
    let mut visitor = hall(FULL);
    come(&mut visitor);
    let (_, play) = visitor.find("走").unwrap();
    visitor.tap_on("图板");
    visitor.ask(Look(ViewCommand::Home(Some(HouseholdId(40)))));
    let (view, now) = (visitor.view().clone(), visitor.live().now());
    for by_key in [false, true] {
        quiet(&mut visitor, 47);
        assert_eq!(phase(&visitor), Phase::Ask);
        if by_key {
            visitor.key(KeyCode::Space, &Key::Space);
        } else {
            visitor.tap(play.center());
        }
        assert_eq!(phase(&visitor), Phase::Visit);
        assert!(!visitor.reads("Still here?"));
        assert_eq!((visitor.view(), visitor.live().now()), (&view, now));
        assert!(!visitor.live().playing());
        // The next touch there is an ordinary one.
        visitor.tap_on("走");
        assert!(visitor.live().playing());
        visitor.tap_on("停");
        visitor.ask(Steer(TimeCommand::Seek(now)));
    }
}

#[test]
fn a_key_lets_in_too_and_asks_for_nothing() {
    for (code, key) in [
        (KeyCode::Space, Key::Space),
        (KeyCode::KeyL, Key::Character("l".into())),
        (KeyCode::Escape, Key::Escape),
        (KeyCode::Tab, Key::Tab),
    ] {
        let mut visitor = hall(FULL);
        visitor.key(code, &key);
        assert_eq!(phase(&visitor), Phase::Visit);
        assert_eq!(*visitor.view(), first_view(&Settings::default()), "{key:?}");
        assert!(!visitor.live().playing());
        assert_eq!(*visitor.app.world().resource::<Focus>(), Focus::Map);
    }
}

#[test]
fn one_question_at_a_time() {
    let mut visitor = hall(FULL);
    come(&mut visitor);
    visitor.tap_on("帮助");
    assert!(visitor.reads(&PANELS.help_head.zh));
    quiet(&mut visitor, 47);
    visitor.frames(2);
    assert!(visitor.reads("还在看吗") && !visitor.reads(&PANELS.help_head.zh));
    visitor.tap(FULL / 2.0);
    assert!(visitor.reads(&PANELS.help_head.zh) && !visitor.reads("还在看吗"));
    visitor.tap_on("关上");
    // Beginning again asks first, and the question goes by itself.
    visitor.tap_on("进一天");
    visitor.tap_on("从头再来");
    assert_eq!(visitor.view().sheet, Some(Sheet::Again));
    quiet(&mut visitor, 18);
    assert_eq!(visitor.view().sheet, Some(Sheet::Again));
    quiet(&mut visitor, 4);
    assert_eq!(visitor.view().sheet, None);
    assert!(visitor.live().now() > at(2, 8, 0));
    visitor.tap_on("从头再来");
    visitor.tap_on(&PANELS.again_no.zh);
    assert!(visitor.live().now() > at(2, 8, 0));
    visitor.tap_on("中文 / English");
    visitor.tap_on("从头再来");
    visitor.tap_on(&PANELS.again_yes.zh);
    // The story begins again, for the same visitor.
    assert_eq!((visitor.live().now(), visitor.view().lang), (at(1, 8, 0), Lang::En));
    assert_eq!(phase(&visitor), Phase::Visit);
}

#[test]
fn a_story_that_plays_is_watched_without_a_touch() {
    let mut visitor = hall(FULL);
    come(&mut visitor);
    visitor.tap_on("每秒10分钟");
    visitor.tap_on("走");
    quiet(&mut visitor, 170);
    assert_eq!(phase(&visitor), Phase::Visit);
    quiet(&mut visitor, 60);
    assert_eq!(phase(&visitor), Phase::Ask);
}

#[test]
fn the_hall_goes_by_the_same_at_sixty_ten_and_one_frame_a_second() {
    let mut found = Vec::new();
    for hertz in [60_u64, 10, 1] {
        let mut visitor = hall(Vec2::new(640.0, 360.0));
        visitor.tap(Vec2::new(320.0, 180.0));
        let frame = Duration::from_nanos(1_000_000_000 / hertz);
        let mut turns = Vec::new();
        let mut before = phase(&visitor);
        for i in 1..=62 * hertz {
            visitor.late_frame(frame);
            if phase(&visitor) != before {
                before = phase(&visitor);
                turns.push((before, i.div_ceil(hertz)));
            }
        }
        found.push(turns.iter().map(|t| t.0).collect::<Vec<_>>());
        assert_eq!(turns.len(), 2, "{turns:?}");
        let (asked, left) = (turns[0].1, turns[1].1);
        assert!((44..=46).contains(&asked) && (59..=61).contains(&left), "{hertz}: {turns:?}");
    }
    assert_eq!(found[0], [Phase::Ask, Phase::Attract]);
    assert!(found.iter().all(|turns| *turns == found[0]));
}

#[test]
fn a_palm_that_rests_and_dirt_that_taps_keep_nobody_waiting() {
    let mut visitor = hall(FULL);
    let spot = FULL * 0.4;
    visitor.finger(7, TouchPhase::Started, spot);
    visitor.frames(2);
    assert_eq!(phase(&visitor), Phase::Visit);
    // It trembles all the while.
    let mut left = 0;
    for i in 0..100_u32 {
        visitor.finger(7, TouchPhase::Moved, spot + Vec2::X * (i % 3) as f32);
        visitor.late_frame(SECOND);
        left += u32::from(phase(&visitor) == Phase::Attract);
    }
    assert!(left > 30, "a palm keeps the screen for ever");
    // A finger elsewhere is let in although the palm still lies there.
    visitor.tap(FULL * 0.6);
    assert_eq!(phase(&visitor), Phase::Visit);
    until_anew(&mut visitor);
    // Dirt taps every five seconds; a score of taps later nobody listens.
    let mut last = 0;
    for i in 0..200_u32 {
        visitor.finger(9, TouchPhase::Started, spot + Vec2::Y * 300.0);
        visitor.frames(1);
        visitor.finger(9, TouchPhase::Ended, spot + Vec2::Y * 300.0);
        for _ in 0..5 {
            visitor.late_frame(SECOND);
        }
        if phase(&visitor) != Phase::Attract {
            last = i;
        }
    }
    assert!(last < 20 + 13, "dirt keeps the screen until tap {last}");
}

#[test]
fn a_class_is_not_sent_away_and_a_desktop_is_as_it_was() {
    let class = Settings { profile: Profile::Classroom, ..Settings::default() };
    let mut visitor = Visitor::in_hall(class, FULL);
    assert_eq!(phase(&visitor), Phase::Open);
    visitor.tap_on("进一天");
    quiet(&mut visitor, 300);
    assert_eq!((phase(&visitor), visitor.live().now()), (Phase::Open, at(2, 8, 0)));
    let mut desktop = Visitor::new(FULL);
    assert_eq!(phase(&desktop), Phase::Open);
    assert!(desktop.find("故事").is_some() && desktop.find("放低").is_none());
    quiet(&mut desktop, 100);
    assert!(!desktop.reads("还在看吗"));
}

/// What stands for the whole state of a screen: compared before and after.
#[derive(Debug, PartialEq)]
struct State {
    digest: u64,
    view: View,
    eye: Eye,
    morph: Morph,
    focus: Focus,
    cursor: Cursor,
    stage: Stage,
    contacts: usize,
    log: usize,
    undone: usize,
    branches: usize,
    speed: Speed,
    playing: bool,
    said: bool,
    homes: u64,
    texts: Vec<(String, [i32; 4])>,
    entities: u32,
    assets: BTreeMap<&'static str, usize>,
}

/// Pages of glyphs. The engine frees none: a rare name may add one, and all names
/// together fill so many.
fn state(visitor: &mut Visitor) -> State {
    let mut texts: Vec<(String, [i32; 4])> = visitor
        .texts()
        .into_iter()
        .map(|t| {
            (t.text, [t.area.min.x, t.area.min.y, t.area.max.x, t.area.max.y].map(|v| v as i32))
        })
        .collect();
    texts.sort();
    let world = visitor.app.world();
    let pages = world.resource::<FontAtlasSet>().values().map(Vec::len).sum();
    let live = visitor.live();
    let state = world.resource::<Homes>().state().clone();
    let painted = world.resource::<Assets<Image>>().get(&state).unwrap().data.clone().unwrap();
    // How far a marker is drawn is rounded, by a clock that is never the same.
    let mut hasher = DefaultHasher::new();
    painted.chunks(4).for_each(|home| home[..3].hash(&mut hasher));
    State {
        digest: digest(visitor),
        view: visitor.view().clone(),
        eye: *world.resource::<Eye>(),
        morph: *world.resource::<Morph>(),
        focus: *world.resource::<Focus>(),
        cursor: *world.resource::<Cursor>(),
        stage: visitor.stage(),
        contacts: world.resource::<Hands>().count(),
        log: live.session().log().len(),
        undone: live.session().undone().len(),
        branches: live.session().branches().len(),
        speed: live.speed(),
        playing: live.playing(),
        said: live.said().is_some(),
        homes: hasher.finish(),
        texts,
        entities: world.entities().count_spawned(),
        assets: BTreeMap::from([
            ("meshes", world.resource::<Assets<Mesh>>().len()),
            ("images", world.resource::<Assets<Image>>().len()),
            ("pages of glyphs", pages),
            ("homes", world.resource::<Assets<HomesMaterial>>().len()),
            ("inks", world.resource::<Assets<InkMaterial>>().len()),
        ]),
    }
}

/// Something that a visitor may do, without waiting for it to be done.
fn meddle(visitor: &mut Visitor, dice: &mut Dice) {
    let place = dice.place(Rect::from_corners(Vec2::ZERO, FULL));
    match dice.below(10) {
        0..4 => {
            let look = look(dice);
            visitor.app.world_mut().write_message(Look(look));
        }
        4 | 5 => {
            let steps = 1440 * (1 + dice.below(9)) as i64;
            let steer = match dice.below(4) {
                0 => TimeCommand::Step(steps),
                1 => TimeCommand::Speed(Speed::ALL[dice.below(5)]),
                2 => TimeCommand::PlayOrPause,
                _ => TimeCommand::Undo,
            };
            visitor.app.world_mut().write_message(Steer(steer));
        }
        6 => {
            let home = HouseholdId(dice.below(2000) as u32);
            let submit = match dice.below(3) {
                0 => SimCommand::Call(home),
                1 => SimCommand::Deliver(home),
                _ => SimCommand::Note(home, PANELS.notes[0].zh.to_string()),
            };
            visitor.app.world_mut().write_message(Submit(submit));
        }
        7 => visitor.letter(["k", "v", ">", "]", "+"][dice.below(5)]),
        8 => visitor.finger(1 + dice.below(3) as u64, TouchPhase::Started, place),
        _ => visitor.tap(place),
    }
    visitor.frames(1);
}

fn look(dice: &mut Dice) -> ViewCommand {
    match dice.below(16) {
        0 => ViewCommand::Speak(Lang::En),
        1 => ViewCommand::LargeText(dice.chance(0.7)),
        2 => ViewCommand::Palette(PaletteChoice::Friendly),
        3 => ViewCommand::Show(LookOf::Plan),
        4 => ViewCommand::Home(Some(HouseholdId(dice.below(2000) as u32))),
        5 => ViewCommand::Compound(Some(CompoundId(dice.below(200) as u32))),
        6 => ViewCommand::Tab(Tab::ALL[dice.below(Tab::ALL.len())]),
        7 => ViewCommand::Sheet(Some(
            [Sheet::Help, Sheet::Chapters, Sheet::Filters, Sheet::Gallery, Sheet::Shelf]
                [dice.below(5)],
        )),
        8 => ViewCommand::Low(true),
        9 => ViewCommand::Still(true),
        10 => ViewCommand::Zoom(Level::ALL[dice.below(4)]),
        11 => ViewCommand::Pan(Vec2::new(90.0, -40.0)),
        12 => ViewCommand::Layer(Layer::ALL[dice.below(Layer::ALL.len())]),
        13 => ViewCommand::Filter(Filter::NONE.with(Condition::ALL[dice.below(4)])),
        14 => ViewCommand::Sheet(Some(Sheet::Talk(0))),
        _ => ViewCommand::Nearer(1.7, None),
    }
}

/// From a visit left alone to the frame in which all began anew; returns how long the
/// frames of the reset took.
fn left_alone(visitor: &mut Visitor) -> Duration {
    for _ in 0..400 {
        let began = Instant::now();
        visitor.late_frame(Duration::from_secs(2));
        if phase(visitor) == Phase::Attract {
            return began.elapsed();
        }
    }
    panic!("nothing begins anew: {:?}", phase(visitor));
}

/// So many frames of the show, from its first one.
fn show(visitor: &mut Visitor) -> State {
    visitor.frames(8);
    state(visitor)
}

#[test]
fn a_thousand_visitors_leave_nothing_behind() {
    // Whoever has the time may ask for ten thousand.
    let asked = std::env::var("ZHANYITU_VISITS").ok().and_then(|n| n.parse().ok());
    let visits = asked.unwrap_or(1000);
    let settings = Settings { idle_seconds: 15, countdown_seconds: 5, ..Settings::default() };
    let mut visitor = Visitor::in_hall(settings.clone(), FULL);
    let mut dice = Dice::new(20);
    let opened = fuxiang();
    let beginning = hash::canonical(opened.session.moment());
    // Pools of the engine grow until everything has been shown once.
    let mut base = None;
    let mut took = Vec::new();
    for visit in 0..visits + WARM {
        // A spot that is touched again and again would be taken for dirt.
        come_to(&mut visitor, dice.place(Rect::from_corners(Vec2::ZERO, FULL)));
        if visit == 0 {
            everything(&mut visitor);
        }
        for _ in 0..4 + dice.below(8) {
            meddle(&mut visitor, &mut dice);
        }
        took.push(left_alone(&mut visitor));
        assert_eq!(*visitor.view(), first_view(&settings), "visit {visit}");
        assert_eq!(*visitor.view(), *visitor.app.world().resource::<Start>().view());
        assert_eq!(digest(&visitor), beginning, "visit {visit}");
        // A camera on its way, a finger, a notice would show in the frames after.
        let now = show(&mut visitor);
        if visit < WARM {
            base = Some(now);
        } else {
            assert_eq!(Some(&now), base.as_ref(), "visit {visit}");
        }
    }
    took.sort();
    let (half, most) = (took[took.len() / 2], took[took.len() - 1]);
    let nearly_all = took[took.len() * 99 / 100];
    eprintln!("{visits} resets: {half:?} each, 99 % within {nearly_all:?}, all within {most:?}");
    assert!(nearly_all < Duration::from_millis(1500), "{nearly_all:?}");
    // And the very first visitor found the same.
    let mut first = Visitor::in_hall(settings, FULL);
    first.finger(1, TouchPhase::Started, FULL / 2.0);
    first.frames(1);
    left_alone(&mut first);
    let (first, base) = (show(&mut first), base.unwrap());
    assert_eq!((first.digest, first.view, first.eye), (base.digest, base.view, base.eye));
    assert_eq!((first.texts, first.homes), (base.texts, base.homes));
    assert_eq!((first.stage, first.said, first.speed), (base.stage, base.said, base.speed));
}

/// Resident memory of the process, bytes; nothing where the system does not tell.
fn resident_bytes() -> Option<u64> {
    let pages = std::fs::read_to_string("/proc/self/statm").ok()?;
    Some(pages.split_whitespace().nth(1)?.parse::<u64>().ok()? * 4096)
}

/// The slope of the least squares line through values at 0, 1, 2, …
fn slope(values: &[f64]) -> f64 {
    let n = values.len() as f64;
    let (mid, mean) = ((n - 1.0) / 2.0, values.iter().sum::<f64>() / n);
    let from_mid = |(i, y): (usize, &f64)| (i as f64 - mid) * (y - mean);
    let spread: f64 = (0..values.len()).map(|i| (i as f64 - mid).powi(2)).sum();
    values.iter().enumerate().map(from_mid).sum::<f64>() / spread
}

#[test]
#[ignore = "three minutes; run it alone: cargo test --locked --test gui -- --ignored --nocapture"]
fn five_hundred_rounds_of_the_show_take_no_more_memory() {
    const ROUNDS: usize = 500;
    let mut visitor = Visitor::in_hall(Settings::default(), FULL);
    visitor.app.insert_resource(TimeUpdateStrategy::ManualDuration(Duration::from_millis(100)));
    let (mut resident, mut told) = (Vec::new(), 0);
    while resident.len() < ROUNDS {
        visitor.frames(1);
        let at = visitor.live().guide().map_or(0, |guide| guide.progress().0);
        if at < told {
            let Some(bytes) = resident_bytes() else { return };
            resident.push(bytes as f64);
        }
        told = at;
    }
    let settled = &resident[ROUNDS / 5..];
    let (first, last, slope) = (settled[0], settled[settled.len() - 1], slope(settled));
    eprintln!("{ROUNDS} rounds: {first} to {last} bytes resident, {slope:.0} bytes a round");
    assert!(slope < 4096.0, "{slope} bytes a round");
}

/// Visits before the engine's own pools have their size.
const WARM: usize = 12;

/// Shows everything once, in every language and size, with a hand on the keyboard so
/// that nobody is asked meanwhile.
fn everything(visitor: &mut Visitor) {
    let show = |visitor: &mut Visitor, command: ViewCommand| {
        visitor.letter("~");
        visitor.ask(Look(command));
    };
    for large in [true, false] {
        for lang in Lang::ALL {
            show(visitor, ViewCommand::Speak(lang));
            show(visitor, ViewCommand::LargeText(large));
            for look in [LookOf::Plan, LookOf::Board] {
                show(visitor, ViewCommand::Show(look));
                for level in Level::ALL {
                    show(visitor, ViewCommand::Zoom(level));
                }
            }
            for tab in Tab::ALL {
                show(visitor, ViewCommand::Tab(tab));
            }
            for sheet in [Sheet::Help, Sheet::Again, Sheet::Note(HouseholdId(3))] {
                show(visitor, ViewCommand::Sheet(Some(sheet)));
            }
            show(visitor, ViewCommand::Sheet(None));
        }
    }
}

#[test]
fn a_visitor_who_tries_to_get_out_stays_in() {
    at_home("kiosk::a_visitor_who_tries_to_get_out_stays_in", || {
        let mut visitor = hall(FULL);
        come(&mut visitor);
        let names: Vec<String> = visitor.controls().into_iter().map(|c| c.1).collect();
        for name in ["故事", "存档", "读档", "换一颗种子", "从这里另开一条线"] {
            assert!(!names.iter().any(|n| n == name), "{name} is offered");
        }
        visitor.ask(Look(ViewCommand::Compound(None)));
        let before = visitor.view().clone();
        let held = [KeyCode::ControlLeft, KeyCode::ShiftLeft, KeyCode::AltLeft];
        let keys = [
            (KeyCode::KeyS, Key::Character("s".into())),
            (KeyCode::KeyO, Key::Character("o".into())),
            (KeyCode::KeyB, Key::Character("b".into())),
            (KeyCode::KeyG, Key::Character("g".into())),
            (KeyCode::KeyQ, Key::Character("q".into())),
            (KeyCode::KeyW, Key::Character("w".into())),
            (KeyCode::F4, Key::F4),
            (KeyCode::F11, Key::F11),
            (KeyCode::Escape, Key::Escape),
        ];
        for (code, key) in &keys {
            visitor.key(*code, key);
            for held in held {
                visitor.chord(held, *code, key);
            }
        }
        for command in [
            TimeCommand::Save,
            TimeCommand::Load,
            TimeCommand::Branch,
            TimeCommand::Reseed(3),
            TimeCommand::Open("scenes/sandbox.ron".into()),
        ] {
            visitor.ask(Steer(command));
        }
        let window = visitor.window();
        visitor.app.world_mut().write_message(WindowCloseRequested { window });
        visitor.frames(5);
        // Keys that choose a layer are a visitor's, too.
        let layer = visitor.view().layer;
        assert_eq!(*visitor.view(), View { layer, ..before.clone() });
        assert_eq!(visitor.live().session().branches().len(), 1);
        assert_eq!(visitor.live().setup().seed, fuxiang().scenario.setup.seed);
        assert!(visitor.app.should_exit().is_none());
        let data = std::env::var_os("XDG_DATA_HOME").unwrap();
        assert_eq!(std::fs::read_dir(data).unwrap().count(), 0, "something was kept");
    });
}
