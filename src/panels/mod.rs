//! Panels: what is said beside the map.
//!
//! Floor 8, with Bevy. Reads [`Live`](crate::app::Live) and
//! [`View`](crate::app::View); writes nothing itself: its controls carry what they
//! ask for. No panel keeps a copy of a fact.

pub mod corner;
pub mod header;
pub mod home;
pub mod legend;
pub mod notices;
pub mod sheets;
pub mod tabs;
pub mod tale;
pub mod tiles;
pub mod words;

use bevy::prelude::*;

use crate::app::PresentSystems;

/// The order of the panels within a frame.
#[derive(SystemSet, Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum PanelSystems {
    Header,
    Legend,
    Tabs,
    Card,
    Tale,
    Tiles,
    Notices,
    Sheets,
}

/// Installs all panels.
pub fn plugin(app: &mut App) {
    app.configure_sets(
        Update,
        (
            PanelSystems::Header,
            PanelSystems::Legend,
            PanelSystems::Tabs,
            PanelSystems::Card,
            PanelSystems::Tale,
            PanelSystems::Tiles,
            PanelSystems::Notices,
            PanelSystems::Sheets,
        )
            .chain()
            .in_set(PresentSystems::Panels),
    );
    app.add_plugins((
        header::plugin,
        legend::plugin,
        tabs::plugin,
        home::plugin,
        tale::plugin,
        tiles::plugin,
        corner::plugin,
        notices::plugin,
        sheets::plugin,
    ));
}
