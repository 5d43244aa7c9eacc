//! Words everyone shares: ids, time, money of work, places, two languages.
//!
//! Floor 0. Reads nothing, writes nothing, owns no behaviour that depends on
//! the story.

pub mod almanac;
pub mod geo;
pub mod ids;
pub mod palette;
pub mod text;
pub mod time;
pub mod view;
