//! Peaks and sums of single runs, before anything is averaged.
//!
//! Floor 2. Reads the rows of an ensemble; owns [`Peaks`]. The peak of a band is
//! lower than the peaks of the runs in it; these are the runs' own.

use serde::Serialize;

use super::spread::Spread;
use crate::ensemble::rows::Rows;

/// How the peaks of one quantity are spread over the runs.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Peaks {
    /// The highest figure of a run.
    pub height: Spread,
    /// The day of it, counted from 1, the first if there are several; runs without
    /// any are left out, so `count` can be smaller. `None` when no run has a peak.
    pub day: Option<Spread>,
    /// The sum over all days.
    pub sum: Spread,
}

impl Peaks {
    /// Of one quantity; `None` before the first run or when a run has no day.
    pub fn of(rows: &Rows, series: usize) -> Option<Self> {
        let (mut heights, mut days, mut sums) = (Vec::new(), Vec::new(), Vec::new());
        for run in 0..rows.runs() as usize {
            let curve = rows.curve(series, run);
            let height = curve.iter().copied().max()?;
            heights.push(i64::from(height));
            sums.push(curve.iter().map(|&x| i64::from(x)).sum());
            if height > 0 {
                let day = curve.iter().position(|&x| x == height)?;
                days.push(day as i64 + 1);
            }
        }
        Some(Self { height: Spread::of(heights)?, day: Spread::of(days), sum: Spread::of(sums)? })
    }
}

#[cfg(test)]
mod tests {
    use super::super::bands::Bands;
    use super::super::tests::near;
    use super::*;
    use crate::base::text::Bilingual;
    use crate::ensemble::outcome::{Outcome, Quantity, Shape};

    fn rows(curves: &[&[u32]]) -> Rows {
        let cases = Quantity::new("cases", "person", Bilingual::default());
        let days = curves[0].len() as u32;
        let shape = Shape { days, series: vec![cases], totals: vec![], cases: None, homes: 0 };
        let mut rows = Rows::new(&shape);
        for curve in curves {
            rows.push(&Outcome { series: vec![curve.to_vec()], ..Outcome::default() });
        }
        rows
    }

    /// Three runs with the same peak on three days: the median curve never gets
    /// above a fifth of it.
    #[test]
    fn peaks_are_those_of_the_runs_and_not_of_the_band() {
        let rows = rows(&[&[10, 2, 0], &[2, 10, 2], &[0, 2, 10]]);
        let peaks = Peaks::of(&rows, 0).unwrap();
        near(peaks.height.median, 10.0, 0.0);
        assert_eq!((peaks.height.least, peaks.height.most), (10, 10));
        let day = peaks.day.unwrap();
        assert_eq!((day.least, day.most), (1, 3));
        near(day.median, 2.0, 0.0);
        assert_eq!((peaks.sum.least, peaks.sum.most), (12, 14));
        assert!(Bands::of(&rows, 0).median.iter().all(|&x| x <= 2.0));
    }

    #[test]
    fn a_run_with_nothing_has_no_peak_day() {
        let peaks = Peaks::of(&rows(&[&[0, 0], &[0, 3]]), 0).unwrap();
        assert_eq!(peaks.day.unwrap().count, 1);
        assert_eq!(Peaks::of(&rows(&[&[0, 0]]), 0).unwrap().day, None);
    }
}
