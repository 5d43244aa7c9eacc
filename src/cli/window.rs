//! What can be asked of the window, and of a picture drawn without one.
//!
//! Floor 4. Reads arguments that the grammar has accepted; owns
//! [`WindowRequest`] and [`PictureRequest`].

use std::ops::RangeInclusive;

use clap::ArgMatches;

use super::{Misuse, settings};
use crate::base::text::Bilingual;
use crate::base::view::{PaletteChoice, View};

/// Pixels of a window or a picture, each side.
pub const SIDE: RangeInclusive<u32> = 320..=8192;
/// Size of a picture unless asked otherwise, pixels: width, height.
pub const PICTURE_SIZE: (u32, u32) = (1920, 1080);
/// Minutes from one frame of a film to the next unless asked otherwise.
pub const EVERY_MINUTES: u32 = 60;
/// Most minutes from one frame of a film to the next: a week.
pub const EVERY_AT_MOST: u32 = 7 * 24 * 60;

/// A window on a story.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WindowRequest {
    /// A scene or a save, `.zyt`; without it the story that comes with the program.
    pub file: Option<String>,
    /// Instead of the scene's seed.
    pub seed: Option<u64>,
    /// Parameters to set, by path.
    pub set: Vec<(String, u32)>,
    /// So many communities side by side; 0 and 1 are one.
    pub scale: u32,
    /// Width and height of the window in pixels, each within [`SIDE`].
    pub size: Option<(u32, u32)>,
    /// The chapter to begin with, by its name or its number from 1.
    pub chapter: Option<String>,
    /// For visitors who come and go: the whole screen, no way out, and everything
    /// begins anew after each.
    pub kiosk: bool,
    /// The file of the screen's settings; only with `kiosk`.
    pub settings: Option<String>,
}

/// A picture, or the frames of a film, drawn off screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PictureRequest {
    /// The scene file.
    pub scene: String,
    /// When, `D5 18:00` or `2020-01-28 18:00`. Without it a picture shows the end
    /// and a film begins at the beginning.
    pub at: Option<String>,
    /// What is looked at.
    pub view: View,
    /// Width and height in pixels, each within [`SIDE`].
    pub size: (u32, u32),
    /// The legend; without it the scene's first.
    pub legend: Option<String>,
    /// The colours.
    pub palette: PaletteChoice,
    /// Larger letters.
    pub large_text: bool,
    /// Buttons and panels too, as on screen.
    pub controls: bool,
    /// Where to.
    pub target: PictureTarget,
    /// Instead of the scene's seed.
    pub seed: Option<u64>,
    /// Parameters to set, by path.
    pub set: Vec<(String, u32)>,
}

/// Where a picture goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PictureTarget {
    /// One file, `.png`.
    File(String),
    /// `frame_00001.png` and so on in a folder.
    Film {
        /// The folder.
        dir: String,
        /// The last minute, written like `at`; without it the story's end.
        until: Option<String>,
        /// Minutes from one frame to the next, 1 to [`EVERY_AT_MOST`].
        every: u32,
    },
    /// The same, of the story as it is told to a visitor: two frames a second.
    Telling {
        /// The folder.
        dir: String,
        /// Which telling.
        tell: Tell,
    },
}

/// The tellings that can be filmed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Tell {
    /// The short one.
    Express,
    /// All beats of all chapters.
    Full,
    /// What runs while nobody is there.
    Attract,
}

impl Tell {
    /// Every telling with its name on the command line.
    pub const ALL: [(&'static str, Self); 3] =
        [("express", Self::Express), ("full", Self::Full), ("attract", Self::Attract)];
}

/// What is asked of a kiosk, before a command or without one.
pub(super) fn kiosk(m: &ArgMatches) -> Result<WindowRequest, Misuse> {
    let (kiosk, settings) = (m.get_flag("kiosk"), m.get_one::<String>("settings").cloned());
    if settings.is_some() && !kiosk {
        return Err(Misuse(Bilingual::fixed(
            "--settings 只能和 --kiosk 一起写；先看看设置写得对不对，用 zhanyitu check <文件>",
            "--settings goes with --kiosk; to examine settings, zhanyitu check <FILE>",
        )));
    }
    Ok(WindowRequest { kiosk, settings, ..WindowRequest::default() })
}

/// A kiosk has a window: what is asked of one before another command is a mistake.
pub(super) fn kiosk_goes_with(root: &ArgMatches, command: &str) -> Result<(), Misuse> {
    if command == "open" || !root.get_flag("kiosk") && !root.contains_id("settings") {
        return Ok(());
    }
    Err(Misuse(Bilingual::new(
        format!("--kiosk 要开窗口，不能和 {command} 一起写；用 zhanyitu --kiosk"),
        format!("--kiosk opens the window and does not go with {command}; zhanyitu --kiosk"),
    )))
}

/// `open`, with what was written before it.
pub(super) fn window(m: &ArgMatches, root: &ArgMatches) -> Result<WindowRequest, Misuse> {
    let (own, before) = (kiosk(m)?, kiosk(root)?);
    let kiosk = own.kiosk || before.kiosk;
    let size = m.get_one::<String>("size").map(|text| size(text)).transpose()?;
    if kiosk && size.is_some() {
        return Err(Misuse(Bilingual::fixed(
            "--kiosk 总是占满屏幕，不能再写 --size",
            "--kiosk always fills the screen; --size does not go with it",
        )));
    }
    if kiosk && m.contains_id("chapter") {
        return Err(Misuse(Bilingual::fixed(
            "--kiosk 让每位参观者自己起头，不能再写 --chapter",
            "--kiosk lets every visitor begin; --chapter does not go with it",
        )));
    }
    Ok(WindowRequest {
        kiosk,
        settings: own.settings.or(before.settings),
        file: m.get_one("file").cloned(),
        seed: m.get_one("seed").copied(),
        set: settings(m)?,
        scale: m.get_one("scale").copied().unwrap_or(0),
        size,
        chapter: m.get_one("chapter").cloned(),
    })
}

/// `picture`.
pub(super) fn picture(m: &ArgMatches) -> Result<PictureRequest, Misuse> {
    let text = |key: &str| m.get_one::<String>(key).cloned();
    let chosen = |key: &str| text(key).unwrap_or_default();
    let (view, palette) = (chosen("view"), chosen("palette"));
    Ok(PictureRequest {
        scene: chosen("scene"),
        at: text("at"),
        view: View::ALL.into_iter().find(|v| v.name() == view).unwrap_or_default(),
        size: text("size").map_or(Ok(PICTURE_SIZE), |text| size(&text))?,
        legend: text("legend"),
        palette: PaletteChoice::ALL.into_iter().find(|p| p.name() == palette).unwrap_or_default(),
        large_text: m.get_flag("large-text"),
        controls: m.get_flag("controls"),
        target: target(m)?,
        seed: m.get_one("seed").copied(),
        set: settings(m)?,
    })
}

/// Exactly one of a file and a folder; the grammar refuses both.
fn target(m: &ArgMatches) -> Result<PictureTarget, Misuse> {
    let text = |key: &str| m.get_one::<String>(key).cloned();
    if let Some(dir) = text("film") {
        if let Some(named) = text("tell") {
            let found = Tell::ALL.into_iter().find(|(name, _)| *name == named);
            let tell = found.map_or(Tell::Express, |(_, tell)| tell);
            return Ok(PictureTarget::Telling { dir, tell });
        }
        let every = m.get_one("every").copied().unwrap_or(EVERY_MINUTES);
        return Ok(PictureTarget::Film { dir, until: text("until"), every });
    }
    let Some(file) = text("out") else {
        return Err(Misuse(Bilingual::fixed(
            "还缺 --out <文件>；要一连画许多张，用 --film <文件夹>",
            "--out <FILE> is missing; for many pictures in a row, --film <DIR>",
        )));
    };
    if let Some(only) = ["until", "every", "tell"].into_iter().find(|key| m.contains_id(key)) {
        return Err(Misuse(Bilingual::new(
            format!("--{only} 只能和 --film 一起写；要一连画许多张，用 --film <文件夹>"),
            format!("--{only} goes with --film; for many pictures in a row, --film <DIR>"),
        )));
    }
    let ending = file.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    match ending.as_deref() {
        Some("png") => Ok(PictureTarget::File(file)),
        Some("svg" | "pdf" | "csv") => Err(Misuse(Bilingual::new(
            format!("这里只画 .png；“{file}”用 zhanyitu export 写"),
            format!("only .png is drawn here; `{file}` is written by zhanyitu export"),
        ))),
        _ => Err(Misuse(Bilingual::new(
            format!("“{file}”不能用：文件名须以 .png 结尾"),
            format!("`{file}` cannot be used: the name ends in .png"),
        ))),
    }
}

/// `1920x1080`
fn size(text: &str) -> Result<(u32, u32), Misuse> {
    let sides = text.split_once(['x', 'X', '×']).and_then(|(width, height)| {
        Some((width.trim().parse::<u32>().ok()?, height.trim().parse::<u32>().ok()?))
    });
    let Some((width, height)) = sides else {
        return Err(Misuse(Bilingual::new(
            format!("“{text}”不是大小；写成 --size 1920x1080"),
            format!("`{text}` is not a size; write it like --size 1920x1080"),
        )));
    };
    if SIDE.contains(&width) && SIDE.contains(&height) {
        return Ok((width, height));
    }
    let (min, max) = (SIDE.start(), SIDE.end());
    Err(Misuse(Bilingual::new(
        format!("“{text}”太大或太小；宽和高都须在 {min} 到 {max} 个像素之间"),
        format!(
            "`{text}` is too large or too small; width and height lie from {min} to {max} pixels"
        ),
    )))
}

#[cfg(test)]
mod tests {
    use super::super::{Request, parse};
    use super::*;
    use crate::base::text::Lang;

    /// As a shell would cut it, with `"D5 18:00"` in one piece.
    fn ask(line: &str) -> Result<Request, Misuse> {
        let words = line.split('"').enumerate().flat_map(|(i, part)| {
            if i % 2 == 1 {
                vec![part.to_owned()]
            } else {
                part.split_whitespace().map(str::to_owned).collect()
            }
        });
        let args: Vec<String> = std::iter::once("zhanyitu".to_owned()).chain(words).collect();
        parse(&args, Lang::En)
    }

    fn refused(line: &str, zh: &str, en: &str) {
        let Misuse(text) = ask(line).unwrap_err();
        assert!(text.zh.contains(zh), "{line}: {}", text.zh);
        assert!(text.en.contains(en), "{line}: {}", text.en);
    }

    #[test]
    fn without_a_command_the_window_opens_on_the_default_story() {
        assert_eq!(ask(""), Ok(Request::Window(WindowRequest::default())));
        assert_eq!(ask("--lang zh"), Ok(Request::Window(WindowRequest::default())));
        assert_eq!(ask("open"), Ok(Request::Window(WindowRequest::default())));
    }

    #[test]
    fn a_window_is_understood() {
        let request =
            ask("open a.ron --seed 7 --set survey.minutes=18 --scale 10 --size 1280x720 \
             --chapter the_calls");
        let expected = WindowRequest {
            file: Some("a.ron".to_owned()),
            seed: Some(7),
            set: vec![("survey.minutes".to_owned(), 18)],
            scale: 10,
            size: Some((1280, 720)),
            chapter: Some("the_calls".to_owned()),
            ..WindowRequest::default()
        };
        assert_eq!(request, Ok(Request::Window(expected)));
    }

    #[test]
    fn a_kiosk_is_asked_for_with_and_without_a_command() {
        let kiosk = |file: Option<&str>, settings: Option<&str>| {
            Ok(Request::Window(WindowRequest {
                kiosk: true,
                file: file.map(str::to_owned),
                settings: settings.map(str::to_owned),
                ..WindowRequest::default()
            }))
        };
        assert_eq!(ask("--kiosk"), kiosk(None, None));
        assert_eq!(ask("--kiosk --settings k.ron --lang zh"), kiosk(None, Some("k.ron")));
        for line in ["open a.ron --kiosk --settings k.ron", "--kiosk --settings k.ron open a.ron"] {
            assert_eq!(ask(line), kiosk(Some("a.ron"), Some("k.ron")), "{line}");
        }
        for line in ["--settings k.ron", "open --settings k.ron"] {
            refused(line, "和 --kiosk 一起写", "--settings goes with --kiosk");
        }
        refused("--kiosk run a.ron", "不能和 run", "does not go with run");
        refused("open --kiosk --chapter 2", "不能再写 --chapter", "--chapter does not go with it");
        refused("open --kiosk --size 800x600", "占满屏幕", "fills the screen");
        let new = |settings| Ok(Request::New { file: "k.ron".to_owned(), settings });
        assert_eq!((ask("new k.ron"), ask("new k.ron --kiosk")), (new(false), new(true)));
    }

    #[test]
    fn a_picture_is_understood() {
        let request =
            ask("picture --scene scenes/fuxiang_2020.ron --at \"D5 18:00\" --view board \
             --size 3840x2160 --lang zh --out x.png");
        let expected = PictureRequest {
            scene: "scenes/fuxiang_2020.ron".to_owned(),
            at: Some("D5 18:00".to_owned()),
            view: View::Board,
            size: (3840, 2160),
            legend: None,
            palette: PaletteChoice::Standard,
            large_text: false,
            controls: false,
            target: PictureTarget::File("x.png".to_owned()),
            seed: None,
            set: Vec::new(),
        };
        assert_eq!(request, Ok(Request::Picture(expected.clone())));
        let request = ask("picture --scene a.ron --view plan --legend b --palette friendly \
             --large-text --controls --seed 3 --set survey.minutes=18 -o X.PNG");
        let expected = PictureRequest {
            scene: "a.ron".to_owned(),
            at: None,
            view: View::Plan,
            size: PICTURE_SIZE,
            legend: Some("b".to_owned()),
            palette: PaletteChoice::Friendly,
            large_text: true,
            controls: true,
            target: PictureTarget::File("X.PNG".to_owned()),
            seed: Some(3),
            set: vec![("survey.minutes".to_owned(), 18)],
        };
        assert_eq!(request, Ok(Request::Picture(expected)));
    }

    #[test]
    fn a_film_is_understood() {
        let film = |line: &str| match ask(line) {
            Ok(Request::Picture(request)) => request.target,
            other => panic!("{line}: {other:?}"),
        };
        assert_eq!(
            film(
                "picture --scene a.ron --at \"D1 08:00\" --film f --until \"D5 18:00\" --every 15"
            ),
            PictureTarget::Film {
                dir: "f".to_owned(),
                until: Some("D5 18:00".to_owned()),
                every: 15
            }
        );
        assert_eq!(
            film("picture --scene a.ron --film f --tell full"),
            PictureTarget::Telling { dir: "f".to_owned(), tell: Tell::Full }
        );
        assert_eq!(
            film("picture --scene a.ron --film f"),
            PictureTarget::Film { dir: "f".to_owned(), until: None, every: EVERY_MINUTES }
        );
    }

    #[test]
    fn what_is_asked_wrongly_is_explained() {
        refused("picture -o x.png", "还缺 --scene", "--scene <SCENE> is missing");
        refused("picture --scene a.ron", "--film <", "--out <FILE> is missing");
        refused(
            "picture --scene a.ron -o x.png --film f",
            "不能和",
            "cannot be used together with `--film <DIR>`",
        );
        refused("picture --scene a.ron -o x.png --every 5", "--every 只能", "--every goes with");
        refused("picture --scene a.ron -o x.png --tell full", "--tell 只能", "--tell goes with");
        refused(
            "picture --scene a.ron --film f --tell full --every 5",
            "不能和",
            "cannot be used together",
        );
        refused("picture --scene a.ron -o x.png --until D5", "--until 只能", "--until goes with");
        refused("picture --scene a.ron -o x.svg", "zhanyitu export", "by zhanyitu export");
        refused("picture --scene a.ron -o x.jpg", "以 .png 结尾", "ends in .png");
        refused("picture --scene a.ron -o png", "以 .png 结尾", "ends in .png");
        refused("picture --scene a.ron -o x.png --veiw plan", "--view", "did you mean `--view`");
        refused("picture --scene a.ron -o x.png --view paln", "“plan”", "did you mean `plan`");
        refused("picture --scene a.ron -o x.png --palette x", "friendly", "standard, friendly");
        refused("picture --scene a.ron --film f --every 0", "“0”", "cannot be `0`");
        for size in ["big", "100", "1920x", "x1080", "-1x400"] {
            let line = format!("picture --scene a.ron -o x.png --size={size}");
            refused(&line, "写成 --size 1920x1080", "like --size 1920x1080");
        }
        for size in ["319x400", "400x8193"] {
            let line = format!("open --size {size}");
            refused(&line, "320 到 8192", "from 320 to 8192 pixels");
        }
        refused("open --scale 0", "不能是“0”", "cannot be `0`");
        refused("pictrue", "是不是“picture”", "did you mean `picture`");
        refused("scenes/a.ron", "zhanyitu open scenes/a.ron", "zhanyitu open scenes/a.ron");
        refused("my.ZYT", "zhanyitu open my.ZYT", "zhanyitu open my.ZYT");
    }
}
