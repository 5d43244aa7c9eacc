//! `run`: a story, day by day, as a table, as JSON, as files.
//!
//! Floor 4. Reads a scene; writes to the streams and folders it is given.

use std::io::{IsTerminal, Write};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::files::{self, Failure};
use super::play::{Played, play_along};
use super::{day_table, exit, json, replay, saves, say, tables};
use crate::base::text::{Bilingual, Lang};
use crate::cli::RunRequest;
use crate::scenario::compile::{Compiled, Overrides};
use crate::scenario::outline::Limits;
use crate::scenario::problem::Problem;
use crate::scenario::script::{Scenario, StoryKind};
use crate::session::logbook::Logbook;
use crate::sim::counts::DayCounts;

/// What every export says of itself.
pub(super) const CAVEAT: Bilingual = Bilingual::fixed(
    "教学用的模型，人物与住户全部虚构，不是预测",
    "a teaching model; people and homes are invented; this is no forecast",
);
/// Below this a bar would only flicker.
const BAR_AFTER: Duration = Duration::from_millis(400);

/// Plays a scene and tells what happened.
pub(super) fn run(
    request: &RunRequest,
    lang: Lang,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<u8, Failure> {
    let overrides = Overrides {
        seed: request.seed,
        params: request.set.clone(),
        isolated: request.isolated,
        more_copies: request.scale.saturating_sub(1),
    };
    let Compiled { scenario, warnings, .. } = files::load(&request.scene, &overrides)?;
    show_warnings(&warnings, lang, err);
    let log = request.log.as_deref().map(replay::read_log).transpose()?.unwrap_or_default();
    let story = Arc::new(scenario);
    let played = play_with_bar(&story, &log, lang);
    if let Some(folder) = &request.csv {
        tables::write(&story, &played, Path::new(folder), request.bom, lang)?;
    }
    if let Some(file) = &request.save {
        save(request, file, &story, log)?;
    }
    if request.json {
        say(out, &json::text(&story, &played, &request.scene));
    } else {
        day_table::tell(&story, &played, lang, out);
    }
    let (_, failed) = played.claims();
    Ok(if failed.is_empty() { exit::FINE } else { exit::CLAIM_FAILED })
}

/// Saves the story as it stands at its end, with its scene and its log.
fn save(
    request: &RunRequest,
    file: &str,
    story: &Arc<Scenario>,
    log: Logbook,
) -> Result<(), Failure> {
    let path = Path::new(&request.scene);
    let text =
        files::read_limited(path, Limits::default().bytes).map_err(|e| Failure::disk(path, &e))?;
    let session = replay::play_log(Arc::clone(story), log.entries).0;
    if Path::new(file).extension().is_some_and(|e| e.eq_ignore_ascii_case("log")) {
        return replay::write_log(file, &session);
    }
    saves::write(Path::new(file), &session, &request.scene, &text, &request.set)
}

/// Shows what is doubtful in a file.
pub(super) fn show_warnings(warnings: &[Problem], lang: Lang, err: &mut dyn Write) {
    for warning in warnings {
        say(err, &warning.render(lang));
    }
}

/// Plays to the end; a bar shows if it takes long and somebody watches.
fn play_with_bar(story: &Scenario, log: &Logbook, lang: Lang) -> Played {
    let bar = ProgressBar::with_draw_target(
        Some(u64::from(story.setup.ends.day().0)),
        ProgressDrawTarget::hidden(),
    );
    let watched = std::io::stderr().is_terminal();
    let template = match lang {
        Lang::Zh => "{bar:40} 第 {pos} 天，共 {len} 天",
        Lang::En => "{bar:40} day {pos} of {len}",
    };
    let style = ProgressStyle::with_template(template)
        .unwrap_or_else(|_| ProgressStyle::default_bar())
        .progress_chars("█▌·");
    bar.set_style(style);
    let played = play_along(story, &log.entries, story.setup.ends, |_| {
        if watched && bar.is_hidden() && bar.elapsed() > BAR_AFTER {
            bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        bar.inc(1);
    });
    bar.finish_and_clear();
    played
}

/// The days of a story, the unfinished last one included.
pub(super) fn days(story: &Scenario, played: &Played) -> Vec<DayCounts> {
    let sim = played.moment.sim();
    let mut days = sim.days().to_vec();
    if days.last().is_none_or(|d| d.day < sim.now().day()) && !sim.now().is_midnight() {
        days.push(sim.today(&story.setup));
    }
    days
}

/// As recorded, or what if.
pub fn kind_label(kind: StoryKind) -> Bilingual {
    match kind {
        StoryKind::AsRecorded => Bilingual::fixed("按记载", "as recorded"),
        StoryKind::WhatIf => Bilingual::fixed("假设", "what if"),
    }
}
