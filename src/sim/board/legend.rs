//! A legend: which marker a home gets for what is known of it.
//!
//! Floor 1. Reads [`Knowledge`] and a minute; owns nothing. Colour codes were
//! local inventions: other communities marked the same facts with other colours
//! (experience, section 0), so a legend is data of the story. The Fuxiang legend
//! is the colour rule itself, and a test holds the two together.

use serde::{Deserialize, Serialize};

use super::colour::is_stale;
use super::knowledge::Knowledge;
use crate::base::palette::Marker;
use crate::base::text::Bilingual;
use crate::base::time::Minute;
use crate::sim::card::Origin;
use crate::sim::params::ObservationParams;

/// Something a legend may ask of what is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Sign {
    /// Nothing is known yet.
    NotYetKnown,
    /// The home is known.
    Known,
    /// A fever is on the books.
    Fever,
    /// Somebody came back or was exposed, and a clock is open.
    Clock,
    /// Daily checks are due.
    Observed,
    /// Somebody is away and not yet back.
    Away,
    /// Somebody has come back during the story, however long ago.
    Returned,
    /// Somebody came back from an epidemic area.
    FromEpidemicArea,
    /// Private tenants.
    Tenant,
    /// Owners or long-standing tenants.
    Settled,
    /// The information is old.
    Stale,
}

impl Sign {
    /// Every sign.
    pub const ALL: [Self; 11] = [
        Self::NotYetKnown,
        Self::Known,
        Self::Fever,
        Self::Clock,
        Self::Observed,
        Self::Away,
        Self::Returned,
        Self::FromEpidemicArea,
        Self::Tenant,
        Self::Settled,
        Self::Stale,
    ];

    /// Whether a home shows it.
    pub fn holds(self, known: &Knowledge, now: Minute, rules: &ObservationParams) -> bool {
        let gone = known.removed.is_some();
        match self {
            Self::NotYetKnown => known.known.is_none() && !gone,
            Self::Known => known.known.is_some() || gone,
            Self::Fever => known.fever.is_some() && !gone,
            Self::Clock => {
                !gone && known.clocks().any(|c| c.is_open(now, known.last_check, rules.fresh))
            }
            Self::Observed => !gone && known.is_watched(now, rules.fresh),
            Self::Away => known.away.is_some() && !gone,
            Self::Returned => known.returned.is_some(),
            Self::FromEpidemicArea => known.epidemic,
            Self::Tenant => known.known.is_some() && known.tenant,
            Self::Settled => known.known.is_some() && !known.tenant,
            Self::Stale => is_stale(known, now, rules),
        }
    }
}

/// One line of a legend.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LegendEntry {
    /// Signs that must all hold.
    pub when: Vec<Sign>,
    /// The marker.
    pub marker: Marker,
    /// What it means.
    pub label: Bilingual,
}

impl LegendEntry {
    /// The marker it is drawn with. `None` is an empty square: what is not known. A
    /// white sticker is a colour like others.
    pub fn drawn(&self) -> Option<Marker> {
        let empty = self.marker == Marker::White && self.when.contains(&Sign::NotYetKnown);
        (!empty).then_some(self.marker)
    }
}

/// A colour code: the first entry that fits a home gives its marker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Legend {
    /// Its name in files.
    pub id: String,
    /// Whose code it was.
    pub name: Bilingual,
    /// From the most to the least urgent; the last one fits every home.
    pub entries: Vec<LegendEntry>,
    /// Kind of source.
    pub origin: Origin,
    /// The source itself.
    pub source: Bilingual,
}

impl Legend {
    /// The code of the Fuxiang board, with a square left empty for what nobody
    /// knows yet.
    pub fn fuxiang() -> Self {
        let entry = |when: &[Sign], marker, zh, en| LegendEntry {
            when: when.to_vec(),
            marker,
            label: Bilingual::fixed(zh, en),
        };
        Self {
            id: "fuxiang".to_owned(),
            name: Bilingual::fixed("福祥社区", "Fuxiang community"),
            entries: vec![
                entry(&[Sign::Fever], Marker::Red, "家中有人发热", "somebody has a fever"),
                entry(
                    &[Sign::Clock],
                    Marker::Orange,
                    "返京观察",
                    "back in Beijing, in observation",
                ),
                entry(&[Sign::Away], Marker::Orange, "离京未归", "away and not yet back"),
                entry(&[Sign::NotYetKnown], Marker::White, "尚未了解", "not yet known"),
                entry(&[], Marker::Green, "未离京", "did not leave Beijing"),
            ],
            origin: Origin::Record,
            source: Bilingual::fixed(
                "《北广人物》2020年3月25日",
                "Beiguang Renwu magazine, 25 March 2020",
            ),
        }
    }

    /// The entry that fits a home; `None` only if the legend has no entry for
    /// every home, which the check of scene files excludes.
    pub fn entry_of(
        &self,
        known: &Knowledge,
        now: Minute,
        rules: &ObservationParams,
    ) -> Option<usize> {
        self.entries.iter().position(|e| e.when.iter().all(|s| s.holds(known, now, rules)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::ids::HouseholdId;
    use crate::base::time::Day;
    use crate::sim::board::{Observation, RiskColour, Told, colour};
    use crate::sim::people::Marks;

    /// Small stories of one home, told in every order.
    #[test]
    fn the_fuxiang_legend_is_the_colour_rule() {
        let rules = ObservationParams::default();
        let legend = Legend::fuxiang();
        let told = [
            Told::Surveyed { marks: Marks::NONE, tenant: false, away: 1, whole: false },
            Told::Returned {
                members: 1,
                arrived: Day(2).start(),
                epidemic: true,
                watched: true,
                still_away: 0,
                days: 14,
            },
            Told::Fever,
            Told::OtherIllness,
            Told::FeverOver,
            Told::Checked,
            Told::CallUnanswered,
            Told::MovedOut,
        ];
        let mut seen = std::collections::BTreeSet::new();
        for start in 0..told.len() {
            for stride in [1, 3, 5, 7] {
                let mut known = Knowledge::default();
                for step in 0..told.len() {
                    let at = Minute(500 + 3000 * step as u32);
                    known.learn(&Observation {
                        household: HouseholdId(0),
                        at,
                        told: told[(start + stride * step) % told.len()],
                    });
                    let entry = legend.entry_of(&known, at, &rules).unwrap();
                    let expected = match colour(&known, at, &rules) {
                        RiskColour::NotYetKnown => Marker::White,
                        RiskColour::Green => Marker::Green,
                        RiskColour::Orange => Marker::Orange,
                        RiskColour::Red => Marker::Red,
                    };
                    assert_eq!(legend.entries[entry].marker, expected, "{known:?}");
                    seen.insert(expected);
                }
            }
        }
        assert_eq!(seen.len(), RiskColour::ALL.len(), "{seen:?}");
    }
}
