//! Anchor T12: the reproduction number in the scene on Wuhan's dates.
//!
//! Floor 3. Reads the shipped scene and its runs; owns [`Steps`]. Source of the bands: Pan,
//! JAMA 2020, and Hao, Nature 2020, widened to what is plausible, since two versions of one
//! group's estimate differ as much.
//!
//! The strengths of the scene were chosen so that it lies in the bands, on the seeds
//! 20200123 and 1 to 3; the seeds here were not looked at then. So this holds the preset to
//! its word on worlds that it was not tuned to. It is no evidence for the model.
//!
//! # Which reproduction number
//!
//! The published ones are *instantaneous*: new infections at a time over the infectiousness
//! present at that time (Fraser, Plos One 2007; Cori, Am J Epidemiol 2013). Counted for
//! a period it is infections from within, over the share of infectivity of every infection
//! (infectors' own incubation, the shipped profile) that falls into the period. It can be cut
//! at the very dates of the steps, and needs nothing of what comes after: whoever was
//! infected the day before a step counts before it with what he passed on before it. A
//! fifth of the scene's people are infected in the end, many more than in Wuhan, and that
//! alone would lower it; so each day's infectivity is taken times the share who were not
//! infected yet. Without this, two worlds with a closure that closes nothing lay in the
//! bands.
//!
//! The *cohort* number, how many those infected in a period infect in the end, looks
//! ahead: six days on average, so cut at the same dates it mixes the steps. It is told too,
//! as it is (nothing is made up for immunity), before the first step only for those of one
//! week, and the story is run on for two weeks, so that no more than a fortieth of the
//! infectivity of the last day is cut off.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use crate::base::text::Bilingual;
use crate::base::time::{DAY_MINUTES, Day, Minute};
use crate::ensemble::workers;
use crate::scenario::compile::{Overrides, compile};
use crate::scenario::script::Scenario;
use crate::session::Moment;
use crate::sim::truth::illness::{FREELY, Infection};

use super::lab::mean;
use super::trial::{cannot_be_set_up, map};
use super::{Knobs, Row};

const SCENE: &[u8] = include_bytes!("../../scenes/wuhan_like.ron");
/// Before the first seed: far from every seed on which strengths were chosen.
const HELD_OUT: u64 = 1_000_000;
/// Days that a world goes on after the story.
const RUN_ON: u32 = 14;

/// The mutant: whoever keeps to the closure meets as many as before.
const CLOSES_NOTHING: [&str; 3] =
    ["control.closed_street", "control.closed_other", "control.closed_shop"];

/// A period between two steps.
struct Period {
    name: Bilingual,
    /// First day, and the day after the last.
    from: &'static str,
    until: &'static str,
    /// Those whose offspring are counted: the first day, and the day after the last. Before
    /// the first step only those of the first week, most of whose offspring it spares.
    cohort: (&'static str, &'static str),
    /// What they are called.
    of: Bilingual,
    /// Between what its reproduction number lies.
    band: (f64, f64),
}

const PERIODS: [Period; 4] = [
    Period {
        name: Bilingual::fixed("1月23日以前", "before 23 January"),
        from: "2020-01-07",
        until: "2020-01-23",
        cohort: ("2020-01-07", "2020-01-14"),
        of: Bilingual::fixed("1月7日到13日", "7 to 13 January"),
        band: (2.9, 4.0),
    },
    Period {
        name: Bilingual::fixed("1月23日到2月1日", "23 January to 1 February"),
        from: "2020-01-23",
        until: "2020-02-02",
        cohort: ("2020-01-23", "2020-02-02"),
        of: Bilingual::fixed("1月23日到2月1日", "23 January to 1 February"),
        band: (0.8, 1.8),
    },
    Period {
        name: Bilingual::fixed("2月2日到16日", "2 to 16 February"),
        from: "2020-02-02",
        until: "2020-02-17",
        cohort: ("2020-02-02", "2020-02-17"),
        of: Bilingual::fixed("2月2日到16日", "2 to 16 February"),
        band: (0.3, 0.8),
    },
    Period {
        name: Bilingual::fixed("2月17日到3月8日", "17 February to 8 March"),
        from: "2020-02-17",
        until: "2020-03-09",
        cohort: ("2020-02-17", "2020-03-09"),
        of: Bilingual::fixed("2月17日到3月8日", "17 February to 8 March"),
        band: (0.15, 0.45),
    },
];

/// What one world shows of each period; none where nobody could infect.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Steps {
    /// Infections over the infectivity of the period, as if nobody were immune.
    at_once: [Option<f64>; 4],
    /// Offspring of those infected in it.
    of_cohort: [Option<f64>; 4],
}

/// How many worlds there are.
pub fn worlds(knobs: &Knobs) -> usize {
    knobs.worlds as usize
}

/// One world; `None` when the scene cannot be made.
pub fn world(knobs: &Knobs, run: usize) -> Option<Steps> {
    let map = map();
    let maps = |name: &str| Some((name.to_owned(), map.as_bytes().to_vec()));
    let seed = HELD_OUT + knobs.seed + run as u64;
    let params =
        CLOSES_NOTHING.iter().filter(|_| knobs.reopens).map(|&path| (path.to_owned(), 1000));
    let overrides =
        Overrides { seed: Some(seed), params: params.collect(), ..Overrides::default() };
    let mut story = compile("wuhan_like.ron", SCENE, &maps, &overrides).ok()?.scenario;
    let mut setup = Arc::unwrap_or_clone(story.setup);
    setup.ends = setup.ends.plus(RUN_ON * DAY_MINUTES);
    story.setup = Arc::new(setup);
    measure(&story, &run_to_the_end(&story))
}

fn run_to_the_end(story: &Scenario) -> Moment {
    let mut told = Vec::new();
    let mut moment = Moment::start(story, &mut told);
    while moment.sim().now() < story.setup.ends {
        told.clear();
        let midnight = moment.sim().now().day().end();
        moment.advance(story, midnight, &mut told);
    }
    moment
}

fn measure(story: &Scenario, end: &Moment) -> Option<Steps> {
    let log = end.sim().truth().cases()?.outbreak().log();
    let midnight = |date: &str| Some(story.calendar.day_of(date).ok()??.start());
    let offspring = end.sim().truth().cases()?.outbreak().offspring();
    let forces = forces(story, log);
    let mut steps = Steps { at_once: [None; 4], of_cohort: [None; 4] };
    for (at, period) in PERIODS.iter().enumerate() {
        let (from, until) = (midnight(period.from)?, midnight(period.until)?);
        let within = |i: &Infection, from: Minute, until: Minute| from <= i.at && i.at < until;
        let new = log.iter().filter(|i| i.source.is_some() && within(i, from, until)).count();
        let days = from.day().index() as usize..until.day().index() as usize;
        let force: f64 = forces.iter().take(days.end).skip(days.start).sum();
        steps.at_once[at] = (force > 0.0).then(|| new as f64 / force);
        let (from, until) = (midnight(period.cohort.0)?, midnight(period.cohort.1)?);
        let of: Vec<f64> = log
            .iter()
            .zip(&offspring)
            .filter(|(i, _)| within(i, from, until))
            .map(|(_, &count)| f64::from(count))
            .collect();
        steps.of_cohort[at] = (!of.is_empty()).then(|| mean(&of));
    }
    Some(steps)
}

/// By day: infectivity of all infections that falls on it, one whole for each, times the
/// share of people who were not yet infected when it began.
fn forces(story: &Scenario, log: &[Infection]) -> Vec<f64> {
    let Some(illness) = &story.setup.illness else { return Vec::new() };
    let days = story.setup.ends.day().index() as usize + 1;
    let (mut present, mut infected) = (vec![0.0; days], vec![0.0; days]);
    for infection in log {
        let who = illness.mixing.resident(infection.person.0);
        let course = illness.rules.course(story.setup.seed, infection.person.0, who);
        let over =
            |now: Minute| illness.rules.profile().share_until(&course, infection.age_at(now));
        let (mut day, mut before) = (infection.at.day(), over(infection.at));
        infected[day.index() as usize] += 1.0;
        while day <= story.setup.ends.day() && before < FREELY {
            let after = over(day.end());
            present[day.index() as usize] += f64::from(after - before) / f64::from(FREELY);
            (day, before) = (Day(day.0 + 1), after);
        }
    }
    let mut left = f64::from(story.setup.core_people());
    let people = left;
    let on_day = |(present, new): (f64, f64)| {
        let force = present * left / people;
        left -= new;
        force
    };
    present.into_iter().zip(infected).map(on_day).collect()
}

/// The rows of worlds that were run.
pub fn rows(_: &Knobs, worlds: &[Option<Steps>]) -> Vec<Row> {
    let Some(worlds) = worlds.iter().copied().collect::<Option<Vec<Steps>>>() else {
        return cannot_be_set_up("T12");
    };
    let average = |of: &dyn Fn(&Steps) -> Option<f64>| {
        mean(&worlds.iter().filter_map(of).collect::<Vec<f64>>())
    };
    let at_once: Vec<f64> = (0..4).map(|at| average(&|w| w.at_once[at])).collect();
    let of_cohort: Vec<f64> = (0..4).map(|at| average(&|w| w.of_cohort[at])).collect();
    let n = worlds.len();
    let preset = Bilingual::new(
        format!("照武汉日期的预设，{n}个没用来调过强度的种子"),
        format!("preset on Wuhan's dates, {n} held-out seeds"),
    );
    let mut rows = Vec::new();
    let periods = PERIODS.map(|period| period.name);
    let cohorts = PERIODS.map(|period| period.of);
    for (list, names, zh, en) in [
        (
            &at_once,
            periods,
            "即时再生数（折算到人人易感）",
            "instantaneous R if all were susceptible",
        ),
        (&of_cohort, cohorts, "感染者平均传给几人", "offspring of those infected"),
    ] {
        for ((period, name), &found) in PERIODS.iter().zip(&names).zip(list) {
            let what = Bilingual::new(
                format!("{}，{}，{zh}；只核对预设，不是证据", preset.zh, name.zh),
                format!("{}, {}, {en}; a check of the preset, no evidence", preset.en, name.en),
            );
            rows.push(Row::inside("T12", what, found, period.band.0, period.band.1));
        }
        let rises = list.windows(2).filter(|pair| pair[1] >= pair[0]).count();
        let what = Bilingual::new(
            format!("{}，{zh}：没有降下来的步数", preset.zh),
            format!("{}, {en}: steps that do not lower it", preset.en),
        );
        rows.push(Row::near("T12", what, 0.0, rises as f64, 0.0));
    }
    rows
}

/// T12: all worlds on all cores.
pub fn steps(knobs: &Knobs) -> Vec<Row> {
    let (go, mut all) = (AtomicBool::new(false), Vec::new());
    let one = |run: usize| world(knobs, run);
    workers::in_order(worlds(knobs), workers::all_cores(), &go, one, |_, w| all.push(w));
    rows(knobs, &all)
}
