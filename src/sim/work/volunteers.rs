//! Residents who join the prevention force.
//!
//! Floor 1. Reads willingness, trust and measures; writes workers. Emits
//! `Joined`. Source: the article, section 3 (more than 200 joined over time).

use super::{Measure, Worker, WorkerKind};
use crate::base::ids::{PersonId, WorkerId};
use crate::base::time::{Day, Minute};
use crate::sim::draw::{PPM, Purpose, draw_each};
use crate::sim::event::Happening;
use crate::sim::state::{Setup, SimState, Step};

const PERMILLE: u64 = 1000;

/// Who joins this morning: each willing resident at home, by trust and by the
/// call for help. One draw per person and day.
pub(crate) fn plan_day(setup: &Setup, state: &mut SimState, day: Day, step: &mut Step) {
    let rules = &setup.params.volunteers;
    let drive = u64::from(state.work.strength(Measure::VolunteerDrive));
    let more = u64::from(rules.drive_permille).saturating_sub(PERMILLE);
    let pull = PERMILLE + more * drive / PERMILLE;
    let ppm = |trust: u64| {
        let ppm = u64::from(rules.joins) * trust * pull / (PERMILLE * PERMILLE);
        ppm.min(u64::from(PPM)) as u32
    };
    let largest = ppm(PERMILLE);
    let willing = setup.willing.iter().map(|person| person.0);
    draw_each(setup.seed, Purpose::VolunteerJoins, willing, (day.0, 0), |person, d| {
        // Nearly every draw says no to anybody: then it need not be known who it is.
        if !d.chance(largest) {
            return;
        }
        let person = PersonId(person);
        let household = setup.population.person(person).household;
        let trust = u64::from(state.truth.trust[household.index()]);
        if d.chance(ppm(trust))
            && state.truth.bodies[person.index()].can_answer()
            && !state.work.joined.contains(&person)
        {
            join(setup, state, person, step);
        }
    });
}

/// A resident joins.
pub(crate) fn join(setup: &Setup, state: &mut SimState, person: PersonId, step: &mut Step) {
    if !state.work.joined.insert(person) {
        return;
    }
    let household = setup.population.person(person).household;
    let worker = WorkerId::from_index(state.work.workers.len());
    state.work.workers.push(Worker {
        kind: WorkerKind::Volunteer(person),
        active: true,
        from: Minute(0),
        until: Minute(0),
        offered: 0,
        used: 0,
        reserve: 0,
        at: setup.door(household),
        fatigue: 0,
        job: None,
    });
    step.emit(Happening::Joined { person, worker });
}
