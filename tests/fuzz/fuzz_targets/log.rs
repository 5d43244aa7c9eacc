//! Any text as a log; what is understood is written and read again as the same.
#![no_main]

use zhanyitu::session::logbook;

libfuzzer_sys::fuzz_target!(|text: &str| {
    let Ok(book) = logbook::read(text) else { return };
    if let Some(written) = logbook::write(&book) {
        let again = logbook::read(&written).unwrap_or_else(|why| panic!("{why:?}: {written}"));
        assert_eq!(again.entries, book.entries, "{written}");
        // Hashes may stand anywhere; written, they stand in order of time.
        assert_eq!(logbook::write(&again).as_ref(), Some(&written));
    }
});
