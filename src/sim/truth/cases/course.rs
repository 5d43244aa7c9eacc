//! What an infection does to a body: symptoms, fever, hospital, the end of it.
//!
//! Floor 1. Reads rules and one draw per question; writes bodies, beds and the agenda.
//! Source: the cards of `cases` and `severity`. Of the three published columns of
//! deaths the story follows the middle one; what is told is a range.

use super::super::illness::{Column, Outcome, Worst};
use super::{Cases, Whereabouts};
use crate::base::ids::PersonId;
use crate::base::time::{DAY_MINUTES, Minute};
use crate::sim::agenda::Due;
use crate::sim::draw::{Purpose, draw};
use crate::sim::state::{Setup, SimState};

/// What an illness will come to in a person.
fn outcome(setup: &Setup, person: PersonId) -> Option<Outcome> {
    let illness = setup.illness.as_ref()?;
    let who = illness.mixing.resident(person.0);
    let rules = &illness.rules;
    Some(rules.outcome(setup.seed, person.0, who, Column::Middle, rules.ward_care()))
}

/// Symptoms begin. Returns whether a fever begins that somebody may notice.
pub(crate) fn sicken(setup: &Setup, state: &mut SimState, person: PersonId, now: Minute) -> bool {
    let onset = state.truth.cases().and_then(|c| c.outbreak.infection(person)).map(|i| i.onset);
    let (Some(onset), Some(outcome)) = (onset, outcome(setup, person)) else { return false };
    let rules = &setup.params.cases;
    let d = draw(setup.seed, Purpose::IllFever, person.0, 0, 0);
    if let Some(after) = outcome.hospital {
        state.agenda.push(onset.plus(after).max(now), Due::NeedsHospital(person));
    }
    state.agenda.push(onset.plus(outcome.ends).max(now), Due::IllnessEnds(person));
    if d.lane_chance(2, rules.seeks_care) {
        let after = d.between(3, rules.seeks_from, rules.seeks_until.max(rules.seeks_from));
        state.agenda.push(onset.plus(after).max(now), Due::SeeksCare(person));
    }
    let days = d.between(1, rules.fever_shortest, rules.fever_longest.max(rules.fever_shortest));
    let until = onset.plus(days * DAY_MINUTES);
    let body = state.truth.bodies.touch(person);
    if !d.chance(rules.fever) || until <= now {
        return false;
    }
    body.fever_until = body.fever_until.max(until);
    body.place != Whereabouts::Away
}

/// Somebody needs a bed, and gets it or waits. Returns whether the bed was given.
pub(crate) fn needs_hospital(
    setup: &Setup,
    state: &mut SimState,
    person: PersonId,
    now: Minute,
) -> bool {
    let place = state.truth.bodies[person.index()].place;
    if !matches!(place, Whereabouts::Home | Whereabouts::Clinic | Whereabouts::Central) {
        return false;
    }
    let taken = in_hospital(state);
    let Some(cases) = &mut state.truth.cases else { return false };
    if taken >= setup.params.cases.beds {
        if !cases.waiting.contains(&person) {
            cases.waiting.push(person);
        }
        return false;
    }
    cases.waiting.retain(|&p| p != person);
    cases.leaves(person, now);
    state.truth.bodies.touch(person).place = Whereabouts::Hospital;
    true
}

/// People in hospital now.
fn in_hospital(state: &SimState) -> u32 {
    let Some(cases) = state.truth.cases() else { return 0 };
    let lies = |p: &&PersonId| state.truth.bodies[p.index()].place == Whereabouts::Hospital;
    cases.absent.keys().filter(lies).count() as u32
}

/// The illness ends: in death, or somebody is well and goes home. Returns what was, and
/// who gets the bed; `None` where nothing ends yet.
pub(crate) fn end(
    setup: &Setup,
    state: &mut SimState,
    person: PersonId,
    now: Minute,
) -> Option<End> {
    let stay = setup.params.cases.shortest_stay;
    let confirmed = state.truth.cases()?.confirmed.get(&person).copied();
    let place = state.truth.bodies[person.index()].place;
    if place == Whereabouts::Died {
        return None;
    }
    let infection = state.truth.cases()?.outbreak.infection(person).copied();
    let ill = infection.filter(|i| i.symptomatic).zip(outcome(setup, person));
    // Whoever has symptoms is ill until then, whatever a record says before.
    if ill.is_some_and(|(infection, outcome)| infection.onset.plus(outcome.ends) > now) {
        return None;
    }
    let dies = ill.is_some_and(|(_, outcome)| outcome.worst == Worst::Death);
    if let Some(since) = confirmed.filter(|since| !dies && since.plus(stay) > now) {
        state.agenda.push(since.plus(stay), Due::IllnessEnds(person));
        return None;
    }
    let body = state.truth.bodies.touch(person);
    let left_a_bed = place == Whereabouts::Hospital;
    if dies {
        body.place = Whereabouts::Died;
        body.fever_until = body.fever_until.min(now);
    } else if left_a_bed {
        body.place = Whereabouts::Home;
        body.fever_until = body.fever_until.min(now);
    }
    let cases = state.truth.cases.as_deref_mut()?;
    cases.waiting.retain(|&p| p != person);
    if dies {
        cases.died.insert(person);
        cases.suspects.remove(&person);
        cases.leaves(person, now);
    } else if left_a_bed {
        cases.returns(person, now);
    }
    let next = if left_a_bed { first_waiting(cases) } else { None };
    Some(End { died: dies, left_a_bed, next })
}

/// How an illness ended.
pub(crate) struct End {
    pub died: bool,
    pub left_a_bed: bool,
    /// Who gets the bed.
    pub next: Option<PersonId>,
}

fn first_waiting(cases: &Cases) -> Option<PersonId> {
    cases.waiting.first().copied()
}
