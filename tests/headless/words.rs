//! The words of scene files: how many there are, that each is understood, that
//! none is understood which is not one of them, and that each thing has an origin.

use std::collections::HashSet;
use std::mem::discriminant;

use super::broken::{problems_of_map, problems_of_scene};
use zhanyitu::base::text::Lang;
use zhanyitu::cli::Request;
use zhanyitu::headless::answer;
use zhanyitu::scenario::compile::{Overrides, compile};
use zhanyitu::scenario::raw::{RawAction, RawClaim, RawLook, TRIGGERS};
use zhanyitu::scenario::script::{Action, Scenario};

const EVERY_WORD: &str = include_str!("every_word.ron");
const MAP: &str = include_str!("../../assets/maps/fuxiang.ron");

fn every_word() -> Scenario {
    let find = |name: &str| Some((name.to_owned(), MAP.as_bytes().to_vec()));
    let compiled = compile("every_word.ron", EVERY_WORD.as_bytes(), &find, &Overrides::default());
    compiled.unwrap_or_else(|problems| panic!("{problems:#?}")).scenario
}

#[test]
fn there_are_at_least_eight_kinds_of_trigger_and_twelve_of_effect() {
    let story = every_word();
    let written = TRIGGERS.iter().filter(|word| {
        EVERY_WORD.contains(&format!("({word}: ")) || EVERY_WORD.contains(&format!(", {word}: "))
    });
    assert_eq!(written.count(), TRIGGERS.len(), "a trigger is missing from the sample");
    let triggers: HashSet<_> = story.script.cues.iter().map(|c| discriminant(&c.trigger)).collect();
    assert!(triggers.len() >= 8, "{} triggers", triggers.len());
    let actions = story.script.cues.iter().flat_map(|cue| &cue.actions);
    let effects: HashSet<String> = actions
        .map(|action| match action {
            Action::Command(command) => format!("{:?}", discriminant(command)),
            Action::Tell(..) => "tell".to_owned(),
        })
        .collect();
    assert!(effects.len() >= 12, "{} effects", effects.len());
    let looks: HashSet<_> =
        story.script.cues.iter().filter_map(|c| c.look.as_ref()).map(discriminant).collect();
    assert_eq!(looks.len(), 5);
    let claims: HashSet<_> =
        story.script.cues.iter().flat_map(|c| &c.claims).map(discriminant).collect();
    assert_eq!(claims.len(), 8);
    println!(
        "{} triggers in files, {} when running, {} effects, {} looks, {} claims",
        TRIGGERS.len(),
        triggers.len(),
        effects.len(),
        looks.len(),
        claims.len()
    );
}

/// Puts a field that nobody knows into each pair of parentheses with named fields,
/// one at a time.
fn with_an_odd_field(text: &str) -> Vec<String> {
    let opens = text.match_indices('(').map(|(at, _)| at + 1);
    let named = |at: &usize| {
        let inside = text[*at..].trim_start();
        let name = inside.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(0);
        name > 0 && inside[name..].starts_with(": ")
    };
    opens.filter(named).map(|at| format!("{}zzz: 1, {}", &text[..at], &text[at..])).collect()
}

#[test]
fn an_unknown_field_is_refused_in_every_part_of_a_scene_and_of_a_map() {
    let scenes = with_an_odd_field(EVERY_WORD);
    assert!(scenes.len() >= 40, "{}", scenes.len());
    // One of each sort is enough of the map.
    let ways = MAP.lines().filter(|line| !line.contains("homes: ") || line.contains("槐荫院"));
    let small: String = ways.flat_map(|line| [line, "\n"]).collect();
    let maps = with_an_odd_field(&small);
    assert!(maps.len() >= 40, "{}", maps.len());
    let read = |texts: Vec<String>, problems: fn(&str, &[u8]) -> Vec<_>| {
        for text in texts {
            let found: Vec<_> = problems("x.ron", text.as_bytes());
            let refused = |p: &zhanyitu::scenario::problem::Problem| p.path.ends_with("zzz");
            assert!(found.iter().any(refused), "accepted: {text}\n{found:?}");
        }
    };
    read(scenes, problems_of_scene);
    read(maps, problems_of_map);
}

#[test]
fn nothing_that_has_an_origin_may_be_written_without_it() {
    let places: Vec<usize> =
        EVERY_WORD.match_indices("origin: invented").map(|(at, _)| at).collect();
    assert!(places.len() >= 18, "{}", places.len());
    for at in places {
        // Also without the comma that stands before or after it.
        let head = EVERY_WORD[..at].trim_end().trim_end_matches(',');
        let text = format!("{head}{}", &EVERY_WORD[at + "origin: invented".len()..]);
        let found = problems_of_scene("x.ron", text.as_bytes());
        let named = |said: &str| said.contains("the field `origin` is missing");
        assert!(found.iter().any(|p| named(&p.message.en)), "{found:?}");
    }
}

#[test]
fn every_origin_but_a_guess_needs_a_source() {
    for (origin, needs) in [
        ("article", true),
        ("record", true),
        ("paper", true),
        ("assumption", false),
        ("invented", false),
    ] {
        let text = EVERY_WORD
            .replacen("each: false), do", "each: false), origin: X, do", 1)
            .replacen(", origin: invented),\n        (once", "),\n        (once", 1)
            .replace("origin: X", &format!("origin: {origin}"));
        let found = problems_of_scene("x.ron", text.as_bytes());
        assert_eq!(!found.is_empty(), needs, "{origin}: {found:?}");
    }
}

#[test]
fn what_is_read_and_written_again_is_read_as_the_same() {
    fn again<T: serde::de::DeserializeOwned + serde::Serialize + std::fmt::Debug>(text: &str) {
        let options = ron::Options::default()
            .with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME);
        let first: T = options.from_str(text).unwrap();
        let written = options.to_string(&first).unwrap();
        let second: T = options.from_str(&written).unwrap_or_else(|e| panic!("{written}: {e}"));
        assert_eq!(format!("{first:?}"), format!("{second:?}"));
    }
    for text in [
        "Call(\"H0001\")",
        "Note(\"H0001\", \"引号\\\"与反斜杠\\\\\")",
        "Tell(\"x\", Discharged(14))",
        "Mouth(\"M1\", Sealed)",
        "Measure(Survey, 0)",
        "Priority([Calls, Help])",
        "Staff(0)",
    ] {
        again::<RawAction>(text);
    }
    for text in ["Community", "Lane(\"W01\")", "Legend(\"福祥\")"] {
        again::<RawLook>(text);
    }
    for text in [
        "Figure((figure: \"calls\", at_most: 18446744073709551615))",
        "HoursHold",
        "Happened((event: \"Found\", within: 3))",
        "MouthIs(\"M1\", Open)",
        "Waiting(Gate, 1)",
        "Shows((home: \"x\", colour: NotYetKnown))",
        "MeasureIs(Notices, 1)",
    ] {
        again::<RawClaim>(text);
    }
}

#[test]
fn a_folder_is_checked_to_its_last_file() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    let short = EVERY_WORD.replace("ends: \"2020-02-12 20:00\"", "ends: \"2020-02-11 20:00\"");
    write("a_broken.ron", &short.replace("seed: 1", "sead: 1"));
    write("b_sound.ron", include_str!("../../scenes/one_day_of_calls.ron"));
    write("c_broken.ron", &short.replace("D2 09:00", "D99 09:00"));
    write("notes.txt", "not a scene");
    for (lang, said) in [
        (Lang::Zh, ["没有“sead”这个字段", "在故事之外"]),
        (Lang::En, ["no field named `sead`", "lies outside the story"]),
    ] {
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let request = Request::Check(vec![folder.path().display().to_string()]);
        let code = answer(&request, lang, &mut out, &mut err);
        let (out, err) = (String::from_utf8(out).unwrap(), String::from_utf8(err).unwrap());
        assert_eq!(code, 2, "a file that is not valid was asked for wrongly: {out}{err}");
        for phrase in said {
            assert!(err.contains(phrase), "{err}");
        }
        assert!(err.contains("a_broken.ron:") && err.contains("c_broken.ron:"), "{err}");
        assert!(out.contains("b_sound.ron"), "{out}");
    }
}
