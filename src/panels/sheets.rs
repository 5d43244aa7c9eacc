//! Sheets over the stage: how to use it, and the story with its branches and files.
//!
//! Floor 8, with Bevy. Reads the story and the view; owns what lies over everything.
//! One at a time; it closes by its cross, by Esc, and by a touch beside it.

use bevy::prelude::*;

use super::gallery::Gallery;
use super::shelf::Shelf;
use super::words::{SAID, Use};
use super::{PanelSystems, gallery, layers, shelf};
use crate::app::known::{self, fill};
use crate::app::view::{Sheet, Stage};
use crate::app::{Live, TimeCommand, View, ViewCommand};
use crate::base::ids::HouseholdId;
use crate::base::palette;
use crate::base::text::{Bilingual, Lang};
use crate::session::model_card::{IN_A_MINUTE, MODEL_CARD};
use crate::sim::command::SimCommand;
use crate::theme;
use crate::theme::controls::{Caption, Control, Held, Named};
use crate::theme::{
    Does, Dress, Face, GAP, Icon, Icons, PAD, ROOM, ROUND, Slot, Type, control, panel, slot, veil,
    written,
};

/// What lies over the stage.
#[derive(Component)]
struct Over;

#[derive(Debug, Clone, PartialEq)]
struct State {
    sheet: Sheet,
    still: bool,
    generation: u32,
    branches: Vec<String>,
    current: usize,
    legend: usize,
    low: bool,
    page: usize,
    /// Of the shelf: raised when its stories are read.
    stories: u32,
    /// Of the gallery: how many of its days are over, and whether one is now.
    passed: Option<(usize, bool)>,
    /// How sheets are measured that fill the window.
    room: Option<(Room, Lang, bool)>,
}

/// Room for what stands on a sheet, units.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Room {
    /// Width.
    pub wide: f32,
    /// Height.
    pub high: f32,
}

impl Room {
    /// As wide as is wanted, and as the window allows.
    fn of(stage: &Stage, wide: f32) -> Self {
        let window = stage.window / stage.unit - PAD * 2.0;
        Self { wide: wide.min(window.x) - WHITE * 2.0 - 4.0, high: window.y - WHITE * 2.0 - 4.0 }
    }
}

/// White within a sheet, units.
const WHITE: f32 = PAD * 1.4;

/// Width of a sheet, units.
const WIDE: f32 = 1080.0;
/// Width of the shelf, units.
const SHELF: f32 = 1440.0;

fn build(
    live: Res<Live>,
    view: Res<View>,
    icons: Res<Icons>,
    stage: Res<Stage>,
    books: Res<Shelf>,
    pictures: Res<Gallery>,
    slots: Query<(Entity, &Slot)>,
    old: Query<Entity, With<Over>>,
    mut shown: Local<Option<State>>,
    mut commands: Commands,
) {
    let changed = live.is_changed() || view.is_changed() || stage.is_changed();
    if !changed && !books.is_changed() {
        return;
    }
    let fills = matches!(view.sheet, Some(Sheet::Gallery | Sheet::Shelf));
    let wide = match view.sheet {
        Some(Sheet::Gallery) => gallery::WIDE,
        Some(Sheet::Shelf) => SHELF * theme::enlarged(view.large),
        _ => WIDE * theme::enlarged(view.large),
    };
    let room = Room::of(&stage, wide);
    // A call has a sheet of its own.
    let sheet = view.sheet.filter(|sheet| !matches!(sheet, Sheet::Talk(_)));
    let state = sheet.map(|sheet| State {
        sheet,
        still: view.still,
        generation: live.generation(),
        branches: live.session().branches().map(str::to_owned).collect(),
        current: live.session().current(),
        legend: live.frame().legend(),
        low: view.low,
        page: view.sheet_page,
        stories: books.revision(),
        passed: (sheet == Sheet::Gallery).then(|| pictures.passed(live.now())),
        room: fills.then_some((room, view.lang, view.large)),
    });
    if *shown == state {
        return;
    }
    for entity in &old {
        commands.entity(entity).despawn();
    }
    if let (Some(state), Some(over)) = (&state, slot(&slots, Slot::Over)) {
        let wide = wide.min(stage.window.x / stage.unit - PAD * 2.0);
        commands.entity(over).with_children(|over| {
            let low = view.low || view.kiosk;
            lay(over, Over, (wide, GAP), low, |sheet| match state.sheet {
                Sheet::Help => help(sheet, &icons, &view),
                Sheet::Story => story(sheet, &icons, &live, state),
                Sheet::Note(home) => note(sheet, &icons, &live, home),
                Sheet::Gallery => gallery::content(sheet, &icons, &live, &view, room),
                Sheet::Shelf => shelf::content(sheet, &icons, &live, &view, &books, room),
                Sheet::Chapters => super::tale::chapters(sheet, &icons, &live),
                Sheet::Filters => layers::sheet::spawn(sheet, &icons, &stage, &view),
                Sheet::Model => model(sheet, &icons),
                Sheet::Again => again(sheet, &icons),
                Sheet::Talk(_) => {}
            });
        });
    }
    *shown = state;
}

/// A sheet over the stage, so wide and with so much between its lines; `low` lays it at
/// the foot, where every hand reaches it.
pub(super) fn lay(
    over: &mut ChildSpawnerCommands,
    marker: impl Bundle,
    (wide, gap): (f32, f32),
    low: bool,
    content: impl FnOnce(&mut ChildSpawnerCommands),
) {
    // A touch beside the sheet closes it; it is a control without a look.
    over.spawn((
        marker,
        Control { does: Does::Look(ViewCommand::Sheet(None)), enabled: true, on: false },
        Held::default(),
        Named(SAID.close.clone()),
        Node {
            position_type: PositionType::Absolute,
            width: percent(100),
            height: percent(100),
            // A grid, because a text in a row is measured for its narrowest width
            // here, and a sheet would stand far too high.
            display: Display::Grid,
            grid_template_columns: vec![GridTrack::px(wide)],
            align_content: if low { AlignContent::End } else { AlignContent::Center },
            justify_content: JustifyContent::Center,
            ..default()
        },
        BackgroundColor(veil(palette::INK, 0.45)),
    ))
    .with_children(|veil| {
        veil.spawn((
            panel(),
            Node {
                width: px(wide),
                flex_direction: FlexDirection::Column,
                padding: px(WHITE).all(),
                row_gap: px(gap),
                border: px(2).all(),
                border_radius: BorderRadius::all(px(ROUND)),
                overflow: Overflow::clip(),
                ..default()
            },
        ))
        .with_children(content);
    });
}

pub(super) fn head(sheet: &mut ChildSpawnerCommands, icons: &Icons, title: &Bilingual) {
    sheet
        .spawn(Node { align_items: AlignItems::Center, column_gap: px(GAP), ..default() })
        .with_children(|row| {
            row.spawn((
                written(title.clone(), Type::Head, Face::Hand, palette::INK),
                Node { flex_grow: 1.0, ..default() },
            ));
            let cross =
                Caption { icon: Some(Icon::Cross), name: SAID.close.clone(), ..Caption::default() };
            control(row, icons, Dress::Button, cross, Does::Look(ViewCommand::Sheet(None)));
        });
}

/// Turning the pages of a sheet.
pub(super) fn turning(
    sheet: &mut ChildSpawnerCommands,
    icons: &Icons,
    (page, pages): (usize, usize),
    names: [&Bilingual; 2],
    text: Bilingual,
) {
    sheet
        .spawn(Node {
            align_items: AlignItems::Center,
            justify_content: JustifyContent::Center,
            column_gap: px(GAP),
            ..default()
        })
        .with_children(|row| {
            let mut turn = |icon, name: &Bilingual, to: Option<usize>| {
                let look = Caption { icon: Some(icon), name: name.clone(), ..Caption::default() };
                let does = Does::Look(ViewCommand::SheetPage(to.unwrap_or(page)));
                let entity = control(row, icons, Dress::Button, look, does.clone());
                let enabled = to.is_some();
                row.commands().entity(entity).insert(Control { does, enabled, on: false });
            };
            turn(Icon::Back, names[0], page.checked_sub(1));
            turn(Icon::Forth, names[1], Some(page + 1).filter(|next| *next < pages));
            row.spawn((
                written(text, Type::Small, Face::Plain, palette::INK_SOFT),
                TextLayout::no_wrap(),
            ));
        });
}

fn help(sheet: &mut ChildSpawnerCommands, icons: &Icons, view: &View) {
    head(sheet, icons, &SAID.help_head);
    sheet
        .spawn(Node {
            column_gap: px(PAD),
            row_gap: px(ROOM),
            flex_wrap: FlexWrap::Wrap,
            ..default()
        })
        .with_children(|columns| {
            let wide = |w: f32| w * theme::enlarged(view.large);
            let touches = [wide(170.0), wide(250.0)];
            list(columns, &SAID.help_touch, &SAID.touches, touches);
            // A screen in a hall has no keys.
            if !view.kiosk {
                list(columns, &SAID.help_keys, &SAID.keys, [wide(170.0), wide(350.0)]);
            }
        });
    sheet.spawn(written(SAID.display.clone(), Type::Lead, Face::Hand, palette::INK));
    wrap(sheet).with_children(|row| {
        let look = Caption { label: SAID.still.clone(), ..Caption::default() };
        let does = Does::Look(ViewCommand::Still(!view.still));
        let entity = control(row, icons, Dress::Button, look, does.clone());
        row.commands().entity(entity).insert(Control { does, enabled: true, on: view.still });
        let look = Caption { label: SAID.model_open.clone(), ..Caption::default() };
        let does = Does::Look(ViewCommand::Sheet(Some(Sheet::Model)));
        control(row, icons, Dress::Button, look, does);
    });
}

/// What the model is and what it cannot say, read in a minute.
fn model(sheet: &mut ChildSpawnerCommands, icons: &Icons) {
    head(sheet, icons, &SAID.model_head);
    for (title, text) in IN_A_MINUTE.iter().map(|&i| &MODEL_CARD[i]) {
        sheet.spawn(written(title.clone(), Type::Lead, Face::Hand, palette::INK));
        sheet.spawn(written(text.clone(), Type::Body, Face::Plain, palette::INK));
    }
}

fn list(columns: &mut ChildSpawnerCommands, head: &Bilingual, uses: &[Use], wide: [f32; 2]) {
    columns
        .spawn(Node {
            width: px(wide[0] + wide[1] + ROOM),
            display: Display::Grid,
            grid_template_columns: wide.map(GridTrack::px).to_vec(),
            column_gap: px(ROOM),
            row_gap: px(GAP / 2.0),
            ..default()
        })
        .with_children(|grid| {
            grid.spawn((
                written(head.clone(), Type::Lead, Face::Hand, palette::INK),
                Node { grid_column: GridPlacement::span(2), ..default() },
            ));
            for (what, then) in uses {
                grid.spawn(written(what.clone(), Type::Small, Face::Plain, palette::INK));
                grid.spawn(written(then.clone(), Type::Small, Face::Plain, palette::INK_SOFT));
            }
        });
}

fn story(sheet: &mut ChildSpawnerCommands, icons: &Icons, live: &Live, state: &State) {
    head(sheet, icons, &live.story().title);
    sheet.spawn(written(live.story().about.clone(), Type::Body, Face::Plain, palette::INK));
    wrap(sheet).with_children(|row| {
        let look = Caption {
            icon: Some(Icon::Book),
            label: SAID.other_story.clone(),
            ..Caption::default()
        };
        let does = Does::Look(ViewCommand::Sheet(Some(Sheet::Shelf)));
        control(row, icons, Dress::Primary, look, does);
    });
    let seed = live.setup().seed;
    let text = fill(&SAID.seed, &[("n", &|_| seed.to_string())]);
    sheet.spawn(written(text, Type::Body, Face::Plain, palette::INK_SOFT));
    let button = |label: &Bilingual| Caption { label: label.clone(), ..Caption::default() };
    let steer = |command| Does::Steer(command);
    if !live.story().script.beats.is_empty() {
        wrap(sheet).with_children(|row| {
            let look = Caption { icon: Some(Icon::Play), ..button(&SAID.chapters_head) };
            let chapters = Does::Look(ViewCommand::Sheet(Some(Sheet::Chapters)));
            control(row, icons, Dress::Primary, look, chapters);
        });
    }
    wrap(sheet).with_children(|row| {
        for (label, command) in [
            (&SAID.save, TimeCommand::Save),
            (&SAID.load, TimeCommand::Load),
            (&SAID.restart, TimeCommand::Restart),
            (&SAID.reseed, TimeCommand::Reseed(seed.wrapping_add(1))),
        ] {
            control(row, icons, Dress::Button, button(label), steer(command));
        }
    });
    sheet.spawn(written(SAID.branches.clone(), Type::Lead, Face::Hand, palette::INK));
    wrap(sheet).with_children(|row| {
        for i in 0..state.branches.len() {
            let label = if i == 0 {
                SAID.trunk.clone()
            } else {
                fill(&SAID.branch, &[("n", &|_| i.to_string())])
            };
            let does = steer(TimeCommand::Switch(i));
            let entity = control(row, icons, Dress::Button, button(&label), does.clone());
            let on = i == state.current;
            row.commands().entity(entity).insert(Control { does, enabled: true, on });
        }
        let look = Caption { icon: Some(Icon::Branch), ..button(&SAID.branch_here) };
        control(row, icons, Dress::Button, look, steer(TimeCommand::Branch));
    });
    if live.story().legends.len() > 1 {
        sheet.spawn(written(SAID.other_legends.clone(), Type::Lead, Face::Hand, palette::INK));
        wrap(sheet).with_children(|row| {
            for (i, legend) in live.story().legends.iter().enumerate() {
                let does = Does::Look(ViewCommand::Legend(i));
                let entity = control(row, icons, Dress::Button, button(&legend.name), does.clone());
                let on = i == state.legend;
                row.commands().entity(entity).insert(Control { does, enabled: true, on });
            }
        });
    }
}

/// A few words beside a home, out of a few that are ready: nothing is typed here.
fn note(sheet: &mut ChildSpawnerCommands, icons: &Icons, live: &Live, home: HouseholdId) {
    let place = known::place(live, home);
    let title = fill(&SAID.note_head, &[("place", &|lang| place.get(lang).to_owned())]);
    head(sheet, icons, &title);
    wrap(sheet).with_children(|row| {
        for note in &SAID.notes {
            // What is written down is written in Chinese, as the office would.
            let command = SimCommand::Note(home, note.zh.clone().into_owned());
            let look = Caption { icon: Some(Icon::Pen), label: note.clone(), ..Caption::default() };
            control(row, icons, Dress::Button, look, Does::Submit(command));
        }
    });
}

/// Whether to begin again: one touch asks, another one does it.
fn again(sheet: &mut ChildSpawnerCommands, icons: &Icons) {
    head(sheet, icons, &SAID.again_head);
    sheet.spawn(written(SAID.again.clone(), Type::Body, Face::Plain, palette::INK));
    wrap(sheet).with_children(|row| {
        let label = |label: &Bilingual| Caption { label: label.clone(), ..Caption::default() };
        let stay = Does::Look(ViewCommand::Sheet(None));
        control(row, icons, Dress::Primary, label(&SAID.again_no), stay);
        let begin = Does::Steer(TimeCommand::Restart);
        control(row, icons, Dress::Button, label(&SAID.again_yes), begin);
    });
}

pub(super) fn wrap<'a>(sheet: &'a mut ChildSpawnerCommands) -> EntityCommands<'a> {
    sheet.spawn(Node {
        flex_wrap: FlexWrap::Wrap,
        column_gap: px(GAP),
        row_gap: px(GAP),
        ..default()
    })
}

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, build.in_set(PanelSystems::Sheets));
}
