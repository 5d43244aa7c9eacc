//! The same story twice, with the daily calls and without: how long help took.
//!
//! Floor 3. Reads a scenario; runs it beside any running story; owns [`Pair`]. Both
//! runs have the same seed, and every draw has its own key, so that the calls are
//! the only cause that differs.

use std::sync::Arc;

use super::moment::Moment;
use crate::base::ids::PersonId;
use crate::base::time::{DAY_MINUTES, Day, Minute};
use crate::scenario::script::{Action, Scenario, Trigger};
use crate::sim::command::SimCommand;
use crate::sim::work::Measure;

/// Minutes from the story's own fall to help, in one world.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pair {
    /// The seed of the world.
    pub seed: u64,
    /// With the daily calls; none if nobody had come when [`LONGEST_DAYS`] were over.
    pub with: Option<u32>,
    /// Without them; the same.
    pub without: Option<u32>,
}

impl Pair {
    /// Whether help came sooner with the calls.
    pub fn is_sooner(&self) -> bool {
        match (self.with, self.without) {
            (Some(with), Some(without)) => with < without,
            (Some(_), None) => true,
            (None, _) => false,
        }
    }
}

/// After so many days nobody looks any longer.
pub const LONGEST_DAYS: u32 = 14;

/// The first fall that a story itself brings about at a fixed minute.
pub fn scripted_fall(story: &Scenario) -> Option<(Minute, PersonId)> {
    let falls = story.script.cues.iter().filter_map(|cue| {
        let Trigger::At(at) = cue.trigger else { return None };
        cue.actions.iter().find_map(|action| match action {
            Action::Command(SimCommand::Fall(person)) => Some((at, *person)),
            _ => None,
        })
    });
    falls.min()
}

const fn is_calls(action: &Action) -> bool {
    matches!(action, Action::Command(SimCommand::SetMeasure(Measure::DailyCalls, 1..)))
}

/// Whether a story can be told in both ways: it has a fall of its own, and calls
/// that can be left away.
pub fn can_pair(story: &Scenario) -> bool {
    let calls = story.script.cues.iter().flat_map(|cue| &cue.actions).any(is_calls);
    calls && scripted_fall(story).is_some()
}

/// The same story without the daily calls.
pub fn without_calls(story: &Scenario) -> Scenario {
    let mut other = story.clone();
    for cue in &mut other.script.cues {
        cue.actions.retain(|action| !is_calls(action));
    }
    other
}

/// Tells the story in both ways as far as help for its fall. `None` where it has no
/// such fall, or where in this world the person was not at home.
pub fn pair(story: &Arc<Scenario>) -> Option<Pair> {
    let fall = scripted_fall(story)?;
    let with = wait(story, fall).ok()?;
    let without = wait(&without_calls(story), fall).ok()?;
    Some(Pair { seed: story.setup.seed, with, without })
}

/// Nobody fell: the person was not at home.
struct NoFall;

/// Minutes until help; `None` when nobody came.
fn wait(story: &Scenario, (at, person): (Minute, PersonId)) -> Result<Option<u32>, NoFall> {
    // Nobody listens to what a run tells, so it is let go day by day.
    let mut told = Vec::new();
    let mut moment = Moment::start(story, &mut told);
    let last = at.plus(LONGEST_DAYS * DAY_MINUTES).min(story.setup.ends);
    loop {
        let fall = moment.sim().truth().falls.iter().find(|f| f.at == at && f.person == person);
        match fall {
            Some(fall) if fall.helped.is_some() => return Ok(fall.helped.map(|h| h.since(at))),
            Some(_) if moment.sim().now() >= last => return Ok(None),
            None if moment.sim().now() >= at => return Err(NoFall),
            _ => {}
        }
        let now = moment.sim().now();
        let next = if now < at { Day(now.day().0).end().min(at) } else { now.plus(DAY_MINUTES) };
        moment.advance(story, next.min(last), &mut told);
        told.clear();
    }
}

/// The middle of some waits, minutes: half of them are at most as long. Somebody for
/// whom nobody came waits longest; `None` where that is the middle, or there is none.
pub fn median(waits: impl Iterator<Item = Option<u32>>) -> Option<u32> {
    let mut all: Vec<u32> = waits.map(|wait| wait.unwrap_or(u32::MAX)).collect();
    all.sort_unstable();
    let middle = all.get(all.len().checked_sub(1)? / 2).copied()?;
    (middle < u32::MAX).then_some(middle)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_is_never_reached_waits_longest() {
        assert_eq!(median([Some(3), None, Some(1)].into_iter()), Some(3));
        assert_eq!(median([None, None, Some(1)].into_iter()), None);
        assert_eq!(median(core::iter::empty()), None);
        let pair = |with, without| Pair { seed: 0, with, without };
        assert!(pair(Some(5), None).is_sooner() && pair(Some(5), Some(6)).is_sooner());
        assert!(!pair(Some(6), Some(6)).is_sooner() && !pair(None, None).is_sooner());
    }
}
