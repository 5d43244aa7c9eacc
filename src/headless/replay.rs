//! `replay`: a save or a log played again, compared midnight by midnight.
//!
//! Floor 4. Reads one file and, for a log, its scene; writes to the stream it is
//! given.

use std::fmt::Write as _;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use super::disk::Disk;
use super::files::{self, Failure, read_limited};
use super::{exit, say};
use crate::base::text::{Bilingual, Lang};
use crate::base::time::Minute;
use crate::history::save::{Difference, MODEL_REVISION, Save, Unreadable};
use crate::history::storage::{Version, recall};
use crate::history::{Entry, Timeline};
use crate::scenario::compile::Overrides;
use crate::scenario::script::Scenario;
use crate::session::logbook::{self, Logbook};
use crate::session::story::{self, Continuity, Session, Story};
use crate::sim::command::SimCommand;

/// Largest log file, bytes.
const LOG_BYTES: usize = 8 * 1024 * 1024;

/// Plays a save or a log again.
pub(super) fn replay(
    file: &str,
    scene: Option<&str>,
    lang: Lang,
    out: &mut dyn Write,
) -> Result<u8, Failure> {
    match scene {
        Some(scene) => replay_log(file, scene, lang, out),
        None => replay_save(file, lang, out),
    }
}

/// Reads a log file.
pub(super) fn read_log(file: &str) -> Result<Logbook, Failure> {
    let path = Path::new(file);
    let bytes = read_limited(path, LOG_BYTES).map_err(|e| Failure::disk(path, &e))?;
    let text = String::from_utf8(bytes).map_err(|_| Failure {
        code: exit::DISK,
        text: Bilingual::new(format!("不是文本文件：{file}"), format!("not a text file: {file}")),
    })?;
    logbook::read(&text).map_err(|problems| {
        let (mut zh, mut en) = (String::new(), String::new());
        for problem in problems {
            let _ = writeln!(zh, "{file}:{}: {}", problem.line, problem.message.zh);
            let _ = writeln!(en, "{file}:{}: {}", problem.line, problem.message.en);
        }
        Failure { code: exit::DISK, text: Bilingual::new(zh.trim_end(), en.trim_end()) }
    })
}

fn replay_log(file: &str, scene: &str, lang: Lang, out: &mut dyn Write) -> Result<u8, Failure> {
    let book = read_log(file)?;
    let scenario = files::load(scene, &Overrides::default())?.scenario;
    let (session, refused) = play_log(Arc::new(scenario), book.entries);
    let found = session.daily_hashes();
    let differs = book.hashes.iter().find_map(|&(at, expected)| {
        let found = found.iter().find(|f| f.0 == at).map(|f| f.1);
        (found != Some(expected)).then_some(Difference { at, expected, found })
    });
    tell(&session, refused, book.hashes.len(), differs, lang, out)
}

/// Plays a scene to its end with a log of commands.
pub(super) fn play_log(
    scenario: Arc<Scenario>,
    entries: Vec<Entry<SimCommand>>,
) -> (Session, usize) {
    let ends = scenario.setup.ends;
    Timeline::restore(Story(scenario), vec![(String::new(), entries)], 0, ends)
}

fn unreadable(file: &str, why: Unreadable) -> Failure {
    let text = why.sentence();
    Failure {
        code: exit::DISK,
        text: Bilingual::new(format!("{}：{file}", text.zh), format!("{}: {file}", text.en)),
    }
}

fn replay_save(file: &str, lang: Lang, out: &mut dyn Write) -> Result<u8, Failure> {
    let path = Path::new(file);
    let Some((disk, name)) = Disk::beside(path) else {
        return Err(Failure::asked(
            format!("这不是文件名：{file}"),
            format!("this is no file name: {file}"),
        ));
    };
    let sound = |bytes: &[u8]| Save::<SimCommand>::from_bytes(bytes).is_ok();
    let (bytes, version) = match recall(&disk, &name, sound) {
        Ok(found) => found,
        Err(error) if error.kind() == std::io::ErrorKind::InvalidData => {
            let bytes = read_limited(path, LOG_BYTES).map_err(|e| Failure::disk(path, &e))?;
            let why = Save::<SimCommand>::from_bytes(&bytes).err().unwrap_or(Unreadable::Damaged);
            return Err(unreadable(file, why));
        }
        Err(error) => return Err(Failure::disk(path, &error)),
    };
    let save = Save::<SimCommand>::from_bytes(&bytes).map_err(|why| unreadable(file, why))?;
    if version == Version::Spare {
        say(
            out,
            Bilingual::fixed(
                "存档已损坏，用的是上一份",
                "the save is damaged; the one before it is used",
            )
            .get(lang),
        );
    }
    let overrides =
        Overrides { seed: Some(save.seed), params: save.params.clone(), ..Overrides::default() };
    let scenario =
        files::compile_at(Path::new(&save.scene), &save.scene_text, &overrides)?.scenario;
    if scenario.content_hash != save.content_hash {
        say(
            out,
            Bilingual::fixed("地图自存档以来改过", "the map has been edited since the save")
                .get(lang),
        );
    }
    match story::open(Arc::new(scenario), &save).map_err(|why| unreadable(file, why))? {
        (session, Continuity::Played { refused, differs }) => {
            tell(&session, refused, save.hashes.len(), differs, lang, out)
        }
        (_, Continuity::AtMidnight(at)) => {
            say(out, other_revision(save.model, at).get(lang));
            Ok(exit::CLAIM_FAILED)
        }
    }
}

/// Says that the model has changed since a save was made.
fn other_revision(model: u32, at: Minute) -> Bilingual {
    Bilingual::new(
        format!(
            "存档出自模型第{model}版，现在是第{MODEL_REVISION}版：可以从{at}接着往下走，之前的日子不能重放"
        ),
        format!(
            "the save is of revision {model} of the model, this is {MODEL_REVISION}: it can go on from {at}, but the days before cannot be played again"
        ),
    )
}

fn tell(
    session: &Session,
    refused: usize,
    compared: usize,
    differs: Option<Difference>,
    lang: Lang,
    out: &mut dyn Write,
) -> Result<u8, Failure> {
    let story = &session.world().0;
    let commands = session.log().len();
    let at: Minute = session.now();
    let line = match lang {
        Lang::Zh => format!(
            "{}，种子{}，到{at}；指令{commands}条，核对{compared}个零点",
            story.title.zh, story.setup.seed
        ),
        Lang::En => format!(
            "{}, seed {}, up to {at}; {commands} commands, {compared} midnights compared",
            story.title.en, story.setup.seed
        ),
    };
    say(out, &line);
    if refused > 0 {
        say(
            out,
            &match lang {
                Lang::Zh => format!("有{refused}条指令没有执行"),
                Lang::En => format!("{refused} commands were refused"),
            },
        );
    }
    if let Some(difference) = differs {
        let found = difference.found.map_or_else(|| "—".to_owned(), |h| format!("{h:016x}"));
        say(
            out,
            &match lang {
                Lang::Zh => format!(
                    "从{}起不同：应为{:016x}，实为{found}",
                    difference.at, difference.expected
                ),
                Lang::En => format!(
                    "differs from {} on: expected {:016x}, found {found}",
                    difference.at, difference.expected
                ),
            },
        );
        return Ok(exit::CLAIM_FAILED);
    }
    if refused > 0 {
        return Ok(exit::CLAIM_FAILED);
    }
    let same = if compared == 0 {
        Bilingual::fixed("没有可以核对的校验值", "there are no hashes to compare with")
    } else {
        Bilingual::fixed("每一天都相同", "every day is the same")
    };
    say(out, same.get(lang));
    Ok(exit::FINE)
}

/// Saves a session as it stands.
pub(super) fn save_to(
    file: &str,
    session: &Session,
    scene: &str,
    scene_text: &[u8],
    params: &[(String, u32)],
) -> Result<(), Failure> {
    let path = Path::new(file);
    let Some((mut disk, name)) = Disk::beside(path) else {
        return Err(Failure::asked(
            format!("这不是文件名：{file}"),
            format!("this is no file name: {file}"),
        ));
    };
    let bytes = story::save(session, scene, scene_text, params).to_bytes();
    crate::history::storage::keep(&mut disk, &name, &bytes).map_err(|e| Failure::disk(path, &e))
}
