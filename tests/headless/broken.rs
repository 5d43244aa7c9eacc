//! Broken scenes and maps: everything wrong is told, and nothing else.
//!
//! Every file in `tests/broken` says in its first lines what is wrong with it, one
//! line for each problem, parts parted by ` | `:
//!
//! ```text
//! // expect 12:9 script[3].at | lies outside the story | hint: the story runs | zh: 在故事之外
//! // expect warning 14:9 script[4].say.zh | a long Chinese caption
//! ```
//!
//! Line, column and path must agree exactly; what follows is a phrase of the
//! English sentence, then, where it matters, of the hint and of the Chinese.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use super::helpful::unhelpful;
use zhanyitu::scenario::compile::{Overrides, compile};
use zhanyitu::scenario::maps;
use zhanyitu::scenario::problem::{Problem, Severity};

const MAP: &[u8] = include_bytes!("../../assets/maps/fuxiang.ron");

/// The maps that scenes may name: the one that is shipped, and a broken one.
fn find_map(name: &str) -> Option<(String, Vec<u8>)> {
    let bytes = match name {
        "maps/fuxiang.ron" => MAP.to_vec(),
        "maps/broken.ron" => std::fs::read("tests/broken/maps/unknown_way.ron").ok()?,
        _ => return None,
    };
    Some((name.to_owned(), bytes))
}

/// Everything that is wrong with a scene, or what is doubtful in it.
pub fn problems_of_scene(file: &str, bytes: &[u8]) -> Vec<Problem> {
    match compile(file, bytes, &find_map, &Overrides::default()) {
        Ok(compiled) => compiled.warnings,
        Err(problems) => problems,
    }
}

/// Everything that is wrong with a map.
pub fn problems_of_map(file: &str, bytes: &[u8]) -> Vec<Problem> {
    maps::read(file, bytes).err().unwrap_or_default()
}

fn files(folder: &str) -> Vec<PathBuf> {
    let entries =
        std::fs::read_dir(Path::new("tests/broken").join(folder)).expect("the folder is there");
    let mut files: Vec<PathBuf> =
        entries.map(|entry| entry.expect("its entries can be read").path()).collect();
    files.sort();
    files
}

/// What one line of a broken file expects.
struct Expected<'a> {
    severity: Severity,
    place: &'a str,
    path: &'a str,
    english: &'a str,
    hint: Option<&'a str>,
    chinese: Option<&'a str>,
}

fn expected(line: &str) -> Option<Expected<'_>> {
    let said = line.strip_prefix("// expect ")?;
    let (severity, said) = match said.strip_prefix("warning ") {
        Some(said) => (Severity::Warning, said),
        None => (Severity::Error, said),
    };
    let mut parts = said.split(" | ");
    let (place, path) = parts.next()?.split_once(' ')?;
    let english = parts.next()?;
    let (mut hint, mut chinese) = (None, None);
    for part in parts {
        if let Some(said) = part.strip_prefix("hint: ") {
            hint = Some(said);
        } else {
            chinese = Some(part.strip_prefix("zh: ")?);
        }
    }
    Some(Expected { severity, place, path, english, hint, chinese })
}

impl Expected<'_> {
    /// What differs between this and a problem; nothing when they agree.
    fn difference(&self, problem: &Problem) -> Option<String> {
        let place = format!("{}:{}", problem.line, problem.column);
        // The file as a whole has no path; a line cannot end in nothing.
        let path = if problem.path.is_empty() { "-" } else { &problem.path };
        let hint = problem.hint.clone().unwrap_or_default();
        let checks = [
            (place == self.place, "place"),
            (path == self.path, "path"),
            (problem.severity == self.severity, "severity"),
            (problem.message.en.contains(self.english), "English"),
            (self.hint.is_none_or(|said| hint.en.contains(said)), "hint"),
            (
                self.chinese
                    .is_none_or(|said| problem.message.zh.contains(said) || hint.zh.contains(said)),
                "Chinese",
            ),
        ];
        checks.iter().find(|(fine, _)| !fine).map(|(_, what)| format!("{what} differs"))
    }
}

/// A problem in the form in which a file expects it.
fn as_line(problem: &Problem) -> String {
    let mut line = String::from("// expect ");
    if problem.severity == Severity::Warning {
        line.push_str("warning ");
    }
    let path = if problem.path.is_empty() { "-" } else { &problem.path };
    let _ = write!(line, "{}:{} {path}", problem.line, problem.column);
    let _ = write!(line, " | {}", problem.message.en);
    let hint = problem.hint.clone().unwrap_or_default();
    let _ = write!(line, " | hint: {}", hint.en);
    let _ = write!(line, " | zh: {} / {}", problem.message.zh, hint.zh);
    line
}

/// What is wrong with the report on one file; nothing when it is as it should be.
fn mismatch(bytes: &[u8], found: &[Problem]) -> Option<String> {
    let text = String::from_utf8_lossy(bytes);
    let lines: Vec<&str> = text.lines().take_while(|line| line.starts_with("// expect ")).collect();
    if lines.is_empty() {
        return Some(format!("expects nothing; found\n{}", shown(found)));
    }
    if lines.len() != found.len() {
        return Some(format!("expects {}; found\n{}", lines.len(), shown(found)));
    }
    lines.iter().zip(found).find_map(|(line, problem)| {
        let Some(expected) = expected(line) else { return Some(format!("not understood: {line}")) };
        expected.difference(problem).map(|what| format!("{what}: {line}\n{}", shown(found)))
    })
}

fn shown(problems: &[Problem]) -> String {
    problems.iter().map(as_line).collect::<Vec<_>>().join("\n")
}

fn check_folder(folder: &str, problems: fn(&str, &[u8]) -> Vec<Problem>) -> usize {
    let mut wrong = Vec::new();
    let files = files(folder);
    for path in &files {
        let bytes = std::fs::read(path).expect("the file can be read");
        let found = problems(&path.display().to_string(), &bytes);
        if let Some(what) = mismatch(&bytes, &found) {
            wrong.push(format!("{}: {what}", path.display()));
        }
        wrong.extend(found.iter().filter_map(unhelpful));
    }
    assert!(wrong.is_empty(), "{} files:\n{}", wrong.len(), wrong.join("\n\n"));
    files.len()
}

#[test]
fn every_broken_scene_is_told_what_is_wrong_with_it_and_nothing_else() {
    let count = check_folder("scenes", problems_of_scene);
    assert!(count >= 48, "{count} scenes");
}

#[test]
fn every_broken_map_is_told_what_is_wrong_with_it_and_nothing_else() {
    let count = check_folder("maps", problems_of_map);
    assert!(count >= 12, "{count} maps");
}

/// A sound scene; the cases below damage it.
const SOUND: &str = include_str!("../broken/sound.ron");

fn told(bytes: &[u8]) -> Vec<(u32, u32, String)> {
    let found = problems_of_scene("x.ron", bytes);
    let unhelped: Vec<String> = found.iter().filter_map(unhelpful).collect();
    assert!(unhelped.is_empty(), "{unhelped:?}");
    found.iter().map(|p| (p.line, p.column, p.message.en.to_string())).collect()
}

fn told_alone(bytes: &[u8], line: u32, column: u32, phrase: &str) {
    let told = told(bytes);
    let [(l, c, message)] = &told[..] else { panic!("{told:?}") };
    assert_eq!((*l, *c), (line, column), "{message}");
    assert!(message.contains(phrase), "{message}");
}

#[test]
fn a_byte_order_mark_and_windows_line_ends_are_accepted() {
    let windows = format!("\u{feff}{}", SOUND.replace('\n', "\r\n"));
    assert_eq!(told(windows.as_bytes()), []);
    // And a slip is found where an editor shows it.
    let slip = windows.replace("seed: 1", "sead: 1");
    let line = SOUND.lines().position(|l| l.contains("seed: 1")).unwrap() as u32 + 1;
    told_alone(slip.as_bytes(), line, 5, "no field named `sead`");
}

#[test]
fn a_file_that_is_too_large_is_refused_before_it_is_read() {
    let large = format!("{SOUND}{}", " ".repeat(256 * 1024));
    told_alone(large.as_bytes(), 1, 1, "too large");
    let full = format!("{SOUND}{}", " ".repeat(256 * 1024 - SOUND.len()));
    assert_eq!(told(full.as_bytes()), []);
}

#[test]
fn what_is_no_text_is_refused_at_its_first_odd_byte() {
    let mut bytes = SOUND.as_bytes().to_vec();
    let at = SOUND.find("seed").unwrap();
    let line = SOUND[..at].lines().count() as u32;
    bytes[at] = 0xff;
    told_alone(&bytes, line, 5, "not encoded in UTF-8");
    bytes[at] = 0;
    told_alone(&bytes, line, 5, "NUL character");
    let utf16: Vec<u8> = SOUND.encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(told(&utf16).len(), 1);
    // The encoding in which old Chinese editors save.
    told_alone(b"(title: (zh: \"\xb8\xa3\xcf\xe9\"))", 1, 15, "not encoded in UTF-8");
}

#[test]
fn depth_and_number_of_values_have_limits() {
    let deep = |levels: usize| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
    let phrases =
        |text: &str| told(text.as_bytes()).into_iter().map(|(.., said)| said).collect::<Vec<_>>();
    assert!(phrases(&deep(33)).iter().any(|said| said.contains("nested too deeply")));
    assert!(!phrases(&deep(32)).iter().any(|said| said.contains("nested too deeply")));
    let million = format!("[{}]", "(),".repeat(1_000_000));
    assert!(phrases(&million)[0].contains("too large"));
    // A million would not fit; what fits is counted before it is kept.
    let many = format!("[{}]", "0,".repeat(130_000));
    let said = problems_of_map("x.ron", many.as_bytes());
    assert!(said.iter().all(|p| unhelpful(p).is_none()));
}

#[test]
fn numbers_that_are_none_or_fit_nowhere_are_refused() {
    let line = SOUND.lines().position(|l| l.contains("seed: 1")).unwrap() as u32 + 1;
    for (number, phrase) in [
        ("18446744073709551616", "out of the range"),
        ("-1", "out of the range"),
        ("1e999", "not the way to write a number"),
        ("NaN", "expected a whole number"),
        ("inf", "expected a whole number"),
        ("1.0", "expected a whole number"),
    ] {
        let text = SOUND.replace("seed: 1", &format!("seed: {number}"));
        told_alone(text.as_bytes(), line, 11, phrase);
    }
}

#[test]
fn a_text_longer_than_two_thousand_characters_is_refused() {
    let long = SOUND.replace("我的故事", &"长".repeat(2001));
    let told = told(long.as_bytes());
    assert!(told.iter().any(|(.., said)| said.contains("2,001 characters, the limit is 2,000")));
}

#[test]
fn a_report_never_repeats_a_telephone_number() {
    let bytes = std::fs::read("tests/broken/scenes/personal_numbers.ron").unwrap();
    for problem in problems_of_scene("x.ron", &bytes) {
        let text = format!("{problem:?}");
        assert!(
            !text.contains("1234") && !text.contains("6512") && !text.contains("1949"),
            "{text}"
        );
    }
}

#[test]
fn a_file_without_an_expectation_fails_this_test() {
    let comma = b"(format: 1 title: 2)";
    assert!(mismatch(comma, &problems_of_scene("x.ron", comma)).is_some());
    assert!(mismatch(SOUND.as_bytes(), &[]).is_some());
}

/// The sound scene with a list of so many items, added at its end.
fn with_list(name: &str, count: usize, item: impl Fn(usize) -> String) -> String {
    let items: Vec<String> = (0..count).map(item).collect();
    let list = format!("    {name}: [{}],\n)", items.join(", "));
    let (head, _) = SOUND.split_once("    // 改参数").expect("the starter sets numbers");
    format!("{head}{list}")
}

#[test]
fn every_list_has_a_limit_and_may_be_filled_to_it() {
    let lists: [(&str, usize, fn(usize) -> String); 6] = [
        ("legends", 12, |n| {
            format!(
                "(id: \"l{n}\", name: (zh: \"图\", en: \"l\"), entries: [(when: [], marker: Red, label: (zh: \"户\", en: \"h\"))], origin: invented)"
            )
        }),
        ("cast", 64, |n| format!("(name: \"c{n}\", home: \"H{:04}\", origin: invented)", n + 1)),
        ("chapters", 40, |n| {
            format!("(id: \"k{n}\", title: (zh: \"章\", en: \"c\"), from: \"D1 08:00\")")
        }),
        ("measures", 500, |n| {
            format!(
                "(measure: Survey, from: \"D{} {:02}:{:02}\", until: \"D{} {:02}:{:02}\", origin: invented)",
                n / 50 + 2,
                n % 50 / 4 + 8,
                n % 50 % 4 * 15,
                n / 50 + 2,
                n % 50 / 4 + 8,
                n % 50 % 4 * 15 + 14
            )
        }),
        ("mouths", 500, |n| {
            format!(
                "(mouth: \"M1\", state: Open, from: \"D{} {:02}:{:02}\", origin: invented)",
                n / 50 + 2,
                n % 50 / 4 + 8,
                n % 50 % 4 * 15
            )
        }),
        ("script", 2000, |n| {
            format!("(id: \"s{n}\", asked: \"Call\", look: Community, origin: invented)")
        }),
    ];
    for (name, most, item) in lists {
        assert_eq!(told(with_list(name, most, item).as_bytes()), [], "{most} {name}");
        if name != "script" {
            let told = told(with_list(name, most + 1, item).as_bytes());
            assert!(told.len() == 1 && told[0].2.contains("too many"), "{name}: {told:?}");
        }
    }
    let short = |_| "(asked:\"Call\",look:Community,origin:invented)".to_owned();
    let told = told(with_list("script", 5001, short).as_bytes());
    assert!(told.len() == 1 && told[0].2.contains("too many cues: 5001"), "{told:?}");
}
