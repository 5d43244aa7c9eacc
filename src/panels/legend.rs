//! The legend: what each marker means here, and how many homes have it now.
//!
//! Floor 8, with Bevy. Reads the read model; owns the upper part of the side.

use bevy::prelude::*;

use super::PanelSystems;
use super::layers::switches::{self, Row};
use super::layers::words::SAID as LAYERS;
use super::words::SAID;
use crate::app::known::{capital, fill};
use crate::app::view::{Squeeze, Stage, Tab};
use crate::app::{Live, View};
use crate::base::palette::{self, Glyph};
use crate::base::text::{Bilingual, grouped, plural};
use crate::base::time::DAY_MINUTES;
use crate::scenario::script::StoryKind;
use crate::session::debrief::{Learnt, Tally, Verdict};
use crate::session::layers::Layer;
use crate::session::today::Today;
use crate::sim::people::Marks;
use crate::sim::work::Site;
use crate::theme::controls::say;
use crate::theme::{
    Face, GAP, Icon, Icons, PAD, ROOM, Slot, Type, Words, colour, panel, slot, written,
};

/// The legend's panel: its head stays, its lines are made anew with what they say.
#[derive(Component)]
struct Legend;

/// The lines.
#[derive(Component)]
struct Lines;

/// What a count counts.
#[derive(Component, Debug, Clone, Copy, PartialEq, Eq)]
enum Counted {
    Entry(usize),
    Stale,
    Figure,
    Star,
    Hands,
    Slips,
    /// How far board and truth agree, the red homes, what was learnt from first to last,
    /// and that it is one run of many.
    Agree,
    Red,
    Learnt,
    OneRun,
}

/// Of which story, legend, layer and palette the lines are.
#[expect(clippy::struct_excessive_bools, reason = "independent facts of a layout, no states")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Shown {
    generation: u32,
    legend: usize,
    layer: Layer,
    palette: palette::PaletteChoice,
    brief: bool,
    /// Lines stand closer, so that their words need not go.
    compact: bool,
    tight: bool,
    upright: bool,
    /// Sources and explanations have room.
    roomy: bool,
    /// What the debrief says of the whole story, and that it is one run of many, have
    /// room: they stay longer than explanations.
    captions: bool,
    /// The layers have room.
    layers: bool,
    /// Whose code it is has room.
    head: bool,
    /// What was so may be seen.
    over: bool,
    /// Slips hang at doors only while some home is not known.
    slips: bool,
}

/// Side of a chip in the legend, units.
const CHIP: f32 = 28.0;
/// The same where words would have no room otherwise.
const SMALL_CHIP: f32 = 24.0;

fn spawn(
    view: Res<View>,
    icons: Res<Icons>,
    slots: Query<(Entity, &Slot)>,
    mut commands: Commands,
) {
    let Some(side) = slot(&slots, Slot::Side) else { return };
    let panel = commands
        .spawn((Legend, panel(), of_panel(false, PAD)))
        .with_children(|panel| {
            // In a hall the upper part of the side is out of many hands' reach.
            if view.kiosk {
                panel.spawn((Lines, Node::default()));
            }
            if view.controls {
                switches::layers(panel, &icons);
            }
            if view.controls {
                switches::truth(panel, &icons);
            }
            switches::head(panel, &icons, view.controls);
            if !view.kiosk {
                panel.spawn((Lines, Node::default()));
            }
        })
        .id();
    commands.entity(side).insert_children(0, &[panel]);
}

fn of_panel(upright: bool, pad: f32) -> Node {
    Node {
        flex_direction: FlexDirection::Column,
        padding: px(pad).all(),
        row_gap: px(GAP / 2.0),
        border: UiRect::bottom(px(1)),
        // Beside the card where the side lies below the map, above it elsewhere.
        flex_grow: if upright { 0.8 } else { 0.0 },
        flex_basis: if upright { px(0) } else { auto() },
        min_width: px(0),
        flex_shrink: 0.0,
        ..default()
    }
}

fn of_lines(now: Shown) -> Node {
    let brief = now.brief;
    Node {
        flex_direction: if brief { FlexDirection::Row } else { FlexDirection::Column },
        flex_wrap: if brief { FlexWrap::Wrap } else { FlexWrap::NoWrap },
        row_gap: px(if now.compact { GAP / 4.0 } else { GAP / 2.0 }),
        column_gap: px(PAD),
        ..default()
    }
}

fn build(
    live: Res<Live>,
    view: Res<View>,
    icons: Res<Icons>,
    stage: Res<Stage>,
    panels: Query<Entity, With<Legend>>,
    lines: Query<Entity, With<Lines>>,
    mut rows: Query<(&Row, &mut Node)>,
    squeeze: Res<Squeeze>,
    mut shown: Local<Option<Shown>>,
    mut commands: Commands,
) {
    // With a card open and little room, counts alone stay beside the chips.
    let low = stage.window.y / stage.unit < 980.0 || stage.upright || view.large;
    let brief = squeeze.brief_legend()
        || view.tab != Tab::Card
        || (view.chosen.home.is_some() && low && view.controls);
    // In a hall the head of a short legend is out of many hands' reach.
    let too_high = view.low || view.kiosk && brief;
    let switches_fit = view.tab == Tab::Card && !too_high;
    let now = Shown {
        generation: live.generation(),
        legend: live.frame().legend(),
        layer: live.frame().layer(),
        palette: view.palette,
        brief,
        compact: squeeze.0 > 0 && !brief,
        tight: squeeze.tight(),
        upright: stage.upright,
        roomy: squeeze.0 == 0 && !brief && view.chosen.home.is_none(),
        captions: squeeze.0 <= 1 && !brief && view.chosen.home.is_none(),
        // As the tabs do, they make room for a card that would be cut otherwise.
        layers: !squeeze.no_tabs() && switches_fit,
        head: switches_fit && (squeeze.0 == 0 || view.chosen.home.is_none() && !squeeze.bare()),
        over: view.revealed || live.is_over(),
        slips: live.frame().known() < u64::from(live.setup().core_homes),
    };
    if *shown == Some(now) {
        return;
    }
    let (Ok(panel), Ok(lines)) = (panels.single(), lines.single()) else { return };
    *shown = Some(now);
    let pad = match (now.tight, now.compact) {
        (true, _) => GAP,
        (_, true) => ROOM,
        _ => PAD,
    };
    commands.entity(panel).insert(of_panel(now.upright, pad));
    for (row, mut node) in &mut rows {
        let (seen, display) = match row {
            Row::Layers => (now.layers, Display::Flex),
            Row::Head => (now.head, Display::Grid),
            Row::Truth => (now.over, Display::Flex),
        };
        node.display = if seen { display } else { Display::None };
    }
    commands
        .entity(lines)
        .insert(of_lines(now))
        .despawn_related::<Children>()
        .with_children(|list| fill_lines(list, &icons, &live, now));
}

fn fill_lines(list: &mut ChildSpawnerCommands, icons: &Icons, live: &Live, now: Shown) {
    let Some(legend) = live.story().legends.get(now.legend) else { return };
    let glyphs = live.frame().glyphs(&live.story().legends);
    let labels: Vec<Bilingual> = match now.layer {
        Layer::Status => legend.entries.iter().map(|entry| entry.label.clone()).collect(),
        layer => layer.entries().iter().map(|entry| entry.label.clone()).collect(),
    };
    for (i, (glyph, label)) in glyphs.iter().zip(labels).enumerate() {
        let chip = icons.glyph(*glyph, now.palette, false);
        row(list, ImageNode::new(chip), label, Counted::Entry(i), now);
    }
    if now.layer == Layer::Status {
        let last = glyphs.last().copied().unwrap_or(Glyph::Unknown);
        let wiped = icons.glyph(last, now.palette, true);
        row(list, ImageNode::new(wiped), SAID.stale.clone(), Counted::Stale, now);
    }
    let ink = colour(palette::INK);
    if now.layer == Layer::Truth {
        debrief(list, now);
        return;
    }
    let figure = ImageNode::new(icons.get(Icon::Figure)).with_color(ink);
    row(list, figure, SAID.figure.clone(), Counted::Figure, now);
    let star = ImageNode::new(icons.get(Icon::Star)).with_color(ink);
    row(list, star, SAID.star.clone(), Counted::Star, now);
    let walker = ImageNode::new(icons.get(Icon::Walker)).with_color(colour(palette::FOCUS));
    row(list, walker, SAID.hands.clone(), Counted::Hands, now);
    if now.slips {
        let slip = ImageNode::new(icons.get(Icon::Slip)).with_color(ink);
        row(list, slip, SAID.slips.clone(), Counted::Slips, now);
    }
    if now.roomy {
        let text = match now.layer {
            Layer::Status => legend.source.clone(),
            layer => layer.blank(),
        };
        if text != Bilingual::default() {
            list.spawn(written(text, Type::Fine, Face::Plain, palette::INK_SOFT));
        }
    }
}

/// What follows from the four counts, in words.
fn debrief(list: &mut ChildSpawnerCommands, now: Shown) {
    let mut line = |counted, size, ink| {
        list.spawn((counted, written(Bilingual::default(), size, Face::Plain, ink)));
    };
    // With little room the counts speak for themselves.
    if !now.brief {
        line(Counted::Agree, Type::Small, palette::INK);
        line(Counted::Red, Type::Small, palette::INK);
    }
    if now.captions {
        line(Counted::Learnt, Type::Small, palette::INK);
        line(Counted::OneRun, Type::Fine, palette::INK_SOFT);
    }
}

fn row(
    list: &mut ChildSpawnerCommands,
    picture: ImageNode,
    label: Bilingual,
    counted: Counted,
    now: Shown,
) {
    let (side, size) = if now.compact { (SMALL_CHIP, Type::Small) } else { (CHIP, Type::Body) };
    let brief = now.brief;
    // A grid, because a text in a row is measured for its narrowest width here.
    let tracks = if brief {
        vec![GridTrack::px(side), GridTrack::max_content()]
    } else {
        vec![GridTrack::px(side), GridTrack::flex(1.0), GridTrack::max_content()]
    };
    let line = Node {
        display: Display::Grid,
        grid_template_columns: tracks,
        column_gap: px(GAP + 2.0),
        align_items: AlignItems::Center,
        ..default()
    };
    list.spawn(line).with_children(|row| {
        row.spawn((
            picture,
            Node { width: px(side), height: px(side), flex_shrink: 0.0, ..default() },
        ));
        if !brief {
            row.spawn(written(label, size, Face::Plain, palette::INK));
        }
        row.spawn((
            counted,
            written(Bilingual::default(), size, Face::Plain, palette::INK),
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
    let tally = (frame.layer() == Layer::Truth).then(|| Tally::of(live.session()));
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
            Counted::Slips => Today::slip_count(live.session()) as u64,
            Counted::Star => star.map_or(0, |i| frame.mark_counts()[i]),
            Counted::Agree | Counted::Red | Counted::Learnt | Counted::OneRun => {
                if let Some(tally) = &tally {
                    say(&mut words, verdict(*counted, tally, &live));
                }
                continue;
            }
        };
        let text = if *counted == Counted::Hands { &SAID.hands_count } else { &SAID.count };
        say(&mut words, fill(text, &[("n", &|_| grouped(n))]));
    }
}

/// What the office learnt from first to last, and how late.
fn learnt(learnt: &Learnt) -> Bilingual {
    let text = match (learnt.ever, learnt.known) {
        (0, _) => &LAYERS.no_case,
        (_, 0) => &LAYERS.learnt_none,
        _ => &LAYERS.learnt,
    };
    let days = u64::from(learnt.lag.unwrap_or(0).div_ceil(DAY_MINUTES));
    let lag =
        Bilingual::new(format!("{days}天"), format!("{days} {}", plural(days, "day", "days")));
    fill(
        text,
        &[
            ("ever", &|_| grouped(learnt.ever)),
            ("known", &|_| grouped(learnt.known)),
            ("lag", &|lang| lag.get(lang).to_owned()),
        ],
    )
}

/// A sentence of the debrief.
fn verdict(counted: Counted, tally: &Tally, live: &Live) -> Bilingual {
    let n = |verdict| grouped(tally.count(verdict));
    let red = tally.count(Verdict::Found) + tally.count(Verdict::FalseAlarm);
    match counted {
        Counted::Agree => fill(
            &LAYERS.tally,
            &[
                ("agree", &|_| grouped(tally.agree())),
                ("missed", &|_| n(Verdict::Missed)),
                ("alarms", &|_| n(Verdict::FalseAlarm)),
            ],
        ),
        Counted::Red if red == 0 => LAYERS.tally_no_red.clone(),
        Counted::Red => fill(
            &LAYERS.tally_red,
            &[("red", &|_| grouped(red)), ("found", &|_| n(Verdict::Found))],
        ),
        Counted::Learnt => learnt(&Learnt::of(live.setup(), live.sim())),
        _ => {
            let kind = match live.story().kind {
                StoryKind::AsRecorded => &SAID.as_recorded,
                StoryKind::WhatIf => &SAID.what_if,
            };
            fill(
                &LAYERS.one_run,
                &[
                    ("kind", &|lang| capital(kind.get(lang))),
                    ("seed", &|_| live.setup().seed.to_string()),
                ],
            )
        }
    }
}

pub(super) fn plugin(app: &mut App) {
    app.add_systems(PostStartup, spawn)
        .add_systems(Update, (build, count, switches::show).chain().in_set(PanelSystems::Legend));
}
