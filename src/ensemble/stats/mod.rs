//! Statistics of many runs, one question a file.
//!
//! Floor 2. Reads integers; makes `f64` that live no longer than a report; owns
//! nothing. Each is tested against published or hand-computed numbers.

pub mod bands;
pub mod beats;
pub mod curves;
pub mod endings;
pub mod moments;
pub mod paired;
pub mod peaks;
pub mod share;
pub mod spread;
pub mod summary;

/// Two-sided 95 %: 1.96 standard errors, the quantile 0.975 of the normal law
/// (Abramowitz & Stegun, table 26.5).
pub const Z_95: f64 = 1.959_963_984_540_054;

#[cfg(test)]
pub(crate) mod tests {
    use crate::base::text::Bilingual;
    use crate::ensemble::outcome::{Outcome, Quantity, Shape};
    use crate::ensemble::pairs::Pair;
    use crate::sim::draw::{Purpose, draw};

    /// Whether two numbers agree to a tolerance.
    #[track_caller]
    pub(crate) fn near(found: f64, expected: f64, tolerance: f64) {
        assert!((found - expected).abs() <= tolerance, "{found} is not {expected} ± {tolerance}");
    }

    pub(crate) fn toy_shape() -> Shape {
        let cases =
            Quantity::new("infections", "person", Bilingual::fixed("感染人数", "infections"));
        Shape {
            days: 20,
            series: vec![cases.clone()],
            totals: vec![cases],
            cases: Some(0),
            homes: 6,
        }
    }

    /// A run of no model at all: some fizzle, some grow; lighter with a measure.
    fn toy_run(seed: u64, permille: u32) -> Outcome {
        let d = draw(seed, Purpose::EnsembleCurve, 0, 0, 0);
        let grows = d.lane_chance(0, 600_000);
        let peak = if grows { d.between(1, 50, 400) } else { d.below(1, 6) } * permille / 1000;
        let at = d.between(2, 5, 15);
        let days: Vec<u32> = (0..20_u32).map(|day| peak / (1 + day.abs_diff(at))).collect();
        let total = days.iter().map(|&x| u64::from(x)).sum();
        let homes = (0..6).map(|home| (peak > home * 40).then_some(home as u16)).collect();
        Outcome { series: vec![days], totals: vec![total], homes }
    }

    pub(crate) fn toy(seed: u64) -> Outcome {
        toy_run(seed, 1000)
    }

    pub(crate) fn toy_pair(seed: u64) -> Pair {
        Pair { without: toy_run(seed, 1000), with: toy_run(seed, 600) }
    }
}
