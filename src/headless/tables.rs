//! Tables as CSV: days, households, events, and what their figures mean.
//!
//! Floor 4. Reads a played story; writes files into one folder. Days are named as
//! `describe figures` lists them, in every language, so that other programs can
//! rely on them; households and events are for people and speak their language.

use std::fs;
use std::path::Path;

use super::files::{self, Failure};
use super::play::Played;
use super::run::{CAVEAT, days, kind_label};
use super::words::unit;
use crate::base::ids::HouseholdId;
use crate::base::text::{Bilingual, Lang};
use crate::base::time::{DAY_MINUTES, Minute};
use crate::history::save::MODEL_REVISION;
use crate::scenario::script::Scenario;
use crate::session::{Moment, StoryEvent};
use crate::sim::board::colour::is_stale;
use crate::sim::board::{Reason, reason};
use crate::sim::counts::DayCounts;
use crate::sim::event::SimEvent;
use crate::sim::hash;

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

/// Writes every table of a story.
pub(super) fn write(
    story: &Scenario,
    played: &Played,
    folder: &Path,
    bom: bool,
    lang: Lang,
) -> Result<(), Failure> {
    fs::create_dir_all(folder).map_err(|e| Failure::disk(folder, &e))?;
    let put = |name: &str, bytes: &[u8]| files::write_whole(&folder.join(name), bytes);
    put("about.txt", about(story, &played.moment, lang).as_bytes())?;
    put("days.csv", &csv_bytes(bom, day_rows(story, &days(story, played))))?;
    put("figures.csv", &csv_bytes(bom, figure_rows(lang)))?;
    put("households.csv", &csv_bytes(bom, home_rows(story, &played.moment, lang)))?;
    put("events.csv", &csv_bytes(bom, event_rows(story, played, lang)))
}

/// What the tables are, and how to make them again.
fn about(story: &Scenario, moment: &Moment, lang: Lang) -> String {
    let setup = &story.setup;
    let (title, kind, caveat) = (story.title.get(lang), kind_label(story.kind), CAVEAT);
    let caveat = caveat.get(lang);
    let (from, to) = (date_and_time(story, setup.starts), date_and_time(story, setup.ends));
    let digest = hash::canonical(moment);
    let (version, content) = (env!("CARGO_PKG_VERSION"), story.content_hash);
    let set: Vec<String> =
        story.overrides.iter().map(|o| format!("{}={}", o.path, o.value)).collect();
    match lang {
        Lang::Zh => format!(
            "{title}（{}）\n{caveat}。\n\n时间：{from} 至 {to}\n种子：{}\n改过的参数：{}\n程序：zhanyitu {version}，模型第{MODEL_REVISION}版\n剧本与地图的校验值：{content:016x}\n结局的校验值：{digest:016x}\n\ndays.csv        每日数字；各列见 figures.csv\nfigures.csv     每日数字的名称、单位、意思\nhouseholds.csv  结局时社区对每一户的了解\nevents.csv      发生的事；“社区知道”为“否”的，当时没有人知道\n",
            kind.zh,
            setup.seed,
            if set.is_empty() { "无".to_owned() } else { set.join("、") },
        ),
        Lang::En => format!(
            "{title} ({})\n{caveat}\n\nperiod: {from} to {to}\nseed: {}\nparameters set: {}\nprogram: zhanyitu {version}, model revision {MODEL_REVISION}\nhash of scene and map: {content:016x}\nhash of the end: {digest:016x}\n\ndays.csv        the figures of every day; figures.csv explains its columns\nfigures.csv     name, unit and meaning of each figure\nhouseholds.csv  what the office knows of every home at the end\nevents.csv      what happened; where `known` is `no`, nobody knew at the time\n",
            kind.en,
            setup.seed,
            if set.is_empty() { "none".to_owned() } else { set.join(", ") },
        ),
    }
}

/// `2020-01-24 08:00`, as spreadsheets read it.
fn date_and_time(story: &Scenario, at: Minute) -> String {
    format!("{} {}", story.calendar.date(at.day()), clock(at))
}

fn clock(at: Minute) -> String {
    format!("{:02}:{:02}", at.clock() / 60, at.clock() % 60)
}

fn words(line: &str) -> Vec<String> {
    line.split(' ').map(|word| word.replace('_', " ")).collect()
}

/// Days as rows, headings first.
pub(super) fn day_rows(story: &Scenario, days: &[DayCounts]) -> Vec<Vec<String>> {
    let names = DayCounts::CARDS.iter().map(|card| card.0.to_owned());
    let mut rows =
        vec![["day".to_owned(), "date".to_owned()].into_iter().chain(names).collect::<Vec<_>>()];
    rows.extend(days.iter().map(|day| {
        let head = [day.day.0.to_string(), story.calendar.date(day.day)];
        head.into_iter().chain(day.values().iter().map(u64::to_string)).collect()
    }));
    rows
}

fn figure_rows(lang: Lang) -> Vec<Vec<String>> {
    let mut rows = vec![words(Bilingual::fixed("名称 单位 意思", "name unit meaning").get(lang))];
    rows.extend(DayCounts::cards().map(|card| {
        vec![
            card.name.to_owned(),
            unit(card.unit, lang).to_owned(),
            card.label.get(lang).to_owned(),
        ]
    }));
    rows
}

/// Households as rows, headings first: what is known, why, since when, how old.
pub(super) fn home_rows(story: &Scenario, moment: &Moment, lang: Lang) -> Vec<Vec<String>> {
    let headings = Bilingual::fixed(
        "编号 胡同 院落 单元 颜色 缘由 自何时 观察到 标注 租户 最近联系 几天没有联系 消息已旧 未接电话 出门多走米数 备注",
        "household lane compound unit colour why since in_observation_until marks tenant last_contact days_without_contact old_news unanswered_since extra_walk_m note",
    );
    let mut rows = vec![words(headings.get(lang))];
    rows.extend(story.setup.core().map(|home| home_row(story, moment, home, lang)));
    rows
}

fn home_row(story: &Scenario, moment: &Moment, home: HouseholdId, lang: Lang) -> Vec<String> {
    let (setup, sim) = (&story.setup, moment.sim());
    let (now, rules) = (sim.now(), &setup.params.observation);
    let known = &sim.board()[home.index()];
    let why = reason(known, now, rules);
    let compound = setup.place.compound(setup.place.compound_of(home));
    let when = |at: Option<Minute>| at.map(|at| date_and_time(story, at)).unwrap_or_default();
    let yes = |is: bool| {
        if is { Bilingual::fixed("是", "yes").get(lang).to_owned() } else { String::new() }
    };
    let until = match why {
        Reason::Clock(_, until) => Some(until),
        _ => None,
    };
    let last = known.last_contact.or(known.known.map(|fact| fact.at));
    let age = last.map(|at| (now.since(at) / DAY_MINUTES).to_string()).unwrap_or_default();
    let sentence = why.sentence(|at| story.calendar.short_date(at.day()));
    let notes = sim.work().notes.iter().filter(|n| n.household == home);
    vec![
        home.to_string(),
        setup.place.ways[compound.way.index()].name.get(lang).to_owned(),
        compound.name.get(lang).to_owned(),
        setup.place.dwellings[home.index()].unit.to_string(),
        why.colour().label().get(lang).to_owned(),
        sentence.get(lang).to_owned(),
        when(why.fact().map(|fact| fact.at)),
        when(until),
        known.marks.words(lang),
        yes(known.tenant),
        when(known.last_contact),
        age,
        yes(is_stale(known, now, rules)),
        when(known.silent.map(|fact| fact.at)),
        sim.detour_m(setup, home).map(|metres| metres.to_string()).unwrap_or_default(),
        notes.map(|n| n.text.as_str()).collect::<Vec<_>>().join(" / "),
    ]
}

/// Events as rows, headings first.
fn event_rows(story: &Scenario, played: &Played, lang: Lang) -> Vec<Vec<String>> {
    let headings = Bilingual::fixed(
        "故事时刻 日期 时间 代号 事情 住户 胡同 院落 详情 社区知道",
        "story_time date time kind what household lane compound details known",
    );
    let mut rows = vec![words(headings.get(lang))];
    rows.extend(played.events.iter().filter_map(|event| {
        let StoryEvent::Sim(event) = event else { return None };
        let known = if event.what.is_known() {
            Bilingual::fixed("是", "yes")
        } else {
            Bilingual::fixed("否", "no")
        };
        let mut row = event_row(story, event, lang);
        row.push(known.get(lang).to_owned());
        Some(row)
    }));
    rows
}

/// What the office knows and what the story said, as rows, headings first. What
/// nobody knew at the time is not in it.
pub(super) fn known_rows<'a>(
    story: &Scenario,
    told: impl IntoIterator<Item = &'a StoryEvent>,
    lang: Lang,
) -> Vec<Vec<String>> {
    let headings = Bilingual::fixed(
        "故事时刻 日期 时间 代号 事情 住户 胡同 院落 详情",
        "story_time date time kind what household lane compound details",
    );
    let mut rows = vec![words(headings.get(lang))];
    rows.extend(told.into_iter().filter_map(|event| match event {
        StoryEvent::Sim(event) => event.what.is_known().then(|| event_row(story, event, lang)),
        StoryEvent::Cue { at, cue } => {
            let cue = story.script.cues.get(*cue as usize)?;
            let said = cue.say.as_ref()?.get(lang).to_owned();
            let (origin, source) = (cue.origin.label(), cue.source.get(lang));
            let from = match lang {
                Lang::Zh => format!("{}：{source}", origin.zh),
                Lang::En => format!("{}: {source}", origin.en),
            };
            Some(said_row(story, *at, ["Caption".to_owned(), said, from]))
        }
        StoryEvent::Chapter { at, chapter } => {
            let chapter = story.script.chapters.get(*chapter as usize)?;
            let title = chapter.title.get(lang).to_owned();
            Some(said_row(story, *at, ["Chapter".to_owned(), title, String::new()]))
        }
        _ => None,
    }));
    rows
}

fn said_row(story: &Scenario, at: Minute, [kind, said, from]: [String; 3]) -> Vec<String> {
    let nowhere = String::new;
    let (date, time) = (story.calendar.date(at.day()), clock(at));
    vec![at.to_string(), date, time, kind, said, nowhere(), nowhere(), nowhere(), from]
}

fn event_row(story: &Scenario, event: &SimEvent, lang: Lang) -> Vec<String> {
    let place = &story.setup.place;
    let home = event.what.household();
    let compound = home.map(|h| place.compound(place.compound_of(h)));
    let way = compound.map(|c| place.ways[c.way.index()].name.get(lang).to_owned());
    vec![
        event.at.to_string(),
        story.calendar.date(event.at.day()),
        clock(event.at),
        event.what.kind().name().to_owned(),
        event.what.words().get(lang).to_owned(),
        home.map(|h| h.to_string()).unwrap_or_default(),
        way.unwrap_or_default(),
        compound.map(|c| c.name.get(lang).to_owned()).unwrap_or_default(),
        event.what.details().get(lang).to_owned(),
    ]
}
