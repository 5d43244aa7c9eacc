//! Every command and option, with its words in one language.
//!
//! Floor 4. Reads a language; makes the [`Command`] that understands arguments
//! and that `help` writes out.

mod seen;

use clap::{Arg, ArgAction, Command};

use super::TOPICS;
use crate::base::text::Lang;
use crate::scenario::copies::COPIES;

/// Chooses between two words.
#[derive(Clone, Copy)]
pub(super) struct Words(Lang);

impl Words {
    pub(super) fn of(self, zh: &'static str, en: &'static str) -> &'static str {
        match self.0 {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }

    pub(super) fn command(self, name: &'static str, zh: &'static str, en: &'static str) -> Command {
        Command::new(name).about(self.of(zh, en)).disable_help_flag(true).arg(self.help())
    }

    fn help(self) -> Arg {
        let text = self.of("显示这段说明", "show this help");
        Arg::new("help").long("help").short('h').action(ArgAction::Help).help(text)
    }

    /// An argument without a name, by its place.
    pub(super) fn place(
        self,
        id: &'static str,
        name: [&'static str; 2],
        text: [&'static str; 2],
    ) -> Arg {
        Arg::new(id)
            .required(true)
            .value_name(self.of(name[0], name[1]))
            .help(self.of(text[0], text[1]))
    }

    /// An option with a value.
    pub(super) fn value(
        self,
        id: &'static str,
        name: [&'static str; 2],
        text: [&'static str; 2],
    ) -> Arg {
        self.place(id, name, text).required(false).long(id)
    }

    /// An option that is there or not.
    pub(super) fn flag(self, id: &'static str, zh: &'static str, en: &'static str) -> Arg {
        Arg::new(id).long(id).action(ArgAction::SetTrue).help(self.of(zh, en))
    }

    pub(super) fn scene(self) -> Arg {
        self.place("scene", SCENE, ["剧本文件", "scene file"])
    }

    fn seed(self) -> Arg {
        let text =
            ["换一个随机种子，换一个世界", "another seed instead of the scene's: another world"];
        self.value("seed", NUMBER, text).value_parser(clap::value_parser!(u64))
    }

    pub(super) fn set(self) -> Arg {
        let text = [
            "改一个参数，如 --set shifts.workers=12；可以写多个",
            "set a parameter, as in --set shifts.workers=12; may be repeated",
        ];
        self.value("set", ["参数=数", "PARAMETER=N"], text).action(ArgAction::Append)
    }

    fn at(self, zh: &'static str, en: &'static str) -> Arg {
        self.value("at", ["时刻", "TIME"], [zh, en])
    }

    fn legend(self) -> Arg {
        let text =
            ["用哪一种图例；不写就用剧本的第一种", "which legend; without it the scene's first"];
        self.value("legend", ["图例", "LEGEND"], text)
    }

    fn copies(self, zh: &'static str, en: &'static str) -> Arg {
        self.value("scale", NUMBER, [zh, en])
            .value_parser(clap::value_parser!(u32).range(1..=i64::from(COPIES)))
    }

    fn size(self, zh: &'static str, en: &'static str) -> Arg {
        self.value("size", ["宽x高", "WxH"], [zh, en])
    }

    fn kiosk(self) -> [Arg; 2] {
        let text = [
            "展台设置文件；不写就用内置的",
            "file with the settings of the screen; without it the built-in ones",
        ];
        [
            self.flag(
                "kiosk",
                "展台：占满屏幕，没人时自己演，每位走后从头开始",
                "for visitors who come and go: the whole screen, and all begins anew after each",
            ),
            self.value("settings", FILE, text),
        ]
    }

    pub(super) fn bom(self) -> Arg {
        self.flag(
            "bom",
            "表格开头加 UTF-8 标记；用 Excel 打开中文表格时需要",
            "begin tables with a UTF-8 mark; Excel needs it to read Chinese",
        )
    }
}

pub(super) const SCENE: [&str; 2] = ["剧本", "SCENE"];
pub(super) const FILE: [&str; 2] = ["文件", "FILE"];
pub(super) const NUMBER: [&str; 2] = ["数", "N"];

/// The whole command line, with its words in one language.
pub fn command(lang: Lang) -> Command {
    let w = Words(lang);
    let about = w.of(
        "战疫图：2020年初，一个社区手绘的图和图背后的日子",
        "The Fuxiang map: a neighbourhood's hand-made board of early 2020, and the days behind it",
    );
    let language = ["语言；不写就随系统", "language; without it the environment's"];
    Command::new("zhanyitu")
        .about(about)
        .version(env!("CARGO_PKG_VERSION"))
        .disable_help_subcommand(true)
        .disable_help_flag(true)
        .disable_version_flag(true)
        .arg(w.value("lang", ["zh|en", "zh|en"], language).global(true).value_parser(["zh", "en"]))
        .arg(w.help())
        .arg(
            Arg::new("version")
                .long("version")
                .short('V')
                .action(ArgAction::Version)
                .help(w.of("显示版本", "show the version")),
        )
        .args(w.kiosk())
        .after_help(w.of(
            "先试试：
  zhanyitu                                    打开窗口，看福祥的故事
  zhanyitu run scenes/fuxiang_2020.ron        看五天怎样摸清两千户
  zhanyitu export scenes/fuxiang_2020.ron --at \"D3 18:00\" -o 图.pdf
  zhanyitu new 我的故事.ron                    写自己的剧本

退出码：
  0  正常
  1  剧本里的预期没有实现，重放与记录不一致，或模型没有通过核对
  2  命令写错了，或文件内容不对
  3  文件读不了或写不了，或者没有屏幕、没有显卡驱动
  130  多次运行被 Ctrl-C 打断；已经运行的照样说明",
            "To begin with:
  zhanyitu                                    open the window on the story of Fuxiang
  zhanyitu run scenes/fuxiang_2020.ron        how 2,000 homes become known in five days
  zhanyitu export scenes/fuxiang_2020.ron --at \"D3 18:00\" -o board.pdf
  zhanyitu new my_story.ron                   a scene of your own

Exit codes:
  0  fine
  1  a claim of a scene did not come true, a replay differs, or the model failed a validation
  2  the command is wrong, or a file is not valid
  3  a file could not be read or written, or there is no display or graphics driver
  130  many runs were stopped by Ctrl-C; what was run is told",
        ))
        .subcommands([
            seen::open(w),
            run(w),
            check(w),
            describe(w),
            replay(w),
            seen::picture(w),
            export(w),
            new(w),
            map(w),
        ])
        .subcommands(super::studies::words::commands(w))
}

fn run(w: Words) -> Command {
    w.command(
        "run",
        "把一个故事从头走到尾，逐日列成表",
        "play a story from beginning to end and list its days",
    )
    .arg(w.scene())
    .arg(w.seed())
    .arg(w.set())
    .arg(w.flag("json", "不列表，输出 JSON", "print JSON instead of the table"))
    .arg(w.value(
        "csv",
        ["文件夹", "DIR"],
        [
            "把每日、住户、事件等表格写进这个文件夹",
            "write tables of days, households and events into this folder",
        ],
    ))
    .arg(w.bom())
    .arg(w.value(
        "log",
        FILE,
        [
            "同时按时刻执行一份操作记录",
            "carry out a log of commands along the way, each at its time",
        ],
    ))
    .arg(w.value(
        "save",
        FILE,
        [
            "走完后存档；文件名以 .log 结尾则写成操作记录",
            "save the story at its end; a name ending in .log is written as a log",
        ],
    ))
    .arg(
        w.value(
            "isolated",
            NUMBER,
            [
                "试验用：另加若干与外界隔绝的住户，别的数字应当不变",
                "for experiments: add isolated homes; no other figure should change",
            ],
        )
        .value_parser(clap::value_parser!(u32).range(0..=4000))
        .conflicts_with("save"),
    )
    .arg(
        w.copies(
            "测速用：把社区并排放若干份，社工也同样多；不核对预期",
            "to measure speed: so many communities side by side, with as many workers; claims are not tested",
        )
        .conflicts_with_all(["save", "log"]),
    )
    .after_help(w.of(
        "例：
  zhanyitu run scenes/sandbox.ron --set shifts.workers=12
  zhanyitu run scenes/fuxiang_2020.ron --csv 表格 --bom",
        "Examples:
  zhanyitu run scenes/sandbox.ron --set shifts.workers=12
  zhanyitu run scenes/fuxiang_2020.ron --csv tables",
    ))
}

fn check(w: Words) -> Command {
    let text = [
        "剧本或展台设置，或装剧本的文件夹；可以写多个",
        "scenes, settings of a screen, or a folder of them",
    ];
    w.command(
        "check",
        "检查剧本：写法对不对，预期的事有没有发生；也检查展台设置",
        "examine scenes: are they well formed, do their claims come true; and settings of a screen",
    )
    .arg(w.place("paths", ["文件或文件夹", "PATH"], text).num_args(1..))
    .after_help(w.of(
        "有错时说明在第几行第几列、该怎么写；文件改好再查一遍。
例：
  zhanyitu check scenes
  zhanyitu check 我的故事.ron",
        "A mistake is shown with its line, column and a hint; mend the file and check again.
Examples:
  zhanyitu check scenes
  zhanyitu check my_story.ron",
    ))
}

fn describe(w: Words) -> Command {
    w.command(
        "describe",
        "说明模型、参数、每日数字和剧本写法",
        "explain the model, its parameters, the figures of a day, and how scenes are written",
    )
    .arg(
        w.place(
            "topic",
            ["主题", "TOPIC"],
            ["下面主题之一；不写就是 model", "one of the topics below; without it, model"],
        )
        .required(false)
        .value_parser(TOPICS),
    )
    .after_help(w.of(
        "主题：
  model    模型能回答什么、不能回答什么，颜色怎样变化
  params   全部参数：默认值、单位、范围、出处
  figures  每日数字的名称、单位和意思
  script   剧本里可以写的词
  measures 每项措施怎样起作用、把握多大、代价由谁承担
  assumptions 全部估计：没有研究可依的数
  objections  可以怎样质疑这个模型，程序里哪里回答",
        "Topics:
  model    what the model can and cannot answer, and how colours change
  params   every parameter: default, unit, range, source
  figures  the figures of a day: name, unit, meaning
  script   the words a scene may use
  measures how each measure works, how sure one can be, who bears it
  assumptions every estimate: the numbers that no study gives
  objections  what one may object to in this model, and where it is answered",
    ))
}

fn replay(w: Words) -> Command {
    w.command(
        "replay",
        "重放一份存档或操作记录，逐日核对是否一致",
        "play a save or a log again and compare every day",
    )
    .arg(w.place("file", FILE, ["存档或操作记录", "save or log"]))
    .arg(w.value(
        "scene",
        SCENE,
        ["操作记录所用的剧本（存档里自带）", "the scene of a log (a save carries its own)"],
    ))
    .after_help(w.of(
        "例：
  zhanyitu run scenes/sandbox.ron --save 结局.zyt
  zhanyitu replay 结局.zyt
操作记录一行一条：D5 18:00  Call(\"H0417\")；“= D6 00:00 校验值”一行用来核对。",
        "Examples:
  zhanyitu run scenes/sandbox.ron --save end.zyt
  zhanyitu replay end.zyt
A log has one command a line: D5 18:00  Call(\"H0417\"); a line `= D6 00:00 HASH` is compared.",
    ))
}

fn export(w: Words) -> Command {
    w.command(
        "export",
        "把某一时刻的图导出为 SVG、PDF（A3）或表格",
        "write the board at one minute as SVG, PDF (A3) or a table",
    )
    .arg(w.scene())
    .arg(
        w.value(
            "out",
            FILE,
            [
                "写到哪里；结尾是 .svg、.pdf 或 .csv",
                "where to; the name ends in .svg, .pdf or .csv",
            ],
        )
        .short('o')
        .required(true),
    )
    .arg(w.at(
        "如 \"D5 18:00\" 或 \"2020-01-28 18:00\"；不写就是结局",
        "such as \"D5 18:00\" or \"2020-01-28 18:00\"; without it the end",
    ))
    .arg(w.legend())
    .arg(w.seed())
    .arg(w.set())
    .arg(w.bom())
    .after_help(w.of(
        "例：
  zhanyitu export scenes/fuxiang_2020.ron --at \"D3 18:00\" -o 图.pdf
  zhanyitu export scenes/five_legends.ron --legend xinhuang -o 新晃.svg",
        "Examples:
  zhanyitu export scenes/fuxiang_2020.ron --at \"D3 18:00\" -o board.pdf
  zhanyitu export scenes/five_legends.ron --legend xinhuang -o xinhuang.svg",
    ))
}

fn new(w: Words) -> Command {
    let settings = [
        "不写剧本，写一份带注释的展台设置",
        "the settings of a screen instead of a scene, with comments",
    ];
    w.command("new", "写一个带注释的新剧本，从它改起", "write a scene with comments, to start from")
        .arg(w.flag("kiosk", settings[0], settings[1]))
        .arg(w.place(
            "file",
            FILE,
            ["新文件；已有同名文件时不会覆盖", "the new file; an old one is never overwritten"],
        ))
        .after_help(w.of(
            "例：
  zhanyitu new 我的故事.ron && zhanyitu check 我的故事.ron
  zhanyitu new 展台.ron --kiosk",
            "Example:
  zhanyitu new my_story.ron && zhanyitu check my_story.ron
  zhanyitu new kiosk.ron --kiosk",
        ))
}

fn map(w: Words) -> Command {
    w.command("map", "重新生成福祥的地图文件", "generate the map file of Fuxiang anew")
        .arg(w.place("out", FILE, ["写到哪里", "where to"]))
        .arg(w.seed())
}
