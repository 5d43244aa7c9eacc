//! The grid finds what a look at everything finds.

use proptest::prelude::*;

use super::*;

fn point() -> impl Strategy<Value = Point> {
    (-300_i32..300, -200_i32..200).prop_map(|(x, y)| (x as f32 / 2.0, y as f32 / 2.0))
}

fn ground() -> impl Strategy<Value = Ground> {
    (point(), (0.5_f32..30.0, 0.5_f32..30.0), -7.0_f32..7.0)
        .prop_map(|(centre, half, turn)| Ground { centre, half, turn })
}

/// The first of the least distances that are not beyond the radius.
fn least(distances: impl Iterator<Item = f32>, radius: f32) -> Option<(usize, f32)> {
    distances.enumerate().filter(|d| d.1 <= radius).min_by(|a, b| a.1.total_cmp(&b.1))
}

proptest! {
    #[test]
    fn the_nearest_home_is_the_nearest_of_all(
        points in prop::collection::vec(point(), 0..200),
        bucket in 0.01_f32..100.0,
        at in point(),
        radius in prop_oneof![0.0_f32..400.0, Just(f32::INFINITY)],
    ) {
        let picker = Picker::new(points.iter().copied(), bucket);
        let found = picker.nearest(at, radius).map(|(id, distance)| (id.index(), distance));
        let far = |p: &Point| (p.0 - at.0).hypot(p.1 - at.1);
        prop_assert_eq!(found, least(points.iter().map(far), radius));
    }

    #[test]
    fn the_compound_is_the_nearest_of_all(
        grounds in prop::collection::vec(ground(), 0..60),
        bucket in 0.5_f32..100.0,
        at in point(),
        slack in 0.0_f32..40.0,
    ) {
        let picker = GroundPicker::new(grounds.clone(), bucket);
        let found = picker.compound_at(at, slack).map(CompoundId::index);
        let all = least(grounds.iter().map(|g| g.distance(at)), slack);
        prop_assert_eq!(found, all.map(|(k, _)| k));
    }
}

#[test]
fn a_turned_ground_is_measured_along_its_own_sides() {
    let quarter = std::f32::consts::FRAC_PI_2;
    let ground = Ground { centre: (10.0, 0.0), half: (8.0, 2.0), turn: quarter };
    assert!(ground.distance((10.0, 7.9)) < 1e-3);
    assert!((ground.distance((15.0, 0.0)) - 3.0).abs() < 1e-3);
    assert!((ground.reach().1 - 8.0).abs() < 1e-3);
}

#[test]
fn far_flung_homes_need_few_buckets() {
    let points = (0..1000_u16).map(|k| (f32::from(k) * 1000.0, f32::from(k % 7)));
    let picker = Picker::new(points, 0.001);
    assert!(picker.buckets.starts.len() < 10_000, "{}", picker.buckets.starts.len());
    assert_eq!(picker.nearest((5004.0, 5.0), 10.0), Some((HouseholdId(5), 4.0)));
}

#[test]
fn nothing_lies_beside_a_point_that_is_none() {
    let picker = Picker::new([(0.0, 0.0)], 1.0);
    assert_eq!(picker.nearest((f32::NAN, 0.0), 10.0), None);
    assert_eq!(Picker::new([], 1.0).nearest((0.0, 0.0), f32::INFINITY), None);
}
