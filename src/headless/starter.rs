//! `new`: a commented scene to start from.
//!
//! Floor 4. Writes one file, never over another.

use std::fs::OpenOptions;
use std::io::Write;
use std::path::Path;

use super::files::Failure;
use super::{exit, say};
use crate::base::text::Lang;

const STARTER: &str = include_str!("starter.ron");

/// Writes the starting scene.
pub(super) fn write(file: &str, lang: Lang, out: &mut dyn Write) -> Result<u8, Failure> {
    let path = Path::new(file);
    let mut new = OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(path)
        .map_err(|e| Failure::disk(path, &e))?;
    new.write_all(STARTER.as_bytes()).map_err(|e| Failure::disk(path, &e))?;
    say(
        out,
        &match lang {
            Lang::Zh => format!("写好了：{file}\n接着：zhanyitu check {file}"),
            Lang::En => format!("written: {file}\nnext: zhanyitu check {file}"),
        },
    );
    Ok(exit::FINE)
}
