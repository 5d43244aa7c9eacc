//! One plain sentence about the runs of one arm.
//!
//! Floor 2. Reads a summary; makes [`Told`]. How many runs died out comes first, then the
//! range: outcomes have two humps, and a middle alone would be neither.

use super::rounding::{nearest, outwards};
use super::sentence::{ENOUGH_FOR_A_BAND, Told, died_en, died_zh};
use super::stats::summary::Summary;
use crate::base::text::{Bilingual, grouped};

fn number(x: i64) -> String {
    grouped(x.unsigned_abs())
}

/// How far one of the totals spreads. `quantity` is its name inside a sentence. No
/// summary: nothing was run.
pub fn tell(summary: Option<&Summary>, total: usize, quantity: &Bilingual) -> Told {
    let known = summary.and_then(|s| Some((s, s.totals.get(total)?)));
    let Some((s, of_total)) = known else {
        return Told {
            sentence: Bilingual::fixed(
                "还没有运行，说不出结果。",
                "Nothing has been run yet, so nothing can be said.",
            ),
        };
    };
    if s.runs == 1 {
        return Told {
            sentence: Bilingual::new(
                format!(
                    "只运行了1次，看不出范围：一次只是一个例子，至少要运行{ENOUGH_FOR_A_BAND}次。"
                ),
                format!(
                    "Only one run was made, and one run is an example without a range; make at least {ENOUGH_FOR_A_BAND}."
                ),
            ),
        };
    }
    let spread = &of_total.spread;
    let of_all = s.runs < ENOUGH_FOR_A_BAND;
    let ends = if of_all { [spread.least as f64, spread.most as f64] } else { spread.ninety };
    let [low, high] = outwards(ends).map(number);
    let (middle_zh, middle_en) = match nearest(spread.median) {
        0 => ("是0".to_owned(), "none".to_owned()),
        x => (format!("约{}", number(x)), format!("about {}", number(x))),
    };
    let runs = grouped(s.runs.into());
    let (died_zh, died_en) = match s.endings.runs {
        0 => Default::default(),
        _ => (format!("{}；", died_zh(&s.endings, "")), format!("{}; ", died_en(&s.endings))),
    };
    let (most_zh, most_en) = if of_all {
        ("每一次", "in all of them")
    } else {
        ("十次里有九次", "in nine runs of ten")
    };
    let (zh, en) = (&quantity.zh, &quantity.en);
    Told {
        sentence: Bilingual::new(
            format!(
                "一共运行{runs}次：{died_zh}{most_zh}的{zh}在{low}到{high}之间（居中的一次{middle_zh}）。"
            ),
            format!(
                "In {runs} runs, {died_en}{most_en} there were {low} to {high} {en} ({middle_en} in the middle run)."
            ),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ensemble::stats::endings::tests::{run, told_shape};
    use crate::ensemble::stats::tests::toy_shape;
    use crate::ensemble::{Ensemble, Outcome, Seeds};

    fn told(cases: &[u64], counts_cases: bool) -> Bilingual {
        let seeds = Seeds { first: 1, count: cases.len() as u32 };
        let mut shape = toy_shape();
        shape.cases = shape.cases.filter(|_| counts_cases);
        let mut ensemble = Ensemble::new(shape, seeds);
        for &n in cases {
            let (series, homes) = (vec![vec![0; 20]], vec![None; 6]);
            ensemble.push(&Outcome { series, totals: vec![n], homes });
        }
        let name = Bilingual::fixed("感染人数", "infections");
        tell(ensemble.summary().as_ref(), 0, &name).sentence
    }

    #[test]
    fn the_share_that_stayed_small_comes_first() {
        let cases: Vec<u64> = (0..100).map(|n| if n < 30 { 2 } else { 100 + n }).collect();
        assert_eq!(
            told(&cases, true).en,
            "In 100 runs, 30 of 100 stayed below ten cases; in nine runs of ten there were 2 to 200 infections (about 150 in the middle run)."
        );
        assert_eq!(
            told(&cases, true).zh,
            "一共运行100次：有30次不到十例；十次里有九次的感染人数在2到200之间（居中的一次约150）。"
        );
    }

    #[test]
    fn a_run_without_a_case_did_not_die_out() {
        let seeds = Seeds { first: 1, count: 30 };
        let mut ensemble = Ensemble::new(told_shape(), seeds);
        for n in 0..30 {
            ensemble.push(&if n < 25 { run(0, 0) } else { run(n - 24, 0) });
        }
        let name = Bilingual::fixed("感染人数", "infections");
        let said = tell(ensemble.summary().as_ref(), 0, &name).sentence;
        assert!(
            said.en.starts_with("In 30 runs, the outbreak died out, with fewer than ten cases, in 5 of 30 (25 more had no case at all); in nine"),
            "{}",
            said.en
        );
        assert!(said.en.ends_with("(none in the middle run)."), "{}", said.en);
        assert!(said.zh.contains("有5次疫情不到十例就平息（另有25次一例也没有）；"), "{}", said.zh);
    }

    #[test]
    fn where_there_is_no_outbreak_none_dies_out() {
        assert!(!told(&[5; 30], false).en.contains("died"));
        assert!(told(&[5], false).en.starts_with("Only one run"));
        assert!(told(&[5, 6], false).en.contains("in all of them"));
    }
}
