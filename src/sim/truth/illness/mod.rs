//! The outbreak: who infected whom, where and when, and what is still to come.
//!
//! Floor 1. Owns [`Outbreak`], the state. Reads [`Rules`] (numbers, compiled),
//! [`Mixing`] (who can meet whom) and a permit that the caller gives for each contact
//! (measures, isolation, masks). Knows no community: stories, anchors and benches call
//! the same code.
//!
//! # How it works
//!
//! An infection lays out its possible transmissions once, when it begins: a fixed set
//! of points, each with minute, target, mark and order, keyed by the source (`spread`).
//! They wait in a queue (`queue`). In the step of its minute a contact infects if its
//! target was never infected and its mark, as a share of the ceiling, lies below the
//! permit. Cost follows the infections, never people times days.
//!
//! - **Steps** are multiples of [`Rules::tick`]. A contact keeps its own minute and is
//!   worked through in the first step not before it, and an infection is dated by the
//!   contact: the length of the step moves nothing but who sees whom within it.
//! - **Within a step all is synchronous**: the permit sees the state before it. A target
//!   reached by several contacts is infected by the first of them; among those of one
//!   minute by the smallest order word, a fair and keyed choice.
//! - **Competing hazards** are exact: counts are Poisson, so that a person escapes with
//!   exp(−sum of means), and over a whole infection a home follows Reed–Frost.
//! - **Weakening** any force, or any permit that never rises in time, only delays
//!   infections: the points stay where they are.
//!
//! ```
//! use zhanyitu::base::{ids::PersonId, time::Minute};
//! use zhanyitu::sim::truth::illness::{FREELY, Mixing, Outbreak, Resident, Rules, World};
//! # use zhanyitu::sim::truth::illness::params::{IllnessParams, SeverityParams};
//! let rules = Rules::new(&IllnessParams::default(), &SeverityParams::default());
//! let mixing = Mixing::of_homes(vec![Resident { age: 40, partner: false }; 6], [2, 4]);
//! let world = World { seed: 1, rules: &rules, mixing: &mixing };
//! let (mut outbreak, mut new) = (Outbreak::new(mixing.people()), Vec::new());
//! outbreak.arrive(&world, PersonId(2), Minute(0), 0, &mut new);
//! outbreak.step(&world, Minute(30 * 1440), |_| FREELY, &mut new);
//! assert!(outbreak.log().iter().all(|i| i.person.0 >= 2));
//! ```

pub mod compliance;
pub mod course;
pub mod escape;
pub mod inflow;
pub mod mixing;
pub mod params;
pub mod profile;
mod queue;
pub mod rules;
mod spread;
pub mod swab;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use crate::base::ids::PersonId;
use crate::base::time::Minute;

pub use course::{Column, Course, Outcome, SeverityRange, Worst};
pub use mixing::{BANDS, Blocks, FREELY, Inflow, Layer, Mixing, Reach, Resident, Route};
pub use profile::{Profile, Shares};
pub use queue::Occasion;
pub use rules::Rules;
pub use spread::Meeting;

use queue::{NOBODY, Queue};

/// In the table of persons: never infected, and protected for good. A line of the log
/// is written as its number plus one.
const NEVER: u32 = 0;
const PROTECTED: u32 = u32::MAX;

/// What a run reads and does not change.
#[derive(Debug, Clone, Copy)]
pub struct World<'a> {
    /// The seed of every draw.
    pub seed: u64,
    /// The numbers, compiled.
    pub rules: &'a Rules,
    /// Who can meet whom.
    pub mixing: &'a Mixing,
}

/// One infection: a line of the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Infection {
    /// Who.
    pub person: PersonId,
    /// By whose infection, as a line of the log; none for one from outside.
    pub source: Option<u32>,
    /// The minute of the contact, or of the arrival.
    pub at: Minute,
    /// How old the infection was then, minutes: 0 for contacts.
    pub aged: u32,
    /// When symptoms begin, or the infectious time has its middle; 0 if before the story.
    pub onset: Minute,
    /// Ever has symptoms.
    pub symptomatic: bool,
    /// Where.
    pub route: Route,
    /// Infections between it and the one from outside, which has 0.
    pub generation: u16,
}

impl Infection {
    /// Minutes since infection at a later minute.
    pub fn age_at(&self, now: Minute) -> u32 {
        now.since(self.at).saturating_add(self.aged)
    }
}

/// A contact as the permit sees it.
#[derive(Debug, Clone, Copy)]
pub struct Contact<'a> {
    /// The infection it comes from; none for one from outside.
    pub source: Option<&'a Infection>,
    /// Who would be infected; none for somebody who does not exist before.
    pub target: Option<PersonId>,
    /// Where.
    pub route: Route,
    /// The minute of the contact: at most the minute of the step, and after that of the
    /// step before.
    pub at: Minute,
}

/// Everything about an outbreak that changes.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Outbreak {
    log: Vec<Infection>,
    /// By person.
    line_of: Vec<u32>,
    queue: Queue,
    /// Days whose inflow is laid out.
    inflow_days: u32,
}

impl Outbreak {
    /// Nobody is infected. Memory is four bytes for each person.
    pub fn new(people: u32) -> Self {
        Self {
            log: Vec::new(),
            line_of: vec![NEVER; people as usize],
            queue: Queue::default(),
            inflow_days: 0,
        }
    }

    /// Every infection so far, in the order of steps; within a step by person.
    pub fn log(&self) -> &[Infection] {
        &self.log
    }

    /// Whether somebody was ever infected or is protected.
    #[inline]
    pub fn was_infected(&self, person: u32) -> bool {
        self.line_of.get(person as usize).is_some_and(|&line| line != NEVER)
    }

    /// Somebody's infection.
    pub fn infection(&self, person: PersonId) -> Option<&Infection> {
        let line = *self.line_of.get(person.index())?;
        (line != PROTECTED).then(|| self.log.get(line.checked_sub(1)? as usize)).flatten()
    }

    /// Contacts that wait.
    pub fn waiting(&self) -> usize {
        self.queue.len()
    }

    /// The minute of the next step in which anything can happen.
    pub fn next_at(&self) -> Option<Minute> {
        self.queue.next().map(Minute)
    }

    /// How many others each line of the log infected so far.
    pub fn offspring(&self) -> Vec<u32> {
        let mut counts = vec![0; self.log.len()];
        for line in self.log.iter().filter_map(|i| i.source) {
            counts[line as usize] += 1;
        }
        counts
    }

    /// Whether every number in this state lies within a population of so many people.
    pub fn fits(&self, people: u32) -> bool {
        let lines = self.log.len() as u32;
        let known = |line: u32| line < lines;
        self.line_of.len() == people as usize
            && self.line_of.iter().all(|&l| l == NEVER || l == PROTECTED || known(l - 1))
            && (0..).zip(&self.log).all(|(line, i)| {
                self.line_of.get(i.person.index()) == Some(&(line + 1))
                    && i.source.is_none_or(|s| s < line)
            })
            && self.queue.iter().all(|o| {
                (o.target == NOBODY || o.target < people) && (o.source == NOBODY || known(o.source))
            })
    }

    /// Makes somebody immune who was never infected; no effect on anybody else.
    pub fn protect(&mut self, person: PersonId) {
        if let Some(line) = self.line_of.get_mut(person.index()).filter(|l| **l == NEVER) {
            *line = PROTECTED;
        }
    }

    /// Somebody is infected from outside, now: a return, a seed of an experiment.
    /// `aged`: minutes since the infection. Returns whether it is new. `at` must not lie
    /// before a step that is done.
    pub fn arrive(
        &mut self,
        world: &World<'_>,
        person: PersonId,
        at: Minute,
        aged: u32,
        infected: &mut Vec<u32>,
    ) -> bool {
        if self.was_infected(person.0) {
            return false;
        }
        let line = self.record(world, person.0, None, Route::Arrival, at.0, aged);
        infected.push(line);
        self.lay_out(world, line, at.0);
        true
    }

    /// Works through every step up to and including a minute. `permit`: the share of a
    /// contact that is left by everything that hinders it, parts per million
    /// ([`FREELY`]: nothing does), at most the ceiling of its layer; how easily the
    /// target is infected is not part of it. Lines of new infections are added to
    /// `infected`. In one go or in parts is the same.
    pub fn step(
        &mut self,
        world: &World<'_>,
        now: Minute,
        mut permit: impl FnMut(&Contact<'_>) -> u32,
        infected: &mut Vec<u32>,
    ) {
        self.lay_out_inflows(world, now.0);
        let mut hits = Vec::new();
        while let Some((step, occasions)) = self.queue.pop_due(now.0) {
            hits.clear();
            hits.extend(occasions.into_iter().filter(|o| self.is_effective(world, o, &mut permit)));
            let from = self.log.len() as u32;
            self.commit(world, &mut hits);
            for line in from..self.log.len() as u32 {
                infected.push(line);
                self.lay_out(world, line, step);
            }
        }
    }

    fn is_effective(
        &self,
        world: &World<'_>,
        occasion: &Occasion,
        permit: &mut impl FnMut(&Contact<'_>) -> u32,
    ) -> bool {
        if occasion.target != NOBODY && self.was_infected(occasion.target) {
            return false;
        }
        let contact = Contact {
            source: self.log.get(occasion.source as usize),
            target: (occasion.target != NOBODY).then_some(PersonId(occasion.target)),
            route: occasion.route,
            at: Minute(occasion.at),
        };
        let mut permit = u64::from(permit(&contact));
        // At home it is in the force already.
        if occasion.route != Route::Home {
            let who = world.mixing.resident(occasion.target);
            permit = permit * u64::from(world.rules.susceptibility(who)) / u64::from(FREELY);
        }
        (u64::from(occasion.mark) * u64::from(occasion.ceiling)) >> 32 < permit
    }

    /// Of the effective contacts of a step, the first of each target infects it.
    fn commit(&mut self, world: &World<'_>, hits: &mut [Occasion]) {
        let person_of = |log: &[Infection], line: u32| log.get(line as usize).map(|i| i.person);
        hits.sort_unstable_by_key(|o| {
            (o.target, o.at, o.order, person_of(&self.log, o.source), o.route, o.mark)
        });
        let mut last = None;
        for hit in hits.iter() {
            if hit.target != NOBODY && last == Some(hit.target) {
                continue;
            }
            last = Some(hit.target);
            let person = if hit.target == NOBODY { self.newcomer() } else { hit.target };
            let source = (hit.source != NOBODY).then_some(hit.source);
            self.record(world, person, source, hit.route, hit.at, 0);
        }
    }

    fn newcomer(&mut self) -> u32 {
        self.line_of.push(NEVER);
        self.line_of.len() as u32 - 1
    }

    fn record(
        &mut self,
        world: &World<'_>,
        person: u32,
        source: Option<u32>,
        route: Route,
        at: u32,
        aged: u32,
    ) -> u32 {
        let line = self.log.len() as u32;
        let course = world.rules.course(world.seed, person, world.mixing.resident(person));
        let onset = (i64::from(at) + i64::from(course.incubation) - i64::from(aged)).max(0);
        let generation = source
            .and_then(|s| self.log.get(s as usize))
            .map_or(0, |s| s.generation.saturating_add(1));
        self.log.push(Infection {
            person: PersonId(person),
            source,
            at: Minute(at),
            aged,
            onset: Minute(onset.min(i64::from(u32::MAX)) as u32),
            symptomatic: course.symptomatic,
            route,
            generation,
        });
        if person as usize >= self.line_of.len() {
            self.line_of.resize(person as usize + 1, NEVER);
        }
        self.line_of[person as usize] = line + 1;
        line
    }

    /// Stores the same state in another order: a test that this is nothing.
    #[doc(hidden)]
    pub fn shuffle_storage(&mut self) {
        self.queue.reverse();
    }
}
