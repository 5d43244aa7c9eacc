//! The log as a file, read back.

use std::path::PathBuf;

use zhanyitu::base::text::Lang;
use zhanyitu::base::time::{Day, Minute};
use zhanyitu::headless::{journal, opened};
use zhanyitu::scenario::compile::Overrides;
use zhanyitu::session::StoryEvent;
use zhanyitu::sim::command::SimCommand;

use crate::tools::FUXIANG;

#[test]
fn the_log_that_is_kept_reads_back_as_what_was_told() {
    let overrides = Overrides {
        seed: Some(31),
        params: vec![("survey.minutes".to_owned(), 9)],
        ..Overrides::default()
    };
    let mut opened = opened::open_scene(PathBuf::from(FUXIANG), overrides).unwrap();
    let mut told = std::mem::take(&mut opened.told);
    opened.session.advance(Minute::at(Day(4), 12 * 60), &mut told);
    let home = opened.scenario.setup.core().nth(9).unwrap();
    let note = "耳背，\"多响\"几声".to_owned();
    opened.session.submit(SimCommand::Note(home, note), &mut told).unwrap();
    opened.session.advance(Minute::at(Day(26), 12 * 60), &mut told);
    let story = &opened.scenario;
    let folder = tempfile::tempdir().unwrap();
    for lang in Lang::ALL {
        let path = folder.path().join("saves").join(format!("{lang:?}.csv"));
        let kept = journal::keep_events(&opened.source, &opened.session, lang, Some(&path));
        assert_eq!(kept.unwrap(), path);
        let bytes = std::fs::read(&path).unwrap();
        let text = bytes.strip_prefix(b"\xEF\xBB\xBF").expect("spreadsheets look for the mark");
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text);
        let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        let about: Vec<_> = rows.iter().take_while(|row| row[0].starts_with('#')).collect();
        let fact = |zh: &str, en: &str| {
            let name = format!("# {}", if lang == Lang::Zh { zh } else { en });
            about.iter().find(|row| row[0] == name).map(|row| row[1].to_owned()).unwrap_or_default()
        };
        assert_eq!(fact("种子", "seed"), "31");
        assert!(fact("剧本", "scene").contains("fuxiang_2020"));
        assert!(fact("程序", "program").contains(env!("CARGO_PKG_VERSION")));
        assert!(fact("改过的参数", "parameters set").contains("survey.minutes=9"));
        assert!(fact("到", "until").starts_with("D26 12:00"));
        let rows = &rows[about.len() + 1..];
        let wanted: Vec<(String, String, String)> = told
            .iter()
            .filter_map(|event| match event {
                StoryEvent::Sim(event) if event.what.is_known() => Some((
                    event.at.to_string(),
                    event.what.kind().name().to_owned(),
                    event.what.household().map(|h| h.to_string()).unwrap_or_default(),
                )),
                StoryEvent::Cue { at, cue } => story.script.cues[*cue as usize]
                    .say
                    .as_ref()
                    .map(|_| (at.to_string(), "Caption".to_owned(), String::new())),
                StoryEvent::Chapter { at, .. } => {
                    Some((at.to_string(), "Chapter".to_owned(), String::new()))
                }
                _ => None,
            })
            .collect();
        assert!(wanted.len() > 10_000, "{}", wanted.len());
        let found: Vec<(String, String, String)> =
            rows.iter().map(|r| (r[0].to_owned(), r[3].to_owned(), r[5].to_owned())).collect();
        assert_eq!(found, wanted);
        assert!(rows.iter().all(|row| row[3] != *"Fell" && row[3] != *"CameBack"));
        for row in rows.iter().filter(|row| row[3] == *"Caption") {
            assert!(!row[4].is_empty() && !row[8].is_empty(), "words and source: {row:?}");
        }
    }
}
