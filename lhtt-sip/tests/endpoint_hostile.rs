//! Peers that say nonsense: messages of a conversation, cut, mixed and bent at random. Nothing panics, nothing is kept
//! for longer than its timers, and the bounds hold.
#![allow(clippy::unwrap_used, reason = "a run that breaks a promise ends the test")]

mod support;

use bytes::Bytes;
use lhtt_core::io::{Closed, Input, ListenerId, Output, StreamIds, Transport};
use lhtt_core::rng::Rng;
use lhtt_core::time::{Duration, Instant};
use lhtt_sip::{Config, Endpoint, Event, InviteId, Refusal};
use support::{Desk, SDP, crlf};

/// What is put in the place of other octets.
const WORDS: &[&str] = &[
    "\r\n",
    "\r\n\r\n",
    ";tag=",
    ";tag=a1",
    ";branch=z9hG4bK1",
    "<",
    ">",
    "\"",
    ",",
    ";",
    "sip:",
    "sips:x",
    "SIP/2.0",
    "INVITE",
    "ACK",
    "BYE",
    "CANCEL",
    "UPDATE",
    "4294967295",
    "99999999999",
    "-1",
    "0",
    "%00",
    "\u{0}",
    "é",
    " ",
    "[::1]",
    "lr",
    "Route: <sip:x>\r\n",
    "Record-Route: <sip:p;lr>\r\n",
    "Content-Length: 5\r\n",
    "l: 0\r\n",
    "Require: x\r\n",
    "Via: SIP/2.0/TCP a:1;rport\r\n",
];

/// The messages of a few conversations, with the tag that this endpoint gave where it is known.
fn material(tag: &str) -> Vec<String> {
    let d = Desk::udp();
    let to = if tag.is_empty() { String::new() } else { format!(";tag={tag}") };
    let mut all = Vec::new();
    for (index, method) in
        ["INVITE", "ACK", "BYE", "CANCEL", "INFO", "UPDATE", "OPTIONS", "REFER", "INVITE"].iter().enumerate()
    {
        for (cseq, tag) in [(1, ""), (1, to.as_str()), (2 + index as u32, to.as_str())] {
            for body in ["", SDP] {
                let text = d.request_to(method, &index.to_string(), cseq, tag, body);
                all.push(crlf(&text.replace("{length}", &body.len().to_string())));
            }
        }
    }
    all.push("SIP/2.0 200 OK\r\nVia: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bKx\r\nCSeq: 1 INVITE\r\n\r\n".to_owned());
    all
}

fn bend(rng: &mut Rng, text: &str) -> Bytes {
    let mut octets = text.as_bytes().to_vec();
    for _ in 0..rng.below(4) {
        let at = rng.below(octets.len() as u64 + 1) as usize;
        let end = (at + rng.below(12) as usize).min(octets.len());
        let word = WORDS[rng.below(WORDS.len() as u64) as usize];
        match rng.below(4) {
            0 => drop(octets.drain(at..end)),
            1 => drop(octets.splice(at..at, word.bytes())),
            2 => drop(octets.splice(at..end, word.bytes())),
            _ => octets[at..end].iter_mut().for_each(|octet| *octet ^= 1 << 3),
        }
    }
    octets.into()
}

struct Victim {
    endpoint: Endpoint,
    now: Instant,
    ids: Vec<InviteId>,
    tag: String,
}

impl Victim {
    fn new(seed: u64) -> Self {
        let mut config = Config::new(1);
        config.limits.calls = 20;
        config.limits.transactions = 60;
        config.limits.streams = 4;
        let mut endpoint = Endpoint::new(config, Rng::from_number(seed));
        endpoint.listener(ListenerId(0), Transport::Udp, "192.0.2.1:5060".into());
        endpoint.listener(ListenerId(1), Transport::Tls, "192.0.2.1:5061".into());
        Self { endpoint, now: Instant::ZERO, ids: Vec::new(), tag: String::new() }
    }

    fn input(&mut self, input: Input) {
        self.endpoint.handle_input(self.now, input);
        while let Some(output) = self.endpoint.poll_output() {
            if let Output::Transmit { data, .. } | Output::Send { data, .. } = output {
                let text = String::from_utf8_lossy(&data).into_owned();
                let tag = support::tag_of(support::header(&text, "To"));
                if text.contains(" INVITE\r\n") && text.starts_with("SIP/2.0 2") && !tag.is_empty() {
                    self.tag = tag.to_owned();
                }
            }
        }
        while let Some(event) = self.endpoint.poll_event() {
            match event {
                Event::Incoming { id, .. } => self.ids.push(id),
                Event::Forgotten { id } => self.ids.retain(|known| *known != id),
                _ => {}
            }
        }
        assert!(self.endpoint.sessions() <= 20 && self.endpoint.transactions() <= 60 + 4_000);
    }

    /// The owner does something to some session.
    fn owner(&mut self, rng: &mut Rng) {
        let Some(&id) = self.ids.get(rng.below(self.ids.len() as u64) as usize) else { return };
        let _ = match rng.below(8) {
            0 => self.endpoint.provisional(self.now, id, 183, Some(SDP.into())),
            1..=4 => self.endpoint.accept(self.now, id, SDP.into()),
            5 => self.endpoint.reject(self.now, id, Refusal::new(488)),
            6 => self.endpoint.acknowledge(self.now, id, SDP.into()),
            _ => self.endpoint.hang_up(self.now, id, None),
        };
        self.input(Input::Timeout);
    }

    fn finish(mut self) {
        for _ in 0..10_000 {
            for id in self.ids.clone() {
                let _ = self.endpoint.hang_up(self.now, id, None);
            }
            self.input(Input::Timeout);
            let Some(at) = self.endpoint.poll_timeout() else { break };
            self.now = self.now.max(at);
        }
        assert!(self.endpoint.is_quiescent(), "{:#?}", self.endpoint);
    }
}

#[test]
fn bent_datagrams() {
    for seed in 0..25 {
        let mut rng = Rng::from_number(seed);
        let mut victim = Victim::new(seed);
        for _ in 0..150 {
            let all = material(&victim.tag);
            let text = &all[rng.below(all.len() as u64) as usize];
            let data = bend(&mut rng, text);
            let remote = "192.0.2.9:5060".parse().unwrap();
            victim.input(Input::Datagram { listener: ListenerId(0), remote, data });
            victim.owner(&mut rng);
            victim.now += Duration::from_millis(rng.below(700));
        }
        victim.finish();
    }
}

#[test]
fn bent_streams() {
    for seed in 0..25 {
        let mut rng = Rng::from_number(seed);
        let mut victim = Victim::new(seed);
        let mut ids = StreamIds::new(0);
        for _ in 0..20 {
            let stream = ids.allocate();
            let (local, remote) = ("192.0.2.1:5061".parse().unwrap(), "192.0.2.9:40000".parse().unwrap());
            victim.input(Input::Accepted { stream, listener: ListenerId(1), local, remote, tls: None });
            for _ in 0..8 {
                let all = material(&victim.tag);
                let text = all[rng.below(all.len() as u64) as usize].replace("/UDP", "/TLS");
                let bent = if rng.below(3) == 0 { bend(&mut rng, &text) } else { text.into() };
                let cut = rng.below(bent.len() as u64 + 1) as usize;
                for data in [bent.slice(..cut), bent.slice(cut..)] {
                    victim.input(Input::Data { stream, data });
                }
                victim.owner(&mut rng);
                victim.now += Duration::from_millis(rng.below(700));
            }
            victim.input(Input::Closed { stream, why: Closed::Reset });
        }
        victim.finish();
    }
}
