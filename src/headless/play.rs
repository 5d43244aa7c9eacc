//! A story played from beginning to end, with what it told.
//!
//! Floor 4. Reads a compiled scene; makes [`Played`].

use crate::base::time::Minute;
use crate::history::Entry;
use crate::scenario::script::Scenario;
use crate::session::{Moment, StoryEvent};
use crate::sim::command::SimCommand;

/// A story at its end, or at the minute asked for.
#[derive(Debug)]
pub struct Played {
    /// The community.
    pub moment: Moment,
    /// Everything that was told, in order.
    pub events: Vec<StoryEvent>,
}

impl Played {
    /// Claims tested, and those that did not come true.
    pub fn claims(&self) -> (usize, Vec<&StoryEvent>) {
        let tested = |e: &&StoryEvent| matches!(e, StoryEvent::Tested { .. });
        let failed = |e: &&StoryEvent| matches!(e, StoryEvent::Tested { held: false, .. });
        (self.events.iter().filter(tested).count(), self.events.iter().filter(failed).collect())
    }
}

/// Plays a story up to a minute; `each_day` hears of every day that ends.
pub fn play(story: &Scenario, to: Minute, each_day: impl FnMut(&Moment)) -> Played {
    play_along(story, &[], to, each_day)
}

/// As [`play`], with a log of commands, each at its minute. One that cannot be
/// done is told and left out.
pub fn play_along(
    story: &Scenario,
    log: &[Entry<SimCommand>],
    to: Minute,
    mut each_day: impl FnMut(&Moment),
) -> Played {
    let mut events = Vec::new();
    let mut moment = Moment::start(story, &mut events);
    let to = to.min(story.setup.ends);
    let mut log = log.iter().peekable();
    loop {
        let now = moment.sim().now();
        while let Some(entry) = log.next_if(|e| e.at <= now) {
            match moment.sim().check(&story.setup, &entry.command) {
                Ok(()) => moment.apply(story, &entry.command, &mut events),
                Err(why) => events.push(StoryEvent::Declined { at: now, why }),
            }
        }
        if now >= to {
            return Played { moment, events };
        }
        let midnight = now.day().end();
        let stop = log.peek().map_or(midnight, |e| e.at.min(midnight)).min(to);
        moment.advance(story, stop, &mut events);
        if stop == midnight || stop == to {
            each_day(&moment);
        }
    }
}
