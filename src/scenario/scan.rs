//! Reads the shape of a RON text, and goes on after each slip.
//!
//! Floor 2. Reads bytes; writes nothing; owns the rules of RON's punctuation.
//! What the values mean is left to `ron` itself. Recursion is bounded by the
//! depth limit, memory by the node limit, and both are checked before they are used.

mod slips;
mod tokens;

use super::outline::{Fault, Field, Kind, Limits, Name, Node, NodeId, Outline, Scalar, Span, Step};
use super::spots::Lines;
use crate::base::text::{Bilingual, grouped};

/// More faults than this in one file say that it is not a RON file at all.
const MOST_FAULTS: usize = 100;
/// A repeated name is looked for among so many: no part of a file has more fields,
/// and looking through thousands each time would take seconds.
const FIELDS: usize = 64;

/// Reads the shape of a file.
pub(super) fn outline(bytes: &[u8], limits: Limits) -> Outline {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if bytes.len() > limits.bytes {
        return unreadable("", too_large(bytes.len(), limits.bytes));
    }
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let valid = std::str::from_utf8(&bytes[..error.valid_up_to()]).unwrap_or_default();
            return unreadable(valid, not_utf8(valid.len()));
        }
    };
    if let Some(at) = text.find('\0') {
        return unreadable(text, nul(at));
    }
    let lines = Lines::of(text);
    let mut scanner = Scanner {
        text,
        lines: &lines,
        limits,
        pos: 0,
        nodes: Vec::new(),
        faults: Vec::new(),
        mended: bytes.to_vec(),
        broken: Vec::new(),
        comments: Vec::new(),
        open: Vec::new(),
        halted: false,
        strays: Vec::new(),
    };
    let root = scanner.file();
    let Scanner { nodes, faults, mended, broken, comments, halted, .. } = scanner;
    Outline { text: text.to_owned(), nodes, root, faults, mended, broken, comments, halted, lines }
}

/// An outline without a tree: the bytes are not a text that can be read.
fn unreadable(text: &str, fault: Fault) -> Outline {
    Outline {
        text: text.to_owned(),
        lines: Lines::of(text),
        nodes: Vec::new(),
        root: None,
        faults: vec![fault],
        mended: Vec::new(),
        broken: Vec::new(),
        comments: Vec::new(),
        halted: true,
    }
}

fn too_large(found: usize, limit: usize) -> Fault {
    let (found, limit) = (grouped(found as u64), grouped(limit as u64));
    Fault {
        span: Span::default(),
        message: Bilingual::new(
            format!("文件太大：{found} 字节，上限是 {limit} 字节"),
            format!("the file is too large: {found} bytes, the limit is {limit} bytes"),
        ),
        hint: Some(Bilingual::fixed(
            "看看是不是选错了文件；剧本再长也用不了这么多",
            "this may be another file: no scene needs so much",
        )),
    }
}

fn not_utf8(at: usize) -> Fault {
    Fault {
        span: Span { start: at, end: at + 1 },
        message: Bilingual::fixed(
            "从这里起不是 UTF-8 编码的文字",
            "from here on the text is not encoded in UTF-8",
        ),
        hint: Some(Bilingual::fixed(
            "在编辑器里另存为，编码选 UTF-8",
            "in the editor choose “Save as” and the encoding UTF-8",
        )),
    }
}

fn nul(at: usize) -> Fault {
    Fault {
        span: Span { start: at, end: at + 1 },
        message: Bilingual::fixed(
            "这里有一个空字符（编码为 0），文本文件里不会有",
            "there is a NUL character here, which a text file never holds",
        ),
        hint: Some(Bilingual::fixed(
            "文件可能已经损坏，或者另存成了 UTF-16；请用 UTF-8 另存",
            "the file may be damaged or saved as UTF-16; save it as UTF-8",
        )),
    }
}

struct Scanner<'a> {
    text: &'a str,
    lines: &'a Lines,
    limits: Limits,
    pos: usize,
    nodes: Vec<Node>,
    faults: Vec<Fault>,
    mended: Vec<u8>,
    broken: Vec<usize>,
    comments: Vec<Span>,
    /// Closing brackets that are still awaited, outermost first.
    open: Vec<char>,
    halted: bool,
    /// Values before a colon that should not be there.
    strays: Vec<NodeId>,
}

impl Scanner<'_> {
    fn file(&mut self) -> Option<NodeId> {
        self.attributes();
        self.trivia();
        if self.look().is_none() && !self.halted {
            self.fault(
                self.here(),
                "文件是空的",
                "the file is empty",
                Some(Bilingual::fixed(
                    "用 zhanyitu new 写一个带说明的新剧本",
                    "`zhanyitu new` writes a scene to start from",
                )),
            );
            return None;
        }
        while matches!(self.look(), Some(')' | ']' | '}' | ',' | ':')) && !self.halted {
            self.unexpected();
            self.trivia();
        }
        let root = self.value(None, Step::Same);
        self.trivia();
        if self.look().is_some() && !self.halted {
            self.fault(
                self.here(),
                "文件到这里应当已经结束，后面却还有内容",
                "the file should end here, but something follows",
                Some(Bilingual::fixed(
                    "检查前面是否多写了一个右括号",
                    "check whether there is one closing bracket too many above",
                )),
            );
        }
        root
    }

    /// One value of any kind. `None`, without moving on, when none starts here.
    fn value(&mut self, parent: Option<NodeId>, step: Step) -> Option<NodeId> {
        if self.halted {
            return None;
        }
        let start = self.pos;
        match self.look()? {
            '(' => self.group(parent, step, None, start),
            '[' => self.list(parent, step),
            '{' => self.map(parent, step),
            '0'..='9' | '+' | '-' | '.' => {
                self.number();
                self.scalar(parent, step, Scalar::Number, start)
            }
            _ => {
                if let Some(scalar) = self.quoted() {
                    return self.scalar(parent, step, scalar, start);
                }
                let name = self.word()?;
                let after = self.pos;
                self.trivia();
                if self.look() == Some('(') {
                    return self.group(parent, step, Some(name), start);
                }
                self.pos = after;
                let scalar = match name.text.as_str() {
                    "true" => Scalar::Bool(true),
                    "false" => Scalar::Bool(false),
                    "inf" | "NaN" => Scalar::Number,
                    _ => Scalar::Word,
                };
                self.scalar(parent, step, scalar, start)
            }
        }
    }

    fn scalar(
        &mut self,
        parent: Option<NodeId>,
        step: Step,
        s: Scalar,
        at: usize,
    ) -> Option<NodeId> {
        let id = self.allot(parent, step, at)?;
        self.finish(id, Kind::Scalar(s), self.pos);
        Some(id)
    }

    fn group(
        &mut self,
        parent: Option<NodeId>,
        step: Step,
        name: Option<Name>,
        start: usize,
    ) -> Option<NodeId> {
        let id = self.allot(parent, step, start)?;
        let mut fields = Vec::new();
        let mut items = Vec::new();
        let optional = name.as_ref().is_some_and(|name| name.text == "Some");
        let end = self.members(id, ')', |scanner| {
            let start = scanner.pos;
            if let Some(name) = scanner.field_name() {
                return scanner.field(id, name, start, &mut fields);
            }
            let step = if optional { Step::Same } else { Step::Item(items.len()) };
            let item = scanner.value(Some(id), step);
            items.extend(item);
            item
        });
        if !fields.is_empty() {
            for &item in &items {
                self.nameless(item);
            }
        }
        let kind = if fields.is_empty() {
            Kind::Tuple { name, items }
        } else {
            Kind::Struct { name, fields }
        };
        self.finish(id, kind, end);
        Some(id)
    }

    fn field(
        &mut self,
        id: NodeId,
        name: Name,
        start: usize,
        fields: &mut Vec<Field>,
    ) -> Option<NodeId> {
        self.trivia();
        let value = self.value(Some(id), Step::Field(name.text.clone()));
        if value.is_none() {
            self.no_value(&name);
        }
        let span = Span { start, end: self.pos };
        let among = &fields[..fields.len().min(FIELDS)];
        if let Some(first) = among.iter().find(|field| field.name.text == name.text) {
            let line = self.lines.spot(self.text, first.name.span.start).line;
            self.fault_with(
                name.span,
                Bilingual::new(
                    format!("“{}”写了两次", name.text),
                    format!("`{}` is given twice", name.text),
                ),
                Some(Bilingual::new(
                    format!("第一次在第 {line} 行，只留一个"),
                    format!("the first one is on line {line}; keep one of them"),
                )),
            );
            let reach = self.with_comma(span);
            self.blank(reach);
            return None;
        }
        fields.push(Field { name, value, span });
        if let Some(value) = value {
            self.nodes[value.0 as usize].reach.start = start;
        }
        value
    }

    fn list(&mut self, parent: Option<NodeId>, step: Step) -> Option<NodeId> {
        let id = self.allot(parent, step, self.pos)?;
        let mut items = Vec::new();
        let end = self.members(id, ']', |scanner| {
            let item = scanner.value(Some(id), Step::Item(items.len()));
            items.extend(item);
            item
        });
        self.finish(id, Kind::List(items), end);
        Some(id)
    }

    fn map(&mut self, parent: Option<NodeId>, step: Step) -> Option<NodeId> {
        let id = self.allot(parent, step, self.pos)?;
        let mut entries: Vec<(NodeId, Option<NodeId>)> = Vec::new();
        let end = self.members(id, '}', |scanner| {
            let start = scanner.pos;
            let key = scanner.value(Some(id), Step::KeyOf)?;
            let span = scanner.nodes[key.0 as usize].span;
            let written = &scanner.text[span.start..span.end.min(scanner.text.len())];
            let name = Name { text: written.trim_matches('"').to_owned(), span };
            let colon = scanner.after_trivia() == Some(':');
            let mut value = None;
            if colon {
                scanner.bump();
                scanner.trivia();
                value = scanner.value(Some(id), Step::Entry(name.text.clone()));
            }
            if let Some(value) = value {
                scanner.nodes[value.0 as usize].reach.start = start;
            } else {
                scanner.no_value(&name);
            }
            entries.push((key, value));
            value
        });
        for &(key, value) in &entries {
            let whole = value.map(|value| self.nodes[value.0 as usize].reach);
            let key = &mut self.nodes[key.0 as usize];
            key.reach = whole.unwrap_or(key.span);
        }
        self.finish(id, Kind::Map(entries), end);
        Some(id)
    }

    /// The members between two brackets, one call of `member` for each. Stands
    /// on the opening bracket; returns the end of the closing one.
    fn members(
        &mut self,
        id: NodeId,
        closer: char,
        mut member: impl FnMut(&mut Self) -> Option<NodeId>,
    ) -> usize {
        let opening = self.here();
        if self.open.len() >= self.limits.depth {
            self.too_deep(opening);
            return self.pos;
        }
        self.bump();
        self.open.push(closer);
        let mut uncommaed = None;
        let mut early = false;
        let end = loop {
            self.trivia();
            if self.halted {
                break self.pos;
            }
            match self.look() {
                None => break self.unclosed_at_end(opening, closer),
                Some(c) if c == closer => {
                    self.bump();
                    break self.pos;
                }
                Some(c @ (')' | ']' | '}')) => {
                    let outer = self.open.len() - 1;
                    if std::mem::take(&mut early) && c == ')' {
                        // This one belongs to the brackets that were closed too early.
                        let at = self.here();
                        self.blank(at);
                        self.bump();
                        self.trivia();
                        uncommaed = None;
                        if self.look() == Some(',') {
                            let at = self.here();
                            self.blank(at);
                            self.bump();
                        }
                        continue;
                    }
                    if self.open[..outer].contains(&c) {
                        self.unclosed_before(opening, closer);
                        break self.pos;
                    }
                    self.unexpected();
                    // The comma behind it is that of the member before it.
                    if uncommaed.is_some() && self.after_trivia() == Some(',') {
                        self.bump();
                        uncommaed = None;
                    }
                }
                Some(',' | ':') => self.unexpected(),
                Some(_) => {
                    if let Some(end) = uncommaed {
                        self.missing_comma(end);
                    }
                    let before = self.pos;
                    if closer == ']' && self.fields_after_their_bracket() {
                        early = true;
                        uncommaed = None;
                        continue;
                    }
                    let value = member(self);
                    if self.pos == before && !self.halted {
                        self.unexpected();
                        uncommaed = None;
                        continue;
                    }
                    uncommaed = self.after_member(id, value);
                }
            }
        };
        self.open.pop();
        end
    }

    /// The comma after a member; without one, where it should have been.
    fn after_member(&mut self, id: NodeId, value: Option<NodeId>) -> Option<usize> {
        let end = self.pos;
        if self.after_trivia() == Some(':') {
            self.strays.extend(value);
            self.stray_colon(id);
        }
        let told = self.faults.len();
        self.skip_to_member();
        if self.look() != Some(',') {
            if self.faults.len() == told {
                return Some(end);
            }
            // Another sign stood where the comma belongs, and has been told of.
            if let Some(byte) = self.mended.get_mut(end).filter(|b| b.is_ascii_whitespace()) {
                *byte = b',';
            }
            return None;
        }
        self.bump();
        if let Some(value) = value {
            self.nodes[value.0 as usize].reach.end = self.pos;
        }
        None
    }

    /// Past signs that can neither start a value nor end one.
    fn skip_to_member(&mut self) {
        while !self.halted && !self.ends_member() && !self.starts_value() {
            self.unexpected();
            self.trivia();
        }
    }

    fn ends_member(&self) -> bool {
        matches!(self.look(), None | Some(',' | ')' | ']' | '}'))
    }

    /// Takes a place in the tree, while there is one.
    fn allot(&mut self, parent: Option<NodeId>, step: Step, start: usize) -> Option<NodeId> {
        if self.nodes.len() >= self.limits.nodes {
            let limit = grouped(self.limits.nodes as u64);
            self.halted = true;
            self.fault_with(
                Span { start, end: start + 1 },
                Bilingual::new(
                    format!("文件里的值太多，最多 {limit} 个"),
                    format!("the file holds too many values, the limit is {limit}"),
                ),
                Some(Bilingual::fixed(
                    "看看是不是选错了文件",
                    "this may be another file: no scene needs so many",
                )),
            );
            return None;
        }
        let id = NodeId(self.nodes.len() as u32);
        let span = Span { start, end: start + 1 };
        let kind = Kind::Scalar(Scalar::Word);
        self.nodes.push(Node { kind, span, parent, step, reach: span });
        Some(id)
    }

    fn finish(&mut self, id: NodeId, kind: Kind, end: usize) {
        let node = &mut self.nodes[id.0 as usize];
        node.kind = kind;
        node.span.end = end;
        node.reach = node.span;
    }

    fn fault(&mut self, span: Span, zh: &'static str, en: &'static str, hint: Option<Bilingual>) {
        self.fault_with(span, Bilingual::fixed(zh, en), hint);
    }

    /// Notes a fault; the same one is noted once, and far too many end the reading.
    fn fault_with(&mut self, span: Span, message: Bilingual, hint: Option<Bilingual>) {
        let known = |fault: &Fault| fault.span == span && fault.message == message;
        if self.faults.iter().any(known) || self.faults.len() >= MOST_FAULTS {
            return;
        }
        self.faults.push(Fault { span, message, hint });
        self.halted |= self.faults.len() >= MOST_FAULTS;
    }
}
