//! `anchors`: the table of validation.
//!
//! Floor 4. Reads the anchors; writes their rows; owns nothing. Anchors run beside each
//! other and are told in the order of the table.

use std::io::Write;
use std::path::Path;

use serde::Serialize;
use serde_json::json;

use super::desk::Bar;
use super::stop;
use super::words::t;
use crate::anchors::wuhan::Steps;
use crate::anchors::{ALL, Anchor, Knobs, Row, Work};
use crate::base::text::{Bilingual, Lang};
use crate::cli::AnchorsRequest;
use crate::ensemble::sentence::TEACHING;
use crate::ensemble::workers;
use crate::headless::files::{self, Failure};
use crate::headless::{exit, say, tables};
use crate::history::save::MODEL_REVISION;
use crate::scenario::names::nearest;

/// One thing to do for an anchor: all of it, or one of its worlds.
#[derive(Clone, Copy)]
struct Piece {
    anchor: usize,
    world: usize,
    is_last: bool,
}

/// A row, and where its expected value comes from.
#[derive(Serialize)]
struct Traced {
    #[serde(flatten)]
    row: Row,
    source: Bilingual,
}

/// What a piece gave.
enum Given {
    Rows(Vec<Row>),
    World(Option<Steps>),
}

fn pieces(chosen: &[Anchor], knobs: &Knobs) -> Vec<Piece> {
    let count = |anchor: &Anchor| match anchor.work {
        Work::Whole(_) => 1,
        Work::Worlds { count, .. } => count(knobs),
    };
    let of = |(anchor, count): (usize, usize)| {
        (0..count).map(move |world| Piece { anchor, world, is_last: world + 1 == count })
    };
    chosen.iter().map(count).enumerate().flat_map(of).collect()
}

fn work(anchor: &Anchor, world: usize, knobs: &Knobs) -> Given {
    match anchor.work {
        Work::Whole(rows) => Given::Rows(rows(knobs)),
        Work::Worlds { one, .. } => Given::World(one(knobs, world)),
    }
}

/// Runs the anchors that were named, or all.
pub fn anchors(request: &AnchorsRequest, lang: Lang, out: &mut dyn Write) -> Result<u8, Failure> {
    let chosen = chosen(&request.ids)?;
    let knobs = Knobs::default();
    let stop = stop::on_interrupt();
    let bar = Bar::new(lang);
    let (mut rows, mut worlds): (Vec<Traced>, Vec<Option<Steps>>) = (Vec::new(), Vec::new());
    let mut done = 0;
    if !request.json {
        say(out, t(lang, HEAD[0], HEAD[1]));
    }
    let pieces = pieces(&chosen, &knobs);
    workers::in_order(
        pieces.len(),
        workers::all_cores(),
        &stop,
        |at| work(&chosen[pieces[at].anchor], pieces[at].world, &knobs),
        |at, given| {
            bar.at(at + 1, pieces.len());
            let piece = pieces[at];
            let of_anchor = match given {
                Given::Rows(rows) => rows,
                Given::World(world) => {
                    worlds.push(world);
                    match chosen[piece.anchor].work {
                        Work::Worlds { rows, .. } if piece.is_last => rows(&knobs, &worlds),
                        _ => return,
                    }
                }
            };
            worlds.clear();
            done += 1;
            if !request.json {
                for row in &of_anchor {
                    say(out, &line(row, lang));
                }
            }
            let source = chosen[piece.anchor].source();
            rows.extend(of_anchor.into_iter().map(|row| Traced { row, source: source.clone() }));
        },
    );
    drop(bar);
    let failed = rows.iter().filter(|traced| !traced.row.pass).count();
    if let Some(file) = &request.csv {
        let path = Path::new(file);
        files::write_whole(path, &tables::csv_bytes(false, table(&rows, &knobs, lang)))?;
        let mut text = Vec::new();
        say(&mut text, t(lang, HEAD[0], HEAD[1]));
        sum_up(rows.len(), failed, &knobs, lang, &mut text);
        files::write_whole(&path.with_extension("about.txt"), &text)?;
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

/// Anchors by name or by number: `T1` names both T1s.
fn chosen(ids: &[String]) -> Result<Vec<Anchor>, Failure> {
    let is = |anchor: &Anchor, id: &str| {
        anchor.name.eq_ignore_ascii_case(id) || anchor.number().eq_ignore_ascii_case(id)
    };
    if let Some(id) = ids.iter().find(|id| !ALL.iter().any(|anchor| is(anchor, id))) {
        return Err(unknown(id));
    }
    let wanted = |anchor: &&Anchor| ids.is_empty() || ids.iter().any(|id| is(anchor, id));
    Ok(ALL.iter().filter(wanted).copied().collect())
}

fn unknown(id: &str) -> Failure {
    let mut known: Vec<&str> = ALL.iter().map(Anchor::number).collect();
    known.dedup();
    // Two numbers differ by one letter anyhow, so a number is no misspelling of another.
    let is_number = id.chars().any(|c| c.is_ascii_digit());
    let near = nearest(id, known.iter().copied()).filter(|_| !is_number);
    match near {
        Some(near) => Failure::asked(
            format!("没有编号“{id}”；是不是“{near}”？"),
            format!("there is no anchor `{id}`; did you mean `{near}`?"),
        ),
        None => Failure::asked(
            format!("没有编号“{id}”；可以写：{}", known.join("、")),
            format!("there is no anchor `{id}`; it may be {}", known.join(", ")),
        ),
    }
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

/// Every row stands by itself: cut out of the table, it still says what it is.
fn table(rows: &[Traced], knobs: &Knobs, lang: Lang) -> Vec<Vec<String>> {
    let headings = [
        "anchor",
        "what",
        "expected",
        "obtained",
        "tolerance",
        "pass",
        "source",
        "seed",
        "version",
        "model_revision",
        "note",
    ];
    let mut table = vec![headings.map(str::to_owned).to_vec()];
    table.extend(rows.iter().map(|Traced { row, source }| {
        vec![
            row.id.to_owned(),
            row.what.get(lang).to_owned(),
            row.expected.to_string(),
            row.obtained.to_string(),
            row.tolerance.to_string(),
            row.pass.to_string(),
            source.get(lang).to_owned(),
            knobs.seed.to_string(),
            env!("CARGO_PKG_VERSION").to_owned(),
            MODEL_REVISION.to_string(),
            TEACHING.get(lang).to_owned(),
        ]
    }));
    table
}

fn object(rows: &[Traced], knobs: &Knobs, done: usize, of: usize) -> String {
    let value = json!({
        "format": 2,
        "program": "zhanyitu",
        "version": env!("CARGO_PKG_VERSION"),
        "model_revision": MODEL_REVISION,
        "note": TEACHING,
        "seed": knobs.seed,
        "anchors_done": done,
        "anchors_asked": of,
        "pass": rows.iter().all(|traced| traced.row.pass),
        "rows": rows,
    });
    serde_json::to_string_pretty(&value).unwrap_or_default()
}
