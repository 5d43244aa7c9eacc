//! What a measure leaves of a contact: one table for all of them.
//!
//! Floor 1. Reads [`ControlParams`]; owns [`Among`]. Source: the cards of `control`.

use super::params::ControlParams;
use crate::sim::truth::illness::{FREELY, Route};
use crate::sim::work::Measure;

const PERMILLE: u32 = FREELY / 1000;

/// Who has to keep to a measure for a contact to be hindered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Among {
    /// Either of the two: who stays in meets nobody.
    Either,
    /// Both: a mask on each side.
    Both,
    /// Nobody in particular: a strength is the share of places or hours.
    Places,
}

/// Among whom a measure works.
pub const fn among(measure: Measure) -> Among {
    match measure {
        Measure::Masks => Among::Both,
        Measure::GateDuty
        | Measure::ToiletCleaning
        | Measure::ShopCap
        | Measure::WasteDisinfection => Among::Places,
        _ => Among::Either,
    }
}

/// Measures that act on contacts outside the home, whoever is in observation.
pub const ON_CONTACTS: [Measure; 10] = [
    Measure::GateDuty,
    Measure::PassCheck,
    Measure::Masks,
    Measure::NoGatherings,
    Measure::YardRules,
    Measure::ToiletCleaning,
    Measure::ShopCap,
    Measure::WasteDisinfection,
    Measure::Closure,
    Measure::SpontaneousCaution,
];

/// What a measure leaves of a contact outside the home, parts per million, among those
/// who keep to it; [`FREELY`]: it does nothing there.
pub fn left(cards: &ControlParams, measure: Measure, route: Route) -> u32 {
    let permille = match (measure, route) {
        (Measure::WasteDisinfection, Route::Yard | Route::Shop | Route::Toilet) => {
            return cards.disinfection;
        }
        (Measure::Closure, Route::Street) => cards.closed_street,
        (Measure::Closure, Route::Shop) => cards.closed_shop,
        (Measure::Closure, Route::Work) => cards.closed_work,
        (Measure::Closure, Route::Other) => cards.closed_other,
        (Measure::Closure, Route::Yard) => cards.closed_yard,
        (Measure::Closure, Route::Toilet) => cards.closed_toilet,
        (Measure::PassCheck, Route::Street) => cards.pass_street,
        (Measure::PassCheck, Route::Work) => cards.pass_work,
        (Measure::PassCheck, Route::Gate) => cards.pass_gate,
        (Measure::GateDuty, Route::Gate) => cards.duty_gate,
        (Measure::GateDuty, Route::Street) => cards.duty_street,
        (Measure::Masks, Route::Toilet) => cards.masks_toilet,
        (
            Measure::Masks,
            Route::Yard
            | Route::Shop
            | Route::Street
            | Route::Other
            | Route::Work
            | Route::Gate
            | Route::Hospital
            | Route::Care,
        ) => cards.masks,
        (Measure::NoGatherings, Route::Other) => cards.gatherings,
        (Measure::YardRules, Route::Yard) => cards.yard_rules,
        (Measure::ToiletCleaning, Route::Toilet) => cards.toilet_cleaning,
        (Measure::ShopCap, Route::Shop) => cards.shop_cap,
        (Measure::SpontaneousCaution, Route::Street | Route::Shop | Route::Other) => cards.caution,
        _ => return FREELY,
    };
    permille * PERMILLE
}

/// What home observation leaves of a contact outside the home. The courtyard and the
/// toilet cannot be left out.
pub fn left_by_observation(cards: &ControlParams, route: Route) -> u32 {
    match route {
        Route::Home | Route::Yard | Route::Toilet => FREELY,
        _ => cards.observed_outside * PERMILLE,
    }
}

/// The most contacts at home that any measure may bring.
pub fn home_ceiling(cards: &ControlParams) -> u32 {
    FREELY.max(cards.closed_home * PERMILLE).max(cards.observed_home * PERMILLE)
}
