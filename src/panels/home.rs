//! The card of a home: what the office knows, why it has its colour, what a worker
//! could do.
//!
//! Floor 8, with Bevy. Reads the board's knowledge, and the truth in the debrief alone;
//! owns the lower part of the side. Each action is a command through the one door; whether it can
//! be done is answered there, with the reason.

use bevy::prelude::*;

use super::PanelSystems;
use super::words::SAID;
use crate::app::known::{self, fill, when};
use crate::app::view::{Sheet, Squeeze, Tab, Touched};
use crate::app::{AppSystems, Ask, Live, Notice, Submit, Tone, View, ViewCommand};
use crate::base::ids::HouseholdId;
use crate::base::palette::{self, Glyph};
use crate::base::text::{Bilingual, plural};
use crate::base::time::DAY_MINUTES;
use crate::session::layers::Layer;
use crate::sim::board::{Reason, reason};
use crate::sim::command::SimCommand;
use crate::sim::people::Marks;
use crate::theme::controls::Caption;
use crate::theme::{
    Does, Dress, Face, GAP, Icon, Icons, PAD, ROUND, Slot, TOUCH, Type, control, panel, slot,
    written,
};

/// The card.
#[derive(Component)]
struct Card;

/// What the card shows now; it is made anew when any of it changes.
#[expect(clippy::struct_excessive_bools, reason = "independent facts of a card, no states")]
#[derive(Debug, Clone, PartialEq)]
struct Facts {
    home: Option<HouseholdId>,
    chip: Glyph,
    stale: bool,
    place: Bilingual,
    why: Bilingual,
    left: Option<u32>,
    marks: Bilingual,
    people: Bilingual,
    history: Vec<(Bilingual, Bilingual)>,
    /// What was so is shown instead of what was written down.
    debrief: bool,
    said: Bilingual,
    squeeze: Squeeze,
    controls: bool,
    kiosk: bool,
    palette: palette::PaletteChoice,
}

impl Facts {
    fn of(live: &Live, view: &View, squeeze: Squeeze) -> Self {
        let mut facts = Self {
            home: view.chosen.home,
            chip: Glyph::Unknown,
            stale: false,
            place: Bilingual::default(),
            why: Bilingual::default(),
            left: None,
            marks: Bilingual::default(),
            people: Bilingual::default(),
            history: Vec::new(),
            debrief: view.layer == Layer::Truth,
            // While the story is told its strip says it.
            said: live
                .said()
                .filter(|_| live.guide().is_none())
                .and_then(|cue| cue.say.clone())
                .unwrap_or_default(),
            squeeze,
            controls: view.controls,
            kiosk: view.kiosk,
            palette: view.palette,
        };
        let Some(home) = facts.home else { return facts };
        let Some(shown) = live.frame().shown(home) else {
            return Self { home: None, ..facts };
        };
        // The card tells of the colour, whatever layer the map shows.
        facts.chip = live.colour(home);
        facts.stale = shown.stale;
        facts.place = known::place(live, home);
        facts.why = known::why(live, home);
        facts.people = known::people(live, home);
        if let Some(known) = known::knowledge(live, home) {
            let reason = reason(known, live.now(), &live.setup().params.observation);
            if let Reason::Clock(_, until) = reason {
                facts.left = Some(until.since(live.now()).div_ceil(DAY_MINUTES));
            }
            facts.marks = marks(known.marks);
        }
        let lines =
            if facts.debrief { known::infections(live, home) } else { known::history(live, home) };
        facts.history = lines
            .into_iter()
            .take(squeeze.history())
            .map(|(at, text)| (fill(&EMPTY, &[("at", &|lang| when(live, at, lang))]), text))
            .collect();
        facts
    }
}

const EMPTY: Bilingual = Bilingual::fixed("{at}", "{at}");

/// Every mark in words, or nothing.
fn marks(marks: Marks) -> Bilingual {
    let mut words = Marks::EACH.iter().filter(|m| marks.has(**m)).map(|m| m.label());
    let Some(first) = words.next() else { return Bilingual::default() };
    words.fold(first, |all, next| {
        Bilingual::new(format!("{}、{}", all.zh, next.zh), format!("{}, {}", all.en, next.en))
    })
}

fn build(
    live: Res<Live>,
    view: Res<View>,
    icons: Res<Icons>,
    slots: Query<(Entity, &Slot)>,
    old: Query<Entity, With<Card>>,
    squeeze: Res<Squeeze>,
    touched: Res<Touched>,
    mut stale: Local<bool>,
    mut shown: Local<Option<Facts>>,
    mut commands: Commands,
) {
    *stale |= live.is_changed() || view.is_changed() || squeeze.is_changed();
    if !*stale || touched.0 {
        return;
    }
    *stale = false;
    if view.tab != Tab::Card {
        for entity in &old {
            commands.entity(entity).despawn();
        }
        *shown = None;
        return;
    }
    let facts = Facts::of(&live, &view, *squeeze);
    if shown.as_ref() == Some(&facts) {
        return;
    }
    for entity in &old {
        commands.entity(entity).despawn();
    }
    let Some(page) = slot(&slots, Slot::Page) else { return };
    commands.entity(page).with_children(|page| {
        page.spawn((
            Card,
            panel(),
            Node {
                flex_direction: FlexDirection::Column,
                flex_grow: 1.0,
                padding: px(if facts.squeeze.tight() { GAP } else { PAD }).all(),
                row_gap: px(if facts.squeeze.tight() { GAP / 2.0 } else { GAP }),
                overflow: Overflow::clip(),
                min_height: px(0),
                ..default()
            },
        ))
        .with_children(|card| fill_card(card, &icons, &facts));
    });
    *shown = Some(facts);
}

fn fill_card(card: &mut ChildSpawnerCommands, icons: &Icons, facts: &Facts) {
    if let Some(home) = facts.home {
        content(card, icons, home, facts);
        return;
    }
    if facts.said != Bilingual::default() && !facts.squeeze.bare() {
        card.spawn(written(facts.said.clone(), Type::Lead, Face::Hand, palette::INK));
    }
    card.spawn(written(SAID.nobody.clone(), Type::Body, Face::Plain, palette::INK_SOFT));
}

fn content(card: &mut ChildSpawnerCommands, icons: &Icons, home: HouseholdId, facts: &Facts) {
    card.spawn(Node { align_items: AlignItems::Center, column_gap: px(GAP + 4.0), ..default() })
        .with_children(|row| {
            let chip = icons.glyph(facts.chip, facts.palette, facts.stale);
            row.spawn((
                ImageNode::new(chip),
                Node { width: px(44), height: px(44), flex_shrink: 0.0, ..default() },
            ));
            row.spawn((
                written(facts.place.clone(), Type::Lead, Face::Hand, palette::INK),
                Node { flex_grow: 1.0, flex_basis: px(0), ..default() },
            ));
            if facts.controls && !facts.kiosk {
                let cross = Caption {
                    icon: Some(Icon::Cross),
                    name: SAID.close.clone(),
                    ..Caption::default()
                };
                let close = Does::Look(ViewCommand::Home(None));
                control(row, icons, Dress::Quiet, cross, close);
            }
        });
    let size = if facts.squeeze.tight() { Type::Small } else { Type::Body };
    card.spawn(written(facts.why.clone(), size, Face::Plain, palette::INK));
    if let Some(days) = facts.left {
        let n = u64::from(days);
        let text = fill(
            &SAID.days_left,
            &[("n", &|_| n.to_string()), ("days", &|_| plural(n, "day", "days").to_owned())],
        );
        card.spawn(written(text, Type::Body, Face::Hand, palette::INK));
    }
    if facts.marks != Bilingual::default() {
        let text = fill(&SAID.marks, &[("marks", &|lang| facts.marks.get(lang).to_owned())]);
        card.spawn(written(text, Type::Body, Face::Plain, palette::INK));
    }
    if !facts.squeeze.bare() {
        card.spawn(written(facts.people.clone(), Type::Small, Face::Plain, palette::INK_SOFT));
    }
    // Nobody acts in a story that is over.
    if facts.controls && !facts.kiosk && !facts.debrief {
        actions(card, icons, home, facts);
    }
    if facts.debrief {
        card.spawn(written(SAID.truth_head.clone(), Type::Small, Face::Hand, palette::INK));
        if facts.history.is_empty() {
            let none = SAID.truth_none.clone();
            card.spawn(written(none, Type::Small, Face::Plain, palette::INK));
        }
    } else if !facts.history.is_empty() {
        card.spawn(written(SAID.written.clone(), Type::Small, Face::Hand, palette::INK));
    }
    card.spawn(Node {
        display: Display::Grid,
        grid_template_columns: vec![GridTrack::max_content(), GridTrack::flex(1.0)],
        column_gap: px(GAP),
        row_gap: px(GAP / 2.0),
        ..default()
    })
    .with_children(|grid| {
        for (at, text) in &facts.history {
            grid.spawn((
                written(at.clone(), Type::Fine, Face::Plain, palette::INK_SOFT),
                TextLayout::no_wrap(),
            ));
            grid.spawn(written(text.clone(), Type::Fine, Face::Plain, palette::INK));
        }
    });
    // Where a screen hangs in a hall, what can be touched stands at the foot.
    if facts.controls && facts.kiosk {
        card.spawn(Node { flex_grow: 1.0, ..default() });
        actions(card, icons, home, facts);
    }
}

fn actions(card: &mut ChildSpawnerCommands, icons: &Icons, home: HouseholdId, facts: &Facts) {
    let ask = Does::Submit;
    let close = (Icon::Cross, &SAID.close, Does::Look(ViewCommand::Home(None)));
    let does = [
        (Icon::Phone, &SAID.call, ask(SimCommand::Call(home))),
        (Icon::Door, &SAID.visit, ask(SimCommand::Visit(home))),
        (Icon::Parcel, &SAID.deliver, ask(SimCommand::Deliver(home))),
        (Icon::Return, &SAID.register, ask(SimCommand::RegisterReturn(home))),
        (Icon::Pen, &SAID.note, Does::Look(ViewCommand::Sheet(Some(Sheet::Note(home))))),
    ];
    // Six stand closer than five, and each is as wide as its word.
    let (gap, basis) = if facts.kiosk { (GAP / 4.0, auto()) } else { (GAP / 2.0, px(0)) };
    card.spawn(Node { column_gap: px(gap), flex_shrink: 0.0, ..default() }).with_children(|row| {
        for (icon, label, does) in does.into_iter().chain(facts.kiosk.then_some(close)) {
            let label = label.clone();
            let look = if facts.squeeze.tight() {
                Caption { icon: Some(icon), name: label, ..Caption::default() }
            } else {
                Caption { icon: Some(icon), label, ..Caption::default() }
            };
            let button = control(row, icons, Dress::Small, look, does);
            row.commands().entity(button).insert(Node {
                flex_grow: 1.0,
                flex_basis: basis,
                min_width: px(TOUCH),
                height: px(if facts.squeeze.tight() { TOUCH } else { ACTION }),
                flex_direction: FlexDirection::Column,
                align_items: AlignItems::Center,
                justify_content: JustifyContent::Center,
                border: px(2).all(),
                border_radius: BorderRadius::all(px(ROUND)),
                ..default()
            });
        }
    });
}

/// Height of an action's button, units.
const ACTION: f32 = 78.0;

/// Says what was set going. A refusal is said by the bridge.
fn answer(mut asked: MessageReader<Ask>, live: Res<Live>, mut notices: MessageWriter<Notice>) {
    for ask in asked.read() {
        let Submit(command) = ask else { continue };
        let (text, home) = match command {
            SimCommand::Call(home) => (&SAID.asked_call, *home),
            SimCommand::Visit(home) => (&SAID.asked_visit, *home),
            SimCommand::Deliver(home) => (&SAID.asked_deliver, *home),
            SimCommand::RegisterReturn(home) => (&SAID.asked_register, *home),
            SimCommand::Note(home, _) => (&SAID.asked_note, *home),
            _ => continue,
        };
        // Only what went into the log was done.
        let now = live.now();
        let done = live.session().log().iter().rev().take_while(|e| e.at == now);
        if done.map(|e| &e.command).any(|c| c == command) {
            let place = known::place(&live, home);
            let text = fill(text, &[("place", &|lang| place.get(lang).to_owned())]);
            notices.write(Notice::new(Tone::Done, text));
        }
    }
}

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, answer.in_set(AppSystems::Project))
        .add_systems(Update, build.in_set(PanelSystems::Card));
}
