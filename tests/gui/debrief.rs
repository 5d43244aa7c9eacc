//! The debrief: closed while a story goes on, opened at its end by a clear action, and
//! what it shows is a recount of what was so.

use zhanyitu::app::view::Sheet;
use zhanyitu::app::{Lang, Look, Steer, TimeCommand, View, ViewCommand};
use zhanyitu::base::palette::Glyph;
use zhanyitu::headless::opened::open_scene;
use zhanyitu::scenario::compile::Overrides;
use zhanyitu::session::debrief::{Tally, Verdict};
use zhanyitu::session::layers::Layer;
use zhanyitu::sim::board::RiskColour;
use zhanyitu::sim::truth::Health;

use super::stage::{FULL, Visitor, at, fuxiang, scene};

const REVEAL: &str = "故事讲完了：对照实情";

fn at_the_end(opened: zhanyitu::headless::opened::Opened) -> Visitor {
    let ends = opened.scenario.setup.ends;
    let mut visitor = Visitor::to(opened, View::new(Lang::Zh), FULL);
    visitor.ask(Steer(TimeCommand::Seek(ends)));
    visitor.settle();
    visitor
}

#[test]
fn nobody_sees_more_than_the_office_while_the_story_goes_on() {
    let mut visitor = Visitor::to(fuxiang(), View::new(Lang::Zh), FULL);
    visitor.ask(Steer(TimeCommand::Seek(at(20, 12, 0))));
    visitor.settle();
    assert!(visitor.find(REVEAL).is_none_or(|(_, area)| area.is_empty()));
    // Not by any way: the layer is refused, not only hidden.
    visitor.ask(Look(ViewCommand::Layer(Layer::Truth)));
    visitor.settle();
    assert_eq!(visitor.view().layer, Layer::Status);
    assert!(!visitor.view().revealed);
}

#[test]
fn at_the_end_one_touch_opens_it_and_then_any_day_may_be_seen() {
    let mut visitor = at_the_end(fuxiang());
    visitor.tap_on(REVEAL);
    visitor.settle();
    assert_eq!(visitor.view().layer, Layer::Truth);
    for words in ["有感染，图上没红", "图上红，是别的病"] {
        assert!(visitor.reads(words), "{words}");
    }
    // Nobody was infected in Fuxiang: every red home was a false alarm.
    visitor.ask(Steer(TimeCommand::Seek(at(30, 12, 0))));
    visitor.settle();
    assert_eq!(visitor.view().layer, Layer::Truth);
    let live = visitor.live();
    let red = |home| live.sim().colour(live.setup(), home) == RiskColour::Red;
    let reds = live.setup().core().filter(|home| red(*home)).count() as u64;
    assert!(reds > 0);
    assert_eq!(live.frame().counts(), [0, 0, reds, 0]);
    // The next visitor begins without it.
    visitor.ask(Steer(TimeCommand::Anew));
    visitor.settle();
    assert!(!visitor.view().revealed);
    assert_eq!(visitor.view().layer, Layer::Status);
}

/// Against a count from scratch that knows nothing of verdicts, at several days of a
/// story with an outbreak.
#[test]
fn every_home_is_held_against_what_was_so() {
    let opened = open_scene(scene("what_if.ron"), Overrides::default()).unwrap();
    let mut visitor = at_the_end(opened);
    visitor.tap_on(REVEAL);
    visitor.settle();
    let mut seen = [0_u64; 4];
    for day in [5, 15, 25, 40, 60] {
        visitor.ask(Steer(TimeCommand::Seek(at(day, 0, 0))));
        visitor.settle();
        let live = visitor.live();
        let (setup, sim) = (live.setup(), live.sim());
        let mut of = [0_u64; 4];
        for home in setup.core() {
            let states: Vec<Health> = setup
                .population
                .home(home)
                .members()
                .map(|person| sim.truth().health(person, sim.now()))
                .collect();
            let now = states.iter().any(|h| matches!(h, Health::Incubating | Health::Infectious));
            let ever = states.iter().any(|h| *h != Health::Never);
            let red = sim.colour(setup, home) == RiskColour::Red;
            let line = match (now, ever, red) {
                (true, _, true) => Some(0),
                (true, _, false) => Some(1),
                (false, false, true) => Some(2),
                (false, true, _) => Some(3),
                (false, false, false) => None,
            };
            let drawn = live.frame().glyph(&[], live.frame().shown(home).unwrap());
            let wanted = line.map_or(Glyph::Blank, |line| Layer::Truth.entries()[line].glyph);
            assert_eq!(drawn, wanted, "{home} on day {day}");
            if let Some(line) = line {
                of[line] += 1;
            }
        }
        assert_eq!(live.frame().counts(), of);
        let tally = Tally::of(live.session());
        assert_eq!(tally.of, of);
        assert_eq!(tally.agree(), u64::from(setup.core_homes) - of[1] - of[2]);
        for (all, n) in seen.iter_mut().zip(of) {
            *all += n;
        }
    }
    assert!(seen.iter().all(|n| *n > 0), "every verdict is seen: {seen:?}");
}

#[test]
fn a_home_tells_who_infected_whom() {
    let opened = open_scene(scene("what_if.ron"), Overrides::default()).unwrap();
    let mut visitor = at_the_end(opened);
    visitor.tap_on(REVEAL);
    visitor.settle();
    let live = visitor.live();
    let (setup, sim) = (live.setup(), live.sim());
    let log = sim.truth().cases().unwrap().outbreak().log();
    let home = |line: u32| setup.population.person(log[line as usize].person).household;
    let local = log.iter().find(|i| {
        let own = setup.population.person(i.person).household;
        own.0 < setup.core_homes && i.source.is_some_and(|s| home(s) != own)
    });
    let local = local.expect("somebody is infected by somebody of another home");
    let own = setup.population.person(local.person).household;
    let source = home(local.source.unwrap());
    let place = zhanyitu::app::known::place(live, source).zh;
    visitor.ask(Look(ViewCommand::Home(Some(own))));
    visitor.settle();
    assert!(visitor.texts().iter().any(|seen| seen.text.contains(&format!("由{place}的人"))));
    // A home where nobody was infected says so.
    let live = visitor.live();
    let none = live.setup().core().find(|home| {
        Verdict::of(live.setup(), live.sim(), *home).is_none()
            && zhanyitu::app::known::infections(live, *home).is_empty()
    });
    visitor.ask(Look(ViewCommand::Home(none)));
    visitor.settle();
    assert!(visitor.reads("这一家没有人感染。"));
}

#[test]
fn the_model_card_is_two_touches_away_and_reads_whole() {
    let mut visitor = Visitor::to(fuxiang(), View::new(Lang::Zh), FULL);
    visitor.ask(Look(ViewCommand::Sheet(Some(Sheet::Help))));
    visitor.settle();
    visitor.tap_on("这个模型是什么");
    visitor.settle();
    assert_eq!(visitor.view().sheet, Some(Sheet::Model));
    for words in ["这是什么", "不能回答什么"] {
        assert!(visitor.reads(words), "{words}");
    }
}
