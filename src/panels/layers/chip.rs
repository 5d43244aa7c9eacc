//! The chip over the map: which homes are meant, how many they are, and the way back.
//!
//! Floor 8, with Bevy. Reads the view and the read model; owns one control over the
//! upper edge of the map, while there is a filter.

use bevy::prelude::*;

use super::of_homes;
use super::words::SAID;
use crate::app::known::fill;
use crate::app::{Live, View, ViewCommand};
use crate::base::palette;
use crate::base::text::Bilingual;
use crate::panels::PanelSystems;
use crate::session::filter::Filter;
use crate::theme::controls::{Caption, say};
use crate::theme::{Does, Dress, Face, Icon, Icons, Slot, Type, Words, control, slot, written};

/// The chip.
#[derive(Component)]
struct Chip;

/// What it says.
#[derive(Component)]
struct Says;

/// Conditions that are named; of more, only how many there are.
const NAMED: usize = 2;

/// A filter in a few words.
fn words(filter: Filter, found: u64) -> Bilingual {
    let all = filter.conditions().count();
    let first = filter.conditions().take(NAMED).fold(Filter::NONE, Filter::with).label();
    let what = if all > NAMED {
        let (rest, all) = ((all - NAMED).to_string(), all.to_string());
        // Chinese counts all of them, English those that are left.
        fill(
            &SAID.more,
            &[
                ("what", &|lang| first.get(lang).to_owned()),
                ("n", &|lang| match lang {
                    crate::base::text::Lang::Zh => all.clone(),
                    crate::base::text::Lang::En => rest.clone(),
                }),
            ],
        )
    } else {
        first
    };
    of_homes(&fill(&SAID.chip, &[("what", &|lang| what.get(lang).to_owned())]), found)
}

fn show(
    live: Res<Live>,
    view: Res<View>,
    icons: Res<Icons>,
    slots: Query<(Entity, &Slot)>,
    chips: Query<Entity, With<Chip>>,
    mut says: Query<&mut Words, With<Says>>,
    mut commands: Commands,
) {
    if !live.is_changed() && !view.is_changed() {
        return;
    }
    if view.filter.is_empty() || !view.controls {
        for chip in &chips {
            commands.entity(chip).despawn();
        }
        return;
    }
    let text = words(view.filter, live.frame().found());
    if chips.is_empty() {
        let Some(place) = slot(&slots, Slot::Notices) else { return };
        let mut spawned = Entity::PLACEHOLDER;
        commands.entity(place).with_children(|place| {
            let look =
                Caption { icon: Some(Icon::Funnel), name: SAID.off.clone(), ..Caption::default() };
            let does = Does::Look(ViewCommand::Filter(Filter::NONE));
            spawned = control(place, &icons, Dress::Button, look, does);
            place.commands().entity(spawned).insert(Chip).with_children(|chip| {
                chip.spawn((
                    Says,
                    written(text.clone(), Type::Body, Face::Plain, palette::INK),
                    TextLayout::no_wrap(),
                ));
                chip.spawn((
                    ImageNode::new(icons.get(Icon::Cross))
                        .with_color(crate::theme::colour(palette::INK)),
                    Node { width: px(24), height: px(24), flex_shrink: 0.0, ..default() },
                ));
            });
        });
        // Notices come below it.
        commands.entity(place).insert_children(0, &[spawned]);
    }
    for mut words in &mut says {
        say(&mut words, text.clone());
    }
}

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, show.in_set(PanelSystems::Notices));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::filter::Condition;

    #[test]
    fn a_long_filter_is_told_in_short() {
        let two = Filter::NONE.with(Condition::LivesAlone).with(Condition::NotCalledToday);
        assert_eq!(words(two, 1).zh, "独居老人，今天还没打电话：1户");
        assert_eq!(words(two, 1).en, "elder alone, not called today: 1 home");
        let four = two.with(Condition::Stale).with(Condition::Building);
        assert_eq!(words(four, 1200).zh, "独居老人，今天还没打电话等4项：1,200户");
        assert_eq!(words(four, 0).en, "elder alone, not called today and 2 more: 0 homes");
    }
}
