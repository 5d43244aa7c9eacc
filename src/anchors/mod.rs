//! The anchors: published and exact results that the shipped engine must meet.
//!
//! Floor 3. Reads the engine of `sim::truth::illness` and the rest of the model; owns [`Row`]
//! and [`Knobs`]. Each anchor is a function from knobs to rows: expected value typed from
//! algebra or a publication, obtained value, tolerance chosen beforehand (four standard
//! errors unless a row says otherwise). Tests and the command line call the same functions;
//! a test of a mutant turns one knob and must see a row fail. Seeds are fixed, so a row
//! never flickers.

pub mod books;
pub mod branching;
pub mod classics;
pub mod contacts;
pub mod homes;
pub mod knowledge;
pub mod lab;
pub mod nature;
pub mod office;
pub mod structure;
mod table;
mod trial;
pub mod waves;
pub mod wuhan;

pub use table::ALL;

use serde::Serialize;

use crate::base::text::Bilingual;

/// One line of the table of validation.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Row {
    /// Which anchor: `T1`.
    pub id: &'static str,
    /// What is compared.
    pub what: Bilingual,
    /// From algebra or a publication.
    pub expected: f64,
    /// From the engine.
    pub obtained: f64,
    /// Largest difference that passes.
    pub tolerance: f64,
    /// Whether it does.
    pub pass: bool,
}

impl Row {
    /// Obtained and expected differ by no more than the tolerance.
    pub fn near(
        id: &'static str,
        what: Bilingual,
        expected: f64,
        obtained: f64,
        tolerance: f64,
    ) -> Self {
        let pass = (obtained - expected).abs() <= tolerance;
        Self { id, what, expected, obtained, tolerance, pass }
    }

    /// A share of `n` lies within four standard errors, and the last typed digit.
    pub fn share(
        id: &'static str,
        what: Bilingual,
        expected: f64,
        obtained: f64,
        n: f64,
        digit: f64,
    ) -> Self {
        let tolerance = 4.0 * (expected * (1.0 - expected) / n).sqrt() + digit;
        Self::near(id, what, expected, obtained, tolerance)
    }

    /// Obtained lies from `low` to `high`.
    pub fn inside(id: &'static str, what: Bilingual, obtained: f64, low: f64, high: f64) -> Self {
        Self::near(id, what, 0.5 * (low + high), obtained, 0.5 * (high - low))
    }
}

/// A wrong way to run worlds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// What is stored loses its latest plan.
    Forgets,
    /// Worlds take their number from a counter that they share, in the order in which they
    /// are begun.
    Shares,
}

/// What a mutant changes; every anchor passes with the default.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Knobs {
    /// Seed of every draw.
    pub seed: u64,
    /// Chance at home, permille of what the anchor says.
    pub pair: u32,
    /// Community contacts, permille of what the anchor says.
    pub community: u32,
    /// Shape of the gamma of infectivity, permille, instead of the anchor's. The largest
    /// ([`crate::sim::truth::illness::rules::ALIKE`]) is the same as heterogeneity that
    /// is drawn for each contact instead of each person.
    pub shape: Option<u32>,
    /// Incubation, permille of what the cards say.
    pub incubation: u32,
    /// Swabs that miss, permille of what the cards say.
    pub missed: u32,
    /// Chance that is added where the anchor has none, parts per million.
    pub leak: u32,
    /// A measure that both arms share is lifted, so that its permit rises.
    pub reopens: bool,
    /// Who keeps to a measure is drawn anew for each share.
    pub drawn_anew: bool,
    /// How worlds are run wrongly.
    pub fault: Option<Fault>,
    /// The permit asks when the step is worked through, not when the contact is.
    pub by_step: bool,
    /// Minutes that a home of the survey takes longer than the anchor says.
    pub slower: u32,
    /// A neighbour notices a fall unasked, parts per million a day.
    pub neighbours: u32,
    /// Worlds on Wuhan's dates.
    pub worlds: u32,
}

impl Default for Knobs {
    fn default() -> Self {
        Self {
            seed: 2020,
            pair: 1000,
            community: 1000,
            shape: None,
            incubation: 1000,
            missed: 1000,
            leak: 0,
            reopens: false,
            drawn_anew: false,
            fault: None,
            by_step: false,
            slower: 0,
            neighbours: 0,
            worlds: 200,
        }
    }
}

impl Knobs {
    /// Parts per million, scaled by a knob in permille.
    fn scaled(value: u32, permille: u32) -> u32 {
        (u64::from(value) * u64::from(permille) / 1000).min(u64::from(u32::MAX)) as u32
    }
}

/// How an anchor comes to its rows.
#[derive(Debug, Clone, Copy)]
pub enum Work {
    /// In one go.
    Whole(fn(&Knobs) -> Vec<Row>),
    /// From many worlds, so many that they are handed out one by one.
    Worlds {
        /// How many.
        count: fn(&Knobs) -> usize,
        /// One of them.
        one: fn(&Knobs, usize) -> Option<wuhan::Steps>,
        /// What they say together.
        rows: fn(&Knobs, &[Option<wuhan::Steps>]) -> Vec<Row>,
    },
}

/// An anchor by name.
#[derive(Debug, Clone, Copy)]
pub struct Anchor {
    /// As in the table; the first word of it is its number.
    pub name: &'static str,
    /// What is done.
    pub work: Work,
    source: [&'static str; 2],
}

impl Anchor {
    /// Its number: `T1` for each of the two T1s.
    pub fn number(&self) -> &'static str {
        self.name.split(' ').next().unwrap_or_default()
    }

    /// Where its expected values come from.
    pub const fn source(&self) -> Bilingual {
        let [zh, en] = self.source;
        Bilingual::fixed(zh, en)
    }
}
