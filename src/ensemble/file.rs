//! Result files: what each run gave, one line a run.
//!
//! Floor 2. Reads and writes streams that are given to it, never a file by name;
//! owns the format. JSON lines, so that any program can read them:
//!
//! ```text
//! {"zhanyitu_runs":1,"program":"0.1.0",…,"from":0,"to":50,"shape":{…}}
//! {"run":0,"seed":7,"arms":[{"series":[…],"totals":[…],"homes":{…}}]}
//! …
//! {"runs":50,"xxh3":"0123456789abcdef"}
//! ```
//!
//! A table (attribution, a sensitivity analysis) is a file of many arms whose shape has one
//! total and nothing else: a line is a seed, an arm a column.
//!
//! The last line counts the runs and holds a hash of their lines: a file that was
//! cut off or changed is noticed. Whoever reads one back gets an ensemble with the
//! same bytes as if it had been run here.

use std::io::{self, BufRead, Read as _, Write};
use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicBool, Ordering};

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::Xxh3;

use super::grid::{Filling, Grid};
use super::merge::Unmergeable;
use super::outcome::{Outcome, Quantity, Shape};
use super::pairs::{Pair, Pairs};
use super::runs::{Ensemble, Seeds};
use super::workers;

/// The format that is written.
pub const FORMAT: u32 = 1;
/// A line longer than this is no line of ours.
const LONGEST_LINE: u64 = 64 << 20;

/// The first line: what was run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Header {
    /// The format.
    pub zhanyitu_runs: u32,
    /// Version of the program.
    pub program: String,
    /// Revision of the model.
    pub model: u32,
    /// What was asked, in the words of the command line.
    pub asked: String,
    /// Hash of scene and map.
    pub scene: String,
    /// Hash of every parameter.
    pub params: String,
    /// All seeds of the whole ensemble.
    pub seeds: Seeds,
    /// Names of the arms, in the order in which each line gives them.
    pub arms: Vec<String>,
    /// The first run in this file.
    pub from: u32,
    /// One past the last run in this file.
    pub to: u32,
    /// What all runs have in common.
    pub shape: Shape,
}

/// A hash as files write it.
pub fn hash_text(hash: u64) -> String {
    format!("{hash:016x}")
}

/// One run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Line {
    /// Its number in the whole ensemble.
    pub run: u32,
    /// Its seed.
    pub seed: u64,
    /// What each arm gave.
    pub arms: Vec<Outcome>,
}

/// The last line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Foot {
    runs: u32,
    xxh3: String,
}

/// Writes the three parts of a file and keeps the hash.
pub(super) struct Writer<W> {
    out: W,
    hash: Xxh3,
    runs: u32,
}

impl<W: Write> Writer<W> {
    pub(super) fn begin(mut out: W, header: &Header) -> io::Result<Self> {
        writeln!(out, "{}", serde_json::to_string(header)?)?;
        Ok(Self { out, hash: Xxh3::new(), runs: 0 })
    }

    pub(super) fn line(&mut self, text: &str) -> io::Result<()> {
        self.hash.update(text.as_bytes());
        self.runs += 1;
        writeln!(self.out, "{text}")
    }

    pub(super) fn end(mut self) -> io::Result<()> {
        let foot = Foot { runs: self.runs, xxh3: hash_text(self.hash.digest()) };
        writeln!(self.out, "{}", serde_json::to_string(&foot)?)?;
        self.out.flush()
    }
}

/// Runs what the header says and writes the file as results come; nothing is kept.
/// `progress` hears how many of how many runs are done. Returns whether all were
/// run: a cancelled file has no last line, and nothing will take it for whole.
///
/// # Errors
/// When the stream cannot be written; the remaining runs are then not made.
pub fn write(
    out: impl Write,
    header: &Header,
    threads: NonZeroUsize,
    cancel: &AtomicBool,
    run: impl Fn(u64) -> Vec<Outcome> + Sync,
    mut progress: impl FnMut(u32, u32),
) -> io::Result<bool> {
    let mut writer = Writer::begin(out, header)?;
    let (from, count) = (header.from, header.to.saturating_sub(header.from));
    let make = |i: usize| {
        let run_number = from + i as u32;
        let seed = header.seeds.seed(run_number as usize);
        let line = Line { run: run_number, seed, arms: run(seed) };
        assert!(header.holds(&line), "run {run_number} is not of the shape of the file");
        serde_json::to_string(&line)
    };
    let mut failed = None;
    let taken = workers::in_order(count as usize, threads, cancel, make, |i, text| {
        if failed.is_some() {
            return;
        }
        if let Err(error) = text.map_err(io::Error::from).and_then(|text| writer.line(&text)) {
            failed = Some(error);
            cancel.store(true, Ordering::Relaxed);
        }
        progress(i as u32 + 1, count);
    });
    ended(writer, failed, taken == count as usize)
}

fn ended(writer: Writer<impl Write>, failed: Option<io::Error>, whole: bool) -> io::Result<bool> {
    if let Some(error) = failed {
        return Err(error);
    }
    if whole {
        writer.end()?;
    }
    Ok(whole)
}

/// What the runs of a table have in common: one total.
pub fn shape_of_table(total: Quantity) -> Shape {
    Shape { days: 0, series: Vec::new(), totals: vec![total], cases: None, homes: 0 }
}

/// [`write()`] for a table: `value` gives one number for an arm and a seed. The cells are
/// handed out one by one, because a seed may have a thousand arms; `progress` counts them.
///
/// # Errors
/// As [`write()`].
pub fn write_table(
    out: impl Write,
    header: &Header,
    filling: &Filling,
    value: impl Fn(usize, u64) -> u64 + Sync,
    mut progress: impl FnMut(usize, usize),
) -> io::Result<bool> {
    let mut writer = Writer::begin(out, header)?;
    let columns = header.arms.len();
    let cells = header.to.saturating_sub(header.from) as usize * columns;
    let place = |cell: usize| {
        let run = header.from + (cell / columns) as u32;
        (run, header.seeds.seed(run as usize), cell % columns)
    };
    let make = |cell: usize| {
        let (_, seed, arm) = place(cell);
        value(arm, seed)
    };
    let (mut arms, mut failed) = (Vec::with_capacity(columns), None);
    let taken = workers::in_order(cells, filling.threads, filling.cancel, make, |cell, total| {
        if failed.is_some() {
            return;
        }
        arms.push(Outcome { totals: vec![total], ..Outcome::default() });
        if arms.len() == columns {
            let (run, seed, _) = place(cell);
            let line = Line { run, seed, arms: std::mem::take(&mut arms) };
            assert!(header.holds(&line), "run {run} is not of the shape of the file");
            let text = serde_json::to_string(&line).map_err(io::Error::from);
            if let Err(error) = text.and_then(|text| writer.line(&text)) {
                failed = Some(error);
                filling.cancel.store(true, Ordering::Relaxed);
            }
        }
        progress(cell + 1, cells);
    });
    ended(writer, failed, taken == cells)
}

impl Header {
    /// Whether a line can stand in this file.
    fn holds(&self, line: &Line) -> bool {
        (self.from..self.to).contains(&line.run)
            && line.seed == self.seeds.seed(line.run as usize)
            && line.arms.len() == self.arms.len()
            && line.arms.iter().all(|outcome| self.shape.fits(outcome))
    }

    fn is_sound(&self) -> bool {
        self.from <= self.to && self.to <= self.seeds.count && self.shape.is_sound()
    }
}

/// A file being read, line by line.
pub struct Reader<R> {
    name: String,
    stream: R,
    hash: Xxh3,
    next: u32,
    number: u32,
    /// What the file holds.
    pub header: Header,
}

impl<R: BufRead> Reader<R> {
    /// Reads the first line. `name` is what people call the file.
    ///
    /// # Errors
    /// No result file, a newer one, a broken one, or the stream cannot be read.
    pub fn open(name: &str, mut stream: R) -> Result<Self, Unmergeable> {
        let file = || name.to_owned();
        let text = read_line(name, &mut stream)?;
        let value: serde_json::Value =
            serde_json::from_str(&text).map_err(|_| Unmergeable::Foreign(file()))?;
        let format = value.get("zhanyitu_runs").and_then(serde_json::Value::as_u64);
        let format = format.ok_or_else(|| Unmergeable::Foreign(file()))?;
        if format > u64::from(FORMAT) {
            return Err(Unmergeable::Newer(file()));
        }
        let damaged = || Unmergeable::Damaged { file: file(), line: 1 };
        let header: Header = serde_json::from_value(value).map_err(|_| damaged())?;
        if !header.is_sound() {
            return Err(damaged());
        }
        Ok(Self { name: file(), stream, hash: Xxh3::new(), next: header.from, number: 1, header })
    }

    /// The name of the file.
    pub fn name(&self) -> &str {
        &self.name
    }

    fn damaged(&self) -> Unmergeable {
        Unmergeable::Damaged { file: self.name.clone(), line: self.number }
    }

    /// The next run, and its line as it stands in the file; `None` after the last,
    /// when the last line of the file was right.
    ///
    /// # Errors
    /// The file is cut off or damaged, or the stream cannot be read.
    pub fn next_run(&mut self) -> Result<Option<(Line, String)>, Unmergeable> {
        self.number += 1;
        let text = read_line(&self.name, &mut self.stream)?;
        if text.is_empty() {
            return Err(Unmergeable::CutOff(self.name.clone()));
        }
        let text = text.strip_suffix('\n').ok_or_else(|| Unmergeable::CutOff(self.name.clone()))?;
        if self.next == self.header.to {
            let foot: Foot = serde_json::from_str(text).map_err(|_| self.damaged())?;
            let right = Foot {
                runs: self.header.to - self.header.from,
                xxh3: hash_text(self.hash.digest()),
            };
            let more = !read_line(&self.name, &mut self.stream)?.is_empty();
            return if foot == right && !more { Ok(None) } else { Err(self.damaged()) };
        }
        let line: Line = serde_json::from_str(text).map_err(|_| self.damaged())?;
        if line.run != self.next || !self.header.holds(&line) {
            return Err(self.damaged());
        }
        self.hash.update(text.as_bytes());
        self.next += 1;
        Ok(Some((line, text.to_owned())))
    }

    /// All runs of a whole file as the ensemble of one arm.
    ///
    /// # Errors
    /// As [`Reader::next_run`]; and the file is only a part, or has no such arm.
    pub fn ensemble(mut self, arm: usize) -> Result<Ensemble, Unmergeable> {
        self.must_be_whole(arm + 1)?;
        let mut ensemble = Ensemble::new(self.header.shape.clone(), self.header.seeds);
        while let Some((line, _)) = self.next_run()? {
            ensemble.push(&line.arms[arm]);
        }
        Ok(ensemble)
    }

    /// All runs of a whole file as pairs: the first arm without, the second with.
    ///
    /// # Errors
    /// As [`Reader::ensemble`].
    pub fn pairs(mut self) -> Result<Pairs, Unmergeable> {
        self.must_be_whole(2)?;
        let mut pairs = Pairs::new(self.header.shape.clone(), self.header.seeds);
        while let Some((line, _)) = self.next_run()? {
            if let [without, with, ..] = line.arms.as_slice() {
                pairs.push(&Pair { without: without.clone(), with: with.clone() });
            }
        }
        Ok(pairs)
    }

    /// The first total of every arm of a whole file: a row for each seed.
    ///
    /// # Errors
    /// As [`Reader::ensemble`].
    pub fn table(mut self) -> Result<Grid, Unmergeable> {
        self.must_be_whole(1)?;
        let (arms, mut values) = (self.header.arms.len(), Vec::new());
        while let Some((line, _)) = self.next_run()? {
            let total = |outcome: &Outcome| outcome.totals.first().copied().unwrap_or_default();
            let number = |outcome| i64::try_from(total(outcome)).unwrap_or(i64::MAX);
            values.extend(line.arms.iter().map(number));
        }
        Ok(Grid::of(arms, values))
    }

    fn must_be_whole(&self, arms: usize) -> Result<(), Unmergeable> {
        let Header { from, to, seeds, .. } = self.header;
        if from > 0 {
            return Err(Unmergeable::Gap { from: 0, to: from });
        }
        if to < seeds.count {
            return Err(Unmergeable::Gap { from: to, to: seeds.count });
        }
        if self.header.arms.len() < arms { Err(self.damaged()) } else { Ok(()) }
    }
}

/// A line with its end; empty at the end of the stream.
fn read_line(name: &str, stream: &mut impl BufRead) -> Result<String, Unmergeable> {
    let mut bytes = Vec::new();
    let done = stream.take(LONGEST_LINE).read_until(b'\n', &mut bytes);
    let unread = |why: String| Unmergeable::Unread { file: name.to_owned(), why };
    done.map_err(|error| unread(error.to_string()))?;
    String::from_utf8(bytes).map_err(|_| Unmergeable::Foreign(name.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ensemble::stats::tests::{toy, toy_shape};
    use std::sync::atomic::AtomicU32;

    /// A disk with room for so many bytes.
    struct Full(usize);

    impl Write for Full {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0 = self.0.checked_sub(bytes.len()).ok_or(io::ErrorKind::StorageFull)?;
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_full_disk_is_told_and_ends_the_runs() {
        let header = Header {
            zhanyitu_runs: FORMAT,
            program: "0.1.0".to_owned(),
            model: 1,
            asked: "ensemble".to_owned(),
            scene: hash_text(1),
            params: hash_text(2),
            seeds: Seeds { first: 0, count: 10_000 },
            arms: vec!["only".to_owned()],
            from: 0,
            to: 10_000,
            shape: toy_shape(),
        };
        for threads in [1, 4] {
            let (go, runs) = (AtomicBool::new(false), AtomicU32::new(0));
            let run = |seed| {
                runs.fetch_add(1, Ordering::Relaxed);
                vec![toy(seed)]
            };
            let threads = NonZeroUsize::new(threads).unwrap();
            let error = write(Full(3000), &header, threads, &go, run, |_, _| {}).unwrap_err();
            assert_eq!(error.kind(), io::ErrorKind::StorageFull);
            assert!(runs.load(Ordering::Relaxed) < 200);
        }
    }
}
