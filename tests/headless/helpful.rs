//! What makes a problem helpful; shared by all tests that read damaged files.

use zhanyitu::scenario::problem::Problem;

/// What somebody would miss who reads only this; nothing when she knows where to
/// look and what to write.
pub fn unhelpful(problem: &Problem) -> Option<String> {
    let Problem { line, column, message, hint, excerpt, .. } = problem;
    let chinese = |text: &str| text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    let helped = hint.as_ref().map_or_else(
        || message.en.contains("expected"),
        |hint| chinese(&hint.zh) && !hint.en.is_empty(),
    );
    let checks = [
        (*line >= 1 && *column >= 1 && excerpt.is_some(), "no place"),
        (chinese(&message.zh), "no Chinese"),
        (message.en.contains(|c: char| c.is_ascii_alphabetic()), "no English"),
        (helped, "it is not said what would be right"),
    ];
    let missing = checks.iter().find(|(fine, _)| !fine)?.1;
    Some(format!("{missing}: {problem:?}"))
}
