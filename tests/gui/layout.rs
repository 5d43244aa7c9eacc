//! Everything has room on every screen, in every language, at every size of text.

use std::collections::BTreeSet;

use bevy::prelude::*;
use bevy::text::FontSize;
use bevy::ui::{CalculatedClip, UiGlobalTransform};
use zhanyitu::app::view::{FeedView, Sheet, Tab, TodayPart};
use zhanyitu::app::{
    CompoundId, Filter, HouseholdId, Lang, Layer, Look, Steer, TimeCommand, View, ViewCommand,
};
use zhanyitu::input::Reach;
use zhanyitu::panels::gallery::Gallery;
use zhanyitu::panels::shelf::Shelf;
use zhanyitu::session::{Condition, FeedKind};
use zhanyitu::settings::{HIGHEST_MM, LOW_MM, LOWEST_MM, Profile, Screen, Settings};
use zhanyitu::theme::controls::{Control, Named};

use super::chronicle::until;
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
    /// A layer, without anything else.
    Layer(Layer),
    /// The sheet of filters with something chosen, and the chip below it.
    Filters(Filter),
    /// The chip alone.
    Filtered(Filter),
    /// A tab, on one of its pages.
    Tab(Tab, usize),
    /// The lines of a kind, with the oldest of them.
    Log(FeedKind),
    Today(TodayPart),
    /// A call, after so many exchanges.
    Talk(usize),
}

impl Open {
    fn ask(self, visitor: &mut Visitor) {
        let (tab, page) = match self {
            Self::Tab(tab, page) => (tab, page),
            Self::Log(_) => (Tab::Feed, 0),
            _ => (Tab::Card, 0),
        };
        let kind = match self {
            Self::Log(kind) => FeedView { kind: Some(kind), before: Some(0) },
            _ => FeedView::default(),
        };
        let (compound, home, sheet) = match self {
            Self::Nothing | Self::Layer(_) | Self::Filtered(_) | Self::Tab(..) | Self::Log(_) => {
                (None, None, None)
            }
            Self::Card(home) => (None, Some(home), None),
            Self::Tray(compound) => (Some(compound), None, None),
            Self::Both(compound, home) => (Some(compound), Some(home), None),
            Self::Sheet(sheet) => (None, None, Some(sheet)),
            Self::Filters(_) => (None, None, Some(Sheet::Filters)),
            Self::Today(_) | Self::Talk(_) => (None, None, None),
        };
        let layer = if let Self::Layer(layer) = self { layer } else { Layer::Status };
        let filter = match self {
            Self::Filters(filter) | Self::Filtered(filter) => filter,
            _ => Filter::NONE,
        };
        for command in [
            ViewCommand::Compound(compound),
            ViewCommand::Home(home),
            ViewCommand::Sheet(sheet),
            ViewCommand::Layer(layer),
            ViewCommand::Filter(filter),
        ] {
            visitor.app.world_mut().write_message(Look(command));
        }
        let then = [ViewCommand::Tab(tab), ViewCommand::TabPage(page), ViewCommand::Feed(kind)];
        for command in then {
            visitor.app.world_mut().write_message(Look(command));
        }
        match self {
            Self::Today(part) => {
                visitor.app.world_mut().write_message(Look(ViewCommand::Tab(Tab::Today)));
                visitor.app.world_mut().write_message(Look(ViewCommand::Today(part, 0)));
            }
            Self::Talk(said) => talk(visitor, said),
            _ => {
                if let Some(home) = home {
                    visitor.app.world_mut().write_message(Look(ViewCommand::Home(Some(home))));
                }
            }
        }
        visitor.settle();
        match sheet {
            Some(Sheet::Gallery) => until(visitor, |w| w.resource::<Gallery>().ready()),
            Some(Sheet::Shelf) => until(visitor, |w| w.resource::<Shelf>().ready()),
            _ => {}
        }
    }
}

/// Makes the story's call as if for the first time, as far as so many exchanges.
fn talk(visitor: &mut Visitor, said: usize) {
    while !visitor.live().session().log().is_empty() {
        visitor.ask(Steer(TimeCommand::Undo));
    }
    visitor.ask(Steer(TimeCommand::Seek(at(20, 12, 0))));
    visitor.ask(Look(ViewCommand::Sheet(Some(Sheet::Talk(0)))));
    visitor.wait(zhanyitu::panels::talk::RINGS * 2);
    for exchange in 0..said {
        visitor.ask(Look(ViewCommand::Say(exchange, 0)));
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
        Open::Sheet(if visitor.view().kiosk { Sheet::Again } else { Sheet::Story }),
        Open::Sheet(Sheet::Note(full)),
        Open::Sheet(Sheet::Filters),
        Open::Filters(Filter::NONE.with(Condition::Care)),
        Open::Filters(Filter::NONE.with(Condition::NotYetKnown).with(Condition::LivesAlone)),
        Open::Filtered(
            [Condition::NotCalledToday, Condition::Waiting, Condition::Care, Condition::Away]
                .into_iter()
                .fold(Filter::NONE, Filter::with),
        ),
        Open::Sheet(Sheet::Gallery),
        Open::Sheet(Sheet::Shelf),
        Open::Tab(Tab::Feed, 0),
        Open::Log(FeedKind::Story),
        Open::Log(FeedKind::Survey),
        Open::Log(FeedKind::Mouths),
        Open::Tab(Tab::Trends, 0),
        Open::Tab(Tab::Trends, 1),
        Open::Today(TodayPart::Calls),
        Open::Today(TodayPart::Hours),
        Open::Today(TodayPart::Neighbours),
        Open::Today(TodayPart::Mouths),
        Open::Today(TodayPart::Waits),
        Open::Talk(1),
        Open::Talk(2),
        Open::Talk(3),
    ]
    .into_iter()
    // Not yet fitted to the reach of hands in a hall: sheets that fill the window, the
    // chip of a filter over the map, the pages of the day, the log and the figures.
    .filter(|open| {
        let fitted = matches!(
            open,
            Open::Nothing
                | Open::Card(_)
                | Open::Tray(_)
                | Open::Both(..)
                | Open::Sheet(Sheet::Help | Sheet::Again | Sheet::Note(_))
        );
        fitted || !visitor.view().kiosk
    })
    .chain(Layer::ALL.into_iter().skip(1).map(Open::Layer))
    .collect()
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
    on_sheet(visitor, one) != on_sheet(visitor, two)
}

fn on_sheet(visitor: &Visitor, shown: &Shown) -> bool {
    let world = visitor.app.world();
    let above = |e: &Entity| world.get::<GlobalZIndex>(*e).is_some_and(|z| z.0 >= 20);
    ancestors(visitor, shown.entity).iter().any(above)
}

/// Walks through everything that may be open in every language and size of text.
fn walk(size: Vec2) -> Vec<String> {
    walk_with(Visitor::new(size), size, |_, _| Vec::new())
}

/// As [`walk`], with a further look at each state of the screen: whether text is large.
fn walk_with(
    mut visitor: Visitor,
    size: Vec2,
    look: impl Fn(&mut Visitor, bool) -> Vec<String>,
) -> Vec<String> {
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
                let more = look(&mut visitor, large);
                let tongue = if pseudo { "pseudo" } else { lang_name(lang) };
                let large = if large { "large" } else { "usual" };
                let found = faults(&mut visitor).into_iter().chain(more);
                let new = found.filter(|f| told.insert(f.clone()));
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

/// A screen in a hall, with its class: nothing is sent away while it is measured.
fn in_hall(size: Vec2, screen: Screen, low: bool) -> Visitor {
    let profile = Profile::Classroom;
    let screen = Some(screen);
    Visitor::in_hall(Settings { profile, screen, low, ..Settings::default() }, size)
}

/// Controls that lie too high or too low for a hand, millimetres above the floor. A
/// sheet closes by a touch anywhere beside it, so its cross may lie where it is.
fn out_of_reach(visitor: &mut Visitor, screen: Screen, highest: u32) -> Vec<String> {
    let (whole, ppm) = (visitor.stage().window, screen.px_per_mm);
    let controls = shown::<(&Named, &Control)>(visitor, |(named, _)| named.0.zh.to_string());
    let over = |c: &Shown| c.area.width() > whole.x * 0.99;
    let veiled = controls.iter().any(over);
    let above = |y: f32| screen.bottom_mm as f32 + (whole.y - y) / ppm;
    controls
        .iter()
        .filter(|c| !over(c) && !(veiled && (c.what == "关上" || !on_sheet(visitor, c))))
        .filter(|c| {
            above(c.area.min.y) > highest as f32 + 0.5 || above(c.area.max.y) < LOWEST_MM as f32
        })
        .map(|c| format!("{} at {:.0} mm, limit {highest}", c.what, above(c.area.min.y)))
        .collect()
}

fn assert_reached(size: Vec2, screen: Screen) {
    let mut faults = Vec::new();
    for (low, highest) in [(false, HIGHEST_MM), (true, LOW_MM)] {
        let visitor = in_hall(size, screen, low);
        let found = walk_with(visitor, size, |v, _| out_of_reach(v, screen, highest));
        faults.extend(found.into_iter().map(|fault| format!("low {low}: {fault}")));
    }
    for fault in &faults {
        eprintln!("{fault}");
    }
    assert!(faults.is_empty(), "{} faults at {size}", faults.len());
}

#[test]
fn every_hand_reaches_everything_on_a_43_inch_screen() {
    let screen = Screen { px_per_mm: 1080.0 / 535.0, bottom_mm: 800 };
    assert_reached(Vec2::new(1920.0, 1080.0), screen);
}

#[test]
fn every_hand_reaches_everything_on_an_upright_55_inch_screen() {
    let screen = Screen { px_per_mm: 1920.0 / 1218.0, bottom_mm: 500 };
    assert_reached(Vec2::new(1080.0, 1920.0), screen);
}

/// The title of the show is read from three metres, and so is what it asks for.
#[test]
fn the_title_of_the_show_is_read_from_three_metres() {
    for (size, px_per_mm, bottom_mm) in [
        (Vec2::new(1920.0, 1080.0), 1080.0 / 535.0, 800),
        (Vec2::new(1080.0, 1920.0), 1920.0 / 1218.0, 500),
        (Vec2::new(3840.0, 2160.0), 2160.0 / 535.0, 800),
    ] {
        let screen = Some(Screen { px_per_mm, bottom_mm });
        for large_text in [false, true] {
            let settings = Settings { screen, large_text, ..Settings::default() };
            let mut visitor = Visitor::in_hall(settings, size);
            let faults = faults(&mut visitor);
            assert!(faults.is_empty(), "{size} {large_text}: {faults:?}");
            let unit = visitor.stage().unit;
            for (title, of_size) in [("战疫图", 0.9), ("The Fuxiang Map", 0.7)] {
                let seen = visitor.texts().into_iter().find(|t| t.text == title).unwrap();
                let font = visitor.app.world().get::<TextFont>(seen.entity).unwrap().font_size;
                let FontSize::Px(px) = font else { panic!("{font:?}") };
                let high = px * unit * of_size / px_per_mm;
                eprintln!("{size}: {title} is {high:.0} mm high");
                assert!(high >= 37.0, "{title}: {high} mm at {size}");
            }
        }
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
