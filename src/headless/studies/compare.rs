//! `compare`: every seed without a measure and with it.
//!
//! Floor 4. Reads the desk of a study; writes what the pairs say.

use std::io::Write;
use std::path::Path;

use super::desk::{Bar, Desk, code, not_begun};
use super::honest;
use super::kept::Asked;
use super::picture::Around;
use super::uncertain::{self, Wider};
use super::words::{Means, endings, foot, heading, known_difference, share, so_far, spreads, t};
use super::{kept, picture};
use crate::base::ids::HouseholdId;
use crate::base::text::{Bilingual, Lang, grouped};
use crate::ensemble::pairs::Pair;
use crate::ensemble::sentence::{Told, tell};
use crate::ensemble::stats::paired::PairedSummary;
use crate::ensemble::{Pairs, Quantity, pair};
use crate::headless::ensemble::{About, csv, json, sensitivity};
use crate::headless::files::{self, Failure};
use crate::headless::{exit, say, tables};
use crate::scenario::script::Scenario;
use crate::session::study::{COSTS, Cause, cause};

/// The arms, as files of runs name them.
const ARMS: &[&str] = &["without", "with"];

pub(super) fn compare(
    desk: &Desk,
    names: &[String],
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<u8, Failure> {
    let owned = Desk::causes(names)?;
    let causes: Vec<&Cause> = owned.iter().collect();
    homes_can_be_told(desk)?;
    if cause::first_minute(desk.study.story(), &causes).is_none() {
        let label = cause::joined(&causes);
        let used =
            Cause::all().filter(|one| cause::first_minute(desk.study.story(), &[one]).is_some());
        let used = used.map(|one| one.name).collect::<Vec<_>>();
        let (zh, en) = match used.join(", ") {
            none if none.is_empty() => (String::new(), String::new()),
            names => (format!("；用过的有：{names}"), format!("; it uses: {names}")),
        };
        let text = Bilingual::new(
            format!("注意：剧本里从来没有用过{}，少了它不会有任何变化{zh}", label.zh),
            format!(
                "note: the scene never uses {}, so leaving that out changes nothing{en}",
                label.en
            ),
        );
        say(err, text.get(desk.lang));
    }
    let run = |seed: u64| match desk.world(seed) {
        Some(world) => desk.study.pair(&world, &causes),
        None => Pair { without: desk.study.nothing(), with: desk.study.nothing() },
    };
    let asked = Asked { causes: &causes, arms: &kept::fixed(ARMS), shape: desk.study.shape() };
    let pairs = if let Some(file) = &desk.request.from {
        kept::read(desk, file, &asked)?.pairs().map_err(kept::unusable)?
    } else if let Some(file) = &desk.request.out {
        let arms = |seed| {
            let pair = run(seed);
            vec![pair.without, pair.with]
        };
        match kept::write(desk, file, &asked, arms, out)? {
            kept::Kept::Whole(reader) => reader.pairs().map_err(kept::unusable)?,
            kept::Kept::Part(code) => return Ok(code),
        }
    } else {
        let bar = Bar::new(desk.lang);
        let pairs = pair(desk.study.shape().clone(), &desk.plan(), run, |p| {
            bar.at(p.done as usize, p.of as usize);
            bar.so_far(|| {
                let label = t(desk.lang, "减少的数", "how many fewer");
                Some(so_far(desk.lang, label, &p.so_far.summary(0)?.difference))
            });
        })
        .map_err(not_begun)?;
        desk.all_made()?;
        pairs
    };
    let wider = uncertain::of_pairs(desk, &causes)?;
    told(desk, &causes, &pairs, wider.as_ref(), out)?;
    if wider.is_some_and(|wider| !wider.is_whole()) {
        return Ok(exit::INTERRUPTED);
    }
    Ok(code(pairs.count() as usize, pairs.without.seeds.count as usize))
}

fn homes_can_be_told(desk: &Desk) -> Result<(), Failure> {
    if desk.request.homes.is_some() && desk.study.shape().homes == 0 {
        return Err(Failure::asked(
            "这个剧本里没有疫情，没有哪一户会感染，--homes 无从列起",
            "this scene has no outbreak: no home is ever reached, and --homes has nothing to list",
        ));
    }
    Ok(())
}

fn told(
    desk: &Desk,
    causes: &[&Cause],
    pairs: &Pairs,
    wider: Option<&Wider>,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let lang = desk.lang;
    let about = desk.about(causes, pairs.without.seeds);
    let label = cause::joined(causes);
    let totals = &pairs.without.shape.totals;
    let told = tell(pairs.summary(0).as_ref(), &label, &totals[0].label);
    let fewer = wider.map(|wider| wider.fewer(totals)).unwrap_or_default();
    let bands =
        wider.and_then(|wider| wider.bands(&pairs.summary(0)?.difference, &fewer.first()?.1, true));
    desk.csv("compare", || {
        let mut rows = csv::pair_rows(&about, pairs, &told, lang);
        if let Some(Wider { nested, knobs }) = wider {
            let nested = sensitivity::nested_pair_rows(&about, nested, knobs, &fewer, lang);
            rows.extend(uncertain::more(nested));
        }
        rows
    })?;
    if let Some(file) = &desk.request.picture {
        let second = bands.map(|bands| bands.sentence(&totals[0].label));
        let around = Around { about: &about, told: &told, second, done: pairs.count(), lang };
        picture::of_pairs(&around, pairs, &label, Path::new(file))?;
    }
    if let Some(file) = &desk.request.homes {
        homes(desk, &about, pairs, &told, Path::new(file))?;
    }
    if desk.request.json {
        let wider = wider.map(|wider| uncertain::value(wider, bands.as_ref(), &totals[0]));
        say(out, &json::pair_text(&about, pairs, &told, wider));
        return Ok(());
    }
    say(out, &told.text(lang));
    if let Some(line) = &about.caution {
        say(out, line.get(lang));
    }
    for (at, quantity) in totals.iter().enumerate().take(desk.study.named()) {
        if let Some(summary) = pairs.summary(at) {
            if at == 0 {
                died_out(&summary, lang, out);
            }
            one(quantity, &summary, lang, out);
        }
    }
    let costs: Vec<(&Quantity, PairedSummary)> = (desk.study.named()..totals.len())
        .filter(|&at| COSTS.contains(&totals[at].name.as_str()))
        .filter_map(|at| Some((&totals[at], pairs.summary(at)?)))
        .collect();
    honest::costs(&costs, &about.measures, lang, out);
    if let Some(wider) = wider {
        wider.told(bands.as_ref(), &totals[0], lang, out);
    }
    foot(&about, pairs.count() as usize, lang, out);
    Ok(())
}

fn died_out(s: &PairedSummary, lang: Lang, out: &mut dyn Write) {
    if s.died_out_without.of == 0 {
        return;
    }
    say(out, "");
    let (without, with) = (share(lang, s.died_out_without), share(lang, s.died_out_with));
    let parts = [&s.endings_without, &s.endings_with].map(|e| endings(lang, e));
    let [of_without, of_with] = parts;
    say(
        out,
        &match lang {
            Lang::Zh => format!("不到十例的：没有措施时{without}；有措施时{with}。"),
            Lang::En => format!("Fewer than ten cases: without, {without}; with, {with}."),
        },
    );
    if s.died_out_without.count + s.died_out_with.count > 0 {
        say(
            out,
            &match lang {
                Lang::Zh => format!("其中：没有措施时，{of_without}；有措施时，{of_with}。"),
                Lang::En => format!("Of these: without, {of_without}; with, {of_with}."),
            },
        );
    }
    if s.empty > 0 {
        let n = grouped(s.empty.into());
        say(
            out,
            &match lang {
                Lang::Zh => format!("两边都没有一例的有{n}对，这些什么也看不出。"),
                Lang::En => format!(
                    "In {n} pairs there was not one case in either run; these show nothing."
                ),
            },
        );
    }
}

fn one(quantity: &Quantity, s: &PairedSummary, lang: Lang, out: &mut dyn Write) {
    say(out, "");
    say(out, &heading(quantity, lang));
    let means = Means::of_pair([s.without.mean, s.with.mean], &s.mean);
    spreads(
        lang,
        &[
            (t(lang, "没有措施", "without"), &s.without, &means.without),
            (t(lang, "有措施", "with"), &s.with, &means.with),
            (t(lang, "减少", "fewer with it"), &s.difference, &means.difference),
        ],
        out,
    );
    let of = grouped(s.pairs.into());
    let benefit = s.seeds.strictly();
    let [better, same, worse] =
        [s.seeds.better, s.seeds.same, s.seeds.worse].map(|n| grouped(n.into()));
    let interval = super::words::range(lang, benefit.interval().map(|x| x * 100.0));
    let value = super::words::percent(benefit.value());
    say(
        out,
        &match lang {
            Lang::Zh => format!(
                "{of}对里减少的{better}对（{value}，95 %区间{interval} %），毫无变化的{same}对，增加的{worse}对。"
            ),
            Lang::En => format!(
                "Fewer in {better} of {of} pairs ({value}, 95 % interval {interval} %); nothing changed in {same} of {of}; more in {worse}."
            ),
        },
    );
    say(out, &known_difference(lang, &s.mean, &means.difference));
}

/// A table of homes, and beside it a text that says what it is and a table of where its
/// numbers come from.
fn homes(
    desk: &Desk,
    about: &About,
    pairs: &Pairs,
    told: &Told,
    file: &Path,
) -> Result<(), Failure> {
    let lang = desk.lang;
    let rows = home_rows(desk.study.story(), pairs, lang);
    files::write_whole(file, &tables::csv_bytes(desk.request.bom, rows))?;
    let mut text = told.text(lang).into_bytes();
    text.push(b'\n');
    foot(about, pairs.count() as usize, lang, &mut text);
    files::write_whole(&file.with_extension("about.txt"), &text)?;
    let rows = csv::about_rows(about, pairs.count(), told, lang);
    let bytes = tables::csv_bytes(desk.request.bom, rows);
    files::write_whole(&file.with_extension("about.csv"), &bytes)
}

fn home_rows(story: &Scenario, pairs: &Pairs, lang: Lang) -> Vec<Vec<String>> {
    let headings: [&str; 10] = match lang {
        Lang::Zh => [
            "编号",
            "胡同",
            "院落",
            "单元",
            "对数",
            "免于感染",
            "没有变化",
            "反而感染",
            "没有措施时感染",
            "有措施时感染",
        ],
        Lang::En => [
            "household",
            "lane",
            "compound",
            "unit",
            "pairs",
            "spared",
            "same",
            "worse",
            "reached without",
            "reached with",
        ],
    };
    let mut rows = vec![headings.map(str::to_owned).to_vec()];
    let place = &story.setup.place;
    rows.extend(pairs.homes.homes.iter().enumerate().map(|(at, counts)| {
        let home = HouseholdId::from_index(at);
        let compound = place.compound(place.compound_of(home));
        let mut row = vec![
            home.to_string(),
            place.ways[compound.way.index()].name.get(lang).to_owned(),
            compound.name.get(lang).to_owned(),
            place.dwellings[at].unit.to_string(),
        ];
        let all = pairs.homes.pairs;
        let numbers = [
            all,
            counts.spared,
            counts.same(all),
            counts.worse,
            counts.reached_without(),
            counts.reached_with(),
        ];
        row.extend(numbers.map(|n| n.to_string()));
        row
    }));
    rows
}
