//! What the map is asked: another layer, another place's legend, some homes of many.
//!
//! Floor 8, with Bevy. Reads the read model and the view; owns the switches at the
//! head of the legend, the sheet of filters, and the chip that tells of a filter.

pub mod chip;
pub mod sheet;
pub mod switches;
pub mod words;

use bevy::prelude::*;

use crate::base::text::{Bilingual, grouped, plural};

/// A text about so many homes, with its slots `{n}` and `{homes}` filled.
fn of_homes(text: &Bilingual, n: u64) -> Bilingual {
    crate::app::known::fill(
        text,
        &[("n", &|_| grouped(n)), ("homes", &|_| plural(n, "home", "homes").to_owned())],
    )
}

pub(super) fn plugin(app: &mut App) {
    app.add_plugins((sheet::plugin, chip::plugin));
}
