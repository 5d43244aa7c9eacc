//! The words a scene may use, with what they mean and how they are written.
//!
//! Floor 4. Reads the names that the scene reader knows; makes lists. Tests hold
//! the lists and the reader together.

use super::table::padded;
use crate::base::palette::Marker;
use crate::base::text::{Bilingual, Lang};
use crate::sim::board::Sign;
use crate::sim::card::Origin;
use crate::sim::event::EventKind;
use crate::sim::work::{Measure, MouthState, TaskKind};

/// A word, how it is written, and what it means.
type Entry = (&'static str, Bilingual);

/// A heading and what stands under it.
type Part = (Bilingual, Vec<(String, String)>);

const fn entry(written: &'static str, zh: &'static str, en: &'static str) -> Entry {
    (written, Bilingual::fixed(zh, en))
}

/// What a cue waits for; each cue has exactly one.
pub(super) const TRIGGERS: [Entry; 9] = [
    entry(
        "at: \"D5 18:00\"",
        "到了某一刻；也可写 \"2020-01-28 18:00\"",
        "at a minute; also \"2020-01-28 18:00\"",
    ),
    entry(
        "daily: (at: \"21:00\", from: \"D8\")",
        "每天这个钟点；from、until 可不写",
        "every day; from and until may be left out",
    ),
    entry("every: (days: 7, at: \"20:00\")", "每隔几天", "every so many days"),
    entry(
        "after: (cue: \"fall\", minutes: 60)",
        "另一个条目之后若干分钟",
        "minutes after another cue",
    ),
    entry(
        "on: (event: \"CallUnanswered\", home: \"elder\")",
        "某件事发生时；home、since、each 可不写",
        "when something happens; home, since, each may be left out",
    ),
    entry(
        "once: (figure: \"unknown\", at_most: 1000)",
        "某个数字第一次到达范围时",
        "when a figure first lies within bounds",
    ),
    entry(
        "shows: (home: \"elder\", colour: Red)",
        "某一户第一次变成某种颜色时",
        "when a home first shows a colour",
    ),
    entry("chapter: \"five_days\"", "某一章开始时", "when a chapter begins"),
    entry("asked: \"Call\"", "观众第一次这样做时", "when a visitor first asks for it"),
];

/// What a cue does.
pub(super) const ACTIONS: [Entry; 18] = [
    entry("Fall(\"elder\")", "有人跌倒，社区并不知道", "somebody falls; the office does not know"),
    entry("Fever(\"elder\")", "有人发热（普通疾病）", "somebody gets a fever of ordinary illness"),
    entry("Leave(\"elder\")", "有人离京", "somebody leaves Beijing"),
    entry("ComeBack(\"elder\")", "离京的人回来", "somebody who is away comes back"),
    entry(
        "ImportCase(\"elder\")",
        "有人在外面染上，社区并不知道；剧本须有 illness",
        "somebody catches it outside; the office does not know; needs `illness`",
    ),
    entry("ImportCases(3)", "同上，抽签选几个人", "the same, so many, picked by a draw"),
    entry("Call(\"H0417\")", "打电话", "ring a home"),
    entry("Visit(\"H0417\")", "上门看看", "go to a door"),
    entry("Deliver(\"H0417\")", "送东西", "bring something"),
    entry("Note(\"H0417\", \"…\")", "在这一户旁写几个字", "write a few words beside a home"),
    entry("RegisterReturn(\"H0417\")", "登记返京的人", "write down who came back"),
    entry("Tell(\"H0417\", Fever)", "社区得知一件事", "the office is told something"),
    entry("Mouth(\"M1\", Sealed)", "胡同口敞开、值守或封闭", "open, staff or close a lane mouth"),
    entry(
        "Measure(Deliveries, 500)",
        "改一项措施的力度（千分之几，0为停止）",
        "set a measure's strength in permille; 0 ends it",
    ),
    entry("Callers(6)", "同时打电话的人数", "how many are on the phone at once"),
    entry(
        "Priority([Help, Fever, …])",
        "各种工作的先后，每种写一次",
        "the order of the kinds of work, each once",
    ),
    entry("Staff(12)", "上班的社工人数", "how many workers are on duty"),
    entry("Join(\"elder\")", "一位居民加入", "a resident joins"),
];

/// How a chapter is told.
const BEATS: [Entry; 9] = [
    entry(
        "cue: \"silent\"",
        "讲到哪一条；说的话就是那一条的 say",
        "the cue it goes to; what that cue says is said",
    ),
    entry(
        "over: 4",
        "用几秒走到那里；不写就直接跳过去",
        "seconds the way takes; without it, a jump",
    ),
    entry("hold: 6", "停几秒，好让人读完", "seconds it stays, long enough to read"),
    entry(
        "express: false",
        "简版里讲不讲；不写就随这一章",
        "in the short cut or not; without it as its chapter",
    ),
    entry(
        "look: Home(\"elder\")",
        "看哪里；不写就看那一条的 look",
        "where one looks; without it, where the cue looks",
    ),
    entry("show: Plan", "图板 Board 或街巷 Plan", "Board or Plan"),
    entry(
        "tab: Today",
        "旁边摆什么：Card、Today、Feed、Trends",
        "what stands beside: Card, Today, Feed, Trends",
    ),
    entry(
        "point: Home(\"elder\")",
        "一只手指着哪一户、哪个院",
        "the home or compound a hand points at",
    ),
    entry("talk: \"well\"", "这里可以由观众打的一个电话", "a call that a visitor may make here"),
];

/// Where a cue looks.
const LOOKS: [Entry; 5] = [
    entry("Community", "整个社区", "the whole community"),
    entry("Lane(\"W03\")", "一条胡同", "a lane"),
    entry("Compound(\"C017\")", "一个院子或一栋楼", "a courtyard or building"),
    entry("Home(\"elder\")", "一户；角色名或 H0417", "a home, by cast name or H0417"),
    entry("Legend(\"fuxiang\")", "换一种图例", "another legend"),
];

/// What must be true when a cue happens.
const CLAIMS: [Entry; 8] = [
    entry("Figure((figure: \"red\", at_most: 20))", "此刻的一个数字", "a figure now"),
    entry("Total((figure: \"helped\", at_least: 1))", "至今合计", "a figure summed up so far"),
    entry(
        "Happened((event: \"Found\", home: \"elder\", within: 720))",
        "若干分钟内发生过",
        "something happened in the last minutes",
    ),
    entry("Shows((home: \"elder\", colour: Green))", "一户的颜色", "a home's colour"),
    entry("HoursHold", "哪一天用掉的工时都不超过现有的", "no day uses more hours than there are"),
    entry("MeasureIs(ObserveAll, 1000)", "措施的力度至少是", "a measure's strength is at least"),
    entry("MouthIs(\"M1\", Staffed)", "胡同口的状态", "a lane mouth's state"),
    entry("Waiting(Survey, 0)", "等着办的某种工作至多几件", "at most so many tasks waiting"),
];

/// The illness of a scene, and the infections that the scene itself brings in.
const ILLNESS: [Entry; 5] = [
    entry(
        "kind: AsRecorded",
        "按记载：只有返京和外出带来的，多数时候一例也没有；WhatIf：剧本另外安排输入",
        "only what returns and trips bring in, most often nothing; WhatIf: with imports of its own",
    ),
    entry("imports: [(at: \"D4 08:00\", …)]", "何时输入；可不写", "when; may be left out"),
    entry("who: \"elder\"", "一个人：角色名或 P00001", "one person: a cast name or P00001"),
    entry("home: \"H0417\"", "一户的户主", "the first member of a home"),
    entry("count: 3", "抽签选几个人", "so many, picked by a draw"),
];

/// What a conversation that a visitor can have is made of.
const TALKS: [Entry; 5] = [
    entry("id: \"well\", home: \"elder\"", "名称，打给谁", "its name, and who is rung"),
    entry(
        "opens: (zh: \"…\", en: \"…\")",
        "接起来先听到的话；closes 是最后一句",
        "what is heard first; closes: what is heard last",
    ),
    entry("exchanges: [(choices: […])]", "1至3个来回", "1 to 3 exchanges"),
    entry(
        "choices: [(say: (…), hear: (…))]",
        "2至3句可选的话，和听到的回答",
        "2 or 3 things to say, and what is heard back",
    ),
    entry(
        "do: [Deliver(\"elder\")]",
        "选了这句就去做的事，可不写；跌倒等不行",
        "what a choice sets going; may be left out; no falls",
    ),
];

fn sign(sign: Sign) -> Bilingual {
    match sign {
        Sign::NotYetKnown => Bilingual::fixed("尚未了解", "nothing is known yet"),
        Sign::Known => Bilingual::fixed("已经了解", "the home is known"),
        Sign::Fever => Bilingual::fixed("在册发热", "a fever is on the books"),
        Sign::Clock => Bilingual::fixed("返京或接触后未满期", "a period of observation is running"),
        Sign::Observed => Bilingual::fixed("每天要询问", "daily checks are due"),
        Sign::Away => Bilingual::fixed("离京未归", "away and not yet back"),
        Sign::Returned => Bilingual::fixed("故事中返京过", "came back during the story"),
        Sign::FromEpidemicArea => Bilingual::fixed("从疫区返回", "came back from an epidemic area"),
        Sign::Tenant => Bilingual::fixed("租户", "private tenants"),
        Sign::Settled => Bilingual::fixed("老住户", "owners and long-standing tenants"),
        Sign::Stale => Bilingual::fixed("消息已旧", "the news is old"),
    }
}

/// A marker's colour.
fn marker(marker: Marker) -> Bilingual {
    match marker {
        Marker::Red => Bilingual::fixed("红", "red"),
        Marker::Orange => Bilingual::fixed("橘", "orange"),
        Marker::Green => Bilingual::fixed("绿", "green"),
        Marker::Blue => Bilingual::fixed("蓝", "blue"),
        Marker::Pink => Bilingual::fixed("粉", "pink"),
        Marker::Yellow => Bilingual::fixed("黄", "yellow"),
        Marker::White => Bilingual::fixed("白", "white"),
    }
}

fn origin(origin: Origin) -> Bilingual {
    match origin {
        Origin::Article => {
            Bilingual::fixed("新华社2020年11月13日的报道", "the Xinhua report of 13 November 2020")
        }
        Origin::Record => Bilingual::fixed(
            "其他记载：报刊、通告、统计",
            "other records: press, notices, statistics",
        ),
        Origin::Paper => Bilingual::fixed("论文", "a published study"),
        Origin::Assumption => Bilingual::fixed("我们的估计", "our own estimate"),
        Origin::Invented => Bilingual::fixed("为故事编的", "made up for the story"),
    }
}

/// Every part, in the order in which a scene needs them.
pub(super) fn parts(lang: Lang) -> Vec<Part> {
    let written = |list: &[Entry]| {
        list.iter().map(|(w, text)| ((*w).to_owned(), text.get(lang).to_owned())).collect()
    };
    let named = |list: Vec<(&str, Bilingual)>| {
        list.into_iter().map(|(name, text)| (name.to_owned(), text.get(lang).to_owned())).collect()
    };
    vec![
        (
            Bilingual::fixed("何时：每个条目写一种", "when: one of these for each cue"),
            written(&TRIGGERS),
        ),
        (Bilingual::fixed("做什么：do: […]", "what it does: do: […]"), written(&ACTIONS)),
        (Bilingual::fixed("看哪里：look: …", "where it looks: look: …"), written(&LOOKS)),
        (Bilingual::fixed("预期：expect: […]", "what must be true: expect: […]"), written(&CLAIMS)),
        (
            Bilingual::fixed(
                "怎样讲：一章的 beats: […]",
                "how it is told: beats: […] of a chapter",
            ),
            written(&BEATS),
        ),
        (
            Bilingual::fixed("参观者的电话：talks: […]", "a visitor's call: talks: […]"),
            written(&TALKS),
        ),
        (Bilingual::fixed("传染病：illness: (…)", "the illness: illness: (…)"), written(&ILLNESS)),
        (
            Bilingual::fixed("来历：origin: …", "where it comes from: origin: …"),
            named(Origin::ALL.iter().map(|o| (origin_name(*o), origin(*o))).collect()),
        ),
        (
            Bilingual::fixed("事件：event: \"…\"", "events: event: \"…\""),
            named(EventKind::ALL.iter().map(|k| (k.name(), k.label())).collect()),
        ),
        (
            Bilingual::fixed("措施：measure: …", "measures: measure: …"),
            named(Measure::ALL.iter().map(|m| (m.name(), m.label())).collect()),
        ),
        (
            Bilingual::fixed("工作的种类", "kinds of work"),
            named(TaskKind::ALL.iter().map(|k| (k.name(), k.label())).collect()),
        ),
        (
            Bilingual::fixed("胡同口：state: …", "lane mouths: state: …"),
            named(MouthState::ALL.iter().map(|m| (m.name(), m.label())).collect()),
        ),
        (
            Bilingual::fixed("图例的条件：when: […]", "signs of a legend: when: […]"),
            Sign::ALL.iter().map(|s| (format!("{s:?}"), sign(*s).get(lang).to_owned())).collect(),
        ),
        (
            Bilingual::fixed("图例的颜色：marker: …", "markers of a legend: marker: …"),
            Marker::ALL
                .iter()
                .map(|m| (format!("{m:?}"), marker(*m).get(lang).to_owned()))
                .collect(),
        ),
    ]
}

/// As files write it.
const fn origin_name(origin: Origin) -> &'static str {
    match origin {
        Origin::Article => "article",
        Origin::Record => "record",
        Origin::Paper => "paper",
        Origin::Assumption => "assumption",
        Origin::Invented => "invented",
    }
}

/// The whole page.
pub(super) fn page(lang: Lang) -> Vec<String> {
    let intro = Bilingual::fixed(
        "剧本是文本文件，一个条目写一个何时，再写 do、say、look、expect 中的任意几样，最后写来历。先用 zhanyitu new 写一个，照着改。",
        "A scene is a text file. A cue has one trigger, any of do, say, look and expect, and its origin. Begin with `zhanyitu new` and change what it writes.",
    );
    let mut lines = vec![intro.get(lang).to_owned()];
    for (title, rows) in parts(lang) {
        lines.push(String::new());
        lines.push(title.get(lang).to_owned());
        let short = rows.iter().all(|row| row.0.chars().count() <= SHORT);
        for (word, text) in rows {
            lines.push(format!("  {}  {text}", padded(&word, if short { SHORT } else { LONG })));
        }
    }
    let more = Bilingual::fixed(
        "数字的名称见 zhanyitu describe figures，参数见 zhanyitu describe params。",
        "Names of figures: zhanyitu describe figures; parameters: zhanyitu describe params.",
    );
    lines.extend([String::new(), more.get(lang).to_owned()]);
    lines
}

/// Widths of the first column.
const SHORT: usize = 18;
const LONG: usize = 48;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::actions::COMMANDS;

    fn head(written: &str) -> &str {
        written.split(['(', ':']).next().unwrap_or_default()
    }

    #[test]
    fn every_command_of_a_visitor_is_explained() {
        for command in COMMANDS {
            assert!(ACTIONS.iter().any(|(written, _)| head(written) == command), "{command}");
        }
        let only_stories = ["Fall", "Fever", "Leave", "ComeBack", "ImportCase", "ImportCases"];
        for only_stories in only_stories {
            assert!(ACTIONS.iter().any(|(written, _)| head(written) == only_stories));
        }
        assert_eq!(ACTIONS.len(), COMMANDS.len() + only_stories.len());
    }

    #[test]
    fn a_written_origin_is_as_files_write_it() {
        for origin in Origin::ALL {
            assert_eq!(ron::from_str::<Origin>(origin_name(origin)), Ok(origin));
        }
    }

    #[test]
    fn no_page_is_empty_in_either_language() {
        for lang in Lang::ALL {
            assert!(parts(lang).iter().all(|(_, rows)| !rows.is_empty()));
            assert!(page(lang).len() > 80);
        }
    }
}
