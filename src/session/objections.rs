//! What one may rightly object to in a model like this, and where it is answered.
//!
//! Floor 3. Reads nothing; owns the words, which every door of the house may show. A test
//! looks up each place that is named.

use Place::{Asked, Command, Figure, File, Measure, Parameter, Topic};

use crate::base::text::Bilingual;

/// Where an answer is to be found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// A command: `compare`.
    Command(&'static str),
    /// A command and one of its options: `ensemble`, `nested`.
    Asked(&'static str, &'static str),
    /// A topic of `describe`.
    Topic(&'static str),
    /// A parameter, by path.
    Parameter(&'static str),
    /// A figure of a day.
    Figure(&'static str),
    /// A measure, as scenes name it.
    Measure(&'static str),
    /// A file of the house: a scene, a document.
    File(&'static str),
}

impl Place {
    /// As it is written to look there.
    pub fn written(&self) -> String {
        match self {
            Self::Command(name) => format!("zhanyitu {name}"),
            Self::Asked(name, option) => format!("zhanyitu {name} --{option}"),
            Self::Topic(name) => format!("zhanyitu describe {name}"),
            Self::Parameter(word) | Self::Figure(word) | Self::Measure(word) | Self::File(word) => {
                (*word).to_owned()
            }
        }
    }
}

/// An objection and its answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Objection {
    /// What is objected, as somebody would say it.
    pub objection: Bilingual,
    /// How the program answers.
    pub answer: Bilingual,
    /// Where.
    pub places: &'static [Place],
}

const fn entry(objection: Bilingual, answer: Bilingual, places: &'static [Place]) -> Objection {
    Objection { objection, answer, places }
}

/// The twelve.
pub static OBJECTIONS: [Objection; 12] = [
    entry(
        Bilingual::fixed(
            "这个社区当年没有疫情；拿一个编出来的对照，当然能“证明”成功。",
            "There was no outbreak here: with a rigged comparison one can prove any success.",
        ),
        Bilingual::fixed(
            "剧本分两类，处处标明：按记载，假设。每次多次运行都写出预期输入几例、一例也没有的机会有多大，并把东城区的记载摆在旁边；一例也没有的运行不算措施的功劳。",
            "Scenes are of two kinds and say so everywhere: as recorded, what if. Every study states how many imports are to be expected and how likely none is, with the district's record beside it; runs without a case are to no measure's credit.",
        ),
        &[Command("ensemble"), Command("compare"), Command("check"), File("scenes/base_rates.ron")],
    ),
    entry(
        Bilingual::fixed("一次动画不过是一个例子。", "One animated run is an anecdote."),
        Bilingual::fixed(
            "比较总是许多对运行，先说范围；图上至少二十条单次的线，带名字的两条写明是第几次、共几次；run 和窗口都写明这只是许多种可能中的一种。",
            "A comparison is always many pairs, and its range comes first; pictures show at least twenty single runs, and two of them are named as run so many of so many; `run` and the window say that this is one of many that could have been.",
        ),
        &[
            Command("run"),
            Asked("ensemble", "picture"),
            Asked("compare", "picture"),
            File("src/panels/layers/text.ron"),
        ],
    ),
    entry(
        Bilingual::fixed(
            "“没有措施”不真实：人自己会小心。",
            "\"Without\" is unrealistic: people change by themselves.",
        ),
        Bilingual::fixed(
            "自发小心是剧本里的一栏，两边都有；谁把它去掉，或者剧本里根本没有，结果下面就有一行说明。",
            "Spontaneous caution stands in a scene and is on both sides; if somebody leaves it out, or a scene has none, a line below the result says so.",
        ),
        &[
            Measure("SpontaneousCaution"),
            Parameter("control.caution"),
            Command("compare"),
            Command("check"),
        ],
    ),
    entry(
        Bilingual::fixed(
            "几项措施一起上的，功劳怎么分？",
            "The measures came together: whose merit was it?",
        ),
        Bilingual::fixed(
            "三个数并排：只有它、只缺它、按所有先后次序平均，都带区间；并且写明武汉的数据分不开它们。",
            "Three figures side by side, each with an interval: it alone, all but it, its share over all orders; and the sentence that the Wuhan data cannot separate them.",
        ),
        &[Command("attribute"), Asked("attribute", "picture")],
    ),
    entry(
        Bilingual::fixed(
            "作用的大小是挑着好看的写的。",
            "The sizes of effects were chosen to please.",
        ),
        Bilingual::fixed(
            "每个数都有单位、范围、出处；每项措施写明把握有多大：随机试验、观察、推算，或者只是我们的估计。",
            "Every number has unit, range and source; every measure says how sure one can be: trial, observation, calculation, or our own estimate.",
        ),
        &[Topic("params"), Topic("measures"), Command("sensitivity"), Asked("ensemble", "nested")],
    ),
    entry(
        Bilingual::fixed("代价和伤害在哪里？", "Where are the costs and harms?"),
        Bilingual::fixed(
            "比较的结果下面并列：不能出门的人天、工时、跌倒的老人等了多久、没人联系的老人，以及代价由谁承担；耽误的看病、收入和功课模型没有算，也照样写明。没有总分。",
            "Below every comparison: person-days indoors, working hours, how long elders who fell waited, elders nobody spoke to, and who bears it; that care put off, wages and schooling are not in the model is said as well. There is no single score.",
        ),
        &[
            Command("compare"),
            Figure("confined_days"),
            Figure("minutes_used"),
            Figure("waited_minutes"),
            Figure("lonely"),
            Topic("measures"),
        ],
    ),
    entry(
        Bilingual::fixed(
            "一张公开的图，写着谁家发热、谁从湖北回来：隐私呢？污名呢？",
            "A public board of who has a fever and who came from Hubei: what of privacy and stigma?",
        ),
        Bilingual::fixed(
            "人、门牌、住户都是虚构的，像真人资料的剧本通不过检查。值得讨论：这张图该挂在哪里、谁能看、什么时候擦掉？换成自己家，愿意写上什么？",
            "People, doors and homes are invented, and a scene that looks like real people's data fails its check. To discuss: where should such a board hang, who may see it, when is it wiped? What would you want on it of your own home?",
        ),
        &[Command("check"), File("src/scenario/personal.rs"), Topic("model")],
    ),
    entry(
        Bilingual::fixed("有颜色的人家好像有了过错。", "A colour looks like guilt."),
        Bilingual::fixed(
            "颜色说的是社区知道什么，不是谁得了什么病；红的多半是别的病。字里写“观察”，不写“危险”；图上和实情差在哪里，故事讲完才对照。",
            "A colour says what the office knows, not what anybody has caught; most red homes have another illness. The words are \"in observation\", never \"danger\"; where board and truth differ is shown when the story is over.",
        ),
        &[Topic("model"), File("scenes/base_rates.ron"), Figure("red")],
    ),
    entry(
        Bilingual::fixed("这是英雄故事。", "This is a hero's tale."),
        Bilingual::fixed(
            "剧本里每一件安排好的事都标明来历；run 在末尾写出故事自己安排了几次跌倒、发热，凭机会预期有几次。等多久才有人来，有分布可看，不只是那一次。",
            "Whatever a scene makes happen has its origin beside it; at its end `run` says how many falls and fevers the story made and how many chance would bring. How long help takes is a distribution, not that one time.",
        ),
        &[
            Command("run"),
            File("scenes/fuxiang_2020.ron"),
            Figure("falls"),
            Parameter("falls.yearly_80"),
        ],
    ),
    entry(
        Bilingual::fixed(
            "厕所、院子、孩子，这些假设藏在哪里？",
            "Where are the assumptions about toilets, yards and children hidden?",
        ),
        Bilingual::fixed(
            "全部估计列在一处；每次多次运行的结果下面，写出它靠着的那几个和各自的范围。",
            "All estimates are listed in one place; below every study stand those that it rests on, with their ranges.",
        ),
        &[
            Topic("assumptions"),
            Parameter("contacts.toilet_hazard"),
            Parameter("contacts.yard"),
            Parameter("contacts.young"),
            File("scenes/toilet_question.ron"),
        ],
    ),
    entry(
        Bilingual::fixed("把死亡当成棋子。", "Deaths as tokens of a game."),
        Bilingual::fixed(
            "没有一个界面或图数去世的人：已发表的病死率彼此差好几倍，一个数会骗人。研究结果末尾只写“每感染100人”的范围，取四套已发表数字的最低与最高；谁还住在医院，按居中的一套。",
            "No screen and no picture counts deaths: published rates differ severalfold, and one number would deceive. At the foot of a study stands a range for 100 people who caught it, from the lowest to the highest of four published sets; who is still in hospital follows the middle one.",
        ),
        &[Topic("figures"), Topic("params")],
    ),
    entry(
        Bilingual::fixed("分不清红绿的人怎么看？", "What of people who confuse red and green?"),
        Bilingual::fixed(
            "每种颜色都另有形状、圈或者字；还有一套换过的颜色。研究的图靠线型、位置和字，不靠颜色。",
            "Every colour has a shape, a ring or a word beside it, and there is another set of colours. Pictures of studies speak by line, place and word.",
        ),
        &[
            Asked("picture", "palette"),
            Asked("sensitivity", "picture"),
            File("src/base/palette.rs"),
        ],
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_objection_has_its_own_words_and_a_place() {
        for (at, one) in OBJECTIONS.iter().enumerate() {
            assert!(!one.places.is_empty() && !one.answer.en.is_empty(), "{at}");
            assert!(OBJECTIONS[..at].iter().all(|other| other.objection != one.objection));
        }
    }
}
