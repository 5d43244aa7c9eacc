//! Dated measures and lane mouths: each becomes the commands that begin and end it.
//!
//! Floor 2. Reads the draft; makes cues. Contradictions are errors: the same
//! measure twice at one time, a mouth in two states at one minute, an end before
//! its beginning.

use super::compile::items;
use super::draft::Draft;
use super::raw::{RawMeasure, RawMouth};
use super::read::Fields;
use super::script::{Action, Cue, Trigger};
use crate::base::time::Minute;
use crate::sim::card::Origin;
use crate::sim::command::SimCommand;
use crate::sim::work::Measure;

const FULL: u16 = 1000;

/// The cues of all measures and mouths, in the order of the file.
pub(super) fn read(draft: &mut Draft, fields: &Fields) -> Vec<Cue> {
    let mut cues = Vec::new();
    read_measures(draft, fields, &mut cues);
    read_mouths(draft, fields, &mut cues);
    cues
}

fn cue(at: Minute, command: SimCommand, origin: Origin, source: String, line: u32) -> Cue {
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
    for (i, node) in items(draft.reader, fields, "measures").into_iter().enumerate() {
        let Some(raw) = draft.reader.parse::<RawMeasure>(node) else { continue };
        let path = format!("measures[{i}]");
        let source = draft.source(&path, raw.origin, raw.source.as_deref());
        let strength = raw.strength.unwrap_or(FULL);
        if !(1..=FULL).contains(&strength) {
            draft.error(
                &format!("{path}.strength"),
                "力度须在1到1000之间（千分比）",
                "a strength lies from 1 to 1000 permille",
            );
        }
        let from = draft.minute(&format!("{path}.from"), &raw.from);
        let until = match &raw.until {
            Some(text) => draft.minute(&format!("{path}.until"), text),
            None => Some(draft.ends),
        };
        let (Some(from), Some(until)) = (from, until) else { continue };
        if until <= from {
            draft.error(
                &format!("{path}.until"),
                "措施的结束不晚于开始",
                "the measure ends before it begins",
            );
            continue;
        }
        if let Some(&(_, a, b)) =
            spans.iter().find(|&&(m, a, b)| m == raw.measure && a < until && from < b)
        {
            let (a, b) = (draft.written(a), draft.written(b));
            let label = raw.measure.label();
            draft.error(
                &path,
                format!("“{}”已经从{a}到{b}写过一次，互相矛盾", label.zh),
                format!(
                    "`{}` is already given from {a} to {b}: the two contradict each other",
                    raw.measure.name()
                ),
            );
            continue;
        }
        spans.push((raw.measure, from, until));
        let line = draft.line(&path);
        cues.push(cue(
            from,
            SimCommand::SetMeasure(raw.measure, strength),
            raw.origin,
            source.clone(),
            line,
        ));
        if until < draft.ends {
            cues.push(cue(until, SimCommand::SetMeasure(raw.measure, 0), raw.origin, source, line));
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
    let mut seen = Vec::new();
    for (i, node) in items(draft.reader, fields, "mouths").into_iter().enumerate() {
        let Some(raw) = draft.reader.parse::<RawMouth>(node) else { continue };
        let path = format!("mouths[{i}]");
        let source = draft.source(&path, raw.origin, raw.source.as_deref());
        let mouth = draft.mouth(&format!("{path}.mouth"), &raw.mouth);
        let from = draft.minute(&format!("{path}.from"), &raw.from);
        let (Some(mouth), Some(from)) = (mouth, from) else { continue };
        if seen.contains(&(mouth, from)) {
            draft.error(
                &path,
                format!("胡同口{mouth}在同一时刻写了两次，互相矛盾"),
                format!(
                    "mouth {mouth} is given twice at the same minute: the two contradict each other"
                ),
            );
            continue;
        }
        seen.push((mouth, from));
        let line = draft.line(&path);
        cues.push(cue(from, SimCommand::SetMouth(mouth, raw.state), raw.origin, source, line));
    }
}
