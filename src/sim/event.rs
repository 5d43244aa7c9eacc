//! What just happened, for those who listen: narration, cues, reports.
//!
//! Floor 1. Rules emit; nothing in the model reads an event back. Events are not
//! state: replaying the story makes them again.

use crate::base::ids::{HouseholdId, MouthId, PersonId, WorkerId};
use crate::base::time::{Day, Minute};
use crate::sim::board::{RiskColour, Told};
use crate::sim::work::{Measure, MouthState, TaskKind};

/// One event at one minute.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct SimEvent {
    /// When.
    pub at: Minute,
    /// What.
    pub what: Happening,
}

/// What can happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Happening {
    /// A day begins.
    DayBegan(Day),
    /// The office learnt something; the board may have changed.
    Learnt {
        #[doc = "The home."]
        household: HouseholdId,
        #[doc = "What."]
        told: Told,
        #[doc = "Colour before."]
        from: RiskColour,
        #[doc = "Colour after."]
        to: RiskColour,
    },
    /// The clock alone changed a colour.
    Faded {
        #[doc = "The home."]
        household: HouseholdId,
        #[doc = "Colour before."]
        from: RiskColour,
        #[doc = "Colour after."]
        to: RiskColour,
    },
    /// A door stayed closed to the survey.
    DoorClosed {
        #[doc = "The home."]
        household: HouseholdId,
        #[doc = "Which attempt, from 1."]
        attempt: u8,
    },
    /// A call was made.
    CallMade {
        #[doc = "The home."]
        household: HouseholdId,
        #[doc = "Whether somebody answered."]
        answered: bool,
    },
    /// The round of calls of a day is finished.
    RoundDone {
        #[doc = "Calls made."]
        calls: u32,
        #[doc = "Minutes since it began."]
        minutes: u32,
    },
    /// Somebody came back to Beijing (hidden unless learnt).
    CameBack {
        #[doc = "The home."]
        household: HouseholdId,
        #[doc = "Who."]
        person: PersonId,
    },
    /// An elder fell (hidden until found).
    Fell {
        #[doc = "The home."]
        household: HouseholdId,
        #[doc = "Who."]
        person: PersonId,
        #[doc = "Hurt."]
        injured: bool,
        #[doc = "Cannot get up."]
        stuck: bool,
    },
    /// Somebody stands in the room of a fallen elder.
    Found {
        #[doc = "The home."]
        household: HouseholdId,
        #[doc = "Who."]
        person: PersonId,
        #[doc = "Minutes since the fall."]
        waited: u32,
    },
    /// Help was there.
    Helped {
        #[doc = "The home."]
        household: HouseholdId,
        #[doc = "Who."]
        person: PersonId,
        #[doc = "Minutes since the fall."]
        waited: u32,
        #[doc = "The resident doctor, if one came."]
        doctor: Option<PersonId>,
    },
    /// Somebody joined the prevention force.
    Joined {
        #[doc = "Who."]
        person: PersonId,
        #[doc = "As which worker."]
        worker: WorkerId,
    },
    /// A worker finished a task.
    Worked {
        #[doc = "Who."]
        worker: WorkerId,
        #[doc = "At which home, if any."]
        household: Option<HouseholdId>,
        #[doc = "What."]
        task: TaskKind,
        #[doc = "Minutes, walking included."]
        minutes: u32,
    },
    /// Something was brought to a home.
    Delivered {
        #[doc = "The home."]
        household: HouseholdId,
        #[doc = "Whether rubbish was taken along."]
        rubbish: bool,
    },
    /// A delivery did not come on its day.
    DeliveryMissed {
        #[doc = "The home."]
        household: HouseholdId,
    },
    /// Staffed mouths stood empty in the spell that ends.
    DutyUncovered {
        #[doc = "Minutes, all posts together."]
        minutes: u32,
    },
    /// A mouth changed.
    MouthChanged {
        #[doc = "Which."]
        mouth: MouthId,
        #[doc = "To what."]
        to: MouthState,
    },
    /// A measure changed.
    MeasureChanged {
        #[doc = "Which."]
        measure: Measure,
        #[doc = "New strength, permille."]
        permille: u16,
    },
    /// A note was written beside a home.
    Noted {
        #[doc = "The home."]
        household: HouseholdId,
    },
}

impl Happening {
    /// The kind of event, as files and tables write it.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::DayBegan(_) => "DayBegan",
            Self::Learnt { told: Told::Returned { .. }, .. } => "ReturnRegistered",
            Self::Learnt { told: Told::Fever, .. } => "FeverKnown",
            Self::Learnt { .. } => "Learnt",
            Self::Faded { .. } => "Faded",
            Self::DoorClosed { .. } => "DoorClosed",
            Self::CallMade { answered: true, .. } => "CallAnswered",
            Self::CallMade { answered: false, .. } => "CallUnanswered",
            Self::RoundDone { .. } => "RoundDone",
            Self::CameBack { .. } => "CameBack",
            Self::Fell { .. } => "Fell",
            Self::Found { .. } => "Found",
            Self::Helped { .. } => "Helped",
            Self::Joined { .. } => "Joined",
            Self::Worked { .. } => "Worked",
            Self::Delivered { .. } => "Delivered",
            Self::DeliveryMissed { .. } => "DeliveryMissed",
            Self::DutyUncovered { .. } => "DutyUncovered",
            Self::MouthChanged { .. } => "MouthChanged",
            Self::MeasureChanged { .. } => "MeasureChanged",
            Self::Noted { .. } => "Noted",
        }
    }

    /// Every kind a story may listen for.
    pub const KINDS: [&'static str; 21] = [
        "DayBegan",
        "Learnt",
        "ReturnRegistered",
        "FeverKnown",
        "Faded",
        "DoorClosed",
        "CallAnswered",
        "CallUnanswered",
        "RoundDone",
        "CameBack",
        "Fell",
        "Found",
        "Helped",
        "Joined",
        "Worked",
        "Delivered",
        "DeliveryMissed",
        "DutyUncovered",
        "MouthChanged",
        "MeasureChanged",
        "Noted",
    ];

    /// The home it is about, if it is about one.
    pub const fn household(&self) -> Option<HouseholdId> {
        match *self {
            Self::Learnt { household, .. }
            | Self::Faded { household, .. }
            | Self::DoorClosed { household, .. }
            | Self::CallMade { household, .. }
            | Self::CameBack { household, .. }
            | Self::Fell { household, .. }
            | Self::Found { household, .. }
            | Self::Helped { household, .. }
            | Self::Delivered { household, .. }
            | Self::DeliveryMissed { household }
            | Self::Noted { household } => Some(household),
            Self::Worked { household, .. } => household,
            _ => None,
        }
    }

    /// Whether the office itself knows of it. Hidden events are for the debrief.
    pub const fn is_known(&self) -> bool {
        !matches!(self, Self::CameBack { .. } | Self::Fell { .. })
    }
}
