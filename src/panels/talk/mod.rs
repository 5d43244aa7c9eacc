//! A call that a visitor makes: it rings, one talks, and sees what comes of it.
//!
//! Floor 8, with Bevy. Reads the conversation and the board's knowledge; owns what lies
//! over the stage while it lasts. What is said goes through the one door; a call that
//! cannot be made, or that nobody answers, ends kindly, too.

use core::time::Duration;
use std::sync::LazyLock;

use bevy::prelude::*;
use serde::Deserialize;

use super::{PanelSystems, sheets};
use crate::app::known::{self, fill, words};
use crate::app::power::Busy;
use crate::app::talk::{Conversation, End};
use crate::app::view::{Sheet, Stage, Touched};
use crate::app::{Live, View, ViewCommand};
use crate::base::palette;
use crate::base::text::Bilingual;
use crate::scenario::script::Talk;
use crate::sim::command::SimCommand;
use crate::theme::controls::Caption;
use crate::theme::{
    self, Does, Dress, Face, GAP, Icon, Icons, PAD, ROUND, Slot, TOUCH, Type, colour, control,
    slot, written,
};

/// The words of this room.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "each name says what its words are about; see text.ron")]
pub struct Said {
    pub head: Bilingual,
    pub invented: Bilingual,
    pub rings: Bilingual,
    pub refused: Bilingual,
    pub refused_kind: Bilingual,
    pub no_answer: Bilingual,
    pub no_answer_kind: Bilingual,
    pub now: Bilingual,
    pub today: Bilingual,
    pub queued: Bilingual,
    pub brought: Bilingual,
    pub visited: Bilingual,
    pub noted: Bilingual,
    pub not_done: Bilingual,
    pub close: Bilingual,
}

/// The words of this room.
pub static SAID: LazyLock<Said> = LazyLock::new(|| words(include_str!("text.ron")));

/// How long it rings before somebody answers.
pub const RINGS: Duration = Duration::from_millis(1500);
/// The calm swelling of the sign while it rings: slower than one a second.
const SWELL: Duration = Duration::from_millis(1500);
/// How much fainter the sign becomes.
const FAINTER: f32 = 0.3;

/// What lies over the stage.
#[derive(Component)]
struct Over;

/// The sign that swells while it rings.
#[derive(Component)]
struct Sign;

/// What somebody says, and who.
#[derive(Debug, Clone, PartialEq)]
enum Bubble {
    /// The visitor.
    Mine(Bilingual),
    /// Whoever answered.
    Theirs(Bilingual),
}

/// What the sheet shows; it is made anew when any of it changes.
#[derive(Debug, Clone, PartialEq)]
struct Facts {
    head: Bilingual,
    rings: bool,
    bubbles: Vec<Bubble>,
    choices: Vec<(Does, Bilingual)>,
    after: Vec<Bilingual>,
    over: bool,
    wide: f32,
}

/// Width of the sheet, units, in steps that are whole pixels at every scale; bubbles
/// take so much of it.
const WIDE: f32 = 864.0;
const WHOLE: f32 = 16.0;
const BUBBLE: f32 = 0.74;
/// What was said before these is not shown any more.
const LAST: usize = 5;
/// Side of the sign while it rings, units.
const SIGN: f32 = 72.0;

impl Facts {
    fn of(live: &Live, view: &View, stage: &Stage, rings: bool) -> Option<Self> {
        let talk = view.talk.as_ref()?;
        let of = talk.of(live)?;
        let place = known::place(live, of.home);
        let wide = WIDE * theme::enlarged(view.large);
        let mut facts = Self {
            head: fill(&SAID.head, &[("place", &|lang| place.get(lang).to_owned())]),
            rings,
            bubbles: Vec::new(),
            choices: Vec::new(),
            after: Vec::new(),
            over: false,
            wide: (wide.min(stage.window.x / stage.unit - PAD * 2.0) / WHOLE).floor() * WHOLE,
        };
        if !rings {
            facts.content(live, talk, of);
        }
        Some(facts)
    }

    fn content(&mut self, live: &Live, talk: &Conversation, of: &Talk) {
        match &talk.end {
            Some(End::Refused(why)) => {
                self.after = vec![because(&SAID.refused, why), SAID.refused_kind.clone()];
            }
            Some(End::NoAnswer) => {
                self.after = vec![SAID.no_answer.clone(), SAID.no_answer_kind.clone()];
            }
            None | Some(End::Said) => {
                self.bubbles.push(Bubble::Theirs(of.opens.clone()));
                for (exchange, choice) in of.exchanges.iter().zip(&talk.said) {
                    let Some(choice) = exchange.choices.get(*choice) else { continue };
                    self.bubbles.push(Bubble::Mine(choice.say.clone()));
                    self.bubbles.push(Bubble::Theirs(choice.hear.clone()));
                }
            }
        }
        self.over = talk.end.is_some();
        if talk.end == Some(End::Said) {
            self.bubbles.push(Bubble::Theirs(of.closes.clone()));
            self.after = consequences(live, talk, of);
        } else if talk.end.is_none() {
            let here = talk.said.len();
            let choices = of.exchanges.get(here).map_or(&[][..], |e| &e.choices);
            let does = |choice| Does::Look(ViewCommand::Say(here, choice));
            let said = choices.iter().enumerate();
            self.choices = said.map(|(i, choice)| (does(i), choice.say.clone())).collect();
        }
        let first = self.bubbles.len().saturating_sub(LAST);
        self.bubbles.drain(..first);
    }
}

/// A sentence with a reason in it; the reason's own full stop would stand twice.
fn because(text: &Bilingual, why: &Bilingual) -> Bilingual {
    fill(text, &[("why", &|lang| why.get(lang).trim_end_matches(['。', '.']).to_owned())])
}

/// What the call changed, as the board and the log have it.
fn consequences(live: &Live, talk: &Conversation, of: &Talk) -> Vec<Bilingual> {
    let known = known::knowledge(live, of.home);
    let reached = known.and_then(|known| known.last_contact);
    let today = reached.is_some_and(|at| at.day() == live.now().day());
    let mut lines = vec![if today { SAID.today.clone() } else { SAID.queued.clone() }];
    for command in &talk.done {
        match command {
            SimCommand::Deliver(_) => lines.push(SAID.brought.clone()),
            SimCommand::Visit(_) => lines.push(SAID.visited.clone()),
            SimCommand::Note(_, text) => {
                lines.push(fill(&SAID.noted, &[("text", &|_| text.clone())]));
            }
            _ => {}
        }
    }
    lines.extend(talk.refused.iter().map(|why| because(&SAID.not_done, why)));
    lines
}

/// Since when it rings, and whether what is shown may be out of date.
#[derive(Debug, Default)]
struct Ringing {
    since: Option<Duration>,
    rang: bool,
    stale: bool,
}

fn build(
    live: Res<Live>,
    view: Res<View>,
    time: Res<Time<Real>>,
    icons: Res<Icons>,
    stage: Res<Stage>,
    slots: Query<(Entity, &Slot)>,
    old: Query<Entity, With<Over>>,
    touched: Res<Touched>,
    mut busy: ResMut<Busy>,
    mut ringing: Local<Ringing>,
    mut shown: Local<Option<Facts>>,
    mut commands: Commands,
) {
    let open = view.talk.is_some() && matches!(view.sheet, Some(Sheet::Talk(_)));
    if !open && shown.is_none() {
        ringing.since = None;
        return;
    }
    let since = *ringing.since.get_or_insert(time.elapsed());
    let refused = matches!(view.talk, Some(Conversation { end: Some(End::Refused(_)), .. }));
    let rings = open && !refused && time.elapsed() < since + RINGS;
    if rings {
        busy.stir(!view.still);
        busy.wake_at(since + RINGS);
    }
    ringing.stale |= live.is_changed() || view.is_changed() || stage.is_changed();
    ringing.stale |= rings != ringing.rang;
    ringing.rang = rings;
    if !ringing.stale || (touched.0 && open) {
        return;
    }
    ringing.stale = false;
    let facts = if open { Facts::of(&live, &view, &stage, rings) } else { None };
    if *shown == facts {
        return;
    }
    for entity in &old {
        commands.entity(entity).despawn();
    }
    if let (Some(facts), Some(over)) = (&facts, slot(&slots, Slot::Over)) {
        let low = view.low || view.kiosk;
        commands.entity(over).with_children(|over| {
            sheets::lay(over, Over, (facts.wide, GAP * 1.5), low, |sheet| {
                content(sheet, &icons, facts);
            });
        });
    }
    busy.settle();
    *shown = facts;
    if shown.is_none() {
        ringing.since = None;
    }
}

fn content(sheet: &mut ChildSpawnerCommands, icons: &Icons, facts: &Facts) {
    sheet
        .spawn(Node { align_items: AlignItems::Center, column_gap: px(GAP), ..default() })
        .with_children(|row| {
            row.spawn((
                written(facts.head.clone(), Type::Lead, Face::Hand, palette::INK),
                Node { flex_grow: 1.0, flex_basis: px(0), ..default() },
            ));
            let cross =
                Caption { icon: Some(Icon::Cross), name: SAID.close.clone(), ..Caption::default() };
            control(row, icons, Dress::Button, cross, Does::Look(ViewCommand::Sheet(None)));
        });
    if facts.rings {
        rings(sheet, icons);
        return;
    }
    for bubble in &facts.bubbles {
        speak(sheet, facts.wide - PAD * 2.8, bubble);
    }
    for (does, label) in &facts.choices {
        let look = Caption { label: label.clone(), ..Caption::default() };
        let choice = control(sheet, icons, Dress::Button, look, does.clone());
        sheet.commands().entity(choice).insert(choice_node());
    }
    if facts.over && !facts.bubbles.is_empty() {
        sheet.spawn(written(SAID.now.clone(), Type::Body, Face::Hand, palette::INK));
    }
    for line in &facts.after {
        sheet.spawn(written(line.clone(), Type::Body, Face::Plain, palette::INK));
    }
    if facts.over {
        let look = Caption { label: SAID.close.clone(), ..Caption::default() };
        control(sheet, icons, Dress::Primary, look, Does::Look(ViewCommand::Sheet(None)));
    }
    sheet.spawn(written(SAID.invented.clone(), Type::Fine, Face::Plain, palette::INK_SOFT));
    // Takes up what lines of text are rounded by.
    sheet.spawn(Node { height: px(GAP), min_height: px(0), ..default() });
}

fn choice_node() -> Node {
    Node {
        min_height: px(TOUCH),
        padding: UiRect::horizontal(px(PAD)),
        align_items: AlignItems::Center,
        border: px(2).all(),
        border_radius: BorderRadius::all(px(ROUND)),
        flex_shrink: 0.0,
        ..default()
    }
}

fn rings(sheet: &mut ChildSpawnerCommands, icons: &Icons) {
    sheet
        .spawn(Node {
            flex_direction: FlexDirection::Column,
            align_items: AlignItems::Center,
            row_gap: px(GAP),
            padding: px(PAD).all(),
            ..default()
        })
        .with_children(|middle| {
            middle.spawn((
                Sign,
                ImageNode::new(icons.get(Icon::Phone)).with_color(colour(palette::FOCUS)),
                Node { width: px(SIGN), height: px(SIGN), ..default() },
            ));
            middle.spawn((
                written(SAID.rings.clone(), Type::Lead, Face::Hand, palette::INK),
                TextLayout::no_wrap(),
            ));
        });
}

/// What one of both says: theirs on the left, mine on the right.
fn speak(sheet: &mut ChildSpawnerCommands, wide: f32, bubble: &Bubble) {
    let (text, right) = match bubble {
        Bubble::Theirs(text) => (text, false),
        Bubble::Mine(text) => (text, true),
    };
    let (own, rest) = (GridTrack::px(wide * BUBBLE), GridTrack::flex(1.0));
    let columns = if right { vec![rest, own] } else { vec![own, rest] };
    sheet
        .spawn(Node {
            display: Display::Grid,
            grid_template_columns: columns,
            flex_shrink: 0.0,
            ..default()
        })
        .with_children(|row| {
            if right {
                row.spawn(Node::default());
            }
            let (ground, edge) = if right {
                (palette::PAPER_RAISED, palette::FOCUS)
            } else {
                (palette::PAPER, palette::RULING)
            };
            row.spawn((
                Node {
                    display: Display::Grid,
                    padding: UiRect::axes(px(PAD * 0.8), px(GAP)),
                    border: px(2).all(),
                    border_radius: BorderRadius::all(px(ROUND)),
                    justify_self: if right { JustifySelf::End } else { JustifySelf::Start },
                    ..default()
                },
                BackgroundColor(colour(ground)),
                BorderColor::all(colour(edge)),
            ))
            .with_children(|bubble| {
                bubble.spawn(written(text.clone(), Type::Body, Face::Plain, palette::INK));
            });
        });
}

/// The sign swells and fades, calmly; where nothing may move it stands.
fn swell(view: Res<View>, time: Res<Time<Real>>, mut signs: Query<&mut ImageNode, With<Sign>>) {
    if view.still {
        return;
    }
    for mut sign in &mut signs {
        let part = time.elapsed().as_secs_f32() / SWELL.as_secs_f32();
        let fainter = (0.5 - 0.5 * (part * core::f32::consts::TAU).cos()) * FAINTER;
        sign.color = colour(palette::FOCUS).with_alpha(1.0 - fainter);
    }
}

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, (build, swell).chain().in_set(PanelSystems::Sheets));
}
