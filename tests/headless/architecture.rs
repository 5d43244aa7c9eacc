//! The floors of the house: who may use whom, and what may not be said where.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// A room, its floor, and the rooms it may use besides itself. `lib.rs` shows the
/// same table to readers.
const ROOMS: [(&str, u32, &[&str]); 20] = [
    ("base", 0, &[]),
    ("sim", 1, &["base"]),
    ("scenario", 2, &["base", "sim"]),
    ("history", 2, &["base", "sim"]),
    ("ensemble", 2, &["base", "sim", "scenario"]),
    ("anchors", 3, &["base", "sim", "scenario", "ensemble", "session"]),
    ("session", 3, &["base", "sim", "scenario", "history", "ensemble"]),
    ("cli", 4, &["base", "sim", "scenario"]),
    ("settings", 4, &["base", "scenario"]),
    ("layout", 4, &["base", "sim"]),
    (
        "headless",
        4,
        &[
            "base", "sim", "scenario", "history", "ensemble", "anchors", "session", "cli",
            "settings", "layout",
        ],
    ),
    ("app", 5, &["base", "sim", "scenario", "history", "session", "headless"]),
    ("charts", 6, &["base"]),
    ("theme", 6, &["base", "headless", "app"]),
    ("input", 7, &["base", "session", "app", "theme"]),
    ("map", 8, &["base", "sim", "session", "layout", "headless", "app", "theme", "input"]),
    (
        "panels",
        8,
        &["base", "sim", "scenario", "history", "session", "headless", "app", "charts", "theme"],
    ),
    ("timeline", 8, &["base", "session", "app", "theme"]),
    ("kiosk", 9, &["base", "session", "settings", "app", "theme", "input"]),
    (
        "window",
        9,
        &[
            "base", "scenario", "cli", "settings", "headless", "app", "theme", "input", "map",
            "panels", "timeline", "kiosk",
        ],
    ),
];

/// Rooms that know the engine; the others are built without it.
const WITH_BEVY: [&str; 8] =
    ["app", "theme", "input", "map", "panels", "timeline", "kiosk", "window"];

/// Words that break a promise of the core: order, time, the world outside.
const BANNED_IN_CORE: [&str; 14] = [
    "HashMap",
    "HashSet",
    "Instant::",
    "SystemTime",
    "std::fs",
    "std::env",
    "std::thread",
    "std::net",
    "println!",
    "eprintln!",
    "thread_rng",
    "StdRng",
    "SmallRng",
    "bevy",
];

/// The one file of the core that may start threads.
const WITH_THREADS: &str = "ensemble/workers.rs";

/// Functions of the standard library whose last bit differs between machines.
const NOT_EVERYWHERE_THE_SAME: [&str; 12] = [
    ".exp()",
    ".ln()",
    ".log2()",
    ".log10()",
    ".powf(",
    ".powi(",
    ".sin()",
    ".cos()",
    ".tan()",
    ".ln_1p()",
    ".exp_m1()",
    ".mul_add(",
];

pub fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|x| x == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// The room of a file under `src`, and the file's name inside `src`.
fn room_of(path: &Path) -> (String, String) {
    let inside = path.strip_prefix("src").unwrap().to_str().unwrap().replace('\\', "/");
    let room = inside.split('/').next().unwrap().trim_end_matches(".rs").to_owned();
    (room, inside)
}

/// The code of a file without comments and without its tests at the foot.
fn code_of(path: &Path) -> String {
    let text = fs::read_to_string(path).unwrap();
    let code = text.split("#[cfg(test)]").next().unwrap_or_default();
    code.lines()
        .map(|line| line.split("//").next().unwrap_or_default())
        .collect::<Vec<_>>()
        .join("\n")
}

fn is_test(inside: &str) -> bool {
    inside.contains("tests")
}

/// Names that follow `crate::` in a file, braces included.
fn uses(code: &str) -> Vec<String> {
    let mut names = Vec::new();
    for part in code.split("crate::").skip(1) {
        let rest = part.trim_start();
        if let Some(list) = rest.strip_prefix('{') {
            let mut depth = 0;
            let mut word = String::new();
            for c in list.chars() {
                match c {
                    '{' => depth += 1,
                    '}' if depth == 0 => break,
                    '}' => depth -= 1,
                    ',' if depth == 0 => names.push(std::mem::take(&mut word)),
                    _ if depth == 0 => word.push(c),
                    _ => {}
                }
            }
            names.push(word);
        } else {
            names.push(rest.to_owned());
        }
    }
    names
        .into_iter()
        .map(|name| name.trim().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect())
        .filter(|name: &String| !name.is_empty())
        .collect()
}

#[test]
fn every_room_uses_only_what_its_floor_allows() {
    let rooms: BTreeMap<&str, &[&str]> = ROOMS.iter().map(|&(r, _, uses)| (r, uses)).collect();
    let macros = ["parameters", "named_enum"];
    let mut wrong = Vec::new();
    for path in sources(Path::new("src")) {
        let (room, inside) = room_of(&path);
        if ["lib", "main"].contains(&room.as_str()) || is_test(&inside) {
            continue;
        }
        let allowed = rooms.get(room.as_str()).unwrap_or_else(|| panic!("unknown room {inside}"));
        for used in uses(&code_of(&path)) {
            let fine =
                used == room || allowed.contains(&used.as_str()) || macros.contains(&used.as_str());
            if !fine {
                wrong.push(format!("{inside} uses {used}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// The office cannot look behind a door, not even by accident.
#[test]
fn the_board_and_the_truth_do_not_know_each_other() {
    for path in sources(Path::new("src/sim")) {
        let (_, inside) = room_of(&path);
        if is_test(&inside) {
            continue;
        }
        let code = code_of(&path);
        let is_board = inside.starts_with("sim/board/");
        let is_truth = inside.starts_with("sim/truth/");
        assert!(!is_board || !code.contains("truth"), "{inside} speaks of the truth");
        assert!(!is_board || !code.contains("senses"), "{inside} speaks of the senses");
        assert!(!is_board || !code.contains("SimState"), "{inside} could reach everything");
        assert!(!is_truth || !code.contains("board"), "{inside} speaks of the board");
        let makes_board = inside == "sim/state.rs" || is_board;
        assert!(
            makes_board || !code.contains(".learn("),
            "{inside} writes the board without an observation"
        );
    }
}

#[test]
fn the_core_says_no_banned_word() {
    let mut wrong = Vec::new();
    for path in sources(Path::new("src")) {
        let (room, inside) = room_of(&path);
        let pure = [
            "base", "sim", "scenario", "history", "ensemble", "anchors", "session", "cli",
            "settings",
        ];
        if !pure.contains(&room.as_str()) {
            continue;
        }
        let code = code_of(&path);
        // Many runs want many cores. One file hands the work out and takes the
        // results back in order; nothing else can come to depend on a thread.
        let may_thread = |word: &str| word == "std::thread" && inside == WITH_THREADS;
        let banned =
            BANNED_IN_CORE.iter().filter(|word| code.contains(**word) && !may_thread(word));
        wrong.extend(banned.map(|word| format!("{inside} says {word}")));
        // Floats are born when something is shown, judged or read from a file, and in the
        // statistics of many runs, which are no state; and while a table of the model is
        // computed, by arithmetic that is the same everywhere.
        let with_floats = ["scenario/", "settings/", "anchors/", "ensemble/"];
        let read = with_floats.iter().any(|room| inside.starts_with(room));
        let tables = ["sim/quantile.rs", "sim/truth/illness/escape.rs"];
        let computed = tables.contains(&inside.as_str());
        let std_maths = [".exp(", ".ln(", ".powf(", ".powi(", ".ln_1p(", ".exp_m1("];
        if computed && std_maths.iter().any(|word| code.contains(word)) {
            wrong.push(format!("{inside} uses functions that differ between platforms"));
        }
        let may_float = read || computed || inside == "base/geo.rs";
        if !may_float && ["f32", "f64"].iter().any(|word| code.contains(word)) {
            wrong.push(format!("{inside} uses floating point"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// What two machines compute of the same runs must be the same bytes.
#[test]
fn statistics_use_only_what_every_machine_computes_alike() {
    for path in sources(Path::new("src/ensemble")) {
        let code = code_of(&path);
        let found: Vec<_> =
            NOT_EVERYWHERE_THE_SAME.iter().filter(|word| code.contains(**word)).collect();
        assert!(found.is_empty(), "{} uses {found:?}", path.display());
    }
}

/// The permission is used: a file that moved would leave it behind for nobody.
#[test]
fn threads_have_one_home() {
    assert!(code_of(Path::new("src/ensemble/workers.rs")).contains("std::thread"));
}

/// The engine stays behind the glass: nothing below knows of it.
#[test]
fn only_the_rooms_of_the_window_name_the_engine() {
    for path in sources(Path::new("src")) {
        let (room, inside) = room_of(&path);
        let names = code_of(&path).contains("bevy");
        assert!(!names || WITH_BEVY.contains(&room.as_str()), "{inside} names the engine");
    }
}

#[test]
fn colours_have_one_home() {
    for path in sources(Path::new("src")) {
        let (_, inside) = room_of(&path);
        if inside == "base/palette.rs" || is_test(&inside) {
            continue;
        }
        let code = code_of(&path);
        let hex = code.match_indices("\"#").any(|(at, _)| {
            let digits: String =
                code[at + 2..].chars().take_while(char::is_ascii_hexdigit).collect();
            matches!(digits.len(), 3 | 6 | 8)
        });
        assert!(!hex && !code.contains("Rgb::hex("), "{inside} has a colour of its own");
    }
}

#[test]
fn every_file_has_a_door_plate_with_its_floor() {
    for path in sources(Path::new("src")) {
        let (room, inside) = room_of(&path);
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.starts_with("//! "), "{inside} has no door plate");
        let Some(&(_, floor, _)) = ROOMS.iter().find(|r| r.0 == room) else { continue };
        let plate: Vec<&str> = text.lines().take_while(|l| l.starts_with("//!")).collect();
        let says = plate
            .iter()
            .any(|line| [".", ","].iter().any(|end| line.contains(&format!("Floor {floor}{end}"))));
        assert!(is_test(&inside) || says, "{inside} does not say `Floor {floor}`");
    }
}

#[test]
fn the_plan_of_the_house_shows_this_table() {
    let plan = fs::read_to_string("src/lib.rs").unwrap();
    for (room, floor, _) in ROOMS {
        assert!(plan.contains(&format!("//! | {floor} | `{room}` |")), "{room} is not on the plan");
        assert!(plan.contains(&format!("pub mod {room};")), "{room} is not in the house");
    }
}

/// The measuring stick works: it finds what it looks for.
#[test]
fn uses_are_found_however_they_are_written() {
    let code =
        "use crate::base::ids;\nuse crate::{sim::{a, b}, history};\nlet x = crate::cli::f();";
    assert_eq!(uses(code), ["base", "sim", "history", "cli"]);
}
