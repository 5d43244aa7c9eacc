//! Map files: read, built, and every problem put where it stands in the file.
//!
//! Floor 2. Reads bytes given to it; makes a [`Place`]. Each way, compound and
//! spot is read by itself, so that a slip in one does not hide what is wrong with
//! the others.

use serde::de::DeserializeOwned;

use super::inspect::Inspection;
use super::layout::{
    self, FORMAT, LayoutProblem, RawMap, RawMouth, RawSpot, RawStretch, RawWay, fields,
};
use super::outline::{Limits, NodeId};
use super::personal;
use super::problem::Problem;
use super::read::{Fields, Reader};
use crate::base::text::Bilingual;
use crate::sim::place::{Grade, Place};

/// Reads a map.
///
/// # Errors
/// Everything that is wrong with it, in the order of the file.
pub fn read(file: &str, bytes: &[u8]) -> Result<Place, Vec<Problem>> {
    let mut reader = Reader::new(file, bytes, Limits::default());
    let Some(root) = reader.root() else { return Err(reader.finish().err().unwrap_or_default()) };
    personal::check(&mut reader);
    let (map, places, written) = read_parts(&mut reader, root);
    let found = if reader.is_clean() && written.iter().all(|&(_, count, ..)| count > 0) {
        match layout::build(&map) {
            Ok(place) => return reader.finish().map(|_| place),
            Err(problems) => problems,
        }
    } else {
        let mut inspection = Inspection::of_parts(&map);
        for (list, count, zh, en) in written {
            inspection.needs(list, count, zh, en);
        }
        inspection.problems
    };
    for LayoutProblem { path, message, hint } in found {
        if let Some(node) = reader.locate(&places.in_file(&path)) {
            reader.problem(node, message, Some(hint));
        }
    }
    Err(reader.finish().err().unwrap_or_default())
}

/// Where the parts that could be read stand in their lists.
#[derive(Default)]
struct Places(Vec<(&'static str, Vec<usize>)>);

impl Places {
    /// The path in the file for a path in the map: `shops[1].at` is `shops[2].at`
    /// when a shop before it could not be read.
    fn in_file(&self, path: &str) -> String {
        let moved = || {
            let (list, rest) = path.split_once('[')?;
            let (index, rest) = rest.split_once(']')?;
            let (_, places) = self.0.iter().find(|(name, _)| *name == list)?;
            let index = places.get(index.parse::<usize>().ok()?)?;
            Some(format!("{list}[{index}]{rest}"))
        };
        moved().unwrap_or_else(|| path.to_owned())
    }
}

/// A list that may not be empty: name, how many stand in the file, and what they are.
type Written = (&'static str, usize, &'static str, &'static str);

fn read_parts(reader: &mut Reader, root: NodeId) -> (RawMap, Places, Vec<Written>) {
    let of_map = reader.fields(root, &fields::MAP, &[]);
    let mut places = Places::default();
    let mut written = Vec::new();
    for (name, zh, en) in [
        ("ways", "胡同", "way"),
        ("compounds", "院落", "compound"),
        ("mouths", "胡同口", "lane mouth"),
    ] {
        if let Some(node) = of_map.get(name).filter(|&node| reader.is_list(node)) {
            written.push((name, reader.items(node).len(), zh, en));
        }
    }
    let mut parts = Parts { reader, of_map: &of_map, places: &mut places };
    let map = RawMap {
        format: parts.reader.field(&of_map, "format").unwrap_or(FORMAT),
        name: parts.reader.field(&of_map, "name").unwrap_or_else(unnamed),
        ways: parts.ways(),
        compounds: parts.list("compounds", &fields::COMPOUND, &fields::PER_FLOOR),
        mouths: parts.list::<RawMouth>("mouths", &fields::MOUTH, &[]),
        office: parts.office(),
        toilets: parts.list::<RawSpot>("toilets", &fields::SPOT, &[]),
        shops: parts.list::<RawSpot>("shops", &fields::SPOT, &[]),
        bridges: parts.list::<RawSpot>("bridges", &fields::SPOT, &[]),
        waters: parts.list::<RawStretch>("waters", &fields::STRETCH, &[]),
        borders: parts.list::<RawStretch>("borders", &fields::STRETCH, &[]),
    };
    (map, places, written)
}

/// A name in place of one that could not be read; nothing is wrong with it.
fn unnamed() -> Bilingual {
    Bilingual::fixed("无名", "unnamed")
}

struct Parts<'a> {
    reader: &'a mut Reader,
    of_map: &'a Fields,
    places: &'a mut Places,
}

impl Parts<'_> {
    fn list<T: DeserializeOwned>(
        &mut self,
        name: &'static str,
        must: &[&str],
        may: &[&str],
    ) -> Vec<T> {
        let nodes = self.of_map.get(name).map(|node| self.reader.items(node)).unwrap_or_default();
        let (mut found, mut indices) = (Vec::new(), Vec::new());
        for (i, node) in nodes.into_iter().enumerate() {
            if self.reader.is_full() {
                break;
            }
            if let Some(part) = part(self.reader, node, must, may) {
                found.push(part);
                indices.push(i);
            }
        }
        self.places.0.push((name, indices));
        found
    }

    /// The ways. One that could not be read is stood in for, because compounds
    /// and mouths may rightly name it.
    fn ways(&mut self) -> Vec<RawWay> {
        let nodes = self.of_map.get("ways").map(|node| self.reader.items(node)).unwrap_or_default();
        let mut ways = Vec::new();
        for (i, node) in nodes.into_iter().enumerate() {
            let read = part(self.reader, node, &fields::WAY, &[]);
            ways.push(read.unwrap_or_else(|| {
                let id = self.reader.locate(&format!("ways[{i}].id"));
                let id = id.map(|id| self.reader.text(id).trim_matches('"').to_owned());
                RawWay {
                    id: id.filter(|id| id.len() < 100).unwrap_or_else(|| format!("{i}")),
                    name: unnamed(),
                    width: 1.0,
                    line: vec![(0.0, 0.0), (1.0, 0.0)],
                    grade: Grade::Invented,
                }
            }));
        }
        ways
    }

    fn office(&mut self) -> RawSpot {
        let node = self.of_map.get("office");
        let read = node.and_then(|node| part(self.reader, node, &fields::SPOT, &[]));
        read.unwrap_or_else(|| RawSpot { name: unnamed(), at: (0.0, 0.0), grade: Grade::Invented })
    }
}

/// One part. Its fields are looked through first: `ron` names only the first one
/// that is missing.
fn part<T: DeserializeOwned>(
    reader: &mut Reader,
    node: NodeId,
    must: &[&str],
    may: &[&str],
) -> Option<T> {
    reader.fields(node, must, may);
    if reader.is_struct(node) { reader.parse(node) } else { None }
}
