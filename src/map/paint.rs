//! Four bytes a home: which marker it shows, which flags, what it showed before,
//! and how far the new marker is drawn.
//!
//! Floor 8, without the engine. Reads the read model; writes the bytes of the state
//! texture. A day of changes costs what changed, not how many homes there are.

use crate::base::ids::HouseholdId;
use crate::base::palette::Marker;
use crate::session::frame::Shown;
use crate::sim::board::Legend;
use crate::sim::people::Marks;

/// Bytes of a home.
pub const TEXEL: usize = 4;
/// The marker of a home that is not known yet.
pub const UNKNOWN: u8 = 7;
/// Nobody was heard of for long.
pub const STALE: u8 = 1;
/// Somebody is looked after.
pub const FIGURE: u8 = 2;
/// A Party member's home.
pub const STAR: u8 = 4;
/// The new marker is drawn in full.
pub const DONE: u8 = 255;
/// Widest texture every WebGL2 device has.
pub const WIDEST: u32 = 2048;

/// Columns and rows of the texture for so many homes.
pub fn extent(homes: usize) -> (u32, u32) {
    let columns = (homes.max(1) as u32).min(WIDEST);
    (columns, (homes.max(1) as u32).div_ceil(columns))
}

/// Which marker each line of a legend draws.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Markers(Vec<u8>);

impl Markers {
    /// The markers of a legend.
    pub fn of(legend: &Legend) -> Self {
        Self(legend.entries.iter().map(|e| e.drawn().map_or(UNKNOWN, code)).collect())
    }

    fn get(&self, entry: u8) -> u8 {
        self.0.get(usize::from(entry)).copied().unwrap_or(UNKNOWN)
    }
}

/// A marker's number in the texture.
pub fn code(marker: Marker) -> u8 {
    Marker::ALL.iter().position(|m| *m == marker).map_or(UNKNOWN, |i| i as u8)
}

/// A texture's number as a marker.
pub fn marker(code: u8) -> Option<Marker> {
    Marker::ALL.get(usize::from(code)).copied()
}

fn flags(shown: Shown) -> u8 {
    let mut flags = 0;
    if shown.stale {
        flags |= STALE;
    }
    if shown.marks.needs_care() {
        flags |= FIGURE;
    }
    if shown.marks.has(Marks::PARTY_MEMBER) {
        flags |= STAR;
    }
    flags
}

/// Paints one home. With `slowly`, the new marker is drawn over the old one by
/// [`draw_on`]; returns whether there is anything to draw.
pub fn home(
    bytes: &mut [u8],
    home: HouseholdId,
    shown: Shown,
    markers: &Markers,
    slowly: bool,
) -> bool {
    let Some(texel) = bytes.get_mut(home.index() * TEXEL..(home.index() + 1) * TEXEL) else {
        return false;
    };
    let new = markers.get(shown.entry);
    let fresh = slowly && texel[0] != new;
    if fresh {
        texel[2] = texel[0];
        texel[3] = 0;
    } else if !slowly {
        texel[2] = new;
        texel[3] = DONE;
    }
    texel[0] = new;
    texel[1] = flags(shown);
    fresh
}

/// How far a home's new marker is drawn, 0 to 1.
pub fn draw_on(bytes: &mut [u8], home: HouseholdId, share: f32) {
    if let Some(done) = bytes.get_mut(home.index() * TEXEL + 3) {
        *done = (share.clamp(0.0, 1.0) * f32::from(DONE)).round() as u8;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(entry: u8) -> Shown {
        Shown { entry, stale: false, marks: Marks::NONE }
    }

    #[test]
    fn a_home_keeps_what_it_showed_until_the_new_marker_is_drawn() {
        let markers = Markers::of(&Legend::fuxiang());
        let mut bytes = vec![0; 3 * TEXEL];
        assert!(!home(&mut bytes, HouseholdId(1), shown(3), &markers, false));
        assert_eq!(bytes[4..8], [UNKNOWN, 0, UNKNOWN, DONE]);
        assert!(home(&mut bytes, HouseholdId(1), shown(4), &markers, true));
        assert_eq!(bytes[4..8], [code(Marker::Green), 0, UNKNOWN, 0]);
        draw_on(&mut bytes, HouseholdId(1), 0.5);
        assert_eq!(bytes[7], 128);
        let marks =
            Shown { stale: true, marks: Marks::LIVES_ALONE.with(Marks::PARTY_MEMBER), ..shown(4) };
        assert!(!home(&mut bytes, HouseholdId(1), marks, &markers, true), "the marker is the same");
        assert_eq!(bytes[5], STALE | FIGURE | STAR);
        assert!(!home(&mut bytes, HouseholdId(9), shown(4), &markers, true), "no such home");
    }

    #[test]
    fn every_marker_has_its_number_and_the_texture_holds_every_home() {
        for m in Marker::ALL {
            assert_eq!(marker(code(m)), Some(m));
        }
        assert_eq!(marker(UNKNOWN), None);
        for homes in [1, 2000, 2048, 2049, 100_000, 1_000_000] {
            let (columns, rows) = extent(homes);
            assert!(columns <= WIDEST && rows <= WIDEST && (columns * rows) as usize >= homes);
        }
    }
}
