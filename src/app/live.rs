//! The running story, and everything about it that is not the model's.
//!
//! Floor 5, with Bevy. Owns [`Live`]. Rooms above read it; only `bridge` calls
//! what changes it.

use std::sync::Arc;

use bevy::prelude::*;

use crate::base::ids::HouseholdId;
use crate::base::palette::Glyph;
use crate::base::text::Bilingual;
use crate::base::time::Minute;
use crate::headless::opened::Opened;
use crate::history::Entry;
use crate::scenario::script::{Cue, Scenario};
use crate::session::filter::Filter;
use crate::session::frame::Frame;
use crate::session::guide::{Cut, Guide, Itinerary, Step};
use crate::session::layers::Layer;
use crate::session::pacer::{Pacer, Speed};
use crate::session::today::Today;
use crate::session::{Session, StoryEvent};
use crate::sim::command::SimCommand;
use crate::sim::state::{Setup, SimState};

/// A story that runs, with its history, its files and its speed.
#[derive(Resource)]
pub struct Live {
    opened: Opened,
    frame: Frame,
    today: Today,
    pacer: Pacer,
    playing: bool,
    said: Option<u32>,
    generation: u32,
    ground: u32,
    changed: Vec<HouseholdId>,
    guide: Option<Guide>,
    looks: u32,
    itinerary: Planned,
    told: Vec<StoryEvent>,
    jumps: u32,
}

/// When cues happen, with the log for which it was worked out.
#[derive(Default)]
struct Planned {
    of: Option<Vec<Entry<SimCommand>>>,
    itinerary: Itinerary,
}

impl Live {
    /// Takes up an opened story; it stands.
    pub fn new(opened: Opened) -> Self {
        let frame = Frame::new(&opened.session, 0);
        let today = Today::new(&opened.session);
        let mut live = Self {
            opened,
            frame,
            today,
            pacer: Pacer::default(),
            playing: false,
            said: None,
            generation: 0,
            ground: 0,
            changed: Vec::new(),
            guide: None,
            looks: 0,
            itinerary: Planned::default(),
            told: Vec::new(),
            jumps: 0,
        };
        let told = std::mem::take(&mut live.opened.told);
        live.listen(&told);
        live
    }

    /// The story with its history.
    pub fn session(&self) -> &Session {
        &self.opened.session
    }

    /// Its files.
    pub fn opened(&self) -> &Opened {
        &self.opened
    }

    /// The compiled scene.
    pub fn story(&self) -> &Scenario {
        &self.opened.scenario
    }

    /// Place, people, numbers.
    pub fn setup(&self) -> &Setup {
        &self.opened.scenario.setup
    }

    /// The community now.
    pub fn sim(&self) -> &SimState {
        self.session().moment().sim()
    }

    /// The minute.
    pub fn now(&self) -> Minute {
        self.session().now()
    }

    /// What the screen may know.
    pub fn frame(&self) -> &Frame {
        &self.frame
    }

    /// The colour of a home under the legend in force, whatever layer the map shows.
    pub fn colour(&self, home: HouseholdId) -> Glyph {
        let legend = self.story().legends.get(self.frame.legend());
        let known = self.sim().board().get(home.index());
        let drawn = legend.zip(known).and_then(|(legend, known)| {
            let rules = &self.setup().params.observation;
            let entry = legend.entry_of(known, self.now(), rules)?;
            legend.entries.get(entry)?.drawn()
        });
        drawn.into()
    }

    /// How a home is drawn now; `None` for one that is not the office's.
    pub fn glyph(&self, home: HouseholdId) -> Option<Glyph> {
        self.frame.shown(home).map(|shown| self.frame.glyph(&self.story().legends, shown))
    }

    /// What the office did today.
    pub fn today(&self) -> &Today {
        &self.today
    }

    /// How much of the next minute has gone by, 0 to 1; 0 while time stands.
    pub fn part_of_minute(&self) -> f32 {
        self.pacer.permille() as f32 / 1000.0
    }

    /// Whether time goes by.
    pub fn playing(&self) -> bool {
        self.playing
    }

    /// How fast.
    pub fn speed(&self) -> Speed {
        self.pacer.speed()
    }

    /// The last cue that had something to say, if the clock has not gone back
    /// before it.
    pub fn said(&self) -> Option<&Cue> {
        self.story().script.cues.get(self.said? as usize)
    }

    /// What is being said: by the guide, else by the story as it goes by.
    pub fn saying(&self) -> Option<&Cue> {
        match &self.guide {
            Some(guide) if !guide.is_left() => guide.cue(self.story()),
            _ => self.said(),
        }
    }

    /// Who tells the story, if it is being told.
    pub fn guide(&self) -> Option<&Guide> {
        self.guide.as_ref()
    }

    pub(super) fn guide_mut(&mut self) -> Option<&mut Guide> {
        self.guide.as_mut()
    }

    /// How often the story has turned to something: the camera follows each once.
    pub fn looks(&self) -> u32 {
        self.looks
    }

    pub(super) fn note_look(&mut self) {
        self.looks = self.looks.wrapping_add(1);
    }

    /// Begins a telling; returns whether the story has one.
    pub(super) fn begin_guide(&mut self, cut: Cut) -> bool {
        self.plan();
        self.guide = Guide::new(cut, &self.opened.scenario, &self.itinerary.itinerary);
        self.set_playing(false);
        self.guide.is_some()
    }

    pub(super) fn close_guide(&mut self) {
        self.guide = None;
    }

    /// Lets the guide lead for so much real time; returns what became of it.
    pub(super) fn lead(&mut self, real: std::time::Duration, waits: bool) -> Step {
        let now = self.now();
        let story = std::sync::Arc::clone(&self.opened.scenario);
        // What a visitor has asked for may move what follows.
        if self.plan()
            && let Some(guide) = &mut self.guide
        {
            guide.replan(&story, &self.itinerary.itinerary);
        }
        let Some(guide) = &mut self.guide else { return Step::default() };
        let step = guide.tick(real, now, &story, waits);
        match step.to {
            Some(to) if to > now && !step.begun => self.go_on(to),
            Some(to) if to != now => self.seek(to),
            _ => {}
        }
        step
    }

    /// When cues happen, worked out anew when the log has changed; whether it had.
    fn plan(&mut self) -> bool {
        let session = &self.opened.session;
        let stale = self.itinerary.of.as_deref() != Some(session.log());
        if stale {
            let of = Some(session.log().to_vec());
            self.itinerary = Planned { of, itinerary: Itinerary::of(session) };
        }
        stale
    }

    /// Raised each time another story, or an edited one, is taken up.
    pub fn generation(&self) -> u32 {
        self.generation
    }

    /// Raised each time another scenario is taken up. The same one from its beginning
    /// plays on the same ground, which need not be laid anew.
    pub fn ground(&self) -> u32 {
        self.ground
    }

    /// Whether the story is over.
    pub fn over(&self) -> bool {
        self.now() >= self.setup().ends
    }

    pub(super) fn set_playing(&mut self, playing: bool) {
        self.playing = playing && !self.over();
        self.pacer.reset();
    }

    pub(super) fn set_speed(&mut self, speed: Speed) {
        self.pacer.set_speed(speed);
    }

    /// Takes up another story, or the same one edited. It is looked at as before.
    pub(super) fn replace(&mut self, opened: Opened, legend: usize) {
        let (playing, speed) = (self.playing, self.pacer.speed());
        let (layer, filter) = (self.frame.layer(), self.frame.filter());
        let cut = self.guide.as_ref().map(Guide::cut);
        self.renew(opened, legend);
        // An edited story is told anew when one asks for it.
        if let Some(cut) = cut
            && self.begin_guide(cut)
            && let Some(guide) = &mut self.guide
        {
            guide.leave();
        }
        self.playing = playing;
        self.pacer.set_speed(speed);
        self.set_layer(layer);
        self.set_filter(filter);
        self.changed = self.setup().core().collect();
    }

    /// Takes up a story as when the program starts: it stands, at the usual speed.
    pub(super) fn renew(&mut self, opened: Opened, legend: usize) {
        let other = !Arc::ptr_eq(&opened.scenario, &self.opened.scenario);
        let (generation, ground) = (self.generation + 1, self.ground + u32::from(other));
        let jumps = self.jumps.wrapping_add(1);
        let looks = self.looks;
        *self = Self { generation, ground, looks, jumps, ..Self::new(opened) };
        self.set_legend(legend);
        self.changed = self.setup().core().collect();
    }

    pub(super) fn set_legend(&mut self, legend: usize) {
        let legend = legend.min(self.story().legends.len().saturating_sub(1));
        if self.frame.legend() != legend {
            self.frame.set_legend(&self.opened.session, legend);
            self.note_changes();
        }
    }

    /// Whether the story is over: its last minute has come, or it was told to its end.
    pub fn is_over(&self) -> bool {
        self.now() >= self.setup().ends || self.guide().is_some_and(Guide::is_ended)
    }

    pub(super) fn set_layer(&mut self, layer: Layer) {
        if self.frame.layer() != layer {
            self.frame.set_layer(&self.opened.session, layer);
            self.note_changes();
        }
    }

    pub(super) fn set_filter(&mut self, filter: Filter) {
        if self.frame.filter() != filter {
            self.frame.set_filter(&self.opened.session, filter);
            self.note_changes();
        }
    }

    /// Lets so much real time go by; returns whether the story went on.
    pub(super) fn pass(&mut self, real: std::time::Duration) -> bool {
        if !self.playing {
            return false;
        }
        let due = self.pacer.minutes_due(real);
        if due == 0 {
            return false;
        }
        let to = self.now().plus(due);
        self.go_on(to);
        if self.over() {
            self.playing = false;
        }
        true
    }

    /// Goes on to a minute that is not earlier.
    pub(super) fn go_on(&mut self, to: Minute) {
        let mut told = Vec::new();
        self.opened.session.advance(to, &mut told);
        self.listen(&told);
        self.follow(&told);
    }

    /// Goes to a minute, within the story.
    pub(super) fn seek(&mut self, to: Minute) {
        let to = Minute(to.0.clamp(self.setup().starts.0, self.setup().ends.0));
        let mut told = Vec::new();
        let back = to < self.now();
        self.opened.session.seek(to, &mut told);
        if back {
            self.recall_said();
        } else {
            self.listen(&told);
        }
        self.pacer.reset();
        self.retake();
    }

    /// Asks the community for something.
    pub(super) fn submit(&mut self, command: SimCommand) -> Result<(), Bilingual> {
        let mut told = Vec::new();
        self.opened
            .session
            .submit(command, &mut told)
            .map_err(|why| why.sentence(|rejected| rejected.sentence()))?;
        self.listen(&told);
        self.follow(&told);
        Ok(())
    }

    /// Does something with the history, then looks at everything anew.
    pub(super) fn with_history<T>(
        &mut self,
        change: impl FnOnce(
            &mut Session,
        )
            -> Result<T, crate::history::NotDone<crate::sim::command::Rejected>>,
    ) -> Result<T, Bilingual> {
        let done = change(&mut self.opened.session)
            .map_err(|why| why.sentence(|rejected| rejected.sentence()))?;
        self.retake();
        Ok(done)
    }

    /// Homes that look different since the frame before: what has to be painted.
    pub fn changed(&self) -> &[HouseholdId] {
        &self.changed
    }

    /// What was told since the frame before, where time went on without a jump.
    pub fn told(&self) -> &[StoryEvent] {
        &self.told
    }

    /// Raised each time the story jumped: a seek, undo, redo, another branch or
    /// another story. What was gathered from [`Self::told`] must be made anew.
    pub fn jumps(&self) -> u32 {
        self.jumps
    }

    /// A frame begins.
    pub(super) fn begin(&mut self) {
        self.changed.clear();
        self.told.clear();
    }

    fn follow(&mut self, told: &[StoryEvent]) {
        self.told.extend_from_slice(told);
        self.frame.follow(&self.opened.session, told);
        self.today.follow(&self.opened.session, told);
        self.note_changes();
    }

    fn retake(&mut self) {
        self.told.clear();
        self.jumps = self.jumps.wrapping_add(1);
        self.frame.retake(&self.opened.session);
        self.today.retake(&self.opened.session);
        self.note_changes();
    }

    fn note_changes(&mut self) {
        self.changed.extend_from_slice(self.frame.changed());
    }

    fn listen(&mut self, told: &[StoryEvent]) {
        for event in told {
            if let StoryEvent::Cue { cue, .. } = event
                && self.story().script.cues.get(*cue as usize).is_some_and(|c| c.say.is_some())
            {
                self.said = Some(*cue);
            }
        }
    }

    /// After going back: the last thing that was said at a fixed time before now.
    fn recall_said(&mut self) {
        let now = self.now();
        let script = &self.story().script;
        let spoken = |cue: u32| script.cues[cue as usize].say.is_some();
        self.said = script
            .timetable
            .iter()
            .take_while(|(at, _)| *at <= now)
            .filter(|(_, cue)| spoken(*cue))
            .map(|(_, cue)| *cue)
            .last();
    }
}
