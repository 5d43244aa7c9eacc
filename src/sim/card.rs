//! Parameter cards: one line per number, with its unit, range and source.
//!
//! Floor 1. The macro `parameters!` yields a struct, its defaults and its
//! cards. The same cards feed scene checking, `describe`, the policy panel and
//! the model notes: one number, one place, one source.

use crate::base::text::Bilingual;

/// Where a number or a cue of a story comes from.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Origin {
    /// The Xinhua article of 13 November 2020.
    Article,
    /// A documented fact: press, notices, census, district records.
    Record,
    /// A published study.
    Paper,
    /// Our own estimate, visible as such.
    Assumption,
    /// Made up for the story, and said so.
    Invented,
}

impl Origin {
    /// Every origin, from the most to the least documented.
    pub const ALL: [Self; 5] =
        [Self::Article, Self::Record, Self::Paper, Self::Assumption, Self::Invented];

    /// The word shown beside a number or a cue.
    pub const fn label(self) -> Bilingual {
        match self {
            Self::Article => Bilingual::fixed("报道", "article"),
            Self::Record => Bilingual::fixed("记录", "record"),
            Self::Paper => Bilingual::fixed("论文", "paper"),
            Self::Assumption => Bilingual::fixed("估计", "assumption"),
            Self::Invented => Bilingual::fixed("虚构", "invented"),
        }
    }
}

/// What is known of one parameter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    /// The group, which is the mechanism that uses it: `survey`.
    pub group: &'static str,
    /// The name inside the group: `workers`.
    pub name: &'static str,
    /// What it means, in both languages.
    pub label: Bilingual,
    /// Unit: `person`, `min`, `ppm`, …
    pub unit: &'static str,
    /// Value when no scene overrides it.
    pub default: u32,
    /// Smallest accepted value.
    pub min: u32,
    /// Largest accepted value.
    pub max: u32,
    /// Kind of source.
    pub origin: Origin,
    /// The source itself: author and year, what the record says, or the reason.
    pub source: Bilingual,
}

impl Card {
    /// `survey.workers`
    pub fn path(&self) -> String {
        format!("{}.{}", self.group, self.name)
    }
}

/// Why a parameter could not be set.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ParamError {
    /// There is no such parameter.
    #[error("no parameter named `{0}`")]
    Unknown(String),
    /// The value lies outside the card's range.
    #[error("`{path}` must lie from {min} to {max}")]
    OutOfRange {
        /// `group.name`
        path: String,
        /// Smallest accepted value.
        min: u32,
        /// Largest accepted value.
        max: u32,
    },
}

/// Declares one group of parameters: struct, defaults and cards.
///
/// ```text
/// parameters! {
///     /// How the survey is done.
///     SurveyParams, group "survey" {
///         /// Workers who go from door to door.
///         workers: 19, "person", 0..=200, Article, "section 3", "第三节", "入户社工人数";
///     }
/// }
/// ```
/// After the origin come the source, in English and in Chinese, and the Chinese
/// label. The English label is the item's doc comment, so the two can never differ.
#[macro_export]
macro_rules! parameters {
    ($(#[doc = $gdoc:literal])* $name:ident, group $group:literal {
        $( #[doc = $doc:literal] $field:ident: $default:expr, $unit:literal, $range:expr,
           $origin:ident, $source:literal, $source_zh:literal, $zh:literal; )*
    }) => {
        $(#[doc = $gdoc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
        pub struct $name {
            $(
                #[doc = $doc]
                #[doc = concat!("\n\nUnit: ", $unit, ". Default ", stringify!($default), ", range ",
                    stringify!($range), ". Source: ", stringify!($origin), ", ", $source, ". 出处：",
                    $source_zh, "。")]
                pub $field: u32,
            )*
        }

        impl Default for $name {
            fn default() -> Self {
                Self { $( $field: $default, )* }
            }
        }

        impl $name {
            /// The cards of this group, in order.
            pub fn cards() -> Vec<$crate::sim::card::Card> {
                vec![ $( {
                    let range: std::ops::RangeInclusive<u32> = $range;
                    $crate::sim::card::Card {
                        group: $group,
                        name: stringify!($field),
                        label: $crate::base::text::Bilingual::fixed($zh, $doc.trim_ascii()),
                        unit: $unit,
                        default: $default,
                        min: *range.start(),
                        max: *range.end(),
                        origin: $crate::sim::card::Origin::$origin,
                        source: $crate::base::text::Bilingual::fixed($source_zh, $source),
                    }
                }, )* ]
            }

            /// The value of a field by name.
            pub fn get(&self, field: &str) -> Option<u32> {
                match field { $( stringify!($field) => Some(self.$field), )* _ => None }
            }

            /// The field of that name, to be written after its range was checked.
            pub(crate) fn slot(&mut self, field: &str) -> Option<&mut u32> {
                match field { $( stringify!($field) => Some(&mut self.$field), )* _ => None }
            }

            /// Every value, in card order.
            pub fn values(&self) -> Vec<u32> {
                vec![ $( self.$field, )* ]
            }
        }
    };
}

/// Declares an enum whose variants have a name in files and a label in both
/// languages. The English label is the variant's doc comment.
#[macro_export]
#[doc(hidden)]
macro_rules! named_enum {
    ($(#[doc = $tdoc:literal])* $name:ident { $( #[doc = $doc:literal] $variant:ident, $zh:literal; )* }) => {
        $(#[doc = $tdoc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[repr(u8)]
        pub enum $name { $( #[doc = $doc] $variant, )* }

        impl $name {
            /// Every variant, in order.
            pub const ALL: [Self; [$( stringify!($variant) ),*].len()] = [$( Self::$variant ),*];

            /// What it is called.
            pub fn label(self) -> $crate::base::text::Bilingual {
                match self { $( Self::$variant => $crate::base::text::Bilingual::fixed($zh, $doc.trim_ascii()), )* }
            }

            /// The variant of a name in files.
            pub fn named(name: &str) -> Option<Self> {
                Self::ALL.into_iter().find(|v| v.name() == name)
            }

            /// Its name in files.
            pub const fn name(self) -> &'static str {
                match self { $( Self::$variant => stringify!($variant), )* }
            }
        }
    };
}
