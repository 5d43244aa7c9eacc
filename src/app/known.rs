//! What the office knows of a home, in words.
//!
//! Floor 5. Reads the board's knowledge and, for the debrief alone, the truth; writes
//! nothing. Who lives
//! somewhere is told only once the office has been there. All people are invented.

use std::sync::LazyLock;

use serde::Deserialize;

use super::Live;
use crate::base::ids::HouseholdId;
use crate::base::text::{Bilingual, Lang, plural};
use crate::base::time::Minute;
use crate::scenario::script::Cue;
use crate::session::debrief::{self, Link};
use crate::sim::board::{Clock, Knowledge, reason};
use crate::sim::people::{Person, Sex, Tenure};

/// The words of this room.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "each name says what its words are about; see text.ron")]
pub struct Told {
    pub nobody_asked: Bilingual,
    pub people: Bilingual,
    pub person: Bilingual,
    pub female: Bilingual,
    pub male: Bilingual,
    pub girl: Bilingual,
    pub boy: Bilingual,
    pub settled: Bilingual,
    pub tenant: Bilingual,
    pub known: Bilingual,
    pub away: Bilingual,
    pub whole_away: Bilingual,
    pub returned: Bilingual,
    pub contact: Bilingual,
    pub discharged: Bilingual,
    pub fever: Bilingual,
    pub silent: Bilingual,
    pub emergency: Bilingual,
    pub removed: Bilingual,
    pub check: Bilingual,
    pub contacted: Bilingual,
    pub noted: Bilingual,
    pub short_away: Bilingual,
    pub short_returned: Bilingual,
    pub short_fever: Bilingual,
    pub short_no_fever: Bilingual,
    pub short_moved: Bilingual,
    pub no_watch: Bilingual,
    pub reloaded: Bilingual,
    pub refused: Bilingual,
    pub broken: Bilingual,
    pub source: Bilingual,
    pub infected: Bilingual,
    pub by_family: Bilingual,
    pub by_other: Bilingual,
    pub from_outside: Bilingual,
    pub passed_on: Bilingual,
    pub passed_on_none: Bilingual,
    pub source_kind: Bilingual,
}

/// The words of this room.
pub static TOLD: LazyLock<Told> = LazyLock::new(|| words(include_str!("text.ron")));

/// The words of a room: its `text.ron`, compiled in. That the file has exactly the
/// keys of the structure, in both languages, is checked by a test of each room.
pub fn words<T: serde::de::DeserializeOwned>(file: &'static str) -> T {
    match ron::from_str(file) {
        Ok(words) => words,
        // Compiled in: a mistake here never leaves the workshop.
        Err(error) => panic!("the words of a room are not well formed: {error}"),
    }
}

/// A text with its slots filled, `{n}` and such; a value is made for each language.
pub fn fill(text: &Bilingual, slots: &[(&str, &dyn Fn(Lang) -> String)]) -> Bilingual {
    let one = |lang: Lang| {
        slots.iter().fold(text.get(lang).to_owned(), |out, (name, value)| {
            out.replace(&format!("{{{name}}}"), &value(lang))
        })
    };
    Bilingual::new(one(Lang::Zh), one(Lang::En))
}

/// A minute as people write it: `1月28日 18:05`, `28 January, 18:05`.
pub fn when(live: &Live, at: Minute, lang: Lang) -> String {
    let date = live.story().calendar.day_and_month(at.day(), lang);
    let clock = at.clock();
    match lang {
        Lang::Zh => format!("{date} {:02}:{:02}", clock / 60, clock % 60),
        Lang::En => format!("{date}, {:02}:{:02}", clock / 60, clock % 60),
    }
}

/// What the office knows of a home.
pub fn knowledge(live: &Live, home: HouseholdId) -> Option<&Knowledge> {
    live.sim().board().get(home.index())
}

/// Why a home has its colour, in one sentence that names the event.
pub fn why(live: &Live, home: HouseholdId) -> Bilingual {
    let Some(known) = knowledge(live, home) else { return Bilingual::default() };
    let reason = reason(known, live.now(), &live.setup().params.observation);
    let zh = reason.sentence(|at| when(live, at, Lang::Zh)).zh;
    let en = reason.sentence(|at| when(live, at, Lang::En)).en;
    Bilingual { zh, en }
}

/// Where something that is said comes from.
pub fn source(cue: &Cue) -> Bilingual {
    let kind = cue.origin.label();
    if cue.source == Bilingual::default() {
        return fill(&TOLD.source_kind, &[("kind", &|lang| kind.get(lang).to_owned())]);
    }
    fill(
        &TOLD.source,
        &[
            ("kind", &|lang| kind.get(lang).to_owned()),
            ("source", &|lang| cue.source.get(lang).to_owned()),
        ],
    )
}

/// Where a home is: its compound and number.
pub fn place(live: &Live, home: HouseholdId) -> Bilingual {
    let place = &live.setup().place;
    let unit = place.dwellings[home.index()].unit;
    let compound = &place.compound(place.compound_of(home)).name;
    Bilingual::new(format!("{} {unit}号", compound.zh), format!("{} {unit}", compound.en))
}

/// Who lives there, once the office has been there.
pub fn people(live: &Live, home: HouseholdId) -> Bilingual {
    let Some(known) = knowledge(live, home).filter(|k| k.known.is_some()) else {
        return TOLD.nobody_asked.clone();
    };
    let population = &live.setup().population;
    let facts = population.home(home);
    let members: Vec<&Person> = facts.members().map(|p| population.person(p)).collect();
    let n = members.len() as u64;
    let count = fill(
        &TOLD.people,
        &[("n", &|_| n.to_string()), ("people", &|_| plural(n, "person", "people").to_owned())],
    );
    let tenure =
        if known.tenant || facts.tenure == Tenure::Tenant { &TOLD.tenant } else { &TOLD.settled };
    let each = |lang: Lang| {
        let words: Vec<String> = members.iter().map(|p| person(p).get(lang).to_owned()).collect();
        let list = words.join(match lang {
            Lang::Zh => "；",
            Lang::En => "; ",
        });
        match lang {
            Lang::Zh => format!("{}，{}：{list}。", tenure.zh, count.zh),
            Lang::En => format!("{}, {}: {list}.", capital(&tenure.en), count.en),
        }
    };
    Bilingual::new(each(Lang::Zh), each(Lang::En))
}

/// A sentence's beginning: the first letter large.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

const GROWN: u8 = 18;

fn person(person: &Person) -> Bilingual {
    let sex = match (person.sex, person.age < GROWN) {
        (Sex::Female, false) => &TOLD.female,
        (Sex::Male, false) => &TOLD.male,
        (Sex::Female, true) => &TOLD.girl,
        (Sex::Male, true) => &TOLD.boy,
    };
    fill(
        &TOLD.person,
        &[("sex", &|lang| sex.get(lang).to_owned()), ("age", &|_| person.age.to_string())],
    )
}

/// Who of a home was infected by whom, for the debrief: the minute and a sentence.
/// What the office knows is not asked here.
pub fn infections(live: &Live, home: HouseholdId) -> Vec<(Minute, Bilingual)> {
    let population = &live.setup().population;
    let told = |link: &Link| {
        let who = person(population.person(link.person));
        let from = match link.source {
            None => TOLD.from_outside.clone(),
            Some(source) => {
                let other = population.person(source);
                let (who, at) = (person(other), place(live, other.household));
                let text = if other.household == home { &TOLD.by_family } else { &TOLD.by_other };
                let route = link.route.label();
                fill(
                    text,
                    &[
                        ("who", &|lang| who.get(lang).to_owned()),
                        ("place", &|lang| at.get(lang).to_owned()),
                        ("route", &|lang| route.get(lang).to_owned()),
                    ],
                )
            }
        };
        let n = link.passed_on as u64;
        let on = if n == 0 { &TOLD.passed_on_none } else { &TOLD.passed_on };
        let on = fill(
            on,
            &[("n", &|_| n.to_string()), ("people", &|_| plural(n, "person", "people").to_owned())],
        );
        fill(
            &TOLD.infected,
            &[
                ("who", &|lang| capital(who.get(lang))),
                ("from", &|lang| from.get(lang).to_owned()),
                ("on", &|lang| on.get(lang).to_owned()),
            ],
        )
    };
    debrief::chain(live.session(), home).iter().map(|link| (link.at, told(link))).collect()
}

/// What the office wrote down about a home, the latest first.
pub fn history(live: &Live, home: HouseholdId) -> Vec<(Minute, Bilingual)> {
    let Some(known) = knowledge(live, home) else { return Vec::new() };
    let mut lines: Vec<(Minute, Bilingual)> = Vec::new();
    let mut add = |at: Option<Minute>, text: Bilingual| lines.extend(at.map(|at| (at, text)));
    add(known.known.map(|f| f.at), TOLD.known.clone());
    let n = known.away_members;
    let away = if known.whole_away {
        TOLD.whole_away.clone()
    } else {
        fill(&TOLD.away, &[("n", &|_| n.to_string())])
    };
    add(known.away.map(|f| f.at), away);
    let until = |text: &Bilingual, clock: Clock| {
        fill(text, &[("until", &|lang| when(live, clock.until, lang))])
    };
    for (clock, text) in [
        (known.returned, &TOLD.returned),
        (known.contact, &TOLD.contact),
        (known.discharged, &TOLD.discharged),
    ] {
        if let Some(clock) = clock {
            add(Some(clock.since.at), until(text, clock));
        }
    }
    add(known.fever.map(|f| f.at), TOLD.fever.clone());
    add(known.silent.map(|f| f.at), TOLD.silent.clone());
    add(known.emergency.map(|f| f.at), TOLD.emergency.clone());
    add(known.removed.map(|f| f.at), TOLD.removed.clone());
    let first = known.known.map(|f| f.at);
    if known.last_check == known.last_contact {
        add(known.last_check.filter(|at| Some(*at) != first), TOLD.check.clone());
    } else {
        add(known.last_check, TOLD.check.clone());
        add(known.last_contact.filter(|at| Some(*at) != first), TOLD.contacted.clone());
    }
    for note in live.sim().work().notes.iter().filter(|note| note.household == home) {
        add(Some(note.at), fill(&TOLD.noted, &[("text", &|_| note.text.clone())]));
    }
    // Of one minute, the event before what it started.
    lines.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
    lines
}

/// The few words that stand in a square: tenant, away, returned, fever or not.
pub fn jotted(live: &Live, home: HouseholdId) -> Option<Bilingual> {
    let known = knowledge(live, home).filter(|k| k.known.is_some())?;
    let mut lines: Vec<Bilingual> = Vec::new();
    if known.removed.is_some() {
        lines.push(TOLD.short_moved.clone());
    }
    if known.tenant {
        lines.push(TOLD.tenant.clone());
    }
    if known.away.is_some() {
        let n = known.away_members;
        lines.push(fill(&TOLD.short_away, &[("n", &|_| n.to_string())]));
    }
    if let Some(back) = known.returned {
        let date = live.story().calendar.short_date(back.since.at.day());
        lines.push(fill(&TOLD.short_returned, &[("date", &|_| date.clone())]));
    }
    let fever = if known.fever.is_some() { &TOLD.short_fever } else { &TOLD.short_no_fever };
    lines.push(fever.clone());
    let join = |lang: Lang| lines.iter().map(|l| l.get(lang)).collect::<Vec<_>>().join("\n");
    Some(Bilingual::new(join(Lang::Zh), join(Lang::En)))
}
