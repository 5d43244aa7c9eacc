//! Anchors T16, T17, T20, T21 and T22: the work of the office, and that a world is the
//! same however it is run.
//!
//! Floor 3. Source: arithmetic that can be done again on paper (2,000 homes, 19 workers,
//! five days; one call a day and falls at any minute); the known answers published with
//! Random123 (Salmon et al., SC11); the rule that no draw may hang on another home.

use std::num::NonZeroUsize;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use crate::base::text::Bilingual;
use crate::base::time::{DAY_MINUTES, Day, HOUR_MINUTES, Minute};
use crate::ensemble::workers;
use crate::sim::board::RiskColour;
use crate::sim::command::SimCommand;
use crate::sim::draw::philox4x32_10;
use crate::sim::hash;
use crate::sim::people::Marks;
use crate::sim::state::{Setup, SimState};
use crate::sim::work::Measure;

use super::lab::mean;
use super::trial::{Trial, advance, begin, cannot_be_set_up, map};
use super::{Fault, Knobs, Row};

const CERTAIN: u32 = 1_000_000;

/// T16: 19 workers, five days, doors that open, nobody walks or rests.
pub fn survey(knobs: &Knobs) -> Vec<Row> {
    let map = map();
    let mut rows = Vec::new();
    for (homes_a_day, expected) in [(20, 1900.0), (21, 1995.0), (22, 2000.0)] {
        let minutes = 20;
        let worked = homes_a_day * minutes;
        let trial = Trial {
            starts: "2020-01-24 08:00",
            ends: "2020-01-29 08:00",
            flags: "quiet: true,",
            set: &[
                ("shifts.worked", worked),
                ("shifts.present", worked + HOUR_MINUTES),
                ("shifts.break_length", 0),
                ("shifts.duty_workers", 0),
                ("shifts.walk_cap", 0),
                ("survey.minutes", minutes + knobs.slower),
                ("survey.opens_courtyard", CERTAIN),
                ("survey.opens_building", CERTAIN),
                ("survey.trust_effect", 0),
                ("trips.travellers", 0),
                ("trips.late", 0),
                ("senses.guest", 0),
            ],
            seed: knobs.seed,
            isolated: 0,
        };
        let Some(setup) = trial.setup(&map) else { return cannot_be_set_up("T16") };
        let mut state = begin(&setup, &[Measure::Survey]);
        advance(&setup, &mut state, Minute(Day(5).end().0 - 1));
        let known = u64::from(setup.core_homes) - state.today(&setup).unknown;
        let what = Bilingual::new(
            format!("19名社工一天各{homes_a_day}户，第5天晚上摸清的户数"),
            format!(
                "19 workers, {homes_a_day} homes a day each: homes known on the evening of day 5"
            ),
        );
        rows.push(Row::near("T16", what, expected, known as f64, 0.0));
    }
    rows
}

/// Minutes that those who live alone lie on the floor: one answered call a day at nine,
/// a fall at any minute of day 1, a look behind the door at once.
fn waits(map: &str, knobs: &Knobs, seed: u64) -> Option<Vec<f64>> {
    let certain = 365_000;
    let many = 2000;
    let trial = Trial {
        starts: "2020-01-24 00:00",
        ends: "2020-01-25 12:00",
        flags: "surveyed: true, ladder: (rungs: [Door(after: 0)], origin: assumption),",
        set: &[
            ("population.lives_alone", 594),
            ("population.empty_nest", 0),
            ("population.tenant_elder", 1000),
            ("falls.yearly_60", certain),
            ("falls.yearly_80", certain),
            ("falls.yearly_90", certain),
            ("falls.stuck", CERTAIN),
            ("falls.stuck_90", CERTAIN),
            ("falls.neighbour_notices", knobs.neighbours),
            ("falls.noticed_by_then", 400),
            ("fever.daily", 0),
            ("shifts.workers", many),
            ("shifts.start", 0),
            ("shifts.present", 1200),
            ("shifts.worked", 1200),
            ("shifts.break_length", 0),
            ("shifts.walk_cap", 0),
            ("calls.callers", many),
            ("calls.answered", CERTAIN),
            ("calls.unanswered_minutes", 0),
            ("calls.door_minutes", 1),
            ("trips.travellers", 0),
            ("trips.late", 0),
            ("senses.guest", 0),
        ],
        seed,
        isolated: 0,
    };
    let setup = trial.setup(map)?;
    let mut state = begin(&setup, &[Measure::DailyCalls]);
    advance(&setup, &mut state, setup.ends);
    let falls = state.truth().falls.iter().filter(|f| {
        let alone = setup.population.home(f.household).marks.has(Marks::LIVES_ALONE);
        alone && f.at.day() == Day(1)
    });
    // One minute is the look behind the door.
    Some(falls.filter_map(|f| Some(f64::from(f.found?.since(f.at)) - 1.0)).collect())
}

/// P of a Kolmogorov–Smirnov distance of so many, after Stephens (*JASA* 1974).
fn kolmogorov(distance: f64, n: f64) -> f64 {
    let lambda = (n.sqrt() + 0.12 + 0.11 / n.sqrt()) * distance;
    let term = |k: f64| (-2.0 * k * k * lambda * lambda).exp();
    let sum: f64 = (1..=50).map(|k| term(f64::from(2 * k - 1)) - term(f64::from(2 * k))).sum();
    (2.0 * sum).clamp(0.0, 1.0)
}

/// T17: how long help takes, over fifty thousand falls.
pub fn rescue(knobs: &Knobs) -> Vec<Row> {
    let map = map();
    let mut all = Vec::new();
    for run in 0..86 {
        let Some(waits) = waits(&map, knobs, knobs.seed + run) else {
            return cannot_be_set_up("T17");
        };
        all.extend(waits);
    }
    all.sort_by(f64::total_cmp);
    let (n, day) = (all.len() as f64, f64::from(DAY_MINUTES));
    let hours: Vec<f64> = all.iter().map(|w| w / f64::from(HOUR_MINUTES)).collect();
    // Minutes are whole, so the even law steps too.
    let step = |(i, w): (usize, &f64)| {
        let (below, to) = (w / day, (w + 1.0) / day);
        ((i + 1) as f64 / n - to).max(below - i as f64 / n)
    };
    let distance = all.iter().enumerate().map(step).fold(0.0, f64::max);
    let longer = |h: f64| hours.iter().filter(|&&w| w >= h).count() as f64 / n;
    let word = Bilingual::fixed;
    vec![
        Row::inside("T17", word("跌倒次数", "falls"), n, 50_000.0, 60_000.0),
        Row::near(
            "T17",
            word("每天一次电话：平均等多少小时", "one call a day: mean wait for help, hours"),
            12.0,
            mean(&hours),
            0.13,
        ),
        Row::inside(
            "T17",
            word("与24小时内均匀相比，KS检验的p", "even over 24 hours: p of a KS test"),
            kolmogorov(distance, n),
            1e-4,
            1.0,
        ),
        Row::share(
            "T17",
            word("等1小时以上的比例", "waits over an hour"),
            23.0 / 24.0,
            longer(1.0),
            n,
            0.0,
        ),
        Row::share(
            "T17",
            word("等12小时以上的比例", "waits over twelve hours"),
            0.5,
            longer(12.0),
            n,
            0.0,
        ),
    ]
}

/// The known answers published with Random123 (`kat_vectors`): counter, key, answer.
const ANSWERS: [([u32; 4], [u32; 2], [u32; 4]); 3] = [
    ([0; 4], [0; 2], [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8]),
    ([u32::MAX; 4], [u32::MAX; 2], [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd]),
    (
        [0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344],
        [0xa409_3822, 0x299f_31d0],
        [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1],
    ),
];

/// T20: the generator gives the published words.
pub fn philox(knobs: &Knobs) -> Vec<Row> {
    let wrong = |&(counter, [low, high], answer): &([u32; 4], [u32; 2], [u32; 4])| {
        let given = philox4x32_10(counter, [low.wrapping_add(knobs.leak), high]);
        given.iter().zip(&answer).filter(|(a, b)| a != b).count()
    };
    let row = |(at, vector): (usize, &_)| {
        let what = Bilingual::new(
            format!("Philox4x32-10，公布的第{}组答案：不同的字数", at + 1),
            format!("Philox4x32-10, published answer {}: words that differ", at + 1),
        );
        Row::near("T20", what, 0.0, wrong(vector) as f64, 0.0)
    };
    ANSWERS.iter().enumerate().map(row).collect()
}

/// Some weeks of a busy office, and what it does in them.
struct Weeks {
    zh: &'static str,
    en: &'static str,
    ends: &'static str,
    flags: &'static str,
    measures: &'static [Measure],
    /// People whom it begins with.
    imports: u16,
}

/// Without an outbreak, and with one that reaches the office: swabs, cases, contacts,
/// observation, beds.
const BOTH: [Weeks; 2] = [
    Weeks {
        zh: "没有疫情",
        en: "no outbreak",
        ends: "2020-02-03 08:00",
        flags: "",
        measures: &[
            Measure::Survey,
            Measure::DailyCalls,
            Measure::GateDuty,
            Measure::Deliveries,
            Measure::ObserveAll,
        ],
        imports: 0,
    },
    Weeks {
        zh: "有疫情",
        en: "an outbreak",
        ends: "2020-02-13 08:00",
        flags: "illness: (kind: WhatIf, origin: invented),",
        measures: &[
            Measure::Survey,
            Measure::DailyCalls,
            Measure::GateDuty,
            Measure::Deliveries,
            Measure::ObserveAll,
            Measure::HomeObservation,
            Measure::CentralObservation,
            Measure::Tracing,
            Measure::Masks,
            Measure::SpontaneousCaution,
        ],
        imports: 20,
    },
];
/// Worlds of each.
const SEEDS: u64 = 6;

impl Weeks {
    fn setup(&self, map: &str, seed: u64, isolated: u32) -> Option<Arc<Setup>> {
        let Self { ends, flags, .. } = *self;
        Trial { starts: "2020-01-24 08:00", ends, flags, set: &[], seed, isolated }.setup(map)
    }

    fn begin(&self, setup: &Setup) -> SimState {
        self.begin_with(setup, self.measures)
    }

    fn begin_with(&self, setup: &Setup, measures: &[Measure]) -> SimState {
        let mut state = begin(setup, measures);
        state.apply(setup, &SimCommand::ImportCases(self.imports), &mut Vec::new());
        state
    }
}

/// What is kept of the end of each day.
type Hashes = Vec<u64>;

/// The hash of everything at the end of each day of a busy world, and the state after it.
fn hashes(
    mut state: SimState,
    setup: &Setup,
    hash: impl Fn(&SimState) -> u64,
    mut each: impl FnMut(SimState) -> SimState,
) -> (Hashes, SimState) {
    let mut hashes = Vec::new();
    while state.now() < setup.ends {
        let midnight = state.now().day().end();
        advance(setup, &mut state, midnight.min(setup.ends));
        hashes.push(hash(&state));
        state = each(state);
    }
    (hashes, state)
}

/// T21: the same world however it is run. Numbers of homes and people are part of what a
/// world is, for draws are keyed by them; what can be stored in another order is what waits
/// for its minute.
pub fn sameness(knobs: &Knobs) -> Vec<Row> {
    let map = map();
    let rows = BOTH.iter().map(|weeks| sameness_of(weeks, &map, knobs));
    rows.flat_map(|rows| rows.unwrap_or_else(|| cannot_be_set_up("T21"))).collect()
}

fn sameness_of(weeks: &Weeks, map: &str, knobs: &Knobs) -> Option<Vec<Row>> {
    let setup = |seed: u64| weeks.setup(map, knobs.seed + seed, 0);
    let setups: Vec<_> = (0..SEEDS).map(setup).collect::<Option<_>>()?;
    let run = |setup: &Setup, each: &dyn Fn(SimState) -> SimState| {
        hashes(weeks.begin(setup), setup, hash::of_state, each)
    };
    let as_it_is = |state: SimState| state;
    let (alone, ends): (Vec<Hashes>, Vec<SimState>) =
        setups.iter().map(|setup| run(setup, &as_it_is)).unzip();
    // A mutant runs the others as other worlds.
    let again: Vec<_> =
        (0..SEEDS).map(|s| setup(s + u64::from(knobs.leak))).collect::<Option<_>>()?;
    let days = |other: &[Hashes]| -> f64 {
        let both = alone.iter().flatten().zip(other.iter().flatten());
        both.filter(|(a, b)| a != b).count() as f64
    };
    // A mutant has them take their number from a counter that they share.
    let counter = AtomicUsize::new(0);
    let world = |at: usize| {
        let at = if knobs.fault == Some(Fault::Shares) {
            counter.fetch_add(1, Ordering::Relaxed)
        } else {
            at
        };
        run(&again[at % again.len()], &as_it_is).0
    };
    let mut rows = Vec::new();
    let mut row = |zh: &str, en: &str, differ: f64| {
        let what = Bilingual::new(
            format!("{}，{zh}：状态不同的天数", weeks.zh),
            format!("{}, {en}: days that differ", weeks.en),
        );
        rows.push(Row::near("T21", what, 0.0, differ, 0.0));
    };
    for threads in [1, 2, 8] {
        let mut together = Vec::new();
        let threads_used = NonZeroUsize::new(threads).unwrap_or(NonZeroUsize::MIN);
        let go = AtomicBool::new(false);
        workers::in_order(again.len(), threads_used, &go, world, |_, run| together.push(run));
        row(&format!("{threads}个线程"), &format!("{threads} threads"), days(&together));
    }
    let mut reversed: Vec<_> = (0..again.len()).rev().map(world).collect();
    reversed.reverse();
    row("从后往前运行", "run in reverse order", days(&reversed));
    let lost = usize::from(knobs.fault == Some(Fault::Forgets));
    let saved = |mut state: SimState| {
        if lost > 0 {
            state.shuffle_storage(lost);
        }
        let bytes = postcard::to_allocvec(&state).unwrap_or_default();
        postcard::from_bytes(&bytes).unwrap_or(state)
    };
    let saved: Vec<_> = again.iter().map(|setup| run(setup, &saved).0).collect();
    row("每天存档再打开", "saved and opened again every day", days(&saved));
    let stored = |mut state: SimState| {
        state.shuffle_storage(lost);
        state
    };
    let stored: Vec<_> = again.iter().map(|setup| run(setup, &stored).0).collect();
    row(
        "每天把待办的事和待发生的接触倒过来存放",
        "plans and contacts that wait stored the other way round every day",
        days(&stored),
    );
    let backwards: Vec<Measure> = weeks.measures.iter().rev().copied().collect();
    let begun = |setup: &Arc<Setup>| {
        let state = weeks.begin_with(setup, &backwards);
        hashes(state, setup, hash::of_state, as_it_is).0
    };
    let begun: Vec<_> = again.iter().map(begun).collect();
    row("措施倒过来一项项开始", "measures begun in reverse order", days(&begun));
    let watched = |setup: &Setup, state: SimState| {
        // Somebody looks at every home and at all figures.
        let green = |&home: &_| state.colour(setup, home) == RiskColour::Green;
        let seen = setup.core().filter(green).count() as u64;
        debug_assert!(seen == state.today(setup).green || state.now().is_midnight());
        state
    };
    let watched: Vec<_> =
        again.iter().map(|setup| run(setup, &|state| watched(setup, state)).0).collect();
    row("有人看着", "watched", days(&watched));
    if weeks.imports > 0 {
        rows.extend(enough_happened(&ends));
    }
    Some(rows)
}

/// A comparison of outbreaks in which nothing happened would show nothing.
fn enough_happened(ends: &[SimState]) -> [Row; 2] {
    let sum = |of: &dyn Fn(&SimState) -> u64| ends.iter().map(of).sum::<u64>() as f64;
    let infections =
        sum(&|state| state.truth().cases().map_or(0, |cases| cases.outbreak().log().len() as u64));
    let confirmed = sum(&|state| state.days().iter().map(|day| day.confirmed).sum());
    [("感染", "infections", infections, 400.0), ("确诊", "confirmed", confirmed, 20.0)].map(
        |(zh, en, found, least)| {
            let what = Bilingual::new(
                format!("有疫情，{SEEDS}个世界：{zh}"),
                format!("an outbreak, {SEEDS} worlds: {en}"),
            );
            Row::inside("T21", what, found, least, 20_000.0)
        },
    )
}

/// T22: homes that nobody visits and that visit nobody change nothing else.
pub fn isolated_homes(knobs: &Knobs) -> Vec<Row> {
    let map = map();
    let rows = BOTH.iter().map(|weeks| isolated_beside(weeks, &map, knobs));
    rows.flat_map(|rows| rows.unwrap_or_else(|| cannot_be_set_up("T22"))).collect()
}

fn isolated_beside(weeks: &Weeks, map: &str, knobs: &Knobs) -> Option<Vec<Row>> {
    let run = |isolated: u32| -> Option<Hashes> {
        let mut setup = Arc::unwrap_or_clone(weeks.setup(map, knobs.seed, isolated)?);
        if knobs.leak > 0 {
            // The mutant: the office counts them among its own.
            setup.isolate_from(setup.core_homes + isolated);
            if setup.illness.is_some() {
                setup = setup.with_illness(None);
            }
        }
        let core = |state: &SimState| hash::of_core(&setup, state);
        Some(hashes(weeks.begin(&setup), &setup, core, |state| state).0)
    };
    let alone = run(0)?;
    let row = |more: u32| {
        let others = run(more)?;
        let differ = alone.iter().zip(&others).filter(|(a, b)| a != b).count();
        let what = Bilingual::new(
            format!("{}，另加{more}户：其余住户状态不同的天数", weeks.zh),
            format!("{}, {more} isolated homes more: days on which the others differ", weeks.en),
        );
        Some(Row::near("T22", what, 0.0, (differ + alone.len() - others.len()) as f64, 0.0))
    };
    [1, 57, 1000].into_iter().map(row).collect()
}
