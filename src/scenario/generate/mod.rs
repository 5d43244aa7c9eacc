//! The Fuxiang map, made once from what is known and a seed.
//!
//! Floor 2. Reads its table and keyed draws; makes a [`RawMap`]. The result is
//! written to a file, which is data from then on: a person may edit it. Lanes,
//! their lengths and their order are documented; where each courtyard stands,
//! how large it is and what it is called is made up. Source: history, section 8.

mod pack;
mod table;
mod write;

pub use write::write;

use super::layout::RawMap;

/// The seed of the map that comes with the program.
pub const SEED: u64 = 1;

/// The map of Fuxiang: ten ways, 193 courtyards, 7 buildings, 2,000 households.
pub fn fuxiang(seed: u64) -> RawMap {
    let mut map = table::without_compounds();
    map.compounds = pack::compounds(seed, &map);
    map.shops = pack::shops(seed, &map);
    map
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::layout;
    use crate::scenario::maps;
    use crate::sim::place::CompoundKind;

    #[test]
    fn the_totals_are_those_of_the_record() {
        let place = layout::build(&fuxiang(SEED)).unwrap();
        let of = |kind| place.compounds.iter().filter(|c| c.kind == kind).count();
        assert_eq!(
            (place.ways.len(), of(CompoundKind::Courtyard), of(CompoundKind::Building)),
            (10, 193, 7)
        );
        assert_eq!((place.household_count(), place.mouths.len()), (2000, 8));
        assert!((10..=20).contains(&place.toilets.len()));
        assert!(place.exits.iter().all(|e| e.len() == 8), "every compound reaches every mouth");
    }

    /// Courtyards and buildings of each way, from the table of the record.
    #[test]
    fn every_way_has_its_own_share() {
        let place = layout::build(&fuxiang(SEED)).unwrap();
        let expected: [(u32, u32); 10] = [
            (8, 147),
            (21, 147),
            (18, 126),
            (33, 231),
            (41, 317),
            (19, 249),
            (15, 228),
            (12, 141),
            (27, 344),
            (6, 70),
        ];
        for (way, (count, homes)) in expected.into_iter().enumerate() {
            let here: Vec<_> = place.compounds.iter().filter(|c| c.way.index() == way).collect();
            assert_eq!(here.len() as u32, count, "way {way}");
            assert_eq!(here.iter().map(|c| c.homes).sum::<u32>(), homes, "way {way}");
        }
    }

    #[test]
    fn another_seed_gives_another_map_that_is_as_sound() {
        for seed in 2..12 {
            let map = fuxiang(seed);
            assert!(layout::build(&map).is_ok(), "seed {seed}");
            assert_ne!(map, fuxiang(SEED));
        }
        assert_eq!(fuxiang(SEED), fuxiang(SEED));
    }

    #[test]
    fn a_written_map_is_read_back_as_it_was() {
        let map = fuxiang(SEED);
        let text = write(&map);
        assert_eq!(maps::read("test.ron", text.as_bytes()).unwrap(), layout::build(&map).unwrap());
        assert!(text.len() < 120 * 1024, "{} bytes", text.len());
    }

    #[test]
    fn the_map_that_is_shipped_is_sound_and_still_has_its_totals() {
        let place =
            maps::read("fuxiang.ron", include_bytes!("../../../assets/maps/fuxiang.ron")).unwrap();
        assert_eq!((place.compounds.len(), place.household_count()), (200, 2000));
    }
}
