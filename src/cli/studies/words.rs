//! The grammar of studies: their commands and options, with words in one language.
//!
//! Floor 4. Reads a language; makes commands.

use clap::{Arg, ArgAction, Command};

use crate::cli::Method;
use crate::cli::grammar::{FILE, NUMBER, Words};
use crate::cli::studies::NESTED;

/// Most runs of one command: what is kept of them stays within the memory allowed.
const RUNS_AT_MOST: i64 = 1_000_000;
const THREADS_AT_MOST: i64 = 1024;
/// The commands, as the grammar lists them.
pub(in crate::cli) fn commands(w: Words) -> [Command; 6] {
    [ensemble(w), compare(w), attribute(w), sensitivity(w), merge(w), anchors(w)]
}

/// An option that may be repeated, or hold several words with commas between.
fn list(w: Words, id: &'static str, name: [&'static str; 2], text: [&'static str; 2]) -> Arg {
    w.value(id, name, text).action(ArgAction::Append)
}

fn number(w: Words, id: &'static str, text: [&'static str; 2], most: i64) -> Arg {
    w.value(id, NUMBER, text).value_parser(clap::value_parser!(u32).range(1..=most))
}

/// What every study can be asked.
fn common(w: Words, command: Command) -> Command {
    command
        .arg(w.scene())
        .arg(number(w, "runs", ["运行多少个种子；不写就是200，要运行许多次的问题少一些","how many seeds; without it 200, and fewer where each takes many runs"], RUNS_AT_MOST))
        .arg(
            w.value(
                "first-seed",
                NUMBER,
                [
                    "第一个种子，后面的依次加一；不写就用剧本的",
                    "the first seed, the others follow it; without it the scene's",
                ],
            )
            .value_parser(clap::value_parser!(u64)),
        )
        .arg(list(
            w,
            "of",
            ["数字", "FIGURE"],
            [
                "看哪个数字，如 overdue，或 peak_overdue（最多的一天）；不写就看感染人数",
                "which figure, such as overdue, or peak_overdue for its worst day; without it infections",
            ],
        ))
        .arg(w.set())
        .arg(w.value("csv", FILE, ["把全部结果写成表格", "write all results as a table"]))
        .arg(w.bom())
        .arg(w.value(
            "picture",
            FILE,
            [
                "把结果画成一张图，连同单次运行的线；以 .svg 或 .pdf 结尾",
                "draw the result, with single runs as lines; the name ends in .svg or .pdf",
            ],
        ))
        .arg(w.flag("json", "输出 JSON", "print JSON instead of words"))
        .arg(number(
            w,
            "threads",
            [
                "用多少个线程；结果与此无关",
                "how many threads; no result depends on it",
            ],
            THREADS_AT_MOST,
        ))
}

/// Runs that are kept in a file, and made in parts.
fn kept(w: Words, command: Command) -> Command {
    command
        .arg(w.value(
            "shard",
            ["i/n", "i/n"],
            [
                "只运行 n 片中的第 i 片，用 --out 存下，以后用 merge 合并",
                "make part i of n only; keep it with --out and join the parts with merge",
            ],
        ))
        .arg(
            w.value("out", FILE, ["把每次运行的结果存进文件", "keep what each run gave in a file"])
                .short('o'),
        )
        .arg(
            w.value(
                "from",
                FILE,
                [
                    "不运行，用 --out 或 merge 存下的文件",
                    "do not run; tell about a file made by --out or merge",
                ],
            )
            .conflicts_with_all(["shard", "out"]),
        )
}

/// Which parameters are turned or drawn.
fn params(w: Words) -> Arg {
    list(
        w,
        "params",
        ["参数", "PARAMETER"],
        [
            "改哪些参数，如 survey.minutes=14..23；不写就用常用的一组",
            "which parameters, as in survey.minutes=14..23; without it the usual list",
        ],
    )
}

/// Parameters that are drawn besides the seeds.
fn nested(w: Words, command: Command) -> Command {
    command
        .arg(
            w.value(
                "nested",
                ["组x次", "SETSxRUNS"],
                [
                    "拿不准的参数也在各自的范围里取值，和偶然分开说；不写数就是 40x25",
                    "draw numbers that are not known exactly from their ranges as well, and tell them from chance; without a value 40x25",
                ],
            )
            .num_args(0..=1)
            .require_equals(true)
            .default_missing_value(NESTED)
            .conflicts_with_all(["shard", "out", "from"]),
        )
        .arg(params(w).requires("nested"))
}

const NAMES: [&str; 2] = ["措施", "MEASURE"];

fn ensemble(w: Words) -> Command {
    let command = w.command(
        "ensemble",
        "同一个故事运行许多次，看结果散开多远",
        "play a story with many seeds: how far do results spread",
    );
    nested(w, kept(w, common(w, command))).after_help(w.of(
        "先说有多少次疫情平息（不到十例，到最后也没有人再传染），再说中位数和范围。按 Ctrl-C 就此打住，已经运行的照样说明。
表格和 JSON 里的 died_out_below_10 是不到十例的次数，一例也没有的、还没有结束的都算在内；no_case 是一例也没有的。
例：
  zhanyitu ensemble scenes/fuxiang_2020.ron --of overdue --runs 200
  zhanyitu ensemble scenes/fuxiang_2020.ron --of calls --picture 散布.svg
  zhanyitu ensemble scenes/toilet_question.ron --nested --picture 偶然和参数.svg",
        "How many runs died out (fewer than ten cases, and nobody infectious at the end) comes first, then the median and its ranges. Ctrl-C stops; what was run is told.
In tables and JSON died_out_below_10 counts all runs below ten cases, also those without any and those not over; no_case counts those without any.
Examples:
  zhanyitu ensemble scenes/fuxiang_2020.ron --of overdue --runs 200
  zhanyitu ensemble scenes/fuxiang_2020.ron --of calls --picture spread.svg
  zhanyitu ensemble scenes/toilet_question.ron --nested --picture both.svg",
    ))
}

fn compare(w: Words) -> Command {
    let command = w.command(
        "compare",
        "同样的种子，有和没有某项措施各运行一次，看措施改变了什么",
        "play every seed without a measure and with it: what did it change",
    );
    nested(w, kept(w, common(w, command)))
        .arg(
            list(
                w,
                "without",
                NAMES,
                [
                    "少了哪项措施，如 gates、daily-calls；可以写多个",
                    "the measure to leave out, such as gates or daily-calls; may be repeated",
                ],
            )
            .required(true),
        )
        .arg(w.value(
            "homes",
            FILE,
            [
                "逐户列表：多少对里免于感染，多少对里反而感染；旁边的 .about.txt 和 .about.csv 写明出处",
                "a table of homes: in how many pairs each was spared, or reached only with the measure; .about.txt and .about.csv beside it say whence it comes",
            ],
        ))
        .after_help(w.of(
            "第一行就是结论：一句话，带范围。按 Ctrl-C 就此打住，已经运行的照样说明。
例：
  zhanyitu compare scenes/fuxiang_2020.ron --without daily-calls --of waited_minutes
  zhanyitu compare scenes/fuxiang_2020.ron --without gates --of overdue --picture 对比.svg
分给几台机器：
  zhanyitu compare 剧本.ron --without gates --shard 1/2 --out 一.runs
  zhanyitu compare 剧本.ron --without gates --shard 2/2 --out 二.runs
  zhanyitu merge 一.runs 二.runs --out 全.runs
  zhanyitu compare 剧本.ron --without gates --from 全.runs",
            "The first line is the answer: one sentence with a range. Ctrl-C stops; what was run is told.
Examples:
  zhanyitu compare scenes/fuxiang_2020.ron --without daily-calls --of waited_minutes
  zhanyitu compare scenes/fuxiang_2020.ron --without gates --of overdue --picture gates.svg
On several machines:
  zhanyitu compare scene.ron --without gates --shard 1/2 --out one.runs
  zhanyitu compare scene.ron --without gates --shard 2/2 --out two.runs
  zhanyitu merge one.runs two.runs --out all.runs
  zhanyitu compare scene.ron --without gates --from all.runs",
        ))
}

fn attribute(w: Words) -> Command {
    let command = w.command(
        "attribute",
        "几项措施一起上，各起了多大作用",
        "several measures came together: what did each of them do",
    );
    kept(w, common(w, command))
        .arg(
            list(
                w,
                "measures",
                NAMES,
                ["要拆开的措施，用逗号隔开", "the measures to take apart, with commas between"],
            )
            .required(true),
        )
        .after_help(w.of(
            "每项措施有三个数：只有它、只缺它、按所有先后次序平均。n 项措施，每个种子运行 2 的 n 次方次。
例：
  zhanyitu attribute scenes/fuxiang_2020.ron --measures gates,daily-calls --of overdue --runs 20
分给几台机器（各片合起来才能说明）：
  zhanyitu attribute 剧本.ron --measures gates,masks --shard 1/2 --out 一.runs
  zhanyitu attribute 剧本.ron --measures gates,masks --shard 2/2 --out 二.runs
  zhanyitu merge 一.runs 二.runs --out 全.runs
  zhanyitu attribute 剧本.ron --measures gates,masks --from 全.runs",
            "Each measure has three figures: it alone, all but it, and its share over all orders. With n measures a seed is run 2 to the n times.
Example:
  zhanyitu attribute scenes/fuxiang_2020.ron --measures gates,daily-calls --of overdue --runs 20
On several machines (nothing is told before the parts are joined):
  zhanyitu attribute scene.ron --measures gates,masks --shard 1/2 --out one.runs
  zhanyitu attribute scene.ron --measures gates,masks --shard 2/2 --out two.runs
  zhanyitu merge one.runs two.runs --out all.runs
  zhanyitu attribute scene.ron --measures gates,masks --from all.runs",
        ))
}

fn sensitivity(w: Words) -> Command {
    let command = w.command(
        "sensitivity",
        "结果取决于哪些拿不准的数",
        "which of the numbers that are not known exactly the result hangs on",
    );
    kept(w, common(w, command))
        .arg(
            w.value(
                "method",
                ["方法", "METHOD"],
                [
                    "tornado 一次改一个，morris 初筛，sobol 方差份额；不写就是 tornado",
                    "tornado: one at a time; morris: screening; sobol: shares of the variance; without it tornado",
                ],
            )
            .value_parser(Method::ALL.map(Method::name)),
        )
        .arg(params(w))
        .arg(number(
            w,
            "samples",
            [
                "morris 的路径数（不写就是20）或 sobol 的样本数（不写就是64）",
                "paths of morris (without it 20), samples of sobol (without it 64)",
            ],
            100_000,
        ))
        .after_help(w.of(
            "例：
  zhanyitu sensitivity scenes/fuxiang_2020.ron --of overdue --runs 20
  zhanyitu sensitivity scenes/fuxiang_2020.ron --of overdue --method morris --params survey.minutes=14..23,shifts.workers=17..21
分片时按种子分，片数不要多于 --runs：
  zhanyitu sensitivity 剧本.ron --method sobol --runs 10 --shard 1/2 --out 一.runs",
            "Examples:
  zhanyitu sensitivity scenes/fuxiang_2020.ron --of overdue --runs 20
  zhanyitu sensitivity scenes/fuxiang_2020.ron --of overdue --method morris --params survey.minutes=14..23,shifts.workers=17..21
Parts are cut between seeds, so no more parts than --runs:
  zhanyitu sensitivity scene.ron --method sobol --runs 10 --shard 1/2 --out one.runs",
        ))
}

fn merge(w: Words) -> Command {
    w.command("merge", "把分片运行的文件合成一个", "join files of runs that were made in parts")
        .arg(
            w.place("files", FILE, ["各片的文件，次序不限", "the parts, in any order"])
                .num_args(1..),
        )
        .arg(w.value("out", FILE, ["写到哪里", "where to"]).short('o').required(true))
        .after_help(w.of(
            "合成的文件和不分片运行的逐字节相同。
例：
  zhanyitu merge 一.runs 二.runs --out 全.runs",
            "The result has the same bytes as if the runs had not been made in parts.
Example:
  zhanyitu merge one.runs two.runs --out all.runs",
        ))
}

fn anchors(w: Words) -> Command {
    w.command(
        "anchors",
        "核对模型：和已发表的、算得准的结果相比",
        "validate the model against published and exact results",
    )
    .arg(
        w.place(
            "ids",
            ["编号", "ID"],
            [
                "只核对这些，如 T1、T16；不写就是全部",
                "only these, such as T1 or T16; without any, all",
            ],
        )
        .required(false)
        .num_args(0..),
    )
    .arg(w.flag("json", "输出 JSON", "print JSON instead of the table"))
    .arg(w.value("csv", FILE, ["把结果写成表格，每行写明所比的数出自哪里", "write the results as a table; each row names the source of its expected value"]))
    .after_help(w.of(
        "有一条不符，退出码就是 1。T12 要把五万人的剧本跑二百遍，占去大半时间；不想等，写出别的编号就行。
例：
  zhanyitu anchors
  zhanyitu anchors T12 T13",
        "The exit code is 1 when one row fails. T12 plays a scene of 50,000 people two hundred times,
which takes most of the time; name others to do without it.
Examples:
  zhanyitu anchors
  zhanyitu anchors T12 T13",
    ))
}
