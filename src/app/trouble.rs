//! What may go wrong between the program and the screen, and what is done then.
//!
//! Floor 5, with Bevy. The kiosk never shows a black screen: what cannot be mended
//! ends the program with an exit code that is not 0, so that whoever looks after it
//! starts it again.
//!
//! - H1: a monitor that sleeps takes its window along, and the program would end as
//!   if all were well. The bond between both is cut, and a lost window comes back.
//! - H3: after a lost device 0.19.1 shows one flat colour for ever; nothing is
//!   recovered, the program ends.
//! - H4, H29: a surface that is lost is only written about. Who watches counts the
//!   pictures that were shown; without one for three seconds the program ends.
//! - H19: a screen that reports no size gets a scale beyond reason; it is set to 1.

use core::sync::atomic::{AtomicU64, Ordering};
use core::time::Duration;
use std::sync::Arc;

use bevy::app::AppExit;
use bevy::prelude::*;
use bevy::render::error_handler::{RenderErrorHandler, RenderErrorPolicy};
use bevy::render::view::window::ExtractedWindows;
use bevy::render::{Render, RenderApp, RenderSystems};
use bevy::window::{OnMonitor, PrimaryWindow, WindowScaleFactorChanged};

/// The exit code of a program that cannot draw any more.
pub const CANNOT_DRAW: u8 = 3;
/// Longest time without a picture while frames are drawn.
const BLACK: Duration = Duration::from_secs(3);
/// Scales beyond these are mistakes of the screen's description.
const SCALES: core::ops::RangeInclusive<f32> = 0.5..=6.0;

/// Pictures that reached the window, counted in the render world.
#[derive(Resource, Clone, Default)]
struct Shown(Arc<AtomicU64>);

fn count(shown: Res<Shown>, windows: Res<ExtractedWindows>) {
    let reached = windows.primary.and_then(|w| windows.windows.get(&w));
    if reached.is_some_and(|window| window.swap_chain_texture.is_some()) {
        shown.0.fetch_add(1, Ordering::Relaxed);
    }
}

/// When the last new picture was seen, and how many there were.
#[derive(Debug, Clone, Copy, Default)]
struct Last {
    pictures: u64,
    black: Duration,
}

impl Last {
    /// Takes note of a frame; returns whether the screen has been black too long.
    /// A long wait between frames is a still picture, not a black one.
    fn note(&mut self, pictures: u64, frame: Duration) -> bool {
        if pictures == self.pictures {
            self.black += frame.min(Duration::from_millis(250));
        } else {
            *self = Self { pictures, black: Duration::ZERO };
        }
        self.black >= BLACK
    }
}

fn watch(
    shown: Res<Shown>,
    time: Res<Time<Real>>,
    windows: Query<&Window, With<PrimaryWindow>>,
    mut last: Local<Last>,
    mut exits: MessageWriter<AppExit>,
) {
    // Nothing is expected of a window that has no area, is hidden, or is none.
    let expected =
        windows.iter().any(|w| w.visible && w.physical_width() > 1 && w.physical_height() > 1);
    if !expected {
        *last = Last { pictures: shown.0.load(Ordering::Relaxed), ..Last::default() };
        return;
    }
    if last.note(shown.0.load(Ordering::Relaxed), time.delta()) {
        error!("no picture reached the window for {} s", BLACK.as_secs());
        exits.write(AppExit::from_code(CANNOT_DRAW));
    }
}

/// Cuts the bond between a monitor and its window.
fn untie(tied: On<Insert, OnMonitor>, mut commands: Commands) {
    commands.entity(tied.entity).remove::<OnMonitor>();
}

fn scale(
    mut changes: MessageReader<WindowScaleFactorChanged>,
    mut windows: Query<&mut Window, With<PrimaryWindow>>,
) {
    for change in changes.read() {
        if !SCALES.contains(&(change.scale_factor as f32))
            && let Ok(mut window) = windows.get_mut(change.window)
        {
            window.resolution.set_scale_factor_override(Some(1.0));
        }
    }
}

pub(super) fn plugin(app: &mut App) {
    app.insert_resource(RenderErrorHandler(|error, world, _| {
        error!("the graphics device failed: {:?}", error.ty);
        world.write_message(AppExit::from_code(CANNOT_DRAW));
        RenderErrorPolicy::StopRendering
    }));
    app.add_observer(untie).add_systems(Last, scale.before(bevy::window::ExitSystems));
}

/// Watches that pictures reach the window; for a program that has one.
pub fn watch_window(app: &mut App) {
    let shown = Shown::default();
    app.insert_resource(shown.clone());
    app.add_systems(Last, watch.before(bevy::window::ExitSystems));
    if let Some(render) = app.get_sub_app_mut(RenderApp) {
        render.insert_resource(shown).add_systems(
            Render,
            count.after(RenderSystems::PrepareViews).before(RenderSystems::Render),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_seconds_without_a_picture_are_too_long_and_a_still_picture_is_not() {
        let frame = Duration::from_millis(100);
        let mut last = Last::default();
        assert!(!last.note(1, frame));
        assert!((0..29).all(|_| !last.note(1, frame)));
        assert!(last.note(1, frame));
        let mut still = Last::default();
        assert!((0..10).all(|i| !still.note(i + 1, Duration::from_mins(1))));
    }
}
