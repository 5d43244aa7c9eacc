//! How the runs of an outbreak ended: without a case, died out, still small, or grown.
//!
//! Floor 2. Reads the figures of runs; owns [`Endings`]. Fewer than ten cases are not yet
//! an outbreak that died out: there may have been none at all, and a few may be the
//! beginning of many. Whether it is over is told by the last days.

use serde::Serialize;

use super::summary::DIED_OUT_BELOW;
use crate::ensemble::outcome::Shape;
use crate::ensemble::rows::Rows;

/// The figure of every day that tells who can still pass it on.
pub const INFECTIOUS: &str = "infectious";
/// Whoever was infected in so many last days is not over it, and may not be infectious
/// yet: infectivity begins three and a half days before symptoms, incubation takes about
/// five and a half, in one of forty more than twelve.
const STILL_NEW_DAYS: usize = 8;

/// Runs of one arm by their end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize)]
pub struct Endings {
    /// Runs; 0 where no cases are counted.
    pub runs: u32,
    /// Without a single case: nothing that could die out.
    pub none: u32,
    /// One case to nine.
    pub few: u32,
    /// Those of the few that were over: nobody infectious on the last day, nobody infected
    /// in the last eight. `None` where the runs do not tell.
    pub died_out: Option<u32>,
}

impl Endings {
    /// Of all runs.
    pub fn of(rows: &Rows, shape: &Shape) -> Self {
        let Some(cases) = shape.cases else { return Self::default() };
        let place = |name: &str| shape.series.iter().position(|q| q.name == name);
        let told = place(&shape.totals[cases].name).zip(place(INFECTIOUS));
        let mut endings = Self { died_out: told.map(|_| 0), ..Self::default() };
        for (run, &count) in rows.total(cases).iter().enumerate() {
            endings.runs += 1;
            endings.none += u32::from(count == 0);
            if !(1..DIED_OUT_BELOW).contains(&count) {
                continue;
            }
            endings.few += 1;
            if let (Some((new, infectious)), Some(died_out)) = (told, &mut endings.died_out) {
                *died_out += u32::from(is_over(rows, new, infectious, run));
            }
        }
        endings
    }

    /// Runs that stayed below ten cases, those without one among them.
    pub fn below_ten(&self) -> u32 {
        self.none + self.few
    }

    /// The few that were not over; `None` where the runs do not tell.
    pub fn open(&self) -> Option<u32> {
        self.died_out.map(|n| self.few - n)
    }
}

fn is_over(rows: &Rows, new: usize, infectious: usize, run: usize) -> bool {
    let days = rows.days();
    let mut last = days.saturating_sub(STILL_NEW_DAYS)..days;
    days > 0
        && rows.value(infectious, run, days - 1) == 0
        && last.all(|d| rows.value(new, run, d) == 0)
}

#[cfg(test)]
pub(crate) mod tests {
    use super::super::tests::toy_shape;
    use super::*;
    use crate::base::text::Bilingual;
    use crate::ensemble::outcome::{Outcome, Quantity};

    /// The toy shape, where who is infectious is counted too.
    pub(crate) fn told_shape() -> Shape {
        let mut shape = toy_shape();
        shape.series.push(Quantity::new(INFECTIOUS, "person", Bilingual::default()));
        shape
    }

    /// So many infected on one day; infectious four days later, for eleven days.
    pub(crate) fn run(cases: u32, day: usize) -> Outcome {
        let mut series = vec![vec![0; 20]; 2];
        series[0][day] = cases;
        let until = (day + 15).min(20);
        series[1][(day + 4).min(until)..until].fill(cases);
        Outcome { series, totals: vec![cases.into()], homes: vec![None; 6] }
    }

    fn of(shape: &Shape, runs: &[Outcome]) -> Endings {
        let mut rows = Rows::new(shape);
        for run in runs {
            rows.push(run);
        }
        Endings::of(&rows, shape)
    }

    #[test]
    fn few_cases_died_out_only_where_it_is_over() {
        // Over, still infectious, not infectious yet, none, and an outbreak.
        let runs = [run(3, 0), run(9, 8), run(1, 18), run(0, 0), run(10, 0)];
        let endings = of(&told_shape(), &runs);
        assert_eq!(endings, Endings { runs: 5, none: 1, few: 3, died_out: Some(1) });
        assert_eq!((endings.below_ten(), endings.open()), (4, Some(2)));
    }

    #[test]
    fn without_the_figure_nothing_is_said_to_have_died_out() {
        let mut run = run(3, 0);
        run.series.pop();
        let endings = of(&toy_shape(), &[run.clone()]);
        assert_eq!((endings.few, endings.died_out, endings.open()), (1, None, None));
        let nothing = Shape { cases: None, ..toy_shape() };
        assert_eq!(of(&nothing, &[run]), Endings::default());
    }
}
