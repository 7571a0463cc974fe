//! Joins the media of two sides: opens what their capabilities allow, and tells the relay which packets go where.

use super::Gateway;
use crate::call::Call;
use crate::call::table::{Heard, Phase};
use crate::gateway::words::{CallId, Output};
use crate::media::{Caps, Codec, Flow, offerable, payload_table, plan};
use crate::relay::{self, RelayCommand, RelayId};
use crate::signal::{Cause, Initiator, Side};
use lhtt_core::time::Now;

impl Gateway {
    /// What a side can receive, or which flows it has, changed.
    pub(super) fn join_media(&mut self, now: Now, id: CallId) {
        for side in Side::BOTH {
            if !self.open_channel(now, id, side) {
                let cause = Cause::new(super::acts::BEARER_NOT_IMPLEMENTED, Initiator::Border("no common codec"));
                return self.fail(now, id, cause);
            }
        }
        let Some(call) = self.calls.get_mut(&id) else { return };
        for side in Side::BOTH {
            if let Some(command) =
                direction(call, side).filter(|command| call.side(side).directed.as_ref() != Some(command))
            {
                call.side_mut(side).directed = Some(command.clone());
                self.outputs.push_back(Output::Relay(command));
            }
        }
        let both = |party: &crate::call::Party| party.to.is_some() && party.from.is_some();
        match call.phase {
            Phase::Settling if both(&call.callee) => self.hear(now, id, Heard::Settled),
            // Media flows both ways: nothing more is waited for in this call.
            Phase::Connected if both(&call.caller) => call.deadline = None,
            _ => {}
        }
    }

    /// Opens our channel towards a side that waits for it and has told what it can receive. False if there is no codec.
    fn open_channel(&mut self, now: Now, id: CallId, side: Side) -> bool {
        let Some(call) = self.calls.get_mut(&id) else { return true };
        let other = sendable(call, side.other(), &self.settings.media.codecs);
        let party = call.side_mut(side);
        let (Some(leg), Some(caps)) = (party.leg.as_mut(), party.caps.as_ref()) else { return true };
        // An empty set asks us to stop sending (H.323 8.4.6); fast start told the caller's before there was a channel.
        if !leg.wants_channel() || party.to.is_some() || caps.audio.is_empty() {
            return true;
        }
        let codecs = plan(&other, caps, &self.settings.media.codecs).codecs;
        !codecs.is_empty() && leg.open(&mut self.stacks, now.instant, &codecs)
    }
}

/// What a side will send: the codecs of its flow, else what it can receive, else what we offered it.
fn sendable(call: &Call, side: Side, allowed: &[Codec]) -> Caps {
    let party = call.side(side);
    match party.from.as_ref().filter(|flow| !flow.audio.is_empty()) {
        Some(Flow { audio, telephone_event, .. }) => Caps { audio: audio.clone(), telephone_event: *telephone_event },
        None => offerable(party.caps.as_ref(), allowed),
    }
}

/// What the relay is to do with packets that leave on this side.
fn direction(call: &Call, to: Side) -> Option<RelayCommand> {
    let (flow, from) = (call.side(to).to.as_ref()?, call.side(to.other()).from.as_ref()?);
    Some(RelayCommand::Direct {
        relay: RelayId(call.id.0),
        to: match to {
            Side::Caller => relay::Side::A,
            Side::Callee => relay::Side::B,
        },
        remote: flow.remote,
        remote_rtcp: flow.remote_rtcp,
        payload: payload_table(from, flow),
    })
}
