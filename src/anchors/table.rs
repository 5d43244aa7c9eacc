//! Every anchor, and where its expected values come from.
//!
//! Floor 3. Reads the anchors; owns [`ALL`]. One short source an anchor: who reads a row in
//! a table of results has to be able to look its expected value up.

use super::{
    Anchor, Knobs, Row, Work, books, branching, classics, contacts, homes, knowledge, nature,
    office, structure, waves, wuhan,
};

const fn whole(
    name: &'static str,
    rows: fn(&Knobs) -> Vec<Row>,
    source: [&'static str; 2],
) -> Anchor {
    Anchor { name, work: Work::Whole(rows), source }
}

/// Every anchor, in the order of the table. T1 is two, one for each length of step.
pub const ALL: [Anchor; 31] = [
    whole(
        "T1 daily",
        homes::reed_frost_daily,
        [
            "Reed–Frost 链式二项模型的精确分布，代数可推",
            "exact law of the Reed–Frost chain-binomial model, by algebra",
        ],
    ),
    whole(
        "T1 hourly",
        homes::reed_frost_hourly,
        [
            "Reed–Frost 链式二项模型的精确分布，代数可推",
            "exact law of the Reed–Frost chain-binomial model, by algebra",
        ],
    ),
    whole(
        "T2",
        homes::uneven_homes,
        [
            "Reed–Frost 的递推，传染力服从伽马分布，代数可推",
            "the recursion of Reed and Frost with a gamma law of infectivity, by algebra",
        ],
    ),
    whole(
        "T3",
        homes::tecumseh,
        [
            "Tecumseh 流感住户，1977–78年和1980–81年；Longini 和 Koopman，Biometrics 1982 的模型，最大似然是自己算的",
            "influenza in Tecumseh homes, 1977–78 and 1980–81; model of Longini and Koopman, Biometrics 1982, maximum likelihood by our own calculation",
        ],
    ),
    whole(
        "T4",
        waves::final_size,
        [
            "最终规模方程 1 − z = (1 − ε)exp(−R0 z) 的根",
            "root of the final-size equation 1 − z = (1 − ε)exp(−R0 z)",
        ],
    ),
    whole(
        "T5",
        waves::growth,
        [
            "Wallinga 和 Lipsitch，Proc R Soc B 2006：代际间隔与增长率的关系，按日取权后求根",
            "Wallinga and Lipsitch, Proc R Soc B 2006: growth from the generation interval, root with daily weights",
        ],
    ),
    whole(
        "T6",
        waves::two_levels,
        [
            "Ball、Mollison 和 Scalia Tomba，Ann Appl Probab 1997：两层混合的最终规模，按本社区的户规模求根",
            "Ball, Mollison and Scalia Tomba, Ann Appl Probab 1997: final size with two levels of mixing, root for these sizes of homes",
        ],
    ),
    whole(
        "T7",
        waves::threshold,
        [
            "Ball、Mollison 和 Scalia Tomba，Ann Appl Probab 1997：两层混合的阈值，按本社区的户规模算",
            "Ball, Mollison and Scalia Tomba, Ann Appl Probab 1997: threshold with two levels of mixing, for these sizes of homes",
        ],
    ),
    whole(
        "T8",
        homes::attack_rate,
        [
            "Wang X，BMC Infect Dis 2020：北京户内续发率15.6 %；每对的概率由它解出",
            "Wang X, BMC Infect Dis 2020: 15.6 % of contacts in Beijing homes; the chance of a pair is solved from it",
        ],
    ),
    whole(
        "T9",
        homes::beijing_families,
        [
            "Wang Y，BMJ Glob Health 2020：北京124个家庭，335名接触者中77人，41家有续发",
            "Wang Y, BMJ Glob Health 2020: 124 Beijing families, 77 of 335 contacts, 41 families with any",
        ],
    ),
    whole(
        "T10",
        branching::extinction,
        [
            "Lloyd-Smith，Nature 2005：负二项后代的分支过程，总数分布可精确算",
            "Lloyd-Smith, Nature 2005: branching with negative-binomial offspring, exact law of the total",
        ],
    ),
    whole(
        "T11",
        branching::small_outbreaks,
        ["泊松后代总数的 Borel 分布，精确", "Borel law of the total with Poisson offspring, exact"],
    ),
    Anchor {
        name: "T12",
        work: Work::Worlds { count: wuhan::worlds, one: wuhan::world, rows: wuhan::rows },
        source: [
            "Pan，JAMA 2020 和 Hao，Nature 2020 的各期再生数；范围放宽到说得过去，是我们定的",
            "reproduction numbers by period of Pan, JAMA 2020, and Hao, Nature 2020; the bands are widened to what is plausible, by us",
        ],
    },
    whole(
        "T13",
        contacts::accounts,
        [
            "Zhang J，Science 2020：武汉封城前后的接触调查",
            "Zhang J, Science 2020: survey of contacts in Wuhan before and during the closure",
        ],
    ),
    whole(
        "T14",
        classics::boarding_school,
        [
            "BMJ 1978;1:587，英国一所寄宿学校；SIR 的最小二乘拟合是自己算的",
            "BMJ 1978;1:587, a boarding school in England; least-squares fit of an SIR model by our own calculation",
        ],
    ),
    whole(
        "T15",
        classics::what_the_fit_hides,
        [
            "BMJ 1978;1:587，英国一所寄宿学校；512人患病是凭记忆引的，未再核对",
            "BMJ 1978;1:587, a boarding school in England; 512 ill is recalled from the literature, not read again",
        ],
    ),
    whole(
        "Profile",
        nature::profile,
        [
            "He，Nat Med 2020 和 Hu，Nat Commun 2021 之间取的传染力分布；各数由它算出",
            "profile of infectivity between He, Nat Med 2020, and Hu, Nat Commun 2021; the figures are calculated from it",
        ],
    ),
    whole(
        "T16",
        office::survey,
        ["笔算：2,000户、19人、5天", "arithmetic on paper: 2,000 homes, 19 workers, 5 days"],
    ),
    whole(
        "T17",
        office::rescue,
        [
            "笔算：跌倒时刻均匀分布，一天一个电话",
            "arithmetic on paper: falls at any minute alike, one call a day",
        ],
    ),
    whole(
        "T18",
        nature::incubation_tails,
        [
            "Lauer，Ann Intern Med 2020：对数正态的潜伏期；尾部由它算出",
            "Lauer, Ann Intern Med 2020: log-normal incubation; its tails by calculation",
        ],
    ),
    whole(
        "T19",
        nature::swabs,
        [
            "Kucirka，Ann Intern Med 2020：按感染后天数的漏检率，其间线性内插",
            "Kucirka, Ann Intern Med 2020: misses by day since infection, linear in between",
        ],
    ),
    whole(
        "T20",
        office::philox,
        [
            "Random123 公布的 Philox4x32-10 标准答案（Salmon 等，SC11）",
            "known answers of Philox4x32-10 published with Random123 (Salmon et al., SC11)",
        ],
    ),
    whole(
        "T21",
        office::sameness,
        [
            "设计要求：同一个世界，不管怎么运行都一样",
            "by design: one world is the same however it is run",
        ],
    ),
    whole(
        "T22",
        office::isolated_homes,
        [
            "设计要求，仿 Starsim：加一户隔绝的，别的都不变",
            "by design, after Starsim: an isolated home changes nothing else",
        ],
    ),
    whole(
        "T23",
        structure::reductions_only_delay,
        [
            "首达渗流：只减少传播的措施，谁都不会更早感染",
            "first-passage percolation: what only hinders infects nobody earlier",
        ],
    ),
    whole(
        "T24",
        structure::compliance_is_nested,
        [
            "设计要求：多守规矩的人里包含原来守规矩的人",
            "by design: those who keep to a measure are among those who do at a larger share",
        ],
    ),
    whole(
        "T25",
        structure::limits,
        [
            "极限情形，不用统计：传播为零、必然传播、没有输入",
            "limits without statistics: no transmission, certain transmission, no import",
        ],
    ),
    whole(
        "T26",
        books::balance,
        ["守恒：人和户都不多不少", "conservation: nobody and no home is lost or counted twice"],
    ),
    whole(
        "T27",
        knowledge::reads_no_truth,
        ["设计要求：社区所知只来自所见所闻", "by design: the office knows only what it observed"],
    ),
    whole(
        "T28",
        structure::parts_and_whole,
        ["设计要求：一次走N天等于走N次一天", "by design: N days at once are N times one day"],
    ),
    whole(
        "Tristan",
        classics::tristan,
        [
            "Camacho，Proc R Soc B 2011：1971年特里斯坦岛；0.961是R0为3.38时最终规模方程的根",
            "Camacho, Proc R Soc B 2011, on Tristan da Cunha 1971; 0.961 is the root of the final-size equation at R0 3.38",
        ],
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_anchor_says_where_its_expected_values_come_from() {
        for anchor in ALL {
            let source = anchor.source();
            assert!(source.zh.len() > 10 && source.en.len() > 10, "{}", anchor.name);
        }
    }
}
