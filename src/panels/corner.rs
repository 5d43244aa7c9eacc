//! Nearer, farther, and the four levels: every pinch has a touch that does the same.
//!
//! Floor 8, with Bevy. Reads the view; owns a corner of the map.

use bevy::prelude::*;

use super::words::SAID;
use crate::app::view::Level;
use crate::app::{View, ViewCommand};
use crate::base::text::Bilingual;
use crate::theme::controls::Caption;
use crate::theme::{Does, Dress, GAP, Icon, Icons, Slot, control, slot};

/// How much nearer one touch goes.
const STEP: f32 = 1.5;

fn spawn(
    slots: Query<(Entity, &Slot)>,
    icons: Res<Icons>,
    view: Res<View>,
    mut commands: Commands,
) {
    let Some(corner) = slot(&slots, Slot::Corner).filter(|_| view.controls) else { return };
    let icon = |icon, name: &Bilingual| Caption {
        icon: Some(icon),
        name: name.clone(),
        ..Caption::default()
    };
    commands.entity(corner).with_children(|row| {
        let nearer = Does::Look(ViewCommand::Nearer(STEP, None));
        let farther = Does::Look(ViewCommand::Nearer(1.0 / STEP, None));
        control(row, &icons, Dress::Button, icon(Icon::Plus, &SAID.zoom_in), nearer);
        control(row, &icons, Dress::Button, icon(Icon::Minus, &SAID.zoom_out), farther);
        row.spawn(Node { width: px(GAP), ..default() });
        for level in Level::ALL {
            let name = match level {
                Level::Community => &SAID.community,
                Level::Lane => &SAID.lane,
                Level::Compound => &SAID.compound,
                Level::Home => &SAID.home,
            };
            let look = Caption {
                icon: (level == Level::Community).then_some(Icon::Whole),
                label: name.clone(),
                ..Caption::default()
            };
            let button =
                control(row, &icons, Dress::Button, look, Does::Look(ViewCommand::Zoom(level)));
            row.commands().entity(button).insert(LevelOf(level));
        }
    });
}

/// Which level a button goes to.
#[derive(Component, Debug, Clone, Copy, PartialEq, Eq)]
pub struct LevelOf(pub Level);

pub(super) fn plugin(app: &mut App) {
    app.add_systems(PostStartup, spawn);
}
