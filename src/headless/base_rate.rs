//! What comes in from outside: how much is to be expected, and how likely nothing is.
//!
//! Floor 4. Reads a story; owns [`BaseRate`]. Most real communities had no outbreak, and
//! a run without a case shows nothing of any measure: so the expectation stands beside
//! every result. Returns are counted exactly; what comes in otherwise is an upper bound,
//! for measures may keep some of it out.

use std::io::Write;

use serde::Serialize;

use super::say;
use crate::base::text::{Bilingual, Lang, grouped};
use crate::base::time::DAY_MINUTES;
use crate::scenario::script::{Action, Scenario, Trigger};
use crate::sim::command::SimCommand;
use crate::sim::people::Region;

const MILLION: f64 = 1e6;
const THOUSAND_MILLION: f64 = 1e9;
const PERCENT: f64 = 100.0;
/// Confirmed cases in Dongcheng by 5 March 2020 (Beijing Health Commission), and its
/// people (census volume of 2020).
const RECORD_CASES: f64 = 13.0;
const RECORD_PEOPLE: f64 = 708_829.0;
/// Infections in Wuhan that were never found (Hao, *Nature* 2020).
const NOT_FOUND: f64 = 0.87;

/// What comes in.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct BaseRate {
    /// People of the community.
    pub people: u32,
    /// Imports that the scene sets itself.
    pub forced: u32,
    /// Infected people to be expected among those who come back.
    pub with_returns: f64,
    /// To be expected by work, guests, hospital and care, at most.
    pub otherwise: f64,
    /// The chance that nobody who comes back is infected.
    pub no_return: f64,
}

impl BaseRate {
    /// Of a story; `None` without an outbreak.
    pub fn of(story: &Scenario) -> Option<Self> {
        let setup = &story.setup;
        let illness = setup.illness.as_ref()?;
        let (core, cards) = (setup.core_people(), &setup.params.illness);
        let (mut with_returns, mut no_return) = (0.0, 1.0);
        for trip in &setup.population.trips {
            let back = trip.back.is_some_and(|at| setup.starts <= at && at <= setup.ends);
            if !back || trip.person.0 >= core {
                continue;
            }
            let prevalence = match trip.from {
                Region::Wuhan => cards.from_wuhan,
                Region::Hubei => cards.from_hubei,
                Region::JinJi | Region::Elsewhere | Region::Abroad => cards.from_elsewhere,
            };
            let p = f64::from(prevalence) / MILLION;
            with_returns += p;
            no_return *= 1.0 - p;
        }
        let days = f64::from(setup.ends.0 - setup.starts.0) / f64::from(DAY_MINUTES);
        let daily: f64 = illness.mixing.inflows.iter().map(|i| i.daily as f64).sum();
        Some(Self {
            people: core,
            forced: forced(story),
            with_returns,
            otherwise: daily / THOUSAND_MILLION * days,
            no_return,
        })
    }

    /// The chance that nothing comes in at all, at least.
    pub fn none(&self) -> f64 {
        if self.forced > 0 { 0.0 } else { self.no_return * (-self.otherwise).exp() }
    }

    /// Confirmed cases that the record of the district would lead one to expect here.
    fn of_record(&self) -> f64 {
        RECORD_CASES * f64::from(self.people) / RECORD_PEOPLE
    }

    /// Two lines: what comes in, and what the record says.
    pub(super) fn tell(&self, lang: Lang, out: &mut dyn Write) {
        let [forced, returns, otherwise] =
            [f64::from(self.forced), self.with_returns, self.otherwise].map(small);
        let none = percent(self.none());
        let record = self.of_record();
        let missed = record / (1.0 - NOT_FOUND);
        let people = grouped(self.people.into());
        let lines = match lang {
            Lang::Zh => [
                format!(
                    "输入：剧本安排{forced}例；按参数，返京的人里预期{returns}例，别的途径至多{otherwise}例。一例也不输入的机会：{none} %。"
                ),
                format!(
                    "对照记载：东城区708,829人到2020年3月5日确诊13例（北京市卫健委）。照这个比例，{people}人里预期确诊{}例，一例也没有的机会是{} %；就算漏了87 %（Hao，Nature 2020），预期{}例，一例也没有的机会也有{} %。没有病例，说明不了措施有用。",
                    small(record),
                    percent((-record).exp()),
                    small(missed),
                    percent((-missed).exp()),
                ),
            ],
            Lang::En => [
                format!(
                    "Imports: {forced} set by the scene; by its numbers {returns} expected among people who come back, at most {otherwise} otherwise. Chance that nothing comes in: {none} %."
                ),
                format!(
                    "The record beside it: Dongcheng had 13 confirmed cases among 708,829 people by 5 March 2020 (Beijing Health Commission). At that rate {} are expected among {people}, and the chance of none is {} %; were 87 % missed (Hao, Nature 2020), {} and still {} %. No case proves no measure.",
                    small(record),
                    percent((-record).exp()),
                    small(missed),
                    percent((-missed).exp()),
                ),
            ],
        };
        for line in lines {
            say(out, &line);
        }
    }
}

fn forced(story: &Scenario) -> u32 {
    let of = |action: &Action| match action {
        Action::Command(SimCommand::ImportCase(_)) => 1,
        Action::Command(SimCommand::ImportCases(n)) => u32::from(*n),
        _ => 0,
    };
    story.script.cues.iter().flat_map(|cue| &cue.actions).map(of).sum()
}

/// Two digits that count are enough of an expectation.
fn small(x: f64) -> String {
    if x == 0.0 || x >= 9.95 {
        return grouped(x.round() as u64);
    }
    if x < 0.01 {
        "0.01".to_owned()
    } else {
        format!("{x:.2}").trim_end_matches('0').trim_end_matches('.').to_owned()
    }
}

fn percent(x: f64) -> String {
    format!("{:.0}", x * PERCENT)
}

/// What a story itself makes happen, and how often it would by chance: an event that is
/// told is no measure of how common it is.
pub(super) fn scripted(story: &Scenario, lang: Lang) -> Option<String> {
    let fixed =
        story.script.cues.iter().filter(|cue| !matches!(cue.trigger, Trigger::Every { .. }));
    let actions = fixed.flat_map(|cue| &cue.actions);
    let (mut falls, mut fevers) = (0_u64, 0_u64);
    for action in actions {
        match action {
            Action::Command(SimCommand::Fall(_)) => falls += 1,
            Action::Command(SimCommand::Fever(_)) => fevers += 1,
            _ => {}
        }
    }
    if falls + fevers == 0 {
        return None;
    }
    let setup = &story.setup;
    let days = f64::from(setup.ends.0 - setup.starts.0) / f64::from(DAY_MINUTES);
    let expected = crate::sim::truth::falls::expected_daily_ppm(setup) as f64 / MILLION * days;
    let fever =
        f64::from(setup.params.fever.daily) / MILLION * f64::from(setup.core_people()) * days;
    let part = |n: u64, zh: &str, en: &str, expected: f64| {
        let (n, expected) = (grouped(n), small(expected));
        (n != "0").then(|| {
            Bilingual::new(
                format!("{zh}{n}次（凭机会，这些天里这里预期约{expected}次）"),
                format!("{en} {n} (by chance, about {expected} expected here in these days)"),
            )
        })
    };
    let parts: Vec<Bilingual> =
        [part(falls, "跌倒", "falls", expected), part(fevers, "发热", "fevers", fever)]
            .into_iter()
            .flatten()
            .collect();
    let joined = |lang: Lang, between: &str| {
        parts.iter().map(|p| p.get(lang).to_owned()).collect::<Vec<_>>().join(between)
    };
    Some(match lang {
        Lang::Zh => format!("故事自己安排的：{}。", joined(lang, "，")),
        Lang::En => format!("Made to happen by the story: {}.", joined(lang, ", ")),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::headless::files;
    use crate::scenario::compile::Overrides;

    fn of(scene: &str) -> (Scenario, Option<BaseRate>) {
        let story = files::load(scene, &Overrides::default()).unwrap().scenario;
        let base = BaseRate::of(&story);
        (story, base)
    }

    #[test]
    fn a_scene_as_recorded_expects_less_than_one_and_most_often_none() {
        let base = of("scenes/base_rates.ron").1.unwrap();
        let expected = base.with_returns + base.otherwise;
        assert!(base.forced == 0 && expected < 0.71, "{base:?}");
        assert!(base.none() > 0.49 && base.none() < 1.0, "{base:?}");
        // 13 ÷ 708,829 of some 4,900 people.
        assert!((0.07..0.1).contains(&base.of_record()), "{base:?}");
    }

    #[test]
    fn a_scene_that_brings_it_in_says_so() {
        let base = of("scenes/what_if.ron").1.unwrap();
        assert_eq!((base.forced, base.none()), (5, 0.0));
        let mut out = Vec::new();
        base.tell(Lang::En, &mut out);
        let text = String::from_utf8(out).unwrap();
        assert!(text.starts_with("Imports: 5 set by the scene"), "{text}");
        assert!(text.contains("Chance that nothing comes in: 0 %"), "{text}");
        assert!(of("scenes/fuxiang_2020.ron").1.is_none());
    }

    #[test]
    fn a_fall_that_is_told_stands_beside_those_to_be_expected() {
        let story = of("scenes/fuxiang_2020.ron").0;
        let text = scripted(&story, Lang::En).unwrap();
        assert!(
            text.starts_with("Made to happen by the story: falls 1 (by chance, about "),
            "{text}"
        );
        assert_eq!(scripted(&of("scenes/what_if.ron").0, Lang::Zh), None);
    }
}
