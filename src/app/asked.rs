//! The three doors, and the answer that comes back.
//!
//! Floor 5, with Bevy. Owns the messages; decides nothing.

use std::path::PathBuf;

use bevy::prelude::*;

use super::view::{Level, Sheet, Tab};
use crate::base::ids::{CompoundId, HouseholdId};
use crate::base::palette::PaletteChoice;
use crate::base::text::{Bilingual, Lang};
use crate::base::time::Minute;
use crate::base::view::View as LookOf;
use crate::session::guide::Cut;
use crate::session::pacer::Speed;
use crate::sim::command::SimCommand;

/// Something is asked of the community: logged, and may be undone.
#[derive(Message, Debug, Clone, PartialEq, Eq)]
pub struct Submit(pub SimCommand);

/// Something is asked of time.
#[derive(Message, Debug, Clone, PartialEq, Eq)]
pub struct Steer(pub TimeCommand);

/// Something is asked of the eye.
#[derive(Message, Debug, Clone, PartialEq)]
pub struct Look(pub ViewCommand);

/// What can be asked of time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TimeCommand {
    /// Goes on if it stands, stands if it goes.
    PlayOrPause,
    /// Stands.
    Pause,
    /// Another speed.
    Speed(Speed),
    /// One speed up.
    Faster,
    /// One speed down.
    Slower,
    /// So many minutes forth, or back if negative.
    Step(i64),
    /// To a minute.
    Seek(Minute),
    /// Takes the last command back.
    Undo,
    /// Brings it back again.
    Redo,
    /// An own future from here.
    Branch,
    /// To another branch.
    Switch(usize),
    /// Keeps the story on disk.
    Save,
    /// Takes the kept story up again.
    Load,
    /// Takes up a story or a save from a file.
    Open(PathBuf),
    /// The same story with another seed: another world.
    Reseed(u64),
    /// From the beginning, without what was asked.
    Restart,
    /// Something of the guide who tells the story.
    Guide(GuideCommand),
}

/// What can be asked of the guide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum GuideCommand {
    /// Tells the story from its first beat.
    Begin(Cut),
    /// Tells it from a chapter on, by its position in the story.
    Chapter(u32),
    /// One beat on.
    Next,
    /// One beat back.
    Back,
    /// Holds everything, or goes on.
    Hold,
    /// Lets the visitor go her own way.
    Leave,
    /// Takes her along again where she left.
    Join,
    /// Has told enough.
    Close,
}

/// What can be asked of the eye.
#[derive(Debug, Clone, PartialEq)]
pub enum ViewCommand {
    /// Another language.
    Speak(Lang),
    /// Large text, or not.
    LargeText(bool),
    /// Another set of fills.
    Palette(PaletteChoice),
    /// Nothing flies or fades, or all does.
    Still(bool),
    /// Board or plan.
    Show(LookOf),
    /// Another legend, by its place in the story.
    Legend(usize),
    /// A courtyard or a building, with its homes as tiles.
    Compound(Option<CompoundId>),
    /// A home, with its card.
    Home(Option<HouseholdId>),
    /// The camera goes to a level around what is chosen or in the middle.
    Zoom(Level),
    /// Nearer by a factor, around a point of the window (logical pixels) or the middle.
    Nearer(f32, Option<Vec2>),
    /// The picture moves by so many logical pixels.
    Pan(Vec2),
    /// A sheet over the stage, or none.
    Sheet(Option<Sheet>),
    /// What stands below the legend.
    Tab(Tab),
    /// Says where what is being said comes from.
    Source,
    /// Another page of the tiles.
    Page(usize),
    /// One step out: closes a sheet, a card, the tiles, then zooms out.
    Back,
}

/// How a notice sounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Something was done.
    Done,
    /// Something was refused, with the reason.
    Refused,
    /// Something is wrong with a file; stays until it is mended.
    Broken,
    /// What was wrong is mended: takes [`Tone::Broken`] away.
    Mended,
}

/// A sentence for whoever asked.
#[derive(Message, Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// What to say.
    pub text: Bilingual,
    /// How it sounds.
    pub tone: Tone,
}

impl Notice {
    /// A notice.
    pub fn new(tone: Tone, text: Bilingual) -> Self {
        Self { text, tone }
    }
}

pub(super) fn plugin(app: &mut App) {
    app.add_message::<Submit>()
        .add_message::<Steer>()
        .add_message::<Look>()
        .add_message::<Notice>();
}
