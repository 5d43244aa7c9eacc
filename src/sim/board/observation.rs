//! Everything the office can be told about a household.
//!
//! Floor 1. An [`Observation`] is the only thing that changes the board. Senses
//! make them from the truth; a story or a person at the screen may make them too.

use serde::{Deserialize, Serialize};

use crate::base::ids::HouseholdId;
use crate::base::time::Minute;
use crate::sim::people::Marks;

/// What was observed at one household at one minute.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Observation {
    /// The household it is about.
    pub household: HouseholdId,
    /// When the office learnt it.
    pub at: Minute,
    /// What it learnt.
    pub told: Told,
}

/// What the office can be told. The numbers in brackets are rows of the
/// transition table ([`super::transitions::TABLE`]).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Told {
    /// Somebody answered the survey: marks, tenancy, members said to be away (1, 2).
    Surveyed {
        /// Marks the household tells or the worker sees.
        marks: Marks,
        /// Whether the home is let privately.
        tenant: bool,
        /// Members said to be away from Beijing.
        away: u8,
        /// Whether nobody is left at home.
        whole: bool,
    },
    /// A neighbour or a phone call tells that the whole household is away (2).
    ReportedAway {
        /// Members away.
        away: u8,
    },
    /// Members came back and were written down (3).
    Returned {
        /// Members who came back.
        members: u8,
        /// When they arrived.
        arrived: Minute,
        /// Whether one of them was in an epidemic area.
        epidemic: bool,
        /// Whether the rule of the day puts them under daily checks.
        watched: bool,
        /// Members still away, as far as is known.
        still_away: u8,
        /// Days of the clock.
        days: u8,
    },
    /// A guest from outside was written down; only counts if `counts` (5).
    GuestRecorded {
        /// Whether the rule of the day opens a clock.
        counts: bool,
        /// Days of the clock.
        days: u8,
    },
    /// Somebody was reached by phone or at the door: contact, all well (22).
    Reached,
    /// A daily check of a home in observation found somebody (6, 8).
    Checked,
    /// A fever became known (9).
    Fever,
    /// A person with fever was referred to the clinic (10).
    Referred,
    /// The clinic found another illness (11, first half).
    OtherIllness,
    /// The fever has been gone long enough (11, second half).
    FeverOver,
    /// Suspected: first test negative (12).
    FirstNegative,
    /// Second negative test, at least 24 h later (13).
    SecondNegative {
        /// End of the clock that stays, if there was an exposure.
        until: Option<Minute>,
    },
    /// Confirmed case; the patient is in hospital (14).
    Confirmed,
    /// The household of a confirmed case: last contact, clock runs (15).
    HouseholdContacts {
        /// End of their observation.
        until: Minute,
    },
    /// The patient was discharged; a discharge clock runs (16).
    Discharged {
        /// End of that clock.
        until: Minute,
    },
    /// The last household contact finished well and no patient is at home (17).
    ContactsDone,
    /// Named as a close contact elsewhere (18).
    NamedContact {
        /// End of the clock.
        until: Minute,
    },
    /// A call to a home with a mark was not answered (19).
    CallUnanswered,
    /// A visit found an emergency that is no fever (20).
    Emergency,
    /// Help came; the emergency is over (20).
    Helped,
    /// The household moved out (21).
    MovedOut,
    /// The record of a case is closed without a discharge (16).
    CaseClosed,
}

impl Told {
    /// The end of the period that is told of, if one is.
    pub const fn until(self) -> Option<Minute> {
        match self {
            Self::SecondNegative { until } => until,
            Self::HouseholdContacts { until }
            | Self::Discharged { until }
            | Self::NamedContact { until } => Some(until),
            _ => None,
        }
    }
}
