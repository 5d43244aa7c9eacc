//! What the story says: its caption, its chapter, and the way on and back.
//!
//! Floor 8, with Bevy. Reads the guide and the story; owns the strip between map and
//! foot. Everything stays where it is while beats go by, so that nobody has to look
//! for a button twice.

use bevy::prelude::*;

use super::PanelSystems;
use super::words::SAID;
use crate::app::known::fill;
use crate::app::view::{Sheet, Touched};
use crate::app::{GuideCommand, Live, TimeCommand, View, ViewCommand};
use crate::base::palette;
use crate::base::text::Bilingual;
use crate::session::guide::Cut;
use crate::theme::controls::Caption;
use crate::theme::{
    Does, Dress, Face, GAP, Icon, Icons, PAD, ROOM, Slot, Type, colour, control, enlarged, panel,
    slot, written,
};

/// The strip.
#[derive(Component)]
struct Strip;

/// How the telling stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stands {
    /// The guide leads.
    Led,
    /// He waits: everything is held.
    Held,
    /// The visitor goes her own way.
    Left,
    /// The last beat has been told.
    Told,
}

#[expect(
    clippy::struct_excessive_bools,
    reason = "independent facts of how the strip looks, no states"
)]
#[derive(Debug, Clone, PartialEq)]
struct Facts {
    stands: Stands,
    chapter: Bilingual,
    said: Bilingual,
    progress: (usize, usize),
    /// A call that the visitor may make now.
    talk: Option<usize>,
    controls: bool,
    /// Whether the strip can be closed. In a hall it is the only way to the story.
    closes: bool,
    large: bool,
    upright: bool,
}

impl Facts {
    fn of(live: &Live, view: &View, upright: bool) -> Option<Self> {
        let story = live.story();
        let said = live.saying().and_then(|cue| cue.say.clone());
        let guide = live.guide().filter(|guide| guide.cut() != Cut::Attract)?;
        let stands = if guide.is_left() {
            Stands::Left
        } else if guide.is_ended() {
            Stands::Told
        } else if guide.is_held() {
            Stands::Held
        } else {
            Stands::Led
        };
        let chapter = guide.beat(story).and_then(|beat| beat.chapter);
        let chapter = chapter.and_then(|at| story.script.chapters.get(at as usize));
        Some(Self {
            stands,
            chapter: chapter.map(|chapter| chapter.title.clone()).unwrap_or_default(),
            said: said.unwrap_or_default(),
            progress: guide.progress(),
            talk: guide
                .beat(story)
                .filter(|_| matches!(stands, Stands::Led | Stands::Held) && guide.is_there())
                .and_then(|beat| beat.talk.map(|talk| talk as usize)),
            controls: view.controls,
            closes: !view.kiosk,
            large: view.large,
            upright,
        })
    }
}

/// Width of the column with the chapter's name, units.
const NAME: f32 = 220.0;
/// Height of two lines of a caption with their room, units.
const HIGH: f32 = 66.0;

fn build(
    live: Res<Live>,
    view: Res<View>,
    stage: Res<crate::app::view::Stage>,
    icons: Res<Icons>,
    slots: Query<(Entity, &Slot)>,
    old: Query<Entity, With<Strip>>,
    touched: Res<Touched>,
    mut stale: Local<bool>,
    mut shown: Local<Option<Facts>>,
    mut commands: Commands,
) {
    *stale |= live.is_changed() || view.is_changed() || stage.is_changed();
    if !*stale || touched.0 {
        return;
    }
    *stale = false;
    let facts = Facts::of(&live, &view, stage.upright);
    if *shown == facts {
        return;
    }
    for entity in &old {
        commands.entity(entity).despawn();
    }
    if let (Some(facts), Some(place)) = (&facts, slot(&slots, Slot::Tale)) {
        commands.entity(place).with_children(|place| {
            let high = HIGH * enlarged(facts.large);
            place
                .spawn((
                    Strip,
                    panel(),
                    Node {
                        display: Display::Grid,
                        // The caption has a row of its own where the window is narrow.
                        grid_template_columns: if facts.upright {
                            vec![GridTrack::flex(1.0), GridTrack::auto()]
                        } else {
                            vec![GridTrack::px(NAME), GridTrack::flex(1.0), GridTrack::auto()]
                        },
                        align_items: AlignItems::Center,
                        column_gap: px(ROOM),
                        row_gap: px(GAP),
                        padding: UiRect::axes(px(PAD), px(GAP)),
                        min_height: px(high),
                        border: UiRect::top(px(1)),
                        ..default()
                    },
                ))
                .with_children(|strip| content(strip, &icons, facts));
        });
    }
    *shown = facts;
}

fn content(strip: &mut ChildSpawnerCommands, icons: &Icons, facts: &Facts) {
    strip.spawn(Node { flex_direction: FlexDirection::Column, ..default() }).with_children(
        |column| {
            column.spawn(written(facts.chapter.clone(), Type::Small, Face::Hand, palette::INK));
            progress(column, facts.progress);
        },
    );
    let said = match facts.stands {
        Stands::Left => SAID.tale_left.clone(),
        Stands::Told => SAID.tale_told.clone(),
        Stands::Led | Stands::Held => facts.said.clone(),
    };
    let mut place = Node { display: Display::Grid, min_width: px(0), ..default() };
    if facts.upright {
        place.grid_row = GridPlacement::start(2);
        place.grid_column = GridPlacement::start_span(1, 2);
    }
    strip.spawn(place).with_children(|line| {
        line.spawn(written(said, Type::Lead, Face::Hand, palette::INK));
    });
    let mut buttons = strip.spawn(Node {
        column_gap: px(GAP),
        justify_content: JustifyContent::End,
        ..default()
    });
    if facts.controls {
        buttons.with_children(|row| controls(row, icons, facts));
    }
}

/// One small bar a beat; those told are dark.
fn progress(column: &mut ChildSpawnerCommands, (at, all): (usize, usize)) {
    if all == 0 {
        return;
    }
    column
        .spawn(Node { width: percent(100), height: px(6), margin: UiRect::top(px(4)), ..default() })
        .with_children(|bar| {
            let share = (at + 1) as f32 / all as f32 * 100.0;
            let part = |width, fill| {
                (
                    Node { width: percent(width), height: percent(100), ..default() },
                    BackgroundColor(colour(fill)),
                )
            };
            bar.spawn(part(share, palette::INK_SOFT));
            bar.spawn(part(100.0 - share, palette::RULING));
        });
}

fn controls(row: &mut ChildSpawnerCommands, icons: &Icons, facts: &Facts) {
    let guide = |command| Does::Steer(TimeCommand::Guide(command));
    let alone = |icon, name: &Bilingual| Caption {
        icon: Some(icon),
        name: name.clone(),
        ..Caption::default()
    };
    let words = |label: &Bilingual| Caption { label: label.clone(), ..Caption::default() };
    let mut button = |dress, look, does| {
        control(row, icons, dress, look, does);
    };
    let told = matches!(facts.stands, Stands::Led | Stands::Held);
    if told && facts.said != Bilingual::default() {
        button(Dress::Quiet, words(&SAID.tale_source), Does::Look(ViewCommand::Source));
    }
    if let Some(talk) = facts.talk {
        let look = Caption { icon: Some(Icon::Phone), ..words(&SAID.tale_call) };
        let sheet = ViewCommand::Sheet(Some(Sheet::Talk(talk)));
        button(Dress::Primary, look, Does::Look(sheet));
    }
    match facts.stands {
        Stands::Led | Stands::Held => {
            button(Dress::Button, alone(Icon::Back, &SAID.tale_back), guide(GuideCommand::Back));
            let (icon, name) = if facts.stands == Stands::Held {
                (Icon::Play, &SAID.tale_go_on)
            } else {
                (Icon::Pause, &SAID.tale_hold)
            };
            button(Dress::Button, alone(icon, name), guide(GuideCommand::Hold));
            button(Dress::Button, alone(Icon::Forth, &SAID.tale_next), guide(GuideCommand::Next));
        }
        Stands::Left => {
            let look = Caption { icon: Some(Icon::Play), ..words(&SAID.tale_join) };
            button(Dress::Primary, look, guide(GuideCommand::Join));
            if facts.closes {
                button(Dress::Quiet, alone(Icon::Cross, &SAID.close), guide(GuideCommand::Close));
            }
        }
        Stands::Told => {
            let look = Caption { icon: Some(Icon::Play), ..words(&SAID.tale_again) };
            button(Dress::Button, look, guide(GuideCommand::Begin(Cut::Express)));
            if facts.closes {
                button(Dress::Primary, words(&SAID.tale_explore), guide(GuideCommand::Close));
            }
        }
    }
    if facts.stands != Stands::Told || !facts.closes {
        let chapters = Does::Look(ViewCommand::Sheet(Some(Sheet::Chapters)));
        button(Dress::Button, words(&SAID.tale_chapters), chapters);
    }
}

/// The sheet with the chapters and the two tellings.
pub(super) fn chapters(sheet: &mut ChildSpawnerCommands, icons: &Icons, live: &Live) {
    super::sheets::head(sheet, icons, &SAID.chapters_head);
    let guide = |command| Does::Steer(TimeCommand::Guide(command));
    let row =
        Node { flex_wrap: FlexWrap::Wrap, column_gap: px(GAP), row_gap: px(GAP), ..default() };
    sheet.spawn(row).with_children(|row| {
        for (label, cut) in [(&SAID.express, Cut::Express), (&SAID.full, Cut::Full)] {
            let n = length(live, cut);
            let label = fill(label, &[("n", &|_| n.to_string())]);
            let look = Caption { icon: Some(Icon::Play), label, ..Caption::default() };
            control(row, icons, Dress::Primary, look, guide(GuideCommand::Begin(cut)));
        }
    });
    for (i, chapter) in (0..).zip(&live.story().script.chapters) {
        let number = i + 1;
        let title = &chapter.title;
        let label = fill(
            &SAID.chapter,
            &[("n", &|_| number.to_string()), ("title", &|lang| title.get(lang).to_owned())],
        );
        let look = Caption { label, ..Caption::default() };
        let entity = control(sheet, icons, Dress::Button, look, guide(GuideCommand::Chapter(i)));
        sheet.commands().entity(entity).entry::<Node>().and_modify(|mut node| {
            node.justify_content = JustifyContent::Start;
        });
    }
}

/// How long a telling takes, minutes, rounded up.
fn length(live: &Live, cut: Cut) -> u32 {
    let beats = live.story().script.beats.iter();
    let told = beats.filter(|beat| cut == Cut::Full || beat.express);
    told.map(|beat| beat.over + beat.hold).sum::<u32>().div_ceil(60)
}

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, build.in_set(PanelSystems::Tale));
}
