//! What must hold, and how it is seen from outside the gateway.

use crate::gateway::words::Status;
use lhtt_core::change::Change;
use lhtt_core::ids::JoinId;
use lhtt_core::journal::Entry;
use std::collections::{BTreeMap, BTreeSet};

/// An invariant that does not hold, with what was seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    /// Its number in ARCHITECTURE.md, or `liveness`.
    pub invariant: &'static str,
    /// What was seen.
    pub seen: String,
}

impl Broken {
    pub(super) fn new(invariant: &'static str, seen: impl Into<String>) -> Self {
        Self { invariant, seen: seen.into() }
    }
}

/// What the durable journal says of joins.
#[derive(Debug, Default)]
pub(super) struct Joins {
    started: BTreeSet<JoinId>,
    ended: BTreeSet<JoinId>,
    pub(super) refused: u64,
    /// Permits by the room or user that they let through, not yet used by a callee that was called.
    pub(super) permits: u64,
    pub(super) placed: u64,
}

impl Joins {
    /// I2: each join starts once and ends once, in this order.
    pub(super) fn on_durable(&mut self, entry: &Entry) -> Result<(), Broken> {
        let decision = entry.decision();
        let is_join = matches!(entry.request(), lhtt_core::request::Request::Join(_));
        self.refused += u64::from(is_join && !decision.is_permit());
        for change in &decision.changes {
            let fits = match change {
                Change::Joined(joined) => {
                    self.permits += 1;
                    self.started.insert(joined.join)
                }
                Change::Left { join, .. } => self.started.contains(join) && self.ended.insert(*join),
                _ => true,
            };
            if !fits {
                return Err(Broken::new(
                    "I2",
                    format!("entry {}: {change:?} for the second time, or without a start", entry.seq()),
                ));
            }
        }
        Ok(())
    }

    /// I1, I7, I12: a callee is called on a durable permit only.
    pub(super) fn on_placed(&mut self) -> Result<(), Broken> {
        self.placed += 1;
        if self.placed > self.permits {
            return Err(Broken::new(
                "I1",
                format!("{} callees called on {} durable permits", self.placed, self.permits),
            ));
        }
        Ok(())
    }

    /// I2 at the end: whatever started has ended.
    pub(super) fn at_end(&self) -> Result<(), Broken> {
        match self.started.difference(&self.ended).next() {
            Some(join) => Err(Broken::new("I2", format!("join {join} never ended"))),
            None => Ok(()),
        }
    }

    pub(super) fn started(&self) -> usize {
        self.started.len()
    }
}

/// The relay as the world sees it: which ports are bound.
#[derive(Debug, Default)]
pub(super) struct RelayModel {
    bound: BTreeMap<u64, [u16; 2]>,
    pub(super) directed: u64,
}

impl RelayModel {
    pub(super) fn carry(&mut self, command: &crate::relay::RelayCommand) -> Result<(), Broken> {
        use crate::relay::RelayCommand;
        match command {
            RelayCommand::Create { relay, a, b } => {
                let ports = [a.rtp().port(), b.rtp().port()];
                if self.bound.values().flatten().any(|port| ports.contains(port)) {
                    return Err(Broken::new("I3", format!("ports {ports:?} were given out while bound")));
                }
                self.bound.insert(relay.0, ports);
            }
            RelayCommand::Direct { relay, .. } => {
                self.directed += 1;
                if !self.bound.contains_key(&relay.0) {
                    return Err(Broken::new("I3", format!("relay {} is directed but not there", relay.0)));
                }
            }
            RelayCommand::Remove { relay } => {
                self.bound.remove(&relay.0);
            }
        }
        Ok(())
    }

    pub(super) fn bound(&self) -> usize {
        self.bound.len()
    }
}

/// I3: after quiescence nothing is left.
pub(super) fn nothing_left(
    status: &Status,
    quiescent: bool,
    connections: usize,
    relay: &RelayModel,
) -> Result<(), Broken> {
    let in_use = status.calls + status.draining + status.rtp_ports + status.h245_ports + status.joins + status.timers;
    if in_use != 0 || !quiescent {
        return Err(Broken::new("I3", format!("left in the gateway: {status:?}, quiescent: {quiescent}")));
    }
    if relay.bound() != 0 {
        return Err(Broken::new("I3", format!("{} relays still hold ports", relay.bound())));
    }
    if connections != 0 || status.streams != 0 {
        return Err(Broken::new(
            "I3",
            format!("{connections} connections and {} streams are still open", status.streams),
        ));
    }
    Ok(())
}
