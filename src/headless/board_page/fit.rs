//! Room for everybody: the largest squares with which all sections fill the board.
//!
//! Floor 4. Reads sections and the board's area; writes a [`Fit`]; owns the search.
//! Sections stand in rows, in order, like text in lines. For a given size of square
//! the best breaks are found exactly (as paragraphs are set); the size itself is
//! found by bisection, for several heights of compound, and the largest wins. What
//! room is left is shared evenly. A building keeps its floors and may stand as high
//! as several shelves; courtyards flow around it.

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
    /// Rows of squares in a courtyard.
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
/// A long name is set narrower, down to this share, before it pushes its
/// neighbours away.
const NAME_SQUEEZE: f64 = 0.8;

impl Fit {
    /// Sizes that follow from a side and a number of rows.
    fn with(side: f64, rows: usize) -> Self {
        Self {
            side_mm: side,
            header_mm: (side * 0.95).clamp(3.8, 8.0),
            name_mm: (side * 0.46).clamp(1.9, 4.5),
            pad: (side * 0.42).clamp(1.5, 5.0),
            rows,
            gap: ((side * 0.34).max(1.2), (side * 0.44).max(0.9)),
            panels: Vec::new(),
        }
    }

    /// How many squares stand side by side in a compound.
    pub(super) fn columns(&self, block: &Block) -> usize {
        block.columns.unwrap_or_else(|| block.homes.len().div_ceil(self.rows)).max(1)
    }

    /// Width of a compound: its squares, or a name that is longer.
    pub(super) fn block_width(&self, block: &Block) -> f64 {
        let squares = self.columns(block) as f64 * self.side_mm;
        squares.max(fonts::width_mm(Font::Hand, self.name_mm, &block.name) * NAME_SQUEEZE)
    }

    /// How many shelves a compound is high.
    fn span(&self, block: &Block) -> usize {
        let rows = block.homes.len().div_ceil(self.columns(block));
        let needed = self.name_band() + rows as f64 * self.side_mm + self.gap.1;
        ((needed / (self.shelf() + self.gap.1) - 1e-6).ceil() as usize).max(1)
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

/// A compound as it is packed: its width, and how many shelves it is high.
type Parcel = (f64, usize);

/// What the search needs of a section: its compounds and the width of its name.
struct Widths {
    blocks: Vec<Parcel>,
    header: f64,
    /// Least inner width by number of shelves, from one on; infinite where a
    /// building is higher than that.
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
            let blocks: Vec<Parcel> =
                section.compounds.iter().map(|b| (sizes.block_width(b), sizes.span(b))).collect();
            let count = super::home_count_words(section.home_count(), lang);
            let header = fonts::width_mm(Font::Hand, sizes.header_mm, &section.name)
                + sizes.header_mm * HEADER_GAP
                + fonts::width_mm(Font::Hand, sizes.header_mm * COUNT_SHARE, &count);
            let most: usize = blocks.iter().map(|b| b.1).sum();
            let by_shelves = (1..=MAX_SHELVES.min(most.max(1)))
                .map(|shelves| least_width(&blocks, sizes.gap.0, shelves))
                .collect();
            Widths { blocks, header, by_shelves }
        })
        .collect()
}

/// Sets compounds in order on shelves of a width. Returns how many shelves that
/// takes; `put` hears the place of each: its left edge and its upper shelf.
fn pack(blocks: &[Parcel], gap: f64, width: f64, mut put: impl FnMut(f64, usize)) -> usize {
    // What stands through from a shelf above: last shelf, left and right edge.
    let mut standing: Vec<(usize, f64, f64)> = Vec::new();
    let (mut x, mut shelf, mut shelves) = (0.0, 0, 1);
    for &(wide, span) in blocks {
        loop {
            while let Some(&(.., right)) = standing
                .iter()
                .find(|(last, l, r)| *last >= shelf && x < r + gap - 1e-9 && x + wide + gap > *l)
            {
                x = right + gap;
            }
            if x <= 0.0 || x + wide <= width + 1e-9 {
                break;
            }
            (x, shelf) = (0.0, shelf + 1);
        }
        put(x, shelf);
        if span > 1 {
            standing.push((shelf + span - 1, x, x + wide));
        }
        x += wide + gap;
        shelves = shelves.max(shelf + span);
    }
    shelves
}

/// How many shelves a width needs.
fn shelves_at(blocks: &[Parcel], gap: f64, width: f64) -> usize {
    pack(blocks, gap, width, |_, _| {})
}

/// The least width at which the blocks fit on so many shelves.
fn least_width(blocks: &[Parcel], gap: f64, shelves: usize) -> f64 {
    let mut low = blocks.iter().map(|b| b.0).fold(0.0, f64::max);
    if shelves_at(blocks, gap, low) <= shelves {
        return low;
    }
    let mut high = blocks.iter().map(|b| b.0).sum::<f64>() + gap * blocks.len() as f64;
    if shelves_at(blocks, gap, high) > shelves {
        return f64::INFINITY;
    }
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
    /// Least inner width with so many shelves.
    fn at(&self, shelves: usize) -> f64 {
        self.blocks_at(shelves).max(self.header)
    }

    /// The same without the name above.
    fn blocks_at(&self, shelves: usize) -> f64 {
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
            let part = section.at(shelves) / inner.max(f64::MIN_POSITIVE);
            let width = free * part;
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
    let mut inner = area.w - sizes.pad * 2.0;
    if shelves_at(&section.blocks, sizes.gap.0, inner) > shelves {
        // More room may pack worse, where a building comes to stand elsewhere.
        inner = section.blocks_at(shelves);
    }
    // The widest gap that still needs no further shelf.
    let (mut low, mut high) = (sizes.gap.0, sizes.gap.0 * (1.0 + MAX_STRETCH));
    for _ in 0..BISECTIONS {
        let middle = f64::midpoint(low, high);
        if shelves_at(&section.blocks, middle, inner) <= shelves {
            low = middle;
        } else {
            high = middle;
        }
    }
    let mut at = Vec::with_capacity(section.blocks.len());
    let used = pack(&section.blocks, low, inner, |x, shelf| at.push((x, shelf)));
    let left_over = (shelves - used.min(shelves)) as f64 * (sizes.shelf() + sizes.gap.1);
    let down = spare + left_over / shelves as f64;
    let step = sizes.shelf() + sizes.gap.1 + down.min(sizes.side_mm * 1.5);
    let (left, top) = (area.x + sizes.pad, area.y + sizes.pad + sizes.header_band());
    at.into_iter().map(|(x, shelf)| (left + x, top + shelf as f64 * step)).collect()
}
