//! `sensitivity`: which of the numbers that are not known exactly matters.
//!
//! Floor 4. Reads the desk of a study; writes what turning each parameter moves.

mod marks;
mod runs;

use std::io::Write;
use std::path::Path;

use marks::{morris_marks, sobol_marks, tornado_marks};
use runs::{Found, Ran};

use super::attribute::main_figure;
use super::desk::{Desk, code};
use super::picture::{self, Around, Marks};
use super::uncertain::knobs;
use super::words::{coarse, coarse_interval, coarsened, foot, num, t, untold};
use crate::base::text::{Bilingual, Lang, grouped};
use crate::cli::Method;
use crate::ensemble::knobs::Knob;
use crate::ensemble::morris::Effect;
use crate::ensemble::rounding::nearest;
use crate::ensemble::sentence::Told;
use crate::ensemble::sobol::Index;
use crate::ensemble::stats::paired::Differences;
use crate::ensemble::tornado::Bar as Swing;
use crate::headless::ensemble::csv::Rows;
use crate::headless::ensemble::{About, json, sensitivity as tables};
use crate::headless::files::Failure;
use crate::headless::say;
use crate::headless::table::{Column, whole};
use crate::headless::words::unit;
use crate::sim::params::Params;

pub(super) fn sensitivity(
    desk: &Desk,
    method: Method,
    words: &[String],
    samples: u32,
    out: &mut dyn Write,
) -> Result<u8, Failure> {
    let knobs = knobs(desk, words)?;
    let value = |values: &[u32], seed: u64| {
        let set: Vec<(String, u32)> =
            knobs.iter().zip(values).map(|(knob, &value)| (knob.name.clone(), value)).collect();
        desk.made(seed, &set).map_or(0, |world| main_figure(&desk.study.run(&world).totals))
    };
    let (found, seeds, cells) = match runs::run(desk, method, &knobs, samples, value, out)? {
        Ran::Told { found, seeds, cells } => (found, seeds, cells),
        Ran::Part(code) => return Ok(code),
    };
    let (about, lang) = (desk.about(&[], seeds), desk.lang);
    let quantity = &desk.study.shape().totals[0];
    let (rows, told, lines, marks): (Rows, Told, Vec<String>, Marks) = match found {
        Found::Bars(bars) => (
            tables::tornado_rows(&about, &bars, &knobs, quantity, lang),
            of_tornado(&bars, &knobs, &quantity.label),
            tornado_lines(&bars, &knobs, lang),
            tornado_marks(&bars, &knobs, quantity, lang),
        ),
        Found::Effects(effects) => (
            tables::morris_rows(&about, &effects, &knobs, quantity, lang),
            of_morris(&effects, &knobs, &quantity.label),
            morris_lines(&effects, &knobs, lang),
            morris_marks(&effects, &knobs, quantity, lang),
        ),
        Found::Indices(indices) => {
            let list = indices.as_ref().map(|i| i.knobs.clone()).unwrap_or_default();
            let rows = indices
                .map(|i| tables::sobol_rows(&about, &i, &knobs, quantity, lang))
                .unwrap_or_default();
            (
                rows,
                of_sobol(&list, &knobs, &quantity.label),
                sobol_lines(&list, &knobs, lang),
                sobol_marks(&list, &knobs, quantity, lang),
            )
        }
    };
    desk.csv("sensitivity", || rows.clone())?;
    let done = if cells.0 < cells.1 { 0 } else { seeds.count as usize };
    if let Some(file) = &desk.request.picture {
        let around = Around { about: &about, told: &told, second: None, done: seeds.count, lang };
        picture::of_marks(&around, &marks, Path::new(file))?;
    }
    if desk.request.json {
        say(out, &json::rows_text(&about, seeds.count, &told, rows));
    } else {
        say(out, &told.text(lang));
        say(out, "");
        for line in &lines {
            say(out, line);
        }
        ranges_told(&knobs, &about, cells, lang, out);
    }
    Ok(code(done, seeds.count as usize))
}

fn ranges_told(
    knobs: &[Knob],
    about: &About,
    (done, of): (usize, usize),
    lang: Lang,
    out: &mut dyn Write,
) {
    say(out, "");
    for knob in knobs {
        let Knob { name, label, low, usual, high } = knob;
        let label = label.get(lang);
        let [low, usual, high] = [low, usual, high].map(|&n| grouped(n.into()));
        let card = Params::cards().into_iter().find(|card| card.path() == *name);
        let unit = card.map_or("", |card| unit(card.unit, lang));
        say(
            out,
            &match lang {
                Lang::Zh => format!("{name}（{label}）：{low}到{high}，现在{usual}，{unit}"),
                Lang::En => format!("{name} ({label}): {low} to {high}, now {usual}, {unit}"),
            },
        );
    }
    if done < of {
        let (done, of) = (grouped(done as u64), grouped(of as u64));
        say(
            out,
            &match lang {
                Lang::Zh => format!("中途停下：要运行{of}次，已运行{done}次。"),
                Lang::En => format!("Stopped: {done} of {of} runs were made."),
            },
        );
    }
    foot(about, about.seeds.count as usize, lang, out);
}

fn nothing() -> Told {
    Told {
        sentence: Bilingual::fixed(
            "运行得太少，说不出结果。",
            "Too little was run to say anything.",
        ),
    }
}

/// Some parameters can be turned as they like: the figure stays.
fn none_matters(knobs: &[Knob], of: &Bilingual) -> Told {
    let sentence = if let [knob] = knobs {
        Bilingual::new(
            format!("{}在它的范围里怎么改，{}都没有变化。", called(knob, Lang::Zh), of.zh),
            format!("{} does not change {} anywhere in its range.", called(knob, Lang::En), of.en),
        )
    } else {
        let count = knobs.len();
        Bilingual::new(
            format!("{count}个参数在各自的范围里怎么改，{}都没有变化。", of.zh),
            format!("None of the {count} parameters changes {} anywhere in its range.", of.en),
        )
    };
    Told { sentence }
}

/// How a sentence about the parameter that moves a figure most begins; one parameter alone
/// is compared with nothing.
fn begin(knob: &Knob, count: usize, of: &Bilingual) -> Bilingual {
    let (zh, en) = (called(knob, Lang::Zh), called(knob, Lang::En));
    match count {
        1 => {
            Bilingual::new(format!("{zh}怎样影响{}：", of.zh), format!("How {en} moves {}:", of.en))
        }
        _ => Bilingual::new(
            format!("{count}个参数里，{zh}最要紧："),
            format!("Of {count} parameters, {en} matters most for {}:", of.en),
        ),
    }
}

fn of_tornado(bars: &[Swing], knobs: &[Knob], of: &Bilingual) -> Told {
    let Some((bar, knob)) = bars.first().and_then(|bar| Some((bar, knobs.get(bar.knob)?))) else {
        return nothing();
    };
    if bar.swing == 0.0 {
        return none_matters(knobs, of);
    }
    let seeds = bar.low.spread.count;
    let only = if seeds == 1 { ONE_SEED } else { Bilingual::fixed("", "") };
    let word = if seeds == 1 { "seed" } else { "seeds" };
    let seeds = grouped(seeds.into());
    let Bilingual { zh, en } = begin(knob, knobs.len(), of);
    let [from, to] = [knob.low, knob.high].map(|n| grouped(n.into()));
    let at = |lang, d: &Differences| moved(lang, coarsened(d.mean.mean, d.mean.error));
    let (low, high) = (&bar.low, &bar.high);
    Told {
        sentence: Bilingual::new(
            format!(
                "{zh}取{from}时，{}平均{}；取{to}时，平均{}（{seeds}个种子）。{}",
                of.zh,
                at(Lang::Zh, low),
                at(Lang::Zh, high),
                only.zh
            ),
            format!(
                "{en} at {from} the mean is {}, at {to} {} ({seeds} {word}).{}",
                at(Lang::En, low),
                at(Lang::En, high),
                only.en
            ),
        ),
    }
}

const ONE_SEED: Bilingual =
    Bilingual::fixed("只有一个种子，看不出准不准。", " One seed cannot tell how sure that is.");

/// A parameter as people call it, and as files do.
fn called(knob: &Knob, lang: Lang) -> String {
    let Knob { name, label, .. } = knob;
    match lang {
        Lang::Zh => format!("“{}”（{name}）", label.zh),
        Lang::En => format!("“{}” ({name})", label.en),
    }
}

/// A parameter at the head of a row: what it is called, and how files write it.
fn row_name(knob: &Knob, lang: Lang) -> String {
    let Knob { name, label, .. } = knob;
    match lang {
        Lang::Zh => format!("{}（{name}）", label.zh),
        Lang::En => name.clone(),
    }
}

/// So much higher or lower than with the usual value.
fn moved(lang: Lang, x: f64) -> String {
    let number = num(x.abs());
    match lang {
        _ if number == "0" => t(lang, "不变", "the same").to_owned(),
        Lang::Zh if x < 0.0 => format!("少{number}"),
        Lang::Zh => format!("多{number}"),
        Lang::En if x < 0.0 => format!("{number} lower"),
        Lang::En => format!("{number} higher"),
    }
}

fn tornado_lines(bars: &[Swing], knobs: &[Knob], lang: Lang) -> Vec<String> {
    let columns = vec![
        Column::words(t(lang, "参数", "parameter"), 24),
        Column::figures(t(lang, "在下限", "at its low end"), 12),
        Column::figures(t(lang, "95 %区间", "95 % interval"), 16),
        Column::figures(t(lang, "在上限", "at its high end"), 12),
        Column::figures(t(lang, "95 %区间", "95 % interval"), 16),
        Column::figures(t(lang, "摆幅", "swing"), 10),
    ];
    let line = |bar: &Swing| {
        let knob = knobs.get(bar.knob).map(|knob| row_name(knob, lang)).unwrap_or_default();
        let (low, high) = (&bar.low.mean, &bar.high.mean);
        vec![
            knob,
            coarse(low.mean, low.error),
            coarse_interval(lang, low),
            coarse(high.mean, high.error),
            coarse_interval(lang, high),
            coarse(bar.swing, low.error.max(high.error)),
        ]
    };
    whole(columns, &bars.iter().map(line).collect::<Vec<_>>())
}

/// The knob with the largest number, and that number.
fn largest(knobs: &[Knob], numbers: impl Iterator<Item = f64>) -> Option<(&Knob, f64)> {
    knobs.iter().zip(numbers).max_by(|a, b| a.1.total_cmp(&b.1))
}

fn of_morris(effects: &[Effect], knobs: &[Knob], of: &Bilingual) -> Told {
    let Some((knob, size)) = largest(knobs, effects.iter().map(|e| e.mu_star)) else {
        return nothing();
    };
    if size == 0.0 {
        return none_matters(knobs, of);
    }
    // A screening: the order counts, not the size.
    let size = if size < 10.0 { num(size) } else { grouped(nearest(size).unsigned_abs()) };
    let Bilingual { zh, en } = begin(knob, knobs.len(), of);
    Told {
        sentence: Bilingual::new(
            format!("{zh}从下限到上限，{}平均变动约{size}。", of.zh),
            format!("{en} over its whole range the number moves by about {size} on average."),
        ),
    }
}

fn morris_lines(effects: &[Effect], knobs: &[Knob], lang: Lang) -> Vec<String> {
    let columns = vec![
        Column::words(t(lang, "参数", "parameter"), 24),
        Column::figures("mu*", 10),
        Column::figures("mu", 10),
        Column::figures("sigma", 10),
    ];
    let line = |(knob, e): (&Knob, &Effect)| {
        vec![row_name(knob, lang), num(e.mu_star), num(e.mu), num(e.sigma)]
    };
    whole(columns, &knobs.iter().zip(effects).map(line).collect::<Vec<_>>())
}

/// How far an estimate of a share may leave 0 to 1: it scatters about the true one. Its
/// interval then does so too, and is told as far as it is possible.
const SCATTER: f64 = 0.1;

/// Whether an estimated share says anything: it is possible at all, and what it could be
/// is less than all that there is.
fn can_tell(share: f64, [low, high]: [f64; 2]) -> bool {
    let possible = (-SCATTER..=1.0 + SCATTER).contains(&share);
    possible && high - low < 1.0 && low <= 1.0 && high >= 0.0
}

fn of_sobol(list: &[Index], knobs: &[Knob], of: &Bilingual) -> Told {
    let Some((knob, share)) = largest(knobs, list.iter().map(|i| i.total)) else {
        return nothing();
    };
    if list.iter().all(|i| i.total == 0.0) {
        return none_matters(knobs, of);
    }
    let first = knobs.iter().zip(list).find(|(other, _)| *other == knob).map(|(_, i)| i);
    let rest = || knobs.iter().zip(list).filter(|(other, _)| *other != knob).map(|(_, i)| i);
    // The first is the first only if the others are not as likely to be.
    let stands_out = first.is_some_and(|i| {
        can_tell(share, i.total_interval)
            && rest().all(|other| {
                can_tell(other.total, other.total_interval) && other.total < i.total_interval[0]
            })
    });
    if !stands_out {
        return Told {
            sentence: Bilingual::new(
                format!(
                    "抽样太少，看不出哪个参数对{}最要紧：区间太宽、互相重叠，或者落在0到100 %以外。请加大 --samples。",
                    of.zh
                ),
                format!(
                    "So few samples cannot tell which parameter matters most for {}: intervals are too wide, overlap, or leave 0 to 100 %. Raise --samples.",
                    of.en
                ),
            ),
        };
    }
    let share = super::words::percent(share.clamp(0.0, 1.0));
    let Bilingual { zh, en } = begin(knob, knobs.len(), of);
    Told {
        sentence: Bilingual::new(
            format!("{zh}{}的变动里，连同与别的参数相互作用的，约有{share}与它有关。", of.zh),
            format!("{en} about {share} of the variance has to do with it, alone or with others."),
        ),
    }
}

fn sobol_lines(list: &[Index], knobs: &[Knob], lang: Lang) -> Vec<String> {
    let percent = super::words::percent;
    let columns = vec![
        Column::words(t(lang, "参数", "parameter"), 24),
        Column::figures(t(lang, "单独", "alone"), 10),
        Column::figures(t(lang, "90 %区间", "90 % interval"), 20),
        Column::figures(t(lang, "连同相互作用", "with others"), 12),
        Column::figures(t(lang, "90 %区间", "90 % interval"), 20),
    ];
    let between = |share: f64, [low, high]: [f64; 2]| {
        if !can_tell(share, [low, high]) {
            return untold(lang).to_owned();
        }
        let [low, high] = [low, high].map(|x| percent(x.clamp(0.0, 1.0)));
        match lang {
            Lang::Zh => format!("{low}到{high}"),
            Lang::En => format!("{low} to {high}"),
        }
    };
    let value = |share: f64, interval| {
        if can_tell(share, interval) { percent(share.clamp(0.0, 1.0)) } else { "–".to_owned() }
    };
    let line = |(knob, i): (&Knob, &Index)| {
        vec![
            row_name(knob, lang),
            value(i.first, i.first_interval),
            between(i.first, i.first_interval),
            value(i.total, i.total_interval),
            between(i.total, i.total_interval),
        ]
    };
    let mut lines = whole(columns, &knobs.iter().zip(list).map(line).collect::<Vec<_>>());
    let unknown =
        |i: &Index| !can_tell(i.first, i.first_interval) || !can_tell(i.total, i.total_interval);
    if list.iter().any(unknown) {
        let text = t(
            lang,
            "看不出：抽样太少，区间宽过0到100 %，或者落在它以外。请加大 --samples。",
            "cannot be told: with so few samples the interval is wider than 0 to 100 % or leaves it; raise --samples.",
        );
        lines.push(text.to_owned());
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    const OF: Bilingual = Bilingual::fixed("感染人数", "infections");

    fn knob(name: &str) -> Knob {
        let label = Bilingual::new(format!("数{name}"), format!("number {name}"));
        Knob { name: name.to_owned(), label, low: 1, usual: 2, high: 3 }
    }

    fn index(total: f64, total_interval: [f64; 2]) -> Index {
        Index { first: total, first_interval: total_interval, total, total_interval }
    }

    #[test]
    fn shares_that_cannot_be_are_not_told() {
        assert!(can_tell(1.07, [0.86, 1.27]) && !can_tell(1.07, [1.01, 1.1]));
        assert!(can_tell(0.97, [0.85, 1.06]) && can_tell(0.0, [-0.03, 0.02]));
        assert!(!can_tell(0.5, [-0.2, 0.9]) && !can_tell(1.3, [0.9, 1.4]));
        assert!(!can_tell(0.5, [0.0, 1.0]));
        let knobs = [knob("a"), knob("b")];
        let wild = [index(1.4, [-0.5, 2.0]), index(0.2, [0.0, 0.3])];
        let told = of_sobol(&wild, &knobs, &OF).sentence;
        assert!(told.en.starts_with("So few samples cannot tell") && !told.en.contains("“"));
        assert!(told.zh.starts_with("抽样太少"), "{}", told.zh);
        let lines = sobol_lines(&wild, &knobs, Lang::En);
        assert!(lines[1].contains("cannot be told") && !lines[1].contains("140"), "{lines:?}");
        assert!(lines[2].contains("0 % to 30 %") && lines.len() == 4, "{lines:?}");
    }

    #[test]
    fn what_stands_out_is_named_and_what_does_not_is_not() {
        let knobs = [knob("a"), knob("b")];
        let clear = [index(0.9, [0.8, 1.05]), index(0.1, [0.05, 0.2])];
        let told = of_sobol(&clear, &knobs, &OF).sentence;
        assert_eq!(
            told.en,
            "Of 2 parameters, “number a” (a) matters most for infections: about 90 % of the variance has to do with it, alone or with others."
        );
        let close = [index(0.6, [0.4, 0.8]), index(0.5, [0.3, 0.7])];
        assert!(of_sobol(&close, &knobs, &OF).sentence.en.contains("overlap"));
    }

    #[test]
    fn one_parameter_is_not_said_to_be_none_of_one() {
        let [one, two] = [vec![knob("a")], vec![knob("a"), knob("b")]];
        assert_eq!(
            none_matters(&one, &OF).sentence.en,
            "“number a” (a) does not change infections anywhere in its range."
        );
        assert!(none_matters(&two, &OF).sentence.en.starts_with("None of the 2 parameters"));
        let effect = |mu_star| Effect { mu_star, mu: mu_star, sigma: 0.0 };
        let said = of_morris(&[effect(12.0)], &one, &OF).sentence;
        assert_eq!(
            said.en,
            "How “number a” (a) moves infections: over its whole range the number moves by about 12 on average."
        );
        let lines = morris_lines(&[effect(12.0)], &one, Lang::Zh);
        assert!(lines[1].starts_with("数a（a）"), "{lines:?}");
    }

    #[test]
    fn a_tornado_is_told_no_finer_than_it_is_known() {
        let of = |numbers: Vec<i64>| Differences::of(numbers).unwrap();
        let bars =
            [Swing { knob: 0, low: of(vec![-31, 3, -20, -1]), high: of(vec![0; 4]), swing: 12.25 }];
        let knobs = [knob("a"), knob("b")];
        let said = of_tornado(&bars, &knobs, &OF).sentence;
        assert_eq!(
            said.en,
            "Of 2 parameters, “number a” (a) matters most for infections: at 1 the mean is 12 lower, at 3 the same (4 seeds)."
        );
        let lines = tornado_lines(&bars, &knobs, Lang::En);
        assert!(!lines[1].contains('.'), "{lines:?}");
        let one = [Swing { knob: 0, low: of(vec![5]), high: of(vec![0]), swing: 5.0 }];
        assert!(tornado_lines(&one, &knobs, Lang::En)[1].contains("cannot be told"));
        assert!(of_tornado(&one, &knobs, &OF).sentence.en.contains("One seed cannot tell"));
    }
}
