//! What is known of the place: ways, river, bridges, mouths, from the record.
//!
//! Floor 2. Owns the table of history, section 8, in metres.

use super::super::layout::{self, RawMap, RawMouth, RawSpot, RawStretch, RawWay};
use super::super::shapes::Point;
use crate::base::text::Bilingual;
use crate::sim::place::Grade;

/// One way and what stands along it.
pub(super) struct WayRow {
    pub id: &'static str,
    pub zh: &'static str,
    pub en: &'static str,
    pub width: f64,
    pub line: &'static [Point],
    /// Sides that belong to the community: left of the line, right of it.
    pub sides: (bool, bool),
    pub courtyards: u32,
    pub courtyard_homes: u32,
    pub buildings: u32,
    pub building_homes: u32,
    pub grade: Grade,
    /// Yards are this much smaller than usual, where the river leaves little room.
    pub narrow: f64,
}

/// The ten ways, in the order of the board's sections.
#[rustfmt::skip]
pub(super) const WAYS: [WayRow; 10] = [
    WayRow { id: "dianmenwai", zh: "地安门外大街（东侧）", en: "Di'anmen Wai Street (east side)", width: 14.0,
        line: &[(0.0, 0.0), (0.0, 455.0)], sides: (false, true),
        courtyards: 6, courtyard_homes: 71, buildings: 2, building_homes: 76, grade: Grade::Estimate, narrow: 1.0 },
    WayRow { id: "fuxiang", zh: "福祥胡同", en: "Fuxiang Hutong", width: 5.0,
        line: &[(298.0, 68.0), (589.0, 72.0)], sides: (true, true),
        courtyards: 21, courtyard_homes: 147, buildings: 0, building_homes: 0, grade: Grade::Record, narrow: 1.0 },
    WayRow { id: "suoyi", zh: "蓑衣胡同", en: "Suoyi Hutong", width: 5.0,
        line: &[(589.0, 138.0), (405.0, 136.0), (402.0, 70.0)], sides: (true, true),
        courtyards: 18, courtyard_homes: 126, buildings: 0, building_homes: 0, grade: Grade::Estimate, narrow: 1.0 },
    WayRow { id: "yuer", zh: "雨儿胡同", en: "Yu'er Hutong", width: 5.0,
        line: &[(246.0, 205.0), (589.0, 210.0)], sides: (true, true),
        courtyards: 33, courtyard_homes: 231, buildings: 0, building_homes: 0, grade: Grade::Record, narrow: 1.0 },
    WayRow { id: "maoer", zh: "帽儿胡同", en: "Mao'er Hutong", width: 7.0,
        line: &[(6.0, 302.0), (589.0, 288.0)], sides: (true, true),
        courtyards: 40, courtyard_homes: 280, buildings: 1, building_homes: 37, grade: Grade::Record, narrow: 1.0 },
    WayRow { id: "dongbuya", zh: "东不压桥胡同", en: "Dongbuyaqiao Hutong", width: 5.0,
        line: &[(185.0, 298.0), (215.0, 255.0), (246.0, 205.0), (298.0, 68.0), (310.0, 8.0)], sides: (true, true),
        courtyards: 18, courtyard_homes: 211, buildings: 1, building_homes: 38, grade: Grade::Estimate, narrow: 0.7 },
    WayRow { id: "guaibang", zh: "拐棒胡同", en: "Guaibang Hutong", width: 4.0,
        line: &[(28.0, 150.0), (150.0, 150.0), (155.0, 198.0), (226.0, 203.0)], sides: (true, true),
        courtyards: 13, courtyard_homes: 153, buildings: 2, building_homes: 75, grade: Grade::Estimate, narrow: 1.0 },
    WayRow { id: "doujiao", zh: "豆角胡同", en: "Doujiao Hutong", width: 4.0,
        line: &[(165.0, 298.0), (172.0, 350.0), (150.0, 400.0), (148.0, 447.0)], sides: (true, true),
        courtyards: 12, courtyard_homes: 141, buildings: 0, building_homes: 0, grade: Grade::Estimate, narrow: 1.0 },
    WayRow { id: "fangzhuan", zh: "方砖厂胡同", en: "Fangzhuanchang Hutong", width: 7.0,
        line: &[(8.0, 440.0), (320.0, 455.0)], sides: (true, true),
        courtyards: 26, courtyard_homes: 306, buildings: 1, building_homes: 38, grade: Grade::Estimate, narrow: 1.0 },
    WayRow { id: "nanluogu", zh: "南锣鼓巷（西侧）", en: "Nanluogu Xiang (west side)", width: 8.0,
        line: &[(593.0, 0.0), (593.0, 330.0)], sides: (true, false),
        courtyards: 6, courtyard_homes: 70, buildings: 0, building_homes: 0, grade: Grade::Estimate, narrow: 1.0 },
];

/// Lane mouths; the western one of 拐棒胡同 was closed long before.
const MOUTHS: [(&str, &str, &str, Point); 8] = [
    ("fangzhuan", "方砖厂胡同西口", "Fangzhuanchang, west mouth", (8.0, 440.0)),
    ("fangzhuan", "方砖厂胡同东口", "Fangzhuanchang, east mouth", (320.0, 455.0)),
    ("maoer", "帽儿胡同西口", "Mao'er, west mouth", (6.0, 302.0)),
    ("maoer", "帽儿胡同东口", "Mao'er, east mouth", (589.0, 288.0)),
    ("yuer", "雨儿胡同东口", "Yu'er, east mouth", (589.0, 210.0)),
    ("suoyi", "蓑衣胡同东口", "Suoyi, east mouth", (589.0, 138.0)),
    ("fuxiang", "福祥胡同东口", "Fuxiang, east mouth", (589.0, 72.0)),
    ("dongbuya", "东不压桥胡同南口", "Dongbuyaqiao, south mouth", (310.0, 8.0)),
];

/// Public toilets stand along lanes; that they did is documented, where is not.
const TOILETS: [(&str, &str, Point); 14] = [
    ("福祥东厕", "Fuxiang, east", (560.0, 75.2)),
    ("福祥西厕", "Fuxiang, west", (330.0, 65.0)),
    ("蓑衣厕", "Suoyi", (500.0, 140.4)),
    ("蓑衣南厕", "Suoyi, south", (406.6, 100.0)),
    ("雨儿东厕", "Yu'er, east", (550.0, 206.0)),
    ("雨儿西厕", "Yu'er, west", (300.0, 209.2)),
    ("帽儿东厕", "Mao'er, east", (520.0, 294.4)),
    ("帽儿中厕", "Mao'er, middle", (330.0, 289.6)),
    ("帽儿西厕", "Mao'er, west", (90.0, 304.8)),
    ("东不压桥厕", "Dongbuyaqiao", (276.0, 140.0)),
    ("拐棒厕", "Guaibang", (90.0, 153.0)),
    ("豆角厕", "Doujiao", (164.0, 380.0)),
    ("方砖厂东厕", "Fangzhuanchang, east", (280.0, 448.6)),
    ("方砖厂西厕", "Fangzhuanchang, west", (70.0, 447.8)),
];

fn name(zh: &'static str, en: &'static str) -> Bilingual {
    Bilingual::fixed(zh, en)
}

/// Everything but compounds and shops.
pub(super) fn without_compounds() -> RawMap {
    let spot = |(zh, en, at): (&'static str, &'static str, Point), grade| RawSpot {
        name: name(zh, en),
        at,
        grade,
    };
    let stretch = |zh, en, width, line: &[Point], grade| RawStretch {
        name: name(zh, en),
        width,
        line: line.to_vec(),
        grade,
    };
    RawMap {
        format: layout::FORMAT,
        name: name("福祥社区", "Fuxiang community"),
        ways: WAYS
            .iter()
            .map(|w| RawWay {
                id: w.id.to_owned(),
                name: name(w.zh, w.en),
                width: w.width,
                line: w.line.to_vec(),
                grade: w.grade,
            })
            .collect(),
        compounds: Vec::new(),
        mouths: MOUTHS
            .iter()
            .map(|&(way, zh, en, at)| RawMouth {
                name: name(zh, en),
                way: way.to_owned(),
                at,
                grade: Grade::Estimate,
            })
            .collect(),
        // Where the office was is not known; this is fiction.
        office: spot(("社区居委会", "committee office", (262.0, 199.5)), Grade::Invented),
        toilets: TOILETS.iter().map(|&t| spot(t, Grade::Invented)).collect(),
        shops: Vec::new(),
        bridges: vec![
            spot(("万宁桥", "Wanning Bridge", (0.0, 235.0)), Grade::Record),
            spot(("东不压桥遗址", "site of Dongbuya Bridge", (297.0, 3.0)), Grade::Record),
            spot(("雨儿步行桥", "foot bridge at Yu'er", (236.0, 204.0)), Grade::Estimate),
        ],
        waters: vec![stretch(
            "玉河",
            "Yu River",
            18.0,
            &[
                (0.0, 235.0),
                (150.0, 238.0),
                (205.0, 235.0),
                (238.0, 200.0),
                (284.0, 66.0),
                (296.0, 0.0),
            ],
            Grade::Record,
        )],
        borders: vec![
            stretch(
                "地安门东大街",
                "Di'anmen East Street",
                30.0,
                &[(-20.0, -15.0), (620.0, -15.0)],
                Grade::Record,
            ),
            stretch(
                "鼓楼东大街",
                "Gulou East Street",
                20.0,
                &[(-20.0, 786.0), (620.0, 786.0)],
                Grade::Record,
            ),
        ],
    }
}
