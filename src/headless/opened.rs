//! A story opened, read anew when its file changes, kept, and taken up again.
//!
//! Floor 4. Reads scenes and saves; writes saves; owns [`Opened`]. Whoever shows a
//! story holds its [`Session`] and its [`Source`]; nothing here knows of a window.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::files::{self, Failure};
use super::places::{DEFAULT_SCENE, DEFAULT_TEXT, default_scene, embedded_story, save_path};
use super::saves::{self, TakenUp};
use crate::base::text::Bilingual;
use crate::cli::WindowRequest;
use crate::history::Timeline;
use crate::history::save::Save;
use crate::scenario::compile::{Compiled, Overrides};
use crate::scenario::outline::Limits;
use crate::scenario::problem::{Problem, Problems};
use crate::scenario::script::Scenario;
use crate::session::story::Continuity;
use crate::session::{Session, Story, StoryEvent};
use crate::sim::command::SimCommand;

/// Where a story comes from: what is needed to read it anew and to save it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The file of the scene; none if it is built in or came out of a save.
    pub scene: Option<PathBuf>,
    /// Files whose change changes the story: the scene and its map. Empty without
    /// a file of the scene.
    pub watched: Vec<PathBuf>,
    /// What a save calls the scene.
    pub name: String,
    /// The text that was read.
    pub scene_text: Vec<u8>,
    /// What was asked for besides.
    pub overrides: Overrides,
    /// Whether the days before can be seen again. A save of another revision of
    /// the model goes on from a midnight without them, and cannot be saved.
    pub has_past: bool,
}

impl Source {
    /// The scene's file name without folder and ending.
    pub fn stem(&self) -> String {
        let stem = Path::new(&self.name).file_stem();
        stem.map_or_else(|| "story".to_owned(), |stem| stem.to_string_lossy().into_owned())
    }
}

/// A story that is ready to run.
#[derive(Debug)]
pub struct Opened {
    /// The story.
    pub scenario: Arc<Scenario>,
    /// Where it comes from.
    pub source: Source,
    /// The community at the first minute, or at the minute of a save.
    pub session: Session,
    /// What the first minute told; nothing if the story goes on from a later one.
    pub told: Vec<StoryEvent>,
    /// What is doubtful in the scene.
    pub warnings: Vec<Problem>,
    /// What to know about how a save or a changed scene was taken up, if anything.
    pub note: Option<Bilingual>,
    /// Commands of the log that the story does not accept any more; they are left
    /// out of the session.
    pub left_out: usize,
}

/// Why a scene was not read anew. The running session is as it was.
#[derive(Debug)]
pub enum NotReloaded {
    /// What is wrong with the file, in its order.
    Problems(Vec<Problem>),
    /// It could not be read.
    Failure(Failure),
}

/// Opens what was asked for: a scene at its first minute, a save (`.zyt`) at its
/// own, or the default story.
///
/// # Errors
/// [`Failure`] when a file cannot be read or is not valid, or when seed,
/// parameters or copies are asked for together with a save.
pub fn open(request: &WindowRequest) -> Result<Opened, Failure> {
    let overrides = Overrides {
        seed: request.seed,
        params: request.set.clone(),
        isolated: 0,
        more_copies: request.scale.saturating_sub(1),
    };
    let file = request.file.as_ref().map(PathBuf::from).or_else(default_scene);
    match file {
        Some(path) if is_save(&path) => {
            if overrides != Overrides::default() {
                return Err(Failure::asked(
                    "存档里自带种子和参数，不能另写 --seed、--set、--scale",
                    "a save carries its seed and parameters; --seed, --set and --scale do not go with it",
                ));
            }
            recall(&path)
        }
        Some(path) => open_scene(path, overrides),
        None => open_embedded(overrides),
    }
}

/// By its ending.
fn is_save(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("zyt"))
}

/// Opens a scene at its first minute.
///
/// # Errors
/// [`Failure`] when the file cannot be read or is not valid.
pub fn open_scene(path: PathBuf, overrides: Overrides) -> Result<Opened, Failure> {
    let (compiled, source) = read_scene(path, overrides).map_err(|why| match why {
        NotReloaded::Problems(problems) => Failure::problems(problems),
        NotReloaded::Failure(failure) => failure,
    })?;
    Ok(first_minute(compiled, source))
}

/// As [`open_scene`], with every problem apart: for whoever shows a list of scenes.
///
/// # Errors
/// [`NotReloaded`] when the file cannot be read or is not valid.
pub(super) fn try_scene(path: PathBuf) -> Result<Opened, NotReloaded> {
    let (compiled, source) = read_scene(path, Overrides::default())?;
    Ok(first_minute(compiled, source))
}

/// Takes up a scene at its first minute or a save (`.zyt`) at its own.
///
/// # Errors
/// [`Failure`] when the file cannot be read, is damaged or is not valid.
pub fn open_path(path: &Path) -> Result<Opened, Failure> {
    if is_save(path) { recall(path) } else { open_scene(path.to_owned(), Overrides::default()) }
}

/// Opens the built-in story at its first minute.
///
/// # Errors
/// [`Failure`] when what is asked for besides does not fit the story.
pub fn open_embedded(overrides: Overrides) -> Result<Opened, Failure> {
    let compiled = embedded_story(&overrides)?;
    let source = Source {
        scene: None,
        watched: Vec::new(),
        name: DEFAULT_SCENE.to_owned(),
        scene_text: DEFAULT_TEXT.to_vec(),
        overrides,
        has_past: true,
    };
    Ok(first_minute(compiled, source))
}

fn first_minute(Compiled { scenario, warnings, .. }: Compiled, source: Source) -> Opened {
    Opened { warnings, ..begin(Arc::new(scenario), source) }
}

/// A story at its first minute, without what was asked in it. This is how every
/// story begins, and how one begins anew: nothing is read from a disk, which may hold
/// half of an edited file by then.
pub fn begin(scenario: Arc<Scenario>, source: Source) -> Opened {
    let mut told = Vec::new();
    let session = Timeline::new(Story(Arc::clone(&scenario)), &mut told);
    let source = Source { has_past: true, ..source };
    Opened { scenario, source, session, told, warnings: Vec::new(), note: None, left_out: 0 }
}

/// The same story from its beginning with a seed, without what was asked in it.
///
/// # Errors
/// [`Failure`] when its file cannot be read any more or is not valid.
pub fn again(source: &Source, seed: u64) -> Result<Opened, Failure> {
    let overrides = Overrides { seed: Some(seed), ..source.overrides.clone() };
    if let Some(path) = &source.scene {
        return open_scene(path.clone(), overrides);
    }
    if source.scene_text == DEFAULT_TEXT {
        return open_embedded(overrides);
    }
    let text = &source.scene_text;
    let (compiled, _) = files::compile_with_map(Path::new(&source.name), text, &overrides)
        .map_err(Failure::problems)?;
    Ok(first_minute(compiled, Source { overrides, ..source.clone() }))
}

/// Reads and compiles the file of a scene.
fn read_scene(path: PathBuf, overrides: Overrides) -> Result<(Compiled, Source), NotReloaded> {
    let text = files::read_limited(&path, Limits::default().bytes)
        .map_err(|e| NotReloaded::Failure(Failure::disk(&path, &e)))?;
    let (compiled, map) =
        files::compile_with_map(&path, &text, &overrides).map_err(|problems| {
            let mut problems = Problems(problems);
            problems.sort();
            NotReloaded::Problems(problems.0)
        })?;
    let source = Source {
        name: path.display().to_string(),
        watched: std::iter::once(path.clone()).chain(map).collect(),
        scene: Some(path),
        scene_text: text,
        overrides,
        has_past: true,
    };
    Ok((compiled, source))
}

/// Reads the file of a running story anew. The session is played again in the
/// changed story: the same log, branches and minute, the minute within the story's
/// new bounds. Commands that the changed story refuses are left out and counted;
/// what could be redone is forgotten.
///
/// # Errors
/// [`NotReloaded`] when the file cannot be read or is not valid, or when the story
/// does not come from a file.
pub fn reload(source: &Source, session: &Session) -> Result<Opened, NotReloaded> {
    let Some(path) = source.scene.clone() else {
        return Err(NotReloaded::Failure(Failure::asked(
            "这个故事不是从剧本文件打开的，没有文件可以重读",
            "this story was not opened from a scene file, so there is none to read anew",
        )));
    };
    let (Compiled { scenario, warnings, .. }, source) = read_scene(path, source.overrides.clone())?;
    let scenario = Arc::new(scenario);
    let (session, left_out) = Timeline::restore(
        Story(Arc::clone(&scenario)),
        session.parts(),
        session.current(),
        session.now(),
    );
    let note = (left_out > 0).then(|| left_out_words(left_out));
    Ok(Opened { scenario, source, session, told: Vec::new(), warnings, note, left_out })
}

fn left_out_words(commands: usize) -> Bilingual {
    let refused = saves::refused(commands);
    Bilingual::new(format!("{}，已经略去", refused.zh), format!("{} and left out", refused.en))
}

/// Saves a session as it stands, in a file or in [`save_path`]; the save before
/// stays beside it as `.bak`. Returns where.
///
/// # Errors
/// [`Failure`] when the disk refuses, or when the story cannot be played again
/// from a save: several communities side by side, or one without its past.
pub fn keep(source: &Source, session: &Session, path: Option<&Path>) -> Result<PathBuf, Failure> {
    if source.overrides.more_copies > 0 || source.overrides.isolated > 0 {
        return Err(Failure::asked(
            "并排放了几份的社区不能存档",
            "a story of several communities side by side cannot be saved",
        ));
    }
    if !source.has_past {
        return Err(Failure::asked(
            "这个故事接的是旧版模型的存档，之前的日子已经不能重放，所以不能再存",
            "this story goes on from a save of another revision of the model; its earlier days cannot be played again, so it cannot be saved",
        ));
    }
    let path = if let Some(path) = path {
        path.to_owned()
    } else {
        let path = save_path(&source.stem());
        let folder = path.parent().unwrap_or(Path::new("."));
        fs::create_dir_all(folder).map_err(|e| Failure::disk(folder, &e))?;
        path
    };
    let params = &source.overrides.params;
    saves::write(&path, session, &source.name, &source.scene_text, params)?;
    Ok(path)
}

/// Takes up a save: the same branches, log and minute.
///
/// # Errors
/// [`Failure`] when it cannot be read, is damaged, or its scene is not valid.
pub fn recall(path: &Path) -> Result<Opened, Failure> {
    let (save, spare) = saves::read(path)?;
    let TakenUp { session, continuity, overrides, warnings, remark } = saves::take_up(path, &save)?;
    let scenario = Arc::clone(&session.world().0);
    let mut remarks: Vec<Bilingual> = [spare, remark].into_iter().flatten().collect();
    remarks.extend(continued(&scenario, &save, continuity));
    let (left_out, has_past) = match continuity {
        Continuity::Played { refused, .. } => (refused, true),
        Continuity::AtMidnight(_) => (0, false),
    };
    let source = Source {
        scene: None,
        watched: Vec::new(),
        name: save.scene,
        scene_text: save.scene_text,
        overrides,
        has_past,
    };
    let note = together(&remarks);
    Ok(Opened { scenario, source, session, told: Vec::new(), warnings, note, left_out })
}

/// What to know about how a save was taken up.
fn continued(story: &Scenario, save: &Save<SimCommand>, continuity: Continuity) -> Vec<Bilingual> {
    match continuity {
        Continuity::AtMidnight(at) => vec![saves::other_revision(save.model, at)],
        Continuity::Played { refused, differs } => {
            let left_out = (refused > 0).then(|| left_out_words(refused));
            let differs = differs.map(|difference| {
                let (at, date) = (difference.at, story.calendar.date(difference.at.day()));
                Bilingual::new(
                    format!("从 {at}（{date}）起，和存档时的记录不一致"),
                    format!("from {at} ({date}) on it differs from what the save recorded"),
                )
            });
            left_out.into_iter().chain(differs).collect()
        }
    }
}

/// Several remarks as one.
fn together(remarks: &[Bilingual]) -> Option<Bilingual> {
    let join = |text: fn(&Bilingual) -> &str, between: &str| {
        remarks.iter().map(text).collect::<Vec<_>>().join(between)
    };
    (!remarks.is_empty()).then(|| Bilingual::new(join(|r| &r.zh, "；"), join(|r| &r.en, "; ")))
}

#[cfg(test)]
#[path = "opened_tests.rs"]
mod tests;
