//! Four bytes a home: which marker it shows, which flags, what it showed before,
//! and how far the new marker is drawn.
//!
//! Floor 8, without the engine. Reads the read model; writes the bytes of the state
//! texture. A day of changes costs what changed, not how many homes there are.

use crate::base::ids::HouseholdId;
use crate::base::palette::Glyph;
use crate::session::frame::{Frame, Shown};
use crate::session::layers::Layer;
use crate::sim::board::Legend;
use crate::sim::people::Marks;

/// Bytes of a home.
pub const TEXEL: usize = 4;
/// Nobody was heard of for long.
pub const STALE: u8 = 1;
/// Somebody is looked after.
pub const FIGURE: u8 = 2;
/// A Party member's home.
pub const STAR: u8 = 4;
/// The filter leaves it out.
pub const FADED: u8 = 8;
/// The new marker is drawn in full.
pub const DONE: u8 = 255;
/// Widest texture every WebGL2 device has.
pub const WIDEST: u32 = 2048;

/// Columns and rows of the texture for so many homes.
pub fn extent(homes: usize) -> (u32, u32) {
    let columns = (homes.max(1) as u32).min(WIDEST);
    (columns, (homes.max(1) as u32).div_ceil(columns))
}

/// How each line of the legend in sight is drawn, and on which layer.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Markers {
    layer: Layer,
    codes: Vec<u8>,
}

impl Markers {
    /// Those of a frame of a story with such legends.
    pub fn of(frame: &Frame, legends: &[Legend]) -> Self {
        let codes = frame.glyphs(legends).into_iter().map(code).collect();
        Self { layer: frame.layer(), codes }
    }

    fn get(&self, entry: u8) -> u8 {
        let none = match self.layer {
            Layer::Status => Glyph::Unknown,
            _ => Glyph::Blank,
        };
        self.codes.get(usize::from(entry)).copied().unwrap_or_else(|| code(none))
    }

    fn flags(&self, shown: Shown) -> u8 {
        // How old a thing is belongs to the colours; a layer says what it says.
        let stale = shown.stale && self.layer == Layer::Status;
        [
            (stale, STALE),
            (shown.marks.needs_care(), FIGURE),
            (shown.marks.has(Marks::PARTY_MEMBER), STAR),
            (shown.faded, FADED),
        ]
        .into_iter()
        .filter(|(is, _)| *is)
        .fold(0, |flags, (_, flag)| flags | flag)
    }
}

/// A glyph's number in the texture: its place in [`Glyph::ALL`], as the shader has it.
pub fn code(glyph: Glyph) -> u8 {
    let glyph = match glyph {
        Glyph::Disc(step) => Glyph::Disc(step.min(Glyph::STEPS)),
        other => other,
    };
    Glyph::ALL.iter().position(|g| *g == glyph).unwrap_or_default() as u8
}

/// A texture's number as a glyph.
pub fn glyph(code: u8) -> Option<Glyph> {
    Glyph::ALL.get(usize::from(code)).copied()
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
    texel[1] = markers.flags(shown);
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
    use crate::base::palette::Marker;

    fn shown(entry: u8) -> Shown {
        Shown { entry, ..Shown::NOTHING }
    }

    fn fuxiang(layer: Layer) -> Markers {
        let glyphs = match layer {
            Layer::Status => vec![
                Glyph::Marker(Marker::Red),
                Glyph::Marker(Marker::Orange),
                Glyph::Marker(Marker::Orange),
                Glyph::Unknown,
                Glyph::Marker(Marker::Green),
            ],
            layer => layer.entries().iter().map(|e| e.glyph).collect(),
        };
        Markers { layer, codes: glyphs.into_iter().map(code).collect() }
    }

    #[test]
    fn a_home_keeps_what_it_showed_until_the_new_marker_is_drawn() {
        let markers = fuxiang(Layer::Status);
        let unknown = code(Glyph::Unknown);
        let mut bytes = vec![0; 3 * TEXEL];
        assert!(!home(&mut bytes, HouseholdId(1), shown(3), &markers, false));
        assert_eq!(bytes[4..8], [unknown, 0, unknown, DONE]);
        assert!(home(&mut bytes, HouseholdId(1), shown(4), &markers, true));
        assert_eq!(bytes[4..8], [code(Glyph::Marker(Marker::Green)), 0, unknown, 0]);
        draw_on(&mut bytes, HouseholdId(1), 0.5);
        assert_eq!(bytes[7], 128);
        let marks = Marks::LIVES_ALONE.with(Marks::PARTY_MEMBER);
        let marks = Shown { stale: true, marks, faded: true, ..shown(4) };
        assert!(!home(&mut bytes, HouseholdId(1), marks, &markers, true), "the marker is the same");
        assert_eq!(bytes[5], STALE | FIGURE | STAR | FADED);
        assert!(!home(&mut bytes, HouseholdId(9), shown(4), &markers, true), "no such home");
    }

    #[test]
    fn a_layer_leaves_empty_what_it_does_not_speak_of_and_wipes_nothing() {
        let markers = fuxiang(Layer::Tasks);
        let mut bytes = vec![0; TEXEL];
        let old = Shown { stale: true, ..Shown::NOTHING };
        home(&mut bytes, HouseholdId(0), old, &markers, false);
        assert_eq!(bytes[..2], [code(Glyph::Blank), 0]);
        home(&mut bytes, HouseholdId(0), shown(0), &markers, false);
        assert_eq!(bytes[0], code(Glyph::Plus));
    }

    #[test]
    fn every_glyph_has_its_number_and_the_texture_holds_every_home() {
        for g in Glyph::ALL {
            assert_eq!(glyph(code(g)), Some(g));
        }
        assert_eq!(glyph(u8::MAX), None);
        assert_eq!(code(Glyph::Disc(200)), code(Glyph::Disc(Glyph::STEPS)));
        for homes in [1, 2000, 2048, 2049, 100_000, 1_000_000] {
            let (columns, rows) = extent(homes);
            assert!(columns <= WIDEST && rows <= WIDEST && (columns * rows) as usize >= homes);
        }
    }

    /// The shader knows the numbers by name; they are those of [`Glyph::ALL`].
    #[test]
    fn the_shader_has_the_same_numbers() {
        let shader = include_str!("../../assets/shaders/homes.wgsl");
        for (name, value) in [
            ("UNKNOWN", code(Glyph::Unknown)),
            ("BLANK", code(Glyph::Blank)),
            ("RING", code(Glyph::Disc(0))),
            ("DISC", code(Glyph::Disc(Glyph::STEPS))),
            ("PLUS", code(Glyph::Plus)),
            ("SOLID", code(Glyph::Solid)),
            ("HOLLOW", code(Glyph::Hollow)),
            ("SALTIRE", code(Glyph::Saltire)),
            ("STALE", STALE),
            ("FIGURE", FIGURE),
            ("STAR", STAR),
            ("FADED", FADED),
        ] {
            assert!(shader.contains(&format!("const {name}: u32 = {value}u;")), "{name} {value}");
        }
    }
}
