//! Filters: which homes are meant, by conditions that must all hold.
//!
//! Floor 3. Reads a [`Desk`]: what the office knows and has in hand, never the truth;
//! owns [`Condition`] and [`Filter`]. Pure: the same desk gives the same homes.

use super::desk::Desk;
use crate::base::ids::HouseholdId;
use crate::base::text::Bilingual;
use crate::sim::board::Sign;
use crate::sim::people::Marks;
use crate::sim::work::TaskKind;

/// Something that may be asked of a home.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Condition {
    /// Known to be an elder who lives alone.
    LivesAlone,
    /// Known to need care of any kind.
    Care,
    /// No call to an elder was made there today, answered or not.
    NotCalledToday,
    /// Something waits for it or is being done.
    Waiting,
    /// Nothing is known yet.
    NotYetKnown,
    /// What is known is old.
    Stale,
    /// Daily checks are due.
    Observed,
    /// Somebody is away and not yet back.
    Away,
    /// A fever is on the books.
    Fever,
    /// A Party member's home.
    PartyMember,
    /// Known to be let privately.
    Tenant,
    /// In a building, not a courtyard.
    Building,
}

impl Condition {
    /// Every condition, in the order in which it is offered.
    pub const ALL: [Self; 12] = [
        Self::LivesAlone,
        Self::Care,
        Self::NotCalledToday,
        Self::Waiting,
        Self::NotYetKnown,
        Self::Stale,
        Self::Observed,
        Self::Away,
        Self::Fever,
        Self::PartyMember,
        Self::Tenant,
        Self::Building,
    ];

    /// Its name in files and on the command line.
    pub const fn id(self) -> &'static str {
        match self {
            Self::LivesAlone => "lives_alone",
            Self::Care => "care",
            Self::NotCalledToday => "not_called_today",
            Self::Waiting => "waiting",
            Self::NotYetKnown => "not_yet_known",
            Self::Stale => "stale",
            Self::Observed => "observed",
            Self::Away => "away",
            Self::Fever => "fever",
            Self::PartyMember => "party_member",
            Self::Tenant => "tenant",
            Self::Building => "building",
        }
    }

    /// What it is called.
    pub const fn label(self) -> Bilingual {
        match self {
            Self::LivesAlone => Bilingual::fixed("独居老人", "elder alone"),
            Self::Care => Bilingual::fixed("有人要照看", "needs care"),
            Self::NotCalledToday => Bilingual::fixed("今天还没打电话", "not called today"),
            Self::Waiting => Bilingual::fixed("有事等着办", "something waits"),
            Self::NotYetKnown => Bilingual::fixed("尚未了解", "not yet known"),
            Self::Stale => Bilingual::fixed("很久没有音信", "no word for long"),
            Self::Observed => Bilingual::fixed("居家观察", "in observation"),
            Self::Away => Bilingual::fixed("有人离京", "somebody away"),
            Self::Fever => Bilingual::fixed("有人发热", "a fever"),
            Self::PartyMember => Bilingual::fixed("党员户", "Party member"),
            Self::Tenant => Bilingual::fixed("租户", "tenants"),
            Self::Building => Bilingual::fixed("住楼里", "in a building"),
        }
    }

    /// Whether it holds for a home; never for one that is not the office's.
    pub fn holds(self, desk: &Desk, home: HouseholdId) -> bool {
        let Some(known) = desk.known(home) else { return false };
        match self {
            Self::LivesAlone => known.marks.has(Marks::LIVES_ALONE),
            Self::Care => known.marks.needs_care(),
            Self::NotCalledToday => {
                desk.line(home).called.is_none_or(|at| at.day() < desk.now().day())
            }
            Self::Waiting => TaskKind::ALL
                .iter()
                .any(|&kind| desk.waits(kind, home) || desk.is_under_way(kind, home)),
            Self::NotYetKnown => desk.shows(Sign::NotYetKnown, home),
            Self::Stale => desk.shows(Sign::Stale, home),
            Self::Observed => desk.shows(Sign::Observed, home),
            Self::Away => desk.shows(Sign::Away, home),
            Self::Fever => desk.shows(Sign::Fever, home),
            Self::PartyMember => known.marks.has(Marks::PARTY_MEMBER),
            Self::Tenant => desk.shows(Sign::Tenant, home),
            Self::Building => desk.is_in_a_building(home),
        }
    }
}

/// Conditions that must all hold; without any, every home is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Filter(u16);

impl Filter {
    /// No condition.
    pub const NONE: Self = Self(0);

    /// This one and one more condition; once is enough.
    #[must_use]
    pub const fn with(self, condition: Condition) -> Self {
        Self(self.0 | 1 << condition as u16)
    }

    /// With a condition if it is not there, without it if it is.
    #[must_use]
    pub const fn toggled(self, condition: Condition) -> Self {
        Self(self.0 ^ 1 << condition as u16)
    }

    /// Whether a condition is asked.
    pub const fn has(self, condition: Condition) -> bool {
        self.0 & 1 << condition as u16 != 0
    }

    /// Whether nothing is asked.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// What is asked, in the order of [`Condition::ALL`].
    pub fn conditions(self) -> impl Iterator<Item = Condition> {
        Condition::ALL.into_iter().filter(move |condition| self.has(*condition))
    }

    /// Whether all of it holds for a home.
    pub fn matches(self, desk: &Desk, home: HouseholdId) -> bool {
        self.conditions().all(|condition| condition.holds(desk, home))
    }

    /// What is asked, in a few words; nothing if nothing is.
    pub fn label(self) -> Bilingual {
        let mut labels = self.conditions().map(Condition::label);
        let Some(first) = labels.next() else { return Bilingual::default() };
        labels.fold(first, |all, next| {
            Bilingual::new(format!("{}，{}", all.zh, next.zh), format!("{}, {}", all.en, next.en))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions_come_and_go_one_by_one() {
        let mut filter = Filter::NONE;
        for condition in Condition::ALL {
            assert!(!filter.has(condition));
            filter = filter.toggled(condition);
            assert!(filter.has(condition) && filter.with(condition) == filter);
        }
        assert!(filter.conditions().eq(Condition::ALL));
        for condition in Condition::ALL {
            filter = filter.toggled(condition);
        }
        assert!(filter.is_empty() && filter.label() == Bilingual::default());
        let two = Filter::NONE.with(Condition::NotCalledToday).with(Condition::LivesAlone);
        assert_eq!(two.label().zh, "独居老人，今天还没打电话");
    }
}
