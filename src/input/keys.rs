//! The keyboard: every control by Tab, the map by arrows, and a key for most things.
//!
//! Floor 7, with Bevy. Reads key messages and controls; writes the three doors and
//! [`MapKey`]; owns [`Focus`].

use bevy::input::ButtonState;
use bevy::input::keyboard::{Key, KeyCode, KeyboardInput};
use bevy::prelude::*;
use bevy::ui::ComputedStackIndex;

use super::gestures::Doors;
use crate::app::view::{Level, Sheet};
use crate::app::{
    AppSystems, GuideCommand, Live, PresentSystems, Renewed, TimeCommand, View, ViewCommand,
};
use crate::base::palette::PaletteChoice;
use crate::base::text::Lang;
use crate::base::time::{DAY_MINUTES, HOUR_MINUTES};
use crate::base::view::View as LookOf;
use crate::session::layers::Layer;
use crate::session::pacer::Speed;
use crate::theme::Slot;
use crate::theme::controls::{Control, Does, Held, Track};

/// Where the keyboard is.
#[derive(Resource, Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Focus {
    /// On the map.
    #[default]
    Map,
    /// On a control.
    On(Entity),
}

/// What the keyboard asks of the map.
#[derive(Message, Debug, Clone, Copy, PartialEq, Eq)]
pub enum MapKey {
    /// One home on, in a direction of the screen: x to the right, y down.
    Home(i8, i8),
    /// One courtyard or building on.
    Compound(i8, i8),
    /// Opens what the keyboard is on.
    Open,
}

const STEP: i64 = 10;
const DAY: i64 = DAY_MINUTES as i64;
const HOUR: i64 = HOUR_MINUTES as i64;

/// While it is true no key asks for anything: nobody is there whom it could serve.
#[derive(Resource, Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Hushed(pub bool);

/// Which way a step of the keyboard goes through the controls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    On,
    Back,
}

fn listen(
    mut keys: MessageReader<KeyboardInput>,
    held: Res<ButtonInput<KeyCode>>,
    view: Res<View>,
    live: Res<Live>,
    hushed: Res<Hushed>,
    controls: Query<(Entity, &Control, &InheritedVisibility, &ComputedStackIndex, &ComputedNode)>,
    slots: Query<(&Slot, &ComputedStackIndex)>,
    mut focus: ResMut<Focus>,
    mut map: MessageWriter<MapKey>,
    mut ask: Doors,
) {
    if hushed.0 {
        keys.clear();
        return;
    }
    let control = held.any_pressed([KeyCode::ControlLeft, KeyCode::ControlRight]);
    let shift = held.any_pressed([KeyCode::ShiftLeft, KeyCode::ShiftRight]);
    for key in keys.read().filter(|key| key.state == ButtonState::Pressed) {
        let on = match *focus {
            Focus::On(entity) => controls.get(entity).ok().map(|found| found.1),
            Focus::Map => None,
        };
        match (&key.logical_key, control) {
            (Key::Tab, false) => {
                let way = if shift { Way::Back } else { Way::On };
                // Under a sheet nothing is reached.
                let over = slots.iter().find(|(slot, _)| **slot == Slot::Over);
                let above = over.filter(|_| view.sheet.is_some()).map_or(0, |(_, stack)| stack.0);
                let next = step(&controls, above, *focus, way);
                focus.set_if_neq(next);
            }
            (Key::Enter, _) | (Key::Space, false) if on.is_some() => {
                if let Some(control) = on.filter(|c| c.enabled && !key.repeat) {
                    ask.does(&control.does);
                }
            }
            (Key::Enter, _) => {
                map.write(MapKey::Open);
            }
            (Key::Space, false) if !key.repeat => {
                ask.does(&Does::Steer(TimeCommand::PlayOrPause));
            }
            (Key::Escape, _) => {
                if *focus == Focus::Map {
                    ask.does(&Does::Look(ViewCommand::Back));
                }
                focus.set_if_neq(Focus::Map);
            }
            (Key::ArrowLeft | Key::ArrowRight | Key::ArrowUp | Key::ArrowDown, _) => {
                let (x, y) = match key.logical_key {
                    Key::ArrowLeft => (-1, 0),
                    Key::ArrowRight => (1, 0),
                    Key::ArrowUp => (0, -1),
                    _ => (0, 1),
                };
                if let Some(Does::Track(track)) = on.map(|c| &c.does) {
                    let minutes = match (track, control) {
                        (Track::Days, _) => DAY,
                        (Track::Minutes, false) => STEP,
                        (Track::Minutes, true) => HOUR,
                    };
                    let way = i64::from(x) - i64::from(y);
                    ask.does(&Does::Steer(TimeCommand::Step(way * minutes)));
                } else {
                    focus.set_if_neq(Focus::Map);
                    let next = MapKey::Home(x, y);
                    map.write(if control { MapKey::Compound(x, y) } else { next });
                }
            }
            // What a teacher's clicker sends: on, back, and the dark screen.
            (Key::PageDown, _) => guide(GuideCommand::Next, &mut ask),
            (Key::PageUp, _) => guide(GuideCommand::Back, &mut ask),
            (Key::F1, _) => sheet(&view, Sheet::Help, &mut ask),
            (key, _) if layer(key).is_some() => {
                if let Some(layer) = layer(key) {
                    ask.does(&Does::Look(ViewCommand::Layer(layer)));
                }
            }
            (Key::Character(text), true) => match text.to_lowercase().as_str() {
                "z" if shift => ask.does(&Does::Steer(TimeCommand::Redo)),
                "z" => ask.does(&Does::Steer(TimeCommand::Undo)),
                "y" => ask.does(&Does::Steer(TimeCommand::Redo)),
                "b" => ask.does(&Does::Steer(TimeCommand::Branch)),
                "s" => ask.does(&Does::Steer(TimeCommand::Save)),
                "o" => ask.does(&Does::Steer(TimeCommand::Load)),
                _ => {}
            },
            (Key::Character(text), false) => {
                if let Some(does) = letter(&text.to_lowercase(), &view, &live) {
                    ask.does(&does);
                } else if matches!(text.as_str(), "?" | "？" | "h" | "H") {
                    sheet(&view, Sheet::Help, &mut ask);
                } else if matches!(text.to_lowercase().as_str(), "n") {
                    sheet(&view, Sheet::Chapters, &mut ask);
                } else if matches!(text.to_lowercase().as_str(), "g") && !view.kiosk {
                    sheet(&view, Sheet::Story, &mut ask);
                } else if matches!(text.to_lowercase().as_str(), "f") {
                    sheet(&view, Sheet::Filters, &mut ask);
                }
            }
            _ => {}
        }
    }
}

/// The layer of a key: the six after the help's.
fn layer(key: &Key) -> Option<Layer> {
    let keys = [Key::F2, Key::F3, Key::F4, Key::F5, Key::F6, Key::F7];
    keys.iter().position(|k| k == key).and_then(|i| Layer::ALL.get(i)).copied()
}

/// What a letter or a digit does; large and small letters are the same.
fn letter(text: &str, view: &View, live: &Live) -> Option<Does> {
    let look = |command| Some(Does::Look(command));
    let steer = |command| Some(Does::Steer(command));
    match text {
        "v" => look(ViewCommand::Show(match view.look {
            LookOf::Board => LookOf::Plan,
            LookOf::Plan => LookOf::Board,
        })),
        "l" => look(ViewCommand::Speak(match view.lang {
            Lang::Zh => Lang::En,
            Lang::En => Lang::Zh,
        })),
        "t" => look(ViewCommand::LargeText(!view.large)),
        "c" => look(ViewCommand::Palette(match view.palette {
            PaletteChoice::Standard => PaletteChoice::Friendly,
            PaletteChoice::Friendly => PaletteChoice::Standard,
        })),
        "b" => steer(TimeCommand::Guide(GuideCommand::Hold)),
        "j" => steer(TimeCommand::Guide(GuideCommand::Join)),
        "m" => look(ViewCommand::Still(!view.still)),
        "k" => look(ViewCommand::Legend((view.legend + 1) % live.story().legends.len().max(1))),
        "d" => {
            let at = Layer::ALL.iter().position(|layer| *layer == view.layer);
            look(ViewCommand::Layer(Layer::ALL[at.map_or(0, |i| i + 1) % Layer::ALL.len()]))
        }
        "+" | "=" => look(ViewCommand::Nearer(1.25, None)),
        "-" => look(ViewCommand::Nearer(0.8, None)),
        "0" => look(ViewCommand::Zoom(Level::Community)),
        "," => steer(TimeCommand::Step(-STEP)),
        "." => steer(TimeCommand::Step(STEP)),
        "<" => steer(TimeCommand::Step(-DAY)),
        ">" => steer(TimeCommand::Step(DAY)),
        "[" => steer(TimeCommand::Slower),
        "]" => steer(TimeCommand::Faster),
        digit => {
            let number = digit.parse::<usize>().ok()?.checked_sub(1)?;
            steer(TimeCommand::Speed(*Speed::ALL.get(number)?))
        }
    }
}

fn guide(command: GuideCommand, ask: &mut Doors) {
    ask.does(&Does::Steer(TimeCommand::Guide(command)));
}

fn sheet(view: &View, sheet: Sheet, ask: &mut Doors) {
    let next = (view.sheet != Some(sheet)).then_some(sheet);
    ask.does(&Does::Look(ViewCommand::Sheet(next)));
}

/// The next control in the order in which they stand.
fn step(
    controls: &Query<(Entity, &Control, &InheritedVisibility, &ComputedStackIndex, &ComputedNode)>,
    above: u32,
    focus: Focus,
    way: Way,
) -> Focus {
    let mut order: Vec<(u32, Entity)> = controls
        .iter()
        .filter(|(_, control, seen, stack, node)| {
            control.enabled && seen.get() && !node.is_empty() && stack.0 >= above
        })
        .map(|(entity, _, _, stack, _)| (stack.0, entity))
        .collect();
    order.sort_unstable();
    let Some(last) = order.len().checked_sub(1) else { return Focus::Map };
    let at = match focus {
        Focus::On(entity) => order.iter().position(|(_, e)| *e == entity),
        Focus::Map => None,
    };
    // The map is a stop, too: before the first and after the last control.
    let next = match (at, way) {
        (None, Way::On) => Some(0),
        (None, Way::Back) => Some(last),
        (Some(at), Way::On) => (at < last).then_some(at + 1),
        (Some(at), Way::Back) => at.checked_sub(1),
    };
    next.map_or(Focus::Map, |i| Focus::On(order[i].1))
}

/// After a visit the keyboard is on the map.
fn forget(mut focus: ResMut<Focus>) {
    focus.set_if_neq(Focus::Map);
}

/// Shows where the keyboard is; a control that is gone or hidden has it no longer.
fn show(
    mut focus: ResMut<Focus>,
    mut controls: Query<(Entity, &Control, &InheritedVisibility, &mut Held)>,
) {
    if let Focus::On(entity) = *focus
        && !controls.get(entity).is_ok_and(|(_, control, seen, _)| control.enabled && seen.get())
    {
        *focus = Focus::Map;
    }
    for (entity, _, _, mut held) in &mut controls {
        let here = *focus == Focus::On(entity);
        if held.focused != here {
            held.focused = here;
        }
    }
}

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Focus>()
        .init_resource::<Hushed>()
        .add_message::<MapKey>()
        .add_systems(Update, listen.in_set(super::InputSystems::Keys))
        .add_systems(
            Update,
            (forget.run_if(on_message::<Renewed>), show)
                .chain()
                .in_set(AppSystems::Present)
                .after(PresentSystems::Time),
        );
}
