//! “Still here?”: one question over everything, in both languages, with a countdown.
//!
//! Floor 9, with Bevy. Reads the phase; owns the question. It says what it waits for
//! and what happens otherwise; a touch anywhere answers it, and it never stands longer
//! than twenty seconds (M4).

use bevy::prelude::*;

use super::HallSystems;
use super::attend::Watch;
use super::idle::Phase;
use super::words::{SAID, only};
use crate::base::palette;
use crate::base::text::{Bilingual, Lang};
use crate::theme::controls::{Solid, say};
use crate::theme::{Face, GAP, PAD, ROUND, Slot, Type, Words, panel, veil, written};

/// The question.
#[derive(Component)]
struct Question;

/// The number that counts down.
#[derive(Component)]
struct Left;

/// Width of the question, units.
const WIDE: f32 = 860.0;

fn put(
    phase: Res<Phase>,
    old: Query<Entity, With<Question>>,
    mut slots: Query<(&Slot, &mut Visibility)>,
    mut commands: Commands,
) {
    for entity in &old {
        commands.entity(entity).despawn();
    }
    let asks = *phase == Phase::Ask;
    for (slot, mut seen) in &mut slots {
        // One question at a time: a sheet waits behind it.
        if *slot == Slot::Over {
            seen.set_if_neq(if asks { Visibility::Hidden } else { Visibility::Inherited });
        }
    }
    if !asks {
        return;
    }
    commands
        .spawn((
            Question,
            Solid,
            Node {
                position_type: PositionType::Absolute,
                width: percent(100),
                height: percent(100),
                align_items: AlignItems::Center,
                justify_content: JustifyContent::Center,
                ..default()
            },
            BackgroundColor(veil(palette::INK, 0.45)),
            GlobalZIndex(40),
        ))
        .with_children(|over| {
            over.spawn((
                panel(),
                Node {
                    width: px(WIDE),
                    max_width: percent(92),
                    flex_direction: FlexDirection::Column,
                    align_items: AlignItems::Center,
                    padding: px(PAD * 2.0).all(),
                    row_gap: px(GAP),
                    border: px(2).all(),
                    border_radius: BorderRadius::all(px(ROUND)),
                    ..default()
                },
            ))
            .with_children(content);
        });
}

fn content(sheet: &mut ChildSpawnerCommands) {
    let head =
        |text: &Bilingual, lang, size| written(only(text, lang), size, Face::Hand, palette::INK);
    sheet.spawn(head(&SAID.still_here, Lang::Zh, Type::Title));
    sheet.spawn(head(&SAID.still_here, Lang::En, Type::Head));
    sheet.spawn((
        Left,
        written(Bilingual::default(), Type::Poster, Face::Hand, palette::INK),
        TextLayout::no_wrap(),
    ));
    for lang in Lang::ALL {
        sheet.spawn(Node { display: Display::Grid, ..default() }).with_children(|line| {
            line.spawn((
                written(only(&SAID.go_on, lang), Type::Body, Face::Plain, palette::INK),
                TextLayout::justify(Justify::Center),
            ));
        });
    }
}

fn count(watch: Res<Watch>, mut numbers: Query<&mut Words, With<Left>>) {
    let Some(left) = watch.left() else { return };
    // The last second is shown as 1, not as nothing.
    let seconds = left.as_secs() + u64::from(left.subsec_nanos() > 0);
    for mut words in &mut numbers {
        say(&mut words, Bilingual::new(seconds.to_string(), seconds.to_string()));
    }
}

fn asks(phase: Res<Phase>) -> bool {
    *phase == Phase::Ask
}

pub(super) fn plugin(app: &mut App) {
    app.add_systems(
        Update,
        (put.run_if(resource_changed::<Phase>), count.run_if(asks))
            .chain()
            .in_set(HallSystems::Question),
    );
}
