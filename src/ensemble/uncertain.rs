//! Two bands in plain words: chance alone, and chance with parameters.
//!
//! Floor 2. Reads two spreads and the parts of the variance; makes a sentence. The
//! first band is that of ordinary runs with every number at its usual value; for the
//! second, numbers that are not known exactly were drawn from their ranges as well.

use super::nested::VarianceParts;
use super::rounding::outwards;
use super::sentence::{ENOUGH_FOR_A_BAND, between_en, between_zh};
use super::stats::spread::Spread;
use crate::base::text::{Bilingual, grouped};

const PERCENT: f64 = 100.0;

/// What chance does alone, and what it does together with parameters.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TwoBands {
    /// With every number at its usual value.
    pub chance: Spread,
    /// With numbers drawn from their ranges.
    pub both: Spread,
    /// How the variance of the latter splits; `None` where too little was run.
    pub parts: Option<VarianceParts>,
    /// The share of parameters in nine of ten designs.
    pub share_interval: Option<[f64; 2]>,
    /// How many numbers were drawn.
    pub knobs: usize,
    /// Whether the spreads are of what a measure changed.
    pub paired: bool,
}

fn whole_percent(x: f64) -> String {
    format!("{:.0}", x * PERCENT)
}

impl TwoBands {
    /// The sentence. `quantity` is a name inside it: `infections`, `感染人数`.
    pub fn sentence(&self, quantity: &Bilingual) -> Bilingual {
        let Some(parts) = self.parts.filter(|_| self.both.count >= ENOUGH_FOR_A_BAND) else {
            return Bilingual::fixed(
                "取参数的次数太少，分不开偶然和参数。",
                "Too few parameters were drawn to tell chance and parameters apart.",
            );
        };
        let ends = |s: &Spread| outwards(s.ninety);
        let (chance, both) = (ends(&self.chance), ends(&self.both));
        let zh_range = |ends: [i64; 2]| {
            if self.paired { between_zh(ends) } else { format!("在{}之间", spans(ends, "到")) }
        };
        let en_range = |ends: [i64; 2]| {
            if self.paired {
                format!("{} {}", between_en(ends), quantity.en)
            } else {
                format!("{} {}", spans(ends, " to "), quantity.en)
            }
        };
        let (tens_zh, tens_en) = if self.paired {
            ("十对里有九对", "pairs")
        } else {
            ("十次里有九次", "runs")
        };
        let (share_zh, share_en) = self.shares(parts);
        let knobs = grouped(self.knobs as u64);
        Bilingual::new(
            format!(
                "只有偶然在变时，{tens_zh}的{}{}；{knobs}个拿不准的参数也在各自的范围里变时，{}。{share_zh}",
                quantity.zh,
                zh_range(chance),
                zh_range(both),
            ),
            format!(
                "Where only chance varies, nine {tens_en} in ten have {}; where {knobs} numbers that are not known exactly vary over their ranges as well, {}. {share_en}",
                en_range(chance),
                en_range(both),
            ),
        )
    }

    fn shares(&self, parts: VarianceParts) -> (String, String) {
        if parts.between + parts.within <= 0.0 {
            return (
                "两种情形都没有差异可分。".to_owned(),
                "There is no variance to share out.".to_owned(),
            );
        }
        let share = whole_percent(parts.share_between());
        let [low, high] = self.share_interval.unwrap_or([0.0, 1.0]).map(whole_percent);
        (
            format!("方差里约{share} %来自参数（{low}到{high} %），其余来自偶然。"),
            format!(
                "About {share} % of the variance is due to the numbers ({low} to {high} %), the rest to chance."
            ),
        )
    }
}

fn spans([low, high]: [i64; 2], word: &str) -> String {
    format!("{}{word}{}", grouped(low.unsigned_abs()), grouped(high.unsigned_abs()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const CASES: Bilingual = Bilingual::fixed("感染人数", "infections");

    fn bands(paired: bool) -> TwoBands {
        TwoBands {
            chance: Spread::of((0..=100).collect()).unwrap(),
            both: Spread::of((0..=1000).map(|x| 2 * x).collect()).unwrap(),
            parts: Some(VarianceParts { between: 3.0, within: 1.0 }),
            share_interval: Some([0.6, 0.851]),
            knobs: 17,
            paired,
        }
    }

    #[test]
    fn the_two_bands_and_the_share_are_one_sentence() {
        let said = bands(false).sentence(&CASES);
        assert_eq!(
            said.en,
            "Where only chance varies, nine runs in ten have 5 to 95 infections; where 17 numbers that are not known exactly vary over their ranges as well, 100 to 1,900 infections. About 75 % of the variance is due to the numbers (60 to 85 %), the rest to chance."
        );
        assert_eq!(
            said.zh,
            "只有偶然在变时，十次里有九次的感染人数在5到95之间；17个拿不准的参数也在各自的范围里变时，在100到1,900之间。方差里约75 %来自参数（60到85 %），其余来自偶然。"
        );
        let said = bands(true).sentence(&CASES);
        assert!(said.en.contains("nine pairs in ten have 5 to 95 fewer infections"), "{}", said.en);
        assert!(said.zh.contains("十对里有九对的感染人数减少5到95"), "{}", said.zh);
    }

    #[test]
    fn too_little_is_called_too_little_and_no_variance_none() {
        let few = TwoBands { parts: None, ..bands(false) };
        assert!(few.sentence(&CASES).en.starts_with("Too few"));
        let none = VarianceParts { between: 0.0, within: 0.0 };
        let same = TwoBands { parts: Some(none), ..bands(false) };
        assert!(same.sentence(&CASES).zh.ends_with("没有差异可分。"));
    }
}
