//! Parameters apart from chance: a second, wider band.
//!
//! Floor 4. Reads the desk of a study; makes a nested design and says what it shows.
//! The runs of the first band keep every number as it is; here numbers that are not
//! known exactly are drawn from their ranges, so many sets with so many runs of each.

use std::io::Write;

use serde_json::{Value, json};

use super::desk::{Bar, Desk, not_begun, said};
use super::words::t;
use crate::base::text::{Bilingual, Lang, grouped};
use crate::cli::Uncertain;
use crate::ensemble::knobs::Knob;
use crate::ensemble::nested::{Nested, NestedPlan, VarianceParts, nested};
use crate::ensemble::stats::spread::Spread;
use crate::ensemble::uncertain::TwoBands;
use crate::ensemble::{Outcome, Quantity, Shape};
use crate::headless::ensemble::csv::Rows;
use crate::headless::files::Failure;
use crate::headless::say;
use crate::scenario::script::Scenario;
use crate::session::study::{Cause, ranges};

/// So many parameters can be named in a line.
const FEW: usize = 4;

/// What came of it.
pub(super) struct Wider {
    /// The parameters that were drawn.
    pub knobs: Vec<Knob>,
    /// The runs.
    pub nested: Nested,
}

/// The nested design, if one was asked for; `None` without.
fn wider(
    desk: &Desk,
    shape: Shape,
    run: impl Fn(&Scenario) -> Outcome + Sync,
    nothing: impl Fn() -> Outcome + Sync,
) -> Result<Option<Wider>, Failure> {
    let Some(Uncertain { draws, seeds, params: words }) = &desk.request.uncertain else {
        return Ok(None);
    };
    let knobs = knobs(desk, words)?;
    let plan = NestedPlan {
        draws: *draws,
        seeds_per_draw: *seeds,
        threads: desk.threads,
        ..NestedPlan::new(desk.seeds.first, &desk.stop)
    };
    let one = |values: &[u32], seed: u64| {
        let set: Vec<(String, u32)> =
            knobs.iter().zip(values).map(|(knob, &value)| (knob.name.clone(), value)).collect();
        desk.made(seed, &set).map_or_else(&nothing, |world| run(&world))
    };
    let bar = Bar::new(desk.lang);
    let nested = nested(shape, &plan, &knobs, one, |p| bar.at(p.done as usize, p.of as usize))
        .map_err(not_begun)?;
    drop(bar);
    desk.all_made()?;
    Ok(Some(Wider { knobs, nested }))
}

/// The parameters that are turned or drawn: those that were named, or the usual list.
pub(super) fn knobs(desk: &Desk, words: &[String]) -> Result<Vec<Knob>, Failure> {
    let params = &desk.study.story().setup.params;
    if words.is_empty() {
        return Ok(ranges::usual(params, desk.study.shape().cases.is_some()));
    }
    ranges::named(params, words).map_err(|e| said(e.sentence()))
}

/// Of one arm.
pub(super) fn of_runs(desk: &Desk) -> Result<Option<Wider>, Failure> {
    let study = &desk.study;
    wider(desk, study.shape().clone(), |world| study.run(world), || study.nothing())
}

/// Of pairs: the totals without the measures, then those with them.
pub(super) fn of_pairs(desk: &Desk, causes: &[&Cause]) -> Result<Option<Wider>, Failure> {
    let study = &desk.study;
    let totals = &study.shape().totals;
    let shape = Shape {
        days: study.shape().days,
        series: Vec::new(),
        totals: [&totals[..], &totals[..]].concat(),
        cases: None,
        homes: 0,
    };
    let count = totals.len();
    let both = |world: &Scenario| {
        let pair = study.pair(world, causes);
        let totals = [pair.without.totals, pair.with.totals].concat();
        Outcome { totals, ..Outcome::default() }
    };
    let nothing = || Outcome { totals: vec![0; 2 * count], ..Outcome::default() };
    wider(desk, shape, both, nothing)
}

impl Wider {
    /// Whether all of it was run.
    pub(super) fn is_whole(&self) -> bool {
        self.nested.all.runs() == self.nested.all.seeds.count
    }

    /// By total of pairs: what the measures changed in each run.
    pub(super) fn fewer(&self, quantities: &[Quantity]) -> Vec<(Quantity, Vec<i64>)> {
        let rows = &self.nested.all.rows;
        let of = |(at, q): (usize, &Quantity)| {
            let (without, with) = (rows.signed_total(at), rows.signed_total(quantities.len() + at));
            let fewer = without.iter().zip(&with).map(|(a, b)| a - b).collect();
            (q.clone(), fewer)
        };
        quantities.iter().enumerate().map(of).collect()
    }

    /// Both bands of one number of each run.
    pub(super) fn bands(&self, chance: &Spread, numbers: &[i64], paired: bool) -> Option<TwoBands> {
        Some(TwoBands {
            chance: *chance,
            both: Spread::of(numbers.to_vec())?,
            parts: self.nested.parts_of(numbers),
            share_interval: self.nested.share_interval(numbers),
            knobs: self.knobs.len(),
            paired,
        })
    }

    /// What was drawn, below the numbers.
    pub(super) fn told(
        &self,
        bands: Option<&TwoBands>,
        q: &Quantity,
        lang: Lang,
        out: &mut dyn Write,
    ) {
        say(out, "");
        say(
            out,
            t(lang, "偶然之外，参数也拿不准", "Beyond chance: numbers that are not known exactly"),
        );
        let sentence = bands.map_or_else(
            || {
                Bilingual::fixed(
                    "还没有运行，说不出结果。",
                    "Nothing has been run yet, so nothing can be said.",
                )
            },
            |bands| bands.sentence(&q.label),
        );
        say(out, sentence.get(lang));
        let Nested { all, draws, seeds_per_draw } = &self.nested;
        let names: Vec<&str> = self.knobs.iter().map(|knob| knob.label.get(lang)).collect();
        let drawn = match (names.len() > FEW, lang) {
            (false, Lang::Zh) => names.join("、"),
            (false, Lang::En) => names.join(", "),
            (true, Lang::Zh) => format!("常用的{}个", names.len()),
            (true, Lang::En) => format!("the usual {}", names.len()),
        };
        let (sets, each, runs) = (
            grouped(draws.len() as u64),
            grouped((*seeds_per_draw).into()),
            grouped(all.runs().into()),
        );
        say(
            out,
            &match lang {
                Lang::Zh => format!(
                    "取了{sets}组参数，每组运行{each}次，共运行{runs}次。取值的参数：{drawn}。各自的范围：zhanyitu sensitivity。"
                ),
                Lang::En => format!(
                    "{sets} sets of numbers with {each} runs of each, {runs} runs. Drawn were: {drawn}. Their ranges: zhanyitu sensitivity."
                ),
            },
        );
    }
}

/// Both bands as JSON.
pub(super) fn value(wider: &Wider, bands: Option<&TwoBands>, q: &Quantity) -> Value {
    let nested = &wider.nested;
    let drawn = nested.draws.iter().map(|values| {
        let pairs = wider.knobs.iter().zip(values).map(|(k, v)| (k.name.clone(), json!(v)));
        Value::Object(pairs.collect())
    });
    json!({
        "quantity": q,
        "sentence": bands.map(|b| b.sentence(&q.label)),
        "chance": bands.map(|b| b.chance),
        "chance_and_parameters": bands.map(|b| b.both),
        "variance": bands.and_then(|b| b.parts),
        "share_of_parameters": bands.and_then(|b| b.parts).map(VarianceParts::share_between),
        "share_interval_90": bands.and_then(|b| b.share_interval),
        "sets": nested.draws.len(),
        "runs_of_each": nested.seeds_per_draw,
        "runs_done": nested.all.runs(),
        "ranges": wider.knobs,
        "draws": drawn.collect::<Vec<_>>(),
    })
}

/// Rows of another table without where its numbers come from, which stands above
/// already.
pub(super) fn more(rows: Rows) -> impl Iterator<Item = Vec<String>> {
    let told = ["about", "parameter"];
    rows.into_iter().skip(1).filter(move |row| !told.contains(&row[0].as_str()))
}
