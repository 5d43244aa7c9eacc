//! A screen in a hall: it calls, it waits, it asks, and it begins anew.
//!
//! Floor 9, with Bevy. Reads window messages, the story and the settings; writes
//! [`Look`], [`Steer`] and [`MapTouch`]; owns [`Hall`], the [`Phase`], and what lies
//! over the stage while nobody is there or somebody is asked. Everything that a visit
//! may change goes back by [`TimeCommand::Anew`], the way in which it began.
//!
//! On a desktop the phase is [`Phase::Open`], and nothing here does anything.
//!
//! ```text
//! attend   what is felt ─▶ signs ─▶ idle ─▶ what turns, and what is asked for
//! attract  the story plays, with title, cue and a hand
//! ask      “Still here?” with a countdown
//! ```

pub mod ask;
pub mod attend;
pub mod attract;
pub mod idle;
pub mod signs;
pub mod words;

use bevy::prelude::*;

use crate::app::{AppSystems, PresentSystems, View};
use crate::settings::Settings;

pub use idle::Phase;

#[cfg(doc)]
use crate::{
    app::{Look, Steer, TimeCommand},
    input::MapTouch,
};

/// Where the screen stands, and for whom.
#[derive(Resource, Debug, Clone, PartialEq, Default)]
pub struct Hall {
    /// What its operator has set; nothing on a desktop.
    pub settings: Option<Settings>,
}

/// What lies over the stage, one after the other.
#[derive(SystemSet, Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum HallSystems {
    /// While nobody is there.
    Poster,
    /// While somebody is asked.
    Question,
    /// What of the stage is seen meanwhile.
    Stage,
}

/// How a visit begins with these settings.
pub fn first_view(settings: &Settings) -> View {
    View {
        large: settings.large_text,
        palette: settings.palette,
        still: settings.less_motion,
        low: settings.low,
        kiosk: true,
        ..View::new(settings.language)
    }
}

/// Installs the hall; without settings nobody minds the time.
pub fn plugin(app: &mut App) {
    app.init_resource::<Hall>().configure_sets(
        Update,
        (HallSystems::Poster, HallSystems::Question, HallSystems::Stage)
            .chain()
            .in_set(AppSystems::Present)
            .after(PresentSystems::Time),
    );
    app.add_plugins((attend::plugin, attract::plugin, ask::plugin));
}
