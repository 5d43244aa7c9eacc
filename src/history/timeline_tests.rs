//! A toy world that mixes every minute and command into one number, so that any
//! difference in what happened, or in its order, is a different number.

use proptest::prelude::*;
use serde::{Deserialize, Serialize};

use super::*;
use crate::sim::hash::canonical;

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
struct Toy {
    now: Minute,
    mixed: u64,
    commands: u32,
}

struct ToyWorld;

const ENDS: Minute = Minute(6 * 1440);

impl World for ToyWorld {
    type Moment = Toy;
    type Command = u32;
    type Rejection = ();
    type Event = u64;

    fn start(&self, told: &mut Vec<u64>) -> Toy {
        told.push(0);
        Toy { now: Minute(480), mixed: 1, commands: 0 }
    }
    fn now(&self, moment: &Toy) -> Minute {
        moment.now
    }
    fn ends(&self) -> Minute {
        ENDS
    }
    fn advance(&self, moment: &mut Toy, to: Minute, told: &mut Vec<u64>) {
        while moment.now < to {
            moment.now = moment.now.plus(1);
            if moment.now.0.is_multiple_of(7) {
                moment.mixed = canonical(&(moment.mixed, moment.now));
                told.push(moment.mixed);
            }
        }
    }
    fn check(&self, moment: &Toy, command: &u32) -> Result<(), ()> {
        if command.is_multiple_of(13) || moment.now >= ENDS { Err(()) } else { Ok(()) }
    }
    fn apply(&self, moment: &mut Toy, command: &u32, told: &mut Vec<u64>) {
        moment.mixed = canonical(&(moment.mixed, moment.now, command));
        moment.commands += 1;
        told.push(moment.mixed);
    }
    fn hash(&self, moment: &Toy) -> u64 {
        canonical(moment)
    }
}

/// The moment at a minute as plain running gives it, without any history.
fn plainly(log: &[(u32, u32)], to: u32) -> Toy {
    let mut moment = ToyWorld.start(&mut Vec::new());
    for &(at, command) in log.iter().filter(|(at, _)| *at <= to) {
        ToyWorld.advance(&mut moment, Minute(at), &mut Vec::new());
        if ToyWorld.check(&moment, &command).is_ok() {
            ToyWorld.apply(&mut moment, &command, &mut Vec::new());
        }
    }
    ToyWorld.advance(&mut moment, Minute(to), &mut Vec::new());
    moment
}

fn with_log(log: &[(u32, u32)]) -> Timeline<ToyWorld> {
    let mut timeline = Timeline::new(ToyWorld, &mut Vec::new());
    for &(at, command) in log {
        timeline.advance(Minute(at), &mut Vec::new());
        let _ = timeline.submit(command, &mut Vec::new());
    }
    timeline
}

fn logs() -> impl Strategy<Value = Vec<(u32, u32)>> {
    proptest::collection::vec((480_u32..ENDS.0, 0_u32..40), 0..12).prop_map(|mut log| {
        log.sort_by_key(|(at, _)| *at);
        log
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_minute_is_reached_again_as_it_was(log in logs(), stops in proptest::collection::vec(480_u32..=ENDS.0, 1..12)) {
        let mut timeline = with_log(&log);
        for stop in stops {
            timeline.seek(Minute(stop), &mut Vec::new());
            prop_assert_eq!(timeline.moment(), &plainly(&log, stop));
        }
    }

    #[test]
    fn what_is_undone_was_never_asked_and_redone_was_never_undone(log in logs(), steps in 0_usize..12) {
        let mut timeline = with_log(&log);
        timeline.seek(ENDS, &mut Vec::new());
        let whole = timeline.moment().clone();
        let accepted: Vec<(u32, u32)> = timeline.log().iter().map(|e| (e.at.0, e.command)).collect();
        let mut undone = 0;
        while undone < steps && timeline.undo().is_ok() {
            undone += 1;
            let left = &accepted[..accepted.len() - undone];
            prop_assert_eq!(timeline.moment(), &plainly(left, ENDS.0));
        }
        for _ in 0..undone {
            prop_assert_eq!(timeline.redo(), Ok(()));
        }
        prop_assert_eq!(timeline.moment(), &whole);
        prop_assert_eq!(timeline.redo(), Err(NotDone::Nothing));
    }

    #[test]
    fn branches_do_not_touch_each_other(log in logs(), fork in 480_u32..ENDS.0, command in 1_u32..13) {
        let mut timeline = with_log(&log);
        timeline.seek(ENDS, &mut Vec::new());
        let trunk = timeline.moment().clone();
        timeline.seek(Minute(fork), &mut Vec::new());
        let branch = timeline.branch("b".to_owned()).unwrap();
        prop_assert_eq!(timeline.moment(), &plainly(&log, fork));
        timeline.submit(command, &mut Vec::new()).unwrap();
        let mut own: Vec<(u32, u32)> = log.iter().copied().filter(|(at, _)| *at <= fork).collect();
        own.push((fork, command));
        timeline.seek(ENDS, &mut Vec::new());
        prop_assert_eq!(timeline.moment(), &plainly(&own, ENDS.0));
        timeline.switch(0).unwrap();
        prop_assert_eq!(timeline.moment(), &trunk);
        prop_assert_eq!(timeline.delete(branch), Ok(()));
    }

    #[test]
    fn a_history_taken_up_again_goes_on_as_if_it_had_never_stopped(log in logs(), at in 480_u32..=ENDS.0) {
        let mut timeline = with_log(&log);
        timeline.seek(Minute(at), &mut Vec::new());
        let (mut again, refused) = Timeline::restore(ToyWorld, timeline.parts(), timeline.current(), timeline.now());
        prop_assert_eq!(refused, 0);
        prop_assert_eq!(again.moment(), timeline.moment());
        prop_assert_eq!(again.log(), timeline.log());
        again.seek(ENDS, &mut Vec::new());
        prop_assert_eq!(again.moment(), &plainly(&log, ENDS.0));
    }
}

#[test]
fn asking_in_the_past_opens_a_branch_and_loses_nothing() {
    let mut timeline = with_log(&[(1000, 1), (3000, 2)]);
    timeline.seek(Minute(2000), &mut Vec::new());
    assert!(timeline.looks_back());
    timeline.submit(5, &mut Vec::new()).unwrap();
    assert_eq!((timeline.branches().len(), timeline.current(), timeline.log().len()), (2, 1, 2));
    timeline.switch(0).unwrap();
    assert_eq!(timeline.log().iter().map(|e| e.command).collect::<Vec<_>>(), [1, 2]);
}

#[test]
fn there_are_at_most_eight_branches_and_the_trunk_stays() {
    let mut timeline = with_log(&[]);
    for _ in 1..BRANCHES {
        timeline.branch(String::new()).unwrap();
    }
    assert_eq!(timeline.branch(String::new()), Err(NotDone::TooManyBranches));
    assert_eq!(timeline.delete(0), Err(NotDone::InUse));
    assert_eq!(timeline.delete(7), Err(NotDone::InUse));
    assert_eq!(timeline.delete(8), Err(NotDone::NoSuchBranch));
    assert_eq!(timeline.delete(3), Ok(()));
    assert_eq!((timeline.branches().len(), timeline.current()), (7, 6));
    assert_eq!(timeline.switch(7), Err(NotDone::NoSuchBranch));
}

#[test]
fn a_refused_command_changes_nothing() {
    let mut timeline = with_log(&[(1000, 1)]);
    let before = timeline.moment().clone();
    assert_eq!(timeline.submit(26, &mut Vec::new()), Err(NotDone::Rejected(())));
    assert_eq!((timeline.moment(), timeline.log().len()), (&before, 1));
}

#[test]
fn keyframes_are_those_of_the_log_as_it_is() {
    let mut timeline = with_log(&[(1000, 1)]);
    timeline.seek(ENDS, &mut Vec::new());
    let hashes = timeline.daily_hashes();
    assert_eq!(hashes.len(), 7);
    for (at, hash) in hashes {
        assert_eq!(hash, canonical(&plainly(&[(1000, 1)], at.0)));
    }
}
