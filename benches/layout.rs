//! How long it takes to lay out 2,000 and 100,000 homes, and to find one of them.

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use zhanyitu::headless::load;
use zhanyitu::headless::page::fonts::{Font, width_mm};
use zhanyitu::layout::board::{Board, SCREEN_HEIGHT, SCREEN_WIDTH};
use zhanyitu::layout::pick::{GroundPicker, Picker};
use zhanyitu::layout::plan::{self, Plan};
use zhanyitu::scenario::compile::Overrides;
use zhanyitu::sim::place::Place;

const SCENE: &str = "scenes/fuxiang_2020.ron";
/// Communities of 2,000 homes.
const COPIES: [u32; 2] = [1, 50];

fn place(copies: u32) -> Place {
    let overrides = Overrides { more_copies: copies - 1, ..Overrides::default() };
    let scenario = load(SCENE, &overrides).unwrap_or_else(|e| panic!("{}", e.text.en)).scenario;
    (*scenario.setup.place).clone()
}

fn em(words: &str) -> f32 {
    width_mm(Font::Hand, 1.0, words) as f32
}

fn layout(c: &mut Criterion) {
    let mut group = c.benchmark_group("layout");
    group.sample_size(10);
    for copies in COPIES {
        let place = place(copies);
        let homes = place.household_count();
        let of = |name| BenchmarkId::new(name, homes);
        let board = || Board::new(&place, homes as u32, &em, (SCREEN_WIDTH, SCREEN_HEIGHT));
        group.bench_function(of("board"), |b| b.iter(|| black_box(board())));
        group.bench_function(of("plan"), |b| b.iter(|| black_box(Plan::new(&place))));

        let (board, plan) = (board(), Plan::new(&place));
        let points = || plan.homes.iter().map(|home| home.centre);
        group.bench_function(of("picker, build"), |b| {
            b.iter(|| black_box(Picker::new(points(), 8.0)));
        });
        let grounds = || GroundPicker::new(plan::grounds(&place), 20.0);
        group.bench_function(of("picker of compounds, build"), |b| {
            b.iter(|| black_box(grounds()));
        });
        let side = board.side;
        let squares = Picker::new(board.homes.iter().map(|home| home.centre), side * 2.0);
        let (homes_below, grounds) = (Picker::new(points(), 8.0), grounds());
        let (low, size) = (plan.bounds.min, plan.bounds.size());
        let mut k = 0_u32;
        // Points all over: multiples of the golden ratio, and of another one.
        let mut shares = move || {
            k = k.wrapping_add(1);
            let share = |by: u32| k.wrapping_mul(by) as f32 / u32::MAX as f32;
            (share(2_654_435_769), share(1_640_531_527))
        };
        let mut on_plan = {
            let mut shares = shares;
            move || {
                let (x, y) = shares();
                (low.0 + x * size.0, low.1 + y * size.1)
            }
        };
        group.bench_function(of("home on the board, find"), |b| {
            b.iter(|| {
                let (x, y) = shares();
                squares.nearest((x * SCREEN_WIDTH, y * SCREEN_HEIGHT), side)
            });
        });
        group.bench_function(of("home on the plan, find"), |b| {
            b.iter(|| homes_below.nearest(on_plan(), 10.0));
        });
        group.bench_function(of("compound on the plan, find"), |b| {
            b.iter(|| grounds.compound_at(on_plan(), 2.0));
        });
    }
    group.finish();
}

criterion_group!(benches, layout);
criterion_main!(benches);
