//! Icons and marker chips, drawn once at the start from a few strokes each.
//!
//! Floor 6, with Bevy. Reads the palette; owns [`Icons`]. Drawn instead of lettered,
//! because a symbol that a font happens to lack would be an empty box.

mod log;

use bevy::asset::RenderAssetUsages;
use bevy::image::ImageSampler;
use bevy::platform::collections::HashMap;
use bevy::prelude::*;
use bevy::render::render_resource::{Extent3d, TextureDimension, TextureFormat};

use super::chips::draw_chip;
use crate::base::palette::{Glyph, Marker, PaletteChoice};

/// Side of an icon's picture, pixels.
const SIDE: u32 = 60;
/// Samples a pixel, each way.
const FINE: u32 = 3;

/// What an icon shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Icon {
    /// Time goes by.
    Play,
    /// Time stands.
    Pause,
    /// One step back.
    Back,
    /// One step on.
    Forth,
    /// One day back.
    DayBack,
    /// One day on.
    DayForth,
    /// Nearer.
    Plus,
    /// Farther.
    Minus,
    /// All homes.
    Whole,
    /// Take back.
    Undo,
    /// Do again.
    Redo,
    /// An own future.
    Branch,
    /// Close.
    Cross,
    /// Help.
    Question,
    /// The story's sheet.
    Lines,
    /// A call.
    Phone,
    /// A door.
    Door,
    /// Something brought.
    Parcel,
    /// A few words.
    Pen,
    /// Somebody came back.
    Return,
    /// The figure: somebody here is looked after.
    Figure,
    /// The star of a Party member's home.
    Star,
    /// Somebody of the office.
    Dot,
    /// A pointing hand.
    Hand,
    /// Somebody of the office on the way.
    Walker,
    /// A slip of paper at a door.
    Slip,
    /// A call that was answered.
    Answered,
    /// A call under way.
    Ringing,
    /// A call that nobody answered.
    Silent,
    /// Nobody answered, and somebody has looked in.
    SeenTo,
    /// A call still to be made; a step to come.
    Waiting,
    /// A step that lies behind.
    Tick,
    /// The board.
    Board,
    /// The plan.
    Plan,
    /// How long ago.
    Clock,
    /// A list of what is to be done.
    Tasks,
    /// Some of many.
    Funnel,
    /// The colours of a legend.
    Shapes,
    /// A fever.
    Thermometer,
    /// Help is there.
    Aid,
    /// Neighbours.
    People,
    /// A lane mouth.
    Gate,
    /// A story.
    Book,
    /// Several boards.
    Boards,
    /// Something is kept in a file.
    Keep,
}

impl Icon {
    const ALL: [Self; 45] = [
        Self::Play,
        Self::Pause,
        Self::Back,
        Self::Forth,
        Self::DayBack,
        Self::DayForth,
        Self::Plus,
        Self::Minus,
        Self::Whole,
        Self::Undo,
        Self::Redo,
        Self::Branch,
        Self::Cross,
        Self::Question,
        Self::Lines,
        Self::Phone,
        Self::Door,
        Self::Parcel,
        Self::Pen,
        Self::Return,
        Self::Figure,
        Self::Star,
        Self::Dot,
        Self::Hand,
        Self::Walker,
        Self::Slip,
        Self::Answered,
        Self::Ringing,
        Self::Silent,
        Self::SeenTo,
        Self::Waiting,
        Self::Tick,
        Self::Board,
        Self::Plan,
        Self::Clock,
        Self::Tasks,
        Self::Funnel,
        Self::Shapes,
        Self::Thermometer,
        Self::Aid,
        Self::People,
        Self::Gate,
        Self::Book,
        Self::Boards,
        Self::Keep,
    ];
}

/// Every icon and chip as a picture.
#[derive(Resource, Default)]
pub struct Icons {
    icons: HashMap<Icon, Handle<Image>>,
    chips: HashMap<(Glyph, PaletteChoice, bool), Handle<Image>>,
}

impl Icons {
    /// An icon: white, to be tinted.
    pub fn get(&self, icon: Icon) -> Handle<Image> {
        self.icons.get(&icon).cloned().unwrap_or_default()
    }

    /// A marker's silhouette in its colours; `None` is a home not yet known.
    pub fn chip(
        &self,
        marker: Option<Marker>,
        palette: PaletteChoice,
        stale: bool,
    ) -> Handle<Image> {
        self.glyph(marker.into(), palette, stale)
    }

    /// A glyph's silhouette in its colours.
    pub fn glyph(&self, glyph: Glyph, palette: PaletteChoice, stale: bool) -> Handle<Image> {
        self.chips.get(&(glyph, palette, stale)).cloned().unwrap_or_default()
    }
}

/// A part of an icon, in a square from -1 to 1, y down.
pub(super) enum Part {
    /// A filled polygon.
    Area(Vec<(f32, f32)>),
    /// A line of a width with round ends.
    Line(Vec<(f32, f32)>, f32),
    /// A filled circle: centre, radius.
    Dot((f32, f32), f32),
    /// Part of a circle's line: centre, radius, from, to (turns, clockwise from the top), width.
    Arc((f32, f32), f32, f32, f32, f32),
}

impl Part {
    pub(super) fn covers(&self, p: Vec2) -> bool {
        match self {
            Self::Area(corners) => inside(corners, p),
            Self::Line(points, width) => points
                .windows(2)
                .any(|ends| to_segment(p, ends[0].into(), ends[1].into()) <= width / 2.0),
            Self::Dot(centre, radius) => p.distance((*centre).into()) <= *radius,
            Self::Arc(centre, radius, from, to, width) => {
                let q = p - Vec2::from(*centre);
                let turn = (q.x.atan2(-q.y) / core::f32::consts::TAU).rem_euclid(1.0);
                let span = (to - from).rem_euclid(1.0);
                let within = span == 0.0 || (turn - from).rem_euclid(1.0) <= span;
                within && (q.length() - radius).abs() <= width / 2.0
            }
        }
    }
}

fn inside(corners: &[(f32, f32)], p: Vec2) -> bool {
    let mut odd = false;
    for (i, &(x1, y1)) in corners.iter().enumerate() {
        let (x2, y2) = corners[(i + 1) % corners.len()];
        if (y1 > p.y) != (y2 > p.y) && p.x < (x2 - x1) * (p.y - y1) / (y2 - y1) + x1 {
            odd = !odd;
        }
    }
    odd
}

fn to_segment(p: Vec2, a: Vec2, b: Vec2) -> f32 {
    let along = b - a;
    let share = ((p - a).dot(along) / along.length_squared().max(f32::EPSILON)).clamp(0.0, 1.0);
    p.distance(a + along * share)
}

const PEN: f32 = 0.2;

fn star(radius: f32, middle: (f32, f32)) -> Part {
    let corners = (0..10).map(|i| {
        let (r, turn) = (if i % 2 == 0 { radius } else { radius * 0.45 }, i as f32 / 10.0);
        let angle = turn * core::f32::consts::TAU;
        (middle.0 + r * angle.sin(), middle.1 - r * angle.cos())
    });
    Part::Area(corners.collect())
}

pub(super) fn regular(sides: u32, radius: f32, turn: f32, middle: (f32, f32)) -> Vec<(f32, f32)> {
    (0..sides)
        .map(|i| {
            let angle = (i as f32 / sides as f32 + turn) * core::f32::consts::TAU;
            (middle.0 + radius * angle.sin(), middle.1 - radius * angle.cos())
        })
        .collect()
}

pub(super) fn bar(x: f32, y: f32, w: f32, h: f32) -> Part {
    Part::Area(vec![(x, y), (x + w, y), (x + w, y + h), (x, y + h)])
}

/// Icons of layers and filters.
fn of_layers(icon: Icon) -> Vec<Part> {
    use Part::{Arc, Area, Dot, Line};
    match icon {
        Icon::Clock => vec![
            Arc((0.0, 0.0), 0.72, 0.0, 0.0, PEN * 0.8),
            Line(vec![(0.0, -0.42), (0.0, 0.0), (0.34, 0.2)], PEN * 0.8),
        ],
        Icon::Tasks => vec![
            Line(vec![(-0.8, -0.5), (-0.62, -0.3), (-0.32, -0.72)], PEN * 0.8),
            Line(vec![(-0.8, 0.38), (-0.62, 0.58), (-0.32, 0.16)], PEN * 0.8),
            bar(-0.1, -0.58, 0.9, 0.18),
            bar(-0.1, 0.3, 0.9, 0.18),
        ],
        Icon::Funnel => {
            vec![Area(vec![
                (-0.85, -0.72),
                (0.85, -0.72),
                (0.17, 0.08),
                (0.17, 0.6),
                (-0.17, 0.85),
                (-0.17, 0.08),
            ])]
        }
        _ => vec![
            Area(regular(3, 0.5, 0.0, (-0.42, -0.38))),
            bar(0.08, -0.78, 0.68, 0.68),
            Dot((0.0, 0.46), 0.38),
        ],
    }
}

/// Somebody: head and shoulders.
fn figure() -> Vec<Part> {
    use Part::{Area, Dot};
    vec![
        Dot((0.0, -0.45), 0.38),
        Area(vec![
            (-0.62, 0.85),
            (-0.5, 0.22),
            (-0.2, -0.02),
            (0.2, -0.02),
            (0.5, 0.22),
            (0.62, 0.85),
        ]),
    ]
}

/// A hand; the tip of its finger is at the middle of the upper edge.
fn hand() -> Vec<Part> {
    use Part::{Area, Line};
    vec![
        Line(vec![(0.0, -0.8), (0.0, 0.3)], 0.3),
        Line(vec![(0.26, -0.12), (0.26, 0.3)], 0.28),
        Line(vec![(0.5, -0.04), (0.5, 0.3)], 0.26),
        Line(vec![(0.72, 0.08), (0.72, 0.36)], 0.22),
        Line(vec![(-0.62, 0.06), (-0.3, 0.42), (-0.1, 0.62)], 0.28),
        Area(vec![(-0.15, 0.1), (0.82, 0.2), (0.8, 0.55), (0.55, 0.95), (0.0, 0.95), (-0.38, 0.5)]),
    ]
}

fn parts(icon: Icon) -> Vec<Part> {
    use Part::{Arc, Area, Dot, Line};
    let arrow = |x: f32, way: f32| Area(vec![(x, -0.62), (x + 0.78 * way, 0.0), (x, 0.62)]);
    match icon {
        Icon::Play => vec![Area(vec![(-0.5, -0.75), (0.8, 0.0), (-0.5, 0.75)])],
        Icon::Pause => vec![bar(-0.62, -0.7, 0.42, 1.4), bar(0.2, -0.7, 0.42, 1.4)],
        Icon::Back => vec![arrow(0.35, -1.0)],
        Icon::Forth => vec![arrow(-0.35, 1.0)],
        Icon::DayBack => vec![arrow(0.75, -1.0), arrow(-0.0, -1.0), bar(-0.92, -0.62, 0.18, 1.24)],
        Icon::DayForth => vec![arrow(-0.75, 1.0), arrow(0.0, 1.0), bar(0.74, -0.62, 0.18, 1.24)],
        Icon::Plus => vec![bar(-0.7, -0.12, 1.4, 0.24), bar(-0.12, -0.7, 0.24, 1.4)],
        Icon::Minus => vec![bar(-0.7, -0.12, 1.4, 0.24)],
        Icon::Whole => {
            let corner = |x: f32, y: f32| {
                Line(vec![(x * 0.3, y * 0.75), (x * 0.75, y * 0.75), (x * 0.75, y * 0.3)], PEN)
            };
            vec![corner(-1.0, -1.0), corner(1.0, -1.0), corner(-1.0, 1.0), corner(1.0, 1.0)]
        }
        Icon::Undo => vec![
            Arc((0.05, 0.15), 0.58, 0.86, 0.55, PEN),
            Area(vec![(-0.9, -0.42), (-0.12, -0.78), (-0.2, 0.1)]),
        ],
        Icon::Redo => vec![
            Arc((-0.05, 0.15), 0.58, 0.45, 0.14, PEN),
            Area(vec![(0.9, -0.42), (0.12, -0.78), (0.2, 0.1)]),
        ],
        Icon::Branch => vec![
            Line(vec![(-0.45, 0.8), (-0.45, -0.8)], PEN),
            Line(vec![(-0.45, 0.35), (0.1, 0.1), (0.45, -0.3), (0.45, -0.7)], PEN),
            Dot((-0.45, 0.75), 0.22),
            Dot((-0.45, -0.75), 0.22),
            Dot((0.45, -0.7), 0.22),
        ],
        Icon::Cross => vec![
            Line(vec![(-0.6, -0.6), (0.6, 0.6)], PEN),
            Line(vec![(0.6, -0.6), (-0.6, 0.6)], PEN),
        ],
        Icon::Question => vec![
            Arc((0.0, -0.32), 0.42, 0.75, 0.42, PEN),
            Line(vec![(0.2, 0.03), (0.0, 0.2), (0.0, 0.38)], PEN),
            Dot((0.0, 0.76), 0.14),
        ],
        Icon::Lines => {
            vec![bar(-0.7, -0.56, 1.4, 0.2), bar(-0.7, -0.1, 1.4, 0.2), bar(-0.7, 0.36, 1.4, 0.2)]
        }
        Icon::Phone => vec![
            Line(vec![(-0.62, -0.5), (-0.4, 0.05), (0.1, 0.5), (0.6, 0.62)], 0.3),
            Dot((-0.6, -0.55), 0.26),
            Dot((0.62, 0.58), 0.26),
        ],
        Icon::Door => vec![
            Line(vec![(-0.5, 0.82), (-0.5, -0.78), (0.5, -0.78), (0.5, 0.82)], PEN),
            Line(vec![(-0.85, 0.82), (0.85, 0.82)], PEN),
            Dot((0.2, 0.08), 0.13),
        ],
        Icon::Parcel => vec![
            Line(vec![(-0.7, -0.4), (0.7, -0.4), (0.7, 0.72), (-0.7, 0.72), (-0.7, -0.4)], PEN),
            Line(vec![(0.0, -0.4), (0.0, 0.72)], PEN * 0.8),
            Line(vec![(-0.7, -0.4), (-0.35, -0.8), (0.35, -0.8), (0.7, -0.4)], PEN * 0.8),
        ],
        Icon::Pen => vec![
            Line(vec![(-0.5, 0.5), (0.5, -0.5)], 0.34),
            Area(vec![(-0.8, 0.82), (-0.68, 0.34), (-0.34, 0.68)]),
        ],
        Icon::Return => vec![
            Line(vec![(-0.75, 0.05), (0.0, -0.65), (0.75, 0.05)], PEN),
            Line(vec![(-0.5, -0.05), (-0.5, 0.75), (0.5, 0.75), (0.5, -0.05)], PEN),
            Area(vec![(-0.22, 0.3), (0.22, 0.3), (0.0, 0.62)]),
            bar(-0.08, -0.1, 0.16, 0.45),
        ],
        Icon::Figure => figure(),
        Icon::Star => vec![star(0.92, (0.0, 0.06))],
        Icon::Dot => vec![Dot((0.0, 0.0), 0.42)],
        Icon::Hand => hand(),
        Icon::Walker
        | Icon::Slip
        | Icon::Answered
        | Icon::Ringing
        | Icon::Silent
        | Icon::SeenTo
        | Icon::Waiting
        | Icon::Tick => work(icon),
        Icon::Board => vec![
            Line(vec![(-0.8, -0.6), (0.8, -0.6), (0.8, 0.6), (-0.8, 0.6), (-0.8, -0.6)], 0.16),
            bar(-0.5, -0.32, 0.26, 0.26),
            bar(-0.12, -0.32, 0.26, 0.26),
            bar(0.26, -0.32, 0.26, 0.26),
            bar(-0.5, 0.08, 0.26, 0.26),
            bar(-0.12, 0.08, 0.26, 0.26),
        ],
        Icon::Plan => vec![
            Line(vec![(-0.8, -0.2), (0.8, -0.36)], 0.16),
            Line(vec![(-0.8, 0.46), (0.8, 0.3)], 0.16),
            Line(vec![(-0.2, -0.8), (-0.05, 0.8)], 0.16),
            bar(0.2, -0.14, 0.34, 0.28),
            bar(-0.66, 0.02, 0.3, 0.24),
        ],
        Icon::Clock | Icon::Tasks | Icon::Funnel | Icon::Shapes => of_layers(icon),
        _ => log::parts(icon),
    }
}

/// What stands for the work of the office.
fn work(icon: Icon) -> Vec<Part> {
    use Part::{Arc, Area, Dot, Line};
    match icon {
        Icon::Walker => vec![
            Dot((0.04, -0.66), 0.28),
            Line(vec![(0.0, -0.22), (-0.02, 0.2)], 0.46),
            Line(vec![(-0.04, 0.24), (-0.4, 0.86)], 0.24),
            Line(vec![(0.02, 0.24), (0.42, 0.86)], 0.24),
        ],
        Icon::Slip => vec![
            Line(vec![(-0.6, -0.75), (0.6, -0.75), (0.6, 0.75), (-0.6, 0.75), (-0.6, -0.75)], 0.16),
            bar(-0.34, -0.34, 0.68, 0.16),
            bar(-0.34, 0.04, 0.68, 0.16),
            bar(-0.34, 0.42, 0.4, 0.16),
        ],
        Icon::Answered => vec![Dot((0.0, 0.0), 0.74)],
        Icon::Ringing => vec![Arc((0.0, 0.0), 0.66, 0.0, 0.0, 0.2), Dot((0.0, 0.0), 0.3)],
        Icon::Silent => vec![
            Line(vec![(-0.6, -0.6), (0.6, 0.6)], 0.3),
            Line(vec![(0.6, -0.6), (-0.6, 0.6)], 0.3),
        ],
        Icon::SeenTo => vec![Area(vec![(0.0, -0.92), (0.92, 0.0), (0.0, 0.92), (-0.92, 0.0)])],
        Icon::Waiting => vec![Arc((0.0, 0.0), 0.5, 0.0, 0.0, 0.16)],
        Icon::Tick => vec![Line(vec![(-0.65, 0.05), (-0.2, 0.5), (0.68, -0.5)], 0.26)],
        _ => Vec::new(),
    }
}

/// How far each pixel is covered, 0 to 1.
pub(super) fn coverage(covers: impl Fn(Vec2) -> bool) -> Vec<f32> {
    let samples = SIDE * FINE;
    let at = |i: u32| (i as f32 + 0.5) / samples as f32 * 2.0 - 1.0;
    let mut out = vec![0.0; (SIDE * SIDE) as usize];
    for y in 0..samples {
        for x in 0..samples {
            if covers(Vec2::new(at(x), at(y))) {
                out[((y / FINE) * SIDE + x / FINE) as usize] += 1.0 / (FINE * FINE) as f32;
            }
        }
    }
    out
}

pub(super) fn picture(pixels: impl Iterator<Item = [u8; 4]>) -> Image {
    let size = Extent3d { width: SIDE, height: SIDE, depth_or_array_layers: 1 };
    let mut image = Image::new(
        size,
        TextureDimension::D2,
        pixels.flatten().collect(),
        TextureFormat::Rgba8UnormSrgb,
        RenderAssetUsages::default(),
    );
    image.sampler = ImageSampler::linear();
    image
}

fn draw_icon(icon: Icon) -> Image {
    let parts = parts(icon);
    let covered = coverage(|p| parts.iter().any(|part| part.covers(p)));
    picture(covered.into_iter().map(|c| [255, 255, 255, (c * 255.0).round() as u8]))
}

pub(super) fn plugin(app: &mut App) {
    let mut images = app.world_mut().resource_mut::<Assets<Image>>();
    let mut icons = Icons::default();
    for icon in Icon::ALL {
        icons.icons.insert(icon, images.add(draw_icon(icon)));
    }
    for palette in [PaletteChoice::Standard, PaletteChoice::Friendly] {
        for stale in [false, true] {
            for glyph in Glyph::ALL {
                let chip = images.add(draw_chip(glyph, palette, stale));
                icons.chips.insert((glyph, palette, stale), chip);
            }
        }
    }
    app.insert_resource(icons);
}
