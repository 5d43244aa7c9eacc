//! The script: chapters and cues, each with one trigger and what it brings about.
//!
//! Floor 2. Reads the draft; makes a [`Script`]. What can never happen is an
//! error here: a cue after one that does not exist, a ring of cues that wait for
//! each other, a chapter that nobody wrote.

use std::collections::BTreeMap;

use super::actions;
use super::compile::items;
use super::draft::Draft;
use super::raw::{RawChapter, RawCue};
use super::read::Fields;
use super::script::{Chapter, Claim, Cue, CueId, Script, Trigger};
use crate::base::time::{Day, Minute};
use crate::sim::board::Legend;

/// Most cues of one scene, measures and mouths included.
const CUES: usize = 5000;
const CHAPTERS: usize = 40;
const TITLE_CHARS: usize = 60;
/// Longest caption: what stands on one card with room to spare.
const SAY_CHARS: usize = 240;
/// A caption longer than this is hard to read in passing.
const SAY_ZH_GOOD: usize = 60;
const SAY_EN_GOOD: usize = 25;
const ID_CHARS: usize = 40;

/// Reads chapters and script; `first` are cues that come before those of the file.
pub(super) fn read(
    draft: &mut Draft,
    fields: &Fields,
    first: Vec<Cue>,
    legends: &[Legend],
    workers: u32,
) -> Script {
    let chapters = read_chapters(draft, fields);
    let nodes = items(draft.reader, fields, "script");
    if nodes.len() + first.len() > CUES {
        draft.error("script", format!("最多{CUES}条"), format!("at most {CUES} cues"));
        return Script::default();
    }
    let raws: Vec<Option<RawCue>> = nodes.iter().map(|&node| draft.reader.parse(node)).collect();
    let offset = first.len();
    let mut ids: BTreeMap<String, CueId> = BTreeMap::new();
    for (i, raw) in raws.iter().enumerate() {
        let Some(id) = raw.as_ref().and_then(|r| r.id.clone()) else { continue };
        let path = format!("script[{i}].id");
        if id.is_empty() || id.chars().count() > ID_CHARS {
            draft.error(
                &path,
                format!("名称须为1至{ID_CHARS}个字"),
                format!("a name has 1 to {ID_CHARS} characters"),
            );
        } else if ids.insert(id.clone(), (offset + i) as CueId).is_some() {
            draft.error(&path, format!("“{id}”用了两次"), format!("`{id}` is used twice"));
        }
    }
    let mut cues = first;
    for (i, raw) in raws.into_iter().enumerate() {
        let read = raw.and_then(|raw| read_cue(draft, i, raw, &chapters, &ids, legends, workers));
        // A cue that could not be read keeps its place, so that ids stay positions.
        cues.push(read.unwrap_or_else(|| Cue {
            id: None,
            trigger: Trigger::At(draft.ends),
            actions: Vec::new(),
            say: None,
            look: None,
            claims: Vec::new(),
            origin: crate::sim::card::Origin::Invented,
            source: String::new(),
            line: 0,
        }));
    }
    refuse_rings(draft, &cues, offset);
    index(cues, chapters)
}

fn read_chapters(draft: &mut Draft, fields: &Fields) -> Vec<Chapter> {
    let nodes = items(draft.reader, fields, "chapters");
    if nodes.len() > CHAPTERS {
        draft.error(
            "chapters",
            format!("最多{CHAPTERS}章"),
            format!("at most {CHAPTERS} chapters"),
        );
        return Vec::new();
    }
    let mut chapters: Vec<Chapter> = Vec::new();
    for (i, node) in nodes.into_iter().enumerate() {
        let Some(raw) = draft.reader.parse::<RawChapter>(node) else { continue };
        let path = format!("chapters[{i}]");
        draft.text(&format!("{path}.title"), &raw.title, TITLE_CHARS);
        if chapters.iter().any(|c| c.id == raw.id) {
            draft.error(
                &format!("{path}.id"),
                format!("“{}”用了两次", raw.id),
                format!("`{}` is used twice", raw.id),
            );
        }
        let from = draft.minute(&format!("{path}.from"), &raw.from).unwrap_or(draft.starts);
        if chapters.last().is_some_and(|c| c.from > from) {
            draft.error(
                &format!("{path}.from"),
                "章节须按时间先后排列",
                "chapters must be in order of time",
            );
        }
        chapters.push(Chapter { id: raw.id, title: raw.title, from, express: raw.express });
    }
    chapters
}

fn read_cue(
    draft: &mut Draft,
    index: usize,
    raw: RawCue,
    chapters: &[Chapter],
    ids: &BTreeMap<String, CueId>,
    legends: &[Legend],
    workers: u32,
) -> Option<Cue> {
    let path = format!("script[{index}]");
    let source = draft.source(&path, raw.origin, raw.source.as_deref());
    let nothing =
        raw.actions.is_none() && raw.say.is_none() && raw.look.is_none() && raw.expect.is_none();
    if nothing {
        draft.error(
            &path,
            "这一条什么也不做：写 do、say、look 或 expect",
            "this cue does nothing: give do, say, look or expect",
        );
    }
    if let Some(say) = &raw.say {
        draft.text(&format!("{path}.say"), say, SAY_CHARS);
        let words = say.en.split_whitespace().count();
        if say.zh.chars().count() > SAY_ZH_GOOD || words > SAY_EN_GOOD {
            draft.warn(
                &format!("{path}.say"),
                format!("字幕偏长：中文宜在{SAY_ZH_GOOD}字以内，英文宜在{SAY_EN_GOOD}词以内"),
                format!("a long caption: {SAY_ZH_GOOD} Chinese characters or {SAY_EN_GOOD} English words read well"),
            );
        }
    }
    let trigger = read_trigger(draft, &path, &raw, chapters, ids);
    let list = raw.actions.unwrap_or_default();
    let read: Vec<_> = list
        .iter()
        .enumerate()
        .map(|(k, a)| actions::action(draft, &format!("{path}.do[{k}]"), a, workers))
        .collect();
    let look = raw.look.map(|look| actions::look(draft, &format!("{path}.look"), &look, legends));
    let expect = raw.expect.unwrap_or_default();
    let claims: Vec<_> = expect
        .iter()
        .enumerate()
        .map(|(k, c)| actions::claim(draft, &format!("{path}.expect[{k}]"), c))
        .collect();
    Some(Cue {
        id: raw.id,
        trigger: trigger?,
        actions: read.into_iter().collect::<Option<_>>()?,
        say: raw.say,
        look: match look {
            Some(look) => Some(look?),
            None => None,
        },
        claims: claims.into_iter().collect::<Option<_>>()?,
        origin: raw.origin,
        source,
        line: draft.line(&path),
    })
}

fn read_trigger(
    draft: &mut Draft,
    path: &str,
    raw: &RawCue,
    chapters: &[Chapter],
    ids: &BTreeMap<String, CueId>,
) -> Option<Trigger> {
    let given = raw.triggers();
    if given.len() != 1 {
        let list = given.join(", ");
        if given.is_empty() {
            draft.error_with(
                path,
                "没有写何时发生",
                "it is not said when this happens",
                crate::base::text::Bilingual::fixed(
                    "写 at、daily、every、after、on、once、shows、chapter、asked 之一",
                    "give one of at, daily, every, after, on, once, shows, chapter, asked",
                ),
            );
        } else {
            draft.error(
                path,
                format!("只能有一个触发条件，这里有：{list}"),
                format!("one trigger only; here are {list}"),
            );
        }
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
                "天数须在1到400之间",
                "days must lie from 1 to 400",
            );
            return None;
        }
        return every(draft, &path, raw.days, &raw.at, raw.from.as_deref(), raw.until.as_deref());
    }
    if let Some(after) = &raw.after {
        let cue = cue_named(draft, &format!("{path}.after.cue"), &after.cue, ids)?;
        return Some(Trigger::After { cue, minutes: after.minutes });
    }
    if let Some(on) = &raw.on {
        let event = draft.event(&format!("{path}.on.event"), &on.event);
        let home = match &on.home {
            Some(home) => Some(draft.home(&format!("{path}.on.home"), home)?),
            None => None,
        };
        let since = match &on.since {
            Some(cue) => Some(cue_named(draft, &format!("{path}.on.since"), cue, ids)?),
            None => None,
        };
        return Some(Trigger::On { event: event?, home, since, each: on.each });
    }
    if let Some(once) = &raw.once {
        return draft.condition(&format!("{path}.once"), once).map(Trigger::Once);
    }
    if let Some(shows) = &raw.shows {
        let home = draft.home(&format!("{path}.shows.home"), &shows.home)?;
        return Some(Trigger::Shows { home, colour: shows.colour });
    }
    if let Some(chapter) = &raw.chapter {
        let Some(found) = chapters.iter().position(|c| &c.id == chapter) else {
            draft.unknown(
                &format!("{path}.chapter"),
                "章节",
                "chapter",
                chapter,
                chapters.iter().map(|c| c.id.as_str()),
            );
            return None;
        };
        return Some(Trigger::ChapterBegins(found as u32));
    }
    let asked = raw.asked.as_ref()?;
    if !actions::COMMANDS.contains(&asked.as_str()) {
        draft.unknown(&format!("{path}.asked"), "指令", "command", asked, actions::COMMANDS);
        return None;
    }
    Some(Trigger::Asked(asked.clone()))
}

fn cue_named(
    draft: &mut Draft,
    path: &str,
    name: &str,
    ids: &BTreeMap<String, CueId>,
) -> Option<CueId> {
    let found = ids.get(name).copied();
    if found.is_none() {
        draft.unknown(path, "提示", "cue", name, ids.keys().map(String::as_str));
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
        draft.error(path, "在给出的日子里永远不会发生", "this can never happen within these days");
        return None;
    }
    Some(Trigger::Every { first, days, last })
}

/// Cues that wait for each other in a ring would never begin.
fn refuse_rings(draft: &mut Draft, cues: &[Cue], offset: usize) {
    for start in offset..cues.len() {
        let (mut at, mut steps) = (start, 0);
        while let Trigger::After { cue, .. } = cues[at].trigger {
            at = cue as usize;
            steps += 1;
            if at == start {
                let path = format!("script[{}].after", start - offset);
                draft.error(
                    &path,
                    "这些提示互相等待，永远不会发生",
                    "these cues wait for each other: none can ever happen",
                );
                break;
            }
            if steps > cues.len() {
                break;
            }
        }
    }
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
                script.listeners.push(id)
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
