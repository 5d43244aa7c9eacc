//! What it costs to bring the state texture up to date: a day of changes, and every
//! home anew.
//!
//! The third day is the busiest of the survey. Two thousand homes and a hundred
//! thousand are played; a million is the same day five hundred times over.

use std::hint::black_box;
use std::sync::Arc;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use zhanyitu::base::ids::HouseholdId;
use zhanyitu::base::time::Day;
use zhanyitu::headless::load;
use zhanyitu::history::Timeline;
use zhanyitu::map::paint::{self, Markers, TEXEL};
use zhanyitu::scenario::compile::Overrides;
use zhanyitu::session::frame::Shown;
use zhanyitu::session::{Frame, Session, Story};

const SCENE: &str = "scenes/fuxiang_2020.ron";

/// How homes look after a day, and which of them look otherwise than before it.
struct Painted {
    markers: Markers,
    homes: Vec<Shown>,
    changed: Vec<HouseholdId>,
}

impl Painted {
    /// Many communities, after their third day.
    fn of(copies: u32) -> Self {
        let overrides = Overrides { more_copies: copies - 1, ..Overrides::default() };
        let story = load(SCENE, &overrides).unwrap_or_else(|e| panic!("{}", e.text.en)).scenario;
        let legends = story.legends.clone();
        let mut session: Session = Timeline::new(Story(Arc::new(story)), &mut Vec::new());
        session.advance(Day(3).start(), &mut Vec::new());
        let mut frame = Frame::new(&session, 0);
        let mut told = Vec::new();
        session.advance(Day(4).start(), &mut told);
        frame.follow(&session, &told);
        let markers = Markers::of(&frame, &legends);
        Self { markers, homes: frame.homes().to_vec(), changed: frame.changed().to_vec() }
    }

    /// The same so many times over.
    fn times(self, n: usize) -> Self {
        let one = self.homes.len();
        let ids =
            |k: usize| move |home: &HouseholdId| HouseholdId::from_index(home.index() + k * one);
        let changed = (0..n).flat_map(|k| self.changed.iter().map(ids(k))).collect();
        Self { markers: self.markers, homes: self.homes.repeat(n), changed }
    }
}

fn paints(c: &mut Criterion) {
    let mut group = c.benchmark_group("paint");
    group.sample_size(30);
    for painted in [Painted::of(1), Painted::of(50), Painted::of(1).times(500)] {
        let homes = painted.homes.len();
        let (columns, rows) = paint::extent(homes);
        let mut bytes = vec![0; (columns * rows) as usize * TEXEL];
        group.throughput(Throughput::Elements(painted.changed.len() as u64));
        let day = format!("{} changes of the third day", painted.changed.len());
        group.bench_function(BenchmarkId::new(day, homes), |b| {
            b.iter(|| {
                for &home in black_box(&painted.changed) {
                    let shown = painted.homes[home.index()];
                    paint::home(&mut bytes, home, shown, &painted.markers, false);
                }
            });
        });
        group.throughput(Throughput::Elements(homes as u64));
        group.bench_function(BenchmarkId::new("every home", homes), |b| {
            b.iter(|| {
                for (i, shown) in black_box(&painted.homes).iter().enumerate() {
                    paint::home(
                        &mut bytes,
                        HouseholdId::from_index(i),
                        *shown,
                        &painted.markers,
                        false,
                    );
                }
            });
        });
    }
    group.finish();
}

criterion_group!(benches, paints);
criterion_main!(benches);
