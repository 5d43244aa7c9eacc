//! The model: four rooms and one door.

pub mod card;
pub mod draw;
pub mod people;
pub mod place;
pub mod synth;
