//! One home: a ruled square, a marker's silhouette, its number and marks.
//!
//! Floor 4. Reads a [`Square`]; writes one group of items; owns the silhouettes.
//! Each colour has a shape of its own, so that a grey copy says the same.

use super::{GRID_RULE, Square, colour_words, hand};
use crate::base::palette::{INK, INK_SOFT, Marker, PAPER_RAISED, Rgb};
use crate::base::text::{Bilingual, Lang};
use crate::headless::page::fonts::{self, Font};
use crate::headless::page::{Anchor, Item, Paint, Point, Stroke, Text};
use crate::sim::people::Marks;

// All of the following are shares of the square's side.
/// Where the silhouette's middle stands.
const MIDDLE: Point = (0.5, 0.55);
/// Half of the silhouette's size.
const HALF: f64 = 0.385;
/// Size of the number, and the widest it may be.
const UNIT: f64 = 0.36;
const UNIT_MAX_WIDE: f64 = 0.56;
/// Below the silhouette's middle, the number's baseline.
const UNIT_DROP: f64 = 0.13;
/// Where the marks stand.
const FIGURE_AT: Point = (0.16, 0.2);
const STAR_AT: Point = (0.84, 0.18);
/// Half of a mark's height.
const MARK_HALF: f64 = 0.17;
/// Outline of the silhouette.
const RING: f64 = 0.028;
/// Stroke of the cloth over an old square.
const WIPE: f64 = 0.07;
/// How far a hand misses the middle.
const MISS: f64 = 0.018;
/// Squares smaller than this carry no note; larger ones have room for it.
const NOTE_FROM_MM: f64 = 11.0;
const NOTE: f64 = 0.13;

/// Share of the paper in the marker's fill, of 8: the wash behind a silhouette,
/// and a silhouette that has faded.
const WASH: u32 = 6;
const FADED: u32 = 4;
const PARTS: u32 = 8;

/// Corners of a five-pointed star of radius 1, point up (inner radius 0.45).
const STAR: [Point; 10] = [
    (0.0, -1.0),
    (0.265, -0.364),
    (0.951, -0.309),
    (0.428, 0.139),
    (0.588, 0.809),
    (0.0, 0.45),
    (-0.588, 0.809),
    (-0.428, 0.139),
    (-0.951, -0.309),
    (-0.265, -0.364),
];
/// Corners of the other silhouettes, half size 1.
const TRIANGLE: &[Point] = &[(0.0, -1.12), (1.12, 0.9), (-1.12, 0.9)];
const SQUARE: &[Point] = &[(-0.86, -0.86), (0.86, -0.86), (0.86, 0.86), (-0.86, 0.86)];
const DIAMOND: &[Point] = &[(0.0, -1.15), (1.15, 0.0), (0.0, 1.15), (-1.15, 0.0)];
const PENTAGON: &[Point] =
    &[(0.0, -1.05), (1.0, -0.32), (0.62, 0.86), (-0.62, 0.86), (-1.0, -0.32)];
const HEXAGON: &[Point] =
    &[(-0.5, -0.9), (0.5, -0.9), (1.04, 0.0), (0.5, 0.9), (-0.5, 0.9), (-1.04, 0.0)];

/// A home in the square whose upper left corner is given.
pub(super) fn draw(home: &Square, corner: Point, side: f64, place: &str, lang: Lang) -> Item {
    let key = hand::key(corner);
    let mut items = Vec::new();
    items.push(Item::Rect {
        x: corner.0,
        y: corner.1,
        w: side,
        h: side,
        corner: 0.0,
        paint: Paint {
            fill: home.marker.filter(|_| !home.stale).map(|m| towards_paper(m.fill(), WASH)),
            stroke: Some(GRID_RULE),
        },
    });
    let miss = |salt| hand::waver(key, salt) * MISS * side;
    let middle = (corner.0 + MIDDLE.0 * side + miss(1), corner.1 + MIDDLE.1 * side + miss(2));
    silhouette(&mut items, home.marker, home.stale, middle, side * HALF, key);
    unit(&mut items, home, middle, side);
    if home.marks.needs_care() {
        figure(
            &mut items,
            (corner.0 + FIGURE_AT.0 * side, corner.1 + FIGURE_AT.1 * side),
            side * MARK_HALF,
        );
    }
    if home.marks.has(Marks::PARTY_MEMBER) {
        star(
            &mut items,
            (corner.0 + STAR_AT.0 * side, corner.1 + STAR_AT.1 * side),
            side * MARK_HALF,
        );
    }
    note(&mut items, home, corner, side);
    Item::Group { label: label(home, place, lang), items }
}

/// What a home's square says, in words.
fn label(home: &Square, place: &str, lang: Lang) -> String {
    let mut said = vec![place.to_owned(), colour_words(home.marker).get(lang).to_owned()];
    let mut add = |condition: bool, words: Bilingual| {
        if condition {
            said.push(words.get(lang).to_owned());
        }
    };
    add(home.marks.needs_care(), Bilingual::fixed("需要照看", "needs care"));
    add(home.marks.has(Marks::PARTY_MEMBER), Bilingual::fixed("党员户", "Party member's home"));
    add(home.stale, Bilingual::fixed("消息已旧", "not heard of lately"));
    said.extend(home.note.clone());
    said.join(match lang {
        Lang::Zh => "，",
        Lang::En => ", ",
    })
}

/// The marker's shape around a middle; `half` is half its size.
pub(super) fn silhouette(
    items: &mut Vec<Item>,
    marker: Option<Marker>,
    stale: bool,
    middle: Point,
    half: f64,
    key: u64,
) {
    let side = half / HALF;
    let ring = Stroke::solid(INK, RING * side);
    let Some(marker) = marker else {
        let dashed = Stroke::dashed(INK_SOFT, RING * side, side * 0.09, side * 0.08);
        items.push(Item::Circle { centre: middle, r: half * 0.94, paint: Paint::stroke(dashed) });
        return;
    };
    let fill = if stale { towards_paper(marker.fill(), FADED) } else { marker.fill() };
    let ring = if stale { Stroke { colour: INK_SOFT, ..ring } } else { ring };
    let paint = Paint::fill(fill).outlined(ring);
    let corners = match marker {
        Marker::Green | Marker::White => {
            let r = half * (1.0 + hand::waver(key, 3) * MISS);
            items.push(Item::Circle { centre: middle, r, paint });
            &[]
        }
        Marker::Red => TRIANGLE,
        Marker::Orange => SQUARE,
        Marker::Blue => DIAMOND,
        Marker::Pink => PENTAGON,
        Marker::Yellow => HEXAGON,
    };
    if !corners.is_empty() {
        let stray = |i: usize| hand::waver(key, 8 + i as u64) * MISS * 2.0;
        let points = corners
            .iter()
            .enumerate()
            .map(|(i, &(x, y))| {
                (middle.0 + (x + stray(2 * i)) * half, middle.1 + (y + stray(2 * i + 1)) * half)
            })
            .collect();
        items.push(Item::Polygon { points, paint });
    }
    if stale {
        wipe(items, middle, half, side);
    }
}

/// A stroke of the cloth across the lower right: the knowledge is wearing off.
fn wipe(items: &mut Vec<Item>, (x, y): Point, half: f64, side: f64) {
    items.push(Item::Line {
        points: vec![(x + half * 0.12, y + half * 1.02), (x + half * 1.02, y + half * 0.12)],
        stroke: Stroke::solid(PAPER_RAISED, WIPE * side),
    });
}

fn unit(items: &mut Vec<Item>, home: &Square, (x, y): Point, side: f64) {
    if home.unit.is_empty() {
        return;
    }
    let full = fonts::width_mm(Font::Plain, UNIT * side, &home.unit);
    let size_mm = UNIT * side * (UNIT_MAX_WIDE * side / full).min(1.0);
    // A triangle is wide only near its foot.
    let lower = if home.marker == Some(Marker::Red) { 0.09 } else { 0.0 };
    items.push(Item::Text(Text {
        x,
        y: y + (UNIT_DROP * size_mm / (UNIT * side) + lower) * side,
        size_mm,
        font: Font::Plain,
        anchor: Anchor::Middle,
        fill: ink_on(home.marker, home.stale),
        words: home.unit.clone(),
    }));
}

fn note(items: &mut Vec<Item>, home: &Square, (x, y): Point, side: f64) {
    let Some(note) = home.note.as_ref().filter(|_| side >= NOTE_FROM_MM) else {
        return;
    };
    let full = fonts::width_mm(Font::Hand, NOTE * side, note);
    if full == 0.0 {
        return;
    }
    items.push(Item::Text(Text {
        x: x + side / 2.0,
        y: y + side * 0.14,
        size_mm: NOTE * side * (side * 0.44 / full).min(1.0),
        font: Font::Hand,
        anchor: Anchor::Middle,
        fill: INK,
        words: note.clone(),
    }));
}

/// The little figure: somebody here is looked after.
pub(super) fn figure(items: &mut Vec<Item>, (x, y): Point, half: f64) {
    let glow = Stroke::solid(PAPER_RAISED, half * 0.24);
    let at = |dx: f64, dy: f64| (x + dx * half, y + dy * half);
    let body = vec![
        at(-0.62, 1.0),
        at(-0.5, 0.28),
        at(-0.2, -0.02),
        at(0.2, -0.02),
        at(0.5, 0.28),
        at(0.62, 1.0),
    ];
    items.push(Item::Polygon { points: body, paint: Paint::fill(INK).outlined(glow) });
    let paint = Paint::fill(INK).outlined(glow);
    items.push(Item::Circle { centre: at(0.0, -0.5), r: half * 0.46, paint });
}

/// The five-pointed star of a Party member's home.
pub(super) fn star(items: &mut Vec<Item>, (x, y): Point, half: f64) {
    let points = STAR.iter().map(|&(dx, dy)| (x + dx * half, y + dy * half)).collect();
    let glow = Stroke::solid(PAPER_RAISED, half * 0.2);
    items.push(Item::Polygon { points, paint: Paint::fill(INK).outlined(glow) });
}

/// The colour of writing on a silhouette: contrast of at least 4:1 on each.
fn ink_on(marker: Option<Marker>, stale: bool) -> Rgb {
    match marker {
        Some(Marker::Red) if !stale => PAPER_RAISED,
        _ => INK,
    }
}

/// A colour mixed with the board's white.
fn towards_paper(colour: Rgb, paper: u32) -> Rgb {
    let mix =
        |a: u8, b: u8| ((u32::from(a) * (PARTS - paper) + u32::from(b) * paper) / PARTS) as u8;
    Rgb(mix(colour.0, PAPER_RAISED.0), mix(colour.1, PAPER_RAISED.1), mix(colour.2, PAPER_RAISED.2))
}
