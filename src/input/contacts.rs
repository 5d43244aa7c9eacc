//! One finger at a time: what each contact is about, and what it asks for.
//!
//! Floor 7, without the engine, so it can be tested by the million. Reads events of
//! contacts with a clock that is given to it; owns the contacts. `T` is what a
//! contact began on: a control, a panel, or the map (`None`).
//!
//! Rules, each with its row of the kiosk page: a tap travels at most 8 mm and lasts
//! at most 700 ms (H10); the first two contacts on the map move it, later ones only
//! tap (M2); a finger that lifts ends only what it began (M3); three or more within
//! 60 mm are a palm, and so is one that rests for 20 s (T8); a contact whose end
//! never comes is let go after 20 s (H6); ten are followed, an eleventh does no harm
//! (T7); where a finger is, is an absolute place, so a resting finger moves nothing
//! (H5); the mouse is not believed for a second after a touch (H7).

use core::time::Duration;

use bevy::math::Vec2;

/// Which contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ContactId {
    /// The mouse with its left button down.
    Mouse,
    /// A finger, by the number the system gave it.
    Finger(u64),
}

/// What a device says.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Event {
    /// A contact begins.
    Down(ContactId, Vec2),
    /// It moves.
    Move(ContactId, Vec2),
    /// It ends.
    Up(ContactId),
    /// It is taken away: nothing it began is done.
    Cancel(ContactId),
    /// All are taken away: the window lost the focus, or the story was reset.
    CancelAll,
}

/// What contacts ask for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Gesture<T> {
    /// A control is pressed by one more finger.
    Pressed(T, Vec2),
    /// A finger on a control has moved.
    Slid(T, Vec2),
    /// One finger less presses a control; `true` if that asks for what it does.
    Released(T, bool),
    /// The map was tapped.
    Tapped(Vec2),
    /// The map was drawn by so much.
    Panned(Vec2),
    /// The map was spread by a factor around a place.
    Spread(f32, Vec2),
}

/// Contacts that are followed at the same time.
pub const MOST: usize = 10;
/// Farthest a tap travels, millimetres.
const TAP_MM: f32 = 8.0;
/// The same for a mouse, logical pixels: a hand on a mouse is steadier.
const CLICK_PX: f32 = 6.0;
/// Longest tap on the map.
const TAP: Duration = Duration::from_millis(700);
/// Contacts within this distance of each other may be a palm, millimetres.
const PALM_MM: f32 = 60.0;
/// How many make a palm.
const PALM: usize = 3;
/// A contact that says nothing for so long has been lost, or rests.
const LOST: Duration = Duration::from_secs(20);
/// How long the mouse is not believed after a touch.
const AFTER_TOUCH: Duration = Duration::from_secs(1);

#[derive(Debug, Clone, Copy, PartialEq)]
struct Contact<T> {
    id: ContactId,
    began: Vec2,
    at: Vec2,
    since: Duration,
    moved: Duration,
    on: Option<T>,
    /// Has travelled too far for a tap.
    drags: bool,
    /// One of the two that move the map.
    leads: bool,
    /// A palm, a sleeve: asks for nothing any more.
    idle: bool,
}

/// Every contact there is.
#[derive(Debug, Clone)]
pub struct Contacts<T> {
    list: Vec<Contact<T>>,
    last_touch: Option<Duration>,
    px_per_mm: f32,
}

impl<T: Copy + PartialEq> Contacts<T> {
    /// No contact, on a screen of so many logical pixels a millimetre.
    pub fn new(px_per_mm: f32) -> Self {
        Self { list: Vec::new(), last_touch: None, px_per_mm }
    }

    /// How many contacts there are.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Whether anything may happen without a further event, so that somebody must
    /// look at the clock.
    pub fn waits(&self) -> bool {
        !self.list.is_empty()
    }

    /// Whether somebody holds something now: a control or a panel is under a finger.
    pub fn holds(&self) -> bool {
        self.list.iter().any(|c| c.on.is_some() && !c.idle)
    }

    /// Takes in what a device says. `under` tells what lies at a place.
    pub fn feed(
        &mut self,
        event: Event,
        now: Duration,
        under: impl FnOnce(Vec2) -> Option<T>,
        out: &mut Vec<Gesture<T>>,
    ) {
        match event {
            Event::Down(id, at) => self.down(id, at, now, under, out),
            Event::Move(id, at) => self.moved(id, at, now, out),
            Event::Up(id) => self.end(id, now, true, out),
            Event::Cancel(id) => self.end(id, now, false, out),
            Event::CancelAll => {
                while let Some(contact) = self.list.last() {
                    self.end(contact.id, now, false, out);
                }
            }
        }
    }

    /// Lets go of contacts that have said nothing for too long.
    pub fn tick(&mut self, now: Duration, out: &mut Vec<Gesture<T>>) {
        while let Some(lost) =
            self.list.iter().find(|c| now.saturating_sub(c.moved) >= LOST).map(|c| c.id)
        {
            self.end(lost, now, false, out);
        }
    }

    fn believes(&mut self, id: ContactId, now: Duration) -> bool {
        match id {
            ContactId::Finger(_) => {
                self.last_touch = Some(now);
                true
            }
            ContactId::Mouse => {
                self.last_touch.is_none_or(|last| now.saturating_sub(last) >= AFTER_TOUCH)
            }
        }
    }

    fn down(
        &mut self,
        id: ContactId,
        at: Vec2,
        now: Duration,
        under: impl FnOnce(Vec2) -> Option<T>,
        out: &mut Vec<Gesture<T>>,
    ) {
        // The same number again: its end was lost.
        self.end(id, now, false, out);
        if !self.believes(id, now) || !at.is_finite() || self.list.len() >= MOST {
            return;
        }
        let on = under(at);
        let leads = on.is_none() && self.list.iter().filter(|c| c.leads).count() < 2;
        self.list.push(Contact {
            id,
            began: at,
            at,
            since: now,
            moved: now,
            on,
            drags: false,
            leads,
            idle: false,
        });
        if let Some(on) = on {
            out.push(Gesture::Pressed(on, at));
        }
        self.mind_palms(out);
        // A second finger: neither of the two is a tap any more.
        if leads && self.list.iter().filter(|c| c.leads).count() == 2 {
            for contact in self.list.iter_mut().filter(|c| c.leads) {
                contact.drags = true;
            }
        }
    }

    /// Three or more contacts close together are a palm, wherever they are.
    fn mind_palms(&mut self, out: &mut Vec<Gesture<T>>) {
        let near = PALM_MM * self.px_per_mm;
        let palms: Vec<usize> = (0..self.list.len())
            .filter(|&i| {
                let close =
                    |c: &&Contact<T>| c.at.distance(self.list[i].at) <= near && is_finger(c.id);
                is_finger(self.list[i].id) && self.list.iter().filter(close).count() >= PALM
            })
            .collect();
        for i in palms {
            let contact = &mut self.list[i];
            if !contact.idle {
                contact.idle = true;
                contact.leads = false;
                if let Some(on) = contact.on {
                    out.push(Gesture::Released(on, false));
                }
            }
        }
    }

    fn moved(&mut self, id: ContactId, at: Vec2, now: Duration, out: &mut Vec<Gesture<T>>) {
        if !at.is_finite() {
            return;
        }
        if is_finger(id) {
            self.last_touch = Some(now);
        }
        let limit = if is_finger(id) { TAP_MM * self.px_per_mm } else { CLICK_PX };
        let Some(i) = self.list.iter().position(|c| c.id == id) else { return };
        let before = self.list[i];
        if before.at == at {
            return;
        }
        let contact = &mut self.list[i];
        contact.at = at;
        contact.moved = now;
        contact.drags |= at.distance(contact.began) > limit;
        let contact = *contact;
        if contact.idle {
            return;
        }
        match contact.on {
            Some(on) => out.push(Gesture::Slid(on, at)),
            None if contact.leads => {
                let other = self.list.iter().find(|c| c.leads && c.id != id).map(|other| other.at);
                match other {
                    Some(other) => spread(before.at, at, other, out),
                    None if contact.drags => {
                        // What it travelled before it was known for a drag counts, too.
                        let from = if before.drags { before.at } else { contact.began };
                        out.push(Gesture::Panned(at - from));
                    }
                    None => {}
                }
            }
            None => {}
        }
    }

    fn end(&mut self, id: ContactId, now: Duration, lifted: bool, out: &mut Vec<Gesture<T>>) {
        let Some(i) = self.list.iter().position(|c| c.id == id) else { return };
        let contact = self.list.remove(i);
        if is_finger(id) {
            self.last_touch = Some(now);
        }
        if contact.idle {
            return;
        }
        let asks = lifted && !contact.drags;
        match contact.on {
            Some(on) => out.push(Gesture::Released(on, asks)),
            None if asks && now.saturating_sub(contact.since) <= TAP => {
                out.push(Gesture::Tapped(contact.at));
            }
            None => {}
        }
    }
}

const fn is_finger(id: ContactId) -> bool {
    matches!(id, ContactId::Finger(_))
}

/// Two fingers: the picture follows both, as if they held it.
fn spread<T>(before: Vec2, at: Vec2, other: Vec2, out: &mut Vec<Gesture<T>>) {
    let (was, is) = (before.distance(other), at.distance(other));
    let middle = at.midpoint(other);
    out.push(Gesture::Panned(middle - before.midpoint(other)));
    // Closer than a fingertip the ratio says nothing.
    if was > 8.0 && is > 8.0 {
        out.push(Gesture::Spread(is / was, middle));
    }
}

#[cfg(test)]
#[path = "contacts_tests.rs"]
mod tests;
