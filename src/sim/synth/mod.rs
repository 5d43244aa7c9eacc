//! The synthetic population: invented people who add up to the known totals.
//!
//! Floor 1. Reads a place, a seed and two groups of cards; writes a
//! [`Population`]; owns the cards of both groups and nothing that changes.
//!
//! In order: household sizes and tenure by exact quota, then which homes hold
//! elders only, then the people of each home from its own keys (`families`),
//! then marks, Party, surgeon, willingness and trust (`roles`), then journeys
//! (`journeys`). Totals are met exactly for every seed (`quota`); what no
//! source tells is drawn from tables that say so (`tables`).
//!
//! ```text
//! let population = populate(&place, seed, &params.population, &params.trips);
//! assert_eq!(population.homes.len(), place.household_count());
//! ```

mod families;
mod journeys;
mod quota;
mod roles;
mod tables;
#[cfg(test)]
mod tests;

use crate::base::ids::{HouseholdId, PersonId};
use crate::parameters;
use crate::sim::draw::{Purpose, draw};
use crate::sim::people::{Home, Marks, Person, Population, Tenure};
use crate::sim::place::Place;

use families::{Family, Life};
use quota::{Candidate, Quota, apportion, choose, ranked};

parameters! {
    /// Who lives here: totals for 2,000 homes, and what tips the scales within them.
    PopulationParams, group "population" {
        /// Homes of one person
        size_1: 594, "per 2,000 homes", 0..=2000, Assumption, "census of 2010, former Dongcheng, tilted to the city's mean of 2.31 people in 2020", "2010年人口普查，原东城区；再按2020年全市户均2.31人调整", "一人户";
        /// Homes of two people
        size_2: 586, "per 2,000 homes", 0..=2000, Assumption, "as for homes of one person", "算法同“一人户”", "二人户";
        /// Homes of three people
        size_3: 566, "per 2,000 homes", 0..=2000, Assumption, "as for homes of one person", "算法同“一人户”", "三人户";
        /// Homes of four people
        size_4: 159, "per 2,000 homes", 0..=2000, Assumption, "as for homes of one person", "算法同“一人户”", "四人户";
        /// Homes of five people
        size_5: 65, "per 2,000 homes", 0..=2000, Assumption, "as for homes of one person", "算法同“一人户”", "五人户";
        /// Homes of six people
        size_6: 19, "per 2,000 homes", 0..=2000, Assumption, "as for homes of one person", "算法同“一人户”", "六人户";
        /// Homes of seven people or more, built with seven
        size_7: 11, "per 2,000 homes", 0..=2000, Assumption, "as for homes of one person", "算法同“一人户”", "七人及以上户";
        /// Homes of private tenants
        tenants: 480, "per 2,000 homes", 0..=2000, Assumption, "24 %: 11,000 floating beside 34,000 permanent residents in Jiaodaokou (district government, 2023); 18 % in Caochang (report of June 2020)", "24%：交道口街道常住34000人、流动11000人（东城区政府，2023）；草厂18%（2020年6月的报道）", "租户数";
        /// Elders who live alone
        lives_alone: 100, "per 2,000 homes", 0..=2000, Assumption, "12 % of about 830 people of 65 and older: about 100", "65岁以上约830人，按12%独居，约100人", "独居老人户数";
        /// Further homes of two or more people, all elders
        empty_nest: 150, "per 2,000 homes", 0..=2000, Assumption, "about 150 more", "另有约150户", "空巢户数";
        /// Fewest elders of 90 or older who live alone
        oldest_alone: 2, "person", 0..=20, Assumption, "the article tells of one aged 93; she must not be the only one", "报道里有一位93岁的老人，不该只有她一个", "90岁以上独居人数下限";
        /// Homes with a disabled member
        disabled: 110, "per 2,000 homes", 0..=2000, Assumption, "about 2.4 % of people hold a certificate in Beijing; not verified", "北京约2.4%的人持残疾人证；未核实", "残疾人户数";
        /// Homes with minimum living allowance
        low_income: 40, "per 2,000 homes", 0..=2000, Assumption, "2 %; the city's share of people is lower, old rooms are poorer", "2%；全市比例更低，老房子里困难家庭多些", "低保户数";
        /// Homes with a Party member
        party_homes: 400, "per 2,000 homes", 0..=2000, Assumption, "about one adult in nine in Beijing, often two in a home; not verified", "北京约九个成年人里有一个党员，一家两个的也多；未核实", "党员户数";
        /// A Party member's home has a second one
        party_second: 200_000, "ppm", 0..=1_000_000, Assumption, "couples who met at work", "在单位认识的夫妻", "一户两名党员";
        /// A Party member up to 60 is in service and reported to the community
        in_service: 650_000, "ppm", 0..=1_000_000, Assumption, "the article, section 3: in-service members reported to the community; the rest have left work or the city's books", "报道第三节：在职党员到社区报到；其余的已经退休，或组织关系不在北京", "在职党员双报到比例";
        /// Odds of tenants against others to be an elder home
        tenant_elder: 60, "permille", 0..=1000, Assumption, "tenants are young", "租户多是年轻人", "租户中老年户的相对机会";
        /// Odds of tenants against others to be disabled or to have the allowance
        tenant_care: 200, "permille", 0..=1000, Assumption, "both are registered where a person's books are kept", "这两样都在户口所在地登记", "租户中残疾和低保的相对机会";
        /// Odds of tenants against others to be a Party member's home
        tenant_party: 350, "permille", 0..=1000, Assumption, "members who rent are registered at work", "租房的党员多在单位登记", "租户中党员户的相对机会";
        /// Odds of elder homes against others to have a disabled member
        elder_disabled: 2000, "permille", 0..=10_000, Assumption, "disability rises with age", "年纪越大，残疾越多", "老年户中残疾的相对机会";
        /// Odds of homes with a disabled member against others to have the allowance
        disabled_low_income: 6000, "permille", 0..=20_000, Assumption, "the allowance exists for them", "低保本来就是给困难家庭的", "残疾人户中低保的相对机会";
        /// In settled homes of three generations, a grandparent is the head
        elder_head: 600_000, "ppm", 0..=1_000_000, Assumption, "old rooms stand in the name of the old", "老房子多在老人名下", "老人为户主的比例";
        /// Women among elders who live alone
        women_alone: 680_000, "ppm", 0..=1_000_000, Assumption, "women outlive their husbands", "妻子往往比丈夫长寿", "独居老人中女性比例";
        /// Women among heads of couples
        women_lead_couple: 300_000, "ppm", 0..=1_000_000, Assumption, "registers of old rooms", "老房子的户主登记", "夫妻户中女户主比例";
        /// Women among lone parents
        women_lone_parent: 720_000, "ppm", 0..=1_000_000, Assumption, "widows and divorced mothers", "丧偶或离异的母亲", "单亲户中女户主比例";
        /// Girls among children
        girls: 478_000, "ppm", 0..=1_000_000, Assumption, "about 109 boys to 100 girls", "男女约为109比100", "子女中女性比例";
        /// Two people who share a flat have the same sex
        sharers_same_sex: 800_000, "ppm", 0..=1_000_000, Assumption, "rooms are shared by colleagues and friends", "合租的多是同事、朋友", "合租者同性比例";
        /// Adults up to 65 who would volunteer
        willing: 110, "permille", 0..=1000, Assumption, "the article's 200 and more, if half of the willing come to join", "报道里有200多人加入，假定愿意的人来了一半", "愿做志愿者比例";
        /// Odds of Party members against others to be among them
        willing_party: 3000, "permille", 0..=10_000, Assumption, "the article, section 3: Party members reported to the community", "报道第三节：党员到社区报到", "党员志愿的相对机会";
        /// Mean trust of settled homes
        trust_mean: 575, "permille", 0..=1000, Assumption, "neither hostile nor sure; press portraits of spring 2020 tell of closed doors", "不抵触，也不全信；2020年春的人物报道说，有的门敲不开", "常住户平均信任";
        /// Largest distance from the mean
        trust_spread: 300, "permille", 0..=1000, Assumption, "triangular, so that the middle is commonest", "按三角形分布，中间的人最多", "信任差异";
        /// How much less tenants trust
        trust_tenant: 100, "permille", 0..=1000, Assumption, "tenants know the workers less", "租户和社工不熟", "租户信任较低";
    }
}

parameters! {
    /// Journeys away from Beijing and back.
    TripParams, group "trips" {
        /// People who were away at some time
        travellers: 425, "per 2,000 homes", 0..=20_000, Record, "Beijing News, 23 March 2020: 446 in 2,100 households, Qianyongkang", "《新京报》2020年3月23日：前永康社区2100户中有446人", "外出人数";
        /// Of these, abroad
        abroad: 31, "per 2,000 homes", 0..=20_000, Record, "Beijing News, 23 March 2020: 33 of 446, Qianyongkang", "《新京报》2020年3月23日：前永康社区446人中有33人", "到过境外的人数";
        /// Of these, in Wuhan
        wuhan: 5, "per 2,000 homes", 0..=20_000, Assumption, "about 1 %; no figure was found", "约1%；没有查到数字", "到过武汉的人数";
        /// Of these, elsewhere in Hubei
        hubei: 12, "per 2,000 homes", 0..=20_000, Assumption, "about 3 %; no figure was found", "约3%；没有查到数字", "到过湖北其他地方的人数";
        /// Of these, in Tianjin or Hebei; the rest were in other provinces
        jin_ji: 110, "per 2,000 homes", 0..=20_000, Assumption, "a quarter: the commonest home of people who came to Beijing", "四分之一；来京的人以这两地最多", "到过津冀的人数";
        /// Odds of tenants against others to travel
        tenant_odds: 3500, "permille", 0..=20_000, Assumption, "people went to their home towns for the festival", "回老家过年", "租户外出的相对机会";
        /// Odds of elder homes against others to travel
        elder_odds: 300, "permille", 0..=20_000, Assumption, "elders are visited", "多是儿女来看老人", "老年户外出的相对机会";
        /// Odds of tenants against others to have been abroad
        tenant_abroad: 300, "permille", 0..=1000, Assumption, "tenants went home", "租户多是回老家", "租户境外的相对机会";
        /// A home with somebody of this age stays
        stays_from: 85, "year", 60..=106, Assumption, "no winter journey at that age, and nobody leaves them behind", "这个年纪冬天不出远门，家里也不会留下老人自己走", "不出行年龄";
        /// Tenants travel with everybody of the home
        whole_tenant: 800_000, "ppm", 0..=1_000_000, Assumption, "couples go home together", "夫妻一起回老家", "租户全家外出比例";
        /// Others travel with everybody of the home
        whole_settled: 450_000, "ppm", 0..=1_000_000, Assumption, "holidays, visits to parents", "度假，看望父母", "常住户全家外出比例";
        /// Children come along when not everybody travels
        children_along: 400_000, "ppm", 0..=1_000_000, Assumption, "a parent with a child to the grandparents", "大人带孩子去看爷爷奶奶", "部分外出时带孩子比例";
        /// Homes whose journey begins during the story
        late: 8, "per 2,000 homes", 0..=2000, Assumption, "a few in spite of the advice", "劝过了，还是有几家离京", "期间离京户数";
        /// Longest stay of those who left during the story
        late_stay: 21, "day", 1..=90, Assumption, "short errands", "办点事就回来", "期间离京最长天数";
        /// One adult of a party comes back later than the others
        split: 150_000, "ppm", 0..=1_000_000, Assumption, "work calls one of two", "两个人里有一个要上班", "同行者分批返京比例";
        /// Longest wait for that one
        split_days: 12, "day", 1..=60, Assumption, "so that a home can have two clocks", "好让一户有两个观察期", "分批返京最长间隔";
        /// Back by 29 January, cutting the visit short
        back_early: 80, "weight", 0..=1000, Assumption, "portrait of 25 March 2020: in the entry shown, tenants were back on 28 January", "2020年3月25日的人物报道：图上一例，租户1月28日已经返京", "1月29日前返京";
        /// Back from 30 January to 3 February, the end of the holiday
        back_holiday: 250, "weight", 0..=1000, Assumption, "the lengthened holiday ended on 2 February", "延长的假期2月2日结束", "假期结束返京";
        /// Back from 4 to 10 February, before work began again
        back_work: 230, "weight", 0..=1000, Assumption, "offices opened on 10 February", "2月10日各单位开始上班", "复工返京";
        /// Back from 11 to 16 February
        back_mid_february: 80, "weight", 0..=1000, Assumption, "fewer after the rule of 14 February", "2月14日有了规定，回来的人少了", "2月中旬返京";
        /// Back from 17 to 29 February
        back_late_february: 120, "weight", 0..=1000, Assumption, "works and shops open by and by", "工地、店铺陆续开工", "2月下旬返京";
        /// Back in March
        back_march: 130, "weight", 0..=1000, Assumption, "works and shops open by and by", "工地、店铺陆续开工", "3月返京";
        /// Back in April
        back_april: 60, "weight", 0..=1000, Assumption, "Tianjin and Hebei without observation from 18 April", "4月18日起，津冀来的不用观察", "4月返京";
        /// Back later than any story of spring 2020
        back_later: 50, "weight", 0..=1000, Assumption, "some stayed with their families", "有人留在家里陪亲人", "5月以后返京";
        /// First day on which Hubei without Wuhan lets people go
        hubei_opens: 62, "day", 1..=400, Record, "Hubei, 25 March 2020: people may leave the province again, Wuhan excepted", "湖北2020年3月25日：武汉以外解除离鄂管控", "湖北放行日";
        /// First day on which Wuhan lets people go
        wuhan_opens: 76, "day", 1..=400, Record, "Wuhan, 8 April 2020: people may leave the city again", "武汉2020年4月8日：解除离汉管控", "武汉放行日";
        /// Days over which people come back from Hubei
        hubei_days: 24, "day", 1..=200, Assumption, "Beijing, 31 March 2020: by application, fetched by special car", "北京市2020年3月31日的规定：先申请，专车接回", "湖北返京持续天数";
        /// People in Hubei who come back later than any story of spring 2020
        hubei_later: 150_000, "ppm", 0..=1_000_000, Assumption, "some stayed with their families", "有人留在家里陪亲人", "从湖北更晚返京的比例";
        /// Earliest clock time of an arrival, minutes after midnight
        arrive_from: 360, "min", 0..=1439, Assumption, "06:00, the first trains", "06:00，头几班火车", "最早到达时刻";
        /// Latest clock time of an arrival, minutes after midnight
        arrive_until: 1320, "min", 0..=1439, Assumption, "22:00, the last underground", "22:00，末班地铁", "最晚到达时刻";
    }
}

/// Households of the community, to which all totals refer (the article, section 3).
const REFERENCE_HOMES: u32 = 2000;
/// Odds and shares per thousand.
const PERMILLE: u32 = 1000;

/// Questions about one home or one person; part of the draw's key, beside the
/// purpose. The number is part of the key: never reuse one.
#[derive(Debug, Clone, Copy)]
#[repr(u32)]
enum Question {
    /// Who lives together.
    Shape = 1,
    /// Which generation holds the book.
    Perspective = 2,
    /// Age (words 0 and 1) and sex (word 2).
    AgeAndSex = 3,
    /// Who belongs to the Party, and who is in service.
    Party = 4,
    /// Trust at the start.
    Trust = 5,
    /// How many live there, beyond the core.
    Size = 6,
    /// Who of a home travels.
    Group = 7,
    /// Where to.
    Region = 8,
    /// When they left.
    Left = 9,
    /// When they come back.
    Back = 10,
    /// Whether one of them comes later, and when.
    Split = 11,
}

/// The synthetic population of a place. The same arguments give the same people.
pub fn populate(
    place: &Place,
    seed: u64,
    people: &PopulationParams,
    trips: &TripParams,
) -> Population {
    populate_extended(place, place.household_count(), seed, people, trips)
}

/// As [`populate`], for a place whose first `core_homes` homes are the community
/// and whose other homes were added to it. Totals are those of the core; the
/// others follow the same shares, each from its own keys. The homes of the core,
/// their people and their journeys are the same as without the others.
///
/// `core_homes` is from 1 to the number of homes; a larger number means all.
pub fn populate_extended(
    place: &Place,
    core_homes: usize,
    seed: u64,
    people: &PopulationParams,
    trips: &TripParams,
) -> Population {
    let total = place.household_count();
    let core = core_homes.min(total) as u32;
    let mut draft =
        Draft { seed, core, rules: people, homes: Vec::with_capacity(total), people: Vec::new() };
    draft.build_homes(total as u32);
    draft.fill_homes();
    roles::assign(&mut draft);
    let trips = journeys::draw_all(&draft, trips);
    Population { homes: draft.homes, people: draft.people, trips }
}

/// A population in the making.
struct Draft<'a> {
    seed: u64,
    /// Homes below this number are counted by the quotas.
    core: u32,
    rules: &'a PopulationParams,
    homes: Vec<Home>,
    people: Vec<Person>,
}

impl Draft<'_> {
    /// A total for [`REFERENCE_HOMES`], for as many homes as the core has; halves
    /// are rounded up.
    fn scaled(&self, per_reference: u32) -> u32 {
        let half = u64::midpoint(u64::from(REFERENCE_HOMES), 0);
        let product = u64::from(per_reference) * u64::from(self.core);
        ((product + half) / u64::from(REFERENCE_HOMES)) as u32
    }

    fn households(&self) -> impl Iterator<Item = HouseholdId> + use<> {
        (0..self.homes.len() as u32).map(HouseholdId)
    }

    fn counted(&self, home: u32) -> bool {
        home < self.core
    }

    /// Sizes, places in the table of people, tenure.
    fn build_homes(&mut self, total: u32) {
        let sizes = self.sizes(total);
        let mut first = PersonId::default();
        for &size in &sizes {
            self.homes.push(Home {
                first,
                size,
                tenure: Tenure::Settled,
                marks: Marks::NONE,
                trust_permille: 0,
            });
            first.0 += u32::from(size);
        }
        let queue = sizes.iter().zip(0..).map(|(&size, id)| Candidate {
            id,
            weight: tables::TENANT_ODDS[usize::from(size) - 1],
        });
        let count = self.scaled(self.rules.tenants);
        for id in choose(self.seed, Quota::Tenant, count, |id| self.counted(id), queue) {
            self.homes[id as usize].tenure = Tenure::Tenant;
        }
    }

    /// Sizes by home: exact for the core, by share for the others.
    fn sizes(&self, total: u32) -> Vec<u8> {
        let r = self.rules;
        let shares = [r.size_1, r.size_2, r.size_3, r.size_4, r.size_5, r.size_6, r.size_7];
        let counts = apportion(&shares, self.core);
        let everybody = (0..self.core).map(|id| Candidate { id, weight: 1 });
        let order = ranked(self.seed, Quota::Size, everybody);
        let mut dealt = (1..).zip(counts).flat_map(|(size, n)| (0..n).map(move |_| size));
        // One person where nothing else is asked for: cards may all be 0.
        let mut sizes = vec![1; self.core as usize];
        for id in order {
            sizes[id as usize] = dealt.next().unwrap_or(1);
        }
        sizes.extend((self.core..total).map(|id| {
            let d = draw(self.seed, Purpose::PeopleHousehold, id, Question::Size as u32, 0);
            d.weighted(0, shares).unwrap_or_default() as u8 + 1
        }));
        sizes
    }

    /// Which homes hold elders only, then everybody, home by home.
    fn fill_homes(&mut self) {
        let lives = self.lives();
        let mut members = Vec::new();
        for (home, (household, life)) in self.homes.iter_mut().zip((0..).zip(lives)) {
            home.marks = match life {
                Life::ElderAlone | Life::OldestAlone => Marks::LIVES_ALONE,
                Life::EmptyNest => Marks::EMPTY_NEST,
                Life::Mixed => Marks::NONE,
            };
            let family = Family {
                seed: self.seed,
                rules: self.rules,
                household: HouseholdId(household),
                first: home.first,
                size: home.size,
                tenure: home.tenure,
                life,
            };
            family.people(&mut members, &mut self.people);
        }
    }

    fn lives(&self) -> Vec<Life> {
        let odds = |home: &Home| match home.tenure {
            Tenure::Settled => PERMILLE,
            Tenure::Tenant => self.rules.tenant_elder,
        };
        let numbered = || (0..).zip(&self.homes);
        let counted = |id| self.counted(id);
        let mut lives = vec![Life::Mixed; self.homes.len()];

        let singles = numbered().filter(|(_, home)| home.size == 1);
        let queue = singles.map(|(id, home)| Candidate { id, weight: odds(home) });
        let least = self.rules.oldest_alone;
        let count = self.scaled(self.rules.lives_alone).max(least);
        let alone = choose(self.seed, Quota::LivesAlone, count, counted, queue);
        for &id in &alone {
            lives[id as usize] = Life::ElderAlone;
        }
        let queue = alone.iter().filter(|&&id| counted(id)).map(|&id| Candidate { id, weight: 1 });
        for id in choose(self.seed, Quota::OldestAlone, least, counted, queue) {
            lives[id as usize] = Life::OldestAlone;
        }

        let queue = numbered().map(|(id, home)| Candidate {
            id,
            weight: tables::NEST_ODDS[usize::from(home.size) - 1] * odds(home),
        });
        let count = self.scaled(self.rules.empty_nest);
        for id in choose(self.seed, Quota::EmptyNest, count, counted, queue) {
            lives[id as usize] = Life::EmptyNest;
        }
        lives
    }
}
