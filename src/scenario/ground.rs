//! What lies on what in a map: doors on walls, courtyards apart, mouths on their
//! ways, and a way out of each.
//!
//! Floor 2. Reads a [`RawMap`] whose numbers are sound; adds to the findings of an
//! [`Inspection`]. What could cost more than the file is long stops early.

use std::collections::BTreeMap;

use super::inspect::Inspection;
use super::layout::{RawCompound, RawMap};
use super::read::MOST_PROBLEMS;
use super::shapes::{Block, Point, crossing, dot, project};
use crate::sim::place::Place;

/// More crossings of ways than this are a scribble, and walking distances over
/// them would take minutes.
const CROSSINGS: usize = 1000;
/// A door lies on the edge of its compound, within this.
const DOOR_OFF_M: f64 = 1.5;
/// A door is no farther from its way than this.
const DOOR_TO_WAY_M: f64 = 25.0;
/// Compounds may share a wall.
const WALL_M: f64 = 0.2;
const CELL_M: f64 = 60.0;

impl Inspection {
    /// Compounds from which nobody can leave.
    pub fn reach(&mut self, place: &Place) {
        for (i, exits) in place.exits.iter().enumerate() {
            if exits.is_empty() {
                self.add(
                    format!("compounds[{i}].way"),
                    ("从这里走不到任何一个胡同口", "no lane mouth can be reached from here"),
                    (
                        "让胡同的线与别的胡同相接，或者加一个胡同口",
                        "let the way meet another one, or add a lane mouth",
                    ),
                );
            }
        }
    }

    /// Ways that cross each other too often. Stops as soon as that is known.
    pub fn crossings(&mut self, map: &RawMap) {
        let mut found = 0;
        for (b, way) in map.ways.iter().enumerate() {
            for other in &map.ways[..b] {
                for p in other.line.windows(2) {
                    let meets = |q: &[Point]| crossing(p[0], p[1], q[0], q[1]).is_some();
                    found += way.line.windows(2).filter(|q| meets(q)).count();
                    if found > CROSSINGS {
                        self.refuse(
                            format!("ways[{b}].line"),
                            ("胡同互相交叉太多次", "the ways cross each other too often"),
                            (
                                format!("全图最多交叉{CROSSINGS}次；检查这条线的点"),
                                format!(
                                    "at most {CROSSINGS} crossings; check the points of this line"
                                ),
                            ),
                        );
                        return;
                    }
                }
            }
        }
    }

    /// What lies on what: doors on edges, compounds apart, mouths on their ways.
    pub fn shapes(&mut self, map: &RawMap) {
        let lines: BTreeMap<&str, &[Point]> =
            map.ways.iter().rev().map(|w| (w.id.as_str(), w.line.as_slice())).collect();
        let blocks: Vec<Block> = map.compounds.iter().map(block).collect();
        let off = |way: &str, at| lines.get(way).map_or(0.0, |line| project(line, at).1);
        for (i, c) in map.compounds.iter().enumerate() {
            let path = format!("compounds[{i}].door");
            let gap = edge_distance(&blocks[i], c.door);
            if gap > DOOR_OFF_M {
                self.add(
                    path.clone(),
                    (
                        format!("门离院墙{gap:.0}米"),
                        format!("the door is {gap:.0} m off the edge of the compound"),
                    ),
                    ("门要开在院墙上", "a door lies on the edge of its compound"),
                );
            }
            let off = off(&c.way, c.door);
            if off > DOOR_TO_WAY_M {
                self.add(
                    path,
                    (
                        format!("门离“{}”{off:.0}米，太远", c.way),
                        format!("the door is {off:.0} m from `{}`, which is too far", c.way),
                    ),
                    (format!("最多{DOOR_TO_WAY_M}米"), format!("{DOOR_TO_WAY_M} m at most")),
                );
            }
        }
        for (i, mouth) in map.mouths.iter().enumerate() {
            let off = off(&mouth.way, mouth.at);
            if off > DOOR_TO_WAY_M {
                self.add(
                    format!("mouths[{i}].at"),
                    (
                        format!("胡同口离“{}”{off:.0}米，太远", mouth.way),
                        format!("the mouth is {off:.0} m from `{}`, which is too far", mouth.way),
                    ),
                    (format!("最多{DOOR_TO_WAY_M}米"), format!("{DOOR_TO_WAY_M} m at most")),
                );
            }
        }
        for (a, b) in overlapping(&blocks) {
            let (one, other) = (&map.compounds[a].name, &map.compounds[b].name);
            self.add(
                format!("compounds[{b}].centre"),
                (
                    format!("“{}”压在“{}”上", other.zh, one.zh),
                    format!("`{}` overlaps `{}`", other.en, one.en),
                ),
                ("移开一个，或者缩小", "move one of them or make it smaller"),
            );
        }
    }
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
    let along = dot(gap, block.along).abs();
    let across = dot(gap, (-block.along.1, block.along.0)).abs();
    let inside = (block.half_front - along).min(block.half_depth - across);
    if inside >= 0.0 { inside } else { block.distance_to(p) }
}

/// Pairs that overlap, found through a grid so that large maps stay cheap; not
/// many more than can be told, so that a heap of compounds stays cheap too.
fn overlapping(blocks: &[Block]) -> Vec<(usize, usize)> {
    let mut cells: BTreeMap<(i32, i32), Vec<usize>> = BTreeMap::new();
    let mut pairs = Vec::new();
    for (i, block) in blocks.iter().enumerate() {
        let span = |v: f64| {
            let reach = block.reach();
            (((v - reach) / CELL_M).floor() as i32)..=(((v + reach) / CELL_M).floor() as i32)
        };
        let before = pairs.len();
        for cx in span(block.centre.0) {
            for cy in span(block.centre.1) {
                let cell = cells.entry((cx, cy)).or_default();
                pairs.extend(
                    cell.iter().filter(|&&j| blocks[j].overlaps(block, WALL_M)).map(|&j| (j, i)),
                );
                cell.push(i);
            }
        }
        pairs[before..].sort_unstable();
        pairs.dedup();
        if pairs.len() > MOST_PROBLEMS {
            break;
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heap_of_compounds_is_told_without_comparing_them_all() {
        let block =
            Block { centre: (0.0, 0.0), along: (1.0, 0.0), half_front: 150.0, half_depth: 150.0 };
        let pairs = overlapping(&vec![block; 1000]);
        assert!((MOST_PROBLEMS..2 * MOST_PROBLEMS).contains(&pairs.len()), "{}", pairs.len());
    }
}
