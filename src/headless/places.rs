//! Where files are: the default story, the folder for what people keep, saves.
//!
//! Floor 4. Reads the environment and looks for files; writes nothing. The default
//! story is built in as well, so that the program never stands without one.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use super::files::{self, Failure};
use crate::scenario::compile::{Compiled, Overrides, compile};

/// The default story, as it lies in the source and beside an installed program.
pub const DEFAULT_SCENE: &str = "scenes/fuxiang_2020.ron";
/// Its text, for where there is no such file.
pub const DEFAULT_TEXT: &[u8] = include_bytes!("../../scenes/fuxiang_2020.ron");
/// The folder of this program among those of others.
const OURS: &str = "zhanyitu";

/// The file of the default story: in this folder, beside the program, in
/// `../share/zhanyitu` beside it, or in the source that cargo runs.
pub fn default_scene() -> Option<PathBuf> {
    let program = env::current_exe().ok();
    let beside = program.as_deref().and_then(Path::parent);
    let source = env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    let folders = [
        Some(PathBuf::new()),
        beside.map(Path::to_owned),
        beside.map(|folder| folder.join("../share").join(OURS)),
        source,
    ];
    first_with_the_story(folders.into_iter().flatten())
}

fn first_with_the_story(folders: impl Iterator<Item = PathBuf>) -> Option<PathBuf> {
    folders.map(|folder| folder.join(DEFAULT_SCENE)).find(|path| path.is_file())
}

/// The default story as it was when the program was built, with its own map.
///
/// # Errors
/// [`Failure`] when what is asked for besides does not fit the story.
pub fn embedded_story(overrides: &Overrides) -> Result<Compiled, Failure> {
    compile(DEFAULT_SCENE, DEFAULT_TEXT, &files::built_in_map, overrides).map_err(Failure::problems)
}

/// Where this user's data belong: `$XDG_DATA_HOME/zhanyitu`, else
/// `~/.local/share/zhanyitu`; `%APPDATA%\zhanyitu` on Windows and
/// `~/Library/Application Support/zhanyitu` on macOS. The folder need not exist.
pub fn data_folder() -> PathBuf {
    data_folder_by(|name| env::var_os(name).filter(|value| !value.is_empty()))
}

fn data_folder_by(set: impl Fn(&str) -> Option<OsString>) -> PathBuf {
    let under = |name: &str, inside: &str| Some(PathBuf::from(set(name)?).join(inside));
    let found = if cfg!(windows) {
        under("APPDATA", "").or_else(|| under("USERPROFILE", "AppData/Roaming"))
    } else if cfg!(target_os = "macos") {
        under("HOME", "Library/Application Support")
    } else {
        // A relative path there is to be passed over, says the XDG specification.
        let xdg = under("XDG_DATA_HOME", "").filter(|path| path.is_absolute());
        xdg.or_else(|| under("HOME", ".local/share"))
    };
    // Without a home there is still a folder in which one stands.
    found.unwrap_or_default().join(OURS)
}

/// The save of a scene, by the scene's file name without its ending.
pub fn save_path(scene_stem: &str) -> PathBuf {
    data_folder().join("saves").join(format!("{scene_stem}.zyt"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_story_is_found_and_is_the_one_built_in() {
        let file = default_scene().unwrap();
        let told = files::load(&file.display().to_string(), &Overrides::default()).unwrap();
        let built_in = embedded_story(&Overrides::default()).unwrap();
        assert_eq!(told.scenario.content_hash, built_in.scenario.content_hash);
        let overrides = Overrides { seed: Some(7), ..Overrides::default() };
        assert_eq!(embedded_story(&overrides).unwrap().scenario.setup.seed, 7);
    }

    #[test]
    fn the_first_folder_that_has_the_story_wins() {
        let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let folders = || [one.path().to_owned(), two.path().to_owned()].into_iter();
        assert_eq!(first_with_the_story(folders()), None);
        for folder in [&two, &one] {
            let path = folder.path().join(DEFAULT_SCENE);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(&path, "").unwrap();
            assert_eq!(first_with_the_story(folders()), Some(path));
        }
    }

    #[cfg(not(any(windows, target_os = "macos")))]
    #[test]
    fn data_are_kept_where_the_user_says() {
        let set = |xdg: &'static str, home: &'static str| {
            data_folder_by(|name| {
                let value = if name == "XDG_DATA_HOME" { xdg } else { home };
                (!value.is_empty()).then(|| value.into())
            })
        };
        assert_eq!(set("/d", "/h"), Path::new("/d/zhanyitu"));
        assert_eq!(set("", "/h"), Path::new("/h/.local/share/zhanyitu"));
        assert_eq!(set("relative", "/h"), Path::new("/h/.local/share/zhanyitu"));
        assert_eq!(set("", ""), Path::new("zhanyitu"));
        assert!(save_path("fuxiang_2020").ends_with("zhanyitu/saves/fuxiang_2020.zyt"));
    }
}
