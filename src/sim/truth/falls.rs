//! Falls of elders. Somebody who cannot get up waits until found.
//!
//! Floor 1. Reads people and bodies; writes falls, bodies, the agenda. Emits
//! `Fell`. Source: Longtan community 2009; Fleming, BMJ 2008; the article,
//! section 3, tells of one.

use serde::{Deserialize, Serialize};

use crate::base::ids::{HouseholdId, PersonId};
use crate::base::time::{DAY_MINUTES, Day, Minute};
use crate::sim::agenda::Due;
use crate::sim::chance::Chances;
use crate::sim::draw::{Draw, PPM, Purpose, draw, draw_each};
use crate::sim::event::Happening;
use crate::sim::people::Marks;
use crate::sim::state::{Setup, SimState, Step};

use super::Whereabouts;

/// One fall.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Fall {
    /// Who fell.
    pub person: PersonId,
    /// Where.
    pub household: HouseholdId,
    /// When.
    pub at: Minute,
    /// Hurt.
    pub injured: bool,
    /// Could not get up alone.
    pub stuck: bool,
    /// When family or a neighbour notices unasked, if nobody has helped by then.
    pub noticed: Option<Minute>,
    /// When somebody stood in the room.
    pub found: Option<Minute>,
    /// When help was there: the wound tended, the elder up again.
    pub helped: Option<Minute>,
}

const YEAR_DAYS: u64 = 365;
const PERMILLE: u64 = 1000;
const OLD: u8 = 60;
const VERY_OLD: u8 = 80;
const OLDEST: u8 = 90;
/// Third word of the key: whether a neighbour notices on the day itself, the next
/// day, and so on; 0 and 1 decide the fall and what it does.
const NOTICED_ON_DAY: u32 = 2;

/// The chance of a fall on a day, parts per million.
fn daily_ppm(setup: &Setup, age: u8, alone: bool) -> u32 {
    let rules = &setup.params.falls;
    let yearly = match age {
        0..OLD => return 0,
        OLD..VERY_OLD => rules.yearly_60,
        VERY_OLD..OLDEST => rules.yearly_80,
        OLDEST.. => rules.yearly_90,
    };
    let factor = if alone { u64::from(rules.alone_permille) } else { PERMILLE };
    let ppm = u64::from(yearly) * factor * u64::from(PPM) / (PERMILLE * PERMILLE * YEAR_DAYS);
    ppm.min(u64::from(PPM)) as u32
}

/// Falls to be expected of all elders on a day, parts per million.
pub fn expected_daily_ppm(setup: &Setup) -> u64 {
    let of = |&person: &PersonId| {
        let who = setup.population.person(person);
        let alone = setup.population.home(who.household).marks.has(Marks::LIVES_ALONE);
        u64::from(daily_ppm(setup, who.age, alone))
    };
    setup.elders.iter().map(of).sum()
}

/// Draws the falls of a day. One draw per elder and day.
pub(crate) fn draw_day(setup: &Setup, day: Day, chances: &mut Chances) {
    let largest = [OLD, VERY_OLD, OLDEST]
        .map(|age| daily_ppm(setup, age, true).max(daily_ppm(setup, age, false)));
    let largest = largest.into_iter().max().unwrap_or(PPM);
    let elders = setup.elders.iter().map(|person| person.0);
    draw_each(setup.seed, Purpose::Fall, elders, (day.0, 0), |person, d| {
        // Nearly every draw says no to anybody: then it need not be known who it is.
        if !d.chance(largest) {
            return;
        }
        let person = PersonId(person);
        let who = setup.population.person(person);
        let alone = setup.population.home(who.household).marks.has(Marks::LIVES_ALONE);
        if d.chance(daily_ppm(setup, who.age, alone)) {
            let at = Minute::at(day, d.below(1, DAY_MINUTES));
            chances.push((at, Due::Falls(person)));
        }
    });
}

/// A person falls now. `certain` makes it the story's fall: hurt and stuck.
pub(crate) fn fall(
    setup: &Setup,
    state: &mut SimState,
    person: PersonId,
    now: Minute,
    certain: bool,
    step: &mut Step,
) {
    let body = state.truth.bodies[person.index()];
    if body.place != Whereabouts::Home || body.stuck {
        return;
    }
    let rules = &setup.params.falls;
    let who = setup.population.person(person);
    let d: Draw = draw(setup.seed, Purpose::Fall, person.0, now.day().0, 1);
    let injured = certain || d.lane_chance(0, rules.injured);
    let stuck_ppm = if who.age >= OLDEST { rules.stuck_90 } else { rules.stuck };
    let stuck = certain || d.lane_chance(1, stuck_ppm);
    let family = setup
        .population
        .home(who.household)
        .members()
        .any(|p| p != person && state.truth.bodies[p.index()].can_answer());
    state.truth.bodies.touch(person).stuck = stuck;
    let helped = (!stuck).then_some(now);
    let noticed = stuck.then(|| {
        let after =
            if family { rules.family_minutes } else { unasked(setup, person, now, certain) };
        now.plus(after)
    });
    state.truth.falls.push(Fall {
        person,
        household: who.household,
        at: now,
        injured,
        stuck,
        noticed,
        found: helped,
        helped,
    });
    step.emit(Happening::Fell { household: who.household, person, injured, stuck });
    if let Some(at) = noticed {
        state.agenda.push(at, Due::FallNoticed(person));
    }
}

/// Minutes until a neighbour notices without being asked: a chance on each day,
/// in the end a certainty. On the first day of a story's own fall nobody does, for
/// the story tells how she is found.
fn unasked(setup: &Setup, person: PersonId, now: Minute, certain: bool) -> u32 {
    let rules = &setup.params.falls;
    let on_day =
        |k: u32| draw(setup.seed, Purpose::Fall, person.0, now.day().0, NOTICED_ON_DAY + k);
    let first = u32::from(certain);
    let day = (first..rules.noticed_by_then)
        .find(|&k| on_day(k).chance(rules.neighbour_notices))
        .unwrap_or(first.max(rules.noticed_by_then));
    day * DAY_MINUTES + 1 + on_day(day).below(1, DAY_MINUTES - 1)
}

/// The fall of a household in which somebody still lies, if there is one.
pub(crate) fn open_fall(state: &SimState, household: HouseholdId) -> Option<usize> {
    state
        .truth
        .falls
        .iter()
        .rposition(|f| f.household == household && f.stuck && f.helped.is_none())
}

/// Somebody stands in the room.
pub(crate) fn found(state: &mut SimState, index: usize, now: Minute, step: &mut Step) {
    let fall = &mut state.truth.falls[index];
    if fall.found.is_none() {
        fall.found = Some(now);
        let waited = now.since(fall.at);
        step.emit(Happening::Found { household: fall.household, person: fall.person, waited });
    }
}

/// Help was there: the elder is up again.
pub(crate) fn helped(
    state: &mut SimState,
    index: usize,
    now: Minute,
    doctor: Option<PersonId>,
    step: &mut Step,
) {
    let fall = &mut state.truth.falls[index];
    if fall.found.is_none() {
        fall.found = Some(now);
    }
    fall.helped = Some(now);
    let (household, person, waited) = (fall.household, fall.person, now.since(fall.at));
    state.truth.bodies.touch(person).stuck = false;
    step.emit(Happening::Helped { household, person, waited, doctor });
}
