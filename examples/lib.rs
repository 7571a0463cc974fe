//! Holds nothing: the examples are in `examples/`. `cargo run -p lhtt-examples --example ask_the_regulation`.
#![forbid(unsafe_code)]
