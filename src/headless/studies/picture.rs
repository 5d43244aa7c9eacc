//! One question, one picture: bands, the middle, and single runs.
//!
//! Floor 4. Reads runs; makes a page. Two arms stand side by side under one scale. A band
//! takes each day by itself and hides the peaks of single runs, so at least twenty runs
//! are drawn as lines, from the most central to the least.

use std::path::Path;

use crate::base::palette::{CALM, FOCUS, INK, INK_SOFT, PAPER, PAPER_RAISED, RULING, Rgb};
use crate::base::text::{Bilingual, Lang, grouped};
use crate::ensemble::sentence::{TEACHING, Told};
use crate::ensemble::stats::bands::Bands;
use crate::ensemble::stats::curves::{Ranking, RankingPlan};
use crate::ensemble::{Ensemble, Pairs};
use crate::headless::ensemble::About;
use crate::headless::exit;
use crate::headless::files::{self, Failure};
use crate::headless::page::fonts::{self, Font};
use crate::headless::page::{Anchor, Item, Meta, Page, Paint, Stroke, Text};

const WIDTH_MM: f64 = 297.0;
const HEIGHT_MM: f64 = 190.0;
const MARGIN_MM: f64 = 16.0;
const GAP_MM: f64 = 14.0;
const TOP_MM: f64 = 52.0;
const BOTTOM_MM: f64 = 36.0;
const TITLE_MM: f64 = 5.6;
const WORDS_MM: f64 = 3.6;
const SMALL_MM: f64 = 3.0;
const LINE_HEIGHT: f64 = 1.35;
/// Single runs that are drawn.
const LINES: usize = 24;
/// How much of the paper shines through the bands, in parts of a hundred.
const WIDE_BAND: u16 = 78;
const NARROW_BAND: u16 = 55;
const HUNDRED: u16 = 100;
/// Steps of the scale: so many at most.
const STEPS: u32 = 5;

/// Draws one arm.
pub(super) fn of_runs(
    about: &About,
    runs: &Ensemble,
    told: &Told,
    lang: Lang,
    file: &Path,
) -> Result<(), Failure> {
    let title = runs.shape.series[0].label.clone();
    write(about, &[Arm::new(runs, title, FOCUS)], told, lang, file)
}

/// Draws two arms side by side.
pub(super) fn of_pairs(
    about: &About,
    pairs: &Pairs,
    told: &Told,
    measure: &Bilingual,
    lang: Lang,
    file: &Path,
) -> Result<(), Failure> {
    let name = &pairs.without.shape.series[0].label;
    let title = |zh: &str, en: &str| {
        Bilingual::new(
            format!("{}，{zh}{}", name.zh, measure.zh),
            format!("{}, {en} {}", name.en, measure.en),
        )
    };
    let arms = [
        Arm::new(&pairs.without, title("没有", "without"), CALM),
        Arm::new(&pairs.with, title("有", "with"), FOCUS),
    ];
    write(about, &arms, told, lang, file)
}

/// One panel.
struct Arm<'a> {
    runs: &'a Ensemble,
    title: Bilingual,
    colour: Rgb,
    bands: Bands,
    lines: Vec<Vec<u32>>,
}

impl<'a> Arm<'a> {
    fn new(runs: &'a Ensemble, title: Bilingual, colour: Rgb) -> Self {
        let ranking = Ranking::of(&runs.rows, 0, &RankingPlan::new(runs.seeds.first));
        let lines = ranking.lines(LINES).into_iter().map(|run| runs.rows.curve(0, run)).collect();
        Self { runs, title, colour, bands: Bands::of(&runs.rows, 0), lines }
    }

    fn most(&self) -> f64 {
        let lines = self.lines.iter().flatten().copied().max().unwrap_or_default();
        self.bands.ninety.iter().map(|band| band[1]).fold(f64::from(lines), f64::max)
    }
}

fn mixed(colour: Rgb, paper: u16) -> Rgb {
    let mix =
        |a: u8, b: u8| ((u16::from(a) * (HUNDRED - paper) + u16::from(b) * paper) / HUNDRED) as u8;
    Rgb(mix(colour.0, PAPER_RAISED.0), mix(colour.1, PAPER_RAISED.1), mix(colour.2, PAPER_RAISED.2))
}

/// A round step, so that few lines of the scale reach to the top.
fn step(most: f64) -> u32 {
    let tens = (0..9).map(|power| 10_u32.pow(power));
    let steps = tens.flat_map(|ten| [ten, 2 * ten, 5 * ten]);
    let enough = |step: &u32| f64::from(*step) * f64::from(STEPS) >= most;
    steps.into_iter().find(enough).unwrap_or(u32::MAX)
}

/// Where a panel stands and what its scale is.
struct Frame {
    x: f64,
    y: f64,
    w: f64,
    h: f64,
    days: usize,
    top: f64,
}

impl Frame {
    fn at(&self, day: usize, value: f64) -> (f64, f64) {
        let across = (self.days.max(2) - 1) as f64;
        (self.x + self.w * day as f64 / across, self.y + self.h * (1.0 - value / self.top))
    }

    fn line(&self, values: impl Iterator<Item = f64>) -> Vec<(f64, f64)> {
        values.enumerate().map(|(day, value)| self.at(day, value)).collect()
    }

    fn band(&self, band: &[[f64; 2]]) -> Vec<(f64, f64)> {
        let mut points = self.line(band.iter().map(|ends| ends[1]));
        points.extend(self.line(band.iter().map(|ends| ends[0])).into_iter().rev());
        points
    }
}

fn words(x: f64, y: f64, size_mm: f64, anchor: Anchor, fill: Rgb, words: String) -> Item {
    Item::Text(Text { x, y, size_mm, font: Font::Plain, anchor, fill, words })
}

fn panel(arm: &Arm, frame: &Frame, lang: Lang) -> Item {
    let Frame { x, y, w, h, days, top } = *frame;
    let mut items = vec![Item::Rect { x, y, w, h, corner: 0.0, paint: Paint::fill(PAPER_RAISED) }];
    let by = step(top);
    for mark in (0..=top as u32).step_by(by as usize) {
        let (_, y) = frame.at(0, f64::from(mark));
        let stroke = Stroke::solid(RULING, 0.2);
        items.push(Item::Line { points: vec![(x, y), (x + w, y)], stroke });
        let text = grouped(mark.into());
        items.push(words(x - 1.5, y + SMALL_MM / 3.0, SMALL_MM, Anchor::End, INK_SOFT, text));
    }
    if days > 1 {
        for (band, paper) in [(&arm.bands.ninety, WIDE_BAND), (&arm.bands.half, NARROW_BAND)] {
            let paint = Paint::fill(mixed(arm.colour, paper));
            items.push(Item::Polygon { points: frame.band(band), paint });
        }
        for line in &arm.lines {
            let points = frame.line(line.iter().map(|&v| f64::from(v)));
            items.push(Item::Line { points, stroke: Stroke::solid(INK_SOFT, 0.12) });
        }
        let points = frame.line(arm.bands.median.iter().copied());
        items.push(Item::Line { points, stroke: Stroke::solid(arm.colour, 0.9) });
    }
    let below = y + h + WORDS_MM * LINE_HEIGHT;
    let day = |n: usize| match lang {
        Lang::Zh => format!("第{n}天"),
        Lang::En => format!("day {n}"),
    };
    items.push(words(x, below, SMALL_MM, Anchor::Start, INK_SOFT, day(1)));
    items.push(words(x + w, below, SMALL_MM, Anchor::End, INK_SOFT, day(days)));
    let title = arm.title.get(lang).to_owned();
    items.push(words(x, y - 2.5, WORDS_MM, Anchor::Start, INK, title.clone()));
    let runs = arm.runs.runs();
    let label = match lang {
        Lang::Zh => format!("{title}：{runs}次运行的中位数、两条带和{}条单次的线", arm.lines.len()),
        Lang::En => {
            format!(
                "{title}: median, both bands and {} single lines of {runs} runs",
                arm.lines.len()
            )
        }
    };
    Item::Group { label, items }
}

fn page(about: &About, arms: &[Arm], told: &Told, lang: Lang) -> Page {
    let mut page = Page {
        width_mm: WIDTH_MM,
        height_mm: HEIGHT_MM,
        title: told.sentence.get(lang).to_owned(),
        lang,
        ground: PAPER,
        items: Vec::new(),
    };
    let inner = WIDTH_MM - 2.0 * MARGIN_MM;
    let mut y = MARGIN_MM;
    for line in fonts::wrap(Font::Plain, TITLE_MM, inner, told.sentence.get(lang)) {
        page.items.push(words(MARGIN_MM, y, TITLE_MM, Anchor::Start, INK, line));
        y += TITLE_MM * LINE_HEIGHT;
    }
    let most = arms.iter().map(Arm::most).fold(1.0, f64::max);
    let w = (inner - GAP_MM * (arms.len() as f64 - 1.0)) / arms.len() as f64;
    let top = y.max(TOP_MM);
    for (at, arm) in arms.iter().enumerate() {
        let frame = Frame {
            x: MARGIN_MM + (w + GAP_MM) * at as f64,
            y: top,
            w,
            h: HEIGHT_MM - BOTTOM_MM - top,
            days: arm.bands.days(),
            top: most,
        };
        page.items.push(panel(arm, &frame, lang));
    }
    let mut y = HEIGHT_MM - BOTTOM_MM + 4.0 * WORDS_MM;
    for line in small_print(about, arms, lang) {
        for line in fonts::wrap(Font::Plain, SMALL_MM, inner, &line) {
            page.items.push(words(MARGIN_MM, y, SMALL_MM, Anchor::Start, INK_SOFT, line));
            y += SMALL_MM * LINE_HEIGHT;
        }
    }
    page
}

fn small_print(about: &About, arms: &[Arm], lang: Lang) -> [String; 3] {
    let lines = arms.first().map_or(0, |arm| arm.lines.len());
    let About { version, model, asked, .. } = about;
    let key = match lang {
        Lang::Zh => format!(
            "粗线是每天的中位数，深色带里有一半的运行，浅色带里有十分之九；细线是{lines}次单独的运行。带是逐日取的，单次的高峰会高出它。"
        ),
        Lang::En => format!(
            "Thick line: the median of each day; dark band: half of the runs, light band: nine in ten; thin lines: {lines} single runs. Bands take each day by itself; single runs peak higher."
        ),
    };
    let teaching = TEACHING.get(lang).to_owned();
    let again = match lang {
        Lang::Zh => format!("再做一遍：zhanyitu {asked}（zhanyitu {version}，模型第{model}版）"),
        Lang::En => {
            format!("To do it again: zhanyitu {asked} (zhanyitu {version}, model revision {model})")
        }
    };
    [teaching, key, again]
}

fn write(about: &About, arms: &[Arm], told: &Told, lang: Lang, file: &Path) -> Result<(), Failure> {
    let page = page(about, arms, told, lang);
    let is_pdf = file.extension().is_some_and(|e| e.eq_ignore_ascii_case("pdf"));
    if !is_pdf {
        return files::write_whole(file, page.to_svg().as_bytes());
    }
    let meta = Meta {
        title: about.title.get(lang).to_owned(),
        author: "zhanyitu".to_owned(),
        subject: TEACHING.get(lang).to_owned(),
    };
    let bytes = page.to_pdf(&meta).map_err(|error| Failure {
        code: exit::DISK,
        text: Bilingual::new(
            format!("PDF 没有写成：{error}"),
            format!("the PDF could not be made: {error}"),
        ),
    })?;
    files::write_whole(file, &bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scale_has_round_steps_and_few() {
        for (most, expected) in [(1.0, 1), (5.0, 1), (6.0, 2), (11.0, 5), (26.0, 10), (380.0, 100)]
        {
            assert_eq!(step(most), expected, "{most}");
        }
    }

    #[test]
    fn a_band_goes_there_and_back() {
        // Eighths are exact.
        let frame = Frame { x: 0.0, y: 0.0, w: 2.0, h: 8.0, days: 3, top: 8.0 };
        let points = frame.band(&[[0.0, 8.0], [1.0, 7.0], [2.0, 6.0]]);
        let there_and_back =
            [(0.0, 0.0), (1.0, 1.0), (2.0, 2.0), (2.0, 6.0), (1.0, 7.0), (0.0, 8.0)];
        assert_eq!(points, there_and_back);
    }
}
