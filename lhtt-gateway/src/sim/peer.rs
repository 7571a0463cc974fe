//! Peers of the simulated world: SIP systems and an H.323 MCU, on the project's own stacks, each with a draw of manners.

use super::fixture::{self, MCU, SIP_TLS, SIP_UDP, at};
use bytes::Bytes;
use lhtt_core::io::{Input, ListenerId, Output, Transport};
use lhtt_core::rng::Rng;
use lhtt_core::time::{Duration, Instant};
use lhtt_h323 as h323;
use lhtt_sip as sip;
use lhtt_sip::message::{NameAddr, Uri};
use lhtt_sip::sdp::{self, AudioFormat, LocalAudio, Sdp};
use std::collections::{BTreeMap, BTreeSet};
use std::net::SocketAddr;

/// What a caller wants.
#[derive(Clone, Debug)]
pub(super) struct Plan {
    pub called: String,
    /// Gives up if not answered by then.
    pub patience: Duration,
    /// Hangs up so long after the answer; the callee's own draw may be shorter.
    pub talk: Duration,
    /// SIP: whether the INVITE carries the offer. H.323: fast start.
    pub early: bool,
    /// H.323: whether H.245 is tunnelled.
    pub tunnelling: bool,
}

/// How a callee takes a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Manner {
    Answers { after: Duration, talks: Duration },
    Refuses { after: Duration, busy: bool },
    Silent,
}

/// Something that a peer does later.
#[derive(Clone, Debug)]
pub(super) enum Action {
    Call(Plan),
    Ring(u64),
    Answer(u64),
    Refuse(u64, bool),
    GiveUp(u64),
    HangUp(u64),
}

/// What a peer tells the world.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Seen {
    /// As callee: it is called, by this number.
    Called(String),
    /// As caller: it is answered.
    Answered,
    /// As caller: refused with this status or cause.
    Refused(u16),
    /// As caller: no final answer came.
    Stalled,
}

/// One peer.
#[derive(Debug)]
pub(super) struct Peer {
    host: usize,
    rng: Rng,
    stack: Stack,
    plans: BTreeMap<u64, Plan>,
    manners: BTreeMap<u64, Manner>,
    offers: BTreeMap<u64, Option<Sdp>>,
    up: BTreeSet<u64>,
    opened: BTreeSet<u64>,
    next_port: u16,
    pub(super) later: Vec<(Instant, Action)>,
    pub(super) seen: Vec<Seen>,
}

#[derive(Debug)]
enum Stack {
    Sip { endpoint: Box<sip::Endpoint>, transport: Transport, ids: BTreeMap<u64, sip::InviteId> },
    H323 { endpoint: Box<h323::Endpoint>, ids: BTreeMap<u64, h323::CallId> },
}

impl Peer {
    pub(super) fn sip(host: usize, transport: Transport, mut rng: Rng) -> Self {
        let mut endpoint = sip::Endpoint::new(sip::Config::new(1), rng.fork());
        let port = if transport == Transport::Tls { 5061 } else { 5060 };
        endpoint.listener(listener_of(transport), transport, at(host, port).to_string());
        Self::new(host, rng, Stack::Sip { endpoint: Box::new(endpoint), transport, ids: BTreeMap::new() })
    }

    pub(super) fn h323(host: usize, mut rng: Rng) -> Self {
        let mut endpoint = h323::Endpoint::new(h323::Config::new(1), rng.fork());
        endpoint.listener(fixture::H323_TCP, Transport::Tcp);
        Self::new(host, rng, Stack::H323 { endpoint: Box::new(endpoint), ids: BTreeMap::new() })
    }

    fn new(host: usize, rng: Rng, stack: Stack) -> Self {
        Self {
            host,
            rng,
            stack,
            plans: BTreeMap::new(),
            manners: BTreeMap::new(),
            offers: BTreeMap::new(),
            up: BTreeSet::new(),
            opened: BTreeSet::new(),
            next_port: 40_000,
            later: Vec::new(),
            seen: Vec::new(),
        }
    }

    pub(super) fn poll_timeout(&self) -> Option<Instant> {
        match &self.stack {
            Stack::Sip { endpoint, .. } => endpoint.poll_timeout(),
            Stack::H323 { endpoint, .. } => endpoint.poll_timeout(),
        }
    }

    pub(super) fn is_quiescent(&self) -> bool {
        match &self.stack {
            Stack::Sip { endpoint, .. } => endpoint.is_quiescent(),
            Stack::H323 { endpoint, .. } => endpoint.is_quiescent(),
        }
    }

    pub(super) fn handle_input(&mut self, now: Instant, input: Input) {
        match &mut self.stack {
            Stack::Sip { endpoint, .. } => endpoint.handle_input(now, input),
            Stack::H323 { endpoint, .. } => endpoint.handle_input(now, input),
        }
        self.drain_events(now);
    }

    pub(super) fn poll_output(&mut self) -> Option<Output> {
        match &mut self.stack {
            Stack::Sip { endpoint, .. } => endpoint.poll_output(),
            Stack::H323 { endpoint, .. } => endpoint.poll_output(),
        }
    }

    fn drain_events(&mut self, now: Instant) {
        loop {
            let event = match &mut self.stack {
                Stack::Sip { endpoint, .. } => endpoint.poll_event().map(Heard::Sip),
                Stack::H323 { endpoint, .. } => endpoint.poll_event().map(Heard::H323),
            };
            match event {
                Some(Heard::Sip(event)) => self.on_sip(now, event),
                Some(Heard::H323(event)) => self.on_h323(now, event),
                None => return,
            }
        }
    }

    fn port(&mut self) -> SocketAddr {
        self.next_port = if self.next_port > 60_000 { 40_000 } else { self.next_port + 2 };
        at(self.host, self.next_port)
    }

    fn manner(&mut self) -> Manner {
        let after = Duration::from_millis(self.rng.below(3_000));
        match self.rng.below(10) {
            0 => Manner::Silent,
            1 => Manner::Refuses { after, busy: true },
            2 => Manner::Refuses { after, busy: false },
            _ => Manner::Answers { after, talks: Duration::from_millis(500 + self.rng.below(8_000)) },
        }
    }

    fn called(&mut self, now: Instant, id: u64, number: String) {
        let manner = self.manner();
        self.manners.insert(id, manner);
        self.seen.push(Seen::Called(number));
        self.later.push((now + Duration::from_millis(self.rng.below(200)), Action::Ring(id)));
        match manner {
            Manner::Answers { after, .. } => self.later.push((now + after, Action::Answer(id))),
            Manner::Refuses { after, busy } => self.later.push((now + after, Action::Refuse(id, busy))),
            Manner::Silent => {}
        }
    }

    fn answered(&mut self, now: Instant, id: u64) {
        if self.up.insert(id) {
            self.seen.push(Seen::Answered);
            if let Some(plan) = self.plans.get(&id) {
                self.later.push((now + plan.talk, Action::HangUp(id)));
            }
        }
    }

    fn on_sip(&mut self, now: Instant, event: sip::Event) {
        use sip::Event;
        match event {
            Event::Incoming { id, request, offer, .. } => {
                if let Stack::Sip { ids, .. } = &mut self.stack {
                    ids.insert(id.get(), id);
                }
                self.offers.insert(id.get(), offer.and_then(|octets| Sdp::parse(&octets).ok()));
                self.called(now, id.get(), request.uri().user_unescaped().unwrap_or_default());
            }
            Event::Answered { id, sdp, .. } => {
                if !self.plans.get(&id.get()).is_some_and(|plan| plan.early) {
                    self.acknowledge(now, id, sdp);
                }
                self.answered(now, id.get());
            }
            Event::Failed { status: 408, response: None, .. } => self.seen.push(Seen::Stalled),
            Event::Failed { id, status, .. } if !self.up.contains(&id.get()) => self.seen.push(Seen::Refused(status)),
            Event::Forgotten { id } => self.forget(id.get()),
            _ => {}
        }
    }

    fn acknowledge(&mut self, now: Instant, id: sip::InviteId, offer: Option<Bytes>) {
        let local = self.local();
        let Stack::Sip { endpoint, .. } = &mut self.stack else { return };
        let answer =
            offer.and_then(|octets| Sdp::parse(&octets).ok()).and_then(|offer| sdp::answer(&offer, &local).ok());
        if let Some(answer) = answer {
            let _ = endpoint.acknowledge(now, id, Bytes::from(answer.sdp.to_bytes()));
        }
    }

    fn local(&mut self) -> LocalAudio {
        let rtp = self.port();
        LocalAudio::new(1, 1, rtp, vec![AudioFormat::pcma(), AudioFormat::pcmu(), AudioFormat::telephone_event(101)])
    }

    fn on_h323(&mut self, now: Instant, event: h323::Event) {
        use h323::Event;
        match event {
            Event::Incoming { call, setup } => {
                let address = self.port();
                if let Stack::H323 { endpoint, ids } = &mut self.stack {
                    ids.insert(call.get(), call);
                    endpoint.proceed(now, call);
                    if setup.h245_needed {
                        endpoint.h245_address(call, address);
                    }
                }
                self.called(now, call.get(), setup.called_number.unwrap_or_default());
            }
            Event::Connected { call } => self.answered(now, call.get()),
            Event::Capabilities { call, capabilities } if !capabilities.is_empty() => self.open(now, call),
            Event::Channel { call, direction: h323::Direction::Outgoing, .. } => {
                self.opened.insert(call.get());
            }
            Event::Released { call, cause, .. }
                if !self.up.contains(&call.get()) && self.plans.contains_key(&call.get()) =>
            {
                self.seen.push(Seen::Refused(u16::from(cause)));
            }
            Event::Forgotten { call } => self.forget(call.get()),
            _ => {}
        }
    }

    /// Slow start: opens its channel once it knows what the other end takes.
    fn open(&mut self, now: Instant, call: h323::CallId) {
        let media = media(self.port());
        if let Stack::H323 { endpoint, .. } = &mut self.stack
            && !self.opened.contains(&call.get())
            && endpoint.open(now, call, h323::Codec::G711A, media).is_ok()
        {
            self.opened.insert(call.get());
        }
    }

    fn forget(&mut self, id: u64) {
        self.plans.remove(&id);
        self.manners.remove(&id);
        self.offers.remove(&id);
        self.up.remove(&id);
        self.opened.remove(&id);
        match &mut self.stack {
            Stack::Sip { ids, .. } => drop(ids.remove(&id)),
            Stack::H323 { ids, .. } => drop(ids.remove(&id)),
        }
    }

    pub(super) fn act(&mut self, now: Instant, action: Action) {
        match action {
            Action::Call(plan) => self.call(now, plan),
            Action::Ring(id) => self.ring(now, id),
            Action::Answer(id) => self.answer(now, id),
            Action::Refuse(id, busy) => self.refuse(now, id, busy),
            Action::GiveUp(id) if self.up.contains(&id) => {}
            Action::GiveUp(id) | Action::HangUp(id) => self.hang_up(now, id),
        }
        self.drain_events(now);
    }

    fn call(&mut self, now: Instant, plan: Plan) {
        let (local, rtp, h245) = (self.local(), self.port(), self.port());
        let host = self.host;
        let placed = match &mut self.stack {
            Stack::Sip { endpoint, transport, ids } => {
                let invite = invite(host, *transport, &plan, &local);
                invite.and_then(|invite| endpoint.invite(now, invite).ok()).map(|id| {
                    ids.insert(id.get(), id);
                    id.get()
                })
            }
            Stack::H323 { endpoint, ids } => endpoint.place(now, place(&plan, rtp, h245)).ok().map(|id| {
                ids.insert(id.get(), id);
                id.get()
            }),
        };
        if let Some(id) = placed {
            self.later.push((now + plan.patience, Action::GiveUp(id)));
            self.plans.insert(id, plan);
        }
    }

    fn ring(&mut self, now: Instant, id: u64) {
        match &mut self.stack {
            Stack::Sip { endpoint, ids, .. } => {
                if let Some(&id) = ids.get(&id) {
                    let _ = endpoint.provisional(now, id, 180, None);
                }
            }
            Stack::H323 { endpoint, ids } => {
                if let Some(&call) = ids.get(&id) {
                    endpoint.alert(now, call);
                }
            }
        }
    }

    fn answer(&mut self, now: Instant, id: u64) {
        let (local, rtp) = (self.local(), self.port());
        let Some(Manner::Answers { talks, .. }) = self.manners.get(&id).copied() else { return };
        match &mut self.stack {
            Stack::Sip { endpoint, ids, .. } => {
                let Some(&invite) = ids.get(&id) else { return };
                let offer = self.offers.get(&id).and_then(Option::as_ref);
                let answered = match offer {
                    Some(offer) => sdp::answer(offer, &local).map(|answer| answer.sdp.to_bytes()),
                    None => local.offer().map(|offer| offer.to_bytes()),
                };
                if let Ok(octets) = answered {
                    let _ = endpoint.accept(now, invite, Bytes::from(octets));
                }
            }
            Stack::H323 { endpoint, ids } => {
                let Some(&call) = ids.get(&id) else { return };
                let capabilities = [h323::Codec::G711A, h323::Codec::G711U].map(h323::Capability::audio).to_vec();
                endpoint.answer(now, call, h323::Answer { capabilities, media: media(rtp) });
            }
        }
        self.up.insert(id);
        self.later.push((now + talks, Action::HangUp(id)));
    }

    fn refuse(&mut self, now: Instant, id: u64, busy: bool) {
        match &mut self.stack {
            Stack::Sip { endpoint, ids, .. } => {
                if let Some(&id) = ids.get(&id) {
                    let _ = endpoint.reject(now, id, sip::Refusal::new(if busy { 486 } else { 404 }));
                }
            }
            Stack::H323 { endpoint, ids } => {
                if let Some(&call) = ids.get(&id) {
                    endpoint.release(now, call, if busy { 17 } else { 1 }, None);
                }
            }
        }
    }

    fn hang_up(&mut self, now: Instant, id: u64) {
        match &mut self.stack {
            Stack::Sip { endpoint, ids, .. } => {
                if let Some(&id) = ids.get(&id) {
                    let _ = endpoint.hang_up(now, id, None);
                }
            }
            Stack::H323 { endpoint, ids } => {
                if let Some(&call) = ids.get(&id) {
                    endpoint.release(now, call, 16, None);
                }
            }
        }
    }
}

enum Heard {
    Sip(sip::Event),
    H323(h323::Event),
}

pub(super) fn listener_of(transport: Transport) -> ListenerId {
    if transport == Transport::Tls { SIP_TLS } else { SIP_UDP }
}

fn invite(host: usize, transport: Transport, plan: &Plan, local: &LocalAudio) -> Option<sip::Invite> {
    let port = if transport == Transport::Tls { 5061 } else { 5060 };
    let (here, there) = (at(host, port), at(fixture::GATEWAY, port));
    let parameter = if transport == Transport::Tls { ";transport=tls" } else { "" };
    let uri = Uri::sip(Some(&plan.called), "border.example", None).ok()?;
    let offer = local.offer().ok()?;
    Some(sip::Invite {
        target: sip::Target {
            transport,
            remote: there,
            listener: (transport == Transport::Udp).then_some(SIP_UDP),
            local: None,
            server_name: None,
            sent_by: here.to_string(),
            stream: None,
        },
        uri: uri.clone(),
        from: NameAddr::new(Uri::sip(Some("caller"), &format!("host{host}.example"), None).ok()?),
        to: NameAddr::new(uri),
        contact: format!("sip:caller@{here}{parameter}").parse().ok()?,
        offer: plan.early.then(|| Bytes::from(offer.to_bytes())),
        headers: Vec::new(),
    })
}

fn place(plan: &Plan, rtp: SocketAddr, h245: SocketAddr) -> h323::Place {
    h323::Place {
        remote: at(fixture::GATEWAY, 1720),
        transport: Transport::Tcp,
        local: None,
        server_name: None,
        called: vec![h323::AliasAddress::of(&plan.called)],
        called_number: Some(plan.called.clone()),
        calling: vec![h323::AliasAddress::of(super::MCU_ROOM)],
        calling_number: Some(super::MCU_ROOM.to_owned()),
        display: None,
        call_identifier: None,
        capabilities: [h323::Codec::G711A, h323::Codec::G711U].map(h323::Capability::audio).to_vec(),
        media: media(rtp),
        fast_start: plan.early,
        tunnelling: plan.tunnelling,
        h245: Some(SocketAddr::new(fixture::ip(MCU), h245.port())),
    }
}

fn media(rtp: SocketAddr) -> h323::MediaPorts {
    h323::MediaPorts { rtp, rtcp: SocketAddr::new(rtp.ip(), rtp.port() + 1) }
}
