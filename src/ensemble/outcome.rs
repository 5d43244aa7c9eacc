//! What one run gave, in integers.
//!
//! Floor 2. Reads nothing; writes nothing; owns [`Outcome`] and the [`Shape`]
//! that all outcomes of one ensemble share.

use serde::{Deserialize, Serialize};

use crate::base::text::Bilingual;

/// One thing that is counted.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Quantity {
    /// The name in tables and files: `infections`.
    pub name: String,
    /// The unit, as on parameter cards: `person`.
    pub unit: String,
    /// What people call it, in the plural.
    pub label: Bilingual,
}

impl Quantity {
    /// A quantity by name, unit and label.
    pub fn new(name: &str, unit: &str, label: Bilingual) -> Self {
        Self { name: name.to_owned(), unit: unit.to_owned(), label }
    }
}

/// What all runs of an ensemble have in common.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shape {
    /// Days of a run.
    pub days: u32,
    /// Figures of every day.
    pub series: Vec<Quantity>,
    /// Figures of a whole run.
    pub totals: Vec<Quantity>,
    /// Which of the totals counts the cases that decide whether an outbreak died
    /// out by itself; `None` where there is no outbreak to speak of.
    pub cases: Option<usize>,
    /// Homes that are told apart.
    pub homes: u32,
}

/// What one run gave.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outcome {
    /// Figures by quantity and day.
    pub series: Vec<Vec<u32>>,
    /// Figures by quantity.
    pub totals: Vec<u64>,
    /// By home: the day of its first infection; `None` when it was spared.
    #[serde(with = "sparse")]
    pub homes: Vec<Option<u16>>,
}

impl Shape {
    /// Whether an outcome is of this shape.
    pub fn fits(&self, outcome: &Outcome) -> bool {
        outcome.series.len() == self.series.len()
            && outcome.series.iter().all(|days| days.len() == self.days as usize)
            && outcome.totals.len() == self.totals.len()
            && outcome.homes.len() == self.homes as usize
    }

    /// Whether the shape itself makes sense: its cases, if any, are one of the totals.
    pub fn is_sound(&self) -> bool {
        self.cases.is_none_or(|cases| cases < self.totals.len())
    }
}

impl Outcome {
    /// Cases of the run, by which dying out is told; 0 where none are counted.
    pub fn cases(&self, shape: &Shape) -> u64 {
        shape.cases.and_then(|cases| self.totals.get(cases)).copied().unwrap_or_default()
    }
}

/// Homes in files: only those that had an infection, because most have none.
mod sparse {
    use serde::de::Error;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    /// More homes than any place has; a file that asks for more is damaged.
    const MOST_HOMES: u32 = 1 << 24;

    #[derive(Serialize, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Homes {
        of: u32,
        days: Vec<(u32, u16)>,
    }

    pub(super) fn serialize<S: Serializer>(
        homes: &[Option<u16>],
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        let days = (0_u32..).zip(homes).filter_map(|(home, day)| day.map(|day| (home, day)));
        Homes { of: homes.len() as u32, days: days.collect() }.serialize(serializer)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Vec<Option<u16>>, D::Error> {
        let read = Homes::deserialize(deserializer)?;
        if read.of > MOST_HOMES {
            return Err(D::Error::custom("too many homes"));
        }
        let mut homes = vec![None; read.of as usize];
        for (home, day) in read.days {
            let home = homes
                .get_mut(home as usize)
                .ok_or_else(|| D::Error::custom("a home that is not there"))?;
            *home = Some(day);
        }
        Ok(homes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outcome_is_written_short_and_read_back() {
        let outcome = Outcome {
            series: vec![vec![0, 70_000]],
            totals: vec![70_000],
            homes: vec![None, Some(0), None, Some(u16::MAX)],
        };
        let text = serde_json::to_string(&outcome).unwrap();
        assert_eq!(
            text,
            r#"{"series":[[0,70000]],"totals":[70000],"homes":{"of":4,"days":[[1,0],[3,65535]]}}"#
        );
        assert_eq!(serde_json::from_str::<Outcome>(&text).unwrap(), outcome);
    }

    #[test]
    fn homes_that_are_not_there_are_refused() {
        for homes in [r#"{"of":1,"days":[[1,0]]}"#, r#"{"of":4000000000,"days":[]}"#] {
            let text = format!(r#"{{"series":[],"totals":[],"homes":{homes}}}"#);
            assert!(serde_json::from_str::<Outcome>(&text).is_err());
        }
    }
}
