//! `describe`: the model, its numbers and the words of scenes, from the cards.
//!
//! Floor 4. Reads cards; writes to the stream it is given. Nothing is described
//! from memory: what is listed here is what the program uses.

use std::io::Write;

use super::files::Failure;
use super::{exit, say};
use crate::base::palette::Marker;
use crate::base::text::{Bilingual, Lang};
use crate::cli::Topic;
use crate::scenario::actions::COMMANDS;
use crate::sim::board::Sign;
use crate::sim::board::transitions::TABLE;
use crate::sim::card::Origin;
use crate::sim::counts::DayCounts;
use crate::sim::event::EventKind;
use crate::sim::params::Params;
use crate::sim::work::{Measure, MouthState, TaskKind};

/// Explains a topic.
pub(super) fn describe(topic: Topic, lang: Lang, out: &mut dyn Write) -> Result<u8, Failure> {
    match topic {
        Topic::Model => model(lang, out),
        Topic::Params => params(lang, out),
        Topic::Figures => figures(lang, out),
        Topic::Script => script(lang, out),
    }
    Ok(exit::FINE)
}

const MODEL: [(Bilingual, Bilingual); 8] = [
    (
        Bilingual::fixed("这是什么", "What it is"),
        Bilingual::fixed(
            "一个教学模型：2020年初北京一个社区怎样了解约两千户、怎样天天照看老人。人物、门牌、住户全部虚构，总数和日期来自记载。",
            "A teaching model of how one Beijing community got to know about 2,000 households in early 2020 and looked after its elders. People, doors and households are invented; totals and dates are from the record.",
        ),
    ),
    (
        Bilingual::fixed("四间屋", "Four rooms"),
        Bilingual::fixed(
            "实情：人在哪里，谁发热，谁跌倒。感知：社区怎样得知，各有漏报、延迟和不实。图：社区知道什么，颜色只由此得出。工作：有限的工时，做不完就留着，看得见。",
            "Truth: where people are, who has a fever, who has fallen. Senses: how the office comes to know, each with misses, delays and untruths. Board: what it knows; the colour follows from that alone. Work: finite hours; what is not done waits and shows.",
        ),
    ),
    (
        Bilingual::fixed("颜色的意思", "What colours mean"),
        Bilingual::fixed(
            "绿：没离京。橘：回京观察，或还没回来。红：家里有人发热。颜色说的是社区知道什么，不是谁染了病；多数红色是别的病。",
            "Green: did not leave Beijing. Orange: back and in observation, or away. Red: somebody has a fever. A colour says what the office knows, not who is infected; most reds are other illnesses.",
        ),
    ),
    (
        Bilingual::fixed("时间", "Time"),
        Bilingual::fixed(
            "以分钟计；每天零点按固定顺序走一遍各项规则。",
            "In minutes; at midnight the rules of the day run in a fixed order.",
        ),
    ),
    (
        Bilingual::fixed("偶然", "Chance"),
        Bilingual::fixed(
            "每个偶然都由种子和它自己的编号决定。同一种子，同一个世界；改了一件事，别的偶然不变。",
            "Every chance is decided by the seed and its own key. Same seed, same world; change one thing and every other chance stays as it was.",
        ),
    ),
    (
        Bilingual::fixed("能回答", "What it can answer"),
        Bilingual::fixed(
            "人手、电话、卡口、送物怎样互相挤占；一次无人接听多久有人到；图上与实情差在哪里。",
            "How hands, calls, lane mouths and deliveries compete; how long a silent phone waits for somebody at the door; where board and truth differ.",
        ),
    ),
    (
        Bilingual::fixed("不能回答", "What it cannot answer"),
        Bilingual::fixed(
            "不预测疫情，不评判哪一种做法更好，不代表任何真实的人。现在这一版没有传染，只有普通发热。",
            "It forecasts no epidemic, judges no policy, and stands for no real person. This version has no infection, only fevers of ordinary illness.",
        ),
    ),
    (
        Bilingual::fixed("出处", "Sources"),
        Bilingual::fixed(
            "每个参数都有单位、范围和出处，见 describe params。标为“估计”的是我们自己的判断。",
            "Every parameter has unit, range and source: describe params. What is marked `assumption` is our own judgement.",
        ),
    ),
];

fn model(lang: Lang, out: &mut dyn Write) {
    for (title, text) in &MODEL {
        say(out, title.get(lang));
        say(out, &format!("  {}", text.get(lang)));
    }
    say(out, "");
    say(out, Bilingual::fixed("颜色变化表", "Table of transitions").get(lang));
    for row in &TABLE {
        let changes: Vec<String> = row
            .changes
            .iter()
            .map(|(from, to)| format!("{}→{}", from.label().get(lang), to.label().get(lang)))
            .collect();
        let effect = if changes.is_empty() {
            Bilingual::fixed("颜色不变", "no change").get(lang).to_owned()
        } else {
            changes.join(", ")
        };
        say(out, &format!("  {:>2}  {}: {effect}", row.row, row.event.get(lang)));
    }
    let cards = Params::cards();
    let counts: Vec<String> = Origin::ALL
        .iter()
        .map(|o| {
            format!("{} {}", o.label().get(lang), cards.iter().filter(|c| c.origin == *o).count())
        })
        .collect();
    say(out, "");
    say(
        out,
        &format!(
            "{}: {}",
            Bilingual::fixed("参数的来历", "Origin of the parameters").get(lang),
            counts.join(", ")
        ),
    );
}

fn params(lang: Lang, out: &mut dyn Write) {
    let mut group = "";
    for card in Params::cards() {
        if card.group != group {
            group = card.group;
            say(out, &format!("[{group}]"));
        }
        say(
            out,
            &format!(
                "  {} = {} {}  ({}–{})",
                card.path(),
                card.default,
                card.unit,
                card.min,
                card.max
            ),
        );
        say(
            out,
            &format!(
                "      {}  [{}] {}",
                card.label.get(lang),
                card.origin.label().get(lang),
                card.source
            ),
        );
    }
}

fn figures(lang: Lang, out: &mut dyn Write) {
    for card in DayCounts::cards() {
        say(out, &format!("  {:<20} {:<10} {}", card.name, card.unit, card.label.get(lang)));
    }
}

fn script(lang: Lang, out: &mut dyn Write) {
    let list = |out: &mut dyn Write, title: Bilingual, words: &[String]| {
        say(out, title.get(lang));
        for chunk in words.chunks(6) {
            say(out, &format!("  {}", chunk.join("  ")));
        }
    };
    let owned = |words: &[&str]| words.iter().map(|w| (*w).to_owned()).collect::<Vec<_>>();
    let named = |(name, label): (&str, Bilingual)| format!("{name} ({})", label.get(lang));
    let triggers = ["at", "daily", "every", "after", "on", "once", "shows", "chapter", "asked"];
    list(out, Bilingual::fixed("何时（九种，选一）", "when (nine, choose one)"), &owned(&triggers));
    let actions =
        ["Fall", "Fever", "Leave", "ComeBack"].iter().chain(&COMMANDS).copied().collect::<Vec<_>>();
    list(out, Bilingual::fixed("做什么（do）", "what to do (do)"), &owned(&actions));
    list(
        out,
        Bilingual::fixed("看哪里（look）", "where to look (look)"),
        &owned(&["Community", "Lane", "Compound", "Home", "Legend"]),
    );
    let claims =
        ["Figure", "Total", "Happened", "Shows", "HoursHold", "MeasureIs", "MouthIs", "Waiting"];
    list(
        out,
        Bilingual::fixed("应当如何（expect）", "what must be true (expect)"),
        &owned(&claims),
    );
    list(
        out,
        Bilingual::fixed("事件", "events"),
        &EventKind::ALL.iter().map(|k| named((k.name(), k.label()))).collect::<Vec<_>>(),
    );
    let measures: Vec<String> = Measure::ALL.iter().map(|m| named((m.name(), m.label()))).collect();
    list(out, Bilingual::fixed("措施", "measures"), &measures);
    let tasks: Vec<String> = TaskKind::ALL.iter().map(|m| named((m.name(), m.label()))).collect();
    list(out, Bilingual::fixed("工作", "kinds of work"), &tasks);
    let mouths: Vec<String> =
        MouthState::ALL.iter().map(|m| named((m.name(), m.label()))).collect();
    list(out, Bilingual::fixed("胡同口", "lane mouths"), &mouths);
    let signs: Vec<String> = Sign::ALL.iter().map(|s| format!("{s:?}")).collect();
    list(out, Bilingual::fixed("图例的条件", "signs of a legend"), &signs);
    let markers: Vec<String> = Marker::ALL.iter().map(|m| format!("{m:?}")).collect();
    list(out, Bilingual::fixed("图例的颜色", "markers of a legend"), &markers);
}
