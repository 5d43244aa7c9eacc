//! The model: four rooms and one door.
//!
//! Floor 1. `truth` is what is so; `senses` is the only way in which the office
//! comes to know of it; `board` is what it knows and shows; `work` is what
//! people do about it with finite hours. `state` holds the four at one minute;
//! `command` and `state` are the door.

pub mod agenda;
pub mod board;
pub mod card;
pub(crate) mod chance;
pub mod command;
pub mod counts;
pub(crate) mod day;
pub mod diary;
pub mod draw;
pub mod event;
mod happened;
pub mod hash;
pub mod params;
pub mod people;
pub mod place;
pub mod quantile;
pub(crate) mod senses;
pub mod state;
pub mod synth;
pub mod truth;
pub mod work;

pub(crate) use crate::named_enum as named;
