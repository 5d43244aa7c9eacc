//! Tests of the core.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]

mod architecture;
mod board_page;
mod broken;
mod cli;
mod determinism;
mod docs;
mod frame;
mod golden;
mod guide;
mod helpful;
mod laws;
mod logistics;
mod replay;
mod scenes;
mod text;
mod tools;
mod words;
