//! `anchors`: the table of validation.
//!
//! Floor 4. Reads the anchors; writes their rows; owns nothing. Anchors run beside each
//! other and are told in the order of the table.

use std::io::Write;
use std::path::Path;

use serde_json::json;

use super::desk::Bar;
use super::stop;
use super::words::t;
use crate::anchors::{ALL, Anchor, Knobs, Row};
use crate::base::text::Lang;
use crate::cli::AnchorsRequest;
use crate::ensemble::sentence::TEACHING;
use crate::ensemble::workers;
use crate::headless::files::{self, Failure};
use crate::headless::{exit, say, tables};
use crate::history::save::MODEL_REVISION;

/// Runs the anchors that were named, or all.
pub fn anchors(request: &AnchorsRequest, lang: Lang, out: &mut dyn Write) -> Result<u8, Failure> {
    let chosen = chosen(&request.ids)?;
    let knobs = Knobs::default();
    let stop = stop::on_interrupt();
    let bar = Bar::new(lang);
    let mut rows: Vec<Row> = Vec::new();
    if !request.json {
        say(out, t(lang, HEAD[0], HEAD[1]));
    }
    let done = workers::in_order(
        chosen.len(),
        workers::all_cores(),
        &stop,
        |at| chosen[at].1(&knobs),
        |at, of_anchor| {
            if !request.json {
                for row in &of_anchor {
                    say(out, &line(row, lang));
                }
            }
            rows.extend(of_anchor);
            bar.at(at + 1, chosen.len());
        },
    );
    drop(bar);
    let failed = rows.iter().filter(|row| !row.pass).count();
    if let Some(file) = &request.csv {
        files::write_whole(Path::new(file), &tables::csv_bytes(false, table(&rows, &knobs, lang)))?;
    }
    if request.json {
        say(out, &object(&rows, &knobs, done, chosen.len()));
    } else {
        sum_up(rows.len(), failed, &knobs, lang, out);
    }
    Ok(if failed > 0 {
        exit::CLAIM_FAILED
    } else if done < chosen.len() {
        exit::INTERRUPTED
    } else {
        exit::FINE
    })
}

const HEAD: [&str; 2] = [
    "核对模型：引擎算出的，和已发表的或算得准的结果相比",
    "Validation: what the engine gives against published and exact results",
];

/// Anchors by the word before the first blank of their name: `T1` names both T1s.
fn chosen(ids: &[String]) -> Result<Vec<Anchor>, Failure> {
    let is = |anchor: &Anchor, id: &str| {
        let first = anchor.0.split(' ').next().unwrap_or_default();
        anchor.0.eq_ignore_ascii_case(id) || first.eq_ignore_ascii_case(id)
    };
    if let Some(id) = ids.iter().find(|id| !ALL.iter().any(|anchor| is(anchor, id))) {
        let mut known: Vec<&str> =
            ALL.iter().map(|a| a.0.split(' ').next().unwrap_or_default()).collect();
        known.dedup();
        return Err(Failure::asked(
            format!("没有编号“{id}”；可以写：{}", known.join("、")),
            format!("there is no anchor `{id}`; it may be {}", known.join(", ")),
        ));
    }
    let wanted = |anchor: &&Anchor| ids.is_empty() || ids.iter().any(|id| is(anchor, id));
    Ok(ALL.iter().filter(wanted).copied().collect())
}

/// Six figures, without zeros that say nothing.
fn six(x: f64) -> String {
    let text = format!("{x:.6}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn line(row: &Row, lang: Lang) -> String {
    let Row { id, what, expected, obtained, tolerance, pass } = row;
    let verdict = match pass {
        true => t(lang, "相符", "ok  "),
        false => t(lang, "不符", "FAIL"),
    };
    let (obtained, expected, tolerance) = (six(*obtained), six(*expected), six(*tolerance));
    match lang {
        Lang::Zh => {
            format!("{verdict}  {id}  {}：{obtained}，应为{expected} ± {tolerance}", what.zh)
        }
        Lang::En => {
            format!("{verdict}  {id}  {}: {obtained}, expected {expected} ± {tolerance}", what.en)
        }
    }
}

fn sum_up(rows: usize, failed: usize, knobs: &Knobs, lang: Lang, out: &mut dyn Write) {
    let version = env!("CARGO_PKG_VERSION");
    say(out, "");
    say(
        out,
        &match lang {
            Lang::Zh => format!("共{rows}条，{}条相符，{failed}条不符。", rows - failed),
            Lang::En => format!("{rows} rows: {} hold, {failed} fail.", rows - failed),
        },
    );
    say(
        out,
        &match lang {
            Lang::Zh => {
                format!("种子{}；zhanyitu {version}，模型第{MODEL_REVISION}版。", knobs.seed)
            }
            Lang::En => {
                format!("Seed {}; zhanyitu {version}, model revision {MODEL_REVISION}.", knobs.seed)
            }
        },
    );
    say(out, TEACHING.get(lang));
}

fn table(rows: &[Row], knobs: &Knobs, lang: Lang) -> Vec<Vec<String>> {
    let words = |list: &[&str]| list.iter().map(|&w| w.to_owned()).collect::<Vec<_>>();
    let mut table = vec![words(&[
        "anchor",
        "what",
        "expected",
        "obtained",
        "tolerance",
        "pass",
        "seed",
        "version",
    ])];
    table.extend(rows.iter().map(|row| {
        vec![
            row.id.to_owned(),
            row.what.get(lang).to_owned(),
            row.expected.to_string(),
            row.obtained.to_string(),
            row.tolerance.to_string(),
            row.pass.to_string(),
            knobs.seed.to_string(),
            env!("CARGO_PKG_VERSION").to_owned(),
        ]
    }));
    table
}

fn object(rows: &[Row], knobs: &Knobs, done: usize, of: usize) -> String {
    let value = json!({
        "format": 1,
        "program": "zhanyitu",
        "version": env!("CARGO_PKG_VERSION"),
        "model_revision": MODEL_REVISION,
        "note": TEACHING,
        "seed": knobs.seed,
        "anchors_done": done,
        "anchors_asked": of,
        "pass": rows.iter().all(|row| row.pass),
        "rows": rows,
    });
    serde_json::to_string_pretty(&value).unwrap_or_default()
}
