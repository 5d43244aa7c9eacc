//! The same story, however it is run: twice, in parts, on threads, among more
//! households, and with other choices that it does not depend on.

use std::collections::BTreeSet;
use std::thread;

use proptest::prelude::*;
use zhanyitu::base::ids::PersonId;
use zhanyitu::base::time::{Day, Minute};
use zhanyitu::headless::play;
use zhanyitu::scenario::compile::Overrides;
use zhanyitu::session::{Moment, StoryEvent};
use zhanyitu::sim::event::Happening;
use zhanyitu::sim::hash;

use crate::tools::{FUXIANG, at, daily_hashes, noon, seeded, shipped, story, story_with};

#[test]
fn the_same_scene_and_seed_give_the_same_story_every_day() {
    for path in shipped() {
        let path = path.display().to_string();
        let first = story(&path);
        assert_eq!(
            daily_hashes(&first, first.setup.ends),
            daily_hashes(&story(&path), first.setup.ends),
            "{path}"
        );
    }
}

#[test]
fn threads_change_nothing() {
    let story = story(FUXIANG);
    let alone = daily_hashes(&story, noon(40));
    for threads in [2, 8] {
        let together: Vec<_> = thread::scope(|scope| {
            let runs: Vec<_> =
                (0..threads).map(|_| scope.spawn(|| daily_hashes(&story, noon(40)))).collect();
            runs.into_iter().map(|run| run.join().unwrap()).collect()
        });
        assert!(together.iter().all(|hashes| *hashes == alone), "{threads} threads");
    }
}

#[test]
fn another_seed_gives_another_story() {
    let ends: BTreeSet<u64> =
        (0..20).map(|seed| hash::canonical(&at(&seeded(FUXIANG, seed), noon(3)))).collect();
    assert_eq!(ends.len(), 20);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn in_one_go_and_in_parts_is_the_same(
        seed in any::<u64>(),
        parts in proptest::collection::vec(1_u32..2000, 1..40),
    ) {
        let story = seeded(FUXIANG, seed);
        let (mut told, mut whole) = (Vec::new(), Vec::new());
        let mut moment = Moment::start(&story, &mut told);
        for minutes in parts {
            moment.advance(&story, moment.sim().now().plus(minutes), &mut told);
        }
        let mut straight = Moment::start(&story, &mut whole);
        straight.advance(&story, moment.sim().now(), &mut whole);
        prop_assert_eq!(straight, moment);
        prop_assert_eq!(whole, told);
    }
}

#[test]
fn minute_by_minute_is_the_same_too() {
    let story = story(FUXIANG);
    let mut moment = Moment::start(&story, &mut Vec::new());
    while moment.sim().now() < noon(3) {
        moment.advance(&story, moment.sim().now().plus(1), &mut Vec::new());
    }
    assert_eq!(hash::canonical(&moment), hash::canonical(&at(&story, noon(3))));
}

/// Households that nobody visits and that visit nobody: the community is as it
/// would be without them, every day, whatever their number.
#[test]
fn isolated_households_change_nothing_else() {
    let core_hashes = |isolated, seed| {
        let overrides = Overrides { isolated, seed: Some(seed), ..Overrides::default() };
        let story = story_with(FUXIANG, &overrides);
        let mut hashes = Vec::new();
        play(&story, noon(40), |m| hashes.push(hash::of_core(&story.setup, m.sim())));
        hashes
    };
    for seed in [20_200_124, 5, 6] {
        let alone = core_hashes(0, seed);
        for isolated in [1, 57, 1000] {
            assert_eq!(core_hashes(isolated, seed), alone, "{isolated} more, seed {seed}");
        }
    }
}

/// Common random numbers: other staff does other work, but the same people come
/// back in the same minute and fall ill as they would have.
#[test]
fn what_the_office_does_leaves_journeys_and_fevers_as_they_were() {
    let few = Overrides { params: vec![("shifts.workers".to_owned(), 9)], ..Overrides::default() };
    let (usual, few) = (story(FUXIANG), story_with(FUXIANG, &few));
    let to = noon(50);
    let (a, b) = (play(&usual, to, |_| {}), play(&few, to, |_| {}));
    assert_ne!(a.moment.sim().board(), b.moment.sim().board());
    let back = |told: &[StoryEvent]| -> Vec<(Minute, PersonId)> {
        told.iter()
            .filter_map(|event| match event {
                StoryEvent::Sim(event) => match event.what {
                    Happening::CameBack { person, .. } => Some((event.at, person)),
                    _ => None,
                },
                _ => None,
            })
            .collect()
    };
    assert!(back(&a.events).len() > 100);
    assert_eq!(back(&a.events), back(&b.events));
    let fevers = |m: &Moment| -> Vec<Minute> {
        m.sim().truth().bodies.iter().map(|body| body.fever_until).collect()
    };
    assert_eq!(fevers(&a.moment), fevers(&b.moment));
}

/// The state in a hash is the whole state: one person's whereabouts count.
#[test]
fn the_hash_sees_every_field() {
    let story = story(FUXIANG);
    let moment = at(&story, Day(4).start());
    let plain = hash::canonical(&moment);
    assert_eq!(plain, hash::canonical(&moment.clone()));
    let bytes = postcard::to_allocvec(&moment).unwrap();
    let again: Moment = postcard::from_bytes(&bytes).unwrap();
    assert_eq!((again == moment, hash::canonical(&again)), (true, plain));
    let mut changed = 0;
    for k in (0..bytes.len()).step_by(bytes.len() / 400) {
        let mut other = bytes.clone();
        other[k] ^= 1;
        if let Ok(read) = postcard::from_bytes::<Moment>(&other)
            && read != moment
        {
            changed += 1;
            assert_ne!(hash::canonical(&read), plain, "byte {k}");
        }
    }
    assert!(changed > 100, "{changed}");
}
