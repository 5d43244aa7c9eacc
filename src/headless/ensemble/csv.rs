//! Results of many runs as one long table.
//!
//! Floor 4. Reads results; makes rows. Every row is one number, so that any
//! program can read it and nothing has to be guessed from a place in a grid:
//! `part, quantity, day, figure, value, unit`. Names are the same in every
//! language; sentences and sources speak the reader's. The first rows say where
//! the numbers come from.

use super::{About, kind_words};
use crate::base::text::Lang;
use crate::ensemble::homes::HomeTally;
use crate::ensemble::sentence::{TEACHING, Told};
use crate::ensemble::stats::bands::Bands;
use crate::ensemble::stats::curves::Ranking;
use crate::ensemble::stats::moments::Moments;
use crate::ensemble::stats::paired::PairedSummary;
use crate::ensemble::stats::peaks::Peaks;
use crate::ensemble::stats::share::Share;
use crate::ensemble::stats::spread::Spread;
use crate::ensemble::{Ensemble, Pairs, Quantity};

/// Rows of a table, headings first.
pub type Rows = Vec<Vec<String>>;

const HEADINGS: [&str; 6] = ["part", "quantity", "day", "figure", "value", "unit"];

/// A table being filled.
pub(super) struct Table(Rows);

impl Table {
    /// Begins with where the numbers come from.
    pub(super) fn about(about: &About, runs: u32, lang: Lang) -> Self {
        let mut table = Self(vec![HEADINGS.map(str::to_owned).to_vec()]);
        let mut tell =
            |figure: &str, value: String| table.put("about", "", None, figure, value, "");
        tell("note", TEACHING.get(lang).to_owned());
        tell("program", "zhanyitu".to_owned());
        tell("version", about.version.clone());
        tell("model_revision", about.model.to_string());
        tell("asked", about.asked.clone());
        tell("scene", about.file.clone());
        tell("title", about.title.get(lang).to_owned());
        tell("kind", kind_words(about.kind, lang));
        tell("scene_hash", about.scene_hash.clone());
        tell("parameters_hash", about.params_hash.clone());
        tell("seed_first", about.seeds.first.to_string());
        tell("seed_last", about.seeds.last().to_string());
        tell("runs_asked", about.seeds.count.to_string());
        tell("runs_done", runs.to_string());
        if let Some(base) = &about.base {
            for (figure, value) in [
                ("imports_set_by_the_scene", f64::from(base.forced)),
                ("imports_expected_with_returns", base.with_returns),
                ("imports_expected_otherwise_at_most", base.otherwise),
                ("chance_of_no_import", base.none()),
            ] {
                table.put("base_rate", "imported", None, figure, value, "");
            }
        }
        if let Some(range) = &about.severity {
            for (what, [low, high]) in
                [("hospital", range.hospital), ("intensive", range.intensive), ("died", range.died)]
            {
                table.put("severity_of_100", what, None, "lowest", low, "person");
                table.put("severity_of_100", what, None, "highest", high, "person");
            }
        }
        table.causes(about, lang);
        for number in &about.numbers {
            let path = number.card.path();
            let unit = number.card.unit;
            table.put("parameter", &path, None, "value", number.value, unit);
            table.put("parameter", &path, None, "origin", number.origin.label().get(lang), "");
            table.put("parameter", &path, None, "source", number.source.get(lang), "");
        }
        table
    }

    /// What stands beside the benefit of some measures.
    fn causes(&mut self, about: &About, lang: Lang) {
        if let Some(caution) = &about.caution {
            self.put("about", "", None, "caution", caution.get(lang), "");
        }
        for card in &about.measures {
            let (name, certainty) = (card.measure.name(), card.certainty.label());
            for (figure, text) in [
                ("label", &card.measure.label()),
                ("mechanism", &card.mechanism),
                ("assumption", &card.assumption),
                ("certainty", &certainty),
                ("source", &card.source),
                ("cost", &card.cost),
                ("borne_by", &card.borne_by),
            ] {
                self.put("measure", name, None, figure, text.get(lang), "");
            }
        }
    }

    /// One number.
    pub(super) fn put(
        &mut self,
        part: &str,
        quantity: &str,
        day: Option<usize>,
        figure: &str,
        value: impl ToString,
        unit: &str,
    ) {
        let day = day.map(|day| day.to_string()).unwrap_or_default();
        let cells = [part, quantity, &day, figure].map(str::to_owned);
        self.0.push(cells.into_iter().chain([value.to_string(), unit.to_owned()]).collect());
    }

    pub(super) fn share(&mut self, part: &str, name: &str, share: Share) {
        let [low, high] = share.interval();
        self.put(part, name, None, "count", share.count, "run");
        self.put(part, name, None, "of", share.of, "run");
        self.put(part, name, None, "share", share.value(), "");
        self.put(part, name, None, "share_low_95", low, "");
        self.put(part, name, None, "share_high_95", high, "");
    }

    pub(super) fn spread(&mut self, part: &str, name: &str, s: &Spread, unit: &str) {
        for (figure, value) in [
            ("low_90", s.ninety[0]),
            ("low_50", s.half[0]),
            ("median", s.median),
            ("high_50", s.half[1]),
            ("high_90", s.ninety[1]),
            ("mean", s.mean),
        ] {
            self.put(part, name, None, figure, value, unit);
        }
        self.put(part, name, None, "least", s.least, unit);
        self.put(part, name, None, "most", s.most, unit);
    }

    pub(super) fn moments(&mut self, part: &str, name: &str, m: &Moments, unit: &str) {
        let [low, high] = m.interval();
        self.put(part, name, None, "monte_carlo_error", m.error, unit);
        self.put(part, name, None, "mean_low_95", low, unit);
        self.put(part, name, None, "mean_high_95", high, unit);
        let needed = m.runs_needed().map(|n| n.to_string()).unwrap_or_default();
        self.put(part, name, None, "runs_for_10_percent", needed, "run");
    }

    pub(super) fn bands(&mut self, part: &str, q: &Quantity, bands: &Bands) {
        for day in 0..bands.days() {
            let ([low_90, high_90], [low_50, high_50]) = (bands.ninety[day], bands.half[day]);
            for (figure, value) in [
                ("low_90", low_90),
                ("low_50", low_50),
                ("median", bands.median[day]),
                ("high_50", high_50),
                ("high_90", high_90),
            ] {
                self.put(part, &q.name, Some(day + 1), figure, value, &q.unit);
            }
        }
    }

    fn peaks(&mut self, q: &Quantity, peaks: &Peaks) {
        self.spread("peak_height", &q.name, &peaks.height, &q.unit);
        if let Some(day) = &peaks.day {
            self.spread("peak_day", &q.name, day, "day");
        }
        self.spread("sum_of_days", &q.name, &peaks.sum, &q.unit);
    }

    pub(super) fn rows(self) -> Rows {
        self.0
    }
}

/// One arm: die-out share first, then bands, peaks, single curves, totals.
pub fn ensemble_rows(
    about: &About,
    ensemble: &Ensemble,
    ranking: Option<&Ranking>,
    lang: Lang,
) -> Rows {
    let mut table = Table::about(about, ensemble.runs(), lang);
    let Some(summary) = ensemble.summary() else { return table.rows() };
    let shape = &ensemble.shape;
    if shape.cases.is_some() {
        table.share("runs", "died_out_below_10", summary.died_out);
        table.share("runs", "below_100", summary.below_100);
        table.put("runs", "no_case", None, "count", summary.empty, "run");
    }
    for (q, series) in shape.series.iter().zip(&summary.series) {
        table.bands("band", q, &series.bands);
        if let Some(peaks) = &series.peaks {
            table.peaks(q, peaks);
        }
    }
    if let (Some(ranking), Some(q)) = (ranking, shape.series.first()) {
        curves(&mut table, ensemble, ranking, q);
    }
    for (q, total) in shape.totals.iter().zip(&summary.totals) {
        table.spread("total", &q.name, &total.spread, &q.unit);
        table.moments("total", &q.name, &total.mean, &q.unit);
    }
    table.rows()
}

/// Single runs that are drawn as lines; at least so many are shown.
pub const LINES: usize = 20;
/// The part of the curves whose envelope is told, in thousandths.
const CENTRAL: usize = 500;

/// The curves of some runs of the first quantity, named by their seed, and the
/// envelope of the most central half.
fn curves(table: &mut Table, ensemble: &Ensemble, ranking: &Ranking, q: &Quantity) {
    for run in ranking.lines(LINES) {
        let figure = format!("seed_{}", ensemble.seeds.seed(run));
        let place = format!("run {} of {}", run + 1, ensemble.runs());
        table.put("curve_name", &q.name, None, &figure, place, "");
        for (day, value) in ensemble.rows.curve(0, run).into_iter().enumerate() {
            table.put("curve", &q.name, Some(day + 1), &figure, value, &q.unit);
        }
    }
    let envelope = ranking.envelope(&ensemble.rows, 0, CENTRAL);
    for (figure, days) in [("low", &envelope.low), ("high", &envelope.high)] {
        for (day, value) in days.iter().enumerate() {
            table.put("central_half_of_curves", &q.name, Some(day + 1), figure, value, &q.unit);
        }
    }
}

/// Where the numbers come from, and nothing else: to lie beside a table of another form.
pub fn about_rows(about: &About, runs: u32, told: &Told, lang: Lang) -> Rows {
    let mut table = Table::about(about, runs, lang);
    table.put("about", "", None, "sentence", told.sentence.get(lang), "");
    table.rows()
}

/// Pairs: the sentence, then what each total says, then every home.
pub fn pair_rows(about: &About, pairs: &Pairs, told: &Told, lang: Lang) -> Rows {
    let mut table = Table::about(about, pairs.count(), lang);
    table.put("about", "", None, "sentence", told.sentence.get(lang), "");
    // Which runs died out is the same for every total.
    if let Some(summary) = pairs.without.shape.cases.and_then(|cases| pairs.summary(cases)) {
        table.share("without", "died_out_below_10", summary.died_out_without);
        table.share("with", "died_out_below_10", summary.died_out_with);
    }
    for (at, q) in pairs.without.shape.totals.iter().enumerate() {
        if let Some(summary) = pairs.summary(at) {
            paired(&mut table, q, &summary);
        }
    }
    homes(&mut table, &pairs.homes);
    table.rows()
}

fn paired(table: &mut Table, q: &Quantity, s: &PairedSummary) {
    table.spread("without", &q.name, &s.without, &q.unit);
    table.spread("with", &q.name, &s.with, &q.unit);
    table.spread("fewer_with", &q.name, &s.difference, &q.unit);
    table.moments("fewer_with", &q.name, &s.mean, &q.unit);
    table.share("fewer_with", &format!("{}_any_benefit", q.name), s.seeds.strictly());
    for (figure, count) in [
        ("fewer", s.seeds.better),
        ("no_change", s.seeds.same),
        ("more", s.seeds.worse),
        ("no_case_in_either", s.empty),
    ] {
        table.put("seeds", &q.name, None, figure, count, "pair");
    }
    let wins = s.seeds.probability();
    table.put("seeds", &q.name, None, "probability_better_ties_half", wins, "");
}

/// Homes that anything changed for; the others are the same in every pair.
fn homes(table: &mut Table, tally: &HomeTally) {
    for (home, counts) in tally.homes.iter().enumerate() {
        if counts.spared + counts.worse == 0 {
            continue;
        }
        let name = crate::base::ids::HouseholdId::from_index(home).to_string();
        for (figure, count) in
            [("spared", counts.spared), ("same", counts.same(tally.pairs)), ("worse", counts.worse)]
        {
            table.put("home", &name, None, figure, count, "pair");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{about, ensemble, pairs};
    use super::*;
    use crate::base::text::Bilingual;
    use crate::ensemble::sentence::tell;
    use crate::ensemble::stats::curves::RankingPlan;
    use crate::headless::tables::csv_bytes;

    fn cell<'a>(rows: &'a Rows, key: [&str; 4]) -> &'a str {
        let row = rows.iter().find(|row| row[..4].iter().map(String::as_str).eq(key));
        &row.unwrap_or_else(|| panic!("no row {key:?}"))[4]
    }

    #[test]
    fn the_table_begins_with_where_its_numbers_come_from() {
        for lang in Lang::ALL {
            let rows = ensemble_rows(&about(), &ensemble(), None, lang);
            assert_eq!(rows[0], HEADINGS);
            let of = |figure| cell(&rows, ["about", "", "", figure]);
            assert_eq!(of("note"), TEACHING.get(lang));
            assert_eq!((of("seed_first"), of("seed_last"), of("runs_done")), ("100", "129", "30"));
            assert_eq!((of("version"), of("scene_hash")), ("0.1.0", "0000000000000007"));
            assert_eq!(of("parameters_hash").len(), 16);
            assert!(!cell(&rows, ["parameter", "survey.minutes", "", "source"]).is_empty());
        }
    }

    #[test]
    fn every_number_is_that_of_the_summary() {
        let (about, ensemble) = (about(), ensemble());
        let ranking = Ranking::of(&ensemble.rows, 0, &RankingPlan::new(1));
        let rows = ensemble_rows(&about, &ensemble, Some(&ranking), Lang::En);
        let s = ensemble.summary().unwrap();
        assert_eq!(
            cell(&rows, ["runs", "died_out_below_10", "", "count"]),
            s.died_out.count.to_string()
        );
        let median = s.series[0].bands.median[9].to_string();
        assert_eq!(cell(&rows, ["band", "infections", "10", "median"]), median);
        let lines = rows.iter().filter(|r| r[0] == "curve" && r[2] == "1").count();
        assert_eq!(lines, LINES);
        let text = String::from_utf8(csv_bytes(false, rows.clone())).unwrap();
        assert_eq!(text.lines().next(), Some("part,quantity,day,figure,value,unit"));
        assert!(rows.iter().all(|row| row.len() == HEADINGS.len()));
    }

    #[test]
    fn pairs_carry_the_sentence_the_seeds_and_the_homes() {
        let pairs = pairs();
        let summary = pairs.summary(0);
        let names =
            [Bilingual::fixed("门岗", "the gates"), Bilingual::fixed("感染人数", "infections")];
        let told = tell(summary.as_ref(), &names[0], &names[1]);
        let rows = pair_rows(&about(), &pairs, &told, Lang::Zh);
        assert!(cell(&rows, ["about", "", "", "sentence"]).starts_with("一共运行30对"));
        let s = summary.unwrap();
        let fewer = cell(&rows, ["seeds", "infections", "", "fewer"]);
        assert_eq!(fewer, s.seeds.better.to_string());
        let changed = pairs.homes.homes.iter().filter(|h| h.spared + h.worse > 0).count();
        assert!(changed > 0);
        assert_eq!(rows.iter().filter(|row| row[0] == "home").count(), 3 * changed);
    }

    #[test]
    fn nothing_run_gives_a_table_that_says_so() {
        let none = Ensemble::new(ensemble().shape, super::super::tests::SEEDS);
        let rows = ensemble_rows(&about(), &none, None, Lang::En);
        assert_eq!(cell(&rows, ["about", "", "", "runs_done"]), "0");
        assert!(rows.iter().all(|row| row[0] != "runs"));
    }
}
