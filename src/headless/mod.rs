//! The program without a window: play, examine, explain, export.
//!
//! Floor 4. Reads requests and files; writes files and the two streams that are
//! given to it; owns no fact of any story. Knows nothing of a window.

pub mod asked;
pub mod base_rate;
pub mod board_page;
mod check;
mod day_table;
mod describe;
pub mod disk;
mod display;
pub mod ensemble;
pub mod exhibit;
mod export;
mod files;
pub mod gallery;
pub mod journal;
mod json;
pub mod opened;
pub mod page;
pub mod places;
mod play;
mod replay;
mod run;
mod saves;
pub mod severity;
pub mod shelf;
mod starter;
mod studies;
mod table;
mod tables;
mod vocabulary;
pub mod words;

use std::io::{self, Write};
use std::path::Path;

use crate::base::text::{Bilingual, Lang};
use crate::cli::Request;
use crate::scenario::generate;

pub use display::{NoDisplay, no_display, no_window};
pub use files::{Failure, compile_at, load, material, write_whole};
pub use play::{Played, play};
pub use run::kind_label;

/// What the program answers to the shell.
pub mod exit {
    /// Everything went well.
    pub const FINE: u8 = 0;
    /// A claim of a story did not come true.
    pub const CLAIM_FAILED: u8 = 1;
    /// Asked wrongly.
    pub const ASKED_WRONGLY: u8 = 2;
    /// Something could not be read or written, or there is no display or no
    /// graphics driver.
    pub const DISK: u8 = 3;
    /// Many runs were stopped by Ctrl-C, as shells count it.
    pub const INTERRUPTED: u8 = 130;
}

/// Does what was asked; returns the exit code.
pub fn answer(request: &Request, lang: Lang, out: &mut dyn Write, err: &mut dyn Write) -> u8 {
    let mut out = Listened { stream: out, failed: None };
    let code = do_it(request, lang, &mut out, err);
    let _ = out.flush();
    match out.failed {
        // Whoever closes the pipe has read enough.
        Some(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            let text = Bilingual::new(
                format!("结果没有写全：{error}"),
                format!("the result could not be written: {error}"),
            );
            say(err, text.get(lang));
            code.max(exit::DISK)
        }
        _ => code,
    }
}

fn do_it(request: &Request, lang: Lang, out: &mut dyn Write, err: &mut dyn Write) -> u8 {
    let done = match request {
        // Whoever has a window opens it before asking here.
        Request::Window(_) | Request::Picture(_) => return no_window(lang, err),
        Request::Show(text) => {
            say(out, text.trim_end());
            Ok(exit::FINE)
        }
        Request::Run(request) => run::run(request, lang, out, err),
        Request::Check(paths) => check::check(paths, lang, out, err),
        Request::Describe(topic) => {
            describe::describe(*topic, lang, out);
            Ok(exit::FINE)
        }
        Request::Replay { file, scene } => replay::replay(file, scene.as_deref(), lang, out),
        Request::Export(request) => export::export(request, lang, out),
        Request::New { file, settings } => starter::write(file, *settings, lang, out),
        Request::Study(request) => studies::study(request, lang, out, err),
        Request::Merge { files, out: file } => studies::merge(files, file, lang, out),
        Request::Anchors(request) => studies::anchors(request, lang, out),
        Request::Map { seed, out: file } => map(*seed, file, lang, out),
    };
    done.unwrap_or_else(|failure: Failure| {
        say(err, failure.text.get(lang));
        failure.code
    })
}

fn map(seed: u64, file: &str, lang: Lang, out: &mut dyn Write) -> Result<u8, Failure> {
    let text = generate::write(&generate::fuxiang(seed));
    files::write_whole(Path::new(file), text.as_bytes())?;
    say(out, Bilingual::new(format!("写好了：{file}"), format!("written: {file}")).get(lang));
    Ok(exit::FINE)
}

/// Says what was asked wrongly.
pub fn misused(text: &Bilingual, lang: Lang, err: &mut dyn Write) -> u8 {
    say(err, text.get(lang));
    exit::ASKED_WRONGLY
}

/// A stream whose first failure is remembered.
struct Listened<'a> {
    stream: &'a mut dyn Write,
    failed: Option<io::Error>,
}

impl Listened<'_> {
    fn note<T>(&mut self, done: io::Result<T>) -> io::Result<T> {
        done.map_err(|error| {
            let kind = error.kind();
            // An interrupted write is tried again by whoever asked for it.
            if kind != io::ErrorKind::Interrupted {
                self.failed.get_or_insert(error);
            }
            kind.into()
        })
    }
}

impl Write for Listened<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let done = self.stream.write(bytes);
        self.note(done)
    }

    fn flush(&mut self) -> io::Result<()> {
        let done = self.stream.flush();
        self.note(done)
    }
}

/// One line on a stream. A reader who has gone away is no reason to fail.
fn say(stream: &mut dyn Write, text: &str) {
    let _ = writeln!(stream, "{text}");
}
