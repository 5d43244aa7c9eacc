//! What can be said of many runs of one arm.
//!
//! Floor 2. Reads an ensemble; owns [`Summary`]. Outcomes have two humps, fizzle
//! or outbreak, so the share that stayed small comes first and a median never alone.

use super::bands::Bands;
use super::endings::Endings;
use super::moments::Moments;
use super::peaks::Peaks;
use super::share::Share;
use super::spread::Spread;
use crate::ensemble::runs::Ensemble;

/// Fewer cases than this: no outbreak, or none yet. Whether it died out, [`Endings`] tell.
pub const DIED_OUT_BELOW: u64 = 10;
/// Fewer cases than this, in a run that could grow without bound: it has surely
/// died out. At R 2.5 and k 0.1 the probability of fewer than 100 is 0.860548, of
/// ever ending 0.860685; of at most 10 only 0.839154 (branching process, exact).
pub const SURELY_DIED_OUT_BELOW: u64 = 100;

/// What can be said of one quantity that is counted every day.
#[derive(Debug, Clone, PartialEq)]
pub struct SeriesSummary {
    /// Bands by day.
    pub bands: Bands,
    /// Peaks of the single runs.
    pub peaks: Option<Peaks>,
}

/// What can be said of one total.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TotalSummary {
    /// Middle and range.
    pub spread: Spread,
    /// Mean and its Monte-Carlo error.
    pub mean: Moments,
}

/// What can be said of an ensemble.
#[derive(Debug, Clone, PartialEq)]
pub struct Summary {
    /// Runs.
    pub runs: u32,
    /// Runs with fewer than ten cases, those without any and those that still go on among
    /// them (`died_out_below_10` in files); of 0 runs where no cases are counted.
    pub died_out: Share,
    /// Runs with fewer than a hundred.
    pub below_100: Share,
    /// Runs with no case at all.
    pub empty: u32,
    /// Those below ten cases by their end.
    pub endings: Endings,
    /// By quantity of every day.
    pub series: Vec<SeriesSummary>,
    /// By total.
    pub totals: Vec<TotalSummary>,
}

impl Summary {
    /// Of an ensemble; `None` before the first run.
    pub fn of(ensemble: &Ensemble) -> Option<Self> {
        let (rows, shape) = (&ensemble.rows, &ensemble.shape);
        let cases = shape.cases.map_or(&[][..], |cases| rows.total(cases));
        let series = |at| SeriesSummary { bands: Bands::of(rows, at), peaks: Peaks::of(rows, at) };
        let total = |at| {
            let numbers = rows.signed_total(at);
            let mean = Moments::of(&numbers);
            Some(TotalSummary { spread: Spread::of(numbers)?, mean })
        };
        Some(Self {
            runs: rows.runs(),
            died_out: Share::among(cases, |&n| n < DIED_OUT_BELOW),
            below_100: Share::among(cases, |&n| n < SURELY_DIED_OUT_BELOW),
            empty: cases.iter().filter(|&&n| n == 0).count() as u32,
            endings: Endings::of(rows, shape),
            series: (0..shape.series.len()).map(series).collect(),
            totals: (0..shape.totals.len()).map(total).collect::<Option<_>>()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{near, toy_shape};
    use super::*;
    use crate::ensemble::outcome::Outcome;
    use crate::ensemble::runs::Seeds;
    use crate::sim::draw::{Purpose, draw};

    fn of(cases: impl IntoIterator<Item = u64>) -> Option<Summary> {
        let mut ensemble = Ensemble::new(toy_shape(), Seeds { first: 0, count: 0 });
        for n in cases {
            let series = vec![vec![n as u32; 20]];
            ensemble.push(&Outcome { series, totals: vec![n], homes: vec![None; 6] });
        }
        ensemble.summary()
    }

    #[test]
    fn nine_cases_are_few_and_ten_are_not() {
        let s = of([0, 9, 10, 99, 100]).unwrap();
        assert_eq!((s.died_out.count, s.below_100.count, s.empty), (2, 4, 1));
        near(s.totals[0].spread.median, 10.0, 0.0);
        assert_eq!(s.series[0].bands.days(), 20);
        assert_eq!(of([]), None);
    }

    /// Total progeny of a branching process whose offspring are 0 or 2, mean 0.8:
    /// the process ends with n cases with the Catalan probabilities; P(fewer than
    /// 10) = Σ `C_m` · 0.4^m · 0.6^(m+1), m below 5, = 0.8825, with Catalan numbers 1 1 2 5
    /// 14. Counted by the summary over 20,000 keyed runs.
    #[test]
    fn the_share_that_died_out_is_that_of_a_known_branching_process() {
        let progeny = |seed: u64, ppm: u32| {
            let (mut cases, mut open) = (0_u64, 1_u64);
            while open > 0 && cases < 200 {
                let d = draw(seed, Purpose::EnsembleCurve, cases as u32, 2, 0);
                open = open - 1 + if d.chance(ppm) { 2 } else { 0 };
                cases += 1;
            }
            cases
        };
        let share = |ppm| of((0..20_000).map(|seed| progeny(seed, ppm))).unwrap().died_out.value();
        let expected = 0.6 + 0.144 + 2.0 * 0.03456 + 5.0 * 0.008_294_4 + 14.0 * 0.001_990_656;
        let tolerance = 4.0 * (expected * (1.0 - expected) / 20_000.0_f64).sqrt();
        near(share(400_000), expected, tolerance);
        // The mutant: 5 % more offspring is noticed.
        assert!((share(420_000) - expected).abs() > tolerance);
    }
}
