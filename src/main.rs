//! Arguments in, one call, an exit code out.

use std::io;
use std::process::ExitCode;

use zhanyitu::cli::{self, Misuse, Request};
use zhanyitu::headless;

fn main() -> ExitCode {
    let args: Vec<String> =
        std::env::args_os().map(|arg| arg.to_string_lossy().into_owned()).collect();
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()));
    let lang = cli::language(&args, locale.as_deref().unwrap_or_default());
    let code = match cli::parse(&args, lang) {
        Ok(Request::Window) => window(lang),
        Ok(request) => {
            headless::answer(&request, lang, &mut io::stdout().lock(), &mut io::stderr().lock())
        }
        Err(Misuse(text)) => headless::misused(&text, lang, &mut io::stderr().lock()),
    };
    ExitCode::from(code)
}

/// The window is built by a later floor; until then one clear sentence says so.
fn window(lang: zhanyitu::base::text::Lang) -> u8 {
    headless::no_window(cfg!(feature = "gui"), lang, &mut io::stderr().lock())
}
