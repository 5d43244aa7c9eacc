//! Tests of the window: what is drawn, what is said, and what a hand or a key does.
//!
//! Most run the whole app without a graphics device, on real window messages and a
//! clock of their own. Pictures are drawn by whatever driver is found; without one
//! those tests say so and pass.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]
#![allow(clippy::print_stderr, reason = "what a test measured or left out is said there")]

mod app;
mod chronicle;
mod colours;
mod debrief;
mod flashes;
mod gallery;
mod guide;
mod keys;
mod kiosk;
mod layers;
mod layout;
mod picking;
mod picture;
mod pixels;
mod reload;
mod stage;
mod touch;
mod visitor;
mod window;
mod work;
