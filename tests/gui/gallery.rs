//! Pictures of the story, each with what the core says of every home in it.

use std::sync::OnceLock;

use bevy::prelude::*;
use zhanyitu::app::view::Stage;
use zhanyitu::app::{Lang, Layer, Live, Look, Minute, PaletteChoice, View, ViewCommand};
use zhanyitu::base::palette::{Glyph, Rgb};
use zhanyitu::base::view::View as LookOf;
use zhanyitu::map::eye::Eye;
use zhanyitu::map::figures::{self, Pose};
use zhanyitu::map::terrain::Terrain;
use zhanyitu::session::today::Today;
use zhanyitu::window::picture::Studio;

use super::stage::{at, easel, fuxiang, studio};

/// A home in a picture.
#[derive(Debug, Clone, Copy)]
pub struct Cell {
    /// Its middle, pixels.
    pub at: Vec2,
    /// Half of its side, pixels.
    pub half: f32,
    /// How the core says it is drawn.
    pub glyph: Glyph,
    /// What is known of it is old.
    pub stale: bool,
    /// Somebody of the office stands before it.
    pub covered: bool,
}

/// A picture and what it must show.
pub struct Picture {
    /// Of what, for messages.
    pub title: String,
    pub look: LookOf,
    pub palette: PaletteChoice,
    pub width: u32,
    pub bytes: Vec<u8>,
    pub cells: Vec<Cell>,
}

impl Picture {
    /// Takes the picture that a studio shows now.
    pub fn take(studio: &mut Studio) -> Self {
        studio.settle();
        let image = studio.take().unwrap();
        let world = studio.app().world();
        let (live, view) = (world.resource::<Live>(), world.resource::<View>());
        let (eye, stage) = (world.resource::<Eye>(), world.resource::<Stage>());
        let (frame, legends) = (live.frame(), &live.story().legends);
        let shown = match frame.layer() {
            Layer::Status => legends[frame.legend()].id.as_str(),
            layer => layer.id(),
        };
        let terrain = world.resource::<Terrain>();
        let side = terrain.side(view.look);
        let spots = &side.homes;
        // Half a figure, with the white around it and its neighbour on the plan.
        let reach = side.typical * figures::enlarged(side, eye.per_px) * 1.5;
        let people: Vec<Vec2> = figures::poses(terrain, live, view)
            .into_iter()
            .filter_map(|pose| match pose {
                Pose::Walks(at, _) | Pose::Stands(at, _) => Some(at),
                Pose::Rings(home) => spots.get(home.index()).map(|spot| spot.at),
            })
            .collect();
        // On the plan a slip is as large as a home from afar.
        let slips: Vec<Vec2> = match view.look {
            LookOf::Board => Vec::new(),
            LookOf::Plan => Today::slips(live.session())
                .into_iter()
                .filter_map(|home| spots.get(home.index()).map(|spot| spot.at))
                .collect(),
        };
        let cells = spots.iter().zip(frame.homes()).map(|(spot, shown)| Cell {
            at: eye.seen_at(spot.at, stage),
            half: spot.half / eye.per_px,
            glyph: frame.glyph(legends, *shown),
            stale: shown.stale && frame.layer() == Layer::Status,
            covered: people.iter().any(|at| at.distance(spot.at) < reach)
                || slips.iter().any(|at| at.distance(spot.at) < reach * 0.7),
        });
        let (look, palette, now) = (view.look, view.palette, live.now());
        let size = image.size();
        Self {
            title: format!("{now} {look:?} {palette:?} {shown} {size}"),
            look,
            palette,
            width: size.x,
            cells: cells.collect(),
            bytes: image.data.clone().unwrap(),
        }
    }

    /// The colour at a place.
    pub fn pixel(&self, at: Vec2) -> Rgb {
        let (x, y) = (at.x.floor() as u32, at.y.floor() as u32);
        let first = (y * self.width + x) as usize * 4;
        Rgb(self.bytes[first], self.bytes[first + 1], self.bytes[first + 2])
    }

    /// The fill that a home must have in this picture.
    pub fn token(&self, glyph: Glyph) -> Rgb {
        glyph.fill_in(self.palette)
    }
}

/// The minutes that are looked at: the first, the survey, its end, the returns,
/// and the long watch.
pub const MINUTES: [(u32, u32); 5] = [(1, 8), (3, 15), (5, 18), (20, 12), (60, 12)];

/// A visitor's screen on which nothing flies.
pub fn view() -> View {
    View { still: true, ..View::new(Lang::Zh) }
}

/// Goes to a minute.
pub fn go(studio: &mut Studio, to: Minute) {
    if studio.app().world().resource::<Live>().now() != to {
        studio.ask(zhanyitu::app::Steer(zhanyitu::app::TimeCommand::Seek(to)));
    }
}

/// Pictures of every minute in both looks and some palettes.
pub fn draw(size: UVec2, minutes: &[(u32, u32)], palettes: &[PaletteChoice]) -> Vec<Picture> {
    let _one = easel();
    let Some(mut studio) = studio(fuxiang(), view(), size) else { return Vec::new() };
    let mut pictures = Vec::new();
    for &(day, hour) in minutes {
        go(&mut studio, at(day, hour, 0));
        for look in LookOf::ALL {
            studio.ask(Look(ViewCommand::Show(look)));
            for &palette in palettes {
                studio.ask(Look(ViewCommand::Palette(palette)));
                pictures.push(Picture::take(&mut studio));
            }
        }
    }
    pictures
}

/// The large screen at every minute, in both looks and palettes; drawn once.
pub fn large() -> &'static [Picture] {
    static PICTURES: OnceLock<Vec<Picture>> = OnceLock::new();
    PICTURES.get_or_init(|| draw(UVec2::new(1920, 1080), &MINUTES, &PaletteChoice::ALL))
}
