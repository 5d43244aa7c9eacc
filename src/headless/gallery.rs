//! The board on days that matter, as small pictures.
//!
//! Floor 4. Reads a session and where homes stand; makes [`Thumbnail`]s. What is
//! drawn is what the office knew then. Drawn here and not by the graphics card, so
//! that it can be done on another thread and looked at by tests.

use super::page::fonts::{self, Font};
use crate::base::palette::{self, Marker, PaletteChoice, Rgb};
use crate::base::text::{Bilingual, grouped};
use crate::base::time::{Day, Minute};
use crate::layout::board::{Board, SCREEN_HEIGHT, SCREEN_WIDTH};
use crate::scenario::script::Scenario;
use crate::session::{Frame, Session};
use crate::sim::board::LegendEntry;

/// Two days nearer to each other than this look alike: one picture is enough.
const APART: u32 = 12 * 60;
/// When the board of a day is looked at that has no minute of its own.
const EVENING: u32 = 20 * 60;
/// The survey of the record took five days; its last evening.
const SURVEYED: (Day, u32) = (Day(5), 18 * 60);
/// How many pictures there are at most: chapters are a curator's to choose.
const MOST: usize = 24;

/// A minute whose board is worth a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyDay {
    /// The minute.
    pub at: Minute,
    /// Why: the chapters that begin or end, or the evening itself.
    pub why: Bilingual,
}

/// The minutes worth a picture: each chapter's beginning and end, the evening of
/// the fifth day, the great festivals. What lies within half a day is one.
pub fn key_days(story: &Scenario) -> Vec<KeyDay> {
    let (starts, ends) = (story.setup.starts, story.setup.ends);
    let mut found: Vec<KeyDay> = Vec::new();
    let mut note = |at: Minute, why: Bilingual| {
        if at >= starts && at <= ends {
            found.push(KeyDay { at, why });
        }
    };
    let chapters = &story.script.chapters;
    for (i, chapter) in chapters.iter().enumerate() {
        let title = &chapter.title;
        note(
            chapter.from,
            Bilingual::new(format!("“{}”开始", title.zh), format!("begins: {}", title.en)),
        );
        let next = chapters.get(i + 1).map_or(ends, |next| last_evening(next.from));
        if next.0 > chapter.from.0 + APART {
            note(
                next,
                Bilingual::new(format!("“{}”结束", title.zh), format!("ends: {}", title.en)),
            );
        }
    }
    let (day, clock) = SURVEYED;
    note(Minute::at(day, clock), Bilingual::fixed("第五天傍晚", "the fifth evening"));
    for day in 1..=ends.day().0 {
        if let Some(festival) = story.calendar.festival(Day(day)).filter(|f| f.great) {
            note(Minute::at(Day(day), EVENING), festival.name);
        }
    }
    if chapters.is_empty() {
        note(starts, Bilingual::fixed("开始", "the beginning"));
        note(ends, Bilingual::fixed("结束", "the end"));
    }
    found.sort_by_key(|day| day.at);
    together(found)
}

/// The evening before a minute.
const fn last_evening(before: Minute) -> Minute {
    Minute(before.day().start().0.saturating_sub(24 * 60 - EVENING))
}

/// Joins what lies close together; the fifth evening keeps its own minute.
fn together(found: Vec<KeyDay>) -> Vec<KeyDay> {
    let mut days: Vec<KeyDay> = Vec::new();
    for day in found {
        match days.last_mut() {
            Some(last) if day.at.0 < last.at.0 + APART => {
                last.why = Bilingual::new(
                    format!("{}；{}", last.why.zh, day.why.zh),
                    format!("{}; {}", last.why.en, day.why.en),
                );
            }
            _ => days.push(day),
        }
    }
    days.truncate(MOST);
    days
}

/// A small picture of the board, and what is on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Thumbnail {
    /// The minute it shows.
    pub at: Minute,
    /// Width, pixels.
    pub width: u32,
    /// Height, pixels.
    pub height: u32,
    /// Red, green, blue, opacity of each pixel, row by row from the top.
    pub rgba: Vec<u8>,
    /// Homes of each line of the legend.
    pub counts: Vec<u64>,
    /// Homes of which anything is known, and all.
    pub known: (u64, u64),
}

impl Thumbnail {
    /// How many homes are known, in words.
    pub fn known_words(&self) -> Bilingual {
        let (known, all) = (grouped(self.known.0), grouped(self.known.1));
        Bilingual::new(format!("已了解 {known} / {all} 户"), format!("{known} / {all} homes known"))
    }
}

/// Where every home stands in a picture, pixels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Easel {
    /// Width and height, pixels.
    pub size: (u32, u32),
    /// Upper left pixel and side of each home's square, by household. Squares of
    /// neighbours never share a pixel.
    pub homes: Vec<(u32, u32, u32)>,
}

impl Easel {
    /// The board of a place for pictures of a width, pixels.
    pub fn new(story: &Scenario, width: u32) -> Self {
        let em = |text: &str| fonts::width_mm(Font::Hand, 1.0, text) as f32;
        let (place, core) = (&story.setup.place, story.setup.core_homes);
        let board = Board::new(place, core, &em, (SCREEN_WIDTH, SCREEN_HEIGHT));
        let scale = width as f32 / SCREEN_WIDTH;
        let height = (SCREEN_HEIGHT * scale).round().max(1.0) as u32;
        let homes = board.homes.iter().map(|square| {
            let edge = |at: f32| ((at * scale).round() as u32).min(width.max(height));
            let (x, y) = square.centre;
            let (left, top) = (edge(x - square.half), edge(y - square.half));
            let (right, foot) = (edge(x + square.half), edge(y + square.half));
            (left, top, (right - left).min(foot - top).max(1))
        });
        Self { size: (width, height), homes: homes.collect() }
    }

    /// Draws the board as it is now under a legend, by position.
    pub fn draw(&self, session: &Session, legend: usize, palette: PaletteChoice) -> Thumbnail {
        let frame = Frame::new(session, legend);
        let story = &session.world().0;
        let entries = story.legends.get(legend).map_or(&[][..], |legend| &legend.entries);
        let (width, height) = self.size;
        let mut canvas = Canvas { width, height, rgba: Vec::new() };
        canvas.rgba.reserve((width * height * 4) as usize);
        for _ in 0..width * height {
            canvas.rgba.extend(opaque(palette::PAPER_RAISED));
        }
        for (spot, shown) in self.homes.iter().zip(frame.homes()) {
            let marker = entries.get(usize::from(shown.entry)).and_then(LegendEntry::drawn);
            canvas.square(*spot, marker, palette);
        }
        Thumbnail {
            at: session.now(),
            width,
            height,
            rgba: canvas.rgba,
            counts: frame.counts().to_vec(),
            known: (frame.known(), frame.homes().len() as u64),
        }
    }
}

struct Canvas {
    width: u32,
    height: u32,
    rgba: Vec<u8>,
}

const fn opaque(Rgb(r, g, b): Rgb) -> [u8; 4] {
    [r, g, b, u8::MAX]
}

impl Canvas {
    fn put(&mut self, x: u32, y: u32, colour: Rgb) {
        if x < self.width && y < self.height {
            let at = ((y * self.width + x) * 4) as usize;
            self.rgba[at..at + 4].copy_from_slice(&opaque(colour));
        }
    }

    /// A home: its marker's colour, and a hollow square while it is not known.
    fn square(
        &mut self,
        (left, top, side): (u32, u32, u32),
        marker: Option<Marker>,
        palette: PaletteChoice,
    ) {
        // The last row and column stay free, so that neighbours are told apart; in the
        // smallest pictures colour matters more.
        let side = if side > 5 { side - 1 } else { side };
        for y in 0..side {
            for x in 0..side {
                let rim = x == 0 || y == 0 || x + 1 == side || y + 1 == side;
                let colour = match marker {
                    Some(marker) => marker.fill_in(palette),
                    None if rim => palette::RULING,
                    None => palette::PAPER_RAISED,
                };
                self.put(left + x, top + y, colour);
            }
        }
    }
}
