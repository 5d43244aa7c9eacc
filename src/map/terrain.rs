//! Where everything lies, in one world for both looks.
//!
//! Floor 8, with Bevy. Reads the place and its layout; owns [`Terrain`], made anew
//! for each story. World units: the board is 1860 units wide and 1000 high, its
//! middle is the origin, y grows upwards; the plan is scaled to the same size.

use bevy::prelude::*;

use super::MapSystems;
use crate::app::Live;
use crate::base::geo::PointCm;
use crate::base::ids::{CompoundId, HouseholdId};
use crate::base::text::Bilingual;
use crate::base::view::View as LookOf;
use crate::headless::page::fonts::{self, Font};
use crate::layout::board::{Board, SCREEN_HEIGHT, SCREEN_WIDTH};
use crate::layout::pick::{Ground, GroundPicker, Picker};
use crate::layout::plan::{self, Plan};
use crate::sim::place::Place;

/// Width and height of the board, world units.
pub const BOARD: Vec2 = Vec2::new(SCREEN_WIDTH, SCREEN_HEIGHT);
/// What hangs around the board: its frame and the tray below.
const AROUND: Rect = Rect { min: Vec2::new(-26.0, -52.0), max: Vec2::new(26.0, 26.0) };

/// A home.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spot {
    /// Its middle.
    pub at: Vec2,
    /// Half of its square's side.
    pub half: f32,
}

/// The ground of a compound.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Lot {
    /// Its middle.
    pub centre: Vec2,
    /// Half of its sides.
    pub half: Vec2,
    /// Radians, anticlockwise.
    pub turn: f32,
}

impl Lot {
    /// The upright rectangle around it.
    pub fn area(&self) -> Rect {
        let (sin, cos) = self.turn.sin_cos();
        let reach = Vec2::new(
            self.half.x * cos.abs() + self.half.y * sin.abs(),
            self.half.x * sin.abs() + self.half.y * cos.abs(),
        );
        Rect::from_center_half_size(self.centre, reach)
    }
}

/// One look: where homes, compounds and ways lie in it.
#[derive(Debug, Clone)]
pub struct Side {
    /// By household.
    pub homes: Vec<Spot>,
    /// By compound.
    pub lots: Vec<Lot>,
    /// By way: what one sees of it from near.
    pub ways: Vec<Rect>,
    /// Everything.
    pub bounds: Rect,
    /// Half side of a usual home.
    pub typical: f32,
    homes_under: Picker,
    lots_under: GroundPicker,
}

impl Side {
    fn new(homes: Vec<Spot>, lots: Vec<Lot>, ways: Vec<Rect>, bounds: Rect) -> Self {
        let mut halves: Vec<f32> = homes.iter().map(|h| h.half).collect();
        halves.sort_by(f32::total_cmp);
        let typical = halves.get(halves.len() / 2).copied().unwrap_or(1.0).max(0.01);
        let points = homes.iter().map(|h| (h.at.x, h.at.y));
        let grounds = lots
            .iter()
            .map(|l| Ground {
                centre: (l.centre.x, l.centre.y),
                half: (l.half.x, l.half.y),
                turn: l.turn,
            })
            .collect();
        Self {
            homes_under: Picker::new(points, typical * 3.0),
            lots_under: GroundPicker::new(grounds, typical * 8.0),
            homes,
            lots,
            ways,
            bounds,
            typical,
        }
    }

    /// The nearest home within a distance, world units.
    pub fn home_near(&self, at: Vec2, within: f32) -> Option<HouseholdId> {
        self.homes_under.nearest((at.x, at.y), within).map(|(home, _)| home)
    }

    /// The compound at a place, or the nearest within a distance.
    pub fn compound_near(&self, at: Vec2, within: f32) -> Option<CompoundId> {
        self.lots_under.compound_at((at.x, at.y), within)
    }

    /// The next home in a direction.
    pub fn next_home(&self, from: HouseholdId, way: Vec2) -> Option<HouseholdId> {
        let places = self.homes.iter().map(|h| h.at);
        next(places, from.index(), way).map(HouseholdId::from_index)
    }

    /// The next compound in a direction.
    pub fn next_lot(&self, from: CompoundId, way: Vec2) -> Option<CompoundId> {
        let places = self.lots.iter().map(|l| l.centre);
        next(places, from.index(), way).map(CompoundId::from_index)
    }
}

/// The nearest place in a direction; what lies aside counts as farther away.
fn next(places: impl Iterator<Item = Vec2> + Clone, from: usize, way: Vec2) -> Option<usize> {
    let here = places.clone().nth(from)?;
    places
        .enumerate()
        .filter(|(i, _)| *i != from)
        .filter_map(|(i, place)| {
            let off = place - here;
            let (along, aside) = (off.dot(way), off.perp_dot(way).abs());
            // Beyond 60 degrees it is another direction.
            (along > 1e-3 && aside < along * 1.74).then_some((along + aside * 2.0, i))
        })
        .min_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, i)| i)
}

/// Both looks of one place.
#[derive(Resource, Debug, Clone)]
pub struct Terrain {
    /// Of which taking up of a story.
    pub generation: u32,
    /// The board.
    pub board: Side,
    /// The plan.
    pub plan: Side,
    /// The board's sections and blocks.
    pub layout: Board,
    /// Names beside the plan, for when everything is seen.
    pub beside: Vec<Beside>,
    metres: (Vec2, f32),
}

/// A name in the margin of the plan, with a line to what it names.
#[derive(Debug, Clone, PartialEq)]
pub struct Beside {
    /// The name.
    pub name: Bilingual,
    /// Where the name hangs.
    pub at: Vec2,
    /// What it names.
    pub to: Vec2,
    /// In the left margin: the name ends at its point.
    pub left: bool,
}

impl Terrain {
    /// Lays a place out.
    pub fn new(place: &Place, core_homes: u32, generation: u32) -> Self {
        let em = |text: &str| fonts::width_mm(Font::Hand, 1.0, text) as f32;
        let layout = Board::new(place, core_homes, &em, (BOARD.x, BOARD.y));
        let seen = Plan::new(place);
        let built = built_up(place);
        let scale = (BOARD / built.size().max(Vec2::ONE)).min_element();
        let metres = (built.center(), scale);
        let board = board_side(&layout);
        let plan = plan_side(place, core_homes, &seen, metres);
        let mut terrain = Self { generation, board, plan, layout, metres, beside: Vec::new() };
        terrain.beside = beside(&terrain, place);
        terrain
    }

    /// One of both.
    pub fn side(&self, look: LookOf) -> &Side {
        match look {
            LookOf::Board => &self.board,
            LookOf::Plan => &self.plan,
        }
    }

    /// The other one.
    pub fn other(&self, look: LookOf) -> &Side {
        match look {
            LookOf::Board => &self.plan,
            LookOf::Plan => &self.board,
        }
    }

    /// A point of the map file in the world of the plan.
    pub fn on_plan(&self, point: PointCm) -> Vec2 {
        let (x, y) = point.to_metres();
        (Vec2::new(x as f32, y as f32) - self.metres.0) * self.metres.1
    }

    /// World units of a metre on the plan.
    pub fn metre(&self) -> f32 {
        self.metres.1
    }
}

/// A point of the board's layout in the world.
pub fn on_board(x: f32, y: f32) -> Vec2 {
    Vec2::new(x - BOARD.x / 2.0, BOARD.y / 2.0 - y)
}

fn board_side(layout: &Board) -> Side {
    let homes = layout
        .homes
        .iter()
        .map(|s| Spot { at: on_board(s.centre.0, s.centre.1), half: s.half })
        .collect();
    let lots = layout
        .grounds()
        .iter()
        .map(|g| Lot {
            centre: on_board(g.centre.0, g.centre.1),
            half: Vec2::from(g.half),
            turn: 0.0,
        })
        .collect();
    let ways = layout
        .sections
        .iter()
        .map(|s| {
            let (a, b) =
                (on_board(s.area.x, s.area.y), on_board(s.area.x + s.area.w, s.area.y + s.area.h));
            Rect::from_corners(a, b)
        })
        .collect();
    let half = BOARD / 2.0;
    let bounds = Rect { min: AROUND.min - half, max: AROUND.max + half };
    Side::new(homes, lots, ways, bounds)
}

fn plan_side(place: &Place, core_homes: u32, seen: &Plan, metres: (Vec2, f32)) -> Side {
    let (middle, scale) = metres;
    let world = |(x, y): (f32, f32)| (Vec2::new(x, y) - middle) * scale;
    let homes: Vec<Spot> = seen
        .homes
        .iter()
        .take(core_homes as usize)
        .map(|h| Spot { at: world(h.centre), half: h.half * scale })
        .collect();
    let lots: Vec<Lot> = plan::grounds(place)
        .iter()
        .map(|g| Lot { centre: world(g.centre), half: Vec2::from(g.half) * scale, turn: g.turn })
        .collect();
    let mut ways: Vec<Option<Rect>> = vec![None; place.ways.len()];
    for (compound, lot) in place.compounds.iter().zip(&lots) {
        let area = &mut ways[compound.way.index()];
        *area = Some(area.map_or(lot.area(), |a| a.union(lot.area())));
    }
    let half = BOARD / 2.0;
    let bounds = Rect { min: AROUND.min - half, max: AROUND.max + half };
    let ways = ways.into_iter().map(|area| area.unwrap_or(bounds).inflate(8.0)).collect();
    Side::new(homes, lots, ways, bounds)
}

/// White around what is built, metres.
const EDGE_M: f32 = 14.0;
/// Between two names in the margin, world units.
pub const NAME_APART: f32 = 34.0;
/// Between the margin's names and what is built, world units.
const NAME_OFF: f32 = 26.0;

/// What ways and compounds cover, metres. The streets around go on beyond it.
fn built_up(place: &Place) -> Rect {
    let grounds = plan::grounds(place);
    let lots = grounds
        .iter()
        .map(|g| Rect::from_center_half_size(Vec2::from(g.centre), Vec2::from(g.reach())));
    let points = place.ways.iter().flat_map(|w| &w.line).map(|p| {
        let (x, y) = p.to_metres();
        Rect::from_center_half_size(Vec2::new(x as f32, y as f32), Vec2::ZERO)
    });
    let all = lots.chain(points).reduce(|a, b| a.union(b));
    all.unwrap_or(Rect::new(0.0, 0.0, 1.0, 1.0)).inflate(EDGE_M)
}

/// Names of ways, office and river in the margins, so that no home is covered.
fn beside(terrain: &Terrain, place: &Place) -> Vec<Beside> {
    let line =
        |line: &[PointCm]| -> Vec<Vec2> { line.iter().map(|p| terrain.on_plan(*p)).collect() };
    let ways = place.ways.iter().map(|w| (w.name.clone(), line(&w.line)));
    let waters = place.waters.iter().map(|w| (w.name.clone(), line(&w.line)));
    let office = (place.office.name.clone(), vec![terrain.on_plan(place.office.at)]);
    let built =
        terrain.plan.lots.iter().map(Lot::area).reduce(|a, b| a.union(b)).unwrap_or_default();
    let (mut left, mut right) = (Vec::new(), Vec::new());
    // More than one community has too many names for its margins.
    if place.ways.len() > 24 {
        return Vec::new();
    }
    for (name, points) in ways.chain(waters).chain([office]) {
        let inside: Vec<Vec2> = points.into_iter().map(|p| p.clamp(built.min, built.max)).collect();
        let west = inside.iter().copied().min_by(|a, b| a.x.total_cmp(&b.x));
        let east = inside.iter().copied().max_by(|a, b| a.x.total_cmp(&b.x));
        let (Some(west), Some(east)) = (west, east) else { continue };
        if west.x - built.min.x <= built.max.x - east.x {
            left.push((west, name));
        } else {
            right.push((east, name));
        }
    }
    let mut out = Vec::new();
    for (names, is_left) in [(left, true), (right, false)] {
        let x = if is_left { built.min.x - NAME_OFF } else { built.max.x + NAME_OFF };
        let mut names = names;
        names.sort_by(|a, b| b.0.y.total_cmp(&a.0.y));
        let wanted: Vec<f32> = names.iter().map(|(to, _)| to.y).collect();
        for ((to, name), y) in names.into_iter().zip(apart(&wanted, NAME_APART)) {
            out.push(Beside { name, at: Vec2::new(x, y), to, left: is_left });
        }
    }
    out
}

/// Heights from the top down, moved as little as need be to stand apart.
fn apart(wanted: &[f32], least: f32) -> Vec<f32> {
    let mut at = wanted.to_vec();
    for _ in 0..64 {
        for i in 1..at.len() {
            let overlap = least - (at[i - 1] - at[i]);
            if overlap > 0.0 {
                at[i - 1] += overlap / 2.0;
                at[i] -= overlap / 2.0;
            }
        }
    }
    at
}

fn build(live: Res<Live>, old: Option<Res<Terrain>>, mut commands: Commands) {
    if old.is_some_and(|old| old.generation == live.ground()) {
        return;
    }
    let setup = live.setup();
    commands.insert_resource(Terrain::new(&setup.place, setup.core_homes, live.ground()));
}

pub(super) fn plugin(app: &mut App) {
    let live = app.world().resource::<Live>();
    let terrain = Terrain::new(&live.setup().place, live.setup().core_homes, live.ground());
    app.insert_resource(terrain);
    app.add_systems(
        Update,
        build.run_if(resource_changed::<Live>).in_set(MapSystems::Build).before(Laid),
    );
    app.configure_sets(Update, Laid.in_set(MapSystems::Build));
}

/// What is made from the terrain, after it.
#[derive(SystemSet, Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Laid;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_the_margin_stand_apart() {
        let at = apart(&[100.0, 99.0, 98.0, 0.0], 30.0);
        assert!(at.windows(2).all(|w| w[0] - w[1] > 29.0), "{at:?}");
        assert_eq!(apart(&[100.0, 0.0], 30.0), [100.0, 0.0]);
    }

    #[test]
    fn arrows_go_to_the_neighbour_and_back() {
        let grid: Vec<Vec2> =
            (0..12).map(|i| Vec2::new((i % 4) as f32 * 10.0, (i / 4) as f32 * -10.0)).collect();
        let go = |from, way| next(grid.iter().copied(), from, way);
        assert_eq!(go(5, Vec2::X), Some(6));
        assert_eq!(go(5, -Vec2::X), Some(4));
        assert_eq!(go(5, Vec2::Y), Some(1));
        assert_eq!(go(5, -Vec2::Y), Some(9));
        assert_eq!(go(3, Vec2::X), None, "nothing lies beyond");
    }
}
