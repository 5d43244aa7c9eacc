//! What a sensitivity analysis found, as a chart.
//!
//! Floor 4. Reads bars, effects, indices; makes marks for a picture.

use crate::base::text::{Bilingual, Lang, grouped};
use crate::ensemble::Quantity;
use crate::ensemble::knobs::Knob;
use crate::ensemble::morris::Effect;
use crate::ensemble::sobol::Index;
use crate::ensemble::stats::paired::Differences;
use crate::ensemble::tornado::Bar as Swing;
use crate::headless::studies::picture::{Mark, MarkRow, Marks, Shape};

/// A row for a parameter: what it is called, and its range.
fn mark_row(knob: &Knob, lang: Lang, marks: Vec<Mark>) -> MarkRow {
    let Knob { name, label, low, high, .. } = knob;
    let [low, high] = [low, high].map(|&n| grouped(n.into()));
    let below = match lang {
        Lang::Zh => format!("{name}：{low}到{high}"),
        Lang::En => format!("{name}: {low} to {high}"),
    };
    MarkRow { name: label.get(lang).to_owned(), below, marks }
}

/// The longest bar above.
pub(super) fn tornado_marks(bars: &[Swing], knobs: &[Knob], of: &Quantity, lang: Lang) -> Marks {
    let rows = bars.iter().filter_map(|bar| {
        let mark = |shape, d: &Differences| Mark {
            shape,
            value: d.mean.mean,
            interval: d.mean.interval(),
        };
        let marks = vec![mark(Shape::Ring, &bar.low), mark(Shape::Disc, &bar.high)];
        Some(mark_row(knobs.get(bar.knob)?, lang, marks))
    });
    Marks {
        axis: match lang {
            Lang::Zh => format!("{}的平均变动；0是参数取现在的值", of.label.zh),
            Lang::En => {
                format!("mean change of {}; 0 is with every number as it is now", of.label.en)
            }
        },
        shapes: vec![
            (Shape::Ring, Bilingual::fixed("参数在下限", "at its low end")),
            (Shape::Disc, Bilingual::fixed("参数在上限", "at its high end")),
        ],
        interval: CHANCE,
        rows: rows.collect(),
    }
}

const CHANCE: Bilingual = Bilingual::fixed(
    "一次只改一个参数，其余不变；细线是只算偶然的95 %区间。",
    "One number is turned at a time, all others stay; thin lines: 95 % intervals as far as chance goes.",
);

fn largest_first(mut rows: Vec<(f64, MarkRow)>) -> Vec<MarkRow> {
    rows.sort_by(|a, b| b.0.total_cmp(&a.0));
    rows.into_iter().map(|(_, row)| row).collect()
}

pub(super) fn morris_marks(effects: &[Effect], knobs: &[Knob], of: &Quantity, lang: Lang) -> Marks {
    let rows = knobs.iter().zip(effects).map(|(knob, e)| {
        // No interval is known of an elementary effect: the mark stands alone.
        let mark = Mark { shape: Shape::Disc, value: e.mu_star, interval: [e.mu_star; 2] };
        (e.mu_star, mark_row(knob, lang, vec![mark]))
    });
    Marks {
        axis: match lang {
            Lang::Zh => format!("从下限到上限，{}平均变动多少（mu*）", of.label.zh),
            Lang::En => {
                format!("mean move of {} from low end to high end (mu*)", of.label.en)
            }
        },
        shapes: vec![(Shape::Disc, Bilingual::fixed("平均变动", "mean move"))],
        interval: Bilingual::fixed(
            "初筛：看次序，不看大小。",
            "A screening: the order counts, not the size.",
        ),
        rows: largest_first(rows.collect()),
    }
}

pub(super) fn sobol_marks(list: &[Index], knobs: &[Knob], of: &Quantity, lang: Lang) -> Marks {
    let rows = knobs.iter().zip(list).map(|(knob, i)| {
        let percent = |x: f64| 100.0 * x;
        let mark = |shape, value, interval: [f64; 2]| Mark {
            shape,
            value: percent(value),
            interval: interval.map(percent),
        };
        let marks = vec![
            mark(Shape::Ring, i.first, i.first_interval),
            mark(Shape::Disc, i.total, i.total_interval),
        ];
        (i.total, mark_row(knob, lang, marks))
    });
    Marks {
        axis: match lang {
            Lang::Zh => format!("{}的方差里所占的份额，%", of.label.zh),
            Lang::En => format!("share of the variance of {}, %", of.label.en),
        },
        shapes: vec![
            (Shape::Ring, Bilingual::fixed("单独", "alone")),
            (Shape::Disc, Bilingual::fixed("连同相互作用", "with others")),
        ],
        interval: Bilingual::fixed("细线是90 %区间。", "Thin lines: 90 % intervals."),
        rows: largest_first(rows.collect()),
    }
}
