//! Log, figures, gallery and shelf, as somebody before the screen uses them.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use bevy::prelude::*;

use zhanyitu::app::view::{FeedView, Goal, Level, Sheet, Tab};
use zhanyitu::app::{
    HouseholdId, Lang, Look, PaletteChoice, SimCommand, Steer, Submit, TimeCommand, View,
    ViewCommand,
};
use zhanyitu::base::view::View as LookOf;
use zhanyitu::headless::gallery::key_days;
use zhanyitu::map::eye::Eye;
use zhanyitu::map::terrain::Terrain;
use zhanyitu::panels::feed::Reading;
use zhanyitu::panels::gallery::{self, Gallery};
use zhanyitu::panels::shelf::{self, Shelf};
use zhanyitu::panels::trends::{self, Chart, Figures, series};
use zhanyitu::session::feed::{Line, Place};
use zhanyitu::session::{Feed, FeedKind, Frame};
use zhanyitu::theme::controls::{Control, Does};

use super::stage::{FULL, Visitor, at, at_home, fuxiang};

/// Longest wait for another thread.
const PATIENCE: Duration = Duration::from_mins(10);

/// Frames until something that another thread does is done.
pub fn until(visitor: &mut Visitor, done: impl Fn(&World) -> bool) {
    let began = Instant::now();
    while !done(visitor.app.world()) {
        assert!(began.elapsed() < PATIENCE, "the other thread never ends");
        visitor.frames(1);
        std::thread::sleep(Duration::from_millis(2));
    }
    visitor.settle();
}

fn on_day(day: u32, hour: u32) -> Visitor {
    let mut visitor = Visitor::new(FULL);
    visitor.ask(Steer(TimeCommand::Seek(at(day, hour, 0))));
    visitor
}

fn log(visitor: &Visitor) -> Vec<Line> {
    let reading = visitor.app.world().resource::<Reading>();
    reading.feed().expect("the log is open").lines().copied().collect()
}

/// What the rows on the screen lead to, from the top.
fn rows(visitor: &mut Visitor) -> Vec<(Entity, Does, Rect)> {
    let mut rows: Vec<(Entity, Does, Rect)> = visitor
        .controls()
        .into_iter()
        .map(|(entity, _, area)| (entity, visitor.control(entity).does.clone(), area))
        .filter(|(_, does, area)| {
            let leads = matches!(
                does,
                Does::Look(ViewCommand::Go(_) | ViewCommand::Zoom(Level::Community))
            );
            leads && area.width() > 300.0
        })
        .collect();
    rows.sort_by(|a, b| a.2.min.y.total_cmp(&b.2.min.y));
    rows
}

#[test]
fn the_log_is_what_was_told_and_goes_along_while_time_goes_by() {
    let mut visitor = on_day(3, 10);
    visitor.tap_on("动态");
    assert_eq!(visitor.view().tab, Tab::Feed);
    let fresh = |visitor: &Visitor| -> Vec<Line> {
        Feed::of(visitor.live().session()).lines().copied().collect()
    };
    assert_eq!(log(&visitor), fresh(&visitor));
    // Time goes by, frame by frame.
    visitor.ask(Steer(TimeCommand::PlayOrPause));
    visitor.wait(Duration::from_secs(2));
    visitor.ask(Steer(TimeCommand::Pause));
    assert!(visitor.live().now() > at(3, 10, 5));
    assert_eq!(log(&visitor), fresh(&visitor));
    // Something is asked for, taken back, and looked for on another day.
    let home = HouseholdId(40);
    visitor.ask(Submit(SimCommand::Note(home, "已帮忙买药".to_owned())));
    assert!(visitor.reads("写下备注"));
    assert_eq!(log(&visitor), fresh(&visitor));
    visitor.tap_on("撤销");
    assert!(!visitor.reads("写下备注"));
    assert_eq!(log(&visitor), fresh(&visitor));
    for command in [
        TimeCommand::Seek(at(2, 9, 0)),
        TimeCommand::Seek(at(6, 17, 0)),
        TimeCommand::Branch,
        TimeCommand::Step(600),
        TimeCommand::Switch(0),
        TimeCommand::Restart,
    ] {
        visitor.ask(Steer(command.clone()));
        assert_eq!(log(&visitor), fresh(&visitor), "{command:?}");
    }
    // Nobody reads: nothing is kept.
    visitor.tap_on("住户");
    assert!(visitor.app.world().resource::<Reading>().feed().is_none());
}

#[test]
fn a_touch_of_a_line_takes_the_camera_to_the_home() {
    let mut visitor = on_day(5, 18);
    visitor.tap_on("动态");
    visitor.tap_on("只看：电话");
    assert_eq!(visitor.view().feed.kind, Some(FeedKind::Calls));
    let all = log(&visitor);
    let newest = *all.iter().rev().find(|line| line.kind == FeedKind::Calls).unwrap();
    let rows = rows(&mut visitor);
    assert!(rows.len() >= 3, "{} rows", rows.len());
    let (_, does, area) = rows
        .iter()
        .find(|(_, does, _)| matches!(does, Does::Look(ViewCommand::Go(Goal::Home(_)))))
        .unwrap()
        .clone();
    let story = visitor.live().story();
    if let Place::Home(home) = newest.place(story) {
        assert_eq!(rows[0].1, Does::Look(ViewCommand::Go(Goal::Home(home))), "newest first");
    }
    let Does::Look(ViewCommand::Go(Goal::Home(home))) = does else { unreachable!() };
    visitor.tap(area.center());
    assert_eq!(visitor.view().chosen.home, Some(home));
    assert_eq!(visitor.view().tab, Tab::Card, "its card says why it has its colour");
    let world = visitor.app.world();
    let (eye, spot) = (
        world.resource::<Eye>(),
        world.resource::<Terrain>().side(LookOf::Board).homes[home.index()],
    );
    assert!(eye.at.distance(spot.at) < 1.0, "{} {}", eye.at, spot.at);
    assert_eq!(eye.level, Level::Home);
}

#[test]
fn a_touch_of_a_lane_mouth_shows_it_on_the_plan() {
    let mut visitor = on_day(23, 12);
    visitor.ask(Look(ViewCommand::Tab(Tab::Feed)));
    visitor.tap_on("只看：胡同口");
    // Leaf back to the day on which mouths were closed.
    let mut found = None;
    for _ in 0..60 {
        let rows = rows(&mut visitor);
        found = rows.into_iter().find_map(|(_, does, area)| match does {
            Does::Look(ViewCommand::Go(Goal::Mouth(mouth))) => Some((mouth, area)),
            _ => None,
        });
        if found.is_some() {
            break;
        }
        visitor.tap_on("更早的");
    }
    let (mouth, area) = found.expect("mouths were staffed on day 18");
    visitor.tap(area.center());
    assert_eq!(visitor.view().look, LookOf::Plan);
    let place = visitor.live().setup().place.mouths[mouth.index()].at;
    let world = visitor.app.world();
    let wanted = world.resource::<Terrain>().on_plan(place);
    assert!(world.resource::<Eye>().at.distance(wanted) < 1.0);
}

/// Every line stands on exactly one page, in order, there and back.
#[test]
fn pages_of_the_log_show_every_line_once() {
    let mut visitor = on_day(2, 20);
    visitor.ask(Look(ViewCommand::Tab(Tab::Feed)));
    let returns = FeedView { kind: Some(FeedKind::Returns), before: None };
    visitor.ask(Look(ViewCommand::Feed(returns)));
    let all = log(&visitor);
    let wanted: Vec<Line> = all.into_iter().filter(|l| l.kind == FeedKind::Returns).collect();
    let mut seen = Vec::new();
    let mut firsts = Vec::new();
    loop {
        let page = rows(&mut visitor);
        assert!(!page.is_empty());
        firsts.push(page[0].1.clone());
        seen.extend(page.into_iter().map(|(_, does, _)| does));
        let (older, _) = visitor.find("更早的").unwrap();
        if !visitor.control(older).enabled {
            break;
        }
        visitor.tap_on("更早的");
    }
    let story = visitor.live().story();
    let leads: Vec<Does> = wanted
        .iter()
        .rev()
        .map(|line| {
            Does::Look(match line.place(story) {
                Place::Home(home) => ViewCommand::Go(Goal::Home(home)),
                Place::Everywhere => ViewCommand::Zoom(Level::Community),
                other => panic!("{other:?}"),
            })
        })
        .collect();
    assert_eq!(seen, leads);
    // Back to the newest: one comes to the first page again.
    for _ in 0..firsts.len() * 2 {
        let (newer, _) = visitor.find("更新的").unwrap();
        if !visitor.control(newer).enabled {
            break;
        }
        visitor.tap_on("更新的");
    }
    assert_eq!(rows(&mut visitor)[0].1, firsts[0]);
    assert_eq!(visitor.view().feed.before, None);
}

#[test]
fn the_log_is_kept_as_a_table_beside_the_saves() {
    at_home("chronicle::the_log_is_kept_as_a_table_beside_the_saves", || {
        let mut visitor = on_day(4, 12);
        visitor.tap_on("动态");
        visitor.tap_on("存成表格");
        let path = zhanyitu::headless::places::save_path("fuxiang_2020")
            .with_file_name("fuxiang_2020_events_D4_1200.csv");
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(visitor.reads("写好了"));
        let reading = visitor.app.world().resource::<Reading>();
        let told = reading.feed().unwrap().told();
        let about =
            text.lines().filter(|line| line.starts_with('#') || line.starts_with('\u{feff}'));
        let rows = text.lines().count() - about.count() - 1;
        assert_eq!(rows as u64, told, "as many rows as the log stands for");
    });
}

#[test]
fn figures_are_those_of_the_table_of_days() {
    let mut visitor = on_day(9, 15);
    visitor.tap_on("走势");
    let (sim, setup) = (visitor.live().sim(), visitor.live().setup());
    let mut table = sim.days().to_vec();
    table.push(sim.today(setup));
    assert_eq!(table.len(), 9);
    let figures = visitor.app.world().resource::<Figures>();
    assert_eq!(figures.days, table);
    assert!(figures.unfinished);
    // By hand, day for day, from the events themselves.
    let mut calls = vec![0_u64; 9];
    visitor.live().session().retell(|event| {
        if let zhanyitu::session::StoryEvent::Sim(event) = event
            && matches!(event.what, zhanyitu::sim::event::Happening::CallMade { .. })
        {
            calls[event.at.day().index() as usize] += 1;
        }
    });
    assert_eq!(Chart::Calls.series(&table), calls);
    let frame = Frame::new(visitor.live().session(), 0);
    let bands = series::bands(&table, PaletteChoice::Standard);
    let homes: u64 = bands.iter().map(|band| *band.values.last().unwrap()).sum();
    assert_eq!(homes, frame.homes().len() as u64);
    let last = table.last().unwrap().clone();
    let last = &last;
    assert_eq!(Chart::Volunteers.value(last), last.volunteers);
    assert_eq!(Chart::Hours.value(last), last.minutes_used / 60);
    assert_eq!(Chart::Overdue.value(last), last.overdue);
    for chart in Chart::ALL {
        let words = chart.words(visitor.live(), last);
        if !visitor.reads(&words.zh) {
            visitor.tap_on("下一页图");
        }
        assert!(visitor.reads(&words.zh), "{}", words.zh);
        assert!(words.zh.contains("2月1日") && words.en.contains("1 February"), "{words:?}");
    }
}

/// The track under all charts: where it is.
fn charts(visitor: &mut Visitor) -> (Entity, Rect) {
    visitor.find(&trends::SAID.go.zh).expect("the charts are open")
}

#[test]
fn a_touch_of_a_chart_goes_to_that_day_and_so_do_keys() {
    let mut visitor = on_day(40, 12);
    visitor.tap_on("走势");
    let last = visitor.live().setup().ends.day().0;
    let (_, area) = charts(&mut visitor);
    for day in [1, 17, 60, last] {
        let share = (day as f32 - 0.5) / last as f32;
        visitor.tap(Vec2::new(area.min.x + area.width() * share, area.center().y));
        assert_eq!(visitor.live().now().day().0, day);
    }
    // Tab reaches the chart, arrows go a day each.
    visitor.ask(Steer(TimeCommand::Seek(at(40, 12, 0))));
    let (entity, _) = charts(&mut visitor);
    *visitor.app.world_mut().resource_mut::<zhanyitu::input::Focus>() =
        zhanyitu::input::Focus::On(entity);
    visitor.key(KeyCode::ArrowLeft, &bevy::input::keyboard::Key::ArrowLeft);
    assert_eq!(visitor.live().now(), at(39, 12, 0));
    visitor.key(KeyCode::ArrowRight, &bevy::input::keyboard::Key::ArrowRight);
    assert_eq!(visitor.live().now(), at(40, 12, 0));
}

/// A chart has as many pixels as it has on the screen, at every scale.
#[test]
fn charts_are_as_sharp_as_the_screen() {
    for size in [FULL, Vec2::new(1366.0, 768.0), Vec2::new(3840.0, 2160.0)] {
        let mut visitor = Visitor::new(size);
        visitor.ask(Steer(TimeCommand::Seek(at(20, 12, 0))));
        visitor.ask(Look(ViewCommand::Tab(Tab::Trends)));
        let (track, _) = charts(&mut visitor);
        let world = visitor.app.world();
        let mut sheets = 0;
        let mut layer = vec![track];
        while let Some(node) = layer.pop() {
            layer.extend(world.get::<Children>(node).into_iter().flat_map(Children::iter));
            let Some(drawn) = world.get::<ImageNode>(node) else { continue };
            let image = world.resource::<Assets<Image>>().get(&drawn.image).expect("it is drawn");
            let laid_out = world.get::<ComputedNode>(node).unwrap();
            assert_eq!(image.size().as_vec2(), laid_out.size.round(), "{size}");
            sheets += 1;
        }
        assert!(sheets >= 2, "{sheets} charts at {size}");
    }
}

#[test]
fn the_gallery_hangs_every_board_as_the_core_counts_it() {
    let mut visitor = on_day(10, 12);
    visitor.tap_on("图廊");
    assert_eq!(visitor.view().sheet, Some(Sheet::Gallery));
    until(&mut visitor, |world| world.resource::<Gallery>().ready());
    let days = key_days(visitor.live().story());
    let world = visitor.app.world();
    let gallery = world.resource::<Gallery>();
    assert_eq!(gallery.days(), days);
    let mut session = visitor.live().session().clone();
    let palette = visitor.view().palette;
    let legend = &visitor.live().story().legends[0];
    for (place, day) in days.iter().enumerate() {
        session.seek(day.at, &mut Vec::new());
        let frame = Frame::new(&session, 0);
        let (handle, at, counts) = gallery.picture(place).unwrap();
        assert_eq!(at, day.at);
        assert_eq!(counts, frame.counts(), "{at}");
        // And the picture itself: no more and no fewer pixels of a colour than homes.
        let image = world.resource::<Assets<Image>>().get(handle).unwrap();
        let data = image.data.as_ref().unwrap();
        // Several lines of a legend may have one marker.
        let mut markers = std::collections::BTreeMap::new();
        for (entry, count) in legend.entries.iter().zip(counts) {
            if let Some(marker) = entry.drawn() {
                *markers.entry(marker).or_insert(0) += count;
            }
        }
        let homes = counts.iter().sum::<u64>();
        let most = data.len() as u64 / 4 / homes;
        for (marker, count) in markers {
            let fill = marker.fill_in(palette);
            let pixels = data.chunks_exact(4).filter(|p| p[..3] == [fill.0, fill.1, fill.2]);
            let pixels = pixels.count() as u64;
            assert!(pixels >= count, "{at}: {pixels} pixels for {count} homes of {marker:?}");
            assert!(pixels <= count * most, "{at}: {pixels} pixels for {count} homes");
        }
    }
    assert_eq!(visitor.live().now(), at(10, 12, 0), "the story itself stands where it stood");
}

#[test]
fn a_touch_of_a_board_in_the_gallery_goes_to_its_day() {
    let mut visitor = on_day(10, 12);
    visitor.tap_on("图廊");
    let days = key_days(visitor.live().story());
    let day = days.iter().find(|day| day.at == at(5, 18, 0)).unwrap();
    let name = gallery::SAID.open.zh.replace("{day}", "第5天 18:00").replace("{why}", &day.why.zh);
    visitor.tap_on(&name);
    assert_eq!(visitor.live().now(), at(5, 18, 0));
    assert_eq!(visitor.view().sheet, None);
    assert!(visitor.reads("第5天 18:00"));
}

/// Nothing in a frame waits for the pictures.
#[test]
fn the_gallery_never_holds_a_frame_up() {
    let mut visitor = on_day(10, 12);
    visitor.app.world_mut().write_message(Look(ViewCommand::Sheet(Some(Sheet::Gallery))));
    let (began, mut longest) = (Instant::now(), Duration::ZERO);
    while !visitor.app.world().resource::<Gallery>().ready() {
        let frame = Instant::now();
        visitor.frames(1);
        longest = longest.max(frame.elapsed());
        std::thread::sleep(Duration::from_millis(4));
        assert!(began.elapsed() < PATIENCE);
    }
    eprintln!("gallery: longest frame {longest:?}, all hung after {:?}", began.elapsed());
    // A debug build on a busy machine; the bar of a release build is in the benches.
    assert!(longest < Duration::from_secs(2), "{longest:?}");
}

#[test]
fn the_shelf_shows_every_story_and_a_touch_opens_one() {
    let mut visitor = Visitor::to(fuxiang(), View::new(Lang::Zh), FULL);
    visitor.tap_on("故事");
    visitor.tap_on("选别的故事");
    assert_eq!(visitor.view().sheet, Some(Sheet::Shelf));
    until(&mut visitor, |world| world.resource::<Shelf>().ready());
    let titles: Vec<String> = super::stage::shipped()
        .into_iter()
        .map(|path| {
            let opened = zhanyitu::headless::opened::open_path(&path).unwrap();
            opened.scenario.title.zh.to_string()
        })
        .collect();
    // Every story is on some page, and a page is turned by touch.
    let mut found = BTreeSet::new();
    let (mut kind, mut running) = (false, false);
    for _ in 0..titles.len() {
        for title in &titles {
            if visitor.reads(title) {
                found.insert(title.clone());
            }
        }
        kind |= visitor.reads("按记载");
        running |= visitor.reads("正在演");
        if found.len() == titles.len() {
            break;
        }
        visitor.tap_on(&shelf::SAID.later.zh);
    }
    assert_eq!(found, titles.iter().cloned().collect());
    assert!(kind && running);
    let told = visitor.live().story().title.zh.to_string();
    let other = titles.iter().find(|title| **title != told && visitor.reads(title)).unwrap();
    let before = visitor.live().generation();
    visitor.tap_on(&shelf::SAID.open.zh.replace("{title}", other));
    assert_eq!(visitor.live().story().title.zh, *other);
    assert!(visitor.live().generation() > before);
    assert_eq!(visitor.view().sheet, None);
}

#[test]
fn a_broken_scene_is_on_the_shelf_with_its_mistake() {
    let folder = tempfile::tempdir().unwrap();
    let text = std::fs::read_to_string(super::stage::scene("one_day_of_calls.ron")).unwrap();
    let good = folder.path().join("a.ron");
    std::fs::write(&good, &text).unwrap();
    std::fs::write(folder.path().join("b.ron"), text.replacen("seed:", "sed:", 1)).unwrap();
    let opened = zhanyitu::headless::opened::open_path(&good).unwrap();
    let mut visitor = Visitor::to(opened, View::new(Lang::Zh), FULL);
    visitor.ask(Look(ViewCommand::Sheet(Some(Sheet::Shelf))));
    until(&mut visitor, |world| world.resource::<Shelf>().ready());
    assert!(visitor.reads("b.ron") && visitor.reads("sed"));
    assert!(visitor.reads("程序自带"), "the built-in story is there as well");
    let built_in = zhanyitu::headless::opened::open_embedded(
        zhanyitu::scenario::compile::Overrides::default(),
    );
    let title = built_in.unwrap().scenario.title.zh.to_string();
    visitor.tap_on(&shelf::SAID.open.zh.replace("{title}", &title));
    assert_eq!(visitor.live().story().title.zh, title);
}

/// What stands still costs nothing: no panel is made anew while nothing happens.
#[test]
fn open_panels_stand_still() {
    let mut visitor = on_day(12, 12);
    for command in [
        ViewCommand::Tab(Tab::Feed),
        ViewCommand::Tab(Tab::Trends),
        ViewCommand::Sheet(Some(Sheet::Gallery)),
    ] {
        visitor.ask(Look(command.clone()));
        if matches!(command, ViewCommand::Sheet(_)) {
            until(&mut visitor, |world| world.resource::<Gallery>().ready());
        }
        visitor.frames(5);
        let nodes = |visitor: &mut Visitor| -> Vec<Entity> {
            let mut controls = visitor.app.world_mut().query_filtered::<Entity, With<Control>>();
            controls.iter(visitor.app.world()).collect()
        };
        let before = nodes(&mut visitor);
        let ticks = visitor.app.world().resource_ref::<Figures>().last_changed();
        visitor.frames(30);
        assert_eq!(nodes(&mut visitor), before, "{command:?}");
        assert_eq!(visitor.app.world().resource_ref::<Figures>().last_changed(), ticks);
    }
}
