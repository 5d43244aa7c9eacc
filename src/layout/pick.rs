//! What lies under a point: the nearest home, the compound.
//!
//! Floor 4. Reads positions of either look; answers questions; owns the grid of
//! buckets. Any unit and any direction of `y` will do, as long as it is the same
//! throughout. How many buckets there are is bounded by the number of things,
//! however far they lie apart.

use crate::base::ids::{CompoundId, HouseholdId};

type Point = (f32, f32);

/// The ground of a compound: a rectangle, possibly turned.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ground {
    /// Its middle.
    pub centre: Point,
    /// Half of its sides.
    pub half: Point,
    /// Direction of its first side, radians from the `x` axis towards the `y` axis.
    pub turn: f32,
}

impl Ground {
    /// A rectangle that is not turned, by two corners; the first has the lesser
    /// coordinates.
    pub fn level(min: Point, max: Point) -> Self {
        Self {
            centre: (f32::midpoint(min.0, max.0), f32::midpoint(min.1, max.1)),
            half: ((max.0 - min.0) / 2.0, (max.1 - min.1) / 2.0),
            turn: 0.0,
        }
    }

    /// How far it reaches from its middle along both axes.
    pub fn reach(&self) -> Point {
        let (sin, cos) = self.turn.sin_cos();
        let (sin, cos) = (sin.abs(), cos.abs());
        (self.half.0 * cos + self.half.1 * sin, self.half.0 * sin + self.half.1 * cos)
    }

    /// Distance from a point; 0 inside.
    pub fn distance(&self, at: Point) -> f32 {
        let (dx, dy) = (at.0 - self.centre.0, at.1 - self.centre.1);
        let (sin, cos) = self.turn.sin_cos();
        let (u, v) = (dx * cos + dy * sin, dy * cos - dx * sin);
        let (out_u, out_v) = (u.abs() - self.half.0, v.abs() - self.half.1);
        out_u.max(0.0).hypot(out_v.max(0.0))
    }
}

/// Finds homes.
#[derive(Debug, Clone)]
pub struct Picker {
    points: Vec<Point>,
    buckets: Buckets,
}

impl Picker {
    /// From the middles of homes, by [`HouseholdId`]. `bucket` is the side of a
    /// bucket, greater than 0: about the distance of neighbours.
    pub fn new(points: impl IntoIterator<Item = (f32, f32)>, bucket: f32) -> Self {
        let points: Vec<Point> = points.into_iter().collect();
        let buckets = Buckets::new(&points, |&p| (p, p), bucket);
        Self { points, buckets }
    }

    /// The home whose middle is nearest to a point, and how far that is, if it is
    /// not beyond the radius. Of equally near ones, the first.
    pub fn nearest(&self, at: (f32, f32), radius: f32) -> Option<(HouseholdId, f32)> {
        let distance = |k: u32| {
            let (x, y) = self.points[k as usize];
            (x - at.0).hypot(y - at.1)
        };
        self.buckets.nearest(at, radius, distance).map(|(k, distance)| (HouseholdId(k), distance))
    }
}

/// Finds compounds.
#[derive(Debug, Clone)]
pub struct GroundPicker {
    grounds: Vec<Ground>,
    buckets: Buckets,
}

impl GroundPicker {
    /// From the grounds of compounds, by [`CompoundId`]. `bucket` is the side of a
    /// bucket, greater than 0: about the size of a compound.
    pub fn new(grounds: Vec<Ground>, bucket: f32) -> Self {
        let extent = |g: &Ground| {
            let (w, h) = g.reach();
            ((g.centre.0 - w, g.centre.1 - h), (g.centre.0 + w, g.centre.1 + h))
        };
        let buckets = Buckets::new(&grounds, extent, bucket);
        Self { grounds, buckets }
    }

    /// The compound on whose ground a point lies, or the nearest one that is not
    /// farther than `slack`. Of equally near ones, the first.
    pub fn compound_at(&self, at: (f32, f32), slack: f32) -> Option<CompoundId> {
        let distance = |k: u32| self.grounds[k as usize].distance(at);
        self.buckets.nearest(at, slack, distance).map(|(k, _)| CompoundId(k))
    }
}

/// Columns and rows from the first to the last.
type Span = ((usize, usize), (usize, usize));

/// Equal square cells, each with the things that reach into it.
#[derive(Debug, Clone)]
struct Buckets {
    origin: Point,
    side: f32,
    columns: usize,
    rows: usize,
    /// Where each cell's things begin in `things`, and one more for the end.
    starts: Vec<u32>,
    things: Vec<u32>,
}

/// Most cells for each thing; far-flung things get larger cells.
const CELLS_PER_THING: f32 = 4.0;

impl Buckets {
    fn new<T>(things: &[T], extent: impl Fn(&T) -> (Point, Point), side: f32) -> Self {
        let (mut min, mut max) =
            ((f32::INFINITY, f32::INFINITY), (f32::NEG_INFINITY, f32::NEG_INFINITY));
        for thing in things {
            let (low, high) = extent(thing);
            min = (min.0.min(low.0), min.1.min(low.1));
            max = (max.0.max(high.0), max.1.max(high.1));
        }
        if things.is_empty() {
            (min, max) = ((0.0, 0.0), (0.0, 0.0));
        }
        let (w, h) = (max.0 - min.0, max.1 - min.1);
        let most = things.len() as f32 * CELLS_PER_THING + 1.0;
        // The least side at which there are not more cells, even in one row.
        let side = side.max((w * h / most).sqrt()).max(w.max(h) / most);
        let count = |length: f32| (length / side) as usize + 1;
        let (columns, rows) = (count(w), count(h));
        let mut grid = Self {
            origin: min,
            side,
            columns,
            rows,
            starts: vec![0; columns * rows + 1],
            things: Vec::new(),
        };
        let spans: Vec<Span> = things
            .iter()
            .map(|thing| {
                let (low, high) = extent(thing);
                grid.span(low, high)
            })
            .collect();
        // Count, add up, fill: `starts` runs ahead by one cell until all are in.
        for &span in &spans {
            for cell in cells(span, columns) {
                grid.starts[cell + 1] += 1;
            }
        }
        for cell in 0..columns * rows {
            grid.starts[cell + 1] += grid.starts[cell];
        }
        let mut next = grid.starts.clone();
        grid.things = vec![0; grid.starts[columns * rows] as usize];
        for (thing, &span) in spans.iter().enumerate() {
            for cell in cells(span, columns) {
                grid.things[next[cell] as usize] = thing as u32;
                next[cell] += 1;
            }
        }
        grid
    }

    /// The cells that a rectangle touches, those at the edge for what is outside.
    fn span(&self, low: Point, high: Point) -> Span {
        // A float that is too small or too large becomes the nearest index.
        let cell = |at: f32, from: f32, count: usize| {
            (((at - from) / self.side).floor() as usize).min(count - 1)
        };
        let of = |p: Point| {
            (cell(p.0, self.origin.0, self.columns), cell(p.1, self.origin.1, self.rows))
        };
        (of(low), of(high))
    }

    /// The nearest thing within a radius and its distance; of equally near ones,
    /// the first.
    fn nearest(&self, at: Point, radius: f32, distance: impl Fn(u32) -> f32) -> Option<(u32, f32)> {
        let low = (at.0 - radius, at.1 - radius);
        let span = self.span(low, (at.0 + radius, at.1 + radius));
        let mut best: Option<(f32, u32)> = None;
        for cell in cells(span, self.columns) {
            let (from, to) = (self.starts[cell] as usize, self.starts[cell + 1] as usize);
            for &thing in &self.things[from..to] {
                let here = (distance(thing), thing);
                if here.0 <= radius && best.is_none_or(|best| here < best) {
                    best = Some(here);
                }
            }
        }
        best.map(|(distance, thing)| (thing, distance))
    }
}

/// The numbers of the cells of a span, row by row.
fn cells(((left, low), (right, high)): Span, columns: usize) -> impl Iterator<Item = usize> {
    (low..=high).flat_map(move |row| (left..=right).map(move |column| row * columns + column))
}

#[cfg(test)]
#[path = "pick_tests.rs"]
mod tests;
