//! Anchor T26: nobody is lost and nobody is counted twice.
//!
//! Floor 3. Source: conservation. Not the same count twice: people by their health against
//! the lines of the infection log, deaths against bodies, the log against the sums of the
//! days; homes by colour as the day's figures have them against colours that are kept from
//! what was told alone.

use std::collections::BTreeSet;

use crate::base::ids::PersonId;
use crate::base::text::{Bilingual, plural};
use crate::scenario::compile::{Overrides, compile};
use crate::scenario::script::Scenario;
use crate::session::{Moment, StoryEvent};
use crate::sim::board::{Knowledge, RiskColour};
use crate::sim::event::Happening;
use crate::sim::state::{Setup, SimState};
use crate::sim::truth::{Health, Whereabouts};

use super::trial::{cannot_be_set_up, map};
use super::{Knobs, Row};

/// Scenes that are kept account of, and the seeds of each.
const SCENES: [(&str, &[u8], u64); 5] = [
    ("fuxiang_2020", include_bytes!("../../scenes/fuxiang_2020.ron"), 2),
    ("base_rates", include_bytes!("../../scenes/base_rates.ron"), 3),
    ("what_if", include_bytes!("../../scenes/what_if.ron"), 5),
    ("toilet_question", include_bytes!("../../scenes/toilet_question.ron"), 3),
    ("wuhan_like", include_bytes!("../../scenes/wuhan_like.ron"), 1),
];

/// How many homes show each colour, kept from what is told.
struct Colours {
    shown: Vec<RiskColour>,
    count: [u64; 4],
}

impl Colours {
    fn new(homes: u32) -> Self {
        let shown = vec![RiskColour::NotYetKnown; homes as usize];
        Self { shown, count: [u64::from(homes), 0, 0, 0] }
    }

    /// Hears of changes. Returns how many did not begin at the colour that is shown.
    fn hear(&mut self, told: &[StoryEvent]) -> u64 {
        let mut torn = 0;
        for event in told {
            let StoryEvent::Sim(event) = event else { continue };
            let (Happening::Learnt { household, from, to, .. }
            | Happening::Faded { household, from, to }) = event.what
            else {
                continue;
            };
            let Some(shown) = self.shown.get_mut(household.index()) else { continue };
            torn += u64::from(*shown != from);
            self.count[*shown as usize] -= 1;
            self.count[to as usize] += 1;
            *shown = to;
        }
        torn
    }
}

/// What does not add up at a midnight.
#[derive(Default)]
struct Wrong {
    days: u64,
    people: u64,
    colours: u64,
    infections: u64,
}

/// Whether truth adds up to everybody.
fn people_add_up(setup: &Setup, state: &SimState) -> bool {
    let (truth, now) = (state.truth(), state.now());
    let people = setup.population.people.len();
    let mut by_health = [0_usize; Health::ALL.len()];
    for person in (0..people).map(PersonId::from_index) {
        by_health[truth.health(person, now) as usize] += 1;
    }
    let dead = truth.bodies.iter().filter(|body| body.place == Whereabouts::Died).count();
    let log = truth.cases().map_or(&[][..], |cases| cases.outbreak().log());
    let begun: Vec<PersonId> = log.iter().filter(|i| i.at <= now).map(|i| i.person).collect();
    let distinct: BTreeSet<PersonId> = begun.iter().copied().collect();
    let after: usize = by_health[1..].iter().sum();
    distinct.len() == begun.len()
        && after == begun.len()
        && by_health[Health::Never as usize] + begun.len() == people
        && by_health[Health::Died as usize] == dead
}

fn account(story: &Scenario, knobs: &Knobs) -> Wrong {
    let (setup, mut told, mut wrong) = (&story.setup, Vec::new(), Wrong::default());
    let mut colours = Colours::new(setup.core_homes);
    let mut moment = Moment::start(story, &mut told);
    while moment.sim().now() < setup.ends {
        let midnight = moment.sim().now().day().end().min(setup.ends);
        moment.advance(story, midnight, &mut told);
        let torn = colours.hear(&told);
        told.clear();
        let mut state = moment.sim().clone();
        if knobs.leak > 0 {
            // The mutant: a body is gone, and a home off the board, and no book has it.
            state.truth.bodies.touch(PersonId(0)).place = Whereabouts::Died;
            let mut pages = state.board.to_vec();
            pages[0] = Knowledge::default();
            state.board = pages.into();
        }
        wrong.days += 1;
        wrong.people += u64::from(!people_add_up(setup, &state));
        let today = state.today(setup);
        let figures = [today.unknown, today.green, today.orange, today.red];
        let homes = u64::from(setup.core_homes);
        let whole = figures.iter().sum::<u64>() == homes && figures == colours.count;
        wrong.colours += u64::from(torn > 0 || !whole);
    }
    let state = moment.sim();
    let days: u64 = state.days().iter().map(|day| day.infections).sum();
    let days = days + if state.now().is_midnight() { 0 } else { state.today(setup).infections };
    let log = state.truth().cases().map_or(0, |cases| cases.outbreak().log().len() as u64);
    wrong.infections = days.abs_diff(log);
    wrong
}

/// T26: people add up to everybody and colours to all homes, on each day.
pub fn balance(knobs: &Knobs) -> Vec<Row> {
    let map = map();
    let maps = |name: &str| Some((name.to_owned(), map.as_bytes().to_vec()));
    let mut rows = Vec::new();
    for (name, scene, seeds) in SCENES {
        let mut sum = Wrong::default();
        for seed in (0..seeds).map(|s| knobs.seed + s) {
            let overrides = Overrides { seed: Some(seed), ..Overrides::default() };
            let Ok(compiled) = compile(name, scene, &maps, &overrides) else {
                return cannot_be_set_up("T26");
            };
            let wrong = account(&compiled.scenario, knobs);
            sum.days += wrong.days;
            sum.people += wrong.people;
            sum.colours += wrong.colours;
            sum.infections += wrong.infections;
        }
        let Wrong { days, people, colours, infections } = sum;
        let worlds = plural(seeds, "world", "worlds");
        for (zh, en, found) in [
            ("人数合计不符的天数", "days on which people do not add up", people),
            ("各色户数合计不符的天数", "days on which colours do not add up", colours),
            ("逐日感染与记录之差", "infections by day against the log", infections),
        ] {
            let what = Bilingual::new(
                format!("{name}，{seeds}个世界共{days}天：{zh}"),
                format!("{name}, {days} days of {seeds} {worlds}: {en}"),
            );
            rows.push(Row::near("T26", what, 0.0, found as f64, 0.0));
        }
    }
    rows
}
