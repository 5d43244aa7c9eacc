//! What a scene file says, word for word: strings that nobody has believed yet.
//!
//! Floor 2. Mirrors the file; unknown fields are refused everywhere. Only
//! `compile` turns these into what runs.

use serde::{Deserialize, Serialize};

use super::script::Fact;
use crate::base::palette::Marker;
use crate::base::text::Bilingual;
use crate::sim::board::{RiskColour, Sign};
use crate::sim::card::Origin;
use crate::sim::work::{Measure, MouthState, Rung, TaskKind};

/// The format number that this program writes and reads.
pub const FORMAT: u32 = 1;

/// The fields of a scene that must be there.
pub const REQUIRED: [&str; 8] =
    ["format", "title", "about", "kind", "starts", "ends", "seed", "map"];
/// The fields that may be there.
pub const OPTIONAL: [&str; 10] = [
    "quiet", "surveyed", "legends", "params", "measures", "mouths", "ladder", "cast", "chapters",
    "script",
];

/// A number the scene sets.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawParam {
    /// `survey.minutes`
    pub set: String,
    /// The value.
    pub to: u32,
    /// Kind of source.
    pub origin: Origin,
    /// The source itself.
    pub source: Option<String>,
}

/// A measure over some time.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawMeasure {
    /// Which.
    pub measure: Measure,
    /// Story time or date and time.
    pub from: String,
    /// The same; without it until the end.
    pub until: Option<String>,
    /// Permille, 1–1000; without it 1000.
    pub strength: Option<u16>,
    /// Kind of source.
    pub origin: Origin,
    /// The source itself.
    pub source: Option<String>,
}

/// A lane mouth from some time on.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawMouth {
    /// `M1`
    pub mouth: String,
    /// What it becomes.
    pub state: MouthState,
    /// Story time or date and time.
    pub from: String,
    /// Kind of source.
    pub origin: Origin,
    /// The source itself.
    pub source: Option<String>,
}

/// The ladder of a silent phone.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawLadder {
    /// In order.
    pub rungs: Vec<Rung>,
    /// Kind of source.
    pub origin: Origin,
    /// The source itself.
    pub source: Option<String>,
}

/// A colour code.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawLegend {
    /// Its name in the file.
    pub id: String,
    /// Whose it was.
    pub name: Bilingual,
    /// From the most urgent on.
    pub entries: Vec<RawLegendEntry>,
    /// Kind of source.
    pub origin: Origin,
    /// The source itself.
    pub source: Option<String>,
}

/// One line of a colour code.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawLegendEntry {
    /// All of these must hold; empty: everything else.
    pub when: Vec<Sign>,
    /// The marker.
    pub marker: Marker,
    /// What it means.
    pub label: Bilingual,
}

/// A part in the story.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawCast {
    /// The name the scene uses.
    pub name: String,
    /// A home by id: its first member plays the part.
    pub home: Option<String>,
    /// Whom to look for.
    pub pick: Option<RawPick>,
    /// Kind of source.
    pub origin: Origin,
    /// The source itself.
    pub source: Option<String>,
}

/// Whom to look for among the invented people; every given line must fit.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawPick {
    /// Youngest age.
    pub age_at_least: Option<u8>,
    /// Oldest age.
    pub age_at_most: Option<u8>,
    /// An elder who lives alone, or one who does not.
    pub alone: Option<bool>,
    /// Left Beijing at any time, or never.
    pub travels: Option<bool>,
    /// Private tenants, or not.
    pub tenant: Option<bool>,
    /// The resident surgeon, or not.
    pub surgeon: Option<bool>,
    /// Willing to volunteer, or not.
    pub willing: Option<bool>,
    /// Lives in a building, or in a courtyard.
    pub building: Option<bool>,
}

/// A chapter.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawChapter {
    /// Its name in the file.
    pub id: String,
    /// Its title.
    pub title: Bilingual,
    /// When it begins.
    pub from: String,
    /// Part of the express cut.
    #[serde(default)]
    pub express: bool,
}

/// A line of the script: one trigger, and any of do, say, look, expect.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawCue {
    /// Its name, if others refer to it.
    pub id: Option<String>,
    /// Trigger: story time, or date and time.
    pub at: Option<String>,
    /// Trigger: every day.
    pub daily: Option<RawDaily>,
    /// Trigger: every so many days.
    pub every: Option<RawEvery>,
    /// Trigger: after another cue.
    pub after: Option<RawAfter>,
    /// Trigger: on an event.
    pub on: Option<RawOn>,
    /// Trigger: when a figure first lies within bounds.
    pub once: Option<RawCondition>,
    /// Trigger: when a home first shows a colour.
    pub shows: Option<RawShows>,
    /// Trigger: when a chapter begins.
    pub chapter: Option<String>,
    /// Trigger: when a visitor first asks for something.
    pub asked: Option<String>,
    /// What it does.
    #[serde(rename = "do")]
    pub actions: Option<Vec<RawAction>>,
    /// What it says.
    pub say: Option<Bilingual>,
    /// Where it looks.
    pub look: Option<RawLook>,
    /// What must be true.
    pub expect: Option<Vec<RawClaim>>,
    /// Kind of source.
    pub origin: Origin,
    /// The source itself.
    pub source: Option<String>,
}

impl RawCue {
    /// The names of the triggers that are given.
    pub fn triggers(&self) -> Vec<&'static str> {
        let given = [
            ("at", self.at.is_some()),
            ("daily", self.daily.is_some()),
            ("every", self.every.is_some()),
            ("after", self.after.is_some()),
            ("on", self.on.is_some()),
            ("once", self.once.is_some()),
            ("shows", self.shows.is_some()),
            ("chapter", self.chapter.is_some()),
            ("asked", self.asked.is_some()),
        ];
        given.into_iter().filter(|(_, there)| *there).map(|(name, _)| name).collect()
    }
}

/// Every day at a clock time.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawDaily {
    /// `09:00`
    pub at: String,
    /// First day, `D3` or a date; without it the first.
    pub from: Option<String>,
    /// Last day; without it the last.
    pub until: Option<String>,
}

/// Every so many days.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawEvery {
    /// Days between.
    pub days: u32,
    /// `09:00`
    pub at: String,
    /// First day; without it the first.
    pub from: Option<String>,
    /// Last day; without it the last.
    pub until: Option<String>,
}

/// After another cue.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawAfter {
    /// Its name.
    pub cue: String,
    /// Minutes after it; without it none.
    #[serde(default)]
    pub minutes: u32,
}

/// On an event.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawOn {
    /// Kind of event.
    pub event: String,
    /// Only at this home.
    pub home: Option<String>,
    /// Only after this cue has happened.
    pub since: Option<String>,
    /// Each time instead of the first.
    #[serde(default)]
    pub each: bool,
}

/// A figure within bounds.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawCondition {
    /// Its name.
    pub figure: String,
    /// Smallest value.
    pub at_least: Option<u64>,
    /// Largest value.
    pub at_most: Option<u64>,
}

/// A home and a colour.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawShows {
    /// The home.
    pub home: String,
    /// The colour.
    pub colour: RiskColour,
}

/// Something a cue does; homes and people by id or by a name of the cast.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum RawAction {
    /// Ring a home.
    Call(String),
    /// Go to a door.
    Visit(String),
    /// Bring something.
    Deliver(String),
    /// Write beside a home.
    Note(String, String),
    /// Write down who came back.
    RegisterReturn(String),
    /// The office is told a fact.
    Tell(String, Fact),
    /// Open, staff or seal a mouth.
    Mouth(String, MouthState),
    /// Set a measure, permille.
    Measure(Measure, u16),
    /// How many may be on the phone.
    Callers(u32),
    /// The order of waiting work.
    Priority(Vec<TaskKind>),
    /// How many staff are at work.
    Staff(u32),
    /// Somebody joins.
    Join(String),
    /// Somebody falls.
    Fall(String),
    /// Somebody gets a fever.
    Fever(String),
    /// Somebody leaves.
    Leave(String),
    /// Somebody comes back.
    ComeBack(String),
}

/// Where a cue looks.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum RawLook {
    /// The whole community.
    Community,
    /// A lane, `W03`.
    Lane(String),
    /// A compound, `C017`.
    Compound(String),
    /// A home, by id or cast.
    Home(String),
    /// Another legend, by id.
    Legend(String),
}

/// Something that must be true.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum RawClaim {
    /// A figure now.
    Figure(RawCondition),
    /// A figure over all days so far.
    Total(RawCondition),
    /// Something has happened.
    Happened(RawHappened),
    /// A home's colour.
    Shows(RawShows),
    /// Hours used never above hours available.
    HoursHold,
    /// A measure's strength.
    MeasureIs(Measure, u16),
    /// A mouth's state.
    MouthIs(String, MouthState),
    /// A waiting line.
    Waiting(TaskKind, u32),
}

/// Something has happened.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawHappened {
    /// Kind of event.
    pub event: String,
    /// At which home.
    pub home: Option<String>,
    /// At most so many minutes ago.
    pub within: Option<u32>,
}
