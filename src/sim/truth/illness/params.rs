//! The numbers of the illness: natural history, who falls how ill, swabs.
//!
//! Floor 1. Owns [`IllnessParams`], [`SeverityParams`], [`SwabParams`]. Read when
//! [`super::Rules`] are compiled, by nothing else. Wild-type virus, early 2020. Inputs
//! are the household chance, the community contacts and the shape; the reproduction
//! number, attack rates and deaths are outputs.

use crate::parameters;

use super::mixing::BANDS;

parameters! {
    /// Natural history and transmission.
    IllnessParams, group "illness" {
        /// Longest step in which everybody meets at the same time
        tick: 1440, "min", 1..=1440, Assumption, "published parameters are per day; contacts keep their minute", "已发表的参数都以天为单位；每次接触仍记到分钟", "传播计算步长";
        /// Median time from infection to symptoms
        incubation_median: 7284, "min", 1440..=20_160, Paper, "Lauer, Ann Intern Med 2020: log-normal, mu 1.621 (5.06 days); Beijing families 5.08 days, Cao, Epidemiol Infect 2020", "Lauer，Ann Intern Med 2020：对数正态，μ为1.621（5.06天）；北京家庭5.08天，Cao，Epidemiol Infect 2020", "潜伏期中位数";
        /// Spread of that time: standard deviation of its logarithm
        incubation_sigma: 418, "permille", 0..=1500, Paper, "Lauer, Ann Intern Med 2020: sigma 0.418", "Lauer，Ann Intern Med 2020：σ为0.418", "潜伏期对数标准差";
        /// How unevenly people pass it on: shape of a gamma with mean 1; smaller is more uneven
        shape: 400, "permille", 20..=1_000_000, Assumption, "between 0.1 (Endo, Wellcome Open Res 2020) and 0.58 (Bi, Lancet ID 2020); 0.29 fits the 124 Beijing families of Wang Y, BMJ Glob Health 2020", "介于0.1（Endo，Wellcome Open Res 2020）和0.58（Bi，Lancet ID 2020）之间；Wang Y，BMJ Glob Health 2020的124个北京家庭对应0.29", "个体传染力离散度";
        /// Chance that a member of a home passes it to another one, over the whole infection
        pair: 125_200, "ppm", 0..=990_000, Assumption, "solved for an attack rate among household contacts of 15.6 % in the end (Wang X, BMC Infect Dis 2020, Beijing; Li F, Lancet ID 2021, Wuhan); between unrelated adults under 65", "由“家庭接触者最终感染15.6%”反推（北京：Wang X，BMC Infect Dis 2020；武汉：Li F，Lancet ID 2021）；指65岁以下、非配偶的成年人之间", "家庭内两人间感染概率";
        /// Times as much between spouses
        spouse: 1800, "permille", 1..=10_000, Assumption, "Madewell, JAMA Netw Open 2020: spouses 37.8 %, others 17.8 % of household contacts", "Madewell，JAMA Netw Open 2020：家庭接触者中配偶37.8%，其他人17.8%", "配偶间倍数";
        /// Age below which somebody is a child here
        child_below: 15, "year", 0..=30, Paper, "Zhang J, Science, 2020: groups 0–14, 15–64, 65 and older", "Zhang J，Science，2020：分0–14、15–64、65岁以上三组", "儿童年龄上限";
        /// Susceptibility of a child
        child: 500, "permille", 1..=10_000, Assumption, "between odds ratio 0.34 (Zhang J, Science, 2020) and no difference (Bi, Lancet ID 2020)", "介于比值比0.34（Zhang J，Science，2020）和没有差别（Bi，Lancet ID 2020）之间", "儿童易感倍数";
        /// Age from which somebody is old here
        old_from: 65, "year", 50..=100, Paper, "Zhang J, Science, 2020: groups 0–14, 15–64, 65 and older", "Zhang J，Science，2020：分0–14、15–64、65岁以上三组", "老年年龄下限";
        /// Susceptibility of an old person
        old: 1300, "permille", 1..=10_000, Assumption, "below the odds ratio of 1.47 of Zhang J, Science, 2020, which is no ratio of chances", "略低于Zhang J，Science，2020的比值比1.47；比值比不等于概率之比", "老年人易感倍数";
        /// Community contacts that would pass it to somebody susceptible, per infection
        community: 2_260_000, "ppm", 0..=10_000_000, Assumption, "with 0.24 in the home gives a reproduction number of 2.5 (2.0–3.5)", "加上家中的0.24，基本再生数为2.5（2.0–3.5）", "社区传播次数";
        /// How infectious somebody without symptoms is
        silent: 500, "permille", 0..=1000, Assumption, "0.35 (0.10–1.27), Buitrago-Garcia, PLoS Med 2020; 0.55, Li R, Science, 2020", "0.35（0.10–1.27），Buitrago-Garcia，PLoS Med 2020；0.55，Li R，Science，2020", "无症状者传染力";
        /// Share without symptoms in all, to which infectivity is normed
        silent_overall: 250_000, "ppm", 0..=1_000_000, Assumption, "between 20 % (all) and 31 % (screened), Buitrago-Garcia, PLoS Med 2020", "介于20%（全部）和31%（筛查）之间，Buitrago-Garcia，PLoS Med 2020", "无症状总比例";
        /// No symptoms at any time, aged 0–9
        silent_0: 450_000, "ppm", 0..=1_000_000, Assumption, "from 45 % in children to 18 % in the oldest, as in OpenABM-Covid19 (45.6 to 19.2 %)", "从儿童的45%到高龄的18%，与OpenABM-Covid19（45.6%到19.2%）相近", "0–9岁无症状比例";
        /// No symptoms at any time, aged 10–19
        silent_10: 400_000, "ppm", 0..=1_000_000, Assumption, "from 45 % in children to 18 % in the oldest, as in OpenABM-Covid19 (45.6 to 19.2 %)", "从儿童的45%到高龄的18%，与OpenABM-Covid19（45.6%到19.2%）相近", "10–19岁无症状比例";
        /// No symptoms at any time, aged 20–29
        silent_20: 330_000, "ppm", 0..=1_000_000, Assumption, "from 45 % in children to 18 % in the oldest, as in OpenABM-Covid19 (45.6 to 19.2 %)", "从儿童的45%到高龄的18%，与OpenABM-Covid19（45.6%到19.2%）相近", "20–29岁无症状比例";
        /// No symptoms at any time, aged 30–39
        silent_30: 290_000, "ppm", 0..=1_000_000, Assumption, "from 45 % in children to 18 % in the oldest, as in OpenABM-Covid19 (45.6 to 19.2 %)", "从儿童的45%到高龄的18%，与OpenABM-Covid19（45.6%到19.2%）相近", "30–39岁无症状比例";
        /// No symptoms at any time, aged 40–49
        silent_40: 260_000, "ppm", 0..=1_000_000, Assumption, "from 45 % in children to 18 % in the oldest, as in OpenABM-Covid19 (45.6 to 19.2 %)", "从儿童的45%到高龄的18%，与OpenABM-Covid19（45.6%到19.2%）相近", "40–49岁无症状比例";
        /// No symptoms at any time, aged 50–59
        silent_50: 230_000, "ppm", 0..=1_000_000, Assumption, "from 45 % in children to 18 % in the oldest, as in OpenABM-Covid19 (45.6 to 19.2 %)", "从儿童的45%到高龄的18%，与OpenABM-Covid19（45.6%到19.2%）相近", "50–59岁无症状比例";
        /// No symptoms at any time, aged 60–69
        silent_60: 210_000, "ppm", 0..=1_000_000, Assumption, "from 45 % in children to 18 % in the oldest, as in OpenABM-Covid19 (45.6 to 19.2 %)", "从儿童的45%到高龄的18%，与OpenABM-Covid19（45.6%到19.2%）相近", "60–69岁无症状比例";
        /// No symptoms at any time, aged 70–79
        silent_70: 190_000, "ppm", 0..=1_000_000, Assumption, "from 45 % in children to 18 % in the oldest, as in OpenABM-Covid19 (45.6 to 19.2 %)", "从儿童的45%到高龄的18%，与OpenABM-Covid19（45.6%到19.2%）相近", "70–79岁无症状比例";
        /// No symptoms at any time, aged 80 and older
        silent_80: 180_000, "ppm", 0..=1_000_000, Assumption, "from 45 % in children to 18 % in the oldest, as in OpenABM-Covid19 (45.6 to 19.2 %)", "从儿童的45%到高龄的18%，与OpenABM-Covid19（45.6%到19.2%）相近", "80岁以上无症状比例";
        /// Infectivity 3 days before symptoms
        before_3: 50, "permille", 0..=1000, Assumption, "shape after He, Nat Med 2020, and Hu, Nat Commun 2021; twelve days share one whole", "形状参照He，Nat Med 2020和Hu，Nat Commun 2021；十二天合为一个整体", "症状前3天的传染力";
        /// Infectivity 2 days before symptoms
        before_2: 120, "permille", 0..=1000, Assumption, "shape after He, Nat Med 2020, and Hu, Nat Commun 2021; twelve days share one whole", "形状参照He，Nat Med 2020和Hu，Nat Commun 2021；十二天合为一个整体", "症状前2天的传染力";
        /// Infectivity 1 day before symptoms
        before_1: 180, "permille", 0..=1000, Assumption, "shape after He, Nat Med 2020, and Hu, Nat Commun 2021; twelve days share one whole", "形状参照He，Nat Med 2020和Hu，Nat Commun 2021；十二天合为一个整体", "症状前1天的传染力";
        /// Infectivity on the day of symptoms
        onset_day: 170, "permille", 0..=1000, Assumption, "shape after He, Nat Med 2020, and Hu, Nat Commun 2021; twelve days share one whole", "形状参照He，Nat Med 2020和Hu，Nat Commun 2021；十二天合为一个整体", "症状当天的传染力";
        /// Infectivity 1 day after symptoms
        after_1: 140, "permille", 0..=1000, Assumption, "shape after He, Nat Med 2020, and Hu, Nat Commun 2021; twelve days share one whole", "形状参照He，Nat Med 2020和Hu，Nat Commun 2021；十二天合为一个整体", "症状后1天的传染力";
        /// Infectivity 2 days after symptoms
        after_2: 110, "permille", 0..=1000, Assumption, "shape after He, Nat Med 2020, and Hu, Nat Commun 2021; twelve days share one whole", "形状参照He，Nat Med 2020和Hu，Nat Commun 2021；十二天合为一个整体", "症状后2天的传染力";
        /// Infectivity 3 days after symptoms
        after_3: 80, "permille", 0..=1000, Assumption, "shape after He, Nat Med 2020, and Hu, Nat Commun 2021; twelve days share one whole", "形状参照He，Nat Med 2020和Hu，Nat Commun 2021；十二天合为一个整体", "症状后3天的传染力";
        /// Infectivity 4 days after symptoms
        after_4: 60, "permille", 0..=1000, Assumption, "shape after He, Nat Med 2020, and Hu, Nat Commun 2021; twelve days share one whole", "形状参照He，Nat Med 2020和Hu，Nat Commun 2021；十二天合为一个整体", "症状后4天的传染力";
        /// Infectivity 5 days after symptoms
        after_5: 40, "permille", 0..=1000, Assumption, "shape after He, Nat Med 2020, and Hu, Nat Commun 2021; twelve days share one whole", "形状参照He，Nat Med 2020和Hu，Nat Commun 2021；十二天合为一个整体", "症状后5天的传染力";
        /// Infectivity 6 days after symptoms
        after_6: 30, "permille", 0..=1000, Assumption, "shape after He, Nat Med 2020, and Hu, Nat Commun 2021; twelve days share one whole", "形状参照He，Nat Med 2020和Hu，Nat Commun 2021；十二天合为一个整体", "症状后6天的传染力";
        /// Infectivity 7 days after symptoms
        after_7: 10, "permille", 0..=1000, Assumption, "shape after He, Nat Med 2020, and Hu, Nat Commun 2021; twelve days share one whole", "形状参照He，Nat Med 2020和Hu，Nat Commun 2021；十二天合为一个整体", "症状后7天的传染力";
        /// Infectivity 8 days after symptoms
        after_8: 10, "permille", 0..=1000, Assumption, "shape after He, Nat Med 2020, and Hu, Nat Commun 2021; twelve days share one whole", "形状参照He，Nat Med 2020和Hu，Nat Commun 2021；十二天合为一个整体", "症状后8天的传染力";
        /// How long before a return the infection may lie
        arrival_window: 20_160, "min", 1..=43_200, Assumption, "any minute of fourteen days alike", "十四天里每一分钟机会相同", "返回前感染时段";
        /// Infection in somebody who comes back from Wuhan
        from_wuhan: 9000, "ppm", 0..=1_000_000, Paper, "Thompson HA, J Travel Med 2020: 0.87 % (0.32–1.89) of those who left Wuhan around 31 January", "Thompson HA，J Travel Med 2020：1月31日前后离开武汉的人里0.87%（0.32–1.89）", "从武汉回来的人感染率";
        /// Infection in somebody who comes back from the rest of Hubei
        from_hubei: 2000, "ppm", 0..=1_000_000, Assumption, "scaled down from Wuhan; no study", "由武汉按比例估计，没有研究可依", "从湖北其他地方回来的人感染率";
        /// Infection in somebody who comes back from elsewhere
        from_elsewhere: 50, "ppm", 0..=1_000_000, Assumption, "scaled down from Wuhan; no study", "由武汉按比例估计，没有研究可依", "从其他地方回来的人感染率";
    }
}

parameters! {
    /// Who falls how ill, and for how long. Three columns of deaths, because the
    /// published ones differ by up to ten times below 60: none is ever shown alone.
    SeverityParams, group "severity" {
        /// Needs a hospital, aged 0–9
        hospital_0: 0, "ppm", 0..=1_000_000, Paper, "Verity, Lancet ID 2020", "Verity，Lancet ID 2020", "0–9岁需住院";
        /// Needs a hospital, aged 10–19
        hospital_10: 410, "ppm", 0..=1_000_000, Paper, "Verity, Lancet ID 2020", "Verity，Lancet ID 2020", "10–19岁需住院";
        /// Needs a hospital, aged 20–29
        hospital_20: 10_400, "ppm", 0..=1_000_000, Paper, "Verity, Lancet ID 2020", "Verity，Lancet ID 2020", "20–29岁需住院";
        /// Needs a hospital, aged 30–39
        hospital_30: 34_300, "ppm", 0..=1_000_000, Paper, "Verity, Lancet ID 2020", "Verity，Lancet ID 2020", "30–39岁需住院";
        /// Needs a hospital, aged 40–49
        hospital_40: 42_500, "ppm", 0..=1_000_000, Paper, "Verity, Lancet ID 2020", "Verity，Lancet ID 2020", "40–49岁需住院";
        /// Needs a hospital, aged 50–59
        hospital_50: 81_600, "ppm", 0..=1_000_000, Paper, "Verity, Lancet ID 2020", "Verity，Lancet ID 2020", "50–59岁需住院";
        /// Needs a hospital, aged 60–69
        hospital_60: 118_000, "ppm", 0..=1_000_000, Paper, "Verity, Lancet ID 2020", "Verity，Lancet ID 2020", "60–69岁需住院";
        /// Needs a hospital, aged 70–79
        hospital_70: 166_000, "ppm", 0..=1_000_000, Paper, "Verity, Lancet ID 2020", "Verity，Lancet ID 2020", "70–79岁需住院";
        /// Needs a hospital, aged 80 and older
        hospital_80: 184_000, "ppm", 0..=1_000_000, Paper, "Verity, Lancet ID 2020", "Verity，Lancet ID 2020", "80岁以上需住院";
        /// Need a hospital by the lowest of four sources: so many times Verity's share
        hospital_low: 600, "permille", 0..=1000, Paper, "OpenABM-Covid19 beside Verity, aged 60–69: 7.07 of 11.8 %", "60–69岁：OpenABM-Covid19的7.07%比Verity的11.8%", "需住院比例，低值倍数";
        /// Need a hospital by the highest of four sources: so many times Verity's share
        hospital_high: 1130, "permille", 1000..=5000, Paper, "Covasim beside Verity, aged 60–69: 13.28 of 11.8 %", "60–69岁：Covasim的13.28%比Verity的11.8%", "需住院比例，高值倍数";
        /// Deaths with the ward care of the story, of those without: a trend whose cause is not established
        ward_care: 1_000_000, "ppm", 0..=1_000_000, Assumption, "nothing gained, as for February 2020; 850,000 (700,000–1,000,000) for the months in which deaths in intensive care fell from 59.5 to 41.6 %, Armstrong, Anaesthesia 2020, with no cause established: early intubation shows no gain (1.07, 0.99–1.15, Papoutsi, Crit Care 2021)", "按2020年2月，不计改善；其后几个月重症监护病死率从59.5%降到41.6%（Armstrong，Anaesthesia 2020），可取85%（70%到100%），原因没有定论：早插管看不出好处（1.07，0.99–1.15；Papoutsi，Crit Care 2021）", "病房救治后的病死倍数";
        /// Dies of it, aged 0–9, low column
        fatal_low_0: 0, "ppm", 0..=1_000_000, Paper, "lowest of Verity 2020, Covasim, OpenABM-Covid19 and CovidSim", "Verity 2020、Covasim、OpenABM-Covid19、CovidSim中的最低值", "0–9岁病死，低值";
        /// Dies of it, aged 10–19, low column
        fatal_low_10: 1, "ppm", 0..=1_000_000, Paper, "lowest of Verity 2020, Covasim, OpenABM-Covid19 and CovidSim", "Verity 2020、Covasim、OpenABM-Covid19、CovidSim中的最低值", "10–19岁病死，低值";
        /// Dies of it, aged 20–29, low column
        fatal_low_20: 12, "ppm", 0..=1_000_000, Paper, "lowest of Verity 2020, Covasim, OpenABM-Covid19 and CovidSim", "Verity 2020、Covasim、OpenABM-Covid19、CovidSim中的最低值", "20–29岁病死，低值";
        /// Dies of it, aged 30–39, low column
        fatal_low_30: 93, "ppm", 0..=1_000_000, Paper, "lowest of Verity 2020, Covasim, OpenABM-Covid19 and CovidSim", "Verity 2020、Covasim、OpenABM-Covid19、CovidSim中的最低值", "30–39岁病死，低值";
        /// Dies of it, aged 40–49, low column
        fatal_low_40: 610, "ppm", 0..=1_000_000, Paper, "lowest of Verity 2020, Covasim, OpenABM-Covid19 and CovidSim", "Verity 2020、Covasim、OpenABM-Covid19、CovidSim中的最低值", "40–49岁病死，低值";
        /// Dies of it, aged 50–59, low column
        fatal_low_50: 2650, "ppm", 0..=1_000_000, Paper, "lowest of Verity 2020, Covasim, OpenABM-Covid19 and CovidSim", "Verity 2020、Covasim、OpenABM-Covid19、CovidSim中的最低值", "50–59岁病死，低值";
        /// Dies of it, aged 60–69, low column
        fatal_low_60: 7660, "ppm", 0..=1_000_000, Paper, "lowest of Verity 2020, Covasim, OpenABM-Covid19 and CovidSim", "Verity 2020、Covasim、OpenABM-Covid19、CovidSim中的最低值", "60–69岁病死，低值";
        /// Dies of it, aged 70–79, low column
        fatal_low_70: 24_400, "ppm", 0..=1_000_000, Paper, "lowest of Verity 2020, Covasim, OpenABM-Covid19 and CovidSim", "Verity 2020、Covasim、OpenABM-Covid19、CovidSim中的最低值", "70–79岁病死，低值";
        /// Dies of it, aged 80 and older, low column
        fatal_low_80: 73_900, "ppm", 0..=1_000_000, Paper, "lowest of Verity 2020, Covasim, OpenABM-Covid19 and CovidSim", "Verity 2020、Covasim、OpenABM-Covid19、CovidSim中的最低值", "80岁以上病死，低值";
        /// Dies of it, aged 0–9, middle column
        fatal_0: 16, "ppm", 0..=1_000_000, Paper, "Verity, Lancet ID 2020, recalled from its table", "Verity，Lancet ID 2020，凭记忆引自其表", "0–9岁病死，中值";
        /// Dies of it, aged 10–19, middle column
        fatal_10: 70, "ppm", 0..=1_000_000, Paper, "Verity, Lancet ID 2020, recalled from its table", "Verity，Lancet ID 2020，凭记忆引自其表", "10–19岁病死，中值";
        /// Dies of it, aged 20–29, middle column
        fatal_20: 310, "ppm", 0..=1_000_000, Paper, "Verity, Lancet ID 2020, recalled from its table", "Verity，Lancet ID 2020，凭记忆引自其表", "20–29岁病死，中值";
        /// Dies of it, aged 30–39, middle column
        fatal_30: 840, "ppm", 0..=1_000_000, Paper, "Verity, Lancet ID 2020, recalled from its table", "Verity，Lancet ID 2020，凭记忆引自其表", "30–39岁病死，中值";
        /// Dies of it, aged 40–49, middle column
        fatal_40: 1600, "ppm", 0..=1_000_000, Paper, "Verity, Lancet ID 2020, recalled from its table", "Verity，Lancet ID 2020，凭记忆引自其表", "40–49岁病死，中值";
        /// Dies of it, aged 50–59, middle column
        fatal_50: 6000, "ppm", 0..=1_000_000, Paper, "Verity, Lancet ID 2020, recalled from its table", "Verity，Lancet ID 2020，凭记忆引自其表", "50–59岁病死，中值";
        /// Dies of it, aged 60–69, middle column
        fatal_60: 19_300, "ppm", 0..=1_000_000, Paper, "Verity, Lancet ID 2020, recalled from its table", "Verity，Lancet ID 2020，凭记忆引自其表", "60–69岁病死，中值";
        /// Dies of it, aged 70–79, middle column
        fatal_70: 42_800, "ppm", 0..=1_000_000, Paper, "Verity, Lancet ID 2020, recalled from its table", "Verity，Lancet ID 2020，凭记忆引自其表", "70–79岁病死，中值";
        /// Dies of it, aged 80 and older, middle column
        fatal_80: 78_000, "ppm", 0..=1_000_000, Paper, "Verity, Lancet ID 2020, recalled from its table", "Verity，Lancet ID 2020，凭记忆引自其表", "80岁以上病死，中值";
        /// Dies of it, aged 0–9, high column
        fatal_high_0: 100, "ppm", 0..=1_000_000, Paper, "highest of Verity 2020, Covasim, OpenABM-Covid19 and CovidSim", "Verity 2020、Covasim、OpenABM-Covid19、CovidSim中的最高值", "0–9岁病死，高值";
        /// Dies of it, aged 10–19, high column
        fatal_high_10: 300, "ppm", 0..=1_000_000, Paper, "highest of Verity 2020, Covasim, OpenABM-Covid19 and CovidSim", "Verity 2020、Covasim、OpenABM-Covid19、CovidSim中的最高值", "10–19岁病死，高值";
        /// Dies of it, aged 20–29, high column
        fatal_high_20: 1500, "ppm", 0..=1_000_000, Paper, "highest of Verity 2020, Covasim, OpenABM-Covid19 and CovidSim", "Verity 2020、Covasim、OpenABM-Covid19、CovidSim中的最高值", "20–29岁病死，高值";
        /// Dies of it, aged 30–39, high column
        fatal_high_30: 4300, "ppm", 0..=1_000_000, Paper, "highest of Verity 2020, Covasim, OpenABM-Covid19 and CovidSim", "Verity 2020、Covasim、OpenABM-Covid19、CovidSim中的最高值", "30–39岁病死，高值";
        /// Dies of it, aged 40–49, high column
        fatal_high_40: 8400, "ppm", 0..=1_000_000, Paper, "highest of Verity 2020, Covasim, OpenABM-Covid19 and CovidSim", "Verity 2020、Covasim、OpenABM-Covid19、CovidSim中的最高值", "40–49岁病死，高值";
        /// Dies of it, aged 50–59, high column
        fatal_high_50: 20_600, "ppm", 0..=1_000_000, Paper, "highest of Verity 2020, Covasim, OpenABM-Covid19 and CovidSim", "Verity 2020、Covasim、OpenABM-Covid19、CovidSim中的最高值", "50–59岁病死，高值";
        /// Dies of it, aged 60–69, high column
        fatal_high_60: 43_500, "ppm", 0..=1_000_000, Paper, "highest of Verity 2020, Covasim, OpenABM-Covid19 and CovidSim", "Verity 2020、Covasim、OpenABM-Covid19、CovidSim中的最高值", "60–69岁病死，高值";
        /// Dies of it, aged 70–79, high column
        fatal_high_70: 61_200, "ppm", 0..=1_000_000, Paper, "highest of Verity 2020, Covasim, OpenABM-Covid19 and CovidSim", "Verity 2020、Covasim、OpenABM-Covid19、CovidSim中的最高值", "70–79岁病死，高值";
        /// Dies of it, aged 80 and older, high column
        fatal_high_80: 93_200, "ppm", 0..=1_000_000, Paper, "highest of Verity 2020, Covasim, OpenABM-Covid19 and CovidSim", "Verity 2020、Covasim、OpenABM-Covid19、CovidSim中的最高值", "80岁以上病死，高值";
        /// Of those who need intensive care, die
        critical_dies: 490_000, "ppm", 1..=1_000_000, Paper, "Wu & McGoogan, JAMA 2020: 49 % of critical cases", "Wu和McGoogan，JAMA 2020：危重者49%", "危重病死率";
        /// Mean time from symptoms to the need of a hospital
        to_hospital: 6624, "min", 0..=43_200, Assumption, "no better figure; as from symptoms to isolation, 4.6 days, Bi, Lancet ID 2020", "没有更好的数字；取发病到隔离的4.6天，Bi，Lancet ID 2020", "发病到需住院";
        /// Evenness of that time: shape of a gamma
        to_hospital_shape: 2000, "permille", 100..=100_000, Assumption, "our own judgement", "我们自己的判断", "发病到住院的形状参数";
        /// Median stay in hospital
        stay_median: 20_160, "min", 60..=144_000, Paper, "Rees, BMC Med 2020: China, 14 days (quartiles 10 and 19)", "Rees，BMC Med 2020：中国，14天（四分位10和19）", "住院中位时长";
        /// Spread of that stay
        stay_sigma: 476, "permille", 0..=1500, Paper, "Rees, BMC Med 2020: from the quartiles 10 and 19 days", "Rees，BMC Med 2020：由四分位10天和19天推出", "住院时长对数标准差";
        /// From admission to intensive care
        to_intensive: 2880, "min", 0..=43_200, Assumption, "our own judgement", "我们自己的判断", "入院到重症监护";
        /// Median stay in intensive care
        intensive_median: 11_520, "min", 60..=144_000, Paper, "Rees, BMC Med 2020: 8 days (quartiles 5 and 13)", "Rees，BMC Med 2020：8天（四分位5和13）", "重症监护中位时长";
        /// Spread of that stay
        intensive_sigma: 708, "permille", 0..=1500, Paper, "Rees, BMC Med 2020: from the quartiles 5 and 13 days", "Rees，BMC Med 2020：由四分位5天和13天推出", "重症监护时长对数标准差";
        /// Mean time from symptoms to death
        to_death: 25_632, "min", 60..=144_000, Paper, "Verity, Lancet ID 2020: 17.8 days (16.9–19.2)", "Verity，Lancet ID 2020：17.8天（16.9–19.2）", "发病到死亡";
        /// Evenness of that time: shape of a gamma
        to_death_shape: 4900, "permille", 100..=100_000, Assumption, "coefficient of variation 0.45, recalled", "变异系数0.45，凭记忆", "发病到死亡的形状参数";
        /// Mean time until somebody who stays at home is well
        to_well: 17_280, "min", 60..=144_000, Paper, "OpenABM-Covid19: 12 days, standard deviation 5", "OpenABM-Covid19：12天，标准差5", "居家痊愈时长";
        /// Evenness of that time: shape of a gamma
        to_well_shape: 5760, "permille", 100..=100_000, Paper, "OpenABM-Covid19: 12 days, standard deviation 5", "OpenABM-Covid19：12天，标准差5", "居家痊愈的形状参数";
    }
}

parameters! {
    /// Swabs: how often one misses an infection, by days since infection.
    SwabParams, group "swabs" {
        /// Misses an infection of 1 day
        missed_1: 1_000_000, "ppm", 0..=1_000_000, Paper, "Kucirka, Ann Intern Med 2020", "Kucirka，Ann Intern Med 2020", "感染1天时漏检率";
        /// Misses an infection of 4 days
        missed_4: 670_000, "ppm", 0..=1_000_000, Paper, "Kucirka, Ann Intern Med 2020", "Kucirka，Ann Intern Med 2020", "感染4天时漏检率";
        /// Misses an infection of 5 days
        missed_5: 380_000, "ppm", 0..=1_000_000, Paper, "Kucirka, Ann Intern Med 2020", "Kucirka，Ann Intern Med 2020", "感染5天时漏检率";
        /// Misses an infection of 8 days
        missed_8: 200_000, "ppm", 0..=1_000_000, Paper, "Kucirka, Ann Intern Med 2020", "Kucirka，Ann Intern Med 2020", "感染8天时漏检率";
        /// Misses an infection of 9 days
        missed_9: 210_000, "ppm", 0..=1_000_000, Paper, "Kucirka, Ann Intern Med 2020", "Kucirka，Ann Intern Med 2020", "感染9天时漏检率";
        /// Misses an infection of 21 days
        missed_21: 660_000, "ppm", 0..=1_000_000, Paper, "Kucirka, Ann Intern Med 2020", "Kucirka，Ann Intern Med 2020", "感染21天时漏检率";
        /// Finds an infection where there is none
        false_alarm: 2000, "ppm", 0..=1_000_000, Assumption, "specificity 0.995 to 1.0", "特异度0.995到1.0", "假阳性率";
    }
}

impl IllnessParams {
    /// Share without symptoms by age band.
    pub const fn silent_by_band(&self) -> [u32; BANDS] {
        [
            self.silent_0,
            self.silent_10,
            self.silent_20,
            self.silent_30,
            self.silent_40,
            self.silent_50,
            self.silent_60,
            self.silent_70,
            self.silent_80,
        ]
    }

    /// Infectivity by day from symptoms, from [`IllnessParams::FIRST_DAY`] on.
    pub const fn weights(&self) -> [u32; 12] {
        [
            self.before_3,
            self.before_2,
            self.before_1,
            self.onset_day,
            self.after_1,
            self.after_2,
            self.after_3,
            self.after_4,
            self.after_5,
            self.after_6,
            self.after_7,
            self.after_8,
        ]
    }

    /// The same illness in people who are all alike: one infectivity, symptoms always,
    /// neither children nor spouses nor age. For experiments with a known answer.
    #[must_use]
    pub fn alike(self) -> Self {
        Self {
            shape: super::rules::ALIKE,
            spouse: 1000,
            child: 1000,
            old: 1000,
            silent: 1000,
            silent_overall: 0,
            silent_0: 0,
            silent_10: 0,
            silent_20: 0,
            silent_30: 0,
            silent_40: 0,
            silent_50: 0,
            silent_60: 0,
            silent_70: 0,
            silent_80: 0,
            ..self
        }
    }

    /// The first of the twelve days, counted from the day of symptoms.
    pub const FIRST_DAY: i32 = -3;
}

impl SeverityParams {
    /// Needs a hospital, by age band.
    pub const fn hospital_by_band(&self) -> [u32; BANDS] {
        [
            self.hospital_0,
            self.hospital_10,
            self.hospital_20,
            self.hospital_30,
            self.hospital_40,
            self.hospital_50,
            self.hospital_60,
            self.hospital_70,
            self.hospital_80,
        ]
    }

    /// Dies, by age band: low, middle and high column.
    pub const fn fatal_by_band(&self) -> [[u32; BANDS]; 3] {
        [
            [
                self.fatal_low_0,
                self.fatal_low_10,
                self.fatal_low_20,
                self.fatal_low_30,
                self.fatal_low_40,
                self.fatal_low_50,
                self.fatal_low_60,
                self.fatal_low_70,
                self.fatal_low_80,
            ],
            [
                self.fatal_0,
                self.fatal_10,
                self.fatal_20,
                self.fatal_30,
                self.fatal_40,
                self.fatal_50,
                self.fatal_60,
                self.fatal_70,
                self.fatal_80,
            ],
            [
                self.fatal_high_0,
                self.fatal_high_10,
                self.fatal_high_20,
                self.fatal_high_30,
                self.fatal_high_40,
                self.fatal_high_50,
                self.fatal_high_60,
                self.fatal_high_70,
                self.fatal_high_80,
            ],
        ]
    }
}
