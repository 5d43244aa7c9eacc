//! The stage on which tests play: the whole app, a visitor before it, and a clock
//! that goes only as far as it is told.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock, PoisonError};
use std::time::Duration;

use bevy::input::ButtonState;
use bevy::input::keyboard::{Key, KeyCode, KeyboardInput};
use bevy::input::mouse::{MouseButton, MouseButtonInput, MouseScrollUnit, MouseWheel};
use bevy::input::touch::{TouchInput, TouchPhase};
use bevy::prelude::*;
use bevy::render::settings::RenderResources;
use bevy::time::TimeUpdateStrategy;
use bevy::ui::{CalculatedClip, ComputedStackIndex, UiGlobalTransform};
use bevy::window::{CursorMoved, PrimaryWindow, WindowEvent};
use zhanyitu::app::power::Busy;
use zhanyitu::app::view::Stage;
use zhanyitu::app::{Lang, Live, Minute, View};
use zhanyitu::base::time::Day;
use zhanyitu::headless::opened::{self, Opened};
use zhanyitu::map::eye::{Eye, Morph};
use zhanyitu::map::homes::Homes;
use zhanyitu::scenario::compile::Overrides;
use zhanyitu::session::guide::Guide;
use zhanyitu::settings::Settings;
use zhanyitu::theme::controls::{Control, Named};
use zhanyitu::window::build::{self, Surface};
use zhanyitu::window::picture::Studio;
use zhanyitu::window::run;

/// A frame at sixty a second.
pub const FRAME: Duration = Duration::from_nanos(16_666_667);
/// The screen most pictures are drawn for.
pub const FULL: Vec2 = Vec2::new(1920.0, 1080.0);
/// Frames after which something that still moves never comes to rest.
const PATIENCE: u32 = 400;

/// A scene of the house.
pub fn scene(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("scenes").join(name)
}

/// Every scene of the house, by name.
pub fn shipped() -> Vec<PathBuf> {
    let folder = std::fs::read_dir(scene("")).unwrap();
    let mut found: Vec<PathBuf> = folder
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "ron"))
        .collect();
    found.sort();
    found
}

/// The story of 2020, at its first minute.
pub fn fuxiang() -> Opened {
    opened::open_scene(scene("fuxiang_2020.ron"), Overrides::default()).unwrap()
}

/// A minute by day, hour and minute.
pub fn at(day: u32, hour: u32, minute: u32) -> Minute {
    Minute::at(Day(day), hour * 60 + minute)
}

/// An app that draws nothing.
pub fn silent(opened: Opened, view: View, size: Vec2) -> App {
    hushed(build::app(opened, view, &Surface::Nothing(size), None))
}

fn hushed(mut app: App) -> App {
    app.insert_resource(TimeUpdateStrategy::ManualDuration(FRAME));
    app.world_mut().spawn(build::camera());
    app.finish();
    app.cleanup();
    app
}

/// The graphics device of this process, if there is a driver.
fn device() -> Option<RenderResources> {
    static DEVICE: OnceLock<Option<RenderResources>> = OnceLock::new();
    DEVICE.get_or_init(run::device).clone()
}

/// One picture at a time: drawing in software takes every core there is.
pub fn easel() -> std::sync::MutexGuard<'static, ()> {
    static EASEL: Mutex<()> = Mutex::new(());
    EASEL.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A studio, or a word on why there is none.
pub fn studio(opened: Opened, view: View, size: UVec2) -> Option<Studio> {
    let Some(device) = device() else {
        eprintln!("left out: no graphics driver was found");
        return None;
    };
    Some(Studio::new(opened, view, size, device))
}

/// A text that is on the screen.
#[derive(Debug, Clone, PartialEq)]
pub struct Seen {
    /// What it says.
    pub text: String,
    /// Where, logical pixels.
    pub area: Rect,
    /// Its node.
    pub entity: Entity,
}

/// Somebody before the screen, with ten fingers, a mouse and a keyboard.
pub struct Visitor {
    /// What is played.
    pub app: App,
    window: Entity,
}

impl Visitor {
    /// Comes to the story of 2020 on a screen of a size.
    pub fn new(size: Vec2) -> Self {
        Self::to(fuxiang(), View::new(Lang::Zh), size)
    }

    /// Comes to a story.
    pub fn to(opened: Opened, view: View, size: Vec2) -> Self {
        Self::before(silent(opened, view, size))
    }

    /// Passes a screen in a hall.
    pub fn in_hall(settings: Settings, size: Vec2) -> Self {
        let app = build::exhibit(fuxiang(), settings, &Surface::Nothing(size), None);
        Self::before(hushed(app))
    }

    fn before(mut app: App) -> Self {
        let mut windows = app.world_mut().query_filtered::<Entity, With<PrimaryWindow>>();
        let window = windows.single(app.world()).unwrap();
        let mut visitor = Self { app, window };
        visitor.settle();
        visitor
    }

    /// The window.
    pub fn window(&self) -> Entity {
        self.window
    }

    /// So many frames.
    pub fn frames(&mut self, n: u32) {
        for _ in 0..n {
            self.app.update();
        }
    }

    /// Frames until nothing moves.
    pub fn settle(&mut self) {
        self.frames(5);
        for _ in 0..PATIENCE {
            let world = self.app.world();
            let moves = world.resource::<Eye>().flies()
                || world.resource::<Morph>().moves()
                || world.resource::<Homes>().draws();
            if self.live().playing()
                || self.live().guide().is_some_and(Guide::leads)
                || !moves && world.resource::<Busy>().still()
            {
                return;
            }
            self.app.update();
        }
        panic!("nothing comes to rest");
    }

    /// Lets time go by, frame by frame.
    pub fn wait(&mut self, time: Duration) {
        self.frames((time.as_secs_f64() / FRAME.as_secs_f64()).ceil() as u32);
    }

    /// A frame that comes late.
    pub fn late_frame(&mut self, time: Duration) {
        self.app.insert_resource(TimeUpdateStrategy::ManualDuration(time));
        self.app.update();
        self.app.insert_resource(TimeUpdateStrategy::ManualDuration(FRAME));
    }

    /// Asks through a door, without hands.
    pub fn ask<M: Message>(&mut self, message: M) {
        self.app.world_mut().write_message(message);
        self.settle();
    }

    /// The story.
    pub fn live(&self) -> &Live {
        self.app.world().resource::<Live>()
    }

    /// How it is looked at.
    pub fn view(&self) -> &View {
        self.app.world().resource::<View>()
    }

    /// Where the map is.
    pub fn stage(&self) -> Stage {
        *self.app.world().resource::<Stage>()
    }

    fn say<M: Message + Clone + Into<WindowEvent>>(&mut self, message: M) {
        let world = self.app.world_mut();
        world.write_message::<WindowEvent>(message.clone().into());
        world.write_message(message);
    }

    /// A finger does something; nothing goes by.
    pub fn finger(&mut self, id: u64, phase: TouchPhase, position: Vec2) {
        let window = self.window;
        self.say(TouchInput { phase, position, window, force: None, id });
    }

    /// One tap of one finger.
    pub fn tap(&mut self, place: Vec2) {
        self.finger(1, TouchPhase::Started, place);
        self.frames(3);
        self.finger(1, TouchPhase::Ended, place);
        self.settle();
    }

    /// Draws a finger along a line.
    pub fn drag(&mut self, from: Vec2, to: Vec2) {
        self.finger(1, TouchPhase::Started, from);
        self.frames(1);
        for step in 1..=10 {
            self.finger(1, TouchPhase::Moved, from.lerp(to, step as f32 / 10.0));
            self.frames(1);
        }
        self.finger(1, TouchPhase::Ended, to);
        self.settle();
    }

    /// Spreads two fingers around a place.
    pub fn pinch(&mut self, around: Vec2, from: f32, to: f32) {
        let arms = |apart: f32| [around - Vec2::X * apart / 2.0, around + Vec2::X * apart / 2.0];
        for (id, place) in (1..).zip(arms(from)) {
            self.finger(id, TouchPhase::Started, place);
        }
        self.frames(1);
        for step in 1..=10 {
            let apart = from + (to - from) * step as f32 / 10.0;
            for (id, place) in (1..).zip(arms(apart)) {
                self.finger(id, TouchPhase::Moved, place);
            }
            self.frames(1);
        }
        for (id, place) in (1..).zip(arms(to)) {
            self.finger(id, TouchPhase::Ended, place);
        }
        self.settle();
    }

    /// Moves the mouse.
    pub fn point(&mut self, position: Vec2) {
        let window = self.window;
        self.say(CursorMoved { window, position, delta: None });
    }

    /// Clicks with the left button.
    pub fn click(&mut self, place: Vec2) {
        let window = self.window;
        self.point(place);
        self.frames(1);
        for state in [ButtonState::Pressed, ButtonState::Released] {
            self.say(MouseButtonInput { button: MouseButton::Left, state, window });
            self.frames(2);
        }
        self.settle();
    }

    /// Turns the wheel at a place.
    pub fn wheel(&mut self, place: Vec2, y: f32) {
        let window = self.window;
        self.point(place);
        let (unit, phase) = (MouseScrollUnit::Line, TouchPhase::Moved);
        self.say(MouseWheel { unit, x: 0.0, y, window, phase });
        self.settle();
    }

    fn press(&mut self, key_code: KeyCode, logical_key: Key, state: ButtonState) {
        let (window, text) = (self.window, None);
        self.say(KeyboardInput { key_code, logical_key, state, text, repeat: false, window });
    }

    /// Presses a key that has a name.
    pub fn key(&mut self, code: KeyCode, key: &Key) {
        self.press(code, key.clone(), ButtonState::Pressed);
        self.frames(1);
        self.press(code, key.clone(), ButtonState::Released);
        self.settle();
    }

    /// Presses a key and lets it go before the next frame.
    pub fn strike(&mut self, code: KeyCode, key: &Key) {
        self.press(code, key.clone(), ButtonState::Pressed);
        self.press(code, key.clone(), ButtonState::Released);
    }

    /// Types a letter, a digit or a sign.
    pub fn letter(&mut self, letter: &str) {
        self.key(KeyCode::F24, &Key::Character(letter.into()));
    }

    /// Presses a key while another is held.
    pub fn chord(&mut self, held: KeyCode, code: KeyCode, key: &Key) {
        let name = if held == KeyCode::ShiftLeft { Key::Shift } else { Key::Control };
        self.press(held, name.clone(), ButtonState::Pressed);
        self.frames(1);
        self.key(code, key);
        self.press(held, name, ButtonState::Released);
        self.settle();
    }

    /// Every text that is on the screen.
    pub fn texts(&mut self) -> Vec<Seen> {
        let scale = self.stage().scale;
        let whole = Rect::from_corners(Vec2::ZERO, self.stage().window);
        let mut texts = self.app.world_mut().query::<(
            Entity,
            &Text,
            &InheritedVisibility,
            &ComputedNode,
            &UiGlobalTransform,
            Option<&CalculatedClip>,
        )>();
        texts
            .iter(self.app.world())
            .filter(|(_, text, seen, node, ..)| {
                seen.get() && !node.is_empty() && !text.0.is_empty()
            })
            .map(|(entity, text, _, node, place, clip)| {
                let area = area(node, place, scale);
                let shown = clip.map_or(area, |c| area.intersect(on_screen(c.clip, scale)));
                (Seen { text: text.0.clone(), area, entity }, shown.intersect(whole))
            })
            .filter(|(_, shown)| shown.width() > 0.5 && shown.height() > 0.5)
            .map(|(seen, _)| seen)
            .collect()
    }

    /// Whether some text on the screen contains these words.
    pub fn reads(&mut self, words: &str) -> bool {
        self.texts().iter().any(|seen| seen.text.contains(words))
    }

    /// Every control that is on the screen: node, Chinese name, and where it is.
    pub fn controls(&mut self) -> Vec<(Entity, String, Rect)> {
        let scale = self.stage().scale;
        let mut controls = self.app.world_mut().query_filtered::<(
            Entity,
            &Named,
            &InheritedVisibility,
            &ComputedNode,
            &UiGlobalTransform,
        ), With<Control>>();
        controls
            .iter(self.app.world())
            .filter(|(.., seen, node, _)| seen.get() && !node.is_empty())
            .map(|(entity, named, _, node, place)| {
                (entity, named.0.zh.to_string(), area(node, place, scale))
            })
            .collect()
    }

    /// The control of a Chinese name; the uppermost one if several share it.
    pub fn find(&mut self, name: &str) -> Option<(Entity, Rect)> {
        let controls = self.controls();
        let named = controls.into_iter().filter(|(_, called, _)| called == name);
        let height = |entity: Entity| self.app.world().get::<ComputedStackIndex>(entity).unwrap().0;
        named.max_by_key(|(entity, ..)| height(*entity)).map(|(entity, _, area)| (entity, area))
    }

    /// Taps the control of a Chinese name.
    pub fn tap_on(&mut self, name: &str) {
        let Some((_, area)) = self.find(name) else { panic!("no control is called {name}") };
        self.tap(area.center());
    }

    /// What a control is now.
    pub fn control(&self, entity: Entity) -> &Control {
        self.app.world().get::<Control>(entity).unwrap()
    }
}

/// Where a node is, logical pixels.
pub fn area(node: &ComputedNode, place: &UiGlobalTransform, scale: f32) -> Rect {
    let half = node.size / 2.0;
    let corners = [half, Vec2::new(half.x, -half.y), -half, Vec2::new(-half.x, half.y)];
    let seen = corners.map(|c| place.transform_point2(c) / scale);
    let (min, max) = seen.iter().fold((seen[0], seen[0]), |(a, b), p| (a.min(*p), b.max(*p)));
    Rect { min, max }
}

/// A rectangle of physical pixels in logical ones.
pub fn on_screen(physical: Rect, scale: f32) -> Rect {
    Rect { min: physical.min / scale, max: physical.max / scale }
}

/// Chance that is the same each time.
pub struct Dice(u64);

impl Dice {
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number from 0 to 1, without 1.
    pub fn share(&mut self) -> f32 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) >> 40) as f32 / (1_u64 << 24) as f32
    }

    /// A number below another one.
    pub fn below(&mut self, n: usize) -> usize {
        ((self.share() * n as f32) as usize).min(n - 1)
    }

    pub fn chance(&mut self, of: f32) -> bool {
        self.share() < of
    }

    /// A place in a rectangle.
    pub fn place(&mut self, area: Rect) -> Vec2 {
        area.min + area.size() * Vec2::new(self.share(), self.share())
    }

    /// A step with a normal distribution.
    pub fn error(&mut self, sigma: f32) -> Vec2 {
        let (far, turn) = ((1.0 - self.share()).ln() * -2.0, self.share());
        Vec2::from_angle(turn * std::f32::consts::TAU) * far.sqrt() * sigma
    }
}

/// Plays a test in a process of its own whose saves go into a folder of its own:
/// where they go is read from the environment, which a process had better not
/// change under its own feet.
pub fn at_home(test: &str, body: fn()) {
    const AT_HOME: &str = "ZHANYITU_TEST_AT_HOME";
    if std::env::var_os(AT_HOME).is_some() {
        return body();
    }
    let folder = tempfile::tempdir().unwrap();
    let played = std::process::Command::new(std::env::current_exe().unwrap())
        .args([test, "--exact", "--nocapture"])
        .env("XDG_DATA_HOME", folder.path())
        .env(AT_HOME, "yes")
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&played.stdout);
    let said = String::from_utf8_lossy(&played.stderr);
    assert!(played.status.success() && told.contains("1 passed"), "{told}\n{said}");
    eprint!("{said}");
}
