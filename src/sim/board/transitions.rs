//! The transition table of the board: 22 rows. What the colours
//! mean is from the portrait of 25 March 2020; most rows are our reconstruction.
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
    // Who opens the door knows better than the neighbour who said they were away.
    row(
        1,
        "入户登记：无人离京，无人发热",
        "survey: nobody left, no fever",
        &[(NotYetKnown, Green), (Orange, Green)],
        false,
    ),
    row(
        2,
        "入户登记或邻居告知：有人离京",
        "survey or neighbour: somebody is away",
        &[(NotYetKnown, Orange), (Green, Orange)],
        false,
    ),
    // A return that is only written down after its fourteen days opens nothing.
    row(
        3,
        "返京登记",
        "return written down",
        &[(NotYetKnown, Orange), (Green, Orange), (NotYetKnown, Green)],
        false,
    ),
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
        &[(Red, Orange), (Green, Orange), (NotYetKnown, Orange), (Red, Green)],
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
        Told::Returned { .. } => &[3, 6, 7],
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
        Told::Discharged { .. } | Told::CaseClosed => &[16],
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::ids::HouseholdId;
    use crate::base::time::{Day, Minute};
    use crate::sim::board::{Knowledge, Observation, colour};
    use crate::sim::params::ObservationParams;
    use crate::sim::people::Marks;

    const SURVEYED: Told =
        Told::Surveyed { marks: Marks::NONE, tenant: false, away: 0, whole: false };

    const fn returned(day: u32, still_away: u8) -> Told {
        let arrived = Day(day).start().plus(600);
        Told::Returned { members: 1, arrived, epidemic: false, watched: true, still_away, days: 14 }
    }

    const fn noon(day: u32) -> Minute {
        Minute::at(Day(day), 720)
    }

    /// The colour that a home shows at noon of a day after what was told before,
    /// each at noon of its day.
    fn shown(told: &[(u32, Told)], day: u32) -> RiskColour {
        let mut known = Knowledge::default();
        for &(at, told) in told.iter().filter(|(at, _)| *at <= day) {
            known.learn(&Observation { household: HouseholdId(0), at: noon(at), told });
        }
        colour(&known, noon(day), &ObservationParams::default())
    }

    const fn away(members: u8) -> Told {
        Told::ReportedAway { away: members }
    }

    /// Row by row: what is told on which days, and what shows then.
    #[test]
    fn each_row_does_what_the_table_says() {
        let until = |day| Day(day).start();
        let rows: &[(u8, &[(u32, Told)], &[(u32, RiskColour)])] = &[
            (1, &[(2, SURVEYED)], &[(1, NotYetKnown), (2, Green)]),
            (1, &[(2, away(1)), (4, SURVEYED)], &[(2, Orange), (4, Green)]),
            (2, &[(2, away(2))], &[(1, NotYetKnown), (2, Orange), (90, Orange)]),
            (3, &[(2, SURVEYED), (5, returned(5, 0))], &[(4, Green), (5, Orange)]),
            // Arrival day is day 0, so day 15 after arrival on D5 is D20.
            (
                6,
                &[(5, returned(5, 0)), (18, Told::Checked), (19, Told::Checked)],
                &[(19, Orange), (20, Green)],
            ),
            (
                7,
                &[
                    (5, returned(5, 1)),
                    (9, returned(9, 0)),
                    (20, Told::Checked),
                    (23, Told::Checked),
                ],
                &[(20, Orange), (23, Orange), (24, Green)],
            ),
            (8, &[(5, returned(5, 0)), (17, Told::Checked)], &[(20, Orange), (30, Orange)]),
            (
                8,
                &[(5, returned(5, 0)), (17, Told::Checked), (25, Told::Checked)],
                &[(24, Orange), (25, Green)],
            ),
            (9, &[(2, SURVEYED), (5, Told::Fever)], &[(4, Green), (5, Red)]),
            (9, &[(5, returned(5, 0)), (6, Told::Fever)], &[(5, Orange), (6, Red)]),
            (10, &[(5, Told::Fever), (6, Told::Referred)], &[(6, Red)]),
            (
                11,
                &[(2, SURVEYED), (5, Told::Fever), (6, Told::OtherIllness), (8, Told::FeverOver)],
                &[(6, Red), (7, Red), (8, Green)],
            ),
            // Never to green past a running clock.
            (
                11,
                &[(5, returned(5, 0)), (6, Told::Fever), (8, Told::FeverOver)],
                &[(6, Red), (8, Orange)],
            ),
            (
                3,
                &[(5, Told::Fever), (6, returned(6, 0)), (8, Told::FeverOver)],
                &[(6, Red), (8, Orange)],
            ),
            (12, &[(5, Told::Fever), (6, Told::FirstNegative)], &[(6, Red)]),
            (
                13,
                &[(5, Told::Fever), (7, Told::SecondNegative { until: Some(until(19)) })],
                &[(7, Orange)],
            ),
            (13, &[(5, Told::Fever), (7, Told::SecondNegative { until: None })], &[(7, Green)]),
            (14, &[(2, SURVEYED), (5, Told::Confirmed)], &[(5, Red), (60, Red)]),
            (
                15,
                &[(5, Told::Confirmed), (5, Told::HouseholdContacts { until: until(20) })],
                &[(5, Red)],
            ),
            (
                16,
                &[(5, Told::Confirmed), (25, Told::Discharged { until: until(40) })],
                &[(25, Orange)],
            ),
            (
                17,
                &[(5, Told::HouseholdContacts { until: until(20) }), (21, Told::ContactsDone)],
                &[(19, Orange), (21, Green)],
            ),
            (18, &[(2, SURVEYED), (5, Told::NamedContact { until: until(19) })], &[(5, Orange)]),
            (19, &[(2, SURVEYED), (5, Told::CallUnanswered)], &[(5, Green)]),
            (20, &[(2, SURVEYED), (5, Told::Emergency)], &[(5, Green)]),
            (21, &[(2, away(1)), (5, Told::MovedOut)], &[(4, Orange), (5, Green)]),
            (22, &[(2, SURVEYED)], &[(60, Green)]),
        ];
        for (row, told, expected) in rows {
            for &(day, colour) in *expected {
                assert_eq!(shown(told, day), colour, "row {row}, D{day}");
            }
        }
    }

    /// Whatever the office is first told of a home, the home is known from then on.
    #[test]
    fn a_home_once_shown_is_never_unknown_again() {
        let until = Day(20).start();
        for told in [
            Told::NamedContact { until },
            Told::HouseholdContacts { until },
            Told::Discharged { until },
            Told::SecondNegative { until: Some(until) },
            Told::GuestRecorded { counts: true, days: 14 },
            Told::Fever,
            Told::FirstNegative,
            returned(5, 0),
            away(1),
        ] {
            let over = [(5, told), (21, Told::FeverOver), (21, Told::Checked)];
            assert_ne!(shown(&over, 5), NotYetKnown, "{told:?}");
            assert_ne!(shown(&over, 60), NotYetKnown, "{told:?}");
        }
    }

    #[test]
    fn a_guest_counts_only_by_the_rule_of_the_day() {
        let guest = |counts| Told::GuestRecorded { counts, days: 14 };
        assert_eq!(shown(&[(2, SURVEYED), (5, guest(false))], 5), Green);
        assert_eq!(shown(&[(2, SURVEYED), (5, guest(true))], 5), Orange);
    }

    #[test]
    fn a_return_written_down_after_its_fourteen_days_is_over() {
        assert_eq!(shown(&[(2, away(1)), (30, returned(5, 0))], 30), Green);
        assert!(is_listed(returned(5, 0), Orange, Green));
    }

    #[test]
    fn old_knowledge_fades_without_changing_colour() {
        let rules = ObservationParams::default();
        let mut known = Knowledge::default();
        known.learn(&Observation { household: HouseholdId(0), at: noon(2), told: SURVEYED });
        let is_stale = |at| crate::sim::board::colour::is_stale(&known, at, &rules);
        assert!(!is_stale(noon(9)), "exactly seven days");
        assert!(is_stale(noon(9).plus(1)));
    }

    #[test]
    fn the_rows_are_numbered_as_in_the_design() {
        assert!(TABLE.iter().map(|t| t.row).eq(1..=22));
    }
}
