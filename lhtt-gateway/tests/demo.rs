//! The readme's first command: both calls, seen at the peers.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, clippy::unwrap_used, reason = "a test of the binary")]

use std::process::Command;

#[test]
fn the_demo_sees_all_that_it_promises() {
    let output = Command::new(env!("CARGO_BIN_EXE_lhtt-gateway")).args(["demo", "--exit"]).output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{text}\n{errors}");
    for seen in ["Setup 9000", "200 OK (INVITE)", "403 Forbidden (INVITE)  Warning: 399", "TỪ CHỐI — khoản 2 Điều 11"]
    {
        assert!(text.contains(seen), "`{seen}` is missing from\n{text}");
    }
}
