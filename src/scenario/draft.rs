//! A scene under examination: looks names up, reads times, notes what is wrong.
//!
//! Floor 2. Reads the place, the calendar and the cast; writes problems into the
//! reader. Every question names the path of the value it asks about, so that the
//! answer can point into the file.

use std::str::FromStr;
use std::sync::Arc;

use super::names::{listed, nearest};
use super::outline::Kind;
use super::piece::plain_name;
use super::read::Reader;
use super::script::CastMember;
use crate::base::text::{Bilingual, plural};
use crate::base::time::{Calendar, Day, Minute, parse_clock};
use crate::sim::card::Origin;
use crate::sim::people::Population;
use crate::sim::place::Place;

/// Longest source line, in characters of either language.
const SOURCE_CHARS: usize = 200;
/// Longest name by which parts of a scene refer to each other.
const NAME_CHARS: usize = 40;

/// What is known of the scene while it is being examined.
pub(super) struct Draft<'a> {
    pub reader: &'a mut Reader,
    pub calendar: Calendar,
    pub starts: Minute,
    pub ends: Minute,
    pub place: Option<Arc<Place>>,
    pub population: Option<Arc<Population>>,
    pub cast: Vec<CastMember>,
    /// Whether the scene has an illness.
    pub illness: bool,
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
            illness: false,
            cast_names: Vec::new(),
        }
    }

    /// Notes an error at a path, and what would be right. Nobody is told that
    /// something is wrong without being told what to do about it.
    pub fn error(
        &mut self,
        path: &str,
        zh: impl Into<String>,
        en: impl Into<String>,
        hint_zh: impl Into<String>,
        hint_en: impl Into<String>,
    ) {
        self.report(path, Bilingual::new(zh, en), Some(Bilingual::new(hint_zh, hint_en)));
    }

    /// Notes something that does not keep the scene from running.
    pub fn warn(
        &mut self,
        path: &str,
        zh: impl Into<String>,
        en: impl Into<String>,
        hint_zh: impl Into<String>,
        hint_en: impl Into<String>,
    ) {
        if let Some(node) = self.reader.locate(path) {
            let hint = Bilingual::new(hint_zh, hint_en);
            self.reader.warning(node, Bilingual::new(zh, en), Some(hint));
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
        let hint = match nearest(word, names.iter().copied()) {
            Some(near) => {
                Bilingual::new(format!("是不是“{near}”？"), format!("did you mean `{near}`?"))
            }
            None if names.is_empty() => Bilingual::new(
                format!("这个剧本里一个{zh}也没有"),
                format!("this scene has no {en} at all"),
            ),
            None => {
                let (zh, en) = listed(&names);
                Bilingual::new(format!("可用：{zh}"), format!("valid here: {en}"))
            }
        };
        self.report(path, message, Some(hint));
    }

    /// A name under which others refer to something: there, short, and only once.
    pub fn name(&mut self, path: &str, name: &str, taken: bool) {
        if name.trim().is_empty() || name.chars().count() > NAME_CHARS {
            self.error(
                path,
                format!("名称须为1至{NAME_CHARS}个字"),
                format!("a name has 1 to {NAME_CHARS} characters"),
                "起一个短的名称，例如“grandma”",
                "choose a short one, such as \"grandma\"",
            );
        } else if taken {
            self.error(
                path,
                format!("“{name}”用了两次"),
                format!("`{name}` is used twice"),
                "改掉其中一个名称",
                "give one of the two another name",
            );
        }
    }

    /// Too many of something, in one list.
    pub fn count(&mut self, path: &str, written: usize, most: usize, zh: &str, en: &str) -> bool {
        if written > most {
            self.error(
                path,
                format!("{zh}太多：有{written}个，最多{most}个"),
                format!("too many {en}: {written}, the limit is {most}"),
                format!("删去{}个，或者分成两个剧本", written - most),
                format!("remove {}, or make two scenes of it", written - most),
            );
        }
        written <= most
    }

    /// A minute of the story: `D5 18:00` or `2020-01-28 18:00`. Reports what is
    /// no time and what lies outside the story.
    pub fn minute(&mut self, path: &str, text: &str) -> Option<Minute> {
        let Some(minute) = self.parse_minute(text) else {
            self.error(
                path,
                format!("“{text}”不是故事里的时刻"),
                format!("`{text}` is not a time of the story"),
                "写成“D5 18:00”（第5天）或“2020-01-28 18:00”",
                "write it like \"D5 18:00\" (day 5) or \"2020-01-28 18:00\"",
            );
            return None;
        };
        if minute < self.starts || minute > self.ends {
            self.outside(path, text);
            return None;
        }
        Some(minute)
    }

    /// A time or day that the story does not reach.
    fn outside(&mut self, path: &str, text: &str) {
        let (from, to) = (self.written(self.starts), self.written(self.ends));
        self.error(
            path,
            format!("“{text}”在故事之外"),
            format!("`{text}` lies outside the story"),
            format!("故事从{from}到{to}"),
            format!("the story runs from {from} to {to}"),
        );
    }

    fn parse_minute(&self, text: &str) -> Option<Minute> {
        if let Ok(minute) = Minute::from_str(text) {
            return Some(minute);
        }
        let (date, clock) = text.trim().split_once(' ')?;
        let clock = parse_clock(clock.trim()).ok()?;
        // A date before the story is still a time; it lies outside.
        let day = self.calendar.day_of(date).ok()?.unwrap_or(Day(Day::LIMIT + 1));
        Some(Minute::at(day, clock))
    }

    /// A minute as a story time and a date.
    pub fn written(&self, minute: Minute) -> String {
        format!("{minute} ({})", self.calendar.date(minute.day()))
    }

    /// A day of the story: `D5` or a date.
    pub fn day(&mut self, path: &str, text: &str) -> Option<Day> {
        let dated = |text| Some(self.calendar.day_of(text).ok()?.unwrap_or(Day(Day::LIMIT + 1)));
        let Some(day) = Day::from_str(text).ok().or_else(|| dated(text)) else {
            self.error(
                path,
                format!("“{text}”不是故事里的日子"),
                format!("`{text}` is not a day of the story"),
                "写成“D5”（第5天）或“2020-01-28”",
                "write it like \"D5\" (day 5) or \"2020-01-28\"",
            );
            return None;
        };
        if day < self.starts.day() || day > self.ends.day() {
            self.outside(path, text);
            return None;
        }
        Some(day)
    }

    /// A clock time such as `09:00`, in minutes after midnight.
    pub fn clock(&mut self, path: &str, text: &str) -> Option<u32> {
        let clock = parse_clock(text).ok();
        if clock.is_none() {
            self.error(
                path,
                format!("“{text}”不是钟点"),
                format!("`{text}` is not a clock time"),
                "写成“09:00”，从00:00到23:59",
                "write it like \"09:00\", from 00:00 to 23:59",
            );
        }
        clock
    }

    /// Whether a field is written at all, readable or not.
    pub fn has(&self, path: &str, field: &str) -> bool {
        let there = |path: &str| self.reader.locate(path);
        there(&format!("{path}.{field}")) != there(path)
    }

    /// Whether a part holds a name that nobody knows: then what seems to be missing
    /// may be misspelt, which has been told.
    pub fn has_unknown(&self, path: &str, known: &[(&'static str, bool)]) -> bool {
        let known = |name: &str| known.iter().any(|(field, _)| plain_name(field) == name);
        let node = self.reader.locate(path).map(|node| &self.reader.node(node).kind);
        match node {
            Some(Kind::Struct { fields, .. }) => fields.iter().any(|f| !known(&f.name.text)),
            _ => false,
        }
    }

    /// The source of something documented must be named, in both languages; none
    /// may be endless. A missing origin has been reported.
    pub fn source(
        &mut self,
        path: &str,
        origin: Option<Origin>,
        source: Option<&Bilingual>,
    ) -> Bilingual {
        let documented = [Origin::Article, Origin::Record, Origin::Paper];
        if let Some(source) = source {
            self.text(&format!("{path}.source"), source, SOURCE_CHARS);
        } else if let Some(origin) = origin.filter(|o| documented.contains(o)) {
            let label = origin.label();
            self.error(
                path,
                format!("标为 {}（{}），却没有写出处", label.en, label.zh),
                format!("marked `{}` but no source is given", label.en),
                "加上 source: (zh: \"…\", en: \"…\")；没有出处就标 assumption（估计）或 invented（虚构）",
                "add source: (zh: \"…\", en: \"…\"), or mark it `assumption` or `invented`",
            );
        }
        source.cloned().unwrap_or_default()
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
                    format!("{name_zh}空着"),
                    format!("the {name_en} text is missing"),
                    "每段文字都要有中文和英文",
                    "every text is given in both languages",
                );
            } else if part.chars().count() > limit {
                self.too_long(&path, part, limit);
            } else if part.chars().any(char::is_control) {
                self.error(
                    &path,
                    "这段文字里有换行或看不见的控制字符",
                    "this text holds a line break or an invisible control character",
                    "写成一行；要分两段，就写两条",
                    "write it on one line; for two paragraphs write two",
                );
            }
        }
    }

    fn too_long(&mut self, path: &str, text: &str, limit: usize) {
        let chars = text.chars().count();
        self.error(
            path,
            format!("文字太长：{chars}个字，上限是{limit}个字"),
            format!("too long: {chars} characters, the limit is {limit}"),
            format!("删去{}个字", chars - limit),
            {
                let over = (chars - limit) as u64;
                format!("take out {over} {}", plural(over, "character", "characters"))
            },
        );
    }
}
