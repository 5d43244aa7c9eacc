//! The marks of a home in words.
//!
//! Floor 4. Reads marks; makes words.

use crate::base::text::{Bilingual, Lang};
use crate::sim::people::Marks;

/// One mark's name.
pub(super) fn mark_label(mark: Marks) -> Bilingual {
    match mark {
        Marks::LIVES_ALONE => Bilingual::fixed("独居老人", "elder living alone"),
        Marks::EMPTY_NEST => Bilingual::fixed("空巢老人", "elders, children away"),
        Marks::DISABLED => Bilingual::fixed("残疾", "disability"),
        Marks::LOW_INCOME => Bilingual::fixed("低保", "low income"),
        _ => Bilingual::fixed("党员户", "Party member's home"),
    }
}

/// All marks of a home.
pub(super) fn marks_words(marks: Marks, lang: Lang) -> String {
    let words: Vec<String> = Marks::EACH
        .iter()
        .filter(|m| marks.has(**m))
        .map(|m| mark_label(*m).get(lang).to_owned())
        .collect();
    words.join(Bilingual::fixed("、", ", ").get(lang))
}
