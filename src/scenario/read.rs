//! Reads a RON file of any kind and tells everything that is wrong in it at once.
//!
//! Floor 2. Reads the bytes that it is given; writes nothing; owns the list of
//! problems of one file.
//!
//! A file passes in this order: bytes → [`Outline`] (the shape, however damaged)
//! → the caller takes it apart with [`Reader::fields`] and [`Reader::items`] and
//! turns the pieces into values with [`Reader::parse`] → [`Reader::finish`].
//!
//! ```
//! use serde::Deserialize;
//! use zhanyitu::scenario::outline::Limits;
//! use zhanyitu::scenario::read::Reader;
//!
//! #[derive(Deserialize)]
//! #[serde(deny_unknown_fields)]
//! struct Cue {
//!     at: String,
//! }
//!
//! let bytes = br#"(title: "Map", script: [(at: "D1"), (att: "D2")])"#;
//! let mut reader = Reader::new("scenes/x.ron", bytes, Limits::default());
//! let root = reader.root().expect("the file is not empty");
//! let scene = reader.fields(root, &["title", "script"], &["seed"]);
//! let title: Option<String> = reader.field(&scene, "title");
//! let mut cues: Vec<Cue> = Vec::new();
//! for cue in scene.get("script").map(|list| reader.items(list)).unwrap_or_default() {
//!     cues.extend(reader.parse(cue));
//! }
//! let problems = reader.finish().expect_err("one cue has a field that nobody knows");
//! assert_eq!(problems[0].path, "script[1].att");
//! assert_eq!(problems[0].column, 38);
//! assert_eq!((title.as_deref(), cues.len()), (Some("Map"), 1));
//! assert_eq!(cues[0].at, "D1");
//! ```

use ron::Options;
use ron::extensions::Extensions;
use serde::de::DeserializeOwned;

pub use super::names::nearest;
pub use super::outline::{Kind, Limits, Name, Node, NodeId, Outline, Scalar, Span};
pub use super::spots::Spot;

use super::outline::joined;
use super::problem::{Problem, Problems, Severity};
use super::trial::Trial;
use super::wording;
use crate::base::text::Bilingual;

/// After so many problems the rest of the file is not read: nobody reads more.
pub const MOST_PROBLEMS: usize = 100;
/// `ron` counts a level for each optional value and each variant as well as for
/// each bracket, so its own limit is a multiple of ours and never the first to act.
const RON_LEVELS: usize = 4;

/// The fields of one struct, sorted out by [`Reader::fields`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fields {
    /// The struct itself.
    pub owner: NodeId,
    known: Vec<(String, NodeId)>,
}

impl Fields {
    /// The value of a field; `None` when it is not there (which has been reported
    /// if it was required).
    pub fn get(&self, name: &str) -> Option<NodeId> {
        self.known.iter().find(|(known, _)| known == name).map(|&(_, value)| value)
    }
}

/// One file being read.
#[derive(Debug)]
pub struct Reader {
    file: String,
    limits: Limits,
    outline: Outline,
    problems: Vec<Problem>,
}

impl Reader {
    /// Takes the bytes of a file and finds its shape. `file` is the name that
    /// people will see. What is wrong with the shape is already noted.
    pub fn new(file: &str, bytes: &[u8], limits: Limits) -> Self {
        let mut outline = Outline::of(bytes, limits);
        let faults = std::mem::take(&mut outline.faults);
        let mut reader = Self {
            file: file.to_owned(),
            limits,
            outline,
            problems: Vec::with_capacity(faults.len()),
        };
        for fault in faults {
            let path = reader.path_at(fault.span.start);
            reader.note(fault.span, path, fault.message, fault.hint, Severity::Error);
        }
        reader
    }

    /// The value that is the whole file; `None` when there is none to speak of.
    pub fn root(&self) -> Option<NodeId> {
        self.outline.root()
    }

    /// One value.
    pub fn node(&self, id: NodeId) -> &Node {
        self.outline.node(id)
    }

    /// The text of a value as it stands in the file.
    pub fn text(&self, id: NodeId) -> &str {
        self.outline.text(id)
    }

    /// Line and column of a value.
    pub fn at(&self, id: NodeId) -> Spot {
        self.outline.at(id)
    }

    /// The way to a value through the file: `script[3].do`.
    pub fn path(&self, id: NodeId) -> String {
        self.outline.path(id)
    }

    /// Follows a path such as `script[3].do.household`; where it leads to
    /// nothing, the last value on the way that is there. `None` only for a file
    /// without any value.
    pub fn locate(&self, path: &str) -> Option<NodeId> {
        self.outline.locate(path)
    }

    /// The word before the parentheses, or the bare word: the variant of an enum.
    pub fn name(&self, id: NodeId) -> Option<&str> {
        match &self.node(id).kind {
            Kind::Struct { name, .. } | Kind::Tuple { name, .. } => {
                Some(name.as_ref()?.text.as_str())
            }
            Kind::Scalar(Scalar::Word) => Some(self.text(id)),
            _ => None,
        }
    }

    /// Reports an error at a value.
    pub fn problem(&mut self, id: NodeId, message: Bilingual, hint: Option<Bilingual>) {
        let span = wording::head(&self.outline, id);
        self.note(span, self.path(id), message, hint, Severity::Error);
    }

    /// Reports an error at a place that is no value: in a comment.
    pub(super) fn problem_at(&mut self, span: Span, message: Bilingual, hint: Option<Bilingual>) {
        let path = self.path_at(span.start);
        self.note(span, path, message, hint, Severity::Error);
    }

    /// Makes the digits in the line shown last unreadable: a report is copied
    /// about, and must not carry a number farther than the file did.
    pub(super) fn mask_digits(&mut self) {
        if let Some(excerpt) = self.problems.last_mut().and_then(|p| p.excerpt.as_mut()) {
            excerpt.line = excerpt.line.replace(char::is_numeric, "*");
        }
    }

    /// The innermost value around a byte, as a path.
    fn path_at(&self, at: usize) -> String {
        let node = self.root().map(|root| self.outline.innermost(root, at));
        node.map(|node| self.path(node)).unwrap_or_default()
    }

    /// Reports something at a value that does not keep the file from being used.
    pub fn warning(&mut self, id: NodeId, message: Bilingual, hint: Option<Bilingual>) {
        let span = wording::head(&self.outline, id);
        self.note(span, self.path(id), message, hint, Severity::Warning);
    }

    /// Takes a struct apart. Reports fields that nobody knows (with the nearest
    /// valid name) and every required field that is missing; repeated fields
    /// have been reported before. Something that is no struct is reported and
    /// has no fields.
    pub fn fields(&mut self, id: NodeId, required: &[&str], optional: &[&str]) -> Fields {
        let id = self.outline.inside(id);
        let valid: Vec<&str> = required.iter().chain(optional).copied().collect();
        let found = match &self.node(id).kind {
            Kind::Struct { fields, .. } => fields.clone(),
            Kind::Tuple { items, .. } if items.is_empty() => Vec::new(),
            _ => {
                let message = wording::wrong_kind(
                    &self.outline,
                    id,
                    "圆括号 ( ) 里带名称的字段",
                    "named fields in parentheses ( )",
                );
                self.problem(id, message, None);
                return Fields { owner: id, known: Vec::new() };
            }
        };
        let mut misspelt = Vec::new();
        let mut known = Vec::new();
        for field in &found {
            if self.is_full() {
                break;
            }
            let name = field.name.text.as_str();
            if valid.contains(&name) {
                known.extend(field.value.map(|value| (name.to_owned(), value)));
                continue;
            }
            misspelt.extend(nearest(name, valid.iter().copied()));
            let (message, hint) = wording::unknown_field(name, &valid);
            let path = joined(&self.path(id), name);
            self.note(field.name.span, path, message, hint, Severity::Error);
        }
        // Where reading stopped early, what seems to be missing may lie behind.
        let required = if self.outline.halted { &[] } else { required };
        for &name in required {
            let there = found.iter().any(|field| field.name.text == name);
            if !there && !misspelt.contains(&name) {
                let (message, hint) = wording::missing_field(name, self.node(id).parent.is_none());
                self.problem(id, message, hint);
            }
        }
        Fields { owner: id, known }
    }

    /// Reads one field. `None` when it is not there or not right; the latter is reported.
    pub fn field<T: DeserializeOwned>(&mut self, fields: &Fields, name: &str) -> Option<T> {
        self.parse(fields.get(name)?)
    }

    /// True for a list.
    pub fn is_list(&self, id: NodeId) -> bool {
        matches!(self.node(self.outline.inside(id)).kind, Kind::List(_))
    }

    /// True for a struct, also for one without any field.
    pub fn is_struct(&self, id: NodeId) -> bool {
        match &self.node(self.outline.inside(id)).kind {
            Kind::Struct { .. } => true,
            Kind::Tuple { items, .. } => items.is_empty(),
            _ => false,
        }
    }

    /// The items of a list. Something that is no list is reported and has no items.
    pub fn items(&mut self, id: NodeId) -> Vec<NodeId> {
        let id = self.outline.inside(id);
        if let Kind::List(items) = &self.node(id).kind {
            return items.clone();
        }
        let message = wording::wrong_kind(&self.outline, id, "方括号列表 [ ]", "a list [ ]");
        self.problem(id, message, None);
        Vec::new()
    }

    /// Every string of the file with its value, for checks that concern all of them.
    pub fn strings(&self) -> Vec<(NodeId, String)> {
        let ids = (0..self.outline.nodes.len()).map(|index| NodeId(index as u32));
        ids.filter(|&id| self.node(id).kind == Kind::Scalar(Scalar::Text))
            .map(|id| {
                // A damaged string is still looked at, as it stands.
                let written = self.text(id);
                (id, ron::from_str(written).unwrap_or_else(|_| written.to_owned()))
            })
            .collect()
    }

    /// Every comment of the file with the byte where it starts.
    pub(super) fn comments(&self) -> Vec<(usize, String)> {
        let spans = self.outline.comments.iter();
        spans.map(|&span| (span.start, self.outline.slice(span).to_owned())).collect()
    }

    /// Reads a value of the file as a `T`, with `implicit_some`. All type errors
    /// inside it are reported, not only the first; `None` when there was any, or
    /// when the shape is damaged there. `T` should refuse unknown fields.
    pub fn parse<T: DeserializeOwned>(&mut self, id: NodeId) -> Option<T> {
        let options = Options::default()
            .with_default_extension(Extensions::IMPLICIT_SOME)
            .with_recursion_limit(self.limits.depth.saturating_mul(RON_LEVELS));
        let mut told = Vec::new();
        let mut value = None;
        let mut trial = Trial::new(&self.outline, id);
        while let Some(text) = trial.text() {
            match options.from_str::<T>(text) {
                Ok(whole) => {
                    value = trial.is_whole().then_some(whole);
                    break;
                }
                Err(error) => {
                    if let Some(culprit) = trial.learn(&error) {
                        let said = wording::told(&self.outline, culprit, &error.code);
                        let mut path = self.path(culprit.node);
                        if culprit.field.is_some() {
                            path = joined(&path, self.outline.slice(said.0));
                        }
                        told.push((path, said));
                    }
                }
            }
            if self.problems.len() + told.len() >= MOST_PROBLEMS {
                break;
            }
        }
        for (path, (span, message, hint)) in told {
            self.note(span, path, message, hint, Severity::Error);
        }
        value
    }

    /// True as long as no error has been reported; warnings do not count.
    pub fn is_clean(&self) -> bool {
        self.problems.iter().all(|problem| problem.severity == Severity::Warning)
    }

    /// True when so much has been reported that no more is kept.
    pub fn is_full(&self) -> bool {
        self.problems.len() >= MOST_PROBLEMS
    }

    /// What has been reported so far, in the order of reporting.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// Ends the reading: the warnings when the file can be used.
    ///
    /// # Errors
    /// Everything that was reported, in the order of the file, when at least one
    /// of it is an error.
    pub fn finish(self) -> Result<Vec<Problem>, Vec<Problem>> {
        let mut problems = Problems(self.problems);
        problems.sort();
        if problems.has_errors() { Err(problems.0) } else { Ok(problems.0) }
    }

    fn note(
        &mut self,
        span: Span,
        path: String,
        message: Bilingual,
        hint: Option<Bilingual>,
        severity: Severity,
    ) {
        if self.is_full() {
            return;
        }
        let (text, lines) = (&self.outline.text, &self.outline.lines);
        let Spot { line, column } = lines.spot(text, span.start);
        let problem = Problem {
            file: self.file.clone(),
            line,
            column,
            path,
            message,
            hint,
            severity,
            excerpt: Some(lines.excerpt(text, span)),
        };
        // What two readers of the same value find is told once.
        if !self.problems.contains(&problem) {
            self.problems.push(problem);
        }
    }
}
