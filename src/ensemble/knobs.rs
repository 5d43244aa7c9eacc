//! Parameters that are not known exactly, and values for them.
//!
//! Floor 2. Reads ranges as the parameter cards give them; owns [`Knob`] and the
//! keyed designs. A knob goes from 0 to 1: half of its way from low to the usual
//! value, the other half from there to high. So the usual value is the median of
//! what is drawn, whatever the shape of the range, and no law has to be assumed
//! that the sources do not give.

use serde::{Deserialize, Serialize};

use super::error::EnsembleError;
use crate::base::text::Bilingual;
use crate::sim::draw::{Purpose, draw};

/// A place on a knob's way: 0 at low, [`TOP`] at high.
pub type Part = u32;
/// The end of the way.
pub const TOP: Part = u32::MAX;
const HALF: Part = TOP / 2;

/// A parameter and its range, in the unit of its card.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Knob {
    /// `group.name`
    pub name: String,
    /// What people call it.
    pub label: Bilingual,
    /// The lowest value that could be right.
    pub low: u32,
    /// The usual value.
    pub usual: u32,
    /// The highest value that could be right.
    pub high: u32,
}

impl Knob {
    /// Whether the range is in order.
    ///
    /// # Errors
    /// [`EnsembleError::Range`].
    pub fn check(&self) -> Result<(), EnsembleError> {
        if self.low <= self.usual && self.usual <= self.high {
            Ok(())
        } else {
            Err(EnsembleError::Range(self.name.clone()))
        }
    }

    /// The value at a place of the way, to the nearest whole number.
    pub fn at(&self, part: Part) -> u32 {
        let between = |low: u32, high: u32, part: u64, whole: u64| {
            let span = u64::from(high.saturating_sub(low));
            low + ((u128::from(span) * u128::from(part) + u128::from(whole / 2))
                / u128::from(whole)) as u32
        };
        if part <= HALF {
            between(self.low, self.usual, part.into(), HALF.into())
        } else {
            between(self.usual, self.high, (part - HALF).into(), (TOP - HALF).into())
        }
    }
}

/// The value of each knob at these places.
pub fn values(knobs: &[Knob], parts: &[Part]) -> Vec<u32> {
    knobs.iter().zip(parts).map(|(knob, &part)| knob.at(part)).collect()
}

/// The usual value of each knob.
pub fn usual(knobs: &[Knob]) -> Vec<u32> {
    knobs.iter().map(|knob| knob.usual).collect()
}

/// Looks at every range.
///
/// # Errors
/// The first that is not in order.
pub fn check(knobs: &[Knob]) -> Result<(), EnsembleError> {
    knobs.iter().try_for_each(Knob::check)
}

/// A Latin hypercube: `samples` points, and each knob takes one value from each of
/// `samples` equal steps of its way (`McKay` et al., *Technometrics* 1979). Keyed;
/// `part` tells two designs of one seed apart.
pub fn latin_hypercube(seed: u64, samples: u32, knobs: usize, part: u32) -> Vec<Vec<Part>> {
    let mut points = vec![vec![0; knobs]; samples as usize];
    for knob in 0..knobs as u32 {
        let key = |sample: u32| draw(seed, Purpose::EnsembleDesign, sample, knob, part);
        let mut order: Vec<u32> = (0..samples).collect();
        order.sort_by_key(|&sample| (key(sample).0[0], sample));
        for (step, &sample) in (0_u64..).zip(&order) {
            let within = u64::from(key(sample).0[1]);
            let place = ((step << 32) + within) / u64::from(samples);
            points[sample as usize][knob as usize] = place as Part;
        }
    }
    points
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use proptest::prelude::*;

    pub(crate) fn knob(name: &str, low: u32, usual: u32, high: u32) -> Knob {
        Knob { name: name.to_owned(), label: Bilingual::default(), low, usual, high }
    }

    #[test]
    fn the_way_goes_from_low_over_usual_to_high() {
        let k = knob("a.b", 10, 20, 100);
        assert_eq!([0, HALF / 2, HALF, TOP].map(|p| k.at(p)), [10, 15, 20, 100]);
        assert_eq!(k.at(HALF + TOP / 4), 60);
        assert_eq!(knob("a", 0, 0, u32::MAX).at(TOP), u32::MAX);
        assert_eq!(knob("a", 7, 7, 7).at(12_345), 7);
    }

    #[test]
    fn a_range_out_of_order_is_refused_by_name() {
        let refused = check(&[knob("a", 1, 2, 3), knob("masks.effect", 5, 4, 9)]).unwrap_err();
        assert_eq!(refused, EnsembleError::Range("masks.effect".to_owned()));
        assert!(refused.sentence().zh.contains("masks.effect"));
    }

    #[test]
    fn every_step_of_every_knob_is_used_once() {
        let points = latin_hypercube(9, 40, 3, 0);
        for knob in 0..3 {
            let mut steps: Vec<u64> =
                points.iter().map(|p| (u64::from(p[knob]) * 40) >> 32).collect();
            steps.sort_unstable();
            assert!(steps.into_iter().eq(0..40));
        }
        assert_eq!(points, latin_hypercube(9, 40, 3, 0));
        assert_ne!(points, latin_hypercube(9, 40, 3, 1));
    }

    proptest! {
        #[test]
        fn the_way_never_turns_back(low in 0_u32..1000, up in 0_u32..1000, more in 0_u32..100_000,
                                    a in any::<u32>(), b in any::<u32>()) {
            let k = knob("a", low, low + up, low + up + more);
            let (a, b) = (a.min(b), a.max(b));
            prop_assert!(k.at(a) <= k.at(b));
            prop_assert!((k.low..=k.high).contains(&k.at(a)));
        }
    }
}
