//! The bounds of each value of the settings, and what is said beyond them.
//!
//! Floor 4. Reads fields; makes values. Where something is wrong the default takes
//! its place, so that the rest can be examined too.

use core::ops::RangeInclusive;

use super::FORMAT;
use crate::base::text::Bilingual;
use crate::scenario::read::{Fields, Reader};

/// No control lies lower: the unobstructed reach of EN 301 549 and ADA, millimetres
/// above the floor.
pub const LOWEST_MM: u32 = 380;
/// No control lies higher.
pub const HIGHEST_MM: u32 = 1220;
/// In low mode no control lies higher: what children of five to eight reach.
pub const LOW_MM: u32 = 1015;
/// Less than this below [`LOW_MM`] is no room for the controls of low mode.
const LOW_ROOM_MM: u32 = 200;

/// A whole number of the file.
pub(super) struct Number {
    name: &'static str,
    range: RangeInclusive<u32>,
    default: u32,
    unit: Bilingual,
    /// Why not beyond.
    why: Bilingual,
}

const SECONDS: Bilingual = Bilingual::fixed("秒", "seconds");
const MILLIMETRES: Bilingual = Bilingual::fixed("毫米", "mm");

pub(super) const IDLE: Number = Number {
    name: "idle_seconds",
    range: 15..=600,
    default: 45,
    unit: SECONDS,
    why: Bilingual::fixed(
        "太短会打断还在看的人，太长就一直留着上一位的画面",
        "shorter would interrupt who still reads, longer would leave the last visit on the screen",
    ),
};
pub(super) const COUNTDOWN: Number = Number {
    name: "countdown_seconds",
    range: 5..=20,
    default: 15,
    unit: SECONDS,
    why: Bilingual::fixed(
        "一句问话最多留20秒，也要让人来得及伸手",
        "a question stays 20 seconds at most, and long enough for a hand to answer",
    ),
};
pub(super) const ATTRACT: Number = Number {
    name: "attract_seconds",
    range: 20..=180,
    default: 48,
    unit: SECONDS,
    why: Bilingual::fixed(
        "路过的人只停一会儿，画面也不能太赶",
        "who passes by stops for a moment only, and the board should not rush",
    ),
};
pub(super) const BOTTOM: Number = Number {
    name: "bottom_mm",
    range: 0..=1500,
    default: 800,
    unit: MILLIMETRES,
    why: Bilingual::fixed("从地面量到画面最下沿", "measured from the floor to the lowest pixels"),
};

/// Pixels of a millimetre without calibration: a 43-inch panel of 1920 × 1080.
pub const PX_PER_MM: f32 = 2.0;
const FEWEST_PX_PER_MM: f64 = 0.5;
const MOST_PX_PER_MM: f64 = 20.0;

/// Reads a whole number; the default where there is none or a wrong one.
pub(super) fn whole(reader: &mut Reader, fields: &Fields, number: &Number) -> u32 {
    let Some(value) = reader.field::<u32>(fields, number.name) else { return number.default };
    if number.range.contains(&value) {
        return value;
    }
    let (min, max) = (number.range.start(), number.range.end());
    if let Some(node) = fields.get(number.name) {
        let (unit, why) = (&number.unit, &number.why);
        reader.problem(
            node,
            Bilingual::new(
                format!("{value}{}不行：须在{min}到{max}之间", unit.zh),
                format!("{value} {} will not do: it lies from {min} to {max}", unit.en),
            ),
            Some(why.clone()),
        );
    }
    number.default
}

/// Reads the calibration.
pub(super) fn px_per_mm(reader: &mut Reader, fields: &Fields) -> f32 {
    let Some(value) = reader.field::<f64>(fields, "px_per_mm") else { return PX_PER_MM };
    if (FEWEST_PX_PER_MM..=MOST_PX_PER_MM).contains(&value) {
        return value as f32;
    }
    if let Some(node) = fields.get("px_per_mm") {
        reader.problem(
            node,
            Bilingual::new(
                format!(
                    "一毫米不会有{value}个像素：须在{FEWEST_PX_PER_MM}到{MOST_PX_PER_MM}之间"
                ),
                format!(
                    "{value} pixels of a millimetre are no screen: it lies from {FEWEST_PX_PER_MM} to {MOST_PX_PER_MM}"
                ),
            ),
            Some(Bilingual::fixed(
                "画面宽多少像素，除以宽多少毫米，比如 1920 / 952 = 2.02",
                "width in pixels by width in millimetres, such as 1920 / 952 = 2.02",
            )),
        );
    }
    PX_PER_MM
}

/// A screen that hangs high has no room for children; it can be used all the same.
pub(super) fn room_below(reader: &mut Reader, fields: &Fields, bottom_mm: u32) {
    let Some(node) = fields.get("bottom_mm").filter(|_| bottom_mm + LOW_ROOM_MM > LOW_MM) else {
        return;
    };
    if !BOTTOM.range.contains(&bottom_mm) {
        return;
    }
    reader.warning(
        node,
        Bilingual::new(
            format!("屏幕挂得太高：“放低”之后，按钮也到不了{LOW_MM}毫米以下"),
            format!("the screen hangs too high: even lowered, controls stay above {LOW_MM} mm"),
        ),
        Some(Bilingual::new(
            format!("下沿离地最多{}毫米，孩子和坐轮椅的人才够得着", LOW_MM - LOW_ROOM_MM),
            format!(
                "children and people in wheelchairs reach it with its lower edge at {} mm or less",
                LOW_MM - LOW_ROOM_MM
            ),
        )),
    );
}

/// The format, so that an older or newer file is told of before its fields puzzle.
pub(super) fn format(reader: &mut Reader, fields: &Fields) {
    let Some(format) = reader.field::<u32>(fields, "format").filter(|found| *found != FORMAT)
    else {
        return;
    };
    let hint = if format > FORMAT {
        Bilingual::fixed(
            "这份文件来自更新的版本，请更新程序",
            "the file was made for a newer version; update the program",
        )
    } else {
        Bilingual::fixed("写成 format: 1", "write format: 1")
    };
    if let Some(node) = fields.get("format") {
        reader.problem(
            node,
            Bilingual::new(
                format!("格式{format}读不了，本程序读格式{FORMAT}"),
                format!("format {format} cannot be read; this program reads format {FORMAT}"),
            ),
            Some(hint),
        );
    }
}

/// The defaults stand twice, here and in `Settings`; a test holds both together.
#[cfg(test)]
pub(super) fn defaults() -> [(u32, u32); 3] {
    let fresh = super::Settings::default();
    [
        (IDLE.default, fresh.idle_seconds),
        (COUNTDOWN.default, fresh.countdown_seconds),
        (ATTRACT.default, fresh.attract_seconds),
    ]
}
