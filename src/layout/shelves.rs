//! The compounds of one section on shelves, in order, like words in lines.
//!
//! Floor 4. Reads widths; tells places; owns the packing. A building may stand as
//! high as several shelves; courtyards flow around it.

/// Halvings of a search for a width or a size.
pub(super) const BISECTIONS: usize = 14;

/// A compound as it is packed: its width, and how many shelves it is high.
pub(super) type Parcel = (f64, usize);

/// Sets compounds in order on shelves of a width. Returns how many shelves that
/// takes; `put` hears the place of each: its left edge and its upper shelf.
pub(super) fn pack(
    blocks: &[Parcel],
    gap: f64,
    width: f64,
    mut put: impl FnMut(f64, usize),
) -> usize {
    // What stands through from a shelf above: last shelf, left and right edge.
    let mut standing: Vec<(usize, f64, f64)> = Vec::new();
    let (mut x, mut shelf, mut shelves) = (0.0, 0, 1);
    for &(wide, span) in blocks {
        loop {
            while let Some(&(.., right)) = standing
                .iter()
                .find(|(last, l, r)| *last >= shelf && x < r + gap - 1e-9 && x + wide + gap > *l)
            {
                x = right + gap;
            }
            if x <= 0.0 || x + wide <= width + 1e-9 {
                break;
            }
            (x, shelf) = (0.0, shelf + 1);
        }
        put(x, shelf);
        if span > 1 {
            standing.push((shelf + span - 1, x, x + wide));
        }
        x += wide + gap;
        shelves = shelves.max(shelf + span);
    }
    shelves
}

/// How many shelves a width needs.
pub(super) fn shelves_at(blocks: &[Parcel], gap: f64, width: f64) -> usize {
    pack(blocks, gap, width, |_, _| {})
}

/// The least width at which the blocks fit on so many shelves; infinite where a
/// building is higher than that.
pub(super) fn least_width(blocks: &[Parcel], gap: f64, shelves: usize) -> f64 {
    let mut low = blocks.iter().map(|b| b.0).fold(0.0, f64::max);
    if shelves_at(blocks, gap, low) <= shelves {
        return low;
    }
    let mut high = blocks.iter().map(|b| b.0).sum::<f64>() + gap * blocks.len() as f64;
    if shelves_at(blocks, gap, high) > shelves {
        return f64::INFINITY;
    }
    for _ in 0..BISECTIONS {
        let middle = f64::midpoint(low, high);
        if shelves_at(blocks, gap, middle) <= shelves {
            high = middle;
        } else {
            low = middle;
        }
    }
    high
}
