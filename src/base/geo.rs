//! Where things are: whole centimetres, x to the east, y to the north.
//!
//! Floor 0. Map files speak metres with decimals; inside, lengths are integers
//! so that no state depends on floating point.

use serde::{Deserialize, Serialize};

/// A point of the plan, in centimetres from the map's origin.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
pub struct PointCm {
    /// Centimetres east of the origin.
    pub x: i32,
    /// Centimetres north of the origin.
    pub y: i32,
}

impl PointCm {
    /// A point from metres, rounded to the nearest centimetre.
    pub fn from_metres(x: f64, y: f64) -> Self {
        Self { x: (x * 100.0).round() as i32, y: (y * 100.0).round() as i32 }
    }

    /// The point in metres, for drawing and printing only.
    pub fn to_metres(self) -> (f64, f64) {
        (f64::from(self.x) / 100.0, f64::from(self.y) / 100.0)
    }

    /// Walking distance along streets that run with the compass, in centimetres:
    /// |Δx| + |Δy|. Hutong lanes are close to such a grid; work is counted in
    /// whole minutes, so the error is below one tick.
    pub fn walk_cm(self, other: Self) -> u32 {
        self.x.abs_diff(other.x).saturating_add(self.y.abs_diff(other.y))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn walking_goes_along_the_streets() {
        let a = PointCm::from_metres(0.0, 0.0);
        let b = PointCm::from_metres(30.0, -40.5);
        assert_eq!(a.walk_cm(b), 7050);
        assert_eq!(b.walk_cm(a), 7050);
        assert_eq!(b.to_metres(), (30.0, -40.5));
    }
}
