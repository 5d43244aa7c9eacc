//! The eye: where one looks, how near, and which of the two looks.
//!
//! Floor 8, with Bevy. Reads `Look`, the terrain and the stage; owns [`Eye`],
//! [`Morph`] and the camera. Our own, because the engine's camera knows neither
//! touch nor pinch; and movements are absolute, so a resting finger moves nothing.

use bevy::camera::ScalingMode;
use bevy::prelude::*;

use super::MapSystems;
use super::choose::Cursor;
use super::flight::{Flight, Sight};
use super::terrain::{Side, Terrain};
use crate::app::view::{Goal, Level, Stage};
use crate::app::{Aim, Ask, Live, Look, Renewed, View, ViewCommand};
use crate::base::ids::{CompoundId, HouseholdId, WayId};
use crate::base::view::View as LookOf;

/// Longest flight of the camera, seconds; also the bar for reduced motion.
const FLIGHT: f32 = 0.3;
/// Shortest flight of the camera to where the story looks, seconds.
const STORY_FLIGHT: f32 = 0.9;
/// Time from one look to the other, seconds.
const TURN: f32 = 0.9;
/// Room around what is fitted into the map, of its size.
const MARGIN: f32 = 1.03;
/// Side of a home's square on the screen at which each level begins, logical pixels.
const COMPOUND_FROM: f32 = 52.0;
const HOME_FROM: f32 = 118.0;
/// Side of a home's square when one goes to a home.
const HOME_SIDE: f32 = 190.0;
/// Largest side of a home's square when one goes to a compound.
const COMPOUND_SIDE: f32 = 100.0;
/// Metres of a logical pixel when one goes to a lane mouth.
const MOUTH_M_PER_PX: f32 = 0.14;
/// Nearest one can come.
const NEAREST: f32 = 320.0;

/// Marks the camera of map and panels.
#[derive(Component, Debug)]
pub struct Camera;

/// Where one looks.
#[derive(Resource, Debug, Clone, Copy, PartialEq)]
pub struct Eye {
    /// The point of the world in the middle of the map.
    pub at: Vec2,
    /// World units of a logical pixel.
    pub per_px: f32,
    /// The level one is at.
    pub level: Level,
    flight: Option<Flight>,
    /// Shows everything until somebody moves, whatever the window's size.
    whole: bool,
    /// Has made way for the tray, and goes back when that closes.
    nudged: bool,
}

impl Default for Eye {
    fn default() -> Self {
        Self {
            at: Vec2::ZERO,
            per_px: 1.0,
            level: Level::Community,
            flight: None,
            whole: true,
            nudged: false,
        }
    }
}

impl Eye {
    /// Whether the camera is on its way.
    pub fn flies(&self) -> bool {
        self.flight.is_some()
    }

    /// Where a point of the world is seen: logical pixels of the window.
    pub fn seen_at(&self, world: Vec2, stage: &Stage) -> Vec2 {
        let off = (world - self.at) / self.per_px;
        stage.map.center() + Vec2::new(off.x, -off.y)
    }

    /// Which point of the world is seen at a place of the window.
    pub fn world_at(&self, place: Vec2, stage: &Stage) -> Vec2 {
        let off = place - stage.map.center();
        self.at + Vec2::new(off.x, -off.y) * self.per_px
    }

    /// Side of a home's square on the screen, logical pixels.
    pub fn cell(&self, side: &Side) -> f32 {
        side.typical * 2.0 / self.per_px
    }
}

/// From the board to the plan and back.
#[derive(Resource, Debug, Clone, Copy, PartialEq, Default)]
pub struct Morph {
    /// 0 is the board, 1 the plan.
    pub share: f32,
}

impl Morph {
    /// Whether homes are on their way.
    pub fn moves(self) -> bool {
        self.share > 0.0 && self.share < 1.0
    }
}

/// The eye that sees a rectangle whole.
fn fit(area: Rect, stage: &Stage) -> (Vec2, f32) {
    let room = stage.map.size().max(Vec2::ONE);
    let per_px = (area.size() * MARGIN / room).max_element().max(1e-4);
    (area.center(), per_px)
}

/// What is looked at when one asks for a level.
#[derive(Debug, Clone, Copy)]
struct About {
    way: Option<WayId>,
    compound: Option<CompoundId>,
    home: Option<HouseholdId>,
}

impl About {
    /// What is chosen, else what the keyboard is on, else what is in the middle.
    fn of(view: &View, cursor: &Cursor, eye: &Eye, side: &Side, live: &Live) -> Self {
        let place = &live.setup().place;
        let home = view.chosen.home.or(cursor.home);
        let compound = home
            .map(|h| place.compound_of(h))
            .or(view.chosen.compound)
            .or_else(|| side.compound_near(eye.at, f32::INFINITY));
        let home = home.or_else(|| {
            let middle = compound.map_or(eye.at, |c| side.lots[c.index()].centre);
            let near = if view.chosen.compound.is_some() { middle } else { eye.at };
            side.home_near(near, f32::INFINITY)
        });
        let way = compound.map(|c| place.compound(c).way);
        Self { way, compound, home }
    }

    fn seen(self, level: Level, side: &Side, stage: &Stage) -> (Vec2, f32) {
        match level {
            Level::Community => fit(side.bounds, stage),
            Level::Lane => match self.way.and_then(|w| side.ways.get(w.index())) {
                Some(area) => fit(*area, stage),
                None => fit(side.bounds, stage),
            },
            Level::Compound => match self.compound.and_then(|c| side.lots.get(c.index())) {
                Some(lot) => {
                    let (at, per_px) = fit(lot.area(), stage);
                    let closest = side.typical * 2.0 / COMPOUND_SIDE;
                    let farthest = side.typical * 2.0 / (COMPOUND_FROM * 1.15);
                    (at, per_px.clamp(closest, farthest))
                }
                None => fit(side.bounds, stage),
            },
            Level::Home => match self.home.and_then(|h| side.homes.get(h.index())) {
                Some(spot) => (spot.at, spot.half * 2.0 / HOME_SIDE),
                None => fit(side.bounds, stage),
            },
        }
    }
}

/// Follows where the story looks. A hand that moves the map ends the flight.
fn aim(
    view: Res<View>,
    live: Res<Live>,
    terrain: Res<Terrain>,
    stage: Res<Stage>,
    mut eye: ResMut<Eye>,
    mut seen: Local<u32>,
) {
    let Some(aim) = view.aim.filter(|_| *seen != live.looks()) else { return };
    *seen = live.looks();
    let place = &live.setup().place;
    let about = |home: Option<HouseholdId>, compound, way| About { way, compound, home };
    let (level, about) = match aim {
        Aim::Community => (Level::Community, about(None, None, None)),
        Aim::Lane(way) => (Level::Lane, about(None, None, Some(way))),
        Aim::Compound(compound) => (Level::Compound, about(None, Some(compound), None)),
        Aim::Home(home) => {
            // Near enough to see whose square it is, with the courtyard around it.
            (Level::Compound, about(Some(home), Some(place.compound_of(home)), None))
        }
    };
    // Who sees everything goes on seeing everything.
    if level == Level::Community && eye.whole && eye.flight.is_none() {
        return;
    }
    let to = about.seen(level, terrain.side(view.look), &stage);
    eye.nudged = false;
    let way = Flight::story((eye.at, eye.per_px), to, stage.map.width(), STORY_FLIGHT);
    fly(&mut eye, to, &view, way);
    eye.whole = level == Level::Community;
}

/// Follows what is asked of the eye.
fn look(
    mut asked: MessageReader<Ask>,
    view: Res<View>,
    cursor: Res<Cursor>,
    live: Res<Live>,
    terrain: Res<Terrain>,
    stage: Res<Stage>,
    mut eye: ResMut<Eye>,
) {
    let side = terrain.side(view.look);
    for ask in asked.read() {
        let Look(command) = ask else { continue };
        match *command {
            ViewCommand::Pan(by) => {
                eye.nudged = false;
                eye.flight = None;
                eye.whole = false;
                let moved = eye.at - Vec2::new(by.x, -by.y) * eye.per_px;
                eye.at = moved.clamp(side.bounds.min, side.bounds.max);
            }
            ViewCommand::Nearer(factor, place) if factor.is_finite() && factor > 0.0 => {
                eye.nudged = false;
                eye.flight = None;
                eye.whole = false;
                let place = place.unwrap_or_else(|| stage.map.center());
                let fixed = eye.world_at(place, &stage);
                let per_px = limited(eye.per_px / factor, side, &stage);
                eye.per_px = per_px;
                // What was under the finger stays under it.
                let off = place - stage.map.center();
                let at = fixed - Vec2::new(off.x, -off.y) * per_px;
                eye.at = at.clamp(side.bounds.min, side.bounds.max);
            }
            ViewCommand::Zoom(level) => {
                let about = About::of(&view, &cursor, &eye, side, &live);
                let to = about.seen(level, side, &stage);
                eye.nudged = false;
                go(&mut eye, to, &view, &stage, FLIGHT);
                eye.whole = level == Level::Community;
            }
            ViewCommand::Go(goal) => {
                let to = goal_seen(goal, &terrain, side, &live, &stage);
                eye.nudged = false;
                eye.whole = false;
                go(&mut eye, to, &view, &stage, FLIGHT);
            }
            ViewCommand::Show(_) => {
                // The same thing at the same level in the other look.
                let about = About::of(&view, &cursor, &eye, terrain.other(view.look), &live);
                let level = eye.level;
                let to = about.seen(level, side, &stage);
                go(&mut eye, to, &view, &stage, TURN);
                eye.whole = level == Level::Community;
            }
            _ => {}
        }
    }
}

/// The eye at a place that was asked for.
fn goal_seen(
    goal: Goal,
    terrain: &Terrain,
    side: &Side,
    live: &Live,
    stage: &Stage,
) -> (Vec2, f32) {
    let place = &live.setup().place;
    let about = |way, compound, home| About { way, compound, home };
    match goal {
        Goal::Home(home) => about(None, None, Some(home)).seen(Level::Home, side, stage),
        Goal::Compound(compound) => {
            about(None, Some(compound), None).seen(Level::Compound, side, stage)
        }
        Goal::Way(way) => about(Some(way), None, None).seen(Level::Lane, side, stage),
        Goal::Mouth(mouth) => match place.mouths.get(mouth.index()) {
            Some(mouth) => (terrain.on_plan(mouth.at), MOUTH_M_PER_PX * terrain.metre()),
            None => fit(side.bounds, stage),
        },
    }
}

fn limited(per_px: f32, side: &Side, stage: &Stage) -> f32 {
    let (_, whole) = fit(side.bounds, stage);
    per_px.clamp((side.typical * 2.0 / NEAREST).min(whole), whole * 1.6)
}

fn fly(eye: &mut Eye, to: Sight, view: &View, way: Flight) {
    if view.still {
        (eye.at, eye.per_px) = to;
        eye.flight = None;
    } else {
        eye.flight = Some(way);
    }
}

/// As somebody's hand asks for it: soon, however far.
fn go(eye: &mut Eye, to: Sight, view: &View, stage: &Stage, length: f32) {
    let way = Flight::new((eye.at, eye.per_px), to, stage.map.width(), length);
    fly(eye, to, view, way);
}

/// As when the program starts.
fn renew(
    view: Res<View>,
    terrain: Res<Terrain>,
    stage: Res<Stage>,
    mut eye: ResMut<Eye>,
    mut morph: ResMut<Morph>,
) {
    let (at, per_px) = fit(terrain.side(view.look).bounds, &stage);
    *eye = Eye { at, per_px, ..Eye::default() };
    morph.set_if_neq(Morph { share: goal(view.look) });
}

const fn goal(look: LookOf) -> f32 {
    match look {
        LookOf::Board => 0.0,
        LookOf::Plan => 1.0,
    }
}

/// Lets flights go on, and keeps everything in sight while nobody has moved.
pub(super) fn travel(
    time: Res<Time<Real>>,
    view: Res<View>,
    terrain: Res<Terrain>,
    stage: Res<Stage>,
    mut eye: ResMut<Eye>,
    mut morph: ResMut<Morph>,
) {
    let side = terrain.side(view.look);
    let mut next = *eye;
    // A frame that came late must not end a flight unseen.
    let step = time.delta_secs().min(0.1);
    if let Some(flight) = &mut next.flight {
        let (sight, ended) = flight.go_on(step);
        (next.at, next.per_px) = sight;
        if ended {
            next.flight = None;
            // The window may have changed on the way.
            if next.whole {
                (next.at, next.per_px) = fit(side.bounds, &stage);
            }
        }
    } else if next.whole && (stage.is_changed() || terrain.is_changed()) {
        (next.at, next.per_px) = fit(side.bounds, &stage);
    }
    if next.flight.is_none() {
        make_way(&mut next, &view, side, &stage);
    }
    let (_, whole) = fit(side.bounds, &stage);
    let cell = next.cell(side);
    next.level = if cell >= HOME_FROM {
        Level::Home
    } else if cell >= COMPOUND_FROM {
        Level::Compound
    } else if next.per_px < whole * 0.8 {
        Level::Lane
    } else {
        Level::Community
    };
    eye.set_if_neq(next);

    let goal = goal(view.look);
    let off = (goal - morph.share).abs();
    if off > 0.0 {
        morph.share = if view.still {
            goal
        } else {
            let way = (step / TURN).min(off);
            morph.share + way * (goal - morph.share).signum()
        };
    }
}

/// What is chosen is not covered by its own tiles.
fn make_way(eye: &mut Eye, view: &View, side: &Side, stage: &Stage) {
    let Some(lot) = view.chosen.compound.and_then(|c| side.lots.get(c.index())) else {
        if eye.nudged {
            eye.nudged = false;
            eye.whole = true;
            let to = fit(side.bounds, stage);
            go(eye, to, view, stage, FLIGHT);
        }
        return;
    };
    if stage.tray <= 0.0 {
        return;
    }
    let foot = eye.seen_at(lot.area().min, stage).y + side.typical / eye.per_px;
    let covered = foot - (stage.map.max.y - stage.tray);
    let high = lot.area().height() / eye.per_px;
    // What is larger than the room above the tray is looked at from above.
    if covered > 1.0 && high < stage.map.height() - stage.tray {
        let to = (eye.at - Vec2::new(0.0, covered * eye.per_px), eye.per_px);
        eye.nudged |= eye.whole;
        eye.whole = false;
        go(eye, to, view, stage, FLIGHT);
    }
}

/// Puts the camera where the eye is.
pub(super) fn place(
    eye: Res<Eye>,
    stage: Res<Stage>,
    mut cameras: Query<(&mut Transform, &mut Projection), With<Camera>>,
) {
    if !eye.is_changed() && !stage.is_changed() {
        return;
    }
    for (mut at, mut projection) in &mut cameras {
        let off = stage.map.center() - stage.window / 2.0;
        let centre = eye.at - Vec2::new(off.x, -off.y) * eye.per_px;
        at.translation = centre.extend(at.translation.z);
        if let Projection::Orthographic(lens) = &mut *projection {
            lens.scaling_mode = ScalingMode::WindowSize;
            lens.scale = eye.per_px;
        }
    }
}

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Eye>().init_resource::<Morph>().add_systems(
        Update,
        (aim, look.run_if(on_message::<Ask>), renew.run_if(on_message::<Renewed>), travel, place)
            .chain()
            .in_set(MapSystems::Eye),
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_of_the_window_is_found_again() {
        let stage = Stage { map: Rect::new(0.0, 80.0, 1500.0, 900.0), ..Stage::default() };
        let eye = Eye { at: Vec2::new(30.0, -7.0), per_px: 0.4, ..Eye::default() };
        for place in [Vec2::ZERO, Vec2::new(1499.0, 3.0), Vec2::new(700.0, 1000.0)] {
            let back = eye.seen_at(eye.world_at(place, &stage), &stage);
            assert!(back.distance(place) < 1e-2, "{place} {back}");
        }
        assert_eq!(eye.world_at(stage.map.center(), &stage), eye.at);
    }

    #[test]
    fn what_is_fitted_lies_within_the_map() {
        let stage = Stage { map: Rect::new(0.0, 80.0, 1500.0, 900.0), ..Stage::default() };
        let area = Rect::new(-300.0, -100.0, 500.0, 900.0);
        let (at, per_px) = fit(area, &stage);
        let eye = Eye { at, per_px, ..Eye::default() };
        for corner in [area.min, area.max] {
            assert!(stage.map.contains(eye.seen_at(corner, &stage)));
        }
    }
}
