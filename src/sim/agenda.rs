//! What is planned: an ordered queue of (minute, kind, id), values only.
//!
//! Floor 1. A plan is data, never a closure, so that a state can be cloned,
//! saved and hashed. Ties are broken by kind, then id, then order of planning
//! cannot matter.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use serde::{Deserialize, Serialize};

use crate::base::ids::{HouseholdId, PersonId, WorkerId};
use crate::base::time::Minute;

/// Something that will happen. The order of the variants is the order within a
/// minute: what is true first, then what is learnt, then work, then an illness.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Due {
    /// A new day: closing the old one, planning the new one.
    DayBegins,
    /// A traveller stands at a lane mouth.
    ComesBack(PersonId),
    /// A fever begins.
    FeverBegins(PersonId),
    /// An elder falls.
    Falls(PersonId),
    /// Family or a neighbour notices a fall.
    FallNoticed(PersonId),
    /// A person is home from the clinic.
    BackFromClinic(PersonId),
    /// Somebody reports a fever unasked.
    TellsFever(PersonId),
    /// Somebody reports a return unasked.
    TellsReturn(PersonId),
    /// A gate thermometer finds a fever.
    GateFindsFever(PersonId),
    /// A guest passes a mouth towards a home.
    GuestComes(HouseholdId),
    /// Help has done its work at a home.
    HelpDone(HouseholdId),
    /// The clinic rings.
    ClinicRings(HouseholdId),
    /// A neighbour who was asked looks after a door.
    NeighbourLooks(HouseholdId),
    /// The next rung of the ladder of an unanswered call.
    LadderRung(HouseholdId),
    /// A worker has finished a task.
    TaskDone(WorkerId),
    /// A spell of duty ends at the lane mouths and the next begins.
    GateSpell,
    /// The day's checks are listed.
    ChecksBegin,
    /// The day's round of calls begins.
    RoundBegins,
    /// The day's deliveries are listed.
    DeliveriesBegin,
    /// A worker's spell begins.
    SpellBegins(WorkerId),
    /// Work may go on: a start, the end of a break.
    Wake,
    // What an illness brings stands last, so that stories without one keep their hash.
    /// Symptoms of an infection begin.
    Sickens(PersonId),
    /// Somebody ill goes to the clinic unasked.
    SeeksCare(PersonId),
    /// Somebody ill needs a hospital.
    NeedsHospital(PersonId),
    /// An illness or a stay in hospital may end.
    IllnessEnds(PersonId),
    /// A member of a case's household who fell ill is brought to the clinic.
    Fetched(PersonId),
    /// A swab has its answer.
    SwabResult(PersonId),
    /// A notice about a contact is to be sent.
    ContactNotice(PersonId),
    /// The observation of contacts may end.
    ContactsEnd(HouseholdId),
}

/// Whom a plan is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum About {
    Person(PersonId),
    Home(HouseholdId),
    Worker(WorkerId),
    Nobody,
}

impl Due {
    /// Whom it is about.
    pub(crate) const fn about(self) -> About {
        match self {
            Self::ComesBack(p)
            | Self::FeverBegins(p)
            | Self::Falls(p)
            | Self::FallNoticed(p)
            | Self::BackFromClinic(p)
            | Self::TellsFever(p)
            | Self::TellsReturn(p)
            | Self::GateFindsFever(p)
            | Self::Sickens(p)
            | Self::SeeksCare(p)
            | Self::NeedsHospital(p)
            | Self::IllnessEnds(p)
            | Self::Fetched(p)
            | Self::SwabResult(p)
            | Self::ContactNotice(p) => About::Person(p),
            Self::GuestComes(h)
            | Self::HelpDone(h)
            | Self::ClinicRings(h)
            | Self::NeighbourLooks(h)
            | Self::LadderRung(h)
            | Self::ContactsEnd(h) => About::Home(h),
            Self::TaskDone(w) | Self::SpellBegins(w) => About::Worker(w),
            Self::DayBegins
            | Self::GateSpell
            | Self::ChecksBegin
            | Self::RoundBegins
            | Self::DeliveriesBegin
            | Self::Wake => About::Nobody,
        }
    }
}

/// The queue. Two agendas are equal when they plan the same, whatever the order
/// in which it was planned.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Agenda(BinaryHeap<Reverse<(Minute, Due)>>);

impl Agenda {
    /// Plans something.
    pub fn push(&mut self, at: Minute, due: Due) {
        self.0.push(Reverse((at, due)));
    }

    /// The minute of the earliest plan.
    pub fn next_at(&self) -> Option<Minute> {
        self.0.peek().map(|Reverse((at, _))| *at)
    }

    /// Takes the earliest plan if it is due.
    pub fn pop_due(&mut self, now: Minute) -> Option<Due> {
        if self.next_at()? > now {
            return None;
        }
        self.0.pop().map(|Reverse((_, due))| due)
    }

    /// Whether every plan is about somebody of so many people, homes and workers.
    pub(crate) fn fits(&self, people: usize, homes: usize, workers: usize) -> bool {
        self.0.iter().all(|Reverse((_, due))| match due.about() {
            About::Person(person) => person.index() < people,
            About::Home(home) => home.index() < homes,
            About::Worker(worker) => worker.index() < workers,
            About::Nobody => true,
        })
    }

    /// How much is planned.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether nothing is planned.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The plans in order: the canonical form, for the hash.
    pub fn sorted(&self) -> Vec<(Minute, Due)> {
        let mut all: Vec<(Minute, Due)> = self.0.iter().map(|Reverse(x)| *x).collect();
        all.sort_unstable();
        all
    }
}

impl PartialEq for Agenda {
    fn eq(&self, other: &Self) -> bool {
        self.sorted() == other.sorted()
    }
}

impl Eq for Agenda {}

impl std::hash::Hash for Agenda {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.sorted().hash(state);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plans_come_due_by_minute_then_kind_then_id() {
        let mut agenda = Agenda::default();
        let plans = [
            (Minute(5), Due::Wake),
            (Minute(5), Due::Falls(PersonId(3))),
            (Minute(5), Due::Falls(PersonId(2))),
            (Minute(1), Due::TaskDone(WorkerId(0))),
        ];
        for (at, due) in plans {
            agenda.push(at, due);
        }
        assert_eq!(agenda.pop_due(Minute(0)), None);
        let order: Vec<Due> = std::iter::from_fn(|| agenda.pop_due(Minute(9))).collect();
        assert_eq!(
            order,
            [
                Due::TaskDone(WorkerId(0)),
                Due::Falls(PersonId(2)),
                Due::Falls(PersonId(3)),
                Due::Wake
            ]
        );
        assert!(agenda.is_empty());
    }

    #[test]
    fn the_order_of_planning_does_not_matter() {
        let (mut a, mut b) = (Agenda::default(), Agenda::default());
        for k in 0..50 {
            a.push(Minute(k % 7), Due::FeverBegins(PersonId(k)));
            b.push(Minute((49 - k) % 7), Due::FeverBegins(PersonId(49 - k)));
        }
        assert_eq!(a, b);
        assert_eq!(a.len(), 50);
    }
}
