//! Any bytes as a scene: refused with reasons, or fit to be played.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Ok(story) = zhanyitu_fuzz::read_scene(bytes, zhanyitu_fuzz::SMALL_MAP) {
        zhanyitu_fuzz::play(&story, 4);
    }
});
