//! Anchors T10 and T11: outbreaks in a population without end.
//!
//! Floor 3. Source: Lloyd-Smith, Nature 2005, negative-binomial offspring; the Borel
//! distribution of total progeny.

use crate::base::ids::PersonId;
use crate::base::text::Bilingual;
use crate::base::time::{DAY_MINUTES, Minute};
use crate::sim::truth::illness::rules::ALIKE;
use crate::sim::truth::illness::{FREELY, Layer, Mixing, Outbreak, Reach, World};

use super::lab;
use super::{Knobs, Row};

/// Infections in all of each introduction, counted up to a limit.
fn totals(knobs: &Knobs, mean: u32, shape: u32, introductions: u32, limit: usize) -> Vec<usize> {
    let layer = Layer { reach: Reach::Fresh, ..lab::community(0, mean, knobs) };
    let mut mixing = Mixing::alone(Vec::new());
    mixing.layers.push(layer);
    let rules = lab::one_day_apart(lab::compiled(&lab::cards(knobs, 0, shape)));
    let one = |run: u32| {
        let seed = knobs.seed + u64::from(run);
        let world = World { seed, rules: &rules, mixing: &mixing };
        let (mut outbreak, mut new) = (Outbreak::new(0), Vec::new());
        outbreak.arrive(&world, PersonId(0), Minute(0), 0, &mut new);
        let mut day = 0;
        while outbreak.next_at().is_some() && outbreak.log().len() < limit {
            day += 1;
            outbreak.step(&world, Minute(day * DAY_MINUTES), |_| FREELY, &mut new);
        }
        outbreak.log().len()
    };
    (0..introductions).map(one).collect()
}

/// T10: one introduction dies out (fewer than a hundred in all), R 2.5.
pub fn extinction(knobs: &Knobs) -> Vec<Row> {
    let row = |&(shape, expected): &(u32, f64)| {
        let n = 20_000;
        let totals = totals(knobs, 2_500_000, shape, n, 100);
        let died = totals.iter().filter(|&&t| t < 100).count() as f64 / f64::from(n);
        let what = Bilingual::new(
            format!("一次输入自行消失的比例，R为2.5，k为{shape}‰"),
            format!("one import dies out, R 2.5, k {shape} permille"),
        );
        Row::share("T10", what, expected, died, f64::from(n), 0.0)
    };
    [(100, 0.860_548), (450, 0.583_037), (ALIKE, 0.107_355)].iter().map(row).collect()
}

/// T11: sizes of outbreaks below the threshold, R 0.5, no difference between people.
pub fn small_outbreaks(knobs: &Knobs) -> Vec<Row> {
    let n = 50_000;
    let totals = totals(knobs, 500_000, ALIKE, n, 100_000);
    let n = f64::from(n);
    let mut rows: Vec<Row> = (1..)
        .zip([0.606_531, 0.183_940, 0.083_674])
        .map(|(size, expected)| {
            let share = totals.iter().filter(|&&t| t == size).count() as f64 / n;
            let what = Bilingual::new(
                format!("R为0.5：总数恰为{size}的比例"),
                format!("R 0.5: share of outbreaks of size {size}"),
            );
            Row::share("T11", what, expected, share, n, 0.0)
        })
        .collect();
    let mean = totals.iter().sum::<usize>() as f64 / n;
    let what = Bilingual::fixed("R为0.5：平均总数", "R 0.5: mean size");
    rows.push(Row::near("T11", what, 2.0, mean, 0.036));
    rows
}
