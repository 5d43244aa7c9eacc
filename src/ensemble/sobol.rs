//! How much of the variance each parameter carries: Sobol's indices.
//!
//! Floor 2. Reads a closure that runs one seed with given parameters; owns
//! [`Indices`]. Two keyed Latin hypercubes A and B are joined so that each
//! parameter in turn is taken from B and the others from A. First-order indices
//! after Saltelli et al. (*Comput Phys Commun* 2010), total ones after Jansen
//! (*Comput Phys Commun* 1999): the pair that the 2010 comparison found best. The
//! intervals come from drawing the samples again.
//!
//! Our own and no crate, for the reasons that `morris` gives.

use serde::Serialize;

use super::error::EnsembleError;
use super::grid::{Filling, Grid};
use super::knobs::{self, Knob, Part, latin_hypercube};
use super::morris::point_means;
use super::runs::Seeds;
use crate::sim::draw::{Purpose, draw};

/// Tell the two hypercubes from other designs of the same seed.
const PART_A: u32 = 32;
const PART_B: u32 = 33;
/// Samples drawn again for an interval.
const AGAIN: u32 = 200;
/// Ends of the 90 % interval among them.
const FIVE_PERCENT: usize = AGAIN as usize / 20;

/// What one parameter carries.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Index {
    /// Alone: the share of the variance that would go if it were known.
    pub first: f64,
    /// Its 90 % interval.
    pub first_interval: [f64; 2],
    /// Alone and with others: the share that would stay if all else were known.
    pub total: f64,
    /// Its 90 % interval.
    pub total_interval: [f64; 2],
}

/// What every parameter carries.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Indices {
    /// By knob.
    pub knobs: Vec<Index>,
    /// Variance of the total over the parameters' ranges.
    pub variance: f64,
    /// Samples used.
    pub samples: u32,
}

/// Where the model is run: sample after sample A, B, and A with one column of B.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Design {
    a: Vec<Vec<Part>>,
    b: Vec<Vec<Part>>,
}

impl Design {
    /// Keyed, of so many samples.
    pub fn new(seed: u64, samples: u32, knobs: usize) -> Self {
        let cube = |part| latin_hypercube(seed, samples, knobs, part);
        Self { a: cube(PART_A), b: cube(PART_B) }
    }

    /// Points of each sample: A, B, and one for each knob.
    pub fn columns(knobs: usize) -> usize {
        knobs + 2
    }

    /// One point.
    pub fn point(&self, sample: usize, column: usize) -> Vec<Part> {
        match column {
            0 => self.a[sample].clone(),
            1 => self.b[sample].clone(),
            _ => {
                let mut point = self.a[sample].clone();
                point[column - 2] = self.b[sample][column - 2];
                point
            }
        }
    }
}

/// Totals of one sample: A, B, and A with each column of B.
type Row = Vec<f64>;

/// First and total index of each knob, and the variance, of rows in some order.
fn estimate(rows: &[Row], order: &[usize], middle: f64) -> (Vec<[f64; 2]>, f64) {
    let knobs = rows.first().map_or(0, |row| row.len().saturating_sub(2));
    let n = order.len() as f64;
    let (mut sum, mut squares) = (0.0, 0.0);
    let mut parts = vec![[0.0_f64; 2]; knobs];
    for &i in order {
        // A total far from 0 would drown the products in rounding and in chance.
        let (a, b) = (rows[i][0] - middle, rows[i][1] - middle);
        sum += a + b;
        squares += a * a + b * b;
        for (part, mixed) in parts.iter_mut().zip(&rows[i][2..]) {
            let mixed = mixed - middle;
            part[0] += b * (mixed - a);
            part[1] += (a - mixed) * (a - mixed) / 2.0;
        }
    }
    let mean = sum / (2.0 * n);
    let variance = squares / (2.0 * n) - mean * mean;
    let share = |x: f64| if variance > 0.0 { x / n / variance } else { 0.0 };
    (parts.into_iter().map(|p| p.map(share)).collect(), variance)
}

/// Indices from the totals of each sample; `None` with fewer than two samples.
pub fn indices(seed: u64, rows: &[Row]) -> Option<Indices> {
    if rows.len() < 2 {
        return None;
    }
    let middle = rows.iter().map(|r| r[0] + r[1]).sum::<f64>() / (2.0 * rows.len() as f64);
    let all: Vec<usize> = (0..rows.len()).collect();
    let (shares, variance) = estimate(rows, &all, middle);
    let again: Vec<Vec<[f64; 2]>> = (0..AGAIN)
        .map(|k| {
            let pick = |i: usize| {
                let d = draw(seed, Purpose::EnsembleAgain, k, i as u32, 0);
                d.below(0, rows.len() as u32) as usize
            };
            let order: Vec<usize> = all.iter().map(|&i| pick(i)).collect();
            estimate(rows, &order, middle).0
        })
        .collect();
    let interval = |knob: usize, which: usize| {
        let mut each: Vec<f64> = again.iter().map(|shares| shares[knob][which]).collect();
        each.sort_by(f64::total_cmp);
        [each[FIVE_PERCENT], each[each.len() - 1 - FIVE_PERCENT]]
    };
    let knobs = shares.iter().enumerate().map(|(k, &[first, total])| Index {
        first,
        first_interval: interval(k, 0),
        total,
        total_interval: interval(k, 1),
    });
    Some(Indices { knobs: knobs.collect(), variance, samples: rows.len() as u32 })
}

/// Runs the design with so many samples. The total at a point is the mean over the
/// seeds, the same ones at every point. When cancelled, the first samples count;
/// `None` when there are fewer than two.
///
/// # Errors
/// No seeds or samples, or a range out of order.
pub fn sobol(
    ranges: &[Knob],
    samples: u32,
    seeds: Seeds,
    filling: &Filling,
    value: impl Fn(&[u32], u64) -> i64 + Sync,
    progress: impl FnMut(usize, usize),
) -> Result<Option<Indices>, EnsembleError> {
    let design = design(ranges, samples, seeds)?;
    let each = seeds.count as usize;
    let run = |row: usize, column: usize| {
        let point = design.point(row, column / each);
        value(&knobs::values(ranges, &point), seeds.seed(column % each))
    };
    let columns = Design::columns(ranges.len()) * each;
    let grid = Grid::fill(samples as usize, columns, filling, run, progress);
    Ok(indices_of(seeds, &grid))
}

/// The design.
///
/// # Errors
/// As [`sobol`].
pub fn design(ranges: &[Knob], samples: u32, seeds: Seeds) -> Result<Design, EnsembleError> {
    knobs::check(ranges)?;
    if seeds.count == 0 || samples == 0 || ranges.is_empty() {
        return Err(EnsembleError::Nothing);
    }
    Ok(Design::new(seeds.first, samples, ranges.len()))
}

/// The indices, from runs that were made: a row for each sample, in it each point with all
/// its seeds; `None` with fewer than two samples.
pub fn indices_of(seeds: Seeds, grid: &Grid) -> Option<Indices> {
    let each = seeds.count as usize;
    let rows: Vec<Row> = grid.rows().map(|row| point_means(row, each)).collect();
    indices(seeds.first, &rows)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ensemble::grid::tests::two;
    use crate::ensemble::knobs::TOP;
    use crate::ensemble::knobs::tests::knob;
    use crate::ensemble::stats::tests::near;
    use std::f64::consts::PI;

    fn of(samples: u32, knobs: usize, f: impl Fn(&[f64]) -> f64) -> Indices {
        let design = Design::new(20, samples, knobs);
        let at = |sample, column| {
            let point = design.point(sample, column);
            f(&point.iter().map(|&x| f64::from(x) / f64::from(TOP)).collect::<Vec<_>>())
        };
        let row = |s| (0..Design::columns(knobs)).map(|c| at(s, c)).collect();
        indices(20, &(0..samples as usize).map(row).collect::<Vec<_>>()).unwrap()
    }

    fn ishigami(b: f64) -> impl Fn(&[f64]) -> f64 {
        move |x: &[f64]| {
            let x: Vec<f64> = x.iter().map(|u| PI * (2.0 * u - 1.0)).collect();
            x[0].sin() + 7.0 * x[1].sin().powi(2) + b * x[2].powi(4) * x[0].sin()
        }
    }

    /// Largest distance to published indices.
    fn miss(found: &Indices, first: &[f64], total: &[f64]) -> f64 {
        let pairs = found.knobs.iter().zip(first.iter().zip(total));
        pairs.map(|(k, (f, t))| (k.first - f).abs().max((k.total - t).abs())).fold(0.0, f64::max)
    }

    /// Ishigami & Homma 1990, a = 7, b = 0.1 (Saltelli et al., *Global Sensitivity
    /// Analysis: The Primer*, 2008).
    const ISHIGAMI: ([f64; 3], [f64; 3]) = ([0.3139, 0.4424, 0.0], [0.5576, 0.4424, 0.2437]);

    #[test]
    fn ishigami_has_its_published_indices() {
        let found = of(16_384, 3, ishigami(0.1));
        let (first, total) = ISHIGAMI;
        assert!(miss(&found, &first, &total) < 0.03, "{found:?}");
        // Variance a²/8 + bπ⁴/5 + b²π⁸/18 + ½ = 13.845.
        near(found.variance, 13.845, 0.2);
        for (k, (f, t)) in found.knobs.iter().zip(first.iter().zip(total)) {
            assert!(k.first_interval[0] <= k.first && k.first <= k.first_interval[1]);
            assert!((k.first_interval[0] - 0.02..=k.first_interval[1] + 0.02).contains(f));
            assert!((k.total_interval[0] - 0.02..=k.total_interval[1] + 0.02).contains(&t));
        }
        // The mutant: half of b (first indices .218 .687 0) is noticed.
        assert!(miss(&of(16_384, 3, ishigami(0.05)), &first, &total) > 0.03);
    }

    /// Sobol's g-function with a = 0, 1, 4.5, 9 and four of 99 (Saltelli & Sobol
    /// 1995): Vᵢ = 1 ÷ 3(1 + aᵢ)², V = Π(1 + Vᵢ) − 1.
    #[test]
    fn the_g_function_has_its_published_indices() {
        let a = [0.0, 1.0, 4.5, 9.0, 99.0, 99.0, 99.0, 99.0];
        let g = |a: [f64; 8]| {
            move |x: &[f64]| {
                (0..8).map(|i| ((4.0 * x[i] - 2.0).abs() + a[i]) / (1.0 + a[i])).product::<f64>()
            }
        };
        let first = [0.7162, 0.1790, 0.0237, 0.0072, 0.0001, 0.0001, 0.0001, 0.0001];
        let total = [0.7872, 0.2422, 0.0343, 0.0105, 0.0001, 0.0001, 0.0001, 0.0001];
        let found = of(16_384, 8, g(a));
        assert!(miss(&found, &first, &total) < 0.03, "{found:?}");
        near(found.variance, 0.4654, 0.01);
        // The mutant: two coefficients changed places.
        let wrong = of(16_384, 8, g([1.0, 0.0, 4.5, 9.0, 99.0, 99.0, 99.0, 99.0]));
        assert!(miss(&wrong, &first, &total) > 0.03);
    }

    #[test]
    fn a_total_far_from_zero_changes_nothing() {
        let plain = of(512, 3, ishigami(0.1));
        let lifted = of(512, 3, |x| ishigami(0.1)(x) + 1e6);
        for (a, b) in plain.knobs.iter().zip(&lifted.knobs) {
            near(b.first, a.first, 1e-6);
            near(b.total, a.total, 1e-6);
        }
    }

    #[test]
    fn runs_give_what_the_points_give() {
        let ranges = [knob("x", 0, 3000, 6000), knob("y", 0, 500, 1000), knob("z", 0, 1, 2)];
        let value = |v: &[u32], seed: u64| i64::from(v[0] + v[1]) + seed as i64;
        let seeds = Seeds { first: 3, count: 2 };
        let found = sobol(&ranges, 2000, seeds, &two(), value, |_, _| {}).unwrap().unwrap();
        // Variances of two uniform laws, 36 : 1.
        near(found.knobs[0].total, 36.0 / 37.0, 0.05);
        near(found.knobs[1].first, 1.0 / 37.0, 0.05);
        near(found.knobs[2].total, 0.0, 1e-12);
    }

    #[test]
    fn a_model_without_variance_has_no_indices_to_speak_of() {
        let found = of(16, 2, |_| 4.0);
        assert!(found.knobs.iter().all(|k| k.first.abs() + k.total.abs() < 1e-12));
        assert_eq!(indices(1, &[vec![1.0, 2.0, 3.0]]), None);
    }
}
