//! What is drawn is what the core says: of every home, in the very colours of the
//! palette, and to eyes that see few colours or none.

use bevy::prelude::*;
use zhanyitu::app::{Layer, Look, PaletteChoice, ViewCommand};
use zhanyitu::base::palette::{Glyph, Rgb};
use zhanyitu::base::view::View as LookOf;
use zhanyitu::headless::opened;
use zhanyitu::scenario::compile::Overrides;

use super::colours::{Lab, Sight, difference};
use super::gallery::{self, Cell, MINUTES, Picture, draw, large};
use super::stage::{at, easel, scene, studio};

/// Largest difference between a fill on the screen and its token.
const SAME: f64 = 2.0;

/// The fill that is nearest to a colour.
fn nearest(picture: &Picture, colour: Rgb) -> Rgb {
    let seen = Lab::from(colour);
    let far = |token: Rgb| difference(seen, Lab::from(token));
    let tokens = Glyph::ALL.map(|glyph| picture.token(glyph)).into_iter();
    tokens.min_by(|a, b| far(*a).total_cmp(&far(*b))).unwrap()
}

/// Every home's middle has the colour that the core gives it.
fn check(picture: &Picture) {
    assert_eq!(picture.cells.len(), 2000, "{}", picture.title);
    let mut wrong = Vec::new();
    let covered = picture.cells.iter().filter(|cell| cell.covered).count();
    assert!(covered <= 400, "{}: people and slips hide {covered} homes", picture.title);
    for (home, cell) in picture.cells.iter().enumerate().filter(|(_, cell)| !cell.covered) {
        let wanted = picture.token(cell.glyph);
        let seen = picture.pixel(cell.at);
        let off = difference(Lab::from(seen), Lab::from(wanted));
        // A square of a few pixels shares its middle with its edge.
        let exact = cell.half >= 2.0;
        if nearest(picture, seen) != wanted || exact && off > SAME {
            wrong.push((home, cell.glyph, cell.stale, seen, off, cell.at, cell.half));
        }
    }
    let some = &wrong[..wrong.len().min(8)];
    assert!(wrong.is_empty(), "{}: {} homes, such as {some:#?}", picture.title, wrong.len());
}

#[test]
fn every_home_has_the_colour_of_what_the_office_knows() {
    large().iter().for_each(check);
}

#[test]
fn every_home_has_its_colour_on_a_small_screen() {
    let size = UVec2::new(1366, 768);
    draw(size, &MINUTES[2..4], &[PaletteChoice::Standard]).iter().for_each(check);
}

#[test]
fn every_home_has_its_colour_under_every_legend() {
    let _one = easel();
    let story = opened::open_scene(scene("five_legends.ron"), Overrides::default()).unwrap();
    let legends = story.scenario.legends.len();
    let Some(mut studio) = studio(story, gallery::view(), UVec2::new(1920, 1080)) else { return };
    assert!(legends >= 5, "{legends} legends");
    gallery::go(&mut studio, at(12, 12, 0));
    for legend in 0..legends {
        studio.ask(Look(ViewCommand::Legend(legend)));
        check(&Picture::take(&mut studio));
    }
}

/// Places at which a cell is looked at, each way.
const GRID: u32 = 13;

/// A whole cell as somebody sees it.
fn glance(picture: &Picture, cell: &Cell, sight: Sight) -> Vec<f64> {
    let mut seen = Vec::with_capacity((GRID * GRID * 3) as usize);
    for i in 0..GRID * GRID {
        let share = Vec2::new((i % GRID) as f32, (i / GRID) as f32) / (GRID - 1) as f32;
        let Lab(l, a, b) =
            sight.of(picture.pixel(cell.at + (share * 2.0 - 1.0) * cell.half * 0.94));
        seen.extend([l, a, b]);
    }
    seen
}

/// What a cell of each kind usually looks like, by kind and by age of what is known.
struct Learner {
    known: Vec<((Glyph, bool), Vec<f64>, f64)>,
}

impl Learner {
    fn learn(&mut self, kind: (Glyph, bool), seen: &[f64]) {
        match self.known.iter_mut().find(|(k, ..)| *k == kind) {
            Some((_, sum, n)) => {
                sum.iter_mut().zip(seen).for_each(|(sum, value)| *sum += value);
                *n += 1.0;
            }
            None => self.known.push((kind, seen.to_vec(), 1.0)),
        }
    }

    /// The kind that is most like it.
    fn says(&self, seen: &[f64]) -> Glyph {
        let far = |(_, sum, n): &(_, Vec<f64>, f64)| -> f64 {
            sum.iter().zip(seen).map(|(sum, value)| (sum / n - value).powi(2)).sum()
        };
        let best = self.known.iter().min_by(|a, b| far(a).total_cmp(&far(b)));
        best.unwrap().0.0
    }
}

/// Learns from every other home of some pictures and is asked about the rest: how
/// many it gets right, and of how many.
fn told_apart(pictures: &[&Picture], sight: Sight) -> (u32, u32) {
    let mut learner = Learner { known: Vec::new() };
    let of = |odd: bool| {
        pictures.iter().flat_map(move |p| {
            let cells = p.cells.iter().enumerate();
            let cells = cells.filter(|(_, cell)| !cell.covered);
            cells.filter(move |(i, _)| (i % 2 == 1) == odd).map(move |(_, c)| (*p, c))
        })
    };
    for (picture, cell) in of(false) {
        learner.learn((cell.glyph, cell.stale), &glance(picture, cell, sight));
    }
    let (mut right, mut all) = (0, 0);
    for (picture, cell) in of(true) {
        all += 1;
        right += u32::from(learner.says(&glance(picture, cell, sight)) == cell.glyph);
    }
    (right, all)
}

#[test]
fn homes_are_told_apart_without_seeing_every_colour() {
    for palette in PaletteChoice::ALL {
        let pictures: Vec<&Picture> =
            large().iter().filter(|p| p.palette == palette && p.look == LookOf::Board).collect();
        if pictures.is_empty() {
            return;
        }
        for sight in Sight::ALL {
            let (right, all) = told_apart(&pictures, sight);
            let share = f64::from(right) / f64::from(all);
            eprintln!("{palette:?} {sight:?}: {right} of {all}, {:.2} %", share * 100.0);
            assert!(share >= 0.99, "{palette:?} {sight:?}: {right} of {all}");
        }
    }
}

/// The lines of a layer, too: each home has its very fill, and its shape says which
/// line it is to an eye that sees lightness alone.
#[test]
fn the_lines_of_every_layer_are_drawn_as_the_core_says_and_told_apart_in_grey() {
    let _one = easel();
    let Some(mut studio) = studio(super::stage::fuxiang(), gallery::view(), UVec2::new(1920, 1080))
    else {
        return;
    };
    for layer in Layer::ALL.into_iter().skip(1) {
        studio.ask(Look(ViewCommand::Layer(layer)));
        let mut pictures = Vec::new();
        for (day, hour, minute) in [(3, 15, 0), (18, 9, 20), (26, 10, 30), (60, 9, 45)] {
            gallery::go(&mut studio, at(day, hour, minute));
            pictures.push(Picture::take(&mut studio));
        }
        pictures.iter().for_each(check);
        let (right, all) = told_apart(&pictures.iter().collect::<Vec<_>>(), Sight::Grey);
        eprintln!("{layer:?}: {right} of {all} told apart in grey");
        assert!(f64::from(right) >= 0.99 * f64::from(all), "{layer:?}: {right} of {all}");
    }
}
