//! A story on paper: what is needed to take it up again, and to prove that it is
//! the same.
//!
//! Floor 2. Owns [`Save`] and its frame. The reader trusts nothing: every length
//! is looked at before anything is set aside for it.
//!
//! ```text
//! "ZHANYITU"  format u16  length u64  payload (postcard)  CRC-32 of all before
//! ```

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::log::Entry;
use super::timeline::{BRANCHES, COMMANDS};
use super::upgrade;
use crate::base::text::Bilingual;
use crate::base::time::Minute;

/// The format that is written.
pub const FORMAT: u16 = 2;
/// The revision of the model: raised when the same log gives another story. A
/// save of another revision opens at its keyframe and says so.
pub const MODEL_REVISION: u32 = 1;
/// Largest payload, bytes.
pub const PAYLOAD_BYTES: u64 = 16 * 1024 * 1024;
const MAGIC: &[u8; 8] = b"ZHANYITU";
const HEAD: usize = 8 + 2 + 8;
const CRC: usize = 4;

/// Everything a story needs to be taken up again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Save<C> {
    /// Version of the program that wrote it.
    pub program: String,
    /// Revision of the model.
    pub model: u32,
    /// File name of the scene.
    pub scene: String,
    /// The scene itself.
    pub scene_text: Vec<u8>,
    /// Hash of scene and map.
    pub content_hash: u64,
    /// The seed.
    pub seed: u64,
    /// Parameters set besides the scene.
    pub params: Vec<(String, u32)>,
    /// Name and log of each branch, the trunk first.
    pub branches: Vec<(String, Vec<Entry<C>>)>,
    /// Which branch.
    pub current: u32,
    /// The minute.
    pub at: Minute,
    /// Hash at each midnight of the current branch up to that minute.
    pub hashes: Vec<(Minute, u64)>,
    /// The latest midnight's moment, postcard, for another revision of the model.
    pub keyframe: Vec<u8>,
}

/// Why a save cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Unreadable {
    /// Not a save at all.
    #[error("this is not a save of this program")]
    Foreign,
    /// From a newer version of the program.
    #[error("made by a newer version of this program (format {0})")]
    Newer(u16),
    /// Cut off.
    #[error("the file is cut off")]
    CutOff,
    /// Too large.
    #[error("the file is larger than any save")]
    TooLarge,
    /// Changed since it was written.
    #[error("the file is damaged")]
    Damaged,
}

impl Unreadable {
    /// The sentence for people.
    pub fn sentence(self) -> Bilingual {
        match self {
            Self::Foreign => {
                Bilingual::fixed("这不是本程序的存档", "This is not a save of this program")
            }
            Self::Newer(_) => Bilingual::fixed(
                "存档来自更新的版本，请更新程序",
                "The save was made by a newer version; update the program",
            ),
            Self::CutOff => Bilingual::fixed("存档不完整", "The save is cut off"),
            Self::TooLarge => {
                Bilingual::fixed("文件太大，不是存档", "The file is larger than any save")
            }
            Self::Damaged => Bilingual::fixed("存档已损坏", "The save is damaged"),
        }
    }
}

/// Puts a payload into its frame.
pub fn frame(format: u16, payload: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(HEAD + payload.len() + CRC);
    bytes.extend_from_slice(MAGIC);
    bytes.extend_from_slice(&format.to_le_bytes());
    bytes.extend_from_slice(&(payload.len() as u64).to_le_bytes());
    bytes.extend_from_slice(payload);
    bytes.extend_from_slice(&crc32fast::hash(&bytes).to_le_bytes());
    bytes
}

/// Takes a payload out of its frame.
///
/// # Errors
/// [`Unreadable`].
pub fn unframe(bytes: &[u8]) -> Result<(u16, &[u8]), Unreadable> {
    if !bytes.starts_with(MAGIC) {
        return Err(if MAGIC.starts_with(bytes) {
            Unreadable::CutOff
        } else {
            Unreadable::Foreign
        });
    }
    let head = bytes.get(..HEAD).ok_or(Unreadable::CutOff)?;
    let format = u16::from_le_bytes([head[8], head[9]]);
    let mut length = [0; 8];
    length.copy_from_slice(&head[10..HEAD]);
    let length = u64::from_le_bytes(length);
    if length > PAYLOAD_BYTES {
        return Err(Unreadable::TooLarge);
    }
    let end = HEAD + length as usize;
    let whole = bytes.get(..end + CRC).ok_or(Unreadable::CutOff)?;
    let crc: [u8; CRC] = [whole[end], whole[end + 1], whole[end + 2], whole[end + 3]];
    if bytes.len() != whole.len() || crc32fast::hash(&whole[..end]) != u32::from_le_bytes(crc) {
        return Err(Unreadable::Damaged);
    }
    if format > FORMAT {
        return Err(Unreadable::Newer(format));
    }
    Ok((format, &whole[HEAD..end]))
}

impl<C: Serialize + DeserializeOwned> Save<C> {
    /// As bytes for a file.
    pub fn to_bytes(&self) -> Vec<u8> {
        // Strings, numbers and lists of them always serialise.
        frame(FORMAT, &postcard::to_allocvec(self).unwrap_or_default())
    }

    /// From the bytes of a file, of this or an earlier format.
    ///
    /// # Errors
    /// [`Unreadable`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Unreadable> {
        let (format, payload) = unframe(bytes)?;
        let save: Self = upgrade::to_current(format, payload)?;
        let commands: usize = save.branches.iter().map(|(_, log)| log.len()).sum();
        let sane = (1..=BRANCHES).contains(&save.branches.len())
            && (save.current as usize) < save.branches.len()
            && commands <= COMMANDS
            && save.branches.iter().all(|(_, log)| log.is_sorted_by_key(|e| e.at));
        if sane { Ok(save) } else { Err(Unreadable::Damaged) }
    }
}

/// Where a story played again first differs from its save.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Difference {
    /// The midnight.
    pub at: Minute,
    /// What the save says.
    pub expected: u64,
    /// What came out.
    pub found: Option<u64>,
}

/// The first midnight at which two lists of hashes differ.
pub fn first_difference(expected: &[(Minute, u64)], found: &[(Minute, u64)]) -> Option<Difference> {
    expected.iter().enumerate().find_map(|(i, &(at, expected))| {
        let found = found.get(i).filter(|f| f.0 == at).map(|f| f.1);
        (found != Some(expected)).then_some(Difference { at, expected, found })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::draw::{Purpose, draw};

    fn save() -> Save<u32> {
        Save {
            program: "0.1.0".to_owned(),
            model: MODEL_REVISION,
            scene: "a.ron".to_owned(),
            scene_text: b"()".to_vec(),
            content_hash: 7,
            seed: 20_200_124,
            params: vec![("survey.minutes".to_owned(), 18)],
            branches: vec![(
                String::new(),
                vec![Entry { at: Minute(500), command: 3 }, Entry { at: Minute(900), command: 4 }],
            )],
            current: 0,
            at: Minute(2000),
            hashes: vec![(Minute(480), 1), (Minute(1440), 2)],
            keyframe: vec![1, 2, 3],
        }
    }

    #[test]
    fn a_save_is_read_back_as_it_was_written() {
        assert_eq!(Save::from_bytes(&save().to_bytes()), Ok(save()));
    }

    #[test]
    fn every_truncation_and_every_changed_bit_is_noticed() {
        let bytes = save().to_bytes();
        for cut in 0..bytes.len() {
            assert!(Save::<u32>::from_bytes(&bytes[..cut]).is_err(), "cut at {cut}");
        }
        for at in 0..bytes.len() {
            for bit in 0..8 {
                let mut changed = bytes.clone();
                changed[at] ^= 1 << bit;
                assert!(Save::<u32>::from_bytes(&changed).is_err(), "bit {bit} of {at}");
            }
        }
        let mut longer = bytes.clone();
        longer.push(0);
        assert_eq!(Save::<u32>::from_bytes(&longer), Err(Unreadable::Damaged));
    }

    /// Payloads that are nonsense in a sound frame: the check sum does not save us.
    #[test]
    fn nonsense_in_a_sound_frame_is_refused_without_a_panic() {
        let payload = postcard::to_allocvec(&save()).unwrap();
        let mut refused = 0;
        for k in 0..6000 {
            let d = draw(1, Purpose::PlaceLayout, k, 0, 0);
            let mut changed = payload.clone();
            let at = d.below(0, changed.len() as u32) as usize;
            changed[at] = d.below(1, 256) as u8;
            if d.chance(300_000) {
                changed.truncate(at);
            }
            refused += usize::from(Save::<u32>::from_bytes(&frame(FORMAT, &changed)).is_err());
        }
        assert!(refused > 1000, "{refused}");
    }

    #[test]
    fn what_is_no_save_is_told_apart() {
        assert_eq!(Save::<u32>::from_bytes(b"(format: 1)"), Err(Unreadable::Foreign));
        assert_eq!(Save::<u32>::from_bytes(b""), Err(Unreadable::CutOff));
        assert_eq!(
            Save::<u32>::from_bytes(&frame(FORMAT + 1, b"")),
            Err(Unreadable::Newer(FORMAT + 1))
        );
        let mut huge = save().to_bytes();
        huge[10..18].copy_from_slice(&u64::MAX.to_le_bytes());
        assert_eq!(Save::<u32>::from_bytes(&huge), Err(Unreadable::TooLarge));
    }

    #[test]
    fn the_first_day_that_differs_is_named() {
        let hashes = [(Minute(480), 1), (Minute(1440), 2), (Minute(2880), 3)];
        assert_eq!(first_difference(&hashes, &hashes), None);
        let mut other = hashes;
        other[1].1 = 9;
        let difference = Difference { at: Minute(1440), expected: 2, found: Some(9) };
        assert_eq!(first_difference(&hashes, &other), Some(difference));
        assert_eq!(first_difference(&hashes, &hashes[..2]).unwrap().found, None);
    }
}
