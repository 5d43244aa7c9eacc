//! What a day amounted to: counted from events, and from the board at its end.
//!
//! Floor 1. Hears events; reads the state when stock is taken; owns
//! [`DayCounts`]. No number here is a score, and none stands for all.

use serde::{Deserialize, Serialize};

use crate::base::ids::{CompoundId, PersonId};
use crate::base::text::Bilingual;
use crate::base::time::{DAY_MINUTES, Day, Minute};
use crate::sim::board::colour::{colour_without_clock, is_stale_if};
use crate::sim::board::{Told, colour};
use crate::sim::event::{Happening, SimEvent};
use crate::sim::state::{Setup, SimState};
use crate::sim::truth::{Body, Whereabouts};
use crate::sim::work::{Measure, Site, TaskKind, WorkerKind, gates};

const PERMILLE: u64 = 1000;

macro_rules! counts {
    ($( #[doc = $doc:literal] $name:ident, $unit:literal, $zh:literal; )*) => {
        /// The figures of one day.
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
        pub struct DayCounts {
            /// Which day.
            pub day: Day,
            $( #[doc = $doc] #[doc = concat!("\n\nUnit: ", $unit, ".")] pub $name: u64, )*
        }

        /// What one figure is.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct CountCard {
            /// Its name in files.
            pub name: &'static str,
            /// Its unit.
            pub unit: &'static str,
            /// What it counts.
            pub label: Bilingual,
        }

        impl DayCounts {
            /// Every figure's card, in order.
            pub const CARDS: &'static [CardParts] = &[ $( (stringify!($name), $unit, $zh, $doc), )* ];

            /// A day with nothing counted yet.
            pub const fn new(day: Day) -> Self {
                Self { day, $( $name: 0, )* }
            }

            /// Every figure, in the order of the cards.
            pub fn values(&self) -> Vec<u64> {
                vec![ $( self.$name, )* ]
            }

            /// A figure by name.
            pub fn get(&self, name: &str) -> Option<u64> {
                match name { $( stringify!($name) => Some(self.$name), )* _ => None }
            }
        }

        /// Figures that came later are sums of what is hashed elsewhere and stay out of
        /// it, so that older stories keep their hash, and their saves can be proved.
        impl std::hash::Hash for DayCounts {
            fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
                self.day.hash(state);
                $( if !LATER.contains(&stringify!($name)) { self.$name.hash(state); } )*
            }
        }
    };
}

/// Name, unit, Chinese and English label.
pub type CardParts = (&'static str, &'static str, &'static str, &'static str);

counts! {
    /// homes not yet known
    unknown, "home", "尚未了解";
    /// green homes
    green, "home", "绿";
    /// orange homes
    orange, "home", "橘";
    /// red homes
    red, "home", "红";
    /// homes whose information is old
    stale, "home", "信息陈旧";
    /// homes in observation
    observed, "home", "观察户";
    /// survey attempts
    survey_doors, "door", "入户次数";
    /// doors that stayed shut
    doors_closed, "door", "未开门次数";
    /// calls made
    calls, "call", "通话次数";
    /// calls nobody answered
    calls_unanswered, "call", "无人接听";
    /// visits to a silent home
    door_visits, "visit", "上门查看";
    /// falls, hidden until found
    falls, "fall", "跌倒";
    /// elders lying on the floor who were found
    found, "person", "被发现";
    /// minutes those waited, together
    waited_minutes, "min", "等待时间合计";
    /// elders helped by workers
    helped, "person", "得到救助";
    /// people who came back
    came_back, "person", "返京";
    /// people written down on return
    registered, "person", "登记返京";
    /// people back whom the office does not know of
    unregistered, "person", "返京未登记";
    /// people with a fever, in truth
    fevers_true, "person", "实际发热";
    /// homes with an open fever on the books
    fevers_known, "home", "在册发热";
    /// guests written down
    guests, "guest", "登记访客";
    /// checks of homes in observation
    checks, "call", "询问次数";
    /// deliveries made
    deliveries, "delivery", "送物";
    /// deliveries that did not come
    deliveries_missed, "delivery", "漏送";
    /// bags of rubbish taken along
    rubbish, "bag", "代收垃圾";
    /// minutes that staffed mouths stood empty
    duty_uncovered, "min", "卡口无人时间";
    /// worker-minutes available
    minutes_available, "min", "可用工时";
    /// worker-minutes used
    minutes_used, "min", "已用工时";
    /// of them on visits and help
    minutes_help, "min", "救助工时";
    /// of them on fevers
    minutes_fever, "min", "发热处置工时";
    /// of them at lane mouths
    minutes_gates, "min", "值守工时";
    /// of them on calls
    minutes_calls, "min", "电话工时";
    /// of them on checks
    minutes_checks, "min", "询问工时";
    /// of them on the survey
    minutes_survey, "min", "摸排工时";
    /// of them on deliveries
    minutes_deliveries, "min", "送物工时";
    /// tasks that waited at the end of the day
    overdue, "task", "未完成";
    /// residents who have joined
    volunteers, "person", "志愿者";
    /// volunteers on duty
    volunteers_on_duty, "person", "当班志愿者";
    /// mean trust
    trust, "permille", "平均信任";
    /// elders on the list without any contact that day
    lonely, "home", "当日无联系老人";
    /// longest time without contact among them
    longest_silence, "day", "最长无联系天数";
    /// errands outside
    errands, "errand", "外出次数";
    /// metres that sealed mouths added to them
    extra_walking, "m", "多走路程";
    /// infections that day, in truth
    infections, "person", "当日感染";
    /// of them from outside
    imported, "person", "其中输入";
    /// people who can pass it on, in truth
    infectious, "person", "有传染性";
    /// cases confirmed that day
    confirmed, "person", "当日确诊";
    /// people in hospital
    in_hospital, "person", "住院";
    /// people kept in: in observation, or behind a closed gate
    confined_days, "person-day", "不能外出人天";
}

/// Figures that came after the first saves.
const LATER: [&str; 6] =
    ["infections", "imported", "infectious", "confirmed", "in_hospital", "confined_days"];

/// Where people are, counted.
#[derive(Debug, Clone, Copy, Default)]
struct Presence {
    home: u64,
    away: u64,
    hospital: u64,
    central: u64,
    fevers: u64,
    unreported: u64,
}

impl Presence {
    fn count(&mut self, body: &Body, now: Minute) {
        let is = |place| u64::from(body.place == place);
        self.home += is(Whereabouts::Home);
        self.away += is(Whereabouts::Away);
        self.hospital += is(Whereabouts::Hospital);
        self.central += is(Whereabouts::Central);
        self.fevers += u64::from(body.has_fever(now) && body.place != Whereabouts::Away);
        self.unreported += u64::from(body.unreported);
    }
}

/// The way of a compound to the world.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    /// No mouth was ever in reach.
    None,
    /// Every mouth in reach is sealed.
    Sealed,
    /// Sealed mouths add so many metres to an errand.
    Longer(u32),
}

impl Way {
    fn of(setup: &Setup, state: &SimState, compound: CompoundId) -> Self {
        match gates::detour(setup, state, compound) {
            Some(more) => Self::Longer(more),
            None if setup.place.exits[compound.index()].is_empty() => Self::None,
            None => Self::Sealed,
        }
    }
}

impl DayCounts {
    /// A figure's name, unit and label.
    pub fn cards() -> impl Iterator<Item = CountCard> {
        Self::CARDS.iter().map(|&(name, unit, zh, en)| CountCard {
            name,
            unit,
            label: Bilingual::fixed(zh, en.trim_ascii()),
        })
    }

    /// Hears one event.
    pub(crate) fn hear(&mut self, event: &SimEvent) {
        match event.what {
            Happening::Learnt { told: Told::Returned { members, .. }, .. } => {
                self.registered += u64::from(members);
            }
            Happening::Learnt { told: Told::GuestRecorded { .. }, .. } => self.guests += 1,
            Happening::Learnt { told: Told::Confirmed, .. } => self.confirmed += 1,
            Happening::DoorClosed { .. } => self.doors_closed += 1,
            Happening::CallMade { answered, .. } => {
                self.calls += 1;
                self.calls_unanswered += u64::from(!answered);
            }
            Happening::CameBack { .. } => self.came_back += 1,
            Happening::Fell { .. } => self.falls += 1,
            Happening::Found { waited, .. } => {
                self.found += 1;
                self.waited_minutes += u64::from(waited);
            }
            Happening::Helped { .. } => self.helped += 1,
            Happening::Delivered { rubbish, .. } => {
                self.deliveries += 1;
                self.rubbish += u64::from(rubbish);
            }
            Happening::DeliveryMissed { .. } => self.deliveries_missed += 1,
            Happening::DutyUncovered { minutes } => self.duty_uncovered += u64::from(minutes),
            Happening::Worked { task, minutes, .. } => self.worked(task, u64::from(minutes)),
            _ => {}
        }
    }

    fn worked(&mut self, task: TaskKind, minutes: u64) {
        self.minutes_used += minutes;
        let (spent, times) = match task {
            TaskKind::Help => (&mut self.minutes_help, Some(&mut self.door_visits)),
            TaskKind::Fever => (&mut self.minutes_fever, None),
            TaskKind::Gate => (&mut self.minutes_gates, None),
            TaskKind::Calls => (&mut self.minutes_calls, None),
            TaskKind::Checks => (&mut self.minutes_checks, Some(&mut self.checks)),
            TaskKind::Survey => (&mut self.minutes_survey, Some(&mut self.survey_doors)),
            TaskKind::Deliveries => (&mut self.minutes_deliveries, None),
        };
        *spent += minutes;
        if let Some(times) = times {
            *times += 1;
        }
    }

    /// Takes stock of the board, the force and the homes as they stand.
    pub(crate) fn take_stock(&mut self, setup: &Setup, state: &SimState) {
        let seen = self.seen_at(state.now);
        self.count_homes(setup, state, seen);
        self.count_force(setup, state, seen);
        self.count_illness(state, seen);
    }

    /// One figure as it stands, without taking stock of the rest; 0 for a name
    /// that is none.
    pub(crate) fn figure(&self, setup: &Setup, state: &SimState, name: &str) -> u64 {
        let mut counts = Self::new(self.day);
        let seen = self.seen_at(state.now);
        match name {
            // Stories ask for these each quarter of an hour.
            "unknown" => return u64::from(state.unknown),
            "volunteers" => return state.work.joined.len() as u64,
            "trust" => return u64::from(state.truth.mean_trust(setup.core_homes)),
            "green" | "orange" | "red" | "stale" | "observed" | "fevers_known" | "lonely"
            | "longest_silence" | "fevers_true" | "unregistered" | "errands" | "extra_walking"
            | "in_hospital" | "confined_days" => counts.count_homes(setup, state, seen),
            "infections" | "imported" | "infectious" => counts.count_illness(state, seen),
            "minutes_available" | "volunteers_on_duty" | "overdue" => {
                counts.count_force(setup, state, seen);
            }
            _ => return self.get(name).unwrap_or(0),
        }
        counts.get(name).unwrap_or(0)
    }

    /// At midnight the day that closes is seen from its last minute.
    fn seen_at(&self, now: Minute) -> Minute {
        if now.day() == self.day { now } else { Minute(self.day.end().0 - 1) }
    }

    /// What is true of the outbreak: lines of its log.
    fn count_illness(&mut self, state: &SimState, now: Minute) {
        let Some(cases) = state.truth.cases() else { return };
        self.infections = cases.lines_of(self.day).count() as u64;
        self.imported = cases.lines_of(self.day).filter(|i| i.source.is_none()).count() as u64;
        self.infectious = cases.infectious(now);
    }

    /// Everything that is counted by going from home to home: a study does this at each
    /// of its midnights.
    fn count_homes(&mut self, setup: &Setup, state: &SimState, now: Minute) {
        self.count_board(setup, state, now);
        let (place, population) = (&setup.place, &setup.population);
        let ids = (0..place.compounds.len()).map(CompoundId::from_index);
        let ways: Vec<Way> = ids.map(|id| Way::of(setup, state, id)).collect();
        // People at home who are kept in; homes with somebody in Beijing, and the metres
        // that sealed mouths add to an errand of each. First as if everybody were at home
        // and well, then those of whom it may not be so.
        let (mut kept_in, mut present, mut metres) = (0, 0, 0);
        for (compound, way) in place.compounds.iter().zip(&ways) {
            let end = compound.first.0 + compound.homes;
            let [first, end] = [compound.first.0, end].map(|home| home.min(setup.core_homes));
            let homes = u64::from(end - first);
            match *way {
                Way::None => {}
                Way::Sealed => {
                    let [first, end] = [first, end].map(|home| population.people_before(home));
                    kept_in += u64::from(end - first);
                }
                Way::Longer(more) => {
                    present += homes;
                    metres += homes * u64::from(more);
                }
            }
        }
        let bodies = &state.truth.bodies;
        let people = setup.core_people();
        let mut there = Presence { home: u64::from(people), ..Presence::default() };
        let household = |person: &PersonId| population.person(*person).household;
        let touched: Vec<PersonId> = bodies.touched(people).collect();
        for members in touched.chunk_by(|a, b| household(a) == household(b)) {
            let home = household(&members[0]);
            let before = there;
            for person in members {
                there.home -= 1;
                there.count(&bodies[person.index()], now);
            }
            let empty = there.away - before.away == u64::from(population.home(home).size);
            match ways[place.compound_of(home).index()] {
                Way::Sealed => kept_in -= before.home - there.home,
                Way::Longer(more) if empty => {
                    present -= 1;
                    metres -= u64::from(more);
                }
                _ => {}
            }
        }
        for home in state.board.open(setup.core_homes) {
            let way = ways[place.compound_of(home).index()];
            let fresh = setup.params.observation.fresh;
            if way != Way::Sealed && state.board[home.index()].is_watched(now, fresh) {
                let mut watched = Presence::default();
                for person in population.home(home).members() {
                    watched.count(&bodies[person.index()], now);
                }
                kept_in += watched.home;
            }
        }
        (self.fevers_true, self.unregistered) = (there.fevers, there.unreported);
        self.in_hospital = there.hospital;
        (self.lonely, self.longest_silence) = (0, 0);
        for &home in &setup.alone {
            let elder = population.home(home).first;
            if bodies[elder.index()].place == Whereabouts::Home {
                self.count_silence(state.board[home.index()].last_contact, setup.starts, now);
            }
        }
        // A home makes `gates.errands` permille of an errand a day while somebody is there.
        let rate = u64::from(setup.params.gates.errands);
        self.errands = present * rate / PERMILLE;
        self.extra_walking = metres * rate / PERMILLE;
        // Who may not go out: in observation at home or at the central site, under a
        // closure as far as it reaches, or where every mouth is sealed.
        let closure = u64::from(state.work.strength(Measure::Closure));
        let free = there.home - kept_in;
        self.confined_days = kept_in + there.central + free * closure / PERMILLE;
    }

    /// What the board shows: what is the same until something is learnt, and then the
    /// homes where a clock may tell otherwise.
    fn count_board(&mut self, setup: &Setup, state: &SimState, now: Minute) {
        let rules = &setup.params.observation;
        let mut colours = state.board.calm(setup.core_homes);
        self.stale = state.board.silent(setup.core_homes, now, rules.stale);
        (self.observed, self.fevers_known) = (0, 0);
        for home in state.board.open(setup.core_homes) {
            let known = &state.board[home.index()];
            let watched = known.is_watched(now, rules.fresh);
            colours[colour_without_clock(known) as usize] -= 1;
            colours[colour(known, now, rules) as usize] += 1;
            self.stale += u64::from(is_stale_if(known, watched, now, rules));
            self.stale -= u64::from(is_stale_if(known, false, now, rules));
            self.observed += u64::from(watched);
            self.fevers_known += u64::from(known.fever.is_some());
        }
        [self.unknown, self.green, self.orange, self.red] = colours;
    }

    /// An elder on the list: how long nobody has heard from this home.
    fn count_silence(&mut self, last: Option<Minute>, starts: Minute, now: Minute) {
        let days = u64::from(now.since(last.unwrap_or(starts)) / DAY_MINUTES);
        let silent = days > 0 || last.is_none_or(|contact| contact.day() != now.day());
        self.lonely += u64::from(silent);
        self.longest_silence = self.longest_silence.max(days);
    }

    fn count_force(&mut self, setup: &Setup, state: &SimState, now: Minute) {
        let work = &state.work;
        self.minutes_available = work.workers.iter().map(|w| u64::from(w.offered)).sum();
        self.volunteers = work.joined.len() as u64;
        let on_duty = |w: &&crate::sim::work::Worker| w.kind != WorkerKind::Staff && w.offered > 0;
        self.volunteers_on_duty = work.workers.iter().filter(on_duty).count() as u64;
        let waits =
            |t: &&crate::sim::work::Task| !matches!(t.site, Site::Mouth(_, ends) if ends <= now);
        let waiting: usize = work.queues.iter().map(|q| q.iter().filter(waits).count()).sum();
        self.overdue = waiting as u64 + u64::from(work.survey.open());
        self.trust = u64::from(state.truth.mean_trust(setup.core_homes));
    }
}
