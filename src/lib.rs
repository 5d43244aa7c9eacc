//! 战疫图 / The Fuxiang Map.

pub mod base;
pub mod scenario;
pub mod session;
pub mod sim;
