//! A face cut down to the letters of one page, as a style sheet can carry it.
//!
//! Floor 4. Reads a face and the letters in use; makes a font file in base64. The
//! library that cuts faces down drops what only readers of PDF do without: the
//! table from characters to glyphs is written here, names and metrics are copied.

use std::collections::BTreeMap;

use subsetter::GlyphRemapper;
use ttf_parser::Tag;

use super::fonts::Font;

/// Tables that are copied from the whole face.
const COPIED: [&[u8; 4]; 3] = [b"OS/2", b"name", b"post"];
const CMAP: [u8; 4] = *b"cmap";
/// Outlines as TrueType has them.
const SFNT: u32 = 0x0001_0000;
const HEADER: usize = 12;
const RECORD: usize = 16;
const ALIGN: usize = 4;

/// The face with only these letters, as a font file; `None` if it cannot be cut.
fn file(font: Font, letters: &BTreeMap<char, u16>) -> Option<Vec<u8>> {
    let mut remap = GlyphRemapper::new();
    let cut: BTreeMap<u16, u16> = letters
        .iter()
        .filter_map(|(c, glyph)| Some((u16::try_from(u32::from(*c)).ok()?, remap.remap(*glyph))))
        .collect();
    let bytes = subsetter::subset(font.bytes(), 0, &remap).ok()?;
    let mut tables = tables(&bytes)?;
    tables.insert(CMAP, cmap(&cut));
    let face = font.face().raw_face();
    for tag in COPIED {
        tables.insert(*tag, face.table(Tag::from_bytes(tag))?.to_vec());
    }
    Some(sfnt(&tables))
}

/// The face with only these letters, in base64.
pub(super) fn base64(font: Font, letters: &BTreeMap<char, u16>) -> Option<String> {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const SIX_BITS: usize = 0x3F;
    let bytes = file(font, letters)?;
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let all =
            three.iter().fold(0, |n, byte| n << 8 | usize::from(*byte)) << (8 * (3 - three.len()));
        for (i, shift) in [18, 12, 6, 0].into_iter().enumerate() {
            let digit = DIGITS[all >> shift & SIX_BITS];
            out.push(if i <= three.len() { char::from(digit) } else { '=' });
        }
    }
    Some(out)
}

/// The tables of a font file by name.
fn tables(bytes: &[u8]) -> Option<BTreeMap<[u8; 4], Vec<u8>>> {
    let number = |at: usize| {
        let four = bytes.get(at..at + 4)?;
        Some(u32::from_be_bytes([four[0], four[1], four[2], four[3]]) as usize)
    };
    let count = usize::from(u16::from_be_bytes([*bytes.get(4)?, *bytes.get(5)?]));
    let mut found = BTreeMap::new();
    for i in 0..count {
        let record = HEADER + i * RECORD;
        let tag = bytes.get(record..record + 4)?;
        let (start, length) = (number(record + 8)?, number(record + 12)?);
        let table = bytes.get(start..start.checked_add(length)?)?;
        found.insert([tag[0], tag[1], tag[2], tag[3]], table.to_vec());
    }
    Some(found)
}

/// From characters to glyphs: format 4, one segment for each character.
fn cmap(letters: &BTreeMap<u16, u16>) -> Vec<u8> {
    // The last segment is the one that every such table ends with.
    let segments: Vec<(u16, u16)> =
        letters.iter().map(|(c, g)| (*c, g.wrapping_sub(*c))).chain([(u16::MAX, 1)]).collect();
    let count = segments.len() as u16;
    let selector = (u16::BITS - 1 - count.leading_zeros()) as u16;
    let range = 2 << selector;
    let mut words: Vec<u16> = vec![0, 1, 3, 1, 0, 12];
    words.extend([4, 16 + 8 * count, 0, 2 * count, range, selector, 2 * count - range]);
    words.extend(segments.iter().map(|s| s.0));
    words.push(0);
    words.extend(segments.iter().map(|s| s.0));
    words.extend(segments.iter().map(|s| s.1));
    words.extend(segments.iter().map(|_| 0));
    words.into_iter().flat_map(u16::to_be_bytes).collect()
}

/// A font file of these tables.
fn sfnt(tables: &BTreeMap<[u8; 4], Vec<u8>>) -> Vec<u8> {
    let count = tables.len() as u16;
    let selector = (u16::BITS - 1 - count.leading_zeros()) as u16;
    let range = 16 << selector;
    let mut head = SFNT.to_be_bytes().to_vec();
    for word in [count, range, selector, 16 * count - range] {
        head.extend(word.to_be_bytes());
    }
    let mut body = Vec::new();
    let first = HEADER + tables.len() * RECORD;
    for (tag, table) in tables {
        head.extend(tag);
        for number in [sum(table), (first + body.len()) as u32, table.len() as u32] {
            head.extend(number.to_be_bytes());
        }
        body.extend(table);
        body.resize(body.len().next_multiple_of(ALIGN), 0);
    }
    head.extend(body);
    head
}

/// The check sum of a table.
fn sum(table: &[u8]) -> u32 {
    let word = |four: &[u8]| {
        let mut bytes = [0; ALIGN];
        bytes[..four.len()].copy_from_slice(four);
        u32::from_be_bytes(bytes)
    };
    table.chunks(ALIGN).fold(0, |n, four| n.wrapping_add(word(four)))
}

#[cfg(test)]
mod tests {
    use ttf_parser::Face;

    use super::*;

    #[test]
    fn a_face_cut_down_still_knows_its_letters() {
        for font in Font::ALL {
            let whole = font.face();
            let letters: BTreeMap<char, u16> =
                "福祥A1·".chars().map(|c| (c, whole.glyph_index(c).unwrap().0)).collect();
            let bytes = file(font, &letters).unwrap();
            let face = Face::parse(&bytes, 0).unwrap();
            for c in letters.keys() {
                let (old, new) = (whole.glyph_index(*c).unwrap(), face.glyph_index(*c).unwrap());
                assert_eq!(whole.glyph_hor_advance(old), face.glyph_hor_advance(new), "{c}");
                assert_eq!(whole.glyph_bounding_box(old), face.glyph_bounding_box(new), "{c}");
            }
            assert_eq!(face.glyph_index('馆'), None);
            assert!(bytes.len() < 20_000, "{}", bytes.len());
        }
    }

    #[test]
    fn base64_has_whole_groups() {
        let letters = BTreeMap::from([('A', Font::Plain.face().glyph_index('A').unwrap().0)]);
        let text = base64(Font::Plain, &letters).unwrap();
        assert!(text.len().is_multiple_of(4) && text.starts_with("AAEAAA"), "{}", &text[..8]);
    }
}
