//! The page of one household in the ledger: facts, clocks, badges, and when each was learnt.
//!
//! Floor 1. Reads observations; owns [`Knowledge`]. A fact remembers the event
//! that set it, so that every colour can name its cause.

use serde::{Deserialize, Serialize};

use super::observation::{Observation, Told};
use crate::base::time::{DAY_MINUTES, Minute};
use crate::sim::people::Marks;

/// The kind of event that set a fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[repr(u8)]
pub enum Cause {
    /// The survey at the door.
    Survey,
    /// A neighbour's or a relative's word.
    Report,
    /// A return that was written down.
    Return,
    /// A guest that was written down.
    Guest,
    /// A phone call or visit.
    Contact,
    /// A fever that became known.
    Fever,
    /// The fever clinic.
    Clinic,
    /// A confirmed case.
    Case,
    /// A notice about a close contact.
    Notice,
    /// A discharge from hospital.
    Discharge,
    /// A call nobody answered.
    Silence,
    /// An emergency found at the door.
    Emergency,
    /// A removal.
    Removal,
}

/// Something the office holds to be so, since when, and from what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Fact {
    /// When it was learnt.
    pub at: Minute,
    /// From what.
    pub cause: Cause,
}

/// A period that has to pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Clock {
    /// The event that opened it.
    pub since: Fact,
    /// The first minute after it.
    pub until: Minute,
    /// Whether daily checks belong to it.
    pub watched: bool,
}

/// What stands beside a red colour.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[repr(u8)]
pub enum Badge {
    /// Nothing.
    #[default]
    None,
    /// On the way to the clinic or waiting there.
    AtClinic,
    /// The clinic found another illness; the fever must still go.
    OtherIllness,
    /// First test negative.
    FirstNegative,
    /// Confirmed case.
    Confirmed,
}

/// What the office knows of one household.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct Knowledge {
    /// First time the household was known at all.
    pub known: Option<Fact>,
    /// Somebody is away.
    pub away: Option<Fact>,
    /// A return clock, the latest of all members.
    pub returned: Option<Clock>,
    /// A close-contact clock, the household's or a named one.
    pub contact: Option<Clock>,
    /// A discharge clock.
    pub discharged: Option<Clock>,
    /// A fever that is not closed, a suspicion or a case.
    pub fever: Option<Fact>,
    /// A call nobody answered, until somebody is reached.
    pub silent: Option<Fact>,
    /// An emergency, until help came.
    pub emergency: Option<Fact>,
    /// The household is gone.
    pub removed: Option<Fact>,
    /// Last time anybody of it was reached.
    pub last_contact: Option<Minute>,
    /// Last daily check that reached somebody.
    pub last_check: Option<Minute>,
    /// Members known to be away.
    pub away_members: u8,
    /// Nobody is at home, as far as is known.
    pub whole_away: bool,
    /// What stands beside the red colour.
    pub badge: Badge,
    /// Marks as far as they are known.
    pub marks: Marks,
    /// Known to be let privately.
    pub tenant: bool,
    /// Somebody came back from an epidemic area, as far as is known.
    pub epidemic: bool,
}

impl Knowledge {
    /// Whether daily checks are due: a watched clock that has not been closed.
    #[inline]
    pub fn is_watched(&self, now: Minute, fresh_minutes: u32) -> bool {
        self.has_clock()
            && self.clocks().any(|c| c.watched && c.is_open(now, self.last_check, fresh_minutes))
    }

    /// Whether there is any clock, open or not. Most homes never have one.
    #[inline]
    pub fn has_clock(&self) -> bool {
        self.returned.is_some() || self.contact.is_some() || self.discharged.is_some()
    }

    /// The clocks of this household, open or not.
    #[inline]
    pub fn clocks(&self) -> impl Iterator<Item = Clock> {
        [self.returned, self.contact, self.discharged].into_iter().flatten()
    }

    /// Takes in one observation. Nothing else changes a household's knowledge.
    pub fn learn(&mut self, seen: &Observation) {
        let at = seen.at;
        let fact = |cause| Some(Fact { at, cause });
        match seen.told {
            Told::Surveyed { marks, tenant, away, whole } => {
                self.know(at, Cause::Survey);
                self.marks = self.marks.with(marks);
                self.tenant |= tenant;
                self.set_away(away, whole, at, Cause::Survey);
                self.last_contact = Some(at);
            }
            Told::ReportedAway { away } => {
                self.know(at, Cause::Report);
                self.set_away(away, true, at, Cause::Report);
                self.silent = None;
            }
            Told::Returned { members: _, arrived, epidemic, watched, still_away, days } => {
                self.know(at, Cause::Return);
                self.epidemic |= epidemic;
                self.set_away(still_away, false, at, Cause::Return);
                let until = Minute((arrived.day().start()).0 + (u32::from(days) + 1) * DAY_MINUTES);
                let open = Clock { since: Fact { at, cause: Cause::Return }, until, watched };
                self.returned = Some(later(self.returned, open));
                self.reach(at);
                self.last_check = Some(at);
            }
            Told::GuestRecorded { counts, days } => {
                self.know(at, Cause::Guest);
                if counts {
                    let until = Minute(at.day().start().0 + (u32::from(days) + 1) * DAY_MINUTES);
                    self.watch(at, Cause::Guest, until);
                }
            }
            Told::Reached => self.reach(at),
            Told::Checked => {
                self.reach(at);
                self.last_check = Some(at);
            }
            Told::Fever => {
                self.know(at, Cause::Fever);
                if self.fever.is_none() {
                    self.fever = fact(Cause::Fever);
                    self.badge = Badge::None;
                }
            }
            Told::Referred => self.beside_fever(Badge::AtClinic, at),
            Told::OtherIllness => self.beside_fever(Badge::OtherIllness, at),
            Told::FirstNegative => self.beside_fever(Badge::FirstNegative, at),
            Told::FeverOver | Told::CaseClosed => self.close_fever(),
            Told::SecondNegative { until } => {
                self.close_fever();
                if let Some(until) = until {
                    self.watch(at, Cause::Clinic, until);
                }
            }
            Told::Confirmed => {
                self.know(at, Cause::Case);
                self.fever = fact(Cause::Case);
                self.badge = Badge::Confirmed;
            }
            Told::HouseholdContacts { until } => {
                self.watch(at, Cause::Case, until);
            }
            Told::Discharged { until } => {
                self.know(at, Cause::Discharge);
                self.close_fever();
                let open =
                    Clock { since: Fact { at, cause: Cause::Discharge }, until, watched: true };
                self.discharged = Some(later(self.discharged, open));
                self.reach(at);
                self.last_check = Some(at);
            }
            Told::ContactsDone => {
                self.contact = None;
                self.reach(at);
            }
            Told::NamedContact { until } => {
                self.watch(at, Cause::Notice, until);
            }
            Told::CallUnanswered => {
                if self.silent.is_none() {
                    self.silent = fact(Cause::Silence);
                }
            }
            Told::Emergency => {
                self.reach(at);
                self.emergency = fact(Cause::Emergency);
            }
            Told::Helped => {
                self.reach(at);
                self.emergency = None;
            }
            Told::MovedOut => {
                self.know(at, Cause::Removal);
                self.removed = fact(Cause::Removal);
            }
        }
    }

    fn know(&mut self, at: Minute, cause: Cause) {
        if self.known.is_none() {
            self.known = Some(Fact { at, cause });
        }
    }

    /// Opens a contact clock with daily checks; being told counts as the first.
    fn watch(&mut self, at: Minute, cause: Cause, until: Minute) {
        self.know(at, cause);
        let open = Clock { since: Fact { at, cause }, until, watched: true };
        self.contact = Some(later(self.contact, open));
        self.last_check = Some(at);
    }

    fn reach(&mut self, at: Minute) {
        self.last_contact = Some(at);
        self.silent = None;
        self.whole_away = false;
    }

    fn set_away(&mut self, members: u8, whole: bool, at: Minute, cause: Cause) {
        self.away_members = members;
        self.whole_away = whole && members > 0;
        self.away = match (members, self.away) {
            (0, _) => None,
            (_, Some(known)) => Some(known),
            (_, None) => Some(Fact { at, cause }),
        };
    }

    fn beside_fever(&mut self, badge: Badge, at: Minute) {
        if self.fever.is_none() {
            self.know(at, Cause::Clinic);
            self.fever = Some(Fact { at, cause: Cause::Clinic });
        }
        self.badge = badge;
    }

    fn close_fever(&mut self) {
        self.fever = None;
        self.badge = Badge::None;
    }
}

impl Clock {
    /// Whether it still counts: it runs, or it ended without a fresh check
    /// (rows 6 and 8). `fresh_minutes` is the age a last check may have.
    pub fn is_open(&self, now: Minute, last_check: Option<Minute>, fresh_minutes: u32) -> bool {
        if now < self.until {
            return true;
        }
        let fresh = last_check.is_some_and(|c| c.plus(fresh_minutes) >= self.until);
        self.watched && !fresh
    }
}

/// Of two clocks the one that ends later: the household's maximum (row 7). A
/// watched clock stays watched.
fn later(old: Option<Clock>, new: Clock) -> Clock {
    match old {
        Some(old) if old.until > new.until => Clock { watched: old.watched || new.watched, ..old },
        Some(old) if old.until == new.until => Clock { watched: old.watched || new.watched, ..old },
        _ => new,
    }
}
