//! What a frame of the window costs the processor, drawing left out.
//!
//! What is measured is processor time of the thread that makes a frame and hands it to
//! the driver: input, story, read model, panels, labels, render world. A software driver
//! draws on threads of its own. Where the system does not tell (elsewhere than on
//! Linux), the clock on the wall is taken, and drawing with it. An
//! app of the engine's own with a camera and nothing else stands
//! beside it in the same run, as the yardstick: as the engine sets it up, and with its
//! systems one after another, as ours are. Without a graphics driver nothing is
//! measured, and the reason is said.

use std::hint::black_box;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use bevy::camera::RenderTarget;
use bevy::prelude::*;
use bevy::render::RenderPlugin;
use bevy::render::pipelined_rendering::PipelinedRenderingPlugin;
use bevy::render::render_resource::{PollType, TextureFormat};
use bevy::render::renderer::RenderDevice;
use bevy::render::settings::{RenderCreation, RenderResources};
use bevy::time::TimeUpdateStrategy;
use bevy::window::ExitCondition;
use bevy::winit::WinitPlugin;
use criterion::{Criterion, criterion_group, criterion_main};
use zhanyitu::app::{Steer, TimeCommand, View};
use zhanyitu::base::text::Lang;
use zhanyitu::base::time::Minute;
use zhanyitu::headless::opened::open_scene;
use zhanyitu::scenario::compile::Overrides;
use zhanyitu::window::build;
use zhanyitu::window::picture::Studio;
use zhanyitu::window::run;
use zhanyitu::window::stage::Canvas;

/// What is laid out, logical pixels: half the size of a full screen, so that squares,
/// figures and slips are seen from where a visitor sees them.
const LAID: Vec2 = Vec2::new(960.0, 540.0);
/// From when the story is played: the third day of the survey, when all are on their way.
const SURVEY: Minute = Minute(2 * 1440 + 480);
/// Time that goes by from frame to frame, whatever a software driver takes for one.
const FRAME: Duration = Duration::from_micros(16_667);
/// What it is drawn on, pixels: next to nothing, for drawing is not what is measured.
const CANVAS: UVec2 = UVec2::new(64, 36);

/// The engine with a camera and nothing to see.
fn empty(device: RenderResources) -> App {
    let mut app = App::new();
    app.add_plugins(
        DefaultPlugins
            .set(RenderPlugin {
                render_creation: RenderCreation::Manual(device),
                synchronous_pipeline_compilation: true,
                ..default()
            })
            .set(WindowPlugin {
                primary_window: None,
                exit_condition: ExitCondition::DontExit,
                ..default()
            })
            .disable::<WinitPlugin>()
            .disable::<PipelinedRenderingPlugin>()
            .disable::<bevy::log::LogPlugin>(),
    );
    let image = Image::new_target_texture(CANVAS.x, CANVAS.y, TextureFormat::Rgba8UnormSrgb, None);
    let target = app.world_mut().resource_mut::<Assets<Image>>().add(image);
    app.world_mut().spawn((build::camera(), RenderTarget::Image(target.into())));
    app.finish();
    app.cleanup();
    app
}

/// So many frames, each drawn to its end; what they cost the thread that makes them.
fn frames_of(app: &mut App, count: u64) -> Duration {
    let (began, own) = (Instant::now(), on_the_processor());
    for _ in 0..count {
        app.update();
        if let Some(device) = app.world().get_resource::<RenderDevice>() {
            let _ = device.wgpu_device().poll(PollType::wait_indefinitely());
        }
    }
    match (own, on_the_processor()) {
        (Some(own), Some(now)) => now.saturating_sub(own),
        _ => began.elapsed(),
    }
}

/// How long this thread has had a processor, where the system tells.
fn on_the_processor() -> Option<Duration> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    Some(Duration::from_nanos(text.split_whitespace().next()?.parse().ok()?))
}

/// Leaves the meshes of the map away. A software driver works at their vertices in the
/// thread that hands them over, so only the difference tells what is the program's.
fn hide_meshes(app: &mut App) {
    let mut meshes = app.world_mut().query_filtered::<&mut Visibility, With<Mesh2d>>();
    for mut seen in meshes.iter_mut(app.world_mut()) {
        *seen = Visibility::Hidden;
    }
}

fn community(device: RenderResources, copies: u32) -> Option<Studio> {
    let scene = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/scenes/sandbox.ron"));
    let overrides = Overrides { more_copies: copies - 1, ..Overrides::default() };
    let opened = open_scene(scene, overrides).ok()?;
    let mut studio = Studio::new(opened, View::new(Lang::Zh), CANVAS, device);
    let world = studio.app().world_mut();
    world.insert_resource(Canvas(LAID));
    world.insert_resource(TimeUpdateStrategy::ManualDuration(FRAME));
    let mut targets = world.query::<&mut RenderTarget>();
    for mut target in targets.iter_mut(world) {
        if let RenderTarget::Image(image) = &mut *target {
            image.scale_factor = CANVAS.x as f32 / LAID.x;
        }
    }
    studio.settle();
    Some(studio)
}

fn frames(c: &mut Criterion) {
    let Some(device) = run::device() else {
        c.bench_function("left out: no graphics driver", |b| b.iter(|| black_box(0)));
        return;
    };
    let mut group = c.benchmark_group("frame");
    group.measurement_time(Duration::from_secs(2)).sample_size(20);
    let mut nothing = empty(device.clone());
    frames_of(&mut nothing, 30);
    group.bench_function("empty app", |b| b.iter_custom(|n| frames_of(&mut nothing, n)));
    let mut alone = empty(device.clone());
    build::one_after_another(&mut alone);
    frames_of(&mut alone, 30);
    group.bench_function("empty app, one thread", |b| {
        b.iter_custom(|n| frames_of(&mut alone, n));
    });
    for (name, copies) in [("2,000 homes", 1), ("100,000 homes", 50)] {
        let Some(mut studio) = community(device.clone(), copies) else { continue };
        for drawn in ["", ", meshes left away"] {
            if !drawn.is_empty() {
                hide_meshes(studio.app());
            }
            studio.ask(Steer(TimeCommand::Seek(SURVEY)));
            studio.settle();
            group.bench_function(format!("{name}, still{drawn}"), |b| {
                b.iter_custom(|n| frames_of(studio.app(), n));
            });
            studio.ask(Steer(TimeCommand::PlayOrPause));
            studio.frame();
            group.bench_function(format!("{name}, four hours a second{drawn}"), |b| {
                b.iter_custom(|n| frames_of(studio.app(), n));
            });
            studio.ask(Steer(TimeCommand::Pause));
        }
    }
    group.finish();
}

criterion_group!(benches, frames);
criterion_main!(benches);
