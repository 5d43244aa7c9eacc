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
