//! The look of everything that is not the map: type, spacing, colours, controls.
//!
//! Floor 6, with Bevy. Reads [`View`]; owns fonts, icons and the
//! kit of controls. The one place above the palette with sizes in it.

mod chips;
pub mod controls;
mod glyphs;
pub mod icons;
pub mod slots;
pub mod words;

use bevy::asset::{RenderAssetUsages, uuid_handle};
use bevy::image::ImageSampler;
use bevy::prelude::*;
use bevy::render::render_resource::{Extent3d, TextureDimension, TextureFormat};
use bevy::text::{FontSource, LineHeight};

use crate::app::View;
use crate::base::palette::{self, Rgb};
use crate::base::text::Bilingual;
use crate::headless::page::fonts::Font as Paper;

pub use controls::{Caption, Control, Does, Dress, control};
pub use icons::{Icon, Icons};
pub use slots::{Slot, slot};
pub use words::Words;

/// The handwriting of the board.
const HAND: Handle<Font> = uuid_handle!("5c0c8ba6-3c39-4b4e-9d54-1f4d1f7f3f01");

/// Sizes of type, in units of the panels (logical pixels on a 1080p screen). A
/// closed list: each size has its own glyph pages, which are freed between visits only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Type {
    /// Numbers in squares, the writing in a home's square.
    Fine,
    /// Sources, hints, second lines.
    Small,
    /// What is read.
    Body,
    /// Names, counts, buttons that matter.
    Lead,
    /// Headings, the clock.
    Head,
    /// The title.
    Title,
    /// What is read from three metres: 37 mm on the reference panel.
    Poster,
}

impl Type {
    /// Every size of panels and map.
    pub const ALL: [Self; 6] =
        [Self::Fine, Self::Small, Self::Body, Self::Lead, Self::Head, Self::Title];

    /// Units.
    pub const fn size(self) -> f32 {
        match self {
            Self::Fine => 15.0,
            Self::Small => 17.0,
            Self::Body => 20.0,
            Self::Lead => 24.0,
            Self::Head => 30.0,
            Self::Title => 38.0,
            Self::Poster => 110.0,
        }
    }
}

/// Distance between lines, of the size.
const LINE: f32 = 1.36;
/// Space within a group, between groups, around a panel.
pub const GAP: f32 = 8.0;
/// Space between groups.
pub const ROOM: f32 = 16.0;
/// Space around the content of a panel.
pub const PAD: f32 = 22.0;
/// Least side of anything that can be touched; 20 mm on the reference panel.
pub const TOUCH: f32 = 60.0;
/// Side of a home's tile.
pub const TILE: f32 = 84.0;
/// Roundness of panels and controls.
pub const ROUND: f32 = 10.0;
/// How much larger large text is.
pub const LARGE: f32 = 1.4;

/// A colour of the palette as the engine wants it.
pub fn colour(rgb: Rgb) -> Color {
    Color::srgb_u8(rgb.0, rgb.1, rgb.2)
}

/// A colour of the palette, partly transparent.
pub fn veil(rgb: Rgb, alpha: f32) -> Color {
    colour(rgb).with_alpha(alpha)
}

/// Whether words are printed or written by hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Face {
    /// Printed.
    Plain,
    /// Handwritten.
    Hand,
}

/// In which face and size words are set; large text enlarges the size.
#[derive(Component, Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lettering(pub Face, pub Type);

impl Lettering {
    fn font(self, large: bool) -> TextFont {
        let font = match self.0 {
            Face::Plain => FontSource::default(),
            Face::Hand => FontSource::Handle(HAND),
        };
        // A poster is large as it is.
        let size = self.1.size() * enlarged(large && self.1 != Type::Poster);
        TextFont { font, ..TextFont::from_font_size(size.round()) }
    }
}

/// How much larger words are set.
pub const fn enlarged(large: bool) -> f32 {
    if large { LARGE } else { 1.0 }
}

/// Sets words in their face and size, as large as the view wants them.
fn letter(
    view: Res<View>,
    mut large: Local<bool>,
    mut texts: Query<(Ref<Lettering>, &mut TextFont)>,
) {
    let turned = *large != view.large;
    *large = view.large;
    for (lettering, mut font) in &mut texts {
        if turned || lettering.is_changed() {
            font.set_if_neq(lettering.font(view.large));
        }
    }
}

/// Words of a size in ink.
pub fn said(text: Bilingual, size: Type) -> impl Bundle {
    written(text, size, Face::Plain, palette::INK)
}

/// Words of a size, a face and a colour.
pub fn written(text: Bilingual, size: Type, face: Face, ink: Rgb) -> impl Bundle {
    (
        Text::default(),
        Words(text),
        Lettering(face, size),
        TextFont::default(),
        LineHeight::RelativeToFont(LINE),
        TextColor(colour(ink)),
    )
}

/// The ground of a panel; it keeps touches from the map below.
pub fn panel() -> impl Bundle {
    (
        BackgroundColor(colour(palette::PAPER_RAISED)),
        BorderColor::all(colour(palette::RULING)),
        controls::Solid,
    )
}

/// A picture of sRGB pixels that is shown in as many pixels of the screen: no
/// softening between them. `rgba` has four bytes for each of `width` × `height`; one
/// that has not is shown empty.
pub fn panel_image(width: u32, height: u32, rgba: Vec<u8>) -> Image {
    let fits =
        width > 0 && height > 0 && rgba.len() as u64 == u64::from(width) * u64::from(height) * 4;
    let (width, height, rgba) = if fits { (width, height, rgba) } else { (1, 1, vec![0; 4]) };
    let size = Extent3d { width, height, depth_or_array_layers: 1 };
    let usage = RenderAssetUsages::default();
    let format = TextureFormat::Rgba8UnormSrgb;
    let mut image = Image::new(size, TextureDimension::D2, rgba, format, usage);
    image.sampler = ImageSampler::nearest();
    image
}

/// Installs fonts, icons, words and controls.
pub fn plugin(app: &mut App) {
    let mut fonts = app.world_mut().resource_mut::<Assets<Font>>();
    // The very bytes that paper uses: the program carries each font once.
    for (id, font) in [(AssetId::default(), Paper::Plain), (HAND.id(), Paper::Hand)] {
        // Only an id of a removed asset could be refused, and none is removed.
        let _ = fonts.insert(id, Font::from_bytes(font.bytes().to_vec()));
    }
    app.insert_resource(ClearColor(colour(palette::WALL)));
    app.add_plugins((icons::plugin, words::plugin, controls::plugin, glyphs::plugin));
    app.add_systems(Update, letter.in_set(words::Speaking).after(words::speak));
}
