//! Colours by meaning: the one home of every colour value in the house.
//!
//! Floor 0, because paper (the SVG and PDF export) and screen share the tokens;
//! the window's `theme` builds on these and adds nothing of its own for homes.
//! The triple was searched for people who confuse red and green; the method and
//! the numeric gates are documented with the design. Shape and ring always speak
//! beside the colour.

pub use super::view::PaletteChoice;

/// An opaque sRGB colour, eight bits a channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Rgb(pub u8, pub u8, pub u8);

impl Rgb {
    /// A colour from `0xRRGGBB`.
    pub const fn hex(value: u32) -> Self {
        Self((value >> 16) as u8, (value >> 8) as u8, value as u8)
    }

    /// `#rrggbb`, as SVG writes it.
    pub fn css(self) -> String {
        format!("#{:02x}{:02x}{:02x}", self.0, self.1, self.2)
    }
}

/// Ink of the ruling and the writing.
pub const INK: Rgb = Rgb::hex(0x2B_2118);
/// Lighter ink: hints, sources, ageing knowledge.
pub const INK_SOFT: Rgb = Rgb::hex(0x6B_5E50);
/// The board's ground.
pub const PAPER: Rgb = Rgb::hex(0xF4_ECD8);
/// The ruling inside a block, fainter than ink.
pub const RULING: Rgb = Rgb::hex(0xCF_C4AE);
/// A raised surface on the ground.
pub const PAPER_RAISED: Rgb = Rgb::hex(0xFB_F7EC);

/// What is at hand and can be touched: the edge of the thing that has the focus.
pub const FOCUS: Rgb = Rgb::hex(0x1F_4E79);
/// The wall on which the board hangs, and the ground around the plan.
pub const WALL: Rgb = Rgb::hex(0xE6_DCC4);
/// The frame of the board.
pub const FRAME: Rgb = Rgb::hex(0x9C_8B70);
/// Lanes and streets on the plan.
pub const LANE: Rgb = Rgb::hex(0xFB_F7EC);
/// A courtyard on the plan.
pub const YARD: Rgb = Rgb::hex(0xDD_D3BC);
/// A building on the plan.
pub const BUILDING: Rgb = Rgb::hex(0xCB_C2B0);
/// The river.
pub const WATER: Rgb = Rgb::hex(0xB9_CBCB);

/// The marker colours a legend may name. A legend is scene data: other towns
/// gave the same homes other codes.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
pub enum Marker {
    /// 红
    Red,
    /// 橘
    Orange,
    /// 绿
    Green,
    /// 蓝
    Blue,
    /// 粉
    Pink,
    /// 黄
    Yellow,
    /// 白: an empty square with a ring.
    White,
}

impl Marker {
    /// Every marker, in the order in which a legend offers them.
    pub const ALL: [Self; 7] =
        [Self::Red, Self::Orange, Self::Green, Self::Blue, Self::Pink, Self::Yellow, Self::White];

    /// The fill of a square drawn with this marker.
    pub const fn fill(self) -> Rgb {
        match self {
            Self::Red => Rgb::hex(0xBD_1400),
            Self::Orange => Rgb::hex(0xFF_9E26),
            Self::Green => Rgb::hex(0x22_9671),
            Self::Blue => Rgb::hex(0x35_86C8),
            Self::Pink => Rgb::hex(0xE8_A0B4),
            Self::Yellow => Rgb::hex(0xF2_D134),
            Self::White => PAPER_RAISED,
        }
    }

    /// The fill in a set of fills.
    pub const fn fill_in(self, palette: PaletteChoice) -> Rgb {
        match (palette, self) {
            (PaletteChoice::Friendly, Self::Red) => Rgb::hex(0x6A_0F3C),
            (PaletteChoice::Friendly, Self::Orange) => Rgb::hex(0xF2_B134),
            (PaletteChoice::Friendly, Self::Green) => Rgb::hex(0x35_86C8),
            (PaletteChoice::Friendly, Self::Blue) => Rgb::hex(0x1E_4E8C),
            (PaletteChoice::Friendly, Self::Yellow) => Rgb::hex(0xF7_E36B),
            _ => self.fill(),
        }
    }
}

/// The one hue of everything a layer says that no marker of a legend says: none of
/// the colours that stand for what is known of journeys and fevers.
pub const CALM: Rgb = Rgb::hex(0x9C_849C);

/// What is drawn in a home's square: a marker of a legend, or a stamp of a layer.
/// No two have the same silhouette but for markers, whose fills differ as well.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Glyph {
    /// A marker of a legend.
    Marker(Marker),
    /// A dashed ring: not known yet.
    Unknown,
    /// Nothing: the layer has nothing to say of this home.
    Blank,
    /// A ring with a disc in it, from 4, which fills it, to 0, an empty ring. More than
    /// 4 is 4.
    Disc(u8),
    /// An upright cross.
    Plus,
    /// A full square.
    Solid,
    /// An empty square.
    Hollow,
    /// A lying cross.
    Saltire,
}

impl Glyph {
    /// Steps of [`Glyph::Disc`] above the empty ring.
    pub const STEPS: u8 = 4;

    /// Every glyph: the markers in their order, then the rest.
    pub const ALL: [Self; Marker::ALL.len() + 11] = [
        Self::Marker(Marker::Red),
        Self::Marker(Marker::Orange),
        Self::Marker(Marker::Green),
        Self::Marker(Marker::Blue),
        Self::Marker(Marker::Pink),
        Self::Marker(Marker::Yellow),
        Self::Marker(Marker::White),
        Self::Unknown,
        Self::Blank,
        Self::Disc(0),
        Self::Disc(1),
        Self::Disc(2),
        Self::Disc(3),
        Self::Disc(4),
        Self::Plus,
        Self::Solid,
        Self::Hollow,
        Self::Saltire,
    ];

    /// The colour in the middle of a square drawn with it.
    pub const fn fill_in(self, palette: PaletteChoice) -> Rgb {
        match self {
            Self::Marker(marker) => marker.fill_in(palette),
            Self::Unknown | Self::Blank | Self::Hollow | Self::Disc(0) => PAPER_RAISED,
            Self::Disc(_) | Self::Plus | Self::Solid | Self::Saltire => CALM,
        }
    }
}

impl From<Option<Marker>> for Glyph {
    /// A legend draws what is not known without a marker.
    fn from(marker: Option<Marker>) -> Self {
        marker.map_or(Self::Unknown, Self::Marker)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Contrast of two colours, 1 to 21, as WCAG counts it.
    fn contrast(one: Rgb, two: Rgb) -> f64 {
        let light = |Rgb(r, g, b): Rgb| {
            let linear = |c: u8| {
                let c = f64::from(c) / 255.0;
                if c <= 0.040_45 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
            };
            0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b) + 0.05
        };
        let (one, two) = (light(one), light(two));
        one.max(two) / one.min(two)
    }

    #[test]
    fn the_hue_of_stamps_stands_out_from_paper_and_can_be_written_on() {
        assert!((contrast(Rgb(0, 0, 0), Rgb(255, 255, 255)) - 21.0).abs() < 1e-9);
        assert!(contrast(CALM, PAPER_RAISED) >= 3.0, "{}", contrast(CALM, PAPER_RAISED));
        assert!(contrast(CALM, INK) >= 4.0, "{}", contrast(CALM, INK));
    }

    #[test]
    fn every_glyph_is_listed_once() {
        for (i, glyph) in Glyph::ALL.iter().enumerate() {
            assert!(!Glyph::ALL[..i].contains(glyph), "{glyph:?}");
        }
        for (glyph, marker) in Glyph::ALL.into_iter().zip(Marker::ALL) {
            assert_eq!(glyph, Glyph::Marker(marker));
        }
        assert_eq!(Glyph::from(None), Glyph::Unknown);
    }
}
