//! Exact totals: who comes first in a keyed order, until the number is reached.
//!
//! Floor 1. Reads its arguments only; owns nothing.
//!
//! A share that is met only on average would make every total of the record an
//! accident of the seed. Here everybody who may be chosen gets a keyed number,
//! the numbers are sorted, and the first *n* are chosen. Homes beyond the core
//! stand in the same queue without being counted: they are chosen if they come
//! before the last counted one, so they follow the same shares and change nothing.

use crate::sim::draw::{Draw, Purpose, draw_each};

/// What is dealt out. The number is part of the draw's key: never reuse one.
#[derive(Debug, Clone, Copy)]
#[repr(u32)]
pub(super) enum Quota {
    /// Household sizes.
    Size = 1,
    /// Tenants.
    Tenant = 2,
    /// Elders who live alone.
    LivesAlone = 3,
    /// Homes of elders only.
    EmptyNest = 4,
    /// The very old among those who live alone.
    OldestAlone = 5,
    /// Homes with a disabled member.
    Disabled = 6,
    /// Homes with minimum living allowance.
    LowIncome = 7,
    /// Homes with a Party member.
    Party = 8,
    /// The surgeon.
    Surgeon = 9,
    /// People who would volunteer.
    Willing = 10,
    /// Homes from which somebody travelled.
    Traveller = 11,
    /// Travelling homes that leave during the story.
    LateLeaver = 12,
}

/// Somebody, or a home, that may be chosen.
#[derive(Debug, Clone, Copy)]
pub(super) struct Candidate {
    /// Household or person number.
    pub id: u32,
    /// Odds against the others; 0 is never chosen.
    pub weight: u32,
}

/// Place in a queue: the keyed number, and who. No two are alike.
type Ticket = (u64, u32);

/// Everybody who may be chosen, with the number that settles when. The chance to be
/// among the first is proportional to the weight, as long as few are taken.
fn tickets(seed: u64, quota: Quota, candidates: impl Iterator<Item = Candidate>) -> Vec<Ticket> {
    let open: Vec<Candidate> = candidates.filter(|c| c.weight > 0).collect();
    let mut queue = Vec::with_capacity(open.len());
    let ids = open.iter().map(|c| c.id);
    draw_each(seed, Purpose::PeopleRank, ids, (quota as u32, 0), |id, Draw([high, low, ..])| {
        let number = u64::from(high) << u32::BITS | u64::from(low);
        queue.push((number / u64::from(open[queue.len()].weight), id));
    });
    queue
}

/// Everybody who may be chosen, in the order in which they are.
pub(super) fn ranked(
    seed: u64,
    quota: Quota,
    candidates: impl Iterator<Item = Candidate>,
) -> Vec<u32> {
    let mut queue = tickets(seed, quota, candidates);
    queue.sort_unstable();
    queue.into_iter().map(|(_, id)| id).collect()
}

/// The first of those who may be chosen.
pub(super) fn foremost(
    seed: u64,
    quota: Quota,
    candidates: impl Iterator<Item = Candidate>,
) -> Option<u32> {
    tickets(seed, quota, candidates).into_iter().min().map(|(_, id)| id)
}

/// Chooses exactly `count` of those for whom `counted` holds (all of them when
/// they are fewer), and whoever else stands before the last of these. By id.
pub(super) fn choose(
    seed: u64,
    quota: Quota,
    count: u32,
    counted: impl Fn(u32) -> bool,
    candidates: impl Iterator<Item = Candidate>,
) -> Vec<u32> {
    let queue = tickets(seed, quota, candidates);
    // Only the last one has to be known, not the order of those before.
    let mut counting: Vec<Ticket> = queue.iter().copied().filter(|t| counted(t.1)).collect();
    let Some(last) = (count as usize).min(counting.len()).checked_sub(1) else {
        return Vec::new();
    };
    let last = *counting.select_nth_unstable(last).1;
    let mut chosen: Vec<u32> = queue.into_iter().filter(|t| *t <= last).map(|t| t.1).collect();
    chosen.sort_unstable();
    chosen
}

/// A queue without those who stand behind everybody that counts: without this,
/// a core too small for its quota would let all of them in.
pub(super) fn up_to_last(mut queue: Vec<u32>, counted: impl Fn(u32) -> bool) -> Vec<u32> {
    let last = queue.iter().rposition(|&id| counted(id));
    queue.truncate(last.map_or(0, |i| i + 1));
    queue
}

/// Divides `total` in the given proportions by largest remainder; the earlier
/// part wins a tie. All parts are 0 when all weights are.
pub(super) fn apportion(weights: &[u32], total: u32) -> Vec<u32> {
    let sum: u64 = weights.iter().copied().map(u64::from).sum();
    if sum == 0 {
        return vec![0; weights.len()];
    }
    let exact: Vec<u64> = weights.iter().map(|&w| u64::from(w) * u64::from(total)).collect();
    let mut parts: Vec<u32> = exact.iter().map(|e| (e / sum) as u32).collect();
    let mut by_remainder: Vec<usize> = (0..weights.len()).collect();
    by_remainder.sort_by_key(|&i| (std::cmp::Reverse(exact[i] % sum), i));
    let missing = total - parts.iter().sum::<u32>();
    for &i in by_remainder.iter().take(missing as usize) {
        parts[i] += 1;
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn everybody(n: u32) -> impl Iterator<Item = Candidate> {
        (0..n).map(|id| Candidate { id, weight: 1 })
    }

    #[test]
    fn exactly_the_number_asked_for_is_chosen() {
        for seed in 0..5 {
            let chosen = choose(seed, Quota::Tenant, 37, |_| true, everybody(500));
            assert_eq!(chosen.len(), 37);
            assert!(chosen.is_sorted());
        }
        assert_eq!(choose(1, Quota::Tenant, 9, |_| true, everybody(4)), [0, 1, 2, 3]);
        assert!(choose(1, Quota::Tenant, 0, |_| true, everybody(4)).is_empty());
    }

    /// What choosing means, said at length: walk along the queue until enough are counted.
    #[test]
    fn the_chosen_are_the_front_of_the_queue() {
        let mixed = |n: u32| (0..n).map(move |id| Candidate { id: id * 7 % n, weight: id % 4 });
        for (seed, n, count) in [(1, 0, 3), (2, 1, 1), (3, 50, 7), (4, 50, 500), (5, 211, 100)] {
            for cores in [0, n / 3, n] {
                let counted = |id: u32| id < cores;
                let queue = up_to_last(ranked(seed, Quota::Disabled, mixed(n)), counted);
                let mut left = count;
                let mut front = Vec::new();
                for id in queue {
                    if left == 0 {
                        break;
                    }
                    left -= u32::from(counted(id));
                    front.push(id);
                }
                front.sort_unstable();
                let chosen = choose(seed, Quota::Disabled, count, counted, mixed(n));
                assert_eq!(chosen, front, "seed {seed}, {cores} of {n}");
            }
            let first = foremost(seed, Quota::Surgeon, mixed(n));
            assert_eq!(first, ranked(seed, Quota::Surgeon, mixed(n)).first().copied());
        }
    }

    #[test]
    fn the_uncounted_change_nothing_and_follow_the_same_share() {
        let alone = choose(3, Quota::Party, 100, |_| true, everybody(500));
        let more = choose(3, Quota::Party, 100, |id| id < 500, everybody(2500));
        let (core, extra): (Vec<u32>, Vec<u32>) = more.into_iter().partition(|&id| id < 500);
        assert_eq!(core, alone);
        // 400 expected; the standard deviation, from the cut and the draw, is about 40.
        assert!(extra.len().abs_diff(400) < 160, "{}", extra.len());
    }

    #[test]
    fn a_double_weight_is_chosen_twice_as_often() {
        let queue = (0..30_000).map(|id| Candidate { id, weight: 1 + id % 2 });
        let chosen = choose(1, Quota::Disabled, 3000, |_| true, queue);
        let heavy = chosen.iter().filter(|&&id| id % 2 == 1).count();
        assert!(heavy.abs_diff(2000) < 4 * 26, "{heavy}");
    }

    #[test]
    fn parts_add_up_and_ties_go_to_the_earlier() {
        assert_eq!(apportion(&[1, 1, 1], 10), [4, 3, 3]);
        assert_eq!(apportion(&[594, 586, 566, 159, 65, 19, 11], 10), [3, 3, 3, 1, 0, 0, 0]);
        assert_eq!(apportion(&[0, 0], 10), [0, 0]);
    }
}
