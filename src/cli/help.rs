//! Help as text: what a command does, its arguments, options and examples.
//!
//! Floor 4. Reads a [`Command`]; makes text. Written here because clap's own help
//! mixes English words and half-width colons into Chinese.

use std::fmt::Write;

use clap::{Arg, Command};
use unicode_width::UnicodeWidthStr;

use crate::base::text::Lang;

/// White before and after the first column.
const INDENT: &str = "  ";

/// The help of a command; `path` is how it is called.
pub(super) fn text(command: &Command, path: &str, lang: Lang) -> String {
    let t = |zh, en| match lang {
        Lang::Zh => zh,
        Lang::En => en,
    };
    let colon = t("：", ":");
    let mut out = String::new();
    let about = command.get_about().map(ToString::to_string).unwrap_or_default();
    out.push_str(&about);
    out.push_str("\n\n");
    let (places, options): (Vec<&Arg>, Vec<&Arg>) =
        command.get_arguments().partition(|arg| arg.is_positional());
    let subcommands: Vec<&Command> = command.get_subcommands().collect();
    out.push_str(t("用法：", "Usage: "));
    out.push_str(path);
    if !subcommands.is_empty() {
        out.push_str(t(" [命令]", " [COMMAND]"));
    }
    for arg in &places {
        out.push(' ');
        out.push_str(&place(arg));
    }
    for arg in options.iter().filter(|arg| arg.is_required_set()) {
        out.push(' ');
        out.push_str(&option(arg));
    }
    out.push_str(t(" [选项]\n", " [OPTIONS]\n"));
    let mut list = |title: &str, rows: Vec<(String, String)>| {
        if rows.is_empty() {
            return;
        }
        let _ = writeln!(out, "\n{title}{colon}");
        let width = rows.iter().map(|row| row.0.width()).max().unwrap_or_default();
        for (name, text) in rows {
            let blank = " ".repeat(width - name.width());
            let _ = writeln!(out, "{INDENT}{name}{blank}{INDENT}{text}");
        }
    };
    let about = |c: &&Command| {
        let about = c.get_about().map(ToString::to_string).unwrap_or_default();
        (c.get_name().to_owned(), about)
    };
    list(t("命令", "Commands"), subcommands.iter().map(about).collect());
    let help = |arg: &Arg| arg.get_help().map(ToString::to_string).unwrap_or_default();
    list(t("参数", "Arguments"), places.iter().map(|a| (place(a), help(a))).collect());
    let (common, own): (Vec<&Arg>, Vec<&Arg>) = options
        .into_iter()
        .partition(|a| ["help", "lang", "version"].contains(&a.get_id().as_str()));
    let rows = own.into_iter().chain(common).map(|a| (option(a), help(a))).collect();
    list(t("选项", "Options"), rows);
    if let Some(more) = command.get_after_help() {
        let _ = writeln!(out, "\n{more}");
    }
    out
}

fn value_name(arg: &Arg) -> String {
    let names = arg.get_value_names().unwrap_or_default();
    names.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
}

/// `<SCENE>`, `[TOPIC]`, `<PATH>...`
fn place(arg: &Arg) -> String {
    let name = value_name(arg);
    let name = if arg.is_required_set() { format!("<{name}>") } else { format!("[{name}]") };
    let many = arg.get_num_args().is_some_and(|n| n.max_values() > 1);
    if many { format!("{name}...") } else { name }
}

/// `-o, --out <FILE>`, `--nested[=SETSxRUNS]`
fn option(arg: &Arg) -> String {
    let mut text = String::new();
    if let Some(short) = arg.get_short() {
        let _ = write!(text, "-{short}, ");
    }
    text.push_str("--");
    text.push_str(arg.get_long().unwrap_or_default());
    if arg.get_action().takes_values() {
        let optional = arg.get_num_args().is_some_and(|n| n.min_values() == 0);
        let name = value_name(arg);
        let _ = if optional { write!(text, "[={name}]") } else { write!(text, " <{name}>") };
    }
    text
}
