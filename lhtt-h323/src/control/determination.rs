//! Master/slave determination signalling entity (H.245 C.2).
//!
//! | state | request | peer's number | Ack | Reject | Release | T106 |
//! |---|---|---|---|---|---|---|
//! | Idle | send ours → Outgoing | Ack → Incoming; tie: Reject | – | – | – | – |
//! | Outgoing | – | Ack → Incoming; tie: new number, again | Ack, done | new number, again | failed | Release, failed |
//! | Incoming | – | Ack again | done | failed | failed | failed |
//!
//! One deviation: a second number in Incoming is answered again where the Recommendation gives up, for some stacks repeat.

use super::effect::Effects;
use super::pdu::Pdu;
use lhtt_core::rng::Rng;
use lhtt_core::time::{Duration, Instant};
use std::cmp::Ordering;

/// Our terminal type: a gateway without an MC (H.323 table 1).
pub(super) const TERMINAL_TYPE: u8 = 60;
/// N100, how often a number is drawn before giving up.
const TRIES_MAX: u8 = 8;
const NUMBERS: u32 = 1 << 24;

/// The machine.
#[derive(Debug)]
pub(super) struct Determination {
    state: State,
    number: u32,
    tries: u8,
    /// Whether we are master, once determined.
    pub(super) master: Option<bool>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Idle,
    Outgoing { deadline: Instant },
    Incoming { deadline: Instant, master: bool },
}

/// What happens to it.
#[derive(Clone, Copy, Debug)]
pub(super) enum Event {
    Request,
    Number { terminal_type: u8, number: u32 },
    Ack { master: bool },
    Reject,
    Release,
    Timeout,
}

impl Determination {
    pub(super) fn new(rng: &mut Rng) -> Self {
        Self { state: State::Idle, number: draw(rng), tries: 0, master: None }
    }

    pub(super) fn deadline(&self) -> Option<Instant> {
        match self.state {
            State::Idle => None,
            State::Outgoing { deadline } | State::Incoming { deadline, .. } => Some(deadline),
        }
    }

    pub(super) fn handle(&mut self, now: Instant, t106: Duration, event: Event, rng: &mut Rng, out: &mut Effects) {
        let verdict = match event {
            Event::Number { terminal_type, number } => self.judge(terminal_type, number),
            _ => Verdict::Tie,
        };
        let deadline = now + t106;
        match (self.state, event) {
            (State::Idle, Event::Request) => {
                self.tries = 0;
                self.send_number(deadline, out);
            }
            (State::Outgoing { .. } | State::Incoming { .. }, Event::Request) => {} // one is under way
            (_, Event::Number { .. }) if verdict != Verdict::Tie => {
                let master = verdict == Verdict::Master;
                out.send(Pdu::DeterminationAck { receiver_is_master: !master });
                self.state = State::Incoming { deadline, master };
            }
            (State::Outgoing { .. }, Event::Number { .. } | Event::Reject) => self.draw_again(deadline, rng, out),
            (State::Idle | State::Incoming { .. }, Event::Number { .. }) => {
                out.send(Pdu::DeterminationReject);
                self.state = State::Idle;
            }
            (State::Outgoing { .. }, Event::Ack { master }) => {
                out.send(Pdu::DeterminationAck { receiver_is_master: !master });
                self.determined(master, out);
            }
            (State::Incoming { master: ours, .. }, Event::Ack { master }) if ours == master => {
                self.determined(master, out);
            }
            (State::Incoming { .. }, Event::Ack { .. } | Event::Reject) => self.fail("T106", out),
            (State::Outgoing { .. } | State::Incoming { .. }, Event::Release) => self.fail("T106", out),
            (State::Outgoing { deadline: due }, Event::Timeout) if due <= now => {
                out.send(Pdu::DeterminationRelease);
                self.fail("T106", out);
            }
            (State::Incoming { deadline: due, .. }, Event::Timeout) if due <= now => self.fail("T106", out),
            (_, Event::Timeout) => {}
            (State::Idle, Event::Ack { .. } | Event::Reject | Event::Release) => {} // late or never asked for
        }
    }

    fn judge(&self, terminal_type: u8, number: u32) -> Verdict {
        match terminal_type.cmp(&TERMINAL_TYPE) {
            Ordering::Less => return Verdict::Master,
            Ordering::Greater => return Verdict::Slave,
            Ordering::Equal => {}
        }
        match number.wrapping_sub(self.number) % NUMBERS {
            0 => Verdict::Tie,
            away if away == NUMBERS / 2 => Verdict::Tie,
            away if away < NUMBERS / 2 => Verdict::Master,
            _ => Verdict::Slave,
        }
    }

    fn send_number(&mut self, deadline: Instant, out: &mut Effects) {
        self.tries += 1;
        self.state = State::Outgoing { deadline };
        out.send(Pdu::Determination { terminal_type: TERMINAL_TYPE, number: self.number });
    }

    fn draw_again(&mut self, deadline: Instant, rng: &mut Rng, out: &mut Effects) {
        if self.tries >= TRIES_MAX {
            return self.fail("N100", out);
        }
        self.number = draw(rng);
        self.send_number(deadline, out);
    }

    fn determined(&mut self, master: bool, _out: &mut Effects) {
        self.state = State::Idle;
        self.master = Some(master);
    }

    fn fail(&mut self, what: &'static str, out: &mut Effects) {
        self.state = State::Idle;
        out.fail(what);
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    Master,
    Slave,
    Tie,
}

fn draw(rng: &mut Rng) -> u32 {
    rng.next_u32() % NUMBERS
}
