//! Room for everybody: the largest squares with which all sections fill the board.
//!
//! Floor 4. Reads sections and the board's area; writes a [`Fit`]; owns the search.
//! Sections stand in rows, in order, like text in lines. For a given size of square
//! the best breaks are found exactly (as paragraphs are set); the size itself is
//! found by bisection, for several heights of compound, and the largest wins. What
//! room is left is shared evenly.
//!
//! All lengths are in the units of the area, whatever they are: millimetres on
//! paper, units of the board on a screen. `x` runs to the right, `y` downwards.

use std::cell::OnceCell;

use super::shelves::{BISECTIONS, Parcel, least_width, pack, shelves_at};

/// A rectangle by its upper left corner.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Area {
    /// Left edge.
    pub x: f64,
    /// Upper edge.
    pub y: f64,
    /// Width.
    pub w: f64,
    /// Height.
    pub h: f64,
}

/// A size that follows the side of a square, within bounds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Share {
    /// Its share of the side.
    pub of_side: f64,
    /// Never less than this.
    pub least: f64,
    /// Never more than this; at least `least`.
    pub most: f64,
}

impl Share {
    /// A share and its bounds.
    pub const fn new(of_side: f64, least: f64, most: f64) -> Self {
        Self { of_side, least, most }
    }

    /// The size for a side.
    fn at(self, side: f64) -> f64 {
        (side * self.of_side).clamp(self.least, self.most)
    }

    fn scaled(self, by: f64) -> Self {
        Self { least: self.least * by, most: self.most * by, ..self }
    }
}

/// What the sizes of a board must keep to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limits {
    /// Squares are never larger than this: beyond it, a board looks empty, not
    /// large.
    pub max_side: f64,
    /// Size of a lane's name.
    pub header: Share,
    /// Size of a compound's name.
    pub name: Share,
    /// White around a section's content.
    pub pad: Share,
    /// White between compounds that stand side by side.
    pub gap_across: Share,
    /// White between two shelves of compounds.
    pub gap_down: Share,
    /// A long name is set narrower, down to this share of its width, before it
    /// pushes its neighbours away.
    pub name_squeeze: f64,
}

impl Limits {
    /// The same limits for a board that is drawn so many times as large.
    #[must_use]
    pub fn scaled(self, by: f64) -> Self {
        Self {
            max_side: self.max_side * by,
            header: self.header.scaled(by),
            name: self.name.scaled(by),
            pad: self.pad.scaled(by),
            gap_across: self.gap_across.scaled(by),
            gap_down: self.gap_down.scaled(by),
            name_squeeze: self.name_squeeze,
        }
    }
}

/// What the search knows of a compound.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BlockInput {
    /// Width of its name, in ems.
    pub name_em: f64,
    /// How many homes it has.
    pub homes: usize,
    /// How many stand side by side; `None` leaves it to the search.
    pub columns: Option<usize>,
}

/// What the search knows of a section.
#[derive(Debug, Clone, PartialEq)]
pub struct SectionInput {
    /// Width of its name, in ems.
    pub name_em: f64,
    /// Width of the count behind the name, in ems of its own, smaller size.
    pub count_em: f64,
    /// Its compounds, in order.
    pub blocks: Vec<BlockInput>,
}

/// A compound's place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BlockPlace {
    /// Left edge.
    pub x: f64,
    /// Top of the band of its name; its squares begin a [`Fit::name_band`] below.
    pub y: f64,
    /// Its width: its squares, or a name that is longer.
    pub width: f64,
    /// How many squares stand side by side.
    pub columns: usize,
}

/// A section's place.
#[derive(Debug, Clone, PartialEq)]
pub struct Panel {
    /// The whole section.
    pub area: Area,
    /// Its compounds, in order.
    pub blocks: Vec<BlockPlace>,
}

/// Every size of the drawn board.
#[derive(Debug, Clone, PartialEq)]
pub struct Fit {
    /// Side of a home's square.
    pub side: f64,
    /// Size of a lane's name.
    pub header: f64,
    /// Size of a compound's name.
    pub name: f64,
    /// White around a section's content.
    pub pad: f64,
    /// In the order of the sections.
    pub panels: Vec<Panel>,
}

impl Fit {
    /// Height between the top of a compound's name and its squares.
    pub fn name_band(&self) -> f64 {
        self.name * NAME_BAND
    }
}

/// Heights of compound that are tried, in squares.
const ROWS: [usize; 9] = [2, 3, 4, 5, 6, 8, 12, 20, 45];
/// A section is set in at most this many shelves.
const MAX_SHELVES: usize = 40;

// Shares of the sizes they belong to.
/// Baseline of a lane's name below the top of its band, of its size.
pub const HEADER_BASE: f64 = 0.88;
/// Height of the band of a lane's name, of its size.
const HEADER_BAND: f64 = 1.45;
/// Between a lane's name and its count, of the name's size.
pub const HEADER_GAP: f64 = 0.4;
/// Size of the count, of the name's.
pub const COUNT_SHARE: f64 = 0.66;
/// Baseline of a compound's name below the top of its band, of its size.
pub const NAME_BASE: f64 = 0.86;
/// Height of the band of a compound's name, of its size.
const NAME_BAND: f64 = 1.25;
/// How far gaps may grow when room is left, of themselves.
const MAX_STRETCH: f64 = 2.2;

/// Sizes that follow from a side and a number of rows.
#[derive(Debug, Clone, Copy)]
struct Sizes {
    side: f64,
    header: f64,
    name: f64,
    pad: f64,
    /// Rows of squares in a courtyard.
    rows: usize,
    /// Between compounds, across and down.
    gap: (f64, f64),
    squeeze: f64,
}

impl Sizes {
    fn with(side: f64, rows: usize, limits: &Limits) -> Self {
        Self {
            side,
            header: limits.header.at(side),
            name: limits.name.at(side),
            pad: limits.pad.at(side),
            rows,
            gap: (limits.gap_across.at(side), limits.gap_down.at(side)),
            squeeze: limits.name_squeeze,
        }
    }

    fn columns(&self, block: &BlockInput) -> usize {
        block.columns.unwrap_or_else(|| block.homes.div_ceil(self.rows)).max(1)
    }

    fn block_width(&self, block: &BlockInput) -> f64 {
        let squares = self.columns(block) as f64 * self.side;
        squares.max(block.name_em * self.name * self.squeeze)
    }

    /// How many shelves a compound is high.
    fn span(&self, block: &BlockInput) -> usize {
        let rows = block.homes.div_ceil(self.columns(block));
        let needed = self.name_band() + rows as f64 * self.side + self.gap.1;
        ((needed / (self.shelf() + self.gap.1) - 1e-6).ceil() as usize).max(1)
    }

    fn name_band(&self) -> f64 {
        self.name * NAME_BAND
    }

    fn header_band(&self) -> f64 {
        self.header * HEADER_BAND
    }

    fn shelf(&self) -> f64 {
        self.name_band() + self.rows as f64 * self.side
    }

    /// Height of a row of sections with so many shelves.
    fn row_height(&self, shelves: usize) -> f64 {
        let gaps = shelves.saturating_sub(1) as f64 * self.gap.1;
        self.pad * 2.0 + self.header_band() + shelves as f64 * self.shelf() + gaps
    }
}

/// One row of sections: the first, the one after the last, and its shelves.
type Row = (usize, usize, usize);

/// What the search needs of a section: its compounds and the width of its name.
struct Widths {
    blocks: Vec<Parcel>,
    gap: f64,
    header: f64,
    /// Least inner width by number of shelves, from one on; reckoned when it is
    /// first asked for, because most never are.
    by_shelves: Vec<OnceCell<f64>>,
}

/// The best arrangement of the sections in the area. `None`: they do not fit even
/// with the smallest squares, because names and gaps alone fill the area.
pub fn fit(sections: &[SectionInput], limits: &Limits, area: Area) -> Option<Fit> {
    let mut best: Option<(Sizes, Vec<Widths>, Vec<Row>)> = None;
    for rows in ROWS {
        let (mut low, mut high) = (0.0, limits.max_side);
        for step in 0..=BISECTIONS {
            // The first try is the largest size, which small boards reach.
            let side = if step == 0 { high } else { f64::midpoint(low, high) };
            let sizes = Sizes::with(side, rows, limits);
            let widths: Vec<Widths> = sections.iter().map(|s| Widths::of(s, &sizes)).collect();
            match break_rows(&sizes, &widths, area) {
                Some(breaks) => {
                    low = side;
                    if best.as_ref().is_none_or(|(found, ..)| found.side < side) {
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
    best.map(|(sizes, widths, rows)| Fit {
        side: sizes.side,
        header: sizes.header,
        name: sizes.name,
        pad: sizes.pad,
        panels: place(&sizes, sections, &widths, &rows, area),
    })
}

impl Widths {
    fn of(section: &SectionInput, sizes: &Sizes) -> Self {
        let blocks: Vec<Parcel> =
            section.blocks.iter().map(|b| (sizes.block_width(b), sizes.span(b))).collect();
        let header = section.name_em * sizes.header
            + sizes.header * HEADER_GAP
            + section.count_em * (sizes.header * COUNT_SHARE);
        let most = MAX_SHELVES.min(blocks.iter().map(|b| b.1).sum::<usize>().max(1));
        Self { blocks, gap: sizes.gap.0, header, by_shelves: vec![OnceCell::new(); most] }
    }

    /// Least inner width with so many shelves.
    fn at(&self, shelves: usize) -> f64 {
        self.blocks_at(shelves).max(self.header)
    }

    /// The same without the name above.
    fn blocks_at(&self, shelves: usize) -> f64 {
        let shelves = shelves.min(self.by_shelves.len());
        *self.by_shelves[shelves - 1].get_or_init(|| least_width(&self.blocks, self.gap, shelves))
    }
}

/// The fewest shelves with which the sections stand side by side.
fn shelves_of_row(sizes: &Sizes, widths: &[Widths], area: Area) -> Option<usize> {
    (1..=MAX_SHELVES).find(|&shelves| {
        let inner: f64 = widths.iter().map(|w| w.at(shelves)).sum();
        inner + widths.len() as f64 * sizes.pad * 2.0 <= area.w
    })
}

/// Breaks the sections into rows of the least total height, or says that they do
/// not fit.
fn break_rows(sizes: &Sizes, widths: &[Widths], area: Area) -> Option<Vec<Row>> {
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
fn place(
    sizes: &Sizes,
    sections: &[SectionInput],
    widths: &[Widths],
    rows: &[Row],
    area: Area,
) -> Vec<Panel> {
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
        for (section, input) in own.iter().zip(&sections[start..end]) {
            let part = section.at(shelves) / inner.max(f64::MIN_POSITIVE);
            let width = free * part;
            let panel = Area { x, y, w: width + sizes.pad * 2.0, h: height };
            let corners = shelve(sizes, section, panel, shelves, spare);
            let blocks = corners
                .into_iter()
                .zip(&section.blocks)
                .zip(&input.blocks)
                .map(|(((x, y), &(width, _)), block)| BlockPlace {
                    x,
                    y,
                    width,
                    columns: sizes.columns(block),
                })
                .collect();
            panels.push(Panel { area: panel, blocks });
            x += panel.w;
        }
        y += height;
    }
    panels
}

/// Sets the compounds of one section in shelves, with wider gaps where there is
/// room. Tells the upper left corner of each.
fn shelve(
    sizes: &Sizes,
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
    let step = sizes.shelf() + sizes.gap.1 + down.min(sizes.side * 1.5);
    let (left, top) = (area.x + sizes.pad, area.y + sizes.pad + sizes.header_band());
    at.into_iter().map(|(x, shelf)| (left + x, top + shelf as f64 * step)).collect()
}
