//! What is true and hidden: where people are, who has a fever, who has fallen,
//! how much a home trusts.
//!
//! Floor 1. Owns [`Truth`]. The board may never read it; `senses` is the bridge.

pub mod bodies;
pub mod cases;
pub mod falls;
pub mod fever;
pub mod illness;
pub mod whereabouts;

use serde::{Deserialize, Serialize};

use crate::base::ids::HouseholdId;
use crate::base::time::Minute;
use crate::sim::people::{Population, Region};

pub use bodies::Bodies;
pub use cases::{Cases, Encounters, Health, Illness};
pub use falls::Fall;
pub use whereabouts::Whereabouts;

/// The changing truth about one person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct Body {
    /// First minute without fever; 0 when there never was one.
    pub fever_until: Minute,
    /// When the person last came back to Beijing; 0 when never during the story.
    pub came_back: Minute,
    /// Whence, for somebody who is or was away.
    pub from: Option<Region>,
    /// Where the person is.
    pub place: Whereabouts,
    /// Came back and the office has not been told.
    pub unreported: bool,
    /// Lies on the floor and cannot get up.
    pub stuck: bool,
}

impl Body {
    /// At home and able to open the door or answer the phone.
    pub fn can_answer(&self) -> bool {
        self.place == Whereabouts::Home && !self.stuck
    }

    /// Has a fever at this minute.
    pub fn has_fever(&self, now: Minute) -> bool {
        now < self.fever_until
    }
}

/// Everything that is true and changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Truth {
    /// By person.
    pub bodies: Bodies,
    /// By household: trust in the office, permille.
    pub trust: Vec<u16>,
    /// Falls so far, in order of time.
    pub falls: Vec<Fall>,
    /// The outbreak, where the story has an illness.
    #[serde(default)]
    pub(crate) cases: Option<Box<Cases>>,
}

/// A story without an illness has the hash that it had before there were any, so that
/// its saves can still be proved.
impl std::hash::Hash for Truth {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.bodies.hash(state);
        self.trust.hash(state);
        self.falls.hash(state);
        if let Some(cases) = &self.cases {
            cases.hash(state);
        }
    }
}

impl Truth {
    /// Whether the tables are those of so many people and homes.
    pub(crate) fn fits(&self, people: usize, homes: usize) -> bool {
        self.bodies.len() == people
            && self.trust.len() == homes
            && self.falls.iter().all(|f| f.person.index() < people && f.household.index() < homes)
            && self.cases.as_ref().is_none_or(|cases| cases.fits(people as u32, homes))
    }

    /// Whether anybody of a household can answer.
    pub fn anybody_answers(&self, population: &Population, household: HouseholdId) -> bool {
        population.home(household).members().any(|p| self.bodies[p.index()].can_answer())
    }

    /// Members away from Beijing, and whether that is all of them.
    pub fn away(&self, population: &Population, household: HouseholdId) -> (u8, bool) {
        let home = population.home(household);
        let gone =
            |p: &crate::base::ids::PersonId| self.bodies[p.index()].place == Whereabouts::Away;
        let away = home.members().filter(gone).count() as u8;
        (away, away == home.size)
    }

    /// Whether anybody at home has a fever.
    pub fn has_fever(&self, population: &Population, household: HouseholdId, now: Minute) -> bool {
        population.home(household).members().any(|p| {
            let body = &self.bodies[p.index()];
            matches!(body.place, Whereabouts::Home | Whereabouts::Clinic) && body.has_fever(now)
        })
    }

    /// Changes a household's trust by a number of permille, kept within 0–1000.
    pub fn add_trust(&mut self, household: HouseholdId, permille: i32) {
        let trust = &mut self.trust[household.index()];
        *trust = (i32::from(*trust) + permille).clamp(0, 1000) as u16;
    }

    /// Mean trust of the first `homes` households, permille; 0 when there are none.
    pub fn mean_trust(&self, homes: u32) -> u32 {
        let trust = &self.trust[..self.trust.len().min(homes as usize)];
        let sum: u64 = trust.iter().map(|&t| u64::from(t)).sum();
        sum.checked_div(trust.len() as u64).unwrap_or(0) as u32
    }
}
