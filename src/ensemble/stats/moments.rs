//! Mean, scatter, and how many runs a figure needs.
//!
//! Floor 2. Reads integers; owns [`Moments`]. Sums are exact whole numbers, so the
//! order of the runs cannot matter and nothing cancels.

use serde::Serialize;

use super::Z_95;

/// How closely a mean is wanted: within a tenth of itself.
const WANTED: f64 = 0.1;

/// Mean and scatter of a list.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Moments {
    /// How many numbers.
    pub count: u32,
    /// The mean; 0 of nothing.
    pub mean: f64,
    /// The standard deviation, with n − 1; 0 for fewer than two numbers.
    pub deviation: f64,
    /// Monte-Carlo standard error of the mean; 0 for fewer than two numbers.
    pub error: f64,
}

impl Moments {
    /// Of some numbers.
    pub fn of(numbers: &[i64]) -> Self {
        let count = numbers.len() as u32;
        if count == 0 {
            return Self { count, mean: 0.0, deviation: 0.0, error: 0.0 };
        }
        let n = i128::from(count);
        let sum: i128 = numbers.iter().map(|&x| i128::from(x)).sum();
        let squares: i128 = numbers.iter().map(|&x| i128::from(x) * i128::from(x)).sum();
        let mean = sum as f64 / n as f64;
        if count == 1 {
            return Self { count, mean, deviation: 0.0, error: 0.0 };
        }
        let variance = (n * squares - sum * sum) as f64 / (n * (n - 1)) as f64;
        let deviation = variance.sqrt();
        Self { count, mean, deviation, error: deviation / (n as f64).sqrt() }
    }

    /// The 95 % interval of the mean as far as chance goes.
    pub fn interval(&self) -> [f64; 2] {
        [self.mean - Z_95 * self.error, self.mean + Z_95 * self.error]
    }

    /// How many runs give the mean to ± 10 % with 95 % certainty, as far as these
    /// runs can tell; `None` when the mean is 0 or there are fewer than two runs.
    pub fn runs_needed(&self) -> Option<u64> {
        if self.count < 2 || self.mean == 0.0 {
            return None;
        }
        let ratio = Z_95 * self.deviation / (WANTED * self.mean.abs());
        // At least two, or there is no scatter to speak of.
        Some(((ratio * ratio).ceil() as u64).max(2))
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::near;
    use super::*;

    /// NIST Statistical Reference Datasets, `NumAcc1` and `NumAcc3` (times ten):
    /// certified means 10000002 and 1000000.2, standard deviations 1 and 0.1.
    #[test]
    fn the_certified_values_of_nist_come_out() {
        let hard = Moments::of(&[10_000_001, 10_000_003, 10_000_002]);
        near(hard.mean, 10_000_002.0, 0.0);
        near(hard.deviation, 1.0, 0.0);
        let mut numbers = vec![10_000_002];
        numbers.extend([10_000_001, 10_000_003].repeat(500));
        let harder = Moments::of(&numbers);
        near(harder.mean / 10.0, 1_000_000.2, 1e-9);
        near(harder.deviation / 10.0, 0.1, 1e-12);
    }

    /// Student's sleep data of 1908: ten differences in tenths of an hour, mean
    /// 1.58 h, standard error 0.389 h, 95 % by the normal law 0.82 to 2.34 h.
    #[test]
    fn the_sleep_data_of_student_have_their_error() {
        let m = Moments::of(&[12, 24, 13, 13, 0, 10, 18, 8, 46, 14]);
        near(m.mean, 15.8, 1e-12);
        near(m.error, 3.89, 0.005);
        let [low, high] = m.interval();
        near(low, 8.2, 0.05);
        near(high, 23.4, 0.05);
        // (1.96 × 12.30 ÷ 1.58)² = 232.8
        assert_eq!(m.runs_needed(), Some(233));
    }

    #[test]
    fn no_mean_no_number_of_runs() {
        assert_eq!(Moments::of(&[0, 0, 0]).runs_needed(), None);
        assert_eq!(Moments::of(&[5]).runs_needed(), None);
        assert_eq!(Moments::of(&[5, 5, 5]).runs_needed(), Some(2));
        assert_eq!(Moments::of(&[]).count, 0);
    }
}
