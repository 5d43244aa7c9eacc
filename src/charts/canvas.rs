//! A sheet of pixels on which charts are drawn.
//!
//! Floor 6. Owns [`Pixels`]; everything is clipped to the sheet.

use crate::base::palette::{self, Rgb};

/// How large a chart is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// Width, physical pixels.
    pub width: u32,
    /// Height, physical pixels.
    pub height: u32,
    /// Width of a line, physical pixels.
    pub pen: u32,
}

impl Size {
    /// Largest side, pixels: what every device can hold as a texture.
    const MOST: u32 = 4096;

    /// The same, neither empty nor larger than a texture may be.
    pub(super) fn sane(self) -> Self {
        Self {
            width: self.width.clamp(1, Self::MOST),
            height: self.height.clamp(1, Self::MOST),
            pen: self.pen.clamp(1, Self::MOST),
        }
    }
}

/// A picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pixels {
    /// Width, pixels.
    pub width: u32,
    /// Height, pixels.
    pub height: u32,
    /// Red, green, blue, opacity of each pixel, row by row from the top.
    pub rgba: Vec<u8>,
}

impl Pixels {
    /// An empty sheet with its base line ruled.
    pub(super) fn ruled(size: Size) -> Self {
        let Size { width, height, .. } = size;
        let Rgb(r, g, b) = palette::PAPER_RAISED;
        let rgba = [r, g, b, u8::MAX].repeat((width * height) as usize);
        let mut sheet = Self { width, height, rgba };
        sheet.fill((0, width), (height - 1, height), palette::RULING);
        sheet
    }

    /// The colour of a pixel; `None` beside the sheet.
    pub fn at(&self, x: u32, y: u32) -> Option<Rgb> {
        if x >= self.width || y >= self.height {
            return None;
        }
        let at = ((y * self.width + x) * 4) as usize;
        match self.rgba.get(at..at + 3) {
            Some(&[r, g, b]) => Some(Rgb(r, g, b)),
            _ => None,
        }
    }

    pub(super) fn put(&mut self, x: u32, y: u32, Rgb(r, g, b): Rgb) {
        if x < self.width && y < self.height {
            let at = ((y * self.width + x) * 4) as usize;
            self.rgba[at..at + 4].copy_from_slice(&[r, g, b, u8::MAX]);
        }
    }

    /// Fills a rectangle: from the first to before the last of each pair.
    pub(super) fn fill(&mut self, across: (u32, u32), down: (u32, u32), colour: Rgb) {
        for y in down.0..down.1.min(self.height) {
            for x in across.0..across.1.min(self.width) {
                self.put(x, y, colour);
            }
        }
    }

    /// The rim of a rectangle.
    pub(super) fn frame(&mut self, across: (u32, u32), down: (u32, u32), pen: u32, colour: Rgb) {
        let (left, right) = across;
        let (top, foot) = down;
        self.fill(across, (top, (top + pen).min(foot)), colour);
        self.fill((left, (left + pen).min(right)), down, colour);
        self.fill((right.saturating_sub(pen).max(left), right), down, colour);
    }
}
