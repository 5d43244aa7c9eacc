//! 战疫图 / The Fuxiang Map.

pub mod base;
pub mod sim;
