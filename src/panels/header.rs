//! The head of the stage: title, clock, three figures, and how one looks.
//!
//! Floor 8, with Bevy. Reads the story and the view; owns what stands in the header.

use bevy::prelude::*;

use super::PanelSystems;
use super::words::SAID;
use crate::app::known::{capital, fill};
use crate::app::view::Sheet;
use crate::app::{Live, View, ViewCommand};
use crate::base::palette::{self, PaletteChoice};
use crate::base::text::{Bilingual, Lang, grouped};
use crate::base::view::View as LookOf;
use crate::scenario::script::StoryKind;
use crate::session::frame::workday;
use crate::theme::controls::{Caption, Control, say, set};
use crate::theme::{
    Does, Dress, Face, GAP, Icon, Icons, ROOM, ROUND, Slot, Type, Words, control, slot, written,
};

/// What a text of the header says.
#[derive(Component, Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Date,
    Clock,
    Known,
    Calls,
    Hours,
}

/// What a switch of the header stands for.
#[derive(Component, Debug, Clone, Copy, PartialEq, Eq)]
enum Switch {
    Board,
    Plan,
    Language,
    Large,
    Palette,
    Story,
    Help,
    Low,
    Again,
}

impl Switch {
    const ALL: [Self; 7] = [
        Self::Board,
        Self::Plan,
        Self::Language,
        Self::Large,
        Self::Palette,
        Self::Story,
        Self::Help,
    ];

    /// For visitors who come and go: no files and branches, but a way back to the
    /// beginning, and one that brings everything within reach of a child.
    const KIOSK: [Self; 8] = [
        Self::Board,
        Self::Plan,
        Self::Language,
        Self::Large,
        Self::Palette,
        Self::Low,
        Self::Help,
        Self::Again,
    ];

    fn look(self) -> Caption {
        let label = |text: &Bilingual| Caption { label: text.clone(), ..Caption::default() };
        let icon = |icon, text: &Bilingual| Caption { icon: Some(icon), ..label(text) };
        let alone = |icon, name: &Bilingual| Caption {
            icon: Some(icon),
            name: name.clone(),
            ..Caption::default()
        };
        match self {
            Self::Board => icon(Icon::Board, &SAID.board),
            Self::Plan => icon(Icon::Plan, &SAID.plan),
            Self::Language => label(&SAID.language),
            Self::Large => label(&SAID.large),
            Self::Palette => label(&SAID.palette),
            Self::Story => alone(Icon::Lines, &SAID.story),
            Self::Help => alone(Icon::Question, &SAID.help),
            Self::Low => label(&SAID.low),
            Self::Again => label(&SAID.restart),
        }
    }

    /// What it does when the view is as it is.
    fn does(self, view: &View) -> Does {
        let sheet = |sheet| ViewCommand::Sheet((view.sheet != Some(sheet)).then_some(sheet));
        Does::Look(match self {
            Self::Board => ViewCommand::Show(LookOf::Board),
            Self::Plan => ViewCommand::Show(LookOf::Plan),
            Self::Language => ViewCommand::Speak(match view.lang {
                Lang::Zh => Lang::En,
                Lang::En => Lang::Zh,
            }),
            Self::Large => ViewCommand::LargeText(!view.large),
            Self::Palette => ViewCommand::Palette(match view.palette {
                PaletteChoice::Standard => PaletteChoice::Friendly,
                PaletteChoice::Friendly => PaletteChoice::Standard,
            }),
            Self::Story => sheet(Sheet::Story),
            Self::Help => sheet(Sheet::Help),
            Self::Low => ViewCommand::Low(!view.low),
            Self::Again => sheet(Sheet::Again),
        })
    }

    fn on(self, view: &View) -> bool {
        match self {
            Self::Board => view.look == LookOf::Board,
            Self::Plan => view.look == LookOf::Plan,
            Self::Language => false,
            Self::Large => view.large,
            Self::Palette => view.palette == PaletteChoice::Friendly,
            Self::Story => view.sheet == Some(Sheet::Story),
            Self::Help => view.sheet == Some(Sheet::Help),
            Self::Low => view.low,
            Self::Again => view.sheet == Some(Sheet::Again),
        }
    }
}

/// Marks what is left away in a picture.
#[derive(Component)]
struct Switches;

/// Marks the stamp with the story's kind.
#[derive(Component)]
struct Stamp;

fn spawn(
    slots: Query<(Entity, &Slot)>,
    icons: Res<Icons>,
    view: Res<View>,
    mut commands: Commands,
) {
    let Some(header) = slot(&slots, Slot::Header) else { return };
    commands.entity(header).with_children(|row| {
        row.spawn(Node {
            flex_direction: FlexDirection::Column,
            align_items: AlignItems::FlexStart,
            flex_shrink: 0.0,
            ..default()
        })
        .with_children(|column| {
            column.spawn((
                written(SAID.title.clone(), Type::Title, Face::Hand, palette::INK),
                TextLayout::no_wrap(),
            ));
            column.spawn((
                Stamp,
                written(Bilingual::default(), Type::Small, Face::Hand, palette::INK),
                TextLayout::no_wrap(),
                Node {
                    padding: UiRect::horizontal(px(GAP)),
                    border: px(1).all(),
                    border_radius: BorderRadius::all(px(ROUND / 2.0)),
                    ..default()
                },
                BorderColor::all(crate::theme::colour(palette::INK_SOFT)),
            ));
        });
        row.spawn(Node { flex_direction: FlexDirection::Column, flex_shrink: 0.0, ..default() })
            .with_children(|column| {
                column.spawn((
                    Part::Clock,
                    written(Bilingual::default(), Type::Head, Face::Plain, palette::INK),
                    TextLayout::no_wrap(),
                ));
                column.spawn((
                    Part::Date,
                    written(Bilingual::default(), Type::Small, Face::Plain, palette::INK_SOFT),
                    TextLayout::no_wrap(),
                ));
            });
        row.spawn(Node { column_gap: px(ROOM * 1.5), flex_shrink: 0.0, ..default() })
            .with_children(|row| {
                for (part, label) in [
                    (Part::Known, &SAID.known),
                    (Part::Calls, &SAID.calls),
                    (Part::Hours, &SAID.hours),
                ] {
                    row.spawn(Node { flex_direction: FlexDirection::Column, ..default() })
                        .with_children(|column| {
                            column.spawn((
                                part,
                                written(
                                    Bilingual::default(),
                                    Type::Lead,
                                    Face::Plain,
                                    palette::INK,
                                ),
                                TextLayout::no_wrap(),
                            ));
                            column.spawn((
                                written(label.clone(), Type::Small, Face::Plain, palette::INK_SOFT),
                                TextLayout::no_wrap(),
                            ));
                        });
                }
            });
        if !view.kiosk {
            looks(row, &icons, &view, &Switch::ALL);
        }
    });
    if let Some(row) = slot(&slots, Slot::Switches).filter(|_| view.kiosk) {
        commands.entity(row).with_children(|row| looks(row, &icons, &view, &Switch::KIOSK));
    }
}

/// A row of switches.
fn looks(row: &mut ChildSpawnerCommands, icons: &Icons, view: &View, switches: &[Switch]) {
    row.spawn((
        Switches,
        Node {
            column_gap: px(GAP),
            row_gap: px(GAP),
            flex_wrap: FlexWrap::Wrap,
            margin: UiRect::left(auto()),
            flex_shrink: 0.0,
            max_width: percent(100),
            display: if view.controls { Display::Flex } else { Display::None },
            ..default()
        },
    ))
    .with_children(|row| {
        for &switch in switches {
            let entity = control(row, icons, Dress::Button, switch.look(), switch.does(view));
            row.commands().entity(entity).insert(switch);
        }
    });
}

fn switches(view: Res<View>, mut switches: Query<(&Switch, &mut Control)>) {
    if !view.is_changed() {
        return;
    }
    for (switch, mut control) in &mut switches {
        let does = switch.does(&view);
        if control.does != does {
            control.does = does;
        }
        set(&mut control, true, switch.on(&view));
    }
}

fn figures(
    live: Res<Live>,
    mut parts: Query<(&Part, &mut Words), Without<Stamp>>,
    mut stamps: Query<&mut Words, With<Stamp>>,
) {
    if !live.is_changed() {
        return;
    }
    for mut words in &mut stamps {
        let kind = match live.story().kind {
            StoryKind::AsRecorded => &SAID.as_recorded,
            StoryKind::WhatIf => &SAID.what_if,
        };
        say(&mut words, kind.clone());
    }
    let day = workday(live.session());
    for (part, mut words) in &mut parts {
        say(&mut words, figure(*part, &live, &day));
    }
}

fn figure(part: Part, live: &Live, day: &crate::session::frame::Workday) -> Bilingual {
    let now = live.now();
    let n = |n: u64| move |_: Lang| grouped(n);
    match part {
        Part::Clock => {
            let clock = format!("{:02}:{:02}", now.clock() / 60, now.clock() % 60);
            let day = fill(&SAID.day, &[("n", &|_| now.day().0.to_string())]);
            Bilingual::new(format!("{} {clock}", day.zh), format!("{} {clock}", capital(&day.en)))
        }
        Part::Date => live.story().calendar.dated(now.day()),
        Part::Known => {
            let all = live.setup().core_homes;
            fill(&SAID.known_of, &[("n", &n(live.frame().known())), ("all", &n(all.into()))])
        }
        Part::Calls if day.calls_waiting > 0 => {
            fill(&SAID.calls_left, &[("n", &n(day.calls)), ("left", &n(day.calls_waiting))])
        }
        Part::Calls => fill(&SAID.calls_done, &[("n", &n(day.calls))]),
        Part::Hours => fill(
            &SAID.hours_of,
            &[("n", &n(day.minutes_used / 60)), ("all", &n(day.minutes_available / 60))],
        ),
    }
}

pub(super) fn plugin(app: &mut App) {
    app.add_systems(PostStartup, spawn)
        .add_systems(Update, (switches, figures).chain().in_set(PanelSystems::Header));
}
