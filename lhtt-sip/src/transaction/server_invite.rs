//! The INVITE server transaction: RFC 3261 17.2.1 with the Accepted state of RFC 6026 7.1.
//!
//! | state      | awaits               | deadline (timer)                     | then            |
//! |------------|----------------------|--------------------------------------|-----------------|
//! | Proceeding | the owner's answer   | again (`provisional`), give up (`answer`) | Overdue |
//! | Completed  | the ACK to a failure | again (G), give up (H)               | Timeout         |
//! | Confirmed  | repeated ACKs        | until (I)                            | gone            |
//! | Accepted   | late INVITEs         | until (L)                            | gone            |
//!
//! Leaves out: repeating a 2xx until its ACK, which is the session's task (RFC 3261 13.3.1.4).

use super::timers::Timers;
use super::{Emit, Step, Tell};
use lhtt_core::time::{Duration, Instant, soonest};

/// The machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ServerInvite {
    state: State,
    reliable: bool,
}

/// Where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    /// The owner has not answered finally.
    Proceeding { again: Instant, give_up: Instant },
    /// A failure was sent; its ACK is awaited.
    Completed { again: Option<Instant>, interval: Duration, give_up: Instant },
    /// The failure was acknowledged; late ACKs and INVITEs are absorbed.
    Confirmed { until: Instant },
    /// A 2xx was sent; late INVITEs are absorbed, ACKs go to the session.
    Accepted { until: Instant },
    /// Over.
    Terminated,
}

/// What happens to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Event {
    /// The INVITE came again.
    Request,
    /// An ACK that matches it.
    Ack,
    /// We answer 100 to 199.
    RespondProvisional,
    /// We answer 200 to 299, for the first time or again.
    RespondSuccess,
    /// We answer 300 to 699.
    RespondFailure,
    /// Time passed.
    Timer,
    /// Nothing can be sent to the peer any more.
    TransportFailed,
}

impl ServerInvite {
    /// The INVITE has just come; the owner has this long to answer it.
    pub(crate) fn new(now: Instant, reliable: bool, answer: Duration, timers: &Timers) -> Self {
        let state = State::Proceeding { again: now + timers.provisional, give_up: now + answer };
        Self { state, reliable }
    }

    pub(crate) fn state(&self) -> State {
        self.state
    }

    /// When it next wants [`Event::Timer`].
    pub(crate) fn deadline(&self) -> Option<Instant> {
        match self.state {
            State::Proceeding { again, give_up } => soonest(Some(again), Some(give_up)),
            State::Completed { again, give_up, .. } => soonest(again, Some(give_up)),
            State::Confirmed { until } | State::Accepted { until } => Some(until),
            State::Terminated => None,
        }
    }

    pub(crate) fn handle(&mut self, now: Instant, event: Event, timers: &Timers) -> Step {
        match (self.state, event) {
            (State::Proceeding { give_up, .. }, Event::RespondProvisional) => {
                self.state = State::Proceeding { again: now + timers.provisional, give_up };
                Step::emit(Emit::Response)
            }
            (State::Proceeding { .. }, Event::RespondSuccess) => {
                self.state = State::Accepted { until: now + timers.transaction() };
                Step::emit(Emit::Response)
            }
            (State::Proceeding { .. }, Event::RespondFailure) => {
                let again = (!self.reliable).then(|| now + timers.t1);
                self.state = State::Completed { again, interval: timers.t1, give_up: now + timers.transaction() };
                Step::emit(Emit::Response)
            }
            (State::Proceeding { again, give_up }, Event::Timer) if now >= give_up => {
                self.state = State::Proceeding { again, give_up: now + timers.transaction() };
                Step::tell(Tell::Overdue)
            }
            (State::Proceeding { again, give_up }, Event::Timer) if now >= again => {
                self.state = State::Proceeding { again: now + timers.provisional, give_up };
                Step::emit(Emit::Response)
            }
            // The INVITE came again: say again what was said last.
            (State::Proceeding { .. } | State::Completed { .. }, Event::Request) => Step::emit(Emit::Response),
            (State::Completed { .. }, Event::Ack) => {
                self.state = match timers.network(self.reliable) {
                    Duration::ZERO => State::Terminated,
                    wait => State::Confirmed { until: now + wait },
                };
                Step::default()
            }
            (State::Completed { give_up, .. }, Event::Timer) if now >= give_up => {
                self.state = State::Terminated;
                Step::tell(Tell::Timeout)
            }
            (State::Completed { again: Some(again), interval, give_up }, Event::Timer) if now >= again => {
                let interval = timers.backed_off(interval);
                self.state = State::Completed { again: Some(now + interval), interval, give_up };
                Step::emit(Emit::Response)
            }
            (State::Accepted { .. }, Event::RespondSuccess) => Step::emit(Emit::Response),
            (State::Accepted { .. }, Event::Ack) => Step::tell(Tell::Ack),
            (State::Confirmed { until } | State::Accepted { until }, Event::Timer) if now >= until => {
                self.state = State::Terminated;
                Step::default()
            }
            (State::Proceeding { .. }, Event::TransportFailed) => {
                self.state = State::Terminated;
                Step::tell(Tell::TransportFailed)
            }
            (State::Completed { .. }, Event::TransportFailed) => {
                self.state = State::Terminated;
                Step::default()
            }
            // An ACK to no final answer; a second final answer; late INVITEs and ACKs; a timer that came early. A 2xx is
            // repeated until timer L whatever became of the stream, because its ACK may come by another.
            (State::Proceeding { .. }, Event::Ack | Event::Timer)
            | (State::Completed { .. }, Event::RespondProvisional | Event::RespondSuccess | Event::RespondFailure)
            | (State::Completed { .. }, Event::Timer)
            | (
                State::Accepted { .. },
                Event::Request | Event::RespondProvisional | Event::RespondFailure | Event::Timer,
            )
            | (State::Accepted { .. }, Event::TransportFailed)
            | (State::Confirmed { .. } | State::Terminated, _) => Step::default(),
        }
    }
}
