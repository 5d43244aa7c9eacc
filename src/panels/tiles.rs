//! The tiles: every home of the chosen courtyard or building, large enough for a
//! finger.
//!
//! Floor 8, with Bevy. Reads the read model and the view; owns the tray over the
//! lower edge of the map.

use bevy::prelude::*;

use super::PanelSystems;
use super::words::SAID;
use crate::app::known::fill;
use crate::app::view::{Level, Stage, Touched};
use crate::app::{Live, View, ViewCommand};
use crate::base::ids::{CompoundId, HouseholdId};
use crate::base::palette::{self, PaletteChoice};
use crate::base::text::{Bilingual, plural};
use crate::session::frame::Shown;
use crate::session::layers::Layer;
use crate::sim::people::Marks;
use crate::theme::controls::{Caption, Control};
use crate::theme::{
    Does, Dress, Face, GAP, Icon, Icons, PAD, ROUND, Slot, TILE, Type, colour, control, panel,
    slot, written,
};

/// The tray.
#[derive(Component)]
struct Tray;

/// How much of a tile's picture is left where the filter leaves the home out.
const FAINT: f32 = 0.25;
/// Rows of tiles of a page.
const ROWS: usize = 2;
const LOW_ROWS: usize = 1;

#[derive(Debug, Clone, PartialEq)]
struct State {
    compound: CompoundId,
    homes: Vec<Shown>,
    chosen: Option<HouseholdId>,
    page: usize,
    columns: usize,
    rows: usize,
    legend: usize,
    layer: Layer,
    palette: PaletteChoice,
}

/// How many tiles stand side by side.
fn columns(stage: &Stage) -> usize {
    let room = stage.map.width() / stage.unit - PAD * 4.0;
    ((room + GAP) / (TILE + GAP)).floor().max(1.0) as usize
}

fn build(
    live: Res<Live>,
    view: Res<View>,
    stage: Res<Stage>,
    icons: Res<Icons>,
    slots: Query<(Entity, &Slot)>,
    old: Query<Entity, With<Tray>>,
    touched: Res<Touched>,
    mut stale: Local<bool>,
    mut shown: Local<Option<State>>,
    mut commands: Commands,
) {
    *stale |= live.is_changed() || view.is_changed() || stage.is_changed();
    if !*stale || touched.0 {
        return;
    }
    *stale = false;
    let place = &live.setup().place;
    // On an upright screen in a hall tiles and card have one place within reach.
    let covered = view.kiosk && stage.upright && view.chosen.home.is_some();
    let compound = view
        .chosen
        .compound
        .filter(|c| view.controls && !covered && c.index() < place.compounds.len());
    let state = compound.map(|id| State {
        compound: id,
        homes: place.compound(id).households().filter_map(|h| live.frame().shown(h)).collect(),
        chosen: view.chosen.home,
        page: view.page,
        columns: columns(&stage),
        rows: if view.low { LOW_ROWS } else { ROWS },
        legend: live.frame().legend(),
        layer: live.frame().layer(),
        palette: view.palette,
    });
    if *shown == state {
        return;
    }
    for entity in &old {
        commands.entity(entity).despawn();
    }
    if let (Some(state), Some(tray)) = (&state, slot(&slots, Slot::Tray)) {
        commands.entity(tray).with_children(|tray| {
            tray.spawn((
                Tray,
                panel(),
                Node {
                    flex_direction: FlexDirection::Column,
                    padding: UiRect::axes(px(PAD), px(PAD * 0.6)),
                    row_gap: px(GAP),
                    border: px(1).all(),
                    border_radius: BorderRadius::all(px(ROUND)),
                    ..default()
                },
            ))
            .with_children(|column| content(column, &icons, &live, state));
        });
    }
    *shown = state;
}

fn content(column: &mut ChildSpawnerCommands, icons: &Icons, live: &Live, state: &State) {
    let compound = live.setup().place.compound(state.compound);
    let per_page = state.columns * state.rows;
    let pages = state.homes.len().div_ceil(per_page).max(1);
    let page = state.page.min(pages - 1);
    head(column, icons, live, state, (page, pages));
    column
        .spawn(Node {
            flex_wrap: FlexWrap::Wrap,
            column_gap: px(GAP),
            row_gap: px(GAP),
            ..default()
        })
        .with_children(|row| {
            for (i, shown) in state.homes.iter().enumerate().skip(page * per_page).take(per_page) {
                let home = HouseholdId(compound.first.0 + i as u32);
                tile(row, icons, live, state, home, *shown);
            }
        });
}

fn head(
    column: &mut ChildSpawnerCommands,
    icons: &Icons,
    live: &Live,
    state: &State,
    (page, pages): (usize, usize),
) {
    let n = state.homes.len() as u64;
    let name = &live.setup().place.compound(state.compound).name;
    let title = fill(
        &SAID.tiles,
        &[
            ("name", &|lang| name.get(lang).to_owned()),
            ("n", &|_| n.to_string()),
            ("homes", &|_| plural(n, "home", "homes").to_owned()),
        ],
    );
    column
        .spawn(Node { align_items: AlignItems::Center, column_gap: px(GAP), ..default() })
        .with_children(|row| {
            row.spawn((
                written(title, Type::Lead, Face::Hand, palette::INK),
                TextLayout::no_wrap(),
                Node { flex_grow: 1.0, ..default() },
            ));
            if pages > 1 {
                let text = fill(
                    &SAID.page,
                    &[("n", &|_| (page + 1).to_string()), ("all", &|_| pages.to_string())],
                );
                let turn = |icon, name: &Bilingual| Caption {
                    icon: Some(icon),
                    name: name.clone(),
                    ..Caption::default()
                };
                let to = |page| Does::Look(ViewCommand::Page(page));
                let earlier = turn(Icon::Back, &SAID.earlier);
                control(row, icons, Dress::Button, earlier, to(page.saturating_sub(1)));
                row.spawn((
                    written(text, Type::Small, Face::Plain, palette::INK_SOFT),
                    TextLayout::no_wrap(),
                ));
                let later = turn(Icon::Forth, &SAID.later);
                control(row, icons, Dress::Button, later, to((page + 1).min(pages - 1)));
            }
            let nearer = Caption {
                icon: Some(Icon::Plus),
                label: SAID.nearer.clone(),
                ..Caption::default()
            };
            control(
                row,
                icons,
                Dress::Button,
                nearer,
                Does::Look(ViewCommand::Zoom(Level::Compound)),
            );
            let cross =
                Caption { icon: Some(Icon::Cross), name: SAID.close.clone(), ..Caption::default() };
            control(row, icons, Dress::Quiet, cross, Does::Look(ViewCommand::Compound(None)));
        });
}

fn tile(
    row: &mut ChildSpawnerCommands,
    icons: &Icons,
    live: &Live,
    state: &State,
    home: HouseholdId,
    shown: Shown,
) {
    let unit = live.setup().place.dwellings[home.index()].unit.to_string();
    let does = Does::Look(ViewCommand::Home(Some(home)));
    let name = crate::app::known::place(live, home);
    let entity =
        control(row, icons, Dress::Tile, Caption { name, ..Caption::default() }, does.clone());
    let glyph = live.frame().glyph(&live.story().legends, shown);
    let stale = shown.stale && state.layer == Layer::Status;
    // What the filter leaves out is as faint here as on the map.
    let strength = if shown.faded { FAINT } else { 1.0 };
    let ink = colour(palette::INK).with_alpha(strength);
    row.commands()
        .entity(entity)
        .insert((
            Control { does, enabled: true, on: state.chosen == Some(home) },
            Node {
                width: px(TILE),
                height: px(TILE),
                flex_direction: FlexDirection::Column,
                align_items: AlignItems::Center,
                justify_content: JustifyContent::Center,
                border: px(2).all(),
                border_radius: BorderRadius::all(px(ROUND)),
                ..default()
            },
        ))
        .with_children(|tile| {
            tile.spawn((
                ImageNode::new(icons.glyph(glyph, state.palette, stale))
                    .with_color(Color::WHITE.with_alpha(strength)),
                Node { width: px(42), height: px(42), ..default() },
            ));
            let number = Bilingual::new(unit.clone(), unit);
            tile.spawn((
                written(number, Type::Small, Face::Plain, palette::INK),
                TextLayout::no_wrap(),
            ));
            let corner = |right: bool| Node {
                position_type: PositionType::Absolute,
                top: px(4),
                left: if right { auto() } else { px(4) },
                right: if right { px(4) } else { auto() },
                width: px(20),
                height: px(20),
                ..default()
            };
            if shown.marks.needs_care() {
                let figure = ImageNode::new(icons.get(Icon::Figure)).with_color(ink);
                tile.spawn((figure, corner(false)));
            }
            if shown.marks.has(Marks::PARTY_MEMBER) {
                let star = ImageNode::new(icons.get(Icon::Star)).with_color(ink);
                tile.spawn((star, corner(true)));
            }
        });
}

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, build.in_set(PanelSystems::Tiles));
}
