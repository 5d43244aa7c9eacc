//! Tests of the core.

mod board_page;
mod broken;
mod helpful;
mod replay;
mod words;
