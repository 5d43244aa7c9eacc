//! Screening: elementary effects after Morris.
//!
//! Floor 2. Reads a closure that runs one seed with given parameters; owns
//! [`Effect`]. A path starts somewhere on a grid of four levels and moves one
//! parameter after another by two thirds of its way; how far the total moves with
//! it, for the whole way, is an elementary effect (Morris, *Technometrics* 1991).
//! µ* is the mean of their sizes (Campolongo et al., *Environ Model Softw* 2007),
//! µ of the effects with their sign, σ their scatter: large when a parameter acts
//! through others or not along a line. Ten or more paths of k + 1 runs are enough
//! to drop what does not matter before Sobol's indices are paid for.
//!
//! Our own and no crate: the one that serves, `salib`, is some months old, brings
//! 80 packages with it (linear algebra, Fourier transforms, a second `rand`) and
//! threads of its own, and knows neither keyed draws nor whole-number parameters,
//! for what is a page of sums here.

use serde::Serialize;

use super::error::EnsembleError;
use super::grid::{Filling, Grid};
use super::knobs::{self, Knob, Part, TOP};
use super::runs::Seeds;
use crate::sim::draw::{Purpose, draw};

/// Steps between the four levels of the grid.
const STEPS: u32 = 3;
/// A move goes over two of them.
const MOVE: u32 = 2;
/// Levels at which an upward move can begin.
const STARTS: u32 = STEPS - MOVE + 1;
/// A move as a part of the whole way.
const DELTA: f64 = MOVE as f64 / STEPS as f64;
/// Tells these draws from those of other designs.
const DESIGN_PART: u32 = 16;

/// What one parameter does, for its whole way from low to high.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Effect {
    /// Mean size of the elementary effects.
    pub mu_star: f64,
    /// Their mean with sign.
    pub mu: f64,
    /// Their standard deviation; 0 with a single path.
    pub sigma: f64,
}

/// One path through the grid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Path {
    /// Which knob moves at each step, and whether it moves up.
    pub moves: Vec<(usize, bool)>,
    /// The points: one more than moves.
    pub points: Vec<Vec<Part>>,
}

fn part(level: u32) -> Part {
    TOP / STEPS * level
}

impl Path {
    /// The keyed path of that number.
    pub fn new(seed: u64, number: u32, knobs: usize) -> Self {
        let key = |k: usize| draw(seed, Purpose::EnsembleDesign, number, k as u32, DESIGN_PART);
        let starts: Vec<(u32, bool)> =
            (0..knobs).map(|k| (key(k).below(0, STARTS), key(k).below(1, 2) == 1)).collect();
        let mut order: Vec<usize> = (0..knobs).collect();
        order.sort_by_key(|&k| (key(k).0[2], k));
        // Who moves down begins at the upper end of the move.
        let begin = |&(low, up): &(u32, bool)| part(if up { low } else { low + MOVE });
        let mut point: Vec<Part> = starts.iter().map(begin).collect();
        let mut points = vec![point.clone()];
        for &k in &order {
            let (low, up) = starts[k];
            point[k] = part(if up { low + MOVE } else { low });
            points.push(point.clone());
        }
        Self { moves: order.into_iter().map(|k| (k, starts[k].1)).collect(), points }
    }

    /// The elementary effect of each knob, from the totals at the points.
    pub fn effects(&self, totals: &[f64]) -> Vec<f64> {
        let mut effects = vec![0.0; self.moves.len()];
        for (step, &(knob, up)) in self.moves.iter().enumerate() {
            let moved = (totals[step + 1] - totals[step]) / DELTA;
            effects[knob] = if up { moved } else { -moved };
        }
        effects
    }
}

/// Sums up the effects that each path gave, path by path.
pub fn sum_up(paths: &[Vec<f64>]) -> Vec<Effect> {
    let knobs = paths.first().map_or(0, Vec::len);
    let n = paths.len() as f64;
    let of = |knob: usize| {
        let each = || paths.iter().map(|p| p[knob]);
        let mu = each().sum::<f64>() / n;
        let squares: f64 = each().map(|e| (e - mu) * (e - mu)).sum();
        let sigma = if paths.len() < 2 { 0.0 } else { (squares / (n - 1.0)).sqrt() };
        Effect { mu_star: each().map(f64::abs).sum::<f64>() / n, mu, sigma }
    };
    (0..knobs).map(of).collect()
}

/// The mean total at each point of a row whose cells are points × seeds.
pub(super) fn point_means(row: &[i64], seeds: usize) -> Vec<f64> {
    let mean =
        |cells: &[i64]| cells.iter().map(|&x| i128::from(x)).sum::<i128>() as f64 / seeds as f64;
    row.chunks_exact(seeds).map(mean).collect()
}

/// Screens the parameters with so many paths. The total at a point is the mean over
/// the seeds, the same ones at every point. When cancelled, the first paths count.
///
/// # Errors
/// No seeds or paths, or a range out of order.
pub fn morris(
    ranges: &[Knob],
    paths: u32,
    seeds: Seeds,
    filling: &Filling,
    value: impl Fn(&[u32], u64) -> i64 + Sync,
    progress: impl FnMut(usize, usize),
) -> Result<Vec<Effect>, EnsembleError> {
    let paths = design(ranges, paths, seeds)?;
    let each = seeds.count as usize;
    let run = |row: usize, column: usize| {
        let point = &paths[row].points[column / each];
        value(&knobs::values(ranges, point), seeds.seed(column % each))
    };
    let columns = (ranges.len() + 1) * each;
    let grid = Grid::fill(paths.len(), columns, filling, run, progress);
    Ok(effects(&paths, each, &grid))
}

/// The paths.
///
/// # Errors
/// As [`morris`].
pub fn design(ranges: &[Knob], paths: u32, seeds: Seeds) -> Result<Vec<Path>, EnsembleError> {
    knobs::check(ranges)?;
    if seeds.count == 0 || paths == 0 || ranges.is_empty() {
        return Err(EnsembleError::Nothing);
    }
    Ok((0..paths).map(|n| Path::new(seeds.first, n, ranges.len())).collect())
}

/// The effects, from runs that were made: a row for each path, in it each point with all
/// its seeds.
pub fn effects(paths: &[Path], seeds: usize, grid: &Grid) -> Vec<Effect> {
    let rows = paths.iter().zip(grid.rows());
    let effects: Vec<_> = rows.map(|(path, row)| path.effects(&point_means(row, seeds))).collect();
    sum_up(&effects)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ensemble::grid::tests::two;
    use crate::ensemble::knobs::tests::knob;
    use crate::ensemble::stats::tests::near;

    fn screen(paths: u32, knobs: usize, f: impl Fn(&[f64]) -> f64) -> Vec<Effect> {
        let each = |n| {
            let path = Path::new(4, n, knobs);
            let unit = |p: &Vec<Part>| {
                p.iter().map(|&x| f64::from(x) / f64::from(TOP)).collect::<Vec<_>>()
            };
            let totals: Vec<f64> = path.points.iter().map(|p| f(&unit(p))).collect();
            path.effects(&totals)
        };
        sum_up(&(0..paths).map(each).collect::<Vec<_>>())
    }

    #[test]
    fn a_path_moves_each_knob_once_by_two_thirds() {
        let path = Path::new(1, 0, 5);
        assert_eq!(path.points.len(), 6);
        for (step, &(knob, up)) in path.moves.iter().enumerate() {
            let (a, b) = (&path.points[step], &path.points[step + 1]);
            let changed: Vec<usize> = (0..5).filter(|&k| a[k] != b[k]).collect();
            assert_eq!(changed, [knob]);
            assert_eq!(b[knob] > a[knob], up);
            assert_eq!(a[knob].abs_diff(b[knob]), part(MOVE));
        }
    }

    /// A straight line: every effect is its slope, and nothing scatters.
    #[test]
    fn a_straight_line_gives_its_slopes() {
        let effects = screen(10, 3, |x| 3.0 * x[0] - 7.0 * x[1] + 5.0);
        for (e, (star, mu)) in effects.iter().zip([(3.0, 3.0), (7.0, -7.0), (0.0, 0.0)]) {
            near(e.mu_star, star, 1e-6);
            near(e.mu, mu, 1e-6);
            near(e.sigma, 0.0, 1e-6);
        }
    }

    /// Sobol's g-function has exact effects on the grid. |4x − 2| is 2, ⅔, ⅔, 2 on
    /// the four levels, 4/3 on average and 4/3 apart over every move; so
    /// µ* of i is 2/(1+aᵢ) · Π (4/3 + aⱼ)/(1+aⱼ) over the others j, and µ = 0.
    #[test]
    fn the_g_function_has_the_effects_that_algebra_gives() {
        let a = [0.0, 1.0, 4.5, 9.0, 99.0];
        let g = |a: [f64; 5]| {
            move |x: &[f64]| {
                (0..5).map(|i| ((4.0 * x[i] - 2.0).abs() + a[i]) / (1.0 + a[i])).product::<f64>()
            }
        };
        let paths = 4000;
        let expected = |i: usize| {
            let others = (0..5).filter(|&j| j != i);
            2.0 / (1.0 + a[i]) * others.map(|j| (4.0 / 3.0 + a[j]) / (1.0 + a[j])).product::<f64>()
        };
        // Every size lies between half and one and a half of µ*; 4 standard errors.
        let tolerance = |e: &Effect| 4.0 * e.sigma / f64::from(paths).sqrt();
        let effects = screen(paths, 5, g(a));
        for (i, e) in effects.iter().enumerate() {
            near(e.mu_star, expected(i), tolerance(e));
            near(e.mu, 0.0, tolerance(e));
        }
        // The mutant: 15 % on one coefficient is noticed.
        let other = screen(paths, 5, g([0.0, 1.3, 4.5, 9.0, 99.0]));
        assert!((other[1].mu_star - expected(1)).abs() > tolerance(&other[1]));
    }

    #[test]
    fn runs_give_what_the_points_give() {
        let ranges = [knob("x", 0, 30, 60), knob("y", 0, 30, 60)];
        let value = |v: &[u32], seed: u64| i64::from(2 * v[0]) + seed as i64;
        let seeds = Seeds { first: 3, count: 5 };
        let effects = morris(&ranges, 8, seeds, &two(), value, |_, of| assert_eq!(of, 8 * 3 * 5));
        let effects = effects.unwrap();
        near(effects[0].mu, 120.0, 1e-9);
        near(effects[1].mu_star, 0.0, 1e-9);
    }
}
