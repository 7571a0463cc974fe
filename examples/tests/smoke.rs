//! Every example is run and says what it is there to show. Those with sockets stay on loopback.

use std::process::Command;

#[track_caller]
fn says(program: &str, arguments: &[&str], expected: &[&str]) {
    let run = Command::new(program).args(arguments).output().expect("the example was built");
    let (said, fault) = (String::from_utf8_lossy(&run.stdout), String::from_utf8_lossy(&run.stderr));
    assert!(run.status.success(), "{program}: {}\n{said}\n{fault}", run.status);
    for text in expected {
        assert!(said.contains(text), "{program} does not say `{text}`:\n{said}");
    }
}

#[test]
fn answer_options() {
    says(env!("CARGO_BIN_EXE_answer_options"), &[], &["SIP/2.0 200 OK"]);
}

#[test]
fn ask_to_join() {
    let expected = ["CHẤP THUẬN", "TỪ CHỐI", "khoản 2 Điều 11", "Dieu 11 khoan 2", "Nhật ký: 5 mục"];
    says(env!("CARGO_BIN_EXE_ask_to_join"), &[], &expected);
}

#[test]
fn decode() {
    let decode = env!("CARGO_BIN_EXE_decode");
    says(decode, &[], &["ReleaseComplete", "ReleaseCompleteUuie", "OPTIONS for sip:600@hnth.example"]);
    says(decode, &["0300 000d", "08 02 0001 5a 08028090"], &["ReleaseComplete, call reference 1", "cause 16"]);
    let wrong = Command::new(decode).arg("0300z").output().unwrap();
    assert!(!wrong.status.success() && String::from_utf8_lossy(&wrong.stderr).contains("`z`"));
}

#[test]
fn embed_gateway() {
    let expected =
        ["> SIP/2.0 100 Trying", "> SIP/2.0 403", "TỪ CHỐI", "= 2 entries verified", "1 call came in, 1 refused"];
    says(env!("CARGO_BIN_EXE_embed_gateway"), &[], &expected);
}

#[test]
fn h323_call() {
    says(env!("CARGO_BIN_EXE_h323_call"), &[], &["caller: Connect", "callee: released with cause 16 by Peer"]);
}

#[test]
fn sip_call() {
    says(env!("CARGO_BIN_EXE_sip_call"), &[], &["caller: 180", "callee: the call is up", "callee: Bye"]);
}
