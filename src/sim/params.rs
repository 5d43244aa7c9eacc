//! Every number of the model, with its unit, range and source.
//!
//! Floor 1. Read by every rule, written only when a story is set up. A scene
//! overrides by path (`survey.workers`); `describe` prints the cards.

use serde::{Deserialize, Serialize};

use crate::parameters;
use crate::sim::card::{Card, ParamError};
use crate::sim::synth::{PopulationParams, TripParams};

parameters! {
    /// Who works when. Breaks are not hours: a day offers worked minutes only.
    ShiftParams, group "shifts" {
        /// Community workers on the staff
        workers: 19, "person", 0..=20_000, Article, "section 3", "社工人数";
        /// When staff begin, minutes after midnight
        start: 480, "min", 0..=1200, Assumption, "an ordinary office day, 08:00", "社工上班时刻";
        /// How long staff are present, breaks included
        present: 600, "min", 60..=1200, Assumption, "08:00 to 18:00", "社工在岗时长";
        /// Minutes a staff member works in a day, breaks not counted
        worked: 480, "min", 0..=1200, Assumption, "science 3.8: an eight-hour day", "社工每日工时";
        /// When the midday break begins, minutes after midnight
        break_start: 720, "min", 0..=1440, Assumption, "12:00", "午休开始时刻";
        /// Length of the midday break; urgent help goes on
        break_length: 60, "min", 0..=240, Assumption, "one hour", "午休时长";
        /// Staff members who keep part of their day free for emergencies
        duty_workers: 2, "person", 0..=2000, Assumption, "somebody must be able to go", "机动值班人数";
        /// Minutes each of them keeps free
        duty_reserve: 90, "min", 0..=480, Assumption, "two door visits with help", "机动预留工时";
        /// Walking speed with bag and register
        walk_speed: 60, "m/min", 10..=150, Assumption, "3.6 km/h, slower than free walking", "步行速度";
        /// Longest walk that a task may cost; farther homes are reached by bicycle
        walk_cap: 12, "min", 0..=60, Assumption, "the whole quarter is 600 m wide", "单次路程上限";
    }
}

parameters! {
    /// The five-day survey of every household.
    SurveyParams, group "survey" {
        /// Minutes at a door that opens
        minutes: 18, "min", 1..=240, Assumption, "science 3.8: 22.8 min each including walking and closed doors", "入户登记时长";
        /// Minutes at a door that opens in a further round
        again_minutes: 6, "min", 1..=240, Assumption, "people are known by then: who came, who left, any fever", "再次摸排每户时长";
        /// Minutes at a door that stays closed
        closed_minutes: 4, "min", 0..=60, Assumption, "knock, wait, write a note", "敲门无应时长";
        /// A courtyard door opens to a home of average trust
        opens_courtyard: 880_000, "ppm", 0..=1_000_000, Assumption, "courtyard neighbours know the workers", "平房开门率";
        /// A building door opens to a home of average trust
        opens_building: 720_000, "ppm", 0..=1_000_000, Assumption, "history 3: resistance mostly in the buildings", "楼房开门率";
        /// How much full trust, against none, adds to that
        trust_effect: 300_000, "ppm", 0..=1_000_000, Assumption, "history 3: trust opened doors", "信任对开门率的影响";
        /// How much each further attempt adds
        attempt_effect: 150_000, "ppm", 0..=1_000_000, Assumption, "notes under the door, a phone number, a neighbour's word", "再次上门的提高";
        /// A neighbour can tell that a home is away
        neighbour_knows: 700_000, "ppm", 0..=1_000_000, Assumption, "shared courtyards", "邻居知情率";
        /// Attempt from which an absent home is reached by phone
        phone_from_attempt: 2, "attempt", 1..=10, Assumption, "registers hold a contact number", "改打电话的次数";
        /// Minutes to wait before the same door is tried again
        retry_after: 180, "min", 0..=1440, Assumption, "another part of the day", "再次上门间隔";
    }
}

parameters! {
    /// The daily round of calls to elders.
    CallParams, group "calls" {
        /// When the round begins, minutes after midnight
        start: 540, "min", 0..=1380, Assumption, "09:00", "电话问候开始时刻";
        /// Workers who call at the same time
        callers: 4, "person", 1..=20_000, Assumption, "desk phones of an office", "同时打电话人数";
        /// Minutes of a call that is answered
        minutes: 3, "min", 1..=60, Assumption, "science 3.8: 100 × 3 min = 5.0 h", "通话时长";
        /// Minutes of a call that rings out
        unanswered_minutes: 1, "min", 0..=10, Assumption, "ringing and a note", "无人接听时长";
        /// Somebody who is well and at home answers
        answered: 900_000, "ppm", 0..=1_000_000, Assumption, "science 5.2", "接听率";
        /// Minutes of a visit to the door
        door_minutes: 12, "min", 1..=120, Assumption, "knock, talk, look", "上门查看时长";
        /// A neighbour is in and looks after the door when asked
        neighbour_in: 500_000, "ppm", 0..=1_000_000, Assumption, "half of the courtyard is in by day", "邻居在家率";
        /// Minutes a neighbour takes to look and to ring back
        neighbour_minutes: 15, "min", 1..=240, Assumption, "ladder: within the hour", "邻居查看时长";
        /// Minutes until a resident doctor stands at the door
        doctor_arrives: 15, "min", 1..=240, Assumption, "lives in the community", "居民医生到场时长";
        /// Minutes until an ambulance is there, where no resident doctor is at home
        ambulance_arrives: 40, "min", 1..=600, Assumption, "city ambulance in those weeks", "救护车到场时长";
        /// Minutes the wound is tended, worker and doctor together
        doctor_minutes: 30, "min", 1..=240, Assumption, "dressing a head wound", "处理伤口时长";
    }
}

parameters! {
    /// Falls of elders.
    FallParams, group "falls" {
        /// Falls a year per 1,000 people aged 60–79
        yearly_60: 160, "1/1000/year", 0..=365_000, Paper, "Longtan community 2009: 18.0 % of 60+ fell in a year; science 1.9", "60–79岁年跌倒率";
        /// Falls a year per 1,000 people aged 80–89
        yearly_80: 300, "1/1000/year", 0..=365_000, Assumption, "between the two studies; science 1.9", "80–89岁年跌倒率";
        /// Falls a year per 1,000 people aged 90 and older
        yearly_90: 600, "1/1000/year", 0..=365_000, Paper, "Fleming, BMJ 2008: 60 % fell in a year", "90岁以上年跌倒率";
        /// How much more often somebody living alone falls
        alone_permille: 1480, "permille", 0..=10_000, Paper, "Beijing 65+, OR 1.48; science 1.9", "独居跌倒倍率";
        /// A fall hurts
        injured: 377_000, "ppm", 0..=1_000_000, Paper, "Longtan community 2009: 37.7 % of fallers", "跌倒受伤率";
        /// Somebody under 90 cannot get up alone
        stuck: 250_000, "ppm", 0..=1_000_000, Assumption, "below the 90+ figure", "90岁以下无法起身率";
        /// Somebody of 90 or older cannot get up alone
        stuck_90: 800_000, "ppm", 0..=1_000_000, Paper, "Fleming, BMJ 2008: 80 %", "90岁以上无法起身率";
        /// Minutes until somebody of the household helps
        family_minutes: 5, "min", 0..=240, Assumption, "in the same rooms", "家人发现时长";
        /// A neighbour notices on a day without being asked
        neighbour_notices: 250_000, "ppm", 0..=1_000_000, Assumption, "shared courtyards, closed doors in winter", "邻居每天自行发现率";
        /// Day after the fall on which somebody comes by at the latest
        noticed_by_then: 7, "day", 0..=400, Assumption, "family that rings, a bill, a meter", "最迟第几天有人发现";
    }
}

parameters! {
    /// Fevers of ordinary illness: what makes a home red with no virus anywhere.
    FeverParams, group "fever" {
        /// Fever onsets per person and day
        daily: 500, "ppm", 0..=1_000_000, Paper, "between 7.23 ILI per 100 person-years (Guangdong 2007) and 0.002 a day; science 1.9", "每人每日发热率";
        /// Shortest fever
        shortest: 2, "day", 1..=30, Assumption, "science 1.9: three days on average", "发热最短";
        /// Longest fever
        longest: 4, "day", 1..=30, Assumption, "science 1.9: three days on average", "发热最长";
        /// Minutes of the visit that arranges the clinic
        visit_minutes: 30, "min", 1..=240, Assumption, "protective clothing, talk, car", "发热处置时长";
        /// Minutes somebody is away at the fever clinic
        clinic_minutes: 240, "min", 1..=1440, Assumption, "way, queue, blood count, picture", "发热门诊就诊时长";
        /// Minutes from the visit to the clinic's answer
        result_minutes: 600, "min", 1..=10_000, Assumption, "by phone on the same or the next day", "门诊结果时长";
        /// The fever must be gone this long before the record is closed
        gone_minutes: 1440, "min", 0..=10_000, Assumption, "science 5.4 row 11: 24 h", "退热后观察时长";
    }
}

parameters! {
    /// How the office comes to know: sensitivity and honesty of each sense.
    SenseParams, group "senses" {
        /// An answer about travel is truthful
        truthful_travel: 950_000, "ppm", 0..=1_000_000, Assumption, "science 5.2", "如实说明出行";
        /// A fever is told when asked
        fever_asked: 850_000, "ppm", 0..=1_000_000, Assumption, "science 5.2", "问到时告知发热";
        /// A fever is told unasked, once
        fever_unasked: 400_000, "ppm", 0..=1_000_000, Assumption, "science 5.2", "主动报告发热";
        /// Longest time until somebody reports unasked
        report_delay: 1440, "min", 1..=10_000, Assumption, "within a day", "主动报告最长延迟";
        /// A feverish person passes a mouth on a day
        fever_goes_out: 200_000, "ppm", 0..=1_000_000, Assumption, "for medicine or food", "发热者外出率";
        /// A gate thermometer finds a true fever
        gate_finds: 700_000, "ppm", 0..=1_000_000, Assumption, "science 5.2: 0.7 (0.4–0.9)", "测温发现率";
        /// A staffed mouth writes down somebody who comes back
        gate_registers: 980_000, "ppm", 0..=1_000_000, Assumption, "a worker who knows the faces stands there", "卡口登记率";
        /// Somebody who comes back reports it unasked
        return_unasked: 600_000, "ppm", 0..=1_000_000, Assumption, "before the rule; notices at every mouth", "返京主动报告率";
        /// A guest from outside comes to a compound on a day
        guest: 1000, "ppm", 0..=1_000_000, Assumption, "rare in those weeks", "外来访客率";
    }
}

parameters! {
    /// Home observation of people who came back.
    ObservationParams, group "observation" {
        /// Days of observation after arrival
        days: 14, "day", 1..=60, Record, "Beijing, 14 Feb 2020; history 4", "观察天数";
        /// Minutes of a daily check by phone
        minutes: 4, "min", 1..=60, Assumption, "two temperatures, needs, a word", "每日询问时长";
        /// A check reaches somebody
        reached: 970_000, "ppm", 0..=1_000_000, Assumption, "people in observation are at home", "每日询问成功率";
        /// A finished clock closes only if the last check is no older
        fresh: 1440, "min", 60..=10_000, Assumption, "science 5.4 row 6: 24 h", "解除前询问时效";
        /// Contact counts as lost after
        lost: 2880, "min", 60..=10_000, Assumption, "science 5.4 row 8: 48 h", "失联判定时长";
        /// Knowledge counts as old after
        stale: 10_080, "min", 60..=100_000, Assumption, "science 5.4 row 22: 7 days", "信息陈旧判定时长";
    }
}

parameters! {
    /// Lane mouths.
    GateParams, group "gates" {
        /// When duty begins, minutes after midnight
        start: 360, "min", 0..=1439, Assumption, "06:00", "值守开始时刻";
        /// Length of one spell of duty
        spell: 180, "min", 30..=720, Record, "history 3: four shifts a day in Dashilan", "每班时长";
        /// Spells of duty a day
        spells: 5, "spell", 1..=24, Assumption, "06:00 to 21:00", "每日班次";
        /// Nobody is sent to a mouth for less than
        shortest: 30, "min", 1..=720, Assumption, "a walk there and back must be worth it", "最短值守时长";
        /// People at one mouth
        posts: 2, "person", 1..=10, Assumption, "one reads the pass, one the thermometer; history 3: Dashilan had 300 people for 21 points in four shifts", "每口人数";
        /// Errands a home makes on a day without deliveries
        errands: 450, "permille", 0..=10_000, Assumption, "shopping every other day", "每户每日外出次数";
    }
}

parameters! {
    /// Deliveries to homes.
    SupplyParams, group "supplies" {
        /// Minutes of one delivery, rubbish taken along
        minutes: 8, "min", 1..=120, Assumption, "collect, carry, set down, ring", "单次送物时长";
        /// When deliveries begin, minutes after midnight
        start: 600, "min", 0..=1380, Assumption, "10:00, after the market opened", "送物开始时刻";
        /// A home in observation gets one every
        observed_every: 1, "day", 1..=30, Assumption, "people who may not go out", "观察户送物间隔";
        /// An elder on the list of calls gets one every
        elder_every: 3, "day", 1..=30, Assumption, "history 4: elder package of 14 Feb", "老人送物间隔";
    }
}

parameters! {
    /// Residents who join the prevention force.
    VolunteerParams, group "volunteers" {
        /// A willing resident of full trust joins on a day
        joins: 14_000, "ppm", 0..=1_000_000, Assumption, "more than 200 joined over the weeks (article)", "每日加入率";
        /// How much a call for help multiplies that
        drive_permille: 2000, "permille", 1000..=10_000, Assumption, "the online group's board of needs", "号召倍率";
        /// A rested volunteer is free on a day
        free: 450_000, "ppm", 0..=1_000_000, Assumption, "about three spells a week", "每日有空率";
        /// Minutes of one spell
        spell: 180, "min", 30..=720, Record, "history 3: a patroller stood 9–11 and 14–16 h", "每次服务时长";
        /// Tiredness after one spell
        tires: 120, "permille", 0..=1000, Assumption, "rest matters", "每次疲劳";
        /// Tiredness that a night takes away
        rests: 45, "permille", 0..=1000, Assumption, "rest matters", "每日恢复";
    }
}

parameters! {
    /// Trust of a household in the office.
    TrustParams, group "trust" {
        /// Gained by a door that opened or a visit that helped
        visit: 15, "permille", 0..=1000, Assumption, "acquaintance; history 3", "入户增加信任";
        /// Gained by an answered call
        call: 2, "permille", 0..=1000, Assumption, "acquaintance; history 3", "电话增加信任";
        /// Gained by a delivery
        delivery: 8, "permille", 0..=1000, Assumption, "help given; history 3", "送物增加信任";
        /// Gained by each home of a compound where somebody was rescued
        rescue: 60, "permille", 0..=1000, Assumption, "word goes round", "救助增加信任";
        /// Gained a day from the online group
        online: 4, "permille", 0..=1000, Assumption, "history 3: the group turned it round", "线上群每日增加";
        /// Gained a day from notices and letters
        notices: 2, "permille", 0..=1000, Assumption, "history 3: letter to residents", "公告每日增加";
        /// Lost by a delivery that did not come
        missed: 6, "permille", 0..=1000, Assumption, "a promise not kept", "漏送减少信任";
    }
}

macro_rules! groups {
    ($( $(#[$doc:meta])* $field:ident: $type:ident, )*) => {
        /// All parameters of a story.
        #[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
        pub struct Params {
            $( $(#[$doc])* pub $field: $type, )*
        }

        impl Params {
            /// Every card, grouped.
            pub fn cards() -> Vec<Card> {
                let mut all = Vec::new();
                $( all.extend($type::cards()); )*
                all
            }

            /// The value at a path such as `survey.minutes`.
            pub fn get(&self, path: &str) -> Option<u32> {
                let (group, name) = path.split_once('.')?;
                match group { $( stringify!($field) => self.$field.get(name), )* _ => None }
            }

            /// Sets the value at a path.
            ///
            /// # Errors
            /// [`ParamError`] when there is no such parameter or the value lies
            /// outside its card's range.
            pub fn set(&mut self, path: &str, value: u32) -> Result<(), ParamError> {
                let unknown = || ParamError::Unknown(path.to_owned());
                let card = Self::cards().into_iter().find(|c| c.path() == path).ok_or_else(unknown)?;
                if !(card.min..=card.max).contains(&value) {
                    return Err(ParamError::OutOfRange { path: path.to_owned(), min: card.min, max: card.max });
                }
                let slot = match card.group {
                    $( stringify!($field) => self.$field.slot(card.name), )*
                    _ => None,
                };
                *slot.ok_or_else(unknown)? = value;
                Ok(())
            }
        }
    };
}

groups! {
    /// Who works when.
    shifts: ShiftParams,
    /// The survey.
    survey: SurveyParams,
    /// The round of calls.
    calls: CallParams,
    /// Falls.
    falls: FallParams,
    /// Fevers.
    fever: FeverParams,
    /// Senses.
    senses: SenseParams,
    /// Observation.
    observation: ObservationParams,
    /// Lane mouths.
    gates: GateParams,
    /// Deliveries.
    supplies: SupplyParams,
    /// Volunteers.
    volunteers: VolunteerParams,
    /// Trust.
    trust: TrustParams,
    /// The population.
    population: PopulationParams,
    /// Trips.
    trips: TripParams,
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_card_is_reachable_and_its_default_lies_in_its_range() {
        let params = Params::default();
        let cards = Params::cards();
        let mut seen = BTreeSet::new();
        for card in &cards {
            assert!(seen.insert(card.path()), "{} is declared twice", card.path());
            assert_eq!(params.get(&card.path()), Some(card.default), "{}", card.path());
            assert!((card.min..=card.max).contains(&card.default), "{}", card.path());
            assert!(!card.label.zh.is_empty() && !card.source.is_empty(), "{}", card.path());
        }
        assert!(cards.len() > 60);
    }

    #[test]
    fn a_value_outside_its_range_is_refused_and_changes_nothing() {
        let mut params = Params::default();
        assert!(matches!(params.set("calls.minutes", 0), Err(ParamError::OutOfRange { .. })));
        assert!(matches!(params.set("calls.minuets", 3), Err(ParamError::Unknown(_))));
        assert_eq!(params, Params::default());
        params.set("calls.minutes", 4).unwrap();
        assert_eq!(params.calls.minutes, 4);
    }
}
