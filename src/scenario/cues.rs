//! The script: chapters and cues, each with one trigger and what it brings about.
//!
//! Floor 2. Reads the draft; makes a [`Script`]. What can never happen is an
//! error here: a cue after one that does not exist, a ring of cues that wait for
//! each other, a chapter that nobody wrote.

use std::collections::BTreeMap;

use super::draft::Draft;
use super::piece::{Listed, listed};
use super::raw::{self, RawChapter, RawCue, RawOn};
use super::read::Fields;
use super::script::{Chapter, Claim, Cue, CueId, Script, Talk, Trigger};
use super::{actions, beats, due};
use crate::base::text::Bilingual;
use crate::base::time::{Day, Minute};
use crate::sim::board::Legend;
use crate::sim::card::Origin;

/// Most cues of one scene, measures and mouths included.
const CUES: usize = 5000;
const CHAPTERS: usize = 40;
const TITLE_CHARS: usize = 60;
/// Longest caption: what stands on one card with room to spare.
const SAY_CHARS: usize = 240;
/// A caption longer than this is hard to read in passing.
const SAY_ZH_GOOD: usize = 60;
const SAY_EN_GOOD: usize = 25;

/// What a cue may refer to.
pub(super) struct Known<'a> {
    chapters: &'a [Chapter],
    pub(super) ids: BTreeMap<String, CueId>,
    pub(super) legends: &'a [Legend],
    pub(super) talks: &'a [Talk],
    workers: u32,
}

/// What else of the scene a cue or a beat may refer to.
#[derive(Clone, Copy)]
pub(super) struct Others<'a> {
    pub legends: &'a [Legend],
    pub talks: &'a [Talk],
    pub workers: u32,
}

/// Reads chapters and script; `first` are cues that come before those of the file.
pub(super) fn read(
    draft: &mut Draft,
    fields: &Fields,
    first: Vec<Cue>,
    Others { legends, talks, workers }: Others,
) -> Script {
    let (chapters, told) = read_chapters(draft, fields);
    let raws: Listed<RawCue> = listed(draft.reader, fields, "script");
    let offset = first.len();
    if !draft.count("script", raws.written + offset, CUES, "条目", "cues") {
        return Script::default();
    }
    let ids = read_ids(draft, &raws, offset);
    let known = Known { chapters: &chapters, ids, legends, talks, workers };
    // A cue that could not be read keeps its place, so that ids stay positions.
    let mut cues = first;
    cues.resize_with(offset + raws.written, || stand_in(draft.ends));
    let mut triggers: Vec<Option<Trigger>> = vec![None; raws.written];
    for (i, raw) in raws.items {
        let path = format!("script[{i}]");
        let trigger = read_trigger(draft, &path, &raw, &known);
        triggers[i].clone_from(&trigger);
        if let Some(cue) = read_cue(draft, &path, raw, trigger, &known) {
            cues[offset + i] = cue;
        }
    }
    due::refuse_what_never_happens(draft, &triggers, &chapters, offset);
    due::refuse_contradictions(draft, &cues, offset);
    due::refuse_crowds(draft, &cues, &chapters, offset);
    let beats = beats::read(draft, fields, told, &cues, &known);
    let mut script = index(cues, chapters);
    (script.beats, script.attract) = beats;
    script
}

fn stand_in(at: Minute) -> Cue {
    Cue {
        id: None,
        trigger: Trigger::At(at),
        actions: Vec::new(),
        say: None,
        look: None,
        claims: Vec::new(),
        origin: Origin::Invented,
        source: Bilingual::default(),
        line: 0,
    }
}

fn read_ids(draft: &mut Draft, raws: &Listed<RawCue>, offset: usize) -> BTreeMap<String, CueId> {
    let mut ids: BTreeMap<String, CueId> = BTreeMap::new();
    for (i, raw) in &raws.items {
        let Some(id) = &raw.id else { continue };
        let taken = ids.contains_key(id);
        draft.name(&format!("script[{i}].id"), id, taken);
        ids.entry(id.clone()).or_insert((offset + i) as CueId);
    }
    ids
}

/// The chapters, and how each is told.
fn read_chapters(draft: &mut Draft, fields: &Fields) -> (Vec<Chapter>, Vec<beats::Told>) {
    let raws: Listed<RawChapter> = listed(draft.reader, fields, "chapters");
    if !draft.count("chapters", raws.written, CHAPTERS, "章节", "chapters") {
        return (Vec::new(), Vec::new());
    }
    let mut chapters: Vec<Chapter> = Vec::new();
    let mut told = Vec::new();
    for (i, raw) in raws.items {
        let path = format!("chapters[{i}]");
        if let Some(title) = &raw.title {
            draft.text(&format!("{path}.title"), title, TITLE_CHARS);
        }
        if let Some(id) = &raw.id {
            draft.name(&format!("{path}.id"), id, chapters.iter().any(|c| c.id == *id));
        }
        let read = raw.from.and_then(|text| draft.minute(&format!("{path}.from"), &text));
        let last = chapters.last().map_or(draft.starts, |chapter| chapter.from);
        let from = read.unwrap_or(last);
        if last > from {
            draft.error(
                &format!("{path}.from"),
                "章节须按时间先后排列",
                "chapters must be in order of time",
                format!("前一章从{}开始；调换次序，或者改时间", draft.written(last)),
                format!(
                    "the one before begins at {}; swap them or change the time",
                    draft.written(last)
                ),
            );
        }
        let express = raw.express.unwrap_or(false);
        let beats = raw.beats.unwrap_or(Listed { items: Vec::new(), written: 0 });
        told.push(beats::Told { path, chapter: Some(chapters.len() as u32), express, beats });
        chapters.push(Chapter {
            id: raw.id.unwrap_or_default(),
            title: raw.title.unwrap_or_default(),
            from: from.max(last),
            express,
        });
    }
    (chapters, told)
}

fn read_cue(
    draft: &mut Draft,
    path: &str,
    raw: RawCue,
    trigger: Option<Trigger>,
    known: &Known,
) -> Option<Cue> {
    let source = draft.source(path, raw.origin, raw.source.as_ref());
    let odd = draft.has_unknown(path, RawCue::FIELDS);
    if !odd && !raw::EFFECTS.iter().any(|name| draft.has(path, name)) {
        draft.error(
            path,
            "这一条什么也不做",
            "this cue does nothing",
            "写上 do（做）、say（说）、look（看）或 expect（应当如何）",
            "give do, say, look or expect",
        );
    }
    if let Some(say) = &raw.say {
        read_caption(draft, &format!("{path}.say"), say);
    }
    let list = raw.r#do.map(|list| list.items).unwrap_or_default();
    let actions: Vec<_> = list
        .iter()
        .map(|(k, a)| actions::action(draft, &format!("{path}.do[{k}]"), a, known.workers))
        .collect();
    let look = raw.look.map(|l| actions::look(draft, &format!("{path}.look"), &l, known.legends));
    let list = raw.expect.map(|list| list.items).unwrap_or_default();
    let claims: Vec<_> = list
        .iter()
        .map(|(k, c)| actions::claim(draft, &format!("{path}.expect[{k}]"), c))
        .collect();
    Some(Cue {
        id: raw.id,
        trigger: trigger?,
        actions: actions.into_iter().collect::<Option<_>>()?,
        say: raw.say,
        look: match look {
            Some(look) => Some(look?),
            None => None,
        },
        claims: claims.into_iter().collect::<Option<_>>()?,
        origin: raw.origin?,
        source,
        line: draft.line(path),
    })
}

fn read_caption(draft: &mut Draft, path: &str, say: &Bilingual) {
    draft.text(path, say, SAY_CHARS);
    let (signs, words) = (say.zh.chars().count(), say.en.split_whitespace().count());
    let (zh, en, hint_zh, hint_en) = if signs > SAY_ZH_GOOD {
        let hint_en = format!("{SAY_ZH_GOOD} Chinese characters read well in passing");
        ("zh", "Chinese", format!("中文宜在{SAY_ZH_GOOD}字以内"), hint_en)
    } else if words > SAY_EN_GOOD {
        let hint_en = format!("{SAY_EN_GOOD} English words read well in passing");
        ("en", "English", format!("英文宜在{SAY_EN_GOOD}词以内"), hint_en)
    } else {
        return;
    };
    let path = format!("{path}.{zh}");
    draft.warn(&path, "字幕偏长", format!("a long {en} caption"), hint_zh, hint_en);
}

fn read_trigger(draft: &mut Draft, path: &str, raw: &RawCue, known: &Known) -> Option<Trigger> {
    let given: Vec<&str> = raw::TRIGGERS.into_iter().filter(|name| draft.has(path, name)).collect();
    if given.is_empty() && draft.has_unknown(path, RawCue::FIELDS) {
        return None;
    }
    if given.is_empty() {
        draft.error(
            path,
            "没有写何时发生",
            "it is not said when this happens",
            format!("写上其中一个：{}", raw::TRIGGERS.join("、")),
            format!("give one of {}", raw::TRIGGERS.join(", ")),
        );
        return None;
    }
    if given.len() > 1 {
        draft.error(
            path,
            format!("写了{}个触发条件：{}", given.len(), given.join("、")),
            format!("{} triggers are given: {}", given.len(), given.join(", ")),
            "只留一个；两种情况就写成两条",
            "keep one; for two occasions write two cues",
        );
        return None;
    }
    if let Some(at) = &raw.at {
        return draft.minute(&format!("{path}.at"), at).map(Trigger::At);
    }
    if let Some(daily) = &raw.daily {
        let path = format!("{path}.daily");
        return every(draft, &path, 1, &daily.at, daily.from.as_deref(), daily.until.as_deref());
    }
    if let Some(raw) = &raw.every {
        let path = format!("{path}.every");
        if raw.days == 0 || raw.days > Day::LIMIT {
            draft.error(
                &format!("{path}.days"),
                format!("不能每{}天一次", raw.days),
                format!("every {} days is not possible", raw.days),
                "天数从1到400",
                "the days lie from 1 to 400",
            );
            return None;
        }
        return every(draft, &path, raw.days, &raw.at, raw.from.as_deref(), raw.until.as_deref());
    }
    if let Some(after) = &raw.after {
        let cue = cue_named(draft, &format!("{path}.after.cue"), &after.cue, &known.ids)?;
        return Some(Trigger::After { cue, minutes: after.minutes });
    }
    if let Some(on) = &raw.on {
        return read_on(draft, &format!("{path}.on"), on, known);
    }
    if let Some(once) = &raw.once {
        return draft.condition(&format!("{path}.once"), once, true).map(Trigger::Once);
    }
    if let Some(shows) = &raw.shows {
        let home = draft.home(&format!("{path}.shows.home"), &shows.home)?;
        return Some(Trigger::Shows { home, colour: shows.colour });
    }
    if let Some(chapter) = &raw.chapter {
        let found = known.chapters.iter().position(|c| &c.id == chapter);
        if found.is_none() {
            let names = known.chapters.iter().map(|c| c.id.as_str());
            draft.unknown(&format!("{path}.chapter"), "章节", "chapter", chapter, names);
        }
        return Some(Trigger::ChapterBegins(found? as u32));
    }
    let asked = raw.asked.as_ref()?;
    if !actions::COMMANDS.contains(&asked.as_str()) {
        draft.unknown(&format!("{path}.asked"), "指令", "command", asked, actions::COMMANDS);
        return None;
    }
    Some(Trigger::Asked(asked.clone()))
}

fn read_on(draft: &mut Draft, path: &str, on: &RawOn, known: &Known) -> Option<Trigger> {
    let heard = draft.event_at(path, &on.event, on.home.as_deref());
    let since = match &on.since {
        Some(cue) => Some(cue_named(draft, &format!("{path}.since"), cue, &known.ids)?),
        None => None,
    };
    let (event, home) = heard?;
    Some(Trigger::On { event, home, since, each: on.each })
}

pub(super) fn cue_named(
    draft: &mut Draft,
    path: &str,
    name: &str,
    ids: &BTreeMap<String, CueId>,
) -> Option<CueId> {
    let found = ids.get(name).copied();
    if found.is_none() && ids.is_empty() {
        draft.error(
            path,
            format!("没有名为“{name}”的条目"),
            format!("there is no cue named `{name}`"),
            format!("在要等的那一条里写 id: \"{name}\""),
            format!("write id: \"{name}\" in the cue that is meant"),
        );
    } else if found.is_none() {
        draft.unknown(path, "条目", "cue", name, ids.keys().map(String::as_str));
    }
    found
}

fn every(
    draft: &mut Draft,
    path: &str,
    days: u32,
    at: &str,
    from: Option<&str>,
    until: Option<&str>,
) -> Option<Trigger> {
    let clock = draft.clock(&format!("{path}.at"), at);
    let from = match from {
        Some(text) => draft.day(&format!("{path}.from"), text)?,
        None => draft.starts.day(),
    };
    let until = match until {
        Some(text) => draft.day(&format!("{path}.until"), text)?,
        None => draft.ends.day(),
    };
    let clock = clock?;
    let mut first = Minute::at(from, clock);
    if first < draft.starts {
        first = Minute::at(Day(from.0 + days), clock);
    }
    let last = Minute::at(until, clock).min(draft.ends);
    if first > last {
        let (starts, ends) = (draft.written(draft.starts), draft.written(draft.ends));
        draft.error(
            path,
            "在给出的日子里永远不会发生",
            "this can never happen within these days",
            format!("from 须早于 until；故事从{starts}到{ends}"),
            format!("from comes before until; the story runs from {starts} to {ends}"),
        );
        return None;
    }
    Some(Trigger::Every { first, days, last })
}

/// Sorts the cues by how they are woken.
fn index(cues: Vec<Cue>, chapters: Vec<Chapter>) -> Script {
    let mut script =
        Script { followers: vec![Vec::new(); cues.len()], chapters, ..Script::default() };
    for (i, cue) in cues.iter().enumerate() {
        let id = i as CueId;
        match &cue.trigger {
            Trigger::At(at) => script.timetable.push((*at, id)),
            Trigger::Every { first, days, last } => {
                let mut at = *first;
                while at <= *last {
                    script.timetable.push((at, id));
                    at = Minute::at(Day(at.day().0 + days), at.clock());
                }
            }
            Trigger::After { cue, minutes } => script.followers[*cue as usize].push((*minutes, id)),
            Trigger::ChapterBegins(chapter) => {
                let from = script.chapters.get(*chapter as usize).map_or(Minute(0), |c| c.from);
                script.timetable.push((from, id));
            }
            Trigger::Once(_) => script.conditions.push(id),
            Trigger::On { .. } | Trigger::Shows { .. } | Trigger::Asked(_) => {
                script.listeners.push(id);
            }
        }
    }
    script.timetable.sort_unstable();
    let asked = cues.iter().flat_map(|cue| &cue.claims).filter_map(|claim| match claim {
        Claim::Happened { event, home, .. } => Some((*event, *home)),
        _ => None,
    });
    script.watches = asked.collect();
    script.cues = cues;
    script
}
