//! The server transaction of every method but INVITE and ACK: RFC 3261 17.2.2.
//!
//! | state      | awaits             | deadline (timer) | then    |
//! |------------|--------------------|------------------|---------|
//! | Trying     | the answer         | give up          | Overdue |
//! | Proceeding | the final answer   | give up          | Overdue |
//! | Completed  | repeated requests  | until (J)        | gone    |

use super::timers::Timers;
use super::{Emit, Step, Tell};
use lhtt_core::time::Instant;

/// The machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Server {
    state: State,
    reliable: bool,
}

/// Where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    /// Nothing has been answered.
    Trying { give_up: Instant },
    /// A provisional response was sent.
    Proceeding { give_up: Instant },
    /// The final response was sent and is repeated on demand.
    Completed { until: Instant },
    /// Over.
    Terminated,
}

/// What happens to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Event {
    /// The request came again.
    Request,
    /// We answer 100 to 199.
    RespondProvisional,
    /// We answer 200 to 699.
    RespondFinal,
    /// Time passed.
    Timer,
    /// Nothing can be sent to the peer any more.
    TransportFailed,
}

impl Server {
    /// The request has just come.
    pub(crate) fn new(now: Instant, reliable: bool, timers: &Timers) -> Self {
        Self { state: State::Trying { give_up: now + timers.renegotiation }, reliable }
    }

    pub(crate) fn state(&self) -> State {
        self.state
    }

    /// When it next wants [`Event::Timer`].
    pub(crate) fn deadline(&self) -> Option<Instant> {
        match self.state {
            State::Trying { give_up } | State::Proceeding { give_up } => Some(give_up),
            State::Completed { until } => Some(until),
            State::Terminated => None,
        }
    }

    pub(crate) fn handle(&mut self, now: Instant, event: Event, timers: &Timers) -> Step {
        match (self.state, event) {
            (State::Trying { give_up } | State::Proceeding { give_up }, Event::RespondProvisional) => {
                self.state = State::Proceeding { give_up };
                Step::emit(Emit::Response)
            }
            (State::Trying { .. } | State::Proceeding { .. }, Event::RespondFinal) => {
                self.state = match self.reliable {
                    true => State::Terminated,
                    false => State::Completed { until: now + timers.transaction() },
                };
                Step::emit(Emit::Response)
            }
            (State::Proceeding { .. } | State::Completed { .. }, Event::Request) => Step::emit(Emit::Response),
            (State::Trying { give_up }, Event::Timer) if now >= give_up => {
                self.state = State::Trying { give_up: now + timers.transaction() };
                Step::tell(Tell::Overdue)
            }
            (State::Proceeding { give_up }, Event::Timer) if now >= give_up => {
                self.state = State::Proceeding { give_up: now + timers.transaction() };
                Step::tell(Tell::Overdue)
            }
            (State::Completed { until }, Event::Timer) if now >= until => {
                self.state = State::Terminated;
                Step::default()
            }
            (State::Trying { .. } | State::Proceeding { .. }, Event::TransportFailed) => {
                self.state = State::Terminated;
                Step::tell(Tell::TransportFailed)
            }
            (State::Completed { .. }, Event::TransportFailed) => {
                self.state = State::Terminated;
                Step::default()
            }
            // Nothing has been said yet that could be said again; a second final answer; a timer that came early.
            (State::Trying { .. }, Event::Request | Event::Timer)
            | (State::Proceeding { .. }, Event::Timer)
            | (State::Completed { .. }, Event::RespondProvisional | Event::RespondFinal | Event::Timer)
            | (State::Terminated, _) => Step::default(),
        }
    }
}
