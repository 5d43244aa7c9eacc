//! Which measure of a stack made the difference.
//!
//! Floor 2. Reads a closure that runs one seed with any subset of the measures;
//! owns [`Attribution`]. Measures came together, so what each did depends on what
//! else was there. Three answers stand beside each other: the measure alone, all
//! but the measure, and its share averaged over all orders in which the measures
//! could have been added (Shapley 1953). The shares of a seed add up to its whole
//! difference exactly: they are kept as whole numbers over a common denominator.
//!
//! Up to [`MOST_EXACT`] measures every subset is run, each once for a seed; above
//! that, keyed orders are drawn, and the subsets on their way are run.

use super::error::EnsembleError;
use super::grid::{Filling, Grid};
use super::orders::{Arms, Orders, Subset, all_of};
use super::runs::Seeds;
use super::stats::paired::Differences;
use super::stats::spread::Spread;

/// Up to so many measures the average over orders is exact: 1,024 arms.
pub const MOST_EXACT: usize = 10;
/// More measures have no name as a subset.
pub const MOST_MEASURES: usize = 32;
/// Orders that are drawn when there are more measures than [`MOST_EXACT`], each
/// with its reverse.
pub const ORDER_PAIRS: u32 = 50;

/// A stack of measures, taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribution {
    arms: Arms,
    grid: Grid,
}

/// What one measure did. A difference is *without* minus *with*.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MeasureShare {
    /// Nothing against this measure alone.
    pub alone: Differences,
    /// All but this measure against all.
    pub on_top: Differences,
    /// Its share averaged over the orders: mean over the seeds, with the 95 % interval
    /// of the mean as far as chance goes.
    pub share: f64,
    /// That interval.
    pub share_interval: [f64; 2],
    /// Its share in nine seeds of ten, to the nearest whole number.
    pub share_ninety: [f64; 2],
}

/// Shares of one seed: whole numbers over a common denominator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeedShares {
    /// By measure.
    pub numerators: Vec<i128>,
    /// Below all of them.
    pub denominator: i128,
}

/// Runs every seed with the subsets that are needed. `value` gives the total for a
/// seed and a subset of the measures; a smaller one is better. `progress` hears how
/// many of how many runs are done.
///
/// # Errors
/// No seeds, no measures, or more than [`MOST_MEASURES`].
pub fn attribute(
    measures: usize,
    seeds: Seeds,
    filling: &Filling,
    value: impl Fn(Subset, u64) -> i64 + Sync,
    progress: impl FnMut(usize, usize),
) -> Result<Attribution, EnsembleError> {
    let arms = arms(measures, seeds)?;
    let run = |row: usize, arm: usize| value(arms.subsets[arm], seeds.seed(row));
    let grid = Grid::fill(seeds.count as usize, arms.subsets.len(), filling, run, progress);
    Ok(Attribution::of(arms, grid))
}

/// The subsets that have to be run for these measures and seeds.
///
/// # Errors
/// As [`attribute`].
pub fn arms(measures: usize, seeds: Seeds) -> Result<Arms, EnsembleError> {
    if measures > MOST_MEASURES {
        return Err(EnsembleError::TooManyMeasures(measures));
    }
    if measures == 0 || seeds.count == 0 {
        return Err(EnsembleError::Nothing);
    }
    Ok(if measures <= MOST_EXACT {
        Arms::every(measures)
    } else {
        Arms::sampled(measures, seeds.first, ORDER_PAIRS)
    })
}

fn factorial(n: usize) -> i128 {
    (1..=n as i128).product()
}

impl Attribution {
    /// Of runs that were made: a row for each seed, a column for each arm.
    ///
    /// # Panics
    /// When these are not the runs of these arms.
    pub fn of(arms: Arms, grid: Grid) -> Self {
        assert_eq!(grid.columns(), arms.subsets.len(), "one column for each arm");
        Self { arms, grid }
    }

    /// Seeds whose arms have all been run.
    pub fn seeds(&self) -> usize {
        self.grid.rows().len()
    }

    /// Whether every order was counted, not only some.
    pub fn is_exact(&self) -> bool {
        self.arms.orders == Orders::Every
    }

    /// Runs for each seed.
    pub fn arms(&self) -> usize {
        self.arms.subsets.len()
    }

    /// Nothing against everything.
    pub fn whole(&self) -> Option<Differences> {
        self.between(0, all_of(self.arms.measures))
    }

    /// Seeds in which the measures together changed nothing.
    pub fn unchanged(&self) -> u32 {
        let (none, all) = (self.arms.place(0), self.arms.place(all_of(self.arms.measures)));
        self.grid.rows().filter(|row| row[none] == row[all]).count() as u32
    }

    fn between(&self, without: Subset, with: Subset) -> Option<Differences> {
        let (without, with) = (self.arms.place(without), self.arms.place(with));
        Differences::of(self.grid.rows().map(|row| row[without] - row[with]).collect())
    }

    /// What each measure did; `None` before the first seed.
    pub fn measures(&self) -> Option<Vec<MeasureShare>> {
        let shares: Vec<SeedShares> = self.seed_shares().collect();
        (0..self.arms.measures).map(|i| self.measure(i, &shares)).collect()
    }

    fn measure(&self, i: usize, shares: &[SeedShares]) -> Option<MeasureShare> {
        let all = all_of(self.arms.measures);
        let denominator = shares.first()?.denominator;
        let numerators: Vec<i128> = shares.iter().map(|s| s.numerators[i]).collect();
        let (share, error) = mean_and_error(&numerators, denominator);
        let z = super::stats::Z_95;
        let rounded = numerators.iter().map(|n| (n + denominator / 2).div_euclid(denominator));
        Some(MeasureShare {
            alone: self.between(0, 1 << i)?,
            on_top: self.between(all & !(1 << i), all)?,
            share,
            share_interval: [share - z * error, share + z * error],
            share_ninety: Spread::of(rounded.map(|x| x as i64).collect())?.ninety,
        })
    }

    /// The shares of each seed, averaged over the orders.
    pub fn seed_shares(&self) -> impl Iterator<Item = SeedShares> {
        self.grid.rows().map(|row| match &self.arms.orders {
            Orders::Every => exact(self.arms.measures, row),
            Orders::Some(orders) => self.sampled(orders, row),
        })
    }

    fn sampled(&self, orders: &[Vec<usize>], row: &[i64]) -> SeedShares {
        let mut numerators = vec![0; self.arms.measures];
        for order in orders {
            let mut subset = 0;
            for &measure in order {
                let before = row[self.arms.place(subset)];
                subset |= 1 << measure;
                numerators[measure] += i128::from(before - row[self.arms.place(subset)]);
            }
        }
        SeedShares { numerators, denominator: orders.len() as i128 }
    }
}

/// Every subset stands at the place of its own number.
fn exact(measures: usize, row: &[i64]) -> SeedShares {
    // In how many orders exactly these come before a measure.
    let weights: Vec<i128> =
        (0..measures).map(|size| factorial(size) * factorial(measures - size - 1)).collect();
    let mut numerators = vec![0; measures];
    for (measure, numerator) in numerators.iter_mut().enumerate() {
        let bit = 1_usize << measure;
        for subset in (0..row.len()).filter(|subset| subset & bit == 0) {
            let weight = weights[subset.count_ones() as usize];
            *numerator += weight * i128::from(row[subset] - row[subset | bit]);
        }
    }
    SeedShares { numerators, denominator: factorial(measures) }
}

/// Mean and its Monte-Carlo standard error, of numbers over a denominator.
fn mean_and_error(numerators: &[i128], denominator: i128) -> (f64, f64) {
    let n = numerators.len() as f64;
    let sum: i128 = numerators.iter().sum();
    let mean = sum as f64 / denominator as f64 / n;
    if numerators.len() < 2 {
        return (mean, 0.0);
    }
    let squares: f64 = numerators
        .iter()
        .map(|&x| {
            let off = x as f64 / denominator as f64 - mean;
            off * off
        })
        .sum();
    (mean, (squares / (n - 1.0) / n).sqrt())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ensemble::grid::tests::{GO, two};
    use crate::ensemble::stats::tests::near;
    use crate::sim::draw::{Purpose, draw};
    use proptest::prelude::*;
    use std::num::NonZeroUsize;
    use std::sync::atomic::{AtomicUsize, Ordering};

    fn of(measures: usize, count: u32, value: impl Fn(Subset, u64) -> i64 + Sync) -> Attribution {
        let seeds = Seeds { first: 1, count };
        attribute(measures, seeds, &two(), value, |_, _| {}).unwrap()
    }

    fn shares(a: &Attribution) -> Vec<f64> {
        a.measures().unwrap().iter().map(|m| m.share).collect()
    }

    /// The airport game of Littlechild & Owen (*Management Science* 1973): costs 8,
    /// 11, 13, 18 are borne as 2, 3, 4, 9. What a subset costs is what it removes.
    #[test]
    fn the_airport_game_is_shared_as_published() {
        let costs = [8, 11, 13, 18];
        let cost = |subset: Subset| (0..4).filter(|i| subset >> i & 1 == 1).map(|i| costs[i]).max();
        let a = of(4, 3, |subset, _| 100 - cost(subset).unwrap_or(0));
        assert!(a.is_exact());
        for (found, expected) in shares(&a).into_iter().zip([2.0, 3.0, 4.0, 9.0]) {
            near(found, expected, 1e-12);
        }
        let first = a.measures().unwrap()[0];
        near(first.alone.spread.median, 8.0, 0.0);
        near(first.on_top.spread.median, 0.0, 0.0);
        assert_eq!(a.unchanged(), 0);
        assert_eq!(of(2, 4, |subset, seed| i64::from(subset == 0 && seed > 2)).unchanged(), 2);
    }

    /// The glove game: two left gloves and one right one make one pair; shares 1/6,
    /// 1/6, 4/6.
    #[test]
    fn the_glove_game_is_shared_as_published() {
        let a = of(3, 2, |subset, _| -i64::from(subset & 0b100 != 0 && subset & 0b011 != 0));
        for (found, expected) in shares(&a).into_iter().zip([1.0 / 6.0, 1.0 / 6.0, 4.0 / 6.0]) {
            near(found, expected, 1e-12);
        }
    }

    /// The airport game again with fourteen airlines, where orders are drawn: airline
    /// i pays the sum over j ≤ i of (`c[j]` − `c[j−1]`) ÷ (14 − j), counted from 0.
    #[test]
    fn drawn_orders_come_close_to_the_exact_shares() {
        let cost = |subset: Subset| {
            if subset == 0 { 0 } else { 10 * (32 - i64::from(subset.leading_zeros())) }
        };
        let a = of(14, 1, |subset, _| -cost(subset));
        assert!(!a.is_exact() && a.arms() < 2000, "{}", a.arms());
        let expected = |i: usize| (0..=i).map(|j| 10.0 / (14 - j) as f64).sum::<f64>();
        let found = shares(&a);
        let miss = |shift: usize| {
            let off = |i: usize| (found[i] - expected((i + shift) % 14)).abs();
            (0..14).map(off).fold(0.0, f64::max)
        };
        // An airline's payment in one order scatters by less than 30; 50 pairs of
        // orders: 4 × 30 ÷ √50 ≈ 17 at the very most, and the pairs cancel most of it.
        assert!(miss(0) < 9.0, "{}", miss(0));
        // The mutant: shares given to the neighbour are noticed.
        assert!(miss(1) > 9.0, "{}", miss(1));
    }

    #[test]
    fn every_arm_is_run_once_for_a_seed() {
        let runs = AtomicUsize::new(0);
        let a = of(6, 9, |_, _| {
            runs.fetch_add(1, Ordering::Relaxed);
            0
        });
        assert_eq!(runs.load(Ordering::Relaxed), 64 * 9);
        assert_eq!((a.arms(), a.seeds()), (64, 9));
    }

    #[test]
    fn intervals_hold_what_seeds_scatter_and_threads_change_nothing() {
        let value = |subset: Subset, seed: u64| {
            let noise =
                |i: u32| i64::from(draw(seed, Purpose::EnsembleCurve, i, 5, 0).below(0, 21));
            500 - (0..3)
                .filter(|i| subset >> i & 1 == 1)
                .map(|i| 20 * i64::from(i) + noise(i))
                .sum::<i64>()
        };
        let a = of(3, 400, value);
        let seeds = Seeds { first: 1, count: 400 };
        let eight = Filling { threads: NonZeroUsize::new(8).unwrap(), cancel: &GO };
        assert_eq!(attribute(3, seeds, &eight, value, |_, _| {}).unwrap(), a);
        for (i, m) in (0_u32..).zip(a.measures().unwrap()) {
            let truth = 20.0 * f64::from(i) + 10.0;
            assert!(m.share_interval[0] < truth && truth < m.share_interval[1]);
            // Discrete uniform 0 … 20 has deviation 6.06; 1.96 × 6.06 ÷ 20 = 0.594.
            near(m.share_interval[1] - m.share, 0.594, 0.06);
            near(m.share_ninety[0], truth - 9.0, 1.1);
            near(m.alone.mean.mean, m.share, 1e-9);
            near(m.on_top.mean.mean, m.share, 1e-9);
        }
    }

    #[test]
    fn too_many_measures_and_none_are_refused() {
        let seeds = Seeds { first: 1, count: 1 };
        let refused = |n| attribute(n, seeds, &two(), |_, _| 0, |_, _| {}).unwrap_err();
        assert_eq!(refused(33), EnsembleError::TooManyMeasures(33));
        assert_eq!(refused(0), EnsembleError::Nothing);
        assert!(refused(33).sentence().en.contains("32"));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]
        /// Whatever the measures do to each other, the shares of a seed add up.
        #[test]
        fn shares_sum_to_the_whole_difference(measures in 1_usize..13, key in any::<u64>()) {
            let value = |subset: Subset, seed: u64| {
                i64::from(draw(key, Purpose::EnsembleCurve, subset, seed as u32, 7).below(0, 5000))
            };
            let a = of(measures, 3, value);
            let all = all_of(measures);
            for (seed, s) in (1..).zip(a.seed_shares()) {
                let whole = i128::from(value(0, seed) - value(all, seed));
                prop_assert_eq!(s.numerators.iter().sum::<i128>(), whole * s.denominator);
            }
            let sum: f64 = shares(&a).iter().sum();
            prop_assert!((sum - a.whole().unwrap().mean.mean).abs() < 1e-6);
        }
    }
}
