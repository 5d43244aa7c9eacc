//! A story at one minute: the community and how far its script has come.
//!
//! Floor 3. Reads the scenario; owns [`Moment`] and [`ScriptState`]. The script's
//! own commands are applied on arriving at their minute, before those of people,
//! and are not in the log: undo and branches never touch the lesson.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::claims;
use crate::base::time::Minute;
use crate::scenario::actions::command_name;
use crate::scenario::script::{Claim, CueId, Scenario, Trigger};
use crate::sim::command::{Rejected, SimCommand};
use crate::sim::event::{EventKind, Happening, SimEvent};
use crate::sim::state::SimState;

/// Conditions are looked at each quarter of an hour from morning to evening.
const QUARTER: u32 = 15;
const MORNING: u32 = 6 * 60;
const EVENING: u32 = 22 * 60;
/// Most cues on one day and in one story: a scene that listens to its own echo
/// is stopped instead of filling the memory.
const CUES_A_DAY: u32 = 200;
const CUES_A_STORY: u32 = 50_000;

/// What a story tells while it runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StoryEvent {
    /// Something happened in the community.
    Sim(SimEvent),
    /// A chapter began.
    Chapter {
        /// When.
        at: Minute,
        /// Its position.
        chapter: u32,
    },
    /// A cue happened: its caption and its look are due.
    Cue {
        /// When.
        at: Minute,
        /// Which.
        cue: CueId,
    },
    /// A claim of the story was tested.
    Tested {
        /// When.
        at: Minute,
        /// By which cue.
        cue: CueId,
        /// Which of its claims.
        claim: u32,
        /// Whether it came true.
        held: bool,
        /// The figure that was found, where the claim is about one.
        found: Option<u64>,
    },
    /// A command of the script could not be done.
    Refused {
        /// When.
        at: Minute,
        /// Of which cue.
        cue: CueId,
        /// Why.
        why: Rejected,
    },
    /// A command of a log could not be done.
    Declined {
        /// When.
        at: Minute,
        /// Why.
        why: Rejected,
    },
    /// Too many cues: the rest of the day's are left out.
    Overrun {
        /// When.
        at: Minute,
    },
}

impl StoryEvent {
    /// When it happened.
    pub fn at(&self) -> Minute {
        match *self {
            Self::Sim(event) => event.at,
            Self::Chapter { at, .. }
            | Self::Cue { at, .. }
            | Self::Tested { at, .. }
            | Self::Refused { at, .. }
            | Self::Declined { at, .. }
            | Self::Overrun { at } => at,
        }
    }
}

/// How far a script has come.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ScriptState {
    /// Cues of the timetable that are done.
    pub(super) timetable: u32,
    /// Cues planned after others, by minute.
    pub(super) planned: BTreeSet<(Minute, CueId)>,
    /// Cues that happen once and have happened.
    pub(super) done: Arc<BTreeSet<CueId>>,
    /// Cues that have happened at least once.
    pub(super) happened: Arc<BTreeSet<CueId>>,
    /// Chapters that have begun.
    pub(super) chapters: u32,
    /// Next quarter of an hour at which conditions are looked at.
    pub(super) next_look: Minute,
    /// When something that claims ask about last happened, by watch.
    pub(super) watches: Vec<Option<Minute>>,
    /// Cues so far today and in all.
    pub(super) cues_today: (u32, u32),
    /// Cues so far.
    pub(super) cues: u32,
}

/// A story at one minute. Cheap to clone.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Moment {
    pub(super) sim: SimState,
    pub(super) script: ScriptState,
}

impl Moment {
    /// The first minute of a story, with what the script does then.
    pub fn start(story: &Scenario, out: &mut Vec<StoryEvent>) -> Self {
        let mut events = Vec::new();
        let sim = SimState::start(&story.setup, &mut events);
        let script = ScriptState {
            timetable: 0,
            planned: BTreeSet::new(),
            done: Arc::default(),
            happened: Arc::default(),
            chapters: 0,
            next_look: story.setup.starts,
            watches: vec![None; story.script.watches.len()],
            cues_today: (0, 0),
            cues: 0,
        };
        let mut moment = Self { sim, script };
        moment.hear(story, &events, out);
        moment.advance(story, story.setup.starts, out);
        moment
    }

    /// From now on the office's diary stays empty, for a run that nobody looks at.
    pub(super) fn close_diary(&mut self) {
        self.sim.close_diary();
    }

    /// The community.
    pub fn sim(&self) -> &SimState {
        &self.sim
    }

    /// Whether this can be a moment of a story at all: every id and position in
    /// it lies within the story's tables. Asked of moments that come from a file.
    pub fn fits(&self, story: &Scenario) -> bool {
        let (script, cues) = (&story.script, story.script.cues.len() as u32);
        let known = |cue: &CueId| *cue < cues;
        self.sim.fits(&story.setup)
            && self.script.watches.len() == script.watches.len()
            && self.script.timetable as usize <= script.timetable.len()
            && self.script.chapters as usize <= script.chapters.len()
            && self.script.planned.iter().all(|(_, cue)| known(cue))
            && self.script.done.iter().chain(self.script.happened.iter()).all(known)
    }

    /// Chapters that have begun.
    pub fn chapters_begun(&self) -> u32 {
        self.script.chapters
    }

    /// Moves to a minute. In one go or in parts is the same.
    pub fn advance(&mut self, story: &Scenario, to: Minute, out: &mut Vec<StoryEvent>) {
        let to = to.min(story.setup.ends);
        loop {
            let wake = self.next_wake(story).map_or(to, |at| at.min(to));
            let heard = self.run_sim(story, wake, out);
            let now = self.sim.now;
            if heard || self.next_wake(story).is_some_and(|at| at <= now) {
                self.script_at(story, now, out);
            } else if now >= to {
                return;
            }
        }
    }

    /// Does a person's command now; the caller has checked it.
    pub fn apply(&mut self, story: &Scenario, command: &SimCommand, out: &mut Vec<StoryEvent>) {
        let mut events = Vec::new();
        self.sim.apply(&story.setup, command, &mut events);
        self.hear(story, &events, out);
        if let Some(name) = command_name(command) {
            self.wake_listeners(
                story,
                |t| matches!(t, Trigger::Asked(asked) if asked == name),
                self.sim.now,
            );
        }
        self.script_at(story, self.sim.now, out);
    }

    /// The next minute at which the script acts by itself.
    fn next_wake(&self, story: &Scenario) -> Option<Minute> {
        let script = &story.script;
        let fixed = script.timetable.get(self.script.timetable as usize).map(|&(at, _)| at);
        let planned = self.script.planned.first().map(|&(at, _)| at);
        let chapter = script.chapters.get(self.script.chapters as usize).map(|c| c.from);
        let look = self.waits(&script.conditions).then_some(self.script.next_look);
        [fixed, planned, chapter, look].into_iter().flatten().min()
    }

    /// Whether a cue of a list has not happened yet, or happens each time.
    fn waits(&self, cues: &[CueId]) -> bool {
        cues.iter().any(|cue| !self.script.done.contains(cue))
    }

    /// Lets the community run to a minute, or to the first one in which something
    /// happens that a cue waits for. Returns whether it did.
    fn run_sim(&mut self, story: &Scenario, to: Minute, out: &mut Vec<StoryEvent>) -> bool {
        let awaited = self.awaited(story);
        let mut events = Vec::new();
        if awaited == 0 {
            self.sim.advance(&story.setup, to, &mut events);
        } else {
            let waits = |kind| awaited & kind_bit(kind) != 0;
            self.sim.advance_until(&story.setup, to, &mut events, waits);
        }
        self.hear(story, &events, out);
        self.script.planned.first().is_some_and(|&(at, _)| at <= self.sim.now)
    }

    /// Kinds of events for which some cue still waits, one bit each.
    fn awaited(&self, story: &Scenario) -> u32 {
        let waiting = story.script.listeners.iter().filter(|cue| !self.script.done.contains(cue));
        waiting.fold(0, |bits, &cue| bits | heard_kinds(&story.script.cues[cue as usize].trigger))
    }

    /// Passes events on, and plans the cues that waited for them.
    fn hear(&mut self, story: &Scenario, events: &[SimEvent], out: &mut Vec<StoryEvent>) {
        let watched = story.script.watches.iter().fold(0, |bits, &(kind, _)| bits | kind_bit(kind));
        let awaited = self.awaited(story);
        let heard = if awaited | watched == 0 { &[] } else { events };
        for event in heard {
            let bit = kind_bit(event.what.kind());
            if awaited & bit != 0 {
                self.wake_listeners(story, |trigger| hears(trigger, &event.what), event.at);
            }
            if watched & bit != 0 {
                self.watch(story, event);
            }
        }
        out.extend(events.iter().map(|event| StoryEvent::Sim(*event)));
    }

    /// Remembers when something last happened that claims ask about.
    fn watch(&mut self, story: &Scenario, event: &SimEvent) {
        for (watch, (kind, home)) in story.script.watches.iter().enumerate() {
            if event.what.kind() == *kind && home.is_none_or(|h| event.what.household() == Some(h))
            {
                self.script.watches[watch] = Some(event.at);
            }
        }
    }

    fn wake_listeners(&mut self, story: &Scenario, wakes: impl Fn(&Trigger) -> bool, at: Minute) {
        for &cue in &story.script.listeners {
            let trigger = &story.script.cues[cue as usize].trigger;
            let early = matches!(trigger, Trigger::On { since: Some(other), .. } if !self.script.happened.contains(other));
            if !early && !self.script.done.contains(&cue) && wakes(trigger) {
                if !matches!(trigger, Trigger::On { each: true, .. }) {
                    Arc::make_mut(&mut self.script.done).insert(cue);
                }
                self.script.planned.insert((at, cue));
            }
        }
    }

    /// Everything the script does at a minute, until nothing more is due.
    fn script_at(&mut self, story: &Scenario, now: Minute, out: &mut Vec<StoryEvent>) {
        let script = &story.script;
        while let Some(chapter) =
            script.chapters.get(self.script.chapters as usize).filter(|c| c.from <= now)
        {
            let _ = chapter;
            out.push(StoryEvent::Chapter { at: now, chapter: self.script.chapters });
            self.script.chapters += 1;
        }
        while let Some(&(at, cue)) =
            script.timetable.get(self.script.timetable as usize).filter(|(at, _)| *at <= now)
        {
            self.script.timetable += 1;
            self.script.planned.insert((at, cue));
        }
        if self.script.next_look <= now {
            self.look_at_conditions(story, now);
            self.script.next_look = next_look(now);
        }
        while let Some(&(at, cue)) = self.script.planned.first().filter(|(at, _)| *at <= now) {
            self.script.planned.remove(&(at, cue));
            self.happen(story, cue, now, out);
        }
    }

    fn look_at_conditions(&mut self, story: &Scenario, now: Minute) {
        for &cue in &story.script.conditions {
            if self.script.done.contains(&cue) {
                continue;
            }
            if let Trigger::Once(condition) = &story.script.cues[cue as usize].trigger
                && claims::holds(condition, self.sim.figure(&story.setup, condition.figure))
            {
                Arc::make_mut(&mut self.script.done).insert(cue);
                self.script.planned.insert((now, cue));
            }
        }
    }

    /// One cue: commands, then words and look, then what must be true.
    fn happen(&mut self, story: &Scenario, id: CueId, now: Minute, out: &mut Vec<StoryEvent>) {
        if !self.within_budget(now, out) {
            return;
        }
        if !self.script.happened.contains(&id) {
            Arc::make_mut(&mut self.script.happened).insert(id);
        }
        let cue = &story.script.cues[id as usize];
        for action in &cue.actions {
            let command = action.command(now);
            match self.sim.check(&story.setup, &command) {
                Ok(()) => {
                    let mut events = Vec::new();
                    self.sim.apply(&story.setup, &command, &mut events);
                    self.hear(story, &events, out);
                }
                Err(why) => out.push(StoryEvent::Refused { at: now, cue: id, why }),
            }
        }
        if cue.say.is_some() || cue.look.is_some() {
            out.push(StoryEvent::Cue { at: now, cue: id });
        }
        for (claim, what) in cue.claims.iter().enumerate() {
            let (held, found) = claims::test(story, self, what, now);
            out.push(StoryEvent::Tested { at: now, cue: id, claim: claim as u32, held, found });
        }
        for &(minutes, follower) in &story.script.followers[id as usize] {
            self.script.planned.insert((now.plus(minutes), follower));
        }
    }

    fn within_budget(&mut self, now: Minute, out: &mut Vec<StoryEvent>) -> bool {
        let today = now.day().0;
        if self.script.cues_today.0 != today {
            self.script.cues_today = (today, 0);
        }
        self.script.cues_today.1 += 1;
        self.script.cues += 1;
        if self.script.cues_today.1 == CUES_A_DAY + 1 {
            out.push(StoryEvent::Overrun { at: now });
        }
        self.script.cues_today.1 <= CUES_A_DAY && self.script.cues <= CUES_A_STORY
    }

    /// When a claim's event last happened.
    pub(super) fn last_time(&self, story: &Scenario, claim: &Claim) -> Option<Minute> {
        let Claim::Happened { event, home, .. } = claim else { return None };
        let watch =
            story.script.watches.iter().position(|(kind, at)| kind == event && at == home)?;
        self.script.watches.get(watch).copied().flatten()
    }
}

/// The next quarter of an hour by day: nobody tells stories at night.
fn next_look(now: Minute) -> Minute {
    let next = Minute((now.0 / QUARTER + 1) * QUARTER);
    match next.clock() {
        clock if clock < MORNING => Minute::at(next.day(), MORNING),
        clock if clock > EVENING => Minute::at(next.day().next(), MORNING),
        _ => next,
    }
}

const fn kind_bit(kind: EventKind) -> u32 {
    1 << kind as u32
}

/// Kinds of events that a trigger listens for, one bit each.
fn heard_kinds(trigger: &Trigger) -> u32 {
    match trigger {
        Trigger::On { event, .. } => kind_bit(*event),
        Trigger::Shows { .. } => [
            EventKind::Learnt,
            EventKind::ReturnRegistered,
            EventKind::FeverKnown,
            EventKind::Faded,
        ]
        .into_iter()
        .fold(0, |bits, kind| bits | kind_bit(kind)),
        _ => 0,
    }
}

/// Whether a trigger waits for this event.
fn hears(trigger: &Trigger, what: &Happening) -> bool {
    match trigger {
        Trigger::On { event, home, .. } => {
            what.kind() == *event && home.is_none_or(|h| what.household() == Some(h))
        }
        Trigger::Shows { home, colour } => match *what {
            Happening::Learnt { household, to, .. } | Happening::Faded { household, to, .. } => {
                household == *home && to == *colour
            }
            _ => false,
        },
        _ => false,
    }
}
