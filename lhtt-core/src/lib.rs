//! The regulation of the provincial online conference system as a library, and the vocabulary that every sans-I/O part
//! of LHTT speaks.
//!
//! With default features off this crate is [`io`], [`time`] and [`rng`] only: what a protocol stack needs, and no law.
#![cfg_attr(feature = "regulation", doc = include_str!("regulation.md"))]
#![forbid(unsafe_code)]
#![deny(missing_docs)]

pub mod io;
pub mod rng;
pub mod time;

#[cfg(feature = "regulation")]
mod regulation {
    pub use crate::calendar::Calendar;
    pub use crate::case::Case;
    pub use crate::change::Change;
    pub use crate::citation::{Citation, Instrument};
    pub use crate::civil::{Date, Moment};
    pub use crate::decide::decide;
    pub use crate::decision::{Decision, Disclosure, Outcome};
    pub use crate::facts::Facts;
    pub use crate::finding::{DutyHolder, Finding, FindingKind, Text};
    pub use crate::ids::{ControlGrantId, FloorRequestId, InterventionId};
    pub use crate::ids::{
        CredentialId, EndpointId, JoinId, LinkId, McuId, OrganizationId, PeerId, QuotaGrantId, ReadId, RegistrationId,
        SessionId, SiteId, UnitId,
    };
    pub use crate::interpretation::InterpretationId;
    pub use crate::query::Query;
    pub use crate::registry::{Contradiction, Registry};
    pub use crate::request::Request;
    pub use crate::submission::Submission;
    pub use crate::version::Version;
}
#[cfg(feature = "regulation")]
pub use regulation::*;

#[cfg(feature = "regulation")]
pub mod actor;
#[cfg(feature = "regulation")]
pub mod calendar;
#[cfg(feature = "regulation")]
pub mod case;
#[cfg(feature = "regulation")]
pub mod change;
#[cfg(feature = "regulation")]
pub mod citation;
#[cfg(feature = "regulation")]
pub mod civil;
#[cfg(feature = "regulation")]
pub mod deadline;
#[cfg(feature = "regulation")]
mod decide;
#[cfg(feature = "regulation")]
pub mod decision;
#[cfg(feature = "regulation")]
pub mod facts;
#[cfg(feature = "regulation")]
pub mod finding;
#[cfg(feature = "regulation")]
pub mod ids;
#[cfg(feature = "regulation")]
pub mod interpretation;
#[cfg(feature = "regulation")]
pub mod journal;
#[cfg(feature = "regulation")]
pub mod query;
#[cfg(feature = "regulation")]
pub mod registry;
#[cfg(feature = "regulation")]
mod render;
#[cfg(feature = "regulation")]
pub mod report;
#[cfg(feature = "regulation")]
pub mod request;
#[cfg(feature = "regulation")]
pub mod route;
#[cfg(feature = "regulation")]
mod rules;
#[cfg(feature = "regulation")]
pub mod submission;
#[cfg(feature = "regulation")]
mod text;
#[cfg(feature = "regulation")]
pub mod version;
