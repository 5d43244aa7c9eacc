//! What people asked for, and when.
//!
//! Floor 2. Owns [`Entry`]. The scene's own commands are not here: they belong
//! to the story, so undo and branches never touch the lesson.

use serde::{Deserialize, Serialize};

use crate::base::time::Minute;

/// One accepted command. Entries of a log are in order of time; those of one
/// minute in the order in which they were asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry<C> {
    /// When it took effect: after everything the story does in that minute.
    pub at: Minute,
    /// The command.
    pub command: C,
}
