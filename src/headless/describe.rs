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
use crate::sim::board::transitions::TABLE;
use crate::sim::card::Origin;
use crate::sim::counts::DayCounts;
use crate::sim::params::Params;
use crate::sim::work::measure_cards::CARDS;

/// Explains a topic.
pub(super) fn describe(topic: Topic, lang: Lang, out: &mut dyn Write) {
    match topic {
        Topic::Model => model(lang, out),
        Topic::Params => params(lang, out),
        Topic::Figures => figures(lang, out),
        Topic::Script => script(lang, out),
        Topic::Measures => measures(lang, out),
    }
}

const MODEL: [(Bilingual, Bilingual); 8] = [
    (
        Bilingual::fixed("这是什么", "What it is"),
        Bilingual::fixed(
            "一个教学用的模型：2020年初，北京一个社区怎样在几天里了解约两千户人家，又怎样天天照看独居和空巢的老人。人物、门牌和住户都是虚构的；总数和日期来自记载。",
            "A teaching model: how one Beijing community got to know about 2,000 households within days in early 2020, and looked after its elders day by day. People, doors and households are invented; totals and dates are from the record.",
        ),
    ),
    (
        Bilingual::fixed("由什么组成", "What it is made of"),
        Bilingual::fixed(
            "四部分。实情：谁在家，谁发热，谁跌倒了。得知：社区怎样听说这些事，会漏、会晚，也会不实。图：社区知道的事；颜色只由此而来。工作：工时有限，来不及做的就等着，看得见。",
            "Four parts. Truth: who is at home, who has a fever, who has fallen. Senses: how the office hears of it, sometimes late, sometimes wrongly, sometimes not at all. Board: what the office knows; the colour follows from that alone. Work: hours are finite; what is not done waits, and shows.",
        ),
    ),
    (
        Bilingual::fixed("颜色的意思", "What the colours mean"),
        Bilingual::fixed(
            "绿：没有人离京。橘：回京后在观察，或离京还没回来。红：家里有人发热。空白：还没问到。颜色说的是社区知道什么，不是谁得了什么病；发热大多是别的病。",
            "Green: nobody left Beijing. Orange: back and in observation, or still away. Red: somebody at home has a fever. Empty: not asked yet. A colour says what the office knows, not what anybody has caught; most fevers are other illnesses.",
        ),
    ),
    (
        Bilingual::fixed("时间", "Time"),
        Bilingual::fixed(
            "按分钟走；每天零点，各项规则按固定的先后走一遍。",
            "Minute by minute; at midnight the rules of the day run in a fixed order.",
        ),
    ),
    (
        Bilingual::fixed("偶然", "Chance"),
        Bilingual::fixed(
            "每件偶然的事都由种子和它自己的编号决定。种子相同，世界就相同；改动一件事，其余的偶然不变。",
            "Every chance is decided by the seed and its own key. Same seed, same world; change one thing and every other chance stays as it was.",
        ),
    ),
    (
        Bilingual::fixed("能回答什么", "What it can answer"),
        Bilingual::fixed(
            "人手、电话、胡同口、送东西怎样互相挤占；电话没人接，要多久有人到门口；图上和实情差在哪里。",
            "How calls, lane mouths and deliveries compete for the same hands; how long a silent phone waits for somebody at the door; where board and truth differ.",
        ),
    ),
    (
        Bilingual::fixed("不能回答什么", "What it cannot answer"),
        Bilingual::fixed(
            "它不预测疫情，不评判哪种做法更好，也不代表任何真实的人。只有写了 illness 的剧本才有传染，其余只有普通的发热。走一遍只是许多种可能中的一种。",
            "It forecasts no epidemic, judges no policy and stands for no real person. Only scenes with `illness` have contagion, the others fevers of ordinary illness. One run is one of many that could have been.",
        ),
    ),
    (
        Bilingual::fixed("数字从哪里来", "Where the numbers come from"),
        Bilingual::fixed(
            "每个参数都写明单位、范围和出处：zhanyitu describe params。标着“估计”的，是我们自己的判断。",
            "Every parameter has its unit, range and source: zhanyitu describe params. What is marked `assumption` is our own judgement.",
        ),
    ),
];

fn model(lang: Lang, out: &mut dyn Write) {
    for (title, text) in &MODEL {
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
