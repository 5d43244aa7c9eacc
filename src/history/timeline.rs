//! A story that can be wound to any minute, undone, and branched.
//!
//! Floor 2. Reads a [`World`]; owns the log of each branch, its keyframes and
//! the present moment.
//!
//! The moment at a minute is what it is after the story's own work of that minute
//! and every logged command of it. A keyframe is taken on arriving at a midnight,
//! before that day's commands.

mod retell;

use std::fmt;
use std::sync::Arc;

use super::{Entry, World};
use crate::base::text::Bilingual;
use crate::base::time::Minute;

/// Branches of one story at the same time, the trunk included.
pub const BRANCHES: usize = 8;
/// Commands of one log.
pub const COMMANDS: usize = 50_000;

/// Why something was not done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotDone<R> {
    /// The story refuses.
    Rejected(R),
    /// There are as many branches as there may be.
    TooManyBranches,
    /// The log is full.
    LogFull,
    /// No such branch.
    NoSuchBranch,
    /// The trunk, or the branch one stands on, cannot be deleted.
    InUse,
    /// Nothing to undo or to redo.
    Nothing,
}

impl<R> NotDone<R> {
    /// The sentence for whoever asked; a rejection has its own.
    pub fn sentence(&self, rejection: impl Fn(&R) -> Bilingual) -> Bilingual {
        match self {
            Self::Rejected(why) => rejection(why),
            Self::TooManyBranches => Bilingual::fixed(
                "分支已满八个，请先删去一个",
                "There are eight branches already; delete one first",
            ),
            Self::LogFull => {
                Bilingual::fixed("操作太多，记不下了", "There are too many commands to keep")
            }
            Self::NoSuchBranch => Bilingual::fixed("没有这个分支", "There is no such branch"),
            Self::InUse => Bilingual::fixed(
                "主干和正在看的分支不能删",
                "The trunk and the branch on screen cannot be deleted",
            ),
            Self::Nothing => {
                Bilingual::fixed("没有可以撤销或重做的", "There is nothing to undo or redo")
            }
        }
    }
}

/// A moment kept, with as many log entries applied as lie before it.
struct Keyframe<M> {
    at: Minute,
    applied: usize,
    moment: Arc<M>,
}

impl<M> Clone for Keyframe<M> {
    fn clone(&self) -> Self {
        Self { at: self.at, applied: self.applied, moment: Arc::clone(&self.moment) }
    }
}

/// One line of the story.
struct Branch<W: World> {
    name: String,
    log: Vec<Entry<W::Command>>,
    undone: Vec<Entry<W::Command>>,
    keyframes: Vec<Keyframe<W::Moment>>,
}

impl<W: World> Clone for Branch<W> {
    fn clone(&self) -> Self {
        Self {
            name: self.name.clone(),
            log: self.log.clone(),
            undone: self.undone.clone(),
            keyframes: self.keyframes.clone(),
        }
    }
}

/// A running story with its history.
pub struct Timeline<W: World> {
    world: W,
    branches: Vec<Branch<W>>,
    current: usize,
    present: W::Moment,
    /// Entries of the current log that are in the present moment.
    applied: usize,
    /// What was told on the way to the first minute.
    opening: usize,
}

/// Where it stands; a whole history is nothing to print.
impl<W: World> fmt::Debug for Timeline<W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Timeline")
            .field("now", &self.now())
            .field("branches", &self.branches.len())
            .field("current", &self.current)
            .field("log", &self.log())
            .finish_non_exhaustive()
    }
}

impl<W: World> Timeline<W> {
    /// Begins a story; what it tells in its first minute is added to `told`.
    pub fn new(world: W, told: &mut Vec<W::Event>) -> Self {
        let before = told.len();
        let present = world.start(told);
        let opening = told.len() - before;
        Self { opening, ..Self::resume(world, present) }
    }

    /// Goes on from a moment as if the story had begun there.
    pub fn resume(world: W, present: W::Moment) -> Self {
        let first =
            Keyframe { at: world.now(&present), applied: 0, moment: Arc::new(present.clone()) };
        let trunk = Branch {
            name: String::new(),
            log: Vec::new(),
            undone: Vec::new(),
            keyframes: vec![first],
        };
        Self { world, branches: vec![trunk], current: 0, present, applied: 0, opening: 0 }
    }

    /// The story's set-up.
    pub fn world(&self) -> &W {
        &self.world
    }

    /// The moment one is looking at.
    pub fn moment(&self) -> &W::Moment {
        &self.present
    }

    /// Its minute.
    pub fn now(&self) -> Minute {
        self.world.now(&self.present)
    }

    /// How many events the first minute told.
    pub fn opening(&self) -> usize {
        self.opening
    }

    /// The log of the current branch.
    pub fn log(&self) -> &[Entry<W::Command>] {
        &self.branches[self.current].log
    }

    /// Entries that a redo would bring back, the next one last.
    pub fn undone(&self) -> &[Entry<W::Command>] {
        &self.branches[self.current].undone
    }

    /// Whether commands lie ahead: one is looking at the past.
    pub fn looks_back(&self) -> bool {
        self.applied < self.log().len()
    }

    /// Goes on to a minute, with every logged command on the way.
    pub fn advance(&mut self, to: Minute, told: &mut Vec<W::Event>) {
        let to = to.min(self.world.ends());
        while self.now() < to {
            let midnight = self.now().day().end();
            let entry = self.branches[self.current].log.get(self.applied).map(|e| e.at);
            let stop = [Some(to), Some(midnight), entry]
                .into_iter()
                .flatten()
                .min()
                .unwrap_or(to)
                .max(self.now());
            self.world.advance(&mut self.present, stop, told);
            self.keep(stop);
            self.apply_logged(stop, told);
        }
    }

    /// Applies the log's commands of a minute.
    fn apply_logged(&mut self, now: Minute, told: &mut Vec<W::Event>) {
        while let Some(entry) =
            self.branches[self.current].log.get(self.applied).filter(|e| e.at <= now)
        {
            // What was accepted once is accepted again: the moment is the same.
            self.world.apply(&mut self.present, &entry.command, told);
            self.applied += 1;
        }
    }

    /// Keeps the present moment if it is a midnight that is not kept yet.
    fn keep(&mut self, now: Minute) {
        let frames = &mut self.branches[self.current].keyframes;
        if now.is_midnight() && frames.last().is_none_or(|k| k.at < now) {
            frames.push(Keyframe {
                at: now,
                applied: self.applied,
                moment: Arc::new(self.present.clone()),
            });
        }
    }

    /// Goes to any minute, back or forth, from the nearest kept midnight before
    /// it. Going back tells nothing; going forward tells what lies between the
    /// minute it sets out from and the one it reaches, kept days that are jumped
    /// over left out.
    pub fn seek(&mut self, to: Minute, told: &mut Vec<W::Event>) {
        let to = to.min(self.world.ends());
        let back = to < self.now();
        if back || self.kept_before(to).at > self.now() {
            self.rewind(to);
        }
        if back {
            self.advance(to, &mut Vec::new());
        } else {
            self.advance(to, told);
        }
    }

    /// The latest keyframe at or before a minute, else the first.
    fn kept_before(&self, to: Minute) -> &Keyframe<W::Moment> {
        let frames = &self.branches[self.current].keyframes;
        &frames[frames.partition_point(|k| k.at <= to).saturating_sub(1)]
    }

    /// Takes the latest keyframe at or before a minute as the present. Commands of
    /// its very minute belong to the moment, so they are applied.
    fn rewind(&mut self, to: Minute) {
        let frame = self.kept_before(to).clone();
        self.present = (*frame.moment).clone();
        self.applied = frame.applied;
        self.apply_logged(frame.at, &mut Vec::new());
    }

    /// Asks for something now. With commands ahead it opens a branch, so nothing
    /// recorded is lost.
    ///
    /// # Errors
    /// [`NotDone`]; then nothing has changed.
    pub fn submit(
        &mut self,
        command: W::Command,
        told: &mut Vec<W::Event>,
    ) -> Result<(), NotDone<W::Rejection>> {
        self.world.check(&self.present, &command).map_err(NotDone::Rejected)?;
        if self.applied >= COMMANDS {
            return Err(NotDone::LogFull);
        }
        if self.looks_back() {
            self.branch(String::new())?;
        }
        let now = self.now();
        self.forget_after(now);
        let branch = &mut self.branches[self.current];
        branch.undone.clear();
        self.world.apply(&mut self.present, &command, told);
        branch.log.push(Entry { at: now, command });
        self.applied += 1;
        Ok(())
    }

    /// Drops keyframes past a minute: they no longer follow from the log.
    fn forget_after(&mut self, now: Minute) {
        self.branches[self.current].keyframes.retain(|k| k.at <= now);
    }

    /// Takes the last command back, as if never asked. The clock stays.
    ///
    /// # Errors
    /// [`NotDone::Nothing`] when there is none.
    pub fn undo(&mut self) -> Result<(), NotDone<W::Rejection>> {
        let now = self.now();
        let entry = self.branches[self.current].log.pop().ok_or(NotDone::Nothing)?;
        let at = entry.at;
        self.branches[self.current].undone.push(entry);
        self.rebuild(at, now);
        Ok(())
    }

    /// Brings the last undone command back, at its own minute.
    ///
    /// # Errors
    /// [`NotDone::Nothing`] when there is none; [`NotDone::Rejected`] cannot
    /// happen, for the moment at which it was accepted is the same.
    pub fn redo(&mut self) -> Result<(), NotDone<W::Rejection>> {
        let now = self.now();
        let entry = self.branches[self.current].undone.pop().ok_or(NotDone::Nothing)?;
        let at = entry.at;
        self.branches[self.current].log.push(entry);
        self.rebuild(at, now);
        Ok(())
    }

    /// After a change of the log at a minute, reaches `now` again.
    fn rebuild(&mut self, changed: Minute, now: Minute) {
        self.forget_after(changed);
        self.rewind(now.min(changed));
        self.advance(now, &mut Vec::new());
    }

    /// Opens a branch here and goes on it: the same past, an own future.
    ///
    /// # Errors
    /// [`NotDone::TooManyBranches`].
    pub fn branch(&mut self, name: String) -> Result<usize, NotDone<W::Rejection>> {
        if self.branches.len() >= BRANCHES {
            return Err(NotDone::TooManyBranches);
        }
        let mut branch = self.branches[self.current].clone();
        branch.name = name;
        branch.log.truncate(self.applied);
        branch.undone.clear();
        self.branches.push(branch);
        self.current = self.branches.len() - 1;
        self.forget_after(self.now());
        Ok(self.current)
    }

    /// Names of the branches; the trunk is the first.
    pub fn branches(&self) -> impl ExactSizeIterator<Item = &str> {
        self.branches.iter().map(|b| b.name.as_str())
    }

    /// Which branch one is on.
    pub fn current(&self) -> usize {
        self.current
    }

    /// Goes to another branch at the same minute.
    ///
    /// # Errors
    /// [`NotDone::NoSuchBranch`].
    pub fn switch(&mut self, branch: usize) -> Result<(), NotDone<W::Rejection>> {
        if branch >= self.branches.len() {
            return Err(NotDone::NoSuchBranch);
        }
        let now = self.now();
        self.current = branch;
        self.rewind(now);
        self.advance(now, &mut Vec::new());
        Ok(())
    }

    /// Deletes a branch.
    ///
    /// # Errors
    /// [`NotDone::InUse`] for the trunk and the current one,
    /// [`NotDone::NoSuchBranch`].
    pub fn delete(&mut self, branch: usize) -> Result<(), NotDone<W::Rejection>> {
        if branch >= self.branches.len() {
            return Err(NotDone::NoSuchBranch);
        }
        if branch == 0 || branch == self.current {
            return Err(NotDone::InUse);
        }
        self.branches.remove(branch);
        if self.current > branch {
            self.current -= 1;
        }
        Ok(())
    }

    /// The hash at each midnight up to now, the first minute included.
    pub fn daily_hashes(&self) -> Vec<(Minute, u64)> {
        let now = self.now();
        let frames = self.branches[self.current].keyframes.iter().filter(|k| k.at <= now);
        frames.map(|k| (k.at, self.world.hash(&k.moment))).collect()
    }

    /// The latest kept midnight up to now.
    pub fn last_keyframe(&self) -> (Minute, &W::Moment) {
        let frame = self.kept_before(self.now());
        (frame.at, &frame.moment)
    }

    /// What was told since the latest kept midnight, or since the first minute of the
    /// story: played again beside the present, which does not change. Events of that
    /// very midnight that came before its commands are left out.
    pub fn told_since_midnight(&self) -> Vec<W::Event> {
        let frame = self.kept_before(self.now());
        let (mut moment, mut told) = ((*frame.moment).clone(), Vec::new());
        let log = self.log().get(frame.applied..self.applied).unwrap_or_default();
        for entry in log {
            self.world.advance(&mut moment, entry.at, &mut told);
            self.world.apply(&mut moment, &entry.command, &mut told);
        }
        self.world.advance(&mut moment, self.now(), &mut told);
        told
    }

    /// The branches as data: name and log of each.
    pub fn parts(&self) -> Vec<(String, Vec<Entry<W::Command>>)> {
        self.branches.iter().map(|b| (b.name.clone(), b.log.clone())).collect()
    }

    /// Takes up a history from its parts and goes to a minute of one branch.
    /// Entries that the story refuses now are left out; how many is returned.
    pub fn restore(
        world: W,
        parts: Vec<(String, Vec<Entry<W::Command>>)>,
        current: usize,
        at: Minute,
    ) -> (Self, usize) {
        let mut timeline = Self::new(world, &mut Vec::new());
        let mut refused = 0;
        let first = timeline.branches[0].keyframes.clone();
        let parts = if parts.is_empty() { vec![(String::new(), Vec::new())] } else { parts };
        let mut branches = Vec::new();
        for (name, log) in parts.into_iter().take(BRANCHES) {
            timeline.branches = vec![Branch {
                name,
                log: Vec::new(),
                undone: Vec::new(),
                keyframes: first.clone(),
            }];
            timeline.current = 0;
            timeline.rewind(Minute(0));
            for entry in log.into_iter().take(COMMANDS) {
                let told = &mut Vec::new();
                timeline.advance(entry.at, told);
                refused += usize::from(timeline.submit(entry.command, told).is_err());
            }
            branches.append(&mut timeline.branches);
        }
        timeline.branches = branches;
        timeline.current = current.min(timeline.branches.len() - 1);
        timeline.rewind(at);
        timeline.advance(at, &mut Vec::new());
        (timeline, refused)
    }
}

#[cfg(test)]
#[path = "timeline_tests.rs"]
mod tests;
