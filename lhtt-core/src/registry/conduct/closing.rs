//! The closing of a session: what each site and the Centre have done (Điều 14 khoản 1; A-23).

use crate::civil::Moment;
use crate::ids::SiteId;
use crate::request::Actor;
use crate::submission::Reference;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How far the closing has got.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Closing {
    /// The items of each site.
    pub sites: BTreeMap<SiteId, SiteClosing>,
    /// The Centre's check; its MCU stays on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub centre: Option<Done>,
    /// Why the Centre's check is dispensed with, and by whom.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub centre_waived: Option<Waiver>,
    /// The record that the documents of a secret session were got back.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub documents_recovered: Option<Recovery>,
}

/// The items of one site, in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct SiteClosing {
    /// The room was checked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub check: Option<Done>,
    /// The terminal was switched off.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub device_off: Option<Done>,
    /// The power was cut.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub power_off: Option<Done>,
    /// Why its items are dispensed with, and by whom.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub waived: Option<Waiver>,
}

/// An item of the closing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ClosingItem {
    /// Check.
    Check,
    /// Switch the terminal off.
    DeviceOff,
    /// Cut the power.
    PowerOff,
}

/// An item that is done: self-declared, nobody can see it from here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Done {
    /// When.
    pub at: Moment,
    /// By whom.
    pub by: Actor,
}

/// Items that need not be done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Waiver {
    /// When that was said.
    pub at: Moment,
    /// By whom.
    pub by: Actor,
    /// Why.
    pub reason: String,
}

/// The record that the documents of a secret session were got back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Recovery {
    /// When it was filed.
    pub at: Moment,
    /// By whom.
    pub by: Actor,
    /// The record.
    pub document: Reference,
}

impl ClosingItem {
    /// The items in their order.
    pub const ALL: [Self; 3] = [Self::Check, Self::DeviceOff, Self::PowerOff];

    /// Its name in documents.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Check => "check",
            Self::DeviceOff => "device_off",
            Self::PowerOff => "power_off",
        }
    }

    /// In Vietnamese.
    pub const fn vi(self) -> &'static str {
        match self {
            Self::Check => "kiểm tra",
            Self::DeviceOff => "tắt thiết bị đầu cuối",
            Self::PowerOff => "ngắt nguồn điện",
        }
    }

    /// In English.
    pub const fn en(self) -> &'static str {
        match self {
            Self::Check => "check",
            Self::DeviceOff => "terminal off",
            Self::PowerOff => "power off",
        }
    }
}

impl SiteClosing {
    /// An item, if it is done.
    pub fn done(&self, item: ClosingItem) -> Option<&Done> {
        match item {
            ClosingItem::Check => self.check.as_ref(),
            ClosingItem::DeviceOff => self.device_off.as_ref(),
            ClosingItem::PowerOff => self.power_off.as_ref(),
        }
    }

    /// Whether nothing of it is left to do.
    pub fn is_complete(&self) -> bool {
        self.waived.is_some() || ClosingItem::ALL.into_iter().all(|item| self.done(item).is_some())
    }

    pub(crate) fn record(&mut self, item: ClosingItem, done: Done) {
        let slot = match item {
            ClosingItem::Check => &mut self.check,
            ClosingItem::DeviceOff => &mut self.device_off,
            ClosingItem::PowerOff => &mut self.power_off,
        };
        *slot = Some(done);
    }
}

impl Closing {
    pub(crate) fn record(&mut self, site: Option<SiteId>, item: ClosingItem, done: Done) {
        match site {
            Some(site) => self.sites.entry(site).or_default().record(item, done),
            None => self.centre = Some(done),
        }
    }

    pub(crate) fn waive(&mut self, site: Option<SiteId>, waiver: Waiver) {
        match site {
            Some(site) => self.sites.entry(site).or_default().waived = Some(waiver),
            None => self.centre_waived = Some(waiver),
        }
    }

    /// Whether every item of these sites and of the Centre is done or waived.
    pub fn is_complete<'a>(&self, mut sites: impl Iterator<Item = &'a SiteId>) -> bool {
        let centre = self.centre.is_some() || self.centre_waived.is_some();
        centre && sites.all(|site| self.sites.get(site).is_some_and(SiteClosing::is_complete))
    }
}
