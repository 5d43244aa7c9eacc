//! A sheet of paper: shapes and words at millimetres, written as SVG or PDF.
//!
//! Floor 4. Reads `base` and the two fonts of the house; writes bytes; owns the
//! list of drawn things. It knows nothing of homes: whoever lays out a page
//! decides what the shapes mean. The origin is the top left corner, y grows
//! downwards, and later items cover earlier ones. Equal pages give equal bytes.

pub mod fonts;
mod pdf;
mod svg;
mod webfont;

use crate::base::palette::Rgb;
use crate::base::text::Lang;
use fonts::Font;

pub use pdf::PageError;

/// One typographic point in millimetres (1/72 inch).
pub const PT_MM: f64 = 25.4 / 72.0;
/// A3 landscape, width in millimetres (ISO 216).
pub const A3_LONG_MM: f64 = 420.0;
/// A3 landscape, height in millimetres (ISO 216).
pub const A3_SHORT_MM: f64 = 297.0;

/// A point on the page, millimetres from the top left corner.
pub type Point = (f64, f64);

/// One printable sheet.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// Width, millimetres.
    pub width_mm: f64,
    /// Height, millimetres.
    pub height_mm: f64,
    /// What the sheet is called; programs that read aloud begin with it.
    pub title: String,
    /// The language of its words.
    pub lang: Lang,
    /// The colour of the paper.
    pub ground: Rgb,
    /// What is drawn, from back to front.
    pub items: Vec<Item>,
}

/// What a PDF says about itself.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Meta {
    /// Title, shown in the window's bar.
    pub title: String,
    /// Who made it.
    pub author: String,
    /// One sentence on what it shows.
    pub subject: String,
}

/// A drawn line's look.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stroke {
    /// Colour.
    pub colour: Rgb,
    /// Width, millimetres.
    pub width_mm: f64,
    /// Lengths of dash and gap in millimetres; `None` is an unbroken line.
    pub dash_mm: Option<(f64, f64)>,
}

impl Stroke {
    /// An unbroken line.
    pub const fn solid(colour: Rgb, width_mm: f64) -> Self {
        Self { colour, width_mm, dash_mm: None }
    }

    /// A broken line.
    pub const fn dashed(colour: Rgb, width_mm: f64, dash_mm: f64, gap_mm: f64) -> Self {
        Self { colour, width_mm, dash_mm: Some((dash_mm, gap_mm)) }
    }
}

/// How a shape is filled and outlined.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Paint {
    /// Colour of the inside.
    pub fill: Option<Rgb>,
    /// The outline.
    pub stroke: Option<Stroke>,
}

impl Paint {
    /// Filled, without an outline.
    pub const fn fill(colour: Rgb) -> Self {
        Self { fill: Some(colour), stroke: None }
    }

    /// Outlined, without a fill.
    pub const fn stroke(stroke: Stroke) -> Self {
        Self { fill: None, stroke: Some(stroke) }
    }

    /// The same fill with an outline.
    #[must_use]
    pub const fn outlined(self, stroke: Stroke) -> Self {
        Self { fill: self.fill, stroke: Some(stroke) }
    }
}

/// Which end of a text stands at its x.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Anchor {
    /// The text begins there.
    #[default]
    Start,
    /// Its middle is there.
    Middle,
    /// It ends there.
    End,
}

/// One line of words.
#[derive(Debug, Clone, PartialEq)]
pub struct Text {
    /// Where its anchor stands, millimetres.
    pub x: f64,
    /// Its baseline, millimetres.
    pub y: f64,
    /// Height of the em, millimetres; see [`PT_MM`].
    pub size_mm: f64,
    /// Face.
    pub font: Font,
    /// Which end stands at x.
    pub anchor: Anchor,
    /// Colour.
    pub fill: Rgb,
    /// The words; no line breaks.
    pub words: String,
}

impl Text {
    /// How wide it is in the fonts of the house, millimetres.
    pub fn width_mm(&self) -> f64 {
        fonts::width_mm(self.font, self.size_mm, &self.words)
    }

    /// The x of its left edge, millimetres.
    pub fn left_mm(&self) -> f64 {
        match self.anchor {
            Anchor::Start => self.x,
            Anchor::Middle => self.x - self.width_mm() / 2.0,
            Anchor::End => self.x - self.width_mm(),
        }
    }
}

/// One drawn thing.
#[derive(Debug, Clone, PartialEq)]
pub enum Item {
    /// A rectangle.
    Rect {
        /// Left edge.
        x: f64,
        /// Upper edge.
        y: f64,
        /// Width.
        w: f64,
        /// Height.
        h: f64,
        /// Radius of its corners.
        corner: f64,
        /// Look.
        paint: Paint,
    },
    /// A line through two or more points, with round ends.
    Line {
        /// Its points in order.
        points: Vec<Point>,
        /// Look.
        stroke: Stroke,
    },
    /// A circle.
    Circle {
        /// Centre.
        centre: Point,
        /// Radius.
        r: f64,
        /// Look.
        paint: Paint,
    },
    /// A closed shape with straight sides and round joins.
    Polygon {
        /// Its corners in order.
        points: Vec<Point>,
        /// Look.
        paint: Paint,
    },
    /// One line of words.
    Text(Text),
    /// Things that are one thing to somebody who cannot see them.
    Group {
        /// What it is, in words.
        label: String,
        /// Its parts, from back to front.
        items: Vec<Item>,
    },
}

impl Page {
    /// An empty sheet of A3, landscape.
    pub fn a3_landscape(title: impl Into<String>, lang: Lang, ground: Rgb) -> Self {
        Self {
            width_mm: A3_LONG_MM,
            height_mm: A3_SHORT_MM,
            title: title.into(),
            lang,
            ground,
            items: Vec::new(),
        }
    }

    /// The page as a stand-alone SVG file: real text, sizes in millimetres.
    pub fn to_svg(&self) -> String {
        svg::write(self)
    }

    /// The page as a PDF file with its fonts inside and text that can be searched.
    /// It holds no date: equal pages give equal bytes.
    ///
    /// # Errors
    /// If a font cannot be cut down to the glyphs in use.
    pub fn to_pdf(&self, meta: &Meta) -> Result<Vec<u8>, PageError> {
        pdf::write(self, meta)
    }

    /// Every text on the page, from back to front.
    pub fn texts(&self) -> Vec<&Text> {
        let mut found = Vec::new();
        gather_texts(&self.items, &mut found);
        found
    }
}

fn gather_texts<'a>(items: &'a [Item], found: &mut Vec<&'a Text>) {
    for item in items {
        match item {
            Item::Text(text) => found.push(text),
            Item::Group { items, .. } => gather_texts(items, found),
            _ => {}
        }
    }
}

/// The code by which files name a language (BCP 47).
const fn tag(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "zh-Hans",
        Lang::En => "en",
    }
}
