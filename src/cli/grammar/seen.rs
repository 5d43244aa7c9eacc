//! The grammar of what is seen: the window, and pictures drawn without one.
//!
//! Floor 4. Reads a language; makes commands.

use clap::{Arg, Command};

use super::{FILE, SCENE, Words};
use crate::base::view::{PaletteChoice, View};
use crate::cli::window::EVERY_AT_MOST;

pub(super) fn open(w: Words) -> Command {
    w.command("open", "打开窗口；不写命令也一样", "open the window; as without a command")
        .arg(
            w.place(
                "file",
                ["剧本或存档", "SCENE|SAVE"],
                [
                    "剧本，或者 .zyt 存档；不写就是福祥的故事",
                    "a scene, or a save (.zyt); without it the story of Fuxiang",
                ],
            )
            .required(false),
        )
        .arg(w.seed())
        .arg(w.set())
        .arg(w.copies(
            "把社区并排放若干份，社工也同样多；这样的故事不能存档",
            "so many communities side by side, with as many workers; such a story cannot be saved",
        ))
        .arg(w.size(
            "窗口的大小，以像素计，如 1280x720",
            "size of the window in pixels, such as 1280x720",
        ))
        .arg(w.value(
            "chapter",
            ["章", "CHAPTER"],
            [
                "从哪一章讲起：写章的名称，或者第几章",
                "the chapter to begin with, by its name or number",
            ],
        ))
        .args(w.kiosk())
        .after_help(w.of(
            "存档里自带剧本、种子和参数，打开时不能另写 --seed、--set、--scale。
例：
  zhanyitu open scenes/sandbox.ron --set shifts.workers=12
  zhanyitu open 结局.zyt
  zhanyitu open scenes/fuxiang_2020.ron --kiosk --settings 展台.ron",
            "A save carries its scene, seed and parameters; --seed, --set, --scale go with scenes only.
Examples:
  zhanyitu open scenes/sandbox.ron --set shifts.workers=12
  zhanyitu open end.zyt
  zhanyitu open scenes/fuxiang_2020.ron --kiosk --settings kiosk.ron",
        ))
}

/// Which telling is filmed.
fn tell(w: Words) -> Arg {
    w.value(
            "tell",
            ["express|full|attract", "express|full|attract"],
            [
                "--film 画讲给人听的故事，每秒两张：express 简版，full 全本，attract 没有人时的那一圈",
                "film the story as it is told, two frames a second: the short cut, all of it, or the loop of an empty room",
            ],
        )
        .value_parser(["express", "full", "attract"])
        .conflicts_with_all(["at", "until", "every"])
}

pub(super) fn picture(w: Words) -> Command {
    w.command(
        "picture",
        "不开窗口，画一张图（PNG）；也可以一连画许多张",
        "draw a picture (PNG) without a window, or many in a row",
    )
    .arg(w.value("scene", SCENE, ["剧本文件", "scene file"]).required(true))
    .arg(
        w.value(
            "out",
            FILE,
            [
                "写到哪里；结尾是 .png。和 --film 二者写一个",
                "where to; the name ends in .png. Give this or --film",
            ],
        )
        .short('o')
        .conflicts_with("film"),
    )
    .arg(w.at(
        "如 \"D5 18:00\" 或 \"2020-01-28 18:00\"；不写就是结局，--film 则从开头画起",
        "such as \"D5 18:00\" or \"2020-01-28 18:00\"; without it the end, or for a film the beginning",
    ))
    .arg(
        w.value(
            "view",
            ["board|plan", "board|plan"],
            [
                "board 手绘的图，plan 从上面看的街巷；不写就是 board",
                "board: the hand-made board; plan: the lanes from above; without it board",
            ],
        )
        .value_parser(View::ALL.map(View::name)),
    )
    .arg(w.size(
        "图的大小，以像素计，宽和高各 320 到 8192；不写就是 1920x1080",
        "size in pixels, each side from 320 to 8192; without it 1920x1080",
    ))
    .arg(w.legend())
    .arg(
        w.value(
            "palette",
            ["standard|friendly", "standard|friendly"],
            [
                "standard 图上原有的颜色，friendly 红绿不分的人也看得清；不写就是 standard",
                "standard: the board's own colours; friendly: for people who confuse red and green; without it standard",
            ],
        )
        .value_parser(PaletteChoice::ALL.map(PaletteChoice::name)),
    )
    .arg(w.flag("large-text", "字写大些", "larger letters"))
    .arg(w.flag(
        "controls",
        "按钮和面板也画上，和窗口里一样",
        "with the buttons and panels, as in the window",
    ))
    .arg(w.value(
        "film",
        ["文件夹", "DIR"],
        [
            "一连画许多张，存为这个文件夹里的 frame_00001.png 等",
            "many pictures in a row: frame_00001.png and so on in this folder",
        ],
    ))
    .arg(w.value(
        "until",
        ["时刻", "TIME"],
        ["--film 画到什么时候；不写就到结局", "where a film ends; without it the end"],
    ))
    .arg(
        w.value(
            "every",
            ["分钟", "MINUTES"],
            [
                "--film 每隔多少分钟画一张；不写就是 60",
                "minutes between two pictures of a film; without it 60",
            ],
        )
        .value_parser(clap::value_parser!(u32).range(1..=i64::from(EVERY_AT_MOST))),
    )
    .arg(tell(w))
    .arg(w.seed())
    .arg(w.set())
    .after_help(w.of(
        "例：
  zhanyitu picture --scene scenes/fuxiang_2020.ron --at \"D5 18:00\" --size 3840x2160 -o 图.png
  zhanyitu picture --scene scenes/sandbox.ron --view plan --film 一天 --until \"D2 08:00\" --every 10",
        "Examples:
  zhanyitu picture --scene scenes/fuxiang_2020.ron --at \"D5 18:00\" --size 3840x2160 -o board.png
  zhanyitu picture --scene scenes/sandbox.ron --view plan --film day --until \"D2 08:00\" --every 10",
    ))
}
