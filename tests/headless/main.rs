//! Tests of the core.

mod board_page;
mod laws;
mod replay;
mod tools;
