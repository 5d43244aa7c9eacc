//! `attribute`: which of several measures made the difference.
//!
//! Floor 4. Reads the desk of a study; writes what each measure did.

use std::io::Write;
use std::path::Path;

use super::desk::{Bar, Desk, code, not_begun};
use super::kept::{self, Table};
use super::picture::{self, Around, Mark, MarkRow, Marks, Shape};
use super::words::{coarse, coarsened, coarsened_ends, foot, num, range, t, untold};
use crate::base::text::{Bilingual, Lang, grouped};
use crate::ensemble::attribution::{self, Attribution, MeasureShare};
use crate::ensemble::orders::Subset;
use crate::ensemble::sentence::{
    ENOUGH_FOR_A_BAND, Told, Unit, left_en, left_zh, unchanged_en, unchanged_zh,
};
use crate::ensemble::stats::Z_95;
use crate::ensemble::stats::moments::Moments;
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
    let count = done.seeds() as u32;
    let seeds = grouped(count.into());
    if count == 1 {
        return Bilingual::new(
            format!(
                "只运行了1个种子，看不出范围：一个种子只是一个例子，至少要运行{ENOUGH_FOR_A_BAND}个。"
            ),
            format!(
                "Only one seed was run, and one seed is an example without a range; run at least {ENOUGH_FOR_A_BAND}."
            ),
        );
    }
    let same = done.unchanged();
    let (change_zh, change_en) = if whole.spread.least == 0 && whole.spread.most == 0 {
        (
            format!("这些措施一起，从来没有改变{}", quantity.label.zh),
            format!("the measures together never changed the number of {}", quantity.label.en),
        )
    } else {
        (
            left_zh("这些措施一起", &quantity.label.zh, &whole.spread, Unit::Seed),
            left_en("the measures together", &quantity.label.en, &whole.spread, Unit::Seed),
        )
    };
    let parts = |lang: Lang| {
        let each = causes.iter().zip(&shares).map(|(cause, share)| part(cause, share, lang));
        each.collect::<Vec<_>>().join(t(lang, "，", ", "))
    };
    Bilingual::new(
        format!(
            "运行{seeds}个种子：{change_zh}{}；按所有先后次序平均，{}。",
            unchanged_zh(same, count, Unit::Seed),
            parts(Lang::Zh)
        ),
        format!(
            "In {seeds} seeds, {change_en}{}; averaged over all orders in which they could have come: {}.",
            unchanged_en(same, count, Unit::Seed),
            parts(Lang::En)
        ),
    )
}

/// `masks 40 fewer (30 to 50 fewer)`: the mean share of one measure, no finer than it is
/// known.
fn part(cause: &Cause, s: &MeasureShare, lang: Lang) -> String {
    let name = cause.label.get(lang);
    let error = share_error(s);
    let share = coarsened(s.share, error);
    let [low, high] = coarsened_ends(s.share_interval, error);
    let mean = signed(lang, share);
    if [share, low, high].iter().all(|&x| num(x) == "0") {
        return format!("{name}{}{mean}", t(lang, "", " "));
    }
    let ends = match (low < 0.0, high > 0.0) {
        (true, true) => match lang {
            Lang::Zh => format!("从{}到{}不等", signed(lang, low), signed(lang, high)),
            Lang::En => format!("between {} and {}", signed(lang, low), signed(lang, high)),
        },
        (true, false) => match lang {
            Lang::Zh => format!("增加{}到{}", num(-high), num(-low)),
            Lang::En => format!("{} to {} more", num(-high), num(-low)),
        },
        (false, _) => match lang {
            Lang::Zh => format!("减少{}到{}", num(low), num(high)),
            Lang::En => format!("{} to {} fewer", num(low), num(high)),
        },
    };
    match lang {
        Lang::Zh => format!("{name}{mean}（{ends}）"),
        Lang::En => format!("{name} {mean} ({ends})"),
    }
}

/// The Monte-Carlo error of a share.
fn share_error(s: &MeasureShare) -> f64 {
    (s.share_interval[1] - s.share_interval[0]) / 2.0 / Z_95
}

/// So many fewer, or more.
fn signed(lang: Lang, x: f64) -> String {
    let number = num(x.abs());
    match lang {
        _ if number == "0" => t(lang, "没有差别", "no difference").to_owned(),
        Lang::Zh if x < 0.0 => format!("增加{number}"),
        Lang::Zh => format!("减少{number}"),
        Lang::En if x < 0.0 => format!("{number} more"),
        Lang::En => format!("{number} fewer"),
    }
}

/// A measure at the head of a row: what it is called, and how it is written in a question.
fn row_name(cause: &Cause, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{}（{}）", cause.label.zh, cause.name),
        Lang::En => cause.name.clone(),
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
        let error = share_error(&m);
        let [interval, ninety] = if done.seeds() < 2 {
            [untold(lang).to_owned(), untold(lang).to_owned()]
        } else {
            let interval = coarsened_ends(m.share_interval, error);
            [range(lang, interval), range(lang, m.share_ninety)]
        };
        let mean = |m: &Moments| coarse(m.mean, m.error);
        vec![
            row_name(cause, lang),
            mean(&m.alone.mean),
            mean(&m.on_top.mean),
            coarse(m.share, error),
            interval,
            ninety,
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ensemble::Seeds;
    use crate::ensemble::grid::Filling;
    use std::num::NonZeroUsize;
    use std::sync::atomic::AtomicBool;

    fn said(count: u32, value: impl Fn(u32, u64) -> i64 + Sync) -> Bilingual {
        let go = AtomicBool::new(false);
        let filling = Filling { threads: NonZeroUsize::MIN, cancel: &go };
        let seeds = Seeds { first: 0, count };
        let done = attribution::attribute(2, seeds, &filling, value, |_, _| {}).unwrap();
        let causes = ["masks", "gates"].map(|name| Cause::named(name).unwrap());
        let causes: Vec<&Cause> = causes.iter().collect();
        let of = Quantity::new("infections", "person", Bilingual::fixed("感染人数", "infections"));
        sentence(&causes, &done, &of)
    }

    #[test]
    fn the_middle_and_the_seeds_without_a_change_are_told() {
        // Masks do all: 0 in ten seeds, 40 and 80 in the others.
        let value = |subset, seed: u64| match subset & 1 {
            0 => 100,
            _ => 100 - 40 * (seed % 3) as i64,
        };
        let said = said(30, value);
        assert!(
            said.en.starts_with("In 30 seeds, the measures together left 0 to 80 fewer infections in nine seeds of ten (about 40 fewer in the middle seed); in 10 seeds nothing changed; averaged over all orders in which they could have come: masks 40 fewer (28 to 52 fewer), the gates no difference."),
            "{}",
            said.en
        );
        assert_eq!(
            said.zh,
            "运行30个种子：这些措施一起，十个种子里有九个的感染人数减少0到80（居中的一个约减少40）；有10个毫无变化；按所有先后次序平均，口罩减少40（减少28到52），门岗没有差别。"
        );
    }

    #[test]
    fn one_seed_has_no_range_and_no_change_is_called_so() {
        let one = said(1, |subset, _| 9 - i64::from(subset));
        assert!(one.en.starts_with("Only one seed was run") && one.zh.contains("看不出范围"));
        let none = said(25, |_, _| 9);
        assert!(none.en.contains("the measures together never changed the number of infections;"));
        assert!(none.zh.contains("从来没有改变感染人数；"), "{}", none.zh);
    }

    #[test]
    fn a_chinese_row_says_what_the_measure_is() {
        let masks = Cause::named("masks").unwrap();
        assert_eq!(row_name(&masks, Lang::Zh), "口罩（masks）");
        assert_eq!(row_name(&masks, Lang::En), "masks");
    }
}
