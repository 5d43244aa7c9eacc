//! Middle and range of a list of numbers.
//!
//! Floor 2. Reads integers; owns [`Spread`]. Quantiles are type 7 of Hyndman &
//! Fan (*Am Stat* 1996), as R and `NumPy` take them; the place in the list is found
//! in whole numbers, so that no rounding can move it.

use serde::Serialize;

use super::moments::Moments;

const PERMILLE: usize = 1000;
const MEDIAN: usize = 500;
/// Ends of the band that holds half of the runs.
const HALF: [usize; 2] = [250, 750];
/// Ends of the band that holds nine runs in ten.
const NINETY: [usize; 2] = [50, 950];

/// The quantile of a sorted list at so many thousandths; `None` of nothing.
pub fn quantile(sorted: &[i64], permille: usize) -> Option<f64> {
    let place = sorted.len().checked_sub(1)? * permille.min(PERMILLE);
    let (at, rest) = (place / PERMILLE, place % PERMILLE);
    let low = sorted[at];
    let high = sorted[(at + 1).min(sorted.len() - 1)];
    Some(low as f64 + rest as f64 * (high as f64 - low as f64) / PERMILLE as f64)
}

/// Median, the bands of 50 % and 90 %, both ends, and the mean.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Spread {
    /// How many numbers.
    pub count: u32,
    /// The middle one.
    pub median: f64,
    /// Half of the numbers lie in here.
    pub half: [f64; 2],
    /// Nine numbers in ten lie in here.
    pub ninety: [f64; 2],
    /// The smallest.
    pub least: i64,
    /// The largest.
    pub most: i64,
    /// The mean.
    pub mean: f64,
}

impl Spread {
    /// Of some numbers, in any order; `None` of nothing.
    pub fn of(mut numbers: Vec<i64>) -> Option<Self> {
        numbers.sort_unstable();
        let at = |permille| quantile(&numbers, permille);
        Some(Self {
            count: numbers.len() as u32,
            median: at(MEDIAN)?,
            half: [at(HALF[0])?, at(HALF[1])?],
            ninety: [at(NINETY[0])?, at(NINETY[1])?],
            least: *numbers.first()?,
            most: *numbers.last()?,
            mean: Moments::of(&numbers).mean,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::near;
    use super::*;
    use proptest::prelude::*;

    /// `quantile(1:10, c(.05, .25, .5, .75, .95))` in R gives 1.45 3.25 5.50 7.75 9.55.
    #[test]
    fn quantiles_are_those_of_r() {
        let s = Spread::of((1..=10).rev().collect()).unwrap();
        let found = [s.ninety[0], s.half[0], s.median, s.half[1], s.ninety[1]];
        for (found, expected) in found.into_iter().zip([1.45, 3.25, 5.5, 7.75, 9.55]) {
            near(found, expected, 1e-12);
        }
        assert_eq!((s.least, s.most, s.count), (1, 10, 10));
        near(s.mean, 5.5, 1e-12);
    }

    #[test]
    fn one_number_is_its_own_quantile_and_nothing_has_none() {
        let one = Spread::of(vec![-3]).unwrap();
        assert!(
            [one.median, one.half[0], one.ninety[1], one.mean]
                .iter()
                .all(|x| (x + 3.0).abs() < 1e-12)
        );
        assert_eq!(Spread::of(vec![]), None);
    }

    proptest! {
        #[test]
        fn the_wider_band_holds_the_narrower(numbers in proptest::collection::vec(-1000_i64..1000, 1..60)) {
            let s = Spread::of(numbers).unwrap();
            let chain = [s.least as f64, s.ninety[0], s.half[0], s.median, s.half[1], s.ninety[1], s.most as f64];
            prop_assert!(chain.is_sorted(), "{chain:?}");
        }
    }
}
