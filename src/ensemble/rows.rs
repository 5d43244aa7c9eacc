//! What is kept of every run, as small as it can be.
//!
//! Floor 2. Reads outcomes; owns [`Rows`]. Bands and curves need every figure of
//! every day, so these are kept: two bytes each as long as none is above 65,535,
//! four bytes otherwise; a total takes eight. Sixty days of four quantities and
//! four totals are 512 bytes a run, and a thousand runs half a megabyte. What is
//! known of homes is counted, not kept (`homes`).

use super::outcome::{Outcome, Shape};

/// The figures of one quantity, run after run.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Cells {
    Narrow(Vec<u16>),
    Wide(Vec<u32>),
}

const NARROW_BYTES: u64 = 2;
const WIDE_BYTES: u64 = 4;
const TOTAL_BYTES: u64 = 8;

impl Cells {
    fn push(&mut self, value: u32) {
        match self {
            Self::Wide(cells) => cells.push(value),
            Self::Narrow(cells) => {
                if let Ok(value) = u16::try_from(value) {
                    cells.push(value);
                } else {
                    let mut wide: Vec<u32> = cells.iter().map(|&c| c.into()).collect();
                    wide.push(value);
                    *self = Self::Wide(wide);
                }
            }
        }
    }

    fn get(&self, at: usize) -> u32 {
        match self {
            Self::Narrow(cells) => cells[at].into(),
            Self::Wide(cells) => cells[at],
        }
    }

    fn bytes(&self) -> u64 {
        match self {
            Self::Narrow(_) => NARROW_BYTES,
            Self::Wide(_) => WIDE_BYTES,
        }
    }
}

/// The figures of all runs so far.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rows {
    days: usize,
    series: Vec<Cells>,
    totals: Vec<Vec<u64>>,
    runs: u32,
}

impl Rows {
    /// No runs yet.
    pub fn new(shape: &Shape) -> Self {
        Self {
            days: shape.days as usize,
            series: vec![Cells::Narrow(Vec::new()); shape.series.len()],
            totals: vec![Vec::new(); shape.totals.len()],
            runs: 0,
        }
    }

    /// The most bytes that a run of this shape can take here.
    pub fn most_bytes_per_run(shape: &Shape) -> u64 {
        u64::from(shape.days) * shape.series.len() as u64 * WIDE_BYTES
            + shape.totals.len() as u64 * TOTAL_BYTES
    }

    /// The bytes that a run takes as things are.
    pub fn bytes_per_run(&self) -> u64 {
        self.series.iter().map(|cells| cells.bytes() * self.days as u64).sum::<u64>()
            + self.totals.len() as u64 * TOTAL_BYTES
    }

    /// Adds a run.
    pub fn push(&mut self, outcome: &Outcome) {
        for (cells, days) in self.series.iter_mut().zip(&outcome.series) {
            for &value in days {
                cells.push(value);
            }
        }
        for (column, &total) in self.totals.iter_mut().zip(&outcome.totals) {
            column.push(total);
        }
        self.runs += 1;
    }

    /// Runs so far.
    pub fn runs(&self) -> u32 {
        self.runs
    }

    /// Days of a run.
    pub fn days(&self) -> usize {
        self.days
    }

    /// One figure.
    ///
    /// # Panics
    /// When there is no such quantity, run or day.
    pub fn value(&self, series: usize, run: usize, day: usize) -> u32 {
        assert!(day < self.days, "day {day} of {}", self.days);
        self.series[series].get(run * self.days + day)
    }

    /// The figures of one run, day by day.
    pub fn curve(&self, series: usize, run: usize) -> Vec<u32> {
        (0..self.days).map(|day| self.value(series, run, day)).collect()
    }

    /// The figures of one day, run by run.
    pub fn of_day(&self, series: usize, day: usize) -> Vec<i64> {
        (0..self.runs as usize).map(|run| self.value(series, run, day).into()).collect()
    }

    /// One total, run by run.
    pub fn total(&self, total: usize) -> &[u64] {
        &self.totals[total]
    }

    /// One total, run by run, as numbers that can be subtracted.
    pub fn signed_total(&self, total: usize) -> Vec<i64> {
        self.totals[total].iter().map(|&x| i64::try_from(x).unwrap_or(i64::MAX)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::text::Bilingual;
    use crate::ensemble::outcome::Quantity;

    fn shape() -> Shape {
        let quantity = |name| Quantity::new(name, "person", Bilingual::default());
        let series = ["a", "b", "c", "d"].map(quantity).to_vec();
        Shape { days: 60, series: series.clone(), totals: series, cases: Some(0), homes: 2000 }
    }

    fn run(value: u32) -> Outcome {
        Outcome {
            series: vec![vec![value; 60]; 4],
            totals: vec![u64::from(value); 4],
            homes: vec![],
        }
    }

    #[test]
    fn a_run_of_sixty_days_and_four_figures_takes_512_bytes() {
        let mut rows = Rows::new(&shape());
        rows.push(&run(65_535));
        assert_eq!(rows.bytes_per_run(), 60 * 4 * 2 + 4 * 8);
        assert_eq!(Rows::most_bytes_per_run(&shape()), 60 * 4 * 4 + 4 * 8);
    }

    #[test]
    fn a_large_figure_widens_its_column_and_loses_nothing() {
        let mut rows = Rows::new(&shape());
        for value in [3, 65_535, 65_536, u32::MAX, 0] {
            rows.push(&run(value));
        }
        assert_eq!(rows.of_day(2, 59), [3, 65_535, 65_536, i64::from(u32::MAX), 0]);
        assert_eq!(rows.curve(0, 2), vec![65_536; 60]);
        assert_eq!(rows.total(1)[3], u64::from(u32::MAX));
        assert_eq!(rows.bytes_per_run(), Rows::most_bytes_per_run(&shape()));
    }
}
