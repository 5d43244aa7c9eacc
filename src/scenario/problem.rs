//! What is wrong in a file, where, and what would be right.
//!
//! Floor 2. Reads nothing; writes nothing; owns [`Problem`] and the way it is
//! printed. Every problem is told in both languages, and points at one place.

use std::fmt::Write as _;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::base::text::{Bilingual, Lang};

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The file cannot be used.
    Error,
    /// The file can be used, but somebody should look.
    Warning,
}

impl Severity {
    /// The word before the sentence.
    pub const fn label(self) -> Bilingual {
        match self {
            Self::Error => Bilingual::fixed("错误", "error"),
            Self::Warning => Bilingual::fixed("提醒", "warning"),
        }
    }
}

/// The line of the file that a problem points into, cut to a readable length.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Excerpt {
    /// The text of the line, or the part of it around the problem.
    pub line: String,
    /// Where the mark starts in `line`: characters from 1.
    pub column: u32,
    /// How many characters are marked, at least 1.
    pub width: u32,
}

/// One thing that is wrong in one file. Ordered by file, then by position.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Problem {
    /// The file, as the reader was told to call it: `scenes/fuxiang_2020.ron`.
    pub file: String,
    /// Line from 1; 0 when the problem is the file as a whole.
    pub line: u32,
    /// Column in characters from 1 (a Chinese character counts as one); 0 as above.
    pub column: u32,
    /// Where inside the file: `script[3].when`; empty for the file as a whole.
    pub path: String,
    /// What is wrong.
    pub message: Bilingual,
    /// What would be right, when that is known.
    pub hint: Option<Bilingual>,
    /// Error or warning.
    pub severity: Severity,
    /// The line itself; `None` when there is no line to show.
    pub excerpt: Option<Excerpt>,
}

impl Problem {
    /// A problem with a file as a whole: it is missing, it is too large.
    pub fn of_file(file: &str, message: Bilingual, hint: Option<Bilingual>) -> Self {
        Self {
            file: file.to_owned(),
            line: 0,
            column: 0,
            path: String::new(),
            message,
            hint,
            severity: Severity::Error,
            excerpt: None,
        }
    }

    /// Where it is, as editors and terminals understand it: `scenes/x.ron:12:7`.
    pub fn place(&self) -> String {
        if self.line == 0 {
            self.file.clone()
        } else {
            format!("{}:{}:{}", self.file, self.line, self.column)
        }
    }

    /// The problem as a block of text: the sentence, then the line with a mark
    /// under the place, then the hint. Ends without a line break.
    ///
    /// ```text
    /// scenes/x.ron:12:7: error: expected a whole number, found the text "five" (script[3].when)
    ///    |
    /// 12 |     at: "five",
    ///    |         ^^^^^^
    ///    = hint: write digits without quotation marks
    /// ```
    pub fn render(&self, lang: Lang) -> String {
        let severity = self.severity.label();
        let mut out = match lang {
            Lang::Zh => format!("{}: {}：{}", self.place(), severity.zh, self.message.zh),
            Lang::En => format!("{}: {}: {}", self.place(), severity.en, self.message.en),
        };
        if !self.path.is_empty() {
            let _ = match lang {
                Lang::Zh => write!(out, "（{}）", self.path),
                Lang::En => write!(out, " ({})", self.path),
            };
        }
        let number = self.line.to_string();
        let margin = " ".repeat(number.len());
        if let Some(excerpt) = &self.excerpt {
            let (indent, mark) = excerpt.mark();
            let line = excerpt.line.replace('\t', " ");
            let _ = write!(out, "\n{margin} |\n{number} | {line}\n{margin} | {indent}{mark}");
        }
        if let Some(hint) = &self.hint {
            let _ = match lang {
                Lang::Zh => write!(out, "\n{margin} = 提示：{}", hint.zh),
                Lang::En => write!(out, "\n{margin} = hint: {}", hint.en),
            };
        }
        out
    }
}

impl Excerpt {
    /// The blank before the mark and the mark itself, as wide as the terminal
    /// draws the characters above: a Chinese character takes two cells.
    fn mark(&self) -> (String, String) {
        let before = self.column.saturating_sub(1) as usize;
        let cells = |c: char| c.width().unwrap_or(1);
        let indent: usize = self.line.chars().take(before).map(cells).sum();
        let marked: String = self.line.chars().skip(before).take(self.width as usize).collect();
        (" ".repeat(indent), "^".repeat(marked.width().max(1)))
    }
}

/// Everything that is wrong, in the order of the file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Problems(pub Vec<Problem>);

impl Problems {
    /// Puts the problems in the order of the file and drops exact repetitions.
    pub fn sort(&mut self) {
        self.0.sort();
        self.0.dedup();
    }

    /// True when at least one of them makes the file unusable.
    pub fn has_errors(&self) -> bool {
        self.0.iter().any(|problem| problem.severity == Severity::Error)
    }

    /// All problems as text, one blank line between two.
    pub fn render(&self, lang: Lang) -> String {
        let blocks: Vec<String> = self.0.iter().map(|problem| problem.render(lang)).collect();
        blocks.join("\n\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Problem {
        Problem {
            file: "scenes/x.ron".into(),
            line: 12,
            column: 9,
            path: "script[3].when".into(),
            message: Bilingual::fixed("这里应为整数", "expected a whole number"),
            hint: Some(Bilingual::fixed("去掉引号", "drop the quotation marks")),
            severity: Severity::Error,
            excerpt: Some(Excerpt { line: "  街道: \"五\",".into(), column: 7, width: 3 }),
        }
    }

    #[test]
    fn a_problem_prints_place_sentence_line_mark_and_hint() {
        assert_eq!(
            sample().render(Lang::En),
            "scenes/x.ron:12:9: error: expected a whole number (script[3].when)\n   |\n\
             12 |   街道: \"五\",\n   |         ^^^^\n   = hint: drop the quotation marks"
        );
    }

    #[test]
    fn the_chinese_print_has_no_english_words_around_it() {
        let text = sample().render(Lang::Zh);
        assert!(text.starts_with("scenes/x.ron:12:9: 错误：这里应为整数（script[3].when）\n"));
        assert!(text.ends_with("= 提示：去掉引号"));
    }

    #[test]
    fn a_problem_of_the_whole_file_has_no_line() {
        let problem = Problem::of_file("a.ron", Bilingual::fixed("太大", "too large"), None);
        assert_eq!(problem.render(Lang::En), "a.ron: error: too large");
    }

    #[test]
    fn problems_come_in_the_order_of_the_file_and_once() {
        let early = Problem { line: 2, ..sample() };
        let mut all = Problems(vec![sample(), early.clone(), sample()]);
        all.sort();
        assert_eq!(all.0, vec![early, sample()]);
        assert!(all.has_errors());
    }
}
