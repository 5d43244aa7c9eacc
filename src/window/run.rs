//! Opens the window and runs the program until it is closed.
//!
//! Floor 9, with Bevy. Reads the request; owns the way from a request to a running
//! window, and the sentence when there is no screen or no driver. H2: only a
//! borderless window fills the screen; the exclusive kind panics where no monitor
//! is found. H28: no text is typed anywhere, so no input method is switched on.

use core::time::Duration;
use std::io::Write;
use std::panic::{self, AssertUnwindSafe};

use bevy::app::AppExit;
use bevy::prelude::*;
use bevy::render::renderer::initialize_renderer;
use bevy::render::settings::RenderResources;
use bevy::tasks::block_on;
use bevy::window::{
    Monitor, MonitorSelection, PrimaryMonitor, PrimaryWindow, WindowMode, WindowPosition,
};

use super::build::{self, Surface};
use crate::app::{Ask, Cut, GuideCommand, Steer, TimeCommand, View, trouble};
use crate::base::text::Lang;
use crate::cli::WindowRequest;
use crate::headless::exhibit;
use crate::headless::opened::{self, Opened};
use crate::headless::{Failure, NoDisplay, no_display};
use crate::settings::Settings;

/// Opens the window; returns the exit code.
pub fn open(request: &WindowRequest, lang: Lang, err: &mut dyn Write) -> u8 {
    let shown = match shown(request, lang, err) {
        Ok(shown) => shown,
        Err(failure) => {
            let _ = writeln!(err, "{}", failure.text.get(lang));
            return failure.code;
        }
    };
    if let Err(missing) = screen() {
        return no_display(&missing, lang, err);
    }
    let Some(resources) = device() else {
        return no_display(&NoDisplay::NoDriver, lang, err);
    };
    let chapter = match &request.chapter {
        None => GuideCommand::Begin(Cut::Express),
        Some(id) => match chapter(&shown.opened, id) {
            Ok(chapter) => GuideCommand::Chapter(chapter),
            Err(failure) => {
                let _ = writeln!(err, "{}", failure.text.get(lang));
                return failure.code;
            }
        },
    };
    let Some(mut app) = window(shown, lang, request.size, chapter, resources) else {
        return no_display(&NoDisplay::NoScreen, lang, err);
    };
    panics_end_the_program();
    match app.run() {
        AppExit::Success => 0,
        AppExit::Error(code) => code.get(),
    }
}

/// The position of a chapter, by its name or its number from 1.
fn chapter(opened: &Opened, id: &str) -> Result<u32, Failure> {
    let chapters = &opened.scenario.script.chapters;
    let named = chapters.iter().position(|chapter| chapter.id == id);
    let counted = || id.parse::<usize>().ok()?.checked_sub(1).filter(|i| *i < chapters.len());
    named.or_else(counted).and_then(|i| u32::try_from(i).ok()).ok_or_else(|| {
        let names: Vec<&str> = chapters.iter().map(|chapter| chapter.id.as_str()).collect();
        let names = names.join(", ");
        Failure::asked(
            format!("没有名为“{id}”的章节；有：{names}"),
            format!("there is no chapter named `{id}`; there are: {names}"),
        )
    })
}

/// What is opened: a story, and the hall in which it is shown, if any.
struct Shown {
    opened: Opened,
    settings: Option<Settings>,
}

/// Opens what was asked for. In a hall, what is wrong with its settings is said and
/// does not keep it dark.
fn shown(request: &WindowRequest, lang: Lang, err: &mut dyn Write) -> Result<Shown, Failure> {
    if !request.kiosk {
        return Ok(Shown { opened: opened::open(request)?, settings: None });
    }
    let exhibit = exhibit::open(request)?;
    for remark in &exhibit.remarks {
        let _ = writeln!(err, "{}", remark.get(lang));
    }
    Ok(Shown { opened: exhibit.opened, settings: Some(exhibit.settings) })
}

/// Whether the environment names a screen, and somebody answers there. Asked before
/// the graphics driver, which says things of its own when nobody does.
fn screen() -> Result<(), NoDisplay> {
    if cfg!(not(all(unix, not(target_os = "macos")))) {
        return Ok(());
    }
    let named = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    match (named("WAYLAND_DISPLAY"), named("DISPLAY")) {
        (Some(_), _) => Ok(()),
        (None, Some(display)) if answers(&display) => Ok(()),
        _ => Err(NoDisplay::NoScreen),
    }
}

/// Whether an X server of this machine answers; one elsewhere is believed in.
#[cfg(target_os = "linux")]
fn answers(display: &str) -> bool {
    use std::os::linux::net::SocketAddrExt;
    use std::os::unix::net::{SocketAddr, UnixStream};
    let Some(local) = display.strip_prefix(':') else { return true };
    let number: String = local.chars().take_while(char::is_ascii_digit).collect();
    let path = format!("/tmp/.X11-unix/X{number}");
    let abstract_name = SocketAddr::from_abstract_name(&path);
    UnixStream::connect(&path).is_ok()
        || abstract_name.is_ok_and(|name| UnixStream::connect_addr(&name).is_ok())
}

/// Elsewhere the window system says so itself.
#[cfg(not(target_os = "linux"))]
fn answers(_: &str) -> bool {
    true
}

/// A panic ends the program at once, after its message. Left alone, a panic on one
/// of the engine's threads leaves a window that answers nothing (H24).
pub fn panics_end_the_program() {
    let hook = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        hook(info);
        std::process::exit(i32::from(trouble::CANNOT_DRAW));
    }));
}

/// Does something that may panic inside the engine, without its message.
fn quietly<T>(what: impl FnOnce() -> T) -> Option<T> {
    let hook = panic::take_hook();
    panic::set_hook(Box::new(|_| {}));
    let done = panic::catch_unwind(AssertUnwindSafe(what));
    panic::set_hook(hook);
    done.ok()
}

/// The graphics device, if there is a driver. The engine would panic without one.
pub fn device() -> Option<RenderResources> {
    let settings = build::settings();
    let backends = settings.backends?;
    quietly(|| block_on(initialize_renderer(backends, None, &settings)))
}

/// The app with its window, unless nobody answers at the screen that is named: the
/// engine panics then, before anything is shown.
fn window(
    shown: Shown,
    lang: Lang,
    size: Option<(u32, u32)>,
    chapter: GuideCommand,
    resources: RenderResources,
) -> Option<App> {
    let Shown { opened, settings } = shown;
    // A save is looked at where it was left; a story begins to tell itself.
    let begins = opened.session.now() == opened.scenario.setup.starts
        || matches!(chapter, GuideCommand::Chapter(_));
    quietly(|| {
        let surface = Surface::Window(size);
        if let Some(settings) = settings {
            let mut app = build::exhibit(opened, settings, &surface, Some(resources));
            app.add_systems(Startup, |mut commands: Commands| {
                commands.spawn(build::camera());
            });
            app.add_systems(Update, cover_screen);
            return app;
        }
        let mut app = build::app(opened, View::new(lang), &surface, Some(resources));
        app.add_systems(Startup, move |mut commands: Commands, mut windows: Query<&mut Window>| {
            commands.spawn(build::camera());
            if size.is_none() {
                for mut window in &mut windows {
                    window.set_maximized(true);
                }
            }
        });
        if begins {
            app.add_systems(PostStartup, move |mut asks: MessageWriter<Ask>| {
                asks.write(Steer(TimeCommand::Guide(chapter)));
            });
        }
        app.add_systems(Update, fill_screen);
        app
    })
}

/// The window takes the size of its screen, then fills it. In this order, because
/// without a window manager nobody makes a window larger than it was.
fn cover_screen(
    time: Res<Time<Real>>,
    monitors: Query<&Monitor, With<PrimaryMonitor>>,
    mut windows: Query<&mut Window, With<PrimaryWindow>>,
    mut done: Local<bool>,
) {
    let Ok(mut window) = windows.single_mut() else { return };
    if *done {
        return;
    }
    let monitor = monitors.single().ok().filter(|m| m.physical_size().min_element() > 0);
    if let Some(monitor) = monitor.filter(|m| m.physical_size() != window.physical_size()) {
        let whole = monitor.physical_size();
        window.position = WindowPosition::At(monitor.physical_position);
        window.resolution.set_physical_resolution(whole.x, whole.y);
    } else if time.elapsed() >= COVERS {
        window.mode = WindowMode::BorderlessFullscreen(MonitorSelection::Current);
        *done = true;
    }
}

/// By then the window has the size that it asked for.
const COVERS: Duration = Duration::from_secs(1);

/// F11: the whole screen, and back.
fn fill_screen(
    keys: Res<ButtonInput<KeyCode>>,
    mut windows: Query<&mut Window, With<PrimaryWindow>>,
) {
    if keys.just_pressed(KeyCode::F11) {
        for mut window in &mut windows {
            window.mode = match window.mode {
                WindowMode::Windowed => WindowMode::BorderlessFullscreen(MonitorSelection::Current),
                _ => WindowMode::Windowed,
            };
        }
    }
}
