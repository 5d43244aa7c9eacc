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
use crate::base::text::{Bilingual, Lang, plural};
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
    if bytes.len() > LOG_BYTES {
        return Err(Failure::invalid(
            format!("操作记录超过8 MiB：{file}"),
            format!("a log has at most 8 MiB: {file}"),
        ));
    }
    let text = String::from_utf8(bytes).map_err(|_| {
        Failure::invalid(
            format!("操作记录应是文本文件，这个不是：{file}"),
            format!("a log is a text file, and this is none: {file}"),
        )
    })?;
    logbook::read(&text).map_err(|problems| {
        let (mut zh, mut en) = (String::new(), String::new());
        for problem in problems {
            let _ = writeln!(zh, "{file}:{}：{}", problem.line, problem.message.zh);
            let _ = writeln!(en, "{file}:{}: {}", problem.line, problem.message.en);
        }
        Failure::invalid(zh.trim_end(), en.trim_end())
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
    Ok(tell(&session, refused, book.hashes.len(), differs, lang, out))
}

/// Plays a scene to its end with a log of commands.
pub(super) fn play_log(
    scenario: Arc<Scenario>,
    entries: Vec<Entry<SimCommand>>,
) -> (Session, usize) {
    let ends = scenario.setup.ends;
    Timeline::restore(Story(scenario), vec![(String::new(), entries)], 0, ends)
}

fn unreadable(file: &str, bytes: &[u8], why: Unreadable) -> Failure {
    let text = why.sentence();
    let (mut zh, mut en) = (format!("{}：{file}", text.zh), format!("{}: {file}", text.en));
    if why == Unreadable::Foreign && std::str::from_utf8(bytes).is_ok() {
        zh.push_str("\n如果这是操作记录，请用 --scene 写明它所用的剧本");
        en.push_str("\nif it is a log, name its scene with --scene");
    }
    Failure::invalid(zh, en)
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
            return Err(unreadable(file, &bytes, why));
        }
        Err(error) => return Err(Failure::disk(path, &error)),
    };
    let save =
        Save::<SimCommand>::from_bytes(&bytes).map_err(|why| unreadable(file, &bytes, why))?;
    if version == Version::Spare {
        let text = Bilingual::fixed(
            "存档已损坏，改用它之前的一份",
            "the save is damaged; the one before it is used instead",
        );
        say(out, text.get(lang));
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
    match story::open(Arc::new(scenario), &save).map_err(|why| unreadable(file, &bytes, why))? {
        (session, Continuity::Played { refused, differs }) => {
            Ok(tell(&session, refused, save.hashes.len(), differs, lang, out))
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
            "存档出自模型第{model}版，这个程序是第{MODEL_REVISION}版：可以从 {at} 接着往下走，之前的日子不能重放核对"
        ),
        format!(
            "the save is of revision {model} of the model, this program has {MODEL_REVISION}: it can go on from {at}, but the days before cannot be played again and compared"
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
) -> u8 {
    let story = &session.world().0;
    let commands = session.log().len();
    let at: Minute = session.now();
    let (many, asked) = (commands as u64, plural(commands as u64, "command", "commands"));
    let nights = plural(compared as u64, "midnight", "midnights");
    let line = match lang {
        Lang::Zh => format!(
            "{}，种子 {}，到 {at} 为止；操作{many}条，核对{compared}个时刻",
            story.title.zh, story.setup.seed
        ),
        Lang::En => format!(
            "{}, seed {}, up to {at}; {many} {asked}, {compared} {nights} compared",
            story.title.en, story.setup.seed
        ),
    };
    say(out, &line);
    if refused > 0 {
        let was = plural(refused as u64, "command was", "commands were");
        let text = match lang {
            Lang::Zh => format!("有{refused}条操作没有做成"),
            Lang::En => format!("{refused} {was} refused"),
        };
        say(out, &text);
    }
    if let Some(Difference { at, expected, found }) = differs {
        let date = story.calendar.date(at.day());
        let found = found.map_or_else(
            || {
                Bilingual::fixed("重放时没有这个时刻", "the replay has no such moment")
                    .get(lang)
                    .to_owned()
            },
            |h| match lang {
                Lang::Zh => format!("重放得 {h:016x}"),
                Lang::En => format!("the replay gives {h:016x}"),
            },
        );
        let text = match lang {
            Lang::Zh => format!("从 {at}（{date}）起不一致：记录为 {expected:016x}，{found}"),
            Lang::En => {
                format!("differs from {at} ({date}) on: recorded {expected:016x}, {found}")
            }
        };
        say(out, &text);
        return exit::CLAIM_FAILED;
    }
    if refused > 0 {
        return exit::CLAIM_FAILED;
    }
    let same = if compared == 0 {
        Bilingual::fixed(
            "里面没有校验值，无从核对",
            "it holds no hashes, so there is nothing to compare with",
        )
    } else {
        Bilingual::fixed("每一天都一致", "every day is the same")
    };
    say(out, same.get(lang));
    exit::FINE
}

/// Writes what was asked for, and the hashes of the days, as a text log.
pub(super) fn write_log(file: &str, session: &Session) -> Result<(), Failure> {
    let book = Logbook { entries: session.log().to_vec(), hashes: session.daily_hashes() };
    let Some(text) = logbook::write(&book) else {
        return Err(Failure::asked(
            format!("有的操作写不成文本，请改存为存档：{file}"),
            format!("some commands cannot be written as text; save it as a save: {file}"),
        ));
    };
    files::write_whole(Path::new(file), text.as_bytes())
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
