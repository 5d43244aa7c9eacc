//! Subsets and orders of a stack of measures.
//!
//! Floor 2. Reads nothing; owns [`Arms`]. A subset is a word of bits: bit *i* is
//! set when measure *i* is on.

use crate::sim::draw::{Purpose, draw};

/// A subset of measures.
pub type Subset = u32;

/// The subset with every one of so many measures.
pub fn all_of(measures: usize) -> Subset {
    ((1_u64 << measures) - 1) as Subset
}

/// Which subsets have to be run, and how they make up the shares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Orders {
    /// Every subset: the average over all orders is exact.
    Every,
    /// These orders, each with its reverse (Castro et al., *Comput Oper Res* 2009;
    /// antithetic as in Mitchell et al., *JMLR* 2022).
    Some(Vec<Vec<usize>>),
}

/// The subsets that are run, each once for a seed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arms {
    /// How many measures there are.
    pub measures: usize,
    /// How the shares are made up.
    pub orders: Orders,
    /// Subsets, ascending, without repetition.
    pub subsets: Vec<Subset>,
}

impl Arms {
    /// All subsets.
    pub fn every(measures: usize) -> Self {
        let subsets = (0..=all_of(measures)).collect();
        Self { measures, orders: Orders::Every, subsets }
    }

    /// The subsets on the way of keyed orders and their reverses, and those that
    /// *alone* and *all but one* need.
    pub fn sampled(measures: usize, seed: u64, pairs: u32) -> Self {
        let mut orders = Vec::new();
        for order in 0..pairs.max(1) {
            let key =
                |i: &usize| (draw(seed, Purpose::EnsembleOrder, order, *i as u32, 0).0[0], *i);
            let mut there: Vec<usize> = (0..measures).collect();
            there.sort_by_key(key);
            let back = there.iter().rev().copied().collect();
            orders.extend([there, back]);
        }
        let all = all_of(measures);
        let mut subsets = vec![0, all];
        subsets.extend((0..measures).flat_map(|i| [1 << i, all & !(1 << i)]));
        for order in &orders {
            let mut subset = 0;
            for &measure in order {
                subset |= 1 << measure;
                subsets.push(subset);
            }
        }
        subsets.sort_unstable();
        subsets.dedup();
        Self { measures, orders: Orders::Some(orders), subsets }
    }

    /// Where a subset stands among those that are run.
    pub fn place(&self, subset: Subset) -> usize {
        let found = self.subsets.binary_search(&subset);
        assert!(found.is_ok(), "subset {subset:b} is not run");
        found.unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_measures_have_1024_subsets() {
        let arms = Arms::every(10);
        assert_eq!(arms.subsets.len(), 1024);
        assert_eq!(arms.place(0b11_1111_1111), 1023);
        assert_eq!(all_of(32), u32::MAX);
    }

    #[test]
    fn sampled_orders_come_with_their_reverse_and_share_subsets() {
        let arms = Arms::sampled(14, 5, 20);
        let Orders::Some(orders) = &arms.orders else { panic!() };
        assert_eq!(orders.len(), 40);
        for pair in orders.chunks(2) {
            assert!(pair[0].iter().rev().eq(&pair[1]));
            let mut sorted = pair[0].clone();
            sorted.sort_unstable();
            assert!(sorted.into_iter().eq(0..14));
        }
        // None, all, 14 alone, 14 all but one, and at most 11 more on each way.
        assert!(arms.subsets.len() <= 2 + 28 + 40 * 11);
        assert!(arms.subsets.is_sorted());
        assert_eq!(arms, Arms::sampled(14, 5, 20));
        assert_ne!(arms, Arms::sampled(14, 6, 20));
    }
}
