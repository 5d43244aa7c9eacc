//! The way of the camera from one view to another.
//!
//! Floor 8. Reads two views; owns [`Flight`]. Pure. Over a long way it rises, crosses and
//! comes down, so that nothing large rushes past: the smooth and efficient way of van
//! Wijk and Nuij (*IEEE Information Visualization* 2003), along which what is seen moves evenly.

use bevy::math::Vec2;

/// How much rising is preferred to crossing; 1.4 is what viewers liked best there.
const RHO: f32 = 1.4;
/// Part of a view below which one stays where one is and comes nearer or goes away.
const SAME_PLACE: f32 = 1e-3;

/// A point in the middle and the world units of a logical pixel.
pub(super) type Sight = (Vec2, f32);

/// A way that is being flown.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Flight {
    from: Sight,
    to: Sight,
    /// Width of the map, logical pixels.
    width: f32,
    seconds: f32,
    length: f32,
}

impl Flight {
    /// From one view to another in at least `length` seconds, and longer, up to twice
    /// that, for a longer way. `width`: of the map on the screen, logical pixels.
    pub(super) fn story(from: Sight, to: Sight, width: f32, length: f32) -> Self {
        let mut flight = Self::new(from, to, width, length);
        flight.length = (length * flight.way() / STEP).clamp(length, length * 2.0);
        flight
    }

    /// From one view to another in so many seconds.
    pub(super) fn new(from: Sight, to: Sight, width: f32, length: f32) -> Self {
        Self { from, to, width: width.max(1.0), seconds: 0.0, length }
    }

    /// Goes on for so many seconds; the view there, and whether that is the end.
    pub(super) fn go_on(&mut self, seconds: f32) -> (Sight, bool) {
        self.seconds += seconds;
        let share = (self.seconds / self.length).min(1.0);
        if share >= 1.0 {
            return (self.to, true);
        }
        (self.at(share * share * (3.0 - 2.0 * share)), false)
    }

    fn measures(&self) -> (f32, f32, f32) {
        let far = self.from.0.distance(self.to.0);
        (far, self.from.1 * self.width, self.to.1 * self.width)
    }

    /// Where the way begins and ends on the curve; nothing where one stays in place.
    fn ends(&self) -> Option<(f32, f32)> {
        let (far, w0, w1) = self.measures();
        if far < SAME_PLACE * w0.min(w1) {
            return None;
        }
        let (far, w0, w1) = (f64::from(far), f64::from(w0), f64::from(w1));
        let steep = f64::from(RHO).powi(4) * far * far;
        let wide = |w: f64| 2.0 * w * f64::from(RHO).powi(2) * far;
        let b0 = (w1 * w1 - w0 * w0 + steep) / wide(w0);
        let b1 = (w1 * w1 - w0 * w0 - steep) / wide(w1);
        // −arsinh(b) is ln(√(b² + 1) − b) without loss where b is large.
        Some((-b0.asinh() as f32, -b1.asinh() as f32))
    }

    /// Length of the way: one is a change of e in width at RHO 1.
    fn way(&self) -> f32 {
        let (_, w0, w1) = self.measures();
        self.ends().map_or_else(|| (w1 / w0).ln().abs() / RHO, |(r0, r1)| (r1 - r0) / RHO)
    }

    /// The view at a share of the way.
    fn at(&self, share: f32) -> Sight {
        let (far, w0, w1) = self.measures();
        let Some((r0, r1)) = self.ends() else {
            let per_px = (self.from.1.ln() + (w1 / w0).ln() * share).exp();
            return (self.from.0.lerp(self.to.0, share), per_px);
        };
        let r = r0 + (r1 - r0) * share;
        let gone = w0 / (RHO * RHO) * (r0.cosh() * r.tanh() - r0.sinh());
        (self.from.0.lerp(self.to.0, gone / far), self.from.1 * r0.cosh() / r.cosh())
    }
}

/// Length of a way that is flown in the shortest time.
const STEP: f32 = 2.0;

#[cfg(test)]
mod tests {
    use super::*;

    const WIDTH: f32 = 1000.0;

    fn sights() -> Vec<Sight> {
        let near = |x| (Vec2::new(x, 0.0), 0.05);
        vec![near(0.0), near(30.0), near(4000.0), (Vec2::new(500.0, 700.0), 3.0), near(30.01)]
    }

    #[test]
    fn a_way_begins_and_ends_where_it_should() {
        for from in sights() {
            for to in sights() {
                let flight = Flight::new(from, to, WIDTH, 1.0);
                for (share, wanted) in [(0.0, from), (1.0, to)] {
                    let (at, per_px) = flight.at(share);
                    assert!(at.distance(wanted.0) < 2e-3 * wanted.1 * WIDTH, "{from:?} {to:?}");
                    assert!((per_px / wanted.1 - 1.0).abs() < 2e-3, "{from:?} {to:?} {per_px}");
                }
            }
        }
    }

    /// The rate at which what is seen moves, ρ²u′² / w² + (w′ / w)² / ρ², is the same
    /// all along: what the way was made for.
    #[test]
    fn what_is_seen_moves_evenly() {
        let ends = [(sights()[0], sights()[2]), (sights()[3], sights()[1])];
        for (from, to) in ends {
            let flight = Flight::new(from, to, WIDTH, 1.0);
            let rate = |share: f32| {
                const H: f32 = 1e-2;
                let (a, b) = (flight.at(share - H), flight.at(share + H));
                let w = flight.at(share).1 * WIDTH;
                let crossing = a.0.distance(b.0) / (2.0 * H) / w * RHO;
                let rising = (b.1 / a.1).ln() / (2.0 * H) / RHO;
                crossing.hypot(rising)
            };
            let rates: Vec<f32> = (1..10).map(|i| rate(i as f32 / 10.0)).collect();
            for r in &rates {
                assert!((r / flight.way() - 1.0).abs() < 0.02, "{rates:?} {}", flight.way());
            }
        }
    }

    #[test]
    fn a_long_way_is_flown_from_above() {
        let flight = Flight::new(sights()[0], sights()[2], WIDTH, 1.0);
        assert!(flight.at(0.5).1 > 10.0 * sights()[0].1);
    }

    #[test]
    fn a_flight_ends_and_a_longer_one_takes_longer() {
        let (from, to) = (sights()[0], sights()[2]);
        let mut far = Flight::story(from, to, WIDTH, 0.9);
        assert!((0.9..=1.8).contains(&far.length) && far.length > 0.9);
        assert!(Flight::story(from, from, WIDTH, 0.9).length <= 0.9);
        assert!(!far.go_on(0.5).1);
        assert_eq!(far.go_on(2.0), (to, true));
    }
}
