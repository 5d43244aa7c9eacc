//! A table of runs: rows that stand by themselves, columns that belong together.
//!
//! Floor 2. Reads a closure that gives one number; owns [`Grid`]. Attribution,
//! tornado, Morris and Sobol all ask for such a table: a row is a seed, a path or
//! a sample, and only whole rows are used, so that a cancelled table is a smaller
//! table and nothing else. Eight bytes a run.

use std::num::NonZeroUsize;
use std::sync::atomic::AtomicBool;

use super::workers;

/// How a table is filled. Nothing here can change a number in it.
#[derive(Debug, Clone, Copy)]
pub struct Filling<'a> {
    /// Threads that work on it.
    pub threads: NonZeroUsize,
    /// Set by somebody who has seen enough.
    pub cancel: &'a AtomicBool,
}

/// One number for every row and column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grid {
    columns: usize,
    values: Vec<i64>,
}

impl Grid {
    /// Runs `value(row, column)` for every cell, row by row; `progress` hears how
    /// many of how many cells are done.
    pub fn fill(
        rows: usize,
        columns: usize,
        filling: &Filling,
        value: impl Fn(usize, usize) -> i64 + Sync,
        mut progress: impl FnMut(usize, usize),
    ) -> Self {
        let cells = rows * columns;
        let mut values = Vec::with_capacity(cells);
        workers::in_order(
            cells,
            filling.threads,
            filling.cancel,
            |cell| value(cell / columns, cell % columns),
            |_, number| {
                values.push(number);
                progress(values.len(), cells);
            },
        );
        Self::of(columns, values)
    }

    /// Numbers that are there already, row by row; a last row that is not whole is left out.
    pub fn of(columns: usize, mut values: Vec<i64>) -> Self {
        let whole = values.len().checked_div(columns).unwrap_or_default() * columns;
        values.truncate(whole);
        Self { columns, values }
    }

    /// Numbers for each row.
    pub fn columns(&self) -> usize {
        self.columns
    }

    /// A table of seeds by points of a design, turned over: a row for every `points`
    /// points, and in it each point's seeds beside each other.
    #[must_use]
    pub fn by_point(&self, points: usize) -> Self {
        let all = 0..self.columns;
        let values = all.flat_map(|point| self.rows().map(move |seed| seed[point])).collect();
        Self::of(points * self.rows().len(), values)
    }

    /// Whole rows.
    pub fn rows(&self) -> impl ExactSizeIterator<Item = &[i64]> {
        // A table without columns has no rows either.
        self.values.chunks_exact(self.columns.max(1))
    }

    /// One column, row by row.
    pub fn column(&self, column: usize) -> Vec<i64> {
        self.rows().map(|row| row[column]).collect()
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use std::sync::atomic::Ordering;

    pub(crate) static GO: AtomicBool = AtomicBool::new(false);

    pub(crate) fn two() -> Filling<'static> {
        Filling { threads: NonZeroUsize::new(2).unwrap(), cancel: &GO }
    }

    #[test]
    fn a_table_is_filled_row_by_row_on_any_number_of_threads() {
        let of = |threads| {
            let filling = Filling { threads: NonZeroUsize::new(threads).unwrap(), cancel: &GO };
            Grid::fill(5, 3, &filling, |row, column| (10 * row + column) as i64, |_, _| {})
        };
        assert_eq!(of(1), of(8));
        assert_eq!(of(2).rows().nth(4).unwrap(), [40, 41, 42]);
        assert_eq!(of(2).column(1), [1, 11, 21, 31, 41]);
        assert_eq!(Grid::fill(5, 0, &two(), |_, _| 0, |_, _| {}).rows().len(), 0);
    }

    /// Two paths of three points each, run on two seeds: 10 × seed + point.
    #[test]
    fn seeds_by_points_are_turned_into_paths_with_the_seeds_of_a_point_together() {
        let by_seed = Grid::of(6, vec![10, 11, 12, 13, 14, 15, 20, 21, 22, 23, 24, 25]);
        let by_path = by_seed.by_point(3);
        let rows: Vec<&[i64]> = by_path.rows().collect();
        assert_eq!(rows, [[10, 20, 11, 21, 12, 22], [13, 23, 14, 24, 15, 25]]);
        assert_eq!(Grid::of(6, Vec::new()).by_point(3).rows().len(), 0);
    }

    #[test]
    fn a_cancelled_table_keeps_its_whole_rows() {
        let stop = AtomicBool::new(false);
        let filling = Filling { cancel: &stop, ..two() };
        let grid = Grid::fill(
            1000,
            7,
            &filling,
            |row, _| row as i64,
            |done, of| {
                assert_eq!(of, 7000);
                stop.store(done >= 24, Ordering::Relaxed);
            },
        );
        assert!((3..1000).contains(&grid.rows().len()));
        assert!(grid.rows().enumerate().all(|(i, row)| row == [i as i64; 7]));
    }
}
