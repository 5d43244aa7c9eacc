//! What it costs to keep a screen up to date, without the drawing.
//!
//! A day is followed in steps of four story minutes, as at the usual speed and
//! sixty frames a second; only the following is timed, not the story itself.

use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use zhanyitu::base::time::Day;
use zhanyitu::headless::load;
use zhanyitu::history::Timeline;
use zhanyitu::scenario::compile::Overrides;
use zhanyitu::session::{Condition, Filter, Frame, Layer, Session, Story};

const SCENE: &str = "scenes/fuxiang_2020.ron";
const STEP: u32 = 4;

/// Many communities, as the third day begins.
fn third_day(copies: u32) -> Session {
    let overrides = Overrides { more_copies: copies - 1, ..Overrides::default() };
    let story = load(SCENE, &overrides).unwrap_or_else(|e| panic!("{}", e.text.en)).scenario;
    let mut session: Session = Timeline::new(Story(Arc::new(story)), &mut Vec::new());
    session.advance(Day(3).start(), &mut Vec::new());
    session
}

/// Time spent on following one day from its beginning.
fn follow_day(session: &mut Session, frame: &mut Frame) -> Duration {
    session.seek(Day(3).start(), &mut Vec::new());
    frame.retake(session);
    let mut spent = Duration::ZERO;
    let mut told = Vec::new();
    while session.now() < Day(4).start() {
        told.clear();
        session.advance(session.now().plus(STEP), &mut told);
        let began = Instant::now();
        frame.follow(session, &told);
        spent += began.elapsed();
        black_box(frame.changed());
    }
    spent
}

fn frames(c: &mut Criterion) {
    let mut group = c.benchmark_group("frame");
    group.sample_size(20);
    for copies in [1, 50] {
        let mut session = third_day(copies);
        let homes = u64::from(session.world().0.setup.core_homes);
        let mut frame = Frame::new(&session, 0);
        group.throughput(Throughput::Elements(homes));
        group.bench_function(BenchmarkId::new("new", homes), |b| {
            b.iter(|| Frame::new(black_box(&session), 0));
        });
        group.bench_function(BenchmarkId::new("the next layer", homes), |b| {
            let mut layers = Layer::ALL.into_iter().cycle().skip(1);
            let mut frame = frame.clone();
            b.iter(|| layers.next().map(|layer| frame.set_layer(&session, layer)));
        });
        group.bench_function(BenchmarkId::new("a filter of two conditions", homes), |b| {
            let asked = Filter::NONE.with(Condition::LivesAlone).with(Condition::NotCalledToday);
            let mut filters = [asked, Filter::NONE].into_iter().cycle();
            let mut frame = frame.clone();
            b.iter(|| filters.next().map(|filter| frame.set_filter(&session, filter)));
        });
        group.bench_function(BenchmarkId::new("follow D3 in 360 steps", homes), |b| {
            b.iter_custom(|times| (0..times).map(|_| follow_day(&mut session, &mut frame)).sum());
        });
    }
    group.finish();
}

criterion_group!(benches, frames);
criterion_main!(benches);
