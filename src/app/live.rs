//! The running story, and everything about it that is not the model's.
//!
//! Floor 5, with Bevy. Owns [`Live`]. Rooms above read it; only `bridge` calls
//! what changes it.

use bevy::prelude::*;

use crate::base::ids::HouseholdId;
use crate::base::text::Bilingual;
use crate::base::time::Minute;
use crate::headless::opened::Opened;
use crate::scenario::script::{Cue, Scenario};
use crate::session::frame::Frame;
use crate::session::pacer::{Pacer, Speed};
use crate::session::{Session, StoryEvent};
use crate::sim::command::SimCommand;
use crate::sim::state::{Setup, SimState};

/// A story that runs, with its history, its files and its speed.
#[derive(Resource)]
pub struct Live {
    opened: Opened,
    frame: Frame,
    pacer: Pacer,
    playing: bool,
    said: Option<u32>,
    generation: u32,
    changed: Vec<HouseholdId>,
}

impl Live {
    /// Takes up an opened story; it stands.
    pub fn new(opened: Opened) -> Self {
        let frame = Frame::new(&opened.session, 0);
        let mut live = Self {
            opened,
            frame,
            pacer: Pacer::default(),
            playing: false,
            said: None,
            generation: 0,
            changed: Vec::new(),
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

    /// Raised each time another story, or an edited one, is taken up.
    pub fn generation(&self) -> u32 {
        self.generation
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

    /// Takes up another story, or the same one edited.
    pub(super) fn replace(&mut self, opened: Opened, legend: usize) {
        let generation = self.generation + 1;
        let (playing, speed) = (self.playing, self.pacer.speed());
        *self = Self { playing, generation, ..Self::new(opened) };
        self.pacer.set_speed(speed);
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

    /// Lets so much real time go by; returns whether the story went on.
    pub(super) fn pass(&mut self, real: std::time::Duration) -> bool {
        if !self.playing {
            return false;
        }
        let due = self.pacer.minutes_due(real);
        if due == 0 {
            return false;
        }
        let mut told = Vec::new();
        let to = self.now().plus(due);
        self.opened.session.advance(to, &mut told);
        self.listen(&told);
        self.follow(&told);
        if self.over() {
            self.playing = false;
        }
        true
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

    /// A frame begins.
    pub(super) fn begin(&mut self) {
        self.changed.clear();
    }

    fn follow(&mut self, told: &[StoryEvent]) {
        self.frame.follow(&self.opened.session, told);
        self.note_changes();
    }

    fn retake(&mut self) {
        self.frame.retake(&self.opened.session);
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
