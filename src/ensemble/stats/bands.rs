//! Bands by day: where half of the runs lie, and nine in ten.
//!
//! Floor 2. Reads the rows of an ensemble; owns [`Bands`]. Each day is taken by
//! itself, so a band hides the peaks of runs that peak on different days; `curves`
//! and `peaks` show those (Juul et al., *Nat Phys* 2021).

use serde::Serialize;

use super::spread::Spread;
use crate::ensemble::rows::Rows;

/// Median and bands of one quantity, day by day.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Bands {
    /// The middle of each day.
    pub median: Vec<f64>,
    /// Where half of the runs lie.
    pub half: Vec<[f64; 2]>,
    /// Where nine runs in ten lie.
    pub ninety: Vec<[f64; 2]>,
}

impl Bands {
    /// Of one quantity of all runs; empty before the first run.
    pub fn of(rows: &Rows, series: usize) -> Self {
        Self::of_days((0..rows.days()).map(|day| rows.of_day(series, day)))
    }

    /// Of the figures of each day.
    pub fn of_days(days: impl IntoIterator<Item = Vec<i64>>) -> Self {
        let mut bands = Self::default();
        for spread in days.into_iter().filter_map(Spread::of) {
            bands.median.push(spread.median);
            bands.half.push(spread.half);
            bands.ninety.push(spread.ninety);
        }
        bands
    }

    /// Days that have a band.
    pub fn days(&self) -> usize {
        self.median.len()
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::near;
    use super::*;

    /// By hand: 21 runs of two days, the numbers 0 to 20 and their squares. Place
    /// 5 % is the second of 21 numbers, place 25 % the sixth.
    #[test]
    fn bands_are_quantiles_of_each_day() {
        let bands = Bands::of_days([(0..21).collect(), (0..21).map(|x| x * x).rev().collect()]);
        assert_eq!(bands.days(), 2);
        near(bands.median[0], 10.0, 0.0);
        near(bands.median[1], 100.0, 0.0);
        for (found, expected) in bands.half[1].into_iter().zip([25.0, 225.0]) {
            near(found, expected, 0.0);
        }
        for (found, expected) in bands.ninety[1].into_iter().zip([1.0, 361.0]) {
            near(found, expected, 0.0);
        }
    }
}
