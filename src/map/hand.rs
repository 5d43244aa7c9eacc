//! The story's hand: shows where the first touch goes, then steps back.
//!
//! Floor 8, with Bevy. Reads what the story points at; owns one icon over the map.

use core::time::Duration;

use bevy::prelude::*;
use bevy::ui::Val2;

use super::MapSystems;
use super::eye::{Eye, Morph};
use super::terrain::Terrain;
use crate::app::power::Busy;
use crate::app::view::{Aim, Stage};
use crate::app::{Live, View};
use crate::base::palette;
use crate::theme::{Icon, Icons, colour};

/// How long the hand is shown.
const STAYS: Duration = Duration::from_secs(4);
/// One tap of it: calm, well below any flashing.
const TAP: f32 = 1.6;
/// How far it moves, of its size.
const REACH: f32 = 0.16;
/// Side of the icon, units.
const SIDE: f32 = 76.0;

#[derive(Component)]
struct Hand;

fn point(
    view: Res<View>,
    live: Res<Live>,
    eye: Res<Eye>,
    morph: Res<Morph>,
    stage: Res<Stage>,
    terrain: Res<Terrain>,
    icons: Res<Icons>,
    mut hands: Query<(Entity, &mut Node, &mut UiTransform), With<Hand>>,
    mut busy: ResMut<Busy>,
    mut commands: Commands,
) {
    let shown = live.guide().filter(|guide| guide.leads() && guide.read_for() < STAYS);
    let time = shown.map(|guide| guide.read_for().as_secs_f32());
    let aim = view.point.filter(|_| !eye.flies() && !morph.moves());
    let side = terrain.side(view.look);
    let target = match aim {
        Some(Aim::Home(home)) => side.homes.get(home.index()).map(|spot| spot.at),
        Some(Aim::Compound(compound)) => side.lots.get(compound.index()).map(|lot| lot.centre),
        _ => None,
    };
    let Some((at, time)) = target.map(|at| eye.seen_at(at, &stage)).zip(time) else {
        for (entity, ..) in &hands {
            commands.entity(entity).despawn();
        }
        return;
    };
    busy.stir(true);
    let at = at / stage.unit;
    let (left, top) = (px(at.x), px(at.y));
    // Down and up once in a tap, and a rest.
    let share = (time / TAP).fract();
    let down = if view.still { 0.0 } else { (share * core::f32::consts::TAU).sin().max(0.0) };
    let turn = UiTransform {
        translation: Val2::px(-SIDE * 0.5, SIDE * (REACH - down * REACH)),
        ..default()
    };
    if let Ok((_, mut node, mut transform)) = hands.single_mut() {
        if node.left != left || node.top != top {
            (node.left, node.top) = (left, top);
        }
        transform.set_if_neq(turn);
        return;
    }
    commands.spawn((
        Hand,
        ImageNode::new(icons.get(Icon::Hand)).with_color(colour(palette::INK)),
        Node {
            position_type: PositionType::Absolute,
            left,
            top,
            width: px(SIDE),
            height: px(SIDE),
            ..default()
        },
        turn,
        GlobalZIndex(5),
    ));
}

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, point.in_set(MapSystems::Hand));
}
