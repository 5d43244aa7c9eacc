//! All homes: one mesh, one material, one draw call, whatever their number.
//!
//! Floor 8, with Bevy. Reads the terrain and the read model; owns the mesh, the
//! material and the state texture.

use bevy::asset::{RenderAssetUsages, uuid_handle};
use bevy::camera::visibility::NoFrustumCulling;
use bevy::image::ImageSampler;
use bevy::mesh::{
    Indices, MeshVertexAttribute, MeshVertexBufferLayoutRef, PrimitiveTopology, VertexFormat,
};
use bevy::prelude::*;
use bevy::reflect::TypePath;
use bevy::render::render_resource::{
    AsBindGroup, Extent3d, RenderPipelineDescriptor, ShaderType, SpecializedMeshPipelineError,
    TextureDimension, TextureFormat,
};
use bevy::shader::{Shader, ShaderRef};
use bevy::sprite_render::{AlphaMode2d, Material2d, Material2dKey, Material2dPlugin};

use super::MapSystems;
use super::eye::Morph;
use super::paint::{self, Markers};
use super::terrain::{Laid, Terrain};
use crate::app::{Live, View};
use crate::base::ids::HouseholdId;
use crate::base::palette::{self, Marker, Rgb};
use crate::session::pacer::Speed;
use crate::theme;

const SHADER: Handle<Shader> = uuid_handle!("2a3f0a30-6f7b-4f5e-8d39-9a0c6c2f7a02");
const BOARD: MeshVertexAttribute =
    MeshVertexAttribute::new("HomeBoard", 0x5a59_5411, VertexFormat::Float32x3);
const PLAN: MeshVertexAttribute =
    MeshVertexAttribute::new("HomePlan", 0x5a59_5412, VertexFormat::Float32x3);
const HOME: MeshVertexAttribute =
    MeshVertexAttribute::new("Home", 0x5a59_5413, VertexFormat::Uint32);
/// How long a hand takes to draw a marker, seconds.
const STROKE: f32 = 0.35;
/// Homes lie above the ground.
const ABOVE: f32 = 2.0;

/// As the shader has it; each field fills sixteen bytes, as WebGL2 wants it.
#[derive(ShaderType, Debug, Clone, Copy)]
pub struct Uniform {
    look: Vec4,
    table: UVec4,
    fills: [Vec4; 8],
    ink: Vec4,
    soft: Vec4,
    paper: Vec4,
    ruling: Vec4,
}

/// The material of all homes.
#[derive(Asset, TypePath, AsBindGroup, Debug, Clone)]
pub struct HomesMaterial {
    #[uniform(0)]
    uniform: Uniform,
    #[texture(1, sample_type = "u_int", visibility(vertex, fragment))]
    state: Handle<Image>,
}

impl Material2d for HomesMaterial {
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
            BOARD.at_shader_location(0),
            PLAN.at_shader_location(1),
            HOME.at_shader_location(2),
        ])?];
        Ok(())
    }
}

/// The homes on the screen.
#[derive(Resource)]
pub struct Homes {
    entity: Entity,
    material: Handle<HomesMaterial>,
    state: Handle<Image>,
    markers: Markers,
    /// Homes whose marker is being drawn, with the second at which it began.
    drawing: Vec<(HouseholdId, f32)>,
}

impl Homes {
    /// Whether a marker is being drawn.
    pub fn draws(&self) -> bool {
        !self.drawing.is_empty()
    }

    /// The state texture.
    pub fn state(&self) -> &Handle<Image> {
        &self.state
    }
}

fn linear(rgb: Rgb) -> Vec4 {
    theme::colour(rgb).to_linear().to_vec4()
}

fn mesh(terrain: &Terrain) -> Mesh {
    let n = terrain.board.homes.len();
    let mut board = Vec::with_capacity(n * 4);
    let mut plan = Vec::with_capacity(n * 4);
    let mut homes = Vec::with_capacity(n * 4);
    let mut indices = Vec::with_capacity(n * 6);
    for (i, (on_board, on_plan)) in terrain.board.homes.iter().zip(&terrain.plan.homes).enumerate()
    {
        let first = i as u32 * 4;
        // Corners 0 to 3: left or right in the lowest bit, upper or lower in the next.
        indices.extend([0, 2, 1, 1, 2, 3].map(|k| first + k));
        for corner in 0..4 {
            board.push([on_board.at.x, on_board.at.y, on_board.half]);
            plan.push([on_plan.at.x, on_plan.at.y, on_plan.half]);
            homes.push((i as u32) << 2 | corner);
        }
    }
    Mesh::new(PrimitiveTopology::TriangleList, RenderAssetUsages::default())
        .with_inserted_attribute(BOARD, board)
        .with_inserted_attribute(PLAN, plan)
        .with_inserted_attribute(HOME, homes)
        .with_inserted_indices(Indices::U32(indices))
}

fn build(
    terrain: Res<Terrain>,
    live: Res<Live>,
    view: Res<View>,
    old: Option<Res<Homes>>,
    mut commands: Commands,
    mut meshes: ResMut<Assets<Mesh>>,
    mut materials: ResMut<Assets<HomesMaterial>>,
    mut images: ResMut<Assets<Image>>,
) {
    if let Some(old) = old {
        commands.entity(old.entity).despawn();
    }
    let (columns, rows) = paint::extent(terrain.board.homes.len());
    let mut image = Image::new(
        Extent3d { width: columns, height: rows, depth_or_array_layers: 1 },
        TextureDimension::D2,
        vec![0; (columns * rows) as usize * paint::TEXEL],
        TextureFormat::Rgba8Uint,
        RenderAssetUsages::MAIN_WORLD | RenderAssetUsages::RENDER_WORLD,
    );
    image.sampler = ImageSampler::nearest();
    let markers = Markers::of(live.frame(), &live.story().legends);
    if let Some(bytes) = image.data.as_mut() {
        everything(bytes, &live, &markers);
    }
    let state = images.add(image);
    let material = materials
        .add(HomesMaterial { uniform: uniform(&view, 0.0, columns), state: state.clone() });
    let entity = commands
        .spawn((
            Mesh2d(meshes.add(mesh(&terrain))),
            MeshMaterial2d(material.clone()),
            Transform::from_xyz(0.0, 0.0, ABOVE),
            NoFrustumCulling,
        ))
        .id();
    commands.insert_resource(Homes { entity, material, state, markers, drawing: Vec::new() });
}

fn everything(bytes: &mut [u8], live: &Live, markers: &Markers) {
    for (i, shown) in live.frame().homes().iter().enumerate() {
        paint::home(bytes, HouseholdId::from_index(i), *shown, markers, false);
    }
}

fn uniform(view: &View, look: f32, columns: u32) -> Uniform {
    // The last one is the hue of all stamps; what is not known has no fill.
    let mut fills = [linear(palette::CALM); 8];
    for (fill, marker) in fills.iter_mut().zip(Marker::ALL) {
        *fill = linear(marker.fill_in(view.palette));
    }
    Uniform {
        look: Vec4::new(look, 0.0, 0.0, 0.0),
        table: UVec4::new(columns, 0, 0, 0),
        fills,
        ink: linear(palette::INK),
        soft: linear(palette::INK_SOFT),
        paper: linear(palette::PAPER_RAISED),
        ruling: linear(palette::RULING),
    }
}

/// Brings the texture up to what the office knows. Only what changed is written,
/// and the picture is touched only then.
fn colour(
    live: Res<Live>,
    view: Res<View>,
    time: Res<Time<Real>>,
    homes: ResMut<Homes>,
    mut images: ResMut<Assets<Image>>,
) {
    let homes = homes.into_inner();
    let other = live.is_changed().then(|| Markers::of(live.frame(), &live.story().legends));
    let other = other.filter(|markers| *markers != homes.markers);
    let changed = live.is_changed() && !live.changed().is_empty();
    if !changed && other.is_none() && homes.drawing.is_empty() {
        return;
    }
    let Some(mut image) = images.get_mut(&homes.state) else { return };
    let Some(bytes) = image.data.as_mut() else { return };
    if let Some(markers) = other {
        homes.markers = markers;
        homes.drawing.clear();
        everything(bytes, &live, &homes.markers);
        return;
    }
    let now = time.elapsed_secs_wrapped();
    if changed {
        // A week a second changes more than an eye can follow.
        let quick = matches!(live.speed(), Speed::OneDay | Speed::OneWeek);
        let slowly = !view.still && live.playing() && !quick;
        for &home in live.changed() {
            let Some(shown) = live.frame().shown(home) else { continue };
            if paint::home(bytes, home, shown, &homes.markers, slowly) {
                homes.drawing.push((home, now));
            }
        }
    }
    homes.drawing.retain(|&(home, since)| {
        let share = (now - since).rem_euclid(WRAP) / STROKE;
        paint::draw_on(bytes, home, share);
        share < 1.0
    });
}

/// The engine's clock in seconds begins anew each hour.
const WRAP: f32 = 3600.0;

/// Brings look and fills up to date.
fn dress(
    view: Res<View>,
    morph: Res<Morph>,
    terrain: Res<Terrain>,
    homes: Res<Homes>,
    mut materials: ResMut<Assets<HomesMaterial>>,
) {
    if !(view.is_changed() || morph.is_changed() || homes.is_added()) {
        return;
    }
    let Some(mut material) = materials.get_mut(&homes.material) else { return };
    let (columns, _) = paint::extent(terrain.board.homes.len());
    material.uniform = uniform(&view, morph.share, columns);
}

pub(super) fn plugin(app: &mut App) {
    let source = include_str!("../../assets/shaders/homes.wgsl");
    let shader = Shader::from_wgsl(source, "shaders/homes.wgsl");
    let _ = app.world_mut().resource_mut::<Assets<Shader>>().insert(SHADER.id(), shader);
    app.add_plugins(Material2dPlugin::<HomesMaterial>::default());
    app.add_systems(
        Update,
        (
            build.run_if(resource_changed::<Terrain>).in_set(Laid),
            (colour, dress).chain().in_set(MapSystems::Paint),
        ),
    );
}
