//! The binary as its users meet it: commands, exit codes, the life of a journal over kills and restarts.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, clippy::unwrap_used, clippy::panic, reason = "a test")]

use lhtt_core::Moment;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant, SystemTime};

const BINARY: &str = env!("CARGO_BIN_EXE_lhtt-gateway");
const DEADLINE: Duration = Duration::from_secs(30);

/// A folder with a configuration, gone with the test.
struct Border {
    folder: PathBuf,
}

impl Border {
    fn new(test: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("lhtt-run-{test}-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let text = include_str!("data/run.toml").replace("PORT", &port.to_string());
        std::fs::write(folder.join("gateway.toml"), text).unwrap();
        Self { folder }
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(BINARY);
        command.current_dir(&self.folder).args(arguments).stdin(Stdio::null());
        command
    }

    /// Exit code and both outputs.
    fn run(&self, arguments: &[&str]) -> (i32, String) {
        let Output { status, stdout, stderr } = self.command(arguments).output().unwrap();
        let text = format!("{}{}", String::from_utf8_lossy(&stdout), String::from_utf8_lossy(&stderr));
        (status.code().unwrap(), text)
    }

    #[track_caller]
    fn expect(&self, arguments: &[&str], code: i32, texts: &[&str]) -> String {
        let (found, text) = self.run(arguments);
        assert_eq!(found, code, "{arguments:?}: {text}");
        for expected in texts {
            assert!(text.contains(expected), "{arguments:?}: `{expected}` in:\n{text}");
        }
        text
    }

    /// A running border, ready.
    fn start(&self) -> Running {
        let mut command = self.command(&["run", "--config", "gateway.toml"]);
        let mut child = command.stderr(Stdio::piped()).spawn().unwrap();
        let mut log = BufReader::new(child.stderr.take().unwrap());
        let mut line = String::new();
        while !line.contains("ready") {
            line.clear();
            assert!(log.read_line(&mut line).unwrap() > 0, "it ended before it was ready");
        }
        Running { child, _log: log }
    }

    /// Writes a registration that is in time; its file.
    fn registration(&self, site: &str) -> String {
        let start = now().plus_seconds(600);
        let received = start.hours_before(24).rfc3339();
        let operator = json!({ "name": "Trực ban", "role": "technical_operator" });
        let receipt = json!({ "received_at": received, "mail_id": "<1@lamdong.example>", "stated_by": operator });
        let registration = json!({
            "sender": "vp", "sent_from": "vp@lamdong.example", "sent_to": "hnth@lamdong.example", "receipt": receipt,
            "agency": "vp", "chair_site": site, "members": [{ "peer": "gov" }], "start": start.rfc3339(),
            "content": "Họp giao ban", "contact": { "name": "Trần Văn A", "phone": "02633000000" },
        });
        let name = format!("{site}.json");
        std::fs::write(self.folder.join(&name), registration.to_string()).unwrap();
        name
    }

    fn status(&self) -> Value {
        serde_json::from_str(&self.expect(&["status", "--json"], 0, &[])).unwrap()
    }
}

impl Drop for Border {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// The process. Killed at the end, if it still runs.
struct Running {
    child: Child,
    _log: BufReader<std::process::ChildStderr>,
}

impl Running {
    fn terminate(mut self) -> i32 {
        let pid = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &pid]).status().unwrap().success());
        let by = Instant::now() + DEADLINE;
        loop {
            match self.child.try_wait().unwrap() {
                Some(status) => return status.code().unwrap(),
                None => assert!(Instant::now() < by, "it does not end"),
            }
            std::thread::yield_now();
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn now() -> Moment {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap();
    Moment::from_unix_millis(since.as_secs() as i64 * 1000)
}

#[test]
fn usage_is_told_with_code_2_and_help_with_0() {
    let border = Border::new("usage");
    border.expect(&["--help"], 0, &["run", "check-config", "submit", "accept", "journal", "inspect", "status"]);
    for command in ["run", "check-config", "submit", "accept", "status", "journal", "inspect"] {
        border.expect(&[command, "--help"], 0, &["Usage"]);
    }
    border.expect(&[], 2, &["Usage"]);
    border.expect(&["fly"], 2, &["fly"]);
    border.expect(&["accept", "one"], 2, &["one"]);
    border.expect(&["inspect", "isdn"], 2, &["none of sip"]);
    border.expect(&["run"], 2, &["--config"]);
}

#[test]
fn a_wrong_configuration_is_named() {
    let border = Border::new("config");
    border.expect(&["check-config", "gateway.toml"], 0, &["Mở (open)", "Đóng (closed)", "RAS"]);
    border.expect(&["check-config", "nowhere.toml"], 1, &["không đọc được `nowhere.toml`", "cannot read"]);
    let text = std::fs::read_to_string(border.folder.join("gateway.toml")).unwrap();
    std::fs::write(border.folder.join("wrong.toml"), text.replace("legs = 2", "legs = 0")).unwrap();
    for command in [&["check-config", "wrong.toml"][..], &["run", "--config", "wrong.toml"]] {
        border.expect(command, 1, &["Cấu hình `wrong.toml` sai", "peer[0].legs: `0`: 1 to 1000"]);
    }
}

#[test]
fn octets_are_inspected() {
    let border = Border::new("inspect");
    let message = "OPTIONS sip:a.example SIP/2.0\r\nVia: SIP/2.0/TLS b.example;branch=z9hG4bK1\r\nMax-Forwards: 70\r\n\
                   To: <sip:a.example>\r\nFrom: <sip:b.example>;tag=1\r\nCall-ID: 1\r\nCSeq: 1 OPTIONS\r\n\r\n";
    std::fs::write(border.folder.join("message"), message).unwrap();
    std::fs::write(
        border.folder.join("message.hex"),
        message.bytes().map(|octet| format!("{octet:02x}")).collect::<String>(),
    )
    .unwrap();
    border.expect(&["inspect", "sip", "message"], 0, &["\"method\":\"OPTIONS\""]);
    border.expect(&["inspect", "sip", "message.hex", "--hex"], 0, &["\"method\":\"OPTIONS\""]);
    border.expect(&["inspect", "h245", "message.hex", "--hex"], 1, &["\"error\""]);
    std::fs::write(border.folder.join("rows.tsv"), "row\tNoSuchType\t00\n").unwrap();
    border.expect(&["inspect", "--tsv", "rows.tsv"], 0, &["row\tunsupported"]);
}

#[test]
fn registrations_go_to_the_running_border_or_are_decided_under_the_lock() {
    let border = Border::new("orders");
    let (one, two, three) = (border.registration("phong-1"), border.registration("phong-2"), border.registration("x"));
    border.expect(&["status"], 1, &["không chạy", "does not run"]);
    border.expect(&["submit", &one], 0, &["Registration 1", "accept 1"]);

    let running = border.start();
    border.expect(&["submit", &two], 0, &["Registration 2"]);
    border.expect(&["submit", &three], 1, &["TỪ CHỐI"]);
    border.expect(&["submit", "gateway.toml"], 1, &["đăng ký `gateway.toml` sai"]);
    border.expect(&["accept", "1", "--alias", "8063123", "--room", "9000"], 0, &["sip:8063123@hnth.example", "9000"]);
    border.expect(&["accept", "9"], 1, &[]);
    border.expect(&["run", "--config", "gateway.toml"], 1, &["không khởi động được", "open in another process"]);
    let status = border.status();
    assert_eq!((&status["calls"], &status["store_down"]), (&json!(0), &json!(false)));
    let sound = border.expect(&["journal", "verify"], 0, &["nguyên vẹn"]);
    assert_eq!(running.terminate(), 0);

    border.expect(&["accept", "2"], 0, &["sip:8063"]);
    let known = sound.lines().last().unwrap();
    border.expect(&["journal", "verify", "--known", known], 0, &[]);
    let exported = border.expect(&["journal", "export"], 0, &["{\"v\":2,\"seq\":1,", "personal:"]);
    assert!(!exported.contains("Trực"), "names stand beside the chain: {exported}");
    let record = border.expect(&["journal", "export", "--personal"], 0, &["\"salt\""]);
    let record: Value = serde_json::from_str(record.lines().next().unwrap()).unwrap();
    let text = record["text"].as_str().unwrap();
    border.expect(&["journal", "erase", text], 0, &["Đã xóa"]);
    border.expect(&["journal", "erase", text], 1, &["erased: 0"]);
    border.expect(&["journal", "verify", "--known", known], 0, &["nguyên vẹn"]);
    let cut = format!("99{known}");
    border.expect(&["journal", "verify", "--known", &cut], 1, &["journal is broken at entry"]);
}

#[test]
fn a_killed_border_starts_again_where_it_was() {
    let border = Border::new("killed");
    let one = border.registration("phong-1");
    let mut running = border.start();
    border.expect(&["submit", &one], 0, &["Registration 1"]);
    running.child.kill().unwrap();
    running.child.wait().unwrap();
    border.expect(&["journal", "verify"], 0, &["nguyên vẹn"]);
    let running = border.start();
    border.expect(&["accept", "1"], 0, &["sip:8063"]);
    assert_eq!(running.terminate(), 0);
    assert!(!border.folder.join("state/control.sock").exists());
}
