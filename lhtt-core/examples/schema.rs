//! Prints the JSON Schema of a case, which `docs/decide.schema.json` keeps.
//!
//! `cargo run -p lhtt-core --features schema --example schema > docs/decide.schema.json`

fn main() -> Result<(), serde_json::Error> {
    println!("{}", serde_json::to_string_pretty(&lhtt_core::schema::case())?);
    Ok(())
}
