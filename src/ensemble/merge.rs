//! Parts of an ensemble, put together again.
//!
//! Floor 2. Reads and writes streams that are given to it; owns [`Unmergeable`].
//! The whole has the same bytes as if it had been run on one machine; parts that
//! do not belong together, overlap or leave a gap are refused before a line is
//! written.

use std::io::{BufRead, Write};

use super::file::{Header, Reader, Writer};
use crate::base::text::Bilingual;

/// Why files cannot be put together, or read at all. Runs are counted from 0.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unmergeable {
    /// There are no files.
    #[error("there are no files to merge")]
    Nothing,
    /// Not a result file.
    #[error("`{0}` is not a file of runs")]
    Foreign(String),
    /// From a newer version.
    #[error("`{0}` was made by a newer version of this program")]
    Newer(String),
    /// Not finished.
    #[error("`{0}` is cut off")]
    CutOff(String),
    /// Changed since it was written.
    #[error("`{file}` is damaged at line {line}")]
    Damaged {
        /// The file.
        file: String,
        /// The line, from 1.
        line: u32,
    },
    /// The stream failed.
    #[error("`{file}` could not be read: {why}")]
    Unread {
        /// The file.
        file: String,
        /// What the system says.
        why: String,
    },
    /// The result could not be written.
    #[error("the result could not be written: {0}")]
    Unwritten(String),
    /// Two files are not of one ensemble.
    #[error("`{one}` and `{other}` differ in {what:?}")]
    Different {
        /// A file.
        one: String,
        /// Another.
        other: String,
        /// In what they differ.
        what: Mismatch,
    },
    /// Two files hold the same run.
    #[error("run {run} is in `{one}` and in `{other}`")]
    Overlap {
        /// The first run that both hold.
        run: u32,
        /// A file.
        one: String,
        /// Another.
        other: String,
    },
    /// No file holds these runs.
    #[error("runs {from} to {to} are missing")]
    Gap {
        /// The first run that is missing.
        from: u32,
        /// One past the last run that is missing.
        to: u32,
    },
}

/// In what two files differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mismatch {
    /// Version of the program or revision of the model.
    Version,
    /// The scene or its map.
    Scene,
    /// The parameters.
    Params,
    /// The seeds.
    Seeds,
    /// What was asked, the arms, or what was counted.
    Asked,
}

impl Mismatch {
    /// In what two files differ first, if they do not belong together.
    pub fn between(a: &Header, b: &Header) -> Option<Self> {
        let version = |h: &Header| (h.zhanyitu_runs, h.program.clone(), h.model);
        let asked = |h: &Header| (h.asked.clone(), h.arms.clone(), h.shape.clone());
        let differ = [
            (version(a) != version(b), Self::Version),
            (a.scene != b.scene, Self::Scene),
            (a.params != b.params, Self::Params),
            (a.seeds != b.seeds, Self::Seeds),
            (asked(a) != asked(b), Self::Asked),
        ];
        differ.into_iter().find(|(differ, _)| *differ).map(|(_, what)| what)
    }

    /// What it is called inside a sentence.
    pub const fn label(self) -> Bilingual {
        match self {
            Self::Version => {
                Bilingual::fixed("程序或模型的版本", "the version of program or model")
            }
            Self::Scene => Bilingual::fixed("剧本或地图", "the scene or its map"),
            Self::Params => Bilingual::fixed("参数", "the parameters"),
            Self::Seeds => Bilingual::fixed("种子", "the seeds"),
            Self::Asked => Bilingual::fixed("所问的问题", "what was asked"),
        }
    }
}

impl Unmergeable {
    /// The sentence for people.
    pub fn sentence(&self) -> Bilingual {
        match self {
            Self::Nothing => {
                Bilingual::fixed("没有给出要合并的文件", "There are no files to merge")
            }
            Self::Foreign(file) => Bilingual::new(
                format!("“{file}”不是运行结果的文件"),
                format!("`{file}` is not a file of runs"),
            ),
            Self::Newer(file) => Bilingual::new(
                format!("“{file}”来自更新的版本，请更新程序"),
                format!("`{file}` was made by a newer version; update the program"),
            ),
            Self::CutOff(file) => Bilingual::new(
                format!("“{file}”不完整，请重新运行这一片"),
                format!("`{file}` is cut off; run this shard again"),
            ),
            Self::Damaged { file, line } => Bilingual::new(
                format!("“{file}”第{line}行已损坏，请重新运行这一片"),
                format!("`{file}` is damaged at line {line}; run this shard again"),
            ),
            Self::Unread { file, why } => Bilingual::new(
                format!("读不了“{file}”：{why}"),
                format!("`{file}` could not be read: {why}"),
            ),
            Self::Unwritten(why) => Bilingual::new(
                format!("结果没有写成：{why}"),
                format!("The result could not be written: {why}"),
            ),
            Self::Different { one, other, what } => {
                let what = what.label();
                Bilingual::new(
                    format!("“{one}”和“{other}”合不到一起：{}不一样", what.zh),
                    format!("`{one}` and `{other}` do not belong together: {} differ", what.en),
                )
            }
            Self::Overlap { run, one, other } => Bilingual::new(
                format!("“{one}”和“{other}”重复：两边都有第{}次运行", run + 1),
                format!("`{one}` and `{other}` overlap: both hold run {}", run + 1),
            ),
            Self::Gap { from, to } if from + 1 == *to => {
                Bilingual::new(format!("缺第{to}次运行"), format!("Run {to} is missing"))
            }
            Self::Gap { from, to } => Bilingual::new(
                format!("缺第{}到第{to}次运行", from + 1),
                format!("Runs {} to {to} are missing", from + 1),
            ),
        }
    }
}

/// Puts parts together, in any order. Nothing is kept but one line at a time.
///
/// # Errors
/// [`Unmergeable`]; when it is not about a line, nothing has been written.
pub fn merge<R: BufRead>(
    files: impl IntoIterator<Item = (String, R)>,
    out: impl Write,
) -> Result<Header, Unmergeable> {
    let opened = files.into_iter().map(|(name, stream)| Reader::open(&name, stream));
    let mut parts = opened.collect::<Result<Vec<_>, _>>()?;
    // An empty part stands before the one that begins where it does.
    parts.sort_by_key(|part| (part.header.from, part.header.to));
    let header = fit_together(&parts)?;
    let unwritten = |error: std::io::Error| Unmergeable::Unwritten(error.to_string());
    let mut writer = Writer::begin(out, &header).map_err(unwritten)?;
    for mut part in parts {
        while let Some((_, text)) = part.next_run()? {
            writer.line(&text).map_err(unwritten)?;
        }
    }
    writer.end().map_err(unwritten)?;
    Ok(header)
}

/// The header of the whole, if the sorted parts make one.
fn fit_together<R: BufRead>(parts: &[Reader<R>]) -> Result<Header, Unmergeable> {
    let first = parts.first().ok_or(Unmergeable::Nothing)?;
    let (mut next, mut last) = (0, first);
    for part in parts {
        let (one, other) = (first.name().to_owned(), part.name().to_owned());
        if let Some(what) = Mismatch::between(&first.header, &part.header) {
            return Err(Unmergeable::Different { one, other, what });
        }
        let Header { from, to, .. } = part.header;
        if from > next {
            return Err(Unmergeable::Gap { from: next, to: from });
        }
        if from < next {
            let one = last.name().to_owned();
            return Err(Unmergeable::Overlap { run: from, one, other });
        }
        (next, last) = (to, part);
    }
    let count = first.header.seeds.count;
    if next < count {
        return Err(Unmergeable::Gap { from: next, to: count });
    }
    Ok(Header { from: 0, to: count, ..first.header.clone() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ensemble::file::{FORMAT, hash_text, shape_of_table, write, write_table};
    use crate::ensemble::grid::tests::two;
    use crate::ensemble::grid::{Filling, Grid};
    use crate::ensemble::pairs::{Pairs, pair};
    use crate::ensemble::runs::{Plan, Seeds};
    use crate::ensemble::shard::Shard;
    use crate::ensemble::stats::tests::{toy_pair, toy_shape};
    use std::num::NonZeroUsize;
    use std::sync::atomic::AtomicBool;

    const SEEDS: Seeds = Seeds { first: 40, count: 23 };

    fn header(shard: Shard) -> Header {
        let runs = shard.runs(SEEDS.count);
        Header {
            zhanyitu_runs: FORMAT,
            program: "0.1.0".to_owned(),
            model: 1,
            asked: "compare --without gates".to_owned(),
            scene: hash_text(7),
            params: hash_text(8),
            seeds: SEEDS,
            arms: vec!["without".to_owned(), "with".to_owned()],
            from: runs.start,
            to: runs.end,
            shape: toy_shape(),
        }
    }

    fn run_header(header: &Header, threads: usize) -> Vec<u8> {
        let (mut out, go) = (Vec::new(), AtomicBool::new(false));
        let run = |seed| {
            let pair = toy_pair(seed);
            vec![pair.without, pair.with]
        };
        let threads = NonZeroUsize::new(threads).unwrap();
        assert!(write(&mut out, header, threads, &go, run, |_, _| {}).unwrap());
        out
    }

    fn part(text: &str, threads: usize) -> (String, Vec<u8>) {
        (text.to_owned(), run_header(&header(text.parse().unwrap()), threads))
    }

    fn merged(parts: &[(String, Vec<u8>)]) -> Result<Vec<u8>, Unmergeable> {
        let mut out = Vec::new();
        merge(parts.iter().map(|(name, bytes)| (name.clone(), bytes.as_slice())), &mut out)?;
        Ok(out)
    }

    #[test]
    fn parts_in_any_order_make_the_same_bytes_as_one_run() {
        let whole = run_header(&header(Shard::WHOLE), 1);
        assert_eq!(run_header(&header(Shard::WHOLE), 8), whole);
        let parts = [part("3/4", 2), part("1/4", 1), part("4/4", 8), part("2/4", 3)];
        assert_eq!(merged(&parts).unwrap(), whole);
        // More parts than runs: some are empty.
        let many: Vec<_> = (1..=30).map(|i| part(&format!("{i}/30"), 1)).collect();
        assert_eq!(merged(&many).unwrap(), whole);
        assert_eq!(merged(&[("one".to_owned(), whole.clone())]).unwrap(), whole);
    }

    /// A table of 300 arms in parts of a few seeds, on some threads.
    #[test]
    fn a_table_in_parts_is_the_table_that_was_filled() {
        let seeds = Seeds { first: 9, count: 7 };
        let value = |arm: usize, seed: u64| 1000 * seed + arm as u64;
        let part = |text: &str, threads: usize| {
            let runs = text.parse::<Shard>().unwrap().runs(seeds.count);
            let header = Header {
                seeds,
                arms: (0..300).map(|arm| arm.to_string()).collect(),
                from: runs.start,
                to: runs.end,
                shape: shape_of_table(toy_shape().totals[0].clone()),
                ..header(Shard::WHOLE)
            };
            let go = AtomicBool::new(false);
            let filling = Filling { threads: NonZeroUsize::new(threads).unwrap(), cancel: &go };
            let mut out = Vec::new();
            assert!(write_table(&mut out, &header, &filling, value, |_, _| {}).unwrap());
            (text.to_owned(), out)
        };
        let whole = part("1/1", 1).1;
        assert_eq!(part("1/1", 8).1, whole);
        let parts = [part("3/3", 2), part("1/3", 1), part("2/3", 4)];
        assert_eq!(merged(&parts).unwrap(), whole);
        let read = Reader::open("whole", whole.as_slice()).unwrap().table().unwrap();
        let filled =
            Grid::fill(7, 300, &two(), |row, arm| value(arm, seeds.seed(row)) as i64, |_, _| {});
        assert_eq!(read, filled);
        let part = Reader::open("1/3", parts[1].1.as_slice()).unwrap().table().unwrap_err();
        assert_eq!(part, Unmergeable::Gap { from: 2, to: 7 });
    }

    #[test]
    fn a_file_gives_the_very_ensemble_that_was_run() {
        let parts = [part("1/2", 1), part("2/2", 1)];
        let bytes = merged(&parts).unwrap();
        let read = Reader::open("whole", bytes.as_slice()).unwrap().pairs().unwrap();
        let go = AtomicBool::new(false);
        let run: Pairs = pair(toy_shape(), &Plan::new(SEEDS, &go), toy_pair, |_| {}).unwrap();
        assert_eq!(read, run);
        let arm = Reader::open("whole", bytes.as_slice()).unwrap().ensemble(1).unwrap();
        assert_eq!(arm, run.with);
        // A part is no ensemble.
        let part = Reader::open("1/2", parts[0].1.as_slice()).unwrap().pairs().unwrap_err();
        assert_eq!(part, Unmergeable::Gap { from: 11, to: 23 });
    }

    #[track_caller]
    fn refused(parts: &[(String, Vec<u8>)], expected: &Unmergeable, zh: &str, en: &str) {
        let error = merged(parts).unwrap_err();
        assert_eq!(&error, expected);
        let said = error.sentence();
        assert_eq!((said.zh.as_ref(), said.en.as_ref()), (zh, en));
    }

    #[test]
    fn gaps_and_overlaps_are_named() {
        let gap = Unmergeable::Gap { from: 7, to: 15 };
        let parts = [part("1/3", 1), part("3/3", 1)];
        refused(&parts, &gap, "缺第8到第15次运行", "Runs 8 to 15 are missing");
        let end = Unmergeable::Gap { from: 15, to: 23 };
        let parts = [part("1/3", 1), part("2/3", 1)];
        refused(&parts, &end, "缺第16到第23次运行", "Runs 16 to 23 are missing");
        let (one, other) = ("1/2".to_owned(), "2/3".to_owned());
        let overlap = Unmergeable::Overlap { run: 7, one, other };
        let parts = [part("1/2", 1), part("2/3", 1), part("3/3", 1)];
        refused(
            &parts,
            &overlap,
            "“1/2”和“2/3”重复：两边都有第8次运行",
            "`1/2` and `2/3` overlap: both hold run 8",
        );
        refused(&[], &Unmergeable::Nothing, "没有给出要合并的文件", "There are no files to merge");
    }

    #[test]
    fn parts_of_different_questions_are_refused_and_the_difference_named() {
        let other = |change: &dyn Fn(&mut Header)| {
            let mut header = header("2/2".parse().unwrap());
            change(&mut header);
            ("b".to_owned(), run_header(&header, 1))
        };
        for (what, changed) in [
            (Mismatch::Version, other(&|h| h.model = 2)),
            (Mismatch::Scene, other(&|h| h.scene = hash_text(9))),
            (Mismatch::Params, other(&|h| h.params = hash_text(9))),
            (Mismatch::Seeds, other(&|h| h.seeds.first = 41)),
            (Mismatch::Asked, other(&|h| h.asked = "compare --without masks".to_owned())),
        ] {
            let different =
                Unmergeable::Different { one: "1/2".to_owned(), other: "b".to_owned(), what };
            let error = merged(&[part("1/2", 1), changed]).unwrap_err();
            assert_eq!(error, different);
            assert!(error.sentence().zh.contains(what.label().zh.as_ref()));
        }
    }

    #[test]
    fn every_truncation_and_every_changed_byte_is_noticed() {
        let (_, bytes) = part("1/8", 1);
        let read = |bytes: &[u8]| -> Result<(), Unmergeable> {
            let mut reader = Reader::open("f", bytes)?;
            while reader.next_run()?.is_some() {}
            Ok(())
        };
        assert_eq!(read(&bytes), Ok(()));
        for cut in 0..bytes.len() {
            assert!(read(&bytes[..cut]).is_err(), "cut at {cut}");
        }
        // The first line is not hashed: a changed one is another ensemble, and refused
        // beside the others. Every byte after it is.
        let body = bytes.iter().position(|&b| b == b'\n').unwrap() + 1;
        for at in body..bytes.len() {
            let mut changed = bytes.clone();
            changed[at] ^= 1;
            assert!(read(&changed).is_err(), "byte {at}");
        }
        assert_eq!(read(b"(format: 1)\n"), Err(Unmergeable::Foreign("f".to_owned())));
        let newer = String::from_utf8(bytes).unwrap().replacen("runs\":1", "runs\":2", 1);
        assert_eq!(read(newer.as_bytes()), Err(Unmergeable::Newer("f".to_owned())));
    }

    #[test]
    fn a_cancelled_file_is_not_taken_for_a_whole_one() {
        let (mut out, stop) = (Vec::new(), AtomicBool::new(false));
        let run = |seed| vec![toy_pair(seed).without, toy_pair(seed).with];
        let threads = NonZeroUsize::new(2).unwrap();
        let whole = write(&mut out, &header(Shard::WHOLE), threads, &stop, run, |done, _| {
            stop.store(done >= 3, std::sync::atomic::Ordering::Relaxed);
        });
        assert!(!whole.unwrap());
        let error = merged(&[("a".to_owned(), out)]).unwrap_err();
        assert_eq!(error, Unmergeable::CutOff("a".to_owned()));
    }
}
