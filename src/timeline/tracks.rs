//! The two tracks: the days of the story, and the minutes of the day.
//!
//! Floor 8, with Bevy. Reads the story and its calendar; owns what is drawn on the
//! tracks.

use accesskit::{Node as Accessible, Role};
use bevy::a11y::AccessibilityNode;
use bevy::prelude::*;
use bevy::text::LineHeight;

use super::SAID;
use crate::app::view::Sheet;
use crate::app::{Live, ViewCommand};
use crate::base::palette::{self, Rgb};
use crate::base::text::{Bilingual, Lang};
use crate::base::time::{DAY_MINUTES, Day};
use crate::theme::controls::{Caption, Control, Held, Named, Track};
use crate::theme::{Does, Dress, Face, Icon, Icons, ROUND, TOUCH, Type, colour, control, written};

/// What moves on a track.
#[derive(Component, Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    Done(Track),
    Here(Track),
}

/// One of the two tracks of the foot; charts of days are tracks as well.
#[derive(Component)]
pub(super) struct Rail;

/// What is drawn on a track for a story.
#[derive(Component)]
pub(super) struct Drawn;

pub(super) fn spawn(foot: &mut ChildSpawnerCommands, icons: &Icons) {
    foot.spawn(Node {
        width: percent(100),
        column_gap: px(crate::theme::ROOM),
        flex_shrink: 0.0,
        ..default()
    })
    .with_children(|row| {
        for (track, grow, name) in
            [(Track::Days, 3.4, &SAID.days), (Track::Minutes, 1.0, &SAID.hours)]
        {
            row.spawn((
                Rail,
                Control { does: Does::Track(track), enabled: true, on: false },
                Held::default(),
                Dress::Track,
                Named(name.clone()),
                Node {
                    flex_grow: grow,
                    flex_basis: px(0),
                    height: px(TOUCH),
                    border: px(2).all(),
                    border_radius: BorderRadius::all(px(ROUND)),
                    overflow: Overflow::clip(),
                    ..default()
                },
                BackgroundColor::default(),
                BorderColor::default(),
                Outline::new(px(3), px(2), Color::NONE),
                AccessibilityNode::from(Accessible::new(Role::Slider)),
            ))
            .with_children(|inside| {
                inside.spawn((
                    Mark::Done(track),
                    bar(palette::PAPER),
                    Node { height: percent(100), width: percent(0), ..at(0.0) },
                ));
                inside.spawn((
                    Mark::Here(track),
                    bar(palette::INK),
                    ZIndex(2),
                    Node { height: percent(100), width: px(4), ..at(0.0) },
                ));
            });
        }
        let look =
            Caption { icon: Some(Icon::Boards), label: SAID.gallery.clone(), ..Caption::default() };
        let does = Does::Look(ViewCommand::Sheet(Some(Sheet::Gallery)));
        control(row, icons, Dress::Button, look, does);
    });
}

fn bar(fill: Rgb) -> impl Bundle {
    BackgroundColor(colour(fill))
}

fn at(share: f32) -> Node {
    Node { position_type: PositionType::Absolute, left: percent(share * 100.0), ..default() }
}

/// Ticks and words of the tracks, anew for each story.
pub(super) fn build(
    live: Res<Live>,
    tracks: Query<(Entity, &Control), With<Rail>>,
    old: Query<Entity, With<Drawn>>,
    mut shown: Local<Option<u32>>,
    mut commands: Commands,
) {
    if *shown == Some(live.generation()) && !old.is_empty() {
        return;
    }
    *shown = Some(live.generation());
    for entity in &old {
        commands.entity(entity).despawn();
    }
    for (entity, control) in &tracks {
        let Does::Track(track) = control.does else { continue };
        commands.entity(entity).with_children(|inside| match track {
            Track::Days => days(inside, &live),
            Track::Minutes => hours(inside),
        });
    }
}

/// No word begins beyond this share of the track.
const LAST_WORD: f32 = 0.91;
/// Where the lower row of words begins, units.
const DATES: f32 = 28.0;
/// Days between two dates on the track.
const DATED: u32 = 7;
/// Fewest days between two written words, so that they do not touch.
const APART: u32 = 10;

fn days(inside: &mut ChildSpawnerCommands, live: &Live) {
    let calendar = live.story().calendar;
    let last = live.setup().ends.day().0.max(1);
    let share = |day: u32| (day - 1) as f32 / last as f32;
    let mut written_at: Vec<u32> = Vec::new();
    // Festivals above, dates below: they stand in two rows.
    let festive: Vec<(u32, Bilingual)> = (1..=last)
        .filter_map(|d| calendar.festival(Day(d)).filter(|f| f.great).map(|f| (d, f.name)))
        .collect();
    for (day, name) in festive {
        if written_at.iter().all(|d| d.abs_diff(day) >= APART) {
            written_at.push(day);
            word(inside, share(day), 2.0, &name, Face::Hand, Type::Small);
        }
        tick(inside, share(day), 1.0, palette::INK_SOFT);
    }
    for day in (1..=last).step_by(DATED as usize) {
        tick(inside, share(day), 0.5, palette::RULING);
        let date = calendar.day_and_month(Day(day), Lang::En);
        // 31 Jan: the English month by three letters.
        let en: String = date.chars().take(date.find(' ').map_or(0, |space| space + 4)).collect();
        let text = Bilingual::new(calendar.short_date(Day(day)), en);
        // A word that would reach beyond the end is left away.
        if share(day) < LAST_WORD {
            word(inside, share(day), DATES, &text, Face::Plain, Type::Fine);
        }
    }
    for chapter in &live.story().script.chapters {
        let day = chapter.from.day().0;
        let at = share(day) + chapter.from.clock() as f32 / DAY_MINUTES as f32 / last as f32;
        inside.spawn((
            Drawn,
            BackgroundColor(colour(palette::FOCUS)),
            Node { top: px(0), height: px(7), width: px(7), ..self::at(at) },
        ));
    }
}

fn hours(inside: &mut ChildSpawnerCommands) {
    for hour in (0..24).step_by(8) {
        let share = hour as f32 / 24.0;
        tick(inside, share, 0.5, palette::RULING);
        let text = format!("{hour:02}:00");
        word(inside, share, DATES, &Bilingual::new(text.clone(), text), Face::Plain, Type::Fine);
    }
}

fn tick(inside: &mut ChildSpawnerCommands, share: f32, high: f32, ink: Rgb) {
    inside.spawn((
        Drawn,
        BackgroundColor(colour(ink)),
        Node { bottom: px(0), height: percent(high * 100.0), width: px(2), ..at(share) },
    ));
}

fn word(
    inside: &mut ChildSpawnerCommands,
    share: f32,
    top: f32,
    text: &Bilingual,
    face: Face,
    size: Type,
) {
    let mut word = inside.spawn((
        Drawn,
        written(text.clone(), size, face, palette::INK),
        TextLayout::no_wrap(),
        ZIndex(1),
        Node { top: px(top), margin: UiRect::left(px(7)), ..at(share) },
    ));
    // Two rows of large text stand one above the other in the height of a finger.
    word.insert(LineHeight::RelativeToFont(1.15));
}

/// Moves the marks to where one is.
pub(super) fn mark(live: Res<Live>, mut marks: Query<(&Mark, &mut Node)>) {
    if !live.is_changed() {
        return;
    }
    let now = live.now();
    let last = live.setup().ends.day().0.max(1);
    let minute = now.clock() as f32 / DAY_MINUTES as f32;
    for (mark, mut node) in &mut marks {
        let share = |track: Track| match track {
            Track::Days => ((now.day().0 - 1) as f32 + minute) / last as f32,
            Track::Minutes => minute,
        };
        match *mark {
            Mark::Done(track) => {
                let width = percent(share(track) * 100.0);
                if node.width != width {
                    node.width = width;
                }
            }
            Mark::Here(track) => {
                let left = percent(share(track) * 99.4);
                if node.left != left {
                    node.left = left;
                }
            }
        }
    }
}
