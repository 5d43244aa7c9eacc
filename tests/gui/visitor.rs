//! One visit, from the first touch to a story that is kept and taken up again.

use bevy::prelude::*;
use zhanyitu::app::known;
use zhanyitu::app::view::Level;
use zhanyitu::app::{
    CompoundId, HouseholdId, Lang, Look, PaletteChoice, SimCommand, Steer, TimeCommand, View,
    ViewCommand,
};
use zhanyitu::base::view::View as LookOf;
use zhanyitu::headless::opened;
use zhanyitu::map::eye::Eye;
use zhanyitu::map::terrain::Terrain;
use zhanyitu::panels::words::SAID;
use zhanyitu::theme::Words;

use super::stage::{FULL, Visitor, at, fuxiang};

/// A visitor on the evening on which the survey is done, when the map has been
/// looked at.
fn evening() -> Visitor {
    let mut visitor = Visitor::new(FULL);
    visitor.ask(Steer(TimeCommand::Seek(at(5, 18, 0))));
    visitor
}

/// Where a compound is seen.
pub fn compound_at(visitor: &Visitor, compound: CompoundId) -> Vec2 {
    let world = visitor.app.world();
    let side = world.resource::<Terrain>().side(visitor.view().look);
    world.resource::<Eye>().seen_at(side.lots[compound.index()].centre, &visitor.stage())
}

/// A home in a courtyard of ten, somewhere in the middle of the board.
fn some_home(visitor: &Visitor) -> (CompoundId, HouseholdId) {
    let place = &visitor.live().setup().place;
    let yards = place.compounds.iter().enumerate();
    let mut ten = yards.filter(|(_, c)| (8..=12).contains(&c.households().len()));
    let (i, yard) = ten.nth(20).unwrap();
    (CompoundId::from_index(i), yard.households().nth(3).unwrap())
}

/// Opens the card of some home by touch alone.
fn at_the_card() -> (Visitor, HouseholdId) {
    let mut visitor = evening();
    let (compound, home) = some_home(&visitor);
    let place = compound_at(&visitor, compound);
    visitor.tap(place);
    visitor.tap_on(&known::place(visitor.live(), home).zh.clone());
    (visitor, home)
}

#[test]
fn a_touch_of_a_courtyard_lays_out_its_homes_and_a_touch_of_one_opens_its_card() {
    let mut visitor = evening();
    let (compound, home) = some_home(&visitor);
    let place = compound_at(&visitor, compound);
    visitor.tap(place);
    assert_eq!(visitor.view().chosen.compound, Some(compound));
    let yard = visitor.live().setup().place.compound(compound).clone();
    assert!(visitor.reads(&format!("{}，{}户", yard.name.zh, yard.households().len())));
    for home in yard.households() {
        let name = known::place(visitor.live(), home).zh.to_string();
        assert!(visitor.find(&name).is_some(), "{name} has no tile");
    }
    let name = known::place(visitor.live(), home);
    visitor.tap_on(&name.zh);
    assert_eq!(visitor.view().chosen.home, Some(home));
    let why = known::why(visitor.live(), home);
    assert!(visitor.reads(&name.zh) && visitor.reads(&why.zh), "{}", why.zh);
    // The cross, then the cross of the tiles: everything is closed again.
    visitor.tap_on("关上");
    visitor.tap_on("关上");
    assert_eq!(visitor.view().chosen, zhanyitu::app::Chosen::default());
    assert!(!visitor.reads(&why.zh));
}

#[test]
fn every_sentence_of_the_card_names_what_happened() {
    let mut visitor = evening();
    // One home of each kind there is this evening.
    let mut kinds = std::collections::BTreeMap::new();
    for (i, shown) in visitor.live().frame().homes().iter().enumerate() {
        kinds.entry((shown.entry, shown.stale)).or_insert(HouseholdId::from_index(i));
    }
    assert!(kinds.len() >= 3, "{kinds:?}");
    for home in kinds.into_values() {
        visitor.ask(Look(ViewCommand::Home(Some(home))));
        for lang in [Lang::Zh, Lang::En] {
            visitor.ask(Look(ViewCommand::Speak(lang)));
            let (place, why) =
                (known::place(visitor.live(), home), known::why(visitor.live(), home));
            assert!(!why.get(lang).is_empty());
            assert!(visitor.reads(place.get(lang)) && visitor.reads(why.get(lang)), "{}", why.en);
        }
    }
}

#[test]
fn what_is_asked_for_goes_into_the_log_once_and_a_refusal_is_told() {
    let (mut visitor, home) = at_the_card();
    for (button, command) in [
        (&SAID.call.zh, SimCommand::Call(home)),
        (&SAID.visit.zh, SimCommand::Visit(home)),
        (&SAID.deliver.zh, SimCommand::Deliver(home)),
    ] {
        visitor.tap_on(button);
        let log: Vec<&SimCommand> =
            visitor.live().session().log().iter().map(|e| &e.command).collect();
        assert_eq!(log.last(), Some(&&command), "{button}");
        assert_eq!(log.iter().filter(|c| ***c == command).count(), 1);
        let asked = log.len();
        let live = visitor.live();
        let Err(refused) = live.sim().check(live.setup(), &command) else {
            eprintln!("{button}: a second one is not refused");
            continue;
        };
        let refused = refused.sentence();
        visitor.tap_on(button);
        assert!(visitor.reads(&refused.zh), "{button}: {}", refused.zh);
        assert_eq!(visitor.live().session().log().len(), asked, "{button}");
    }
    visitor.tap_on("撤销");
    assert_eq!(visitor.live().session().log().len(), 2);
    assert!(visitor.reads("已撤销上一步"));
    visitor.tap_on("重做");
    assert_eq!(visitor.live().session().log().len(), 3);
    // What passes has passed after a few seconds.
    visitor.wait(std::time::Duration::from_secs(7));
    assert!(!visitor.reads("已重做"));
}

#[test]
fn a_touch_of_the_days_goes_there_and_the_clock_says_so() {
    let mut visitor = Visitor::new(FULL);
    assert!(visitor.reads("第1天 08:00"));
    let (_, days) = visitor.find("日子").unwrap();
    let last = visitor.live().setup().ends.day().0;
    for day in [1, 20, last] {
        let share = (day as f32 - 0.5) / last as f32;
        visitor.tap(days.min + days.size() * Vec2::new(share, 0.5));
        assert_eq!(visitor.live().now().day().0, day);
        assert!(visitor.reads(&format!("第{day}天 08:00")), "day {day}");
    }
    let (_, hours) = visitor.find("钟点").unwrap();
    let (from, to) = (hours.center(), hours.center() - Vec2::X * hours.width() * 0.2);
    visitor.drag(from, to);
    let clock = visitor.live().now().clock();
    assert!((400..460).contains(&clock), "{clock}");
    let text = format!("第{last}天 {:02}:{:02}", clock / 60, clock % 60);
    assert!(visitor.reads(&text), "{text}");
}

#[test]
fn a_branch_has_a_future_of_its_own() {
    let (mut visitor, home) = at_the_card();
    visitor.tap_on(&SAID.call.zh);
    visitor.tap_on("从这里另开一条线");
    assert_eq!(visitor.live().session().branches().len(), 2);
    visitor.tap_on(&SAID.visit.zh);
    assert_eq!(visitor.live().session().log().len(), 2);
    visitor.ask(Look(ViewCommand::Home(Some(home))));
    visitor.tap_on("故事");
    visitor.tap_on("主线");
    assert_eq!(visitor.live().session().current(), 0);
    assert_eq!(visitor.live().session().log().len(), 1);
    visitor.tap_on("分支1");
    assert_eq!(visitor.live().session().log().len(), 2);
}

#[test]
fn a_story_that_was_kept_is_taken_up_where_it_was() {
    let (mut visitor, home) = at_the_card();
    visitor.tap_on(&SAID.call.zh);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("visit.zyt");
    let live = visitor.live();
    opened::keep(&live.opened().source, live.session(), Some(&path)).unwrap();
    let (now, homes) = (live.now(), live.frame().homes().to_vec());
    visitor.ask(Steer(TimeCommand::Seek(at(20, 9, 0))));
    visitor.ask(Steer(TimeCommand::Open(path)));
    assert_eq!(visitor.live().now(), now);
    assert_eq!(visitor.live().frame().homes(), homes);
    assert_eq!(visitor.live().session().log()[0].command, SimCommand::Call(home));
    // It goes on as if nothing had been between.
    let mut again = Visitor::to(fuxiang(), View::new(Lang::Zh), FULL);
    again.ask(Steer(TimeCommand::Seek(now)));
    again.ask(zhanyitu::app::Submit(SimCommand::Call(home)));
    for visitor in [&mut visitor, &mut again] {
        visitor.ask(Steer(TimeCommand::Seek(at(9, 18, 0))));
    }
    assert_eq!(visitor.live().frame().homes(), again.live().frame().homes());
}

/// Every text that is shown, with what it ought to say.
fn spoken(visitor: &mut Visitor, lang: Lang) -> Vec<(String, String)> {
    let texts = visitor.texts();
    texts
        .into_iter()
        .map(|seen| {
            let words = visitor.app.world().get::<Words>(seen.entity).unwrap();
            (seen.text, words.0.get(lang).to_owned())
        })
        .collect()
}

#[test]
fn another_language_changes_every_text_at_once_and_nothing_else() {
    let (mut visitor, home) = at_the_card();
    visitor.tap_on("胡同");
    let eye = *visitor.app.world().resource::<Eye>();
    assert_eq!(eye.level, Level::Lane);
    let (now, chosen, look) = (visitor.live().now(), visitor.view().chosen, visitor.view().look);
    for (lang, sheet) in [(Lang::En, false), (Lang::Zh, false), (Lang::En, true), (Lang::Zh, true)]
    {
        if sheet && lang == Lang::En {
            visitor.tap_on("帮助");
        }
        visitor.app.world_mut().write_message(Look(ViewCommand::Speak(lang)));
        // One frame, a sixtieth of a second.
        visitor.frames(1);
        let said = spoken(&mut visitor, lang);
        assert!(said.len() > 40, "{} texts", said.len());
        for (shown, wanted) in said {
            assert_eq!(shown, wanted);
        }
        visitor.settle();
        assert_eq!(*visitor.app.world().resource::<Eye>(), eye);
        assert_eq!((visitor.live().now(), visitor.view().chosen), (now, chosen));
        assert_eq!((visitor.view().look, chosen.home), (look, Some(home)));
    }
}

#[test]
fn large_text_is_larger_and_colours_and_look_change_and_change_back() {
    let mut visitor = evening();
    let clock = |visitor: &mut Visitor| {
        let texts = visitor.texts();
        texts.into_iter().find(|t| t.text.starts_with("第5天")).unwrap().area.height()
    };
    let usual = clock(&mut visitor);
    visitor.tap_on("大字");
    assert!(visitor.view().large);
    assert!(clock(&mut visitor) > usual * 1.35);
    visitor.tap_on("大字");
    assert!((clock(&mut visitor) - usual).abs() < 0.5);
    visitor.tap_on("换颜色");
    assert_eq!(visitor.view().palette, PaletteChoice::Friendly);
    visitor.tap_on("换颜色");
    assert_eq!(visitor.view().palette, PaletteChoice::Standard);
    let eye = *visitor.app.world().resource::<Eye>();
    visitor.tap_on("街巷");
    assert_eq!(visitor.view().look, LookOf::Plan);
    visitor.tap_on("图板");
    assert_eq!(visitor.view().look, LookOf::Board);
    assert_eq!(*visitor.app.world().resource::<Eye>(), eye);
}
