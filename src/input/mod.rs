//! Fingers, mouse and keys, turned into what they ask for.
//!
//! Floor 7, with Bevy. Reads window messages and the places of controls; writes
//! [`Submit`](crate::app::Submit), [`Steer`](crate::app::Steer),
//! [`Look`](crate::app::Look) and [`MapTouch`]; owns the fingers
//! ([`contacts::Contacts`]) and the keyboard's place ([`keys::Focus`]). It knows no
//! homes: a touch of the map goes on to the map.

pub mod contacts;
pub mod gestures;
pub mod keys;

use bevy::prelude::*;

pub use contacts::{ContactId, Contacts};
pub use gestures::MapTouch;
pub use keys::{Focus, Hushed, MapKey};

/// Millimetres and pixels: how large a finger is on this screen.
#[derive(Resource, Debug, Clone, Copy, PartialEq)]
pub struct Reach {
    /// Logical pixels of a millimetre. Without calibration the screen is taken for
    /// a 43-inch panel of 1920 × 1080: 0.50 mm a pixel.
    pub px_per_mm: f32,
}

impl Default for Reach {
    fn default() -> Self {
        Self { px_per_mm: 2.0 }
    }
}

/// Fingers come before keys, and both before what the map makes of them.
#[derive(SystemSet, Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum InputSystems {
    /// Fingers and mouse.
    Fingers,
    /// Keys.
    Keys,
    /// What touches and keys mean to the map.
    Meaning,
}

/// Installs fingers and keys.
pub fn plugin(app: &mut App) {
    app.init_resource::<Reach>();
    app.configure_sets(
        Update,
        (InputSystems::Fingers, InputSystems::Keys, InputSystems::Meaning)
            .chain()
            .in_set(crate::app::AppSystems::Read),
    );
    app.add_plugins((gestures::plugin, keys::plugin));
}
