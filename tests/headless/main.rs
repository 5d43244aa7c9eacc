//! Tests of the core.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]

mod architecture;
mod board_page;
mod broken;
mod cli;
mod determinism;
mod docs;
mod feed;
mod frame;
mod gallery;
mod golden;
mod guide;
mod hall;
mod helpful;
mod honest;
mod illness;
mod journal;
mod laws;
mod layers;
mod logistics;
mod measures;
mod outbreak;
mod paired;
mod replay;
mod scenes;
mod studies;
mod study;
mod text;
mod today;
mod tools;
mod words;
