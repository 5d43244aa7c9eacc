//! The smallest place that can be populated.

use crate::base::geo::PointCm;
use crate::base::ids::{CompoundId, HouseholdId, MouthId, WayId};
use crate::base::text::Bilingual;
use crate::sim::place::{Compound, CompoundKind, Dwelling, Exit, Grade, Mouth, Place, Spot, Way};

fn spot() -> Spot {
    Spot { name: Bilingual::default(), at: PointCm::default(), grade: Grade::Invented }
}

/// One lane with a compound for every ten homes; seven of them are buildings.
pub(super) fn street(homes: u32) -> Place {
    let at = PointCm::default();
    let compound = |c: u32| Compound {
        way: WayId(0),
        kind: if c < 7 { CompoundKind::Building } else { CompoundKind::Courtyard },
        name: Bilingual::default(),
        centre: at,
        front_cm: 2000,
        depth_cm: 2000,
        turn_mrad: 0,
        door: at,
        first: HouseholdId(c * 10),
        homes: (homes - c * 10).min(10),
        grade: Grade::Invented,
    };
    let compounds: Vec<Compound> = (0..homes.div_ceil(10)).map(compound).collect();
    let dwelling = |h: u32| Dwelling { compound: CompoundId(h / 10), unit: h % 10 + 1 };
    Place {
        name: Bilingual::default(),
        ways: vec![Way {
            name: Bilingual::default(),
            line: vec![at, PointCm { x: 1, y: 0 }],
            width_cm: 500,
            grade: Grade::Invented,
        }],
        exits: vec![vec![Exit { mouth: MouthId(0), metres: 50 }]; compounds.len()],
        compounds,
        dwellings: (0..homes).map(dwelling).collect(),
        mouths: vec![Mouth {
            name: Bilingual::default(),
            way: WayId(0),
            at,
            grade: Grade::Invented,
        }],
        office: spot(),
        toilets: vec![],
        shops: vec![],
        bridges: vec![],
        waters: vec![],
        borders: vec![],
    }
}
