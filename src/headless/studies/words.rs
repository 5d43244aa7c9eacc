//! Results of studies as lines for a terminal.
//!
//! Floor 4. Reads summaries; makes lines in one language.

use std::io::Write;

use crate::base::text::{Lang, grouped};
use crate::ensemble::Quantity;
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

/// Middle and ranges of some columns, one line each.
pub(super) fn spreads(lang: Lang, columns: &[(&str, &Spread)], out: &mut dyn Write) {
    let mut head = vec![Column::words("", 0)];
    head.extend(columns.iter().map(|(name, _)| Column::figures(name, 12)));
    let line = |zh, en, cell: &dyn Fn(&Spread) -> String| -> Vec<String> {
        let cells = columns.iter().map(|(_, spread)| cell(spread));
        std::iter::once(t(lang, zh, en).to_owned()).chain(cells).collect()
    };
    let rows = [
        line("中位数", "median", &|s| num(s.median)),
        line("一半在其间", "half of the runs", &|s| range(lang, s.half)),
        line("十次有九次", "nine in ten", &|s| range(lang, s.ninety)),
        line("最小到最大", "least to most", &|s| range(lang, [s.least as f64, s.most as f64])),
        line("平均", "mean", &|s| num(s.mean)),
    ];
    for line in whole(head, &rows) {
        say(out, &line);
    }
}

/// How well a mean is known, and how many runs would do.
pub(super) fn known(lang: Lang, m: &Moments) -> String {
    let interval = range(lang, m.interval());
    let error = num(m.error);
    let needed = m.runs_needed().map(|n| grouped(two_digits(n)));
    match lang {
        Lang::Zh => {
            let needed = needed.map_or_else(
                || "看不出要运行多少次才能准到±10 %".to_owned(),
                |n| format!("要准到±10 %，约需{n}次"),
            );
            format!(
                "平均{}，机遇所致的95 %区间是{interval}（蒙特卡罗误差{error}）；{needed}。",
                num(m.mean)
            )
        }
        Lang::En => {
            let needed = needed.map_or_else(
                || "how many runs ± 10 % would need cannot be told".to_owned(),
                |n| format!("± 10 % would need about {n} runs"),
            );
            format!(
                "Mean {}, 95 % interval {interval} as far as chance goes (Monte-Carlo error {error}); {needed}.",
                num(m.mean)
            )
        }
    }
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
        assert_eq!(
            share(Lang::En, Share { count: 57, of: 200 }),
            "57 of 200, 28.5 % (22.7 to 35.1 %)"
        );
    }
}
