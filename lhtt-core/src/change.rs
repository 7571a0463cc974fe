//! What a decision makes of the registry. The journal is a list of these; replaying them gives the registry (I13).

mod conduct;
mod estate;
mod floor;
mod list;
mod planning;
mod record;
mod secrecy;

pub use conduct::{ConductChange, Happened};
pub use estate::EstateChange;
pub use floor::FloorChange;
pub use list::ChangeList;
pub use planning::PlanningChange;
pub use record::RecordChange;
pub use secrecy::{Reclassified, SecrecyChange};

use crate::calendar::Calendar;
use crate::civil::Moment;
use crate::ids::{JoinId, OrganizationId, PeerId, RegistrationId, SessionId, SiteId};
use crate::registry::{
    Joined, Organization, Overridden, Peer, Profile, Registration, Rejection, Seat, Session, SessionEnd, Site,
};
use crate::request::{Actor, LeaveReason};
use serde::{Deserialize, Serialize};

/// One change of the registry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Change {
    /// The profile is this now.
    Profile(Box<Profile>),
    /// The calendar is this now.
    Calendar(Box<Calendar>),
    /// A peer is configured, new or anew.
    Peer(Peer),
    /// A peer is configured no more.
    PeerRemoved(PeerId),
    /// An organisation is configured, new or anew.
    Organization(Organization),
    /// An organisation is configured no more.
    OrganizationRemoved(OrganizationId),
    /// A site is configured, new or anew.
    Site(Site),
    /// A site is configured no more.
    SiteRemoved(SiteId),
    /// A registration was received.
    Registered(Box<Registration>),
    /// Findings of a registration were overridden.
    Overridden {
        /// Which registration.
        registration: RegistrationId,
        /// By whom, when and why.
        overridden: Overridden,
    },
    /// A registration was accepted: this is its session.
    Accepted(Box<Session>),
    /// A registration was refused.
    Rejected {
        /// Which registration.
        registration: RegistrationId,
        /// By whom, when and why.
        rejection: Rejection,
    },
    /// A party that was not on the list of a session is, by its chair's invitation.
    SeatAdded {
        /// Which session.
        session: SessionId,
        /// Who, and with how many legs.
        seat: Seat,
        /// Who invited it.
        by: Actor,
        /// When it was carried out.
        at: Moment,
    },
    /// A leg is in a session.
    Joined(Joined),
    /// A leg is in its session no more.
    Left {
        /// Which leg.
        join: JoinId,
        /// Why.
        reason: LeaveReason,
        /// When; not said in journals of the first version.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        at: Option<Moment>,
    },
    /// A session is over.
    Ended {
        /// Which session.
        session: SessionId,
        /// When, and by whom.
        end: SessionEnd,
    },
    /// Sites, their rooms, quotas, endpoints, grants and contacts: Điều 3, 6, 7, 8, 9, 16, 18.
    Estate(EstateChange),
    /// Amendments, sessions convened by peers, maintenance windows, power cuts and incidents before a session: Điều 11, 12, 19.
    Planning(PlanningChange),
    /// A session as it runs: rehearsal, start, attendance, incidents, closing, recording, hand-over: Điều 12 khoản 2 điểm b, c, 13, 14.
    Conduct(Box<ConductChange>),
    /// Control of a session, its floor queue, interventions, scenario: Điều 5 khoản 6, 8 khoản 3 điểm b, 10, 13.
    Floor(FloorChange),
    /// Sessions with state secrets: Điều 5 khoản 2, 11 khoản 5, 14 khoản 4 and the law they stand on.
    Secrecy(SecrecyChange),
    /// Registers that decide nothing and are reported: plans, difficulties, training, inspections: Điều 15, 18, 19, 20.
    Record(RecordChange),
}
