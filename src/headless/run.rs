//! `run`: a story, day by day, as a table, as JSON, as files.
//!
//! Floor 4. Reads a scene; writes to the streams and folders it is given.

use std::fs;
use std::io::{IsTerminal, Write};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::files::{self, Failure};
use super::play::{Played, play_along};
use super::replay;
use super::table::{Column, headings, row};
use super::{exit, say};
use crate::base::text::{Bilingual, Lang, grouped};
use crate::cli::RunRequest;
use crate::scenario::compile::{Compiled, Overrides};
use crate::scenario::outline::Limits;
use crate::scenario::problem::Problem;
use crate::scenario::script::{Claim, Scenario, StoryKind};
use crate::session::StoryEvent;
use crate::session::logbook::Logbook;
use crate::sim::counts::DayCounts;
use crate::sim::hash;

/// What every export says of itself.
pub(super) const CAVEAT: Bilingual = Bilingual::fixed(
    "教学用的模型，人物与住户全部虚构，不是预测",
    "a teaching model; people and homes are invented; this is no forecast",
);
/// Below this a bar would only flicker.
const BAR_AFTER: Duration = Duration::from_millis(400);
const MINUTES_AN_HOUR: u64 = 60;

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
    let Compiled { scenario, warnings } = files::load(&request.scene, &overrides)?;
    show_warnings(&warnings, lang, err);
    let log = request.log.as_deref().map(replay::read_log).transpose()?.unwrap_or_default();
    let story = Arc::new(scenario);
    let played = play_with_bar(&story, &log);
    if let Some(folder) = &request.csv {
        write_tables(&story, &played, Path::new(folder), request.bom, lang)?;
    }
    if let Some(file) = &request.save {
        save(request, file, &story, log)?;
    }
    if request.json {
        say(out, &json(&story, &played));
    } else {
        tell(&story, &played, lang, out);
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
    replay::save_to(file, &session, &request.scene, &text, &request.set)
}

/// Shows what is doubtful in a file.
pub(super) fn show_warnings(warnings: &[Problem], lang: Lang, err: &mut dyn Write) {
    for warning in warnings {
        say(err, &warning.render(lang));
    }
}

/// Plays to the end; a bar shows if it takes long and somebody watches.
fn play_with_bar(story: &Scenario, log: &Logbook) -> Played {
    let bar = ProgressBar::with_draw_target(
        Some(u64::from(story.setup.ends.day().0)),
        ProgressDrawTarget::hidden(),
    );
    let watched = std::io::stderr().is_terminal();
    let style = ProgressStyle::with_template("{bar:40} {pos}/{len}")
        .unwrap_or_else(|_| ProgressStyle::default_bar());
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

fn tell(story: &Scenario, played: &Played, lang: Lang, out: &mut dyn Write) {
    let t = |zh: &'static str, en: &'static str| Bilingual::fixed(zh, en).get(lang).to_owned();
    let setup = &story.setup;
    say(out, story.title.get(lang));
    say(out, story.about.get(lang));
    let (homes, people) =
        (setup.place.household_count() as u64, setup.population.people.len() as u64);
    let kind = kind_label(story.kind);
    let line = match lang {
        Lang::Zh => format!(
            "{}户，{}人，社工{}名；种子{}；{}",
            grouped(homes),
            grouped(people),
            setup.params.shifts.workers,
            setup.seed,
            kind.zh
        ),
        Lang::En => format!(
            "{} homes, {} people, {} workers; seed {}; {}",
            grouped(homes),
            grouped(people),
            setup.params.shifts.workers,
            setup.seed,
            kind.en
        ),
    };
    say(out, &line);
    say(out, "");
    let columns = [
        Column::words(&t("日期", "date"), 10),
        Column::figures(&t("未知", "unknown"), 4),
        Column::figures(&t("绿", "green"), 5),
        Column::figures(&t("橘", "orange"), 4),
        Column::figures(&t("红", "red"), 3),
        Column::figures(&t("电话", "calls"), 4),
        Column::figures(&t("未接", "silent"), 3),
        Column::figures(&t("救助", "helped"), 3),
        Column::figures(&t("返京", "back"), 4),
        Column::figures(&t("观察", "observed"), 4),
        Column::figures(&t("送物", "brought"), 4),
        Column::figures(&t("漏送", "missed"), 4),
        Column::figures(&t("志愿者", "helpers"), 4),
        Column::figures(&t("工时", "hours"), 9),
        Column::figures(&t("未完成", "overdue"), 4),
    ];
    say(out, &headings(&columns));
    let mut told = played.events.iter().peekable();
    for day in days(story, played) {
        while let Some(event) = told.next_if(|e| e.at() < day.day.end()) {
            if let Some(line) = caption(story, event, lang) {
                say(out, &line);
            }
        }
        let hours = format!(
            "{}/{}",
            day.minutes_used / MINUTES_AN_HOUR,
            day.minutes_available / MINUTES_AN_HOUR
        );
        let figures = [
            day.unknown,
            day.green,
            day.orange,
            day.red,
            day.calls,
            day.calls_unanswered,
            day.helped,
            day.came_back,
            day.observed,
            day.deliveries,
            day.deliveries_missed,
            day.volunteers,
        ];
        let mut cells = vec![story.calendar.date(day.day)];
        cells.extend(figures.iter().map(u64::to_string));
        cells.extend([hours, day.overdue.to_string()]);
        say(out, &row(&columns, &cells));
    }
    for event in told {
        if let Some(line) = caption(story, event, lang) {
            say(out, &line);
        }
    }
    say(out, "");
    sum_up(story, played, lang, out);
}

/// As recorded, or what if.
pub(super) fn kind_label(kind: StoryKind) -> Bilingual {
    match kind {
        StoryKind::AsRecorded => Bilingual::fixed("按记载", "as recorded"),
        StoryKind::WhatIf => Bilingual::fixed("假设", "what if"),
    }
}

fn caption(story: &Scenario, event: &StoryEvent, lang: Lang) -> Option<String> {
    match event {
        StoryEvent::Chapter { chapter, .. } => {
            let title = story.script.chapters.get(*chapter as usize)?.title.get(lang);
            Some(format!("── {title} ──"))
        }
        StoryEvent::Cue { at, cue } => {
            let cue = &story.script.cues[*cue as usize];
            let say = cue.say.as_ref()?.get(lang);
            let origin = cue.origin.label();
            let clock = at.clock();
            Some(format!("   {:02}:{:02}  {say}  [{}]", clock / 60, clock % 60, origin.get(lang)))
        }
        StoryEvent::Refused { at, cue, why } => {
            let line = story.script.cues[*cue as usize].line;
            let sentence = why.sentence();
            Some(match lang {
                Lang::Zh => format!("   {at}  第{line}行的指令没有执行：{}", sentence.zh),
                Lang::En => {
                    format!("   {at}  a command of line {line} was not done: {}", sentence.en)
                }
            })
        }
        StoryEvent::Declined { at, why } => {
            let sentence = why.sentence();
            Some(match lang {
                Lang::Zh => format!("   {at}  记录里的指令没有执行：{}", sentence.zh),
                Lang::En => format!("   {at}  a command of the log was not done: {}", sentence.en),
            })
        }
        StoryEvent::Overrun { at } => Some(match lang {
            Lang::Zh => format!("   {at}  一天的条目太多，其余的略去"),
            Lang::En => format!("   {at}  too many cues on one day; the rest are left out"),
        }),
        StoryEvent::Sim(_) | StoryEvent::Tested { .. } => None,
    }
}

fn sum_up(story: &Scenario, played: &Played, lang: Lang, out: &mut dyn Write) {
    let (tested, failed) = played.claims();
    for event in &failed {
        say(out, &claim_line(story, event, lang));
    }
    let held = tested - failed.len();
    let digest = hash::canonical(&played.moment);
    let text = match lang {
        Lang::Zh => {
            format!("剧本的说法{tested}条，兑现{held}条；结局的校验值 {digest:016x}；{}", CAVEAT.zh)
        }
        Lang::En => format!(
            "{held} of {tested} claims came true; hash of the end {digest:016x}; {}",
            CAVEAT.en
        ),
    };
    say(out, &text);
}

/// What a claim that failed had said, and what was found.
pub(super) fn claim_line(story: &Scenario, event: &StoryEvent, lang: Lang) -> String {
    let StoryEvent::Tested { at, cue, claim, found, .. } = event else { return String::new() };
    let cue = &story.script.cues[*cue as usize];
    let said = cue.claims.get(*claim as usize).map(claim_words).unwrap_or_default();
    let found = found.map_or_else(String::new, |n| match lang {
        Lang::Zh => format!("，实际{n}"),
        Lang::En => format!(", found {n}"),
    });
    match lang {
        Lang::Zh => format!("没有兑现（第{}行，{at}）：{said}{found}", cue.line),
        Lang::En => format!("did not come true (line {}, {at}): {said}{found}", cue.line),
    }
}

fn claim_words(claim: &Claim) -> String {
    match claim {
        Claim::Figure(c) | Claim::Total(c) => {
            let bound = |n: u64| if n == u64::MAX { "∞".to_owned() } else { n.to_string() };
            format!("{} ∈ [{}, {}]", c.figure, c.at_least, bound(c.at_most))
        }
        Claim::Happened { event, home, .. } => home
            .map_or_else(|| event.name().to_owned(), |home| format!("{} @ {home}", event.name())),
        Claim::Shows { home, colour } => format!("{home} = {colour:?}"),
        Claim::HoursHold => "HoursHold".to_owned(),
        Claim::MeasureIs { measure, at_least } => format!("{} ≥ {at_least}", measure.name()),
        Claim::MouthIs { mouth, state } => format!("{mouth} = {}", state.name()),
        Claim::Waiting { kind, at_most } => format!("{} ≤ {at_most}", kind.name()),
    }
}

/// The story as one JSON object.
fn json(story: &Scenario, played: &Played) -> String {
    let setup = &story.setup;
    let days: Vec<serde_json::Value> = days(story, played)
        .iter()
        .map(|day| {
            let mut object = serde_json::Map::new();
            object.insert("day".to_owned(), day.day.0.into());
            object.insert("date".to_owned(), story.calendar.date(day.day).into());
            for (card, value) in DayCounts::CARDS.iter().zip(day.values()) {
                object.insert(card.0.to_owned(), value.into());
            }
            object.into()
        })
        .collect();
    let (tested, failed) = played.claims();
    let overrides: Vec<serde_json::Value> = story
        .overrides
        .iter()
        .map(|o| serde_json::json!({ "path": o.path, "value": o.value, "origin": o.origin, "source": o.source }))
        .collect();
    let value = serde_json::json!({
        "program": "zhanyitu",
        "version": env!("CARGO_PKG_VERSION"),
        "title": story.title,
        "kind": story.kind,
        "seed": setup.seed,
        "households": setup.place.household_count(),
        "people": setup.population.people.len(),
        "parameters_set": overrides,
        "days": days,
        "claims": { "tested": tested, "failed": failed.iter().map(|e| claim_line(story, e, Lang::En)).collect::<Vec<_>>() },
        "hash": format!("{:016x}", hash::canonical(&played.moment)),
        "note": CAVEAT,
    });
    serde_json::to_string_pretty(&value).unwrap_or_default()
}

const BOM: &[u8] = b"\xEF\xBB\xBF";

/// A table as UTF-8 text; the mark at its beginning helps spreadsheet programs.
pub(super) fn csv_bytes(bom: bool, rows: impl IntoIterator<Item = Vec<String>>) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(if bom { BOM.to_vec() } else { Vec::new() });
    for row in rows {
        // Writing into memory does not fail, and every row is as long as the first.
        let _ = writer.write_record(&row);
    }
    writer.into_inner().unwrap_or_default()
}

fn write_tables(
    story: &Scenario,
    played: &Played,
    folder: &Path,
    bom: bool,
    lang: Lang,
) -> Result<(), Failure> {
    fs::create_dir_all(folder).map_err(|e| Failure::disk(folder, &e))?;
    let about = [
        format!("zhanyitu {}", env!("CARGO_PKG_VERSION")),
        format!("seed {}", story.setup.seed),
        story.title.get(lang).to_owned(),
        CAVEAT.get(lang).to_owned(),
    ]
    .join("; ");
    files::write_whole(&folder.join("about.txt"), format!("{about}\n").as_bytes())?;
    files::write_whole(
        &folder.join("days.csv"),
        &csv_bytes(bom, day_rows(story, &days(story, played))),
    )?;
    let homes = super::export::home_rows(story, &played.moment, lang);
    files::write_whole(&folder.join("households.csv"), &csv_bytes(bom, homes))?;
    files::write_whole(&folder.join("events.csv"), &csv_bytes(bom, event_rows(played)))
}

/// Days as rows, headings first.
pub(super) fn day_rows(story: &Scenario, days: &[DayCounts]) -> Vec<Vec<String>> {
    let names = DayCounts::CARDS.iter().map(|card| card.0.to_owned());
    let mut rows =
        vec![["day".to_owned(), "date".to_owned()].into_iter().chain(names).collect::<Vec<_>>()];
    rows.extend(days.iter().map(|day| {
        let head = [day.day.to_string(), story.calendar.date(day.day)];
        head.into_iter().chain(day.values().iter().map(u64::to_string)).collect()
    }));
    rows
}

fn event_rows(played: &Played) -> Vec<Vec<String>> {
    let mut rows = vec!["at kind household known".split(' ').map(str::to_owned).collect()];
    rows.extend(played.events.iter().filter_map(|event| {
        let StoryEvent::Sim(event) = event else { return None };
        let home = event.what.household().map(|h| h.to_string()).unwrap_or_default();
        let known = if event.what.is_known() { "yes" } else { "no" };
        Some(vec![
            event.at.to_string(),
            event.what.kind().name().to_owned(),
            home,
            known.to_owned(),
        ])
    }));
    rows
}
