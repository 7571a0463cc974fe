//! One floor request at the server, and how its status moves (RFC 8855 5.2.5, 10, 11, 13.1).
//!
//! | status   | Approve | Grant | Refuse | Withdraw | Revoke |
//! |----------|---------|-------|--------|----------|--------|
//! | Pending  | Accepted | – | Denied | Cancelled | – |
//! | Accepted | – | Granted | Denied | Cancelled | – |
//! | Granted  | – | – | – | Released | Revoked |
//!
//! Pending ends at a deadline, Granted with its holder or its chair; Accepted ends with what it waits for: the holders before it.

use crate::bfcp::{FloorId, FloorRequestId, Priority, RequestInformation, RequestStatus, Standing, UserId};
use lhtt_core::time::Instant;
use std::collections::BTreeSet;

#[derive(Debug)]
pub(super) struct FloorRequest {
    pub(super) id: FloorRequestId,
    pub(super) user: UserId,
    pub(super) beneficiary: UserId,
    /// In the order of the message.
    pub(super) floors: Vec<FloorId>,
    pub(super) priority: Priority,
    pub(super) info: Option<String>,
    pub(super) status: RequestStatus,
    /// Floors that nobody has decided about yet.
    pub(super) undecided: BTreeSet<FloorId>,
    /// What a chair said.
    pub(super) said: Option<String>,
    /// When Pending turns into Denied.
    pub(super) decide_by: Option<Instant>,
}

/// What moves a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Move {
    /// Whoever decides about its floors has said yes.
    Approve,
    /// Its floors are free and it is first.
    Grant,
    /// Somebody who decides said no, or nobody said anything in time.
    Refuse,
    /// Its participant gives back, takes back, or is gone.
    Withdraw,
    /// Somebody who decides takes the floors away.
    Revoke,
}

impl FloorRequest {
    /// Where a move leads; `None` if it does not fit.
    pub(super) const fn after(status: RequestStatus, it: Move) -> Option<RequestStatus> {
        match (status, it) {
            (RequestStatus::Pending, Move::Approve) => Some(RequestStatus::Accepted),
            (RequestStatus::Accepted, Move::Grant) => Some(RequestStatus::Granted),
            (RequestStatus::Pending | RequestStatus::Accepted, Move::Refuse) => Some(RequestStatus::Denied),
            (RequestStatus::Pending | RequestStatus::Accepted, Move::Withdraw) => Some(RequestStatus::Cancelled),
            (RequestStatus::Granted, Move::Withdraw) => Some(RequestStatus::Released),
            (RequestStatus::Granted, Move::Revoke) => Some(RequestStatus::Revoked),
            // A chair refuses what waits and revokes what is granted (RFC 8855 11.1); what is over stays so.
            (_, Move::Approve | Move::Grant | Move::Refuse | Move::Withdraw | Move::Revoke) => None,
        }
    }

    /// Whether a user stands in it.
    pub(super) fn concerns(&self, user: UserId) -> bool {
        self.user == user || self.beneficiary == user
    }

    /// What is told about it.
    pub(super) fn information(&self, queue_position: u8, beneficiary: Option<String>) -> RequestInformation {
        let overall = Standing { status: Some(self.status), queue_position, info: self.said.clone() };
        let at = |floor: &FloorId| {
            let approved = self.status == RequestStatus::Pending && !self.undecided.contains(floor);
            (*floor, Standing::at(if approved { RequestStatus::Accepted } else { self.status }))
        };
        let mut gets = crate::bfcp::UserInformation::new(self.beneficiary);
        gets.display_name = beneficiary;
        RequestInformation {
            request: self.id,
            overall,
            floors: self.floors.iter().map(at).collect(),
            beneficiary: Some(gets),
            requested_by: Some(crate::bfcp::UserInformation::new(self.user)),
            priority: Some(self.priority),
            provided_info: self.info.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_whole_table() {
        let statuses = [
            RequestStatus::Pending,
            RequestStatus::Accepted,
            RequestStatus::Granted,
            RequestStatus::Denied,
            RequestStatus::Cancelled,
            RequestStatus::Released,
            RequestStatus::Revoked,
        ];
        let moves = [Move::Approve, Move::Grant, Move::Refuse, Move::Withdraw, Move::Revoke];
        let row = |status| {
            moves.map(|it| FloorRequest::after(status, it).map_or("-".into(), |to| format!("{to:?}"))).join(" ")
        };
        let table: Vec<String> = statuses.iter().map(|status| format!("{status:?}: {}", row(*status))).collect();
        assert_eq!(
            table,
            [
                "Pending: Accepted - Denied Cancelled -",
                "Accepted: - Granted Denied Cancelled -",
                "Granted: - - - Released Revoked",
                "Denied: - - - - -",
                "Cancelled: - - - - -",
                "Released: - - - - -",
                "Revoked: - - - - -",
            ]
        );
    }
}
