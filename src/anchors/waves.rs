//! Anchors T4 to T7: final sizes, growth, homes within a community.
//!
//! Floor 3. Source: the final-size equation; Wallinga & Lipsitch, Proc R Soc B 2006;
//! Ball, Mollison & Scalia Tomba, Ann Appl Probab 1997.

use crate::base::text::Bilingual;
use crate::base::time::{DAY_MINUTES, Minute};
use crate::sim::truth::illness::{Mixing, Profile, Rules, Shares, World};

use super::lab::{self, BY_AGE, HOMES};
use super::{Knobs, Row};

/// Share infected in each of `runs` runs.
fn attacks(rules: &Rules, mixing: &Mixing, imports: u32, runs: u64, seed: u64) -> Vec<f64> {
    let people = mixing.people();
    let one = |run: u64| {
        let world = World { seed: seed + run, rules, mixing };
        let outbreak = lab::run(&world, lab::spread_out(people, imports, seed + run));
        outbreak.log().len() as f64 / f64::from(people)
    };
    (0..runs).map(one).collect()
}

/// T4: everyone alone, R 2.0, one in a hundred infected at first.
pub fn final_size(knobs: &Knobs) -> Vec<Row> {
    let people = 4616;
    let mut mixing = Mixing::alone(lab::adults(people));
    mixing.layers.push(lab::community(people, 2_000_000, knobs));
    let rules = lab::one_day_apart(lab::alike(knobs, 0));
    let all = attacks(&rules, &mixing, 46, 200, knobs.seed);
    let what = Bilingual::fixed("最终感染比例，R为2.0", "attack rate in the end, R 2.0");
    vec![Row::near("T4", what, 0.8002, lab::mean(&all), 0.0028)]
}

/// Slope of a straight line through points.
fn slope(points: &[(f64, f64)]) -> f64 {
    let n = points.len() as f64;
    let mean = |f: &dyn Fn(&(f64, f64)) -> f64| points.iter().map(f).sum::<f64>() / n;
    let (x, y) = (mean(&|p| p.0), mean(&|p| p.1));
    let above: f64 = points.iter().map(|p| (p.0 - x) * (p.1 - y)).sum();
    let below: f64 = points.iter().map(|p| (p.0 - x).powi(2)).sum();
    above / below
}

/// T5: growth of daily infections from day 10 to day 18, R 2.5.
pub fn growth(knobs: &Knobs) -> Vec<Row> {
    let people = 50_000;
    let mut mixing = Mixing::alone(lab::adults(people));
    mixing.layers.push(lab::community(people, 2_500_000, knobs));
    let rules = lab::alike(knobs, 0).with_profile(Profile::Age(Shares::of(&BY_AGE)));
    let run = |run: u64| {
        let world = World { seed: knobs.seed + run, rules: &rules, mixing: &mixing };
        let seeds = lab::spread_out(people, 50, run);
        let outbreak = lab::run_until(&world, seeds, Minute(18 * DAY_MINUTES));
        let on = |day: u32| outbreak.log().iter().filter(|i| i.at.0 == day * DAY_MINUTES).count();
        let points: Vec<_> =
            (10..=18).map(|day| (f64::from(day), (on(day) as f64).max(0.5).ln())).collect();
        slope(&points)
    };
    let slopes: Vec<f64> = (0..20).map(run).collect();
    let what = Bilingual::fixed("每日感染的增长率，R为2.5", "growth of daily infections, R 2.5");
    vec![Row::near("T5", what, 0.1792, lab::mean(&slopes), 0.0085)]
}

/// 4,616 people in homes, with contacts at random beside.
fn two_levels_of(knobs: &Knobs, pair: u32, community: u32) -> (Rules, Mixing) {
    let mut mixing = lab::table_of_homes(&HOMES);
    mixing.layers.push(lab::community(mixing.people(), community, knobs));
    (lab::alike(knobs, pair), mixing)
}

/// T6: final size with homes and community, ten imports, runs that took off.
pub fn two_levels(knobs: &Knobs) -> Vec<Row> {
    let row = |&(community, expected, tolerance): &(u32, f64, f64)| {
        let (rules, mixing) = two_levels_of(knobs, 156_000, community);
        let mut all = attacks(&rules, &mixing, 10, 100, knobs.seed);
        all.retain(|&a| a > 0.1);
        let what = Bilingual::new(
            format!("家庭与社区两层：最终感染比例，社区{}‰", community / 1000),
            format!("homes and community: attack rate, community {} permille", community / 1000),
        );
        Row::near("T6", what, expected, lab::mean(&all), tolerance)
    };
    let table = [
        (1_000_000, 0.414_427, 0.0145),
        (1_500_000, 0.731_306, 0.0092),
        (2_000_000, 0.862_392, 0.0068),
    ];
    table.iter().map(row).collect()
}

/// T7: below and above the threshold.
pub fn threshold(knobs: &Knobs) -> Vec<Row> {
    let runs = 400;
    let attacks_at = |community: u32| {
        let (rules, mixing) = two_levels_of(knobs, 156_000, community);
        attacks(&rules, &mixing, 10, runs, knobs.seed)
    };
    let below = attacks_at(500_000);
    let largest = below.iter().copied().fold(0.0, f64::max);
    let above = attacks_at(800_000);
    let took_off = above.iter().filter(|&&a| a > 0.05).count() as f64 / runs as f64;
    vec![
        Row::near(
            "T7",
            Bilingual::fixed("阈值以下：平均感染比例", "below the threshold: mean attack rate"),
            0.00947,
            lab::mean(&below),
            0.0011,
        ),
        Row::inside(
            "T7",
            Bilingual::fixed("阈值以下：最大的一次", "below the threshold: the largest run"),
            largest,
            0.0,
            0.05,
        ),
        Row::inside(
            "T7",
            Bilingual::fixed(
                "阈值以上：超过5%的运行的比例",
                "above the threshold: share of runs above 5 %",
            ),
            took_off,
            0.5,
            1.0,
        ),
    ]
}
