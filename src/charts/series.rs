//! One figure over the days: bars, bars within bars, a line.
//!
//! Floor 6. Reads numbers; makes [`Pixels`].

use super::canvas::{Pixels, Size};
use crate::base::palette::{self, Rgb};

/// The days across a chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Days {
    /// How many the story has; each takes an even share of the width.
    pub all: u32,
    /// Whether the last value is of a day that is not over: it is drawn hollow.
    pub unfinished: bool,
}

impl Days {
    /// From which pixel to before which a day's column goes; days count from 0.
    pub(super) fn column(self, day: usize, width: u32) -> (u32, u32) {
        let all = u64::from(self.all.max(1));
        let edge = |day: u64| (day.min(all) * u64::from(width) / all) as u32;
        let left = edge(day as u64);
        (left, edge(day as u64 + 1).max(left + 1))
    }

    /// The values that have a column.
    pub(super) fn within(self, values: &[u64]) -> &[u64] {
        &values[..values.len().min(self.all as usize)]
    }
}

/// How high a value stands, pixels; what is not nothing is at least a pixel.
pub(super) fn height_of(value: u64, most: u64, height: u32) -> u32 {
    if value == 0 || most == 0 {
        return 0;
    }
    let high = value.min(most) as f64 / most as f64 * f64::from(height);
    (high.round() as u32).clamp(1, height)
}

/// A column leaves a little room to the next one if it can.
fn apart((left, right): (u32, u32)) -> (u32, u32) {
    if right - left > 3 { (left, right - 1) } else { (left, right) }
}

fn largest(values: &[u64]) -> u64 {
    values.iter().copied().max().unwrap_or(0)
}

/// A bar for each day, the largest as high as the chart.
pub fn bars(size: Size, days: Days, values: &[u64], ink: Rgb) -> Pixels {
    let size = size.sane();
    let values = days.within(values);
    let mut sheet = Pixels::ruled(size);
    let most = largest(values);
    for (day, &value) in values.iter().enumerate() {
        let across = apart(days.column(day, size.width));
        let top = size.height - height_of(value, most, size.height);
        let hollow = days.unfinished && day + 1 == values.len();
        if hollow {
            sheet.frame(across, (top, size.height), size.pen, ink);
        } else {
            sheet.fill(across, (top, size.height), ink);
        }
    }
    sheet
}

/// A bar for each day, and round it the rim of what it is a part of. `wholes` has a
/// value for each of `parts`; a part larger than its whole stands out of the rim.
pub fn bars_of(size: Size, days: Days, parts: &[u64], wholes: &[u64], ink: Rgb) -> Pixels {
    let size = size.sane();
    let (parts, wholes) = (days.within(parts), days.within(wholes));
    let mut sheet = Pixels::ruled(size);
    let most = largest(parts).max(largest(wholes));
    for (day, (&part, &whole)) in parts.iter().zip(wholes).enumerate() {
        let across = apart(days.column(day, size.width));
        let top = |value: u64| size.height - height_of(value, most, size.height);
        sheet.fill(across, (top(whole), size.height), palette::WALL);
        sheet.fill(across, (top(part), size.height), ink);
        let edge = top(whole);
        sheet.fill(across, (edge, (edge + size.pen).min(size.height)), palette::INK_SOFT);
    }
    sheet
}

/// A line through the middle of each day, the largest value as high as the chart.
pub fn line(size: Size, days: Days, values: &[u64], ink: Rgb) -> Pixels {
    let size = size.sane();
    let values = days.within(values);
    let mut sheet = Pixels::ruled(size);
    let most = largest(values);
    let room = size.height.saturating_sub(size.pen);
    let top = |value: u64| {
        let high = if most == 0 { 0 } else { height_of(value, most, room.max(1)) };
        room.saturating_sub(high)
    };
    let mut before: Option<u32> = None;
    for (day, &value) in values.iter().enumerate() {
        let (left, right) = days.column(day, size.width);
        let here = top(value);
        sheet.fill((left, right), (here, here + size.pen), ink);
        // The riser from the day before; the line is never broken.
        if let Some(before) = before {
            let (upper, lower) = (here.min(before), here.max(before));
            sheet.fill((left, left + size.pen), (upper, lower + size.pen), ink);
        }
        before = Some(here);
    }
    sheet
}

#[cfg(test)]
mod tests {
    use super::*;

    const INK: Rgb = palette::FOCUS;
    const SIZE: Size = Size { width: 200, height: 50, pen: 1 };
    const DAYS: Days = Days { all: 20, unfinished: false };

    /// Pixels of the ink in a day's column, a column's width counted once.
    fn high(sheet: &Pixels, day: u32) -> u32 {
        let x = day * 10 + 4;
        (0..50).filter(|&y| sheet.at(x, y) == Some(INK)).count() as u32
    }

    #[test]
    fn a_bar_is_as_high_as_its_share_of_the_largest() {
        let values = [0, 100, 50, 1, 75];
        let sheet = bars(SIZE, DAYS, &values, INK);
        let found: Vec<u32> = (0..5).map(|day| high(&sheet, day)).collect();
        assert_eq!(found, [0, 50, 25, 1, 38]);
        for x in 50..200 {
            for y in 0..49 {
                assert_eq!(sheet.at(x, y), Some(palette::PAPER_RAISED), "a day not yet lived");
            }
        }
    }

    #[test]
    fn a_day_that_is_not_over_is_hollow() {
        let days = Days { unfinished: true, ..DAYS };
        let sheet = bars(SIZE, days, &[100, 100], INK);
        assert_eq!((high(&sheet, 0), high(&sheet, 1)), (50, 1));
    }

    #[test]
    fn a_part_stands_in_its_whole() {
        let sheet = bars_of(SIZE, DAYS, &[30, 100], &[100, 80], INK);
        assert_eq!(high(&sheet, 0), 15);
        // Above the whole as well, but for the rim of the whole itself.
        assert_eq!(high(&sheet, 1), 49);
        assert_eq!(sheet.at(4, 0), Some(palette::INK_SOFT));
        assert_eq!(sheet.at(14, 10), Some(palette::INK_SOFT));
        assert_eq!(sheet.at(4, 20), Some(palette::WALL));
    }

    #[test]
    fn a_line_goes_through_every_day_without_a_gap() {
        let values = [0, 10, 5, 10, 0, 7];
        let sheet = line(SIZE, DAYS, &values, INK);
        let rows =
            |x: u32| -> Vec<u32> { (0..50).filter(|&y| sheet.at(x, y) == Some(INK)).collect() };
        for (day, wanted) in [49, 0, 24, 0, 49, 15].into_iter().enumerate() {
            assert_eq!(rows(day as u32 * 10 + 5), [wanted], "day {day}");
        }
        for x in 1..60 {
            let (a, b) = (rows(x - 1), rows(x));
            assert!(a.iter().any(|y| b.contains(y)), "a gap at {x}");
        }
        assert!(rows(60).is_empty());
    }

    #[test]
    fn nothing_is_drawn_beside_the_sheet_and_nothing_breaks() {
        for (width, height) in [(0, 0), (1, 1), (3, 2), (7000, 1)] {
            let size = Size { width, height, pen: 9 };
            for values in [&[][..], &[0, 0], &[u64::MAX, 1, 2], &[5; 500]] {
                let days = Days { all: 3, unfinished: true };
                for sheet in [
                    bars(size, days, values, INK),
                    line(size, days, values, INK),
                    bars_of(size, days, values, values, INK),
                ] {
                    let pixels = (sheet.width * sheet.height) as usize;
                    assert_eq!(sheet.rgba.len(), pixels * 4);
                    assert!(pixels > 0 && sheet.width <= 4096);
                }
            }
        }
    }
}
