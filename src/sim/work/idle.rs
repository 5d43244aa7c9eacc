//! Idle workers in the order in which work is given to them.
//!
//! Floor 1. Reads nothing; owns [`Idle`].

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::base::ids::WorkerId;

/// Load in minutes, and who.
type Entry = (u32, WorkerId);

/// Idle workers, least loaded first. A sorted list and no tree: they are few, and one
/// comes or goes with every task.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(from = "BTreeSet<Entry>")]
pub struct Idle(Vec<Entry>);

/// A file may hold them in any order.
impl From<BTreeSet<Entry>> for Idle {
    fn from(entries: BTreeSet<Entry>) -> Self {
        Self(entries.into_iter().collect())
    }
}

impl Idle {
    /// Somebody is idle from now on.
    pub(crate) fn insert(&mut self, entry: Entry) {
        if let Err(place) = self.0.binary_search(&entry) {
            self.0.insert(place, entry);
        }
    }

    /// Somebody is idle no longer.
    pub(crate) fn remove(&mut self, entry: Entry) {
        if let Ok(place) = self.0.binary_search(&entry) {
            self.0.remove(place);
        }
    }

    /// Nobody is idle.
    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }

    /// Whether somebody with this load is idle.
    pub(crate) fn contains(&self, entry: Entry) -> bool {
        self.0.binary_search(&entry).is_ok()
    }

    /// The least loaded.
    pub fn first(&self) -> Option<&Entry> {
        self.0.first()
    }

    /// Whether nobody is idle.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All of them, least loaded first.
    pub fn iter(&self) -> impl Iterator<Item = &Entry> {
        self.0.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::hash::canonical;

    #[test]
    fn it_is_a_sorted_set_and_has_the_hash_of_one() {
        let (mut idle, mut set) = (Idle::default(), BTreeSet::new());
        for k in 0..200_u32 {
            let entry = (k * 7919 % 13, WorkerId(k * 104_729 % 17));
            if k % 3 == 0 {
                idle.remove(entry);
                set.remove(&entry);
            } else {
                idle.insert(entry);
                set.insert(entry);
            }
            assert_eq!(idle.contains(entry), set.contains(&entry));
            assert_eq!((idle.first(), idle.is_empty()), (set.first(), set.is_empty()));
            assert!(idle.iter().eq(&set));
        }
        assert_eq!(canonical(&idle), canonical(&set));
        let mixed: Vec<Entry> = vec![(3, WorkerId(1)), (1, WorkerId(9)), (3, WorkerId(1))];
        let bytes = postcard::to_stdvec(&mixed).unwrap();
        let read: Idle = postcard::from_bytes(&bytes).unwrap();
        assert!(read.iter().eq(&[(1, WorkerId(9)), (3, WorkerId(1))]));
    }
}
