//! What a screen may know of one instant of a story.
//!
//! Floor 3. Reads a [`Session`]; owns [`Frame`]. It keeps how each home looks and
//! when it may next look otherwise by the clock alone, so that a step of the story
//! costs as much as what happened in it, however many homes there are. Nothing
//! here is part of the story: a frame can be made anew at any minute and is then
//! the same. Under a layer other than the status, or with a filter, every home is
//! looked at in each step: work changes everywhere at once, and two thousand homes
//! are soon looked at.

use std::collections::BTreeSet;

use super::debrief::Verdict;
use super::desk::Desk;
use super::filter::Filter;
use super::layers::Layer;
use super::moment::StoryEvent;
use super::story::Session;
use crate::base::ids::HouseholdId;
use crate::base::palette::Glyph;
use crate::base::time::Minute;
use crate::sim::board::colour::is_stale;
use crate::sim::board::{Knowledge, Legend, LegendEntry, next_turn};
use crate::sim::event::Happening;
use crate::sim::params::ObservationParams;
use crate::sim::people::Marks;

/// How one home looks on the board.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Shown {
    /// The line of the legend, or of the layer's, that says how it is drawn, or
    /// [`Shown::NO_ENTRY`].
    pub entry: u8,
    /// Whether what is known of it is old.
    pub stale: bool,
    /// Its marks, as far as they are known.
    pub marks: Marks,
    /// Whether the filter leaves it out.
    pub faded: bool,
}

impl Shown {
    /// No line of the legend fits, or there is no such legend.
    pub const NO_ENTRY: u8 = u8::MAX;

    /// A home of which nothing is shown at all.
    pub const NOTHING: Self =
        Self { entry: Self::NO_ENTRY, stale: false, marks: Marks::NONE, faded: false };

    fn line(entry: Option<usize>) -> u8 {
        entry.and_then(|entry| u8::try_from(entry).ok()).unwrap_or(Self::NO_ENTRY)
    }
}

/// How the board looks at one instant under one legend.
///
/// After time has gone forward and after a command, [`Frame::follow`] brings it up
/// to date; after a jump, [`Frame::retake`] does. Each call says anew which homes
/// have changed, so whoever draws asks after each of them, or gathers what was
/// told and calls once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    at: Minute,
    legend: usize,
    layer: Layer,
    filter: Filter,
    /// Core homes by id.
    homes: Vec<Shown>,
    changed: Vec<HouseholdId>,
    everything: bool,
    /// Homes of each line of the legend, or of the layer's.
    counts: Vec<u64>,
    /// Homes the filter leaves.
    found: u64,
    known: u64,
    stale: u64,
    /// Homes with each mark, in the order of [`Marks::EACH`].
    marks: [u64; Marks::EACH.len()],
    /// Homes with any mark of care.
    care: u64,
    /// When each home may next look otherwise by the clock alone.
    due: Vec<Option<Minute>>,
    /// The same in order of time.
    turns: BTreeSet<(Minute, HouseholdId)>,
}

impl Frame {
    /// How a story looks now under one of its legends, by position. Everything
    /// counts as changed.
    pub fn new(session: &Session, legend: usize) -> Self {
        let mut frame = Self {
            at: session.now(),
            legend,
            layer: Layer::Status,
            filter: Filter::NONE,
            homes: Vec::new(),
            changed: Vec::new(),
            everything: true,
            counts: Vec::new(),
            found: 0,
            known: 0,
            stale: 0,
            marks: [0; Marks::EACH.len()],
            care: 0,
            due: Vec::new(),
            turns: BTreeSet::new(),
        };
        frame.take(session);
        frame.change_everything();
        frame
    }

    /// Goes along after time went forward or a command was done: looks only at
    /// homes that `told` names and at those whose turn has come. `told` holds all
    /// that the story has told since this frame was last brought up to date; where
    /// that is not so (a seek, undo, redo, another branch) only
    /// [`Frame::retake`] will do. A step back is noticed and retaken.
    pub fn follow(&mut self, session: &Session, told: &[StoryEvent]) {
        let now = session.now();
        if now < self.at || self.layer != Layer::Status || !self.filter.is_empty() {
            return self.retake(session);
        }
        // The list is used twice: whom to look at, then who has changed.
        let mut homes = std::mem::take(&mut self.changed);
        homes.clear();
        // The board changes by learning only, and learning is always told.
        homes.extend(told.iter().filter_map(|event| match event {
            StoryEvent::Sim(event) => match event.what {
                Happening::Learnt { household, .. } => Some(household),
                _ => None,
            },
            _ => None,
        }));
        while let Some((_, home)) = self.turns.first().filter(|(at, _)| *at <= now) {
            homes.push(*home);
            self.turns.pop_first();
        }
        homes.sort_unstable();
        homes.dedup();
        let view = View::of(session, self.legend);
        homes.retain(|&home| home.index() < self.homes.len() && self.look_at(&view, home));
        (self.at, self.known) = (now, view.known);
        (self.changed, self.everything) = (homes, false);
    }

    /// Looks at all homes anew: after a seek, undo, redo or a change of branch of
    /// the same story. Changed are those that look otherwise than before.
    pub fn retake(&mut self, session: &Session) {
        self.take(session);
        self.everything = false;
    }

    /// Shows the story under another of its legends. Everything counts as
    /// changed, for the same line of another legend is another marker.
    pub fn set_legend(&mut self, session: &Session, legend: usize) {
        self.legend = legend;
        self.take(session);
        self.change_everything();
    }

    /// Shows another layer. Everything counts as changed, as with a legend.
    pub fn set_layer(&mut self, session: &Session, layer: Layer) {
        self.layer = layer;
        self.take(session);
        self.change_everything();
    }

    /// Leaves out other homes. Changed are those that come or go.
    pub fn set_filter(&mut self, session: &Session, filter: Filter) {
        self.filter = filter;
        self.retake(session);
    }

    /// The minute it shows.
    pub fn at(&self) -> Minute {
        self.at
    }

    /// The legend, by position in the scenario.
    pub fn legend(&self) -> usize {
        self.legend
    }

    /// The layer.
    pub fn layer(&self) -> Layer {
        self.layer
    }

    /// The filter.
    pub fn filter(&self) -> Filter {
        self.filter
    }

    /// How many homes the filter leaves; all of them without one.
    pub fn found(&self) -> u64 {
        self.found
    }

    /// The homes the filter leaves, in board order.
    pub fn matching(&self) -> impl Iterator<Item = HouseholdId> {
        let homes = self.homes.iter().enumerate();
        homes.filter(|(_, shown)| !shown.faded).map(|(i, _)| HouseholdId::from_index(i))
    }

    /// How each line of the legend in sight is drawn: of the layer's, or of the
    /// legend's under which the story is shown.
    pub fn glyphs(&self, legends: &[Legend]) -> Vec<Glyph> {
        match self.layer {
            Layer::Status => legends.get(self.legend).map_or_else(Vec::new, |legend| {
                legend.entries.iter().map(|entry| LegendEntry::drawn(entry).into()).collect()
            }),
            layer => layer.entries().iter().map(|entry| entry.glyph).collect(),
        }
    }

    /// How a home is drawn.
    pub fn glyph(&self, legends: &[Legend], shown: Shown) -> Glyph {
        let entry = usize::from(shown.entry);
        match self.layer {
            Layer::Status => {
                let legend = legends.get(self.legend);
                legend.and_then(|l| l.entries.get(entry)).and_then(LegendEntry::drawn).into()
            }
            layer => layer.entries().get(entry).map_or(Glyph::Blank, |entry| entry.glyph),
        }
    }

    /// How a home looks; `None` for one that is not the office's.
    pub fn shown(&self, home: HouseholdId) -> Option<Shown> {
        self.homes.get(home.index()).copied()
    }

    /// How every home of the office looks, by id.
    pub fn homes(&self) -> &[Shown] {
        &self.homes
    }

    /// Homes that look otherwise than before the last call, by id, each once.
    pub fn changed(&self) -> &[HouseholdId] {
        &self.changed
    }

    /// Whether that is all of them, because the frame or its legend is new.
    pub fn everything(&self) -> bool {
        self.everything
    }

    /// Homes of each line of the legend, or of the layer's. A layer may leave homes
    /// out of its lines.
    pub fn counts(&self) -> &[u64] {
        &self.counts
    }

    /// Homes of which anything is known.
    pub fn known(&self) -> u64 {
        self.known
    }

    /// Homes of which what is known is old.
    pub fn stale(&self) -> u64 {
        self.stale
    }

    /// Homes known to have each mark, in the order of [`Marks::EACH`].
    pub fn mark_counts(&self) -> [u64; Marks::EACH.len()] {
        self.marks
    }

    /// Homes known to need care of any kind: those with the figure.
    pub fn care(&self) -> u64 {
        self.care
    }

    fn change_everything(&mut self) {
        self.everything = true;
        self.changed.clear();
        self.changed.extend((0..self.homes.len()).map(HouseholdId::from_index));
    }

    /// Looks at every home, counts anew, and lists who looks otherwise.
    fn take(&mut self, session: &Session) {
        let view = View::of(session, self.legend);
        self.homes.resize(view.board.len(), Shown::NOTHING);
        self.due.clear();
        self.changed.clear();
        let (layer, filter) = (self.layer, self.filter);
        let desk = (layer != Layer::Status || !filter.is_empty()).then(|| Desk::of(session));
        self.counts = vec![0; self.glyphs(&session.world().0.legends).len()];
        (self.stale, self.care, self.marks) = (0, 0, [0; Marks::EACH.len()]);
        self.found = 0;
        for (index, known) in view.board.iter().enumerate() {
            let mut shown = view.look(known);
            if let Some(desk) = &desk {
                let home = HouseholdId::from_index(index);
                match layer {
                    Layer::Status => {}
                    Layer::Truth => {
                        let setup = &session.world().0.setup;
                        let verdict = Verdict::of(setup, session.moment().sim(), home);
                        shown.entry = Shown::line(verdict.map(|verdict| verdict as usize));
                    }
                    _ => shown.entry = Shown::line(layer.entry_of(desk, home)),
                }
                shown.faded = !filter.matches(desk, home);
            }
            self.count(shown, |count| *count += 1);
            if std::mem::replace(&mut self.homes[index], shown) != shown {
                self.changed.push(HouseholdId::from_index(index));
            }
            self.due.push(next_turn(known, view.now, view.rules));
        }
        let due = self.due.iter().enumerate();
        let turns = due.filter_map(|(i, at)| at.map(|at| (at, HouseholdId::from_index(i))));
        self.turns = turns.collect();
        (self.at, self.known) = (view.now, view.known);
    }

    /// Looks at one home; whether it looks otherwise than before.
    fn look_at(&mut self, view: &View, home: HouseholdId) -> bool {
        let known = &view.board[home.index()];
        let due = next_turn(known, view.now, view.rules);
        if let Some(before) = std::mem::replace(&mut self.due[home.index()], due) {
            self.turns.remove(&(before, home));
        }
        self.turns.extend(due.map(|at| (at, home)));
        let shown = view.look(known);
        let before = std::mem::replace(&mut self.homes[home.index()], shown);
        if before == shown {
            return false;
        }
        self.count(before, |count| *count -= 1);
        self.count(shown, |count| *count += 1);
        true
    }

    /// Changes every count that a home belongs to.
    fn count(&mut self, shown: Shown, change: impl Fn(&mut u64)) {
        if let Some(count) = self.counts.get_mut(usize::from(shown.entry)) {
            change(count);
        }
        if !shown.faded {
            change(&mut self.found);
        }
        if shown.stale {
            change(&mut self.stale);
        }
        if shown.marks.needs_care() {
            change(&mut self.care);
        }
        for (count, mark) in self.marks.iter_mut().zip(Marks::EACH) {
            if shown.marks.has(mark) {
                change(count);
            }
        }
    }
}

/// What is looked at, and through which legend.
struct View<'a> {
    now: Minute,
    /// Core homes only.
    board: &'a [Knowledge],
    known: u64,
    legend: Option<&'a Legend>,
    rules: &'a ObservationParams,
}

impl<'a> View<'a> {
    fn of(session: &'a Session, legend: usize) -> Self {
        let story = &session.world().0;
        let sim = session.moment().sim();
        let core = story.setup.core_homes;
        Self {
            now: sim.now(),
            board: &sim.board()[..core as usize],
            known: u64::from(core - sim.unknown),
            legend: story.legends.get(legend),
            rules: &story.setup.params.observation,
        }
    }

    fn look(&self, known: &Knowledge) -> Shown {
        let entry = self.legend.and_then(|l| l.entry_of(known, self.now, self.rules));
        Shown {
            entry: Shown::line(entry),
            stale: is_stale(known, self.now, self.rules),
            marks: known.marks,
            faded: false,
        }
    }
}

/// How far the work of the day has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Workday {
    /// Calls made today, answered or not.
    pub calls: u64,
    /// Calls of today's round that are still to be made or under way; 0 before it
    /// begins.
    pub calls_waiting: u64,
    /// Worker-minutes used today; a job counts when it ends.
    pub minutes_used: u64,
    /// Worker-minutes offered today.
    pub minutes_available: u64,
    /// Residents who have joined.
    pub volunteers: u64,
}

/// How far the work of the day has come. Reads the force and the day's tally,
/// never the homes.
pub fn workday(session: &Session) -> Workday {
    let sim = session.moment().sim();
    let round = sim.work().round;
    let (minutes_used, minutes_available) = sim.minutes_today();
    Workday {
        calls: sim.today.calls,
        calls_waiting: u64::from(round.planned.saturating_sub(round.made)),
        minutes_used,
        minutes_available,
        volunteers: sim.work().joined.len() as u64,
    }
}
