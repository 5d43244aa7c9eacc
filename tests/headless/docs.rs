//! What is written for people agrees with what is on the disk.

use std::fs;
use std::path::Path;

use zhanyitu::sim::params::Params;

use crate::architecture::sources;
use crate::tools::shipped;

fn read(path: &str) -> String {
    fs::read_to_string(path).unwrap_or_else(|e| panic!("{path}: {e}"))
}

#[test]
fn the_educators_manual_names_every_scene() {
    let manual = read("scenes/README.md");
    for path in shipped() {
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        assert!(manual.contains(&name), "scenes/README.md does not name {name}");
    }
}

#[test]
fn the_credits_name_every_asset_and_nothing_else() {
    let credits = read("assets/CREDITS.md");
    for folder in ["assets/fonts", "assets/maps", "assets/shaders", "assets/pictures"] {
        for entry in fs::read_dir(folder).unwrap() {
            let name = entry.unwrap().file_name().to_str().unwrap().to_owned();
            assert!(credits.contains(&name), "assets/CREDITS.md does not name {name}");
        }
    }
    for word in credits.split('`').skip(1).step_by(2) {
        let is_file = word.contains('/') && word.contains('.') && !word.contains(' ');
        assert!(!is_file || Path::new("assets").join(word).exists(), "{word} is not there");
    }
}

/// The README's commands are those that the gate runs.
#[test]
fn the_gate_runs_what_the_readme_says() {
    let (readme, gate) = (read("README.md"), read(".ci/run"));
    for command in [
        "cargo run --release --no-default-features -- run scenes/fuxiang_2020.ron",
        "cargo test --no-default-features",
        "cargo test --locked",
    ] {
        assert!(readme.contains(command), "README: {command}");
        assert!(gate.contains(command), ".ci/run: {command}");
    }
}

#[test]
fn every_link_of_the_readme_leads_somewhere() {
    for page in ["README.md", "scenes/README.md", "assets/CREDITS.md"] {
        let text = read(page);
        let folder = Path::new(page).parent().unwrap();
        for part in text.split("](").skip(1) {
            let link = part.split(')').next().unwrap_or_default().split('#').next().unwrap();
            if link.is_empty() || link.starts_with("http") {
                continue;
            }
            assert!(folder.join(link).exists(), "{page} links to {link}");
        }
    }
}

#[test]
fn whatever_is_left_to_do_has_an_owner() {
    for path in sources(Path::new("src")).into_iter().chain(sources(Path::new("tests"))) {
        let text = fs::read_to_string(&path).unwrap();
        for (number, line) in (1..).zip(text.lines()) {
            for word in ["TO\u{44}O", "FIX\u{4d}E", "X\u{58}X"] {
                let owned = line.contains(&format!("{word}("));
                assert!(!line.contains(word) || owned, "{}:{number}: {line}", path.display());
            }
        }
    }
}

/// `science 1.9` and the like are pages of our own that no reader has.
fn names_an_inner_page(text: &str) -> bool {
    let text = text.to_lowercase();
    ["science", "history"].iter().any(|page| {
        text.match_indices(page).any(|(at, _)| {
            let rest = text[at + page.len()..].trim_start_matches([' ', '§']);
            rest.starts_with(|c: char| c.is_ascii_digit())
        })
    })
}

#[test]
fn inner_pages_are_recognised() {
    for text in ["science 5.2", "tilted (history 3)", "Science §7"] {
        assert!(names_an_inner_page(text), "{text}");
    }
    for text in ["Zhang J, Science, 2020", "natural history of falls", "3 histories"] {
        assert!(!names_an_inner_page(text), "{text}");
    }
}

#[test]
fn every_parameter_has_a_source_that_can_be_looked_up() {
    for card in Params::cards() {
        for text in [&card.source.en, &card.source.zh] {
            assert!(text.chars().count() >= 4, "{}: {text:?}", card.path());
        }
        for text in [&card.source.en, &card.source.zh, &card.label.en, &card.label.zh] {
            assert!(!text.is_empty() && !names_an_inner_page(text), "{}: {text:?}", card.path());
        }
        assert!(!card.unit.is_empty(), "{}", card.path());
    }
}
