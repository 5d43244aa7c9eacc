//! A story told on a terminal: captions at their time, and a line for every day.
//!
//! Floor 4. Reads a played story; writes to the stream it is given.

use std::io::Write;

use super::base_rate;
use super::play::Played;
use super::run::{CAVEAT, days, kind_label};
use super::say;
use super::severity;
use super::table::{Column, headings, row};
use crate::base::text::{Bilingual, Lang, grouped, plural};
use crate::base::time::Minute;
use crate::scenario::script::Scenario;
use crate::session::StoryEvent;
use crate::session::words::{claim_line, trouble};
use crate::sim::counts::DayCounts;
use crate::sim::hash;

const MINUTES_AN_HOUR: u64 = 60;
/// Where month and day begin in a date such as `2020-01-24`.
const MONTH_AT: usize = 5;

/// Tells a whole story.
pub(super) fn tell(story: &Scenario, played: &Played, lang: Lang, out: &mut dyn Write) {
    head(story, lang, out);
    let columns = columns(lang);
    say(out, &headings(&columns));
    let mut told = played.events.iter().peekable();
    for day in days(story, played) {
        while let Some(event) = told.next_if(|e| e.at() < day.day.end()) {
            if let Some(line) = caption(story, event, lang) {
                say(out, &line);
            }
        }
        say(out, &row(&columns, &cells(story, &day)));
    }
    for line in told.filter_map(|event| caption(story, event, lang)) {
        say(out, &line);
    }
    say(out, "");
    say(out, LEGEND.get(lang));
    sum_up(story, played, lang, out);
}

fn head(story: &Scenario, lang: Lang, out: &mut dyn Write) {
    let setup = &story.setup;
    say(out, story.title.get(lang));
    say(out, story.about.get(lang));
    let (homes, people) =
        (setup.place.household_count() as u64, setup.population.people.len() as u64);
    let workers = u64::from(setup.params.shifts.workers);
    let kind = kind_label(story.kind);
    let (from, to) =
        (story.calendar.date(setup.starts.day()), story.calendar.date(setup.ends.day()));
    let period = match lang {
        _ if from == to => from,
        Lang::Zh => format!("{from} 至 {to}"),
        Lang::En => format!("{from} to {to}"),
    };
    let line = match lang {
        Lang::Zh => format!(
            "{period}；{}户，{}人，社工{workers}名；种子 {}；{}",
            grouped(homes),
            grouped(people),
            setup.seed,
            kind.zh
        ),
        Lang::En => format!(
            "{period}; {} {}, {} people, {workers} {}; seed {}; {}",
            grouped(homes),
            plural(homes, "home", "homes"),
            grouped(people),
            plural(workers, "worker", "workers"),
            setup.seed,
            kind.en
        ),
    };
    say(out, &line);
    say(out, "");
}

/// What the columns mean; the headings are short.
const LEGEND: Bilingual = Bilingual::fixed(
    "未知、绿、橘、红、观察：当日结束时图上的户数。电话至漏送：当日的次数或人数；未接是没人接的电话。
志愿者：已经加入的人数。工时：已用/可用。未办完：当日结束时还等着的事。
全部数字的意思见 zhanyitu describe figures；逐项数值用 --json 或 --csv 取。",
    "unknown to watched: homes on the board at the end of the day (watched: in observation).
calls to missed: of that day (returns: people written down on return; missed: deliveries that did not come).
volunteers: joined so far. hours: used/available. undone: tasks still waiting at the end of the day.
What every figure means: zhanyitu describe figures. Every value: --json or --csv.",
);

fn columns(lang: Lang) -> [Column; 15] {
    let figures = |zh, en, width| {
        let heading = Bilingual::fixed(zh, en);
        Column::figures(heading.get(lang), width)
    };
    [
        Column::words(Bilingual::fixed("日期", "date").get(lang), 5),
        figures("未知", "unknown", 4),
        figures("绿", "green", 4),
        figures("橘", "orange", 4),
        figures("红", "red", 3),
        figures("观察", "watched", 4),
        figures("电话", "calls", 4),
        figures("未接", "no answer", 3),
        figures("救助", "helped", 3),
        figures("返京登记", "returns", 3),
        figures("送物", "deliveries", 4),
        figures("漏送", "missed", 4),
        figures("志愿者", "volunteers", 4),
        figures("工时", "hours", 7),
        figures("未办完", "undone", 4),
    ]
}

fn cells(story: &Scenario, day: &DayCounts) -> Vec<String> {
    let hours = format!(
        "{}/{}",
        day.minutes_used / MINUTES_AN_HOUR,
        day.minutes_available / MINUTES_AN_HOUR
    );
    let figures = [
        day.unknown,
        day.green,
        day.orange,
        day.red,
        day.observed,
        day.calls,
        day.calls_unanswered,
        day.helped,
        day.registered,
        day.deliveries,
        day.deliveries_missed,
        day.volunteers,
    ];
    let mut cells = vec![month_and_day(story, day.day.start())];
    cells.extend(figures.iter().map(u64::to_string));
    cells.extend([hours, day.overdue.to_string()]);
    cells
}

/// `01-24`
fn month_and_day(story: &Scenario, at: Minute) -> String {
    story.calendar.date(at.day()).chars().skip(MONTH_AT).collect()
}

/// A line between the days: what the story says, and what it could not do.
fn caption(story: &Scenario, event: &StoryEvent, lang: Lang) -> Option<String> {
    let when = |at: Minute| {
        let clock = at.clock();
        format!("   {} {:02}:{:02}", month_and_day(story, at), clock / 60, clock % 60)
    };
    match event {
        StoryEvent::Chapter { chapter, .. } => {
            let title = story.script.chapters.get(*chapter as usize)?.title.get(lang);
            Some(format!("── {title} ──"))
        }
        StoryEvent::Cue { at, cue } => {
            let cue = &story.script.cues[*cue as usize];
            let words = cue.say.as_ref()?.get(lang);
            let origin = cue.origin.label();
            Some(match lang {
                Lang::Zh => format!("{}  {words}〔{}〕", when(*at), origin.zh),
                Lang::En => format!("{}  {words} [{}]", when(*at), origin.en),
            })
        }
        _ => {
            let text = trouble(story, event)?;
            Some(format!("{}  {}", when(event.at()), text.get(lang)))
        }
    }
}

fn sum_up(story: &Scenario, played: &Played, lang: Lang, out: &mut dyn Write) {
    let (tested, failed) = played.claims();
    for event in &failed {
        say(out, &claim_line(story, event, lang));
    }
    if let Some(line) = base_rate::scripted(story, lang) {
        say(out, &line);
    }
    if let Some(range) = severity::of_log(story, played.moment.sim()) {
        say(out, &severity::sentence(&range, lang));
    }
    let seed = story.setup.seed;
    say(
        out,
        &match lang {
            Lang::Zh => format!(
                "这只是种子{seed}的一次，换个种子就会不同；看许多次怎样散开：zhanyitu ensemble 剧本"
            ),
            Lang::En => format!(
                "This is one run of many, with seed {seed}; another seed would differ. How far they spread: zhanyitu ensemble SCENE"
            ),
        },
    );
    let digest = hash::canonical(&played.moment);
    let claims = claims_words(tested, failed.len());
    let text = match lang {
        Lang::Zh => format!("{}；结局的校验值 {digest:016x}；{}", claims.zh, CAVEAT.zh),
        Lang::En => format!("{}; hash of the end {digest:016x}; {}", claims.en, CAVEAT.en),
    };
    say(out, &text);
}

/// How many claims came true.
pub(super) fn claims_words(tested: usize, failed: usize) -> Bilingual {
    let claims = plural(tested as u64, "claim", "claims");
    match (tested, failed) {
        (0, _) => Bilingual::fixed("剧本没有写预期", "the scene claims nothing"),
        (1, 0) => Bilingual::fixed("1条预期实现了", "its 1 claim came true"),
        (_, 0) => Bilingual::new(
            format!("{tested}条预期全部实现"),
            format!("all {tested} claims came true"),
        ),
        _ => Bilingual::new(
            format!("{tested}条预期中有{failed}条没有实现"),
            format!("{failed} of {tested} {claims} did not come true"),
        ),
    }
}
