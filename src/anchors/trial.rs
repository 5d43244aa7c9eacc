//! A community to try something on: a scene of a few lines on the map that comes with the
//! program, with some numbers set.
//!
//! Floor 3. Reads the compiler of scenes and the model; owns [`Trial`].

use std::sync::Arc;

use crate::base::text::Bilingual;
use crate::base::time::Minute;
use crate::scenario::compile::{Overrides, compile};
use crate::scenario::generate;
use crate::sim::command::SimCommand;
use crate::sim::state::{Setup, SimState};
use crate::sim::work::Measure;

use super::Row;

/// The seed of the map; it stands in the file of the map that comes with the program.
const MAP_SEED: u64 = 1;
const FULL: u16 = 1000;

/// An office for a trial: from when to when, what is known, and which numbers are set.
pub(super) struct Trial<'a> {
    pub starts: &'a str,
    pub ends: &'a str,
    pub flags: &'a str,
    pub set: &'a [(&'a str, u32)],
    pub seed: u64,
    pub isolated: u32,
}

impl Trial<'_> {
    /// A community as scenes make it; `None` when the text is wrong.
    pub fn setup(&self, map: &str) -> Option<Arc<Setup>> {
        let Self { starts, ends, flags, seed, .. } = self;
        let text = format!(
            r#"(format: 1, title: (zh: "试验", en: "A trial"),
            about: (zh: "只为检验", en: "For a test only"), kind: WhatIf,
            starts: "{starts}", ends: "{ends}", seed: {seed}, map: "m", {flags} script: [])"#
        );
        let overrides = Overrides {
            params: self.set.iter().map(|&(path, value)| (path.to_owned(), value)).collect(),
            isolated: self.isolated,
            ..Overrides::default()
        };
        let maps = |name: &str| Some((name.to_owned(), map.as_bytes().to_vec()));
        let compiled = compile("trial", text.as_bytes(), &maps, &overrides).ok()?;
        Some(compiled.scenario.setup)
    }
}

pub(super) fn map() -> String {
    generate::write(&generate::fuxiang(MAP_SEED))
}

/// What stands in place of the rows when the trial itself is wrong.
pub(super) fn cannot_be_set_up(id: &'static str) -> Vec<Row> {
    let what = Bilingual::fixed("试验能布置起来", "the trial can be set up");
    vec![Row::near(id, what, 1.0, 0.0, 0.0)]
}

/// The community at its first minute, with these measures on.
pub(super) fn begin(setup: &Setup, measures: &[Measure]) -> SimState {
    let mut events = Vec::new();
    let mut state = SimState::start(setup, &mut events);
    state.advance(setup, setup.starts, &mut events);
    for &measure in measures {
        state.apply(setup, &SimCommand::SetMeasure(measure, FULL), &mut events);
    }
    state
}

pub(super) fn advance(setup: &Setup, state: &mut SimState, to: Minute) {
    state.advance(setup, to, &mut Vec::new());
}
