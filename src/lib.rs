//! 战疫图 / The Fuxiang Map.

pub mod base;
pub mod headless;
pub mod sim;
