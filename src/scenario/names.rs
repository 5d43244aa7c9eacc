//! Names that were nearly right: what the author probably meant.
//!
//! Floor 2. Reads a word and the names that would have been valid; writes and
//! owns nothing.

use crate::base::text::Bilingual;
use crate::sim::card::Card;
use crate::sim::params::Params;

/// One letter in this many may be wrong before a name stops being a misspelling.
const LETTERS_PER_SLIP: usize = 3;
/// Below this likeness (Jaro-Winkler, 0 to 1) a name that is far by letters is not offered.
const ALIKE: f64 = 0.90;
/// No name of a file is longer; comparing longer words would take long and find nothing.
const LETTERS: usize = 64;
/// At most so many names are listed in a hint; a longer list helps nobody.
const LISTED: usize = 16;

/// The valid name that `word` was probably meant to be. Upper and lower case
/// count as the same letter; of two equally near names the first one wins.
///
/// ```
/// # use zhanyitu::scenario::names::nearest;
/// assert_eq!(nearest("tilte", ["format", "title", "seed"]), Some("title"));
/// assert_eq!(nearest("weather", ["format", "title", "seed"]), None);
/// ```
pub fn nearest<'a>(word: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = plain(word);
    let letters = word.chars().count();
    if letters > LETTERS {
        return None;
    }
    let mut best: Option<(usize, &'a str)> = None;
    for name in names {
        let candidate = plain(name);
        let slips = strsim::damerau_levenshtein(&word, &candidate);
        let allowed = (letters.max(candidate.chars().count()) / LETTERS_PER_SLIP).max(1);
        let near = slips <= allowed && slips < letters.max(1)
            || letters > LETTERS_PER_SLIP && strsim::jaro_winkler(&word, &candidate) >= ALIKE;
        if near && best.is_none_or(|(fewest, _)| slips < fewest) {
            best = Some((slips, name));
        }
    }
    best.map(|(_, name)| name)
}

/// Case and word separators do not make a different name: `importCase`, `import_case`.
fn plain(word: &str) -> String {
    word.chars().filter(|c| !matches!(c, '_' | '-')).flat_map(char::to_lowercase).collect()
}

/// The names as a list for a hint, in Chinese and in English: `“a”、“b”` and `` `a`, `b` ``.
pub(super) fn listed(names: &[&str]) -> (String, String) {
    let shown = &names[..names.len().min(LISTED)];
    let more = names.len() > LISTED;
    let zh: Vec<String> = shown.iter().map(|name| format!("“{name}”")).collect();
    let en: Vec<String> = shown.iter().map(|name| format!("`{name}`")).collect();
    (
        zh.join("、") + if more { "等" } else { "" },
        en.join(", ") + if more { " and others" } else { "" },
    )
}

/// What to say about a parameter that there is not: the nearest one, or where all are
/// listed.
pub fn no_parameter(path: &str) -> Bilingual {
    let paths: Vec<String> = Params::cards().iter().map(Card::path).collect();
    let near = nearest(path, paths.iter().map(String::as_str));
    let (zh, en) = near.map_or_else(
        || {
            (
                "全部参数见 zhanyitu describe params".to_owned(),
                "all of them: zhanyitu describe params".to_owned(),
            )
        },
        |near| (format!("是不是“{near}”？"), format!("did you mean `{near}`?")),
    );
    Bilingual::new(
        format!("没有名为“{path}”的参数；{zh}"),
        format!("there is no parameter named `{path}`; {en}"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_finger_finds_its_name() {
        let names = ["household", "worker", "ImportCase", "at"];
        assert_eq!(nearest("houshold", names), Some("household"));
        assert_eq!(nearest("wroker", names), Some("worker"));
        assert_eq!(nearest("import_case", names), Some("ImportCase"));
        assert_eq!(nearest("att", names), Some("at"));
    }

    #[test]
    fn a_wholly_different_word_finds_nothing() {
        assert_eq!(nearest("x", ["a", "b"]), None);
        assert_eq!(nearest("标题", ["title", "seed"]), None);
        assert_eq!(nearest("", ["a"]), None);
    }

    #[test]
    fn a_long_list_of_names_is_cut() {
        let names = ["a"; LISTED + 1];
        assert!(listed(&names).0.ends_with('等'));
        assert!(listed(&names).1.ends_with("and others"));
    }
}
