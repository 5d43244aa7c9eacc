//! What a study counts: a figure of every day, summed or at its largest.
//!
//! Floor 3. Reads the figures of days; owns [`Figure`].

use crate::base::text::Bilingual;
use crate::ensemble::Quantity;
use crate::scenario::names::nearest;
use crate::sim::counts::{CountCard, DayCounts};

/// Before a figure's name: its largest day instead of the sum.
const PEAK: &str = "peak_";

/// Figures that are stock, taken at the end of a day, not what the day brought:
/// summed over days they count days, as in person-days.
const STOCK: [&str; 17] = [
    "unknown",
    "green",
    "orange",
    "red",
    "stale",
    "observed",
    "unregistered",
    "fevers_true",
    "fevers_known",
    "overdue",
    "volunteers",
    "volunteers_on_duty",
    "trust",
    "lonely",
    "longest_silence",
    "infectious",
    "in_hospital",
];

/// Names inside a sentence, where the card of a day explains, or leans on the card before
/// it: *fewer of them on calls* says nothing.
const NAMES: [(&str, &str, &str); 18] = [
    (super::INFECTIONS, "感染人数", "infections"),
    ("imported", "输入感染", "infections from outside"),
    ("infectious", "有传染性的人", "people who can pass it on"),
    ("confined_days", "不能出门的人天", "person-days indoors"),
    ("falls", "跌倒", "falls"),
    ("found", "被发现的跌倒老人", "elders who fell and were found"),
    ("waited_minutes", "跌倒老人的等待时间", "minutes that elders who fell waited"),
    ("fevers_true", "实际发热的人", "people with a fever"),
    ("minutes_used", "已用工时", "minutes of work"),
    ("minutes_help", "救助工时", "minutes of work on visits and help"),
    ("minutes_fever", "发热处置工时", "minutes of work on fevers"),
    ("minutes_gates", "值守工时", "minutes of work at lane mouths"),
    ("minutes_calls", "电话工时", "minutes of work on calls"),
    ("minutes_checks", "询问工时", "minutes of work on checks"),
    ("minutes_survey", "摸排工时", "minutes of work on the survey"),
    ("minutes_deliveries", "送物工时", "minutes of work on deliveries"),
    ("overdue", "未完成的事", "tasks left undone"),
    ("longest_silence", "最长无联系天数", "days of the longest time without contact"),
];

/// A figure of every day, and what makes one number of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Figure {
    name: &'static str,
    peak: bool,
}

/// There is no figure of this name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no figure named `{0}`")]
pub struct UnknownFigure(pub String);

impl UnknownFigure {
    /// The sentence for people.
    pub fn sentence(&self) -> Bilingual {
        let word = self.0.strip_prefix(PEAK).unwrap_or(&self.0);
        let (zh, en) = match nearest(word, DayCounts::CARDS.iter().map(|card| card.0)) {
            Some(near) => (format!("是不是“{near}”？"), format!("did you mean `{near}`?")),
            None => (
                "全部名称见 zhanyitu describe figures".to_owned(),
                "all of them: zhanyitu describe figures".to_owned(),
            ),
        };
        Bilingual::new(
            format!("没有名为“{}”的数字；{zh}", self.0),
            format!("there is no figure named `{}`; {en}", self.0),
        )
    }
}

impl Figure {
    /// `overdue`, or `peak_overdue` for its largest day.
    ///
    /// # Errors
    /// There is no such figure.
    pub fn named(name: &str) -> Result<Self, UnknownFigure> {
        let (word, peak) = match name.strip_prefix(PEAK) {
            Some(rest) => (rest, true),
            None => (name, false),
        };
        let card = DayCounts::CARDS.iter().find(|card| card.0 == word);
        card.map(|card| Self { name: card.0, peak }).ok_or_else(|| UnknownFigure(name.to_owned()))
    }

    fn card(self) -> Option<CountCard> {
        DayCounts::cards().find(|card| card.name == self.name)
    }

    /// What it is called inside a sentence: the card of a day says *that day*.
    fn label(self) -> Bilingual {
        if let Some((_, zh, en)) = NAMES.iter().find(|(name, ..)| *name == self.name) {
            return Bilingual::fixed(zh, en);
        }
        let label = self.card().map_or(Bilingual::fixed("", ""), |card| card.label);
        let (zh, en) = (label.zh.as_ref(), label.en.as_ref());
        Bilingual::new(
            zh.strip_prefix("当日").unwrap_or(zh).to_owned(),
            en.strip_suffix(" that day").unwrap_or(en).to_owned(),
        )
    }

    fn unit(self) -> &'static str {
        self.card().map_or("", |card| card.unit)
    }

    /// The figure day by day.
    pub fn by_day(&self) -> Quantity {
        Quantity::new(self.name, self.unit(), self.label())
    }

    /// The one number of a run.
    pub fn quantity(&self) -> Quantity {
        let (label, unit) = (self.label(), self.unit());
        if self.peak {
            let label = Bilingual::new(
                format!("{}（最多的一天）", label.zh),
                format!("{} on the worst day", label.en),
            );
            return Quantity::new(&format!("{PEAK}{}", self.name), unit, label);
        }
        if STOCK.contains(&self.name) {
            let label = Bilingual::new(
                format!("{}（逐日累计）", label.zh),
                format!("{} over all days", label.en),
            );
            return Quantity::new(self.name, &format!("{unit}·day"), label);
        }
        Quantity::new(self.name, unit, label)
    }

    /// The figure of one day.
    pub fn of(&self, day: &DayCounts) -> u64 {
        day.get(self.name).unwrap_or_default()
    }

    /// The one number of these days.
    pub fn total(&self, days: &[u32]) -> u64 {
        if self.peak {
            days.iter().copied().max().unwrap_or_default().into()
        } else {
            days.iter().map(|&x| u64::from(x)).sum()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_is_summed_or_taken_at_its_largest() {
        let sum = Figure::named("calls").unwrap();
        let peak = Figure::named("peak_overdue").unwrap();
        assert_eq!((sum.total(&[3, 9, 2]), peak.total(&[3, 9, 2])), (14, 9));
        assert_eq!(sum.quantity().label.en, "calls made");
        assert_eq!(Figure::named("confirmed").unwrap().quantity().label.en, "cases confirmed");
        assert_eq!(Figure::named("confirmed").unwrap().by_day().label.zh, "确诊");
        assert_eq!(peak.quantity().name, "peak_overdue");
        assert!(Figure::named("overdue").unwrap().quantity().unit.ends_with("·day"));
    }

    #[test]
    fn a_figure_has_a_name_that_can_stand_in_a_sentence() {
        for card in DayCounts::cards() {
            let label = Figure::named(card.name).unwrap().quantity().label;
            assert!(!label.en.contains([',', ':']) && !label.en.starts_with("of "), "{}", label.en);
            assert!(!label.zh.starts_with("其中") && !label.zh.contains('，'), "{}", label.zh);
        }
        assert!(NAMES.iter().all(|(name, ..)| Figure::named(name).is_ok()));
    }

    #[test]
    fn a_misspelt_figure_finds_its_name() {
        let wrong = Figure::named("overdeu").unwrap_err().sentence();
        assert!(wrong.en.ends_with("did you mean `overdue`?"), "{}", wrong.en);
        let wrong = Figure::named("xyzzy").unwrap_err().sentence();
        assert!(wrong.zh.contains("describe figures"), "{}", wrong.zh);
    }
}
