//! Panels: what is said beside the map.
//!
//! Floor 8, with Bevy. Reads [`Live`](crate::app::Live) and
//! [`View`](crate::app::View); writes nothing itself: its controls carry what they
//! ask for. No panel keeps a copy of a fact.

pub mod corner;
pub mod feed;
pub mod gallery;
pub mod header;
pub mod home;
pub mod layers;
pub mod legend;
mod measure;
pub mod notices;
pub mod sheets;
pub mod shelf;
pub mod tabs;
pub mod tale;
pub mod talk;
pub mod tiles;
pub mod today;
pub mod trends;
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
    Feed,
    Trends,
    Tale,
    Day,
    Tiles,
    Notices,
    Gallery,
    Shelf,
    Sheets,
    Filters,
    Pictures,
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
            PanelSystems::Feed,
            PanelSystems::Trends,
            PanelSystems::Tale,
            PanelSystems::Day,
            PanelSystems::Tiles,
            PanelSystems::Notices,
            PanelSystems::Gallery,
            PanelSystems::Shelf,
            PanelSystems::Sheets,
            PanelSystems::Filters,
            PanelSystems::Pictures,
        )
            .chain()
            .in_set(PresentSystems::Panels),
    );
    app.add_plugins((
        header::plugin,
        legend::plugin,
        tabs::plugin,
        home::plugin,
        feed::plugin,
        trends::plugin,
        tale::plugin,
        tiles::plugin,
        corner::plugin,
        notices::plugin,
        sheets::plugin,
        layers::plugin,
    ));
    app.add_plugins((gallery::plugin, shelf::plugin, talk::plugin, today::plugin));
}
