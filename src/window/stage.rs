//! The stage: where header, map, side and foot lie, and how large everything is.
//!
//! Floor 9, with Bevy. Reads the window; owns the places that panels fill, the
//! scale of the panels and [`Stage`].

use bevy::prelude::*;
use bevy::ui::{UiGlobalTransform, UiScale, UiSystems, UiTransform};
use bevy::window::PrimaryWindow;

use crate::app::power::Busy;
use crate::app::view::{FeedView, Squeeze, Stage, View};
use crate::app::{AppSystems, Filter, Live};
use crate::base::palette;
use crate::theme::{GAP, PAD, ROOM, Slot, colour, controls::Solid};

/// The window for which sizes are drawn: one unit is one logical pixel there.
const DRAWN_FOR: Vec2 = Vec2::new(1920.0, 1080.0);
/// Scales of the panels; a closed list, because each has its own glyph pages.
const SCALES: [f32; 10] = [0.5, 0.625, 0.75, 0.875, 1.0, 1.25, 1.5, 2.0, 3.0, 4.0];
/// Width of the side, units.
const SIDE: f32 = 428.0;
/// The same for large text.
const LARGE_SIDE: f32 = 520.0;
/// A window narrower than this, of its height, is upright: the side goes below.
const UPRIGHT: f32 = 1.15;

/// What a picture is drawn on instead of a window.
#[derive(Resource, Debug, Clone, Copy, PartialEq)]
pub struct Canvas(pub Vec2);

/// What the stage consists of besides the places of panels.
#[derive(Component, Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Root,
    Middle,
    Foot,
}

/// The stage has its size.
#[derive(SystemSet, Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Sizes;

/// The ground of header and foot.
fn bar() -> impl Bundle {
    (BackgroundColor(colour(palette::PAPER)), BorderColor::all(colour(palette::RULING)), Solid)
}

fn spawn(view: Res<View>, mut commands: Commands) {
    commands
        .spawn((
            Part::Root,
            Node {
                width: percent(100),
                height: percent(100),
                flex_direction: FlexDirection::Column,
                ..default()
            },
            UiTransform::default(),
        ))
        .with_children(|root| {
            root.spawn((
                Slot::Header,
                bar(),
                Node {
                    padding: UiRect::axes(px(PAD), px(GAP + 2.0)),
                    column_gap: px(ROOM * 1.5),
                    row_gap: px(GAP),
                    flex_wrap: FlexWrap::Wrap,
                    align_items: AlignItems::Center,
                    border: UiRect::bottom(px(1)),
                    flex_shrink: 0.0,
                    ..default()
                },
            ));
            root.spawn((Part::Middle, Node { flex_grow: 1.0, min_height: px(0), ..default() }))
                .with_children(|middle| {
                    middle
                        .spawn((
                            Slot::Map,
                            Node {
                                flex_grow: 1.0,
                                flex_basis: px(0),
                                min_width: px(0),
                                min_height: px(0),
                                ..default()
                            },
                        ))
                        .with_children(over_map);
                    middle.spawn((
                        Slot::Side,
                        Solid,
                        BackgroundColor(colour(palette::PAPER_RAISED)),
                        BorderColor::all(colour(palette::RULING)),
                        Node {
                            width: px(SIDE),
                            flex_direction: FlexDirection::Column,
                            border: UiRect::left(px(1)),
                            flex_shrink: 0.0,
                            overflow: Overflow::clip(),
                            ..default()
                        },
                    ));
                });
            root.spawn((
                Slot::Tale,
                Node { flex_direction: FlexDirection::Column, flex_shrink: 0.0, ..default() },
            ));
            foot(root, &view);
        });
    commands.spawn((
        Slot::Over,
        Node {
            position_type: PositionType::Absolute,
            width: percent(100),
            height: percent(100),
            ..default()
        },
        GlobalZIndex(20),
    ));
}

/// Time, and what stands beside it.
fn foot(root: &mut ChildSpawnerCommands, view: &View) {
    let shown = |yes: bool| if yes { Display::Flex } else { Display::None };
    root.spawn((
        Part::Foot,
        bar(),
        Node {
            flex_direction: FlexDirection::Column,
            // Fingers and dirt collect at the edge of a screen: nothing that
            // matters lies in its outer 8 mm.
            padding: px(PAD).all().with_top(px(GAP + 2.0)),
            row_gap: px(GAP),
            border: UiRect::top(px(1)),
            flex_shrink: 0.0,
            display: shown(view.controls),
            ..default()
        },
    ))
    .with_children(|foot| {
        let row = || Node {
            column_gap: px(ROOM * 1.5),
            row_gap: px(GAP),
            flex_wrap: FlexWrap::Wrap,
            ..default()
        };
        foot.spawn(row()).with_children(|line| {
            line.spawn((Slot::Foot, row()));
            let corner = Node { margin: UiRect::left(auto()), column_gap: px(GAP), ..row() };
            line.spawn((Slot::Corner, corner));
        });
        foot.spawn((Slot::Tracks, Node { width: percent(100), ..default() }));
        foot.spawn((Slot::Switches, Node { display: shown(view.kiosk), ..row() }));
    });
}

/// What lies over the map: notices above, tiles below.
fn over_map(map: &mut ChildSpawnerCommands) {
    map.spawn((
        Slot::Notices,
        Node {
            position_type: PositionType::Absolute,
            top: px(ROOM),
            width: percent(100),
            flex_direction: FlexDirection::Column,
            align_items: AlignItems::Center,
            row_gap: px(GAP),
            ..default()
        },
        GlobalZIndex(10),
    ));
    map.spawn((
        Slot::Tray,
        Node {
            position_type: PositionType::Absolute,
            bottom: px(GAP),
            width: percent(100),
            padding: UiRect::horizontal(px(GAP)),
            flex_direction: FlexDirection::Column,
            ..default()
        },
    ));
}

/// The scale at which panels fit a window.
pub fn scale_for(window: Vec2) -> f32 {
    let drawn_for = if window.x < window.y * UPRIGHT { DRAWN_FOR.yx() } else { DRAWN_FOR };
    let room = (window / drawn_for).min_element();
    SCALES.into_iter().rev().find(|s| *s <= room * 1.06).unwrap_or(SCALES[0])
}

/// Sets scale and direction from the window, before anything is laid out.
fn size(
    view: Res<View>,
    canvas: Option<Res<Canvas>>,
    windows: Query<&Window, With<PrimaryWindow>>,
    mut ui: ResMut<UiScale>,
    mut stage: ResMut<Stage>,
    mut parts: Query<(&Part, &mut Node), Without<Slot>>,
    mut slots: Query<(&Slot, &mut Node), Without<Part>>,
    mut wide: Local<f32>,
) {
    let (window, scale) = match (canvas, windows.single()) {
        (Some(canvas), _) => (canvas.0, 1.0),
        (None, Ok(window)) => (window.size(), window.scale_factor()),
        (None, Err(_)) => return,
    };
    if window.min_element() < 1.0 {
        return;
    }
    let unit = scale_for(window);
    let upright = window.x < window.y * UPRIGHT;
    let next = Stage { window, scale, unit, upright, ..*stage };
    if (ui.0 - unit).abs() > 1e-4 {
        ui.0 = unit;
    }
    let side = if view.large { LARGE_SIDE } else { SIDE };
    let turned = stage.upright != upright || (*wide - side).abs() > 0.5;
    *wide = side;
    stage.set_if_neq(next);
    if turned {
        for (part, mut middle) in &mut parts {
            if *part == Part::Middle {
                middle.flex_direction =
                    if upright { FlexDirection::Column } else { FlexDirection::Row };
            }
        }
        for (slot, mut node) in &mut slots {
            if *slot == Slot::Side {
                node.width = if upright { percent(100) } else { px(side) };
                node.max_height = if upright { percent(46) } else { auto() };
                node.flex_direction =
                    if upright { FlexDirection::Row } else { FlexDirection::Column };
            }
        }
    }
}

/// After layout: which part of the window the map is seen through.
fn measure(slots: Query<(&Slot, &ComputedNode, &UiGlobalTransform)>, mut stage: ResMut<Stage>) {
    let Some((_, node, at)) = slots.iter().find(|(slot, ..)| **slot == Slot::Map) else { return };
    if node.is_empty() {
        return;
    }
    let (centre, size) = (at.translation / stage.scale, node.size / stage.scale);
    let map = Rect::from_center_size(centre, size);
    let tray = slots.iter().find(|(slot, ..)| **slot == Slot::Tray);
    let tray = tray.map_or(0.0, |(_, node, at)| {
        let below = (at.translation.y + node.size.y / 2.0) / stage.scale - map.max.y;
        (node.size.y / stage.scale - below.max(0.0)).max(0.0)
    });
    let next = Stage { map, tray, ..*stage };
    stage.set_if_neq(next);
}

/// What the side was fitted to.
#[derive(Debug, Clone, PartialEq, Default)]
struct Fitted {
    view: Option<View>,
    window: Vec2,
    generation: u32,
}

/// Panels leave away what they can, step by step, until nothing in the side is cut.
fn squeeze(
    view: Res<View>,
    live: Res<Live>,
    stage: Res<Stage>,
    slots: Query<(&Slot, &ComputedNode, &UiGlobalTransform, Option<&Children>)>,
    branches: Query<&Children>,
    nodes: Query<(&ComputedNode, &UiGlobalTransform)>,
    mut fitted: Local<(Fitted, u8)>,
    mut squeeze: ResMut<Squeeze>,
    mut busy: ResMut<Busy>,
) {
    let (shown, wait) = &mut *fitted;
    let now = Fitted {
        // What lies over the stage changes nothing beside the map.
        // A page that is turned fits as the one before did, or is fitted further.
        view: Some(View {
            sheet: None,
            talk: None,
            today_page: 0,
            page: 0,
            tab_page: 0,
            sheet_page: 0,
            feed: FeedView::default(),
            aim: None,
            point: None,
            filter: Filter::NONE,
            ..view.clone()
        }),
        window: stage.window,
        generation: live.generation(),
    };
    if *shown != now {
        *shown = now;
        *wait = SETTLE;
        squeeze.set_if_neq(Squeeze::default());
        busy.settle();
        return;
    }
    // What was just built is laid out a frame later.
    if *wait > 0 {
        *wait -= 1;
        busy.settle();
        return;
    }
    let side = slots.iter().find(|(slot, ..)| **slot == Slot::Side);
    let Some((_, side, at, Some(children))) = side.filter(|side| !side.1.is_empty()) else {
        return;
    };
    let foot = at.translation.y + side.size.y / 2.0;
    let mut layer: Vec<Entity> = children.iter().collect();
    let mut cut = false;
    for _ in 0..LEVELS {
        cut |= layer.iter().filter_map(|child| nodes.get(*child).ok()).any(|(node, at)| {
            at.translation.y + node.size.y / 2.0 > foot + 1.0
                || node.content_size.y > node.size.y + 1.0
        });
        let below = layer.iter().filter_map(|child| branches.get(*child).ok());
        layer = below.flat_map(Children::iter).collect();
    }
    if cut && squeeze.0 < Squeeze::MOST {
        squeeze.0 += 1;
        *wait = SETTLE;
        busy.settle();
    }
}

/// Frames between two looks at what is cut.
const SETTLE: u8 = 2;
/// From the side down to what stands in the panels of a tab.
const LEVELS: usize = 4;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Stage>()
        .add_systems(Startup, spawn)
        .add_systems(Update, size.in_set(Sizes).before(AppSystems::Read))
        .add_systems(PostUpdate, (measure, squeeze).chain().after(UiSystems::PostLayout));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn panels_fit_every_common_screen() {
        for (w, h, scale) in [
            (1920.0, 1080.0, 1.0),
            (1366.0, 768.0, 0.75),
            (1440.0, 810.0, 0.75),
            (2560.0, 1440.0, 1.25),
            (3840.0, 2160.0, 2.0),
            (1080.0, 1920.0, 1.0),
            (320.0, 320.0, 0.5),
        ] {
            let found = scale_for(Vec2::new(w, h));
            assert!((found - scale).abs() < 1e-6, "{w}x{h}: {found}");
        }
    }
}
