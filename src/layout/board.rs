//! The board of a place: a section per way, a block per compound, a square per home.
//!
//! Floor 4. Reads a [`Place`] and the widths of its words; writes a [`Board`];
//! owns the look of the blocks' outlines. The board is a fixed object: it is the
//! same in both languages and at every minute of a story.
//!
//! Copies of one community (`run --scale`) stand side by side as tiles, each laid
//! out alike, so that the search costs no more than for one.

use super::fit::{
    self, Area, BlockInput, BlockPlace, Fit, HEADER_BASE, Limits, NAME_BASE, SectionInput, Share,
};
use super::floors;
use super::pick::Ground;
use crate::base::ids::{CompoundId, HouseholdId};
use crate::base::text::{Bilingual, Lang, grouped, plural};
use crate::sim::place::{Compound, CompoundKind, Place};

/// Width of the board on a screen, in its own units.
pub const SCREEN_WIDTH: f32 = 1860.0;
/// Height of the board on a screen, in its own units.
pub const SCREEN_HEIGHT: f32 = 1000.0;

/// Sizes on a board of [`SCREEN_WIDTH`] × [`SCREEN_HEIGHT`]. Everything shrinks
/// with the squares and has no least size, so that every place finds room; names
/// of compounds are lettered only when somebody looks closely, and give way first.
const SCREEN: Limits = Limits {
    max_side: 60.0,
    header: Share::new(1.2, 0.0, 30.0),
    name: Share::new(0.42, 0.0, 16.0),
    pad: Share::new(0.36, 0.0, 14.0),
    gap_across: Share::new(0.3, 0.0, 20.0),
    gap_down: Share::new(0.25, 0.0, 20.0),
    name_squeeze: 0.6,
};

/// White between two copies of a community, as a share of the distance from one to
/// the next.
const TILE_GAP: f64 = 0.02;

/// A rectangle of the board: `x` to the right, `y` downwards, by its upper left
/// corner. Lengths are units of the board.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Rect {
    /// Left edge.
    pub x: f32,
    /// Upper edge.
    pub y: f32,
    /// Width.
    pub w: f32,
    /// Height.
    pub h: f32,
}

/// The section of a way.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SectionBox {
    /// The whole section; sections of one row share their upright edges.
    pub area: Rect,
    /// Left end of the baseline of the way's name, in [`Board::header_size`].
    pub name_at: (f32, f32),
    /// Room that the name takes, in the language in which it is longer. The count
    /// follows a [`fit::HEADER_GAP`] later in [`fit::COUNT_SHARE`] of the size.
    pub name_width: f32,
    /// How many homes stand in it.
    pub homes: usize,
}

/// The block of a compound.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BlockBox {
    /// What its squares fill, the short row included.
    pub area: Rect,
    /// Left end of the baseline of its name, in [`Board::name_size`].
    pub name_at: (f32, f32),
    /// Room for the name; a longer one is set narrower.
    pub name_width: f32,
    /// Squares in a full row.
    pub columns: usize,
    /// Rows of squares.
    pub rows: usize,
    /// How many squares there are.
    pub homes: usize,
    /// Buildings stand on their first floor and get a second rule around them.
    pub is_building: bool,
}

/// A home's square.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Square {
    /// Its middle.
    pub centre: (f32, f32),
    /// Half of its side. Neighbours in a block touch.
    pub half: f32,
}

/// Where everything stands on the board. `x` runs to the right and `y` downwards
/// from the upper left corner.
#[derive(Debug, Clone, PartialEq)]
pub struct Board {
    /// Width and height.
    pub size: (f32, f32),
    /// Side of a home's square.
    pub side: f32,
    /// Size of a way's name.
    pub header_size: f32,
    /// Size of a compound's name.
    pub name_size: f32,
    /// Sections by `WayId`.
    pub sections: Vec<SectionBox>,
    /// Blocks by `CompoundId`.
    pub blocks: Vec<BlockBox>,
    /// Squares by `HouseholdId`, of the homes that the office is responsible for.
    pub homes: Vec<Square>,
}

/// `147 户`, `147 homes`.
pub fn count_words(count: usize, lang: Lang) -> String {
    let count = count as u64;
    match lang {
        Lang::Zh => format!("{} 户", grouped(count)),
        Lang::En => format!("{} {}", grouped(count), plural(count, "home", "homes")),
    }
}

/// Corners of the rule around a block's squares, which follows the last, shorter
/// row: the lowest of a courtyard, the uppermost of a building. `x` and `y` are
/// the upper left corner of the squares; the rule stands `by` outside them. None
/// where there is no home.
pub fn outline(
    homes: usize,
    columns: usize,
    (x, y): (f64, f64),
    side: f64,
    is_building: bool,
    by: f64,
) -> Vec<(f64, f64)> {
    if homes == 0 {
        return Vec::new();
    }
    let rows = homes.div_ceil(columns);
    let rest = homes - (rows - 1) * columns;
    let low = y + rows as f64 * side;
    // Corners for a short row below; mirrored, the short row is above.
    let flip = |py: f64| if is_building { y + low - py } else { py };
    let (left, top) = (x - by, y - by);
    let (right, foot) = (x + columns.min(homes) as f64 * side + by, low + by);
    let mut corners = vec![(left, top), (right, top)];
    if rest == columns || rows == 1 {
        corners.push((right, foot));
    } else {
        let (step_x, step_y) = (x + rest as f64 * side + by, low - side + by);
        corners.extend([(right, step_y), (step_x, step_y), (step_x, foot)]);
    }
    corners.push((left, foot));
    corners.into_iter().map(|(px, py)| (px, flip(py))).collect()
}

impl Board {
    /// The board of a place for a screen. `core_homes` are the homes that the
    /// office is responsible for, the first ones of the place; `em` tells how wide
    /// a text is, in ems of the board's hand; `size` is the board's, in units, of
    /// any aspect; the bounds of all sizes follow it from [`SCREEN_WIDTH`] ×
    /// [`SCREEN_HEIGHT`].
    ///
    /// # Panics
    /// If the size is not positive.
    pub fn new(place: &Place, core_homes: u32, em: &dyn Fn(&str) -> f32, size: (f32, f32)) -> Self {
        assert!(size.0 > 0.0 && size.1 > 0.0, "a board has a size");
        let tiles = Tiles::of(copies(place, core_homes), size);
        let ways = place.ways.len() / tiles.count;
        let compounds = place.compounds.len() / tiles.count;
        let inputs = inputs(place, (ways, compounds), core_homes, em);
        let area = Area { x: 0.0, y: 0.0, w: tiles.size.0, h: tiles.size.1 };
        let fit = fit::fit(&inputs, &tiles.limits, area)
            .expect("without least sizes everything finds room");
        let mut board = Self {
            size,
            side: fit.side as f32,
            header_size: fit.header as f32,
            name_size: fit.name as f32,
            sections: Vec::with_capacity(place.ways.len()),
            blocks: Vec::with_capacity(place.compounds.len()),
            homes: Vec::with_capacity(core_homes as usize),
        };
        for tile in 0..tiles.count {
            board.add(&fit, &inputs, tiles.corner(tile), &place.compounds[..compounds], core_homes);
        }
        board
    }

    /// Adds one community whose upper left corner is given.
    fn add(
        &mut self,
        fit: &Fit,
        inputs: &[SectionInput],
        (left, top): (f64, f64),
        compounds: &[Compound],
        core_homes: u32,
    ) {
        for (input, panel) in inputs.iter().zip(&fit.panels) {
            let area = panel.area;
            let (x, y) = (left + area.x, top + area.y);
            let base = y + fit.pad + fit.header * HEADER_BASE;
            self.sections.push(SectionBox {
                area: rect(x, y, area.w, area.h),
                name_at: ((x + fit.pad) as f32, base as f32),
                name_width: (input.name_em * fit.header) as f32,
                homes: input.blocks.iter().map(|b| b.homes).sum(),
            });
        }
        // Compounds are grouped by way, but nobody has promised that the ways come
        // in order: each takes the next block of its own.
        let mut next = vec![0; inputs.len()];
        for compound in compounds {
            let way = compound.way.index();
            let at = &fit.panels[way].blocks[next[way]];
            next[way] += 1;
            self.add_block(fit, at, (left, top), compound, core_of(compound, core_homes));
        }
    }

    fn add_block(
        &mut self,
        fit: &Fit,
        at: &BlockPlace,
        (left, top): (f64, f64),
        compound: &Compound,
        homes: usize,
    ) {
        let side = fit.side;
        let (x, y) = (left + at.x, top + at.y + fit.name_band());
        let rows = homes.div_ceil(at.columns);
        let is_building = compound.kind == CompoundKind::Building;
        let wide = at.columns.min(homes) as f64 * side;
        self.blocks.push(BlockBox {
            area: rect(x, y, wide, rows as f64 * side),
            name_at: (x as f32, (top + at.y + fit.name * NAME_BASE) as f32),
            name_width: at.width as f32,
            columns: at.columns,
            rows,
            homes,
            is_building,
        });
        for home in 0..homes {
            let (column, floor) = (home % at.columns, home / at.columns);
            let row = if is_building { rows - 1 - floor } else { floor };
            let middle = |at: f64, cell: usize| (at + (cell as f64 + 0.5) * side) as f32;
            self.homes.push(Square {
                centre: (middle(x, column), middle(y, row)),
                half: self.side / 2.0,
            });
        }
    }

    /// The compound of each block with the ground it covers, its name included.
    pub fn grounds(&self) -> Vec<Ground> {
        let ground = |block: &BlockBox| {
            let Rect { x, y, w, h } = block.area;
            let top = (block.name_at.1 - self.name_size).min(y);
            let w = w.max(block.name_width);
            Ground::level((x, top), (x + w, y + h))
        };
        self.blocks.iter().map(ground).collect()
    }

    /// The square of a home, unless it is not on the board.
    pub fn home(&self, id: HouseholdId) -> Option<&Square> {
        self.homes.get(id.index())
    }

    /// The corners of the rule around a compound, `by` units outside its squares.
    pub fn outline(&self, id: CompoundId, by: f32) -> Vec<(f32, f32)> {
        let block = &self.blocks[id.index()];
        let corner = (f64::from(block.area.x), f64::from(block.area.y));
        let (side, by) = (f64::from(self.side), f64::from(by));
        outline(block.homes, block.columns, corner, side, block.is_building, by)
            .into_iter()
            .map(|(x, y)| (x as f32, y as f32))
            .collect()
    }
}

fn rect(x: f64, y: f64, w: f64, h: f64) -> Rect {
    Rect { x: x as f32, y: y as f32, w: w as f32, h: h as f32 }
}

/// How many of a compound's homes the office is responsible for.
fn core_of(compound: &Compound, core_homes: u32) -> usize {
    core_homes.saturating_sub(compound.first.0).min(compound.homes) as usize
}

/// What the search needs to know of the first ways and compounds, with the longer
/// of both languages.
fn inputs(
    place: &Place,
    (ways, compounds): (usize, usize),
    core_homes: u32,
    em: &dyn Fn(&str) -> f32,
) -> Vec<SectionInput> {
    let longer = |name: &Bilingual| f64::from(em(&name.zh).max(em(&name.en)));
    let mut inputs: Vec<SectionInput> = place.ways[..ways]
        .iter()
        .map(|way| SectionInput { name_em: longer(&way.name), count_em: 0.0, blocks: Vec::new() })
        .collect();
    for compound in &place.compounds[..compounds] {
        inputs[compound.way.index()].blocks.push(BlockInput {
            name_em: longer(&compound.name),
            homes: core_of(compound, core_homes),
            columns: floors(place, compound),
        });
    }
    for input in &mut inputs {
        let count: usize = input.blocks.iter().map(|b| b.homes).sum();
        input.count_em = Lang::ALL
            .map(|lang| f64::from(em(&count_words(count, lang))))
            .into_iter()
            .fold(0.0, f64::max);
    }
    inputs
}

/// How many times the place repeats one community, way for way and home for home.
fn copies(place: &Place, core_homes: u32) -> usize {
    let (ways, compounds) = (&place.ways, &place.compounds);
    if core_homes as usize != place.household_count() {
        return 1;
    }
    let alike = |a: &Compound, b: &Compound, ways: usize| {
        a.way.index() + ways == b.way.index()
            && (&a.name, a.kind, a.homes) == (&b.name, b.kind, b.homes)
    };
    let repeats = |&period: &usize| {
        let count = ways.len() / period;
        if !ways.len().is_multiple_of(period) || !compounds.len().is_multiple_of(count) {
            return false;
        }
        let every = compounds.len() / count;
        ways.iter().zip(&ways[period..]).all(|(a, b)| a.name == b.name)
            && compounds.iter().zip(&compounds[every..]).all(|(a, b)| alike(a, b, period))
    };
    let period = (1..=ways.len()).find(repeats).unwrap_or(ways.len());
    ways.len().checked_div(period).unwrap_or(1)
}

/// Equal parts of the board, one for each copy of a community.
struct Tiles {
    count: usize,
    columns: usize,
    /// Of one tile.
    size: (f64, f64),
    /// From one tile to the next.
    step: (f64, f64),
    /// White between two, as a share of the step.
    gap: f64,
    limits: Limits,
}

impl Tiles {
    fn of(count: usize, (w, h): (f32, f32)) -> Self {
        let columns = (count as f64).sqrt().ceil() as usize;
        let rows = count.div_ceil(columns);
        let (w, h) = (f64::from(w), f64::from(h));
        let step = (w / columns as f64, h / rows as f64);
        let gap = if count > 1 { TILE_GAP } else { 0.0 };
        let size = (step.0 * (1.0 - gap), step.1 * (1.0 - gap));
        let scale = (size.0 / f64::from(SCREEN_WIDTH)).min(size.1 / f64::from(SCREEN_HEIGHT));
        Self { count, columns, size, step, gap, limits: SCREEN.scaled(scale) }
    }

    /// Upper left corner of a tile.
    fn corner(&self, tile: usize) -> (f64, f64) {
        let (column, row) = (tile % self.columns, tile / self.columns);
        let at = |k: usize, step: f64| (k as f64 + self.gap / 2.0) * step;
        (at(column, self.step.0), at(row, self.step.1))
    }
}

#[cfg(test)]
#[path = "board_tests.rs"]
mod tests;
