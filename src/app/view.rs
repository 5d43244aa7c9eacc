//! How the story is looked at: language, sizes, colours, look, and what is chosen.
//!
//! Floor 5, with Bevy. Owns [`View`]; `bridge` changes it on a [`super::Look`].

use bevy::prelude::*;

use super::talk::Conversation;
use crate::base::ids::{CompoundId, HouseholdId, MouthId, WayId};
use crate::base::palette::PaletteChoice;
use crate::base::text::Lang;
pub use crate::base::view::Tab;
use crate::base::view::View as LookOf;
use crate::session::FeedKind;
use crate::session::filter::Filter;
use crate::session::layers::Layer;

/// How near one is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Level {
    /// All homes.
    #[default]
    Community,
    /// One lane.
    Lane,
    /// One courtyard or building.
    Compound,
    /// One home.
    Home,
}

impl Level {
    /// Every level, from far to near.
    pub const ALL: [Self; 4] = [Self::Community, Self::Lane, Self::Compound, Self::Home];

    /// One level nearer; the nearest stays.
    #[must_use]
    pub const fn nearer(self) -> Self {
        match self {
            Self::Community => Self::Lane,
            Self::Lane => Self::Compound,
            Self::Compound | Self::Home => Self::Home,
        }
    }

    /// One level farther; the farthest stays.
    #[must_use]
    pub const fn farther(self) -> Self {
        match self {
            Self::Community | Self::Lane => Self::Community,
            Self::Compound => Self::Lane,
            Self::Home => Self::Compound,
        }
    }
}

/// A sheet that lies over the stage; one at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Sheet {
    /// Keys and touches.
    Help,
    /// Save, load, branches, seed.
    Story,
    /// A few words beside a home.
    Note(HouseholdId),
    /// The chapters, and the two tellings.
    Chapters,
    /// Which homes are meant: conditions that can be combined.
    Filters,
    /// The board on days that matter.
    Gallery,
    /// The stories one can choose from.
    Shelf,
    /// What the model is, and what it cannot say.
    Model,
    /// Whether to begin again: with several hands on the glass somebody always
    /// presses it.
    Again,
    /// A call that a visitor makes, by its place in the story.
    Talk(usize),
}

/// Where the camera can be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Goal {
    /// To a home; its card opens.
    Home(HouseholdId),
    /// To a courtyard or a building; its homes stand as tiles.
    Compound(CompoundId),
    /// To a lane.
    Way(WayId),
    /// To a lane mouth, on the plan: the board does not show any.
    Mouth(MouthId),
}

/// Which lines of the log are seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct FeedView {
    /// Only those of a kind.
    pub kind: Option<FeedKind>,
    /// Those before a line, by its position in the log; without one, the newest.
    pub before: Option<usize>,
}

/// What of the day's work is shown; one at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum TodayPart {
    /// The round of calls, and phones that nobody answers.
    #[default]
    Calls,
    /// Hours there are, what they went into, what waits.
    Hours,
    /// Neighbours who joined.
    Neighbours,
    /// Lane mouths: who stands there, and what it costs.
    Mouths,
    /// How long help took, with the calls and without.
    Waits,
}

impl TodayPart {
    /// Every part, in the order in which they stand.
    pub const ALL: [Self; 5] =
        [Self::Calls, Self::Hours, Self::Neighbours, Self::Mouths, Self::Waits];
}

/// What is chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Chosen {
    /// A courtyard or building: its homes stand as tiles.
    pub compound: Option<CompoundId>,
    /// A home: its card is open.
    pub home: Option<HouseholdId>,
}

/// Where the story looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Aim {
    /// The whole community.
    Community,
    /// One lane.
    Lane(WayId),
    /// One courtyard or building.
    Compound(CompoundId),
    /// One home.
    Home(HouseholdId),
}

#[expect(clippy::struct_excessive_bools, reason = "independent switches, no states")]
/// How the story is looked at. Nothing here changes what happens.
#[derive(Resource, Debug, Clone, PartialEq)]
pub struct View {
    /// The language.
    pub lang: Lang,
    /// Large text.
    pub large: bool,
    /// The set of fills.
    pub palette: PaletteChoice,
    /// Nothing flies or fades.
    pub still: bool,
    /// Board or plan.
    pub look: LookOf,
    /// The legend, by its place in the story.
    pub legend: usize,
    /// What the map shows of each home.
    pub layer: Layer,
    /// Which homes are meant; the others are faded.
    pub filter: Filter,
    /// What is chosen.
    pub chosen: Chosen,
    /// The page of the tiles.
    pub page: usize,
    /// The sheet that is open.
    pub sheet: Option<Sheet>,
    /// What stands below the legend.
    pub tab: Tab,
    /// Where the story looks. The camera flies there once for each of
    /// [`looks`](super::Live::looks), and then is the visitor's again.
    pub aim: Option<Aim>,
    /// What the story's hand points at.
    pub point: Option<Aim>,
    /// Its page.
    pub tab_page: usize,
    /// Which lines of the log are seen.
    pub feed: FeedView,
    /// The page of the sheet that is open.
    pub sheet_page: usize,
    /// What of the day's work is shown.
    pub today: TodayPart,
    /// The page of what is shown of it.
    pub today_page: usize,
    /// The call that is being made, while its sheet is open.
    pub talk: Option<Conversation>,
    /// The story was over, and what was so has been shown: it may be seen at any minute.
    pub revealed: bool,
    /// Every text two fifths longer: a language for tests.
    pub pseudo: bool,
    /// Whether buttons and tracks are shown; a picture may go without.
    pub controls: bool,
    /// A screen in a hall: nothing is offered that keeps, opens or leaves anything.
    pub kiosk: bool,
    /// Every control stands low, for children and people who sit.
    pub low: bool,
}

impl View {
    /// As a visitor finds it.
    pub fn new(lang: Lang) -> Self {
        Self {
            lang,
            large: false,
            palette: PaletteChoice::Standard,
            still: false,
            look: LookOf::Board,
            legend: 0,
            layer: Layer::Status,
            filter: Filter::NONE,
            chosen: Chosen::default(),
            page: 0,
            sheet: None,
            tab: Tab::Card,
            aim: None,
            point: None,
            tab_page: 0,
            feed: FeedView::default(),
            sheet_page: 0,
            today: TodayPart::Calls,
            today_page: 0,
            talk: None,
            revealed: false,
            pseudo: false,
            controls: true,
            kiosk: false,
            low: false,
        }
    }
}

/// Where the map is seen: logical pixels of the window, y down.
#[derive(Resource, Debug, Clone, Copy, PartialEq)]
pub struct Stage {
    /// Size of the window.
    pub window: Vec2,
    /// The part of it that no panel covers.
    pub map: Rect,
    /// How much of the map's lower edge the tray of tiles covers.
    pub tray: f32,
    /// Physical pixels of a logical one.
    pub scale: f32,
    /// Logical pixels of a unit of the panels.
    pub unit: f32,
    /// Panels stand below the map instead of beside it.
    pub upright: bool,
}

impl Default for Stage {
    fn default() -> Self {
        let window = Vec2::new(1920.0, 1080.0);
        Self {
            window,
            map: Rect::from_corners(Vec2::ZERO, window),
            tray: 0.0,
            scale: 1.0,
            unit: 1.0,
            upright: false,
        }
    }
}

/// How much the panels leave away so that nothing is cut: 0 shows everything.
/// `window::stage` raises it while something is cut, and begins anew when language,
/// sizes or what is chosen change.
#[derive(Resource, Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Squeeze(pub u8);

impl Squeeze {
    /// Beyond this nothing more can be left away.
    pub const MOST: u8 = 7;

    /// Lines of a home's history.
    pub const fn history(self) -> usize {
        match self.0 {
            0 => 4,
            1 => 2,
            _ => 0,
        }
    }

    /// The legend shows counts beside its chips, and no words.
    pub const fn brief_legend(self) -> bool {
        self.0 >= 3
    }

    /// Paddings are narrow, and actions are icons alone.
    pub const fn tight(self) -> bool {
        self.0 >= 5
    }

    /// The tabs make room for the card that is open.
    pub const fn no_tabs(self) -> bool {
        self.0 >= 6
    }

    /// Who lives in a home, and what the story says, are left away.
    pub const fn bare(self) -> bool {
        self.0 >= 4
    }
}

/// Whether a finger is on a control or a panel: what it holds is not made anew
/// under it.
#[derive(Resource, Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Touched(pub bool);
