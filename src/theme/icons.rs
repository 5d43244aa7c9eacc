//! Icons and marker chips, drawn once at the start from a few strokes each.
//!
//! Floor 6, with Bevy. Reads the palette; owns [`Icons`]. Drawn instead of lettered,
//! because a symbol that a font happens to lack would be an empty box.

use bevy::asset::RenderAssetUsages;
use bevy::image::ImageSampler;
use bevy::platform::collections::HashMap;
use bevy::prelude::*;
use bevy::render::render_resource::{Extent3d, TextureDimension, TextureFormat};

use crate::base::palette::{self, Marker, PaletteChoice, Rgb};

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
    /// The board.
    Board,
    /// The plan.
    Plan,
}

impl Icon {
    const ALL: [Self; 26] = [
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
        Self::Board,
        Self::Plan,
    ];
}

/// Every icon and chip as a picture.
#[derive(Resource, Default)]
pub struct Icons {
    icons: HashMap<Icon, Handle<Image>>,
    chips: HashMap<(Option<Marker>, PaletteChoice, bool), Handle<Image>>,
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
        self.chips.get(&(marker, palette, stale)).cloned().unwrap_or_default()
    }
}

/// A part of an icon, in a square from -1 to 1, y down.
enum Part {
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
    fn covers(&self, p: Vec2) -> bool {
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

fn regular(sides: u32, radius: f32, turn: f32, middle: (f32, f32)) -> Vec<(f32, f32)> {
    (0..sides)
        .map(|i| {
            let angle = (i as f32 / sides as f32 + turn) * core::f32::consts::TAU;
            (middle.0 + radius * angle.sin(), middle.1 - radius * angle.cos())
        })
        .collect()
}

fn bar(x: f32, y: f32, w: f32, h: f32) -> Part {
    Part::Area(vec![(x, y), (x + w, y), (x + w, y + h), (x, y + h)])
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
        Icon::Figure => vec![
            Dot((0.0, -0.45), 0.38),
            Area(vec![
                (-0.62, 0.85),
                (-0.5, 0.22),
                (-0.2, -0.02),
                (0.2, -0.02),
                (0.5, 0.22),
                (0.62, 0.85),
            ]),
        ],
        Icon::Star => vec![star(0.92, (0.0, 0.06))],
        Icon::Dot => vec![Dot((0.0, 0.0), 0.42)],
        Icon::Hand => hand(),
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
    }
}

/// A pointing hand; the tip of its finger lies near the middle of the upper edge.
fn hand() -> Vec<Part> {
    use Part::{Area, Line};
    let palm = [(-0.26, 0.0), (0.78, 0.1), (0.72, 0.62), (0.5, 0.96), (-0.04, 0.96), (-0.36, 0.5)];
    vec![
        Line(vec![(-0.12, -0.84), (-0.12, 0.1)], 0.28),
        Line(vec![(0.16, -0.1), (0.16, 0.3)], 0.28),
        Line(vec![(0.42, -0.02), (0.42, 0.3)], 0.28),
        Line(vec![(0.66, 0.1), (0.66, 0.36)], 0.26),
        Line(vec![(-0.62, 0.06), (-0.3, 0.46)], 0.28),
        Area(palm.to_vec()),
    ]
}

/// The silhouettes of the markers; the same as on the map and on paper.
fn silhouette(marker: Marker) -> Part {
    match marker {
        Marker::Red => Part::Area(regular(3, 0.98, 0.0, (0.0, 0.2))),
        Marker::Orange => bar(-0.68, -0.68, 1.36, 1.36),
        Marker::Blue => Part::Area(regular(4, 0.9, 0.0, (0.0, 0.0))),
        Marker::Pink => Part::Area(regular(5, 0.86, 0.0, (0.0, 0.04))),
        Marker::Yellow => Part::Area(regular(6, 0.86, 0.25, (0.0, 0.0))),
        Marker::Green | Marker::White => Part::Dot((0.0, 0.0), 0.76),
    }
}

/// How far each pixel is covered, 0 to 1.
fn coverage(covers: impl Fn(Vec2) -> bool) -> Vec<f32> {
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

fn picture(pixels: impl Iterator<Item = [u8; 4]>) -> Image {
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

fn draw_chip(marker: Option<Marker>, palette: PaletteChoice, stale: bool) -> Image {
    let Some(marker) = marker else {
        let ring = coverage(|p| {
            let turn = p.y.atan2(p.x) / core::f32::consts::TAU;
            (p.length() - 0.68).abs() < 0.07 && (turn * 9.0).rem_euclid(1.0) < 0.62
        });
        let Rgb(r, g, b) = palette::INK_SOFT;
        return picture(ring.into_iter().map(|c| [r, g, b, (c * 255.0).round() as u8]));
    };
    let shape = silhouette(marker);
    let ring = 0.09;
    let outer = coverage(|p| shape.covers(p));
    // The same shape, a ring's width smaller all round.
    let inner = coverage(|p| {
        (0..12).all(|i| {
            let angle = i as f32 / 12.0 * core::f32::consts::TAU;
            shape.covers(p + Vec2::from_angle(angle) * ring)
        })
    });
    let wiped = coverage(|p| {
        let along = (p.x + p.y) * core::f32::consts::FRAC_1_SQRT_2;
        stale && ((along - 0.52).abs() < 0.09 || (along - 0.84).abs() < 0.09)
    });
    let edge = if stale { palette::INK_SOFT } else { palette::INK };
    let fill = marker.fill_in(palette);
    let mix = |a: u8, b: u8, share: f32| f32::from(a) + (f32::from(b) - f32::from(a)) * share;
    picture((0..outer.len()).map(|i| {
        let one = |edge: u8, fill: u8| mix(edge, fill, inner[i]).round() as u8;
        let alpha = outer[i] * (1.0 - wiped[i]);
        [
            one(edge.0, fill.0),
            one(edge.1, fill.1),
            one(edge.2, fill.2),
            (alpha * 255.0).round() as u8,
        ]
    }))
}

pub(super) fn plugin(app: &mut App) {
    let mut images = app.world_mut().resource_mut::<Assets<Image>>();
    let mut icons = Icons::default();
    for icon in Icon::ALL {
        icons.icons.insert(icon, images.add(draw_icon(icon)));
    }
    for palette in [PaletteChoice::Standard, PaletteChoice::Friendly] {
        for stale in [false, true] {
            for marker in Marker::ALL.into_iter().map(Some).chain([None]) {
                let chip = images.add(draw_chip(marker, palette, stale));
                icons.chips.insert((marker, palette, stale), chip);
            }
        }
    }
    app.insert_resource(icons);
}
