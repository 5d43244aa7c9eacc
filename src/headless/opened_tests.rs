//! Tests of `opened`: stories on a real disk.

use super::*;
use crate::base::ids::HouseholdId;
use crate::base::time::Minute;
use crate::scenario::problem::Severity;
use crate::session::Moment;
use crate::sim::command::SimCommand;
use crate::sim::hash;
use tempfile::TempDir;

/// A short scene in a folder of its own.
fn scene(change: impl Fn(&str) -> String) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("day.ron");
    write(&path, &change(DAY));
    (folder, path)
}

const DAY: &str = include_str!("../../scenes/one_day_of_calls.ron");

fn write(path: &Path, text: &str) {
    fs::write(path, text).unwrap();
}

fn opened(path: &Path) -> Opened {
    let file = Some(path.display().to_string());
    open(&WindowRequest { file, ..WindowRequest::default() }).unwrap()
}

fn minute(text: &str) -> Minute {
    text.parse().unwrap()
}

fn digest(session: &Session) -> u64 {
    let moment: &Moment = session.moment();
    hash::canonical(moment)
}

/// A trunk and a branch, each with commands of its own.
fn meddle(session: &mut Session) {
    let told = &mut Vec::new();
    session.advance(minute("D1 09:30"), told);
    session.submit(SimCommand::Visit(HouseholdId(416)), told).unwrap();
    session.advance(minute("D1 11:00"), told);
    session.submit(SimCommand::SetStaff(12), told).unwrap();
    session.branch("另一条路".to_owned()).unwrap();
    session.submit(SimCommand::Note(HouseholdId(7), "钥匙在邻居家".to_owned()), told).unwrap();
    session.advance(minute("D1 12:15"), told);
}

fn same(one: &Session, other: &Session) {
    assert_eq!(one.now(), other.now());
    assert_eq!(one.parts(), other.parts());
    assert_eq!(one.current(), other.current());
    assert_eq!(digest(one), digest(other));
}

#[test]
fn a_scene_opens_at_its_first_minute() {
    let (_folder, path) = scene(str::to_owned);
    let story = opened(&path);
    assert_eq!(story.session.now(), story.scenario.setup.starts);
    assert_eq!(story.told.len(), story.session.opening());
    assert!(!story.told.is_empty() && story.note.is_none());
    assert_eq!(story.source.scene, Some(path));
    assert_eq!(story.source.stem(), "day");
}

#[test]
fn the_map_beside_a_scene_is_watched_too() {
    let (folder, path) = scene(str::to_owned);
    let map = folder.path().join("maps/fuxiang.ron");
    fs::create_dir(map.parent().unwrap()).unwrap();
    fs::copy("assets/maps/fuxiang.ron", &map).unwrap();
    assert_eq!(opened(&path).source.watched, [path, map]);
}

#[test]
fn without_a_file_the_default_story_opens() {
    let request = WindowRequest { seed: Some(5), scale: 2, ..WindowRequest::default() };
    for story in [
        open(&request).unwrap(),
        open_embedded(Overrides { seed: Some(5), more_copies: 1, ..Overrides::default() }).unwrap(),
    ] {
        assert_eq!(story.source.stem(), "fuxiang_2020");
        assert_eq!(story.scenario.setup.seed, 5);
        assert_eq!(story.scenario.setup.place.household_count(), 4000);
        let why = keep(&story.source, &story.session, None).unwrap_err();
        assert!(why.text.zh.contains("不能存档") && why.text.en.contains("cannot be saved"));
    }
}

#[test]
fn an_edited_scene_is_read_anew_and_the_session_goes_on_in_it() {
    let (_folder, path) = scene(str::to_owned);
    let mut story = opened(&path);
    meddle(&mut story.session);
    let again = reload(&story.source, &story.session).unwrap();
    same(&again.session, &story.session);
    assert!(again.note.is_none() && again.left_out == 0);

    write(&path, &DAY.replace("响了很久，没人接。", "一直没人接。"));
    let edited = reload(&again.source, &again.session).unwrap();
    same(&edited.session, &story.session);
    assert_ne!(edited.scenario.content_hash, story.scenario.content_hash);
    assert_eq!(edited.source.scene_text, fs::read(&path).unwrap());
    let says = |story: &Opened| {
        let mut words = story.scenario.script.cues.iter().filter_map(|cue| cue.say.as_ref());
        words.any(|say| say.zh.contains("一直没人接"))
    };
    assert!(says(&edited) && !says(&story));
}

#[test]
fn what_the_changed_story_refuses_is_left_out_and_counted() {
    let (_folder, path) = scene(str::to_owned);
    let mut story = opened(&path);
    meddle(&mut story.session);
    // Twelve of six cannot be on duty; both branches had asked for it.
    let six =
        "(set: \"shifts.workers\", to: 6, origin: assumption),\n        (set: \"calls.callers\"";
    let fewer = DAY.replace("(set: \"calls.callers\"", six);
    assert_ne!(fewer, DAY);
    write(&path, &fewer);
    let edited = reload(&story.source, &story.session).unwrap();
    assert_eq!(edited.session.now(), story.session.now());
    assert_eq!(edited.session.current(), 1);
    let kept: Vec<usize> = edited.session.parts().iter().map(|(_, log)| log.len()).collect();
    assert_eq!((kept, edited.left_out), (vec![1, 2], 2));
    let note = edited.note.unwrap();
    assert!(note.zh.contains("有2条") && note.en.contains("2 commands were"), "{note:?}");
}

#[test]
fn a_broken_scene_is_told_and_leaves_the_session_alone() {
    let (_folder, path) = scene(str::to_owned);
    let mut story = opened(&path);
    meddle(&mut story.session);
    let before = digest(&story.session);
    let broken = DAY.replace("on: (event: \"Found\"", "on: (event: \"Fuond\"");
    write(&path, &broken);
    let line = broken.lines().position(|line| line.contains("Fuond")).unwrap() + 1;
    let Err(NotReloaded::Problems(problems)) = reload(&story.source, &story.session) else {
        panic!("a broken scene was accepted")
    };
    let problem = &problems[0];
    assert_eq!((problem.line as usize, problem.severity), (line, Severity::Error));
    assert!(problem.column > 1 && problem.file.ends_with("day.ron"));
    let hint = problem.hint.as_ref().unwrap();
    assert!(hint.zh.contains("Found") && hint.en.contains("Found"), "{hint:?}");
    assert_eq!(digest(&story.session), before);
    // An editor may have moved the file away for a moment.
    fs::remove_file(&path).unwrap();
    let Err(NotReloaded::Failure(failure)) = reload(&story.source, &story.session) else {
        panic!("a file that is not there was read")
    };
    assert_eq!(failure.code, 3);
    // Mended, it goes on.
    write(&path, DAY);
    same(&reload(&story.source, &story.session).unwrap().session, &story.session);
}

#[test]
fn a_session_is_kept_and_taken_up_again_as_it_was() {
    let (folder, path) = scene(str::to_owned);
    let set = vec![("calls.minutes".to_owned(), 9)];
    let file = Some(path.display().to_string());
    let request = WindowRequest { file, seed: Some(5), set, ..WindowRequest::default() };
    let mut story = open(&request).unwrap();
    meddle(&mut story.session);
    let save = folder.path().join("kept.zyt");
    assert_eq!(keep(&story.source, &story.session, Some(&save)), Ok(save.clone()));
    // The save carries its scene.
    fs::remove_file(&path).unwrap();
    let taken_up = opened(&save);
    same(&taken_up.session, &story.session);
    assert_eq!((taken_up.note, taken_up.left_out), (None, 0));
    assert!(taken_up.told.is_empty());
    assert_eq!(taken_up.source.overrides, story.source.overrides);
    assert_eq!((taken_up.source.scene, taken_up.source.watched), (None, Vec::new()));
    let branches: Vec<&str> = taken_up.session.branches().collect();
    assert_eq!(branches, ["", "另一条路"]);
}

#[test]
fn what_was_taken_up_is_kept_again_and_not_reloaded() {
    let (folder, path) = scene(str::to_owned);
    let mut story = opened(&path);
    meddle(&mut story.session);
    let save = folder.path().join("kept.zyt");
    keep(&story.source, &story.session, Some(&save)).unwrap();
    let mut again = recall(&save).unwrap();
    assert!(matches!(
        reload(&again.source, &again.session),
        Err(NotReloaded::Failure(Failure { code: 2, .. }))
    ));
    again.session.advance(minute("D1 14:00"), &mut Vec::new());
    keep(&again.source, &again.session, Some(&save)).unwrap();
    same(&recall(&save).unwrap().session, &again.session);
}

#[test]
fn a_damaged_save_gives_a_sentence_or_the_one_before() {
    let (folder, path) = scene(str::to_owned);
    let mut story = opened(&path);
    let save = folder.path().join("kept.zyt");
    keep(&story.source, &story.session, Some(&save)).unwrap();
    let damage = || {
        let mut bytes = fs::read(&save).unwrap();
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        fs::write(&save, bytes).unwrap();
    };
    damage();
    let failure = recall(&save).unwrap_err();
    assert_eq!(failure.code, 2);
    assert!(failure.text.zh.contains("存档已损坏") && failure.text.en.contains("is damaged"));

    keep(&story.source, &story.session, Some(&save)).unwrap();
    let first = digest(&story.session);
    meddle(&mut story.session);
    keep(&story.source, &story.session, Some(&save)).unwrap();
    damage();
    let spare = recall(&save).unwrap();
    assert_eq!(digest(&spare.session), first);
    assert!(spare.note.unwrap().zh.contains("改用它之前的一份"));
}

#[test]
fn a_save_of_another_model_goes_on_from_its_midnight_and_cannot_be_kept() {
    let (folder, path) = scene(str::to_owned);
    let mut story = opened(&path);
    meddle(&mut story.session);
    let save = folder.path().join("kept.zyt");
    keep(&story.source, &story.session, Some(&save)).unwrap();
    let mut old = Save::<SimCommand>::from_bytes(&fs::read(&save).unwrap()).unwrap();
    old.model += 1;
    fs::write(&save, old.to_bytes()).unwrap();
    let again = recall(&save).unwrap();
    assert!(!again.source.has_past);
    assert!(again.note.unwrap().zh.contains("接着往下走"));
    let why = keep(&again.source, &again.session, Some(&save)).unwrap_err();
    assert!(why.text.en.contains("cannot be saved"), "{}", why.text.en);
}

#[test]
fn a_save_takes_no_other_seed() {
    let request =
        WindowRequest { file: Some("x.zyt".to_owned()), seed: Some(5), ..WindowRequest::default() };
    assert!(open(&request).unwrap_err().text.en.contains("--seed"));
    let missing = WindowRequest { seed: None, ..request };
    assert_eq!(open(&missing).unwrap_err().code, 3);
}
