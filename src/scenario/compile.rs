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
use super::header::{self, Header};
use super::outline::Limits;
use super::piece::{Listed, listed};
use super::problem::Problem;
use super::raw::{self, RawParam};
use super::read::{Fields, Reader};
use super::script::{Override, Scenario};
use super::{cast, copies, cues, imports, legends, maps, measures, personal, talks};
use crate::base::ids::{CompoundId, HouseholdId, WayId};
use crate::base::text::Bilingual;
use crate::base::time::{Calendar, DAY_MINUTES, Minute};
use crate::sim::card::{Card, Origin, ParamError};
use crate::sim::params::Params;
use crate::sim::people::Population;
use crate::sim::place::{Compound, CompoundKind, Dwelling, Grade, Place};
use crate::sim::state::Setup;
use crate::sim::synth;
use crate::sim::truth::Illness;

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
    /// What the next seed need not have made again.
    pub stock: Stock,
}

/// What no seed changes: the map as it was read, and the tables of the illness. A study
/// makes a world for every seed, and these are the larger part of the work.
#[derive(Debug, Clone, Default)]
pub struct Stock {
    map: Option<(Arc<[u8]>, Arc<Place>)>,
    illness: Option<Arc<Illness>>,
}

const TITLE_CHARS: usize = 60;
const ABOUT_CHARS: usize = 400;

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
    compile_from(&Stock::default(), file, bytes, find_map, overrides)
}

/// As [`compile`], with what an earlier story has in stock: the same result, sooner.
///
/// # Errors
/// As [`compile`].
pub fn compile_from(
    stock: &Stock,
    file: &str,
    bytes: &[u8],
    find_map: Maps,
    overrides: &Overrides,
) -> Result<Compiled, Vec<Problem>> {
    let mut reader = Reader::new(file, bytes, Limits::default());
    let Some(root) = reader.root() else { return Err(reader.finish().err().unwrap_or_default()) };
    let fields = reader.fields(root, &raw::REQUIRED, &raw::OPTIONAL);
    check_format(&mut reader, &fields);
    personal::check(&mut reader);
    let (map, map_problems) = read_map(&mut reader, &fields, find_map, stock);
    let Ok(header) = header::read(&mut reader, &fields) else {
        return Err(reader.finish().err().unwrap_or_default());
    };
    let seed = overrides.seed.unwrap_or(header.seed);
    let (mut params, set) = read_params(&mut reader, &fields, header.calendar, overrides);
    let written = read_copies(&mut reader, &fields);
    let copies = overrides.more_copies.saturating_add(1).saturating_mul(written);
    let copies = copies.min(copies::COPIES);
    let mouths = map.as_ref().map_or(0, |(_, place)| place.mouths.len() as u32);
    if copies > 1 {
        copies::params(&mut params, copies);
    }
    let home = map.as_ref().map(|(map_bytes, place)| {
        let place = match copies {
            0..=1 => Arc::clone(place),
            more => Arc::new(copies::place(place, more)),
        };
        settle((place, map_bytes), overrides.isolated, seed, &params, &header)
    });
    let mut draft = Draft {
        reader: &mut reader,
        calendar: header.calendar,
        starts: header.starts,
        ends: header.ends,
        place: home.as_ref().map(|home| Arc::clone(&home.place)),
        population: home.as_ref().map(|home| Arc::clone(&home.population)),
        cast: Vec::new(),
        illness: fields.get("illness").is_some(),
        cast_names: Vec::new(),
    };
    let title = read_text(&mut draft, &fields, "title", TITLE_CHARS);
    let about = read_text(&mut draft, &fields, "about", ABOUT_CHARS);
    let legends = legends::read_legends(&mut draft, &fields);
    let ladder = legends::read_ladder(&mut draft, &fields);
    cast::read(&mut draft, &fields, seed);
    let mut dated = measures::read(&mut draft, &fields);
    dated.extend(imports::read(&mut draft, &fields, header.kind));
    let illness = draft.illness;
    let talks = talks::read(&mut draft, &fields, params.shifts.workers);
    let known = cues::Others { legends: &legends, talks: &talks, workers: params.shifts.workers };
    let mut script = cues::read(&mut draft, &fields, dated, known);
    if copies > 1 {
        copies::script(&mut script, copies, mouths, overrides.more_copies > 0);
    }
    let cast = std::mem::take(&mut draft.cast);
    let warnings = match reader.finish() {
        Ok(warnings) if map_problems.is_empty() => warnings,
        Ok(mut problems) | Err(mut problems) => {
            problems.extend(map_problems);
            return Err(problems);
        }
    };
    let (Some(title), Some(about), Some(home)) = (title, about, home) else {
        return Err(warnings);
    };
    let mut setup =
        Setup::new(home.place, home.population, params, seed, header.starts, header.ends);
    setup.ladder = ladder;
    setup.isolate_from(home.core_homes as u32);
    setup.quiet = header.quiet;
    setup.surveyed = header.surveyed;
    if illness {
        setup = setup.with_illness(stock.illness.as_deref().map(|known| &known.rules));
    }
    let illness = setup.illness.clone();
    let scenario = Scenario {
        title,
        about,
        kind: header.kind,
        calendar: header.calendar,
        legends,
        overrides: set,
        cast,
        script,
        talks,
        setup: Arc::new(setup),
        content_hash: crate::sim::hash::canonical(&(bytes, home.map_bytes)),
    };
    Ok(Compiled { scenario, warnings, stock: Stock { map, illness } })
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

/// How many such communities stand side by side.
fn read_copies(reader: &mut Reader, fields: &Fields) -> u32 {
    let Some(written) = reader.field::<u32>(fields, "copies") else { return 1 };
    if (1..=copies::COPIES).contains(&written) {
        return written;
    }
    if let Some(node) = fields.get("copies") {
        let message = Bilingual::new(
            format!("不能并排{written}个社区"),
            format!("{written} communities side by side are not possible"),
        );
        let hint = Bilingual::new(
            format!("写1到{}之间的数", copies::COPIES),
            format!("give a number from 1 to {}", copies::COPIES),
        );
        reader.problem(node, message, Some(hint));
    }
    1
}

fn check_format(reader: &mut Reader, fields: &Fields) {
    let Some(format) = reader.field::<u32>(fields, "format") else { return };
    if format == raw::FORMAT {
        return;
    }
    let hint = if format > raw::FORMAT {
        Bilingual::fixed(
            "这份文件来自更新的版本，请更新程序",
            "the file was made for a newer version; update the program",
        )
    } else {
        Bilingual::fixed("写成 format: 1", "write format: 1")
    };
    if let Some(node) = fields.get("format") {
        let message = Bilingual::new(
            format!("格式{format}读不了，本程序读格式{}", raw::FORMAT),
            format!("format {format} cannot be read; this program reads format {}", raw::FORMAT),
        );
        reader.problem(node, message, Some(hint));
    }
}

/// A text of the header.
fn read_text(draft: &mut Draft, fields: &Fields, name: &str, limit: usize) -> Option<Bilingual> {
    let text: Bilingual = draft.reader.field(fields, name)?;
    draft.text(name, &text, limit);
    Some(text)
}

/// Reads the map that the scene names. Problems in the map are those of another
/// file and come back apart.
fn read_map(
    reader: &mut Reader,
    fields: &Fields,
    find_map: Maps,
    stock: &Stock,
) -> (Option<(Arc<[u8]>, Arc<Place>)>, Vec<Problem>) {
    let (Some(name), Some(node)) = (reader.field::<String>(fields, "map"), fields.get("map"))
    else {
        return (None, Vec::new());
    };
    let Some((file, bytes)) = find_map(&name) else {
        let message =
            Bilingual::new(format!("找不到地图“{name}”"), format!("there is no map `{name}`"));
        let hint = Bilingual::fixed(
            "地图放在 assets/maps，随程序附带“maps/fuxiang.ron”",
            "maps are kept in assets/maps; `maps/fuxiang.ron` comes with the program",
        );
        reader.problem(node, message, Some(hint));
        return (None, Vec::new());
    };
    if let Some((known, place)) = stock.map.as_ref().filter(|(known, _)| **known == *bytes) {
        return (Some((Arc::clone(known), Arc::clone(place))), Vec::new());
    }
    match maps::read(&file, &bytes) {
        Ok(place) => (Some((bytes.into(), Arc::new(place))), Vec::new()),
        Err(problems) => (None, problems),
    }
}

/// The community of a story: its place and its people.
struct Settled<'a> {
    place: Arc<Place>,
    population: Arc<Population>,
    core_homes: usize,
    map_bytes: &'a [u8],
}

fn settle<'a>(
    (place, map_bytes): (Arc<Place>, &'a [u8]),
    isolated: u32,
    seed: u64,
    params: &Params,
    header: &Header,
) -> Settled<'a> {
    let core_homes = place.household_count();
    let place = add_isolated(place, isolated);
    let mut people =
        synth::populate_extended(&place, core_homes, seed, &params.population, &params.trips);
    shift_trips(&mut people, header.days_after_the_record);
    Settled { place, population: Arc::new(people), core_homes, map_bytes }
}

fn read_params(
    reader: &mut Reader,
    fields: &Fields,
    calendar: Calendar,
    overrides: &Overrides,
) -> (Params, Vec<Override>) {
    let mut params = Params::default();
    let mut set: Vec<Override> = Vec::new();
    let raws: Listed<RawParam> = listed(reader, fields, "params");
    let mut draft = Draft::before_the_map(reader, calendar);
    for (i, raw) in raws.items {
        let path = format!("params[{i}]");
        let source = draft.source(&path, raw.origin, raw.source.as_ref());
        let (Some(name), value) = (raw.set, raw.to) else { continue };
        if set.iter().any(|o| o.path == name) {
            draft.error(
                &format!("{path}.set"),
                format!("“{name}”设了两次"),
                format!("`{name}` is set twice"),
                "只留一个",
                "keep one of them",
            );
            continue;
        }
        // Without a value the name can still be wrong.
        let Some(card) = Params::cards().into_iter().find(|card| card.path() == name) else {
            report_param(&mut draft, &path, &ParamError::Unknown(name));
            continue;
        };
        let value = value.unwrap_or(card.default);
        match params.set(&name, value) {
            Ok(()) => {
                let origin = raw.origin.unwrap_or(Origin::Invented);
                set.push(Override { path: name, value, origin, source });
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
            format!("“{name}”超出了范围"),
            format!("`{name}` is out of range"),
            format!("须在{min}到{max}之间"),
            format!("it must lie from {min} to {max}"),
        ),
    }
}
