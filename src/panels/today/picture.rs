//! Small pictures made of many marks: one image instead of hundreds of nodes.
//!
//! Floor 8, with Bevy. Owns [`Canvas`], a picture in which icons and dots are put.

use bevy::asset::RenderAssetUsages;
use bevy::image::ImageSampler;
use bevy::prelude::*;
use bevy::render::render_resource::{Extent3d, TextureDimension, TextureFormat};

use crate::base::palette::Rgb;

/// Pixels of a unit: enough for a screen of twice the usual size.
pub const FINE: u32 = 2;

/// A picture in the making; what nothing is put on stays clear.
pub struct Canvas {
    width: u32,
    height: u32,
    pixels: Vec<u8>,
}

impl Canvas {
    /// A clear picture of so many units.
    pub fn new(size: Vec2) -> Self {
        let side = |units: f32| ((units * FINE as f32).ceil() as u32).max(1);
        let (width, height) = (side(size.x), side(size.y));
        Self { width, height, pixels: vec![0; (width * height * 4) as usize] }
    }

    /// Puts ink on a pixel, as far as it covers it.
    fn ink(&mut self, x: i64, y: i64, ink: Rgb, cover: f32) {
        let inside =
            (0..i64::from(self.width)).contains(&x) && (0..i64::from(self.height)).contains(&y);
        if !inside || cover <= 0.0 {
            return;
        }
        let at = ((y as u32 * self.width + x as u32) * 4) as usize;
        let before = f32::from(self.pixels[at + 3]) / 255.0;
        let alpha = cover + before * (1.0 - cover);
        for (channel, value) in [ink.0, ink.1, ink.2].into_iter().enumerate() {
            let old = f32::from(self.pixels[at + channel]) * before * (1.0 - cover);
            let mixed = (f32::from(value) * cover + old) / alpha;
            self.pixels[at + channel] = mixed.round() as u8;
        }
        self.pixels[at + 3] = (alpha * 255.0).round() as u8;
    }

    /// Puts what a distance says: inside it is negative; all in units.
    fn shape(&mut self, centre: Vec2, reach: f32, ink: Rgb, distance: impl Fn(Vec2) -> f32) {
        let fine = FINE as f32;
        let (low, high) = ((centre - reach) * fine, (centre + reach) * fine);
        for y in low.y.floor() as i64..=high.y.ceil() as i64 {
            for x in low.x.floor() as i64..=high.x.ceil() as i64 {
                let at = (Vec2::new(x as f32, y as f32) + 0.5) / fine;
                let cover = (0.5 - distance(at - centre) * fine).clamp(0.0, 1.0);
                self.ink(x, y, ink, cover);
            }
        }
    }

    /// A filled dot.
    pub fn dot(&mut self, centre: Vec2, radius: f32, ink: Rgb) {
        self.shape(centre, radius + 1.0, ink, |p| p.length() - radius);
    }

    /// A ring.
    pub fn ring(&mut self, centre: Vec2, radius: f32, width: f32, ink: Rgb) {
        self.shape(centre, radius + width + 1.0, ink, |p| {
            (p.length() - radius).abs() - width / 2.0
        });
    }

    /// A square on its corner.
    pub fn diamond(&mut self, centre: Vec2, radius: f32, ink: Rgb) {
        self.shape(centre, radius + 1.0, ink, |p| {
            (p.x.abs() + p.y.abs() - radius) * core::f32::consts::FRAC_1_SQRT_2
        });
    }

    /// Two lines that cross.
    pub fn cross(&mut self, centre: Vec2, radius: f32, width: f32, ink: Rgb) {
        self.shape(centre, radius + width, ink, |p| {
            let turned = Vec2::new(p.x + p.y, p.x - p.y) * core::f32::consts::FRAC_1_SQRT_2;
            let bar = |q: Vec2| (q.x.abs() - radius).max(q.y.abs() - width / 2.0);
            bar(turned).min(bar(turned.yx()))
        });
    }

    /// An upright or level bar.
    pub fn bar(&mut self, area: Rect, ink: Rgb) {
        let half = area.half_size();
        self.shape(area.center(), half.max_element() + 1.0, ink, |p| {
            let q = p.abs() - half;
            q.max_element()
        });
    }

    /// The picture, and its size in units.
    pub fn image(self) -> (Image, Vec2) {
        let size = Vec2::new(self.width as f32, self.height as f32) / FINE as f32;
        let extent = Extent3d { width: self.width, height: self.height, depth_or_array_layers: 1 };
        let mut image = Image::new(
            extent,
            TextureDimension::D2,
            self.pixels,
            TextureFormat::Rgba8UnormSrgb,
            RenderAssetUsages::RENDER_WORLD,
        );
        image.sampler = ImageSampler::linear();
        (image, size)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::palette::INK;

    fn covered(sheet: &Canvas) -> usize {
        sheet.pixels.chunks(4).filter(|p| p[3] > 127).count()
    }

    #[test]
    fn marks_are_as_large_as_asked_and_differ_in_their_silhouettes() {
        let on = |draw: fn(&mut Canvas)| {
            let mut sheet = Canvas::new(Vec2::splat(40.0));
            draw(&mut sheet);
            covered(&sheet) as f32 / (FINE * FINE) as f32
        };
        let near = |found: f32, wanted: f32| {
            assert!((found / wanted - 1.0).abs() < 0.05, "{found} {wanted}");
        };
        near(on(|s| s.dot(Vec2::splat(20.0), 10.0, INK)), 314.2);
        near(on(|s| s.ring(Vec2::splat(20.0), 10.0, 4.0, INK)), 251.3);
        near(on(|s| s.diamond(Vec2::splat(20.0), 10.0, INK)), 200.0);
        near(on(|s| s.bar(Rect::new(5.0, 5.0, 15.0, 9.0), INK)), 40.0);
    }

    #[test]
    fn what_lies_outside_the_picture_does_no_harm() {
        let mut sheet = Canvas::new(Vec2::splat(4.0));
        sheet.dot(Vec2::splat(-20.0), 3.0, INK);
        sheet.cross(Vec2::splat(400.0), 3.0, 1.0, INK);
        assert_eq!(covered(&sheet), 0);
    }
}
