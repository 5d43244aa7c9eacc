//! The model card: what the model is, what it can answer, and what it cannot.
//!
//! Floor 3. Reads nothing; owns the words, which the command line and the window share.

use crate::base::text::Bilingual;

/// Which entries the window shows: those that are read in a minute.
pub const IN_A_MINUTE: [usize; 6] = [0, 1, 2, 5, 6, 7];

/// Title and text of each entry.
pub static MODEL_CARD: [(Bilingual, Bilingual); 8] = [
    (
        Bilingual::fixed("这是什么", "What it is"),
        Bilingual::fixed(
            "一个教学用的模型：2020年初，北京一个社区怎样在几天里了解约两千户人家，又怎样天天照看独居和空巢的老人。人物、门牌和住户都是虚构的；总数和日期来自记载。",
            "A teaching model: how one Beijing community got to know about 2,000 households within days in early 2020, and looked after its elders day by day. People, doors and households are invented; totals and dates are from the record.",
        ),
    ),
    (
        Bilingual::fixed("由什么组成", "What it is made of"),
        Bilingual::fixed(
            "四部分。实情：谁在家，谁发热，谁跌倒了，病从哪儿传到哪儿。得知：社区怎样听说这些事，会漏、会晚，也会不实。图：社区知道的事；颜色只由此而来。工作：工时有限，来不及做的就等着，看得见。",
            "Four parts. Truth: who is at home, who has a fever, who has fallen, how an infection went on. Senses: how the office hears of it, sometimes late, sometimes wrongly, sometimes not at all. Board: what the office knows; the colour follows from that alone. Work: hours are finite; what is not done waits, and shows.",
        ),
    ),
    (
        Bilingual::fixed("颜色的意思", "What the colours mean"),
        Bilingual::fixed(
            "绿：没有人离京。橘：回京后在观察，或离京还没回来。红：家里有人发热。空白：还没问到。颜色说的是社区知道什么，不是谁得了什么病；发热大多是别的病。",
            "Green: nobody left Beijing. Orange: back and in observation, or still away. Red: somebody at home has a fever. Empty: not asked yet. A colour says what the office knows, not what anybody has caught; most fevers are other illnesses.",
        ),
    ),
    (
        Bilingual::fixed("时间", "Time"),
        Bilingual::fixed(
            "按分钟走；每天零点，各项规则按固定的先后走一遍。",
            "Minute by minute; at midnight the rules of the day run in a fixed order.",
        ),
    ),
    (
        Bilingual::fixed("偶然", "Chance"),
        Bilingual::fixed(
            "每件偶然的事都由种子和它自己的编号决定。种子相同，世界就相同；改动一件事，其余的偶然不变。",
            "Every chance is decided by the seed and its own key. Same seed, same world; change one thing and every other chance stays as it was.",
        ),
    ),
    (
        Bilingual::fixed("能回答什么", "What it can answer"),
        Bilingual::fixed(
            "人手、电话、胡同口、送东西怎样互相挤占；电话没人接，要多久有人到门口；图上和实情差在哪里。",
            "How calls, lane mouths and deliveries compete for the same hands; how long a silent phone waits for somebody at the door; where board and truth differ.",
        ),
    ),
    (
        Bilingual::fixed("不能回答什么", "What it cannot answer"),
        Bilingual::fixed(
            "它不预测疫情，不评判哪种做法更好，也不代表任何真实的人。只有写明有疫情的剧本里才有传染；福祥的故事里只有普通的发热。走一遍只是许多种可能中的一种。",
            "It forecasts no epidemic, judges no policy and stands for no real person. There is contagion only in scenes that say so; in the story of Fuxiang there are fevers of ordinary illness alone. One run is one of many that could have been.",
        ),
    ),
    (
        Bilingual::fixed("数字从哪里来", "Where the numbers come from"),
        Bilingual::fixed(
            "每个参数都写明单位、范围和出处：zhanyitu describe params。标着“估计”的，是我们自己的判断。",
            "Every parameter has its unit, range and source: zhanyitu describe params. What is marked `assumption` is our own judgement.",
        ),
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    /// People read some 400 Chinese characters or 230 English words a minute.
    #[test]
    fn what_the_window_shows_is_read_in_about_a_minute() {
        let shown = || IN_A_MINUTE.iter().map(|&i| &MODEL_CARD[i]);
        let zh: usize = shown().map(|(t, x)| t.zh.chars().count() + x.zh.chars().count()).sum();
        let en: usize = shown().flat_map(|(t, x)| [t, x].map(|b| b.en.split(' ').count())).sum();
        assert!(zh <= 480 && en <= 290, "{zh} characters, {en} words");
    }
}
