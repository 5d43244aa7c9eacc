//! The anchors hold, and each of them notices its mutant.
//!
//! A mutant turns one knob by the amount that the anchor must detect and calls the very
//! same function; if it still passes, the anchor judges nothing.

use zhanyitu::anchors::{
    Fault, Knobs, Row, books, branching, classics, contacts, homes, knowledge, nature, office,
    structure, waves, wuhan,
};
use zhanyitu::sim::truth::illness::rules::ALIKE;

fn failures(rows: &[Row]) -> Vec<String> {
    let told = |r: &Row| {
        format!("{} {}: {} for {} ± {}", r.id, r.what.en, r.obtained, r.expected, r.tolerance)
    };
    rows.iter().filter(|r| !r.pass).map(told).collect()
}

/// Declares a test that an anchor holds and tests that it notices mutants.
macro_rules! anchor {
    ($holds:ident, $anchor:path, $( $notices:ident: $mutant:expr ),* $(,)?) => {
        #[test]
        fn $holds() {
            let rows = $anchor(&Knobs::default());
            let failed = failures(&rows);
            assert!(!rows.is_empty() && failed.is_empty(), "{failed:#?}");
        }

        $(
            #[test]
            fn $notices() {
                assert!(!failures(&$anchor(&$mutant)).is_empty());
            }
        )*
    };
}

/// Worlds of T12 here; the command runs two hundred.
const WORLDS: u32 = 24;

fn usual() -> Knobs {
    Knobs::default()
}

anchor!(t1_homes_follow_reed_frost_by_day, homes::reed_frost_daily,
    t1_by_day_notices_three_percent: Knobs { pair: 1030, ..usual() });
anchor!(t1_homes_follow_reed_frost_by_hour, homes::reed_frost_hourly,
    t1_by_hour_notices_three_percent: Knobs { pair: 970, ..usual() });
anchor!(t2_people_differ_not_contacts, homes::uneven_homes,
    t2_notices_differences_drawn_for_each_contact: Knobs { shape: Some(ALIKE), ..usual() });
anchor!(t3_tecumseh_is_met, homes::tecumseh,
    t3_notices_a_tenth: Knobs { pair: 1100, ..usual() });
anchor!(t4_the_final_size_is_met, waves::final_size,
    t4_notices_three_percent: Knobs { community: 1030, ..usual() });
anchor!(t5_growth_is_met, waves::growth,
    t5_notices_a_reproduction_number_of_2_7: Knobs { community: 1080, ..usual() });
anchor!(t6_homes_in_a_community_are_met, waves::two_levels,
    t6_notices_five_percent_of_the_community: Knobs { community: 1050, ..usual() },
    t6_notices_a_tenth_at_home: Knobs { pair: 1100, ..usual() });
anchor!(t7_the_threshold_is_met, waves::threshold,
    t7_notices_a_tenth: Knobs { community: 1100, ..usual() });
anchor!(t8_the_attack_rate_at_home_is_met, homes::attack_rate,
    t8_notices_three_percent: Knobs { pair: 1030, ..usual() });
anchor!(t9_beijing_families_are_met, homes::beijing_families,
    t9_notices_another_shape: Knobs { shape: Some(600), ..usual() });
anchor!(t10_extinction_is_met, branching::extinction,
    t10_notices_five_percent: Knobs { community: 1050, ..usual() },
    t10_notices_another_shape: Knobs { shape: Some(160), ..usual() });
anchor!(t11_small_outbreaks_are_met, branching::small_outbreaks,
    t11_notices_five_percent: Knobs { community: 1050, ..usual() });
#[test]
fn t12_the_steps_on_wuhans_dates_lie_in_the_published_bands() {
    let failed = failures(&wuhan::steps(&Knobs { worlds: WORLDS, ..usual() }));
    assert!(failed.is_empty(), "{failed:#?}");
}

#[test]
fn t12_notices_a_closure_that_closes_nothing() {
    let few = Knobs { worlds: 2, ..usual() };
    assert!(!failures(&wuhan::steps(&Knobs { reopens: true, ..few })).is_empty());
}

anchor!(t13_contacts_are_accounted_for, contacts::accounts,
    t13_notices_two_percent_of_the_contacts: Knobs { community: 1020, ..usual() },
    t13_notices_a_closure_that_leaves_twice_as_much: Knobs { reopens: true, ..usual() });
anchor!(t14_the_boarding_school_is_met, classics::boarding_school,
    t14_notices_three_percent: Knobs { community: 1030, ..usual() });
anchor!(t15_both_numbers_are_told, classics::what_the_fit_hides,
    t15_notices_three_percent: Knobs { community: 1030, ..usual() });
anchor!(t16_the_survey_ends_on_day_five_only_from_22_homes_a_day, office::survey,
    t16_notices_a_minute_more_at_every_home: Knobs { slower: 1, ..usual() });
anchor!(t17_the_wait_for_help_is_even_over_the_day, office::rescue,
    t17_notices_that_one_neighbour_in_twenty_looks_in: Knobs { neighbours: 50_000, ..usual() });
anchor!(t20_philox_gives_the_published_answers, office::philox,
    t20_notices_another_key: Knobs { leak: 1, ..usual() });
anchor!(t21_a_world_is_the_same_however_it_is_run, office::sameness,
    t21_notices_other_worlds: Knobs { leak: 1, ..usual() },
    t21_notices_worlds_that_share_a_counter: Knobs { fault: Some(Fault::Shares), ..usual() });

/// Two rows without an outbreak and two with one: what is saved, and what is stored.
#[test]
fn t21_notices_storage_that_forgets_a_plan() {
    let failed = failures(&office::sameness(&Knobs { fault: Some(Fault::Forgets), ..usual() }));
    let of = |words: &str| failed.iter().filter(|row| row.contains(words)).count();
    assert_eq!((failed.len(), of("saved"), of("stored")), (4, 2, 2), "{failed:#?}");
}

anchor!(t22_isolated_homes_change_nothing_else, office::isolated_homes,
    t22_notices_homes_that_are_not_isolated: Knobs { leak: 1, ..usual() });
anchor!(the_profile_of_infectivity_is_met, nature::profile,
    the_profile_notices_a_tenth: Knobs { incubation: 1100, ..usual() });
anchor!(t18_tails_of_the_incubation_are_met, nature::incubation_tails,
    t18_notices_one_percent: Knobs { incubation: 1010, ..usual() });
anchor!(t19_swabs_find_what_they_should, nature::swabs,
    t19_notices_a_tenth: Knobs { missed: 1100, ..usual() });
anchor!(t23_reductions_only_delay, structure::reductions_only_delay,
    t23_notices_a_reopening: Knobs { reopens: true, ..usual() });
anchor!(t24_compliance_is_nested, structure::compliance_is_nested,
    t24_notices_people_drawn_anew: Knobs { drawn_anew: true, ..usual() });
anchor!(t25_the_limits_are_exact, structure::limits,
    t25_notices_a_leak: Knobs { leak: 2000, ..usual() });
anchor!(t26_nobody_is_lost_or_counted_twice, books::balance,
    t26_notices_a_body_that_no_book_has: Knobs { leak: 1, ..usual() });
anchor!(t27_the_board_reads_no_truth, knowledge::reads_no_truth,
    t27_notices_what_the_office_is_told: Knobs { leak: 1, ..usual() });
anchor!(t28_parts_and_whole_are_the_same, structure::parts_and_whole,
    t28_notices_a_permit_that_asks_too_late: Knobs { by_step: true, ..usual() });
anchor!(tristan_shows_no_second_attack, classics::tristan,
    tristan_notices_another_reproduction_number: Knobs { community: 1300, ..usual() });
