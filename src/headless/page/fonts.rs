//! The two faces of the house and how wide their words are.
//!
//! Floor 4. Reads the files under `assets/fonts`, which are compiled in; writes
//! nothing; owns the choice of a face for each character. There is no kerning:
//! both faces set hanzi on a square, and Latin is short here.

use std::sync::LazyLock;

use ttf_parser::Face;

/// What stands for a character that neither face has.
const FALLBACK: char = '\u{25A1}';

static HAND_BYTES: &[u8] = include_bytes!("../../../assets/fonts/fuxiang-hand.ttf");
static PLAIN_BYTES: &[u8] = include_bytes!("../../../assets/fonts/fuxiang-plain.ttf");
static HAND: LazyLock<Face<'static>> = LazyLock::new(|| parse(HAND_BYTES));
static PLAIN: LazyLock<Face<'static>> = LazyLock::new(|| parse(PLAIN_BYTES));

/// A face.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Font {
    /// Handwriting, for the board itself.
    Hand,
    /// A clean face, for small print.
    Plain,
}

impl Font {
    /// Both faces.
    pub const ALL: [Self; 2] = [Self::Hand, Self::Plain];

    /// The name of the family.
    pub(super) const fn family(self) -> &'static str {
        match self {
            Self::Hand => "Fuxiang Hand",
            Self::Plain => "Fuxiang Plain",
        }
    }

    /// The family and its substitutes on machines that lack it, as CSS writes them.
    pub const fn css_families(self) -> &'static str {
        match self {
            Self::Hand => {
                "'Fuxiang Hand','Fuxiang Plain','LXGW WenKai','Kaiti SC',STKaiti,KaiTi,'AR PL UKai CN',cursive"
            }
            Self::Plain => {
                "'Fuxiang Plain','Fuxiang Hand','Noto Sans SC','Noto Sans CJK SC','Source Han Sans SC',\
                 'PingFang SC','Microsoft YaHei',sans-serif"
            }
        }
    }

    /// The whole font file.
    pub fn bytes(self) -> &'static [u8] {
        match self {
            Self::Hand => HAND_BYTES,
            Self::Plain => PLAIN_BYTES,
        }
    }

    /// The parsed font.
    pub(super) fn face(self) -> &'static Face<'static> {
        match self {
            Self::Hand => &HAND,
            Self::Plain => &PLAIN,
        }
    }

    const fn other(self) -> Self {
        match self {
            Self::Hand => Self::Plain,
            Self::Plain => Self::Hand,
        }
    }
}

/// One character as it is drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Glyph {
    /// The face that has it.
    pub(super) font: Font,
    /// Its number in that face.
    pub(super) id: u16,
    /// How far it moves the pen, in ems.
    pub(super) advance_em: f64,
    /// The character that is shown: the one asked for, or the fallback.
    pub(super) shown: char,
}

/// The glyphs of a text in the face asked for; a character it lacks is borrowed
/// from the other face, and one that both lack is shown as a hollow square.
pub(super) fn glyphs(font: Font, text: &str) -> impl Iterator<Item = Glyph> + '_ {
    text.chars().map(move |c| {
        find(font, c)
            .or_else(|| find(font.other(), c))
            .or_else(|| find(font, FALLBACK))
            .unwrap_or(Glyph { font, id: 0, advance_em: 1.0, shown: FALLBACK })
    })
}

/// How wide a text is at a size, both in millimetres.
pub fn width_mm(font: Font, size_mm: f64, text: &str) -> f64 {
    glyphs(font, text).map(|glyph| glyph.advance_em).sum::<f64>() * size_mm
}

/// The characters that neither face has, sorted, each once.
pub fn missing(text: &str) -> Vec<char> {
    let mut lacking: Vec<char> = text
        .chars()
        .filter(|&c| Font::ALL.into_iter().all(|font| find(font, c).is_none()))
        .collect();
    lacking.sort_unstable();
    lacking.dedup();
    lacking
}

/// The text in lines no wider than `width_mm`, in millimetres. Latin breaks at
/// spaces, hanzi anywhere except before closing punctuation (避头). A single word
/// that is wider than the line stays whole.
pub fn wrap(font: Font, size_mm: f64, width_mm: f64, text: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut used = 0.0;
    for piece in pieces(text) {
        let wide = self::width_mm(font, size_mm, piece.trim_end());
        if !line.is_empty() && used + wide > width_mm {
            lines.push(line.trim_end().to_owned());
            line.clear();
            used = 0.0;
        }
        line.push_str(piece);
        used += self::width_mm(font, size_mm, piece);
    }
    if !line.trim_end().is_empty() {
        lines.push(line.trim_end().to_owned());
    }
    lines
}

/// The smallest parts between which a line may break.
fn pieces(text: &str) -> Vec<&str> {
    let mut cuts = vec![0];
    let mut before: Option<char> = None;
    for (at, c) in text.char_indices() {
        if let Some(b) = before {
            let after_space = b == ' ' && c != ' ';
            let by_hanzi = (is_wide(b) || is_wide(c)) && !closes(c) && !opens(b) && c != ' ';
            if after_space || by_hanzi {
                cuts.push(at);
            }
        }
        before = Some(c);
    }
    cuts.push(text.len());
    cuts.windows(2).map(|w| &text[w[0]..w[1]]).filter(|p| !p.is_empty()).collect()
}

/// Whether a character is set on the square of East Asian type.
fn is_wide(c: char) -> bool {
    matches!(c, '\u{2E80}'..='\u{9FFF}' | '\u{FF00}'..='\u{FFEF}')
}

/// Whether a character must not begin a line.
fn closes(c: char) -> bool {
    "，。、；：！？）》」』】”’…—·,.;:!?)%".contains(c)
}

/// Whether a character must not end a line.
fn opens(c: char) -> bool {
    "（《「『【“‘(".contains(c)
}

fn find(font: Font, c: char) -> Option<Glyph> {
    let face = font.face();
    let id = face.glyph_index(c)?;
    let advance = f64::from(face.glyph_hor_advance(id)?);
    Some(Glyph { font, id: id.0, advance_em: advance / f64::from(face.units_per_em()), shown: c })
}

fn parse(bytes: &'static [u8]) -> Face<'static> {
    Face::parse(bytes, 0).expect("the fonts are compiled in, and a test parses both")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_faces_parse_and_have_the_fallback() {
        for font in Font::ALL {
            assert!(find(font, FALLBACK).is_some(), "{font:?}");
            assert!(find(font, '永').is_some(), "{font:?}");
        }
    }

    #[test]
    fn a_hanzi_is_one_em_wide() {
        for font in Font::ALL {
            assert!((width_mm(font, 4.0, "福祥") - 8.0).abs() < 1e-9, "{font:?}");
        }
    }

    #[test]
    fn a_character_that_no_face_has_is_shown_and_told() {
        assert_eq!(missing("a\u{1F600}b\u{1F600}"), vec!['\u{1F600}']);
        let shown: String = glyphs(Font::Hand, "\u{1F600}").map(|g| g.shown).collect();
        assert_eq!(shown, "□");
    }

    #[test]
    fn the_names_of_the_ways_can_be_written() {
        let names = "地安门外大街福祥胡同蓑衣胡同雨儿胡同帽儿胡同东不压桥胡同拐棒胡同豆角胡同方砖厂胡同南锣鼓巷";
        assert_eq!(missing(names), Vec::<char>::new());
        assert_eq!(
            missing("Dì'ānmén Wài Dàjiē · Suōyī · Yǔ'ér · 李德青 — “é”"),
            Vec::<char>::new()
        );
    }

    #[test]
    fn no_line_begins_with_closing_punctuation() {
        let text = "图中的人与门牌，都是编出来的；不对应任何真实的人家。";
        for width in [9.0, 11.0, 13.0, 17.0, 23.0] {
            let lines = wrap(Font::Plain, 3.0, width, text);
            assert_eq!(lines.concat(), text);
            assert!(lines.iter().all(|l| !l.starts_with(closes)), "{width}: {lines:?}");
        }
    }

    #[test]
    fn english_breaks_at_spaces_only() {
        let lines = wrap(Font::Plain, 3.0, 30.0, "Residents and doors are invented here");
        assert_eq!(lines.join(" "), "Residents and doors are invented here");
        assert!(lines.len() > 1);
    }
}
