//! Ink: a mesh of rounded boxes, from which ruling, walls, lanes and water are made.
//!
//! Floor 8, with Bevy. Owns [`InkMaterial`] and [`Strokes`]. Edges are softened in
//! the shader over one pixel, so lines are fine at every zoom without multisampling.

use bevy::asset::{RenderAssetUsages, uuid_handle};
use bevy::mesh::{
    Indices, MeshVertexAttribute, MeshVertexBufferLayoutRef, PrimitiveTopology, VertexFormat,
};
use bevy::prelude::*;
use bevy::reflect::TypePath;
use bevy::render::render_resource::{
    AsBindGroup, RenderPipelineDescriptor, ShaderType, SpecializedMeshPipelineError,
};
use bevy::shader::{Shader, ShaderRef};
use bevy::sprite_render::{AlphaMode2d, Material2d, Material2dKey, Material2dPlugin};

use crate::base::palette::Rgb;
use crate::theme;

const SHADER: Handle<Shader> = uuid_handle!("2a3f0a30-6f7b-4f5e-8d39-9a0c6c2f7a01");
const BOX: MeshVertexAttribute =
    MeshVertexAttribute::new("InkBox", 0x5a59_5401, VertexFormat::Float32x4);
const SHAPE: MeshVertexAttribute =
    MeshVertexAttribute::new("InkShape", 0x5a59_5402, VertexFormat::Float32x4);
const COLOUR: MeshVertexAttribute =
    MeshVertexAttribute::new("InkColour", 0x5a59_5403, VertexFormat::Float32x4);
const CORNER: MeshVertexAttribute =
    MeshVertexAttribute::new("InkCorner", 0x5a59_5404, VertexFormat::Float32x3);

/// What holds for all strokes of a mesh.
#[derive(ShaderType, Debug, Clone, Copy, Default)]
pub struct Ink {
    /// x: opacity, y: world units of a physical pixel.
    pub how: Vec4,
}

/// The material of a mesh of strokes.
#[derive(Asset, TypePath, AsBindGroup, Debug, Clone)]
pub struct InkMaterial {
    /// What holds for all.
    #[uniform(0)]
    pub ink: Ink,
}

impl InkMaterial {
    /// Opaque, for a pixel of one unit.
    pub fn new() -> Self {
        Self { ink: Ink { how: Vec4::new(1.0, 1.0, 0.0, 0.0) } }
    }
}

impl Default for InkMaterial {
    fn default() -> Self {
        Self::new()
    }
}

impl Material2d for InkMaterial {
    fn vertex_shader() -> ShaderRef {
        SHADER.into()
    }

    fn fragment_shader() -> ShaderRef {
        SHADER.into()
    }

    fn alpha_mode(&self) -> AlphaMode2d {
        AlphaMode2d::Blend
    }

    fn specialize(
        descriptor: &mut RenderPipelineDescriptor,
        layout: &MeshVertexBufferLayoutRef,
        _: Material2dKey<Self>,
    ) -> Result<(), SpecializedMeshPipelineError> {
        descriptor.vertex.buffers = vec![layout.0.get_layout(&[
            BOX.at_shader_location(0),
            SHAPE.at_shader_location(1),
            COLOUR.at_shader_location(2),
            CORNER.at_shader_location(3),
        ])?];
        Ok(())
    }
}

/// A box on its way into a mesh.
#[derive(Debug, Clone, Copy)]
struct Stroke {
    centre: Vec2,
    half: Vec2,
    turn: Vec2,
    radius: f32,
    line: f32,
    colour: [f32; 4],
    least_px: f32,
}

/// Strokes to be drawn, the first one lowest.
#[derive(Debug, Clone, Default)]
pub struct Strokes(Vec<Stroke>);

/// How a line or a box is drawn.
#[derive(Debug, Clone, Copy)]
pub struct Pen {
    /// Its colour.
    pub colour: Rgb,
    /// Its opacity, 0 to 1.
    pub alpha: f32,
    /// Its width in world units; of a box, 0 fills it, and a negative one is so many
    /// pixels at every zoom.
    pub width: f32,
    /// It never becomes thinner than so many pixels.
    pub least_px: f32,
}

impl Pen {
    /// An opaque pen of a width.
    pub const fn new(colour: Rgb, width: f32) -> Self {
        Self { colour, alpha: 1.0, width, least_px: 1.0 }
    }

    /// The same, fainter.
    #[must_use]
    pub const fn faint(self, alpha: f32) -> Self {
        Self { alpha, ..self }
    }
}

impl Strokes {
    /// A box around a centre, turned, with round corners.
    pub fn area(&mut self, centre: Vec2, half: Vec2, turn: f32, radius: f32, pen: Pen) {
        self.0.push(Stroke {
            centre,
            half,
            turn: Vec2::from_angle(turn),
            radius,
            line: pen.width,
            colour: linear(pen),
            least_px: 0.0,
        });
    }

    /// A straight line with round ends.
    pub fn line(&mut self, from: Vec2, to: Vec2, pen: Pen) {
        let along = to - from;
        let length = along.length();
        let turn = if length > 0.0 { along / length } else { Vec2::X };
        let half_width = pen.width / 2.0;
        self.0.push(Stroke {
            centre: from.midpoint(to),
            half: Vec2::new(length / 2.0 + half_width, half_width),
            turn,
            radius: half_width,
            line: 0.0,
            colour: linear(pen),
            least_px: pen.least_px,
        });
    }

    /// Lines through points.
    pub fn path(&mut self, points: &[Vec2], pen: Pen) {
        for ends in points.windows(2) {
            self.line(ends[0], ends[1], pen);
        }
    }

    /// A line as a hand rules it: nearly straight. The same key wavers the same way.
    pub fn ruled(&mut self, from: Vec2, to: Vec2, waver: f32, key: u32, pen: Pen) {
        let along = to - from;
        let across = along.perp().normalize_or_zero();
        let parts = ((along.length() / 140.0).ceil() as u32).clamp(2, 12);
        let mut points = Vec::with_capacity(parts as usize + 1);
        for i in 0..=parts {
            let share = i as f32 / parts as f32;
            let off = if i == 0 || i == parts { 0.35 } else { 1.0 };
            points.push(from + along * share + across * (noise(key, i) * waver * off));
        }
        self.path(&points, pen);
    }

    /// The mesh of all strokes. Without any it holds one that cannot be seen, because
    /// a mesh without corners is none.
    pub fn mesh(&self) -> Mesh {
        if self.0.is_empty() {
            let mut nothing = Self::default();
            let unseen = Pen::new(crate::base::palette::PAPER, 0.0).faint(0.0);
            nothing.area(Vec2::ZERO, Vec2::ZERO, 0.0, 0.0, unseen);
            return nothing.mesh();
        }
        let corners = [(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)];
        let n = self.0.len() * 4;
        let (mut boxes, mut shapes) = (Vec::with_capacity(n), Vec::with_capacity(n));
        let (mut colours, mut at) = (Vec::with_capacity(n), Vec::with_capacity(n));
        let mut indices = Vec::with_capacity(self.0.len() * 6);
        for (i, s) in self.0.iter().enumerate() {
            let first = i as u32 * 4;
            indices.extend([0, 1, 2, 0, 2, 3].map(|k| first + k));
            for (x, y) in corners {
                boxes.push([s.centre.x, s.centre.y, s.half.x, s.half.y]);
                shapes.push([s.turn.x, s.turn.y, s.radius, s.line]);
                colours.push(s.colour);
                at.push([x, y, s.least_px]);
            }
        }
        Mesh::new(PrimitiveTopology::TriangleList, RenderAssetUsages::default())
            .with_inserted_attribute(BOX, boxes)
            .with_inserted_attribute(SHAPE, shapes)
            .with_inserted_attribute(COLOUR, colours)
            .with_inserted_attribute(CORNER, at)
            .with_inserted_indices(Indices::U32(indices))
    }
}

/// A fixed number from -1 to 1.
fn noise(key: u32, salt: u32) -> f32 {
    let mut h = key.wrapping_mul(747_796_405).wrapping_add(salt.wrapping_mul(2_891_336_453));
    h = (h ^ (h >> 15)).wrapping_mul(277_803_737);
    h ^= h >> 13;
    f32::from((h >> 8) as u16) / f32::from(u16::MAX) * 2.0 - 1.0
}

fn linear(pen: Pen) -> [f32; 4] {
    let colour = theme::colour(pen.colour).to_linear();
    [colour.red, colour.green, colour.blue, pen.alpha]
}

pub(super) fn plugin(app: &mut App) {
    let source = include_str!("../../assets/shaders/ink.wgsl");
    let shader = Shader::from_wgsl(source, "shaders/ink.wgsl");
    let _ = app.world_mut().resource_mut::<Assets<Shader>>().insert(SHADER.id(), shader);
    app.add_plugins(Material2dPlugin::<InkMaterial>::default());
}
