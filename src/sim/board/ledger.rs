//! The ledger: what the office knows of every household, and at a glance where
//! something is open.
//!
//! Floor 1. Reads observations; owns [`Ledger`]. Most homes of most days have nothing
//! open: rounds go along the lists kept here, and the stock of midnight is taken from
//! two narrow columns, instead of from every page.

use std::hash::{Hash, Hasher};
use std::ops::Deref;

use fixedbitset::FixedBitSet;
use serde::{Deserialize, Serialize, Serializer};

use super::colour::{RiskColour, colour_without_clock};
use super::{Knowledge, Observation};
use crate::base::ids::HouseholdId;
use crate::base::time::Minute;

/// What stands in the column of contacts for a home that is not known.
const NEVER: Minute = Minute(u32::MAX);

/// A page for every household, in board order. Lists and columns say nothing that the
/// pages do not: they are neither saved nor hashed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(from = "Vec<Knowledge>")]
pub struct Ledger {
    pages: Vec<Knowledge>,
    /// Homes with a clock, running or not, or a fever that is not closed.
    open: FixedBitSet,
    /// Homes known to be called every day.
    called: FixedBitSet,
    /// The colour of each home as far as no clock decides it.
    calm: Vec<RiskColour>,
    /// When each home was last reached, or first known; [`NEVER`] while it is not known.
    heard: Vec<Minute>,
}

impl From<Vec<Knowledge>> for Ledger {
    fn from(pages: Vec<Knowledge>) -> Self {
        let of = |holds: fn(&Knowledge) -> bool| {
            let mut homes = FixedBitSet::with_capacity(pages.len());
            pages.iter().enumerate().for_each(|(home, page)| homes.set(home, holds(page)));
            homes
        };
        Self {
            open: of(is_open),
            called: of(is_called),
            calm: pages.iter().map(colour_without_clock).collect(),
            heard: pages.iter().map(heard).collect(),
            pages,
        }
    }
}

impl Serialize for Ledger {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.pages.serialize(serializer)
    }
}

impl Hash for Ledger {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.pages.hash(state);
    }
}

impl Deref for Ledger {
    type Target = [Knowledge];

    fn deref(&self) -> &[Knowledge] {
        &self.pages
    }
}

fn is_open(page: &Knowledge) -> bool {
    page.has_clock() || page.fever.is_some()
}

fn is_called(page: &Knowledge) -> bool {
    page.marks.is_called_daily()
}

fn heard(page: &Knowledge) -> Minute {
    page.known.map_or(NEVER, |first| page.last_contact.unwrap_or(first.at))
}

impl Ledger {
    /// A ledger of which nothing is known yet.
    pub fn new(homes: usize) -> Self {
        vec![Knowledge::default(); homes].into()
    }

    /// Takes in an observation. Nothing else changes what is known.
    pub(crate) fn learn(&mut self, seen: &Observation) {
        let home = seen.household.index();
        let page = &mut self.pages[home];
        page.learn(seen);
        self.open.set(home, is_open(page));
        self.called.set(home, is_called(page));
        self.calm[home] = colour_without_clock(page);
        self.heard[home] = heard(page);
    }

    /// Of the first `homes` households those with a clock, running or not, or a fever
    /// that is not closed; by id. All others have the colour that [`Ledger::calm`] tells.
    pub(crate) fn open(&self, homes: u32) -> impl Iterator<Item = HouseholdId> {
        first(self.open.ones(), homes)
    }

    /// Of the first `homes` households those known to be called every day; by id.
    pub(crate) fn called(&self, homes: u32) -> impl Iterator<Item = HouseholdId> {
        first(self.called.ones(), homes)
    }

    /// Those of [`Ledger::open`] and of [`Ledger::called`] together, by id.
    pub(crate) fn open_or_called(&self, homes: u32) -> impl Iterator<Item = HouseholdId> {
        let mut either = self.open.clone();
        either.union_with(&self.called);
        first(either.into_ones(), homes)
    }

    /// How many of the first `homes` households have each colour, by [`RiskColour`],
    /// as far as no clock decides it.
    pub(crate) fn calm(&self, homes: u32) -> [u64; RiskColour::ALL.len()] {
        let mut colours = [0; RiskColour::ALL.len()];
        for &colour in &self.calm[..homes as usize] {
            colours[colour as usize] += 1;
        }
        colours
    }

    /// How many of the first `homes` households are known and were last reached more
    /// than `minutes` ago.
    pub(crate) fn silent(&self, homes: u32, now: Minute, minutes: u32) -> u64 {
        let Some(before) = now.0.checked_sub(minutes) else { return 0 };
        // `NEVER` lies ahead of every minute.
        let column = self.heard[..homes as usize].iter();
        u64::from(column.map(|heard| u32::from(heard.0 < before)).sum::<u32>())
    }
}

fn first(list: impl Iterator<Item = usize>, homes: u32) -> impl Iterator<Item = HouseholdId> {
    list.map(HouseholdId::from_index).take_while(move |home| home.0 < homes)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::base::time::DAY_MINUTES;
    use crate::sim::board::turn::tests::any_told;
    use crate::sim::hash::canonical;

    const HOMES: u32 = 7;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(300))]

        /// However it was learnt, the lists and columns are those of the pages.
        #[test]
        fn lists_and_columns_say_what_the_pages_say(
            told in proptest::collection::vec(
                (0..HOMES, 0_u32..2 * DAY_MINUTES, any_told()), 0..60,
            ),
            core in 0..=HOMES,
            age in 0_u32..9 * DAY_MINUTES,
        ) {
            let mut ledger = Ledger::new(HOMES as usize);
            let mut now = Minute(480);
            for (home, later, told) in told {
                now = now.plus(later);
                ledger.learn(&Observation { household: HouseholdId(home), at: now, told });
            }
            let pages = ledger.to_vec();
            prop_assert_eq!(&ledger, &Ledger::from(pages.clone()));
            // What it is for, counted page by page.
            let core_pages = &pages[..core as usize];
            let silent = core_pages.iter().filter_map(|page| {
                let first = page.known?;
                Some(now.since(page.last_contact.unwrap_or(first.at)))
            });
            let silent = silent.filter(|minutes| *minutes > age).count() as u64;
            prop_assert_eq!(ledger.silent(core, now, age), silent);
            prop_assert_eq!(ledger.calm(core).iter().sum::<u64>(), u64::from(core));
            let ids = |holds: fn(&Knowledge) -> bool| -> Vec<HouseholdId> {
                let marked = (0..).map(HouseholdId).zip(core_pages).filter(|(_, page)| holds(page));
                marked.map(|(home, _)| home).collect()
            };
            let called: Vec<_> = ledger.called(core).collect();
            prop_assert_eq!(called, ids(|page| page.marks.is_called_daily()));
            let open: Vec<_> = ledger.open(core).collect();
            let has_open = |page: &Knowledge| page.clocks().count() > 0 || page.fever.is_some();
            prop_assert_eq!(open, ids(has_open));
            let either: Vec<_> = ledger.open_or_called(core).collect();
            prop_assert_eq!(either, ids(|page| {
                page.clocks().count() > 0 || page.fever.is_some() || page.marks.is_called_daily()
            }));
            // And they leave no trace in a file or a hash.
            prop_assert_eq!(canonical(&ledger), canonical(&pages));
            let bytes = postcard::to_stdvec(&ledger).unwrap();
            prop_assert_eq!(&bytes, &postcard::to_stdvec(&pages).unwrap());
            prop_assert_eq!(postcard::from_bytes::<Ledger>(&bytes).unwrap(), ledger);
        }
    }
}
