//! What `check-config` says of a valid file: what is open, for whom, and what is closed and why. Vietnamese first.

use super::sections::protocol_name;
use super::{Config, StoreSettings};
use crate::settings::{Listener, Neighbour, Protocol};
use lhtt_core::io::Transport;
use std::fmt::Write as _;

/// Lines for people.
pub(super) fn explain(config: &Config) -> String {
    let mut text = String::new();
    // Writing into a String does not fail.
    let _ = write(config, &mut text);
    text
}

fn write(config: &Config, out: &mut String) -> std::fmt::Result {
    let settings = &config.settings;
    writeln!(out, "Mở (open):")?;
    for listener in &settings.listeners {
        writeln!(out, "  {}", open(listener, &settings.neighbours))?;
    }
    writeln!(out, "Gọi ra (we call):")?;
    for neighbour in &settings.neighbours {
        let Neighbour { name, protocol, transport, remote, .. } = neighbour;
        writeln!(out, "  {name}: {}/{} {remote}", protocol_name(*protocol), transport_name(*transport))?;
    }
    writeln!(out, "Đóng (closed):")?;
    for (vi, en) in closed(config) {
        writeln!(out, "  {vi}\n    {en}")?;
    }
    if !config.plain.is_empty() {
        writeln!(out, "Không mã hóa, kèm lý do (plain, with the written reason):")?;
    }
    for (name, reason) in &config.plain {
        writeln!(out, "  {name}: {reason}")?;
    }
    Ok(())
}

fn open(listener: &Listener, neighbours: &[Neighbour]) -> String {
    let way = format!("{}/{} {}", protocol_name(listener.protocol), transport_name(listener.transport), listener.local);
    match listener.peer.and_then(|peer| neighbours.get(peer)) {
        Some(peer) => format!("{way}: chỉ cho `{}` từ mạng đã khai báo (only its networks)", peer.name),
        None => format!("{way}: chứng thư phải do một CA đã khai báo cấp (certificate of a configured CA needed)"),
    }
}

/// What is closed and why, in both languages.
fn closed(config: &Config) -> Vec<(String, String)> {
    let mut lines = Vec::new();
    let mut say = |vi: &str, en: &str| lines.push((vi.to_owned(), en.to_owned()));
    let has = |protocol, transport| {
        config
            .settings
            .listeners
            .iter()
            .any(|listener| (listener.protocol, listener.transport) == (protocol, transport))
    };
    for (protocol, transport) in [
        (Protocol::Sip, Transport::Udp),
        (Protocol::Sip, Transport::Tcp),
        (Protocol::Sip, Transport::Tls),
        (Protocol::H323, Transport::Tcp),
        (Protocol::H323, Transport::Tls),
    ] {
        if !has(protocol, transport) {
            let way = format!("{}/{}", protocol_name(protocol), transport_name(transport));
            let vi = format!("{way}: không có [[listener]] nào, mặc định là đóng");
            say(&vi, &format!("{way}: no [[listener]], and what is not opened is closed"));
        }
    }
    say("H.225.0 RAS (UDP 1719): chưa có trong phiên bản này", "H.225.0 RAS (UDP 1719): not in this version");
    say("Người gọi không nhận diện được: từ chối, không nêu điều khoản", "unknown callers: refused without an article");
    if !config.driver.clock.trusted {
        say(
            "Đồng hồ không được tin cậy (clock.trusted = false): mọi việc phụ thuộc thời hạn bị từ chối",
            "the clock is not trusted (clock.trusted = false): whatever depends on a deadline is refused",
        );
    }
    if config.settings.neighbours.iter().all(|neighbour| neighbour.numbers.is_empty()) {
        say("MCU gọi ra: không bên nào có `numbers`", "calls from the MCU: no neighbour has `numbers`");
    }
    if config.store == StoreSettings::Memory {
        say(
            "Nhật ký nằm trong bộ nhớ, mất khi dừng: chỉ để thử",
            "the journal is in memory and lost at stop: for trials",
        );
    }
    lines
}

const fn transport_name(transport: Transport) -> &'static str {
    match transport {
        Transport::Udp => "UDP",
        Transport::Tcp => "TCP",
        Transport::Tls => "TLS",
    }
}
