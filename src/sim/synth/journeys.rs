//! Who left Beijing, when, whither, and when they stand at a lane mouth again.
//!
//! Floor 1. Reads the draft; writes trips. Whoever travels together leaves and
//! comes back together, except now and then one who is held up. No child travels
//! or stays behind without an adult of the home.
//! Source: press reports and notices of spring 2020; totals and waves are on the cards.

use crate::base::ids::{HouseholdId, PersonId};
use crate::base::time::{Day, Minute};
use crate::sim::draw::{Draw, Purpose, draw};
use crate::sim::people::{Region, Tenure, Trip};

use super::families::ADULT;
use super::quota::{Candidate, Quota, choose, ranked, up_to_last};
use super::{Draft, PERMILLE, Question, TripParams};

/// Days over which something happens, and how often. Departures count days
/// before the story's first; returns count days of the story.
struct Window {
    first: i32,
    last: i32,
    weight: u32,
}

const fn window(first: i32, last: i32, weight: u32) -> Window {
    Window { first, last, weight }
}

/// Departures within China. The festival's travel season began on 10 January,
/// day −14; most offices closed from day −3 to day 0.
const LEFT: &[Window] = &[
    window(-24, -15, 8),
    window(-14, -8, 27),
    window(-7, -4, 30),
    window(-3, -1, 30),
    window(0, 0, 5),
];
/// Departures to Hubei: Wuhan was closed on the morning of day −1.
const LEFT_HUBEI: &[Window] = &[window(-14, -8, 40), window(-7, -4, 40), window(-3, -2, 20)];
/// Departures abroad: holidays, and longer stays.
const LEFT_ABROAD: &[Window] = &[window(-120, -25, 25), window(-24, -8, 30), window(-7, -1, 45)];
/// Departures during the story: visits in the festival week, errands in April.
const LEFT_LATE: &[Window] = &[window(1, 5, 60), window(60, 90, 40)];

/// Returns within China by day of the story, in the order of the cards `back_…`.
const BACK: [(u32, u32); 7] = [(2, 6), (7, 11), (12, 18), (19, 24), (25, 37), (38, 68), (69, 98)];
/// Returns from abroad: holidays end, then the wave of March that the country
/// met with central quarantine, then hardly a flight. The rest come later.
const BACK_ABROAD: &[Window] = &[
    window(2, 12, 30),
    window(13, 37, 15),
    window(38, 52, 20),
    window(53, 66, 15),
    window(67, 98, 5),
    window(i32::MAX, i32::MAX, 15),
];

/// People of one home who travel together.
struct Group {
    home: u32,
    people: Vec<PersonId>,
}

/// Every journey, by person.
pub(super) fn draw_all(draft: &Draft, rules: &TripParams) -> Vec<Trip> {
    let groups = groups(draft, rules);
    let regions = regions(draft, rules, &groups);
    let late = late_leavers(draft, rules, &groups, &regions);
    let mut trips = Vec::new();
    for (group, from) in groups.iter().zip(regions) {
        let is_late = late.binary_search(&group.home).is_ok();
        journey(draft, rules, group, from, is_late, &mut trips);
    }
    trips.sort_unstable_by_key(|t| t.person);
    trips
}

fn about(draft: &Draft, home: u32, question: Question) -> Draw {
    draw(draft.seed, Purpose::Trip, home, question as u32, 0)
}

/// Homes in their keyed order send travellers until the total of the core is
/// reached; the last home sends no more than are missing.
fn groups(draft: &Draft, rules: &TripParams) -> Vec<Group> {
    let queue = draft.households().map(|h| Candidate { id: h.0, weight: odds(draft, rules, h) });
    let mut left = draft.scaled(rules.travellers) as usize;
    let mut groups = Vec::new();
    let order = ranked(draft.seed, Quota::Traveller, queue);
    for home in up_to_last(order, |id| draft.counted(id)) {
        if left == 0 {
            break;
        }
        let counted = draft.counted(home);
        let most = if counted { left } else { usize::MAX };
        let people = travellers(draft, rules, home, most);
        if counted {
            left -= people.len();
        }
        if !people.is_empty() {
            groups.push(Group { home, people });
        }
    }
    groups
}

fn odds(draft: &Draft, rules: &TripParams, home: HouseholdId) -> u32 {
    let facts = &draft.homes[home.index()];
    let stays = facts.members().any(|p| {
        let person = &draft.people[p.index()];
        person.surgeon || u32::from(person.age) >= rules.stays_from
    });
    let elders = if facts.marks.is_called_daily() { rules.elder_odds } else { PERMILLE };
    match facts.tenure {
        _ if stays => 0,
        Tenure::Settled => elders,
        Tenure::Tenant => elders * rules.tenant_odds / PERMILLE,
    }
}

/// Who of a home travels, at most so many; by id.
fn travellers(draft: &Draft, rules: &TripParams, home: u32, most: usize) -> Vec<PersonId> {
    let facts = &draft.homes[home as usize];
    let (mut adults, children): (Vec<PersonId>, Vec<PersonId>) =
        facts.members().partition(|p| draft.people[p.index()].age >= ADULT);
    let whole = match facts.tenure {
        Tenure::Settled => rules.whole_settled,
        Tenure::Tenant => rules.whole_tenant,
    };
    let d = about(draft, home, Question::Group);
    let one_adult = adults.len() == 1;
    if (one_adult || d.chance(whole)) && usize::from(facts.size) <= most {
        return facts.members().collect();
    }
    if one_adult {
        return Vec::new();
    }
    // Not everybody: at least one adult stays, for the children and the door.
    let start = d.below(1, adults.len() as u32) as usize;
    let number = d.between(2, 1, adults.len() as u32 - 1) as usize;
    adults.rotate_left(start);
    adults.truncate(number.min(most));
    if adults.len() + children.len() <= most && d.lane_chance(3, rules.children_along) {
        adults.extend(children);
    }
    adults.sort_unstable();
    adults
}

/// Where each group was. The totals of the core are met exactly: the largest
/// groups choose first among the places that still have room for them.
fn regions(draft: &Draft, rules: &TripParams, groups: &[Group]) -> Vec<Region> {
    let counts = [rules.wuhan, rules.hubei, rules.jin_ji, rules.abroad];
    let total = draft.scaled(rules.travellers);
    let [wuhan, hubei, jin_ji, abroad] = counts.map(|n| draft.scaled(n));
    let elsewhere = total.saturating_sub(wuhan + hubei + jin_ji + abroad);
    let shares = [wuhan, hubei, jin_ji, elsewhere, abroad];
    let mut room = shares;
    let mut regions = vec![Region::Elsewhere; groups.len()];
    let mut order: Vec<usize> = (0..groups.len()).collect();
    order.sort_by_key(|&i| (std::cmp::Reverse(groups[i].people.len()), groups[i].home));
    for i in order {
        let (home, size) = (groups[i].home, groups[i].people.len() as u32);
        let counted = draft.counted(home);
        let open = if counted { room.map(|r| if r >= size { r } else { 0 }) } else { shares };
        let tenant = draft.homes[home as usize].tenure == Tenure::Tenant;
        let abroad_odds = if tenant { rules.tenant_abroad } else { PERMILLE };
        let mut weights = open.map(|r| r * PERMILLE);
        for (weight, region) in weights.iter_mut().zip(Region::ALL) {
            if region == Region::Abroad {
                *weight = *weight / PERMILLE * abroad_odds;
            }
        }
        let chosen = about(draft, home, Question::Region).weighted(0, weights);
        // No room for a group of this size: other provinces take it.
        let Some(chosen) = chosen else { continue };
        regions[i] = Region::ALL[chosen];
        if counted {
            room[chosen] -= size;
        }
    }
    regions
}

/// Homes that leave during the story; nobody goes to Hubei or abroad by then.
fn late_leavers(
    draft: &Draft,
    rules: &TripParams,
    groups: &[Group],
    regions: &[Region],
) -> Vec<u32> {
    let near = |region: &Region| matches!(region, Region::JinJi | Region::Elsewhere);
    let candidates = groups.iter().zip(regions).filter(|(_, region)| near(region));
    let queue = candidates.map(|(group, _)| Candidate { id: group.home, weight: 1 });
    let count = draft.scaled(rules.late);
    choose(draft.seed, Quota::LateLeaver, count, |id| draft.counted(id), queue)
}

/// The trips of one group.
fn journey(
    draft: &Draft,
    rules: &TripParams,
    group: &Group,
    from: Region,
    late: bool,
    trips: &mut Vec<Trip>,
) {
    let departures = match from {
        _ if late => LEFT_LATE,
        Region::Wuhan | Region::Hubei => LEFT_HUBEI,
        Region::Abroad => LEFT_ABROAD,
        Region::JinJi | Region::Elsewhere => LEFT,
    };
    let left_day = day_of(about(draft, group.home, Question::Left), departures);
    let d = about(draft, group.home, Question::Back);
    let day = if late {
        // Day 1 is day 0 of `left_day`; nobody comes back on the day of leaving.
        Some(left_day as u32 + 1 + d.between(0, 1, rules.late_stay))
    } else {
        back_day(rules, from, d)
    };
    let clock = d.between(2, rules.arrive_from, rules.arrive_until.max(rules.arrive_from));
    let together = day.map(|day| Minute::at(Day(day), clock));
    let held_up = held_up(draft, rules, group);
    for &person in &group.people {
        let wait = held_up.filter(|&(who, _)| who == person).map_or(0, |(_, days)| days);
        let back = together.map(|back| Minute::at(Day(back.day().0 + wait), back.clock()));
        trips.push(Trip { person, left_day, back, from });
    }
}

/// The day of the story on which people come back, if before any story ends.
fn back_day(rules: &TripParams, from: Region, d: Draw) -> Option<u32> {
    match from {
        Region::Wuhan | Region::Hubei => {
            let opens = if from == Region::Wuhan { rules.wuhan_opens } else { rules.hubei_opens };
            let later = d.chance(rules.hubei_later);
            (!later).then(|| opens + d.below(1, rules.hubei_days))
        }
        Region::Abroad => {
            let day = day_of(d, BACK_ABROAD);
            (day < i32::MAX).then_some(day as u32)
        }
        Region::JinJi | Region::Elsewhere => {
            let waves = [
                rules.back_early,
                rules.back_holiday,
                rules.back_work,
                rules.back_mid_february,
                rules.back_late_february,
                rules.back_march,
                rules.back_april,
                rules.back_later,
            ];
            let wave = d.weighted(0, waves)?;
            BACK.get(wave).map(|&(first, last)| d.between(1, first, last))
        }
    }
}

/// A day from a table: word 0 chooses the window, word 1 the day.
fn day_of(d: Draw, windows: &[Window]) -> i32 {
    let chosen = d.weighted(0, windows.iter().map(|w| w.weight));
    let window = &windows[chosen.unwrap_or_default()];
    window.first + d.below(1, window.last.abs_diff(window.first) + 1) as i32
}

/// The adult of a group who comes later than the others, and by how many days.
/// Somebody grown up comes with the others.
fn held_up(draft: &Draft, rules: &TripParams, group: &Group) -> Option<(PersonId, u32)> {
    let grown = |p: &PersonId| draft.people[p.index()].age >= ADULT;
    let adults: Vec<PersonId> = group.people.iter().copied().filter(grown).collect();
    let d = about(draft, group.home, Question::Split);
    let happens = adults.len() > 1 && d.chance(rules.split);
    happens.then(|| {
        let who = adults[d.below(1, adults.len() as u32) as usize];
        (who, d.between(2, 1, rules.split_days))
    })
}
