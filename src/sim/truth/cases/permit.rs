//! What is left of a contact: whereabouts, measures, who keeps to them.
//!
//! Floor 1. Reads bodies, strengths of measures, homes in observation; asked once for
//! each contact of an infection, so its cost follows infections. Source: `control`.

use std::collections::BTreeMap;

use super::effect::{self, Among, ON_CONTACTS};
use crate::base::ids::{HouseholdId, PersonId};
use crate::base::time::Minute;
use crate::sim::state::Setup;
use crate::sim::truth::illness::compliance::complies;
use crate::sim::truth::illness::{Contact, FREELY, Route};
use crate::sim::truth::{Body, Whereabouts};
use crate::sim::work::{Measure, Strengths};

const PERMILLE: u32 = 1000;

/// Everything that a permit reads.
pub(super) struct Permit<'a> {
    pub setup: &'a Setup,
    pub bodies: &'a [Body],
    pub strengths: &'a Strengths,
    pub changed: &'a [(Measure, Minute, u16)],
    pub observed: &'a BTreeMap<HouseholdId, (Minute, Minute)>,
    pub absent: &'a BTreeMap<PersonId, (Minute, Minute)>,
}

impl Permit<'_> {
    /// The share of a contact that is left, parts per million.
    pub fn of(&self, contact: &Contact<'_>) -> u32 {
        let Some(target) = contact.target else { return FREELY };
        let source = contact.source.map(|infection| infection.person);
        let at = contact.at;
        if !self.is_here(target, at) || source.is_some_and(|source| !self.is_here(source, at)) {
            return 0;
        }
        match (contact.route, source) {
            (Route::Home, Some(source)) => self.at_home(source, at),
            _ => self.outside(source, target, contact.route, at),
        }
    }

    /// Whether somebody was in the community then, and not in a bed elsewhere.
    pub fn is_here(&self, person: PersonId, at: Minute) -> bool {
        let Some(body) = self.bodies.get(person.index()) else { return false };
        let gone = matches!(body.place, Whereabouts::Away | Whereabouts::Died);
        let not_yet = at < body.came_back;
        let lies = self.absent.get(&person).is_some_and(|&(from, until)| from <= at && at < until);
        !(gone || not_yet || lies)
    }

    /// Strength of a measure at a minute of the day that closes, permille.
    fn strength(&self, measure: Measure, at: Minute) -> u32 {
        let later = self.changed.iter().find(|(m, when, _)| *m == measure && *when > at);
        let now = self.strengths[measure as usize];
        u32::from(later.map_or(now, |&(_, _, before)| before))
    }

    fn keeps_to(&self, person: PersonId, measure: Measure, strength: u32) -> bool {
        strength >= PERMILLE
            || complies(self.setup.seed, person, measure as u32, strength * (FREELY / PERMILLE))
    }

    fn is_observed(&self, person: PersonId, at: Minute) -> bool {
        if self.observed.is_empty() {
            return false;
        }
        let home = self.setup.population.person(person).household;
        self.observed.get(&home).is_some_and(|&(from, until)| from <= at && at < until)
    }

    /// Who stays in has more of each other at home.
    fn at_home(&self, source: PersonId, at: Minute) -> u32 {
        let cards = &self.setup.params.control;
        let closed = self.strength(Measure::Closure, at);
        let kept_in = self.strength(Measure::HomeObservation, at);
        let mut permit = FREELY;
        if closed > 0 && self.keeps_to(source, Measure::Closure, closed) {
            permit = permit.max(cards.closed_home * PERMILLE);
        }
        if kept_in > 0
            && self.is_observed(source, at)
            && self.keeps_to(source, Measure::HomeObservation, kept_in)
        {
            permit = permit.max(cards.observed_home * PERMILLE);
        }
        permit
    }

    fn outside(&self, source: Option<PersonId>, target: PersonId, route: Route, at: Minute) -> u32 {
        let cards = &self.setup.params.control;
        let mut permit = u64::from(FREELY);
        // Passes are part of a closure: the stronger of the two holds.
        let mut kept_in = FREELY;
        for measure in ON_CONTACTS {
            let strength = self.strength(measure, at);
            let left = effect::left(cards, measure, route);
            if strength == 0 || left == FREELY {
                continue;
            }
            let left = self.left(measure, strength, left, (source, target));
            if matches!(measure, Measure::Closure | Measure::PassCheck) {
                kept_in = kept_in.min(left);
            } else {
                permit = permit * u64::from(left) / u64::from(FREELY);
            }
        }
        permit = permit * u64::from(kept_in) / u64::from(FREELY);
        let strength = self.strength(Measure::HomeObservation, at);
        let stays = |person: PersonId| {
            self.is_observed(person, at)
                && self.keeps_to(person, Measure::HomeObservation, strength)
        };
        if strength > 0 && (stays(target) || source.is_some_and(stays)) {
            let left = effect::left_by_observation(cards, route);
            permit = permit * u64::from(left) / u64::from(FREELY);
        }
        permit as u32
    }

    /// What a measure of some strength leaves of a contact between two.
    fn left(
        &self,
        measure: Measure,
        strength: u32,
        left: u32,
        (source, target): (Option<PersonId>, PersonId),
    ) -> u32 {
        let keeps = |person| self.keeps_to(person, measure, strength);
        let works = match effect::among(measure) {
            Among::Places => {
                let taken = u64::from(FREELY - left) * u64::from(strength) / u64::from(PERMILLE);
                return FREELY - taken as u32;
            }
            Among::Either => keeps(target) || source.is_some_and(keeps),
            Among::Both => keeps(target) && source.is_none_or(keeps),
        };
        if works { left } else { FREELY }
    }
}
