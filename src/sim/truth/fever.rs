//! Fevers of ordinary illness. No virus of the story is needed for a home to
//! turn red, and most reds are these.
//!
//! Floor 1. Reads bodies; writes bodies and the agenda. Emits nothing: a fever
//! is hidden until somebody tells. Source: a survey in Guangdong,
//! 2007, and OpenABM-Covid19.

use crate::base::ids::PersonId;
use crate::base::time::{DAY_MINUTES, Day, Minute};
use crate::sim::agenda::Due;
use crate::sim::chance::Chances;
use crate::sim::draw::{Purpose, draw, draw_each};
use crate::sim::state::{Setup, SimState};

use super::Whereabouts;

/// Words of one draw.
const LANES: u32 = 4;
/// What a draw of this purpose decides: the third word of its key.
const WHO: u32 = 0;
const HOW_LONG: u32 = 1;
const WHEN: u32 = 2;

/// Draws the fevers that begin on a day. A draw has four independent words, so
/// four people whose ids follow each other share one; nobody's word depends on
/// anybody else.
pub(crate) fn draw_day(setup: &Setup, day: Day, chances: &mut Chances) {
    let daily = setup.params.fever.daily;
    let people = setup.population.people.len() as u32;
    let blocks = 0..people.div_ceil(LANES);
    draw_each(setup.seed, Purpose::Fever, blocks, (day.0, WHO), |block, d| {
        // Most draws say no to all four.
        if !d.any_chance(daily) {
            return;
        }
        for lane in 0..LANES {
            let person = PersonId(block * LANES + lane);
            if person.0 < people && d.lane_chance(lane as usize, daily) {
                let when = draw(setup.seed, Purpose::Fever, person.0, day.0, WHEN);
                let at = Minute::at(day, when.below(0, DAY_MINUTES));
                chances.push((at, Due::FeverBegins(person)));
            }
        }
    });
}

/// A fever begins, unless the person is away or has one. Returns whether it did.
pub(crate) fn begin(setup: &Setup, state: &mut SimState, person: PersonId, now: Minute) -> bool {
    let body = state.truth.bodies.touch(person);
    if !matches!(body.place, Whereabouts::Home | Whereabouts::Clinic) || body.has_fever(now) {
        return false;
    }
    let rules = &setup.params.fever;
    let d = draw(setup.seed, Purpose::Fever, person.0, now.day().0, HOW_LONG);
    let days = d.between(0, rules.shortest, rules.longest.max(rules.shortest));
    body.fever_until = now.plus(days * DAY_MINUTES);
    true
}
