//! Map files: read, built, and every problem put where it stands in the file.
//!
//! Floor 2. Reads bytes given to it; makes a [`Place`].

use super::layout::{self, RawMap};
use super::outline::Limits;
use super::problem::{Problem, Problems};
use super::read::parse_file;
use crate::sim::place::Place;

/// Reads a map.
///
/// # Errors
/// Everything that is wrong with it, in the order of the file.
pub fn read(file: &str, bytes: &[u8]) -> Result<Place, Vec<Problem>> {
    let (raw, mut reader) = parse_file::<RawMap>(file, bytes, Limits::default())?;
    layout::build(&raw).map_err(|found| {
        for problem in found {
            if let Some(node) = reader.locate(&problem.path) {
                reader.problem(node, problem.message, problem.hint);
            }
        }
        let mut problems = Problems(reader.finish().err().unwrap_or_default());
        problems.sort();
        problems.0
    })
}
