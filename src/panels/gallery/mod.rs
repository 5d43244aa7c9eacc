//! The gallery: the board on the days that matter, side by side.
//!
//! Floor 8, with Bevy. Reads the story; owns [`Gallery`] and what hangs on its
//! sheet. The pictures are drawn on another thread from a history of its own, one
//! after the other, and are kept until story, log, legend, colours or size change.

use core::time::Duration;
use std::sync::mpsc::{Receiver, channel};
use std::sync::{LazyLock, Mutex, PoisonError};

use bevy::prelude::*;
use bevy::tasks::{AsyncComputeTaskPool, Task};
use serde::Deserialize;

use super::PanelSystems;
use super::measure;
use super::sheets::{self, Room};
use crate::app::known::{fill, words};
use crate::app::power::Busy;
use crate::app::view::{Sheet, Stage};
use crate::app::{Live, Minute, Renewed, TimeCommand, View};
use crate::base::palette::{self, PaletteChoice};
use crate::base::text::{Bilingual, Lang};
use crate::headless::gallery::{Easel, KeyDay, Thumbnail, key_days};
use crate::history::Entry;
use crate::sim::command::SimCommand;
use crate::theme::controls::{Caption, Control, say};
use crate::theme::{
    Does, Dress, Face, GAP, Icons, PAD, ROUND, TOUCH, Type, Words, colour, control, panel_image,
    written,
};

/// The words of this room.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "each name says what its words are about; see text.ron")]
pub struct Said {
    pub title: Bilingual,
    pub about: Bilingual,
    pub day: Bilingual,
    pub dated: Bilingual,
    pub festival: Bilingual,
    pub ahead: Bilingual,
    pub here: Bilingual,
    pub drawing: Bilingual,
    pub earlier: Bilingual,
    pub later: Bilingual,
    pub page: Bilingual,
    pub open: Bilingual,
}

/// The words of this room.
pub static SAID: LazyLock<Said> = LazyLock::new(|| words(include_str!("text.ron")));

/// Of what the pictures are.
#[derive(Debug, Clone, PartialEq)]
struct Of {
    generation: u32,
    branch: usize,
    log: Vec<Entry<SimCommand>>,
    legend: usize,
    palette: PaletteChoice,
    width: u32,
}

/// A picture that hangs.
#[derive(Debug, Clone, PartialEq)]
struct Hung {
    image: Handle<Image>,
    known: Bilingual,
    counts: Vec<u64>,
    at: Minute,
}

/// The pictures.
#[derive(Resource, Default)]
pub struct Gallery {
    of: Option<Of>,
    days: Vec<KeyDay>,
    hung: Vec<Option<Hung>>,
    work: Option<Work>,
}

/// What is drawn on the other thread; dropped, it stops at the next picture.
struct Work {
    finished: Mutex<Receiver<(usize, Thumbnail)>>,
    _task: Task<()>,
}

impl Gallery {
    /// The days it shows.
    pub fn days(&self) -> &[KeyDay] {
        &self.days
    }

    /// How many of its days are over, and whether one is now.
    pub(super) fn passed(&self, now: Minute) -> (usize, bool) {
        let over = self.days.partition_point(|day| day.at < now);
        (over, self.days.get(over).is_some_and(|day| day.at == now))
    }

    /// Whether every picture hangs.
    pub fn ready(&self) -> bool {
        self.of.is_some() && self.work.is_none() && self.hung.iter().all(Option::is_some)
    }

    /// A picture by its place among the days, with its minute and its homes of each
    /// line of the legend; `None` while it is not drawn.
    pub fn picture(&self, place: usize) -> Option<(&Handle<Image>, Minute, &[u64])> {
        let hung = self.hung.get(place)?.as_ref()?;
        Some((&hung.image, hung.at, &hung.counts))
    }
}

/// The days that can be seen.
fn days(live: &Live) -> Vec<KeyDay> {
    let begins = live.session().begins();
    key_days(live.story()).into_iter().filter(|day| day.at >= begins).collect()
}

/// How often the other thread is asked.
const OFTEN: Duration = Duration::from_millis(30);

/// Begins when the sheet opens, and anew when what it shows is of another story.
fn begin(live: Res<Live>, view: Res<View>, stage: Res<Stage>, mut gallery: ResMut<Gallery>) {
    let changed = live.is_changed() || view.is_changed() || stage.is_changed();
    if view.sheet != Some(Sheet::Gallery) || !changed {
        return;
    }
    let width = (PICTURE * stage.unit * stage.scale).round().clamp(160.0, 1280.0) as u32;
    let session = live.session();
    let of = Of {
        generation: live.generation(),
        branch: session.current(),
        log: session.log().to_vec(),
        legend: live.frame().legend(),
        palette: view.palette,
        width,
    };
    if gallery.of.as_ref() == Some(&of) {
        return;
    }
    let days = days(&live);
    let (mut session, legend, palette) = (session.clone(), of.legend, of.palette);
    let minutes: Vec<_> = days.iter().map(|day| day.at).collect();
    let (finished, receiver) = channel();
    let task = AsyncComputeTaskPool::get().spawn(async move {
        let easel = Easel::new(&session.world().0, width);
        for (place, at) in minutes.into_iter().enumerate() {
            session.seek(at, &mut Vec::new());
            if finished.send((place, easel.draw(&session, legend, palette))).is_err() {
                // Nobody waits any more.
                return;
            }
        }
    });
    let hung = vec![None; days.len()];
    let work = Some(Work { finished: Mutex::new(receiver), _task: task });
    *gallery = Gallery { of: Some(of), days, hung, work };
}

/// Hangs what is finished.
fn hang(
    time: Res<Time<Real>>,
    mut gallery: ResMut<Gallery>,
    mut images: ResMut<Assets<Image>>,
    mut busy: ResMut<Busy>,
) {
    let Some(work) = &gallery.work else { return };
    // One a frame: a picture is a copy to the graphics card.
    let next = work.finished.lock().unwrap_or_else(PoisonError::into_inner).try_recv();
    match next {
        Ok((place, thumbnail)) => {
            let hung = Hung {
                known: thumbnail.known_words(),
                counts: thumbnail.counts,
                at: thumbnail.at,
                image: images.add(panel_image(thumbnail.width, thumbnail.height, thumbnail.rgba)),
            };
            if let Some(slot) = gallery.hung.get_mut(place) {
                *slot = Some(hung);
            }
            if gallery.hung.iter().all(Option::is_some) {
                gallery.work = None;
            }
            busy.settle();
        }
        Err(std::sync::mpsc::TryRecvError::Empty) => busy.wake_at(time.elapsed() + OFTEN),
        Err(std::sync::mpsc::TryRecvError::Disconnected) => gallery.work = None,
    }
}

/// The place of a picture on the sheet.
#[derive(Component, Debug, Clone, Copy, PartialEq, Eq)]
struct Nail(usize);

/// The words below it that come with it.
#[derive(Component, Debug, Clone, Copy, PartialEq, Eq)]
struct Label(usize);

/// Puts pictures where their places are.
fn show(
    gallery: Res<Gallery>,
    mut nails: Query<(Ref<Nail>, &mut ImageNode)>,
    mut labels: Query<(Ref<Label>, &mut Words)>,
) {
    let changed = gallery.is_changed();
    for (nail, mut image) in &mut nails {
        if changed || nail.is_added() {
            let hung = gallery.hung.get(nail.0).and_then(Option::as_ref);
            let handle = hung.map(|hung| hung.image.clone()).unwrap_or_default();
            if image.image != handle {
                image.image = handle;
                image.color = if hung.is_some() { Color::WHITE } else { Color::NONE };
            }
        }
    }
    for (label, mut words) in &mut labels {
        if changed || label.is_added() {
            let hung = gallery.hung.get(label.0).and_then(Option::as_ref);
            say(&mut words, hung.map_or_else(|| SAID.drawing.clone(), |hung| hung.known.clone()));
        }
    }
}

/// Width of a picture, and its height, units.
const PICTURE: f32 = 316.0;
const HIGH: f32 = PICTURE * 1000.0 / 1860.0;
/// White around a picture in its frame, rim included, units.
const MAT: f32 = 10.0;

/// What stands on the sheet.
pub(super) fn content(
    sheet: &mut ChildSpawnerCommands,
    icons: &Icons,
    live: &Live,
    view: &View,
    room: Room,
) {
    sheets::head(sheet, icons, &SAID.title);
    sheet.spawn(written(SAID.about.clone(), Type::Small, Face::Plain, palette::INK_SOFT));
    let days = days(live);
    let labels: Vec<[Bilingual; 3]> = days.iter().map(|day| label(live, day)).collect();
    let text = |label: &[Bilingual; 3]| {
        measure::height(view, &label[0], Type::Small, PICTURE)
            + measure::height(view, &label[1], Type::Fine, PICTURE)
            + measure::height(view, &label[2], Type::Fine, PICTURE)
            + measure::lines(view, 1.0, Type::Fine)
    };
    let cell = labels.iter().map(text).fold(0.0, f32::max) + HIGH + MAT * 2.0 + GAP;
    let columns = (((room.wide + GAP) / (PICTURE + MAT * 2.0 + GAP)).floor() as usize).max(1);
    let above = measure::height(view, &SAID.about, Type::Small, room.wide) + TOUCH + GAP * 3.0;
    let rows = |turning: f32| {
        (((room.high - above - turning + GAP) / (cell + GAP)).floor() as usize).max(1)
    };
    let mut per_page = columns * rows(0.0);
    if per_page < days.len() {
        per_page = columns * rows(TOUCH + GAP);
    }
    let pages = days.len().div_ceil(per_page).max(1);
    let page = view.sheet_page.min(pages - 1);
    sheet
        .spawn(Node {
            display: Display::Grid,
            grid_template_columns: RepeatedGridTrack::px(columns as u16, PICTURE + MAT * 2.0),
            column_gap: px(GAP),
            row_gap: px(GAP),
            justify_content: JustifyContent::Center,
            ..default()
        })
        .with_children(|wall| {
            let on_page = days.iter().zip(&labels).enumerate().skip(page * per_page);
            for (place, (day, label)) in on_page.take(per_page) {
                frame(wall, icons, live, place, day, label);
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

/// Day and hour; date and festival; why.
fn label(live: &Live, day: &KeyDay) -> [Bilingual; 3] {
    let (calendar, clock) = (live.story().calendar, day.at.clock());
    let n = fill(
        &SAID.day,
        &[
            ("n", &|_| day.at.day().0.to_string()),
            ("clock", &|_| format!("{:02}:{:02}", clock / 60, clock % 60)),
        ],
    );
    let date = |lang: Lang| calendar.written_date(day.at.day(), lang);
    let dated = match calendar.festival(day.at.day()) {
        Some(festival) => {
            let name = |lang: Lang| festival.name.get(lang).to_owned();
            fill(&SAID.festival, &[("date", &date), ("name", &name)])
        }
        None => fill(&SAID.dated, &[("date", &date)]),
    };
    let named = calendar.festival(day.at.day()).is_some_and(|festival| festival.name == day.why);
    let why = if named { Bilingual::default() } else { day.why.clone() };
    [n, dated, why]
}

fn frame(
    wall: &mut ChildSpawnerCommands,
    icons: &Icons,
    live: &Live,
    place: usize,
    day: &KeyDay,
    label: &[Bilingual; 3],
) {
    let name = fill(
        &SAID.open,
        &[
            ("day", &|lang| label[0].get(lang).to_owned()),
            ("why", &|lang| day.why.get(lang).to_owned()),
        ],
    );
    let does = Does::Steer(TimeCommand::Show(day.at));
    let look = Caption { name, ..Caption::default() };
    let entity = control(wall, icons, Dress::Tile, look, does.clone());
    let here = live.now() == day.at;
    wall.commands()
        .entity(entity)
        .insert((
            Control { does, enabled: true, on: here },
            Node {
                display: Display::Grid,
                grid_template_columns: vec![GridTrack::px(PICTURE)],
                align_content: AlignContent::Start,
                padding: px(MAT - 2.0).all(),
                border: px(2).all(),
                border_radius: BorderRadius::all(px(ROUND)),
                ..default()
            },
        ))
        .with_children(|frame| {
            frame.spawn((
                Nail(place),
                ImageNode::default().with_color(Color::NONE),
                BackgroundColor(colour(palette::PAPER)),
                Node { width: px(PICTURE), height: px(HIGH), ..default() },
            ));
            frame
                .spawn(Node {
                    justify_content: JustifyContent::SpaceBetween,
                    column_gap: px(GAP),
                    ..default()
                })
                .with_children(|row| {
                    let text = written(label[0].clone(), Type::Small, Face::Hand, palette::INK);
                    row.spawn((text, TextLayout::no_wrap()));
                    // Days that are still to come are told from those that were.
                    let beside = if here {
                        Some(&SAID.here)
                    } else {
                        (day.at > live.now()).then_some(&SAID.ahead)
                    };
                    if let Some(beside) = beside {
                        let text = beside.clone();
                        let text = written(text, Type::Fine, Face::Hand, palette::INK_SOFT);
                        row.spawn((text, TextLayout::no_wrap()));
                    }
                });
            let ink = palette::INK;
            frame.spawn(written(label[1].clone(), Type::Fine, Face::Plain, palette::INK_SOFT));
            // A festival is named beside the date already.
            if label[2] != Bilingual::default() {
                frame.spawn(written(label[2].clone(), Type::Fine, Face::Plain, ink));
            }
            frame
                .spawn((Label(place), written(SAID.drawing.clone(), Type::Fine, Face::Plain, ink)));
        });
}

/// Room around what stands on a sheet: its own white is taken off by `sheets`.
pub(super) const WIDE: f32 = (PICTURE + MAT * 2.0 + GAP) * 4.0 + PAD * 2.8;

/// The next visitor finds no pictures of another one's.
fn forget(mut gallery: ResMut<Gallery>) {
    *gallery = Gallery::default();
}

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Gallery>()
        .add_systems(
            Update,
            (forget.run_if(on_message::<Renewed>), begin, hang)
                .chain()
                .in_set(PanelSystems::Gallery),
        )
        .add_systems(Update, show.in_set(PanelSystems::Pictures));
}
