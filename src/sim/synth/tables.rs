//! Shapes of families and ages: the tables behind the synthetic homes.
//!
//! Floor 1. Reads and writes nothing: constants only.
//!
//! No table of family types or ages of this community, or of its district in
//! 2020, was found. Everything here is an assumption,
//! adjusted until the population shows the shares that the design asks for:
//! 60+ 26 % (22–30), 65+ 18 % (15–21), 80+ 5 % (4–6), and near the 12 % under
//! 15 of the city's 2020 census. Weights are relative, ages are whole years.

/// A range of ages (or of years between two people) and how often it occurs.
#[derive(Debug, Clone, Copy)]
pub(super) struct Band {
    /// Lowest, included.
    pub low: u8,
    /// Highest, included.
    pub high: u8,
    /// Relative frequency.
    pub weight: u32,
}

const fn band(low: u8, high: u8, weight: u32) -> Band {
    Band { low, high, weight }
}

/// Who lives with the adult around whom a home is built.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shape {
    /// A husband or wife.
    pub spouse: bool,
    /// Sons and daughters of any age.
    pub children: u8,
    /// Parents of the adult.
    pub parents: u8,
    /// Relatives or people who share the flat.
    pub others: u8,
    /// Relative frequency among the settled.
    pub settled: u32,
    /// Relative frequency among tenants.
    pub tenants: u32,
}

const fn shape(counts: [u8; 4], settled: u32, tenants: u32) -> Shape {
    let [spouses, children, parents, others] = counts;
    Shape { spouse: spouses > 0, children, parents, others, settled, tenants }
}

/// Shapes by size, one to seven people. Counts: spouse, children, parents, others.
pub(super) const SHAPES: [&[Shape]; 7] = [
    &[shape([0, 0, 0, 0], 1, 1)],
    &[
        shape([1, 0, 0, 0], 52, 50),
        shape([0, 1, 0, 0], 30, 8),
        shape([0, 0, 1, 0], 24, 2),
        shape([0, 0, 0, 1], 2, 40),
    ],
    &[
        shape([1, 1, 0, 0], 76, 47),
        shape([1, 0, 1, 0], 10, 3),
        shape([0, 1, 1, 0], 15, 3),
        shape([0, 2, 0, 0], 3, 2),
        shape([1, 0, 0, 1], 5, 5),
        shape([0, 0, 0, 2], 1, 40),
    ],
    &[
        shape([1, 2, 0, 0], 30, 50),
        shape([1, 1, 1, 0], 52, 18),
        shape([1, 0, 2, 0], 8, 0),
        shape([0, 1, 2, 0], 10, 2),
        shape([1, 1, 0, 1], 6, 7),
        shape([0, 0, 0, 3], 0, 23),
    ],
    &[
        shape([1, 1, 2, 0], 58, 35),
        shape([1, 2, 1, 0], 36, 40),
        shape([1, 3, 0, 0], 6, 10),
        shape([0, 0, 0, 4], 0, 15),
    ],
    &[shape([1, 2, 2, 0], 75, 75), shape([1, 1, 2, 1], 25, 25)],
    &[shape([1, 2, 2, 1], 80, 80), shape([1, 3, 2, 0], 20, 20)],
];

/// Homes of elders only, by size from one to three: a couple, rarely an elder
/// with a very old parent, or both. [`NEST_ODDS`] lets no other size be one.
pub(super) const NESTS: [&[Shape]; 3] = [
    &[shape([0, 0, 0, 0], 1, 1)],
    &[shape([1, 0, 0, 0], 94, 94), shape([0, 0, 1, 0], 6, 6)],
    &[shape([1, 0, 1, 0], 1, 1)],
];

/// Odds that a home of one, two, … seven people rents: rooms in these courtyards
/// are small, and tenants are young.
pub(super) const TENANT_ODDS: [u32; 7] = [160, 110, 70, 60, 30, 15, 15];

/// Odds that a home of one, two, … seven people holds elders only.
pub(super) const NEST_ODDS: [u32; 7] = [0, 1000, 60, 0, 0, 0, 0];

/// Elders who live alone.
pub(super) const ELDER_ALONE: &[Band] = &[
    band(60, 64, 20),
    band(65, 69, 22),
    band(70, 74, 15),
    band(75, 79, 13),
    band(80, 84, 16),
    band(85, 89, 11),
    band(90, 94, 2),
];

/// The oldest who live alone; the article tells of one aged 93.
pub(super) const OLDEST_ALONE: &[Band] = &[band(90, 93, 3), band(94, 97, 1)];

/// The elder around whom a home of elders is built.
pub(super) const ELDER_NEST: &[Band] = &[
    band(60, 64, 26),
    band(65, 69, 26),
    band(70, 74, 15),
    band(75, 79, 13),
    band(80, 84, 15),
    band(85, 89, 8),
];

/// An elder who lives with a parent.
pub(super) const ELDER_CHILD: &[Band] = &[band(60, 66, 3), band(67, 70, 1)];

/// Adults under 60 who live alone, settled.
pub(super) const ALONE: &[Band] =
    &[band(20, 24, 6), band(25, 34, 34), band(35, 44, 26), band(45, 54, 20), band(55, 59, 14)];

/// Adults under 60 who live alone, tenants.
pub(super) const ALONE_TENANT: &[Band] =
    &[band(18, 24, 24), band(25, 34, 48), band(35, 44, 17), band(45, 59, 11)];

/// Couples without anybody else, at least one of them under 60.
pub(super) const COUPLE: &[Band] =
    &[band(25, 34, 28), band(35, 44, 16), band(45, 54, 23), band(55, 59, 23), band(60, 64, 28)];

/// Couples who rent.
pub(super) const COUPLE_TENANT: &[Band] = &[band(23, 34, 58), band(35, 44, 23), band(45, 59, 19)];

/// A father or mother who lives with children of any age.
pub(super) const PARENT: &[Band] = &[
    band(27, 34, 15),
    band(35, 44, 24),
    band(45, 54, 13),
    band(55, 59, 11),
    band(60, 64, 13),
    band(65, 74, 18),
    band(75, 84, 9),
];

/// A father or mother of two or three who lives with them.
pub(super) const PARENT_OF_MORE: &[Band] =
    &[band(28, 34, 25), band(35, 44, 50), band(45, 60, 15), band(61, 84, 10)];

/// A father or mother who rents.
pub(super) const PARENT_TENANT: &[Band] = &[band(25, 34, 38), band(35, 44, 44), band(45, 55, 18)];

/// The middle of three generations.
pub(super) const MIDDLE: &[Band] = &[band(28, 34, 28), band(35, 44, 52), band(45, 55, 20)];

/// An adult without children who lives with a parent.
pub(super) const WITH_PARENT: &[Band] = &[band(28, 39, 22), band(40, 49, 28), band(50, 59, 50)];

/// People who share a flat.
pub(super) const SHARER: &[Band] = &[band(18, 24, 34), band(25, 34, 54), band(35, 45, 12)];

/// A mother's age when a child was born (city of Beijing: first birth near 29).
pub(super) const BIRTH: &[Band] =
    &[band(20, 24, 18), band(25, 29, 44), band(30, 34, 28), band(35, 40, 10)];

/// How much older the husband is, plus [`HUSBAND_OFFSET`].
pub(super) const HUSBAND_OLDER: &[Band] =
    &[band(6, 8, 2), band(9, 11, 14), band(12, 15, 60), band(16, 18, 19), band(19, 24, 5)];

/// Years taken from [`HUSBAND_OLDER`], which holds no negative numbers.
pub(super) const HUSBAND_OFFSET: u8 = 12;
