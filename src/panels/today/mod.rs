//! The day: calls, hours, neighbours, lane mouths, and how long help took.
//!
//! Floor 8, with Bevy. Reads what the office did today and the board's knowledge,
//! never the truth; owns what stands below the legend while its tab is chosen. Each
//! part has a page of its own, for nothing scrolls.

pub mod calls;
pub mod dots;
pub mod picture;
pub mod words;
pub mod work;

use bevy::prelude::*;

use super::PanelSystems;
use crate::app::compare::Compared;
use crate::app::view::{Squeeze, Tab, TodayPart, Touched};
use crate::app::{Live, View, ViewCommand};
use crate::base::palette;
use crate::base::text::Bilingual;
use crate::theme::controls::{Caption, Control};
use crate::theme::{
    Does, Dress, Face, GAP, Icon, Icons, PAD, ROUND, Slot, TOUCH, Type, control, panel, slot,
    written,
};
use words::SAID;

/// The day's panel.
#[derive(Component)]
struct Day;

/// What one part shows now.
#[derive(Debug, Clone, PartialEq)]
enum Content {
    Calls(calls::Facts),
    Lines(Vec<Line>),
    Waits(dots::Facts),
}

/// A line of a part: an icon, words, and a figure at its end.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Line {
    /// What matters most.
    Lead(Bilingual),
    /// A heading.
    Head(Bilingual),
    /// A sentence.
    Text(Bilingual),
    /// Words, a figure, and a word on it; the last may be empty.
    Row(Bilingual, Bilingual, Bilingual),
}

/// What the panel shows; it is made anew when any of it changes.
#[derive(Debug, Clone, PartialEq)]
struct Facts {
    part: TodayPart,
    content: Content,
    controls: bool,
    squeeze: Squeeze,
}

impl Facts {
    fn of(live: &Live, view: &View, squeeze: Squeeze, compared: &Compared) -> Self {
        let content = match view.today {
            TodayPart::Calls => Content::Calls(calls::Facts::of(live, view, squeeze)),
            TodayPart::Hours => Content::Lines(work::hours(live, squeeze)),
            TodayPart::Neighbours => Content::Lines(work::neighbours(live, squeeze)),
            TodayPart::Mouths => Content::Lines(work::mouths(live, squeeze)),
            TodayPart::Waits => Content::Waits(dots::Facts::of(live, compared)),
        };
        Self { part: view.today, content, controls: view.controls, squeeze }
    }
}

fn build(
    live: Res<Live>,
    view: Res<View>,
    compared: Res<Compared>,
    icons: Res<Icons>,
    mut images: ResMut<Assets<Image>>,
    slots: Query<(Entity, &Slot)>,
    old: Query<Entity, With<Day>>,
    squeeze: Res<Squeeze>,
    touched: Res<Touched>,
    mut stale: Local<bool>,
    mut shown: Local<Option<Facts>>,
    mut commands: Commands,
) {
    *stale |= live.is_changed() || view.is_changed() || squeeze.is_changed();
    *stale |= compared.is_changed();
    if !*stale || touched.0 {
        return;
    }
    *stale = false;
    if view.tab != Tab::Today {
        if shown.take().is_some() {
            for entity in &old {
                commands.entity(entity).despawn();
            }
        }
        return;
    }
    let facts = Facts::of(&live, &view, *squeeze, &compared);
    if shown.as_ref() == Some(&facts) {
        return;
    }
    for entity in &old {
        commands.entity(entity).despawn();
    }
    let Some(page) = slot(&slots, Slot::Page) else { return };
    commands.entity(page).with_children(|page| {
        page.spawn((
            Day,
            panel(),
            Node {
                flex_direction: FlexDirection::Column,
                flex_grow: 1.0,
                padding: UiRect::axes(px(PAD), px(PAD * 0.6)),
                row_gap: px(GAP),
                overflow: Overflow::clip(),
                min_height: px(0),
                ..default()
            },
        ))
        .with_children(|day| {
            if facts.controls {
                switches(day, &icons, facts.part);
            }
            match &facts.content {
                Content::Calls(calls) => calls::fill(day, &icons, &mut images, calls),
                Content::Lines(all) => lines(day, all),
                Content::Waits(waits) => dots::fill(day, &mut images, waits, facts.squeeze),
            }
        });
    });
    *shown = Some(facts);
}

/// One small switch for each part.
fn switches(day: &mut ChildSpawnerCommands, icons: &Icons, now: TodayPart) {
    day.spawn(Node { column_gap: px(GAP / 2.0), flex_shrink: 0.0, ..default() }).with_children(
        |row| {
            for (part, label) in TodayPart::ALL.into_iter().zip(&SAID.parts) {
                let look = Caption { label: label.clone(), ..Caption::default() };
                let does = Does::Look(ViewCommand::Today(part, 0));
                let button = control(row, icons, Dress::Small, look, does.clone());
                row.commands().entity(button).insert((
                    Control { does, enabled: true, on: part == now },
                    Node {
                        flex_grow: 1.0,
                        flex_basis: px(0),
                        min_width: px(0),
                        height: px(TOUCH),
                        align_items: AlignItems::Center,
                        justify_content: JustifyContent::Center,
                        border: px(2).all(),
                        border_radius: BorderRadius::all(px(ROUND)),
                        ..default()
                    },
                ));
            }
        },
    );
}

fn lines(day: &mut ChildSpawnerCommands, lines: &[Line]) {
    for line in lines {
        match line {
            Line::Lead(text) => {
                day.spawn(written(text.clone(), Type::Body, Face::Plain, palette::INK));
            }
            Line::Head(text) => {
                day.spawn(written(text.clone(), Type::Small, Face::Hand, palette::INK));
            }
            Line::Text(text) => {
                day.spawn(written(text.clone(), Type::Fine, Face::Plain, palette::INK_SOFT));
            }
            Line::Row(name, figure, more) => {
                day.spawn(grid(vec![
                    GridTrack::flex(1.0),
                    GridTrack::max_content(),
                    GridTrack::max_content(),
                ]))
                .with_children(|row| {
                    row.spawn(written(name.clone(), Type::Fine, Face::Plain, palette::INK));
                    for (text, ink) in [(figure, palette::INK), (more, palette::INK_SOFT)] {
                        row.spawn((
                            written(text.clone(), Type::Fine, Face::Plain, ink),
                            TextLayout::no_wrap(),
                        ));
                    }
                });
            }
        }
    }
}

/// A row of columns in which texts wrap as they should.
pub(super) fn grid(columns: Vec<RepeatedGridTrack>) -> Node {
    Node {
        display: Display::Grid,
        grid_template_columns: columns,
        column_gap: px(GAP),
        row_gap: px(GAP / 4.0),
        align_items: AlignItems::Center,
        flex_shrink: 0.0,
        ..default()
    }
}

/// An icon of a line, in ink.
pub(super) fn icon(row: &mut ChildSpawnerCommands, icons: &Icons, icon: Icon, side: f32) {
    row.spawn((
        ImageNode::new(icons.get(icon)).with_color(crate::theme::colour(palette::INK)),
        Node { width: px(side), height: px(side), flex_shrink: 0.0, ..default() },
    ));
}

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, build.in_set(PanelSystems::Day));
}
