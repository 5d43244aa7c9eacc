//! Identities: newtypes around `u32`, ordered, printed as the files write them.
//!
//! Floor 0. An id counts from 0 inside the program and from 1 on paper:
//! `HouseholdId(416)` is written `H0417`.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A text that is not an id of the kind asked for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is not an id; expected {prefix} and a number from 1, such as {example}")]
pub struct IdError {
    /// What was written.
    pub text: String,
    /// The letter an id of this kind begins with.
    pub prefix: char,
    /// A well-formed example.
    pub example: String,
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $prefix:literal, $width:literal) => {
        $(#[$doc])*
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
        )]
        #[serde(transparent)]
        pub struct $name(pub u32);

        impl $name {
            /// The letter that ids of this kind begin with.
            pub const PREFIX: char = $prefix;

            /// Position in a table indexed by this id.
            #[inline]
            pub const fn index(self) -> usize {
                self.0 as usize
            }

            /// The id at a position of its table.
            #[inline]
            pub const fn from_index(index: usize) -> Self {
                Self(index as u32)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!("{}{:0", $width, "}"), $prefix, u64::from(self.0) + 1)
            }
        }

        impl FromStr for $name {
            type Err = IdError;

            fn from_str(text: &str) -> Result<Self, IdError> {
                text.strip_prefix($prefix)
                    .filter(|digits| digits.bytes().all(|b| b.is_ascii_digit()))
                    .and_then(|digits| digits.parse::<u32>().ok())
                    .and_then(|number| number.checked_sub(1))
                    .map(Self)
                    .ok_or_else(|| IdError {
                        text: text.to_owned(),
                        prefix: $prefix,
                        example: Self(0).to_string(),
                    })
            }
        }
    };
}

id!(
    /// A household (户): one square on the board.
    HouseholdId, 'H', 4
);
id!(
    /// A person who lives in a household, at home or away.
    PersonId, 'P', 5
);
id!(
    /// A courtyard or a building (院, 楼): one block on the board.
    CompoundId, 'C', 3
);
id!(
    /// A lane or street (胡同, 大街): one section of the board.
    WayId, 'W', 2
);
id!(
    /// A lane mouth that can be open, staffed or sealed (胡同口).
    MouthId, 'M', 1
);
id!(
    /// Somebody who works for the community: staff first, then volunteers in
    /// the order in which they joined.
    WorkerId, 'K', 3
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_read_back_as_it_was_written() {
        for n in [0, 1, 416, 1999, 199_999] {
            let id = HouseholdId(n);
            assert_eq!(id.to_string().parse(), Ok(id));
        }
        assert_eq!(HouseholdId(416).to_string(), "H0417");
        assert_eq!(MouthId(7).to_string(), "M8");
    }

    #[test]
    fn what_is_no_id_is_refused() {
        for text in ["", "H", "H0", "h0417", "H-1", "H+1", "H04x", "C001", "H99999999999"] {
            assert!(text.parse::<HouseholdId>().is_err(), "{text}");
        }
    }
}
