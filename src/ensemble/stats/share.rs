//! A share of the runs, and how well it is known.
//!
//! Floor 2. Reads two counts; owns [`Share`]. The interval is Wilson's (*JASA*
//! 1927): unlike the naive one it stays inside 0 to 1 and does not collapse when
//! all runs, or none, agree (Newcombe, *Stat Med* 1998, method 3).

use super::Z_95;

/// So many of so many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Share {
    /// How many.
    pub count: u32,
    /// Of how many.
    pub of: u32,
}

impl Share {
    /// How many of a list satisfy a condition.
    pub fn among<T>(list: &[T], is: impl Fn(&T) -> bool) -> Self {
        let count = list.iter().filter(|x| is(x)).count() as u32;
        Self { count, of: list.len() as u32 }
    }

    /// The share itself, 0 to 1; 0 of nothing.
    pub fn value(self) -> f64 {
        if self.of == 0 { 0.0 } else { f64::from(self.count) / f64::from(self.of) }
    }

    /// Wilson's 95 % interval; 0 to 1 of nothing.
    pub fn interval(self) -> [f64; 2] {
        if self.of == 0 {
            return [0.0, 1.0];
        }
        let (n, p, z2) = (f64::from(self.of), self.value(), Z_95 * Z_95);
        let middle = p + z2 / (2.0 * n);
        let half = Z_95 * (p * (1.0 - p) / n + z2 / (4.0 * n * n)).sqrt();
        let whole = 1.0 + z2 / n;
        [((middle - half) / whole).max(0.0), ((middle + half) / whole).min(1.0)]
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::near;
    use super::*;
    use proptest::prelude::*;

    /// Newcombe, *Statistics in Medicine* 1998; 17: 857–872, table I, method 3.
    #[test]
    fn the_published_intervals_come_out() {
        for (count, of, low, high) in [
            (81, 263, 0.2553, 0.3662),
            (15, 148, 0.0624, 0.1605),
            (0, 20, 0.0, 0.1611),
            (1, 29, 0.0061, 0.1718),
        ] {
            let [found_low, found_high] = Share { count, of }.interval();
            near(found_low, low, 0.00005);
            near(found_high, high, 0.00005);
        }
    }

    #[test]
    fn nothing_says_nothing() {
        assert_eq!(
            Share { count: 0, of: 0 }.interval().map(f64::to_bits),
            [0.0_f64, 1.0].map(f64::to_bits)
        );
    }

    proptest! {
        #[test]
        fn the_interval_holds_the_share_and_mirrors(of in 1_u32..3000, part in 0_u32..=1000) {
            let count = of * part / 1000;
            let share = Share { count, of };
            let [low, high] = share.interval();
            prop_assert!(0.0 <= low && low <= share.value() + 1e-12);
            prop_assert!(share.value() <= high + 1e-12 && high <= 1.0);
            let [other_low, _] = Share { count: of - count, of }.interval();
            prop_assert!((1.0 - other_low - high).abs() < 1e-9);
        }
    }
}
