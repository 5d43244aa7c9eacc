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

/// A kind of plan is a name and whom it is about. All that is written for every kind
/// is written here, so that it cannot be forgotten for a new one.
macro_rules! plans {
    ($(#[$tdoc:meta])* $name:ident {
        $( $(#[$doc:meta])* $variant:ident $( ($who:ident: $id:ident) )?; )*
    }) => {
        $(#[$tdoc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name { $( $(#[$doc])* $variant $( ($id) )?, )* }

        /// The kinds, in order.
        #[repr(u8)]
        enum Kind { $( $variant, )* }

        impl $name {
            /// Whom it is about.
            pub(crate) fn about(self) -> About {
                match self {
                    $( Self::$variant $( ($who) )? =>
                        None $( .or(Some(About::from($who))) )? .unwrap_or(About::Nobody), )*
                }
            }

            /// Position of the kind, and the number of whom it is about.
            const fn parts(self) -> (u8, u32) {
                match self { $( Self::$variant $( ($who) )? => (Kind::$variant as u8, 0 $( + $who.0 )?), )* }
            }

            const fn of_parts(kind: u8, id: u32) -> Self {
                // Kinds about nobody have no use for the number.
                let _ = id;
                match kind {
                    $( k if k == Kind::$variant as u8 => Self::$variant $( ($id(id)) )?, )*
                    _ => Self::Wake,
                }
            }
        }
    };
}

plans! {
    /// Something that will happen. The order of the variants is the order within a
    /// minute: what is true first, then what is learnt, then work, then an illness.
    Due {
        /// A new day: closing the old one, planning the new one.
        DayBegins;
        /// A traveller stands at a lane mouth.
        ComesBack(person: PersonId);
        /// A fever begins.
        FeverBegins(person: PersonId);
        /// An elder falls.
        Falls(person: PersonId);
        /// Family or a neighbour notices a fall.
        FallNoticed(person: PersonId);
        /// A person is home from the clinic.
        BackFromClinic(person: PersonId);
        /// Somebody reports a fever unasked.
        TellsFever(person: PersonId);
        /// Somebody reports a return unasked.
        TellsReturn(person: PersonId);
        /// A gate thermometer finds a fever.
        GateFindsFever(person: PersonId);
        /// A guest passes a mouth towards a home.
        GuestComes(home: HouseholdId);
        /// Help has done its work at a home.
        HelpDone(home: HouseholdId);
        /// The clinic rings.
        ClinicRings(home: HouseholdId);
        /// A neighbour who was asked looks after a door.
        NeighbourLooks(home: HouseholdId);
        /// The next rung of the ladder of an unanswered call.
        LadderRung(home: HouseholdId);
        /// A worker has finished a task.
        TaskDone(worker: WorkerId);
        /// A spell of duty ends at the lane mouths and the next begins.
        GateSpell;
        /// The day's checks are listed.
        ChecksBegin;
        /// The day's round of calls begins.
        RoundBegins;
        /// The day's deliveries are listed.
        DeliveriesBegin;
        /// A worker's spell begins.
        SpellBegins(worker: WorkerId);
        /// Work may go on: a start, the end of a break.
        Wake;
        // What an illness brings stands last, so that stories without one keep their hash.
        /// Symptoms of an infection begin.
        Sickens(person: PersonId);
        /// Somebody ill goes to the clinic unasked.
        SeeksCare(person: PersonId);
        /// Somebody ill needs a hospital.
        NeedsHospital(person: PersonId);
        /// An illness or a stay in hospital may end.
        IllnessEnds(person: PersonId);
        /// A member of a case's household who fell ill is brought to the clinic.
        Fetched(person: PersonId);
        /// A swab has its answer.
        SwabResult(person: PersonId);
        /// A notice about a contact is to be sent.
        ContactNotice(person: PersonId);
        /// The observation of contacts may end.
        ContactsEnd(home: HouseholdId);
    }
}

/// Whom a plan is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum About {
    Person(PersonId),
    Home(HouseholdId),
    Worker(WorkerId),
    Nobody,
}

impl From<PersonId> for About {
    fn from(person: PersonId) -> Self {
        Self::Person(person)
    }
}

impl From<HouseholdId> for About {
    fn from(home: HouseholdId) -> Self {
        Self::Home(home)
    }
}

impl From<WorkerId> for About {
    fn from(worker: WorkerId) -> Self {
        Self::Worker(worker)
    }
}

/// Bits of a plan below its minute: the kind, then the number of whom it is about.
const ID_BITS: u32 = 26;
const BELOW_MINUTE: u32 = 32;
/// Sixty-seven million people are more than any file can ask for.
const MAX_ID: u32 = (1 << ID_BITS) - 1;

/// A plan as one number, whose order is that of minute, kind and id: a day has
/// thousands, and one number is compared without a branch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Key(u64);

impl Key {
    const fn new(at: Minute, due: Due) -> Self {
        let (kind, id) = due.parts();
        // An id that is too large can only come from a broken file, which `fits` refuses.
        let id = if id < MAX_ID { id } else { MAX_ID };
        Self(((at.0 as u64) << BELOW_MINUTE) | ((kind as u64) << ID_BITS) | id as u64)
    }

    const fn at(self) -> Minute {
        Minute((self.0 >> BELOW_MINUTE) as u32)
    }

    const fn due(self) -> Due {
        let low = self.0 as u32;
        Due::of_parts((low >> ID_BITS) as u8, low & MAX_ID)
    }
}

/// The queue. Two agendas are equal when they plan the same, whatever the order
/// in which it was planned.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(from = "Vec<(Minute, Due)>", into = "Vec<(Minute, Due)>")]
pub struct Agenda(BinaryHeap<Reverse<Key>>);

impl From<Vec<(Minute, Due)>> for Agenda {
    fn from(plans: Vec<(Minute, Due)>) -> Self {
        Self(plans.into_iter().map(|(at, due)| Reverse(Key::new(at, due))).collect())
    }
}

impl From<Agenda> for Vec<(Minute, Due)> {
    fn from(agenda: Agenda) -> Self {
        agenda.sorted()
    }
}

impl Agenda {
    /// Plans something.
    pub fn push(&mut self, at: Minute, due: Due) {
        self.0.push(Reverse(Key::new(at, due)));
    }

    /// The minute of the earliest plan.
    pub fn next_at(&self) -> Option<Minute> {
        self.0.peek().map(|Reverse(key)| key.at())
    }

    /// Takes the earliest plan if it is due.
    pub fn pop_due(&mut self, now: Minute) -> Option<Due> {
        if self.next_at()? > now {
            return None;
        }
        self.0.pop().map(|Reverse(key)| key.due())
    }

    /// Whether every plan is about somebody of so many people, homes and workers.
    pub(crate) fn fits(&self, people: usize, homes: usize, workers: usize) -> bool {
        self.0.iter().all(|Reverse(key)| match key.due().about() {
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

    /// Stores the plans the other way round, without the latest ones that are to be lost:
    /// for the anchor that the order of storage is nothing, and for its mutant.
    pub(crate) fn shuffle_storage(&mut self, lost: usize) {
        let mut plans = self.sorted();
        plans.truncate(plans.len().saturating_sub(lost));
        self.0.clear();
        for (at, due) in plans.into_iter().rev() {
            self.push(at, due);
        }
    }

    /// The plans in order: the canonical form, for the hash.
    pub fn sorted(&self) -> Vec<(Minute, Due)> {
        let mut all: Vec<Key> = self.0.iter().map(|Reverse(key)| *key).collect();
        all.sort_unstable();
        all.into_iter().map(|key| (key.at(), key.due())).collect()
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
    fn a_key_has_the_order_of_the_plan_and_gives_it_back() {
        let kinds = (0..=u8::MAX).map(|kind| Due::of_parts(kind, 0).parts().0);
        let last = kinds.clone().max().unwrap();
        assert!(last > 20 && u32::from(last) < 1 << (BELOW_MINUTE - ID_BITS));
        let mut plans = Vec::new();
        for kind in 0..=last {
            for id in [0, 1, 77_000, MAX_ID - 1] {
                for at in [0, 1439, 576_000, u32::MAX] {
                    plans.push((Minute(at), Due::of_parts(kind, id)));
                }
            }
        }
        let mut keys: Vec<Key> = plans.iter().map(|&(at, due)| Key::new(at, due)).collect();
        assert!(
            plans.iter().eq(keys
                .iter()
                .map(|key| (key.at(), key.due()))
                .collect::<Vec<_>>()
                .iter())
        );
        keys.sort_unstable();
        plans.sort_unstable();
        assert!(keys.iter().map(|key| (key.at(), key.due())).eq(plans.iter().copied()));
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
