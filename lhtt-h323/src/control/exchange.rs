//! Capability exchange signalling entities, ours and the peer's (H.245 C.3), and the tables they leave.
//!
//! Outgoing: Idle → Awaiting (T101) → Idle; a set asked for meanwhile waits. Incoming sets are always accepted.

use super::effect::{Effect, Effects};
use super::pdu::{CapabilitySet, Pdu};
use crate::capability::Capability;
use crate::limits;
use lhtt_core::time::{Duration, Instant};

/// Both directions.
#[derive(Debug, Default)]
pub(super) struct Exchange {
    awaiting: Option<Awaiting>,
    sequence: u8,
    /// What we can receive, as last asked for; `resend` if the peer does not know yet.
    ours: Vec<Capability>,
    resend: bool,
    /// The peer has accepted a set of ours that was not empty.
    pub(super) accepted: bool,
    /// What the peer can receive: entry numbers and capabilities, in its order.
    theirs: Vec<(u16, Capability)>,
    described: Option<Vec<u16>>,
    /// The peer has said so, and it was not empty.
    pub(super) received: bool,
    /// The peer takes keys as signals.
    pub(super) key_signals: bool,
}

#[derive(Clone, Copy, Debug)]
struct Awaiting {
    sequence: u8,
    deadline: Instant,
}

impl Exchange {
    pub(super) fn deadline(&self) -> Option<Instant> {
        self.awaiting.map(|awaiting| awaiting.deadline)
    }

    pub(super) fn ours(&self) -> &[Capability] {
        &self.ours
    }

    /// What we can receive from now on; said to the peer by [`Exchange::send`].
    pub(super) fn set_ours(&mut self, capabilities: Vec<Capability>) {
        self.ours = capabilities;
    }

    /// Says our set, or waits until the one under way is answered.
    pub(super) fn send(&mut self, now: Instant, t101: Duration, out: &mut Effects) {
        if self.awaiting.is_some() {
            self.resend = true;
            return;
        }
        self.sequence = self.sequence.wrapping_add(1);
        self.awaiting = Some(Awaiting { sequence: self.sequence, deadline: now + t101 });
        out.send(Pdu::Capabilities(said(self.sequence, &self.ours)));
    }

    pub(super) fn on_ack(&mut self, now: Instant, t101: Duration, sequence: u8, out: &mut Effects) {
        match self.awaiting {
            Some(awaiting) if awaiting.sequence == sequence => {
                self.awaiting = None;
                self.accepted = true;
                if std::mem::take(&mut self.resend) {
                    self.send(now, t101, out);
                }
            }
            _ => {} // an answer to nothing, or to an older set
        }
    }

    pub(super) fn on_reject(&mut self, sequence: u8, out: &mut Effects) {
        if self.awaiting.is_some_and(|awaiting| awaiting.sequence == sequence) {
            self.awaiting = None;
            out.fail("terminalCapabilitySetReject");
        }
    }

    pub(super) fn on_timeout(&mut self, now: Instant, out: &mut Effects) {
        if self.awaiting.is_some_and(|awaiting| awaiting.deadline <= now) {
            self.awaiting = None;
            out.send(Pdu::CapabilitiesRelease);
            out.fail("T101");
        }
    }

    /// Takes the peer's set: entries replace those of the same number (H.245 7.2.1).
    pub(super) fn on_set(&mut self, set: CapabilitySet, out: &mut Effects) {
        if set.empty {
            self.theirs.clear();
            self.described = None;
        }
        for (number, capability) in set.entries {
            let known = self.theirs.iter().position(|(n, _)| *n == number);
            match (known, capability) {
                (Some(at), Some(capability)) => self.theirs[at].1 = capability,
                (Some(at), None) => drop(self.theirs.remove(at)),
                (None, Some(capability)) if self.theirs.len() < limits::CAPABILITIES_MAX => {
                    self.theirs.push((number, capability));
                }
                (None, _) => {}
            }
        }
        if set.described.is_some() {
            self.described = set.described;
        }
        self.key_signals |= set.key_signals;
        self.received = !set.empty;
        out.send(Pdu::CapabilitiesAck { sequence: set.sequence });
        out.push(Effect::Capabilities(self.theirs()));
    }

    /// What the peer can receive now: the entries that a descriptor names, if it sent any.
    pub(super) fn theirs(&self) -> Vec<Capability> {
        let usable = |number: &u16| self.described.as_ref().is_none_or(|described| described.contains(number));
        self.theirs.iter().filter(|(number, _)| usable(number)).map(|(_, capability)| *capability).collect()
    }

    /// With which payload type the peer wants telephone events.
    pub(super) fn their_events(&self) -> Option<u8> {
        self.theirs.iter().find_map(|(_, capability)| event(capability))
    }

    /// With which payload type we want them.
    pub(super) fn our_events(&self) -> Option<u8> {
        self.ours.iter().find_map(event)
    }
}

fn event(capability: &Capability) -> Option<u8> {
    match capability {
        Capability::TelephoneEvent { payload_type } => Some(*payload_type),
        Capability::Audio { .. } => None,
    }
}

fn said(sequence: u8, ours: &[Capability]) -> CapabilitySet {
    let entries: Vec<_> = (1..).zip(ours.iter().copied().map(Some)).collect();
    CapabilitySet { sequence, empty: ours.is_empty(), entries, described: None, key_signals: true }
}
