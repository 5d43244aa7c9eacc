//! How far apart two colours are to an eye, and what eyes of other kinds see.

use zhanyitu::base::palette::Rgb;

/// CIE L*a*b*, white of daylight.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Lab(pub f64, pub f64, pub f64);

/// How somebody sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sight {
    /// Without red cones.
    Protan,
    /// Without green cones.
    Deutan,
    /// Without blue cones.
    Tritan,
    /// Lightness alone.
    Grey,
}

impl Sight {
    pub const ALL: [Self; 4] = [Self::Protan, Self::Deutan, Self::Tritan, Self::Grey];

    /// Machado, Oliveira and Fernandes 2009, severity 1.0, on linear RGB.
    const fn matrix(self) -> [[f64; 3]; 3] {
        match self {
            Self::Protan => [
                [0.152_286, 1.052_583, -0.204_868],
                [0.114_503, 0.786_281, 0.099_216],
                [-0.003_882, -0.048_116, 1.051_998],
            ],
            Self::Deutan => [
                [0.367_322, 0.860_646, -0.227_968],
                [0.280_085, 0.672_501, 0.047_413],
                [-0.011_820, 0.042_940, 0.968_881],
            ],
            Self::Tritan => [
                [1.255_528, -0.076_749, -0.178_779],
                [-0.078_411, 0.930_809, 0.147_602],
                [0.004_733, 0.691_367, 0.303_900],
            ],
            Self::Grey => [[0.2126, 0.7152, 0.0722]; 3],
        }
    }

    /// What is seen of a colour.
    pub fn of(self, colour: Rgb) -> Lab {
        let rgb = linear(colour);
        let seen = self.matrix().map(|row| dot(row, rgb).clamp(0.0, 1.0));
        lab(seen)
    }
}

fn dot(a: [f64; 3], b: [f64; 3]) -> f64 {
    a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}

pub fn linear(Rgb(r, g, b): Rgb) -> [f64; 3] {
    [r, g, b].map(|channel| {
        let share = f64::from(channel) / 255.0;
        if share <= 0.040_45 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
    })
}

fn lab(rgb: [f64; 3]) -> Lab {
    let x = dot([0.412_456, 0.357_576, 0.180_438], rgb) / 0.950_47;
    let y = dot([0.212_673, 0.715_152, 0.072_175], rgb);
    let z = dot([0.019_334, 0.119_192, 0.950_304], rgb) / 1.088_83;
    let [x, y, z] = [x, y, z]
        .map(|t| if t > 216.0 / 24389.0 { t.cbrt() } else { (24389.0 / 27.0 * t + 16.0) / 116.0 });
    Lab(116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z))
}

impl From<Rgb> for Lab {
    fn from(colour: Rgb) -> Self {
        lab(linear(colour))
    }
}

/// CIEDE2000, after Sharma, Wu and Dalal 2005.
pub fn difference(one: Lab, two: Lab) -> f64 {
    let pull = |c: f64| (c.powi(7) / (c.powi(7) + 25_f64.powi(7))).sqrt();
    let mean_c = f64::midpoint(one.1.hypot(one.2), two.1.hypot(two.2));
    let stretch = 1.0 + 0.5 * (1.0 - pull(mean_c));
    let polar = |Lab(_, a, b): Lab| {
        let a = a * stretch;
        let hue =
            if a == 0.0 && b == 0.0 { 0.0 } else { b.atan2(a).to_degrees().rem_euclid(360.0) };
        (a.hypot(b), hue)
    };
    let ((c1, h1), (c2, h2)) = (polar(one), polar(two));
    let turn = |from: f64, to: f64| (to - from + 180.0).rem_euclid(360.0) - 180.0;
    let grey = c1 * c2 == 0.0;
    let d_hue = if grey { 0.0 } else { turn(h1, h2) };
    let (d_l, d_c) = (two.0 - one.0, c2 - c1);
    let d_h = 2.0 * (c1 * c2).sqrt() * (d_hue / 2.0).to_radians().sin();
    let (l, c) = (f64::midpoint(one.0, two.0), f64::midpoint(c1, c2));
    let h = if grey { h1 + h2 } else { (h1 + d_hue / 2.0).rem_euclid(360.0) };
    let cos = |degrees: f64| degrees.to_radians().cos();
    let t = 1.0 - 0.17 * cos(h - 30.0) + 0.24 * cos(2.0 * h) + 0.32 * cos(3.0 * h + 6.0)
        - 0.20 * cos(4.0 * h - 63.0);
    let off = (l - 50.0).powi(2);
    let (s_l, s_c, s_h) =
        (1.0 + 0.015 * off / (20.0 + off).sqrt(), 1.0 + 0.045 * c, 1.0 + 0.015 * c * t);
    let around_blue = 30.0 * (-((h - 275.0) / 25.0).powi(2)).exp();
    let twist = -2.0 * pull(c) * (2.0 * around_blue).to_radians().sin();
    let (l, c, h) = (d_l / s_l, d_c / s_c, d_h / s_h);
    (l * l + c * c + h * h + twist * c * h).sqrt()
}

#[test]
fn the_difference_is_the_published_one() {
    // Sharma, Wu and Dalal, table 1: pairs 1, 7, 16, 25 and 34.
    for (one, two, published) in [
        (Lab(50.0, 2.6772, -79.7751), Lab(50.0, 0.0, -82.7485), 2.0425),
        (Lab(50.0, 0.0, 0.0), Lab(50.0, -1.0, 2.0), 2.3669),
        (Lab(50.0, 2.5, 0.0), Lab(50.0, 0.0, -2.5), 4.3065),
        (Lab(60.2574, -34.0099, 36.2677), Lab(60.4626, -34.1751, 39.4387), 1.2644),
        (Lab(2.0776, 0.0795, -1.135), Lab(0.9033, -0.0636, -0.5514), 0.9082),
    ] {
        assert!((difference(one, two) - published).abs() < 5e-5, "{one:?} {two:?}");
        assert!((difference(two, one) - published).abs() < 5e-5, "{two:?} {one:?}");
    }
}
