//! Who lives in a home: kinship, ages and sexes.
//!
//! Floor 1. Reads the tables and the life of a home; writes its people. A home's
//! people depend on its own keys only, so a home more or less in the place
//! changes nobody elsewhere.

use crate::base::ids::{HouseholdId, PersonId};
use crate::sim::draw::{Draw, PPM, Purpose, draw};
use crate::sim::people::{Kin, Person, Sex, Tenure};

use super::tables::{self, Band, Shape};
use super::{PopulationParams, Question};

/// Age from which somebody counts as an elder: Law on the Protection of the
/// Rights and Interests of the Elderly (2018), article 2.
pub(super) const ELDER: u8 = 60;
/// Age from which somebody is an adult: Civil Code, article 17.
pub(super) const ADULT: u8 = 18;
/// Oldest age in the place; people past it are too few to be anonymous.
const OLDEST: u8 = 105;
/// Fewest and most years between parent and child.
const GENERATION: (u8, u8) = (18, 45);
/// Youngest husband or wife: Marriage Law (2001), article 6, for women.
const YOUNGEST_SPOUSE: u8 = 20;
/// Most years between a child and the next: families had few and soon.
const SIBLING_YEARS: u32 = 6;
/// Most years between people who share a flat, in either direction.
const SHARER_YEARS: u8 = 5;

/// As many women as men.
const EVEN_PPM: u32 = PPM / 2;

/// What the quotas have decided about a home before its people are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Life {
    /// One elder.
    ElderAlone,
    /// One of the very old.
    OldestAlone,
    /// Two or more people, all of them elders.
    EmptyNest,
    /// Somebody is under 60.
    Mixed,
}

/// A member before the home knows who its head is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Member {
    kin: Kin,
    age: u8,
    sex: Sex,
}

/// Draws the people of one home.
pub(super) struct Family<'a> {
    pub seed: u64,
    pub rules: &'a PopulationParams,
    pub household: HouseholdId,
    pub first: PersonId,
    pub size: u8,
    pub tenure: Tenure,
    pub life: Life,
}

impl Family<'_> {
    /// Adds the people of the home, its head first. `members` is the paper they are
    /// sketched on, the same for every home.
    pub fn people(&self, members: &mut Vec<Member>, people: &mut Vec<Person>) {
        let shape = self.shape();
        members.clear();
        self.add_couple(shape, members);
        self.add_children(shape, members);
        self.add_parents(shape, members);
        self.add_others(shape, members);
        if shape.parents > 0 && self.parents_lead() {
            let older = usize::from(shape.parents);
            look_from_parents(members);
            let start = members.len() - older - usize::from(shape.others);
            members[..start + older].rotate_right(older);
        }
        people.extend(members.iter().map(|&m| self.person(m)));
    }

    fn person(&self, member: Member) -> Person {
        Person {
            household: self.household,
            age: member.age,
            sex: member.sex,
            kin: member.kin,
            party: false,
            in_service: false,
            surgeon: false,
            willing: false,
        }
    }

    fn about_home(&self, question: Question) -> Draw {
        draw(self.seed, Purpose::PeopleHousehold, self.household.0, question as u32, 0)
    }

    fn about_next(&self, members: &[Member]) -> Draw {
        let person = self.first.0 + members.len() as u32;
        draw(self.seed, Purpose::PeoplePerson, person, Question::AgeAndSex as u32, 0)
    }

    fn shape(&self) -> Shape {
        let size = usize::from(self.size);
        let rows = match self.life {
            Life::EmptyNest => tables::NESTS[size - 1],
            _ => tables::SHAPES[size - 1],
        };
        let settled = self.tenure == Tenure::Settled;
        let weights = rows.iter().map(|r| if settled { r.settled } else { r.tenants });
        let row = self.about_home(Question::Shape).weighted(0, weights);
        rows[row.unwrap_or_default()]
    }

    fn parents_lead(&self) -> bool {
        self.tenure == Tenure::Settled
            && self.about_home(Question::Perspective).chance(self.rules.elder_head)
    }

    /// Ages of the adult around whom the home is built.
    fn head_bands(&self, shape: Shape) -> &'static [Band] {
        let tenant = self.tenure == Tenure::Tenant;
        match self.life {
            Life::ElderAlone => return tables::ELDER_ALONE,
            Life::OldestAlone => return tables::OLDEST_ALONE,
            Life::EmptyNest if shape.parents > 0 => return tables::ELDER_CHILD,
            Life::EmptyNest => return tables::ELDER_NEST,
            Life::Mixed => {}
        }
        match (shape.children, shape.parents, shape.spouse) {
            (0, 0, false) if shape.others > 0 => tables::SHARER,
            (0, 0, false) if tenant => tables::ALONE_TENANT,
            (0, 0, false) => tables::ALONE,
            (0, 0, true) if tenant => tables::COUPLE_TENANT,
            (0, 0, true) => tables::COUPLE,
            (0, _, _) => tables::WITH_PARENT,
            (_, 0, _) if tenant => tables::PARENT_TENANT,
            (1, 0, _) => tables::PARENT,
            (_, 0, _) => tables::PARENT_OF_MORE,
            _ => tables::MIDDLE,
        }
    }

    fn add_couple(&self, shape: Shape, members: &mut Vec<Member>) {
        let d = self.about_next(members);
        let age = years(d, self.head_bands(shape));
        let women = match self.life {
            Life::ElderAlone | Life::OldestAlone => self.rules.women_alone,
            _ if shape.spouse => self.rules.women_lead_couple,
            _ if shape.children > 0 => self.rules.women_lone_parent,
            _ => EVEN_PPM,
        };
        let head = Member { kin: Kin::Head, age, sex: sex(d, women) };
        members.push(head);
        if !shape.spouse {
            return;
        }
        let d = self.about_next(members);
        let (low, high) = match self.life {
            Life::EmptyNest => (ELDER, OLDEST),
            // Without a younger member in the home, the couple itself must not be one of elders.
            _ if shape.children == 0 => (YOUNGEST_SPOUSE, ELDER - 1),
            _ => (YOUNGEST_SPOUSE, OLDEST),
        };
        let age = partner_age(d, head).clamp(low, high);
        members.push(Member { kin: Kin::Spouse, age, sex: other(head.sex) });
    }

    fn add_children(&self, shape: Shape, members: &mut Vec<Member>) {
        let adults = &members[..=usize::from(shape.spouse)];
        let youngest = adults.iter().map(|m| m.age).min().unwrap_or(ADULT);
        let eldest = adults.iter().map(|m| m.age).max().unwrap_or(ADULT);
        let mother = adults.iter().find(|m| m.sex == Sex::Female).map_or(youngest, |m| m.age);
        let low = eldest.saturating_sub(GENERATION.1);
        let high = youngest.saturating_sub(GENERATION.0).min(ELDER - 1);
        let mut sibling = None;
        for _ in 0..shape.children {
            let d = self.about_next(members);
            let age = match sibling {
                None => mother.saturating_sub(years(d, tables::BIRTH)),
                Some(age) => age_minus(age, d.between(0, 1, SIBLING_YEARS)),
            };
            let age = age.clamp(low, high);
            sibling = Some(age);
            members.push(Member { kin: Kin::Child, age, sex: sex(d, self.rules.girls) });
        }
    }

    fn add_parents(&self, shape: Shape, members: &mut Vec<Member>) {
        let child = members[0];
        let (low, high) = (child.age + GENERATION.0, (child.age + GENERATION.1).min(OLDEST));
        let mut partner = None;
        for _ in 0..shape.parents {
            let d = self.about_next(members);
            let member = match partner {
                None => Member {
                    kin: Kin::Parent,
                    age: (child.age + years(d, tables::BIRTH)).clamp(low, high),
                    sex: if shape.parents > 1 {
                        sex(d, self.rules.women_lead_couple)
                    } else {
                        sex(d, self.rules.women_alone)
                    },
                },
                Some(first) => Member {
                    kin: Kin::Parent,
                    age: partner_age(d, first).clamp(low, high),
                    sex: other(first.sex),
                },
            };
            partner = Some(member);
            members.push(member);
        }
    }

    fn add_others(&self, shape: Shape, members: &mut Vec<Member>) {
        let head = members[0];
        let low = head.age.saturating_sub(SHARER_YEARS).max(ADULT);
        let high = (head.age + SHARER_YEARS).min(ELDER - 1).max(low);
        for _ in 0..shape.others {
            let d = self.about_next(members);
            let age = d.between(0, u32::from(low), u32::from(high)) as u8;
            let same = d.lane_chance(2, self.rules.sharers_same_sex);
            let sex = if same { head.sex } else { other(head.sex) };
            members.push(Member { kin: Kin::Other, age, sex });
        }
    }
}

/// Names everybody's place as seen from the oldest generation, one of whom is
/// the registered head. Sons- and daughters-in-law have no word of their own.
fn look_from_parents(members: &mut [Member]) {
    let mut leads = true;
    for member in members {
        member.kin = match member.kin {
            Kin::Head => Kin::Child,
            Kin::Child => Kin::Grandchild,
            Kin::Parent if std::mem::take(&mut leads) => Kin::Head,
            Kin::Parent => Kin::Spouse,
            Kin::Spouse | Kin::Grandchild | Kin::Other => Kin::Other,
        };
    }
}

/// A number of years from a table: word 0 chooses the band, word 1 the year.
fn years(d: Draw, bands: &[Band]) -> u8 {
    let chosen = d.weighted(0, bands.iter().map(|b| b.weight));
    let Band { low, high, .. } = bands[chosen.unwrap_or_default()];
    d.between(1, u32::from(low), u32::from(high)) as u8
}

/// The age of the husband or wife of somebody.
fn partner_age(d: Draw, of: Member) -> u8 {
    let older = years(d, tables::HUSBAND_OLDER);
    let offset = tables::HUSBAND_OFFSET;
    match of.sex {
        Sex::Female => (of.age + older).saturating_sub(offset),
        Sex::Male => (of.age + offset).saturating_sub(older),
    }
}

fn sex(d: Draw, women_ppm: u32) -> Sex {
    if d.lane_chance(2, women_ppm) { Sex::Female } else { Sex::Male }
}

fn other(sex: Sex) -> Sex {
    match sex {
        Sex::Female => Sex::Male,
        Sex::Male => Sex::Female,
    }
}

fn age_minus(age: u8, years: u32) -> u8 {
    age.saturating_sub(years as u8)
}
