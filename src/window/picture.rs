//! Pictures without a window: the same app on a canvas, frame by frame.
//!
//! Floor 9, with Bevy. Reads the request; writes PNG files. Software drawing is
//! enough; what is drawn is what a window would show.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bevy::camera::RenderTarget;
use bevy::prelude::*;
use bevy::render::render_resource::{PollType, TextureFormat};
use bevy::render::renderer::RenderDevice;
use bevy::render::settings::RenderResources;
use bevy::render::view::screenshot::{Screenshot, ScreenshotCaptured};
use bevy::time::TimeUpdateStrategy;

use super::build::{self, Surface};
use super::run::{device, panics_end_the_program};
use super::stage::Canvas;
use crate::app::power::Busy;
use crate::app::{Cut, GuideCommand, Live, Look, Steer, TimeCommand, View, ViewCommand};
use crate::base::text::{Bilingual, Lang};
use crate::base::time::Minute;
use crate::cli::{PictureRequest, PictureTarget, Tell};
use crate::headless::Failure;
use crate::headless::asked;
use crate::headless::opened::{self, Opened};
use crate::headless::{NoDisplay, no_display};
use crate::scenario::compile::Overrides;
use crate::settings::Settings;

/// Frames after which a picture that still moves is taken as it is.
const PATIENCE: u32 = 240;
/// Time of a frame while a telling is filmed, and how many make half a second.
const STEP: Duration = Duration::from_millis(50);
const STEPS: u32 = 10;
/// Frames from the order of a picture to its arrival, at most.
const DEVELOPS: u32 = 60;

/// Draws what was asked for; returns the exit code.
pub fn draw(request: &PictureRequest, lang: Lang, out: &mut dyn Write, err: &mut dyn Write) -> u8 {
    match drawn(request, lang, out) {
        Ok(()) => 0,
        Err(Trouble::NoDriver) => no_display(&NoDisplay::NoDriver, lang, err),
        Err(Trouble::Failed(failure)) => {
            let _ = writeln!(err, "{}", failure.text.get(lang));
            failure.code
        }
    }
}

enum Trouble {
    NoDriver,
    Failed(Failure),
}

impl From<Failure> for Trouble {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

fn drawn(request: &PictureRequest, lang: Lang, out: &mut dyn Write) -> Result<(), Trouble> {
    let overrides =
        Overrides { seed: request.seed, params: request.set.clone(), ..Overrides::default() };
    let opened = opened::open_scene(PathBuf::from(&request.scene), overrides)?;
    let story = Arc::clone(&opened.scenario);
    let minutes = asked::minutes(&story, request)?;
    let wanted = &asked::legend(&story, request.legend.as_deref())?.id;
    let legend = story.legends.iter().position(|l| l.id == *wanted).unwrap_or(0);
    let view = View {
        look: request.view,
        large: request.large_text,
        palette: request.palette,
        still: !matches!(request.target, PictureTarget::Telling { .. }),
        controls: request.controls,
        ..View::new(lang)
    };
    let resources = device().ok_or(Trouble::NoDriver)?;
    panics_end_the_program();
    let size = UVec2::new(request.size.0, request.size.1);
    let mut canvas = Studio::new(opened, view, size, resources);
    canvas.ask(Look(ViewCommand::Legend(legend)));
    let say = |out: &mut dyn Write, path: &Path| {
        let name = path.display();
        let text = Bilingual::new(format!("画好了：{name}"), format!("drawn: {name}"));
        let _ = writeln!(out, "{}", text.get(lang));
    };
    match &request.target {
        PictureTarget::File(path) => {
            let path = PathBuf::from(path);
            for minute in minutes {
                save(&canvas.at(minute)?, &path)?;
            }
            say(out, &path);
        }
        PictureTarget::Telling { dir, tell } => {
            let dir = PathBuf::from(dir);
            std::fs::create_dir_all(&dir).map_err(|error| Failure::disk(&dir, &error))?;
            let cut = match tell {
                Tell::Express => Cut::Express,
                Tell::Full => Cut::Full,
                Tell::Attract => Cut::Attract,
            };
            canvas.tell(cut, |number, image| {
                let path = dir.join(format!("frame_{number:05}.png"));
                save(image, &path)?;
                say(out, &path);
                Ok(())
            })?;
        }
        PictureTarget::Film { dir, .. } => {
            let dir = PathBuf::from(dir);
            std::fs::create_dir_all(&dir).map_err(|error| Failure::disk(&dir, &error))?;
            for (i, minute) in minutes.into_iter().enumerate() {
                let path = dir.join(format!("frame_{:05}.png", i + 1));
                save(&canvas.at(minute)?, &path)?;
                say(out, &path);
            }
        }
    }
    Ok(())
}

/// Writes a picture as PNG, whole or not at all.
fn save(image: &Image, path: &Path) -> Result<(), Failure> {
    let failed = |why: &dyn std::fmt::Display| Failure {
        code: crate::headless::exit::DISK,
        text: Bilingual::new(
            format!("图没有写成（{why}）：{}", path.display()),
            format!("the picture could not be written ({why}): {}", path.display()),
        ),
    };
    let picture = image.clone().try_into_dynamic().map_err(|error| failed(&error))?;
    let Some(format) = bevy::image::ImageFormat::Png.as_image_crate_format() else {
        return Err(failed(&"PNG"));
    };
    let mut bytes = Vec::new();
    let mut cursor = std::io::Cursor::new(&mut bytes);
    picture.to_rgb8().write_to(&mut cursor, format).map_err(|error| failed(&error))?;
    crate::headless::write_whole(path, &bytes)
}

/// An app that draws on a canvas, driven from outside.
pub struct Studio {
    app: App,
    target: Handle<Image>,
}

impl Studio {
    /// Sets up the canvas.
    pub fn new(opened: Opened, view: View, size: UVec2, resources: RenderResources) -> Self {
        Self::on(build::app(opened, view, &Surface::Picture(size), Some(resources)), size)
    }

    /// Sets up the canvas of a screen in a hall, before which nobody stands.
    pub fn in_hall(
        opened: Opened,
        settings: Settings,
        size: UVec2,
        resources: RenderResources,
    ) -> Self {
        let surface = Surface::Picture(size);
        Self::on(build::exhibit(opened, settings, &surface, Some(resources)), size)
    }

    fn on(mut app: App, size: UVec2) -> Self {
        let image = Image::new_target_texture(size.x, size.y, TextureFormat::Rgba8UnormSrgb, None);
        let target = app.world_mut().resource_mut::<Assets<Image>>().add(image);
        app.insert_resource(Canvas(size.as_vec2()));
        app.world_mut().spawn((build::camera(), RenderTarget::Image(target.clone().into())));
        app.finish();
        app.cleanup();
        Self { app, target }
    }

    /// The app behind it.
    pub fn app(&mut self) -> &mut App {
        &mut self.app
    }

    /// Asks for something.
    pub fn ask<M: Message>(&mut self, message: M) {
        self.app.world_mut().write_message(message);
    }

    /// One frame, drawn to its end.
    pub fn frame(&mut self) {
        self.app.update();
        if let Some(device) = self.app.world().get_resource::<RenderDevice>() {
            // A device that is lost is told of by the next frame.
            let _ = device.wgpu_device().poll(PollType::wait_indefinitely());
        }
    }

    /// Frames until nothing moves.
    pub fn settle(&mut self) {
        for frame in 0..PATIENCE {
            self.frame();
            if frame > 3 && self.app.world().resource::<Busy>().still() {
                return;
            }
        }
    }

    /// The picture of a minute.
    ///
    /// # Errors
    /// [`Failure`] when the graphics driver does not answer.
    pub fn at(&mut self, minute: Minute) -> Result<Image, Failure> {
        if self.app.world().resource::<Live>().now() != minute {
            self.ask(Steer(TimeCommand::Seek(minute)));
        }
        self.settle();
        self.take()
    }

    /// The pictures of a telling, two a second of the time a visitor takes for it;
    /// `each` is handed their number, from 1.
    ///
    /// # Errors
    /// [`Failure`] when the graphics driver does not answer, or of `each`.
    pub fn tell(
        &mut self,
        cut: Cut,
        mut each: impl FnMut(u32, &Image) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        self.ask(Steer(TimeCommand::Guide(GuideCommand::Begin(cut))));
        let goes = |app: &App, told: &mut usize| {
            let Some(guide) = app.world().resource::<Live>().guide() else { return false };
            // The loop of an empty room is filmed once.
            let (at, _) = guide.progress();
            let round = at < *told;
            *told = at;
            !guide.is_ended() && !round
        };
        let (mut number, mut told) = (0, 0);
        loop {
            self.app.insert_resource(TimeUpdateStrategy::ManualDuration(STEP));
            for _ in 0..STEPS {
                self.frame();
            }
            if !goes(&self.app, &mut told) {
                return Ok(());
            }
            // While a picture develops, no time goes by.
            self.app.insert_resource(TimeUpdateStrategy::ManualDuration(Duration::ZERO));
            number += 1;
            each(number, &self.take()?)?;
        }
    }

    /// The picture as it is now.
    ///
    /// # Errors
    /// [`Failure`] when the graphics driver does not answer.
    pub fn take(&mut self) -> Result<Image, Failure> {
        let taken: Arc<Mutex<Option<Image>>> = Arc::default();
        let keep = Arc::clone(&taken);
        self.app.world_mut().spawn(Screenshot::image(self.target.clone())).observe(
            move |shot: On<ScreenshotCaptured>| {
                *keep.lock().unwrap_or_else(PoisonError::into_inner) = Some(shot.image.clone());
            },
        );
        for _ in 0..DEVELOPS {
            self.frame();
            if let Some(image) = taken.lock().unwrap_or_else(PoisonError::into_inner).take() {
                return Ok(image);
            }
        }
        Err(Failure {
            code: crate::headless::exit::DISK,
            text: Bilingual::fixed(
                "图没有画出来：显卡驱动没有应答",
                "nothing was drawn: the graphics driver did not answer",
            ),
        })
    }
}
