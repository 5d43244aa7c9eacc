//! When cues can happen at the earliest, and which never can.
//!
//! Floor 2. Reads triggers and cues; writes problems into the draft. A cue that
//! waits for ever, two cues that order opposite things for the same minute, and a
//! day with more cues than are played are mistakes nobody sees by watching.

use std::collections::BTreeMap;

use super::draft::Draft;
use super::script::{Action, Chapter, Cue, Trigger};
use crate::base::ids::MouthId;
use crate::base::time::{Day, Minute};
use crate::sim::command::SimCommand;
use crate::sim::work::{Measure, MouthState};

/// Most cues that are played on one day, and in one story; the session stops there.
const CUES_A_DAY: u32 = 200;
const CUES_A_STORY: u32 = 50_000;

/// Refuses cues that wait for themselves, and cues whose time comes after the end.
pub(super) fn refuse_what_never_happens(
    draft: &mut Draft,
    triggers: &[Option<Trigger>],
    chapters: &[Chapter],
    offset: usize,
) {
    let before = |i: usize| -> Option<usize> {
        let cue = match triggers[i].as_ref()? {
            Trigger::After { cue, .. } => *cue,
            Trigger::On { since, .. } => (*since)?,
            _ => return None,
        };
        (cue as usize).checked_sub(offset)
    };
    let mut earliest: Vec<Option<Minute>> = vec![None; triggers.len()];
    let mut seen = vec![0_u32; triggers.len()];
    for start in 0..triggers.len() {
        // Back along the cues that are waited for, as far as they are new.
        let mut way = Vec::new();
        let mut at = Some(start);
        while let Some(i) = at.filter(|&i| seen[i] == 0) {
            seen[i] = start as u32 + 1;
            way.push(i);
            at = before(i);
        }
        let ring = at.filter(|&i| seen[i] == start as u32 + 1 && !way.is_empty());
        if let Some(begin) = ring.and_then(|i| way.iter().position(|&w| w == i)) {
            for &i in &way[begin..] {
                report_ring(draft, i, way.len() - begin, triggers[i].as_ref());
            }
        }
        for &i in way.iter().rev() {
            let since = before(i).and_then(|b| earliest[b]).unwrap_or(draft.starts);
            let first = earliest_of(triggers[i].as_ref(), since, chapters);
            if first > draft.ends && since <= draft.ends {
                report_too_late(draft, i, first);
            }
            earliest[i] = Some(first);
        }
    }
}

fn earliest_of(trigger: Option<&Trigger>, since: Minute, chapters: &[Chapter]) -> Minute {
    match trigger {
        Some(Trigger::At(at)) => *at,
        Some(Trigger::Every { first, .. }) => *first,
        Some(Trigger::After { minutes, .. }) => since.plus(*minutes),
        Some(Trigger::ChapterBegins(chapter)) => {
            chapters.get(*chapter as usize).map_or(since, |c| c.from)
        }
        _ => since,
    }
}

fn report_ring(draft: &mut Draft, i: usize, length: usize, trigger: Option<&Trigger>) {
    let field = if matches!(trigger, Some(Trigger::On { .. })) { "on.since" } else { "after.cue" };
    let (zh, en) = if length == 1 {
        ("这一条等的是它自己，永远不会发生", "this cue waits for itself: it can never happen")
    } else {
        ("这几条互相等待，永远不会发生", "these cues wait for each other: none can ever happen")
    };
    draft.error(
        &format!("script[{i}].{field}"),
        zh,
        en,
        "让其中一条另有起因，例如 at",
        "give one of them another trigger, such as `at`",
    );
}

fn report_too_late(draft: &mut Draft, i: usize, first: Minute) {
    let (first, ends) = (draft.written(first), draft.written(draft.ends));
    draft.error(
        &format!("script[{i}].after.minutes"),
        "轮到这一条时故事已经结束，永远不会发生",
        "the story has ended when this is due: it can never happen",
        format!("最早在{first}，故事到{ends}为止"),
        format!("due at {first} at the earliest; the story ends at {ends}"),
    );
}

/// What a command fixes, and how.
#[derive(PartialEq, Eq, PartialOrd, Ord, Clone, Copy)]
enum Fixed {
    Measure(Measure),
    Mouth(MouthId),
}

fn fixed(action: &Action) -> Option<(Fixed, Setting)> {
    match action {
        Action::Command(SimCommand::SetMeasure(measure, strength)) => {
            Some((Fixed::Measure(*measure), Setting::Strength(*strength)))
        }
        Action::Command(SimCommand::SetMouth(mouth, state)) => {
            Some((Fixed::Mouth(*mouth), Setting::State(*state)))
        }
        _ => None,
    }
}

#[derive(PartialEq, Eq, Clone, Copy)]
enum Setting {
    Strength(u16),
    State(MouthState),
}

/// Refuses opposite orders for one thing at one minute. Cues without a minute of
/// their own are compared with themselves only.
pub(super) fn refuse_contradictions(draft: &mut Draft, cues: &[Cue], offset: usize) {
    let mut dated: BTreeMap<(Minute, Fixed), (Setting, u32)> = BTreeMap::new();
    for (i, cue) in cues.iter().enumerate() {
        let mut own: BTreeMap<Fixed, Setting> = BTreeMap::new();
        for (k, action) in cue.actions.iter().enumerate() {
            let Some((what, setting)) = fixed(action) else { continue };
            let mut other = own.insert(what, setting).map(|s| (s, cue.line));
            if let (Trigger::At(at), None) = (&cue.trigger, other) {
                // A measure that ends as another cue begins it is no contradiction.
                if i >= offset || setting != Setting::Strength(0) {
                    other = dated.insert((*at, what), (setting, cue.line));
                }
            }
            let Some((_, line)) = other.filter(|(s, _)| *s != setting && i >= offset) else {
                continue;
            };
            draft.error(
                &format!("script[{}].do[{k}]", i - offset),
                "同一时刻有两种相反的安排，互相矛盾",
                "two opposite orders for the same minute: a contradiction",
                format!("另一个在第{line}行，只留一个"),
                format!("the other one is on line {line}; keep one of them"),
            );
        }
    }
}

/// Refuses more dated cues than are played on one day or in one story.
pub(super) fn refuse_crowds(draft: &mut Draft, cues: &[Cue], chapters: &[Chapter], offset: usize) {
    let mut days: BTreeMap<Day, u32> = BTreeMap::new();
    let mut all = 0;
    for (i, cue) in cues.iter().enumerate() {
        let (mut at, days_between, last) = match &cue.trigger {
            Trigger::At(at) => (*at, Day::LIMIT, *at),
            Trigger::Every { first, days, last } => (*first, *days, *last),
            Trigger::ChapterBegins(_) => {
                let at = earliest_of(Some(&cue.trigger), draft.starts, chapters);
                (at, Day::LIMIT, at)
            }
            _ => continue,
        };
        while at <= last {
            let today = days.entry(at.day()).or_default();
            *today += 1;
            all += 1;
            if *today > CUES_A_DAY || all > CUES_A_STORY {
                report_crowd(draft, i.checked_sub(offset), at.day());
                return;
            }
            at = Minute::at(Day(at.day().0 + days_between), at.clock());
        }
    }
}

fn report_crowd(draft: &mut Draft, cue: Option<usize>, day: Day) {
    let path = cue.map_or_else(|| "measures".to_owned(), |i| format!("script[{i}]"));
    let date = draft.calendar.date(day);
    draft.error(
        &path,
        format!("从这一条起，{day}（{date}）的条目太多，不会再发生"),
        format!("from this cue on, {day} ({date}) has too many cues: no more are played"),
        format!("一天最多{CUES_A_DAY}条，全剧最多{CUES_A_STORY}条，措施和胡同口也算"),
        format!(
            "at most {CUES_A_DAY} a day and {CUES_A_STORY} in all, measures and lane mouths included"
        ),
    );
}
