//! Every text for people: both languages, their punctuation, their letters.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use zhanyitu::base::text::{Bilingual, Lang};
use zhanyitu::cli;
use zhanyitu::headless::page::fonts;
use zhanyitu::sim::params::Params;

use crate::architecture::sources;
use crate::tools::shipped;

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

fn is_hanzi(c: char) -> bool {
    ('\u{3400}'..='\u{9FFF}').contains(&c)
}

/// A text and where it stands.
struct Found {
    at: String,
    text: Bilingual,
}

/// The string literals of Rust or RON text, comments left out, each with its line
/// and with what stands right before it.
fn literals(text: &str) -> Vec<(usize, String, String)> {
    let mut found = Vec::new();
    let (mut line, mut before) = (1, String::new());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\n' => line += 1,
            '/' if chars.peek() == Some(&'/') => while chars.next_if(|c| *c != '\n').is_some() {},
            '\'' => {
                // A character, or a lifetime, which has no second quote near by.
                let rest: Vec<char> = chars.clone().take(3).collect();
                let skip = match rest[..] {
                    ['\\', _, '\''] => 3,
                    [_, '\'', ..] => 2,
                    _ => 0,
                };
                chars.by_ref().take(skip).for_each(drop);
            }
            '"' => {
                let mut word = String::new();
                let at = line;
                while let Some(c) = chars.next() {
                    match c {
                        '"' => break,
                        '\\' => match chars.next() {
                            Some('n') => word.push('\n'),
                            Some('\n') => {
                                line += 1;
                                while chars.next_if(|c| c.is_whitespace()).is_some() {}
                            }
                            Some(c) => word.push(c),
                            None => {}
                        },
                        c => {
                            line += usize::from(c == '\n');
                            word.push(c);
                        }
                    }
                }
                found.push((at, before.trim().to_owned(), word));
                before.clear();
                continue;
            }
            _ => {}
        }
        before.push(c);
    }
    found
}

/// Source text without the tests at its foot.
fn code(path: &Path) -> String {
    read(path).split("#[cfg(test)]").next().unwrap_or_default().to_owned()
}

/// The words of the rooms of the window.
fn words() -> Vec<PathBuf> {
    let rooms = [
        "app",
        "panels",
        "panels/feed",
        "panels/gallery",
        "panels/layers",
        "panels/shelf",
        "panels/talk",
        "panels/today",
        "panels/trends",
        "timeline",
        "kiosk",
    ];
    rooms.iter().map(|room| Path::new("src").join(room).join("text.ron")).collect()
}

/// Literals of the program that people can read in Chinese.
fn chinese() -> Vec<(String, String)> {
    let mut found = Vec::new();
    for path in sources(Path::new("src")).into_iter().chain(words()) {
        for (line, _, word) in literals(&code(&path)) {
            if word.chars().any(is_hanzi) {
                found.push((format!("{}:{line}", path.display()), word));
            }
        }
    }
    assert!(found.len() > 600, "{}", found.len());
    found
}

/// `Bilingual::fixed("…", "…")` and `Bilingual::new(format!("…"), format!("…"))`
/// in the program, `(zh: "…", en: "…")` in scenes and maps, labels and sources of
/// the parameter cards.
fn pairs() -> Vec<Found> {
    let mut found = Vec::new();
    for path in sources(Path::new("src")) {
        let words = literals(&code(&path));
        for pair in words.windows(2) {
            let [(line, before, zh), (_, between, en)] = pair else { continue };
            let begins = ["fixed(", "Bilingual::new(", "Bilingual::new(\n            format!("];
            let opened =
                begins.iter().any(|b| before.ends_with(b)) || before.ends_with("new(format!(");
            let paired = between == "," || between.trim_end().ends_with("format!(");
            if opened && paired {
                let text = Bilingual::new(zh.clone(), en.clone());
                found.push(Found { at: format!("{}:{line}", path.display()), text });
            }
        }
    }
    let in_code = found.len();
    let files = shipped().into_iter().chain([PathBuf::from("assets/maps/fuxiang.ron")]);
    for path in files.chain(words()) {
        let words = literals(&read(&path));
        for pair in words.windows(2) {
            let [(line, before, zh), (_, between, en)] = pair else { continue };
            if before.ends_with("zh:") {
                assert_eq!(
                    between.trim_start_matches(',').trim(),
                    "en:",
                    "{}:{line}",
                    path.display()
                );
                let text = Bilingual::new(zh.clone(), en.clone());
                found.push(Found { at: format!("{}:{line}", path.display()), text });
            }
        }
    }
    assert!(in_code > 250 && found.len() > in_code + 200, "{in_code} {}", found.len());
    for card in Params::cards() {
        let at = card.path();
        found.push(Found { at: format!("{at}, label"), text: card.label });
        found.push(Found { at: format!("{at}, source"), text: card.source });
    }
    found
}

#[test]
fn every_text_is_there_in_both_languages() {
    for Found { at, text } in pairs() {
        assert_eq!(text.zh.is_empty(), text.en.is_empty(), "{at}");
        assert_eq!(text.zh.trim(), text.zh.trim_matches('\n'), "{at}: white around {:?}", text.zh);
    }
}

/// A Chinese mark inside an English sentence has slipped in.
#[test]
fn no_chinese_stands_in_english() {
    for Found { at, text } in pairs() {
        let wide = |c: char| is_hanzi(c) || "，。；：？！（）、“”《》".contains(c);
        let left: String = text.en.chars().filter(|c| wide(*c)).collect();
        // Typographic quotes are English as well.
        let left = left.replace(['“', '”'], "");
        // The switch of languages names each in its own, so that it is found.
        let left = if text.zh == text.en { left.replace("中文", "") } else { left };
        assert!(left.is_empty(), "{at}: {left} in {:?}", text.en);
    }
}

/// Half-width marks beside hanzi, and full-width marks beside Latin words only.
#[test]
fn chinese_has_chinese_punctuation() {
    let mut wrong = Vec::new();
    let mut look = |at: &str, zh: &str| {
        let letters: Vec<char> = zh.chars().collect();
        for (i, c) in letters.iter().enumerate() {
            let before = i.checked_sub(1).map(|i| letters[i]);
            let after = letters.get(i + 1).copied();
            let beside = before.is_some_and(is_hanzi) || after.is_some_and(is_hanzi);
            let half = match c {
                ',' | ';' | '!' | '?' => beside,
                // A colon or point inside 18:00, 2.5, file.ron stands among Latin.
                ':' | '.' => {
                    before.is_some_and(is_hanzi) && after.is_none_or(|c| is_hanzi(c) || c == ' ')
                }
                '(' | ')' => beside && !zh.contains("[("),
                _ => false,
            };
            if half {
                wrong.push(format!("{at}: `{c}` in {zh:?}"));
            }
            if c.is_whitespace()
                && *c != '\n'
                && before.is_some_and(is_hanzi)
                && after.is_some_and(is_hanzi)
            {
                wrong.push(format!("{at}: a blank between hanzi in {zh:?}"));
            }
        }
        if zh.matches('“').count() != zh.matches('”').count()
            || zh.matches('（').count() != zh.matches('）').count()
        {
            wrong.push(format!("{at}: marks do not pair in {zh:?}"));
        }
    };
    let scenes = pairs().into_iter().map(|found| (found.at, found.text.zh.into_owned()));
    for (at, zh) in chinese().into_iter().chain(scenes) {
        // Headings of tables are kept apart by blanks, and cut there; one hint shows
        // how RON is written.
        if !at.contains("headless/tables.rs") && !zh.contains("“名称: 值”") {
            look(&at, &zh);
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Words that would brand people for where they have been or what they have.
#[test]
fn neutral_words_for_people_who_came_back_and_homes_with_a_fever() {
    const BANNED_ZH: [&str; 14] = [
        "感染户",
        "感染者",
        "病户",
        "毒",
        "疫户",
        "问题户",
        "危险户",
        "高危户",
        "可疑",
        "湖北人",
        "武汉人",
        "外地人",
        "传染源",
        "隐瞒",
    ];
    const BANNED_EN: [&str; 9] = [
        "infected",
        "contagious home",
        "suspicious",
        "dangerous",
        "risky people",
        "outsiders",
        "carrier",
        "virus",
        "plague",
    ];
    // What a colour does not say, what another town's own report called it, and cleaning.
    const ALLOWED: [&str; 3] =
        ["not who is infected", "red resident, blue outsider", "disinfected"];
    for Found { at, text } in pairs() {
        let en = ALLOWED.iter().fold(text.en.to_lowercase(), |t, word| t.replace(word, ""));
        // To disinfect is no word for people.
        let zh = text.zh.replace("消毒", "");
        for word in BANNED_ZH {
            assert!(!zh.contains(word), "{at}: {word} in {}", text.zh);
        }
        for word in BANNED_EN {
            assert!(!en.contains(word), "{at}: {word} in {}", text.en);
        }
    }
}

/// Whatever can be shown has a shape in one of the two fonts of the house.
#[test]
fn the_fonts_can_write_whatever_can_be_shown() {
    let mut shown = BTreeSet::new();
    for (_, word) in chinese() {
        shown.extend(word.chars());
    }
    for Found { text, .. } in pairs() {
        shown.extend(text.zh.chars().chain(text.en.chars()));
    }
    for path in shipped().into_iter().chain([PathBuf::from("assets/maps/fuxiang.ron")]) {
        for (_, _, word) in literals(&read(&path)) {
            shown.extend(word.chars());
        }
    }
    let program = env!("CARGO_BIN_EXE_zhanyitu");
    let said = |args: &[&str]| {
        let output = Command::new(program).args(args).output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    for lang in ["zh", "en"] {
        for topic in
            ["model", "params", "figures", "script", "measures", "assumptions", "objections"]
        {
            shown.extend(said(&["describe", topic, "--lang", lang]).chars());
        }
        shown.extend(said(&["run", "scenes/fuxiang_2020.ron", "--lang", lang]).chars());
    }
    let folder = tempfile::tempdir().unwrap();
    for lang in ["zh", "en"] {
        for kind in ["svg", "csv"] {
            let file = folder.path().join(format!("a.{kind}"));
            said(&[
                "export",
                "scenes/five_legends.ron",
                "--lang",
                lang,
                "-o",
                file.to_str().unwrap(),
            ]);
            shown.extend(read(&file).chars());
        }
        said(&[
            "run",
            "scenes/one_day_of_calls.ron",
            "--lang",
            lang,
            "--csv",
            folder.path().to_str().unwrap(),
        ]);
        for name in ["about.txt", "figures.csv", "households.csv", "events.csv"] {
            shown.extend(read(&folder.path().join(name)).chars());
        }
    }
    shown.retain(|c| !c.is_control() && *c != '\u{feff}');
    let text: String = shown.iter().collect();
    assert!(shown.len() > 700, "{}", shown.len());
    // Terminals draw these themselves; they stand on no sheet and no screen.
    let terminal = ['─', '█', '▌'];
    let missing: Vec<char> =
        fonts::missing(&text).into_iter().filter(|c| !terminal.contains(c)).collect();
    assert!(missing.is_empty(), "no shape for {missing:?}");
}

#[test]
fn help_has_no_english_left_in_chinese() {
    for lang in Lang::ALL {
        let grammar = cli::command(lang);
        for command in grammar.get_subcommands() {
            let about = command.get_about().unwrap().to_string();
            assert_eq!(about.chars().any(is_hanzi), lang == Lang::Zh, "{about}");
            for arg in command.get_arguments() {
                let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
                let id = arg.get_id();
                assert_eq!(help.chars().any(is_hanzi), lang == Lang::Zh, "{id}: {help}");
            }
        }
    }
}
