//! What an operator sets for a screen: one file, checked like a scene.
//!
//! Floor 4. Reads the text that is given to it, never a file; owns [`Settings`] and
//! the bounds of each value. Everything wrong is told at once, with line, column and
//! what would be right. A value that is not written is as in `assets/kiosk.ron`,
//! which explains each of them and can be copied.
//!
//! ```
//! use zhanyitu::settings::{Settings, read};
//!
//! let found = read("kiosk.ron", b"(format: 1, idle_seconds: 60)").expect("it is sound");
//! assert_eq!(found.settings.idle_seconds, 60);
//! let problems = read("kiosk.ron", b"(format: 1, idle_second: 5)").expect_err("a slip");
//! assert!(problems[0].hint.as_ref().is_some_and(|h| h.en.contains("`idle_seconds`")));
//! ```

mod bounds;

use core::time::Duration;

use serde::Deserialize;

use crate::base::text::{Bilingual, Lang};
use crate::base::view::PaletteChoice;
use crate::scenario::outline::Limits;
use crate::scenario::problem::Problem;
use crate::scenario::read::{Fields, Kind, Reader};

pub use bounds::{HIGHEST_MM, LOW_MM, LOWEST_MM};

/// The format of settings that this program reads.
pub const FORMAT: u32 = 1;
/// The commented settings that come with the program; they are the defaults.
pub const DEFAULT_TEXT: &str = include_str!("../../assets/kiosk.ron");
/// How the defaults are called where a file has a name.
pub const DEFAULT_NAME: &str = "assets/kiosk.ron";

/// For whom a screen stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Deserialize)]
pub enum Profile {
    /// Visitors come and go: the screen calls them, and begins anew after each.
    #[default]
    Museum,
    /// A class reads slowly: nothing begins anew by itself.
    Classroom,
}

/// How a screen hangs, measured on the spot.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Screen {
    /// Pixels of a millimetre, 0.5–20.
    pub px_per_mm: f32,
    /// From the floor to the lowest row of pixels, millimetres, 0–1500.
    pub bottom_mm: u32,
}

/// What an operator sets.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// For whom.
    pub profile: Profile,
    /// The scene, as the file names it: beside the file of the settings, or by its
    /// whole path. Without it the story of Fuxiang.
    pub story: Option<String>,
    /// The language in which each visit begins.
    pub language: Lang,
    /// Large text to begin with.
    pub large_text: bool,
    /// The colours to begin with.
    pub palette: PaletteChoice,
    /// Nothing flies or fades to begin with.
    pub less_motion: bool,
    /// Every control low on the screen to begin with.
    pub low: bool,
    /// Measures of the screen; without them it is taken for a 43-inch panel of
    /// 1920 × 1080, and nothing is known of its height.
    pub screen: Option<Screen>,
    /// Without a touch for so long, the visitor is asked. Seconds, 15–600.
    pub idle_seconds: u32,
    /// How long the question waits. Seconds, 5–20.
    pub countdown_seconds: u32,
    /// How long the story plays before it begins again while nobody is there.
    /// Seconds, 20–180.
    pub attract_seconds: u32,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            profile: Profile::Museum,
            story: None,
            language: Lang::Zh,
            large_text: false,
            palette: PaletteChoice::Standard,
            less_motion: false,
            low: false,
            screen: None,
            idle_seconds: 45,
            countdown_seconds: 15,
            attract_seconds: 48,
        }
    }
}

impl Settings {
    /// Whether the screen calls visitors, asks, and begins anew.
    pub const fn minds_idleness(&self) -> bool {
        matches!(self.profile, Profile::Museum)
    }

    /// See [`Self::idle_seconds`].
    pub const fn idle(&self) -> Duration {
        Duration::from_secs(self.idle_seconds as u64)
    }

    /// See [`Self::countdown_seconds`].
    pub const fn countdown(&self) -> Duration {
        Duration::from_secs(self.countdown_seconds as u64)
    }

    /// See [`Self::attract_seconds`].
    pub const fn attract(&self) -> Duration {
        Duration::from_secs(self.attract_seconds as u64)
    }
}

/// Settings that can be used.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// The settings.
    pub settings: Settings,
    /// What somebody should look at.
    pub warnings: Vec<Problem>,
}

/// Every field of the file besides `format`.
const FIELDS: [&str; 11] = [
    "profile",
    "story",
    "language",
    "large_text",
    "palette",
    "less_motion",
    "low",
    "screen",
    "idle_seconds",
    "countdown_seconds",
    "attract_seconds",
];

/// Fields that every scene has and settings never have.
const OF_SCENES: [&str; 6] = ["title", "about", "starts", "ends", "map", "script"];

#[derive(Deserialize)]
enum Colours {
    Standard,
    Friendly,
}

/// Reads settings. `file` is the name that people will see.
///
/// # Errors
/// Everything that is wrong with the file, in its order.
pub fn read(file: &str, bytes: &[u8]) -> Result<Found, Vec<Problem>> {
    let mut reader = Reader::new(file, bytes, Limits::default());
    let Some(root) = reader.root() else {
        return reader.finish().map(|warnings| Found { settings: Settings::default(), warnings });
    };
    let fields = reader.fields(root, &["format"], &FIELDS);
    bounds::format(&mut reader, &fields);
    let fresh = Settings::default();
    let settings = Settings {
        profile: reader.field(&fields, "profile").unwrap_or(fresh.profile),
        story: story(&mut reader, &fields),
        language: reader.field(&fields, "language").unwrap_or(fresh.language),
        large_text: reader.field(&fields, "large_text").unwrap_or(fresh.large_text),
        palette: match reader.field(&fields, "palette") {
            Some(Colours::Friendly) => PaletteChoice::Friendly,
            Some(Colours::Standard) | None => fresh.palette,
        },
        less_motion: reader.field(&fields, "less_motion").unwrap_or(fresh.less_motion),
        low: reader.field(&fields, "low").unwrap_or(fresh.low),
        screen: screen(&mut reader, &fields),
        idle_seconds: bounds::whole(&mut reader, &fields, &bounds::IDLE),
        countdown_seconds: bounds::whole(&mut reader, &fields, &bounds::COUNTDOWN),
        attract_seconds: bounds::whole(&mut reader, &fields, &bounds::ATTRACT),
    };
    reader.finish().map(|warnings| Found { settings, warnings })
}

fn screen(reader: &mut Reader, fields: &Fields) -> Option<Screen> {
    let node = fields.get("screen")?;
    let parts = reader.fields(node, &["px_per_mm", "bottom_mm"], &[]);
    if !reader.is_struct(node) {
        return None;
    }
    let screen = Screen {
        px_per_mm: bounds::px_per_mm(reader, &parts),
        bottom_mm: bounds::whole(reader, &parts, &bounds::BOTTOM),
    };
    bounds::room_below(reader, &parts, screen.bottom_mm);
    Some(screen)
}

/// A name that is written but empty would be looked for as a folder.
fn story(reader: &mut Reader, fields: &Fields) -> Option<String> {
    let name: String = reader.field(fields, "story")?;
    if name.trim().is_empty() {
        let node = fields.get("story")?;
        reader.problem(
            node,
            Bilingual::fixed("剧本的名字空着", "the name of the scene is empty"),
            Some(Bilingual::fixed(
                "写文件名，或者整行删去，就演福祥的故事",
                "name a file, or leave the line out: then the story of Fuxiang is told",
            )),
        );
        return None;
    }
    Some(name)
}

/// Whether a file is about a screen rather than about a story.
pub fn is_settings(bytes: &[u8]) -> bool {
    let reader = Reader::new("", bytes, Limits::default());
    let Some(root) = reader.root() else { return false };
    let Kind::Struct { fields, .. } = &reader.node(root).kind else { return false };
    let has = |names: &[&str]| fields.iter().any(|f| names.contains(&f.name.text.as_str()));
    has(&FIELDS) && !has(&OF_SCENES)
}

#[cfg(test)]
#[path = "settings_tests.rs"]
mod tests;
