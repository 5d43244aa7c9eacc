//! Parts of a whole over the days, one band upon the other.
//!
//! Floor 6. Reads numbers; makes [`Pixels`]. Each band has its own small marks
//! besides its colour, and a rule above it.

use super::canvas::{Pixels, Size};
use super::series::{Days, height_of};
use crate::base::palette::{self, Rgb};

/// The marks strewn over a band: the silhouettes of the markers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hatch {
    /// Hollow rings.
    Ring,
    /// Full circles.
    Circle,
    /// Squares.
    Square,
    /// Triangles.
    Triangle,
}

impl Hatch {
    /// Whether a point lies on the mark; the mark reaches from -1 to 1.
    fn covers(self, x: f32, y: f32) -> bool {
        let away = x.hypot(y);
        match self {
            Self::Ring => (0.6..=1.0).contains(&away),
            Self::Circle => away <= 0.8,
            Self::Square => x.abs() <= 0.8 && y.abs() <= 0.8,
            Self::Triangle => y <= 0.8 && x.abs() <= (y + 1.0) * 0.52,
        }
    }
}

/// One part of the whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Band {
    /// Its size on each day, from the first.
    pub values: Vec<u64>,
    /// Its colour.
    pub fill: Rgb,
    /// Its marks.
    pub hatch: Hatch,
}

/// Distance between marks and half of their size, widths of the pen.
const GRID: f32 = 11.0;
const MARK: f32 = 2.6;

/// Bands upon each other, the first one lowest. The whole is the largest sum of a
/// day. A band that is not empty is at least a pixel high on a day on which there
/// is room: a single home is not lost.
pub fn stacked(size: Size, days: Days, bands: &[Band]) -> Pixels {
    let size = size.sane();
    let mut sheet = Pixels::ruled(size);
    let lived = bands.iter().map(|band| band.values.len()).max().unwrap_or(0);
    let lived = lived.min(days.all as usize);
    let value = |band: &Band, day: usize| band.values.get(day).copied().unwrap_or(0);
    let sum = |day: usize| bands.iter().fold(0_u64, |sum, b| sum.saturating_add(value(b, day)));
    let whole = (0..lived).map(sum).max().unwrap_or(0);
    for day in 0..lived {
        let across = days.column(day, size.width);
        let highs: Vec<u32> =
            bands.iter().map(|band| height_of(value(band, day), whole, size.height)).collect();
        let mut foot = size.height;
        for (band, high) in bands.iter().zip(fitted(highs, size.height)) {
            let top = foot - high;
            for y in top..foot {
                for x in across.0..across.1.min(size.width) {
                    sheet.put(x, y, tint(size, band, (x, y), (top, foot)));
                }
            }
            foot = top;
        }
    }
    sheet
}

/// Rounding, and bands raised to a pixel, must not grow over the sheet: the highest
/// band gives way.
fn fitted(mut highs: Vec<u32>, height: u32) -> Vec<u32> {
    while highs.iter().sum::<u32>() > height {
        let Some(highest) = highs.iter_mut().max_by_key(|high| **high) else { break };
        *highest -= 1;
    }
    highs
}

fn tint(size: Size, band: &Band, (x, y): (u32, u32), (top, foot): (u32, u32)) -> Rgb {
    // The rule; a band of a few pixels keeps its colour instead.
    if y < top + size.pen && foot - top > size.pen * 3 {
        return palette::INK;
    }
    let pen = size.pen as f32;
    // Marks stand in rows that do not move when a band grows, every other row shifted.
    let row = (y as f32 / (GRID * pen)).floor();
    let shift = if (row as u32).is_multiple_of(2) { 0.0 } else { GRID * pen / 2.0 };
    let across = ((x as f32 + shift) / (GRID * pen)).fract() - 0.5;
    let down = (y as f32 / (GRID * pen)).fract() - 0.5;
    let scale = GRID / MARK;
    if band.hatch.covers(across * scale, down * scale) { mark_on(band.fill) } else { band.fill }
}

/// A mark is darker than its ground, so that it is seen in grey as well.
fn mark_on(Rgb(r, g, b): Rgb) -> Rgb {
    let Rgb(to_r, to_g, to_b) = palette::INK;
    let mix = |from: u8, to: u8| ((u32::from(from) * 55 + u32::from(to) * 45) / 100) as u8;
    Rgb(mix(r, to_r), mix(g, to_g), mix(b, to_b))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::palette::Marker;

    const SIZE: Size = Size { width: 300, height: 100, pen: 1 };

    fn bands(values: [&[u64]; 4]) -> Vec<Band> {
        let looks = [
            (palette::PAPER, Hatch::Ring),
            (Marker::Green.fill(), Hatch::Circle),
            (Marker::Orange.fill(), Hatch::Square),
            (Marker::Red.fill(), Hatch::Triangle),
        ];
        values
            .into_iter()
            .zip(looks)
            .map(|(values, (fill, hatch))| Band { values: values.to_vec(), fill, hatch })
            .collect()
    }

    /// Pixels of each band in a column: its fill and its marks; rules apart.
    fn count(sheet: &Pixels, bands: &[Band], x: u32) -> (Vec<u32>, u32) {
        let mut found = vec![0; bands.len()];
        let mut rules = 0;
        for y in 0..sheet.height {
            let pixel = sheet.at(x, y).unwrap();
            match bands.iter().position(|b| pixel == b.fill || pixel == mark_on(b.fill)) {
                Some(band) => found[band] += 1,
                None => rules += u32::from(pixel == palette::INK),
            }
        }
        (found, rules)
    }

    #[test]
    fn bands_are_as_high_as_their_shares() {
        let bands = bands([&[100, 20, 0], &[0, 60, 70], &[0, 18, 30], &[0, 2, 0]]);
        let sheet = stacked(SIZE, Days { all: 10, unfinished: false }, &bands);
        for (day, wanted) in [[100, 0, 0, 0], [20, 60, 18, 2], [0, 70, 30, 0]].iter().enumerate() {
            for x in day as u32 * 30..day as u32 * 30 + 30 {
                let (found, rules) = count(&sheet, &bands, x);
                let tall = wanted.iter().filter(|n| **n > 3).count() as u32;
                assert_eq!(rules, tall, "a rule above each band that has room for one");
                for (found, wanted) in found.iter().zip(wanted) {
                    let rule = u32::from(*wanted > 3);
                    assert_eq!(*found, wanted - rule, "day {day}, column {x}: {found}");
                }
            }
        }
        assert_eq!(count(&sheet, &bands, 95).0.iter().sum::<u32>(), 0, "not yet lived");
    }

    #[test]
    fn one_home_of_two_thousand_is_seen() {
        let bands = bands([&[0], &[1990], &[9], &[1]]);
        let sheet = stacked(SIZE, Days { all: 1, unfinished: true }, &bands);
        let (found, _) = count(&sheet, &bands, 150);
        assert_eq!((found[2], found[3]), (1, 1));
    }

    /// Without colour the bands still differ: each has marks of its own.
    #[test]
    fn every_band_has_its_own_marks() {
        let all: Vec<Vec<bool>> = [Hatch::Ring, Hatch::Circle, Hatch::Square, Hatch::Triangle]
            .into_iter()
            .map(|hatch| {
                let at = |i: i32| i as f32 / 10.0;
                let square = (-10..=10).flat_map(|y| (-10..=10).map(move |x| (x, y)));
                square.map(|(x, y)| hatch.covers(at(x), at(y))).collect()
            })
            .collect();
        for (i, one) in all.iter().enumerate() {
            assert!(one.iter().any(|c| *c) && !one.iter().all(|c| *c));
            for two in &all[i + 1..] {
                let differ = one.iter().zip(two).filter(|(a, b)| a != b).count();
                assert!(differ > 40, "{differ} of 441 points");
            }
        }
        for marker in [Marker::Green, Marker::Orange, Marker::Red] {
            assert_ne!(mark_on(marker.fill()), marker.fill());
        }
    }
}
