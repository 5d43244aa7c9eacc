//! Dated measures and lane mouths: each becomes the commands that begin and end it.
//!
//! Floor 2. Reads the draft; makes cues. Contradictions are errors: the same
//! measure twice at one time, a mouth in two states at one minute, an end before
//! its beginning.

use std::collections::BTreeMap;

use super::draft::Draft;
use super::piece::{Listed, listed};
use super::raw::{RawMeasure, RawMouth};
use super::read::Fields;
use super::script::{Action, Cue, Trigger};
use crate::base::text::Bilingual;
use crate::base::time::Minute;
use crate::sim::card::Origin;
use crate::sim::command::SimCommand;
use crate::sim::work::Measure;

const FULL: u16 = 1000;
/// Most lines of either list.
const MOST: usize = 500;

/// The cues of all measures and mouths, in the order of the file.
pub(super) fn read(draft: &mut Draft, fields: &Fields) -> Vec<Cue> {
    let mut cues = Vec::new();
    read_measures(draft, fields, &mut cues);
    read_mouths(draft, fields, &mut cues);
    cues
}

pub(super) fn cue(
    at: Minute,
    command: SimCommand,
    origin: Origin,
    source: Bilingual,
    line: u32,
) -> Cue {
    Cue {
        id: None,
        trigger: Trigger::At(at),
        actions: vec![Action::Command(command)],
        say: None,
        look: None,
        claims: Vec::new(),
        origin,
        source,
        line,
    }
}

fn read_measures(draft: &mut Draft, fields: &Fields, cues: &mut Vec<Cue>) {
    let mut spans: Vec<(Measure, Minute, Minute)> = Vec::new();
    let raws: Listed<RawMeasure> = listed(draft.reader, fields, "measures");
    if !draft.count("measures", raws.written, MOST, "措施", "measures") {
        return;
    }
    for (i, raw) in raws.items {
        let path = format!("measures[{i}]");
        let source = draft.source(&path, raw.origin, raw.source.as_ref());
        let strength = raw.strength.unwrap_or(FULL);
        if !(1..=FULL).contains(&strength) {
            draft.error(
                &format!("{path}.strength"),
                format!("力度不能是{strength}"),
                format!("a strength of {strength} is not possible"),
                "力度按千分比写，从1到1000；不写就是1000",
                "give permille, from 1 to 1000; without it the strength is 1000",
            );
        }
        let from = raw.from.and_then(|text| draft.minute(&format!("{path}.from"), &text));
        let until = match &raw.until {
            Some(text) => draft.minute(&format!("{path}.until"), text),
            None => Some(draft.ends),
        };
        let (Some(measure), Some(from), Some(until)) = (raw.measure, from, until) else {
            continue;
        };
        if until <= from {
            let at = if raw.until.is_some() { "until" } else { "from" };
            draft.error(
                &format!("{path}.{at}"),
                "措施的结束不晚于开始",
                "the measure ends before it begins",
                format!("结束须在{}之后", draft.written(from)),
                format!("it must end after {}", draft.written(from)),
            );
            continue;
        }
        if let Some(&(_, a, b)) =
            spans.iter().find(|&&(m, a, b)| m == measure && a < until && from < b)
        {
            let (a, b) = (draft.written(a), draft.written(b));
            let label = measure.label();
            draft.error(
                &path,
                format!("“{}”（{}）在同一段时间里写了两次，互相矛盾", measure.name(), label.zh),
                format!("`{}` is given twice for the same time: a contradiction", measure.name()),
                format!("前面一次从{a}到{b}；改时间，或者删去一次"),
                format!("the other one runs from {a} to {b}; change the times or remove one"),
            );
            continue;
        }
        let origin = raw.origin.unwrap_or(Origin::Invented);
        spans.push((measure, from, until));
        let line = draft.line(&path);
        cues.push(cue(
            from,
            SimCommand::SetMeasure(measure, strength),
            origin,
            source.clone(),
            line,
        ));
        if until < draft.ends {
            cues.push(cue(until, SimCommand::SetMeasure(measure, 0), origin, source, line));
        }
    }
    // Where one measure ends as it begins again, the end comes first.
    cues.sort_by_key(|c| match (&c.trigger, c.actions.first()) {
        (Trigger::At(at), Some(Action::Command(SimCommand::SetMeasure(_, strength)))) => {
            (*at, *strength > 0)
        }
        _ => (Minute(0), true),
    });
}

fn read_mouths(draft: &mut Draft, fields: &Fields, cues: &mut Vec<Cue>) {
    let mut seen = BTreeMap::new();
    let raws: Listed<RawMouth> = listed(draft.reader, fields, "mouths");
    if !draft.count("mouths", raws.written, MOST, "胡同口的变动", "changes of lane mouths") {
        return;
    }
    for (i, raw) in raws.items {
        let path = format!("mouths[{i}]");
        let source = draft.source(&path, raw.origin, raw.source.as_ref());
        let mouth = raw.mouth.and_then(|text| draft.mouth(&format!("{path}.mouth"), &text));
        let from = raw.from.and_then(|text| draft.minute(&format!("{path}.from"), &text));
        let (Some(mouth), Some(from)) = (mouth, from) else { continue };
        let line = draft.line(&path);
        if let Some(first) = seen.insert((mouth, from), line) {
            draft.error(
                &path,
                format!("胡同口{mouth}在同一时刻写了两次，互相矛盾"),
                format!("lane mouth {mouth} is given twice at the same minute: a contradiction"),
                format!("前面一次在第{first}行，只留一个"),
                format!("the first one is on line {first}; keep one of them"),
            );
            continue;
        }
        let (Some(state), origin) = (raw.state, raw.origin.unwrap_or(Origin::Invented)) else {
            continue;
        };
        cues.push(cue(from, SimCommand::SetMouth(mouth, state), origin, source, line));
    }
}
