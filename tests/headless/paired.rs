//! The calls are worth their hours: help comes sooner in nearly every world.

use zhanyitu::scenario::compile::Overrides;
use zhanyitu::session::paired::{self, Pair};
use zhanyitu::sim::work::Measure;

use crate::tools::{FUXIANG, at, seeded, story, story_with};

/// Worlds that are told in both ways; the window tells two hundred of them.
const WORLDS: u64 = 60;

fn pairs() -> Vec<Pair> {
    let seed = story(FUXIANG).setup.seed;
    let one = |k| {
        let story = story_with(
            FUXIANG,
            &Overrides { seed: Some(seed.wrapping_add(k)), ..Overrides::default() },
        );
        paired::pair(&story)
    };
    (0..WORLDS).filter_map(one).collect()
}

#[test]
fn help_comes_sooner_with_the_calls_in_nineteen_worlds_of_twenty() {
    let pairs = pairs();
    let sooner = pairs.iter().filter(|pair| pair.is_sooner()).count();
    let with = paired::median(pairs.iter().map(|p| p.with));
    let without = paired::median(pairs.iter().map(|p| p.without));
    eprintln!("{sooner} of {}; medians {with:?} and {without:?} minutes", pairs.len());
    assert!(pairs.len() as u64 >= WORLDS * 9 / 10, "{} worlds", pairs.len());
    assert!(sooner * 100 >= pairs.len() * 95, "{sooner} of {}", pairs.len());
    // On the same day, and not a day or more.
    assert!(with.is_some_and(|minutes| minutes < 1440));
    assert!(without.is_none_or(|minutes| minutes > 1440));
}

/// The other way of telling differs in the calls and in nothing before them.
#[test]
fn without_the_calls_nothing_else_is_left_away() {
    let story = seeded(FUXIANG, 5);
    let other = paired::without_calls(&story);
    let (fall, _) = paired::scripted_fall(&story).unwrap();
    let (with, without) = (at(&story, fall), at(&other, fall));
    for measure in Measure::ALL {
        let strength = |moment: &zhanyitu::session::Moment| moment.sim().work().strength(measure);
        if measure == Measure::DailyCalls {
            assert_eq!((strength(&with), strength(&without)), (1000, 0));
        } else {
            assert_eq!(strength(&with), strength(&without), "{measure:?}");
        }
    }
    let calls = |moment: &zhanyitu::session::Moment| {
        moment.sim().days().iter().map(|day| day.calls).sum::<u64>()
    };
    assert!(calls(&with) > 1000);
    assert_eq!(calls(&without), 0);
    assert!(paired::can_pair(&story) && !paired::can_pair(&other));
}
