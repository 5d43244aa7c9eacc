//! From the bytes of a scene to a story that runs, or to everything that is
//! wrong with it.
//!
//! Floor 2. Reads text and a map that are given to it; owns nothing. A pure
//! function: the same bytes give the same story, and no bytes make it panic.
//!
//! ```text
//! bytes ── read ──▶ raw values ── draft, cast, cues ──▶ Scenario
//!             └──────── problems with line and column ────────▶ all at once
//! ```

use std::sync::Arc;

use super::draft::Draft;
use super::outline::{Limits, NodeId};
use super::problem::Problem;
use super::raw::{self, RawLadder, RawLegend, RawParam};
use super::read::{Fields, Reader};
use super::script::{Override, Scenario, StoryKind};
use super::{cast, copies, cues, maps, measures, personal};
use crate::base::ids::{CompoundId, HouseholdId, WayId};
use crate::base::text::Bilingual;
use crate::base::time::{Calendar, DAY_MINUTES, Day, Minute, parse_clock};
use crate::sim::board::{Legend, LegendEntry};
use crate::sim::card::{Card, ParamError};
use crate::sim::params::Params;
use crate::sim::people::Population;
use crate::sim::place::{Compound, CompoundKind, Dwelling, Grade, Place};
use crate::sim::state::Setup;
use crate::sim::synth;
use crate::sim::work::Rung;

/// Where maps come from: a name as the scene gives it, to the file's name for
/// people and its bytes.
pub type Maps<'a> = &'a dyn Fn(&str) -> Option<(String, Vec<u8>)>;

/// What somebody asks for besides the scene: another seed, other numbers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Overrides {
    /// Instead of the scene's seed.
    pub seed: Option<u64>,
    /// Numbers by path, after the scene's own.
    pub params: Vec<(String, u32)>,
    /// Isolated households to add behind the map's own. They touch nothing.
    pub isolated: u32,
    /// Further communities beside the map's own; see [`copies`].
    pub more_copies: u32,
}

/// A story that runs, and what is doubtful in its file.
#[derive(Debug)]
pub struct Compiled {
    /// The story.
    pub scenario: Scenario,
    /// Warnings.
    pub warnings: Vec<Problem>,
}

/// The first day of the record.
const RECORD_STARTS: &str = "2020-01-24";
const TITLE_CHARS: usize = 60;
const ABOUT_CHARS: usize = 400;
const LADDER_RUNGS: usize = 8;
const LEGENDS: usize = 12;
const LEGEND_ENTRIES: usize = 12;
const WAIT_MINUTES: u32 = 24 * 60;

/// Examines and compiles a scene.
///
/// # Errors
/// Everything that is wrong with the scene, its map and the overrides, in the
/// order of the files, with line, column, path and hint.
pub fn compile(
    file: &str,
    bytes: &[u8],
    find_map: Maps,
    overrides: &Overrides,
) -> Result<Compiled, Vec<Problem>> {
    let mut reader = Reader::new(file, bytes, Limits::default());
    let Some(root) = reader.root() else { return Err(reader.finish().err().unwrap_or_default()) };
    let fields = reader.fields(root, &raw::REQUIRED, &raw::OPTIONAL);
    check_format(&mut reader, &fields);
    check_personal_data(&mut reader);
    let (place, map_bytes, map_problems) = read_map(&mut reader, &fields, find_map);
    let header = read_header(&mut reader, &fields);
    let seed = overrides.seed.unwrap_or(header.seed);
    let (mut params, set) = read_params(&mut reader, &fields, header.calendar, overrides);
    let copies = overrides.more_copies.saturating_add(1).min(copies::COPIES);
    let mouths = place.as_ref().map_or(0, |p| p.mouths.len() as u32);
    let place = if copies > 1 {
        copies::params(&mut params, copies);
        place.map(|one| Arc::new(copies::place(&one, copies)))
    } else {
        place
    };
    let core_homes = place.as_ref().map_or(0, |p| p.household_count());
    let place = place.map(|p| add_isolated(p, overrides.isolated));
    let population = place.as_ref().map(|place| {
        let mut people =
            synth::populate_extended(place, core_homes, seed, &params.population, &params.trips);
        shift_trips(&mut people, header.days_after_the_record);
        Arc::new(people)
    });
    let mut draft = Draft {
        reader: &mut reader,
        calendar: header.calendar,
        starts: header.starts,
        ends: header.ends,
        place: place.clone(),
        population: population.clone(),
        cast: Vec::new(),
        cast_names: Vec::new(),
    };
    for (name, limit) in [("title", TITLE_CHARS), ("about", ABOUT_CHARS)] {
        if let Some(text) = draft.reader.field::<Bilingual>(&fields, name) {
            draft.text(name, &text, limit);
        }
    }
    let legends = read_legends(&mut draft, &fields);
    let ladder = read_ladder(&mut draft, &fields);
    cast::read(&mut draft, &fields, seed);
    let workers = params.shifts.workers;
    let measures = measures::read(&mut draft, &fields);
    let mut script = cues::read(&mut draft, &fields, measures, &legends, workers);
    if copies > 1 {
        copies::script(&mut script, copies, mouths);
    }
    let cast = std::mem::take(&mut draft.cast);
    let title = reader.field(&fields, "title");
    let about = reader.field(&fields, "about");
    let mut warnings = match reader.finish() {
        Ok(warnings) => warnings,
        Err(mut problems) => {
            problems.extend(map_problems);
            return Err(problems);
        }
    };
    let (Some(title), Some(about), Some(place), Some(population)) =
        (title, about, place, population)
    else {
        warnings.extend(map_problems);
        return Err(warnings);
    };
    let mut setup = Setup::new(place, population, params, seed, header.starts, header.ends);
    setup.ladder = ladder;
    setup.isolate_from(core_homes as u32);
    setup.quiet = header.quiet;
    setup.surveyed = header.surveyed;
    let scenario = Scenario {
        title,
        about,
        kind: header.kind,
        calendar: header.calendar,
        legends,
        overrides: set,
        cast,
        script,
        setup: Arc::new(setup),
        content_hash: crate::sim::hash::canonical(&(bytes, map_bytes)),
    };
    Ok(Compiled { scenario, warnings })
}

/// The first lines of a scene, with stand-ins for what could not be read.
struct Header {
    calendar: Calendar,
    starts: Minute,
    ends: Minute,
    /// Days from 24 January 2020, for which journeys are drawn, to day 1.
    days_after_the_record: i32,
    seed: u64,
    kind: StoryKind,
    quiet: bool,
    surveyed: bool,
}

/// Adds one compound of households that nobody visits and that visit nobody.
fn add_isolated(place: Arc<Place>, homes: u32) -> Arc<Place> {
    if homes == 0 {
        return place;
    }
    let mut place = Arc::unwrap_or_clone(place);
    let compound = CompoundId::from_index(place.compounds.len());
    place.compounds.push(Compound {
        way: WayId(0),
        kind: CompoundKind::Courtyard,
        name: Bilingual::fixed("外加的住户", "added households"),
        centre: place.office.at,
        front_cm: 1,
        depth_cm: 1,
        turn_mrad: 0,
        door: place.office.at,
        first: HouseholdId::from_index(place.dwellings.len()),
        homes,
        grade: Grade::Invented,
    });
    place.dwellings.extend((1..=homes).map(|unit| Dwelling { compound, unit }));
    place.exits.push(Vec::new());
    Arc::new(place)
}

/// Moves journeys to the days of a story that begins later or earlier than the
/// record. Whoever is back before it begins has been at home all along.
fn shift_trips(people: &mut Population, days: i32) {
    let minutes = i64::from(days) * i64::from(DAY_MINUTES);
    people.trips.retain_mut(|trip| {
        trip.left_day -= days;
        let Some(back) = trip.back else { return true };
        let moved = i64::from(back.0) - minutes;
        trip.back = u32::try_from(moved).ok().map(Minute);
        moved > 0
    });
}

fn check_format(reader: &mut Reader, fields: &Fields) {
    let Some(format) = reader.field::<u32>(fields, "format") else { return };
    if format == raw::FORMAT {
        return;
    }
    let hint = (format > raw::FORMAT).then(|| {
        Bilingual::fixed(
            "这份文件来自更新的版本，请更新程序",
            "the file was made for a newer version; update the program",
        )
    });
    if let Some(node) = fields.get("format") {
        let message = Bilingual::new(
            format!("格式{format}读不了，本程序读格式{}", raw::FORMAT),
            format!("format {format} cannot be read; this program reads format {}", raw::FORMAT),
        );
        reader.problem(node, message, hint);
    }
}

fn check_personal_data(reader: &mut Reader) {
    for (node, text) in reader.strings() {
        if let Some(found) = personal::find_personal_data(&text) {
            reader.problem(node, found.message(), Some(personal_hint()));
        }
    }
}

fn personal_hint() -> Bilingual {
    Bilingual::fixed(
        "这里的人都是虚构的：删去号码",
        "everybody here is invented: remove the number",
    )
}

/// Reads the map that the scene names. Problems in the map are those of another
/// file and come back apart.
fn read_map(
    reader: &mut Reader,
    fields: &Fields,
    find_map: Maps,
) -> (Option<Arc<Place>>, Vec<u8>, Vec<Problem>) {
    let Some(name) = reader.field::<String>(fields, "map") else {
        return (None, Vec::new(), Vec::new());
    };
    let Some((file, bytes)) = find_map(&name) else {
        if let Some(node) = fields.get("map") {
            let message =
                Bilingual::new(format!("找不到地图“{name}”"), format!("there is no map `{name}`"));
            let hint = Bilingual::fixed(
                "地图放在 assets/maps，随程序附带“maps/fuxiang.ron”",
                "maps are kept in assets/maps; `maps/fuxiang.ron` comes with the program",
            );
            reader.problem(node, message, Some(hint));
        }
        return (None, Vec::new(), Vec::new());
    };
    match maps::read(&file, &bytes) {
        Ok(place) => (Some(Arc::new(place)), bytes, Vec::new()),
        Err(problems) => (None, bytes, problems),
    }
}

fn read_header(reader: &mut Reader, fields: &Fields) -> Header {
    let fallback = (Calendar::starting("2020-01-24").ok(), Day(1).start());
    let starts: Option<String> = reader.field(fields, "starts");
    let ends: Option<String> = reader.field(fields, "ends");
    let calendar = starts.as_deref().and_then(|text| {
        let (date, clock) = text.split_once(' ')?;
        let clock = parse_clock(clock.trim()).ok()?;
        Some((Calendar::starting(date).ok()?, Minute::at(Day(1), clock)))
    });
    let wrong = Bilingual::fixed("写成“2020-01-24 08:00”", "write it like \"2020-01-24 08:00\"");
    if let (Some(text), None, Some(node)) = (&starts, &calendar, fields.get("starts")) {
        let message = Bilingual::new(
            format!("“{text}”不是日期和钟点"),
            format!("`{text}` is not a date and time"),
        );
        reader.problem(node, message, Some(wrong.clone()));
    }
    let known = calendar.is_some();
    let (calendar, starts) = match (calendar, fallback) {
        (Some(read), _) => read,
        (None, (Some(calendar), starts)) => (calendar, starts),
        (None, (None, _)) => unreachable!("the stand-in date is a date"),
    };
    let longest = Minute(Day::LIMIT * DAY_MINUTES);
    let end = ends.as_deref().and_then(|text| {
        let (date, clock) = text.split_once(' ')?;
        let day = calendar.day_of(date).ok()??;
        Some(Minute::at(day, parse_clock(clock.trim()).ok()?))
    });
    if let (Some(text), Some(node), true) = (&ends, fields.get("ends"), known) {
        match end {
            None => {
                let message = Bilingual::new(
                    format!("“{text}”不是故事开始之后{}天内的日期和钟点", Day::LIMIT),
                    format!(
                        "`{text}` is not a date and time within {} days of the start",
                        Day::LIMIT
                    ),
                );
                reader.problem(node, message, Some(wrong));
            }
            Some(end) if end <= starts => {
                reader.problem(
                    node,
                    Bilingual::fixed("结束早于开始", "the story ends before it starts"),
                    None,
                );
            }
            Some(_) => {}
        }
    }
    Header {
        calendar,
        starts,
        ends: end.filter(|&e| e > starts).unwrap_or(longest),
        days_after_the_record: calendar.days_since(RECORD_STARTS),
        seed: reader.field(fields, "seed").unwrap_or(0),
        kind: reader.field(fields, "kind").unwrap_or(StoryKind::AsRecorded),
        quiet: reader.field(fields, "quiet").unwrap_or(false),
        surveyed: reader.field(fields, "surveyed").unwrap_or(false),
    }
}

/// The items of a list field.
pub(super) fn items(reader: &mut Reader, fields: &Fields, name: &str) -> Vec<NodeId> {
    fields.get(name).map(|node| reader.items(node)).unwrap_or_default()
}

fn read_params(
    reader: &mut Reader,
    fields: &Fields,
    calendar: Calendar,
    overrides: &Overrides,
) -> (Params, Vec<Override>) {
    let mut params = Params::default();
    let mut set: Vec<Override> = Vec::new();
    let nodes = items(reader, fields, "params");
    let mut draft = Draft::before_the_map(reader, calendar);
    for (i, node) in nodes.into_iter().enumerate() {
        let Some(raw) = draft.reader.parse::<RawParam>(node) else { continue };
        let path = format!("params[{i}]");
        let source = draft.source(&path, raw.origin, raw.source.as_deref());
        if set.iter().any(|o| o.path == raw.set) {
            draft.error(
                &format!("{path}.set"),
                format!("“{}”设了两次", raw.set),
                format!("`{}` is set twice", raw.set),
            );
            continue;
        }
        match params.set(&raw.set, raw.to) {
            Ok(()) => {
                set.push(Override { path: raw.set, value: raw.to, origin: raw.origin, source })
            }
            Err(error) => report_param(&mut draft, &path, &error),
        }
    }
    for (path, value) in &overrides.params {
        // What the command line asks for has been checked there.
        let _ = params.set(path, *value);
    }
    (params, set)
}

fn report_param(draft: &mut Draft, path: &str, error: &ParamError) {
    match error {
        ParamError::Unknown(name) => {
            let names: Vec<String> = Params::cards().iter().map(Card::path).collect();
            draft.unknown(
                &format!("{path}.set"),
                "参数",
                "parameter",
                name,
                names.iter().map(String::as_str),
            );
        }
        ParamError::OutOfRange { path: name, min, max } => draft.error(
            &format!("{path}.to"),
            format!("“{name}”须在{min}到{max}之间"),
            format!("`{name}` must lie from {min} to {max}"),
        ),
    }
}

fn read_ladder(draft: &mut Draft, fields: &Fields) -> Vec<Rung> {
    let Some(raw) = draft.reader.field::<RawLadder>(fields, "ladder") else {
        return Rung::DEFAULT.to_vec();
    };
    draft.source("ladder", raw.origin, raw.source.as_deref());
    if raw.rungs.len() > LADDER_RUNGS {
        draft.error(
            "ladder.rungs",
            format!("最多{LADDER_RUNGS}级"),
            format!("at most {LADDER_RUNGS} rungs"),
        );
    }
    if !raw.rungs.iter().any(|r| matches!(r, Rung::Door { .. })) {
        draft.warn(
            "ladder.rungs",
            "没有“上门”这一级，无人接听不会有人去看",
            "no rung `Door`: nobody will ever go and look",
        );
    }
    for (i, rung) in raw.rungs.iter().enumerate() {
        if rung.after() > WAIT_MINUTES {
            draft.error(
                &format!("ladder.rungs[{i}]"),
                "等待不能超过1440分钟",
                "a wait is at most 1440 minutes",
            );
        }
    }
    raw.rungs
}

fn read_legends(draft: &mut Draft, fields: &Fields) -> Vec<Legend> {
    let nodes = items(draft.reader, fields, "legends");
    if nodes.len() > LEGENDS {
        draft.error(
            "legends",
            format!("最多{LEGENDS}种图例"),
            format!("at most {LEGENDS} legends"),
        );
    }
    let mut legends: Vec<Legend> = Vec::new();
    for (i, node) in nodes.into_iter().enumerate() {
        let Some(raw) = draft.reader.parse::<RawLegend>(node) else { continue };
        let path = format!("legends[{i}]");
        let source = draft.source(&path, raw.origin, raw.source.as_deref());
        draft.text(&format!("{path}.name"), &raw.name, TITLE_CHARS);
        if legends.iter().any(|l| l.id == raw.id) {
            draft.error(
                &format!("{path}.id"),
                format!("“{}”用了两次", raw.id),
                format!("`{}` is used twice", raw.id),
            );
        }
        if raw.entries.is_empty() || raw.entries.len() > LEGEND_ENTRIES {
            draft.error(
                &format!("{path}.entries"),
                format!("图例要有1到{LEGEND_ENTRIES}项"),
                format!("a legend has 1 to {LEGEND_ENTRIES} entries"),
            );
        } else if raw.entries.last().is_some_and(|e| !e.when.is_empty()) {
            draft.error_with(
                &format!("{path}.entries[{}].when", raw.entries.len() - 1),
                "有的住户不属于任何一项",
                "some homes would fit no entry",
                Bilingual::fixed("最后一项写 when: []", "let the last entry have when: []"),
            );
        }
        for (k, entry) in raw.entries.iter().enumerate() {
            draft.text(&format!("{path}.entries[{k}].label"), &entry.label, TITLE_CHARS);
            if entry.when.is_empty() && k + 1 < raw.entries.len() {
                draft.error(
                    &format!("{path}.entries[{k}].when"),
                    "这一项适合所有住户，后面的项永远用不上",
                    "this entry fits every home: those after it can never apply",
                );
            }
        }
        let entries = raw.entries.into_iter();
        let entries = entries
            .map(|e| LegendEntry { when: e.when, marker: e.marker, label: e.label })
            .collect();
        legends.push(Legend { id: raw.id, name: raw.name, entries, origin: raw.origin, source });
    }
    if legends.is_empty() { vec![Legend::fuxiang()] } else { legends }
}
