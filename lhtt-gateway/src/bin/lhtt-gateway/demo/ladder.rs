//! What the peers saw: read from their lines, printed as one ladder, compared.

use serde::{Deserialize, Serialize};

/// One message as one peer saw it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Line {
    /// Milliseconds since the Unix epoch, with a fraction.
    pub at: f64,
    /// Which peer.
    pub peer: String,
    /// Whether the peer sent it.
    pub sent: bool,
    /// What it was.
    pub text: String,
}

/// What a peer says of one call.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Report {
    /// Its messages. Not part of the closing line.
    #[serde(skip)]
    pub lines: Vec<Line>,
    /// SIP: the final status.
    pub status: Option<u16>,
    /// SIP: the Warning of a refusal.
    pub warning: Option<String>,
    /// H.323: the number called.
    pub called: Option<String>,
    /// Digests of the payloads sent, in order.
    pub sent: Vec<String>,
    /// Digests of the payloads heard, in order.
    pub heard: Vec<String>,
}

impl Report {
    /// Reads all lines of a peer.
    pub(super) fn read(lines: impl IntoIterator<Item = impl AsRef<str>>) -> Self {
        let mut report = Self::default();
        for line in lines {
            report.take(line.as_ref());
        }
        report
    }

    /// Takes one line in; whether it was the closing one.
    pub(super) fn take(&mut self, line: &str) -> bool {
        if let Ok(line) = serde_json::from_str::<Line>(line) {
            self.lines.push(line);
        } else if let Ok(closing) = serde_json::from_str::<Report>(line) {
            *self = Self { lines: std::mem::take(&mut self.lines), ..closing };
            return true;
        }
        false
    }
}

/// Prints the ladder: one aligned line a message, in the order of time.
pub(super) fn print(title: &str, seen: &[&[Line]]) {
    let mut lines: Vec<_> = seen.iter().flat_map(|lines| lines.iter()).collect();
    lines.sort_by(|a, b| a.at.total_cmp(&b.at));
    let begun = lines.first().map_or(0.0, |line| line.at);
    println!("{title}");
    println!("{:>10}  {:<16}      {:<8}      {:<16}  message", "ms", "Chính phủ (SIP)", "border", "MCU (H.323)");
    for line in lines {
        let at = line.at - begun;
        let government = line.peer == "government";
        let arrow = if line.sent == government { "──────▶" } else { "◀──────" };
        let (left, right) = if government { (arrow, "       ") } else { ("       ", arrow) };
        println!("{at:>10.1}  {:<16}{left} {:^10} {right}{:<16}  {}", "│", "│", "│", line.text);
    }
    println!();
}

/// Compares what each end sent with what the other heard; says so.
pub(super) fn compare_media(government: &Report, mcu: &Report) -> bool {
    let ways = [("Chính phủ → MCU", &government.sent, &mcu.heard), ("MCU → Chính phủ", &mcu.sent, &government.heard)];
    let mut same = true;
    for (way, sent, heard) in ways {
        let equal = !sent.is_empty() && sent == heard;
        same &= equal;
        println!(
            "RTP {way}: gửi/sent {}, nhận/heard {}, giống hệt/identical: {}",
            sent.len(),
            heard.len(),
            super::yes(equal)
        );
    }
    println!();
    same
}
