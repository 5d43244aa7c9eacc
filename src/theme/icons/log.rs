//! Icons of the log, the gallery and the shelf.
//!
//! Floor 6. Reads nothing; makes strokes.

use super::{Icon, PEN, Part, bar};

/// Icons of the log and of what hangs on the walls around the board.
pub(super) fn parts(icon: Icon) -> Vec<Part> {
    use Part::{Area, Dot, Line};
    let frame = |x: f32, y: f32, w: f32, h: f32, pen: f32| {
        Line(vec![(x, y), (x + w, y), (x + w, y + h), (x, y + h), (x, y)], pen)
    };
    let person = |x: f32, y: f32, size: f32| {
        let at = |px: f32, py: f32| (x + px * size, y + py * size);
        let body =
            [(-0.62, 0.85), (-0.5, 0.22), (-0.2, -0.02), (0.2, -0.02), (0.5, 0.22), (0.62, 0.85)];
        [Dot(at(0.0, -0.45), 0.38 * size), Area(body.map(|(px, py)| at(px, py)).to_vec())]
    };
    match icon {
        Icon::Thermometer => vec![
            Line(vec![(0.0, -0.72), (0.0, 0.3)], 0.44),
            Dot((0.0, 0.52), 0.4),
            Line(vec![(0.42, -0.6), (0.7, -0.6)], 0.12),
            Line(vec![(0.42, -0.25), (0.7, -0.25)], 0.12),
            Line(vec![(0.42, 0.1), (0.7, 0.1)], 0.12),
        ],
        Icon::Aid => vec![
            frame(-0.78, -0.62, 1.56, 1.36, 0.16),
            Line(vec![(-0.34, -0.66), (-0.34, -0.9), (0.34, -0.9), (0.34, -0.66)], 0.14),
            bar(-0.42, -0.06, 0.84, 0.24),
            bar(-0.12, -0.36, 0.24, 0.84),
        ],
        Icon::People => {
            person(-0.4, 0.1, 0.78).into_iter().chain(person(0.48, 0.22, 0.62)).collect()
        }
        Icon::Gate => vec![
            Area(vec![(-0.95, -0.5), (-0.7, -0.82), (0.7, -0.82), (0.95, -0.5)]),
            bar(-0.78, -0.34, 1.56, 0.16),
            bar(-0.66, -0.5, 0.2, 1.36),
            bar(0.46, -0.5, 0.2, 1.36),
        ],
        Icon::Book => vec![
            Line(
                vec![
                    (0.0, -0.5),
                    (-0.42, -0.66),
                    (-0.86, -0.56),
                    (-0.86, 0.58),
                    (-0.42, 0.5),
                    (0.0, 0.66),
                ],
                0.15,
            ),
            Line(
                vec![
                    (0.0, -0.5),
                    (0.42, -0.66),
                    (0.86, -0.56),
                    (0.86, 0.58),
                    (0.42, 0.5),
                    (0.0, 0.66),
                ],
                0.15,
            ),
            Line(vec![(0.0, -0.5), (0.0, 0.66)], 0.15),
        ],
        Icon::Boards => vec![
            frame(-0.86, -0.7, 0.72, 0.56, 0.14),
            frame(0.14, -0.7, 0.72, 0.56, 0.14),
            frame(-0.86, 0.16, 0.72, 0.56, 0.14),
            frame(0.14, 0.16, 0.72, 0.56, 0.14),
        ],
        Icon::Keep => vec![
            Line(vec![(0.0, -0.8), (0.0, 0.1)], PEN),
            Area(vec![(-0.42, -0.06), (0.42, -0.06), (0.0, 0.44)]),
            Line(vec![(-0.78, 0.3), (-0.78, 0.76), (0.78, 0.76), (0.78, 0.3)], PEN),
        ],
        _ => Vec::new(),
    }
}
