//! Round numbers along an axis.
//!
//! Floor 4. Reads nothing; owns [`Axis`].

/// Steps of an axis: so many at most.
const STEPS: u32 = 5;
/// Days between two ticks: a week, two, four, and so on.
const WEEK: usize = 7;
/// Ticks of an axis of days: so many at most.
const DAY_TICKS: usize = 10;

/// From a number on paper to a number of a result.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Axis {
    pub low: f64,
    pub high: f64,
    pub step: f64,
}

/// A round step, so that few of them reach over a span.
pub(super) fn step(span: f64) -> f64 {
    let tens = (-2..9).map(|power| 10_f64.powi(power));
    let steps = tens.flat_map(|ten| [ten, 2.0 * ten, 5.0 * ten]);
    let mut enough = steps.filter(|step| step * f64::from(STEPS) >= span);
    enough.next().unwrap_or(f64::from(u32::MAX))
}

impl Axis {
    /// Whole numbers from `low` to `high`, both ends rounded outwards.
    pub(super) fn whole(low: f64, high: f64) -> Self {
        Self::stepped(low, high, step(high - low).max(1.0))
    }

    /// Any numbers.
    pub(super) fn any(low: f64, high: f64) -> Self {
        Self::stepped(low, high, step((high - low).max(f64::MIN_POSITIVE)))
    }

    fn stepped(low: f64, high: f64, step: f64) -> Self {
        let low = (low / step).floor() * step;
        let high = ((high / step).ceil() * step).max(low + step);
        Self { low, high, step }
    }

    /// Where a number stands, 0 at the low end and 1 at the high one.
    pub(super) fn part(&self, value: f64) -> f64 {
        (value - self.low) / (self.high - self.low)
    }

    /// The numbers at the ticks.
    pub(super) fn ticks(&self) -> impl Iterator<Item = f64> + use<> {
        let (low, step) = (self.low, self.step);
        let count = ((self.high - low) / step).round() as u32;
        (0..=count).map(move |n| low + f64::from(n) * step)
    }
}

/// Days to be named: the first, and one a week or more after it.
pub(super) fn days(days: usize) -> impl Iterator<Item = usize> {
    let weeks = (days / WEEK).div_ceil(DAY_TICKS).max(1);
    (0..days).step_by(weeks * WEEK)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_axis_has_round_steps_and_few() {
        for (most, expected) in
            [(1.0, 1.0), (5.0, 1.0), (6.0, 2.0), (11.0, 5.0), (26.0, 10.0), (380.0, 100.0)]
        {
            assert!((Axis::whole(0.0, most).step - expected).abs() < 1e-9, "{most}");
        }
        let axis = Axis::whole(-7.0, 41.0);
        assert_eq!(
            axis.ticks().map(|x| x as i64).collect::<Vec<_>>(),
            [-10, 0, 10, 20, 30, 40, 50]
        );
        assert!(axis.part(-10.0).abs() < 1e-9 && (axis.part(50.0) - 1.0).abs() < 1e-9);
        assert!(Axis::any(0.0, 0.37).step < 0.11);
    }

    #[test]
    fn days_are_named_week_by_week() {
        assert_eq!(days(20).collect::<Vec<_>>(), [0, 7, 14]);
        assert!(days(400).count() <= DAY_TICKS + 1);
    }
}
