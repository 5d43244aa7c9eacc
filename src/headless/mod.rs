//! Work without a window: what the command line asks for, and what goes on paper.
//!
//! Floor 4. Reads finished stories; writes files and text; owns no rule.

pub mod board_page;
pub mod page;
