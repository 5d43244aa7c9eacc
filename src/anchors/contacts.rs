//! Anchor T13: contacts are accounted for.
//!
//! Floor 3. Source: Zhang J, Science 2020: contacts a day in Wuhan, of all and of those from
//! 60 on, before and during the closure, and how many of those left were at home. Contacts
//! are counted through the engine's own groups and permits ([`SimState::encounters`]).
//!
//! Before the closure the community of this program, with its shipped cards, is counted
//! too. In the closure it cannot have the contacts of the survey: its people from 60 on live
//! with 1.9 others, and nobody can be met less than one lives with. So the closure is
//! counted in a community whose homes are like those of the survey: more old couples and
//! more who live alone. There contacts outside fall to a hundredth, which is what the
//! survey says and less than the ranges of the cards of `control` reach for the street:
//! those are about what infects, and courtyards, stairs and counters infect also where
//! nobody would say that he met somebody.

use crate::base::text::Bilingual;
use crate::base::time::{DAY_MINUTES, Minute};
use crate::sim::state::{Setup, SimState};
use crate::sim::truth::Encounters;
use crate::sim::work::Measure;

use super::trial::{Trial, advance, begin, cannot_be_set_up, map};
use super::{Knobs, Row};

const OLD: u8 = 60;
/// Communities that are counted.
const WORLDS: u64 = 8;
/// Nobody is on a journey: the count is about contacts.
const NOBODY_AWAY: [(&str, u32); 2] = [("trips.travellers", 0), ("trips.late", 0)];
/// Homes like those of the survey: 1.9 others at home for all, 1.3 from 60 on.
const AS_SURVEYED: [(&str, u32); 4] = [
    ("population.size_1", 615),
    ("population.size_7", 6),
    ("population.empty_nest", 470),
    ("population.lives_alone", 490),
];
/// Buildings, without shared toilets, as in the scene on Wuhan's dates.
const PLACES: [(&str, u32); 6] = [
    ("contacts.old", 985),
    ("contacts.yard", 40),
    ("contacts.toilet_hazard", 0),
    ("contacts.shop", 160),
    ("contacts.street", 450),
    ("contacts.other", 350),
];
/// What the closure leaves of contacts outside, permille; a mutant leaves more.
const LEFT: u32 = 10;
const LEFT_OF_A_MUTANT: u32 = 20;

/// People met, of all and of those from 60 on.
type Met = [Encounters; 2];

fn count(setup: &Setup, measures: &[Measure]) -> Met {
    let mut state: SimState = begin(setup, measures);
    advance(setup, &mut state, Minute(2 * DAY_MINUTES - 1));
    [state.encounters(setup, |_| true), state.encounters(setup, |age| age >= OLD)]
}

fn setup(map: &str, set: &[(&str, u32)], seed: u64) -> Option<std::sync::Arc<Setup>> {
    let trial = Trial {
        starts: "2020-02-01 08:00",
        ends: "2020-02-03 08:00",
        flags: "quiet: true, illness: (kind: WhatIf, origin: invented),",
        set,
        seed,
        isolated: 0,
    };
    trial.setup(map)
}

/// The shipped community before, the surveyed one before and in the closure.
fn world(map: &str, knobs: &Knobs, seed: u64) -> Option<[Met; 3]> {
    let daily = ("contacts.daily", Knobs::scaled(14_600, knobs.community));
    let own = setup(map, &[&[daily][..], &NOBODY_AWAY].concat(), seed)?;
    let left = if knobs.reopens { LEFT_OF_A_MUTANT } else { LEFT };
    let closed = ["yard", "shop", "street", "other"].map(|place| format!("control.closed_{place}"));
    let closed: Vec<(&str, u32)> = closed.iter().map(|path| (path.as_str(), left)).collect();
    let set = [&[daily][..], &NOBODY_AWAY, &AS_SURVEYED, &PLACES, &closed].concat();
    let surveyed = setup(map, &set, seed)?;
    Some([count(&own, &[]), count(&surveyed, &[]), count(&surveyed, &[Measure::Closure])])
}

/// T13: contacts a day before and during a closure.
pub fn accounts(knobs: &Knobs) -> Vec<Row> {
    let map = map();
    let mut sums = [[Encounters::default(); 2]; 3];
    for seed in (0..WORLDS).map(|s| knobs.seed + s) {
        let Some(counted) = world(&map, knobs, seed) else { return cannot_be_set_up("T13") };
        for (sum, more) in sums.iter_mut().flatten().zip(counted.iter().flatten()) {
            sum.people += more.people;
            sum.at_home += more.at_home;
            sum.outside += more.outside;
        }
    }
    let each = |met: &Encounters| (met.at_home + met.outside) as f64 / met.people.max(1) as f64;
    let worlds = [
        ("本社区平时", "own community before", [14.6, 13.9]),
        ("与调查相仿的社区平时", "surveyed community before", [14.6, 13.9]),
        ("与调查相仿的社区封闭时", "surveyed community in the closure", [2.0, 1.4]),
    ];
    let mut rows = Vec::new();
    for (met, (zh, en, expected)) in sums.iter().zip(worlds) {
        let ages = [("每人", "all"), ("60岁以上每人", "from 60 on")];
        for ((met, expected), (zh_age, en_age)) in met.iter().zip(expected).zip(ages) {
            let what = Bilingual::new(
                format!("{zh}，{zh_age}每天接触几人"),
                format!("{en}, {en_age}: contacts a day"),
            );
            rows.push(Row::near("T13", what, expected, each(met), expected / 100.0));
        }
    }
    let closed = &sums[2][0];
    let share = closed.at_home as f64 / (closed.at_home + closed.outside).max(1) as f64;
    let what = Bilingual::fixed(
        "封闭时还有的接触里，家中的占几成",
        "share of the contacts left in the closure that are at home",
    );
    rows.push(Row::inside("T13", what, share, 0.78, 0.94));
    rows
}
