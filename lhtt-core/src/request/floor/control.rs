//! Acts on control.

use crate::civil::Moment;
use crate::ids::{ControlGrantId, SessionId, SiteId};
use crate::registry::floor::ControlGrant;
use crate::request::Actor;
use serde::{Deserialize, Serialize};

/// A grant of control. Who grants it is its `by`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct GrantControl {
    /// Its name, one that no grant has.
    pub id: ControlGrantId,
    /// To whom, and for how long.
    pub grant: ControlGrant,
}

/// The withdrawal of a grant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct WithdrawGrant {
    /// Which.
    pub id: ControlGrantId,
    /// Who withdraws it.
    pub actor: Actor,
    /// Why.
    #[serde(default)]
    pub reason: String,
}

/// A request for control.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RequestControl {
    /// Of which session.
    pub session: SessionId,
    /// For which site; that of the actor where it is not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub site: Option<SiteId>,
    /// Who asks.
    pub actor: Actor,
}

/// An override of findings against a site's holding control.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct OverrideControl {
    /// Of which session.
    pub session: SessionId,
    /// For which site; the chair site where it is not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub site: Option<SiteId>,
    /// Who overrides.
    pub actor: Actor,
    /// Why.
    #[serde(default)]
    pub reason: String,
}

/// A hand-over of control.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct HandOver {
    /// Of which session.
    pub session: SessionId,
    /// To which site; the chair site where it is not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub site: Option<SiteId>,
    /// Who hands it over.
    pub actor: Actor,
}

/// Taking control back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct WithdrawControl {
    /// Of which session.
    pub session: SessionId,
    /// Who takes it back.
    pub actor: Actor,
    /// Why.
    #[serde(default)]
    pub reason: String,
}

/// The loss of the site that controls.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ChairLost {
    /// Of which session.
    pub session: SessionId,
    /// Since when it is lost.
    pub since: Moment,
    /// The site of the same agency that goes on; the Centre where it is not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<SiteId>,
    /// Who moves control.
    pub actor: Actor,
}
