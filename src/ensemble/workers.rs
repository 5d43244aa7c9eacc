//! Threads: work is spread over the cores, and comes back in order.
//!
//! Floor 2. Reads nothing; writes nothing; owns every thread of the core. This
//! is the only file of floors 0 to 3 that may start one (the architecture test
//! says so), because a result that depends on who was first would be worthless:
//! here, once, it is made sure that none does.
//!
//! Plain scoped threads and not `rayon`: all that is needed is a counter, a
//! channel, and a window that bounds how far the quick may run ahead of the slow.
//! `rayon` gives neither the window nor results while they come, and a pool of
//! its own would stand beside the window's.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

/// How many pieces per thread may be under way or wait for an earlier one.
const WINDOW_PER_THREAD: usize = 4;

/// As many threads as the machine has cores for; 1 when it does not say.
pub fn all_cores() -> NonZeroUsize {
    thread::available_parallelism().unwrap_or(NonZeroUsize::MIN)
}

/// Does `work(0)`, `work(1)`, … `work(count − 1)` on some threads, and hands the
/// results to `take` in that order, on the calling thread, as soon as everything
/// before them is there. So what `take` sees does not depend on the number of
/// threads nor on who finishes first. Returns how many were taken: all, or fewer
/// after `cancel`, but always the first ones.
///
/// At most four results per thread exist that were not yet taken.
///
/// # Panics
/// When `work` or `take` panics; no thread outlives the call.
pub fn in_order<T: Send>(
    count: usize,
    threads: NonZeroUsize,
    cancel: &AtomicBool,
    work: impl Fn(usize) -> T + Sync,
    mut take: impl FnMut(usize, T),
) -> usize {
    let threads = threads.get().min(count);
    if threads <= 1 {
        for index in 0..count {
            if cancel.load(Ordering::Relaxed) {
                return index;
            }
            take(index, work(index));
        }
        return count;
    }
    let gate = Gate::new(count, threads * WINDOW_PER_THREAD);
    let (sender, receiver) = mpsc::channel();
    let mut taken = 0;
    thread::scope(|scope| {
        for _ in 0..threads {
            let (sender, gate, work) = (sender.clone(), &gate, &work);
            scope.spawn(move || {
                let _guard = StopOnPanic(gate);
                while let Some(index) = gate.enter(cancel) {
                    if sender.send((index, work(index))).is_err() {
                        return;
                    }
                }
            });
        }
        drop(sender);
        let _guard = StopOnPanic(&gate);
        let mut early = BTreeMap::new();
        for (index, result) in &receiver {
            early.insert(index, result);
            while let Some(result) = early.remove(&taken) {
                take(taken, result);
                taken += 1;
                gate.taken(taken);
            }
        }
    });
    taken
}

/// Lets workers in, one piece of work at a time, and not too far ahead.
struct Gate {
    count: usize,
    window: usize,
    counters: Mutex<Counters>,
    moved: Condvar,
}

#[derive(Default)]
struct Counters {
    started: usize,
    taken: usize,
    stopped: bool,
}

impl Gate {
    fn new(count: usize, window: usize) -> Self {
        Self { count, window, counters: Mutex::default(), moved: Condvar::new() }
    }

    fn lock(&self) -> MutexGuard<'_, Counters> {
        self.counters.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The next piece of work; `None` when there is none for this thread any more.
    fn enter(&self, cancel: &AtomicBool) -> Option<usize> {
        let mut counters = self.lock();
        loop {
            if counters.stopped || counters.started >= self.count || cancel.load(Ordering::Relaxed)
            {
                return None;
            }
            if counters.started < counters.taken + self.window {
                counters.started += 1;
                return Some(counters.started - 1);
            }
            // Whoever works on the earliest piece wakes us, or panics and wakes us.
            counters = self.moved.wait(counters).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn taken(&self, taken: usize) {
        self.lock().taken = taken;
        self.moved.notify_all();
    }
}

/// A thread that panics must not leave the others waiting for its result.
struct StopOnPanic<'a>(&'a Gate);

impl Drop for StopOnPanic<'_> {
    fn drop(&mut self) {
        if thread::panicking() {
            self.0.lock().stopped = true;
            self.0.moved.notify_all();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::sync::atomic::AtomicUsize;
    use std::time::Duration;

    fn threads(n: usize) -> NonZeroUsize {
        NonZeroUsize::new(n).unwrap()
    }

    fn all(n: usize, count: usize, work: impl Fn(usize) -> u64 + Sync) -> Vec<(usize, u64)> {
        let mut seen = Vec::new();
        let go = AtomicBool::new(false);
        let taken = in_order(count, threads(n), &go, work, |i, x| seen.push((i, x)));
        assert_eq!(taken, count);
        seen
    }

    #[test]
    fn results_come_in_order_whoever_finishes_first() {
        let expected = all(1, 40, |i| i as u64 * 7);
        for n in [2, 3, 8, 64] {
            // The later a piece, the quicker it is done.
            let late_is_quick = |i: usize| {
                thread::sleep(Duration::from_micros(40 - i as u64) * 20);
                i as u64 * 7
            };
            assert_eq!(all(n, 40, late_is_quick), expected);
        }
    }

    #[test]
    fn nobody_runs_further_ahead_than_the_window() {
        let (taken, furthest) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let work = |i: usize| {
            if i.is_multiple_of(10) {
                thread::sleep(Duration::from_millis(5));
            }
            furthest.fetch_max(i - taken.load(Ordering::SeqCst).min(i), Ordering::SeqCst);
        };
        let go = AtomicBool::new(false);
        in_order(200, threads(4), &go, work, |i, ()| taken.store(i + 1, Ordering::SeqCst));
        // One more, because the count is read a moment before it is written.
        assert!(furthest.load(Ordering::SeqCst) <= 4 * WINDOW_PER_THREAD + 1);
    }

    #[test]
    fn cancelled_work_leaves_the_first_results_and_no_others() {
        for n in [1, 2, 8] {
            let stop = AtomicBool::new(false);
            let mut seen = Vec::new();
            let taken = in_order(
                10_000,
                threads(n),
                &stop,
                |i| i,
                |i, x| {
                    assert_eq!(i, x);
                    seen.push(x);
                    if i == 20 {
                        stop.store(true, Ordering::Relaxed);
                    }
                },
            );
            assert_eq!(taken, seen.len());
            assert!((21..10_000).contains(&taken), "{taken}");
            assert!(seen.iter().copied().eq(0..taken));
        }
    }

    #[test]
    fn a_panic_ends_everything_instead_of_hanging() {
        for n in [1, 2, 8] {
            let panics = std::panic::catch_unwind(|| {
                all(n, 500, |i| u64::from(i != 100) / u64::from(i != 100))
            });
            assert!(panics.is_err());
            let go = AtomicBool::new(false);
            let panics = std::panic::catch_unwind(|| {
                in_order(500, threads(n), &go, |i| i, |i, _| assert_ne!(i, 30))
            });
            assert!(panics.is_err());
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn any_threads_and_any_delays_give_the_same(
            n in 2_usize..9,
            delays in proptest::collection::vec(0_u64..400, 0..40),
        ) {
            let work = |i: usize| {
                thread::sleep(Duration::from_micros(delays[i]));
                i as u64 ^ 0x55
            };
            prop_assert_eq!(all(n, delays.len(), work), all(1, delays.len(), |i| i as u64 ^ 0x55));
        }
    }
}
