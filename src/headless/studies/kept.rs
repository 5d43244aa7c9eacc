//! Files of runs: written as the runs come, read back, joined.
//!
//! Floor 4. Reads and writes the disk. A file stands whole or not at all.

use std::fs::{self, File};
use std::io::{self, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

use super::desk::{Bar, Desk, said};
use crate::base::text::{Bilingual, Lang, grouped};
use crate::ensemble::file::{self, FORMAT, Header, Reader};
use crate::ensemble::grid::Grid;
use crate::ensemble::merge::{self as parts, Mismatch, Unmergeable};
use crate::ensemble::shard::Shard;
use crate::ensemble::{Outcome, Seeds, Shape};
use crate::headless::files::Failure;
use crate::headless::{exit, say};
use crate::session::study::Cause;

/// A file that was read.
pub(super) type Runs = Reader<BufReader<File>>;

/// What became of a file of runs.
pub(super) enum Kept {
    /// It holds all runs, and can be told about.
    Whole(Box<Runs>),
    /// It holds a part, or was given up: nothing can be told.
    Part(u8),
}

pub(super) fn unusable(error: Unmergeable) -> Failure {
    let code = match error {
        Unmergeable::Unread { .. } | Unmergeable::Unwritten(_) => exit::DISK,
        _ => exit::ASKED_WRONGLY,
    };
    Failure { code, text: error.sentence() }
}

/// More arms would make a line too long to be read back.
const MOST_ARMS: usize = 200_000;

/// Whether a file can hold so many arms.
pub(super) fn can_hold(arms: usize) -> Result<(), Failure> {
    if arms <= MOST_ARMS {
        return Ok(());
    }
    let [arms, most] = [arms, MOST_ARMS].map(|n| grouped(n as u64));
    Err(Failure::asked(
        format!(
            "每个种子要运行{arms}次，文件里最多存{most}次；请少改几个参数，或把 --samples 减小"
        ),
        format!(
            "every seed is run {arms} times, and a file keeps {most} at most; turn fewer parameters or lower --samples"
        ),
    ))
}

/// What a file of runs answers.
pub(super) struct Asked<'a> {
    pub causes: &'a [&'a Cause],
    /// The arms by name; which they are may hang on the seeds.
    pub arms: &'a dyn Fn(Seeds) -> Vec<String>,
    pub shape: &'a Shape,
}

/// Arms that are the same whatever the seeds.
pub(super) fn fixed(arms: &'static [&'static str]) -> impl Fn(Seeds) -> Vec<String> {
    move |_| arms.iter().map(|&arm| arm.to_owned()).collect()
}

fn header(desk: &Desk, asked: &Asked, seeds: Seeds, shard: Shard) -> Header {
    let about = desk.about(asked.causes, seeds);
    let runs = shard.runs(seeds.count);
    Header {
        zhanyitu_runs: FORMAT,
        program: about.version,
        model: about.model,
        asked: about.asked,
        scene: about.scene_hash,
        params: about.params_hash,
        seeds,
        arms: (asked.arms)(seeds),
        from: runs.start,
        to: runs.end,
        shape: asked.shape.clone(),
    }
}

fn beside(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".part");
    path.with_file_name(name)
}

/// Makes the runs and keeps them.
pub(super) fn write(
    desk: &Desk,
    name: &str,
    asked: &Asked,
    run: impl Fn(u64) -> Vec<Outcome> + Sync,
    out: &mut dyn Write,
) -> Result<Kept, Failure> {
    let made = |stream: BufWriter<File>, header: &Header, bar: &Bar| {
        file::write(stream, header, desk.threads, &desk.stop, run, |done, of| {
            bar.at(done as usize, of as usize);
        })
    };
    keep(desk, name, asked, made, out)
}

/// A stream that is filled as its header says: whether it became whole.
fn keep(
    desk: &Desk,
    name: &str,
    asked: &Asked,
    fill: impl FnOnce(BufWriter<File>, &Header, &Bar) -> io::Result<bool>,
    out: &mut dyn Write,
) -> Result<Kept, Failure> {
    let shard = match &desk.request.shard {
        Some(text) => text.parse::<Shard>().map_err(|e| said(e.sentence()))?,
        None => Shard::WHOLE,
    };
    let header = header(desk, asked, desk.seeds, shard);
    can_hold(header.arms.len())?;
    let path = Path::new(name);
    let part = beside(path);
    let failed = |e: io::Error| Failure::disk(path, &e);
    let stream = BufWriter::new(File::create(&part).map_err(failed)?);
    let bar = Bar::new(desk.lang);
    let written = fill(stream, &header, &bar);
    drop(bar);
    let made = desk.all_made();
    let whole = match (written, made) {
        (Ok(whole), Ok(())) => whole,
        (written, made) => {
            let _ = fs::remove_file(&part);
            made?;
            return Err(written.err().map_or_else(|| Failure::asked("", ""), failed));
        }
    };
    if !whole {
        let _ = fs::remove_file(&part);
        let text = Bilingual::new(
            format!("中途停下，没有写成：{name}"),
            format!("stopped; not written: {name}"),
        );
        say(out, text.get(desk.lang));
        return Ok(Kept::Part(exit::INTERRUPTED));
    }
    fs::rename(&part, path).map_err(failed)?;
    if header.from == 0 && header.to == desk.seeds.count {
        return Ok(Kept::Whole(Box::new(open(name)?)));
    }
    let text = Bilingual::new(
        format!(
            "写好了：{name}，第{}到第{}次运行，共{}次",
            header.from + 1,
            header.to,
            desk.seeds.count
        ),
        format!(
            "written: {name}, runs {} to {} of {}",
            header.from + 1,
            header.to,
            desk.seeds.count
        ),
    );
    say(out, text.get(desk.lang));
    Ok(Kept::Part(exit::FINE))
}

fn open(name: &str) -> Result<Runs, Failure> {
    let path = Path::new(name);
    let file = File::open(path).map_err(|e| Failure::disk(path, &e))?;
    Reader::open(name, BufReader::new(file)).map_err(unusable)
}

/// A whole file of runs, if it answers this very question.
pub(super) fn read(desk: &Desk, name: &str, asked: &Asked) -> Result<Runs, Failure> {
    let reader = open(name)?;
    // Which seeds and how many runs stand in the file.
    let expected = header(desk, asked, reader.header.seeds, Shard::WHOLE);
    if let Some(what) = Mismatch::between(&expected, &reader.header) {
        let what = what.label();
        return Err(Failure::asked(
            format!("“{name}”不是对这个问题的运行：{}不一样", what.zh),
            format!("`{name}` does not answer this question: {} differ", what.en),
        ));
    }
    Ok(reader)
}

/// A table of runs: a row for each seed, a column for each arm.
pub(super) enum Table {
    /// Of these seeds.
    Whole(Grid, Seeds),
    /// Only a part was made, or it was given up: nothing can be told.
    Part(u8),
}

/// A table that is kept in a file, or read from one; `None` when neither was asked for.
pub(super) fn table(
    desk: &Desk,
    causes: &[&Cause],
    arms: &dyn Fn(Seeds) -> Vec<String>,
    value: impl Fn(usize, u64) -> u64 + Sync,
    out: &mut dyn Write,
) -> Result<Option<Table>, Failure> {
    let shape = file::shape_of_table(desk.study.shape().totals[0].clone());
    let asked = Asked { causes, arms, shape: &shape };
    let runs = if let Some(name) = &desk.request.from {
        read(desk, name, &asked)?
    } else if let Some(name) = &desk.request.out {
        let fill = |stream: BufWriter<File>, header: &Header, bar: &Bar| {
            let progress = |done, of| bar.at(done, of);
            file::write_table(stream, header, &desk.filling(), value, progress)
        };
        match keep(desk, name, &asked, fill, out)? {
            Kept::Whole(runs) => *runs,
            Kept::Part(code) => return Ok(Some(Table::Part(code))),
        }
    } else {
        return Ok(None);
    };
    let seeds = runs.header.seeds;
    Ok(Some(Table::Whole(runs.table().map_err(unusable)?, seeds)))
}

/// `merge`: parts of an ensemble, put together.
pub fn merge(names: &[String], to: &str, lang: Lang, out: &mut dyn Write) -> Result<u8, Failure> {
    let open = |name: &String| {
        let path = Path::new(name);
        let file = File::open(path).map_err(|e| Failure::disk(path, &e))?;
        Ok((name.clone(), BufReader::new(file)))
    };
    let files = names.iter().map(open).collect::<Result<Vec<_>, Failure>>()?;
    let path = Path::new(to);
    let part = beside(path);
    let failed = |e: std::io::Error| Failure::disk(path, &e);
    let mut stream = BufWriter::new(File::create(&part).map_err(failed)?);
    let merged = parts::merge(files, &mut stream).map_err(unusable);
    drop(stream);
    let header = merged.inspect_err(|_| {
        let _ = fs::remove_file(&part);
    })?;
    fs::rename(&part, path).map_err(failed)?;
    let (runs, asked) = (header.seeds.count, header.asked);
    let text = Bilingual::new(
        format!("写好了：{to}，共{runs}次运行（{asked}）"),
        format!("written: {to}, {runs} runs ({asked})"),
    );
    say(out, text.get(lang));
    Ok(exit::FINE)
}
