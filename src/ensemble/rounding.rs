//! Numbers for a sentence: no more figures than are known.
//!
//! Floor 2. Reads estimates; owns nothing. Two figures at most, and an interval is
//! rounded outwards, so that rounding never makes it look surer.

const TEN: i64 = 10;
const TWO_FIGURES: i64 = 100;

/// The step of two significant figures: 1 below 100, 10 below 1,000, and so on.
fn step(size: i64) -> i64 {
    let mut step = 1;
    while size / step >= TWO_FIGURES {
        step *= TEN;
    }
    step
}

/// A whole number at or below `x`, of two significant figures at most.
pub fn down(x: f64) -> i64 {
    if x < 0.0 {
        return -up(-x);
    }
    let whole = x.floor() as i64;
    whole - whole % step(whole)
}

/// A whole number at or above `x`, of two significant figures at most.
pub fn up(x: f64) -> i64 {
    if x < 0.0 {
        return -down(-x);
    }
    let whole = x.ceil() as i64;
    let step = step(whole);
    // 991 goes to 1,000, which has two figures as well.
    (whole + step - 1) / step * step
}

/// The nearest whole number of two significant figures at most; halves go up.
pub fn nearest(x: f64) -> i64 {
    if x < 0.0 {
        return -nearest(-x);
    }
    let whole = (x + 0.5).floor() as i64;
    let step = step(whole);
    (whole + step / 2) / step * step
}

/// An interval, rounded outwards.
pub fn outwards(interval: [f64; 2]) -> [i64; 2] {
    [down(interval[0]), up(interval[1])]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn two_figures_and_no_more() {
        for (x, low, middle, high) in [
            (0.0, 0, 0, 0),
            (0.4, 0, 0, 1),
            (7.5, 7, 8, 8),
            (99.2, 99, 99, 100),
            (123.0, 120, 120, 130),
            (991.0, 990, 990, 1000),
            (996.0, 990, 1000, 1000),
            (12_345.6, 12_000, 12_000, 13_000),
            (-123.0, -130, -120, -120),
            (-0.4, -1, 0, 0),
        ] {
            assert_eq!((down(x), nearest(x), up(x)), (low, middle, high), "{x}");
        }
    }

    proptest! {
        #[test]
        fn rounding_outwards_holds_the_interval(a in -1e7_f64..1e7, b in -1e7_f64..1e7) {
            let [low, high] = outwards([a.min(b), a.max(b)]);
            prop_assert!(low as f64 <= a.min(b) && a.max(b) <= high as f64);
            for x in [low, high, nearest(a)] {
                let mut x = x.abs();
                while x >= TEN && x % TEN == 0 {
                    x /= TEN;
                }
                prop_assert!(x < TWO_FIGURES, "{x}");
            }
        }
    }
}
