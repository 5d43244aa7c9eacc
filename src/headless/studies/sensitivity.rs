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
use super::words::{foot, num, range, t};
use crate::base::text::{Bilingual, Lang, grouped};
use crate::cli::Method;
use crate::ensemble::knobs::Knob;
use crate::ensemble::morris::Effect;
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
fn none_matters(count: usize, of: &Bilingual) -> Told {
    Told {
        sentence: Bilingual::new(
            format!("{count}个参数在各自的范围里怎么改，{}都没有变化。", of.zh),
            format!("None of the {count} parameters changes {} over its whole range.", of.en),
        ),
    }
}

fn of_tornado(bars: &[Swing], knobs: &[Knob], of: &Bilingual) -> Told {
    let Some((bar, knob)) = bars.first().and_then(|bar| Some((bar, knobs.get(bar.knob)?))) else {
        return nothing();
    };
    if bar.swing == 0.0 {
        return none_matters(knobs.len(), of);
    }
    let seeds = grouped(bar.low.spread.count.into());
    let count = knobs.len();
    let (zh, en) = (called(knob, Lang::Zh), called(knob, Lang::En));
    let [from, to] = [knob.low, knob.high].map(|n| grouped(n.into()));
    let at = |lang, d: &Differences| moved(lang, d.mean.mean);
    let (low, high) = (&bar.low, &bar.high);
    Told {
        sentence: Bilingual::new(
            format!(
                "{seeds}个种子、{count}个参数里，{zh}最要紧：取{from}时，{}平均{}；取{to}时，平均{}。",
                of.zh,
                at(Lang::Zh, low),
                at(Lang::Zh, high)
            ),
            format!(
                "Of {count} parameters, in {seeds} seeds, {en} matters most: at {from} the mean of {} is {}, at {to} {}.",
                of.en,
                at(Lang::En, low),
                at(Lang::En, high)
            ),
        ),
    }
}

/// A parameter as people call it, and as files do.
fn called(knob: &Knob, lang: Lang) -> String {
    let Knob { name, label, .. } = knob;
    match lang {
        Lang::Zh => format!("“{}”（{name}）", label.zh),
        Lang::En => format!("“{}” ({name})", label.en),
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
        let knob = knobs.get(bar.knob).map(|k| k.name.clone()).unwrap_or_default();
        let (low, high) = (&bar.low.mean, &bar.high.mean);
        vec![
            knob,
            num(low.mean),
            range(lang, low.interval()),
            num(high.mean),
            range(lang, high.interval()),
            num(bar.swing),
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
        return none_matters(knobs.len(), of);
    }
    let (size, count) = (num(size), knobs.len());
    let (zh, en) = (called(knob, Lang::Zh), called(knob, Lang::En));
    Told {
        sentence: Bilingual::new(
            format!("{count}个参数里，{zh}最要紧：从下限到上限，{}平均变动约{size}。", of.zh),
            format!(
                "Of {count} parameters, {en} matters most: over its whole range {} moves by about {size} on average.",
                of.en
            ),
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
        vec![knob.name.clone(), num(e.mu_star), num(e.mu), num(e.sigma)]
    };
    whole(columns, &knobs.iter().zip(effects).map(line).collect::<Vec<_>>())
}

fn of_sobol(list: &[Index], knobs: &[Knob], of: &Bilingual) -> Told {
    let Some((knob, share)) = largest(knobs, list.iter().map(|i| i.total)) else {
        return nothing();
    };
    if share == 0.0 {
        return none_matters(knobs.len(), of);
    }
    let (share, count) = (super::words::percent(share), knobs.len());
    let (zh, en) = (called(knob, Lang::Zh), called(knob, Lang::En));
    Told {
        sentence: Bilingual::new(
            format!(
                "{count}个参数里，{zh}最要紧：{}的变动里，连同与别的参数相互作用的，约有{share}与它有关。",
                of.zh
            ),
            format!(
                "Of {count} parameters, {en} matters most: about {share} of the variance of {} has to do with it, alone or with others.",
                of.en
            ),
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
    let between = |[low, high]: [f64; 2]| match lang {
        Lang::Zh => format!("{}到{}", percent(low), percent(high)),
        Lang::En => format!("{} to {}", percent(low), percent(high)),
    };
    let line = |(knob, i): (&Knob, &Index)| {
        vec![
            knob.name.clone(),
            percent(i.first),
            between(i.first_interval),
            percent(i.total),
            between(i.total_interval),
        ]
    };
    whole(columns, &knobs.iter().zip(list).map(line).collect::<Vec<_>>())
}
