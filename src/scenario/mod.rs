//! Scenes, maps and settings: from the bytes of a file to something that runs.
//!
//! Floor 2. Reads text that is given to it, never a file; writes nothing; owns
//! the shape of the files and the sentences about what is wrong in them.

pub mod actions;
pub mod compile;
pub mod copies;
pub mod generate;
pub mod layout;
pub mod maps;
pub mod names;
pub mod outline;
pub mod personal;
pub mod problem;
pub mod raw;
pub mod read;
pub mod script;

mod beats;
mod cast;
mod cues;
mod draft;
mod due;
mod ground;
mod header;
mod imports;
mod inspect;
mod legends;
mod lookup;
mod measures;
mod network;
mod piece;
mod scan;
mod shapes;
mod spots;
mod talks;
mod trial;
mod wording;
