//! What a scene file says, word for word: strings that nobody has believed yet.
//!
//! Floor 2. Mirrors the file; unknown fields are refused everywhere. Only
//! `compile` turns these into what runs. The larger parts are read field by field
//! (see `piece`), so that one slip does not hide the next; the small ones whole.

use serde::{Deserialize, Serialize};

use super::piece::{Listed, pieces};
use super::script::{Fact, StoryKind};
use crate::base::palette::Marker;
use crate::base::text::Bilingual;
use crate::base::view::{Tab, View};
use crate::sim::board::{RiskColour, Sign};
use crate::sim::card::Origin;
use crate::sim::work::{Measure, MouthState, Rung, TaskKind};

/// The format number that this program writes and reads.
pub const FORMAT: u32 = 1;

/// The fields of a scene that must be there.
pub const REQUIRED: [&str; 8] =
    ["format", "title", "about", "kind", "starts", "ends", "seed", "map"];
/// The fields that may be there.
pub const OPTIONAL: [&str; 14] = [
    "quiet", "surveyed", "legends", "params", "measures", "mouths", "ladder", "cast", "chapters",
    "script", "attract", "talks", "illness", "copies",
];

pieces! {
    /// A number the scene sets.
    RawParam {
        /// `survey.minutes`
        must set: String,
        /// The value.
        must to: u32,
        /// Kind of source.
        must origin: Origin,
        /// The source itself.
        may source: Bilingual,
    }

    /// A measure over some time.
    RawMeasure {
        /// Which.
        must measure: Measure,
        /// Story time or date and time.
        must from: String,
        /// The same; without it until the end.
        may until: String,
        /// Permille, 1–1000; without it 1000.
        may strength: u16,
        /// Kind of source.
        must origin: Origin,
        /// The source itself.
        may source: Bilingual,
    }

    /// A lane mouth from some time on.
    RawMouth {
        /// `M1`
        must mouth: String,
        /// What it becomes.
        must state: MouthState,
        /// Story time or date and time.
        must from: String,
        /// Kind of source.
        must origin: Origin,
        /// The source itself.
        may source: Bilingual,
    }

    /// The ladder of a silent phone.
    RawLadder {
        /// In order.
        must rungs: Listed<Rung>,
        /// Kind of source.
        must origin: Origin,
        /// The source itself.
        may source: Bilingual,
    }

    /// A colour code.
    RawLegend {
        /// Its name in the file.
        must id: String,
        /// Whose it was.
        must name: Bilingual,
        /// From the most urgent on.
        must entries: Listed<RawLegendEntry>,
        /// Kind of source.
        must origin: Origin,
        /// The source itself.
        may source: Bilingual,
    }

    /// One line of a colour code.
    RawLegendEntry {
        /// All of these must hold; empty: everything else.
        must when: Listed<Sign>,
        /// The marker.
        must marker: Marker,
        /// What it means.
        must label: Bilingual,
    }

    /// The illness of a story.
    RawIllness {
        /// As recorded: only what the numbers bring in. What if: forced imports too.
        must kind: StoryKind,
        /// Infections that the story itself brings in.
        may imports: Listed<RawImport>,
        /// Kind of source.
        must origin: Origin,
        /// The source itself.
        may source: Bilingual,
    }

    /// Infections from outside: one of who, home and count.
    RawImport {
        /// When.
        must at: String,
        /// A person, by id or by a name of the cast.
        may who: String,
        /// A home by id or cast: its first member.
        may home: String,
        /// So many, whom a draw picks.
        may count: u16,
        /// Kind of source.
        must origin: Origin,
        /// The source itself.
        may source: Bilingual,
    }

    /// A part in the story.
    RawCast {
        /// The name the scene uses.
        must name: String,
        /// A home by id: its first member plays the part.
        may home: String,
        /// Whom to look for.
        may pick: RawPick,
        /// Kind of source.
        must origin: Origin,
        /// The source itself.
        may source: Bilingual,
    }

    /// A chapter.
    RawChapter {
        /// Its name in the file.
        must id: String,
        /// Its title.
        must title: Bilingual,
        /// When it begins.
        must from: String,
        /// Part of the express cut.
        may express: bool,
        /// How it is told to a visitor, step by step.
        may beats: Listed<RawBeat>,
    }

    /// A step of the telling: it goes to a cue, says what the cue says, and stays.
    RawBeat {
        /// The cue it goes to, by name.
        must cue: String,
        /// Seconds the way there takes; without it the story jumps.
        may over: u32,
        /// Seconds it stays there.
        must hold: u32,
        /// Part of the express cut; without it as its chapter.
        may express: bool,
        /// Where it looks, instead of where the cue looks.
        may look: RawLook,
        /// Board or plan.
        may show: View,
        /// What stands below the legend.
        may tab: Tab,
        /// The home or compound a hand points at.
        may point: RawLook,
        /// A call that the visitor may make here, by name.
        may talk: String,
    }

    /// A line of the script: one trigger, and any of do, say, look, expect.
    RawCue {
        /// Its name, if others refer to it.
        may id: String,
        /// Trigger: story time, or date and time.
        may at: String,
        /// Trigger: every day.
        may daily: RawDaily,
        /// Trigger: every so many days.
        may every: RawEvery,
        /// Trigger: after another cue.
        may after: RawAfter,
        /// Trigger: on an event.
        may on: RawOn,
        /// Trigger: when a figure first lies within bounds.
        may once: RawCondition,
        /// Trigger: when a home first shows a colour.
        may shows: RawShows,
        /// Trigger: when a chapter begins.
        may chapter: String,
        /// Trigger: when a visitor first asks for something.
        may asked: String,
        /// What it does.
        may r#do: Listed<RawAction>,
        /// What it says.
        may say: Bilingual,
        /// Where it looks.
        may look: RawLook,
        /// What must be true.
        may expect: Listed<RawClaim>,
        /// Kind of source.
        must origin: Origin,
        /// The source itself.
        may source: Bilingual,
    }

    /// A conversation on the phone that a visitor can have.
    RawTalk {
        /// Its name in the file.
        must id: String,
        /// The home that is rung, by id or by a name of the cast.
        must home: String,
        /// What is heard first.
        must opens: Bilingual,
        /// What is said and heard, in order.
        must exchanges: Listed<RawExchange>,
        /// What is heard last, whatever was chosen.
        must closes: Bilingual,
        /// Kind of source.
        must origin: Origin,
        /// The source itself.
        may source: Bilingual,
    }

    /// One turn of a conversation.
    RawExchange {
        /// What one can say.
        must choices: Listed<RawChoice>,
    }

    /// Something one can say.
    RawChoice {
        /// The words.
        must say: Bilingual,
        /// What is heard back.
        must hear: Bilingual,
        /// What it sets going.
        may r#do: Listed<RawAction>,
    }
}

/// The triggers of a cue, one of which it must have.
pub const TRIGGERS: [&str; 9] =
    ["at", "daily", "every", "after", "on", "once", "shows", "chapter", "asked"];
/// What a cue can bring about, at least one of which it must have.
pub const EFFECTS: [&str; 4] = ["do", "say", "look", "expect"];

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
    /// Somebody is infected from outside.
    ImportCase(String),
    /// So many are infected from outside.
    ImportCases(u16),
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
