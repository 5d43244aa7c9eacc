//! Results of many runs as tables and as JSON.
//!
//! Floor 4. Reads what `ensemble` made of the runs; makes text; owns [`About`],
//! without which no table leaves the house: the seeds, the version, every
//! parameter with its source, and the sentence that this is no forecast.
//!
//! ```text
//! Ensemble, Pairs ─▶ csv    one row a number: part, quantity, day, figure, value, unit
//! Attribution …   ─▶ json   one object; a change of its shape raises its format
//! ```

pub mod csv;
pub mod json;
pub mod sensitivity;

use crate::base::text::{Bilingual, Lang};
use crate::base::time::Day;
use crate::ensemble::Seeds;
use crate::ensemble::file::hash_text;
use crate::ensemble::knobs::Knob;
use crate::headless::base_rate::BaseRate;
use crate::headless::severity::{self, Severity};
use crate::history::save::MODEL_REVISION;
use crate::scenario::script::{Override, Scenario, StoryKind};
use crate::session::study::{Cause, cause, ranges};
use crate::sim::card::{Card, Origin};
use crate::sim::hash;
use crate::sim::params::Params;
use crate::sim::work::Measure;
use crate::sim::work::measure_cards::MeasureCard;

/// One parameter with the value that was run, and where it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Number {
    /// Its card.
    pub card: Card,
    /// The value that was run.
    pub value: u32,
    /// Kind of source of that value.
    pub origin: Origin,
    /// The source of that value.
    pub source: Bilingual,
}

/// Where results come from, and how to make them again.
#[derive(Debug, Clone, PartialEq)]
pub struct About {
    /// What was asked, in the words of the command line.
    pub asked: String,
    /// The scene's file.
    pub file: String,
    /// The scene's title.
    pub title: Bilingual,
    /// As recorded, or what if.
    pub kind: StoryKind,
    /// The date of its first day.
    pub first_day: Bilingual,
    /// Version of the program.
    pub version: String,
    /// Revision of the model.
    pub model: u32,
    /// Hash of scene and map.
    pub scene_hash: String,
    /// Hash of every parameter.
    pub params_hash: String,
    /// The seeds that were asked for.
    pub seeds: Seeds,
    /// Every parameter.
    pub numbers: Vec<Number>,
    /// What comes in from outside; `None` without an outbreak.
    pub base: Option<BaseRate>,
    /// How ill a hundred infected people become, from the lowest to the highest of the
    /// published sets; `None` without an outbreak.
    pub severity: Option<Severity>,
    /// Parameters that nobody knows exactly and that rest on an estimate, with the
    /// range of what could be right; no numbers of measures that the scene never takes.
    pub leans_on: Vec<Knob>,
    /// The cards of the measures that were left out or tried.
    pub measures: Vec<&'static MeasureCard>,
    /// What has to be said of people's own caution, if anything.
    pub caution: Option<Bilingual>,
}

impl About {
    /// Of a scene as it was run.
    pub fn of(story: &Scenario, file: &str, asked: &str, seeds: Seeds) -> Self {
        let params = &story.setup.params;
        Self {
            asked: asked.to_owned(),
            file: file.to_owned(),
            title: story.title.clone(),
            kind: story.kind,
            first_day: Bilingual::new(
                story.calendar.written_date(Day(1), Lang::Zh),
                story.calendar.written_date(Day(1), Lang::En),
            ),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            model: MODEL_REVISION,
            scene_hash: hash_text(story.content_hash),
            params_hash: hash_text(hash::canonical(params)),
            seeds,
            numbers: numbers(params, &story.overrides),
            base: BaseRate::of(story),
            severity: severity::of_hundred(story),
            leans_on: assumed(params, story.setup.illness.is_some())
                .into_iter()
                .filter(|knob| can_matter(story, &knob.name))
                .collect(),
            measures: Vec::new(),
            caution: None,
        }
    }

    /// With what stands beside the benefit of some causes: their cards, and whose caution
    /// it was.
    #[must_use]
    pub fn and_causes(mut self, causes: &[&Cause], caution: Option<Bilingual>) -> Self {
        for measure in causes.iter().flat_map(|cause| cause.measures()) {
            self.measures.extend(measure.card().filter(|card| !self.measures.contains(card)));
        }
        self.caution = caution;
        self
    }

    /// With numbers that were set on the command line: their values have no source.
    #[must_use]
    pub fn and_set(mut self, set: &[(String, u32)]) -> Self {
        for number in &mut self.numbers {
            if set.iter().any(|(path, _)| *path == number.card.path()) {
                number.origin = Origin::Invented;
                number.source = Bilingual::fixed("在命令行上指定", "set on the command line");
            }
        }
        self
    }
}

/// Every parameter; one that the scene sets brings the scene's source.
fn numbers(params: &Params, set: &[Override]) -> Vec<Number> {
    let number = |card: Card| {
        let (path, usual) = (card.path(), card.default);
        let value = params.get(&path).unwrap_or(usual);
        // The last one that was set is the one that holds.
        let set = set.iter().rev().find(|o| o.path == path);
        let (origin, source) = match set {
            Some(o) => (o.origin, o.source.clone()),
            None => (card.origin, card.source.clone()),
        };
        Number { card, value, origin, source }
    };
    Params::cards().into_iter().map(number).collect()
}

/// Those of the usual uncertain parameters that no study gives.
fn assumed(params: &Params, outbreak: bool) -> Vec<Knob> {
    let cards = Params::cards();
    let guessed = |knob: &Knob| {
        let card = cards.iter().find(|card| card.path() == knob.name);
        card.is_some_and(|card| card.origin == Origin::Assumption)
    };
    ranges::usual(params, outbreak).into_iter().filter(guessed).collect()
}

/// Whether a number can change anything in a scene: one that says how a measure works
/// cannot where the measure is never taken.
fn can_matter(story: &Scenario, path: &str) -> bool {
    measure_of(path)
        .is_none_or(|measure| cause::first_minute(story, &[&Cause::of(measure)]).is_some())
}

/// The measure that a number of `control` belongs to.
fn measure_of(path: &str) -> Option<Measure> {
    let (group, name) = path.split_once('.')?;
    let begins = [
        ("closed_", Measure::Closure),
        ("pass_", Measure::PassCheck),
        ("duty_", Measure::GateDuty),
        ("observed_", Measure::HomeObservation),
        ("masks", Measure::Masks),
        ("gatherings", Measure::NoGatherings),
        ("yard_rules", Measure::YardRules),
        ("toilet_cleaning", Measure::ToiletCleaning),
        ("shop_cap", Measure::ShopCap),
        ("disinfection", Measure::WasteDisinfection),
        ("caution", Measure::SpontaneousCaution),
    ];
    let of = begins.iter().find(|(begin, _)| group == "control" && name.starts_with(begin));
    of.map(|(_, measure)| *measure)
}

/// The words for a kind of scene, in one language.
pub(super) fn kind_words(kind: StoryKind, lang: Lang) -> String {
    super::run::kind_label(kind).get(lang).to_owned()
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::ensemble::stats::tests::{toy, toy_pair, toy_shape};
    use crate::ensemble::{Ensemble, Pairs, Plan, pair, replicate};
    use crate::headless::files;
    use crate::scenario::compile::Overrides;
    use std::sync::atomic::AtomicBool;

    pub(crate) const SEEDS: Seeds = Seeds { first: 100, count: 30 };

    pub(crate) fn about() -> About {
        let mut params = Params::default();
        params.set("survey.workers", 7).unwrap_or_default();
        let set = Override {
            path: "survey.minutes".to_owned(),
            value: 18,
            origin: Origin::Invented,
            source: Bilingual::fixed("剧本编的", "made up for the scene"),
        };
        About {
            asked: "compare a.ron --without gates --runs 30".to_owned(),
            file: "a.ron".to_owned(),
            title: Bilingual::fixed("如果没有门岗", "Without the gates"),
            kind: StoryKind::WhatIf,
            first_day: Bilingual::fixed("2020年1月24日", "24 January 2020"),
            version: "0.1.0".to_owned(),
            model: MODEL_REVISION,
            scene_hash: hash_text(7),
            params_hash: hash_text(hash::canonical(&params)),
            seeds: SEEDS,
            numbers: numbers(&params, &[set]),
            base: None,
            severity: None,
            leans_on: assumed(&params, true),
            measures: Vec::new(),
            caution: None,
        }
    }

    pub(crate) fn ensemble() -> Ensemble {
        let go = AtomicBool::new(false);
        replicate(toy_shape(), &Plan::new(SEEDS, &go), toy, |_| {}).unwrap()
    }

    pub(crate) fn pairs() -> Pairs {
        let go = AtomicBool::new(false);
        pair(toy_shape(), &Plan::new(SEEDS, &go), toy_pair, |_| {}).unwrap()
    }

    #[test]
    fn every_number_of_control_belongs_to_a_measure() {
        for card in Params::cards() {
            let path = card.path();
            assert_eq!(measure_of(&path).is_some(), path.starts_with("control."), "{path}");
        }
    }

    #[test]
    fn a_result_leans_on_no_measure_that_the_scene_never_takes() {
        let of = |scene: &str| {
            let story = files::load(scene, &Overrides::default()).unwrap().scenario;
            let leans = About::of(&story, scene, "", SEEDS).leans_on;
            leans.into_iter().map(|knob| knob.name).collect::<Vec<_>>()
        };
        let taken = of("scenes/what_if.ron");
        assert!(taken.iter().any(|name| name.starts_with("control.")), "{taken:?}");
        for scene in ["scenes/toilet_question.ron", "scenes/base_rates.ron", "scenes/what_if.ron"] {
            let story = files::load(scene, &Overrides::default()).unwrap().scenario;
            for name in of(scene) {
                assert!(can_matter(&story, &name), "{scene}: {name}");
            }
        }
        // As recorded there was no closure, and nobody is told to wear a mask.
        let named = of("scenes/base_rates.ron");
        for path in ["control.closed_street", "control.masks", "control.observed_outside"] {
            assert!(!named.iter().any(|name| name == path), "{named:?}");
        }
    }

    #[test]
    fn every_parameter_is_told_with_the_source_of_its_value() {
        let about = about();
        assert_eq!(about.numbers.len(), Params::cards().len());
        let minutes = about.numbers.iter().find(|n| n.card.path() == "survey.minutes").unwrap();
        assert_eq!(
            (minutes.origin, minutes.source.en.as_ref()),
            (Origin::Invented, "made up for the scene")
        );
        assert!(about.numbers.iter().all(|n| !n.source.zh.is_empty() && !n.source.en.is_empty()));
    }
}
