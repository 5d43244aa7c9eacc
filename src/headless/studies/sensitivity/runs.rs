//! The runs of a sensitivity analysis: made here, kept in a file, or read from one.
//!
//! Floor 4. Reads the desk of a study; makes or reads a table of runs; owns [`Found`]. In a
//! file a line is a seed and an arm is a point of the design, so that parts are cut between
//! seeds whatever the method is.

use std::io::Write;

use crate::cli::Method;
use crate::ensemble::Seeds;
use crate::ensemble::grid::Grid;
use crate::ensemble::knobs::{self, Knob};
use crate::ensemble::morris::{self, Effect, Path};
use crate::ensemble::sobol::{self, Indices};
use crate::ensemble::tornado::{self, Bar as Swing};
use crate::headless::files::Failure;
use crate::headless::studies::attribute::signed_figure;
use crate::headless::studies::desk::{Bar, Desk, not_begun};
use crate::headless::studies::kept::{self, Table};

const PATHS: u32 = 20;
const SAMPLES: u32 = 64;

/// What the runs gave.
pub(super) enum Found {
    Bars(Vec<Swing>),
    Effects(Vec<Effect>),
    Indices(Option<Indices>),
}

/// All of it, or a part that is kept.
pub(super) enum Ran {
    /// Of these seeds; so many of so many runs.
    Told { found: Found, seeds: Seeds, cells: (usize, usize) },
    /// Nothing can be told yet.
    Part(u8),
}

/// Where the model is run.
enum Design {
    Tornado(Vec<Vec<u32>>),
    Morris(Vec<Path>),
    Sobol(sobol::Design, u32),
}

impl Design {
    fn of(method: Method, knobs: &[Knob], samples: u32, seeds: Seeds) -> Result<Self, Failure> {
        let design = match method {
            Method::Tornado => tornado::points(knobs, seeds).map(Self::Tornado),
            Method::Morris => morris::design(knobs, samples, seeds).map(Self::Morris),
            Method::Sobol => {
                sobol::design(knobs, samples, seeds).map(|design| Self::Sobol(design, samples))
            }
        };
        design.map_err(not_begun)
    }

    /// Points that belong together: those of a path or a sample.
    fn in_a_row(&self, knobs: &[Knob]) -> usize {
        match self {
            Self::Tornado(_) => in_a_row(Method::Tornado, knobs),
            Self::Morris(_) => in_a_row(Method::Morris, knobs),
            Self::Sobol(..) => in_a_row(Method::Sobol, knobs),
        }
    }

    /// Every point, row after row.
    fn points(&self, knobs: &[Knob]) -> Vec<Vec<u32>> {
        match self {
            Self::Tornado(points) => points.clone(),
            Self::Morris(paths) => {
                let points = paths.iter().flat_map(|path| &path.points);
                points.map(|point| knobs::values(knobs, point)).collect()
            }
            Self::Sobol(design, samples) => {
                let columns = sobol::Design::columns(knobs.len());
                let places = (0..*samples as usize)
                    .flat_map(|sample| (0..columns).map(move |column| (sample, column)));
                places.map(|(s, column)| knobs::values(knobs, &design.point(s, column))).collect()
            }
        }
    }

    /// Every point as files of runs name it: its row and its place there.
    fn names(&self, knobs: &[Knob]) -> Vec<String> {
        let row = self.in_a_row(knobs);
        let name = |i: usize| format!("{}.{}", i / row + 1, i % row + 1);
        let count = match self {
            Self::Tornado(_) => 1,
            Self::Morris(paths) => paths.len(),
            Self::Sobol(_, samples) => *samples as usize,
        };
        (0..count * row).map(name).collect()
    }

    /// What a table says whose rows are seeds and whose columns are the points.
    fn found(&self, knobs: &[Knob], seeds: Seeds, grid: &Grid) -> Found {
        let by_point = || grid.by_point(self.in_a_row(knobs));
        match self {
            Self::Tornado(_) => Found::Bars(tornado::bars(knobs.len(), grid)),
            Self::Morris(paths) => {
                Found::Effects(morris::effects(paths, seeds.count as usize, &by_point()))
            }
            Self::Sobol(..) => Found::Indices(sobol::indices_of(seeds, &by_point())),
        }
    }
}

fn in_a_row(method: Method, knobs: &[Knob]) -> usize {
    match method {
        Method::Tornado => 2 * knobs.len() + 1,
        Method::Morris => knobs.len() + 1,
        Method::Sobol => sobol::Design::columns(knobs.len()),
    }
}

/// Paths or samples: as many as were asked for, or as usual.
fn count(method: Method, given: u32) -> u32 {
    match (method, given) {
        (Method::Morris, 0) => PATHS,
        (Method::Sobol, 0) => SAMPLES,
        // It has neither: all its points are one row.
        (Method::Tornado, _) => 1,
        (_, given) => given,
    }
}

/// Makes the runs, or reads them.
pub(super) fn run(
    desk: &Desk,
    method: Method,
    knobs: &[Knob],
    samples: u32,
    value: impl Fn(&[u32], u64) -> u64 + Sync,
    out: &mut dyn Write,
) -> Result<Ran, Failure> {
    let samples = count(method, samples);
    if desk.request.from.is_none() && desk.request.out.is_none() {
        return at_once(desk, method, knobs, samples, value);
    }
    // Before a design is laid out that no file could keep.
    kept::can_hold(samples as usize * in_a_row(method, knobs))?;
    let design = |seeds: Seeds| Design::of(method, knobs, samples, seeds);
    // Checks what was asked; what a name stands for hangs on the seeds.
    let points = design(desk.seeds)?.points(knobs);
    let names = |seeds: Seeds| design(seeds).map(|d| d.names(knobs)).unwrap_or_default();
    let of_arm = |arm: usize, seed: u64| value(&points[arm], seed);
    match kept::table(desk, &[], &names, of_arm, out)? {
        Some(Table::Whole(grid, seeds)) => {
            let cells = grid.rows().len() * grid.columns();
            let found = design(seeds)?.found(knobs, seeds, &grid);
            Ok(Ran::Told { found, seeds, cells: (cells, cells) })
        }
        Some(Table::Part(code)) => Ok(Ran::Part(code)),
        None => Err(not_begun(crate::ensemble::EnsembleError::Nothing)),
    }
}

/// Makes the runs and keeps none of them.
fn at_once(
    desk: &Desk,
    method: Method,
    knobs: &[Knob],
    samples: u32,
    value: impl Fn(&[u32], u64) -> u64 + Sync,
) -> Result<Ran, Failure> {
    let value = |values: &[u32], seed: u64| signed_figure(value(values, seed));
    let bar = Bar::new(desk.lang);
    let mut cells = (0, 0);
    let progress = |done, of| {
        cells = (done, of);
        bar.at(done, of);
    };
    let (seeds, filling) = (desk.seeds, desk.filling());
    let found = match method {
        Method::Tornado => {
            tornado::tornado(knobs, seeds, &filling, value, progress).map(Found::Bars)
        }
        Method::Morris => {
            morris::morris(knobs, samples, seeds, &filling, value, progress).map(Found::Effects)
        }
        Method::Sobol => {
            sobol::sobol(knobs, samples, seeds, &filling, value, progress).map(Found::Indices)
        }
    };
    let found = found.map_err(not_begun)?;
    desk.all_made()?;
    Ok(Ran::Told { found, seeds, cells })
}
