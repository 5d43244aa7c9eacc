//! The slips of punctuation: what is said about each, and how reading goes on.
//!
//! Floor 2. Reads the text from where the scanner stands; writes the mended text
//! and the list of faults. One slip is told once, where it was made.

use super::{Name, NodeId, Scanner, Span, Step};
use crate::base::text::Bilingual;

impl Scanner<'_> {
    /// A value without a name among named ones. One before a stray colon has
    /// been told of already.
    pub(super) fn nameless(&mut self, item: NodeId) {
        let (span, reach) = (self.nodes[item.0 as usize].span, self.nodes[item.0 as usize].reach);
        if self.strays.contains(&item) {
            return;
        }
        self.fault(
            span,
            "这一项没有写名称",
            "this value has no name",
            Some(Bilingual::fixed(
                "同一个括号里，每一项都写成“名称: 值”",
                "inside these parentheses every value is written as `name: value`",
            )),
        );
        self.blank(reach);
    }

    /// A name or key with nothing after the colon.
    pub(super) fn no_value(&mut self, name: &Name) {
        if self.halted {
            return;
        }
        self.broken.push(name.span.start);
        self.trivia();
        if !self.ends_member() {
            self.skip_to_member();
            return;
        }
        self.fault_with(
            self.here(),
            Bilingual::new(
                format!("“{}”后面没有值", name.text),
                format!("`{}` has no value after the colon", name.text),
            ),
            Some(Bilingual::fixed("补上值，或者删去这一项", "add the value, or remove the field")),
        );
    }

    /// In a list, `name: value` can only be what is left of parentheses that were
    /// closed too early. Tells so once and goes past all of it.
    pub(super) fn fields_after_their_bracket(&mut self) -> bool {
        let start = self.pos;
        let Some(name) = self.field_name() else { return false };
        let line = self.lines.spot(self.text, start).line;
        self.fault_with(
            name.span,
            Bilingual::new(
                format!("字段“{}”在括号外面", name.text),
                format!("the field `{}` stands outside its parentheses", name.text),
            ),
            Some(Bilingual::new(
                format!("第 {line} 行或前面多了一个右括号"),
                format!("there is one `)` too many on line {line} or above"),
            )),
        );
        loop {
            let told = self.faults.len();
            self.trivia();
            let value = self.value(None, Step::Same);
            self.faults.truncate(told);
            let comma = value.is_some() && self.after_trivia() == Some(',');
            if comma {
                self.bump();
                self.trivia();
            }
            let next = self.pos;
            if !comma || self.field_name().is_none() {
                self.pos = next;
                break;
            }
        }
        self.blank(Span { start, end: self.pos });
        true
    }

    /// A colon after something that is no name: usually a name in quotation marks.
    pub(super) fn stray_colon(&mut self, id: NodeId) {
        let at = self.here();
        self.broken.push(at.start);
        self.fault(
            at,
            "这里不应有冒号",
            "there should be no colon here",
            Some(Bilingual::fixed(
                "冒号只写在圆括号 ( ) 里不带引号的名称后面，或花括号 { } 里的键后面",
                "a colon follows a name without quotation marks inside ( ), or a key inside { }",
            )),
        );
        self.bump();
        self.trivia();
        // Read what follows, so that it causes no further complaints; it belongs to nothing.
        let _ = self.value(Some(id), Step::Same);
        self.trivia();
    }

    pub(super) fn missing_comma(&mut self, end: usize) {
        let at = Span { start: end, end: end + 1 };
        self.fault(
            at,
            "这里缺一个逗号",
            "a comma is missing here",
            Some(Bilingual::fixed(
                "两项之间用英文逗号 , 隔开",
                "put `,` between one value and the next",
            )),
        );
        match self.mended.get_mut(end) {
            Some(byte) if byte.is_ascii_whitespace() => *byte = b',',
            _ => self.broken.push(end.saturating_sub(1)),
        }
    }

    pub(super) fn unclosed_at_end(&mut self, opening: Span, closer: char) -> usize {
        self.unclosed(opening, closer, None);
        // On a line of its own: the file may end in a comment.
        self.mended.push(b'\n');
        self.mended.push(closer as u8);
        self.mended.len()
    }

    pub(super) fn unclosed_before(&mut self, opening: Span, closer: char) {
        self.unclosed(opening, closer, Some(self.pos));
        match self.mended.get_mut(self.pos - 1) {
            // Not over a line break: a comment may end there.
            Some(byte) if matches!(*byte, b' ' | b'\t') => *byte = closer as u8,
            _ => self.broken.push(opening.start),
        }
    }

    pub(super) fn unclosed(&mut self, opening: Span, closer: char, before: Option<usize>) {
        let opener = &self.text[opening.start..opening.end];
        let hint = before.map_or_else(
            || {
                Bilingual::new(
                    format!("到文件末尾也没有找到与它配对的“{closer}”"),
                    format!("no matching `{closer}` was found up to the end of the file"),
                )
            },
            |at| {
                let line = self.lines.spot(self.text, at).line;
                let found = self.look().unwrap_or(closer);
                Bilingual::new(
                    format!("第 {line} 行遇到“{found}”时，还没有写“{closer}”"),
                    format!("`{found}` on line {line} comes before the `{closer}`"),
                )
            },
        );
        let message = Bilingual::new(
            format!("这个“{opener}”没有关上"),
            format!("this `{opener}` is never closed"),
        );
        self.fault_with(opening, message, Some(hint));
    }

    pub(super) fn too_deep(&mut self, at: Span) {
        let limit = self.limits.depth;
        self.halted = true;
        self.fault_with(
            at,
            Bilingual::new(
                format!("括号套得太深，最多 {limit} 层"),
                format!("brackets are nested too deeply, the limit is {limit} levels"),
            ),
            Some(Bilingual::fixed(
                "可能漏写了右括号；剧本只有七八层",
                "a closing bracket may be missing: no scene has more than eight levels",
            )),
        );
    }
}
