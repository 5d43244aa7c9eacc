//! The two ways of looking at the community, what stands beside it, and the two sets
//! of its colours.
//!
//! Floor 0, because scenes and the command line ask for them and the window shows
//! them.

use serde::{Deserialize, Serialize};

/// What is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum View {
    /// The hand-made board, 图: every compound a block, every home a square.
    #[default]
    Board,
    /// The place from above, 平面图: lanes and compounds where they lie.
    Plan,
}

impl View {
    /// Every view, in the order in which they are offered.
    pub const ALL: [Self; 2] = [Self::Board, Self::Plan];

    /// As the command line writes it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Board => "board",
            Self::Plan => "plan",
        }
    }
}

/// What stands below the legend; one at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum Tab {
    /// The card of a home.
    #[default]
    Card,
    /// The day's work: calls, hours, neighbours, lane mouths.
    Today,
    /// What happened, line by line.
    Feed,
    /// Figures over the days.
    Trends,
}

impl Tab {
    /// Every tab, in the order in which they stand.
    pub const ALL: [Self; 4] = [Self::Card, Self::Today, Self::Feed, Self::Trends];
}

/// Which colours homes are drawn in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum PaletteChoice {
    /// Red, orange and green as on the board.
    #[default]
    Standard,
    /// Further apart for people who confuse red and green.
    Friendly,
}

impl PaletteChoice {
    /// Every choice, in the order in which they are offered.
    pub const ALL: [Self; 2] = [Self::Standard, Self::Friendly];

    /// As the command line writes it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Standard => "standard",
            Self::Friendly => "friendly",
        }
    }
}
