//! A steady hand that is not a ruler: small, fixed irregularities.
//!
//! Floor 4. Reads nothing, writes points; owns the pattern. The pattern depends
//! on position in the drawing only, never on the story's seed, so that two boards
//! can be laid over each other.

use crate::headless::page::Point;

/// Distance between two bends of a ruled line.
const BEND_EVERY_MM: f64 = 35.0;
/// How far a bend may stray.
const STRAY_MM: f64 = 0.22;

/// A number from −1 to 1 that looks arbitrary and is always the same.
pub(super) fn waver(key: u64, salt: u64) -> f64 {
    // The finaliser of SplitMix64 (Steele, Lea & Flood 2014): good mixing, no state.
    let mut z = key.wrapping_mul(0x9E37_79B9_7F4A_7C15).wrapping_add(salt);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^= z >> 31;
    (z >> 32) as f64 / f64::from(1u32 << 31) - 1.0
}

/// A key for a place on the page.
pub(super) fn key((x, y): Point) -> u64 {
    ((x * 100.0).round() as i64 as u64) << 32 ^ ((y * 100.0).round() as i64 as u64)
}

/// A line drawn along a batten: nearly straight.
pub(super) fn line(from: Point, to: Point, key: u64) -> Vec<Point> {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let length = dx.hypot(dy);
    let parts = ((length / BEND_EVERY_MM).ceil() as u64).max(1);
    (0..=parts)
        .map(|i| {
            let along = i as f64 / parts as f64;
            let stray = waver(key, i) * STRAY_MM;
            let (nx, ny) = if length > 0.0 { (-dy / length, dx / length) } else { (0.0, 0.0) };
            (from.0 + dx * along + nx * stray, from.1 + dy * along + ny * stray)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hand_strays_little_and_always_alike() {
        for i in 0..1000 {
            assert!(waver(7, i).abs() <= 1.0);
        }
        let (a, b) = (line((0.0, 5.0), (100.0, 5.0), 1), line((0.0, 5.0), (100.0, 5.0), 1));
        assert_eq!(a, b);
        assert!(a.iter().all(|p| (p.1 - 5.0).abs() <= STRAY_MM));
    }
}
