//! `describe`: the model, its numbers and the words of scenes, from the cards.
//!
//! Floor 4. Reads cards; writes to the stream it is given. Nothing is described
//! from memory: what is listed here is what the program uses.

use std::io::Write;

use super::table::{Column, padded, row};
use super::words::{unit, value};
use super::{say, vocabulary};
use crate::base::text::{Bilingual, Lang};
use crate::cli::Topic;
use crate::session::model_card::MODEL_CARD;
use crate::session::objections::{OBJECTIONS, Place};
use crate::session::study::ranges;
use crate::sim::board::transitions::TABLE;
use crate::sim::card::{Card, Origin};
use crate::sim::counts::DayCounts;
use crate::sim::params::Params;
use crate::sim::work::measure_cards::{CARDS, Certainty};

/// Explains a topic.
pub(super) fn describe(topic: Topic, lang: Lang, out: &mut dyn Write) {
    match topic {
        Topic::Model => model(lang, out),
        Topic::Params => params(lang, out),
        Topic::Figures => figures(lang, out),
        Topic::Script => script(lang, out),
        Topic::Measures => measures(lang, out),
        Topic::Assumptions => assumptions(lang, out),
        Topic::Objections => objections(lang, out),
    }
}

fn model(lang: Lang, out: &mut dyn Write) {
    for (title, text) in &MODEL_CARD {
        say(out, title.get(lang));
        say(out, &format!("  {}", text.get(lang)));
    }
    say(out, "");
    say(out, Bilingual::fixed("颜色怎样变化", "How colours change").get(lang));
    for row in &TABLE {
        let changes: Vec<String> = row
            .changes
            .iter()
            .map(|(from, to)| format!("{} → {}", from.label().get(lang), to.label().get(lang)))
            .collect();
        let effect = if changes.is_empty() {
            Bilingual::fixed("颜色不变", "no change").get(lang).to_owned()
        } else {
            changes.join(Bilingual::fixed("，", ", ").get(lang))
        };
        say(out, &format!("  {:>2}  {}", row.row, row.event.get(lang)));
        say(out, &format!("      {effect}"));
    }
    let cards = Params::cards();
    let counts: Vec<String> = Origin::ALL
        .iter()
        .map(|o| {
            let count = cards.iter().filter(|c| c.origin == *o).count();
            format!("{} {count}", o.label().get(lang))
        })
        .collect();
    say(out, "");
    let text = match lang {
        Lang::Zh => format!("{}个参数的来历：{}", cards.len(), counts.join("，")),
        Lang::En => format!("Origin of the {} parameters: {}", cards.len(), counts.join(", ")),
    };
    say(out, &text);
}

fn params(lang: Lang, out: &mut dyn Write) {
    let intro = Bilingual::fixed(
        "参数的默认值、范围和意思；下一行是来历和出处。要改动，写进剧本的 params；只改一次，用 --set 名称=数。",
        "Each parameter's default, range and meaning; below it where it comes from. Change one with --set NAME=N, or in the params of a scene.",
    );
    say(out, intro.get(lang));
    let columns = [
        Column::words("", NAME_WIDTH),
        Column::words("", VALUE_WIDTH),
        Column::words("", RANGE_WIDTH),
        Column::words("", 0),
    ];
    let mut group = "";
    for card in Params::cards() {
        if card.group != group {
            group = card.group;
            say(out, "");
            say(out, &format!("[{group}]"));
        }
        let range = format!("{}–{}", card.min, card.max);
        let meaning = card.label.get(lang).to_owned();
        let cells = [card.path(), value(&card, lang), range, meaning];
        say(out, &format!("  {}", row(&columns, &cells)));
        let origin = card.origin.label();
        let source = match lang {
            Lang::Zh => format!("〔{}〕{}", origin.zh, card.source.zh),
            Lang::En => format!("[{}] {}", origin.en, card.source.en),
        };
        say(out, &format!("      {source}"));
    }
}

fn figures(lang: Lang, out: &mut dyn Write) {
    let intro = Bilingual::fixed(
        "每日数字：名称（剧本、JSON、CSV 里这样写）、单位、意思。",
        "The figures of a day: name (as scenes, JSON and CSV write it), unit, meaning.",
    );
    say(out, intro.get(lang));
    let columns = [Column::words("", 20), Column::words("", 9), Column::words("", 0)];
    for card in DayCounts::cards() {
        let cells = [
            card.name.to_owned(),
            unit(card.unit, lang).to_owned(),
            card.label.get(lang).to_owned(),
        ];
        say(out, &format!("  {}", row(&columns, &cells)));
    }
}

fn measures(lang: Lang, out: &mut dyn Write) {
    let intro = Bilingual::fixed(
        "每项措施怎样起作用、假定了什么、有多大把握、代价由谁承担。",
        "How each measure works, what is assumed, how sure one can be, what it costs and who bears it.",
    );
    say(out, intro.get(lang));
    for card in CARDS {
        let (name, label) = (card.measure.name(), card.measure.label());
        say(out, "");
        say(out, &format!("{name}  {}", label.get(lang)));
        let certainty = card.certainty.label();
        let parts = [
            (Bilingual::fixed("作用", "how"), &card.mechanism),
            (Bilingual::fixed("假定", "assumed"), &card.assumption),
            (Bilingual::fixed("出处", "source"), &card.source),
            (Bilingual::fixed("把握", "certainty"), &certainty),
            (Bilingual::fixed("代价", "cost"), &card.cost),
            (Bilingual::fixed("承担", "borne by"), &card.borne_by),
        ];
        for (head, text) in parts {
            say(out, &format!("  {}  {}", padded(head.get(lang), HEAD_WIDTH), text.get(lang)));
        }
    }
}

/// Everything that rests on nobody's study, the uncertain numbers of outbreaks first.
fn assumptions(lang: Lang, out: &mut dyn Write) {
    let intro = Bilingual::fixed(
        "没有研究可依、由我们自己估计的数。先是疫情最靠着的那些，带着“也可能对”的范围；再是其余的。哪个要紧：zhanyitu sensitivity 剧本。",
        "Numbers that no study gives and that we estimated. First those on which outbreaks hang most, each with the range of what could be right as well; then the others. Which of them matter: zhanyitu sensitivity SCENE.",
    );
    say(out, intro.get(lang));
    let cards = Params::cards();
    let assumed: Vec<_> = cards.iter().filter(|c| c.origin == Origin::Assumption).collect();
    let first = ranges::usual(&Params::default(), true);
    let columns = [
        Column::words("", NAME_WIDTH),
        Column::words("", VALUE_WIDTH),
        Column::words("", RANGE_WIDTH),
        Column::words("", 0),
    ];
    let line = |card: &Card, range: String, out: &mut dyn Write| {
        let cells = [card.path(), value(card, lang), range, card.label.get(lang).to_owned()];
        say(out, &format!("  {}", row(&columns, &cells)));
        say(out, &format!("      {}", card.source.get(lang)));
    };
    let is_first = |card: &Card| first.iter().find(|knob| knob.name == card.path());
    say(out, "");
    for (card, knob) in assumed.iter().filter_map(|card| Some((card, is_first(card)?))) {
        line(card, format!("{}–{}", knob.low, knob.high), out);
    }
    say(out, "");
    for card in assumed.iter().filter(|card| is_first(card).is_none()) {
        line(card, String::new(), out);
    }
    say(out, "");
    let measures = CARDS.iter().filter(|card| card.certainty == Certainty::Assumed);
    say(
        out,
        Bilingual::fixed("作用只是估计的措施：", "Measures whose effect is an estimate:").get(lang),
    );
    for card in measures {
        let label = card.measure.label();
        say(out, &format!("  {}  {}", label.get(lang), card.assumption.get(lang)));
    }
}

fn objections(lang: Lang, out: &mut dyn Write) {
    let intro = Bilingual::fixed(
        "看这样一个模型，有理由质疑的十二件事；每件下面是程序怎样回答，在哪里看。",
        "Twelve things that one may rightly object to in such a model; below each, how the program answers and where to look.",
    );
    say(out, intro.get(lang));
    for (number, objection) in (1..).zip(&OBJECTIONS) {
        say(out, "");
        say(out, &format!("{number:>2}  {}", objection.objection.get(lang)));
        say(out, &format!("    {}", objection.answer.get(lang)));
        let places: Vec<String> = objection.places.iter().map(Place::written).collect();
        let at = Bilingual::fixed("见：", "See: ");
        let between = Bilingual::fixed("、", ", ");
        say(out, &format!("    {}{}", at.get(lang), places.join(between.get(lang))));
    }
}

fn script(lang: Lang, out: &mut dyn Write) {
    for line in vocabulary::page(lang) {
        say(out, &line);
    }
}

/// Widths of the columns of parameters.
const NAME_WIDTH: usize = 30;
const VALUE_WIDTH: usize = 20;
const RANGE_WIDTH: usize = 12;
/// Width of the heads of a measure's card.
const HEAD_WIDTH: usize = 9;
