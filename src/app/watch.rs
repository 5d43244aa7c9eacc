//! A scene that is edited while it runs.
//!
//! Floor 5, with Bevy. Looks at the times of the story's files a few times a second;
//! compiles a changed one beside the running story, and takes it up only if it is
//! whole. What is wrong is said with line, column and hint, and the old story goes
//! on. Times are looked at instead of asking the system to be told, because that
//! also works on network folders and needs nothing of the platform.

use core::time::Duration;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

use bevy::prelude::*;
use bevy::winit::{EventLoopProxyWrapper, WinitUserEvent};

use super::known::{TOLD, fill};
use super::{AppSystems, Live, Notice, Start, Tone, View};
use crate::base::text::{Bilingual, Lang, plural};
use crate::headless::opened::{NotReloaded, reload};
use crate::scenario::problem::Problem;

/// How often files are looked at.
const OFTEN: Duration = Duration::from_millis(250);

/// The one who looks.
#[derive(Resource)]
struct Watcher {
    files: Sender<Vec<PathBuf>>,
    changed: Mutex<Receiver<()>>,
    generation: Option<u32>,
}

type Stamp = Option<(SystemTime, u64)>;

fn stamp(path: &PathBuf) -> Stamp {
    let data = std::fs::metadata(path).ok()?;
    Some((data.modified().ok()?, data.len()))
}

/// Looks at files on its own thread until nobody listens. A file is told of once it
/// has stood still for one look: editors write in several steps.
fn look(files: &Receiver<Vec<PathBuf>>, changed: &Sender<()>, wake: impl Fn()) {
    let mut watched: Vec<(PathBuf, Stamp)> = Vec::new();
    let mut moving = false;
    loop {
        match files.recv_timeout(OFTEN) {
            Ok(paths) => {
                watched = paths
                    .into_iter()
                    .map(|p| {
                        let s = stamp(&p);
                        (p, s)
                    })
                    .collect();
                moving = false;
            }
            Err(std::sync::mpsc::RecvTimeoutError::Timeout) => {}
            Err(std::sync::mpsc::RecvTimeoutError::Disconnected) => return,
        }
        let mut moved = false;
        for (path, before) in &mut watched {
            let now = stamp(path);
            if now != *before {
                *before = now;
                moved = true;
            }
        }
        if moving && !moved {
            if changed.send(()).is_err() {
                return;
            }
            wake();
        }
        moving = moved;
    }
}

fn start(world: &mut World) {
    let (to_thread, files) = channel();
    let (tell, changed) = channel();
    let proxy = world.get_resource::<EventLoopProxyWrapper>().map(|proxy| (**proxy).clone());
    let wake = move || {
        if let Some(proxy) = &proxy {
            let _ = proxy.send_event(WinitUserEvent::WakeUp);
        }
    };
    let started = std::thread::Builder::new()
        .name("scene files".to_owned())
        .spawn(move || look(&files, &tell, wake));
    if let Err(error) = started {
        let text = fill(&TOLD.no_watch, &[("why", &|_| error.to_string())]);
        world.write_message(Notice::new(Tone::Refused, text));
    }
    world.insert_resource(Watcher {
        files: to_thread,
        changed: Mutex::new(changed),
        generation: None,
    });
}

/// Tells the thread which files belong to the story.
fn follow(live: Res<Live>, mut watcher: ResMut<Watcher>) {
    if watcher.generation == Some(live.generation()) {
        return;
    }
    watcher.generation = Some(live.generation());
    // Nobody listens only when the thread could not be started, which was said.
    let _ = watcher.files.send(live.opened().source.watched.clone());
}

fn take_up(
    watcher: Res<Watcher>,
    view: Res<View>,
    mut live: ResMut<Live>,
    mut start: ResMut<Start>,
    mut notices: MessageWriter<Notice>,
) {
    let changed = watcher.changed.lock().unwrap_or_else(PoisonError::into_inner);
    let mut any = false;
    while changed.try_recv().is_ok() {
        any = true;
    }
    if !any {
        return;
    }
    // What is wrong with a file is nothing to a visitor; who looks after the screen
    // reads it where the program was started.
    let mut tell = |notice: Notice| {
        if view.kiosk {
            warn!("{}", notice.text.get(view.lang));
        } else {
            notices.write(notice);
        }
    };
    match reload(&live.opened().source, live.session()) {
        Ok(opened) => {
            start.follow(&opened);
            let n = opened.left_out as u64;
            let text = if n == 0 {
                TOLD.reloaded.clone()
            } else {
                fill(
                    &TOLD.refused,
                    &[
                        ("n", &|_| n.to_string()),
                        ("steps", &|_| plural(n, "step", "steps").to_owned()),
                        ("were", &|_| plural(n, "was", "were").to_owned()),
                    ],
                )
            };
            live.replace(opened, view.legend);
            tell(Notice::new(Tone::Mended, text));
        }
        Err(NotReloaded::Problems(problems)) => {
            tell(Notice::new(Tone::Broken, banner(&problems)));
        }
        Err(NotReloaded::Failure(failure)) => {
            tell(Notice::new(Tone::Broken, failure.text));
        }
    }
}

/// The first problem with its place and hint, and how many there are.
fn banner(problems: &[Problem]) -> Bilingual {
    let Some(first) = problems.first() else { return Bilingual::default() };
    let n = problems.len() as u64;
    fill(
        &TOLD.broken,
        &[
            ("n", &|_| n.to_string()),
            ("mistakes", &|_| plural(n, "mistake", "mistakes").to_owned()),
            ("where", &|_| first.place()),
            ("what", &|lang: Lang| told(first, lang)),
        ],
    )
}

/// What is wrong, and what would be right.
fn told(problem: &Problem, lang: Lang) -> String {
    let mut text = problem.message.get(lang).to_owned();
    if let Some(hint) = &problem.hint {
        text.push_str(match lang {
            Lang::Zh => "；",
            Lang::En => "; ",
        });
        text.push_str(hint.get(lang));
    }
    text
}

pub(super) fn plugin(app: &mut App) {
    app.add_systems(PreStartup, start).add_systems(
        Update,
        (take_up, follow).chain().in_set(AppSystems::Decide).after(super::bridge::Bridge),
    );
}
