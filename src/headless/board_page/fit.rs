//! Room for everybody: the largest squares with which all sections fill the board.
//!
//! Floor 4. Reads sections and the board's area; writes a [`Fit`]; owns the search.
//! Sections stand in rows, in order, like text in lines. For a given size of square
//! the best breaks are found exactly (as paragraphs are set); the size itself is
//! found by bisection, for several heights of compound, and the largest wins. What
//! room is left is shared evenly.

use super::{Block, Section};
use crate::base::text::Lang;
use crate::headless::page::fonts::{self, Font};

/// A rectangle, millimetres.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Area {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) w: f64,
    pub(super) h: f64,
}

/// A section's place.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Panel {
    pub(super) area: Area,
    /// Upper left corners of its compounds' names, in order.
    pub(super) blocks: Vec<(f64, f64)>,
}

/// Every size of the drawn board, millimetres.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Fit {
    /// Side of a home's square.
    pub(super) side_mm: f64,
    /// Size of a lane's name.
    pub(super) header_mm: f64,
    /// Size of a compound's name.
    pub(super) name_mm: f64,
    /// White around a section's content.
    pub(super) pad: f64,
    /// Rows of squares in a compound.
    rows: usize,
    /// Between compounds, across and down.
    gap: (f64, f64),
    /// In the order of the sections.
    pub(super) panels: Vec<Panel>,
}

/// Squares are never larger than this: beyond it, a board looks empty, not large.
const MAX_SIDE_MM: f64 = 24.0;
const BISECTIONS: usize = 14;
/// Heights of compound that are tried, in squares.
const ROWS: [usize; 9] = [2, 3, 4, 5, 6, 8, 12, 20, 45];
/// A section is set in at most this many shelves.
const MAX_SHELVES: usize = 40;

// Shares of the sizes they belong to.
/// Baseline of a lane's name, of its size.
pub(super) const HEADER_BASE: f64 = 0.88;
/// Height of the band of a lane's name, of its size.
const HEADER_BAND: f64 = 1.45;
/// Between a lane's name and its count, of the name's size.
pub(super) const HEADER_GAP: f64 = 0.4;
/// Size of the count, of the name's.
pub(super) const COUNT_SHARE: f64 = 0.66;
/// Baseline of a compound's name, of its size.
pub(super) const NAME_BASE: f64 = 0.86;
/// Height of the band of a compound's name, of its size.
const NAME_BAND: f64 = 1.25;
/// How far gaps may grow when room is left, of themselves.
const MAX_STRETCH: f64 = 2.2;

impl Fit {
    /// Sizes that follow from a side and a number of rows.
    fn with(side: f64, rows: usize) -> Self {
        Self {
            side_mm: side,
            header_mm: (side * 0.95).clamp(3.6, 8.0),
            name_mm: (side * 0.46).clamp(1.7, 4.5),
            pad: (side * 0.42).clamp(1.5, 5.0),
            rows,
            gap: ((side * 0.34).max(1.2), (side * 0.26).max(0.9)),
            panels: Vec::new(),
        }
    }

    /// How many squares stand side by side in a compound.
    pub(super) fn columns(&self, block: &Block) -> usize {
        block.homes.len().div_ceil(self.rows).max(1)
    }

    /// Width of a compound: its squares, or a name that is longer, up to twice.
    pub(super) fn block_width(&self, block: &Block) -> f64 {
        let squares = self.columns(block) as f64 * self.side_mm;
        let name = fonts::width_mm(Font::Hand, self.name_mm, &block.name);
        squares.max(name.min(squares * 2.0))
    }

    /// Height between the top of a compound's name and its squares.
    pub(super) fn name_band(&self) -> f64 {
        self.name_mm * NAME_BAND
    }

    fn header_band(&self) -> f64 {
        self.header_mm * HEADER_BAND
    }

    fn shelf(&self) -> f64 {
        self.name_band() + self.rows as f64 * self.side_mm
    }

    /// Height of a row of sections with so many shelves.
    fn row_height(&self, shelves: usize) -> f64 {
        let gaps = shelves.saturating_sub(1) as f64 * self.gap.1;
        self.pad * 2.0 + self.header_band() + shelves as f64 * self.shelf() + gaps
    }
}

/// One row of sections: the first, the one after the last, and its shelves.
type Row = (usize, usize, usize);

/// What the search needs of a section: widths of its compounds and of its name.
struct Widths {
    blocks: Vec<f64>,
    header: f64,
    /// Least inner width by number of shelves, from one on.
    by_shelves: Vec<f64>,
}

/// The best arrangement of the sections in the area.
pub(super) fn fit(sections: &[Section], lang: Lang, area: Area) -> Fit {
    let mut best: Option<(Fit, Vec<Widths>, Vec<Row>)> = None;
    for rows in ROWS {
        let (mut low, mut high) = (0.0, MAX_SIDE_MM);
        for step in 0..=BISECTIONS {
            // The first try is the largest size, which small boards reach.
            let side = if step == 0 { high } else { f64::midpoint(low, high) };
            let sizes = Fit::with(side, rows);
            let widths = measure(sections, lang, &sizes);
            match break_rows(&sizes, &widths, area) {
                Some(breaks) => {
                    low = side;
                    if best.as_ref().is_none_or(|(found, ..)| found.side_mm < side) {
                        best = Some((sizes, widths, breaks));
                    }
                    if step == 0 {
                        break;
                    }
                }
                None => high = side,
            }
        }
    }
    match best {
        Some((mut sizes, widths, rows)) => {
            sizes.panels = place(&sizes, &widths, &rows, area);
            sizes
        }
        // Only far beyond the limits of a scene file: names alone fill the sheet.
        None => Fit { panels: Vec::new(), ..Fit::with(1.0, 1) },
    }
}

fn measure(sections: &[Section], lang: Lang, sizes: &Fit) -> Vec<Widths> {
    sections
        .iter()
        .map(|section| {
            let blocks: Vec<f64> = section.compounds.iter().map(|b| sizes.block_width(b)).collect();
            let count = super::home_count_words(section.home_count(), lang);
            let header = fonts::width_mm(Font::Hand, sizes.header_mm, &section.name)
                + sizes.header_mm * HEADER_GAP
                + fonts::width_mm(Font::Hand, sizes.header_mm * COUNT_SHARE, &count);
            let mut by_shelves = Vec::new();
            for shelves in 1..=MAX_SHELVES.min(blocks.len().max(1)) {
                by_shelves.push(least_width(&blocks, sizes.gap.0, shelves).max(header));
            }
            Widths { blocks, header, by_shelves }
        })
        .collect()
}

/// How many shelves a width needs.
fn shelves_at(blocks: &[f64], gap: f64, width: f64) -> usize {
    let (mut shelves, mut used) = (1, 0.0);
    for &block in blocks {
        let more = if used > 0.0 { gap + block } else { block };
        if used > 0.0 && used + more > width + 1e-9 {
            shelves += 1;
            used = block;
        } else {
            used += more;
        }
    }
    shelves
}

/// The least width at which the blocks fit on so many shelves.
fn least_width(blocks: &[f64], gap: f64, shelves: usize) -> f64 {
    let mut low = blocks.iter().copied().fold(0.0, f64::max);
    if shelves_at(blocks, gap, low) <= shelves {
        return low;
    }
    let mut high = blocks.iter().sum::<f64>() + gap * blocks.len() as f64;
    for _ in 0..BISECTIONS {
        let middle = f64::midpoint(low, high);
        if shelves_at(blocks, gap, middle) <= shelves {
            high = middle;
        } else {
            low = middle;
        }
    }
    high
}

/// The fewest shelves with which the sections stand side by side.
fn shelves_of_row(sizes: &Fit, widths: &[Widths], area: Area) -> Option<usize> {
    (1..=MAX_SHELVES).find(|&shelves| {
        let inner: f64 = widths.iter().map(|w| w.at(shelves)).sum();
        inner + widths.len() as f64 * sizes.pad * 2.0 <= area.w
    })
}

impl Widths {
    fn at(&self, shelves: usize) -> f64 {
        self.by_shelves[shelves.min(self.by_shelves.len()) - 1]
    }
}

/// Breaks the sections into rows of the least total height, or says that they do
/// not fit.
fn break_rows(sizes: &Fit, widths: &[Widths], area: Area) -> Option<Vec<Row>> {
    // least[i]: height of the first i sections, and their last row.
    let mut least: Vec<Option<(f64, Row)>> = vec![None; widths.len() + 1];
    for end in 1..=widths.len() {
        for start in (0..end).rev() {
            let before = if start == 0 { Some(0.0) } else { least[start].map(|(h, _)| h) };
            let Some(before) = before else { continue };
            let Some(shelves) = shelves_of_row(sizes, &widths[start..end], area) else {
                break;
            };
            let height = before + sizes.row_height(shelves);
            if least[end].is_none_or(|(h, _)| height < h) {
                least[end] = Some((height, (start, end, shelves)));
            }
        }
    }
    let mut rows = Vec::new();
    let mut end = widths.len();
    while end > 0 {
        let (height, row) = least[end]?;
        if height > area.h {
            return None;
        }
        rows.push(row);
        end = row.0;
    }
    rows.reverse();
    Some(rows)
}

/// Gives sections and compounds their places and shares out what room is left.
fn place(sizes: &Fit, widths: &[Widths], rows: &[Row], area: Area) -> Vec<Panel> {
    let needed: f64 = rows.iter().map(|row| sizes.row_height(row.2)).sum();
    let spare = (area.h - needed) / rows.iter().map(|row| row.2 + 1).sum::<usize>().max(1) as f64;
    let mut panels = Vec::new();
    let mut y = area.y;
    for &(start, end, shelves) in rows {
        let own = &widths[start..end];
        let height = sizes.row_height(shelves) + spare * (shelves + 1) as f64;
        let inner: f64 = own.iter().map(|w| w.at(shelves)).sum();
        let free = area.w - own.len() as f64 * sizes.pad * 2.0;
        let mut x = area.x;
        for section in own {
            let share = section.at(shelves) / inner.max(f64::MIN_POSITIVE);
            let width = free * share;
            let panel = Area { x, y, w: width + sizes.pad * 2.0, h: height };
            panels
                .push(Panel { area: panel, blocks: shelve(sizes, section, panel, shelves, spare) });
            x += panel.w;
        }
        y += height;
    }
    panels
}

/// Sets the compounds of one section in shelves, with wider gaps where there is room.
fn shelve(
    sizes: &Fit,
    section: &Widths,
    area: Area,
    shelves: usize,
    spare: f64,
) -> Vec<(f64, f64)> {
    let inner = area.w - sizes.pad * 2.0;
    let most = sizes.gap.0 * (1.0 + MAX_STRETCH);
    // The widest gap that still needs no further shelf.
    let (mut low, mut high) = (sizes.gap.0, most);
    for _ in 0..BISECTIONS {
        let middle = f64::midpoint(low, high);
        if shelves_at(&section.blocks, middle, inner) <= shelves {
            low = middle
        } else {
            high = middle
        }
    }
    let gap = low;
    let used = shelves_at(&section.blocks, gap, inner);
    let left_over = (shelves - used.min(shelves)) as f64 * (sizes.shelf() + sizes.gap.1);
    let down = spare + left_over / shelves as f64;
    let step = sizes.shelf() + sizes.gap.1 + down.min(sizes.side_mm * 1.5);
    let _ = section.header;
    let left = area.x + sizes.pad;
    let (mut x, mut y) = (left, area.y + sizes.pad + sizes.header_band());
    let mut at = Vec::with_capacity(section.blocks.len());
    for &block in &section.blocks {
        if x > left && x + block > left + inner + 1e-6 {
            x = left;
            y += step;
        }
        at.push((x, y));
        x += block + gap;
    }
    at
}
