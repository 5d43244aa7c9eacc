//! The shell's heart: what is asked, who decides it, and in which order a frame
//! goes by.
//!
//! Floor 5, with Bevy. Reads a session; owns [`Live`] (the running story), [`View`]
//! (how it is looked at) and the three doors [`Submit`], [`Steer`] and [`Look`]. It
//! draws nothing. `bridge` and `guide` hold the only systems of the house that may
//! write the session.
//!
//! ```text
//! Read     contacts, keys and widgets write Submit, Steer and Look
//! Decide   the bridge does it in that order: the session changes, or says why not
//! Advance  the pacer says how many minutes are due, and the story goes on
//! Project  the read model follows: which homes look different now
//! Present  map and panels show it
//! ```

pub mod asked;
pub mod bridge;
pub mod compare;
pub mod fresh;
pub mod guide;
pub mod known;
pub mod live;
pub mod power;
pub mod talk;
pub mod trouble;
pub mod view;
pub mod watch;

use bevy::prelude::*;

pub use asked::Ask::{self, Look, Steer, Submit};
pub use asked::{GuideCommand, Notice, Renewed, TimeCommand, Tone, ViewCommand};
pub use fresh::Start;
pub use live::Live;
pub use view::{Aim, Chosen, Level, Sheet, View};

// What the rooms above may know of the core, in one list.
pub use crate::base::ids::{CompoundId, HouseholdId, WayId};
pub use crate::base::palette::PaletteChoice;
pub use crate::base::text::{Bilingual, Lang};
pub use crate::base::time::{Day, Minute};
pub use crate::session::filter::Filter;
pub use crate::session::guide::Cut;
pub use crate::session::layers::Layer;
pub use crate::sim::command::SimCommand;

/// The order of a frame.
#[derive(SystemSet, Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AppSystems {
    /// Devices and widgets say what they want.
    Read,
    /// It is done, or refused.
    Decide,
    /// Story time goes by.
    Advance,
    /// The read model follows.
    Project,
    /// Entities follow the read model.
    Present,
}

/// The order within [`AppSystems::Present`].
#[derive(SystemSet, Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PresentSystems {
    /// The map.
    Map,
    /// Panels beside it.
    Panels,
    /// The foot with its tracks.
    Time,
}

/// Installs the order of a frame, the doors and the bridge. [`Start::begin`] must have
/// inserted [`Live`] and [`View`].
pub fn plugin(app: &mut App) {
    app.configure_sets(
        Update,
        (
            AppSystems::Read,
            AppSystems::Decide,
            AppSystems::Advance,
            AppSystems::Project,
            AppSystems::Present,
        )
            .chain(),
    );
    app.configure_sets(
        Update,
        (PresentSystems::Map, PresentSystems::Panels, PresentSystems::Time)
            .chain()
            .in_set(AppSystems::Present),
    );
    app.init_resource::<view::Squeeze>().init_resource::<view::Touched>();
    app.add_plugins((
        asked::plugin,
        bridge::plugin,
        guide::plugin,
        watch::plugin,
        power::plugin,
        trouble::plugin,
        compare::plugin,
    ));
}
