//! Tests of the core.

mod board_page;
mod replay;
