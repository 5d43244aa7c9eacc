//! What a map file says, and the place that follows from it.
//!
//! Floor 2. Reads a [`RawMap`]; makes a [`Place`] or says everything that is
//! wrong. Ids are positions: ways, compounds and homes count in the order of the
//! file.

use serde::{Deserialize, Serialize};

use super::inspect::Inspection;
use super::network::Network;
use super::shapes::{Point, project};
use crate::base::geo::PointCm;
use crate::base::ids::{CompoundId, HouseholdId, MouthId, WayId};
use crate::base::text::Bilingual;
use crate::sim::place::{
    Compound, CompoundKind, Dwelling, Exit, Grade, Mouth, Place, Spot, Stretch, Way,
};

/// The format number of maps.
pub const FORMAT: u32 = 1;
/// Most households of one file.
pub const HOMES: u32 = 4000;
const MRAD: f64 = 1000.0;
const CM: f64 = 100.0;

/// A map file. Lengths are metres, x to the east and y to the north.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawMap {
    /// Number of the format.
    pub format: u32,
    /// What the place is called.
    pub name: Bilingual,
    /// Lanes and streets, in the order of the board's sections.
    pub ways: Vec<RawWay>,
    /// Courtyards and buildings, by way in the order of `ways`.
    pub compounds: Vec<RawCompound>,
    /// Lane mouths.
    pub mouths: Vec<RawMouth>,
    /// The office.
    pub office: RawSpot,
    /// Public toilets.
    pub toilets: Vec<RawSpot>,
    /// Shops.
    pub shops: Vec<RawSpot>,
    /// Bridges.
    pub bridges: Vec<RawSpot>,
    /// Rivers.
    pub waters: Vec<RawStretch>,
    /// Streets around.
    pub borders: Vec<RawStretch>,
}

/// A lane or street.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawWay {
    /// Its name in the file.
    pub id: String,
    /// Its name for people.
    pub name: Bilingual,
    /// Its width.
    pub width: f64,
    /// Its centre line.
    pub line: Vec<Point>,
    /// How well it is documented.
    pub grade: Grade,
}

/// A courtyard or building.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawCompound {
    /// The way its door opens to.
    pub way: String,
    /// Courtyard or building.
    pub kind: CompoundKind,
    /// An invented name.
    pub name: Bilingual,
    /// Its middle.
    pub centre: Point,
    /// Side along the way.
    pub front: f64,
    /// Side away from it.
    pub depth: f64,
    /// Direction of the front, degrees anticlockwise from east.
    pub turn: f64,
    /// Its door, on its edge.
    pub door: Point,
    /// How many households.
    pub homes: u32,
    /// Flats on one floor, for a building.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub per_floor: Option<u32>,
    /// How well it is documented.
    pub grade: Grade,
}

/// A lane mouth.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawMouth {
    /// Its name.
    pub name: Bilingual,
    /// The way it closes.
    pub way: String,
    /// Where it is.
    pub at: Point,
    /// How well it is documented.
    pub grade: Grade,
}

/// A point with a name.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawSpot {
    /// Its name.
    pub name: Bilingual,
    /// Where it is.
    pub at: Point,
    /// How well it is documented.
    pub grade: Grade,
}

/// A line with a name.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawStretch {
    /// Its name.
    pub name: Bilingual,
    /// Its width.
    pub width: f64,
    /// Its centre line.
    pub line: Vec<Point>,
    /// How well it is documented.
    pub grade: Grade,
}

/// The fields of each part, those that must be there; a compound may have
/// [`PER_FLOOR`] as well.
pub(super) mod fields {
    pub const MAP: [&str; 11] = [
        "format",
        "name",
        "ways",
        "compounds",
        "mouths",
        "office",
        "toilets",
        "shops",
        "bridges",
        "waters",
        "borders",
    ];
    pub const WAY: [&str; 5] = ["id", "name", "width", "line", "grade"];
    pub const COMPOUND: [&str; 10] =
        ["way", "kind", "name", "centre", "front", "depth", "turn", "door", "homes", "grade"];
    pub const MOUTH: [&str; 4] = ["name", "way", "at", "grade"];
    pub const SPOT: [&str; 3] = ["name", "at", "grade"];
    pub const STRETCH: [&str; 4] = ["name", "width", "line", "grade"];
    pub const PER_FLOOR: [&str; 1] = ["per_floor"];
}

/// Something wrong in a map, by its path in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LayoutProblem {
    /// `compounds[3].door`
    pub path: String,
    /// What is wrong.
    pub message: Bilingual,
    /// What to do.
    pub hint: Bilingual,
}

/// Builds the place of a map file.
///
/// # Errors
/// Everything that is wrong with it.
pub fn build(map: &RawMap) -> Result<Place, Vec<LayoutProblem>> {
    let mut inspection = Inspection::of(map);
    let place = inspection.is_measured().then(|| assemble(map));
    if let Some(place) = &place {
        inspection.reach(place);
    }
    match (place, inspection.problems) {
        (Some(place), problems) if problems.is_empty() => Ok(place),
        (_, problems) => Err(problems),
    }
}

/// Turns a map that has been found sound into a place.
fn assemble(map: &RawMap) -> Place {
    let lines: Vec<Vec<Point>> = map.ways.iter().map(|w| w.line.clone()).collect();
    let way_of = |id: &str| map.ways.iter().position(|w| w.id == id).unwrap_or(0);
    let spot = |s: &RawSpot| Spot { name: s.name.clone(), at: point_cm(s.at), grade: s.grade };
    let stretch = |s: &RawStretch| Stretch {
        name: s.name.clone(),
        line: s.line.iter().map(|&p| point_cm(p)).collect(),
        width_cm: cm(s.width),
        grade: s.grade,
    };
    let mut compounds = Vec::with_capacity(map.compounds.len());
    let mut dwellings = Vec::new();
    for (index, c) in map.compounds.iter().enumerate() {
        let first = HouseholdId::from_index(dwellings.len());
        let compound = CompoundId::from_index(index);
        dwellings.extend((0..c.homes).map(|i| Dwelling { compound, unit: unit(i, c.per_floor) }));
        compounds.push(Compound {
            way: WayId::from_index(way_of(&c.way)),
            kind: c.kind,
            name: c.name.clone(),
            centre: point_cm(c.centre),
            front_cm: cm(c.front),
            depth_cm: cm(c.depth),
            turn_mrad: (c.turn.to_radians() * MRAD).round() as i32,
            door: point_cm(c.door),
            first,
            homes: c.homes,
            grade: c.grade,
        });
    }
    let exits = exits(map, &lines, &way_of);
    Place {
        name: map.name.clone(),
        ways: map
            .ways
            .iter()
            .map(|w| Way {
                name: w.name.clone(),
                line: w.line.iter().map(|&p| point_cm(p)).collect(),
                width_cm: cm(w.width),
                grade: w.grade,
            })
            .collect(),
        compounds,
        dwellings,
        mouths: map
            .mouths
            .iter()
            .map(|m| Mouth {
                name: m.name.clone(),
                way: WayId::from_index(way_of(&m.way)),
                at: point_cm(m.at),
                grade: m.grade,
            })
            .collect(),
        exits,
        office: spot(&map.office),
        toilets: map.toilets.iter().map(spot).collect(),
        shops: map.shops.iter().map(spot).collect(),
        bridges: map.bridges.iter().map(spot).collect(),
        waters: map.waters.iter().map(stretch).collect(),
        borders: map.borders.iter().map(stretch).collect(),
    }
}

/// Rooms count 1, 2, 3; flats by floor and door, 302.
fn unit(index: u32, per_floor: Option<u32>) -> u32 {
    const FLOOR: u32 = 100;
    match per_floor {
        Some(doors) => (index / doors + 1) * FLOOR + index % doors + 1,
        None => index + 1,
    }
}

/// For each compound the mouths that can be walked to, nearest first.
fn exits(map: &RawMap, lines: &[Vec<Point>], way_of: &dyn Fn(&str) -> usize) -> Vec<Vec<Exit>> {
    let network = Network::new(lines);
    let mut exits = vec![Vec::with_capacity(map.mouths.len()); map.compounds.len()];
    let doors: Vec<(usize, f64, f64)> = map
        .compounds
        .iter()
        .map(|c| {
            let way = way_of(&c.way);
            let (along, off) = project(&lines[way], c.door);
            (way, along, off)
        })
        .collect();
    for (index, mouth) in map.mouths.iter().enumerate() {
        let mouth_way = way_of(&mouth.way);
        let (mouth_along, off) = project(&lines[mouth_way], mouth.at);
        let metres = network.from(mouth_way, mouth_along);
        for (exit, &(way, along, door)) in exits.iter_mut().zip(&doors) {
            let straight =
                if way == mouth_way { (along - mouth_along).abs() } else { f64::INFINITY };
            let sum = network.to(&metres, way, along).min(straight) + off + door;
            if sum.is_finite() {
                exit.push(Exit { mouth: MouthId::from_index(index), metres: sum.round() as u32 });
            }
        }
    }
    for exit in &mut exits {
        exit.sort_by_key(|e| (e.metres, e.mouth));
    }
    exits
}

fn point_cm((x, y): Point) -> PointCm {
    PointCm::from_metres(x, y)
}

fn cm(metres: f64) -> u32 {
    (metres * CM).round() as u32
}
