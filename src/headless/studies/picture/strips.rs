//! What single runs gave, before anything is averaged: the whole run, the worst day,
//! and which day that was.
//!
//! Floor 4. Reads runs; makes strips. A thin line spans nine runs in ten, a thick one
//! half of them, a ring is the middle one; above, runs that lie close are heaped.

use std::collections::BTreeMap;

use super::scale::Axis;
use super::{GAP_MM, INNER_MM, LINE_HEIGHT, MARGIN_MM, SMALL_MM, words};
use crate::base::palette::{CALM, FOCUS, FRAME, INK, INK_SOFT, PAPER_RAISED, RULING, Rgb};
use crate::base::text::{Lang, grouped};
use crate::ensemble::rows::Rows;
use crate::ensemble::stats::spread::Spread;
use crate::ensemble::{Ensemble, Pairs, Quantity};
use crate::headless::page::{Anchor, Item, Paint, Stroke};

/// Height of one row of a strip.
const ROW_MM: f64 = 9.5;
/// Width of a heap of runs, and the height of the highest.
const HEAP_MM: f64 = 1.2;
const HIGHEST_MM: f64 = 4.6;
/// Heaps of runs: darker than the ruling, lighter than the writing.
const RUNS: Rgb = FRAME;

/// One strip: a scale, and a row for each arm.
pub(super) struct Strip {
    title: String,
    rows: Vec<Row>,
}

struct Row {
    name: &'static str,
    colour: Rgb,
    numbers: Vec<i64>,
}

/// The height of the largest day of each run, and which day it was.
fn worst(rows: &Rows) -> [Vec<i64>; 2] {
    let (mut heights, mut days) = (Vec::new(), Vec::new());
    for run in 0..rows.runs() as usize {
        let curve = rows.curve(0, run);
        let Some(&height) = curve.iter().max() else { continue };
        heights.push(i64::from(height));
        if let Some(day) = curve.iter().position(|&x| x == height).filter(|_| height > 0) {
            days.push(day as i64 + 1);
        }
    }
    [heights, days]
}

fn t<'a>(lang: Lang, zh: &'a str, en: &'a str) -> &'a str {
    super::super::words::t(lang, zh, en)
}

fn titles(of: &Quantity, lang: Lang) -> [String; 3] {
    let whole = match lang {
        Lang::Zh => format!("全程：{}", of.label.zh),
        Lang::En => format!("Whole run: {}", of.label.en),
    };
    [
        whole.as_str(),
        t(lang, "最多的一天有多少", "Worst day: how many"),
        t(lang, "最多的一天是第几天", "Worst day: which day"),
    ]
    .map(str::to_owned)
}

fn three(rows: &Rows) -> [Vec<i64>; 3] {
    let [height, day] = worst(rows);
    [rows.signed_total(0), height, day]
}

/// Of one arm.
pub(super) fn of_runs(runs: &Ensemble, lang: Lang) -> Vec<Strip> {
    let strip =
        |(title, numbers)| Strip { title, rows: vec![Row { name: "", colour: FOCUS, numbers }] };
    titles(&runs.shape.totals[0], lang).into_iter().zip(three(&runs.rows)).map(strip).collect()
}

/// Of two arms, and what the measure changed pair by pair.
pub(super) fn of_pairs(pairs: &Pairs, lang: Lang) -> Vec<Strip> {
    let arms = three(&pairs.without.rows).into_iter().zip(three(&pairs.with.rows));
    let strip = |(title, (without, with))| Strip {
        title,
        rows: vec![
            Row { name: t(lang, "没有", "without"), colour: CALM, numbers: without },
            Row { name: t(lang, "有", "with"), colour: FOCUS, numbers: with },
        ],
    };
    let mut strips: Vec<Strip> =
        titles(&pairs.without.shape.totals[0], lang).into_iter().zip(arms).map(strip).collect();
    let totals = [&pairs.without, &pairs.with].map(|arm| arm.rows.signed_total(0));
    let numbers = totals[0].iter().zip(&totals[1]).map(|(a, b)| a - b).collect();
    let title = t(lang, "一对里减少多少", "Fewer with it, pair by pair").to_owned();
    strips.insert(0, Strip { title, rows: vec![Row { name: "", colour: INK, numbers }] });
    strips
}

/// The height that the strips take.
pub(super) fn height(strips: &[Strip]) -> f64 {
    let most = strips.iter().map(|strip| strip.rows.len()).max().unwrap_or_default();
    most as f64 * ROW_MM + 5.0 * SMALL_MM
}

/// The strips, side by side, below a height.
pub(super) fn items(strips: &[Strip], top: f64, lang: Lang) -> Vec<Item> {
    let count = strips.len().max(1) as f64;
    let w = (INNER_MM - GAP_MM * (count - 1.0)) / count;
    let most = strips.iter().map(|strip| strip.rows.len()).max().unwrap_or_default();
    let place = |at: usize| (MARGIN_MM + (w + GAP_MM) * at as f64, top + 2.4 * SMALL_MM);
    strips
        .iter()
        .enumerate()
        .map(|(at, strip)| {
            let (x, y) = place(at);
            strip.item(x, y, w, most, lang)
        })
        .collect()
}

impl Strip {
    fn item(&self, x: f64, y: f64, w: f64, rows: usize, lang: Lang) -> Item {
        let all = || self.rows.iter().flat_map(|row| &row.numbers).copied();
        let low = all().min().unwrap_or_default().min(0) as f64;
        let axis = Axis::whole(low, all().max().unwrap_or_default().max(1) as f64);
        let at = |value: f64| x + w * axis.part(value);
        let h = rows as f64 * ROW_MM;
        let mut items =
            vec![Item::Rect { x, y, w, h, corner: 0.0, paint: Paint::fill(PAPER_RAISED) }];
        items.push(words(x, y - 1.2, SMALL_MM, Anchor::Start, INK, self.title.clone()));
        let below = y + h + SMALL_MM * LINE_HEIGHT;
        for tick in axis.ticks() {
            let stroke = Stroke::solid(RULING, 0.2);
            items.push(Item::Line { points: vec![(at(tick), y), (at(tick), y + h)], stroke });
            let text = signed(tick);
            items.push(words(at(tick), below, SMALL_MM, Anchor::Middle, INK_SOFT, text));
        }
        let each = h / self.rows.len().max(1) as f64;
        for (n, row) in self.rows.iter().enumerate() {
            let middle = y + each * (n as f64 + 0.8);
            items.extend(row.items(&at, middle));
            if !row.name.is_empty() {
                let name = row.name.to_owned();
                let y = middle - 0.9;
                items.push(words(
                    x - 1.2,
                    y + SMALL_MM / 2.0,
                    SMALL_MM * 0.9,
                    Anchor::End,
                    INK,
                    name,
                ));
            }
        }
        let label = match lang {
            Lang::Zh => format!("{}：单次运行怎样分布", self.title),
            Lang::En => format!("{}: how single runs are spread", self.title),
        };
        Item::Group { label, items }
    }
}

fn signed(x: f64) -> String {
    let sign = if x < 0.0 { "−" } else { "" };
    format!("{sign}{}", grouped(x.abs() as u64))
}

impl Row {
    /// Runs that lie close to each other as one bar: where, and how high.
    fn heaps(&self, at: &impl Fn(f64) -> f64) -> Vec<(f64, f64)> {
        let mut heaps: BTreeMap<i64, u32> = BTreeMap::new();
        for &number in &self.numbers {
            *heaps.entry((at(number as f64) / HEAP_MM).round() as i64).or_default() += 1;
        }
        let most = heaps.values().copied().max().unwrap_or(1);
        let height = |count: u32| {
            // One run among many is still to be seen.
            (HIGHEST_MM * f64::from(count) / f64::from(most)).max(0.35)
        };
        heaps.into_iter().map(|(place, n)| (place as f64 * HEAP_MM, height(n))).collect()
    }

    fn items(&self, at: &impl Fn(f64) -> f64, y: f64) -> Vec<Item> {
        let Some(s) = Spread::of(self.numbers.clone()) else { return Vec::new() };
        let bars = self.heaps(at).into_iter().map(|(x, height)| Item::Rect {
            x: x - HEAP_MM / 2.0,
            y: y - 1.7 - height,
            w: HEAP_MM * 0.85,
            h: height,
            corner: 0.0,
            paint: Paint::fill(RUNS),
        });
        let line = |[low, high]: [f64; 2], width| Item::Line {
            points: vec![(at(low), y), (at(high), y)],
            stroke: Stroke::solid(self.colour, width),
        };
        let ring = Paint::fill(PAPER_RAISED).outlined(Stroke::solid(self.colour, 0.5));
        bars.chain([
            line(s.ninety, 0.4),
            line(s.half, 1.5),
            Item::Circle { centre: (at(s.median), y), r: 1.2, paint: ring },
        ])
        .collect()
    }
}
