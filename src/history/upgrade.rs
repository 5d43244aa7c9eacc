//! Saves of earlier formats, brought up to the present one step at a time.
//!
//! Floor 2. One function a step, each with its old sample file as test.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::log::Entry;
use super::save::{Save, Unreadable};
use crate::base::time::Minute;

/// Format 1: one log, no branches, no keyframe.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaveFormat1<C> {
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
    /// The log.
    pub log: Vec<Entry<C>>,
    /// The minute.
    pub at: Minute,
    /// Hash at each midnight.
    pub hashes: Vec<(Minute, u64)>,
}

/// Format 1 to 2: the log becomes the trunk.
fn upgrade_1_to_2<C>(old: SaveFormat1<C>) -> Save<C> {
    Save {
        program: old.program,
        model: old.model,
        scene: old.scene,
        scene_text: old.scene_text,
        content_hash: old.content_hash,
        seed: old.seed,
        params: old.params,
        branches: vec![(String::new(), old.log)],
        current: 0,
        at: old.at,
        hashes: old.hashes,
        keyframe: Vec::new(),
    }
}

/// A payload of any known format as a save of the present one.
///
/// # Errors
/// [`Unreadable::Damaged`] when the payload is none of its format.
pub fn to_current<C: DeserializeOwned>(format: u16, payload: &[u8]) -> Result<Save<C>, Unreadable> {
    fn read<T: DeserializeOwned>(payload: &[u8]) -> Result<T, Unreadable> {
        match postcard::take_from_bytes(payload) {
            Ok((value, [])) => Ok(value),
            _ => Err(Unreadable::Damaged),
        }
    }
    match format {
        1 => Ok(upgrade_1_to_2(read(payload)?)),
        2 => read(payload),
        _ => Err(Unreadable::Damaged),
    }
}
