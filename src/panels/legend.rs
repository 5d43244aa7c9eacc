//! The legend: what each marker means here, and how many homes have it now.
//!
//! Floor 8, with Bevy. Reads the read model; owns the upper part of the side.

use bevy::prelude::*;

use super::PanelSystems;
use super::words::SAID;
use crate::app::known::fill;
use crate::app::view::{Squeeze, Stage, Tab};
use crate::app::{Live, View};
use crate::base::palette;
use crate::base::text::{Bilingual, grouped};
use crate::sim::board::LegendEntry;
use crate::sim::people::Marks;
use crate::sim::work::Site;
use crate::theme::controls::say;
use crate::theme::{Face, GAP, Icon, Icons, PAD, Slot, Type, Words, colour, panel, slot, written};

/// The legend's panel.
#[derive(Component)]
struct Legend;

/// What a count counts.
#[derive(Component, Debug, Clone, Copy, PartialEq, Eq)]
enum Counted {
    Entry(usize),
    Stale,
    Figure,
    Star,
    Hands,
}

/// Of which story, legend and palette the panel is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Shown {
    generation: u32,
    legend: usize,
    palette: palette::PaletteChoice,
    brief: bool,
    tight: bool,
    upright: bool,
}

/// Side of a chip in the legend, units.
const CHIP: f32 = 28.0;

fn build(
    live: Res<Live>,
    view: Res<View>,
    icons: Res<Icons>,
    stage: Res<Stage>,
    slots: Query<(Entity, &Slot)>,
    old: Query<Entity, With<Legend>>,
    squeeze: Res<Squeeze>,
    mut shown: Local<Option<Shown>>,
    mut commands: Commands,
) {
    // With a card open and little room, counts alone stay beside the chips.
    let low = stage.window.y / stage.unit < 980.0 || stage.upright || view.large;
    let now = Shown {
        generation: live.generation(),
        legend: live.frame().legend(),
        palette: view.palette,
        brief: squeeze.brief_legend()
            || view.tab != Tab::Card
            || (view.chosen.home.is_some() && low && view.controls),
        tight: squeeze.tight(),
        upright: stage.upright,
    };
    if *shown == Some(now) && !old.is_empty() {
        return;
    }
    *shown = Some(now);
    for entity in &old {
        commands.entity(entity).despawn();
    }
    let Some(side) = slot(&slots, Slot::Side) else { return };
    let legend = &live.story().legends[now.legend];
    let panel = commands
        .spawn((
            Legend,
            panel(),
            Node {
                flex_direction: if now.brief { FlexDirection::Row } else { FlexDirection::Column },
                flex_wrap: if now.brief { FlexWrap::Wrap } else { FlexWrap::NoWrap },
                padding: px(if now.tight { GAP } else { PAD }).all(),
                row_gap: px(GAP / 2.0),
                column_gap: px(PAD),
                border: UiRect::bottom(px(1)),
                // Beside the card where the side lies below the map, above it elsewhere.
                flex_grow: if now.upright { 0.8 } else { 0.0 },
                flex_basis: if now.upright { px(0) } else { auto() },
                min_width: px(0),
                flex_shrink: 0.0,
                ..default()
            },
        ))
        .with_children(|list| {
            if !now.brief {
                let name = &legend.name;
                let head = fill(&SAID.legend_of, &[("name", &|lang| name.get(lang).to_owned())]);
                list.spawn(written(head, Type::Lead, Face::Hand, palette::INK));
            }
            for (i, entry) in legend.entries.iter().enumerate() {
                let chip = icons.chip(entry.drawn(), view.palette, false);
                let label = &entry.label;
                row(list, ImageNode::new(chip), label.clone(), Counted::Entry(i), now.brief);
            }
            let first = legend.entries.last().and_then(LegendEntry::drawn);
            let wiped = icons.chip(first, view.palette, true);
            row(list, ImageNode::new(wiped), SAID.stale.clone(), Counted::Stale, now.brief);
            let ink = colour(palette::INK);
            let figure = ImageNode::new(icons.get(Icon::Figure)).with_color(ink);
            row(list, figure, SAID.figure.clone(), Counted::Figure, now.brief);
            let star = ImageNode::new(icons.get(Icon::Star)).with_color(ink);
            row(list, star, SAID.star.clone(), Counted::Star, now.brief);
            let dot = ImageNode::new(icons.get(Icon::Dot)).with_color(colour(palette::FOCUS));
            row(list, dot, SAID.hands.clone(), Counted::Hands, now.brief);
        })
        .id();
    commands.entity(side).insert_children(0, &[panel]);
}

fn row(
    list: &mut ChildSpawnerCommands,
    picture: ImageNode,
    label: Bilingual,
    counted: Counted,
    brief: bool,
) {
    list.spawn(Node { column_gap: px(GAP + 2.0), align_items: AlignItems::Center, ..default() })
        .with_children(|row| {
            row.spawn((
                picture,
                Node { width: px(CHIP), height: px(CHIP), flex_shrink: 0.0, ..default() },
            ));
            if !brief {
                row.spawn((
                    written(label, Type::Body, Face::Plain, palette::INK),
                    Node { flex_grow: 1.0, flex_basis: px(0), ..default() },
                ));
            }
            row.spawn((
                counted,
                written(Bilingual::default(), Type::Body, Face::Plain, palette::INK),
                TextLayout::no_wrap(),
            ));
        });
}

fn count(live: Res<Live>, mut counts: Query<(Ref<Counted>, &mut Words)>) {
    let fresh = counts.iter().any(|(counted, _)| counted.is_added());
    if !fresh && !live.is_changed() {
        return;
    }
    let frame = live.frame();
    let care = frame.care();
    let star = Marks::EACH.iter().position(|m| *m == Marks::PARTY_MEMBER);
    for (counted, mut words) in &mut counts {
        let n = match *counted {
            Counted::Entry(i) => frame.counts().get(i).copied().unwrap_or(0),
            Counted::Stale => frame.stale(),
            Counted::Figure => care,
            Counted::Hands => {
                let workers = &live.sim().work().workers;
                let busy = workers.iter().filter_map(|w| w.job.as_ref());
                busy.filter(|job| matches!(job.task.site, Site::Home(_))).count() as u64
            }
            Counted::Star => star.map_or(0, |i| frame.mark_counts()[i]),
        };
        let text = if *counted == Counted::Hands { &SAID.hands_count } else { &SAID.count };
        say(&mut words, fill(text, &[("n", &|_| grouped(n))]));
    }
}

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, (build, count).chain().in_set(PanelSystems::Legend));
}
