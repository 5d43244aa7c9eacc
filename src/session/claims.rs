//! What a story claims, tested on the community as it is.
//!
//! Floor 3. Reads a moment; owns nothing. Every `expect` line of a scene ends
//! here, so every scene is a test.

use super::moment::Moment;
use crate::base::time::Minute;
use crate::scenario::script::{Claim, Condition, Scenario};
use crate::sim::counts::DayCounts;

/// Whether a figure lies within bounds.
pub fn holds(condition: &Condition, figure: u64) -> bool {
    (condition.at_least..=condition.at_most).contains(&figure)
}

/// Tests a claim: whether it holds, and the figure found where there is one.
pub fn test(story: &Scenario, moment: &Moment, claim: &Claim, now: Minute) -> (bool, Option<u64>) {
    let setup = &story.setup;
    let sim = moment.sim();
    let figure = |condition: &Condition, found: u64| (holds(condition, found), Some(found));
    match claim {
        Claim::Figure(condition) => figure(condition, sim.figure(setup, condition.figure)),
        Claim::Total(condition) => figure(condition, total(moment, story, condition.figure)),
        Claim::Happened { within, .. } => match moment.last_time(story, claim) {
            Some(at) => {
                let ago = now.since(at);
                (within.is_none_or(|w| ago <= w), Some(u64::from(ago)))
            }
            None => (false, None),
        },
        Claim::Shows { home, colour } => (sim.colour(setup, *home) == *colour, None),
        Claim::HoursHold => {
            let past = sim.days().iter().map(|d| (d.minutes_used, d.minutes_available));
            let over = past
                .chain([sim.minutes_today()])
                .filter(|(used, available)| used > available)
                .count();
            (over == 0, Some(over as u64))
        }
        Claim::MeasureIs { measure, at_least } => {
            let found = sim.work().strength(*measure);
            (found >= u32::from(*at_least), Some(u64::from(found)))
        }
        Claim::MouthIs { mouth, state } => (sim.work().mouths[mouth.index()].state == *state, None),
        Claim::Waiting { kind, at_most } => {
            let found = sim.waiting(*kind);
            (found <= u64::from(*at_most), Some(found))
        }
    }
}

/// A figure summed over the days so far.
fn total(moment: &Moment, story: &Scenario, figure: &str) -> u64 {
    let of = |day: &DayCounts| day.get(figure).unwrap_or(0);
    moment.sim().days().iter().map(of).sum::<u64>() + moment.sim().figure(&story.setup, figure)
}
