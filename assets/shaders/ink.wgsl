// Ruled lines, walls, lanes and water: rounded boxes of any turn, each edge soft
// over one pixel at every zoom. A line is a very long box, a dot a very small one.

#import bevy_sprite::mesh2d_view_bindings::view

struct Ink {
    // x: opacity of everything; y: world units of a pixel
    how: vec4<f32>,
}

@group(#{MATERIAL_BIND_GROUP}) @binding(0) var<uniform> ink: Ink;

struct Vertex {
    // Centre, half length, half width.
    @location(0) box: vec4<f32>,
    // Cosine and sine of the turn, radius of the corners, width of the stroke (0: filled;
    // negative: so many pixels, whatever the zoom).
    @location(1) shape: vec4<f32>,
    // Linear RGB and opacity.
    @location(2) colour: vec4<f32>,
    // Which corner: -1 or 1 each; z: least width in pixels, so that a line never vanishes.
    @location(3) corner: vec3<f32>,
}

struct Fragment {
    @builtin(position) position: vec4<f32>,
    @location(0) at: vec2<f32>,
    @location(1) half_size: vec2<f32>,
    // radius, stroke
    @location(2) shape: vec2<f32>,
    @location(3) colour: vec4<f32>,
}

@vertex
fn vertex(in: Vertex) -> Fragment {
    let pixel = ink.how.y;
    let least = in.corner.z * pixel * 0.5;
    let half_size = max(in.box.zw, vec2(least));
    let local = in.corner.xy * (half_size + vec2(pixel * 1.5));
    let turn = in.shape.xy;
    let world = in.box.xy + vec2(local.x * turn.x - local.y * turn.y, local.x * turn.y + local.y * turn.x);
    var out: Fragment;
    out.position = view.clip_from_world * vec4(world, 0.0, 1.0);
    out.at = local;
    out.half_size = half_size;
    out.shape = vec2(min(max(in.shape.z, least), min(half_size.x, half_size.y)), in.shape.w);
    out.colour = in.colour;
    return out;
}

@fragment
fn fragment(in: Fragment) -> @location(0) vec4<f32> {
    let pixel = ink.how.y;
    let q = abs(in.at) - in.half_size + vec2(in.shape.x);
    var d = length(max(q, vec2(0.0))) + min(max(q.x, q.y), 0.0) - in.shape.x;
    if in.shape.y != 0.0 {
        let wide = max(max(in.shape.y, -in.shape.y * pixel * step(in.shape.y, 0.0)), pixel);
        d = abs(d + wide * 0.5) - wide * 0.5;
    }
    let cover = clamp(0.5 - d / pixel, 0.0, 1.0);
    return vec4(in.colour.rgb, in.colour.a * cover * ink.how.x);
}
