//! Plane geometry of maps: rectangles that may be turned, lines with a width.
//!
//! Floor 2. Metres as floats, here and nowhere below: what leaves this room is
//! rounded to whole centimetres.

/// A point in metres, x to the east, y to the north.
pub type Point = (f64, f64);

/// A turned rectangle.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Block {
    /// Its middle.
    pub centre: Point,
    /// Unit vector along its front.
    pub along: Point,
    /// Half of its front.
    pub half_front: f64,
    /// Half of its depth.
    pub half_depth: f64,
}

impl Block {
    /// The strip of a line with a width.
    pub fn strip(a: Point, b: Point, width: f64) -> Self {
        let length = distance(a, b);
        let along =
            if length > 0.0 { ((b.0 - a.0) / length, (b.1 - a.1) / length) } else { (1.0, 0.0) };
        Self {
            centre: (f64::midpoint(a.0, b.0), f64::midpoint(a.1, b.1)),
            along,
            half_front: length / 2.0,
            half_depth: width / 2.0,
        }
    }

    /// Radius of the circle around it.
    pub fn reach(&self) -> f64 {
        self.half_front.hypot(self.half_depth)
    }

    /// Whether two blocks share an area; touching within `slack` metres does not
    /// count. By separating axes.
    pub fn overlaps(&self, other: &Self, slack: f64) -> bool {
        let gap = (other.centre.0 - self.centre.0, other.centre.1 - self.centre.1);
        let across = |v: Point| (-v.1, v.0);
        let axes = [self.along, across(self.along), other.along, across(other.along)];
        axes.iter().all(|&axis| {
            let reach = |b: &Self| {
                b.half_front * dot(b.along, axis).abs()
                    + b.half_depth * dot(across(b.along), axis).abs()
            };
            dot(gap, axis).abs() + slack < reach(self) + reach(other)
        })
    }

    /// Distance from a point to the block; 0 inside.
    pub fn distance_to(&self, p: Point) -> f64 {
        let gap = (p.0 - self.centre.0, p.1 - self.centre.1);
        let outside = |v: f64, half: f64| (v.abs() - half).max(0.0);
        let x = outside(dot(gap, self.along), self.half_front);
        let y = outside(dot(gap, (-self.along.1, self.along.0)), self.half_depth);
        x.hypot(y)
    }
}

/// Scalar product.
pub fn dot(a: Point, b: Point) -> f64 {
    a.0 * b.0 + a.1 * b.1
}

/// Distance of two points.
pub fn distance(a: Point, b: Point) -> f64 {
    (a.0 - b.0).hypot(a.1 - b.1)
}

/// Where on a line the point nearest to `p` lies, as metres from its beginning,
/// and how far away it is. A line without length answers with its first point.
pub fn project(line: &[Point], p: Point) -> (f64, f64) {
    let mut best = (0.0, line.first().map_or(f64::INFINITY, |&a| distance(a, p)));
    let mut walked = 0.0;
    for pair in line.windows(2) {
        let (a, b) = (pair[0], pair[1]);
        let length = distance(a, b);
        if length > 0.0 {
            let t = (dot((p.0 - a.0, p.1 - a.1), (b.0 - a.0, b.1 - a.1)) / (length * length))
                .clamp(0.0, 1.0);
            let near = (a.0 + t * (b.0 - a.0), a.1 + t * (b.1 - a.1));
            let off = distance(near, p);
            if off < best.1 {
                best = (walked + t * length, off);
            }
        }
        walked += length;
    }
    best
}

/// Length of a line.
pub fn length(line: &[Point]) -> f64 {
    line.windows(2).map(|p| distance(p[0], p[1])).sum()
}

/// The point so many metres along a line, and the direction there.
pub fn point_at(line: &[Point], metres: f64) -> (Point, Point) {
    let mut left = metres.max(0.0);
    let mut last = ((0.0, 0.0), (1.0, 0.0));
    for pair in line.windows(2) {
        let (a, b) = (pair[0], pair[1]);
        let part = distance(a, b);
        if part <= 0.0 {
            continue;
        }
        let along = ((b.0 - a.0) / part, (b.1 - a.1) / part);
        if left <= part {
            return ((a.0 + along.0 * left, a.1 + along.1 * left), along);
        }
        left -= part;
        last = (b, along);
    }
    last
}

/// Where two segments cross, if they do.
pub fn crossing(a: Point, b: Point, c: Point, d: Point) -> Option<Point> {
    let (one, other) = ((b.0 - a.0, b.1 - a.1), (d.0 - c.0, d.1 - c.1));
    let cross = |u: Point, v: Point| u.0 * v.1 - u.1 * v.0;
    let base = cross(one, other);
    if base == 0.0 {
        return None;
    }
    let gap = (c.0 - a.0, c.1 - a.1);
    let (along, across) = (cross(gap, other) / base, cross(gap, one) / base);
    let within = |part: f64| (0.0..=1.0).contains(&part);
    (within(along) && within(across)).then_some((a.0 + along * one.0, a.1 + along * one.1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_that_touch_do_not_overlap_and_turned_ones_do() {
        let block = |x, angle: f64| Block {
            centre: (x, 0.0),
            along: (angle.cos(), angle.sin()),
            half_front: 5.0,
            half_depth: 5.0,
        };
        assert!(!block(0.0, 0.0).overlaps(&block(10.0, 0.0), 0.01));
        assert!(block(0.0, 0.0).overlaps(&block(9.0, 0.0), 0.01));
        // Turned by 45 degrees its corner reaches 7.07 m.
        assert!(block(0.0, 0.0).overlaps(&block(11.9, std::f64::consts::FRAC_PI_4), 0.01));
        assert!(!block(0.0, 0.0).overlaps(&block(12.2, std::f64::consts::FRAC_PI_4), 0.01));
    }

    #[test]
    fn a_point_is_projected_onto_the_nearest_part_of_a_line() {
        let line = [(0.0, 0.0), (10.0, 0.0), (10.0, 10.0)];
        assert_eq!(project(&line, (4.0, 3.0)), (4.0, 3.0));
        assert_eq!(project(&line, (12.0, 6.0)), (16.0, 2.0));
        assert_eq!(point_at(&line, 16.0), ((10.0, 6.0), (0.0, 1.0)));
        assert!((length(&line) - 20.0).abs() < 1e-9);
        assert_eq!(crossing((0.0, 0.0), (4.0, 4.0), (0.0, 4.0), (4.0, 0.0)), Some((2.0, 2.0)));
        assert_eq!(crossing((0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (1.0, 1.0)), None);
    }
}
