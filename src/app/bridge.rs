//! The bridge: the only systems of the house that write the session or the view.
//!
//! Floor 5, with Bevy. Reads the three doors; writes [`Live`], [`View`] and notices.

use std::path::Path;

use bevy::prelude::*;

use super::asked::Ask::{self, Look, Steer, Submit};
use super::asked::{GuideCommand, Notice, Renewed, TimeCommand, Tone, ViewCommand};
use super::fresh::Start;
use super::live::Live;
use super::talk::Conversation;
use super::view::{FeedView, Goal, Sheet, Tab, View};
use super::{AppSystems, guide};
use crate::base::ids::HouseholdId;
use crate::base::text::Bilingual;
use crate::base::time::Minute;
use crate::base::view::View as LookOf;
use crate::headless::opened::Opened;
use crate::headless::{Failure, journal, opened, places};
use crate::scenario::compile::Overrides;
use crate::session::guide::Guide;
use crate::session::{Layer, Session};
use crate::sim::command::SimCommand;

/// What was asked is done before files are taken up.
#[derive(SystemSet, Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Bridge;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(
        Update,
        (begin, answer.run_if(on_message::<Ask>)).chain().in_set(AppSystems::Decide).in_set(Bridge),
    )
    .add_systems(Update, advance.in_set(AppSystems::Advance));
}

/// What changed in the frame before has been painted. Nothing changes by forgetting it.
fn begin(mut live: ResMut<Live>) {
    live.bypass_change_detection().begin();
}

/// Does what was asked, in the order in which it was asked.
fn answer(
    mut asked: MessageReader<Ask>,
    mut live: ResMut<Live>,
    mut view: ResMut<View>,
    start: Res<Start>,
    mut notices: MessageWriter<Notice>,
    mut renewed: MessageWriter<Renewed>,
    mut went_on: Local<bool>,
) {
    for ask in asked.read() {
        guide::yields(ask, &mut live, &mut view);
        let said = match ask {
            Look(command) => look(command, &mut live, &mut view, &mut went_on),
            // No control of a kiosk asks for these; a key or a slip of ours might.
            Steer(command) if view.kiosk && !command.is_for_visitors() => None,
            Steer(TimeCommand::Anew) => {
                *view = start.view().clone();
                live.renew(start.opened(), view.legend);
                renewed.write(Renewed);
                None
            }
            Steer(command) => match steer(command, &mut live, &mut view) {
                Ok(done) => done.map(|text| Notice::new(Tone::Done, text)),
                Err(why) => Some(Notice::new(Tone::Refused, why)),
            },
            Submit(command) => submit(command, &mut live, &mut view),
        };
        notices.write_batch(said);
    }
}

/// The eye. Camera commands are left to the map.
fn look(
    command: &ViewCommand,
    live: &mut ResMut<Live>,
    view: &mut ResMut<View>,
    went_on: &mut bool,
) -> Option<Notice> {
    let mut said = None;
    match command.clone() {
        ViewCommand::Speak(lang) => view.lang = lang,
        ViewCommand::LargeText(large) => view.large = large,
        ViewCommand::Palette(palette) => view.palette = palette,
        ViewCommand::Still(still) => view.still = still,
        ViewCommand::Low(low) => view.low = low,
        ViewCommand::Show(look) => view.look = look,
        ViewCommand::Legend(legend) => {
            live.set_legend(legend);
            live.set_layer(Layer::Status);
            (view.legend, view.layer) = (live.frame().legend(), Layer::Status);
        }
        // While a story goes on nobody sees more than the office does.
        ViewCommand::Layer(Layer::Truth) if !view.revealed && !live.is_over() => {}
        ViewCommand::Layer(layer) => {
            view.revealed |= layer == Layer::Truth;
            live.set_layer(layer);
            view.layer = layer;
        }
        ViewCommand::Filter(filter) => {
            live.set_filter(filter);
            (view.filter, view.page) = (filter, 0);
        }
        ViewCommand::Compound(compound) => {
            view.chosen.compound = compound;
            view.page = 0;
        }
        ViewCommand::Home(home) => choose(live, view, home),
        ViewCommand::Go(goal) => match goal {
            Goal::Home(home) if home.index() < live.setup().place.household_count() => {
                view.chosen.compound = Some(live.setup().place.compound_of(home));
                (view.sheet, view.page) = (None, 0);
                choose(live, view, Some(home));
            }
            Goal::Compound(compound) => {
                view.chosen.compound = Some(compound);
                view.page = 0;
            }
            Goal::Home(_) | Goal::Way(_) => {}
            Goal::Mouth(_) => view.look = LookOf::Plan,
        },
        ViewCommand::Feed(feed) => view.feed = feed,
        ViewCommand::TabPage(page) => view.tab_page = page,
        ViewCommand::SheetPage(page) => view.sheet_page = page,
        ViewCommand::Sheet(Some(Sheet::Talk(talk))) => {
            // Whoever talks on the phone does not miss a day meanwhile.
            *went_on |= live.playing();
            live.set_playing(false);
            view.talk = Conversation::begin(live, talk);
            view.sheet = view.talk.as_ref().map(|_| Sheet::Talk(talk));
        }
        ViewCommand::Sheet(sheet) => {
            view.sheet = sheet;
            view.sheet_page = 0;
        }
        ViewCommand::Say(exchange, choice) => {
            if let Some(talk) = &mut view.talk {
                talk.say(live, exchange, choice);
            }
        }
        ViewCommand::Today(part, page) => {
            (view.today, view.today_page) = (part, page);
        }
        ViewCommand::Tab(tab) => {
            if view.tab != tab {
                view.tab_page = 0;
            }
            view.tab = tab;
            if tab != Tab::Card {
                view.chosen.home = None;
            }
        }
        ViewCommand::Page(page) => view.page = page,
        ViewCommand::Back => {
            if view.sheet.is_some() {
                view.sheet = None;
            } else if view.chosen.home.is_some() {
                view.chosen.home = None;
            } else if view.chosen.compound.is_some() {
                view.chosen.compound = None;
            } else if live.guide().is_some_and(Guide::is_left) {
                live.close_guide();
            }
        }
        ViewCommand::Source => {
            said = live.saying().map(|cue| Notice::new(Tone::Done, super::known::source(cue)));
        }
        ViewCommand::Zoom(_) | ViewCommand::Nearer(..) | ViewCommand::Pan(_) => {}
    }
    if !matches!(view.sheet, Some(Sheet::Talk(_))) {
        if view.talk.is_some() {
            view.talk = None;
        }
        let led = live.guide().is_some_and(Guide::leads);
        if std::mem::take(went_on) && !led {
            live.set_playing(true);
        }
    }
    said
}

/// A home is chosen, or none; its card opens, and its courtyard's tiles if any are laid out.
fn choose(live: &Live, view: &mut View, home: Option<HouseholdId>) {
    view.chosen.home = home;
    let Some(home) = home else { return };
    view.tab = Tab::Card;
    let compound = live.setup().place.compound_of(home);
    if view.chosen.compound.is_some_and(|c| c != compound) {
        view.chosen.compound = Some(compound);
        view.page = 0;
    }
}

/// Time and history: what was done, or why it was not.
fn steer(
    command: &TimeCommand,
    live: &mut Live,
    view: &mut View,
) -> Result<Option<Bilingual>, Bilingual> {
    match command {
        TimeCommand::Guide(command) => guide::obey(*command, live, view),
        // A pause holds the telling too, and the same key lets it go on.
        TimeCommand::PlayOrPause if live.guide().is_some_and(|g| g.leads() || g.is_held()) => {
            guide::obey(GuideCommand::Hold, live, view);
        }
        TimeCommand::PlayOrPause if live.over() => {
            live.seek(live.setup().starts);
            live.set_playing(true);
        }
        TimeCommand::PlayOrPause => live.set_playing(!live.playing()),
        TimeCommand::Pause => live.set_playing(false),
        TimeCommand::Speed(speed) => live.set_speed(*speed),
        TimeCommand::Faster => live.set_speed(live.speed().faster()),
        TimeCommand::Slower => live.set_speed(live.speed().slower()),
        TimeCommand::Step(minutes) => {
            let to = i64::from(live.now().0).saturating_add(*minutes);
            live.seek(Minute(to.clamp(0, i64::from(u32::MAX)) as u32));
        }
        TimeCommand::Seek(to) => live.seek(*to),
        TimeCommand::Show(to) => {
            live.seek(*to);
            view.sheet = None;
        }
        TimeCommand::KeepEvents => {
            let (source, session) = (&live.opened().source, live.session());
            let path = journal::keep_events(source, session, view.lang, None)
                .map_err(|failure| failure.text)?;
            return Ok(Some(Bilingual::new(
                format!("写好了：{}", path.display()),
                format!("Written: {}", path.display()),
            )));
        }
        TimeCommand::Undo => {
            live.with_history(Session::undo)?;
            return Ok(Some(Bilingual::fixed("已撤销上一步", "The last step was taken back")));
        }
        TimeCommand::Redo => {
            live.with_history(Session::redo)?;
            return Ok(Some(Bilingual::fixed("已重做", "The step was done again")));
        }
        TimeCommand::Branch => {
            let number = live.with_history(|session| session.branch(String::new()))?;
            return Ok(Some(Bilingual::new(
                format!("从这一刻起另开一条线：分支{number}"),
                format!("From here on this is branch {number}"),
            )));
        }
        TimeCommand::Switch(branch) => {
            live.with_history(|session| session.switch(*branch))?;
        }
        TimeCommand::Save => {
            let path = opened::keep(&live.opened().source, live.session(), None)
                .map_err(|failure| failure.text)?;
            return Ok(Some(Bilingual::new(
                format!("已存档：{}", path.display()),
                format!("Saved: {}", path.display()),
            )));
        }
        TimeCommand::Load => {
            let path = places::save_path(&live.opened().source.stem());
            return take_up(live, view, opened::recall(&path), Some(&path));
        }
        TimeCommand::Open(path) => {
            return take_up(live, view, opened::open_path(path), Some(path));
        }
        TimeCommand::OpenBuiltIn => {
            let opened = opened::open_embedded(Overrides::default());
            return take_up(live, view, opened, None);
        }
        TimeCommand::Reseed(seed) => {
            let opened =
                opened::again(&live.opened().source, *seed).map_err(|failure| failure.text)?;
            live.replace(opened, view.legend);
            return Ok(Some(Bilingual::new(
                format!("种子换成{seed}：另一个世界"),
                format!("Seed {seed}: another world"),
            )));
        }
        TimeCommand::Restart => {
            let now = live.opened();
            let opened = opened::begin(now.scenario.clone(), now.source.clone());
            live.replace(opened, view.legend);
            if view.sheet == Some(Sheet::Again) {
                view.sheet = None;
                view.chosen = super::Chosen::default();
            }
        }
        TimeCommand::Anew => {}
    }
    Ok(None)
}

/// Takes up a story or a save, from a file if there is one. The shelf it was taken
/// from closes; where it could not be opened, all stays as it is.
fn take_up(
    live: &mut Live,
    view: &mut View,
    opened: Result<Opened, Failure>,
    path: Option<&Path>,
) -> Result<Option<Bilingual>, Bilingual> {
    let opened = opened.map_err(|failure| failure.text)?;
    let note = opened.note.clone();
    live.replace(opened, view.legend);
    view.chosen = super::Chosen::default();
    view.feed = FeedView::default();
    if view.sheet == Some(Sheet::Shelf) {
        view.sheet = None;
    }
    Ok(note.or_else(|| {
        let path = path?.display();
        Some(Bilingual::new(format!("已打开：{path}"), format!("Opened: {path}")))
    }))
}

/// What is asked of the community.
fn submit(
    command: &SimCommand,
    live: &mut ResMut<Live>,
    view: &mut ResMut<View>,
) -> Option<Notice> {
    if matches!(view.sheet, Some(Sheet::Note(_))) {
        view.sheet = None;
    }
    let branches = live.session().branches().len();
    match live.submit(command.clone()) {
        Err(text) => Some(Notice::new(Tone::Refused, text)),
        Ok(()) if live.session().branches().len() > branches => Some(Notice::new(
            Tone::Done,
            Bilingual::fixed(
                "这一刻之后已有安排，所以另开了一条线，原来的还在",
                "Something was asked after this minute, so this opened a branch; the old line is kept",
            ),
        )),
        Ok(()) => None,
    }
}

/// Lets real time go by. Nothing is touched while the story stands, so that
/// nobody above thinks that something changed.
pub(super) fn advance(time: Res<Time<Real>>, mut live: ResMut<Live>) {
    if live.playing() {
        live.pass(time.delta());
    }
}
