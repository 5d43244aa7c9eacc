//! Files of runs: written as the runs come, read back, joined.
//!
//! Floor 4. Reads and writes the disk. A file stands whole or not at all.

use std::fs::{self, File};
use std::io::{BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

use super::desk::{Bar, Desk, said};
use crate::base::text::{Bilingual, Lang};
use crate::ensemble::Outcome;
use crate::ensemble::file::{self, FORMAT, Header, Reader};
use crate::ensemble::merge::{self as parts, Mismatch, Unmergeable};
use crate::ensemble::shard::Shard;
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

fn header(desk: &Desk, causes: &[&Cause], arms: &[&str], shard: Shard) -> Header {
    let about = desk.about(causes);
    let runs = shard.runs(desk.seeds.count);
    Header {
        zhanyitu_runs: FORMAT,
        program: about.version,
        model: about.model,
        asked: about.asked,
        scene: about.scene_hash,
        params: about.params_hash,
        seeds: desk.seeds,
        arms: arms.iter().map(|&arm| arm.to_owned()).collect(),
        from: runs.start,
        to: runs.end,
        shape: desk.study.shape().clone(),
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
    causes: &[&Cause],
    arms: &[&str],
    run: impl Fn(u64) -> Vec<Outcome> + Sync,
    out: &mut dyn Write,
) -> Result<Kept, Failure> {
    let shard = match &desk.request.shard {
        Some(text) => text.parse::<Shard>().map_err(|e| said(e.sentence()))?,
        None => Shard::WHOLE,
    };
    let header = header(desk, causes, arms, shard);
    let path = Path::new(name);
    let part = beside(path);
    let failed = |e: std::io::Error| Failure::disk(path, &e);
    let stream = BufWriter::new(File::create(&part).map_err(failed)?);
    let bar = Bar::new(desk.lang);
    let written = file::write(stream, &header, desk.threads, &desk.stop, run, |done, of| {
        bar.at(done as usize, of as usize);
    });
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
pub(super) fn read(
    desk: &Desk,
    name: &str,
    causes: &[&Cause],
    arms: &[&str],
) -> Result<Runs, Failure> {
    let reader = open(name)?;
    let mut expected = header(desk, causes, arms, Shard::WHOLE);
    // Which seeds and how many runs stand in the file.
    let words = |text: &str| text.split(" --runs ").next().unwrap_or_default().to_owned();
    if words(&expected.asked) == words(&reader.header.asked) {
        expected.asked.clone_from(&reader.header.asked);
    }
    expected.seeds = reader.header.seeds;
    if let Some(what) = Mismatch::between(&expected, &reader.header) {
        let what = what.label();
        return Err(Failure::asked(
            format!("“{name}”不是对这个问题的运行：{}不一样", what.zh),
            format!("`{name}` does not answer this question: {} differ", what.en),
        ));
    }
    Ok(reader)
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
