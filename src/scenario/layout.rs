//! What a map file says, and the place that follows from it.
//!
//! Floor 2. Reads a [`RawMap`]; makes a [`Place`] or says everything that is
//! wrong. Trusts nothing: numbers, names, references, overlaps, ways that lead
//! nowhere. Ids are positions: ways, compounds and homes count in the order of
//! the file.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::names::nearest;
use super::network::Network;
use super::shapes::{Block, Point, length, project};
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
const COMPOUNDS: usize = 1000;
const WAYS: usize = 64;
const MOUTHS: usize = 32;
const SPOTS: usize = 200;
const LINE_POINTS: usize = 100;
const HOMES_OF_ONE: u32 = 400;
const NAME_CHARS: usize = 40;
const FARTHEST_M: f64 = 20_000.0;
const LONGEST_SIDE_M: f64 = 300.0;
const WIDEST_M: f64 = 200.0;
/// A door lies on the edge of its compound, within this.
const DOOR_OFF_M: f64 = 1.5;
/// A door is no farther from its way than this.
const DOOR_TO_WAY_M: f64 = 25.0;
/// Compounds may share a wall.
const WALL_M: f64 = 0.2;
const CELL_M: f64 = 60.0;
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

/// Something wrong in a map, by its path in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LayoutProblem {
    /// `compounds[3].door`
    pub path: String,
    /// What is wrong.
    pub message: Bilingual,
    /// What to do.
    pub hint: Option<Bilingual>,
}

/// Builds the place of a map file.
///
/// # Errors
/// Everything that is wrong with it.
pub fn build(map: &RawMap) -> Result<Place, Vec<LayoutProblem>> {
    build_within(map, HOMES)
}

/// Builds the place of a map with a limit of its own, for generated ones.
///
/// # Errors
/// Everything that is wrong with it.
pub fn build_within(map: &RawMap, homes: u32) -> Result<Place, Vec<LayoutProblem>> {
    let mut inspection = Inspection { problems: Vec::new(), homes };
    inspection.whole(map);
    // What follows measures; it must not meet numbers that are none.
    if inspection.problems.is_empty() {
        inspection.shapes(map);
    }
    if !inspection.problems.is_empty() {
        return Err(inspection.problems);
    }
    let place = assemble(map);
    for (i, exits) in place.exits.iter().enumerate() {
        if exits.is_empty() && !place.mouths.is_empty() {
            inspection.add(
                format!("compounds[{i}].way"),
                "从这里走不到任何一个胡同口",
                "no lane mouth can be reached from here",
            );
        }
    }
    if inspection.problems.is_empty() { Ok(place) } else { Err(inspection.problems) }
}

struct Inspection {
    problems: Vec<LayoutProblem>,
    homes: u32,
}

impl Inspection {
    fn add(&mut self, path: impl Into<String>, zh: impl Into<String>, en: impl Into<String>) {
        self.problems.push(LayoutProblem {
            path: path.into(),
            message: Bilingual::new(zh, en),
            hint: None,
        });
    }

    fn count(&mut self, path: &str, count: usize, most: usize) {
        if count > most {
            self.add(
                path,
                format!("最多{most}个，这里有{count}个"),
                format!("at most {most}; here are {count}"),
            );
        }
    }

    fn name(&mut self, path: &str, name: &Bilingual) {
        for (lang, part) in [("zh", &name.zh), ("en", &name.en)] {
            let path = format!("{path}.name.{lang}");
            if part.trim().is_empty() {
                self.add(path, "名称不能空着", "a name must not be empty");
            } else if part.chars().count() > NAME_CHARS {
                self.add(
                    path,
                    format!("名称最多{NAME_CHARS}个字"),
                    format!("a name has at most {NAME_CHARS} characters"),
                );
            }
        }
    }

    fn point(&mut self, path: &str, (x, y): Point) {
        let fine = |v: f64| v.is_finite() && v.abs() <= FARTHEST_M;
        if !fine(x) || !fine(y) {
            self.add(path, "坐标须在±20000米之内", "coordinates must lie within ±20000 m");
        }
    }

    fn size(&mut self, path: &str, metres: f64, most: f64) {
        if !metres.is_finite() || !(0.5..=most).contains(&metres) {
            self.add(
                path,
                format!("长度须在0.5到{most}米之间"),
                format!("a length lies from 0.5 to {most} m"),
            );
        }
    }

    fn line(&mut self, path: &str, line: &[Point]) {
        if line.len() < 2 || line.len() > LINE_POINTS {
            self.add(
                path,
                format!("一条线要有2到{LINE_POINTS}个点"),
                format!("a line has 2 to {LINE_POINTS} points"),
            );
        }
        for (i, &p) in line.iter().enumerate() {
            self.point(&format!("{path}[{i}]"), p);
        }
        if line.len() >= 2 && length(line) < 1.0 {
            self.add(path, "这条线没有长度", "this line has no length");
        }
    }

    fn way(&mut self, path: &str, word: &str, ids: &[&str]) {
        if ids.contains(&word) {
            return;
        }
        let hint = nearest(word, ids.iter().copied()).map(|near| {
            Bilingual::new(format!("是不是“{near}”？"), format!("did you mean `{near}`?"))
        });
        let message = Bilingual::new(
            format!("没有名为“{word}”的胡同"),
            format!("there is no way named `{word}`"),
        );
        self.problems.push(LayoutProblem { path: path.to_owned(), message, hint });
    }

    fn whole(&mut self, map: &RawMap) {
        if map.format != FORMAT {
            let format = map.format;
            self.add(
                "format",
                format!("格式{format}读不了，本程序读格式{FORMAT}"),
                format!("format {format} cannot be read; this program reads format {FORMAT}"),
            );
        }
        self.name("", &map.name);
        self.count("ways", map.ways.len(), WAYS.max(self.homes as usize / 100));
        self.count("compounds", map.compounds.len(), COMPOUNDS.max(self.homes as usize / 5));
        self.count("mouths", map.mouths.len(), MOUTHS.max(self.homes as usize / 100));
        if map.ways.is_empty() || map.compounds.is_empty() || map.mouths.is_empty() {
            self.add(
                "ways",
                "地图至少要有一条胡同、一个院、一个胡同口",
                "a map has at least one way, one compound and one mouth",
            );
        }
        let ids: Vec<&str> = map.ways.iter().map(|w| w.id.as_str()).collect();
        for (i, way) in map.ways.iter().enumerate() {
            let path = format!("ways[{i}]");
            if ids[..i].contains(&ids[i]) {
                self.add(
                    format!("{path}.id"),
                    format!("“{}”用了两次", way.id),
                    format!("`{}` is used twice", way.id),
                );
            }
            self.name(&path, &way.name);
            self.line(&format!("{path}.line"), &way.line);
            self.size(&format!("{path}.width"), way.width, WIDEST_M);
        }
        for (i, mouth) in map.mouths.iter().enumerate() {
            let path = format!("mouths[{i}]");
            self.name(&path, &mouth.name);
            self.point(&format!("{path}.at"), mouth.at);
            self.way(&format!("{path}.way"), &mouth.way, &ids);
        }
        self.spots(map);
        self.compounds(map, &ids);
    }

    fn spots(&mut self, map: &RawMap) {
        self.name("office", &map.office.name);
        self.point("office.at", map.office.at);
        for (list, spots) in
            [("toilets", &map.toilets), ("shops", &map.shops), ("bridges", &map.bridges)]
        {
            self.count(list, spots.len(), SPOTS);
            for (i, spot) in spots.iter().enumerate() {
                self.name(&format!("{list}[{i}]"), &spot.name);
                self.point(&format!("{list}[{i}].at"), spot.at);
            }
        }
        for (list, lines) in [("waters", &map.waters), ("borders", &map.borders)] {
            self.count(list, lines.len(), SPOTS);
            for (i, stretch) in lines.iter().enumerate() {
                let path = format!("{list}[{i}]");
                self.name(&path, &stretch.name);
                self.line(&format!("{path}.line"), &stretch.line);
                self.size(&format!("{path}.width"), stretch.width, WIDEST_M);
            }
        }
    }

    fn compounds(&mut self, map: &RawMap, ids: &[&str]) {
        let mut homes: u64 = 0;
        let mut names: BTreeMap<(&str, &str), usize> = BTreeMap::new();
        let mut reached = 0;
        for (i, c) in map.compounds.iter().enumerate() {
            let path = format!("compounds[{i}]");
            self.way(&format!("{path}.way"), &c.way, ids);
            self.name(&path, &c.name);
            self.point(&format!("{path}.centre"), c.centre);
            self.point(&format!("{path}.door"), c.door);
            self.size(&format!("{path}.front"), c.front, LONGEST_SIDE_M);
            self.size(&format!("{path}.depth"), c.depth, LONGEST_SIDE_M);
            if !c.turn.is_finite() || c.turn.abs() > 360.0 {
                self.add(
                    format!("{path}.turn"),
                    "方向须在±360度之内",
                    "a turn lies within ±360 degrees",
                );
            }
            if c.homes > HOMES_OF_ONE {
                self.add(
                    format!("{path}.homes"),
                    format!("一个院最多{HOMES_OF_ONE}户"),
                    format!("a compound has at most {HOMES_OF_ONE} households"),
                );
            }
            if c.per_floor == Some(0) {
                self.add(
                    format!("{path}.per_floor"),
                    "每层至少一户",
                    "at least one flat on a floor",
                );
            }
            homes += u64::from(c.homes);
            if has_door_number(&c.name.zh) {
                self.add(
                    format!("{path}.name.zh"),
                    "不写真实门牌号，请用虚构的名称",
                    "no door numbers: use an invented name",
                );
            }
            if names.insert((c.way.as_str(), c.name.zh.as_ref()), i).is_some() {
                self.add(
                    format!("{path}.name.zh"),
                    format!("同一条胡同里“{}”用了两次", c.name.zh),
                    format!("`{}` is used twice in one way", c.name.zh),
                );
            }
            if let Some(way) = ids.iter().position(|w| *w == c.way) {
                if way < reached {
                    self.add(
                        format!("{path}.way"),
                        "院落须按胡同的顺序排列",
                        "compounds must be in the order of their ways",
                    );
                }
                reached = reached.max(way);
            }
        }
        if homes > u64::from(self.homes) || homes == 0 {
            let most = self.homes;
            self.add(
                "compounds",
                format!("全图须有1到{most}户，这里有{homes}户"),
                format!("a map has 1 to {most} households; here are {homes}"),
            );
        }
    }

    /// What lies on what: doors on edges, compounds apart, mouths on their ways.
    fn shapes(&mut self, map: &RawMap) {
        let lines: BTreeMap<&str, &[Point]> =
            map.ways.iter().map(|w| (w.id.as_str(), w.line.as_slice())).collect();
        let blocks: Vec<Block> = map.compounds.iter().map(block).collect();
        for (i, c) in map.compounds.iter().enumerate() {
            if edge_distance(&blocks[i], c.door) > DOOR_OFF_M {
                self.add(
                    format!("compounds[{i}].door"),
                    "门不在院墙上",
                    "the door is not on the edge of the compound",
                );
            }
            let off = lines.get(c.way.as_str()).map_or(0.0, |line| project(line, c.door).1);
            if off > DOOR_TO_WAY_M {
                self.add(
                    format!("compounds[{i}].door"),
                    format!("门离“{}”{off:.0}米，太远", c.way),
                    format!("the door is {off:.0} m from `{}`, which is too far", c.way),
                );
            }
        }
        for (i, mouth) in map.mouths.iter().enumerate() {
            let off = lines.get(mouth.way.as_str()).map_or(0.0, |line| project(line, mouth.at).1);
            if off > DOOR_TO_WAY_M {
                self.add(
                    format!("mouths[{i}].at"),
                    format!("离“{}”太远", mouth.way),
                    format!("too far from `{}`", mouth.way),
                );
            }
        }
        for (a, b) in overlapping(&blocks) {
            let (one, other) = (&map.compounds[a].name, &map.compounds[b].name);
            self.add(
                format!("compounds[{b}].centre"),
                format!("“{}”压在“{}”上", other.zh, one.zh),
                format!("`{}` overlaps `{}`", other.en, one.en),
            );
        }
    }
}

/// A number followed by 号: a door number.
fn has_door_number(name: &str) -> bool {
    let mut digits = false;
    name.chars().any(|c| {
        let number = digits && c == '号';
        digits = c.is_ascii_digit();
        number
    })
}

fn block(c: &RawCompound) -> Block {
    let turn = c.turn.to_radians();
    Block {
        centre: c.centre,
        along: (turn.cos(), turn.sin()),
        half_front: c.front / 2.0,
        half_depth: c.depth / 2.0,
    }
}

/// Distance of a point from the edge of a block, from inside or outside.
fn edge_distance(block: &Block, p: Point) -> f64 {
    let gap = (p.0 - block.centre.0, p.1 - block.centre.1);
    let along = super::shapes::dot(gap, block.along).abs();
    let across = super::shapes::dot(gap, (-block.along.1, block.along.0)).abs();
    let inside = (block.half_front - along).min(block.half_depth - across);
    if inside >= 0.0 { inside } else { block.distance_to(p) }
}

/// Pairs that overlap, found through a grid so that large maps stay cheap.
fn overlapping(blocks: &[Block]) -> Vec<(usize, usize)> {
    let mut cells: BTreeMap<(i32, i32), Vec<usize>> = BTreeMap::new();
    let mut pairs = Vec::new();
    for (i, block) in blocks.iter().enumerate() {
        let span = |v: f64| {
            let reach = block.reach();
            (((v - reach) / CELL_M).floor() as i32)..=(((v + reach) / CELL_M).floor() as i32)
        };
        for cx in span(block.centre.0) {
            for cy in span(block.centre.1) {
                let cell = cells.entry((cx, cy)).or_default();
                pairs.extend(
                    cell.iter().filter(|&&j| blocks[j].overlaps(block, WALL_M)).map(|&j| (j, i)),
                );
                cell.push(i);
            }
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

fn point_cm((x, y): Point) -> PointCm {
    PointCm::from_metres(x, y)
}

fn cm(metres: f64) -> u32 {
    (metres * CM).round() as u32
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
