//! The composition root: every room's plugin, and the engine's, in one app.
//!
//! Floor 9, with Bevy. Reads an opened story; makes an [`App`].

use bevy::core_pipeline::tonemapping::Tonemapping;
use bevy::ecs::schedule::{Schedules, SingleThreadedExecutor};
use bevy::log::{Level, LogPlugin};
use bevy::prelude::*;
use bevy::render::pipelined_rendering::PipelinedRenderingPlugin;
use bevy::render::settings::{PowerPreference, RenderCreation, RenderResources, WgpuSettings};
use bevy::render::{RenderApp, RenderPlugin};
use bevy::window::{CursorOptions, ExitCondition, PresentMode, WindowPosition, WindowResolution};
use bevy::winit::WinitPlugin;

use super::{hall, stage};
use crate::app::power::Busy;
use crate::app::{self, Start, View, trouble};
use crate::headless::opened::Opened;
use crate::input::{self, Reach, gestures::Hands};
use crate::kiosk::{self, Hall};
use crate::map::eye::{Camera, Eye, Morph};
use crate::map::homes::Homes;
use crate::panels::notices;
use crate::settings::Settings;
use crate::{map, panels, theme, timeline};

/// On what the app draws.
pub enum Surface {
    /// A window of the system, of a size in pixels or as large as fits.
    Window(Option<(u32, u32)>),
    /// A picture of a size in pixels.
    Picture(UVec2),
    /// Nothing: logic and layout only, for a window of a size that nobody opens.
    Nothing(Vec2),
}

/// Software drawing says so at every start; what matters is an error.
const LOG: &str = "wgpu=error,naga=error,bevy_render=error,bevy_winit=error,winit=error";

/// What the engine asks of the graphics driver: a map needs little power.
pub fn settings() -> WgpuSettings {
    WgpuSettings {
        power_preference: PowerPreference::from_env().unwrap_or(PowerPreference::LowPower),
        ..WgpuSettings::default()
    }
}

/// Puts an app together. `resources` is the graphics device that was found, if any.
pub fn app(
    opened: Opened,
    view: View,
    surface: &Surface,
    resources: Option<RenderResources>,
) -> App {
    assemble(opened, view, None, surface, resources)
}

/// Puts the app of a screen in a hall together; see [`app()`].
pub fn exhibit(
    opened: Opened,
    settings: Settings,
    surface: &Surface,
    resources: Option<RenderResources>,
) -> App {
    assemble(opened, kiosk::first_view(&settings), Some(settings), surface, resources)
}

fn assemble(
    opened: Opened,
    view: View,
    hall: Option<Settings>,
    surface: &Surface,
    resources: Option<RenderResources>,
) -> App {
    let mut app = App::new();
    app.set_error_handler(bevy::ecs::error::error);
    let render_creation: RenderCreation = match (surface, resources) {
        (Surface::Nothing(_), _) => WgpuSettings { backends: None, ..settings() }.into(),
        (_, Some(resources)) => RenderCreation::Manual(resources),
        (_, None) => settings().into(),
    };
    let render = RenderPlugin {
        render_creation,
        synchronous_pipeline_compilation: matches!(surface, Surface::Picture(_)),
        ..default()
    };
    let plugins = DefaultPlugins
        .set(render)
        .set(LogPlugin { filter: LOG.to_owned(), level: Level::WARN, ..default() })
        .set(window_plugin(&opened, view.kiosk, surface));
    match surface {
        Surface::Window(_) => app.add_plugins(plugins),
        Surface::Picture(_) => {
            app.add_plugins(plugins.disable::<WinitPlugin>().disable::<PipelinedRenderingPlugin>())
        }
        Surface::Nothing(_) => app.add_plugins(
            plugins
                .disable::<WinitPlugin>()
                .disable::<PipelinedRenderingPlugin>()
                .disable::<LogPlugin>(),
        ),
    };
    Start::begin(&mut app, opened, view);
    if let Some(screen) = hall.as_ref().and_then(|settings| settings.screen) {
        app.insert_resource(Reach { px_per_mm: screen.px_per_mm });
    }
    app.insert_resource(Hall { settings: hall });
    rooms(&mut app);
    one_after_another(&mut app);
    if matches!(surface, Surface::Window(_)) {
        trouble::watch_window(&mut app);
    }
    app
}

/// Systems run one after another instead of being handed to threads: each does so
/// little here that the handing over costs more than all of them together.
pub fn one_after_another(app: &mut App) {
    let order = |app: &mut bevy::app::SubApp| {
        for (_, schedule) in app.world_mut().resource_mut::<Schedules>().iter_mut() {
            schedule.set_executor(SingleThreadedExecutor::new());
        }
    };
    order(app.main_mut());
    // Some systems that draw must run on the main thread there, which only the other
    // executor sees to.
    if !cfg!(any(target_os = "macos", target_os = "ios"))
        && let Some(render) = app.get_sub_app_mut(RenderApp)
    {
        order(render);
    }
}

fn window_plugin(opened: &Opened, kiosk: bool, surface: &Surface) -> WindowPlugin {
    let title = &opened.scenario.title;
    let window = |resolution: WindowResolution| Window {
        title: format!("战疫图 · {} · {}", title.zh, title.en),
        name: Some("zhanyitu".to_owned()),
        resolution,
        position: WindowPosition::Automatic,
        present_mode: PresentMode::AutoVsync,
        ..default()
    };
    match surface {
        Surface::Window(_) if kiosk => {
            // It fills the screen once it stands: a window that is born full has no
            // size where no window manager gives it one. See `run::cover_screen`.
            // A screen is measured in its own pixels, whatever it says of itself (H19).
            let resolution = WindowResolution::new(1920, 1080).with_scale_factor_override(1.0);
            let window = Window { decorations: false, ..window(resolution) };
            WindowPlugin {
                primary_window: Some(window),
                primary_cursor_options: Some(CursorOptions { visible: false, ..default() }),
                // Whoever looks after the screen ends the program, no key and no gesture.
                close_when_requested: false,
                ..default()
            }
        }
        Surface::Window(size) => {
            let (w, h) = size.unwrap_or((1600, 900));
            WindowPlugin { primary_window: Some(window((w, h).into())), ..default() }
        }
        Surface::Nothing(size) => WindowPlugin {
            primary_window: Some(window((size.x as u32, size.y as u32).into())),
            exit_condition: ExitCondition::DontExit,
            ..default()
        },
        Surface::Picture(_) => WindowPlugin {
            primary_window: None,
            exit_condition: ExitCondition::DontExit,
            ..default()
        },
    }
}

/// Every room, from the lower floors up.
fn rooms(app: &mut App) {
    app.add_plugins((
        theme::plugin,
        app::plugin,
        input::plugin,
        kiosk::plugin,
        stage::plugin,
        hall::plugin,
        map::plugin,
        panels::plugin,
        timeline::plugin,
    ));
    app.add_systems(Last, stir.before(app::power::Pace));
}

/// The camera of map and panels. Markers are shown in the very colours of the
/// palette: no tone mapping; edges are softened in the shaders: no multisampling.
pub fn camera() -> impl Bundle {
    (Camera2d, Camera, Msaa::Off, Tonemapping::None, IsDefaultUiCamera)
}

/// Says what still moves, so that frames go on until it stands.
fn stir(
    mut busy: ResMut<Busy>,
    eye: Res<Eye>,
    morph: Res<Morph>,
    homes: Res<Homes>,
    hands: Res<Hands>,
    time: Res<Time<Real>>,
    shown: Query<&notices::Shown>,
) {
    busy.stir(eye.flies() || morph.moves() || homes.draws());
    if hands.waits() {
        busy.wake_at(time.elapsed() + core::time::Duration::from_millis(500));
    }
    if let Some(at) = notices::next_change(&shown) {
        busy.wake_at(at);
    }
}
