//! What is not known exactly: parameters of a sensitivity analysis with their ranges.
//!
//! Floor 3. Reads parameter cards; owns the default list. A card's own range says what
//! is possible at all; these say what could be right, from the studies that the cards
//! name. A parameter that this version does not have is passed over, so that the list
//! can name what a later one brings.

use crate::base::text::Bilingual;
use crate::ensemble::knobs::Knob;
use crate::scenario::names::no_parameter;
use crate::sim::card::Card;
use crate::sim::params::Params;

/// Path, and the lowest and highest value that could be right, in the unit of the
/// card; without them a quarter less to a quarter more.
type Range = (&'static str, Option<(u32, u32)>);

/// With an outbreak.
const OUTBREAK: [Range; 18] = [
    // Reproduction number 2.0 to 3.5, less the 0.24 at home.
    ("illness.community", Some((1_760_000, 3_260_000))),
    // An attack rate at home of 11.2 to 23 %: in proportion to the card's 15.6 %.
    ("illness.pair", Some((89_900, 184_600))),
    // 0.1 (Endo 2020) to 0.58 (Bi 2020).
    ("illness.shape", Some((100, 580))),
    // 20 to 31 % (Buitrago-Garcia 2020).
    ("illness.silent_overall", Some((200_000, 310_000))),
    // From 0.10, the lower end of the interval of 0.35 (Buitrago-Garcia 2020), to 1.
    ("illness.silent", Some((100, 1000))),
    // Transmission before symptoms: the last day before them, half and once again.
    ("illness.before_1", Some((90, 270))),
    // 0.32 to 1.89 % (Thompson 2020).
    ("illness.from_wuhan", Some((3200, 18_900))),
    // From symptoms to what the office can do about them.
    ("senses.report_delay", Some((720, 4320))),
    // A trend in deaths whose cause is not established (Armstrong 2020).
    ("severity.ward_care", Some((700_000, 1_000_000))),
    ("fever.daily", None),
    ("cases.seeks_care", None),
    ("cases.seeks_until", None),
    // What the cards say of each: most of these are guesses.
    ("contacts.toilet_hazard", Some((10_000, 1_000_000))),
    ("contacts.work_daily", None),
    ("control.closed_street", Some((40, 500))),
    ("control.observed_outside", Some((0, 250))),
    ("control.masks", Some((400, 950))),
    ("control.caution", None),
];

/// Without one: what the work of the office hangs on.
const WORK: [Range; 6] = [
    ("shifts.workers", Some((17, 21))),
    ("survey.minutes", Some((14, 23))),
    ("survey.opens_courtyard", Some((780_000, 950_000))),
    ("survey.opens_building", Some((600_000, 850_000))),
    ("calls.minutes", Some((2, 5))),
    ("calls.answered", Some((800_000, 970_000))),
];

/// A parameter that cannot be turned as asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WrongRange {
    /// There is no such parameter.
    #[error("there is no parameter named `{0}`")]
    Unknown(String),
    /// Not `path`, nor `path=low..high`.
    #[error("`{0}` is not understood")]
    Garbled(String),
    /// The usual value lies outside, or the card's range is left.
    #[error("the range of `{0}` does not hold its value")]
    Outside(String, u32, u32),
}

impl WrongRange {
    /// The sentence for people.
    pub fn sentence(&self) -> Bilingual {
        match self {
            Self::Unknown(path) => no_parameter(path),
            Self::Garbled(text) => Bilingual::new(
                format!("“{text}”看不懂；写成 survey.minutes 或 survey.minutes=14..23"),
                format!(
                    "`{text}` is not understood; write survey.minutes or survey.minutes=14..23"
                ),
            ),
            Self::Outside(path, usual, most) => Bilingual::new(
                format!("“{path}”的范围须包含现在的值{usual}，并且不超过{most}"),
                format!(
                    "the range of `{path}` must hold its value {usual} and end at {most} at most"
                ),
            ),
        }
    }
}

/// The parameters that are turned unless others are named.
pub fn usual(params: &Params, outbreak: bool) -> Vec<Knob> {
    let list: &[Range] = if outbreak { &OUTBREAK } else { &WORK };
    let turned = |&(path, range): &Range| knob(params, &card(path)?, range).ok();
    list.iter().filter_map(turned).collect()
}

/// Parameters as somebody names them: `survey.minutes`, `survey.minutes=14..23`.
///
/// # Errors
/// The first that cannot be turned.
pub fn named(params: &Params, words: &[String]) -> Result<Vec<Knob>, WrongRange> {
    let one = |text: &String| {
        let (path, range) = match text.split_once('=') {
            Some((path, range)) => (path.trim(), Some(range)),
            None => (text.trim(), None),
        };
        let card = card(path).ok_or_else(|| WrongRange::Unknown(path.to_owned()))?;
        let number = |s: &str| s.trim().parse::<u32>().ok();
        let range = match range {
            Some(range) => {
                let ends = range.split_once("..");
                let ends = ends.and_then(|(low, high)| Some((number(low)?, number(high)?)));
                Some(ends.ok_or_else(|| WrongRange::Garbled(text.clone()))?)
            }
            None => OUTBREAK.iter().chain(&WORK).find(|r| r.0 == path).and_then(|r| r.1),
        };
        knob(params, &card, range)
    };
    words.iter().map(one).collect()
}

fn card(path: &str) -> Option<Card> {
    Params::cards().into_iter().find(|card| card.path() == path)
}

/// Without a range: a quarter below the value to a quarter above, as far as the card
/// goes.
fn knob(params: &Params, card: &Card, range: Option<(u32, u32)>) -> Result<Knob, WrongRange> {
    let path = card.path();
    let usual = params.get(&path).unwrap_or(card.default);
    let quarter = usual.div_ceil(4);
    let (low, high) = range.unwrap_or_else(|| {
        (usual.saturating_sub(quarter).max(card.min), usual.saturating_add(quarter).min(card.max))
    });
    if !(low <= usual && usual <= high && low >= card.min && high <= card.max) {
        return Err(WrongRange::Outside(path, usual, card.max));
    }
    Ok(Knob { name: path, label: card.label.clone(), low, usual, high })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_parameters_hold_their_values() {
        let params = Params::default();
        for outbreak in [false, true] {
            let knobs = usual(&params, outbreak);
            assert!(knobs.len() >= 6, "{}", knobs.len());
            assert!(knobs.iter().all(|k| k.check().is_ok() && k.low < k.high), "{knobs:?}");
        }
    }

    #[test]
    fn a_range_can_be_named() {
        let params = Params::default();
        let of = |text: &str| named(&params, &[text.to_owned()]);
        let knob = &of("survey.minutes=10..30").unwrap()[0];
        assert_eq!((knob.low, knob.usual, knob.high), (10, 18, 30));
        assert_eq!(of("survey.minutes").unwrap()[0].high, 23);
        assert!(matches!(of("survey.minuets"), Err(WrongRange::Unknown(_))));
        assert!(matches!(of("survey.minutes=ten"), Err(WrongRange::Garbled(_))));
        assert!(matches!(of("survey.minutes=20..30"), Err(WrongRange::Outside(..))));
        assert!(of("survey.minuets").unwrap_err().sentence().en.contains("`survey.minutes`"));
    }
}
