//! History: the log of what was asked, keyframes, undo, branches, saves.
//!
//! Floor 2. Reads commands and moments without knowing what they mean; owns
//! [`Timeline`], [`save::Save`] and [`storage::Storage`].
//!
//! A story is a pure function of its set-up and its log. So going back is
//! starting from an earlier keyframe and coming forward again; undo is a log with
//! one entry less; a branch is a log with a shared beginning.
//!
//! ```text
//! submit ─▶ log ─▶ moment ─▶ keyframe each midnight
//!            │                    │
//!            └──── save ◀─────────┘
//! ```

pub mod log;
pub mod save;
pub mod storage;
pub mod timeline;
pub mod upgrade;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::base::time::Minute;

pub use log::Entry;
pub use timeline::{NotDone, Timeline};

/// What history needs of a story: how it starts, goes on, and takes a command.
///
/// `advance` in one go and in parts must be the same, and everything must depend
/// on the moment alone; then any minute can be reached again, bit by bit.
pub trait World {
    /// The story at one minute.
    type Moment: Clone + Serialize + DeserializeOwned;
    /// What can be asked.
    type Command: Clone + PartialEq + std::fmt::Debug + Serialize + DeserializeOwned;
    /// Why it cannot be done.
    type Rejection;
    /// What is told while it runs.
    type Event;

    /// The first minute.
    fn start(&self, told: &mut Vec<Self::Event>) -> Self::Moment;
    /// The minute of a moment.
    fn now(&self, moment: &Self::Moment) -> Minute;
    /// The last minute.
    fn ends(&self) -> Minute;
    /// Moves on, up to and including a minute.
    fn advance(&self, moment: &mut Self::Moment, to: Minute, told: &mut Vec<Self::Event>);
    /// Whether a command can be done now.
    ///
    /// # Errors
    /// The reason why not.
    fn check(&self, moment: &Self::Moment, command: &Self::Command) -> Result<(), Self::Rejection>;
    /// Does a command that was checked.
    fn apply(
        &self,
        moment: &mut Self::Moment,
        command: &Self::Command,
        told: &mut Vec<Self::Event>,
    );
    /// The canonical hash of a moment.
    fn hash(&self, moment: &Self::Moment) -> u64;
}
