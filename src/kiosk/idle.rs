//! When a visit begins, when somebody is asked, and when all begins anew.
//!
//! Floor 9, without the engine, so it can be tested by the million. It has no clock:
//! whoever draws tells it how much real time has gone by and what was felt meanwhile,
//! sixty times a second or once; owns the [`Phase`].
//!
//! ```text
//! Attract ──touch──▶ Visit ──no touch──▶ Ask ──no touch──▶ Attract, all anew
//!                      ▲                  │
//!                      └──────touch───────┘
//! ```

use core::time::Duration;

use bevy::prelude::Resource;

/// What the screen is about now.
#[derive(Resource, Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Phase {
    /// Nobody minds the time: a desktop, a class.
    #[default]
    Open,
    /// Nobody is there: the story plays and calls.
    Attract,
    /// Somebody is there.
    Visit,
    /// Somebody was there: “Still here?”
    Ask,
}

/// What has just turned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Turn {
    /// Somebody came.
    Came,
    /// Nobody has touched anything for long: the question is put.
    Asked,
    /// Somebody answered it.
    Stayed,
    /// Nobody did: all begins anew.
    Left,
}

/// What was felt since the last call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Felt {
    /// A touch, a click, a key.
    pub touched: bool,
    /// A finger or the mouse has moved.
    pub moved: bool,
    /// The story is telling something, so that nobody needs to touch anything.
    pub telling: bool,
}

/// Longest time that counts at once. After a stall the visitor is asked first, and
/// sees the question before it ends. A loop of one frame a second loses nothing.
const LATE: Duration = Duration::from_secs(2);
/// Longest time for which a story that tells itself keeps the clock.
const TELLS: Duration = Duration::from_mins(3);

/// How long nobody has been there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Idle {
    phase: Phase,
    /// Without a touch until the question.
    patience: Duration,
    /// From the question until all begins anew.
    countdown: Duration,
    /// Without a touch so far, in this phase.
    quiet: Duration,
    /// Of which the story has been telling.
    told: Duration,
}

impl Idle {
    /// Begins in a phase; [`Phase::Open`] is never left.
    pub const fn new(phase: Phase, patience: Duration, countdown: Duration) -> Self {
        Self { phase, patience, countdown, quiet: Duration::ZERO, told: Duration::ZERO }
    }

    /// What the screen is about now.
    pub const fn phase(&self) -> Phase {
        self.phase
    }

    /// What is left of the countdown while the question stands.
    pub fn left(&self) -> Option<Duration> {
        (self.phase == Phase::Ask).then(|| self.countdown.saturating_sub(self.quiet))
    }

    /// After how much real time something turns by itself, at the soonest.
    pub fn due(&self) -> Option<Duration> {
        match self.phase {
            Phase::Open | Phase::Attract => None,
            Phase::Visit => Some(self.patience.saturating_sub(self.quiet)),
            // The number on the screen changes each second.
            Phase::Ask => {
                let left = self.countdown.saturating_sub(self.quiet);
                Some(Duration::from_nanos(u64::from(left.subsec_nanos())))
            }
        }
    }

    /// Lets real time go by.
    pub fn pass(&mut self, real: Duration, felt: Felt) -> Option<Turn> {
        let real = real.min(LATE);
        match self.phase {
            Phase::Attract if felt.touched => Some(self.turn(Phase::Visit, Turn::Came)),
            Phase::Open | Phase::Attract => None,
            Phase::Visit if felt.touched || felt.moved => {
                (self.quiet, self.told) = (Duration::ZERO, Duration::ZERO);
                None
            }
            Phase::Visit => {
                let keeps = if felt.telling { TELLS } else { Duration::ZERO };
                let told = real.min(keeps.saturating_sub(self.told));
                self.told += told;
                self.quiet += real.saturating_sub(told);
                if self.quiet < self.patience {
                    return None;
                }
                let over = self.quiet.saturating_sub(self.patience);
                let turn = self.turn(Phase::Ask, Turn::Asked);
                self.quiet = over;
                Some(turn)
            }
            Phase::Ask if felt.touched => Some(self.turn(Phase::Visit, Turn::Stayed)),
            Phase::Ask => {
                self.quiet += real;
                if self.quiet < self.countdown {
                    return None;
                }
                Some(self.turn(Phase::Attract, Turn::Left))
            }
        }
    }

    fn turn(&mut self, phase: Phase, turn: Turn) -> Turn {
        *self = Self::new(phase, self.patience, self.countdown);
        turn
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const NOTHING: Felt = Felt { touched: false, moved: false, telling: false };
    const TOUCH: Felt = Felt { touched: true, ..NOTHING };
    const MOVE: Felt = Felt { moved: true, ..NOTHING };
    const TELLING: Felt = Felt { telling: true, ..NOTHING };

    fn s(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    fn usual() -> Idle {
        Idle::new(Phase::Attract, s(45), s(15))
    }

    /// Passes seconds at a rate; tells what turned, with the second at which it did.
    fn play(idle: &mut Idle, seconds: u64, hertz: u64, felt: Felt) -> Vec<(f64, Turn)> {
        let frame = Duration::from_nanos(1_000_000_000 / hertz);
        let frames = 1..=seconds * hertz;
        let turned =
            frames.filter_map(|i| Some((i as f64 / hertz as f64, idle.pass(frame, felt)?)));
        turned.collect()
    }

    #[test]
    fn one_visit_goes_by_alike_at_sixty_ten_and_one_frame_a_second() {
        for hertz in [60, 10, 1] {
            let mut idle = usual();
            assert_eq!(play(&mut idle, 3600, hertz, NOTHING), [], "nobody comes by itself");
            assert_eq!(idle.pass(Duration::ZERO, TOUCH), Some(Turn::Came));
            assert_eq!(play(&mut idle, 30, hertz, NOTHING), []);
            assert_eq!(idle.pass(Duration::ZERO, MOVE), None);
            let turned = play(&mut idle, 100, hertz, NOTHING);
            let kinds: Vec<Turn> = turned.iter().map(|t| t.1).collect();
            assert_eq!(kinds, [Turn::Asked, Turn::Left]);
            // A frame late at most, and that once for both.
            let frame = 1.0 / hertz as f64 + 1e-9;
            assert!(turned[0].0 - 45.0 <= frame && turned[1].0 - 60.0 <= frame, "{turned:?}");
            assert!(turned[0].0 >= 45.0 && turned[1].0 >= 60.0, "{turned:?}");
            assert_eq!(idle, usual());
        }
    }

    #[test]
    fn a_touch_answers_the_question_and_a_stray_movement_does_not() {
        let mut idle = usual();
        idle.pass(s(0), TOUCH);
        play(&mut idle, 46, 10, NOTHING);
        assert_eq!(idle.phase(), Phase::Ask);
        assert_eq!(idle.left().unwrap().as_secs(), 14);
        assert_eq!(play(&mut idle, 5, 10, MOVE), []);
        assert_eq!(idle.pass(s(1), TOUCH), Some(Turn::Stayed));
        assert_eq!((idle.phase(), idle.left()), (Phase::Visit, None));
        assert_eq!(play(&mut idle, 44, 10, NOTHING), []);
    }

    #[test]
    fn a_story_that_tells_itself_is_listened_to_but_not_for_ever() {
        let mut idle = usual();
        idle.pass(s(0), TOUCH);
        play(&mut idle, 20, 10, NOTHING);
        assert_eq!(play(&mut idle, 179, 10, TELLING), []);
        let turned = play(&mut idle, 40, 10, TELLING);
        assert_eq!(turned.len(), 1);
        // One second is left of the telling, and 25 of the visitor's.
        assert!((turned[0].0 - 26.0).abs() < 0.11, "{turned:?}");
        // In the question nothing is told any more.
        assert_eq!(play(&mut idle, 16, 10, TELLING)[0].1, Turn::Left);
    }

    #[test]
    fn after_a_stall_the_question_is_put_and_waits_its_time() {
        let mut idle = usual();
        idle.pass(s(0), TOUCH);
        let mut turns = Vec::new();
        for _ in 0..40 {
            turns.extend(idle.pass(s(3600), NOTHING));
        }
        assert_eq!(turns, [Turn::Asked, Turn::Left]);
        assert_eq!(LATE, s(2), "45 s are 23 such frames, and 15 s seven more");
    }

    #[test]
    fn nothing_turns_where_nobody_minds_the_time() {
        let mut idle = Idle::new(Phase::Open, s(45), s(15));
        assert_eq!(play(&mut idle, 7200, 1, NOTHING), []);
        assert_eq!(idle.pass(s(1), TOUCH), None);
        assert_eq!((idle.due(), idle.left()), (None, None));
    }

    proptest! {
        /// Whatever happens, nobody is sent away without having been asked for the
        /// whole countdown, and nobody who touches is.
        #[test]
        fn nobody_is_sent_away_unasked(
            steps in proptest::collection::vec((0_u64..5_000, 0_u8..40), 1..600)
        ) {
            let mut idle = usual();
            let (mut asked, mut quiet) = (None, Duration::ZERO);
            let mut now = Duration::ZERO;
            for (millis, what) in steps {
                let felt = Felt { touched: what == 0, moved: what == 1, telling: what % 3 == 2 };
                let real = Duration::from_millis(millis);
                let counted = real.min(LATE);
                now += counted;
                quiet = if felt.touched { Duration::ZERO } else { quiet + counted };
                match idle.pass(real, felt) {
                    Some(Turn::Asked) => asked = Some(now),
                    Some(Turn::Left) => {
                        let waited = now.saturating_sub(asked.take().expect("it was asked"));
                        prop_assert!(waited + LATE >= s(15), "{waited:?}");
                        prop_assert!(quiet >= s(60), "{quiet:?}");
                    }
                    Some(Turn::Came | Turn::Stayed) => prop_assert!(felt.touched),
                    None => {}
                }
                prop_assert!(idle.due().is_none_or(|due| due <= s(45)));
            }
        }
    }
}
