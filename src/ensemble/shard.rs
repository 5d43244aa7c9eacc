//! One large ensemble on many machines: who runs what.
//!
//! Floor 2. Reads `i/n`; owns [`Shard`]. Shard i of n runs the i-th of n stretches
//! of the run list, alike to one run; which runs these are depends on nothing else.

use std::ops::Range;
use std::str::FromStr;

use crate::base::text::Bilingual;

/// Part `index` of `count`, counted from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Shard {
    index: u32,
    count: u32,
}

/// Text that names no shard.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no shard; write 1/4 for the first of four")]
pub struct NoShard(String);

impl NoShard {
    /// The sentence for people.
    pub fn sentence(&self) -> Bilingual {
        Bilingual::new(
            format!("“{}”看不出是第几片：四片中的第一片写作 1/4", self.0),
            format!("`{}` is no shard; write 1/4 for the first of four", self.0),
        )
    }
}

impl Shard {
    /// Everything in one part.
    pub const WHOLE: Self = Self { index: 1, count: 1 };

    /// The runs of this part, out of so many.
    pub fn runs(self, all: u32) -> Range<u32> {
        let at = |part: u32| (u64::from(all) * u64::from(part) / u64::from(self.count)) as u32;
        at(self.index - 1)..at(self.index)
    }
}

impl FromStr for Shard {
    type Err = NoShard;

    fn from_str(text: &str) -> Result<Self, NoShard> {
        let no = || NoShard(text.to_owned());
        let (index, count) = text.split_once('/').ok_or_else(no)?;
        let number = |s: &str| s.trim().parse::<u32>().map_err(|_| no());
        let shard = Self { index: number(index)?, count: number(count)? };
        if (1..=shard.count).contains(&shard.index) { Ok(shard) } else { Err(no()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn ten_runs_in_four_parts() {
        let runs = |text: &str| text.parse::<Shard>().unwrap().runs(10);
        assert_eq!(["1/4", "2/4", "3/4", "4/4"].map(runs), [0..2, 2..5, 5..7, 7..10]);
        assert_eq!(Shard::WHOLE.runs(10), 0..10);
    }

    #[test]
    fn what_is_no_shard_is_told_in_both_languages() {
        for text in ["0/4", "5/4", "1", "1/0", "a/b", "-1/4", ""] {
            let no = text.parse::<Shard>().unwrap_err().sentence();
            assert!(no.zh.contains("1/4") && no.en.contains("1/4"));
        }
    }

    proptest! {
        #[test]
        fn parts_make_up_the_whole_and_are_alike(all in 0_u32..100_000, count in 1_u32..300) {
            let mut next = 0;
            for index in 1..=count {
                let runs = Shard { index, count }.runs(all);
                prop_assert_eq!(runs.start, next);
                prop_assert!(runs.len() as u32 <= all / count + 1);
                next = runs.end;
            }
            prop_assert_eq!(next, all);
        }
    }
}
