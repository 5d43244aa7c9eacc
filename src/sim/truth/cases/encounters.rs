//! Whom people meet on a day: the engine's contacts, counted whether they infect or not.
//!
//! Floor 1. Reads the state and changes nothing; owns [`Encounters`]. Each person in turn
//! is made the one source of an outbreak that lasts for a day, in which every contact
//! infects: so the contacts are drawn by the engine, among the groups of the story, and
//! held against its permits, as those of an infection are. A diary counts people, and so
//! does this: somebody met twice on a day is one, which takes away up to one in a hundred.
//! Masks lower the permit and so the count, although people still meet; ask on days
//! without them.

use super::super::illness::params::{IllnessParams, SeverityParams};
use super::super::illness::{Outbreak, Profile, Route, Rules, World};
use super::layers;
use super::permit::Permit;
use crate::base::ids::PersonId;
use crate::base::time::DAY_MINUTES;
use crate::sim::quantile::Quantiles;
use crate::sim::state::{Setup, SimState};

/// As good as certain: one member of a home in a million is missed.
const SURELY: u32 = 999_999;

/// People met on a day, summed over those who were asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Encounters {
    /// Who was asked: everybody who lives here and is here.
    pub people: u64,
    /// Met at home.
    pub at_home: u64,
    /// Met anywhere else.
    pub outside: u64,
}

impl SimState {
    /// Whom people of some ages meet on the day under way, as things stand now; ask late in
    /// the day. Nobody in a story without an illness.
    pub fn encounters(&self, setup: &Setup, of_age: impl Fn(u8) -> bool) -> Encounters {
        let mut met = Encounters::default();
        let Some(cases) = self.truth.cases() else { return met };
        let permit = Permit {
            setup,
            bodies: &self.truth.bodies,
            strengths: &self.work.measures,
            changed: &cases.changed,
            observed: &cases.observed,
            absent: &cases.absent,
        };
        let mixing = layers::of_a_day(setup);
        let rules = for_a_day();
        let world = World { seed: setup.seed, rules: &rules, mixing: &mixing };
        let day = self.now.day();
        let nobody = Outbreak::new(mixing.people());
        for person in (0..setup.core_people()).map(PersonId) {
            if !of_age(mixing.resident(person.0).age) || !permit.is_here(person, self.now) {
                continue;
            }
            met.people += 1;
            let (mut outbreak, mut lines) = (nobody.clone(), Vec::new());
            outbreak.arrive(&world, person, day.start(), 0, &mut lines);
            outbreak.step(&world, day.end(), |contact| permit.of(contact), &mut lines);
            let by_it = outbreak.log().iter().filter(|line| line.source == Some(0));
            for line in by_it {
                match line.route {
                    Route::Home => met.at_home += 1,
                    _ => met.outside += 1,
                }
            }
        }
        met
    }
}

/// An illness that everybody passes on alike, at every contact, for one day. All of the
/// day is one step, so that nobody who was met passes it on.
fn for_a_day() -> Rules {
    let cards =
        IllnessParams { tick: DAY_MINUTES, pair: SURELY, ..IllnessParams::default().alike() };
    let day = Quantiles::constant(DAY_MINUTES);
    Rules::new(&cards, &SeverityParams::default())
        .with_profile(Profile::Even { duration: day, mean: DAY_MINUTES })
}
