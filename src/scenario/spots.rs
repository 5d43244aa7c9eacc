//! From a byte of the text to the line and column that an editor shows.
//!
//! Floor 2. Reads the text; writes nothing; owns the starts of the lines.

use super::outline::Span;
use super::problem::Excerpt;

/// Longest part of a line that is shown, in characters: one terminal row.
const SHOWN: usize = 100;
/// How much of a long line is shown before the place.
const SHOWN_BEFORE: usize = 40;

/// A line and a column, both from 1. Columns count characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Spot {
    /// Line from 1.
    pub line: u32,
    /// Column in characters from 1.
    pub column: u32,
}

/// Where each line starts.
#[derive(Debug)]
pub(super) struct Lines(Vec<usize>);

impl Lines {
    /// Finds the lines of a text. `\n` and `\r\n` both end one.
    pub(super) fn of(text: &str) -> Self {
        let breaks = text.bytes().enumerate().filter(|&(_, byte)| byte == b'\n');
        Self(std::iter::once(0).chain(breaks.map(|(at, _)| at + 1)).collect())
    }

    /// The line and column of a byte; a byte past the end is the end.
    pub(super) fn spot(&self, text: &str, at: usize) -> Spot {
        let at = boundary(text, at);
        let line = self.0.partition_point(|&start| start <= at).max(1);
        let start = self.0[line - 1];
        let column = text[start..at].chars().count() + 1;
        Spot { line: line as u32, column: column as u32 }
    }

    /// The byte of a line and column; past the end of the text is the end.
    pub(super) fn byte(&self, text: &str, line: usize, column: usize) -> usize {
        let Some(&start) = self.0.get(line.saturating_sub(1)) else { return text.len() };
        let rest = &text[start..];
        rest.char_indices().nth(column.saturating_sub(1)).map_or(text.len(), |(at, _)| start + at)
    }

    /// The line around a span, cut to [`SHOWN`] characters, with the mark.
    pub(super) fn excerpt(&self, text: &str, span: Span) -> Excerpt {
        let spot = self.spot(text, span.start);
        let start = self.0[spot.line as usize - 1];
        let line = text[start..].split('\n').next().unwrap_or_default().trim_end_matches('\r');
        let before = spot.column as usize - 1;
        let skipped = if before + SHOWN_BEFORE > SHOWN { before - SHOWN_BEFORE } else { 0 };
        let mut shown: String = line.chars().skip(skipped).take(SHOWN).collect();
        if shown.len() + skipped < line.len() && line.chars().count() > skipped + SHOWN {
            shown.push('…');
        }
        let from = boundary(text, span.start);
        let to = boundary(text, span.end).max(from);
        let marked = text[from..to].split(['\n', '\r']).next().unwrap_or_default().chars().count();
        let room = shown.chars().count().saturating_sub(before - skipped).max(1);
        let mut column = before - skipped + 1;
        if skipped > 0 {
            shown.insert(0, '…');
            column += 1;
        }
        Excerpt { line: shown, column: column as u32, width: marked.clamp(1, room) as u32 }
    }
}

/// The nearest character boundary at or before a byte.
fn boundary(text: &str, at: usize) -> usize {
    text.floor_char_boundary(at.min(text.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chinese_character_counts_as_one_column() {
        let text = "甲乙丙\n丁 x";
        let lines = Lines::of(text);
        assert_eq!(lines.spot(text, 6), Spot { line: 1, column: 3 });
        assert_eq!(lines.spot(text, text.len() - 1), Spot { line: 2, column: 3 });
        assert_eq!(lines.byte(text, 2, 3), text.len() - 1);
    }

    #[test]
    fn a_carriage_return_is_not_part_of_the_line() {
        let text = "a\r\nbc\r\n";
        let excerpt = Lines::of(text).excerpt(text, Span { start: 4, end: 7 });
        assert_eq!(excerpt, Excerpt { line: "bc".into(), column: 2, width: 1 });
    }

    #[test]
    fn a_long_line_is_cut_around_the_place() {
        let text = format!("{}X{}", "a".repeat(300), "b".repeat(300));
        let excerpt = Lines::of(&text).excerpt(&text, Span { start: 300, end: 301 });
        assert!(excerpt.line.starts_with("…a") && excerpt.line.ends_with("b…"));
        assert_eq!(excerpt.line.chars().nth(excerpt.column as usize - 1), Some('X'));
    }
}
