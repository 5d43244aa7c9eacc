//! Anchors T18 and T19: how long until symptoms, and what swabs find.
//!
//! Floor 3. Source: Lauer, Ann Intern Med 2020; Kucirka, Ann Intern Med 2020.

use crate::base::ids::PersonId;
use crate::base::text::Bilingual;
use crate::base::time::{DAY_MINUTES, HOUR_MINUTES};
use crate::sim::draw::{Purpose, draw};
use crate::sim::quantile::Quantiles;
use crate::sim::truth::illness::params::{IllnessParams, SwabParams};
use crate::sim::truth::illness::{Resident, swab};

use super::lab;
use super::{Knobs, Row};

/// T18: tails of the incubation. Minutes are kept, so a tail is that of the continuous
/// law; an engine that rounds to the nearest day has 0.005868 above 14.
pub fn incubation_tails(knobs: &Knobs) -> Vec<Row> {
    let cards = IllnessParams::default();
    let median = Knobs::scaled(cards.incubation_median, knobs.incubation);
    let cards = IllnessParams { incubation_median: median, ..cards };
    let table = Quantiles::log_normal(median, cards.incubation_sigma);
    let tail = |minutes: u32| table.words_above(minutes) as f64 / 4_294_967_296.0;
    let mut rows: Vec<Row> = [(7, 0.218_492), (10, 0.051_489), (14, 0.007_435), (21, 0.000_330)]
        .into_iter()
        .map(|(days, expected)| {
            let what = Bilingual::new(
                format!("潜伏期超过{days}天"),
                format!("incubation longer than {days} days"),
            );
            // The last typed digit, and a table's straight lines: two in a thousand.
            Row::near("T18", what, expected, tail(days * DAY_MINUTES), expected * 2e-3 + 5e-7)
        })
        .collect();
    // Infected at any time before the return with the same chance, and still well.
    let sum = |after: u32| -> f64 {
        let hours = (0..60 * 24).map(|h| h * HOUR_MINUTES + HOUR_MINUTES / 2);
        hours.map(|age| tail(age + after * DAY_MINUTES)).sum()
    };
    for (days, expected) in [(7, 0.082_609), (14, 0.002_963)] {
        let what = Bilingual::new(
            format!("返回时已感染、尚无症状，{days}天后才发病"),
            format!("well on return, ill after more than {days} days"),
        );
        rows.push(Row::near("T18", what, expected, sum(days) / sum(0), expected * 3e-3));
    }
    // And as the engine draws it.
    let rules = lab::compiled(&cards);
    let n = 400_000;
    let long = |&person: &u32| {
        rules.course(knobs.seed, person, Resident::default()).incubation > 14 * DAY_MINUTES
    };
    let share = (0..n).filter(long).count() as f64 / f64::from(n);
    let what = Bilingual::fixed("抽样：潜伏期超过14天", "as drawn: incubation longer than 14 days");
    rows.push(Row::share("T18", what, 0.007_435, share, f64::from(n), 0.0));
    rows
}

/// The shipped profile: generation time, transmission before symptoms, and what an
/// isolation leaves undone. Symptoms begin at any hour, so that the start of the day
/// after them is half a day later on average.
pub fn profile(knobs: &Knobs) -> Vec<Row> {
    let cards = IllnessParams::default();
    let median = Knobs::scaled(cards.incubation_median, knobs.incubation);
    let rules = lab::compiled(&IllnessParams { incubation_median: median, ..cards });
    let n = 200_000;
    let contact = |person: u32| {
        let course = rules.course(knobs.seed, person, Resident::default());
        let word = draw(knobs.seed, Purpose::LayerContact, person, 0, 0).0[0];
        let age = f64::from(rules.profile().age(&course, word)) / f64::from(DAY_MINUTES);
        (age, age - f64::from(course.incubation) / f64::from(DAY_MINUTES))
    };
    let contacts: Vec<(f64, f64)> = (0..n).map(contact).collect();
    let ages: Vec<f64> = contacts.iter().map(|c| c.0).collect();
    let mean = lab::mean(&ages);
    let spread = lab::mean(&ages.iter().map(|a| (a - mean).powi(2)).collect::<Vec<_>>()).sqrt();
    let before = |days: f64| contacts.iter().filter(|c| c.1 < days).count() as f64 / f64::from(n);
    let word = Bilingual::fixed;
    let mut rows = vec![
        // Given to one decimal; ours has minutes where the page has whole days.
        Row::near("1.1", word("代际间隔均值（天）", "generation time, mean, days"), 6.4, mean, 0.1),
        Row::near("1.1", word("代际间隔标准差", "generation time, deviation"), 3.4, spread, 0.1),
        Row::near(
            "1.1",
            word("症状前传播的比例", "share before symptoms"),
            0.425,
            before(0.0),
            0.015,
        ),
    ];
    for (day, left) in [(1.0, 0.52), (3.0, 0.77), (5.0, 0.91)] {
        let what = Bilingual::new(
            format!("发病后第{day}天隔离，已发生的传播"),
            format!("done before an isolation at onset + {day} days"),
        );
        rows.push(Row::near("1.1", what, left, before(day - 0.5), 0.006));
    }
    rows
}

/// T19: sensitivity of a swab by day since infection, 20,000 swabs a day.
pub fn swabs(knobs: &Knobs) -> Vec<Row> {
    let mut cards = SwabParams::default();
    for missed in [&mut cards.missed_5, &mut cards.missed_8, &mut cards.missed_9] {
        *missed = Knobs::scaled(*missed, knobs.missed);
    }
    let n = 20_000;
    [(1, 0.0), (4, 0.33), (5, 0.62), (6, 0.68), (7, 0.74), (8, 0.80), (11, 0.715), (17, 0.49)]
        .into_iter()
        .map(|(day, expected)| {
            let found = |&person: &u32| {
                swab::is_positive(knobs.seed, &cards, PersonId(person), day, Some(day))
            };
            let share = (0..n).filter(found).count() as f64 / f64::from(n);
            let what = Bilingual::new(
                format!("感染第{day}天的检出率"),
                format!("found by a swab on day {day} of the infection"),
            );
            Row::share("T19", what, expected, share, f64::from(n), 0.0)
        })
        .collect()
}
