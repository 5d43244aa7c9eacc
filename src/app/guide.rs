//! The guide on the stage: he leads, and yields at once to the visitor's own hand.
//!
//! Floor 5, with Bevy. Reads the three doors; writes [`Live`] and [`View`]: beside the
//! bridge, the only systems that do.

use bevy::prelude::*;

use super::asked::Ask::{self, Look, Steer, Submit};
use super::asked::{GuideCommand, TimeCommand, ViewCommand};
use super::view::{Aim, Chosen, Sheet, Tab, View};
use super::{AppSystems, Live};
use crate::scenario::script::{Beat, Look as LookAt};
use crate::session::guide::{Cut, Guide, Step};

/// Does what was asked of the guide.
pub(super) fn obey(command: GuideCommand, live: &mut Live, view: &mut View) {
    let led = live.guide().is_some();
    match command {
        GuideCommand::Begin(cut) => {
            tidy(view);
            // A story without a telling just goes on.
            if !live.begin_guide(cut) {
                live.set_playing(true);
            }
        }
        GuideCommand::Offer(cut) => {
            (view.aim, view.point) = (None, None);
            live.begin_guide(cut);
            yield_to_her(live, view);
        }
        GuideCommand::Chapter(chapter) => {
            tidy(view);
            let there = |live: &Live| {
                let guide = live.guide()?;
                let found = guide.chapters(live.story()).into_iter().find(|c| c.0 == chapter);
                found.map(|(_, at)| at)
            };
            // The short cut leaves chapters away; the full telling has them all.
            let at = there(live).or_else(|| {
                live.begin_guide(Cut::Full);
                there(live)
            });
            if let Some((guide, at)) = live.guide_mut().zip(at) {
                guide.hold(false);
                guide.join();
                guide.go_to(at);
            }
        }
        GuideCommand::Next | GuideCommand::Back if !led => {
            tidy(view);
            live.begin_guide(Cut::Full);
        }
        GuideCommand::Next | GuideCommand::Back => {
            tidy(view);
            live.set_playing(false);
            if let Some(guide) = live.guide_mut() {
                guide.turn(command == GuideCommand::Next);
            }
        }
        GuideCommand::Hold => {
            if let Some(guide) = live.guide_mut() {
                let held = guide.is_held();
                guide.hold(!held);
            }
        }
        GuideCommand::Leave => yield_to_her(live, view),
        GuideCommand::Join => {
            tidy(view);
            live.set_playing(false);
            if let Some(guide) = live.guide_mut() {
                guide.join();
            }
        }
        GuideCommand::Close => {
            (view.aim, view.point) = (None, None);
            live.close_guide();
        }
    }
}

/// What the visitor had opened makes room for the telling.
fn tidy(view: &mut View) {
    (view.aim, view.point) = (None, None);
    view.sheet = None;
    view.talk = None;
    view.chosen = Chosen::default();
    view.page = 0;
}

fn yield_to_her(live: &mut Live, view: &mut View) {
    view.point = None;
    if let Some(guide) = live.guide_mut() {
        guide.leave();
    }
}

/// Whether a visitor who asks for this goes her own way. How one reads and sees is
/// nobody's way.
fn own_way(command: &ViewCommand) -> bool {
    !matches!(
        command,
        ViewCommand::Speak(_)
            | ViewCommand::LargeText(_)
            | ViewCommand::Palette(_)
            | ViewCommand::Still(_)
            | ViewCommand::Low(_)
            | ViewCommand::Source
            | ViewCommand::Say(..)
            | ViewCommand::Sheet(None | Some(Sheet::Chapters | Sheet::Help | Sheet::Talk(_)))
    )
}

/// The visitor's hand goes before the guide.
pub(super) fn yields(ask: &Ask, live: &mut ResMut<Live>, view: &mut ResMut<View>) {
    let own = match ask {
        Look(command) => own_way(command),
        Steer(command) => own_time(command),
        Submit(_) => true,
    };
    if own && live.guide().is_some_and(|guide| !guide.is_left()) {
        yield_to_her(live, view);
    }
}

/// Whether a visitor who asks this of time goes her own way. A pause is the guide's.
fn own_time(command: &TimeCommand) -> bool {
    !matches!(command, TimeCommand::Guide(_) | TimeCommand::PlayOrPause)
}

/// Lets the guide lead.
fn lead(time: Res<Time<Real>>, mut live: ResMut<Live>, mut view: ResMut<View>) {
    if !live.guide().is_some_and(|guide| guide.leads() || guide.is_due() && !guide.is_left()) {
        return;
    }
    // While a sheet is read nothing goes on behind it.
    // That time goes by while a caption is read changes nothing anybody shows.
    let step = live.bypass_change_detection().lead(time.delta(), view.sheet.is_some());
    let ended = live.guide().is_some_and(Guide::is_ended);
    if step != Step::default() || ended {
        live.set_changed();
    }
    if !step.begun && !step.arrived {
        return;
    }
    let beat = live.guide().and_then(|guide| guide.beat(live.story())).cloned();
    let Some(beat) = beat else { return };
    if step.begun {
        show(&beat, &mut live, &mut view);
    }
    if step.arrived {
        view.point = beat.point.as_ref().and_then(aim);
    }
}

/// Turns to where a beat looks.
fn show(beat: &Beat, live: &mut Live, view: &mut View) {
    view.point = None;
    if let Some(look) = beat.show {
        view.look = look;
    }
    if let Some(tab) = beat.tab {
        view.tab = tab;
    }
    let cue = live.story().script.cues.get(beat.cue as usize);
    let Some(look) = beat.look.clone().or_else(|| cue.and_then(|cue| cue.look.clone())) else {
        return;
    };
    if let LookAt::Legend(legend) = look {
        live.set_legend(legend as usize);
        view.legend = live.frame().legend();
    }
    let Some(to) = aim(&look) else { return };
    view.chosen = match to {
        Aim::Home(home) => {
            view.tab = Tab::Card;
            Chosen { home: Some(home), compound: None }
        }
        _ => Chosen::default(),
    };
    view.aim = Some(to);
    live.note_look();
}

fn aim(look: &LookAt) -> Option<Aim> {
    Some(match *look {
        LookAt::Community => Aim::Community,
        LookAt::Lane(way) => Aim::Lane(way),
        LookAt::Compound(compound) => Aim::Compound(compound),
        LookAt::Home(home) => Aim::Home(home),
        LookAt::Legend(_) => return None,
    })
}

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, lead.in_set(AppSystems::Advance).after(super::bridge::advance));
}
