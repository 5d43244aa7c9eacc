//! What made the difference, as tables: attribution, tornado, Morris, Sobol, and
//! the parts of the variance.
//!
//! Floor 4. Reads results; makes rows as `csv` does, and begins as every table
//! does with where the numbers come from.

use super::About;
use super::csv::{Rows, Table};
use crate::base::text::Lang;
use crate::ensemble::Quantity;
use crate::ensemble::attribution::Attribution;
use crate::ensemble::knobs::Knob;
use crate::ensemble::morris::Effect;
use crate::ensemble::nested::Nested;
use crate::ensemble::sobol::Indices;
use crate::ensemble::stats::spread::Spread;
use crate::ensemble::tornado::Bar;

/// Attribution: each measure alone, on top of all others, and its share. `measures`
/// are their names in files.
pub fn attribution_rows(
    about: &About,
    attribution: &Attribution,
    measures: &[String],
    q: &Quantity,
    lang: Lang,
) -> Rows {
    let mut table = Table::about(about, attribution.seeds() as u32, lang);
    table.put("about", "", None, "every_order_counted", attribution.is_exact(), "");
    table.put("about", "", None, "runs_per_seed", attribution.arms(), "run");
    if let Some(whole) = attribution.whole() {
        table.spread("fewer_with_all", &q.name, &whole.spread, &q.unit);
        table.moments("fewer_with_all", &q.name, &whole.mean, &q.unit);
    }
    for (name, m) in measures.iter().zip(attribution.measures().unwrap_or_default()) {
        table.spread("fewer_with_it_alone", name, &m.alone.spread, &q.unit);
        table.spread("fewer_with_it_on_top", name, &m.on_top.spread, &q.unit);
        for (figure, value) in [
            ("mean", m.share),
            ("mean_low_95", m.share_interval[0]),
            ("mean_high_95", m.share_interval[1]),
            ("low_90", m.share_ninety[0]),
            ("high_90", m.share_ninety[1]),
        ] {
            table.put("share_over_orders", name, None, figure, value, &q.unit);
        }
    }
    table.rows()
}

/// Tornado: the longest bar first.
pub fn tornado_rows(about: &About, bars: &[Bar], knobs: &[Knob], q: &Quantity, lang: Lang) -> Rows {
    let seeds = bars.first().map_or(0, |bar| bar.low.spread.count);
    let mut table = Table::about(about, seeds, lang);
    for bar in bars {
        let Some(knob) = knobs.get(bar.knob) else { continue };
        table.put("tornado", &knob.name, None, "swing_of_mean", bar.swing, &q.unit);
        for (end, value, change) in [("low", knob.low, bar.low), ("high", knob.high, bar.high)] {
            let part = format!("change_at_{end}_end");
            table.put(&part, &knob.name, None, "value", value, "");
            table.spread(&part, &knob.name, &change.spread, &q.unit);
            table.moments(&part, &knob.name, &change.mean, &q.unit);
        }
    }
    table.rows()
}

/// Elementary effects, by knob.
pub fn morris_rows(
    about: &About,
    effects: &[Effect],
    knobs: &[Knob],
    q: &Quantity,
    lang: Lang,
) -> Rows {
    let mut table = Table::about(about, about.seeds.count, lang);
    for (knob, e) in knobs.iter().zip(effects) {
        for (figure, value) in [("mu_star", e.mu_star), ("mu", e.mu), ("sigma", e.sigma)] {
            table.put("morris", &knob.name, None, figure, value, &q.unit);
        }
    }
    table.rows()
}

/// Sobol's indices, by knob.
pub fn sobol_rows(
    about: &About,
    indices: &Indices,
    knobs: &[Knob],
    q: &Quantity,
    lang: Lang,
) -> Rows {
    let mut table = Table::about(about, about.seeds.count, lang);
    table.put("sobol", &q.name, None, "variance", indices.variance, "");
    table.put("sobol", &q.name, None, "samples", indices.samples, "");
    for (knob, i) in knobs.iter().zip(&indices.knobs) {
        for (figure, value) in [
            ("first", i.first),
            ("first_low_90", i.first_interval[0]),
            ("first_high_90", i.first_interval[1]),
            ("total", i.total),
            ("total_low_90", i.total_interval[0]),
            ("total_high_90", i.total_interval[1]),
        ] {
            table.put("sobol", &knob.name, None, figure, value, "");
        }
    }
    table.rows()
}

/// Chance and parameters apart: the wider bands, parts of the variance, and the
/// parameters of every draw.
pub fn nested_rows(about: &About, nested: &Nested, knobs: &[Knob], lang: Lang) -> Rows {
    let mut table = Table::about(about, nested.all.runs(), lang);
    for (at, q) in nested.all.shape.series.iter().enumerate() {
        table.bands("band_chance_and_parameters", q, &nested.wider_band(at));
        table.bands("band_parameters", q, &nested.parameter_band(at));
    }
    for (at, q) in nested.all.shape.totals.iter().enumerate() {
        parts(&mut table, nested, q, &nested.all.rows.signed_total(at), "chance_and_parameters");
    }
    drawn(&mut table, nested, knobs);
    table.rows()
}

/// The same of what a measure changed; `fewer` gives the difference of each total.
pub fn nested_pair_rows(
    about: &About,
    nested: &Nested,
    knobs: &[Knob],
    fewer: &[(Quantity, Vec<i64>)],
    lang: Lang,
) -> Rows {
    let mut table = Table::about(about, nested.all.runs(), lang);
    for (q, numbers) in fewer {
        parts(&mut table, nested, q, numbers, "fewer_with_chance_and_parameters");
    }
    drawn(&mut table, nested, knobs);
    table.rows()
}

fn parts(table: &mut Table, nested: &Nested, q: &Quantity, numbers: &[i64], part: &str) {
    if let Some(spread) = Spread::of(numbers.to_vec()) {
        table.spread(part, &q.name, &spread, &q.unit);
    }
    if let Some(parts) = nested.parts_of(numbers) {
        table.put("variance", &q.name, None, "between_parameters", parts.between, "");
        table.put("variance", &q.name, None, "within_chance", parts.within, "");
        table.put("variance", &q.name, None, "share_of_parameters", parts.share_between(), "");
    }
    if let Some([low, high]) = nested.share_interval(numbers) {
        table.put("variance", &q.name, None, "share_low_90", low, "");
        table.put("variance", &q.name, None, "share_high_90", high, "");
    }
}

fn drawn(table: &mut Table, nested: &Nested, knobs: &[Knob]) {
    for (draw, values) in nested.draws.iter().enumerate() {
        for (knob, value) in knobs.iter().zip(values) {
            table.put("draw", &knob.name, None, &format!("draw_{}", draw + 1), value, "");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{SEEDS, about};
    use super::*;
    use crate::base::text::Bilingual;
    use crate::ensemble::attribution::attribute;
    use crate::ensemble::grid::Filling;
    use crate::ensemble::morris::morris;
    use crate::ensemble::nested::{NestedPlan, nested};
    use crate::ensemble::sentence::TEACHING;
    use crate::ensemble::sobol::sobol;
    use crate::ensemble::stats::tests::{toy, toy_shape};
    use crate::ensemble::tornado::tornado;
    use std::num::NonZeroUsize;
    use std::sync::atomic::AtomicBool;

    #[test]
    fn every_table_says_whence_it_comes_and_is_rectangular() {
        let go = AtomicBool::new(false);
        let filling = Filling { threads: NonZeroUsize::MIN, cancel: &go };
        let knob = |name: &str| Knob {
            name: name.to_owned(),
            label: Bilingual::default(),
            low: 0,
            usual: 50,
            high: 200,
        };
        let (knobs, q) = ([knob("a.x"), knob("a.y")], toy_shape().totals[0].clone());
        let value = |v: &[u32], seed: u64| i64::from(v[0]) + seed as i64 % 7;
        let by_subset = |subset: u32, seed: u64| 90 - i64::from(subset) - seed as i64 % 7;
        let none = |_: usize, _: usize| {};
        let stack = attribute(2, SEEDS, &filling, by_subset, none).unwrap();
        let bars = tornado(&knobs, SEEDS, &filling, value, none).unwrap();
        let effects = morris(&knobs, 6, SEEDS, &filling, value, none).unwrap();
        let indices = sobol(&knobs, 16, SEEDS, &filling, value, none).unwrap().unwrap();
        let plan = NestedPlan { draws: 4, seeds_per_draw: 3, ..NestedPlan::new(1, &go) };
        let parts = nested(toy_shape(), &plan, &knobs, |_, seed| toy(seed), |_| {}).unwrap();
        let names = ["gates".to_owned(), "masks".to_owned()];
        for lang in Lang::ALL {
            let about = about();
            let tables = [
                (attribution_rows(&about, &stack, &names, &q, lang), "share_over_orders"),
                (tornado_rows(&about, &bars, &knobs, &q, lang), "tornado"),
                (morris_rows(&about, &effects, &knobs, &q, lang), "morris"),
                (sobol_rows(&about, &indices, &knobs, &q, lang), "sobol"),
                (nested_rows(&about, &parts, &knobs, lang), "variance"),
            ];
            for (rows, part) in tables {
                assert!(rows.iter().all(|row| row.len() == 6));
                assert!(rows.iter().any(|row| row[3] == "note" && row[4] == TEACHING.get(lang)));
                assert!(rows.iter().any(|row| row[0] == part), "{part}");
            }
        }
    }
}
