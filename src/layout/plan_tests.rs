//! Homes lie in their compounds and apart from each other, whatever the shape.

use proptest::prelude::*;

use super::*;
use crate::base::ids::{CompoundId, WayId};
use crate::base::text::Bilingual;
use crate::layout::samples::fuxiang;
use crate::sim::place::{Dwelling, Grade, Spot};

/// Lengths of f32 at the coordinates of a map, metres.
const SLIP_M: f64 = 0.005;

/// A home in its compound's frame: its middle.
fn local(frame: &Frame, home: &PlanHome) -> (f64, f64) {
    let (dx, dy) =
        (f64::from(home.centre.0) - frame.centre.0, f64::from(home.centre.1) - frame.centre.1);
    let (sin, cos) = frame.turn.sin_cos();
    (dx * cos + dy * sin, dy * cos - dx * sin)
}

fn assert_sound(place: &Place, plan: &Plan) {
    assert_eq!(plan.homes.len(), place.household_count());
    for compound in &place.compounds {
        let frame = Frame::of(compound);
        let homes: Vec<_> = compound.households().map(|h| plan.home(h)).collect();
        let at: Vec<_> = homes.iter().map(|h| local(&frame, h)).collect();
        for (k, (home, p)) in homes.iter().zip(&at).enumerate() {
            let half = f64::from(home.half);
            assert!(half > 0.0);
            let room = |cm: u32| f64::from(cm) / 200.0 - half + SLIP_M;
            assert!(p.0.abs() <= room(compound.front_cm), "{compound:?}: {home:?}");
            assert!(p.1.abs() <= room(compound.depth_cm), "{compound:?}: {home:?}");
            for q in &at[..k] {
                let apart = (p.0 - q.0).abs().max((p.1 - q.1).abs());
                assert!(apart >= 2.0 * half - SLIP_M, "{compound:?}: {p:?} {q:?}");
            }
        }
    }
}

/// One compound that is given, with its door on the front.
fn single(kind: CompoundKind, homes: u32, front_cm: u32, depth_cm: u32, turn_mrad: i32) -> Place {
    let turn = f64::from(turn_mrad) / MRAD;
    let out = f64::from(depth_cm) / CM / 2.0;
    let office = PointCm::from_metres(-60.0, 20.0);
    let spot = Spot { name: Bilingual::default(), at: office, grade: Grade::Invented };
    Place {
        name: Bilingual::default(),
        ways: Vec::new(),
        compounds: vec![Compound {
            way: WayId(0),
            kind,
            name: Bilingual::default(),
            centre: PointCm::from_metres(0.0, 0.0),
            front_cm,
            depth_cm,
            turn_mrad,
            door: PointCm::from_metres(turn.sin() * out, -turn.cos() * out),
            first: HouseholdId(0),
            homes,
            grade: Grade::Invented,
        }],
        dwellings: (0..homes)
            .map(|k| Dwelling { compound: CompoundId(0), unit: (k / 6 + 1) * 100 + k % 6 + 1 })
            .collect(),
        mouths: Vec::new(),
        exits: vec![Vec::new()],
        office: spot,
        toilets: Vec::new(),
        shops: Vec::new(),
        bridges: Vec::new(),
        waters: Vec::new(),
        borders: Vec::new(),
    }
}

#[test]
fn every_home_of_fuxiang_lies_in_its_compound() {
    let place = fuxiang(2);
    let plan = Plan::new(&place);
    assert_sound(&place, &plan);
    let mut halves: Vec<f32> = plan.homes.iter().map(|h| h.half).collect();
    halves.sort_by(f32::total_cmp);
    assert!(halves[0] >= 1.0 && halves[halves.len() / 2] >= 1.4);
}

/// Neither homes of two compounds nor those of two copies.
#[test]
fn no_two_homes_lie_on_each_other() {
    let plan = Plan::new(&fuxiang(2));
    for (k, a) in plan.homes.iter().enumerate() {
        for b in &plan.homes[..k] {
            let apart = (a.centre.0 - b.centre.0).hypot(a.centre.1 - b.centre.1);
            assert!(apart >= a.half + b.half - SLIP_M as f32, "{a:?} {b:?}");
        }
    }
}

#[test]
fn rooms_count_clockwise_from_the_door_around_a_yard() {
    let place = single(CompoundKind::Courtyard, 8, 1600, 2000, 0);
    let plan = Plan::new(&place);
    let turns: Vec<f64> = plan
        .homes
        .iter()
        .map(|h| clockwise((0.0, -10.0), (f64::from(h.centre.0), f64::from(h.centre.1))))
        .collect();
    assert!(turns.is_sorted(), "{turns:?}");
    for home in &plan.homes {
        let (x, y) = home.centre;
        assert!(x.abs() > 2.0 * home.half || y.abs() > 2.0 * home.half, "in the yard: {home:?}");
        let in_the_way = x.abs() < home.half && y < 0.0;
        assert!(!in_the_way, "in the doorway: {home:?}");
    }
}

#[test]
fn the_first_flat_is_left_of_the_door() {
    let place = single(CompoundKind::Building, 20, 3000, 1200, 0);
    let plan = Plan::new(&place);
    let at = |k: u32| plan.home(HouseholdId(k)).centre;
    assert!(at(0).0 < at(1).0 && at(0).1 < at(6).1, "{:?} {:?} {:?}", at(0), at(1), at(6));
    assert!((at(0).0 - at(6).0).abs() < 1e-3 && at(0).0 < 0.0 && at(0).1 < 0.0);
}

#[test]
fn the_bounds_hold_everything() {
    let place = fuxiang(1);
    let plan = Plan::new(&place);
    let (low, high) = (plan.bounds.min, plan.bounds.max);
    for way in &place.ways {
        for point in &way.line {
            let (x, y) = metres(*point);
            assert!(low.0 <= x && x <= high.0 && low.1 <= y && y <= high.1);
        }
    }
    for home in &plan.homes {
        let ((x, y), h) = (home.centre, home.half);
        assert!(low.0 <= x - h && x + h <= high.0 && low.1 <= y - h && y + h <= high.1);
    }
    let (w, h) = plan.bounds.size();
    assert!((400.0..1500.0).contains(&w) && (300.0..1000.0).contains(&h), "{w} × {h}");
}

proptest! {
    #[test]
    fn any_compound_holds_its_homes(
        is_building: bool,
        homes in 1_u32..=60,
        front_cm in 600_u32..=6000,
        depth_cm in 600_u32..=4000,
        turn_mrad in -6283..=6283,
    ) {
        let kind = if is_building { CompoundKind::Building } else { CompoundKind::Courtyard };
        let place = single(kind, homes, front_cm, depth_cm, turn_mrad);
        assert_sound(&place, &Plan::new(&place));
    }

    /// The least and the largest that a map may say.
    #[test]
    fn a_sliver_of_a_compound_holds_its_homes(
        is_building: bool,
        homes in 0_u32..=400,
        front_cm in prop_oneof![Just(50_u32), Just(30_000)],
        depth_cm in prop_oneof![Just(50_u32), Just(30_000)],
    ) {
        let kind = if is_building { CompoundKind::Building } else { CompoundKind::Courtyard };
        let place = single(kind, homes, front_cm, depth_cm, 0);
        let plan = Plan::new(&place);
        prop_assert_eq!(plan.homes.len(), homes as usize);
        prop_assert!(plan.homes.iter().all(|h| h.half > 0.0));
    }
}
