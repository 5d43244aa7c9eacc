//! Any bytes as a map: refused with reasons, or fit to live in.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    match zhanyitu::scenario::maps::read("x.ron", bytes) {
        Err(problems) => zhanyitu_fuzz::check(&problems),
        Ok(_) => {
            if let Ok(story) = zhanyitu_fuzz::read_scene(zhanyitu_fuzz::STARTER.as_bytes(), bytes) {
                zhanyitu_fuzz::play(&story, 2);
            }
        }
    }
});
