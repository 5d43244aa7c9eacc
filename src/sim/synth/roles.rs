//! What homes and people are beside their ages: marks, Party, surgeon, trust.
//!
//! Floor 1. Reads the draft; writes marks, roles, willingness and trust.
//! Source: the board's legend in the portrait of 25 March 2020; numbers are on the cards.

use crate::base::ids::{HouseholdId, PersonId};
use crate::sim::draw::{Purpose, draw, draw_each};
use crate::sim::people::{Marks, Tenure};

use super::families::ADULT;
use super::quota::{Candidate, Quota, choose, foremost};
use super::{Draft, PERMILLE, Question};

/// Youngest member of the Party that the place shows: most join at university.
const YOUNGEST_MEMBER: u8 = 22;
/// Ages of the surgeon: trained, and not yet retired.
const SURGEON_AGES: std::ops::RangeInclusive<u8> = 30..=60;
/// Oldest age in service: statutory retirement of men before 2025.
const OLDEST_IN_SERVICE: u8 = 60;
/// Oldest volunteer; people past it were asked to stay at home.
const OLDEST_VOLUNTEER: u8 = 65;

/// Marks and roles, in the order in which one depends on another.
pub(super) fn assign(draft: &mut Draft) {
    mark(draft, Marks::DISABLED, Quota::Disabled, draft.rules.disabled, disabled_odds);
    mark(draft, Marks::LOW_INCOME, Quota::LowIncome, draft.rules.low_income, low_income_odds);
    appoint_surgeon(draft);
    star(draft);
    ask_who_is_willing(draft);
    trust(draft);
}

/// Sets a mark on as many homes as its card says.
fn mark(
    draft: &mut Draft,
    mark: Marks,
    quota: Quota,
    per_reference: u32,
    odds: fn(&Draft, HouseholdId) -> u32,
) {
    let queue = draft.households().map(|h| Candidate { id: h.0, weight: odds(draft, h) });
    let count = draft.scaled(per_reference);
    let chosen = choose(draft.seed, quota, count, |id| id < draft.core, queue);
    for id in chosen {
        let marks = &mut draft.homes[id as usize].marks;
        *marks = marks.with(mark);
    }
}

fn care_odds(draft: &Draft, home: HouseholdId) -> u32 {
    match draft.homes[home.index()].tenure {
        Tenure::Settled => PERMILLE,
        Tenure::Tenant => draft.rules.tenant_care,
    }
}

fn disabled_odds(draft: &Draft, home: HouseholdId) -> u32 {
    let marks = draft.homes[home.index()].marks;
    let factor = if marks.is_called_daily() { draft.rules.elder_disabled } else { PERMILLE };
    care_odds(draft, home) * factor / PERMILLE
}

fn low_income_odds(draft: &Draft, home: HouseholdId) -> u32 {
    let disabled = draft.homes[home.index()].marks.has(Marks::DISABLED);
    let factor = if disabled { draft.rules.disabled_low_income } else { PERMILLE };
    care_odds(draft, home) * factor / PERMILLE
}

/// One surgeon, in service and in the Party. Tenants come last, because the
/// article's surgeon had his home here.
fn appoint_surgeon(draft: &mut Draft) {
    let candidates = draft
        .people
        .iter()
        .enumerate()
        .filter(|(_, p)| p.household.0 < draft.core && SURGEON_AGES.contains(&p.age));
    let queue = candidates.map(|(id, p)| {
        let settled = draft.homes[p.household.index()].tenure == Tenure::Settled;
        Candidate { id: id as u32, weight: if settled { PERMILLE } else { 1 } }
    });
    if let Some(id) = foremost(draft.seed, Quota::Surgeon, queue) {
        let person = &mut draft.people[id as usize];
        person.party = true;
        person.in_service = true;
        person.surgeon = true;
        let home = &mut draft.homes[person.household.index()];
        home.marks = home.marks.with(Marks::PARTY_MEMBER);
    }
}

/// Stars for Party members' homes; the surgeon's has one already and counts.
fn star(draft: &mut Draft) {
    let marked =
        |draft: &Draft| draft.homes.iter().filter(|h| h.marks.has(Marks::PARTY_MEMBER)).count();
    let count = draft.scaled(draft.rules.party_homes).saturating_sub(marked(draft) as u32);
    let queue = draft.households().map(|h| {
        let home = &draft.homes[h.index()];
        let open = !home.marks.has(Marks::PARTY_MEMBER) && eligible(draft, h).next().is_some();
        let weight = match home.tenure {
            Tenure::Settled => PERMILLE,
            Tenure::Tenant => draft.rules.tenant_party,
        };
        Candidate { id: h.0, weight: if open { weight } else { 0 } }
    });
    let chosen = choose(draft.seed, Quota::Party, count, |id| id < draft.core, queue);
    for id in chosen {
        admit(draft, HouseholdId(id));
    }
}

/// Members of a home who may belong to the Party.
fn eligible(draft: &Draft, home: HouseholdId) -> impl Iterator<Item = usize> {
    let members = draft.homes[home.index()].members();
    members.map(PersonId::index).filter(|&i| draft.people[i].age >= YOUNGEST_MEMBER)
}

/// Makes one member of a home a Party member, and now and then another.
fn admit(draft: &mut Draft, home: HouseholdId) {
    let adults: Vec<usize> = eligible(draft, home).collect();
    let d = draw(draft.seed, Purpose::PeopleHousehold, home.0, Question::Party as u32, 0);
    let chosen = d.below(0, adults.len() as u32) as usize;
    let second = d.lane_chance(1, draft.rules.party_second).then_some((chosen + 1) % adults.len());
    for i in [Some(chosen), second].into_iter().flatten() {
        let id = adults[i] as u32;
        let d = draw(draft.seed, Purpose::PeoplePerson, id, Question::Party as u32, 0);
        let person = &mut draft.people[adults[i]];
        person.party = true;
        person.in_service = person.age <= OLDEST_IN_SERVICE && d.chance(draft.rules.in_service);
    }
    let marks = &mut draft.homes[home.index()].marks;
    *marks = marks.with(Marks::PARTY_MEMBER);
}

/// A share of the adults up to 65, Party members sooner than others.
fn ask_who_is_willing(draft: &mut Draft) {
    let able = |draft: &Draft, id: u32| {
        let person = &draft.people[id as usize];
        (ADULT..=OLDEST_VOLUNTEER).contains(&person.age)
    };
    let core = |draft: &Draft, id: u32| draft.people[id as usize].household.0 < draft.core;
    let everybody = 0..draft.people.len() as u32;
    let adults = everybody.clone().filter(|&id| core(draft, id) && able(draft, id)).count() as u32;
    let count = adults * draft.rules.willing / PERMILLE;
    let queue = everybody.filter(|&id| able(draft, id)).map(|id| {
        let party = draft.people[id as usize].party;
        Candidate { id, weight: if party { draft.rules.willing_party } else { PERMILLE } }
    });
    for id in choose(draft.seed, Quota::Willing, count, |id| core(draft, id), queue) {
        draft.people[id as usize].willing = true;
    }
}

/// Trust at the start: two words added, so that the middle is commonest.
fn trust(draft: &mut Draft) {
    let (rules, homes) = (draft.rules, &mut draft.homes);
    let ids = 0..homes.len() as u32;
    draw_each(draft.seed, Purpose::Trust, ids, (Question::Trust as u32, 0), |id, d| {
        let home = &mut homes[id as usize];
        let up = d.between(0, 0, rules.trust_spread) + d.between(1, 0, rules.trust_spread);
        let less = if home.tenure == Tenure::Tenant { rules.trust_tenant } else { 0 };
        let trust = (rules.trust_mean + up).saturating_sub(rules.trust_spread + less);
        home.trust_permille = trust.min(PERMILLE) as u16;
    });
}
