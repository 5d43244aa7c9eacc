//! How fast story time goes by while somebody watches.
//!
//! Floor 3. Reads how much real time has passed; owns [`Pacer`] and [`Speed`]. It
//! has no clock of its own: whoever draws tells it how long a frame took.

use core::time::Duration;

use crate::base::text::Bilingual;
use crate::base::time::{DAY_MINUTES, HOUR_MINUTES};

/// Story time in a second of real time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Speed {
    /// To follow single calls and visits.
    TenMinutes,
    /// To follow one round of calls.
    OneHour,
    /// To follow a day, in six seconds.
    #[default]
    FourHours,
    /// To follow the weeks of observation.
    OneDay,
    /// To see how the whole story goes.
    OneWeek,
}

impl Speed {
    /// Every speed, the slowest first.
    pub const ALL: [Self; 5] =
        [Self::TenMinutes, Self::OneHour, Self::FourHours, Self::OneDay, Self::OneWeek];

    /// Story minutes in a second, 10–10,080.
    pub const fn minutes_a_second(self) -> u32 {
        match self {
            Self::TenMinutes => 10,
            Self::OneHour => HOUR_MINUTES,
            Self::FourHours => 4 * HOUR_MINUTES,
            Self::OneDay => DAY_MINUTES,
            Self::OneWeek => 7 * DAY_MINUTES,
        }
    }

    /// The next faster speed; the fastest stays.
    #[must_use]
    pub const fn faster(self) -> Self {
        match self {
            Self::TenMinutes => Self::OneHour,
            Self::OneHour => Self::FourHours,
            Self::FourHours => Self::OneDay,
            Self::OneDay | Self::OneWeek => Self::OneWeek,
        }
    }

    /// The next slower speed; the slowest stays.
    #[must_use]
    pub const fn slower(self) -> Self {
        match self {
            Self::TenMinutes | Self::OneHour => Self::TenMinutes,
            Self::FourHours => Self::OneHour,
            Self::OneDay => Self::FourHours,
            Self::OneWeek => Self::OneDay,
        }
    }

    /// What a button says of it.
    pub const fn label(self) -> Bilingual {
        match self {
            Self::TenMinutes => Bilingual::fixed("每秒10分钟", "10 minutes a second"),
            Self::OneHour => Bilingual::fixed("每秒1小时", "1 hour a second"),
            Self::FourHours => Bilingual::fixed("每秒4小时", "4 hours a second"),
            Self::OneDay => Bilingual::fixed("每秒1天", "1 day a second"),
            Self::OneWeek => Bilingual::fixed("每秒1周", "1 week a second"),
        }
    }
}

/// Longest real time that counts at once: a hiccup must not jump the story. Fewer
/// than four frames a second therefore slow the story down.
pub const LONGEST_FRAME: Duration = Duration::from_millis(250);

const NANOS_A_SECOND: u64 = 1_000_000_000;

/// Turns real time into story minutes. What is less than a minute is kept for the
/// next frame, so the frame rate does not change the pace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Pacer {
    speed: Speed,
    /// The part of a story minute that is not due yet, in its thousand-millionths;
    /// it means the same at every speed.
    carry: u64,
}

impl Pacer {
    /// A pacer at a speed, with nothing carried over.
    pub const fn new(speed: Speed) -> Self {
        Self { speed, carry: 0 }
    }

    /// The speed.
    pub const fn speed(&self) -> Speed {
        self.speed
    }

    /// How much of the minute that is not over yet has gone by, thousandths, 0–999.
    pub const fn permille(&self) -> u32 {
        (self.carry * 1000 / NANOS_A_SECOND) as u32
    }

    /// Goes on at another speed.
    pub const fn set_speed(&mut self, speed: Speed) {
        self.speed = speed;
    }

    /// Story minutes due after so much more real time; time beyond
    /// [`LONGEST_FRAME`] is left out.
    pub fn minutes_due(&mut self, real: Duration) -> u32 {
        // A quarter of a second at most, so neither product nor quotient is large.
        let nanos = u64::from(real.min(LONGEST_FRAME).subsec_nanos());
        self.carry += nanos * u64::from(self.speed.minutes_a_second());
        let due = self.carry / NANOS_A_SECOND;
        self.carry %= NANOS_A_SECOND;
        due as u32
    }

    /// Forgets what was carried over: after a stop or a jump, time begins anew.
    pub const fn reset(&mut self) {
        self.carry = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Story minutes in so many seconds at a frame rate, nothing lost to rounding
    /// the frames to nanoseconds.
    fn paced(speed: Speed, seconds: u64, rate: u64) -> u64 {
        let mut pacer = Pacer::new(speed);
        let at = |frame: u64| frame * NANOS_A_SECOND / rate;
        (0..seconds * rate)
            .map(|k| u64::from(pacer.minutes_due(Duration::from_nanos(at(k + 1) - at(k)))))
            .sum()
    }

    #[test]
    fn the_frame_rate_does_not_change_the_pace() {
        for speed in Speed::ALL {
            let whole = 20 * u64::from(speed.minutes_a_second());
            for rate in 4..=240 {
                let found = paced(speed, 20, rate);
                assert!(found.abs_diff(whole) <= 1, "{speed:?} at {rate} Hz: {found} of {whole}");
            }
            // A frame that takes longer than a quarter of a second is a hiccup.
            for rate in 1..4 {
                let found = paced(speed, 20, rate);
                assert!(found.abs_diff(whole * rate / 4) <= 1, "{speed:?} at {rate} Hz: {found}");
            }
        }
    }

    #[test]
    fn a_hiccup_counts_as_a_quarter_of_a_second() {
        let mut pacer = Pacer::new(Speed::OneHour);
        assert_eq!(pacer.minutes_due(Duration::MAX), 15);
        assert_eq!(pacer.minutes_due(Duration::from_secs(3)), 15);
        assert_eq!(pacer.minutes_due(LONGEST_FRAME), 15);
        assert_eq!(pacer.minutes_due(Duration::ZERO), 0);
    }

    #[test]
    fn half_a_minute_is_kept_through_a_change_of_speed_and_lost_by_a_reset() {
        let half = |speed: Speed| {
            Duration::from_nanos(NANOS_A_SECOND / 2 / u64::from(speed.minutes_a_second()))
        };
        let mut pacer = Pacer::new(Speed::TenMinutes);
        assert_eq!(pacer.minutes_due(half(Speed::TenMinutes)), 0);
        pacer.set_speed(Speed::OneHour);
        assert_eq!(pacer.minutes_due(half(Speed::OneHour) + Duration::from_nanos(1)), 1);
        assert_eq!(pacer.minutes_due(half(Speed::OneHour)), 0);
        pacer.reset();
        assert_eq!(pacer, Pacer::new(Speed::OneHour));
    }

    #[test]
    fn speeds_stand_in_order_and_each_has_its_neighbours() {
        assert_eq!(Pacer::default().speed(), Speed::FourHours);
        for pair in Speed::ALL.windows(2) {
            assert!(pair[0].minutes_a_second() < pair[1].minutes_a_second());
            assert_eq!((pair[0].faster(), pair[1].slower()), (pair[1], pair[0]));
            assert_ne!(pair[0].label(), pair[1].label());
        }
        assert_eq!(Speed::OneWeek.faster(), Speed::OneWeek);
        assert_eq!(Speed::TenMinutes.slower(), Speed::TenMinutes);
    }
}
