//! The callee's side of a call: Setup in, then what its owner says.

use super::fast_start::{self, FastStart};
use super::heard::{Body, Heard, SetupBody};
use super::say::{Identity, Offer};
use super::state::{Carrier, Said, State};
use super::{Call, Context, Tunnel};
use crate::CallId;
use crate::capability::{Capability, MediaPorts};
use crate::control::Control;
use crate::endpoint::event::{Event, IncomingSetup, Source};
use crate::limits;
use crate::q931::CallReference;
use lhtt_core::rng::Rng;
use lhtt_core::time::Instant;
use std::net::SocketAddr;

impl Call {
    /// A call from a Setup; tells the owner. None if the message is no Setup after all.
    pub(crate) fn offered(
        now: Instant,
        id: CallId,
        source: Source,
        reference: CallReference,
        heard: Heard,
        rng: Rng,
        cx: &mut Context<'_>,
    ) -> Option<Self> {
        let Body::Setup(body) = heard.body else { return None };
        let timers = &cx.config.timers;
        let proposals = fast_start::read(heard.fast_start.as_deref().unwrap_or_default());
        let tunnel = Tunnel { ours: true, theirs: Some(heard.tunnelling == Some(true)) };
        let setup = incoming(source, &body, &proposals, tunnel);
        let mut held = heard.h245;
        held.truncate(limits::TUNNELLED_MAX);
        let mut control = Control::new(rng, timers.h245_response);
        control.await_fast_start(now, !proposals.is_empty());
        cx.event(Event::Incoming { call: id, setup: Box::new(setup) });
        Some(Self {
            id,
            state: State::Offered { deadline: now + timers.answer, said: Said::Nothing },
            reference: reference.reply(),
            identity: Identity { call_identifier: body.call_identifier, conference_id: body.conference_id },
            stream: source.stream,
            up: true,
            remote: source.remote,
            local: Some(source.local.ip()),
            control,
            carrier: Carrier::None,
            unsent: Vec::new(),
            held: if tunnel.agreed() { held } else { Vec::new() },
            tunnel,
            fast: if proposals.is_empty() { FastStart::None } else { FastStart::Offered(proposals) },
            control_faults: 0,
            our_address: None,
            their_address: heard.h245_address,
            released: false,
            armed: None,
        })
    }

    /// Owner: where a separate H.245 channel may come to.
    pub(crate) fn set_h245_address(&mut self, address: SocketAddr) {
        self.our_address = Some(address);
    }

    /// Owner: what we can receive and where, as callee.
    pub(crate) fn set_media(&mut self, capabilities: Vec<Capability>, media: MediaPorts) {
        if matches!(self.state, State::Offered { .. }) {
            self.control.set_media(capabilities, media);
        }
    }

    pub(super) fn proceed(&mut self, now: Instant, deadline: Instant, cx: &mut Context<'_>) {
        self.state = State::Offered { deadline, said: Said::Proceeding };
        let offer = self.offer(now, cx);
        self.replay(now, cx);
        let identity = self.identity;
        let message = self.envelope(cx).call_proceeding(identity, &cx.config.vendor, offer);
        self.send(message, cx);
    }

    pub(super) fn alert(&mut self, now: Instant, deadline: Instant, cx: &mut Context<'_>) {
        self.state = State::Offered { deadline, said: Said::Alerting };
        let offer = self.offer(now, cx);
        self.replay(now, cx);
        let identity = self.identity;
        let message = self.envelope(cx).alerting(identity, &cx.config.vendor, offer);
        self.send(message, cx);
    }

    pub(super) fn answer(&mut self, now: Instant, cx: &mut Context<'_>) {
        self.state = State::Active;
        let proposed = matches!(self.fast, FastStart::Offered(_));
        let mut offer = self.offer(now, cx);
        let fast = matches!(self.fast, FastStart::Taken);
        if proposed && !fast {
            self.fast = FastStart::None;
            offer.fast_refused = true;
        }
        self.control.await_fast_start(now, false);
        self.replay(now, cx);
        if !fast {
            // H.245 begins inside Connect. Beside fast start it would overrule it, so there it follows (H.323 8.2.1).
            self.begin_h245(now, cx);
            self.drain(now, cx);
        }
        let identity = self.identity;
        let message = self.envelope(cx).connect(identity, &cx.config.vendor, offer);
        self.send(message, cx);
        if fast {
            self.begin_h245(now, cx);
        }
    }

    fn replay(&mut self, now: Instant, cx: &mut Context<'_>) {
        self.replay_held(now, cx);
        self.drain(now, cx);
    }

    /// What the next message carries: fast start as soon as media is known, else an H.245 address where we do not tunnel.
    fn offer(&mut self, now: Instant, cx: &mut Context<'_>) -> Offer {
        let mut offer = Offer::default();
        let Some(media) = self.control.media() else { return offer };
        if let FastStart::Offered(proposals) = &self.fast {
            let ours = self.control.capabilities().to_vec();
            let (elements, agreed) = fast_start::take(proposals, &ours, media, || self.control.number());
            if !elements.is_empty() {
                offer.fast_start = Some(elements);
                self.fast = FastStart::Taken;
                for (number, channel) in agreed {
                    self.control.opened_by_fast_start(number, channel);
                }
            }
        }
        let slow = !matches!(self.fast, FastStart::Taken);
        if slow && !self.tunnel.agreed() && self.listen_control(now, cx) {
            offer.h245_address = self.our_address;
        }
        offer
    }
}

fn incoming(source: Source, body: &SetupBody, proposals: &[fast_start::Proposal], tunnel: Tunnel) -> IncomingSetup {
    IncomingSetup {
        source,
        called: body.called.clone(),
        called_number: body.called_number.clone(),
        calling: body.calling.clone(),
        calling_number: body.calling_number.clone(),
        display: body.display.clone(),
        call_identifier: body.call_identifier,
        conference_id: body.conference_id,
        fast: fast_start::codecs(proposals, true),
        fast_sending: fast_start::codecs(proposals, false),
        tunnelling: tunnel.agreed(),
        h245_needed: !tunnel.agreed(),
        product: body.product.clone(),
    }
}
