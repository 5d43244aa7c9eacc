//! The numbers of an outbreak in a community: who meets whom where, what an illness
//! leads to, and how much each measure hinders.
//!
//! Floor 1. Owns [`ContactParams`], [`CaseParams`], [`ControlParams`]. Read when a
//! story is set up and by the rules of this room. What no study gives is marked so.

use crate::parameters;

parameters! {
    /// Where contacts outside the home take place, and what comes in from outside.
    ContactParams, group "contacts" {
        /// Contacts of somebody on a day, at home and outside, where nothing hinders them
        daily: 14_600, "permille", 0..=100_000, Paper, "Zhang J, Science, 2020: Wuhan 14.6 a day before, Shanghai 18.8. To count contacts: with illness.community it says how rarely one infects; alone it changes no infection", "Zhang J，Science，2020：武汉平时每天14.6次，上海18.8次。用来数接触；与illness.community一起说明多少次接触传染一次，单改它不改变感染", "每天接触次数";
        /// Of contacts outside the home, in the courtyard or building
        yard: 150, "permille", 0..=1000, Assumption, "no study splits contacts like this; with the other places and the toilet 1,000", "没有研究这样划分接触；与其他地方和公厕合计1000", "院内、楼道接触份额";
        /// Of contacts outside the home, in shops
        shop: 120, "permille", 0..=1000, Assumption, "no study splits contacts like this; a customer's risk was very small in Liaocheng, January 2020", "没有研究这样划分接触；聊城2020年1月的顾客感染极少", "商店接触份额";
        /// Of contacts outside the home, in the lane
        street: 370, "permille", 0..=1000, Assumption, "no study splits contacts like this", "没有研究这样划分接触", "胡同接触份额";
        /// Of contacts outside the home, at meals and gatherings with others
        other: 300, "permille", 0..=1000, Assumption, "no study splits contacts like this; gatherings 5.9 % a contact, casual ones 1.2 %, Thompson HA, CID 2021", "没有研究这样划分接触；聚会每次接触5.9%，偶遇1.2%，Thompson HA，CID 2021", "聚会等接触份额";
        /// Contacts of somebody under 20, against an adult
        young: 1000, "permille", 0..=5000, Assumption, "schools were closed for the holidays", "学校正在放假", "20岁以下接触倍数";
        /// Contacts of somebody of 60 or older, against an adult
        old: 940, "permille", 0..=5000, Paper, "Zhang J, Science, 2020: Wuhan 13.9 contacts a day from 60 on, 14.6 in all", "Zhang J，Science，2020：武汉60岁以上每天13.9次接触，总体14.6次", "60岁以上接触倍数";
        /// People who share one public toilet
        toilet_users: 250, "person", 20..=5000, Assumption, "Dongcheng had 1,339 public toilets for 708,829 people, most of them in the lanes; 150 to 350", "东城区708829人、1339座公厕，多在胡同里；150到350人", "一座公厕的使用人数";
        /// Infection in a visit within an hour of somebody infectious
        toilet_hazard: 100_000, "ppb", 0..=10_000_000, Assumption, "the least certain number of all: 10 to 1,000 per million visits", "所有数字里最没把握的一个：每百万次10到1000", "公厕每次感染风险";
        /// Visits to it a day
        toilet_visits: 5, "visit", 0..=24, Assumption, "four to six", "四到六次", "每日如厕次数";
        /// Hours a day in which it is used
        toilet_hours: 16, "hour", 1..=24, Assumption, "by day and in the evening", "白天和晚上", "公厕使用时长";
        /// Days for which somebody is infectious as in the hazard
        toilet_days: 6, "day", 1..=30, Assumption, "the whole infectious time as if evenly spread over its middle", "把整个传染期折成中间几天", "传染期折算天数";
        /// Infections from outside at work and on the way, per person and day
        work_daily: 500, "ppb", 0..=100_000_000, Assumption, "so that with returns at most 0.7 are expected in 60 days: 13 cases in 708,829 people of Dongcheng by 5 March 2020, if 87 % of infections were missed", "与返京输入合计，60天内预期不超过0.7例：东城区708829人到2020年3月5日13例，按87%未被发现估算", "外出上班每日感染风险";
        /// Infections from outside through visitors and couriers, per person and day
        gate_daily: 200, "ppb", 0..=100_000_000, Assumption, "a part of what comes from work", "外出上班的一部分", "外来访客、快递每日感染风险";
        /// Infections from trips to a hospital, per person and day
        hospital_daily: 100, "ppb", 0..=100_000_000, Assumption, "a part of what comes from work", "外出上班的一部分", "去医院每日感染风险";
        /// Infections through care visits by people from outside, per person and day
        care_daily: 50, "ppb", 0..=100_000_000, Assumption, "nurses and helpers who come to elders", "上门的护工和帮手", "上门照料每日感染风险";
    }
}

parameters! {
    /// What an infection leads to: fever, clinic, hospital, notices.
    CaseParams, group "cases" {
        /// Somebody who falls ill has a fever
        fever: 800_000, "ppm", 0..=1_000_000, Assumption, "Guan, NEJM 2020: 44 % on admission, 89 % later; recalled", "Guan，NEJM 2020：入院时44%，住院期间89%；凭记忆", "发病者发热比例";
        /// Shortest fever of this illness
        fever_shortest: 4, "day", 1..=30, Assumption, "about a week", "一周上下", "此病发热最短";
        /// Longest fever of this illness
        fever_longest: 10, "day", 1..=30, Assumption, "about a week", "一周上下", "此病发热最长";
        /// Somebody ill goes to the clinic unasked
        seeks_care: 500_000, "ppm", 0..=1_000_000, Assumption, "in Wuhan 87 % of infections, at least 53 %, were never found: Hao, Nature 2020", "武汉87%（至少53%）的感染未被发现：Hao，Nature 2020", "自行就诊比例";
        /// At the earliest so long after the first symptoms
        seeks_from: 1440, "min", 0..=43_200, Assumption, "with the next one 4.6 days on average: Bi, Lancet ID 2020", "与下一项合计平均4.6天：Bi，Lancet ID 2020", "自行就诊最早";
        /// At the latest so long after the first symptoms
        seeks_until: 11_808, "min", 0..=43_200, Assumption, "with the one before 4.6 days on average: Bi, Lancet ID 2020", "与上一项合计平均4.6天：Bi，Lancet ID 2020", "自行就诊最晚";
        /// The clinic suspects somebody who has it
        suspects_ill: 900_000, "ppm", 0..=1_000_000, Assumption, "blood count and picture of the lungs", "验血、拍片", "门诊识别患者";
        /// The clinic suspects somebody with another illness
        suspects_other: 100_000, "ppm", 0..=1_000_000, Assumption, "most fevers look different", "多数发热看起来不一样", "门诊误疑比例";
        /// From a swab to its answer
        swab_result: 720, "min", 1..=10_000, Assumption, "half a day; in January 2020 often longer", "半天；2020年1月常常更久", "检测出结果时长";
        /// From the first swab to the second
        swab_gap: 1440, "min", 1..=10_000, Record, "national protocol of early 2020: two negative tests at least 24 h apart", "2020年初的全国诊疗方案：两次阴性须间隔24小时以上", "两次采样间隔";
        /// Hospital beds that the community can count on
        beds: 200, "bed", 0..=1_000_000, Assumption, "in Beijing nobody waited for a bed; few, to see what waiting does", "北京当时没有人等床位；设少了可以看看等床位会怎样", "可用床位";
        /// Shortest stay of a confirmed case in hospital
        shortest_stay: 14_400, "min", 0..=100_000, Assumption, "fever gone for three days, two negative tests", "退热三天，两次阴性", "确诊者最短住院";
        /// Days in observation after a contact or a discharge
        days: 14, "day", 1..=60, Record, "national protocol of early 2020: 14 days", "2020年初的全国防控方案：14天", "接触者、出院者观察天数";
        /// Longest way of a notice about a contact
        notice_delay: 2880, "min", 1..=20_000, Assumption, "none to two days", "零到两天", "密接通知最长延迟";
        /// Notices that can be sent on a day
        notices: 12, "notice", 0..=10_000, Paper, "OpenABM-Covid19: 12 notices a worker and day; one worker", "OpenABM-Covid19：每人每天12份通知；按一名人员计", "每日通知上限";
        /// A contact in the courtyard is named
        named_yard: 800_000, "ppm", 0..=1_000_000, Assumption, "neighbours are known by name; OpenABM-Covid19: 0.8 at work", "街坊都叫得出名字；OpenABM-Covid19工作场所取0.8", "院内接触者查到比例";
        /// A contact at a meal or gathering is named
        named_other: 600_000, "ppm", 0..=1_000_000, Assumption, "people remember with whom they ate", "跟谁吃过饭还记得", "聚会接触者查到比例";
        /// A contact in a shop, the lane or at the toilet is named
        named_casual: 100_000, "ppm", 0..=1_000_000, Assumption, "OpenABM-Covid19: 0.05 for chance contacts", "OpenABM-Covid19偶遇取0.05", "偶遇接触者查到比例";
        /// A member who falls ill in observation is fetched within
        fetched: 1440, "min", 1..=10_000, Assumption, "the check of the next day", "第二天询问时", "观察期发病送医时长";
    }
}

parameters! {
    /// What is left of a contact among those who keep to a measure.
    ControlParams, group "control" {
        /// In the closure: contacts in the lane
        closed_street: 200, "permille", 0..=1000, Assumption, "0.04 to 0.5; contacts in Wuhan 14.6 to 2.0 a day, Zhang J, Science, 2020", "0.04到0.5；武汉每天14.6次降到2.0次，Zhang J，Science，2020", "封闭时胡同接触";
        /// In the closure: contacts in shops
        closed_shop: 400, "permille", 0..=1000, Assumption, "fewer trips, still needed", "去得少了，但还要去", "封闭时商店接触";
        /// In the closure: work outside
        closed_work: 100, "permille", 0..=1000, Assumption, "nearly all at home", "几乎都在家", "封闭时外出上班";
        /// In the closure: gatherings
        closed_other: 100, "permille", 0..=1000, Assumption, "nearly none", "几乎没有", "封闭时聚会";
        /// In the closure: contacts in the courtyard
        closed_yard: 700, "permille", 0..=1000, Assumption, "a courtyard cannot be closed towards itself", "一个院子关不住自己", "封闭时院内接触";
        /// In the closure: contacts at the toilet
        closed_toilet: 1000, "permille", 0..=1000, Assumption, "nobody can do without", "谁也少不了", "封闭时厕所接触";
        /// In the closure: contacts at home
        closed_home: 1200, "permille", 1000..=2000, Assumption, "1.0 to 1.5; lockdown raised the risk among family, Sun, Science, 2021", "1.0到1.5；封闭时家人间风险上升，Sun，Science，2021", "封闭时家中接触";
        /// With passes at the mouths: contacts in the lane
        pass_street: 700, "permille", 0..=1000, Assumption, "fewer people walk through", "穿行的人少了", "凭证时胡同接触";
        /// With passes at the mouths: work outside
        pass_work: 700, "permille", 0..=1000, Assumption, "fewer trips", "出门少了", "凭证时外出上班";
        /// With passes at the mouths: visitors and couriers
        pass_gate: 300, "permille", 0..=1000, Assumption, "strangers stay outside", "外人不得进入", "凭证时外来访客";
        /// With duty at the mouths: visitors and couriers
        duty_gate: 500, "permille", 0..=1000, Assumption, "many turn back when asked", "有人问，不少人就不进了", "值守时外来访客";
        /// With duty at the mouths: contacts in the lane
        duty_street: 950, "permille", 0..=1000, Assumption, "a little less coming and going", "来往稍少", "值守时胡同接触";
        /// In home observation: contacts outside
        observed_outside: 100, "permille", 0..=1000, Assumption, "0.1 for those who keep to it; OpenABM-Covid19 none, CovidSim 0.25", "守规定的人取0.1；OpenABM-Covid19为零，CovidSim为0.25", "居家观察时外出接触";
        /// In home observation: contacts at home
        observed_home: 1200, "permille", 1000..=2000, Assumption, "1.0 to 1.5; CovidSim 1.5", "1.0到1.5；CovidSim为1.5", "居家观察时家中接触";
        /// Where both wear a mask
        masks: 650, "permille", 0..=1000, Assumption, "0.4 to 0.95; observational 0.15, Chu, Lancet 2020; trials 0.91, Abaluck, Science, 2022, and 0.957", "0.4到0.95；观察性研究0.15，Chu，Lancet 2020；试验0.91，Abaluck，Science，2022，以及0.957", "双方戴口罩";
        /// Where both wear a mask, at the toilet
        masks_toilet: 300, "permille", 0..=1000, Assumption, "calculations of risk: a hundredth and less with both masked", "风险推算：双方戴口罩时降到百分之一以下", "双方戴口罩，厕所";
        /// Without gatherings: meals and gatherings with others
        gatherings: 200, "permille", 0..=1000, Assumption, "some go on", "有的还在继续", "不聚集时聚会";
        /// Rules in the courtyard: contacts there
        yard_rules: 700, "permille", 0..=1000, Assumption, "one at the tap at a time, doors aired; no study", "错开用水，开窗通风；没有研究", "院内公约时院内接触";
        /// Airing and cleaning of the toilet: contacts there
        toilet_cleaning: 500, "permille", 0..=1000, Assumption, "0.5 if aired and disinfected; no study", "通风消毒取0.5；没有研究", "厕所通风消毒后";
        /// Few customers at a time: contacts in shops
        shop_cap: 600, "permille", 0..=1000, Assumption, "mainly protects the staff", "主要保护店员", "限流时商店接触";
        /// Disinfected waste and surfaces, parts per million: contacts in the courtyard, the shop, the toilet
        disinfection: 999_900, "ppm", 0..=1_000_000, Paper, "infection from a surface below one in 10,000 contacts, US CDC brief 2021: as good as nothing", "每万次接触物体感染不到一次，美国疾控中心2021年简报：几乎没有作用", "垃圾和表面消毒后";
        /// Caution that nobody ordered: contacts in the lane, shops and gatherings
        caution: 700, "permille", 0..=1000, Assumption, "people change by themselves; both sides of a comparison have it", "人会自己小心；对比的两边都有", "自发小心时接触";
    }
}
