//! The three doors on one queue, and the answer that comes back.
//!
//! Floor 5, with Bevy. Owns the messages; decides nothing.

use std::path::PathBuf;

use bevy::prelude::*;

use super::view::{FeedView, Goal, Level, Sheet, Tab, TodayPart};
use crate::base::ids::{CompoundId, HouseholdId};
use crate::base::palette::PaletteChoice;
use crate::base::text::{Bilingual, Lang};
use crate::base::time::Minute;
use crate::base::view::View as LookOf;
use crate::session::filter::Filter;
use crate::session::guide::Cut;
use crate::session::layers::Layer;
use crate::session::pacer::Speed;
use crate::sim::command::SimCommand;

/// Something is asked, at one of three doors. They share a queue: where a frame takes
/// long, what was asked within it is still done in the order in which it was asked.
#[derive(Message, Debug, Clone, PartialEq)]
pub enum Ask {
    /// Of the eye.
    Look(ViewCommand),
    /// Of time.
    Steer(TimeCommand),
    /// Of the community: logged, and may be undone.
    Submit(SimCommand),
}

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
    /// To a minute, with nothing lying over the stage.
    Show(Minute),
    /// Writes what happened so far into a table beside the saves.
    KeepEvents,
    /// Takes up a story or a save from a file.
    Open(PathBuf),
    /// Takes up the story that is built in.
    OpenBuiltIn,
    /// The same story with another seed: another world.
    Reseed(u64),
    /// From the beginning, without what was asked.
    Restart,
    /// Everything as the first visitor found it: story, speed, branches, and how it
    /// is looked at. See [`super::Start`].
    Anew,
    /// Something of the guide who tells the story.
    Guide(GuideCommand),
}

impl TimeCommand {
    /// Whether a visitor of a kiosk may ask for it: nothing that keeps a file, opens
    /// one, or makes another world for whoever comes next.
    pub const fn is_for_visitors(&self) -> bool {
        !matches!(
            self,
            Self::Branch
                | Self::Switch(_)
                | Self::Save
                | Self::Load
                | Self::Open(_)
                | Self::OpenBuiltIn
                | Self::KeepEvents
                | Self::Reseed(_)
        )
    }
}

/// What can be asked of the guide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum GuideCommand {
    /// Tells the story from its first beat.
    Begin(Cut),
    /// Is ready to tell it, and leaves the visitor to what she does.
    Offer(Cut),
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
    /// Every control low on the screen, or not.
    Low(bool),
    /// Board or plan.
    Show(LookOf),
    /// Another legend, by its place in the story; the map shows it at once.
    Legend(usize),
    /// Another layer.
    Layer(Layer),
    /// Other homes are meant, or all of them.
    Filter(Filter),
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
    /// What of the day's work is shown, and which page of it.
    Today(TodayPart, usize),
    /// In the call being made, in this exchange: says one of the things that can be
    /// said. Saying it again does nothing.
    Say(usize, usize),
    /// The camera goes to a place, and what stands there is chosen.
    Go(Goal),
    /// Another page of the tiles, or of what a sheet lists.
    Page(usize),
    /// Which lines of the log are seen.
    Feed(FeedView),
    /// Another page of what stands below the legend.
    TabPage(usize),
    /// Another page of the sheet that is open.
    SheetPage(usize),
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

/// Everything is as the first visitor found it. Rooms that remember something of a
/// visit forget it: the camera, the keyboard's place, fingers, notices.
#[derive(Message, Debug, Clone, Copy, PartialEq, Eq)]
pub struct Renewed;

pub(super) fn plugin(app: &mut App) {
    app.add_message::<Renewed>().add_message::<Ask>().add_message::<Notice>();
}
