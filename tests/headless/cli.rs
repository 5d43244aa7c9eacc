//! The program itself, asked as people ask it: answers, streams, files, exit codes.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

const FINE: i32 = 0;
const CLAIM_FAILED: i32 = 1;
const ASKED_WRONGLY: i32 = 2;
const DISK: i32 = 3;

const SANDBOX: &str = "scenes/sandbox.ron";
const CALLS: &str = "scenes/one_day_of_calls.ron";

/// What the program answered.
struct Answer {
    code: i32,
    out: String,
    err: String,
}

fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_zhanyitu"));
    for name in ["LC_ALL", "LC_MESSAGES", "LANG"] {
        command.env_remove(name);
    }
    command
}

fn answer(output: &Output) -> Answer {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    let answer = Answer {
        code: output.status.code().unwrap(),
        out: text(&output.stdout),
        err: text(&output.stderr),
    };
    assert!(!answer.err.contains("panicked"), "{}", answer.err);
    answer
}

fn ask(args: &[&str]) -> Answer {
    answer(&program().args(args).output().unwrap())
}

/// Asks in both languages; the exit codes must be the same.
fn in_both(args: &[&str]) -> [Answer; 2] {
    let [zh, en] = ["zh", "en"].map(|lang| ask(&[args, &["--lang", lang]].concat()));
    assert_eq!(zh.code, en.code, "{args:?}: {} / {}", zh.err, en.err);
    [zh, en]
}

fn has_hanzi(text: &str) -> bool {
    text.chars().any(|c| ('\u{4E00}'..='\u{9FFF}').contains(&c))
}

/// Asked wrongly: nothing on stdout, a sentence on stderr in the language asked for.
fn refused(args: &[&str], code: i32, zh_words: &str, en_words: &str) {
    let [zh, en] = in_both(args);
    assert_eq!(zh.code, code, "{args:?}: {}", zh.err);
    assert!(zh.out.is_empty() && en.out.is_empty(), "{args:?}: {}", zh.out);
    assert!(zh.err.contains(zh_words), "{args:?}: {}", zh.err);
    assert!(en.err.contains(en_words), "{args:?}: {}", en.err);
    assert!(!has_hanzi(&en.err), "{args:?}: {}", en.err);
}

fn folder() -> TempDir {
    tempfile::tempdir().unwrap()
}

fn path(folder: &TempDir, name: &str) -> String {
    folder.path().join(name).to_str().unwrap().to_owned()
}

fn read(path: impl AsRef<Path>) -> String {
    let path = path.as_ref();
    fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

/// A short scene with changes, written into a folder.
fn scene(folder: &TempDir, name: &str, change: impl Fn(String) -> String) -> String {
    let file = path(folder, name);
    fs::write(&file, change(read(CALLS))).unwrap();
    file
}

// ── Help and language ──

#[test]
fn help_is_shown_in_both_languages_for_every_command() {
    let commands = [
        "open",
        "run",
        "check",
        "describe",
        "replay",
        "picture",
        "export",
        "new",
        "map",
        "ensemble",
        "compare",
        "attribute",
        "sensitivity",
        "merge",
        "anchors",
    ];
    let [zh, en] = in_both(&["--help"]);
    assert_eq!(zh.code, FINE);
    for command in commands {
        assert!(zh.out.contains(command) && en.out.contains(command), "{command}");
        let [zh, en] = in_both(&[command, "--help"]);
        assert_eq!((zh.code, en.code), (FINE, FINE));
        assert!(zh.err.is_empty() && en.err.is_empty());
        assert!(zh.out.contains("用法：") && zh.out.contains("选项："), "{}", zh.out);
        assert!(en.out.contains("Usage: ") && en.out.contains("Options:"), "{}", en.out);
        assert!(!has_hanzi(&en.out), "{}", en.out);
        for word in ["Usage", "OPTIONS", "possible values", "SCENE", "FILE", "Arguments"] {
            assert!(!zh.out.contains(word), "{command}: {word}");
        }
    }
    for text in [&zh.out, &en.out] {
        for code in ["  0  ", "  1  ", "  2  ", "  3  "] {
            assert!(text.contains(code), "exit code {code}");
        }
    }
}

#[test]
fn the_language_is_the_environments_unless_asked_for() {
    let speak = |name: &str, value: &str, more: &[&str]| {
        answer(&program().env(name, value).arg("--help").args(more).output().unwrap()).out
    };
    assert!(has_hanzi(&speak("LANG", "zh_CN.UTF-8", &[])));
    assert!(has_hanzi(&speak("LC_ALL", "zh_TW.UTF-8", &[])));
    assert!(!has_hanzi(&speak("LANG", "de_DE.UTF-8", &[])));
    assert!(!has_hanzi(&speak("LC_MESSAGES", "C.UTF-8", &[])));
    assert!(!has_hanzi(&speak("LANG", "zh_CN.UTF-8", &["--lang", "en"])));
    assert!(has_hanzi(&speak("LANG", "C", &["--lang=zh"])));
    // The first of LC_ALL, LC_MESSAGES, LANG that is set wins.
    let both = program().env("LC_ALL", "en_GB").env("LANG", "zh_CN").arg("--help").output();
    assert!(!has_hanzi(&answer(&both.unwrap()).out));
}

#[cfg(not(feature = "gui"))]
#[test]
fn without_a_window_one_sentence_says_what_there_is() {
    let picture = ["picture", "--scene", CALLS, "-o", "x.png"];
    for args in [&[][..], &["open"], &["open", CALLS, "--seed", "3"], &picture] {
        let [zh, en] = in_both(args);
        assert_eq!(zh.code, ASKED_WRONGLY);
        for text in [zh, en] {
            assert!(text.out.is_empty());
            assert_eq!(text.err.trim_end().lines().count(), 1, "{}", text.err);
            for command in ["run", "check", "describe", "replay", "export", "new", "--help"] {
                assert!(text.err.contains(command), "{command}: {}", text.err);
            }
        }
    }
}

#[test]
fn the_version_is_shown() {
    assert_eq!(ask(&["--version"]).out, format!("zhanyitu {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn what_is_asked_wrongly_is_explained() {
    refused(
        &["rnu", SANDBOX],
        ASKED_WRONGLY,
        "没有“rnu”这个命令；是不是“run”？",
        "did you mean `run`?",
    );
    refused(&["run"], ASKED_WRONGLY, "还缺 <剧本>", "<SCENE> is missing");
    refused(
        &["run", SANDBOX, "--fast"],
        ASKED_WRONGLY,
        "没有“--fast”这个选项",
        "no option `--fast`",
    );
    refused(&["run", SANDBOX, "--seed", "many"], ASKED_WRONGLY, "不能是“many”", "cannot be `many`");
    refused(&["run", SANDBOX, "--seed", "-1"], ASKED_WRONGLY, "-1", "-1");
    refused(&["run", SANDBOX, "--seed"], ASKED_WRONGLY, "后面还缺一个值", "needs a value");
    refused(
        &["run", SANDBOX, "--seed", "1", "--seed", "2"],
        ASKED_WRONGLY,
        "只能写一次",
        "only once",
    );
    refused(
        &["run", SANDBOX, "--set", "shifts.workers"],
        ASKED_WRONGLY,
        "看不懂",
        "not understood",
    );
    refused(
        &["run", SANDBOX, "--set", "shifts.worker=3"],
        ASKED_WRONGLY,
        "是不是“shifts.workers”",
        "did you mean `shifts.workers`",
    );
    refused(
        &["run", SANDBOX, "--set", "survey.minutes=0"],
        ASKED_WRONGLY,
        "须在 1 到",
        "lies from 1 to",
    );
    refused(
        &["describe", "everything"],
        ASKED_WRONGLY,
        "model、params、figures、script",
        "model, params, figures, script",
    );
    refused(
        &["run", SANDBOX, "--isolated", "3", "--save", "x"],
        ASKED_WRONGLY,
        "不能和",
        "cannot be used together",
    );
}

/// Asked before anything is opened, with or without a window.
#[test]
fn a_window_or_a_picture_asked_wrongly_is_explained() {
    let wrong = |args: &[&str], zh: &str, en: &str| refused(args, ASKED_WRONGLY, zh, en);
    wrong(&["opne"], "是不是“open”？", "did you mean `open`?");
    wrong(&[CALLS], "zhanyitu open", "open it: zhanyitu open scenes/one_day_of_calls.ron");
    wrong(&["open", CALLS, "--size", "10x10"], "320 到 8192", "from 320 to 8192");
    wrong(&["picture", "-o", "x.png"], "还缺 --scene <剧本>", "--scene <SCENE> is missing");
    let picture = |more: &[&str], zh: &str, en: &str| {
        wrong(&[&["picture", "--scene", CALLS], more].concat(), zh, en);
    };
    picture(&[], "还缺 --out <文件>", "--out <FILE> is missing");
    picture(&["-o", "x.png", "--film", "x"], "不能和", "cannot be used together");
    picture(
        &["-o", "x.png", "--until", "D1 09:00"],
        "只能和 --film 一起",
        "--until goes with --film",
    );
    picture(&["-o", "x.pdf"], "zhanyitu export", "zhanyitu export");
    picture(&["-o", "x.png", "--view", "map"], "可以写：board、plan", "it may be board, plan");
    assert!(!Path::new("x.png").exists());
}

// ── run ──

#[test]
fn run_tells_a_story_as_a_table() {
    let [zh, en] = in_both(&["run", CALLS]);
    assert_eq!(zh.code, FINE);
    assert!(zh.err.is_empty() && en.err.is_empty(), "no bar and no words where nobody watches");
    assert!(
        zh.out.contains("打电话的一天") && zh.out.contains("未知") && zh.out.contains("不是预测")
    );
    assert!(en.out.contains("One day of calls") && en.out.contains("no forecast"));
    assert!(!has_hanzi(&en.out), "{}", en.out);
    assert!(zh.out.contains("种子 93") && en.out.contains("seed 93"));
    assert!(zh.out.contains("校验值") && en.out.contains("hash of the end"));
}

#[test]
fn columns_stand_under_their_headings() {
    use unicode_width::UnicodeWidthStr;
    for text in in_both(&["run", CALLS]) {
        let lines: Vec<&str> = text.out.lines().collect();
        let head = lines.iter().position(|l| l.starts_with("日期") || l.starts_with("date"));
        let row = lines.iter().rfind(|l| l.starts_with("02-18")).unwrap();
        let ends = |line: &str| {
            let mut at = Vec::new();
            for (i, c) in line.char_indices() {
                let ends_here = line[i + c.len_utf8()..].chars().next().is_none_or(|n| n == ' ');
                if c != ' ' && ends_here {
                    at.push(line[..i + c.len_utf8()].width());
                }
            }
            at
        };
        // A heading of two words ends where its column ends.
        let (head, row) =
            (ends(&lines[head.unwrap()].replace("no answer", "no_answer")), ends(row));
        assert_eq!(head[1..], row[1..], "{}", text.out);
    }
}

#[test]
fn a_seed_and_a_parameter_change_the_world() {
    let last = |args: &[&str]| ask(args).out.lines().last().unwrap().to_owned();
    let plain = last(&["run", CALLS, "--lang", "en"]);
    assert_eq!(plain, last(&["run", CALLS, "--lang", "en"]));
    assert_ne!(plain, last(&["run", CALLS, "--lang", "en", "--seed", "5"]));
    assert_ne!(plain, last(&["run", CALLS, "--lang", "en", "--set", "calls.minutes=9"]));
}

#[test]
fn a_claim_that_fails_is_told_and_exits_with_one() {
    let dir = folder();
    let file = scene(&dir, "a.ron", |text| text.replace("at_least: 100", "at_least: 100000"));
    let [zh, en] = in_both(&["run", &file]);
    assert_eq!(zh.code, CLAIM_FAILED);
    assert!(zh.out.contains("预期没有实现") && zh.out.contains("至少100000，实际"), "{}", zh.out);
    assert!(en.out.contains("did not come true") && en.out.contains("at least 100000; found"));
    let [zh, en] = in_both(&["check", &file]);
    assert_eq!(zh.code, CLAIM_FAILED);
    assert!(zh.err.contains("预期没有实现") && en.err.contains("did not come true"));
    assert!(zh.out.contains("6条预期中有1条没有实现"), "{}", zh.out);
}

#[test]
fn json_holds_what_the_table_holds() {
    let answer = ask(&["run", CALLS, "--json", "--lang", "zh"]);
    assert_eq!((answer.code, answer.err.as_str()), (FINE, ""));
    let story: serde_json::Value = serde_json::from_str(&answer.out).unwrap();
    assert_eq!(story["format"], 1);
    assert_eq!(story["seed"], 93);
    assert_eq!(story["households"], 2000);
    assert_eq!(story["scene"]["kind"], "AsRecorded");
    assert_eq!(story["scene"]["title"]["en"], "One day of calls");
    assert_eq!(story["claims"]["failed"], 0);
    let claims = story["claims"]["list"].as_array().unwrap();
    assert_eq!(Some(claims.len() as u64), story["claims"]["tested"].as_u64());
    let figures = story["figures"].as_array().unwrap();
    let day = &story["days"][0];
    assert!(figures.iter().all(|f| day[f["name"].as_str().unwrap()].is_u64()));
    assert!(figures.iter().all(|f| !f["unit"].as_str().unwrap().is_empty()));
    let homes: u64 =
        ["unknown", "green", "orange", "red"].iter().map(|c| day[c].as_u64().unwrap()).sum();
    assert_eq!(homes, 2000);
    let table = ask(&["run", CALLS, "--lang", "en"]).out;
    let row: Vec<&str> =
        table.lines().rfind(|l| l.starts_with("02-18")).unwrap().split_whitespace().collect();
    let shown = [
        "unknown",
        "green",
        "orange",
        "red",
        "observed",
        "calls",
        "calls_unanswered",
        "helped",
        "registered",
        "deliveries",
        "deliveries_missed",
        "volunteers",
    ];
    for (name, cell) in shown.iter().zip(&row[1..]) {
        assert_eq!(&day[name].to_string(), cell, "{name}");
    }
    assert!(table.contains(story["hash"].as_str().unwrap()));
}

#[test]
fn tables_agree_and_may_begin_with_a_mark() {
    let dir = folder();
    let (plain, marked) = (path(&dir, "表格/一"), path(&dir, "marked"));
    assert_eq!(ask(&["run", CALLS, "--csv", &plain, "--lang", "zh"]).code, FINE);
    assert_eq!(ask(&["run", CALLS, "--csv", &marked, "--bom", "--lang", "en"]).code, FINE);
    for name in ["days.csv", "figures.csv", "households.csv", "events.csv"] {
        let (zh, en) = (read(format!("{plain}/{name}")), read(format!("{marked}/{name}")));
        assert!(!zh.starts_with('\u{feff}') && en.starts_with('\u{feff}'), "{name}");
        assert_eq!(zh.lines().count(), en.lines().count(), "{name}");
        let mut rows = csv::ReaderBuilder::new().from_reader(zh.as_bytes());
        let columns = rows.headers().unwrap().len();
        assert!(rows.records().all(|r| r.unwrap().len() == columns), "{name}");
    }
    let days = read(format!("{plain}/days.csv"));
    assert!(days.starts_with("day,date,unknown,green,"), "names are the same in every language");
    assert!(days.contains("\n1,2020-02-18,0,"), "{days}");
    let homes = read(format!("{plain}/households.csv"));
    assert_eq!(homes.lines().count(), 2001);
    assert!(homes.starts_with("编号,胡同,院落,单元,颜色,缘由,自何时,"), "{}", &homes[..120]);
    assert!(homes.contains("社工入户登记"));
    let events = read(format!("{marked}/events.csv"));
    assert!(events.contains("CallUnanswered,a call is not answered"));
    assert!(
        events.lines().any(|l| l.contains(",Fell,") && l.ends_with(",no")),
        "hidden things say so"
    );
    assert!(!has_hanzi(&events) && !has_hanzi(&read(format!("{marked}/households.csv"))));
    let figures = read(format!("{plain}/figures.csv"));
    let heads = days.lines().next().unwrap().split(',').skip(2);
    assert!(heads.zip(figures.lines().skip(1)).all(|(name, line)| line.starts_with(name)));
    assert!(read(format!("{plain}/about.txt")).contains("种子：93"));
}

#[test]
fn what_cannot_be_read_or_written_exits_with_three() {
    let dir = folder();
    let file = path(&dir, "file");
    fs::write(&file, "").unwrap();
    refused(&["run", "nowhere.ron"], DISK, "没有这个文件", "there is no such file");
    refused(&["run", "scenes"], DISK, "这是文件夹", "this is a folder");
    refused(&["run", CALLS, "--csv", &file], DISK, "已经有同名的文件", "of this name already");
    refused(
        &["run", CALLS, "--save", &path(&dir, "no/x.zyt")],
        DISK,
        "没有这个文件",
        "no such file",
    );
    refused(&["run", CALLS, "--log", &path(&dir, "no.log")], DISK, "没有这个文件", "no such file");
    refused(&["check", "nowhere.ron"], DISK, "没有这个文件", "there is no such file");
    refused(
        &["export", CALLS, "-o", &path(&dir, "no/x.svg")],
        DISK,
        "没有这个文件",
        "no such file",
    );
    refused(&["new", &path(&dir, "no/x.ron")], DISK, "没有这个文件", "no such file");
    refused(&["replay", "nowhere.zyt"], DISK, "没有这个文件", "no such file");
}

#[test]
fn nothing_half_written_stays_behind() {
    let dir = folder();
    let out = path(&dir, "board.svg");
    fs::create_dir(&out).unwrap();
    assert_eq!(ask(&["export", CALLS, "-o", &out]).code, DISK);
    let left: Vec<PathBuf> = fs::read_dir(dir.path()).unwrap().map(|e| e.unwrap().path()).collect();
    assert_eq!(left, [PathBuf::from(out)]);
}

/// A reader that has read enough is no failure, and no panic.
#[test]
fn a_closed_pipe_is_no_failure() {
    for args in [["run", CALLS, "--json"], ["describe", "params", "--lang=zh"]] {
        let mut child =
            program().args(args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        let answer = answer(&output);
        assert_eq!((answer.code, answer.err.as_str()), (FINE, ""), "{args:?}");
    }
}

/// What could not be written is not passed over.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_behind_the_output_is_told() {
    let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let output = program().args(["describe", "params"]).stdout(full).output().unwrap();
    let answer = answer(&output);
    assert_eq!(answer.code, DISK);
    assert!(answer.err.contains("could not be written"), "{}", answer.err);
}

// ── check ──

#[test]
fn the_shipped_scenes_pass() {
    let [zh, en] = in_both(&["check", "scenes"]);
    assert_eq!(zh.code, FINE, "{}", zh.err);
    assert!(zh.out.lines().all(|l| l.contains("没有问题")), "{}", zh.out);
    assert!(en.out.lines().all(|l| l.contains(": fine, ")), "{}", en.out);
    assert!(zh.out.lines().count() >= 4);
}

#[test]
fn a_broken_scene_says_where_and_how_to_mend_it() {
    let dir = folder();
    let wrong =
        scene(&dir, "a.ron", |text| text.replace("on: (event: \"Found\"", "on: (event: \"Fuond\""));
    let line = read(&wrong).lines().position(|l| l.contains("Fuond")).unwrap() + 1;
    let [zh, en] = in_both(&["check", &wrong]);
    assert_eq!(zh.code, ASKED_WRONGLY);
    for text in [&zh.err, &en.err] {
        assert!(text.contains(&format!("a.ron:{line}:")), "{text}");
        assert!(text.contains("Found") && text.contains('^'), "{text}");
    }
    assert!(zh.err.contains("提示") && en.err.contains("hint"));
    // Mended, it passes; a folder is as good as its worst scene.
    scene(&dir, "b.ron", |text| text);
    assert_eq!(ask(&["check", dir.path().to_str().unwrap()]).code, ASKED_WRONGLY);
    scene(&dir, "a.ron", |text| text);
    assert_eq!(ask(&["check", dir.path().to_str().unwrap()]).code, FINE);
}

#[test]
fn a_folder_without_scenes_is_asked_wrongly() {
    let dir = folder();
    let name = dir.path().to_str().unwrap().to_owned();
    refused(&["check", &name], ASKED_WRONGLY, "没有剧本", "no scenes");
    refused(&["check"], ASKED_WRONGLY, "还缺", "is missing");
}

#[test]
fn personal_data_does_not_pass() {
    let dir = folder();
    let file = scene(&dir, "a.ron", |text| text.replace("响了很久，没人接。", "请打13812345678。"));
    assert_eq!(ask(&["check", &file]).code, ASKED_WRONGLY);
}

// ── describe ──

#[test]
fn everything_is_described_in_both_languages() {
    for topic in ["model", "params", "figures", "script", "measures", "assumptions", "objections"] {
        let [zh, en] = in_both(&["describe", topic]);
        assert_eq!((zh.code, en.code), (FINE, FINE));
        assert!(has_hanzi(&zh.out) && !has_hanzi(&en.out), "{topic}");
        assert_eq!(zh.out.lines().count(), en.out.lines().count(), "{topic}");
    }
    let params = ask(&["describe", "params", "--lang", "en"]).out;
    assert!(
        params.contains("shifts.workers")
            && params.contains("19 person")
            && params.contains("[article]")
    );
    assert!(ask(&["describe", "--lang=zh"]).out.contains("不能回答什么"));
}

// ── export ──

#[test]
fn the_board_is_exported_as_picture_and_table() {
    let dir = folder();
    for (lang, invented) in [("zh", "虚构"), ("en", "invented")] {
        let svg = path(&dir, &format!("{lang}.svg"));
        let args = ["export", SANDBOX, "--at", "D3 18:00", "-o", &svg, "--lang", lang];
        let answer = ask(&args);
        assert_eq!((answer.code, answer.err.as_str()), (FINE, ""));
        assert!(answer.out.contains(&svg) && answer.out.contains("2020-01-26"), "{}", answer.out);
        let text = read(&svg);
        assert!(text.contains(invented) && text.contains("--at &quot;D3 18:00&quot; --seed 1"));
        assert_eq!(text.matches("<g role=\"img\">").count(), 2000);
        assert_eq!(has_hanzi(&text.replace("自己试试", "")), lang == "zh", "{lang}");
    }
    let pdf = path(&dir, "图.PDF");
    assert_eq!(ask(&["export", SANDBOX, "--at", "2020-01-26 18:00", "-o", &pdf]).code, FINE);
    assert!(fs::read(&pdf).unwrap().starts_with(b"%PDF-1.7"));
    let table = path(&dir, "a.csv");
    assert_eq!(ask(&["export", SANDBOX, "--at", "D1 08:00", "-o", &table, "--bom"]).code, FINE);
    assert!(read(&table).starts_with("\u{feff}household,lane,"));
    assert_eq!(read(&table).matches("not yet known").count(), 2000, "nobody is known at the start");
}

#[test]
fn the_same_sheet_twice_is_the_same_file() {
    let dir = folder();
    let make = |name: &str, seed: &str| {
        let file = path(&dir, name);
        let args = ["export", SANDBOX, "--at", "D2 12:00", "--seed", seed, "-o", &file];
        assert_eq!(ask(&args).code, FINE);
        fs::read(file).unwrap()
    };
    assert_eq!(make("a.pdf", "4"), make("b.pdf", "4"));
    assert_ne!(make("a.svg", "4"), make("b.svg", "5"));
}

#[test]
fn an_export_asked_wrongly_is_explained() {
    let wrong = |more: &[&str], zh: &str, en: &str| {
        refused(&[&["export", CALLS], more].concat(), ASKED_WRONGLY, zh, en);
    };
    wrong(&[], "还缺 --out <文件>", "--out <FILE> is missing");
    wrong(&["-o", "board.png"], ".svg、.pdf 或 .csv", ".svg, .pdf or .csv");
    wrong(&["-o", "x.svg", "--at", "noon"], "不是时刻", "is not a time");
    wrong(&["-o", "x.svg", "--at", "D2 08:00"], "在故事之外", "lies outside the story");
    wrong(&["-o", "x.svg", "--at", "2019-01-01 08:00"], "“2019-01-01 08:00”", "`2019-01-01 08:00`");
    wrong(&["-o", "x.svg", "--legend", "none"], "没有图例“none”", "no legend `none`");
    assert!(!Path::new("x.svg").exists());
}

// ── replay ──

/// A save and a log of the same meddled-with day.
fn kept(dir: &TempDir) -> (String, String) {
    let asked = path(dir, "asked.log");
    fs::write(&asked, "# 一份记录\nD1 09:30  Visit(\"H0417\")\nD1 10:00  Callers(3)\n").unwrap();
    let (save, log) = (path(dir, "end.zyt"), path(dir, "end.log"));
    for file in [&save, &log] {
        assert_eq!(ask(&["run", CALLS, "--log", &asked, "--save", file]).code, FINE);
    }
    (save, log)
}

#[test]
fn saves_and_logs_are_played_again() {
    let dir = folder();
    let (save, log) = kept(&dir);
    assert!(read(&log).contains("D1 10:00  Callers(3)\n"), "{}", read(&log));
    for args in [vec!["replay", &save], vec!["replay", &log, "--scene", CALLS]] {
        let [zh, en] = in_both(&args);
        assert_eq!(zh.code, FINE, "{}{}", zh.out, zh.err);
        assert!(zh.out.contains("操作2条") && zh.out.contains("每一天都一致"), "{}", zh.out);
        assert!(en.out.contains("2 commands") && en.out.contains("every day is the same"));
    }
}

#[test]
fn a_tampered_log_differs_and_a_tampered_save_is_refused() {
    let dir = folder();
    let (save, log) = kept(&dir);
    // Its first hash is taken before anything was asked.
    let hash = read(&log).lines().find(|l| l.starts_with("= ")).unwrap().to_owned();
    let changed =
        read(&log).replace(&hash, &format!("{}{}", &hash[..hash.len() - 16], "0".repeat(16)));
    let wrong = path(&dir, "wrong.log");
    fs::write(&wrong, changed).unwrap();
    let [zh, en] = in_both(&["replay", &wrong, "--scene", CALLS]);
    assert_eq!(zh.code, CLAIM_FAILED);
    assert!(zh.out.contains("起不一致") && en.out.contains("differs from D1"), "{}", zh.out);

    let mut bytes = fs::read(&save).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::remove_file(format!("{save}.bak")).ok();
    fs::write(&save, &bytes).unwrap();
    refused(&["replay", &save], ASKED_WRONGLY, "存档已损坏", "save is damaged");
    fs::write(&save, &bytes[..middle]).unwrap();
    refused(&["replay", &save], ASKED_WRONGLY, "存档不完整", "save is cut off");
}

#[test]
fn what_is_no_save_and_no_log_is_told() {
    let dir = folder();
    let (_, log) = kept(&dir);
    refused(&["replay", CALLS], ASKED_WRONGLY, "不是本程序的存档", "not a save of this program");
    refused(&["replay", &log], ASKED_WRONGLY, "--scene", "--scene");
    let nonsense = path(&dir, "nonsense.log");
    fs::write(&nonsense, "D1 09:30  Fly(\"H0417\")\nbreakfast\n").unwrap();
    refused(
        &["replay", &nonsense, "--scene", CALLS],
        ASKED_WRONGLY,
        "nonsense.log:2",
        "nonsense.log:2",
    );
    let binary = path(&dir, "binary.log");
    fs::write(&binary, [0xFF, 0xFE, 0x00]).unwrap();
    refused(
        &["replay", &binary, "--scene", CALLS],
        ASKED_WRONGLY,
        "应是文本文件",
        "is a text file",
    );
    // A command that cannot be done is told, and the replay is not the story.
    let late = path(&dir, "late.log");
    fs::write(&late, "D1 09:30  Call(\"H9999\")\n").unwrap();
    let [zh, en] = in_both(&["replay", &late, "--scene", CALLS]);
    assert_eq!(zh.code, CLAIM_FAILED, "{}{}", zh.out, zh.err);
    assert!(zh.out.contains("没有做成") && en.out.contains("refused"), "{}", en.out);
}

// ── new, map ──

#[test]
fn a_new_scene_passes_as_it_is_and_is_never_written_over_another() {
    let dir = folder();
    for (lang, comment) in [("zh", "// 一个新剧本"), ("en", "// A new scene")] {
        let file = path(&dir, &format!("{lang}.ron"));
        let made = ask(&["new", &file, "--lang", lang]);
        assert_eq!(made.code, FINE, "{}", made.err);
        assert!(made.out.contains(&file) && made.out.contains("check"));
        let text = read(&file);
        assert!(text.starts_with(comment));
        for word in [
            "at:", "daily:", "every:", "after:", "on:", "once:", "shows:", "chapter:", "asked:",
            "do:", "say:", "look:", "expect:",
        ] {
            assert!(text.contains(word), "{lang}: {word}");
        }
        let checked = ask(&["check", &file, "--lang", lang]);
        assert_eq!((checked.code, checked.err.as_str()), (FINE, ""), "{}", checked.out);
        refused(&["new", &file], DISK, "已经有同名的文件", "of this name already");
        assert_eq!(read(&file), text);
    }
}

#[test]
fn the_map_is_made_anew_as_it_was() {
    let dir = folder();
    let file = path(&dir, "map.ron");
    assert_eq!(ask(&["map", &file, "--seed", "1"]).code, FINE);
    let again = path(&dir, "again.ron");
    assert_eq!(ask(&["map", &again]).code, FINE);
    assert_eq!(read(file), read(again));
}
