//! Contacts held to their rules, one by one and in a storm.

use super::*;
use proptest::prelude::*;

const MM: f32 = 2.0;
type Out = Vec<Gesture<u8>>;

fn ms(n: u64) -> Duration {
    Duration::from_millis(n)
}

fn finger(n: u64) -> ContactId {
    ContactId::Finger(n)
}

/// Left of 100 px lies control 1, left of 200 control 2, beyond the map.
fn under(at: Vec2) -> Option<u8> {
    match at.x {
        x if x < 100.0 => Some(1),
        x if x < 200.0 => Some(2),
        _ => None,
    }
}

fn play(contacts: &mut Contacts<u8>, events: &[(u64, Event)]) -> Out {
    let mut out = Vec::new();
    for &(at, event) in events {
        contacts.feed(event, ms(at), under, &mut out);
    }
    out
}

fn at(x: f32, y: f32) -> Vec2 {
    Vec2::new(x, y)
}

#[test]
fn a_short_touch_is_a_tap_and_a_long_way_is_a_drag() {
    let mut contacts = Contacts::new(MM);
    let out = play(
        &mut contacts,
        &[(0, Event::Down(finger(1), at(500.0, 500.0))), (90, Event::Up(finger(1)))],
    );
    assert_eq!(out, [Gesture::Tapped(at(500.0, 500.0))]);
    let out = play(
        &mut contacts,
        &[
            (200, Event::Down(finger(1), at(500.0, 500.0))),
            (220, Event::Move(finger(1), at(530.0, 500.0))),
            (230, Event::Up(finger(1))),
        ],
    );
    assert_eq!(out, [Gesture::Panned(at(30.0, 0.0))]);
    let out = play(
        &mut contacts,
        &[(300, Event::Down(finger(1), at(500.0, 500.0))), (1300, Event::Up(finger(1)))],
    );
    assert_eq!(out, [], "a resting finger is no tap on the map");
}

#[test]
fn a_finger_that_lifts_releases_only_what_it_pressed() {
    let mut contacts = Contacts::new(MM);
    let out = play(
        &mut contacts,
        &[
            (0, Event::Down(finger(1), at(50.0, 50.0))),
            (10, Event::Down(finger(2), at(150.0, 900.0))),
            (20, Event::Up(finger(2))),
        ],
    );
    assert_eq!(
        out,
        [
            Gesture::Pressed(1, at(50.0, 50.0)),
            Gesture::Pressed(2, at(150.0, 900.0)),
            Gesture::Released(2, true),
        ]
    );
    assert_eq!(play(&mut contacts, &[(900, Event::Up(finger(1)))]), [Gesture::Released(1, true)]);
}

#[test]
fn two_fingers_spread_and_a_third_only_taps() {
    let mut contacts = Contacts::new(MM);
    let out = play(
        &mut contacts,
        &[
            (0, Event::Down(finger(1), at(400.0, 500.0))),
            (0, Event::Down(finger(2), at(600.0, 500.0))),
            (10, Event::Move(finger(2), at(800.0, 500.0))),
            (20, Event::Down(finger(3), at(900.0, 900.0))),
            (30, Event::Move(finger(3), at(904.0, 900.0))),
            (40, Event::Up(finger(3))),
            (50, Event::Up(finger(1))),
            (60, Event::Up(finger(2))),
        ],
    );
    assert_eq!(
        out,
        [
            Gesture::Panned(at(100.0, 0.0)),
            Gesture::Spread(2.0, at(600.0, 500.0)),
            Gesture::Tapped(at(904.0, 900.0)),
        ]
    );
    assert!(contacts.is_empty());
}

#[test]
fn a_palm_asks_for_nothing_and_blocks_nobody() {
    let mut contacts = Contacts::new(MM);
    let out = play(
        &mut contacts,
        &[
            (0, Event::Down(finger(1), at(500.0, 500.0))),
            (1, Event::Down(finger(2), at(520.0, 520.0))),
            (2, Event::Down(finger(3), at(540.0, 500.0))),
            (30, Event::Move(finger(2), at(620.0, 520.0))),
            (40, Event::Down(finger(4), at(1500.0, 500.0))),
            (60, Event::Up(finger(4))),
            (70, Event::Up(finger(1))),
            (71, Event::Up(finger(2))),
            (72, Event::Up(finger(3))),
        ],
    );
    assert_eq!(out, [Gesture::Tapped(at(1500.0, 500.0))]);
}

#[test]
fn a_lost_end_is_let_go_and_a_held_finger_moves_nothing() {
    let mut contacts = Contacts::new(MM);
    let mut out = play(&mut contacts, &[(0, Event::Down(finger(1), at(500.0, 500.0)))]);
    for frame in 0..600 {
        contacts.feed(Event::Move(finger(1), at(500.0, 500.0)), ms(frame * 16), under, &mut out);
    }
    contacts.tick(ms(19_999), &mut out);
    assert_eq!((out.as_slice(), contacts.len()), ([].as_slice(), 1));
    contacts.tick(ms(20_000), &mut out);
    assert_eq!((out.as_slice(), contacts.len()), ([].as_slice(), 0));
}

#[test]
fn the_mouse_is_not_believed_right_after_a_touch() {
    let mut contacts = Contacts::new(MM);
    let click = |t| {
        [(t, Event::Down(ContactId::Mouse, at(50.0, 9.0))), (t + 5, Event::Up(ContactId::Mouse))]
    };
    play(&mut contacts, &[(0, Event::Down(finger(1), at(50.0, 9.0))), (5, Event::Up(finger(1)))]);
    assert_eq!(play(&mut contacts, &click(500)), []);
    assert_eq!(play(&mut contacts, &click(1010)).len(), 2);
}

/// A small generator that is the same each time.
fn below(seed: &mut u64, n: u64) -> u64 {
    *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    (*seed >> 33) % n
}

/// What one hand does: down, a few movements, up. Its places lie around `home`.
fn hand(seed: &mut u64, id: u64, home: f32) -> Vec<Event> {
    let mut wander = |far: u64| home + below(seed, far) as f32;
    let (x, y) = (wander(40), wander(900));
    let mut events = vec![Event::Down(finger(id), at(x, y))];
    for _ in 0..wander(4) as u64 % 4 {
        events.push(Event::Move(finger(id), at(x + wander(9) - home, y + wander(30) - home)));
    }
    events.push(Event::Up(finger(id)));
    events
}

/// M1 to M3 in ten thousand interleavings: whatever the order in which two hands come
/// down, move and lift, each does what it would have done alone.
#[test]
fn two_hands_in_any_order_do_what_each_does_alone() {
    let mut seed = 2020;
    let mut kinds = [0_u32; 3];
    for round in 0..10_000 {
        // A control each, a control and the map, or the map and a control.
        let homes = [(10.0, 110.0), (10.0, 500.0), (800.0, 110.0)][round % 3];
        let hands = [hand(&mut seed, 1, homes.0), hand(&mut seed, 2, homes.1)];
        let (mut mixed, mut alone) = (Vec::new(), [Vec::new(), Vec::new()]);
        let (mut now, mut next) = (0, [0, 0]);
        while (0..2).any(|i| next[i] < hands[i].len()) {
            let mut who = below(&mut seed, 2) as usize;
            if next[who] == hands[who].len() {
                who = 1 - who;
            }
            now += below(&mut seed, 60);
            let event = hands[who][next[who]];
            next[who] += 1;
            mixed.push((now, who, event));
            alone[who].push((now, event));
        }
        let (mut contacts, mut out) = (Contacts::new(MM), Vec::new());
        let mut held = [false; 2];
        for &(time, who, event) in &mixed {
            contacts.feed(event, ms(time), under, &mut out);
            held[who] = !matches!(event, Event::Up(_));
            let on_control = [homes.0 < 200.0, homes.1 < 200.0];
            let holds = (0..2).any(|i| held[i] && on_control[i]);
            assert_eq!(contacts.holds(), holds, "round {round}: {mixed:?}");
        }
        let mut wanted: Vec<Gesture<u8>> =
            alone.iter().flat_map(|events| play(&mut Contacts::new(MM), events)).collect();
        kinds[round % 3] += wanted.len() as u32;
        // Both did all of it, and nothing else was done.
        for gesture in &out {
            let found = wanted.iter().position(|w| w == gesture);
            wanted.remove(found.unwrap_or_else(|| panic!("round {round}: {gesture:?} {mixed:?}")));
        }
        assert_eq!(wanted, [], "round {round}: {mixed:?}");
        assert!(contacts.is_empty());
    }
    assert!(kinds.iter().all(|gestures| *gestures > 10_000), "{kinds:?}");
}

proptest! {
    /// A storm: whatever comes, in whatever order, pressed and released go in
    /// pairs, at most ten are followed, and nothing is left in the end.
    #[test]
    fn nothing_sticks(events in proptest::collection::vec(
        (0_u64..40, 0_u8..5, 0_u64..14, -10.0_f32..2000.0, -10.0_f32..2000.0), 1..400)
    ) {
        let mut contacts = Contacts::new(MM);
        let mut now = 0;
        let mut out: Out = Vec::new();
        for (pause, kind, id, x, y) in events {
            now += pause;
            let id = if id == 13 { ContactId::Mouse } else { finger(id) };
            let place = if kind == 4 && x < 0.0 { Vec2::splat(f32::NAN) } else { at(x, y) };
            let event = match kind {
                0 => Event::Down(id, place),
                1 | 4 => Event::Move(id, place),
                // One end in some is lost.
                2 if x > 100.0 => Event::Up(id),
                3 => Event::Cancel(id),
                _ => continue,
            };
            contacts.feed(event, ms(now), under, &mut out);
            prop_assert!(contacts.len() <= MOST);
        }
        contacts.tick(ms(now + 20_000), &mut out);
        prop_assert!(contacts.is_empty());
        for control in [1, 2] {
            let pressed = out.iter().filter(|g| matches!(g, Gesture::Pressed(c, _) if *c == control)).count();
            let released = out.iter().filter(|g| matches!(g, Gesture::Released(c, _) if *c == control)).count();
            prop_assert_eq!(pressed, released);
        }
        for gesture in &out {
            if let Gesture::Panned(by) = gesture {
                prop_assert!(by.is_finite());
            }
        }
    }
}
