//! Arguments in, one call, an exit code out.

use std::io;
use std::process::ExitCode;

use zhanyitu::base::text::Lang;
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
        Ok(request @ (Request::Window(_) | Request::Picture(_))) => window(&request, lang),
        Ok(request) => {
            headless::answer(&request, lang, &mut io::stdout().lock(), &mut io::stderr().lock())
        }
        Err(Misuse(text)) => headless::misused(&text, lang, &mut io::stderr().lock()),
    };
    ExitCode::from(code)
}

/// Opens a window, or draws a picture as one would show it.
#[cfg(feature = "gui")]
fn window(request: &Request, lang: Lang) -> u8 {
    match request {
        Request::Picture(request) => zhanyitu::window::draw(
            request,
            lang,
            &mut io::stdout().lock(),
            &mut io::stderr().lock(),
        ),
        Request::Window(request) => zhanyitu::window::open(request, lang, &mut io::stderr().lock()),
        _ => unreachable!("only these two need a window"),
    }
}

/// Opens a window, or draws a picture as one would show it.
#[cfg(not(feature = "gui"))]
fn window(_request: &Request, lang: Lang) -> u8 {
    headless::no_window(lang, &mut io::stderr().lock())
}
