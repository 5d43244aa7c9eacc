//! The smallest pieces of a RON text: blanks, comments, words, numbers, strings.
//!
//! Floor 2. Reads the text from where the scanner stands; writes nothing; owns
//! the look of each piece, and the full-width punctuation that slips in where
//! Chinese is typed.

use super::{Name, Scalar, Scanner, Span};
use crate::base::text::{Bilingual, grouped};

/// What is shown of a full-width space in a message.
const FULL_WIDTH_SPACE: char = '\u{3000}';

/// Longest bare word, in bytes; more than any name of the formats.
const WORD_BYTES: usize = 200;

/// The half-width sign that a full-width one was meant to be.
fn half_width(c: char) -> Option<char> {
    Some(match c {
        '，' | '、' => ',',
        '：' => ':',
        '（' => '(',
        '）' => ')',
        '［' | '【' => '[',
        '］' | '】' => ']',
        '｛' => '{',
        '｝' => '}',
        _ => return None,
    })
}

/// Blanks as RON knows them.
fn is_blank(c: char) -> bool {
    matches!(
        c,
        ' ' | '\t'
            | '\n'
            | '\r'
            | '\x0B'
            | '\x0C'
            | '\u{85}'
            | '\u{200E}'
            | '\u{200F}'
            | '\u{2028}'
            | '\u{2029}'
    )
}

fn starts_word(c: char) -> bool {
    c == '_' || c.is_alphabetic()
}

fn continues_word(c: char) -> bool {
    c == '_' || c.is_alphanumeric()
}

impl Scanner<'_> {
    pub(super) fn rest(&self) -> &str {
        &self.text[self.pos..]
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// The next sign, a full-width one as its half-width meaning.
    pub(super) fn look(&self) -> Option<char> {
        self.peek().map(|c| half_width(c).unwrap_or(c))
    }

    /// What comes after blanks and comments; stands before it afterwards.
    pub(super) fn after_trivia(&mut self) -> Option<char> {
        self.trivia();
        self.look()
    }

    pub(super) fn bump(&mut self) {
        self.pos += self.peek().map_or(0, char::len_utf8);
    }

    /// The span of the next sign.
    pub(super) fn here(&self) -> Span {
        let width = self.peek().map_or(1, char::len_utf8);
        Span { start: self.pos, end: self.pos + width }
    }

    fn skip(&mut self, wanted: impl Fn(char) -> bool) {
        let rest = self.rest();
        self.pos += rest.find(|c| !wanted(c)).unwrap_or(rest.len());
    }

    /// Puts blanks over a span of the mended text, keeping its line breaks.
    pub(super) fn blank(&mut self, span: Span) {
        let end = span.end.min(self.mended.len());
        for byte in &mut self.mended[span.start.min(end)..end] {
            if *byte != b'\n' {
                *byte = b' ';
            }
        }
    }

    /// A span with the comma that follows it, if one does.
    pub(super) fn with_comma(&mut self, span: Span) -> Span {
        let before = self.pos;
        self.pos = span.end;
        let comma = self.after_trivia() == Some(',');
        let end = if comma { self.here().end } else { span.end };
        self.pos = before;
        Span { start: span.start, end }
    }

    /// Skips blanks and comments, and notes full-width signs that stand for half-width ones.
    pub(super) fn trivia(&mut self) {
        loop {
            self.skip(is_blank);
            let start = self.pos;
            if self.rest().starts_with("//") {
                self.skip(|c| c != '\n');
                self.comment(start);
            } else if self.rest().starts_with("/*") {
                self.block_comment();
                self.comment(start);
            } else if self.peek() == Some(FULL_WIDTH_SPACE) {
                let at = self.here();
                self.skip(|c| c == FULL_WIDTH_SPACE);
                self.fault(
                    at,
                    "这里有全角空格",
                    "there is a full-width space here",
                    Some(Bilingual::fixed("改成普通空格", "put ordinary spaces")),
                );
                self.blank(Span { start: at.start, end: self.pos });
            } else {
                break;
            }
        }
        if let Some(wide) = self.peek()
            && let Some(half) = half_width(wide)
        {
            self.full_width(wide, half);
        }
    }

    /// Remembers a comment, once: the scanner looks ahead and comes back.
    fn comment(&mut self, start: usize) {
        if self.comments.last().is_none_or(|last| last.start < start) {
            self.comments.push(Span { start, end: self.pos });
        }
    }

    fn full_width(&mut self, wide: char, half: char) {
        let at = self.here();
        self.fault_with(
            at,
            Bilingual::new(
                format!("这里用了全角的“{wide}”"),
                format!("this is the full-width sign `{wide}`"),
            ),
            Some(Bilingual::new(
                format!("改成半角的“{half}”"),
                format!("write the half-width `{half}`"),
            )),
        );
        self.blank(at);
        self.mended[at.start] = half as u8;
    }

    fn block_comment(&mut self) {
        let opening = Span { start: self.pos, end: self.pos + 2 };
        let mut level = 0_usize;
        loop {
            self.skip(|c| !matches!(c, '/' | '*'));
            if self.rest().starts_with("/*") {
                level += 1;
                self.pos += 2;
            } else if self.rest().starts_with("*/") {
                level -= 1;
                self.pos += 2;
                if level == 0 {
                    return;
                }
            } else if self.peek().is_none() {
                self.fault(
                    opening,
                    "这个注释没有结束",
                    "this comment never ends",
                    Some(Bilingual::fixed("用 */ 结束", "end it with `*/`")),
                );
                self.halted = true;
                return;
            } else {
                self.bump();
            }
        }
    }

    /// `#![enable(implicit_some)]` and `#![type = "…"]` at the head of the file.
    /// Other extensions are refused: they would change how the rest is read.
    pub(super) fn attributes(&mut self) {
        while self.after_trivia() == Some('#') {
            let start = self.pos;
            let end = self.rest().find([']', '\n']).map_or(self.text.len(), |at| start + at + 1);
            let inner: String =
                self.text[start..end].chars().filter(|c| !c.is_whitespace()).collect();
            self.pos = end;
            let known = ["#![enable(implicit_some)]", "#![enable(implicit_some,)]"];
            let ignored = inner.starts_with("#![type=") || inner.starts_with("#![schema=");
            if !known.contains(&inner.as_str()) && !ignored {
                self.fault(
                    Span { start, end },
                    "不支持这个扩展声明",
                    "this extension is not supported",
                    Some(Bilingual::fixed(
                        "删去这一行；implicit_some 不必声明，一直有效",
                        "delete this line; `implicit_some` is always on",
                    )),
                );
            }
        }
    }

    /// The name of a field with its colon; stays where it is when there is none.
    pub(super) fn field_name(&mut self) -> Option<Name> {
        let start = self.pos;
        if self.quote_opens() {
            return self.quoted_name();
        }
        let name = self.word()?;
        if self.after_trivia() == Some(':') {
            self.bump();
            return Some(name);
        }
        self.pos = start;
        None
    }

    /// A name in quotation marks, as JSON has it, with its colon: told of, and then
    /// read as the name that it is.
    fn quoted_name(&mut self) -> Option<Name> {
        let rest = self.rest().strip_prefix('"')?;
        let inner = &rest[..rest.find(|c| !continues_word(c))?];
        let (text, start) = (inner.to_owned(), self.pos);
        let end = start + text.len() + 2;
        if !text.starts_with(starts_word) || self.text.as_bytes().get(end - 1) != Some(&b'"') {
            return None;
        }
        self.pos = end;
        if self.after_trivia() != Some(':') {
            self.pos = start;
            return None;
        }
        self.bump();
        self.fault(
            Span { start, end },
            "名称不加引号",
            "a name has no quotation marks",
            Some(Bilingual::new(format!("写成 {text}:"), format!("write {text}:"))),
        );
        self.blank(Span { start, end: start + 1 });
        self.blank(Span { start: end - 1, end });
        Some(Name { text, span: Span { start: start + 1, end: end - 1 } })
    }

    pub(super) fn word(&mut self) -> Option<Name> {
        let mut start = self.pos;
        if self.rest().starts_with("r#") && self.rest()[2..].starts_with(starts_word) {
            start += 2;
        }
        if !self.text[start..].starts_with(starts_word) {
            return None;
        }
        self.pos = start;
        self.skip(continues_word);
        let word = &self.text[start..self.pos];
        let end = word.floor_char_boundary(WORD_BYTES);
        let span = Span { start, end: self.pos };
        let name = Name { text: word[..end].to_owned(), span };
        if end < word.len() {
            self.fault_with(
                Span { start, end: start + end },
                Bilingual::fixed("这个名称太长", "this name is too long"),
                Some(Bilingual::fixed(
                    "名称都很短；文字要写在英文双引号里",
                    "names are short, and a text stands in quotation marks",
                )),
            );
            self.broken.push(start);
        }
        Some(name)
    }

    /// Everything that could be part of a number; whether it is one, `ron` decides.
    pub(super) fn number(&mut self) {
        self.skip(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '+' | '-'));
    }

    /// True when something that is a value, well written or not, starts here.
    pub(super) fn starts_value(&self) -> bool {
        let opens = |c: char| matches!(c, '(' | '[' | '{' | '0'..='9' | '+' | '-' | '.');
        self.look().is_some_and(|c| opens(c) || starts_word(c)) || self.quote_opens()
    }

    /// True when a string, a raw string, bytes or a character starts here.
    fn quote_opens(&self) -> bool {
        self.peek().is_some_and(|c| matches!(c, '"' | '\'' | '“' | '”'))
            || self.raw_hashes().is_some()
            || self.rest().starts_with("b\"")
            || self.rest().starts_with("b'")
    }

    /// For `r"`, `r#"`, `br#"`: length of the prefix with the quote, and the hashes.
    fn raw_hashes(&self) -> Option<(usize, usize)> {
        let rest = self.rest();
        let after = rest.strip_prefix("br").or_else(|| rest.strip_prefix('r'))?;
        let hashes = after.bytes().take_while(|&byte| byte == b'#').count();
        after[hashes..].starts_with('"').then(|| (rest.len() - after.len() + hashes + 1, hashes))
    }

    /// A string of any sort; `None`, without moving on, when none starts here.
    pub(super) fn quoted(&mut self) -> Option<Scalar> {
        if !self.quote_opens() {
            return None;
        }
        let start = self.pos;
        let bytes = self.rest().starts_with('b');
        if let Some((prefix, hashes)) = self.raw_hashes() {
            self.raw_string(prefix, hashes);
        } else if matches!(self.peek(), Some('“' | '”')) {
            self.curly_string();
        } else {
            self.pos += usize::from(bytes);
            let quote = self.peek().unwrap_or('"');
            self.bump();
            self.escaped(start, quote);
            if quote == '\'' {
                return Some(if bytes { Scalar::Number } else { Scalar::Char });
            }
        }
        self.check_length(start);
        Some(if bytes { Scalar::Bytes } else { Scalar::Text })
    }

    fn raw_string(&mut self, prefix: usize, hashes: usize) {
        let start = self.pos;
        self.pos += prefix;
        let ending = format!("\"{}", "#".repeat(hashes));
        match self.rest().find(&ending) {
            Some(at) => self.pos += at + ending.len(),
            None => self.unclosed_string(start, &ending),
        }
    }

    /// From after the opening quote to after the closing one. Neither a text nor a
    /// character runs past its line: a forgotten quotation mark would swallow the
    /// rest of the file, and be told far from where it is missing.
    fn escaped(&mut self, start: usize, quote: char) {
        loop {
            let stop = |c: char| c == quote || c == '\\' || c == '\n';
            let rest = self.rest();
            let Some(at) = rest.find(stop) else { break };
            self.pos += at;
            match self.peek() {
                Some('\\') => {
                    self.bump();
                    if self.peek() != Some('\n') {
                        self.bump();
                    }
                }
                Some(c) if c == quote => {
                    self.bump();
                    return;
                }
                _ => break,
            }
        }
        self.unclosed_string(start, &quote.to_string());
    }

    /// A string between typographic quotes: “…”. Ends at the next quote of any
    /// sort on the line.
    fn curly_string(&mut self) {
        let opening = self.here();
        self.bump();
        self.skip(|c| !matches!(c, '”' | '“' | '"' | '\n'));
        let closing = self.here();
        let closed = matches!(self.peek(), Some('”' | '“' | '"'));
        self.fault(
            opening,
            "这里用了中文引号",
            "these are typographic quotation marks",
            Some(Bilingual::fixed(
                "字符串两端用英文双引号 \"",
                "put straight quotation marks `\"` around a string",
            )),
        );
        if closed {
            self.bump();
            self.blank(opening);
            self.blank(closing);
            self.mended[opening.end - 1] = b'"';
            self.mended[closing.start] = b'"';
        } else {
            self.broken.push(opening.start);
        }
    }

    fn unclosed_string(&mut self, start: usize, ending: &str) {
        self.pos = start;
        self.skip(|c| c != '\n');
        // A comma and brackets at the end of the line were hardly meant as text.
        let line = &self.text[start..self.pos];
        let text = line.trim_end_matches(|c: char| matches!(c, ',' | ')' | ']') || is_blank(c));
        self.pos = start + text.len().max(1);
        self.broken.push(start);
        let what = if ending == "'" { ("字符", "character") } else { ("文字", "text") };
        self.fault_with(
            Span { start, end: start + 1 },
            Bilingual::new(
                format!("这里开始的{}到行末还没有结束", what.0),
                format!("the {} that begins here does not end on its line", what.1),
            ),
            Some(Bilingual::new(
                format!("用 {ending} 结束，写在一行里"),
                format!("end it with `{ending}`, on the same line"),
            )),
        );
    }

    fn check_length(&mut self, start: usize) {
        let limit = self.limits.text_chars;
        let text = &self.text[start..self.pos];
        if text.len() <= limit {
            return;
        }
        // The marks around the string are not counted.
        let chars = text.chars().count().saturating_sub(2);
        if chars > limit {
            let (chars, limit) = (grouped(chars as u64), grouped(limit as u64));
            self.fault_with(
                Span { start, end: start + 1 },
                Bilingual::new(
                    format!("这段文字太长：{chars} 个字，上限是 {limit} 个字"),
                    format!("this text is too long: {chars} characters, the limit is {limit}"),
                ),
                Some(Bilingual::fixed(
                    "写短一些，或者分成几条",
                    "shorten it, or make several of it",
                )),
            );
        }
    }

    /// A sign that can start nothing here: says so, and goes past it.
    pub(super) fn unexpected(&mut self) {
        let at = self.here();
        let Some(sign) = self.peek() else { return };
        match half_width(sign).unwrap_or(sign) {
            ',' => self.fault(
                at,
                "多了一个逗号",
                "one comma too many",
                Some(Bilingual::fixed("删去它", "remove it")),
            ),
            c @ (')' | ']' | '}') => self.fault_with(
                at,
                Bilingual::new(
                    format!("这个“{c}”没有对应的左括号"),
                    format!("this `{c}` closes nothing"),
                ),
                Some(Bilingual::fixed(
                    "删去它，或者在前面补上左括号",
                    "remove it, or add the opening bracket above",
                )),
            ),
            _ => {
                self.skip_odd();
                let odd: String =
                    self.text[at.start..self.pos.max(at.end)].chars().take(8).collect();
                self.pos = at.start;
                self.fault_with(
                    at,
                    Bilingual::new(
                        format!("这里不应出现“{}”", odd.escape_debug()),
                        format!("`{}` does not belong here", odd.escape_debug()),
                    ),
                    Some(Bilingual::fixed(
                        "删去它；两项之间只用逗号，文字写在英文双引号里",
                        "remove it: only commas part values, and a text stands in quotation marks",
                    )),
                );
                self.skip_odd();
                self.blank(Span { start: at.start, end: self.pos });
                return;
            }
        }
        self.bump();
        self.blank(at);
    }

    /// Past a run of signs that mean nothing, so that it is told once.
    fn skip_odd(&mut self) {
        self.bump();
        self.skip(|c| {
            !is_blank(c)
                && !continues_word(c)
                && half_width(c).is_none()
                && !matches!(
                    c,
                    ',' | ':'
                        | '('
                        | ')'
                        | '['
                        | ']'
                        | '{'
                        | '}'
                        | '"'
                        | '\''
                        | '“'
                        | '”'
                        | '/'
                        | '-'
                        | '+'
                        | '.'
                )
        });
    }
}
