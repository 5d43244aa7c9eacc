//! The stories one can choose from: every scene of a folder, and the one built in.
//!
//! Floor 4. Reads scenes; makes [`Book`]s. A scene with a mistake is on the shelf
//! as well, with its first mistake, so that whoever edits it finds it.

use std::path::{Path, PathBuf};

use super::files::{self, Failure};
use super::gallery::{Easel, Thumbnail};
use super::opened::{self, NotReloaded, Opened, Source};
use super::places::{DEFAULT_SCENE, DEFAULT_TEXT, default_scene};
use crate::base::palette::PaletteChoice;
use crate::base::text::Bilingual;
use crate::base::time::{Day, Minute};
use crate::scenario::compile::Overrides;
use crate::scenario::outline::Limits;
use crate::scenario::script::StoryKind;

/// Most scenes of one folder that are shown.
const MOST: usize = 48;
/// The minute whose board stands for a story: when the survey of the record was
/// done, or the end of a shorter story.
const COVER: (Day, u32) = (Day(5), 18 * 60);

/// Where a story of the shelf lies.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Shelved {
    /// In a file.
    File(PathBuf),
    /// In the program.
    BuiltIn,
}

/// A story of the shelf.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Book {
    /// Its title.
    pub title: Bilingual,
    /// What it shows.
    pub about: Bilingual,
    /// As recorded, or what if.
    pub kind: StoryKind,
    /// Its length, days.
    pub days: u32,
    /// Its first and its last day.
    pub period: (String, String),
    /// The board on its fifth evening, or at its end.
    pub cover: Thumbnail,
}

/// A scene with a mistake.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    /// The file.
    pub name: String,
    /// The first mistake, with its place.
    pub why: Bilingual,
    /// How many there are.
    pub mistakes: usize,
}

/// What lies beside a running story: every scene of its folder by name, then the
/// built-in one unless one of them is the same. A story without a file has the
/// folder of the default story beside it.
pub fn beside(source: &Source) -> Vec<Shelved> {
    let named = Some(PathBuf::from(&source.name)).filter(|path| path.is_file());
    let scene = source.scene.clone().or(named).or_else(default_scene);
    let folder = scene.map(|path| match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
        _ => PathBuf::from("."),
    });
    let files = folder.and_then(|folder| files::scenes_under(&folder.display().to_string()).ok());
    let mut found: Vec<Shelved> =
        files.unwrap_or_default().into_iter().take(MOST).map(Shelved::File).collect();
    let same = |shelved: &Shelved| match shelved {
        Shelved::File(path) => files::read_limited(path, Limits::default().bytes)
            .is_ok_and(|text| text == DEFAULT_TEXT),
        Shelved::BuiltIn => true,
    };
    if !found.iter().any(same) {
        found.push(Shelved::BuiltIn);
    }
    found
}

/// Takes a story from the shelf, at its first minute.
///
/// # Errors
/// [`Failure`] when it cannot be read or is not valid.
pub fn take(shelved: &Shelved) -> Result<Opened, Failure> {
    match shelved {
        Shelved::File(path) => opened::open_scene(path.clone(), Overrides::default()),
        Shelved::BuiltIn => opened::open_embedded(Overrides::default()),
    }
}

/// Looks into a story, with a cover of a width, pixels, in a set of fills.
///
/// # Errors
/// [`Broken`] when it cannot be read or is not valid.
pub fn look(shelved: &Shelved, width: u32, palette: PaletteChoice) -> Result<Book, Broken> {
    let opened = match shelved {
        Shelved::File(path) => opened::try_scene(path.clone()).map_err(|why| broken(path, why))?,
        Shelved::BuiltIn => opened::open_embedded(Overrides::default())
            .map_err(|why| broken(Path::new(DEFAULT_SCENE), NotReloaded::Failure(why)))?,
    };
    let (story, mut session) = (opened.scenario, opened.session);
    let (starts, ends) = (story.setup.starts, story.setup.ends);
    let (day, clock) = COVER;
    session.advance(Minute::at(day, clock).min(ends).max(starts), &mut Vec::new());
    let cover = Easel::new(&story, width).draw(&session, 0, palette);
    Ok(Book {
        title: story.title.clone(),
        about: story.about.clone(),
        kind: story.kind,
        days: ends.day().0 - starts.day().0 + 1,
        period: (story.calendar.date(starts.day()), story.calendar.date(ends.day())),
        cover,
    })
}

fn broken(path: &Path, why: NotReloaded) -> Broken {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let (why, mistakes) = match why {
        NotReloaded::Failure(failure) => (failure.text, 1),
        NotReloaded::Problems(problems) => {
            let said = |first: &crate::scenario::problem::Problem| {
                let at = first.place();
                Bilingual::new(
                    format!("{at}：{}", first.message.zh),
                    format!("{at}: {}", first.message.en),
                )
            };
            (problems.first().map(said).unwrap_or_default(), problems.len())
        }
    };
    Broken { name, why, mistakes }
}
