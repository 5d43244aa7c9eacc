//! What homes stand on: the hand-ruled board, and the place seen from above.
//!
//! Floor 8, with Bevy. Reads the terrain and the place; owns six meshes of ink:
//! the board, the plan, and what changes: gates, slips at shut doors, who is at which
//! door or on the way there, the rings.

use bevy::camera::visibility::NoFrustumCulling;
use bevy::prelude::*;

use super::MapSystems;
use super::choose::Cursor;
use super::eye::{Eye, Morph};
use super::figures::{self, Pose};
use super::ink::{InkMaterial, Pen, Strokes};
use super::terrain::{BOARD, Laid, Lot, Terrain, on_board};
use crate::app::view::Stage;
use crate::app::{Live, View};
use crate::base::ids::{CompoundId, HouseholdId};
use crate::base::palette::{self, Marker};
use crate::session::today::Today;
use crate::sim::place::{CompoundKind, Place};
use crate::sim::work::MouthState;

/// Which look a mesh belongs to.
#[derive(Component, Debug, Clone, Copy, PartialEq, Eq)]
enum GroundOf {
    Board,
    Plan,
    Gates,
    Slips,
    Hands,
    Chosen,
}

impl GroundOf {
    const ALL: [Self; 6] =
        [Self::Board, Self::Plan, Self::Gates, Self::Slips, Self::Hands, Self::Chosen];

    /// Height above the wall.
    const fn above(self) -> f32 {
        match self {
            Self::Board => 0.0,
            Self::Plan => 0.5,
            Self::Gates => 1.0,
            Self::Slips => 2.2,
            Self::Hands => 2.5,
            Self::Chosen => 3.0,
        }
    }
}

/// How far a hand strays from the ruler, world units.
const WAVER: f32 = 0.9;
/// White between a compound's squares and the rule around it.
const RULE_OFF: f32 = 1.6;

fn build(
    terrain: Res<Terrain>,
    live: Res<Live>,
    view: Res<View>,
    cursor: Res<Cursor>,
    old: Query<Entity, With<GroundOf>>,
    mut commands: Commands,
    mut meshes: ResMut<Assets<Mesh>>,
    mut materials: ResMut<Assets<InkMaterial>>,
) {
    for entity in &old {
        commands.entity(entity).despawn();
    }
    for of in GroundOf::ALL {
        let strokes = match of {
            GroundOf::Board => board(&terrain, &live.setup().place),
            GroundOf::Plan => plan(&terrain, &live.setup().place),
            GroundOf::Gates => gates(&terrain, &live),
            // Drawn as soon as it is known how near one is.
            GroundOf::Slips | GroundOf::Hands => Strokes::default(),
            GroundOf::Chosen => chosen(&terrain, &view, &cursor),
        };
        commands.spawn((
            of,
            Mesh2d(meshes.add(strokes.mesh())),
            MeshMaterial2d(materials.add(InkMaterial::new())),
            Transform::from_xyz(0.0, 0.0, of.above()),
            Visibility::Hidden,
            NoFrustumCulling,
        ));
    }
}

/// The whiteboard: frame, tray with markers, sections and blocks ruled by hand.
fn board(terrain: &Terrain, place: &Place) -> Strokes {
    let mut out = Strokes::default();
    let half = BOARD / 2.0;
    let frame = Pen::new(palette::FRAME, 0.0);
    // The shadow on the wall, the frame, the white surface.
    let shadow = Pen::new(palette::INK, 0.0).faint(0.10);
    out.area(Vec2::new(4.0, -8.0), half + Vec2::splat(20.0), 0.0, 14.0, shadow);
    out.area(Vec2::ZERO, half + Vec2::splat(18.0), 0.0, 12.0, frame);
    out.area(Vec2::ZERO, half + Vec2::splat(9.0), 0.0, 5.0, Pen::new(palette::PAPER_RAISED, 0.0));
    tray(&mut out, half);
    sections(&mut out, terrain);
    let rule = Pen::new(palette::INK_SOFT, 0.9);
    for (i, compound) in place.compounds.iter().enumerate() {
        let id = CompoundId::from_index(i);
        let mut around = |by: f32, key: u32, pen: Pen| {
            let corners: Vec<Vec2> =
                terrain.layout.outline(id, by).into_iter().map(|(x, y)| on_board(x, y)).collect();
            for (k, from) in corners.iter().enumerate() {
                let to = corners[(k + 1) % corners.len()];
                out.ruled(*from, to, WAVER * 0.4, key + k as u32, pen);
            }
        };
        around(RULE_OFF, i as u32 * 32, rule);
        if compound.kind == CompoundKind::Building {
            around(RULE_OFF * 2.2, i as u32 * 32 + 16, rule.faint(0.7));
        }
    }
    out
}

/// The tray under the board, with a marker for each colour and the cloth.
fn tray(out: &mut Strokes, half: Vec2) {
    let y = -half.y - 30.0;
    out.area(Vec2::new(0.0, y), Vec2::new(330.0, 8.0), 0.0, 4.0, Pen::new(palette::FRAME, 0.0));
    out.area(
        Vec2::new(0.0, y + 5.0),
        Vec2::new(330.0, 1.6),
        0.0,
        1.6,
        Pen::new(palette::INK, 0.0).faint(0.18),
    );
    let pens = [Marker::Red, Marker::Orange, Marker::Green];
    for (i, marker) in pens.into_iter().enumerate() {
        let at = Vec2::new(-220.0 + i as f32 * 112.0, y + 12.0);
        let turn = [0.03, -0.02, 0.015][i];
        out.area(at, Vec2::new(42.0, 5.0), turn, 4.0, Pen::new(palette::PAPER, 0.0));
        out.area(at, Vec2::new(42.0, 5.0), turn, 4.0, Pen::new(palette::INK, 0.9).faint(0.5));
        let cap = at + Vec2::from_angle(turn) * 30.0;
        out.area(cap, Vec2::new(14.0, 5.2), turn, 3.0, Pen::new(marker.fill(), 0.0));
    }
    let cloth = Vec2::new(214.0, y + 15.0);
    out.area(cloth, Vec2::new(44.0, 8.0), -0.01, 3.0, Pen::new(palette::INK_SOFT, 0.0).faint(0.75));
    out.area(
        cloth - Vec2::new(0.0, 6.0),
        Vec2::new(44.0, 3.0),
        -0.01,
        2.0,
        Pen::new(palette::PAPER, 0.0),
    );
}

/// The rules between sections. Neighbours share an edge, which is ruled once.
fn sections(out: &mut Strokes, terrain: &Terrain) {
    let pen = Pen::new(palette::INK, 2.0);
    let (w, h) = terrain.layout.size;
    for (i, section) in terrain.layout.sections.iter().enumerate() {
        let area = section.area;
        let key = 7_000 + i as u32 * 4;
        let (left, right) = (area.x, area.x + area.w);
        let (top, bottom) = (area.y, area.y + area.h);
        if right < w - 2.0 {
            out.ruled(on_board(right, top), on_board(right, bottom), WAVER, key, pen);
        }
        if bottom < h - 2.0 {
            out.ruled(on_board(left, bottom), on_board(right, bottom), WAVER, key + 1, pen);
        }
    }
}

/// The place from above: water, streets, lanes, yards, buildings, the office.
fn plan(terrain: &Terrain, place: &Place) -> Strokes {
    let mut out = Strokes::default();
    let m = terrain.metre();
    let line = |points: &[crate::base::geo::PointCm]| -> Vec<Vec2> {
        points.iter().map(|p| terrain.on_plan(*p)).collect()
    };
    // The sheet on which the plan is drawn, as large as the board.
    let half = BOARD / 2.0 + Vec2::splat(18.0);
    let shadow = Pen::new(palette::INK, 0.0).faint(0.10);
    out.area(Vec2::new(4.0, -8.0), half, 0.0, 3.0, shadow);
    out.area(Vec2::ZERO, half, 0.0, 2.0, Pen::new(palette::PAPER, 0.0));
    let sheet = Rect::from_center_half_size(Vec2::ZERO, half);
    for border in &place.borders {
        let wide = border.width_cm as f32 / 100.0 * m;
        let pen = Pen::new(palette::LANE, wide).faint(0.8);
        clipped(&mut out, &line(&border.line), sheet.inflate(-wide / 2.0 - 4.0), pen);
    }
    for water in &place.waters {
        let wide = water.width_cm as f32 / 100.0 * m;
        let inside = sheet.inflate(-wide / 2.0 - 4.0);
        let bank = Pen::new(palette::FRAME, wide + 1.6 * m);
        clipped(&mut out, &line(&water.line), inside, bank);
        clipped(&mut out, &line(&water.line), inside, Pen::new(palette::WATER, wide));
    }
    for tag in &terrain.beside {
        let side = if tag.left { 4.0 } else { -4.0 };
        let pen = Pen::new(palette::FRAME, 1.2).faint(0.8);
        out.line(tag.at + Vec2::new(side, 0.0), tag.to, pen);
    }
    for way in &place.ways {
        let wide = way.width_cm as f32 / 100.0 * m;
        out.path(&line(&way.line), Pen::new(palette::RULING, wide + 1.2 * m));
    }
    for way in &place.ways {
        let wide = way.width_cm as f32 / 100.0 * m;
        out.path(&line(&way.line), Pen::new(palette::LANE, wide));
    }
    for bridge in &place.bridges {
        let at = terrain.on_plan(bridge.at);
        out.area(at, Vec2::new(9.0, 6.5) * m, 0.0, 1.0 * m, Pen::new(palette::LANE, 0.0));
        out.area(at, Vec2::new(9.0, 6.5) * m, 0.0, 1.0 * m, Pen::new(palette::FRAME, 0.5 * m));
    }
    for (compound, lot) in place.compounds.iter().zip(&terrain.plan.lots) {
        yard(&mut out, lot, compound.kind, m);
        let door = terrain.on_plan(compound.door);
        out.area(door, Vec2::splat(0.9 * m), lot.turn, 0.2 * m, Pen::new(palette::INK_SOFT, 0.0));
    }
    let small = |out: &mut Strokes, at: Vec2, fill: palette::Rgb| {
        out.area(at, Vec2::splat(2.4 * m), 0.0, 0.6 * m, Pen::new(fill, 0.0));
        out.area(at, Vec2::splat(2.4 * m), 0.0, 0.6 * m, Pen::new(palette::INK_SOFT, 0.4 * m));
    };
    for toilet in &place.toilets {
        small(&mut out, terrain.on_plan(toilet.at), palette::WATER);
    }
    for shop in &place.shops {
        small(&mut out, terrain.on_plan(shop.at), palette::PAPER);
    }
    let office = terrain.on_plan(place.office.at);
    out.area(office, Vec2::new(6.0, 4.5) * m, 0.0, 0.8 * m, Pen::new(palette::PAPER_RAISED, 0.0));
    out.area(office, Vec2::new(6.0, 4.5) * m, 0.0, 0.8 * m, Pen::new(palette::INK, 0.7 * m));
    out
}

/// Lines through points, as far as they lie in a rectangle.
fn clipped(out: &mut Strokes, points: &[Vec2], inside: Rect, pen: Pen) {
    for ends in points.windows(2) {
        if let Some((from, to)) = clip(ends[0], ends[1], inside) {
            out.line(from, to, pen);
        }
    }
}

/// The part of a line in a rectangle (Liang and Barsky).
fn clip(from: Vec2, to: Vec2, inside: Rect) -> Option<(Vec2, Vec2)> {
    let along = to - from;
    let (mut enter, mut leave) = (0.0_f32, 1.0_f32);
    for (step, room) in [
        (-along.x, from.x - inside.min.x),
        (along.x, inside.max.x - from.x),
        (-along.y, from.y - inside.min.y),
        (along.y, inside.max.y - from.y),
    ] {
        if step == 0.0 {
            if room < 0.0 {
                return None;
            }
        } else if step < 0.0 {
            enter = enter.max(room / step);
        } else {
            leave = leave.min(room / step);
        }
    }
    (enter < leave).then(|| (from + along * enter, from + along * leave))
}

fn yard(out: &mut Strokes, lot: &Lot, kind: CompoundKind, m: f32) {
    let (fill, wall, corner) = match kind {
        CompoundKind::Courtyard => (palette::YARD, palette::FRAME, 0.4),
        CompoundKind::Building => (palette::BUILDING, palette::INK_SOFT, 0.8),
    };
    let half = lot.half + Vec2::splat(0.5 * m);
    out.area(
        lot.centre + Vec2::new(0.5, -0.7) * m,
        half,
        lot.turn,
        corner * m,
        Pen::new(palette::INK, 0.0).faint(0.08),
    );
    out.area(lot.centre, half, lot.turn, corner * m, Pen::new(fill, 0.0));
    out.area(lot.centre, half, lot.turn, corner * m, Pen::new(wall, 0.45 * m));
}

/// The gates as they stand: open, with people at it, or sealed.
fn gates(terrain: &Terrain, live: &Live) -> Strokes {
    let mut out = Strokes::default();
    let m = terrain.metre();
    let place = &live.setup().place;
    for (mouth, duty) in place.mouths.iter().zip(&live.sim().work().mouths) {
        let at = terrain.on_plan(mouth.at);
        let way = &place.ways[mouth.way.index()];
        let across = across(terrain, way, at);
        let wide = (way.width_cm as f32 / 200.0 + 1.4) * m;
        let ink = Pen::new(palette::INK, 1.1 * m);
        for end in [-1.0, 1.0] {
            let post = at + across * wide * end;
            out.area(post, Vec2::splat(1.3 * m), 0.0, 1.3 * m, Pen::new(palette::INK, 0.0));
        }
        match duty.state {
            MouthState::Open => {}
            MouthState::Staffed => {
                let board = Pen::new(palette::PAPER_RAISED, 0.0);
                out.area(at, Vec2::splat(2.3 * m), 0.0, 2.3 * m, board);
                out.area(at, Vec2::splat(2.3 * m), 0.0, 2.3 * m, Pen::new(palette::INK, 0.8 * m));
                out.area(at, Vec2::splat(0.9 * m), 0.0, 0.9 * m, Pen::new(palette::INK, 0.0));
            }
            MouthState::Sealed => {
                out.line(at - across * wide, at + across * wide, Pen { width: 2.0 * m, ..ink });
                let cross = across.perp() * 2.2 * m;
                out.line(at - cross, at + cross, ink);
            }
        }
    }
    out
}

/// The direction across a way where it comes nearest to a point.
fn across(terrain: &Terrain, way: &crate::sim::place::Way, at: Vec2) -> Vec2 {
    let points: Vec<Vec2> = way.line.iter().map(|p| terrain.on_plan(*p)).collect();
    let near = |ends: &&[Vec2]| ends[0].midpoint(ends[1]).distance(at);
    let ends = points.windows(2).min_by(|a, b| near(a).total_cmp(&near(b)));
    ends.map_or(Vec2::Y, |ends| (ends[1] - ends[0]).normalize_or(Vec2::X).perp())
}

/// Width of the rings, pixels.
const RING_PX: f32 = 4.0;

/// Rings around the chosen compound, the chosen home, and the home under the keyboard.
fn chosen(terrain: &Terrain, view: &View, cursor: &Cursor) -> Strokes {
    let mut out = Strokes::default();
    let side = terrain.side(view.look);
    let off = side.typical * 0.35;
    if let Some(lot) = view.chosen.compound.and_then(|c| side.lots.get(c.index())) {
        let pen = Pen::new(palette::FOCUS, -RING_PX);
        out.area(lot.centre, lot.half + Vec2::splat(off), lot.turn, off, pen);
    }
    for (home, ink) in [(view.chosen.home, palette::INK), (cursor.shown(), palette::FOCUS)] {
        if let Some(spot) = home.and_then(|h| side.homes.get(h.index())) {
            let half = Vec2::splat(spot.half + off * 0.5);
            out.area(spot.at, half, 0.0, off * 0.5, Pen::new(ink, -RING_PX));
        }
    }
    out
}

/// What the changing meshes show.
#[derive(Default)]
struct Drawn {
    generation: u32,
    mouths: Vec<MouthState>,
    poses: Vec<Pose>,
    /// Homes whose phone nobody answers.
    silent: Vec<HouseholdId>,
    slips: Vec<HouseholdId>,
    /// How much larger figures and slips are than from near.
    larger: f32,
    /// Whether they are drawn at all.
    seen: bool,
}

/// Meshes that change: gates when a mouth changes, figures while somebody walks, slips
/// when a door stays shut, the ring when something is chosen.
fn redraw(
    terrain: Res<Terrain>,
    live: Res<Live>,
    view: Res<View>,
    cursor: Res<Cursor>,
    eye: Res<Eye>,
    grounds: Query<(Ref<GroundOf>, &Mesh2d)>,
    mut meshes: ResMut<Assets<Mesh>>,
    mut drawn: Local<Drawn>,
) {
    let rings = view.is_changed() || cursor.is_changed();
    let fresh = grounds.iter().any(|(of, _)| of.is_added());
    let larger = figures::enlarged(terrain.side(view.look), eye.per_px);
    let seen = eye.cell(terrain.side(view.look)) >= figures::SEEN_FROM;
    let nearer = seen != drawn.seen || (larger - drawn.larger).abs() > 1e-3;
    let turned = view.is_changed() || fresh || nearer;
    (drawn.larger, drawn.seen) = (larger, seen);
    let (mut hands, mut papers, mut mouths) = (turned, turned, false);
    if live.is_changed() || turned {
        let (poses, slips) = if seen {
            (figures::poses(&terrain, &live, &view), Today::slips(live.session()))
        } else {
            <_>::default()
        };
        let silent: Vec<HouseholdId> =
            if seen { live.sim().work().ladders.keys().copied().collect() } else { Vec::new() };
        hands |= poses != drawn.poses || silent != drawn.silent;
        drawn.silent = silent;
        papers |= slips != drawn.slips;
        (drawn.poses, drawn.slips) = (poses, slips);
    }
    if live.is_changed() {
        let states = || live.sim().work().mouths.iter().map(|m| m.state);
        mouths =
            drawn.generation != terrain.generation || !states().eq(drawn.mouths.iter().copied());
        if mouths {
            (drawn.generation, drawn.mouths) = (terrain.generation, states().collect());
        }
    }
    for (of, mesh) in &grounds {
        let strokes = match *of {
            GroundOf::Gates if mouths => gates(&terrain, &live),
            GroundOf::Slips if papers => {
                figures::slips(terrain.side(view.look), &drawn.slips, larger)
            }
            GroundOf::Hands if hands => {
                figures::drawn(&terrain, view.look, &drawn.poses, &drawn.silent, larger)
            }
            GroundOf::Chosen if rings => chosen(&terrain, &view, &cursor),
            _ => continue,
        };
        if let Some(mut mesh) = meshes.get_mut(&mesh.0) {
            *mesh = strokes.mesh();
        }
    }
}

/// How much of each ground is seen, and how large a pixel is.
fn fade(
    eye: Res<Eye>,
    morph: Res<Morph>,
    stage: Res<Stage>,
    view: Res<View>,
    mut grounds: Query<(Ref<GroundOf>, &MeshMaterial2d<InkMaterial>, &mut Visibility)>,
    mut materials: ResMut<Assets<InkMaterial>>,
) {
    let fresh = grounds.iter().any(|(of, ..)| of.is_added());
    if !(fresh || eye.is_changed() || morph.is_changed() || stage.is_changed() || view.is_changed())
    {
        return;
    }
    let pixel = eye.per_px / stage.scale;
    for (of, material, mut seen) in &mut grounds {
        let opacity = match *of {
            GroundOf::Board => 1.0 - smooth(morph.share, 0.25, 0.85),
            GroundOf::Plan | GroundOf::Gates => smooth(morph.share, 0.15, 0.75),
            GroundOf::Slips | GroundOf::Hands | GroundOf::Chosen if morph.moves() => 0.0,
            GroundOf::Slips | GroundOf::Hands | GroundOf::Chosen => 1.0,
        };
        let wanted = if opacity > 0.0 { Visibility::Inherited } else { Visibility::Hidden };
        seen.set_if_neq(wanted);
        if let Some(mut material) = materials.get_mut(&material.0) {
            material.ink.how = Vec4::new(opacity, pixel, 0.0, 0.0);
        }
    }
}

fn smooth(x: f32, from: f32, to: f32) -> f32 {
    let t = ((x - from) / (to - from)).clamp(0.0, 1.0);
    t * t * (3.0 - 2.0 * t)
}

pub(super) fn plugin(app: &mut App) {
    app.add_systems(
        Update,
        (
            build.run_if(resource_changed::<Terrain>).in_set(Laid),
            (redraw, fade).chain().in_set(MapSystems::Paint),
        ),
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_ends_at_the_edge_of_the_sheet() {
        let inside = Rect::new(-10.0, -5.0, 10.0, 5.0);
        let at = |x, y| Vec2::new(x, y);
        assert_eq!(
            clip(at(-20.0, 0.0), at(20.0, 0.0), inside),
            Some((at(-10.0, 0.0), at(10.0, 0.0)))
        );
        assert_eq!(clip(at(0.0, 0.0), at(0.0, 20.0), inside), Some((at(0.0, 0.0), at(0.0, 5.0))));
        assert_eq!(clip(at(-20.0, 9.0), at(20.0, 9.0), inside), None);
    }
}
