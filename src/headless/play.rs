//! A story played from beginning to end, with what it told.
//!
//! Floor 4. Reads a compiled scene; makes [`Played`].

use crate::base::time::Minute;
use crate::scenario::script::Scenario;
use crate::session::{Moment, StoryEvent};

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
pub fn play(story: &Scenario, to: Minute, mut each_day: impl FnMut(&Moment)) -> Played {
    let mut events = Vec::new();
    let mut moment = Moment::start(story, &mut events);
    let to = to.min(story.setup.ends);
    while moment.sim().now() < to {
        let midnight = moment.sim().now().day().end();
        moment.advance(story, midnight.min(to), &mut events);
        each_day(&moment);
    }
    Played { moment, events }
}
