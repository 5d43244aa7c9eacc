//! The plan: where each home lies, seen from above.
//!
//! Floor 4. Reads a [`Place`]; writes a [`Plan`]; owns how homes stand in a
//! compound. Metres, `x` to the east, `y` to the north, as on the map. Nobody
//! knows which room is whose: the rooms of a courtyard stand around its yard and
//! count clockwise from the door, the flats of a building fill its rectangle, the
//! first floor towards the door.

use super::floors;
use super::pick::Ground;
use crate::base::geo::PointCm;
use crate::base::ids::HouseholdId;
use crate::sim::place::{Compound, CompoundKind, Place};

/// Half of a home that is easily seen, metres. A courtyard gives up its yard
/// before its homes become smaller.
const WANTED_HALF_M: f64 = 1.4;
/// Homes are never larger than this, metres: beyond it, a yard looks like a hall.
const MOST_HALF_M: f64 = 3.5;
/// Share of its cell that a home fills; the rest is wall.
const FILL: f64 = 0.92;
/// White inside the wall of a compound, metres, and at most this share of a side.
const WALL_M: f64 = 0.25;
const WALL_SHARE: f64 = 0.05;
const MRAD: f64 = 1000.0;
const CM: f64 = 100.0;

/// A home, a square with its compound's turn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PlanHome {
    /// Its middle, metres.
    pub centre: (f32, f32),
    /// Half of its side, metres.
    pub half: f32,
    /// Direction of its side, radians anticlockwise from east.
    pub turn: f32,
}

/// A rectangle that runs with the compass, metres.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bounds {
    /// South-west corner.
    pub min: (f32, f32),
    /// North-east corner, nowhere less than `min`.
    pub max: (f32, f32),
}

/// Where everything lies on the plan.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// Homes by [`HouseholdId`].
    pub homes: Vec<PlanHome>,
    /// What holds all ways, compounds, waters, borders and spots.
    pub bounds: Bounds,
}

impl Plan {
    /// The plan of a place.
    pub fn new(place: &Place) -> Self {
        let mut homes = Vec::with_capacity(place.household_count());
        for compound in &place.compounds {
            let frame = Frame::of(compound);
            let (cells, side) = match compound.kind {
                CompoundKind::Courtyard => yard(&frame, compound.homes as usize),
                CompoundKind::Building => house(&frame, compound, floors(place, compound)),
            };
            let half = (side / 2.0 * FILL) as f32;
            homes.extend(cells.into_iter().map(|cell| PlanHome {
                centre: frame.on_the_map(cell),
                half,
                turn: frame.turn as f32,
            }));
        }
        Self { homes, bounds: bounds(place) }
    }

    /// A home.
    pub fn home(&self, id: HouseholdId) -> &PlanHome {
        &self.homes[id.index()]
    }
}

/// The ground of each compound, by `CompoundId`.
pub fn grounds(place: &Place) -> Vec<Ground> {
    let ground = |c: &Compound| Ground {
        centre: metres(c.centre),
        half: (
            (f64::from(c.front_cm) / CM / 2.0) as f32,
            (f64::from(c.depth_cm) / CM / 2.0) as f32,
        ),
        turn: (f64::from(c.turn_mrad) / MRAD) as f32,
    };
    place.compounds.iter().map(ground).collect()
}

/// A compound by itself: its middle is the origin, its front runs with `x`.
struct Frame {
    centre: (f64, f64),
    turn: f64,
    /// Inside the wall: along the front, and away from it.
    inner: (f64, f64),
    door: (f64, f64),
}

impl Frame {
    fn of(c: &Compound) -> Self {
        let centre = c.centre.to_metres();
        let turn = f64::from(c.turn_mrad) / MRAD;
        let inside = |cm: u32| {
            let side = f64::from(cm) / CM;
            side - 2.0 * WALL_M.min(side * WALL_SHARE)
        };
        let (x, y) = c.door.to_metres();
        let (dx, dy) = (x - centre.0, y - centre.1);
        let (sin, cos) = turn.sin_cos();
        Self {
            centre,
            turn,
            inner: (inside(c.front_cm), inside(c.depth_cm)),
            door: (dx * cos + dy * sin, dy * cos - dx * sin),
        }
    }

    fn on_the_map(&self, (u, v): (f64, f64)) -> (f32, f32) {
        let (sin, cos) = self.turn.sin_cos();
        let (x, y) = (self.centre.0 + u * cos - v * sin, self.centre.1 + u * sin + v * cos);
        (x as f32, y as f32)
    }

    /// The largest side of a square cell, so that as many stand side by side along
    /// both sides as `enough` asks for. `most` are tried along one side; 0 where
    /// even these are not enough.
    fn largest(&self, most: usize, enough: impl Fn(usize, usize) -> bool) -> f64 {
        let (w, h) = self.inner;
        (1..=most)
            .flat_map(|k| [w / k as f64, h / k as f64])
            .filter(|&side| {
                let (across, away) = self.cells(side);
                enough(across, away)
            })
            .fold(0.0, f64::max)
    }

    /// How many cells of a side stand along the front, and away from it.
    fn cells(&self, side: f64) -> (usize, usize) {
        let count = |length: f64| (length / side + 1e-9) as usize;
        (count(self.inner.0), count(self.inner.1))
    }

    /// The middle of a cell, where so many of them share the inside evenly.
    fn cell(&self, (i, j): (usize, usize), (across, away): (usize, usize)) -> (f64, f64) {
        let at = |k: usize, n: usize, length: f64| ((k as f64 + 0.5) / n as f64 - 0.5) * length;
        (at(i, across, self.inner.0), at(j, away, self.inner.1))
    }
}

/// How far to turn clockwise from one point to another, seen from the middle of
/// a compound: radians from 0 to 2π.
fn clockwise(from: (f64, f64), to: (f64, f64)) -> f64 {
    (from.1.atan2(from.0) - to.1.atan2(to.0)).rem_euclid(std::f64::consts::TAU)
}

/// Rooms around a yard, clockwise from the door and evenly spread, and the side of
/// a cell. The cell at the door stays free where there is one to spare. Where homes
/// would become too small, they stand in more than one ring, and in the end there
/// is no yard.
fn yard(frame: &Frame, homes: usize) -> (Vec<(f64, f64)>, f64) {
    if homes == 0 {
        return (Vec::new(), 0.0);
    }
    let most = homes.max(3);
    let wanted = WANTED_HALF_M * 2.0 / FILL;
    // One cell more than there are homes: the way in.
    let around = frame.largest(most, |a, b| a >= 3 && b >= 3 && 2 * (a + b) - 4 > homes);
    let filled = frame.largest(most, |a, b| a * b >= homes);
    let side = around.max(filled.min(wanted)).min(MOST_HALF_M * 2.0 / FILL);
    let grid = frame.cells(side);
    let mut rings = rings(frame, grid);
    let off = |p: &(f64, f64)| (p.0 - frame.door.0).hypot(p.1 - frame.door.1);
    let gate = rings[0].iter().copied().min_by(|p, q| off(p).total_cmp(&off(q)));
    let gate = gate.unwrap_or(frame.door);
    let mut places = Vec::with_capacity(homes);
    for (k, ring) in rings.iter_mut().enumerate() {
        ring.sort_by(|&p, &q| clockwise(gate, p).total_cmp(&clockwise(gate, q)));
        if k == 0 && grid.0 * grid.1 > homes {
            ring.remove(0);
        }
        let here = ring.len().min(homes - places.len());
        places.extend((0..here).map(|k| ring[(2 * k + 1) * ring.len() / (2 * here)]));
    }
    (places, side)
}

/// The cells of a grid by how far they are from its edge, outermost first.
fn rings(frame: &Frame, (across, away): (usize, usize)) -> Vec<Vec<(f64, f64)>> {
    let mut rings = vec![Vec::new(); across.min(away).div_ceil(2)];
    for j in 0..away {
        for i in 0..across {
            let ring = i.min(j).min(across - 1 - i).min(away - 1 - j);
            rings[ring].push(frame.cell((i, j), (across, away)));
        }
    }
    rings
}

/// Flats side by side, floor behind floor, and the side of the square in a cell.
fn house(frame: &Frame, c: &Compound, on_a_floor: Option<usize>) -> (Vec<(f64, f64)>, f64) {
    let homes = c.homes as usize;
    let across = on_a_floor
        .unwrap_or_else(|| frame.cells(frame.largest(homes, |a, b| a * b >= homes)).0.min(homes))
        .max(1);
    let away = homes.div_ceil(across).max(1);
    let side = (frame.inner.0 / across as f64).min(frame.inner.1 / away as f64);
    // Seen from the door, the first flat is on the left.
    let sign = if frame.door.1 > 0.0 { -1.0 } else { 1.0 };
    let cells = (0..homes)
        .map(|k| {
            let (u, v) = frame.cell((k % across, k / across), (across, away));
            (u * sign, v * sign)
        })
        .collect();
    (cells, side.min(MOST_HALF_M * 2.0 / FILL))
}

fn metres(p: PointCm) -> (f32, f32) {
    let (x, y) = p.to_metres();
    (x as f32, y as f32)
}

/// What holds everything that is drawn.
fn bounds(place: &Place) -> Bounds {
    let lines = place
        .ways
        .iter()
        .map(|w| (&w.line, w.width_cm))
        .chain(place.waters.iter().chain(&place.borders).map(|s| (&s.line, s.width_cm)))
        .flat_map(|(line, width)| line.iter().map(move |&p| (p, width as f32 / 200.0)));
    let spots = [&place.toilets, &place.shops, &place.bridges].into_iter().flatten();
    let points = spots
        .chain([&place.office])
        .map(|spot| spot.at)
        .chain(place.mouths.iter().map(|mouth| mouth.at))
        .map(|at| (at, 0.0));
    let level = lines.chain(points).map(|(at, by)| (metres(at), (by, by)));
    let turned = grounds(place).into_iter().map(|g| (g.centre, g.reach()));
    level.chain(turned).fold(Bounds::NONE, |bounds, ((x, y), (w, h))| Bounds {
        min: (bounds.min.0.min(x - w), bounds.min.1.min(y - h)),
        max: (bounds.max.0.max(x + w), bounds.max.1.max(y + h)),
    })
}

impl Bounds {
    /// Holds nothing; a place has at least its office.
    const NONE: Self =
        Self { min: (f32::INFINITY, f32::INFINITY), max: (f32::NEG_INFINITY, f32::NEG_INFINITY) };

    /// Width and height, metres.
    pub fn size(&self) -> (f32, f32) {
        (self.max.0 - self.min.0, self.max.1 - self.min.1)
    }

    /// The middle, metres.
    pub fn centre(&self) -> (f32, f32) {
        (f32::midpoint(self.min.0, self.max.0), f32::midpoint(self.min.1, self.max.1))
    }
}

#[cfg(test)]
#[path = "plan_tests.rs"]
mod tests;
