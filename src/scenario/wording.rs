//! What `ron` found wrong, said so that the author of a file understands it.
//!
//! Floor 2. Reads an error and the value it is about; writes nothing; owns the
//! sentences. Words of the library never reach the Chinese sentence.

use ron::error::Error;

use super::names::{listed, nearest};
use super::outline::{Kind, NodeId, Outline, Scalar, Span};
use super::trial::Culprit;
use crate::base::text::Bilingual;

/// More characters of a value than this are not repeated in a sentence.
const QUOTED: usize = 24;
/// A number with fewer digits than this fits every integer of the file formats,
/// so only its sign can be wrong.
const SHORT_NUMBER: usize = 10;

/// Place, sentence and hint for one error.
pub(super) type Told = (Span, Bilingual, Option<Bilingual>);

/// Says what is wrong.
pub(super) fn told(outline: &Outline, culprit: Culprit, code: &Error) -> Told {
    let Culprit { node, at, field } = culprit;
    let whole = outline.node(node).span;
    match code {
        Error::NoSuchStructField { expected, found, .. } => {
            let span =
                field.map_or(whole, |index| field_name(outline, node, index).unwrap_or(whole));
            let (message, hint) = unknown_field(found, expected);
            (span, message, hint)
        }
        Error::NoSuchEnumVariant { expected, found, .. } => {
            let (message, hint) = unknown_choice(found, expected);
            (head(outline, node), message, hint)
        }
        Error::MissingStructField { field, .. } => {
            let (message, hint) = missing_field(field, outline.node(node).parent.is_none());
            (head(outline, node), message, hint)
        }
        Error::ExpectedDifferentStructName { found, .. } => (
            head(outline, node),
            Bilingual::new(
                format!("括号前不写“{}”", cut(found)),
                format!("no name stands before these parentheses, found `{}`", cut(found)),
            ),
            Some(Bilingual::fixed("删去它，只留括号", "remove it and keep the parentheses")),
        ),
        Error::InvalidEscape(_) => escape(outline, whole, at),
        Error::ExpectedDifferentLength { expected, found } => {
            (head(outline, node), length(expected, *found), None)
        }
        Error::IntegerOutOfBounds => {
            let (message, hint) = out_of_range(outline.slice(whole));
            (whole, message, hint)
        }
        Error::Message(text) => (whole, not_accepted(outline, node, text), Some(see_the_others())),
        Error::InvalidValueForType { expected, .. } => {
            (whole, unsuitable(outline, node, expected), Some(see_the_others()))
        }
        _ => expected(outline, node, code, at),
    }
}

fn see_the_others() -> Bilingual {
    Bilingual::fixed(
        "对照别处的写法；全部写法见 zhanyitu describe script",
        "compare it with the others; all words are in `zhanyitu describe script`",
    )
}

/// A field that nobody knows. Shared with the walker, so both speak alike.
pub(super) fn unknown_field(found: &str, valid: &[&str]) -> (Bilingual, Option<Bilingual>) {
    let message = Bilingual::new(
        format!("没有“{found}”这个字段"),
        format!("there is no field named `{found}`"),
    );
    (message, meant(found, valid))
}

/// A word that is not one of the choices.
pub(super) fn unknown_choice(found: &str, valid: &[&str]) -> (Bilingual, Option<Bilingual>) {
    let message = Bilingual::new(
        format!("“{found}”不在可选的名称之中"),
        format!("`{found}` is not one of the choices"),
    );
    (message, meant(found, valid))
}

/// A field that must be there, of the whole file or of a part of it.
pub(super) fn missing_field(field: &str, of_file: bool) -> (Bilingual, Option<Bilingual>) {
    let message =
        Bilingual::new(format!("缺少字段“{field}”"), format!("the field `{field}` is missing"));
    let hint = match field {
        "zh" | "en" => Bilingual::fixed(
            "每段文字都要有中文（zh）和英文（en）",
            "every text is given in Chinese (`zh`) and English (`en`)",
        ),
        "origin" => Bilingual::fixed(
            "写明来历：article 报道、record 记录、paper 论文、assumption 估计、invented 虚构",
            "say where it comes from: article, record, paper, assumption or invented",
        ),
        _ => {
            let example = example(field, of_file);
            Bilingual::new(format!("加上 {field}: {example}"), format!("add {field}: {example}"))
        }
    };
    (message, Some(hint))
}

/// What may stand after a name, for somebody who has never written it.
fn example(field: &str, of_file: bool) -> &'static str {
    match field {
        "format" | "seed" => "1",
        "kind" if of_file => "WhatIf",
        "kind" => "Courtyard",
        "title" | "about" | "name" | "label" => "(zh: \"…\", en: \"…\")",
        "starts" => "\"2020-01-24 08:00\"",
        "ends" => "\"2020-02-12 20:00\"",
        "from" => "\"D1 08:00\"",
        "map" => "\"maps/fuxiang.ron\"",
        "grade" => "invented",
        "rungs" | "entries" | "when" | "ways" | "compounds" | "mouths" | "toilets" | "shops"
        | "bridges" | "waters" | "borders" => "[…]",
        "centre" | "door" | "at" => "(…, …)",
        _ => "…",
    }
}

fn meant(found: &str, valid: &[&str]) -> Option<Bilingual> {
    if let Some(name) = nearest(found, valid.iter().copied()) {
        return Some(Bilingual::new(
            format!("是不是“{name}”？"),
            format!("did you mean `{name}`?"),
        ));
    }
    let (zh, en) = listed(valid);
    (!valid.is_empty()).then(|| Bilingual::new(format!("可用：{zh}"), format!("valid here: {en}")))
}

/// A value of a wrong kind; `zh` and `en` name the right one.
pub(super) fn wrong_kind(outline: &Outline, node: NodeId, zh: &str, en: &str) -> Bilingual {
    let found = found(outline, node);
    Bilingual::new(
        format!("这里应为{zh}，写的却是{}", found.zh),
        format!("expected {en}, found {}", found.en),
    )
}

/// A text as it is repeated in a sentence: short, on one line.
fn cut(text: &str) -> String {
    let mut short: String = text.chars().take(QUOTED).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short.replace(['\n', '\r'], " ")
}

/// What stands there, in a few words.
fn found(outline: &Outline, node: NodeId) -> Bilingual {
    let cut = cut(outline.text(node));
    match &outline.node(node).kind {
        Kind::Scalar(Scalar::Text) => {
            Bilingual::new(format!("文字 {cut}"), format!("the text {cut}"))
        }
        Kind::Scalar(Scalar::Number) => {
            Bilingual::new(format!("数 {cut}"), format!("the number {cut}"))
        }
        Kind::Scalar(Scalar::Char) => {
            Bilingual::new(format!("字符 {cut}"), format!("the character {cut}"))
        }
        Kind::Scalar(_) => Bilingual::new(format!("“{cut}”"), format!("`{cut}`")),
        Kind::List(_) => Bilingual::fixed("方括号列表 [ ]", "a list [ ]"),
        Kind::Map(_) => Bilingual::fixed("花括号 { }", "a map { }"),
        Kind::Struct { name, .. } | Kind::Tuple { name, .. } => match name {
            Some(name) => {
                Bilingual::new(format!("“{}( )”", name.text), format!("`{}( )`", name.text))
            }
            None => Bilingual::fixed("圆括号 ( )", "parentheses ( )"),
        },
    }
}

/// The part of a value that is marked when the value as a whole is meant: its
/// name, its opening bracket, or all of something without parts.
pub(super) fn head(outline: &Outline, node: NodeId) -> Span {
    let node = outline.node(node);
    match &node.kind {
        Kind::Scalar(_) => node.span,
        Kind::Struct { name: Some(name), .. } | Kind::Tuple { name: Some(name), .. } => name.span,
        _ => Span { start: node.span.start, end: node.span.start + 1 },
    }
}

fn field_name(outline: &Outline, node: NodeId, index: usize) -> Option<Span> {
    match &outline.node(node).kind {
        Kind::Struct { fields, .. } => fields.get(index).map(|field| field.name.span),
        _ => None,
    }
}

fn escape(outline: &Outline, whole: Span, at: usize) -> Told {
    let before = outline.slice(Span { start: whole.start, end: at });
    let start = before.rfind('\\').map_or(whole.start, |offset| whole.start + offset);
    (
        Span { start, end: at.max(start + 1) },
        Bilingual::fixed("反斜杠后面的写法不对", "this backslash sequence is not valid"),
        Some(Bilingual::fixed(
            r#"反斜杠本身写成 \\，换行写成 \n，引号写成 \""#,
            r#"write `\\` for a backslash, `\n` for a line break, `\"` for a quotation mark"#,
        )),
    )
}

fn length(expected: &str, found: usize) -> Bilingual {
    let digits: String = expected.chars().filter(char::is_ascii_digit).collect();
    if digits.is_empty() {
        return Bilingual::new(
            format!("这里有 {found} 项，个数不对"),
            format!("there are {found} values here, which is not the right number"),
        );
    }
    Bilingual::new(
        format!("这里应有 {digits} 项，实际有 {found} 项"),
        format!("expected {digits} values here, found {found}"),
    )
}

fn out_of_range(text: &str) -> (Bilingual, Option<Bilingual>) {
    let number = cut(text);
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let hint = if text.starts_with('-') && digits < SHORT_NUMBER {
        Bilingual::fixed("这里不能写负数", "negative numbers are not accepted here")
    } else {
        Bilingual::fixed("写小一些的整数", "write a smaller whole number")
    };
    let message = Bilingual::new(
        format!("数 {number} 超出了这里允许的范围"),
        format!("the number {number} is out of the range accepted here"),
    );
    (message, Some(hint))
}

fn not_accepted(outline: &Outline, node: NodeId, reason: &str) -> Bilingual {
    let found = found(outline, node);
    Bilingual::new(
        format!("{}不符合这里的要求", found.zh),
        format!("{} is not accepted here: {reason}", found.en),
    )
}

fn unsuitable(outline: &Outline, node: NodeId, expected: &str) -> Bilingual {
    let found = found(outline, node);
    Bilingual::new(
        format!("{}不是这里能用的值", found.zh),
        format!("expected {expected}, found {}", found.en),
    )
}

/// Everything where `ron` wanted to see something else.
fn expected(outline: &Outline, node: NodeId, code: &Error, at: usize) -> Told {
    let whole = outline.node(node).span;
    let kind = |zh, en| (head(outline, node), wrong_kind(outline, node, zh, en), None);
    let number = outline.node(node).kind == Kind::Scalar(Scalar::Number);
    match code {
        Error::ExpectedInteger => {
            let hint = quoted_number(outline, node);
            (head(outline, node), wrong_kind(outline, node, "整数", "a whole number"), hint)
        }
        Error::ExpectedFloat => {
            let hint = quoted_number(outline, node);
            (head(outline, node), wrong_kind(outline, node, "数", "a number"), hint)
        }
        Error::ExpectedBoolean => kind(" true 或 false", "`true` or `false`"),
        Error::ExpectedString => (
            head(outline, node),
            wrong_kind(outline, node, "文字", "a text"),
            matches!(outline.node(node).kind, Kind::Scalar(_)).then(|| {
                Bilingual::fixed("文字两端要加英文双引号", "a text stands between quotation marks")
            }),
        ),
        Error::ExpectedArray => kind("方括号列表 [ ]", "a list [ ]"),
        Error::ExpectedStructLike | Error::ExpectedNamedStructLike(_) => (
            head(outline, node),
            wrong_kind(outline, node, "圆括号 ( ) 里的内容", "content in parentheses ( )"),
            bracketed(outline, node),
        ),
        Error::ExpectedIdentifier
        | Error::SuggestRawIdentifier(_)
        | Error::InvalidIdentifier(_) => {
            kind("一个名称（不带引号）", "a name without quotation marks")
        }
        Error::ExpectedStructLikeEnd | Error::ExpectedArrayEnd | Error::ExpectedOptionEnd => (
            head(outline, node),
            Bilingual::fixed("这里多了一项", "this is one value too many"),
            Some(Bilingual::fixed("删去多的一项", "remove one value")),
        ),
        // `ron` takes a number as far as it can, and then stands before the rest of it.
        _ if number && whole.start < at && at < whole.end => kind("整数", "a whole number"),
        _ if number => (
            whole,
            Bilingual::new(
                format!("{} 不是数的正确写法", cut(outline.slice(whole))),
                format!("{} is not the way to write a number", cut(outline.slice(whole))),
            ),
            Some(Bilingual::fixed("只写数字，例如 15", "write digits only, such as 15")),
        ),
        Error::ExpectedComma | Error::TrailingCharacters if whole.start < at => (
            head(outline, node),
            Bilingual::new(
                format!("“{}”后面不应有括号里的内容", name_of(outline, node)),
                format!("`{}` takes no content in parentheses", name_of(outline, node)),
            ),
            Some(Bilingual::fixed("只写名称，不写括号", "write the name without parentheses")),
        ),
        _ => (
            head(outline, node),
            Bilingual::fixed("这里的写法读不懂", "this cannot be read as a value"),
            Some(see_the_others()),
        ),
    }
}

/// How a value that stands bare is written with its parentheses.
fn bracketed(outline: &Outline, node: NodeId) -> Option<Bilingual> {
    match outline.node(node).kind {
        Kind::Scalar(Scalar::Word) => {
            let word = outline.text(node);
            Some(Bilingual::new(format!("写成 {word}(…)"), format!("write {word}(…)")))
        }
        Kind::Scalar(Scalar::Text) => Some(Bilingual::fixed(
            "给人看的文字写成 (zh: \"…\", en: \"…\")",
            "texts for people are written (zh: \"…\", en: \"…\")",
        )),
        _ => None,
    }
}

fn name_of(outline: &Outline, node: NodeId) -> String {
    cut(outline.slice(head(outline, node)))
}

/// `"12"` where 12 was wanted.
fn quoted_number(outline: &Outline, node: NodeId) -> Option<Bilingual> {
    let inner = outline.text(node).strip_prefix('"')?.strip_suffix('"')?;
    inner
        .parse::<f64>()
        .is_ok()
        .then(|| Bilingual::fixed("去掉引号", "write it without quotation marks"))
}
