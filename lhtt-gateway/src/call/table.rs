//! The call as one table: phase × what is heard → next phase and what to do.
//!
//! Pure and total: every pair has an answer, and the whole table is a snapshot in the tests, so that a change of call
//! logic shows as a change of its rows (RFC 4123 7.4). Leaves out: how an act is carried out, which is `gateway`'s.

use crate::signal::Side;

/// Where a call stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    /// The question is with the clerk; no octet has gone towards a callee.
    Admitting,
    /// A durable permit is there and the callee is being called.
    Calling,
    /// The callee is being alerted.
    Ringing,
    /// The callee accepted; its media is not settled yet, so the caller is not answered.
    Settling,
    /// Both sides are in conversation.
    Connected,
    /// Over: journalled, slot and ports given back; only the wire is still draining.
    Ended,
}

impl Phase {
    /// All of them, in order.
    pub const ALL: [Self; 6] =
        [Self::Admitting, Self::Calling, Self::Ringing, Self::Settling, Self::Connected, Self::Ended];
}

/// What a call hears.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Heard {
    /// The regulation permits it, durably.
    Permitted,
    /// The regulation refuses it, durably.
    Refused,
    /// The clerk cannot decide: the store is down.
    Unavailable,
    /// The callee's system is working on it.
    Proceeding,
    /// The callee is being alerted.
    Alerting,
    /// The callee accepted.
    Answered,
    /// Capabilities or flows of a side changed.
    Media(Side),
    /// The callee's flows are open.
    Settled,
    /// A side pressed keys.
    Keys(Side),
    /// A side is gone.
    Released(Side),
    /// The phase's deadline has passed, or something of ours failed.
    Failed,
}

impl Heard {
    /// All of them.
    pub const ALL: [Self; 14] = [
        Self::Permitted,
        Self::Refused,
        Self::Unavailable,
        Self::Proceeding,
        Self::Alerting,
        Self::Answered,
        Self::Media(Side::Caller),
        Self::Media(Side::Callee),
        Self::Settled,
        Self::Keys(Side::Caller),
        Self::Keys(Side::Callee),
        Self::Released(Side::Caller),
        Self::Released(Side::Callee),
        Self::Failed,
    ];
}

/// What is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Act {
    /// Make the callee leg with the permit.
    Place,
    /// Tell the caller that the call proceeds.
    TellProceeding,
    /// Tell the caller that the callee is alerted.
    TellAlerting,
    /// Answer the caller with the codecs of the callee's flows.
    Answer,
    /// Open what the sides' capabilities allow, and join their flows in the relay.
    JoinMedia,
    /// Pass keys to the other side.
    PassKeys(Side),
    /// Release the leg of this side.
    Release(Side),
    /// Journal the end and give slot and ports back.
    Leave,
}

/// The next phase and what to do. What is ignored is ignored on purpose: it came too early or too late to matter.
pub fn step(phase: Phase, heard: Heard) -> (Phase, &'static [Act]) {
    use Act::{Answer, JoinMedia, Leave, PassKeys, Place, Release, TellAlerting, TellProceeding};
    use Heard as H;
    use Side::{Callee, Caller};
    match (phase, heard) {
        (Phase::Admitting, H::Permitted) => (Phase::Calling, &[TellProceeding, Place]),
        (Phase::Admitting, H::Refused | H::Unavailable | H::Failed) => (Phase::Ended, &[Release(Caller)]),
        (Phase::Admitting, H::Released(Caller)) => (Phase::Ended, &[]),
        (Phase::Admitting, _) => (phase, &[]),

        // The permit came after the caller had gone: the slot that it took goes back at once.
        (Phase::Ended, H::Permitted) => (phase, &[Leave]),
        (Phase::Ended, _) => (phase, &[]),

        (_, H::Released(Caller)) => (Phase::Ended, &[Release(Callee), Leave]),
        (_, H::Released(Callee)) => (Phase::Ended, &[Release(Caller), Leave]),
        (_, H::Failed) => (Phase::Ended, &[Release(Callee), Release(Caller), Leave]),
        (_, H::Media(_)) => (phase, &[JoinMedia]),

        (Phase::Calling, H::Alerting) => (Phase::Ringing, &[TellAlerting]),
        (Phase::Calling | Phase::Ringing, H::Answered) => (Phase::Settling, &[JoinMedia]),
        (Phase::Settling, H::Settled) => (Phase::Connected, &[Answer, JoinMedia]),
        (Phase::Connected, H::Keys(Caller)) => (phase, &[PassKeys(Callee)]),
        (Phase::Connected, H::Keys(Callee)) => (phase, &[PassKeys(Caller)]),
        (Phase::Calling | Phase::Ringing | Phase::Settling | Phase::Connected, _) => (phase, &[]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fmt::Write;

    #[test]
    fn the_whole_table() {
        let mut table = String::new();
        for phase in Phase::ALL {
            for heard in Heard::ALL {
                let (next, acts) = step(phase, heard);
                if (next, acts.len()) != (phase, 0) {
                    writeln!(table, "{phase:?} × {heard:?} → {next:?} {acts:?}").unwrap();
                }
            }
        }
        assert_eq!(table, include_str!("table.snap"), "the call table changed:\n{table}");
    }

    #[test]
    fn an_ended_call_never_comes_back() {
        assert!(Heard::ALL.into_iter().all(|heard| step(Phase::Ended, heard).0 == Phase::Ended));
    }

    #[test]
    fn a_callee_is_placed_by_a_permit_only() {
        for phase in Phase::ALL {
            for heard in Heard::ALL {
                if step(phase, heard).1.contains(&Act::Place) {
                    assert_eq!((phase, heard), (Phase::Admitting, Heard::Permitted), "I1");
                }
            }
        }
    }
}
