//! The shape of a RON text as a tree, before anybody asks what it means.
//!
//! Floor 2. Reads the text; writes nothing; owns the tree of nodes, their places
//! and their paths. The tree is there even when the text is damaged: it holds
//! whatever could be recognised, so that all problems can be told at once.

use std::fmt::Write as _;

use super::scan;
use super::spots::{Lines, Spot};
use crate::base::text::Bilingual;

/// How large a file may be, in every direction in which it could grow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the file.
    pub bytes: usize,
    /// Brackets inside brackets.
    pub depth: usize,
    /// Values altogether.
    pub nodes: usize,
    /// Characters in one string.
    pub text_chars: usize,
}

impl Default for Limits {
    /// The bars of the kiosk design, section 4.3: 256 KiB, 32 levels, 200,000
    /// values, 2,000 characters a string.
    fn default() -> Self {
        Self { bytes: 256 * 1024, depth: 32, nodes: 200_000, text_chars: 2_000 }
    }
}

/// A stretch of the text in bytes; `end` is not part of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// First byte after it.
    pub end: usize,
}

impl Span {
    /// True when the byte lies in the span.
    pub const fn holds(self, at: usize) -> bool {
        self.start <= at && at < self.end
    }
}

/// One value of the file. Only valid for the outline that gave it out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub(super) u32);

/// A name as it stands in the text: of a field, a struct or a variant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// The word itself.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

/// A field of a struct: `name: value`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// The name before the colon.
    pub name: Name,
    /// The value; `None` when it is missing or damaged.
    pub value: Option<NodeId>,
    /// Name, colon, value and the comma after it.
    pub span: Span,
}

/// A value without parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scalar {
    /// A string in quotation marks, raw or not.
    Text,
    /// A number, well written or not.
    Number,
    /// A single character in single quotation marks.
    Char,
    /// `true` or `false`.
    Bool(bool),
    /// A bare word: a variant without content, `None`.
    Word,
    /// A byte string.
    Bytes,
}

/// What a value is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// `(a: 1)` or `Name(a: 1)`.
    Struct {
        /// The word before the parenthesis.
        name: Option<Name>,
        /// Fields in the order of the text, a repeated one only once.
        fields: Vec<Field>,
    },
    /// `(1, 2)`, `Name(1)`, `Some(1)` and `()`.
    Tuple {
        /// The word before the parenthesis.
        name: Option<Name>,
        /// The values in order.
        items: Vec<NodeId>,
    },
    /// `[1, 2]`.
    List(
        /// The values in order.
        Vec<NodeId>,
    ),
    /// `{1: 2}`: keys and their values.
    Map(
        /// Key and value in the order of the text.
        Vec<(NodeId, Option<NodeId>)>,
    ),
    /// Everything without parts.
    Scalar(
        /// Which.
        Scalar,
    ),
}

/// How one gets from the value around a node to the node.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Step {
    /// The whole file, or the inside of `Some( )`: adds nothing to the path.
    Same,
    /// A field of a struct.
    Field(String),
    /// An item of a list or a tuple, from 0.
    Item(usize),
    /// The key of a map entry.
    KeyOf,
    /// The value of a map entry, with the key as written.
    Entry(String),
}

/// One value of the tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// What it is made of.
    pub kind: Kind,
    /// From its first to its last byte, without the comma.
    pub span: Span,
    pub(super) parent: Option<NodeId>,
    pub(super) step: Step,
    /// With everything that goes when this value is taken out of a list or a
    /// map: the key before and the comma after it.
    pub(super) reach: Span,
}

/// Something that is wrong with the shape of the text.
#[derive(Debug)]
pub(super) struct Fault {
    pub(super) span: Span,
    pub(super) message: Bilingual,
    pub(super) hint: Option<Bilingual>,
}

/// The tree of one file.
#[derive(Debug)]
pub struct Outline {
    pub(super) text: String,
    pub(super) lines: Lines,
    pub(super) nodes: Vec<Node>,
    pub(super) root: Option<NodeId>,
    pub(super) faults: Vec<Fault>,
    /// The text with harmless slips put right at the same positions, so that the
    /// rest of it can still be read; may be longer by missing closing brackets.
    pub(super) mended: Vec<u8>,
    /// Places that could not be put right.
    pub(super) broken: Vec<usize>,
    /// Where comments stand.
    pub(super) comments: Vec<Span>,
    /// True when reading stopped before the end.
    pub(super) halted: bool,
}

impl Outline {
    /// Reads the shape of a file. Never fails and never panics: what is wrong
    /// is in the list of faults.
    pub(super) fn of(bytes: &[u8], limits: Limits) -> Self {
        scan::outline(bytes, limits)
    }

    /// The value that is the whole file.
    pub fn root(&self) -> Option<NodeId> {
        self.root
    }

    /// One value.
    pub fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.0 as usize]
    }

    /// The text of a value as it stands in the file.
    pub fn text(&self, id: NodeId) -> &str {
        self.slice(self.node(id).span)
    }

    /// The text of a span, shortened to what is really in the file.
    pub(super) fn slice(&self, span: Span) -> &str {
        let end = span.end.min(self.text.len());
        self.text.get(span.start.min(end)..end).unwrap_or_default()
    }

    /// Line and column where a value starts.
    pub fn at(&self, id: NodeId) -> Spot {
        self.lines.spot(&self.text, self.node(id).span.start)
    }

    /// The way to a value through the file: `script[3].do`. Empty for the whole file.
    pub fn path(&self, id: NodeId) -> String {
        let mut steps = Vec::new();
        let mut here = Some(id);
        while let Some(id) = here {
            let node = self.node(id);
            steps.push(&node.step);
            here = node.parent;
        }
        let mut path = String::new();
        for step in steps.into_iter().rev() {
            match step {
                Step::Same | Step::KeyOf => {}
                Step::Field(name) => path = joined(&path, name),
                Step::Item(index) => {
                    let _ = write!(path, "[{index}]");
                }
                Step::Entry(key) => {
                    let _ = write!(path, "[{key}]");
                }
            }
        }
        path
    }

    /// Follows a path; where it leads to nothing, the last value that was there.
    /// `None` only when the file has no value at all.
    pub fn locate(&self, path: &str) -> Option<NodeId> {
        let mut here = self.inside(self.root?);
        let mut rest = path;
        while !rest.is_empty() {
            let next;
            if let Some(after) = rest.strip_prefix('[') {
                let (key, tail) = after.split_once(']').unwrap_or((after, ""));
                (next, rest) = (self.entry(here, key), tail);
            } else {
                let rest_of_path = rest.strip_prefix('.').unwrap_or(rest);
                let end = rest_of_path.find(['.', '[']).unwrap_or(rest_of_path.len());
                let (name, tail) = rest_of_path.split_at(end);
                (next, rest) = (self.field(here, name), tail);
            }
            let Some(next) = next else { break };
            here = self.inside(next);
        }
        Some(here)
    }

    /// `Some(x)` stands for `x`.
    pub(super) fn inside(&self, id: NodeId) -> NodeId {
        let mut here = id;
        while let Kind::Tuple { name: Some(name), items } = &self.node(here).kind {
            match items[..] {
                [only] if name.text == "Some" => here = only,
                _ => break,
            }
        }
        here
    }

    fn field(&self, id: NodeId, wanted: &str) -> Option<NodeId> {
        match &self.node(id).kind {
            Kind::Struct { fields, .. } => fields.iter().find(|f| f.name.text == wanted)?.value,
            _ => None,
        }
    }

    fn entry(&self, id: NodeId, key: &str) -> Option<NodeId> {
        match &self.node(id).kind {
            Kind::List(items) | Kind::Tuple { items, .. } => {
                items.get(key.parse::<usize>().ok()?).copied()
            }
            Kind::Map(entries) => entries
                .iter()
                .filter_map(|&(_, value)| value)
                .find(|&value| self.node(value).step == Step::Entry(key.to_owned())),
            Kind::Struct { .. } | Kind::Scalar(_) => None,
        }
    }

    /// The values directly inside a value, in the order of the text.
    pub(super) fn children(&self, id: NodeId) -> Vec<NodeId> {
        match &self.node(id).kind {
            Kind::Struct { fields, .. } => fields.iter().filter_map(|f| f.value).collect(),
            Kind::Tuple { items, .. } | Kind::List(items) => items.clone(),
            Kind::Map(entries) => {
                entries.iter().flat_map(|&(key, value)| std::iter::once(key).chain(value)).collect()
            }
            Kind::Scalar(_) => Vec::new(),
        }
    }

    /// The innermost value inside `from` (or `from` itself) that holds a byte.
    pub(super) fn innermost(&self, from: NodeId, at: usize) -> NodeId {
        let mut here = from;
        while let Some(child) = self.child_holding(here, at) {
            here = child;
        }
        here
    }

    /// Children never overlap and stand in order, so a long list is searched by halves.
    fn child_holding(&self, id: NodeId, at: usize) -> Option<NodeId> {
        let starts_by = |&child: &NodeId| self.node(child).span.start <= at;
        let candidate = match &self.node(id).kind {
            Kind::List(items) | Kind::Tuple { items, .. } => {
                items[..items.partition_point(starts_by)].last().copied()
            }
            _ => self.children(id).into_iter().take_while(starts_by).last(),
        };
        candidate.filter(|&child| self.node(child).span.holds(at))
    }
}

/// A path with one more name: `a` and `b` give `a.b`; nothing and `b` give `b`.
pub(super) fn joined(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}
