//! Quantiles: from a uniform word to a value of a distribution, in integers.
//!
//! Floor 1. Reads nothing but its arguments; owns [`Quantiles`]. A table is built
//! once and looked up by word, so that one uniform decides one value and a larger
//! word never gives a smaller value.
//!
//! The tables are finest where it matters: a bin is a thirty-second of an octave of
//! the *smaller tail*, so one case in a hundred million is as well resolved as one in
//! three. While a table is built there is floating point, by IEEE arithmetic and the
//! pure-Rust `libm` only: `std` may differ in the last bit between platforms. For the
//! same reason the incomplete gamma function below is ours (series and continued
//! fraction, Numerical Recipes 6.2): the crates that offer it call `std`. They judge
//! it in the tests.

use std::sync::{Arc, LazyLock};

use libm::{erfc, exp, lgamma, log, log1p, sqrt};

/// Bins of one octave, as a power of two.
const SUB_BITS: u32 = 5;
const SUB: u32 = 1 << SUB_BITS;
/// Words of one half of the distribution.
const HALF: u32 = 1 << 31;
/// Edges of the bins of one half, both ends included.
const EDGES: usize = ((31 - SUB_BITS + 1) * SUB + 1) as usize;
/// All words, as a number.
const WORDS: f64 = 4_294_967_296.0;
/// Where the outermost bin ends, in steps of a word: it would end at infinity.
const OUTERMOST: f64 = 0.25;
/// Newton's steps on a log-concave tail; six are usual.
const STEPS: u32 = 80;
const CLOSE: f64 = 1e-10;
/// Parts per thousand and per thousand million.
const MILLI: f64 = 1000.0;
const NANO: f64 = 1e9;
/// Largest mean of [`poisson`], in parts per thousand million: 600. Beyond it the
/// chance of no event is no longer a normal number.
pub const LARGEST_MEAN: u64 = 600_000_000_000;
/// No event count is larger: 600 and forty standard deviations.
const LARGEST_COUNT: u32 = 1600;

/// Which tail is the smaller one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Lower,
    Upper,
}

/// What a table was built from. Values are in the unit of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Law {
    /// Always the same value.
    Constant(u32),
    /// Log-normal: its median, and the standard deviation of the logarithm in thousandths.
    LogNormal(u32, u32),
    /// Gamma: its mean, and its shape in thousandths, at least 20.
    Gamma(u32, u32),
}

/// A distribution as a table of quantiles. Values are whole numbers of the unit in
/// which it was built (minutes, parts per million). A copy shares the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quantiles {
    law: Law,
    lower: Arc<[u32]>,
    upper: Arc<[u32]>,
}

impl Quantiles {
    /// The table of a law. A gamma takes most of a millisecond.
    pub fn of(law: Law) -> Self {
        match law {
            Law::Constant(value) => Self::constant(value),
            Law::LogNormal(median, sigma) => Self::log_normal(median, sigma),
            Law::Gamma(mean, shape) => Self::gamma(mean, shape),
        }
    }

    /// What it was built from.
    pub fn law(&self) -> Law {
        self.law
    }

    /// Always the same value.
    pub fn constant(value: u32) -> Self {
        let edges = [f64::from(value); EDGES];
        Self::from_edges(Law::Constant(value), &edges, &edges, 1.0)
    }

    /// Log-normal with a median (in its unit) and a standard deviation of the
    /// logarithm in thousandths. Incubation: 7,284 minutes and 418.
    pub fn log_normal(median: u32, sigma_milli: u32) -> Self {
        let law = Law::LogNormal(median, sigma_milli);
        let (median, sigma) = (f64::from(median), f64::from(sigma_milli) / MILLI);
        let below: Vec<f64> = NORMAL_TAILS.iter().map(|z| median * exp(-sigma * z)).collect();
        let above: Vec<f64> = NORMAL_TAILS.iter().map(|z| median * exp(sigma * z)).collect();
        Self::from_edges(law, &below, &above, 1.0)
    }

    /// Gamma with a mean (in its unit) and a shape in thousandths, at least 20. The
    /// mean is kept to the rounding of the entries, whatever the bins do.
    pub fn gamma(mean: u32, shape_milli: u32) -> Self {
        let shape = f64::from(shape_milli.max(20)) / MILLI;
        let unit = f64::from(mean) / shape;
        let edges = |side| -> Vec<f64> {
            gamma_tails(shape, side).iter().map(|y| unit * exp(*y)).collect()
        };
        let (below, above) = (edges(Side::Lower), edges(Side::Upper));
        let got = mean_of(&below) + mean_of(&above);
        let keep = if got > 0.0 { f64::from(mean) / got } else { 1.0 };
        Self::from_edges(Law::Gamma(mean, shape_milli), &below, &above, keep)
    }

    fn from_edges(law: Law, below: &[f64], above: &[f64], factor: f64) -> Self {
        let whole = |v: &f64| (v * factor + 0.5).clamp(0.0, f64::from(u32::MAX)) as u32;
        Self {
            law,
            lower: below.iter().map(whole).collect(),
            upper: above.iter().map(whole).collect(),
        }
    }

    /// The value that belongs to a uniform word. Never falls when the word rises.
    #[inline]
    pub fn at(&self, word: u32) -> u32 {
        if word < HALF { between(&self.lower, word) } else { between(&self.upper, !word) }
    }

    /// How many words of 2³² give more than a value: the tail, exactly as drawn.
    pub fn words_above(&self, value: u32) -> u64 {
        let (mut low, mut high) = (0_u64, 1_u64 << 32);
        while low < high {
            let middle = u64::midpoint(low, high);
            if self.at(middle as u32) > value { high = middle } else { low = middle + 1 }
        }
        (1 << 32) - low
    }

    /// The mean of the table in thousandths of its unit, for checks.
    pub fn mean_milli(&self) -> u64 {
        let half = |edges: &[u32]| {
            let edges: Vec<f64> = edges.iter().map(|&v| f64::from(v)).collect();
            mean_of(&edges)
        };
        ((half(&self.lower) + half(&self.upper)) * MILLI + 0.5) as u64
    }
}

/// Straight line within the bin of a tail of `t` words.
#[inline]
fn between(edges: &[u32], t: u32) -> u32 {
    let octave = (SUB - 1).max(t).ilog2().saturating_sub(SUB_BITS);
    let bin = ((octave << SUB_BITS) + (t >> octave)) as usize;
    let (a, b) = (i64::from(edges[bin]), i64::from(edges[bin + 1]));
    let inside = i64::from(t & ((1 << octave) - 1)) * 2 + 1;
    (a + (((b - a) * inside) >> (octave + 1))) as u32
}

/// The tail at an edge, in words.
fn edge_words(edge: usize) -> u32 {
    let octave = (edge as u32 >> SUB_BITS).saturating_sub(1);
    (edge as u32 - (octave << SUB_BITS)) << octave
}

fn edge_tail(edge: usize) -> f64 {
    let words = if edge == 0 { OUTERMOST } else { f64::from(edge_words(edge)) };
    words / WORDS
}

/// What one half adds to the mean.
fn mean_of(edges: &[f64]) -> f64 {
    let bin = |i: usize| {
        let width = f64::from(edge_words(i + 1) - edge_words(i)) / WORDS;
        width * 0.5 * (edges[i] + edges[i + 1])
    };
    (0..EDGES - 1).map(bin).sum()
}

/// Solves `f(x) = target` for a concave `f` that returns value and slope, from a
/// point where `f` lies above the target. Newton's method cannot miss there: it steps
/// past the root once and then comes back towards it.
fn solve(target: f64, from: f64, f: impl Fn(f64) -> (f64, f64)) -> f64 {
    let mut x = from;
    for _ in 0..STEPS {
        let (value, slope) = f(x);
        let step = (value - target) / slope;
        x -= step;
        if step.abs() <= CLOSE * x.abs().max(1.0) {
            break;
        }
    }
    x
}

/// Of the standard normal: every log-normal is made of these.
static NORMAL_TAILS: LazyLock<Vec<f64>> = LazyLock::new(normal_tails);

/// Standard normal: how far out each edge's tail begins, from the outermost edge.
fn normal_tails() -> Vec<f64> {
    let root_two = sqrt(2.0);
    let root_two_pi = sqrt(2.0 * std::f64::consts::PI);
    let log_tail = |z: f64| {
        let tail = 0.5 * erfc(z / root_two);
        (log(tail), -exp(-0.5 * z * z) / (root_two_pi * tail))
    };
    let mut z = 0.0;
    let mut tails: Vec<f64> = (0..EDGES)
        .rev()
        .map(|edge| {
            z = if edge == EDGES - 1 { 0.0 } else { solve(log(edge_tail(edge)), z, log_tail) };
            z
        })
        .collect();
    tails.reverse();
    tails
}

/// Gamma of scale 1: the logarithm of the value at each edge of one side.
fn gamma_tails(shape: f64, side: Side) -> Vec<f64> {
    let whole = lgamma(shape);
    let log_tail = |y: f64| {
        // Logarithm of the density of the logarithm.
        let front = shape * y - exp(y) - whole;
        let (below, above) = log_gamma_tails(shape, exp(y), front);
        let density = exp(front);
        match side {
            Side::Lower => (below, density / exp(below)),
            Side::Upper => (above, -density / exp(above)),
        }
    };
    let mut y = log(shape);
    let mut tails: Vec<f64> = (0..EDGES)
        .rev()
        .map(|edge| {
            y = solve(log(edge_tail(edge)), y, log_tail);
            y
        })
        .collect();
    tails.reverse();
    tails
}

/// Logarithms of the regularised incomplete gamma functions P and Q at `x`; `front` is
/// the logarithm of what stands before series and fraction.
fn log_gamma_tails(shape: f64, x: f64, front: f64) -> (f64, f64) {
    if x < shape + 1.0 {
        let (mut term, mut sum, mut n) = (1.0 / shape, 1.0 / shape, shape);
        while term > sum * 1e-17 {
            n += 1.0;
            term *= x / n;
            sum += term;
        }
        let below = (front + log(sum)).min(-1e-300);
        (below, log1p(-exp(below)))
    } else {
        // Lentz's continued fraction.
        let tiny = 1e-300;
        let mut b = x + 1.0 - shape;
        let mut c = 1.0 / tiny;
        let mut d = 1.0 / b;
        let mut h = d;
        for i in 1..500 {
            let i = f64::from(i);
            let a = -i * (i - shape);
            b += 2.0;
            d = 1.0 / (a * d + b);
            c = b + a / c;
            let factor = d * c;
            h *= factor;
            if (factor - 1.0).abs() < 1e-16 {
                break;
            }
        }
        let above = front + log(h);
        (log1p(-exp(above)), above)
    }
}

/// A Poisson count: the smallest number whose cumulative chance reaches the word.
/// `mean` in parts per thousand million, at most [`LARGEST_MEAN`]. Never falls when
/// the mean or the word rises.
#[inline]
pub fn poisson(mean: u64, word: u32) -> u32 {
    let mean = mean.min(LARGEST_MEAN) as f64 / NANO;
    let u = (f64::from(word) + 0.5) / WORDS;
    // The chance of none is at least 1 − mean: most questions end here.
    if u <= 1.0 - mean {
        return 0;
    }
    let mut chance = exp(-mean);
    let (mut reached, mut count) = (chance, 0);
    while u > reached && count < LARGEST_COUNT {
        count += 1;
        chance *= mean / f64::from(count);
        reached += chance;
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;
    use statrs::distribution::{Continuous, ContinuousCDF, DiscreteCDF, Gamma, LogNormal, Poisson};

    const DAY: u32 = 1440;

    fn words(n: u32) -> impl Iterator<Item = u32> {
        // Every octave of both tails, then an even comb.
        let tails = (0..31).flat_map(|o| [1_u32 << o, (1 << o) + (1 << o) / 3]);
        let comb = (0..n).map(move |i| ((u64::from(i) << 32) / u64::from(n)) as u32);
        tails.flat_map(|t| [t, !t]).chain(comb)
    }

    /// T18: published incubation, Lauer 2020, μ 1.621 and σ 0.418.
    #[test]
    fn tails_of_the_incubation_are_the_published_ones() {
        let incubation = Quantiles::log_normal(7284, 418);
        for (days, tail) in [(7, 0.218_492), (10, 0.051_489), (14, 0.007_435), (21, 0.000_330)] {
            let got = incubation.words_above(days * DAY) as f64 / WORDS;
            assert!((got / tail - 1.0).abs() < 2e-3, "{days} days: {got} for {tail}");
        }
        assert!((incubation.mean_milli() as f64 / 1_440_000.0 - 5.52).abs() < 0.005);
        // The tail of whole days, rounded to the nearest, is another one.
        let rounded = incubation.words_above(14 * DAY + DAY / 2) as f64 / WORDS;
        assert!((rounded / 0.005_868 - 1.0).abs() < 2e-3, "{rounded}");
    }

    #[test]
    fn log_normal_agrees_with_a_library_far_into_both_tails() {
        let (median, sigma) = (7284.0_f64, 0.418);
        let ours = Quantiles::log_normal(7284, 418);
        let theirs = LogNormal::new(median.ln(), sigma).unwrap();
        for word in words(1000).filter(|w| (4..u32::MAX - 4).contains(w)) {
            let expected = theirs.inverse_cdf((f64::from(word) + 0.5) / WORDS);
            let off = (f64::from(ours.at(word)) - expected).abs();
            assert!(off < 1.5 + expected * 1e-3, "{word}: {} for {expected}", ours.at(word));
        }
    }

    #[test]
    fn gamma_agrees_with_a_library_and_keeps_its_mean() {
        for shape in [0.1_f64, 0.288, 0.4, 0.45, 1.0, 2.5, 7.0, 40.0] {
            let milli = (shape * 1000.0).round() as u32;
            let ours = Quantiles::gamma(1_000_000, milli);
            assert!(ours.mean_milli().abs_diff(1_000_000_000) < 600_000, "{}", ours.mean_milli());
            let theirs = Gamma::new(shape, shape).unwrap();
            for word in words(500).filter(|w| (16..u32::MAX - 16).contains(w)) {
                // Where the word's value lies in the other's distribution, as a tail.
                let value = f64::from(ours.at(word)) / 1e6;
                let wanted = (f64::from(word.min(!word)) + 0.5) / WORDS;
                let got = if word < HALF { theirs.cdf(value) } else { theirs.sf(value) };
                let step = theirs.pdf(value.max(1e-6)) * 1e-6;
                let off = (got - wanted).abs();
                assert!(
                    off < wanted * 0.02 + step + 1e-12 || value < 1e-3,
                    "shape {shape}, word {word}: value {value}, tail {got} for {wanted}"
                );
            }
        }
    }

    #[test]
    fn a_larger_word_never_gives_a_smaller_value() {
        for table in [
            Quantiles::log_normal(7284, 418),
            Quantiles::gamma(1_000_000, 400),
            Quantiles::gamma(3247, 1000),
            Quantiles::constant(5),
        ] {
            let mut all: Vec<u32> = words(20_000).collect();
            all.extend([0, 1, HALF - 1, HALF, u32::MAX - 1, u32::MAX]);
            all.sort_unstable();
            assert!(all.windows(2).all(|w| table.at(w[0]) <= table.at(w[1])));
        }
    }

    #[test]
    fn counts_agree_with_a_library_and_rise_with_the_mean() {
        for mean in [0.001, 0.13, 1.0, 2.5, 17.3, 140.0, 590.0] {
            let nano = (mean * NANO) as u64;
            let theirs = Poisson::new(mean).unwrap();
            for word in words(500) {
                let count = poisson(nano, word);
                let u = (f64::from(word) + 0.5) / WORDS;
                assert!(theirs.cdf(u64::from(count)) > u - 1e-9, "{mean} {word} {count}");
                let below = count == 0 || theirs.cdf(u64::from(count) - 1) < u + 1e-9;
                assert!(below, "{mean} {word} {count}");
                assert!(poisson(nano + nano / 7, word) >= count);
            }
        }
        assert_eq!(poisson(0, u32::MAX), 0);
        assert!(poisson(u64::MAX, u32::MAX) < LARGEST_COUNT);
    }
}
