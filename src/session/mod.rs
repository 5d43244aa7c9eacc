//! One running story: the community, its script, its history.
//!
//! Floor 3. Reads a compiled scenario; owns [`Moment`] and [`Session`]. Who is
//! looking, and whether anybody is, is not known here; [`Frame`] is what there is
//! to see, and [`Pacer`] how fast it goes by.

pub mod claims;
pub mod debrief;
pub mod desk;
pub mod feed;
pub mod filter;
pub mod frame;
pub mod guide;
pub mod layers;
pub mod logbook;
pub mod model_card;
pub mod moment;
pub mod objections;
pub mod pacer;
pub mod paired;
pub mod story;
pub mod study;
pub mod today;
pub mod words;

pub use desk::Desk;
pub use feed::{Feed, FeedKind};
pub use filter::{Condition, Filter};
pub use frame::{Frame, Shown, Workday, workday};
pub use layers::{Layer, LayerEntry};
pub use moment::{Moment, StoryEvent};
pub use pacer::{Pacer, Speed};
pub use story::{Session, Story};
pub use study::Study;
pub use today::Today;
