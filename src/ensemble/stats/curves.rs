//! Whole curves: which runs are typical from beginning to end.
//!
//! Floor 2. Reads the rows of an ensemble; owns [`Ranking`]. A few curves are
//! drawn at random, and every *other* curve gets a point if it stays between the
//! lowest and the highest of them on all days; this is done many times, and the
//! curves with the largest share of points are the most central (Juul et al.,
//! *Nat Phys* 2021, ranking *all or nothing*; a curve boxplot). Where points are
//! equal, days inside decide, then the run's number. Draws are keyed.

use crate::ensemble::rows::Rows;
use crate::sim::draw::{Purpose, draw};

/// How the ranking is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct RankingPlan {
    /// Key of the draws.
    pub seed: u64,
    /// Curves that make a band; 10 in Juul et al.'s program.
    pub curves: u32,
    /// Bands that are drawn; 100 in Juul et al.'s program.
    pub bands: u32,
}

impl RankingPlan {
    /// As in Juul et al.'s program, but with more bands, so that the ranks settle.
    pub fn new(seed: u64) -> Self {
        Self { seed, curves: 10, bands: 400 }
    }
}

/// How central one run is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Score {
    /// Bands in which it stayed on all days.
    pub inside: u32,
    /// Days inside, over all bands of others.
    pub days_inside: u64,
    /// Bands of others that it was held against.
    pub asked: u32,
}

/// Runs from the most central to the least.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ranking {
    /// Runs, the most central first.
    pub order: Vec<usize>,
    /// By run.
    pub scores: Vec<Score>,
}

/// The envelope of some curves, day by day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Envelope {
    /// The lowest.
    pub low: Vec<u32>,
    /// The highest.
    pub high: Vec<u32>,
}

impl Envelope {
    /// Of some curves; empty of none.
    pub fn of<'a>(curves: impl IntoIterator<Item = &'a [u32]>) -> Self {
        let mut curves = curves.into_iter();
        let first = curves.next().unwrap_or_default().to_vec();
        let mut envelope = Self { low: first.clone(), high: first };
        for curve in curves {
            for (day, &value) in curve.iter().enumerate() {
                envelope.low[day] = envelope.low[day].min(value);
                envelope.high[day] = envelope.high[day].max(value);
            }
        }
        envelope
    }

    fn days_inside(&self, curve: &[u32]) -> usize {
        let ends = self.low.iter().zip(&self.high);
        curve.iter().zip(ends).filter(|(x, (low, high))| *low <= *x && *x <= *high).count()
    }
}

/// Some different runs of so many, keyed: the first steps of a shuffle.
fn chosen(plan: &RankingPlan, band: u32, runs: usize) -> Vec<usize> {
    let mut all: Vec<usize> = (0..runs).collect();
    // Of few runs at most half, so that others are left to be held against the band.
    let take = (plan.curves as usize).min((runs / 2).max(1));
    for i in 0..take {
        let d = draw(plan.seed, Purpose::EnsembleCurve, band, i as u32, 1);
        let other = i + d.below(0, (runs - i) as u32) as usize;
        all.swap(i, other);
    }
    all.truncate(take);
    all
}

impl Ranking {
    /// Ranks the runs of an ensemble by one quantity.
    pub fn of(rows: &Rows, series: usize, plan: &RankingPlan) -> Self {
        let curves: Vec<Vec<u32>> =
            (0..rows.runs() as usize).map(|run| rows.curve(series, run)).collect();
        let mut scores = vec![Score::default(); curves.len()];
        for band in 0..plan.bands {
            let drawn = chosen(plan, band, curves.len());
            let envelope = Envelope::of(drawn.iter().map(|&run| curves[run].as_slice()));
            for (run, score) in scores.iter_mut().enumerate() {
                // A curve always lies inside a band that it made itself.
                if !drawn.contains(&run) {
                    let days = envelope.days_inside(&curves[run]);
                    score.inside += u32::from(days == curves[run].len());
                    score.days_inside += days as u64;
                    score.asked += 1;
                }
            }
        }
        let mut order: Vec<usize> = (0..curves.len()).collect();
        order.sort_by(|&a, &b| {
            let share = |part: u64, of: &Score| part * u64::from(of.asked);
            let (x, y) = (&scores[a], &scores[b]);
            share(y.inside.into(), x)
                .cmp(&share(x.inside.into(), y))
                .then(share(y.days_inside, x).cmp(&share(x.days_inside, y)))
                .then(a.cmp(&b))
        });
        Self { order, scores }
    }

    /// The most central part of the runs, in thousandths, at least one run; for the
    /// 50 % curve band 500.
    pub fn central(&self, permille: usize) -> &[usize] {
        let n = (self.order.len() * permille).div_ceil(1000).max(1).min(self.order.len());
        &self.order[..n]
    }

    /// The envelope of the most central part of the runs.
    pub fn envelope(&self, rows: &Rows, series: usize, permille: usize) -> Envelope {
        let curves: Vec<Vec<u32>> =
            self.central(permille).iter().map(|&run| rows.curve(series, run)).collect();
        Envelope::of(curves.iter().map(Vec::as_slice))
    }

    /// Single runs to draw as lines: the most central, the least central, and others
    /// evenly over the ranks between. All of them when there are fewer.
    pub fn lines(&self, wanted: usize) -> Vec<usize> {
        let n = self.order.len();
        let wanted = wanted.min(n);
        let place = |i: usize| if wanted < 2 { 0 } else { i * (n - 1) / (wanted - 1) };
        (0..wanted).map(|i| self.order[place(i)]).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::near;
    use super::*;
    use crate::base::text::Bilingual;
    use crate::ensemble::outcome::{Outcome, Quantity, Shape};

    fn rows(curves: &[Vec<u32>]) -> Rows {
        let cases = Quantity::new("cases", "person", Bilingual::default());
        let days = curves[0].len() as u32;
        let shape = Shape { days, series: vec![cases], totals: vec![], cases: None, homes: 0 };
        let mut rows = Rows::new(&shape);
        for curve in curves {
            rows.push(&Outcome { series: vec![curve.clone()], ..Outcome::default() });
        }
        rows
    }

    /// Flat curves 0 … 10, bands of two: the curve at height h lies between two
    /// others in h × (10 − h) of the 45 pairs of others. By counting, exactly.
    #[test]
    fn flat_curves_have_the_depth_that_counting_gives() {
        let rows = rows(&(0..11).map(|h| vec![h; 5]).collect::<Vec<_>>());
        let plan = RankingPlan { seed: 3, curves: 2, bands: 20_000 };
        let ranking = Ranking::of(&rows, 0, &plan);
        for (h, score) in ranking.scores.iter().enumerate() {
            let expected = (h * (10 - h)) as f64 / 45.0;
            // 4 standard errors of a share of about 16,400 bands: at most 0.0156.
            near(f64::from(score.inside) / f64::from(score.asked), expected, 0.0156);
        }
        // Heights 5 (25/45), 4 and 6 (24/45), …: the ends come last.
        assert_eq!(ranking.order[0], 5);
        let mut last = ranking.order[9..].to_vec();
        last.sort_unstable();
        assert_eq!(last, [0, 10]);
    }

    /// The mutant: were a curve held against bands of its own making, the ends would
    /// lie inside in one band out of five.
    #[test]
    fn a_curve_is_never_held_against_a_band_of_its_own() {
        let rows = rows(&(0..10).map(|h| vec![h; 5]).collect::<Vec<_>>());
        let plan = RankingPlan { seed: 3, curves: 2, bands: 1000 };
        let ranking = Ranking::of(&rows, 0, &plan);
        assert_eq!((ranking.scores[0].inside, ranking.scores[9].inside), (0, 0));
        let asked: u32 = ranking.scores.iter().map(|s| s.asked).sum();
        assert_eq!(asked, 1000 * 8);
    }

    /// Ordinary on every day, and strange as a whole: one curve that zigzags
    /// between 4 and 16 among curves that rise or fall slowly. Only the whole curve
    /// shows it.
    #[test]
    fn a_curve_that_wanders_through_the_others_is_not_central() {
        let mut curves: Vec<Vec<u32>> = (0..20).map(|h| vec![h, h, h, h, h, h]).collect();
        curves.push(vec![4, 16, 4, 16, 4, 16]);
        let ranking =
            Ranking::of(&rows(&curves), 0, &RankingPlan { seed: 1, curves: 3, bands: 4000 });
        let rank = |run| ranking.order.iter().position(|&r| r == run).unwrap();
        assert!(rank(20) > rank(10) && rank(20) > rank(5) && rank(20) > rank(15), "{}", rank(20));
    }

    /// With as many curves in a band as there are runs nothing would be left to rank.
    #[test]
    fn a_handful_of_runs_is_ranked_as_well() {
        let rows = rows(&(0..7).map(|h| vec![h; 5]).collect::<Vec<_>>());
        let ranking = Ranking::of(&rows, 0, &RankingPlan::new(1));
        assert!(ranking.scores.iter().all(|score| score.asked > 0));
        assert_eq!(ranking.order[0], 3);
    }

    #[test]
    fn lines_are_spread_over_the_ranks_and_repeat() {
        let rows = rows(&(0..60).map(|h| vec![h, 60 - h]).collect::<Vec<_>>());
        let plan = RankingPlan::new(7);
        let ranking = Ranking::of(&rows, 0, &plan);
        assert_eq!(ranking, Ranking::of(&rows, 0, &plan));
        let lines = ranking.lines(20);
        let mut different = lines.clone();
        different.sort_unstable();
        different.dedup();
        assert_eq!(different.len(), 20);
        assert_eq!((lines[0], lines[19]), (ranking.order[0], ranking.order[59]));
        assert_eq!(ranking.lines(100).len(), 60);
        assert_eq!(ranking.central(500).len(), 30);
        let half = ranking.envelope(&rows, 0, 500);
        assert!(half.low[0] > 0 && half.high[0] < 59);
    }
}
