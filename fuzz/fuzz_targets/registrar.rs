#![no_main]
libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    lhtt_fuzz::registrar(data);
});
