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
        if self.calls.get(&id).is_none_or(|call| call.phase == Phase::Ended) {
            return;
        }
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

/// What the relay is to do with packets that leave on this side. Where a flow that it was told of is closed, nothing: what
/// an address was good for, it is good for no more.
fn direction(call: &Call, to: Side) -> Option<RelayCommand> {
    let (party, other) = (call.side(to), call.side(to.other()));
    let (remote, remote_rtcp, payload) = match (&party.to, &other.from) {
        (Some(flow), Some(from)) => (flow.remote, flow.remote_rtcp, payload_table(from, flow)),
        _ if party.directed.is_some() => (None, None, Vec::new()),
        _ => return None,
    };
    let to = match to {
        Side::Caller => relay::Side::A,
        Side::Callee => relay::Side::B,
    };
    Some(RelayCommand::Direct { relay: RelayId(call.id.0), to, remote, remote_rtcp, payload })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::admission::Asking;
    use crate::call::{Party, TakenPorts};
    use crate::media::Direction;

    type Audio<'a> = &'a [(Codec, u8)];

    fn party(to: Option<(Audio<'_>, Option<u8>)>, from: Option<(Audio<'_>, Option<u8>)>) -> Party {
        let flow = |direction, (audio, telephone_event): (Audio<'_>, _)| Flow {
            direction,
            remote: (direction == Direction::ToPeer).then(|| std::net::SocketAddr::from(([192, 0, 2, 9], 40_000))),
            remote_rtcp: None,
            audio: audio.to_vec(),
            telephone_event,
        };
        Party {
            to: to.map(|its| flow(Direction::ToPeer, its)),
            from: from.map(|its| flow(Direction::FromPeer, its)),
            ..Party::default()
        }
    }

    fn call(caller: Party, callee: Party) -> Call {
        Call {
            id: CallId(1),
            asking: Asking::new(None, "", ""),
            to: None,
            phase: Phase::Connected,
            deadline: None,
            armed: None,
            asked: false,
            permit: None,
            cause: None,
            ports: TakenPorts::default(),
            caller,
            callee,
        }
    }

    /// What goes to a side: whether it goes anywhere, and with which payload types.
    fn told(call: &Call, to: Side) -> Option<(bool, Vec<(u8, u8)>)> {
        direction(call, to).map(|command| match command {
            RelayCommand::Direct { remote, payload, .. } => (remote.is_some(), payload),
            _ => (false, Vec::new()),
        })
    }

    #[test]
    fn each_direction_has_its_own_codecs_and_payload_types() {
        use Codec::{G722, G729, Pcma, Pcmu};
        // A caller in SIP with numbers of its own; a callee in H.323 that receives G.711 A-law and sends µ-law.
        let both: Audio<'_> = &[(Pcma, 108), (Pcmu, 0)];
        let caller = party(Some((both, Some(96))), Some((both, Some(96))));
        let callee = party(Some((&[(Pcma, 8)], Some(101))), Some((&[(Pcmu, 0)], None)));
        let asymmetric = call(caller, callee);
        assert_eq!(told(&asymmetric, Side::Callee), Some((true, vec![(108, 8), (96, 101)])));
        assert_eq!(told(&asymmetric, Side::Caller), Some((true, vec![(0, 0)])));
        // Nothing in common one way: nothing passes, and the other way is none the worse.
        let g729: Audio<'_> = &[(G729, 18)];
        let one_way =
            call(party(Some((g729, None)), Some((g729, None))), party(Some((g729, None)), Some((&[(G722, 9)], None))));
        assert_eq!(told(&one_way, Side::Callee), Some((true, vec![(18, 18)])));
        assert_eq!(told(&one_way, Side::Caller), Some((true, Vec::new())));
    }

    #[test]
    fn a_flow_that_closes_is_forwarded_nowhere() {
        let audio: Audio<'_> = &[(Codec::Pcma, 8)];
        let full = || party(Some((audio, None)), Some((audio, None)));
        let mut held = call(full(), full());
        held.callee.directed = direction(&held, Side::Callee);
        held.callee.closed(Direction::ToPeer);
        assert_eq!(told(&held, Side::Callee), Some((false, Vec::new())));
        assert_eq!(told(&held, Side::Caller), Some((true, vec![(8, 8)])));
        // What was never told of needs no taking back.
        assert_eq!(told(&call(full(), party(None, Some((audio, None)))), Side::Callee), None);
    }
}
