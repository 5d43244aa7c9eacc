//! `attribute`: which of several measures made the difference.
//!
//! Floor 4. Reads the desk of a study; writes what each measure did.

use std::io::Write;
use std::path::Path;

use super::desk::{Bar, Desk, code, not_begun};
use super::kept::{self, Table};
use super::picture::{self, Around, Mark, MarkRow, Marks, Shape};
use super::words::{foot, num, range, t};
use crate::base::text::{Bilingual, Lang, grouped};
use crate::ensemble::attribution::{self, Attribution};
use crate::ensemble::orders::Subset;
use crate::ensemble::rounding::outwards;
use crate::ensemble::sentence::Told;
use crate::ensemble::{Quantity, Seeds};
use crate::headless::ensemble::{json, sensitivity};
use crate::headless::files::Failure;
use crate::headless::say;
use crate::headless::table::{Column, whole};
use crate::session::study::Cause;

pub(super) fn attribute(desk: &Desk, names: &[String], out: &mut dyn Write) -> Result<u8, Failure> {
    let causes = Desk::causes(names)?;
    let all: Vec<&Cause> = causes.iter().collect();
    let value = |subset: Subset, seed: u64| {
        let Some(world) = desk.world(seed) else { return 0 };
        let off = all.iter().enumerate().filter(|(i, _)| subset >> i & 1 == 0);
        let off: Vec<&Cause> = off.map(|(_, cause)| *cause).collect();
        main_figure(&desk.study.run_without(&world, &off).totals)
    };
    let subsets = |seeds: Seeds| attribution::arms(all.len(), seeds).map_err(not_begun);
    let arms = subsets(desk.seeds)?;
    let names = |seeds: Seeds| {
        let arms = subsets(seeds).map(|arms| arms.subsets).unwrap_or_default();
        arms.into_iter().map(|subset| arm_name(&all, subset)).collect()
    };
    let of_arm = |arm: usize, seed: u64| value(arms.subsets[arm], seed);
    let (done, seeds) = match kept::table(desk, &all, &names, of_arm, out)? {
        Some(Table::Part(code)) => return Ok(code),
        Some(Table::Whole(grid, seeds)) => (Attribution::of(subsets(seeds)?, grid), seeds),
        None => {
            let bar = Bar::new(desk.lang);
            let value = |subset: Subset, seed: u64| signed_figure(value(subset, seed));
            let progress = |n, of| bar.at(n, of);
            let filling = desk.filling();
            let done = attribution::attribute(all.len(), desk.seeds, &filling, value, progress)
                .map_err(not_begun)?;
            desk.all_made()?;
            (done, desk.seeds)
        }
    };
    told(desk, &all, &done, seeds, out)?;
    Ok(code(done.seeds(), seeds.count as usize))
}

/// A subset as files of runs name it: `gates+daily-calls`.
fn arm_name(causes: &[&Cause], subset: Subset) -> String {
    let on = causes.iter().enumerate().filter(|(i, _)| subset >> i & 1 == 1);
    let names: Vec<&str> = on.map(|(_, cause)| cause.name.as_str()).collect();
    if names.is_empty() { "none".to_owned() } else { names.join("+") }
}

/// The main figure of a run.
pub(super) fn main_figure(totals: &[u64]) -> u64 {
    totals.first().copied().unwrap_or_default()
}

/// The same as a number that can be subtracted.
pub(super) fn signed_figure(figure: u64) -> i64 {
    i64::try_from(figure).unwrap_or(i64::MAX)
}

fn told(
    desk: &Desk,
    causes: &[&Cause],
    done: &Attribution,
    seeds: Seeds,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let (lang, about) = (desk.lang, desk.about(causes, seeds));
    let quantity = &desk.study.shape().totals[0];
    let names: Vec<String> = causes.iter().map(|cause| cause.name.clone()).collect();
    let rows = || sensitivity::attribution_rows(&about, done, &names, quantity, lang);
    desk.csv("attribute", rows)?;
    let told = Told { sentence: sentence(causes, done, quantity) };
    if let Some(file) = &desk.request.picture {
        let done_seeds = done.seeds() as u32;
        let around = Around { about: &about, told: &told, second: None, done: done_seeds, lang };
        picture::of_marks(&around, &marks(causes, done, quantity, lang), Path::new(file))?;
    }
    if desk.request.json {
        say(out, &json::rows_text(&about, done.seeds() as u32, &told, rows()));
        return Ok(());
    }
    say(out, &told.text(lang));
    if let Some(line) = &about.caution {
        say(out, line.get(lang));
    }
    table(causes, done, lang, out);
    foot(&about, done.seeds(), lang, out);
    Ok(())
}

/// It alone, all but it, and its share, below each other.
fn marks(causes: &[&Cause], done: &Attribution, quantity: &Quantity, lang: Lang) -> Marks {
    let rows = causes.iter().zip(done.measures().unwrap_or_default()).map(|(cause, m)| {
        let mark = |shape, value, interval| Mark { shape, value, interval };
        MarkRow {
            name: cause.label.get(lang).to_owned(),
            below: String::new(),
            marks: vec![
                mark(Shape::Ring, m.alone.mean.mean, m.alone.mean.interval()),
                mark(Shape::Square, m.on_top.mean.mean, m.on_top.mean.interval()),
                mark(Shape::Disc, m.share, m.share_interval),
            ],
        }
    });
    Marks {
        axis: match lang {
            Lang::Zh => format!("平均减少的{}", quantity.label.zh),
            Lang::En => format!("fewer {}, mean over the seeds", quantity.label.en),
        },
        shapes: vec![
            (Shape::Ring, Bilingual::fixed("只有它", "it alone")),
            (Shape::Square, Bilingual::fixed("别的都有，再加上它", "it on top of all others")),
            (Shape::Disc, Bilingual::fixed("按所有先后次序平均", "share over all orders")),
        ],
        interval: Bilingual::new(
            format!("细线是只算偶然的95 %区间。{}", NOT_APART.zh),
            format!("Thin lines: 95 % intervals as far as chance goes. {}", NOT_APART.en),
        ),
        rows: rows.collect(),
    }
}

/// Said wherever several measures are taken apart.
const NOT_APART: Bilingual = Bilingual::fixed(
    "这是模型里的份额：措施一起上的时候，武汉的数据分不开它们。",
    "These are shares within the model: measures that came together cannot be separated by the Wuhan data.",
);

fn sentence(causes: &[&Cause], done: &Attribution, quantity: &Quantity) -> Bilingual {
    let (Some(whole), Some(shares)) = (done.whole(), done.measures()) else {
        return Bilingual::fixed(
            "还没有运行，说不出结果。",
            "Nothing has been run yet, so nothing can be said.",
        );
    };
    let seeds = grouped(done.seeds() as u64);
    let part = |lang: Lang| {
        let each = causes.iter().zip(&shares).map(|(cause, s)| {
            let [low, high] = s.share_interval.map(|x| signed(lang, x));
            let share = signed(lang, s.share);
            match lang {
                Lang::Zh if s.share_interval[0] < 0.0 && s.share_interval[1] > 0.0 => {
                    format!("{}{share}（从{low}到{high}不等）", cause.label.zh)
                }
                Lang::Zh => format!("{}{share}（{low}到{high}）", cause.label.zh),
                Lang::En => format!("{} {share} ({low} to {high})", cause.label.en),
            }
        });
        each.collect::<Vec<_>>().join(t(lang, "，", ", "))
    };
    let [low, high] = outwards(whole.spread.ninety).map(|x| x as f64);
    let all = |lang: Lang| match (low, high) {
        (0.0, 0.0) => t(lang, "没有变化", "no fewer").to_owned(),
        (low, high) if low >= 0.0 || high <= 0.0 => {
            let mut ends = [low.abs(), high.abs()];
            ends.sort_by(f64::total_cmp);
            let range = range(lang, ends);
            match lang {
                Lang::Zh if high > 0.0 => format!("减少{range}"),
                Lang::Zh => format!("增加{range}"),
                Lang::En if high > 0.0 => format!("{range} fewer"),
                Lang::En => format!("{range} more"),
            }
        }
        (low, high) => {
            let (low, high) = (signed(lang, low), signed(lang, high));
            match lang {
                Lang::Zh => format!("从{low}到{high}不等"),
                Lang::En => format!("between {low} and {high}"),
            }
        }
    };
    Bilingual::new(
        format!(
            "运行{seeds}个种子：这些措施一起，十次里有九次使{}{}；按所有先后次序平均，{}。",
            quantity.label.zh,
            all(Lang::Zh),
            part(Lang::Zh)
        ),
        format!(
            "In {seeds} seeds, together the measures left {} {} in nine of ten; averaged over all orders, {}.",
            all(Lang::En),
            quantity.label.en,
            part(Lang::En)
        ),
    )
}

/// So many fewer, or more.
fn signed(lang: Lang, x: f64) -> String {
    let number = num(x.abs());
    match lang {
        _ if number == "0" => t(lang, "不增不减", "none").to_owned(),
        Lang::Zh if x < 0.0 => format!("增加{number}"),
        Lang::Zh => format!("减少{number}"),
        Lang::En if x < 0.0 => format!("{number} more"),
        Lang::En => format!("{number} fewer"),
    }
}

fn table(causes: &[&Cause], done: &Attribution, lang: Lang, out: &mut dyn Write) {
    let columns = vec![
        Column::words(t(lang, "措施", "measure"), 0),
        Column::figures(t(lang, "只有它", "it alone"), 10),
        Column::figures(t(lang, "只缺它", "all but it"), 10),
        Column::figures(t(lang, "平均份额", "share"), 10),
        Column::figures(t(lang, "95 %区间", "95 % interval"), 14),
        Column::figures(t(lang, "十次有九次", "nine in ten"), 14),
    ];
    say(out, "");
    say(
        out,
        t(
            lang,
            "减少的数，取各种子的平均；区间只算偶然。",
            "How many fewer, mean over the seeds; intervals as far as chance goes.",
        ),
    );
    let measures = causes.iter().zip(done.measures().unwrap_or_default());
    let rows = measures.map(|(cause, m)| {
        vec![
            cause.name.clone(),
            num(m.alone.mean.mean),
            num(m.on_top.mean.mean),
            num(m.share),
            range(lang, m.share_interval),
            range(lang, m.share_ninety),
        ]
    });
    for line in whole(columns, &rows.collect::<Vec<_>>()) {
        say(out, &line);
    }
    say(out, NOT_APART.get(lang));
    let arms = grouped(done.arms() as u64);
    let exact = done.is_exact();
    say(
        out,
        &match lang {
            Lang::Zh => format!(
                "每个种子运行{arms}次；{}。",
                if exact { "所有先后次序都算到了" } else { "先后次序是抽样的" }
            ),
            Lang::En => format!(
                "{arms} runs for each seed; {}.",
                if exact { "every order was counted" } else { "orders were sampled" }
            ),
        },
    );
}
