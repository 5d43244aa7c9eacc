//! Occasions that wait for their step, in a form in which the order of waiting does
//! not count.
//!
//! Floor 1. Owns [`Occasion`] and [`Queue`]; written by `spread` and `inflow`, emptied
//! by the engine.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::mixing::Route;

/// Nobody: no source, or a target that is only named when it is infected.
pub(super) const NOBODY: u32 = u32::MAX;

/// A contact that would infect somebody susceptible if nothing hindered it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Occasion {
    /// The minute of the contact.
    pub(super) at: u32,
    /// Who would be infected; [`NOBODY`] for somebody new.
    pub(super) target: u32,
    /// Whose infection, as a line of the log; [`NOBODY`] for one from outside.
    pub(super) source: u32,
    /// Uniform word that is held against the permit.
    pub(super) mark: u32,
    /// Uniform word that decides between contacts of the same minute.
    pub(super) order: u32,
    /// The largest permit it was laid out for, parts per million.
    pub(super) ceiling: u32,
    /// Where.
    pub(super) route: Route,
}

/// Occasions by the minute of their step.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Queue(BTreeMap<u32, Vec<Occasion>>);

impl Queue {
    pub(super) fn push(&mut self, step: u32, occasion: Occasion) {
        self.0.entry(step).or_default().push(occasion);
    }

    /// The earliest step, if it is due.
    pub(super) fn pop_due(&mut self, now: u32) -> Option<(u32, Vec<Occasion>)> {
        let first = self.0.first_entry()?;
        if *first.key() > now { None } else { Some(first.remove_entry()) }
    }

    pub(super) fn len(&self) -> usize {
        self.0.values().map(Vec::len).sum()
    }

    pub(super) fn next(&self) -> Option<u32> {
        self.0.keys().next().copied()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Occasion> {
        self.0.values().flatten()
    }

    fn sorted(&self) -> Vec<(u32, Vec<Occasion>)> {
        let sorted = |(step, all): (&u32, &Vec<Occasion>)| {
            let mut all = all.clone();
            all.sort_unstable();
            (*step, all)
        };
        self.0.iter().map(sorted).collect()
    }

    /// The same queue, stored the other way round: for the test that this is nothing.
    pub(super) fn reverse(&mut self) {
        self.0.values_mut().for_each(|all| all.reverse());
    }
}

impl PartialEq for Queue {
    fn eq(&self, other: &Self) -> bool {
        self.sorted() == other.sorted()
    }
}

impl Eq for Queue {}

impl std::hash::Hash for Queue {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.sorted().hash(state);
    }
}
