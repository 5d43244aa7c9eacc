//! The places on the stage that panels fill.
//!
//! Floor 6, with Bevy. Owns the names of the places; where they lie is decided by
//! `window::stage`, what stands in them by the panels.

use bevy::prelude::*;

/// A place on the stage; there is one of each.
#[derive(Component, Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Slot {
    /// Title, clock, figures, and how one looks.
    Header,
    /// What the map is seen through.
    Map,
    /// Notices, over the upper edge of the map.
    Notices,
    /// Nearer and farther, beside time.
    Corner,
    /// Tiles, over the lower edge of the map.
    Tray,
    /// The legend, and what stands below it.
    Side,
    /// Below the legend and its tabs: the card, the day, the log, the figures.
    Page,
    /// What the story says now, between map and foot.
    Tale,
    /// How one looks, where that does not stand in the header: on a screen that hangs
    /// in a hall the header is too high for a hand.
    Switches,
    /// Time.
    Foot,
    /// The days and the hours.
    Tracks,
    /// A sheet over everything.
    Over,
}

/// Finds the place of a panel.
pub fn slot(slots: &Query<(Entity, &Slot)>, wanted: Slot) -> Option<Entity> {
    slots.iter().find(|(_, slot)| **slot == wanted).map(|(entity, _)| entity)
}
