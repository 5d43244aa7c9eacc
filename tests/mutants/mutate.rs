//! Damages a text as hands, disks and editors do, and as somebody with bad intent.

use std::ops::Range;

use rand::RngExt;
use zhanyitu::sim::draw::{Purpose, Stream};

/// Numbers at the edges of what fits, and beyond.
const NUMBERS: [&str; 22] = [
    "0",
    "-1",
    "1",
    "255",
    "256",
    "400",
    "401",
    "1000",
    "1001",
    "65535",
    "65536",
    "4294967295",
    "4294967296",
    "18446744073709551615",
    "18446744073709551616",
    "99999999999999999999999999",
    "1e999",
    "-1e999",
    "NaN",
    "inf",
    "0.0000001",
    "0x7fffffff",
];
/// Texts that somebody might put where another belongs.
const TEXTS: [&str; 20] = [
    "",
    " ",
    "D0 08:00",
    "D1 08:00",
    "D400 23:59",
    "D9999 23:59",
    "D5 24:00",
    "2020-02-30 08:00",
    "2199-12-31 23:59",
    "H0001",
    "H4294967296",
    "P99999",
    "M1",
    "W10",
    "C200",
    "CallUnanswered",
    "grandma",
    "13812345678",
    "\\u{0}\\n\\t",
    "\\u{1F637}\\u{202E}",
];
/// Signs that slip in.
const SIGNS: [&str; 24] = [
    "(", ")", "[", "]", "{", "}", ",", ":", ";", "\"", "'", "\\", "，", "：", "（", "）", "“", "”",
    "\u{3000}", "/*", "//", "r#\"", "Some(", "\u{feff}",
];

/// A damaged copy of one of the texts. The number alone decides what becomes of it.
pub fn mutant(texts: &[&str], number: u32) -> (usize, Vec<u8>) {
    // Which purpose does not matter: nothing else here draws.
    let mut rng = Stream::new(20_200_124, Purpose::Cast, number, 0);
    let chosen = rng.random_range(0..texts.len());
    let mut bytes = texts[chosen].as_bytes().to_vec();
    for _ in 0..rng.random_range(1..=3) {
        damage(&mut bytes, texts, &mut rng);
    }
    (chosen, bytes)
}

fn damage(bytes: &mut Vec<u8>, texts: &[&str], rng: &mut Stream) {
    if bytes.is_empty() {
        return;
    }
    match rng.random_range(0..14) {
        0 => flip_bits(bytes, rng),
        1 => bytes.truncate(rng.random_range(0..bytes.len())),
        2 => swap(bytes, rng, tokens),
        3 => swap(bytes, rng, lines),
        4 => remove(bytes, rng, tokens),
        5 => remove(bytes, rng, lines),
        6 => repeat(bytes, rng, tokens),
        7 => repeat(bytes, rng, lines),
        8 | 9 => replace(bytes, rng, |b| b.is_ascii_digit(), &NUMBERS),
        10 | 11 => replace(bytes, rng, |b| b == b'"', &TEXTS),
        12 => insert(bytes, rng, &SIGNS),
        _ => splice(bytes, texts, rng),
    }
}

fn flip_bits(bytes: &mut [u8], rng: &mut Stream) {
    for _ in 0..rng.random_range(1..=8) {
        let at = rng.random_range(0..bytes.len());
        bytes[at] ^= 1 << rng.random_range(0..8);
    }
}

/// Words, numbers, strings and signs, in order.
fn tokens(bytes: &[u8]) -> Vec<Range<usize>> {
    let mut tokens = Vec::new();
    let mut at = 0;
    let run = |from: usize, more: &dyn Fn(u8) -> bool| {
        bytes[from..].iter().position(|&b| !more(b)).map_or(bytes.len(), |n| from + n)
    };
    while at < bytes.len() {
        let word = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b'-') || b >= 128;
        let end = match bytes[at] {
            b'"' => run(at + 1, &|b| b != b'"').saturating_add(1).min(bytes.len()),
            b if word(b) => run(at, &word),
            _ => at + 1,
        };
        if !bytes[at].is_ascii_whitespace() {
            tokens.push(at..end);
        }
        at = end;
    }
    tokens
}

fn lines(bytes: &[u8]) -> Vec<Range<usize>> {
    let mut start = 0;
    let ends = bytes.iter().enumerate().filter(|&(_, &b)| b == b'\n').map(|(at, _)| at + 1);
    ends.map(|end| std::mem::replace(&mut start, end)..end).collect()
}

type Parts = fn(&[u8]) -> Vec<Range<usize>>;

fn pick(parts: &[Range<usize>], rng: &mut Stream) -> Option<Range<usize>> {
    (!parts.is_empty()).then(|| parts[rng.random_range(0..parts.len())].clone())
}

fn swap(bytes: &mut Vec<u8>, rng: &mut Stream, parts: Parts) {
    let parts = parts(bytes);
    let (Some(a), Some(b)) = (pick(&parts, rng), pick(&parts, rng)) else { return };
    let (a, b) = if a.start <= b.start { (a, b) } else { (b, a) };
    if a.end <= b.start {
        let (first, second) = (bytes[a.clone()].to_vec(), bytes[b.clone()].to_vec());
        bytes.splice(b, first);
        bytes.splice(a, second);
    }
}

fn remove(bytes: &mut Vec<u8>, rng: &mut Stream, parts: Parts) {
    if let Some(part) = pick(&parts(bytes), rng) {
        bytes.drain(part);
    }
}

fn repeat(bytes: &mut Vec<u8>, rng: &mut Stream, parts: Parts) {
    let Some(part) = pick(&parts(bytes), rng) else { return };
    let copy = bytes[part.clone()].repeat(rng.random_range(1..=40));
    bytes.splice(part.end..part.end, copy);
}

/// Puts something else in place of a token that begins in a certain way.
fn replace(bytes: &mut Vec<u8>, rng: &mut Stream, begins: fn(u8) -> bool, by: &[&str]) {
    let mut parts = tokens(bytes);
    parts.retain(|part| begins(bytes[part.start]));
    let Some(part) = pick(&parts, rng) else { return };
    let quoted = bytes[part.start] == b'"';
    let word = by[rng.random_range(0..by.len())];
    let word = if quoted { format!("\"{word}\"") } else { word.to_owned() };
    bytes.splice(part, word.into_bytes());
}

fn insert(bytes: &mut Vec<u8>, rng: &mut Stream, signs: &[&str]) {
    let at = rng.random_range(0..=bytes.len());
    let sign = signs[rng.random_range(0..signs.len())].repeat(rng.random_range(1..=40));
    bytes.splice(at..at, sign.into_bytes());
}

/// A stretch of another text in place of one of this.
fn splice(bytes: &mut Vec<u8>, texts: &[&str], rng: &mut Stream) {
    let other = texts[rng.random_range(0..texts.len())].as_bytes();
    let stretch = |length: usize, rng: &mut Stream| {
        let start = rng.random_range(0..length);
        start..(start + rng.random_range(1..2000)).min(length)
    };
    let (here, there) = (stretch(bytes.len(), rng), stretch(other.len(), rng));
    bytes.splice(here, other[there].iter().copied());
}
