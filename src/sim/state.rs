//! One community at one minute: truth, board, work and what is planned.
//!
//! Floor 1. Owns [`SimState`]; only `advance` and `apply` (in `command`) change
//! it. [`Setup`] is everything that stays fixed for a whole story. Time moves
//! from plan to plan; at midnight `day::PHASES` runs.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::base::geo::PointCm;
use crate::base::ids::{HouseholdId, PersonId, WorkerId};
use crate::base::time::Minute;
use crate::sim::agenda::{Agenda, Due};
use crate::sim::board::{Knowledge, Ledger, Observation, RiskColour, Told, colour};
use crate::sim::chance::Foreseen;
use crate::sim::counts::DayCounts;
use crate::sim::day;
use crate::sim::diary::Diary;
use crate::sim::event::{EventKind, Happening, SimEvent};
use crate::sim::params::Params;
use crate::sim::people::{Marks, Population};
use crate::sim::place::Place;
use crate::sim::senses::{self, clinic, contacts};
use crate::sim::truth::illness::Rules;
use crate::sim::truth::{Bodies, Cases, Illness, Truth, cases, falls, fever, whereabouts};
use crate::sim::work::{
    Idle, MouthDuty, MouthState, Round, Rung, Site, Strengths, Survey, Task, TaskKind, Work, calls,
    checks, dispatch, gates, roster, supplies, visits,
};

/// What stays fixed for a whole story.
#[derive(Debug, Clone)]
pub struct Setup {
    /// The place.
    pub place: Arc<Place>,
    /// The people and their journeys.
    pub population: Arc<Population>,
    /// Every number.
    pub params: Params,
    /// The seed of every draw.
    pub seed: u64,
    /// When the story begins.
    pub starts: Minute,
    /// When it ends.
    pub ends: Minute,
    /// What is done when a call is not answered.
    pub ladder: Vec<Rung>,
    /// Households the office is responsible for: the first ones of the place.
    /// Those after them live in isolation and touch nothing.
    pub core_homes: u32,
    /// People old enough to be at risk of a fall, by id.
    pub elders: Vec<PersonId>,
    /// People of core households who might volunteer, by id.
    pub willing: Vec<PersonId>,
    /// Core homes of somebody who lives alone and is old, by id.
    pub alone: Vec<HouseholdId>,
    /// The resident surgeon.
    pub surgeon: Option<PersonId>,
    /// Nobody falls or falls ill by chance: for stories that show one thing only.
    pub quiet: bool,
    /// Every home is known when the story begins.
    pub surveyed: bool,
    /// The illness, where the story has one; made by [`Setup::with_illness`].
    pub illness: Option<Arc<Illness>>,
    /// Chances drawn in advance by [`Setup::foresee`].
    pub(crate) foreseen: Option<Foreseen>,
}

/// Age from which falls are drawn.
const ELDER_AGE: u8 = 60;

impl Setup {
    /// Joins place, people and numbers. `starts` and `ends` are minutes of the
    /// story; `starts` lies on day 1.
    pub fn new(
        place: Arc<Place>,
        population: Arc<Population>,
        params: Params,
        seed: u64,
        starts: Minute,
        ends: Minute,
    ) -> Self {
        let core_homes = place.household_count() as u32;
        let mut setup = Self {
            place,
            population,
            params,
            seed,
            starts,
            ends: ends.max(starts),
            ladder: Rung::DEFAULT.to_vec(),
            core_homes,
            elders: Vec::new(),
            willing: Vec::new(),
            alone: Vec::new(),
            surgeon: None,
            quiet: false,
            surveyed: false,
            illness: None,
            foreseen: None,
        };
        setup.isolate_from(core_homes);
        setup
    }

    /// Makes every household from the given number on an isolated one.
    pub fn isolate_from(&mut self, core_homes: u32) {
        self.core_homes = core_homes.min(self.place.household_count() as u32);
        let people = &self.population.people;
        let ids = |f: &dyn Fn(usize) -> bool| {
            (0..people.len()).filter(|&i| f(i)).map(PersonId::from_index).collect()
        };
        self.elders = ids(&|i| people[i].age >= ELDER_AGE);
        self.willing = ids(&|i| people[i].willing && people[i].household.0 < self.core_homes);
        let homes = self.core().zip(&self.population.homes);
        let alone = homes.filter(|(_, home)| home.marks.has(Marks::LIVES_ALONE));
        self.alone = alone.map(|(home, _)| home).collect();
        self.surgeon = people.iter().position(|p| p.surgeon).map(PersonId::from_index);
    }

    /// Gives the story an illness: its numbers are compiled, and who can meet whom is
    /// laid out. Everything else of the setup must be settled before. Tables that
    /// other rules have need not be made again.
    #[must_use]
    pub fn with_illness(mut self, known: Option<&Rules>) -> Self {
        self.illness = Some(Arc::new(Illness::of(&self, known)));
        self
    }

    /// Draws what chance brings on every day, once for all runs of this world. Nothing
    /// of the setup may be changed afterwards.
    pub(crate) fn foresee(&mut self) {
        self.foreseen = Some(Foreseen::of(self));
    }

    /// How many people live in the homes of the office; their ids come first.
    pub fn core_people(&self) -> u32 {
        self.population.people_before(self.core_homes)
    }

    /// Households of the office, in board order.
    pub fn core(&self) -> impl Iterator<Item = HouseholdId> + use<> {
        (0..self.core_homes).map(HouseholdId)
    }

    /// The door of a household's compound.
    pub fn door(&self, home: HouseholdId) -> PointCm {
        self.place.compound(self.place.compound_of(home)).door
    }
}

/// One community at one minute. Cheap to clone; hashed in full.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct SimState {
    pub(crate) now: Minute,
    pub(crate) truth: Truth,
    pub(crate) board: Ledger,
    /// Core homes not yet known: stories ask for it each quarter of an hour.
    pub(crate) unknown: u32,
    pub(crate) work: Work,
    pub(crate) agenda: Agenda,
    pub(crate) today: DayCounts,
    pub(crate) days: Arc<Vec<DayCounts>>,
    #[serde(skip)]
    pub(crate) diary: Diary,
}

/// One minute being worked through: collects what happens.
#[derive(Debug)]
pub struct Step<'a> {
    at: Minute,
    events: &'a mut Vec<SimEvent>,
}

impl<'a> Step<'a> {
    pub(crate) fn new(at: Minute, events: &'a mut Vec<SimEvent>) -> Self {
        Self { at, events }
    }

    /// Something happened.
    pub(crate) fn emit(&mut self, what: Happening) {
        self.events.push(SimEvent { at: self.at, what });
    }
}

impl SimState {
    /// The community at the first minute of the story, before any command.
    pub fn start(setup: &Setup, events: &mut Vec<SimEvent>) -> Self {
        let staff = setup.params.shifts.workers;
        let mouths = setup
            .place
            .mouths
            .iter()
            .map(|_| MouthDuty { state: MouthState::Open, covered_until: Minute(0) });
        let mut state = Self {
            now: setup.starts,
            truth: Truth {
                bodies: Bodies::new(setup.population.people.len()),
                trust: setup.population.homes.iter().map(|h| h.trust_permille).collect(),
                falls: Vec::new(),
                cases: setup.illness.as_ref().map(|_| Box::new(Cases::new(setup))),
            },
            board: Ledger::new(setup.place.household_count()),
            unknown: setup.core_homes,
            work: Work {
                workers: (0..staff).map(|_| roster::staff(setup)).collect(),
                staff,
                measures: Strengths::default(),
                mouths: mouths.collect(),
                priority: TaskKind::ALL,
                callers: setup.params.calls.callers,
                survey: Survey::default(),
                queues: Default::default(),
                ladders: std::collections::BTreeMap::new(),
                on_the_phone: 0,
                round: Round::default(),
                idle_staff: Idle::default(),
                idle_volunteers: Idle::default(),
                joined: std::collections::BTreeSet::new(),
                notes: Vec::new(),
            },
            agenda: Agenda::default(),
            today: DayCounts::new(setup.starts.day()),
            days: Arc::new(Vec::new()),
            diary: Diary::default(),
        };
        whereabouts::start(setup, &mut state);
        let mut step = Step::new(state.now, events);
        if setup.surveyed {
            for home in setup.core() {
                let told = senses::survey_answer(setup, &state.truth, home, 0);
                state.observe(setup, home, told, setup.starts, &mut step);
            }
        }
        day::begin(setup, &mut state, setup.starts.day(), &mut step);
        state
    }

    /// From now on nobody writes down what is only there to be looked at: a run of which
    /// nothing but figures is asked. Everything else goes on as it would.
    pub(crate) fn close_diary(&mut self) {
        self.diary.close();
    }

    /// Whether every id and position in this state lies within a setup's tables.
    pub fn fits(&self, setup: &Setup) -> bool {
        let people = setup.population.people.len();
        let homes = setup.place.household_count();
        (setup.starts..=setup.ends).contains(&self.now)
            && self.truth.fits(people, homes)
            && self.board.len() == homes
            && self.unknown <= setup.core_homes
            && self.work.fits(people, setup.core_homes, setup.place.mouths.len())
            && self.agenda.fits(people, homes, self.work.workers.len())
    }

    /// The minute.
    pub fn now(&self) -> Minute {
        self.now
    }

    /// What is true, for the debrief. The board never reads it.
    pub fn truth(&self) -> &Truth {
        &self.truth
    }

    /// What the office knows, by household.
    pub fn board(&self) -> &[Knowledge] {
        &self.board
    }

    /// The work.
    pub fn work(&self) -> &Work {
        &self.work
    }

    /// What is planned.
    pub fn agenda(&self) -> &Agenda {
        &self.agenda
    }

    /// The days that are over.
    pub fn days(&self) -> &[DayCounts] {
        &self.days
    }

    /// Which calls were made and what was brought, by home.
    pub fn diary(&self) -> &Diary {
        &self.diary
    }

    /// The day under way, so far.
    pub fn today(&self, setup: &Setup) -> DayCounts {
        let mut counts = self.today.clone();
        counts.take_stock(setup, self);
        counts
    }

    /// One figure of the day under way; 0 for a name that is none.
    pub fn figure(&self, setup: &Setup, name: &str) -> u64 {
        self.today.figure(setup, self, name)
    }

    /// Worker-minutes used and available today.
    pub fn minutes_today(&self) -> (u64, u64) {
        (self.today.minutes_used, self.work.workers.iter().map(|w| u64::from(w.offered)).sum())
    }

    /// How much of a kind of work waits now.
    pub fn waiting(&self, kind: TaskKind) -> u64 {
        match kind {
            TaskKind::Survey => u64::from(self.work.survey.open()),
            _ => self.work.queue(kind).len() as u64,
        }
    }

    /// The colour of a home now.
    pub fn colour(&self, setup: &Setup, home: HouseholdId) -> RiskColour {
        colour(&self.board[home.index()], self.now, &setup.params.observation)
    }

    /// Metres that sealed mouths add to an errand of a home, there and back; `None`
    /// where every mouth that can be reached is sealed, or there is none.
    pub fn detour_m(&self, setup: &Setup, home: HouseholdId) -> Option<u32> {
        gates::detour(setup, self, setup.place.compound_of(home))
    }

    /// Moves to a minute; nothing happens if it is not later. Works through every
    /// plan up to and including that minute. Advancing in one go or in parts is
    /// the same.
    pub fn advance(&mut self, setup: &Setup, to: Minute, events: &mut Vec<SimEvent>) {
        self.advance_until(setup, to, events, |_| false);
    }

    /// As [`SimState::advance`], but stays at the first minute in which an event
    /// of an awaited kind happened, that minute being worked through.
    pub fn advance_until(
        &mut self,
        setup: &Setup,
        to: Minute,
        events: &mut Vec<SimEvent>,
        awaited: impl Fn(EventKind) -> bool,
    ) {
        while let Some(at) = self.agenda.next_at().filter(|&at| at <= to) {
            self.now = self.now.max(at);
            let before = events.len();
            self.settle(setup, events);
            if events[before..].iter().any(|e| awaited(e.what.kind())) {
                return;
            }
        }
        self.now = self.now.max(to);
    }

    /// When something is planned next.
    pub fn next_at(&self) -> Option<Minute> {
        self.agenda.next_at()
    }

    /// Works through everything that is due now, then gives work to who is idle.
    pub(crate) fn settle(&mut self, setup: &Setup, events: &mut Vec<SimEvent>) {
        let now = self.now;
        while let Some(due) = self.agenda.pop_due(now) {
            let heard = events.len();
            let mut step = Step::new(now, events);
            self.happen(setup, due, &mut step);
            self.hear(&events[heard..]);
        }
        dispatch::assign(setup, self, now);
    }

    /// Counts what just happened. Rules emit; this is where it is tallied.
    pub(crate) fn hear(&mut self, events: &[SimEvent]) {
        for event in events {
            self.today.hear(event);
            self.diary.hear(event);
        }
    }

    fn happen(&mut self, setup: &Setup, due: Due, step: &mut Step) {
        let now = self.now;
        match due {
            Due::DayBegins => day::turn(setup, self, now.day(), step),
            Due::ComesBack(person) => {
                if whereabouts::come_back(setup, self, person, now, step) {
                    cases::come_back(setup, self, person, now, step);
                    senses::pass_mouth(setup, self, person, now, step);
                }
            }
            Due::FeverBegins(person) => {
                if fever::begin(setup, self, person, now) {
                    senses::fever_begins(setup, self, person, now);
                }
            }
            Due::Falls(person) => falls::fall(setup, self, person, now, false, step),
            Due::FallNoticed(person) => visits::noticed(setup, self, person, now, step),
            Due::BackFromClinic(person) => visits::back_from_clinic(self, person),
            Due::TellsFever(person) => senses::tell_fever(setup, self, person, now, step),
            Due::TellsReturn(person) => senses::tell_return(setup, self, person, now, step),
            Due::GateFindsFever(person) => senses::pass_thermometer(setup, self, person, now, step),
            Due::GuestComes(home) => senses::guest_comes(setup, self, home, now, step),
            Due::HelpDone(home) => visits::help_done(setup, self, home, now, step),
            Due::ClinicRings(home) => visits::clinic_rings(setup, self, home, now, step),
            Due::NeighbourLooks(home) => calls::neighbour_looks(setup, self, home, now, step),
            Due::LadderRung(home) => calls::climb(setup, self, home, now),
            Due::TaskDone(worker) => dispatch::end(setup, self, worker, now, step),
            Due::GateSpell => {
                let minutes = gates::uncovered_at_spell_end(self, now);
                if minutes > 0 {
                    step.emit(Happening::DutyUncovered { minutes });
                }
                gates::begin_spell(setup, self, now);
            }
            Due::ChecksBegin => checks::begin(setup, self, now),
            Due::RoundBegins => calls::begin_round(setup, self, now),
            Due::DeliveriesBegin => supplies::begin(setup, self, now),
            Due::SpellBegins(worker) => roster::begin_spell(setup, self, worker, now),
            Due::Wake => {}
            _ => self.illness_happens(setup, due, step),
        }
    }

    /// What an illness brings.
    fn illness_happens(&mut self, setup: &Setup, due: Due, step: &mut Step) {
        let now = self.now;
        match due {
            Due::Sickens(person) => {
                if cases::course::sicken(setup, self, person, now) {
                    senses::fever_begins(setup, self, person, now);
                }
                clinic::sickens_in_observation(setup, self, person, now);
            }
            Due::SeeksCare(person) => clinic::seeks_care(setup, self, person, now),
            Due::NeedsHospital(person) => clinic::needs_hospital(setup, self, person, now),
            Due::IllnessEnds(person) => clinic::illness_ends(setup, self, person, now, step),
            Due::Fetched(person) => clinic::fetched(setup, self, person, now),
            Due::SwabResult(person) => clinic::swab_result(setup, self, person, now, step),
            Due::ContactNotice(person) => contacts::notice(setup, self, person, now, step),
            Due::ContactsEnd(home) => clinic::contacts_end(setup, self, home, now, step),
            _ => {}
        }
    }

    /// The office learns something: the only way in which the board changes. What
    /// follows from it as work is queued here, so that it cannot be forgotten.
    pub(crate) fn observe(
        &mut self,
        setup: &Setup,
        household: HouseholdId,
        told: Told,
        now: Minute,
        step: &mut Step,
    ) {
        let rules = &setup.params.observation;
        let known = &self.board[household.index()];
        let from = colour(known, now, rules);
        let (had_fever, was_known) = (known.fever.is_some(), known.known.is_some());
        self.board.learn(&Observation { household, at: now, told });
        let known = &self.board[household.index()];
        // Whoever is told to stay in knows it as soon as the office does.
        if let Some(cases) = &mut self.truth.cases
            && let Some(until) = known.clocks().filter(|c| c.watched).map(|c| c.until).max()
            && until > now
        {
            cases.stay_in(household, now, until);
        }
        let to = colour(known, now, rules);
        let new_fever = known.fever.is_some() && !had_fever;
        if !was_known && known.known.is_some() && household.0 < setup.core_homes {
            self.unknown = self.unknown.saturating_sub(1);
        }
        step.emit(Happening::Learnt { household, told, from, to });
        if new_fever && told == Told::Fever {
            self.work.push(Task {
                kind: TaskKind::Fever,
                site: Site::Home(household),
                since: now,
                attempt: 1,
            });
        }
    }

    /// Stores the same state in another order: plans and contacts that wait are kept the
    /// other way round. Everything else is kept by number, or in an order that means
    /// something. For the anchor that this is nothing; its mutant loses some plans.
    pub(crate) fn shuffle_storage(&mut self, lost: usize) {
        self.agenda.shuffle_storage(lost);
        if let Some(cases) = &mut self.truth.cases {
            cases.shuffle_storage();
        }
    }

    /// A worker by id, if there is one.
    pub fn worker(&self, id: WorkerId) -> Option<&crate::sim::work::Worker> {
        self.work.workers.get(id.index())
    }
}
