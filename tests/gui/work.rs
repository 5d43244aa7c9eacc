//! The day's work as a visitor sees it: figures that walk, calls that are made.

use std::collections::BTreeMap;
use std::time::Duration;

use bevy::input::keyboard::{Key, KeyCode};
use bevy::prelude::*;
use zhanyitu::app::view::{Sheet, Tab, TodayPart};
use zhanyitu::app::{Look, SimCommand, Steer, TimeCommand, ViewCommand};
use zhanyitu::base::view::View as LookOf;
use zhanyitu::history::Timeline;
use zhanyitu::map::figures::{self, Pose};
use zhanyitu::map::terrain::Terrain;
use zhanyitu::panels::talk::{RINGS, SAID};
use zhanyitu::panels::today::words::SAID as DAY;
use zhanyitu::session::Story;
use zhanyitu::session::today::{Today, Whence};
use zhanyitu::sim::work::TaskKind;
use zhanyitu::theme::controls::{Held, Named};

use super::stage::{FULL, Visitor, at, fuxiang};

/// Parts of a minute that are looked at.
const PARTS: u32 = 4;

/// A day of the survey: nobody jumps, nobody walks faster than the model lets them,
/// and whoever has arrived stands at the door.
#[test]
fn figures_walk_from_door_to_door_and_never_jump() {
    let opened = fuxiang();
    let setup = &opened.scenario.setup;
    let terrain = Terrain::new(&setup.place, setup.core_homes, 0);
    let mut session =
        Timeline::new(Story(std::sync::Arc::clone(&opened.scenario)), &mut Vec::new());
    session.advance(at(2, 7, 0), &mut Vec::new());
    let mut today = Today::new(&session);
    let speed = setup.params.shifts.walk_speed as f32 * terrain.metre();
    for look in LookOf::ALL {
        session.seek(at(2, 7, 0), &mut Vec::new());
        today.retake(&session);
        let mut last: BTreeMap<u32, (Vec2, u32)> = BTreeMap::new();
        let (mut walked, mut stood) = (0, 0);
        for minute in 7 * 60 + 1..19 * 60 {
            let mut told = Vec::new();
            session.advance(at(2, 0, minute), &mut told);
            today.follow(&session, &told);
            for errand in today.errands(&session) {
                for part in 0..PARTS {
                    let gone = session.now().since(errand.from) as f32 + part as f32 / PARTS as f32;
                    let pose = figures::pose(&terrain, setup, look, &errand, gone, false);
                    let door = figures::place(&terrain, setup, look, Whence::Home(errand.home));
                    let (here, worker) = match pose {
                        Pose::Walks(here, worker) => (here, worker),
                        Pose::Stands(here, worker) => {
                            assert_eq!(here, door);
                            stood += 1;
                            (here, worker)
                        }
                        Pose::Rings(home) => {
                            assert!(home == errand.home && errand.is_by_phone());
                            continue;
                        }
                    };
                    walked += u32::from(matches!(pose, Pose::Walks(..)));
                    let now = (session.now().0 * PARTS) + part;
                    // Between two errands one stands where the last one ended.
                    if let Some((before, when)) = last.insert(worker, (here, now)) {
                        let minutes = (now - when) as f32 / PARTS as f32;
                        let far = before.distance(here);
                        let most = match look {
                            LookOf::Plan if errand.walk < setup.params.shifts.walk_cap => {
                                speed * minutes.min(errand.walk as f32)
                            }
                            // A capped walk, and a hand over the board, arrive in time.
                            _ => {
                                let from = figures::place(
                                    &terrain,
                                    setup,
                                    look,
                                    errand.whence.unwrap_or(Whence::Office),
                                );
                                from.distance(door) * minutes / errand.walk.max(1) as f32
                            }
                        };
                        assert!(
                            far <= most + 0.01,
                            "{look:?} worker {worker} at {}: {far} > {most}, {errand:?}",
                            session.now()
                        );
                    }
                }
                // At the end of the walk, whatever the part of the minute.
                let end = errand.walk.max(1) as f32;
                let until = errand.until.since(errand.from) as f32;
                if !errand.is_by_phone() && until > 0.0 {
                    let pose = figures::pose(&terrain, setup, look, &errand, end.min(until), false);
                    assert!(matches!(pose, Pose::Stands(..)), "{errand:?}");
                    let still = figures::pose(&terrain, setup, look, &errand, 0.0, true);
                    assert!(matches!(still, Pose::Stands(..)));
                }
            }
        }
        assert!(walked > 1000 && stood > 1000, "{look:?}: {walked} walked, {stood} stood");
    }
}

/// Goes to an afternoon on which the elder answers, with the day's tab open.
fn afternoon() -> Visitor {
    let mut visitor = Visitor::new(FULL);
    visitor.ask(Steer(TimeCommand::Seek(at(20, 14, 0))));
    // Else a test that waits until nothing moves waits until it has rung.
    visitor.ask(Look(ViewCommand::Still(true)));
    visitor
}

fn log(visitor: &Visitor) -> Vec<SimCommand> {
    visitor.live().session().log().iter().map(|entry| entry.command.clone()).collect()
}

fn rings_through(visitor: &mut Visitor) {
    assert!(visitor.reads(&SAID.rings.zh), "it rings first");
    visitor.wait(RINGS + Duration::from_millis(100));
    visitor.settle();
    assert!(!visitor.reads(&SAID.rings.zh));
}

/// The words of a choice of the first talk.
fn says(visitor: &Visitor, exchange: usize, choice: usize) -> String {
    visitor.live().story().talks[0].exchanges[exchange].choices[choice].say.zh.to_string()
}

#[test]
fn a_call_is_made_by_taps_alone_and_its_consequence_is_seen() {
    let mut visitor = afternoon();
    visitor.tap_on("今天");
    assert_eq!(visitor.view().tab, Tab::Today);
    visitor.tap_on(&DAY.ring.zh);
    let talk = visitor.live().story().talks[0].clone();
    assert_eq!(log(&visitor), [SimCommand::Call(talk.home)]);
    rings_through(&mut visitor);
    assert!(visitor.reads(&talk.opens.zh));
    for (exchange, choice) in [(0, 0), (1, 0), (2, 0)] {
        let say = says(&visitor, exchange, choice);
        visitor.tap_on(&say);
        assert!(visitor.reads(&talk.exchanges[exchange].choices[choice].hear.zh));
    }
    assert!(visitor.reads(&talk.closes.zh) && visitor.reads(&SAID.today.zh));
    assert!(visitor.reads(&SAID.brought.zh));
    let asked = log(&visitor);
    assert_eq!(asked[..2], [SimCommand::Call(talk.home), SimCommand::Deliver(talk.home)]);
    assert!(matches!(&asked[2], SimCommand::Note(home, _) if *home == talk.home));
    // On the board: reached today, the note beside it, the delivery asked for.
    let known = &visitor.live().sim().board()[talk.home.index()];
    assert_eq!(
        known.last_contact.map(zhanyitu::app::Minute::day),
        Some(visitor.live().now().day())
    );
    assert!(visitor.live().sim().work().notes.iter().any(|note| note.household == talk.home));
    visitor.tap_on(&SAID.close.zh);
    assert_eq!((visitor.view().sheet, &visitor.view().talk), (None, &None));
}

/// Tab until the keyboard is on a control of a name, then Enter.
fn enter(visitor: &mut Visitor, name: &str) {
    for _ in 0..200 {
        visitor.key(KeyCode::Tab, &Key::Tab);
        let world = visitor.app.world_mut();
        let mut held = world.query::<(&Held, &Named)>();
        if held.iter(world).any(|(held, named)| held.focused && named.0.zh == name) {
            visitor.key(KeyCode::Enter, &Key::Enter);
            return;
        }
    }
    panic!("the keyboard never comes to {name}");
}

#[test]
fn a_call_is_made_by_keys_alone() {
    let mut visitor = afternoon();
    enter(&mut visitor, "今天");
    enter(&mut visitor, &DAY.ring.zh);
    rings_through(&mut visitor);
    for (exchange, choice) in [(0, 1), (1, 1), (2, 1)] {
        let say = says(&visitor, exchange, choice);
        enter(&mut visitor, &say);
    }
    assert!(visitor.reads(&SAID.visited.zh));
    let home = visitor.live().story().talks[0].home;
    let asked = log(&visitor);
    assert_eq!(asked.len(), 3, "{asked:?}");
    assert!(matches!(&asked[1], SimCommand::Note(at, _) if *at == home));
    assert_eq!(asked[2], SimCommand::Visit(home));
    for _ in 0..2 {
        visitor.key(KeyCode::Escape, &Key::Escape);
    }
    assert_eq!(visitor.view().sheet, None);
}

#[test]
fn hanging_up_at_any_time_leaves_what_was_said_and_nothing_broken() {
    for said in 0..3 {
        let mut visitor = afternoon();
        visitor.app.world_mut().write_message(Steer(TimeCommand::PlayOrPause));
        visitor.frames(2);
        assert!(visitor.live().playing());
        visitor.ask(Look(ViewCommand::Sheet(Some(Sheet::Talk(0)))));
        assert!(!visitor.live().playing(), "time stands while one talks");
        let begun = visitor.live().now();
        visitor.wait(RINGS + Duration::from_millis(100));
        for exchange in 0..said {
            // Twice: the second touch of the same button does nothing.
            visitor.ask(Look(ViewCommand::Say(exchange, 0)));
            visitor.ask(Look(ViewCommand::Say(exchange, 0)));
        }
        assert_eq!(visitor.live().now(), begun);
        let asked = log(&visitor).len();
        assert_eq!(asked, [1, 1, 2][said]);
        visitor.app.world_mut().write_message(Look(ViewCommand::Back));
        visitor.frames(3);
        assert_eq!((visitor.view().sheet, &visitor.view().talk), (None, &None));
        assert!(visitor.live().playing(), "and goes on afterwards");
        // Nothing more can be said to nobody.
        visitor.app.world_mut().write_message(Look(ViewCommand::Say(said, 0)));
        visitor.frames(3);
        assert_eq!(log(&visitor).len(), asked);
    }
}

#[test]
fn a_call_that_cannot_be_made_says_why_and_ends_kindly() {
    let mut visitor = Visitor::new(FULL);
    // On the first morning nobody has this home's number.
    visitor.ask(Look(ViewCommand::Sheet(Some(Sheet::Talk(0)))));
    assert!(visitor.reads(&SAID.refused_kind.zh));
    assert!(log(&visitor).is_empty());
    visitor.tap_on(&SAID.close.zh);
    assert_eq!(visitor.view().sheet, None);
    // There is no such call at all.
    visitor.ask(Look(ViewCommand::Sheet(Some(Sheet::Talk(99)))));
    assert_eq!((visitor.view().sheet, &visitor.view().talk), (None, &None));
}

/// Every part of the day, and what it must say at a minute.
#[test]
fn every_part_of_the_day_says_its_figures() {
    let mut visitor = Visitor::new(FULL);
    visitor.ask(Steer(TimeCommand::Seek(at(26, 11, 0))));
    visitor.ask(Look(ViewCommand::Tab(Tab::Today)));
    let round = visitor.live().today().round(visitor.live().session());
    assert!(round.elders.len() > 100 && round.made > 0);
    let head = format!("{}位老人，打了{}位", round.elders.len(), round.made);
    assert!(visitor.reads(&head), "{head}");
    // A tile opens the home of its elder.
    let tiles = round.elders.iter().map(|(home, _)| *home);
    let place =
        |visitor: &Visitor, home| zhanyitu::app::known::place(visitor.live(), home).zh.to_string();
    let names: Vec<_> = tiles.map(|home| (home, place(&visitor, home))).collect();
    let shown = visitor.controls();
    let there: Vec<_> = names
        .iter()
        .filter(|(_, name)| shown.iter().any(|(_, called, _)| called == name))
        .map(|(home, _)| *home)
        .collect();
    assert!(there.len() >= 2, "{}", there.len());
    for (part, words) in [
        (TodayPart::Hours, &DAY.spent),
        (TodayPart::Neighbours, &DAY.tired),
        (TodayPart::Mouths, &DAY.sealed),
    ] {
        visitor.ask(Look(ViewCommand::Today(part, 0)));
        assert!(visitor.reads(&words.zh), "{part:?}");
    }
    visitor.ask(Look(ViewCommand::Today(TodayPart::Hours, 0)));
    let calls = zhanyitu::session::today::spent(visitor.live().session())[TaskKind::Calls as usize];
    let said = format!("{}小时{}分", calls / 60, calls % 60);
    assert!(calls > 0 && visitor.reads(&said), "{said}");
    let home = there[0];
    visitor.ask(Look(ViewCommand::Today(TodayPart::Calls, 0)));
    let name = place(&visitor, home);
    visitor.tap_on(&name);
    assert_eq!(visitor.view().chosen.home, Some(home));
}
