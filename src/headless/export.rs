//! `export`: the board at one minute as a sheet of A3 or as a table.
//!
//! Floor 4. Reads a scene; writes one file. What it shows is what the office
//! knows at that minute and nothing else.

use std::fmt::Write as _;
use std::io::Write;
use std::path::Path;

use super::board_page::{self, Block, BoardInput, MarkEntry, Section, Square};
use super::files::{self, Failure};
use super::page::Meta;
use super::play::play;
use super::run::{CAVEAT, kind_label};
use super::tables::{csv_bytes, home_rows};
use super::{asked, exit, say};
use crate::base::text::{Bilingual, Lang, grouped, plural};
use crate::base::time::{DAY_MINUTES, Minute};
use crate::cli::ExportRequest;
use crate::layout::floors;
use crate::scenario::compile::Overrides;
use crate::scenario::script::Scenario;
use crate::session::Moment;
use crate::sim::board::colour::is_stale;
use crate::sim::board::{Legend, RiskColour};
use crate::sim::people::Marks;
use crate::sim::place::CompoundKind;

/// Plays to the minute and writes the file.
pub(super) fn export(
    request: &ExportRequest,
    lang: Lang,
    out: &mut dyn Write,
) -> Result<u8, Failure> {
    let path = Path::new(&request.out);
    let kind = Kind::of(path)?;
    let overrides =
        Overrides { seed: request.seed, params: request.set.clone(), ..Overrides::default() };
    let story = files::load(&request.scene, &overrides)?.scenario;
    let at = match &request.at {
        Some(text) => asked::minute(&story, text)?,
        None => story.setup.ends,
    };
    let legend = asked::legend(&story, request.legend.as_deref())?;
    let moment = play(&story, at, |_| {}).moment;
    let page = || {
        let mut input = board(&story, &moment, legend, lang);
        input.provenance.push(again(request, &story, at, legend, lang));
        (board_page::lay_out(&input), input.title)
    };
    let bytes = match kind {
        Kind::Csv => csv_bytes(request.bom, home_rows(&story, &moment, lang)),
        Kind::Svg => page().0.to_svg().into_bytes(),
        Kind::Pdf => {
            let (page, title) = page();
            let meta = Meta {
                title: title.get(lang).to_owned(),
                author: "zhanyitu".to_owned(),
                subject: CAVEAT.get(lang).to_owned(),
            };
            page.to_pdf(&meta).map_err(|error| Failure {
                code: exit::DISK,
                text: Bilingual::new(
                    format!("PDF 没有写成：{error}"),
                    format!("the PDF could not be made: {error}"),
                ),
            })?
        }
    };
    files::write_whole(path, &bytes)?;
    let (when, name) = (moment.sim().now(), path.display());
    let date = story.calendar.date(when.day());
    let text = match lang {
        Lang::Zh => format!("写好了：{name}（{when}，{date}；图例“{}”）", legend.name.zh),
        Lang::En => format!("written: {name} ({when}, {date}; legend `{}`)", legend.name.en),
    };
    say(out, &text);
    Ok(exit::FINE)
}

/// What is written.
#[derive(Debug, Clone, Copy)]
enum Kind {
    Svg,
    Pdf,
    Csv,
}

impl Kind {
    /// As the file's ending says.
    fn of(path: &Path) -> Result<Self, Failure> {
        let ending = path.extension().and_then(|e| e.to_str()).unwrap_or_default();
        match ending.to_ascii_lowercase().as_str() {
            "svg" => Ok(Self::Svg),
            "pdf" => Ok(Self::Pdf),
            "csv" => Ok(Self::Csv),
            _ => Err(Failure::asked(
                format!("“{}”看不出要写哪一种：文件名须以 .svg、.pdf 或 .csv 结尾", path.display()),
                format!(
                    "`{}` does not say what to write: the name ends in .svg, .pdf or .csv",
                    path.display()
                ),
            )),
        }
    }
}

/// How to make the same sheet again, for its small print.
fn again(
    request: &ExportRequest,
    story: &Scenario,
    at: Minute,
    legend: &Legend,
    lang: Lang,
) -> String {
    let scene = Path::new(&request.scene).file_name().unwrap_or_default().to_string_lossy();
    let mut command = format!("zhanyitu export {scene} --at \"{at}\" --seed {}", story.setup.seed);
    if story.legends.first().is_some_and(|first| first.id != legend.id) {
        let _ = write!(command, " --legend {}", legend.id);
    }
    for (path, value) in &request.set {
        let _ = write!(command, " --set {path}={value}");
    }
    match lang {
        Lang::Zh => format!("重新画这张图：{command} -o 图.pdf"),
        Lang::En => format!("To draw this sheet again: {command} -o board.pdf"),
    }
}

/// The sheet of the board, from what the office knows.
pub fn board(story: &Scenario, moment: &Moment, legend: &Legend, lang: Lang) -> BoardInput {
    let (setup, sim) = (&story.setup, moment.sim());
    let (now, rules) = (sim.now(), &setup.params.observation);
    let mut counts = vec![0_u64; legend.entries.len()];
    let mut marks = [0_u64; Marks::EACH.len()];
    let mut sections: Vec<Section> = setup
        .place
        .ways
        .iter()
        .map(|w| Section { name: w.name.get(lang).to_owned(), compounds: Vec::new() })
        .collect();
    for compound in &setup.place.compounds {
        let mut homes = Vec::with_capacity(compound.homes as usize);
        let columns = floors(&setup.place, compound);
        for home in compound.households().filter(|h| h.0 < setup.core_homes) {
            let known = &sim.board()[home.index()];
            let entry = legend.entry_of(known, now, rules);
            if let Some(entry) = entry {
                counts[entry] += 1;
            }
            for (count, mark) in marks.iter_mut().zip(Marks::EACH) {
                *count += u64::from(known.marks.has(mark));
            }
            homes.push(Square {
                unit: setup.place.dwellings[home.index()].unit.to_string(),
                marker: entry.and_then(|e| legend.entries[e].drawn()),
                marks: known.marks,
                note: None,
                stale: is_stale(known, now, rules),
            });
        }
        let name = compound.name.get(lang).to_owned();
        sections[compound.way.index()].compounds.push(Block {
            name,
            is_building: compound.kind == CompoundKind::Building,
            columns,
            homes,
        });
    }
    let entries = legend.entries.iter().zip(&counts);
    let clock = now.clock();
    BoardInput {
        lang,
        title: story.title.clone(),
        date: story.calendar.written_date(now.day(), lang),
        story_day: match lang {
            Lang::Zh => format!("第 {} 天", now.day().0),
            Lang::En => format!("day {}", now.day().0),
        },
        time: format!("{:02}:{:02}", clock / 60, clock % 60),
        legend_name: match lang {
            Lang::Zh => format!("图例：{}", legend.name.zh),
            Lang::En => format!("legend: {}", legend.name.en),
        },
        kind: kind_label(story.kind).get(lang).to_owned(),
        stale: stale_words(rules.stale / DAY_MINUTES, lang),
        counts: totals(story, moment, lang),
        sections,
        legend: entries
            .map(|(e, &count)| board_page::LegendEntry {
                marker: e.drawn(),
                label: e.label.get(lang).to_owned(),
                count,
            })
            .collect(),
        mark_legend: Marks::EACH
            .iter()
            .zip(marks)
            .map(|(&m, count)| MarkEntry { marks: m, label: m.label().get(lang).to_owned(), count })
            .collect(),
        provenance: vec![match lang {
            Lang::Zh => format!("图例出处：{}（{}）", legend.source.zh, legend.origin.label().zh),
            Lang::En => {
                format!("Source of the legend: {} ({})", legend.source.en, legend.origin.label().en)
            }
        }],
        seed: setup.seed,
        version: env!("CARGO_PKG_VERSION").to_owned(),
    }
}

/// What the wiped squares of the legend mean.
fn stale_words(days: u32, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("擦淡：{days}天以上没有音信"),
        Lang::En => {
            format!("wiped: no news for over {days} {}", plural(days.into(), "day", "days"))
        }
    }
}

fn totals(story: &Scenario, moment: &Moment, lang: Lang) -> Vec<String> {
    let (setup, sim) = (&story.setup, moment.sim());
    let of = |colour: RiskColour| setup.core().filter(|h| sim.colour(setup, *h) == colour).count();
    let known = (setup.core_homes as usize - of(RiskColour::NotYetKnown)) as u64;
    let today = sim.today(setup);
    match lang {
        Lang::Zh => vec![
            format!("已了解 {} 户", grouped(known)),
            format!("观察 {} 户", grouped(today.observed)),
            format!("今日通话 {} 次", grouped(today.calls)),
        ],
        Lang::En => vec![
            format!("{} {} known", grouped(known), plural(known, "home", "homes")),
            format!("{} in observation", grouped(today.observed)),
            format!("{} {} today", grouped(today.calls), plural(today.calls, "call", "calls")),
        ],
    }
}
