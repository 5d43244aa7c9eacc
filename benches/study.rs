//! How long a study takes: two hundred pairs on all cores, and what they are made of.
//!
//! Every figure stands beside a yardstick, a million draws of the generator on one core in
//! the same run, so that two machines can be compared.

use std::hint::black_box;
use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use zhanyitu::ensemble::{Plan, Seeds, pair};
use zhanyitu::headless::material;
use zhanyitu::session::study::{Cause, Study};
use zhanyitu::sim::draw::{Purpose, draw};

/// Scene, what is left out, and what is counted.
const QUESTIONS: [(&str, &str, &str); 4] = [
    ("scenes/what_if.ron", "gates", "infections"),
    ("scenes/sandbox.ron", "daily-calls", "overdue"),
    ("scenes/fuxiang_2020.ron", "daily-calls", "overdue"),
    ("scenes/one_day_of_calls.ron", "daily-calls", "overdue"),
];

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

fn studies(c: &mut Criterion) {
    let mut group = c.benchmark_group("study");
    group.sample_size(10).measurement_time(Duration::from_secs(20));
    for (scene, measure, figure) in QUESTIONS.iter().filter(|q| Path::new(q.0).exists()) {
        let (material, _) = material(scene, &[]).unwrap_or_else(|e| panic!("{}", e.text.en));
        let study = Study::new(material, &[], &[(*figure).to_owned()])
            .unwrap_or_else(|e| panic!("{scene}: {e:?}"));
        let cause = Cause::named(measure).unwrap_or_else(|e| panic!("{e}"));
        let world =
            |seed| study.world(seed, &[]).unwrap_or_else(|e| panic!("{scene}, seed {seed}: {e:?}"));
        let name = scene.trim_start_matches("scenes/");
        let days = study.shape().days;
        group.bench_function(format!("a world of {name}"), |b| b.iter(|| black_box(world(7))));
        let seventh = world(7);
        group.bench_function(format!("a run of {name}, {days} days"), |b| {
            b.iter(|| black_box(study.run(&seventh)));
        });
        group.bench_function(format!("a pair of {name}, {days} days"), |b| {
            b.iter(|| black_box(study.pair(&seventh, &[&cause])));
        });
        group.bench_function(format!("200 pairs of {name}, {days} days, all cores"), |b| {
            let cancel = AtomicBool::new(false);
            let plan = Plan::new(Seeds { first: 1, count: 200 }, &cancel);
            let run = |seed| study.pair(&world(seed), &[&cause]);
            b.iter(|| black_box(pair(study.shape().clone(), &plan, run, |_| {})));
        });
    }
    group.finish();
}

criterion_group!(benches, yardstick, studies);
criterion_main!(benches);
