//! `ensemble`: how far the runs of a story spread.
//!
//! Floor 4. Reads the desk of a study; writes what the runs say.

use std::io::Write;
use std::path::Path;

use super::desk::{Bar, Desk, code, not_begun};
use super::kept::Asked;
use super::picture::Around;
use super::uncertain::{self, Wider};
use super::words::{coarse, endings, foot, heading, known_count, num, share, so_far, spreads, t};
use super::{kept, picture};
use crate::base::text::Lang;
use crate::ensemble::spreading::tell;
use crate::ensemble::stats::curves::{Ranking, RankingPlan};
use crate::ensemble::stats::spread::Spread;
use crate::ensemble::stats::summary::Summary;
use crate::ensemble::{Ensemble, replicate};
use crate::headless::ensemble::{csv, json, sensitivity};
use crate::headless::files::Failure;
use crate::headless::{exit, say};

const ARMS: &[&str] = &["as_written"];

pub(super) fn ensemble(desk: &Desk, out: &mut dyn Write) -> Result<u8, Failure> {
    let run = |seed: u64| match desk.world(seed) {
        Some(world) => desk.study.run(&world),
        None => desk.study.nothing(),
    };
    let asked = Asked { causes: &[], arms: &kept::fixed(ARMS), shape: desk.study.shape() };
    let ensemble = if let Some(file) = &desk.request.from {
        kept::read(desk, file, &asked)?.ensemble(0).map_err(kept::unusable)?
    } else if let Some(file) = &desk.request.out {
        match kept::write(desk, file, &asked, |seed| vec![run(seed)], out)? {
            kept::Kept::Whole(reader) => reader.ensemble(0).map_err(kept::unusable)?,
            kept::Kept::Part(code) => return Ok(code),
        }
    } else {
        let bar = Bar::new(desk.lang);
        let ensemble = replicate(desk.study.shape().clone(), &desk.plan(), run, |p| {
            bar.at(p.done as usize, p.of as usize);
            bar.so_far(|| {
                let label = desk.study.shape().totals[0].label.get(desk.lang);
                Some(so_far(desk.lang, label, &p.so_far.summary()?.totals[0].spread))
            });
        })
        .map_err(not_begun)?;
        desk.all_made()?;
        ensemble
    };
    let wider = uncertain::of_runs(desk)?;
    told(desk, &ensemble, wider.as_ref(), out)?;
    if wider.is_some_and(|wider| !wider.is_whole()) {
        return Ok(exit::INTERRUPTED);
    }
    Ok(code(ensemble.runs() as usize, ensemble.seeds.count as usize))
}

fn told(
    desk: &Desk,
    ensemble: &Ensemble,
    wider: Option<&Wider>,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let lang = desk.lang;
    let about = desk.about(&[], ensemble.seeds);
    let summary = ensemble.summary();
    let told = tell(summary.as_ref(), 0, &ensemble.shape.totals[0].label);
    let ranking = (ensemble.runs() > 0)
        .then(|| Ranking::of(&ensemble.rows, 0, &RankingPlan::new(ensemble.seeds.first)));
    let quantity = &ensemble.shape.totals[0];
    let bands = wider.and_then(|wider| {
        let chance = &summary.as_ref()?.totals.first()?.spread;
        wider.bands(chance, &wider.nested.all.rows.signed_total(0), false)
    });
    desk.csv("ensemble", || {
        let mut rows = csv::ensemble_rows(&about, ensemble, ranking.as_ref(), lang);
        if let Some(Wider { nested, knobs }) = wider {
            let nested = sensitivity::nested_rows(&about, nested, knobs, lang);
            rows.extend(uncertain::more(nested));
        }
        rows
    })?;
    if let Some(file) = &desk.request.picture {
        let second = bands.map(|bands| bands.sentence(&quantity.label));
        let around = Around { about: &about, told: &told, second, done: ensemble.runs(), lang };
        picture::of_runs(&around, ensemble, wider.map(|w| &w.nested), Path::new(file))?;
    }
    if desk.request.json {
        let wider = wider.map(|wider| uncertain::value(wider, bands.as_ref(), quantity));
        say(out, &json::ensemble_text(&about, ensemble, ranking.as_ref(), wider));
        return Ok(());
    }
    say(out, &told.text(lang));
    if let Some(summary) = &summary {
        numbers(ensemble, summary, desk.study.named(), lang, out);
    }
    if let Some(wider) = wider {
        wider.told(bands.as_ref(), quantity, lang, out);
    }
    foot(&about, ensemble.runs() as usize, lang, out);
    Ok(())
}

fn numbers(ensemble: &Ensemble, s: &Summary, named: usize, lang: Lang, out: &mut dyn Write) {
    if s.died_out.of > 0 {
        say(out, "");
        let few = share(lang, s.died_out);
        let parts = match (s.died_out.count, lang) {
            (0, _) => String::new(),
            (_, Lang::Zh) => format!("；其中{}", endings(lang, &s.endings)),
            (_, Lang::En) => format!("; of these {}", endings(lang, &s.endings)),
        };
        say(
            out,
            &match lang {
                Lang::Zh => format!("不到十例的：{few}{parts}。"),
                Lang::En => format!("Fewer than ten cases: {few}{parts}."),
            },
        );
    }
    let shape = &ensemble.shape;
    // Behind those that were named stands what tells whether it is over.
    for (at, quantity) in shape.totals.iter().enumerate().take(named) {
        say(out, "");
        say(out, &heading(quantity, lang));
        let total = &s.totals[at];
        let mean = |s: &Spread| num(s.mean);
        let mut columns = vec![(
            t(lang, "全程", "whole run"),
            &total.spread,
            coarse(total.mean.mean, total.mean.error),
        )];
        let peaks = s.series.get(at).and_then(|series| series.peaks.as_ref());
        if let Some(peaks) = peaks {
            columns.push((t(lang, "最多的一天", "worst day"), &peaks.height, mean(&peaks.height)));
            if let Some(day) = &peaks.day {
                columns.push((t(lang, "是第几天", "which day that was"), day, mean(day)));
            }
        }
        let columns: Vec<_> = columns.iter().map(|(n, s, m)| (*n, *s, m.as_str())).collect();
        spreads(lang, &columns, out);
        say(out, &known_count(lang, &total.mean));
    }
}
