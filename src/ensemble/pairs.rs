//! Pairs: the same seed without a measure and with it.
//!
//! Floor 2. Reads a closure that runs one seed in both arms; owns [`Pairs`]. The
//! draws are keyed, so the two runs of a pair differ only by their cause.

use super::error::EnsembleError;
use super::homes::HomeTally;
use super::outcome::{Outcome, Shape};
use super::runs::{Ensemble, Plan, Progress, Seeds};
use super::stats::paired::PairedSummary;
use super::workers;

/// What many pairs gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pairs {
    /// The arm without the measure.
    pub without: Ensemble,
    /// The arm with it.
    pub with: Ensemble,
    /// What changed for each home.
    pub homes: HomeTally,
}

/// The two runs of a pair.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Pair {
    /// The run without the measure.
    pub without: Outcome,
    /// The run with it.
    pub with: Outcome,
}

impl Pairs {
    /// Nothing run yet.
    pub fn new(shape: Shape, seeds: Seeds) -> Self {
        let homes = HomeTally::new(shape.homes);
        let without = Ensemble::new(shape, seeds);
        Self { with: without.clone(), without, homes }
    }

    /// Adds the next pair.
    pub fn push(&mut self, pair: &Pair) {
        self.without.push(&pair.without);
        self.with.push(&pair.with);
        self.homes.push(&pair.without, &pair.with);
    }

    /// Pairs so far.
    pub fn count(&self) -> u32 {
        self.without.runs()
    }

    /// What can be said of one of the totals; `None` before the first pair.
    pub fn summary(&self, total: usize) -> Option<PairedSummary> {
        PairedSummary::of(self, total)
    }
}

/// Runs both arms for every seed. Byte for byte the same for any number of
/// threads; when cancelled, the first pairs come back.
///
/// # Errors
/// Nothing to run, or too much to keep.
pub fn pair(
    shape: Shape,
    plan: &Plan,
    run: impl Fn(u64) -> Pair + Sync,
    mut progress: impl FnMut(Progress<'_, Pairs>),
) -> Result<Pairs, EnsembleError> {
    plan.check(&shape, 2)?;
    let mut pairs = Pairs::new(shape, plan.seeds);
    workers::in_order(
        plan.seeds.count as usize,
        plan.threads,
        plan.cancel,
        |i| run(plan.seeds.seed(i)),
        |_, outcome| {
            pairs.push(&outcome);
            let done = pairs.count();
            progress(Progress { done, of: plan.seeds.count, so_far: &pairs });
        },
    );
    Ok(pairs)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ensemble::stats::tests::{toy_pair, toy_shape};
    use std::num::NonZeroUsize;
    use std::sync::atomic::AtomicBool;

    #[test]
    fn pairs_are_the_same_for_any_number_of_threads() {
        let go = AtomicBool::new(false);
        let of = |threads| {
            let threads = NonZeroUsize::new(threads).unwrap();
            let plan = Plan { threads, ..Plan::new(Seeds { first: 5, count: 50 }, &go) };
            pair(toy_shape(), &plan, toy_pair, |_| {}).unwrap()
        };
        let one = of(1);
        assert_eq!(of(2), one);
        assert_eq!(of(8), one);
        assert_eq!(one.homes.pairs, 50);
        let spared: u32 = one.homes.homes.iter().map(|h| h.spared).sum();
        let reached = |e: &Ensemble| e.homes_reached.iter().sum::<u32>();
        assert_eq!(reached(&one.without) - spared, reached(&one.with));
    }
}
