//! The program without a window: play, examine, explain, export.
//!
//! Floor 4. Reads requests and files; writes files and the two streams that are
//! given to it; owns no fact of any story. Knows nothing of a window.

pub mod board_page;
pub mod page;

mod check;
mod describe;
pub mod disk;
mod export;
mod files;
mod play;
mod replay;
mod run;
mod starter;
mod table;

use std::io::Write;
use std::path::Path;

use crate::base::text::{Bilingual, Lang};
use crate::cli::Request;
use crate::scenario::generate;
use files::Failure;

pub use files::{compile_at, load};
pub use play::{Played, play};

/// What the program answers to the shell.
pub mod exit {
    /// Everything went well.
    pub const FINE: u8 = 0;
    /// A claim of a story did not come true.
    pub const CLAIM_FAILED: u8 = 1;
    /// Asked wrongly.
    pub const ASKED_WRONGLY: u8 = 2;
    /// Something could not be read or written.
    pub const DISK: u8 = 3;
}

/// Does what was asked; returns the exit code.
pub fn answer(request: &Request, lang: Lang, out: &mut dyn Write, err: &mut dyn Write) -> u8 {
    let done = match request {
        Request::Window => return no_window(cfg!(feature = "gui"), lang, err),
        Request::Show(text) => {
            out.write_all(text.as_bytes()).map(|()| exit::FINE).or(Ok(exit::FINE))
        }
        Request::Run(request) => run::run(request, lang, out, err),
        Request::Check(paths) => check::check(paths, lang, out, err),
        Request::Describe(topic) => describe::describe(*topic, lang, out),
        Request::Replay { file, scene } => replay::replay(file, scene.as_deref(), lang, out),
        Request::Export(request) => export::export(request, lang, out),
        Request::New(file) => starter::write(file, lang, out),
        Request::Map { seed, out: file } => {
            let text = generate::write(&generate::fuxiang(*seed));
            files::write_whole(Path::new(file), text.as_bytes()).map(|()| exit::FINE)
        }
    };
    done.unwrap_or_else(|failure: Failure| {
        say(err, failure.text.get(lang));
        failure.code
    })
}

/// Says what was asked wrongly.
pub fn misused(text: &Bilingual, lang: Lang, err: &mut dyn Write) -> u8 {
    say(err, text.get(lang));
    exit::ASKED_WRONGLY
}

/// Says that there is no window, and what works without one.
pub fn no_window(built_for_one: bool, lang: Lang, err: &mut dyn Write) -> u8 {
    let text = if built_for_one {
        Bilingual::fixed(
            "这个版本还没有窗口；可以用命令行，例如：zhanyitu run scenes/fuxiang_2020.ron",
            "this version has no window yet; the command line works, for example: zhanyitu run scenes/fuxiang_2020.ron",
        )
    } else {
        Bilingual::fixed(
            "这一份编译时没有带窗口；可以用命令行，例如：zhanyitu run scenes/fuxiang_2020.ron",
            "this build has no window; the command line works, for example: zhanyitu run scenes/fuxiang_2020.ron",
        )
    };
    say(err, text.get(lang));
    exit::DISK
}

/// One line on a stream. A reader who has gone away is no reason to fail.
fn say(stream: &mut dyn Write, text: &str) {
    let _ = writeln!(stream, "{text}");
}
