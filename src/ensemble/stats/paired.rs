//! What a measure changed, from pairs of runs.
//!
//! Floor 2. Reads pairs; owns [`PairedSummary`]. A difference is *without* minus
//! *with*: so many fewer with the measure; negative when it made things worse.

use serde::Serialize;

use super::beats::Beats;
use super::endings::Endings;
use super::moments::Moments;
use super::share::Share;
use super::spread::Spread;
use super::summary::DIED_OUT_BELOW;
use crate::ensemble::pairs::Pairs;

/// What the pairs say of one total.
#[derive(Debug, Clone, PartialEq)]
pub struct PairedSummary {
    /// Pairs.
    pub pairs: u32,
    /// Without minus with, pair by pair.
    pub difference: Spread,
    /// Mean difference, its Monte-Carlo error and the runs that ± 10 % would need.
    pub mean: Moments,
    /// Seeds with any benefit, with no change, and with more.
    pub seeds: Beats,
    /// Runs without the measure with fewer than ten cases, whether or not there was any and
    /// whether or not it is over; of 0 runs where no cases are counted.
    pub died_out_without: Share,
    /// Runs with it that had as few.
    pub died_out_with: Share,
    /// How the runs without the measure ended.
    pub endings_without: Endings,
    /// How those with it ended.
    pub endings_with: Endings,
    /// Pairs in which there was not one case in either run: they can show nothing.
    pub empty: u32,
    /// The total without the measure.
    pub without: Spread,
    /// The total with it.
    pub with: Spread,
}

/// What differences give by themselves.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Differences {
    /// Middle and range.
    pub spread: Spread,
    /// Mean and its Monte-Carlo error.
    pub mean: Moments,
}

impl Differences {
    /// Of differences; `None` of nothing.
    pub fn of(numbers: Vec<i64>) -> Option<Self> {
        let mean = Moments::of(&numbers);
        Some(Self { spread: Spread::of(numbers)?, mean })
    }
}

impl PairedSummary {
    /// Of one total; `None` before the first pair.
    pub fn of(pairs: &Pairs, total: usize) -> Option<Self> {
        let without = pairs.without.rows.signed_total(total);
        let with = pairs.with.rows.signed_total(total);
        let cases = pairs.without.shape.cases;
        let [cases_without, cases_with] =
            [&pairs.without, &pairs.with].map(|arm| cases.map_or(&[][..], |at| arm.rows.total(at)));
        let differences = without.iter().zip(&with).map(|(a, b)| a - b).collect();
        let Differences { spread, mean } = Differences::of(differences)?;
        let fizzled = |cases: &[u64]| Share::among(cases, |&n| n < DIED_OUT_BELOW);
        let both = cases_without.iter().zip(cases_with);
        Some(Self {
            pairs: pairs.count(),
            difference: spread,
            mean,
            seeds: Beats::smaller_wins(&with, &without),
            died_out_without: fizzled(cases_without),
            died_out_with: fizzled(cases_with),
            endings_without: Endings::of(&pairs.without.rows, &pairs.without.shape),
            endings_with: Endings::of(&pairs.with.rows, &pairs.with.shape),
            empty: both.filter(|(a, b)| **a == 0 && **b == 0).count() as u32,
            without: Spread::of(without)?,
            with: Spread::of(with)?,
        })
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::super::tests::{near, toy_shape};
    use super::*;
    use crate::ensemble::outcome::Outcome;
    use crate::ensemble::pairs::Pair;
    use crate::ensemble::runs::Seeds;

    /// Pairs with these cases without and with.
    pub(crate) fn pairs(cases: &[(u64, u64)]) -> Pairs {
        let seeds = Seeds { first: 1, count: cases.len() as u32 };
        let mut pairs = Pairs::new(toy_shape(), seeds);
        let run = |n| Outcome { series: vec![vec![0; 20]], totals: vec![n], homes: vec![None; 6] };
        for &(without, with) in cases {
            pairs.push(&Pair { without: run(without), with: run(with) });
        }
        pairs
    }

    /// By hand: differences −1, 0, 0, 3, 70 in some order.
    #[test]
    fn differences_shares_and_errors_are_as_by_hand() {
        let s = pairs(&[(5, 5), (90, 20), (8, 9), (12, 9), (0, 0)]).summary(0).unwrap();
        assert_eq!((s.pairs, s.empty), (5, 1));
        assert_eq!(s.seeds, Beats { better: 2, same: 2, worse: 1 });
        assert_eq!((s.difference.least, s.difference.most), (-1, 70));
        near(s.difference.median, 0.0, 0.0);
        // Places 0.2 and 3.8 of −1 0 0 3 70.
        near(s.difference.ninety[0], -0.8, 1e-12);
        near(s.difference.ninety[1], 56.6, 1e-12);
        near(s.mean.mean, 14.4, 1e-12);
        // Squares 1 + 9 + 4900 = 4910; 4910 − 5 × 14.4² = 3873.2; ÷ 4; √; ÷ √5.
        near(s.mean.error, (3873.2_f64 / 4.0 / 5.0).sqrt(), 1e-9);
        assert_eq!(s.died_out_without, Share { count: 3, of: 5 });
        assert_eq!(s.died_out_with, Share { count: 4, of: 5 });
        assert_eq!(pairs(&[]).summary(0), None);
    }
}
