//! Who of the office is where: on the way, at a door, on the phone; phones that nobody
//! answers; and the slips of paper at doors that stayed shut.
//!
//! Floor 8, with Bevy. Reads the day's errands; makes poses and strokes, owns nothing.
//! Where somebody is follows from the errand and the time alone, so that a jump shows
//! the same as having watched. On the plan one walks from door to door as straight as
//! the walk takes minutes; on the board a figure goes from square to square, as a hand
//! would move it.

use bevy::prelude::*;

use super::ink::{Pen, Strokes};
use super::terrain::{BOARD, Side, Spot, Terrain};
use crate::app::{Live, View};
use crate::base::ids::HouseholdId;
use crate::base::palette;
use crate::base::view::View as LookOf;
use crate::session::today::{Errand, Whence};
use crate::sim::state::Setup;

/// How somebody is seen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Pose {
    /// On the way, at a point of the world.
    Walks(Vec2, u32),
    /// At a door.
    Stands(Vec2, u32),
    /// On the phone with a home.
    Rings(HouseholdId),
}

/// Everybody who is busy with a home now, by worker.
pub fn poses(terrain: &Terrain, live: &Live, view: &View) -> Vec<Pose> {
    let errands = live.today().errands(live.session());
    let now = live.now().0 as f32;
    let poses = errands.iter().map(|errand| {
        // Minutes of a story are few enough for a float to hold each of them.
        let gone = now - errand.from.0 as f32 + live.part_of_minute();
        pose(terrain, live.setup(), view.look, errand, gone, view.still)
    });
    poses.collect()
}

/// How somebody is seen who began an errand so many minutes ago. `still`: nobody is
/// seen on the way.
pub fn pose(
    terrain: &Terrain,
    setup: &Setup,
    look: LookOf,
    errand: &Errand,
    gone: f32,
    still: bool,
) -> Pose {
    if errand.is_by_phone() {
        return Pose::Rings(errand.home);
    }
    let worker = errand.worker.0;
    let to = place(terrain, setup, look, Whence::Home(errand.home));
    let from = errand.whence.map_or(to, |whence| place(terrain, setup, look, whence));
    let minutes = match look {
        LookOf::Plan => errand.walk,
        // A hand needs a moment even from one square to the next.
        LookOf::Board => errand.walk.max(1),
    };
    let minutes = minutes.min(errand.until.since(errand.from)) as f32;
    if still || gone >= minutes || from == to {
        return Pose::Stands(to, worker);
    }
    Pose::Walks(from.lerp(to, (gone / minutes).clamp(0.0, 1.0)), worker)
}

/// Where one stands at a place.
pub fn place(terrain: &Terrain, setup: &Setup, look: LookOf, whence: Whence) -> Vec2 {
    match (look, whence) {
        (LookOf::Plan, Whence::Office) => terrain.on_plan(setup.place.office.at),
        (LookOf::Plan, Whence::Home(home)) => terrain.on_plan(setup.door(home)),
        (LookOf::Plan, Whence::Mouth(mouth)) => {
            terrain.on_plan(setup.place.mouths[mouth.index()].at)
        }
        // The office has no square: one comes from below the board.
        (LookOf::Board, Whence::Office) => Vec2::new(0.0, -BOARD.y / 2.0 - BELOW),
        (LookOf::Board, Whence::Home(home)) => match terrain.board.homes.get(home.index()) {
            Some(spot) => spot.at + CORNER * spot.half,
            None => place(terrain, setup, look, Whence::Office),
        },
        (LookOf::Board, Whence::Mouth(mouth)) => {
            let way = setup.place.mouths[mouth.index()].way;
            let section = terrain.board.ways.get(way.index()).copied().unwrap_or_default();
            Vec2::new(section.min.x, section.center().y)
        }
    }
}

/// How far below the board the office lies, world units.
const BELOW: f32 = 12.0;
/// Where in a square somebody stands at the door, of half its side.
const CORNER: Vec2 = Vec2::new(0.6, -0.5);
/// Where in a square a slip hangs.
const HANGS: Vec2 = Vec2::new(-0.58, -0.6);
/// Half the side of the ring around a silent home, of half a square's side.
const AROUND: f32 = 1.04;
/// Half the side of a handset that is struck out, of half a square's side.
const STRUCK: f32 = 0.32;
/// Half the height of a figure, of half a square's side.
const SIZE: f32 = 0.62;
/// From afar a figure is larger, so that one still sees somebody: half its height in
/// logical pixels, and how much larger it becomes at most.
const SEEN_PX: f32 = 8.5;
const LARGER: f32 = 1.9;
/// Logical pixels of a square from which somebody is seen before it. Where tens of
/// thousands of homes are looked at from afar, nobody and no slip could be told apart.
pub const SEEN_FROM: f32 = 6.0;
/// How much larger a slip becomes at most.
const SLIP_LARGER: f32 = 1.4;
/// White around a figure, of its size.
const EDGE: f32 = 0.3;

/// How much larger figures and slips are drawn where squares are small on the screen;
/// `per_px` are the world units of a logical pixel. 1 from near.
pub fn enlarged(side: &Side, per_px: f32) -> f32 {
    (SEEN_PX * per_px / (side.typical * SIZE)).clamp(1.0, LARGER)
}

/// The strokes of some poses, and of homes whose phone nobody answers.
pub fn drawn(
    terrain: &Terrain,
    look: LookOf,
    poses: &[Pose],
    silent: &[HouseholdId],
    larger: f32,
) -> Strokes {
    let side = terrain.side(look);
    let mut out = Strokes::default();
    let size = side.typical * SIZE * larger;
    for spot in silent.iter().filter_map(|home| side.homes.get(home.index())) {
        unanswered(&mut out, spot, larger);
    }
    for pose in poses {
        match *pose {
            Pose::Rings(home) => {
                if let Some(spot) = side.homes.get(home.index()) {
                    let at = spot.at + CORNER * spot.half;
                    handset(&mut out, at, spot.half * SIZE * 0.8 * larger);
                }
            }
            Pose::Walks(at, worker) => person(&mut out, beside(at, look, worker, size), size, 1.0),
            Pose::Stands(at, worker) => person(&mut out, beside(at, look, worker, size), size, 0.4),
        }
    }
    out
}

/// On the plan several stand at one gate: beside each other, not in each other.
fn beside(at: Vec2, look: LookOf, worker: u32, size: f32) -> Vec2 {
    match look {
        LookOf::Board => at,
        LookOf::Plan => at + Vec2::X * ((worker % 3) as f32 - 1.0) * size,
    }
}

/// Head, body and legs, first in white and larger, so that they read on any square.
fn person(out: &mut Strokes, at: Vec2, size: f32, stride: f32) {
    let point = |x: f32, y: f32| at + Vec2::new(x, y) * size;
    for (ink, more) in [(palette::PAPER_RAISED, EDGE), (palette::FOCUS, 0.0)] {
        let pen = |width: f32| Pen::new(ink, (width + more) * size);
        out.line(point(-0.06, -0.25), point(-0.36 * stride, -0.86), pen(0.24));
        out.line(point(0.06, -0.25), point(0.36 * stride, -0.86), pen(0.24));
        out.line(point(0.0, 0.2), point(0.0, -0.2), pen(0.46));
        let head = (0.29 + more / 2.0) * size;
        out.area(point(0.0, 0.66), Vec2::splat(head), 0.0, head, Pen::new(ink, 0.0));
    }
}

/// A ring with a handset in it, so large.
fn handset(out: &mut Strokes, at: Vec2, size: f32) {
    let disc = |r: f32| (Vec2::splat(size * r), size * r);
    let (half, round) = disc(0.86);
    out.area(at, half, 0.0, round, Pen::new(palette::PAPER_RAISED, 0.0));
    let (half, round) = disc(0.7);
    out.area(at, half, 0.0, round, Pen::new(palette::FOCUS, size * 0.2));
    let end = Vec2::new(0.26, -0.26) * size;
    out.line(at - end, at + end, Pen::new(palette::FOCUS, size * 0.2));
    for end in [end, -end] {
        let (half, round) = disc(0.2);
        out.area(at + end, half, 0.0, round, Pen::new(palette::FOCUS, 0.0));
    }
}

/// A ring around the home, and a handset that is struck out where slips hang: it says
/// that somebody has to look, not what is wrong there.
fn unanswered(out: &mut Strokes, spot: &Spot, larger: f32) {
    let ring = spot.half * AROUND;
    out.area(spot.at, Vec2::splat(ring), 0.0, ring, Pen::new(palette::FOCUS, spot.half * 0.12));
    // As a slip does, it leaves the marker to be seen.
    let (at, size) = (spot.at + HANGS * spot.half, spot.half * STRUCK * larger.min(SLIP_LARGER));
    handset(out, at, size);
    let end = Vec2::new(0.6, 0.6) * size;
    out.line(at - end, at + end, Pen::new(palette::PAPER_RAISED, size * 0.42));
    out.line(at - end, at + end, Pen::new(palette::FOCUS, size * 0.2));
}

/// A slip of paper with a few lines of writing, a little askew.
pub fn slips(side: &Side, homes: &[HouseholdId], larger: f32) -> Strokes {
    // A slip beside its door leaves the marker to be seen.
    let larger = larger.min(SLIP_LARGER);
    let mut out = Strokes::default();
    for home in homes {
        let Some(spot) = side.homes.get(home.index()) else { continue };
        let (at, half) = (spot.at + HANGS * spot.half, spot.half * larger);
        // No two slips hang the same way.
        let turn = (home.0 % 5) as f32 * 0.06 - 0.12;
        let paper = Vec2::new(0.26, 0.32) * half;
        out.area(at, paper, turn, half * 0.03, Pen::new(palette::PAPER_RAISED, 0.0));
        out.area(at, paper, turn, half * 0.03, Pen::new(palette::INK_SOFT, half * 0.06));
        let along = Vec2::from_angle(turn);
        for (row, long) in [(0.14, 0.15), (0.0, 0.15), (-0.14, 0.08)] {
            let middle = at + along.perp() * row * half;
            let reach = along * long * half;
            out.line(middle - reach, middle + reach, Pen::new(palette::INK, half * 0.05));
        }
    }
    out
}
