//! Anchors T23, T24, T25 and T28: what must hold in every single run.
//!
//! Floor 3. Source: first-passage percolation; the design of common random numbers.

use crate::base::ids::PersonId;
use crate::base::text::Bilingual;
use crate::base::time::{DAY_MINUTES, Minute};
use crate::sim::truth::illness::compliance::complies;
use crate::sim::truth::illness::params::IllnessParams;
use crate::sim::truth::illness::{
    BANDS, Contact, FREELY, Inflow, Layer, Mixing, Outbreak, Reach, Resident, Route, Rules, World,
};

use super::lab::{self, HOMES};
use super::{Knobs, Row};

/// The end of every run here.
const END: Minute = Minute(90 * DAY_MINUTES);
const SEEDS: u64 = 200;
/// Numbers that stand for measures in the keys of compliance.
const MASKS: u32 = 1;
const OBSERVATION: u32 = 2;

fn percent(of: u32) -> u32 {
    of * (FREELY / 100)
}

fn from_day(day: u32, contact: &Contact<'_>) -> bool {
    contact.at.0 >= day * DAY_MINUTES
}

/// 4,616 people of all ages in homes and courtyards, with a community around.
fn town() -> Mixing {
    let plain = lab::table_of_homes(&HOMES);
    let resident = |p: u32| Resident { age: (p * 61 % 90) as u8, partner: p % 5 < 2 };
    let mut mixing = Mixing::of_homes(
        (0..plain.people()).map(resident).collect(),
        plain.homes().map(|h| h.len() as u32),
    );
    let yards = Reach::Blocks(mixing.blocks(std::iter::repeat_n(10, 200)));
    let layer = |route, mean, per_member, reach| Layer {
        route,
        mean: [mean; BANDS],
        per_member,
        reach,
        spares_home: true,
        ceiling: FREELY,
    };
    mixing.layers.push(layer(Route::Yard, 10_000, true, yards));
    let all = Reach::Below(mixing.people());
    mixing.layers.push(layer(Route::Street, 2_200_000, false, all));
    mixing
}

type Permit<'a> = &'a dyn Fn(&Contact<'_>) -> u32;

/// When each person is infected, if ever, with five imports.
fn infected_at(world: &World<'_>, permit: Permit<'_>) -> Vec<Option<Minute>> {
    let people = world.mixing.people();
    let (mut outbreak, mut new) = (Outbreak::new(people), Vec::new());
    for person in lab::spread_out(people, 5, world.seed) {
        outbreak.arrive(world, PersonId(person), Minute(0), 0, &mut new);
    }
    outbreak.step(world, END, permit, &mut new);
    (0..people).map(|p| outbreak.infection(PersonId(p)).map(|i| i.at)).collect()
}

/// Whether anybody of the second arm is infected earlier than in the first one.
fn anybody_earlier(first: &[Option<Minute>], second: &[Option<Minute>]) -> bool {
    let never = Minute(u32::MAX);
    first.iter().zip(second).any(|(a, b)| b.unwrap_or(never) < a.unwrap_or(never))
}

/// What both arms share: the streets half empty from day 20. A mutant lets them fill
/// again on day 40.
fn shared(knobs: &Knobs, contact: &Contact<'_>) -> u32 {
    let lifted = knobs.reopens && from_day(40, contact);
    let closed = contact.route == Route::Street && from_day(20, contact) && !lifted;
    if closed { percent(50) } else { FREELY }
}

/// Every kind of permit that never rises.
fn reductions(seed: u64) -> Vec<(Bilingual, Box<dyn Fn(&Contact<'_>) -> u32>)> {
    let street =
        |day: u32, left: u32| -> Box<dyn Fn(&Contact<'_>) -> u32> {
            Box::new(move |c| {
                if c.route == Route::Street && from_day(day, c) { percent(left) } else { FREELY }
            })
        };
    let masked = move |who: Option<PersonId>| {
        who.is_some_and(|person| complies(seed, person, MASKS, percent(60)))
    };
    let kept_home = move |c: &Contact<'_>| {
        let ill = c.source.is_some_and(|s| {
            s.symptomatic
                && c.at >= s.onset.plus(DAY_MINUTES)
                && complies(seed, s.person, OBSERVATION, percent(90))
        });
        ill && c.route != Route::Home
    };
    let word = Bilingual::fixed;
    vec![
        (word("第25天起街上只剩14%", "streets at 14 % from day 25"), street(25, 14)),
        (word("第25天起街上剩70%", "streets at 70 % from day 25"), street(25, 70)),
        (word("从头起街上剩95%", "streets at 95 % from the start"), street(0, 95)),
        (word("一个什么也不改变的措施", "a measure that changes nothing"), street(0, 100)),
        (
            word("第10天起家中剩60%", "homes at 60 % from day 10"),
            Box::new(
                |c| {
                    if c.route == Route::Home && from_day(10, c) { percent(60) } else { FREELY }
                },
            ),
        ),
        (
            word("第15天起院内规矩", "courtyard rules from day 15"),
            Box::new(
                |c| {
                    if c.route == Route::Yard && from_day(15, c) { percent(30) } else { FREELY }
                },
            ),
        ),
        (
            word("第10天起六成人戴口罩", "six in ten wear masks from day 10"),
            Box::new(move |c| {
                let both = masked(c.target) && masked(c.source.map(|s| s.person));
                if both && from_day(10, c) { percent(65) } else { FREELY }
            }),
        ),
        (
            word("发病次日起九成人居家", "nine in ten stay in from the day after symptoms"),
            Box::new(move |c| if kept_home(c) { percent(10) } else { FREELY }),
        ),
    ]
}

fn both(a: u32, b: u32) -> u32 {
    (u64::from(a) * u64::from(b) / u64::from(FREELY)) as u32
}

/// T23: a permit that never rises infects nobody earlier, in any of 200 seeds.
pub fn reductions_only_delay(knobs: &Knobs) -> Vec<Row> {
    let mixing = town();
    let rules = lab::compiled(&IllnessParams::default());
    let count = reductions(0).len();
    let (mut earlier, mut changed) = (vec![0_u32; count], vec![0_u32; count]);
    for seed in (0..SEEDS).map(|s| knobs.seed + s) {
        let world = World { seed, rules: &rules, mixing: &mixing };
        let base = infected_at(&world, &|c| shared(knobs, c));
        for (kind, (_, permit)) in reductions(seed).iter().enumerate() {
            let treated = infected_at(&world, &|c| both(shared(knobs, c), permit(c)));
            earlier[kind] += u32::from(anybody_earlier(&base, &treated));
            changed[kind] += u32::from(base != treated);
        }
    }
    let mut rows = Vec::new();
    for (kind, (name, _)) in reductions(0).into_iter().enumerate() {
        let what = Bilingual::new(
            format!("{}：有人更早感染的种子数", name.zh),
            format!("{}: seeds with any infection earlier", name.en),
        );
        rows.push(Row::near("T23", what, 0.0, f64::from(earlier[kind]), 0.0));
        let what = Bilingual::new(
            format!("{}：结果不同的种子数", name.zh),
            format!("{}: seeds with any difference", name.en),
        );
        // A comparison in which nothing ever differs would show nothing.
        let row = if name.en.contains("nothing") {
            Row::near("T23", what, 0.0, f64::from(changed[kind]), 0.0)
        } else {
            Row::inside("T23", what, f64::from(changed[kind]), 1.0, SEEDS as f64)
        };
        rows.push(row);
    }
    rows
}

/// Measures that people keep to, and what each leaves of a contact when those who have to
/// keep to it do.
const KEPT_TO: [(&str, &str); 4] = [
    ("不上街", "staying off the streets"),
    ("戴口罩", "masks"),
    ("发病后居家", "home observation after symptoms"),
    ("封闭", "a closure"),
];

fn kept_to(measure: usize, c: &Contact<'_>, keeps: impl Fn(PersonId) -> bool) -> u32 {
    let source = |keeps: &dyn Fn(PersonId) -> bool| c.source.is_some_and(|s| keeps(s.person));
    let target = |keeps: &dyn Fn(PersonId) -> bool| c.target.is_some_and(keeps);
    let outside = c.route != Route::Home;
    let (works, left) = match measure {
        0 => (c.route == Route::Street && source(&keeps), 20),
        1 => (outside && source(&keeps) && target(&keeps), 35),
        2 => {
            let ill = c.source.is_some_and(|s| s.symptomatic && c.at >= s.onset.plus(DAY_MINUTES));
            (outside && ill && source(&keeps), 10)
        }
        _ => (outside && from_day(15, c) && (source(&keeps) || target(&keeps)), 14),
    };
    if works { percent(left) } else { FREELY }
}

/// T24: more people who keep to a measure are the same people and some more.
pub fn compliance_is_nested(knobs: &Knobs) -> Vec<Row> {
    let mixing = town();
    let rules = lab::compiled(&IllnessParams::default());
    let keeps = |measure: usize, seed, person, share: u32| {
        let of = measure as u32 + if knobs.drawn_anew { 100 * share } else { 0 };
        complies(seed, person, of, percent(share))
    };
    let (mut earlier, mut differ) = ([0_u32; KEPT_TO.len()], [0_u32; KEPT_TO.len()]);
    for seed in (0..SEEDS).map(|s| knobs.seed + s) {
        let world = World { seed, rules: &rules, mixing: &mixing };
        for measure in 0..KEPT_TO.len() {
            let arm = |share: u32| {
                infected_at(&world, &|c| {
                    kept_to(measure, c, |person| keeps(measure, seed, person, share))
                })
            };
            let (fewer, more) = (arm(60), arm(70));
            earlier[measure] += u32::from(anybody_earlier(&fewer, &more));
            differ[measure] += u32::from(fewer != more);
        }
    }
    let mut rows = Vec::new();
    for (measure, (zh, en)) in KEPT_TO.into_iter().enumerate() {
        let lost = (0..mixing.people())
            .map(PersonId)
            .filter(|&p| keeps(measure, knobs.seed, p, 60) && !keeps(measure, knobs.seed, p, 70))
            .count();
        let what = Bilingual::new(
            format!("{zh}：60%时遵守、70%时不遵守的人数"),
            format!("{en}: people who keep to it at 60 % and not at 70 %"),
        );
        rows.push(Row::near("T24", what, 0.0, lost as f64, 0.0));
        let what = Bilingual::new(
            format!("{zh}，遵守者由60%增至70%：有人更早感染的种子数"),
            format!("{en}, from 60 to 70 % who keep to it: seeds with any infection earlier"),
        );
        rows.push(Row::near("T24", what, 0.0, f64::from(earlier[measure]), 0.0));
        let what = Bilingual::new(
            format!("{zh}：结果不同的种子数"),
            format!("{en}: seeds with any difference"),
        );
        rows.push(Row::inside("T24", what, f64::from(differ[measure]), 1.0, SEEDS as f64));
    }
    rows
}

/// T25: no transmission, certain transmission, no import.
pub fn limits(knobs: &Knobs) -> Vec<Row> {
    let still = |rules: &Rules, mixing: &Mixing, seeds: u32| {
        let world = World { seed: knobs.seed, rules, mixing };
        lab::run(&world, lab::spread_out(mixing.people(), seeds, knobs.seed))
    };
    let plain = lab::table_of_homes(&HOMES);
    let none = lab::alike(knobs, knobs.leak);
    let local = still(&none, &plain, 500).log().iter().filter(|i| i.source.is_some()).count();
    let homes = lab::equal_homes(4, 3000);
    let certain = lab::alike(knobs, FREELY - knobs.leak);
    let world = World { seed: knobs.seed, rules: &certain, mixing: &homes };
    let spared = homes.people() as usize - lab::run(&world, (0..3000).map(|h| h * 4)).log().len();
    let mut quiet = town();
    quiet.inflows.push(Inflow {
        route: Route::Work,
        daily: u64::from(knobs.leak) * 1000,
        people: 0..quiet.people(),
        ceiling: FREELY,
    });
    let rules = lab::compiled(&IllnessParams::default());
    let world = World { seed: knobs.seed, rules: &rules, mixing: &quiet };
    let (mut outbreak, mut new) = (Outbreak::new(quiet.people()), Vec::new());
    outbreak.step(&world, Minute(400 * DAY_MINUTES), |_| FREELY, &mut new);
    let word = Bilingual::fixed;
    let zero = |what, count: usize| Row::near("T25", what, 0.0, count as f64, 0.0);
    vec![
        zero(word("不传播：本地感染", "no transmission: local infections"), local),
        zero(word("必传播：家中没有感染的人", "certain transmission: members spared"), spared),
        zero(word("没有输入：感染", "no imports: infections"), outbreak.log().len()),
    ]
}

/// T28: ninety days at once, day by day and hour by hour are the same.
pub fn parts_and_whole(knobs: &Knobs) -> Vec<Row> {
    let mixing = town();
    let rules = lab::compiled(&IllnessParams::default());
    let mut different = 0;
    for seed in (0..20).map(|s| knobs.seed + s) {
        let world = World { seed, rules: &rules, mixing: &mixing };
        let run = |stride: u32| {
            let (mut outbreak, mut new) = (Outbreak::new(mixing.people()), Vec::new());
            for person in lab::spread_out(mixing.people(), 5, seed) {
                outbreak.arrive(&world, PersonId(person), Minute(0), 0, &mut new);
            }
            let mut now = 0;
            while now < END.0 {
                now = (now + stride).min(END.0);
                let permit = |c: &Contact<'_>| {
                    let asked = if knobs.by_step { Minute(now) } else { c.at };
                    let closed = c.route == Route::Street && asked.0 >= 20 * DAY_MINUTES;
                    if closed { percent(14) } else { FREELY }
                };
                outbreak.step(&world, Minute(now), permit, &mut new);
            }
            outbreak
        };
        let whole = run(END.0);
        different += u32::from([DAY_MINUTES, 60].iter().any(|&stride| run(stride) != whole));
    }
    let what = Bilingual::fixed(
        "一次走完与分步走完：结果不同的种子数",
        "at once and in parts: seeds that differ",
    );
    vec![Row::near("T28", what, 0.0, f64::from(different), 0.0)]
}
