//! `run --json`: a whole story as one JSON object.
//!
//! Floor 4. Reads a played story; makes text. Names and units are those of the
//! cards; a change of the shape raises [`FORMAT`].

use serde_json::{Value, json};

use super::play::Played;
use super::run::{CAVEAT, days};
use crate::base::text::Lang;
use crate::base::time::Minute;
use crate::history::save::MODEL_REVISION;
use crate::scenario::script::Scenario;
use crate::session::StoryEvent;
use crate::session::words::claim_words;
use crate::sim::counts::DayCounts;
use crate::sim::hash;

/// The shape of the object.
const FORMAT: u32 = 1;

/// The story as indented JSON.
pub(super) fn text(story: &Scenario, played: &Played, file: &str) -> String {
    let setup = &story.setup;
    let figures: Vec<Value> = DayCounts::cards()
        .map(|c| json!({ "name": c.name, "unit": c.unit, "label": c.label }))
        .collect();
    let days: Vec<Value> = days(story, played).iter().map(|day| day_object(story, day)).collect();
    let overrides: Vec<Value> = story
        .overrides
        .iter()
        .map(
            |o| json!({ "path": o.path, "value": o.value, "origin": o.origin, "source": o.source }),
        )
        .collect();
    let value = json!({
        "format": FORMAT,
        "program": "zhanyitu",
        "version": env!("CARGO_PKG_VERSION"),
        "model_revision": MODEL_REVISION,
        "note": CAVEAT,
        "scene": {
            "file": file,
            "title": story.title,
            "about": story.about,
            "kind": story.kind,
            "starts": moment(story, setup.starts),
            "ends": moment(story, setup.ends),
            "content_hash": format!("{:016x}", story.content_hash),
        },
        "seed": setup.seed,
        "households": setup.place.household_count(),
        "people": setup.population.people.len(),
        "workers": setup.params.shifts.workers,
        "parameters_set": overrides,
        "figures": figures,
        "days": days,
        "story": played.events.iter().filter_map(|e| told(story, e)).collect::<Vec<_>>(),
        "claims": claims(story, played),
        "hash": format!("{:016x}", hash::canonical(&played.moment)),
    });
    serde_json::to_string_pretty(&value).unwrap_or_default()
}

/// `2020-01-24 08:00`
fn moment(story: &Scenario, at: Minute) -> String {
    format!("{} {:02}:{:02}", story.calendar.date(at.day()), at.clock() / 60, at.clock() % 60)
}

fn day_object(story: &Scenario, day: &DayCounts) -> Value {
    let mut object = serde_json::Map::new();
    object.insert("day".to_owned(), day.day.0.into());
    object.insert("date".to_owned(), story.calendar.date(day.day).into());
    for (card, value) in DayCounts::CARDS.iter().zip(day.values()) {
        object.insert(card.0.to_owned(), value.into());
    }
    object.into()
}

/// What the story said, and what it could not do.
fn told(story: &Scenario, event: &StoryEvent) -> Option<Value> {
    let at = event.at();
    let (story_time, time) = (at.to_string(), moment(story, at));
    match event {
        StoryEvent::Chapter { chapter, .. } => {
            let chapter = story.script.chapters.get(*chapter as usize)?;
            Some(json!({ "at": story_time, "time": time, "chapter": chapter.title }))
        }
        StoryEvent::Cue { cue, .. } => {
            let cue = &story.script.cues[*cue as usize];
            let say = cue.say.as_ref()?;
            Some(json!({
                "at": story_time, "time": time, "line": cue.line,
                "say": say, "origin": cue.origin, "source": cue.source,
            }))
        }
        StoryEvent::Refused { cue, why, .. } => {
            let line = story.script.cues[*cue as usize].line;
            let why = why.sentence();
            Some(json!({ "at": story_time, "time": time, "line": line, "not_done": why }))
        }
        StoryEvent::Declined { why, .. } => {
            Some(json!({ "at": story_time, "time": time, "not_done": why.sentence() }))
        }
        _ => None,
    }
}

/// Every claim that was tested, in order.
fn claims(story: &Scenario, played: &Played) -> Value {
    let (tested, failed) = played.claims();
    let list: Vec<Value> = played
        .events
        .iter()
        .filter_map(|event| {
            let StoryEvent::Tested { at, cue, claim, held, found } = event else { return None };
            let cue = &story.script.cues[*cue as usize];
            let claim = cue.claims.get(*claim as usize)?;
            let [zh, en] = [Lang::Zh, Lang::En].map(|lang| claim_words(claim, lang));
            Some(json!({
                "at": at.to_string(), "time": moment(story, *at), "line": cue.line,
                "claim": { "zh": zh, "en": en }, "held": held, "found": found,
            }))
        })
        .collect();
    json!({ "tested": tested, "failed": failed.len(), "list": list })
}
