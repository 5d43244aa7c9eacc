//! The office's own diary: which calls were made and what was brought, by home.
//!
//! Floor 1. Listens to events, as the day's counts do; owns [`Diary`]. No rule reads
//! it: it decides nothing and is there to be looked at. All of it follows from what
//! was told, so it is no part of a state: it is not hashed, not compared and not
//! saved. A story that is played again has it again; one that is taken up at a
//! midnight begins with an empty one, and only the deliveries missed on the day before
//! are not in it then.

use std::collections::BTreeMap;
use std::hash::{Hash, Hasher};

use crate::base::ids::HouseholdId;
use crate::base::time::Minute;
use crate::sim::event::{Happening, SimEvent};

/// What the office last did for one home.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Line {
    /// When the last call to an elder ended, answered or not. The questions of the
    /// observation are not among these calls.
    pub called: Option<Minute>,
    /// When something was last brought.
    pub brought: Option<Minute>,
    /// The midnight that closed the last day whose delivery did not come.
    pub missed: Option<Minute>,
}

/// What the office last did for each home. Homes for which it did nothing of the
/// kind have no line.
#[derive(Debug, Clone, Default)]
pub struct Diary {
    lines: BTreeMap<HouseholdId, Line>,
    closed: bool,
}

impl PartialEq for Diary {
    /// Always: two states that differ in this alone go on in the same way.
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Diary {}

impl Hash for Diary {
    /// Nothing, as equal things must.
    fn hash<H: Hasher>(&self, _: &mut H) {}
}

impl Diary {
    /// What was last done for a home.
    pub fn line(&self, home: HouseholdId) -> Line {
        self.lines.get(&home).copied().unwrap_or_default()
    }

    /// Nobody will look at it.
    pub(crate) fn close(&mut self) {
        *self = Self { closed: true, ..Self::default() };
    }

    /// Writes an event down, if it is one of those that are kept.
    pub(crate) fn hear(&mut self, event: &SimEvent) {
        if self.closed {
            return;
        }
        let at = Some(event.at);
        match event.what {
            Happening::CallMade { household, .. } => self.entry(household).called = at,
            Happening::Delivered { household, .. } => self.entry(household).brought = at,
            Happening::DeliveryMissed { household } => self.entry(household).missed = at,
            _ => {}
        }
    }

    fn entry(&mut self, home: HouseholdId) -> &mut Line {
        self.lines.entry(home).or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::hash::canonical;

    #[test]
    fn the_last_of_each_kind_is_kept_and_the_hash_is_the_same() {
        let mut diary = Diary::default();
        let empty = canonical(&diary);
        let home = HouseholdId(4);
        let called = |answered| Happening::CallMade { household: home, answered };
        for (at, what) in [
            (600, called(false)),
            (630, called(true)),
            (700, Happening::Delivered { household: home, rubbish: false }),
            (1440, Happening::DeliveryMissed { household: HouseholdId(9) }),
            (1450, Happening::Noted { household: HouseholdId(2) }),
        ] {
            diary.hear(&SimEvent { at: Minute(at), what });
        }
        let brought = Some(Minute(700));
        assert_eq!(diary.line(home), Line { called: Some(Minute(630)), brought, missed: None });
        assert_eq!(diary.line(HouseholdId(9)).missed, Some(Minute(1440)));
        assert_eq!(diary.line(HouseholdId(2)), Line::default());
        assert_eq!(canonical(&diary), empty);
        assert_eq!(diary, Diary::default(), "no state differs by it");
    }
}
