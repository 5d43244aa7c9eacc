//! Every number of the model, with its unit, range and source.
//!
//! Floor 1. Read by every rule, written only when a story is set up. A scene
//! overrides by path (`survey.workers`); `describe` prints the cards.

use serde::{Deserialize, Serialize};

use crate::parameters;
use crate::sim::card::{Card, ParamError};
use crate::sim::synth::{PopulationParams, TripParams};
use crate::sim::truth::cases::params::{CaseParams, ContactParams, ControlParams};
use crate::sim::truth::illness::params::{IllnessParams, SeverityParams, SwabParams};

parameters! {
    /// Who works when. Breaks are not hours: a day offers worked minutes only.
    ShiftParams, group "shifts" {
        /// Community workers on the staff
        workers: 19, "person", 0..=20_000, Article, "section 3: the secretary and 18 others", "第三节：书记和另外18人", "社工人数";
        /// When staff begin, minutes after midnight
        start: 480, "min", 0..=1200, Assumption, "an ordinary office day, 08:00", "一般的办公时间，08:00", "社工上班时刻";
        /// How long staff are present, breaks included
        present: 600, "min", 60..=1200, Assumption, "08:00 to 18:00", "08:00到18:00", "社工在岗时长";
        /// Minutes a staff member works in a day, breaks not counted
        worked: 480, "min", 0..=1200, Assumption, "an eight-hour day", "八小时工作日", "社工每日工时";
        /// When the midday break begins, minutes after midnight
        break_start: 720, "min", 0..=1440, Assumption, "12:00", "中午12:00", "午休开始时刻";
        /// Length of the midday break; urgent help goes on
        break_length: 60, "min", 0..=240, Assumption, "one hour", "休息一小时", "午休时长";
        /// Staff members who keep part of their day free for emergencies
        duty_workers: 2, "person", 0..=2000, Assumption, "somebody must be able to go", "总要有人能马上动身", "机动值班人数";
        /// Minutes each of them keeps free
        duty_reserve: 90, "min", 0..=480, Assumption, "two door visits with help", "够两次上门帮忙", "机动预留工时";
        /// Walking speed with bag and register
        walk_speed: 60, "m/min", 10..=150, Assumption, "3.6 km/h, slower than free walking", "每小时3.6公里；背着包、拿着册子，比平常走得慢", "步行速度";
        /// Longest walk that a task may cost; farther homes are reached by bicycle
        walk_cap: 12, "min", 0..=60, Assumption, "the whole quarter is 600 m wide", "整个社区不过600米宽", "单次路程上限";
    }
}

parameters! {
    /// The five-day survey of every household.
    SurveyParams, group "survey" {
        /// Minutes at a door that opens
        minutes: 18, "min", 1..=240, Assumption, "2,000 homes ÷ 19 workers ÷ 5 days: 22.8 min each in an eight-hour day, walking and closed doors included", "2000户÷19人÷5天，一天八小时，每户22.8分钟，走路和敲不开的门都算在内", "入户登记时长";
        /// Minutes at a door that opens in a further round
        again_minutes: 6, "min", 1..=240, Assumption, "people are known by then: who came, who left, any fever", "已经认得了，只问谁走了、谁来了、有没有人发热", "再次摸排每户时长";
        /// Minutes at a door that stays closed
        closed_minutes: 4, "min", 0..=60, Assumption, "knock, wait, write a note", "敲门，等一等，留张条子", "敲门无应时长";
        /// A courtyard door opens to a home of average trust
        opens_courtyard: 880_000, "ppm", 0..=1_000_000, Assumption, "courtyard neighbours know the workers", "同院邻居认得社工", "平房开门率";
        /// A building door opens to a home of average trust
        opens_building: 720_000, "ppm", 0..=1_000_000, Assumption, "press portraits of spring 2020: resistance mostly in the buildings", "2020年春的人物报道：不愿开门的多在楼房", "楼房开门率";
        /// How much full trust, against none, adds to that
        trust_effect: 300_000, "ppm", 0..=1_000_000, Assumption, "press portraits of spring 2020: trust opened doors", "2020年春的人物报道：有了信任门才开", "信任对开门率的影响";
        /// How much each further attempt adds
        attempt_effect: 150_000, "ppm", 0..=1_000_000, Assumption, "notes under the door, a phone number, a neighbour's word", "门缝里的条子、留下的电话、邻居捎的话", "再次上门的提高";
        /// A neighbour can tell that a home is away
        neighbour_knows: 700_000, "ppm", 0..=1_000_000, Assumption, "shared courtyards", "同住一个院子", "邻居知情率";
        /// Attempt from which an absent home is reached by phone
        phone_from_attempt: 2, "attempt", 1..=10, Assumption, "registers hold a contact number", "册子上有联系电话", "改打电话的次数";
        /// Minutes to wait before the same door is tried again
        retry_after: 180, "min", 0..=1440, Assumption, "another part of the day", "换个时段再来", "再次上门间隔";
    }
}

parameters! {
    /// The daily round of calls to elders.
    CallParams, group "calls" {
        /// When the round begins, minutes after midnight
        start: 540, "min", 0..=1380, Assumption, "09:00", "上午09:00", "电话问候开始时刻";
        /// Workers who call at the same time
        callers: 4, "person", 1..=20_000, Assumption, "desk phones of an office", "办公室的几部座机", "同时打电话人数";
        /// Minutes of a call that is answered
        minutes: 3, "min", 1..=60, Assumption, "100 elders × 3 min = 5.0 h a day", "100位老人×3分钟，一天5小时", "通话时长";
        /// Minutes of a call that rings out
        unanswered_minutes: 1, "min", 0..=10, Assumption, "ringing and a note", "响到没人接，记一笔", "无人接听时长";
        /// Somebody who is well and at home answers
        answered: 900_000, "ppm", 0..=1_000_000, Assumption, "nine in ten pick up", "十个人里九个会接", "接听率";
        /// Minutes of a visit to the door
        door_minutes: 12, "min", 1..=120, Assumption, "knock, talk, look", "敲门，说几句，看一看", "上门查看时长";
        /// A neighbour is in and looks after the door when asked
        neighbour_in: 500_000, "ppm", 0..=1_000_000, Assumption, "half of the courtyard is in by day", "白天院里有一半人在家", "邻居在家率";
        /// Minutes a neighbour takes to look and to ring back
        neighbour_minutes: 15, "min", 1..=240, Assumption, "nobody should wait longer than an hour for a look", "最多一小时，总要有人去看过", "邻居查看时长";
        /// Minutes until a resident doctor stands at the door
        doctor_arrives: 15, "min", 1..=240, Assumption, "lives in the community", "医生就住在本社区", "居民医生到场时长";
        /// Minutes until an ambulance is there, where no resident doctor is at home
        ambulance_arrives: 40, "min", 1..=600, Assumption, "city ambulances in those weeks", "那几周全市救护车的大概情形", "救护车到场时长";
        /// Minutes the wound is tended, worker and doctor together
        doctor_minutes: 30, "min", 1..=240, Assumption, "dressing a head wound", "包扎头上的伤口", "处理伤口时长";
    }
}

parameters! {
    /// Falls of elders.
    FallParams, group "falls" {
        /// Falls a year per 1,000 people aged 60–79
        yearly_60: 160, "1/1000/year", 0..=365_000, Assumption, "between Longtan community, Beijing, 2009 (60 and older: 18.0 % fell in a year) and a Beijing study of 2025 (65 and older: 12.4 %)", "介于北京龙潭社区2009年的调查（60岁以上一年18.0%跌倒）和2025年的北京研究（65岁以上12.4%）之间", "60–79岁年跌倒率";
        /// Falls a year per 1,000 people aged 80–89
        yearly_80: 300, "1/1000/year", 0..=365_000, Assumption, "between Longtan community 2009 (60 and older: 18.0 %) and Fleming, BMJ 2008 (over 90: 60 %)", "介于龙潭社区2009年的调查（60岁以上18.0%）和Fleming，BMJ 2008（90岁以上60%）之间", "80–89岁年跌倒率";
        /// Falls a year per 1,000 people aged 90 and older
        yearly_90: 600, "1/1000/year", 0..=365_000, Paper, "Fleming, BMJ 2008: 60 % of people over 90 fell in a year", "Fleming，BMJ 2008：90岁以上一年内60%跌倒", "90岁以上年跌倒率";
        /// How much more often somebody living alone falls
        alone_permille: 1480, "permille", 0..=10_000, Paper, "Beijing study of 2025, 65 and older: odds ratio 1.48 for living alone", "2025年的北京研究，65岁以上：独居的比值比为1.48", "独居跌倒倍率";
        /// A fall hurts
        injured: 377_000, "ppm", 0..=1_000_000, Paper, "Longtan community, Beijing, 2009: 37.7 % of those who fell were hurt", "北京龙潭社区2009年的调查：跌倒的人里37.7%受伤", "跌倒受伤率";
        /// Somebody under 90 cannot get up alone
        stuck: 250_000, "ppm", 0..=1_000_000, Assumption, "well below the figure for people over 90", "比90岁以上低得多", "90岁以下无法起身率";
        /// Somebody of 90 or older cannot get up alone
        stuck_90: 800_000, "ppm", 0..=1_000_000, Paper, "Fleming, BMJ 2008: 80 % of those who fell could not get up at least once", "Fleming，BMJ 2008：跌倒的人里80%至少有一次起不来", "90岁以上无法起身率";
        /// Minutes until somebody of the household helps
        family_minutes: 5, "min", 0..=240, Assumption, "in the same rooms", "就在同一屋檐下", "家人发现时长";
        /// A neighbour notices on a day without being asked
        neighbour_notices: 250_000, "ppm", 0..=1_000_000, Assumption, "shared courtyards, closed doors in winter", "同住一个院子，但冬天都关着门", "邻居每天自行发现率";
        /// Day after the fall on which somebody comes by at the latest
        noticed_by_then: 7, "day", 0..=400, Assumption, "family that rings, a bill, a meter to be read", "家人来电、收费、查表，总会有人来", "最迟第几天有人发现";
    }
}

parameters! {
    /// Fevers of ordinary illness: what makes a home red with no virus anywhere.
    FeverParams, group "fever" {
        /// Fever onsets per person and day
        daily: 500, "ppm", 0..=1_000_000, Paper, "between 7.23 influenza-like illnesses per 100 people a year (Guangdong, 2007: 0.0002 a day) and 0.002 a day (OpenABM-Covid19)", "介于广东2007年的调查（每百人一年7.23次流感样症状，合每天0.0002）和OpenABM-Covid19（每天0.002）之间", "每人每日发热率";
        /// Shortest fever
        shortest: 2, "day", 1..=30, Assumption, "three days on average", "平均三天", "发热最短";
        /// Longest fever
        longest: 4, "day", 1..=30, Assumption, "three days on average", "平均三天", "发热最长";
        /// Minutes of the visit that arranges the clinic
        visit_minutes: 30, "min", 1..=240, Assumption, "protective clothing, talk, car", "穿防护服，问情况，叫车", "发热处置时长";
        /// Minutes somebody is away at the fever clinic
        clinic_minutes: 240, "min", 1..=1440, Assumption, "way, queue, blood count, picture", "路上、排队、验血、拍片", "发热门诊就诊时长";
        /// Minutes from the visit to the clinic's answer
        result_minutes: 600, "min", 1..=10_000, Assumption, "by phone on the same or the next day", "当天或第二天电话告知", "门诊结果时长";
        /// The fever must be gone this long before the record is closed
        gone_minutes: 1440, "min", 0..=10_000, Assumption, "no rule was found; we take 24 h without fever", "没有查到规定，我们取退热满24小时", "退热后观察时长";
    }
}

parameters! {
    /// How the office comes to know: sensitivity and honesty of each sense.
    SenseParams, group "senses" {
        /// An answer about travel is truthful
        truthful_travel: 950_000, "ppm", 0..=1_000_000, Assumption, "our own judgement; no study behind it", "我们自己的判断，没有研究可依", "如实说明出行";
        /// A fever is told when asked
        fever_asked: 850_000, "ppm", 0..=1_000_000, Assumption, "some fear the fever clinic", "有人怕去发热门诊", "问到时告知发热";
        /// A fever is told unasked, once
        fever_unasked: 400_000, "ppm", 0..=1_000_000, Assumption, "fewer than half speak up by themselves", "自己说出来的不到一半", "主动报告发热";
        /// Longest time until somebody reports unasked
        report_delay: 1440, "min", 1..=10_000, Assumption, "within a day", "一天之内会说", "主动报告最长延迟";
        /// A feverish person passes a mouth on a day
        fever_goes_out: 200_000, "ppm", 0..=1_000_000, Assumption, "for medicine or food", "出门买药或买吃的", "发热者外出率";
        /// A gate thermometer finds a true fever
        gate_finds: 700_000, "ppm", 0..=1_000_000, Assumption, "anything from 40 to 90 % could be right", "从40%到90%都有可能", "测温发现率";
        /// A staffed mouth writes down somebody who comes back
        gate_registers: 980_000, "ppm", 0..=1_000_000, Assumption, "a worker who knows the faces stands there", "认得街坊的社工守在那里", "卡口登记率";
        /// Somebody who comes back reports it unasked
        return_unasked: 600_000, "ppm", 0..=1_000_000, Assumption, "before the rule of 14 February; notices at every mouth", "2月14日的规定之前；各胡同口都贴着告示", "返京主动报告率";
        /// A guest from outside comes to a compound on a day
        guest: 1000, "ppm", 0..=1_000_000, Assumption, "rare in those weeks", "那几周少有人串门", "外来访客率";
    }
}

parameters! {
    /// Home observation of people who came back.
    ObservationParams, group "observation" {
        /// Days of observation after arrival
        days: 14, "day", 1..=60, Record, "Beijing, 14 February 2020: 14 days for everybody who comes back", "北京市2020年2月14日的规定：返京人员一律观察14天", "观察天数";
        /// Minutes of a daily check by phone
        minutes: 4, "min", 1..=60, Assumption, "two temperatures, needs, a word", "报两次体温，问缺什么，聊一句", "每日询问时长";
        /// A check reaches somebody
        reached: 970_000, "ppm", 0..=1_000_000, Assumption, "people in observation are at home", "观察的人都在家", "每日询问成功率";
        /// A finished clock closes only if the last check is no older
        fresh: 1440, "min", 60..=10_000, Assumption, "no rule was found; we take a last check within 24 h", "没有查到规定，我们取24小时之内问过", "解除前询问时效";
        /// Contact counts as lost after
        lost: 2880, "min", 60..=10_000, Assumption, "no rule was found; we take 48 h without an answer", "没有查到规定，我们取48小时联系不上", "失联判定时长";
        /// Knowledge counts as old after
        stale: 10_080, "min", 60..=100_000, Assumption, "a week without word", "一周没有新消息", "信息陈旧判定时长";
    }
}

parameters! {
    /// Lane mouths.
    GateParams, group "gates" {
        /// When duty begins, minutes after midnight
        start: 360, "min", 0..=1439, Assumption, "06:00", "早上06:00", "值守开始时刻";
        /// Length of one spell of duty
        spell: 180, "min", 30..=720, Assumption, "Beijing Evening News, February 2020: four shifts a day in Dashilan; their length is our estimate", "《北京晚报》2020年2月：大栅栏一天四班；每班多长是我们的估计", "每班时长";
        /// Spells of duty a day
        spells: 5, "spell", 1..=24, Assumption, "06:00 to 21:00", "06:00到21:00", "每日班次";
        /// Nobody is sent to a mouth for less than
        shortest: 30, "min", 1..=720, Assumption, "a walk there and back must be worth it", "走一个来回，总要值得", "最短值守时长";
        /// People at one mouth
        posts: 2, "person", 1..=10, Assumption, "one reads the pass, one the thermometer; Beijing Evening News, February 2020: Dashilan had over 300 people for 21 points in four shifts", "一人看证，一人测温；《北京晚报》2020年2月：大栅栏21个登记点，四班300多人", "每口人数";
        /// Errands a home makes on a day without deliveries
        errands: 450, "permille", 0..=10_000, Assumption, "shopping every other day", "隔天出门买一次东西", "每户每日外出次数";
    }
}

parameters! {
    /// Deliveries to homes.
    SupplyParams, group "supplies" {
        /// Minutes of one delivery, rubbish taken along
        minutes: 8, "min", 1..=120, Assumption, "collect, carry, set down, ring", "取货，拎过去，放下，按铃", "单次送物时长";
        /// When deliveries begin, minutes after midnight
        start: 600, "min", 0..=1380, Assumption, "10:00, after the market opened", "10:00，菜市场开门以后", "送物开始时刻";
        /// A home in observation gets one every
        observed_every: 1, "day", 1..=30, Assumption, "people who may not go out", "观察的人不能出门", "观察户送物间隔";
        /// An elder on the list of calls gets one every
        elder_every: 3, "day", 1..=30, Assumption, "Beijing, 14 February 2020: help for elders left alone at home; how often is our estimate", "北京市2020年2月14日的措施：帮扶身边没人的老人；几天一次是我们的估计", "老人送物间隔";
    }
}

parameters! {
    /// Residents who join the prevention force.
    VolunteerParams, group "volunteers" {
        /// A willing resident of full trust joins on a day
        joins: 14_000, "ppm", 0..=1_000_000, Assumption, "more than 200 joined over the weeks (the article, section 3)", "前后有200多人加入（报道第三节）", "每日加入率";
        /// How much a call for help multiplies that
        drive_permille: 2000, "permille", 1000..=10_000, Assumption, "press portraits of spring 2020: the online group's board of needs and offers", "2020年春的人物报道：线上群里谁缺什么、谁能帮什么，一看就知道", "号召倍率";
        /// A rested volunteer is free on a day
        free: 450_000, "ppm", 0..=1_000_000, Assumption, "about three spells a week", "一周大约来三次", "每日有空率";
        /// Minutes of one spell
        spell: 180, "min", 30..=720, Assumption, "magazine report of April 2020: a patroller in Dongsi Qitiao stood 9–11 and 14–16 h; one spell of three hours is our simplification", "2020年4月的杂志报道：东四七条的退休巡逻员每天站9点到11点、14点到16点；一次三小时是我们的简化", "每次服务时长";
        /// Tiredness after one spell
        tires: 120, "permille", 0..=1000, Assumption, "people need rest", "人总要休息", "每次疲劳";
        /// Tiredness that a night takes away
        rests: 45, "permille", 0..=1000, Assumption, "people need rest", "人总要休息", "每日恢复";
    }
}

parameters! {
    /// Trust of a household in the office.
    TrustParams, group "trust" {
        /// Gained by a door that opened or a visit that helped
        visit: 15, "permille", 0..=1000, Assumption, "press portraits of spring 2020: doors stayed closed to people nobody knew", "2020年春的人物报道：不认识的人，门不开", "入户增加信任";
        /// Gained by an answered call
        call: 2, "permille", 0..=1000, Assumption, "acquaintance, as at the door, but less", "打电话也能熟起来，但比不上见面", "电话增加信任";
        /// Gained by a delivery
        delivery: 8, "permille", 0..=1000, Assumption, "help is remembered", "帮过忙，人家记得", "送物增加信任";
        /// Gained by each home of a compound where somebody was rescued
        rescue: 60, "permille", 0..=1000, Assumption, "word goes round", "一传十，十传百", "救助增加信任";
        /// Gained a day from the online group
        online: 4, "permille", 0..=1000, Assumption, "press portraits of spring 2020: the online group turned it round", "2020年春的人物报道：有了线上群，情况才好转", "线上群每日增加";
        /// Gained a day from notices and letters
        notices: 2, "permille", 0..=1000, Assumption, "press portraits of spring 2020: a letter to residents", "2020年春的人物报道：给居民的一封信", "公告每日增加";
        /// Lost by a delivery that did not come
        missed: 6, "permille", 0..=1000, Assumption, "a promise not kept", "说好了却没来", "漏送减少信任";
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
    /// Natural history and transmission.
    illness: IllnessParams,
    /// Who falls how ill.
    severity: SeverityParams,
    /// Swabs.
    swabs: SwabParams,
    /// Who meets whom outside the home.
    contacts: ContactParams,
    /// What an infection leads to.
    cases: CaseParams,
    /// What measures leave of a contact.
    control: ControlParams,
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
            assert!(!card.label.zh.is_empty() && !card.source.zh.is_empty(), "{}", card.path());
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
