//! Who plays a part: chosen by a keyed draw among the invented people.
//!
//! Floor 2. Reads the population; writes the draft's cast. The same seed chooses
//! the same person, and a wish that nobody fulfils is an error, not a stand-in.

use std::str::FromStr;

use super::draft::Draft;
use super::piece::{Listed, listed};
use super::raw::{RawCast, RawPick};
use super::read::Fields;
use super::script::CastMember;
use crate::base::ids::{HouseholdId, PersonId};
use crate::sim::card::Origin;
use crate::sim::draw::{Purpose, draw};
use crate::sim::people::{Marks, Person, Population, Tenure};
use crate::sim::place::{CompoundKind, Place};

const MEMBERS: usize = 64;

/// Reads the cast and chooses its people.
pub(super) fn read(draft: &mut Draft, fields: &Fields, seed: u64) {
    let raws: Listed<RawCast> = listed(draft.reader, fields, "cast");
    if !draft.count("cast", raws.written, MEMBERS, "角色", "cast members") {
        return;
    }
    for (i, raw) in &raws.items {
        // The name counts as known even if the rest is wrong: one error, not two.
        let Some(name) = &raw.name else { continue };
        let taken = draft.cast_names.contains(name);
        let path = format!("cast[{i}].name");
        draft.name(&path, name, taken);
        if HouseholdId::from_str(name).is_ok() || PersonId::from_str(name).is_ok() {
            draft.error(
                &path,
                format!("“{name}”是编号的写法，不能当角色的名字"),
                format!("`{name}` is written like an id and cannot name a cast member"),
                "换一个名字，例如“grandma”",
                "choose another name, such as \"grandma\"",
            );
        }
        draft.cast_names.push(name.clone());
    }
    for (i, raw) in raws.items {
        choose(draft, i, raw, seed);
    }
}

fn choose(draft: &mut Draft, index: usize, raw: RawCast, seed: u64) {
    let path = format!("cast[{index}]");
    draft.source(&path, raw.origin, raw.source.as_deref());
    let person = match (&raw.home, &raw.pick) {
        (Some(home), None) => {
            let home = draft.cast_home(&format!("{path}.home"), home);
            home.and_then(|h| draft.population.as_ref().map(|p| p.home(h).first))
        }
        (None, Some(pick)) => pick_person(draft, &path, index, pick, seed),
        _ if draft.has(&path, "home") != draft.has(&path, "pick") => None,
        _ => {
            draft.error(
                &path,
                "角色须由 home 或 pick 指定",
                "a cast member is given by home or by pick",
                "写 home: \"H0001\"，或者 pick: (…)，二者选一",
                "give either home: \"H0001\" or pick: (…)",
            );
            None
        }
    };
    let (Some(name), Some(person), Some(population)) = (raw.name, person, &draft.population) else {
        return;
    };
    let household = population.person(person).household;
    let origin = raw.origin.unwrap_or(Origin::Invented);
    draft.cast.push(CastMember { name, person, household, origin });
}

fn pick_person(
    draft: &mut Draft,
    path: &str,
    index: usize,
    pick: &RawPick,
    seed: u64,
) -> Option<PersonId> {
    if let (Some(least), Some(most)) = (pick.age_at_least, pick.age_at_most)
        && least > most
    {
        draft.error(
            &format!("{path}.pick.age_at_most"),
            format!("最大{most}岁，最小却是{least}岁，没有这样的人"),
            format!("at most {most} years but at least {least}: nobody can be both"),
            "两个年龄可能写反了",
            "the two ages may have been swapped",
        );
        return None;
    }
    let (population, place) = (draft.population.clone()?, draft.place.clone()?);
    let taken: Vec<PersonId> = draft.cast.iter().map(|m| m.person).collect();
    let chosen = population
        .people
        .iter()
        .enumerate()
        .map(|(i, person)| (PersonId::from_index(i), person))
        .filter(|(id, person)| !taken.contains(id) && fits(pick, *id, person, &population, &place))
        .min_by_key(|(id, _)| (draw(seed, Purpose::Cast, index as u32, id.0, 0).0[0], *id));
    if chosen.is_none() {
        draft.error(
            &format!("{path}.pick"),
            "居民中没有符合条件的人",
            "nobody among the residents fits this",
            "放宽条件，例如去掉一项，或者放宽年龄",
            "ask for less: leave out a condition or widen the ages",
        );
    }
    chosen.map(|(id, _)| id)
}

fn fits(
    pick: &RawPick,
    id: PersonId,
    person: &Person,
    population: &Population,
    place: &Place,
) -> bool {
    let home = population.home(person.household);
    let wish = |want: Option<bool>, is: bool| want.is_none_or(|w| w == is);
    let building =
        place.compound(place.compound_of(person.household)).kind == CompoundKind::Building;
    pick.age_at_least.is_none_or(|a| person.age >= a)
        && pick.age_at_most.is_none_or(|a| person.age <= a)
        && wish(pick.alone, home.marks.has(Marks::LIVES_ALONE))
        && wish(pick.travels, population.trips.binary_search_by_key(&id, |t| t.person).is_ok())
        && wish(pick.tenant, home.tenure == Tenure::Tenant)
        && wish(pick.surgeon, person.surgeon)
        && wish(pick.willing, person.willing)
        && wish(pick.building, building)
}
