//! While nobody is there: the story plays, and the board calls.
//!
//! Floor 9, with Bevy. Reads the phase; writes `Steer`; owns the poster over the
//! stage. Title and cue stand in both languages, because nobody has chosen one yet. A
//! hand shows what can be done, once in eight seconds. Nothing blinks: the cue breathes
//! once in two seconds by a quarter of its strength (F1), and everything moves by two
//! pixels a minute, so that no picture stays in the glass (D6).

use core::f32::consts::TAU;
use core::time::Duration;

use bevy::prelude::*;
use bevy::ui::{UiTransform, Val2};

use super::idle::Phase;
use super::words::{SAID, only};
use super::{Hall, HallSystems};
use crate::app::power::Busy;
use crate::app::view::Stage;
use crate::app::{AppSystems, Ask, Cut, GuideCommand, Live, Steer, TimeCommand, View};
use crate::base::palette;
use crate::base::text::Lang;
use crate::input::InputSystems;
use crate::session::pacer::Speed;
use crate::theme::controls::{Solid, say};
use crate::theme::{Face, GAP, Icon, Icons, PAD, ROOM, Type, Words, colour, veil, written};

/// A frame while nobody is near.
const FRAME: Duration = Duration::from_millis(66);
/// How fast the story plays: a week in three quarters of a minute.
const SPEED: Speed = Speed::FourHours;
/// One breath of the cue, seconds; the engine's clock wraps after an hour, which is
/// a multiple of this and of the two below.
const BREATH: f32 = 2.0;
/// One touch of the hand, seconds.
const GESTURE: f32 = 8.0;
/// Once around, seconds, and how far, pixels.
const ORBIT: (f32, f32) = (40.0, 2.0);
/// Steps of the orbit: the picture is laid out anew for each.
const STEPS: f32 = 8.0;
/// Side of the hand, units.
const HAND: f32 = 96.0;
/// Places of the map that the hand touches, shares of its size.
const TOUCHED: [Vec2; 3] = [Vec2::new(0.28, 0.38), Vec2::new(0.62, 0.30), Vec2::new(0.46, 0.56)];

/// How far the show has come.
#[derive(Resource, Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Show {
    since: Option<Duration>,
}

impl Show {
    /// How far everything stands aside now, pixels; nowhere before the show has begun.
    pub fn orbit(self) -> Vec2 {
        self.since.map_or(Vec2::ZERO, |since| orbit(since.as_secs_f32()))
    }

    /// Which of so many captions is told now.
    fn beat(self, length: Duration, beats: usize) -> usize {
        let since = self.since.unwrap_or_default().as_millis();
        let beat = since * beats as u128 / length.as_millis().max(1);
        (beat as usize).min(beats.saturating_sub(1))
    }
}

/// Lets the story play from its first day, again and again.
fn play(
    phase: Res<Phase>,
    hall: Res<Hall>,
    time: Res<Time<Real>>,
    live: Res<Live>,
    mut show: ResMut<Show>,
    mut busy: ResMut<Busy>,
    mut asks: MessageWriter<Ask>,
) {
    let length = hall.settings.as_ref().map(crate::settings::Settings::attract);
    let Some(length) = length.filter(|_| *phase == Phase::Attract) else {
        show.set_if_neq(Show::default());
        return;
    };
    busy.calm(FRAME);
    match show.since {
        // A frame after all began anew: the stage is as the first visitor finds it.
        None if !phase.is_changed() || phase.is_added() => begin(&live, &mut asks),
        None => return,
        // The guide goes round by himself.
        Some(since) if live.guide().is_none() && (since >= length || live.over()) => {
            begin(&live, &mut asks);
        }
        Some(since) => {
            show.since = Some(since + time.delta().min(FRAME * 4));
            return;
        }
    }
    show.since = Some(Duration::ZERO);
}

/// The story from its first day at the speed of the show. This is the one place that
/// says what plays while nobody is there.
fn begin(live: &Live, asks: &mut MessageWriter<Ask>) {
    if !live.story().script.attract.is_empty() {
        asks.write(Steer(TimeCommand::Guide(GuideCommand::Begin(Cut::Attract))));
        return;
    }
    if live.now() != live.setup().starts {
        asks.write(Steer(TimeCommand::Seek(live.setup().starts)));
    }
    asks.write(Steer(TimeCommand::Speed(SPEED)));
    if !live.playing() {
        asks.write(Steer(TimeCommand::PlayOrPause));
    }
}

/// What lies over the stage.
#[derive(Component)]
struct Poster;

/// A line of the caption, in its language.
#[derive(Component)]
struct Caption(Lang);

/// What breathes.
#[derive(Component)]
struct Cue;

/// The hand that shows how it is done, and the ring under its finger.
#[derive(Component, PartialEq)]
enum Ghost {
    Hand,
    Ring,
}

fn put(
    phase: Res<Phase>,
    icons: Res<Icons>,
    old: Query<Entity, With<Poster>>,
    mut commands: Commands,
) {
    for entity in &old {
        commands.entity(entity).despawn();
    }
    if *phase != Phase::Attract {
        return;
    }
    commands
        .spawn((
            Poster,
            Solid,
            Node {
                position_type: PositionType::Absolute,
                width: percent(100),
                height: percent(100),
                flex_direction: FlexDirection::Column,
                justify_content: JustifyContent::FlexEnd,
                ..default()
            },
            GlobalZIndex(30),
        ))
        .with_children(|poster| {
            ghost(poster, &icons);
            poster
                .spawn((
                    Node {
                        width: percent(100),
                        flex_direction: FlexDirection::Column,
                        padding: UiRect::axes(px(PAD * 2.0), px(PAD)),
                        row_gap: px(GAP),
                        border: UiRect::top(px(1)),
                        ..default()
                    },
                    BackgroundColor(veil(palette::PAPER_RAISED, 0.95)),
                    BorderColor::all(colour(palette::RULING)),
                ))
                .with_children(|band| {
                    title(band);
                    captions(band);
                    cue(band, &icons);
                });
        });
}

fn title(band: &mut ChildSpawnerCommands) {
    band.spawn(Node {
        flex_wrap: FlexWrap::Wrap,
        align_items: AlignItems::Baseline,
        column_gap: px(PAD * 2.0),
        ..default()
    })
    .with_children(|row| {
        for lang in Lang::ALL {
            row.spawn((
                written(only(&SAID.title, lang), Type::Poster, Face::Hand, palette::INK),
                TextLayout::no_wrap(),
            ));
        }
    });
}

fn captions(band: &mut ChildSpawnerCommands) {
    for (lang, size, ink) in
        [(Lang::Zh, Type::Head, palette::INK), (Lang::En, Type::Lead, palette::INK_SOFT)]
    {
        let first = SAID.beats.first().cloned().unwrap_or_default();
        band.spawn(Node { display: Display::Grid, ..default() }).with_children(|line| {
            line.spawn((Caption(lang), written(only(&first, lang), size, Face::Hand, ink)));
        });
    }
}

fn cue(band: &mut ChildSpawnerCommands, icons: &Icons) {
    band.spawn(Node {
        position_type: PositionType::Absolute,
        right: px(PAD * 2.0),
        top: px(PAD),
        column_gap: px(ROOM),
        align_items: AlignItems::Center,
        ..default()
    })
    .with_children(|row| {
        row.spawn((
            Cue,
            ImageNode::new(icons.get(Icon::Hand)).with_color(colour(palette::INK)),
            Node { width: px(HAND), height: px(HAND), ..default() },
        ));
        row.spawn(Node { flex_direction: FlexDirection::Column, ..default() }).with_children(
            |column| {
                for lang in Lang::ALL {
                    column.spawn((
                        written(only(&SAID.touch, lang), Type::Title, Face::Hand, palette::INK),
                        TextLayout::no_wrap(),
                    ));
                }
            },
        );
    });
}

fn ghost(poster: &mut ChildSpawnerCommands, icons: &Icons) {
    let at = |side: f32| Node {
        position_type: PositionType::Absolute,
        left: px(0),
        top: px(0),
        width: px(side),
        height: px(side),
        border: px(5).all(),
        border_radius: BorderRadius::MAX,
        ..default()
    };
    poster.spawn((
        Ghost::Ring,
        at(HAND),
        BorderColor::all(colour(palette::FOCUS)),
        UiTransform::default(),
        Visibility::Hidden,
    ));
    poster.spawn((
        Ghost::Hand,
        ImageNode::new(icons.get(Icon::Hand)).with_color(colour(palette::INK)),
        Node { border: UiRect::ZERO, ..at(HAND) },
        UiTransform::default(),
        Visibility::Hidden,
    ));
}

/// The caption of the moment: what the story says, else what stands in our words.
fn tell(
    show: Res<Show>,
    hall: Res<Hall>,
    live: Res<Live>,
    mut captions: Query<(&Caption, &mut Words)>,
) {
    if let Some(guide) = live.guide() {
        if let Some(said) = guide.cue(live.story()).and_then(|cue| cue.say.as_ref()) {
            for (Caption(lang), mut words) in &mut captions {
                say(&mut words, only(said, *lang));
            }
        }
        return;
    }
    let length = hall.settings.as_ref().map(crate::settings::Settings::attract);
    let Some(length) = length.filter(|_| show.is_changed()) else { return };
    let Some(beat) = SAID.beats.get(show.beat(length, SAID.beats.len())) else { return };
    for (Caption(lang), mut words) in &mut captions {
        say(&mut words, only(beat, *lang));
    }
}

/// Breath, hand and orbit.
fn stir(
    time: Res<Time<Real>>,
    view: Res<View>,
    stage: Res<Stage>,
    mut cues: Query<&mut ImageNode, With<Cue>>,
    mut ghosts: Query<(&Ghost, &mut UiTransform, &mut Visibility), Without<Poster>>,
) {
    let now = time.elapsed_secs_wrapped();
    if view.still {
        return;
    }
    for mut image in &mut cues {
        let alpha = 0.875 + 0.125 * (now / BREATH * TAU).cos();
        image.color = colour(palette::INK).with_alpha(alpha);
    }
    let pose = pose(now, &stage);
    for (ghost, mut at, mut seen) in &mut ghosts {
        let (place, scale) = match ghost {
            Ghost::Hand => (pose.finger, 1.0),
            Ghost::Ring => (pose.ring, pose.spread),
        };
        let shown = if *ghost == Ghost::Hand { true } else { pose.spread > 0.0 };
        // The tip of the finger is at the middle of the upper edge of the icon.
        let drop = if *ghost == Ghost::Hand { HAND * 0.46 } else { 0.0 };
        let corner = place / stage.unit + Vec2::new(-HAND / 2.0, -HAND / 2.0 + drop);
        *at = UiTransform {
            translation: Val2::px(corner.x, corner.y),
            scale: Vec2::splat(scale.max(0.01)),
            ..default()
        };
        let wanted = if shown { Visibility::Inherited } else { Visibility::Hidden };
        seen.set_if_neq(wanted);
    }
}

/// Where the hand and the ring are at a second, logical pixels.
struct Pose {
    finger: Vec2,
    ring: Vec2,
    /// How wide the ring is, of its size; 0 is none.
    spread: f32,
}

fn pose(now: f32, stage: &Stage) -> Pose {
    let turn = (now / GESTURE) as usize;
    let share = (now / GESTURE).fract() * GESTURE;
    let place = |i: usize| stage.map.min + stage.map.size() * TOUCHED[i % TOUCHED.len()];
    let (from, to) = (place(turn), place(turn + 1));
    // It rests, goes over, touches, and rests again.
    let eased = ((share - 2.0) / 2.5).clamp(0.0, 1.0);
    let finger = from.lerp(to, eased * eased * (3.0 - 2.0 * eased));
    let touch = (share - 4.8) / 1.2;
    let spread = if (0.0..1.0).contains(&touch) { 0.3 + touch * 0.9 } else { 0.0 };
    Pose { finger, ring: to, spread }
}

/// How far everything stands aside at a second, pixels.
fn orbit(now: f32) -> Vec2 {
    let step = (now / ORBIT.0 * STEPS).floor() / STEPS;
    (Vec2::from_angle(step * TAU) * ORBIT.1).round()
}

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Show>()
        .add_systems(
            Update,
            play.in_set(AppSystems::Read)
                .after(super::attend::Attends)
                .before(InputSystems::Fingers),
        )
        .add_systems(
            Update,
            (put.run_if(resource_changed::<Phase>), tell, stir.run_if(calls))
                .chain()
                .in_set(HallSystems::Poster),
        );
}

/// Whether the board calls.
pub fn calls(phase: Res<Phase>) -> bool {
    *phase == Phase::Attract
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_captions_share_the_time_of_the_show() {
        let length = Duration::from_secs(48);
        let beat = |s: u64| Show { since: Some(Duration::from_secs(s)) }.beat(length, 3);
        assert_eq!([0, 15, 16, 31, 32, 47, 48, 900].map(beat), [0, 0, 1, 1, 2, 2, 2, 2]);
        assert_eq!(Show::default().beat(Duration::ZERO, 0), 0);
    }

    #[test]
    fn nothing_stands_still_for_long_and_nothing_moves_far() {
        let mut places = Vec::new();
        for second in 0..3600 {
            let at = orbit(second as f32);
            assert!(at.length() <= 2.9 && at == at.round(), "{at}");
            if places.last() != Some(&at) {
                places.push(at);
            }
        }
        assert!(places.len() >= 90 * 7, "{}", places.len());
    }

    #[test]
    fn the_hand_goes_on_without_a_jump() {
        let stage = Stage::default();
        let mut before = pose(0.0, &stage).finger;
        for frame in 1..3600 * 15 {
            let at = pose(frame as f32 / 15.0, &stage).finger;
            assert!(at.distance(before) < 60.0, "{frame}: {before} {at}");
            assert!(stage.map.contains(at));
            before = at;
        }
        // The clock begins anew each hour, and so do the places.
        assert_eq!(pose(0.0, &stage).finger, pose(3600.0, &stage).finger);
    }
}
