//! What has to stand beside a benefit: whose caution it was, and what it cost.
//!
//! Floor 4. Reads a story, causes and pairs; writes lines. People take care by
//! themselves; a comparison in which only one side does gives their caution away as the
//! credit of a measure. And fewer cases are never all that a measure does.

use std::io::Write;

use super::words::t;
use crate::base::text::{Bilingual, Lang, grouped};
use crate::ensemble::Quantity;
use crate::ensemble::rounding::{nearest, outwards};
use crate::ensemble::sentence::{ENOUGH_FOR_A_BAND, between_en, between_zh};
use crate::ensemble::stats::paired::PairedSummary;
use crate::headless::say;
use crate::scenario::script::{Scenario, StoryKind};
use crate::session::study::{Cause, cause};
use crate::sim::work::Measure;
use crate::sim::work::measure_cards::MeasureCard;

const MINUTES_AN_HOUR: f64 = 60.0;

/// Whether somebody takes care in a story without being told to.
pub(in crate::headless) fn is_cautious(story: &Scenario) -> bool {
    let caution = Cause::of(Measure::SpontaneousCaution);
    cause::first_minute(story, &[&caution]).is_some()
}

/// A what-if outbreak in which nobody takes care by themselves.
pub(in crate::headless) fn lacks_caution(story: &Scenario) -> bool {
    story.setup.illness.is_some() && story.kind == StoryKind::WhatIf && !is_cautious(story)
}

/// What has to be said of caution, if anything.
pub(super) fn about_caution(story: &Scenario, causes: &[&Cause]) -> Option<Bilingual> {
    let left_out =
        causes.iter().any(|cause| cause.measures().contains(&Measure::SpontaneousCaution));
    if left_out {
        return Some(Bilingual::fixed(
            "注意：自发小心不是谁下的措施，两边本来都该有。这里去掉的是人自己的小心，差别不能算作措施的功劳。",
            "Note: spontaneous caution is no measure that anybody took, and both sides should have it. What is left out here is people's own care: the difference is to no measure's credit.",
        ));
    }
    let bare = story.setup.illness.is_some() && !is_cautious(story);
    bare.then(|| {
        Bilingual::fixed(
            "注意：这个剧本里没有自发小心，“没有措施”的一边谁也不加小心，措施会显得比实际有用。可以在剧本里加上 SpontaneousCaution。",
            "Note: nobody in this scene takes care by themselves, so the side without the measure is a world in which nobody is careful, and the measure looks better than it is. Add SpontaneousCaution to the scene.",
        )
    })
}

/// What the measures cost, and who bears it. A difference is *without* minus *with*, so
/// what grows with a measure is called more.
pub(super) fn costs(
    costs: &[(&Quantity, PairedSummary)],
    cards: &[&MeasureCard],
    lang: Lang,
    out: &mut dyn Write,
) {
    say(out, "");
    say(
        out,
        t(lang, "同一批运行里，别的也变了：", "In the same runs other things changed as well:"),
    );
    for (quantity, summary) in costs {
        say(out, &format!("  {}", cost(quantity, summary, lang)));
    }
    for card in cards {
        let (name, certainty) = (Cause::of(card.measure).label, card.certainty.label());
        let [cost, by, source] =
            [&card.cost, &card.borne_by, &card.source].map(|text| text.get(lang));
        say(
            out,
            &match lang {
                Lang::Zh => format!(
                    "  {}的代价：{cost}。谁承担：{by}。作用的依据：{source}（{}）",
                    name.zh, certainty.zh
                ),
                Lang::En => format!(
                    "  The cost of {}: {cost}. Borne by: {by}. The effect rests on: {source} ({})",
                    name.en, certainty.en
                ),
            },
        );
    }
    say(
        out,
        t(
            lang,
            "耽误的看病、少挣的钱、落下的功课，模型里没有算。也没有总分：少几个人感染，值不值得谁少出几天门，这个程序不替人折算。",
            "Care for other illnesses that was put off, wages and schooling are not in the model. There is no single score: what fewer infections are worth in other people's days indoors, this program does not add up.",
        ),
    );
}

fn cost(quantity: &Quantity, s: &PairedSummary, lang: Lang) -> String {
    // Hours are what people plan with.
    let (unit, per) = match quantity.unit.as_str() {
        "min" => (t(lang, "小时", "hours"), MINUTES_AN_HOUR),
        _ => ("", 1.0),
    };
    let few = s.pairs < ENOUGH_FOR_A_BAND;
    let ends = if few {
        [s.difference.least as f64, s.difference.most as f64]
    } else {
        s.difference.ninety
    };
    let ends = outwards(ends.map(|x| x / per));
    let middle = nearest(s.difference.median / per);
    let label = plainly(quantity, lang);
    let change = match (middle, lang) {
        (0, _) => t(lang, "没有差别", "no difference").to_owned(),
        (n, Lang::Zh) => {
            let way = if n < 0 { "增加" } else { "减少" };
            format!("约{way}{}", grouped(n.unsigned_abs()))
        }
        (n, Lang::En) => {
            let way = if n < 0 { "more" } else { "fewer" };
            format!("about {} {way}", grouped(n.unsigned_abs()))
        }
    };
    let middle = match lang {
        Lang::Zh => format!("居中的一对{change}"),
        Lang::En => format!("{change} in the middle pair"),
    };
    let unit = match (unit, lang) {
        ("", _) => String::new(),
        (unit, Lang::Zh) => format!("（{unit}）"),
        (unit, Lang::En) => format!(", {unit}"),
    };
    if s.pairs == 1 {
        return match lang {
            Lang::Zh => format!("{label}{unit}：{change}（只有一对，看不出范围）"),
            Lang::En => format!("{label}{unit}: {change} (one pair, without a range)"),
        };
    }
    let most = match (few, lang) {
        (true, Lang::Zh) => "每一对",
        (true, Lang::En) => "in all pairs",
        (false, Lang::Zh) => "十对里有九对",
        (false, Lang::En) => "in nine pairs of ten",
    };
    match lang {
        Lang::Zh => format!("{label}{unit}：{most}{}（{middle}）", between_zh(ends)),
        Lang::En => format!("{label}{unit}: {} {most} ({middle})", between_en(ends)),
    }
}

/// What a cost is called beside a benefit: the card of a day speaks to those who plan it.
fn plainly(quantity: &Quantity, lang: Lang) -> &str {
    match quantity.name.as_str() {
        "confined_days" => t(lang, "不能出门的人天", "person-days indoors"),
        "minutes_used" => t(lang, "社工和志愿者的工时", "working time of workers and volunteers"),
        "waited_minutes" => {
            t(lang, "跌倒的老人等人来的时间", "time that elders who fell waited for help")
        }
        "lonely" => t(lang, "整天没人联系的老人，逐日累计", "elder-days without any contact"),
        _ => quantity.label.get(lang),
    }
}
