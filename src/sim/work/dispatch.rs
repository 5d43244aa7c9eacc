//! Who does what next: idle workers take the most urgent thing they have time for.
//!
//! Floor 1. Reads queues, priorities and the place; writes workers and queues.
//! Emits `Worked` when a job ends, and whatever the job brings about.
//!
//! A job is begun only if it ends within the worker's duty and its minutes, with
//! the walk, fit into what the worker has left; so hours used never exceed hours
//! available. Minutes are charged when the job begins.

use super::{
    Job, Measure, Site, Task, TaskKind, WorkerKind, calls, checks, gates, roster, supplies, survey,
    visits,
};
use crate::base::geo::PointCm;
use crate::base::ids::WorkerId;
use crate::base::time::Minute;
use crate::sim::agenda::Due;
use crate::sim::event::Happening;
use crate::sim::state::{Setup, SimState, Step};

const CM_PER_METRE: u64 = 100;

/// How long a job takes and what settles when it begins.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Plan {
    /// Minutes at the place itself.
    pub minutes: u32,
    /// Whether somebody opens or answers.
    pub answered: bool,
    /// Where the worker has to be.
    pub at: PointCm,
}

/// Gives work to idle workers, in the order of the priority list.
pub(crate) fn assign(setup: &Setup, state: &mut SimState, now: Minute) {
    for kind in state.work.priority {
        match kind {
            TaskKind::Survey => survey::assign(setup, state, now),
            _ => while begin_next(setup, state, kind, now) {},
        }
    }
}

/// Begins the first waiting task of a kind, if somebody can.
fn begin_next(setup: &Setup, state: &mut SimState, kind: TaskKind, now: Minute) -> bool {
    let Some(&task) = state.work.queue(kind).front() else {
        return false;
    };
    if kind == TaskKind::Calls && state.work.on_the_phone >= state.work.callers {
        return false;
    }
    if let Site::Mouth(_, until) = task.site
        && until <= now
    {
        state.work.queues[kind as usize].pop_front();
        return true;
    }
    // Most of the day nobody is free: no need to work out what the task would take.
    if !anybody_idle(setup, state, kind, now) {
        return false;
    }
    let plan = plan(setup, state, task, now);
    let Some((id, minutes)) = choose(setup, state, task, plan, now) else {
        return false;
    };
    state.work.queues[kind as usize].pop_front();
    if kind == TaskKind::Calls {
        state.work.on_the_phone += 1;
    }
    begin(state, id, task, plan, minutes, now);
    true
}

/// Whether there is anybody at all who might be asked to do this kind of work now.
fn anybody_idle(setup: &Setup, state: &SimState, kind: TaskKind, now: Minute) -> bool {
    let volunteers = kind.is_for_volunteers() && !state.work.idle_volunteers.is_empty();
    let urgent = matches!(kind, TaskKind::Help | TaskKind::Fever);
    let staff = !state.work.idle_staff.is_empty() && (urgent || !roster::is_break(setup, now));
    volunteers || staff
}

/// Where a task is and how long it takes.
fn plan(setup: &Setup, state: &SimState, task: Task, now: Minute) -> Plan {
    match (task.kind, task.site) {
        (_, Site::Mouth(mouth, until)) => Plan {
            minutes: until.since(now),
            answered: true,
            at: setup.place.mouths[mouth.index()].at,
        },
        (TaskKind::Calls, Site::Home(home)) => calls::plan(setup, state, home, task.attempt, now),
        (TaskKind::Checks, Site::Home(home)) => checks::plan(setup, state, home, now),
        (TaskKind::Deliveries, Site::Home(home)) => supplies::plan(setup, home),
        (TaskKind::Survey, Site::Home(home)) => survey::plan(setup, state, home, task.attempt),
        (_, Site::Home(home)) => visits::plan(setup, state, task.kind, home),
    }
}

/// Whether a worker has the time, and the minutes it takes with the walk. Duty
/// at a mouth is done as long as it can be.
pub(crate) fn minutes_for(
    setup: &Setup,
    state: &SimState,
    id: WorkerId,
    task: Task,
    plan: Plan,
    now: Minute,
) -> Option<u32> {
    let worker = &state.work.workers[id.index()];
    if !worker.active || now < worker.from || worker.until <= now {
        return None;
    }
    let reserve = if task.kind == TaskKind::Help { 0 } else { worker.reserve };
    let left = worker.offered.saturating_sub(worker.used + reserve).min(worker.until.since(now));
    let walk = walk_minutes(setup, worker.at, plan.at);
    match task.site {
        Site::Mouth(..) => {
            let stands = plan.minutes.min(left);
            (stands > walk && stands >= setup.params.gates.shortest.min(plan.minutes))
                .then_some(stands)
        }
        Site::Home(_) => (walk + plan.minutes <= left).then_some(walk + plan.minutes),
    }
}

/// The least loaded worker who may and can do a task.
///
/// Among staff with the same shift the least loaded has the most time left, so
/// when that one has too little nobody else need be asked; only those who keep a
/// reserve are asked besides, and only for help.
fn choose(
    setup: &Setup,
    state: &mut SimState,
    task: Task,
    plan: Plan,
    now: Minute,
) -> Option<(WorkerId, u32)> {
    if task.kind.is_for_volunteers() {
        while let Some(&(load, id)) = state.work.idle_volunteers.first() {
            if state.work.workers[id.index()].until <= now {
                state.work.idle_volunteers.remove((load, id));
                continue;
            }
            if let Some(minutes) = minutes_for(setup, state, id, task, plan, now) {
                return Some((id, minutes));
            }
            break;
        }
    }
    let urgent = matches!(task.kind, TaskKind::Help | TaskKind::Fever);
    if !urgent && roster::is_break(setup, now) {
        return None;
    }
    let first = state.work.idle_staff.first().map(|&(_, id)| id);
    let on_duty = (0..setup.params.shifts.duty_workers.min(state.work.staff)).map(WorkerId);
    let reserve = on_duty.filter(|&id| {
        task.kind == TaskKind::Help
            && state.work.idle_staff.contains((state.work.workers[id.index()].load(), id))
    });
    first
        .into_iter()
        .chain(reserve)
        .find_map(|id| minutes_for(setup, state, id, task, plan, now).map(|m| (id, m)))
}

/// A worker begins a job.
pub(crate) fn begin(
    state: &mut SimState,
    id: WorkerId,
    task: Task,
    plan: Plan,
    minutes: u32,
    now: Minute,
) {
    let load = state.work.workers[id.index()].load();
    state.work.idle_staff.remove((load, id));
    state.work.idle_volunteers.remove((load, id));
    let until = now.plus(minutes);
    let worker = &mut state.work.workers[id.index()];
    worker.used += minutes;
    worker.reserve = worker.reserve.min(worker.offered.saturating_sub(worker.used));
    worker.at = plan.at;
    worker.job = Some(Job { task, from: now, until, answered: plan.answered });
    if let Site::Mouth(mouth, spell_end) = task.site {
        gates::stand(state, mouth, until);
        if until < spell_end {
            // Somebody else takes over, or the mouth stays empty from then on.
            state.agenda.push(until, Due::Wake);
            state.work.push(Task { since: until, ..task });
        }
    }
    state.agenda.push(until, Due::TaskDone(id));
}

/// A worker ends a job: its effect, and the worker is idle again.
pub(crate) fn end(setup: &Setup, state: &mut SimState, id: WorkerId, now: Minute, step: &mut Step) {
    let Some(job) = state.work.workers[id.index()].job.filter(|j| j.until <= now) else {
        return;
    };
    state.work.workers[id.index()].job = None;
    let (household, mouth) = match job.task.site {
        Site::Home(home) => (Some(home), None),
        Site::Mouth(mouth, _) => (None, Some(mouth)),
    };
    let minutes = job.until.since(job.from);
    let task = job.task.kind;
    step.emit(Happening::Worked { worker: id, household, mouth, task, minutes });
    if let Some(home) = household {
        match job.task.kind {
            TaskKind::Calls => calls::done(setup, state, home, job, now, step),
            TaskKind::Checks => checks::done(setup, state, home, job, now, step),
            TaskKind::Deliveries => supplies::done(setup, state, home, now, step),
            TaskKind::Survey => survey::done(setup, state, home, job, now, step),
            TaskKind::Help => visits::door(setup, state, home, job, now, step),
            TaskKind::Fever => visits::fever(setup, state, home, now, step),
            TaskKind::Gate => {}
        }
    }
    let worker = &state.work.workers[id.index()];
    let today = worker.from.day() == now.day();
    let volunteer_done = worker.kind != WorkerKind::Staff && worker.until <= now;
    if worker.active && worker.job.is_none() && today && !volunteer_done {
        state.work.rest(id);
    }
}

/// Minutes of a walk from one point to another along lanes that cross at right
/// angles, rounded up, at most the cap of the parameter card.
pub fn walk_minutes(setup: &Setup, from: PointCm, to: PointCm) -> u32 {
    let shifts = &setup.params.shifts;
    let cm = u64::from(from.x.abs_diff(to.x)) + u64::from(from.y.abs_diff(to.y));
    let minutes = cm.div_ceil(u64::from(shifts.walk_speed.max(1)) * CM_PER_METRE);
    minutes.min(u64::from(shifts.walk_cap)) as u32
}

/// Whether a measure of partial strength includes this home: always the same
/// homes, and a stronger measure includes every home that a weaker one did.
pub(crate) fn includes(
    setup: &Setup,
    state: &SimState,
    measure: Measure,
    home: crate::base::ids::HouseholdId,
) -> bool {
    use crate::sim::draw::{PPM, Purpose, draw};
    const PERMILLE: u32 = 1000;
    let strength = state.work.strength(measure);
    strength >= PERMILLE
        || draw(setup.seed, Purpose::Coverage, home.0, measure as u32, 0)
            .chance(strength * (PPM / PERMILLE))
}
