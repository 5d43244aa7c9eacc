//! The canonical hash of a state: the same on every machine, in every build.
//!
//! Floor 1. Reads the whole state; owns nothing. Every field that can change what
//! comes takes part (the diary cannot), in the order of its declaration, through the
//! derived `Hash`; this hasher fixes what the standard library leaves open, the width
//! and byte order of numbers. The generator is not hashed: there is none.

use std::hash::{Hash, Hasher};

use xxhash_rust::xxh3::xxh3_64;

use crate::base::ids::PersonId;
use crate::sim::agenda::About;
use crate::sim::state::{Setup, SimState};
use crate::sim::truth::Cases;

/// Collects the canonical bytes: little-endian, 64 bits for every size.
#[derive(Debug, Default)]
struct Canonical(Vec<u8>);

impl Hasher for Canonical {
    fn finish(&self) -> u64 {
        xxh3_64(&self.0)
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }

    fn write_u16(&mut self, i: u16) {
        self.write(&i.to_le_bytes());
    }

    fn write_u32(&mut self, i: u32) {
        self.write(&i.to_le_bytes());
    }

    fn write_u64(&mut self, i: u64) {
        self.write(&i.to_le_bytes());
    }

    fn write_i16(&mut self, i: i16) {
        self.write(&i.to_le_bytes());
    }

    fn write_i32(&mut self, i: i32) {
        self.write(&i.to_le_bytes());
    }

    fn write_usize(&mut self, i: usize) {
        self.write_u64(i as u64);
    }

    fn write_isize(&mut self, i: isize) {
        self.write_u64(i as u64);
    }
}

/// The canonical hash of anything that can be hashed.
pub fn canonical(value: &impl Hash) -> u64 {
    let mut hasher = Canonical(Vec::with_capacity(1 << 19));
    value.hash(&mut hasher);
    hasher.finish()
}

/// The hash of a whole state.
pub fn of_state(state: &SimState) -> u64 {
    canonical(state)
}

/// The hash of what concerns the office's own households: what must stay the
/// same when isolated households are added behind them.
pub fn of_core(setup: &Setup, state: &SimState) -> u64 {
    let homes = setup.core_homes as usize;
    let is_core = |p: PersonId| setup.population.person(p).household.0 < setup.core_homes;
    let people =
        setup.population.people.iter().take_while(|p| p.household.0 < setup.core_homes).count();
    let plans: Vec<_> = state
        .agenda
        .sorted()
        .into_iter()
        .filter(|(_, due)| match due.about() {
            About::Person(person) => is_core(person),
            _ => true,
        })
        .collect();
    let falls: Vec<_> = state.truth.falls.iter().filter(|f| is_core(f.person)).collect();
    let days: Vec<_> =
        state.days.iter().map(|d| (d.day, d.green, d.orange, d.red, d.minutes_used)).collect();
    // Whoever lives in isolation is infected by nobody, so all of it is theirs.
    let outbreak = state.truth.cases().map(Cases::outbreak);
    let outbreak = outbreak.map(|outbreak| (outbreak.log(), outbreak.waiting()));
    canonical(&(
        state.now,
        &state.board[..homes],
        state.unknown,
        &state.truth.bodies[..people],
        &state.truth.trust[..homes],
        falls,
        &state.work,
        plans,
        days,
        outbreak,
    ))
}
