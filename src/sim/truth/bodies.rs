//! The bodies of everybody, and to whom anything has happened at all.
//!
//! Floor 1. Owns [`Bodies`]. Most people are at home and well on every day of a story:
//! what is counted at midnight goes along those who were touched.

use std::hash::{Hash, Hasher};
use std::ops::Deref;

use fixedbitset::FixedBitSet;
use serde::{Deserialize, Serialize, Serializer};

use super::Body;
use crate::base::ids::PersonId;

/// A body for every person, by id. Who was touched says nothing that the bodies
/// do not: it is neither saved, hashed nor compared.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(from = "Vec<Body>")]
pub struct Bodies {
    all: Vec<Body>,
    touched: FixedBitSet,
}

impl From<Vec<Body>> for Bodies {
    fn from(all: Vec<Body>) -> Self {
        let mut touched = FixedBitSet::with_capacity(all.len());
        for (person, body) in all.iter().enumerate() {
            touched.set(person, *body != Body::default());
        }
        Self { all, touched }
    }
}

impl Serialize for Bodies {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.all.serialize(serializer)
    }
}

impl Hash for Bodies {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.all.hash(state);
    }
}

impl PartialEq for Bodies {
    fn eq(&self, other: &Self) -> bool {
        self.all == other.all
    }
}

impl Eq for Bodies {}

impl Deref for Bodies {
    type Target = [Body];

    fn deref(&self) -> &[Body] {
        &self.all
    }
}

impl Bodies {
    /// So many people, at home and well.
    pub(crate) fn new(people: usize) -> Self {
        vec![Body::default(); people].into()
    }

    /// Something happens to somebody.
    pub(crate) fn touch(&mut self, person: PersonId) -> &mut Body {
        self.touched.insert(person.index());
        &mut self.all[person.index()]
    }

    /// Of the first `people` those to whom anything has happened, by id. All others are
    /// at home, well, and were never away.
    pub(crate) fn touched(&self, people: u32) -> impl Iterator<Item = PersonId> {
        let touched = self.touched.ones().map(PersonId::from_index);
        touched.take_while(move |person| person.0 < people)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::hash::canonical;
    use crate::sim::truth::Whereabouts;

    #[test]
    fn who_was_touched_is_listed_and_leaves_no_trace() {
        let mut bodies = Bodies::new(9);
        for person in [7, 2, 7, 4] {
            bodies.touch(PersonId(person)).place = Whereabouts::Away;
        }
        // One has come back as if nothing had been.
        bodies.touch(PersonId(4)).place = Whereabouts::Home;
        assert!(bodies.touched(9).eq([2, 4, 7].map(PersonId)));
        assert!(bodies.touched(7).eq([2, 4].map(PersonId)));
        let plain = bodies.to_vec();
        assert_eq!(canonical(&bodies), canonical(&plain));
        let bytes = postcard::to_stdvec(&bodies).unwrap();
        assert_eq!(bytes, postcard::to_stdvec(&plain).unwrap());
        let read: Bodies = postcard::from_bytes(&bytes).unwrap();
        assert_eq!(read, bodies);
        assert!(read.touched(9).eq([2, 7].map(PersonId)));
    }
}
