//! Who plays a part: chosen by a keyed draw among the invented people.
//!
//! Floor 2. Reads the population; writes the draft's cast. The same seed chooses
//! the same person, and a wish that nobody fulfils is an error, not a stand-in.

use super::compile::items;
use super::draft::Draft;
use super::raw::{RawCast, RawPick};
use super::read::Fields;
use super::script::CastMember;
use crate::base::ids::PersonId;
use crate::sim::draw::{Purpose, draw};
use crate::sim::people::{Marks, Person, Population, Tenure};
use crate::sim::place::{CompoundKind, Place};

const MEMBERS: usize = 64;

/// Reads the cast and chooses its people.
pub(super) fn read(draft: &mut Draft, fields: &Fields, seed: u64) {
    let nodes = items(draft.reader, fields, "cast");
    if nodes.len() > MEMBERS {
        draft.error(
            "cast",
            format!("角色最多{MEMBERS}个"),
            format!("at most {MEMBERS} cast members"),
        );
        return;
    }
    let mut raws = Vec::new();
    for (i, node) in nodes.into_iter().enumerate() {
        let raw = draft.reader.parse::<RawCast>(node);
        // The name counts as known even if the rest is wrong: one error, not two.
        let name = draft.reader.locate(&format!("cast[{i}].name")).and_then(|n| {
            let text = draft.reader.text(n);
            text.strip_prefix('"').and_then(|t| t.strip_suffix('"')).map(str::to_owned)
        });
        if let Some(name) = name {
            if draft.cast_names.contains(&name) {
                draft.error(
                    &format!("cast[{i}].name"),
                    format!("角色“{name}”用了两次"),
                    format!("`{name}` is used twice"),
                );
            }
            draft.cast_names.push(name);
        }
        raws.extend(raw.map(|raw| (i, raw)));
    }
    for (i, raw) in raws {
        choose(draft, i, raw, seed);
    }
}

fn choose(draft: &mut Draft, index: usize, raw: RawCast, seed: u64) {
    let path = format!("cast[{index}]");
    draft.source(&path, raw.origin, raw.source.as_deref());
    let person = match (&raw.home, &raw.pick) {
        (Some(home), None) => {
            let home = draft.home(&format!("{path}.home"), home);
            home.and_then(|h| draft.population.as_ref().map(|p| p.home(h).first))
        }
        (None, Some(pick)) => pick_person(draft, &path, index, pick, seed),
        _ => {
            draft.error(&path, "写 home 或 pick，二者选一", "give either home or pick");
            None
        }
    };
    let (Some(person), Some(population)) = (person, draft.population.clone()) else { return };
    let household = population.person(person).household;
    draft.cast.push(CastMember { name: raw.name, person, household, origin: raw.origin });
}

fn pick_person(
    draft: &mut Draft,
    path: &str,
    index: usize,
    pick: &RawPick,
    seed: u64,
) -> Option<PersonId> {
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
