//! Results of studies as lines for a terminal.
//!
//! Floor 4. Reads summaries; makes lines in one language.

use std::io::Write;

use crate::base::text::{Lang, grouped};
use crate::ensemble::Quantity;
use crate::ensemble::stats::endings::Endings;
use crate::ensemble::stats::moments::Moments;
use crate::ensemble::stats::share::Share;
use crate::ensemble::stats::spread::Spread;
use crate::headless::ensemble::{About, kind_words};
use crate::headless::say;
use crate::headless::severity;
use crate::headless::table::{Column, whole};
use crate::headless::words::amount;

const TENTHS: f64 = 10.0;
const THOUSAND: f64 = 1000.0;
const PERCENT: f64 = 100.0;

/// Chooses between two words.
pub(super) fn t<'a>(lang: Lang, zh: &'a str, en: &'a str) -> &'a str {
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}

/// A number of runs up to two digits that count: more would pretend.
const fn two_digits(n: u64) -> u64 {
    let mut unit = 1;
    while n / unit >= 100 {
        unit *= 10;
    }
    n.div_ceil(unit) * unit
}

/// `calls made (calls)`; one word where the name is the label.
pub(super) fn heading(quantity: &Quantity, lang: Lang) -> String {
    let (label, name) = (quantity.label.get(lang), &quantity.name);
    match lang {
        _ if label == name => label.to_owned(),
        Lang::Zh => format!("{label}（{name}）"),
        Lang::En => format!("{label} ({name})"),
    }
}

/// A number with at most one decimal; from a thousand up with none, which would pretend.
pub(super) fn num(x: f64) -> String {
    let x = if x.abs() < THOUSAND { x } else { x.round() };
    let tenths = (x.abs() * TENTHS).round();
    let (whole, rest) = ((tenths / TENTHS).floor(), tenths % TENTHS);
    let sign = if x < 0.0 && tenths > 0.0 { "-" } else { "" };
    let whole = grouped(whole as u64);
    if rest == 0.0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{rest:.0}") }
}

pub(super) fn percent(x: f64) -> String {
    format!("{} %", num(x * PERCENT))
}

fn to(lang: Lang, [low, high]: [f64; 2], show: impl Fn(f64) -> String) -> String {
    match lang {
        Lang::Zh => format!("{}到{}", show(low), show(high)),
        Lang::En => format!("{} to {}", show(low), show(high)),
    }
}

pub(super) fn range(lang: Lang, ends: [f64; 2]) -> String {
    to(lang, ends, num)
}

/// `57 of 200, 28.5 % (22.7 to 35.1 %)`
pub(super) fn share(lang: Lang, share: Share) -> String {
    let (count, of) = (grouped(share.count.into()), grouped(share.of.into()));
    let interval = range(lang, share.interval().map(|x| x * PERCENT));
    let value = percent(share.value());
    match lang {
        Lang::Zh => format!("{of}次里有{count}次，{value}（{interval} %）"),
        Lang::En => format!("{count} of {of}, {value} ({interval} %)"),
    }
}

/// What cannot be told.
pub(super) fn untold(lang: Lang) -> &'static str {
    t(lang, "看不出", "cannot be told")
}

/// Where the runs done so far lie: one line below a bar.
pub(super) fn so_far(lang: Lang, label: &str, spread: &Spread) -> String {
    let (between, middle) = (range(lang, spread.ninety), num(spread.median));
    match lang {
        Lang::Zh => format!("到这时：{label}，十次有九次在{between}之间，居中{middle}"),
        Lang::En => format!("so far: {label}, {between} in nine of ten, {middle} in the middle"),
    }
}

/// Middle and ranges of some columns, one line each; each with its mean as it is written.
pub(super) fn spreads(lang: Lang, columns: &[(&str, &Spread, &str)], out: &mut dyn Write) {
    let mut head = vec![Column::words("", 0)];
    head.extend(columns.iter().map(|(name, ..)| Column::figures(name, 12)));
    let line = |zh, en, cell: &dyn Fn(&Spread) -> String| -> Vec<String> {
        let cells = columns.iter().map(|(_, spread, _)| cell(spread));
        std::iter::once(t(lang, zh, en).to_owned()).chain(cells).collect()
    };
    // One run has no range.
    let between = |s: &Spread, ends| {
        if s.count > 1 { range(lang, ends) } else { untold(lang).to_owned() }
    };
    let means = columns.iter().map(|(.., mean)| (*mean).to_owned());
    let rows = [
        line("中位数", "median", &|s| num(s.median)),
        line("一半在其间", "half of the runs", &|s| between(s, s.half)),
        line("十次有九次", "nine in ten", &|s| between(s, s.ninety)),
        line("最小到最大", "least to most", &|s| between(s, [s.least as f64, s.most as f64])),
        std::iter::once(t(lang, "平均", "mean").to_owned()).chain(means).collect(),
    ];
    for line in whole(head, &rows) {
        say(out, &line);
    }
}

/// The means of a pair of arms and of their difference, with as many digits as it takes for
/// the difference to be that of the two.
pub(super) struct Means {
    pub without: String,
    pub with: String,
    pub difference: String,
}

impl Means {
    pub(super) fn of_pair([without, with]: [f64; 2], difference: &Moments) -> Self {
        let all = [without, with, difference.mean];
        let fine = difference.error < 1.0 && all.iter().all(|x| x.abs() < THOUSAND);
        let fewest = usize::from(fine);
        let adds_up = |digits: usize| {
            let [without, with, difference] = all.map(|x| scaled(x, digits));
            without - with == difference
        };
        let digits = (fewest..=fewest + 1).find(|&digits| adds_up(digits));
        let digits = digits.unwrap_or(fewest + 1);
        let [without, _, difference] = all.map(|x| scaled(x, digits));
        // Where rounding would still not add up, the last digit of one gives way.
        let [without, with, difference] = [without, without - difference, difference];
        let write = |x: i64| written(x, digits);
        Self { without: write(without), with: write(with), difference: write(difference) }
    }
}

/// In units of the last of so many decimals.
fn scaled(x: f64, digits: usize) -> i64 {
    (x * TENTHS.powi(digits as i32)).round() as i64
}

/// A number in units of the last of so many decimals, without zeros at its end.
fn written(x: i64, digits: usize) -> String {
    let one = 10_u64.pow(digits as u32);
    let (whole, rest) = (x.unsigned_abs() / one, x.unsigned_abs() % one);
    let sign = if x < 0 { "-" } else { "" };
    let whole = grouped(whole);
    match rest {
        0 => format!("{sign}{whole}"),
        rest => format!("{sign}{whole}.{}", format!("{rest:0digits$}").trim_end_matches('0')),
    }
}

/// A mean no finer than it is known: whole numbers where chance moves it by one or more,
/// tens where it moves it by ten or more.
pub(super) fn coarse(x: f64, error: f64) -> String {
    num(coarsened(x, error))
}

/// The number that [`coarse`] writes.
pub(super) fn coarsened(x: f64, error: f64) -> f64 {
    let step = step(error);
    (x / step).round() * step
}

/// An interval no finer than that. Outwards: one that holds no difference must go on
/// holding it.
pub(super) fn coarsened_ends([low, high]: [f64; 2], error: f64) -> [f64; 2] {
    let step = step(error);
    [(low / step).floor() * step, (high / step).ceil() * step]
}

/// The unit in which a mean is told: a tenth where chance moves it by less than one.
fn step(error: f64) -> f64 {
    if error < 1.0 {
        return 1.0 / TENTHS;
    }
    let mut step = 1.0;
    while error / step >= TENTHS {
        step *= TENTHS;
    }
    step
}

/// The interval of such a mean; of fewer than two runs there is none.
pub(super) fn coarse_interval(lang: Lang, m: &Moments) -> String {
    if m.count < 2 {
        return untold(lang).to_owned();
    }
    range(lang, coarsened_ends(m.interval(), m.error))
}

/// How well the mean of a count is known. No count is below 0, wherever the normal law
/// puts the end of an interval.
pub(super) fn known_count(lang: Lang, m: &Moments) -> String {
    let [low, high] = m.interval();
    let mean = coarse(m.mean, m.error);
    known(lang, m, t(lang, "平均", "Mean "), &mean, [low.max(0.0), high])
}

/// The same of a difference, which may be negative; its mean as it is written above.
pub(super) fn known_difference(lang: Lang, m: &Moments, mean: &str) -> String {
    known(lang, m, t(lang, "减少的数，平均", "Mean difference "), mean, m.interval())
}

/// How well a mean is known, and how many runs would do.
fn known(lang: Lang, m: &Moments, begin: &str, mean: &str, interval: [f64; 2]) -> String {
    if m.count < 2 {
        return match lang {
            Lang::Zh => format!("{begin}{mean}；只有一次，看不出区间。"),
            Lang::En => format!("{begin}{mean}; its interval cannot be told from a single run."),
        };
    }
    let interval = range(lang, coarsened_ends(interval, m.error));
    let error = num(m.error);
    let needed = m.runs_needed().map(|n| grouped(two_digits(n)));
    match lang {
        Lang::Zh => {
            let needed = needed.map_or_else(
                || "看不出要运行多少次才能准到±10 %".to_owned(),
                |n| format!("要准到±10 %，约需{n}次"),
            );
            format!(
                "{begin}{mean}，机遇所致的95 %区间是{interval}（蒙特卡罗误差{error}）；{needed}。"
            )
        }
        Lang::En => {
            let needed = needed.map_or_else(
                || "how many runs ± 10 % would need cannot be told".to_owned(),
                |n| format!("± 10 % would need about {n} runs"),
            );
            format!(
                "{begin}{mean}, 95 % interval {interval} as far as chance goes (Monte-Carlo error {error}); {needed}."
            )
        }
    }
}

/// How the runs below ten cases ended: `12 died out, 83 had no case at all`.
pub(super) fn endings(lang: Lang, e: &Endings) -> String {
    if e.below_ten() == 0 {
        return t(lang, "一次也没有", "none").to_owned();
    }
    let count = |n: u32| grouped(n.into());
    let part = |n: Option<u32>, zh: &str, en: &str| {
        let n = n.filter(|&n| n > 0).map(count)?;
        Some(match lang {
            Lang::Zh => format!("{n}次{zh}"),
            Lang::En => format!("{n} {en}"),
        })
    };
    let few = if e.died_out.is_none() { Some(e.few) } else { None };
    let parts = [
        part(e.died_out, "平息", "died out"),
        part(few, "有病例", "had a few"),
        part(Some(e.none), "一例也没有", "had no case at all"),
        part(e.open(), "到最后还没有结束", "still went on at the end"),
    ];
    let mut parts: Vec<String> = parts.into_iter().flatten().collect();
    if e.none == 0 {
        parts.push(t(lang, "没有一次是一例也没有的", "none had no case at all").to_owned());
    }
    parts.join(t(lang, "，", ", "))
}

/// Where the numbers come from: the last lines of every result.
pub(super) fn foot(about: &About, done: usize, lang: Lang, out: &mut dyn Write) {
    let (title, kind) = (about.title.get(lang), kind_words(about.kind, lang));
    let (first, count) = (about.seeds.first, about.seeds.count as usize);
    let (version, model, asked) = (&about.version, about.model, &about.asked);
    say(out, "");
    if done < count {
        say(
            out,
            &match lang {
                Lang::Zh => format!("中途停下：要运行{count}个种子，已运行{done}个。"),
                Lang::En => format!("Stopped: {done} of {count} seeds were run."),
            },
        );
    }
    let last = first.wrapping_add((done as u64).saturating_sub(1));
    say(
        out,
        &match lang {
            Lang::Zh => format!(
                "剧本：{title}（{kind}，{}）；种子{first}到{last}；zhanyitu {version}，模型第{model}版",
                about.file
            ),
            Lang::En => format!(
                "Scene: {title} ({kind}, {}); seeds {first} to {last}; zhanyitu {version}, model revision {model}",
                about.file
            ),
        },
    );
    say(out, &format!("{}zhanyitu {asked}", t(lang, "再做一遍：", "To do it again: ")));
    let changed: Vec<_> = about.numbers.iter().filter(|n| n.value != n.card.default).collect();
    for n in &changed {
        let (path, value, unit) = (n.card.path(), n.value, n.card.unit);
        // A scene may name the kind of its source only.
        let (origin, source) = (n.origin.label(), n.source.get(lang));
        let from = match source {
            "" => origin.get(lang).to_owned(),
            source => format!("{}{}{source}", origin.get(lang), t(lang, "：", ": ")),
        };
        say(
            out,
            &match lang {
                Lang::Zh => format!("参数 {path} = {value} {unit}（{from}）"),
                Lang::En => format!("Parameter {path} = {value} {unit} ({from})"),
            },
        );
    }
    let (zh, en) = if changed.is_empty() {
        ("参数", "Every parameter")
    } else {
        ("其余参数", "Every other parameter")
    };
    say(
        out,
        &match lang {
            Lang::Zh => format!("{zh}都是默认值，出处见 zhanyitu describe params。"),
            Lang::En => format!("{en} has its usual value; sources: zhanyitu describe params."),
        },
    );
    leans_on(about, lang, out);
    if let Some(range) = &about.severity {
        say(out, &severity::sentence(range, lang));
    }
    if let Some(base) = &about.base {
        base.tell(lang, out);
    }
}

/// The estimates that a result hangs on, each with what could be right as well.
fn leans_on(about: &About, lang: Lang, out: &mut dyn Write) {
    if about.leans_on.is_empty() {
        return;
    }
    say(
        out,
        t(
            lang,
            "结果还靠着这些数，是我们自己估计的；括号里是也可能对的范围。各有多要紧：zhanyitu sensitivity；全部估计：zhanyitu describe assumptions。",
            "The result also rests on these numbers, which are our own estimates; in brackets what could be right as well. How much each matters: zhanyitu sensitivity; all estimates: zhanyitu describe assumptions.",
        ),
    );
    for (knob, number) in about
        .leans_on
        .iter()
        .filter_map(|knob| Some((knob, about.numbers.iter().find(|n| n.card.path() == knob.name)?)))
    {
        let [low, high] = [knob.low, knob.high].map(|n| grouped(n.into()));
        let now = amount(&number.card, knob.usual, lang);
        let label = knob.label.get(lang);
        say(
            out,
            &match lang {
                Lang::Zh => format!("  {label}：{now}（{low}到{high}）"),
                Lang::En => format!("  {label}: {now} ({low} to {high})"),
            },
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_at_most_one_decimal() {
        assert_eq!([12345.0, 0.04, -2.25, 99.95].map(num), ["12,345", "0", "-2.3", "100"]);
        assert_eq!([-1234.5, 999.5, 999.96].map(num), ["-1,235", "999.5", "1,000"]);
        assert_eq!(percent(0.285), "28.5 %");
        assert_eq!(coarsened_ends([-4.8, 41.8], 11.9).map(num), ["-10", "50"]);
        assert_eq!(coarsened_ends([0.11, 0.26], 0.04).map(num), ["0.1", "0.3"]);
        assert_eq!(
            share(Lang::En, Share { count: 57, of: 200 }),
            "57 of 200, 28.5 % (22.7 to 35.1 %)"
        );
    }

    #[test]
    fn the_means_of_two_arms_differ_by_the_mean_difference() {
        let of = |without, with, mean| {
            let difference = Moments { count: 9, mean, deviation: 1.5, error: 0.5 };
            let means = Means::of_pair([without, with], &difference);
            [means.without, means.with, means.difference]
        };
        assert_eq!(of(20.04, 19.86, 0.18), ["20.04", "19.86", "0.18"]);
        assert_eq!(of(12.5, 10.0, 2.5), ["12.5", "10", "2.5"]);
        assert_eq!(of(1200.4, 200.1, 1000.3), ["1,200", "200", "1,000"]);
        assert_eq!(of(3.0, 3.2, -0.2), ["3", "3.2", "-0.2"]);
        let vague = Moments { count: 9, mean: 4.75, deviation: 6.0, error: 2.0 };
        let means = Means::of_pair([25.63, 20.88], &vague);
        assert_eq!([means.without, means.with, means.difference], ["26", "21", "5"]);
        // Thirds add up whatever their last digit.
        assert_eq!(of(1.0 / 3.0, -1.0 / 3.0, 2.0 / 3.0), ["0.33", "-0.34", "0.67"]);
    }

    #[test]
    fn a_mean_is_no_finer_than_it_is_known() {
        let shown = [(123.46, 0.2), (123.46, 1.2), (123.46, 34.0), (-0.3, 2.0)];
        assert_eq!(shown.map(|(x, e)| coarse(x, e)), ["123.5", "123", "120", "0"]);
        let one = Moments::of(&[7]);
        assert_eq!(coarse_interval(Lang::En, &one), "cannot be told");
        assert!(known_count(Lang::Zh, &one).ends_with("看不出区间。"));
    }

    #[test]
    fn a_count_has_no_interval_below_nothing_and_a_difference_may() {
        let m = Moments::of(&[0, 0, 0, 9]);
        assert!(known_count(Lang::En, &m).starts_with("Mean 2, 95 % interval 0 to 7 "));
        let text = known_difference(Lang::En, &m, "2");
        assert!(text.starts_with("Mean difference 2, 95 % interval -3 to 7 "), "{text}");
    }

    #[test]
    fn small_runs_are_told_by_their_end() {
        let e = Endings { runs: 100, none: 83, few: 12, died_out: Some(10) };
        assert_eq!(
            endings(Lang::En, &e),
            "10 died out, 83 had no case at all, 2 still went on at the end"
        );
        let e = Endings { none: 0, ..e };
        assert_eq!(endings(Lang::Zh, &e), "10次平息，2次到最后还没有结束，没有一次是一例也没有的");
        assert_eq!(endings(Lang::En, &Endings::default()), "none");
    }
}
