//! How much room a text will take, before it is laid out: for pages.
//!
//! Floor 8. Reads texts; owns nothing. Guesses err on the large side, so that what
//! is put on a page fits; where they err on the small side, `Squeeze` puts less.

use crate::app::View;
use crate::base::text::Bilingual;
use crate::theme::{self, Type};

/// Distance between lines, of the size; as texts are set.
const LINE: f32 = 1.36;
/// Words do not fill their lines to the end.
const RAGGED: f32 = 1.12;
/// How much longer the test language is.
const PSEUDO: f32 = 1.4;

/// Width of a text in ems.
fn ems(text: &str) -> f32 {
    let em = |c: char| match c {
        ' ' => 0.27,
        'i' | 'j' | 'l' | 'f' | 't' | 'r' | '.' | ',' | ':' | ';' | '\'' | '|' => 0.36,
        'm' | 'w' | 'M' | 'W' => 0.88,
        c if c.is_ascii_uppercase() => 0.66,
        c if c.is_ascii() => 0.57,
        _ => 1.0,
    };
    text.chars().map(em).sum()
}

/// Width of a text on one line in the language that is shown, units.
pub(super) fn width(view: &View, text: &Bilingual, size: Type) -> f32 {
    let stretched = if view.pseudo { PSEUDO } else { 1.0 };
    ems(text.get(view.lang)) * stretched * size.size() * theme::enlarged(view.large)
}

/// Every text ends on a whole pixel of the screen, units.
const ROUNDING: f32 = 1.5;

/// Height of so many lines, units.
pub(super) fn lines(view: &View, lines: f32, size: Type) -> f32 {
    lines * (size.size() * theme::enlarged(view.large)).round() * LINE + ROUNDING
}

/// Height of a text that is broken at a width, units.
pub(super) fn height(view: &View, text: &Bilingual, size: Type, room: f32) -> f32 {
    let wide = width(view, text, size);
    let rows = if wide <= room { 1.0 } else { (wide * RAGGED / room.max(1.0)).ceil() };
    lines(view, rows, size)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::text::Lang;

    #[test]
    fn a_longer_text_takes_more_lines_and_a_larger_one_more_room() {
        let view = View::new(Lang::Zh);
        let short = Bilingual::fixed("第五天傍晚", "the fifth evening");
        let long = Bilingual::fixed(
            "十九名社工分头入户，五天走完两千户，一户一户写上图板。",
            "Nineteen workers go from door to door for five days.",
        );
        let line = lines(&view, 1.0, Type::Body);
        let rows = |text| (height(&view, text, Type::Body, 200.0) / line).round() as u32;
        assert_eq!((rows(&short), rows(&long)), (1, 4));
        let large = View { large: true, ..view.clone() };
        assert!(height(&large, &long, Type::Body, 200.0) > line * 4.0 * 1.4);
        let pseudo = View { pseudo: true, lang: Lang::En, ..view };
        let english = View { pseudo: false, ..pseudo.clone() };
        assert!(width(&pseudo, &long, Type::Body) > width(&english, &long, Type::Body) * 1.3);
    }
}
