//! What the screen shows is what the board says, however one came there.

use std::sync::Arc;

use proptest::prelude::*;
use zhanyitu::base::ids::HouseholdId;
use zhanyitu::base::time::{Day, Minute};
use zhanyitu::history::Timeline;
use zhanyitu::scenario::script::Scenario;
use zhanyitu::session::{
    Condition, Filter, Frame, Layer, Session, Shown, Story, StoryEvent, Workday, workday,
};
use zhanyitu::sim::command::SimCommand;
use zhanyitu::sim::draw::{Purpose, draw};
use zhanyitu::sim::event::Happening;
use zhanyitu::sim::people::Marks;

use crate::laws::any_command;
use crate::tools::{FUXIANG, noon, seeded, story};

const FIVE_LEGENDS: &str = "scenes/five_legends.ron";

fn session(story: &Arc<Scenario>) -> Session {
    Timeline::new(Story(Arc::clone(story)), &mut Vec::new())
}

/// That a frame is what it would be if it were made now, and that it tells
/// exactly what has changed since it showed `before`.
fn audit(frame: &Frame, session: &Session, before: &[Shown]) {
    let mut fresh = Frame::new(session, frame.legend());
    fresh.set_filter(session, frame.filter());
    fresh.set_layer(session, frame.layer());
    let at = session.now();
    assert_eq!(frame.at(), at);
    assert_eq!(frame.homes(), fresh.homes(), "{at}");
    assert_eq!(frame.counts(), fresh.counts(), "{at}");
    assert_eq!(frame.mark_counts(), fresh.mark_counts(), "{at}");
    assert_eq!((frame.known(), frame.stale()), (fresh.known(), fresh.stale()), "{at}");
    assert_eq!(frame.found(), fresh.found(), "{at}");
    if frame.everything() {
        assert_eq!(frame.changed(), fresh.changed());
        return;
    }
    let pairs = before.iter().zip(frame.homes()).enumerate();
    let differ: Vec<HouseholdId> =
        pairs.filter(|(_, (a, b))| a != b).map(|(i, _)| HouseholdId::from_index(i)).collect();
    assert_eq!(frame.changed(), differ, "{at}");
}

/// That the figures of a frame made now are those of the day's table.
fn audit_figures(frame: &Frame, session: &Session) {
    let (story, sim) = (&session.world().0, session.moment().sim());
    let day = sim.today(&story.setup);
    let homes = u64::from(story.setup.core_homes);
    assert_eq!(frame.counts().iter().sum::<u64>(), homes, "every home has its line");
    assert_eq!((frame.known(), frame.stale()), (homes - day.unknown, day.stale));
    let with = |mark| sim.board().iter().filter(|k| k.marks.has(mark)).count() as u64;
    assert_eq!(frame.mark_counts(), Marks::EACH.map(with));
    let waiting = sim.work().round.planned - sim.work().round.made;
    assert_eq!(
        workday(session),
        Workday {
            calls: day.calls,
            calls_waiting: u64::from(waiting),
            minutes_used: day.minutes_used,
            minutes_available: day.minutes_available,
            volunteers: day.volunteers,
        }
    );
}

/// Both stories to their end in uneven steps, under each legend at once.
#[test]
fn a_frame_that_follows_shows_what_one_made_anew_does() {
    for path in [FUXIANG, FIVE_LEGENDS] {
        let story = story(path);
        let mut session = session(&story);
        let mut frames: Vec<Frame> =
            (0..story.legends.len()).map(|legend| Frame::new(&session, legend)).collect();
        assert!(frames.iter().all(Frame::everything));
        let (mut step, mut by_clock) = (0, 0);
        while session.now() < story.setup.ends {
            let d = draw(3, Purpose::PlaceLayout, step, 0, 0);
            let longest = [4, 60, 600, 3000][d.below(0, 4) as usize];
            step += 1;
            let mut told = Vec::new();
            session.advance(session.now().plus(1 + d.below(1, longest)), &mut told);
            for frame in &mut frames {
                let before = frame.homes().to_vec();
                frame.follow(&session, &told);
                audit(frame, &session, &before);
                let named = |home: &&HouseholdId| told.iter().any(|event| is_about(event, **home));
                by_clock += frame.changed().iter().filter(|home| !named(home)).count();
            }
            audit_figures(&frames[0], &session);
        }
        assert!(step > 40 && by_clock > 0, "{path}: {step} steps, {by_clock} by the clock");
    }
}

fn is_about(event: &StoryEvent, home: HouseholdId) -> bool {
    match event {
        StoryEvent::Sim(event) => {
            matches!(event.what, Happening::Learnt { household, .. } if household == home)
        }
        _ => false,
    }
}

/// A legend that is not there has no lines, and no home is the office's past the
/// last one.
#[test]
fn what_is_not_there_is_not_shown() {
    let story = story(FUXIANG);
    let mut session = session(&story);
    session.advance(noon(3), &mut Vec::new());
    let mut frame = Frame::new(&session, 99);
    assert!(frame.counts().is_empty() && frame.known() > 0);
    assert!(frame.homes().iter().all(|shown| shown.entry == Shown::NO_ENTRY));
    assert_eq!(frame.shown(HouseholdId(story.setup.core_homes)), None);
    frame.set_legend(&session, 0);
    assert_eq!(frame, Frame::new(&session, 0));
    // A step back is noticed, whatever was told.
    session.seek(noon(2), &mut Vec::new());
    let before = frame.homes().to_vec();
    frame.follow(&session, &[]);
    audit(&frame, &session, &before);
}

/// Of a busy day only a part changes, and nothing where nothing happens.
#[test]
fn only_what_changed_is_told() {
    let mut session = session(&story(FUXIANG));
    session.advance(Day(3).start(), &mut Vec::new());
    let mut frame = Frame::new(&session, 0);
    frame.follow(&session, &[]);
    assert!(frame.changed().is_empty() && !frame.everything());
    let mut told = Vec::new();
    session.advance(noon(3), &mut told);
    frame.follow(&session, &told);
    let changed = frame.changed().len();
    assert!(changed > 20 && changed < 1000, "{changed}");
    frame.retake(&session);
    assert!(frame.changed().is_empty() && !frame.everything());
}

/// What somebody at the screen may do to a story.
#[derive(Debug, Clone)]
enum Deed {
    Wait(u32),
    Ask(SimCommand),
    Seek(u32),
    Undo,
    Redo,
    Branch,
    Switch(usize),
    Legend(usize),
    Layer(usize),
    Toggle(usize),
}

fn any_deed() -> impl Strategy<Value = Deed> {
    prop_oneof![
        8 => prop_oneof![1_u32..20, 1_u32..3000].prop_map(Deed::Wait),
        6 => any_command().prop_map(Deed::Ask),
        2 => (480_u32..60 * 1440).prop_map(Deed::Seek),
        1 => Just(Deed::Undo),
        1 => Just(Deed::Redo),
        1 => Just(Deed::Branch),
        1 => (0_usize..3).prop_map(Deed::Switch),
        1 => (0_usize..5).prop_map(Deed::Legend),
        2 => (0..Layer::ALL.len()).prop_map(Deed::Layer),
        2 => (0..Condition::ALL.len()).prop_map(Deed::Toggle),
    ]
}

/// Does it, and brings the frame along as a screen would.
fn act(session: &mut Session, frame: &mut Frame, deed: Deed) {
    let mut told = Vec::new();
    match deed {
        Deed::Wait(minutes) => session.advance(session.now().plus(minutes), &mut told),
        Deed::Ask(command) => {
            let _ = session.submit(command, &mut told);
        }
        Deed::Seek(to) => {
            session.seek(Minute(to), &mut told);
            return frame.retake(session);
        }
        Deed::Legend(legend) => return frame.set_legend(session, legend),
        Deed::Layer(layer) => return frame.set_layer(session, Layer::ALL[layer]),
        Deed::Toggle(condition) => {
            let filter: Filter = frame.filter().toggled(Condition::ALL[condition]);
            return frame.set_filter(session, filter);
        }
        Deed::Undo | Deed::Redo | Deed::Branch | Deed::Switch(_) => {
            let _ = match deed {
                Deed::Undo => session.undo(),
                Deed::Redo => session.redo(),
                Deed::Switch(branch) => session.switch(branch),
                _ => session.branch("b".to_owned()).map(|_| ()),
            };
            return frame.retake(session);
        }
    }
    frame.follow(session, &told);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Whatever is asked for, undone, branched and jumped over, under any legend.
    #[test]
    fn whatever_people_do_the_frame_is_what_the_board_says(
        five in any::<bool>(),
        seed in any::<u64>(),
        deeds in proptest::collection::vec(any_deed(), 1..60),
    ) {
        let story = seeded(if five { FIVE_LEGENDS } else { FUXIANG }, seed);
        let mut session = session(&story);
        let mut frame = Frame::new(&session, 0);
        for deed in deeds {
            let before = frame.homes().to_vec();
            act(&mut session, &mut frame, deed);
            audit(&frame, &session, &before);
        }
    }
}
