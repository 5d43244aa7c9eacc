//! What the office knows, and what it shows.
//!
//! Floor 1. Reads observations only; owns the ledger of knowledge. Nothing here
//! may know what is true: colour is a pure function of knowledge and the clock.

pub mod colour;
pub mod knowledge;
pub mod ledger;
pub mod legend;
pub mod observation;
pub mod transitions;
pub mod turn;

pub use colour::{Reason, RiskColour, colour, reason};
pub use knowledge::{Badge, Cause, Clock, Fact, Knowledge};
pub use ledger::Ledger;
pub use legend::{Legend, LegendEntry, Sign};
pub use observation::{Observation, Told};
pub use turn::next_turn;
