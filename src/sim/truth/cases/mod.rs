//! The outbreak in this community: who is infected, and what follows for bodies.
//!
//! Floor 1. Reads people, place, measures; owns [`Illness`], fixed for a story, and
//! [`Cases`], the state. The engine is `illness`; here it gets its layers, its permits
//! and its consequences. Hidden from the office, which hears of fevers, of what the
//! clinic says and of notices, all through the senses.
//!
//! ```text
//! midnight ─ the contacts of the day, each held against its permit ─▶ new lines
//!    line ─▶ Sickens ─▶ fever ─▶ (told, asked, thermometer, clinic)
//!                   ├─▶ SeeksCare, NeedsHospital ─▶ swabs ─▶ notice ─▶ observation
//!                   └─▶ IllnessEnds: well, discharged, dead
//! ```
//!
//! A day's contacts are worked through when it closes; each is judged by the measures
//! and whereabouts of its own minute.

mod arrive;
pub(crate) mod course;
pub mod effect;
mod encounters;
mod layers;
pub mod params;
mod permit;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::illness::{Infection, Mixing, Outbreak, Rules, World};
use super::{Truth, Whereabouts};
use crate::base::ids::{HouseholdId, PersonId};
use crate::base::time::{DAY_MINUTES, Day, Minute};
use crate::sim::event::Happening;
use crate::sim::named;
use crate::sim::state::{Setup, SimState, Step};
use crate::sim::work::Measure;

pub(crate) use arrive::{come_back, import, import_some};
pub use encounters::Encounters;

/// The illness of a story: its numbers, compiled, and how this community mixes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Illness {
    /// The numbers, compiled.
    pub rules: Rules,
    /// Who can meet whom.
    pub mixing: Mixing,
}

impl Illness {
    /// Compiles the illness for a story whose place, people and numbers are settled;
    /// tables that other rules have need not be made again.
    pub fn of(setup: &Setup, known: Option<&Rules>) -> Self {
        let rules = Rules::like(known, &setup.params.illness, &setup.params.severity);
        Self { rules, mixing: layers::of(setup) }
    }

    /// What the engine reads.
    pub fn world(&self, seed: u64) -> World<'_> {
        World { seed, rules: &self.rules, mixing: &self.mixing }
    }
}

named! {
    /// How it stands with a person, in truth.
    Health {
        /// no infection
        Never, "未感染";
        /// too early to pass it on
        Incubating, "潜伏";
        /// can pass it on
        Infectious, "有传染性";
        /// over
        Over, "已过";
        /// died of it
        Died, "去世";
    }
}

/// A swab that was taken and what came of those before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) struct Suspect {
    /// When it was taken.
    pub taken: Minute,
    /// Which of the person's swabs.
    pub ordinal: u32,
    /// How many of this suspicion were negative.
    pub negatives: u8,
}

/// Everything about the outbreak that changes.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Cases {
    outbreak: Outbreak,
    /// Strengths that changed since the last midnight: when, and what it was before.
    changed: Vec<(Measure, Minute, u16)>,
    /// Homes that were told to stay in: from when, until when.
    observed: BTreeMap<HouseholdId, (Minute, Minute)>,
    /// People in hospital, at the clinic for longer, or at the central site: from, until.
    absent: BTreeMap<PersonId, (Minute, Minute)>,
    /// People whose swab is under way.
    pub(crate) suspects: BTreeMap<PersonId, Suspect>,
    /// Swabs taken of each person.
    swabs: BTreeMap<PersonId, u32>,
    /// Confirmed cases, and when.
    pub(crate) confirmed: BTreeMap<PersonId, Minute>,
    /// Who waits for a bed, first come first.
    waiting: Vec<PersonId>,
    /// Who died.
    died: BTreeSet<PersonId>,
    /// Notices about contacts sent on a day.
    pub(crate) notices: (Day, u32),
}

/// Not yet over.
const OPEN: Minute = Minute(u32::MAX);

impl Cases {
    /// Nobody is infected.
    pub(crate) fn new(setup: &Setup) -> Self {
        Self {
            outbreak: Outbreak::new(setup.population.people.len() as u32),
            changed: Vec::new(),
            observed: BTreeMap::new(),
            absent: BTreeMap::new(),
            suspects: BTreeMap::new(),
            swabs: BTreeMap::new(),
            confirmed: BTreeMap::new(),
            waiting: Vec::new(),
            died: BTreeSet::new(),
            notices: (Day(1), 0),
        }
    }

    /// Who infected whom.
    pub fn outbreak(&self) -> &Outbreak {
        &self.outbreak
    }

    /// When the office had a notice that somebody is a confirmed case.
    pub fn confirmed_at(&self, person: PersonId) -> Option<Minute> {
        self.confirmed.get(&person).copied()
    }

    /// Stores the contacts that wait in another order: for the anchor that this is nothing.
    pub(crate) fn shuffle_storage(&mut self) {
        self.outbreak.shuffle_storage();
    }

    /// Who died of it. Never shown without the range of the published figures.
    pub fn died(&self) -> &BTreeSet<PersonId> {
        &self.died
    }

    /// Who waits for a bed.
    pub fn waiting(&self) -> &[PersonId] {
        &self.waiting
    }

    /// How it stands with a person at a minute. Infectious is whoever has three days
    /// before symptoms behind, or what would be symptoms, and not yet eight after them.
    pub fn health(&self, person: PersonId, now: Minute) -> Health {
        if self.died.contains(&person) {
            return Health::Died;
        }
        match self.outbreak.infection(person) {
            Some(infection) if infection.at <= now => stage(infection, now),
            _ => Health::Never,
        }
    }

    pub(super) fn fits(&self, people: u32, homes: usize) -> bool {
        let known = |person: &PersonId| person.0 < people;
        self.outbreak.fits(people)
            && self.observed.keys().all(|home| home.index() < homes)
            && self.absent.keys().all(known)
            && self.suspects.keys().all(known)
            && self.swabs.keys().all(known)
            && self.confirmed.keys().all(known)
            && self.waiting.iter().all(known)
            && self.died.iter().all(known)
    }

    /// A measure changes: contacts before this minute were under the old strength.
    pub(crate) fn measure_changes(&mut self, measure: Measure, now: Minute, before: u16) {
        self.changed.push((measure, now, before));
    }

    /// A home is told to stay in until a minute.
    pub(crate) fn stay_in(&mut self, home: HouseholdId, now: Minute, until: Minute) {
        let entry = self.observed.entry(home).or_insert((now, until));
        if entry.1 <= now {
            *entry = (now, until);
        }
        entry.1 = entry.1.max(until);
    }

    /// Somebody leaves home for a bed elsewhere, or comes back from it.
    pub(crate) fn leaves(&mut self, person: PersonId, now: Minute) {
        let entry = self.absent.entry(person).or_insert((now, OPEN));
        if entry.1 <= now {
            *entry = (now, OPEN);
        }
        entry.1 = OPEN;
    }

    pub(crate) fn returns(&mut self, person: PersonId, now: Minute) {
        if let Some(entry) = self.absent.get_mut(&person) {
            entry.1 = now;
        }
    }

    /// Days since a person's infection at a minute, if infected by then.
    pub(crate) fn infected_days(&self, person: PersonId, now: Minute) -> Option<u32> {
        let infection = self.outbreak.infection(person).filter(|i| i.at <= now)?;
        Some(infection.age_at(now) / DAY_MINUTES)
    }

    /// Takes a swab: the number of it.
    pub(crate) fn next_swab(&mut self, person: PersonId) -> u32 {
        let taken = self.swabs.entry(person).or_insert(0);
        *taken += 1;
        *taken
    }

    /// Lines of one day, from midnight to midnight: contacts up to and including the
    /// midnight that ends it, arrivals before it.
    pub fn lines_of(&self, day: Day) -> impl Iterator<Item = &Infection> {
        let of = |infection: &Infection| {
            let contact = infection.route != super::illness::Route::Arrival;
            Minute(infection.at.0.saturating_sub(u32::from(contact))).day()
        };
        let log = self.outbreak.log();
        log.iter().rev().take_while(move |i| of(i) >= day).filter(move |i| of(i) == day)
    }

    /// People who are infectious at a minute.
    pub fn infectious(&self, now: Minute) -> u64 {
        let log = self.outbreak.log().iter();
        log.filter(|i| self.health(i.person, now) == Health::Infectious).count() as u64
    }
}

/// Half a day before the first of the twelve days of infectivity, and after the last.
const BEFORE: u32 = 3 * DAY_MINUTES + DAY_MINUTES / 2;
const AFTER: u32 = 8 * DAY_MINUTES + DAY_MINUTES / 2;

fn stage(infection: &Infection, now: Minute) -> Health {
    if now.0 >= infection.onset.0.saturating_add(AFTER) {
        Health::Over
    } else if infection.age_at(now) >= DAY_MINUTES && now.plus(BEFORE) >= infection.onset {
        Health::Infectious
    } else {
        Health::Incubating
    }
}

impl Truth {
    /// The outbreak, where the story has one.
    pub fn cases(&self) -> Option<&Cases> {
        self.cases.as_deref()
    }

    /// How it stands with a person; in a story without an illness nobody is infected.
    pub fn health(&self, person: PersonId, now: Minute) -> Health {
        self.cases().map_or(Health::Never, |cases| cases.health(person, now))
    }
}

/// The contacts of the day that closes, and what follows from each infection.
pub(crate) fn close_day(setup: &Setup, state: &mut SimState, midnight: Minute, step: &mut Step) {
    let Some(illness) = &setup.illness else { return };
    let Some(mut cases) = state.truth.cases.take() else { return };
    let mut lines = Vec::new();
    let Cases { outbreak, changed, observed, absent, .. } = &mut *cases;
    let permit = permit::Permit {
        setup,
        bodies: &state.truth.bodies,
        strengths: &state.work.measures,
        changed,
        observed,
        absent,
    };
    let world = illness.world(setup.seed);
    outbreak.step(&world, midnight, |contact| permit.of(contact), &mut lines);
    changed.clear();
    observed.retain(|_, (_, until)| *until > midnight);
    absent.retain(|_, (_, until)| *until > midnight);
    state.truth.cases = Some(cases);
    for line in lines {
        begin(setup, state, line, midnight, step);
    }
}

/// An infection begins: its symptoms are planned.
fn begin(setup: &Setup, state: &mut SimState, line: u32, now: Minute, step: &mut Step) {
    let Some(cases) = &state.truth.cases else { return };
    let Some(&infection) = cases.outbreak.log().get(line as usize) else { return };
    let person = infection.person;
    let household = setup.population.person(person).household;
    step.emit(Happening::Infected { household, person, route: infection.route });
    if infection.symptomatic {
        let at = infection.onset.max(now);
        state.agenda.push(at, crate::sim::agenda::Due::Sickens(person));
    }
}

/// Somebody who was fetched is brought back: the case is known, and waits for a bed.
pub(crate) fn brought_back(state: &mut SimState, person: PersonId, now: Minute) {
    state.truth.bodies.touch(person).place = Whereabouts::Home;
    if let Some(cases) = &mut state.truth.cases {
        cases.returns(person, now);
    }
}
