//! Runs day by day: bands, the middle, and single runs.
//!
//! Floor 4. Reads runs; makes panels. What a day brings is drawn as it adds up, so that
//! a curve ends at the number of the sentence; what stands at the end of a day is drawn
//! as it stands. A band takes each day by itself and hides what single runs do, so at
//! least twenty are drawn, from the most central as a whole curve to the least
//! (Juul et al., *Nat Phys* 2021), and two of them have a name.

use super::scale::{self, Axis};
use super::{Around, GAP_MM, INNER_MM, LINE_HEIGHT, MARGIN_MM, SMALL_MM, WORDS_MM, words};
use crate::base::palette::{CALM, FOCUS, FRAME, INK, INK_SOFT, PAPER_RAISED, RULING, Rgb};
use crate::base::text::{Bilingual, Lang, grouped};
use crate::ensemble::nested::Nested;
use crate::ensemble::rows::Rows;
use crate::ensemble::stats::bands::Bands;
use crate::ensemble::stats::curves::{Ranking, RankingPlan};
use crate::ensemble::{Ensemble, Outcome, Pairs, Shape};
use crate::headless::ensemble::About;
use crate::headless::page::{Anchor, Item, Paint, Stroke};

/// Single runs that are drawn.
const LINES: usize = 24;
/// How much of the paper shines through the bands, in parts of a hundred.
const WIDE_BAND: u16 = 76;
const NARROW_BAND: u16 = 50;
const SINGLE_LINES: u16 = 35;
const HUNDRED: u16 = 100;
/// Figures that tell what is known. Who falls ill is known some days later: incubation
/// about five and a half days, a report about one.
const KNOWLEDGE: [&str; 3] = ["confirmed", "fevers_known", "in_hospital"];
const LAG_DAYS: usize = 7;
/// Between two of the bars before those days.
const BAR_MM: f64 = 1.6;
/// Units that are not what a plural counts.
const MEASURED: [&str; 4] = ["min", "m", "permille", "day"];
/// Strokes of the two runs that have a name, and of the wider band: dash and gap.
const OWN_DASH: (f64, f64) = (0.1, 1.5);
const TYPICAL_DASH: (f64, f64) = (2.4, 1.2);
const WIDER_DASH: (f64, f64) = (1.2, 0.9);

/// One panel.
pub(super) struct Arm {
    title: Bilingual,
    unit: String,
    colour: Rgb,
    bands: Bands,
    wider: Option<Bands>,
    lines: Vec<Vec<u32>>,
    /// The run that is the most central as a whole.
    typical: Option<(usize, Vec<u32>)>,
    /// The first run: the one with the seed of the scene, which is the one that is
    /// played when the scene is opened.
    first: Vec<u32>,
    runs: u32,
    lags: bool,
}

/// Whether the figure is what a day brings, summed over the days.
fn adds_up(shape: &Shape) -> bool {
    let (day, whole) = (&shape.series[0], &shape.totals[0]);
    day.name == whole.name && day.unit == whole.unit
}

/// The first figure of all runs, added up where it adds up.
fn rows(runs: &Rows, shape: &Shape) -> Rows {
    let shape_of_one =
        Shape { series: vec![shape.series[0].clone()], totals: vec![], cases: None, ..*shape };
    let mut rows = Rows::new(&shape_of_one);
    for run in 0..runs.runs() as usize {
        let mut sum = 0_u32;
        let mut curve = runs.curve(0, run);
        if adds_up(shape) {
            for value in &mut curve {
                sum = sum.saturating_add(*value);
                *value = sum;
            }
        }
        rows.push(&Outcome { series: vec![curve], ..Outcome::default() });
    }
    rows
}

impl Arm {
    /// One arm alone.
    pub(super) fn one(runs: &Ensemble, wider: Option<&Nested>) -> Self {
        let wider = wider.map(|n| Bands::of(&rows(&n.all.rows, &n.all.shape), 0));
        let name = so_far(&runs.shape);
        Self { wider, ..Self::new(runs, name, FOCUS) }
    }

    /// Without and with.
    pub(super) fn two(pairs: &Pairs, measure: &Bilingual) -> [Self; 2] {
        let name = so_far(&pairs.without.shape);
        let title = |zh: &str, en: &str| {
            Bilingual::new(
                format!("{zh}{}：{}", measure.zh, name.zh),
                format!("{en} {}: {}", measure.en, name.en),
            )
        };
        let with = Self::new(&pairs.with, title("有", "With"), FOCUS);
        let mut without = Self::new(&pairs.without, title("没有", "Without"), CALM);
        // The same seed on both sides, so that the two are one pair.
        let rows = rows(&pairs.without.rows, &pairs.without.shape);
        without.typical = with.typical.as_ref().map(|&(run, _)| (run, rows.curve(0, run)));
        [without, with]
    }

    fn new(runs: &Ensemble, title: Bilingual, colour: Rgb) -> Self {
        let shape = &runs.shape;
        let rows = rows(&runs.rows, shape);
        let ranking = Ranking::of(&rows, 0, &RankingPlan::new(runs.seeds.first));
        let curve = |run: usize| rows.curve(0, run);
        Self {
            title,
            unit: shape.series[0].unit.clone(),
            colour,
            bands: Bands::of(&rows, 0),
            wider: None,
            lines: ranking.lines(LINES).into_iter().map(curve).collect(),
            typical: ranking.order.first().map(|&run| (run, curve(run))),
            first: if rows.runs() > 0 { curve(0) } else { Vec::new() },
            runs: rows.runs(),
            lags: KNOWLEDGE.contains(&shape.series[0].name.as_str()),
        }
    }

    fn most(&self) -> f64 {
        let singles = self.lines.iter().flatten().chain(&self.first);
        let singles = f64::from(singles.copied().max().unwrap_or_default());
        let bands = [Some(&self.bands), self.wider.as_ref()].into_iter().flatten();
        bands.flat_map(|b| &b.ninety).map(|band| band[1]).fold(singles, f64::max)
    }
}

fn so_far(shape: &Shape) -> Bilingual {
    let label = &shape.series[0].label;
    if adds_up(shape) {
        return Bilingual::new(format!("{}，从头累计", label.zh), format!("{} so far", label.en));
    }
    label.clone()
}

fn mixed(colour: Rgb, paper: u16) -> Rgb {
    let mix =
        |a: u8, b: u8| ((u16::from(a) * (HUNDRED - paper) + u16::from(b) * paper) / HUNDRED) as u8;
    Rgb(mix(colour.0, PAPER_RAISED.0), mix(colour.1, PAPER_RAISED.1), mix(colour.2, PAPER_RAISED.2))
}

/// Where a panel stands and what its scale is.
struct Frame {
    x: f64,
    y: f64,
    w: f64,
    h: f64,
    days: usize,
    axis: Axis,
}

impl Frame {
    fn at(&self, day: usize, value: f64) -> (f64, f64) {
        let across = (self.days.max(2) - 1) as f64;
        (self.x + self.w * day as f64 / across, self.y + self.h * (1.0 - self.axis.part(value)))
    }

    fn line(&self, values: impl Iterator<Item = f64>) -> Vec<(f64, f64)> {
        values.enumerate().map(|(day, value)| self.at(day, value)).collect()
    }

    fn curve(&self, days: &[u32], stroke: Stroke) -> Item {
        Item::Line { points: self.line(days.iter().map(|&v| f64::from(v))), stroke }
    }

    fn band(&self, band: &[[f64; 2]]) -> Vec<(f64, f64)> {
        let mut points = self.line(band.iter().map(|ends| ends[1]));
        points.extend(self.line(band.iter().map(|ends| ends[0])).into_iter().rev());
        points
    }
}

/// The panels between two heights.
pub(super) fn items(arms: &[Arm], top: f64, bottom: f64, around: &Around) -> Vec<Item> {
    let lang = around.lang;
    let most = arms.iter().map(Arm::most).fold(1.0, f64::max);
    let axis = Axis::whole(0.0, most);
    let w =
        (INNER_MM - GAP_MM * (arms.len() as f64 - 1.0) - label_width(&axis)) / arms.len() as f64;
    let head = 2.0 * WORDS_MM;
    let panels = arms.iter().enumerate().map(|(at, arm)| {
        let frame = Frame {
            x: MARGIN_MM + label_width(&axis) + (w + GAP_MM) * at as f64,
            y: top + head,
            w,
            h: bottom - 3.2 * SMALL_MM * LINE_HEIGHT - top - head,
            days: arm.bands.days(),
            axis,
        };
        panel(arm, &frame, around.about, lang)
    });
    panels.collect()
}

/// Room for the numbers beside an axis.
fn label_width(axis: &Axis) -> f64 {
    let digits = grouped(axis.high as u64).len() as f64;
    digits * SMALL_MM / 2.0 + 1.0
}

fn panel(arm: &Arm, frame: &Frame, about: &About, lang: Lang) -> Item {
    let Frame { x, y, w, h, days, axis } = *frame;
    let mut items = vec![Item::Rect { x, y, w, h, corner: 0.0, paint: Paint::fill(PAPER_RAISED) }];
    for mark in axis.ticks() {
        let (_, y) = frame.at(0, mark);
        let stroke = Stroke::solid(RULING, 0.2);
        items.push(Item::Line { points: vec![(x, y), (x + w, y)], stroke });
        let text = grouped(mark as u64);
        items.push(words(x - 1.5, y + SMALL_MM / 3.0, SMALL_MM, Anchor::End, INK_SOFT, text));
    }
    if days > 1 {
        items.extend(drawn(arm, frame, lang));
        if arm.lags {
            items.extend(truncated(frame, lang));
        }
    }
    if days == 1 {
        let text = super::super::words::t(
            lang,
            "只有一天，没有走势；单次运行怎样分布，见下面",
            "one day has no course; how single runs are spread is shown below",
        );
        let middle = (x + w / 2.0, y + h / 2.0);
        items.push(words(middle.0, middle.1, WORDS_MM, Anchor::Middle, INK_SOFT, text.to_owned()));
    }
    let below = y + h + SMALL_MM * LINE_HEIGHT;
    for day in scale::days(days) {
        let (x, _) = frame.at(day, 0.0);
        let stroke = Stroke::solid(INK_SOFT, 0.2);
        items.push(Item::Line { points: vec![(x, y + h), (x, y + h + 0.9)], stroke });
        items.push(words(x, below, SMALL_MM, Anchor::Middle, INK_SOFT, (day + 1).to_string()));
    }
    let name = match lang {
        Lang::Zh => format!("第几天（第1天是{}）", about.first_day.zh),
        Lang::En => format!("day of the story (day 1 is {})", about.first_day.en),
    };
    let under = below + SMALL_MM * LINE_HEIGHT;
    items.push(words(x + w / 2.0, under, SMALL_MM, Anchor::Middle, INK_SOFT, name));
    let unit = crate::headless::words::unit(&arm.unit, lang);
    let title = match lang {
        Lang::Zh => format!("{}（{unit}）", arm.title.zh),
        // A plural says what is counted; a measure does not.
        Lang::En if MEASURED.contains(&arm.unit.as_str()) => {
            format!("{} ({unit})", super::capital(&arm.title.en))
        }
        Lang::En => super::capital(&arm.title.en),
    };
    let title = super::set(lang, &title);
    items.push(words(x, y - 1.8, WORDS_MM, Anchor::Start, INK, title.clone()));
    let (runs, lines) = (arm.runs, arm.lines.len());
    let label = match lang {
        Lang::Zh => format!("{title}：{runs}次运行的中位数、带和{lines}条单次的线"),
        Lang::En => format!("{title}: median, bands and {lines} single lines of {runs} runs"),
    };
    Item::Group { label, items }
}

fn drawn(arm: &Arm, frame: &Frame, lang: Lang) -> Vec<Item> {
    let mut items = Vec::new();
    for (band, paper) in [(&arm.bands.ninety, WIDE_BAND), (&arm.bands.half, NARROW_BAND)] {
        let paint = Paint::fill(mixed(arm.colour, paper));
        items.push(Item::Polygon { points: frame.band(band), paint });
    }
    for line in &arm.lines {
        items.push(frame.curve(line, Stroke::solid(mixed(INK_SOFT, SINGLE_LINES), 0.16)));
    }
    if let Some(wider) = &arm.wider {
        let stroke = Stroke::dashed(INK, 0.35, WIDER_DASH.0, WIDER_DASH.1);
        for end in [0, 1] {
            let points = frame.line(wider.ninety.iter().map(|ends| ends[end]));
            items.push(Item::Line { points, stroke });
        }
    }
    let points = frame.line(arm.bands.median.iter().copied());
    items.push(Item::Line { points, stroke: Stroke::solid(arm.colour, 1.0) });
    if let Some((_, curve)) = &arm.typical {
        items.push(frame.curve(curve, Stroke::dashed(INK, 0.5, TYPICAL_DASH.0, TYPICAL_DASH.1)));
    }
    if !arm.first.is_empty() {
        items.push(frame.curve(&arm.first, Stroke::dashed(INK, 0.7, OWN_DASH.0, OWN_DASH.1)));
    }
    if let Some(wider) = &arm.wider {
        items.extend(named_edge(frame, wider, lang));
    }
    items
}

/// The wider band has its name at its upper edge.
fn named_edge(frame: &Frame, wider: &Bands, lang: Lang) -> Vec<Item> {
    let day = wider.ninety.len() * 3 / 5;
    let Some(ends) = wider.ninety.get(day) else { return Vec::new() };
    let (x, y) = frame.at(day, ends[1]);
    let text = match lang {
        Lang::Zh => "参数也在变：十分之九",
        Lang::En => "numbers vary as well: nine in ten",
    };
    let y = (y - 1.2).max(frame.y + SMALL_MM);
    let name = words(x - 1.0, y, SMALL_MM, Anchor::End, INK, text.to_owned());
    let Item::Text(text) = &name else { return vec![name] };
    // Lines that pass behind it would strike it out.
    let ground = Item::Rect {
        x: text.left_mm() - 0.6,
        y: y - SMALL_MM,
        w: text.width_mm() + 1.2,
        h: SMALL_MM * 1.3,
        corner: 0.0,
        paint: Paint::fill(PAPER_RAISED),
    };
    vec![ground, name]
}

/// The last days of what is known, behind bars.
fn truncated(frame: &Frame, lang: Lang) -> Vec<Item> {
    let first = frame.days.saturating_sub(1 + LAG_DAYS);
    let (from, _) = frame.at(first, 0.0);
    let Frame { x, y, w, h, .. } = *frame;
    let stroke = Stroke::solid(FRAME, 0.22);
    let bars = (w / BAR_MM) as u32;
    let mut items: Vec<Item> = (0..=bars)
        .map(|n| from + f64::from(n) * BAR_MM)
        .take_while(|&at| at <= x + w)
        .map(|at| Item::Line { points: vec![(at, y), (at, y + h)], stroke })
        .collect();
    let text = match lang {
        Lang::Zh => format!("最后{LAG_DAYS}天：病了的人还没有报上来"),
        Lang::En => format!("last {LAG_DAYS} days: not yet known"),
    };
    items.push(words(from - 1.0, y + 1.4 * SMALL_MM, SMALL_MM, Anchor::End, INK_SOFT, text));
    items
}

/// What the lines mean, in words.
pub(super) fn key(arms: &[Arm], about: &About, lang: Lang) -> String {
    let Some(arm) = arms.last() else { return String::new() };
    let runs = grouped(arm.runs.into());
    let lines = arm.lines.len();
    let first = about.seeds.first;
    let (run, seed) =
        arm.typical.as_ref().map_or((0, first), |(run, _)| (run + 1, about.seeds.seed(*run)));
    let run = grouped(run as u64);
    match lang {
        Lang::Zh => {
            let wider = arm
                .wider
                .as_ref()
                .map_or("", |_| "虚线的两条边：拿不准的参数也在变时，十分之九的运行在其间。");
            format!(
                "粗线：每天的中位数；深色带：一半的运行在其间；浅色带：十分之九。{wider}细线：{lines}次单独的运行。点线：第1次，共{runs}次（种子{first}）。长划线：走势最居中的一次，第{run}次，共{runs}次（种子{seed}）。每次都只是{runs}种可能中的一种；带是逐日取的，单次会越出。"
            )
        }
        Lang::En => {
            let wider = arm.wider.as_ref().map_or("", |_| {
                "Dashed edges: nine in ten where numbers that are not known exactly vary as well. "
            });
            format!(
                "Thick line: the median of each day; dark band: half of the runs; light band: nine in ten. {wider}Thin lines: {lines} single runs. Dotted: run 1 of {runs} (seed {first}). Long dashes: the most central as a whole, run {run} of {runs} (seed {seed}). Each is one of {runs} that could have been; bands take each day by itself, single runs go beyond."
            )
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::headless::ensemble::tests::{about, ensemble};

    #[test]
    fn a_band_goes_there_and_back() {
        // Eighths are exact.
        let axis = Axis { low: 0.0, high: 8.0, step: 2.0 };
        let frame = Frame { x: 0.0, y: 0.0, w: 2.0, h: 8.0, days: 3, axis };
        let points = frame.band(&[[0.0, 8.0], [1.0, 7.0], [2.0, 6.0]]);
        let there_and_back =
            [(0.0, 0.0), (1.0, 1.0), (2.0, 2.0), (2.0, 6.0), (1.0, 7.0), (0.0, 8.0)];
        assert_eq!(points, there_and_back);
    }

    /// A curve of what days bring ends at the number of the sentence.
    #[test]
    fn what_adds_up_ends_at_its_total() {
        let mut runs = ensemble();
        runs.shape.totals[0] = runs.shape.series[0].clone();
        let rows = rows(&runs.rows, &runs.shape);
        for run in 0..runs.runs() as usize {
            let sum: u32 = runs.rows.curve(0, run).iter().sum();
            assert_eq!(rows.curve(0, run).last(), Some(&sum));
        }
        let key = key(&[Arm::one(&runs, None)], &about(), Lang::En);
        assert!(key.contains("run 1 of 30 (seed 100)") && key.contains("single runs"), "{key}");
    }
}
