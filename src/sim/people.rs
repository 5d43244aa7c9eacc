//! The people of the place: a synthetic population, and where each of them was.
//!
//! Floor 1. Fixed for a whole story and shared by every state of it. All of it is
//! *truth*: the office learns of it only through `senses`. Nobody here is a real
//! person; totals and shares come from the record, everything else is drawn.

use serde::{Deserialize, Serialize};

use crate::base::ids::{HouseholdId, PersonId};
use crate::base::text::{Bilingual, Lang};
use crate::base::time::Minute;

/// Marks drawn on top of a home's colour; they never change the colour.
/// A set of bits, so that a whole community of marks is a small table.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Marks(pub u8);

impl Marks {
    /// No mark.
    pub const NONE: Self = Self(0);
    /// An elder (60 or older) who lives alone, 独居老人.
    pub const LIVES_ALONE: Self = Self(1);
    /// Two or more people, all elders, 空巢.
    pub const EMPTY_NEST: Self = Self(1 << 1);
    /// Somebody with a disability, 残疾.
    pub const DISABLED: Self = Self(1 << 2);
    /// Minimum living allowance, 低保.
    pub const LOW_INCOME: Self = Self(1 << 3);
    /// A Party member's home: the five-pointed star, 党员户.
    pub const PARTY_MEMBER: Self = Self(1 << 4);

    /// The marks one by one, in drawing order.
    pub const EACH: [Self; 5] =
        [Self::LIVES_ALONE, Self::EMPTY_NEST, Self::DISABLED, Self::LOW_INCOME, Self::PARTY_MEMBER];

    /// Both sets together.
    #[must_use]
    pub const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether every mark of `other` is set.
    pub const fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// Whether a figure is drawn: lives alone, empty nest, disabled or low income.
    pub const fn needs_care(self) -> bool {
        self.0 & 0b1111 != 0
    }

    /// Whether the office calls every day: elders alone and empty nests.
    pub const fn is_called_daily(self) -> bool {
        self.0 & 0b11 != 0
    }

    /// The name of one mark; empty for none or several.
    pub const fn label(self) -> Bilingual {
        match self {
            Self::LIVES_ALONE => Bilingual::fixed("独居老人", "elder living alone"),
            Self::EMPTY_NEST => Bilingual::fixed("空巢老人", "elders, children away"),
            Self::DISABLED => Bilingual::fixed("残疾", "disability"),
            Self::LOW_INCOME => Bilingual::fixed("低保", "low income"),
            Self::PARTY_MEMBER => Bilingual::fixed("党员户", "Party member's home"),
            _ => Bilingual::fixed("", ""),
        }
    }

    /// The names of every mark that is set, in drawing order.
    pub fn words(self, lang: Lang) -> String {
        let words: Vec<String> = Self::EACH
            .iter()
            .filter(|mark| self.has(**mark))
            .map(|mark| mark.label().get(lang).to_owned())
            .collect();
        words.join(Bilingual::fixed("、", ", ").get(lang))
    }
}

/// How a household holds its dwelling.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Tenure {
    /// Owners or long-standing tenants of public housing.
    Settled,
    /// Private tenants, 租户.
    Tenant,
}

/// Sex as registered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Sex {
    /// 女
    Female,
    /// 男
    Male,
}

/// Place in the household, seen from its head.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Kin {
    /// 户主
    Head,
    /// 配偶
    Spouse,
    /// 子女 (also grown up)
    Child,
    /// 父母
    Parent,
    /// 孙辈
    Grandchild,
    /// 合租或其他
    Other,
}

/// Facts about one household that do not change during a story.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Home {
    /// Its first member; the others follow without a gap.
    pub first: PersonId,
    /// How many members it has, 1–16.
    pub size: u8,
    /// Tenure.
    pub tenure: Tenure,
    /// Marks as they truly are.
    pub marks: Marks,
    /// Trust in the office at the start, permille.
    pub trust_permille: u16,
}

impl Home {
    /// Its members, in order.
    pub fn members(&self) -> impl ExactSizeIterator<Item = PersonId> + use<> {
        (self.first.0..self.first.0 + u32::from(self.size)).map(PersonId)
    }
}

/// One person.
#[expect(
    clippy::struct_excessive_bools,
    reason = "four independent facts of a register, no states"
)]
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Person {
    /// Where the person lives.
    pub household: HouseholdId,
    /// Age in years, 0–105.
    pub age: u8,
    /// Sex.
    pub sex: Sex,
    /// Place in the household.
    pub kin: Kin,
    /// Member of the Party.
    pub party: bool,
    /// An in-service member who reported to the community (双报到).
    pub in_service: bool,
    /// The surgeon among them; exactly one in the place.
    pub surgeon: bool,
    /// Would join the prevention force if asked often and trusting enough.
    pub willing: bool,
}

/// Where somebody who left Beijing was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Region {
    /// 武汉
    Wuhan,
    /// Hubei without Wuhan, 湖北其他地方.
    Hubei,
    /// Tianjin or Hebei, 津冀: exempt from home observation from 18 April 2020.
    JinJi,
    /// Elsewhere in China, 其他省份.
    Elsewhere,
    /// Abroad, 境外.
    Abroad,
}

impl Region {
    /// Every region.
    pub const ALL: [Self; 5] =
        [Self::Wuhan, Self::Hubei, Self::JinJi, Self::Elsewhere, Self::Abroad];

    /// Whether it counted as epidemic area in early February 2020.
    pub const fn is_epidemic_area(self) -> bool {
        matches!(self, Self::Wuhan | Self::Hubei)
    }
}

/// A journey of one person: away from before the story, or from a day of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Trip {
    /// Who.
    pub person: PersonId,
    /// Days from day 1 to the day of leaving; negative: before the story began.
    pub left_day: i32,
    /// When the person stands at a lane mouth again; `None`: after the story's end.
    pub back: Option<Minute>,
    /// Whence.
    pub from: Region,
}

/// The whole population.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Population {
    /// By [`HouseholdId`].
    pub homes: Vec<Home>,
    /// By [`PersonId`], grouped by household.
    pub people: Vec<Person>,
    /// At most one per person, sorted by person.
    pub trips: Vec<Trip>,
}

impl Population {
    /// A household's facts.
    pub fn home(&self, id: HouseholdId) -> &Home {
        &self.homes[id.index()]
    }

    /// How many people live in the first `homes` households; their ids come first.
    pub fn people_before(&self, homes: u32) -> u32 {
        let beyond = self.homes.get(homes as usize);
        beyond.map_or(self.people.len() as u32, |home| home.first.0)
    }

    /// A person.
    pub fn person(&self, id: PersonId) -> &Person {
        &self.people[id.index()]
    }
}
