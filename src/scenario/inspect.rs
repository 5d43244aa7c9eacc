//! Everything that can be wrong with a map whose fields could be read.
//!
//! Floor 2. Reads a [`RawMap`]; makes problems with their paths. Trusts nothing:
//! numbers, names, references, overlaps, ways that lead nowhere. What costs more
//! than the file is long is bounded before it begins.

use std::collections::BTreeMap;

use super::layout::{FORMAT, HOMES, LayoutProblem, RawCompound, RawMap};
use super::names::{listed, nearest};
use super::read::MOST_PROBLEMS;
use super::shapes::{Point, length};
use crate::base::text::Bilingual;

const COMPOUNDS: usize = 1000;
const WAYS: usize = 64;
const MOUTHS: usize = 32;
const SPOTS: usize = 200;
const LINE_POINTS: usize = 100;
const HOMES_OF_ONE: u32 = 400;
const NAME_CHARS: usize = 40;
const FARTHEST_M: f64 = 20_000.0;
const SHORTEST_M: f64 = 0.5;
const LONGEST_SIDE_M: f64 = 300.0;
const WIDEST_M: f64 = 200.0;
const FULL_TURN: f64 = 360.0;

/// The findings of one map.
pub(super) struct Inspection {
    pub problems: Vec<LayoutProblem>,
    /// True while every number can be reckoned with.
    numbers: bool,
    /// True while every name of a way leads to one.
    linked: bool,
}

impl Inspection {
    /// Inspects everything but walking distances.
    pub fn of(map: &RawMap) -> Self {
        let mut inspection = Self::of_parts(map);
        // What follows measures; it must not meet numbers that are none.
        if inspection.numbers {
            inspection.crossings(map);
            inspection.shapes(map);
        }
        inspection
    }

    /// Inspects each part by itself: for maps of which some could not be read.
    pub fn of_parts(map: &RawMap) -> Self {
        let mut inspection = Self { problems: Vec::new(), numbers: true, linked: true };
        inspection.whole(map);
        inspection
    }

    /// Whether a place can be made of the map, to measure in.
    pub fn is_measured(&self) -> bool {
        self.numbers && self.linked
    }

    pub fn add(
        &mut self,
        path: impl Into<String>,
        (zh, en): (impl Into<String>, impl Into<String>),
        (hint_zh, hint_en): (impl Into<String>, impl Into<String>),
    ) {
        if self.problems.len() < MOST_PROBLEMS {
            self.problems.push(LayoutProblem {
                path: path.into(),
                message: Bilingual::new(zh, en),
                hint: Bilingual::new(hint_zh, hint_en),
            });
        }
    }

    /// As [`Self::add`], for a number that must not be reckoned with.
    pub fn refuse(
        &mut self,
        path: impl Into<String>,
        message: (impl Into<String>, impl Into<String>),
        hint: (impl Into<String>, impl Into<String>),
    ) {
        self.numbers = false;
        self.add(path, message, hint);
    }

    fn count(&mut self, path: &str, count: usize, most: usize) {
        if count > most {
            self.refuse(
                path,
                (format!("太多：有{count}个"), format!("too many: {count}")),
                (format!("最多{most}个"), format!("at most {most}")),
            );
        }
    }

    fn name(&mut self, path: &str, name: &Bilingual) {
        for (lang, zh, en, part) in
            [("zh", "中文", "Chinese", &name.zh), ("en", "英文", "English", &name.en)]
        {
            let path = format!("{path}.name.{lang}");
            let chars = part.chars().count();
            if part.trim().is_empty() {
                self.add(
                    path,
                    (format!("{zh}名称空着"), format!("the {en} name is missing")),
                    ("每个名称都要有中文和英文", "every name is given in both languages"),
                );
            } else if chars > NAME_CHARS {
                self.add(
                    path,
                    (
                        format!("名称太长：{chars}个字"),
                        format!("this name is too long: {chars} characters"),
                    ),
                    (format!("最多{NAME_CHARS}个字"), format!("at most {NAME_CHARS} characters")),
                );
            }
        }
    }

    fn point(&mut self, path: &str, (x, y): Point) {
        let fine = |v: f64| v.is_finite() && v.abs() <= FARTHEST_M;
        if !fine(x) || !fine(y) {
            self.refuse(
                path,
                ("坐标离原点太远，或者不是数", "these coordinates are far off, or no numbers"),
                ("坐标以米计，在±20000之内", "coordinates are metres within ±20000"),
            );
        }
    }

    fn size(&mut self, path: &str, metres: f64, most: f64) {
        if !metres.is_finite() || !(SHORTEST_M..=most).contains(&metres) {
            self.refuse(
                path,
                (
                    format!("长度不能是{metres}米"),
                    format!("a length of {metres} m is not possible"),
                ),
                (
                    format!("长度从{SHORTEST_M}到{most}米"),
                    format!("lengths lie from {SHORTEST_M} to {most} m"),
                ),
            );
        }
    }

    fn line(&mut self, path: &str, line: &[Point]) {
        if line.len() < 2 || line.len() > LINE_POINTS {
            self.refuse(
                path,
                (
                    format!("这条线有{}个点", line.len()),
                    format!("this line has {} points", line.len()),
                ),
                (
                    format!("一条线要有2到{LINE_POINTS}个点"),
                    format!("a line has 2 to {LINE_POINTS} points"),
                ),
            );
            return;
        }
        let numbers = self.problems.len();
        for (i, &p) in line.iter().enumerate() {
            self.point(&format!("{path}[{i}]"), p);
        }
        if self.problems.len() == numbers && length(line) < 1.0 {
            self.refuse(
                path,
                ("这条线没有长度", "this line has no length"),
                ("各点不能都在一处", "its points must not all be the same"),
            );
        }
    }

    fn way(&mut self, path: &str, word: &str, ids: &[&str]) {
        if ids.contains(&word) {
            return;
        }
        self.linked = false;
        let hint = if let Some(near) = nearest(word, ids.iter().copied()) {
            (format!("是不是“{near}”？"), format!("did you mean `{near}`?"))
        } else {
            let (zh, en) = listed(ids);
            (format!("可用：{zh}"), format!("valid here: {en}"))
        };
        let message =
            (format!("没有名为“{word}”的胡同"), format!("there is no way named `{word}`"));
        self.add(path, message, hint);
    }

    fn whole(&mut self, map: &RawMap) {
        if map.format != FORMAT {
            let format = map.format;
            let hint = if format > FORMAT {
                Bilingual::fixed(
                    "这份文件来自更新的版本，请更新程序",
                    "the file was made for a newer version; update the program",
                )
            } else {
                Bilingual::fixed("写成 format: 1", "write format: 1")
            };
            self.add(
                "format",
                (
                    format!("格式{format}读不了，本程序读格式{FORMAT}"),
                    format!("format {format} cannot be read; this program reads format {FORMAT}"),
                ),
                (hint.zh, hint.en),
            );
        }
        self.name("", &map.name);
        self.count("ways", map.ways.len(), WAYS);
        self.count("compounds", map.compounds.len(), COMPOUNDS);
        self.count("mouths", map.mouths.len(), MOUTHS);
        let ids: Vec<&str> = map.ways.iter().map(|w| w.id.as_str()).collect();
        for (i, way) in map.ways.iter().enumerate() {
            let path = format!("ways[{i}]");
            if way.id.trim().is_empty() || way.id.chars().count() > NAME_CHARS {
                self.add(
                    format!("{path}.id"),
                    ("名称空着，或者太长", "this name is empty or too long"),
                    (format!("1到{NAME_CHARS}个字"), format!("1 to {NAME_CHARS} characters")),
                );
            } else if ids[..i].contains(&ids[i]) {
                self.add(
                    format!("{path}.id"),
                    (format!("“{}”用了两次", way.id), format!("`{}` is used twice", way.id)),
                    ("改掉其中一个名称", "give one of the two another name"),
                );
            }
            self.name(&path, &way.name);
            self.line(&format!("{path}.line"), &way.line);
            self.size(&format!("{path}.width"), way.width, WIDEST_M);
        }
        for (i, mouth) in map.mouths.iter().enumerate() {
            let path = format!("mouths[{i}]");
            self.name(&path, &mouth.name);
            self.point(&format!("{path}.at"), mouth.at);
            self.way(&format!("{path}.way"), &mouth.way, &ids);
        }
        self.spots(map);
        self.compounds(map, &ids);
    }

    /// A map must have at least one of some things; `written` counts them in the
    /// file, readable or not.
    pub fn needs(&mut self, list: &str, written: usize, zh: &str, en: &str) {
        if written == 0 {
            self.refuse(
                list,
                (format!("地图上没有{zh}"), format!("there is no {en} on the map")),
                (format!("至少要有一个{zh}"), format!("a map has at least one {en}")),
            );
        }
    }

    fn spots(&mut self, map: &RawMap) {
        self.name("office", &map.office.name);
        self.point("office.at", map.office.at);
        for (list, spots) in
            [("toilets", &map.toilets), ("shops", &map.shops), ("bridges", &map.bridges)]
        {
            self.count(list, spots.len(), SPOTS);
            for (i, spot) in spots.iter().enumerate() {
                self.name(&format!("{list}[{i}]"), &spot.name);
                self.point(&format!("{list}[{i}].at"), spot.at);
            }
        }
        for (list, lines) in [("waters", &map.waters), ("borders", &map.borders)] {
            self.count(list, lines.len(), SPOTS);
            for (i, stretch) in lines.iter().enumerate() {
                let path = format!("{list}[{i}]");
                self.name(&path, &stretch.name);
                self.line(&format!("{path}.line"), &stretch.line);
                self.size(&format!("{path}.width"), stretch.width, WIDEST_M);
            }
        }
    }

    fn compounds(&mut self, map: &RawMap, ids: &[&str]) {
        let mut homes: u64 = 0;
        let mut names: BTreeMap<(&str, &str), usize> = BTreeMap::new();
        let mut reached = 0;
        for (i, c) in map.compounds.iter().enumerate() {
            let path = format!("compounds[{i}]");
            self.way(&format!("{path}.way"), &c.way, ids);
            self.compound(&path, c);
            homes += u64::from(c.homes);
            if names.insert((c.way.as_str(), c.name.zh.as_ref()), i).is_some() {
                self.add(
                    format!("{path}.name.zh"),
                    (
                        format!("同一条胡同里“{}”用了两次", c.name.zh),
                        format!("`{}` is used twice in one way", c.name.zh),
                    ),
                    ("换一个虚构的名称", "choose another invented name"),
                );
            }
            if let Some(way) = ids.iter().position(|w| *w == c.way) {
                if way < reached {
                    self.add(
                        format!("{path}.way"),
                        (
                            "院落没有按胡同的顺序排列",
                            "compounds must be in the order of their ways",
                        ),
                        (
                            format!("“{}”的院落要写在“{}”的前面", c.way, ids[reached]),
                            format!("those of `{}` come before those of `{}`", c.way, ids[reached]),
                        ),
                    );
                }
                reached = reached.max(way);
            }
        }
        if homes > u64::from(HOMES) || homes == 0 && !map.compounds.is_empty() {
            self.refuse(
                "compounds",
                (format!("全图有{homes}户"), format!("the map has {homes} households")),
                (format!("全图要有1到{HOMES}户"), format!("a map has 1 to {HOMES} households")),
            );
        }
    }

    fn compound(&mut self, path: &str, c: &RawCompound) {
        self.name(path, &c.name);
        self.point(&format!("{path}.centre"), c.centre);
        self.point(&format!("{path}.door"), c.door);
        self.size(&format!("{path}.front"), c.front, LONGEST_SIDE_M);
        self.size(&format!("{path}.depth"), c.depth, LONGEST_SIDE_M);
        if !c.turn.is_finite() || c.turn.abs() > FULL_TURN {
            self.refuse(
                format!("{path}.turn"),
                (
                    format!("方向不能是{}度", c.turn),
                    format!("a turn of {} degrees is not possible", c.turn),
                ),
                ("方向在±360度之内", "a turn lies within ±360 degrees"),
            );
        }
        if c.homes > HOMES_OF_ONE {
            self.refuse(
                format!("{path}.homes"),
                (
                    format!("一个院里有{}户，太多", c.homes),
                    format!("{} households in one compound are too many", c.homes),
                ),
                (
                    format!("一个院最多{HOMES_OF_ONE}户"),
                    format!("a compound has at most {HOMES_OF_ONE} households"),
                ),
            );
        }
        if c.per_floor == Some(0) {
            self.refuse(
                format!("{path}.per_floor"),
                ("每层没有住户", "no flat on a floor"),
                ("每层至少一户；平房不写 per_floor", "at least one; a courtyard has no per_floor"),
            );
        }
        if has_door_number(&c.name.zh) {
            self.add(
                format!("{path}.name.zh"),
                ("这里写了门牌号", "this is a door number"),
                ("不写真实门牌号，请用虚构的名称", "no door numbers: use an invented name"),
            );
        }
    }
}

/// A number followed by 号: a door number.
fn has_door_number(name: &str) -> bool {
    let mut digits = false;
    name.chars().any(|c| {
        let number = digits && c == '号';
        digits = c.is_numeric();
        number
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_before_号_is_a_door_number_in_any_width() {
        assert!(has_door_number("福祥胡同25号") && has_door_number("２号院"));
        assert!(!has_door_number("暗号院") && !has_door_number("三十六院"));
    }
}
