//! Holds nothing: the benches are in `benches/`. `cargo bench -p lhtt-benches` measures, `-- --test` only runs each once.
#![forbid(unsafe_code)]
