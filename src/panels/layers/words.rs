//! The words of layers and filters.
//!
//! Floor 8. Reads `text.ron`, compiled in; owns [`SAID`].

use std::sync::LazyLock;

use serde::Deserialize;

use crate::app::known::words;
use crate::base::text::Bilingual;

/// The words of this room.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "each name says what its words are about; see text.ron")]
pub struct Said {
    pub short: Vec<Bilingual>,
    pub reveal: Bilingual,
    pub tally: Bilingual,
    pub tally_red: Bilingual,
    pub tally_no_red: Bilingual,
    pub learnt: Bilingual,
    pub learnt_none: Bilingual,
    pub no_case: Bilingual,
    pub one_run: Bilingual,
    pub legend_before: Bilingual,
    pub legend_after: Bilingual,
    pub filter: Bilingual,
    pub head: Bilingual,
    pub hint: Bilingual,
    pub found: Bilingual,
    pub nobody: Bilingual,
    pub clear: Bilingual,
    pub off: Bilingual,
    pub chip: Bilingual,
    pub more: Bilingual,
    pub page: Bilingual,
    pub earlier: Bilingual,
    pub later: Bilingual,
}

/// The words of this room.
pub static SAID: LazyLock<Said> = LazyLock::new(|| words(include_str!("text.ron")));

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::layers::Layer;

    #[test]
    fn every_layer_has_a_short_name() {
        assert_eq!(SAID.short.len(), Layer::ALL.len());
    }
}
