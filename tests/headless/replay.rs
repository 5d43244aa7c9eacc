//! History on the real story: any minute again, undo, branches, saves.

use std::path::Path;
use std::sync::Arc;

use proptest::prelude::*;
use zhanyitu::base::ids::{HouseholdId, MouthId};
use zhanyitu::base::time::Minute;
use zhanyitu::headless::disk::Disk;
use zhanyitu::history::save::{MODEL_REVISION, Save, first_difference};
use zhanyitu::history::storage::{Version, keep, recall};
use zhanyitu::history::{Entry, NotDone, Timeline};
use zhanyitu::scenario::compile::Overrides;
use zhanyitu::scenario::script::Scenario;
use zhanyitu::session::story::{Continuity, open, save};
use zhanyitu::session::{Moment, Session, Story};
use zhanyitu::sim::command::{Rejected, SimCommand};
use zhanyitu::sim::draw::{Purpose, draw};
use zhanyitu::sim::hash;
use zhanyitu::sim::work::{Measure, MouthState};

const SCENE: &str = "scenes/fuxiang_2020.ron";

fn story() -> Arc<Scenario> {
    let compiled = zhanyitu::headless::load(SCENE, &Overrides::default());
    Arc::new(compiled.unwrap_or_else(|e| panic!("{}", e.text.en)).scenario)
}

fn session(story: &Arc<Scenario>) -> Session {
    Timeline::new(Story(Arc::clone(story)), &mut Vec::new())
}

/// A few things people might ask for, spread over three weeks.
fn commands() -> Vec<(Minute, SimCommand)> {
    let at = |text: &str| text.parse::<Minute>().unwrap();
    vec![
        (at("D2 09:10"), SimCommand::Visit(HouseholdId(416))),
        (at("D3 00:00"), SimCommand::SetMeasure(Measure::DailyCalls, 600)),
        (at("D3 00:00"), SimCommand::SetCallers(2)),
        (at("D9 10:30"), SimCommand::Note(HouseholdId(7), "钥匙在邻居家".to_owned())),
        (at("D18 12:00"), SimCommand::SetMouth(MouthId(2), MouthState::Sealed)),
        (at("D20 15:15"), SimCommand::SetStaff(12)),
    ]
}

fn with_commands(story: &Arc<Scenario>) -> Session {
    let mut session = session(story);
    for (at, command) in commands() {
        session.advance(at, &mut Vec::new());
        assert_eq!(session.submit(command, &mut Vec::new()), Ok(()));
    }
    session
}

/// The moment without any history: one straight run with the same commands.
fn plainly(story: &Scenario, log: &[(Minute, SimCommand)], to: Minute) -> u64 {
    let mut moment = Moment::start(story, &mut Vec::new());
    for (at, command) in log.iter().filter(|(at, _)| *at <= to) {
        moment.advance(story, *at, &mut Vec::new());
        moment.apply(story, command, &mut Vec::new());
    }
    moment.advance(story, to, &mut Vec::new());
    hash::canonical(&moment)
}

fn day_minute(day: u32, clock: u32) -> Minute {
    Minute((day - 1) * 1440 + clock)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6))]

    #[test]
    fn any_minute_of_the_story_is_reached_again_as_it_was(
        stops in proptest::collection::vec((1_u32..=24, 480_u32..1440), 1..6)
    ) {
        let story = story();
        let mut session = with_commands(&story);
        for (day, clock) in stops {
            let to = day_minute(day, clock);
            session.seek(to, &mut Vec::new());
            prop_assert_eq!(hash::canonical(session.moment()), plainly(&story, &commands(), to));
        }
    }
}

#[test]
fn what_is_undone_was_never_asked() {
    let story = story();
    let mut session = with_commands(&story);
    let now = session.now();
    let all = commands();
    for left in (0..all.len()).rev() {
        session.undo().unwrap();
        assert_eq!(
            hash::canonical(session.moment()),
            plainly(&story, &all[..left], now),
            "{left} left"
        );
    }
    while session.redo().is_ok() {}
    assert_eq!(hash::canonical(session.moment()), plainly(&story, &all, now));
}

#[test]
fn an_empty_branch_is_the_trunk_and_an_own_one_differs_only_by_its_cause() {
    let story = story();
    let mut session = with_commands(&story);
    session.seek(day_minute(12, 600), &mut Vec::new());
    session.branch("空".to_owned()).unwrap();
    session.seek(day_minute(15, 600), &mut Vec::new());
    let empty = hash::canonical(session.moment());
    assert_eq!(empty, plainly(&story, &commands(), day_minute(15, 600)));
    // A note is words beside a home: everything but the notes stays as it was.
    session.submit(SimCommand::Note(HouseholdId(1), "试试".to_owned()), &mut Vec::new()).unwrap();
    session.seek(day_minute(24, 600), &mut Vec::new());
    let noted = session.moment().sim().clone();
    session.undo().unwrap();
    let plain = session.moment().sim();
    assert_eq!(noted.board(), plain.board());
    assert_eq!(noted.truth(), plain.truth());
    assert_eq!(noted.work().notes.len(), plain.work().notes.len() + 1);
}

#[test]
fn a_refusal_has_a_reason_and_is_not_logged() {
    let mut session = session(&story());
    let refused = session.submit(SimCommand::Call(HouseholdId(9_999)), &mut Vec::new());
    assert_eq!(refused, Err(NotDone::Rejected(Rejected::NoSuchHome)));
    let refused = session.submit(SimCommand::Call(HouseholdId(0)), &mut Vec::new());
    assert_eq!(refused, Err(NotDone::Rejected(Rejected::NotKnown)));
    assert!(session.log().is_empty());
}

fn saved(session: &Session) -> Save<SimCommand> {
    save(session, SCENE, &std::fs::read(SCENE).unwrap(), &[])
}

#[test]
fn saved_and_taken_up_again_the_story_goes_on_as_if_it_had_never_stopped() {
    let story = story();
    let mut live = with_commands(&story);
    live.advance(day_minute(21, 700), &mut Vec::new());
    let bytes = saved(&live).to_bytes();
    assert!(bytes.len() < 1024 * 1024, "{} bytes", bytes.len());
    let save = Save::<SimCommand>::from_bytes(&bytes).unwrap();
    let (mut again, refused) =
        Timeline::restore(Story(Arc::clone(&story)), save.branches, save.current as usize, save.at);
    assert_eq!(refused, 0);
    assert_eq!(first_difference(&save.hashes, &again.daily_hashes()), None);
    let keyframe: Moment = postcard::from_bytes(&save.keyframe).unwrap();
    assert_eq!(&keyframe, again.last_keyframe().1);
    let later = day_minute(30, 600);
    live.advance(later, &mut Vec::new());
    again.advance(later, &mut Vec::new());
    assert_eq!(hash::canonical(live.moment()), hash::canonical(again.moment()));
}

/// Another revision of the model would make another story of the same log.
#[test]
fn a_save_of_another_model_goes_on_from_its_last_midnight_and_says_so() {
    let story = story();
    let mut live = with_commands(&story);
    live.advance(day_minute(21, 700), &mut Vec::new());
    let mut save = saved(&live);
    save.model += 1;
    let (mut again, how) = open(Arc::clone(&story), &save).unwrap();
    assert_eq!(how, Continuity::AtMidnight(day_minute(21, 0)));
    assert_eq!(hash::canonical(again.moment()), save.hashes.last().unwrap().1);
    again.advance(day_minute(30, 600), &mut Vec::new());
    live.advance(day_minute(30, 600), &mut Vec::new());
    assert_eq!(hash::canonical(live.moment()), hash::canonical(again.moment()));
    again.seek(day_minute(2, 600), &mut Vec::new());
    assert_eq!(again.now(), day_minute(21, 0), "nothing before it can be seen");
}

/// A keyframe from a file is believed only as far as it fits the story.
#[test]
fn a_keyframe_that_does_not_fit_is_refused_and_never_breaks_the_story() {
    let story = story();
    let mut live = with_commands(&story);
    live.advance(day_minute(21, 700), &mut Vec::new());
    let mut save = saved(&live);
    save.model += 1;
    let whole = save.keyframe.clone();
    let (mut refused, mut went_on) = (0, 0);
    for k in 0..400_u32 {
        let d = draw(3, Purpose::PlaceLayout, k, 0, 0);
        save.keyframe.clone_from(&whole);
        let at = d.below(0, whole.len() as u32) as usize;
        save.keyframe[at] ^= 1 << d.below(1, 8);
        match open(Arc::clone(&story), &save) {
            Err(_) => refused += 1,
            Ok((mut session, _)) => {
                session.advance(session.now().plus(3 * 1440), &mut Vec::new());
                went_on += 1;
            }
        }
    }
    assert!(refused > 20 && went_on > 20, "{refused} refused, {went_on} went on");
}

#[test]
fn a_changed_log_is_noticed_on_the_first_day_that_differs() {
    let story = story();
    let mut live = with_commands(&story);
    live.advance(day_minute(22, 0), &mut Vec::new());
    let mut save = saved(&live);
    save.branches[0].1.retain(|e| !matches!(e.command, SimCommand::SetCallers(_)));
    let (_, how) = open(story, &save).unwrap();
    let Continuity::Played { refused: 0, differs: Some(difference) } = how else {
        panic!("{how:?}")
    };
    assert_eq!(difference.at, day_minute(4, 0), "callers changed on day 3");
}

/// Written by format 1 of the program: a log without branches.
#[test]
fn a_save_of_the_first_format_still_opens() {
    let bytes = std::fs::read("tests/fixtures/saves/format_1.zyt").unwrap();
    let save = Save::<SimCommand>::from_bytes(&bytes).unwrap();
    assert_eq!((save.model, save.seed, save.branches.len()), (MODEL_REVISION, 93, 1));
    let expected = Entry { at: day_minute(1, 600), command: SimCommand::SetCallers(2) };
    assert_eq!(save.branches[0].1, [expected]);
    assert!(save.keyframe.is_empty());
}

#[test]
fn a_save_on_a_real_disk_survives_a_damaged_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.zyt");
    let (mut disk, name) = Disk::beside(&path).unwrap();
    let story = story();
    let mut live = session(&story);
    let first = saved(&live).to_bytes();
    keep(&mut disk, &name, &first).unwrap();
    live.advance(day_minute(2, 600), &mut Vec::new());
    let second = saved(&live).to_bytes();
    keep(&mut disk, &name, &second).unwrap();
    let sound = |bytes: &[u8]| Save::<SimCommand>::from_bytes(bytes).is_ok();
    assert_eq!(recall(&disk, &name, sound).unwrap(), (second.clone(), Version::Newest));
    std::fs::write(&path, &second[..second.len() / 2]).unwrap();
    assert_eq!(recall(&disk, &name, sound).unwrap(), (first, Version::Spare));
    assert!(!Path::new(&folder.path().join("a.zyt.part")).exists());
}
