//! The program with a window: puts the rooms together and opens it, or draws
//! pictures without one.
//!
//! Floor 9, with Bevy. Reads what was asked on the command line; owns the
//! composition of the app and the arrangement of the stage, and no fact.

pub mod build;
mod hall;
pub mod picture;
pub mod run;
pub mod stage;

pub use picture::draw;
pub use run::open;
