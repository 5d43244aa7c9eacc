//! A number with its interval for each measure or parameter.
//!
//! Floor 4. Reads numbers; makes a chart. Marks of one row are told apart by their
//! shape, and stand below each other so that none covers another.

use super::scale::Axis;
use super::{INNER_MM, LINE_HEIGHT, MARGIN_MM, SMALL_MM, WORDS_MM, words};
use crate::base::palette::{CALM, FOCUS, INK, INK_SOFT, PAPER_RAISED, RULING, Rgb};
use crate::base::text::{Bilingual, Lang, grouped};
use crate::headless::page::fonts::{self, Font};
use crate::headless::page::{Anchor, Item, Paint, Stroke};

/// Rows that are drawn at most: the longest first.
const ROWS: usize = 10;
/// Highest row.
const ROW_MM: f64 = 26.0;
/// Between the names and the chart.
const SPACE_MM: f64 = 3.0;
/// Room for the names, as a part of the width.
const NAMES: f64 = 0.3;
const SIZE_MM: f64 = 1.25;

/// How a mark looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::headless::studies) enum Shape {
    Ring,
    Disc,
    Square,
}

/// One number of a row.
pub(in crate::headless::studies) struct Mark {
    pub shape: Shape,
    pub value: f64,
    pub interval: [f64; 2],
}

/// One row: its name, what is said below it, its marks.
pub(in crate::headless::studies) struct MarkRow {
    pub name: String,
    pub below: String,
    pub marks: Vec<Mark>,
}

/// A chart of rows.
pub(in crate::headless::studies) struct Marks {
    /// What the numbers are.
    pub axis: String,
    /// What each shape means.
    pub shapes: Vec<(Shape, Bilingual)>,
    /// What the lines through the marks are.
    pub interval: Bilingual,
    /// What is drawn, the first above.
    pub rows: Vec<MarkRow>,
}

impl Shape {
    const fn colour(self) -> Rgb {
        match self {
            Self::Ring | Self::Square => CALM,
            Self::Disc => FOCUS,
        }
    }

    fn item(self, (x, y): (f64, f64)) -> Item {
        let stroke = Stroke::solid(self.ink(), 0.5);
        match self {
            Self::Ring => Item::Circle {
                centre: (x, y),
                r: SIZE_MM,
                paint: Paint::fill(PAPER_RAISED).outlined(stroke),
            },
            Self::Disc => {
                Item::Circle { centre: (x, y), r: SIZE_MM, paint: Paint::fill(self.colour()) }
            }
            Self::Square => Item::Rect {
                x: x - SIZE_MM,
                y: y - SIZE_MM,
                w: 2.0 * SIZE_MM,
                h: 2.0 * SIZE_MM,
                corner: 0.0,
                paint: Paint::fill(PAPER_RAISED).outlined(stroke),
            },
        }
    }

    const fn ink(self) -> Rgb {
        match self {
            Self::Disc => FOCUS,
            Self::Ring | Self::Square => INK,
        }
    }
}

impl Marks {
    /// What the shapes and lines mean, in words.
    pub(super) fn key(&self, lang: Lang) -> String {
        let interval = self.interval.get(lang);
        let left = self.rows.len().saturating_sub(ROWS);
        match (lang, left) {
            (_, 0) => interval.to_owned(),
            (Lang::Zh, n) => format!("{interval}另有{n}项更短，没有画。"),
            (Lang::En, n) => format!("{interval} {n} more are shorter and not drawn."),
        }
    }

    /// The chart between two heights.
    pub(super) fn items(&self, top: f64, bottom: f64, lang: Lang) -> Vec<Item> {
        let rows = &self.rows[..self.rows.len().min(ROWS)];
        let ends = rows.iter().flat_map(|row| &row.marks).flat_map(|mark| {
            let [low, high] = mark.interval;
            [mark.value, low, high]
        });
        let (low, high) = ends.fold((0.0_f64, 0.0_f64), |(l, h), x| (l.min(x), h.max(x)));
        let axis = Axis::any(low, high);
        let names = self.names();
        let (x, w) = (MARGIN_MM + names, INNER_MM - names);
        let y = top + 3.0 * WORDS_MM;
        let h = (bottom - 5.0 * SMALL_MM - y).min(rows.len() as f64 * ROW_MM);
        let at = |value: f64| x + w * axis.part(value);
        let mut items =
            vec![Item::Rect { x, y, w, h, corner: 0.0, paint: Paint::fill(PAPER_RAISED) }];
        for tick in axis.ticks() {
            let stroke = if tick.abs() < 1e-9 {
                Stroke::solid(INK, 0.4)
            } else {
                Stroke::solid(RULING, 0.2)
            };
            items.push(Item::Line { points: vec![(at(tick), y), (at(tick), y + h)], stroke });
            let below = y + h + SMALL_MM * LINE_HEIGHT;
            items.push(words(at(tick), below, SMALL_MM, Anchor::Middle, INK_SOFT, plain(tick)));
        }
        let under = y + h + 2.4 * SMALL_MM * LINE_HEIGHT;
        items.push(words(x + w / 2.0, under, SMALL_MM, Anchor::Middle, INK, self.axis.clone()));
        items.extend(self.legend(x, y - WORDS_MM, lang));
        let each = h / rows.len().max(1) as f64;
        for (n, row) in rows.iter().enumerate() {
            items.push(row.item(names, y + each * n as f64, each, &at));
        }
        items
    }

    /// Room for the names: as wide as the widest, up to a part of the page.
    fn names(&self) -> f64 {
        let texts = self.rows.iter().flat_map(|row| [&row.name, &row.below]);
        let widths = texts.map(|text| fonts::width_mm(Font::Plain, SMALL_MM, text));
        widths.fold(0.0_f64, f64::max).min(INNER_MM * NAMES) + SPACE_MM
    }

    fn legend(&self, mut x: f64, y: f64, lang: Lang) -> Vec<Item> {
        let mut items = Vec::new();
        for (shape, meaning) in &self.shapes {
            items.push(shape.item((x + SIZE_MM, y - SMALL_MM / 3.0)));
            let text =
                words(x + 4.0, y, SMALL_MM, Anchor::Start, INK, meaning.get(lang).to_owned());
            if let Item::Text(text) = &text {
                x += 4.0 + text.width_mm() + 6.0;
            }
            items.push(text);
        }
        items
    }
}

impl MarkRow {
    /// The name in lines, and what is said below it.
    fn lines(&self, names: f64) -> Vec<(String, Rgb)> {
        let name = self.name.trim_matches(['“', '”']);
        let mut lines: Vec<(String, Rgb)> =
            fonts::wrap(Font::Plain, SMALL_MM, names - SPACE_MM, name)
                .into_iter()
                .map(|line| (line, INK))
                .collect();
        if !self.below.is_empty() {
            lines.push((self.below.clone(), INK_SOFT));
        }
        lines
    }

    fn item(&self, names: f64, y: f64, h: f64, at: &impl Fn(f64) -> f64) -> Item {
        let lines = self.lines(names);
        let pitch = SMALL_MM * 1.15;
        let first = y + h / 2.0 - (lines.len() as f64 - 1.0) * pitch / 2.0 + SMALL_MM / 3.0;
        let mut items = Vec::new();
        for (n, (line, ink)) in lines.into_iter().enumerate() {
            let (x, y) = (MARGIN_MM + names - SPACE_MM, first + pitch * n as f64);
            items.push(words(x, y, SMALL_MM, Anchor::End, ink, line));
        }
        let each = h / (self.marks.len() as f64 + 1.0);
        for (n, mark) in self.marks.iter().enumerate() {
            let y = y + each * (n as f64 + 1.0);
            let bar = Stroke::solid(mark.shape.colour(), 1.3);
            items.push(Item::Line { points: vec![(at(0.0), y), (at(mark.value), y)], stroke: bar });
            let [low, high] = mark.interval;
            let stroke = Stroke::solid(INK, 0.3);
            items.push(Item::Line { points: vec![(at(low), y), (at(high), y)], stroke });
            for end in [low, high] {
                let points = vec![(at(end), y - 0.7), (at(end), y + 0.7)];
                items.push(Item::Line { points, stroke });
            }
            items.push(mark.shape.item((at(mark.value), y)));
        }
        Item::Group { label: self.name.clone(), items }
    }
}

/// A tick: no more decimals than it needs.
fn plain(x: f64) -> String {
    let sign = if x < -1e-9 { "−" } else { "" };
    let hundredths = (x.abs() * 100.0).round() as u64;
    let (whole, rest) = (grouped(hundredths / 100), hundredths % 100);
    match rest {
        0 => format!("{sign}{whole}"),
        n if n % 10 == 0 => format!("{sign}{whole}.{}", n / 10),
        n => format!("{sign}{whole}.{n:02}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_have_no_more_decimals_than_they_need() {
        let found = [0.0, -0.5, 1200.0, 0.25, -2.0, 0.3].map(plain);
        assert_eq!(found, ["0", "−0.5", "1,200", "0.25", "−2", "0.3"]);
    }
}
