//! The survey: every household visited once a round, by beats along the lanes.
//!
//! Floor 1. Reads the place, trust (through senses) and parameters; writes the
//! survey's lists. Emits `DoorClosed`. Source: the article, section 3 (19
//! workers, five days).
//!
//! A further round begins when the survey is switched on again after the last one
//! was finished: people are known by then and questions are few, so it is shorter.
//! Each surveyor has a beat, a run of neighbouring homes. A door that stays shut
//! is tried again later; who has finished a beat helps with the longest of others.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::dispatch::{self, Plan};
use super::{Job, Site, Task, TaskKind, roster};
use crate::base::ids::{HouseholdId, WorkerId};
use crate::base::time::Minute;
use crate::sim::agenda::Due;
use crate::sim::board::Told;
use crate::sim::event::Happening;
use crate::sim::senses;
use crate::sim::state::{Setup, SimState, Step};

/// A run of homes that one surveyor walks: `next..end`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Beat {
    /// The next home.
    pub next: u32,
    /// One past the last.
    pub end: u32,
}

/// The lists of the survey.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct Survey {
    /// One per surveyor.
    pub beats: Vec<Beat>,
    /// Homes in beats that nobody has tried.
    pub untried: u32,
    /// Doors that stayed shut, and when they may be tried again.
    pub again: BTreeSet<(Minute, HouseholdId)>,
    /// Attempts so far in this round, by household.
    pub attempts: Vec<u8>,
    /// Which round, from 1; 0 before the first.
    pub round: u32,
}

impl Survey {
    /// Whether the lists are those of so many homes.
    pub(crate) fn fits(&self, homes: u32) -> bool {
        (self.attempts.is_empty() || self.attempts.len() == homes as usize)
            && self.beats.iter().all(|beat| beat.next <= beat.end && beat.end <= homes)
            && self.untried == self.beats.iter().map(|beat| beat.end - beat.next).sum::<u32>()
            && self.again.iter().all(|(_, home)| home.0 < homes)
    }

    /// Homes still to be surveyed.
    pub fn open(&self) -> u32 {
        self.untried + self.again.len() as u32
    }
}

/// Writes the beats of a round when the survey is switched on: every core
/// household, split evenly, in board order. A round that was broken off goes on.
pub(crate) fn start(setup: &Setup, state: &mut SimState) {
    if state.work.survey.open() > 0 {
        return;
    }
    let homes = setup.core_homes;
    let surveyors = roster::surveyors(state).max(1);
    let cut = |i: u32| (u64::from(homes) * u64::from(i) / u64::from(surveyors)) as u32;
    let survey = &mut state.work.survey;
    survey.beats = (0..surveyors).map(|i| Beat { next: cut(i), end: cut(i + 1) }).collect();
    survey.untried = homes;
    survey.attempts = vec![0; homes as usize];
    survey.round += 1;
}

/// Sends idle surveyors to their next doors.
pub(crate) fn assign(setup: &Setup, state: &mut SimState, now: Minute) {
    let survey = &state.work.survey;
    let ready = survey.untried > 0 || survey.again.first().is_some_and(|&(at, _)| at <= now);
    if !ready || !state.work.is_on(super::Measure::Survey) || roster::is_break(setup, now) {
        return;
    }
    let surveyors = roster::surveyors(state);
    let idle: Vec<WorkerId> =
        state.work.idle_staff.iter().map(|&(_, id)| id).filter(|id| id.0 < surveyors).collect();
    for id in idle {
        let Some((home, source)) = next_home(&state.work.survey, id, now) else {
            return;
        };
        let attempt = state.work.survey.attempts[home.index()] + 1;
        let task = Task { kind: TaskKind::Survey, site: Site::Home(home), since: now, attempt };
        let plan = plan(setup, state, home, attempt);
        let Some(minutes) = dispatch::minutes_for(setup, state, id, task, plan, now) else {
            continue;
        };
        take(&mut state.work.survey, home, source);
        dispatch::begin(state, id, task, plan, minutes, now);
    }
}

/// Where the next home comes from.
#[derive(Clone, Copy)]
enum Source {
    Front(usize),
    Back(usize),
    Again(Minute),
}

fn next_home(survey: &Survey, id: WorkerId, now: Minute) -> Option<(HouseholdId, Source)> {
    if let Some(beat) = survey.beats.get(id.index()).filter(|b| b.next < b.end) {
        return Some((HouseholdId(beat.next), Source::Front(id.index())));
    }
    if let Some(&(at, home)) = survey.again.first().filter(|&&(at, _)| at <= now) {
        return Some((home, Source::Again(at)));
    }
    if survey.untried == 0 {
        return None;
    }
    let longest = (0..survey.beats.len())
        .max_by_key(|&i| (survey.beats[i].end - survey.beats[i].next, usize::MAX - i))?;
    let beat = survey.beats[longest];
    (beat.next < beat.end).then(|| (HouseholdId(beat.end - 1), Source::Back(longest)))
}

fn take(survey: &mut Survey, home: HouseholdId, source: Source) {
    match source {
        Source::Front(i) => {
            survey.beats[i].next += 1;
            survey.untried -= 1;
        }
        Source::Back(i) => {
            survey.beats[i].end -= 1;
            survey.untried -= 1;
        }
        Source::Again(at) => {
            survey.again.remove(&(at, home));
        }
    }
}

/// How long an attempt takes, and whether the door opens.
pub(crate) fn plan(setup: &Setup, state: &SimState, home: HouseholdId, attempt: u8) -> Plan {
    let rules = &setup.params.survey;
    let round = state.work.survey.round;
    let answered = senses::door_opens(setup, &state.truth, home, attempt, round);
    let minutes = match (answered, round) {
        (false, _) => rules.closed_minutes,
        (true, ..=1) => rules.minutes,
        (true, _) => rules.again_minutes,
    };
    Plan { minutes, answered, at: setup.door(home) }
}

/// An attempt ends.
pub(crate) fn done(
    setup: &Setup,
    state: &mut SimState,
    home: HouseholdId,
    job: Job,
    now: Minute,
    step: &mut Step,
) {
    if state.board[home.index()].removed.is_some() {
        return;
    }
    let attempt = job.task.attempt;
    state.work.survey.attempts[home.index()] = attempt;
    if job.answered {
        let told = senses::survey_answer(setup, &state.truth, home, state.work.survey.round);
        state.observe(setup, home, told, now, step);
        senses::ask(setup, state, home, now, step);
        state.truth.add_trust(home, setup.params.trust.visit as i32);
        return;
    }
    step.emit(Happening::DoorClosed { household: home, attempt });
    if super::visits::look_behind_the_door(setup, state, home, now, step) {
        return try_again(setup, state, home, now);
    }
    let by_phone = u32::from(attempt) >= setup.params.survey.phone_from_attempt;
    if let Some(away) = senses::word_of_absence(setup, &state.truth, home, attempt, now, by_phone) {
        state.observe(setup, home, Told::ReportedAway { away }, now, step);
        return;
    }
    try_again(setup, state, home, now);
}

fn try_again(setup: &Setup, state: &mut SimState, home: HouseholdId, now: Minute) {
    let at = now.plus(setup.params.survey.retry_after);
    state.work.survey.again.insert((at, home));
    state.agenda.push(at, Due::Wake);
}
