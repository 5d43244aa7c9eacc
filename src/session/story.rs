//! A compiled scene as a world with a history.
//!
//! Floor 3. Joins scenario, community and history; owns [`Story`].

use std::sync::Arc;

use super::moment::{Moment, StoryEvent};
use crate::base::time::Minute;
use crate::history::save::{Difference, MODEL_REVISION, Save, Unreadable, first_difference};
use crate::history::{Timeline, World};
use crate::scenario::script::Scenario;
use crate::sim::command::{Rejected, SimCommand};
use crate::sim::hash;

/// A story that people may meddle with.
#[derive(Debug, Clone)]
pub struct Story(pub Arc<Scenario>);

impl World for Story {
    type Moment = Moment;
    type Command = SimCommand;
    type Rejection = Rejected;
    type Event = StoryEvent;

    fn start(&self, told: &mut Vec<StoryEvent>) -> Moment {
        Moment::start(&self.0, told)
    }

    fn now(&self, moment: &Moment) -> Minute {
        moment.sim().now()
    }

    fn ends(&self) -> Minute {
        self.0.setup.ends
    }

    fn advance(&self, moment: &mut Moment, to: Minute, told: &mut Vec<StoryEvent>) {
        moment.advance(&self.0, to, told);
    }

    fn check(&self, moment: &Moment, command: &SimCommand) -> Result<(), Rejected> {
        moment.sim().check(&self.0.setup, command)
    }

    fn apply(&self, moment: &mut Moment, command: &SimCommand, told: &mut Vec<StoryEvent>) {
        moment.apply(&self.0, command, told);
    }

    fn hash(&self, moment: &Moment) -> u64 {
        hash::canonical(moment)
    }
}

/// A running story with its history, ready to be saved.
pub type Session = Timeline<Story>;

/// What a file needs to hold for a session to be taken up again.
pub fn save(
    session: &Session,
    scene: &str,
    scene_text: &[u8],
    params: &[(String, u32)],
) -> Save<SimCommand> {
    let story = &session.world().0;
    let (_, keyframe) = session.last_keyframe();
    Save {
        program: env!("CARGO_PKG_VERSION").to_owned(),
        model: MODEL_REVISION,
        scene: scene.to_owned(),
        scene_text: scene_text.to_vec(),
        content_hash: story.content_hash,
        seed: story.setup.seed,
        params: params.to_vec(),
        branches: session.parts(),
        current: session.current() as u32,
        at: session.now(),
        hashes: session.daily_hashes(),
        // Numbers and lists of them always serialise.
        keyframe: postcard::to_allocvec(keyframe).unwrap_or_default(),
    }
}

/// How a save was taken up again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Continuity {
    /// Its log was played again from the beginning.
    Played {
        /// Commands that the story refuses now.
        refused: usize,
        /// The first midnight that came out otherwise, if one did.
        differs: Option<Difference>,
    },
    /// The model has changed since, so the same log would tell another story: it
    /// stands at its last midnight, and nothing before that can be seen again.
    AtMidnight(Minute),
}

/// Takes a saved session up again. The scenario is the save's own scene, compiled.
///
/// # Errors
/// [`Unreadable::Damaged`] when the model has changed and the midnight that was
/// kept does not fit the scenario.
pub fn open(
    scenario: Arc<Scenario>,
    save: &Save<SimCommand>,
) -> Result<(Session, Continuity), Unreadable> {
    if save.model != MODEL_REVISION {
        let moment: Moment =
            postcard::from_bytes(&save.keyframe).map_err(|_| Unreadable::Damaged)?;
        if !moment.fits(&scenario) {
            return Err(Unreadable::Damaged);
        }
        let at = moment.sim().now();
        return Ok((Timeline::resume(Story(scenario), moment), Continuity::AtMidnight(at)));
    }
    let (session, refused) =
        Timeline::restore(Story(scenario), save.branches.clone(), save.current as usize, save.at);
    let differs = first_difference(&save.hashes, &session.daily_hashes());
    Ok((session, Continuity::Played { refused, differs }))
}
