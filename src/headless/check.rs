//! `check`: scenes examined, then played for what they claim; settings examined.
//!
//! Floor 4. Reads scenes and settings; writes to the streams it is given.

use std::io::Write;

use super::base_rate::BaseRate;
use super::day_table::claims_words;
use super::exhibit;
use super::files::{self, Failure};
use super::play::play;
use super::run::show_warnings;
use super::studies::lacks_caution;
use super::{exit, say};
use crate::base::text::{Bilingual, Lang, plural};
use crate::scenario::compile::Overrides;
use crate::scenario::script::Scenario;
use crate::session::StoryEvent;
use crate::session::words::claim_line;

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
    if let Some(checked) = exhibit::examine(path) {
        return match checked {
            Ok(warnings) => {
                show_warnings(&warnings, lang, err);
                let fine = Bilingual::new(
                    format!("{path}：展台设置，没有问题"),
                    format!("{path}: settings of a screen, fine"),
                );
                say(out, fine.get(lang));
                exit::FINE
            }
            Err(failure) => {
                say(err, failure.text.get(lang));
                failure.code
            }
        };
    }
    let compiled = match files::load(path, &Overrides::default()) {
        Ok(compiled) => compiled,
        Err(failure) => {
            say(err, failure.text.get(lang));
            return failure.code;
        }
    };
    show_warnings(&compiled.warnings, lang, err);
    let story = &compiled.scenario;
    let imports = of_outbreak(path, story, lang, err);
    let played = play(story, story.setup.ends, |_| {});
    let (tested, failed) = played.claims();
    let name = |at: &dyn std::fmt::Display| match lang {
        Lang::Zh => format!("{at}："),
        Lang::En => format!("{at}: "),
    };
    for event in &failed {
        say(err, &format!("{}{}", name(&path), claim_line(story, event, lang)));
    }
    let mut undone = 0;
    for event in &played.events {
        let (line, text) = match event {
            StoryEvent::Refused { at, cue, why } => {
                let line = story.script.cues[*cue as usize].line;
                let why = why.sentence();
                let text = Bilingual::new(
                    format!("{at} 要做的事没有做成：{}", why.zh),
                    format!("what it asked for at {at} was not done: {}", why.en),
                );
                (format!("{path}:{line}"), text)
            }
            StoryEvent::Overrun { at } => {
                let text = Bilingual::new(
                    format!("{at} 这一天的条目太多，其余的略去"),
                    format!("too many cues on the day of {at}; the rest are left out"),
                );
                (path.to_owned(), text)
            }
            _ => continue,
        };
        undone += 1;
        say(err, &format!("{}{}", name(&line), text.get(lang)));
    }
    let days = u64::from(played.moment.sim().now().day().0);
    let claims = claims_words(tested, failed.len());
    let fine = failed.is_empty() && undone == 0;
    let days = match (lang, fine) {
        (Lang::Zh, true) => format!("没有问题，{days}天"),
        (Lang::Zh, false) => format!("{days}天"),
        (Lang::En, true) => format!("fine, {days} {}", plural(days, "day", "days")),
        (Lang::En, false) => format!("{days} {}", plural(days, "day", "days")),
    };
    let undone = match (lang, undone) {
        (_, 0) => String::new(),
        (Lang::Zh, n) => format!("，{n}件事没有做成"),
        (Lang::En, n) => format!(", {n} {} not done", plural(n, "thing was", "things were")),
    };
    let line = match lang {
        Lang::Zh => format!("{path}：{days}，{}{undone}{imports}", claims.zh),
        Lang::En => format!("{path}: {days}, {}{undone}{imports}", claims.en),
    };
    say(out, &line);
    if fine { exit::FINE } else { exit::CLAIM_FAILED }
}

/// What is to be expected from outside, behind the verdict; a note where nobody in an
/// outbreak takes care by themselves.
fn of_outbreak(path: &str, story: &Scenario, lang: Lang, err: &mut dyn Write) -> String {
    if lacks_caution(story) {
        let text = Bilingual::new(
            format!(
                "{path}：注意：有疫情，却没有自发小心（SpontaneousCaution）；和没有措施的一边相比时，措施会显得太有用"
            ),
            format!(
                "{path}: note: an outbreak without SpontaneousCaution; held against a side without measures, these would look better than they are"
            ),
        );
        say(err, text.get(lang));
    }
    let Some(base) = BaseRate::of(story) else { return String::new() };
    let (forced, more) = (base.forced, base.with_returns + base.otherwise);
    let none = base.none() * 100.0;
    match lang {
        Lang::Zh => {
            format!("；安排输入{forced}例，此外预期至多{more:.2}例，一例也没有的机会{none:.0} %")
        }
        Lang::En => format!(
            "; imports: {forced} set, at most {more:.2} more expected, chance of none {none:.0} %"
        ),
    }
}
