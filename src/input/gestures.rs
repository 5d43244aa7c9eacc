//! Window messages become contacts, and contacts become what they ask for.
//!
//! Floor 7, with Bevy. Reads window messages, controls and where they lie; writes
//! the three doors and [`MapTouch`]; owns the resource that holds the contacts.
//! Bevy's `Touches` and `Interaction` are not used: the first keeps the last
//! movement of a finger that rests (H5), the second releases every button when any
//! finger lifts (H9).

use bevy::ecs::system::SystemParam;
use bevy::input::ButtonState;
use bevy::input::mouse::{MouseButton, MouseScrollUnit};
use bevy::input::touch::TouchPhase;
use bevy::prelude::*;
use bevy::ui::{ComputedStackIndex, UiGlobalTransform};
use bevy::window::WindowEvent;

use super::contacts::{ContactId, Contacts, Event, Gesture};
use super::keys::Focus;
use super::{InputSystems, Reach};
use crate::app::view::{Stage, Touched};
use crate::app::{Ask, Live, Look, Renewed, Steer, Submit, TimeCommand, ViewCommand};
use crate::base::time::{DAY_MINUTES, Day, Minute};
use crate::theme::controls::{Control, Does, Held, Solid, Track};

/// The map was tapped at a place of the window, logical pixels.
#[derive(Message, Debug, Clone, Copy, PartialEq)]
pub struct MapTouch(pub Vec2);

/// The contacts, and where the mouse is.
#[derive(Resource)]
pub struct Hands {
    contacts: Contacts<Entity>,
    mouse: Option<Vec2>,
}

impl Hands {
    /// How many contacts there are.
    pub fn count(&self) -> usize {
        self.contacts.len()
    }

    /// Whether a look at the clock is due even if nothing happens.
    pub fn waits(&self) -> bool {
        self.contacts.waits()
    }
}

/// What lies at a place of the window.
#[derive(SystemParam)]
pub struct Under<'w, 's> {
    stage: Res<'w, Stage>,
    nodes: Query<
        'w,
        's,
        (
            Entity,
            &'static ComputedNode,
            &'static UiGlobalTransform,
            &'static InheritedVisibility,
            &'static ComputedStackIndex,
        ),
        With<Solid>,
    >,
}

impl Under<'_, '_> {
    /// The uppermost panel or control, if any.
    pub fn at(&self, place: Vec2) -> Option<Entity> {
        let point = place * self.stage.scale;
        self.nodes
            .iter()
            .filter(|(_, node, at, seen, _)| {
                seen.get() && !node.is_empty() && node.contains_point(**at, point)
            })
            .max_by_key(|(.., stack)| stack.0)
            .map(|(entity, ..)| entity)
    }

    /// How far along a node a place lies, 0 to 1.
    fn along(&self, entity: Entity, place: Vec2) -> Option<f32> {
        let (_, node, at, ..) = self.nodes.get(entity).ok()?;
        let inside = node.content_inset();
        let local = at.try_inverse()?.transform_point2(place * self.stage.scale);
        let left = -node.size.x / 2.0 + inside.min_inset.x;
        let width = node.size.x - inside.min_inset.x - inside.max_inset.x;
        (width > 0.0).then(|| ((local.x - left) / width).clamp(0.0, 1.0))
    }
}

fn listen(
    mut events: MessageReader<WindowEvent>,
    mut renewed: MessageReader<Renewed>,
    time: Res<Time<Real>>,
    under: Under,
    mut hands: ResMut<Hands>,
    mut gestures: MessageWriter<Felt>,
    mut asks: MessageWriter<Ask>,
) {
    let now = time.elapsed();
    let mut out = Vec::new();
    if renewed.read().count() > 0 {
        hands.contacts.feed(Event::CancelAll, now, |_| None, &mut out);
    }
    for event in events.read() {
        let Some(event) = contact(event, &mut hands, &under, &mut asks) else { continue };
        hands.contacts.feed(event, now, |place| under.at(place), &mut out);
    }
    if !hands.contacts.is_empty() {
        hands.contacts.tick(now, &mut out);
    }
    gestures.write_batch(out.into_iter().map(Felt));
}

/// What a window message says about contacts. The wheel speaks for itself.
fn contact(
    event: &WindowEvent,
    hands: &mut Hands,
    under: &Under,
    asks: &mut MessageWriter<Ask>,
) -> Option<Event> {
    match event {
        WindowEvent::TouchInput(touch) => {
            let id = ContactId::Finger(touch.id);
            Some(match touch.phase {
                TouchPhase::Started => Event::Down(id, touch.position),
                TouchPhase::Moved => Event::Move(id, touch.position),
                TouchPhase::Ended => Event::Up(id),
                TouchPhase::Canceled => Event::Cancel(id),
            })
        }
        WindowEvent::CursorMoved(moved) => {
            hands.mouse = Some(moved.position);
            Some(Event::Move(ContactId::Mouse, moved.position))
        }
        WindowEvent::MouseButtonInput(button) if button.button == MouseButton::Left => {
            match button.state {
                ButtonState::Pressed => Some(Event::Down(ContactId::Mouse, hands.mouse?)),
                ButtonState::Released => Some(Event::Up(ContactId::Mouse)),
            }
        }
        WindowEvent::MouseWheel(wheel) => {
            let place = hands.mouse?;
            if under.at(place).is_none() {
                let notches = match wheel.unit {
                    MouseScrollUnit::Line => wheel.y,
                    MouseScrollUnit::Pixel => {
                        wheel.y / MouseScrollUnit::SCROLL_UNIT_CONVERSION_FACTOR
                    }
                };
                if notches.is_finite() && notches != 0.0 {
                    let factor = NOTCH.powf(notches.clamp(-10.0, 10.0));
                    asks.write(Look(ViewCommand::Nearer(factor, Some(place))));
                }
            }
            None
        }
        WindowEvent::WindowFocused(focus) if !focus.focused => Some(Event::CancelAll),
        _ => None,
    }
}

/// How much nearer one notch of the wheel goes.
const NOTCH: f32 = 1.2;

/// A gesture on its way from the contacts to whom it concerns.
#[derive(Message, Debug, Clone, Copy)]
struct Felt(Gesture<Entity>);

fn answer(
    mut felt: MessageReader<Felt>,
    under: Under,
    live: Res<Live>,
    hands: Res<Hands>,
    mut touched: ResMut<Touched>,
    mut controls: Query<(&Control, &mut Held)>,
    mut focus: ResMut<Focus>,
    mut ask: Doors,
) {
    // What one visitor holds, another one's touch neither closes nor moves (M1).
    let others_hold = hands.contacts.holds();
    touched.set_if_neq(Touched(others_hold));
    for Felt(gesture) in felt.read() {
        match *gesture {
            Gesture::Pressed(on, place) => {
                if let Ok((control, mut held)) = controls.get_mut(on) {
                    held.fingers = held.fingers.saturating_add(1);
                    if *focus != Focus::Map {
                        *focus = Focus::Map;
                    }
                    track(control, on, place, &under, &live, &mut ask);
                }
            }
            Gesture::Slid(on, place) => {
                if let Ok((control, _)) = controls.get(on) {
                    track(control, on, place, &under, &live, &mut ask);
                }
            }
            Gesture::Released(on, asks) => {
                if let Ok((control, mut held)) = controls.get_mut(on) {
                    held.fingers = held.fingers.saturating_sub(1);
                    if asks && control.enabled && !(others_hold && rearranges(&control.does)) {
                        ask.does(&control.does);
                    }
                }
            }
            Gesture::Tapped(place) => {
                if !others_hold {
                    ask.map.write(MapTouch(place));
                }
            }
            Gesture::Panned(by) => {
                ask.asks.write(Look(ViewCommand::Pan(by)));
            }
            Gesture::Spread(factor, place) => {
                ask.asks.write(Look(ViewCommand::Nearer(factor, Some(place))));
            }
        }
    }
}

/// Whether panels open, close or move when this is done.
fn rearranges(does: &Does) -> bool {
    match does {
        Does::Look(command) => !matches!(
            command,
            ViewCommand::Pan(_)
                | ViewCommand::Nearer(..)
                | ViewCommand::Zoom(_)
                | ViewCommand::Palette(_)
                | ViewCommand::Show(_)
        ),
        Does::Steer(command) => matches!(
            command,
            TimeCommand::Load
                | TimeCommand::Open(_)
                | TimeCommand::OpenBuiltIn
                | TimeCommand::Show(_)
                | TimeCommand::Reseed(_)
                | TimeCommand::Restart
                | TimeCommand::Anew
                | TimeCommand::Switch(_)
        ),
        Does::Submit(_) | Does::Track(_) => false,
    }
}

/// The three doors, and the map.
#[derive(SystemParam)]
pub struct Doors<'w> {
    /// To the eye, to time and to the community.
    pub asks: MessageWriter<'w, Ask>,
    /// To the map.
    pub map: MessageWriter<'w, MapTouch>,
}

impl Doors<'_> {
    /// Asks for what a control does.
    pub fn does(&mut self, does: &Does) {
        match does {
            Does::Look(command) => {
                self.asks.write(Look(command.clone()));
            }
            Does::Steer(command) => {
                self.asks.write(Steer(command.clone()));
            }
            Does::Submit(command) => {
                self.asks.write(Submit(command.clone()));
            }
            Does::Track(_) => {}
        }
    }
}

/// A finger on a track: the story goes to the place that is touched.
fn track(control: &Control, on: Entity, place: Vec2, under: &Under, live: &Live, ask: &mut Doors) {
    let Does::Track(track) = control.does else { return };
    let Some(share) = under.along(on, place).filter(|_| control.enabled) else { return };
    let to = place_on(track, share, live);
    if to != live.now() {
        ask.asks.write(Steer(TimeCommand::Seek(to)));
    }
}

/// The minute at a share of a track.
pub fn place_on(track: Track, share: f32, live: &Live) -> Minute {
    let now = live.now();
    let last = live.setup().ends.day();
    match track {
        Track::Days => {
            let day = Day(((share * last.0 as f32) as u32).min(last.0 - 1) + 1);
            Minute::at(day, now.clock())
        }
        Track::Minutes => {
            let clock = (share * DAY_MINUTES as f32) as u32;
            Minute::at(now.day(), clock.min(DAY_MINUTES - 1))
        }
    }
}

pub(super) fn plugin(app: &mut App) {
    let reach = *app.world().resource::<Reach>();
    app.insert_resource(Hands { contacts: Contacts::new(reach.px_per_mm), mouse: None })
        .add_message::<MapTouch>()
        .add_message::<Felt>()
        .add_systems(Update, (listen, answer).chain().in_set(InputSystems::Fingers));
}
