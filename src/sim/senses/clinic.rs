//! The fever clinic and the hospital: whom they suspect, what a swab says, and what the
//! office is told of it.
//!
//! Floor 1. Reads truth and board; writes bodies, swabs and the agenda; tells through
//! [`SimState::observe`]. Rows 10 to 17 of the table of transitions. Source: the cards
//! of `cases` and `swabs`; national protocol of early 2020.

use crate::base::ids::{HouseholdId, PersonId};
use crate::base::time::{Day, Minute};
use crate::sim::agenda::Due;
use crate::sim::board::{Badge, Told};
use crate::sim::draw::{PPM, Purpose, draw};
use crate::sim::state::{Setup, SimState, Step};
use crate::sim::truth::Whereabouts;
use crate::sim::truth::cases::{self, Suspect, course};
use crate::sim::truth::illness::compliance::complies;
use crate::sim::truth::illness::swab;
use crate::sim::work::Measure;

/// Two negative swabs close a suspicion.
const ENOUGH: u8 = 2;
/// When observation is ended and people come home, minutes after midnight.
const MORNING: u32 = 600;
const PERMILLE: u32 = 1000;

/// The first minute after so many days, the day itself not counted.
pub(super) fn after_days(now: Minute, days: u32) -> Minute {
    Day(now.day().0 + days + 1).start()
}

/// Somebody stands at the clinic. Returns whether a swab is taken: then the person stays
/// until two are negative, or goes to hospital.
pub(crate) fn examine(setup: &Setup, state: &mut SimState, person: PersonId, now: Minute) -> bool {
    let home = setup.population.person(person).household;
    let known = &state.board[home.index()];
    let exposed = known.epidemic || known.contact.is_some();
    let Some(cases) = &mut state.truth.cases else { return false };
    if cases.suspects.contains_key(&person) {
        return true;
    }
    let rules = &setup.params.cases;
    let chance = match cases.infected_days(person, now) {
        Some(_) => rules.suspects_ill,
        None if exposed => PPM,
        None => rules.suspects_other,
    };
    let suspected = draw(setup.seed, Purpose::Suspicion, person.0, now.day().0, 0).chance(chance);
    if suspected {
        take_swab(setup, state, person, now);
    }
    suspected
}

fn take_swab(setup: &Setup, state: &mut SimState, person: PersonId, now: Minute) {
    let Some(cases) = &mut state.truth.cases else { return };
    if cases.suspects.contains_key(&person) || cases.confirmed.contains_key(&person) {
        return;
    }
    let ordinal = cases.next_swab(person);
    cases.suspects.insert(person, Suspect { taken: now, ordinal, negatives: 0 });
    cases.leaves(person, now);
    state.agenda.push(now.plus(setup.params.cases.swab_result), Due::SwabResult(person));
}

/// Somebody ill goes to the clinic without being sent.
pub(crate) fn seeks_care(setup: &Setup, state: &mut SimState, person: PersonId, now: Minute) {
    let body = state.truth.bodies.touch(person);
    if body.place != Whereabouts::Home || person.0 >= setup.core_people() {
        return;
    }
    body.place = Whereabouts::Clinic;
    if !examine(setup, state, person, now) {
        let back = now.plus(setup.params.fever.clinic_minutes);
        state.agenda.push(back, Due::BackFromClinic(person));
    }
}

/// Somebody needs a hospital: there a swab is taken at once.
pub(crate) fn needs_hospital(setup: &Setup, state: &mut SimState, person: PersonId, now: Minute) {
    if course::needs_hospital(setup, state, person, now) {
        take_swab(setup, state, person, now);
    }
}

/// A swab has its answer.
pub(crate) fn swab_result(
    setup: &Setup,
    state: &mut SimState,
    person: PersonId,
    now: Minute,
    step: &mut Step,
) {
    let home = setup.population.person(person).household;
    let Some(cases) = &mut state.truth.cases else { return };
    let Some(suspect) = cases.suspects.get(&person).copied() else { return };
    let infected = cases.infected_days(person, suspect.taken);
    let swabs = &setup.params.swabs;
    if swab::is_positive(setup.seed, swabs, person, suspect.ordinal, infected) {
        cases.suspects.remove(&person);
        confirm(setup, state, person, now, step);
        return;
    }
    let negatives = suspect.negatives + 1;
    if negatives < ENOUGH {
        let rules = &setup.params.cases;
        let taken = suspect.taken.plus(rules.swab_gap).max(now);
        let ordinal = cases.next_swab(person);
        cases.suspects.insert(person, Suspect { taken, ordinal, negatives });
        state.agenda.push(taken.plus(rules.swab_result), Due::SwabResult(person));
        if !has_case(setup, state, home) {
            tell(setup, state, home, Told::FirstNegative, now, step);
        }
        return;
    }
    cases.suspects.remove(&person);
    comes_home(state, person, now);
    if !has_case(setup, state, home) && !has_suspect(setup, state, home) {
        let known = &state.board[home.index()];
        let exposed = known.epidemic || known.contact.is_some();
        let until = after_days(suspect.taken, setup.params.cases.days);
        let told = Told::SecondNegative { until: Some(until).filter(|&u| exposed && u > now) };
        tell(setup, state, home, told, now, step);
    }
}

/// Out of the clinic. Whoever lies in hospital for another reason stays there.
fn comes_home(state: &mut SimState, person: PersonId, now: Minute) {
    let body = state.truth.bodies.touch(person);
    if body.place == Whereabouts::Clinic {
        body.place = Whereabouts::Home;
        if let Some(cases) = &mut state.truth.cases {
            cases.returns(person, now);
        }
    }
}

/// Whether a confirmed case of a home is in hospital, or waits for a bed.
fn has_case(setup: &Setup, state: &SimState, home: HouseholdId) -> bool {
    let Some(cases) = state.truth.cases() else { return false };
    setup.population.home(home).members().any(|p| {
        let place = state.truth.bodies[p.index()].place;
        let lies = place == Whereabouts::Hospital || cases.waiting().contains(&p);
        lies && cases.confirmed.contains_key(&p)
    })
}

fn has_suspect(setup: &Setup, state: &SimState, home: HouseholdId) -> bool {
    let Some(cases) = state.truth.cases() else { return false };
    setup.population.home(home).members().any(|p| cases.suspects.contains_key(&p))
}

/// The office is told something about a home of its own.
pub(super) fn tell(
    setup: &Setup,
    state: &mut SimState,
    home: HouseholdId,
    told: Told,
    now: Minute,
    step: &mut Step,
) {
    if home.0 < setup.core_homes {
        state.observe(setup, home, told, now, step);
    }
}

/// A positive swab: notice to the office, hospital for the patient, observation for the
/// others, and the search for contacts.
fn confirm(setup: &Setup, state: &mut SimState, person: PersonId, now: Minute, step: &mut Step) {
    let home = setup.population.person(person).household;
    let rules = &setup.params.cases;
    let Some(cases) = &mut state.truth.cases else { return };
    if cases.confirmed.insert(person, now).is_some() {
        return;
    }
    state.agenda.push(now.plus(rules.shortest_stay), Due::IllnessEnds(person));
    if state.truth.bodies[person.index()].place == Whereabouts::Clinic
        && !course::needs_hospital(setup, state, person, now)
    {
        comes_home(state, person, now);
    }
    tell(setup, state, home, Told::Confirmed, now, step);
    let until = after_days(now, rules.days);
    let members = setup.population.home(home).members();
    let others: Vec<PersonId> = members.filter(|&p| p != person).collect();
    if others.iter().any(|p| state.truth.bodies[p.index()].place == Whereabouts::Home) {
        tell(setup, state, home, Told::HouseholdContacts { until }, now, step);
        state.agenda.push(until.plus(MORNING), Due::ContactsEnd(home));
        for other in others {
            to_central_site(setup, state, other, now);
        }
    }
    super::contacts::trace(setup, state, person, now);
}

/// Where contacts are observed at a central site, those who keep to it go there.
pub(super) fn to_central_site(setup: &Setup, state: &mut SimState, person: PersonId, now: Minute) {
    let strength = state.work.strength(Measure::CentralObservation);
    let keeps = strength > 0
        && complies(
            setup.seed,
            person,
            Measure::CentralObservation as u32,
            strength * (PPM / PERMILLE),
        );
    let body = state.truth.bodies.touch(person);
    if keeps && body.can_answer() {
        body.place = Whereabouts::Central;
        if let Some(cases) = &mut state.truth.cases {
            cases.leaves(person, now);
        }
    }
}

/// An illness ends: discharge, or a record that is closed; the bed is given on.
pub(crate) fn illness_ends(
    setup: &Setup,
    state: &mut SimState,
    person: PersonId,
    now: Minute,
    step: &mut Step,
) {
    let Some(end) = course::end(setup, state, person, now) else { return };
    let home = setup.population.person(person).household;
    let known_case = state.truth.cases().is_some_and(|c| c.confirmed.contains_key(&person));
    if known_case && (end.died || end.left_a_bed) && !has_case(setup, state, home) {
        let until = after_days(now, setup.params.cases.days);
        let told = if end.died { Told::CaseClosed } else { Told::Discharged { until } };
        tell(setup, state, home, told, now, step);
    }
    if let Some(next) = end.next {
        needs_hospital(setup, state, next, now);
    }
}

/// The observation of contacts ends at home or at the central site, if all are well;
/// otherwise the office looks again a day later.
pub(crate) fn contacts_end(
    setup: &Setup,
    state: &mut SimState,
    home: HouseholdId,
    now: Minute,
    step: &mut Step,
) {
    let running = state.board[home.index()].contact.is_some_and(|c| c.until > now);
    let ill = setup.population.home(home).members().any(|p| {
        let body = &state.truth.bodies[p.index()];
        body.place == Whereabouts::Clinic
            || matches!(body.place, Whereabouts::Home | Whereabouts::Central) && body.has_fever(now)
    });
    if running || ill {
        let again = Day(now.day().0 + 1).start().plus(MORNING);
        if again < setup.ends {
            state.agenda.push(again, Due::ContactsEnd(home));
        }
        return;
    }
    for person in setup.population.home(home).members() {
        if state.truth.bodies[person.index()].place == Whereabouts::Central {
            state.truth.bodies.touch(person).place = Whereabouts::Home;
            if let Some(cases) = &mut state.truth.cases {
                cases.returns(person, now);
            }
        }
    }
    if state.board[home.index()].contact.is_some() {
        tell(setup, state, home, Told::ContactsDone, now, step);
    }
}

/// Somebody falls ill while the office already looks after the home: as a member of a
/// case's household the person is fetched, wherever the observation takes place.
pub(crate) fn sickens_in_observation(
    setup: &Setup,
    state: &mut SimState,
    person: PersonId,
    now: Minute,
) {
    let home = setup.population.person(person).household;
    let place = state.truth.bodies[person.index()].place;
    let at_hand = matches!(place, Whereabouts::Home | Whereabouts::Central);
    let told = home.0 < setup.core_homes
        && (state.board[home.index()].badge == Badge::Confirmed || place == Whereabouts::Central);
    if at_hand && told {
        let d = draw(setup.seed, Purpose::Fetched, person.0, 0, 0);
        let after = 1 + d.below(0, setup.params.cases.fetched);
        state.agenda.push(now.plus(after), Due::Fetched(person));
    }
}

/// The person is fetched and brought to the clinic.
pub(crate) fn fetched(setup: &Setup, state: &mut SimState, person: PersonId, now: Minute) {
    let body = state.truth.bodies.touch(person);
    if !matches!(body.place, Whereabouts::Home | Whereabouts::Central) {
        return;
    }
    body.place = Whereabouts::Clinic;
    take_swab(setup, state, person, now);
    // A confirmed case that waits for a bed is looked at, and waits on.
    if state.truth.cases().is_some_and(|c| !c.suspects.contains_key(&person)) {
        cases::brought_back(state, person, now);
    }
}
