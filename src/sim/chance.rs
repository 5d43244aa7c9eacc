//! What chance brings on a day, whatever anybody knows or does: fevers of ordinary
//! illness, falls, guests.
//!
//! Floor 1. Reads the setup only; owns [`Foreseen`]. Two runs of one world have the
//! same of it, so that a study may draw it once for all of them.

use std::borrow::Cow;
use std::sync::Arc;

use crate::base::time::{Day, Minute};
use crate::sim::agenda::Due;
use crate::sim::senses;
use crate::sim::state::Setup;
use crate::sim::truth::{falls, fever};

/// When, and what. Whether anything comes of it is seen when it is due.
pub(crate) type Chances = Vec<(Minute, Due)>;

/// The chances of every day of a story, drawn in advance.
#[derive(Debug, Clone)]
pub(crate) struct Foreseen(Arc<[Chances]>);

impl Foreseen {
    /// Draws them. They are those of this seed, these people and these numbers: of a
    /// setup that is changed afterwards they would be wrong.
    pub(crate) fn of(setup: &Setup) -> Self {
        Self((1..=setup.ends.day().0).map(|day| drawn(setup, Day(day))).collect())
    }
}

/// What chance brings on a day.
pub(crate) fn on(setup: &Setup, day: Day) -> Cow<'_, [(Minute, Due)]> {
    let known = setup.foreseen.as_ref().and_then(|days| days.0.get(day.index() as usize));
    match known {
        Some(chances) => Cow::Borrowed(chances),
        None => Cow::Owned(drawn(setup, day)),
    }
}

fn drawn(setup: &Setup, day: Day) -> Chances {
    let mut chances = Vec::new();
    if !setup.quiet {
        fever::draw_day(setup, day, &mut chances);
        falls::draw_day(setup, day, &mut chances);
    }
    senses::draw_guests(setup, day, &mut chances);
    chances
}
