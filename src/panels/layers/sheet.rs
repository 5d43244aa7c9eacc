//! The sheet of filters: conditions to combine, how many homes are left, and which.
//!
//! Floor 8, with Bevy. Reads the read model and the view; owns what stands on the
//! sheet. Its switches stay while the list below them changes, and no line is taken
//! from under a finger.

use bevy::prelude::*;

use super::of_homes;
use super::words::SAID;
use crate::app::known::{self, fill};
use crate::app::view::Goal;
use crate::app::view::{Stage, Touched};
use crate::app::{Live, View, ViewCommand};
use crate::base::ids::HouseholdId;
use crate::base::palette::{self, Glyph, PaletteChoice};
use crate::base::text::Bilingual;
use crate::panels::PanelSystems;
use crate::panels::sheets::{head, wrap};
use crate::session::filter::{Condition, Filter};
use crate::theme::controls::{Caption, Control, say, set};
use crate::theme::{
    Does, Dress, Face, GAP, Icon, Icons, ROUND, TOUCH, Type, Words, control, written,
};

/// Which condition a switch asks.
#[derive(Component, Debug, Clone, Copy, PartialEq, Eq)]
struct Asks(Condition);

/// What of the sheet changes.
#[derive(Component, Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Found,
    Clear,
    Earlier,
    Later,
    Page,
    List,
}

/// What the list shows now.
#[derive(Debug, Clone, PartialEq)]
struct Facts {
    sheet: Option<Entity>,
    asked: bool,
    lines: Vec<(HouseholdId, Glyph, bool)>,
    palette: PaletteChoice,
    columns: usize,
}

/// Rows of the list, and columns.
fn room(stage: &Stage, view: &View) -> (usize, usize) {
    match (stage.upright, view.large) {
        (true, true) => (10, 1),
        (true, false) => (9, 2),
        (false, _) => (5, 2),
    }
}

/// What stands on the sheet when it opens.
pub(in crate::panels) fn spawn(
    sheet: &mut ChildSpawnerCommands,
    icons: &Icons,
    stage: &Stage,
    view: &View,
) {
    head(sheet, icons, &SAID.head);
    wrap(sheet).with_children(|row| {
        for condition in Condition::ALL {
            let look = Caption { label: condition.label(), ..Caption::default() };
            let does = Does::Look(ViewCommand::Filter(Filter::NONE.with(condition)));
            let button = control(row, icons, Dress::Button, look, does);
            row.commands().entity(button).insert(Asks(condition));
        }
    });
    sheet
        .spawn(Node {
            align_items: AlignItems::Center,
            column_gap: px(GAP),
            min_height: px(TOUCH),
            ..default()
        })
        .with_children(|row| {
            row.spawn((
                Part::Found,
                written(Bilingual::default(), Type::Head, Face::Hand, palette::INK),
                TextLayout::no_wrap(),
                Node { flex_grow: 1.0, ..default() },
            ));
            let turn = |icon, name: &Bilingual| Caption {
                icon: Some(icon),
                name: name.clone(),
                ..Caption::default()
            };
            let page = Does::Look(ViewCommand::Page(0));
            let back = turn(Icon::Back, &SAID.earlier);
            let button = control(row, icons, Dress::Button, back, page.clone());
            row.commands().entity(button).insert(Part::Earlier);
            row.spawn((
                Part::Page,
                written(Bilingual::default(), Type::Small, Face::Plain, palette::INK_SOFT),
                TextLayout::no_wrap(),
            ));
            let button = control(row, icons, Dress::Button, turn(Icon::Forth, &SAID.later), page);
            row.commands().entity(button).insert(Part::Later);
            let clear = Caption { label: SAID.clear.clone(), ..Caption::default() };
            let none = Does::Look(ViewCommand::Filter(Filter::NONE));
            let button = control(row, icons, Dress::Button, clear, none);
            row.commands().entity(button).insert(Part::Clear);
        });
    let (rows, columns) = room(stage, view);
    sheet.spawn((Part::List, of_list(rows, columns)));
}

/// As high as a full page from the start, so that no switch moves under a finger when
/// the list comes.
fn of_list(rows: usize, columns: usize) -> Node {
    Node {
        display: Display::Grid,
        grid_template_columns: vec![GridTrack::flex(1.0); columns],
        align_content: AlignContent::Start,
        column_gap: px(GAP),
        row_gap: px(GAP),
        min_height: px(rows as f32 * (TOUCH + GAP) - GAP),
        ..default()
    }
}

fn pages(live: &Live, stage: &Stage, view: &View) -> (usize, usize, usize) {
    let (rows, columns) = room(stage, view);
    let pages = (live.frame().found() as usize).div_ceil(rows * columns).max(1);
    (rows * columns, view.page.min(pages - 1), pages)
}

/// Switches, count and pages.
fn show(
    live: Res<Live>,
    view: Res<View>,
    stage: Res<Stage>,
    fresh: Query<(), Added<Asks>>,
    mut switches: Query<(&Asks, &mut Control), Without<Part>>,
    mut controls: Query<(&Part, &mut Control), Without<Asks>>,
    mut texts: Query<(&Part, &mut Words)>,
) {
    if fresh.is_empty() && !live.is_changed() && !view.is_changed() {
        return;
    }
    let filter = view.filter;
    for (asks, mut control) in &mut switches {
        let does = Does::Look(ViewCommand::Filter(filter.toggled(asks.0)));
        if control.does != does {
            control.does = does;
        }
        set(&mut control, true, filter.has(asks.0));
    }
    let (_, page, pages) = pages(&live, &stage, &view);
    let asked = !filter.is_empty();
    for (part, mut control) in &mut controls {
        let (enabled, to) = match part {
            Part::Clear => (asked, None),
            Part::Earlier => (asked && page > 0, Some(page.saturating_sub(1))),
            _ => (asked && page + 1 < pages, Some((page + 1).min(pages - 1))),
        };
        if let Some(does) = to.map(|to| Does::Look(ViewCommand::Page(to)))
            && control.does != does
        {
            control.does = does;
        }
        set(&mut control, enabled, false);
    }
    for (part, mut words) in &mut texts {
        let text = match part {
            Part::Found => of_homes(&SAID.found, live.frame().found()),
            Part::Page if asked => fill(
                &SAID.page,
                &[("n", &|_| (page + 1).to_string()), ("all", &|_| pages.to_string())],
            ),
            _ => Bilingual::default(),
        };
        say(&mut words, text);
    }
}

/// The homes that are left, a page of them.
fn list(
    live: Res<Live>,
    view: Res<View>,
    stage: Res<Stage>,
    icons: Res<Icons>,
    parts: Query<(Entity, &Part)>,
    touched: Res<Touched>,
    mut stale: Local<bool>,
    mut shown: Local<Option<Facts>>,
    mut commands: Commands,
) {
    let place = parts.iter().find(|(_, part)| **part == Part::List).map(|(entity, _)| entity);
    let Some(place) = place else {
        *shown = None;
        return;
    };
    *stale |= shown.is_none() || live.is_changed() || view.is_changed() || stage.is_changed();
    if !*stale || touched.0 {
        return;
    }
    *stale = false;
    let (count, page, _) = pages(&live, &stage, &view);
    let (rows, columns) = room(&stage, &view);
    let asked = !view.filter.is_empty();
    let frame = live.frame();
    let homes = frame.matching().filter(|_| asked).skip(page * count).take(count);
    // A line tells of the colour, as the card does, whatever layer the map shows.
    let line =
        |home: HouseholdId| frame.shown(home).map(|shown| (home, live.colour(home), shown.stale));
    let facts = Facts {
        sheet: Some(place),
        asked,
        lines: homes.filter_map(line).collect(),
        palette: view.palette,
        columns,
    };
    if shown.as_ref() == Some(&facts) {
        return;
    }
    commands
        .entity(place)
        .insert(of_list(rows, facts.columns))
        .despawn_related::<Children>()
        .with_children(|list| lines(list, &icons, &live, &facts));
    *shown = Some(facts);
}

fn lines(list: &mut ChildSpawnerCommands, icons: &Icons, live: &Live, facts: &Facts) {
    if facts.lines.is_empty() {
        let text = if facts.asked { &SAID.nobody } else { &SAID.hint };
        list.spawn((
            written(text.clone(), Type::Body, Face::Plain, palette::INK_SOFT),
            Node { grid_column: GridPlacement::span(facts.columns as u16), ..default() },
        ));
    }
    for &(home, glyph, stale) in &facts.lines {
        let place = known::place(live, home);
        let look = Caption { name: place.clone(), ..Caption::default() };
        let button = control(
            list,
            icons,
            Dress::Button,
            look,
            Does::Look(ViewCommand::Go(Goal::Home(home))),
        );
        list.commands()
            .entity(button)
            .insert(Node {
                min_width: px(0),
                min_height: px(TOUCH),
                padding: UiRect::horizontal(px(GAP)),
                column_gap: px(GAP),
                align_items: AlignItems::Center,
                border: px(2).all(),
                border_radius: BorderRadius::all(px(ROUND)),
                ..default()
            })
            .with_children(|line| {
                line.spawn((
                    ImageNode::new(icons.glyph(glyph, facts.palette, stale)),
                    Node { width: px(28), height: px(28), flex_shrink: 0.0, ..default() },
                ));
                line.spawn((
                    written(place, Type::Body, Face::Plain, palette::INK),
                    TextLayout::no_wrap(),
                ));
            });
    }
}

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, (show, list).chain().in_set(PanelSystems::Filters));
}
