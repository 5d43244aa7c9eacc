//! The search for contacts of a confirmed case, and the notices that follow.
//!
//! Floor 1. Reads the outbreak and the courtyard; writes the agenda; tells through
//! [`SimState::observe`]. Row 18 of the table of transitions. Named are those whom the
//! case infected, the one who infected the case, and the neighbours of its courtyard,
//! each with the chance of the place; a notice takes up to two days, and only so many
//! can be sent on a day. Source: the cards of `cases`.

use std::collections::BTreeMap;

use super::clinic::{after_days, tell, to_central_site};
use crate::base::ids::{HouseholdId, PersonId};
use crate::base::time::{DAY_MINUTES, Minute};
use crate::sim::agenda::Due;
use crate::sim::board::Told;
use crate::sim::draw::{Purpose, draw};
use crate::sim::place::CompoundKind;
use crate::sim::state::{Setup, SimState, Step};
use crate::sim::truth::illness::Route;
use crate::sim::truth::{Cases, Whereabouts};
use crate::sim::work::Measure;

const PERMILLE: u64 = 1000;
/// When the observation of a named contact ends, minutes after midnight.
const MORNING: u32 = 600;

/// Names the contacts of a case, where contacts are traced.
pub(super) fn trace(setup: &Setup, state: &mut SimState, case: PersonId, now: Minute) {
    let strength = u64::from(state.work.strength(Measure::Tracing));
    if strength == 0 {
        return;
    }
    let rules = &setup.params.cases;
    for (contact, route) in met(setup, state, case) {
        let chance = u64::from(match route {
            Route::Yard => rules.named_yard,
            Route::Other | Route::Care => rules.named_other,
            _ => rules.named_casual,
        });
        let d = draw(setup.seed, Purpose::Traced, case.0, contact.0, 0);
        if d.chance((chance * strength / PERMILLE) as u32) {
            let after = 1 + d.below(1, rules.notice_delay);
            state.agenda.push(now.plus(after), Due::ContactNotice(contact));
        }
    }
}

/// Whom a case met outside the home, as far as anybody could tell, and where.
fn met(setup: &Setup, state: &SimState, case: PersonId) -> BTreeMap<PersonId, Route> {
    let mut met = BTreeMap::new();
    let home = setup.population.person(case).household;
    let compound = setup.place.compound(setup.place.compound_of(home));
    if compound.kind == CompoundKind::Courtyard {
        let neighbours = compound.households().filter(|&h| h != home && h.0 < setup.core_homes);
        met.extend(neighbours.map(|h| (setup.population.home(h).first, Route::Yard)));
    }
    let Some(outbreak) = state.truth.cases().map(Cases::outbreak) else { return met };
    let log = outbreak.log();
    let infector = outbreak.infection(case).and_then(|i| Some((i.source?, i.route)));
    for line in log {
        let by_case =
            line.source.and_then(|s| log.get(s as usize)).is_some_and(|s| s.person == case);
        if by_case {
            met.insert(line.person, line.route);
        }
    }
    if let Some((line, route)) = infector
        && let Some(infector) = log.get(line as usize)
    {
        met.insert(infector.person, route);
    }
    met.retain(|person, _| setup.population.person(*person).household != home);
    met
}

/// A notice about a contact is to be sent: today, or on the first day with a free hand.
pub(crate) fn notice(
    setup: &Setup,
    state: &mut SimState,
    person: PersonId,
    now: Minute,
    step: &mut Step,
) {
    let home: HouseholdId = setup.population.person(person).household;
    let place = state.truth.bodies[person.index()].place;
    if home.0 >= setup.core_homes || !matches!(place, Whereabouts::Home | Whereabouts::Clinic) {
        return;
    }
    let rules = &setup.params.cases;
    let until = after_days(now, rules.days);
    // One notice a home is enough for the same days.
    if state.board[home.index()].contact.is_some_and(|c| c.until >= until) {
        return;
    }
    let Some(cases) = &mut state.truth.cases else { return };
    if cases.notices.0 != now.day() {
        cases.notices = (now.day(), 0);
    }
    if cases.notices.1 >= rules.notices {
        if rules.notices > 0 {
            state.agenda.push(now.plus(DAY_MINUTES), Due::ContactNotice(person));
        }
        return;
    }
    cases.notices.1 += 1;
    tell(setup, state, home, Told::NamedContact { until }, now, step);
    state.agenda.push(until.plus(MORNING), Due::ContactsEnd(home));
    to_central_site(setup, state, person, now);
}
