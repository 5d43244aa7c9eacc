//! Visits to a door: to see why a phone was silent, to help, to arrange the
//! fever clinic.
//!
//! Floor 1. Reads truth through senses; writes falls, bodies and the agenda.
//! Emits through `falls`. Source: the article, section 3 (秦奶奶, 93).

use super::dispatch::Plan;
use super::{Job, Site, Task, TaskKind};
use crate::base::ids::{HouseholdId, PersonId};
use crate::base::time::Minute;
use crate::sim::agenda::Due;
use crate::sim::board::{Badge, Told};
use crate::sim::senses;
use crate::sim::state::{Setup, SimState, Step};
use crate::sim::truth::{Whereabouts, falls};

/// How long a visit takes.
pub(crate) fn plan(setup: &Setup, state: &SimState, kind: TaskKind, home: HouseholdId) -> Plan {
    let minutes = match kind {
        TaskKind::Fever => setup.params.fever.visit_minutes,
        // Somebody lies there and help is on its way: the worker stays with them.
        _ if state.board[home.index()].emergency.is_some() => help_minutes(setup, state),
        _ => setup.params.calls.door_minutes,
    };
    Plan { minutes, answered: true, at: setup.door(home) }
}

/// Minutes until help has done its work: the resident doctor's if one is at
/// home, else those of an ambulance.
fn help_minutes(setup: &Setup, state: &SimState) -> u32 {
    let rules = &setup.params.calls;
    let arrives =
        if doctor(setup, state).is_some() { rules.doctor_arrives } else { rules.ambulance_arrives };
    arrives + rules.doctor_minutes
}

/// The resident surgeon, if at home.
fn doctor(setup: &Setup, state: &SimState) -> Option<PersonId> {
    setup.surgeon.filter(|p| state.truth.bodies[p.index()].can_answer())
}

/// The attempt number of a worker who stays with somebody until help is done.
const STAY: u8 = 2;

/// A worker has been at a door whose phone was silent.
pub(crate) fn door(
    setup: &Setup,
    state: &mut SimState,
    home: HouseholdId,
    job: Job,
    now: Minute,
    step: &mut Step,
) {
    if job.task.attempt == STAY {
        return;
    }
    state.work.ladders.remove(&home);
    if look_behind_the_door(setup, state, home, now, step) {
        return;
    }
    if state.truth.anybody_answers(&setup.population, home) {
        state.observe(setup, home, Told::Reached, now, step);
        senses::ask(setup, state, home, now, step);
        state.truth.add_trust(home, setup.params.trust.visit as i32);
        return;
    }
    if let Some(away) = senses::word_of_absence(setup, &state.truth, home, 1, now, true) {
        state.observe(setup, home, Told::ReportedAway { away }, now, step);
    }
}

/// A worker at a door always finds somebody who lies behind it. Help is fetched
/// at once and comes at any hour; a worker stays if one has the time. Returns
/// whether somebody was found.
pub(crate) fn look_behind_the_door(
    setup: &Setup,
    state: &mut SimState,
    home: HouseholdId,
    now: Minute,
    step: &mut Step,
) -> bool {
    let Some(index) = falls::open_fall(state, home) else {
        return false;
    };
    if state.board[home.index()].emergency.is_none() {
        falls::found(state, index, now, step);
        state.observe(setup, home, Told::Emergency, now, step);
        state.agenda.push(now.plus(help_minutes(setup, state)), Due::HelpDone(home));
        state.work.push_front(Task {
            kind: TaskKind::Help,
            site: Site::Home(home),
            since: now,
            attempt: STAY,
        });
    }
    true
}

/// Help is done: the wound is tended, word goes round.
pub(crate) fn help_done(
    setup: &Setup,
    state: &mut SimState,
    home: HouseholdId,
    now: Minute,
    step: &mut Step,
) {
    if let Some(index) = falls::open_fall(state, home) {
        falls::helped(state, index, now, doctor(setup, state), step);
    }
    state.work.queues[TaskKind::Help as usize].retain(|t| t.site != Site::Home(home));
    state.observe(setup, home, Told::Helped, now, step);
    let compound = setup.place.compound(setup.place.compound_of(home));
    for neighbour in compound.households() {
        state.truth.add_trust(neighbour, setup.params.trust.rescue as i32);
    }
}

/// Family or a neighbour finds somebody on the floor and helps, unasked.
pub(crate) fn noticed(
    setup: &Setup,
    state: &mut SimState,
    person: PersonId,
    now: Minute,
    step: &mut Step,
) {
    let home = setup.population.person(person).household;
    if let Some(index) =
        falls::open_fall(state, home).filter(|&i| state.truth.falls[i].person == person)
        && state.truth.falls[index].noticed == Some(now)
        && state.board[home.index()].emergency.is_none()
    {
        falls::helped(state, index, now, None, step);
    }
}

/// A worker has come about a fever: the person goes to the clinic.
pub(crate) fn fever(
    setup: &Setup,
    state: &mut SimState,
    home: HouseholdId,
    now: Minute,
    step: &mut Step,
) {
    if state.board[home.index()].fever.is_none() {
        return;
    }
    // What is known of a case is not overwritten by a lesser word.
    if state.board[home.index()].badge != Badge::Confirmed {
        state.observe(setup, home, Told::Referred, now, step);
    }
    let rules = &setup.params.fever;
    let mut suspected = false;
    for person in setup.population.home(home).members() {
        let body = state.truth.bodies.touch(person);
        if body.can_answer() && body.has_fever(now) {
            body.place = Whereabouts::Clinic;
            if senses::clinic::examine(setup, state, person, now) {
                suspected = true;
            } else {
                state.agenda.push(now.plus(rules.clinic_minutes), Due::BackFromClinic(person));
            }
        }
    }
    // Where a swab was taken, its answer is what the clinic rings about.
    if !suspected {
        state.agenda.push(now.plus(rules.result_minutes), Due::ClinicRings(home));
    }
    state.truth.add_trust(home, setup.params.trust.visit as i32);
}

/// Somebody is home again.
pub(crate) fn back_from_clinic(state: &mut SimState, person: PersonId) {
    let body = state.truth.bodies.touch(person);
    if body.place == Whereabouts::Clinic {
        body.place = Whereabouts::Home;
    }
}

/// The clinic rings: another illness; checks go on until the fever is gone.
pub(crate) fn clinic_rings(
    setup: &Setup,
    state: &mut SimState,
    home: HouseholdId,
    now: Minute,
    step: &mut Step,
) {
    if state.board[home.index()].badge == Badge::AtClinic {
        state.observe(setup, home, Told::OtherIllness, now, step);
    }
}
