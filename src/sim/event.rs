//! What just happened, for those who listen: narration, cues, reports.
//!
//! Floor 1. Rules emit; nothing in the model reads an event back. Events are not
//! state: replaying the story makes them again.

use crate::base::ids::{HouseholdId, MouthId, PersonId, WorkerId};
use crate::base::time::{Day, Minute};
use crate::sim::board::{RiskColour, Told};
use crate::sim::named;
use crate::sim::truth::illness::Route;
use crate::sim::work::{Measure, MouthState, TaskKind};

named! {
    /// The kinds of events that stories and tables name.
    EventKind {
        /// a day begins
        DayBegan, "新的一天";
        /// the office learns something else
        Learnt, "得知其他情况";
        /// a return is written down
        ReturnRegistered, "返京登记";
        /// a fever becomes known
        FeverKnown, "得知发热";
        /// the clock alone changes a colour
        Faded, "颜色到期改变";
        /// a door stays shut
        DoorClosed, "敲门不开";
        /// a call is answered
        CallAnswered, "电话接通";
        /// a call is not answered
        CallUnanswered, "电话无人接听";
        /// the day's round of calls is done
        RoundDone, "一轮电话打完";
        /// somebody comes back
        CameBack, "有人回来";
        /// somebody falls
        Fell, "有人跌倒";
        /// a fallen elder is found
        Found, "发现跌倒的老人";
        /// help is done
        Helped, "救助完成";
        /// a resident joins
        Joined, "居民加入";
        /// a worker finishes a task
        Worked, "一项工作完成";
        /// something is brought
        Delivered, "东西送到";
        /// a delivery does not come
        DeliveryMissed, "东西没送到";
        /// a staffed mouth stood empty
        DutyUncovered, "卡口无人";
        /// a lane mouth changes
        MouthChanged, "胡同口变动";
        /// a measure changes
        MeasureChanged, "措施变动";
        /// a note is written
        Noted, "写下备注";
        /// an infection begins
        Infected, "发生感染";
        /// a notice of a confirmed case comes
        CaseConfirmed, "收到确诊通知";
        /// a notice of a close contact comes
        ContactNamed, "收到密接通知";
    }
}

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
        #[doc = "At which lane mouth, if any."]
        mouth: Option<MouthId>,
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
    /// Somebody was infected (hidden).
    Infected {
        #[doc = "The home."]
        household: HouseholdId,
        #[doc = "Who."]
        person: PersonId,
        #[doc = "Where."]
        route: Route,
    },
}

impl Happening {
    /// The kind of event, as stories listen for it.
    pub const fn kind(&self) -> EventKind {
        match self {
            Self::DayBegan(_) => EventKind::DayBegan,
            Self::Learnt { told: Told::Returned { .. }, .. } => EventKind::ReturnRegistered,
            Self::Learnt { told: Told::Fever, .. } => EventKind::FeverKnown,
            Self::Learnt { told: Told::Confirmed, .. } => EventKind::CaseConfirmed,
            Self::Learnt { told: Told::NamedContact { .. }, .. } => EventKind::ContactNamed,
            Self::Learnt { .. } => EventKind::Learnt,
            Self::Faded { .. } => EventKind::Faded,
            Self::DoorClosed { .. } => EventKind::DoorClosed,
            Self::CallMade { answered: true, .. } => EventKind::CallAnswered,
            Self::CallMade { answered: false, .. } => EventKind::CallUnanswered,
            Self::RoundDone { .. } => EventKind::RoundDone,
            Self::CameBack { .. } => EventKind::CameBack,
            Self::Fell { .. } => EventKind::Fell,
            Self::Found { .. } => EventKind::Found,
            Self::Helped { .. } => EventKind::Helped,
            Self::Joined { .. } => EventKind::Joined,
            Self::Worked { .. } => EventKind::Worked,
            Self::Delivered { .. } => EventKind::Delivered,
            Self::DeliveryMissed { .. } => EventKind::DeliveryMissed,
            Self::DutyUncovered { .. } => EventKind::DutyUncovered,
            Self::MouthChanged { .. } => EventKind::MouthChanged,
            Self::MeasureChanged { .. } => EventKind::MeasureChanged,
            Self::Noted { .. } => EventKind::Noted,
            Self::Infected { .. } => EventKind::Infected,
        }
    }

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
            | Self::Infected { household, .. }
            | Self::Noted { household } => Some(household),
            Self::Worked { household, .. } => household,
            _ => None,
        }
    }

    /// Whether the office itself knows of it. Hidden events are for the debrief.
    pub const fn is_known(&self) -> bool {
        !matches!(self, Self::CameBack { .. } | Self::Fell { .. } | Self::Infected { .. })
    }
}
