//! Keyed random draws: `draw(seed, purpose, k1, k2, k3)` is a pure function.
//!
//! Floor 1. Reads only its key. No generator is stored anywhere, so the order in
//! which questions are asked cannot matter, a world with one more household
//! answers every other question as before, and two branches of a story differ
//! only by their cause (common random numbers).
//!
//! The function is Philox4x32-10 (Salmon et al., *Parallel random numbers: as
//! easy as 1, 2, 3*, SC11). The counter holds purpose and key, the Philox key
//! holds the seed. One purpose per question, never reused; one uniform per
//! decision; inverse-CDF sampling only, because rejection would make the number
//! of draws depend on the answer.

use std::convert::Infallible;

use rand::TryRng;

/// What a draw decides. The number is part of the key: never renumber, never
/// reuse; add at the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u32)]
pub enum Purpose {
    /// Map generator: where and how large; key (element, attribute, ordinal).
    PlaceLayout = 1,
    /// Population: which household gets which size; key (household, attribute, 0).
    PeopleHousehold = 2,
    /// Population: traits of one person; key (person, attribute, 0).
    PeoplePerson = 3,
    /// Population: ranks for exact quotas; key (entity, quota, 0).
    PeopleRank = 4,
    /// Trips: who left, whence, when back; key (household, attribute, 0).
    Trip = 5,
    /// Fever of ordinary illness; key (person or four of them, day, question).
    Fever = 6,
    /// Fall of an elder; key (person, day, question).
    Fall = 7,
    /// Is the door opened to the survey; key (household, attempt, round).
    DoorOpened = 8,
    /// Is an answer truthful; key (household, topic, ordinal).
    Honest = 9,
    /// Is a call answered; key (household, day, attempt).
    CallAnswered = 10,
    /// Which mouth a traveller uses and whether the gate notes it; key (person, day, 0).
    GatePassage = 11,
    /// Does somebody report unasked; key (person, day, topic).
    SelfReport = 12,
    /// What the clinic says and when; key (person, day, 0).
    Clinic = 13,
    /// Does a person volunteer; key (person, day, 0).
    VolunteerJoins = 14,
    /// Is a volunteer free today; key (person, day, 0).
    VolunteerFree = 15,
    /// Choice of a home or person by a story; key (cast member, candidate, 0).
    Cast = 16,
    /// Does a neighbour notice; key (household, day, attempt).
    Neighbour = 17,
    /// Errands a home makes; key (household, day, 0).
    Errand = 18,
    /// Trust and willingness at the start; key (household, attribute, 0).
    Trust = 19,
    /// Visitors and couriers at home; key (household, day, 0).
    Guest = 20,
    /// Which homes or spells a measure of partial strength includes; key (element, measure, 0 or minute).
    Coverage = 21,
    /// How an infection goes; key (person, infection of that person, stage).
    IllnessCourse = 22,
    /// Contacts of an infected member with another one; key (source, target, infection).
    HomeContact = 23,
    /// Further contacts of the same two; key (source, target, slot).
    HomeAgain = 24,
    /// How many contacts an infection has in a layer; key (source, route, infection).
    LayerCount = 25,
    /// One of them; key (source, route, slot).
    LayerContact = 26,
    /// How many infections come in from outside; key (route, day, 0).
    InflowCount = 27,
    /// One of them; key (route, day, slot).
    InflowContact = 28,
    /// Who keeps to a measure; key (person, measure, 0).
    Compliance = 29,
    /// Is somebody who comes back infected, and since when; key (person, 0, 0).
    Arrival = 30,
    /// What a swab says; key (person, ordinal, 0).
    Swab = 31,
    /// A meeting that was arranged, such as a care visit; key (source, target, minute).
    Meeting = 32,
    /// Does somebody who falls ill have a fever, how long, and is care sought; key (person, 0, 0).
    IllFever = 33,
    /// Does the clinic suspect somebody; key (person, day, 0).
    Suspicion = 34,
    /// When somebody in observation who falls ill is fetched; key (person, 0, 0).
    Fetched = 35,
    /// Is a contact of a case named, and when is the notice there; key (case, contact, 0).
    Traced = 36,
    /// Whom a story has infected from outside; key (minute, person, 0).
    Import = 37,
    // 22 to 59 are left to the model.
    /// Ensembles: which curves make a band; key (band, position, 1).
    EnsembleCurve = 60,
    /// Ensembles: designs of parameter values; key (sample, parameter, part).
    EnsembleDesign = 61,
    /// Ensembles: orders of measures; key (order, position, 0).
    EnsembleOrder = 62,
    /// Ensembles: samples drawn again for an interval; key (sample, position, 0).
    EnsembleAgain = 63,
}

/// Four independent uniform words for one key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Draw(pub [u32; 4]);

/// One million: probabilities are parts per million.
pub const PPM: u32 = 1_000_000;

/// The uniform words for a key.
#[inline]
pub fn draw(seed: u64, purpose: Purpose, k1: u32, k2: u32, k3: u32) -> Draw {
    Draw(philox4x32_10([purpose as u32, k1, k2, k3], [seed as u32, (seed >> 32) as u32]))
}

/// Asks the same question of many: calls `heard` with each number and its draw, in
/// order. The words are those of [`draw`] with the number in the place of `k1`; side by
/// side they cost less than half.
#[inline]
pub fn draw_each(
    seed: u64,
    purpose: Purpose,
    numbers: impl Iterator<Item = u32>,
    (k2, k3): (u32, u32),
    mut heard: impl FnMut(u32, Draw),
) {
    let key = [seed as u32, (seed >> 32) as u32];
    let mut numbers = numbers.fuse();
    while let Some(first) = numbers.next() {
        // What is asked beyond the last one is not told.
        let mut row = [first; ABREAST];
        let mut asked = 1;
        for place in &mut row[1..] {
            if let Some(next) = numbers.next() {
                *place = next;
                asked += 1;
            }
        }
        let drawn = philox_abreast([purpose as u32, k2, k3], row, key);
        for (number, words) in row.into_iter().zip(drawn).take(asked) {
            heard(number, Draw(words));
        }
    }
}

impl Draw {
    /// Whether an event of probability `ppm` parts per million happens.
    /// Lane 0; monotone in `ppm`: raising a probability only adds events.
    #[inline]
    pub fn chance(self, ppm: u32) -> bool {
        self.lane_chance(0, ppm)
    }

    /// Whether any of the four words would say yes to `ppm` parts per million.
    #[inline]
    pub fn any_chance(self, ppm: u32) -> bool {
        let least = self.0.into_iter().fold(u32::MAX, u32::min);
        (u64::from(least) * u64::from(PPM)) >> 32 < u64::from(ppm)
    }

    /// As [`Draw::chance`], with one of the four words (0–3).
    #[inline]
    pub fn lane_chance(self, lane: usize, ppm: u32) -> bool {
        (u64::from(self.0[lane]) * u64::from(PPM)) >> 32 < u64::from(ppm)
    }

    /// A whole number below `n`, uniform to one part in 2³²; 0 when `n` is 0.
    #[inline]
    pub fn below(self, lane: usize, n: u32) -> u32 {
        ((u64::from(self.0[lane]) * u64::from(n)) >> 32) as u32
    }

    /// A whole number from `low` to `high`, both included.
    #[inline]
    pub fn between(self, lane: usize, low: u32, high: u32) -> u32 {
        low + self.below(lane, high.saturating_sub(low).saturating_add(1))
    }

    /// An index chosen with the given weights; `None` when they are all 0.
    pub fn weighted(
        self,
        lane: usize,
        weights: impl IntoIterator<Item = u32, IntoIter: Clone>,
    ) -> Option<usize> {
        let mut weights = weights.into_iter();
        let total: u32 = weights.clone().sum();
        if total == 0 {
            return None;
        }
        let mut left = self.below(lane, total);
        weights.position(|w| {
            let hit = left < w;
            left = left.wrapping_sub(w);
            hit
        })
    }
}

/// A stream of words for one key, for the rare question that needs an unknown
/// number of them (a shuffle). Usable wherever `rand` takes a generator.
#[derive(Debug, Clone)]
pub struct Stream {
    counter: [u32; 4],
    key: [u32; 2],
    block: [u32; 4],
    used: usize,
}

impl Stream {
    /// The stream of a key. The block number takes the place of a third key word.
    pub fn new(seed: u64, purpose: Purpose, k1: u32, k2: u32) -> Self {
        Self {
            counter: [purpose as u32 | 0x8000_0000, k1, k2, 0],
            key: [seed as u32, (seed >> 32) as u32],
            block: [0; 4],
            used: 4,
        }
    }

    fn word(&mut self) -> u32 {
        if self.used == 4 {
            self.block = philox4x32_10(self.counter, self.key);
            self.counter[3] = self.counter[3].wrapping_add(1);
            self.used = 0;
        }
        let word = self.block[self.used];
        self.used += 1;
        word
    }
}

impl TryRng for Stream {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        Ok(self.word())
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        let low = u64::from(self.word());
        Ok(low | u64::from(self.word()) << 32)
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        for chunk in bytes.chunks_mut(4) {
            let word = self.word().to_le_bytes();
            chunk.copy_from_slice(&word[..chunk.len()]);
        }
        Ok(())
    }
}

const M0: u32 = 0xD251_1F53;
const M1: u32 = 0xCD9E_8D57;
const W0: u32 = 0x9E37_79B9;
const W1: u32 = 0xBB67_AE85;
const ROUNDS: usize = 10;

/// Philox4x32 with ten rounds: the published bijection, word for word.
#[inline]
pub fn philox4x32_10(counter: [u32; 4], key: [u32; 2]) -> [u32; 4] {
    let [mut x0, mut x1, mut x2, mut x3] = counter;
    let [mut k0, mut k1] = key;
    for _ in 0..ROUNDS {
        let p0 = u64::from(M0) * u64::from(x0);
        let p1 = u64::from(M1) * u64::from(x2);
        (x0, x1, x2, x3) =
            ((p1 >> 32) as u32 ^ x1 ^ k0, p1 as u32, (p0 >> 32) as u32 ^ x3 ^ k1, p0 as u32);
        k0 = k0.wrapping_add(W0);
        k1 = k1.wrapping_add(W1);
    }
    [x0, x1, x2, x3]
}

/// How many draws are made side by side.
const ABREAST: usize = 4;

/// [`philox4x32_10`] for counters that differ in their second word only; `rest` are the
/// others.
#[cfg(not(target_arch = "x86_64"))]
#[inline]
fn philox_abreast(rest: [u32; 3], row: [u32; ABREAST], key: [u32; 2]) -> [[u32; 4]; ABREAST] {
    let [c0, c2, c3] = rest;
    row.map(|c1| philox4x32_10([c0, c1, c2, c3], key))
}

/// [`philox4x32_10`] for counters that differ in their second word only; `rest` are the
/// others. Every processor of this kind multiplies two pairs of 32-bit words in one
/// instruction; no compiler here finds that by itself.
///
/// A word of the counter stands in the low half of 64 bits, two counters to a register.
/// What the high half holds is of no account: a product takes the low halves, and what a
/// word is mixed with moves nothing down into it.
#[cfg(target_arch = "x86_64")]
#[inline]
fn philox_abreast(rest: [u32; 3], row: [u32; ABREAST], key: [u32; 2]) -> [[u32; 4]; ABREAST] {
    use safe_arch::{
        add_i32_m128i, bitxor_m128i, m128i, mul_widen_u32_odd_m128i, set_splat_i64_m128i,
        shr_imm_u64_m128i,
    };
    let all = |word: u32| set_splat_i64_m128i(i64::from(word));
    let two = |words: &[u32]| m128i::from([u64::from(words[0]), u64::from(words[1])]);
    let mixed = |a, b, c| bitxor_m128i(bitxor_m128i(a, b), c);
    let [c0, c2, c3] = rest.map(all);
    let mut pairs = [[c0, two(&row[..2]), c2, c3], [c0, two(&row[2..]), c2, c3]];
    let [mut k0, mut k1] = key.map(all);
    for _ in 0..ROUNDS {
        for [x0, x1, x2, x3] in &mut pairs {
            let p0 = mul_widen_u32_odd_m128i(*x0, all(M0));
            let p1 = mul_widen_u32_odd_m128i(*x2, all(M1));
            *x0 = mixed(shr_imm_u64_m128i::<32>(p1), *x1, k0);
            *x2 = mixed(shr_imm_u64_m128i::<32>(p0), *x3, k1);
            (*x1, *x3) = (p1, p0);
        }
        k0 = add_i32_m128i(k0, all(W0));
        k1 = add_i32_m128i(k1, all(W1));
    }
    let low = |x: m128i| <[u64; 2]>::from(x)[0] as u32;
    let high = |x: m128i| <[u64; 2]>::from(x)[1] as u32;
    let [a, b] = pairs;
    [a.map(low), a.map(high), b.map(low), b.map(high)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::Rng;

    /// The known answers published with Random123 (`kat_vectors`).
    #[test]
    fn philox_gives_the_published_answers() {
        let all = u32::MAX;
        for (counter, key, answer) in [
            ([0; 4], [0; 2], [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8]),
            ([all; 4], [all; 2], [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd]),
            (
                [0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344],
                [0xa409_3822, 0x299f_31d0],
                [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1],
            ),
        ] {
            assert_eq!(philox4x32_10(counter, key), answer);
        }
    }

    #[test]
    fn chance_is_monotone_and_hits_its_rate() {
        let n = 100_000_u32;
        let hits = |ppm| (0..n).filter(|&k| draw(7, Purpose::Fever, k, 0, 0).chance(ppm)).count();
        // 4 standard errors of a proportion of 0.15 among 100,000: 452.
        assert!(hits(150_000).abs_diff(15_000) < 452);
        assert_eq!(hits(0), 0);
        assert_eq!(hits(PPM), n as usize);
        for k in 0..1000 {
            let d = draw(7, Purpose::Fever, k, 1, 0);
            assert!(!d.chance(100_000) || d.chance(100_001));
        }
    }

    #[test]
    fn below_is_uniform() {
        let mut counts = [0_i64; 7];
        for k in 0..70_000 {
            counts[draw(1, Purpose::Trip, k, 0, 0).below(2, 7) as usize] += 1;
        }
        // Chi-squared with 6 degrees of freedom exceeds 27.9 once in 10⁴.
        let chi: f64 = counts.iter().map(|c| ((c - 10_000) as f64).powi(2) / 10_000.0).sum();
        assert!(chi < 27.9, "{chi}");
    }

    #[test]
    fn weights_are_respected() {
        let mut counts = [0_u32; 3];
        for k in 0..60_000 {
            let i = draw(1, Purpose::Trip, k, 1, 0).weighted(0, [1, 0, 2]).unwrap();
            counts[i] += 1;
        }
        assert_eq!(counts[1], 0);
        assert!(counts[0].abs_diff(20_000) < 4 * 116, "{counts:?}");
        assert_eq!(draw(1, Purpose::Trip, 0, 0, 0).weighted(0, [0, 0]), None);
    }

    #[test]
    fn asking_many_is_asking_each() {
        // Ids that follow each other, that do not, and every remainder of a row.
        for n in 0..=9 {
            let ids: Vec<u32> = (0..n).map(|k: u32| k.wrapping_mul(0x9E37_79B9)).collect();
            for seed in [0, 7, u64::MAX, 0x299f_31d0_a409_3822] {
                let mut heard = Vec::new();
                let key = (u32::MAX, 2);
                draw_each(seed, Purpose::Fall, ids.iter().copied(), key, |id, d| {
                    heard.push((id, d));
                });
                let one = |&id: &u32| (id, draw(seed, Purpose::Fall, id, key.0, key.1));
                assert_eq!(heard, ids.iter().map(one).collect::<Vec<_>>());
            }
        }
    }

    /// The published answers again, drawn side by side.
    #[test]
    fn draws_side_by_side_give_the_published_answers() {
        let of = |[c0, c1, c2, c3]: [u32; 4], key| philox_abreast([c0, c2, c3], [c1; 4], key);
        let published = [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1];
        let counter = [0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344];
        assert_eq!(of(counter, [0xa409_3822, 0x299f_31d0]), [published; 4]);
        assert_eq!(of([0; 4], [0; 2])[2], [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8]);
        let all = u32::MAX;
        let last = of([all; 4], [all; 2])[3];
        assert_eq!(last, [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd]);
    }

    #[test]
    fn a_stream_is_its_own_and_repeats() {
        let mut a = Stream::new(9, Purpose::PlaceLayout, 1, 2);
        let mut b = Stream::new(9, Purpose::PlaceLayout, 1, 2);
        let first: Vec<u32> = (0..9).map(|_| a.next_u32()).collect();
        assert!((0..9).all(|i| b.next_u32() == first[i]));
        assert_ne!(first[0], draw(9, Purpose::PlaceLayout, 1, 2, 0).0[0]);
    }
}
