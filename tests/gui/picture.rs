//! `picture` from the command line to the file.

use std::fs;
use std::path::Path;
use std::time::Duration;

use super::stage::{easel, scene};
use super::window::{program, run};

const LONG: Duration = Duration::from_mins(3);

/// Width and height as the head of a PNG has them.
fn size(png: &[u8]) -> (u32, u32) {
    assert_eq!(&png[..8], b"\x89PNG\r\n\x1a\n");
    let number = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().unwrap());
    (number(16), number(20))
}

/// Draws; `false` where no driver is.
fn draw(words: &[&str], out: &Path) -> bool {
    let story = scene("fuxiang_2020.ron");
    let mut draw = program();
    draw.args(["picture", "--scene", story.to_str().unwrap(), "--lang", "zh"]).args(words).arg(out);
    let done = run(&mut draw, LONG);
    let said = String::from_utf8_lossy(&done.stderr);
    if said.contains("mesa-vulkan-drivers") {
        eprintln!("left out: no graphics driver was found");
        return false;
    }
    assert!(done.status.success(), "{said}");
    true
}

#[test]
fn a_large_picture_has_its_size_and_is_the_same_each_time() {
    let _one = easel();
    let folder = tempfile::tempdir().unwrap();
    let mut pictures = Vec::new();
    for name in ["one.png", "two.png"] {
        let out = folder.path().join(name);
        let words = ["--at", "D5 18:00", "--view", "board", "--size", "3840x2160", "--out"];
        if !draw(&words, &out) {
            return;
        }
        pictures.push(fs::read(out).unwrap());
    }
    assert_eq!(size(&pictures[0]), (3840, 2160));
    assert!(pictures[0] == pictures[1], "two pictures of one minute differ");
}

#[test]
fn a_film_is_a_folder_of_numbered_pictures() {
    let _one = easel();
    let folder = tempfile::tempdir().unwrap();
    let film = folder.path().join("film");
    let words = [
        "--at", "D5 12:00", "--until", "D5 18:00", "--every", "180", "--size", "640x360", "--film",
    ];
    if !draw(&words, &film) {
        return;
    }
    let mut names: Vec<String> = fs::read_dir(&film)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(names, ["frame_00001.png", "frame_00002.png", "frame_00003.png"]);
    let frames: Vec<Vec<u8>> = names.iter().map(|n| fs::read(film.join(n)).unwrap()).collect();
    assert!(frames.iter().all(|png| size(png) == (640, 360)));
    assert!(frames.windows(2).all(|pair| pair[0] != pair[1]), "nothing happens in the film");
}
