//! `new`: a commented scene, or the settings of a screen, to start from.
//!
//! Floor 4. Writes one file, never over another.

use std::fs::OpenOptions;
use std::io::Write;
use std::path::Path;

use super::files::Failure;
use super::{exit, say};
use crate::base::text::{Bilingual, Lang};
use crate::settings;

/// The same scene with its comments in either language.
const STARTER: Bilingual =
    Bilingual::fixed(include_str!("starter/zh.ron"), include_str!("starter/en.ron"));

/// Writes the starting scene, or the settings that are built in.
pub(super) fn write(
    file: &str,
    settings: bool,
    lang: Lang,
    out: &mut dyn Write,
) -> Result<u8, Failure> {
    let scene = STARTER;
    let text = if settings { settings::DEFAULT_TEXT } else { scene.get(lang) };
    let path = Path::new(file);
    let mut new = OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(path)
        .map_err(|e| Failure::disk(path, &e))?;
    new.write_all(text.as_bytes()).map_err(|e| Failure::disk(path, &e))?;
    say(
        out,
        &match lang {
            Lang::Zh => format!("写好了：{file}\n接着检查：zhanyitu check {file}"),
            Lang::En => format!("written: {file}\nnext: zhanyitu check {file}"),
        },
    );
    Ok(exit::FINE)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The lines that are not comments.
    fn bare(text: &str) -> Vec<String> {
        text.lines()
            .map(str::trim)
            .filter(|line| !line.starts_with("//") && !line.is_empty())
            .map(str::to_owned)
            .collect()
    }

    #[test]
    fn the_scene_is_the_same_in_both_languages() {
        assert_eq!(bare(STARTER.get(Lang::Zh)), bare(STARTER.get(Lang::En)));
    }
}
