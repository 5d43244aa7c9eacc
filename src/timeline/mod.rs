//! Time: play, step, speeds, the days and the hours, undo and branches.
//!
//! Floor 8, with Bevy. Reads the story; owns the foot of the stage. Its tracks show
//! where one is; a touch of a track goes there.

mod tracks;

use std::sync::LazyLock;

use bevy::prelude::*;
use serde::Deserialize;

use crate::app::known::words;
use crate::app::{Live, PresentSystems, TimeCommand, View};
use crate::base::palette;
use crate::base::text::Bilingual;
use crate::base::time::DAY_MINUTES;
use crate::session::guide::Guide;
use crate::session::pacer::Speed;
use crate::theme::controls::{Caption, Control, IconOf, Named, set};
use crate::theme::{Does, Dress, Face, GAP, Icon, Icons, Slot, Type, control, slot, written};

/// The words of this room.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "each name says what its words are about; see text.ron")]
pub struct Said {
    pub play: Bilingual,
    pub pause: Bilingual,
    pub day_back: Bilingual,
    pub back: Bilingual,
    pub forth: Bilingual,
    pub day_forth: Bilingual,
    pub undo: Bilingual,
    pub redo: Bilingual,
    pub branch: Bilingual,
    pub gallery: Bilingual,
    pub days: Bilingual,
    pub hours: Bilingual,
    pub speeds: Vec<Bilingual>,
    pub a_second: Bilingual,
}

/// The words of this room.
pub static SAID: LazyLock<Said> = LazyLock::new(|| words(include_str!("text.ron")));

/// What a button of the foot is about.
#[derive(Component, Debug, Clone, Copy, PartialEq, Eq)]
enum Button {
    Play,
    Speed(Speed),
    Undo,
    Redo,
    Other,
}

const DAY: i64 = DAY_MINUTES as i64;
const STEP: i64 = 10;

fn spawn(
    slots: Query<(Entity, &Slot)>,
    icons: Res<Icons>,
    view: Res<View>,
    mut commands: Commands,
) {
    let Some(foot) = slot(&slots, Slot::Foot).filter(|_| view.controls) else { return };
    let icon = |icon, name: &Bilingual| Caption {
        icon: Some(icon),
        name: name.clone(),
        ..Caption::default()
    };
    commands.entity(foot).with_children(|foot| {
        foot.spawn(row()).with_children(|row| {
            let mut button = |dress, look, button: Button, command| {
                let entity = control(row, &icons, dress, look, Does::Steer(command));
                row.commands().entity(entity).insert(button);
            };
            let plain = Dress::Button;
            let step = TimeCommand::Step;
            button(plain, icon(Icon::DayBack, &SAID.day_back), Button::Other, step(-DAY));
            button(plain, icon(Icon::Back, &SAID.back), Button::Other, step(-STEP));
            let play = Caption { label: SAID.play.clone(), ..icon(Icon::Play, &SAID.play) };
            button(Dress::Primary, play, Button::Play, TimeCommand::PlayOrPause);
            button(plain, icon(Icon::Forth, &SAID.forth), Button::Other, step(STEP));
            button(plain, icon(Icon::DayForth, &SAID.day_forth), Button::Other, step(DAY));
        });
        foot.spawn(row()).with_children(|row| {
            row.spawn((
                written(SAID.a_second.clone(), Type::Small, Face::Plain, palette::INK_SOFT),
                TextLayout::no_wrap(),
            ));
            for (speed, label) in Speed::ALL.into_iter().zip(&SAID.speeds) {
                let look =
                    Caption { label: label.clone(), name: speed.label(), ..Caption::default() };
                let command = Does::Steer(TimeCommand::Speed(speed));
                let entity = control(row, &icons, Dress::Button, look, command);
                row.commands().entity(entity).insert(Button::Speed(speed));
            }
        });
        foot.spawn(row()).with_children(|row| {
            for (kind, look, command) in [
                (Button::Undo, icon(Icon::Undo, &SAID.undo), TimeCommand::Undo),
                (Button::Redo, icon(Icon::Redo, &SAID.redo), TimeCommand::Redo),
                (Button::Other, icon(Icon::Branch, &SAID.branch), TimeCommand::Branch),
            ] {
                if view.kiosk && !command.is_for_visitors() {
                    continue;
                }
                let entity = control(row, &icons, Dress::Button, look, Does::Steer(command));
                row.commands().entity(entity).insert(kind);
            }
        });
    });
    if let Some(place) = slot(&slots, Slot::Tracks) {
        commands.entity(place).with_children(|foot| tracks::spawn(foot, &icons));
    }
}

fn row() -> Node {
    Node {
        align_items: AlignItems::Center,
        column_gap: px(GAP),
        row_gap: px(GAP),
        flex_wrap: FlexWrap::Wrap,
        ..default()
    }
}

/// Buttons as time stands.
fn buttons(
    live: Res<Live>,
    icons: Res<Icons>,
    mut buttons: Query<(&Button, &mut Control, &mut Named, &Children)>,
    mut pictures: Query<(&mut IconOf, &mut ImageNode)>,
    mut texts: Query<&mut crate::theme::Words>,
) {
    if !live.is_changed() {
        return;
    }
    for (button, mut control, mut named, children) in &mut buttons {
        match *button {
            Button::Play => {
                let goes = live.playing() || live.guide().is_some_and(Guide::leads);
                let (icon, text) =
                    if goes { (Icon::Pause, &SAID.pause) } else { (Icon::Play, &SAID.play) };
                if named.0 != *text {
                    named.0 = text.clone();
                    for child in children {
                        if let Ok((mut of, mut picture)) = pictures.get_mut(*child) {
                            of.0 = icon;
                            picture.image = icons.get(icon);
                        }
                        if let Ok(mut words) = texts.get_mut(*child) {
                            words.0 = text.clone();
                        }
                    }
                }
            }
            Button::Speed(speed) => set(&mut control, true, live.speed() == speed),
            Button::Undo => set(&mut control, !live.session().log().is_empty(), false),
            Button::Redo => set(&mut control, !live.session().undone().is_empty(), false),
            Button::Other => {}
        }
    }
}

/// Installs the foot.
pub fn plugin(app: &mut App) {
    app.add_systems(PostStartup, spawn);
    app.add_systems(
        Update,
        (buttons, tracks::build, tracks::mark).chain().in_set(PresentSystems::Time),
    );
}
