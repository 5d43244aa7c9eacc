//! Saves on a real disk.
//!
//! Floor 4. Reads and writes one folder; owns nothing. The order of steps that
//! survives a power cut is in `history::storage`.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::files::read_limited;
use crate::history::save::PAYLOAD_BYTES;
use crate::history::storage::Storage;

/// Room for the frame around a payload.
const FRAME_BYTES: usize = 64;

/// The files of one folder.
#[derive(Debug, Clone)]
pub struct Disk {
    folder: PathBuf,
}

impl Disk {
    /// The folder of a file, and the file's name in it.
    pub fn beside(path: &Path) -> Option<(Self, String)> {
        let name = path.file_name()?.to_str()?.to_owned();
        let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        Some((Self { folder: folder.to_owned() }, name))
    }
}

impl Storage for Disk {
    fn read(&self, name: &str) -> io::Result<Vec<u8>> {
        read_limited(&self.folder.join(name), PAYLOAD_BYTES as usize + FRAME_BYTES)
    }

    fn write(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        let mut file = File::create(self.folder.join(name))?;
        file.write_all(bytes)?;
        file.sync_all()
    }

    fn rename(&mut self, from: &str, to: &str) -> io::Result<()> {
        fs::rename(self.folder.join(from), self.folder.join(to))
    }

    fn sync_names(&mut self) -> io::Result<()> {
        // Where a folder cannot be opened as a file, the system orders names itself.
        match File::open(&self.folder) {
            Ok(folder) => folder.sync_all(),
            Err(_) => Ok(()),
        }
    }
}
