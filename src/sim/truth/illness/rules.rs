//! The cards of the illness, compiled: tables and factors that every run shares.
//!
//! Floor 1. Reads [`IllnessParams`] and [`SeverityParams`]; owns [`Rules`]. Built once
//! for a set of numbers (some milliseconds), then only read; it belongs beside the
//! setup, behind an `Arc`, and never into a state. Rules of numbers that differ little
//! can be made from others, whose tables they then share.

use crate::sim::quantile::{Law, Quantiles};

use super::course::{Chances, Column, Severity};
use super::escape::Infectivity;
use super::mixing::{BANDS, FREELY, Resident};
use super::params::{IllnessParams, SeverityParams};
use super::profile::Profile;

const MILLION: u64 = 1_000_000;
const PERMILLE: u32 = 1000;
/// The shape that stands for none: everybody is alike.
pub const ALIKE: u32 = 1_000_000;

/// Everything the engine reads besides seed and mixing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rules {
    /// Length of a step in minutes, at least 1.
    pub(super) tick: u32,
    pub(super) profile: Profile,
    pub(super) incubation: Quantiles,
    pub(super) infectivity: Quantiles,
    /// By band: how many of all words are without symptoms.
    pub(super) silent: [u64; BANDS],
    /// Infectivity with symptoms and without, parts per million of the average.
    pub(super) loud_factor: u32,
    pub(super) silent_factor: u32,
    /// Force between two unrelated adults of a home, parts per thousand million.
    pub(super) pair_force: u64,
    pub(super) spouse: u32,
    child: (u32, u32),
    old: (u32, u32),
    /// The most easily infected group, at least one, parts per million.
    pub(super) largest: u32,
    pub(super) severity: Severity,
}

/// Parts per million as a number of words of 2³².
fn words(ppm: u32) -> u64 {
    (u64::from(ppm.min(FREELY)) << 32) / MILLION
}

impl Rules {
    /// Compiles the cards. Values are taken as they are: ranges were checked when set.
    pub fn new(illness: &IllnessParams, severity: &SeverityParams) -> Self {
        Self::like(None, illness, severity)
    }

    /// As [`Rules::new`], with the tables of others where they are of the same law.
    pub fn like(old: Option<&Self>, illness: &IllnessParams, severity: &SeverityParams) -> Self {
        let known = old.map(Self::tables).unwrap_or_default();
        let table = |law| {
            let known = known.iter().find(|table| table.law() == law);
            known.map_or_else(|| Quantiles::of(law), |&table| table.clone())
        };
        let part = |permille: u32| permille.saturating_mul(PERMILLE);
        let (loud_factor, silent_factor) = factors(illness);
        let infectivity = match illness.shape {
            ALIKE.. => Law::Constant(FREELY),
            shape => Law::Gamma(FREELY, shape),
        };
        let (child, old) = (part(illness.child), part(illness.old));
        Self {
            tick: illness.tick.max(1),
            profile: Profile::around_onset(illness),
            incubation: table(Law::LogNormal(illness.incubation_median, illness.incubation_sigma)),
            infectivity: table(infectivity),
            silent: illness.silent_by_band().map(words),
            loud_factor,
            silent_factor,
            pair_force: Infectivity::of(illness).force_of(illness.pair),
            spouse: part(illness.spouse),
            child: (illness.child_below, child),
            old: (illness.old_from, old),
            largest: FREELY.max(child).max(old),
            severity: compile_severity(severity, table),
        }
    }

    /// Every table, for rules that are made from these.
    fn tables(&self) -> Vec<&Quantiles> {
        let Severity { to_hospital, stay, intensive, to_death, to_well, .. } = &self.severity;
        vec![&self.incubation, &self.infectivity, to_hospital, stay, intensive, to_death, to_well]
    }

    /// The same rules with another distribution of contacts over an infection.
    #[must_use]
    pub fn with_profile(self, profile: Profile) -> Self {
        Self { profile, ..self }
    }

    /// How easily somebody is infected, parts per million of an adult.
    #[inline]
    pub fn susceptibility(&self, who: Resident) -> u32 {
        let age = u32::from(who.age);
        match () {
            () if age < self.child.0 => self.child.1,
            () if age >= self.old.0 => self.old.1,
            () => FREELY,
        }
    }

    /// Force of a member of average infectivity on another one of the same home, parts
    /// per thousand million: 1 − exp(−force) is the chance.
    #[inline]
    pub fn home_force(&self, from: Resident, to: Resident) -> u64 {
        let relation = if from.partner && to.partner { self.spouse } else { FREELY };
        let force = self.pair_force * u64::from(relation) / MILLION;
        force * u64::from(self.susceptibility(to)) / MILLION
    }

    /// The drawn duration of the profile, if it has one.
    #[inline]
    pub(super) fn duration(&self) -> Option<(&Quantiles, u32)> {
        match &self.profile {
            Profile::Even { duration, mean } => Some((duration, *mean)),
            Profile::Onset(..) | Profile::Age(_) => None,
        }
    }

    /// How infectivity is spread over an infection.
    pub fn profile(&self) -> &Profile {
        &self.profile
    }

    /// The step, minutes.
    pub fn tick(&self) -> u32 {
        self.tick
    }
}

/// Infectivity with and without symptoms, normed so that the average is one.
pub(super) fn factors(illness: &IllnessParams) -> (u32, u32) {
    let weak = u64::from(illness.silent.min(PERMILLE)) * u64::from(PERMILLE);
    let lost = u64::from(illness.silent_overall.min(FREELY)) * (MILLION - weak) / MILLION;
    let loud = MILLION * MILLION / (MILLION - lost).max(1);
    (loud as u32, (loud * weak / MILLION) as u32)
}

fn compile_severity(cards: &SeverityParams, table: impl Fn(Law) -> Quantiles) -> Severity {
    let fatal = cards.fatal_by_band();
    let hospital = cards.hospital_by_band();
    let mut by_band = [[Chances::default(); 3]; BANDS];
    for (band, chances) in by_band.iter_mut().enumerate() {
        for column in Column::ALL {
            let dies = fatal[column as usize][band].min(FREELY);
            // Each is among the next: a column of deaths above that of hospitals raises it.
            let intensive = u64::from(dies) * MILLION / u64::from(cards.critical_dies.max(1));
            let intensive = intensive.min(MILLION) as u32;
            let word = |ppm: u32| words(ppm).min(u64::from(u32::MAX)) as u32;
            let times = match column {
                Column::Low => cards.hospital_low,
                Column::Middle => PERMILLE,
                Column::High => cards.hospital_high,
            };
            let hospital = u64::from(hospital[band]) * u64::from(times) / u64::from(PERMILLE);
            let hospital = hospital.min(MILLION) as u32;
            chances[column as usize] = Chances {
                dies: word(dies),
                intensive: word(intensive.max(dies)),
                hospital: word(hospital.max(intensive).max(dies)),
            };
        }
    }
    Severity {
        by_band,
        care: cards.ward_care,
        to_hospital: table(Law::Gamma(cards.to_hospital, cards.to_hospital_shape)),
        stay: table(Law::LogNormal(cards.stay_median, cards.stay_sigma)),
        to_intensive: cards.to_intensive,
        intensive: table(Law::LogNormal(cards.intensive_median, cards.intensive_sigma)),
        to_death: table(Law::Gamma(cards.to_death, cards.to_death_shape)),
        to_well: table(Law::Gamma(cards.to_well, cards.to_well_shape)),
    }
}
