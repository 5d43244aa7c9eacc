//! The most expensive files that fit the limit of bytes.

use std::fmt::Write as _;
use std::time::Instant;

use super::{MOST_TIME, STORIES, assert_little_memory, read_scene, small_map};
use zhanyitu::scenario::maps;
use zhanyitu::scenario::problem::Problem;

const MOST_BYTES: usize = 256 * 1024;

/// As many repetitions as fit between a head and a tail.
fn filled(head: &str, tail: &str, line: impl Fn(usize) -> String) -> String {
    let mut text = head.to_owned();
    for number in 0.. {
        let line = line(number);
        if text.len() + line.len() + tail.len() > MOST_BYTES {
            break;
        }
        text.push_str(&line);
    }
    text + tail
}

fn map_of(ways: &str, compounds: &str) -> String {
    format!(
        "(format: 1, name: (zh: \"图\", en: \"map\"), ways: [{ways}], compounds: [{compounds}],
        mouths: [(name: (zh: \"口\", en: \"mouth\"), way: \"w0\", at: (0.0, 0.0), grade: invented)],
        office: (name: (zh: \"居\", en: \"office\"), at: (0.0, 0.0), grade: invented),
        toilets: [], shops: [], bridges: [], waters: [], borders: [])"
    )
}

fn compound(way: usize, number: usize, x: usize, homes: u32) -> String {
    format!(
        "(way: \"w{way}\", kind: Courtyard, name: (zh: \"院{number}\", en: \"y\"), centre: ({x}.0, 10.0), \
         front: 12.0, depth: 20.0, turn: 0.0, door: ({x}.0, 0.0), homes: {homes}, grade: invented),"
    )
}

fn way(number: usize, line: &str) -> String {
    format!(
        "(id: \"w{number}\", name: (zh: \"路\", en: \"way\"), width: 3.0, line: [{line}], grade: invented),"
    )
}

fn read_map(text: &str) -> Vec<Problem> {
    assert!(text.len() <= MOST_BYTES, "{} bytes", text.len());
    maps::read("worst.ron", text.as_bytes()).err().unwrap_or_default()
}

fn read_story(text: &str) -> Vec<Problem> {
    assert!(text.len() <= MOST_BYTES, "{} bytes", text.len());
    read_scene(text.as_bytes(), &small_map()).err().unwrap_or_default()
}

/// Reads a file and says what it cost.
fn timed(what: &str, read: impl Fn() -> Vec<Problem>) -> Vec<Problem> {
    let started = Instant::now();
    let problems = read();
    let took = started.elapsed();
    println!("{what}: {} problems in {:.1} ms", problems.len(), took.as_secs_f64() * 1000.0);
    assert!(took < MOST_TIME, "{what} took {took:?}");
    problems
}

/// Ways as scribbles: each crosses all others as often as its points allow.
fn scribbles(ways: usize, points: usize) -> String {
    (0..ways)
        .map(|w| {
            let line = (0..points).fold(String::new(), |mut line, p| {
                let (x, y) = if w % 2 == 0 { (p, p % 2 * 100) } else { (p % 2 * 100, p) };
                let _ = write!(line, "({x}.{w}, {y}.0),");
                line
            });
            way(w, &line)
        })
        .collect()
}

#[test]
fn the_worst_maps_are_read_in_time_and_memory() {
    let heap: String = (0..1000).map(|n| compound(0, n, 50, 1)).collect();
    let street = way(0, "(0.0, 0.0), (100.0, 0.0)");
    let told = timed("a heap of compounds", || read_map(&map_of(&street, &heap)));
    assert!(told.iter().any(|p| p.message.en.contains("overlaps")));
    assert!(told.len() <= 100, "nobody reads {} problems", told.len());

    let told =
        timed("scribbled ways", || read_map(&map_of(&scribbles(64, 100), &compound(0, 1, 50, 10))));
    assert!(told.iter().any(|p| p.message.en.contains("cross each other too often")), "{told:?}");

    let just = scribbles(7, 10);
    timed("as many crossings as are allowed", || read_map(&map_of(&just, &compound(0, 1, 0, 10))));

    let row: String = (0..1000).map(|n| compound(0, n, n * 19, 4)).collect();
    let long = way(0, "(0.0, 0.0), (19999.0, 0.0)");
    let told = timed("four thousand households", || read_map(&map_of(&long, &row)));
    assert!(told.is_empty(), "{told:?}");

    let crowded = compound(0, 1, 50, 4_294_967_295);
    let told = timed("four billion households", || read_map(&map_of(&street, &crowded)));
    assert_eq!(told[0].path, "compounds", "{told:?}");
    assert_little_memory("maps");
}

#[test]
fn the_worst_scenes_are_read_in_time_and_memory() {
    let (head, _) = STORIES[3].split_once("script: [").unwrap();
    let head = format!("{head}script: [");
    let daily = |_| "(daily:(at:\"09:00\"),look:Community,origin:invented),".to_owned();
    let text = filled(&head, "])", daily);
    let told = timed("thousands of cues every day", || read_story(&text));
    assert!(told[0].message.en.contains("too many cues"), "{told:?}");

    let chain = |n: usize| {
        let before = n
            .checked_sub(1)
            .map_or("at:\"D1 08:00\"".to_owned(), |b| format!("after:(cue:\"{b}\")"));
        format!("(id:\"{n}\",{before},look:Community,origin:invented),")
    };
    let told = timed("a long chain of cues", || read_story(&filled(&head, "])", chain)));
    assert!(told.is_empty(), "{told:?}");

    let wrong = |n: usize| format!("(at:\"D{n}\",sya:1,origin:invent),");
    let told = timed("thousands of mistakes", || read_story(&filled(&head, "])", wrong)));
    assert!(told.len() <= 100 + 1, "{}", told.len());

    let told = timed("units", || read_story(&filled(&head, "])", |_| "(),".to_owned())));
    assert!(!told.is_empty());
    let told = timed("brackets", || read_story(&"[".repeat(MOST_BYTES)));
    assert!(told.iter().any(|p| p.message.en.contains("too deeply")), "{told:?}");
    let told = timed("quotation marks", || read_story(&"\"".repeat(MOST_BYTES)));
    assert!(!told.is_empty());
    let told = timed("slashes and stars", || read_story(&"/*".repeat(MOST_BYTES / 2)));
    assert!(!told.is_empty());
    let told = timed("lines", || read_story(&"//\n".repeat(MOST_BYTES / 3)));
    assert!(!told.is_empty());
    let told =
        timed("one long name", || read_story(&format!("({}: 1)", "x".repeat(MOST_BYTES - 10))));
    assert!(!told.is_empty());
    let names = |n: usize| format!("f{n}:1,");
    let told = timed("thousands of fields", || read_story(&filled("(", ")", names)));
    assert!(!told.is_empty());
    let same = |_| "a:1,".to_owned();
    let told = timed("one field a thousand times", || read_story(&filled("(", ")", same)));
    assert!(!told.is_empty());
    let nested =
        |n: usize| format!("({}{}),", "Some(".repeat(28), ")".repeat(28)) + &n.to_string() + ",";
    let told = timed("nested options", || read_story(&filled(&head, "])", nested)));
    assert!(!told.is_empty());
    assert_little_memory("scenes");
}
