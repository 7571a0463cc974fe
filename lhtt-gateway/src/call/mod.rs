//! One call: two legs, their media, and where it stands. The logic is [`table`]; carrying it out is `gateway`'s.

pub mod table;

use crate::admission::{Asking, Permit};
use crate::gateway::words::CallId;
use crate::leg::Leg;
use crate::media::{Caps, Direction, Flow};
use crate::relay::RelayCommand;
use crate::signal::{Cause, Side};
use lhtt_core::ids::JoinId;
use lhtt_core::time::Instant;
use table::Phase;

/// A call, from the first octet until nothing of it is left.
#[derive(Debug)]
pub struct Call {
    /// Its id, which is the number of its join too.
    pub id: CallId,
    /// Who asks for whom.
    pub asking: Asking,
    /// The neighbour that it is to, if the MCU calls out.
    pub to: Option<usize>,
    /// Where it stands.
    pub phase: Phase,
    /// When the phase must be over (I4).
    pub deadline: Option<Deadline>,
    /// The deadline as it stands in the timer index.
    pub armed: Option<Instant>,
    /// The clerk has not answered yet.
    pub asked: bool,
    /// Leave to call the callee.
    pub permit: Option<Permit>,
    /// Why it ended, once it has.
    pub cause: Option<Cause>,
    /// Ports in use.
    pub ports: TakenPorts,
    /// The side that asks.
    pub caller: Party,
    /// The side that is asked.
    pub callee: Party,
}

/// A deadline and its name, for the cause that it leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deadline {
    /// When.
    pub at: Instant,
    /// What is waited for.
    pub what: &'static str,
}

/// The ports that a call holds until it ends.
#[derive(Debug, Default)]
pub struct TakenPorts {
    /// RTP towards the caller and the callee.
    pub rtp: Option<(u16, u16)>,
    /// H.245, one for each H.323 leg.
    pub h245: Vec<u16>,
}

/// The join that a call asks for bears the call's number.
pub const fn join_of(call: CallId) -> JoinId {
    JoinId(call.0)
}

/// One side.
#[derive(Debug, Default)]
pub struct Party {
    /// Its leg, until the stack has forgotten it.
    pub leg: Option<Leg>,
    /// What it can receive, as far as known.
    pub caps: Option<Caps>,
    /// The flow towards its peer.
    pub to: Option<Flow>,
    /// The flow from its peer.
    pub from: Option<Flow>,
    /// What the relay was last told of packets towards its peer.
    pub directed: Option<RelayCommand>,
}

impl Party {
    /// Takes a flow in.
    pub fn opened(&mut self, flow: Flow) {
        match flow.direction {
            Direction::ToPeer => self.to = Some(flow),
            Direction::FromPeer => self.from = Some(flow),
        }
    }

    /// Forgets a flow.
    pub fn closed(&mut self, direction: Direction) {
        match direction {
            Direction::ToPeer => self.to = None,
            Direction::FromPeer => self.from = None,
        }
    }
}

impl Call {
    /// One of its sides.
    pub fn side(&self, side: Side) -> &Party {
        match side {
            Side::Caller => &self.caller,
            Side::Callee => &self.callee,
        }
    }

    /// One of its sides, to be changed.
    pub fn side_mut(&mut self, side: Side) -> &mut Party {
        match side {
            Side::Caller => &mut self.caller,
            Side::Callee => &mut self.callee,
        }
    }

    /// The neighbours whose room it takes while it lives.
    pub fn between(&self) -> [Option<usize>; 2] {
        [self.asking.from, self.to.filter(|to| Some(*to) != self.asking.from)]
    }

    /// Whether nothing of it is left: it ended, the clerk has answered, and both stacks have forgotten their legs.
    pub fn is_over(&self) -> bool {
        self.phase == Phase::Ended && !self.asked && self.caller.leg.is_none() && self.callee.leg.is_none()
    }
}
