//! `ensemble`: how far the runs of a story spread.
//!
//! Floor 4. Reads the desk of a study; writes what the runs say.

use std::io::Write;
use std::path::Path;

use super::desk::{Bar, Desk, code, not_begun};
use super::words::{foot, known, share, spreads, t};
use super::{kept, picture};
use crate::base::text::{Lang, grouped};
use crate::ensemble::spreading::tell;
use crate::ensemble::stats::curves::{Ranking, RankingPlan};
use crate::ensemble::stats::summary::Summary;
use crate::ensemble::{Ensemble, replicate};
use crate::headless::ensemble::{About, csv, json};
use crate::headless::files::Failure;
use crate::headless::say;

const ARMS: [&str; 1] = ["as_written"];

pub(super) fn ensemble(desk: &Desk, out: &mut dyn Write) -> Result<u8, Failure> {
    let run = |seed: u64| match desk.world(seed) {
        Some(world) => desk.study.run(&world),
        None => desk.study.nothing(),
    };
    let ensemble = if let Some(file) = &desk.request.from {
        kept::read(desk, file, &[], &ARMS)?.ensemble(0).map_err(kept::unusable)?
    } else if let Some(file) = &desk.request.out {
        match kept::write(desk, file, &[], &ARMS, |seed| vec![run(seed)], out)? {
            kept::Kept::Whole(reader) => reader.ensemble(0).map_err(kept::unusable)?,
            kept::Kept::Part(code) => return Ok(code),
        }
    } else {
        let bar = Bar::new(desk.lang);
        let ensemble = replicate(desk.study.shape().clone(), &desk.plan(), run, |p| {
            bar.at(p.done as usize, p.of as usize);
        })
        .map_err(not_begun)?;
        desk.all_made()?;
        ensemble
    };
    told(desk, &ensemble, out)?;
    Ok(code(ensemble.runs() as usize, ensemble.seeds.count as usize))
}

fn told(desk: &Desk, ensemble: &Ensemble, out: &mut dyn Write) -> Result<(), Failure> {
    let lang = desk.lang;
    let about = About { seeds: ensemble.seeds, ..desk.about(&[]) };
    let summary = ensemble.summary();
    let told = tell(summary.as_ref(), 0, &ensemble.shape.totals[0].label);
    let ranking = (ensemble.runs() > 0)
        .then(|| Ranking::of(&ensemble.rows, 0, &RankingPlan::new(ensemble.seeds.first)));
    desk.csv("ensemble", || csv::ensemble_rows(&about, ensemble, ranking.as_ref(), lang))?;
    if let Some(file) = &desk.request.picture {
        picture::of_runs(&about, ensemble, &told, lang, Path::new(file))?;
    }
    if desk.request.json {
        say(out, &json::ensemble_text(&about, ensemble, ranking.as_ref()));
        return Ok(());
    }
    say(out, &told.text(lang));
    if let Some(summary) = &summary {
        numbers(ensemble, summary, lang, out);
    }
    foot(&about, ensemble.runs() as usize, lang, out);
    Ok(())
}

fn numbers(ensemble: &Ensemble, s: &Summary, lang: Lang, out: &mut dyn Write) {
    if s.died_out.of > 0 {
        say(out, "");
        let died = share(lang, s.died_out);
        let none = grouped(s.empty.into());
        say(
            out,
            &match lang {
                Lang::Zh => format!("疫情自行平息（不到10例）：{died}；没有一例的{none}次。"),
                Lang::En => {
                    format!("Died out by itself before ten cases: {died}; not one case in {none}.")
                }
            },
        );
    }
    let shape = &ensemble.shape;
    for (at, quantity) in shape.totals.iter().enumerate() {
        say(out, "");
        say(out, &format!("{} ({})", quantity.label.get(lang), quantity.name));
        let total = &s.totals[at];
        let mut columns = vec![(t(lang, "全程", "whole run"), &total.spread)];
        let peaks = s.series.get(at).and_then(|series| series.peaks.as_ref());
        if let Some(peaks) = peaks {
            columns.push((t(lang, "最多的一天", "worst day"), &peaks.height));
            if let Some(day) = &peaks.day {
                columns.push((t(lang, "是第几天", "which day that was"), day));
            }
        }
        spreads(lang, &columns, out);
        say(out, &known(lang, &total.mean));
    }
}
