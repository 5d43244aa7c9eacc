//! The transition table of the board: 22 rows, from the design's science 5.4.
//!
//! Floor 1. Reads nothing; owns [`TABLE`]. The rules live in `knowledge` and
//! `colour`; this table says what they may do, and the laws check that every
//! change of colour is listed here.

use super::colour::RiskColour::{self, Green, NotYetKnown, Orange, Red};
use super::observation::Told;
use crate::base::text::Bilingual;

/// One row: an event and the changes of colour that it may cause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transition {
    /// Row number, 1–22.
    pub row: u8,
    /// The event.
    pub event: Bilingual,
    /// The colours before and after, besides staying as it is.
    pub changes: &'static [(RiskColour, RiskColour)],
    /// Whether the row only happens where somebody is infected.
    pub needs_infection: bool,
}

const fn row(
    row: u8,
    zh: &'static str,
    en: &'static str,
    changes: &'static [(RiskColour, RiskColour)],
    needs_infection: bool,
) -> Transition {
    Transition { row, event: Bilingual::fixed(zh, en), changes, needs_infection }
}

/// The 22 rows.
pub const TABLE: [Transition; 22] = [
    row(
        1,
        "入户登记：无人离京，无人发热",
        "survey: nobody left, no fever",
        &[(NotYetKnown, Green)],
        false,
    ),
    row(
        2,
        "入户登记或邻居告知：有人离京",
        "survey or neighbour: somebody is away",
        &[(NotYetKnown, Orange), (Green, Orange)],
        false,
    ),
    row(3, "返京登记", "return written down", &[(NotYetKnown, Orange), (Green, Orange)], false),
    row(4, "返京未登记", "return not written down", &[], false),
    row(
        5,
        "登记外来访客",
        "guest from outside written down",
        &[(Green, Orange), (NotYetKnown, Green), (NotYetKnown, Orange)],
        false,
    ),
    row(
        6,
        "观察期满，最后一次询问在24小时内",
        "observation complete, last check at most 24 h old",
        &[(Orange, Green)],
        false,
    ),
    row(7, "同上，但另有家人晚到", "as 6, but a member arrived later", &[], false),
    row(8, "同上，但失联超过48小时", "as 6, but contact lost for more than 48 h", &[], false),
    row(
        9,
        "得知发热",
        "a fever becomes known",
        &[(NotYetKnown, Red), (Green, Red), (Orange, Red)],
        false,
    ),
    row(
        10,
        "送发热门诊",
        "referred to the fever clinic",
        &[(NotYetKnown, Red), (Green, Red), (Orange, Red)],
        false,
    ),
    row(
        11,
        "门诊认定其他疾病，退热满24小时",
        "other illness, fever gone for 24 h",
        &[(Red, Orange), (Red, Green)],
        false,
    ),
    row(
        12,
        "疑似：首次检测阴性",
        "suspected: first test negative",
        &[(NotYetKnown, Red), (Green, Red), (Orange, Red)],
        true,
    ),
    row(13, "第二次检测阴性", "second test negative", &[(Red, Orange), (Red, Green)], true),
    row(14, "确诊", "confirmed", &[(NotYetKnown, Red), (Green, Red), (Orange, Red)], true),
    row(
        15,
        "确诊者家人开始观察",
        "household of a confirmed case in observation",
        &[(NotYetKnown, Orange), (Green, Orange)],
        true,
    ),
    row(
        16,
        "患者出院",
        "patient discharged",
        &[(Red, Orange), (Green, Orange), (NotYetKnown, Orange)],
        true,
    ),
    row(17, "家人观察期满", "household contacts finished", &[(Orange, Green)], true),
    row(
        18,
        "被列为密切接触者",
        "named as a close contact",
        &[(NotYetKnown, Orange), (Green, Orange)],
        true,
    ),
    row(19, "重点户电话无人接听", "call to a home with a mark not answered", &[], false),
    row(20, "上门发现跌倒等急情", "visit finds a fall or another emergency", &[], false),
    row(
        21,
        "全户搬离",
        "household moved out",
        &[(Orange, Green), (Red, Green), (NotYetKnown, Green)],
        false,
    ),
    row(22, "信息超过七天", "knowledge older than seven days", &[], false),
];

/// The rows that an observation may go by.
pub fn rows_of(told: Told) -> &'static [u8] {
    match told {
        Told::Surveyed { .. } => &[1, 2, 3],
        Told::ReportedAway { .. } => &[2],
        Told::Returned { .. } => &[3, 7],
        Told::GuestRecorded { .. } => &[5],
        Told::Reached => &[22],
        Told::Checked => &[6, 8],
        Told::Fever => &[9],
        Told::Referred => &[10],
        Told::OtherIllness => &[10, 11],
        Told::FeverOver => &[11],
        Told::FirstNegative => &[12],
        Told::SecondNegative { .. } => &[13],
        Told::Confirmed => &[14],
        Told::HouseholdContacts { .. } => &[15],
        Told::Discharged { .. } => &[16],
        Told::ContactsDone => &[17],
        Told::NamedContact { .. } => &[18],
        Told::CallUnanswered => &[19],
        Told::Emergency | Told::Helped => &[20],
        Told::MovedOut => &[21],
    }
}

/// Whether a change of colour is listed for an observation.
pub fn is_listed(told: Told, from: RiskColour, to: RiskColour) -> bool {
    from == to || rows_of(told).iter().any(|&r| TABLE[r as usize - 1].changes.contains(&(from, to)))
}

/// Whether a change that only the clock made is listed: row 6.
pub fn is_listed_for_time(from: RiskColour, to: RiskColour) -> bool {
    from == to || TABLE[5].changes.contains(&(from, to))
}
