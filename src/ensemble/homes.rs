//! Which homes a measure spared.
//!
//! Floor 2. Reads two outcomes that differ only by their cause; owns
//! [`HomeTally`]. A home counts as reached in a run when anybody who lives there
//! was infected.

use super::outcome::Outcome;

/// What a measure changed for one home in one pair of runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HomeChange {
    /// Reached without the measure, not with it.
    Spared,
    /// Reached in both runs, or in neither.
    Same,
    /// Reached with the measure, not without it.
    Worse,
}

impl HomeChange {
    /// The change from the day of the first infection without and with.
    pub fn between(without: Option<u16>, with: Option<u16>) -> Self {
        match (without, with) {
            (Some(_), None) => Self::Spared,
            (None, Some(_)) => Self::Worse,
            _ => Self::Same,
        }
    }
}

/// The change for every home of one pair.
pub fn changes(without: &Outcome, with: &Outcome) -> Vec<HomeChange> {
    let days = without.homes.iter().zip(&with.homes);
    days.map(|(&without, &with)| HomeChange::between(without, with)).collect()
}

/// By how many days the first infection of a home that was reached in both runs
/// came later; negative when it came earlier.
pub fn delay_days(without: Option<u16>, with: Option<u16>) -> Option<i32> {
    Some(i32::from(with?) - i32::from(without?))
}

/// What many pairs said of one home. Twelve bytes, however many pairs there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct HomeCounts {
    /// Pairs in which the home was spared.
    pub spared: u32,
    /// Pairs in which the home was reached only with the measure.
    pub worse: u32,
    /// Pairs in which it was reached both times.
    pub reached_in_both: u32,
}

impl HomeCounts {
    /// Pairs in which nothing changed, of so many pairs.
    pub fn same(self, pairs: u32) -> u32 {
        pairs - self.spared - self.worse
    }

    /// Pairs in which it was reached without the measure.
    pub fn reached_without(self) -> u32 {
        self.spared + self.reached_in_both
    }

    /// Pairs in which it was reached with the measure.
    pub fn reached_with(self) -> u32 {
        self.worse + self.reached_in_both
    }
}

/// What many pairs said of all homes.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct HomeTally {
    /// By home.
    pub homes: Vec<HomeCounts>,
    /// Pairs counted.
    pub pairs: u32,
}

impl HomeTally {
    /// Nothing counted yet.
    pub fn new(homes: u32) -> Self {
        Self { homes: vec![HomeCounts::default(); homes as usize], pairs: 0 }
    }

    /// Counts one pair.
    pub fn push(&mut self, without: &Outcome, with: &Outcome) {
        let days = without.homes.iter().zip(&with.homes);
        for (home, (without, with)) in self.homes.iter_mut().zip(days) {
            home.spared += u32::from(without.is_some() && with.is_none());
            home.worse += u32::from(without.is_none() && with.is_some());
            home.reached_in_both += u32::from(without.is_some() && with.is_some());
        }
        self.pairs += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::HomeChange::{Same, Spared, Worse};
    use super::*;

    fn outcome(homes: &[Option<u16>]) -> Outcome {
        Outcome { homes: homes.to_vec(), ..Outcome::default() }
    }

    #[test]
    fn spared_means_reached_without_and_not_with() {
        let without = outcome(&[Some(3), None, Some(5), None]);
        let with = outcome(&[None, Some(9), Some(12), None]);
        assert_eq!(changes(&without, &with), [Spared, Worse, Same, Same]);
        assert_eq!(delay_days(Some(5), Some(12)), Some(7));
        assert_eq!(delay_days(Some(3), None), None);
    }

    #[test]
    fn many_pairs_are_counted_home_by_home() {
        let mut tally = HomeTally::new(2);
        tally.push(&outcome(&[Some(1), None]), &outcome(&[None, None]));
        tally.push(&outcome(&[Some(1), None]), &outcome(&[Some(4), Some(2)]));
        tally.push(&outcome(&[None, None]), &outcome(&[None, None]));
        let [first, second] = [tally.homes[0], tally.homes[1]];
        assert_eq!((first.spared, first.same(3), first.worse), (1, 2, 0));
        assert_eq!((second.spared, second.same(3), second.worse), (0, 2, 1));
        assert_eq!((first.reached_without(), first.reached_with()), (2, 1));
    }
}
