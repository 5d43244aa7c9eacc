//! One question, one picture.
//!
//! Floor 4. Reads results; writes a page as SVG or PDF. The sentence stands above, then
//! what kind of scene it is and which runs; below, what the lines mean, how to make the
//! picture again, and that it is no forecast. Line, pattern and place speak beside every
//! colour.
//!
//! ```text
//! curves  bands, the middle, single runs, day by day; two arms under one scale
//! strips  what single runs gave: the whole run, their worst day, and when it was
//! marks   a number with its interval for each measure or parameter
//! ```

mod curves;
mod marks;
mod scale;
mod strips;

use std::path::Path;

use crate::base::palette::{INK, INK_SOFT, PAPER, Rgb};
use crate::base::text::{Bilingual, Lang, grouped};
use crate::ensemble::nested::Nested;
use crate::ensemble::sentence::{TEACHING, Told};
use crate::ensemble::{Ensemble, Pairs};
use crate::headless::ensemble::{About, kind_words};
use crate::headless::exit;
use crate::headless::files::{self, Failure};
use crate::headless::page::fonts::{self, Font};
use crate::headless::page::{Anchor, Item, Meta, Page, Text};

pub(super) use marks::{Mark, MarkRow, Marks, Shape};

/// A4, landscape.
const WIDTH_MM: f64 = 297.0;
const HEIGHT_MM: f64 = 210.0;
const MARGIN_MM: f64 = 15.0;
const INNER_MM: f64 = WIDTH_MM - 2.0 * MARGIN_MM;
const GAP_MM: f64 = 16.0;
const TITLE_MM: f64 = 5.2;
const WORDS_MM: f64 = 3.6;
const SMALL_MM: f64 = 3.0;
const LINE_HEIGHT: f64 = 1.4;

/// What stands around a picture.
pub(super) struct Around<'a> {
    pub about: &'a About,
    pub told: &'a Told,
    /// A second sentence, below the first.
    pub second: Option<Bilingual>,
    /// Runs that were made of each arm.
    pub done: u32,
    pub lang: Lang,
}

/// Draws one arm; `wider` is what parameters do besides chance.
pub(super) fn of_runs(
    around: &Around,
    runs: &Ensemble,
    wider: Option<&Nested>,
    file: &Path,
) -> Result<(), Failure> {
    let arms = [curves::Arm::one(runs, wider)];
    let strips = strips::of_runs(runs, around.lang);
    drawn(around, &arms, &strips, file)
}

/// Draws two arms side by side.
pub(super) fn of_pairs(
    around: &Around,
    pairs: &Pairs,
    measure: &Bilingual,
    file: &Path,
) -> Result<(), Failure> {
    let arms = curves::Arm::two(pairs, measure);
    let strips = strips::of_pairs(pairs, around.lang);
    drawn(around, &arms, &strips, file)
}

/// Draws a number with its interval for each measure or parameter.
pub(super) fn of_marks(around: &Around, marks: &Marks, file: &Path) -> Result<(), Failure> {
    let mut page = Sheet::begin(around);
    let below = page.foot(around, &marks.key(around.lang));
    let items = marks.items(page.y, below, around.lang);
    page.page.items.extend(items);
    write(&page.page, around, file)
}

fn drawn(
    around: &Around,
    arms: &[curves::Arm],
    strips: &[strips::Strip],
    file: &Path,
) -> Result<(), Failure> {
    let mut page = Sheet::begin(around);
    let below = page.foot(around, &curves::key(arms, around.about, around.lang));
    let height = strips::height(strips);
    let items = curves::items(arms, page.y, below - height, around);
    page.page.items.extend(items);
    let items = strips::items(strips, below - height, around.lang);
    page.page.items.extend(items);
    write(&page.page, around, file)
}

/// A page being filled, and how far down it is.
struct Sheet {
    page: Page,
    y: f64,
}

impl Sheet {
    /// The sentence, and what was run.
    fn begin(around: &Around) -> Self {
        let Around { about, told, lang, .. } = *around;
        let page = Page {
            width_mm: WIDTH_MM,
            height_mm: HEIGHT_MM,
            title: told.sentence.get(lang).to_owned(),
            lang,
            ground: PAPER,
            items: Vec::new(),
        };
        let mut sheet = Self { page, y: MARGIN_MM + TITLE_MM };
        sheet.lines(TITLE_MM, INK, told.sentence.get(lang));
        if let Some(second) = &around.second {
            sheet.y += WORDS_MM / 3.0;
            sheet.lines(WORDS_MM, INK, second.get(lang));
        }
        sheet.y += WORDS_MM / 3.0;
        sheet.lines(WORDS_MM, INK_SOFT, &what_was_run(about, around.done, lang));
        sheet
    }

    fn lines(&mut self, size: f64, colour: Rgb, text: &str) {
        for line in fonts::wrap(Font::Plain, size, INNER_MM, &set(self.page.lang, text)) {
            self.page.items.push(words(MARGIN_MM, self.y, size, Anchor::Start, colour, line));
            self.y += size * LINE_HEIGHT;
        }
    }

    /// The key, and how it is made again: from the lower edge upwards. Gives the height
    /// that it leaves.
    fn foot(&mut self, around: &Around, key: &str) -> f64 {
        let Around { about, lang, .. } = *around;
        let About { version, model, asked, .. } = about;
        let again = match lang {
            Lang::Zh => format!(
                "{}再做一遍：zhanyitu {asked}（zhanyitu {version}，模型第{model}版）。每个数的出处：zhanyitu describe params。",
                TEACHING.zh
            ),
            Lang::En => format!(
                "{} To do it again: zhanyitu {asked} (zhanyitu {version}, model revision {model}). Source of every number: zhanyitu describe params.",
                TEACHING.en
            ),
        };
        let size = SMALL_MM;
        let lines: Vec<String> = [key, &again]
            .into_iter()
            .flat_map(|text| fonts::wrap(Font::Plain, size, INNER_MM, &set(lang, text)))
            .collect();
        let top = HEIGHT_MM - MARGIN_MM - (lines.len() as f64 - 1.0) * size * LINE_HEIGHT;
        let mut y = top;
        for line in lines {
            self.page.items.push(words(MARGIN_MM, y, size, Anchor::Start, INK_SOFT, line));
            y += size * LINE_HEIGHT;
        }
        top - 2.0 * size
    }
}

/// `What if · toilet_question.ron · 200 runs, seeds 9 to 208`
fn what_was_run(about: &About, done: u32, lang: Lang) -> String {
    let (title, kind) = (about.title.get(lang), kind_words(about.kind, lang));
    let (runs, first) = (grouped(done.into()), about.seeds.first);
    let last = first.wrapping_add(u64::from(done.saturating_sub(1)));
    let of = if done < about.seeds.count {
        let all = grouped(about.seeds.count.into());
        match lang {
            Lang::Zh => format!("（原要{all}个）"),
            Lang::En => format!(" of {all}"),
        }
    } else {
        String::new()
    };
    match lang {
        Lang::Zh => format!("{kind} · 《{title}》 · {runs}个种子{of}，{first}到{last}"),
        Lang::En => format!("{} · {title} · {runs}{of} seeds, {first} to {last}", capital(&kind)),
    }
}

/// As it is set on paper: the face of the house has Chinese quotation marks only, as
/// wide as a character, which tear holes into English.
fn set(lang: Lang, text: &str) -> String {
    match lang {
        Lang::Zh => text.to_owned(),
        Lang::En => text.replace(['“', '”'], "\""),
    }
}

/// The first letter as a capital.
fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
}

fn words(x: f64, y: f64, size_mm: f64, anchor: Anchor, fill: Rgb, words: String) -> Item {
    Item::Text(Text { x, y, size_mm, font: Font::Plain, anchor, fill, words })
}

fn write(page: &Page, around: &Around, file: &Path) -> Result<(), Failure> {
    let is_pdf = file.extension().is_some_and(|e| e.eq_ignore_ascii_case("pdf"));
    if !is_pdf {
        return files::write_whole(file, page.to_svg().as_bytes());
    }
    let meta = Meta {
        title: around.about.title.get(around.lang).to_owned(),
        author: "zhanyitu".to_owned(),
        subject: TEACHING.get(around.lang).to_owned(),
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
