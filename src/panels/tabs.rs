//! What stands below the legend: the card of a home, the day, what happened, figures.
//!
//! Floor 8, with Bevy. Reads the view; owns the row of switches in the side. Each
//! panel builds itself while its tab is chosen.

use bevy::prelude::*;

use super::PanelSystems;
use super::words::SAID;
use crate::app::known::fill;
use crate::app::view::{Squeeze, Tab};
use crate::app::{Live, View, ViewCommand};
use crate::base::palette;
use crate::base::text::Bilingual;
use crate::theme::controls::{Caption, Control, say, set};
use crate::theme::{
    Does, Dress, Face, GAP, Icons, PAD, Slot, TOUCH, Type, Words, colour, control, slot, written,
};

/// The row of switches.
#[derive(Component)]
struct Row;

/// Which tab a switch chooses.
#[derive(Component, Debug, Clone, Copy, PartialEq, Eq)]
struct Of(Tab);

/// The line that is always in sight.
#[derive(Component)]
struct Caveat;

/// Switches, the place of what they choose, and the line below it.
fn spawn(
    view: Res<View>,
    icons: Res<Icons>,
    slots: Query<(Entity, &Slot)>,
    mut commands: Commands,
) {
    let Some(side) = slot(&slots, Slot::Side) else { return };
    let column = Node {
        flex_direction: FlexDirection::Column,
        flex_grow: 1.0,
        flex_basis: px(0),
        min_height: px(0),
        min_width: px(0),
        ..default()
    };
    // Where a screen hangs in a hall the switches stand below what they choose: the
    // upper part of the side is too high for a hand.
    let upwards = FlexDirection::ColumnReverse;
    let lower = if view.kiosk {
        Node { flex_direction: upwards, ..column.clone() }
    } else {
        column.clone()
    };
    commands.entity(side).with_children(|side| {
        side.spawn(lower).with_children(|lower| {
            if view.controls {
                switches(lower, &icons);
            }
            lower.spawn((Slot::Page, column));
            lower
                .spawn(Node {
                    padding: UiRect::axes(px(PAD), px(GAP)),
                    flex_shrink: 0.0,
                    display: Display::Grid,
                    ..default()
                })
                .with_children(|foot| {
                    let ink = palette::INK_SOFT;
                    let text = Bilingual::default();
                    foot.spawn((Caveat, written(text, Type::Fine, Face::Plain, ink)));
                });
        });
    });
}

fn switches(lower: &mut ChildSpawnerCommands, icons: &Icons) {
    lower
        .spawn((
            Row,
            Node {
                padding: UiRect::horizontal(px(PAD)),
                column_gap: px(GAP / 2.0),
                border: UiRect::bottom(px(1)),
                flex_shrink: 0.0,
                ..default()
            },
            BorderColor::all(colour(palette::RULING)),
        ))
        .with_children(|row| {
            for tab in Tab::ALL {
                let label = match tab {
                    Tab::Card => &SAID.tab_card,
                    Tab::Today => &SAID.tab_today,
                    Tab::Feed => &SAID.tab_feed,
                    Tab::Trends => &SAID.tab_trends,
                };
                let look = Caption { label: label.clone(), ..Caption::default() };
                let does = Does::Look(ViewCommand::Tab(tab));
                let entity = control(row, icons, Dress::Quiet, look, does);
                row.commands().entity(entity).insert((
                    Of(tab),
                    Node {
                        flex_grow: 1.0,
                        flex_basis: px(0),
                        min_width: px(TOUCH),
                        height: px(TOUCH),
                        align_items: AlignItems::Center,
                        justify_content: JustifyContent::Center,
                        border: UiRect::bottom(px(4)),
                        ..default()
                    },
                ));
            }
        });
}

/// Always in sight: what this is, that nobody here is real, and which world it is.
fn caveat(live: Res<Live>, mut lines: Query<&mut Words, With<Caveat>>) {
    if live.is_changed() {
        let seed = live.setup().seed;
        for mut words in &mut lines {
            say(&mut words, fill(&SAID.caveat, &[("seed", &|_| seed.to_string())]));
        }
    }
}

fn show(
    view: Res<View>,
    squeeze: Res<Squeeze>,
    mut switches: Query<(&Of, &mut Control)>,
    mut rows: Query<&mut Node, With<Row>>,
) {
    if view.is_changed() || squeeze.is_changed() {
        let hidden = squeeze.no_tabs() && view.chosen.home.is_some();
        let display = if hidden { Display::None } else { Display::Flex };
        for mut row in &mut rows {
            if row.display != display {
                row.display = display;
            }
        }
    }
    if view.is_changed() {
        for (of, mut control) in &mut switches {
            set(&mut control, true, of.0 == view.tab);
        }
    }
}

pub(super) fn plugin(app: &mut App) {
    app.add_systems(PostStartup, spawn)
        .add_systems(Update, (show, caveat).chain().in_set(PanelSystems::Tabs));
}
