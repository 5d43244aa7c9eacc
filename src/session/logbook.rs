//! A log as text: one command a line, with the hashes of the days between.
//!
//! Floor 3. Reads and makes lines such as
//!
//! ```text
//! # what somebody asked for
//! D5 18:00  Call("H0417")
//! = D6 00:00  0123456789abcdef
//! ```
//!
//! Commands are written as in a scene's `do`; a line that begins with `=` is the
//! hash at a midnight, to be compared on replay; `#` begins a comment.

use std::str::FromStr;

use crate::base::text::Bilingual;
use crate::base::time::Minute;
use crate::history::Entry;
use crate::history::timeline::COMMANDS;
use crate::scenario::raw::RawAction;
use crate::scenario::script::{Action, Fact};
use crate::sim::board::Told;
use crate::sim::command::SimCommand;
use crate::sim::work::TaskKind;

/// A log that was read: commands in order of time, hashes of midnights.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Logbook {
    /// The commands.
    pub entries: Vec<Entry<SimCommand>>,
    /// The hashes.
    pub hashes: Vec<(Minute, u64)>,
}

/// What is wrong with a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineProblem {
    /// Line, from 1.
    pub line: u32,
    /// What is wrong.
    pub message: Bilingual,
}

/// Longest log, lines.
pub const LINES: usize = 100_000;
/// Most problems of one log; nobody reads more.
const PROBLEMS: usize = 100;
const TIME_CHARS: usize = 2;

/// Reads a log.
///
/// # Errors
/// Every line that is not understood, or not in order of time, up to a hundred;
/// a log of more than [`LINES`] lines or [`COMMANDS`] commands is refused whole.
pub fn read(text: &str) -> Result<Logbook, Vec<LineProblem>> {
    let mut book = Logbook::default();
    let mut problems = Vec::new();
    for (i, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
        if problems.len() >= PROBLEMS {
            break;
        }
        if i >= LINES {
            let message = at_most(LINES, "行", "lines");
            problems.push(LineProblem { line: i as u32 + 1, message });
            break;
        }
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let read = match line.strip_prefix('=') {
            Some(rest) => read_hash(rest).map(|hash| book.hashes.push(hash)),
            None => read_entry(line).and_then(|entry| {
                if book.entries.last().is_some_and(|last| last.at > entry.at) {
                    return Err(Bilingual::fixed(
                        "这一行早于上一行",
                        "this line is earlier than the one before",
                    ));
                }
                if book.entries.len() >= COMMANDS {
                    return Err(at_most(COMMANDS, "条指令", "commands"));
                }
                book.entries.push(entry);
                Ok(())
            }),
        };
        if let Err(message) = read {
            problems.push(LineProblem { line: i as u32 + 1, message });
        }
    }
    if problems.is_empty() { Ok(book) } else { Err(problems) }
}

/// What is too many would be lost, so it is told.
fn at_most(count: usize, zh: &str, en: &str) -> Bilingual {
    Bilingual::new(format!("记录最多{count}{zh}"), format!("a log has at most {count} {en}"))
}

/// The minute at the beginning of a line, and the rest.
fn split_time(line: &str) -> Result<(Minute, &str), Bilingual> {
    let wrong = || {
        Bilingual::fixed("行首应是时刻，如 D5 18:00", "a line begins with a time such as D5 18:00")
    };
    let mut words = line.splitn(TIME_CHARS + 1, char::is_whitespace);
    let (Some(day), Some(clock)) = (words.next(), words.next()) else { return Err(wrong()) };
    let at = Minute::from_str(&format!("{day} {clock}")).map_err(|_| wrong())?;
    Ok((at, words.next().unwrap_or_default().trim()))
}

fn read_hash(line: &str) -> Result<(Minute, u64), Bilingual> {
    let (at, digits) = split_time(line.trim())?;
    u64::from_str_radix(digits, 16).map(|hash| (at, hash)).map_err(|_| {
        Bilingual::fixed("校验值应是16位十六进制数", "a hash has 16 hexadecimal digits")
    })
}

fn read_entry(line: &str) -> Result<Entry<SimCommand>, Bilingual> {
    let (at, text) = split_time(line)?;
    let raw: RawAction = ron::from_str(text).map_err(|error| {
        Bilingual::new(
            format!("指令“{text}”看不懂；写法见 zhanyitu describe script"),
            format!(
                "the command `{text}` is not understood ({}); see zhanyitu describe script",
                error.code
            ),
        )
    })?;
    Ok(Entry { at, command: command(&raw, at)? })
}

fn id<T: FromStr>(text: &str) -> Result<T, Bilingual> {
    text.parse()
        .map_err(|_| Bilingual::new(format!("“{text}”不是编号"), format!("`{text}` is not an id")))
}

/// The command of an action whose homes and people are given by id.
fn command(raw: &RawAction, at: Minute) -> Result<SimCommand, Bilingual> {
    Ok(match raw {
        RawAction::Call(home) => SimCommand::Call(id(home)?),
        RawAction::Visit(home) => SimCommand::Visit(id(home)?),
        RawAction::Deliver(home) => SimCommand::Deliver(id(home)?),
        RawAction::Note(home, text) => SimCommand::Note(id(home)?, text.clone()),
        RawAction::RegisterReturn(home) => SimCommand::RegisterReturn(id(home)?),
        RawAction::Tell(home, fact) => Action::Tell(id(home)?, *fact).command(at),
        RawAction::Mouth(mouth, state) => SimCommand::SetMouth(id(mouth)?, *state),
        RawAction::Measure(measure, strength) => SimCommand::SetMeasure(*measure, *strength),
        RawAction::Callers(count) => SimCommand::SetCallers(*count),
        RawAction::Priority(order) => {
            let order = <[TaskKind; TaskKind::ALL.len()]>::try_from(order.as_slice());
            SimCommand::SetPriority(order.map_err(|_| {
                Bilingual::fixed("每类工作须各列一次", "name each kind of work once")
            })?)
        }
        RawAction::Staff(count) => SimCommand::SetStaff(*count),
        RawAction::Join(person) => SimCommand::Join(id(person)?),
        RawAction::Fall(person) => SimCommand::Fall(id(person)?),
        RawAction::Fever(person) => SimCommand::Fever(id(person)?),
        RawAction::Leave(person) => SimCommand::Leave(id(person)?),
        RawAction::ComeBack(person) => SimCommand::ComeBack(id(person)?),
        RawAction::ImportCase(person) => SimCommand::ImportCase(id(person)?),
        RawAction::ImportCases(count) => SimCommand::ImportCases(*count),
    })
}

/// Writes a log. `None` when a command cannot be said in the words of scenes:
/// what senses tell in detail is only theirs.
pub fn write(book: &Logbook) -> Option<String> {
    let mut lines: Vec<(Minute, u8, String)> = Vec::new();
    for entry in &book.entries {
        let text = ron::to_string(&raw(&entry.command, entry.at)?).ok()?;
        lines.push((entry.at, 1, format!("{}  {text}", entry.at)));
    }
    // A midnight's hash is taken before that midnight's commands.
    lines.extend(book.hashes.iter().map(|(at, hash)| (*at, 0, format!("= {at}  {hash:016x}"))));
    lines.sort_by_key(|(at, kind, _)| (*at, *kind));
    Some(lines.into_iter().map(|(_, _, line)| line + "\n").collect())
}

fn raw(command: &SimCommand, at: Minute) -> Option<RawAction> {
    Some(match command {
        SimCommand::Call(home) => RawAction::Call(home.to_string()),
        SimCommand::Visit(home) => RawAction::Visit(home.to_string()),
        SimCommand::Deliver(home) => RawAction::Deliver(home.to_string()),
        SimCommand::Note(home, text) => RawAction::Note(home.to_string(), text.clone()),
        SimCommand::RegisterReturn(home) => RawAction::RegisterReturn(home.to_string()),
        SimCommand::Tell(home, told) => RawAction::Tell(home.to_string(), fact(*told, at)?),
        SimCommand::SetMouth(mouth, state) => RawAction::Mouth(mouth.to_string(), *state),
        SimCommand::SetMeasure(measure, strength) => RawAction::Measure(*measure, *strength),
        SimCommand::SetCallers(count) => RawAction::Callers(*count),
        SimCommand::SetPriority(order) => RawAction::Priority(order.to_vec()),
        SimCommand::SetStaff(count) => RawAction::Staff(*count),
        SimCommand::Join(person) => RawAction::Join(person.to_string()),
        SimCommand::Fall(person) => RawAction::Fall(person.to_string()),
        SimCommand::Fever(person) => RawAction::Fever(person.to_string()),
        SimCommand::Leave(person) => RawAction::Leave(person.to_string()),
        SimCommand::ComeBack(person) => RawAction::ComeBack(person.to_string()),
        SimCommand::ImportCase(person) => RawAction::ImportCase(person.to_string()),
        SimCommand::ImportCases(count) => RawAction::ImportCases(*count),
    })
}

/// The fact a story would tell, if it is one.
fn fact(told: Told, at: Minute) -> Option<Fact> {
    let days = |until: Minute| {
        let days = (until.day().0).checked_sub(at.day().0 + 1).and_then(|d| u8::try_from(d).ok());
        days.filter(|_| until.is_midnight())
    };
    Some(match told {
        Told::Fever => Fact::Fever,
        Told::Referred => Fact::AtClinic,
        Told::OtherIllness => Fact::OtherIllness,
        Told::FeverOver => Fact::FeverOver,
        Told::FirstNegative => Fact::FirstNegative,
        Told::SecondNegative { until: None } => Fact::SecondNegative,
        Told::Confirmed => Fact::Confirmed,
        Told::HouseholdContacts { until } => Fact::HouseholdContacts(days(until)?),
        Told::NamedContact { until } => Fact::NamedContact(days(until)?),
        Told::Discharged { until } => Fact::Discharged(days(until)?),
        Told::ContactsDone => Fact::ContactsDone,
        Told::Reached => Fact::Reached,
        Told::MovedOut => Fact::MovedOut,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::ids::{HouseholdId, MouthId};
    use crate::sim::work::{Measure, MouthState};

    #[test]
    fn a_log_is_read_back_as_it_was_written() {
        let at = |text: &str| text.parse::<Minute>().unwrap();
        let entry = |text, command| Entry { at: at(text), command };
        let home = HouseholdId(416);
        let contact = Action::Tell(home, Fact::NamedContact(14)).command(at("D6 09:00"));
        let book = Logbook {
            entries: vec![
                entry("D5 18:00", SimCommand::Call(home)),
                entry("D5 18:00", SimCommand::Note(home, "留了条 \"明天\"".to_owned())),
                entry("D6 00:00", SimCommand::SetMouth(MouthId(0), MouthState::Sealed)),
                entry("D6 09:00", SimCommand::SetMeasure(Measure::Deliveries, 500)),
                entry("D6 09:00", SimCommand::SetPriority(TaskKind::ALL)),
                entry("D6 09:00", contact),
            ],
            hashes: vec![(at("D6 00:00"), 0x0123_4567_89ab_cdef)],
        };
        let text = write(&book).unwrap();
        assert!(text.contains("D5 18:00  Call(\"H0417\")\n"), "{text}");
        assert_eq!(read(&text), Ok(book));
    }

    #[test]
    fn every_wrong_line_is_named() {
        let text = "# fine\nD5 18:00 Call(\"H0417\")\nD4 18:00 Call(\"H0417\")\nD5 Call(\"H1\")\nD6 08:00 Fly(\"H1\")\nD6 08:00 Call(\"X1\")\n= D6 00:00 zz\n";
        let problems = read(text).unwrap_err();
        assert_eq!(problems.iter().map(|p| p.line).collect::<Vec<_>>(), [3, 4, 5, 6, 7]);
        assert!(problems.iter().all(|p| !p.message.zh.is_empty() && !p.message.en.is_empty()));
    }

    #[test]
    fn a_log_that_is_too_long_is_refused_and_not_cut() {
        let full = "# a line\n".repeat(LINES);
        assert_eq!(read(&full), Ok(Logbook::default()));
        let problems = read(&format!("{full}D5 18:00 Callers(2)\n")).unwrap_err();
        assert_eq!(problems[0].line, LINES as u32 + 1);
        let one = "D5 18:00 Callers(2)\n";
        assert_eq!(read(&one.repeat(COMMANDS)).unwrap().entries.len(), COMMANDS);
        assert!(read(&one.repeat(COMMANDS + 1)).is_err());
    }
}
