//! The words of the hall.
//!
//! Floor 9. Reads `text.ron`, compiled in; owns [`SAID`].

use std::sync::LazyLock;

use serde::Deserialize;

use crate::app::known::words;
use crate::base::text::{Bilingual, Lang};

/// The words of this room.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "each name says what its words are about; see text.ron")]
pub struct Said {
    pub title: Bilingual,
    pub touch: Bilingual,
    pub beats: Vec<Bilingual>,
    pub still_here: Bilingual,
    pub go_on: Bilingual,
}

/// The words of this room.
pub static SAID: LazyLock<Said> = LazyLock::new(|| words(include_str!("text.ron")));

/// Words that are shown in one language whatever the view's: a stranger reads both.
pub fn only(text: &Bilingual, lang: Lang) -> Bilingual {
    let said = text.get(lang);
    Bilingual::new(said, said)
}
