//! How a call ends: H.323 8.5, with endSession before ReleaseComplete where H.245 runs, and what deadlines do.

use super::heard::{Body, Heard};
use super::state::{Carrier, Said, State};
use super::{Call, Context, fault};
use crate::endpoint::event::{Event, ReleaseReason, ReleasedBy};
use lhtt_core::time::Instant;

impl Call {
    /// Ends the call from our side.
    pub(super) fn release(
        &mut self,
        now: Instant,
        cause: u8,
        reason: Option<ReleaseReason>,
        by: ReleasedBy,
        cx: &mut Context<'_>,
    ) {
        if matches!(self.state, State::Ending { .. } | State::Over) {
            return;
        }
        let reason = reason.or(ReleaseReason::of_cause(cause));
        let speaks = self.control.is_started() && matches!(self.carrier, Carrier::Tunnel | Carrier::Stream(_));
        let unheard = matches!(self.state, State::Calling { .. } | State::Offered { said: Said::Nothing, .. });
        self.tell_released(cause, reason, by, cx);
        match self.state {
            State::Active if speaks => {
                self.state = State::Ending { deadline: now + cx.config.timers.end_session, cause, reason };
                self.control.end();
            }
            _ => {
                if speaks && !unheard {
                    self.control.end();
                    self.drain(now, cx);
                }
                self.finish(Some((cause, reason)), cx);
            }
        }
    }

    /// The peer's ReleaseComplete.
    pub(super) fn on_release_complete(&mut self, heard: &Heard, cx: &mut Context<'_>) {
        let reason = match heard.body {
            Body::Release(reason) => reason,
            _ => None,
        };
        let cause = heard.cause.or(reason.map(ReleaseReason::cause)).unwrap_or(fault::UNSPECIFIED);
        self.tell_released(cause, reason, ReleasedBy::Peer, cx);
        self.finish(None, cx);
    }

    /// The peer's endSession.
    pub(super) fn on_peer_ends(&mut self, now: Instant, cx: &mut Context<'_>) {
        self.control.end();
        match self.state {
            State::Ending { cause, reason, .. } => self.finish(Some((cause, reason)), cx),
            State::PeerEnding { .. } | State::Over => {}
            _ => {
                let deadline = now + cx.config.timers.end_session;
                self.state = State::PeerEnding { deadline, cause: fault::NORMAL, by: ReleasedBy::Peer };
            }
        }
    }

    pub(super) fn on_timeout(&mut self, now: Instant, state: State, cx: &mut Context<'_>) {
        if state.deadline().is_some_and(|deadline| deadline <= now) {
            return self.on_deadline(now, state, cx);
        }
        if let Carrier::Waiting { deadline, .. } = self.carrier
            && deadline <= now
        {
            self.give_up_control(now, ReleasedBy::Deadline("H.245 connection"), cx);
        }
        self.control.on_timeout(now);
    }

    fn on_deadline(&mut self, now: Instant, state: State, cx: &mut Context<'_>) {
        let by = ReleasedBy::Deadline(state.timer());
        match state {
            State::Calling { .. } if !self.up => self.release(now, fault::OUT_OF_ORDER, None, by, cx),
            State::Calling { .. } => self.release(now, fault::NO_RESPONSE, None, by, cx),
            State::Ringing { .. } => self.release(now, fault::NO_ANSWER, None, by, cx),
            State::Proceeding { .. } | State::Offered { .. } => {
                self.release(now, fault::TIMER_EXPIRED, None, by, cx);
            }
            State::Ending { cause, reason, .. } => self.finish(Some((cause, reason)), cx),
            State::PeerEnding { cause, by, .. } => {
                self.tell_released(cause, None, by, cx);
                self.finish(Some((cause, None)), cx);
            }
            State::Active | State::Over => {} // they have none
        }
    }

    /// Tells the owner, once, that the call has ended.
    pub(super) fn tell_released(
        &mut self,
        cause: u8,
        reason: Option<ReleaseReason>,
        by: ReleasedBy,
        cx: &mut Context<'_>,
    ) {
        if !std::mem::replace(&mut self.released, true) {
            cx.event(Event::Released { call: self.id, cause, reason, by });
        }
    }

    /// Says ReleaseComplete, if it is ours to say, closes all streams, and is over.
    pub(super) fn finish(&mut self, last: Option<(u8, Option<ReleaseReason>)>, cx: &mut Context<'_>) {
        if self.state == State::Over {
            return;
        }
        self.send_on_control(cx);
        if let (Some((cause, reason)), true) = (last, self.up) {
            let identifier = self.identity.call_identifier;
            let message = self.envelope(cx).release_complete(identifier, cause, reason);
            self.send(message, cx);
        }
        self.close_control(cx);
        cx.close(self.stream);
        self.state = State::Over;
        cx.event(Event::Forgotten { call: self.id });
    }
}
