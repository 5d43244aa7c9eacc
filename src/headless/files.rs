//! Files in and out: scenes, maps, tables and pictures.
//!
//! Floor 4. Reads and writes the disk; owns [`Failure`]. A file is never read
//! past its limit, and a new file stands whole or not at all.

use std::cell::{Cell, RefCell};
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use crate::base::text::{Bilingual, Lang};
use crate::scenario::compile::{Compiled, Overrides, compile};
use crate::scenario::outline::Limits;
use crate::scenario::problem::{Problem, Problems};
use crate::session::study::Material;

/// More problems than this are not shown at once.
const SHOWN: usize = 20;

/// Why something was not done: an exit code and a text for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// 1 a claim failed, 2 asked wrongly, 3 could not read or write.
    pub code: u8,
    /// What to show.
    pub text: Bilingual,
}

impl Failure {
    /// Asked wrongly.
    pub fn asked(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { code: super::exit::ASKED_WRONGLY, text: Bilingual::new(zh, en) }
    }

    /// A file is not valid: asked wrongly, too.
    pub fn invalid(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self::asked(zh, en)
    }

    /// Could not read or write.
    pub fn disk(path: &Path, error: &io::Error) -> Self {
        let (zh, en) = match error.kind() {
            io::ErrorKind::NotFound => ("没有这个文件或文件夹", "there is no such file or folder"),
            io::ErrorKind::PermissionDenied => ("没有权限", "permission denied"),
            io::ErrorKind::AlreadyExists => {
                ("已经有同名的文件或文件夹", "there is a file or folder of this name already")
            }
            io::ErrorKind::IsADirectory => ("这是文件夹，不是文件", "this is a folder, not a file"),
            io::ErrorKind::NotADirectory => {
                ("路径里有一段不是文件夹", "a part of the path is not a folder")
            }
            io::ErrorKind::StorageFull => ("磁盘已满", "the disk is full"),
            io::ErrorKind::ReadOnlyFilesystem => ("这个磁盘只能读", "this disk is read-only"),
            io::ErrorKind::InvalidFilename => ("文件名不能用", "the file name cannot be used"),
            _ => {
                let name = path.display();
                return Self {
                    code: super::exit::DISK,
                    text: Bilingual::new(
                        format!("读写出错（{error}）：{name}"),
                        format!("could not be read or written ({error}): {name}"),
                    ),
                };
            }
        };
        let name = path.display();
        let text = Bilingual::new(format!("{zh}：{name}"), format!("{en}: {name}"));
        Self { code: super::exit::DISK, text }
    }

    /// A file has problems.
    pub fn problems(problems: Vec<Problem>) -> Self {
        let mut problems = Problems(problems);
        problems.sort();
        let count = problems.0.len();
        // A file with the wrong kind of quotation mark is wrong in every line.
        problems.0.truncate(SHOWN);
        let rest = count - problems.0.len();
        let plural = crate::base::text::plural(count as u64, "problem", "problems");
        let (more_zh, more_en) = if rest > 0 {
            (
                format!("，以上是前{SHOWN}处，改好再查一遍"),
                format!("; these are the first {SHOWN}: mend them and check again"),
            )
        } else {
            (String::new(), String::new())
        };
        let zh = format!("{}\n共{count}处问题{more_zh}", problems.render(Lang::Zh));
        let en = format!("{}\n{count} {plural} found{more_en}", problems.render(Lang::En));
        Self::invalid(zh, en)
    }
}

/// Reads a file up to a limit; what is longer is cut one byte past it, so that
/// the reader can say that it is too long.
pub fn read_limited(path: &Path, limit: usize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(limit as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The map that comes with the program, for a scene away from its home.
const FUXIANG: (&str, &str) = ("maps/fuxiang.ron", include_str!("../../assets/maps/fuxiang.ron"));

/// The map that is built in, by the name that scenes give it.
pub(super) fn built_in_map(name: &str) -> Option<(String, Vec<u8>)> {
    (name == FUXIANG.0).then(|| (name.to_owned(), FUXIANG.1.as_bytes().to_vec()))
}

/// Finds the file of a map: beside the scene, in `assets` beside the scenes'
/// folder, or in `assets` here.
fn find_map(scene: &Path, name: &str) -> Option<(PathBuf, Vec<u8>)> {
    let safe = !name.contains("..") && !Path::new(name).is_absolute();
    let folder = scene.parent().unwrap_or(Path::new(""));
    let places =
        [folder.join(name), folder.join("../assets").join(name), Path::new("assets").join(name)];
    places.into_iter().filter(|_| safe).find_map(|path| {
        let bytes = read_limited(&path, Limits::default().bytes).ok()?;
        Some((path, bytes))
    })
}

/// Reads and compiles a scene.
///
/// # Errors
/// `Failure` when it cannot be read or has problems.
pub fn load(path: &str, overrides: &Overrides) -> Result<Compiled, Failure> {
    let path = Path::new(path);
    let bytes = read_limited(path, Limits::default().bytes).map_err(|e| Failure::disk(path, &e))?;
    compile_at(path, &bytes, overrides)
}

/// Compiles a scene that was read from, or belongs at, a path.
///
/// # Errors
/// `Failure` when it has problems.
pub fn compile_at(path: &Path, bytes: &[u8], overrides: &Overrides) -> Result<Compiled, Failure> {
    compile_with_map(path, bytes, overrides).map(|found| found.0).map_err(Failure::problems)
}

/// As [`compile_at`], with the file of the map; none if the map is the one that is
/// built in.
pub(super) fn compile_with_map(
    path: &Path,
    bytes: &[u8],
    overrides: &Overrides,
) -> Result<(Compiled, Option<PathBuf>), Vec<Problem>> {
    let file = Cell::new(None);
    let maps = |name: &str| {
        let Some((map, bytes)) = find_map(path, name) else { return built_in_map(name) };
        let shown = map.display().to_string();
        file.set(Some(map));
        Some((shown, bytes))
    };
    let compiled = compile(&path.display().to_string(), bytes, &maps, overrides)?;
    Ok((compiled, file.take()))
}

/// Reads a scene and its map as they stand, so that any world can be made of them, and
/// what is doubtful in the scene.
///
/// # Errors
/// `Failure` when it cannot be read or has problems.
pub fn material(file: &str, set: &[(String, u32)]) -> Result<(Material, Vec<Problem>), Failure> {
    let path = Path::new(file);
    let scene = read_limited(path, Limits::default().bytes).map_err(|e| Failure::disk(path, &e))?;
    let map = RefCell::new(None);
    let maps = |name: &str| {
        let found = find_map(path, name)
            .map(|(map, bytes)| (map.display().to_string(), bytes))
            .or_else(|| built_in_map(name));
        map.replace(found.clone());
        found
    };
    let overrides = Overrides { params: set.to_vec(), ..Overrides::default() };
    let compiled = compile(file, &scene, &maps, &overrides).map_err(Failure::problems)?;
    let material = Material { file: file.to_owned(), scene, map: map.take() };
    Ok((material, compiled.warnings))
}

/// Writes a file whole: under another name first, then in its place.
///
/// # Errors
/// [`Failure`] when the disk refuses.
pub fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let failed = |e: io::Error| Failure::disk(path, &e);
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".part");
    let part = path.with_file_name(name);
    let mut file = File::create(&part).map_err(failed)?;
    let written =
        file.write_all(bytes).and_then(|()| file.sync_all()).and_then(|()| fs::rename(&part, path));
    if written.is_err() {
        // The half-written file is of no use to anybody.
        let _ = fs::remove_file(&part);
    }
    written.map_err(failed)
}

/// Scenes under a path: the file itself, or every `.ron` of a folder, by name.
///
/// # Errors
/// [`Failure`] when the folder cannot be read or holds none.
pub fn scenes_under(path: &str) -> Result<Vec<PathBuf>, Failure> {
    let path = Path::new(path);
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let entries = fs::read_dir(path).map_err(|e| Failure::disk(path, &e))?;
    let mut found: Vec<PathBuf> = entries
        .flatten()
        .map(|e| e.path())
        .filter(|p| p.extension().is_some_and(|x| x == "ron"))
        .collect();
    found.sort();
    if found.is_empty() {
        let name = path.display();
        return Err(Failure::asked(
            format!("文件夹里没有剧本：{name}"),
            format!("no scenes in this folder: {name}"),
        ));
    }
    Ok(found)
}
