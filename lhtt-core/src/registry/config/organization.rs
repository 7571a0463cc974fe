//! Agencies and units (Điều 2), and the level each belongs to (Điều 3 khoản 2).
//!
//! The level follows from the kind. Only of an organisation of an `other` kind it must be stated, and it is the province
//! where it is not. A stated level that contradicts the kind is refused, naming the field.

use crate::citation::Citation;
use crate::ids::{OrganizationId, UnitId};
use serde::{Deserialize, Serialize};

/// An agency or unit ("cơ quan, đơn vị", Điều 2).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(try_from = "Form")]
pub struct Organization {
    /// Its name in the configuration.
    pub id: OrganizationId,
    /// Its name as people write it.
    pub name: String,
    /// What it is.
    pub kind: OrganizationKind,
    /// Its level (Điều 3 khoản 2).
    pub tier: Tier,
    /// The official mailboxes issued to it ("hộp thư công vụ đã cấp"), compared without regard to case.
    pub mailboxes: Vec<String>,
    /// The administrative unit (huyện, thành phố) it belongs to; Điều 7 khoản 2 counts sites by it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitId>,
    /// The organisation above it: of an affiliated unit its department, of a commune its district, of the joint office
    /// the body to which its sites are counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parent: Option<OrganizationId>,
}

impl Organization {
    /// An organisation of this kind, on its level, without mailboxes.
    pub fn new(id: &str, name: &str, kind: OrganizationKind) -> Self {
        Self {
            id: id.into(),
            name: name.to_owned(),
            kind,
            tier: kind.tier().unwrap_or_default(),
            mailboxes: Vec::new(),
            unit: None,
            parent: None,
        }
    }

    /// Whether its level is that of its kind.
    pub fn tier_fits(&self) -> bool {
        self.kind.tier().is_none_or(|tier| tier == self.tier)
    }
}

/// What an organisation is (Điều 3 khoản 2, Điều 11 khoản 1).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum OrganizationKind {
    /// One of the bodies whose sessions are notified.
    Body(Body),
    /// The office that notifies for these bodies.
    Office(Office),
    /// Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh.
    FrontCommittee,
    /// Tổ chức chính trị - xã hội cấp tỉnh.
    MassOrganization,
    /// Cơ quan Đảng của tỉnh (ban đảng).
    PartyAgency,
    /// Sở, ban, ngành.
    Department,
    /// Đơn vị trực thuộc tỉnh.
    ProvincialUnit,
    /// Cơ quan, đơn vị có liên quan tham gia họp trong tỉnh.
    RelatedAgency,
    /// Huyện ủy, Thành ủy.
    DistrictPartyCommittee,
    /// Ủy ban nhân dân huyện, thành phố.
    DistrictPeoplesCommittee,
    /// Đơn vị trực thuộc sở, ban, ngành.
    AffiliatedUnit,
    /// Ủy ban nhân dân xã, phường, thị trấn.
    CommunePeoplesCommittee,
    /// Any other: it registers (Điều 11 khoản 2), and its level is as stated.
    #[default]
    Other,
}

impl OrganizationKind {
    /// The level of this kind; none where it must be stated.
    pub const fn tier(self) -> Option<Tier> {
        match self {
            Self::Body(_)
            | Self::Office(_)
            | Self::FrontCommittee
            | Self::MassOrganization
            | Self::PartyAgency
            | Self::Department
            | Self::ProvincialUnit
            | Self::RelatedAgency => Some(Tier::Province),
            Self::DistrictPartyCommittee | Self::DistrictPeoplesCommittee | Self::AffiliatedUnit => {
                Some(Tier::DistrictAndAffiliated)
            }
            Self::CommunePeoplesCommittee => Some(Tier::Commune),
            Self::Other => None,
        }
    }

    /// Whether it is one of the two of a district that Điều 3 khoản 2 điểm b pairs.
    pub const fn is_district(self) -> bool {
        matches!(self, Self::DistrictPartyCommittee | Self::DistrictPeoplesCommittee)
    }
}

/// The four bodies of Điều 11 khoản 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Body {
    /// Tỉnh ủy.
    PartyCommittee,
    /// Hội đồng nhân dân tỉnh.
    PeoplesCouncil,
    /// Đoàn Đại biểu Quốc hội tỉnh.
    NationalAssemblyDelegation,
    /// Ủy ban nhân dân tỉnh.
    PeoplesCommittee,
}

/// The three offices of Điều 11 khoản 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Office {
    /// Văn phòng Tỉnh ủy.
    OfPartyCommittee,
    /// Văn phòng Đoàn Đại biểu Quốc hội và Hội đồng nhân dân tỉnh.
    OfDelegationAndCouncil,
    /// Văn phòng Ủy ban nhân dân tỉnh.
    OfPeoplesCommittee,
}

/// The three levels of Điều 3 khoản 2.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Tier {
    /// Cấp tỉnh (điểm a).
    #[default]
    Province,
    /// Cấp huyện và đơn vị trực thuộc sở, ban, ngành (điểm b).
    DistrictAndAffiliated,
    /// Cấp xã (điểm c).
    Commune,
}

impl Tier {
    /// Where the text names it.
    pub const fn citation(self) -> Citation {
        let clause = Citation::article(3).clause(2);
        match self {
            Self::Province => clause.point('a'),
            Self::DistrictAndAffiliated => clause.point('b'),
            Self::Commune => clause.point('c'),
        }
    }

    /// Its name in JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Province => "province",
            Self::DistrictAndAffiliated => "district_and_affiliated",
            Self::Commune => "commune",
        }
    }
}

#[derive(Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct Form {
    /// Its name in the configuration.
    id: OrganizationId,
    /// Its name as people write it.
    name: String,
    /// What it is.
    #[serde(default)]
    kind: OrganizationKind,
    /// Its level (Điều 3 khoản 2): follows from `kind`, but for `other`.
    #[serde(default)]
    tier: Option<Tier>,
    /// The official mailboxes issued to it.
    #[serde(default)]
    mailboxes: Vec<String>,
    /// The administrative unit whose sites are counted together (Điều 7 khoản 2).
    #[serde(default)]
    unit: Option<UnitId>,
    /// The organisation above it.
    #[serde(default)]
    parent: Option<OrganizationId>,
}

impl TryFrom<Form> for Organization {
    type Error = String;
    fn try_from(form: Form) -> Result<Self, String> {
        let Form { id, name, kind, tier, mailboxes, unit, parent } = form;
        let of_kind = kind.tier();
        let tier = tier.or(of_kind).unwrap_or_default();
        let organization = Self { id, name, kind, tier, mailboxes, unit, parent };
        match of_kind {
            Some(right) if right != tier => Err(format!(
                "`organizations[{}].tier`: `{}` contradicts its `kind`, which is of `{}`; leave it out",
                organization.id,
                tier.name(),
                right.name()
            )),
            _ => Ok(organization),
        }
    }
}
