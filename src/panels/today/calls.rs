//! The round of calls as a strip, and phones that nobody answered, rung by rung.
//!
//! Floor 8, with Bevy. Reads the day; makes what stands in its part. The strip has a
//! mark for each elder; those that want a look stand below it as tiles, large enough
//! for a finger, and open the home.

use bevy::prelude::*;

use super::picture::Canvas;
use super::words::{SAID, clock, numbers, texts};
use super::{grid, icon};
use crate::app::known;
use crate::app::view::{Sheet, Squeeze, TodayPart};
use crate::app::{Live, View, ViewCommand};
use crate::base::ids::HouseholdId;
use crate::base::palette::{self, Rgb};
use crate::base::text::Bilingual;
use crate::base::time::Minute;
use crate::session::today::{CallState, Case, CaseStep, StepKind, StepState};
use crate::sim::work::Measure;
use crate::theme::controls::{Caption, Control, Named};
use crate::theme::{Does, Dress, Face, GAP, Icon, Icons, ROUND, TOUCH, Type, control, written};

/// Everything this part shows.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Facts {
    head: Bilingual,
    elders: Vec<(HouseholdId, CallState)>,
    counts: [u64; CallState::ALL.len()],
    tiles: Vec<(HouseholdId, CallState, Bilingual)>,
    page: (usize, usize),
    cases: Vec<(Bilingual, Vec<CaseStep>)>,
    more_cases: u64,
    talk: bool,
    wide: f32,
    squeeze: Squeeze,
}

/// Cases that are shown rung by rung.
const CASES: usize = 1;
/// Marks of the strip; a larger community has more than can be told apart.
const MARKS: usize = 480;
/// Width of what stands in the side, units: for usual and for large text.
const WIDE: [f32; 2] = [382.0, 474.0];

impl Facts {
    pub(super) fn of(live: &Live, view: &View, squeeze: Squeeze) -> Self {
        let session = live.session();
        let round = live.today().round(session);
        let wide = WIDE[usize::from(view.large)];
        let head = match round.minutes {
            Some(minutes) => numbers(
                &SAID.round,
                &[("n", round.made), ("m", round.elders.len() as u64), ("k", minutes.into())],
            ),
            None if live.sim().work().is_on(Measure::DailyCalls) => {
                let start = Minute::at(live.now().day(), live.setup().params.calls.start);
                texts(&SAID.round_later, &[("at", &clock(start))])
            }
            None => SAID.round_none.clone(),
        };
        let counts = CallState::ALL.map(|state| round.count(state));
        // Who wants a look first; of equals, in board order.
        let mut order = round.elders.clone();
        order.sort_by_key(|(home, state)| (urgency(*state), *home));
        let per_page =
            (((wide + GAP / 2.0) / (TOUCH + GAP / 2.0)).floor() as usize).saturating_sub(2).max(1);
        let pages = order.len().div_ceil(per_page).max(1);
        let page = view.today_page.min(pages - 1);
        let tiles = order.into_iter().skip(page * per_page).take(per_page);
        let tiles = tiles.map(|(home, state)| (home, state, known::place(live, home)));
        let cases = live.today().cases(session);
        let more_cases = cases.len().saturating_sub(CASES) as u64;
        let cases = cases.into_iter().take(CASES).map(|case| (about(live, &case), case.steps));
        Self {
            head,
            counts,
            tiles: if view.controls && squeeze.0 < 3 { tiles.collect() } else { Vec::new() },
            page: (page, pages),
            elders: round.elders,
            cases: cases.collect(),
            more_cases,
            // While the story is told it offers the call itself.
            talk: view.controls && live.guide().is_none() && !live.story().talks.is_empty(),
            wide,
            squeeze,
        }
    }
}

const fn urgency(state: CallState) -> u8 {
    match state {
        CallState::NotAnswered => 0,
        CallState::UnderWay => 1,
        CallState::SeenTo => 2,
        CallState::Waiting => 3,
        CallState::Answered => 4,
    }
}

fn about(live: &Live, case: &Case) -> Bilingual {
    let place = known::place(live, case.home);
    let text = if case.closed { &SAID.closed } else { &SAID.since };
    texts(text, &[("place", &place), ("at", &clock(case.since))])
}

pub(super) const fn icon_of(state: CallState) -> Icon {
    match state {
        CallState::Answered => Icon::Answered,
        CallState::UnderWay => Icon::Ringing,
        CallState::NotAnswered => Icon::Silent,
        CallState::SeenTo => Icon::SeenTo,
        CallState::Waiting => Icon::Waiting,
    }
}

/// Side of an icon beside words, units.
const SIGN: f32 = 18.0;

pub(super) fn fill(
    day: &mut ChildSpawnerCommands,
    icons: &Icons,
    images: &mut Assets<Image>,
    facts: &Facts,
) {
    day.spawn(written(facts.head.clone(), Type::Body, Face::Plain, palette::INK));
    if !facts.elders.is_empty() {
        let image = images.add(strip(&facts.elders, facts.wide));
        let size = strip_size(facts.elders.len(), facts.wide);
        day.spawn((
            ImageNode::new(image),
            Named(SAID.strip.clone()),
            Node { width: px(size.x), height: px(size.y), flex_shrink: 0.0, ..default() },
        ));
        if facts.squeeze.0 < Squeeze::MOST {
            states(day, icons, facts);
        }
        let left_out = facts.elders.len().saturating_sub(MARKS) as u64;
        if left_out > 0 {
            let text = numbers(&SAID.more_elders, &[("n", left_out)]);
            day.spawn(written(text, Type::Fine, Face::Plain, palette::INK_SOFT));
        }
    }
    if !facts.tiles.is_empty() {
        tiles(day, icons, facts);
    }
    if facts.squeeze.0 < 4 {
        cases(day, icons, facts);
    }
    if facts.talk {
        let look =
            Caption { icon: Some(Icon::Phone), label: SAID.ring.clone(), ..Caption::default() };
        let does = Does::Look(ViewCommand::Sheet(Some(Sheet::Talk(0))));
        control(day, icons, Dress::Button, look, does);
    }
}

/// How many elders stand how, each with its mark.
fn states(day: &mut ChildSpawnerCommands, icons: &Icons, facts: &Facts) {
    day.spawn(Node {
        flex_wrap: FlexWrap::Wrap,
        column_gap: px(GAP * 1.5),
        row_gap: px(GAP / 4.0),
        flex_shrink: 0.0,
        ..default()
    })
    .with_children(|row| {
        let all = CallState::ALL.into_iter().zip(facts.counts).zip(&SAID.states);
        for ((state, n), name) in all.filter(|((_, n), _)| *n > 0) {
            row.spawn(Node {
                column_gap: px(GAP / 2.0),
                align_items: AlignItems::Center,
                flex_shrink: 0.0,
                ..default()
            })
            .with_children(|one| {
                icon(one, icons, icon_of(state), SIGN);
                let text = numbers(&texts(&SAID.state_count, &[("state", name)]), &[("n", n)]);
                one.spawn((
                    written(text, Type::Fine, Face::Plain, palette::INK),
                    TextLayout::no_wrap(),
                ));
            });
        }
    });
}

/// A page of elders, who wants a look first.
fn tiles(day: &mut ChildSpawnerCommands, icons: &Icons, facts: &Facts) {
    let (page, pages) = facts.page;
    let turn = |icon, name: &Bilingual| Caption {
        icon: Some(icon),
        name: name.clone(),
        ..Caption::default()
    };
    let to = |page| Does::Look(ViewCommand::Today(TodayPart::Calls, page));
    let square = || Node {
        width: px(TOUCH),
        height: px(TOUCH),
        align_items: AlignItems::Center,
        justify_content: JustifyContent::Center,
        border: px(2).all(),
        border_radius: BorderRadius::all(px(ROUND)),
        flex_shrink: 0.0,
        ..default()
    };
    day.spawn(Node { column_gap: px(GAP / 2.0), flex_shrink: 0.0, ..default() }).with_children(
        |row| {
            let back = turn(Icon::Back, &SAID.earlier);
            let one = control(row, icons, Dress::Quiet, back, to(page.saturating_sub(1)));
            row.commands().entity(one).insert(square());
            for (home, state, place) in &facts.tiles {
                let look = Caption {
                    icon: Some(icon_of(*state)),
                    name: place.clone(),
                    ..Caption::default()
                };
                let does = Does::Look(ViewCommand::Home(Some(*home)));
                let tile = control(row, icons, Dress::Tile, look, does);
                row.commands().entity(tile).insert(square());
            }
            let forth = turn(Icon::Forth, &SAID.later);
            let does = to((page + 1).min(pages - 1));
            let last = control(row, icons, Dress::Quiet, forth, does.clone());
            row.commands()
                .entity(last)
                .insert((Control { does, enabled: page + 1 < pages, on: false }, square()));
        },
    );
}

/// The open case, rung by rung, and how many more there are.
fn cases(day: &mut ChildSpawnerCommands, icons: &Icons, facts: &Facts) {
    let Some((about, steps)) = facts.cases.first() else {
        if facts.squeeze.0 < 2 {
            let text = SAID.cases_none.clone();
            day.spawn(written(text, Type::Fine, Face::Plain, palette::INK_SOFT));
        }
        return;
    };
    day.spawn(written(about.clone(), Type::Small, Face::Hand, palette::INK));
    day.spawn(grid(vec![GridTrack::px(SIGN), GridTrack::max_content(), GridTrack::flex(1.0)]))
        .with_children(|rungs| {
            for step in steps {
                let sign = match step.state {
                    StepState::Done => Icon::Tick,
                    StepState::Now => Icon::Play,
                    StepState::ToCome => Icon::Waiting,
                    StepState::Spared => Icon::Minus,
                };
                icon(rungs, icons, sign, SIGN);
                let ink = match step.state {
                    StepState::Done | StepState::Now => palette::INK,
                    StepState::ToCome | StepState::Spared => palette::INK_SOFT,
                };
                rungs.spawn((
                    written(SAID.steps[rung(step.kind)].clone(), Type::Fine, Face::Plain, ink),
                    TextLayout::no_wrap(),
                ));
                rungs.spawn(written(how_far(step), Type::Fine, Face::Plain, ink));
            }
        });
    if facts.more_cases > 0 {
        let text = numbers(&SAID.cases_more, &[("n", facts.more_cases)]);
        day.spawn(written(text, Type::Fine, Face::Plain, palette::INK_SOFT));
    }
}

const fn rung(kind: StepKind) -> usize {
    match kind {
        StepKind::CallAgain => 0,
        StepKind::Neighbour => 1,
        StepKind::Door => 2,
        StepKind::Help => 3,
    }
}

/// How far a rung is, with its time if there is one.
fn how_far(step: &CaseStep) -> Bilingual {
    let at = step.at.map(clock);
    let timed = |text: &Bilingual, without: &Bilingual| match &at {
        Some(at) => texts(text, &[("at", at)]),
        None => without.clone(),
    };
    match step.state {
        StepState::Done => timed(&SAID.step_done_at, &SAID.step_done),
        StepState::Now => timed(&SAID.step_due, &SAID.step_now),
        StepState::ToCome => timed(&SAID.step_later, &SAID.step_open),
        StepState::Spared => SAID.step_spared.clone(),
    }
}

/// Side of a mark of the strip with its white, units; smaller where there are many.
fn cell(elders: usize) -> f32 {
    if elders > 220 { 12.0 } else { 16.0 }
}

/// Width and height of the strip, units.
fn strip_size(elders: usize, wide: f32) -> Vec2 {
    let side = cell(elders);
    let columns = (wide / side).floor().max(1.0);
    let rows = (elders.min(MARKS) as f32 / columns).ceil();
    Vec2::new(columns * side, rows * side)
}

/// One small mark for each elder; their silhouettes differ as their icons do.
fn strip(elders: &[(HouseholdId, CallState)], wide: f32) -> Image {
    let size = strip_size(elders.len(), wide);
    let side = cell(elders.len());
    let columns = (size.x / side) as usize;
    let mut canvas = Canvas::new(size);
    for (i, (_, state)) in elders.iter().take(MARKS).enumerate() {
        let place = Vec2::new((i % columns) as f32, (i / columns) as f32);
        mark(&mut canvas, (place + 0.5) * side, side * 0.40, *state);
    }
    canvas.image().0
}

fn mark(canvas: &mut Canvas, at: Vec2, radius: f32, state: CallState) {
    const INK: Rgb = palette::INK;
    match state {
        CallState::Answered => canvas.dot(at, radius, palette::INK_SOFT),
        CallState::UnderWay => {
            canvas.ring(at, radius * 0.85, radius * 0.3, palette::FOCUS);
            canvas.dot(at, radius * 0.4, palette::FOCUS);
        }
        CallState::NotAnswered => canvas.cross(at, radius * 1.05, radius * 0.44, INK),
        CallState::SeenTo => canvas.diamond(at, radius * 1.15, INK),
        CallState::Waiting => canvas.ring(at, radius * 0.6, radius * 0.22, palette::INK_SOFT),
    }
}
