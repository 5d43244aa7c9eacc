//! Courtyards and buildings set along the ways without overlap.
//!
//! Floor 2. Reads the table and keyed draws; makes compounds. Each way is cut
//! into equal lots on the sides that belong to the community; a lot that does
//! not fit is moved along and made smaller, in fixed steps, until it does.

use super::super::layout::{RawCompound, RawMap, RawSpot};
use super::super::shapes::{Block, Point, length, point_at};
use super::table::{WAYS, WayRow};
use crate::base::text::Bilingual;
use crate::sim::draw::{Draw, Purpose, draw};
use crate::sim::place::{CompoundKind, Grade};

/// Between the edge of a lane and a wall.
const SETBACK_M: f64 = 0.8;
/// Between two walls.
const GAP_M: f64 = 0.6;
const SHRINK: [f64; 6] = [1.0, 0.85, 0.7, 0.6, 0.5, 0.4];
const SHIFT_M: f64 = 2.0;
const SHIFTS: i32 = 30;
/// Ways squeezed between river and lanes choose their ground before the others.
const ROOM_FIRST: [usize; 10] = [5, 6, 7, 2, 1, 3, 4, 8, 0, 9];
const BUILDING: (f64, f64) = (30.0, 12.0);
const FLATS_ON_A_FLOOR: u32 = 8;
/// Shops: every so many compounds of the busy ways.
const SHOP_EVERY: usize = 9;

const ATTRIBUTE_SIZE: u32 = 1;
const ATTRIBUTE_HOMES: u32 = 2;
const ATTRIBUTE_BUILDING: u32 = 3;
const ATTRIBUTE_SHOP: u32 = 4;

const PLANTS: [(&str, &str); 22] = [
    ("槐荫", "Locust"),
    ("枣树", "Jujube"),
    ("石榴", "Pomegranate"),
    ("海棠", "Crabapple"),
    ("丁香", "Lilac"),
    ("银杏", "Ginkgo"),
    ("香椿", "Toon"),
    ("葡萄", "Grape"),
    ("紫藤", "Wisteria"),
    ("核桃", "Walnut"),
    ("柿子", "Persimmon"),
    ("杏花", "Apricot"),
    ("榆钱", "Elm"),
    ("桂花", "Osmanthus"),
    ("影壁", "Screen Wall"),
    ("垂花", "Hanging Flower"),
    ("石鼓", "Stone Drum"),
    ("青砖", "Grey Brick"),
    ("灰瓦", "Grey Tile"),
    ("鱼缸", "Fish Bowl"),
    ("鸽哨", "Pigeon Whistle"),
    ("天棚", "Awning"),
];
const WHERE: [(&str, &str); 10] = [
    ("", ""),
    ("东", "East "),
    ("西", "West "),
    ("南", "South "),
    ("北", "North "),
    ("前", "Front "),
    ("后", "Back "),
    ("大", "Great "),
    ("小", "Little "),
    ("里", "Inner "),
];
const BUILDINGS: [(&str, &str); 7] = [
    ("春晓楼", "Spring Dawn House"),
    ("和风楼", "Gentle Wind House"),
    ("向阳楼", "Sunny House"),
    ("望河楼", "Riverview House"),
    ("迎晖楼", "Morning Light House"),
    ("听雨楼", "Rainsound House"),
    ("安宁楼", "Quiet House"),
];

/// Every compound, by way.
pub(super) fn compounds(seed: u64, map: &RawMap) -> Vec<RawCompound> {
    let strip = |line: &[Point], width: f64| {
        line.windows(2).map(|p| Block::strip(p[0], p[1], width)).collect::<Vec<_>>()
    };
    let mut taken: Vec<Block> = Vec::new();
    for way in &map.ways {
        taken.extend(strip(&way.line, way.width + SETBACK_M));
    }
    for water in map.waters.iter().chain(&map.borders) {
        taken.extend(strip(&water.line, water.width));
    }
    let mut names = (0..BUILDINGS.len(), 0..PLANTS.len() * WHERE.len());
    let mut lots: Vec<Vec<Lot>> = WAYS.iter().map(|_| Vec::new()).collect();
    // Buildings first everywhere: they need the room, courtyards adapt.
    for kind in [CompoundKind::Building, CompoundKind::Courtyard] {
        for index in ROOM_FIRST {
            place_along(seed, index as u32, &WAYS[index], kind, &mut taken, &mut lots[index]);
        }
    }
    let mut all = Vec::new();
    for (index, row) in WAYS.iter().enumerate() {
        let mut here = std::mem::take(&mut lots[index]);
        here.sort_by(|a, b| a.along.total_cmp(&b.along).then(a.left.cmp(&b.left)));
        let homes = share_homes(seed, index as u32, row, &here);
        for (lot, homes) in here.into_iter().zip(homes) {
            let (name, grade) = match lot.kind {
                CompoundKind::Building => (
                    names.0.next().map(|i| BUILDINGS[i]).map(|(zh, en)| Bilingual::fixed(zh, en)),
                    Grade::Estimate,
                ),
                CompoundKind::Courtyard => (names.1.next().map(courtyard_name), Grade::Invented),
            };
            all.push(lot.compound(row, name.unwrap_or_default(), homes, grade));
        }
    }
    all
}

fn courtyard_name(i: usize) -> Bilingual {
    let (plant, place) = (PLANTS[i % PLANTS.len()], WHERE[i / PLANTS.len()]);
    Bilingual::new(format!("{}{}院", place.0, plant.0), format!("{}{} Yard", place.1, plant.1))
}

/// A piece of ground that has been found free.
#[derive(Debug, Clone, Copy)]
struct Lot {
    kind: CompoundKind,
    along: f64,
    left: bool,
    block: Block,
    door: Point,
}

impl Lot {
    fn compound(self, row: &WayRow, name: Bilingual, homes: u32, grade: Grade) -> RawCompound {
        let tenth = |v: f64| (v * 10.0).round() / 10.0;
        let point = |p: Point| (tenth(p.0), tenth(p.1));
        RawCompound {
            way: row.id.to_owned(),
            kind: self.kind,
            name,
            centre: point(self.block.centre),
            front: tenth(self.block.half_front * 2.0),
            depth: tenth(self.block.half_depth * 2.0),
            turn: tenth(self.block.along.1.atan2(self.block.along.0).to_degrees()),
            door: point(self.door),
            homes,
            per_floor: (self.kind == CompoundKind::Building).then_some(FLATS_ON_A_FLOOR),
            grade,
        }
    }
}

fn place_along(
    seed: u64,
    way: u32,
    row: &WayRow,
    kind: CompoundKind,
    taken: &mut Vec<Block>,
    lots: &mut Vec<Lot>,
) {
    let sides: Vec<bool> = [(row.sides.0, true), (row.sides.1, false)]
        .into_iter()
        .filter(|s| s.0)
        .map(|s| s.1)
        .collect();
    let count = if kind == CompoundKind::Building { row.buildings } else { row.courtyards };
    let whole = length(row.line);
    let slot = whole * sides.len() as f64 / f64::from(count.max(1));
    for i in 0..count {
        let d = draw(seed, Purpose::PlaceLayout, way, ATTRIBUTE_SIZE + kind as u32 * 8, i);
        let place = (f64::from(i) + 0.5) * slot;
        let side = sides[((place / whole) as usize).min(sides.len() - 1)];
        let along = place % whole;
        let (front, depth) = match kind {
            CompoundKind::Building => BUILDING,
            CompoundKind::Courtyard => (
                row.narrow * f64::from(d.between(0, 110, 180)) / 10.0,
                row.narrow * f64::from(d.between(1, 150, 250)) / 10.0,
            ),
        };
        if let Some(lot) = find_room(row, kind, along, side, &sides, (front, depth), taken) {
            taken.push(lot.block);
            lots.push(lot);
        }
    }
}

/// The first place that is free, nearest to where it should be, as large as may be.
fn find_room(
    row: &WayRow,
    kind: CompoundKind,
    along: f64,
    side: bool,
    sides: &[bool],
    extent: (f64, f64),
    taken: &[Block],
) -> Option<Lot> {
    let whole = length(row.line);
    let both = std::iter::once(side).chain(sides.iter().copied().filter(|&s| s != side));
    let both: Vec<bool> = both.collect();
    for shrink in SHRINK {
        // A building keeps its size and looks farther instead.
        let (front, depth) = if kind == CompoundKind::Building {
            extent
        } else {
            (extent.0 * shrink, extent.1 * shrink)
        };
        let reach = if kind == CompoundKind::Building { SHIFTS * 8 } else { SHIFTS };
        for shift in (0..=reach).flat_map(|k| [k, -k]) {
            let at = along + f64::from(shift) * SHIFT_M;
            if at < front / 2.0 || at > whole - front / 2.0 {
                continue;
            }
            for &left in &both {
                let lot = lot_at(row, kind, at, left, front, depth);
                let grown = Block {
                    half_front: lot.block.half_front + GAP_M / 2.0,
                    half_depth: lot.block.half_depth + GAP_M / 2.0,
                    ..lot.block
                };
                if taken.iter().all(|t| !t.overlaps(&grown, 0.0)) {
                    return Some(lot);
                }
            }
        }
    }
    None
}

fn lot_at(row: &WayRow, kind: CompoundKind, along: f64, left: bool, front: f64, depth: f64) -> Lot {
    let (foot, dir) = point_at(row.line, along);
    let across = if left { (-dir.1, dir.0) } else { (dir.1, -dir.0) };
    let edge = row.width / 2.0 + SETBACK_M + GAP_M;
    let off = |m: f64| (foot.0 + across.0 * m, foot.1 + across.1 * m);
    Lot {
        kind,
        along,
        left,
        block: Block {
            centre: off(edge + depth / 2.0),
            along: dir,
            half_front: front / 2.0,
            half_depth: depth / 2.0,
        },
        door: off(edge),
    }
}

/// Households of each lot: the way's own totals, shared by size with a draw.
fn share_homes(seed: u64, way: u32, row: &WayRow, lots: &[Lot]) -> Vec<u32> {
    let mut homes = vec![0; lots.len()];
    for (kind, total, attribute) in [
        (CompoundKind::Courtyard, row.courtyard_homes, ATTRIBUTE_HOMES),
        (CompoundKind::Building, row.building_homes, ATTRIBUTE_BUILDING),
    ] {
        let here: Vec<usize> = (0..lots.len()).filter(|&i| lots[i].kind == kind).collect();
        if here.is_empty() {
            continue;
        }
        let weight = |i: usize| {
            let d: Draw = draw(seed, Purpose::PlaceLayout, way, attribute, i as u32);
            let spread = if kind == CompoundKind::Courtyard { d.between(0, 55, 145) } else { 100 };
            let area = lots[i].block.half_front * lots[i].block.half_depth;
            (area.sqrt() * f64::from(spread)) as u32
        };
        let weights: Vec<u32> = here.iter().map(|&i| weight(i).max(1)).collect();
        for (share, i) in largest_remainder(total, &weights).into_iter().zip(&here) {
            homes[*i] = share;
        }
    }
    homes
}

/// Shares a total by weights, at least one each; the sum is exact.
fn largest_remainder(total: u32, weights: &[u32]) -> Vec<u32> {
    let least = weights.len() as u32;
    let spare = u64::from(total.saturating_sub(least));
    let sum: u64 = weights.iter().map(|&w| u64::from(w)).sum::<u64>().max(1);
    let mut shares: Vec<u32> =
        weights.iter().map(|&w| 1 + (spare * u64::from(w) / sum) as u32).collect();
    let mut order: Vec<usize> = (0..weights.len()).collect();
    order.sort_by_key(|&i| (std::cmp::Reverse(spare * u64::from(weights[i]) % sum), i));
    let missing = total.saturating_sub(shares.iter().sum());
    for &i in order.iter().take(missing as usize) {
        shares[i] += 1;
    }
    shares
}

/// Shops at the doors of some compounds of the two streets and the widest lanes.
pub(super) fn shops(seed: u64, map: &RawMap) -> Vec<RawSpot> {
    const KINDS: [(&str, &str); 5] = [
        ("副食店", "grocery"),
        ("粮油店", "grain and oil shop"),
        ("药店", "pharmacy"),
        ("早点铺", "breakfast shop"),
        ("理发店", "barber"),
    ];
    let busy = ["dianmenwai", "maoer", "fangzhuan", "nanluogu"];
    let doors: Vec<Point> =
        map.compounds.iter().filter(|c| busy.contains(&c.way.as_str())).map(|c| c.door).collect();
    let first =
        draw(seed, Purpose::PlaceLayout, 0, ATTRIBUTE_SHOP, 0).below(0, SHOP_EVERY as u32) as usize;
    doors
        .into_iter()
        .skip(first)
        .step_by(SHOP_EVERY)
        .enumerate()
        .map(|(i, at)| {
            let (zh, en) = KINDS[i % KINDS.len()];
            RawSpot { name: Bilingual::fixed(zh, en), at, grade: Grade::Invented }
        })
        .collect()
}
