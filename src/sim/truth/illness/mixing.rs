//! Who can meet whom: homes as ranges of persons, and layers of groups.
//!
//! Floor 1. Owns [`Mixing`], which stays fixed for a whole story and is shared by
//! every state of it. Everything is a range of person numbers, so that a meeting is
//! drawn with one word and ten million people need no lists.

use std::ops::Range;

use crate::sim::named;
use crate::sim::people::{Kin, Population};

/// Age bands of ten years; the last one is open.
pub const BANDS: usize = 9;
/// No group.
const NONE: u32 = u32::MAX;

named! {
    /// Where an infection passes. Part of the keys of draws: add at the end.
    Route {
        /// at home
        Home, "家中";
        /// in the courtyard or stairwell
        Yard, "院内、楼道";
        /// at the public toilet
        Toilet, "公共厕所";
        /// in a shop
        Shop, "商店";
        /// in the lane
        Street, "胡同里";
        /// at a care visit
        Care, "上门照料";
        /// at work outside or on the way
        Work, "外出上班";
        /// at the hospital
        Hospital, "医院";
        /// through a gate leak
        Gate, "卡口漏过";
        /// brought from elsewhere
        Arrival, "外地带回";
        /// anywhere else
        Other, "其他";
    }
}

/// What the engine knows of one person. Two bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Resident {
    /// Age in years.
    pub age: u8,
    /// One of the couple of the home.
    pub partner: bool,
}

/// Some adult, of whom nothing is known.
impl Default for Resident {
    fn default() -> Self {
        Self { age: 40, partner: false }
    }
}

impl Resident {
    /// The age band, 0–8.
    #[inline]
    pub fn band(self) -> usize {
        usize::from(self.age / 10).min(BANDS - 1)
    }
}

/// Whom somebody can meet in a layer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reach {
    /// Anybody with a number below this one: the community without those who live in
    /// isolation behind it. Somebody beyond meets nobody.
    Below(u32),
    /// The people of the own block.
    Blocks(Blocks),
    /// Somebody who was never met before: a population without end.
    Fresh,
}

/// Blocks of neighbouring homes: a courtyard, a stair, the users of a toilet.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Blocks {
    /// By home (by person where everyone lives alone): the block, or none.
    of_home: Vec<u32>,
    /// By block: its first person and the one after its last.
    bounds: Vec<(u32, u32)>,
}

/// One layer beside the homes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layer {
    /// Where it is. At most one layer for each route.
    pub route: Route,
    /// Contacts that would infect somebody susceptible, per infection and by age band
    /// of the source, parts per million. Per other person of the group instead where
    /// `per_member` is set.
    pub mean: [u32; BANDS],
    /// The mean counts for each other person of the group.
    pub per_member: bool,
    /// Whom.
    pub reach: Reach,
    /// Nobody of the own home is met.
    pub spares_home: bool,
    /// Largest permit that can ever be given, parts per million: above a million only
    /// where a measure may raise contacts. Part of the layout, so it must not differ
    /// between runs that are compared.
    pub ceiling: u32,
}

/// A steady risk from outside: work in the city, visitors, trips to hospital.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inflow {
    /// Where it comes in. At most one inflow for each route.
    pub route: Route,
    /// Infections a day in all where nothing hinders them and all are adults, parts per
    /// thousand million.
    pub daily: u64,
    /// Whom it can hit.
    pub people: Range<u32>,
    /// Largest permit, as in a layer.
    pub ceiling: u32,
}

/// A population and how it mixes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Mixing {
    residents: Vec<Resident>,
    /// By home: its first person; then the number of people. Empty: all live alone.
    homes: Vec<u32>,
    /// By person; empty where all live alone.
    home_of: Vec<u32>,
    /// Largest permit inside a home, parts per million.
    pub home_ceiling: u32,
    /// The layers.
    pub layers: Vec<Layer>,
    /// What comes in from outside.
    pub inflows: Vec<Inflow>,
}

/// A permit of one: nothing hinders, nothing furthers.
pub const FREELY: u32 = 1_000_000;

impl Mixing {
    /// Homes of the given sizes, in order; `residents` in the same order. Homes beyond
    /// the residents are cut off.
    pub fn of_homes(residents: Vec<Resident>, sizes: impl IntoIterator<Item = u32>) -> Self {
        let people = residents.len() as u32;
        let (mut homes, mut home_of) = (vec![0], Vec::with_capacity(residents.len()));
        for size in sizes {
            let first = home_of.len() as u32;
            let end = first.saturating_add(size).min(people);
            home_of.extend((first..end).map(|_| homes.len() as u32 - 1));
            homes.push(end);
        }
        home_of.extend((home_of.len() as u32..people).map(|_| homes.len() as u32 - 1));
        if homes.last() != Some(&people) {
            homes.push(people);
        }
        Self { residents, homes, home_of, home_ceiling: FREELY, ..Self::default() }
    }

    /// The homes of a population, without layers. The couple of a home are its head and
    /// the head's spouse.
    pub fn of_population(population: &Population) -> Self {
        let residents = population
            .people
            .iter()
            .map(|p| Resident { age: p.age, partner: matches!(p.kin, Kin::Head | Kin::Spouse) });
        let sizes = population.homes.iter().map(|home| u32::from(home.size));
        Self::of_homes(residents.collect(), sizes)
    }

    /// So many people, each alone at home.
    pub fn alone(residents: Vec<Resident>) -> Self {
        Self { residents, home_ceiling: FREELY, ..Self::default() }
    }

    /// How many people there are.
    pub fn people(&self) -> u32 {
        self.residents.len() as u32
    }

    /// What is known of a person; some adult for a number beyond the people.
    #[inline]
    pub fn resident(&self, person: u32) -> Resident {
        self.residents.get(person as usize).copied().unwrap_or_default()
    }

    /// The people of somebody's home, that person included.
    #[inline]
    pub fn home(&self, person: u32) -> Range<u32> {
        match self.home_of.get(person as usize) {
            Some(&home) => self.homes[home as usize]..self.homes[home as usize + 1],
            None => person..person.saturating_add(1),
        }
    }

    /// The number of somebody's home; the person's own where all live alone.
    #[inline]
    pub fn home_number(&self, person: u32) -> u32 {
        self.home_of.get(person as usize).copied().unwrap_or(person)
    }

    /// Every home, as a range of persons.
    pub fn homes(&self) -> impl Iterator<Item = Range<u32>> + '_ {
        self.homes.windows(2).map(|w| w[0]..w[1])
    }

    /// Blocks of homes that follow each other: for each block, how many homes. Homes
    /// after them belong to no block.
    pub fn blocks(&self, sizes: impl IntoIterator<Item = u32>) -> Blocks {
        self.some_blocks(sizes.into_iter().map(|size| (size, true)))
    }

    /// As [`Mixing::blocks`], but homes of a part marked `false` belong to no block.
    pub fn some_blocks(&self, parts: impl IntoIterator<Item = (u32, bool)>) -> Blocks {
        let alone = self.homes.is_empty();
        let homes = if alone { self.people() } else { self.homes.len() as u32 - 1 };
        let first = |home: u32| if alone { home } else { self.homes[home as usize] };
        let mut blocks = Blocks::default();
        for (size, together) in parts {
            let from = blocks.of_home.len() as u32;
            let end = from.saturating_add(size).min(homes);
            let number = blocks.bounds.len() as u32;
            if !together {
                blocks.of_home.resize(end as usize, NONE);
                continue;
            }
            blocks.of_home.extend((from..end).map(|_| number));
            blocks
                .bounds
                .push((first(from), if end == homes { self.people() } else { first(end) }));
        }
        blocks.of_home.resize(homes as usize, NONE);
        blocks
    }

    /// How many others somebody can meet in a layer.
    pub fn others(&self, layer: &Layer, person: u32) -> u32 {
        let (group, spared) = self.group(layer, person);
        (group.len() - spared.len()) as u32
    }

    /// Whom somebody can meet in a layer: the group, and the part of it that is spared.
    #[inline]
    pub(crate) fn group(&self, layer: &Layer, person: u32) -> (Range<u32>, Range<u32>) {
        let group = match &layer.reach {
            Reach::Below(end) if person < *end => 0..*end,
            Reach::Blocks(blocks) => {
                let block = blocks.of_home.get(self.home_number(person) as usize);
                match block.and_then(|&b| blocks.bounds.get(b as usize)) {
                    Some(&(from, end)) => from..end,
                    None => 0..0,
                }
            }
            Reach::Below(_) | Reach::Fresh => 0..0,
        };
        let own = if layer.spares_home { self.home(person) } else { person..person + 1 };
        let spared = own.start.clamp(group.start, group.end)..own.end.clamp(group.start, group.end);
        (group, spared)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn homes_and_blocks_are_ranges_without_gaps() {
        let mut mixing = Mixing::of_homes(vec![Resident::default(); 10], [1, 4, 3]);
        assert_eq!(mixing.homes().collect::<Vec<_>>(), [0..1, 1..5, 5..8, 8..10]);
        assert_eq!(mixing.home(4), 1..5);
        let reach = Reach::Blocks(mixing.blocks([2, 1]));
        mixing.layers.push(Layer {
            route: Route::Yard,
            mean: [0; BANDS],
            per_member: true,
            reach,
            spares_home: true,
            ceiling: FREELY,
        });
        let layer = &mixing.layers[0];
        assert_eq!(mixing.group(layer, 2), (0..5, 1..5));
        assert_eq!(mixing.group(layer, 6), (5..8, 5..8));
        assert!(mixing.group(layer, 9).0.is_empty());
    }

    #[test]
    fn where_all_live_alone_a_home_is_one_person() {
        let mixing = Mixing::alone(vec![Resident { age: 93, partner: false }; 3]);
        assert_eq!(mixing.home(2), 2..3);
        assert_eq!(mixing.resident(1).band(), BANDS - 1);
        assert_eq!(mixing.resident(7), Resident::default());
    }
}
