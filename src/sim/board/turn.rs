//! When a home next looks different by the clock alone.
//!
//! Floor 1. Reads [`Knowledge`] and a minute; owns nothing. Whoever shows the
//! board need not look at every home each minute: a home changes when something
//! is learnt of it, or at its turn.

use super::knowledge::Knowledge;
use crate::base::time::Minute;
use crate::sim::params::ObservationParams;

/// The earliest minute after `now` at which the reason of a home's colour, a
/// [`Sign`](super::Sign) of it or its being stale may change although nothing new
/// is learnt of it; `None` if it stays as it is for good. It may come too early,
/// and then nothing has changed; it never comes too late.
///
/// Three things depend on the clock: a period ends at its last minute, checked or
/// not; knowledge is stale more than `rules.stale` minutes after the last contact;
/// a home in observation is lost more than `rules.lost` minutes after the last
/// check.
pub fn next_turn(known: &Knowledge, now: Minute, rules: &ObservationParams) -> Option<Minute> {
    let first = known.known.map(|fact| fact.at);
    let stale = known.last_contact.or(first).and_then(|at| after(at, rules.stale));
    // Only a home with a clock can be lost.
    let lost = known.last_check.or(first).filter(|_| known.has_clock());
    let lost = lost.and_then(|at| after(at, rules.lost));
    let ends = known.clocks().map(|clock| clock.until);
    ends.chain(stale).chain(lost).filter(|&at| at > now).min()
}

/// The first minute that is more than so many minutes later; `None` past the end
/// of all time.
fn after(at: Minute, minutes: u32) -> Option<Minute> {
    at.0.checked_add(minutes)?.checked_add(1).map(Minute)
}

#[cfg(test)]
pub(super) mod tests {
    use std::mem::{Discriminant, discriminant};

    use proptest::prelude::*;

    use super::*;
    use crate::base::ids::HouseholdId;
    use crate::base::time::{DAY_MINUTES, Day};
    use crate::sim::board::colour::is_stale;
    use crate::sim::board::{Observation, Reason, RiskColour, Sign, Told, colour, reason};
    use crate::sim::people::Marks;

    /// Everything that may be shown of a home.
    fn look(
        known: &Knowledge,
        at: Minute,
        rules: &ObservationParams,
    ) -> (RiskColour, Discriminant<Reason>, bool, Vec<bool>) {
        let signs = Sign::ALL.iter().map(|sign| sign.holds(known, at, rules)).collect();
        let why = discriminant(&reason(known, at, rules));
        (colour(known, at, rules), why, is_stale(known, at, rules), signs)
    }

    pub(in crate::sim::board) fn any_told() -> impl Strategy<Value = Told> {
        let until = || (1_u32..60, 0_u32..DAY_MINUTES).prop_map(|(d, m)| Minute::at(Day(d), m));
        prop_oneof![
            (any::<bool>(), 0_u8..3, any::<bool>()).prop_map(|(tenant, away, whole)| {
                Told::Surveyed { marks: Marks::LIVES_ALONE, tenant, away, whole }
            }),
            (0_u8..3).prop_map(|away| Told::ReportedAway { away }),
            (until(), any::<bool>(), any::<bool>(), 0_u8..2, 0_u8..20).prop_map(
                |(arrived, epidemic, watched, still_away, days)| Told::Returned {
                    members: 1,
                    arrived,
                    epidemic,
                    watched,
                    still_away,
                    days
                }
            ),
            (any::<bool>(), 0_u8..20)
                .prop_map(|(counts, days)| Told::GuestRecorded { counts, days }),
            Just(Told::Reached),
            Just(Told::Checked),
            Just(Told::Fever),
            Just(Told::Referred),
            Just(Told::OtherIllness),
            Just(Told::FeverOver),
            Just(Told::FirstNegative),
            proptest::option::of(until()).prop_map(|until| Told::SecondNegative { until }),
            Just(Told::Confirmed),
            until().prop_map(|until| Told::HouseholdContacts { until }),
            until().prop_map(|until| Told::Discharged { until }),
            Just(Told::ContactsDone),
            until().prop_map(|until| Told::NamedContact { until }),
            Just(Told::CallUnanswered),
            Just(Told::Emergency),
            Just(Told::Helped),
            Just(Told::MovedOut),
        ]
    }

    fn any_rules() -> impl Strategy<Value = ObservationParams> {
        (0_u32..4000, 0_u32..15_000, 0_u32..6000).prop_map(|(fresh, stale, lost)| {
            ObservationParams { fresh, lost, stale, ..ObservationParams::default() }
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(400))]

        /// From one turn to the next nothing changes, whatever was learnt before.
        #[test]
        fn between_two_turns_a_home_looks_the_same(
            told in proptest::collection::vec((0_u32..5 * DAY_MINUTES, any_told()), 0..9),
            rules in prop_oneof![Just(ObservationParams::default()), any_rules()],
            picks in proptest::collection::vec(any::<proptest::sample::Index>(), 60),
        ) {
            let mut known = Knowledge::default();
            let mut now = Minute(480);
            for (later, told) in told {
                now = now.plus(later);
                known.learn(&Observation { household: HouseholdId(0), at: now, told });
            }
            let far = now.plus(Day::LIMIT * DAY_MINUTES);
            // Minutes near which something could change, found without `next_turn`.
            let ages = [0, rules.fresh, rules.stale, rules.lost];
            let marked: Vec<Minute> = [known.known.map(|f| f.at), known.last_contact, known.last_check]
                .into_iter()
                .flatten()
                .flat_map(|at| ages.map(|age| at.plus(age)))
                .chain(known.clocks().map(|c| c.until))
                .flat_map(|at| [Minute(at.0.saturating_sub(1)), at, at.plus(1), at.plus(2)])
                .collect();
            let mut turns = 0;
            while now < far {
                let turn = next_turn(&known, now, &rules);
                prop_assert!(turn.is_none_or(|turn| turn > now));
                let end = turn.unwrap_or(far);
                let last = Minute(end.0 - 1);
                let before = look(&known, now, &rules);
                let span = (end.0 - now.0) as usize;
                let picked = picks.iter().map(|pick| now.plus(pick.index(span) as u32));
                let near = marked.iter().copied().filter(|at| (now..=last).contains(at));
                for at in picked.chain(near).chain([last]) {
                    prop_assert_eq!(&look(&known, at, &rules), &before, "{} in {}..{}", at, now, end);
                }
                now = end;
                turns += 1;
            }
            // Three clocks, one contact, one check, and the rest of time.
            prop_assert!(turns <= 6, "{} turns", turns);
        }
    }

    #[test]
    fn a_home_fades_once_and_stays_so() {
        let rules = ObservationParams::default();
        let mut known = Knowledge::default();
        assert_eq!(next_turn(&known, Minute(0), &rules), None);
        let at = Minute::at(Day(2), 720);
        known.learn(&Observation { household: HouseholdId(0), at, told: Told::Reached });
        known.learn(&Observation { household: HouseholdId(0), at, told: Told::Fever });
        let fades = at.plus(rules.stale + 1);
        assert_eq!(next_turn(&known, at, &rules), Some(fades));
        assert!(is_stale(&known, fades, &rules) && !is_stale(&known, Minute(fades.0 - 1), &rules));
        assert_eq!(next_turn(&known, fades, &rules), None);
    }
}
