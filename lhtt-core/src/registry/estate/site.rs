//! A site's way into the system and out of it (Điều 9), and what is kept about it.

use super::quota::Document;
use super::{RoomChecklist, Verdict};
use crate::civil::{Date, Moment};
use crate::ids::SiteId;
use crate::registry::Overridden;
use crate::request::Actor;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What is known of a site beyond its name and agency.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SiteRecord {
    /// Where it stands; left out: as configured.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<SiteState>,
    /// The conditions of its room (Điều 6 khoản 1 to 5).
    pub room: RoomChecklist,
    /// The approval to connect to the province's data network (Điều 9 khoản 2 điểm c).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub network_approval: Option<Document>,
    /// The managing authority's assessment.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assessment: Option<Assessment>,
    /// Who runs it (Điều 18 khoản 3).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub contacts: Vec<Contact>,
    /// When the contacts last changed (A-24).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contacts_changed_at: Option<Moment>,
    /// Leave to come over the Internet (A-22).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub internet: Option<InternetLeave>,
    /// Wrong PINs of late (A-36).
    #[serde(skip_serializing_if = "Pin::is_clean")]
    pub pin: Pin,
    /// Findings that were overridden for it, by the rule's name.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub overridden: BTreeMap<String, Overridden>,
    /// Why it was suspended or withdrawn.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

/// Where a site stands (Điều 9).
///
/// ```text
/// Proposed → Arranged → Applied → Assessed(pass) → Admitted ⇄ Suspended, each → Withdrawn → Proposed
///                       Applied → Assessed(fail) → Applied
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum SiteState {
    /// An agency plans it; it holds no slot.
    Proposed,
    /// Its room meets Điều 6 khoản 1 to 4 and it holds a slot (Điều 7).
    Arranged,
    /// The agency asks for admission (Điều 9 khoản 1 or 2).
    Applied,
    /// The managing authority has assessed it.
    Assessed(Verdict),
    /// It is a site of the system.
    Admitted,
    /// It is one, and takes no part for now.
    Suspended,
    /// It is one no more; its slot is free.
    Withdrawn,
}

/// What can happen to a site.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum SiteEvent {
    /// An agency plans it.
    Propose,
    /// It takes its slot.
    Arrange,
    /// The agency asks for admission.
    Apply,
    /// The managing authority assesses it.
    Assess(Verdict),
    /// It is admitted.
    Admit,
    /// It is taken out for a time.
    Suspend,
    /// It is back.
    Resume,
    /// It is given up.
    Withdraw,
}

impl SiteState {
    /// Whether a site in this state holds one of its agency's slots (Điều 7).
    pub const fn holds_slot(self) -> bool {
        match self {
            Self::Arranged | Self::Applied | Self::Assessed(Verdict::Pass) | Self::Admitted | Self::Suspended => true,
            Self::Proposed | Self::Assessed(Verdict::Fail) | Self::Withdrawn => false,
        }
    }

    /// Whether a site in this state is one of the system.
    pub const fn in_system(self) -> bool {
        matches!(self, Self::Admitted | Self::Suspended)
    }

    /// The state that an event leads to; none where it is out of turn. The conditions of each step are for the rules.
    pub const fn after(state: Option<Self>, event: SiteEvent) -> Option<Self> {
        use SiteEvent as E;
        use SiteState as S;
        match (state, event) {
            (None | Some(S::Withdrawn), E::Propose) => Some(S::Proposed),
            (Some(S::Proposed), E::Arrange) => Some(S::Arranged),
            // A site that failed its assessment gave its slot back and applies for one again.
            (Some(S::Arranged | S::Assessed(Verdict::Fail)), E::Apply) => Some(S::Applied),
            // Assessed anew while it waits, and on a re-assessment of a site of the system, which stays what it is.
            (Some(S::Applied | S::Assessed(Verdict::Pass)), E::Assess(verdict)) => Some(S::Assessed(verdict)),
            (Some(S::Admitted), E::Assess(Verdict::Pass)) => Some(S::Admitted),
            (Some(S::Admitted | S::Suspended), E::Assess(Verdict::Fail)) => Some(S::Suspended),
            (Some(S::Suspended), E::Assess(Verdict::Pass)) => Some(S::Suspended),
            // What is missing before the assessment the rules say; the state alone refuses nothing here.
            (Some(S::Proposed | S::Arranged | S::Applied | S::Assessed(_)), E::Admit) => Some(S::Admitted),
            (Some(S::Admitted), E::Suspend) => Some(S::Suspended),
            (Some(S::Suspended), E::Resume) => Some(S::Admitted),
            (
                Some(S::Proposed | S::Arranged | S::Applied | S::Assessed(_) | S::Admitted | S::Suspended),
                E::Withdraw,
            ) => Some(S::Withdrawn),
            (
                Some(S::Proposed | S::Arranged | S::Applied | S::Assessed(_) | S::Admitted | S::Suspended),
                E::Propose,
            )
            | (
                None | Some(S::Arranged | S::Applied | S::Assessed(_) | S::Admitted | S::Suspended | S::Withdrawn),
                E::Arrange,
            )
            | (
                None
                | Some(S::Proposed | S::Applied | S::Assessed(Verdict::Pass) | S::Admitted | S::Suspended | S::Withdrawn),
                E::Apply,
            )
            | (None | Some(S::Proposed | S::Arranged | S::Assessed(Verdict::Fail) | S::Withdrawn), E::Assess(_))
            | (None | Some(S::Admitted | S::Suspended | S::Withdrawn), E::Admit)
            | (
                None | Some(S::Proposed | S::Arranged | S::Applied | S::Assessed(_) | S::Suspended | S::Withdrawn),
                E::Suspend,
            )
            | (
                None | Some(S::Proposed | S::Arranged | S::Applied | S::Assessed(_) | S::Admitted | S::Withdrawn),
                E::Resume,
            )
            | (None | Some(S::Withdrawn), E::Withdraw) => None,
        }
    }

    /// In Vietnamese.
    pub const fn vi(self) -> &'static str {
        match self {
            Self::Proposed => "đang đề xuất",
            Self::Arranged => "đã bố trí",
            Self::Applied => "đã đề nghị công nhận",
            Self::Assessed(Verdict::Pass) => "đã được đánh giá đáp ứng",
            Self::Assessed(Verdict::Fail) => "đã được đánh giá chưa đáp ứng",
            Self::Admitted => "là điểm cầu của Hệ thống",
            Self::Suspended => "đang tạm dừng tham gia",
            Self::Withdrawn => "đã rút khỏi Hệ thống",
        }
    }

    /// In English.
    pub const fn en(self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::Arranged => "arranged",
            Self::Applied => "applied for",
            Self::Assessed(Verdict::Pass) => "assessed as meeting the conditions",
            Self::Assessed(Verdict::Fail) => "assessed as not meeting the conditions",
            Self::Admitted => "admitted",
            Self::Suspended => "suspended",
            Self::Withdrawn => "withdrawn",
        }
    }
}

impl SiteEvent {
    /// In Vietnamese.
    pub const fn vi(self) -> &'static str {
        match self {
            Self::Propose => "đề xuất",
            Self::Arrange => "bố trí",
            Self::Apply => "đề nghị công nhận",
            Self::Assess(_) => "đánh giá",
            Self::Admit => "công nhận",
            Self::Suspend => "tạm dừng",
            Self::Resume => "cho tham gia trở lại",
            Self::Withdraw => "rút khỏi Hệ thống",
        }
    }

    /// In English.
    pub const fn en(self) -> &'static str {
        match self {
            Self::Propose => "propose",
            Self::Arrange => "arrange",
            Self::Apply => "apply",
            Self::Assess(_) => "assess",
            Self::Admit => "admit",
            Self::Suspend => "suspend",
            Self::Resume => "resume",
            Self::Withdraw => "withdraw",
        }
    }
}

/// The managing authority's assessment (Điều 9 khoản 1 điểm c, khoản 2 điểm d).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Assessment {
    /// What it found (A-42).
    pub result: Verdict,
    /// By whom.
    pub assessed_by: String,
    /// On which day.
    pub date: Date,
    /// Number of its record.
    pub evidence: String,
}

/// A person who runs a site (Điều 18 khoản 3).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contact {
    /// First and last name.
    pub name: String,
    /// As what.
    pub duty: ContactDuty,
    /// Telephone number. It is written where it is empty too: it tells the journal that this is a person.
    #[serde(default)]
    pub phone: String,
    /// Mailbox.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub email: String,
}

/// As what a person runs a site.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ContactDuty {
    /// A leader of the office, or of like rank.
    Leader,
    /// A technician at the site.
    Technician,
}

/// Leave of the managing authority for a room to come over the Internet (A-22).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InternetLeave {
    /// By whom.
    pub by: Actor,
    /// Why.
    pub reason: String,
    /// The first day.
    pub from: Date,
    /// The last day.
    pub until: Date,
}

/// Wrong PINs of late (A-36).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Pin {
    /// When they came; no more than lock out.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub wrong: Vec<Moment>,
    /// Until when nobody gets in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub locked_until: Option<Moment>,
}

impl Pin {
    /// Whether nothing is held against it.
    pub fn is_clean(&self) -> bool {
        self.wrong.is_empty() && self.locked_until.is_none()
    }
}

/// A credential of a site: who has one, never what it is (Điều 6 khoản 7).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Credential {
    /// To which site.
    pub site: SiteId,
    /// When it was issued.
    pub issued_at: Moment,
    /// By whom.
    pub issued_by: Actor,
    /// When its secret was last changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rotated_at: Option<Moment>,
    /// When it was revoked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revoked_at: Option<Moment>,
}

/// A control unit (Điều 3 khoản 3).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mcu {
    /// Its name.
    pub name: String,
    /// Whether it is the province's or a peer's.
    pub role: McuRole,
    /// Where it stands.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub place: String,
}

/// Whose a control unit is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum McuRole {
    /// The province's: one.
    Provincial,
    /// A peer system's.
    Peer,
}
