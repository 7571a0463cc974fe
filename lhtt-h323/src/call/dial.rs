//! The caller's side of a call: Setup out.

use super::fast_start::{self, FastStart};
use super::say::Identity;
use super::state::{Carrier, State};
use super::{Call, Context, Tunnel};
use crate::CallId;
use crate::control::Control;
use crate::endpoint::command::Place;
use crate::q931::CallReference;
use lhtt_core::io::Output;
use lhtt_core::rng::Rng;
use lhtt_core::time::Instant;

impl Call {
    /// A call that opens its stream and says Setup.
    pub(crate) fn placed(now: Instant, id: CallId, place: &Place, mut rng: Rng, cx: &mut Context<'_>) -> Self {
        let timers = &cx.config.timers;
        let stream = cx.streams.placed(id, place.remote);
        cx.outputs.push_back(Output::Open {
            stream,
            transport: place.transport,
            remote: place.remote,
            local: place.local,
            server_name: place.server_name.clone(),
        });
        let identity = Identity {
            call_identifier: Some(place.call_identifier.unwrap_or_else(|| rng.octets())),
            conference_id: rng.octets(),
        };
        let reference = CallReference::ours(1 + rng.below(0x7fff) as u16);
        let mut control = Control::new(rng, timers.h245_response);
        control.set_media(place.capabilities.clone(), place.media);
        let mut call = Self {
            id,
            state: State::Calling { deadline: now + timers.t303 },
            reference,
            identity,
            stream,
            up: false,
            remote: place.remote,
            local: place.local,
            tunnel: Tunnel { ours: place.tunnelling, theirs: None },
            control,
            carrier: Carrier::None,
            unsent: Vec::new(),
            held: Vec::new(),
            fast: FastStart::None,
            control_faults: 0,
            our_address: place.h245,
            their_address: None,
            released: false,
            armed: None,
        };
        call.say_setup(now, place, cx);
        call
    }

    fn say_setup(&mut self, now: Instant, place: &Place, cx: &mut Context<'_>) {
        let mut proposals = Vec::new();
        if place.fast_start {
            proposals = fast_start::propose(&place.capabilities, place.media, || self.control.number());
        }
        if !proposals.is_empty() {
            self.fast = FastStart::Proposed;
            self.control.await_fast_start(now, true);
        }
        if place.tunnelling && cx.habits.h245_in_setup {
            self.carrier = Carrier::Tunnel;
            self.control.start(now);
            self.drain(now, cx);
        }
        let identity = self.identity;
        let message = self.envelope(cx).setup(place, identity, &cx.config.vendor, proposals);
        self.send(message, cx);
    }
}
