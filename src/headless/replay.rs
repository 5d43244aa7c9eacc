//! `replay`: a save or a log played again, compared midnight by midnight.
//!
//! Floor 4. Reads one file and, for a log, its scene; writes to the stream it is
//! given.

use std::fmt::Write as _;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use super::files::{self, Failure, read_limited};
use super::saves::{self, TakenUp};
use super::{exit, say};
use crate::base::text::{Bilingual, Lang, plural};
use crate::base::time::Minute;
use crate::history::save::Difference;
use crate::history::{Entry, Timeline};
use crate::scenario::compile::Overrides;
use crate::scenario::script::Scenario;
use crate::session::logbook::{self, Logbook};
use crate::session::story::{Continuity, Session, Story};
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

fn replay_save(file: &str, lang: Lang, out: &mut dyn Write) -> Result<u8, Failure> {
    let path = Path::new(file);
    let (save, spare) = saves::read(path)?;
    if let Some(remark) = spare {
        say(out, remark.get(lang));
    }
    let TakenUp { session, continuity, remark, .. } = saves::take_up(path, &save)?;
    if let Some(remark) = remark {
        say(out, remark.get(lang));
    }
    match continuity {
        Continuity::Played { refused, differs } => {
            Ok(tell(&session, refused, save.hashes.len(), differs, lang, out))
        }
        Continuity::AtMidnight(at) => {
            say(out, saves::other_revision(save.model, at).get(lang));
            Ok(exit::CLAIM_FAILED)
        }
    }
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
        say(out, saves::refused(refused).get(lang));
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
