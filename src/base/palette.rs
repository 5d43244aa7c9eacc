//! Colours by meaning: the one home of every colour value in the house.
//!
//! Floor 0, because paper (the SVG and PDF export) and screen share the tokens;
//! the window's `theme` builds on these and adds nothing of its own for homes.
//! The triple was searched for people who confuse red and green; the method and
//! the numeric gates are documented with the design. Shape and ring always speak
//! beside the colour.

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
}
