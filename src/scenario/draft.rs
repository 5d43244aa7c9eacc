//! A scene under examination: looks names up, reads times, notes what is wrong.
//!
//! Floor 2. Reads the place, the calendar and the cast; writes problems into the
//! reader. Every question names the path of the value it asks about, so that the
//! answer can point into the file.

use std::str::FromStr;
use std::sync::Arc;

use super::names::nearest;
use super::read::Reader;
use super::script::{CastMember, Condition};
use crate::base::ids::{CompoundId, HouseholdId, MouthId, PersonId, WayId};
use crate::base::text::Bilingual;
use crate::base::time::{Calendar, Day, Minute, parse_clock};
use crate::scenario::raw::RawCondition;
use crate::sim::card::Origin;
use crate::sim::counts::DayCounts;
use crate::sim::event::EventKind;
use crate::sim::people::Population;
use crate::sim::place::Place;

/// Longest source line, in characters.
const SOURCE_CHARS: usize = 200;

/// What is known of the scene while it is being examined.
pub(super) struct Draft<'a> {
    pub reader: &'a mut Reader,
    pub calendar: Calendar,
    pub starts: Minute,
    pub ends: Minute,
    pub place: Option<Arc<Place>>,
    pub population: Option<Arc<Population>>,
    pub cast: Vec<CastMember>,
    /// Names of the cast as written, also of members that could not be found.
    pub cast_names: Vec<String>,
}

impl<'a> Draft<'a> {
    /// A draft that knows nothing of the place yet.
    pub fn before_the_map(reader: &'a mut Reader, calendar: Calendar) -> Self {
        Self {
            reader,
            calendar,
            starts: Minute(0),
            ends: Minute(u32::MAX),
            place: None,
            population: None,
            cast: Vec::new(),
            cast_names: Vec::new(),
        }
    }

    /// Notes an error at a path.
    pub fn error(&mut self, path: &str, zh: impl Into<String>, en: impl Into<String>) {
        self.report(path, Bilingual::new(zh, en), None);
    }

    /// Notes an error and what to do about it.
    pub fn error_with(
        &mut self,
        path: &str,
        zh: impl Into<String>,
        en: impl Into<String>,
        hint: Bilingual,
    ) {
        self.report(path, Bilingual::new(zh, en), Some(hint));
    }

    /// Notes something that does not keep the scene from running.
    pub fn warn(&mut self, path: &str, zh: impl Into<String>, en: impl Into<String>) {
        if let Some(node) = self.reader.locate(path) {
            self.reader.warning(node, Bilingual::new(zh, en), None);
        }
    }

    fn report(&mut self, path: &str, message: Bilingual, hint: Option<Bilingual>) {
        if let Some(node) = self.reader.locate(path) {
            self.reader.problem(node, message, hint);
        }
    }

    /// Line of a value in the file.
    pub fn line(&self, path: &str) -> u32 {
        self.reader.locate(path).map_or(0, |node| self.reader.at(node).line)
    }

    /// A name that is none of those known.
    pub fn unknown<'n>(
        &mut self,
        path: &str,
        zh: &str,
        en: &str,
        word: &str,
        names: impl IntoIterator<Item = &'n str>,
    ) {
        let names: Vec<&str> = names.into_iter().collect();
        let message = Bilingual::new(
            format!("没有名为“{word}”的{zh}"),
            format!("there is no {en} named `{word}`"),
        );
        let hint = nearest(word, names.iter().copied()).map_or_else(
            || {
                let list = names.iter().take(12).copied().collect::<Vec<_>>();
                (!list.is_empty()).then(|| {
                    Bilingual::new(
                        format!("可用：{}", list.join("、")),
                        format!("known are {}", list.join(", ")),
                    )
                })
            },
            |near| {
                Some(Bilingual::new(format!("是不是“{near}”？"), format!("did you mean `{near}`?")))
            },
        );
        self.report(path, message, hint);
    }

    /// A minute of the story: `D5 18:00` or `2020-01-28 18:00`. Reports what is
    /// no time and what lies outside the story.
    pub fn minute(&mut self, path: &str, text: &str) -> Option<Minute> {
        let Some(minute) = self.parse_minute(text) else {
            self.error_with(
                path,
                format!("“{text}”不是故事里的时刻"),
                format!("`{text}` is not a time of the story"),
                Bilingual::fixed(
                    "写成“D5 18:00”或“2020-01-28 18:00”",
                    "write it like \"D5 18:00\" or \"2020-01-28 18:00\"",
                ),
            );
            return None;
        };
        if minute < self.starts || minute > self.ends {
            let (from, to) = (self.written(self.starts), self.written(self.ends));
            self.error_with(
                path,
                format!("“{text}”在故事之外"),
                format!("`{text}` lies outside the story"),
                Bilingual::new(
                    format!("故事从{from}到{to}"),
                    format!("the story runs from {from} to {to}"),
                ),
            );
            return None;
        }
        Some(minute)
    }

    fn parse_minute(&self, text: &str) -> Option<Minute> {
        if let Ok(minute) = Minute::from_str(text) {
            return (minute.day().0 <= Day::LIMIT).then_some(minute);
        }
        let (date, clock) = text.trim().split_once(' ')?;
        let day = self.calendar.day_of(date).ok()??;
        Some(Minute::at(day, parse_clock(clock.trim()).ok()?))
    }

    /// A minute as a story time and a date.
    pub fn written(&self, minute: Minute) -> String {
        format!("{minute} ({})", self.calendar.date(minute.day()))
    }

    /// A day of the story: `D5` or a date.
    pub fn day(&mut self, path: &str, text: &str) -> Option<Day> {
        let day = Day::from_str(text).ok().or_else(|| self.calendar.day_of(text).ok().flatten());
        let Some(day) = day.filter(|d| d.0 <= Day::LIMIT) else {
            self.error_with(
                path,
                format!("“{text}”不是故事里的日子"),
                format!("`{text}` is not a day of the story"),
                Bilingual::fixed(
                    "写成“D5”或“2020-01-28”",
                    "write it like \"D5\" or \"2020-01-28\"",
                ),
            );
            return None;
        };
        if day < self.starts.day() || day > self.ends.day() {
            self.error(
                path,
                format!("“{text}”在故事之外"),
                format!("`{text}` lies outside the story"),
            );
            return None;
        }
        Some(day)
    }

    /// A clock time such as `09:00`, in minutes after midnight.
    pub fn clock(&mut self, path: &str, text: &str) -> Option<u32> {
        let clock = parse_clock(text).ok();
        if clock.is_none() {
            self.error_with(
                path,
                format!("“{text}”不是钟点"),
                format!("`{text}` is not a clock time"),
                Bilingual::fixed("写成“09:00”", "write it like \"09:00\""),
            );
        }
        clock
    }

    /// A home, by id or as the home of a cast member.
    pub fn home(&mut self, path: &str, text: &str) -> Option<HouseholdId> {
        if let Some(member) = self.cast.iter().find(|m| m.name == text) {
            return Some(member.household);
        }
        if self.cast_names.iter().any(|n| n == text) {
            return None;
        }
        match HouseholdId::from_str(text) {
            Ok(home) => self.within(path, home, |place| place.household_count(), "户", "home"),
            Err(_) => self.unknown_or_id(path, text, "角色或住户", "cast member or home"),
        }
    }

    /// A person, by id or by a name of the cast.
    pub fn person(&mut self, path: &str, text: &str) -> Option<PersonId> {
        if let Some(member) = self.cast.iter().find(|m| m.name == text) {
            return Some(member.person);
        }
        if self.cast_names.iter().any(|n| n == text) {
            return None;
        }
        let Ok(person) = PersonId::from_str(text) else {
            return self.unknown_or_id(path, text, "角色或居民", "cast member or person");
        };
        let count = self.population.as_ref().map_or(usize::MAX, |p| p.people.len());
        if person.index() >= count {
            let last = PersonId::from_index(count.saturating_sub(1));
            self.error(
                path,
                format!("没有{text}，最后一位是{last}"),
                format!("there is no {text}; the last one is {last}"),
            );
            return None;
        }
        Some(person)
    }

    fn unknown_or_id<T>(&mut self, path: &str, text: &str, zh: &str, en: &str) -> Option<T> {
        let names = self.cast_names.clone();
        self.unknown(path, zh, en, text, names.iter().map(String::as_str));
        None
    }

    /// A lane mouth by id.
    pub fn mouth(&mut self, path: &str, text: &str) -> Option<MouthId> {
        self.id(path, text, |place| place.mouths.len(), "胡同口", "lane mouth")
    }

    /// A way by id.
    pub fn lane(&mut self, path: &str, text: &str) -> Option<WayId> {
        self.id(path, text, |place| place.ways.len(), "胡同", "lane")
    }

    /// A compound by id.
    pub fn compound(&mut self, path: &str, text: &str) -> Option<CompoundId> {
        self.id(path, text, |place| place.compounds.len(), "院落", "compound")
    }

    fn id<T: Id>(
        &mut self,
        path: &str,
        text: &str,
        count: fn(&Place) -> usize,
        zh: &str,
        en: &str,
    ) -> Option<T> {
        match T::from_str(text) {
            Ok(id) => self.within(path, id, count, zh, en),
            Err(_) => {
                let example = T::from_index(0);
                self.error_with(
                    path,
                    format!("“{text}”不是{zh}的编号"),
                    format!("`{text}` is not the id of a {en}"),
                    Bilingual::new(
                        format!("写成“{example}”"),
                        format!("write it like \"{example}\""),
                    ),
                );
                None
            }
        }
    }

    fn within<T: Id>(
        &mut self,
        path: &str,
        id: T,
        count: fn(&Place) -> usize,
        zh: &str,
        en: &str,
    ) -> Option<T> {
        let Some(place) = &self.place else { return Some(id) };
        let count = count(place);
        if id.to_index() < count {
            return Some(id);
        }
        let last = T::from_index(count.saturating_sub(1));
        self.error(
            path,
            format!("没有编号为{id}的{zh}，最后一个是{last}"),
            format!("there is no {en} {id}; the last one is {last}"),
        );
        None
    }

    /// A kind of event.
    pub fn event(&mut self, path: &str, text: &str) -> Option<EventKind> {
        let kind = EventKind::named(text);
        if kind.is_none() {
            self.unknown(path, "事件", "event", text, EventKind::ALL.map(EventKind::name));
        }
        kind
    }

    /// A figure within bounds that can be met at all.
    pub fn condition(&mut self, path: &str, raw: &RawCondition) -> Option<Condition> {
        let Some(&(figure, ..)) = DayCounts::CARDS.iter().find(|card| card.0 == raw.figure) else {
            let names = DayCounts::CARDS.iter().map(|card| card.0);
            self.unknown(&format!("{path}.figure"), "数字", "figure", &raw.figure, names);
            return None;
        };
        if raw.at_least.is_none() && raw.at_most.is_none() {
            self.error(path, "要写明 at_least 或 at_most", "give at_least, at_most, or both");
            return None;
        }
        let (at_least, at_most) = (raw.at_least.unwrap_or(0), raw.at_most.unwrap_or(u64::MAX));
        if at_least > at_most {
            self.error(
                path,
                format!("at_least（{at_least}）大于 at_most（{at_most}），永远不会成立"),
                format!("at_least ({at_least}) is above at_most ({at_most}): this can never hold"),
            );
            return None;
        }
        Some(Condition { figure, at_least, at_most })
    }

    /// The source of something documented must be named; none may be endless.
    pub fn source(&mut self, path: &str, origin: Origin, source: Option<&str>) -> String {
        let text = source.unwrap_or_default().trim();
        let documented = matches!(origin, Origin::Article | Origin::Record | Origin::Paper);
        if documented && text.is_empty() {
            let label = origin.label();
            self.error_with(
                path,
                format!("标为“{}”，却没有写出处", label.zh),
                format!("marked `{}` but no source is given", label.en),
                Bilingual::fixed("加上 source: \"…\"", "add source: \"…\""),
            );
        }
        if text.chars().count() > SOURCE_CHARS {
            self.error(
                &format!("{path}.source"),
                format!("出处超过{SOURCE_CHARS}个字"),
                format!("a source has at most {SOURCE_CHARS} characters"),
            );
        }
        text.to_owned()
    }

    /// A text must be there in both languages and not longer than a limit.
    pub fn text(&mut self, path: &str, text: &Bilingual, limit: usize) {
        for (lang, name_zh, name_en, part) in
            [("zh", "中文", "Chinese", &text.zh), ("en", "英文", "English", &text.en)]
        {
            let path = format!("{path}.{lang}");
            if part.trim().is_empty() {
                self.error(
                    &path,
                    format!("缺{name_zh}文字"),
                    format!("the {name_en} text is missing"),
                );
            } else if part.chars().count() > limit {
                self.error(
                    &path,
                    format!("文字超过{limit}个字符"),
                    format!("longer than {limit} characters"),
                );
            }
        }
    }
}

/// What the id types share, for looking them up.
pub(super) trait Id: FromStr + Copy + std::fmt::Display {
    fn from_index(index: usize) -> Self;
    fn to_index(self) -> usize;
}

macro_rules! ids {
    ($($name:ident)*) => { $(
        impl Id for $name {
            fn from_index(index: usize) -> Self {
                $name::from_index(index)
            }
            fn to_index(self) -> usize {
                self.index()
            }
        }
    )* };
}
ids!(HouseholdId PersonId CompoundId WayId MouthId);
