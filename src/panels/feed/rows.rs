//! What stands on a page of the log: lines as rows, and how far one can turn.
//!
//! Floor 8. Reads the log and the view; makes [`Page`].

use super::SAID;
use crate::app::known::{self, fill};
use crate::app::view::{FeedView, Goal, Level};
use crate::app::{Live, View, ViewCommand};
use crate::base::text::{Bilingual, Lang, grouped};
use crate::base::time::Minute;
use crate::panels::measure;
use crate::session::feed::{Line, Place, What};
use crate::session::{Feed, FeedKind};
use crate::theme::{Does, GAP, Icon, TOUCH, Type};

/// White above and below the words of a row, and its rim, units.
const AROUND: f32 = 14.0;

/// A line as it stands on the page.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// What it is about.
    pub kind: FeedKind,
    /// What happened.
    pub what: Bilingual,
    /// When and where.
    pub when: Bilingual,
    /// Where it leads.
    pub does: Does,
}

/// A page of the log, the newest row first.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Page {
    /// The rows.
    pub rows: Vec<Row>,
    /// The page of what happened after these.
    pub newer: Option<FeedView>,
    /// The page of what happened before these.
    pub older: Option<FeedView>,
    /// First and last row's number, counted from the newest, and how many there are.
    pub range: (usize, usize, usize),
}

/// The icon of a kind of line.
pub const fn icon(kind: FeedKind) -> Icon {
    match kind {
        FeedKind::Survey => Icon::Door,
        FeedKind::Calls => Icon::Phone,
        FeedKind::Returns => Icon::Return,
        FeedKind::Fever => Icon::Thermometer,
        FeedKind::Help => Icon::Aid,
        FeedKind::Neighbours => Icon::People,
        FeedKind::Mouths => Icon::Gate,
        FeedKind::Story => Icon::Book,
    }
}

/// The page that a view asks for, as many rows as have room.
pub fn page(feed: &Feed, live: &Live, view: &View, wide: f32, high: f32) -> Page {
    let positions = feed.positions(view.feed.kind);
    let all = positions.len();
    let end = match view.feed.before {
        Some(before) => positions.partition_point(|position| *position < before),
        None => all,
    };
    // Whoever stands beyond the oldest line sees the oldest ones.
    let end = if end == 0 { fitting(&positions, 0, feed, live, view, (wide, high)) } else { end };
    let mut rows: Vec<Row> = Vec::new();
    let mut left = high;
    for position in positions[..end].iter().rev() {
        let Some(line) = feed.line(*position) else { break };
        let row = row(line, live);
        left -= height(&row, view, wide) + GAP / 2.0;
        if left < 0.0 && !rows.is_empty() {
            break;
        }
        rows.push(row);
    }
    let start = end - rows.len();
    let kind = view.feed.kind;
    let older = (start > 0).then(|| FeedView { kind, before: Some(positions[start]) });
    let newer = (end < all).then(|| {
        let next = fitting(&positions, end, feed, live, view, (wide, high));
        FeedView { kind, before: positions.get(next).copied() }
    });
    let range = if all == 0 { (0, 0, 0) } else { (all - end + 1, all - start, all) };
    Page { rows, newer, older, range }
}

/// Up to before which line a page goes that begins at one and has so much room.
fn fitting(
    positions: &[usize],
    from: usize,
    feed: &Feed,
    live: &Live,
    view: &View,
    (wide, high): (f32, f32),
) -> usize {
    let mut left = high;
    let mut to = from;
    while let Some(line) = positions.get(to).and_then(|position| feed.line(*position)) {
        left -= height(&row(line, live), view, wide) + GAP / 2.0;
        if left < 0.0 && to > from {
            break;
        }
        to += 1;
    }
    to
}

/// Height of a row, units.
fn height(row: &Row, view: &View, wide: f32) -> f32 {
    let text = measure::height(view, &row.what, Type::Small, wide)
        + measure::height(view, &row.when, Type::Fine, wide);
    (text + AROUND).max(TOUCH)
}

/// A line as a row.
pub fn row(line: &Line, live: &Live) -> Row {
    let story = live.story();
    let words = line.words(story);
    let what = if line.is_run() {
        let n = u64::from(line.count);
        fill(&SAID.run, &[("what", &|lang| words.get(lang).to_owned()), ("n", &|_| grouped(n))])
    } else {
        words
    };
    let place = line.place(story);
    Row { kind: line.kind, what, when: when(line, live, place), does: does(place) }
}

/// When, and where or from whom.
fn when(line: &Line, live: &Live, place: Place) -> Bilingual {
    let date = |lang: Lang| live.story().calendar.day_and_month(line.from.day(), lang);
    let times: [(&str, &dyn Fn(Lang) -> String); 3] =
        [("date", &date), ("from", &|_| clock(line.from)), ("until", &|_| clock(line.until))];
    let several = line.is_run() && line.from != line.until;
    let when = fill(if several { &SAID.when_run } else { &SAID.when }, &times);
    let beside = |text: &Bilingual, name: &str, value: &Bilingual| {
        let both: [(&str, &dyn Fn(Lang) -> String); 2] = [
            ("when", &|lang| when.get(lang).to_owned()),
            (name, &|lang| value.get(lang).to_owned()),
        ];
        fill(text, &both)
    };
    match (line.what, place) {
        (What::Said(cue), _) => match live.story().script.cues.get(cue as usize) {
            Some(cue) => beside(&SAID.said, "origin", &cue.origin.label()),
            None => when,
        },
        (_, Place::Home(home)) => {
            let text = if line.is_run() { &SAID.at_last } else { &SAID.at_home };
            beside(text, "place", &known::place(live, home))
        }
        _ => when,
    }
}

fn clock(at: Minute) -> String {
    format!("{:02}:{:02}", at.clock() / 60, at.clock() % 60)
}

/// What a touch of the line asks for.
const fn does(place: Place) -> Does {
    Does::Look(match place {
        Place::Home(home) => ViewCommand::Go(Goal::Home(home)),
        Place::Compound(compound) => ViewCommand::Go(Goal::Compound(compound)),
        Place::Way(way) => ViewCommand::Go(Goal::Way(way)),
        Place::Mouth(mouth) => ViewCommand::Go(Goal::Mouth(mouth)),
        Place::Everywhere => ViewCommand::Zoom(Level::Community),
    })
}
