//! Notices: what was done, what was refused and why, what is wrong with a file.
//!
//! Floor 8, with Bevy. Reads [`Notice`]; owns what stands over the upper edge of the
//! map. One at a time of each kind; a passing one goes by itself.

use core::time::Duration;

use bevy::prelude::*;

use super::PanelSystems;
use crate::app::{Notice, Renewed, Tone};
use crate::base::palette;
use crate::theme::{Face, PAD, ROUND, Slot, Type, colour, controls::Solid, slot, written};

/// How long a passing notice stays.
const STAYS: Duration = Duration::from_secs(6);

/// A notice on the screen.
#[derive(Component, Debug, Clone, Copy)]
pub struct Shown {
    tone: Tone,
    until: Option<Duration>,
}

fn show(
    mut notices: MessageReader<Notice>,
    time: Res<Time<Real>>,
    slots: Query<(Entity, &Slot)>,
    old: Query<(Entity, &Shown)>,
    mut commands: Commands,
) {
    // Of several in one frame, the last passing and the last lasting one are shown.
    let heard: Vec<Notice> = notices.read().cloned().collect();
    let lasting = |tone: Tone| matches!(tone, Tone::Broken | Tone::Mended);
    for kind in [false, true] {
        let of_kind = heard.iter().filter(|n| lasting(n.tone) == kind);
        // A refusal is not hidden by what is said of an earlier step of that minute.
        let Some(notice) = of_kind.max_by_key(|n| n.tone == Tone::Refused) else { continue };
        for (entity, shown) in &old {
            let replaced = kind || !lasting(shown.tone);
            if replaced {
                commands.entity(entity).try_despawn();
            }
        }
        put(notice, time.elapsed(), &slots, &mut commands);
    }
}

fn put(notice: &Notice, now: Duration, slots: &Query<(Entity, &Slot)>, commands: &mut Commands) {
    let Some(place) = slot(slots, Slot::Notices) else { return };
    let until = (notice.tone != Tone::Broken).then_some(now + STAYS);
    let (ground, ink, edge) = match notice.tone {
        Tone::Done | Tone::Mended => (palette::PAPER_RAISED, palette::INK, palette::INK_SOFT),
        Tone::Refused => (palette::PAPER_RAISED, palette::INK, palette::FOCUS),
        Tone::Broken => (palette::INK, palette::PAPER_RAISED, palette::INK),
    };
    commands.entity(place).with_children(|place| {
        place
            .spawn((
                Shown { tone: notice.tone, until },
                Solid,
                Node {
                    padding: UiRect::axes(px(PAD), px(PAD * 0.6)),
                    border: px(2).all(),
                    border_radius: BorderRadius::all(px(ROUND)),
                    max_width: px(WIDEST),
                    ..default()
                },
                BackgroundColor(colour(ground)),
                BorderColor::all(colour(edge)),
            ))
            .with_children(|plate| {
                plate.spawn((
                    written(notice.text.clone(), Type::Body, Face::Plain, ink),
                    Node { max_width: px(WIDEST - PAD * 2.0), ..default() },
                ));
            });
    });
}

/// Widest notice, units.
const WIDEST: f32 = 860.0;

fn pass(time: Res<Time<Real>>, shown: Query<(Entity, &Shown)>, mut commands: Commands) {
    for (entity, shown) in &shown {
        if shown.until.is_some_and(|until| time.elapsed() >= until) {
            commands.entity(entity).try_despawn();
        }
    }
}

/// What was said to one visitor is nothing to the next.
fn forget(shown: Query<(Entity, &Shown)>, mut commands: Commands) {
    for (entity, _) in &shown {
        commands.entity(entity).try_despawn();
    }
}

/// When the next notice goes, if any.
pub fn next_change(shown: &Query<&Shown>) -> Option<Duration> {
    shown.iter().filter_map(|s| s.until).min()
}

pub(super) fn plugin(app: &mut App) {
    app.add_systems(
        Update,
        (pass, show.run_if(on_message::<Notice>), forget.run_if(on_message::<Renewed>))
            .chain()
            .in_set(PanelSystems::Notices),
    );
}
