//! A history told again, and taken along to another thread.
//!
//! Floor 2. Reads a [`Timeline`]; changes none.

use super::Timeline;
use crate::base::time::Minute;
use crate::history::World;

/// Midnights are shared, so a second history costs little: whoever wants to see
/// other days, or do it on another thread, takes one and winds it.
impl<W: World + Clone> Clone for Timeline<W> {
    fn clone(&self) -> Self {
        Self {
            world: self.world.clone(),
            branches: self.branches.clone(),
            current: self.current,
            present: self.present.clone(),
            applied: self.applied,
            opening: self.opening,
        }
    }
}

impl<W: World> Timeline<W> {
    /// The first minute that can be seen again: the story's, or that of a save that
    /// was taken up without its past.
    pub fn begins(&self) -> Minute {
        self.branches[self.current].keyframes.first().map_or(self.now(), |first| first.at)
    }

    /// Tells the current branch again, from its first minute up to now, in order.
    /// Nothing moves. It takes as long as playing that far; a session that was
    /// taken up without its past tells from where it was taken up.
    pub fn retell(&self, mut hear: impl FnMut(W::Event)) {
        let branch = &self.branches[self.current];
        let mut told = Vec::new();
        let mut moment = match branch.keyframes.first() {
            // What begins with nothing told was not begun here.
            Some(first) if self.opening == 0 => (*first.moment).clone(),
            _ => self.world.start(&mut told),
        };
        let mut log = branch.log[..self.applied].iter().peekable();
        let now = self.now();
        loop {
            let at = self.world.now(&moment);
            while let Some(entry) = log.next_if(|e| e.at <= at) {
                self.world.apply(&mut moment, &entry.command, &mut told);
            }
            told.drain(..).for_each(&mut hear);
            if at >= now {
                return;
            }
            let midnight = at.day().end();
            let stop = log.peek().map_or(midnight, |e| e.at.min(midnight)).min(now);
            self.world.advance(&mut moment, stop, &mut told);
        }
    }
}
