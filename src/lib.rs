//! 战疫图 / The Fuxiang Map.

pub mod base;
pub mod cli;
pub mod headless;
pub mod history;
pub mod scenario;
pub mod session;
pub mod sim;
