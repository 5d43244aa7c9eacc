//! Ctrl-C: the first stops a study, and what was run is told; the second ends at once.
//!
//! Floor 4. Owns the one handler of the program.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, Once, PoisonError, Weak};

use crate::headless::exit;

static CURRENT: Mutex<Weak<AtomicBool>> = Mutex::new(Weak::new());
static LISTENS: Once = Once::new();

/// A flag that Ctrl-C sets. Where the system has no such key, nothing sets it.
pub(super) fn on_interrupt() -> Arc<AtomicBool> {
    let stop = Arc::new(AtomicBool::new(false));
    *CURRENT.lock().unwrap_or_else(PoisonError::into_inner) = Arc::downgrade(&stop);
    LISTENS.call_once(|| {
        let _ = ctrlc::set_handler(|| {
            let current = CURRENT.lock().unwrap_or_else(PoisonError::into_inner).upgrade();
            let again = current.is_none_or(|stop| stop.swap(true, Ordering::Relaxed));
            if again {
                std::process::exit(exit::INTERRUPTED.into());
            }
        });
    });
    stop
}
