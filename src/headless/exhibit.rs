//! What a kiosk shows: its settings, and the story it tells.
//!
//! Floor 4. Reads the file of the settings and the scene that it names; owns
//! [`Exhibit`]. A screen in a hall must never stay dark: settings that cannot be used
//! give way to those that are built in, a scene of theirs to the story of Fuxiang, and
//! what was wrong is said to whoever looks after it.

use std::path::{Path, PathBuf};

use super::files::{Failure, read_limited};
use super::opened::{self, Opened};
use crate::base::text::Bilingual;
use crate::cli::WindowRequest;
use crate::scenario::outline::Limits;
use crate::scenario::problem::{Problem, Problems};
use crate::settings::{self, Found, Settings};

/// What a kiosk shows.
#[derive(Debug)]
pub struct Exhibit {
    /// The settings.
    pub settings: Settings,
    /// The story at its first minute.
    pub opened: Opened,
    /// What was wrong and what was done instead, for who looks after the screen.
    pub remarks: Vec<Bilingual>,
}

/// Opens what is asked of a kiosk.
///
/// # Errors
/// [`Failure`] when a scene is named on the command line and cannot be used: somebody
/// sits there and reads why.
pub fn open(request: &WindowRequest) -> Result<Exhibit, Failure> {
    let mut remarks = Vec::new();
    let mut settings = Settings::default();
    let file = request.settings.as_ref().map(Path::new);
    if let Some(path) = file {
        match load(path) {
            Ok(found) => {
                let warnings = Problems(found.warnings);
                if !warnings.0.is_empty() {
                    let said = |lang| warnings.render(lang);
                    let [zh, en] = crate::base::text::Lang::ALL.map(said);
                    remarks.push(Bilingual::new(zh, en));
                }
                settings = found.settings;
            }
            Err(failure) => {
                remarks.push(failure.text);
                remarks.push(Bilingual::fixed(
                    "设置用不了，先按内置的来",
                    "these settings cannot be used; the built-in ones are",
                ));
            }
        }
    }
    let named = settings.story.as_deref().filter(|_| request.file.is_none());
    if let Some(name) = named {
        let story = beside(file, name);
        let asked = WindowRequest { file: Some(story.display().to_string()), ..request.clone() };
        match opened::open(&asked) {
            Ok(opened) => return Ok(Exhibit { settings, opened, remarks }),
            Err(failure) => {
                remarks.push(failure.text);
                remarks.push(Bilingual::fixed(
                    "设置里的剧本用不了，先演福祥的故事",
                    "the scene of the settings cannot be used; the story of Fuxiang is told",
                ));
            }
        }
    }
    let opened = opened::open(request)?;
    Ok(Exhibit { settings, opened, remarks })
}

/// A scene that settings name: beside them, unless its whole path is given.
fn beside(settings: Option<&Path>, name: &str) -> PathBuf {
    settings.and_then(Path::parent).unwrap_or(Path::new("")).join(name)
}

fn load(path: &Path) -> Result<Found, Failure> {
    let bytes = read_limited(path, Limits::default().bytes).map_err(|e| Failure::disk(path, &e))?;
    settings::read(&path.display().to_string(), &bytes).map_err(Failure::problems)
}

/// Examines a file if it holds settings; the scene that they name is only looked for.
pub(super) fn examine(path: &str) -> Option<Result<Vec<Problem>, Failure>> {
    let file = Path::new(path);
    let bytes = read_limited(file, Limits::default().bytes).ok()?;
    if !settings::is_settings(&bytes) {
        return None;
    }
    Some(load(file).and_then(|found| {
        let story = found.settings.story.as_deref().map(|name| beside(Some(file), name));
        match story.filter(|story| !story.is_file()) {
            Some(missing) => Err(Failure::disk(&missing, &std::io::ErrorKind::NotFound.into())),
            None => Ok(found.warnings),
        }
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn asked(settings: &Path) -> WindowRequest {
        let settings = Some(settings.display().to_string());
        WindowRequest { kiosk: true, settings, ..WindowRequest::default() }
    }

    #[test]
    fn settings_that_cannot_be_used_give_way_and_the_screen_is_never_dark() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("k.ron");
        let fuxiang = opened::open(&WindowRequest::default()).unwrap();
        for (text, remarks) in [
            ("", 2),
            ("(format: 1, idle_seconds: 1)", 2),
            ("(format: 1, story: \"missing.ron\")", 2),
            ("(format: 1, story: \"k.ron\")", 2),
            ("(format: 1)", 0),
        ] {
            fs::write(&path, text).unwrap();
            let exhibit = open(&asked(&path)).unwrap();
            assert_eq!(exhibit.remarks.len(), remarks, "{text}: {:?}", exhibit.remarks);
            let (told, wanted) = (&exhibit.opened.scenario, &fuxiang.scenario);
            assert_eq!(told.content_hash, wanted.content_hash, "{text}");
            assert_eq!(exhibit.settings.idle_seconds, 45, "{text}");
        }
        fs::remove_file(&path).unwrap();
        assert_eq!(open(&asked(&path)).unwrap().remarks.len(), 2);
    }

    #[test]
    fn a_scene_of_the_settings_lies_beside_them() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("k.ron");
        let day = include_str!("../../scenes/one_day_of_calls.ron");
        fs::write(folder.path().join("day.ron"), day).unwrap();
        fs::write(&path, "(format: 1, story: \"day.ron\", language: en)").unwrap();
        let exhibit = open(&asked(&path)).unwrap();
        assert_eq!(exhibit.opened.source.stem(), "day");
        assert_eq!(exhibit.settings.language, crate::base::text::Lang::En);
        let path = path.display().to_string();
        assert!(examine(&path).unwrap().unwrap().is_empty());
        // What the command line names wins, and its mistakes are told of.
        let file = Some("no/such.ron".to_owned());
        let request = WindowRequest { file, ..asked(Path::new(&path)) };
        assert_eq!(open(&request).unwrap_err().code, crate::headless::exit::DISK);
        fs::remove_file(folder.path().join("day.ron")).unwrap();
        assert_eq!(examine(&path).unwrap().unwrap_err().code, crate::headless::exit::DISK);
    }

    #[test]
    fn a_scene_is_no_settings() {
        assert!(examine("scenes/fuxiang_2020.ron").is_none());
        assert!(examine("no/such.ron").is_none());
    }
}
