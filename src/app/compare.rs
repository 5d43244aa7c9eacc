//! The same story in many worlds, with the calls and without, told beside the one
//! that is on the screen.
//!
//! Floor 5, with Bevy. Reads the story's source; owns [`Compared`] and one thread. It
//! works while somebody looks at the figures, stops when nobody does, and goes on
//! where it stopped; another story begins anew. What it keeps of a world is three
//! numbers.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};

use bevy::prelude::*;
use bevy::winit::{EventLoopProxyWrapper, WinitUserEvent};

use super::power::Busy;
use super::view::{Tab, TodayPart};
use super::{AppSystems, Live, View};
use crate::headless::opened::{self, Source};
use crate::scenario::compile::Overrides;
use crate::session::paired::{self, Pair};

/// Worlds that are told in both ways.
pub const WORLDS: u32 = 200;
/// So many worlds are shown at once, so that the panel is not made anew for each.
const BATCH: u32 = 10;

/// What was found so far.
#[derive(Resource, Default)]
pub struct Compared {
    generation: Option<u32>,
    /// Worlds that were told, those included in which nobody fell.
    told: u32,
    pairs: Vec<Pair>,
    work: Option<Work>,
}

impl Compared {
    /// Every world in which the story's fall happened.
    pub fn pairs(&self) -> &[Pair] {
        &self.pairs
    }

    /// How many worlds were told, of [`WORLDS`].
    pub const fn told(&self) -> u32 {
        self.told
    }

    /// Whether a thread is at work.
    pub const fn works(&self) -> bool {
        self.work.is_some()
    }
}

/// A thread at work; it stops when this is let go.
struct Work {
    found: Mutex<Receiver<Vec<Option<Pair>>>>,
    stop: Arc<AtomicBool>,
}

impl Drop for Work {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
    }
}

/// Tells worlds one after the other until all are told or nobody listens.
fn tell(
    source: &Source,
    seed: u64,
    from: u32,
    stop: &AtomicBool,
    found: &Sender<Vec<Option<Pair>>>,
    wake: impl Fn(),
) {
    let mut next = from;
    while next < WORLDS {
        let mut batch = Vec::new();
        let end = (next / BATCH + 1) * BATCH;
        for world in next..end.min(WORLDS) {
            if stop.load(Ordering::Relaxed) {
                return;
            }
            let opened = opened::again(source, seed.wrapping_add(u64::from(world)));
            // A file that has become unreadable is said by whoever watches it.
            let Ok(opened) = opened else { return };
            batch.push(paired::pair(&opened.scenario));
        }
        next += batch.len() as u32;
        if found.send(batch).is_err() {
            return;
        }
        wake();
    }
}

fn begin(
    view: Res<View>,
    live: Res<Live>,
    proxy: Option<Res<EventLoopProxyWrapper>>,
    mut compared: ResMut<Compared>,
) {
    if !view.is_changed() && !live.is_changed() {
        return;
    }
    if compared.generation != Some(live.generation()) {
        *compared = Compared { generation: Some(live.generation()), ..Compared::default() };
    }
    let seen = view.tab == Tab::Today && view.today == TodayPart::Waits;
    if !seen {
        if compared.works() {
            compared.work = None;
        }
        return;
    }
    if compared.works() || compared.told >= WORLDS || !paired::can_pair(live.story()) {
        return;
    }
    let (seed, from) = (live.setup().seed, compared.told);
    // One community at a time, whatever stands beside it on the screen.
    let source = live.opened().source.clone();
    let overrides = Overrides { more_copies: 0, isolated: 0, ..source.overrides.clone() };
    let source = Source { overrides, ..source };
    let (found, pairs) = channel();
    let stop = Arc::new(AtomicBool::new(false));
    let proxy = proxy.map(|proxy| (**proxy).clone());
    let wake = move || {
        if let Some(proxy) = &proxy {
            let _ = proxy.send_event(WinitUserEvent::WakeUp);
        }
    };
    let heard = Arc::clone(&stop);
    let started = std::thread::Builder::new()
        .name("other worlds".to_owned())
        .spawn(move || tell(&source, seed, from, &heard, &found, wake));
    match started {
        Ok(_) => compared.work = Some(Work { found: Mutex::new(pairs), stop }),
        Err(error) => warn!("the calls cannot be compared: {error}"),
    }
}

/// Takes in what was found.
fn gather(mut compared: ResMut<Compared>, mut busy: ResMut<Busy>) {
    let Some(work) = &compared.bypass_change_detection().work else { return };
    let mut batches = Vec::new();
    let mut over = false;
    {
        let found = work.found.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            match found.try_recv() {
                Ok(batch) => batches.push(batch),
                Err(std::sync::mpsc::TryRecvError::Empty) => break,
                Err(std::sync::mpsc::TryRecvError::Disconnected) => {
                    over = true;
                    break;
                }
            }
        }
    }
    if batches.is_empty() && !over {
        return;
    }
    for batch in batches {
        compared.told += batch.len() as u32;
        compared.pairs.extend(batch.into_iter().flatten());
    }
    if over {
        compared.work = None;
    }
    busy.settle();
}

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Compared>()
        .add_systems(Update, (begin, gather).chain().in_set(AppSystems::Project));
}
