//! Nothing flashes: the frames of the show in an empty hall, and those after every
//! beat of the story, seen as a meter of flashes sees them.
//!
//! WCAG 2.2, success criterion 2.3.1: a general flash is a pair of opposing changes of
//! relative luminance of a tenth and more, the darker state below 0.80; a red flash is
//! a pair of opposing changes to and from saturated red. More than three within a
//! second are a fault where together they fill a quarter of ten degrees of the view,
//! which is a quarter of 341 × 256 of 1024 × 768 pixels.
//!
//! The meter sees the mean of every square of that size, each overlapping the next by
//! half. A flash so large fills at least nine sixteenths of one of them, wherever it
//! is; so much of a change is enough. What passes by while the camera flies is none:
//! one half of a square grows lighter while the other grows darker.

use std::collections::VecDeque;
use std::time::Duration;

use bevy::prelude::*;
use bevy::time::TimeUpdateStrategy;
use zhanyitu::app::{Cut, GuideCommand, Lang, Live, Steer, TimeCommand, View};
use zhanyitu::settings::Settings;
use zhanyitu::window::picture::Studio;
use zhanyitu::window::run::device;

use super::colours::linear;
use super::stage::{easel, fuxiang};
use zhanyitu::base::palette::Rgb;

/// Half the size of a full screen: what fills so much of it is the same.
const SIZE: UVec2 = UVec2::new(960, 540);
/// Side of a square that is watched, pixels: of 341 × 256 in 1024 a half each way.
const SQUARE: usize = 138;
/// From one square to the next.
const STRIDE: usize = SQUARE / 2;
/// Pixels are gathered in cells of which a stride is a whole number.
const CELL: usize = STRIDE / 3;
/// How much of a flash the square that sees most of it sees at least.
const SEEN: f64 = 9.0 / 16.0;
/// Time of a frame. Nothing here moves by jumps, so that twenty a second show every
/// flash of up to ten a second.
const FRAME: Duration = Duration::from_millis(50);
/// Frames of a second.
const SECOND: u32 = 20;
/// Most flashes within a second.
const FLASHES: usize = 3;
/// What a square shows, seen in one of two ways.
#[derive(Debug, Clone, Copy)]
enum Kind {
    /// Relative luminance, 0 to 1.
    General,
    /// How far it is from grey towards red: 320 (R − G − B) of the criterion, 0 to 320.
    Red,
}

impl Kind {
    const fn least(self) -> f64 {
        match self {
            Self::General => 0.1 * SEEN,
            Self::Red => 20.0 * SEEN,
        }
    }
}

/// The last extreme of a field, which way it goes, and when it turned.
#[derive(Default, Clone)]
struct Field {
    extreme: Option<f64>,
    rises: Option<bool>,
    turns: VecDeque<u32>,
}

impl Field {
    /// Sees the field at a frame; returns how many flashes the last second held.
    fn see(&mut self, value: f64, frame: u32, kind: Kind) -> usize {
        let extreme = *self.extreme.get_or_insert(value);
        let change = value - extreme;
        let dark = !matches!(kind, Kind::General) || value.min(extreme) < 0.8;
        if change.abs() >= kind.least() && dark && self.rises != Some(change > 0.0) {
            self.rises = Some(change > 0.0);
            self.turns.push_back(frame);
            self.extreme = Some(value);
        } else if self.rises.is_some_and(|rises| rises == (change > 0.0)) {
            // It goes on in the same way: the extreme moves with it.
            self.extreme = Some(value);
        }
        while self.turns.front().is_some_and(|at| at + SECOND <= frame) {
            self.turns.pop_front();
        }
        self.turns.len() / 2
    }
}

/// Watches every square of the screen.
struct Meter {
    general: Vec<Field>,
    red: Vec<Field>,
    frame: u32,
    /// Most flashes of a square within a second.
    most: usize,
    /// Where that was, for whoever has to mend it.
    worst: String,
}

impl Meter {
    fn new() -> Self {
        Self { general: Vec::new(), red: Vec::new(), frame: 0, most: 0, worst: String::new() }
    }

    fn see(&mut self, rgba: &[u8]) {
        let (across, down) = (SIZE.x as usize / CELL, SIZE.y as usize / CELL);
        let (mut light, mut red) = (vec![0.0; across * down], vec![0.0; across * down]);
        for (i, pixel) in rgba.chunks(4).enumerate() {
            let (x, y) = (i % SIZE.x as usize / CELL, i / SIZE.x as usize / CELL);
            if x >= across || y >= down {
                continue;
            }
            let [r, g, b] = linear(Rgb(pixel[0], pixel[1], pixel[2]));
            let cell = y * across + x;
            light[cell] += 0.2126 * r + 0.7152 * g + 0.0722 * b;
            let saturated = r / (r + g + b).max(1e-9) >= 0.8;
            red[cell] += if saturated { (r - g - b).max(0.0) * 320.0 } else { 0.0 };
        }
        for (fields, cells, kind) in
            [(&mut self.general, light, Kind::General), (&mut self.red, red, Kind::Red)]
        {
            let squares = means(&cells, across, down);
            fields.resize(squares.len(), Field::default());
            for (square, (field, mean)) in fields.iter_mut().zip(squares).enumerate() {
                let flashes = field.see(mean, self.frame, kind);
                if flashes > self.most {
                    self.most = flashes;
                    self.worst = format!("{kind:?}, frame {}, square {square}", self.frame);
                }
            }
        }
        self.frame += 1;
    }
}

/// The mean of a pixel in every square.
fn means(cells: &[f64], across: usize, down: usize) -> Vec<f64> {
    let (side, stride) = (SQUARE / CELL, STRIDE / CELL);
    let mut out = Vec::new();
    for top in (0..=down - side).step_by(stride) {
        for left in (0..=across - side).step_by(stride) {
            let rows = (top..top + side).map(|y| &cells[y * across + left..][..side]);
            let sum: f64 = rows.flatten().sum();
            out.push(sum / (side * side * CELL * CELL) as f64);
        }
    }
    out
}

/// One frame, and how the screen looks after it. While a picture is taken no time goes by.
fn frame(studio: &mut Studio, meter: &mut Meter) {
    studio.app().insert_resource(TimeUpdateStrategy::ManualDuration(FRAME));
    studio.frame();
    studio.app().insert_resource(TimeUpdateStrategy::ManualDuration(Duration::ZERO));
    let image = studio.take().unwrap();
    meter.see(image.data.as_ref().unwrap());
}

fn judge(what: &str, meter: &Meter) {
    let (frames, most, worst) = (meter.frame, meter.most, &meter.worst);
    eprintln!("{what}: {frames} frames, at most {most} flashes within a second");
    assert!(most <= FLASHES, "{what} flashes: {most}; {worst}");
}

#[test]
fn the_show_in_an_empty_hall_does_not_flash() {
    let _one = easel();
    let Some(device) = device() else {
        eprintln!("left out: no graphics driver was found");
        return;
    };
    let mut studio = Studio::in_hall(fuxiang(), Settings::default(), SIZE, device);
    let mut meter = Meter::new();
    let mut told = 0;
    loop {
        frame(&mut studio, &mut meter);
        let live = studio.app().world().resource::<Live>();
        let at = live.guide().map_or(0, |guide| guide.progress().0);
        // Once round.
        if at < told {
            break;
        }
        told = at;
        assert!(meter.frame < 70 * SECOND, "the show never comes round");
    }
    assert!(meter.frame > 30 * SECOND, "{} frames", meter.frame);
    judge("the show", &meter);
}

#[test]
fn no_beat_of_the_story_flashes() {
    let _one = easel();
    let Some(device) = device() else { return };
    let mut studio = Studio::new(fuxiang(), View::new(Lang::Zh), SIZE, device);
    let mut meter = Meter::new();
    studio.ask(Steer(TimeCommand::Guide(GuideCommand::Begin(Cut::Full))));
    let beats = fuxiang().scenario.script.beats.len();
    for _ in 0..beats {
        for _ in 0..2 * SECOND {
            frame(&mut studio, &mut meter);
        }
        studio.ask(Steer(TimeCommand::Guide(GuideCommand::Next)));
    }
    judge("the story", &meter);
}

#[test]
fn the_meter_tells_a_flash_from_what_is_none() {
    let see = |values: &mut dyn FnMut(u32) -> f64, kind| {
        let mut field = Field::default();
        (0..SECOND).map(|frame| field.see(values(frame), frame, kind)).max().unwrap()
    };
    // Black and white ten times a second; a slow breath; a grey that trembles; bright
    // on brighter; a change that stays; red twice in five frames.
    assert_eq!(see(&mut |f| f64::from(f % 2), Kind::General), 9);
    assert_eq!(see(&mut |f| (f64::from(f) * 0.314).sin() * 0.3 + 0.4, Kind::General), 1);
    assert_eq!(see(&mut |f| 0.4 + f64::from(f % 2) * 0.05, Kind::General), 0);
    assert_eq!(see(&mut |f| 0.85 + f64::from(f % 2) * 0.15, Kind::General), 0);
    assert_eq!(see(&mut |f| f64::from(u32::from(f > 9)), Kind::General), 0);
    assert_eq!(see(&mut |f| f64::from(f % 4 / 2) * 80.0, Kind::Red), 4);

    // A square as large as the criterion's, white and black in turn, wherever it lies;
    // a stripe that wanders does not count.
    let picture = |is_white: &dyn Fn(usize, usize) -> bool| {
        let (x, y) = (SIZE.x as usize, SIZE.y as usize);
        let white = (0..x * y).map(|i| if is_white(i % x, i / x) { 255 } else { 0 });
        white.flat_map(|value| [value, value, value, 255]).collect::<Vec<u8>>()
    };
    for (left, top) in [(0, 0), (35, 35), (431, 217), (800, 390)] {
        let mut meter = Meter::new();
        for frame in 0..SECOND as usize {
            let there = |at: usize, from: usize| (from..from + SQUARE).contains(&at);
            let on = frame.is_multiple_of(2);
            meter.see(&picture(&|x, y| on && there(x, left) && there(y, top)));
        }
        assert!(meter.most > FLASHES, "at {left}, {top}: {}", meter.most);
    }
    let mut meter = Meter::new();
    for frame in 0..SECOND as usize {
        meter.see(&picture(&|x, _| (x + frame * 9) / 23 % 2 == 0));
    }
    assert_eq!(meter.most, 0);
}
