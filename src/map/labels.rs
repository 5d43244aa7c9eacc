//! Words on the map, as many as can be read at the level one is at.
//!
//! Floor 8, with Bevy. Reads eye, terrain and what the office knows; owns a pool of
//! text nodes. Labels are panel text laid over the map: crisp at every zoom, in one
//! of the few sizes of type, never scaled.

use bevy::prelude::*;
use bevy::text::LineHeight;
use bevy::ui::Val2;

use super::MapSystems;
use super::eye::{Eye, Morph};
use super::terrain::{Terrain, on_board};
use crate::app::view::{Level, Stage};
use crate::app::{Live, Renewed, View, known};
use crate::base::ids::HouseholdId;
use crate::base::palette::{self, Glyph, Marker, Rgb};
use crate::base::text::Bilingual;
use crate::base::view::View as LookOf;
use crate::sim::place::Place;
use crate::theme::{self, Face, Lettering, Type, Words};

/// Labels at the same time.
const MOST: usize = 260;
/// Words smaller than this on the screen are left away, logical pixels.
const READABLE: f32 = 11.0;
/// A square carries its number from this side on, logical pixels.
const UNIT_FROM: f32 = 40.0;
/// A square carries a few words from this side on, logical pixels.
const NOTE_FROM: f32 = 118.0;

/// Where a label hangs on its point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Hang {
    Middle,
    /// The point is the left end, at half height.
    Left,
    /// The point is the right end, at half height.
    Right,
}

#[derive(Debug, Clone, PartialEq)]
struct Label {
    at: Vec2,
    text: Bilingual,
    face: Face,
    size: Type,
    ink: Rgb,
    hang: Hang,
    /// A piece of paper behind it, for words over walls and water.
    plate: bool,
    /// Written along a way that runs north.
    upright: bool,
}

impl Label {
    fn new(at: Vec2, text: Bilingual, face: Face, size: Type) -> Self {
        let (ink, hang) = (palette::INK, Hang::Middle);
        Self { at, text, face, size, ink, hang, plate: false, upright: false }
    }
}

/// The nodes, used again and again.
#[derive(Resource, Default)]
struct Pool {
    root: Option<Entity>,
    nodes: Vec<Entity>,
    shown: Vec<Label>,
}

/// The largest size of type that is not larger on the screen than so many pixels.
fn type_within(px: f32, unit: f32) -> Option<Type> {
    Type::ALL.into_iter().rev().find(|t| t.size() * unit <= px.max(READABLE) * 1.08).or_else(|| {
        // The smallest one may be a little larger than wanted, but not much.
        (Type::Fine.size() * unit <= px * 1.35).then_some(Type::Fine)
    })
}

fn lay(
    live: Res<Live>,
    view: Res<View>,
    eye: Res<Eye>,
    morph: Res<Morph>,
    stage: Res<Stage>,
    terrain: Res<Terrain>,
    mut pool: ResMut<Pool>,
    mut commands: Commands,
    mut nodes: Query<(
        &mut Node,
        &mut Words,
        &mut Lettering,
        &mut TextColor,
        &mut BackgroundColor,
        &mut UiTransform,
        &mut Visibility,
    )>,
) {
    let near = eye.level >= Level::Compound;
    let moved = eye.is_changed() || morph.is_changed() || stage.is_changed() || view.is_changed();
    if !(moved || terrain.is_changed() || (near && live.is_changed())) {
        return;
    }
    let labels = if morph.moves() {
        Vec::new()
    } else {
        let mut out = Writer {
            live: &live,
            eye: &eye,
            stage: &stage,
            large: view.large,
            terrain: &terrain,
            out: Vec::new(),
        };
        match view.look {
            LookOf::Board => out.board(),
            LookOf::Plan => out.plan(),
        }
        out.out
    };
    if labels == pool.shown && !stage.is_changed() {
        return;
    }
    let root = *pool.root.get_or_insert_with(|| {
        commands
            .spawn((
                Node {
                    position_type: PositionType::Absolute,
                    width: percent(100),
                    height: percent(100),
                    overflow: Overflow::clip(),
                    ..default()
                },
                GlobalZIndex(-10),
            ))
            .id()
    });
    for (i, label) in labels.iter().enumerate() {
        if let Some(entity) = pool.nodes.get(i) {
            if let Ok((mut node, mut words, mut font, mut ink, mut plate, mut turn, mut seen)) =
                nodes.get_mut(*entity)
            {
                let (left, top) = position(label, &stage);
                if node.left != left || node.top != top {
                    (node.left, node.top) = (left, top);
                }
                theme::controls::say(&mut words, label.text.clone());
                font.set_if_neq(Lettering(label.face, label.size));
                ink.set_if_neq(TextColor(theme::colour(label.ink)));
                plate.set_if_neq(ground(label));
                turn.set_if_neq(hung(label));
                seen.set_if_neq(Visibility::Inherited);
            }
        } else {
            let (left, top) = position(label, &stage);
            let entity = commands
                .spawn((
                    ChildOf(root),
                    Node {
                        position_type: PositionType::Absolute,
                        left,
                        top,
                        padding: UiRect::horizontal(px(4)),
                        border_radius: BorderRadius::all(px(4)),
                        ..default()
                    },
                    Text::default(),
                    Words(label.text.clone()),
                    Lettering(label.face, label.size),
                    TextFont::default(),
                    LineHeight::RelativeToFont(1.2),
                    TextColor(theme::colour(label.ink)),
                    TextLayout::justify(Justify::Center).with_no_wrap(),
                    ground(label),
                    hung(label),
                    Visibility::Inherited,
                ))
                .id();
            pool.nodes.push(entity);
        }
    }
    for entity in pool.nodes.iter().skip(labels.len()) {
        if let Ok((.., mut seen)) = nodes.get_mut(*entity) {
            seen.set_if_neq(Visibility::Hidden);
        }
    }
    pool.shown = labels;
}

fn position(label: &Label, stage: &Stage) -> (Val, Val) {
    // To whole physical pixels, so that letters stay sharp.
    let at = (label.at * stage.scale).round() / stage.scale / stage.unit;
    (px(at.x), px(at.y))
}

fn ground(label: &Label) -> BackgroundColor {
    let alpha = if label.plate { 0.82 } else { 0.0 };
    BackgroundColor(theme::veil(palette::PAPER_RAISED, alpha))
}

fn hung(label: &Label) -> UiTransform {
    let x = match label.hang {
        Hang::Middle => -50.0,
        Hang::Left => 0.0,
        Hang::Right => -100.0,
    };
    UiTransform {
        translation: Val2::percent(x, -50.0),
        rotation: if label.upright { Rot2::degrees(-90.0) } else { Rot2::IDENTITY },
        ..default()
    }
}

/// Decides what is written.
struct Writer<'a> {
    live: &'a Live,
    eye: &'a Eye,
    stage: &'a Stage,
    large: bool,
    terrain: &'a Terrain,
    out: Vec<Label>,
}

impl<'a> Writer<'a> {
    fn place(&self) -> &'a Place {
        let live: &'a Live = self.live;
        &live.setup().place
    }

    /// Logical pixels of a unit of type.
    fn letter(&self) -> f32 {
        self.stage.unit * theme::enlarged(self.large)
    }

    /// Where a point of the world is seen, if it lies in the map.
    fn seen(&self, world: Vec2, margin: f32) -> Option<Vec2> {
        let at = self.eye.seen_at(world, self.stage);
        self.stage.map.inflate(margin).contains(at).then_some(at)
    }

    fn push(&mut self, label: Label) {
        if self.out.len() < MOST {
            self.out.push(label);
        }
    }

    fn board(&mut self) {
        let terrain: &'a Terrain = self.terrain;
        let layout = &terrain.layout;
        let per_px = self.eye.per_px;
        let unit = self.letter();
        // Where tens of communities are seen at once their names would lie on each other.
        let header_px = layout.header_size / per_px;
        if header_px >= READABLE / 2.0
            && let Some(size) = type_within(header_px, unit)
        {
            for (way, section) in self.place().ways.iter().zip(&layout.sections) {
                let base =
                    on_board(section.name_at.0, section.name_at.1 - layout.header_size * 0.36);
                let Some(at) = self.seen(base, 400.0) else { continue };
                // A name stays in sight while its section is.
                let at = at.max(Vec2::new(self.stage.map.min.x + 4.0, self.stage.map.min.y + 16.0));
                let corner =
                    on_board(section.area.x + section.area.w, section.area.y + section.area.h);
                let corner = self.eye.seen_at(corner, self.stage);
                if at.x + 40.0 > corner.x || at.y + 20.0 > corner.y {
                    continue;
                }
                let name = way.name.clone();
                self.out.push(Label {
                    hang: Hang::Left,
                    plate: at != self.eye.seen_at(base, self.stage),
                    ..Label::new(at, name, Face::Hand, size)
                });
            }
        }
        let name_px = layout.name_size / per_px;
        if name_px >= READABLE
            && let Some(size) = type_within(name_px, unit)
        {
            for (compound, block) in self.place().compounds.iter().zip(&layout.blocks) {
                let base = on_board(block.name_at.0, block.name_at.1 - layout.name_size * 0.36);
                if let Some(at) = self.seen(base, 60.0) {
                    let label = Label::new(at, compound.name.clone(), Face::Hand, size);
                    let ink = palette::INK_SOFT;
                    self.push(Label { hang: Hang::Left, ink, ..label });
                }
            }
        }
        self.squares(LookOf::Board);
    }

    fn plan(&mut self) {
        let terrain: &'a Terrain = self.terrain;
        let cell = self.eye.cell(&terrain.plan);
        let between = super::terrain::NAME_APART / self.eye.per_px * 0.72;
        let size = type_within(between, self.letter()).unwrap_or(Type::Fine).min(Type::Small);
        if self.eye.level == Level::Community && !terrain.beside.is_empty() {
            for tag in &terrain.beside {
                if let Some(at) = self.seen(tag.at, 200.0) {
                    let hang = if tag.left { Hang::Right } else { Hang::Left };
                    let label = Label::new(at, tag.name.clone(), Face::Hand, size);
                    self.push(Label { hang, ..label });
                }
            }
            return;
        }
        self.spots();
        let size = if cell < 20.0 { Type::Small } else { Type::Body };
        for way in &self.place().ways {
            let Some((middle, along)) = longest(way.line.iter().map(|p| self.terrain.on_plan(*p)))
            else {
                continue;
            };
            if let Some(at) = self.seen(middle, 0.0) {
                let upright = along.y.abs() > along.x.abs();
                let label = Label::new(at, way.name.clone(), Face::Hand, size);
                self.push(Label { plate: true, upright, ..label });
            }
        }
        if (22.0..NOTE_FROM).contains(&cell) {
            for (compound, lot) in self.place().compounds.iter().zip(&terrain.plan.lots) {
                let top = Vec2::new(lot.centre.x, lot.area().max.y);
                if let Some(at) = self.seen(top, 0.0) {
                    let label = Label::new(at, compound.name.clone(), Face::Hand, Type::Small);
                    self.push(Label { ink: palette::INK_SOFT, plate: true, ..label });
                }
            }
        }
        self.squares(LookOf::Plan);
    }

    /// Office, river, bridges, and from near the gates, shops and toilets.
    fn spots(&mut self) {
        let place = self.place();
        let near = self.eye.level > Level::Community;
        let mut spots: Vec<(Vec2, Bilingual)> = Vec::new();
        spots.push((self.terrain.on_plan(place.office.at), place.office.name.clone()));
        for water in &place.waters {
            if let Some((middle, _)) = longest(water.line.iter().map(|p| self.terrain.on_plan(*p)))
            {
                spots.push((middle, water.name.clone()));
            }
        }
        if near {
            let more = place.bridges.iter().chain(&place.shops).chain(&place.toilets);
            spots.extend(more.map(|s| (self.terrain.on_plan(s.at), s.name.clone())));
            for (mouth, duty) in place.mouths.iter().zip(&self.live.sim().work().mouths) {
                let state = duty.state.label();
                let text = Bilingual::new(
                    format!("{} · {}", mouth.name.zh, state.zh),
                    format!("{} · {}", mouth.name.en, state.en),
                );
                spots.push((self.terrain.on_plan(mouth.at), text));
            }
        }
        let drop = 6.0 * self.terrain.metre() / self.eye.per_px + 12.0 * self.stage.unit;
        for (world, text) in spots {
            if let Some(at) = self.seen(world, 0.0) {
                let at = at + Vec2::new(0.0, drop);
                self.push(Label { plate: true, ..Label::new(at, text, Face::Plain, Type::Fine) });
            }
        }
    }

    /// Numbers in the squares, and from very near what the office knows.
    fn squares(&mut self, look: LookOf) {
        let terrain: &'a Terrain = self.terrain;
        let side = terrain.side(look);
        if self.eye.cell(side) < UNIT_FROM {
            return;
        }
        let half = self.stage.map.size() / 2.0 * self.eye.per_px;
        let window = Rect::from_center_half_size(self.eye.at, half + Vec2::splat(side.typical));
        for (i, spot) in side.homes.iter().enumerate() {
            if !window.contains(spot.at) {
                continue;
            }
            let home = HouseholdId::from_index(i);
            let cell = spot.half * 2.0 / self.eye.per_px;
            let at = self.eye.seen_at(spot.at, self.stage);
            let number = self.place().dwellings[i].unit.to_string();
            let number = Bilingual::new(number.clone(), number);
            let glyph = self.live.glyph(home);
            // On a triangle there is room only near its foot.
            let low = if glyph == Some(TRIANGLE) { 0.12 } else { 0.02 };
            let ink = ink_on(glyph);
            if cell < NOTE_FROM {
                let Some(size) = type_within(cell * 0.34, self.letter()) else { continue };
                let at = at + Vec2::new(0.0, cell * low);
                self.push(Label { ink, ..Label::new(at, number, Face::Plain, size) });
                continue;
            }
            let size = Type::Lead;
            let at = at + Vec2::new(0.0, cell * (low - 0.14));
            self.push(Label { ink, ..Label::new(at, number, Face::Plain, size) });
            if let Some(text) = known::jotted(self.live, home) {
                let at = at + Vec2::new(0.0, cell * 0.17 + 8.0 * self.stage.unit);
                self.push(Label { ink, ..Label::new(at, text, Face::Hand, Type::Body) });
            }
        }
    }
}

const TRIANGLE: Glyph = Glyph::Marker(Marker::Red);

/// Writing on a silhouette: contrast of at least 4 to 1 on each.
fn ink_on(glyph: Option<Glyph>) -> Rgb {
    if glyph == Some(TRIANGLE) { palette::PAPER_RAISED } else { palette::INK }
}

/// The middle of the longest part of a line, and its direction.
fn longest(points: impl Iterator<Item = Vec2>) -> Option<(Vec2, Vec2)> {
    let points: Vec<Vec2> = points.collect();
    points
        .windows(2)
        .max_by(|a, b| a[0].distance(a[1]).total_cmp(&b[0].distance(b[1])))
        .map(|ends| (ends[0].midpoint(ends[1]), ends[1] - ends[0]))
}

/// After a visit no node keeps what it said of somebody's home.
fn forget(mut pool: ResMut<Pool>, mut commands: Commands) {
    for node in pool.nodes.drain(..) {
        commands.entity(node).despawn();
    }
    pool.shown.clear();
}

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Pool>().add_systems(
        Update,
        (forget.run_if(on_message::<Renewed>), lay).chain().in_set(MapSystems::Labels),
    );
}
