//! A leg: one side of a call in its own protocol, behind one neutral face.
//!
//! A closed enum, no dynamic dispatch: a leg translates between its stack and signals, and no more. Dialling needs a
//! [`Permit`], so that calling anybody without the regulation's leave does not compile (I1).

pub mod cause;
pub mod h323;
pub mod sip;

use crate::admission::Permit;
use crate::media::{Caps, Codec};
use crate::settings::{Protocol, Settings};
use crate::signal::{Cause, Signal};
use lhtt_core::time::Instant;
use std::net::SocketAddr;

/// The two stacks.
#[derive(Debug)]
pub struct Stacks {
    /// SIP.
    pub sip: lhtt_sip::Endpoint,
    /// H.323.
    pub h323: lhtt_h323::Endpoint,
}

/// One side of a call.
#[derive(Debug)]
pub enum Leg {
    /// In SIP.
    Sip(sip::SipLeg),
    /// In H.323.
    H323(h323::H323Leg),
}

/// What of ours a leg towards a callee is given.
#[derive(Debug)]
pub struct Ours<'a> {
    /// What may be offered.
    pub caps: &'a Caps,
    /// Where we receive RTP.
    pub rtp: SocketAddr,
    /// H.323: our address for a separate H.245 channel.
    pub h245: Option<SocketAddr>,
    /// The number or user part that calls.
    pub calling: &'a str,
    /// Session id of our descriptions.
    pub session_id: u64,
}

impl Leg {
    /// Calls whom the permit names, and nobody else. None if the stack is at a limit.
    pub fn dial(
        stacks: &mut Stacks,
        now: Instant,
        permit: &Permit,
        settings: &Settings,
        ours: &Ours<'_>,
    ) -> Option<Self> {
        let neighbour = settings.neighbours.get(permit.neighbour())?;
        match neighbour.protocol {
            Protocol::Sip => {
                let dial = sip::Dial {
                    neighbour,
                    called: permit.called(),
                    calling: ours.calling,
                    domain: &settings.domain,
                    sent_by: settings.sent_by(neighbour)?,
                    caps: ours.caps,
                    rtp: ours.rtp,
                    session_id: ours.session_id,
                };
                sip::SipLeg::dial(&mut stacks.sip, now, &dial).map(Self::Sip)
            }
            Protocol::H323 => {
                let dial = h323::Dial {
                    neighbour,
                    called: permit.called(),
                    calling: ours.calling,
                    caps: ours.caps,
                    rtp: ours.rtp,
                    h245: ours.h245,
                };
                h323::H323Leg::dial(&mut stacks.h323, now, &dial).ok().map(Self::H323)
            }
        }
    }

    /// Tells the caller that the call proceeds. SIP's 100 has long been sent by its stack.
    pub fn proceed(&self, stacks: &mut Stacks, now: Instant) {
        match self {
            Self::Sip(_) => {}
            Self::H323(leg) => leg.proceed(&mut stacks.h323, now),
        }
    }

    /// Tells the caller that the callee is alerted.
    pub fn alert(&self, stacks: &mut Stacks, now: Instant) {
        match self {
            Self::Sip(leg) => leg.alert(&mut stacks.sip, now),
            Self::H323(leg) => leg.alert(&mut stacks.h323, now),
        }
    }

    /// Answers the caller; the flows that are open by it, or none if the caller has no codec in common.
    pub fn answer(&mut self, stacks: &mut Stacks, now: Instant, caps: &Caps, rtp: SocketAddr) -> Option<Vec<Signal>> {
        match self {
            Self::Sip(leg) => leg.answer(&mut stacks.sip, now, caps, rtp).ok(),
            Self::H323(leg) => {
                leg.answer(&mut stacks.h323, now, caps, rtp);
                Some(Vec::new())
            }
        }
    }

    /// Whether our channel towards the peer waits to be opened by us. In SIP the descriptions open both ways.
    pub fn wants_channel(&self) -> bool {
        match self {
            Self::Sip(_) => false,
            Self::H323(leg) => leg.wants_channel(),
        }
    }

    /// Opens our channel towards the peer with the first of these codecs.
    pub fn open(&mut self, stacks: &mut Stacks, now: Instant, codecs: &[Codec]) -> bool {
        match self {
            Self::Sip(_) => true,
            Self::H323(leg) => leg.open(&mut stacks.h323, now, codecs),
        }
    }

    /// Passes keys. SIP takes them in media (RFC 4733) only.
    pub fn keys(&self, stacks: &mut Stacks, now: Instant, keys: &str) {
        match self {
            Self::Sip(_) => {}
            Self::H323(leg) => leg.keys(&mut stacks.h323, now, keys),
        }
    }

    /// Releases the leg.
    pub fn release(&mut self, stacks: &mut Stacks, now: Instant, cause: &Cause, border: &str) {
        match self {
            Self::Sip(leg) => leg.release(&mut stacks.sip, now, cause, border),
            Self::H323(leg) => leg.release(&mut stacks.h323, now, cause),
        }
    }
}
