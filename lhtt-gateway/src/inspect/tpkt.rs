//! A stream of TPKT packets as JSON (RFC 1006 6), each with what it carries: Q.931, or H.245 of a channel of its own.

use super::{Shown, hex, per, q931};
use lhtt_h323::tpkt::{Framer, HEADER, PACKET_MAX};
use serde_json::{Value, json};

pub(super) fn inspect(octets: &[u8]) -> Result<Value, Shown> {
    let mut framer = Framer::new(PACKET_MAX);
    framer.push(octets);
    let (mut packets, mut offset) = (Vec::new(), 0);
    loop {
        offset += keep_alives(&octets[offset..]);
        match framer.packet() {
            Ok(Some(content)) => {
                packets.push(packet(offset, &content));
                offset += HEADER + content.len();
            }
            Ok(None) if offset == 0 => return Err(Shown::malformed(0, "a packet ends inside the octets")),
            Ok(None) => return Ok(json!({ "kind": "tpkt", "packets": packets, "rest": octets.len() - offset })),
            // The stream is lost: nothing tells where the next packet begins, so nothing is answered.
            Err(fault) => return Err(Shown::malformed(offset, fault.to_string())),
        }
    }
}

fn packet(offset: usize, content: &[u8]) -> Value {
    let mut packet = json!({ "offset": offset, "length": HEADER + content.len(), "content": hex::write(content) });
    if let Ok(message) = q931::inspect(content, false) {
        packet["q931"] = message;
    } else if let Ok(message) = per::inspect(super::Kind::H245, content, false) {
        packet["h245"] = message;
    }
    packet
}

/// Octets of the empty packets that come first: the framer passes over them.
fn keep_alives(octets: &[u8]) -> usize {
    octets.chunks(HEADER).take_while(|chunk| matches!(chunk, [3, _, 0, 4])).count() * HEADER
}
