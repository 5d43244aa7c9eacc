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
        | SimCommand::ComeBack(_) => return None,
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
    let command = match raw {
        RawAction::Call(home) => SimCommand::Call(draft.home(path, home)?),
        RawAction::Visit(home) => SimCommand::Visit(draft.home(path, home)?),
        RawAction::Deliver(home) => SimCommand::Deliver(draft.home(path, home)?),
        RawAction::Note(home, text) => {
            let long = text.trim().is_empty() || text.chars().count() > NOTE_CHARS;
            if long {
                draft.error(
                    path,
                    format!("备注须为1至{NOTE_CHARS}个字"),
                    format!("a note has 1 to {NOTE_CHARS} characters"),
                );
            }
            SimCommand::Note(draft.home(path, home)?, text.clone())
        }
        RawAction::RegisterReturn(home) => SimCommand::RegisterReturn(draft.home(path, home)?),
        RawAction::Tell(home, fact) => return Some(Action::Tell(draft.home(path, home)?, *fact)),
        RawAction::Mouth(mouth, state) => SimCommand::SetMouth(draft.mouth(path, mouth)?, *state),
        RawAction::Measure(measure, strength) => {
            if *strength > PERMILLE {
                draft.error(
                    path,
                    "力度须在0到1000之间（千分比）",
                    "a strength lies from 0 to 1000 permille",
                );
                return None;
            }
            SimCommand::SetMeasure(*measure, *strength)
        }
        RawAction::Callers(0) => {
            draft.error(path, "至少要有一人打电话", "at least one caller is needed");
            return None;
        }
        RawAction::Callers(count) => SimCommand::SetCallers(*count),
        RawAction::Priority(order) => SimCommand::SetPriority(priority(draft, path, order)?),
        RawAction::Staff(count) => {
            if *count > workers {
                draft.error(
                    path,
                    format!("只有{workers}名社工"),
                    format!("there are only {workers} workers"),
                );
                return None;
            }
            SimCommand::SetStaff(*count)
        }
        RawAction::Join(person) => SimCommand::Join(draft.person(path, person)?),
        RawAction::Fall(person) => SimCommand::Fall(draft.person(path, person)?),
        RawAction::Fever(person) => SimCommand::Fever(draft.person(path, person)?),
        RawAction::Leave(person) => SimCommand::Leave(draft.person(path, person)?),
        RawAction::ComeBack(person) => SimCommand::ComeBack(draft.person(path, person)?),
    };
    Some(Action::Command(command))
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
            format!("每类工作须各列一次：{}", names.join("、")),
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
    Some(match raw {
        RawLook::Community => Look::Community,
        RawLook::Lane(id) => Look::Lane(draft.lane(path, id)?),
        RawLook::Compound(id) => Look::Compound(draft.compound(path, id)?),
        RawLook::Home(id) => Look::Home(draft.home(path, id)?),
        RawLook::Legend(id) => {
            let Some(found) = legends.iter().position(|l| &l.id == id) else {
                draft.unknown(path, "图例", "legend", id, legends.iter().map(|l| l.id.as_str()));
                return None;
            };
            Look::Legend(found as u32)
        }
    })
}

/// A claim; `None` when something in it was wrong and has been reported.
pub(super) fn claim(draft: &mut Draft, path: &str, raw: &RawClaim) -> Option<Claim> {
    Some(match raw {
        RawClaim::Figure(raw) => Claim::Figure(draft.condition(path, raw)?),
        RawClaim::Total(raw) => Claim::Total(draft.condition(path, raw)?),
        RawClaim::Happened(raw) => {
            let event = draft.event(&format!("{path}.event"), &raw.event);
            let home = match &raw.home {
                Some(home) => Some(draft.home(&format!("{path}.home"), home)?),
                None => None,
            };
            Claim::Happened { event: event?, home, within: raw.within }
        }
        RawClaim::Shows(raw) => {
            Claim::Shows { home: draft.home(path, &raw.home)?, colour: raw.colour }
        }
        RawClaim::HoursHold => Claim::HoursHold,
        RawClaim::MeasureIs(measure, at_least) => {
            Claim::MeasureIs { measure: *measure, at_least: *at_least }
        }
        RawClaim::MouthIs(mouth, state) => {
            Claim::MouthIs { mouth: draft.mouth(path, mouth)?, state: *state }
        }
        RawClaim::Waiting(kind, at_most) => Claim::Waiting { kind: *kind, at_most: *at_most },
    })
}
