//! How often A beats B, seed by seed, ties counted as ties.
//!
//! Floor 2. Reads two lists of figures of the same seeds; owns [`Beats`].

use serde::Serialize;

use super::share::Share;

/// Seeds in which A was better, neither, and B better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize)]
pub struct Beats {
    /// A has the smaller figure.
    pub better: u32,
    /// Both have the same.
    pub same: u32,
    /// A has the larger figure.
    pub worse: u32,
}

impl Beats {
    /// Of two figures of each seed, of which the smaller is the better.
    pub fn smaller_wins(a: &[i64], b: &[i64]) -> Self {
        let mut beats = Self::default();
        for (a, b) in a.iter().zip(b) {
            match a.cmp(b) {
                std::cmp::Ordering::Less => beats.better += 1,
                std::cmp::Ordering::Equal => beats.same += 1,
                std::cmp::Ordering::Greater => beats.worse += 1,
            }
        }
        beats
    }

    /// Seeds in all.
    pub fn seeds(self) -> u32 {
        self.better + self.same + self.worse
    }

    /// The share of seeds in which A was truly better; its interval is Wilson's.
    pub fn strictly(self) -> Share {
        Share { count: self.better, of: self.seeds() }
    }

    /// The probability that A beats B with a tie counted as half a win, as Vargha &
    /// Delaney count it (*J Educ Behav Stat* 2000); ½ when nothing was compared.
    pub fn probability(self) -> f64 {
        if self.seeds() == 0 {
            return 0.5;
        }
        (f64::from(self.better) + f64::from(self.same) / 2.0) / f64::from(self.seeds())
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::near;
    use super::*;

    /// Student's sleep data: the second drug gave more sleep to nine of ten, and the
    /// same to one. Fewer hours gained is the smaller figure.
    #[test]
    fn nine_of_ten_slept_longer_and_one_the_same() {
        let first = [7, -16, -2, -12, -1, 34, 37, 8, 0, 20];
        let second = [19, 8, 11, 1, -1, 44, 55, 16, 46, 34];
        let beats = Beats::smaller_wins(&first, &second);
        assert_eq!(beats, Beats { better: 9, same: 1, worse: 0 });
        near(beats.probability(), 0.95, 1e-12);
        assert_eq!(beats.strictly(), Share { count: 9, of: 10 });
        let turned = Beats::smaller_wins(&second, &first);
        near(turned.probability(), 0.05, 1e-12);
    }

    #[test]
    fn nothing_but_ties_is_an_even_chance() {
        near(Beats::smaller_wins(&[3, 3], &[3, 3]).probability(), 0.5, 0.0);
        near(Beats::default().probability(), 0.5, 0.0);
    }
}
