//! Chips: each glyph as a small picture, for legends, cards and lists.
//!
//! Floor 6, with Bevy. Reads the palette; makes pictures that [`Icons`](super::Icons)
//! owns. The map draws the same shapes in its shader.

use bevy::prelude::*;

use super::icons::{Part, bar, coverage, picture, regular};
use crate::base::palette::{self, Glyph, Marker, PaletteChoice, Rgb};

/// The silhouettes of the glyphs; the same as on the map and on paper.
fn silhouette(glyph: Glyph) -> Vec<Part> {
    let one = |part| vec![part];
    match glyph {
        Glyph::Marker(Marker::Red) => one(Part::Area(regular(3, 0.98, 0.0, (0.0, 0.2)))),
        Glyph::Marker(Marker::Orange) | Glyph::Solid | Glyph::Hollow => {
            one(bar(-0.68, -0.68, 1.36, 1.36))
        }
        Glyph::Marker(Marker::Blue) => one(Part::Area(regular(4, 0.9, 0.0, (0.0, 0.0)))),
        Glyph::Marker(Marker::Pink) => one(Part::Area(regular(5, 0.86, 0.0, (0.0, 0.04)))),
        Glyph::Marker(Marker::Yellow) => one(Part::Area(regular(6, 0.86, 0.25, (0.0, 0.0)))),
        Glyph::Marker(Marker::Green | Marker::White) | Glyph::Disc(_) => {
            one(Part::Dot((0.0, 0.0), 0.76))
        }
        Glyph::Plus => vec![bar(-0.8, -0.3, 1.6, 0.6), bar(-0.3, -0.8, 0.6, 1.6)],
        Glyph::Saltire => {
            let arm = |way: f32| {
                let (far, near) = (0.78, 0.5);
                let corners = [(near, far), (far, near), (-near, -far), (-far, -near)];
                Part::Area(corners.map(|(x, y)| (x * way, y)).to_vec())
            };
            vec![arm(1.0), arm(-1.0)]
        }
        Glyph::Unknown | Glyph::Blank => Vec::new(),
    }
}

/// Part of a chip that is filled, within its silhouette.
fn filled(glyph: Glyph, p: Vec2) -> bool {
    match glyph {
        Glyph::Disc(Glyph::STEPS) => true,
        Glyph::Disc(0) | Glyph::Hollow => false,
        Glyph::Disc(step) => p.length() <= 0.08 + 0.15 * f32::from(step),
        _ => true,
    }
}

/// A glyph in its colours; wiped, if what is known is old.
pub(super) fn draw_chip(glyph: Glyph, palette: PaletteChoice, stale: bool) -> Image {
    if glyph == Glyph::Unknown {
        let ring = coverage(|p| {
            let turn = p.y.atan2(p.x) / core::f32::consts::TAU;
            (p.length() - 0.68).abs() < 0.07 && (turn * 9.0).rem_euclid(1.0) < 0.62
        });
        let Rgb(r, g, b) = palette::INK_SOFT;
        return picture(ring.into_iter().map(|c| [r, g, b, (c * 255.0).round() as u8]));
    }
    let shape = silhouette(glyph);
    let covers = |p: Vec2| shape.iter().any(|part| part.covers(p));
    let ring = if glyph == Glyph::Hollow { 0.18 } else { 0.09 };
    let outer = coverage(covers);
    // The same shape, a ring's width smaller all round.
    let inside = |p: Vec2| {
        (0..12).all(|i| {
            let angle = i as f32 / 12.0 * core::f32::consts::TAU;
            covers(p + Vec2::from_angle(angle) * ring)
        })
    };
    let inner = coverage(inside);
    let full = coverage(|p| inside(p) && filled(glyph, p));
    let wiped = coverage(|p| {
        let along = (p.x + p.y) * core::f32::consts::FRAC_1_SQRT_2;
        stale && ((along - 0.52).abs() < 0.09 || (along - 0.84).abs() < 0.09)
    });
    let edge = if stale { palette::INK_SOFT } else { palette::INK };
    let paper = palette::PAPER_RAISED;
    let fill = match glyph {
        Glyph::Marker(marker) => marker.fill_in(palette),
        _ => palette::CALM,
    };
    let mix = |a: u8, b: u8, share: f32| f32::from(a) + (f32::from(b) - f32::from(a)) * share;
    picture((0..outer.len()).map(|i| {
        let one = |edge: u8, paper: u8, fill: u8| {
            let within = mix(paper, fill, if inner[i] > 0.0 { full[i] / inner[i] } else { 0.0 });
            mix(edge, within.round() as u8, inner[i]).round() as u8
        };
        let alpha = outer[i] * (1.0 - wiped[i]);
        [
            one(edge.0, paper.0, fill.0),
            one(edge.1, paper.1, fill.1),
            one(edge.2, paper.2, fill.2),
            (alpha * 255.0).round() as u8,
        ]
    }))
}
