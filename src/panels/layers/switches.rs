//! The head of the legend: a switch for each layer, whose code is shown, and the way
//! to the filters.
//!
//! Floor 8, with Bevy. Reads the view and the legends of the story; owns two rows that
//! stay while what stands below them changes, so that a finger or the keyboard on them
//! is never left with nothing.

use bevy::prelude::*;

use super::words::SAID;
use crate::app::view::Sheet;
use crate::app::{Live, View, ViewCommand};
use crate::base::palette;
use crate::base::text::Bilingual;
use crate::session::layers::Layer;
use crate::theme::controls::{Caption, Control, say, set};
use crate::theme::{
    Does, Dress, Face, GAP, Icon, Icons, ROUND, TOUCH, Type, Words, control, written,
};

/// A row of the legend's head, which may have to make room.
#[derive(Component, Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::panels) enum Row {
    /// The layers.
    Layers,
    /// Whose code it is, and the filters.
    Head,
    /// The way to what was so, once the story is over.
    Truth,
}

/// Which layer a switch shows.
#[derive(Component, Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::panels) struct Of(Layer);

/// A step through the legends of the story.
#[derive(Component, Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::panels) enum Turn {
    Before,
    After,
}

/// What is shown: a legend of some place, or a layer.
#[derive(Component, Debug, Clone, Copy)]
pub(in crate::panels) struct Name;

/// The way to the filters.
#[derive(Component, Debug, Clone, Copy)]
pub(in crate::panels) struct ToFilters;

const fn icon(layer: Layer) -> Icon {
    match layer {
        Layer::Status => Icon::Shapes,
        Layer::Care => Icon::Figure,
        Layer::Contact => Icon::Clock,
        Layer::Travel => Icon::Return,
        Layer::Tasks => Icon::Tasks,
        Layer::Supplies => Icon::Parcel,
        Layer::Truth => Icon::Whole,
    }
}

/// A switch for each layer.
pub(in crate::panels) fn layers(parent: &mut ChildSpawnerCommands, icons: &Icons) {
    parent
        .spawn((Row::Layers, Node { column_gap: px(GAP / 2.0), flex_shrink: 0.0, ..default() }))
        .with_children(|row| {
            for (layer, label) in Layer::ALL.into_iter().zip(&SAID.short) {
                let look =
                    Caption { icon: Some(icon(layer)), label: label.clone(), name: layer.label() };
                let does = Does::Look(ViewCommand::Layer(layer));
                let button = control(row, icons, Dress::Small, look, does);
                row.commands().entity(button).insert((
                    Of(layer),
                    Node {
                        flex_grow: 1.0,
                        flex_basis: px(0),
                        min_width: px(TOUCH),
                        min_height: px(TOUCH),
                        flex_direction: FlexDirection::Column,
                        align_items: AlignItems::Center,
                        justify_content: JustifyContent::Center,
                        border: px(2).all(),
                        border_radius: BorderRadius::all(px(ROUND)),
                        ..default()
                    },
                ));
            }
        });
}

/// What was so, once the story is over: one wide button, for nobody opens it by chance.
pub(in crate::panels) fn truth(parent: &mut ChildSpawnerCommands, icons: &Icons) {
    let row = Node { display: Display::None, flex_shrink: 0.0, ..default() };
    parent.spawn((Row::Truth, row)).with_children(|row| {
        let look = Caption { label: SAID.reveal.clone(), ..Caption::default() };
        let does = Does::Look(ViewCommand::Layer(Layer::Truth));
        let button = control(row, icons, Dress::Button, look, does);
        row.commands().entity(button).insert(Of(Layer::Truth)).entry::<Node>().and_modify(
            |mut node| {
                node.flex_grow = 1.0;
                node.justify_content = JustifyContent::Center;
            },
        );
    });
}

/// Whose code is shown, with a step to the one before and after, and the filters.
pub(in crate::panels) fn head(parent: &mut ChildSpawnerCommands, icons: &Icons, controls: bool) {
    parent
        .spawn((
            Row::Head,
            Node {
                display: Display::Grid,
                grid_template_columns: if controls {
                    vec![
                        GridTrack::max_content(),
                        GridTrack::flex(1.0),
                        GridTrack::max_content(),
                        GridTrack::max_content(),
                    ]
                } else {
                    vec![GridTrack::flex(1.0)]
                },
                align_items: AlignItems::Center,
                column_gap: px(GAP / 2.0),
                flex_shrink: 0.0,
                ..default()
            },
        ))
        .with_children(|row| {
            if controls {
                turn(row, icons, Turn::Before);
            }
            // In its column also while the steps beside it are hidden.
            row.spawn((
                Name,
                written(Bilingual::default(), Type::Body, Face::Hand, palette::INK),
                Node {
                    grid_column: GridPlacement::start(if controls { 2 } else { 1 }),
                    ..default()
                },
            ));
            if controls {
                turn(row, icons, Turn::After);
                let look = Caption {
                    icon: Some(Icon::Funnel),
                    name: SAID.filter.clone(),
                    ..Caption::default()
                };
                let does = Does::Look(ViewCommand::Sheet(Some(Sheet::Filters)));
                let button = control(row, icons, Dress::Button, look, does);
                row.commands().entity(button).insert(ToFilters).entry::<Node>().and_modify(
                    |mut node| {
                        node.grid_column = GridPlacement::start(4);
                    },
                );
            }
        });
}

fn turn(row: &mut ChildSpawnerCommands, icons: &Icons, turn: Turn) {
    let (icon, name) = match turn {
        Turn::Before => (Icon::Back, &SAID.legend_before),
        Turn::After => (Icon::Forth, &SAID.legend_after),
    };
    let look = Caption { icon: Some(icon), name: name.clone(), ..Caption::default() };
    let button = control(row, icons, Dress::Quiet, look, Does::Look(ViewCommand::Legend(0)));
    row.commands().entity(button).insert(turn);
}

/// Shows which layer and whose legend is in sight.
pub(in crate::panels) fn show(
    live: Res<Live>,
    view: Res<View>,
    mut switches: Query<(&Of, &mut Control), (Without<Turn>, Without<ToFilters>)>,
    mut turns: Query<(&Turn, &mut Control, &mut Node), (Without<Of>, Without<ToFilters>)>,
    mut filters: Query<&mut Control, (With<ToFilters>, Without<Of>, Without<Turn>)>,
    mut names: Query<&mut Words, With<Name>>,
) {
    if !live.is_changed() && !view.is_changed() {
        return;
    }
    for (of, mut control) in &mut switches {
        set(&mut control, true, of.0 == view.layer);
    }
    for mut control in &mut filters {
        set(&mut control, true, !view.filter.is_empty());
    }
    let legends = &live.story().legends;
    let (at, all) = (live.frame().legend(), legends.len().max(1));
    for (turn, mut control, mut node) in &mut turns {
        let next = match turn {
            Turn::Before => (at + all - 1) % all,
            Turn::After => (at + 1) % all,
        };
        let does = Does::Look(ViewCommand::Legend(next));
        if control.does != does {
            control.does = does;
        }
        let seen = view.layer == Layer::Status && all > 1;
        let display = if seen { Display::Flex } else { Display::None };
        if node.display != display {
            node.display = display;
        }
    }
    let name = match view.layer {
        Layer::Status => legends.get(at).map(|legend| legend.name.clone()).unwrap_or_default(),
        layer => layer.label(),
    };
    for mut words in &mut names {
        say(&mut words, name.clone());
    }
}
