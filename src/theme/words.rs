//! Words on the screen: both languages always, one of them shown.
//!
//! Floor 6, with Bevy. Reads [`View`]; writes every `Text` that has [`Words`].

use bevy::prelude::*;

use crate::app::{AppSystems, View};
use crate::base::text::Bilingual;

/// What a text says, in both languages. Changing it, or the language, changes
/// what is shown.
#[derive(Component, Debug, Clone, PartialEq, Eq)]
pub struct Words(pub Bilingual);

/// The test language: two fifths longer than English, to find what would clip.
fn stretched(text: &str) -> String {
    let longer = text.chars().count() * 2 / 5;
    let mut out = text.to_owned();
    for (i, letter) in text.chars().cycle().take(longer).enumerate() {
        // Broken like words, so that lines can break as they would.
        out.push(if i % 7 == 6 { ' ' } else { letter });
    }
    out
}

/// Shows every text in the language of the view.
pub fn speak(view: Res<View>, mut texts: Query<(Ref<Words>, &mut Text)>) {
    let all = view.is_changed();
    for (words, mut text) in &mut texts {
        if !all && !words.is_changed() {
            continue;
        }
        let said = words.0.get(view.lang);
        if view.pseudo {
            let said = stretched(said);
            text.set_if_neq(Text(said));
        } else if text.0 != said {
            said.clone_into(&mut text.0);
        }
    }
}

/// The last thing of a frame: panels have said what they have to say.
#[derive(SystemSet, Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Speaking;

pub(super) fn plugin(app: &mut App) {
    app.configure_sets(Update, Speaking.after(AppSystems::Present))
        .add_systems(Update, speak.in_set(Speaking));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_test_language_is_two_fifths_longer() {
        assert_eq!(stretched("0123456789").chars().count(), 14);
    }
}
