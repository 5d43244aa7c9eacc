//! `check`: scenes examined, then played for what they claim.
//!
//! Floor 4. Reads scenes; writes to the streams it is given.

use std::io::Write;

use super::files::{self, Failure};
use super::play::play;
use super::run::{claim_line, show_warnings};
use super::{exit, say};
use crate::base::text::Lang;
use crate::scenario::compile::Overrides;
use crate::session::StoryEvent;

/// Checks files and folders; the exit code is that of the worst scene.
pub(super) fn check(
    paths: &[String],
    lang: Lang,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<u8, Failure> {
    let mut worst = exit::FINE;
    for path in paths {
        for scene in files::scenes_under(path)? {
            worst = worst.max(check_one(&scene.display().to_string(), lang, out, err));
        }
    }
    Ok(worst)
}

fn check_one(path: &str, lang: Lang, out: &mut dyn Write, err: &mut dyn Write) -> u8 {
    let compiled = match files::load(path, &Overrides::default()) {
        Ok(compiled) => compiled,
        Err(failure) => {
            say(err, failure.text.get(lang));
            return failure.code;
        }
    };
    show_warnings(&compiled.warnings, lang, err);
    let story = &compiled.scenario;
    let played = play(story, story.setup.ends, |_| {});
    let (tested, failed) = played.claims();
    let mut wrong = failed.len();
    for event in &failed {
        say(err, &format!("{path}: {}", claim_line(story, event, lang)));
    }
    for event in &played.events {
        if let StoryEvent::Refused { at, cue, why } = event {
            wrong += 1;
            let line = story.script.cues[*cue as usize].line;
            say(err, &format!("{path}:{line}: {at}  {}", why.sentence().get(lang)));
        }
        if let StoryEvent::Overrun { at } = event {
            wrong += 1;
            let text = match lang {
                Lang::Zh => "一天的条目太多",
                Lang::En => "too many cues on one day",
            };
            say(err, &format!("{path}: {at}  {text}"));
        }
    }
    let days = played.moment.sim().now().day().0;
    let line = match (lang, wrong == 0) {
        (Lang::Zh, true) => format!("{path}：正常，{days}天，{tested}条说法全部兑现"),
        (Lang::Zh, false) => format!("{path}：{days}天，有{wrong}处不符"),
        (Lang::En, true) => format!("{path}: fine, {days} days, all {tested} claims came true"),
        (Lang::En, false) => format!("{path}: {days} days, {wrong} not as claimed"),
    };
    say(out, &line);
    if wrong == 0 { exit::FINE } else { exit::CLAIM_FAILED }
}
