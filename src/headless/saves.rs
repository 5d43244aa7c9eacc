//! Saves on the disk: kept, read, and taken up again.
//!
//! Floor 4. Reads and writes one file and its spare copy; owns nothing. `run`,
//! `replay` and the window all keep and take up stories here.

use std::io;
use std::path::Path;
use std::sync::Arc;

use super::disk::Disk;
use super::files::{self, Failure};
use crate::base::text::{Bilingual, plural};
use crate::base::time::Minute;
use crate::history::save::{MODEL_REVISION, Save, Unreadable};
use crate::history::storage::{Storage, Version, keep, recall};
use crate::scenario::compile::{Compiled, Overrides};
use crate::scenario::problem::Problem;
use crate::session::story::{self, Continuity, Session};
use crate::sim::command::SimCommand;

/// The folder of a save, and its name there.
fn disk(path: &Path) -> Result<(Disk, String), Failure> {
    Disk::beside(path).ok_or_else(|| {
        let name = path.display();
        Failure::asked(format!("这不是文件名：{name}"), format!("this is no file name: {name}"))
    })
}

/// Saves a session as it stands; the save before stays as a spare copy.
pub(super) fn write(
    path: &Path,
    session: &Session,
    scene: &str,
    scene_text: &[u8],
    params: &[(String, u32)],
) -> Result<(), Failure> {
    let (mut disk, name) = disk(path)?;
    let bytes = story::save(session, scene, scene_text, params).to_bytes();
    keep(&mut disk, &name, &bytes).map_err(|e| Failure::disk(path, &e))
}

/// Reads a save, or its spare copy where it is damaged; then there is a remark.
pub(super) fn read(path: &Path) -> Result<(Save<SimCommand>, Option<Bilingual>), Failure> {
    let (disk, name) = disk(path)?;
    let sound = |bytes: &[u8]| Save::<SimCommand>::from_bytes(bytes).is_ok();
    let (bytes, version) = match recall(&disk, &name, sound) {
        Ok(found) => found,
        Err(error) if error.kind() == io::ErrorKind::InvalidData => {
            let bytes = disk.read(&name).map_err(|e| Failure::disk(path, &e))?;
            let why = Save::<SimCommand>::from_bytes(&bytes).err().unwrap_or(Unreadable::Damaged);
            return Err(unreadable(path, &bytes, why));
        }
        Err(error) => return Err(Failure::disk(path, &error)),
    };
    let save = Save::from_bytes(&bytes).map_err(|why| unreadable(path, &bytes, why))?;
    let remark = (version == Version::Spare).then_some(Bilingual::fixed(
        "存档已损坏，改用它之前的一份",
        "the save is damaged; the one before it is used instead",
    ));
    Ok((save, remark))
}

fn unreadable(path: &Path, bytes: &[u8], why: Unreadable) -> Failure {
    let (text, file) = (why.sentence(), path.display());
    let (mut zh, mut en) = (format!("{}：{file}", text.zh), format!("{}: {file}", text.en));
    if why == Unreadable::Foreign && std::str::from_utf8(bytes).is_ok() {
        zh.push_str("\n如果这是操作记录，请用 --scene 写明它所用的剧本");
        en.push_str("\nif it is a log, name its scene with --scene");
    }
    Failure::invalid(zh, en)
}

/// A save taken up again.
pub(super) struct TakenUp {
    /// The session, at the minute of the save or at its last midnight.
    pub session: Session,
    /// How it was taken up.
    pub continuity: Continuity,
    /// What was asked for besides the scene.
    pub overrides: Overrides,
    /// What is doubtful in the scene.
    pub warnings: Vec<Problem>,
    /// Something to know about the map.
    pub remark: Option<Bilingual>,
}

/// Takes up a save with the scene that it carries.
pub(super) fn take_up(path: &Path, save: &Save<SimCommand>) -> Result<TakenUp, Failure> {
    let overrides =
        Overrides { seed: Some(save.seed), params: save.params.clone(), ..Overrides::default() };
    let Compiled { scenario, warnings, .. } =
        files::compile_at(Path::new(&save.scene), &save.scene_text, &overrides)?;
    let remark = (scenario.content_hash != save.content_hash).then_some(Bilingual::fixed(
        "地图自存档以来改过",
        "the map has been edited since the save",
    ));
    let (session, continuity) =
        story::open(Arc::new(scenario), save).map_err(|why| unreadable(path, &[], why))?;
    Ok(TakenUp { session, continuity, overrides, warnings, remark })
}

/// Says that the model has changed since a save was made.
pub(super) fn other_revision(model: u32, at: Minute) -> Bilingual {
    Bilingual::new(
        format!(
            "存档出自模型第{model}版，这个程序是第{MODEL_REVISION}版：可以从 {at} 接着往下走，之前的日子不能重放核对"
        ),
        format!(
            "the save is of revision {model} of the model, this program has {MODEL_REVISION}: it can go on from {at}, but the days before cannot be played again and compared"
        ),
    )
}

/// Says that commands of a log could not be done.
pub(super) fn refused(commands: usize) -> Bilingual {
    let was = plural(commands as u64, "command was", "commands were");
    Bilingual::new(format!("有{commands}条操作没有做成"), format!("{commands} {was} refused"))
}
