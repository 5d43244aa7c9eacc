//! One plain sentence for people, with a range.
//!
//! Floor 2. Reads a paired summary; owns [`Told`]. How many pairs there are comes
//! first, then the range, then in how many the outbreak died out even without the
//! measure and in how many nothing changed. There is never a number without its range,
//! and a pair of runs that shows nothing is never taken for proof. Only an outbreak that
//! is over has died out: a run without a case is told apart, and so is one that goes on.

use super::rounding::{nearest, outwards};
use super::stats::endings::Endings;
use super::stats::paired::PairedSummary;
use super::stats::spread::Spread;
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

/// What is counted: pairs of runs, or seeds of which each was run many times.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Pairs.
    Pair,
    /// Seeds.
    Seed,
}

impl Unit {
    const fn en(self) -> &'static str {
        match self {
            Self::Pair => "pair",
            Self::Seed => "seed",
        }
    }

    const fn zh(self) -> &'static str {
        match self {
            Self::Pair => "对",
            Self::Seed => "个",
        }
    }

    const fn ten_zh(self) -> &'static str {
        match self {
            Self::Pair => "十对里有九对",
            Self::Seed => "十个种子里有九个",
        }
    }

    /// `1 pair`, `1,200 pairs`.
    fn counted(self, n: u32) -> String {
        format!("{} {}{}", grouped(n.into()), self.en(), if n == 1 { "" } else { "s" })
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

/// The range that is told: nine in ten, or all of a few.
struct Range {
    low: i64,
    high: i64,
    middle: i64,
    of_all: bool,
}

impl Range {
    fn of(d: &Spread) -> Self {
        let of_all = d.count < ENOUGH_FOR_A_BAND;
        let ends = if of_all { all_of(d) } else { d.ninety };
        let [low, high] = outwards(ends);
        Self { low, high, middle: nearest(d.median), of_all }
    }
}

fn all_of(d: &Spread) -> [f64; 2] {
    [d.least as f64, d.most as f64]
}

fn number(x: i64) -> String {
    grouped(x.unsigned_abs())
}

/// How the small outbreaks of some runs ended: `the outbreak died out, with fewer than ten
/// cases, in 45 of 200 (83 more had no case at all)`.
pub fn died_en(e: &Endings) -> String {
    let runs = grouped(e.runs.into());
    let share = |n: u32| match n {
        n if n == e.runs => "every one".to_owned(),
        n => format!("{} of {runs}", grouped(n.into())),
    };
    if e.none == e.runs {
        return "there was no case at all in any of them".to_owned();
    }
    let Some(died) = e.died_out else {
        return match e.below_ten() {
            0 => "none stayed below ten cases".to_owned(),
            n => format!("{} stayed below ten cases", share(n)),
        };
    };
    let (clause, more) = match died {
        0 => ("the outbreak died out in none of them".to_owned(), ""),
        n => {
            (format!("the outbreak died out, with fewer than ten cases, in {}", share(n)), " more")
        }
    };
    let open = e.few - died;
    let others =
        [(e.none, "had no case at all"), (open, "had fewer than ten and still went on at the end")];
    let others = others.iter().filter(|(n, _)| *n > 0);
    let others: Vec<String> =
        others.map(|(n, what)| format!("{}{more} {what}", grouped((*n).into()))).collect();
    if others.is_empty() { clause } else { format!("{clause} ({})", others.join(", ")) }
}

/// The same in Chinese; `also` is 也 behind a condition, and nothing otherwise.
pub fn died_zh(e: &Endings, also: &str) -> String {
    if e.none == e.runs {
        return format!("{also}次次没有一例");
    }
    let Some(died) = e.died_out else {
        return match e.below_ten() {
            0 => "没有一次不到十例".to_owned(),
            n if n == e.runs => format!("{also}次次不到十例"),
            n => format!("{also}有{}次不到十例", grouped(n.into())),
        };
    };
    let (clause, more) = match died {
        0 => ("没有一次疫情平息".to_owned(), ""),
        n if n == e.runs => (format!("疫情{also}次次不到十例就平息"), ""),
        n => (format!("{also}有{}次疫情不到十例就平息", grouped(n.into())), "另"),
    };
    let open = e.few - died;
    let others = [(e.none, "次一例也没有"), (open, "次不到十例、到最后还没有结束")];
    let others = others.iter().filter(|(n, _)| *n > 0);
    let others: Vec<String> =
        others.map(|(n, what)| format!("{more}有{}{what}", grouped((*n).into()))).collect();
    if others.is_empty() { clause } else { format!("{clause}（{}）", others.join("，")) }
}

/// Whether there was anything that a measure's absence did not harm.
fn even(e: &Endings) -> bool {
    e.died_out.map_or(e.below_ten() > 0, |n| n > 0 || e.none == e.runs)
}

fn en(s: &PairedSummary, measure: &str, quantity: &str) -> String {
    let pairs = grouped(s.pairs.into());
    let e = &s.endings_without;
    let even = if even(e) { "even " } else { "" };
    let died = match e.runs {
        // No outbreak, nothing that could die out.
        0 => String::new(),
        _ => format!("; {even}without {measure} {}", died_en(e)),
    };
    let change = if s.seeds.same == s.pairs {
        format!("{measure} never changed the number of {quantity}")
    } else {
        left_en(measure, quantity, &s.difference, Unit::Pair)
    };
    let more = match s.seeds.worse {
        0 => String::new(),
        n => format!(", and in {} there were more", grouped(n.into())),
    };
    let same = unchanged_en(s.seeds.same, s.pairs, Unit::Pair);
    format!("In {pairs} pairs of runs, {change}{died}{same}{more}.")
}

/// `; in 120 pairs nothing changed`; nothing where that is all that can be said.
pub fn unchanged_en(same: u32, of: u32, unit: Unit) -> String {
    match same {
        n if n == of => String::new(),
        0 => format!("; every {} changed", unit.en()),
        n => format!("; in {} nothing changed", unit.counted(n)),
    }
}

/// The same in Chinese.
pub fn unchanged_zh(same: u32, of: u32, unit: Unit) -> String {
    match same {
        n if n == of => String::new(),
        0 => format!("；每一{}都有变化", unit.zh()),
        n => format!("；有{}{}毫无变化", grouped(n.into()), unit.zh()),
    }
}

/// `the gates left 3 to 9 fewer infections in nine pairs of ten (about 5 fewer in the
/// middle pair)`, of differences without minus with that are not all 0.
pub fn left_en(measure: &str, quantity: &str, d: &Spread, unit: Unit) -> String {
    let Range { low, high, middle, of_all } = Range::of(d);
    let unit = unit.en();
    let most = if of_all { "in all of them".to_owned() } else { format!("in nine {unit}s of ten") };
    let way = |x: i64| if x < 0 { "more" } else { "fewer" };
    let about = match middle {
        0 => format!("no difference in the middle {unit}"),
        x => format!("about {} {} in the middle {unit}", number(x), way(x)),
    };
    match [low, high] {
        // Nine in ten are the same, and some are not.
        [0, 0] => {
            let others = match outwards(all_of(d)) {
                [0, b] => format!("up to {} fewer", number(b)),
                [a, 0] => format!("up to {} more", number(a)),
                [a, b] => format!("from {} more to {} fewer", number(a), number(b)),
            };
            format!(
                "{measure} left the number of {quantity} as it was in nine {unit}s of ten (in the others {others})"
            )
        }
        [a, b] if a == b => format!(
            "{measure} left {} {} {quantity} {most}, too much alike to give a range",
            number(a),
            way(a)
        ),
        ends => format!("{measure} left {} {quantity} {most} ({about})", between_en(ends)),
    }
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

fn zh(s: &PairedSummary, measure: &str, quantity: &str) -> String {
    let pairs = grouped(s.pairs.into());
    let e = &s.endings_without;
    let died = match e.runs {
        0 => String::new(),
        _ if even(e) => format!("；就算没有{measure}，{}", died_zh(e, "也")),
        _ => format!("；没有{measure}时，{}", died_zh(e, "")),
    };
    let change = if s.seeds.same == s.pairs {
        format!("有没有{measure}，{quantity}都没有变化")
    } else {
        left_zh(&format!("有了{measure}"), quantity, &s.difference, Unit::Pair)
    };
    let more = match s.seeds.worse {
        0 => String::new(),
        n => format!("，有{}对反而增加", grouped(n.into())),
    };
    let same = unchanged_zh(s.seeds.same, s.pairs, Unit::Pair);
    format!("一共运行{pairs}对：{change}{died}{same}{more}。")
}

/// [`left_en`] in Chinese; `with` is the whole condition, such as `有了门岗`.
pub fn left_zh(with: &str, quantity: &str, d: &Spread, unit: Unit) -> String {
    let Range { low, high, middle, of_all } = Range::of(d);
    let one = unit.zh();
    let most = if of_all { format!("每一{one}") } else { unit.ten_zh().to_owned() };
    let way = |x: i64| if x < 0 { "增加" } else { "减少" };
    let about = match middle {
        0 => format!("居中的一{one}没有差别"),
        x => format!("居中的一{one}约{}{}", way(x), number(x)),
    };
    match [low, high] {
        [0, 0] => {
            let others = match outwards(all_of(d)) {
                [0, b] => format!("最多减少{}", number(b)),
                [a, 0] => format!("最多增加{}", number(a)),
                [a, b] => format!("从增加{}到减少{}不等", number(a), number(b)),
            };
            format!("{with}，{most}的{quantity}没有变化（其余各{one}{others}）")
        }
        [a, b] if a == b => {
            format!("{with}，{most}的{quantity}{}{}，{one}{one}一样，看不出范围", way(a), number(a))
        }
        ends => format!("{with}，{most}的{quantity}{}（{about}）", between_zh(ends)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ensemble::pairs::{Pair, Pairs};
    use crate::ensemble::runs::Seeds;
    use crate::ensemble::stats::endings::tests::{run, told_shape};
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
            "一共运行200对：有了门岗，十对里有九对的感染人数减少0到1,200（居中的一对没有差别）；就算没有门岗，也有173次不到十例；有120对毫无变化，有3对反而增加。",
            "In 200 pairs of runs, the gates left 0 to 1,200 fewer infections in nine pairs of ten (no difference in the middle pair); even without the gates 173 of 200 stayed below ten cases; in 120 pairs nothing changed, and in 3 there were more.",
        );
    }

    #[test]
    fn a_range_that_lies_on_both_sides_says_so() {
        let cases = many(&[(10, (50, 57)), (20, (100, 68)), (10, (300, 100))]);
        says(
            &cases,
            "一共运行40对：有了门岗，十对里有九对的感染人数从增加7到减少200不等（居中的一对约减少32）；没有门岗时，没有一次不到十例；每一对都有变化，有10对反而增加。",
            "In 40 pairs of runs, the gates left between 7 more and 200 fewer infections in nine pairs of ten (about 32 fewer in the middle pair); without the gates none stayed below ten cases; every pair changed, and in 10 there were more.",
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
    fn where_all_stayed_small_and_nothing_changed_no_credit_is_given() {
        says(
            &many(&[(30, (3, 3))]),
            "一共运行30对：有没有门岗，感染人数都没有变化；就算没有门岗，也次次不到十例。",
            "In 30 pairs of runs, the gates never changed the number of infections; even without the gates every one stayed below ten cases.",
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

    /// Cases and the day of infection without, cases with.
    fn ended(runs: &[(u32, usize, u32)]) -> Bilingual {
        let seeds = Seeds { first: 1, count: runs.len() as u32 };
        let mut pairs = Pairs::new(told_shape(), seeds);
        for &(without, day, with) in runs {
            pairs.push(&Pair { without: run(without, day), with: run(with, day) });
        }
        tell(pairs.summary(0).as_ref(), &GATES, &CASES).sentence
    }

    #[test]
    fn only_what_is_over_has_died_out() {
        let mut runs = vec![(3, 0, 3); 12];
        runs.extend(vec![(0, 0, 0); 5]);
        runs.extend(vec![(4, 18, 2); 2]);
        runs.extend(vec![(60, 0, 40); 3]);
        let said = ended(&runs);
        assert_eq!(
            said.en,
            "In 22 pairs of runs, the gates left 0 to 20 fewer infections in nine pairs of ten (no difference in the middle pair); even without the gates the outbreak died out, with fewer than ten cases, in 12 of 22 (5 more had no case at all, 2 more had fewer than ten and still went on at the end); in 17 pairs nothing changed."
        );
        assert_eq!(
            said.zh,
            "一共运行22对：有了门岗，十对里有九对的感染人数减少0到20（居中的一对没有差别）；就算没有门岗，也有12次疫情不到十例就平息（另有5次一例也没有，另有2次不到十例、到最后还没有结束）；有17对毫无变化。"
        );
    }

    #[test]
    fn runs_without_a_case_and_runs_that_go_on_did_not_die_out() {
        let mut runs = vec![(0, 0, 0); 15];
        runs.extend(vec![(4, 18, 2); 8]);
        let said = ended(&runs);
        assert!(
            said.en.contains("; without the gates the outbreak died out in none of them (15 had no case at all, 8 had fewer than ten and still went on at the end);"),
            "{}",
            said.en
        );
        assert!(
            said.zh.contains("；没有门岗时，没有一次疫情平息（有15次一例也没有，"),
            "{}",
            said.zh
        );
        let said = ended(&vec![(2, 0, 2); 20]);
        assert!(
            said.en.contains("died out, with fewer than ten cases, in every one"),
            "{}",
            said.en
        );
        assert!(said.zh.ends_with("就算没有门岗，疫情也次次不到十例就平息。"), "{}", said.zh);
    }
}
