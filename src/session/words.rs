//! What a story told, in words: above all where it went another way than its scene
//! expects.
//!
//! Floor 3. Reads a story and what it told; makes sentences. What happened in the
//! community itself has its words in `sim`, captions have theirs in the scene.

use super::StoryEvent;
use crate::base::text::{Bilingual, Lang};
use crate::scenario::script::{Claim, Condition, Scenario};
use crate::sim::counts::DayCounts;
use crate::sim::work::Measure;

/// What a claim that failed had said, and what was found; empty for other events.
pub fn claim_line(story: &Scenario, event: &StoryEvent, lang: Lang) -> String {
    let StoryEvent::Tested { at, cue, claim, found, .. } = event else { return String::new() };
    let cue = &story.script.cues[*cue as usize];
    let Some(claim) = cue.claims.get(*claim as usize) else { return String::new() };
    let said = claim_words(claim, lang);
    let found = found_words(claim, *found, lang);
    let date = story.calendar.date(at.day());
    match lang {
        Lang::Zh => format!("第{}行的预期没有实现（{at}，{date}）：{said}，{found}", cue.line),
        Lang::En => {
            format!(
                "the claim of line {} did not come true ({at}, {date}): {said}; {found}",
                cue.line
            )
        }
    }
}

/// What the script or a log asked for and was not done; none for other events.
pub fn trouble(story: &Scenario, event: &StoryEvent) -> Option<Bilingual> {
    match event {
        StoryEvent::Refused { cue, why, .. } => {
            let (line, why) = (story.script.cues[*cue as usize].line, why.sentence());
            Some(Bilingual::new(
                format!("第{line}行要做的事没有做成：{}", why.zh),
                format!("what line {line} asked for was not done: {}", why.en),
            ))
        }
        StoryEvent::Declined { why, .. } => {
            let why = why.sentence();
            Some(Bilingual::new(
                format!("操作记录里的一条没有做成：{}", why.zh),
                format!("a command of the log was not done: {}", why.en),
            ))
        }
        StoryEvent::Overrun { .. } => Some(Bilingual::fixed(
            "这一天的条目太多，其余的略去",
            "too many cues on this day; the rest are left out",
        )),
        StoryEvent::Sim(_)
        | StoryEvent::Chapter { .. }
        | StoryEvent::Cue { .. }
        | StoryEvent::Tested { .. } => None,
    }
}

/// What a claim says.
pub fn claim_words(claim: &Claim, lang: Lang) -> String {
    let both = |text: Bilingual| text.get(lang).to_owned();
    match claim {
        Claim::Figure(c) => both(bounds(c, &figure_words(c.figure), "", "")),
        Claim::Total(c) => both(bounds(c, &figure_words(c.figure), "至今合计", " so far")),
        Claim::Happened { event, home, within } => {
            both(happened(&event.label(), home.map(|home| home.to_string()), *within))
        }
        Claim::Shows { home, colour } => {
            let colour = colour.label();
            both(Bilingual::new(
                format!("{home} 应为“{}”", colour.zh),
                format!("{home} is `{}`", colour.en),
            ))
        }
        Claim::HoursHold => both(Bilingual::fixed(
            "每天用掉的工时都不超过现有的工时",
            "no day uses more hours than there are",
        )),
        Claim::MeasureIs { measure, at_least } => both(measure_words(*measure, *at_least)),
        Claim::MouthIs { mouth, state } => {
            let state = state.label();
            both(Bilingual::new(
                format!("胡同口 {mouth} 应为“{}”", state.zh),
                format!("lane mouth {mouth} is `{}`", state.en),
            ))
        }
        Claim::Waiting { kind, at_most } => {
            let kind = kind.label();
            both(Bilingual::new(
                format!("等着办的“{}”至多{at_most}件", kind.zh),
                format!("at most {at_most} waiting of `{}`", kind.en),
            ))
        }
    }
}

/// A figure's name in files, and what it counts.
fn figure_words(name: &str) -> Bilingual {
    let label = DayCounts::cards().find(|card| card.name == name).map(|card| card.label);
    let label = label.unwrap_or_default();
    Bilingual::new(format!("{}（{name}）", label.zh), format!("{} (`{name}`)", label.en))
}

fn bounds(c: &Condition, what: &Bilingual, zh: &str, en: &str) -> Bilingual {
    let (low, high) = (c.at_least, c.at_most);
    let (zh_bounds, en_bounds) = match (low, high) {
        (low, high) if low == high => (format!("应为{low}"), format!("exactly {low}")),
        (0, high) => (format!("至多{high}"), format!("at most {high}")),
        (low, u64::MAX) => (format!("至少{low}"), format!("at least {low}")),
        (low, high) => (format!("应在{low}到{high}之间"), format!("from {low} to {high}")),
    };
    Bilingual::new(format!("{}{zh}{zh_bounds}", what.zh), format!("{}{en}: {en_bounds}", what.en))
}

fn happened(event: &Bilingual, home: Option<String>, within: Option<u32>) -> Bilingual {
    let (zh_home, en_home) = home.map_or_else(
        || (String::new(), String::new()),
        |home| (format!("{home} "), format!(" at {home}")),
    );
    let (zh_within, en_within) = within.map_or_else(
        || (String::new(), String::new()),
        |minutes| (format!("{minutes}分钟内"), format!(" in the last {minutes} minutes")),
    );
    Bilingual::new(
        format!("{zh_home}{zh_within}应有“{}”", event.zh),
        format!("`{}`{en_home}{en_within}", event.en),
    )
}

fn measure_words(measure: Measure, at_least: u16) -> Bilingual {
    let label = measure.label();
    Bilingual::new(
        format!("措施“{}”的力度至少{at_least}‰", label.zh),
        format!("the measure `{}` has a strength of at least {at_least} ‰", label.en),
    )
}

/// What was found instead.
fn found_words(claim: &Claim, found: Option<u64>, lang: Lang) -> String {
    let text = match (claim, found) {
        (Claim::Happened { .. }, None) => Bilingual::fixed("实际没有发生", "it did not happen"),
        (Claim::Happened { .. }, Some(ago)) => {
            Bilingual::new(format!("实际已过去{ago}分钟"), format!("it was {ago} minutes ago"))
        }
        (Claim::HoursHold, Some(days)) => {
            Bilingual::new(format!("实际有{days}天超过"), format!("{days} days do"))
        }
        (_, Some(n)) => Bilingual::new(format!("实际{n}"), format!("found {n}")),
        (_, None) => Bilingual::fixed("实际不是", "it is not"),
    };
    text.get(lang).to_owned()
}
