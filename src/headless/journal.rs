//! The log of a running story as a table in a file.
//!
//! Floor 4. Reads a session; writes one CSV beside the saves. It holds what the
//! office knows and what the story said up to the present minute, nothing hidden.

use std::fs;
use std::path::{Path, PathBuf};

use super::files::{self, Failure};
use super::opened::Source;
use super::places::save_path;
use super::run::{CAVEAT, kind_label};
use super::tables::{csv_bytes, known_rows};
use crate::base::text::{Bilingual, Lang};
use crate::history::save::MODEL_REVISION;
use crate::session::{Session, StoryEvent};

/// Fields of every row.
const COLUMNS: usize = 9;

/// Writes the log of a session up to now, in a file or beside the saves, named
/// after story and minute. Lines that begin with `#` say which scene, seed and
/// program it comes from. UTF-8 with the mark that spreadsheet programs look for.
/// Returns where.
///
/// # Errors
/// [`Failure`] when the disk refuses.
pub fn keep_events(
    source: &Source,
    session: &Session,
    lang: Lang,
    path: Option<&Path>,
) -> Result<PathBuf, Failure> {
    let path = match path {
        Some(path) => path.to_owned(),
        None => events_path(source, session),
    };
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    if let Some(folder) = folder {
        fs::create_dir_all(folder).map_err(|e| Failure::disk(folder, &e))?;
    }
    files::write_whole(&path, &events(source, session, lang))?;
    Ok(path)
}

/// `…/saves/fuxiang_2020_events_D20_1200.csv`
fn events_path(source: &Source, session: &Session) -> PathBuf {
    let (stem, now) = (source.stem(), session.now());
    let (day, clock) = (now.day().0, now.clock());
    let branch = match session.current() {
        0 => String::new(),
        branch => format!("_b{branch}"),
    };
    let (hour, minute) = (clock / 60, clock % 60);
    save_path(&stem)
        .with_file_name(format!("{stem}{branch}_events_D{day}_{hour:02}{minute:02}.csv"))
}

fn events(source: &Source, session: &Session, lang: Lang) -> Vec<u8> {
    let story = &session.world().0;
    let mut told: Vec<StoryEvent> = Vec::new();
    session.retell(|event| told.push(event));
    let rows = known_rows(story, &told, lang);
    csv_bytes(true, about(source, session, lang).into_iter().chain(rows))
}

/// Where the table comes from, one fact a row; the first field begins with `#`.
fn about(source: &Source, session: &Session, lang: Lang) -> Vec<Vec<String>> {
    let story = &session.world().0;
    let (kind, now) = (kind_label(story.kind), session.now());
    let scene = story.overrides.iter().map(|o| format!("{}={}", o.path, o.value));
    let asked = source.overrides.params.iter().map(|(path, value)| format!("{path}={value}"));
    let set: Vec<String> = scene.chain(asked).collect();
    let name = |zh: &'static str, en: &'static str| Bilingual::fixed(zh, en).get(lang).to_owned();
    let facts = [
        (name("剧本", "scene"), format!("{} ({})", story.title.get(lang), source.stem())),
        (name("性质", "kind"), kind.get(lang).to_owned()),
        (name("种子", "seed"), story.setup.seed.to_string()),
        (name("改过的参数", "parameters set"), set.join(" ")),
        (name("到", "until"), format!("{now} {}", story.calendar.date(now.day()))),
        (
            name("程序", "program"),
            format!("zhanyitu {}, {}", env!("CARGO_PKG_VERSION"), model_words(lang)),
        ),
        (name("剧本与地图的校验值", "hash of scene and map"), hex(story.content_hash)),
        (name("请注意", "note"), CAVEAT.get(lang).to_owned()),
    ];
    let facts = facts.into_iter().filter(|(_, value)| !value.is_empty());
    facts
        .map(|(name, value)| {
            let mut row = vec![format!("# {name}"), value];
            // Every row of a table is as long as the others.
            row.resize(COLUMNS, String::new());
            row
        })
        .collect()
}

fn model_words(lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("模型第{MODEL_REVISION}版"),
        Lang::En => format!("model revision {MODEL_REVISION}"),
    }
}

fn hex(hash: u64) -> String {
    format!("{hash:016x}")
}
