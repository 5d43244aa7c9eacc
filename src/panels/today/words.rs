//! The words of the day's panel.
//!
//! Floor 8. Reads `text.ron`, compiled in; owns [`SAID`].

use std::sync::LazyLock;

use serde::Deserialize;

use crate::app::known::{fill, words};
use crate::base::text::{Bilingual, grouped};
use crate::base::time::{DAY_MINUTES, HOUR_MINUTES, Minute};

/// The words of this room.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "each name says what its words are about; see text.ron")]
pub struct Said {
    pub parts: Vec<Bilingual>,
    pub round: Bilingual,
    pub round_later: Bilingual,
    pub round_none: Bilingual,
    pub states: Vec<Bilingual>,
    pub state_count: Bilingual,
    pub more_elders: Bilingual,
    pub cases: Bilingual,
    pub cases_none: Bilingual,
    pub cases_more: Bilingual,
    pub since: Bilingual,
    pub closed: Bilingual,
    pub steps: Vec<Bilingual>,
    pub step_done: Bilingual,
    pub step_done_at: Bilingual,
    pub step_now: Bilingual,
    pub step_due: Bilingual,
    pub step_later: Bilingual,
    pub step_open: Bilingual,
    pub step_spared: Bilingual,
    pub ring: Bilingual,
    pub hours: Bilingual,
    pub time: Bilingual,
    pub spent: Bilingual,
    pub kinds: Vec<Bilingual>,
    pub waits: Bilingual,
    pub overdue: Bilingual,
    pub joined: Bilingual,
    pub on_duty: Bilingual,
    pub none_yet: Bilingual,
    pub tired: Bilingual,
    pub rested: Bilingual,
    pub weary: Bilingual,
    pub worn: Bilingual,
    pub persons: Bilingual,
    pub tire_why: Bilingual,
    pub open: Bilingual,
    pub sealed: Bilingual,
    pub empty: Bilingual,
    pub kept: Bilingual,
    pub workers: Bilingual,
    pub neighbours: Bilingual,
    pub more_mouths: Bilingual,
    pub duty: Bilingual,
    pub walking: Bilingual,
    pub brought: Bilingual,
    pub waits_head: Bilingual,
    pub waits_with: Bilingual,
    pub waits_without: Bilingual,
    pub half: Bilingual,
    pub half_never: Bilingual,
    pub sooner: Bilingual,
    pub telling: Bilingual,
    pub dots_mean: Bilingual,
    pub dots_short: Bilingual,
    pub no_pair: Bilingual,
    pub ticks: Vec<Bilingual>,
    pub minutes: Bilingual,
    pub days: Bilingual,
    pub earlier: Bilingual,
    pub later: Bilingual,
    pub strip: Bilingual,
    pub dots: Bilingual,
}

/// The words of this room.
pub static SAID: LazyLock<Said> = LazyLock::new(|| words(include_str!("text.ron")));

/// A text with numbers in its slots.
pub fn numbers(text: &Bilingual, slots: &[(&str, u64)]) -> Bilingual {
    slots.iter().fold(text.clone(), |text, (name, n)| fill(&text, &[(name, &|_| grouped(*n))]))
}

/// A text with other texts in its slots.
pub fn texts(text: &Bilingual, slots: &[(&str, &Bilingual)]) -> Bilingual {
    slots.iter().fold(text.clone(), |text, (name, with)| {
        fill(&text, &[(name, &|l| with.get(l).to_owned())])
    })
}

/// A clock time, `18:05`.
pub fn clock(at: Minute) -> Bilingual {
    let text = format!("{:02}:{:02}", at.clock() / HOUR_MINUTES, at.clock() % HOUR_MINUTES);
    Bilingual::new(text.clone(), text)
}

/// Minutes of work as hours and minutes.
pub fn time(minutes: u64) -> Bilingual {
    let hour = u64::from(HOUR_MINUTES);
    numbers(&SAID.time, &[("h", minutes / hour), ("m", minutes % hour)])
}

/// How long somebody waited, as finely as matters.
pub fn wait(minutes: u32) -> Bilingual {
    match minutes {
        0..HOUR_MINUTES => numbers(&SAID.minutes, &[("n", minutes.into())]),
        HOUR_MINUTES..DAY_MINUTES => time(minutes.into()),
        _ => {
            let (days, rest) = (minutes / DAY_MINUTES, minutes % DAY_MINUTES);
            numbers(&SAID.days, &[("d", days.into()), ("h", (rest / HOUR_MINUTES).into())])
        }
    }
}
