//! A registration ("đăng ký lịch họp", Điều 12 khoản 2 điểm a) or notification (Điều 11 khoản 1) as it is handed in.
//!
//! The JSON form is what a clerk writes into a file. Nothing is required by the form itself: what is missing is told, item
//! by item, by the decision. Times are RFC 3339 with an offset (`2023-06-15T08:00:00+07:00`). Leaves out: amendments, see
//! [`crate::request::PlanningAct`].

pub(crate) mod dossier;
mod kind;

pub use dossier::{ProtectionPlan, Reference, SafePlace, SafeRoom, SecretMeetingDossier, Whereabouts};
pub use kind::MeetingKind;

use crate::civil::Moment;
use crate::ids::{OrganizationId, PeerId, SiteId};
use crate::registry::Profile;
use crate::request::Actor;
use crate::rules::article_12::lead;
use serde::{Deserialize, Serialize};

/// What is handed in. See `tests/data/submission.json` for an example of the JSON form.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Submission {
    /// Registration or notification.
    #[serde(skip_serializing_if = "Path::is_registration")]
    pub path: Path,
    /// The agency that sends it; the chairing agency where not stated. A notification states the office.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sender: Option<OrganizationId>,
    /// The mailbox it came from.
    pub sent_from: String,
    /// The address it was sent to.
    pub sent_to: String,
    /// When the mail says it was sent; kept as evidence, never judged.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sent_at: Option<Moment>,
    /// What the technical operator states about its receipt. Without it, receipt is the moment of the decision.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub receipt: Option<Receipt>,
    /// Item 1: the chairing agency.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agency: Option<OrganizationId>,
    /// The chair site ("điểm cầu chủ trì", Điều 3 khoản 6); exactly one. A list of two cannot be read.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "one_site::deserialize_some")]
    pub chair_site: Option<SiteId>,
    /// Agencies that chair with it: recorded, they take part as members.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub co_chairs: Vec<OrganizationId>,
    /// Item 2: the member sites ("điểm cầu thành phần") and peer systems.
    pub members: Vec<Invitee>,
    /// Item 3: the start.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start: Option<Moment>,
    /// The end; asked for, never required.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end: Option<Moment>,
    /// The place; a notification states it (Điều 11 khoản 1).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// Item 4: what the meeting is about. For a secret session a reference only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content: Option<String>,
    /// Item 5: whom to reach.
    #[serde(deserialize_with = "crate::text::object_if_any", skip_serializing_if = "Option::is_none")]
    pub contact: Option<Contact>,
    /// Item 6: other technical support, if any. `null` or an empty text states that there is none.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "stated")]
    pub support: Option<String>,
    /// Normal or urgent.
    #[serde(skip_serializing_if = "Urgency::is_normal")]
    pub urgency: Urgency,
    /// What an urgent session is urgent for; flagged and counted, never judged.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub emergency: Option<Emergency>,
    /// An urgent request made by word of mouth: who of the technical operator took it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub oral: Option<Actor>,
    /// The degree of secrecy.
    #[serde(skip_serializing_if = "Classification::is_open")]
    pub classification: Classification,
    /// The dossier of a session with state secrets.
    #[serde(deserialize_with = "crate::text::object_if_any", skip_serializing_if = "Option::is_none")]
    pub dossier: Option<Box<SecretMeetingDossier>>,
    /// The name of a dossier that was filed beforehand, for what is not in `dossier`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dossier_file: Option<Reference>,
    /// The kind of meeting (Điều 4 khoản 2); recorded, never refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<MeetingKind>,
    /// The number the chair would like the session to have, digits. The operator gives it on acceptance, or another.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alias: Option<String>,
}

impl Submission {
    /// The last moment at which this registration is in time under a profile (Điều 12 khoản 2 điểm a, A-01); none without a start.
    pub fn deadline(&self, profile: &Profile) -> Option<Moment> {
        self.start.map(|start| lead::deadline(profile.lead, start, &self.urgency))
    }

    /// Whether its list names anybody besides the chair site (Điều 3 khoản 7).
    pub fn has_members(&self) -> bool {
        let chair = |member: &Member| matches!(member, Member::Site(site) if Some(site) == self.chair_site.as_ref());
        self.members.iter().any(|invitee| !chair(&invitee.member))
    }

    /// The same as it may be kept: of a secret session without free text.
    pub(crate) fn to_keep(&self) -> Self {
        if self.classification.is_open() { self.clone() } else { self.without_content() }
    }

    /// The same with every free text about the meeting taken out, for what must not hold state secrets. What only refers
    /// to a document stays.
    pub(crate) fn without_content(&self) -> Self {
        let withheld = |text: &Option<String>| text.as_ref().map(|_| WITHHELD.to_owned());
        let reference = self.content.as_ref().filter(|content| dossier::refers_only(content));
        Self {
            content: reference.cloned().or_else(|| withheld(&self.content)),
            dossier: self.dossier.as_ref().map(|dossier| Box::new(dossier.without_content())),
            dossier_file: self.dossier_file.clone().map(Reference::withheld),
            support: withheld(&self.support),
            place: withheld(&self.place),
            kind: match &self.kind {
                Some(MeetingKind::Other { .. }) => Some(MeetingKind::Other { basis: WITHHELD.to_owned() }),
                other => other.clone(),
            },
            urgency: match &self.urgency {
                Urgency::Urgent(reason) if !reason.is_empty() => Urgency::Urgent(WITHHELD.to_owned()),
                other => other.clone(),
            },
            ..self.clone()
        }
    }
}

/// A text without what is more than a reference to a document. One that is missing stays missing.
pub(crate) fn withheld(text: &str) -> String {
    match text.trim().is_empty() || dossier::refers_only(text) {
        true => text.to_owned(),
        false => WITHHELD.to_owned(),
    }
}

/// Stands where a text was taken out.
pub(crate) const WITHHELD: &str = "[không ghi]";

/// Which way a session comes to the technical operator.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Path {
    /// Registration ("đăng ký"): Điều 11 khoản 2, 3 and Điều 12.
    #[default]
    Register,
    /// Notification ("thông báo"): Điều 11 khoản 1, three offices only.
    Notify,
    /// Convened by a peer system, by its own process.
    Convene,
}

impl Path {
    fn is_registration(&self) -> bool {
        *self == Self::Register
    }
}

/// A statement about the receipt of a mail. Only the technical operator may make it, and never about the future.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Receipt {
    /// When the mailbox received it.
    pub received_at: Moment,
    /// The mail's evidence: its Message-ID.
    pub mail_id: String,
    /// Who states it.
    pub stated_by: Actor,
}

/// One entry of the list of member sites: `{"site": "so-y-te"}` or `{"peer": "chinh-phu", "legs": 4}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(try_from = "InviteeForm", into = "InviteeForm")]
pub struct Invitee {
    /// Who.
    pub member: Member,
    /// How many legs at once; for a site 1, for a peer what its configuration says, where not stated.
    pub legs: Option<u16>,
}

/// Who can be on a session's list.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Member {
    /// A site of the system.
    Site(SiteId),
    /// A peer system.
    Peer(PeerId),
}

impl Member {
    /// Its name in the configuration.
    pub fn id(&self) -> &str {
        match self {
            Self::Site(id) => id.as_str(),
            Self::Peer(id) => id.as_str(),
        }
    }

    /// The site, if it is one.
    pub fn site(&self) -> Option<&SiteId> {
        match self {
            Self::Site(id) => Some(id),
            Self::Peer(_) => None,
        }
    }
}

/// Whom to reach about a registration.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Contact {
    /// First and last name.
    pub name: String,
    /// Telephone number.
    pub phone: String,
}

/// Normal or urgent ("đột xuất, khẩn cấp", Điều 11 khoản 3).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Urgency {
    /// An ordinary meeting: 24 hours.
    #[default]
    Normal,
    /// Urgent, for this reason: 6 hours. The chair declares it, nobody judges the reason.
    Urgent(String),
}

impl Urgency {
    /// Whether it is an ordinary meeting.
    pub fn is_normal(&self) -> bool {
        *self == Self::Normal
    }
}

/// What an urgent session is urgent for. The text's list is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Emergency {
    /// Phòng chống thiên tai.
    Disaster,
    /// Dịch bệnh.
    Epidemic,
    /// Hỏa hoạn.
    Fire,
    /// Another emergency.
    Other,
    /// A sudden meeting that is no emergency ("đột xuất"): it qualifies, and is counted apart.
    AdHoc,
}

/// The degree of secrecy of a session.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Classification {
    /// No state secret.
    #[default]
    Open,
    /// Mật.
    Mat,
    /// Tối mật.
    ToiMat,
    /// Tuyệt mật.
    TuyetMat,
}

impl Classification {
    /// Whether no state secret is concerned.
    pub fn is_open(&self) -> bool {
        *self == Self::Open
    }
}

#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct InviteeForm {
    /// A site; this or `peer`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    site: Option<SiteId>,
    /// A peer system; this or `site`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    peer: Option<PeerId>,
    /// How many legs at once; for a site 1, for a peer what its configuration says, where not stated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    legs: Option<u16>,
}

impl TryFrom<InviteeForm> for Invitee {
    type Error = &'static str;
    fn try_from(form: InviteeForm) -> Result<Self, Self::Error> {
        let member = match (form.site, form.peer) {
            (Some(site), None) => Member::Site(site),
            (None, Some(peer)) => Member::Peer(peer),
            _ => return Err("a member is either a `site` or a `peer`"),
        };
        Ok(Self { member, legs: form.legs })
    }
}

impl From<Invitee> for InviteeForm {
    fn from(invitee: Invitee) -> Self {
        let (site, peer) = match invitee.member {
            Member::Site(site) => (Some(site), None),
            Member::Peer(peer) => (None, Some(peer)),
        };
        Self { site, peer, legs: invitee.legs }
    }
}

/// Present, even where it is `null`: stated to be nothing.
fn stated<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    Option::<String>::deserialize(deserializer).map(|text| Some(text.unwrap_or_default()))
}

/// Điều 3 khoản 6 in the form itself: a chair site that is stated is one.
pub(crate) mod one_site {
    use crate::ids::SiteId;
    use serde::{Deserialize, Deserializer, de::Error};

    #[derive(Deserialize)]
    #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
    #[serde(untagged)]
    enum Stated {
        One(SiteId),
        Many(Vec<SiteId>),
        None(()),
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<SiteId, D::Error> {
        let given = match Stated::deserialize(deserializer)? {
            Stated::One(site) if !site.as_str().is_empty() => return Ok(site),
            Stated::One(_) | Stated::None(()) => 0,
            Stated::Many(sites) => match <[SiteId; 1]>::try_from(sites) {
                Ok([site]) => return Ok(site),
                Err(sites) => sites.len(),
            },
        };
        Err(D::Error::custom(format!("exactly one chair site (Điều 3 khoản 6), {given} given")))
    }

    pub(crate) fn deserialize_some<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<SiteId>, D::Error> {
        deserialize(deserializer).map(Some)
    }

    /// Stands where none is stated; [`crate::facts`] refuses it.
    pub(crate) fn none() -> SiteId {
        SiteId::new("")
    }
}
