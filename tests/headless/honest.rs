//! What has to stand beside a result: base rates, caution, costs, estimates, chance apart
//! from parameters; and where each objection is answered.

use std::fs;
use std::path::Path;

use zhanyitu::base::text::Lang;
use zhanyitu::cli;
use zhanyitu::session::objections::{OBJECTIONS, Place};
use zhanyitu::sim::counts::DayCounts;
use zhanyitu::sim::params::Params;
use zhanyitu::sim::work::Measure;

use crate::studies::{ask, fine, place};

const TOILET: &str = "scenes/toilet_question.ron";
const BASE_RATES: &str = "scenes/base_rates.ron";
const CALLS: &str = "scenes/one_day_of_calls.ron";
const NESTED: [&str; 8] =
    ["ensemble", CALLS, "--of", "minutes_calls", "--runs", "20", "--nested=6x4", "--params"];
const DRAWN: &str = "calls.minutes=2..5,calls.answered";

fn nested(more: &[&str]) -> String {
    fine(&[&NESTED[..], &[DRAWN], more].concat())
}

#[test]
fn chance_and_parameters_are_told_apart_in_both_languages() {
    let en = nested(&["--lang", "en"]);
    let said = en.lines().find(|line| line.starts_with("Where only chance varies")).unwrap();
    assert!(
        said.contains("where 2 numbers that are not known exactly vary over their ranges as well"),
        "{said}"
    );
    assert!(said.contains("of the variance is due to the numbers ("), "{said}");
    assert!(en.contains("6 sets of numbers with 4 runs of each, 24 runs"), "{en}");
    assert!(en.contains("--nested=6x4 --params calls.minutes=2..5,calls.answered --of"), "{en}");
    let zh = nested(&["--lang", "zh"]);
    for words in
        ["只有偶然在变时，十次里有九次的", "2个拿不准的参数也在各自的范围里变时", "来自参数（"]
    {
        assert!(zh.contains(words), "{words}: {zh}");
    }
}

#[test]
fn threads_change_neither_numbers_nor_picture_of_a_nested_design() {
    let folder = tempfile::tempdir().unwrap();
    let with = |threads: &str| {
        let (csv, svg) = (place(&folder, "n.csv"), place(&folder, "n.svg"));
        let json = nested(&["--json", "--threads", threads, "--csv", &csv, "--picture", &svg]);
        (json, fs::read_to_string(csv).unwrap(), fs::read_to_string(svg).unwrap())
    };
    let one = with("1");
    assert_eq!(with("3"), one);
    let json: serde_json::Value = serde_json::from_str(&one.0).unwrap();
    let wider = &json["chance_and_parameters"];
    assert_eq!((&wider["sets"], &wider["runs_done"]), (&6.into(), &24.into()));
    let share = wider["share_of_parameters"].as_f64().unwrap();
    // What a call takes goes from two minutes to five: nearly all of the variance.
    assert!(share > 0.8, "{share}");
    for row in [
        "variance,minutes_calls,,share_of_parameters,",
        "band_chance_and_parameters,",
        "draw,calls.minutes,,draw_6,",
        "curve_name,minutes_calls,,seed_93,run 1 of 20,",
    ] {
        assert!(one.1.contains(row), "{row}");
    }
    // A day has no course; two have.
    assert!(one.2.contains("<svg"));
    let svg = place(&folder, "two.svg");
    let args = ["ensemble", "scenes/sandbox.ron", "--of", "calls", "--runs", "4", "--nested=2x2"];
    fine(&[&args[..], &["--picture", &svg, "--lang", "en"]].concat());
    assert!(fs::read_to_string(svg).unwrap().contains("numbers vary as well: nine in ten"));
}

#[test]
fn a_comparison_has_a_wider_band_as_well() {
    let args =
        ["compare", CALLS, "--without", "daily-calls", "--of", "minutes_calls", "--runs", "20"];
    let en = fine(&[&args[..], &["--nested=7x3", "--params", DRAWN, "--lang", "en"]].concat());
    assert!(en.contains("nine pairs in ten have "), "{en}");
    assert!(en.contains("21 runs. Drawn were: Minutes of a call"), "{en}");
}

#[test]
fn a_nested_design_that_cannot_be_made_is_explained() {
    for (nested, words) in [("--nested=1x5", "--nested=40x25"), ("--nested=many", "--nested=40x25")]
    {
        let (code, _, err) = ask(&["ensemble", CALLS, "--of", "calls", nested, "--lang", "en"]);
        assert!(code == 2 && err.contains(words), "{err}");
    }
    let (code, _, err) =
        ask(&["ensemble", CALLS, "--of", "calls", "--params", "calls.minutes", "--lang", "en"]);
    assert!(code == 2 && err.contains("--nested"), "{err}");
}

#[test]
fn costs_stand_beside_every_benefit_and_nothing_adds_them_up() {
    let args = ["compare", TOILET, "--without", "closure", "--runs", "6"];
    let en = fine(&[&args[..], &["--lang", "en"]].concat());
    for words in [
        "person-days indoors: ",
        "working time of workers and volunteers, hours: ",
        "time that elders who fell waited for help, hours: ",
        "elder-days without any contact: ",
        "The cost of closure: ",
        "There is no single score",
    ] {
        assert!(en.contains(words), "{words}: {en}");
    }
    // The question itself stays as it was asked.
    assert!(en.contains("--without closure --of infections --runs 6"), "{en}");
    assert!(!en.contains("(confined_days)"), "{en}");
    let zh = fine(&[&args[..], &["--lang", "zh"]].concat());
    assert!(zh.contains("不能出门的人天：每一对增加") && zh.contains("没有总分"), "{zh}");
}

/// Most runs of this scene have no case at all: nothing that could die out.
#[test]
fn a_run_without_a_case_is_not_said_to_have_died_out() {
    let args = ["ensemble", "scenes/base_rates.ron", "--runs", "24"];
    let en = fine(&[&args[..], &["--lang", "en"]].concat());
    let line = en.lines().next().unwrap();
    assert!(line.contains("died out") && line.contains("had no case at all"), "{line}");
    assert!(en.contains("Fewer than ten cases: ") && !en.contains("by itself"), "{en}");
    // What tells whether it is over is counted, and not told as a figure of its own.
    assert!(!en.contains("(infectious)"), "{en}");
    // No closure, no masks: nothing rests on how well they work.
    assert!(!en.contains("In the closure") && !en.contains("wear a mask"), "{en}");
    let zh = fine(&[&args[..], &["--lang", "zh"]].concat());
    assert!(zh.contains("一例也没有") && !zh.contains("没有一例的"), "{zh}");
}

#[test]
fn one_pair_is_told_without_any_range() {
    let args = ["compare", TOILET, "--without", "closure", "--runs", "1"];
    let en = fine(&[&args[..], &["--lang", "en"]].concat());
    assert!(en.contains("cannot be told") && en.contains("(one pair, without a range)"), "{en}");
    assert!(!en.contains("nine pairs of ten"), "{en}");
    let zh = fine(&[&args[..], &["--lang", "zh"]].concat());
    assert!(zh.contains("只有一次，看不出区间"), "{zh}");
}

/// A scene in which nobody takes care by themselves, beside its map.
fn without_caution(folder: &tempfile::TempDir, scene: &str) -> String {
    let scene = fs::read_to_string(scene).unwrap();
    assert!(scene.contains("SpontaneousCaution"));
    let bare: String = scene
        .lines()
        .filter(|l| !l.contains("SpontaneousCaution"))
        .flat_map(|l| [l, "\n"])
        .collect();
    fs::create_dir_all(folder.path().join("maps")).unwrap();
    fs::copy("assets/maps/fuxiang.ron", folder.path().join("maps/fuxiang.ron")).unwrap();
    let file = place(folder, "bare.ron");
    fs::write(&file, bare).unwrap();
    file
}

#[test]
fn caution_is_nobodys_merit() {
    let args = ["compare", TOILET, "--without", "spontaneous-caution", "--runs", "4"];
    let en = fine(&[&args[..], &["--lang", "en"]].concat());
    assert!(en.contains("the difference is to no measure's credit"), "{en}");
    let folder = tempfile::tempdir().unwrap();
    let bare = without_caution(&folder, BASE_RATES);
    let calls = |scene: &str| {
        fine(&["compare", scene, "--without", "daily-calls", "--runs", "4", "--lang", "en"])
    };
    let en = calls(&bare);
    assert!(en.contains("nobody in this scene takes care by themselves"), "{en}");
    // As shipped both sides have it.
    let en = calls(BASE_RATES);
    assert!(!en.contains("takes care by themselves"), "{en}");
    let en = fine(&["compare", TOILET, "--without", "closure", "--runs", "4", "--lang", "en"]);
    assert!(!en.contains("caution is no measure") && !en.contains("takes care"), "{en}");
}

/// Who reads a file of results sees the same beside a benefit as who reads the words.
#[test]
fn cards_of_the_measures_and_caution_go_into_files_too() {
    let folder = tempfile::tempdir().unwrap();
    let [csv, homes] = ["c.csv", "homes.csv"].map(|name| place(&folder, name));
    let args = ["--runs", "4", "--json", "--csv", &csv];
    let read = |text: &str| -> serde_json::Value { serde_json::from_str(text).unwrap() };
    let compare = ["compare", TOILET, "--without", "spontaneous-caution", "--homes", &homes];
    let json = read(&fine(&[&compare[..], &args, &["--lang", "en"]].concat()));
    let card = &json["measures"][0];
    assert_eq!(card["name"], "SpontaneousCaution");
    for key in ["mechanism", "assumption", "certainty", "cost", "borne_by", "source"] {
        for lang in ["zh", "en"] {
            assert!(!card[key][lang].as_str().unwrap().is_empty(), "{key}: {card}");
        }
    }
    assert!(json["caution"]["en"].as_str().unwrap().contains("no measure's credit"), "{json}");
    assert_eq!(json["homes"][0]["home"], "H0001");
    let table = fs::read_to_string(&csv).unwrap();
    for row in ["measure,SpontaneousCaution,,borne_by,everybody,", "about,,,caution,"] {
        assert!(table.contains(row), "{row}");
    }
    // The table of homes has its own columns; where it comes from lies beside it.
    assert!(fs::read_to_string(&homes).unwrap().contains("\nH0001,"));
    let about = fs::read_to_string(place(&folder, "homes.about.csv")).unwrap();
    for row in [
        "about,,,note,\"This is a teaching model, no forecast.\"",
        "about,,,seed_first,",
        "about,,,seed_last,",
        "about,,,version,",
        "about,,,model_revision,",
        "parameter,survey.minutes,,value,",
        "parameter,survey.minutes,,source,",
        "about,,,sentence,",
    ] {
        assert!(about.contains(row), "{row}: {about}");
    }
    let attribute = ["attribute", TOILET, "--measures", "closure,masks"];
    let json = read(&fine(&[&attribute[..], &args].concat()));
    let names: Vec<_> = json["measures"].as_array().unwrap().iter().map(|m| &m["name"]).collect();
    assert_eq!(names, ["Closure", "Masks"]);
    assert!(json["caution"].is_null(), "{json}");
    let bare = without_caution(&folder, BASE_RATES);
    let bare = ["attribute", &bare, "--measures", "daily-calls"];
    let json = read(&fine(&[&bare[..], &args].concat()));
    assert!(json["caution"]["zh"].as_str().unwrap().contains("没有自发小心"), "{json}");
}

#[test]
fn a_what_if_scene_without_caution_is_noted_by_its_check() {
    let folder = tempfile::tempdir().unwrap();
    let file = without_caution(&folder, TOILET);
    let (_, out, err) = ask(&["check", &file, "--lang", "en"]);
    assert!(err.contains("an outbreak without SpontaneousCaution"), "{out}{err}");
    assert!(out.contains("; imports: 1 set, "), "{out}");
    let (_, _, err) = ask(&["check", TOILET, "--lang", "en"]);
    assert!(err.is_empty(), "{err}");
}

#[test]
fn a_study_names_its_base_rate_and_the_estimates_it_rests_on() {
    let args = ["ensemble", BASE_RATES, "--runs", "4"];
    let en = fine(&[&args[..], &["--lang", "en"]].concat());
    for words in [
        "Imports: 0 set by the scene; by its numbers ",
        "Dongcheng had 13 confirmed cases",
        "No case proves no measure.",
        "which are our own estimates",
        "(10,000 to 1,000,000)",
    ] {
        assert!(en.contains(words), "{words}: {en}");
    }
    assert!(!en.contains("infections (infections)"), "{en}");
    let zh = fine(&[&args[..], &["--lang", "zh"]].concat());
    assert!(zh.contains("一例也不输入的机会：") && zh.contains("是我们自己估计的"), "{zh}");
    let json: serde_json::Value =
        serde_json::from_str(&fine(&[&args[..], &["--json"]].concat())).unwrap();
    assert_eq!(json["base_rate"]["forced"], 0);
    assert_eq!(json["curves"][0]["of"], 4);
}

#[test]
fn one_run_says_that_it_is_one_of_many() {
    for (lang, words) in [("zh", "这只是种子93的一次"), ("en", "one run of many, with seed 93")]
    {
        let out = fine(&["run", CALLS, "--lang", lang]);
        assert!(out.contains(words), "{out}");
    }
    let out = fine(&["run", "scenes/fuxiang_2020.ron", "--lang", "en"]);
    assert!(out.contains("Made to happen by the story: falls 1 (by chance, about "), "{out}");
}

#[test]
fn sensitivity_and_attribution_can_be_drawn() {
    let folder = tempfile::tempdir().unwrap();
    let svg = place(&folder, "t.svg");
    let params = "--params=calls.minutes=2..5,fever.daily=400..600";
    for method in ["tornado", "morris", "sobol"] {
        fine(&[
            "sensitivity",
            CALLS,
            "--of",
            "minutes_calls",
            "--runs",
            "2",
            "--method",
            method,
            "--samples",
            "4",
            params,
            "--picture",
            &svg,
            "--lang",
            "en",
        ]);
        let picture = fs::read_to_string(&svg).unwrap();
        assert!(picture.contains("calls.minutes: 2 to 5") && picture.contains("no forecast"));
    }
    fine(&[
        "attribute",
        CALLS,
        "--measures",
        "daily-calls,deliveries",
        "--of",
        "minutes_used",
        "--runs",
        "3",
        "--picture",
        &svg,
        "--lang",
        "en",
    ]);
    let picture = fs::read_to_string(&svg).unwrap();
    assert!(picture.contains("share over all orders") && picture.contains("Wuhan"));
}

/// Every place that answers an objection is there.
#[test]
fn every_answer_is_where_it_is_said_to_be() {
    for lang in Lang::ALL {
        let grammar = cli::command(lang);
        let command = |name: &str| grammar.find_subcommand(name).cloned();
        for place in OBJECTIONS.iter().flat_map(|one| one.places) {
            let there = match *place {
                Place::Command(name) => command(name).is_some(),
                Place::Asked(name, option) => command(name)
                    .is_some_and(|c| c.get_arguments().any(|a| a.get_long() == Some(option))),
                Place::Topic(name) => !fine(&["describe", name]).is_empty(),
                Place::Parameter(path) => Params::cards().iter().any(|card| card.path() == path),
                Place::Figure(name) => DayCounts::CARDS.iter().any(|card| card.0 == name),
                Place::Measure(name) => Measure::ALL.iter().any(|m| m.name() == name),
                Place::File(path) => Path::new(path).exists(),
            };
            assert!(there, "{place:?} is not there");
        }
    }
    // Deaths are counted nowhere.
    assert!(
        DayCounts::CARDS.iter().all(|card| !card.0.contains("death") && !card.0.contains("died"))
    );
    let readme = fs::read_to_string("README.md").unwrap();
    assert!(readme.contains("describe objections"));
    let said = fine(&["describe", "objections", "--lang", "zh"]);
    assert!(said.contains("12  分不清红绿的人怎么看？"), "{said}");
    let said = fine(&["describe", "assumptions", "--lang", "en"]);
    assert!(said.contains("contacts.toilet_hazard") && said.contains("10000–1000000"), "{said}");
}
