//! Small pictures of the board, counted pixel by pixel, and the shelf of stories.

use std::path::PathBuf;
use std::sync::Arc;

use zhanyitu::base::palette::{self, PaletteChoice, Rgb};
use zhanyitu::base::time::{Day, Minute};
use zhanyitu::headless::gallery::{Easel, Thumbnail, key_days};
use zhanyitu::headless::opened;
use zhanyitu::headless::shelf::{self, Shelved};
use zhanyitu::history::Timeline;
use zhanyitu::scenario::compile::Overrides;
use zhanyitu::scenario::script::StoryKind;
use zhanyitu::session::{Frame, Story};

use crate::tools::{FUXIANG, shipped, small, story};

const WIDTH: u32 = 640;

fn pixel(picture: &Thumbnail, x: u32, y: u32) -> Rgb {
    let at = ((y * picture.width + x) * 4) as usize;
    assert_eq!(picture.rgba[at + 3], 255, "nothing shines through");
    Rgb(picture.rgba[at], picture.rgba[at + 1], picture.rgba[at + 2])
}

/// Each home has the colour that the frame gives it, and the colours in the picture
/// are as many as the frame counts.
#[test]
fn a_picture_has_as_many_homes_of_each_colour_as_the_frame_counts() {
    for (scene, legends) in [(FUXIANG, 1), ("scenes/five_legends.ron", 5)] {
        let story = story(scene);
        let mut session = Timeline::new(Story(Arc::clone(&story)), &mut Vec::new());
        let easel = Easel::new(&story, WIDTH);
        assert_eq!(easel.homes.len(), story.setup.core_homes as usize);
        for day in [1, 3, 5, 20] {
            let at = Minute::at(Day(day), 18 * 60).min(story.setup.ends);
            session.advance(at, &mut Vec::new());
            for legend in 0..legends.min(story.legends.len()) {
                for palette in PaletteChoice::ALL {
                    let picture = easel.draw(&session, legend, palette);
                    let frame = Frame::new(&session, legend);
                    assert_eq!(picture.at, session.now());
                    assert_eq!(picture.counts, frame.counts());
                    assert_eq!(picture.rgba.len(), (picture.width * picture.height * 4) as usize);
                    let entries = &story.legends[legend].entries;
                    let mut counts = vec![0_u64; entries.len()];
                    for (i, &(x, y, side)) in easel.homes.iter().enumerate() {
                        assert!(side >= 3, "a home of {side} pixels cannot be seen");
                        let middle = pixel(&picture, x + side / 2 - 1, y + side / 2 - 1);
                        let shown = frame.homes()[i];
                        let drawn = entries[usize::from(shown.entry)].drawn();
                        let wanted = drawn.map_or(palette::PAPER_RAISED, |m| m.fill_in(palette));
                        assert_eq!(middle, wanted, "home {i} on day {day}");
                        counts[usize::from(shown.entry)] += 1;
                    }
                    assert_eq!(counts, frame.counts());
                }
            }
        }
    }
}

#[test]
fn no_two_homes_share_a_pixel() {
    let story = story(FUXIANG);
    for width in [320, WIDTH, 1280] {
        let easel = Easel::new(&story, width);
        let mut owner = vec![None; (easel.size.0 * easel.size.1) as usize];
        for (i, &(left, top, side)) in easel.homes.iter().enumerate() {
            for y in top..top + side {
                for x in left..left + side {
                    let pixel = &mut owner[(y * easel.size.0 + x) as usize];
                    assert_eq!(*pixel, None, "home {i} at {width}");
                    *pixel = Some(i);
                }
            }
        }
    }
}

#[test]
fn the_days_that_matter_are_chapters_the_fifth_evening_and_festivals() {
    let story = story(FUXIANG);
    let days = key_days(&story);
    let at: Vec<Minute> = days.iter().map(|day| day.at).collect();
    assert!(at.windows(2).all(|pair| pair[0] < pair[1]), "{at:?}");
    assert_eq!(at[0], story.setup.starts);
    assert_eq!(*at.last().unwrap(), story.setup.ends);
    assert!(at.contains(&Minute::at(Day(5), 18 * 60)), "{at:?}");
    // Every chapter's beginning lies within half a day of a picture that names it.
    for chapter in &story.script.chapters {
        let named =
            days.iter().find(|day| day.why.zh.contains(&format!("“{}”开始", chapter.title.zh)));
        let off = named.unwrap().at.0.abs_diff(chapter.from.0);
        assert!(off <= 12 * 60, "{}", chapter.id);
    }
    for festival in ["元宵", "清明"] {
        assert!(days.iter().any(|day| day.why.zh.contains(festival)), "{festival}");
    }
    assert!((6..=16).contains(&days.len()), "{}", days.len());
    // A story without chapters has a beginning and an end.
    let short = small("2020-03-02 08:00", "2020-03-03 20:00", "", &[]);
    let days = key_days(&short);
    assert_eq!(days.len(), 2, "{days:?}");
}

#[test]
fn the_shelf_holds_every_scene_and_says_what_is_wrong_with_one() {
    let opened = opened::open_scene(PathBuf::from(FUXIANG), Overrides::default()).unwrap();
    let found = shelf::beside(&opened.source);
    // The built-in story lies there as a file: it is not there twice.
    assert_eq!(found, shipped().into_iter().map(Shelved::File).collect::<Vec<_>>());
    let mut kinds = Vec::new();
    for shelved in &found {
        let book = shelf::look(shelved, 320, PaletteChoice::Standard).unwrap();
        let again = shelf::take(shelved).unwrap();
        assert_eq!((&book.title, book.kind), (&again.scenario.title, again.scenario.kind));
        let (starts, ends) = (again.scenario.setup.starts, again.scenario.setup.ends);
        assert_eq!(book.days, ends.day().0 - starts.day().0 + 1);
        assert!(!book.about.zh.is_empty() && !book.about.en.is_empty());
        assert_eq!(book.cover.width, 320);
        kinds.push(book.kind);
    }
    assert!(kinds.contains(&StoryKind::AsRecorded) && kinds.contains(&StoryKind::WhatIf));

    let folder = tempfile::tempdir().unwrap();
    let text = std::fs::read_to_string("scenes/one_day_of_calls.ron").unwrap();
    let (good, bad) = (folder.path().join("a.ron"), folder.path().join("b.ron"));
    std::fs::write(&good, &text).unwrap();
    std::fs::write(&bad, text.replacen("seed:", "sed:", 1)).unwrap();
    let opened = opened::open_scene(good.clone(), Overrides::default()).unwrap();
    let found = shelf::beside(&opened.source);
    assert_eq!(found, [Shelved::File(good), Shelved::File(bad.clone()), Shelved::BuiltIn]);
    let broken = shelf::look(&found[1], 320, PaletteChoice::Standard).unwrap_err();
    assert_eq!(broken.name, "b.ron");
    let line = text.lines().position(|line| line.contains("seed:")).unwrap() + 1;
    assert!(broken.why.zh.contains("sed") && broken.why.en.contains("sed"), "{broken:?}");
    assert!(broken.why.en.contains(&format!(":{line}:")), "{broken:?}");
    assert!(broken.mistakes >= 1);
    assert!(shelf::take(&found[1]).is_err());
    let built_in = shelf::look(&found[2], 320, PaletteChoice::Standard).unwrap();
    assert_eq!(built_in.title, story(FUXIANG).title);
}
