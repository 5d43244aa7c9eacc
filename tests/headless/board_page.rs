//! The printed board: all homes on one sheet, in both languages.

use zhanyitu::base::palette::Marker;
use zhanyitu::base::text::{Bilingual, Lang};
use zhanyitu::headless::board_page::{
    Block, BoardInput, LegendEntry, MarkEntry, Section, Square, lay_out,
};
use zhanyitu::headless::page::{Item, Meta, Page, Text, fonts};
use zhanyitu::sim::people::Marks;

/// Way, its name in English, courtyards, their homes, buildings, their homes
/// (history, section 8).
const WAYS: [(&str, &str, usize, usize, usize, usize); 10] = [
    ("地安门外大街", "Di’anmenwai Street", 6, 71, 2, 76),
    ("福祥胡同", "Fuxiang Hutong", 21, 147, 0, 0),
    ("蓑衣胡同", "Suoyi Hutong", 18, 126, 0, 0),
    ("雨儿胡同", "Yu’er Hutong", 33, 231, 0, 0),
    ("帽儿胡同", "Mao’er Hutong", 40, 280, 1, 37),
    ("东不压桥胡同", "Dongbuyaqiao Hutong", 18, 211, 1, 38),
    ("拐棒胡同", "Guaibang Hutong", 13, 153, 2, 75),
    ("豆角胡同", "Doujiao Hutong", 12, 141, 0, 0),
    ("方砖厂胡同", "Fangzhuanchang Hutong", 26, 306, 1, 38),
    ("南锣鼓巷", "Nanluogu Alley", 6, 70, 0, 0),
];
const AT_HOME: usize = 2000;

/// A sequence that looks arbitrary: what the sample needs, no more.
fn mixed(i: usize) -> usize {
    (i.wrapping_mul(2_654_435_761) ^ (i << 7)) % 1009
}

fn square(i: usize, unit: String, lang: Lang) -> Square {
    let marker = match mixed(i) {
        0..=8 => Some(Marker::Red),
        9..=230 => Some(Marker::Orange),
        231..=290 => None,
        _ => Some(Marker::Green),
    };
    let mut marks = Marks::NONE;
    if mixed(i + 71) < 150 {
        marks = marks.with(Marks::LIVES_ALONE);
    }
    if mixed(i + 977) < 120 {
        marks = marks.with(Marks::PARTY_MEMBER);
    }
    let note = (marker == Some(Marker::Orange))
        .then(|| Bilingual::fixed("1/28 返京", "back 28 Jan").get(lang).to_owned());
    Square { unit, marker, marks, note, stale: mixed(i + 13) < 90 && marker.is_some() }
}

/// The place with about so many homes.
fn sample(homes: usize, lang: Lang) -> BoardInput {
    let scaled = |n: usize| (n * homes).div_ceil(AT_HOME);
    let mut left = homes;
    let mut number = 0;
    let mut sections = Vec::new();
    for (zh, en, yards, yard_homes, buildings, building_homes) in WAYS {
        let mut compounds = Vec::new();
        let mut add = |many: usize, of: usize, is_building: bool| {
            let many = many.min(of);
            for k in 0..many {
                let size = (of * (k + 1) / many - of * k / many).min(left);
                left -= size;
                let name = match (lang, is_building) {
                    (Lang::Zh, false) => format!("{} 号院", 2 * k + 101),
                    (Lang::Zh, true) => format!("{} 号楼", k + 1),
                    (Lang::En, false) => format!("No. {}", 2 * k + 101),
                    (Lang::En, true) => format!("Building {}", k + 1),
                };
                let homes = (0..size)
                    .map(|j| {
                        number += 1;
                        let unit = if is_building { (j / 8 + 1) * 100 + j % 8 + 1 } else { j + 1 };
                        square(number, unit.to_string(), lang)
                    })
                    .collect();
                let columns = is_building.then_some(8);
                compounds.push(Block { name, is_building, columns, homes });
            }
        };
        add(yards, scaled(yard_homes), false);
        add(buildings, scaled(building_homes), true);
        let name = Bilingual::fixed(zh, en).get(lang).to_owned();
        sections.push(Section { name, compounds });
    }
    described(sections, lang)
}

fn described(sections: Vec<Section>, lang: Lang) -> BoardInput {
    let squares = || sections.iter().flat_map(|s| &s.compounds).flat_map(|b| &b.homes);
    let count = |marker| squares().filter(|h| h.marker == marker).count() as u64;
    let entry = |marker, zh, en| LegendEntry {
        marker,
        label: Bilingual::fixed(zh, en).get(lang).to_owned(),
        count: count(marker),
    };
    let say = |zh, en| Bilingual::fixed(zh, en).get(lang).to_owned();
    let legend = vec![
        entry(Some(Marker::Green), "没有离京", "nobody left Beijing"),
        entry(Some(Marker::Orange), "返京观察中，或外出未归", "back and in observation, or away"),
        entry(Some(Marker::Red), "家中有人发热", "a fever at home"),
        entry(None, "尚未了解", "not yet known"),
    ];
    let mark_legend = vec![
        MarkEntry {
            marks: Marks::LIVES_ALONE,
            label: say("独居、空巢、残疾、低保", "lives alone, empty nest, disabled, low income"),
            count: squares().filter(|h| h.marks.needs_care()).count() as u64,
        },
        MarkEntry {
            marks: Marks::PARTY_MEMBER,
            label: say("党员户", "Party member’s home"),
            count: squares().filter(|h| h.marks.has(Marks::PARTY_MEMBER)).count() as u64,
        },
    ];
    BoardInput {
        lang,
        title: Bilingual::fixed("战疫图", "The Fuxiang Map"),
        date: say("2020年2月9日 星期日", "Sunday, 9 February 2020"),
        story_day: say("第 12 天", "day 12"),
        time: "18:00".into(),
        legend_name: say("图例：福祥社区", "legend: Fuxiang community"),
        kind: say("按记载", "as recorded"),
        stale: say("擦淡：7天以上没有音信", "wiped: no news for over 7 days"),
        counts: vec![
            say("10 条街巷", "10 ways"),
            say("193 个院落、7 栋楼", "193 courtyards, 7 buildings"),
            say("2,000 户 4,616 人", "2,000 homes, 4,616 people"),
        ],
        sections,
        legend,
        mark_legend,
        provenance: vec![
            say(
                "街巷名称、院落与楼房总数、户数据公开报道；每条街巷各有几院几户为估计。",
                "Names of ways and the totals of courtyards, buildings and homes follow published reports; how they are split between ways is an estimate.",
            ),
            say(
                "门牌号从 101 起编，与实际门牌无关。",
                "Door numbers are counted from 101 and are not the real ones.",
            ),
        ],
        seed: 20_200_123,
        version: "0.1.0".into(),
    }
}

fn meta(page: &Page) -> Meta {
    Meta { title: page.title.clone(), author: "zhanyitu".into(), subject: "A3".into() }
}

fn edges(text: &Text) -> (f64, f64, f64, f64) {
    let left = text.left_mm();
    (left, text.y - text.size_mm * 0.9, left + text.width_mm(), text.y + text.size_mm * 0.25)
}

/// Every start tag has its end, and nothing is left over.
fn assert_well_formed(xml: &str) {
    let mut open = Vec::new();
    for part in xml.split('<').skip(1) {
        let (inside, after) = part.split_once('>').expect("a tag that ends");
        assert!(!after.contains('>'), "a bare > after {inside}");
        if inside.starts_with('?') || inside.ends_with('/') {
            continue;
        }
        if let Some(name) = inside.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name));
        } else {
            open.push(inside.split(' ').next().unwrap());
            assert!(inside.matches('"').count().is_multiple_of(2), "{inside}");
        }
    }
    assert_eq!(open, Vec::<&str>::new());
}

#[test]
fn every_home_stands_on_the_sheet_once_whatever_their_number() {
    for homes in [20, 200, 2000, 4000] {
        let input = sample(homes, Lang::Zh);
        let page = lay_out(&input);
        let mut labels: Vec<&str> = page
            .items
            .iter()
            .filter_map(|item| match item {
                Item::Group { label, .. } => Some(label.as_str()),
                _ => None,
            })
            .collect();
        assert_eq!(labels.len(), input.home_count(), "{homes}");
        labels.sort_unstable();
        labels.dedup();
        assert_eq!(labels.len(), input.home_count(), "{homes}");
    }
}

#[test]
fn the_sample_is_the_place_as_recorded() {
    let input = sample(2000, Lang::Zh);
    assert_eq!(input.home_count(), 2000);
    assert_eq!(input.sections.iter().map(|s| s.compounds.len()).sum::<usize>(), 200);
}

#[test]
fn squares_never_overlap_and_stay_on_the_sheet() {
    for homes in [20, 200, 2000, 4000] {
        let page = lay_out(&sample(homes, Lang::En));
        let mut squares = Vec::new();
        for item in &page.items {
            if let Item::Group { items, .. } = item
                && let Item::Rect { x, y, w, h, .. } = items[0]
            {
                assert!(x > 0.0 && y > 0.0 && x + w < page.width_mm && y + h < page.height_mm);
                squares.push((x, y, w));
            }
        }
        for (i, a) in squares.iter().enumerate() {
            for b in &squares[i + 1..] {
                let apart = (a.0 - b.0).abs() > a.2 - 1e-6 || (a.1 - b.1).abs() > a.2 - 1e-6;
                assert!(apart, "{homes}: {a:?} {b:?}");
            }
        }
    }
}

#[test]
fn two_thousand_homes_are_large_enough_to_read() {
    for lang in Lang::ALL {
        let page = lay_out(&sample(2000, lang));
        let side = page.items.iter().find_map(|item| match item {
            Item::Group { items, .. } => match items[0] {
                Item::Rect { w, .. } => Some(w),
                _ => None,
            },
            _ => None,
        });
        assert!(side.unwrap() >= 4.0, "{lang:?}: {side:?} mm");
    }
}

#[test]
fn all_words_stay_on_the_sheet() {
    for lang in Lang::ALL {
        for homes in [20, 2000, 4000] {
            let page = lay_out(&sample(homes, lang));
            for text in page.texts() {
                let (left, top, right, low) = edges(text);
                let inside = left >= 5.0
                    && top >= 5.0
                    && right <= page.width_mm - 5.0
                    && low <= page.height_mm - 5.0;
                assert!(inside, "{lang:?} {homes}: {text:?}");
            }
        }
    }
}

#[test]
fn no_two_texts_outside_the_squares_overlap() {
    for lang in Lang::ALL {
        for homes in [20, 200, 2000] {
            let page = lay_out(&sample(homes, lang));
            let loose: Vec<&Text> = page
                .items
                .iter()
                .filter_map(|item| match item {
                    Item::Text(text) => Some(text),
                    _ => None,
                })
                .collect();
            for (i, a) in loose.iter().enumerate() {
                for b in &loose[i + 1..] {
                    let (p, q) = (edges(a), edges(b));
                    let apart = p.2 <= q.0 || q.2 <= p.0 || p.3 <= q.1 || q.3 <= p.1;
                    assert!(apart, "{lang:?} {homes}: {} / {}", a.words, b.words);
                }
            }
        }
    }
}

#[test]
fn the_sheet_says_that_people_and_doors_are_invented() {
    for (lang, words) in [(Lang::Zh, "虚构"), (Lang::En, "invented")] {
        let page = lay_out(&sample(20, lang));
        assert!(page.texts().iter().any(|text| text.words.contains(words)), "{lang:?}");
        assert!(page.texts().iter().any(|text| text.words.contains("20200123")), "{lang:?}");
    }
}

#[test]
fn svg_is_well_formed_and_escapes_what_people_type() {
    let mut input = sample(20, Lang::En);
    input.sections[0].name = "A & B <C> \"D\"".into();
    let svg = lay_out(&input).to_svg();
    assert_well_formed(&svg);
    assert!(svg.contains("A &amp; B &lt;C&gt; &quot;D&quot;"));
}

#[test]
fn equal_boards_give_equal_bytes() {
    let (one, two) = (lay_out(&sample(2000, Lang::Zh)), lay_out(&sample(2000, Lang::Zh)));
    assert_eq!(one.to_svg(), two.to_svg());
    assert_eq!(one.to_pdf(&meta(&one)).unwrap(), two.to_pdf(&meta(&two)).unwrap());
}

#[test]
fn the_fonts_have_every_character_of_both_samples() {
    for lang in Lang::ALL {
        for text in lay_out(&sample(2000, lang)).texts() {
            assert_eq!(fonts::missing(&text.words), Vec::<char>::new(), "{}", text.words);
        }
    }
}

#[test]
fn a_board_without_homes_is_still_a_sheet() {
    let page = lay_out(&described(Vec::new(), Lang::Zh));
    assert_well_formed(&page.to_svg());
    assert!(page.to_pdf(&meta(&page)).is_ok());
}

/// Boards of all days can be laid over each other.
#[test]
fn counts_do_not_move_the_squares() {
    for lang in Lang::ALL {
        let squares = |count: u64| {
            let mut input = sample(2000, lang);
            for entry in &mut input.legend {
                entry.count = count;
            }
            for entry in &mut input.mark_legend {
                entry.count = count / 10;
            }
            let corner = |item: &Item| match item {
                Item::Group { items, .. } => match items[0] {
                    Item::Rect { x, y, .. } => Some((x, y)),
                    _ => None,
                },
                _ => None,
            };
            lay_out(&input).items.iter().filter_map(corner).collect::<Vec<_>>()
        };
        assert_eq!(squares(0), squares(2000), "{lang:?}");
    }
}

#[test]
fn a_building_stands_on_its_first_floor() {
    let page = lay_out(&sample(2000, Lang::Zh));
    let place = |name: &str| {
        let found = page.items.iter().find_map(|item| match item {
            Item::Group { label, items } if label.starts_with(name) => match items[0] {
                Item::Rect { x, y, .. } => Some((x, y)),
                _ => None,
            },
            _ => None,
        });
        found.unwrap_or_else(|| panic!("{name}"))
    };
    let at = |unit: u32| place(&format!("帽儿胡同 1 号楼 {unit}，"));
    let (first, second, beside) = (at(101), at(201), at(102));
    assert!((first.0 - second.0).abs() < 1e-9 && second.1 < first.1);
    assert!((first.1 - beside.1).abs() < 1e-9 && first.0 < beside.0);
}

/// Entries that look alike share one symbol.
#[test]
fn the_legend_draws_each_symbol_once() {
    let mut input = sample(2000, Lang::Zh);
    let symbols = |input: &BoardInput| {
        let page = lay_out(input);
        page.items.iter().filter(|item| matches!(item, Item::Polygon { .. })).count()
    };
    let before = symbols(&input);
    let orange = input.legend[1].clone();
    input.legend.insert(2, orange);
    assert_eq!(symbols(&input), before);
}

/// Writes samples to look at: `ZHANYITU_SAMPLES=<folder> cargo test samples`.
#[test]
fn samples_can_be_written_to_look_at() {
    let Ok(folder) = std::env::var("ZHANYITU_SAMPLES") else {
        return;
    };
    for lang in Lang::ALL {
        for homes in [20, 200, 2000, 4000] {
            let began = std::time::Instant::now();
            let page = lay_out(&sample(homes, lang));
            let laid = began.elapsed();
            let svg = page.to_svg();
            let drawn = began.elapsed();
            let pdf = page.to_pdf(&meta(&page)).unwrap();
            println!(
                "{lang:?} {homes}: lay {laid:?} svg {:?} pdf {:?}",
                drawn.checked_sub(laid).unwrap(),
                began.elapsed().checked_sub(drawn).unwrap()
            );
            let stem = format!("{folder}/board-{homes}-{lang:?}");
            std::fs::write(format!("{stem}.svg"), svg).unwrap();
            std::fs::write(format!("{stem}.pdf"), pdf).unwrap();
        }
    }
}
