//! Tests of the core.

mod architecture;
mod board_page;
mod determinism;
mod docs;
mod golden;
mod laws;
mod logistics;
mod replay;
mod scenes;
mod tools;
