//! Which figures the charts show, and in which words.
//!
//! Floor 8. Reads the table of days; makes series and words.

use super::{Figures, SAID};
use crate::app::Live;
use crate::app::known::fill;
use crate::base::palette::{Marker, PaletteChoice, Rgb};
use crate::base::text::{Bilingual, Lang, grouped, plural};
use crate::base::time::{Day, HOUR_MINUTES};
use crate::charts::{Band, Hatch};
use crate::sim::board::RiskColour;
use crate::sim::counts::DayCounts;

/// A chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Chart {
    /// Homes by colour, upon each other.
    Homes,
    /// Calls of each day.
    Calls,
    /// Hours used, of those there are.
    Hours,
    /// Tasks that wait at the end of the day.
    Overdue,
    /// Residents who have joined.
    Volunteers,
}

impl Chart {
    /// Every chart, in the order in which they stand.
    pub const ALL: [Self; 5] =
        [Self::Homes, Self::Calls, Self::Hours, Self::Overdue, Self::Volunteers];

    /// What it shows.
    pub fn title(self) -> &'static Bilingual {
        match self {
            Self::Homes => &SAID.homes,
            Self::Calls => &SAID.calls,
            Self::Hours => &SAID.hours,
            Self::Overdue => &SAID.overdue,
            Self::Volunteers => &SAID.volunteers,
        }
    }

    /// Its figure on a day; hours in whole hours, homes all together.
    pub fn value(self, day: &DayCounts) -> u64 {
        match self {
            Self::Homes => BANDS.into_iter().map(|band| of_band(day, band)).sum(),
            Self::Calls => day.calls,
            Self::Hours => day.minutes_used / u64::from(HOUR_MINUTES),
            Self::Overdue => day.overdue,
            Self::Volunteers => day.volunteers,
        }
    }

    /// Its figure on each day.
    pub fn series(self, days: &[DayCounts]) -> Vec<u64> {
        days.iter().map(|day| self.value(day)).collect()
    }

    /// The last value, with its unit and its date.
    pub fn words(self, live: &Live, day: &DayCounts) -> Bilingual {
        let n = self.value(day);
        let date = |lang: Lang| live.story().calendar.day_and_month(day.day, lang);
        let all = available(day);
        let slots: [(&str, &dyn Fn(Lang) -> String); 6] = [
            ("n", &|_| grouped(n)),
            ("all", &|_| grouped(all)),
            ("date", &date),
            ("calls", &|_| plural(n, "call", "calls").to_owned()),
            ("tasks", &|_| plural(n, "task", "tasks").to_owned()),
            ("people", &|_| plural(n, "person", "people").to_owned()),
        ];
        let text = match self {
            Self::Homes => &SAID.value_homes,
            Self::Calls => &SAID.value_calls,
            Self::Hours => &SAID.value_hours,
            Self::Overdue => &SAID.value_overdue,
            Self::Volunteers => &SAID.value_volunteers,
        };
        fill(text, &slots)
    }
}

/// Hours that there were on a day.
pub fn available(day: &DayCounts) -> u64 {
    day.minutes_available / u64::from(HOUR_MINUTES)
}

/// The bands of the homes, the lowest first: what is known lies on what needs it least.
pub const BANDS: [RiskColour; 4] =
    [RiskColour::Green, RiskColour::Orange, RiskColour::Red, RiskColour::NotYetKnown];

/// Homes of a colour on a day.
pub const fn of_band(day: &DayCounts, band: RiskColour) -> u64 {
    match band {
        RiskColour::NotYetKnown => day.unknown,
        RiskColour::Green => day.green,
        RiskColour::Orange => day.orange,
        RiskColour::Red => day.red,
    }
}

/// The marker of a colour; none for what is not known.
pub const fn marker(band: RiskColour) -> Option<Marker> {
    match band {
        RiskColour::NotYetKnown => None,
        RiskColour::Green => Some(Marker::Green),
        RiskColour::Orange => Some(Marker::Orange),
        RiskColour::Red => Some(Marker::Red),
    }
}

/// The bands of a chart, in a set of fills.
pub fn bands(days: &[DayCounts], palette: PaletteChoice) -> Vec<Band> {
    let look = |band: RiskColour| -> (Rgb, Hatch) {
        let fill = marker(band).map_or(crate::base::palette::PAPER, |m| m.fill_in(palette));
        let hatch = match band {
            RiskColour::NotYetKnown => Hatch::Ring,
            RiskColour::Green => Hatch::Circle,
            RiskColour::Orange => Hatch::Square,
            RiskColour::Red => Hatch::Triangle,
        };
        (fill, hatch)
    };
    let made = BANDS.into_iter().map(|band| {
        let (fill, hatch) = look(band);
        Band { values: days.iter().map(|day| of_band(day, band)).collect(), fill, hatch }
    });
    made.collect()
}

/// A colour, and how many homes have it.
pub fn band_label(band: RiskColour, homes: u64) -> Bilingual {
    // The long name of what is not known has no room here.
    let label = if band == RiskColour::NotYetKnown { SAID.unknown.clone() } else { band.label() };
    fill(&SAID.count, &[("label", &|lang| label.get(lang).to_owned()), ("n", &|_| grouped(homes))])
}

/// A day with figures as long as they become: for how much room their words take.
pub fn full_day(day: Day) -> DayCounts {
    let minutes = 999 * u64::from(HOUR_MINUTES);
    DayCounts {
        green: 9999,
        calls: 9999,
        minutes_used: minutes,
        minutes_available: minutes,
        volunteers: 9999,
        ..DayCounts::new(day)
    }
}

/// The figures of every day so far. The day that is not over is the last.
pub fn figures(live: &Live) -> Figures {
    let sim = live.sim();
    let mut days = sim.days().to_vec();
    let unfinished =
        days.last().is_none_or(|d| d.day < sim.now().day()) && !sim.now().is_midnight();
    if unfinished {
        days.push(sim.today(live.setup()));
    }
    Figures { days, unfinished }
}
