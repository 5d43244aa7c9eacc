//! Studies on the command line: many runs of one question.
//!
//! Floor 4. Reads arguments; owns [`StudyRequest`].

pub(super) mod words;

use clap::ArgMatches;

use super::{Misuse, Request, settings};
use crate::base::text::Bilingual;

/// Runs of an ensemble unless somebody asks for more or fewer.
pub const RUNS: u32 = 200;

/// What a study asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Question {
    /// How many runs spread.
    Ensemble,
    /// What some measures changed: names of what is left out in one arm.
    Compare(Vec<String>),
    /// Which of some measures made the difference.
    Attribute(Vec<String>),
    /// Which parameters it hangs on.
    Sensitivity {
        /// How that is found out.
        method: Method,
        /// `path` or `path=low..high`; empty is the usual list.
        params: Vec<String>,
        /// Paths of Morris, samples of Sobol.
        samples: u32,
    },
}

/// How sensitivity is found out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Method {
    /// One parameter at a time, from end to end.
    Tornado,
    /// Elementary effects: screening.
    Morris,
    /// Shares of the variance.
    Sobol,
}

impl Method {
    /// Every method.
    pub const ALL: [Self; 3] = [Self::Tornado, Self::Morris, Self::Sobol];

    /// As `--method` names it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Tornado => "tornado",
            Self::Morris => "morris",
            Self::Sobol => "sobol",
        }
    }
}

/// Parameters drawn from their ranges besides the seeds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Uncertain {
    /// Sets of parameters.
    pub draws: u32,
    /// Runs of each set.
    pub seeds: u32,
    /// `path` or `path=low..high`; empty is the usual list.
    pub params: Vec<String>,
}

/// The usual nested design: sets of parameters, and runs of each.
pub const NESTED: &str = "40x25";
/// Most of either.
const NESTED_AT_MOST: u32 = 10_000;

/// Many runs of a story.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StudyRequest {
    /// The scene file.
    pub scene: String,
    /// What is asked.
    pub question: Question,
    /// How many seeds.
    pub runs: u32,
    /// The first seed; without it the scene's.
    pub first_seed: Option<u64>,
    /// Figures by name, the main one first.
    pub of: Vec<String>,
    /// Parameters to set, by path.
    pub set: Vec<(String, u32)>,
    /// A file for the table.
    pub csv: Option<String>,
    /// As JSON instead of words.
    pub json: bool,
    /// Begin UTF-8 tables with a byte order mark.
    pub bom: bool,
    /// Which part of the runs, `1/4`.
    pub shard: Option<String>,
    /// A file for the runs themselves.
    pub out: Option<String>,
    /// A file of runs to tell about, instead of running.
    pub from: Option<String>,
    /// Threads; without it one for each core. Nothing depends on it.
    pub threads: Option<u32>,
    /// A file for the picture.
    pub picture: Option<String>,
    /// A file for the table of homes.
    pub homes: Option<String>,
    /// Parameters are drawn from their ranges as well.
    pub uncertain: Option<Uncertain>,
}

/// The table of validation.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AnchorsRequest {
    /// Which anchors; empty is all.
    pub ids: Vec<String>,
    /// As JSON instead of a table.
    pub json: bool,
    /// A file for the table.
    pub csv: Option<String>,
}

/// Understands one of them; `None` when the name is none of theirs.
pub(super) fn request(name: &str, m: &ArgMatches) -> Result<Option<Request>, Misuse> {
    let words = |key: &str| -> Vec<String> {
        let given = m.try_get_many::<String>(key).ok().flatten().into_iter().flatten();
        given
            .flat_map(|word| word.split(','))
            .map(str::trim)
            .filter(|w| !w.is_empty())
            .map(str::to_owned)
            .collect()
    };
    let text = |key: &str| m.get_one::<String>(key).cloned();
    let question = match name {
        "ensemble" => Question::Ensemble,
        "compare" => Question::Compare(words("without")),
        "attribute" => Question::Attribute(words("measures")),
        "sensitivity" => Question::Sensitivity {
            method: text("method")
                .and_then(|asked| Method::ALL.into_iter().find(|m| m.name() == asked))
                .unwrap_or(Method::Tornado),
            params: words("params"),
            samples: m.get_one("samples").copied().unwrap_or(0),
        },
        "merge" => {
            let files = m.get_many::<String>("files").into_iter().flatten().cloned().collect();
            return Ok(Some(Request::Merge { files, out: text("out").unwrap_or_default() }));
        }
        "anchors" => {
            return Ok(Some(Request::Anchors(AnchorsRequest {
                ids: words("ids"),
                json: m.get_flag("json"),
                csv: text("csv"),
            })));
        }
        _ => return Ok(None),
    };
    let optional = |key: &str| m.try_get_one::<String>(key).ok().flatten().cloned();
    let request = StudyRequest {
        scene: text("scene").unwrap_or_default(),
        runs: m.get_one("runs").copied().unwrap_or_else(|| usual_runs(&question)),
        question,
        first_seed: m.get_one("first-seed").copied(),
        of: words("of"),
        set: settings(m)?,
        csv: text("csv"),
        json: m.get_flag("json"),
        bom: m.get_flag("bom"),
        shard: optional("shard"),
        out: optional("out"),
        from: optional("from"),
        threads: m.get_one("threads").copied(),
        picture: optional("picture"),
        homes: optional("homes"),
        uncertain: optional("nested").map(|text| uncertain(&text, words("params"))).transpose()?,
    };
    check(&request)?;
    Ok(Some(Request::Study(request)))
}

/// A point of a sensitivity analysis is a mean over seeds; a few are enough for each.
fn usual_runs(question: &Question) -> u32 {
    match question {
        Question::Sensitivity { method: Method::Tornado, .. } => 50,
        Question::Sensitivity { .. } => 10,
        Question::Attribute(measures) if measures.len() > 3 => 50,
        _ => RUNS,
    }
}

/// `40x25`: sets of parameters, and runs of each. Two of either are needed to tell
/// parameters and chance apart.
fn uncertain(text: &str, params: Vec<String>) -> Result<Uncertain, Misuse> {
    let number = |word: &str| word.trim().parse().ok().filter(|n| (2..=NESTED_AT_MOST).contains(n));
    let pair = text.split_once(['x', 'X', '×']);
    let pair = pair.and_then(|(draws, seeds)| Some((number(draws)?, number(seeds)?)));
    let Some((draws, seeds)) = pair else {
        return Err(Misuse(Bilingual::new(
            format!("“{text}”看不懂；写成 --nested={NESTED}：取40组参数，每组运行25次，都至少是2"),
            format!(
                "`{text}` is not understood; write --nested={NESTED}: 40 sets of parameters, 25 runs of each, two of either at least"
            ),
        )));
    };
    Ok(Uncertain { draws, seeds, params })
}

fn check(request: &StudyRequest) -> Result<(), Misuse> {
    let picture = request.picture.as_ref().is_none_or(|file| {
        let ending = file.rsplit_once('.').map(|(_, e)| e.to_ascii_lowercase());
        matches!(ending.as_deref(), Some("svg" | "pdf"))
    });
    if !picture {
        return Err(Misuse(Bilingual::fixed(
            "--picture 的文件名须以 .svg 或 .pdf 结尾",
            "the file of --picture ends in .svg or .pdf",
        )));
    }
    if request.shard.is_some() && request.out.is_none() {
        return Err(Misuse(Bilingual::fixed(
            "--shard 只运行一部分，要用 --out 写明存到哪里",
            "--shard makes a part of the runs; say with --out where to keep them",
        )));
    }
    Ok(())
}
