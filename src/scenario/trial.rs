//! Reads a part of a file with `ron`, again and again, until every type error in
//! it has been found.
//!
//! Floor 2. Reads an outline; writes nothing; owns the working copy of the text.
//!
//! `ron` stops at its first error. So the smallest thing that can be left out
//! (a field, an item of a list, an entry of a map) is blanked where the error is,
//! and the rest is read again. Blanks keep every byte in its place, so the next
//! error is found where it really stands. Items of lists that have been read are
//! blanked too: no item is read much more than once, however many errors there are.
//!
//! One limit: of several fields missing from the same struct only the first is
//! found here; [`Reader::fields`](super::read::Reader::fields) names them all.

use ron::error::{Error, SpannedError};

use super::names::nearest;
use super::outline::{Kind, Node, NodeId, Outline, Span};
use super::spots::Lines;

/// What was taken out of the working copy.
struct Gone {
    span: Span,
    /// For a field: the struct it was taken from, and the names it stood for.
    field: Option<(NodeId, Vec<String>)>,
}

/// Who an error of `ron` is about.
#[derive(Debug, Clone, Copy)]
pub(super) struct Culprit {
    /// The value.
    pub(super) node: NodeId,
    /// For an unknown field: which field of the struct.
    pub(super) field: Option<usize>,
    /// The byte at which `ron` stood.
    pub(super) at: usize,
}

/// A working copy of one value.
pub(super) struct Trial<'a> {
    outline: &'a Outline,
    root: NodeId,
    base: usize,
    bytes: Vec<u8>,
    gone: Vec<Gone>,
    /// True while something is left that can be tried.
    open: bool,
}

impl<'a> Trial<'a> {
    /// A copy of a value, without the places that are known to be broken.
    pub(super) fn new(outline: &'a Outline, root: NodeId) -> Self {
        let span = outline.node(root).span;
        let bytes = outline.mended.get(span.start..span.end).unwrap_or_default().to_vec();
        let open = !outline.halted && !bytes.is_empty();
        let mut trial = Self { outline, root, base: span.start, bytes, gone: Vec::new(), open };
        for &at in outline.broken.iter().filter(|&&at| span.holds(at)) {
            trial.take_out_around(at);
        }
        trial
    }

    /// The text to be read now; `None` when there is nothing left to learn.
    pub(super) fn text(&self) -> Option<&str> {
        if self.open { std::str::from_utf8(&self.bytes).ok() } else { None }
    }

    /// True when nothing was taken out: what `ron` made of it is the whole value.
    pub(super) fn is_whole(&self) -> bool {
        self.gone.is_empty()
    }

    /// Learns from an error: who it is about, and how to go on without. `None`
    /// when the error only follows from what was taken out before.
    pub(super) fn learn(&mut self, error: &SpannedError) -> Option<Culprit> {
        let text = self.text()?;
        let lines = Lines::of(text);
        let byte = |line, column| self.base + lines.byte(text, line, column);
        let start = byte(error.span.start.line, error.span.start.col);
        let end = byte(error.span.end.line, error.span.end.col);
        let culprit = self.culprit(&error.code, start, end);
        let known = self.follows_from_before(&error.code, culprit.node);
        let gone_before = self.gone.len();
        match (&error.code, culprit.field) {
            (Error::NoSuchStructField { found, expected, .. }, Some(field)) => {
                let meant = nearest(found, expected.iter().copied()).map(str::to_owned);
                self.take_out_field(culprit.node, field, meant);
            }
            _ => self.take_out(culprit.node),
        }
        if self.gone.len() == gone_before {
            self.open = false;
        } else {
            let done = self.gone.last().map_or(start, |gone| gone.span.start);
            self.retire(self.root, done);
        }
        (!known).then_some(culprit)
    }

    fn culprit(&self, code: &Error, start: usize, end: usize) -> Culprit {
        let find = |at| self.outline.innermost(self.root, at);
        let (node, at) = match code {
            Error::MissingStructField { .. } | Error::ExpectedDifferentLength { .. } => {
                (find(end), end)
            }
            Error::InvalidEscape(_) => (find(end.saturating_sub(1)), end),
            Error::NoSuchStructField { .. }
            | Error::NoSuchEnumVariant { .. }
            | Error::ExpectedDifferentStructName { .. }
            | Error::InvalidValueForType { .. }
            | Error::IntegerOutOfBounds
            | Error::InvalidIntegerDigit { .. }
            | Error::Message(_) => (find(start), start),
            _ => (self.just_read(find(end), end), end),
        };
        let named = |fields: &[super::outline::Field]| {
            fields.iter().position(|field| field.name.span.holds(start))
        };
        let field = match (code, &self.outline.node(node).kind) {
            (Error::NoSuchStructField { .. }, Kind::Struct { fields, .. }) => named(fields),
            _ => None,
        };
        Culprit { node, field, at }
    }

    /// `ron` notices that something is missing after a value when it stands
    /// between that value and the next: then the value before is meant.
    fn just_read(&self, node: NodeId, at: usize) -> NodeId {
        let before = |&child: &NodeId| self.outline.node(child).span.end <= at;
        self.outline.children(node).into_iter().take_while(before).last().unwrap_or(node)
    }

    fn follows_from_before(&self, code: &Error, node: NodeId) -> bool {
        match code {
            Error::MissingStructField { field, .. } => self.gone.iter().any(|gone| {
                gone.field.as_ref().is_some_and(|(owner, names)| {
                    *owner == node && names.iter().any(|name| name == field)
                })
            }),
            Error::NoSuchStructField { .. } | Error::NoSuchEnumVariant { .. } => false,
            _ => {
                let span = self.outline.node(node).span;
                self.gone.iter().any(|gone| span.holds(gone.span.start))
            }
        }
    }

    /// Takes out the smallest thing around a value that can be left out.
    fn take_out(&mut self, node: NodeId) {
        let mut here = node;
        while here != self.root {
            let &Node { parent: Some(parent), reach, .. } = self.outline.node(here) else { break };
            match &self.outline.node(parent).kind {
                Kind::List(_) | Kind::Map(_) => return self.blank(reach, None),
                Kind::Struct { fields, .. } => {
                    if let Some(field) = fields.iter().position(|f| f.value == Some(here)) {
                        return self.take_out_field(parent, field, None);
                    }
                }
                Kind::Tuple { .. } | Kind::Scalar(_) => {}
            }
            here = parent;
        }
        self.open = false;
    }

    fn take_out_field(&mut self, owner: NodeId, field: usize, meant: Option<String>) {
        let Kind::Struct { fields, .. } = &self.outline.node(owner).kind else { return };
        let field = &fields[field];
        let span = match field.value {
            Some(value) => self.outline.node(value).reach,
            None => field.span,
        };
        let names = std::iter::once(field.name.text.clone()).chain(meant).collect();
        self.blank(span, Some((owner, names)));
    }

    fn take_out_around(&mut self, at: usize) {
        let node = self.outline.innermost(self.root, at);
        if let Kind::Struct { fields, .. } = &self.outline.node(node).kind
            && let Some(field) = fields.iter().position(|field| field.span.holds(at))
        {
            return self.take_out_field(node, field, None);
        }
        self.take_out(node);
    }

    /// Blanks the items of lists that end before a byte: they were read.
    fn retire(&mut self, node: NodeId, done: usize) {
        let outline = self.outline;
        let listed = matches!(outline.node(node).kind, Kind::List(_));
        for child in outline.children(node) {
            let child_node = outline.node(child);
            if child_node.span.start >= done {
                break;
            }
            if listed && child_node.span.end <= done {
                if self.bytes.get(child_node.span.start - self.base) != Some(&b' ') {
                    self.blank(child_node.reach, None);
                }
            } else {
                self.retire(child, done);
            }
        }
    }

    fn blank(&mut self, span: Span, field: Option<(NodeId, Vec<String>)>) {
        let start = span.start.saturating_sub(self.base).min(self.bytes.len());
        let end = span.end.saturating_sub(self.base).clamp(start, self.bytes.len());
        let mut changed = false;
        for byte in &mut self.bytes[start..end] {
            if !matches!(*byte, b'\n' | b' ') {
                *byte = b' ';
                changed = true;
            }
        }
        // What was blank already gains nothing: `learn` must not try for ever.
        if changed {
            self.gone.push(Gone { span, field });
        }
    }
}
