//! Studies: many runs of a story, and what may be said of them.
//!
//! Floor 4. Reads scenes and files of runs; writes results to the streams and files it
//! is given; owns what a study needs from the system: files, Ctrl-C, the bar.
//!
//! ```text
//! StudyRequest ─▶ Desk (study, seeds, worlds) ─▶ ensemble's runners ─▶ Told
//!                                                  words │ JSON │ CSV │ picture │ homes
//! ```

mod anchors;
mod attribute;
mod compare;
mod desk;
mod honest;
mod kept;
mod picture;
mod sensitivity;
mod spread;
mod stop;
mod uncertain;
mod words;

pub use anchors::anchors;
pub(super) use honest::lacks_caution;
pub use kept::merge;

use std::io::Write;

use super::files::Failure;
use crate::base::text::Lang;
use crate::cli::{Question, StudyRequest};

/// Asks many seeds.
pub(super) fn study(
    request: &StudyRequest,
    lang: Lang,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<u8, Failure> {
    let desk = desk::Desk::open(request, lang, err)?;
    match &request.question {
        Question::Ensemble => spread::ensemble(&desk, out),
        Question::Compare(names) => compare::compare(&desk, names, out, err),
        Question::Attribute(names) => attribute::attribute(&desk, names, out),
        Question::Sensitivity { method, params, samples } => {
            sensitivity::sensitivity(&desk, *method, params, *samples, out)
        }
    }
}
