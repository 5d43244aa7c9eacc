//! Keeping a save through a power cut: either the old one or the new one.
//!
//! Floor 2. Reads and writes a [`Storage`] that is given to it; the disk itself
//! is on floor 4. The order of steps is the point: the new bytes are safe on the
//! disk under another name before the old name is touched, and the old save stays
//! as a spare copy.

use std::io;

/// Names and bytes that survive the program. A fault leaves the others as they are.
pub trait Storage {
    /// The bytes of a name.
    ///
    /// # Errors
    /// `NotFound`, or what the medium says.
    fn read(&self, name: &str) -> io::Result<Vec<u8>>;
    /// Writes the bytes under a name and waits until they are on the medium.
    ///
    /// # Errors
    /// What the medium says.
    fn write(&mut self, name: &str, bytes: &[u8]) -> io::Result<()>;
    /// Gives a file another name, replacing what has it.
    ///
    /// # Errors
    /// What the medium says.
    fn rename(&mut self, from: &str, to: &str) -> io::Result<()>;
    /// Waits until names are on the medium.
    ///
    /// # Errors
    /// What the medium says.
    fn sync_names(&mut self) -> io::Result<()>;
}

/// The name of a half-written file.
pub fn part(name: &str) -> String {
    format!("{name}.part")
}

/// The name of the spare copy.
pub fn spare(name: &str) -> String {
    format!("{name}.bak")
}

/// Keeps bytes under a name. Cut off at any step, one whole version remains.
///
/// # Errors
/// What the medium says; the last version is still there.
pub fn keep(storage: &mut dyn Storage, name: &str, bytes: &[u8]) -> io::Result<()> {
    storage.write(&part(name), bytes)?;
    // The bytes are safe under the name of the part before the old name moves.
    storage.sync_names()?;
    match storage.rename(name, &spare(name)) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    storage.rename(&part(name), name)?;
    storage.sync_names()
}

/// The newest whole version of a name: the name itself, else a finished part,
/// else the spare copy. `sound` says whether bytes are whole.
///
/// # Errors
/// `NotFound` when there is no file of that name at all, `InvalidData` when none
/// of them is whole, or what the medium says.
pub fn recall(
    storage: &dyn Storage,
    name: &str,
    sound: impl Fn(&[u8]) -> bool,
) -> io::Result<(Vec<u8>, Version)> {
    let mut seen = false;
    for (name, version) in [
        (name.to_owned(), Version::Newest),
        (part(name), Version::Newest),
        (spare(name), Version::Spare),
    ] {
        match storage.read(&name) {
            Ok(bytes) if sound(&bytes) => return Ok((bytes, version)),
            Ok(_) => seen = true,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
    }
    Err(if seen { io::ErrorKind::InvalidData.into() } else { io::ErrorKind::NotFound.into() })
}

/// Which version was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Version {
    /// The one that was kept last.
    Newest,
    /// The one before: the last was damaged.
    Spare,
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    /// A medium that loses power after some steps. Bytes are on it when `write`
    /// returns; names only after `sync_names`, until then any number of the last
    /// changes may be lost, in order. A write that is cut off leaves part of its
    /// bytes.
    #[derive(Clone, Default)]
    struct Medium {
        names: BTreeMap<String, Vec<u8>>,
        pending: Vec<Change>,
        steps_left: usize,
    }

    #[derive(Clone)]
    enum Change {
        Put(String, Vec<u8>),
        Move(String, String),
    }

    impl Medium {
        fn with(names: &[(&str, &[u8])]) -> Self {
            let names = names.iter().map(|(n, b)| ((*n).to_owned(), b.to_vec())).collect();
            Self { names, pending: Vec::new(), steps_left: usize::MAX }
        }

        fn view(&self, changes: usize) -> BTreeMap<String, Vec<u8>> {
            let mut names = self.names.clone();
            for change in &self.pending[..changes] {
                match change {
                    Change::Put(name, bytes) => {
                        names.insert(name.clone(), bytes.clone());
                    }
                    Change::Move(from, to) => {
                        if let Some(bytes) = names.remove(from) {
                            names.insert(to.clone(), bytes);
                        }
                    }
                }
            }
            names
        }

        fn step(&mut self) -> io::Result<()> {
            self.steps_left = self.steps_left.checked_sub(1).ok_or(io::ErrorKind::BrokenPipe)?;
            Ok(())
        }

        /// Every state in which the medium may be found after the power cut.
        fn after_the_cut(&self) -> impl Iterator<Item = Self> + '_ {
            (0..=self.pending.len()).map(|n| Self {
                names: self.view(n),
                pending: Vec::new(),
                steps_left: usize::MAX,
            })
        }
    }

    impl Storage for Medium {
        fn read(&self, name: &str) -> io::Result<Vec<u8>> {
            self.view(self.pending.len())
                .get(name)
                .cloned()
                .ok_or_else(|| io::ErrorKind::NotFound.into())
        }
        fn write(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
            // Three places to be cut off: nothing, half, nearly everything written.
            for done in [0, bytes.len() / 2, bytes.len().saturating_sub(1)] {
                if self.steps_left == 0 {
                    self.pending.push(Change::Put(name.to_owned(), bytes[..done].to_vec()));
                }
                self.step()?;
            }
            self.pending.push(Change::Put(name.to_owned(), bytes.to_vec()));
            Ok(())
        }
        fn rename(&mut self, from: &str, to: &str) -> io::Result<()> {
            self.step()?;
            self.read(from)?;
            self.pending.push(Change::Move(from.to_owned(), to.to_owned()));
            Ok(())
        }
        fn sync_names(&mut self) -> io::Result<()> {
            self.step()?;
            self.names = self.view(self.pending.len());
            self.pending.clear();
            Ok(())
        }
    }

    fn sound(bytes: &[u8]) -> bool {
        bytes == b"old save" || bytes == b"new save"
    }

    #[test]
    fn a_power_cut_at_any_step_leaves_the_old_or_the_new_save_whole() {
        let mut cuts = 0;
        for steps in 0..40 {
            let mut medium = Medium::with(&[("a.zyt", b"old save"), ("a.zyt.bak", b"damaged")]);
            medium.steps_left = steps;
            let kept = keep(&mut medium, "a.zyt", b"new save");
            for found in medium.after_the_cut() {
                let (bytes, _) = recall(&found, "a.zyt", sound)
                    .unwrap_or_else(|e| panic!("after {steps} steps: {e}"));
                if kept.is_ok() {
                    assert_eq!(bytes, b"new save");
                }
                cuts += 1;
            }
            if kept.is_ok() {
                assert_eq!(
                    recall(&medium, "a.zyt", sound).unwrap(),
                    (b"new save".to_vec(), Version::Newest)
                );
                assert_eq!(medium.read("a.zyt.bak").unwrap(), b"old save");
                assert!(cuts > 8, "only {cuts} states were tried");
                return;
            }
        }
        panic!("the save was never finished");
    }

    #[test]
    fn a_first_save_needs_no_old_one() {
        let mut medium = Medium::with(&[]);
        keep(&mut medium, "a.zyt", b"new save").unwrap();
        assert_eq!(recall(&medium, "a.zyt", sound).unwrap().1, Version::Newest);
        assert_eq!(recall(&medium, "b.zyt", sound).unwrap_err().kind(), io::ErrorKind::NotFound);
    }

    #[test]
    fn a_damaged_save_falls_back_to_the_spare_copy() {
        let medium = Medium::with(&[("a.zyt", b"rotten"), ("a.zyt.bak", b"old save")]);
        assert_eq!(
            recall(&medium, "a.zyt", sound).unwrap(),
            (b"old save".to_vec(), Version::Spare)
        );
        let medium = Medium::with(&[("a.zyt", b"rotten")]);
        assert_eq!(recall(&medium, "a.zyt", sound).unwrap_err().kind(), io::ErrorKind::InvalidData);
    }
}
