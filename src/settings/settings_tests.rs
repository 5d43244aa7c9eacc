//! Tests of `settings`: what an operator may write, and what is said of a slip.

use super::*;

fn problems(text: &str) -> Vec<Problem> {
    read("k.ron", text.as_bytes()).expect_err("it is wrong")
}

fn sound(text: &str) -> Found {
    read("k.ron", text.as_bytes()).unwrap_or_else(|p| panic!("{p:?}"))
}

#[test]
fn the_file_that_is_shipped_says_the_defaults() {
    let found = read(DEFAULT_NAME, DEFAULT_TEXT.as_bytes()).unwrap();
    assert_eq!(found, Found { settings: Settings::default(), warnings: Vec::new() });
    assert_eq!(sound("(format: 1)").settings, Settings::default());
    for (bound, fresh) in bounds::defaults() {
        assert_eq!(bound, fresh);
    }
    // Every field is explained there, also those that are not set.
    for name in FIELDS {
        assert!(DEFAULT_TEXT.contains(&format!("{name}: ")), "{name} is not explained");
    }
    // What is commented out is right, too.
    let all: String = DEFAULT_TEXT
        .lines()
        .map(|line| {
            let bare = line.trim();
            let set = ["// story: ", "// screen: "].iter().any(|s| bare.starts_with(s));
            if set { bare.trim_start_matches("// ") } else { line }
        })
        .collect::<Vec<_>>()
        .join("\n");
    let settings = sound(&all).settings;
    assert_eq!(settings.story.as_deref(), Some("fuxiang_2020.ron"));
    let screen = Screen { px_per_mm: 2.02, bottom_mm: 800 };
    assert_eq!(settings.screen, Some(screen));
}

#[test]
fn everything_is_read() {
    let settings = sound(
        "(format: 1, profile: Classroom, story: \"a.ron\", language: en, large_text: true, \
         palette: Friendly, less_motion: true, low: true, \
         screen: (px_per_mm: 3, bottom_mm: 500), idle_seconds: 60, countdown_seconds: 20, \
         attract_seconds: 40)",
    )
    .settings;
    let wanted = Settings {
        profile: Profile::Classroom,
        story: Some("a.ron".to_owned()),
        language: Lang::En,
        large_text: true,
        palette: PaletteChoice::Friendly,
        less_motion: true,
        low: true,
        screen: Some(Screen { px_per_mm: 3.0, bottom_mm: 500 }),
        idle_seconds: 60,
        countdown_seconds: 20,
        attract_seconds: 40,
    };
    assert_eq!(settings, wanted);
    assert!(!settings.minds_idleness() && Settings::default().minds_idleness());
    assert_eq!(settings.idle() + settings.countdown(), Duration::from_secs(80));
}

#[test]
fn every_slip_is_told_of_at_once_with_its_place_and_a_hint() {
    let text = "(
    format: 1,
    profile: Musuem,
    langauge: en,
    large_text: \"yes\",
    screen: (px_per_mm: 0, bottom: 800),
    idle_seconds: 5,
    countdown_seconds: 60,
    attract_seconds: -1,
)";
    let found: Vec<(u32, u32, String)> =
        problems(text).iter().map(|p| (p.line, p.column, p.path.clone())).collect();
    let wanted = [
        (3, 14, "profile"),
        (4, 5, "langauge"),
        (5, 17, "large_text"),
        (6, 25, "screen.px_per_mm"),
        (6, 28, "screen.bottom"),
        (7, 19, "idle_seconds"),
        (8, 24, "countdown_seconds"),
        (9, 22, "attract_seconds"),
    ];
    let wanted = wanted.map(|(line, column, path)| (line, column, path.to_owned()));
    assert_eq!(found, wanted, "{:#?}", problems(text));
    for problem in problems(text) {
        let helps = problem.hint.is_some() || problem.message.en.contains("expected");
        assert!(helps && problem.message.zh.chars().any(|c| c > '\u{3000}'), "{problem:?}");
    }
}

#[test]
fn bounds_belong_to_the_range_and_what_lies_beyond_names_it() {
    for (name, min, max) in
        [("idle_seconds", 15, 600), ("countdown_seconds", 5, 20), ("attract_seconds", 20, 180)]
    {
        for value in [min, max] {
            sound(&format!("(format: 1, {name}: {value})"));
        }
        for value in [min - 1, max + 1] {
            let told = problems(&format!("(format: 1, {name}: {value})"));
            let range = format!("from {min} to {max}");
            assert!(told.len() == 1 && told[0].message.en.contains(&range), "{told:?}");
            assert!(told[0].message.zh.contains(&format!("{min}到{max}")), "{told:?}");
        }
    }
    for px in ["0.49", "20.5", "NaN", "inf", "1e999"] {
        let told = problems(&format!("(format: 1, screen: (px_per_mm: {px}, bottom_mm: 1))"));
        assert_eq!(told.len(), 1, "{px}: {told:?}");
    }
}

#[test]
fn a_screen_that_hangs_too_high_is_warned_of() {
    let hung = |mm: u32| {
        sound(&format!("(format: 1, screen: (px_per_mm: 2.0, bottom_mm: {mm}))")).warnings
    };
    assert_eq!(hung(815), []);
    let told = hung(816);
    assert!(told.len() == 1 && told[0].message.en.contains("1015 mm"), "{told:?}");
}

#[test]
fn another_format_an_empty_name_and_no_settings_at_all_are_refused() {
    assert!(problems("(format: 2)")[0].hint.as_ref().unwrap().en.contains("newer"));
    assert!(problems("(idle_seconds: 45)")[0].message.en.contains("`format` is missing"));
    assert!(problems("(format: 1, story: \" \")")[0].message.zh.contains("空着"));
    for nothing in ["", "// 空", "[]", "3", "(format: 1"] {
        assert!(!problems(nothing).is_empty(), "{nothing}");
    }
}

#[test]
fn settings_are_told_from_scenes() {
    assert!(is_settings(DEFAULT_TEXT.as_bytes()));
    assert!(!is_settings(b"(format: 1, idle_seconds: 5, title: 3"));
    assert!(is_settings(b"(format: 1, low: maybe, idle: 3"));
    let scene = include_bytes!("../../scenes/fuxiang_2020.ron");
    assert!(!is_settings(scene) && !is_settings(b"") && !is_settings(b"(format: 1)"));
}
