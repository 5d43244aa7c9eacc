//! The bench on which anchors are tried: plain populations, the engine, tallies.
//!
//! Floor 3. Reads the engine; owns nothing.

use crate::base::ids::PersonId;
use crate::base::time::{DAY_MINUTES, Minute};
use crate::sim::truth::illness::params::{IllnessParams, SeverityParams};
use crate::sim::truth::illness::rules::ALIKE;
use crate::sim::truth::illness::{
    BANDS, FREELY, Layer, Mixing, Outbreak, Profile, Reach, Resident, Route, Rules, Shares, World,
};

use super::Knobs;

/// Homes of one member, two members and so on, among 4,616 people (Dongcheng's shape
/// of 2010, tilted to the mean of 2020).
pub const HOMES: [u32; 7] = [594, 586, 566, 159, 65, 19, 11];

/// Long enough for everything to end.
pub const FOREVER: Minute = Minute(4000 * DAY_MINUTES);

/// Weights of days 1 to 14 since infection: gamma, mean 5.5 and standard deviation 2.14
/// days, in parts per million.
pub const BY_AGE: [u32; 14] = [
    4552, 44_510, 123_227, 184_930, 195_112, 164_038, 117_755, 75_262, 44_012, 23_993, 12_357,
    6073, 2869, 1311,
];

/// Cards of people who are all alike, with a chance at home (parts per million) and a
/// shape of infectivity (permille), both turned by the knobs.
pub fn cards(knobs: &Knobs, pair: u32, shape: u32) -> IllnessParams {
    IllnessParams {
        pair: Knobs::scaled(pair, knobs.pair),
        shape: knobs.shape.unwrap_or(shape),
        ..IllnessParams::default().alike()
    }
}

/// As [`cards`], with infectivity the same for all, compiled.
pub fn alike(knobs: &Knobs, pair: u32) -> Rules {
    compiled(&IllnessParams { shape: ALIKE, ..cards(knobs, pair, ALIKE) })
}

/// Compiles cards of the illness.
pub fn compiled(cards: &IllnessParams) -> Rules {
    Rules::new(cards, &SeverityParams::default())
}

/// Generations of one day each: fast, where only sizes matter.
pub fn one_day_apart(rules: Rules) -> Rules {
    rules.with_profile(Profile::Age(Shares::of(&[1])))
}

/// Adults of whom nothing else is known.
pub fn adults(people: u32) -> Vec<Resident> {
    vec![Resident::default(); people as usize]
}

/// So many homes of the same size.
pub fn equal_homes(size: u32, count: u32) -> Mixing {
    Mixing::of_homes(adults(size * count), (0..count).map(|_| size))
}

/// A table of homes: how many have one member, two, and so on.
pub fn table_of_homes(table: &[u32]) -> Mixing {
    let sizes = |times: u32| {
        let each = (1..).zip(table);
        each.flat_map(move |(size, &count)| (0..count * times).map(move |_| size))
    };
    Mixing::of_homes(adults(sizes(1).sum()), sizes(1))
}

/// Contacts with anybody, parts per million for each infection.
pub fn community(people: u32, mean: u32, knobs: &Knobs) -> Layer {
    Layer {
        route: Route::Street,
        mean: [Knobs::scaled(mean, knobs.community); BANDS],
        per_member: false,
        reach: Reach::Below(people),
        spares_home: false,
        ceiling: FREELY,
    }
}

/// An outbreak with people infected at minute 0, to its end.
pub fn run(world: &World<'_>, seeds: impl IntoIterator<Item = u32>) -> Outbreak {
    run_until(world, seeds, FOREVER)
}

/// An outbreak with people infected at minute 0, up to a minute.
pub fn run_until(
    world: &World<'_>,
    seeds: impl IntoIterator<Item = u32>,
    until: Minute,
) -> Outbreak {
    let (mut outbreak, mut new) = (Outbreak::new(world.mixing.people()), Vec::new());
    for person in seeds {
        outbreak.arrive(world, PersonId(person), Minute(0), 0, &mut new);
    }
    outbreak.step(world, until, |_| FREELY, &mut new);
    outbreak
}

/// `count` people spread over a population by a seed, each once.
pub fn spread_out(people: u32, count: u32, seed: u64) -> Vec<u32> {
    let stride = people / count.max(1);
    let offset = (seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 40) as u32 % stride.max(1);
    (0..count).map(|i| i * stride + offset).collect()
}

/// The mean of some numbers; 0 of none.
pub fn mean(values: &[f64]) -> f64 {
    if values.is_empty() { 0.0 } else { values.iter().sum::<f64>() / values.len() as f64 }
}
