//! When within an infection its contacts happen: a distribution of ages that sums to
//! one, so that steps of any length give the same attack rate.
//!
//! Floor 1. Reads parameters; owns [`Profile`]. Source: `illness.before_3` to
//! `illness.after_8`; conventions below are part of the model.

use crate::base::time::DAY_MINUTES;
use crate::sim::quantile::Quantiles;

use super::course::Course;
use super::mixing::FREELY;
use super::params::IllnessParams;

/// All words of a draw.
const WORDS: u64 = 1 << 32;

/// How infectivity is spread over the age of an infection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Profile {
    /// By days from symptoms. The mass of a day is spread evenly over the day that has
    /// the offset in its middle; what would lie before the age of one day falls there.
    Onset(Shares, i32),
    /// By whole days since infection, from 1: a contact at the age of *a* days happens
    /// exactly *a* days after the infection (mid-point convention).
    Age(Shares),
    /// Evenly over a drawn duration; somebody ill for twice as long infects twice as
    /// many. A duration of a gamma of shape 1 gives the SIR model.
    Even {
        /// The duration, minutes.
        duration: Quantiles,
        /// Its mean, minutes, at least 1.
        mean: u32,
    },
}

/// Parts of one whole, as cumulated words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shares(Vec<u64>);

impl Shares {
    /// In proportion to weights; all in the first one if there are none.
    pub fn of(weights: &[u32]) -> Self {
        let total: u64 = weights.iter().map(|&w| u64::from(w)).sum();
        let mut sum = 0;
        let upto = weights.iter().map(|&w| {
            sum += u64::from(w);
            (sum * WORDS).checked_div(total).unwrap_or(WORDS)
        });
        Self(upto.collect())
    }

    /// The part that a word falls into, and how far inside it lies, of 2³².
    fn find(&self, word: u32) -> (u32, u32) {
        let word = u64::from(word);
        let part = self.0.iter().take_while(|&&upto| upto <= word).count();
        let from = if part == 0 { 0 } else { self.0[part - 1] };
        let width = self.0.get(part).map_or(1, |upto| upto - from);
        (part as u32, ((word - from) * WORDS / width) as u32)
    }
}

impl Shares {
    /// One part of the whole, parts per million; 0 where there is none.
    fn share(&self, part: usize) -> u32 {
        let upto = |i: usize| self.0.get(i).copied();
        let from = part.checked_sub(1).map_or(Some(0), upto);
        let width = upto(part).zip(from).map_or(0, |(to, from)| to - from);
        ((width * u64::from(FREELY)) >> 32) as u32
    }
}

impl Profile {
    /// The shipped profile: twelve days around the onset of symptoms.
    pub fn around_onset(params: &IllnessParams) -> Self {
        Self::Onset(Shares::of(&params.weights()), IllnessParams::FIRST_DAY)
    }

    /// How much of all infectivity falls on the day around an age, parts per million: for
    /// a meeting that was arranged and not drawn.
    pub fn share_of_day(&self, course: &Course, age: u32) -> u32 {
        let day = i64::from(DAY_MINUTES);
        match self {
            Self::Onset(shares, first) => {
                let offset = i64::from(age) - i64::from(course.incubation) + day / 2;
                let part = offset.div_euclid(day) - i64::from(*first);
                usize::try_from(part).map_or(0, |part| shares.share(part))
            }
            Self::Age(shares) => {
                (age.div_ceil(DAY_MINUTES) as usize).checked_sub(1).map_or(0, |d| shares.share(d))
            }
            Self::Even { .. } if age > course.duration => 0,
            Self::Even { .. } => {
                let share = i64::from(FREELY) * day / i64::from(course.duration.max(1));
                share.min(i64::from(FREELY)) as u32
            }
        }
    }

    /// How much of all infectivity is over at an age, parts per million.
    pub fn share_until(&self, course: &Course, age: u32) -> u32 {
        let day = i64::from(DAY_MINUTES);
        let all = u64::from(FREELY);
        let over = match self {
            Self::Onset(shares, first) => (0_i64..)
                .zip(0..shares.0.len())
                .map(|(offset, part)| {
                    let mid = i64::from(course.incubation) + (i64::from(*first) + offset) * day;
                    // What would lie before the age of one day falls there.
                    let inside = i64::from(age) - (mid - day / 2);
                    let begun = if age < DAY_MINUTES { 0 } else { inside.clamp(0, day) };
                    u64::from(shares.share(part)) * begun.unsigned_abs() / u64::from(DAY_MINUTES)
                })
                .sum(),
            Self::Age(shares) => {
                (0..(age / DAY_MINUTES) as usize).map(|d| u64::from(shares.share(d))).sum()
            }
            Self::Even { .. } => all * u64::from(age) / u64::from(course.duration.max(1)),
        };
        over.min(all) as u32
    }

    /// The age of an infection at a contact, minutes, at least 1.
    #[inline]
    pub fn age(&self, course: &Course, word: u32) -> u32 {
        let part_of = |span: u32, part: u32| ((u64::from(span) * u64::from(part)) >> 32) as i32;
        match self {
            Self::Onset(shares, first) => {
                let (day, inside) = shares.find(word);
                let offset = (first + day as i32) * DAY_MINUTES as i32 - DAY_MINUTES as i32 / 2
                    + part_of(DAY_MINUTES, inside);
                (course.incubation as i32 + offset).max(DAY_MINUTES as i32) as u32
            }
            Self::Age(shares) => (shares.find(word).0 + 1) * DAY_MINUTES,
            Self::Even { .. } => 1 + part_of(course.duration.saturating_sub(1), word) as u32,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_cut_where_the_weights_say() {
        let shares = Shares::of(&[1, 0, 3]);
        assert_eq!(shares.find(0), (0, 0));
        assert_eq!(shares.find((1 << 30) - 1).0, 0);
        assert_eq!(shares.find(1 << 30), (2, 0));
        assert_eq!(shares.find(u32::MAX).0, 2);
        assert_eq!(Shares::of(&[]).find(77).0, 0);
    }

    /// What is over at an age is the share of contacts that are drawn up to it.
    #[test]
    fn what_is_over_is_the_share_of_contacts_up_to_then() {
        use super::super::params::SeverityParams;
        use super::super::{Resident, Rules};
        let rules = Rules::new(&IllnessParams::default(), &SeverityParams::default());
        let even = Profile::Even { duration: Quantiles::constant(9000), mean: 9000 };
        let profiles = [
            (rules.clone(), Profile::around_onset(&IllnessParams::default())),
            (rules.clone(), Profile::Age(Shares::of(&[1, 2, 1]))),
            (rules.with_profile(even.clone()), even),
        ];
        let words = (0..2000_u32).map(|i| i * (u32::MAX / 2000));
        for (rules, profile) in profiles {
            for person in 0..5 {
                let course = rules.course(9, person, Resident::default());
                for age in [0, 700, 1440, 1441, 5000, 8000, 12_000, 60_000] {
                    let upto = words.clone().filter(|&w| profile.age(&course, w) <= age).count();
                    let share = profile.share_until(&course, age);
                    assert!(share.abs_diff(upto as u32 * 500) < 1500, "{profile:?} {age}: {share}");
                }
            }
        }
    }
}
