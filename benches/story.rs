//! How long the story of Fuxiang takes: straight through, to a minute, again.
//!
//! Every figure stands beside a yardstick, a million draws of the generator on
//! the same core in the same run, so that two machines can be compared.

use std::hint::black_box;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use criterion::{BatchSize, BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use zhanyitu::base::time::{DAY_MINUTES, Day, Minute};
use zhanyitu::headless::{load, play};
use zhanyitu::history::Timeline;
use zhanyitu::scenario::compile::Overrides;
use zhanyitu::scenario::script::Scenario;
use zhanyitu::session::{Session, Story};
use zhanyitu::sim::draw::{Purpose, draw};
use zhanyitu::sim::hash;

const SCENE: &str = "scenes/fuxiang_2020.ron";

fn compiled(overrides: &Overrides) -> Scenario {
    load(SCENE, overrides).unwrap_or_else(|e| panic!("{}", e.text.en)).scenario
}

fn story() -> Scenario {
    compiled(&Overrides::default())
}

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

/// Sixty days in which it comes in and measures begin one by one: the bar is 15 ms.
fn what_if(c: &mut Criterion) {
    let load = |path| load(path, &Overrides::default()).unwrap_or_else(|e| panic!("{}", e.text.en));
    let story = load("scenes/what_if.ron").scenario;
    let mut calm = story.clone();
    let mut setup = (*calm.setup).clone();
    setup.illness = None;
    calm.setup = Arc::new(setup);
    let mut group = c.benchmark_group("outbreak in a story");
    group.bench_function("60 days", |b| {
        b.iter(|| black_box(play(&story, story.setup.ends, |_| {})));
    });
    // The same work of the office, and nobody is ever ill of it.
    group.bench_function("60 days without the outbreak", |b| {
        b.iter(|| black_box(play(&calm, calm.setup.ends, |_| {})));
    });
    let large = load("scenes/wuhan_like.ron").scenario;
    group.sample_size(10);
    group.bench_function("63 days of 50,000 people", |b| {
        b.iter(|| black_box(play(&large, large.setup.ends, |_| {})));
    });
    group.finish();
}

fn straight(c: &mut Criterion) {
    let story = story();
    let mut group = c.benchmark_group("story");
    group.bench_function("98 days", |b| {
        b.iter(|| black_box(play(&story, story.setup.ends, |_| {})));
    });
    group.bench_function("read and compile", |b| b.iter(|| black_box(self::story())));
    group.finish();
}

fn moments(c: &mut Criterion) {
    let story = story();
    let moment = play(&story, Minute::at(Day(60), 12 * 60), |_| {}).moment;
    let mut group = c.benchmark_group("moment");
    group.bench_function("clone", |b| b.iter(|| black_box(&moment).clone()));
    // Every copy is kept, so the system has to hand out fresh pages.
    group.bench_function("clone and keep", |b| {
        b.iter_batched(|| (), |()| black_box(&moment).clone(), BatchSize::NumIterations(500));
    });
    group.bench_function("hash", |b| b.iter(|| hash::canonical(black_box(&moment))));
    group.finish();
}

/// Seeks all over a story that has been seen to its end.
fn seeks(c: &mut Criterion) {
    let story = Arc::new(story());
    let ends = story.setup.ends;
    let mut session: Session = Timeline::new(Story(story), &mut Vec::new());
    session.advance(ends, &mut Vec::new());
    let mut k = 0;
    c.bench_function("seek/any minute", |b| {
        b.iter(|| {
            k += 1;
            let to = draw(1, Purpose::PlaceLayout, k, 0, 0).between(0, 8 * 60, ends.0);
            session.seek(Minute(to), &mut Vec::new());
        });
    });
    let last = Minute(Day(2).end().0 - 1);
    c.bench_function("seek/last minute of the busiest day", |b| {
        b.iter(|| {
            session.seek(Minute(last.0 - DAY_MINUTES), &mut Vec::new());
            session.seek(last, &mut Vec::new());
        });
    });
}

fn process(c: &mut Criterion) {
    c.bench_function("process/zhanyitu run", |b| {
        b.iter(|| {
            let status = Command::new(env!("CARGO_BIN_EXE_zhanyitu"))
                .args(["run", SCENE])
                .stdout(Stdio::null())
                .status();
            assert!(status.is_ok_and(|s| s.success()));
        });
    });
}

/// 2,000, 20,000 and 200,000 households, with the same story for each.
fn scale(c: &mut Criterion) {
    let mut group = c.benchmark_group("scale");
    group.sample_size(10).measurement_time(Duration::from_secs(10));
    for factor in [1, 10, 100] {
        let story = compiled(&Overrides { more_copies: factor - 1, ..Overrides::default() });
        let homes = story.setup.place.household_count() as u64;
        group.throughput(Throughput::Elements(homes));
        group.bench_with_input(BenchmarkId::new("98 days", homes), &story, |b, story| {
            b.iter_batched(
                || (),
                |()| black_box(play(story, story.setup.ends, |_| {})),
                BatchSize::PerIteration,
            );
        });
    }
    group.finish();
}

criterion_group!(benches, yardstick, straight, what_if, moments, seeks, process, scale);
criterion_main!(benches);
