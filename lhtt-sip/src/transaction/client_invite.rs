//! The INVITE client transaction: RFC 3261 17.1.1 with the Accepted state of RFC 6026 7.2.
//!
//! | state      | awaits                | deadline (timer)        | then                         |
//! |------------|-----------------------|-------------------------|------------------------------|
//! | Calling    | any response          | again (A), give up (B)  | Timeout                      |
//! | Proceeding | a final response      | give up (`proceeding`)  | Overdue; once cancelled, Timeout |
//! | Completed  | repeated failures     | until (D)               | gone                         |
//! | Accepted   | 2xx, also of forks    | until (M)               | gone                         |
//!
//! Leaves out: the messages, which the holder keeps, and CANCEL, which is a transaction of its own (RFC 3261 9.1); this
//! machine only bounds how long a cancelled INVITE still waits.

use super::timers::Timers;
use super::{Emit, Step, Tell};
use lhtt_core::time::{Duration, Instant, soonest};

/// The machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ClientInvite {
    state: State,
    reliable: bool,
}

/// Where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    /// Sent; nothing heard.
    Calling { again: Option<Instant>, interval: Duration, give_up: Instant },
    /// A provisional response was heard.
    Proceeding { give_up: Instant, cancelled: bool },
    /// A failure was heard and acknowledged; its repetitions are acknowledged again.
    Completed { until: Instant },
    /// A 2xx was heard; further ones go to the session.
    Accepted { until: Instant },
    /// Over.
    Terminated,
}

/// What happens to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Event {
    /// A response 100 to 199.
    Provisional,
    /// A response 200 to 299.
    Success,
    /// A response 300 to 699.
    Failure,
    /// A CANCEL was sent for it.
    Cancelled,
    /// Time passed.
    Timer,
    /// What carried it is gone.
    TransportFailed,
}

impl ClientInvite {
    /// The INVITE has just been sent.
    pub(crate) fn new(now: Instant, reliable: bool, timers: &Timers) -> Self {
        let again = (!reliable).then(|| now + timers.t1);
        let state = State::Calling { again, interval: timers.t1, give_up: now + timers.transaction() };
        Self { state, reliable }
    }

    pub(crate) fn state(&self) -> State {
        self.state
    }

    /// When it next wants [`Event::Timer`].
    pub(crate) fn deadline(&self) -> Option<Instant> {
        match self.state {
            State::Calling { again, give_up, .. } => soonest(again, Some(give_up)),
            State::Proceeding { give_up, .. } => Some(give_up),
            State::Completed { until } | State::Accepted { until } => Some(until),
            State::Terminated => None,
        }
    }

    pub(crate) fn handle(&mut self, now: Instant, event: Event, timers: &Timers) -> Step {
        match (self.state, event) {
            (State::Calling { .. }, Event::Provisional) => {
                self.state = State::Proceeding { give_up: now + timers.proceeding, cancelled: false };
                Step::tell(Tell::Provisional)
            }
            (State::Proceeding { cancelled, give_up }, Event::Provisional) => {
                let give_up = if cancelled { give_up } else { now + timers.proceeding };
                self.state = State::Proceeding { give_up, cancelled };
                Step::tell(Tell::Provisional)
            }
            (State::Calling { .. } | State::Proceeding { .. }, Event::Success) => {
                self.state = State::Accepted { until: now + timers.transaction() };
                Step::tell(Tell::Success)
            }
            (State::Calling { .. } | State::Proceeding { .. }, Event::Failure) => {
                self.state = match timers.failure_absorption(self.reliable) {
                    Duration::ZERO => State::Terminated,
                    wait => State::Completed { until: now + wait },
                };
                Step { emit: Emit::Ack, tell: Tell::Failure }
            }
            (State::Proceeding { .. }, Event::Cancelled) => {
                self.state = State::Proceeding { give_up: now + timers.transaction(), cancelled: true };
                Step::default()
            }
            (State::Calling { again, interval, give_up }, Event::Timer) => self.repeat(now, again, interval, give_up),
            (State::Proceeding { give_up, cancelled }, Event::Timer) if now >= give_up => {
                if cancelled {
                    self.state = State::Terminated;
                    return Step::tell(Tell::Timeout);
                }
                self.state = State::Proceeding { give_up: now + timers.transaction(), cancelled: true };
                Step::tell(Tell::Overdue)
            }
            (State::Completed { until } | State::Accepted { until }, Event::Timer) if now >= until => {
                self.state = State::Terminated;
                Step::default()
            }
            (State::Calling { .. } | State::Proceeding { .. }, Event::TransportFailed) => {
                self.state = State::Terminated;
                Step::tell(Tell::TransportFailed)
            }
            (State::Completed { .. }, Event::TransportFailed) => {
                self.state = State::Terminated;
                Step::default()
            }
            // The peer repeats its failure because our ACK was lost.
            (State::Completed { .. }, Event::Failure) => Step::emit(Emit::Ack),
            // A repetition, or the 2xx of another fork: the session tells them apart.
            (State::Accepted { .. }, Event::Success) => Step::tell(Tell::Success),
            // Late provisional responses, a 2xx after a failure, failures of other forks after a 2xx, a CANCEL before any
            // provisional response (the holder waits for one) or after the end, a timer that came early.
            (State::Calling { .. }, Event::Cancelled)
            | (State::Proceeding { .. }, Event::Timer)
            | (State::Completed { .. }, Event::Provisional | Event::Success | Event::Cancelled | Event::Timer)
            | (State::Accepted { .. }, Event::Provisional | Event::Failure | Event::Cancelled | Event::Timer)
            // 2xx are still owed an ACK until timer M, whatever became of the stream.
            | (State::Accepted { .. }, Event::TransportFailed)
            | (State::Terminated, _) => Step::default(),
        }
    }

    /// Timer A or B while nothing is heard.
    fn repeat(&mut self, now: Instant, again: Option<Instant>, interval: Duration, give_up: Instant) -> Step {
        if now >= give_up {
            self.state = State::Terminated;
            return Step::tell(Tell::Timeout);
        }
        if again.is_none_or(|again| now < again) {
            return Step::default();
        }
        let interval = interval * 2;
        self.state = State::Calling { again: Some(now + interval), interval, give_up };
        Step::emit(Emit::Request)
    }
}
