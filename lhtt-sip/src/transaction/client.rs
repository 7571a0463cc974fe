//! The client transaction of every method but INVITE: RFC 3261 17.1.2.
//!
//! | state      | awaits           | deadline (timer)       | then    |
//! |------------|------------------|------------------------|---------|
//! | Trying     | any response     | again (E), give up (F) | Timeout |
//! | Proceeding | a final response | again (E), give up (F) | Timeout |
//! | Completed  | repetitions      | until (K)              | gone    |

use super::timers::Timers;
use super::{Emit, Step, Tell};
use lhtt_core::time::{Duration, Instant, soonest};

/// The machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Client {
    state: State,
    reliable: bool,
}

/// Where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    /// Sent; nothing heard.
    Trying { again: Option<Instant>, interval: Duration, give_up: Instant },
    /// A provisional response was heard.
    Proceeding { again: Option<Instant>, give_up: Instant },
    /// A final response was heard; repetitions are absorbed.
    Completed { until: Instant },
    /// Over.
    Terminated,
}

/// What happens to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Event {
    /// A response 100 to 199.
    Provisional,
    /// A response 200 to 699.
    Final,
    /// Time passed.
    Timer,
    /// What carried it is gone.
    TransportFailed,
}

impl Client {
    /// The request has just been sent.
    pub(crate) fn new(now: Instant, reliable: bool, timers: &Timers) -> Self {
        let again = (!reliable).then(|| now + timers.t1);
        let state = State::Trying { again, interval: timers.t1, give_up: now + timers.transaction() };
        Self { state, reliable }
    }

    pub(crate) fn state(&self) -> State {
        self.state
    }

    /// When it next wants [`Event::Timer`].
    pub(crate) fn deadline(&self) -> Option<Instant> {
        match self.state {
            State::Trying { again, give_up, .. } | State::Proceeding { again, give_up } => {
                soonest(again, Some(give_up))
            }
            State::Completed { until } => Some(until),
            State::Terminated => None,
        }
    }

    pub(crate) fn handle(&mut self, now: Instant, event: Event, timers: &Timers) -> Step {
        match (self.state, event) {
            (State::Trying { again, give_up, .. }, Event::Provisional) => {
                self.state = State::Proceeding { again: again.map(|_| now + timers.t2), give_up };
                Step::tell(Tell::Provisional)
            }
            (State::Trying { .. } | State::Proceeding { .. }, Event::Final) => {
                self.state = match timers.network(self.reliable) {
                    Duration::ZERO => State::Terminated,
                    wait => State::Completed { until: now + wait },
                };
                Step::tell(Tell::Final)
            }
            (State::Trying { give_up, .. } | State::Proceeding { give_up, .. }, Event::Timer) if now >= give_up => {
                self.state = State::Terminated;
                Step::tell(Tell::Timeout)
            }
            (State::Trying { again: Some(again), interval, give_up }, Event::Timer) if now >= again => {
                let interval = timers.backed_off(interval);
                self.state = State::Trying { again: Some(now + interval), interval, give_up };
                Step::emit(Emit::Request)
            }
            (State::Proceeding { again: Some(again), give_up }, Event::Timer) if now >= again => {
                self.state = State::Proceeding { again: Some(now + timers.t2), give_up };
                Step::emit(Emit::Request)
            }
            (State::Trying { .. } | State::Proceeding { .. }, Event::TransportFailed) => {
                self.state = State::Terminated;
                Step::tell(Tell::TransportFailed)
            }
            (State::Completed { until }, Event::Timer) if now >= until => {
                self.state = State::Terminated;
                Step::default()
            }
            (State::Completed { .. }, Event::TransportFailed) => {
                self.state = State::Terminated;
                Step::default()
            }
            // Further provisional responses change nothing; a timer came early; repetitions are absorbed.
            (State::Proceeding { .. }, Event::Provisional)
            | (State::Trying { .. } | State::Proceeding { .. }, Event::Timer)
            | (State::Completed { .. }, Event::Provisional | Event::Final | Event::Timer)
            | (State::Terminated, _) => Step::default(),
        }
    }
}
