//! Figures over the days: five small charts over one track of days.
//!
//! Floor 8, with Bevy. Reads the day's table while its tab is open; owns
//! [`Figures`] and the charts in the side. A chart is drawn when its figures or its
//! size change, never otherwise. Days that were not lived yet are empty.

mod draw;
pub mod series;

use core::time::Duration;
use std::sync::LazyLock;

use accesskit::{Node as Accessible, Role};
use bevy::a11y::AccessibilityNode;
use bevy::prelude::*;
use serde::Deserialize;

use super::PanelSystems;
use super::measure;
use crate::app::known::{fill, words};
use crate::app::power::Busy;
use crate::app::view::{Squeeze, Stage, Tab, Touched};
use crate::app::{Live, View, ViewCommand};
use crate::base::palette::{self, PaletteChoice};
use crate::base::text::Bilingual;
use crate::base::time::Day;
use crate::sim::counts::DayCounts;
use crate::theme::controls::{Caption, Control, Held, Named, Track};
use crate::theme::{
    Does, Dress, Face, GAP, Icon, Icons, PAD, Slot, TOUCH, Type, colour, control, panel, slot,
    written,
};

pub use series::Chart;

/// The words of this room.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "each name says what its words are about; see text.ron")]
pub struct Said {
    pub homes: Bilingual,
    pub calls: Bilingual,
    pub hours: Bilingual,
    pub overdue: Bilingual,
    pub volunteers: Bilingual,
    pub value_homes: Bilingual,
    pub value_calls: Bilingual,
    pub value_hours: Bilingual,
    pub value_overdue: Bilingual,
    pub value_volunteers: Bilingual,
    pub count: Bilingual,
    pub unknown: Bilingual,
    pub go: Bilingual,
    pub hint: Bilingual,
    pub earlier: Bilingual,
    pub later: Bilingual,
    pub page: Bilingual,
}

/// The words of this room.
pub static SAID: LazyLock<Said> = LazyLock::new(|| words(include_str!("text.ron")));

/// The figures of every day so far, the present one included, while somebody looks.
#[derive(Resource, Debug, Default, PartialEq)]
pub struct Figures {
    /// By day, from the first.
    pub days: Vec<DayCounts>,
    /// Whether the last day is not over.
    pub unfinished: bool,
}

/// Least time between two looks at the figures while time goes by.
const OFTEN: Duration = Duration::from_millis(250);

/// Looks at the figures.
fn gather(
    live: Res<Live>,
    view: Res<View>,
    time: Res<Time<Real>>,
    mut last: Local<(Duration, bool)>,
    mut figures: ResMut<Figures>,
) {
    let (looked, stale) = &mut *last;
    if view.tab != Tab::Trends {
        *stale = true;
        return;
    }
    *stale |= live.is_changed();
    if !*stale || (live.playing() && time.elapsed() < *looked + OFTEN) {
        return;
    }
    (*looked, *stale) = (time.elapsed(), false);
    figures.set_if_neq(series::figures(&live));
}

/// The panel.
#[derive(Component)]
struct Trends;

/// The words beside a chart: its last value.
#[derive(Component, Debug, Clone, Copy, PartialEq, Eq)]
struct ValueOf(Chart);

/// How many homes have a colour, by the band's place.
#[derive(Component, Debug, Clone, Copy, PartialEq, Eq)]
struct CountOf(usize);

/// Of what the panel is made; values and pictures change without it.
#[derive(Debug, Clone, PartialEq)]
struct Facts {
    generation: u32,
    charts: Vec<Chart>,
    page: usize,
    pages: usize,
    /// Great days, with their share of the width.
    festivals: Vec<(f32, Bilingual)>,
    palette: PaletteChoice,
    /// Height of a chart, units.
    high: f32,
    columns: usize,
}

/// Most height of a chart, units: small lines, not the point of it all.
const HIGHEST: f32 = 84.0;
/// Least height of a chart, units: below it nothing can be read.
const LEAST: f32 = 34.0;
/// How much higher the chart of the homes is.
const HOMES: f32 = 1.5;
/// Side of a chip before a count, units.
const CHIP: f32 = 22.0;

fn build(
    live: Res<Live>,
    view: Res<View>,
    stage: Res<Stage>,
    icons: Res<Icons>,
    squeeze: Res<Squeeze>,
    touched: Res<Touched>,
    slots: Query<(Entity, &Slot)>,
    nodes: Query<&ComputedNode>,
    old: Query<Entity, With<Trends>>,
    mut busy: ResMut<Busy>,
    mut last: Local<(Vec2, bool)>,
    mut shown: Local<Option<Facts>>,
    mut commands: Commands,
) {
    if view.tab != Tab::Trends {
        if shown.take().is_some() {
            for entity in &old {
                commands.entity(entity).despawn();
            }
        }
        return;
    }
    let Some(place) = slot(&slots, Slot::Page) else { return };
    let room = nodes.get(place).map_or(Vec2::ZERO, |node| node.size / (stage.scale * stage.unit));
    let (before, stale) = &mut *last;
    let changed = live.is_changed() || view.is_changed() || squeeze.is_changed();
    *stale |= changed || room.distance(*before) > 0.5;
    if !*stale || touched.0 {
        return;
    }
    (*before, *stale) = (room, false);
    let facts = facts(&live, &view, *squeeze, room);
    if shown.as_ref() == Some(&facts) {
        return;
    }
    busy.settle();
    for entity in &old {
        commands.entity(entity).despawn();
    }
    commands.entity(place).with_children(|page| {
        page.spawn((
            Trends,
            panel(),
            Node {
                flex_direction: FlexDirection::Column,
                flex_grow: 1.0,
                padding: UiRect::axes(px(PAD), px(GAP)),
                row_gap: px(GAP),
                overflow: Overflow::clip(),
                min_height: px(0),
                ..default()
            },
        ))
        .with_children(|column| fill_panel(column, &icons, &facts));
    });
    *shown = Some(facts);
}

/// What has room: as many charts as can be, each high enough to be read.
fn facts(live: &Live, view: &View, squeeze: Squeeze, room: Vec2) -> Facts {
    let wide = (room.x - PAD * 2.0).max(1.0);
    let line = |size| measure::lines(view, 1.0, size);
    // Where title and value have no room side by side, the value stands below.
    let full = DayCounts { overdue: 9999, ..series::full_day(live.now().day()) };
    let beside = Chart::ALL.into_iter().all(|chart| {
        let title = measure::width(view, chart.title(), Type::Small);
        let value = measure::width(view, &chart.words(live, &full), Type::Fine);
        (title + value) * 1.08 + GAP <= wide
    });
    let value = if beside { 0.0 } else { line(Type::Fine) };
    let title = line(Type::Small) + value + GAP * 2.0;
    let labels = series::BANDS.map(|band| series::band_label(band, 2000));
    let longest = labels.iter().map(|l| measure::width(view, l, Type::Fine)).fold(0.0, f32::max);
    let columns = (((wide + GAP) / (longest + CHIP + GAP * 2.0)).floor() as usize).clamp(1, 4);
    let legend = (4_usize.div_ceil(columns)) as f32 * (line(Type::Fine).max(CHIP) + GAP / 2.0);
    let axis = line(Type::Fine) + GAP;
    // What stands above the first chart besides its title, and the turning of pages.
    let fixed = |pages: usize| {
        let turning = if pages > 1 { TOUCH + GAP } else { line(Type::Fine) + GAP };
        legend + axis + turning + GAP * 4.0
    };
    let free = room.y - f32::from(squeeze.0) * (TOUCH * 0.6);
    let all = Chart::ALL.len();
    let needs =
        |n: usize, pages: usize| fixed(pages) + n as f32 * (LEAST + title) + (HOMES - 1.0) * LEAST;
    let per_page = if needs(all, 1) <= free {
        all
    } else {
        (1..all).rev().find(|n| needs(*n, 2) <= free).unwrap_or(1)
    };
    let pages = all.div_ceil(per_page);
    // As many on each page, rather than a last page with what is left.
    let per_page = all.div_ceil(pages);
    let page = view.tab_page.min(pages - 1);
    let left = free - needs(per_page, pages);
    // Not to the last pixel: rounding would cut, and what is cut is squeezed.
    let share = left.max(0.0) * 0.85 / (per_page as f32 + HOMES - 1.0);
    let high = (LEAST + share).min(HIGHEST);
    Facts {
        generation: live.generation(),
        charts: Chart::ALL[page * per_page..all.min((page + 1) * per_page)].to_vec(),
        page,
        pages,
        festivals: festivals(live, view, wide),
        palette: view.palette,
        high: high.floor(),
        columns,
    }
}

/// The great days of the story that have room for their names.
fn festivals(live: &Live, view: &View, wide: f32) -> Vec<(f32, Bilingual)> {
    let (calendar, last) = (live.story().calendar, live.setup().ends.day().0.max(1));
    let mut found: Vec<(f32, Bilingual)> = Vec::new();
    let mut free = 0.0;
    for day in 1..=last {
        let Some(festival) = calendar.festival(Day(day)).filter(|f| f.great) else { continue };
        let share = (day - 1) as f32 / last as f32;
        let width = measure::width(view, &festival.name, Type::Fine) * 1.1 + GAP;
        if share * wide >= free && share * wide + width <= wide {
            free = share * wide + width;
            found.push((share, festival.name));
        }
    }
    found
}

fn fill_panel(column: &mut ChildSpawnerCommands, icons: &Icons, facts: &Facts) {
    if facts.charts.contains(&Chart::Homes) {
        counts(column, icons, facts);
    }
    column
        .spawn((
            Control { does: Does::Track(Track::Days), enabled: true, on: false },
            Held::default(),
            Dress::Track,
            Named(SAID.go.clone()),
            Node {
                flex_direction: FlexDirection::Column,
                row_gap: px(GAP),
                min_height: px(TOUCH),
                border: px(2).all(),
                flex_shrink: 0.0,
                ..default()
            },
            BackgroundColor::default(),
            BorderColor::default(),
            Outline::new(px(3), px(2), Color::NONE),
            AccessibilityNode::from(Accessible::new(Role::Slider)),
        ))
        .with_children(|charts| {
            for chart in &facts.charts {
                head(charts, *chart);
                sheet(charts, facts, *chart);
                if *chart == facts.charts[0] {
                    axis(charts, facts);
                }
            }
        });
    if facts.pages > 1 {
        turning(column, icons, facts);
    } else {
        column.spawn(written(SAID.hint.clone(), Type::Fine, Face::Plain, palette::INK_SOFT));
    }
}

/// What the chart shows, and its last value.
fn head(block: &mut ChildSpawnerCommands, chart: Chart) {
    block
        .spawn(Node {
            justify_content: JustifyContent::SpaceBetween,
            column_gap: px(GAP),
            flex_wrap: FlexWrap::Wrap,
            ..default()
        })
        .with_children(|row| {
            let title = chart.title().clone();
            row.spawn((
                written(title, Type::Small, Face::Hand, palette::INK),
                TextLayout::no_wrap(),
            ));
            row.spawn((
                ValueOf(chart),
                written(Bilingual::default(), Type::Fine, Face::Plain, palette::INK),
                TextLayout::no_wrap(),
            ));
        });
}

/// How many homes have each colour, with the silhouettes that are on the board.
fn counts(block: &mut ChildSpawnerCommands, icons: &Icons, facts: &Facts) {
    block
        .spawn(Node {
            display: Display::Grid,
            grid_template_columns: RepeatedGridTrack::flex(facts.columns as u16, 1.0),
            column_gap: px(GAP),
            row_gap: px(GAP / 2.0),
            ..default()
        })
        .with_children(|grid| {
            for (i, band) in series::BANDS.into_iter().enumerate() {
                grid.spawn(Node {
                    align_items: AlignItems::Center,
                    column_gap: px(GAP / 2.0),
                    ..default()
                })
                .with_children(|row| {
                    let chip = icons.chip(series::marker(band), facts.palette, false);
                    row.spawn((
                        ImageNode::new(chip),
                        Node { width: px(CHIP), height: px(CHIP), flex_shrink: 0.0, ..default() },
                    ));
                    row.spawn((
                        CountOf(i),
                        written(Bilingual::default(), Type::Fine, Face::Plain, palette::INK),
                        TextLayout::no_wrap(),
                    ));
                });
            }
        });
}

/// The picture of a chart. All charts have the same days, so one track lies under them
/// all: what is too low for a finger alone is high enough together.
fn sheet(charts: &mut ChildSpawnerCommands, facts: &Facts, chart: Chart) {
    let high = if chart == Chart::Homes { facts.high * HOMES } else { facts.high };
    charts.spawn(Node { height: px(high.floor()), flex_shrink: 0.0, ..default() }).with_children(
        |inside| {
            inside.spawn((
                draw::Sheet::of(chart),
                ImageNode::default(),
                Node {
                    position_type: PositionType::Absolute,
                    width: percent(100),
                    height: percent(100),
                    ..default()
                },
            ));
            for (share, _) in &facts.festivals {
                inside.spawn((
                    BackgroundColor(colour(palette::INK_SOFT)),
                    Node {
                        position_type: PositionType::Absolute,
                        left: percent(share * 100.0),
                        top: px(0),
                        width: px(1),
                        height: px(GAP),
                        ..default()
                    },
                ));
            }
        },
    );
}

/// The great days, below the first chart; their ticks are in every one.
fn axis(block: &mut ChildSpawnerCommands, facts: &Facts) {
    block
        .spawn(Node {
            display: Display::Grid,
            grid_template_columns: vec![GridTrack::flex(1.0)],
            ..default()
        })
        .with_children(|axis| {
            for (share, name) in &facts.festivals {
                axis.spawn(Node {
                    grid_row: GridPlacement::start(1),
                    grid_column: GridPlacement::start(1),
                    padding: UiRect::left(percent(share * 100.0)),
                    ..default()
                })
                .with_children(|place| {
                    place.spawn((
                        written(name.clone(), Type::Fine, Face::Plain, palette::INK_SOFT),
                        TextLayout::no_wrap(),
                    ));
                });
            }
        });
}

fn turning(column: &mut ChildSpawnerCommands, icons: &Icons, facts: &Facts) {
    column
        .spawn(Node {
            align_items: AlignItems::Center,
            column_gap: px(GAP),
            flex_shrink: 0.0,
            ..default()
        })
        .with_children(|row| {
            let mut turn = |icon, name: &Bilingual, to: Option<usize>| {
                let look = Caption { icon: Some(icon), name: name.clone(), ..Caption::default() };
                let does = Does::Look(ViewCommand::TabPage(to.unwrap_or(facts.page)));
                let entity = control(row, icons, Dress::Button, look, does.clone());
                let enabled = to.is_some();
                row.commands().entity(entity).insert(Control { does, enabled, on: false });
            };
            turn(Icon::Back, &SAID.earlier, facts.page.checked_sub(1));
            turn(Icon::Forth, &SAID.later, Some(facts.page + 1).filter(|p| *p < facts.pages));
            let text = fill(
                &SAID.page,
                &[("n", &|_| (facts.page + 1).to_string()), ("all", &|_| facts.pages.to_string())],
            );
            row.spawn((
                written(text, Type::Fine, Face::Plain, palette::INK_SOFT),
                TextLayout::no_wrap(),
            ));
        });
}

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Figures>().add_systems(
        Update,
        (gather, build, draw::say_values, draw::draw).chain().in_set(PanelSystems::Trends),
    );
}
