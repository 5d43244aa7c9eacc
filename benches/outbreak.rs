//! What an outbreak costs: common work, and the same outbreak among more people.
//!
//! Every figure stands beside a yardstick, a million draws of the generator on the same
//! core in the same run, so that two machines can be compared. *Common work* is 6,000
//! people in homes, a community around, symptomatic people isolated from the day after
//! their symptoms, 120 days, about 54 % infected; a hundred seeds at a time.

use std::hint::black_box;
use std::time::Duration;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use zhanyitu::base::ids::PersonId;
use zhanyitu::base::time::{DAY_MINUTES, Minute};
use zhanyitu::sim::draw::{Purpose, draw};
use zhanyitu::sim::truth::illness::params::{IllnessParams, SeverityParams};
use zhanyitu::sim::truth::illness::{
    BANDS, Contact, FREELY, Inflow, Layer, Mixing, Outbreak, Reach, Resident, Route, Rules, World,
};

const DAYS: u32 = 120;
const SEEDS: u64 = 100;

fn yardstick(c: &mut Criterion) {
    let draws = 1_000_000_u32;
    let mut group = c.benchmark_group("yardstick");
    group.throughput(Throughput::Elements(u64::from(draws)));
    group.bench_function("a million draws", |b| {
        b.iter(|| {
            (0..draws).fold(0, |sum, k| sum ^ draw(7, Purpose::Fever, black_box(k), 1, 2).0[0])
        });
    });
    group.finish();
}

/// Homes of Dongcheng's sizes until the people are housed.
fn community(people: u32, mean: u32) -> Mixing {
    let residents = (0..people).map(|p| {
        let words = draw(1, Purpose::PeoplePerson, p, 0, 0);
        Resident { age: words.below(0, 90) as u8, partner: p % 3 < 2 }
    });
    let size_of = |home: u32| {
        let weights = [594, 586, 566, 159, 65, 19, 11];
        let size = draw(1, Purpose::PeopleHousehold, home, 0, 0).weighted(0, weights);
        size.unwrap_or(0) as u32 + 1
    };
    let mut housed = 0;
    let sizes = (0..).map(size_of).take_while(|size| {
        let more = housed < people;
        housed += size;
        more
    });
    let mut mixing = Mixing::of_homes(residents.collect(), sizes);
    mixing.layers.push(Layer {
        route: Route::Street,
        mean: [mean; BANDS],
        per_member: false,
        reach: Reach::Below(people),
        spares_home: true,
        ceiling: FREELY,
    });
    mixing
}

/// Whoever has symptoms meets nobody outside from the next day on.
fn isolated(contact: &Contact<'_>) -> u32 {
    let ill =
        contact.source.is_some_and(|s| s.symptomatic && contact.at.0 >= s.onset.0 + DAY_MINUTES);
    if ill && contact.route != Route::Home { 0 } else { FREELY }
}

fn play(rules: &Rules, mixing: &Mixing, seed: u64, imports: u32, days: u32) -> Outbreak {
    let world = World { seed, rules, mixing };
    let (mut outbreak, mut new) = (Outbreak::new(mixing.people()), Vec::new());
    for i in 0..imports {
        let person = PersonId(i * (mixing.people() / imports));
        outbreak.arrive(&world, person, Minute(0), 0, &mut new);
    }
    for day in 1..=days {
        outbreak.step(&world, Minute(day * DAY_MINUTES), isolated, &mut new);
    }
    outbreak
}

fn rules() -> Rules {
    Rules::new(&IllnessParams::default(), &SeverityParams::default())
}

fn common_work(c: &mut Criterion) {
    let (rules, mixing) = (rules(), community(6000, 1_990_000));
    let infected: u64 =
        (0..SEEDS).map(|seed| play(&rules, &mixing, seed, 10, DAYS).log().len() as u64).sum();
    let share = infected as f64 / (6000 * SEEDS) as f64 * 100.0;
    tell(&format!("common work: {share:.1} % infected, {} infections a run", infected / SEEDS));
    let mut group = c.benchmark_group("common work");
    group.throughput(Throughput::Elements(infected));
    group.bench_function("100 runs", |b| {
        b.iter(|| {
            for seed in 0..SEEDS {
                black_box(play(&rules, &mixing, seed, 10, DAYS));
            }
        });
    });
    group.bench_function("compile the cards", |b| b.iter(|| black_box(self::rules())));
    group.finish();
}

/// The same number of infections a day among ever more people: five a day from outside,
/// some twelve more from them. Twenty days from day 31 on.
fn scale(c: &mut Criterion) {
    let rules = rules();
    let mut group = c.benchmark_group("scale");
    group.sample_size(20).measurement_time(Duration::from_secs(5));
    for people in [6000, 100_000, 1_000_000, 10_000_000] {
        let mut mixing = community(people, 600_000);
        mixing.inflows.push(Inflow {
            route: Route::Work,
            daily: 5_000_000_000,
            people: 0..people,
            ceiling: FREELY,
        });
        let world = World { seed: 3, rules: &rules, mixing: &mixing };
        let from = play(&rules, &mixing, 3, 1, 30);
        let days = 20;
        let on = |mut outbreak: Outbreak| {
            let mut new = Vec::new();
            for day in 31..31 + days {
                outbreak.step(&world, Minute(day * DAY_MINUTES), isolated, &mut new);
            }
            (outbreak, new)
        };
        let new = on(from.clone()).1.len() as u64;
        group.throughput(Throughput::Elements(new));
        group.bench_function(BenchmarkId::new("20 days", people), |b| {
            b.iter_batched(|| from.clone(), on, criterion::BatchSize::PerIteration);
        });
        // Two states are alive in each turn of this bench; a story has one.
        let bytes = largest_memory() / u64::from(people);
        tell(&format!("scale {people}: {new} infections, {bytes} bytes a person at most, all in"));
    }
    group.finish();
}

#[expect(clippy::print_stdout, reason = "a bench tells what it measured beside the times")]
fn tell(line: &str) {
    println!("{line}");
}

/// Memory of this process at its largest so far; 0 where the system does not tell.
fn largest_memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|l| l.split_whitespace().next()).and_then(|n| n.parse().ok());
    kilobytes.unwrap_or(0_u64) * 1024
}

criterion_group!(benches, yardstick, common_work, scale);
criterion_main!(benches);
