//! Senses: the only bridge from what is true to what the office knows.
//!
//! Floor 1. Reads truth, population and parameters; makes [`Told`] and hands it
//! to the board through [`SimState::observe`]. Each sense has its sensitivity,
//! its delay and its honesty. No study gave these; they are our estimates.

pub(crate) mod clinic;
pub(crate) mod contacts;

use crate::base::ids::{HouseholdId, PersonId};
use crate::base::time::{Day, Minute};
use crate::sim::agenda::Due;
use crate::sim::board::Told;
use crate::sim::chance::Chances;
use crate::sim::draw::{PPM, Purpose, draw, draw_each};
use crate::sim::people::{Region, Tenure};
use crate::sim::place::CompoundKind;
use crate::sim::state::{Setup, SimState, Step};
use crate::sim::truth::{Truth, Whereabouts};
use crate::sim::work::{Measure, gates};

/// What an answer is about; part of the key of its draw.
#[derive(Clone, Copy)]
#[repr(u32)]
enum Topic {
    Travel = 0,
    Fever = 1,
    Return = 2,
}

const PERMILLE: i64 = 1000;
const AVERAGE_TRUST: i64 = 500;

/// Whether a door opens to the survey: somebody is at home, and trust, repeated
/// attempts and the kind of compound decide the rest. Monotone in trust.
pub(crate) fn door_opens(
    setup: &Setup,
    truth: &Truth,
    home: HouseholdId,
    attempt: u8,
    round: u32,
) -> bool {
    if !truth.anybody_answers(&setup.population, home) {
        return false;
    }
    let rules = &setup.params.survey;
    let base = match setup.place.compound(setup.place.compound_of(home)).kind {
        CompoundKind::Courtyard => rules.opens_courtyard,
        CompoundKind::Building => rules.opens_building,
    };
    let trust = (i64::from(truth.trust[home.index()]) - AVERAGE_TRUST)
        * i64::from(rules.trust_effect)
        / PERMILLE;
    let again = i64::from(attempt.saturating_sub(1)) * i64::from(rules.attempt_effect);
    let ppm = (i64::from(base) + trust + again).clamp(0, i64::from(PPM)) as u32;
    draw(setup.seed, Purpose::DoorOpened, home.0, u32::from(attempt), round).chance(ppm)
}

/// Whether somebody tells the truth about a topic when asked.
fn is_honest(setup: &Setup, home: HouseholdId, topic: Topic, ordinal: u32, ppm: u32) -> bool {
    draw(setup.seed, Purpose::Honest, home.0, topic as u32, ordinal).chance(ppm)
}

/// What a household tells the survey in a round of it.
pub(crate) fn survey_answer(setup: &Setup, truth: &Truth, home: HouseholdId, round: u32) -> Told {
    let facts = setup.population.home(home);
    let (away, _) = truth.away(&setup.population, home);
    let honest = is_honest(setup, home, Topic::Travel, round, setup.params.senses.truthful_travel);
    Told::Surveyed {
        marks: facts.marks,
        tenant: facts.tenure == Tenure::Tenant,
        away: if honest { away } else { 0 },
        whole: false,
    }
}

/// Word that a whole household is away: from the neighbours, or by phone from
/// the household itself. `None` when nobody tells, or somebody is at home.
pub(crate) fn word_of_absence(
    setup: &Setup,
    truth: &Truth,
    home: HouseholdId,
    attempt: u8,
    now: Minute,
    by_phone: bool,
) -> Option<u8> {
    let (away, whole) = truth.away(&setup.population, home);
    let d = draw(setup.seed, Purpose::Neighbour, home.0, now.day().0, u32::from(attempt));
    (whole && (by_phone || d.chance(setup.params.survey.neighbour_knows))).then_some(away)
}

/// Whether a call to a home is answered.
pub(crate) fn phone_answered(
    setup: &Setup,
    truth: &Truth,
    home: HouseholdId,
    attempt: u8,
    now: Minute,
) -> bool {
    truth.anybody_answers(&setup.population, home)
        && draw(setup.seed, Purpose::CallAnswered, home.0, now.day().0, u32::from(attempt))
            .chance(setup.params.calls.answered)
}

/// Whether a daily check reaches a home in observation.
pub(crate) fn check_answered(setup: &Setup, truth: &Truth, home: HouseholdId, now: Minute) -> bool {
    truth.anybody_answers(&setup.population, home)
        && draw(setup.seed, Purpose::CallAnswered, home.0, now.day().0, now.0)
            .lane_chance(1, setup.params.observation.reached)
}

/// Asks somebody who was just reached about fever and about returns, and lets
/// the office learn what is told.
pub(crate) fn ask(
    setup: &Setup,
    state: &mut SimState,
    home: HouseholdId,
    now: Minute,
    step: &mut Step,
) {
    let rules = &setup.params.senses;
    let returned = unreported(setup, &state.truth, home);
    if returned > 0 && is_honest(setup, home, Topic::Return, now.day().0, rules.truthful_travel) {
        register_return(setup, state, home, now, step);
    }
    if state.board[home.index()].fever.is_none()
        && state.truth.has_fever(&setup.population, home, now)
        && is_honest(setup, home, Topic::Fever, now.day().0, rules.fever_asked)
    {
        state.observe(setup, home, Told::Fever, now, step);
    }
}

/// Members who came back without the office being told.
fn unreported(setup: &Setup, truth: &Truth, home: HouseholdId) -> u32 {
    setup.population.home(home).members().filter(|p| truth.bodies[p.index()].unreported).count()
        as u32
}

/// The office writes down everyone of a home who came back and was not yet on
/// the books. The rule of the day says whether daily checks begin: people from
/// epidemic areas at any time; everyone while `ObserveAll` is on, Tianjin and
/// Hebei apart while `ExemptJinJi` is on.
pub(crate) fn register_return(
    setup: &Setup,
    state: &mut SimState,
    home: HouseholdId,
    now: Minute,
    step: &mut Step,
) {
    let (mut members, mut arrived) = (0, Minute(0));
    let (mut epidemic, mut watched) = (false, false);
    for person in setup.population.home(home).members() {
        let body = state.truth.bodies.touch(person);
        if !body.unreported {
            continue;
        }
        body.unreported = false;
        members += 1;
        arrived = arrived.max(body.came_back);
        epidemic |= body.from.is_some_and(Region::is_epidemic_area);
        watched |= body.from.is_some_and(|from| is_observed(state, from));
    }
    let (still_away, _) = state.truth.away(&setup.population, home);
    let days = setup.params.observation.days as u8;
    if members > 0 {
        let told = Told::Returned { members, arrived, epidemic, watched, still_away, days };
        state.observe(setup, home, told, now, step);
    }
}

fn is_observed(state: &SimState, from: Region) -> bool {
    let exempt = from == Region::JinJi && state.work.is_on(Measure::ExemptJinJi);
    from.is_epidemic_area() || (state.work.is_on(Measure::ObserveAll) && !exempt)
}

/// A traveller comes home through the nearest open mouth: written down there if
/// somebody stands at it, else perhaps reported within a day, else unknown.
pub(crate) fn pass_mouth(
    setup: &Setup,
    state: &mut SimState,
    person: PersonId,
    now: Minute,
    step: &mut Step,
) {
    let home = setup.population.person(person).household;
    if home.0 >= setup.core_homes {
        return;
    }
    let rules = &setup.params.senses;
    let d = draw(setup.seed, Purpose::GatePassage, person.0, now.day().0, 0);
    let seen = is_seen_at_mouth(setup, state, home, now) && d.chance(rules.gate_registers);
    if seen {
        register_return(setup, state, home, now, step);
        return;
    }
    let d = draw(setup.seed, Purpose::SelfReport, person.0, now.day().0, Topic::Return as u32);
    if d.chance(rules.return_unasked) {
        state.agenda.push(now.plus(1 + d.below(1, rules.report_delay)), Due::TellsReturn(person));
    }
}

fn is_seen_at_mouth(setup: &Setup, state: &SimState, home: HouseholdId, now: Minute) -> bool {
    gates::nearest_open(setup, state, setup.place.compound_of(home))
        .is_some_and(|exit| gates::is_covered(state, exit.mouth, now))
}

/// Somebody reports a return unasked.
pub(crate) fn tell_return(
    setup: &Setup,
    state: &mut SimState,
    person: PersonId,
    now: Minute,
    step: &mut Step,
) {
    if state.truth.bodies[person.index()].unreported {
        register_return(setup, state, setup.population.person(person).household, now, step);
    }
}

/// A fever begins: perhaps it is told unasked, perhaps a thermometer at a mouth
/// finds it on one of its days.
pub(crate) fn fever_begins(setup: &Setup, state: &mut SimState, person: PersonId, now: Minute) {
    let rules = &setup.params.senses;
    if setup.population.person(person).household.0 >= setup.core_homes {
        return;
    }
    let d = draw(setup.seed, Purpose::SelfReport, person.0, now.day().0, Topic::Fever as u32);
    if d.chance(rules.fever_unasked) {
        state.agenda.push(now.plus(1 + d.below(1, rules.report_delay)), Due::TellsFever(person));
    }
    let d = draw(setup.seed, Purpose::GatePassage, person.0, now.day().0, 1);
    if d.chance(rules.fever_goes_out) {
        let gates = &setup.params.gates;
        let clock = gates.start + d.below(1, gates.spell * gates.spells);
        let at = Minute::at(Day(now.day().0 + 1), clock);
        state.agenda.push(at, Due::GateFindsFever(person));
    }
}

/// Somebody tells of a fever unasked.
pub(crate) fn tell_fever(
    setup: &Setup,
    state: &mut SimState,
    person: PersonId,
    now: Minute,
    step: &mut Step,
) {
    let home = setup.population.person(person).household;
    if has_untold_fever(state, person, home, now) {
        state.observe(setup, home, Told::Fever, now, step);
    }
}

fn has_untold_fever(state: &SimState, person: PersonId, home: HouseholdId, now: Minute) -> bool {
    let body = &state.truth.bodies[person.index()];
    body.place == Whereabouts::Home
        && body.has_fever(now)
        && state.board[home.index()].fever.is_none()
}

/// A feverish person goes out and passes a mouth with a thermometer.
pub(crate) fn pass_thermometer(
    setup: &Setup,
    state: &mut SimState,
    person: PersonId,
    now: Minute,
    step: &mut Step,
) {
    let home = setup.population.person(person).household;
    let strength = state.work.strength(Measure::Temperature);
    let ppm = u64::from(setup.params.senses.gate_finds) * u64::from(strength) / PERMILLE as u64;
    let d = draw(setup.seed, Purpose::GatePassage, person.0, now.day().0, 2);
    if has_untold_fever(state, person, home, now)
        && is_seen_at_mouth(setup, state, home, now)
        && d.chance(ppm as u32)
    {
        state.observe(setup, home, Told::Fever, now, step);
    }
}

/// Guests of a day: drawn per compound, known only where passes are checked.
pub(crate) fn draw_guests(setup: &Setup, day: Day, chances: &mut Chances) {
    let rules = &setup.params.senses;
    let gates = &setup.params.gates;
    let compounds = 0..setup.place.compounds.len() as u32;
    draw_each(setup.seed, Purpose::Guest, compounds, (day.0, 0), |index, d| {
        let compound = &setup.place.compounds[index as usize];
        if compound.homes == 0 || compound.first.0 >= setup.core_homes || !d.chance(rules.guest) {
            return;
        }
        let home = HouseholdId(compound.first.0 + d.below(1, compound.homes));
        let clock = gates.start + d.below(2, gates.spell * gates.spells);
        chances.push((Minute::at(day, clock), Due::GuestComes(home)));
    });
}

/// A guest from outside comes to a home. At a mouth with passes the guest is
/// written down, and counts when everyone from outside does.
pub(crate) fn guest_comes(
    setup: &Setup,
    state: &mut SimState,
    home: HouseholdId,
    now: Minute,
    step: &mut Step,
) {
    let strength = state.work.strength(Measure::PassCheck) * (PPM / PERMILLE as u32);
    let d = draw(setup.seed, Purpose::Guest, home.0, now.day().0, 1);
    if is_seen_at_mouth(setup, state, home, now) && d.chance(strength) {
        let counts = state.work.is_on(Measure::ObserveAll);
        let days = setup.params.observation.days as u8;
        state.observe(setup, home, Told::GuestRecorded { counts, days }, now, step);
    }
}

/// Whether every fever of a home has been gone long enough for the record.
pub(crate) fn fever_long_gone(
    setup: &Setup,
    truth: &Truth,
    home: HouseholdId,
    now: Minute,
) -> bool {
    let gone = setup.params.fever.gone_minutes;
    setup
        .population
        .home(home)
        .members()
        .all(|p| truth.bodies[p.index()].fever_until.plus(gone) <= now)
}
