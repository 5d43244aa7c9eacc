//! Whether somebody is there, and what follows from it.
//!
//! Floor 9, with Bevy. Reads window messages; writes the doors, [`Phase`] and
//! [`Hushed`]; owns what is remembered of the glass and of the time.

use core::time::Duration;

use bevy::input::ButtonState;
use bevy::input::mouse::MouseButton;
use bevy::input::touch::TouchPhase;
use bevy::prelude::*;
use bevy::window::WindowEvent;

use super::Hall;
use super::idle::{Felt, Idle, Phase, Turn};
use super::signs::{Sign, Signs, Worth};
use crate::app::power::Busy;
use crate::app::view::Sheet;
use crate::app::{
    AppSystems, Ask, Cut, GuideCommand, Live, Look, Steer, TimeCommand, View, ViewCommand,
};
use crate::input::{ContactId, Hushed, InputSystems, MapTouch, Reach};
use crate::session::guide::Guide;

/// How long a question of ours may stand over the stage.
const QUESTION: Duration = Duration::from_secs(20);

/// Somebody looks whether somebody is there.
#[derive(SystemSet, Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Attends;

/// Who is there.
#[derive(Resource)]
pub struct Watch {
    idle: Idle,
    signs: Signs,
    /// Where the mouse is, and whether its button is down.
    mouse: (Option<Vec2>, bool),
    /// How long a visitor has been asked whether to begin again.
    again: Duration,
}

impl Watch {
    /// What is left of the countdown while the question stands.
    pub fn left(&self) -> Option<Duration> {
        self.idle.left()
    }

    /// Spots of the glass that touch themselves: where, logical pixels, and how often.
    pub fn ghosts(&self) -> Vec<(Vec2, u32)> {
        self.signs.ghosts().collect()
    }
}

/// Whether the story is telling something, so that nobody needs to touch anything.
fn tells(live: &Live) -> bool {
    live.playing() || live.guide().is_some_and(Guide::leads)
}

fn attend(
    mut events: MessageReader<WindowEvent>,
    time: Res<Time<Real>>,
    live: Res<Live>,
    view: Res<View>,
    mut watch: ResMut<Watch>,
    mut phase: ResMut<Phase>,
    mut hushed: ResMut<Hushed>,
    mut busy: ResMut<Busy>,
    mut asks: MessageWriter<Ask>,
    mut touches: MessageWriter<MapTouch>,
) {
    let before = *phase;
    if before == Phase::Open {
        events.clear();
        return;
    }
    let now = time.elapsed();
    let mut felt = Felt { telling: tells(&live), ..Felt::default() };
    let mut place = None;
    for event in events.read() {
        let Some(sign) = sign(event, &mut watch.mouse) else { continue };
        match watch.signs.weigh(sign, now) {
            Worth::Touch => felt.touched = true,
            Worth::Movement => felt.moved = true,
            Worth::Nothing => continue,
        }
        if let Sign::Down(_, at) = sign {
            place = Some(at);
        }
    }
    match watch.idle.pass(time.delta(), felt) {
        Some(Turn::Came) => {
            // What she touched is there at once, and the story waits for her.
            asks.write(Steer(TimeCommand::Guide(GuideCommand::Offer(Cut::Express))));
            asks.write(Steer(TimeCommand::Pause));
            touches.write_batch(place.map(MapTouch));
        }
        Some(Turn::Left) => {
            asks.write(Steer(TimeCommand::Anew));
        }
        Some(Turn::Asked | Turn::Stayed) | None => {}
    }
    phase.set_if_neq(watch.idle.phase());
    // The key that wakes the screen, or answers it, does nothing else.
    let visits = [before, *phase] == [Phase::Visit; 2];
    hushed.set_if_neq(Hushed(!visits));
    if let Some(due) = watch.idle.due() {
        busy.wake_at(now + due + JUST_AFTER);
    }
    if view.sheet == Some(Sheet::Again) && !felt.touched {
        watch.again += time.delta();
        busy.wake_at(now + QUESTION.saturating_sub(watch.again) + JUST_AFTER);
        if watch.again >= QUESTION {
            asks.write(Look(ViewCommand::Sheet(None)));
        }
    } else if watch.again > Duration::ZERO {
        watch.again = Duration::ZERO;
    }
}

/// Woken a little late nobody has to be woken twice.
const JUST_AFTER: Duration = Duration::from_millis(5);

/// What a window message says about somebody being there.
fn sign(event: &WindowEvent, mouse: &mut (Option<Vec2>, bool)) -> Option<Sign> {
    Some(match event {
        WindowEvent::TouchInput(touch) => {
            let id = ContactId::Finger(touch.id);
            match touch.phase {
                TouchPhase::Started => Sign::Down(id, touch.position),
                TouchPhase::Moved => Sign::Move(id, touch.position),
                TouchPhase::Ended | TouchPhase::Canceled => Sign::Up(id),
            }
        }
        WindowEvent::CursorMoved(moved) => {
            mouse.0 = Some(moved.position);
            if mouse.1 {
                Sign::Move(ContactId::Mouse, moved.position)
            } else {
                Sign::Hover(moved.position)
            }
        }
        WindowEvent::MouseButtonInput(button) if button.button == MouseButton::Left => {
            mouse.1 = button.state == ButtonState::Pressed;
            match button.state {
                ButtonState::Pressed => Sign::Down(ContactId::Mouse, mouse.0?),
                ButtonState::Released => Sign::Up(ContactId::Mouse),
            }
        }
        WindowEvent::MouseWheel(_) => Sign::Key,
        WindowEvent::KeyboardInput(key) if key.state == ButtonState::Pressed => Sign::Key,
        _ => return None,
    })
}

pub(super) fn plugin(app: &mut App) {
    let settings = app.world().resource::<Hall>().settings.clone();
    let phase = match &settings {
        Some(settings) if settings.minds_idleness() => Phase::Attract,
        _ => Phase::Open,
    };
    let settings = settings.unwrap_or_default();
    let reach = *app.world().resource::<Reach>();
    app.insert_resource(phase)
        .insert_resource(Watch {
            idle: Idle::new(phase, settings.idle(), settings.countdown()),
            signs: Signs::new(reach.px_per_mm),
            mouse: (None, false),
            again: Duration::ZERO,
        })
        .add_systems(
            Update,
            attend.in_set(AppSystems::Read).in_set(Attends).before(InputSystems::Fingers),
        );
}
