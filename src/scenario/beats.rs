//! How a story is told: the beats of each chapter, and those that run while nobody
//! is there.
//!
//! Floor 2. Reads the draft and the cues; makes [`Beat`]s. What is said stands in the
//! cues, with its source and what must be true; a beat adds only how long it takes
//! and where one looks.

use super::actions;
use super::cues::{Known, cue_named};
use super::draft::Draft;
use super::piece::{Listed, listed};
use super::raw::{RawBeat, RawLook};
use super::read::Fields;
use super::script::{Beat, Cue, Look};
use crate::base::text::Bilingual;

/// Most beats of one list.
const BEATS: usize = 100;
/// Longest way to a beat, seconds.
const OVER: u32 = 30;
/// Longest stay, seconds: a caption of the greatest good length is read in less.
const HOLD: u32 = 15;
/// How fast people read in passing, signs or words of ten seconds.
const SIGNS_IN_TEN: usize = 80;
const WORDS_IN_TEN: usize = 40;
/// How long a telling may be, seconds.
const EXPRESS: u32 = 180;
const FULL: u32 = 600;
/// How long the loop is while nobody is there, seconds.
const LOOP: std::ops::RangeInclusive<u32> = 20..=60;

/// The beats of a chapter as written.
pub(super) struct Told {
    /// Path of the chapter.
    pub path: String,
    pub chapter: Option<u32>,
    pub express: bool,
    pub beats: Listed<RawBeat>,
}

/// The beats of all chapters, and those of the loop.
pub(super) fn read(
    draft: &mut Draft,
    fields: &Fields,
    told: Vec<Told>,
    cues: &[Cue],
    known: &Known,
) -> (Vec<Beat>, Vec<Beat>) {
    let mut beats = Vec::new();
    for part in told {
        let list = format!("{}.beats", part.path);
        if draft.count(&list, part.beats.written, BEATS, "步", "beats") {
            for (i, raw) in part.beats.items {
                let path = format!("{list}[{i}]");
                let beat = read_beat(draft, &path, &raw, cues, known);
                beats.extend(beat.map(|beat| Beat {
                    chapter: part.chapter,
                    express: raw.express.unwrap_or(part.express),
                    ..beat
                }));
            }
        }
    }
    let raws: Listed<RawBeat> = listed(draft.reader, fields, "attract");
    let mut attract = Vec::new();
    if draft.count("attract", raws.written, BEATS, "步", "beats") {
        for (i, raw) in raws.items {
            attract.extend(read_beat(draft, &format!("attract[{i}]"), &raw, cues, known));
        }
    }
    lengths(draft, &beats, &attract);
    (beats, attract)
}

fn read_beat(
    draft: &mut Draft,
    path: &str,
    raw: &RawBeat,
    cues: &[Cue],
    known: &Known,
) -> Option<Beat> {
    let over = raw.over.unwrap_or(0);
    seconds(draft, &format!("{path}.over"), over, 0, OVER);
    if let Some(hold) = raw.hold {
        seconds(draft, &format!("{path}.hold"), hold, 1, HOLD);
    }
    let named = raw.cue.as_ref()?;
    let cue = cue_named(draft, &format!("{path}.cue"), named, &known.ids);
    let look = |draft: &mut Draft, field: &str, raw: &Option<RawLook>| {
        let raw = raw.as_ref()?;
        actions::look(draft, &format!("{path}.{field}"), raw, known.legends)
    };
    let (to, point) = (look(draft, "look", &raw.look), look(draft, "point", &raw.point));
    if point.as_ref().is_some_and(|p| !matches!(p, Look::Home(_) | Look::Compound(_))) {
        draft.error(
            &format!("{path}.point"),
            "手指不到这里",
            "a hand cannot point at this",
            "指一户 Home(\"…\") 或一个院 Compound(\"…\")",
            "point at a Home(\"…\") or a Compound(\"…\")",
        );
    }
    let talk = raw.talk.as_ref().and_then(|id| talk(draft, &format!("{path}.talk"), id, known));
    let (cue, hold) = (cue?, raw.hold?);
    let there = cues.get(cue as usize);
    match there.and_then(|cue| cue.say.as_ref()) {
        Some(say) => readable(draft, &format!("{path}.hold"), say, hold),
        // A cue that could not be read has been told of.
        None if there.is_none_or(|cue| cue.line == 0) => {}
        None => draft.error(
            &format!("{path}.cue"),
            format!("“{named}”没有说什么"),
            format!("`{named}` says nothing"),
            "给那一条加上 say，或者换一条",
            "give that cue a `say`, or name another",
        ),
    }
    Some(Beat {
        chapter: None,
        cue,
        over,
        hold,
        express: false,
        look: to,
        show: raw.show,
        tab: raw.tab,
        point,
        talk,
    })
}

/// A call by its name.
fn talk(draft: &mut Draft, path: &str, id: &str, known: &Known) -> Option<u32> {
    let found = known.talks.iter().position(|talk| talk.id == id);
    if found.is_none() {
        draft.unknown(path, "通话", "call", id, known.talks.iter().map(|talk| talk.id.as_str()));
    }
    found.and_then(|at| u32::try_from(at).ok())
}

fn seconds(draft: &mut Draft, path: &str, given: u32, least: u32, most: u32) {
    if !(least..=most).contains(&given) {
        draft.error(
            path,
            format!("不能是{given}秒"),
            format!("{given} seconds are not possible"),
            format!("从{least}到{most}秒"),
            format!("from {least} to {most} seconds"),
        );
    }
}

/// Warns of a caption that is gone before it can be read.
fn readable(draft: &mut Draft, path: &str, say: &Bilingual, hold: u32) {
    let (signs, words) = (say.zh.chars().count(), say.en.split_whitespace().count());
    let tenths = (signs * 100).div_ceil(SIGNS_IN_TEN).max((words * 100).div_ceil(WORDS_IN_TEN));
    let needed = tenths.div_ceil(10) as u32;
    if hold < needed {
        draft.warn(
            path,
            format!("这句话要{needed}秒才读得完"),
            format!("this caption takes {needed} seconds to read"),
            format!("hold 至少{needed}，或者把话说短"),
            format!("hold at least {needed}, or say it in fewer words"),
        );
    }
}

/// Warns of tellings that are too long, and of a loop that is too short.
fn lengths(draft: &mut Draft, beats: &[Beat], attract: &[Beat]) {
    let length = |beats: &mut dyn Iterator<Item = &Beat>| -> u32 {
        beats.map(|b| b.over.min(OVER) + b.hold.min(HOLD)).sum()
    };
    let express = length(&mut beats.iter().filter(|b| b.express));
    let full = length(&mut beats.iter());
    for (took, most, zh, en) in
        [(express, EXPRESS, "简版", "the express cut"), (full, FULL, "全本", "the full telling")]
    {
        if took > most {
            draft.warn(
                "chapters",
                format!("{zh}要讲{took}秒"),
                format!("{en} takes {took} seconds"),
                format!("宜在{most}秒以内"),
                format!("{most} seconds are what visitors stay for"),
            );
        }
    }
    let took = length(&mut attract.iter());
    if !attract.is_empty() && !LOOP.contains(&took) {
        draft.warn(
            "attract",
            format!("没有人的时候，一圈要{took}秒"),
            format!("the loop while nobody is there takes {took} seconds"),
            format!("宜在{}到{}秒", LOOP.start(), LOOP.end()),
            format!("{} to {} seconds are good", LOOP.start(), LOOP.end()),
        );
    }
}
