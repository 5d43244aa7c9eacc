//! Whether anybody is there: what counts as a touch, and what only looks like one.
//!
//! Floor 9, without the engine. Reads what devices say, with a clock that is given to
//! it; owns which contacts rest and which spots of the glass touch themselves.
//!
//! - A palm or a sleeve rests: after 20 s without a movement a contact counts for
//!   nothing, nor does its trembling, nor its end (T8).
//! - Dirt and interference tap one spot again and again: after 20 taps the spot counts
//!   for nothing until it has been quiet for ten minutes. It still does what it does;
//!   it only keeps nobody waiting. A touch elsewhere counts at once.
//! - A mouse is not believed for a second after a finger (H7).

use core::time::Duration;

use bevy::math::Vec2;

use crate::input::ContactId;

/// What a device says.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Sign {
    /// A contact begins at a place, logical pixels.
    Down(ContactId, Vec2),
    /// A contact moves.
    Move(ContactId, Vec2),
    /// A contact ends.
    Up(ContactId),
    /// The mouse moves with no button down.
    Hover(Vec2),
    /// A key or the wheel.
    Key,
}

/// What a sign is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Worth {
    /// Nobody need be there.
    Nothing,
    /// Somebody moves.
    Movement,
    /// Somebody touches.
    Touch,
}

/// A movement shorter than this is a tremble, millimetres.
const TREMBLE_MM: f32 = 3.0;
/// A contact that has not moved for so long rests.
const RESTS: Duration = Duration::from_secs(20);
/// Taps within this distance are on one spot, millimetres.
const SPOT_MM: f32 = 5.0;
/// So many taps make a spot that touches itself.
const GHOST: u32 = 20;
/// A spot that has been quiet for so long is forgotten.
const QUIET: Duration = Duration::from_mins(10);
/// Spots that are remembered; the one that has been quiet longest gives way.
const SPOTS: usize = 32;
/// Contacts that are remembered, should their ends be lost.
const CONTACTS: usize = 32;
/// How long the mouse is not believed after a finger.
const AFTER_FINGER: Duration = Duration::from_secs(1);

#[derive(Debug, Clone, Copy)]
struct Contact {
    id: ContactId,
    at: Vec2,
    moved: Duration,
    /// Began on a spot that touches itself.
    ghost: bool,
}

#[derive(Debug, Clone, Copy)]
struct Spot {
    at: Vec2,
    taps: u32,
    last: Duration,
}

/// What is remembered of the glass.
#[derive(Debug, Clone)]
pub struct Signs {
    px_per_mm: f32,
    contacts: Vec<Contact>,
    spots: Vec<Spot>,
    hover: Option<Vec2>,
    finger: Option<Duration>,
}

impl Signs {
    /// Nothing felt yet, on a screen of so many logical pixels a millimetre.
    pub fn new(px_per_mm: f32) -> Self {
        let (contacts, spots) = (Vec::new(), Vec::new());
        Self { px_per_mm, contacts, spots, hover: None, finger: None }
    }

    /// Spots that touch themselves, for who looks after the screen: where, and how
    /// often.
    pub fn ghosts(&self) -> impl Iterator<Item = (Vec2, u32)> {
        self.spots.iter().filter(|spot| spot.taps > GHOST).map(|spot| (spot.at, spot.taps))
    }

    /// Weighs a sign.
    pub fn weigh(&mut self, sign: Sign, now: Duration) -> Worth {
        let id = match sign {
            Sign::Down(id, _) | Sign::Move(id, _) | Sign::Up(id) => id,
            Sign::Hover(_) => ContactId::Mouse,
            Sign::Key => return Worth::Touch,
        };
        if id == ContactId::Mouse {
            let after = self.finger.map(|finger| now.saturating_sub(finger));
            if after.is_some_and(|after| after < AFTER_FINGER) {
                return Worth::Nothing;
            }
        } else {
            self.finger = Some(now);
        }
        match sign {
            Sign::Down(id, at) => self.down(id, at, now),
            Sign::Move(id, at) => self.moved(id, at, now),
            Sign::Up(id) => self.up(id, now),
            Sign::Hover(at) => self.hover(at),
            Sign::Key => Worth::Touch,
        }
    }

    fn down(&mut self, id: ContactId, at: Vec2, now: Duration) -> Worth {
        self.contacts.retain(|c| c.id != id);
        if !at.is_finite() {
            return Worth::Nothing;
        }
        if self.contacts.len() >= CONTACTS {
            self.contacts.remove(0);
        }
        let ghost = self.taps_at(at, now) > GHOST;
        self.contacts.push(Contact { id, at, moved: now, ghost });
        if ghost { Worth::Nothing } else { Worth::Touch }
    }

    /// How often this spot has been tapped, with this tap.
    fn taps_at(&mut self, at: Vec2, now: Duration) -> u32 {
        self.spots.retain(|spot| now.saturating_sub(spot.last) < QUIET);
        let within = SPOT_MM * self.px_per_mm;
        let near = |spot: &&mut Spot| spot.at.distance(at) <= within;
        if let Some(spot) = self.spots.iter_mut().find(near) {
            spot.taps = spot.taps.saturating_add(1);
            spot.last = now;
            return spot.taps;
        }
        if self.spots.len() >= SPOTS {
            let quietest = (0..self.spots.len()).min_by_key(|&i| self.spots[i].last);
            quietest.map(|i| self.spots.swap_remove(i));
        }
        self.spots.push(Spot { at, taps: 1, last: now });
        1
    }

    fn moved(&mut self, id: ContactId, at: Vec2, now: Duration) -> Worth {
        let tremble = TREMBLE_MM * self.px_per_mm;
        let Some(contact) = self.contacts.iter_mut().find(|c| c.id == id) else {
            return Worth::Nothing;
        };
        let rests = now.saturating_sub(contact.moved) >= RESTS;
        if contact.ghost || rests || !at.is_finite() || at.distance(contact.at) <= tremble {
            return Worth::Nothing;
        }
        (contact.at, contact.moved) = (at, now);
        Worth::Movement
    }

    fn up(&mut self, id: ContactId, now: Duration) -> Worth {
        let Some(i) = self.contacts.iter().position(|c| c.id == id) else { return Worth::Nothing };
        let contact = self.contacts.remove(i);
        let rests = now.saturating_sub(contact.moved) >= RESTS;
        if contact.ghost || rests { Worth::Nothing } else { Worth::Movement }
    }

    fn hover(&mut self, at: Vec2) -> Worth {
        let tremble = TREMBLE_MM * self.px_per_mm;
        if !at.is_finite() || self.hover.is_some_and(|was| was.distance(at) <= tremble) {
            return Worth::Nothing;
        }
        // Where the mouse is found at first is no movement.
        if self.hover.replace(at).is_some() { Worth::Movement } else { Worth::Nothing }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MM: f32 = 2.0;

    fn s(seconds: f32) -> Duration {
        Duration::from_secs_f32(seconds)
    }

    fn finger(n: u64) -> ContactId {
        ContactId::Finger(n)
    }

    fn at(x: f32, y: f32) -> Vec2 {
        Vec2::new(x, y)
    }

    fn tap(signs: &mut Signs, place: Vec2, now: f32) -> Worth {
        let worth = signs.weigh(Sign::Down(finger(1), place), s(now));
        signs.weigh(Sign::Up(finger(1)), s(now + 0.1));
        worth
    }

    #[test]
    fn a_finger_that_works_counts_and_a_palm_that_rests_does_not() {
        let mut signs = Signs::new(MM);
        assert_eq!(signs.weigh(Sign::Down(finger(1), at(50.0, 50.0)), s(0.0)), Worth::Touch);
        assert_eq!(signs.weigh(Sign::Move(finger(1), at(80.0, 50.0)), s(1.0)), Worth::Movement);
        // It trembles for a minute, then slides off.
        for i in 0..600 {
            let place = at(80.0 + (i % 3) as f32, 50.0);
            let worth = signs.weigh(Sign::Move(finger(1), place), s(1.1 + i as f32 * 0.1));
            assert_eq!(worth, Worth::Nothing);
        }
        assert_eq!(signs.weigh(Sign::Move(finger(1), at(300.0, 9.0)), s(62.0)), Worth::Nothing);
        assert_eq!(signs.weigh(Sign::Up(finger(1)), s(63.0)), Worth::Nothing);
        // Another finger meanwhile, or this one anew, is somebody.
        assert_eq!(signs.weigh(Sign::Down(finger(1), at(80.0, 50.0)), s(64.0)), Worth::Touch);
        assert_eq!(signs.weigh(Sign::Up(finger(1)), s(64.1)), Worth::Movement);
        assert_eq!(signs.weigh(Sign::Up(finger(1)), s(64.2)), Worth::Nothing);
    }

    #[test]
    fn a_spot_that_touches_itself_for_a_day_counts_twenty_times() {
        let mut signs = Signs::new(MM);
        let mut counted = 0;
        for i in 0..24 * 60 * 12 {
            // Within five millimetres of where it began.
            let off = at((i % 5) as f32 - 2.0, (i % 7) as f32 - 3.0);
            let worth = tap(&mut signs, at(700.0, 300.0) + off, i as f32 * 5.0);
            counted += u32::from(worth == Worth::Touch);
            if i % 100 == 50 {
                let elsewhere = at(100.0 + (i / 100) as f32 * 40.0 % 500.0, 900.0);
                assert_eq!(tap(&mut signs, elsewhere, i as f32 * 5.0 + 2.0), Worth::Touch);
            }
        }
        assert_eq!(counted, GHOST);
        let ghosts: Vec<(Vec2, u32)> = signs.ghosts().collect();
        assert!(ghosts.len() == 1 && ghosts[0].1 == 24 * 60 * 12, "{ghosts:?}");
        // Wiped clean, it is as good as any other.
        assert_eq!(tap(&mut signs, at(700.0, 300.0), 24.0 * 3600.0 + 601.0), Worth::Touch);
    }

    #[test]
    fn the_mouse_counts_when_it_moves_and_no_finger_was_there() {
        let mut signs = Signs::new(MM);
        assert_eq!(signs.weigh(Sign::Hover(at(5.0, 5.0)), s(0.0)), Worth::Nothing);
        assert_eq!(signs.weigh(Sign::Hover(at(9.0, 5.0)), s(0.1)), Worth::Nothing);
        assert_eq!(signs.weigh(Sign::Hover(at(90.0, 5.0)), s(0.2)), Worth::Movement);
        assert_eq!(tap(&mut signs, at(9.0, 9.0), 1.0), Worth::Touch);
        let mouse = Sign::Down(ContactId::Mouse, at(9.0, 9.0));
        assert_eq!(signs.weigh(mouse, s(1.5)), Worth::Nothing);
        assert_eq!(signs.weigh(Sign::Hover(at(500.0, 5.0)), s(1.6)), Worth::Nothing);
        assert_eq!(signs.weigh(mouse, s(2.2)), Worth::Touch);
        assert_eq!(signs.weigh(Sign::Key, s(2.2)), Worth::Touch);
    }

    #[test]
    fn lost_ends_and_places_that_are_none_do_no_harm() {
        let mut signs = Signs::new(MM);
        for i in 0..10_000_u64 {
            let place = at((i * 37 % 1900) as f32, (i * 91 % 1000) as f32);
            signs.weigh(Sign::Down(finger(i), place), s(i as f32));
        }
        assert!(signs.contacts.len() <= CONTACTS && signs.spots.len() <= SPOTS);
        assert_eq!(signs.weigh(Sign::Down(finger(1), Vec2::NAN), s(1e5)), Worth::Nothing);
        assert_eq!(signs.weigh(Sign::Hover(Vec2::INFINITY), s(2e5)), Worth::Nothing);
    }
}
