//! The shelf: the stories one can choose from.
//!
//! Floor 8, with Bevy. Reads scenes beside the running one; owns [`Shelf`] and what
//! stands on its sheet. Scenes are compiled on another thread each time the shelf
//! opens, for a curator may have edited one. A broken one is shown with its first
//! mistake.

use core::time::Duration;
use std::sync::LazyLock;

use bevy::prelude::*;
use bevy::tasks::futures::check_ready;
use bevy::tasks::{AsyncComputeTaskPool, Task};
use serde::Deserialize;

use super::PanelSystems;
use super::measure;
use super::sheets::{self, Room};
use crate::app::known::{fill, words};
use crate::app::power::Busy;
use crate::app::view::{Sheet, Stage};
use crate::app::{Live, TimeCommand, View};
use crate::base::palette;
use crate::base::text::{Bilingual, plural};
use crate::headless::shelf::{Book, Broken, Shelved, beside, look};
use crate::scenario::script::StoryKind;
use crate::theme::controls::{Caption, Control};
use crate::theme::{
    Does, Dress, Face, GAP, Icons, ROUND, TOUCH, Type, colour, control, panel_image, written,
};

/// The words of this room.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "each name says what its words are about; see text.ron")]
pub struct Said {
    pub title: Bilingual,
    pub days: Bilingual,
    pub recorded: Bilingual,
    pub what_if: Bilingual,
    pub running: Bilingual,
    pub built_in: Bilingual,
    pub broken: Bilingual,
    pub reading: Bilingual,
    pub earlier: Bilingual,
    pub later: Bilingual,
    pub page: Bilingual,
    pub open: Bilingual,
}

/// The words of this room.
pub static SAID: LazyLock<Said> = LazyLock::new(|| words(include_str!("text.ron")));

/// A story, or what is wrong with one.
type Looked = (Shelved, Result<Book, Broken>);

/// A story as it stands on the shelf.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Standing {
    shelved: Shelved,
    /// What was found in it; the picture of its cover is an asset by now.
    found: Result<(Book, Handle<Image>), Broken>,
}

/// The stories, while the shelf is open.
#[derive(Resource, Default)]
pub struct Shelf {
    open: bool,
    reading: Option<Task<Vec<Looked>>>,
    stories: Vec<Standing>,
    revision: u32,
}

impl Shelf {
    /// Whether every story has been looked into.
    pub fn ready(&self) -> bool {
        self.open && self.reading.is_none()
    }

    /// Raised when the stories on it change.
    pub(super) fn revision(&self) -> u32 {
        self.revision
    }
}

/// How often the other thread is asked.
const OFTEN: Duration = Duration::from_millis(30);

fn read(
    live: Res<Live>,
    view: Res<View>,
    stage: Res<Stage>,
    time: Res<Time<Real>>,
    mut images: ResMut<Assets<Image>>,
    mut shelf: ResMut<Shelf>,
    mut busy: ResMut<Busy>,
) {
    let open = view.sheet == Some(Sheet::Shelf);
    if open != shelf.open {
        let revision = shelf.revision.wrapping_add(1);
        let reading = open.then(|| {
            let (source, palette) = (live.opened().source.clone(), view.palette);
            let width = (COVER * stage.unit * stage.scale).round().clamp(120.0, 1024.0) as u32;
            AsyncComputeTaskPool::get().spawn(async move {
                let all = beside(&source).into_iter();
                all.map(|shelved| {
                    let found = look(&shelved, width, palette);
                    (shelved, found)
                })
                .collect()
            })
        });
        *shelf = Shelf { open, reading, stories: Vec::new(), revision };
    }
    let Some(task) = &mut shelf.bypass_change_detection().reading else { return };
    let Some(looked) = check_ready(task) else {
        busy.wake_at(time.elapsed() + OFTEN);
        return;
    };
    shelf.reading = None;
    shelf.revision = shelf.revision.wrapping_add(1);
    shelf.stories = looked
        .into_iter()
        .map(|(shelved, found)| {
            let found = found.map(|mut book| {
                let pixels = std::mem::take(&mut book.cover.rgba);
                let image = panel_image(book.cover.width, book.cover.height, pixels);
                (book, images.add(image))
            });
            Standing { shelved, found }
        })
        .collect();
    busy.settle();
}

/// Width and height of a cover, units.
const COVER: f32 = 226.0;
const HIGH: f32 = COVER * 1000.0 / 1860.0;
/// White around a story, units.
const MAT: f32 = 12.0;
/// Least width of the words beside a cover, units.
const WORDS: f32 = 360.0;

/// A story's words: title, about, kind and length.
fn texts(live: &Live, standing: &Standing) -> [Bilingual; 3] {
    match &standing.found {
        Ok((book, _)) => {
            let n = u64::from(book.days);
            let days = fill(
                &SAID.days,
                &[
                    ("n", &|_| n.to_string()),
                    ("days", &|_| plural(n, "day", "days").to_owned()),
                    ("from", &|_| book.period.0.clone()),
                    ("to", &|_| book.period.1.clone()),
                ],
            );
            let kind = match book.kind {
                StoryKind::AsRecorded => SAID.recorded.clone(),
                StoryKind::WhatIf => SAID.what_if.clone(),
            };
            let source = &live.opened().source;
            let runs = match &standing.shelved {
                Shelved::File(path) => source.scene.as_ref() == Some(path),
                Shelved::BuiltIn => source.scene.is_none() && live.story().title == book.title,
            };
            let built_in = (standing.shelved == Shelved::BuiltIn).then(|| SAID.built_in.clone());
            let running = runs.then(|| SAID.running.clone());
            let parts = [Some(kind), Some(days), built_in, running];
            let line = parts.into_iter().flatten().reduce(|all, next| {
                Bilingual::new(
                    format!("{} · {}", all.zh, next.zh),
                    format!("{} · {}", all.en, next.en),
                )
            });
            [book.title.clone(), book.about.clone(), line.unwrap_or_default()]
        }
        Err(broken) => {
            let n = broken.mistakes as u64;
            let title = fill(
                &SAID.broken,
                &[
                    ("name", &|_| broken.name.clone()),
                    ("n", &|_| n.to_string()),
                    ("mistakes", &|_| plural(n, "mistake", "mistakes").to_owned()),
                ],
            );
            [title, broken.why.clone(), Bilingual::default()]
        }
    }
}

/// What stands on the sheet.
pub(super) fn content(
    sheet: &mut ChildSpawnerCommands,
    icons: &Icons,
    live: &Live,
    view: &View,
    shelf: &Shelf,
    room: Room,
) {
    sheets::head(sheet, icons, &SAID.title);
    if shelf.reading.is_some() {
        sheet.spawn(written(SAID.reading.clone(), Type::Body, Face::Hand, palette::INK_SOFT));
        return;
    }
    let least = COVER + WORDS + MAT * 3.0;
    let columns = if room.wide >= least * 2.0 + GAP { 2.0 } else { 1.0 };
    let wide = ((room.wide - GAP * (columns - 1.0)) / columns).floor();
    let cover = COVER.min(wide * 0.4).floor();
    let words = wide - cover - MAT * 3.0 - 4.0;
    let all: Vec<[Bilingual; 3]> = shelf.stories.iter().map(|s| texts(live, s)).collect();
    let text = |texts: &[Bilingual; 3]| {
        measure::height(view, &texts[0], Type::Lead, words)
            + measure::height(view, &texts[1], Type::Small, words)
            + measure::height(view, &texts[2], Type::Fine, words)
            + GAP
    };
    let high = all.iter().map(text).fold(HIGH, f32::max) + MAT * 2.0 + 4.0;
    let rows = |turning: f32| {
        (((room.high - TOUCH - GAP - turning + GAP) / (high + GAP)).floor() as usize).max(1)
    };
    let mut per_page = columns as usize * rows(0.0);
    if per_page < all.len() {
        per_page = columns as usize * rows(TOUCH + GAP);
    }
    let pages = all.len().div_ceil(per_page).max(1);
    let page = view.sheet_page.min(pages - 1);
    sheet
        .spawn(Node {
            display: Display::Grid,
            grid_template_columns: RepeatedGridTrack::px(columns as u16, wide),
            column_gap: px(GAP),
            row_gap: px(GAP),
            ..default()
        })
        .with_children(|board| {
            let on_page = shelf.stories.iter().zip(&all).skip(page * per_page).take(per_page);
            for (standing, texts) in on_page {
                match &standing.found {
                    Ok((_, image)) => {
                        story(board, icons, standing, image, texts, [cover, words]);
                    }
                    Err(_) => broken(board, texts, wide - MAT * 2.0 - 4.0),
                }
            }
        });
    if pages > 1 {
        let text = fill(
            &SAID.page,
            &[("n", &|_| (page + 1).to_string()), ("all", &|_| pages.to_string())],
        );
        sheets::turning(sheet, icons, (page, pages), [&SAID.earlier, &SAID.later], text);
    }
}

fn story(
    board: &mut ChildSpawnerCommands,
    icons: &Icons,
    standing: &Standing,
    image: &Handle<Image>,
    texts: &[Bilingual; 3],
    wide: [f32; 2],
) {
    let name = fill(&SAID.open, &[("title", &|lang| texts[0].get(lang).to_owned())]);
    let does = Does::Steer(match &standing.shelved {
        Shelved::File(path) => TimeCommand::Open(path.clone()),
        Shelved::BuiltIn => TimeCommand::OpenBuiltIn,
    });
    let look = Caption { name, ..Caption::default() };
    let entity = control(board, icons, Dress::Tile, look, does.clone());
    board
        .commands()
        .entity(entity)
        .insert((
            Control { does, enabled: true, on: false },
            Node {
                display: Display::Grid,
                grid_template_columns: wide.map(GridTrack::px).to_vec(),
                column_gap: px(MAT),
                align_items: AlignItems::Center,
                padding: px(MAT).all(),
                border: px(2).all(),
                border_radius: BorderRadius::all(px(ROUND)),
                ..default()
            },
        ))
        .with_children(|story| {
            let high = wide[0] * HIGH / COVER;
            story.spawn((
                ImageNode::new(image.clone()),
                Node { width: px(wide[0]), height: px(high), ..default() },
            ));
            story.spawn(column(wide[1])).with_children(|column| say_all(column, texts));
        });
}

fn broken(board: &mut ChildSpawnerCommands, texts: &[Bilingual; 3], wide: f32) {
    board
        .spawn((
            Node {
                padding: px(MAT).all(),
                border: px(2).all(),
                border_radius: BorderRadius::all(px(ROUND)),
                ..default()
            },
            BorderColor::all(colour(palette::RULING)),
        ))
        .with_children(|frame| {
            frame.spawn(column(wide)).with_children(|column| say_all(column, texts));
        });
}

fn column(wide: f32) -> Node {
    Node {
        display: Display::Grid,
        grid_template_columns: vec![GridTrack::px(wide)],
        align_content: AlignContent::Center,
        row_gap: px(GAP / 2.0),
        ..default()
    }
}

fn say_all(column: &mut ChildSpawnerCommands, texts: &[Bilingual; 3]) {
    let [title, about, line] = texts;
    column.spawn(written(title.clone(), Type::Lead, Face::Hand, palette::INK));
    column.spawn(written(about.clone(), Type::Small, Face::Plain, palette::INK));
    if *line != Bilingual::default() {
        column.spawn(written(line.clone(), Type::Fine, Face::Plain, palette::INK_SOFT));
    }
}

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Shelf>().add_systems(Update, read.in_set(PanelSystems::Shelf));
}
