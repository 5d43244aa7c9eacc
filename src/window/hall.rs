//! The stage in a hall: what is within reach, and the map alone while nobody is there.
//!
//! Floor 9, with Bevy. Reads the settings of the screen and the phase; changes what
//! `stage` has spawned.

use bevy::prelude::*;
use bevy::ui::{UiTransform, Val2};

use super::stage::{Part, Sizes};
use crate::app::AppSystems;
use crate::app::power::Busy;
use crate::app::view::{Stage, View};
use crate::kiosk::attract::Show;
use crate::kiosk::{Hall, HallSystems, Phase};
use crate::settings::{HIGHEST_MM, LOW_MM, Screen};
use crate::theme::{GAP, Slot};

/// How far above the floor, or rather above the lowest pixels, a hand reaches: logical
/// pixels. In low mode a child's.
fn reach(screen: Screen, view: &View) -> f32 {
    let limit = if view.low { LOW_MM } else { HIGHEST_MM };
    limit.saturating_sub(screen.bottom_mm) as f32 * screen.px_per_mm
}

/// Tiles that would lie too high for a hand lie over the upper part of the side.
fn lower(
    view: Res<View>,
    hall: Res<Hall>,
    stage: Res<Stage>,
    mut busy: ResMut<Busy>,
    mut slots: Query<(Entity, &Slot, &mut Node, &ComputedNode)>,
    mut commands: Commands,
) {
    let Some(screen) = hall.settings.as_ref().and_then(|settings| settings.screen) else { return };
    let tray = slots.iter().find(|(_, slot, ..)| **slot == Slot::Tray);
    let high = tray.map_or(0.0, |(.., node)| node.size.y / stage.scale);
    let highest = stage.window.y - reach(screen, &view);
    let over = highest + high + GAP * stage.unit - stage.map.max.y;
    let bottom = GAP - (over / stage.unit).max(0.0).ceil();
    for (entity, slot, mut node, _) in &mut slots {
        if *slot == Slot::Tray && node.bottom != px(bottom) {
            node.bottom = px(bottom);
            commands.entity(entity).insert(GlobalZIndex(ABOVE));
            busy.settle();
        }
    }
}

/// While nobody is there the map alone is seen.
fn bare(
    phase: Res<Phase>,
    view: Res<View>,
    mut parts: Query<(&Part, &mut Node), Without<Slot>>,
    mut slots: Query<(&Slot, &mut Node), Without<Part>>,
) {
    let shown = |yes: bool| if yes { Display::Flex } else { Display::None };
    let here = *phase != Phase::Attract;
    for (part, mut node) in &mut parts {
        if *part == Part::Foot {
            node.display = shown(here && view.controls);
        }
    }
    for (slot, mut node) in &mut slots {
        if matches!(slot, Slot::Header | Slot::Side | Slot::Tale) {
            node.display = shown(here);
        }
    }
}

/// While nobody is there everything stands aside a little, elsewhere each few seconds.
fn aside(phase: Res<Phase>, show: Res<Show>, mut parts: Query<(&Part, &mut UiTransform)>) {
    let off = if *phase == Phase::Attract { show.orbit() } else { Vec2::ZERO };
    for (part, mut at) in &mut parts {
        if *part == Part::Root {
            at.set_if_neq(UiTransform::from_translation(Val2::px(off.x, off.y)));
        }
    }
}

/// The tiles above the side; notices lie above them.
const ABOVE: i32 = 5;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, lower.after(Sizes).before(AppSystems::Read)).add_systems(
        Update,
        (bare.run_if(resource_changed::<Phase>), aside.run_if(minds))
            .chain()
            .in_set(HallSystems::Stage),
    );
}

/// Whether this is a hall at all.
fn minds(phase: Res<Phase>) -> bool {
    *phase != Phase::Open
}
