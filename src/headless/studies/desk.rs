//! The desk of a study: the question, the seeds, the worlds, the bar.
//!
//! Floor 4. Reads a scene; owns [`Desk`]. A world that cannot be made (a part of the
//! story finds nobody to play it) stops the study, for leaving its seed out would
//! choose among the seeds.

use std::cell::Cell;
use std::collections::VecDeque;
use std::fmt::Write as _;
use std::io::{IsTerminal, Write};
use std::num::NonZeroUsize;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::{honest, stop};
use crate::base::text::{Bilingual, Lang};
use crate::cli::{Question, StudyRequest, Uncertain};
use crate::ensemble::grid::Filling;
use crate::ensemble::{EnsembleError, Plan, Seeds, workers};
use crate::headless::ensemble::About;
use crate::headless::ensemble::csv::Rows;
use crate::headless::files::{self, Failure};
use crate::headless::run::show_warnings;
use crate::headless::{exit, tables};
use crate::scenario::problem::Problem;
use crate::scenario::script::Scenario;
use crate::session::study::{Cause, Study, StudyError};

/// Below this a bar would only flicker.
const BAR_AFTER: Duration = Duration::from_millis(400);
/// What the runs so far say is read again after this time.
const TOLD_EVERY: Duration = Duration::from_millis(500);
/// Worlds that are kept because neighbouring runs ask for them.
const WORLDS: usize = 4;

/// Everything a study is done with.
pub(super) struct Desk<'a> {
    pub request: &'a StudyRequest,
    pub lang: Lang,
    pub study: Study,
    pub seeds: Seeds,
    pub threads: NonZeroUsize,
    pub stop: Arc<AtomicBool>,
    worlds: Mutex<VecDeque<(u64, Arc<Scenario>)>>,
    failed: Mutex<Option<(u64, Vec<Problem>)>>,
}

impl<'a> Desk<'a> {
    /// Reads the scene and lays everything out.
    pub(super) fn open(
        request: &'a StudyRequest,
        lang: Lang,
        err: &mut dyn Write,
    ) -> Result<Self, Failure> {
        let (material, warnings) = files::material(&request.scene, &request.set)?;
        show_warnings(&warnings, lang, err);
        let study = Study::new(material, &request.set, &request.of).map_err(refused)?;
        let study = match request.question {
            Question::Compare(_) => study.with_costs(),
            _ => study,
        };
        let first = request.first_seed.unwrap_or(study.story().setup.seed);
        let threads = request.threads.and_then(|n| NonZeroUsize::new(n as usize));
        Ok(Self {
            request,
            lang,
            seeds: Seeds { first, count: request.runs },
            threads: threads.unwrap_or_else(workers::all_cores),
            stop: stop::on_interrupt(),
            worlds: Mutex::default(),
            failed: Mutex::default(),
            study,
        })
    }

    /// How runs are made.
    pub(super) fn plan(&self) -> Plan<'_> {
        Plan { threads: self.threads, ..Plan::new(self.seeds, &self.stop) }
    }

    /// How tables are filled.
    pub(super) fn filling(&self) -> Filling<'_> {
        Filling { threads: self.threads, cancel: &self.stop }
    }

    /// The world of a seed; neighbours share it.
    pub(super) fn world(&self, seed: u64) -> Option<Arc<Scenario>> {
        let lock = || self.worlds.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, world)) = lock().iter().find(|(of, _)| *of == seed) {
            return Some(Arc::clone(world));
        }
        let world = Arc::new(self.made(seed, &[])?);
        let mut worlds = lock();
        worlds.push_back((seed, Arc::clone(&world)));
        if worlds.len() > WORLDS + self.threads.get() {
            worlds.pop_front();
        }
        Some(world)
    }

    /// The world of a seed with some parameters set besides.
    pub(super) fn made(&self, seed: u64, more: &[(String, u32)]) -> Option<Scenario> {
        match self.study.world(seed, more) {
            Ok(world) => Some(world),
            Err(problems) => {
                let mut failed = self.failed.lock().unwrap_or_else(PoisonError::into_inner);
                if failed.as_ref().is_none_or(|(of, _)| seed < *of) {
                    *failed = Some((seed, problems));
                }
                self.stop.store(true, Ordering::Relaxed);
                None
            }
        }
    }

    /// Whether every world could be made.
    pub(super) fn all_made(&self) -> Result<(), Failure> {
        let failed = self.failed.lock().unwrap_or_else(PoisonError::into_inner).take();
        let Some((seed, problems)) = failed else { return Ok(()) };
        let Failure { code, text } = Failure::problems(problems);
        let text = Bilingual::new(
            format!("种子{seed}的世界做不成：\n{}", text.zh),
            format!("The world of seed {seed} cannot be made:\n{}", text.en),
        );
        Err(Failure { code, text })
    }

    /// The causes that were named.
    pub(super) fn causes(names: &[String]) -> Result<Vec<Cause>, Failure> {
        let mut causes: Vec<Cause> = Vec::new();
        for name in names {
            let cause = Cause::named(name).map_err(|e| said(e.sentence()))?;
            if !causes.contains(&cause) {
                causes.push(cause);
            }
        }
        Ok(causes)
    }

    /// The question in the words of the command line, without what no result depends
    /// on; the same wherever the scene lies.
    fn asked(&self, causes: &[&Cause], seeds: Seeds) -> String {
        let names = || causes.iter().map(|c| c.name.as_str()).collect::<Vec<_>>().join(",");
        let (command, mut more) = match &self.request.question {
            Question::Ensemble => ("ensemble", String::new()),
            Question::Compare(_) => ("compare", format!(" --without {}", names())),
            Question::Attribute(_) => ("attribute", format!(" --measures {}", names())),
            Question::Sensitivity { method, params, samples } => {
                let mut more = format!(" --method {}", method.name());
                if !params.is_empty() {
                    let _ = write!(more, " --params {}", params.join(","));
                }
                if *samples > 0 {
                    let _ = write!(more, " --samples {samples}");
                }
                ("sensitivity", more)
            }
        };
        if let Some(Uncertain { draws, seeds, params }) = &self.request.uncertain {
            let _ = write!(more, " --nested={draws}x{seeds}");
            if !params.is_empty() {
                let _ = write!(more, " --params {}", params.join(","));
            }
        }
        let named = self.study.shape().totals.iter().take(self.study.named());
        let of: Vec<&str> = named.map(|q| q.name.as_str()).collect();
        let mut text = format!("{command} {}{more} --of {}", self.scene_name(), of.join(","));
        for (path, value) in self.study.set() {
            let _ = write!(text, " --set {path}={value}");
        }
        let Seeds { first, count } = seeds;
        let _ = write!(text, " --runs {count} --first-seed {first}");
        text
    }

    fn scene_name(&self) -> String {
        let name = Path::new(&self.request.scene).file_name().unwrap_or_default();
        name.to_string_lossy().into_owned()
    }

    /// Where the numbers come from: these seeds, which may be those of a file.
    pub(super) fn about(&self, causes: &[&Cause], seeds: Seeds) -> About {
        let about =
            About::of(self.study.story(), &self.scene_name(), &self.asked(causes, seeds), seeds)
                .and_set(self.study.set());
        if causes.is_empty() {
            return about;
        }
        let caution = honest::about_caution(self.study.story(), causes);
        about.and_causes(causes, caution)
    }

    /// Writes the table, if one was asked for.
    pub(super) fn csv(&self, name: &str, rows: impl FnOnce() -> Rows) -> Result<(), Failure> {
        let Some(file) = &self.request.csv else { return Ok(()) };
        let path = Path::new(file);
        let bytes = tables::csv_bytes(self.request.bom, rows());
        if path.is_dir() || file.ends_with('/') {
            std::fs::create_dir_all(path).map_err(|e| Failure::disk(path, &e))?;
            return files::write_whole(&path.join(format!("{name}.csv")), &bytes);
        }
        files::write_whole(path, &bytes)
    }
}

/// A bar on the terminal, if somebody watches and it takes long.
pub(super) struct Bar {
    line: ProgressBar,
    watched: bool,
    /// When the line below the bar was last written.
    told: Cell<Duration>,
}

impl Bar {
    pub(super) fn new(lang: Lang) -> Self {
        let bar = ProgressBar::with_draw_target(Some(0), ProgressDrawTarget::hidden());
        let template = match lang {
            Lang::Zh => "{bar:40} 已运行 {pos} 次，共 {len} 次，还要 {eta}\n{msg}",
            Lang::En => "{bar:40} {pos} of {len} runs, {eta} left\n{msg}",
        };
        let style = ProgressStyle::with_template(template)
            .unwrap_or_else(|_| ProgressStyle::default_bar())
            .progress_chars("█▌·");
        bar.set_style(style);
        Self { line: bar, watched: std::io::stderr().is_terminal(), told: Cell::default() }
    }

    /// So many of so many are done.
    pub(super) fn at(&self, done: usize, of: usize) {
        if self.watched && self.line.is_hidden() && self.line.elapsed() > BAR_AFTER {
            self.line.set_draw_target(ProgressDrawTarget::stderr());
        }
        self.line.set_length(of as u64);
        self.line.set_position(done as u64);
    }

    /// What the runs so far say, now and then: nobody has to wait for the last one.
    pub(super) fn so_far(&self, text: impl FnOnce() -> Option<String>) {
        let now = self.line.elapsed();
        if self.line.is_hidden() || now < self.told.get() + TOLD_EVERY {
            return;
        }
        self.told.set(now);
        if let Some(text) = text() {
            self.line.set_message(text);
        }
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.line.finish_and_clear();
    }
}

/// The exit code, when so many of what was asked for were done.
pub(super) fn code(done: usize, of: usize) -> u8 {
    if done < of { exit::INTERRUPTED } else { exit::FINE }
}

/// A sentence as the reason why something was not done.
pub(super) fn said(text: Bilingual) -> Failure {
    Failure { code: exit::ASKED_WRONGLY, text }
}

pub(super) fn not_begun(error: EnsembleError) -> Failure {
    said(error.sentence())
}

fn refused(error: StudyError) -> Failure {
    match error.sentence() {
        Some(text) => said(text),
        None => match error {
            StudyError::Problems(problems) => Failure::problems(problems),
            _ => Failure::asked("", ""),
        },
    }
}
