//! What the window says of the day is what anybody would count from the events.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use zhanyitu::base::ids::HouseholdId;
use zhanyitu::base::time::{Day, Minute};
use zhanyitu::history::Timeline;
use zhanyitu::scenario::script::Scenario;
use zhanyitu::session::today::{CallState, StepKind, StepState, Today};
use zhanyitu::session::{Session, Story, StoryEvent};
use zhanyitu::sim::command::SimCommand;
use zhanyitu::sim::draw::{Purpose, draw};
use zhanyitu::sim::event::Happening;
use zhanyitu::sim::work::{Rung, Site, TaskKind};

use crate::tools::{FUXIANG, story};

const CALLS: &str = "scenes/one_day_of_calls.ron";

fn session(story: &Arc<Scenario>) -> Session {
    Timeline::new(Story(Arc::clone(story)), &mut Vec::new())
}

/// In uneven steps, with a command now and then: what follows is the same as what
/// is looked at anew, and as what is there after a jump.
#[test]
fn a_day_that_is_followed_is_the_same_as_one_looked_at_anew() {
    let mut errands = 0;
    for path in [FUXIANG, CALLS] {
        let story = story(path);
        let mut session = session(&story);
        let mut today = Today::new(&session);
        let mut step = 0;
        while session.now() < story.setup.ends {
            let d = draw(5, Purpose::PlaceLayout, step, 0, 0);
            step += 1;
            let mut told = Vec::new();
            let longest = [4, 60, 600, 3000][d.below(0, 4) as usize];
            session.advance(session.now().plus(1 + d.below(1, longest)), &mut told);
            if step % 40 == 0 {
                let home = HouseholdId(d.below(2, story.setup.core_homes));
                let _ = session.submit(SimCommand::Visit(home), &mut told);
            }
            today.follow(&session, &told);
            assert_eq!(today, Today::new(&session), "{}", session.now());
            errands += today.errands(&session).len();
        }
        let middle = Minute(story.setup.ends.0 / 2);
        session.seek(middle, &mut Vec::new());
        today.retake(&session);
        assert_eq!(today, Today::new(&session));
    }
    assert!(errands > 50, "{errands}");
}

/// Elders of the round and how each stands, counted from the day's events alone and
/// from what waits.
#[test]
fn the_strip_is_a_recount_of_the_calls() {
    let story = story(CALLS);
    let mut session = session(&story);
    let mut told = Vec::new();
    let mut seen = BTreeSet::new();
    for minute in (0..12 * 60).step_by(7) {
        session.advance(story.setup.starts.plus(minute), &mut told);
        let round = Today::new(&session).round(&session);
        let sim = session.moment().sim();
        let mut calls: BTreeMap<HouseholdId, Vec<bool>> = BTreeMap::new();
        let mut heard: BTreeMap<HouseholdId, bool> = BTreeMap::new();
        for event in &told {
            let StoryEvent::Sim(event) = event else { continue };
            if let Happening::CallMade { household, answered } = event.what {
                calls.entry(household).or_default().push(answered);
                heard.insert(household, answered);
            } else if let Happening::Learnt { household, told, .. } = event.what
                && !matches!(told, zhanyitu::sim::board::Told::CallUnanswered)
            {
                heard.insert(household, true);
            }
        }
        let planned = u64::from(sim.work().round.planned);
        assert_eq!(round.elders.len() as u64, planned, "minute {minute}");
        assert_eq!(round.made, calls.len() as u64, "minute {minute}");
        assert_eq!(round.made, u64::from(sim.work().round.made), "minute {minute}");
        let on_phone: BTreeSet<HouseholdId> = sim
            .work()
            .workers
            .iter()
            .filter_map(|w| w.job)
            .filter(|job| job.task.kind == TaskKind::Calls)
            .filter_map(|job| match job.task.site {
                Site::Home(home) => Some(home),
                Site::Mouth(..) => None,
            })
            .collect();
        for (home, state) in &round.elders {
            let expected = match calls.get(home).and_then(|c| c.last()) {
                _ if on_phone.contains(home) => CallState::UnderWay,
                None => CallState::Waiting,
                Some(true) => CallState::Answered,
                Some(false) if heard[home] => CallState::SeenTo,
                Some(false) => CallState::NotAnswered,
            };
            assert_eq!(*state, expected, "{home} at minute {minute}");
            seen.insert(*state);
        }
        let all: u64 = CallState::ALL.iter().map(|s| round.count(*s)).sum();
        assert_eq!(all, planned);
    }
    assert_eq!(seen.len(), CallState::ALL.len(), "every state was met: {seen:?}");
}

/// The elder who fell: from the silent phone to the doctor, rung by rung.
#[test]
fn the_rungs_are_those_that_the_events_climb() {
    let story = story(CALLS);
    let grandma = story.cast.iter().find(|c| c.name == "grandma").unwrap().household;
    let mut session = session(&story);
    let (mut told, mut met) = (Vec::new(), BTreeSet::new());
    for minute in 0..12 * 60 {
        session.advance(story.setup.starts.plus(minute), &mut told);
        let cases = Today::new(&session).cases(&session);
        let of = |what: fn(&Happening) -> bool| -> Vec<Minute> {
            let events = told.iter().filter_map(|e| match e {
                StoryEvent::Sim(e) if e.what.household() == Some(grandma) => Some(e),
                _ => None,
            });
            events.filter(|e| what(&e.what)).map(|e| e.at).collect()
        };
        let silent = of(|w| matches!(w, Happening::CallMade { answered: false, .. }));
        let found = of(|w| matches!(w, Happening::Found { .. })).first().copied();
        let helped = of(|w| matches!(w, Happening::Helped { .. })).first().copied();
        let case = cases.iter().find(|c| c.home == grandma);
        let Some(case) = case else {
            assert!(silent.is_empty(), "minute {minute}");
            continue;
        };
        assert_eq!(Some(case.since), silent.first().copied());
        assert_eq!(case.closed, helped.is_some());
        assert_eq!(case.steps.len(), story.setup.ladder.len() + 1);
        let nows = case.steps.iter().filter(|s| s.state == StepState::Now).count();
        assert_eq!(nows, usize::from(helped.is_none()), "minute {minute}: {case:?}");
        for (i, step) in case.steps.iter().enumerate() {
            let rung = story.setup.ladder.get(i);
            match step.kind {
                StepKind::CallAgain => {
                    assert!(matches!(rung, Some(Rung::CallAgain { .. })));
                    let state = if silent.len() > 1 { StepState::Done } else { StepState::Now };
                    assert_eq!(step.state, state, "minute {minute}");
                    let wait = silent[0].plus(rung.unwrap().after());
                    assert_eq!(step.at, Some(silent.get(1).copied().unwrap_or(wait)));
                }
                StepKind::Neighbour => assert!(matches!(rung, Some(Rung::AskNeighbour { .. }))),
                StepKind::Door => {
                    assert_eq!(step.state == StepState::Done, found.is_some(), "{minute}");
                    if found.is_some() {
                        assert_eq!(step.at, found);
                    }
                }
                StepKind::Help => {
                    assert!(rung.is_none());
                    let state = match (found, helped) {
                        (None, _) => StepState::ToCome,
                        (_, None) => StepState::Now,
                        _ => StepState::Done,
                    };
                    assert_eq!((step.state, step.at), (state, helped), "minute {minute}");
                }
            }
            met.insert((i, step.state as u8));
        }
        // What lies behind comes before what is to come.
        let order: Vec<u8> = case
            .steps
            .iter()
            .map(|s| match s.state {
                StepState::Done | StepState::Spared => 0,
                StepState::Now => 1,
                StepState::ToCome => 2,
            })
            .collect();
        assert!(order.is_sorted(), "{order:?}");
    }
    assert!(met.len() >= 8, "{met:?}");
}

/// A survey's day: whoever is busy is listed once, and walks no faster than people do.
#[test]
fn errands_begin_where_the_one_before_ended() {
    let story = story(FUXIANG);
    let mut session = session(&story);
    session.advance(Minute::at(Day(2), 0), &mut Vec::new());
    let mut today = Today::new(&session);
    let mut last: BTreeMap<u32, HouseholdId> = BTreeMap::new();
    let mut walked = 0;
    for minute in 1..1440 {
        let mut told = Vec::new();
        session.advance(Minute::at(Day(2), minute), &mut told);
        today.follow(&session, &told);
        let errands = today.errands(&session);
        let workers: BTreeSet<u32> = errands.iter().map(|e| e.worker.0).collect();
        assert_eq!(workers.len(), errands.len());
        for errand in errands {
            assert!(errand.from <= session.now() && session.now() <= errand.until);
            assert!(errand.walk <= story.setup.params.shifts.walk_cap);
            assert!(!errand.is_by_phone() || errand.walk == 0);
            walked += u32::from(errand.walk > 0);
            if errand.from == session.now()
                && let Some(before) = last.get(&errand.worker.0)
                && let Some(zhanyitu::session::today::Whence::Home(whence)) = errand.whence
            {
                assert_eq!(whence, *before, "{} at {}", errand.worker, session.now());
            }
            if !errand.is_by_phone() {
                last.insert(errand.worker.0, errand.home);
            }
        }
    }
    assert!(walked > 1000, "{walked}");
}

/// A slip hangs at every door that stayed shut, until something is known of the home.
#[test]
fn slips_hang_where_doors_stayed_shut_and_nothing_is_known() {
    let story = story(FUXIANG);
    let mut session = session(&story);
    let (mut told, mut most) = (Vec::new(), 0);
    for hour in (0..6 * 24).step_by(5) {
        session.advance(Minute(hour * 60), &mut told);
        let board = session.moment().sim().board();
        let shut = told.iter().filter_map(|event| match event {
            StoryEvent::Sim(event) => match event.what {
                Happening::DoorClosed { household, .. } => Some(household),
                _ => None,
            },
            _ => None,
        });
        let shut: BTreeSet<HouseholdId> =
            shut.filter(|home| board[home.index()].known.is_none()).collect();
        assert_eq!(Today::slips(&session), shut.into_iter().collect::<Vec<_>>(), "hour {hour}");
        assert_eq!(Today::slip_count(&session), Today::slips(&session).len());
        most = most.max(Today::slip_count(&session));
    }
    assert!(most > 20, "{most}");
    assert!(Today::slips(&session).is_empty());
}
