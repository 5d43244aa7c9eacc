//! Results of many runs as one JSON object.
//!
//! Floor 4. Reads results; makes text. Texts for people are given in both
//! languages; a change of the shape raises [`FORMAT`].

use serde_json::{Value, json};

use super::About;
use crate::base::ids::HouseholdId;
use crate::ensemble::sentence::{TEACHING, Told};
use crate::ensemble::stats::curves::Ranking;
use crate::ensemble::stats::moments::Moments;
use crate::ensemble::stats::share::Share;
use crate::ensemble::{Ensemble, Pairs};
use crate::sim::work::measure_cards::MeasureCard;

/// The shape of the object.
pub const FORMAT: u32 = 2;

/// Where the numbers come from.
pub(super) fn about_value(about: &About, runs: u32) -> Value {
    let numbers = about.numbers.iter().map(|n| {
        json!({
            "path": n.card.path(), "label": n.card.label, "value": n.value,
            "unit": n.card.unit, "origin": n.origin, "source": n.source,
        })
    });
    json!({
        "format": FORMAT,
        "program": "zhanyitu",
        "version": about.version,
        "model_revision": about.model,
        "note": TEACHING,
        "asked": about.asked,
        "scene": {
            "file": about.file, "title": about.title, "kind": about.kind,
            "content_hash": about.scene_hash,
        },
        "seeds": { "first": about.seeds.first, "last": about.seeds.last() },
        "runs_asked": about.seeds.count,
        "runs_done": runs,
        "parameters_hash": about.params_hash,
        "parameters": numbers.collect::<Vec<_>>(),
        "base_rate": about.base,
        "severity_of_100": about.severity,
        "leans_on_estimates": about.leans_on,
        "measures": about.measures.iter().map(|card| measure(card)).collect::<Vec<_>>(),
        "caution": about.caution,
    })
}

/// How a measure works, how sure one can be, what it costs and whom.
fn measure(card: &MeasureCard) -> Value {
    json!({
        "name": card.measure.name(), "label": card.measure.label(),
        "mechanism": card.mechanism, "assumption": card.assumption,
        "certainty": card.certainty.label(), "source": card.source,
        "cost": card.cost, "borne_by": card.borne_by,
    })
}

fn share(share: Share) -> Value {
    json!({
        "count": share.count, "of": share.of, "share": share.value(),
        "interval_95": share.interval(),
    })
}

pub(super) fn moments(m: &Moments) -> Value {
    json!({
        "mean": m.mean, "deviation": m.deviation, "monte_carlo_error": m.error,
        "interval_95": m.interval(), "runs_for_10_percent": m.runs_needed(),
    })
}

/// One object out of where the numbers come from and the numbers.
pub(super) fn joined(mut about: Value, results: Value) -> String {
    if let (Some(object), Value::Object(results)) = (about.as_object_mut(), results) {
        object.extend(results);
    }
    serde_json::to_string_pretty(&about).unwrap_or_default()
}

/// One arm as indented JSON; `wider` is what parameters do besides chance.
pub fn ensemble_text(
    about: &About,
    ensemble: &Ensemble,
    ranking: Option<&Ranking>,
    wider: Option<Value>,
) -> String {
    let head = about_value(about, ensemble.runs());
    let Some(summary) = ensemble.summary() else { return joined(head, json!({})) };
    let shape = &ensemble.shape;
    let series = shape
        .series
        .iter()
        .zip(&summary.series)
        .map(|(q, s)| json!({ "quantity": q, "bands": s.bands, "peaks": s.peaks }));
    let totals = shape
        .totals
        .iter()
        .zip(&summary.totals)
        .map(|(q, t)| json!({ "quantity": q, "spread": t.spread, "mean": moments(&t.mean) }));
    let cases = shape.cases;
    let results = json!({
        "runs": {
            "died_out_below_10": cases.map(|_| share(summary.died_out)),
            "below_100": cases.map(|_| share(summary.below_100)),
            "no_case": cases.map(|_| summary.empty),
        },
        "series": series.collect::<Vec<_>>(),
        "curves": ranking.map(|r| curves(ensemble, r)),
        "totals": totals.collect::<Vec<_>>(),
        "homes_reached": ensemble.homes_reached,
        "chance_and_parameters": wider,
    });
    joined(head, results)
}

/// Single runs of the first quantity, the most central first.
fn curves(ensemble: &Ensemble, ranking: &Ranking) -> Value {
    let line = |run: usize| {
        let rank = ranking.order.iter().position(|&r| r == run).map(|r| r + 1);
        json!({
            "seed": ensemble.seeds.seed(run), "run": run + 1, "of": ensemble.runs(), "rank": rank, "days": ensemble.rows.curve(0, run),
        })
    };
    ranking.lines(super::csv::LINES).into_iter().map(line).collect()
}

/// A long table as indented JSON, with the sentence.
pub fn rows_text(about: &About, done: u32, told: &Told, rows: super::csv::Rows) -> String {
    // These stand in the head already.
    let about_rows = ["about", "base_rate", "parameter", "measure"];
    let result = |row: &Vec<String>| {
        json!({
            "part": row[0], "quantity": row[1], "figure": row[3],
            "value": row[4].parse::<f64>().map_or_else(|_| json!(row[4]), |x| json!(x)),
            "unit": row[5],
        })
    };
    let results = rows.iter().skip(1).filter(|row| !about_rows.contains(&row[0].as_str()));
    let results = json!({
        "sentence": told.sentence, "results": results.map(result).collect::<Vec<_>>(),
    });
    joined(about_value(about, done), results)
}

/// Pairs as indented JSON.
pub fn pair_text(about: &About, pairs: &Pairs, told: &Told, wider: Option<Value>) -> String {
    let totals = pairs.without.shape.totals.iter().enumerate().filter_map(|(at, q)| {
        let s = pairs.summary(at)?;
        Some(json!({
            "quantity": q,
            "fewer_with": { "spread": s.difference, "mean": moments(&s.mean) },
            "seeds": {
                "fewer": s.seeds.better, "no_change": s.seeds.same, "more": s.seeds.worse,
                "any_benefit": share(s.seeds.strictly()),
                "probability_better_ties_half": s.seeds.probability(),
                "no_case_in_either": s.empty,
            },
            "died_out_below_10": pairs.without.shape.cases.map(|_| json!({
                "without": share(s.died_out_without), "with": share(s.died_out_with),
            })),
            "without": s.without,
            "with": s.with,
        }))
    });
    let homes = pairs.homes.homes.iter().enumerate().map(|(at, h)| {
        json!({
            "home": HouseholdId::from_index(at).to_string(),
            "spared": h.spared, "same": h.same(pairs.homes.pairs), "worse": h.worse,
        })
    });
    let results = json!({
        "sentence": told.sentence,
        "totals": totals.collect::<Vec<_>>(),
        "homes": homes.collect::<Vec<_>>(),
        "chance_and_parameters": wider,
    });
    joined(about_value(about, pairs.count()), results)
}

#[cfg(test)]
mod tests {
    use super::super::tests::{about, ensemble, pairs};
    use super::*;
    use crate::base::text::Bilingual;
    use crate::ensemble::sentence::tell;
    use crate::ensemble::stats::curves::RankingPlan;

    #[test]
    fn an_ensemble_says_whence_it_comes_and_repeats_byte_for_byte() {
        let (about, ensemble) = (about(), ensemble());
        let ranking = Ranking::of(&ensemble.rows, 0, &RankingPlan::new(1));
        let text = ensemble_text(&about, &ensemble, Some(&ranking), None);
        let again = ensemble_text(&about, &super::super::tests::ensemble(), Some(&ranking), None);
        assert_eq!(text, again);
        let value: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(value["note"]["en"], "This is a teaching model, no forecast.");
        assert_eq!(value["note"]["zh"], "这是教学用的模型，不是预测。");
        assert_eq!((&value["seeds"]["first"], &value["seeds"]["last"]), (&json!(100), &json!(129)));
        assert_eq!(value["version"], "0.1.0");
        assert_eq!(value["parameters"].as_array().unwrap().len(), about.numbers.len());
        assert!(value["parameters"][0]["source"]["zh"].is_string());
        assert_eq!(value["curves"].as_array().unwrap().len(), 20);
        assert_eq!(value["curves"][0]["rank"], 1);
        let days = value["series"][0]["bands"]["median"].as_array().unwrap().len();
        assert_eq!(days, 20);
    }

    #[test]
    fn pairs_carry_the_sentence_in_both_languages() {
        let pairs = pairs();
        let summary = pairs.summary(0);
        let names =
            [Bilingual::fixed("门岗", "the gates"), Bilingual::fixed("感染人数", "infections")];
        let told = tell(summary.as_ref(), &names[0], &names[1]);
        let value: Value = serde_json::from_str(&pair_text(&about(), &pairs, &told, None)).unwrap();
        assert!(value["sentence"]["en"].as_str().unwrap().starts_with("In 30 pairs of runs"));
        let seeds = &value["totals"][0]["seeds"];
        let sum: u64 =
            ["fewer", "no_change", "more"].iter().map(|k| seeds[*k].as_u64().unwrap()).sum();
        assert_eq!(sum, 30);
        assert_eq!(value["homes"].as_array().unwrap().len(), 6);
        assert_eq!(value["homes"][5]["home"], HouseholdId::from_index(5).to_string());
        assert_eq!(value["runs_done"], 30);
    }
}
