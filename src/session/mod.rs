//! One running story: the community, its script, its history.
//!
//! Floor 3. Reads a compiled scenario; owns [`Moment`] and [`Session`]. Who is
//! looking, and whether anybody is, is not known here.

pub mod claims;
pub mod logbook;
pub mod moment;
pub mod story;

pub use moment::{Moment, StoryEvent};
pub use story::{Session, Story};
