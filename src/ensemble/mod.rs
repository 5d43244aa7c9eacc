//! Ensembles: the same question asked of many seeds, and what may be said of it.
//!
//! Floor 2. Reads what a run gave, never how it came about; writes result files
//! into streams that are given to it; owns the threads of the house, statistics,
//! attribution, sensitivity, and the sentence for people. It cannot change a
//! running story: it knows none.
//!
//! ```text
//! seed ─▶ run (a closure) ─▶ Outcome          integers: series, totals, homes
//!    │ workers::in_order                       the ONE place of threads; in the
//!    ▼                                         order of the runs, whoever is first
//! replicate · pair · file ─▶ rows              two bytes a figure and day
//!    ▼
//! stats      die-out share, bands, whole curves, peaks, paired difference
//! nested     chance and parameters apart       40 draws × 25 seeds
//! uncertain  both bands in one sentence
//! attribution · tornado · morris · sobol       what it was that made the difference
//!    ▼
//! sentence                                     one plain sentence with a range
//! ```
//!
//! What a run gave, and all that is kept of it, are integers. Statistics are
//! `f64` that live no longer than a report: sums of integers are exact, and what
//! follows is `+ − × ÷ √` in the order of the runs, the same on every machine.
//!
//! # Example
//!
//! ```
//! use std::sync::atomic::AtomicBool;
//! use zhanyitu::base::text::Bilingual;
//! use zhanyitu::ensemble::{Outcome, Plan, Quantity, Seeds, Shape, replicate};
//!
//! let cases = Quantity::new("cases", "person", Bilingual::fixed("病例", "cases"));
//! let shape = Shape { days: 3, series: vec![cases.clone()], totals: vec![cases], cases: Some(0), homes: 0 };
//! let cancel = AtomicBool::new(false);
//! let plan = Plan::new(Seeds { first: 1, count: 20 }, &cancel);
//! let run = |seed: u64| {
//!     let day = (seed % 5) as u32;
//!     Outcome { series: vec![vec![day; 3]], totals: vec![u64::from(3 * day)], homes: vec![] }
//! };
//! let ensemble = replicate(shape, &plan, run, |_| {}).unwrap();
//! assert_eq!(ensemble.summary().unwrap().died_out.count, 16);
//! ```

pub mod attribution;
pub mod error;
pub mod file;
pub mod grid;
pub mod homes;
pub mod knobs;
pub mod merge;
pub mod morris;
pub mod nested;
pub mod orders;
pub mod outcome;
pub mod pairs;
pub mod rounding;
pub mod rows;
pub mod runs;
pub mod sentence;
pub mod shard;
pub mod sobol;
pub mod spreading;
pub mod stats;
pub mod tornado;
pub mod uncertain;
pub mod workers;

pub use error::EnsembleError;
pub use outcome::{Outcome, Quantity, Shape};
pub use pairs::{Pairs, pair};
pub use runs::{Ensemble, Plan, Progress, Seeds, replicate};
