//! What a touch or a key means on the map: a home, a courtyard, or nothing.
//!
//! Floor 8, with Bevy. Reads touches, keys and the terrain; writes `Look`; owns the
//! keyboard's place on the map. The nearest home within 12 mm is meant, not the one
//! that is hit; and while homes stand closer than 20 mm, a touch means the whole
//! courtyard, whose homes then stand as large tiles.

use bevy::prelude::*;

use super::MapSystems;
use super::eye::{Eye, Morph};
use super::terrain::{Side, Terrain};
use crate::app::view::{Level, Stage};
use crate::app::{Ask, Live, Look, Renewed, View, ViewCommand};
use crate::base::ids::HouseholdId;
use crate::input::{Focus, InputSystems, MapKey, MapTouch, Reach};

/// How far a home may be from the finger that means it, millimetres.
const WITHIN_MM: f32 = 12.0;
/// Homes closer together than this are not touched one by one, millimetres.
const APART_MM: f32 = 20.0;

/// The home the keyboard is on.
#[derive(Resource, Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Cursor {
    /// The home, once arrows have been used.
    pub home: Option<HouseholdId>,
    visible: bool,
}

impl Cursor {
    /// The home whose ring is drawn.
    pub fn shown(self) -> Option<HouseholdId> {
        self.home.filter(|_| self.visible)
    }
}

/// What a touch of a place of the world means.
pub fn meant(
    side: &Side,
    world: Vec2,
    per_px: f32,
    reach: Reach,
    cell: f32,
) -> Option<ViewCommand> {
    let within = WITHIN_MM * reach.px_per_mm * per_px;
    if cell >= APART_MM * reach.px_per_mm
        && let Some(home) = side.home_near(world, within)
    {
        return Some(ViewCommand::Home(Some(home)));
    }
    side.compound_near(world, within).map(|compound| ViewCommand::Compound(Some(compound)))
}

fn touch(
    mut touches: MessageReader<MapTouch>,
    eye: Res<Eye>,
    morph: Res<Morph>,
    view: Res<View>,
    stage: Res<Stage>,
    reach: Res<Reach>,
    terrain: Res<Terrain>,
    mut cursor: ResMut<Cursor>,
    mut asks: MessageWriter<Ask>,
) {
    for MapTouch(place) in touches.read() {
        if morph.moves() || !stage.map.contains(*place) {
            continue;
        }
        let side = terrain.side(view.look);
        let world = eye.world_at(*place, &stage);
        cursor.set_if_neq(Cursor { visible: false, ..*cursor });
        match meant(side, world, eye.per_px, *reach, eye.cell(side)) {
            // A second touch of the same courtyard goes there.
            Some(ViewCommand::Compound(compound)) if compound == view.chosen.compound => {
                if eye.level < Level::Compound {
                    asks.write(Look(ViewCommand::Home(None)));
                    asks.write(Look(ViewCommand::Zoom(Level::Compound)));
                }
            }
            Some(command) => {
                if matches!(command, ViewCommand::Compound(_)) {
                    asks.write(Look(ViewCommand::Home(None)));
                }
                asks.write(Look(command));
            }
            // Beside everything: what is open closes.
            None => {
                asks.write(Look(ViewCommand::Back));
            }
        }
    }
}

fn keys(
    mut keys: MessageReader<MapKey>,
    eye: Res<Eye>,
    view: Res<View>,
    live: Res<Live>,
    terrain: Res<Terrain>,
    mut cursor: ResMut<Cursor>,
    mut asks: MessageWriter<Ask>,
) {
    let side = terrain.side(view.look);
    let place = &live.setup().place;
    for key in keys.read() {
        let here =
            cursor.home.or(view.chosen.home).or_else(|| side.home_near(eye.at, f32::INFINITY));
        let Some(here) = here.filter(|h| h.index() < side.homes.len()) else { continue };
        let first = cursor.home.is_none() && view.chosen.home.is_none();
        let next = match *key {
            MapKey::Open => {
                asks.write(Look(ViewCommand::Compound(Some(place.compound_of(here)))));
                asks.write(Look(ViewCommand::Home(Some(here))));
                Some(here)
            }
            // The first arrow shows where one is.
            _ if first => Some(here),
            MapKey::Home(x, y) => side.next_home(here, Vec2::new(f32::from(x), f32::from(-y))),
            MapKey::Compound(x, y) => {
                let way = Vec2::new(f32::from(x), f32::from(-y));
                side.next_lot(place.compound_of(here), way).map(|c| place.compound(c).first)
            }
        };
        if let Some(next) = next {
            cursor.set_if_neq(Cursor { home: Some(next), visible: true });
            if view.chosen.home.is_some() && *key != MapKey::Open {
                asks.write(Look(ViewCommand::Home(Some(next))));
            }
        }
    }
}

/// The home under the keyboard stays in sight; its ring goes when the keyboard is
/// on a control or another story begins.
fn mind(
    focus: Res<Focus>,
    terrain: Res<Terrain>,
    view: Res<View>,
    stage: Res<Stage>,
    mut renewed: MessageReader<Renewed>,
    mut eye: ResMut<Eye>,
    mut cursor: ResMut<Cursor>,
) {
    let anew = renewed.read().count() > 0;
    if terrain.is_changed() || anew {
        cursor.set_if_neq(Cursor::default());
    }
    if focus.is_changed() && *focus != Focus::Map {
        cursor.set_if_neq(Cursor { visible: false, ..*cursor });
    }
    let Some(home) = cursor.shown().filter(|_| cursor.is_changed() && !eye.flies()) else { return };
    let spot = terrain.side(view.look).homes[home.index()];
    let seen = eye.seen_at(spot.at, &stage);
    let room = stage.map.inflate(-(stage.map.size() * 0.06).min_element());
    let inside = seen.clamp(room.min, room.max);
    if inside != seen {
        let off = (seen - inside) * eye.per_px;
        eye.at += Vec2::new(off.x, -off.y);
    }
}

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Cursor>()
        .add_systems(Update, (touch, keys).chain().in_set(InputSystems::Meaning))
        .add_systems(
            Update,
            mind.in_set(MapSystems::Eye).after(super::eye::travel).before(super::eye::place),
        );
}
