//! Pages of glyphs: given back when a visit is over.
//!
//! Floor 6, with Bevy. Reads [`Renewed`]; empties the engine's [`FontAtlasSet`].
//!
//! - H15: the engine frees no page by itself (bevyengine/bevy#21351). Type has a
//!   closed list of sizes, so that there are few; what names a visitor has read adds
//!   some, and a thousand visitors would add many.

use bevy::prelude::*;
use bevy::text::FontAtlasSet;
use bevy::ui::UiSystems;

use crate::app::Renewed;

/// Frames after a visit until nothing of it is on the screen: panels follow what
/// changed one frame later, the map one after them.
const SETTLES: u8 = 4;

/// Empties the pages. Whatever then stands on the screen is laid once more, for its
/// glyphs are named by the page on which they were.
fn give_back(
    mut renewed: MessageReader<Renewed>,
    mut pages: ResMut<FontAtlasSet>,
    mut texts: Query<&mut ComputedNode, With<Text>>,
    mut left: Local<u8>,
) {
    if renewed.read().count() > 0 {
        *left = SETTLES;
    } else if *left > 0 {
        *left -= 1;
        if *left == 0 {
            pages.clear();
            texts.iter_mut().for_each(|mut node| node.set_changed());
        }
    }
}

pub(super) fn plugin(app: &mut App) {
    app.add_systems(PostUpdate, give_back.before(UiSystems::Prepare));
}
