//! Settings of a screen as an operator meets them: written, examined, mended.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn ask(args: &[&str], lang: &str) -> Output {
    let mut program = Command::new(env!("CARGO_BIN_EXE_zhanyitu"));
    program.args(args).args(["--lang", lang]).output().unwrap()
}

fn told(output: &Output) -> (Option<i32>, String) {
    let text = [&output.stdout, &output.stderr].map(|bytes| String::from_utf8_lossy(bytes));
    (output.status.code(), text.concat())
}

#[test]
fn settings_are_written_examined_and_mended() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("k.ron").display().to_string();
    for lang in ["zh", "en"] {
        let made = told(&ask(&["new", &path, "--kiosk"], lang));
        assert_eq!(made.0, Some(0), "{}", made.1);
        let fine =
            if lang == "zh" { "展台设置，没有问题" } else { "settings of a screen, fine" };
        let checked = told(&ask(&["check", &path], lang));
        assert!(checked.0 == Some(0) && checked.1.contains(fine), "{}", checked.1);
        let text = fs::read_to_string(&path).unwrap();
        let broken = text.replace("idle_seconds: 45", "idle_seconds: 4");
        fs::write(&path, &broken).unwrap();
        let line = 1 + broken[..broken.find("idle_seconds: 4").unwrap()].matches('\n').count();
        let place = format!("k.ron:{line}:19: ");
        let range = if lang == "zh" { "须在15到600之间" } else { "from 15 to 600" };
        let (code, said) = told(&ask(&["check", &path], lang));
        assert!(code == Some(2) && said.contains(&place) && said.contains(range), "{said}");
        fs::remove_file(&path).unwrap();
    }
}

#[test]
fn the_settings_that_are_shipped_are_sound() {
    let (code, said) = told(&ask(&["check", "assets/kiosk.ron"], "en"));
    assert!(code == Some(0) && Path::new("assets/kiosk.ron").is_file(), "{said}");
}
