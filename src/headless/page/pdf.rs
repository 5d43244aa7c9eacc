//! A page as PDF 1.7.
//!
//! Floor 4. Reads a [`Page`]; writes bytes; owns nothing. Each face is cut down to
//! the glyphs in use and carries a map back to characters, so that words can be
//! searched and copied. `pdf-writer` and `subsetter` do the format; the crate that
//! combines them (`krilla`) more than doubled the time to build the whole core.

use std::collections::BTreeMap;

use miniz_oxide::deflate::compress_to_vec_zlib;
use pdf_writer::types::{
    CidFontType, FontFlags, LineCapStyle, LineJoinStyle, SystemInfo, UnicodeCmap,
};
use pdf_writer::{Content, Filter, Finish, Name, Pdf, Rect, Ref, Str, TextStr};
use subsetter::GlyphRemapper;

use super::fonts::{self, Font, Glyph};
use super::{Anchor, Item, Meta, PT_MM, Page, Paint, Point, Stroke, Text, tag};
use crate::base::palette::Rgb;

/// Why a page did not become a PDF.
#[derive(Debug, thiserror::Error)]
pub enum PageError {
    /// A font could not be cut down to the glyphs in use.
    #[error("cannot embed the {font:?} font: {source}")]
    Embed {
        /// Which face.
        font: Font,
        /// What was wrong with it.
        source: subsetter::Error,
    },
}

/// Control points of a quarter circle stand at this share of the radius.
const QUARTER: f64 = 0.552_284_75;
/// Coordinates are written to a thousandth of a millimetre.
const THOUSANDTHS: f64 = 1000.0;
/// Glyph space of PDF: thousandths of an em.
const EM: f64 = 1000.0;
/// Compression level of the streams, 0–10; higher is hardly smaller.
const LEVEL: u8 = 6;
/// `StemV`, which readers only use to imitate a missing font.
const STEM_V: f32 = 80.0;
/// Every page of ours has one registry for glyph numbers.
const IDENTITY: SystemInfo<'static> =
    SystemInfo { registry: Str(b"Adobe"), ordering: Str(b"Identity"), supplement: 0 };
const CMAP_NAME: Name<'static> = Name(b"Adobe-Identity-UCS");

/// The whole file.
pub(super) fn write(page: &Page, meta: &Meta) -> Result<Vec<u8>, PageError> {
    let mut next = Ref::new(1);
    let (catalog, tree, sheet, content, info) =
        (next.bump(), next.bump(), next.bump(), next.bump(), next.bump());
    let mut pen = Pen { content: Content::new(), used: Font::ALL.map(Used::new) };
    pen.page(page);
    let used = pen.used;
    let drawn = compress_to_vec_zlib(&pen.content.finish(), LEVEL);

    let mut pdf = Pdf::new();
    let mut root = pdf.catalog(catalog);
    root.pages(tree).lang(TextStr(tag(page.lang)));
    root.viewer_preferences().display_doc_title(true);
    root.finish();
    pdf.document_info(info)
        .title(TextStr(&meta.title))
        .author(TextStr(&meta.author))
        .subject(TextStr(&meta.subject))
        .creator(TextStr(env!("CARGO_PKG_NAME")));
    pdf.pages(tree).kids([sheet]).count(1);

    let mut leaf = pdf.page(sheet);
    let (width, height) = ((page.width_mm / PT_MM) as f32, (page.height_mm / PT_MM) as f32);
    leaf.parent(tree).media_box(Rect::new(0.0, 0.0, width, height)).contents(content);
    let mut resources = leaf.resources();
    let mut names = resources.fonts();
    let mut fonts_at = Vec::new();
    for face in used.iter().filter(|face| face.remap.num_gids() > 1) {
        let at = next.bump();
        names.pair(resource(face.font), at);
        fonts_at.push((face, at));
    }
    names.finish();
    resources.finish();
    leaf.finish();
    pdf.stream(content, &drawn).filter(Filter::FlateDecode);
    for (face, at) in fonts_at {
        embed(&mut pdf, &mut next, face, at)?;
    }
    Ok(pdf.finish())
}

/// The glyphs of one face that a page shows.
struct Used {
    font: Font,
    remap: GlyphRemapper,
    /// Advance in thousandths of an em and character, by new glyph number.
    glyphs: BTreeMap<u16, (f64, char)>,
}

impl Used {
    fn new(font: Font) -> Self {
        Self { font, remap: GlyphRemapper::new(), glyphs: BTreeMap::new() }
    }

    /// The glyph's number in the embedded font.
    fn take(&mut self, glyph: Glyph) -> u16 {
        let id = self.remap.remap(glyph.id);
        self.glyphs.entry(id).or_insert((glyph.advance_em * EM, glyph.shown));
        id
    }
}

const fn resource(font: Font) -> Name<'static> {
    match font {
        Font::Hand => Name(b"H"),
        Font::Plain => Name(b"P"),
    }
}

/// Writes one face: the font, its only descendant, their descriptor, the file and
/// the map back to characters.
fn embed(pdf: &mut Pdf, next: &mut Ref, used: &Used, at: Ref) -> Result<(), PageError> {
    let font = used.font;
    let (descendant, descriptor, file, to_unicode) =
        (next.bump(), next.bump(), next.bump(), next.bump());
    // The six letters mark a font that was cut down (PDF 32000-1, 9.6.4).
    let (base, flag) = match font {
        Font::Hand => (Name(b"FXHAND+FuxiangHand"), FontFlags::SCRIPT),
        Font::Plain => (Name(b"FXPLAN+FuxiangPlain"), FontFlags::empty()),
    };
    let bytes = subsetter::subset(font.bytes(), 0, &used.remap)
        .map_err(|source| PageError::Embed { font, source })?;

    pdf.type0_font(at)
        .base_font(base)
        .encoding_predefined(Name(b"Identity-H"))
        .descendant_font(descendant)
        .to_unicode(to_unicode);

    let mut cid = pdf.cid_font(descendant);
    cid.subtype(CidFontType::Type2)
        .base_font(base)
        .system_info(IDENTITY)
        .font_descriptor(descriptor)
        .default_width(EM as f32)
        .cid_to_gid_map_predefined(Name(b"Identity"));
    let mut widths = cid.widths();
    for (&id, &(advance, _)) in &used.glyphs {
        widths.consecutive(id, [advance as f32]);
    }
    widths.finish();
    cid.finish();

    let face = font.face();
    let em = |units: i16| (f64::from(units) * EM / f64::from(face.units_per_em())) as f32;
    let bounds = face.global_bounding_box();
    pdf.font_descriptor(descriptor)
        .name(base)
        .flags(flag | FontFlags::SYMBOLIC)
        .bbox(Rect::new(em(bounds.x_min), em(bounds.y_min), em(bounds.x_max), em(bounds.y_max)))
        .italic_angle(0.0)
        .ascent(em(face.ascender()))
        .descent(em(face.descender()))
        .cap_height(em(face.capital_height().unwrap_or(face.ascender())))
        .stem_v(STEM_V)
        .font_file2(file);

    let packed = compress_to_vec_zlib(&bytes, LEVEL);
    let mut stream = pdf.stream(file, &packed);
    stream.filter(Filter::FlateDecode);
    stream.pair(Name(b"Length1"), bytes.len() as i32);
    stream.finish();

    let mut cmap = UnicodeCmap::new(CMAP_NAME, IDENTITY);
    for (&id, &(_, c)) in &used.glyphs {
        cmap.pair(id, c);
    }
    let map = cmap.finish();
    pdf.cmap(to_unicode, &map).name(CMAP_NAME).system_info(IDENTITY);
    Ok(())
}

/// Writes the content stream in millimetres from the top left, as pages count.
struct Pen {
    content: Content,
    used: [Used; 2],
}

impl Pen {
    fn page(&mut self, page: &Page) {
        let scale = (1.0 / PT_MM) as f32;
        let top = (page.height_mm / PT_MM) as f32;
        self.content.transform([scale, 0.0, 0.0, -scale, 0.0, top]);
        self.content.set_line_cap(LineCapStyle::RoundCap).set_line_join(LineJoinStyle::RoundJoin);
        self.rect((0.0, 0.0), (page.width_mm, page.height_mm), 0.0, Paint::fill(page.ground));
        self.items(&page.items);
    }

    fn items(&mut self, items: &[Item]) {
        for item in items {
            match item {
                Item::Rect { x, y, w, h, corner, paint } => {
                    self.rect((*x, *y), (*w, *h), *corner, *paint);
                }
                Item::Line { points, stroke } => {
                    self.points(points);
                    self.set_stroke(*stroke);
                    self.content.stroke();
                }
                Item::Circle { centre, r, paint } => {
                    let corner = (centre.0 - r, centre.1 - r);
                    self.rect(corner, (r + r, r + r), *r, *paint);
                }
                Item::Polygon { points, paint } => {
                    self.points(points);
                    self.content.close_path();
                    self.finish(*paint);
                }
                Item::Text(text) => self.text(text),
                Item::Group { items, .. } => self.items(items),
            }
        }
    }

    /// A rectangle with round corners; with corners of half its size, a circle.
    fn rect(&mut self, (x, y): Point, (w, h): Point, corner: f64, paint: Paint) {
        if corner > 0.0 {
            let (r, bend) = (corner, corner * (1.0 - QUARTER));
            let (right, low) = (x + w, y + h);
            self.move_to((x + r, y));
            self.line_to((right - r, y));
            self.curve_to((right - bend, y), (right, y + bend), (right, y + r));
            self.line_to((right, low - r));
            self.curve_to((right, low - bend), (right - bend, low), (right - r, low));
            self.line_to((x + r, low));
            self.curve_to((x + bend, low), (x, low - bend), (x, low - r));
            self.line_to((x, y + r));
            self.curve_to((x, y + bend), (x + bend, y), (x + r, y));
            self.content.close_path();
        } else {
            self.content.rect(short(x), short(y), short(w), short(h));
        }
        self.finish(paint);
    }

    fn text(&mut self, text: &Text) {
        let mut x = match text.anchor {
            Anchor::Start => text.x,
            Anchor::Middle | Anchor::End => text.left_mm(),
        };
        let glyphs: Vec<Glyph> = fonts::glyphs(text.font, &text.words).collect();
        self.set_fill(text.fill);
        self.content.begin_text();
        for run in glyphs.chunk_by(|a, b| a.font == b.font) {
            let font = run[0].font;
            let used = &mut self.used[font as usize];
            let codes: Vec<u8> = run.iter().flat_map(|&g| used.take(g).to_be_bytes()).collect();
            self.content
                .set_font(resource(font), short(text.size_mm))
                .set_text_matrix([1.0, 0.0, 0.0, -1.0, short(x), short(text.y)])
                .show(Str(&codes));
            x += run.iter().map(|g| g.advance_em).sum::<f64>() * text.size_mm;
        }
        self.content.end_text();
    }

    fn points(&mut self, points: &[Point]) {
        for (i, &point) in points.iter().enumerate() {
            if i == 0 { self.move_to(point) } else { self.line_to(point) }
        }
    }

    fn move_to(&mut self, (x, y): Point) {
        self.content.move_to(short(x), short(y));
    }

    fn line_to(&mut self, (x, y): Point) {
        self.content.line_to(short(x), short(y));
    }

    fn curve_to(&mut self, a: Point, b: Point, to: Point) {
        let [ax, ay, bx, by, x, y] = [a.0, a.1, b.0, b.1, to.0, to.1].map(short);
        self.content.cubic_to(ax, ay, bx, by, x, y);
    }

    /// Fills and outlines the path that was just drawn.
    fn finish(&mut self, paint: Paint) {
        if let Some(fill) = paint.fill {
            self.set_fill(fill);
        }
        if let Some(stroke) = paint.stroke {
            self.set_stroke(stroke);
        }
        match (paint.fill.is_some(), paint.stroke.is_some()) {
            (true, true) => self.content.fill_nonzero_and_stroke(),
            (true, false) => self.content.fill_nonzero(),
            (false, true) => self.content.stroke(),
            (false, false) => self.content.end_path(),
        };
    }

    fn set_fill(&mut self, colour: Rgb) {
        let [r, g, b] = channels(colour);
        self.content.set_fill_rgb(r, g, b);
    }

    fn set_stroke(&mut self, stroke: Stroke) {
        let [r, g, b] = channels(stroke.colour);
        self.content.set_stroke_rgb(r, g, b).set_line_width(short(stroke.width_mm));
        match stroke.dash_mm {
            Some((dash, gap)) => self.content.set_dash_pattern([short(dash), short(gap)], 0.0),
            None => self.content.set_dash_pattern([], 0.0),
        };
    }
}

fn channels(colour: Rgb) -> [f32; 3] {
    [colour.0, colour.1, colour.2].map(|c| short(f64::from(c) / f64::from(u8::MAX)))
}

/// A number with few decimals, as the stream holds it.
fn short(value: f64) -> f32 {
    ((value * THOUSANDTHS).round() / THOUSANDTHS) as f32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::palette::{INK, PAPER};
    use crate::base::text::Lang;

    fn sample(words: &str) -> Page {
        let mut page = Page::a3_landscape("t", Lang::Zh, PAPER);
        page.items.push(Item::Text(Text {
            x: 10.0,
            y: 20.0,
            size_mm: 5.0,
            font: Font::Hand,
            anchor: Anchor::Start,
            fill: INK,
            words: words.to_owned(),
        }));
        page
    }

    fn holds(bytes: &[u8], wanted: &str) -> bool {
        bytes.windows(wanted.len()).any(|w| w == wanted.as_bytes())
    }

    #[test]
    fn characters_can_be_found_again_in_the_file() {
        let bytes = sample("福祥A").to_pdf(&Meta::default()).unwrap();
        // The map back to characters is not packed: it holds UTF-16 in hexadecimal.
        for c in "福祥A".chars() {
            let code = format!("<{:04X}>", c as u32);
            assert!(holds(&bytes, &code), "{c} {code}");
        }
    }

    #[test]
    fn a_pdf_holds_no_date_and_is_the_same_twice() {
        let meta = Meta { title: "战疫图".into(), ..Meta::default() };
        let (one, two) = (sample("一").to_pdf(&meta).unwrap(), sample("一").to_pdf(&meta).unwrap());
        assert_eq!(one, two);
        assert!(!holds(&one, "CreationDate") && !holds(&one, "ModDate"));
    }

    #[test]
    fn only_glyphs_in_use_are_embedded() {
        let bytes = sample("福").to_pdf(&Meta::default()).unwrap();
        assert!(bytes.len() < 20_000, "{}", bytes.len());
    }
}
