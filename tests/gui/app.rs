//! The app as a machine: an order for everything, and nothing that wears out.

use std::any::TypeId;
use std::collections::BTreeSet;
use std::time::Duration;

use bevy::ecs::component::ComponentId;
use bevy::ecs::schedule::{InternedScheduleLabel, ScheduleLabel};
use bevy::prelude::*;
use bevy::window::{Monitor, OnMonitor, PrimaryWindow};
use zhanyitu::app::{Ask, Lang, Look, Steer, TimeCommand, View, ViewCommand};
use zhanyitu::headless::page::fonts;
use zhanyitu::map::eye::Eye;
use zhanyitu::window::build::{self, Surface};

use super::stage::{Dice, FULL, Visitor, at, fuxiang};

fn schedules() -> [InternedScheduleLabel; 5] {
    [First.intern(), PreUpdate.intern(), Update.intern(), PostUpdate.intern(), Last.intern()]
}

/// Systems of an app by schedule, and pairs whose order is left to chance.
struct Order {
    systems: BTreeSet<TypeId>,
    pairs: Vec<(InternedScheduleLabel, TypeId, TypeId, String)>,
}

/// What systems quarrel about, as far as it is one of ours. The engine knows names
/// only if it is built to be debugged.
fn name(world: &World, id: ComponentId) -> &'static str {
    fn of<T: 'static>() -> (TypeId, &'static str) {
        (TypeId::of::<T>(), std::any::type_name::<T>())
    }
    let known = [
        of::<View>(),
        of::<zhanyitu::app::Live>(),
        of::<zhanyitu::app::view::Stage>(),
        of::<zhanyitu::app::power::Busy>(),
        of::<Eye>(),
        of::<zhanyitu::map::eye::Morph>(),
        of::<zhanyitu::map::terrain::Terrain>(),
        of::<zhanyitu::map::homes::Homes>(),
        of::<zhanyitu::map::choose::Cursor>(),
        of::<zhanyitu::input::Focus>(),
        of::<zhanyitu::input::gestures::Hands>(),
        of::<zhanyitu::theme::controls::Control>(),
        of::<zhanyitu::theme::controls::Held>(),
        of::<zhanyitu::theme::controls::Named>(),
        of::<zhanyitu::theme::Words>(),
        of::<Messages<Ask>>(),
        of::<Messages<zhanyitu::app::Notice>>(),
        of::<Node>(),
        of::<Text>(),
        of::<ImageNode>(),
        of::<Window>(),
        of::<Assets<Image>>(),
    ];
    let kind =
        world.components().get_info(id).and_then(bevy::ecs::component::ComponentInfo::type_id);
    known.into_iter().find(|(known, _)| Some(*known) == kind).map_or("something else", |k| k.1)
}

fn order(app: &mut App) -> Order {
    let mut found = Order { systems: BTreeSet::new(), pairs: Vec::new() };
    for label in schedules() {
        let world = app.world_mut();
        world.schedule_scope(label, |world, schedule| {
            schedule.initialize(world).unwrap();
            let systems: Vec<_> = schedule
                .systems()
                .unwrap()
                .map(|(key, system)| (key, system.system_type()))
                .collect();
            found.systems.extend(systems.iter().map(|(_, kind)| *kind));
            let kind = |key| systems.iter().find(|(k, _)| *k == key).unwrap().1;
            for (one, two, over) in &schedule.graph().conflicting_systems().0 {
                let (one, two) = (kind(*one), kind(*two));
                let over: Vec<&str> = over.iter().map(|id| name(world, *id)).collect();
                found.pairs.push((label, one, two, format!("{over:?}")));
            }
        });
    }
    found
}

#[test]
fn nothing_of_ours_is_left_to_chance() {
    // The engine alone, with the very plugins that the house uses.
    let mut engine = App::new();
    engine.add_plugins(
        DefaultPlugins
            .set(bevy::render::RenderPlugin {
                render_creation: bevy::render::settings::WgpuSettings {
                    backends: None,
                    ..default()
                }
                .into(),
                ..default()
            })
            .disable::<bevy::winit::WinitPlugin>()
            .disable::<bevy::log::LogPlugin>()
            .disable::<bevy::render::pipelined_rendering::PipelinedRenderingPlugin>(),
    );
    engine.finish();
    engine.cleanup();
    let engine = order(&mut engine);
    let mut ours = build::app(fuxiang(), View::new(Lang::Zh), &Surface::Nothing(FULL), None);
    ours.finish();
    ours.cleanup();
    let ours = order(&mut ours);
    let is_ours = |system: &TypeId| !engine.systems.contains(system);
    let mine = ours.systems.iter().filter(|s| is_ours(s)).count();
    assert!(mine >= 40, "{mine} systems of ours");
    let pairs: Vec<String> = ours
        .pairs
        .iter()
        .filter(|(_, one, two, _)| is_ours(one) || is_ours(two))
        .map(|(label, .., text)| format!("{label:?}: {text}"))
        .collect();
    assert!(pairs.is_empty(), "{} pairs:\n{}", pairs.len(), pairs.join("\n"));
}

#[test]
fn two_thousand_sizes_of_a_window_do_no_harm() {
    let mut visitor = Visitor::new(FULL);
    let mut dice = Dice::new(3);
    let window = visitor.window();
    visitor.tap_on("胡同");
    for i in 0..2000 {
        let size = match i % 40 {
            0 => Vec2::ONE,
            1 => Vec2::new(320.0, 10_000.0),
            2 => Vec2::new(10_000.0, 320.0),
            3 => Vec2::new(1.0, 2160.0),
            _ => Vec2::new(1.0 + dice.share() * 4000.0, 1.0 + dice.share() * 2400.0).floor(),
        };
        let mut window = visitor.app.world_mut().get_mut::<Window>(window).unwrap();
        window.resolution.set_physical_resolution(size.x as u32, size.y as u32);
        visitor.frames(1);
        let eye = visitor.app.world().resource::<Eye>();
        assert!(eye.at.is_finite() && eye.per_px.is_finite() && eye.per_px > 0.0, "{size} {eye:?}");
    }
    // Back at the old size everything is in its place again.
    let mut resized = visitor.app.world_mut().get_mut::<Window>(window).unwrap();
    resized.resolution.set_physical_resolution(1920, 1080);
    visitor.settle();
    visitor.tap_on("全社区");
    let fresh = Visitor::new(FULL);
    assert_eq!(visitor.stage(), fresh.stage());
    assert_eq!(visitor.app.world().resource::<Eye>(), fresh.app.world().resource::<Eye>());
}

#[test]
fn monitors_come_and_go_and_the_window_stays() {
    let mut visitor = Visitor::new(Vec2::new(800.0, 600.0));
    let window = visitor.window();
    for _ in 0..1000 {
        let world = visitor.app.world_mut();
        let monitor = world
            .spawn(Monitor {
                name: None,
                physical_height: 1080,
                physical_width: 1920,
                physical_position: IVec2::ZERO,
                refresh_rate_millihertz: None,
                scale_factor: 1.0,
                video_modes: Vec::new(),
            })
            .id();
        world.entity_mut(window).insert(OnMonitor(monitor));
        world.flush();
        world.entity_mut(monitor).despawn();
    }
    visitor.frames(3);
    assert!(visitor.app.world().get::<PrimaryWindow>(window).is_some());
    assert!(visitor.app.should_exit().is_none());
}

#[test]
fn after_thirty_days_everything_is_as_in_the_first_minute() {
    let play = |age: Duration| {
        let mut visitor = Visitor::new(FULL);
        if age > Duration::ZERO {
            visitor.late_frame(age);
        }
        visitor.ask(Steer(TimeCommand::Seek(at(3, 9, 0))));
        visitor.tap_on("放大");
        visitor.ask(Look(ViewCommand::Zoom(zhanyitu::app::Level::Lane)));
        visitor.tap_on("走");
        visitor.frames(120);
        visitor.tap_on("停");
        let eye = *visitor.app.world().resource::<Eye>();
        let texts: Vec<String> = visitor.texts().into_iter().map(|t| t.text).collect();
        (visitor.live().now(), visitor.live().frame().homes().to_vec(), eye, texts)
    };
    let young = play(Duration::ZERO);
    let old = play(Duration::from_hours(30 * 24));
    assert_eq!(young.0, old.0);
    assert_eq!(young.2, old.2);
    assert!(young.1 == old.1 && young.3 == old.3);
}

#[test]
fn both_fonts_together_have_every_letter_that_is_shown() {
    let mut visitor = Visitor::new(FULL);
    let mut seen = String::new();
    for (day, hour) in [(1, 8), (3, 15), (5, 18), (20, 12), (60, 12)] {
        visitor.ask(Steer(TimeCommand::Seek(at(day, hour, 0))));
        for command in [
            ViewCommand::Sheet(None),
            ViewCommand::Show(zhanyitu::base::view::View::Plan),
            ViewCommand::Zoom(zhanyitu::app::Level::Lane),
            ViewCommand::Zoom(zhanyitu::app::Level::Compound),
            ViewCommand::Zoom(zhanyitu::app::Level::Home),
            ViewCommand::Show(zhanyitu::base::view::View::Board),
            ViewCommand::Compound(Some(zhanyitu::app::CompoundId(day))),
            ViewCommand::Home(Some(zhanyitu::app::HouseholdId(day * 20))),
            ViewCommand::Zoom(zhanyitu::app::Level::Community),
            ViewCommand::Sheet(Some(zhanyitu::app::Sheet::Help)),
            ViewCommand::Sheet(Some(zhanyitu::app::Sheet::Story)),
        ] {
            visitor.ask(Look(command));
            for lang in [Lang::Zh, Lang::En] {
                visitor.ask(Look(ViewCommand::Speak(lang)));
                seen.extend(visitor.texts().into_iter().map(|t| t.text));
            }
        }
    }
    assert!(seen.chars().count() > 20_000);
    // A line break is no letter.
    let missing: Vec<char> = fonts::missing(&seen).into_iter().filter(|c| *c != '\n').collect();
    assert!(missing.is_empty(), "{missing:?}");
}
