//! An infection lays out its possible transmissions, once, when it begins.
//!
//! Floor 1. Reads rules, mixing and who was ever infected; writes the queue. Number,
//! age, target, mark and order of every contact are fixed by the key of the source, so
//! that weakening any of them only takes contacts away. Source: a marked Poisson
//! process; with permit 1 and equal homes it is the Reed–Frost model.

use crate::base::ids::PersonId;
use crate::base::time::Minute;
use crate::sim::draw::{Draw, Purpose, draw};
use crate::sim::quantile::{LARGEST_MEAN, poisson};

use super::course::Course;
use super::mixing::{Layer, Reach, Resident, Route};
use super::queue::{NOBODY, Occasion};
use super::{Outbreak, World};

/// Which infection of a person: the only one.
const ONLY: u32 = 0;
const MILLION: u64 = 1_000_000;

/// An infection that is about to spread.
struct Source {
    person: u32,
    who: Resident,
    line: u32,
    course: Course,
    /// Minutes at which it began, possibly before the story.
    began: i64,
    /// Nothing happens up to this minute: it is worked through.
    after: u32,
}

/// What the words of one contact decide.
struct Words {
    age: u32,
    mark: u32,
    order: u32,
}

/// A mean number of contacts, parts per thousand million.
fn mean(force: u64, infectivity: u32, ceiling: u32) -> u64 {
    let scaled = |by: u32, value: u64| value.min(LARGEST_MEAN) * u64::from(by) / MILLION;
    scaled(ceiling, scaled(infectivity, force))
}

impl Outbreak {
    /// Lays out the contacts of one line of the log that come after a minute.
    pub(super) fn lay_out(&mut self, world: &World<'_>, line: u32, after: u32) {
        let infection = self.log[line as usize];
        let person = infection.person.0;
        let who = world.mixing.resident(person);
        let source = Source {
            person,
            who,
            line,
            course: world.rules.course(world.seed, person, who),
            began: i64::from(infection.at.0) - i64::from(infection.aged),
            after,
        };
        if source.course.infectivity == 0 {
            return;
        }
        self.lay_out_home(world, &source);
        for layer in &world.mixing.layers {
            self.lay_out_layer(world, &source, layer);
        }
    }

    fn lay_out_home(&mut self, world: &World<'_>, source: &Source) {
        let ceiling = world.mixing.home_ceiling;
        for target in world.mixing.home(source.person) {
            if target == source.person || self.was_infected(target) {
                continue;
            }
            let force = world.rules.home_force(source.who, world.mixing.resident(target));
            let mean = mean(force, source.course.infectivity, ceiling);
            let first = draw(world.seed, Purpose::HomeContact, source.person, target, ONLY);
            for slot in 0..poisson(mean, first.0[0]) {
                let Draw([_, age, mark, order]) = match slot {
                    0 => first,
                    _ => draw(world.seed, Purpose::HomeAgain, source.person, target, slot),
                };
                let words = Words { age, mark, order };
                self.plan(world, source, target, Route::Home, ceiling, &words);
            }
        }
    }

    fn lay_out_layer(&mut self, world: &World<'_>, source: &Source, layer: &Layer) {
        let (group, spared) = world.mixing.group(layer, source.person);
        let others = (group.len() - spared.len()) as u32;
        let fresh = layer.reach == Reach::Fresh;
        if others == 0 && !fresh {
            return;
        }
        // Susceptibility thins these contacts, so they are laid out for the largest.
        let ceiling = u64::from(layer.ceiling) * u64::from(world.rules.largest) / MILLION;
        let ceiling = ceiling as u32;
        let times = if layer.per_member { u64::from(others) } else { 1 };
        let force = u64::from(layer.mean[source.who.band()]) * 1000 * times;
        let mean = mean(force, source.course.infectivity, ceiling);
        let route = layer.route as u32;
        let counted = draw(world.seed, Purpose::LayerCount, source.person, route, ONLY);
        for slot in 0..poisson(mean, counted.0[0]) {
            let point = draw(world.seed, Purpose::LayerContact, source.person, route, slot);
            let target = if fresh {
                NOBODY
            } else {
                let nth = group.start + point.below(1, others);
                if nth < spared.start { nth } else { nth + spared.len() as u32 }
            };
            let Draw([age, _, mark, order]) = point;
            let words = Words { age, mark, order };
            if target == NOBODY || !self.was_infected(target) {
                self.plan(world, source, target, layer.route, ceiling, &words);
            }
        }
    }

    fn plan(
        &mut self,
        world: &World<'_>,
        source: &Source,
        target: u32,
        route: Route,
        ceiling: u32,
        words: &Words,
    ) {
        let age = world.rules.profile.age(&source.course, words.age);
        let at = source.began + i64::from(age);
        // Before an arrival its contacts were elsewhere.
        if at < i64::from(self.log[source.line as usize].at.0) {
            return;
        }
        // What falls into the step that is being worked through comes right after it.
        let at = at.max(i64::from(source.after) + 1).min(i64::from(u32::MAX)) as u32;
        self.queue.push(
            step_of(at, world.rules.tick),
            Occasion {
                at,
                target,
                source: source.line,
                mark: words.mark,
                order: words.order,
                ceiling,
                route,
            },
        );
    }
}

/// A meeting that somebody arranged: a care visit, a shift at a counter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Meeting {
    /// Who may pass it on.
    pub source: PersonId,
    /// To whom.
    pub target: PersonId,
    /// When: later than every step that is done.
    pub at: Minute,
    /// Where.
    pub route: Route,
    /// Contacts that would infect somebody susceptible if all infectivity of an average
    /// infection fell on this one day, parts per million.
    pub strength: u32,
    /// Largest permit, parts per million.
    pub ceiling: u32,
}

impl Outbreak {
    /// Lays out the one contact of a meeting, if its source is infected by now. Unlike
    /// drawn contacts it belongs to a minute and not to the age of an infection: an arm
    /// in which the source is infected later may see it differently.
    pub fn meet(&mut self, world: &World<'_>, meeting: &Meeting) {
        let (source, target) = (meeting.source, meeting.target);
        let Some(&infection) = self.infection(source) else { return };
        if self.was_infected(target.0) || meeting.at <= infection.at {
            return;
        }
        let who = world.mixing.resident(source.0);
        let course = world.rules.course(world.seed, source.0, who);
        let share = world.rules.profile.share_of_day(&course, infection.age_at(meeting.at));
        let ceiling = u64::from(meeting.ceiling) * u64::from(world.rules.largest) / MILLION;
        let force = u64::from(meeting.strength) * u64::from(share) / 1000;
        let mean = mean(force, course.infectivity, ceiling as u32);
        let d = draw(world.seed, Purpose::Meeting, source.0, target.0, meeting.at.0);
        if poisson(mean, d.0[0]) > 0 {
            self.queue.push(
                step_of(meeting.at.0, world.rules.tick),
                Occasion {
                    at: meeting.at.0,
                    target: target.0,
                    source: self.line_of[source.index()] - 1,
                    mark: d.0[1],
                    order: d.0[2],
                    ceiling: ceiling as u32,
                    route: meeting.route,
                },
            );
        }
    }
}

/// The step in which a minute is worked through: the first multiple not before it.
pub(super) fn step_of(at: u32, tick: u32) -> u32 {
    at.div_ceil(tick).saturating_mul(tick)
}
