//! The order of a day, on one page.
//!
//! Floor 1. Reads and writes through the rooms it calls; owns [`PHASES`]. Moving
//! a line is a change of the model.

use std::sync::Arc;

use crate::base::time::{DAY_MINUTES, Day};
use crate::sim::agenda::Due;
use crate::sim::board::colour;
use crate::sim::chance;
use crate::sim::counts::DayCounts;
use crate::sim::event::Happening;
use crate::sim::state::{Setup, SimState, Step};
use crate::sim::truth::{cases, whereabouts};
use crate::sim::work::{Measure, calls, checks, gates, roster, supplies, volunteers};

/// A phase of midnight.
type Phase = fn(&Setup, &mut SimState, Day, &mut Step);

/// What happens at midnight, in order, for the day that begins.
pub(crate) const PHASES: [(&str, Phase); 6] = [
    ("clocks: colours that only the time changed", fade),
    ("truth: journeys; fevers, falls and guests of the day", truth),
    ("trust: what the online group and notices do", outreach),
    ("volunteers: who joins", |setup, state, day, step| {
        volunteers::plan_day(setup, state, day, step);
    }),
    ("roster: who is on duty", |setup, state, day, _| roster::plan_day(setup, state, day)),
    ("work: gates, calls, checks, deliveries", work),
];

const PERMILLE: u32 = 1000;

/// Midnight: the old day is closed, the new one planned.
pub(crate) fn turn(setup: &Setup, state: &mut SimState, day: Day, step: &mut Step) {
    supplies::close_day(setup, state, step);
    // Who met whom on the day that ends belongs to its account.
    cases::close_day(setup, state, day.start(), step);
    close(setup, state, day);
    begin(setup, state, day, step);
}

/// Plans a day.
pub(crate) fn begin(setup: &Setup, state: &mut SimState, day: Day, step: &mut Step) {
    step.emit(Happening::DayBegan(day));
    for (_, phase) in PHASES {
        phase(setup, state, day, step);
    }
    state.agenda.push(day.end(), Due::DayBegins);
}

/// Books the day that is over.
fn close(setup: &Setup, state: &mut SimState, day: Day) {
    let mut counts = std::mem::replace(&mut state.today, DayCounts::new(day));
    counts.take_stock(setup, state);
    Arc::make_mut(&mut state.days).push(counts);
}

/// Clocks that ended at this midnight: row 6.
fn fade(setup: &Setup, state: &mut SimState, day: Day, step: &mut Step) {
    let rules = &setup.params.observation;
    let now = day.start();
    if now.0 < DAY_MINUTES {
        return;
    }
    let before = crate::base::time::Minute(now.0 - 1);
    for household in state.board.open(setup.core_homes) {
        let known = &state.board[household.index()];
        if known.clocks().all(|c| c.until != now) {
            continue;
        }
        let (from, to) = (colour(known, before, rules), colour(known, now, rules));
        if from != to {
            step.emit(Happening::Faded { household, from, to });
        }
    }
}

fn truth(setup: &Setup, state: &mut SimState, day: Day, _: &mut Step) {
    whereabouts::leave_today(setup, state, day);
    for &(at, due) in chance::on(setup, day).iter() {
        state.agenda.push(at, due);
    }
}

fn outreach(setup: &Setup, state: &mut SimState, _: Day, _: &mut Step) {
    let rules = &setup.params.trust;
    let online = rules.online * state.work.strength(Measure::OnlineGroup);
    let notices = rules.notices * state.work.strength(Measure::Notices);
    let gained = ((online + notices) / PERMILLE) as i32;
    if gained > 0 {
        for household in setup.core() {
            state.truth.add_trust(household, gained);
        }
    }
}

fn work(setup: &Setup, state: &mut SimState, day: Day, _: &mut Step) {
    gates::plan_day(setup, state, day);
    calls::plan_day(setup, state, day);
    checks::plan_day(setup, state, day);
    supplies::plan_day(setup, state, day);
}
