//! Names and numbers of a scene, looked up in its cast, its place and its figures.
//!
//! Floor 2. Reads the draft's place, population and cast; writes problems into it.

use std::str::FromStr;

use super::draft::Draft;
use super::names::{listed, nearest};
use super::raw::RawCondition;
use super::script::Condition;
use crate::base::ids::{CompoundId, HouseholdId, MouthId, PersonId, WayId};
use crate::sim::counts::DayCounts;
use crate::sim::event::EventKind;
use crate::sim::place::Place;

/// Kinds of events that are about no home.
const HOMELESS: [EventKind; 6] = [
    EventKind::DayBegan,
    EventKind::RoundDone,
    EventKind::Joined,
    EventKind::DutyUncovered,
    EventKind::MouthChanged,
    EventKind::MeasureChanged,
];

impl Draft<'_> {
    /// A home by id: the cast itself is being read.
    pub fn cast_home(&mut self, path: &str, text: &str) -> Option<HouseholdId> {
        self.id(path, text, Place::household_count, "住户", "home")
    }

    /// A home, by id or as the home of a cast member.
    pub fn home(&mut self, path: &str, text: &str) -> Option<HouseholdId> {
        if let Some(member) = self.cast.iter().find(|m| m.name == text) {
            return Some(member.household);
        }
        if self.cast_names.iter().any(|n| n == text) {
            return None;
        }
        match HouseholdId::from_str(text) {
            Ok(home) => self.within(path, home, Place::household_count, "住户", "home"),
            Err(_) => self.nobody(path, text, ("角色或住户", "H0001"), "cast member or home"),
        }
    }

    /// A person, by id or by a name of the cast.
    pub fn person(&mut self, path: &str, text: &str) -> Option<PersonId> {
        if let Some(member) = self.cast.iter().find(|m| m.name == text) {
            return Some(member.person);
        }
        if self.cast_names.iter().any(|n| n == text) {
            return None;
        }
        let Ok(person) = PersonId::from_str(text) else {
            return self.nobody(path, text, ("角色或居民", "P00001"), "cast member or person");
        };
        let count = self.population.as_ref().map_or(usize::MAX, |p| p.people.len());
        if person.index() >= count {
            let last = PersonId::from_index(count.saturating_sub(1));
            self.error(
                path,
                format!("没有编号为{text}的居民"),
                format!("there is no person {text}"),
                format!("编号从P00001到{last}"),
                format!("ids run from P00001 to {last}"),
            );
            return None;
        }
        Some(person)
    }

    /// A name that is in no cast and no id either.
    fn nobody<T>(
        &mut self,
        path: &str,
        text: &str,
        (zh, example): (&str, &str),
        en: &str,
    ) -> Option<T> {
        let near = nearest(text, self.cast_names.iter().map(String::as_str));
        let (hint_zh, hint_en) = match near {
            Some(near) => (format!("是不是“{near}”？"), format!("did you mean `{near}`?")),
            None if self.cast_names.is_empty() => (
                format!("这个剧本没有角色；写“{example}”这样的编号，或者先写 cast"),
                format!("this scene has no cast; give an id such as \"{example}\""),
            ),
            None => {
                let names: Vec<&str> = self.cast_names.iter().map(String::as_str).collect();
                let (zh, en) = listed(&names);
                (
                    format!("角色有{zh}；也可以写“{example}”这样的编号"),
                    format!("the cast has {en}; an id such as \"{example}\" will do too"),
                )
            }
        };
        self.error(
            path,
            format!("没有名为“{text}”的{zh}"),
            format!("there is no {en} named `{text}`"),
            hint_zh,
            hint_en,
        );
        None
    }

    /// A lane mouth by id.
    pub fn mouth(&mut self, path: &str, text: &str) -> Option<MouthId> {
        self.id(path, text, |place| place.mouths.len(), "胡同口", "lane mouth")
    }

    /// A way by id.
    pub fn lane(&mut self, path: &str, text: &str) -> Option<WayId> {
        self.id(path, text, |place| place.ways.len(), "胡同", "lane")
    }

    /// A compound by id.
    pub fn compound(&mut self, path: &str, text: &str) -> Option<CompoundId> {
        self.id(path, text, |place| place.compounds.len(), "院落", "compound")
    }

    fn id<T: Id>(
        &mut self,
        path: &str,
        text: &str,
        count: fn(&Place) -> usize,
        zh: &str,
        en: &str,
    ) -> Option<T> {
        if let Ok(id) = T::from_str(text) {
            return self.within(path, id, count, zh, en);
        }
        let example = T::from_index(0);
        self.error(
            path,
            format!("“{text}”不是{zh}的编号"),
            format!("`{text}` is not the id of a {en}"),
            format!("写成“{example}”"),
            format!("write it like \"{example}\""),
        );
        None
    }

    fn within<T: Id>(
        &mut self,
        path: &str,
        id: T,
        count: fn(&Place) -> usize,
        zh: &str,
        en: &str,
    ) -> Option<T> {
        let Some(place) = &self.place else { return Some(id) };
        let count = count(place);
        if id.to_index() < count {
            return Some(id);
        }
        let last = T::from_index(count.saturating_sub(1));
        self.error(
            path,
            format!("没有编号为{id}的{zh}"),
            format!("there is no {en} {id}"),
            format!("编号从{}到{last}", T::from_index(0)),
            format!("ids run from {} to {last}", T::from_index(0)),
        );
        None
    }

    /// A kind of event.
    pub fn event(&mut self, path: &str, text: &str) -> Option<EventKind> {
        let kind = EventKind::named(text);
        if kind.is_none() {
            self.unknown(path, "事件", "event", text, EventKind::ALL.map(EventKind::name));
        }
        kind
    }

    /// Kind of event and home of a trigger or a claim. A home with an event that
    /// is about none would wait for ever.
    pub fn event_at(
        &mut self,
        path: &str,
        event: &str,
        home: Option<&str>,
    ) -> Option<(EventKind, Option<HouseholdId>)> {
        let event = self.event(&format!("{path}.event"), event);
        let Some(home) = home else { return Some((event?, None)) };
        let path = format!("{path}.home");
        let home = self.home(&path, home);
        let event = event?;
        if HOMELESS.contains(&event) {
            let (name, label) = (event.name(), event.label());
            self.error(
                &path,
                format!("“{name}”（{}）不属于哪一户，这样写永远等不到", label.zh),
                format!("`{name}` is about no home: this can never happen"),
                "删去 home",
                "leave out `home`",
            );
            return None;
        }
        Some((event, Some(home?)))
    }

    /// A figure within bounds that can be met at all; `of_one_day` unless it is
    /// summed over many.
    pub fn condition(
        &mut self,
        path: &str,
        raw: &RawCondition,
        of_one_day: bool,
    ) -> Option<Condition> {
        let Some(&(figure, unit, ..)) = DayCounts::CARDS.iter().find(|card| card.0 == raw.figure)
        else {
            let names = DayCounts::CARDS.iter().map(|card| card.0);
            self.unknown(&format!("{path}.figure"), "数字", "figure", &raw.figure, names);
            return None;
        };
        if raw.at_least.is_none() && raw.at_most.is_none() {
            self.error(
                path,
                "没有写明数字的范围",
                "no bound is given for this figure",
                "写 at_least（至少）、at_most（至多），或者两个都写",
                "give at_least, at_most, or both",
            );
            return None;
        }
        let (at_least, at_most) = (raw.at_least.unwrap_or(0), raw.at_most.unwrap_or(u64::MAX));
        if at_least > at_most {
            self.error(
                path,
                format!("at_least（{at_least}）大于 at_most（{at_most}），永远不会成立"),
                format!("at_least ({at_least}) is above at_most ({at_most}): this can never hold"),
                "两个数可能写反了",
                "the two may have been swapped",
            );
            return None;
        }
        if let Some(most) = self.most(unit).filter(|&most| of_one_day && at_least > most) {
            self.error(
                &format!("{path}.at_least"),
                format!("“{figure}”到不了{at_least}，永远不会成立"),
                format!("`{figure}` never reaches {at_least}: this can never hold"),
                format!("这个社区最多是{most}"),
                format!("{most} is the most in this community"),
            );
            return None;
        }
        Some(Condition { figure, at_least, at_most })
    }

    /// The largest value of figures with a unit, where the community sets one.
    fn most(&self, unit: &str) -> Option<u64> {
        match unit {
            "home" => self.place.as_ref().map(|place| place.household_count() as u64),
            "person" => self.population.as_ref().map(|people| people.people.len() as u64),
            _ => None,
        }
    }
}

/// What the id types share, for looking them up.
pub(super) trait Id: FromStr + Copy + std::fmt::Display {
    fn from_index(index: usize) -> Self;
    fn to_index(self) -> usize;
}

macro_rules! ids {
    ($($name:ident)*) => { $(
        impl Id for $name {
            fn from_index(index: usize) -> Self {
                $name::from_index(index)
            }
            fn to_index(self) -> usize {
                self.index()
            }
        }
    )* };
}
ids!(HouseholdId PersonId CompoundId WayId MouthId);
