//! What a day is called: weekday, lunar date, festival.
//!
//! Floor 0. Reads a calendar; makes words. The lunar date comes from a library; the
//! day of Qingming from the common formula of the 20th and 21st century, which a
//! test compares with published dates.

use icu_calendar::cal::ChineseTraditional;
use time::Weekday;

use super::text::Bilingual;
use super::time::{Calendar, Day};

/// A day with a name of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Festival {
    /// What it is called.
    pub name: Bilingual,
    /// Written on an axis that has little room.
    pub great: bool,
}

/// Month, whether it is a leap month, and day of the lunar calendar.
type Lunar = (u8, bool, u8);

const MONTHS: [&str; 12] = [
    "正月", "二月", "三月", "四月", "五月", "六月", "七月", "八月", "九月", "十月", "冬月", "腊月",
];
const DIGITS: [&str; 10] = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];

impl Calendar {
    /// The lunar date of a day; `None` never for the years a calendar may begin in.
    fn lunar(self, day: Day) -> Option<Lunar> {
        let (year, month, date) = self.parts(day);
        let iso = icu_calendar::Date::try_new_iso(year, month, date).ok()?;
        let lunar = iso.to_calendar(ChineseTraditional::new());
        let info = lunar.month();
        Some((info.number(), info.to_input().is_leap(), lunar.day_of_month().0))
    }

    /// The festival of a day, if it is one.
    pub fn festival(self, day: Day) -> Option<Festival> {
        let lunar = self.lunar(day)?;
        // New Year's Eve is the day before the first of the first month.
        if self.lunar(day.next()) == Some((1, false, 1)) {
            return Some(great("除夕", "New Year's Eve"));
        }
        let (year, month, date) = self.parts(day);
        if (month, date) == (4, qingming(year)) {
            return Some(great("清明", "Qingming"));
        }
        lunar_festival(lunar).or_else(|| solar_festival(month, date))
    }

    /// A day as it is said: date, weekday, lunar date or festival.
    pub fn dated(self, day: Day) -> Bilingual {
        let (zh, en) = weekday(self.weekday(day));
        let festival = self.festival(day).map(|f| f.name);
        let lunar = self.lunar(day).map(lunar_words).unwrap_or_default();
        let date = Bilingual::new(
            self.written_date(day, super::text::Lang::Zh),
            self.written_date(day, super::text::Lang::En),
        );
        let zh = match &festival {
            Some(name) if !lunar.ends_with(&*name.zh) => {
                format!("{} {zh} {lunar} {}", date.zh, name.zh)
            }
            _ => format!("{} {zh} {lunar}", date.zh),
        };
        let en = match festival {
            Some(name) => format!("{en}, {}, {}", date.en, name.en),
            None => format!("{en}, {}", date.en),
        };
        Bilingual::new(zh, en)
    }
}

const fn great(zh: &'static str, en: &'static str) -> Festival {
    Festival { name: Bilingual::fixed(zh, en), great: true }
}

const fn small(zh: &'static str, en: &'static str) -> Festival {
    Festival { name: Bilingual::fixed(zh, en), great: false }
}

fn lunar_festival(lunar: Lunar) -> Option<Festival> {
    Some(match lunar {
        (1, false, 1) => great("春节", "Chinese New Year"),
        (1, false, 2) => small("初二", "New Year, day 2"),
        (1, false, 3) => small("初三", "New Year, day 3"),
        (1, false, 4) => small("初四", "New Year, day 4"),
        (1, false, 5) => small("初五", "New Year, day 5"),
        (1, false, 6) => small("初六", "New Year, day 6"),
        (1, false, 7) => small("初七", "New Year, day 7"),
        (1, false, 15) => great("元宵", "Lantern Festival"),
        (2, false, 2) => small("龙抬头", "Dragon Raises Its Head"),
        (5, false, 5) => great("端午", "Dragon Boat Festival"),
        (7, false, 7) => small("七夕", "Qixi"),
        (8, false, 15) => great("中秋", "Mid-Autumn Festival"),
        (9, false, 9) => great("重阳", "Double Ninth"),
        (12, false, 8) => small("腊八", "Laba"),
        (12, false, 23) => small("小年", "Little New Year"),
        _ => return None,
    })
}

fn solar_festival(month: u8, date: u8) -> Option<Festival> {
    Some(match (month, date) {
        (1, 1) => great("元旦", "New Year's Day"),
        (3, 8) => small("妇女节", "Women's Day"),
        (5, 1) => great("劳动节", "Labour Day"),
        (10, 1) => great("国庆", "National Day"),
        _ => return None,
    })
}

/// The day of April on which Qingming falls: the common formula
/// ⌊0.2422 y + c⌋ − ⌊y / 4⌋, y the last two digits of the year, c 5.59 for 1900–1999
/// and 4.81 for 2000–2099. Outside these years the latter is used.
fn qingming(year: i32) -> u8 {
    let y = year.rem_euclid(100) as u32;
    let c = if (1900..2000).contains(&year) { 55_900 } else { 48_100 };
    ((2422 * y + c) / 10_000 - y / 4) as u8
}

fn lunar_words((month, leap, day): Lunar) -> String {
    let month = MONTHS.get(usize::from(month) - 1).copied().unwrap_or_default();
    let digit = |n: u8| DIGITS[usize::from(n) - 1];
    let day = match day {
        10 => "初十".to_owned(),
        20 => "二十".to_owned(),
        30 => "三十".to_owned(),
        d @ 1..=9 => format!("初{}", digit(d)),
        d @ 11..=19 => format!("十{}", digit(d - 10)),
        d => format!("廿{}", digit(d.saturating_sub(20).clamp(1, 9))),
    };
    format!("{}{month}{day}", if leap { "闰" } else { "" })
}

const fn weekday(day: Weekday) -> (&'static str, &'static str) {
    match day {
        Weekday::Monday => ("星期一", "Monday"),
        Weekday::Tuesday => ("星期二", "Tuesday"),
        Weekday::Wednesday => ("星期三", "Wednesday"),
        Weekday::Thursday => ("星期四", "Thursday"),
        Weekday::Friday => ("星期五", "Friday"),
        Weekday::Saturday => ("星期六", "Saturday"),
        Weekday::Sunday => ("星期日", "Sunday"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::text::Lang;

    fn said(date: &str, lang: Lang) -> String {
        Calendar::starting(date).unwrap().dated(Day(1)).get(lang).to_owned()
    }

    /// Dates as printed calendars have them.
    #[test]
    fn days_are_called_as_in_the_calendar_of_2020() {
        assert_eq!(said("2020-01-24", Lang::Zh), "2020年1月24日 星期五 腊月三十 除夕");
        assert_eq!(said("2020-01-24", Lang::En), "Friday, 24 January 2020, New Year's Eve");
        assert_eq!(said("2020-01-25", Lang::Zh), "2020年1月25日 星期六 正月初一 春节");
        assert_eq!(said("2020-01-29", Lang::Zh), "2020年1月29日 星期三 正月初五");
        assert_eq!(said("2020-02-08", Lang::Zh), "2020年2月8日 星期六 正月十五 元宵");
        assert_eq!(said("2020-04-04", Lang::Zh), "2020年4月4日 星期六 三月十二 清明");
        assert_eq!(said("2020-05-23", Lang::Zh), "2020年5月23日 星期六 闰四月初一");
        assert_eq!(said("2020-06-25", Lang::En), "Thursday, 25 June 2020, Dragon Boat Festival");
        assert_eq!(said("2020-02-20", Lang::Zh), "2020年2月20日 星期四 正月廿七");
    }

    /// Published days: 5 April in 1990, 2010, 2015, 2019; 4 April in 2012, 2016, 2020.
    #[test]
    fn qingming_falls_where_it_fell() {
        for (year, day) in
            [(1990, 5), (2010, 5), (2015, 5), (2019, 5), (2012, 4), (2016, 4), (2020, 4)]
        {
            assert_eq!(qingming(year), day, "{year}");
        }
    }
}
