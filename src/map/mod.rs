//! The map: two thousand homes on the board and on the plan, and the way between.
//!
//! Floor 8, with Bevy. Reads [`Live`](crate::app::Live), [`View`](crate::app::View)
//! and touches; writes `Look`; owns the camera, the meshes, the state texture and
//! the labels. Geometry is made once for a story; afterwards a home changes by four
//! bytes of a texture, whatever the number of homes.
//!
//! ```text
//! layout ─▶ terrain   where everything lies in both looks, in one world
//!             ├─▶ homes   one mesh, one material     ◀─ paint   four bytes a home
//!             ├─▶ ground  ruling, walls, water, gates
//!             ├─▶ figures who of the office is where, slips at shut doors
//!             ├─▶ eye     pan, zoom, four levels
//!             ├─▶ labels  words at the level one is at
//!             └─▶ choose  what a touch or a key means
//! ```

pub mod choose;
pub mod eye;
pub mod figures;
mod flight;
pub mod ground;
pub mod hand;
pub mod homes;
pub mod ink;
pub mod labels;
pub mod paint;
pub mod terrain;

use bevy::prelude::*;

use crate::app::PresentSystems;

/// The order within a frame.
#[derive(SystemSet, Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MapSystems {
    /// Another story: everything is laid out anew.
    Build,
    /// The camera moves.
    Eye,
    /// Colours, rings, walls.
    Paint,
    /// Words.
    Labels,
    /// The story's hand.
    Hand,
}

/// Installs the map.
pub fn plugin(app: &mut App) {
    app.configure_sets(
        Update,
        (
            MapSystems::Build,
            MapSystems::Eye,
            MapSystems::Paint,
            MapSystems::Labels,
            MapSystems::Hand,
        )
            .chain()
            .in_set(PresentSystems::Map),
    );
    app.add_plugins((
        terrain::plugin,
        homes::plugin,
        ink::plugin,
        ground::plugin,
        eye::plugin,
        hand::plugin,
        labels::plugin,
        choose::plugin,
    ));
}
