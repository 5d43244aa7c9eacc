//! Hours, neighbours and lane mouths, line by line.
//!
//! Floor 8. Reads the force and the day's tally; makes lines. Every figure has its
//! unit; how tired somebody is, is said in words.

use super::Line;
use super::words::{SAID, numbers, texts, time};
use crate::app::Live;
use crate::app::known::fill;
use crate::app::view::Squeeze;
use crate::base::ids::MouthId;
use crate::base::text::{Bilingual, Lang, plural};
use crate::session::frame::workday;
use crate::session::today;
use crate::sim::work::{MouthState, Site, TaskKind, Worker, WorkerKind};

fn counted(text: &Bilingual, n: u64, slot: &str, one: &str, many: &str) -> Bilingual {
    let words = fill(text, &[(slot, &|_| plural(n, one, many).to_owned())]);
    numbers(&words, &[("n", n)])
}

/// Minutes of work that ended today, by kind, in the order of [`TaskKind::ALL`].
fn spent(live: &Live) -> Vec<(u64, u64)> {
    let sim = live.sim();
    let counts = today::spent(live.session());
    TaskKind::ALL.iter().zip(counts).map(|(kind, minutes)| (minutes, sim.waiting(*kind))).collect()
}

/// Kinds of work that have a line of their own, by how little room there is; those
/// that took most stay.
const KINDS: [usize; 6] = [7, 7, 5, 4, 3, 2];

/// Hours there are, what waits, and what the hours went into.
pub(super) fn hours(live: &Live, squeeze: Squeeze) -> Vec<Line> {
    let day = workday(live.session());
    let (used, all) = (time(day.minutes_used), time(day.minutes_available));
    let spent = spent(live);
    let overdue = spent.iter().map(|(_, waits)| waits).sum();
    let mut lines = vec![
        Line::Lead(texts(&SAID.hours, &[("n", &used), ("all", &all)])),
        Line::Text(counted(&SAID.overdue, overdue, "things", "thing", "things")),
        Line::Head(SAID.spent.clone()),
    ];
    let most = KINDS[usize::from(squeeze.0).min(KINDS.len() - 1)];
    let mut order: Vec<usize> = (0..spent.len()).collect();
    order.sort_by_key(|i| (std::cmp::Reverse(spent[*i]), *i));
    order.truncate(most);
    order.sort_unstable();
    for (i, name) in SAID.kinds.iter().enumerate().filter(|(i, _)| order.contains(i)) {
        let (minutes, waits) = spent[i];
        let waiting = if waits > 0 { numbers(&SAID.waits, &[("n", waits)]) } else { NOTHING };
        lines.push(Line::Row(name.clone(), time(minutes), waiting));
    }
    lines
}

const NOTHING: Bilingual = Bilingual::fixed("", "");

/// Up to so much somebody is rested, and up to so much only somewhat tired, permille.
const RESTED: u16 = 300;
const WEARY: u16 = 600;

fn is_neighbour(worker: &Worker) -> bool {
    worker.active && worker.kind != WorkerKind::Staff
}

/// Neighbours who joined, who is on duty, and how tired they are.
pub(super) fn neighbours(live: &Live, squeeze: Squeeze) -> Vec<Line> {
    let now = live.now();
    let force = || live.sim().work().workers.iter().filter(|w| is_neighbour(w));
    let count = |of: &dyn Fn(&Worker) -> bool| force().filter(|w| of(w)).count() as u64;
    let joined = count(&|_| true);
    if joined == 0 {
        return vec![Line::Lead(SAID.none_yet.clone())];
    }
    let duty = count(&|w| w.offered > 0);
    let here = count(&|w| w.offered > 0 && w.from <= now && now < w.until);
    let persons = |n| numbers(&SAID.persons, &[("n", n)]);
    let tired = |name: &Bilingual, n| Line::Row(name.clone(), persons(n), NOTHING);
    let mut lines = vec![
        Line::Lead(counted(&SAID.joined, joined, "neighbours", "neighbour", "neighbours")),
        Line::Lead(numbers(&SAID.on_duty, &[("n", duty), ("now", here)])),
        Line::Head(SAID.tired.clone()),
        tired(&SAID.rested, count(&|w| w.fatigue < RESTED)),
        tired(&SAID.weary, count(&|w| (RESTED..WEARY).contains(&w.fatigue))),
        tired(&SAID.worn, count(&|w| w.fatigue >= WEARY)),
    ];
    if squeeze.0 < 2 {
        lines.push(Line::Text(SAID.tire_why.clone()));
    }
    lines
}

/// Mouths that have a line of their own, by how little room there is.
const MOUTHS: [usize; 6] = [8, 8, 6, 4, 2, 1];
const METRES_IN_TENTHS_OF_KM: u64 = 100;

/// Lane mouths: what they cost, how each stands, and who is there.
pub(super) fn mouths(live: &Live, squeeze: Squeeze) -> Vec<Line> {
    let sim = live.sim();
    let place = &live.setup().place;
    let ids = (0..place.mouths.len()).map(MouthId::from_index);
    let duty = ids.map(|id| live.today().duty(id));
    let duty = duty.fold([0, 0], |sum, ended| [sum[0] + ended[0], sum[1] + ended[1]]);
    let (staff, others) = (time(duty[0]), time(duty[1]));
    let tenths = sim.figure(live.setup(), "extra_walking") / METRES_IN_TENTHS_OF_KM;
    let km = |_: Lang| format!("{}.{}", tenths / 10, tenths % 10);
    let brought = today::deliveries(live.session());
    let mut lines = vec![
        Line::Text(texts(&SAID.duty, &[("staff", &staff), ("others", &others)])),
        Line::Text(fill(&SAID.walking, &[("km", &km)])),
    ];
    if squeeze.0 < Squeeze::MOST {
        let text = counted(&SAID.brought, brought, "deliveries", "delivery", "deliveries");
        lines.push(Line::Text(text));
    }
    let most = MOUTHS[usize::from(squeeze.0).min(MOUTHS.len() - 1)];
    for (i, (mouth, state)) in place.mouths.iter().zip(&sim.work().mouths).enumerate().take(most) {
        let said = match state.state {
            MouthState::Open => SAID.open.clone(),
            MouthState::Sealed => SAID.sealed.clone(),
            MouthState::Staffed => standing(live, MouthId::from_index(i)),
        };
        lines.push(Line::Row(mouth.name.clone(), said, NOTHING));
    }
    let more = place.mouths.len().saturating_sub(most) as u64;
    if more > 0 {
        lines.push(Line::Text(counted(&SAID.more_mouths, more, "mouths", "mouth", "mouths")));
    }
    lines
}

/// Who stands at a mouth now.
fn standing(live: &Live, mouth: MouthId) -> Bilingual {
    let here =
        |w: &&Worker| w.job.is_some_and(|j| matches!(j.task.site, Site::Mouth(m, _) if m == mouth));
    let workers = || live.sim().work().workers.iter().filter(here);
    let staff = workers().filter(|w| w.kind == WorkerKind::Staff).count() as u64;
    let others = workers().count() as u64 - staff;
    let one = counted(&SAID.workers, staff, "workers", "worker", "workers");
    let two = counted(&SAID.neighbours, others, "neighbours", "neighbour", "neighbours");
    let who = match (staff, others) {
        (0, 0) => return SAID.empty.clone(),
        (_, 0) => one,
        (0, _) => two,
        _ => Bilingual::new(format!("{}、{}", one.zh, two.zh), format!("{}, {}", one.en, two.en)),
    };
    texts(&SAID.kept, &[("who", &who)])
}
