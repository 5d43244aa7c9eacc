// Every home of the community in one draw call.
//
// A vertex carries where its home stands on the board and on the plan; what the
// home shows comes from one texel of a small integer texture, so a change of a
// home is a change of four bytes and the geometry is never written again. Within
// the limits of WebGL2: no storage buffers, one uniform block of 256 bytes.

#import bevy_sprite::mesh2d_view_bindings::view

struct Homes {
    // x: look, from 0 the board to 1 the plan
    look: vec4<f32>,
    // x: columns of the texture
    table: vec4<u32>,
    // By marker, in the order of `Marker::ALL`, then the hue of all stamps; linear RGB.
    fills: array<vec4<f32>, 8>,
    ink: vec4<f32>,
    soft: vec4<f32>,
    paper: vec4<f32>,
    ruling: vec4<f32>,
}

@group(#{MATERIAL_BIND_GROUP}) @binding(0) var<uniform> homes: Homes;
@group(#{MATERIAL_BIND_GROUP}) @binding(1) var state: texture_2d<u32>;

// Numbers of glyphs, in the order of `Glyph::ALL`: markers come first.
const UNKNOWN: u32 = 7u;
const BLANK: u32 = 8u;
const RING: u32 = 9u;
const DISC: u32 = 13u;
const PLUS: u32 = 14u;
const SOLID: u32 = 15u;
const HOLLOW: u32 = 16u;
const SALTIRE: u32 = 17u;
const STALE: u32 = 1u;
const FIGURE: u32 = 2u;
const STAR: u32 = 4u;
const FADED: u32 = 8u;
// Where the fill of all stamps stands.
const CALM: u32 = 7u;
// How far a quad reaches beyond its cell, for its soft edge.
const REACH: f32 = 1.12;

struct Vertex {
    // Centre and half side on the board.
    @location(0) board: vec3<f32>,
    // Centre and half side on the plan.
    @location(1) plan: vec3<f32>,
    // Number of the home and, in the two lowest bits, which corner this is.
    @location(2) home: u32,
}

struct Fragment {
    @builtin(position) position: vec4<f32>,
    // In half sides from the home's centre, y down.
    @location(0) at: vec2<f32>,
    // Share of the plan in the look of this home.
    @location(1) plan: f32,
    // glyph | flags << 8 | glyph before << 16 | how far the new one is drawn << 24
    @location(2) @interpolate(flat) shown: u32,
}

fn hash(x: u32) -> u32 {
    var h = x * 747796405u + 2891336453u;
    h = ((h >> ((h >> 28u) + 4u)) ^ h) * 277803737u;
    return (h >> 22u) ^ h;
}

@vertex
fn vertex(in: Vertex) -> Fragment {
    let home = in.home >> 2u;
    let corner = vec2(select(-1.0, 1.0, (in.home & 1u) != 0u), select(-1.0, 1.0, (in.home & 2u) != 0u));
    // Homes set out one after the other, and arrive together at both ends.
    let delay = f32(hash(home) & 255u) / 255.0 * 0.3;
    let way = clamp((homes.look.x - delay) / 0.7, 0.0, 1.0);
    let share = way * way * (3.0 - 2.0 * way);
    let middle = mix(in.board.xy, in.plan.xy, share);
    let half_side = mix(in.board.z, in.plan.z, share);

    let columns = homes.table.x;
    let texel = textureLoad(state, vec2<i32>(vec2(home % columns, home / columns)), 0);

    var out: Fragment;
    out.at = corner * REACH;
    let world = middle + vec2(out.at.x, -out.at.y) * half_side;
    out.position = view.clip_from_world * vec4(world, 0.0, 1.0);
    out.plan = share;
    out.shown = texel.r | (texel.g << 8u) | (texel.b << 16u) | (texel.a << 24u);
    return out;
}

fn box(p: vec2<f32>, half_size: vec2<f32>) -> f32 {
    let q = abs(p) - half_size;
    return length(max(q, vec2(0.0))) + min(max(q.x, q.y), 0.0);
}

// A convex polygon with its corners on a circle, point up.
fn polygon(p: vec2<f32>, sides: f32, radius: f32) -> f32 {
    let step = 6.2831853 / sides;
    let turn = atan2(p.x, -p.y);
    let near = turn - step * floor(turn / step + 0.5);
    // Distance to the edge between two corners, which lie at multiples of `step`.
    let to_edge = abs(near) - step * 0.5;
    return length(p) * cos(to_edge) - radius * cos(step * 0.5);
}

fn cross(p: vec2<f32>, long: f32, wide: f32) -> f32 {
    return min(box(p, vec2(long, wide)), box(p, vec2(wide, long)));
}

// Distance to the silhouette of a glyph; each has a shape of its own.
fn silhouette(p: vec2<f32>, glyph: u32) -> f32 {
    switch glyph {
        case 0u: { return polygon(p - vec2(0.0, 0.16), 3.0, 1.02); }
        case 1u: { return box(p, vec2(0.64)); }
        case 3u: { return polygon(p, 4.0, 0.92); }
        case 4u: { return polygon(p, 5.0, 0.86); }
        case 5u: { return polygon(p.yx, 6.0, 0.84); }
        case 14u: { return cross(p, 0.74, 0.28); }
        case 15u, 16u: { return box(p, vec2(0.62)); }
        case 17u: { return cross(vec2(p.x + p.y, p.y - p.x) * 0.70710678, 0.86, 0.2); }
        default: { return length(p) - 0.72; }
    }
}

fn star(p: vec2<f32>, radius: f32) -> f32 {
    let step = 6.2831853 / 5.0;
    let turn = atan2(p.x, -p.y);
    let near = abs(turn - step * floor(turn / step + 0.5));
    let q = length(p) * vec2(sin(near), cos(near));
    // The edge from the point (0, r) to the notch at half a step.
    let notch = radius * 0.45 * vec2(sin(step * 0.5), cos(step * 0.5));
    let edge = notch - vec2(0.0, radius);
    let out = vec2(-edge.y, edge.x) / length(edge);
    return dot(q - vec2(0.0, radius), select(-out, out, out.x > 0.0));
}

fn figure(p: vec2<f32>, size: f32) -> f32 {
    let head = length(p - vec2(0.0, -0.52) * size) - 0.44 * size;
    let width = mix(0.46, 0.66, clamp(p.y / size, 0.0, 1.0)) * size;
    let body = max(abs(p.x) - width, max(-p.y - 0.02 * size, p.y - size));
    return min(head, body);
}

fn cover(distance: f32, pixel: f32) -> f32 {
    return clamp(0.5 - distance / pixel, 0.0, 1.0);
}

// How much of its fill a glyph shows: all, a step of a disc, or nothing.
fn fullness(glyph: u32) -> f32 {
    if glyph >= RING && glyph <= DISC {
        return f32(glyph - RING) / f32(DISC - RING);
    }
    return select(1.0, 0.0, glyph == UNKNOWN || glyph == BLANK || glyph == HOLLOW);
}

fn fill_of(glyph: u32) -> vec3<f32> {
    return homes.fills[min(glyph, CALM)].rgb;
}

// One glyph as it lies on paper of a colour.
fn drawn(paper: vec3<f32>, p: vec2<f32>, glyph: u32, stale: bool, pixel: f32) -> vec3<f32> {
    let ring = max(min(0.07, pixel * 3.5), pixel * 1.1);
    if glyph == BLANK {
        return paper;
    }
    if glyph == UNKNOWN {
        let turn = atan2(p.y, p.x) / 6.2831853;
        let gap = select(0.0, 1.0, pixel < 0.14 && fract(turn * 9.0) > 0.62);
        let edge = abs(length(p) - 0.66) - ring * 0.5;
        return mix(paper, homes.soft.rgb, cover(edge, pixel) * (1.0 - gap));
    }
    let d = silhouette(p, glyph);
    let edge = select(homes.ink.rgb, homes.soft.rgb, stale);
    var colour = mix(paper, edge, cover(d, pixel));
    if glyph == HOLLOW {
        // Nothing but its edge: drawn so that it cannot be overlooked.
        return mix(colour, homes.paper.rgb, cover(d + max(ring, 0.16), pixel));
    }
    if glyph >= RING && glyph < DISC {
        colour = mix(colour, homes.paper.rgb, cover(d + ring, pixel));
        let steps = f32(glyph - RING);
        let inner = length(p) - (0.08 + 0.145 * steps);
        return mix(colour, fill_of(glyph), cover(inner, pixel) * min(steps, 1.0));
    }
    colour = mix(colour, fill_of(glyph), cover(d + ring, pixel));
    if stale {
        // The cloth has been over it: strokes of paper across the lower right. The
        // middle keeps its colour, so that the colour can always be read.
        let along = (p.x + p.y) * 0.70710678;
        let first = abs(along - 0.52) - max(0.075, pixel * 0.6);
        let second = abs(along - 0.86) - max(0.075, pixel * 0.6);
        colour = mix(colour, homes.paper.rgb, cover(min(first, second), pixel) * 0.92);
    }
    return colour;
}

@fragment
fn fragment(in: Fragment) -> @location(0) vec4<f32> {
    let p = in.at;
    let pixel = max(fwidth(p.x), 1e-4);
    let glyph = in.shown & 255u;
    let flags = (in.shown >> 8u) & 255u;
    let before = (in.shown >> 16u) & 255u;
    let done = f32(in.shown >> 24u) / 255.0;
    let stale = (flags & STALE) != 0u;
    let cell = box(p, vec2(1.0));
    // A cell of less than nine pixels has no room for a silhouette: a spot of colour.
    let tiny = pixel > 0.22;

    var colour = homes.paper.rgb;
    if tiny {
        colour = mix(colour, fill_of(glyph), fullness(glyph));
        let line = abs(cell) - pixel * 0.35;
        // Of a cell of less than five pixels the edge would eat the middle.
        let edge = select(0.55, 0.0, pixel > 0.4);
        colour = mix(colour, homes.soft.rgb, cover(line, pixel) * select(edge, 1.0, glyph == HOLLOW));
    } else {
        // A light wash of the fill behind its silhouette, if it shows all of it.
        if !stale && pixel < 0.25 && fullness(glyph) == 1.0 {
            colour = mix(colour, fill_of(glyph), 0.16 * done);
        }
        // The ruling between squares.
        let line = abs(cell) - pixel * 0.5;
        colour = mix(colour, homes.ruling.rgb, cover(line, pixel) * (1.0 - in.plan * 0.6));
        let centred = p - vec2(0.0, 0.04);
        // A new colour is drawn over the old one, from left to right, as by a hand.
        let stroke = (done * 2.6 - 1.3) + 0.12 * sin(p.y * 9.0);
        let fresh = select(cover(p.x - stroke, 0.15), 1.0, done >= 1.0);
        let old = drawn(colour, centred, before, stale, pixel);
        let new_one = drawn(colour, centred, glyph, stale, pixel);
        colour = mix(old, new_one, fresh);

        if pixel < 0.2 {
            if (flags & FIGURE) != 0u {
                let d = figure(p - vec2(-0.62, -0.62), 0.27);
                colour = mix(colour, homes.paper.rgb, cover(d - 0.09, pixel));
                colour = mix(colour, homes.ink.rgb, cover(d, pixel));
            }
            if (flags & STAR) != 0u {
                let d = star(p - vec2(0.62, -0.6), 0.3);
                colour = mix(colour, homes.paper.rgb, cover(d - 0.09, pixel));
                colour = mix(colour, homes.ink.rgb, cover(d, pixel));
            }
        }
    }
    if (flags & FADED) != 0u {
        colour = mix(colour, homes.paper.rgb, 0.8);
    }
    return vec4(colour, cover(cell, pixel));
}
