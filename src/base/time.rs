//! The clock: whole minutes since midnight of the story's first day.
//!
//! Floor 0. Inside, time is [`Minute`] or [`Day`], never a float. On paper it is
//! a calendar date, or a story time such as `D5 18:00`.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use time::{Date, Month};

use super::text::Lang;

/// Minutes in a day.
pub const DAY_MINUTES: u32 = 24 * 60;
/// Minutes in an hour.
pub const HOUR_MINUTES: u32 = 60;

/// A moment of the story: minutes since 00:00 of day 1.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Minute(pub u32);

impl Minute {
    /// The moment at a clock time (minutes after midnight) of a day.
    pub const fn at(day: Day, clock_minutes: u32) -> Self {
        Self(day.index() * DAY_MINUTES + clock_minutes)
    }

    /// The day this moment lies in.
    pub const fn day(self) -> Day {
        Day(self.0 / DAY_MINUTES + 1)
    }

    /// Minutes after midnight, 0–1439.
    pub const fn clock(self) -> u32 {
        self.0 % DAY_MINUTES
    }

    /// Whether this is the first minute of a day.
    pub const fn is_midnight(self) -> bool {
        self.clock() == 0
    }

    /// The moment some minutes later.
    #[must_use]
    pub const fn plus(self, minutes: u32) -> Self {
        Self(self.0.saturating_add(minutes))
    }

    /// Minutes from an earlier moment to this one; 0 if it is not earlier.
    pub const fn since(self, earlier: Self) -> u32 {
        self.0.saturating_sub(earlier.0)
    }
}

/// A story time, as scene files write it: `D5 18:00`.
impl fmt::Display for Minute {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {:02}:{:02}", self.day(), self.clock() / 60, self.clock() % 60)
    }
}

/// A text that is not a story time.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TimeError {
    /// Not of the form `D5 18:00`.
    #[error("`{0}` is not a story time; write it like D5 18:00")]
    Minute(String),
    /// Not of the form `D5`.
    #[error("`{0}` is not a story day; write it like D5")]
    Day(String),
    /// Not of the form `18:00`.
    #[error("`{0}` is not a clock time; write it like 18:00")]
    Clock(String),
    /// Not a calendar date.
    #[error("`{0}` is not a date; write it like 2020-01-24")]
    Date(String),
}

/// Reads a clock time such as `18:00` as minutes after midnight.
///
/// # Errors
/// [`TimeError::Clock`] unless it is `HH:MM` from 00:00 to 23:59.
pub fn parse_clock(text: &str) -> Result<u32, TimeError> {
    let wrong = || TimeError::Clock(text.to_owned());
    let (hours, minutes) = text.split_once(':').ok_or_else(wrong)?;
    if hours.is_empty() || hours.len() > 2 || minutes.len() != 2 {
        return Err(wrong());
    }
    if !hours.bytes().chain(minutes.bytes()).all(|b| b.is_ascii_digit()) {
        return Err(wrong());
    }
    let hours: u32 = hours.parse().map_err(|_| wrong())?;
    let minutes: u32 = minutes.parse().map_err(|_| wrong())?;
    if hours > 23 || minutes > 59 {
        return Err(wrong());
    }
    Ok(hours * HOUR_MINUTES + minutes)
}

impl FromStr for Minute {
    type Err = TimeError;

    fn from_str(text: &str) -> Result<Self, TimeError> {
        let wrong = || TimeError::Minute(text.to_owned());
        let (day, clock) = text.trim().split_once(' ').ok_or_else(wrong)?;
        let day: Day = day.parse().map_err(|_| wrong())?;
        let clock = parse_clock(clock.trim()).map_err(|_| wrong())?;
        Ok(Self::at(day, clock))
    }
}

/// A day of the story, counted from 1: `D1` is the day it begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Day(pub u32);

impl Day {
    /// The longest story a scene may tell, in days.
    pub const LIMIT: u32 = 400;

    /// Days since the first day, from 0.
    pub const fn index(self) -> u32 {
        self.0.saturating_sub(1)
    }

    /// The first minute of this day.
    pub const fn start(self) -> Minute {
        Minute::at(self, 0)
    }

    /// The first minute of the next day.
    pub const fn end(self) -> Minute {
        Minute((self.index() + 1) * DAY_MINUTES)
    }

    /// The day after.
    #[must_use]
    pub const fn next(self) -> Self {
        Self(self.0 + 1)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "D{}", self.0)
    }
}

impl FromStr for Day {
    type Err = TimeError;

    fn from_str(text: &str) -> Result<Self, TimeError> {
        text.strip_prefix('D')
            .filter(|digits| !digits.is_empty() && digits.len() <= 4)
            .filter(|digits| digits.bytes().all(|b| b.is_ascii_digit()))
            .and_then(|digits| digits.parse::<u32>().ok())
            .filter(|&number| number >= 1)
            .map(Self)
            .ok_or_else(|| TimeError::Day(text.to_owned()))
    }
}

/// The calendar date on which a story's day 1 falls.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Calendar(Date);

impl Calendar {
    /// A calendar whose day 1 is the given date, `YYYY-MM-DD`.
    ///
    /// # Errors
    /// [`TimeError::Date`] when it is not a date of the years 1900–2199.
    pub fn starting(text: &str) -> Result<Self, TimeError> {
        parse_date(text).map(Self)
    }

    /// The date of a day, `YYYY-MM-DD`.
    pub fn date(self, day: Day) -> String {
        let date = self.0.saturating_add(time::Duration::days(i64::from(day.index())));
        format!("{:04}-{:02}-{:02}", date.year(), u8::from(date.month()), date.day())
    }

    /// The date of a day as people write it out: `2020年1月28日`, `28 January 2020`.
    pub fn written_date(self, day: Day, lang: Lang) -> String {
        let date = self.0.saturating_add(time::Duration::days(i64::from(day.index())));
        match lang {
            Lang::Zh => format!("{}年{}月{}日", date.year(), u8::from(date.month()), date.day()),
            Lang::En => format!("{} {} {}", date.day(), date.month(), date.year()),
        }
    }

    /// Year, month and day of the month.
    pub(super) fn parts(self, day: Day) -> (i32, u8, u8) {
        let date = self.0.saturating_add(time::Duration::days(i64::from(day.index())));
        (date.year(), u8::from(date.month()), date.day())
    }

    /// The day of the week.
    pub(super) fn weekday(self, day: Day) -> time::Weekday {
        self.0.saturating_add(time::Duration::days(i64::from(day.index()))).weekday()
    }

    /// The date of a day without the year: `1月28日`, `28 January`.
    pub fn day_and_month(self, day: Day, lang: Lang) -> String {
        let date = self.0.saturating_add(time::Duration::days(i64::from(day.index())));
        match lang {
            Lang::Zh => format!("{}月{}日", u8::from(date.month()), date.day()),
            Lang::En => format!("{} {}", date.day(), date.month()),
        }
    }

    /// The date of a day without the year, as people write it on the board: `1.24`.
    pub fn short_date(self, day: Day) -> String {
        let date = self.0.saturating_add(time::Duration::days(i64::from(day.index())));
        format!("{}.{}", u8::from(date.month()), date.day())
    }

    /// Days from a date to day 1; 0 for text that is no date.
    pub fn days_since(self, text: &str) -> i32 {
        parse_date(text).map_or(0, |date| (self.0 - date).whole_days() as i32)
    }

    /// The story day of a date; `None` before day 1 or past [`Day::LIMIT`].
    ///
    /// # Errors
    /// [`TimeError::Date`] when the text is not a date.
    pub fn day_of(self, text: &str) -> Result<Option<Day>, TimeError> {
        let days = (parse_date(text)? - self.0).whole_days();
        Ok(u32::try_from(days).ok().filter(|&d| d < Day::LIMIT).map(|d| Day(d + 1)))
    }
}

fn parse_date(text: &str) -> Result<Date, TimeError> {
    let wrong = || TimeError::Date(text.to_owned());
    let mut parts = text.split('-');
    let (Some(year), Some(month), Some(day), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Err(wrong());
    };
    if year.len() != 4 || month.len() != 2 || day.len() != 2 {
        return Err(wrong());
    }
    let year: i32 = year.parse().map_err(|_| wrong())?;
    let month: u8 = month.parse().map_err(|_| wrong())?;
    let day: u8 = day.parse().map_err(|_| wrong())?;
    if !(1900..2200).contains(&year) {
        return Err(wrong());
    }
    let month = Month::try_from(month).map_err(|_| wrong())?;
    Date::from_calendar_date(year, month, day).map_err(|_| wrong())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn story_times_are_read_back() {
        for text in ["D1 00:00", "D5 18:00", "D98 23:59"] {
            assert_eq!(text.parse::<Minute>().unwrap().to_string(), text);
        }
        for text in ["D0 08:00", "5 18:00", "D5", "D5 24:00", "D5 8:0", "D5 -1:00", ""] {
            assert!(text.parse::<Minute>().is_err(), "{text}");
        }
    }

    #[test]
    fn the_story_of_2020_ends_on_30_april_its_98th_day() {
        let calendar = Calendar::starting("2020-01-24").unwrap();
        assert_eq!(calendar.date(Day(98)), "2020-04-30");
        assert_eq!(calendar.day_of("2020-02-29"), Ok(Some(Day(37))));
        assert_eq!(calendar.day_of("2020-01-23"), Ok(None));
        assert_eq!(calendar.short_date(Day(5)), "1.28");
        assert_eq!(calendar.written_date(Day(5), Lang::Zh), "2020年1月28日");
        assert_eq!(calendar.written_date(Day(5), Lang::En), "28 January 2020");
        assert_eq!(calendar.day_and_month(Day(5), Lang::Zh), "1月28日");
        assert_eq!(calendar.day_and_month(Day(5), Lang::En), "28 January");
        assert!(calendar.day_of("2020-02-30").is_err());
    }

    #[test]
    fn a_day_ends_where_the_next_begins() {
        assert_eq!(Day(5).end(), Day(6).start());
        assert_eq!(Day(5).start().day(), Day(5));
        assert_eq!(Minute(Day(6).start().0 - 1).day(), Day(5));
    }
}
