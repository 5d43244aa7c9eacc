//! What cues do, where they look and what they claim, with every name resolved.
//!
//! Floor 2. Reads the draft; makes actions, looks and claims.

use super::draft::Draft;
use super::raw::{RawAction, RawClaim, RawLook};
use super::script::{Action, Claim, Look};
use crate::sim::board::Legend;
use crate::sim::command::{NOTE_CHARS, SimCommand};
use crate::sim::work::TaskKind;

/// Commands a visitor can ask for, as `asked` names them.
pub const COMMANDS: [&str; 12] = [
    "Call",
    "Visit",
    "Deliver",
    "Note",
    "RegisterReturn",
    "Tell",
    "Mouth",
    "Measure",
    "Callers",
    "Priority",
    "Staff",
    "Join",
];

/// The name of a command, as `asked` names it; `None` for what only stories do.
pub fn command_name(command: &SimCommand) -> Option<&'static str> {
    Some(match command {
        SimCommand::Call(_) => "Call",
        SimCommand::Visit(_) => "Visit",
        SimCommand::Deliver(_) => "Deliver",
        SimCommand::Note(..) => "Note",
        SimCommand::RegisterReturn(_) => "RegisterReturn",
        SimCommand::Tell(..) => "Tell",
        SimCommand::SetMouth(..) => "Mouth",
        SimCommand::SetMeasure(..) => "Measure",
        SimCommand::SetCallers(_) => "Callers",
        SimCommand::SetPriority(_) => "Priority",
        SimCommand::SetStaff(_) => "Staff",
        SimCommand::Join(_) => "Join",
        SimCommand::Fall(_)
        | SimCommand::Fever(_)
        | SimCommand::Leave(_)
        | SimCommand::ComeBack(_)
        | SimCommand::ImportCase(_)
        | SimCommand::ImportCases(_) => return None,
    })
}

const PERMILLE: u16 = 1000;

/// An action; `None` when something in it was wrong and has been reported.
pub(super) fn action(
    draft: &mut Draft,
    path: &str,
    raw: &RawAction,
    workers: u32,
) -> Option<Action> {
    let first = &format!("{path}[0]");
    let command = match raw {
        RawAction::Call(home) => SimCommand::Call(draft.home(first, home)?),
        RawAction::Visit(home) => SimCommand::Visit(draft.home(first, home)?),
        RawAction::Deliver(home) => SimCommand::Deliver(draft.home(first, home)?),
        RawAction::Note(home, text) => {
            let long = text.trim().is_empty() || text.chars().count() > NOTE_CHARS;
            if long {
                draft.error(
                    &format!("{path}[1]"),
                    "备注空着，或者太长",
                    "the note is empty or too long",
                    format!("备注须为1至{NOTE_CHARS}个字"),
                    format!("a note has 1 to {NOTE_CHARS} characters"),
                );
            }
            SimCommand::Note(draft.home(first, home)?, text.clone())
        }
        RawAction::RegisterReturn(home) => SimCommand::RegisterReturn(draft.home(first, home)?),
        RawAction::Tell(home, fact) => return Some(Action::Tell(draft.home(first, home)?, *fact)),
        RawAction::Mouth(mouth, state) => SimCommand::SetMouth(draft.mouth(first, mouth)?, *state),
        RawAction::Measure(measure, strength) => {
            if *strength > PERMILLE {
                too_strong(draft, path, *strength);
                return None;
            }
            SimCommand::SetMeasure(*measure, *strength)
        }
        RawAction::Callers(0) => {
            draft.error(
                first,
                "没有人打电话了",
                "nobody would be left to call",
                "至少一人；要停打电话，写 Measure(DailyCalls, 0)",
                "at least one; to stop the calls write Measure(DailyCalls, 0)",
            );
            return None;
        }
        RawAction::Callers(count) => SimCommand::SetCallers(*count),
        RawAction::Priority(order) => SimCommand::SetPriority(priority(draft, path, order)?),
        RawAction::Staff(count) => {
            if *count > workers {
                draft.error(
                    first,
                    format!("没有{count}名社工"),
                    format!("there are not {count} workers"),
                    format!("最多{workers}名；要多，先在 params 里设 shifts.workers"),
                    format!("{workers} at most; for more set shifts.workers in params"),
                );
                return None;
            }
            SimCommand::SetStaff(*count)
        }
        RawAction::Join(person) => SimCommand::Join(draft.person(first, person)?),
        RawAction::Fall(person) => SimCommand::Fall(draft.person(first, person)?),
        RawAction::Fever(person) => SimCommand::Fever(draft.person(first, person)?),
        RawAction::Leave(person) => SimCommand::Leave(draft.person(first, person)?),
        RawAction::ComeBack(person) => SimCommand::ComeBack(draft.person(first, person)?),
        RawAction::ImportCase(person) => {
            let person = draft.person(first, person)?;
            draft.needs_illness(path)?;
            SimCommand::ImportCase(person)
        }
        RawAction::ImportCases(count) => {
            draft.needs_illness(path)?;
            SimCommand::ImportCases(super::imports::count(draft, first, *count)?)
        }
    };
    Some(Action::Command(command))
}

/// A strength above all of it, second in its parentheses.
fn too_strong(draft: &mut Draft, path: &str, strength: u16) {
    draft.error(
        &format!("{path}[1]"),
        format!("力度不能是{strength}"),
        format!("a strength of {strength} is not possible"),
        "力度按千分比写，从0到1000",
        "give permille, from 0 to 1000",
    );
}

fn priority(
    draft: &mut Draft,
    path: &str,
    order: &[TaskKind],
) -> Option<[TaskKind; TaskKind::ALL.len()]> {
    let complete = TaskKind::ALL.iter().all(|k| order.contains(k));
    let order = <[TaskKind; TaskKind::ALL.len()]>::try_from(order).ok().filter(|_| complete);
    if order.is_none() {
        let names: Vec<&str> = TaskKind::ALL.iter().map(|k| k.name()).collect();
        draft.error(
            path,
            "先后次序没有写全，或者有重复",
            "the order is not complete, or names something twice",
            format!("每类工作各写一次：{}", names.join("、")),
            format!("name each kind of work once: {}", names.join(", ")),
        );
    }
    order
}

/// A look; `None` when something in it was wrong and has been reported.
pub(super) fn look(
    draft: &mut Draft,
    path: &str,
    raw: &RawLook,
    legends: &[Legend],
) -> Option<Look> {
    let first = &format!("{path}[0]");
    Some(match raw {
        RawLook::Community => Look::Community,
        RawLook::Lane(id) => Look::Lane(draft.lane(first, id)?),
        RawLook::Compound(id) => Look::Compound(draft.compound(first, id)?),
        RawLook::Home(id) => Look::Home(draft.home(first, id)?),
        RawLook::Legend(id) => {
            let Some(found) = legends.iter().position(|l| &l.id == id) else {
                draft.unknown(first, "图例", "legend", id, legends.iter().map(|l| l.id.as_str()));
                return None;
            };
            Look::Legend(found as u32)
        }
    })
}

/// A claim; `None` when something in it was wrong and has been reported.
pub(super) fn claim(draft: &mut Draft, path: &str, raw: &RawClaim) -> Option<Claim> {
    let first = &format!("{path}[0]");
    Some(match raw {
        RawClaim::Figure(raw) => Claim::Figure(draft.condition(first, raw, true)?),
        RawClaim::Total(raw) => Claim::Total(draft.condition(first, raw, false)?),
        RawClaim::Happened(raw) => {
            let (event, home) = draft.event_at(first, &raw.event, raw.home.as_deref())?;
            Claim::Happened { event, home, within: raw.within }
        }
        RawClaim::Shows(raw) => Claim::Shows {
            home: draft.home(&format!("{first}.home"), &raw.home)?,
            colour: raw.colour,
        },
        RawClaim::HoursHold => Claim::HoursHold,
        RawClaim::MeasureIs(_, at_least) if *at_least > PERMILLE => {
            too_strong(draft, path, *at_least);
            return None;
        }
        RawClaim::MeasureIs(measure, at_least) => {
            Claim::MeasureIs { measure: *measure, at_least: *at_least }
        }
        RawClaim::MouthIs(mouth, state) => {
            Claim::MouthIs { mouth: draft.mouth(first, mouth)?, state: *state }
        }
        RawClaim::Waiting(kind, at_most) => Claim::Waiting { kind: *kind, at_most: *at_most },
    })
}
