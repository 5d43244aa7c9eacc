//! When a frame is drawn, and when nothing needs one.
//!
//! Whoever moves something stirs [`Busy`]; this file alone decides. Floor 5, with Bevy.
//!
//! - H12: the engine's default draws without end. Here a still picture is drawn
//!   once; a touch, a key, a file that changed or a passing notice wakes it.
//! - H13: in a loop that waits, `Time<Virtual>` loses what is beyond a quarter of a
//!   second; everything here goes by `Time<Real>`.
//! - The longest wait is finite, because an endless one makes 0.19.1 spin.

use core::time::Duration;

use bevy::prelude::*;
use bevy::winit::{UpdateMode, WinitSettings};

use super::Live;
use super::view::{Stage, View};
use crate::session::guide::Guide;

/// Longest time without a frame.
const LONGEST: Duration = Duration::from_mins(1);
/// How often one looks at the clock while a caption is read: often enough that no
/// time is lost to a cap on long frames.
const READING: Duration = Duration::from_millis(100);
/// Frames after a change: panels are laid out one frame after what changes them,
/// and the map follows one later.
const SETTLES: u8 = 4;

/// What wants further frames.
#[derive(Resource, Debug, Default)]
pub struct Busy {
    moving: bool,
    wake: Option<Duration>,
    calm: Option<Duration>,
    settles: u8,
    rests: bool,
}

impl Busy {
    /// Something moves: a frame as soon as can be.
    pub fn stir(&mut self, moving: bool) {
        self.moving |= moving;
    }

    /// Something is due at a time of `Time<Real>`.
    pub fn wake_at(&mut self, at: Duration) {
        self.wake = Some(self.wake.map_or(at, |wake| wake.min(at)));
    }

    /// Nobody is near: whatever moves, a frame in so long is enough. A touch is still
    /// answered at once.
    pub fn calm(&mut self, frame: Duration) {
        self.calm = Some(frame);
    }

    /// Something changed: a few frames until all has followed.
    pub fn settle(&mut self) {
        self.settles = SETTLES;
    }

    /// Whether nothing wanted a further frame when the last one ended.
    pub fn still(&self) -> bool {
        self.rests
    }
}

fn pace(
    live: Res<Live>,
    view: Res<View>,
    stage: Res<Stage>,
    time: Res<Time<Real>>,
    mut busy: ResMut<Busy>,
    settings: Option<ResMut<WinitSettings>>,
) {
    if live.is_changed() || view.is_changed() || stage.is_changed() {
        busy.settle();
    }
    let playing = live.playing() || live.guide().is_some_and(Guide::goes);
    if live.guide().is_some_and(Guide::holds_forth) {
        busy.wake_at(time.elapsed() + READING);
    }
    let wake = busy.wake.map(|at| at.saturating_sub(time.elapsed()));
    busy.rests = !busy.moving && busy.settles == 0;
    let soon = Duration::from_millis(20);
    let mode = if let Some(calm) = busy.calm {
        UpdateMode::reactive_low_power(calm.max(soon))
    } else if playing || !busy.rests {
        UpdateMode::Continuous
    } else {
        UpdateMode::reactive_low_power(wake.unwrap_or(LONGEST).clamp(soon, LONGEST))
    };
    busy.settles = busy.settles.saturating_sub(1);
    busy.moving = false;
    (busy.wake, busy.calm) = (None, None);
    if let Some(mut settings) = settings
        && settings.focused_mode != mode
    {
        settings.focused_mode = mode;
        settings.unfocused_mode = mode;
    }
}

/// The decision, after everybody has stirred.
#[derive(SystemSet, Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Pace;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Busy>().add_systems(Last, pace.in_set(Pace));
}
