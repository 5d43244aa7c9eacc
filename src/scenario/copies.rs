//! A community so many times side by side: the same story at 20,000 or 200,000
//! households, to see how its cost grows.
//!
//! Floor 2. Reads a place, its numbers and its script; makes larger ones. The
//! first copy is the community itself, with the same ids. Each copy has its own
//! ways and mouths, and as many workers and callers; no lane joins two of them.

use super::script::{Action, Script};
use crate::base::geo::PointCm;
use crate::base::ids::{CompoundId, HouseholdId, MouthId, WayId};
use crate::sim::command::SimCommand;
use crate::sim::params::Params;
use crate::sim::place::{Compound, Dwelling, Exit, Mouth, Place, Way};

/// Most copies: 200,000 households.
pub const COPIES: u32 = 100;

/// Distance from one copy to the next, in centimetres: wider than any map.
const TILE_CM: i32 = 100_000;

/// The place and its copies.
pub fn place(one: &Place, copies: u32) -> Place {
    let mut many = one.clone();
    let side = f64::from(copies).sqrt().ceil() as u32;
    for copy in 1..copies {
        let (column, row) = ((copy % side) as i32, (copy / side) as i32);
        let shift = |p: PointCm| PointCm { x: p.x + column * TILE_CM, y: p.y + row * TILE_CM };
        add(&mut many, one, shift);
    }
    many
}

fn add(many: &mut Place, one: &Place, shift: impl Fn(PointCm) -> PointCm) {
    let ways = many.ways.len() as u32;
    let (compounds, homes) = (many.compounds.len() as u32, many.dwellings.len() as u32);
    let mouths = many.mouths.len() as u32;
    many.ways.extend(
        one.ways
            .iter()
            .map(|w| Way { line: w.line.iter().map(|&p| shift(p)).collect(), ..w.clone() }),
    );
    many.compounds.extend(one.compounds.iter().map(|c| Compound {
        way: WayId(c.way.0 + ways),
        centre: shift(c.centre),
        door: shift(c.door),
        first: HouseholdId(c.first.0 + homes),
        ..c.clone()
    }));
    many.dwellings.extend(
        one.dwellings
            .iter()
            .map(|d| Dwelling { compound: CompoundId(d.compound.0 + compounds), ..*d }),
    );
    many.mouths.extend(one.mouths.iter().map(|m| Mouth {
        way: WayId(m.way.0 + ways),
        at: shift(m.at),
        ..m.clone()
    }));
    many.exits.extend(one.exits.iter().map(|list| {
        list.iter().map(|e| Exit { mouth: MouthId(e.mouth.0 + mouths), ..*e }).collect()
    }));
}

/// As many workers, callers and people on duty for each copy, within the ranges
/// of their cards.
pub fn params(params: &mut Params, copies: u32) {
    for card in Params::cards() {
        let path = card.path();
        if matches!(path.as_str(), "shifts.workers" | "shifts.duty_workers" | "calls.callers")
            && let Some(value) = params.get(&path)
        {
            // Within the range, so it cannot be refused.
            let _ = params.set(&path, value.saturating_mul(copies).min(card.max));
        }
    }
}

/// What the script does to a mouth it does to that mouth of every copy. Claims
/// about one community are not tested on many; a scene that asks for copies itself
/// claims something about all of them.
pub fn script(script: &mut Script, copies: u32, mouths: u32, about_one: bool) {
    for cue in &mut script.cues {
        if about_one {
            cue.claims.clear();
        }
        let more: Vec<Action> = cue
            .actions
            .iter()
            .filter_map(|action| match action {
                Action::Command(SimCommand::SetMouth(mouth, state)) => Some((*mouth, *state)),
                _ => None,
            })
            .flat_map(|(mouth, state)| {
                (1..copies).map(move |copy| {
                    let mouth = MouthId(mouth.0 + copy * mouths);
                    Action::Command(SimCommand::SetMouth(mouth, state))
                })
            })
            .collect();
        cue.actions.extend(more);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{generate, layout};

    #[test]
    fn the_first_copy_is_the_community_itself() {
        let one = layout::build(&generate::fuxiang(generate::SEED)).unwrap();
        let many = place(&one, 3);
        assert_eq!(many.household_count(), 3 * one.household_count());
        assert_eq!(many.dwellings[..one.dwellings.len()], one.dwellings[..]);
        assert_eq!(many.compounds[..one.compounds.len()], one.compounds[..]);
        let last = many.compounds.len() - 1;
        assert_eq!(many.compounds[last].households().last(), many.households().last());
        for (compound, exits) in many.compounds.iter().zip(&many.exits) {
            let near = |e: &Exit| {
                let at = many.mouths[e.mouth.index()].at;
                at.x.abs_diff(compound.door.x) < TILE_CM as u32
            };
            assert!(exits.len() == one.mouths.len() && exits.iter().all(near));
        }
    }

    #[test]
    fn every_copy_has_its_own_workers() {
        let mut many = Params::default();
        params(&mut many, 10);
        assert_eq!((many.shifts.workers, many.calls.callers), (190, 40));
        assert_eq!(many.survey, Params::default().survey);
    }
}
