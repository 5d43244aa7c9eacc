//! Who is on duty today: staff by their shift, volunteers by their free hours.
//!
//! Floor 1. Reads shifts and volunteers' parameters; writes workers, the idle
//! lists and the agenda. Emits nothing.

use super::{Measure, Worker, WorkerKind};
use crate::base::ids::WorkerId;
use crate::base::time::{Day, Minute};
use crate::sim::agenda::Due;
use crate::sim::draw::{Purpose, draw};
use crate::sim::state::{Setup, SimState};

const PERMILLE: u64 = 1000;

/// Makes staff members; they stand in the office.
pub(crate) fn staff(setup: &Setup) -> Worker {
    Worker {
        kind: WorkerKind::Staff,
        active: true,
        from: Minute(0),
        until: Minute(0),
        offered: 0,
        used: 0,
        reserve: 0,
        at: setup.place.office.at,
        fatigue: 0,
        job: None,
    }
}

/// Ends yesterday's duty and writes today's.
pub(crate) fn plan_day(setup: &Setup, state: &mut SimState, day: Day) {
    let shifts = &setup.params.shifts;
    let from = Minute::at(day, shifts.start);
    let midnight = day.start();
    state.work.idle_staff.clear();
    state.work.idle_volunteers.clear();
    for index in 0..state.work.workers.len() {
        let id = WorkerId::from_index(index);
        let worker = &mut state.work.workers[index];
        // A job that runs past midnight was paid for on its first day.
        worker.used = 0;
        worker.offered = 0;
        worker.reserve = 0;
        match worker.kind {
            WorkerKind::Staff => {
                worker.from = from;
                worker.until = from.plus(shifts.present);
                worker.offered = if worker.active { shifts.worked.min(shifts.present) } else { 0 };
                worker.reserve = if id.0 < shifts.duty_workers {
                    shifts.duty_reserve.min(worker.offered)
                } else {
                    0
                };
                worker.at = setup.place.office.at;
                if worker.active && worker.job.is_none() {
                    state.work.rest(id);
                }
            }
            WorkerKind::Volunteer(person) => {
                let rules = &setup.params.volunteers;
                worker.fatigue = worker.fatigue.saturating_sub(rules.rests as u16);
                worker.from = midnight;
                worker.until = midnight;
                let d = draw(setup.seed, Purpose::VolunteerFree, person.0, day.0, 0);
                let rested = PERMILLE - u64::from(worker.fatigue).min(PERMILLE);
                let free = u64::from(rules.free) * rested / PERMILLE;
                if worker.active
                    && state.truth.bodies[person.index()].can_answer()
                    && d.chance(free as u32)
                {
                    let gates = &setup.params.gates;
                    let spell = d.below(1, gates.spells);
                    let begins = Minute::at(day, gates.start + spell * gates.spell);
                    worker.from = begins;
                    worker.until = begins.plus(rules.spell);
                    worker.offered = rules.spell;
                    worker.fatigue = (worker.fatigue + rules.tires as u16).min(PERMILLE as u16);
                    state.agenda.push(begins, Due::SpellBegins(id));
                }
            }
        }
    }
    for clock in [shifts.start, shifts.break_start + shifts.break_length] {
        state.agenda.push(Minute::at(day, clock), Due::Wake);
    }
}

/// A volunteer comes on duty.
pub(crate) fn begin_spell(setup: &Setup, state: &mut SimState, id: WorkerId, now: Minute) {
    let worker = &mut state.work.workers[id.index()];
    if !worker.active || worker.job.is_some() || worker.from != now {
        return;
    }
    if let WorkerKind::Volunteer(person) = worker.kind {
        let household = setup.population.person(person).household;
        worker.at = setup.place.compound(setup.place.compound_of(household)).door;
    }
    state.work.rest(id);
}

/// Whether staff pause: the midday break. Urgent help goes on.
pub(crate) fn is_break(setup: &Setup, now: Minute) -> bool {
    let shifts = &setup.params.shifts;
    (shifts.break_start..shifts.break_start + shifts.break_length).contains(&now.clock())
}

/// Changes how many staff there are. Those who leave finish what they began.
pub(crate) fn set_staff(setup: &Setup, state: &mut SimState, count: u32) {
    // Volunteers follow staff in one table, so a larger staff must be made room
    // for at the start; later changes switch members on and off within it.
    for index in 0..state.work.staff {
        let id = WorkerId(index);
        let active = index < count;
        let worker = &mut state.work.workers[id.index()];
        if worker.active == active {
            continue;
        }
        worker.active = active;
        let entry = (worker.load(), id);
        if active {
            worker.offered = setup.params.shifts.worked.min(setup.params.shifts.present);
            if worker.job.is_none() {
                state.work.rest(id);
            }
        } else {
            worker.offered = worker.used;
            state.work.idle_staff.remove(entry);
        }
    }
}

/// How many staff take part in the survey.
pub(crate) fn surveyors(state: &SimState) -> u32 {
    let active =
        state.work.workers.iter().filter(|w| w.active && w.kind == WorkerKind::Staff).count()
            as u64;
    (active * u64::from(state.work.strength(Measure::Survey))).div_ceil(PERMILLE) as u32
}
