//! Every example runs to its end, and what it asserts holds. `join_cost` is a measurement and `schema` is compared by its own test.
#![cfg(feature = "regulation")]

#[path = "../examples/first_decision.rs"]
mod first_decision;
#[path = "../examples/own_profile.rs"]
mod own_profile;
#[path = "../examples/replay.rs"]
mod replay;
#[path = "../examples/report.rs"]
mod report;
#[path = "../examples/session.rs"]
mod session;

#[test]
fn the_examples_run() {
    for (name, example) in [
        ("first_decision", first_decision::main as fn() -> Result<(), Box<dyn std::error::Error>>),
        ("own_profile", own_profile::main),
        ("replay", replay::main),
        ("report", report::main),
        ("session", session::main),
    ] {
        example().unwrap_or_else(|fault| panic!("{name}: {fault}"));
    }
}
