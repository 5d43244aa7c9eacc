//! The log: what happened, line by line, the newest first.
//!
//! Floor 8, with Bevy. Reads what the story tells while its tab is open; owns
//! [`Reading`] and the rows in the side. Each line is a control that leads to where
//! it happened. It goes along while time goes by, and is made anew after a jump.

mod rows;

use core::time::Duration;
use std::sync::LazyLock;

use bevy::prelude::*;
use serde::Deserialize;

use super::PanelSystems;
use crate::app::known::{fill, words};
use crate::app::power::Busy;
use crate::app::view::{FeedView, Squeeze, Stage, Tab, Touched};
use crate::app::{Live, TimeCommand, View, ViewCommand};
use crate::base::palette;
use crate::base::text::{Bilingual, grouped};
use crate::session::{Feed, FeedKind};
use crate::theme::controls::{Caption, Control};
use crate::theme::{
    self, Does, Dress, Face, GAP, Icon, Icons, PAD, ROUND, Slot, TOUCH, Type, control, panel, slot,
    written,
};

pub use rows::{Page, Row};

/// The words of this room.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "each name says what its words are about; see text.ron")]
pub struct Said {
    pub survey: Bilingual,
    pub calls: Bilingual,
    pub returns: Bilingual,
    pub fever: Bilingual,
    pub help: Bilingual,
    pub neighbours: Bilingual,
    pub mouths: Bilingual,
    pub story: Bilingual,
    pub all_kinds: Bilingual,
    pub only: Bilingual,
    pub nothing: Bilingual,
    pub run: Bilingual,
    pub when: Bilingual,
    pub when_run: Bilingual,
    pub at_home: Bilingual,
    pub at_last: Bilingual,
    pub said: Bilingual,
    pub newer: Bilingual,
    pub older: Bilingual,
    pub range: Bilingual,
    pub keep: Bilingual,
}

/// The words of this room.
pub static SAID: LazyLock<Said> = LazyLock::new(|| words(include_str!("text.ron")));

/// The log while somebody reads it; without a reader there is none.
#[derive(Resource, Default)]
pub struct Reading {
    feed: Option<Feed>,
    jumps: u32,
}

impl Reading {
    /// The log, while its tab is open.
    pub fn feed(&self) -> Option<&Feed> {
        self.feed.as_ref()
    }
}

/// Goes along with the story.
fn follow(live: Res<Live>, view: Res<View>, mut reading: ResMut<Reading>) {
    if view.tab != Tab::Feed {
        if reading.feed.is_some() {
            *reading = Reading::default();
        }
        return;
    }
    if reading.feed.is_none() || reading.jumps != live.jumps() {
        *reading = Reading { feed: Some(Feed::of(live.session())), jumps: live.jumps() };
    } else if !live.told().is_empty()
        && let Some(feed) = &mut reading.feed
    {
        feed.hear(live.story(), live.told());
    }
}

/// The panel.
#[derive(Component)]
struct Log;

/// The rows of the panel.
#[derive(Component)]
struct Rows;

/// What the panel shows now; it is made anew when any of it changes.
#[derive(Debug, Clone, PartialEq)]
struct Facts {
    page: Page,
    kind: Option<FeedKind>,
    wide: f32,
    columns: usize,
    chip: f32,
    /// All kinds stand above the lines, each with its switch.
    chips: bool,
    controls: bool,
    /// Whether the log can be kept in a file.
    keeps: bool,
}

/// Least time between two pages while time goes by: nobody reads faster.
const OFTEN: Duration = Duration::from_millis(400);
/// Side of a row's icon, units.
const ICON: f32 = 30.0;
/// Height that is left free for each row less, units.
const STEP: f32 = 70.0;
/// Below this height one button that changes the kind takes the place of a switch for
/// each: lines matter more, units.
const LOW: f32 = 560.0;
/// From this width on all kinds stand in one row, units.
const ONE_ROW: f32 = 640.0;

fn build(
    live: Res<Live>,
    view: Res<View>,
    stage: Res<Stage>,
    icons: Res<Icons>,
    reading: Res<Reading>,
    touched: Res<Touched>,
    time: Res<Time<Real>>,
    slots: Query<(Entity, &Slot)>,
    nodes: Query<&ComputedNode>,
    lists: Query<&ComputedNode, With<Rows>>,
    old: Query<Entity, With<Log>>,
    mut busy: ResMut<Busy>,
    mut last: Local<(Vec2, Duration, bool, u8)>,
    mut shown: Local<Option<Facts>>,
    mut commands: Commands,
) {
    if view.tab != Tab::Feed {
        if shown.take().is_some() {
            for entity in &old {
                commands.entity(entity).despawn();
            }
        }
        return;
    }
    let Some(place) = slot(&slots, Slot::Page) else { return };
    let room = nodes.get(place).map_or(Vec2::ZERO, |node| node.size / (stage.scale * stage.unit));
    let (before, built, stale, less) = &mut *last;
    let fitted = view.is_changed() || room.distance(*before) > 0.5;
    // Rows that turned out higher than they were taken for: a row less. How tight the
    // rest of the side is says nothing about them.
    let over = lists.iter().any(|list| list.content_size.y > list.size.y + 1.0);
    match (fitted, over) {
        (true, _) => *less = 0,
        (false, true) if *less < Squeeze::MOST => *less += 1,
        _ => {}
    }
    let fitted = fitted || over;
    *stale |= fitted || reading.is_changed();
    let hurries = live.playing() && !fitted && time.elapsed() < *built + OFTEN;
    if !*stale || touched.0 || hurries {
        return;
    }
    (*before, *built, *stale) = (room, time.elapsed(), false);
    let facts = facts(&live, &view, &reading, *less, room);
    if shown.as_ref() == Some(&facts) {
        return;
    }
    // What is built now is measured in the next frame.
    busy.settle();
    for entity in &old {
        commands.entity(entity).despawn();
    }
    commands.entity(place).with_children(|page| {
        page.spawn((
            Log,
            panel(),
            Node {
                flex_direction: FlexDirection::Column,
                flex_grow: 1.0,
                padding: UiRect::axes(px(PAD), px(GAP)),
                row_gap: px(GAP / 2.0),
                overflow: Overflow::clip(),
                min_height: px(0),
                ..default()
            },
        ))
        .with_children(|log| {
            if facts.controls && facts.chips {
                chips(log, &icons, &facts);
            }
            list(log, &icons, &facts);
            if facts.controls {
                foot(log, &icons, &facts);
            }
        });
    });
    *shown = Some(facts);
}

fn facts(live: &Live, view: &View, reading: &Reading, less: u8, room: Vec2) -> Facts {
    let wide = (room.x - PAD * 2.0).max(0.0);
    let columns = if wide >= ONE_ROW { FeedKind::ALL.len() } else { FeedKind::ALL.len() / 2 };
    // An icon, and small words below it.
    let label = Type::Fine.size() * theme::enlarged(view.large) * 1.36;
    let chip = (label + ICON + GAP).max(TOUCH);
    let chips = room.y >= LOW;
    let rows = if chips { FeedKind::ALL.len().div_ceil(columns) } else { 0 };
    let above = rows as f32 * (chip + GAP / 2.0);
    let around = if view.controls { above + TOUCH + GAP * 3.0 } else { GAP * 2.0 };
    let high = room.y - around - STEP * f32::from(less);
    let text = wide - ICON - GAP * 3.5 - 4.0;
    let page = match reading.feed() {
        Some(feed) => rows::page(feed, live, view, text, high),
        None => Page::default(),
    };
    let (kind, controls) = (view.feed.kind, view.controls);
    let keeps = !view.kiosk;
    Facts { page, kind, wide: text, columns, chip, chips, controls, keeps }
}

const fn label(kind: FeedKind) -> fn(&Said) -> &Bilingual {
    match kind {
        FeedKind::Survey => |said| &said.survey,
        FeedKind::Calls => |said| &said.calls,
        FeedKind::Returns => |said| &said.returns,
        FeedKind::Fever => |said| &said.fever,
        FeedKind::Help => |said| &said.help,
        FeedKind::Neighbours => |said| &said.neighbours,
        FeedKind::Mouths => |said| &said.mouths,
        FeedKind::Story => |said| &said.story,
    }
}

/// What lines can be about; a touch leaves only those, a second one brings all back.
fn chips(log: &mut ChildSpawnerCommands, icons: &Icons, facts: &Facts) {
    log.spawn(Node {
        display: Display::Grid,
        grid_template_columns: RepeatedGridTrack::flex(facts.columns as u16, 1.0),
        column_gap: px(GAP / 2.0),
        row_gap: px(GAP / 2.0),
        flex_shrink: 0.0,
        ..default()
    })
    .with_children(|grid| {
        for kind in FeedKind::ALL {
            let label = label(kind)(&SAID).clone();
            let name = fill(&SAID.only, &[("kind", &|lang| label.get(lang).to_owned())]);
            let on = facts.kind == Some(kind);
            let next = FeedView { kind: (!on).then_some(kind), before: None };
            let does = Does::Look(ViewCommand::Feed(next));
            let look = Caption { icon: Some(rows::icon(kind)), label, name };
            let chip = control(grid, icons, Dress::Small, look, does.clone());
            grid.commands().entity(chip).insert((
                Control { does, enabled: true, on },
                Node {
                    min_width: px(TOUCH),
                    height: px(facts.chip),
                    flex_direction: FlexDirection::Column,
                    align_items: AlignItems::Center,
                    justify_content: JustifyContent::Center,
                    border: px(2).all(),
                    border_radius: BorderRadius::all(px(ROUND)),
                    ..default()
                },
            ));
        }
    });
}

fn list(log: &mut ChildSpawnerCommands, icons: &Icons, facts: &Facts) {
    log.spawn((
        Rows,
        Node {
            flex_direction: FlexDirection::Column,
            flex_grow: 1.0,
            row_gap: px(GAP / 2.0),
            min_height: px(0),
            ..default()
        },
    ))
    .with_children(|list| {
        if facts.page.rows.is_empty() {
            list.spawn(written(SAID.nothing.clone(), Type::Body, Face::Plain, palette::INK_SOFT));
        }
        for row in &facts.page.rows {
            line(list, icons, facts, row);
        }
    });
}

fn line(list: &mut ChildSpawnerCommands, icons: &Icons, facts: &Facts, row: &Row) {
    let name = Bilingual::new(
        format!("{}，{}", row.what.zh, row.when.zh),
        format!("{}, {}", row.what.en, row.when.en),
    );
    let look = Caption { icon: Some(rows::icon(row.kind)), name, ..Caption::default() };
    let entity = control(list, icons, Dress::Quiet, look, row.does.clone());
    list.commands()
        .entity(entity)
        .insert(Node {
            display: Display::Grid,
            grid_template_columns: vec![GridTrack::px(ICON), GridTrack::px(facts.wide)],
            column_gap: px(GAP),
            align_items: AlignItems::Center,
            align_content: AlignContent::Center,
            min_height: px(TOUCH),
            padding: UiRect::axes(px(GAP), px(GAP / 2.0)),
            border: px(2).all(),
            border_radius: BorderRadius::all(px(ROUND)),
            flex_shrink: 0.0,
            ..default()
        })
        .with_children(|inside| {
            inside
                .spawn(Node {
                    display: Display::Grid,
                    grid_template_columns: vec![GridTrack::px(facts.wide)],
                    ..default()
                })
                .with_children(|texts| {
                    let ink = palette::INK;
                    texts.spawn(written(row.what.clone(), Type::Small, Face::Plain, ink));
                    let ink = palette::INK_SOFT;
                    texts.spawn(written(row.when.clone(), Type::Fine, Face::Plain, ink));
                });
        });
}

/// Turning the pages, where one is, and the table.
fn foot(log: &mut ChildSpawnerCommands, icons: &Icons, facts: &Facts) {
    log.spawn(Node {
        align_items: AlignItems::Center,
        column_gap: px(GAP / 2.0),
        flex_shrink: 0.0,
        ..default()
    })
    .with_children(|row| {
        let mut turn = |icon, name: &Bilingual, to: Option<FeedView>| {
            let look = Caption { icon: Some(icon), name: name.clone(), ..Caption::default() };
            let stay = FeedView { kind: facts.kind, before: None };
            let does = Does::Look(ViewCommand::Feed(to.unwrap_or(stay)));
            let entity = control(row, icons, Dress::Button, look, does.clone());
            let enabled = to.is_some();
            row.commands().entity(entity).insert(Control { does, enabled, on: false });
        };
        turn(Icon::Back, &SAID.newer, facts.page.newer);
        turn(Icon::Forth, &SAID.older, facts.page.older);
        let (from, to, all) = facts.page.range;
        let number = |n: usize| grouped(n as u64);
        let range = fill(
            &SAID.range,
            &[("from", &|_| number(from)), ("to", &|_| number(to)), ("all", &|_| number(all))],
        );
        row.spawn((
            written(range, Type::Fine, Face::Plain, palette::INK_SOFT),
            Node { flex_grow: 1.0, flex_basis: px(0), ..default() },
        ));
        if !facts.chips {
            next_kind(row, icons, facts.kind);
        }
        if facts.keeps {
            let name = SAID.keep.clone();
            let keep = Caption { icon: Some(Icon::Keep), name, ..Caption::default() };
            control(row, icons, Dress::Button, keep, Does::Steer(TimeCommand::KeepEvents));
        }
    });
}

/// One button that goes through all kinds, and to all of them again.
fn next_kind(row: &mut ChildSpawnerCommands, icons: &Icons, now: Option<FeedKind>) {
    let after = |kind| FeedKind::ALL.iter().position(|k| *k == kind).map_or(0, |at| at + 1);
    let next = FeedKind::ALL.get(now.map_or(0, after)).copied();
    let icon = now.map_or(Icon::Lines, rows::icon);
    let name = next.map_or_else(
        || SAID.all_kinds.clone(),
        |kind| {
            let label = label(kind)(&SAID);
            fill(&SAID.only, &[("kind", &|lang| label.get(lang).to_owned())])
        },
    );
    let does = Does::Look(ViewCommand::Feed(FeedView { kind: next, before: None }));
    let look = Caption { icon: Some(icon), name, ..Caption::default() };
    let entity = control(row, icons, Dress::Button, look, does.clone());
    row.commands().entity(entity).insert(Control { does, enabled: true, on: now.is_some() });
}

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Reading>()
        .add_systems(Update, (follow, build).chain().in_set(PanelSystems::Feed));
}
