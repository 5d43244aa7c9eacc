//! The debrief: what the board said of each home, held against what was so.
//!
//! Floor 3. Reads the board and the truth of a story that is over; owns [`Verdict`]
//! and [`Tally`]. Nothing here goes back into the story. Red says that somebody at home
//! has a fever; held against infections it is usually wrong, and green sometimes.

use super::layers::LayerEntry;
use super::story::Session;
use crate::base::ids::{HouseholdId, PersonId};
use crate::base::palette::Glyph;
use crate::base::text::Bilingual;
use crate::base::time::Minute;
use crate::sim::board::RiskColour;
use crate::sim::state::{Setup, SimState};
use crate::sim::truth::Health;
use crate::sim::truth::illness::{Infection, Route};

/// What becomes of the board's word about one home.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// Red, and somebody there is infected.
    Found,
    /// Somebody there is infected, and the home is not red.
    Missed,
    /// Red, and nobody there was ever infected: another illness.
    FalseAlarm,
    /// Somebody there was infected; it is over.
    Over,
}

/// In the order of [`Verdict::ALL`]. None of the board's three colours.
pub static ENTRIES: [LayerEntry; 4] = [
    LayerEntry {
        glyph: Glyph::Solid,
        label: Bilingual::fixed("图上红，确有感染", "red, and an infection there"),
    },
    LayerEntry {
        glyph: Glyph::Saltire,
        label: Bilingual::fixed("有感染，图上没红", "an infection, not red"),
    },
    LayerEntry {
        glyph: Glyph::Hollow,
        label: Bilingual::fixed("图上红，是别的病", "red, another illness"),
    },
    LayerEntry {
        glyph: Glyph::Disc(1),
        label: Bilingual::fixed("曾有感染，已过", "an infection that is over"),
    },
];

impl Verdict {
    /// Every verdict; homes without one agree: no infection, and not red.
    pub const ALL: [Self; 4] = [Self::Found, Self::Missed, Self::FalseAlarm, Self::Over];

    /// Of one home of the office, at the minute of the state.
    pub fn of(setup: &Setup, state: &SimState, home: HouseholdId) -> Option<Self> {
        let now = state.now();
        let (mut infected, mut over) = (false, false);
        for person in setup.population.home(home).members() {
            match state.truth().health(person, now) {
                Health::Never => {}
                Health::Incubating | Health::Infectious => infected = true,
                Health::Over | Health::Died => over = true,
            }
        }
        let red = state.colour(setup, home) == RiskColour::Red;
        match (infected, over, red) {
            (true, _, true) => Some(Self::Found),
            (true, _, false) => Some(Self::Missed),
            (false, true, _) => Some(Self::Over),
            (false, false, true) => Some(Self::FalseAlarm),
            (false, false, false) => None,
        }
    }
}

/// How many homes of each verdict there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// Homes of the office.
    pub homes: u64,
    /// By verdict, in the order of [`Verdict::ALL`].
    pub of: [u64; Verdict::ALL.len()],
}

impl Tally {
    /// Of every home of the office.
    pub fn of(session: &Session) -> Self {
        let (setup, state) = (&session.world().0.setup, session.moment().sim());
        let mut tally = Self::default();
        for home in setup.core() {
            tally.homes += 1;
            if let Some(verdict) = Verdict::of(setup, state, home) {
                tally.of[verdict as usize] += 1;
            }
        }
        tally
    }

    /// Homes with one verdict.
    pub const fn count(&self, verdict: Verdict) -> u64 {
        self.of[verdict as usize]
    }

    /// Homes of which the board and what was so agree.
    pub const fn agree(&self) -> u64 {
        self.homes - self.count(Verdict::Missed) - self.count(Verdict::FalseAlarm)
    }
}

/// The whole story, not its last minute: which homes had an infection at any time, and
/// of which of them the office ever had a notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Learnt {
    /// Homes of the office with an infection so far.
    pub ever: u64,
    /// Of these, homes of which a notice of a confirmed case came.
    pub known: u64,
    /// Minutes from the first infection of a home to that notice: of those homes the one
    /// in the middle; `None` without any.
    pub lag: Option<u32>,
}

impl Learnt {
    /// Of a story without an outbreak nothing at all.
    pub fn of(setup: &Setup, state: &SimState) -> Self {
        let Some(cases) = state.truth().cases() else { return Self::default() };
        let mut learnt = Self::default();
        let mut lags = Vec::new();
        for home in setup.core() {
            let members = || setup.population.home(home).members();
            let infected = members().filter_map(|person| cases.outbreak().infection(person));
            let first = infected.map(|line| line.at).filter(|at| *at <= state.now()).min();
            let Some(first) = first else { continue };
            learnt.ever += 1;
            let notice = members().filter_map(|person| cases.confirmed_at(person)).min();
            lags.extend(notice.map(|at| at.since(first)));
        }
        learnt.known = lags.len() as u64;
        lags.sort_unstable();
        learnt.lag = lags.get(lags.len().saturating_sub(1) / 2).copied();
        learnt
    }
}

/// One infection of a home, for its card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Who.
    pub person: PersonId,
    /// When.
    pub at: Minute,
    /// Where it passed.
    pub route: Route,
    /// By whom; none for one from outside.
    pub source: Option<PersonId>,
    /// How many this person infected so far.
    pub passed_on: usize,
}

/// Who of a home was infected by whom, in the order of time, up to the minute of the
/// state. Empty in a story without an outbreak.
pub fn chain(session: &Session, home: HouseholdId) -> Vec<Link> {
    let (setup, state) = (&session.world().0.setup, session.moment().sim());
    let Some(cases) = state.truth().cases() else { return Vec::new() };
    let (log, now) = (cases.outbreak().log(), state.now());
    let mut links: Vec<Link> = setup
        .population
        .home(home)
        .members()
        .filter_map(|person| cases.outbreak().infection(person))
        .filter(|infection| infection.at <= now)
        .map(|infection| Link {
            person: infection.person,
            at: infection.at,
            route: infection.route,
            source: infection.source.and_then(|line| log.get(line as usize)).map(|i| i.person),
            passed_on: passed_on(log, infection, now),
        })
        .collect();
    links.sort_by_key(|link| (link.at, link.person));
    links
}

fn passed_on(log: &[Infection], of: &Infection, now: Minute) -> usize {
    let by = |infection: &&Infection| {
        let source = infection.source.and_then(|line| log.get(line as usize));
        infection.at <= now && source.is_some_and(|source| source.person == of.person)
    };
    log.iter().filter(by).count()
}
