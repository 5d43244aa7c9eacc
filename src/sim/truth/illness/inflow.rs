//! Infections that come from outside: a steady risk by day, and people who return.
//!
//! Floor 1. Reads mixing and cards; writes the queue. Source: `illness.from_wuhan`,
//! `illness.from_hubei`, `illness.from_elsewhere`.

use crate::base::ids::PersonId;
use crate::base::time::DAY_MINUTES;
use crate::sim::draw::{Draw, Purpose, draw};
use crate::sim::people::Region;
use crate::sim::quantile::poisson;

use super::mixing::Inflow;
use super::params::IllnessParams;
use super::queue::{NOBODY, Occasion};
use super::spread::step_of;
use super::{Outbreak, World};

const MILLION: u64 = 1_000_000;

impl Outbreak {
    /// Lays out what comes in on the days that have begun by a minute.
    pub(super) fn lay_out_inflows(&mut self, world: &World<'_>, now: u32) {
        while self.inflow_days.saturating_mul(DAY_MINUTES) < now {
            for inflow in &world.mixing.inflows {
                self.lay_out_inflow(world, inflow, self.inflow_days);
            }
            self.inflow_days += 1;
        }
    }

    fn lay_out_inflow(&mut self, world: &World<'_>, inflow: &Inflow, day: u32) {
        let people = inflow.people.len() as u32;
        if people == 0 {
            return;
        }
        let route = inflow.route as u32;
        let ceiling = (u64::from(inflow.ceiling) * u64::from(world.rules.largest) / MILLION) as u32;
        // Large populations: one Poisson count for each part whose mean stays in reach.
        let mean = u128::from(inflow.daily) * u128::from(ceiling) / u128::from(MILLION);
        let parts = (mean / u128::from(crate::sim::quantile::LARGEST_MEAN)) as u32 + 1;
        for part in 0..parts {
            let counted = draw(world.seed, Purpose::InflowCount, route, day, part);
            let share = (mean / u128::from(parts)) as u64;
            for slot in 0..poisson(share, counted.0[0]) {
                let key = part << 16 | slot;
                let point = draw(world.seed, Purpose::InflowContact, route, day, key);
                let target = inflow.people.start + point.below(1, people);
                // The minutes of a day are 1 to 1,440 of it: midnight ends it.
                let at = day.saturating_mul(DAY_MINUTES) + 1 + point.below(0, DAY_MINUTES);
                let Draw([_, _, mark, order]) = point;
                if self.was_infected(target) {
                    continue;
                }
                self.queue.push(
                    step_of(at, world.rules.tick),
                    Occasion {
                        at,
                        target,
                        source: NOBODY,
                        mark,
                        order,
                        ceiling,
                        route: inflow.route,
                    },
                );
            }
        }
    }
}

/// Whether somebody who comes back is infected, and for how many minutes: infected at
/// any time of the last fourteen days with the same chance (`None`: not infected).
/// Raising a prevalence only adds people.
pub fn infected_on_arrival(
    seed: u64,
    illness: &IllnessParams,
    person: PersonId,
    from: Region,
) -> Option<u32> {
    let prevalence = match from {
        Region::Wuhan => illness.from_wuhan,
        Region::Hubei => illness.from_hubei,
        Region::JinJi | Region::Elsewhere | Region::Abroad => illness.from_elsewhere,
    };
    let d = draw(seed, Purpose::Arrival, person.0, 0, 0);
    let window = illness.arrival_window;
    d.chance(prevalence).then(|| d.below(1, window.max(1)))
}
