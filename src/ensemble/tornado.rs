//! One parameter at a time, from its low end to its high end.
//!
//! Floor 2. Reads a closure that runs one seed with given parameters; owns
//! [`Bar`]. Every seed is run with the usual values and with each parameter at
//! either end, so that the bars differ only by their cause. What parameters do
//! together a tornado cannot show; `morris` and `sobol` can.

use super::error::EnsembleError;
use super::grid::{Filling, Grid};
use super::knobs::{self, Knob};
use super::runs::Seeds;
use super::stats::paired::Differences;

/// One bar of the tornado. A difference is the total at that end minus the total
/// with the usual values.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bar {
    /// Which knob.
    pub knob: usize,
    /// What the low end changes.
    pub low: Differences,
    /// What the high end changes.
    pub high: Differences,
    /// How far the mean moves over the whole range, the usual value included.
    pub swing: f64,
}

/// Runs the tornado: the longest bar first. Two runs for each knob and seed, and
/// one for the seed. When cancelled, the first seeds count.
///
/// # Errors
/// No seeds, or a range out of order.
pub fn tornado(
    ranges: &[Knob],
    seeds: Seeds,
    filling: &Filling,
    value: impl Fn(&[u32], u64) -> i64 + Sync,
    progress: impl FnMut(usize, usize),
) -> Result<Vec<Bar>, EnsembleError> {
    let points = points(ranges, seeds)?;
    let run = |row: usize, column: usize| value(&points[column], seeds.seed(row));
    let grid = Grid::fill(seeds.count as usize, points.len(), filling, run, progress);
    Ok(bars(ranges.len(), &grid))
}

/// What is run for each seed: the usual values, then each knob at its low and its high
/// end.
///
/// # Errors
/// As [`tornado`].
pub fn points(ranges: &[Knob], seeds: Seeds) -> Result<Vec<Vec<u32>>, EnsembleError> {
    knobs::check(ranges)?;
    if seeds.count == 0 {
        return Err(EnsembleError::Nothing);
    }
    let mut points = vec![knobs::usual(ranges)];
    for (i, knob) in ranges.iter().enumerate() {
        for end in [knob.low, knob.high] {
            let mut point = knobs::usual(ranges);
            point[i] = end;
            points.push(point);
        }
    }
    Ok(points)
}

/// The bars of so many knobs, from runs that were made: a row for each seed, a column for
/// each point.
pub fn bars(knobs: usize, grid: &Grid) -> Vec<Bar> {
    let moved =
        |column: usize| Differences::of(grid.rows().map(|row| row[column] - row[0]).collect());
    let mut bars = Vec::new();
    for knob in 0..knobs {
        let (Some(low), Some(high)) = (moved(1 + 2 * knob), moved(2 + 2 * knob)) else { continue };
        let ends = [low.mean.mean, high.mean.mean, 0.0];
        let swing = ends.iter().copied().fold(f64::MIN, f64::max)
            - ends.iter().copied().fold(f64::MAX, f64::min);
        bars.push(Bar { knob, low, high, swing });
    }
    bars.sort_by(|a, b| b.swing.total_cmp(&a.swing).then(a.knob.cmp(&b.knob)));
    bars
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ensemble::grid::tests::two;
    use crate::ensemble::knobs::tests::knob;
    use crate::ensemble::stats::tests::near;

    /// By hand: 2x + (y − 5)² + seed; x from 0 over 3 to 10, y from 1 over 5 to 9, z
    /// without effect.
    #[test]
    fn bars_are_as_by_hand_and_the_longest_comes_first() {
        let ranges = [knob("z", 0, 1, 2), knob("y", 1, 5, 9), knob("x", 0, 3, 10)];
        let value = |v: &[u32], seed: u64| {
            let off = i64::from(v[1]) - 5;
            2 * i64::from(v[2]) + off * off + seed as i64
        };
        let bars = tornado(&ranges, Seeds { first: 1, count: 4 }, &two(), value, |_, of| {
            assert_eq!(of, 4 * 7);
        })
        .unwrap();
        assert_eq!(bars.iter().map(|b| b.knob).collect::<Vec<_>>(), [2, 1, 0]);
        near(bars[0].low.mean.mean, -6.0, 0.0);
        near(bars[0].high.mean.mean, 14.0, 0.0);
        near(bars[0].swing, 20.0, 0.0);
        // Both ends of y lie on one side of the usual value.
        near(bars[1].low.spread.median, 16.0, 0.0);
        near(bars[1].swing, 16.0, 0.0);
        near(bars[2].swing, 0.0, 0.0);
        // The seeds are shared, so chance drops out.
        near(bars[0].high.mean.error, 0.0, 0.0);
    }

    #[test]
    fn a_range_out_of_order_is_not_run() {
        let wrong = [knob("x", 5, 3, 10)];
        let done = tornado(&wrong, Seeds { first: 1, count: 4 }, &two(), |_, _| 0, |_, _| {});
        assert_eq!(done.unwrap_err(), EnsembleError::Range("x".to_owned()));
    }
}
