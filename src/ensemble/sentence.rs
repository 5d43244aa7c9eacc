//! One plain sentence for people, with a range.
//!
//! Floor 2. Reads a paired summary; owns [`Told`]. How many pairs there are comes
//! first, then the range, then in how many the outbreak died out by itself and in
//! how many nothing changed. There is never a number without its range, and a pair
//! of runs that shows nothing is never taken for proof.

use super::rounding::{nearest, outwards};
use super::stats::paired::PairedSummary;
use crate::base::text::{Bilingual, Lang, grouped};

/// What is said beneath every result.
pub const TEACHING: Bilingual =
    Bilingual::fixed("这是教学用的模型，不是预测。", "This is a teaching model, no forecast.");

/// Fewer pairs have no band of nine in ten: then the range is that of all pairs.
pub const ENOUGH_FOR_A_BAND: u32 = 20;

/// A result in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// The sentence.
    pub sentence: Bilingual,
}

impl Told {
    /// The sentence and what is said beneath it, on two lines.
    pub fn text(&self, lang: Lang) -> String {
        format!("{}\n{}", self.sentence.get(lang), TEACHING.get(lang))
    }
}

/// What a measure changed. `measure` and `quantity` are names inside a sentence:
/// `the gates`, `门岗`; `infections`, `感染人数`. No summary: nothing was run.
pub fn tell(summary: Option<&PairedSummary>, measure: &Bilingual, quantity: &Bilingual) -> Told {
    let sentence = match summary {
        None => Bilingual::fixed(
            "还没有运行，说不出结果。",
            "Nothing has been run yet, so nothing can be said.",
        ),
        Some(s) if s.pairs == 1 => Bilingual::new(
            format!("只运行了1对，看不出范围：一对只是一个例子，至少要运行{ENOUGH_FOR_A_BAND}对。"),
            format!(
                "Only one pair of runs was made, and one pair is an example without a range; make at least {ENOUGH_FOR_A_BAND}."
            ),
        ),
        Some(s) if s.empty == s.pairs && s.died_out_without.of > 0 => nothing_to_see(s, measure),
        Some(s) => {
            Bilingual::new(zh(s, &measure.zh, &quantity.zh), en(s, &measure.en, &quantity.en))
        }
    };
    Told { sentence }
}

/// Runs without a case prove nothing about a measure.
fn nothing_to_see(s: &PairedSummary, measure: &Bilingual) -> Bilingual {
    let pairs = grouped(s.pairs.into());
    Bilingual::new(
        format!("一共运行{pairs}对，没有一对出现病例，所以看不出{}有没有用。", measure.zh),
        format!(
            "In {pairs} pairs of runs there was not a single case, so they cannot show whether {} made any difference.",
            measure.en
        ),
    )
}

/// The range that is told: nine pairs in ten, or all of a few.
struct Range {
    low: i64,
    high: i64,
    middle: i64,
    of_all: bool,
}

impl Range {
    fn of(s: &PairedSummary) -> Self {
        let d = &s.difference;
        let of_all = s.pairs < ENOUGH_FOR_A_BAND;
        let ends = if of_all { [d.least as f64, d.most as f64] } else { d.ninety };
        let [low, high] = outwards(ends);
        Self { low, high, middle: nearest(d.median), of_all }
    }
}

fn number(x: i64) -> String {
    grouped(x.unsigned_abs())
}

fn en(s: &PairedSummary, measure: &str, quantity: &str) -> String {
    let pairs = grouped(s.pairs.into());
    let died = match s.died_out_without.count {
        // No outbreak, nothing that could die out.
        _ if s.died_out_without.of == 0 => String::new(),
        0 => {
            format!(
                "; in none of them would the outbreak have died out by itself without {measure}"
            )
        }
        n => format!(
            "; in {} the outbreak died out by itself even without {measure}",
            if n == s.pairs {
                "every one".to_owned()
            } else {
                format!("{} of {pairs}", grouped(n.into()))
            }
        ),
    };
    format!("In {pairs} pairs of runs, {}{died}{}.", en_change(s, measure, quantity), en_seeds(s))
}

fn en_change(s: &PairedSummary, measure: &str, quantity: &str) -> String {
    if s.seeds.same == s.pairs {
        return format!("{measure} never changed the number of {quantity}");
    }
    let range = Range::of(s);
    let Range { low, high, middle, of_all } = range;
    let most = if of_all { "in all of them" } else { "in nine pairs of ten" };
    let way = |x: i64| if x < 0 { "more" } else { "fewer" };
    let about = match middle {
        0 => "no difference in the middle pair".to_owned(),
        x => format!("about {} {} in the middle pair", number(x), way(x)),
    };
    let between = match (low, high) {
        (0, 0) => return en_rare(s, measure, quantity),
        (a, b) if a == b => {
            return format!(
                "{measure} left {} {} {quantity} {most}, too much alike to give a range",
                number(a),
                way(a)
            );
        }
        ends => between_en(ends.into()),
    };
    format!("{measure} left {between} {quantity} {most} ({about})")
}

/// `3 to 9 fewer`, `between 7 more and 200 fewer`: a range of *without* minus *with*.
pub fn between_en([low, high]: [i64; 2]) -> String {
    match (low, high) {
        (0, 0) => "no difference".to_owned(),
        (a, b) if a < 0 && b > 0 => format!("between {} more and {} fewer", number(a), number(b)),
        (a, b) if b <= 0 => format!("{} to {} more", number(b), number(a)),
        (a, b) => format!("{} to {} fewer", number(a), number(b)),
    }
}

/// The same in Chinese.
pub fn between_zh([low, high]: [i64; 2]) -> String {
    match (low, high) {
        (0, 0) => "没有差别".to_owned(),
        (a, b) if a < 0 && b > 0 => format!("从增加{}到减少{}不等", number(a), number(b)),
        (a, b) if b <= 0 => format!("增加{}到{}", number(b), number(a)),
        (a, b) => format!("减少{}到{}", number(a), number(b)),
    }
}

/// Nine pairs in ten are the same, and some are not.
fn en_rare(s: &PairedSummary, measure: &str, quantity: &str) -> String {
    let [low, high] = outwards([s.difference.least as f64, s.difference.most as f64]);
    let others = match (low, high) {
        (0, b) => format!("up to {} fewer", number(b)),
        (a, 0) => format!("up to {} more", number(a)),
        (a, b) => format!("from {} more to {} fewer", number(a), number(b)),
    };
    format!(
        "{measure} left the number of {quantity} as it was in nine pairs of ten (in the others {others})"
    )
}

fn en_seeds(s: &PairedSummary) -> String {
    let same = match s.seeds.same {
        n if n == s.pairs => return String::new(),
        0 => "; every pair changed".to_owned(),
        n => format!("; in {} nothing changed", grouped(n.into())),
    };
    match s.seeds.worse {
        0 => same,
        n => format!("{same}, and in {} there were more", grouped(n.into())),
    }
}

fn zh(s: &PairedSummary, measure: &str, quantity: &str) -> String {
    let pairs = grouped(s.pairs.into());
    let died = match s.died_out_without.count {
        _ if s.died_out_without.of == 0 => String::new(),
        0 => format!("；没有{measure}，没有一对的疫情会自行平息"),
        n if n == s.pairs => format!("；就算没有{measure}，每一对的疫情也都会自行平息"),
        n => format!("；其中{}对就算没有{measure}，疫情也会自行平息", grouped(n.into())),
    };
    format!("一共运行{pairs}对：{}{died}{}。", zh_change(s, measure, quantity), zh_seeds(s))
}

fn zh_change(s: &PairedSummary, measure: &str, quantity: &str) -> String {
    if s.seeds.same == s.pairs {
        return format!("有没有{measure}，{quantity}都没有变化");
    }
    let Range { low, high, middle, of_all } = Range::of(s);
    let most = if of_all { "每一对" } else { "十对里有九对" };
    let way = |x: i64| if x < 0 { "增加" } else { "减少" };
    let about = match middle {
        0 => "居中的一对没有差别".to_owned(),
        x => format!("居中的一对约{}{}", way(x), number(x)),
    };
    let between = match (low, high) {
        (0, 0) => return zh_rare(s, measure, quantity),
        (a, b) if a == b => {
            return format!(
                "有了{measure}，{most}的{quantity}{}{}，对对一样，看不出范围",
                way(a),
                number(a)
            );
        }
        ends => between_zh(ends.into()),
    };
    format!("有了{measure}，{most}的{quantity}{between}（{about}）")
}

fn zh_rare(s: &PairedSummary, measure: &str, quantity: &str) -> String {
    let [low, high] = outwards([s.difference.least as f64, s.difference.most as f64]);
    let others = match (low, high) {
        (0, b) => format!("最多减少{}", number(b)),
        (a, 0) => format!("最多增加{}", number(a)),
        (a, b) => format!("从增加{}到减少{}不等", number(a), number(b)),
    };
    format!("有了{measure}，十对里有九对的{quantity}没有变化（其余各对{others}）")
}

fn zh_seeds(s: &PairedSummary) -> String {
    if s.seeds.same == s.pairs {
        return String::new();
    }
    let same = match s.seeds.same {
        0 => "；每一对都有变化".to_owned(),
        n => format!("；有{}对毫无变化", grouped(n.into())),
    };
    match s.seeds.worse {
        0 => same,
        n => format!("{same}，有{}对反而增加", grouped(n.into())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ensemble::stats::paired::tests::pairs;

    const GATES: Bilingual = Bilingual::fixed("门岗", "the gates");
    const CASES: Bilingual = Bilingual::fixed("感染人数", "infections");

    fn told(cases: &[(u64, u64)]) -> [String; 2] {
        let summary = pairs(cases).summary(0);
        let told = tell(summary.as_ref(), &GATES, &CASES);
        Lang::ALL.map(|lang| told.text(lang))
    }

    #[track_caller]
    fn says(cases: &[(u64, u64)], zh: &str, en: &str) {
        let [found_zh, found_en] = told(cases);
        assert_eq!(found_zh, format!("{zh}\n这是教学用的模型，不是预测。"));
        assert_eq!(found_en, format!("{en}\nThis is a teaching model, no forecast."));
    }

    fn many(parts: &[(usize, (u64, u64))]) -> Vec<(u64, u64)> {
        parts.iter().flat_map(|&(n, pair)| vec![pair; n]).collect()
    }

    #[test]
    fn the_sentence_of_two_hundred_pairs() {
        let cases = many(&[(120, (4, 4)), (53, (9, 6)), (24, (1234, 111)), (3, (20, 24))]);
        says(
            &cases,
            "一共运行200对：有了门岗，十对里有九对的感染人数减少0到1,200（居中的一对没有差别）；其中173对就算没有门岗，疫情也会自行平息；有120对毫无变化，有3对反而增加。",
            "In 200 pairs of runs, the gates left 0 to 1,200 fewer infections in nine pairs of ten (no difference in the middle pair); in 173 of 200 the outbreak died out by itself even without the gates; in 120 nothing changed, and in 3 there were more.",
        );
    }

    #[test]
    fn a_range_that_lies_on_both_sides_says_so() {
        let cases = many(&[(10, (50, 57)), (20, (100, 68)), (10, (300, 100))]);
        says(
            &cases,
            "一共运行40对：有了门岗，十对里有九对的感染人数从增加7到减少200不等（居中的一对约减少32）；没有门岗，没有一对的疫情会自行平息；每一对都有变化，有10对反而增加。",
            "In 40 pairs of runs, the gates left between 7 more and 200 fewer infections in nine pairs of ten (about 32 fewer in the middle pair); in none of them would the outbreak have died out by itself without the gates; every pair changed, and in 10 there were more.",
        );
    }

    #[test]
    fn no_cases_at_all_prove_nothing() {
        says(
            &many(&[(200, (0, 0))]),
            "一共运行200对，没有一对出现病例，所以看不出门岗有没有用。",
            "In 200 pairs of runs there was not a single case, so they cannot show whether the gates made any difference.",
        );
    }

    #[test]
    fn where_all_died_out_and_nothing_changed_no_credit_is_given() {
        says(
            &many(&[(30, (3, 3))]),
            "一共运行30对：有没有门岗，感染人数都没有变化；就算没有门岗，每一对的疫情也都会自行平息。",
            "In 30 pairs of runs, the gates never changed the number of infections; in every one the outbreak died out by itself even without the gates.",
        );
    }

    #[test]
    fn one_pair_is_an_example_and_no_pair_is_nothing() {
        let [zh, en] = told(&[(90, 3)]);
        assert!(zh.starts_with("只运行了1对，看不出范围") && !zh.contains("87"), "{zh}");
        assert!(en.starts_with("Only one pair of runs was made") && !en.contains("87"), "{en}");
        let [zh, en] = told(&[]);
        assert!(zh.starts_with("还没有运行") && en.starts_with("Nothing has been run yet"));
    }

    #[test]
    fn a_few_pairs_tell_the_range_of_all() {
        let [zh, en] = told(&[(90, 3), (20, 18), (11, 11)]);
        assert!(zh.contains("每一对的感染人数减少0到87（居中的一对约减少2）"), "{zh}");
        assert!(en.contains("0 to 87 fewer infections in all of them"), "{en}");
    }

    #[test]
    fn pairs_that_are_all_alike_say_that_they_give_no_range() {
        let [zh, en] = told(&many(&[(40, (30, 18))]));
        assert!(zh.contains("减少12，对对一样，看不出范围"), "{zh}");
        assert!(
            en.contains("12 fewer infections in nine pairs of ten, too much alike to give a range"),
            "{en}"
        );
    }

    #[test]
    fn harm_is_called_more_and_a_rare_difference_rare() {
        let [zh, en] = told(&many(&[(20, (20, 25)), (20, (20, 32))]));
        assert!(zh.contains("感染人数增加5到12（居中的一对约增加9）"), "{zh}");
        assert!(en.contains("5 to 12 more infections in nine pairs of ten (about 9 more"), "{en}");
        let [zh, en] = told(&many(&[(99, (20, 20)), (1, (500, 20))]));
        assert!(zh.contains("十对里有九对的感染人数没有变化（其余各对最多减少480）"), "{zh}");
        assert!(
            en.contains("as it was in nine pairs of ten (in the others up to 480 fewer)"),
            "{en}"
        );
    }
}
