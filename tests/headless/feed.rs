//! The log people read says what was told, no more and no less.

use std::collections::BTreeMap;
use std::sync::Arc;

use zhanyitu::base::time::{Day, HOUR_MINUTES, Minute};
use zhanyitu::history::Timeline;
use zhanyitu::scenario::script::Scenario;
use zhanyitu::session::feed::{Line, Place, What, kind_of};
use zhanyitu::session::{Feed, FeedKind, Session, Story, StoryEvent};
use zhanyitu::sim::command::SimCommand;
use zhanyitu::sim::event::Happening;
use zhanyitu::sim::work::TaskKind;

use crate::tools::{FUXIANG, story};

fn session(story: &Arc<Scenario>) -> (Session, Vec<StoryEvent>) {
    let mut told = Vec::new();
    let session = Timeline::new(Story(Arc::clone(story)), &mut told);
    (session, told)
}

fn at(day: u32, hour: u32, minute: u32) -> Minute {
    Minute::at(Day(day), hour * 60 + minute)
}

fn lines(feed: &Feed) -> Vec<Line> {
    feed.lines().copied().collect()
}

/// What the office knows and what is said, counted by hand: by kind, in all.
fn recount(story: &Scenario, told: &[StoryEvent]) -> (u64, BTreeMap<FeedKind, u64>) {
    let (mut all, mut kinds) = (0, BTreeMap::new());
    for event in told {
        let kind = match event {
            StoryEvent::Sim(event) if event.what.is_known() => {
                all += 1;
                let gate = TaskKind::Gate;
                match event.what {
                    Happening::Worked { task, .. } if task != gate => continue,
                    what => kind_of(&what),
                }
            }
            StoryEvent::Cue { cue, .. } if story.script.cues[*cue as usize].say.is_some() => {
                all += 1;
                FeedKind::Story
            }
            StoryEvent::Chapter { .. } => {
                all += 1;
                FeedKind::Story
            }
            _ => continue,
        };
        *kinds.entry(kind).or_default() += 1;
    }
    (all, kinds)
}

#[test]
fn the_lines_stand_for_what_was_told() {
    let story = story(FUXIANG);
    let (mut session, mut told) = session(&story);
    session.advance(story.setup.ends, &mut told);
    let feed = Feed::of(&session);
    let (all, kinds) = recount(&story, &told);
    assert_eq!(feed.told(), all);
    assert!(all > 80_000, "{all}");
    let mut found: BTreeMap<FeedKind, u64> = BTreeMap::new();
    for line in feed.lines() {
        *found.entry(line.kind).or_default() += u64::from(line.count);
        let words = line.words(&story);
        assert!(!words.zh.is_empty() && !words.en.is_empty(), "{line:?}");
    }
    assert_eq!(found, kinds);
    assert_eq!(found.len(), FeedKind::ALL.len(), "every kind happens in this story");
    for kind in FeedKind::ALL {
        let positions = feed.positions(Some(kind));
        assert!(positions.iter().all(|&i| feed.line(i).unwrap().kind == kind));
        let wanted = feed.lines().filter(|line| line.kind == kind).count();
        assert_eq!(positions.len(), wanted);
    }
    assert_eq!(feed.positions(None).len(), feed.len());
    assert!(feed.line(feed.len()).is_none());
}

/// An hour of the survey can be read, and nobody is left out of it.
#[test]
fn a_busy_hour_is_few_lines() {
    let story = story(FUXIANG);
    let (mut session, mut told) = session(&story);
    session.advance(story.setup.ends, &mut told);
    let feed = Feed::of(&session);
    let mut hours: BTreeMap<u32, Vec<Line>> = BTreeMap::new();
    for line in feed.lines() {
        assert_eq!(line.from.0 / HOUR_MINUTES, line.until.0 / HOUR_MINUTES, "{line:?}");
        hours.entry(line.from.0 / HOUR_MINUTES).or_default().push(*line);
    }
    let most = hours.values().map(Vec::len).max().unwrap();
    assert!(most <= 40, "{most} lines in one hour");
    // By hand: so many doors were written down from nine to ten on the first day.
    let nine = at(1, 9, 0).0 / HOUR_MINUTES;
    let surveyed = told.iter().filter(|event| match event {
        StoryEvent::Sim(event) => {
            event.at.0 / HOUR_MINUTES == nine
                && event.what.words().en.starts_with("survey at the door")
        }
        _ => false,
    });
    let surveyed = surveyed.count();
    assert!(surveyed > 20, "{surveyed}");
    let line = hours[&nine].iter().find(|l| l.words(&story).en == "survey at the door").unwrap();
    assert_eq!(line.count as usize, surveyed);
    let ordered = lines(&feed).windows(2).all(|pair| pair[0].until <= pair[1].until);
    assert!(ordered, "the oldest line stands first");
}

#[test]
fn what_is_hidden_has_no_line() {
    let story = story(FUXIANG);
    let (mut session, mut told) = session(&story);
    session.advance(story.setup.ends, &mut told);
    let hidden = told.iter().filter(|event| match event {
        StoryEvent::Sim(event) => !event.what.is_known(),
        _ => false,
    });
    assert!(hidden.count() > 100, "there is something to hide");
    for line in Feed::of(&session).lines() {
        if let What::Happened(what) = line.what {
            assert!(what.is_known(), "{what:?}");
        }
    }
}

/// However time goes by, the log is the same as one that is made at once.
#[test]
fn following_step_by_step_is_the_same_as_reading_at_once() {
    let story = story(FUXIANG);
    let (mut session, told) = session(&story);
    let mut feed = Feed::default();
    feed.hear(&story, &told);
    for step in [1, 7, 59, 60, 61, 500, 1440, 3000, 1, 10_000] {
        let mut told = Vec::new();
        session.advance(session.now().plus(step), &mut told);
        feed.hear(&story, &told);
        let home = story.setup.core().nth(step as usize % 1000).unwrap();
        let mut told = Vec::new();
        if session.submit(SimCommand::Call(home), &mut told).is_ok() {
            feed.hear(&story, &told);
        }
        let fresh = Feed::of(&session);
        assert_eq!(lines(&feed), lines(&fresh), "{}", session.now());
        assert_eq!(feed.told(), fresh.told());
    }
    assert!(!session.log().is_empty());
}

#[test]
fn after_going_back_and_on_another_branch_it_says_what_happened_there() {
    let story = story(FUXIANG);
    let (mut session, _) = session(&story);
    session.advance(at(3, 10, 0), &mut Vec::new());
    let home = story.setup.core().nth(40).unwrap();
    session.submit(SimCommand::Note(home, "已帮忙买药".to_owned()), &mut Vec::new()).unwrap();
    let noted = |session: &Session| {
        let feed = Feed::of(session);
        feed.lines().any(|line| {
            matches!(line.what, What::Happened(Happening::Noted { household }) if household == home)
        })
    };
    session.advance(at(6, 9, 30), &mut Vec::new());
    assert!(noted(&session));
    let (end, before) = (lines(&Feed::of(&session)), session.now());
    // Back before the note, then on again: as if one had never been away.
    session.seek(at(2, 12, 0), &mut Vec::new());
    assert!(!noted(&session));
    let last = Feed::of(&session).lines().last().unwrap().until;
    assert!(last <= session.now(), "nothing is told before it happens");
    session.seek(before, &mut Vec::new());
    assert_eq!(lines(&Feed::of(&session)), end);
    session.undo().unwrap();
    assert!(!noted(&session));
    session.redo().unwrap();
    assert_eq!(lines(&Feed::of(&session)), end);
    session.seek(at(2, 12, 0), &mut Vec::new());
    let branch = session.branch(String::new()).unwrap();
    session.advance(before, &mut Vec::new());
    assert!(!noted(&session));
    session.switch(0).unwrap();
    assert!(noted(&session));
    session.switch(branch).unwrap();
    assert!(!noted(&session));
}

/// A second history of the same story goes its own ways.
#[test]
fn a_copy_of_a_session_leaves_the_first_alone() {
    let story = story(FUXIANG);
    let (mut one, _) = session(&story);
    one.advance(at(4, 12, 0), &mut Vec::new());
    let mut two = one.clone();
    two.seek(at(20, 8, 0), &mut Vec::new());
    assert_eq!(one.now(), at(4, 12, 0));
    one.advance(at(20, 8, 0), &mut Vec::new());
    assert_eq!(one.daily_hashes(), two.daily_hashes());
}

#[test]
fn every_line_leads_somewhere_and_those_of_a_home_to_it() {
    let story = story(FUXIANG);
    let (mut session, _) = session(&story);
    session.advance(story.setup.ends, &mut Vec::new());
    let mut kinds = BTreeMap::new();
    for line in Feed::of(&session).lines() {
        let place = line.place(&story);
        match (place, line.what) {
            (Place::Home(home), What::Happened(what)) => {
                if let Some(of) = what.household() {
                    assert_eq!(home, of);
                }
                assert!(home.0 < story.setup.core_homes);
            }
            (Place::Mouth(mouth), What::Happened(Happening::MouthChanged { mouth: of, .. })) => {
                assert_eq!(mouth, of);
            }
            (Place::Mouth(_), _) => panic!("{line:?}"),
            _ => {}
        }
        *kinds.entry(name_of(place)).or_insert(0) += 1;
    }
    assert!(kinds["home"] > 1000 && kinds["mouth"] >= 8 && kinds["everywhere"] > 90, "{kinds:?}");
}

const fn name_of(place: Place) -> &'static str {
    match place {
        Place::Home(_) => "home",
        Place::Compound(_) => "compound",
        Place::Way(_) => "way",
        Place::Mouth(_) => "mouth",
        Place::Everywhere => "everywhere",
    }
}
