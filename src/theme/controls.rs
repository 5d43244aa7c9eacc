//! Controls: what can be touched, clicked or reached by key, and how it looks.
//!
//! Floor 6, with Bevy. Owns [`Control`] and the one system that dresses controls.
//! A control says what it does as data; `input` finds out that it was asked for,
//! finger by finger. Bevy's own widgets are not used: their click is decided from
//! the hover map of the frame before, so that a tap shorter than a frame is lost,
//! and every finger that lifts releases every button.

use accesskit::{Node as Accessible, Role};
use bevy::a11y::AccessibilityNode;
use bevy::prelude::*;

use super::icons::{Icon, Icons};
use super::words::Words;
use super::{Face, GAP, ROUND, TOUCH, Type, colour, written};
use crate::app::{AppSystems, SimCommand, TimeCommand, View, ViewCommand};
use crate::base::palette;
use crate::base::text::Bilingual;

/// Keeps touches from what lies below.
#[derive(Component, Debug, Clone, Copy, Default)]
pub struct Solid;

/// Something that can be asked for.
#[derive(Component, Debug, Clone, PartialEq)]
#[require(Solid)]
pub struct Control {
    /// What happens.
    pub does: Does,
    /// Whether it can be asked for now.
    pub enabled: bool,
    /// Whether what it stands for is so now.
    pub on: bool,
}

/// What a control does.
#[derive(Debug, Clone, PartialEq)]
pub enum Does {
    /// Asks the eye.
    Look(ViewCommand),
    /// Asks time.
    Steer(TimeCommand),
    /// Asks the community.
    Submit(SimCommand),
    /// A track on which a place can be touched and drawn along.
    Track(Track),
}

/// What a track sets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Track {
    /// The day of the story.
    Days,
    /// The minute of the day.
    Minutes,
}

/// How a control is held now: written by `input`.
#[derive(Component, Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Held {
    /// How many fingers press it.
    pub fingers: u8,
    /// The keyboard is on it.
    pub focused: bool,
}

/// How a control is dressed.
#[derive(Component, Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dress {
    /// A button.
    Button,
    /// A button of a row of many: small words under its icon.
    Small,
    /// The button that matters most.
    Primary,
    /// One of several that belong together, without a ground of its own.
    Quiet,
    /// A home's tile.
    Tile,
    /// A track.
    Track,
}

/// Icon and words of a control.
#[derive(Debug, Clone, Default)]
pub struct Caption {
    /// An icon before the words.
    pub icon: Option<Icon>,
    /// What stands on it; empty for an icon alone.
    pub label: Bilingual,
    /// What it is called where nothing stands on it.
    pub name: Bilingual,
}

/// Marks the icon of a control.
#[derive(Component, Debug, Clone, Copy)]
pub struct IconOf(pub Icon);

/// A button with an icon, words, or both.
pub fn control(
    parent: &mut ChildSpawnerCommands,
    icons: &Icons,
    dress: Dress,
    look: Caption,
    does: Does,
) -> Entity {
    let name = if look.name == Bilingual::default() { look.label.clone() } else { look.name };
    let size = if dress == Dress::Small { Type::Fine } else { Type::Body };
    let ink = if dress == Dress::Primary { palette::PAPER_RAISED } else { palette::INK };
    let mut spawned = parent.spawn((
        Control { does, enabled: true, on: false },
        Held::default(),
        dress,
        Named(name),
        Node {
            min_width: px(TOUCH),
            min_height: px(TOUCH),
            padding: UiRect::horizontal(px(GAP + 4.0)),
            column_gap: px(GAP),
            align_items: AlignItems::Center,
            justify_content: JustifyContent::Center,
            border: px(2).all(),
            border_radius: BorderRadius::all(px(ROUND)),
            flex_shrink: 0.0,
            ..default()
        },
        BackgroundColor::default(),
        BorderColor::default(),
        Outline::new(px(3), px(2), Color::NONE),
        AccessibilityNode::from(Accessible::new(Role::Button)),
    ));
    spawned.with_children(|inner| {
        if let Some(icon) = look.icon {
            inner.spawn((
                IconOf(icon),
                ImageNode::new(icons.get(icon)).with_color(colour(ink)),
                Node { width: px(30), height: px(30), flex_shrink: 0.0, ..default() },
            ));
        }
        if look.label != Bilingual::default() {
            inner.spawn((written(look.label, size, Face::Plain, ink), TextLayout::no_wrap()));
        }
    });
    spawned.id()
}

/// What a control is called: for readers of screens.
#[derive(Component, Debug, Clone, PartialEq, Eq)]
pub struct Named(pub Bilingual);

/// Dresses each control as it is held.
fn dress(
    mut controls: Query<
        (&Control, &Held, &Dress, &mut BackgroundColor, &mut BorderColor, &mut Outline),
        Or<(Changed<Control>, Changed<Held>)>,
    >,
) {
    for (control, held, dress, mut ground, mut border, mut outline) in &mut controls {
        let pressed = held.fingers > 0 && control.enabled;
        let (fill, edge) = match dress {
            Dress::Primary => (palette::INK, palette::INK),
            Dress::Button | Dress::Small | Dress::Tile | Dress::Track => {
                (palette::PAPER_RAISED, palette::RULING)
            }
            Dress::Quiet => (palette::PAPER_RAISED, palette::PAPER_RAISED),
        };
        let fill = match (dress, pressed, control.on) {
            (Dress::Primary, true, _) => colour(palette::INK_SOFT),
            (_, true, _) => colour(palette::RULING),
            (_, _, true) => colour(palette::PAPER),
            _ => colour(fill),
        };
        let edge = if control.on { palette::INK } else { edge };
        let strength = if control.enabled { 1.0 } else { 0.45 };
        ground.set_if_neq(BackgroundColor(fill.with_alpha(strength)));
        border.set_if_neq(BorderColor::all(colour(edge).with_alpha(strength)));
        let ring = if held.focused { colour(palette::FOCUS) } else { Color::NONE };
        if outline.color != ring {
            outline.color = ring;
        }
    }
}

/// Words and icons of a control that cannot be asked for are fainter.
fn fade(
    controls: Query<(&Control, &Dress, &Children), Changed<Control>>,
    mut words: Query<&mut TextColor>,
    mut icons: Query<&mut ImageNode, With<IconOf>>,
) {
    for (control, dress, children) in &controls {
        let ink = match (dress, control.enabled) {
            (Dress::Primary, _) => palette::PAPER_RAISED,
            (_, true) => palette::INK,
            (_, false) => palette::INK_SOFT,
        };
        for child in children {
            if let Ok(mut words) = words.get_mut(*child) {
                words.set_if_neq(TextColor(colour(ink)));
            }
            if let Ok(mut icon) = icons.get_mut(*child)
                && icon.color != colour(ink)
            {
                icon.color = colour(ink);
            }
        }
    }
}

/// Tells readers of screens what each control is called, in the language shown.
fn name(view: Res<View>, mut controls: Query<(Ref<Named>, &mut AccessibilityNode)>) {
    for (named, mut node) in &mut controls {
        if view.is_changed() || named.is_changed() {
            let label = named.0.get(view.lang);
            if node.label() != Some(label) {
                node.set_label(label);
            }
        }
    }
}

/// Changes a control only where it differs, so that nothing is dressed anew in vain.
pub fn set(control: &mut Mut<Control>, enabled: bool, on: bool) {
    if control.enabled != enabled {
        control.enabled = enabled;
    }
    if control.on != on {
        control.on = on;
    }
}

/// Changes words only where they differ.
pub fn say(words: &mut Mut<Words>, text: Bilingual) {
    if words.0 != text {
        words.0 = text;
    }
}

pub(super) fn plugin(app: &mut App) {
    app.add_systems(
        Update,
        (dress, fade, name).chain().after(AppSystems::Present).after(super::words::Speaking),
    );
}
