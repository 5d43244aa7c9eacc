//! How an infection goes in one person: incubation, symptoms, infectivity, and how
//! ill. All of it a pure function of the person; nothing is stored per person.
//!
//! Floor 1. Reads rules and one draw per question; owns [`Course`] and [`Outcome`].
//! Source: the cards of `illness` and `severity`.

use serde::{Deserialize, Serialize};

use crate::sim::draw::{Purpose, draw};

use super::mixing::{BANDS, FREELY, Resident};
use super::rules::Rules;

/// Which infection of a person: immunity is lifelong here, so there is but one.
const ONLY: u32 = 0;
/// Third word of the key.
const NATURE: u32 = 0;
const CARE: u32 = 1;
/// The largest infectivity in use: a thousand times the average.
const LARGEST: u64 = 1_000_000_000;

/// What decides how an infection spreads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Course {
    /// Minutes from infection to symptoms; to the middle of the infectious time for
    /// somebody who never has any.
    pub incubation: u32,
    /// Ever has symptoms.
    pub symptomatic: bool,
    /// How infectious, parts per million of the average.
    pub infectivity: u32,
    /// Infectious for, minutes; only of a profile with a duration, else 0.
    pub duration: u32,
    /// The uniform word that decides how ill: a small one is worse.
    ill: u32,
}

/// The worst that an infection brings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Worst {
    /// No symptoms.
    Silent,
    /// Ill at home.
    Mild,
    /// Hospital.
    Hospital,
    /// Intensive care.
    Intensive,
    /// Death.
    Death,
}

/// Which column of the published deaths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[repr(u8)]
pub enum Column {
    /// Lowest of four sources.
    Low,
    /// Verity 2020.
    Middle,
    /// Highest of four sources.
    High,
}

impl Column {
    /// Every column, from low to high.
    pub const ALL: [Self; 3] = [Self::Low, Self::Middle, Self::High];
}

/// How ill somebody becomes, and until when. Minutes from the onset of symptoms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outcome {
    /// The worst of it.
    pub worst: Worst,
    /// Needs a hospital.
    pub hospital: Option<u32>,
    /// Needs intensive care, from and to.
    pub intensive: Option<(u32, u32)>,
    /// Well again, discharged, or dead.
    pub ends: u32,
}

impl Rules {
    /// The course of a person's infection.
    #[inline]
    pub fn course(&self, seed: u64, person: u32, who: Resident) -> Course {
        let d = draw(seed, Purpose::IllnessCourse, person, ONLY, NATURE);
        let silent = self.silent[who.band()];
        let symptomatic = u64::from(!d.0[1]) >= silent;
        let normed = if symptomatic { self.loud_factor } else { self.silent_factor };
        let infectivity =
            u64::from(self.infectivity.at(d.0[2])) * u64::from(normed) / u64::from(FREELY);
        let (duration, infectivity) = match self.duration() {
            None => (0, infectivity),
            Some((table, mean)) => {
                let minutes = table.at(d.0[3]).max(1);
                (minutes, infectivity * u64::from(minutes) / u64::from(mean.max(1)))
            }
        };
        Course {
            incubation: self.incubation.at(d.0[0]),
            symptomatic,
            infectivity: infectivity.min(LARGEST) as u32,
            duration,
            ill: d.0[1],
        }
    }

    /// How ill a person becomes in one column of the published deaths, and for how long.
    /// One word decides it, so that death is among those who need intensive care, they
    /// among those who need a hospital, and all three columns are nested. `care`:
    /// multiplier of deaths, parts per million; it changes nothing else.
    pub fn outcome(
        &self,
        seed: u64,
        person: u32,
        who: Resident,
        column: Column,
        care: u32,
    ) -> Outcome {
        let course = self.course(seed, person, who);
        let chance = self.severity.chances(who.band(), column);
        let word = course.ill;
        let dies = u64::from(chance.dies) * u64::from(care.min(FREELY)) / u64::from(FREELY);
        let worst = match () {
            () if !course.symptomatic => Worst::Silent,
            () if u64::from(word) < dies => Worst::Death,
            () if word < chance.intensive => Worst::Intensive,
            () if word < chance.hospital => Worst::Hospital,
            () => Worst::Mild,
        };
        let d = draw(seed, Purpose::IllnessCourse, person, ONLY, CARE);
        let times = &self.severity;
        let hospital = (worst >= Worst::Hospital).then(|| times.to_hospital.at(d.0[0]));
        let stay = hospital.map(|at| at + times.stay.at(d.0[1]));
        let intensive = hospital.filter(|_| worst >= Worst::Intensive).map(|at| {
            let from = at + times.to_intensive;
            (from, from + times.intensive.at(d.0[2]))
        });
        let ends = match worst {
            Worst::Death => times.to_death.at(d.0[3]).max(hospital.unwrap_or(0)),
            _ => match (stay, intensive) {
                (Some(stay), Some((_, to))) => stay.max(to),
                (Some(stay), None) => stay,
                (None, _) => times.to_well.at(d.0[3]),
            },
        };
        let within = |(from, to): (u32, u32)| (from.min(ends), to.min(ends));
        Outcome { worst, hospital, intensive: intensive.map(within), ends }
    }
}

/// How many of some infected people become how ill, by the lowest and by the highest of
/// the published sets: to be expected, in millionths of a person. Never one number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SeverityRange {
    /// How many are infected, people.
    pub infected: u64,
    /// Need a hospital.
    pub hospital: [u64; 2],
    /// Need intensive care.
    pub intensive: [u64; 2],
    /// Die of it.
    pub died: [u64; 2],
}

impl Rules {
    /// What multiplies deaths here: the care of the wards, parts per million.
    pub const fn ward_care(&self) -> u32 {
        self.severity.care
    }

    /// How ill some infected people become, by their ages. Nothing is drawn.
    pub fn severity_range(&self, infected: impl Iterator<Item = Resident>) -> SeverityRange {
        let ppm = |word: u32| u64::from(word) * u64::from(FREELY) / u64::from(u32::MAX);
        let care = u64::from(self.severity.care.min(FREELY));
        let mut range = SeverityRange::default();
        for who in infected {
            range.infected += 1;
            for (end, column) in [Column::Low, Column::High].into_iter().enumerate() {
                let chances = self.severity.chances(who.band(), column);
                range.hospital[end] += ppm(chances.hospital);
                range.intensive[end] += ppm(chances.intensive);
                range.died[end] += ppm(chances.dies) * care / u64::from(FREELY);
            }
        }
        range
    }
}

/// Chances of one band and column as words below which they happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Chances {
    pub dies: u32,
    pub intensive: u32,
    pub hospital: u32,
}

/// The severity chain, compiled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Severity {
    pub(super) by_band: [[Chances; 3]; BANDS],
    /// Deaths with ward care, of those without, parts per million.
    pub(super) care: u32,
    pub(super) to_hospital: crate::sim::quantile::Quantiles,
    pub(super) stay: crate::sim::quantile::Quantiles,
    pub(super) to_intensive: u32,
    pub(super) intensive: crate::sim::quantile::Quantiles,
    pub(super) to_death: crate::sim::quantile::Quantiles,
    pub(super) to_well: crate::sim::quantile::Quantiles,
}

impl Severity {
    fn chances(&self, band: usize, column: Column) -> Chances {
        self.by_band[band.min(BANDS - 1)][column as usize]
    }
}
