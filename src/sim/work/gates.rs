//! Lane mouths: open, staffed or sealed; who comes in, and what it costs.
//!
//! Floor 1. Reads the place; writes mouths and the queue. Emits `MouthChanged`.
//! Source: Beijing's notices of 9–10 and 14 February 2020; press reports on
//! Dashilan, Caochang and Qianyongkang.

use super::{Measure, MouthState, Site, Task, TaskKind};
use crate::base::ids::{CompoundId, MouthId};
use crate::base::time::{Day, Minute};
use crate::sim::agenda::Due;
use crate::sim::draw::{PPM, Purpose, draw};
use crate::sim::event::Happening;
use crate::sim::place::Exit;
use crate::sim::state::{Setup, SimState, Step};

const PERMILLE: u32 = 1000;
const WAYS_OF_AN_ERRAND: u32 = 2;

/// Plans the spells of a day.
pub(crate) fn plan_day(setup: &Setup, state: &mut SimState, day: Day) {
    state.work.queues[TaskKind::Gate as usize].clear();
    let rules = &setup.params.gates;
    for spell in 0..rules.spells {
        state.agenda.push(Minute::at(day, rules.start + spell * rules.spell), Due::GateSpell);
    }
}

/// A spell of duty begins at every staffed mouth.
pub(crate) fn begin_spell(setup: &Setup, state: &mut SimState, now: Minute) {
    let ends = now.plus(setup.params.gates.spell);
    for index in 0..state.work.mouths.len() {
        ask_for_duty(setup, state, MouthId::from_index(index), now, ends);
    }
}

fn ask_for_duty(setup: &Setup, state: &mut SimState, mouth: MouthId, now: Minute, ends: Minute) {
    if state.work.mouths[mouth.index()].state != MouthState::Staffed {
        return;
    }
    let strength = state.work.strength(Measure::GateDuty).min(PERMILLE);
    let d = draw(setup.seed, Purpose::Coverage, mouth.0, Measure::GateDuty as u32, now.0);
    if d.chance(strength * (PPM / PERMILLE)) {
        for _ in 0..setup.params.gates.posts {
            state.work.push(Task {
                kind: TaskKind::Gate,
                site: Site::Mouth(mouth, ends),
                since: now,
                attempt: 1,
            });
        }
    }
}

/// Somebody stands at a mouth until a minute.
pub(crate) fn stand(state: &mut SimState, mouth: MouthId, until: Minute) {
    let duty = &mut state.work.mouths[mouth.index()];
    duty.covered_until = duty.covered_until.max(until);
}

/// Opens, staffs or seals a mouth.
pub(crate) fn set(
    setup: &Setup,
    state: &mut SimState,
    mouth: MouthId,
    to: MouthState,
    now: Minute,
    step: &mut Step,
) {
    if state.work.mouths[mouth.index()].state == to {
        return;
    }
    state.work.mouths[mouth.index()].state = to;
    step.emit(Happening::MouthChanged { mouth, to });
    state.work.queues[TaskKind::Gate as usize]
        .retain(|t| !matches!(t.site, Site::Mouth(m, _) if m == mouth));
    let rules = &setup.params.gates;
    if to == MouthState::Staffed && now.clock() >= rules.start {
        let spells_gone = (now.clock() - rules.start) / rules.spell;
        if spells_gone < rules.spells {
            let ends = Minute::at(now.day(), rules.start + (spells_gone + 1) * rules.spell);
            ask_for_duty(setup, state, mouth, now, ends);
        }
    }
}

/// The nearest mouth of a compound that is not sealed.
pub(crate) fn nearest_open(setup: &Setup, state: &SimState, compound: CompoundId) -> Option<Exit> {
    let open = |e: &&Exit| state.work.mouths[e.mouth.index()].state != MouthState::Sealed;
    setup.place.exits[compound.index()].iter().find(open).copied()
}

/// Whether somebody of the force stands at a mouth now.
pub(crate) fn is_covered(state: &SimState, mouth: MouthId, now: Minute) -> bool {
    let duty = &state.work.mouths[mouth.index()];
    duty.state == MouthState::Staffed && now < duty.covered_until
}

/// Minutes of duty that staffed mouths should have had today and did not get:
/// what still waits when a spell ends.
pub(crate) fn uncovered_at_spell_end(state: &mut SimState, now: Minute) -> u32 {
    let mut minutes = 0;
    state.work.queues[TaskKind::Gate as usize].retain(|t| match t.site {
        Site::Mouth(_, ends) if ends <= now => {
            minutes += ends.since(t.since);
            false
        }
        _ => true,
    });
    minutes
}

/// Metres that sealed mouths add to a walk from a compound to the nearest mouth
/// that is not sealed, and back; `None` where no mouth can be reached at all.
pub(crate) fn detour(setup: &Setup, state: &SimState, compound: CompoundId) -> Option<u32> {
    let nearest = setup.place.exits[compound.index()].first()?;
    let open = nearest_open(setup, state, compound)?;
    Some(open.metres.saturating_sub(nearest.metres) * WAYS_OF_AN_ERRAND)
}
