//! Grants of control and the control machine (Điều 5 khoản 6, 10; ).

use crate::civil::Moment;
use crate::ids::{OrganizationId, SiteId};
use crate::registry::{Organization, Site, Tier};
use crate::request::Actor;
use serde::{Deserialize, Serialize};

/// A grant of control ("phân quyền điều khiển") by the managing authority: to whom, and for how long. It covers the sites
/// that fit everything it names; it names at least one of tier, organisation and site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ControlGrant {
    /// All sites of this level.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tier: Option<Tier>,
    /// All sites of this agency.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organization: Option<OrganizationId>,
    /// This site.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub site: Option<SiteId>,
    /// From when.
    pub from: Moment,
    /// Until when, inclusive; without it until it is withdrawn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Moment>,
    /// The document it stands in.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub document: String,
    /// Who granted it.
    pub by: Actor,
    /// Its withdrawal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdrawn: Option<GrantWithdrawn>,
}

/// The withdrawal of a grant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct GrantWithdrawn {
    /// When.
    pub at: Moment,
    /// By whom.
    pub by: Actor,
    /// Why.
    pub reason: String,
}

impl ControlGrant {
    /// Whether it says to whom.
    pub fn names_somebody(&self) -> bool {
        self.tier.is_some() || self.organization.is_some() || self.site.is_some()
    }

    /// Whether it is made out to this site of this agency.
    pub fn covers(&self, site: &Site, organization: &Organization) -> bool {
        self.names_somebody()
            && self.tier.is_none_or(|tier| organization.tier == Some(tier))
            && self.organization.as_ref().is_none_or(|id| *id == organization.id)
            && self.site.as_ref().is_none_or(|id| *id == site.id)
    }

    /// Whether it is in force at this moment.
    pub fn in_force(&self, at: Moment) -> bool {
        self.from <= at
            && self.until.is_none_or(|until| at <= until)
            && self.withdrawn.as_ref().is_none_or(|withdrawn| at < withdrawn.at)
    }
}

/// Who controls a session: at most one site.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ControlState {
    /// The Centre operates the session.
    #[default]
    CentreOperated,
    /// This site controls it.
    Delegated(SiteId),
    /// It was taken back from a site; the Centre operates the session.
    Withdrawn,
}

/// What moves control.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ControlEvent {
    /// A site asks for it.
    Request,
    /// The MCU operator hands it over.
    HandOver,
    /// The holder gives it back.
    Return,
    /// The MCU operator or the managing authority takes it back.
    Withdraw,
    /// The holder is lost for longer than the grace; the Centre takes over.
    HolderLost,
}

impl ControlEvent {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Request, Self::HandOver, Self::Return, Self::Withdraw, Self::HolderLost];
}

impl ControlState {
    /// The site that controls.
    pub fn holder(&self) -> Option<&SiteId> {
        match self {
            Self::Delegated(site) => Some(site),
            Self::CentreOperated | Self::Withdrawn => None,
        }
    }

    /// The control machine: where an event for `site` leads; nowhere if it is out of turn.
    ///
    /// | state | request | hand over | return | withdraw | holder lost |
    /// |---|---|---|---|---|---|
    /// | centre operated | stays | delegated | – | – | – |
    /// | delegated | – | – | centre operated | withdrawn | centre operated |
    /// | withdrawn | stays | delegated | – | – | – |
    pub fn next(&self, event: ControlEvent, site: &SiteId) -> Option<Self> {
        use ControlEvent as E;
        match (self, event) {
            (Self::CentreOperated | Self::Withdrawn, E::Request) => Some(self.clone()),
            (Self::CentreOperated | Self::Withdrawn, E::HandOver) => Some(Self::Delegated(site.clone())),
            (Self::Delegated(holder), E::Return | E::HolderLost) if holder == site => Some(Self::CentreOperated),
            (Self::Delegated(holder), E::Withdraw) if holder == site => Some(Self::Withdrawn),
            // One holder at a time: the next waits until control has come back.
            (Self::Delegated(_), E::Request | E::HandOver) => None,
            // Somebody who does not hold it.
            (Self::Delegated(_), E::Return | E::HolderLost | E::Withdraw) => None,
            // There is nothing to give or take back.
            (Self::CentreOperated | Self::Withdrawn, E::Return | E::Withdraw | E::HolderLost) => None,
        }
    }
}

/// A request for control that waits for the MCU operator.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ControlAsked {
    /// Which site asks.
    pub site: SiteId,
    /// Who asked for it.
    pub by: Actor,
    /// When.
    pub at: Moment,
}

/// How a session is run, told to whoever shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ControlMode {
    /// The chair site may hold control: eligible, and granted.
    Delegable,
    /// The Centre operates it for a chair that may not hold control.
    CentreOperated,
}
