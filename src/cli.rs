//! What can be asked on the command line, in Chinese and in English.
//!
//! Floor 4. Reads arguments and the environment's language as values; owns
//! [`Request`]. Pure: nothing is opened, printed or ended here.

mod grammar;
mod help;
mod studies;
mod window;

use clap::ArgMatches;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::base::text::{Bilingual, Lang};
use crate::scenario::names::{nearest, no_parameter};
use crate::sim::card::ParamError;
use crate::sim::params::Params;

pub use grammar::command;
pub use studies::{AnchorsRequest, Method, Question, RUNS, StudyRequest, Uncertain};
pub use window::{
    EVERY_AT_MOST, EVERY_MINUTES, PICTURE_SIZE, PictureRequest, PictureTarget, SIDE, Tell,
    WindowRequest,
};

/// What somebody asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Request {
    /// The window; without a command on the default story.
    Window(WindowRequest),
    /// A picture drawn off screen.
    Picture(PictureRequest),
    /// A text to be shown as it is: help or version.
    Show(String),
    /// Play a scene and tell what happened.
    Run(RunRequest),
    /// Examine scenes and play them for their claims.
    Check(Vec<String>),
    /// Explain the model.
    Describe(Topic),
    /// Play a save or a log again and compare.
    Replay {
        /// The file.
        file: String,
        /// The scene of a text log.
        scene: Option<String>,
    },
    /// The board at one minute as a file.
    Export(ExportRequest),
    /// A commented scene, or the settings of a screen, to start from.
    New {
        /// The new file.
        file: String,
        /// The settings of a screen instead of a scene.
        settings: bool,
    },
    /// The Fuxiang map, generated.
    Map {
        /// The seed.
        seed: u64,
        /// The file.
        out: String,
    },
    /// Many runs of a story.
    Study(StudyRequest),
    /// Files of runs, joined.
    Merge {
        /// The parts.
        files: Vec<String>,
        /// The whole.
        out: String,
    },
    /// The table of validation.
    Anchors(AnchorsRequest),
}

/// A story to play.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RunRequest {
    /// The scene file.
    pub scene: String,
    /// Instead of the scene's seed.
    pub seed: Option<u64>,
    /// Parameters to set, by path.
    pub set: Vec<(String, u32)>,
    /// As JSON instead of a table.
    pub json: bool,
    /// A folder for tables.
    pub csv: Option<String>,
    /// A log of commands to play along.
    pub log: Option<String>,
    /// A file for the story as it stands at the end.
    pub save: Option<String>,
    /// Begin UTF-8 tables with a byte order mark.
    pub bom: bool,
    /// Isolated households to add behind the community's own.
    pub isolated: u32,
    /// So many communities side by side, to see how the cost grows; 0 and 1 are one.
    pub scale: u32,
}

/// A picture or table of the board.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportRequest {
    /// The scene file.
    pub scene: String,
    /// Instead of the scene's seed.
    pub seed: Option<u64>,
    /// When, `D5 18:00` or `2020-01-28 18:00`; without it the end.
    pub at: Option<String>,
    /// Parameters to set, by path.
    pub set: Vec<(String, u32)>,
    /// The legend; without it the scene's first.
    pub legend: Option<String>,
    /// The file; its ending says which kind.
    pub out: String,
    /// Begin a UTF-8 table with a byte order mark.
    pub bom: bool,
}

/// What `describe` explains.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Topic {
    /// The model card.
    Model,
    /// Every parameter.
    Params,
    /// Every figure of a day.
    Figures,
    /// Every kind of event, trigger, action.
    Script,
    /// The card of every measure.
    Measures,
    /// Every estimate that no source gives.
    Assumptions,
    /// What one may object to, and where it is answered.
    Objections,
}

/// The topics, as `describe` names them.
const TOPICS: [&str; 7] =
    ["model", "params", "figures", "script", "measures", "assumptions", "objections"];

/// Asked wrongly: a sentence, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misuse(pub Bilingual);

/// The language of help and messages: `--lang`, else the environment's, given
/// as the first of `LC_ALL`, `LC_MESSAGES`, `LANG` that is set.
pub fn language(args: &[String], locale: &str) -> Lang {
    let asked = args.iter().enumerate().find_map(|(i, arg)| match arg.strip_prefix("--lang") {
        Some("") => args.get(i + 1).cloned(),
        Some(rest) => rest.strip_prefix('=').map(str::to_owned),
        None => None,
    });
    match asked.as_deref() {
        Some("zh") => Lang::Zh,
        Some("en") => Lang::En,
        _ => Lang::from_locale(locale),
    }
}

/// Understands the arguments, the program's own name first.
///
/// # Errors
/// [`Misuse`] with a sentence in both languages.
pub fn parse(args: &[String], lang: Lang) -> Result<Request, Misuse> {
    let grammar = command(lang);
    let matches = match grammar.clone().try_get_matches_from(args) {
        Ok(matches) => matches,
        Err(error) if error.kind() == ErrorKind::DisplayHelp => {
            return Ok(Request::Show(help_for(grammar, args, lang)));
        }
        Err(error) if error.kind() == ErrorKind::DisplayVersion => {
            return Ok(Request::Show(error.to_string()));
        }
        Err(error) => return Err(explain(&error)),
    };
    let Some((name, m)) = matches.subcommand() else {
        return Ok(Request::Window(window::kiosk(&matches)?));
    };
    window::kiosk_goes_with(&matches, name)?;
    if let Some(request) = studies::request(name, m)? {
        return Ok(request);
    }
    let text = |key: &str| m.get_one::<String>(key).cloned();
    let required = |key: &str| text(key).unwrap_or_default();
    Ok(match name {
        "picture" => Request::Picture(window::picture(m)?),
        "run" => Request::Run(RunRequest {
            scene: required("scene"),
            seed: m.get_one("seed").copied(),
            set: settings(m)?,
            json: m.get_flag("json"),
            csv: text("csv"),
            log: text("log"),
            save: text("save"),
            bom: m.get_flag("bom"),
            isolated: m.get_one("isolated").copied().unwrap_or(0),
            scale: m.get_one("scale").copied().unwrap_or(0),
        }),
        "check" => Request::Check(m.get_many("paths").into_iter().flatten().cloned().collect()),
        "describe" => Request::Describe(match m.get_one::<String>("topic").map(String::as_str) {
            Some("params") => Topic::Params,
            Some("figures") => Topic::Figures,
            Some("script") => Topic::Script,
            Some("measures") => Topic::Measures,
            Some("assumptions") => Topic::Assumptions,
            Some("objections") => Topic::Objections,
            _ => Topic::Model,
        }),
        "replay" => Request::Replay { file: required("file"), scene: text("scene") },
        "export" => Request::Export(ExportRequest {
            scene: required("scene"),
            seed: m.get_one("seed").copied(),
            at: text("at"),
            set: settings(m)?,
            legend: text("legend"),
            out: required("out"),
            bom: m.get_flag("bom"),
        }),
        "new" => Request::New { file: required("file"), settings: m.get_flag("kiosk") },
        "map" => {
            Request::Map { seed: m.get_one("seed").copied().unwrap_or(1), out: required("out") }
        }
        _ => Request::Window(window::window(m, &matches)?),
    })
}

/// The help of the command that the arguments name, or of the program.
fn help_for(mut grammar: clap::Command, args: &[String], lang: Lang) -> String {
    grammar.build();
    let named = args.iter().skip(1).find_map(|arg| grammar.find_subcommand(arg));
    match named {
        Some(sub) => help::text(sub, &format!("{} {}", grammar.get_name(), sub.get_name()), lang),
        None => help::text(&grammar, grammar.get_name(), lang),
    }
}

/// `--set survey.minutes=18`, checked against the parameter cards.
fn settings(m: &ArgMatches) -> Result<Vec<(String, u32)>, Misuse> {
    let mut params = Params::default();
    let mut set = Vec::new();
    for text in m.get_many::<String>("set").into_iter().flatten() {
        let pair = text
            .split_once('=')
            .and_then(|(path, value)| Some((path.trim(), value.trim().parse::<u32>().ok()?)));
        let Some((path, value)) = pair else {
            return Err(Misuse(Bilingual::new(
                format!("“{text}”看不懂；写成 --set survey.minutes=18"),
                format!("`{text}` is not understood; write --set survey.minutes=18"),
            )));
        };
        params.set(path, value).map_err(|error| Misuse(refused(&error)))?;
        set.push((path.to_owned(), value));
    }
    Ok(set)
}

/// Why a parameter cannot be set so.
fn refused(error: &ParamError) -> Bilingual {
    match error {
        ParamError::Unknown(path) => no_parameter(path),
        ParamError::OutOfRange { path, min, max } => Bilingual::new(
            format!("{path} 须在 {min} 到 {max} 之间"),
            format!("{path} lies from {min} to {max}"),
        ),
    }
}

/// Says in both languages what was asked wrongly.
fn explain(error: &clap::Error) -> Misuse {
    let context = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(list)) => list.join(" "),
        Some(ContextValue::StyledStr(text)) => text.to_string(),
        _ => String::new(),
    };
    let (zh, en) = complaint(error, context);
    let suggested =
        [ContextKind::SuggestedSubcommand, ContextKind::SuggestedArg, ContextKind::SuggestedValue];
    let near = suggested.map(context).into_iter().find(|near| !near.is_empty()).or_else(|| {
        let word = context(ContextKind::InvalidSubcommand);
        let grammar = command(Lang::En);
        nearest(&word, grammar.get_subcommands().map(clap::Command::get_name)).map(str::to_owned)
    });
    let known = context(ContextKind::ValidValue);
    let file = context(ContextKind::InvalidSubcommand);
    let (zh_then, en_then) = match near {
        // A file alone is most likely meant to be opened.
        _ if is_story(&file) => {
            (format!("打开文件用 zhanyitu open {file}"), format!("open it: zhanyitu open {file}"))
        }
        Some(near) => (format!("是不是“{near}”？"), format!("did you mean `{near}`?")),
        None if error.kind() == ErrorKind::InvalidValue && !known.is_empty() => (
            format!("可以写：{}", known.replace(' ', "、")),
            format!("it may be {}", known.replace(' ', ", ")),
        ),
        None => ("用法见 zhanyitu --help".to_owned(), "see zhanyitu --help".to_owned()),
    };
    Misuse(Bilingual::new(format!("{zh}；{zh_then}"), format!("{en}; {en_then}")))
}

/// Whether a word looks like the name of a scene or a save.
fn is_story(word: &str) -> bool {
    let ending = word.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    matches!(ending.as_deref(), Some("ron" | "zyt"))
}

/// What was asked wrongly, without advice.
fn complaint(error: &clap::Error, context: impl Fn(ContextKind) -> String) -> (String, String) {
    let arg = context(ContextKind::InvalidArg);
    let value = context(ContextKind::InvalidValue);
    match error.kind() {
        ErrorKind::InvalidSubcommand => {
            let word = context(ContextKind::InvalidSubcommand);
            (format!("没有“{word}”这个命令"), format!("there is no command `{word}`"))
        }
        ErrorKind::UnknownArgument => {
            (format!("没有“{arg}”这个选项"), format!("there is no option `{arg}`"))
        }
        ErrorKind::MissingRequiredArgument => (format!("还缺 {arg}"), format!("{arg} is missing")),
        ErrorKind::InvalidValue if value.is_empty() => {
            (format!("“{arg}”后面还缺一个值"), format!("`{arg}` needs a value"))
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            (format!("“{arg}”不能是“{value}”"), format!("`{arg}` cannot be `{value}`"))
        }
        ErrorKind::ArgumentConflict => {
            let other = context(ContextKind::PriorArg);
            if other.is_empty() || other == arg {
                (format!("“{arg}”只能写一次"), format!("`{arg}` may be given only once"))
            } else {
                (
                    format!("“{arg}”不能和“{other}”同时用"),
                    format!("`{arg}` cannot be used together with `{other}`"),
                )
            }
        }
        _ => ("命令写得不对".to_owned(), "the command is not understood".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn args(line: &str) -> Vec<String> {
        std::iter::once("zhanyitu").chain(line.split_whitespace()).map(str::to_owned).collect()
    }

    #[test]
    fn the_command_line_is_well_formed_in_both_languages() {
        for lang in Lang::ALL {
            command(lang).debug_assert();
        }
    }

    #[test]
    fn a_run_is_understood() {
        let request =
            parse(&args("run a.ron --seed 7 --set survey.minutes=18 --json"), Lang::En).unwrap();
        let expected = RunRequest {
            scene: "a.ron".to_owned(),
            seed: Some(7),
            set: vec![("survey.minutes".to_owned(), 18)],
            json: true,
            ..RunRequest::default()
        };
        assert_eq!(request, Request::Run(expected));
    }

    #[test]
    fn what_is_asked_wrongly_is_explained_in_both_languages() {
        for (line, en) in [
            ("runn a.ron", "there is no command `runn`; did you mean `run`?"),
            ("run", "<SCENE> is missing"),
            ("run a.ron --seed x", "cannot be `x`"),
            ("run a.ron --fast", "there is no option `--fast`"),
            ("run a.ron --set survey.minutes", "is not understood"),
            (
                "run a.ron --set survey.minuets=1",
                "no parameter named `survey.minuets`; did you mean `survey.minutes`?",
            ),
            ("run a.ron --set survey.minutes=0", "lies from 1 to"),
            ("describe everything", "cannot be `everything`"),
        ] {
            let Misuse(text) = parse(&args(line), Lang::En).unwrap_err();
            assert!(text.en.contains(en), "{line}: {}", text.en);
            let Misuse(text) = parse(&args(line), Lang::Zh).unwrap_err();
            assert!(text.zh.chars().any(|c| c > '\u{3000}'), "{}", text.zh);
        }
    }

    #[test]
    fn the_language_is_asked_for_or_the_environments() {
        assert_eq!(language(&args("run --lang en"), "zh_CN.UTF-8"), Lang::En);
        assert_eq!(language(&args("run --lang=zh"), "C"), Lang::Zh);
        assert_eq!(language(&args("run"), "zh_CN.UTF-8"), Lang::Zh);
        let Request::Show(zh) = parse(&args("--help"), Lang::Zh).unwrap() else {
            panic!("help is shown")
        };
        assert!(zh.contains("用法") && zh.contains("退出码"), "{zh}");
        let Request::Show(en) = parse(&args("run --help"), Lang::En).unwrap() else {
            panic!("help is shown")
        };
        assert!(en.contains("play a story") && en.contains("Options"), "{en}");
    }
}
