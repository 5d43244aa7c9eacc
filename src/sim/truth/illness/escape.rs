//! What can be computed about a home without running anything: final sizes of an
//! outbreak in it, and the chance between two members that gives a wanted attack rate.
//!
//! Floor 1. Reads its arguments; owns [`Infectivity`]. Floating point while computing,
//! by IEEE arithmetic and `libm`; nothing of it is state.
//!
//! Source: the triangular equations of Ball, Adv. Appl. Probab. 1986, for any
//! distribution of infectivity that is the same for all, with the transform
//! φ(x) = E[exp(−x · infectivity)]: for each ℓ from 0 to s,
//! Σ C(s−k, ℓ−k) P(k) / φ(c·(s−ℓ))^(a+k) = C(s, ℓ), summed over k from 0 to ℓ, gives
//! the chance P(k) that of s members k are infected in the end by a introducers and
//! each other. Reed–Frost is φ(j·c) = q^j.

use libm::{exp, pow};

use super::mixing::Mixing;
use super::params::IllnessParams;
use super::rules::{ALIKE, Rules, factors};

const MILLI: f64 = 1e3;
const MILLION: f64 = 1e6;
const NANO: f64 = 1e9;
const BISECTIONS: u32 = 60;

/// How infectivity is distributed: a gamma of mean one, times one of two factors.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Infectivity {
    /// Shape of the gamma; `None`: everybody is alike.
    pub shape: Option<f64>,
    /// Share without symptoms.
    pub silent: f64,
    /// Infectivity with symptoms and without.
    pub factors: (f64, f64),
}

impl Infectivity {
    /// Everybody is alike.
    pub const EVEN: Self = Self { shape: None, silent: 0.0, factors: (1.0, 1.0) };

    /// A gamma alone.
    pub const fn gamma(shape: f64) -> Self {
        Self { shape: Some(shape), ..Self::EVEN }
    }

    /// As the cards have it, with the share without symptoms over all ages.
    pub fn of(illness: &IllnessParams) -> Self {
        let (loud, weak) = factors(illness);
        let shape = (illness.shape < ALIKE).then(|| f64::from(illness.shape) / MILLI);
        let silent = f64::from(illness.silent_overall) / MILLION;
        Self { shape, silent, factors: (f64::from(loud) / MILLION, f64::from(weak) / MILLION) }
    }

    /// The force between two that infects with a chance in parts per million, in parts
    /// per thousand million.
    pub fn force_of(&self, chance: u32) -> u64 {
        (self.force(f64::from(chance) / MILLION).min(MILLION) * NANO + 0.5) as u64
    }

    /// The chance to escape a force that infectivity 1 would make `x`.
    pub fn escape(&self, x: f64) -> f64 {
        let one = |x: f64| match self.shape {
            None => exp(-x),
            Some(k) => pow(1.0 + x / k, -k),
        };
        (1.0 - self.silent) * one(x * self.factors.0) + self.silent * one(x * self.factors.1)
    }

    /// The force between two that infects with chance `p`.
    pub fn force(&self, p: f64) -> f64 {
        // Certainty is a force of 34: one in 10¹⁵ escapes.
        let p = p.clamp(0.0, 1.0 - 1e-15);
        match self.shape {
            _ if p <= 0.0 => 0.0,
            None if self.silent <= 0.0 => -libm::log1p(-p) / self.factors.0,
            Some(k) if self.silent <= 0.0 => k * (pow(1.0 - p, -1.0 / k) - 1.0) / self.factors.0,
            _ => {
                let mut high = 1.0;
                while self.escape(high) > 1.0 - p && high < 1e30 {
                    high *= 2.0;
                }
                bisect(BISECTIONS, 0.0, high, |x| 1.0 - self.escape(x) < p)
            }
        }
    }
}

/// The point up to which `below` holds.
fn bisect(steps: u32, mut low: f64, mut high: f64, below: impl Fn(f64) -> bool) -> f64 {
    for _ in 0..steps {
        let middle = 0.5 * (low + high);
        if below(middle) { low = middle } else { high = middle }
    }
    0.5 * (low + high)
}

fn choose(n: usize, k: usize) -> f64 {
    (0..k).map(|i| (n - i) as f64 / (i + 1) as f64).product()
}

/// The chance that of `s` others 0, 1, … s are infected in the end, when `a` introduce
/// the infection and any two meet with a force of `force`. Exact up to about 12.
pub fn final_sizes(s: usize, a: usize, force: f64, infectivity: &Infectivity) -> Vec<f64> {
    let escapes: Vec<f64> = (0..=s).map(|j| infectivity.escape(force * j as f64)).collect();
    let mut sizes: Vec<f64> = Vec::with_capacity(s + 1);
    for l in 0..=s {
        let phi = escapes[s - l];
        let before: f64 = sizes
            .iter()
            .enumerate()
            .map(|(k, p)| choose(s - k, l - k) * p / pow(phi, (a + k) as f64))
            .sum();
        sizes.push((choose(s, l) - before) * pow(phi, (a + l) as f64));
    }
    sizes
}

/// Contacts of a home's first case who are infected in the end, as a share, when the
/// case is a random resident of the homes with two members or more. `homes[i]`: how
/// many homes have i + 1 members. `p`: chance between two, over the whole infection.
pub fn attack_rate(homes: &[u32], p: f64, infectivity: &Infectivity) -> f64 {
    let force = infectivity.force(p);
    let (mut hit, mut all) = (0.0, 0.0);
    for (others, &count) in homes.iter().enumerate().skip(1) {
        let cases = f64::from(count) * (others + 1) as f64;
        let sizes = final_sizes(others, 1, force, infectivity);
        hit += cases * sizes.iter().enumerate().map(|(k, p)| k as f64 * p).sum::<f64>();
        all += cases * others as f64;
    }
    if all > 0.0 { hit / all } else { 0.0 }
}

/// The chance between two members, parts per million, that gives a wanted attack rate
/// (parts per million) over a table of home sizes: the inverse of [`attack_rate`].
pub fn pair_for(homes: &[u32], wanted: u32, infectivity: &Infectivity) -> u32 {
    let wanted = f64::from(wanted) / MILLION;
    let p = bisect(BISECTIONS, 0.0, 0.999_999, |p| attack_rate(homes, p, infectivity) < wanted);
    (p * MILLION + 0.5) as u32
}

/// Largest home of [`unequal_attack`].
pub const LARGEST_HOME: usize = 10;

/// How many of the others are expected to be infected in the end by member `first` of a
/// home in which each pair has a force of its own, `force(from, to)`. `None` for more
/// than [`LARGEST_HOME`] members. The same equations, over sets instead of numbers.
pub fn unequal_attack(
    members: usize,
    first: usize,
    infectivity: &Infectivity,
    force: impl Fn(usize, usize) -> f64,
) -> Option<f64> {
    if members > LARGEST_HOME || first >= members {
        return None;
    }
    let others: Vec<usize> = (0..members).filter(|&i| i != first).collect();
    let all = (1_usize << others.len()) - 1;
    // escape[i][set]: that member i infects nobody of a set.
    let escape_of = |i: usize| -> Vec<f64> {
        let force_on = |set: usize| -> f64 {
            let hit = others.iter().enumerate().filter(|&(bit, _)| set >> bit & 1 == 1);
            hit.filter(|&(_, &j)| j != i).map(|(_, &j)| force(i, j)).sum()
        };
        (0..=all).map(|set| infectivity.escape(force_on(set))).collect()
    };
    let introducer = escape_of(first);
    let escape: Vec<Vec<f64>> = others.iter().map(|&i| escape_of(i)).collect();
    let spare = |infected: usize, rest: usize| -> f64 {
        let each = escape.iter().enumerate().filter(|&(bit, _)| infected >> bit & 1 == 1);
        introducer[rest] * each.map(|(_, e)| e[rest]).product::<f64>()
    };
    let mut chance = vec![0.0; all + 1];
    let mut expected = 0.0;
    for set in 0..=all {
        let rest = all & !set;
        let (mut before, mut sub) = (0.0, set);
        while sub != 0 {
            sub = (sub - 1) & set;
            before += chance[sub] / spare(sub, rest);
        }
        chance[set] = (1.0 - before) * spare(set, rest);
        expected += chance[set] * f64::from(set.count_ones());
    }
    Some(expected)
}

/// As [`attack_rate`], for the very homes of a population, where spouses, children and
/// the old differ: forces between members are those of the rules times `scale`. Homes
/// above [`LARGEST_HOME`] are left out.
pub fn attack_rate_in(
    mixing: &Mixing,
    rules: &Rules,
    infectivity: &Infectivity,
    scale: f64,
) -> f64 {
    let (mut hit, mut all) = (0.0, 0.0);
    for home in mixing.homes().filter(|home| home.len() > 1) {
        let force = |from: usize, to: usize| {
            let who = |i: usize| mixing.resident(home.start + i as u32);
            rules.home_force(who(from), who(to)) as f64 / NANO * scale
        };
        for first in 0..home.len() {
            if let Some(infected) = unequal_attack(home.len(), first, infectivity, force) {
                hit += infected;
                all += (home.len() - 1) as f64;
            }
        }
    }
    if all > 0.0 { hit / all } else { 0.0 }
}

/// The card `illness.pair` that gives a wanted attack rate (parts per million) in the
/// homes of a population, everything else being as the cards say.
pub fn pair_in(mixing: &Mixing, illness: &IllnessParams, rules: &Rules, wanted: u32) -> u32 {
    let infectivity = Infectivity::of(illness);
    let wanted = f64::from(wanted) / MILLION;
    let steps = 24;
    let scale = bisect(steps, 0.0, 20.0, |scale| {
        attack_rate_in(mixing, rules, &infectivity, scale) < wanted
    });
    let force = infectivity.force(f64::from(illness.pair) / MILLION) * scale;
    ((1.0 - infectivity.escape(force)) * MILLION + 0.5) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Closed forms of the chain-binomial model, exact at q = 4/5.
    #[test]
    fn final_sizes_are_the_exact_fractions() {
        let exact: [&[f64]; 4] = [
            &[4.0 / 5.0, 1.0 / 5.0],
            &[16.0 / 25.0, 32.0 / 125.0, 13.0 / 125.0],
            &[64.0 / 125.0, 768.0 / 3125.0, 2496.0 / 15_625.0, 1289.0 / 15_625.0],
            &[
                256.0 / 625.0,
                16_384.0 / 78_125.0,
                319_488.0 / 1_953_125.0,
                1_319_936.0 / 9_765_625.0,
                800_249.0 / 9_765_625.0,
            ],
        ];
        let force = Infectivity::EVEN.force(0.2);
        for (s, expected) in (1..).zip(exact) {
            let got = final_sizes(s, 1, force, &Infectivity::EVEN);
            for (g, e) in got.iter().zip(expected) {
                assert!((g - e).abs() < 1e-12, "{s}: {got:?}");
            }
        }
    }

    #[test]
    fn uneven_infectivity_gives_the_published_sizes() {
        for (k, s, expected) in [
            (1.0, 2, [0.666_667, 0.213_333, 0.120_000].as_slice()),
            (0.45, 3, &[0.616_865, 0.150_478, 0.110_855, 0.121_802]),
            (0.1, 4, &[0.702_312, 0.057_185, 0.034_304, 0.035_382, 0.170_816]),
        ] {
            let infectivity = Infectivity::gamma(k);
            let got = final_sizes(s, 1, infectivity.force(0.2), &infectivity);
            for (g, e) in got.iter().zip(expected) {
                assert!((g - e).abs() < 2e-6, "{k}: {got:?}");
            }
        }
    }

    /// Science page 3.4.
    #[test]
    fn the_chance_between_two_is_solved_from_the_attack_rate() {
        let homes = [594, 586, 566, 159, 65, 19, 11];
        for (wanted, even, uneven) in [
            (112_000, 0.0953, 0.0983),
            (156_000, 0.1268, 0.1332),
            (166_000, 0.1336, 0.1410),
            (230_000, 0.1758, 0.1909),
        ] {
            let p = f64::from(pair_for(&homes, wanted, &Infectivity::EVEN)) / MILLION;
            let q = f64::from(pair_for(&homes, wanted, &Infectivity::gamma(0.45))) / MILLION;
            // The page's four digits belong to 0.1561, which it writes as 0.156.
            assert!((p - even).abs() < 1.5e-4 && (q - uneven).abs() < 1.5e-4, "{wanted}: {p} {q}");
        }
        assert!((attack_rate(&homes, 0.126_755, &Infectivity::EVEN) - 0.1561).abs() < 5e-5);
    }

    #[test]
    fn unequal_pairs_that_are_equal_give_what_equal_pairs_give() {
        let mixed = Infectivity { shape: Some(0.4), silent: 0.25, factors: (8.0 / 7.0, 4.0 / 7.0) };
        for infectivity in [Infectivity::EVEN, Infectivity::gamma(0.4), mixed] {
            let force = infectivity.force(0.17);
            assert!((infectivity.escape(force) - 0.83).abs() < 1e-9);
            for members in 2..=6 {
                let sizes = final_sizes(members - 1, 1, force, &infectivity);
                let mean: f64 = sizes.iter().enumerate().map(|(k, p)| k as f64 * p).sum();
                let got = unequal_attack(members, 1, &infectivity, |_, _| force).unwrap();
                assert!((got - mean).abs() < 1e-9, "{members}: {got} for {mean}");
            }
        }
    }
}
