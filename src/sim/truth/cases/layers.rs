//! Who meets whom in this community: homes, courtyards, toilets, lanes, and what comes
//! in from outside.
//!
//! Floor 1. Reads place, people and [`ContactParams`]; makes a [`Mixing`]: of contacts
//! that would infect, for the outbreak, or of all contacts of a day, to count them. The
//! two differ by one factor, the chance that a contact infects, which nobody sets: it
//! follows from `illness.community` and `contacts.daily`. Homes beyond the office's own
//! meet nobody.

use super::effect;
use super::params::ContactParams;
use crate::sim::place::CompoundKind;
use crate::sim::state::Setup;
use crate::sim::truth::illness::{BANDS, Blocks, FREELY, Inflow, Layer, Mixing, Reach, Route};

const PERMILLE: u64 = 1000;
const MILLION: u64 = 1_000_000;
const MINUTES: u64 = 60;
/// Age bands of ten years.
const YOUNG: usize = 2;
const OLD: usize = 6;

/// The community of a story.
pub(super) fn of(setup: &Setup) -> Mixing {
    let mut mixing = homes(setup);
    let core = setup.core_people();
    let cards = &setup.params.contacts;
    let mut layers = outside(setup, &mixing, u64::from(setup.params.illness.community));
    layers.push(Layer {
        per_member: true,
        ..layer(
            Route::Toilet,
            [at_the_toilet(cards); BANDS],
            Reach::Blocks(toilets(setup, &mixing)),
        )
    });
    layers.retain(has_any);
    let inflow = |route, each: u32| Inflow {
        route,
        daily: u64::from(each) * u64::from(core),
        people: 0..core,
        ceiling: FREELY,
    };
    mixing.inflows = vec![
        inflow(Route::Work, cards.work_daily),
        inflow(Route::Gate, cards.gate_daily),
        inflow(Route::Hospital, cards.hospital_daily),
        inflow(Route::Care, cards.care_daily),
    ];
    mixing.layers = layers;
    mixing
}

/// The same community, but every contact of one day, whether it would infect or not:
/// everybody at home, and outside what is left of `contacts.daily`. Sharing a toilet is
/// no contact, so the other places share them all.
pub(super) fn of_a_day(setup: &Setup) -> Mixing {
    let mut mixing = homes(setup);
    let cards = &setup.params.contacts;
    let core = setup.core_people();
    let at_home: u64 = (0..core).map(|person| mixing.home(person).len() as u64 - 1).sum();
    let at_home = at_home * MILLION / u64::from(core.max(1));
    let all = u64::from(cards.daily) * MILLION / PERMILLE;
    let shares = u64::from(cards.yard + cards.shop + cards.street + cards.other);
    let whole = all.saturating_sub(at_home) * PERMILLE / shares.max(1);
    let mut layers = outside(setup, &mixing, whole);
    layers.retain(has_any);
    mixing.layers = layers;
    mixing
}

/// The homes, without anything else.
fn homes(setup: &Setup) -> Mixing {
    let mut mixing = Mixing::of_population(&setup.population);
    mixing.home_ceiling = effect::home_ceiling(&setup.params.control);
    mixing
}

/// Where people meet outside the home; `whole`: contacts if the shares make a whole,
/// parts per million.
fn outside(setup: &Setup, mixing: &Mixing, whole: u64) -> Vec<Layer> {
    let core = setup.core_people();
    let cards = &setup.params.contacts;
    let means = |share: u32| means(setup, mixing, whole * u64::from(share) / PERMILLE);
    let everybody = || Reach::Below(core);
    vec![
        layer(Route::Yard, means(cards.yard), Reach::Blocks(yards(setup, mixing))),
        layer(Route::Shop, means(cards.shop), everybody()),
        layer(Route::Street, means(cards.street), everybody()),
        layer(Route::Other, means(cards.other), everybody()),
    ]
}

fn has_any(layer: &Layer) -> bool {
    layer.mean.iter().any(|&mean| mean > 0)
}

fn layer(route: Route, mean: [u32; BANDS], reach: Reach) -> Layer {
    Layer { route, mean, per_member: false, reach, spares_home: true, ceiling: FREELY }
}

/// Contacts of each age, so that their average over the people is the given one, parts
/// per million.
fn means(setup: &Setup, mixing: &Mixing, average: u64) -> [u32; BANDS] {
    let cards = &setup.params.contacts;
    let core = setup.core_people();
    let active = |band: usize| match band {
        0..YOUNG => cards.young,
        OLD.. => cards.old,
        _ => PERMILLE as u32,
    };
    let all: u64 = (0..core).map(|p| u64::from(active(mixing.resident(p).band()))).sum();
    std::array::from_fn(|band| {
        let mean = average * u64::from(active(band)) * u64::from(core) / all.max(1);
        mean.min(u64::from(u32::MAX)) as u32
    })
}

/// Infections of one other user over a whole infection, parts per million: visits of
/// the one, and of the other within an hour of each.
fn at_the_toilet(cards: &ContactParams) -> u32 {
    let visits = u64::from(cards.toilet_visits);
    let meetings = visits * visits * MINUTES * u64::from(cards.toilet_days);
    let hours = u64::from(cards.toilet_hours.max(1)) * MINUTES;
    let ppm = u64::from(cards.toilet_hazard) * meetings / hours / PERMILLE;
    ppm.min(u64::from(FREELY)) as u32
}

/// Each courtyard and each building. Nothing is known of stairs.
fn yards(setup: &Setup, mixing: &Mixing) -> Blocks {
    mixing.some_blocks(setup.place.compounds.iter().map(|compound| {
        let core = compound.first.0 < setup.core_homes;
        (compound.homes, core)
    }))
}

/// Courtyards that follow each other along the lanes share a toilet, up to its number
/// of users; buildings have their own and belong to none.
fn toilets(setup: &Setup, mixing: &Mixing) -> Blocks {
    let most = setup.params.contacts.toilet_users;
    let mut parts: Vec<(u32, bool)> = Vec::new();
    let mut users = 0;
    for compound in &setup.place.compounds {
        let people = compound.households().map(|h| u32::from(setup.population.home(h).size)).sum();
        let shared =
            compound.kind == CompoundKind::Courtyard && compound.first.0 < setup.core_homes;
        match parts.last_mut() {
            Some((homes, true)) if shared && users + people <= most => {
                *homes += compound.homes;
                users += people;
            }
            _ => {
                parts.push((compound.homes, shared));
                users = people;
            }
        }
    }
    mixing.some_blocks(parts)
}
