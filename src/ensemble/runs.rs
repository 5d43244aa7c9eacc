//! Replicates: one question, many seeds.
//!
//! Floor 2. Reads a closure that runs one seed; owns [`Ensemble`]. Progress is
//! told after every run, always of the first so many runs, so that a summary of
//! 50 runs says the same whenever and wherever it is made.

use std::num::NonZeroUsize;
use std::sync::atomic::AtomicBool;

use serde::{Deserialize, Serialize};

use super::error::EnsembleError;
use super::outcome::{Outcome, Shape};
use super::rows::Rows;
use super::stats::summary::Summary;
use super::workers;

/// Which seeds are run: `first`, `first + 1`, … The draws are keyed, so
/// neighbouring seeds are as good as any.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Seeds {
    /// The seed of run 0.
    pub first: u64,
    /// How many runs.
    pub count: u32,
}

impl Seeds {
    /// The seed of a run. Past the largest number it goes on at 0.
    pub fn seed(self, run: usize) -> u64 {
        self.first.wrapping_add(run as u64)
    }

    /// The seed of the last run; that of the first when there is none.
    pub fn last(self) -> u64 {
        self.first.wrapping_add(u64::from(self.count.saturating_sub(1)))
    }
}

/// What may be kept of an ensemble unless somebody asks for more: 256 MiB.
pub const DEFAULT_MEMORY_BYTES: u64 = 256 << 20;

/// How an ensemble is run. Nothing here but `seeds` can change a result.
#[derive(Debug, Clone, Copy)]
pub struct Plan<'a> {
    /// The runs.
    pub seeds: Seeds,
    /// Threads that work on them.
    pub threads: NonZeroUsize,
    /// Set by somebody who has seen enough.
    pub cancel: &'a AtomicBool,
    /// Bytes that the figures of all runs may take.
    pub memory_bytes: u64,
}

impl<'a> Plan<'a> {
    /// These seeds on all cores.
    pub fn new(seeds: Seeds, cancel: &'a AtomicBool) -> Self {
        let threads = workers::all_cores();
        Self { seeds, threads, cancel, memory_bytes: DEFAULT_MEMORY_BYTES }
    }

    /// Looks at what would be kept before anything is run.
    ///
    /// # Errors
    /// No runs, or too much to keep.
    pub(super) fn check(&self, shape: &Shape, arms: u64) -> Result<(), EnsembleError> {
        if self.seeds.count == 0 {
            return Err(EnsembleError::Nothing);
        }
        let needed = Rows::most_bytes_per_run(shape) * arms * u64::from(self.seeds.count);
        if needed > self.memory_bytes {
            return Err(EnsembleError::TooLarge { needed, allowed: self.memory_bytes });
        }
        Ok(())
    }
}

/// How far a calculation is.
#[derive(Debug, Clone, Copy)]
pub struct Progress<'a, T> {
    /// Runs done.
    pub done: u32,
    /// Runs asked for.
    pub of: u32,
    /// What the first `done` runs gave; ask it for a summary as often as is liked.
    pub so_far: &'a T,
}

/// What many runs of one arm gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ensemble {
    /// What the runs have in common.
    pub shape: Shape,
    /// Which seeds were asked for; the first [`Rows::runs`] of them were run.
    pub seeds: Seeds,
    /// Their figures.
    pub rows: Rows,
    /// By home: in how many runs anybody there was infected.
    pub homes_reached: Vec<u32>,
}

impl Ensemble {
    /// Nothing run yet.
    pub fn new(shape: Shape, seeds: Seeds) -> Self {
        assert!(shape.is_sound(), "no total number {:?} to count cases", shape.cases);
        let (rows, homes_reached) = (Rows::new(&shape), vec![0; shape.homes as usize]);
        Self { shape, seeds, rows, homes_reached }
    }

    /// Adds the next run.
    ///
    /// # Panics
    /// When the outcome is of another shape: a bug of whoever runs the model.
    pub fn push(&mut self, outcome: &Outcome) {
        let (run, shape) = (self.rows.runs(), &self.shape);
        assert!(shape.fits(outcome), "run {run} is of another shape than {shape:?}");
        self.rows.push(outcome);
        for (reached, day) in self.homes_reached.iter_mut().zip(&outcome.homes) {
            *reached += u32::from(day.is_some());
        }
    }

    /// Runs so far.
    pub fn runs(&self) -> u32 {
        self.rows.runs()
    }

    /// What can be said of them; `None` before the first run.
    pub fn summary(&self) -> Option<Summary> {
        Summary::of(self)
    }
}

/// Runs one arm for every seed. Byte for byte the same for any number of threads.
/// When cancelled, what the first runs gave comes back.
///
/// # Errors
/// Nothing to run, or too much to keep.
pub fn replicate(
    shape: Shape,
    plan: &Plan,
    run: impl Fn(u64) -> Outcome + Sync,
    mut progress: impl FnMut(Progress<'_, Ensemble>),
) -> Result<Ensemble, EnsembleError> {
    plan.check(&shape, 1)?;
    let mut ensemble = Ensemble::new(shape, plan.seeds);
    workers::in_order(
        plan.seeds.count as usize,
        plan.threads,
        plan.cancel,
        |i| run(plan.seeds.seed(i)),
        |_, outcome| {
            ensemble.push(&outcome);
            let done = ensemble.runs();
            progress(Progress { done, of: plan.seeds.count, so_far: &ensemble });
        },
    );
    Ok(ensemble)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ensemble::stats::tests::{toy, toy_shape};
    use std::sync::atomic::Ordering;

    fn plan(threads: usize, cancel: &AtomicBool) -> Plan<'_> {
        let seeds = Seeds { first: 11, count: 60 };
        Plan { threads: NonZeroUsize::new(threads).unwrap(), ..Plan::new(seeds, cancel) }
    }

    #[test]
    fn one_two_and_eight_threads_give_the_same_bytes() {
        let go = AtomicBool::new(false);
        let of = |threads| {
            let ensemble = replicate(toy_shape(), &plan(threads, &go), toy, |_| {}).unwrap();
            (format!("{:?}", ensemble.summary()), ensemble)
        };
        let one = of(1);
        assert_eq!(one.1.runs(), 60);
        assert_eq!(of(2), one);
        assert_eq!(of(8), one);
    }

    /// A summary on the way is that of the first runs, whoever finished first.
    #[test]
    fn progress_is_told_of_the_first_runs_only() {
        let go = AtomicBool::new(false);
        let told = |threads| {
            let mut told = Vec::new();
            let note = |p: Progress<'_, Ensemble>| {
                assert_eq!((p.done, p.of), (p.so_far.runs(), 60));
                told.push(format!("{:?}", p.so_far.summary()));
            };
            replicate(toy_shape(), &plan(threads, &go), toy, note).unwrap();
            told
        };
        assert_eq!(told(1).len(), 60);
        assert_eq!(told(8), told(1));
    }

    #[test]
    fn a_cancelled_ensemble_is_the_beginning_of_the_whole_one() {
        let (go, stop) = (AtomicBool::new(false), AtomicBool::new(false));
        let whole = replicate(toy_shape(), &plan(2, &go), toy, |_| {}).unwrap();
        let part = replicate(toy_shape(), &plan(2, &stop), toy, |p| {
            stop.store(p.done >= 7, Ordering::Relaxed);
        })
        .unwrap();
        let n = part.runs() as usize;
        assert!((7..60).contains(&n));
        assert_eq!(part.rows.total(0), &whole.rows.total(0)[..n]);
    }

    #[test]
    fn what_would_not_fit_is_refused_before_it_is_run() {
        let go = AtomicBool::new(false);
        let tight = Plan { memory_bytes: 1000, ..plan(2, &go) };
        let refused = replicate(toy_shape(), &tight, |_| unreachable!(), |_| {}).unwrap_err();
        // 20 days of 1 figure at 4 bytes, 1 total of 8, 60 runs.
        assert_eq!(refused, EnsembleError::TooLarge { needed: 60 * 88, allowed: 1000 });
        let none = Plan { seeds: Seeds { first: 0, count: 0 }, ..plan(2, &go) };
        let refused = replicate(toy_shape(), &none, toy, |_| {}).unwrap_err();
        assert_eq!(refused, EnsembleError::Nothing);
    }
}
