//! What can be asked on the command line, in Chinese and in English.
//!
//! Floor 4. Reads arguments and the environment's language as values; owns
//! [`Request`]. Pure: nothing is opened, printed or ended here.

use clap::builder::StyledStr;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, ArgMatches, Command};

use crate::base::text::{Bilingual, Lang};
use crate::scenario::copies::COPIES;
use crate::sim::params::Params;

/// What somebody asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Request {
    /// Nothing in particular: the window.
    Window,
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
    /// A commented scene to start from.
    New(String),
    /// The Fuxiang map, generated.
    Map {
        /// The seed.
        seed: u64,
        /// The file.
        out: String,
    },
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
}

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
    let matches = match command(lang).try_get_matches_from(args) {
        Ok(matches) => matches,
        Err(error)
            if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) =>
        {
            return Ok(Request::Show(error.to_string()));
        }
        Err(error) => return Err(explain(&error)),
    };
    let Some((name, m)) = matches.subcommand() else { return Ok(Request::Window) };
    let text = |key: &str| m.get_one::<String>(key).cloned();
    let required = |key: &str| text(key).unwrap_or_default();
    Ok(match name {
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
            _ => Topic::Model,
        }),
        "replay" => Request::Replay { file: required("file"), scene: text("scene") },
        "export" => Request::Export(ExportRequest {
            scene: required("scene"),
            seed: m.get_one("seed").copied(),
            at: text("at"),
            legend: text("legend"),
            out: required("out"),
            bom: m.get_flag("bom"),
        }),
        "new" => Request::New(required("file")),
        "map" => {
            Request::Map { seed: m.get_one("seed").copied().unwrap_or(1), out: required("out") }
        }
        _ => Request::Window,
    })
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
        params.set(path, value).map_err(|error| {
            Misuse(Bilingual::new(
                format!("“{text}”：{error}；参数见 zhanyitu describe params"),
                format!("`{text}`: {error}; see zhanyitu describe params"),
            ))
        })?;
        set.push((path.to_owned(), value));
    }
    Ok(set)
}

/// Says in both languages what was asked wrongly.
fn explain(error: &clap::Error) -> Misuse {
    let context = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(list)) => list.join(" "),
        Some(ContextValue::StyledStr(text)) => text.to_string(),
        _ => String::new(),
    };
    let arg = context(ContextKind::InvalidArg);
    let value = context(ContextKind::InvalidValue);
    let (zh, en) = match error.kind() {
        ErrorKind::InvalidSubcommand => {
            let word = context(ContextKind::InvalidSubcommand);
            (format!("没有“{word}”这个命令"), format!("there is no command `{word}`"))
        }
        ErrorKind::UnknownArgument => {
            (format!("没有“{arg}”这个选项"), format!("there is no option `{arg}`"))
        }
        ErrorKind::MissingRequiredArgument => (format!("还缺：{arg}"), format!("missing: {arg}")),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            (format!("“{arg}”不能是“{value}”"), format!("`{arg}` cannot be `{value}`"))
        }
        ErrorKind::ArgumentConflict => {
            (format!("“{arg}”与别的选项冲突"), format!("`{arg}` conflicts with another option"))
        }
        _ => (
            "命令写法不对".to_owned(),
            error.to_string().lines().next().unwrap_or_default().to_owned(),
        ),
    };
    Misuse(Bilingual::new(
        format!("{zh}；用法见 zhanyitu --help"),
        format!("{en}; see zhanyitu --help"),
    ))
}

/// The whole command line, with its help in one language.
pub fn command(lang: Lang) -> Command {
    let t = |zh: &'static str, en: &'static str| match lang {
        Lang::Zh => zh,
        Lang::En => en,
    };
    let template = match lang {
        Lang::Zh => "{about}\n\n用法：{usage}\n\n{all-args}{after-help}\n",
        Lang::En => "{about}\n\nUsage: {usage}\n\n{all-args}{after-help}\n",
    };
    let (options, arguments) = (t("选项", "Options"), t("参数", "Arguments"));
    let scene = || {
        Arg::new("scene")
            .required(true)
            .value_name("SCENE")
            .help_heading(arguments)
            .help(t("剧本文件", "scene file"))
    };
    let seed = || {
        Arg::new("seed")
            .long("seed")
            .value_name("N")
            .value_parser(clap::value_parser!(u64))
            .help_heading(options)
            .help(t("换一个随机种子", "another seed instead of the scene's"))
    };
    let bom = || {
        Arg::new("bom").long("bom").action(ArgAction::SetTrue).help_heading(options).help(t(
            "表格开头加字节顺序标记，便于电子表格软件识别",
            "begin tables with a byte order mark, for spreadsheet programs",
        ))
    };
    let sub = |name: &'static str, about: &'static str| {
        Command::new(name)
            .about(about)
            .help_template(template)
            .disable_help_flag(true)
            .arg(help_arg(lang))
    };
    let exits = t(
        "退出码：0 正常；1 剧本的说法没有兑现；2 问法不对；3 文件读不了或写不了",
        "Exit codes: 0 fine; 1 a claim of a scene did not come true; 2 asked wrongly; 3 could not read or write",
    );
    Command::new("zhanyitu")
        .about(t("战疫图：2020年初一个社区手绘的图，和图背后的日子", "The Fuxiang map: a neighbourhood's hand-made board of early 2020, and the days behind it"))
        .version(env!("CARGO_PKG_VERSION"))
        .help_template(match lang {
            Lang::Zh => "{about}\n\n用法：{usage}\n\n命令：\n{subcommands}\n\n{options}\n\n{after-help}\n",
            Lang::En => "{about}\n\nUsage: {usage}\n\nCommands:\n{subcommands}\n\n{options}\n\n{after-help}\n",
        })
        .after_help(exits)
        .subcommand_value_name(t("命令", "COMMAND"))
        .disable_help_subcommand(true)
        .disable_help_flag(true)
        .disable_version_flag(true)
        .arg(help_arg(lang))
        .arg(Arg::new("version").long("version").short('V').action(ArgAction::Version).help_heading(options).help(t("版本", "version")))
        .arg(
            Arg::new("lang").long("lang").global(true).value_name("zh|en").value_parser(["zh", "en"]).help_heading(options).help(t(
                "语言；默认随系统",
                "language; the environment's by default",
            )),
        )
        .subcommand(
            sub("run", t("放一个剧本，逐日说明发生了什么", "play a scene and tell, day by day, what happened"))
                .arg(scene())
                .arg(seed())
                .arg(Arg::new("set").long("set").action(ArgAction::Append).value_name("PATH=N").help_heading(options).help(t(
                    "改一个参数，可重复",
                    "set a parameter; may be repeated",
                )))
                .arg(Arg::new("json").long("json").action(ArgAction::SetTrue).help_heading(options).help(t("输出 JSON", "print JSON")))
                .arg(Arg::new("csv").long("csv").value_name("DIR").help_heading(options).help(t(
                    "把每日、住户、事件三张表写进文件夹",
                    "write tables of days, households and events into a folder",
                )))
                .arg(Arg::new("log").long("log").value_name("FILE").help_heading(options).help(t(
                    "按时刻执行一份指令记录",
                    "play a log of commands along",
                )))
                .arg(Arg::new("save").long("save").value_name("FILE").help_heading(options).help(t("把结局存档", "save the end of the story")))
                .arg(bom())
                .arg(
                    Arg::new("isolated")
                        .long("isolated")
                        .value_name("N")
                        .value_parser(clap::value_parser!(u32).range(0..=4000))
                        .help_heading(options)
                        .help(t("另加若干与世隔绝的住户；别的什么都不应改变", "add isolated households; nothing else should change")),
                )
                .arg(
                    Arg::new("scale")
                        .long("scale")
                        .value_name("N")
                        .value_parser(clap::value_parser!(u32).range(1..=i64::from(COPIES)))
                        .conflicts_with_all(["save", "log"])
                        .help_heading(options)
                        .help(t("把社区并排放N份，社工也N份，用来测速；不检验说法", "so many communities side by side, with as many workers, to measure speed; claims are not tested")),
                ),
        )
        .subcommand(
            sub("check", t("检查剧本：格式、内容，并放一遍看说法是否兑现", "examine scenes: form, content, and whether their claims come true"))
                .arg(Arg::new("paths").required(true).num_args(1..).value_name("PATH").help_heading(arguments).help(t(
                    "剧本文件，或装剧本的文件夹",
                    "scene files, or a folder of them",
                ))),
        )
        .subcommand(
            sub("describe", t("说明模型、参数、数字或剧本写法", "explain the model, its parameters, its figures, or how scenes are written"))
                .arg(
                    Arg::new("topic")
                        .value_name("TOPIC")
                        .value_parser(["model", "params", "figures", "script"])
                        .default_value("model")
                        .hide_default_value(true)
                        .hide_possible_values(true)
                        .help_heading(arguments)
                        .help(t("model、params、figures 或 script", "model, params, figures or script")),
                ),
        )
        .subcommand(
            sub("replay", t("重放存档或记录，逐日核对", "play a save or a log again and compare day by day"))
                .arg(Arg::new("file").required(true).value_name("FILE").help_heading(arguments).help(t("存档或记录", "save or log")))
                .arg(Arg::new("scene").long("scene").value_name("SCENE").help_heading(options).help(t(
                    "记录所属的剧本（存档自带）",
                    "the scene of a log (a save carries its own)",
                ))),
        )
        .subcommand(
            sub("export", t("某一时刻的图：SVG、PDF 或 CSV", "the board at one minute: SVG, PDF or CSV"))
                .arg(scene())
                .arg(seed())
                .arg(Arg::new("at").long("at").value_name("TIME").help_heading(options).help(t(
                    "时刻，如“D5 18:00”或“2020-01-28 18:00”；默认结局",
                    "when, such as \"D5 18:00\" or \"2020-01-28 18:00\"; the end by default",
                )))
                .arg(Arg::new("legend").long("legend").value_name("ID").help_heading(options).help(t("用哪种图例", "which legend to use")))
                .arg(Arg::new("out").long("out").short('o').required(true).value_name("FILE").help_heading(options).help(t(
                    "写到哪里：.svg、.pdf 或 .csv",
                    "where to: .svg, .pdf or .csv",
                )))
                .arg(bom()),
        )
        .subcommand(
            sub("new", t("写一个带说明的新剧本", "write a commented scene to start from"))
                .arg(Arg::new("file").required(true).value_name("FILE").help_heading(arguments).help(t("新文件", "the new file"))),
        )
        .subcommand(
            sub("map", t("重新生成福祥地图", "generate the Fuxiang map anew"))
                .arg(seed())
                .arg(Arg::new("out").long("out").short('o').required(true).value_name("FILE").help_heading(options).help(t("写到哪里", "where to"))),
        )
}

fn help_arg(lang: Lang) -> Arg {
    let (heading, text) = match lang {
        Lang::Zh => ("选项", "说明"),
        Lang::En => ("Options", "help"),
    };
    Arg::new("help")
        .long("help")
        .short('h')
        .action(ArgAction::Help)
        .help_heading(heading)
        .help(StyledStr::from(text))
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
        assert_eq!(parse(&args(""), Lang::En), Ok(Request::Window));
    }

    #[test]
    fn what_is_asked_wrongly_is_explained_in_both_languages() {
        for (line, en) in [
            ("runn a.ron", "there is no command `runn`"),
            ("run", "missing: <SCENE>"),
            ("run a.ron --seed x", "cannot be `x`"),
            ("run a.ron --fast", "there is no option `--fast`"),
            ("run a.ron --set survey.minutes", "is not understood"),
            ("run a.ron --set survey.minuets=1", "no parameter named"),
            ("run a.ron --set survey.minutes=0", "must lie from"),
            ("describe everything", "cannot be `everything`"),
        ] {
            let Misuse(text) = parse(&args(line), Lang::Zh).unwrap_err();
            assert!(text.en.contains(en), "{line}: {}", text.en);
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
        assert!(en.contains("play a scene") && en.contains("Options"), "{en}");
    }
}
