//! What a study leaves out: a measure, or the gates as a whole.
//!
//! Floor 3. Reads names and a compiled script; owns [`Cause`]. To leave a cause out
//! is to drop what the script does for it, and nothing else: captions, claims and all
//! other cues stay, so that the runs of a pair differ by their cause only.

use crate::base::text::Bilingual;
use crate::base::time::Minute;
use crate::scenario::names::nearest;
use crate::scenario::script::{Action, Scenario, Trigger};
use crate::sim::command::SimCommand;
use crate::sim::work::Measure;

/// What is left out, or tried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cause {
    /// Its name in files: `gates`, `daily-calls`.
    pub name: String,
    /// What it is called inside a sentence.
    pub label: Bilingual,
    measures: Vec<Measure>,
    mouths: bool,
}

/// The gates: duty, passes and temperature, and how the mouths stand.
const GATES: &str = "gates";
const GATES_LABEL: Bilingual = Bilingual::fixed("门岗", "the gates");
const GATE_MEASURES: [Measure; 3] = [Measure::GateDuty, Measure::PassCheck, Measure::Temperature];

/// A measure inside a sentence, behind *without* and before a verb: its label on the screen
/// says what is done, in a sentence it has to be a thing. No form depends on its number, and
/// none ends in what a word behind it could belong to: a ban on gatherings and masks would
/// ban both.
const fn noun(measure: Measure) -> Bilingual {
    let (zh, en) = match measure {
        Measure::Survey => ("入户摸排", "the survey"),
        Measure::DailyCalls => ("每日电话问候", "the daily calls"),
        Measure::GateDuty => ("胡同口值守", "lane-mouth duty"),
        Measure::PassCheck => ("出入凭证", "the passes"),
        Measure::Temperature => ("卡口测温", "temperature checks"),
        Measure::ObserveAll => ("返京人员观察", "returnee observation"),
        Measure::ExemptJinJi => ("津冀返京豁免", "the Tianjin–Hebei exemption"),
        Measure::Deliveries => ("送物上门", "home deliveries"),
        Measure::Rubbish => ("垃圾代收", "rubbish collection"),
        Measure::OnlineGroup => ("居民线上群", "the residents’ online group"),
        Measure::Notices => ("公告与一封信", "notices"),
        Measure::VolunteerDrive => ("志愿者招募", "the volunteer drive"),
        Measure::HomeObservation => ("居家隔离", "home observation"),
        Measure::CentralObservation => ("集中观察", "central observation"),
        Measure::Masks => ("口罩", "masks"),
        Measure::NoGatherings => ("聚集限制", "the gathering ban"),
        Measure::YardRules => ("院内公约", "the courtyard rules"),
        Measure::ToiletCleaning => ("厕所通风消毒", "toilet cleaning"),
        Measure::ShopCap => ("商店限流", "the customer cap"),
        Measure::Tracing => ("密接追查", "contact tracing"),
        Measure::WasteDisinfection => ("垃圾与表面消毒", "waste disinfection"),
        Measure::Closure => ("封闭管理", "closure"),
        Measure::SpontaneousCaution => ("自发小心", "spontaneous caution"),
    };
    Bilingual::fixed(zh, en)
}

/// There is no measure of this name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no measure named `{0}`")]
pub struct UnknownCause(pub String);

/// `DailyCalls` as it is written on a command line: `daily-calls`.
fn kebab(name: &str) -> String {
    let mut out = String::new();
    for c in name.chars() {
        if c.is_ascii_uppercase() && !out.is_empty() {
            out.push('-');
        }
        out.push(c.to_ascii_lowercase());
    }
    out
}

/// Capitals and dashes do not make another name.
fn plain(word: &str) -> String {
    word.trim()
        .chars()
        .filter(|c| !matches!(c, '-' | '_' | ' '))
        .flat_map(char::to_lowercase)
        .collect()
}

impl UnknownCause {
    /// The sentence for people: the nearest name, and all of them.
    pub fn sentence(&self) -> Bilingual {
        let names: Vec<String> = Cause::all().map(|cause| cause.name).collect();
        let labels: Vec<String> = Cause::all().map(|cause| cause.label.zh.into_owned()).collect();
        // `测温` is part of `卡口测温`, though it is half of its letters away.
        let part = || {
            labels
                .iter()
                .find(|label| !self.0.is_empty() && label.contains(&self.0))
                .map(String::as_str)
        };
        let near = nearest(&self.0, names.iter().chain(&labels).map(String::as_str)).or_else(part);
        let (zh, en) = near.map_or_else(Default::default, |near| {
            (format!("是不是“{near}”？"), format!("did you mean `{near}`? "))
        });
        let listed = Cause::all().map(|c| format!("{}（{}）", c.name, c.label.zh));
        Bilingual::new(
            format!(
                "没有名为“{}”的措施；{zh}可以写：{}",
                self.0,
                listed.collect::<Vec<_>>().join("、")
            ),
            format!("there is no measure named `{}`; {en}it may be {}", self.0, names.join(", ")),
        )
    }
}

impl Cause {
    /// Every cause that has a name.
    pub fn all() -> impl Iterator<Item = Self> {
        let gates = Self {
            name: GATES.to_owned(),
            label: GATES_LABEL,
            measures: GATE_MEASURES.to_vec(),
            mouths: true,
        };
        std::iter::once(gates).chain(Measure::ALL.into_iter().map(Self::of))
    }

    /// One measure.
    pub fn of(measure: Measure) -> Self {
        let name = kebab(measure.name());
        Self { name, label: noun(measure), measures: vec![measure], mouths: false }
    }

    /// By name: `gates`, `daily-calls`, `DailyCalls`, or what it is called in Chinese,
    /// inside a sentence or on the screen.
    ///
    /// # Errors
    /// There is no such measure.
    pub fn named(word: &str) -> Result<Self, UnknownCause> {
        let asked = plain(word);
        let is = |cause: &Self| {
            let of_screen = match cause.measures[..] {
                [measure] => measure.label().zh,
                _ => cause.label.zh.clone(),
            };
            [cause.name.as_str(), &cause.label.zh, &of_screen].map(plain).contains(&asked)
        };
        Self::all().find(is).ok_or_else(|| UnknownCause(word.to_owned()))
    }

    /// The measures that are left out with it.
    pub fn measures(&self) -> &[Measure] {
        &self.measures
    }

    fn owns(&self, action: &Action) -> bool {
        match action {
            Action::Command(SimCommand::SetMeasure(measure, _)) => self.measures.contains(measure),
            Action::Command(SimCommand::SetMouth(..)) => self.mouths,
            _ => false,
        }
    }
}

/// The causes inside one sentence: their labels, joined.
pub fn joined(causes: &[&Cause]) -> Bilingual {
    let zh: Vec<&str> = causes.iter().map(|c| c.label.zh.as_ref()).collect();
    let en: Vec<&str> = causes.iter().map(|c| c.label.en.as_ref()).collect();
    Bilingual::new(listed(&zh, "、", "和"), listed(&en, ", ", " and "))
}

/// Words in a row, with another word before the last.
fn listed(words: &[&str], between: &str, last: &str) -> String {
    match words.split_last() {
        Some((end, rest)) if !rest.is_empty() => format!("{}{last}{end}", rest.join(between)),
        _ => words.concat(),
    }
}

fn owned(action: &Action, causes: &[&Cause]) -> bool {
    causes.iter().any(|cause| cause.owns(action))
}

/// The story without what its script does for some causes.
pub fn without(story: &Scenario, causes: &[&Cause]) -> Scenario {
    let mut other = story.clone();
    for cue in &mut other.script.cues {
        cue.actions.retain(|action| !owned(action, causes));
    }
    other
}

/// The first minute at which a cause could act; `None` when the script never does
/// anything for it.
pub fn first_minute(story: &Scenario, causes: &[&Cause]) -> Option<Minute> {
    let acts = story.script.cues.iter().filter(|c| c.actions.iter().any(|a| owned(a, causes)));
    acts.map(|cue| match cue.trigger {
        Trigger::At(at) => at,
        Trigger::Every { first, .. } => first,
        // It could be any minute.
        _ => story.setup.starts,
    })
    .min()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_measure_has_its_names_in_both_languages() {
        let calls = Cause::of(Measure::DailyCalls);
        for name in ["daily-calls", "DailyCalls", "daily_calls", "每日电话问候"] {
            assert_eq!(Cause::named(name), Ok(calls.clone()), "{name}");
        }
        let gates = Cause::named("gates").unwrap();
        assert_eq!(Cause::named("门岗"), Ok(gates.clone()));
        assert_eq!(gates.label.en, "the gates");
        for measure in Measure::ALL {
            assert_eq!(Cause::named(measure.name()), Ok(Cause::of(measure)));
            assert_eq!(Cause::named(&measure.label().zh), Ok(Cause::of(measure)));
        }
    }

    #[test]
    fn a_cause_is_a_thing_that_can_stand_in_a_sentence() {
        let mut seen = std::collections::BTreeSet::new();
        for cause in Cause::all() {
            let Bilingual { zh, en } = &cause.label;
            assert!(seen.insert(zh.clone()) && seen.insert(en.clone()), "{zh} {en}");
            assert!(!en.contains(['“', '”', ',']) && !zh.contains(['“', '”', '和']), "{en} {zh}");
            // Without no gatherings: nobody would understand it.
            let twice = en.starts_with("no ") || zh.starts_with('不');
            assert!(!twice && !en.ends_with("home"), "{en} {zh}");
            // A ban on gatherings and masks would ban masks.
            let open = [" of ", " on ", " at ", " for ", " to ", " and "];
            assert!(!open.iter().any(|word| en.contains(word)), "{en}");
        }
        assert_eq!(Cause::of(Measure::HomeObservation).label.en, "home observation");
        assert_eq!(Cause::named("戴口罩"), Cause::named("口罩"));
    }

    #[test]
    fn an_unknown_measure_is_answered_with_the_nearest_and_with_all() {
        let text = Cause::named("daily-cals").unwrap_err().sentence();
        assert!(text.en.contains("did you mean `daily-calls`?"), "{}", text.en);
        assert!(text.en.contains("gates, survey, daily-calls"), "{}", text.en);
        assert!(text.zh.contains("gates（门岗）"), "{}", text.zh);
        let text = Cause::named("测温").unwrap_err().sentence();
        assert!(text.zh.contains("是不是“卡口测温”？"), "{}", text.zh);
        let text = Cause::named("xyzzy").unwrap_err().sentence();
        assert!(!text.en.contains("mean") && text.en.contains("gates"), "{}", text.en);
    }

    #[test]
    fn causes_stand_in_a_row_as_one_says_them() {
        let of = |words: &[&str]| listed(words, ", ", " and ");
        assert_eq!(of(&["the gates"]), "the gates");
        assert_eq!(of(&["masks", "gates"]), "masks and gates");
        assert_eq!(of(&["masks", "gates", "calls"]), "masks, gates and calls");
    }
}
