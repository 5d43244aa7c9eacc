//! Layers: what else the map may show of a home than its colour.
//!
//! Floor 3. Reads a [`Desk`]: what the office knows and has in hand, never the truth,
//! which one layer shows after the end and `debrief` reads; owns [`Layer`]. Each layer has a small legend of its own, and a pure function says
//! which line of it a home has. A home of which a layer has nothing to say is left
//! empty, so that what it is about stands out.

use super::debrief;
use super::desk::Desk;
use crate::base::ids::HouseholdId;
use crate::base::palette::{Glyph, Marker};
use crate::base::text::Bilingual;
use crate::sim::board::Sign;
use crate::sim::people::Marks;
use crate::sim::work::TaskKind;

/// What the map shows of each home.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Layer {
    /// The colours of the legend in force.
    #[default]
    Status,
    /// Who needs care, by the most telling mark.
    Care,
    /// How long ago anybody there was reached.
    Contact,
    /// Who is away, and who is in observation.
    Travel,
    /// What waits or is being done for a home, the most urgent of it.
    Tasks,
    /// What is to be brought, was brought, or did not come.
    Supplies,
    /// What the board says, held against what was so. Only of a story that is over.
    Truth,
}

/// One line of a layer's legend.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LayerEntry {
    /// How it is drawn.
    pub glyph: Glyph,
    /// What it means.
    pub label: Bilingual,
}

const fn entry(glyph: Glyph, label: Bilingual) -> LayerEntry {
    LayerEntry { glyph, label }
}

const fn line(glyph: Glyph, zh: &'static str, en: &'static str) -> LayerEntry {
    entry(glyph, Bilingual::fixed(zh, en))
}

static CARE: [LayerEntry; 5] = [
    entry(Glyph::Marker(Marker::Blue), Marks::LIVES_ALONE.label()),
    entry(Glyph::Marker(Marker::Yellow), Marks::EMPTY_NEST.label()),
    entry(Glyph::Plus, Marks::DISABLED.label()),
    entry(Glyph::Hollow, Marks::LOW_INCOME.label()),
    line(Glyph::Unknown, "尚未了解", "not yet known"),
];

static CONTACT: [LayerEntry; 6] = [
    line(Glyph::Disc(4), "今天联系过", "reached today"),
    line(Glyph::Disc(3), "昨天", "yesterday"),
    line(Glyph::Disc(2), "两三天前", "2 or 3 days ago"),
    line(Glyph::Disc(1), "四到七天前", "4 to 7 days ago"),
    line(Glyph::Disc(0), "七天以前", "more than 7 days ago"),
    line(Glyph::Unknown, "还没联系上过", "never reached so far"),
];

static TRAVEL: [LayerEntry; 5] = [
    line(Glyph::Marker(Marker::Blue), "疫区返回，观察中", "from an epidemic area, observed"),
    line(Glyph::Marker(Marker::Yellow), "其他情况，观察中", "in observation otherwise"),
    line(Glyph::Hollow, "有人离京未归", "somebody away"),
    line(Glyph::Disc(4), "已返京，观察期满", "back, observation over"),
    line(Glyph::Unknown, "尚未了解", "not yet known"),
];

/// The kinds of task that are done at a home, the most urgent first.
const AT_HOMES: [TaskKind; 6] = [
    TaskKind::Help,
    TaskKind::Fever,
    TaskKind::Calls,
    TaskKind::Checks,
    TaskKind::Survey,
    TaskKind::Deliveries,
];

/// In the order of [`AT_HOMES`].
static TASKS: [LayerEntry; 6] = [
    line(Glyph::Plus, "上门看望、救助", "a visit to the door"),
    line(Glyph::Marker(Marker::Red), "家中有人发热，要上门", "a visit about a fever"),
    line(Glyph::Marker(Marker::Blue), "打问候电话", "a call to an elder"),
    line(Glyph::Disc(2), "观察户询问", "a check in observation"),
    line(Glyph::Marker(Marker::White), "入户登记", "the survey at the door"),
    line(Glyph::Solid, "送物上门", "a delivery"),
];

static SUPPLIES: [LayerEntry; 4] = [
    line(Glyph::Marker(Marker::Blue), "正在送", "on the way"),
    line(Glyph::Hollow, "今天要送，还没出门", "due today, still waiting"),
    line(Glyph::Solid, "今天送到了", "brought today"),
    line(Glyph::Saltire, "昨天没送到", "did not come yesterday"),
];

impl Layer {
    /// Every layer of a story that is under way, in the order in which it is offered.
    pub const ALL: [Self; 6] =
        [Self::Status, Self::Care, Self::Contact, Self::Travel, Self::Tasks, Self::Supplies];

    /// Its name in files and on the command line.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Status => "status",
            Self::Care => "care",
            Self::Contact => "contact",
            Self::Travel => "travel",
            Self::Tasks => "tasks",
            Self::Supplies => "supplies",
            Self::Truth => "truth",
        }
    }

    /// What it is called.
    pub const fn label(self) -> Bilingual {
        match self {
            Self::Status => Bilingual::fixed("颜色", "Colours"),
            Self::Care => Bilingual::fixed("需要照看的人", "Who needs care"),
            Self::Contact => Bilingual::fixed("上次联系", "Last contact"),
            Self::Travel => Bilingual::fixed("出行与观察", "Travel and observation"),
            Self::Tasks => Bilingual::fixed("今天的事", "Today's tasks"),
            Self::Supplies => Bilingual::fixed("物资", "Supplies"),
            Self::Truth => Bilingual::fixed("对照实情", "Board and truth"),
        }
    }

    /// What an empty square means; nothing where no square is empty.
    pub const fn blank(self) -> Bilingual {
        match self {
            Self::Status | Self::Contact => Bilingual::fixed("", ""),
            Self::Care => Bilingual::fixed("空格：没有这些标注", "empty: none of these marks"),
            Self::Travel => Bilingual::fixed("空格：没有这些情况", "empty: none of these"),
            Self::Tasks => Bilingual::fixed("空格：眼下没有事", "empty: nothing waits now"),
            Self::Supplies => Bilingual::fixed("空格：今天不用送", "empty: nothing due today"),
            Self::Truth => {
                Bilingual::fixed("空格：没有感染，图上也不红", "empty: no infection, and not red")
            }
        }
    }

    /// The lines of its legend, from the first that is asked to the last. The status
    /// has none: it shows the legend in force.
    pub fn entries(self) -> &'static [LayerEntry] {
        match self {
            Self::Status => &[],
            Self::Care => &CARE,
            Self::Contact => &CONTACT,
            Self::Travel => &TRAVEL,
            Self::Tasks => &TASKS,
            Self::Supplies => &SUPPLIES,
            Self::Truth => &debrief::ENTRIES,
        }
    }

    /// The line of its legend that fits a home; `None` leaves it empty.
    pub fn entry_of(self, desk: &Desk, home: HouseholdId) -> Option<usize> {
        match self {
            // What was so does not lie on the desk.
            Self::Status | Self::Truth => None,
            Self::Care => care(desk, home),
            Self::Contact => contact(desk, home),
            Self::Travel => travel(desk, home),
            Self::Tasks => AT_HOMES
                .iter()
                .position(|&kind| desk.waits(kind, home) || desk.is_under_way(kind, home)),
            Self::Supplies => supplies(desk, home),
        }
    }
}

fn care(desk: &Desk, home: HouseholdId) -> Option<usize> {
    let known = desk.known(home)?;
    if desk.shows(Sign::NotYetKnown, home) {
        return Some(4);
    }
    let each =
        [Marks::LIVES_ALONE, Marks::EMPTY_NEST, Marks::DISABLED, Marks::LOW_INCOME].into_iter();
    each.clone().position(|mark| known.marks.has(mark))
}

/// By days of the calendar, as one says it: yesterday evening is yesterday.
fn contact(desk: &Desk, home: HouseholdId) -> Option<usize> {
    let Some(reached) = desk.known(home)?.last_contact else { return Some(5) };
    Some(match desk.now().day().0.saturating_sub(reached.day().0) {
        0 => 0,
        1 => 1,
        2..=3 => 2,
        4..=7 => 3,
        _ => 4,
    })
}

fn travel(desk: &Desk, home: HouseholdId) -> Option<usize> {
    let known = desk.known(home)?;
    if known.removed.is_some() {
        None
    } else if desk.shows(Sign::Clock, home) {
        Some(usize::from(!known.epidemic))
    } else if known.away.is_some() {
        Some(2)
    } else if known.returned.is_some() {
        Some(3)
    } else if known.known.is_none() {
        Some(4)
    } else {
        None
    }
}

fn supplies(desk: &Desk, home: HouseholdId) -> Option<usize> {
    let today =
        |at: Option<crate::base::time::Minute>| at.is_some_and(|at| at.day() == desk.now().day());
    let line = desk.line(home);
    if desk.is_under_way(TaskKind::Deliveries, home) {
        Some(0)
    } else if desk.waits(TaskKind::Deliveries, home) {
        Some(1)
    } else if today(line.brought) {
        Some(2)
    } else if today(line.missed) {
        // A day is closed at the midnight with which the next begins.
        Some(3)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_layer_has_a_small_legend_whose_lines_are_drawn_differently() {
        for layer in Layer::ALL.into_iter().skip(1).chain([Layer::Truth]) {
            let entries = layer.entries();
            assert!((2..=6).contains(&entries.len()), "{layer:?}");
            let glyphs: BTreeSet<Glyph> = entries.iter().map(|e| e.glyph).collect();
            assert_eq!(glyphs.len(), entries.len(), "{layer:?}");
            assert!(!glyphs.contains(&Glyph::Blank), "{layer:?}: empty is no line");
        }
        let ids: BTreeSet<&str> = Layer::ALL.iter().map(|layer| layer.id()).collect();
        assert_eq!(ids.len(), Layer::ALL.len());
    }

    /// Green and orange stay what the board says of journeys, and red a fever.
    #[test]
    fn no_layer_uses_a_colour_of_the_board_for_something_else() {
        for layer in Layer::ALL.into_iter().chain([Layer::Truth]) {
            for entry in layer.entries() {
                let marker = entry.glyph;
                let taken = [Marker::Orange, Marker::Green].map(Glyph::Marker);
                assert!(!taken.contains(&marker), "{layer:?}: {entry:?}");
                let fever = entry.label.en.contains("fever");
                assert_eq!(marker == Glyph::Marker(Marker::Red), fever, "{entry:?}");
            }
        }
    }
}
