//! What a request names inside a story: a minute, the minutes of a film, a legend.
//!
//! Floor 4. Reads a story and the words of a request; makes what they mean, or a
//! sentence that says what may be written instead.

use std::str::FromStr;

use super::files::Failure;
use crate::base::time::{Minute, parse_clock};
use crate::cli::{PictureRequest, PictureTarget};
use crate::scenario::script::Scenario;
use crate::sim::board::Legend;

/// Most frames of a film: their numbers have five digits.
pub const FRAMES: u32 = 99_999;

/// The minute of a story that `D5 18:00` or `2020-01-28 18:00` names.
///
/// # Errors
/// [`Failure`] when it is not a time, or lies outside the story.
pub fn minute(story: &Scenario, text: &str) -> Result<Minute, Failure> {
    let dated = || {
        let (date, clock) = text.trim().split_once(' ')?;
        Some(Minute::at(story.calendar.day_of(date).ok()??, parse_clock(clock.trim()).ok()?))
    };
    let at = Minute::from_str(text).ok().or_else(dated);
    let Some(at) = at else {
        return Err(Failure::asked(
            format!("“{text}”不是时刻；写成 \"D5 18:00\" 或 \"2020-01-28 18:00\""),
            format!("`{text}` is not a time; write it like \"D5 18:00\" or \"2020-01-28 18:00\""),
        ));
    };
    let (starts, ends) = (story.setup.starts, story.setup.ends);
    if (starts..=ends).contains(&at) {
        return Ok(at);
    }
    let written = |at: Minute| {
        let clock = at.clock();
        format!("{} {:02}:{:02}", story.calendar.date(at.day()), clock / 60, clock % 60)
    };
    let (from, to) = (written(starts), written(ends));
    Err(Failure::asked(
        format!("“{text}”在故事之外；故事从 {from}（{starts}）到 {to}（{ends}）"),
        format!(
            "`{text}` lies outside the story, which runs from {from} ({starts}) to {to} ({ends})"
        ),
    ))
}

/// The minutes that a picture or a film shows, in order: one for a picture, from
/// one to [`FRAMES`] for a film.
///
/// # Errors
/// [`Failure`] when a time is not understood or lies outside the story, when a
/// film ends before it begins, or has too many frames.
pub fn minutes(story: &Scenario, request: &PictureRequest) -> Result<Vec<Minute>, Failure> {
    let asked = |text: Option<&String>| text.map(|text| minute(story, text)).transpose();
    let at = asked(request.at.as_ref())?;
    let PictureTarget::Film { until, every, .. } = &request.target else {
        return Ok(vec![at.unwrap_or(story.setup.ends)]);
    };
    let from = at.unwrap_or(story.setup.starts);
    let to = asked(until.as_ref())?.unwrap_or(story.setup.ends);
    if to < from {
        return Err(Failure::asked(
            format!("到 {to} 为止，却从 {from} 画起；把 --until 写得晚些"),
            format!("it would end at {to} and begin at {from}; write a later --until"),
        ));
    }
    let every = (*every).max(1);
    let frames = (to.0 - from.0) / every + 1;
    if frames > FRAMES {
        return Err(Failure::asked(
            format!("要画{frames}张，太多了，至多{FRAMES}张；把 --every 写大些"),
            format!("{frames} frames are too many, at most {FRAMES}; write a larger --every"),
        ));
    }
    Ok((from.0..=to.0).step_by(every as usize).map(Minute).collect())
}

/// The legend of an id; without one the scene's first.
///
/// # Errors
/// [`Failure`] when the story has no such legend.
pub fn legend<'a>(story: &'a Scenario, id: Option<&str>) -> Result<&'a Legend, Failure> {
    let Some(id) = id else { return Ok(&story.legends[0]) };
    story.legends.iter().find(|l| l.id == id).ok_or_else(|| {
        let known: Vec<&str> = story.legends.iter().map(|l| l.id.as_str()).collect();
        let list = known.join(", ");
        Failure::asked(
            format!("没有图例“{id}”，可用：{list}"),
            format!("there is no legend `{id}`; known are {list}"),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::view::{PaletteChoice, View};
    use crate::headless::places::embedded_story;
    use crate::scenario::compile::Overrides;

    fn story() -> Scenario {
        embedded_story(&Overrides::default()).unwrap().scenario
    }

    fn film(at: Option<&str>, until: Option<&str>, every: u32) -> PictureRequest {
        PictureRequest {
            scene: String::new(),
            at: at.map(str::to_owned),
            view: View::Board,
            size: (320, 320),
            legend: None,
            palette: PaletteChoice::Standard,
            large_text: false,
            controls: false,
            target: PictureTarget::Film {
                dir: String::new(),
                until: until.map(str::to_owned),
                every,
            },
            seed: None,
            set: Vec::new(),
        }
    }

    #[test]
    fn a_time_is_a_day_of_the_story_or_a_date() {
        let story = story();
        let at = minute(&story, "D5 18:00").unwrap();
        assert_eq!(at, "D5 18:00".parse().unwrap());
        assert_eq!(minute(&story, "2020-01-28 18:00"), Ok(at));
        let wrong = minute(&story, "noon").unwrap_err();
        assert!(wrong.text.zh.contains("不是时刻") && wrong.text.en.contains("not a time"));
        assert!(minute(&story, "D900 08:00").unwrap_err().text.en.contains("outside the story"));
    }

    #[test]
    fn a_picture_shows_one_minute_and_a_film_its_range() {
        let story = story();
        let one = PictureRequest {
            target: PictureTarget::File("x.png".to_owned()),
            ..film(None, None, 60)
        };
        assert_eq!(minutes(&story, &one), Ok(vec![story.setup.ends]));
        let at = |text: &str| minute(&story, text).unwrap();
        assert_eq!(
            minutes(&story, &film(Some("D5 18:00"), Some("D5 18:25"), 10)),
            Ok(vec![at("D5 18:00"), at("D5 18:10"), at("D5 18:20")])
        );
        let whole = minutes(&story, &film(None, None, 60)).unwrap();
        assert_eq!(whole[0], story.setup.starts);
        assert!(story.setup.ends.since(*whole.last().unwrap()) < 60);
        let back = minutes(&story, &film(Some("D5 18:00"), Some("D5 17:00"), 10)).unwrap_err();
        assert!(back.text.en.contains("a later --until"), "{}", back.text.en);
        let many = minutes(&story, &film(None, None, 1)).unwrap_err();
        assert!(many.text.en.contains("a larger --every"), "{}", many.text.en);
    }

    #[test]
    fn a_legend_is_named_or_the_first() {
        let story = story();
        assert_eq!(legend(&story, None).unwrap().id, story.legends[0].id);
        assert!(legend(&story, Some("none")).unwrap_err().text.zh.contains("没有图例“none”"));
    }
}
