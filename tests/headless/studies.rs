//! Studies asked of the program itself: sentences, files, exit codes.

use std::fs;
use std::process::{Command, Output};

use tempfile::TempDir;
use zhanyitu::history::save::MODEL_REVISION;

const CALLS: &str = "scenes/one_day_of_calls.ron";

pub(crate) fn ask(args: &[&str]) -> (i32, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_zhanyitu"));
    for name in ["LC_ALL", "LC_MESSAGES", "LANG"] {
        command.env_remove(name);
    }
    let Output { status, stdout, stderr } = command.args(args).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (status.code().unwrap(), text(stdout), text(stderr))
}

pub(crate) fn fine(args: &[&str]) -> String {
    let (code, out, err) = ask(args);
    assert_eq!(code, 0, "{args:?}: {err}");
    assert!(err.is_empty(), "{args:?}: {err}");
    out
}

pub(crate) fn place(folder: &TempDir, name: &str) -> String {
    folder.path().join(name).to_str().unwrap().to_owned()
}

const COMPARE: [&str; 8] =
    ["compare", CALLS, "--without", "daily-calls", "--of", "overdue", "--runs", "24"];

#[test]
fn a_comparison_begins_with_one_sentence_and_says_what_it_is() {
    let en = fine(&[&COMPARE[..], &["--lang", "en"]].concat());
    let lines: Vec<&str> = en.lines().collect();
    assert!(lines[0].starts_with("In 24 pairs of runs, the daily calls "), "{en}");
    assert!(lines[0].contains("in nine pairs of ten") || lines[0].contains("never"), "{en}");
    // There is no outbreak in this scene, so none can die out.
    assert!(!en.contains("died out"), "{en}");
    assert_eq!(lines[1], "This is a teaching model, no forecast.");
    for words in [
        "median",
        "half of the runs",
        "nine in ten",
        "95 % interval",
        "Monte-Carlo error",
        "± 10 %",
        "of 24 pairs",
        "nothing changed in",
        "seeds 93 to 116",
        "zhanyitu compare one_day_of_calls.ron --without daily-calls --of overdue --runs 24 --first-seed 93",
        "Parameter calls.callers = 6 person (assumption",
    ] {
        assert!(en.contains(words), "{words}: {en}");
    }
    let zh = fine(&[&COMPARE[..], &["--lang", "zh"]].concat());
    assert!(zh.starts_with("一共运行24对："), "{zh}");
    assert!(zh.contains("这是教学用的模型，不是预测。") && zh.contains("中位数"), "{zh}");
}

#[test]
fn a_measure_that_does_nothing_changed_nothing_in_all_pairs() {
    let args =
        ["compare", CALLS, "--without", "gates", "--of", "overdue", "--runs", "20", "--lang", "en"];
    let (code, out, err) = ask(&args);
    assert_eq!(code, 0);
    assert!(err.contains("the scene never uses the gates"), "{err}");
    assert!(out.starts_with("In 20 pairs of runs, the gates never changed the number of"), "{out}");
    assert!(out.contains("nothing changed in 20 of 20"), "{out}");
}

#[test]
fn threads_change_no_letter() {
    let with = |n: &str| fine(&[&COMPARE[..], &["--json", "--threads", n]].concat());
    let one = with("1");
    assert_eq!(with("2"), one);
    assert_eq!(with("8"), one);
    let json: serde_json::Value = serde_json::from_str(&one).unwrap();
    assert_eq!(json["seeds"]["first"], 93);
    assert!(json["sentence"]["en"].as_str().unwrap().starts_with("In 24 pairs"));
    assert_eq!(json["note"]["en"], "This is a teaching model, no forecast.");
    let numbers = json["parameters"].as_array().unwrap();
    for n in numbers {
        // The one number that this scene sets has no source but its kind.
        let has_source = !n["source"]["en"].as_str().unwrap().is_empty();
        assert!(has_source || n["path"] == "calls.callers", "{n}");
    }
}

#[test]
fn shards_are_merged_to_the_same_bytes_and_told_about() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str| place(&folder, name);
    let whole = fine(&[&COMPARE[..], &["--out", &file("whole.runs")]].concat());
    for (part, name) in [("1/3", "a.runs"), ("2/3", "b.runs"), ("3/3", "c.runs")] {
        let out =
            fine(&[&COMPARE[..], &["--lang", "en", "--shard", part, "-o", &file(name)]].concat());
        assert!(out.contains("of 24"), "{out}");
    }
    let [a, b, c, all] = ["a.runs", "b.runs", "c.runs", "all.runs"].map(file);
    fine(&["merge", &c, &a, &b, "--out", &all]);
    assert_eq!(fs::read(&all).unwrap(), fs::read(file("whole.runs")).unwrap());
    assert_eq!(fine(&[&COMPARE[..], &["--from", &all]].concat()), whole);
    assert_eq!(fine(&COMPARE), whole);
    // A part is not taken for the whole, nor an answer for another question.
    let (code, _, err) = ask(&[&COMPARE[..], &["--from", &a, "--lang", "en"]].concat());
    assert!(code == 2 && err.contains("are missing"), "{err}");
    let other = [
        "compare",
        CALLS,
        "--without",
        "deliveries",
        "--of",
        "overdue",
        "--from",
        &all,
        "--lang",
        "en",
    ];
    let (code, _, err) = ask(&other);
    assert!(code == 2 && err.contains("does not answer this question"), "{err}");
    let (code, _, err) = ask(&["merge", &a, &a, "--out", &all, "--lang", "en"]);
    assert!(code == 2 && err.contains("overlap"), "{err}");
}

/// Whatever is asked of a table of runs, parts make the same file and the same answer.
#[test]
fn shards_of_attribution_and_of_every_method_are_merged_to_the_same_bytes() {
    let attribute: &[&str] =
        &["attribute", CALLS, "--measures", "daily-calls,deliveries", "--of", "minutes_used"];
    let params = "--params=calls.minutes=2..5,fever.daily=400..600";
    let of: &[&str] = &["sensitivity", CALLS, "--of", "minutes_calls", params, "--method"];
    let method = |name, more: &[&'static str]| [of, &[name], more].concat();
    let questions = [
        attribute.to_vec(),
        method("tornado", &[]),
        method("morris", &["--samples", "4"]),
        method("sobol", &["--samples", "6"]),
    ];
    for question in questions {
        let folder = tempfile::tempdir().unwrap();
        let file = |name: &str| place(&folder, name);
        let question = [&question[..], &["--runs", "5"]].concat();
        let ask_for = |more: &[&str]| fine(&[&question[..], more].concat());
        let [whole, a, b, c, all] = ["whole", "a", "b", "c", "all"].map(file);
        let told = ask_for(&["--threads", "1"]);
        assert_eq!(ask_for(&["--out", &whole]), told, "{question:?}");
        for (part, name) in [("1/3", &a), ("2/3", &b), ("3/3", &c)] {
            let out = ask_for(&["--shard", part, "--out", name, "--lang", "en"]);
            assert!(out.starts_with("written: ") && out.contains("of 5"), "{out}");
        }
        fine(&["merge", &c, &a, &b, "--out", &all]);
        assert_eq!(fs::read(&all).unwrap(), fs::read(&whole).unwrap(), "{question:?}");
        assert_eq!(ask_for(&["--from", &all]), told, "{question:?}");
        let [ours, theirs] = [file("ours.csv"), file("theirs.csv")];
        let json = ask_for(&["--from", &all, "--json", "--csv", &ours]);
        assert_eq!(ask_for(&["--json", "--csv", &theirs]), json, "{question:?}");
        assert_eq!(fs::read(ours).unwrap(), fs::read(theirs).unwrap());
        // Neither a part nor a file of another question is an answer.
        let refused = |args: &[&str], words: &str| {
            let (code, out, err) = ask(&[args, &["--lang", "en"]].concat());
            assert!(code == 2 && out.is_empty() && err.contains(words), "{args:?}: {out}{err}");
        };
        refused(&[&question[..], &["--from", &a]].concat(), "are missing");
        let ensemble = ["ensemble", CALLS, "--of", "minutes_calls", "--from", &all];
        refused(&ensemble, "does not answer this question");
    }
}

/// Which runs stand in a file is told by the file, not by who reads it.
#[test]
fn a_file_says_how_many_runs_it_holds() {
    let folder = tempfile::tempdir().unwrap();
    let file = place(&folder, "all.runs");
    let question =
        ["attribute", CALLS, "--measures", "daily-calls", "--of", "overdue", "--lang", "en"];
    fine(&[&question[..], &["--runs", "4", "--first-seed", "7", "--out", &file]].concat());
    let told = fine(&[&question[..], &["--from", &file]].concat());
    assert!(told.contains("seeds 7 to 10"), "{told}");
    assert!(told.contains("--runs 4 --first-seed 7"), "{told}");
}

#[test]
fn an_ensemble_gives_its_spread_tables_and_a_picture() {
    let folder = tempfile::tempdir().unwrap();
    let (csv, svg, pdf) =
        (place(&folder, "e.csv"), place(&folder, "e.svg"), place(&folder, "e.pdf"));
    let args = ["ensemble", "scenes/sandbox.ron", "--of", "calls,peak_overdue", "--runs", "22"];
    let out = fine(&[&args[..], &["--lang", "en", "--csv", &csv, "--picture", &svg]].concat());
    assert!(out.starts_with("In 22 runs, in nine runs of ten there were"), "{out}");
    assert!(out.contains("worst day") && out.contains("(peak_overdue)"), "{out}");
    let table = fs::read_to_string(&csv).unwrap();
    for row in [
        "about,,,note,",
        "about,,,seed_first,",
        "band,calls,3,median,",
        "total,peak_overdue,,median,",
    ] {
        assert!(table.contains(row), "{row}");
    }
    let picture = fs::read_to_string(&svg).unwrap();
    assert!(picture.matches("<polyline").count() >= 20, "single runs are drawn");
    assert!(picture.contains("In 22 runs") && picture.contains("no forecast"));
    fine(&[&args[..], &["--lang", "zh", "--picture", &pdf]].concat());
    assert!(fs::read(&pdf).unwrap().starts_with(b"%PDF"));
}

#[test]
fn measures_are_taken_apart() {
    let args = [
        "attribute",
        CALLS,
        "--measures",
        "daily-calls,deliveries",
        "--of",
        "minutes_used",
        "--runs",
        "5",
    ];
    let out = fine(&[&args[..], &["--lang", "en"]].concat());
    assert!(out.starts_with("In 5 seeds, the measures together left"), "{out}");
    assert!(out.contains("4 runs for each seed; every order was counted"), "{out}");
    assert!(out.contains("daily-calls") && out.contains("all but it"), "{out}");
    assert!(fine(&[&args[..], &["--lang", "zh"]].concat()).contains("只缺它"));
}

#[test]
fn every_method_of_sensitivity_finds_the_parameter_that_matters() {
    let params = "--params=calls.minutes=2..5,fever.daily=400..600";
    for method in ["tornado", "morris", "sobol"] {
        let args = [
            "sensitivity",
            CALLS,
            "--of",
            "minutes_calls",
            "--runs",
            "2",
            "--method",
            method,
            params,
            "--samples",
            "32",
        ];
        let out = fine(&[&args[..], &["--lang", "en"]].concat());
        assert!(
            out.lines()
                .next()
                .unwrap()
                .contains("(calls.minutes) matters most for minutes of work on calls"),
            "{method}: {out}"
        );
        assert!(out.contains("2 to 5, now 3"), "{out}");
        let json: serde_json::Value =
            serde_json::from_str(&fine(&[&args[..], &["--json"]].concat())).unwrap();
        assert!(!json["results"].as_array().unwrap().is_empty(), "{method}");
    }
}

#[test]
fn where_no_parameter_matters_none_is_named() {
    let args = ["sensitivity", CALLS, "--of", "unknown", "--runs", "2", "--lang", "en"];
    let out = fine(&[&args[..], &["--params", "fever.daily"]].concat());
    assert!(
        out.contains("does not change homes not yet known over all days anywhere in its range."),
        "{out}"
    );
    assert!(out.contains("--method tornado --params fever.daily"), "{out}");
}

#[test]
fn anchors_are_a_table_with_a_verdict() {
    let folder = tempfile::tempdir().unwrap();
    let csv = place(&folder, "anchors.csv");
    let out = fine(&["anchors", "T18", "t15", "--lang", "en", "--csv", &csv]);
    assert!(out.contains("T15") && out.contains("T18") && !out.contains("T19"), "{out}");
    assert!(out.contains("0 fail") && out.contains("no forecast"), "{out}");
    let table = fs::read_to_string(&csv).unwrap();
    assert!(table.starts_with("anchor,what,expected,obtained,tolerance,pass,source,seed"));
    // Every row says by itself whence it comes.
    for row in table.lines().skip(1) {
        let ends = format!(",2020,{},{MODEL_REVISION},", env!("CARGO_PKG_VERSION"));
        assert!(row.contains(&ends) && row.contains("no forecast"), "{row}");
        assert!(row.contains("BMJ 1978") || row.contains("Lauer"), "{row}");
    }
    let about = fs::read_to_string(place(&folder, "anchors.about.txt")).unwrap();
    assert!(about.contains("Seed 2020") && about.contains("no forecast"), "{about}");
    let json: serde_json::Value =
        serde_json::from_str(&fine(&["anchors", "T15", "--json"])).unwrap();
    assert_eq!((&json["pass"], &json["model_revision"]), (&true.into(), &MODEL_REVISION.into()));
    assert_eq!(json["note"]["zh"], "这是教学用的模型，不是预测。");
    for row in json["rows"].as_array().unwrap() {
        assert!(row["source"]["en"].as_str().unwrap().starts_with("BMJ 1978"), "{row}");
        assert!(row["tolerance"].is_number() && row["expected"].is_number(), "{row}");
    }
    let (code, _, err) = ask(&["anchors", "T99", "--lang", "en"]);
    assert!(code == 2 && err.contains("T1, T2"), "{err}");
    let (code, out, err) = ask(&["anchors", "T15", "Tristen", "--lang", "zh"]);
    assert!(code == 2 && out.is_empty() && err.contains("是不是“Tristan”"), "{out}{err}");
}

#[test]
fn what_is_asked_wrongly_is_explained() {
    let refused = |args: &[&str], zh: &str, en: &str| {
        for (lang, words) in [("zh", zh), ("en", en)] {
            let (code, out, err) = ask(&[args, &["--lang", lang]].concat());
            assert_eq!(code, 2, "{args:?}: {err}");
            assert!(out.is_empty() && err.contains(words), "{args:?}: {err}");
        }
    };
    refused(&["compare", CALLS, "--of", "calls"], "还缺", "is missing");
    refused(
        &["compare", CALLS, "--of", "calls", "--without", "daily-cals"],
        "是不是“daily-calls”？",
        "did you mean `daily-calls`?",
    );
    refused(&["compare", CALLS, "--without", "gates"], "--of overdue", "--of overdue");
    refused(&["ensemble", CALLS, "--of", "overdeu"], "是不是“overdue”", "did you mean `overdue`?");
    refused(&["ensemble", CALLS, "--of", "calls", "--runs", "0"], "不能是", "cannot be `0`");
    refused(&["ensemble", CALLS, "--of", "calls", "--shard", "1/2"], "--out", "--out");
    refused(
        &["ensemble", CALLS, "--of", "calls", "--shard", "3/2", "--out", "x.runs"],
        "第几片",
        "no shard",
    );
    let sobol = ["sensitivity", CALLS, "--of", "calls", "--method", "sobol", "--out", "x.runs"];
    refused(&[&sobol[..], &["--samples", "100000"]].concat(), "--samples 减小", "lower --samples");
    refused(&["ensemble", CALLS, "--of", "calls", "--picture", "x.png"], ".svg", ".svg or .pdf");
    refused(
        &["compare", CALLS, "--of", "calls", "--without", "daily-calls", "--homes", "h.csv"],
        "没有疫情",
        "no outbreak",
    );
    refused(
        &["sensitivity", CALLS, "--of", "calls", "--params", "calls.minuets"],
        "calls.minutes",
        "`calls.minutes`",
    );
}

/// Ctrl-C: what was run is told, and the exit code says that it is not all.
#[cfg(unix)]
#[test]
fn a_study_that_is_interrupted_tells_what_it_has() {
    use std::process::Stdio;
    use std::time::Duration;
    let mut child = Command::new(env!("CARGO_BIN_EXE_zhanyitu"))
        .args(["ensemble", CALLS, "--of", "calls", "--runs", "200000", "--lang", "en"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    // Until it listens, Ctrl-C ends it at once; the system tells whether it does.
    let listens = || {
        let status = fs::read_to_string(format!("/proc/{}/status", child.id())).ok()?;
        let caught = status.lines().find_map(|line| line.strip_prefix("SigCgt:"))?;
        Some(u64::from_str_radix(caught.trim(), 16).ok()? & 2 != 0)
    };
    for _ in 0..600 {
        if listens() == Some(true) {
            break;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    std::thread::sleep(Duration::from_secs(1));
    let killed = Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert!(killed.success());
    let status = child.wait().unwrap();
    let mut out = String::new();
    std::io::Read::read_to_string(child.stdout.as_mut().unwrap(), &mut out).unwrap();
    assert_eq!(status.code(), Some(130), "{out}");
    assert!(out.contains("of 200000 seeds were run") && out.contains("median"), "{out}");
}
