//! Units and values of cards, written for people.
//!
//! Floor 4. Reads cards; makes words.

use crate::base::text::{Lang, grouped};
use crate::sim::card::Card;

const PPM_A_PERCENT: u32 = 10_000;
const MINUTES_AN_HOUR: u32 = 60;

/// A unit of a card in a language. English keeps the card's word.
pub fn unit(unit: &str, lang: Lang) -> &str {
    match (lang, unit) {
        (_, "permille") => "‰",
        (Lang::Zh, "person") => "人",
        (Lang::Zh, "min") => "分钟",
        (Lang::Zh, "m/min") => "米/分钟",
        (Lang::Zh, "m") => "米",
        (Lang::Zh, "day") => "天",
        (Lang::Zh, "home") => "户",
        (
            Lang::Zh,
            "attempt" | "door" | "call" | "delivery" | "fall" | "visit" | "spell" | "errand",
        ) => "次",
        (Lang::Zh, "guest") => "人次",
        (Lang::Zh, "bag") => "袋",
        (Lang::Zh, "task") => "件",
        (Lang::Zh, "ppm") => "百万分之",
        (Lang::Zh, "1/1000/year") => "次/千人·年",
        (Lang::Zh, "per 2,000 homes") => "每2000户",
        (Lang::Zh, "weight" | "notice") => "份",
        (Lang::Zh, "year") => "岁",
        (Lang::Zh, "ppb") => "十亿分之",
        (Lang::Zh, "hour") => "小时",
        (Lang::Zh, "bed") => "张",
        (Lang::Zh, "person-day") => "人天",
        (_, unit) => unit,
    }
}

/// A parameter's default with its unit, as [`amount`] writes it.
pub(super) fn value(card: &Card, lang: Lang) -> String {
    amount(card, card.default, lang)
}

/// A value of a parameter with its unit. Shares are shown as percent beside the
/// number that a scene writes, and times of day as a clock.
pub fn amount(card: &Card, value: u32, lang: Lang) -> String {
    match card.unit {
        "ppm" => {
            let percent = f64::from(value) / f64::from(PPM_A_PERCENT);
            format!("{} ppm = {percent} %", grouped(u64::from(value)))
        }
        // Chinese names the parts before their number.
        "ppb" if lang == Lang::Zh => {
            format!("{}{}", unit(card.unit, lang), grouped(u64::from(value)))
        }
        "min" if card.name.ends_with("start") => {
            let (hour, minute) = (value / MINUTES_AN_HOUR, value % MINUTES_AN_HOUR);
            format!("{value} {} = {hour:02}:{minute:02}", unit("min", lang))
        }
        _ => format!("{} {}", grouped(u64::from(value)), unit(card.unit, lang)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::counts::DayCounts;
    use crate::sim::params::Params;

    #[test]
    fn every_unit_has_a_chinese_word() {
        let cards = Params::cards().into_iter().map(|card| card.unit);
        for name in cards.chain(DayCounts::cards().map(|card| card.unit)) {
            let word = unit(name, Lang::Zh);
            assert!(!word.contains(|c: char| c.is_ascii_alphabetic()), "{name}: {word}");
        }
    }
}
