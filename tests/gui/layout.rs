//! Everything has room on every screen, in every language, at every size of text.

use std::collections::BTreeSet;

use bevy::prelude::*;
use bevy::text::FontSize;
use bevy::ui::{CalculatedClip, UiGlobalTransform};
use zhanyitu::app::view::Sheet;
use zhanyitu::app::{CompoundId, HouseholdId, Lang, Look, Steer, TimeCommand, View, ViewCommand};
use zhanyitu::input::Reach;
use zhanyitu::theme::controls::{Control, Named};

use super::stage::{Visitor, area, at, on_screen};

/// Least side of anything that can be touched, logical pixels.
const TOUCH: f32 = 44.0;
/// Rounding of a layout.
const ROUNDING: f32 = 1.5;
/// What lies nearer to the edge of the screen is not for a story, millimetres.
const EDGE_MM: f32 = 8.0;

/// What is open.
#[derive(Debug, Clone, Copy)]
enum Open {
    Nothing,
    Card(HouseholdId),
    Tray(CompoundId),
    Both(CompoundId, HouseholdId),
    Sheet(Sheet),
}

impl Open {
    fn ask(self, visitor: &mut Visitor) {
        let (compound, home, sheet) = match self {
            Self::Nothing => (None, None, None),
            Self::Card(home) => (None, Some(home), None),
            Self::Tray(compound) => (Some(compound), None, None),
            Self::Both(compound, home) => (Some(compound), Some(home), None),
            Self::Sheet(sheet) => (None, None, Some(sheet)),
        };
        for command in
            [ViewCommand::Compound(compound), ViewCommand::Home(home), ViewCommand::Sheet(sheet)]
        {
            visitor.app.world_mut().write_message(Look(command));
        }
        visitor.settle();
    }
}

/// Everything that may be open, with the fullest of each kind.
fn openings(visitor: &Visitor) -> Vec<Open> {
    let live = visitor.live();
    let place = &live.setup().place;
    let by_size = |i: &usize| place.compounds[*i].households().len();
    let largest = (0..place.compounds.len()).max_by_key(by_size).unwrap();
    let yard = (0..place.compounds.len()).find(|i| by_size(i) == 8).unwrap();
    let homes = (0..live.frame().homes().len()).map(HouseholdId::from_index);
    let longest = |home: &HouseholdId| {
        let lines = zhanyitu::app::known::history(live, *home).len().min(5);
        (lines, zhanyitu::app::known::people(live, *home).en.len())
    };
    let full = homes.max_by_key(longest).unwrap();
    vec![
        Open::Nothing,
        Open::Card(full),
        Open::Tray(CompoundId::from_index(yard)),
        Open::Tray(CompoundId::from_index(largest)),
        Open::Both(place.compound_of(full), full),
        Open::Sheet(Sheet::Help),
        Open::Sheet(Sheet::Story),
        Open::Sheet(Sheet::Note(full)),
    ]
}

/// A node that is shown.
struct Shown {
    entity: Entity,
    what: String,
    area: Rect,
    /// The part of it that is not cut away.
    seen: Rect,
}

impl Shown {
    fn cut(&self) -> f32 {
        let (whole, seen) = (self.area.size(), self.seen.size().max(Vec2::ZERO));
        (whole - seen).max_element()
    }
}

fn shown<D: bevy::ecs::query::ReadOnlyQueryData>(
    visitor: &mut Visitor,
    what: impl Fn(D::Item<'_, '_>) -> String,
) -> Vec<Shown> {
    let stage = visitor.stage();
    let window = Rect::from_corners(Vec2::ZERO, stage.window);
    let mut nodes = visitor.app.world_mut().query::<(
        Entity,
        D,
        &InheritedVisibility,
        &ComputedNode,
        &UiGlobalTransform,
        Option<&CalculatedClip>,
    )>();
    nodes
        .iter(visitor.app.world())
        .filter(|(_, _, seen, node, ..)| seen.get() && !node.is_empty())
        .map(|(entity, data, _, node, place, clip)| {
            let area = area(node, place, stage.scale);
            let clip = clip.map_or(window, |c| on_screen(c.clip, stage.scale));
            Shown { entity, what: what(data), area, seen: area.intersect(clip).intersect(window) }
        })
        .collect()
}

/// From a node up to its root.
fn ancestors(visitor: &Visitor, of: Entity) -> Vec<Entity> {
    let parent = |e: &Entity| visitor.app.world().get::<ChildOf>(*e).map(ChildOf::parent);
    std::iter::successors(parent(&of), parent).collect()
}

fn is_label(visitor: &Visitor, text: Entity) -> bool {
    // Words on the map hang under the one root that lies below all panels.
    let world = visitor.app.world();
    ancestors(visitor, text).iter().any(|e| world.get::<GlobalZIndex>(*e).is_some_and(|z| z.0 < 0))
}

/// What is wrong with the screen as it is now.
pub fn faults(visitor: &mut Visitor) -> Vec<String> {
    let mut faults = Vec::new();
    let controls = shown::<(&Named, &Control)>(visitor, |(named, _)| named.0.zh.to_string());
    for control in &controls {
        let size = control.area.size();
        if size.min_element() < TOUCH - 0.1 {
            faults.push(format!("small control {}: {size}", control.what));
        }
        if control.cut() > ROUNDING {
            faults.push(format!("control cut by {:.0} px: {}", control.cut(), control.what));
        }
    }
    for (i, one) in controls.iter().enumerate() {
        for two in &controls[i + 1..] {
            let both = one.seen.intersect(two.seen);
            if both.width() <= ROUNDING || both.height() <= ROUNDING {
                continue;
            }
            // A sheet lies over everything, and what is below it cannot be touched.
            let veil = visitor.stage().window.x * 0.99;
            if one.area.width() >= veil
                || two.area.width() >= veil
                || over_a_sheet(visitor, one, two)
            {
                continue;
            }
            faults.push(format!("overlap: {} and {}: {:?}", one.what, two.what, both.size()));
        }
    }
    for text in shown::<&Text>(visitor, |text| text.0.replace('\n', "/")) {
        if text.what.is_empty() || is_label(visitor, text.entity) {
            continue;
        }
        if text.cut() > ROUNDING + leading(visitor, text.entity) {
            faults.push(format!("text cut by {:.0} px: {}", text.cut(), text.what));
        }
        let world = visitor.app.world();
        let Some(parent) = world.get::<ChildOf>(text.entity).map(ChildOf::parent) else { continue };
        let (node, place) = (
            world.get::<ComputedNode>(parent).unwrap(),
            world.get::<UiGlobalTransform>(parent).unwrap(),
        );
        let inset = node.content_inset();
        let outer = area(node, place, visitor.stage().scale);
        let room = Rect { min: outer.min + inset.min_inset, max: outer.max - inset.max_inset };
        let over = (room.min - text.area.min).max(text.area.max - room.max).max_element();
        if over > ROUNDING && text.cut() <= ROUNDING {
            faults.push(format!("text over its parent by {over:.0} px: {}", text.what));
        }
    }
    faults
}

/// White above and below the letters of a line, logical pixels: it may be cut.
fn leading(visitor: &Visitor, text: Entity) -> f32 {
    match visitor.app.world().get::<TextFont>(text).unwrap().font_size {
        FontSize::Px(size) => size * visitor.stage().unit * 0.16,
        _ => 0.0,
    }
}

/// Whether exactly one of two controls belongs to a sheet.
fn over_a_sheet(visitor: &Visitor, one: &Shown, two: &Shown) -> bool {
    let world = visitor.app.world();
    let on_sheet = |shown: &Shown| {
        let above = |e: &Entity| world.get::<GlobalZIndex>(*e).is_some_and(|z| z.0 >= 20);
        ancestors(visitor, shown.entity).iter().any(above)
    };
    on_sheet(one) != on_sheet(two)
}

/// Walks through everything that may be open in every language and size of text.
fn walk(size: Vec2) -> Vec<String> {
    let mut visitor = Visitor::new(size);
    visitor.ask(Steer(TimeCommand::Seek(at(20, 12, 0))));
    let openings = openings(&visitor);
    let mut all = Vec::new();
    for (lang, pseudo) in [(Lang::Zh, false), (Lang::En, false), (Lang::En, true)] {
        // Two fifths longer and two fifths larger at once is no language of anybody's.
        let sizes: &[bool] = if pseudo { &[false] } else { &[false, true] };
        for &large in sizes {
            {
                let mut view = visitor.app.world_mut().resource_mut::<View>();
                (view.lang, view.pseudo, view.large, view.still) = (lang, pseudo, large, true);
            }
            // What is wrong whatever is open is told of once.
            let mut told = BTreeSet::new();
            for open in &openings {
                open.ask(&mut visitor);
                let tongue = if pseudo { "pseudo" } else { lang_name(lang) };
                let large = if large { "large" } else { "usual" };
                let new = faults(&mut visitor).into_iter().filter(|f| told.insert(f.clone()));
                all.extend(new.map(|fault| format!("{size} {tongue} {large} {open:?}: {fault}")));
            }
        }
    }
    edge(&mut visitor, size);
    all
}

const fn lang_name(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "zh",
        Lang::En => "en",
    }
}

/// Says which controls lie within the outermost millimetres.
fn edge(visitor: &mut Visitor, size: Vec2) {
    Open::Nothing.ask(visitor);
    let px_per_mm = visitor.app.world().resource::<Reach>().px_per_mm;
    let inner = Rect::from_corners(Vec2::ZERO, size).inflate(-EDGE_MM * px_per_mm);
    let controls = visitor.controls();
    let near: Vec<String> = controls
        .into_iter()
        .filter(|(.., area)| area.intersect(inner) != *area)
        .map(|(_, name, area)| {
            let off = (inner.min - area.min).max(area.max - inner.max).max_element() / px_per_mm;
            format!("{name} by {off:.1} mm")
        })
        .collect();
    eprintln!("{size}: within {EDGE_MM} mm of the edge: {near:?}");
}

fn assert_roomy(size: Vec2) {
    let faults = walk(size);
    for fault in &faults {
        eprintln!("{fault}");
    }
    assert!(faults.is_empty(), "{} faults at {size}", faults.len());
}

#[test]
fn everything_has_room_on_a_usual_screen() {
    assert_roomy(Vec2::new(1920.0, 1080.0));
}

#[test]
fn everything_has_room_on_a_small_screen() {
    assert_roomy(Vec2::new(1366.0, 768.0));
}

#[test]
fn everything_has_room_on_a_large_screen() {
    assert_roomy(Vec2::new(3840.0, 2160.0));
}

#[test]
fn everything_has_room_on_an_upright_screen() {
    assert_roomy(Vec2::new(1080.0, 1920.0));
}
