//! A map as a file that a person can read and edit: one thing on one line.
//!
//! Floor 2. Reads a [`RawMap`]; makes text.

use std::fmt::Write;

use super::super::layout::{RawMap, RawSpot, RawStretch};
use super::super::shapes::Point;
use crate::base::text::Bilingual;
use crate::sim::place::Grade;

const HEADER: &str = "\
// 福祥社区示意图。胡同的走向、长度、先后有记载；院落的位置、大小、名称全是虚构。
// 长度以米计，x向东，y向北，原点在地安门外大街与地安门东大街的路口。
// 这份文件可以手改。编号按先后：way W01起，compounds C001起，住户H0001起；
// 在中间添减院落或住户，后面的编号会跟着变。
//
// A stylised map of Fuxiang community. Course, length and order of the lanes are
// documented; where each courtyard stands, its size and its name are invented.
// Metres, x to the east, y to the north. This file may be edited by hand. Ids
// follow the order of the file: ways W01, compounds C001, households H0001.
";

fn text(name: &Bilingual) -> String {
    format!("(zh: {:?}, en: {:?})", name.zh, name.en)
}

fn point((x, y): Point) -> String {
    format!("({x:.1}, {y:.1})")
}

fn line(points: &[Point]) -> String {
    points.iter().map(|&p| point(p)).collect::<Vec<_>>().join(", ")
}

fn grade(grade: Grade) -> &'static str {
    match grade {
        Grade::Record => "record",
        Grade::Estimate => "estimate",
        Grade::Invented => "invented",
    }
}

fn spot(s: &RawSpot) -> String {
    format!("(name: {}, at: {}, grade: {})", text(&s.name), point(s.at), grade(s.grade))
}

fn stretch(s: &RawStretch) -> String {
    format!(
        "(name: {}, width: {:.1}, line: [{}], grade: {})",
        text(&s.name),
        s.width,
        line(&s.line),
        grade(s.grade)
    )
}

/// Writes a map.
pub fn write(map: &RawMap) -> String {
    let mut out = String::from(HEADER);
    let list = |out: &mut String, name: &str, items: Vec<String>| {
        let _ = writeln!(out, "    {name}: [");
        for item in items {
            let _ = writeln!(out, "        {item},");
        }
        out.push_str("    ],\n");
    };
    let _ = writeln!(out, "(\n    format: {},\n    name: {},", map.format, text(&map.name));
    let ways = map.ways.iter().map(|w| {
        format!(
            "(id: {:?}, name: {}, width: {:.1}, line: [{}], grade: {})",
            w.id,
            text(&w.name),
            w.width,
            line(&w.line),
            grade(w.grade)
        )
    });
    list(&mut out, "ways", ways.collect());
    let compounds = map.compounds.iter().map(|c| {
        let floor = c.per_floor.map_or_else(String::new, |n| format!(", per_floor: {n}"));
        format!(
            "(way: {:?}, kind: {:?}, name: {}, centre: {}, front: {:.1}, depth: {:.1}, turn: {:.1}, door: {}, homes: {}{floor}, grade: {})",
            c.way,
            c.kind,
            text(&c.name),
            point(c.centre),
            c.front,
            c.depth,
            c.turn,
            point(c.door),
            c.homes,
            grade(c.grade)
        )
    });
    list(&mut out, "compounds", compounds.collect());
    let mouths = map.mouths.iter().map(|m| {
        format!(
            "(name: {}, way: {:?}, at: {}, grade: {})",
            text(&m.name),
            m.way,
            point(m.at),
            grade(m.grade)
        )
    });
    list(&mut out, "mouths", mouths.collect());
    let _ = writeln!(out, "    office: {},", spot(&map.office));
    list(&mut out, "toilets", map.toilets.iter().map(spot).collect());
    list(&mut out, "shops", map.shops.iter().map(spot).collect());
    list(&mut out, "bridges", map.bridges.iter().map(spot).collect());
    list(&mut out, "waters", map.waters.iter().map(stretch).collect());
    list(&mut out, "borders", map.borders.iter().map(stretch).collect());
    out.push_str(")\n");
    out
}
