//! A story that is ready to run: what happens, when, and what must come true.
//!
//! Floor 2. Owns [`Scenario`] and [`Script`]: made by `compile` from a checked
//! scene file, read by the session. Every name is resolved to an id here, so a
//! running story cannot meet an unknown one.

use std::sync::Arc;

use crate::base::ids::{CompoundId, HouseholdId, MouthId, PersonId, WayId};
use crate::base::text::Bilingual;
use crate::base::time::{Calendar, DAY_MINUTES, Minute};
use crate::base::view::{Tab, View};
use crate::sim::board::{Legend, RiskColour, Told};
use crate::sim::card::Origin;
use crate::sim::command::SimCommand;
use crate::sim::event::EventKind;
use crate::sim::state::Setup;
use crate::sim::work::{Measure, MouthState, TaskKind};

/// A whole story, ready to run.
#[derive(Debug, Clone)]
pub struct Scenario {
    /// Its title.
    pub title: Bilingual,
    /// What it shows, one or two sentences.
    pub about: Bilingual,
    /// Whether it follows the record or asks what if.
    pub kind: StoryKind,
    /// Dates for the story's days.
    pub calendar: Calendar,
    /// Colour codes, the first one shown first.
    pub legends: Vec<Legend>,
    /// Numbers the scene sets, with their provenance.
    pub overrides: Vec<Override>,
    /// Who plays a part.
    pub cast: Vec<CastMember>,
    /// What happens.
    pub script: Script,
    /// Conversations that a visitor can have.
    pub talks: Vec<Talk>,
    /// The place, the people, the numbers, the seed.
    pub setup: Arc<Setup>,
    /// Hash of the scene's and the map's bytes, to recognise an edited file.
    pub content_hash: u64,
}

/// As recorded, or what if.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
pub enum StoryKind {
    /// Follows what is documented.
    AsRecorded,
    /// Changes something, to see what follows.
    WhatIf,
}

/// A number that a scene sets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Override {
    /// `survey.minutes`
    pub path: String,
    /// The value.
    pub value: u32,
    /// Kind of source.
    pub origin: Origin,
    /// The source itself.
    pub source: Bilingual,
}

/// Somebody who plays a part, chosen among the invented people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CastMember {
    /// The name the scene uses.
    pub name: String,
    /// Who it is.
    pub person: PersonId,
    /// Where the person lives.
    pub household: HouseholdId,
    /// Kind of source of the part.
    pub origin: Origin,
}

/// A conversation on the phone that a visitor can have: half a minute, in which
/// nothing can go wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Talk {
    /// Its name in files.
    pub id: String,
    /// The home that is rung.
    pub home: HouseholdId,
    /// What is heard first.
    pub opens: Bilingual,
    /// What is said and heard, in order; 1 to 3.
    pub exchanges: Vec<Exchange>,
    /// What is heard last, whatever was chosen.
    pub closes: Bilingual,
    /// Kind of source.
    pub origin: Origin,
    /// The source itself.
    pub source: Bilingual,
    /// Line of the scene file, from 1.
    pub line: u32,
}

/// One turn of a conversation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exchange {
    /// What one can say; 2 or 3.
    pub choices: Vec<Choice>,
}

/// Something one can say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// The words.
    pub say: Bilingual,
    /// What is heard back.
    pub hear: Bilingual,
    /// What it sets going, in order.
    pub actions: Vec<Action>,
}

/// The cues of a story.
#[derive(Debug, Clone, Default)]
pub struct Script {
    /// In the order of the file.
    pub cues: Vec<Cue>,
    /// In order of time.
    pub chapters: Vec<Chapter>,
    /// How the chapters are told, in order.
    pub beats: Vec<Beat>,
    /// What runs while nobody is there.
    pub attract: Vec<Beat>,
    /// Cues with a fixed minute, in order of time, then of the file.
    pub timetable: Vec<(Minute, CueId)>,
    /// For each cue, the cues that follow it and after how many minutes.
    pub followers: Vec<Vec<(u32, CueId)>>,
    /// Cues that wait for an event, a colour or a visitor's command.
    pub listeners: Vec<CueId>,
    /// Cues that wait for a condition.
    pub conditions: Vec<CueId>,
    /// Events that claims ask about: kind, and home if it is about one.
    pub watches: Vec<(EventKind, Option<HouseholdId>)>,
}

/// A cue's position in [`Script::cues`].
pub type CueId = u32;

/// A chapter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chapter {
    /// Its name in files.
    pub id: String,
    /// Its title.
    pub title: Bilingual,
    /// When it begins.
    pub from: Minute,
    /// Part of the express cut.
    pub express: bool,
}

/// A step of the telling: the story goes to a cue, says what it says, and stays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Beat {
    /// Of which chapter; none while nobody is there.
    pub chapter: Option<u32>,
    /// The cue it goes to.
    pub cue: CueId,
    /// Seconds the way there takes; 0 is a jump.
    pub over: u32,
    /// Seconds it stays.
    pub hold: u32,
    /// Part of the express cut.
    pub express: bool,
    /// Where it looks, instead of where the cue looks.
    pub look: Option<Look>,
    /// Board or plan; none leaves it.
    pub show: Option<View>,
    /// What stands below the legend; none leaves it.
    pub tab: Option<Tab>,
    /// The home or compound a hand points at.
    pub point: Option<Look>,
    /// A call that the visitor may make here, by its position in the story.
    pub talk: Option<u32>,
}

/// One line of the script.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cue {
    /// Its name, if others refer to it.
    pub id: Option<String>,
    /// When it happens.
    pub trigger: Trigger,
    /// What it does, in order.
    pub actions: Vec<Action>,
    /// What it says.
    pub say: Option<Bilingual>,
    /// Where it looks.
    pub look: Option<Look>,
    /// What must be true then.
    pub claims: Vec<Claim>,
    /// Kind of source.
    pub origin: Origin,
    /// The source itself.
    pub source: Bilingual,
    /// Line of the scene file, from 1.
    pub line: u32,
}

/// When a cue happens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trigger {
    /// At one minute.
    At(Minute),
    /// Every so many days at a clock time, from a day to a day.
    Every {
        /// First time.
        first: Minute,
        /// Days between.
        days: u32,
        /// Last minute at which it may happen.
        last: Minute,
    },
    /// So many minutes after another cue.
    After {
        /// The other cue.
        cue: CueId,
        /// Minutes.
        minutes: u32,
    },
    /// When something happens, the first time or each time.
    On {
        /// Kind of event.
        event: EventKind,
        /// Only at this home.
        home: Option<HouseholdId>,
        /// Only after this cue has happened.
        since: Option<CueId>,
        /// Each time instead of the first.
        each: bool,
    },
    /// When a figure first lies within bounds, looked at each quarter of an hour.
    Once(Condition),
    /// When a home first shows a colour.
    Shows {
        /// The home.
        home: HouseholdId,
        /// The colour.
        colour: RiskColour,
    },
    /// When a chapter begins.
    ChapterBegins(u32),
    /// When a visitor first asks for a kind of command.
    Asked(String),
}

/// A figure of the day within bounds, both included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// One of `DayCounts::CARDS`.
    pub figure: &'static str,
    /// Smallest value.
    pub at_least: u64,
    /// Largest value.
    pub at_most: u64,
}

/// Something a cue does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// A command that can be said in full beforehand.
    Command(SimCommand),
    /// The office is told something whose end depends on when it is told.
    Tell(HouseholdId, Fact),
}

/// A fact as a story tells it; days count from the minute it is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Fact {
    /// Somebody has a fever.
    Fever,
    /// At the fever clinic.
    AtClinic,
    /// The clinic found another illness.
    OtherIllness,
    /// The fever is over.
    FeverOver,
    /// First test negative.
    FirstNegative,
    /// Second test negative.
    SecondNegative,
    /// Confirmed; the patient is in hospital.
    Confirmed,
    /// The others of a confirmed case's home, for so many days.
    HouseholdContacts(u8),
    /// Named as a contact elsewhere, for so many days.
    NamedContact(u8),
    /// Discharged, for so many days.
    Discharged(u8),
    /// Household contacts finished well.
    ContactsDone,
    /// Somebody was reached.
    Reached,
    /// Moved out.
    MovedOut,
}

impl Action {
    /// The command at a minute.
    pub fn command(&self, now: Minute) -> SimCommand {
        match self {
            Self::Command(command) => command.clone(),
            Self::Tell(home, fact) => {
                let until =
                    |days: u8| Minute(now.day().start().0 + (u32::from(days) + 1) * DAY_MINUTES);
                let told = match *fact {
                    Fact::Fever => Told::Fever,
                    Fact::AtClinic => Told::Referred,
                    Fact::OtherIllness => Told::OtherIllness,
                    Fact::FeverOver => Told::FeverOver,
                    Fact::FirstNegative => Told::FirstNegative,
                    Fact::SecondNegative => Told::SecondNegative { until: None },
                    Fact::Confirmed => Told::Confirmed,
                    Fact::HouseholdContacts(days) => Told::HouseholdContacts { until: until(days) },
                    Fact::NamedContact(days) => Told::NamedContact { until: until(days) },
                    Fact::Discharged(days) => Told::Discharged { until: until(days) },
                    Fact::ContactsDone => Told::ContactsDone,
                    Fact::Reached => Told::Reached,
                    Fact::MovedOut => Told::MovedOut,
                };
                SimCommand::Tell(*home, told)
            }
        }
    }
}

/// Where a cue looks. Without a window it is only told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Look {
    /// The whole community.
    Community,
    /// One lane.
    Lane(WayId),
    /// One compound.
    Compound(CompoundId),
    /// One home.
    Home(HouseholdId),
    /// The board under another legend.
    Legend(u32),
}

/// Something that must be true when its cue happens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Claim {
    /// A figure lies within bounds now.
    Figure(Condition),
    /// A figure, summed over all days so far, lies within bounds.
    Total(Condition),
    /// Something has happened at a home by now, at most so long ago.
    Happened {
        /// Kind of event.
        event: EventKind,
        /// At which home.
        home: Option<HouseholdId>,
        /// At most so many minutes ago.
        within: Option<u32>,
    },
    /// A home shows a colour now.
    Shows {
        /// The home.
        home: HouseholdId,
        /// The colour.
        colour: RiskColour,
    },
    /// On no day so far were more worker-minutes used than available.
    HoursHold,
    /// A measure has at least this strength now.
    MeasureIs {
        /// The measure.
        measure: Measure,
        /// Smallest strength, permille.
        at_least: u16,
    },
    /// A mouth stands so now.
    MouthIs {
        /// The mouth.
        mouth: MouthId,
        /// Its state.
        state: MouthState,
    },
    /// The waiting line of a kind of work is no longer than this.
    Waiting {
        /// Kind of work.
        kind: TaskKind,
        /// Largest number.
        at_most: u32,
    },
}
