//! Anchor T27: what the office knows is never read from the truth.
//!
//! Floor 3. Source: the rule that senses are the only bridge. Two worlds of one seed: in
//! one of them people fall, have fevers, leave, or are infected, and the other is calm.
//! While nothing has been observed that differs, boards are the same to the bit. First with
//! every sense shut, so that nothing can be; then with all of them open, up to the minute
//! at which the office first hears something else.

use std::sync::Arc;

use crate::base::ids::{HouseholdId, PersonId};
use crate::base::text::Bilingual;
use crate::base::time::Minute;
use crate::sim::board::Told;
use crate::sim::command::SimCommand;
use crate::sim::event::{Happening, SimEvent};
use crate::sim::state::{Setup, SimState};
use crate::sim::work::Measure;

use super::trial::{Trial, advance, begin, cannot_be_set_up, map};
use super::{Knobs, Row};

/// Nothing tells the office anything: no fever is told or felt, nobody seeks care (also not
/// for another illness, where a swab would find this one) or gets so ill within the trial
/// that a hospital takes him (a month after the first symptoms), no return is said, no
/// neighbour talks.
const SHUT: [(&str, u32); 10] = [
    ("cases.fever", 0),
    ("cases.seeks_care", 0),
    ("severity.to_hospital", 43_200),
    ("severity.to_hospital_shape", 100_000),
    ("fever.daily", 0),
    ("senses.fever_asked", 0),
    ("senses.fever_unasked", 0),
    ("senses.return_unasked", 0),
    ("senses.guest", 0),
    ("survey.neighbour_knows", 0),
];
const WORLDS: u64 = 4;
/// People who are infected where the truth is stirred.
const IMPORTS: u16 = 10;
/// More than there are people in a world.
const MOST: u32 = 5000;
/// Minutes between two looks.
const HOUR: u32 = 60;

fn trial<'a>(flags: &'a str, set: &'a [(&'a str, u32)], seed: u64) -> Trial<'a> {
    let (starts, ends) = ("2020-01-24 08:00", "2020-02-16 23:59");
    Trial { starts, ends, flags, set, seed, isolated: 0 }
}

/// What the comparison of two worlds gave.
#[derive(Default)]
struct Compared {
    /// Looks at both.
    looks: u64,
    /// At which the boards differed.
    differ: u64,
    /// What was stirred: infections, or people who fell, were feverish or left.
    stirred: u64,
}

fn do_it(setup: &Setup, state: &mut SimState, command: &SimCommand) -> bool {
    let possible = state.check(setup, command).is_ok();
    if possible {
        state.apply(setup, command, &mut Vec::new());
    }
    possible
}

/// The mutation that can be observed: a home tells, and it is no secret any more.
fn tell(setup: &Setup, state: &mut SimState, knobs: &Knobs) {
    if knobs.leak > 0 {
        do_it(setup, state, &SimCommand::Tell(HouseholdId(3), Told::Fever));
    }
}

/// The same office twice, asking everybody daily; in the second an outbreak begins.
fn side_by_side(
    map: &str,
    set: &[(&str, u32)],
    knobs: &Knobs,
    seed: u64,
) -> Option<(Arc<Setup>, SimState, SimState)> {
    let setup = trial("illness: (kind: WhatIf, origin: invented),", set, seed).setup(map)?;
    let calm = begin(&setup, &[Measure::Survey, Measure::DailyCalls]);
    let mut ill = calm.clone();
    do_it(&setup, &mut ill, &SimCommand::ImportCases(IMPORTS));
    tell(&setup, &mut ill, knobs);
    Some((setup, calm, ill))
}

/// An office that asks everybody daily, and an outbreak that it cannot notice: board and
/// work are the same at every midnight.
fn unnoticed_outbreak(map: &str, knobs: &Knobs, seed: u64) -> Option<Compared> {
    let (setup, mut calm, mut ill) = side_by_side(map, &SHUT[..6], knobs, seed)?;
    let mut compared = Compared::default();
    while calm.now() < setup.ends {
        let midnight = calm.now().day().end().min(setup.ends);
        advance(&setup, &mut calm, midnight);
        advance(&setup, &mut ill, midnight);
        compared.looks += 1;
        compared.differ += u64::from(calm.board() != ill.board() || calm.work() != ill.work());
    }
    compared.stirred = ill.truth().cases()?.outbreak().log().len() as u64;
    Some(compared)
}

/// Falls, fevers and departures behind doors at which nobody asks.
fn behind_the_doors(map: &str, knobs: &Knobs, seed: u64) -> Option<Compared> {
    let setup = trial("quiet: true, surveyed: true,", &SHUT[6..], seed).setup(map)?;
    let (mut calm, mut stirred) = (begin(&setup, &[]), begin(&setup, &[]));
    tell(&setup, &mut stirred, knobs);
    let people = setup.population.people.len() as u32;
    let mut compared = Compared::default();
    let mut k = 0;
    while calm.now() < setup.ends {
        let next = calm.now().plus(HOUR).min(setup.ends);
        advance(&setup, &mut calm, next);
        advance(&setup, &mut stirred, next);
        compared.looks += 1;
        compared.differ += u64::from(calm.board() != stirred.board());
        let person = PersonId(k * 7 % people);
        let command = match k % 3 {
            0 => SimCommand::Fever(person),
            1 => SimCommand::Fall(person),
            _ => SimCommand::Leave(person),
        };
        compared.stirred += u64::from(do_it(&setup, &mut stirred, &command));
        k += 1;
    }
    Some(compared)
}

/// What the office heard, among everything that happened.
fn heard(events: &[SimEvent]) -> Vec<SimEvent> {
    let is_heard = |e: &&SimEvent| matches!(e.what, Happening::Learnt { .. });
    events.iter().filter(is_heard).copied().collect()
}

/// With every sense open: boards are the same until the office hears something else, and
/// sooner or later it does. Returns that minute too, if it came.
fn up_to_the_first_word(map: &str, knobs: &Knobs, seed: u64) -> Option<(Compared, Option<Minute>)> {
    let (setup, mut calm, mut ill) = side_by_side(map, &[], knobs, seed)?;
    let mut compared = Compared::default();
    while calm.now() < setup.ends {
        let next = calm.now().plus(HOUR).min(setup.ends);
        let (mut of_calm, mut of_ill) = (Vec::new(), Vec::new());
        calm.advance(&setup, next, &mut of_calm);
        ill.advance(&setup, next, &mut of_ill);
        if heard(&of_calm) != heard(&of_ill) {
            return Some((compared, Some(next)));
        }
        compared.looks += 1;
        compared.differ += u64::from(calm.board() != ill.board());
        compared.stirred = ill.truth().cases()?.outbreak().log().len() as u64;
    }
    Some((compared, None))
}

/// T27: hidden states that nobody observed leave the board as it is.
pub fn reads_no_truth(knobs: &Knobs) -> Vec<Row> {
    let map = map();
    let mut sums = [const { Compared { looks: 0, differ: 0, stirred: 0 } }; 3];
    let mut noticed = 0;
    for seed in (0..WORLDS).map(|s| knobs.seed + s) {
        let first = unnoticed_outbreak(&map, knobs, seed);
        let second = behind_the_doors(&map, knobs, seed);
        let third = up_to_the_first_word(&map, knobs, seed);
        let (Some(first), Some(second), Some((third, at))) = (first, second, third) else {
            return cannot_be_set_up("T27");
        };
        noticed += u64::from(at.is_some());
        for (sum, more) in sums.iter_mut().zip([first, second, third]) {
            sum.looks += more.looks;
            sum.differ += more.differ;
            sum.stirred += more.stirred;
        }
    }
    let kinds = [
        ("没有人察觉的疫情", "an outbreak that nobody notices", "感染", "infections", 40 * WORLDS),
        (
            "门后的跌倒、发热、离京",
            "falls, fevers and departures behind doors",
            "件数",
            "so many",
            100 * WORLDS,
        ),
        (
            "第一次听说以前的疫情",
            "an outbreak before the first word of it",
            "感染",
            "infections",
            u64::from(IMPORTS) * WORLDS,
        ),
    ];
    let most = f64::from(MOST) * WORLDS as f64;
    let mut rows = Vec::new();
    for (sum, (zh, en, zh_stirred, en_stirred, least)) in sums.iter().zip(kinds) {
        let looks = sum.looks;
        let what = Bilingual::new(
            format!("{zh}，{WORLDS}个世界看{looks}次：图上不同的次数"),
            format!("{en}, {looks} looks at {WORLDS} worlds: boards that differ"),
        );
        rows.push(Row::near("T27", what, 0.0, sum.differ as f64, 0.0));
        // A comparison in which nothing was hidden would show nothing.
        let what = Bilingual::new(format!("{zh}：{zh_stirred}"), format!("{en}: {en_stirred}"));
        rows.push(Row::inside("T27", what, sum.stirred as f64, least as f64, most));
    }
    let what = Bilingual::fixed(
        "感官都开着：疫情最后被听说的世界",
        "with every sense open: worlds in which the office hears of it",
    );
    rows.push(Row::near("T27", what, WORLDS as f64, noticed as f64, 0.0));
    rows
}
