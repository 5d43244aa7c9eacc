//! A card for every measure: how it works, what is assumed, how sure one can be, what
//! it costs and who bears it.
//!
//! Floor 1. Reads nothing; owns [`MeasureCard`]. Listed by `describe measures`; a test
//! holds it to one card for each measure.

use super::Measure;
use crate::base::text::Bilingual;
use crate::sim::named;

named! {
    /// How sure one can be of an effect.
    Certainty {
        /// trials with drawn groups
        Trial, "随机试验";
        /// observation, causes not separated
        Observed, "观察性研究";
        /// calculation or model
        Computed, "推算或模型";
        /// our own assumption
        Assumed, "我们的估计";
    }
}

/// What there is to say of a measure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MeasureCard {
    /// Which.
    pub measure: Measure,
    /// How it acts in the model.
    pub mechanism: Bilingual,
    /// What is assumed.
    pub assumption: Bilingual,
    /// Where the size of the effect comes from.
    pub source: Bilingual,
    /// How sure one can be.
    pub certainty: Certainty,
    /// What it costs.
    pub cost: Bilingual,
    /// Who bears it.
    pub borne_by: Bilingual,
}

macro_rules! cards {
    ($( $measure:ident, $certainty:ident:
        $zh1:literal, $en1:literal; $zh2:literal, $en2:literal; $zh3:literal, $en3:literal;
        $zh4:literal, $en4:literal; $zh5:literal, $en5:literal; )*) => {
        /// Every card, in the order of the measures.
        pub const CARDS: &[MeasureCard] = &[ $( MeasureCard {
            measure: Measure::$measure,
            mechanism: Bilingual::fixed($zh1, $en1),
            assumption: Bilingual::fixed($zh2, $en2),
            source: Bilingual::fixed($zh3, $en3),
            certainty: Certainty::$certainty,
            cost: Bilingual::fixed($zh4, $en4),
            borne_by: Bilingual::fixed($zh5, $en5),
        }, )* ];
    };
}

cards! {
    Survey, Assumed:
        "只改变社区知道什么：每户登记一次，问谁走了、谁来了、谁发热", "changes only what the office knows: every home is asked once who left, who came, who has a fever";
        "多数人如实说", "most people answer truthfully";
        "报道第三节；效果没有研究", "the article, section 3; no study of the effect";
        "约五天的全部工时", "all working hours of about five days";
        "社工", "community workers";
    DailyCalls, Computed:
        "只改变知道得多早：电话里问到发热，也发现跌倒；不直接减少传播", "changes only how early things are known: fevers asked for, falls found; no contact is prevented";
        "接通率九成，问到时八成五会说", "nine in ten answer; when asked, 85 % tell of a fever";
        "Bi，Lancet ID 2020：发病到隔离4.6天，主动追查时短1.9天", "Bi, Lancet ID 2020: 4.6 days from symptoms to isolation, 1.9 fewer with tracing";
        "每天约五小时", "some five hours a day";
        "社工", "community workers";
    GateDuty, Assumed:
        "外来访客和快递少一半进来，胡同里来往略少", "half of visitors and couriers stay out, slightly fewer people pass through the lanes";
        "作用只随力度，力度按值守的份额设定；当天有没有人站着另外记账", "its effect follows the strength alone, set as the share that is staffed; whether somebody stands there on a day is booked apart";
        "没有研究；依据北京2020年2月的通告", "no study; Beijing's notices of February 2020";
        "每口每天两人四班", "two people at each mouth, in spells all day";
        "社工、志愿者；居民绕路", "workers and volunteers; residents walk further";
    PassCheck, Assumed:
        "出入凭证：胡同接触和外出上班少三成，外来访客少七成；登记访客", "passes: three tenths fewer contacts in the lanes and trips to work, seven tenths fewer visitors; guests are written down";
        "与封闭管理同时有时，取较强的一项", "together with a closure the stronger of the two holds";
        "没有研究；北京2020年2月9日至10日的通告", "no study; Beijing's notices of 9–10 February 2020";
        "出门不便", "going out is harder";
        "居民，尤其是上班的和做小生意的", "residents, above all those who work outside or trade";
    Temperature, Observed:
        "卡口测出部分发热；不减少接触", "finds some fevers at the mouths; no contact is prevented";
        "测出七成，发热者每天两成外出", "seven in ten found; one in five feverish people goes out on a day";
        "测温灵敏度的研究相差很大", "studies of thermometers differ widely";
        "值守的人多一件事", "one more thing for those on duty";
        "值守人员、出门的人", "people on duty, people who go out";
    ObserveAll, Computed:
        "返京人员都开始14天计时，每天询问；要真正减少外出，还须居家隔离", "everybody who comes back gets a clock of 14 days and daily checks; contacts fall only with home observation";
        "登记到的人才算", "only those who are written down";
        "北京市2020年2月14日通告；Cochrane速评：隔离有益，证据弱", "Beijing, 14 February 2020; Cochrane rapid review: quarantine helps, weak evidence";
        "每人14天", "14 days of a person's life";
        "返京的人和他们的家人", "those who come back, and their families";
    ExemptJinJi, Assumed:
        "津冀返京不再计时", "no clock for those who come from Tianjin and Hebei";
        "两地那时少有病例", "few cases there by then";
        "北京市2020年4月18日通告", "Beijing, 18 April 2020";
        "几乎没有", "hardly any";
        "没有人", "nobody";
    Deliveries, Assumed:
        "观察的人和老人不必出门；模型里不直接减少传播", "people in observation and elders need not go out; in the model no contact is prevented directly";
        "送到门口，不见面", "set down at the door";
        "北京市2020年2月14日的措施", "Beijing's measures of 14 February 2020";
        "每次八分钟", "eight minutes each";
        "志愿者、社工", "volunteers and workers";
    Rubbish, Assumed:
        "观察户的垃圾有人带走；不减少传播", "rubbish of homes in observation is taken along; no contact is prevented";
        "顺路", "on the way of a delivery";
        "北京市2020年3月31日的措施", "Beijing's measures of 31 March 2020";
        "很少", "little";
        "志愿者、社工", "volunteers and workers";
    OnlineGroup, Assumed:
        "信任慢慢上升，门开得多，报名的多", "trust grows: more doors open, more people join";
        "每天千分之四", "four permille a day";
        "2020年春的人物报道", "press portraits of spring 2020";
        "有人要看着群", "somebody has to look after the group";
        "社工；不用手机的老人不在其中", "workers; elders without a smartphone are left out";
    Notices, Assumed:
        "信任略升；不减少传播", "a little more trust; no contact is prevented";
        "每天千分之二", "two permille a day";
        "2020年春的人物报道", "press portraits of spring 2020";
        "纸和张贴", "paper and somebody to put it up";
        "社工", "workers";
    VolunteerDrive, Assumed:
        "报名的人加倍", "twice as many join";
        "前后有两百多人加入", "more than 200 joined over time";
        "报道第三节", "the article, section 3";
        "志愿者会累", "volunteers tire";
        "志愿者", "volunteers";
    HomeObservation, Computed:
        "观察户的人不外出：外面的接触剩一成；家里的接触多两成；院子和厕所照旧", "people of homes in observation stay in: a tenth of contacts outside is left, a fifth more at home, courtyard and toilet as before";
        "力度是守规定的人的份额", "strength is the share of people who keep to it";
        "Cochrane速评：单靠隔离可避免44–81%（模型，证据很弱）", "Cochrane rapid review: quarantine alone averts 44–81 % in models, very low certainty";
        "每人14天不出门", "14 days indoors for each person";
        "返京的人、接触者，和与他们同住的人", "those who come back, contacts, and whoever lives with them";
    CentralObservation, Computed:
        "病例的家人和密接到集中点观察，与家里和社区都没有接触", "a case's family and named contacts are observed at a central site, apart from home and community";
        "力度是肯去的人的份额", "strength is the share who go";
        "Pan，JAMA 2020：武汉2月2日后R降到1以下；同时还有别的措施，分不开", "Pan, JAMA 2020: in Wuhan R fell below 1 after 2 February; other measures came together and cannot be separated";
        "房间、伙食、人手；与家人分开14天", "rooms, meals, staff; 14 days away from the family";
        "接触者和他们的家人", "contacts and their families";
    Masks, Trial:
        "双方都戴时，每次接触的风险剩六成半；厕所剩三成；家里不戴", "where both wear one, 65 % of the risk of a contact is left, 30 % at the toilet; not worn at home";
        "力度是戴的人的份额；两人都戴才算", "strength is the share who wear them; both must";
        "孟加拉整群试验0.91（0.82–1.00），Abaluck，Science，2022；观察性研究0.15，Chu，Lancet 2020", "Bangladesh cluster trial 0.91 (0.82–1.00), Abaluck, Science, 2022; observational 0.15, Chu, Lancet 2020";
        "口罩；听不清、看不见表情", "masks; harder to hear and to read faces";
        "所有人，听力不好的人更多", "everybody, people hard of hearing most";
    NoGatherings, Observed:
        "聚餐和聚会剩两成", "a fifth of meals and gatherings with others is left";
        "有一方守规定，聚会就没有了", "a gathering does not take place if either of two stays away";
        "Thompson HA，CID 2021：亲友聚会每次接触5.9%；减少多少没有研究", "Thompson HA, CID 2021: 5.9 % a contact at gatherings of family and friends; how many are prevented: no study";
        "春节不走亲戚", "no visits at the Spring Festival";
        "所有人，独居的人更多", "everybody, people who live alone most";
    YardRules, Assumed:
        "错开用水、开窗通风：院里接触剩七成", "turns at the tap, open windows: 70 % of contacts in the courtyard is left";
        "没有研究", "no study";
        "我们的估计", "our own estimate";
        "少了说话的地方", "fewer places to talk";
        "院里的邻居", "neighbours of a courtyard";
    ToiletCleaning, Assumed:
        "通风、消毒：厕所接触剩一半", "aired and disinfected: half of what happens at the toilet is left";
        "力度是做到的厕所和时段的份额；全程序里最没把握的数字之一", "strength is the share of toilets and hours; one of the least certain numbers here";
        "没有可用的研究", "no usable study";
        "每天多次清洁", "cleaning many times a day";
        "保洁员", "cleaners";
    ShopCap, Assumed:
        "店里人少：商店接触剩六成", "fewer in a shop at a time: 60 % of contacts there is left";
        "主要保护店员；模型里店员没有单列", "mainly protects the staff, who are not told apart in the model";
        "聊城2020年1月：店员9.2%感染，顾客0.024%", "Liaocheng, January 2020: 9.2 % of the staff, 0.024 % of customers";
        "排队", "queues";
        "顾客和店家", "customers and shopkeepers";
    Tracing, Computed:
        "确诊后查接触者，发通知：早观察、早知道；单独不减少接触", "contacts of a case are named and told: earlier observation and knowledge; alone it prevents no contact";
        "院内八成、聚会六成、偶遇一成能查到；每天十二份通知", "eight in ten of the courtyard, six at gatherings, one of chance contacts are named; twelve notices a day";
        "Hellewell，Lancet Glob Health 2020：R为2.5时须查到七成以上；Bi：早1.9天隔离", "Hellewell, Lancet Glob Health 2020: over 70 % of contacts needed at R 2.5; Bi: isolation 1.9 days earlier";
        "流调人员；接触者14天", "interviewers; 14 days for each contact";
        "接触者", "contacts";
    WasteDisinfection, Computed:
        "几乎不影响传播：万分之一", "as good as no effect on contacts: one in ten thousand";
        "卫生、体面，防别的病", "hygiene, dignity, other illnesses";
        "美国疾控中心2021年简报：每次接触物体感染不到万分之一", "US CDC brief 2021: below one in 10,000 for each contact with a surface";
        "药水和人手", "disinfectant and hands";
        "保洁员、志愿者", "cleaners and volunteers";
    Closure, Observed:
        "胡同接触剩两成，商店四成，外出上班和聚会一成，院里七成，厕所照旧；家里多两成", "a fifth of contacts in the lanes is left, two fifths in shops, a tenth of work and gatherings, seven tenths in courtyards, the toilet as before; a fifth more at home";
        "力度是守规定的人的份额；封闭管理本身的作用从武汉的数据里分不出来", "strength is the share who keep to it; the effect of closing compounds cannot be told apart in the data of Wuhan";
        "Zhang J，Science，2020：武汉每天14.6次接触降到2.0次", "Zhang J, Science, 2020: 14.6 contacts a day in Wuhan fell to 2.0";
        "每人每天不能出门；收入、看病、学业", "everybody indoors every day; income, other care, school";
        "所有居民，打零工的、有慢性病的、独居的更多", "all residents; day labourers, the chronically ill and those who live alone most";
    SpontaneousCaution, Observed:
        "没人要求，人们也会小心：胡同、商店、聚会的接触剩七成", "without any order people are careful: seven tenths of contacts in lanes, shops and gatherings is left";
        "对比时两边都有，免得把它算到措施头上", "both sides of a comparison have it, so that measures do not get its credit";
        "Zhang J，Science，2020：上海的接触在封闭以前就少了；份额是我们的估计", "Zhang J, Science, 2020: contacts in Shanghai fell early; the share is our own estimate";
        "少见人", "fewer meetings";
        "所有人", "everybody";
}

impl Measure {
    /// What there is to say of it.
    pub fn card(self) -> Option<&'static MeasureCard> {
        CARDS.get(self as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_measure_has_its_card_in_both_languages() {
        assert!(CARDS.iter().map(|card| card.measure).eq(Measure::ALL));
        for card in CARDS {
            let texts =
                [&card.mechanism, &card.assumption, &card.source, &card.cost, &card.borne_by];
            assert!(texts.iter().all(|t| !t.zh.is_empty() && !t.en.is_empty()), "{card:?}");
            assert_eq!(card.measure.card(), Some(card));
        }
    }
}
