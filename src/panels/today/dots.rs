//! How long help took, with the daily calls and without: one dot a run.
//!
//! Floor 8, with Bevy. Reads what was compared; makes a picture and what it means in
//! words. Time is drawn so that twice as long is always as far; nothing is said by
//! colour that is not said by the row and by filled or hollow dots.

use bevy::prelude::*;

use super::grid;
use super::picture::Canvas;
use super::words::{SAID, numbers, texts, wait};
use crate::app::Live;
use crate::app::compare::{Compared, WORLDS};
use crate::app::view::Squeeze;
use crate::base::palette;
use crate::base::text::Bilingual;
use crate::base::time::{DAY_MINUTES, HOUR_MINUTES};
use crate::session::paired::{self, LONGEST_DAYS, Pair};
use crate::theme::controls::Named;
use crate::theme::{Face, Type, written};

/// Everything this part shows.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Facts {
    possible: bool,
    told: u32,
    pairs: Vec<Pair>,
}

impl Facts {
    pub(super) fn of(live: &Live, compared: &Compared) -> Self {
        Self {
            possible: paired::can_pair(live.story()),
            told: compared.told(),
            pairs: compared.pairs().to_vec(),
        }
    }
}

/// Size of a row of dots, units; lower where there is little room.
const ROW: Vec2 = Vec2::new(380.0, 84.0);
const LOW: Vec2 = Vec2::new(380.0, 44.0);
const LOWEST: Vec2 = Vec2::new(380.0, 12.0);
/// Radius of a dot, and the widest and the usual distance of two, units.
const DOT: f32 = 2.6;
const STEP: f32 = 6.0;
/// The shortest wait that has a place of its own, minutes.
const SHORTEST: f32 = 20.0;
/// Where words stand below, minutes.
const TICKS: [u32; 4] = [HOUR_MINUTES, 6 * HOUR_MINUTES, DAY_MINUTES, 3 * DAY_MINUTES];

/// How far to the right a wait stands, 0 to 1.
fn share(minutes: u32) -> f32 {
    let longest = (LONGEST_DAYS * DAY_MINUTES) as f32;
    ((minutes as f32).max(SHORTEST) / SHORTEST).ln() / (longest / SHORTEST).ln()
}

/// The middles of the dots of a row, piled up where waits are alike. Somebody for
/// whom nobody came stands at the very end.
fn piles(size: Vec2, waits: impl Iterator<Item = Option<u32>>) -> Vec<Vec2> {
    let columns = (size.x / STEP).floor() as usize;
    let mut heights = vec![0_usize; columns];
    let waits: Vec<usize> = waits
        .map(|wait| {
            let share = wait.map_or(1.0, share).clamp(0.0, 1.0);
            ((share * columns as f32) as usize).min(columns - 1)
        })
        .collect();
    for column in &waits {
        heights[*column] += 1;
    }
    let highest = heights.iter().copied().max().unwrap_or(1).max(1) as f32;
    // High piles are pressed together: dots overlap, none is left out.
    let step = STEP.min((size.y - STEP) / highest);
    let mut filled = vec![0_usize; columns];
    waits
        .into_iter()
        .map(|column| {
            let y = size.y - STEP / 2.0 - filled[column] as f32 * step;
            filled[column] += 1;
            Vec2::new((column as f32 + 0.5) * STEP, y)
        })
        .collect()
}

fn plot(size: Vec2, waits: impl Iterator<Item = Option<u32>>, hollow: bool) -> Image {
    let mut canvas = Canvas::new(size);
    for tick in TICKS {
        let x = share(tick) * size.x;
        canvas.bar(Rect::new(x - 0.5, 0.0, x + 0.5, size.y), palette::RULING);
    }
    canvas.bar(Rect::new(0.0, size.y - 1.0, size.x, size.y), palette::INK_SOFT);
    for at in piles(size, waits) {
        if hollow {
            canvas.dot(at, DOT, palette::PAPER_RAISED);
            canvas.ring(at, DOT - 0.5, 1.0, palette::INK);
        } else {
            canvas.dot(at, DOT, palette::FOCUS);
        }
    }
    canvas.image().0
}

pub(super) fn fill(
    day: &mut ChildSpawnerCommands,
    images: &mut Assets<Image>,
    facts: &Facts,
    squeeze: Squeeze,
) {
    let size = match squeeze.0 {
        0..2 => ROW,
        2..4 => LOW,
        _ => LOWEST,
    };
    let text = |text: &Bilingual, size, ink| written(text.clone(), size, Face::Plain, ink);
    if squeeze.0 < 3 {
        day.spawn(text(&SAID.waits_head, Type::Body, palette::INK));
    }
    if !facts.possible {
        day.spawn(text(&SAID.no_pair, Type::Small, palette::INK_SOFT));
        return;
    }
    let with = || facts.pairs.iter().map(|pair| pair.with);
    let without = || facts.pairs.iter().map(|pair| pair.without);
    let rows = [
        (&SAID.waits_with, paired::median(with()), plot(size, with(), false)),
        (&SAID.waits_without, paired::median(without()), plot(size, without(), true)),
    ];
    for (name, median, picture) in rows {
        let middle = match median {
            Some(minutes) => texts(&SAID.half, &[("t", &wait(minutes))]),
            None if facts.pairs.is_empty() => Bilingual::default(),
            None => SAID.half_never.clone(),
        };
        day.spawn(grid(vec![GridTrack::max_content(), GridTrack::flex(1.0)])).with_children(
            |row| {
                row.spawn((
                    written(name.clone(), Type::Small, Face::Hand, palette::INK),
                    TextLayout::no_wrap(),
                ));
                row.spawn(text(&middle, Type::Fine, palette::INK));
            },
        );
        day.spawn((
            ImageNode::new(images.add(picture)),
            Named(SAID.dots.clone()),
            Node { width: px(size.x), height: px(size.y), flex_shrink: 0.0, ..default() },
        ));
    }
    ticks(day);
    let busy = facts.told < WORLDS;
    if busy && (squeeze.0 < 3 || facts.pairs.is_empty()) {
        let slots = [("n", facts.told.into()), ("all", WORLDS.into())];
        day.spawn(text(&numbers(&SAID.telling, &slots), Type::Fine, palette::INK_SOFT));
    }
    if !facts.pairs.is_empty() {
        let sooner = facts.pairs.iter().filter(|pair| pair.is_sooner()).count() as u64;
        let slots = [("n", facts.pairs.len() as u64), ("p", sooner)];
        day.spawn(text(&numbers(&SAID.sooner, &slots), Type::Fine, palette::INK));
    }
    let mean = if squeeze.0 < 4 { &SAID.dots_mean } else { &SAID.dots_short };
    day.spawn(text(mean, Type::Fine, palette::INK_SOFT));
}

/// The words below the dots, each at its line.
fn ticks(day: &mut ChildSpawnerCommands) {
    let mut columns = Vec::new();
    let mut from = 0.0;
    for tick in TICKS {
        let to = share(tick) * ROW.x;
        columns.extend(GridTrack::px::<Vec<RepeatedGridTrack>>(to - from));
        from = to;
    }
    columns.push(GridTrack::px(ROW.x - from));
    let row = Node { column_gap: px(0), ..grid(columns) };
    day.spawn(row).with_children(|row| {
        row.spawn(Node::default());
        for tick in &SAID.ticks {
            row.spawn((
                written(tick.clone(), Type::Fine, Face::Plain, palette::INK_SOFT),
                TextLayout::no_wrap(),
            ));
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn longer_stands_farther_and_every_run_has_its_dot() {
        let waits = [5, 60, 360, 1440, 4320, 14 * 1440];
        assert!(waits.windows(2).all(|w| share(w[0]) < share(w[1])));
        assert!((share(14 * 1440) - 1.0).abs() < 1e-6 && share(0).abs() < 1e-6);
        // Twice as long is as far everywhere.
        let far = |a, b| share(b) - share(a);
        assert!((far(60, 120) - far(1440, 2880)).abs() < 1e-5);
        let many = piles(ROW, (0..200).map(|_| Some(90)).chain([None]));
        assert_eq!(many.len(), 201);
        let inside = Rect::from_corners(Vec2::ZERO, ROW);
        assert!(many.iter().all(|at| inside.contains(*at)), "{many:?}");
        assert!(many[200].x > many[0].x);
    }
}
