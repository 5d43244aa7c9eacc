//! How ill the infected become: always a range, from the lowest to the highest of the
//! published sets.
//!
//! Floor 4. Reads a story's rules and people, or its log; makes one line.

use serde::Serialize;

use crate::base::text::{Lang, grouped};
use crate::scenario::script::Scenario;
use crate::sim::state::SimState;
use crate::sim::truth::illness::SeverityRange;

/// A study tells of so many infected people.
const HUNDRED: f64 = 100.0;
const MILLION: f64 = 1e6;
const TENTHS: f64 = 10.0;

/// How many of some infected people are expected to become how ill: by the lowest and
/// by the highest of the published sets, in people.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Severity {
    /// How many are infected.
    pub infected: f64,
    /// Need a hospital.
    pub hospital: [f64; 2],
    /// Need intensive care.
    pub intensive: [f64; 2],
    /// Die of it.
    pub died: [f64; 2],
}

impl Severity {
    /// The shares of a range, of so many infected people; `None` of nobody.
    fn of(range: &SeverityRange, infected: f64) -> Option<Self> {
        let times = infected / range.infected as f64 / MILLION;
        let of = |ends: [u64; 2]| ends.map(|end| end as f64 * times);
        let SeverityRange { hospital, intensive, died, .. } = *range;
        let [hospital, intensive, died] = [hospital, intensive, died].map(of);
        (range.infected > 0).then_some(Self { infected, hospital, intensive, died })
    }
}

/// Of a hundred infected people of the ages that live in the community; `None` without
/// an outbreak.
pub fn of_hundred(story: &Scenario) -> Option<Severity> {
    let illness = story.setup.illness.as_ref()?;
    let everybody = (0..story.setup.core_people()).map(|person| illness.mixing.resident(person));
    Severity::of(&illness.rules.severity_range(everybody), HUNDRED)
}

/// Of everybody who was infected so far; `None` if nobody was.
pub fn of_log(story: &Scenario, sim: &SimState) -> Option<Severity> {
    let illness = story.setup.illness.as_ref()?;
    let log = sim.truth().cases()?.outbreak().log().iter();
    let infected = log.filter(|line| line.at <= sim.now());
    let ages = infected.map(|line| illness.mixing.resident(line.person.0));
    let range = illness.rules.severity_range(ages);
    Severity::of(&range, range.infected as f64)
}

/// One line for people.
pub fn sentence(range: &Severity, lang: Lang) -> String {
    let ends = |[low, high]: [f64; 2]| match lang {
        Lang::Zh => format!("{}到{}", tenths(low), tenths(high)),
        Lang::En => format!("{} to {}", tenths(low), tenths(high)),
    };
    let infected = grouped(range.infected as u64);
    let [hospital, intensive, died] = [range.hospital, range.intensive, range.died].map(ends);
    match lang {
        Lang::Zh => format!(
            "病情：这些年龄的人感染{infected}人，预期需住院的{hospital}人，其中需重症监护的{intensive}人，去世的{died}人；取四套已发表数字中最低和最高的，不是一个个数出来的。"
        ),
        Lang::En => format!(
            "How ill: of {infected} people of these ages who caught it {hospital} are expected to need a hospital, {intensive} of them intensive care, and {died} to die; from the lowest to the highest of four published sets, nobody is counted."
        ),
    }
}

/// With one decimal below ten, else whole.
fn tenths(x: f64) -> String {
    if x < TENTHS { format!("{x:.1}") } else { grouped(x.round() as u64) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::headless::files;
    use crate::scenario::compile::Overrides;

    fn story(scene: &str) -> Scenario {
        files::load(scene, &Overrides::default()).unwrap().scenario
    }

    /// By hand: Verity's 11.8 % of people of 60 to 69, times 0.6 and 1.13; deaths from
    /// 0.766 to 4.35 %, and intensive care 1 in 0.49 of these.
    #[test]
    fn a_hundred_people_in_their_sixties() {
        let story = story("scenes/what_if.ron");
        let illness = story.setup.illness.as_ref().unwrap();
        let sixties = (0..story.setup.core_people())
            .map(|person| illness.mixing.resident(person))
            .filter(|who| (60..70).contains(&who.age));
        let range = Severity::of(&illness.rules.severity_range(sixties), HUNDRED).unwrap();
        let near = |got: [f64; 2], low: f64, high: f64| {
            assert!((got[0] - low).abs() < 0.01 && (got[1] - high).abs() < 0.01, "{got:?}");
        };
        near(range.hospital, 11.8 * 0.6, 11.8 * 1.13);
        near(range.died, 0.766, 4.35);
        near(range.intensive, 0.766 / 0.49, 4.35 / 0.49);
        let en = sentence(&range, Lang::En);
        assert!(en.contains("of 100 people of these ages") && en.contains("7.1 to 13 are"), "{en}");
        assert!(
            sentence(&range, Lang::Zh).contains("去世的0.8到4.3人"),
            "{}",
            sentence(&range, Lang::Zh)
        );
    }

    #[test]
    fn nobody_infected_nothing_said() {
        let story = story("scenes/fuxiang_2020.ron");
        assert_eq!(of_hundred(&story), None);
        assert_eq!(Severity::of(&SeverityRange::default(), HUNDRED), None);
    }
}
