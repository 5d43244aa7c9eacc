//! A page as SVG.
//!
//! Floor 4. Reads a [`Page`]; writes text; owns nothing. Words stay words, so that
//! they can be searched, read aloud and corrected by hand. Both faces are carried
//! along, cut down to the letters in use; programs that pass over embedded faces
//! find the names of others that look alike.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::fonts::{self, Font};
use super::webfont;
use super::{Anchor, Item, Page, Paint, Point, Stroke, Text, tag};

/// Coordinates are written to a hundredth of a millimetre.
const HUNDREDTHS: f64 = 100.0;

/// The whole file.
pub(super) fn write(page: &Page) -> String {
    let (w, h) = (num(page.width_mm), num(page.height_mm));
    let (lang, title) = (tag(page.lang), escape(&page.title));
    let mut out = String::new();
    put(&mut out, format_args!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"));
    put(
        &mut out,
        format_args!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{w}mm\" height=\"{h}mm\" \
             viewBox=\"0 0 {w} {h}\" lang=\"{lang}\" xml:lang=\"{lang}\">\n<title>{title}</title>\n\
             <style>{}.h{{font-family:{}}}.p{{font-family:{}}}.m{{text-anchor:middle}}\
             .e{{text-anchor:end}}text{{white-space:pre}}polyline,polygon{{stroke-linejoin:round;\
             stroke-linecap:round}}polyline{{fill:none}}</style>\n\
             <rect width=\"{w}\" height=\"{h}\" fill=\"{}\"/>\n",
            faces(page),
            Font::Hand.css_families(),
            Font::Plain.css_families(),
            page.ground.css()
        ),
    );
    items(&mut out, &page.items);
    out.push_str("</svg>\n");
    out
}

/// The faces in use, for a style sheet.
fn faces(page: &Page) -> String {
    let mut used: BTreeMap<Font, BTreeMap<char, u16>> = BTreeMap::new();
    for text in page.texts() {
        for glyph in fonts::glyphs(text.font, &text.words) {
            used.entry(glyph.font).or_default().insert(glyph.shown, glyph.id);
        }
    }
    let mut css = String::new();
    for (font, letters) in &used {
        // Without it the names of similar faces still stand in the list.
        if let Some(data) = webfont::base64(*font, letters) {
            put(
                &mut css,
                format_args!(
                    "@font-face{{font-family:'{}';src:url(data:font/ttf;base64,{data})}}\n",
                    font.family()
                ),
            );
        }
    }
    css
}

fn items(out: &mut String, list: &[Item]) {
    for item in list {
        match item {
            Item::Rect { x, y, w, h, corner, paint } => {
                put(
                    out,
                    format_args!(
                        "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"",
                        num(*x),
                        num(*y),
                        num(*w),
                        num(*h)
                    ),
                );
                if *corner > 0.0 {
                    put(out, format_args!(" rx=\"{}\"", num(*corner)));
                }
                close_with_paint(out, *paint);
            }
            Item::Line { points, stroke } => {
                put(out, format_args!("<polyline points=\"{}\"", path(points)));
                put_stroke(out, *stroke);
                out.push_str("/>\n");
            }
            Item::Circle { centre, r, paint } => {
                put(
                    out,
                    format_args!(
                        "<circle cx=\"{}\" cy=\"{}\" r=\"{}\"",
                        num(centre.0),
                        num(centre.1),
                        num(*r)
                    ),
                );
                close_with_paint(out, *paint);
            }
            Item::Polygon { points, paint } => {
                put(out, format_args!("<polygon points=\"{}\"", path(points)));
                close_with_paint(out, *paint);
            }
            Item::Text(text) => put_text(out, text),
            Item::Group { label, items: parts } => {
                put(out, format_args!("<g role=\"img\"><title>{}</title>\n", escape(label)));
                items(out, parts);
                out.push_str("</g>\n");
            }
        }
    }
}

fn put_text(out: &mut String, text: &Text) {
    let face = match text.font {
        Font::Hand => "h",
        Font::Plain => "p",
    };
    let anchor = match text.anchor {
        Anchor::Start => "",
        Anchor::Middle => " m",
        Anchor::End => " e",
    };
    put(
        out,
        format_args!(
            "<text class=\"{face}{anchor}\" x=\"{}\" y=\"{}\" font-size=\"{}\" fill=\"{}\">{}</text>\n",
            num(text.x),
            num(text.y),
            num(text.size_mm),
            text.fill.css(),
            escape(&text.words)
        ),
    );
}

fn close_with_paint(out: &mut String, paint: Paint) {
    match paint.fill {
        Some(colour) => put(out, format_args!(" fill=\"{}\"", colour.css())),
        None => out.push_str(" fill=\"none\""),
    }
    if let Some(stroke) = paint.stroke {
        put_stroke(out, stroke);
    }
    out.push_str("/>\n");
}

fn put_stroke(out: &mut String, stroke: Stroke) {
    put(
        out,
        format_args!(
            " stroke=\"{}\" stroke-width=\"{}\"",
            stroke.colour.css(),
            num(stroke.width_mm)
        ),
    );
    if let Some((dash, gap)) = stroke.dash_mm {
        put(out, format_args!(" stroke-dasharray=\"{} {}\"", num(dash), num(gap)));
    }
}

fn path(points: &[Point]) -> String {
    points.iter().map(|&(x, y)| format!("{},{}", num(x), num(y))).collect::<Vec<_>>().join(" ")
}

/// At most two decimals, without trailing zeros and without a negative zero.
fn num(value: f64) -> String {
    let rounded = (value * HUNDREDTHS).round() / HUNDREDTHS;
    // Adding zero turns −0 into 0; the shortest form of a rounded number has no
    // more decimals than it was rounded to.
    format!("{}", rounded + 0.0)
}

/// Text as XML may hold it. Characters that XML 1.0 forbids even as references
/// become the replacement character, so that the file can always be read.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push(' '),
            '\u{0}'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}' => out.push('\u{FFFD}'),
            _ => out.push(c),
        }
    }
    out
}

fn put(out: &mut String, text: std::fmt::Arguments<'_>) {
    // A String grows and never refuses.
    let _ = out.write_fmt(text);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_two_decimals_at_most() {
        for (value, text) in
            [(0.0, "0"), (-0.001, "0"), (1.005_1, "1.01"), (12.5, "12.5"), (-3.0, "-3")]
        {
            assert_eq!(num(value), text);
        }
    }

    #[test]
    fn what_xml_forbids_is_escaped_or_replaced() {
        assert_eq!(escape("<a & \"b\">\u{1}\n"), "&lt;a &amp; &quot;b&quot;&gt;\u{FFFD} ");
    }
}
