//! Parts of a file that are read field by field, each on its own.
//!
//! Floor 2. Reads one value through the [`Reader`]; makes a part with every field
//! that could be understood. `ron` alone gives a part whole or not at all, and a
//! slip in one field would hide what is wrong in the others.

use serde::de::DeserializeOwned;

use super::outline::NodeId;
use super::read::{Fields, Reader};

/// Something that can be read from a value of a file; what is wrong is reported.
pub(super) trait Piece: Sized {
    /// As much of it as could be understood; `None` when that is nothing.
    fn read(reader: &mut Reader, node: NodeId) -> Option<Self>;
}

impl<T: DeserializeOwned> Piece for T {
    fn read(reader: &mut Reader, node: NodeId) -> Option<Self> {
        reader.parse(node)
    }
}

/// A list whose items are read one by one; each keeps its place in the file, so
/// that a path such as `do[2]` stays true when an item before it is damaged.
#[derive(Debug)]
pub struct Listed<T> {
    /// Position in the file and item.
    pub items: Vec<(usize, T)>,
    /// How many stand in the file.
    pub written: usize,
}

impl<T: Piece> Piece for Listed<T> {
    fn read(reader: &mut Reader, node: NodeId) -> Option<Self> {
        if !reader.is_list(node) {
            reader.items(node);
            return None;
        }
        let nodes = reader.items(node);
        let written = nodes.len();
        let mut items = Vec::new();
        for (i, node) in nodes.into_iter().enumerate() {
            // Nobody reads more problems than are kept, so the rest need not be found.
            if reader.is_full() {
                break;
            }
            items.extend(T::read(reader, node).map(|item| (i, item)));
        }
        Some(Self { items, written })
    }
}

impl<T> Listed<T> {
    /// True when every item could be understood.
    pub(super) fn is_whole(&self) -> bool {
        self.items.len() == self.written
    }

    /// The items without their positions.
    pub(super) fn values(&self) -> impl Iterator<Item = &T> {
        self.items.iter().map(|(_, item)| item)
    }
}

/// The items of a list field, in the same way; none where the field is missing.
pub(super) fn listed<T: Piece>(reader: &mut Reader, fields: &Fields, name: &str) -> Listed<T> {
    let read = fields.get(name).and_then(|node| Listed::read(reader, node));
    read.unwrap_or(Listed { items: Vec::new(), written: 0 })
}

/// A field's name in files: Rust's own words are written `r#do` in the program.
pub(super) fn plain_name(written: &'static str) -> &'static str {
    written.strip_prefix("r#").unwrap_or(written)
}

/// Declares parts: each field is there as far as it could be read. `must` fields
/// are reported when they are missing, unknown ones always.
macro_rules! pieces {
    ($( $(#[$doc:meta])* $name:ident { $( $(#[$fdoc:meta])* $need:ident $field:ident: $type:ty, )* } )*) => { $(
        $(#[$doc])*
        #[derive(Debug)]
        pub struct $name {
            $( $(#[$fdoc])* pub $field: Option<$type>, )*
        }

        impl $name {
            /// Every field's name in files, and whether it must be there.
            pub const FIELDS: &'static [(&'static str, bool)] =
                &[ $( (stringify!($field), $crate::scenario::piece::need!($need)), )* ];
        }

        impl $crate::scenario::piece::Piece for $name {
            fn read(
                reader: &mut $crate::scenario::read::Reader,
                node: $crate::scenario::outline::NodeId,
            ) -> Option<Self> {
                use $crate::scenario::piece::{Piece, plain_name};
                let of = |needed| {
                    let kept = Self::FIELDS.iter().filter(move |(_, must)| *must == needed);
                    kept.map(|(name, _)| plain_name(name)).collect::<Vec<_>>()
                };
                let fields = reader.fields(node, &of(true), &of(false));
                if !reader.is_struct(node) {
                    return None;
                }
                Some(Self { $( $field: {
                    let value = fields.get(plain_name(stringify!($field)));
                    value.and_then(|value| Piece::read(reader, value))
                }, )* })
            }
        }
    )* };
}
pub(super) use pieces;

/// What the words `must` and `may` of [`pieces!`] mean.
macro_rules! need {
    (must) => {
        true
    };
    (may) => {
        false
    };
}
pub(super) use need;
