//! What stands below the board: legend, marks, how to read it, where it is from.
//!
//! Floor 4. Reads a [`BoardInput`]; writes items; owns the sentences that every
//! printed board carries. Legend on the left in the board's hand, small print on
//! the right.

use super::{BoardInput, cell, hand};
use crate::base::palette::{INK, INK_SOFT, Marker};
use crate::base::text::{Bilingual, Lang, grouped};
use crate::headless::page::fonts::{self, Font};
use crate::headless::page::{Anchor, Item, Point, Text};
use crate::sim::people::Marks;

/// Homes and people are synthetic, on every sheet.
const INVENTED: Bilingual = Bilingual::fixed(
    "图中的住户和门牌都是虚构的，不对应任何真实的人家。",
    "Residents and door numbers are invented; none stands for a real home.",
);
/// The board is not the outbreak.
const KNOWN_NOT_TRUE: Bilingual = Bilingual::fixed(
    "颜色只说明居委会所知道的出行和发热情况，不表示是否感染。",
    "Colours show what the office knows of journeys and fevers, not who is infected.",
);
/// One run is never the result.
const ONE_OF_MANY: Bilingual = Bilingual::fixed(
    "这是许多种可能中的一种，用于教学，不是预测。",
    "One run of many, made for teaching; not a forecast.",
);
const STALE: Bilingual = Bilingual::fixed("擦淡：消息已旧", "wiped: not heard of lately");
const BUILDING: Bilingual = Bilingual::fixed("双框：楼房", "double frame: building");

const LEGEND_MM: f64 = 4.2;
const PRINT_MM: f64 = 2.5;
/// Distance of baselines, of the size.
const LEADING: f64 = 1.42;
const LEGEND_LEADING: f64 = 1.85;
/// Half of a symbol in the legend.
const SYMBOL_HALF_MM: f64 = 2.0;
/// Room that a symbol takes, with the white after it.
const SYMBOL_MM: f64 = 6.2;
/// Between two entries.
const BETWEEN_MM: f64 = 8.0;
/// Share of the width that the legend takes, and the white after it.
const LEGEND_SHARE: f64 = 0.62;
const COLUMN_GAP_MM: f64 = 9.0;

/// What a legend entry draws before its words.
#[derive(Debug, Clone, Copy)]
enum Symbol {
    Home(Option<Marker>, bool),
    Figure,
    Star,
    Building,
}

struct Entry {
    symbol: Symbol,
    words: String,
    count: String,
    /// Upper left corner, from that of the foot.
    at: Point,
}

/// The set foot, before it has a place.
pub(super) struct Foot {
    entries: Vec<Entry>,
    print: Vec<String>,
    print_x: f64,
    legend_lines: usize,
}

impl Foot {
    /// Sets the foot in a width.
    pub(super) fn new(input: &BoardInput, width: f64) -> Self {
        let lang = input.lang;
        let legend_width = width * LEGEND_SHARE - COLUMN_GAP_MM;
        let mut entries: Vec<Entry> = Vec::new();
        let mut pen = (0.0, 0);
        let mut add = |symbol, words: &str, count: String, new_line: bool| {
            let wide = entry_width(words, &count);
            if pen.0 > 0.0 && (new_line || pen.0 + wide > legend_width) {
                pen = (0.0, pen.1 + 1);
            }
            let at = (pen.0, pen.1 as f64 * LEGEND_MM * LEGEND_LEADING);
            entries.push(Entry { symbol, words: words.to_owned(), count, at });
            pen.0 += wide + BETWEEN_MM;
        };
        for entry in &input.legend {
            add(Symbol::Home(entry.marker, false), &entry.label, homes(entry.count, lang), false);
        }
        for (i, entry) in input.mark_legend.iter().enumerate() {
            let symbol =
                if entry.marks.has(Marks::PARTY_MEMBER) { Symbol::Star } else { Symbol::Figure };
            add(symbol, &entry.label, homes(entry.count, lang), i == 0);
        }
        add(Symbol::Home(Some(Marker::Green), true), STALE.get(lang), String::new(), false);
        add(Symbol::Building, BUILDING.get(lang), String::new(), false);
        let legend_lines = pen.1 + 1;

        let print_x = width * LEGEND_SHARE;
        let mut print = Vec::new();
        let mark = match lang {
            Lang::Zh => format!("种子 {} · 战疫图 {}", input.seed, input.version),
            Lang::En => format!("Seed {} · zhanyitu {}", input.seed, input.version),
        };
        let fixed = [INVENTED, KNOWN_NOT_TRUE, ONE_OF_MANY].map(|words| words.get(lang).to_owned());
        for paragraph in fixed.iter().chain(&input.provenance).chain([&mark]) {
            print.extend(fonts::wrap(Font::Plain, PRINT_MM, width - print_x, paragraph));
        }
        Self { entries, print, print_x, legend_lines }
    }

    /// Height of the set foot, millimetres.
    pub(super) fn height_mm(&self) -> f64 {
        let legend = self.legend_lines as f64 * LEGEND_MM * LEGEND_LEADING;
        legend.max(self.print.len() as f64 * PRINT_MM * LEADING)
    }

    /// Draws it with its upper left corner at a place.
    pub(super) fn draw(&self, items: &mut Vec<Item>, left: f64, top: f64) {
        for entry in &self.entries {
            let (x, y) = (left + entry.at.0, top + entry.at.1);
            let base = y + LEGEND_MM;
            let middle = (x + SYMBOL_HALF_MM, base - LEGEND_MM * 0.36);
            entry.symbol.draw(items, middle);
            let mut say = |x: f64, fill, words: &str| {
                let text = text(Font::Hand, LEGEND_MM, (x, base), fill, words);
                let end = x + text.width_mm();
                items.push(Item::Text(text));
                end
            };
            let end = say(x + SYMBOL_MM, INK, &entry.words);
            if !entry.count.is_empty() {
                say(end + LEGEND_MM * 0.5, INK_SOFT, &entry.count);
            }
        }
        for (i, line) in self.print.iter().enumerate() {
            let base = top + PRINT_MM + i as f64 * PRINT_MM * LEADING;
            let at = (left + self.print_x, base);
            items.push(Item::Text(text(Font::Plain, PRINT_MM, at, INK, line)));
        }
    }
}

impl Symbol {
    fn draw(self, items: &mut Vec<Item>, middle: Point) {
        match self {
            Self::Home(marker, stale) => {
                let key = hand::key(middle);
                cell::silhouette(items, marker, stale, middle, SYMBOL_HALF_MM, key);
            }
            Self::Figure => cell::figure(items, middle, SYMBOL_HALF_MM),
            Self::Star => cell::star(items, middle, SYMBOL_HALF_MM),
            Self::Building => {
                let corner = (middle.0 - SYMBOL_HALF_MM * 0.7, middle.1 - SYMBOL_HALF_MM * 0.7);
                super::outline(items, 1, 1, corner, SYMBOL_HALF_MM * 1.4, true);
            }
        }
    }
}

fn entry_width(words: &str, count: &str) -> f64 {
    let written = fonts::width_mm(Font::Hand, LEGEND_MM, words);
    let counted = fonts::width_mm(Font::Hand, LEGEND_MM, count);
    SYMBOL_MM + written + if count.is_empty() { 0.0 } else { LEGEND_MM * 0.5 + counted }
}

fn homes(count: u64, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{} 户", grouped(count)),
        Lang::En => grouped(count),
    }
}

fn text(
    font: Font,
    size_mm: f64,
    (x, y): Point,
    fill: crate::base::palette::Rgb,
    words: &str,
) -> Text {
    Text { x, y, size_mm, font, anchor: Anchor::Start, fill, words: words.to_owned() }
}
