//! The board on paper: every home of the place on one sheet of A3.
//!
//! Floor 4. Reads a [`BoardInput`], plain data that somebody else took from a
//! finished story; writes a [`Page`]; owns the look of the printed board. It knows
//! neither the rules nor the clock.
//!
//! Data passes through three rooms in order: `layout::fit` chooses the size of the
//! squares and gives every lane section its rectangle, `cell` draws one home,
//! `foot` sets the legend and the small print. Lines waver a little, by a fixed
//! pattern, because the real board was ruled by hand.

mod cell;
mod foot;
mod hand;

use crate::base::palette::{INK, INK_SOFT, Marker, PAPER, PAPER_RAISED, RULING};
use crate::base::text::{Bilingual, Lang};
use crate::headless::page::fonts::{self, Font};
use crate::headless::page::{Anchor, Item, Page, Paint, Stroke, Text};
use crate::layout::board::{self as layout, count_words};
use crate::layout::fit::{
    self, Area, BlockInput, BlockPlace, Fit, Limits, Panel, SectionInput, Share,
};
use crate::sim::people::Marks;

/// One home as the board shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Square {
    /// What stands in the square, at most about four letters: `302`.
    pub unit: String,
    /// Its colour; `None` is a home that is not yet known.
    pub marker: Option<Marker>,
    /// Figure and star.
    pub marks: Marks,
    /// A few words; written only where squares are large enough to read them.
    pub note: Option<String>,
    /// Whether the knowledge is old: the square is drawn half wiped off.
    pub stale: bool,
}

/// One courtyard or building.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// Its name in the page's language.
    pub name: String,
    /// Buildings get a second rule around them, and their first floor stands below.
    pub is_building: bool,
    /// How many homes stand side by side; `None` leaves it to the layout.
    pub columns: Option<usize>,
    /// Its homes, in order.
    pub homes: Vec<Square>,
}

/// One lane or street.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Its name in the page's language.
    pub name: String,
    /// Its courtyards and buildings, in order.
    pub compounds: Vec<Block>,
}

/// One line of the colour legend.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LegendEntry {
    /// The colour; `None` is *not yet known*.
    pub marker: Option<Marker>,
    /// What it means here.
    pub label: String,
    /// How many homes have it.
    pub count: u64,
}

/// One line of the legend of marks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MarkEntry {
    /// Any mark of care stands for the figure, the Party member's for the star.
    pub marks: Marks,
    /// What it means.
    pub label: String,
    /// How many homes have it.
    pub count: u64,
}

/// Everything the printed board says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BoardInput {
    /// The language of the sheet; texts below are already in it.
    pub lang: Lang,
    /// What the board is called; the other language stands small beside it.
    pub title: Bilingual,
    /// The calendar day: `2020年2月9日`.
    pub date: String,
    /// The day of the story: `第 12 天`.
    pub story_day: String,
    /// The time of day: `18:00`.
    pub time: String,
    /// Whose legend it is.
    pub legend_name: String,
    /// The story's kind: as recorded, or what if.
    pub kind: String,
    /// When knowledge counts as old, in words.
    pub stale: String,
    /// Totals in words, under the legend's name.
    pub counts: Vec<String>,
    /// Lanes, in the order of the board.
    pub sections: Vec<Section>,
    /// What the colours mean.
    pub legend: Vec<LegendEntry>,
    /// What the marks mean.
    pub mark_legend: Vec<MarkEntry>,
    /// Where the facts come from.
    pub provenance: Vec<String>,
    /// The seed of the run.
    pub seed: u64,
    /// The program's version.
    pub version: String,
}

impl BoardInput {
    /// How many homes stand on the board.
    pub fn home_count(&self) -> usize {
        self.sections.iter().map(Section::home_count).sum()
    }
}

impl Section {
    /// How many homes stand in this section.
    pub fn home_count(&self) -> usize {
        self.compounds.iter().map(|block| block.homes.len()).sum()
    }
}

/// White edge of the sheet; office printers leave about 5 mm blank.
const MARGIN_MM: f64 = 9.0;
/// Height of the band that holds the title.
const HEAD_MM: f64 = 20.0;
const TITLE_MM: f64 = 14.0;
/// Baseline of the title below the upper margin.
const TITLE_BASE_MM: f64 = 13.4;
const SUBTITLE_MM: f64 = 5.2;
const STORY_MM: f64 = 3.7;
/// Between the words of the head.
const HEAD_GAP_MM: f64 = 7.0;
/// White inside the box around the story's kind.
const STAMP_PAD_MM: f64 = 1.8;
/// Between the board and what stands below it.
const FOOT_GAP_MM: f64 = 4.5;
/// Ruling between sections, and around the board.
const RULE: Stroke = Stroke::solid(INK, 0.42);
const FRAME: Stroke = Stroke::solid(INK, 0.7);
const FRAME_CORNER_MM: f64 = 1.6;
/// Ruling around a compound and between its squares.
const BLOCK_RULE: Stroke = Stroke::solid(INK_SOFT, 0.2);
const GRID_RULE: Stroke = Stroke::solid(RULING, 0.12);
/// Distance of a building's second rule from the first.
const BUILDING_RULE_MM: f64 = 0.55;

/// Sizes on paper, millimetres.
const LIMITS: Limits = Limits {
    max_side: 24.0,
    header: Share::new(0.95, 3.8, 8.0),
    name: Share::new(0.46, 1.9, 4.5),
    pad: Share::new(0.42, 1.5, 5.0),
    gap_across: Share::new(0.34, 1.2, f64::INFINITY),
    gap_down: Share::new(0.44, 0.9, f64::INFINITY),
    name_squeeze: 0.8,
};

/// Lays the board out on a sheet of A3, landscape.
pub fn lay_out(input: &BoardInput) -> Page {
    let mut page = Page::a3_landscape(input.title.get(input.lang), input.lang, PAPER);
    let (left, right) = (MARGIN_MM, page.width_mm - MARGIN_MM);
    head(&mut page.items, input, left, right);
    let foot = foot::Foot::new(input, right - left);
    let foot_top = page.height_mm - MARGIN_MM - foot.height_mm();
    let board = Area {
        x: left,
        y: MARGIN_MM + HEAD_MM,
        w: right - left,
        h: foot_top - FOOT_GAP_MM - MARGIN_MM - HEAD_MM,
    };
    page.items.push(Item::Rect {
        x: board.x,
        y: board.y,
        w: board.w,
        h: board.h,
        corner: FRAME_CORNER_MM,
        paint: Paint::fill(PAPER_RAISED).outlined(FRAME),
    });
    // Only far beyond the limits of a scene file is there none: then names alone
    // fill the sheet.
    if let Some(fit) = fit::fit(&measure(input), &LIMITS, board) {
        rule(&mut page.items, &fit, board);
        for (section, panel) in input.sections.iter().zip(&fit.panels) {
            draw_section(&mut page.items, section, panel, &fit, input.lang);
        }
    }
    foot.draw(&mut page.items, left, foot_top);
    page
}

/// What the layout needs to know of the sections.
fn measure(input: &BoardInput) -> Vec<SectionInput> {
    let em = |words: &str| fonts::width_mm(Font::Hand, 1.0, words);
    let block = |block: &Block| BlockInput {
        name_em: em(&block.name),
        homes: block.homes.len(),
        columns: block.columns,
    };
    input
        .sections
        .iter()
        .map(|section| SectionInput {
            name_em: em(&section.name),
            count_em: em(&count_words(section.home_count(), input.lang)),
            blocks: section.compounds.iter().map(block).collect(),
        })
        .collect()
}

/// Title, day and time on the left; the story and the totals on the right.
fn head(items: &mut Vec<Item>, input: &BoardInput, left: f64, right: f64) {
    let base = MARGIN_MM + TITLE_BASE_MM;
    let mut say = |x, y, size_mm, anchor, fill, words: String| -> f64 {
        let text = Text { x, y, size_mm, font: Font::Hand, anchor, fill, words };
        let width = text.width_mm();
        items.push(Item::Text(text));
        width
    };
    let title = input.title.get(input.lang).to_owned();
    let x = left + say(left, base, TITLE_MM, Anchor::Start, INK, title) + HEAD_GAP_MM;
    let other = match input.lang {
        Lang::Zh => Lang::En,
        Lang::En => Lang::Zh,
    };
    let when = [&input.date, &input.story_day, &input.time].map(String::as_str).join(" · ");
    say(x, base - SUBTITLE_MM * 1.35, SUBTITLE_MM, Anchor::Start, INK, when);
    say(x, base, STORY_MM, Anchor::Start, INK_SOFT, input.title.get(other).to_owned());
    let kind_base = base - SUBTITLE_MM * 1.35;
    let wide = fonts::width_mm(Font::Hand, SUBTITLE_MM, &input.kind);
    let stamp = wide + STAMP_PAD_MM * 2.0;
    say(right - STAMP_PAD_MM, kind_base, SUBTITLE_MM, Anchor::End, INK, input.kind.clone());
    let name = input.legend_name.clone();
    say(right - stamp - HEAD_GAP_MM / 2.0, kind_base, SUBTITLE_MM, Anchor::End, INK, name);
    say(right, base, STORY_MM, Anchor::End, INK_SOFT, input.counts.join(" · "));
    items.push(Item::Rect {
        x: right - stamp,
        y: kind_base - SUBTITLE_MM * 1.06,
        w: stamp,
        h: SUBTITLE_MM * 1.42,
        corner: 0.9,
        paint: Paint::stroke(Stroke::solid(INK, 0.4)),
    });
}

/// The lines between sections.
fn rule(items: &mut Vec<Item>, fit: &Fit, board: Area) {
    let mut line_no = 0;
    let mut between = |from, to| {
        line_no += 1;
        items.push(Item::Line { points: hand::line(from, to, line_no), stroke: RULE });
    };
    for (i, panel) in fit.panels.iter().enumerate() {
        let area = panel.area;
        if i > 0 && fit.panels[i - 1].area.y < area.y {
            between((board.x, area.y), (board.x + board.w, area.y));
        } else if i > 0 {
            between((area.x, area.y), (area.x, area.y + area.h));
        }
    }
}

fn draw_section(items: &mut Vec<Item>, section: &Section, panel: &Panel, fit: &Fit, lang: Lang) {
    let x = panel.area.x + fit.pad;
    let y = panel.area.y + fit.pad + fit.header * fit::HEADER_BASE;
    let name = Text {
        x,
        y,
        size_mm: fit.header,
        font: Font::Hand,
        anchor: Anchor::Start,
        fill: INK,
        words: section.name.clone(),
    };
    let after = x + name.width_mm() + fit.header * fit::HEADER_GAP;
    items.push(Item::Text(name));
    items.push(Item::Text(Text {
        x: after,
        y,
        size_mm: fit.header * fit::COUNT_SHARE,
        font: Font::Hand,
        anchor: Anchor::Start,
        fill: INK_SOFT,
        words: count_words(section.home_count(), lang),
    }));
    for (block, at) in section.compounds.iter().zip(&panel.blocks) {
        draw_block(items, section, block, at, fit, lang);
    }
}

fn draw_block(
    items: &mut Vec<Item>,
    section: &Section,
    block: &Block,
    at: &BlockPlace,
    fit: &Fit,
    lang: Lang,
) {
    let &BlockPlace { x, y, width, columns } = at;
    let side = fit.side;
    if !block.name.is_empty() {
        let full = fonts::width_mm(Font::Hand, fit.name, &block.name);
        let lift = if block.is_building { BUILDING_RULE_MM } else { 0.0 };
        items.push(Item::Text(Text {
            x,
            y: y + fit.name * fit::NAME_BASE - lift,
            size_mm: fit.name * (width / full).min(1.0),
            font: Font::Hand,
            anchor: Anchor::Start,
            fill: INK,
            words: block.name.clone(),
        }));
    }
    let top = y + fit.name_band();
    let rows = block.homes.len().div_ceil(columns);
    // Row by row from above, so that a reader of the page meets them in that order.
    for row in 0..rows {
        let floor = if block.is_building { rows - 1 - row } else { row };
        for (column, home) in block.homes.iter().skip(floor * columns).take(columns).enumerate() {
            let corner = (x + column as f64 * side, top + row as f64 * side);
            let place = [section.name.as_str(), block.name.as_str(), home.unit.as_str()].join(" ");
            items.push(cell::draw(home, corner, side, &place, lang));
        }
    }
    outline(items, block.homes.len(), columns, (x, top), side, block.is_building);
}

/// The rule around a compound.
fn outline(
    items: &mut Vec<Item>,
    homes: usize,
    columns: usize,
    (x, y): (f64, f64),
    side: f64,
    is_building: bool,
) {
    if homes == 0 {
        return;
    }
    let grow = |by| layout::outline(homes, columns, (x, y), side, is_building, by);
    items.push(Item::Polygon { points: grow(0.0), paint: Paint::stroke(BLOCK_RULE) });
    if is_building {
        items.push(Item::Polygon {
            points: grow(BUILDING_RULE_MM),
            paint: Paint::stroke(Stroke::solid(INK, 0.3)),
        });
    }
}

/// A word for a colour, for those who hear the page.
fn colour_words(marker: Option<Marker>) -> Bilingual {
    match marker {
        None => Bilingual::fixed("尚未了解", "not yet known"),
        Some(Marker::Red) => Bilingual::fixed("红", "red"),
        Some(Marker::Orange) => Bilingual::fixed("橘", "orange"),
        Some(Marker::Green) => Bilingual::fixed("绿", "green"),
        Some(Marker::Blue) => Bilingual::fixed("蓝", "blue"),
        Some(Marker::Pink) => Bilingual::fixed("粉", "pink"),
        Some(Marker::Yellow) => Bilingual::fixed("黄", "yellow"),
        Some(Marker::White) => Bilingual::fixed("白", "white"),
    }
}
