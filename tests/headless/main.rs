//! Tests of the core.

mod board_page;
mod determinism;
mod golden;
mod laws;
mod logistics;
mod replay;
mod scenes;
mod tools;
