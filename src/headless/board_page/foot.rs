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
const BUILDING: Bilingual = Bilingual::fixed("双框：楼房", "double frame: building");

const LEGEND_MM: f64 = 4.1;
const PRINT_MM: f64 = 2.7;
/// Distance of baselines, of the size.
const LEADING: f64 = 1.42;
const LEGEND_LEADING: f64 = 1.85;
/// Half of a symbol in the legend.
const SYMBOL_HALF_MM: f64 = 2.0;
/// Room that a symbol takes, with the white after it.
const SYMBOL_MM: f64 = 6.2;
/// Between two entries, and between two that share a symbol.
const BETWEEN_MM: f64 = 6.0;
const SHARED_MM: f64 = 3.2;
/// A usual number of homes with a mark, for the room it takes.
const MARKED: u64 = 888;
/// Share of the width that the legend takes, and the white after it.
const LEGEND_SHARE: f64 = 0.68;
const COLUMN_GAP_MM: f64 = 9.0;

/// What a legend entry draws before its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Symbol {
    Home(Option<Marker>, bool),
    Figure,
    Star,
    Building,
}

struct Entry {
    /// `None`: the symbol before it stands for this one too.
    symbol: Option<Symbol>,
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
        let most = homes(input.home_count() as u64, lang);
        let counted = fonts::width_mm(Font::Hand, LEGEND_MM, &most);
        let mut set = Setter { entries: Vec::new(), pen: (0.0, 0), width: legend_width, counted };
        for entry in &input.legend {
            set.add(Symbol::Home(entry.marker, false), &entry.label, homes(entry.count, lang));
        }
        set.new_line();
        // Marks are fewer by far; whatever is larger still gets its room.
        set.counted = fonts::width_mm(Font::Hand, LEGEND_MM, &homes(MARKED, lang));
        for entry in &input.mark_legend {
            let symbol =
                if entry.marks.has(Marks::PARTY_MEMBER) { Symbol::Star } else { Symbol::Figure };
            set.add(symbol, &entry.label, homes(entry.count, lang));
        }
        // How to read the squares themselves.
        set.new_line();
        let squares = || input.sections.iter().flat_map(|s| &s.compounds).flat_map(|b| &b.homes);
        let stale = squares().filter(|home| home.stale).count() as u64;
        let marker = most_common(squares().filter_map(|home| home.marker));
        let old = Symbol::Home(marker.or(Some(Marker::Green)), true);
        set.add(old, &input.stale, homes(stale, lang));
        if input.sections.iter().flat_map(|s| &s.compounds).any(|b| b.is_building) {
            set.add(Symbol::Building, BUILDING.get(lang), String::new());
        }
        let (entries, legend_lines) = (set.entries, set.pen.1 + 1);

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
        let block = |lines: usize, size: f64, leading: f64| {
            (lines.saturating_sub(1) as f64 * leading + 1.3) * size
        };
        let legend = block(self.legend_lines, LEGEND_MM, LEGEND_LEADING);
        legend.max(block(self.print.len(), PRINT_MM, LEADING))
    }

    /// Draws it with its upper left corner at a place.
    pub(super) fn draw(&self, items: &mut Vec<Item>, left: f64, top: f64) {
        for entry in &self.entries {
            let (x, y) = (left + entry.at.0, top + entry.at.1);
            let base = y + LEGEND_MM;
            let middle = (x + SYMBOL_HALF_MM, base - LEGEND_MM * 0.36);
            if let Some(symbol) = entry.symbol {
                symbol.draw(items, middle);
            }
            let mut say = |x: f64, fill, words: &str| {
                let text = text(Font::Hand, LEGEND_MM, (x, base), fill, words);
                let end = x + text.width_mm();
                items.push(Item::Text(text));
                end
            };
            let lead = if entry.symbol.is_some() { SYMBOL_MM } else { 0.0 };
            let end = say(x + lead, INK, &entry.words);
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

/// Sets entries one after another, in lines.
struct Setter {
    entries: Vec<Entry>,
    /// Where the next one begins: how far to the right, and on which line.
    pen: (f64, usize),
    width: f64,
    /// Room for the largest count, so that boards of all days are set alike.
    counted: f64,
}

impl Setter {
    fn new_line(&mut self) {
        if self.pen.0 > 0.0 {
            self.pen = (0.0, self.pen.1 + 1);
        }
    }

    /// An entry like the one before it shares its symbol: on this board they look
    /// the same.
    fn add(&mut self, symbol: Symbol, words: &str, count: String) {
        let written = fonts::width_mm(Font::Hand, LEGEND_MM, words);
        let room = fonts::width_mm(Font::Hand, LEGEND_MM, &count).max(self.counted);
        let wide = written + if count.is_empty() { 0.0 } else { LEGEND_MM * 0.5 + room };
        let last = self.entries.iter().rev().find_map(|e| e.symbol);
        let mut shared = self.pen.0 > 0.0 && last == Some(symbol);
        let start = self.pen.0 - if shared { BETWEEN_MM - SHARED_MM } else { 0.0 };
        let mut x = start;
        if self.pen.0 > 0.0 && start + if shared { 0.0 } else { SYMBOL_MM } + wide > self.width {
            self.new_line();
            (x, shared) = (0.0, false);
        }
        let at = (x, self.pen.1 as f64 * LEGEND_MM * LEGEND_LEADING);
        let symbol = (!shared).then_some(symbol);
        self.entries.push(Entry { symbol, words: words.to_owned(), count, at });
        self.pen.0 = x + if shared { 0.0 } else { SYMBOL_MM } + wide + BETWEEN_MM;
    }
}

/// The marker that most homes have.
fn most_common(markers: impl Iterator<Item = Marker>) -> Option<Marker> {
    let mut counts = [0_u32; Marker::ALL.len()];
    for marker in markers {
        counts[marker as usize] += 1;
    }
    let most = counts.iter().copied().max().filter(|n| *n > 0)?;
    Marker::ALL.into_iter().find(|m| counts[*m as usize] == most)
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
