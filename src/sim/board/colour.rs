//! The colour of a home: a pure function of what is known and of the clock.
//!
//! Floor 1. Reads [`Knowledge`] and a minute; owns nothing. Recomputed, never
//! stored: red while a red fact is open, else orange while an orange one is,
//! else green if the home is known, else not yet known.

use serde::{Deserialize, Serialize};

use super::knowledge::{Badge, Cause, Fact, Knowledge};
use crate::base::text::Bilingual;
use crate::base::time::Minute;
use crate::sim::params::ObservationParams;

/// What the board shows of a home. It says what the office knows of journeys and
/// fevers, never who is infected. Ordered by precedence.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[repr(u8)]
pub enum RiskColour {
    /// Never surveyed, 未知.
    #[default]
    NotYetKnown,
    /// Nobody left Beijing, 绿.
    Green,
    /// Came back and is in observation, or away and not yet back, 橘.
    Orange,
    /// Somebody at home has a fever, 红.
    Red,
}

impl RiskColour {
    /// Every colour, by precedence.
    pub const ALL: [Self; 4] = [Self::NotYetKnown, Self::Green, Self::Orange, Self::Red];

    /// Its name.
    pub const fn label(self) -> Bilingual {
        match self {
            Self::NotYetKnown => Bilingual::fixed("尚未了解", "not yet known"),
            Self::Green => Bilingual::fixed("绿", "green"),
            Self::Orange => Bilingual::fixed("橘", "orange"),
            Self::Red => Bilingual::fixed("红", "red"),
        }
    }
}

/// Why a home has its colour: the open fact that decides it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reason {
    /// Nobody has been there.
    NotSurveyed,
    /// Known, and nothing is open.
    NothingOpen(Fact),
    /// Somebody is away.
    Away(Fact),
    /// A clock runs until the given minute.
    Clock(Fact, Minute),
    /// A clock has ended but the last check is too old.
    AwaitingCheck(Fact),
    /// A fever or a case is open.
    Fever(Fact, Badge),
    /// The household is gone.
    Removed(Fact),
}

impl Reason {
    /// The colour that follows.
    #[inline]
    pub const fn colour(self) -> RiskColour {
        match self {
            Self::NotSurveyed => RiskColour::NotYetKnown,
            Self::NothingOpen(_) | Self::Removed(_) => RiskColour::Green,
            Self::Away(_) | Self::Clock(..) | Self::AwaitingCheck(_) => RiskColour::Orange,
            Self::Fever(..) => RiskColour::Red,
        }
    }

    /// The event that set the deciding fact; `None` only for a home not yet known.
    pub const fn fact(self) -> Option<Fact> {
        match self {
            Self::NotSurveyed => None,
            Self::NothingOpen(f)
            | Self::Away(f)
            | Self::Clock(f, _)
            | Self::AwaitingCheck(f)
            | Self::Fever(f, _)
            | Self::Removed(f) => Some(f),
        }
    }

    /// One sentence for the card of a home. `when` writes a minute for people.
    pub fn sentence(self, when: impl Fn(Minute) -> String) -> Bilingual {
        let Some(fact) = self.fact() else {
            return Bilingual::fixed("还没有问到这一户", "Nobody here has been reached yet");
        };
        let at = when(fact.at);
        let (zh, en) = cause_words(fact.cause);
        match self {
            Self::NotSurveyed => Bilingual::default(),
            Self::NothingOpen(_) => Bilingual::new(
                format!("{at}{zh}，无人离京，没有待办的事"),
                format!("{en} on {at}: nobody left Beijing, nothing is open"),
            ),
            Self::Away(_) => Bilingual::new(
                format!("{at}{zh}，家中有人离京未归"),
                format!("{en} on {at}: somebody is away and not yet back"),
            ),
            Self::Clock(_, until) => Bilingual::new(
                format!("{at}{zh}，观察到{}为止", when(until)),
                format!("{en} on {at}: in observation until {}", when(until)),
            ),
            Self::AwaitingCheck(_) => Bilingual::new(
                format!("{at}{zh}，观察期已满，等待最后一次询问"),
                format!("{en} on {at}: the observation is over, the last check is still to come"),
            ),
            Self::Fever(_, badge) => {
                let (bz, be) = badge_words(badge);
                Bilingual::new(format!("{at}{zh}{bz}"), format!("{en} on {at}{be}"))
            }
            Self::Removed(_) => {
                Bilingual::new(format!("{at}{zh}，此户已搬离"), format!("{en} on {at}: moved out"))
            }
        }
    }
}

fn cause_words(cause: Cause) -> (&'static str, &'static str) {
    match cause {
        Cause::Survey => ("社工入户登记", "Survey at the door"),
        Cause::Report => ("邻居或亲友告知", "Word from a neighbour or relative"),
        Cause::Return => ("返京登记", "Return written down"),
        Cause::Guest => ("登记外来访客", "Guest from outside written down"),
        Cause::Contact => ("电话或上门联系", "Call or visit"),
        Cause::Fever => ("得知家中有人发热", "A fever at home became known"),
        Cause::Clinic => ("发热门诊告知", "Word from the fever clinic"),
        Cause::Case => ("收到确诊通知", "Notice of a confirmed case"),
        Cause::Notice => ("收到密切接触者通知", "Notice of a close contact"),
        Cause::Discharge => ("患者出院", "Discharge from hospital"),
        Cause::Silence => ("电话无人接听", "Call not answered"),
        Cause::Emergency => ("上门发现急情", "Emergency found at the door"),
        Cause::Removal => ("得知搬离", "Removal became known"),
    }
}

fn badge_words(badge: Badge) -> (&'static str, &'static str) {
    match badge {
        Badge::None => ("，待送诊", ", the clinic is still to come"),
        Badge::AtClinic => ("，已送发热门诊", ", at the fever clinic"),
        Badge::OtherIllness => {
            ("，门诊认定为其他疾病，待退热", ", another illness, waiting for the fever to go")
        }
        Badge::FirstNegative => ("，首次检测阴性", ", first test negative"),
        Badge::Confirmed => ("，患者已住院", ", the patient is in hospital"),
    }
}

/// The fact that decides a home's colour at a minute.
#[inline]
pub fn reason(known: &Knowledge, now: Minute, rules: &ObservationParams) -> Reason {
    if known.has_clock()
        && known.removed.is_none()
        && known.fever.is_none()
        && let Some(running) = open_clock(known, now, rules)
    {
        return running;
    }
    standing(known)
}

/// The fact that decides as far as no clock does: it stands until something is learnt.
#[inline]
fn standing(known: &Knowledge) -> Reason {
    if let Some(fact) = known.removed {
        return Reason::Removed(fact);
    }
    if let Some(fact) = known.fever {
        return Reason::Fever(fact, known.badge);
    }
    if let Some(fact) = known.away {
        return Reason::Away(fact);
    }
    known.known.map_or(Reason::NotSurveyed, Reason::NothingOpen)
}

/// Of the clocks that are open the one that ends last. Few homes have any.
fn open_clock(known: &Knowledge, now: Minute, rules: &ObservationParams) -> Option<Reason> {
    let open = known.clocks().filter(|c| c.is_open(now, known.last_check, rules.fresh));
    let clock = open.max_by_key(|c| (c.until, c.since))?;
    Some(if now < clock.until {
        Reason::Clock(clock.since, clock.until)
    } else {
        Reason::AwaitingCheck(clock.since)
    })
}

/// The colour of a home at a minute.
#[inline]
pub fn colour(known: &Knowledge, now: Minute, rules: &ObservationParams) -> RiskColour {
    reason(known, now, rules).colour()
}

/// The colour of a home as far as no clock decides it.
#[inline]
pub(crate) fn colour_without_clock(known: &Knowledge) -> RiskColour {
    standing(known).colour()
}

/// Whether the information is old: nobody was reached for `rules.stale` minutes
/// (row 22), or contact with a home in observation is lost (row 8). It fades the
/// square and changes no colour.
pub fn is_stale(known: &Knowledge, now: Minute, rules: &ObservationParams) -> bool {
    is_stale_if(known, known.is_watched(now, rules.fresh), now, rules)
}

/// As [`is_stale`], where it is known already whether daily checks are due.
#[inline]
pub(crate) fn is_stale_if(
    known: &Knowledge,
    watched: bool,
    now: Minute,
    rules: &ObservationParams,
) -> bool {
    let Some(first) = known.known else {
        return false;
    };
    let contact = known.last_contact.unwrap_or(first.at);
    let lost = watched && now.since(known.last_check.unwrap_or(first.at)) > rules.lost;
    lost || now.since(contact) > rules.stale
}
