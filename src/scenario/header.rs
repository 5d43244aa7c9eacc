//! The first lines of a scene: when it plays, which seed, what sort of story.
//!
//! Floor 2. Reads the fields of the file; makes a [`Header`]. Where something is
//! wrong a stand-in takes its place, so that the rest can be examined too.

use super::read::{Fields, Reader};
use super::script::StoryKind;
use crate::base::text::Bilingual;
use crate::base::time::{Calendar, DAY_MINUTES, Day, Minute, TimeError, parse_clock};

/// The first day of the record, for which journeys are drawn.
const RECORD_STARTS: &str = "2020-01-24";

/// The first lines of a scene, with stand-ins for what could not be read.
pub(super) struct Header {
    pub calendar: Calendar,
    pub starts: Minute,
    pub ends: Minute,
    /// Days from the first day of the record to day 1.
    pub days_after_the_record: i32,
    pub seed: u64,
    pub kind: StoryKind,
    pub quiet: bool,
    pub surveyed: bool,
}

/// Reads the header.
///
/// # Errors
/// None in practice: only if the stand-in date were no date.
pub(super) fn read(reader: &mut Reader, fields: &Fields) -> Result<Header, TimeError> {
    let start = read_start(reader, fields);
    let (calendar, starts) = match start {
        Some(start) => start,
        None => (Calendar::starting(RECORD_STARTS)?, Day(1).start()),
    };
    let end = read_end(reader, fields, start);
    Ok(Header {
        calendar,
        starts,
        ends: end.unwrap_or(Minute(Day::LIMIT * DAY_MINUTES)),
        days_after_the_record: calendar.days_since(RECORD_STARTS),
        seed: reader.field(fields, "seed").unwrap_or(0),
        kind: reader.field(fields, "kind").unwrap_or(StoryKind::AsRecorded),
        quiet: reader.field(fields, "quiet").unwrap_or(false),
        surveyed: reader.field(fields, "surveyed").unwrap_or(false),
    })
}

/// `2020-01-24 08:00`
fn date_and_clock(text: &str) -> Option<(&str, u32)> {
    let (date, clock) = text.trim().split_once(' ')?;
    Some((date, parse_clock(clock.trim()).ok()?))
}

fn how_to_write() -> Bilingual {
    Bilingual::fixed("写成“2020-01-24 08:00”", "write it like \"2020-01-24 08:00\"")
}

fn read_start(reader: &mut Reader, fields: &Fields) -> Option<(Calendar, Minute)> {
    let text: String = reader.field(fields, "starts")?;
    let start = date_and_clock(&text).and_then(|(date, clock)| {
        Some((Calendar::starting(date).ok()?, Minute::at(Day(1), clock)))
    });
    if start.is_none() {
        not_a_date(reader, fields, "starts", &text);
    }
    start
}

fn not_a_date(reader: &mut Reader, fields: &Fields, name: &str, text: &str) {
    let message = Bilingual::new(
        format!("“{text}”不是日期和钟点"),
        format!("`{text}` is not a date and time"),
    );
    if let Some(node) = fields.get(name) {
        reader.problem(node, message, Some(how_to_write()));
    }
}

/// The end, if it is a possible one; without a start nobody can say.
fn read_end(
    reader: &mut Reader,
    fields: &Fields,
    start: Option<(Calendar, Minute)>,
) -> Option<Minute> {
    let text: String = reader.field(fields, "ends")?;
    let node = fields.get("ends")?;
    let Some((date, clock)) =
        date_and_clock(&text).filter(|(date, _)| Calendar::starting(date).is_ok())
    else {
        not_a_date(reader, fields, "ends", &text);
        return None;
    };
    let (calendar, starts) = start?;
    let last = calendar.date(Day(Day::LIMIT));
    let Some(day) = calendar.day_of(date).ok().flatten() else {
        let message = if *date < *calendar.date(Day(1)) {
            Bilingual::fixed("结束早于开始", "the story ends before it starts")
        } else {
            Bilingual::new(
                format!("故事太长，最多{}天", Day::LIMIT),
                format!("the story is too long, the limit is {} days", Day::LIMIT),
            )
        };
        reader.problem(node, message, Some(between(calendar, &last)));
        return None;
    };
    let end = Minute::at(day, clock);
    if end <= starts {
        let message = Bilingual::fixed("结束不晚于开始", "the story ends before it starts");
        reader.problem(node, message, Some(between(calendar, &last)));
        return None;
    }
    Some(end)
}

fn between(calendar: Calendar, last: &str) -> Bilingual {
    let first = calendar.date(Day(1));
    Bilingual::new(
        format!("结束须在开始（{first}）之后，{last}之前"),
        format!("it must end after it starts ({first}) and by {last}"),
    )
}
