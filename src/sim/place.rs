//! The place: ways, compounds, homes, lane mouths, and how far it is to walk.
//!
//! Floor 1. Fixed for a whole story and shared by every state of it. Built from
//! a map file by `scenario`, which has checked everything the rooms here rely
//! on: ids are positions in these tables, every reference resolves.

use serde::{Deserialize, Serialize};

use crate::base::geo::PointCm;
use crate::base::ids::{CompoundId, HouseholdId, MouthId, WayId};
use crate::base::text::Bilingual;

/// How well an element of the map is documented.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Grade {
    /// Documented: press, official lists, published lengths.
    Record,
    /// Inferred from documented facts.
    Estimate,
    /// Made up, because nothing is known or nobody's real door may be shown.
    Invented,
}

/// A lane or street, and a section of the board.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Way {
    /// Its name.
    pub name: Bilingual,
    /// Its centre line, at least two points.
    pub line: Vec<PointCm>,
    /// Its width in centimetres.
    pub width_cm: u32,
    /// How well it is documented.
    pub grade: Grade,
}

/// What a compound is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum CompoundKind {
    /// A single-storey courtyard (平房院) shared by several households.
    Courtyard,
    /// A building (楼) with flats on several floors.
    Building,
}

/// A courtyard or a building: one block on the board.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compound {
    /// The way its door opens to.
    pub way: WayId,
    /// Courtyard or building.
    pub kind: CompoundKind,
    /// Its invented name: never a real door number.
    pub name: Bilingual,
    /// Centre of its rectangle.
    pub centre: PointCm,
    /// Length of the side along the way, in centimetres.
    pub front_cm: u32,
    /// Length of the side away from the way, in centimetres.
    pub depth_cm: u32,
    /// Direction of the front side, in thousandths of a radian counted
    /// anticlockwise from east.
    pub turn_mrad: i32,
    /// Where its door is.
    pub door: PointCm,
    /// Its first household; the others follow without a gap.
    pub first: HouseholdId,
    /// How many households live in it.
    pub homes: u32,
    /// How well it is documented.
    pub grade: Grade,
}

impl Compound {
    /// Its households, in order.
    pub fn households(&self) -> impl ExactSizeIterator<Item = HouseholdId> + use<> {
        (self.first.0..self.first.0 + self.homes).map(HouseholdId)
    }
}

/// What a dwelling is called at its door: invented, never a real number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Dwelling {
    /// Where it lies.
    pub compound: CompoundId,
    /// Unit number: rooms 1, 2, … in a courtyard; floor and door (302) in a building.
    pub unit: u32,
}

/// A lane mouth: where people come in and go out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mouth {
    /// Its name, such as 雨儿胡同东口.
    pub name: Bilingual,
    /// The way it closes.
    pub way: WayId,
    /// Where it is.
    pub at: PointCm,
    /// How well it is documented.
    pub grade: Grade,
}

/// A way out of a compound.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Exit {
    /// The mouth.
    pub mouth: MouthId,
    /// Metres to walk from the compound's door to it along the ways.
    pub metres: u32,
}

/// A point of the map that people know and the model may use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spot {
    /// What it is called.
    pub name: Bilingual,
    /// Where it is.
    pub at: PointCm,
    /// How well it is documented.
    pub grade: Grade,
}

/// A line that is drawn but belongs to no compound: the river, the streets around.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stretch {
    /// What it is called.
    pub name: Bilingual,
    /// Its centre line.
    pub line: Vec<PointCm>,
    /// Its width in centimetres.
    pub width_cm: u32,
    /// How well it is documented.
    pub grade: Grade,
}

/// The whole place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// What it is called.
    pub name: Bilingual,
    /// Ways by [`WayId`], in the order of the board's sections.
    pub ways: Vec<Way>,
    /// Compounds by [`CompoundId`], grouped by way, in the order of the board's blocks.
    pub compounds: Vec<Compound>,
    /// Dwellings by [`HouseholdId`], grouped by compound.
    pub dwellings: Vec<Dwelling>,
    /// Lane mouths by [`MouthId`].
    pub mouths: Vec<Mouth>,
    /// For each compound, the mouths that can be reached from it, nearest
    /// first, ties by id. Never empty when the place has a mouth.
    pub exits: Vec<Vec<Exit>>,
    /// Where the committee office is.
    pub office: Spot,
    /// Public toilets.
    pub toilets: Vec<Spot>,
    /// Shops.
    pub shops: Vec<Spot>,
    /// Bridges.
    pub bridges: Vec<Spot>,
    /// Rivers.
    pub waters: Vec<Stretch>,
    /// Streets around that belong to no section.
    pub borders: Vec<Stretch>,
}

impl Place {
    /// How many households live here.
    pub fn household_count(&self) -> usize {
        self.dwellings.len()
    }

    /// The compound of a household.
    pub fn compound_of(&self, household: HouseholdId) -> CompoundId {
        self.dwellings[household.index()].compound
    }

    /// The compound itself.
    pub fn compound(&self, id: CompoundId) -> &Compound {
        &self.compounds[id.index()]
    }

    /// The way a household's door opens to.
    pub fn way_of(&self, household: HouseholdId) -> WayId {
        self.compound(self.compound_of(household)).way
    }

    /// Every household, in board order.
    pub fn households(&self) -> impl ExactSizeIterator<Item = HouseholdId> + use<> {
        (0..self.dwellings.len() as u32).map(HouseholdId)
    }
}
