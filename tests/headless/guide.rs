//! The telling of a story: how long it takes, that every beat is reached, that it
//! waits and yields, and that a visitor is never left without something to notice.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use zhanyitu::base::time::Minute;
use zhanyitu::history::Timeline;
use zhanyitu::scenario::script::Scenario;
use zhanyitu::session::guide::{Cut, Guide, Itinerary};
use zhanyitu::session::{Frame, Session, Story, StoryEvent};
use zhanyitu::sim::command::SimCommand;
use zhanyitu::sim::event::Happening;

use crate::tools::{FUXIANG, story};

const FRAME: Duration = Duration::from_millis(50);

/// Somebody who looks on, with what she has seen.
struct Onlooker {
    story: Arc<Scenario>,
    session: Session,
    frame: Frame,
    guide: Guide,
    clock: Duration,
    /// When she last had something to notice.
    noticed: Duration,
    longest: Duration,
    said: Vec<String>,
}

impl Onlooker {
    fn at(cut: Cut) -> Self {
        let story = story(FUXIANG);
        let session = Timeline::new(Story(Arc::clone(&story)), &mut Vec::new());
        let itinerary = Itinerary::of(&session);
        let guide = Guide::new(cut, &story, &itinerary).unwrap();
        let frame = Frame::new(&session, 0);
        Self {
            story,
            session,
            frame,
            guide,
            clock: Duration::ZERO,
            noticed: Duration::ZERO,
            longest: Duration::ZERO,
            said: Vec::new(),
        }
    }

    fn now(&self) -> Minute {
        self.session.now()
    }

    fn look(&mut self, frame: Duration) {
        let step = self.guide.tick(frame, self.now(), &self.story, false);
        self.clock += frame;
        let mut told: Vec<StoryEvent> = Vec::new();
        if let Some(to) = step.to {
            self.session.seek(to, &mut told);
            self.frame.retake(&self.session);
        }
        let moved = step.to.is_some() && !self.frame.changed().is_empty();
        if step.arrived || step.begun || moved {
            self.longest = self.longest.max(self.clock.saturating_sub(self.noticed));
            self.noticed = self.clock;
        }
        if step.arrived {
            let cue = self.guide.cue(&self.story).unwrap();
            self.said.push(cue.id.clone().unwrap_or_default());
        }
    }

    /// To the end, and how long it took.
    fn watch(&mut self) -> Duration {
        for _ in 0..(700_000 / FRAME.as_millis()) {
            if self.guide.is_ended() {
                return self.clock;
            }
            self.look(FRAME);
        }
        panic!("never told to its end");
    }
}

/// Captions in the order of the beats of a cut.
fn ids(story: &Scenario, express: bool) -> Vec<String> {
    let beats = story.script.beats.iter().filter(|beat| beat.express || !express);
    beats.map(|beat| story.script.cues[beat.cue as usize].id.clone().unwrap()).collect()
}

#[test]
fn both_tellings_reach_every_beat_in_time() {
    for (cut, limit) in [(Cut::Express, 180), (Cut::Full, 600)] {
        let mut onlooker = Onlooker::at(cut);
        let took = onlooker.watch();
        assert_eq!(onlooker.said, ids(&onlooker.story, cut == Cut::Express));
        assert!(took <= Duration::from_secs(limit), "{cut:?} takes {took:?}");
        // Never more than six seconds without something to notice, but for the time
        // it takes to read the longest captions.
        assert!(onlooker.longest <= Duration::from_secs(8), "{cut:?}: {:?}", onlooker.longest);
        println!("{cut:?}: {took:?}, longest wait {:?}", onlooker.longest);
    }
}

#[test]
fn the_first_arc_ends_with_help_within_a_minute_and_a_half() {
    let mut onlooker = Onlooker::at(Cut::Express);
    while onlooker.said.last().is_none_or(|id| id != "helped") {
        onlooker.look(FRAME);
        assert!(onlooker.clock <= Duration::from_secs(90), "{:?}", onlooker.said);
    }
}

#[test]
fn each_chapter_is_told_and_every_caption_is_tested() {
    let story = story(FUXIANG);
    let told: BTreeSet<u32> = story.script.beats.iter().filter_map(|beat| beat.chapter).collect();
    assert_eq!(told.len(), story.script.chapters.len());
    for beat in story.script.beats.iter().chain(&story.script.attract) {
        let cue = &story.script.cues[beat.cue as usize];
        assert!(cue.say.is_some() && !cue.claims.is_empty(), "{:?}", cue.id);
    }
}

#[test]
fn the_loop_of_an_empty_room_goes_round_and_comes_to_the_same_world() {
    let mut onlooker = Onlooker::at(Cut::Attract);
    let beats = onlooker.story.script.attract.len();
    while onlooker.said.len() < beats {
        onlooker.look(FRAME);
    }
    let first = onlooker.said.clone();
    let round = onlooker.clock;
    while onlooker.said.len() <= beats {
        onlooker.look(FRAME);
    }
    assert_eq!(onlooker.said[beats], first[0]);
    assert!((Duration::from_secs(30)..=Duration::from_mins(1)).contains(&round), "{round:?}");
}

#[test]
fn frames_of_any_length_tell_the_same_story() {
    let tell = |frame: Duration| {
        let mut onlooker = Onlooker::at(Cut::Express);
        while !onlooker.guide.is_ended() {
            onlooker.look(frame);
        }
        (onlooker.said.clone(), onlooker.now())
    };
    let usual = tell(Duration::from_millis(16));
    assert_eq!(usual, tell(Duration::from_millis(100)));
    assert_eq!(usual, tell(Duration::from_millis(250)));
    // A frame that comes far too late does not skip what was to be read.
    assert_eq!(usual.0, tell(Duration::from_secs(9)).0);
}

#[test]
fn a_visitor_may_hold_leave_join_and_turn_the_beats() {
    let mut onlooker = Onlooker::at(Cut::Full);
    for _ in 0..200 {
        onlooker.look(FRAME);
    }
    let before = (onlooker.guide.progress(), onlooker.now());
    onlooker.guide.hold(true);
    for _ in 0..400 {
        onlooker.look(FRAME);
    }
    assert_eq!(before, (onlooker.guide.progress(), onlooker.now()), "held");
    onlooker.guide.hold(false);
    onlooker.guide.leave();
    for _ in 0..400 {
        onlooker.look(FRAME);
    }
    assert_eq!(before, (onlooker.guide.progress(), onlooker.now()), "left");
    // She went to another day meanwhile; he takes her back to where she left.
    onlooker.session.seek(Minute(50_000), &mut Vec::new());
    onlooker.guide.join();
    onlooker.look(FRAME);
    assert_eq!(onlooker.guide.progress(), before.0);
    assert!(onlooker.now() < Minute(3_000));
    let all = before.0.1;
    for step in 0..all + 2 {
        let at = onlooker.guide.progress().0;
        onlooker.guide.turn(true);
        onlooker.look(FRAME);
        assert!(onlooker.guide.is_ended() || onlooker.guide.progress().0 == at + 1, "step {step}");
    }
    assert!(onlooker.guide.is_ended());
    onlooker.guide.turn(false);
    onlooker.look(FRAME);
    assert_eq!(onlooker.guide.progress().0, all - 2);
}

#[test]
fn the_itinerary_is_when_cues_happen() {
    let story = story(FUXIANG);
    let mut told = Vec::new();
    let mut session = Timeline::new(Story(Arc::clone(&story)), &mut told);
    session.advance(story.setup.ends, &mut told);
    let itinerary = Itinerary::of(&session);
    for (id, cue) in (0..).zip(&story.script.cues) {
        let first = told.iter().find_map(|event| match event {
            StoryEvent::Cue { at, cue } if *cue == id => Some(*at),
            _ => None,
        });
        if cue.say.is_some() || cue.look.is_some() {
            assert_eq!(itinerary.minute(id), first, "{:?}", cue.id);
        }
    }
}

/// The one call that a visitor is asked to make reaches somebody.
#[test]
fn the_visitors_call_is_answered() {
    let story = story(FUXIANG);
    let mut session = Timeline::new(Story(Arc::clone(&story)), &mut Vec::new());
    let itinerary = Itinerary::of(&session);
    let (beat, talk) = story.script.beats.iter().find_map(|beat| Some((beat, beat.talk?))).unwrap();
    let home = story.talks[talk as usize].home;
    session.seek(itinerary.minute(beat.cue).unwrap(), &mut Vec::new());
    let mut told = Vec::new();
    session.submit(SimCommand::Call(home), &mut told).unwrap();
    session.advance(session.now().plus(40), &mut told);
    let answered = told.iter().any(|event| match event {
        StoryEvent::Sim(event) => {
            event.what == Happening::CallMade { household: home, answered: true }
        }
        _ => false,
    });
    assert!(answered);
}
