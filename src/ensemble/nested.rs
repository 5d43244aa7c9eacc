//! Parameters apart from chance: a nested design.
//!
//! Floor 2. Reads a closure that runs one seed with given parameters; owns
//! [`Nested`]. So many sets of parameters are drawn from their ranges, and each is
//! run with so many seeds of its own. What differs between sets beyond what chance
//! explains is due to parameters: the variance parts of a one-way analysis with
//! random effects (Searle, Casella & `McCulloch`, *Variance Components*, 1992).

use std::num::NonZeroUsize;
use std::sync::atomic::AtomicBool;

use serde::Serialize;

use super::error::EnsembleError;
use super::knobs::{self, Knob, latin_hypercube};
use super::outcome::{Outcome, Shape};
use super::runs::{Ensemble, Plan, Progress, Seeds};
use super::stats::bands::Bands;
use super::stats::moments::Moments;
use super::stats::spread::Spread;
use super::workers;
use crate::sim::draw::{Purpose, draw};

/// Times that the draws are drawn again for an interval.
const AGAIN: u32 = 200;
/// The fifth of a hundred from either end, of so many.
const FIVE_PERCENT: usize = 10;
/// Third word of the key: `sobol` draws its samples again under 0.
const OF_DRAWS: u32 = 1;

/// A nested design.
#[derive(Debug, Clone, Copy)]
pub struct NestedPlan<'a> {
    /// The seed of the first run, and the key of the parameter draws.
    pub first_seed: u64,
    /// Sets of parameters; 40 unless there is a reason.
    pub draws: u32,
    /// Runs of each set, each with a seed of its own; 25 unless there is a reason.
    pub seeds_per_draw: u32,
    /// Threads that work on it.
    pub threads: NonZeroUsize,
    /// Set by somebody who has seen enough.
    pub cancel: &'a AtomicBool,
    /// Bytes that the figures of all runs may take.
    pub memory_bytes: u64,
}

impl<'a> NestedPlan<'a> {
    /// The usual design, 40 × 25, on all cores.
    pub fn new(first_seed: u64, cancel: &'a AtomicBool) -> Self {
        Self {
            first_seed,
            draws: 40,
            seeds_per_draw: 25,
            threads: workers::all_cores(),
            cancel,
            memory_bytes: super::runs::DEFAULT_MEMORY_BYTES,
        }
    }
}

/// What a nested design gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Nested {
    /// All runs, draw after draw.
    pub all: Ensemble,
    /// The parameters of each draw, in the order of the knobs.
    pub draws: Vec<Vec<u32>>,
    /// Runs of each draw.
    pub seeds_per_draw: u32,
}

/// How the variance of a total splits.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct VarianceParts {
    /// Variance between sets of parameters, chance taken out; never below 0.
    pub between: f64,
    /// Variance between seeds of one set: chance.
    pub within: f64,
}

impl VarianceParts {
    /// The share that is due to parameters, 0 to 1; 0 when nothing varies.
    pub fn share_between(self) -> f64 {
        let whole = self.between + self.within;
        if whole > 0.0 { self.between / whole } else { 0.0 }
    }

    /// Of groups of one size; `None` with fewer than two groups or two in a group.
    pub fn of(groups: &[&[i64]]) -> Option<Self> {
        let size = groups.first()?.len();
        if groups.len() < 2 || size < 2 || groups.iter().any(|g| g.len() != size) {
            return None;
        }
        let each: Vec<Moments> = groups.iter().map(|g| Moments::of(g)).collect();
        let count = groups.len() as f64;
        let within = each.iter().map(|m| m.deviation * m.deviation).sum::<f64>() / count;
        // Sums are whole numbers: the means are compared without rounding.
        let sums: Vec<i64> = groups.iter().map(|g| g.iter().sum()).collect();
        let of_sums = Moments::of(&sums).deviation / size as f64;
        let between = (of_sums * of_sums - within / size as f64).max(0.0);
        Some(Self { between, within })
    }
}

impl Nested {
    /// Draws whose seeds have all been run.
    pub fn whole_draws(&self) -> usize {
        (self.all.runs() / self.seeds_per_draw.max(1)) as usize
    }

    /// Variance of one total between and within draws; `None` with fewer than two
    /// whole draws of at least two seeds.
    pub fn parts(&self, total: usize) -> Option<VarianceParts> {
        self.parts_of(&self.all.rows.signed_total(total))
    }

    /// The same of any number that each run gave, in the order of the runs.
    pub fn parts_of(&self, numbers: &[i64]) -> Option<VarianceParts> {
        VarianceParts::of(&self.groups(numbers))
    }

    /// The share that is due to parameters in nine of ten, were other parameters drawn
    /// from the same ranges: the draws are drawn again (bootstrap; Efron, *Ann Stat*
    /// 1979). Keyed.
    pub fn share_interval(&self, numbers: &[i64]) -> Option<[f64; 2]> {
        let groups = self.groups(numbers);
        VarianceParts::of(&groups)?;
        let again = |k: u32| {
            let pick = |i: usize| {
                let d = draw(self.all.seeds.first, Purpose::EnsembleAgain, k, i as u32, OF_DRAWS);
                groups[d.below(0, groups.len() as u32) as usize]
            };
            let picked: Vec<&[i64]> = (0..groups.len()).map(pick).collect();
            VarianceParts::of(&picked).map(VarianceParts::share_between)
        };
        let mut shares: Vec<f64> = (0..AGAIN).filter_map(again).collect();
        shares.sort_by(f64::total_cmp);
        let high = shares.len().checked_sub(1 + FIVE_PERCENT)?;
        Some([*shares.get(FIVE_PERCENT)?, *shares.get(high)?])
    }

    fn groups<'a>(&self, numbers: &'a [i64]) -> Vec<&'a [i64]> {
        numbers.chunks_exact(self.seeds_per_draw.max(1) as usize).collect()
    }

    /// One total over all draws and seeds: chance and parameters together.
    pub fn total(&self, total: usize) -> Option<Spread> {
        Spread::of(self.all.rows.signed_total(total))
    }

    /// The wider band: chance and parameters together. The narrower one beside it is
    /// that of an ordinary ensemble with the usual parameters.
    pub fn wider_band(&self, series: usize) -> Bands {
        Bands::of(&self.all.rows, series)
    }

    /// Parameters alone: the band of the draws' own medians, chance taken out as far
    /// as the seeds of a draw can.
    pub fn parameter_band(&self, series: usize) -> Bands {
        let (rows, seeds) = (&self.all.rows, self.seeds_per_draw.max(1) as usize);
        Bands::of_days((0..rows.days()).map(|day| {
            let figures = rows.of_day(series, day);
            let medians = figures.chunks_exact(seeds).filter_map(|g| Spread::of(g.to_vec()));
            medians.map(|s| round(s.median)).collect()
        }))
    }
}

/// To the nearest whole number; figures are counts and small.
fn round(x: f64) -> i64 {
    (x + 0.5).floor() as i64
}

/// Runs a nested design. The same for any number of threads; when cancelled, the
/// first draws come back.
///
/// # Errors
/// Nothing to run, too much to keep, or a range out of order.
pub fn nested(
    shape: Shape,
    plan: &NestedPlan,
    ranges: &[Knob],
    run: impl Fn(&[u32], u64) -> Outcome + Sync,
    mut progress: impl FnMut(Progress<'_, Ensemble>),
) -> Result<Nested, EnsembleError> {
    knobs::check(ranges)?;
    let count = plan.draws.saturating_mul(plan.seeds_per_draw);
    let seeds = Seeds { first: plan.first_seed, count };
    let flat =
        Plan { seeds, threads: plan.threads, cancel: plan.cancel, memory_bytes: plan.memory_bytes };
    flat.check(&shape, 1)?;
    let points = latin_hypercube(plan.first_seed, plan.draws, ranges.len(), 0);
    let draws: Vec<Vec<u32>> = points.iter().map(|p| knobs::values(ranges, p)).collect();
    let mut all = Ensemble::new(shape, seeds);
    workers::in_order(
        count as usize,
        plan.threads,
        plan.cancel,
        |i| run(&draws[i / plan.seeds_per_draw as usize], seeds.seed(i)),
        |_, outcome| {
            all.push(&outcome);
            progress(Progress { done: all.runs(), of: count, so_far: &all });
        },
    );
    Ok(Nested { all, draws, seeds_per_draw: plan.seeds_per_draw })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ensemble::grid::tests::GO;
    use crate::ensemble::knobs::tests::knob;
    use crate::ensemble::stats::tests::{near, toy_shape};

    /// Dyestuff yields of six batches (Davies 1947; in lme4): variance between
    /// batches 1764.05, within 2451.25.
    #[test]
    fn the_dyestuff_batches_split_as_published() {
        let batches: [&[i64]; 6] = [
            &[1545, 1440, 1440, 1520, 1580],
            &[1540, 1555, 1490, 1560, 1495],
            &[1595, 1550, 1605, 1510, 1560],
            &[1445, 1440, 1595, 1465, 1545],
            &[1595, 1630, 1515, 1635, 1625],
            &[1520, 1455, 1450, 1480, 1445],
        ];
        let parts = VarianceParts::of(&batches).unwrap();
        near(parts.between, 1764.05, 0.005);
        near(parts.within, 2451.25, 0.005);
        near(parts.share_between(), 0.4185, 0.0001);
    }

    #[test]
    fn chance_alone_leaves_nothing_between_and_no_chance_nothing_within() {
        let same: [&[i64]; 2] = [&[1, 9], &[9, 1]];
        near(VarianceParts::of(&same).unwrap().share_between(), 0.0, 0.0);
        let fixed: [&[i64]; 2] = [&[3, 3], &[8, 8]];
        near(VarianceParts::of(&fixed).unwrap().share_between(), 1.0, 0.0);
        assert_eq!(VarianceParts::of(&[&[1, 2]]), None);
    }

    fn run(with_knob: u32, chance: u32) -> impl Fn(&[u32], u64) -> Outcome + Sync {
        move |values: &[u32], seed: u64| {
            let noise = draw(seed, Purpose::EnsembleCurve, 9, 0, 0).below(0, chance + 1);
            let n = values[0] * with_knob + noise;
            Outcome { series: vec![vec![n; 20]], totals: vec![n.into()], homes: vec![None; 6] }
        }
    }

    /// A knob from 0 to 120 with its middle at 60 and chance from 0 to 120 are alike:
    /// variance 1200 and 1220 each (discrete uniform: (n² − 1) ÷ 12).
    #[test]
    fn parameters_and_chance_of_one_size_are_told_apart() {
        let ranges = [knob("a.x", 0, 60, 120)];
        let plan = NestedPlan { draws: 200, ..NestedPlan::new(1, &GO) };
        let out = nested(toy_shape(), &plan, &ranges, run(1, 120), |_| {}).unwrap();
        let parts = out.parts(0).unwrap();
        // Standard errors: within 1220·√(0.8 ÷ 5000) ≈ 15; between, of a Latin
        // hypercube, about 1200·√(2 ÷ 200)·(1220 ÷ 25 ÷ 1200 + …) < 50.
        near(parts.within, 1220.0, 62.0);
        near(parts.between, 1200.0, 100.0);
        let numbers = out.all.rows.signed_total(0);
        let [low, high] = out.share_interval(&numbers).unwrap();
        assert!(low < 0.5 && 0.5 < high && high - low < 0.15, "{low} to {high}");
        // The mutant: without an effect of the knob nothing is found between.
        let none = nested(toy_shape(), &plan, &ranges, run(0, 120), |_| {}).unwrap();
        assert!(none.parts(0).unwrap().between < 30.0);
    }

    #[test]
    fn the_wider_band_is_wider_and_threads_do_not_matter() {
        let ranges = [knob("a.x", 0, 60, 300)];
        let of = |threads| {
            let threads = NonZeroUsize::new(threads).unwrap();
            let plan = NestedPlan { threads, ..NestedPlan::new(7, &GO) };
            nested(toy_shape(), &plan, &ranges, run(1, 40), |_| {}).unwrap()
        };
        let out = of(1);
        assert_eq!(of(8), out);
        assert_eq!((out.whole_draws(), out.all.runs()), (40, 1000));
        let width = |b: &Bands| b.ninety[0][1] - b.ninety[0][0];
        assert!(width(&out.wider_band(0)) > 40.0);
        assert!(width(&out.wider_band(0)) >= width(&out.parameter_band(0)));
    }
}
